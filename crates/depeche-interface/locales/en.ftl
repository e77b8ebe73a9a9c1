# Words of the interface, in English. The same keys as in fr.ftl.

# Joints
labelled = { $label }: { $words }
list = { $first } and { $last }
semicolon = ;{" "}
quoted = “{ $words }”
position = chars { $start }–{ $end }
passage-place = line { $line }, chars { $start }–{ $end }
passage-ibidem = ibid.
passage-also = { $n ->
    [0] { $source }; also { $reports }
   *[other] { $source }; also { $reports } and { $n } more
  }
statement-line = { $act }: { $words }
version-line = { $said } — { $words }
contradiction-line = { $id } { $contact }: { $kind }
who-also = ; also { $names }
assumed = Assumed: { $words }
assumed-weekday = the year { $value }: the weekday fits it
assumed-only-year = the year { $value }: every full date of the text has it
assumed-one-year = the year { $value }, the only one that the text tells
assumed-year-of-text = the year { $value }, in which the text stands
assumed-fixed-day = the year, reckoned from { $value }, which the text fixes by its weekday
assumed-last-told = reckoned from { $value }, the day last told
assumed-reckoned = reckoned from { $value }
assumed-month-only = a rough count, told to the month only
assumed-full-date = the year { $value }, that of the only full date of the text
assumed-status = by the status
assumed-to-come = the one to come
assumed-gone-by = the one gone by
assumed-date-kept = the date as told, though the weekday does not fit it{ $value }
assumed-weekday-kept = the weekday as told, though it does not fit the day named beside it{ $value }
assumed-carried = the day that the text was telling of{ $value }
assumed-behind = told in the sentence behind{ $value }
assumed-hour-of-day = the day of publication, told at a time of that day{ $value }
assumed-going-on = the day of publication, told as going on{ $value }
assumed-lasting = up to the day of publication, told as going on since{ $value }
assumed-day-first = read as day/month/year, though it could be month/day/year{ $value }
assumed-month-first = read as month/day/year, as no month has that number{ $value }
unheard = No side speaks of it
history = Status
reported = from a report of { $day }
why = Why

# Dates
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
date-day = { $day } { $month } { $year }
date-day-of-month = { $day } { $month }
date-month = { $month } { $year }
date-no-year = { $date }, year unknown
date-about = about { $date }
date-days-of-month = { $first } to { $last }
date-interval-days = { $first } to { $last }
date-interval = { $first } to { $last }

# Languages
language-fr = French
language-en = English
language-ru = Russian

# Contacts
kind-meeting = meeting
kind-call = call
kind-talks = talks
kind-visit = visit
kind-message = message
kind-exchange = exchange
status-held = { $kind ->
    [message] delivered
   *[other] took place
  }
status-planned = planned
status-possible = possible
status-ruled-out = ruled out
status-denied = denied
status-cancelled = called off or put off
stance-confirms = confirms
stance-denies = denies
stance-declines = declines to comment
stance-neither = neither confirms nor denies
stance-silent = silent

# Acts
act-confirm = confirms
act-deny = denies
act-no-comment = declines to comment
act-demand = demands
act-propose = proposes
act-accept = accepts
act-reject = rejects
act-threaten = threatens
act-accuse = accuses
act-announce = announces
act-assess = assesses
act-state = states

# Origins
relation-cites = { $n ->
    [one] cited by { $n } report
   *[other] cited by { $n } reports
  }
relation-republishes = { $n ->
    [one] text republished by { $n } report
   *[other] text republished by { $n } reports
  }
relation-image = { $n ->
    [one] picture in { $n } report
   *[other] pictures in { $n } reports
  }
relation-name-cites = cited
relation-name-republishes = the text comes from there
relation-name-image = picture credit
origins-count = { $least ->
    [0] No independent source established
    [1] 1 independent source
   *[other] { $least } independent sources
  }
origins-range = Independent sources: { $least } to { $most }

# What a value rests on
basis-given = given with the text
basis-metadata = metadata of the page
basis-address = address of the page
basis-text = from the text
basis-computed = worked out from the text

# Head of the briefing
briefing-title = Dépêche: diplomatic contacts in the reports read
summary-reports = { $n ->
    [one] { $n } report in { $languages }
   *[other] { $n } reports in { $languages }
  }
summary-period = , published { $first } to { $last }
summary-period-day = , published { $first }
summary-undated = , { $n } without a date of publication
summary-nothing = No report could be read.
summary-contacts = { $n ->
    [0] No contact
    [one] { $n } contact
   *[other] { $n } contacts
  }
summary-of-which = : { $list }
summary-status-held = { $n } took place
summary-status-planned = { $n } planned
summary-status-possible = { $n } possible
summary-status-ruled-out = { $n } ruled out
summary-status-denied = { $n } denied
summary-status-cancelled = { $n } called off or put off
summary-statements = { $n ->
    [0] No statement
    [one] { $n } statement
   *[other] { $n } statements by { $speakers } speakers
  }
summary-contradictions = { $n ->
    [0] no contradiction
    [one] { $n } contradiction
   *[other] { $n } contradictions
  }
summary-lineages = { $n ->
    [one] { $n } original text
   *[other] { $n } original texts
  }
summary-today = Reference day: { $day }. Numbers lead to the words quoted.

# Sections
section-contacts = Contacts
section-statements = Statements
section-contradictions = Contradictions
section-gaps = Gaps
section-sources = Sources
section-origins = Origins
section-coverage = Coverage
section-read = What was read
problems-heading = What could not be read as it should
timeline-no-year = Year unknown
timeline-no-year-note = The day is told, the year is not.
timeline-no-date = Without a date
timeline-no-date-note = No date is told; the order is not that of time.
more-passages = { $n ->
    [one] … { $n } more passage (--all)
   *[other] … { $n } more passages (--all)
  }
more-passages-fold = { $n ->
    [one] { $n } more passage
   *[other] { $n } more passages
  }
more-statements = { $n ->
    [one] … { $n } more statement (--all)
   *[other] … { $n } more statements (--all)
  }
more-statements-fold = { $n ->
    [one] { $n } more statement
   *[other] { $n } more statements
  }
speaker-statements = { $n ->
    [one] { $n } statement
   *[other] { $n } statements
  }
speakers-more = { $n ->
    [one] … { $n } more speaker, { $statements } statements (--all)
   *[other] … { $n } more speakers, { $statements } statements (--all)
  }
quoted-passages = { $n ->
    [one] { $n } passage quoted
   *[other] { $n } passages quoted
  }
nothing-found = No contact, statement or origin.
footer = Dossier made by Dépêche; every line leads to the words it rests on.

# Contradictions and gaps
contradiction-date = different dates
contradiction-place = different places
contradiction-participants = different participants
contradiction-level = different levels
contradiction-kind = different kinds of contact
contradiction-demand = different demands
contradiction-held = disputed whether it took place
gap-never-followed-up = Announced and never followed up
gap-one-origin = A single origin
gap-side-not-heard = A side not heard
gap-long-silence = Nothing heard for long
gap-no-date = Date unknown

# Reports read
lineage-reports = { $n ->
    [one] { $n } report
   *[other] One original text, { $n } reports
  }
lineage-more = { $n ->
    [one] and another
   *[other] and { $n } others
  }
lineage-link = { $first } and { $second }: { $reason } ({ $share } % of the shorter in the other)
report-published = { $date } ({ $basis })
report-undated = date of publication unknown
found-contacts = { $n ->
    [0] no contact
    [one] { $n } contact
   *[other] { $n } contacts
  }
found-statements = { $n ->
    [0] no statement
    [one] { $n } statement
   *[other] { $n } statements
  }
found-origins = { $n ->
    [0] no origin
    [one] { $n } origin
   *[other] { $n } origins
  }
found-line = {" "}→ { $found }

# depeche follow and depeche coverage
cannot-read-list = the list { $path } cannot be read; check the path
no-list = { $path } lists no sources; give an OPML file, or a text file with an address on each line
broken-state = { $path }, which remembers what was seen, cannot be read; move it aside to begin anew
no-sources = { $path } follows no sources yet; name the address of one, or a file that lists some
followed = { $sources } sources, { $pages } new pages, { $failed } failed, { $waiting } waiting for the next look
coverage-overall = from { $from } to { $to } with { $gaps } gaps; the latest { $n } stretches:
coverage-stretch = from { $from } to { $to }, { $looks ->
    [one] { $looks } look
   *[other] { $looks } looks
  }
coverage-gap = … a gap: what was listed between may have been missed
coverage-never = never reached yet
coverage-counts = { $pages ->
    [one] { $pages } page
   *[other] { $pages } pages
  }, { $failed ->
    [one] { $failed } failure
   *[other] { $failed } failures
  }
coverage-miss = failed { $time }: { $address }: { $detail }
coverage-failing = the last look failed

# Problems
problem-missing = there is no such file or folder; check the path
problem-unreadable = it cannot be read; check its permissions or leave it out
problem-unreachable = it could not be fetched; try again later
problem-refused = it may not be fetched by a program; save it in a browser and read the file
problem-not-text = this is no text; give a .txt, .md, .html, .pdf or .jsonl file
problem-bad-record = a line without a readable report; a JSON object with “text” or “html” is wanted
problem-too-large = too large to read; split it
problem-unknown-format = a kind of file that is not read; give a .txt, .md, .html or .jsonl file
problem-empty = there is nothing to read in it
problem-duplicate-id = the identifier is taken
problem-replaced = bytes that could not be decoded were replaced; check the encoding
problem-unknown-language = a language that Dépêche does not read; if it does, name it with --lang
problem-left-out = a part was left out
problem-bad-value = a value that cannot be, ignored

# Links between reports
reason-judged = decided by { $author } (judgement { $judgement })
reason-same-text = the texts are the same, or nearly
reason-shared-passages = whole passages stand in both texts, word for word or nearly
reason-same-provenance = both say that they come from { $origin }, and they read alike
reason-names-as-source = one says that its whole text comes from { $origin }
reason-same-order = people and figures come in the same order in both, in two languages
reason-same-dispatch = both name { $agency }, on one day, and tell the same contacts

# Names of one person
reason-same-identifier = { $name } and { $name2 } are one person in the gazetteer ({ $identifier })
reason-spellings = { $name } and { $name2 } are two spellings of one name
reason-given-name = { $name } and { $name2 }: one given name in two forms, one family name
reason-contained = { $name2 } and { $name }: one holds all of the other
reason-surname = { $surname }: { $name } is the only person of this surname
reason-surname-and-side = { $surname }: { $name } is the only person of this surname for { $side }
reason-surname-most-named = { $surname }: of several with this surname, { $name } is named most
reason-given-alone = { $name }: { $name2 } is the only person of this given name

# Accounts of a contact
reason-alike = put together by { $features } (score { $score })
feature-sides = the sides
feature-people = the people
feature-date = the date
feature-near-date = a date close by
feature-place = the place
feature-kind = the kind
feature-status = the status
feature-publication = the day of publication
feature-words = the words
feature-copy = a copy of the text

# Origins of a contact
reason-report = { $report }
reason-lineage = { $number ->
    [one] { $report }
   *[other] { $report } and its copies ({ $number } reports)
  }
source-cites = cites { $outlets }
source-speaks = words of { $names }
reason-outlet = { $outlet } (cited outlet)
reason-speaker = { $name } ({ $side })
reason-one-lineage = { $reports } share one text and count once.
reason-cites-same = { $reports } rest on { $outlet } for it and count once.
reason-cites-report = { $report } cites { $outlet }, which { $report2 } comes from; both count once.
reason-shared-agency = { $reports } name the same agency, { $agency }, and may rest on one dispatch.
reason-shared-speaker = { $reports } rest on the words of { $name }, perhaps said once.

# Messages
progress-reports = reports read:
output-is-input = { $path }: would be overwritten, though it is read; name another file to write to
output-left = { $path }: not written, for there is nothing to write
cannot-write = { $path }: cannot be written; check that its folder exists and may be written to
explain-unknown = { $id }: there is no such item in these reports; ‘depeche read’ and ‘depeche brief’ show the identifiers

confidence = confidence { $share }, for (+) and against (-) it:

# Dossier on disk
added-new = { $n ->
    [one] { $n } report added
   *[other] { $n } reports added
  }
added-versions = { $n ->
    [one] { $n } new version
   *[other] { $n } new versions
  }
added-reread = { $n ->
    [one] { $n } report read anew
   *[other] { $n } reports read anew
  }
added-known = { $n ->
    [one] { $n } report already there
   *[other] { $n } reports already there
  }
added-missed = { $n ->
    [one] { $n } input not read
   *[other] { $n } inputs not read
  }
added-nothing = nothing to add
dossier-holds = The dossier holds
dossier-behind = { $path }: { $n ->
    [0] it does not show yet all that was read anew or judged
    [one] it keeps { $n } report that it does not show yet
   *[other] it keeps { $n } reports that it does not show yet
  }; an ‘add’ is under way, was broken off or left it for later. The next ‘add’ or ‘depeche rebuild’ shows all.
found-reports = { $n ->
    [0] no report
    [one] { $n } report
   *[other] { $n } reports
  }
found-actors = { $n ->
    [0] nobody
    [one] { $n } person
   *[other] { $n } people
  }
count-contradictions = { $n ->
    [0] no contradiction
    [one] { $n } contradiction
   *[other] { $n } contradictions
  }
count-gaps = { $n ->
    [0] no gap
    [one] { $n } gap
   *[other] { $n } gaps
  }
list-part = { $count }, { $first } to { $last }
list-next = {" "}(more: --offset { $offset })
section-accounts = Accounts
section-lineage = The same original text
version-heading = Version { $n }, captured { $time }
version-current = current version
version-title = new title
version-same-text = the same text
check-whole = { $n ->
    [0] whole, without a report
    [one] whole; { $n } report checked to the byte
   *[other] whole; { $n } reports checked to the byte
  }
check-damaged = damaged: { $what }
check-derived = damaged, but ‘depeche rebuild’ can make it anew: { $what }
rebuild-same = worked out anew, the same
rebuild-differs = worked out anew; items new: { $new }, changed: { $changed }, gone: { $gone }
progress-resolving = { $n ->
    [one] bringing together { $n } report
   *[other] bringing together { $n } reports
  }
show-unknown = { $id }: there is no such item in this dossier; ‘depeche contacts’, ‘statements’, ‘actors’ and ‘search’ show the identifiers
store-missing = there is no such dossier; ‘depeche add’ makes one
store-not-a-dossier = this file is no dossier of Dépêche; name another with --dossier
store-newer = this dossier has format { $found }, and this version of Dépêche reads up to { $known }; use a newer version
store-damaged = the dossier is damaged ({ $what }); ‘depeche check’ tells what is whole
store-full = no room is left on the disk; nothing was changed; make room and run the command again
store-read-only = the dossier or its folder may not be written to; change its permissions or copy it elsewhere
store-busy = another process is writing to the dossier; try again when it is done
store-unknown = { $id }: there is no such item in this dossier
store-refused = the dossier cannot be used ({ $why })
count-judgements = { $n ->
    [0] no judgement
    [one] { $n } judgement
   *[other] { $n } judgements
  }
count-changes = { $n ->
    [0] no change
    [one] { $n } change
   *[other] { $n } changes
  }
decision-same = the same
decision-not-same = not the same
decision-accept = accepted
decision-reject = rejected
decision-correct = corrected
decision-note = note
decision-undo = undone
subject-report = report
subject-actor = person
subject-contact = contact
subject-statement = statement
subject-contradiction = contradiction
subject-gap = gap
subject-judgement = judgement
outcome-waiting = waiting: recorded, not worked in yet
outcome-applied = holds
outcome-undone = undone by { $by }
outcome-overruled = overruled by { $by }, which is newer or weighs more
outcome-gone = waiting: what it is about is not in the dossier
outcome-unusable = without effect ({ $by })
change-new = New
change-changed = Changed
change-gone = Gone
judge-imported = { $new ->
    [0] no new judgement
    [one] { $new } judgement taken in
   *[other] { $new } judgements taken in
  }, { $known } already there
judge-clash = { $id }: another judgement has this identifier; this one is not taken in
judge-several = { $id } may mean { $ids }; give more of the identifier
judge-unknown = { $id }: no judgement begins so; ‘depeche log’ shows them
judge-nobody = who decides? give a name with --author
judge-bad-line = { $path }: no judgement as ‘depeche judge export’ writes it ({ $why }); nothing was taken in
cannot-read = { $path }: cannot be read; check the path and its permissions
# The timeline as a picture
timeline-title = Contacts over time
timeline-described = { $n ->
    [one] { $n } contact with a date, { $first }
   *[other] { $n } contacts with a date, { $first } to { $last }
  }
timeline-uncertain = some day within these
timeline-lasted = from one day to another
date-somewhere-in = on a day not known of: { $date }

# Exports
folder-index = Index
folder-contacts = Contacts
folder-people = People
folder-sides = Sides
folder-reports = Reports
left-out = Left out: { $list }.
left-contacts-undated = { $n ->
    [one] { $n } contact without a date
   *[other] { $n } contacts without a date
  }
left-contacts-without-year = { $n ->
    [one] { $n } contact whose year is not known
   *[other] { $n } contacts whose year is not known
  }
left-contacts-open = { $n ->
    [one] { $n } contact whose date has an open end
   *[other] { $n } contacts whose date has an open end
  }
left-contacts-one-side = { $n ->
    [one] { $n } contact of which only one side is known
   *[other] { $n } contacts of which only one side is known
  }
left-contacts-without-word = { $n ->
    [one] { $n } contact of a kind that the format has no code for
   *[other] { $n } contacts of a kind that the format has no code for
  }
left-steps-undated = { $n ->
    [one] { $n } step of a status told on a day that is not known
   *[other] { $n } steps of a status told on days that are not known
  }
left-contradictions-undated = { $n ->
    [one] { $n } contradiction between reports without a date
   *[other] { $n } contradictions between reports without a date
  }
left-accounts = { $n ->
    [one] { $n } account of a contact
   *[other] { $n } accounts of contacts
  }
left-ledger = { $n ->
    [one] { $n } entry of the ledger
   *[other] { $n } entries of the ledger
  }
left-statements = { $n ->
    [one] { $n } statement
   *[other] { $n } statements
  }
left-statements-without-word = { $n ->
    [one] { $n } statement of a kind that the format has no code for
   *[other] { $n } statements of kinds that the format has no code for
  }
left-statements-without-side = { $n ->
    [one] { $n } statement of a speaker without a known side
   *[other] { $n } statements of speakers without a known side
  }
left-people = { $n ->
    [one] { $n } person
   *[other] { $n } people
  }
left-contradictions = { $n ->
    [one] { $n } contradiction
   *[other] { $n } contradictions
  }
left-gaps = { $n ->
    [one] { $n } gap
   *[other] { $n } gaps
  }
left-judgements = { $n ->
    [one] { $n } judgement
   *[other] { $n } judgements
  }
left-problems = { $n ->
    [one] { $n } problem
   *[other] { $n } problems
  }
left-texts = { $n ->
    [one] the text of { $n } report, but for the words quoted
   *[other] the texts of { $n } reports, but for the words quoted
  }
export-needs-folder = the format { $format } makes several files: name a folder with --output{ $table }
export-needs-folder-table = {""}, or one table with --table
export-no-parquet = This program was built without Parquet: build it with ‘--features parquet’, or take csv or jsonl.
export-no-table = { $table }: there is no such table; there are { $tables }
export-folder-full = { $path }: this folder is not empty; name a new one, or empty it
export-is-file = { $path }: this is a file; a folder is wanted
pdf-needs-browser = a PDF needs Typst, Chromium or Chrome: install one and see that it is on the PATH, or export to html and print the page
pdf-failed = { $browser } made no PDF: { $fault }
pdf-slow = { $browser } was not done within { $seconds } seconds
pdf-to-terminal = a PDF is no text: name a file with --output
