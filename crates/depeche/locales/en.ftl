# The words of the interface.
progress-reports = reports
problem-line = { $subject }: { $said }{ $detail }
