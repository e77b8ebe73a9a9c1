//! One run over the inputs: acquire, read, keep the problems, show progress.

use std::io::{self, IsTerminal};
use std::ops::ControlFlow;
use std::panic;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, Once};
use std::time::{Duration, Instant};

use depeche_interface::{Interface, problem_in_words};
use depeche_pipeline::acquire::Network;
use depeche_pipeline::store::{Dossier, StoreError, Tally};
use depeche_pipeline::{Added, Desk, Event, Pipeline, READER_THREAD, Settings, acquire};
use depeche_record::{Analysis, Capture, Day, Dossier as Resolved, Problem, Reading, Report};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::arguments::{Common, Inputs, Web};
use crate::output;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Something was found: exit status 0.
    Found,
    /// Nothing was found: exit status 1.
    Nothing,
    /// Something could not be read: exit status 2.
    Failed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(match outcome {
            Outcome::Found => 0,
            Outcome::Nothing => 1,
            Outcome::Failed => 2,
        })
    }
}

/// A run of the pipeline under the arguments that all commands share.
pub struct Run {
    /// The stages.
    pub pipeline: Pipeline,
    /// The words of the interface.
    pub interface: Interface,
    /// The reference day.
    pub today: Day,
    /// What was met in the inputs that no report holds.
    pub problems: Vec<Problem>,
    /// The file that is written to; within a folder that is read, it is no input.
    output: Option<PathBuf>,
    network: Network,
    progress: Progress,
    failed: bool,
    found: bool,
}

/// What the inputs give.
type Captures<'i> = Box<dyn Iterator<Item = Result<Capture, Problem>> + 'i>;
/// What is shown each result in order, and may break off.
type See<'s, T> = dyn FnMut(Result<T, Problem>) -> ControlFlow<()> + 's;

/// Work of less than this shows no progress.
const QUIET: Duration = Duration::from_millis(500);

impl Run {
    /// Makes the pipeline and the interface that the arguments describe.
    pub fn new(common: &Common) -> anyhow::Result<Run> {
        let today = common.today.unwrap_or_else(local_day);
        let pipeline = Pipeline::new(Settings {
            language: common.lang,
            published: common.published.clone(),
            today: Some(today),
            threads: common.threads,
            min_confidence: common.min_confidence,
        })?;
        let interface = Interface::new(common.printing.ui);
        let progress = Progress::new(&interface);
        let watcher = progress.clone();
        let pipeline = pipeline.watched(move || watcher.step());
        Ok(Run {
            pipeline,
            interface,
            today,
            problems: Vec::new(),
            output: common.printing.output.clone().filter(|path| path.is_file()),
            network: network(&common.network),
            progress,
            failed: false,
            found: false,
        })
    }

    /// Reads the inputs and hands each report with its reading to `take`, in order. Problems go to standard error as
    /// they come.
    pub fn read(
        &mut self,
        inputs: &Inputs,
        mut take: impl FnMut(&Pipeline, Report, Reading) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        self.each(
            inputs,
            |pipeline, captures, see| pipeline.read_while(captures, see),
            |(report, reading)| report.problems.iter().chain(&reading.problems).collect(),
            |(_, reading)| {
                !(reading.accounts.is_empty() && reading.statements.is_empty() && reading.origins.is_empty())
            },
            |pipeline, (report, reading)| take(pipeline, report, reading),
        )
    }

    /// Hands what `look` prints of the analysis of each report to `take`, in order; what prints nothing has found nothing.
    pub fn analyse(
        &mut self,
        inputs: &Inputs,
        look: impl Fn(&Report, &Analysis) -> String + Sync,
        mut take: impl FnMut(String) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let look = |report: Report, analysis: Analysis| {
            let printed = look(&report, &analysis);
            (report.problems, analysis.problems, printed)
        };
        self.each(
            inputs,
            |pipeline, captures, see| pipeline.analyse_while(captures, look, see),
            |(of_report, of_analysis, _)| of_report.iter().chain(of_analysis).collect(),
            |(_, _, printed)| !printed.is_empty(),
            |_, (_, _, printed)| take(printed),
        )
    }

    /// Takes the inputs through the pipeline by `go`, which shows each result; tells its `problems`, notes whether it
    /// `finds` something, and hands it to `take`, until that fails.
    fn each<T>(
        &mut self,
        inputs: &Inputs,
        go: impl FnOnce(&Pipeline, Captures<'_>, &mut See<'_, T>) -> ControlFlow<()>,
        problems_of: impl Fn(&T) -> Vec<&Problem>,
        finds: impl Fn(&T) -> bool,
        mut take: impl FnMut(&Pipeline, T) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let options = acquire::Options {
            leave_out: self.output.clone(),
            network: self.network.clone(),
            ..acquire::Options::default()
        };
        let progress = self.progress.clone();
        let mut fault = None;
        let (pipeline, interface) = (&self.pipeline, &self.interface);
        let (failed, found, problems) = (&mut self.failed, &mut self.found, &mut self.problems);
        let mut tell = |problem: &Problem| {
            *failed |= problem.is_failure();
            progress.pause(|| output::tell(&problem_in_words(interface, problem)));
        };
        let captures = Box::new(acquire::captures(&inputs.inputs, &options));
        let _ = go(pipeline, captures, &mut |made| {
            match made {
                Ok(made) => {
                    problems_of(&made).into_iter().for_each(&mut tell);
                    *found |= finds(&made);
                    fault = take(pipeline, made).err();
                }
                Err(problem) => {
                    tell(&problem);
                    problems.push(problem);
                }
            }
            if fault.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        progress.finish();
        fault.map_or(Ok(()), Err)
    }

    /// Adds captures to a dossier on disk; problems go to standard error as they come, `see` is shown what is kept.
    pub fn add(
        &mut self,
        dossier: &mut Dossier,
        captures: impl IntoIterator<Item = Result<Capture, Problem>>,
        desk: &Desk<'_>,
        see: &mut dyn FnMut(&Event<'_>) -> io::Result<()>,
    ) -> Result<Added, StoreError> {
        let mut added = self.take_in(dossier, captures, desk, see)?;
        added.view = self.catch_up(dossier, desk)?;
        Ok(added)
    }

    /// As [`Run::add`], but the view is left as it was.
    pub fn take_in(
        &mut self,
        dossier: &mut Dossier,
        captures: impl IntoIterator<Item = Result<Capture, Problem>>,
        desk: &Desk<'_>,
        see: &mut dyn FnMut(&Event<'_>) -> io::Result<()>,
    ) -> Result<Added, StoreError> {
        let progress = self.progress.clone();
        let interface = &self.interface;
        let tell = |problem: &Problem| progress.pause(|| output::tell(&problem_in_words(interface, problem)));
        let added = self.pipeline.take_in(dossier, captures, desk, |event| {
            match &event {
                Event::Missed(problem) => tell(problem),
                Event::Kept { problems, .. } => problems.iter().for_each(|problem| tell(problem)),
                Event::Resolving { .. } => {}
            }
            // Who no longer listens does not stop the work.
            let _ = see(&event);
        });
        progress.finish();
        added
    }

    /// Brings the view of a dossier up to date; how far it differs from the one before.
    pub fn catch_up(&mut self, dossier: &mut Dossier, desk: &Desk<'_>) -> Result<Tally, StoreError> {
        let (progress, interface) = (self.progress.clone(), &self.interface);
        let tally = self.pipeline.catch_up(dossier, desk, |event| {
            if let Event::Resolving { reports } = event {
                progress.say(interface.tell("progress-resolving", &[("n", reports.into())]));
            }
        });
        progress.finish();
        tally
    }

    /// The dossier of what was read; problems that are its own go to standard error too.
    pub fn resolve(&mut self, read: &[(Report, Reading)]) -> Resolved {
        let dossier = self.pipeline.resolve(read, &[]);
        let told: Vec<&Problem> = read
            .iter()
            .flat_map(|(report, reading)| report.problems.iter().chain(&reading.problems))
            .collect();
        for problem in dossier.problems.iter().filter(|problem| !told.contains(problem)) {
            self.failed |= problem.is_failure();
            output::tell(&problem_in_words(&self.interface, problem));
        }
        dossier
    }

    /// Notes whether something was found.
    pub fn found(&mut self, found: bool) {
        self.found |= found;
    }

    /// How the run ended: what failed outweighs what was found.
    pub fn outcome(&self) -> Outcome {
        match (self.failed, self.found) {
            (true, _) => Outcome::Failed,
            (false, true) => Outcome::Found,
            (false, false) => Outcome::Nothing,
        }
    }
}

/// A fault while a report is read is caught and told as a problem of that report: the default message beside it, with
/// its place in the program, would only stand in the way.
pub fn quiet_reader_faults() {
    let default = panic::take_hook();
    panic::set_hook(Box::new(move |fault| {
        if std::thread::current().name() != Some(READER_THREAD) {
            default(fault);
        }
    }));
}

/// The network as the arguments allow it.
pub fn network(web: &Web) -> Network {
    Network { allow_private: web.allow_private, contact: web.contact.clone(), ..Network::default() }
}

/// The day on this machine's calendar.
pub fn local_day() -> Day {
    let date = jiff::Zoned::now().date();
    Day { year: i32::from(date.year()), month: date.month().unsigned_abs(), day: date.day().unsigned_abs() }
}

/// A count of reports on a terminal's standard error, once the work is long.
#[derive(Clone)]
struct Progress {
    bar: ProgressBar,
    started: Instant,
    shown: Arc<Once>,
}

impl Progress {
    fn new(interface: &Interface) -> Progress {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let template =
            format!("{{spinner}} {} {{pos}} ({{elapsed}}) {{msg}}", interface.say("progress-reports"));
        if let Ok(style) = ProgressStyle::with_template(&template) {
            bar.set_style(style);
        }
        Progress { bar, started: Instant::now(), shown: Arc::new(Once::new()) }
    }

    /// Counts a report; the reading threads call it.
    fn step(&self) {
        if self.started.elapsed() > QUIET && io::stderr().is_terminal() {
            self.shown.call_once(|| self.bar.set_draw_target(ProgressDrawTarget::stderr()));
        }
        self.bar.inc(1);
    }

    /// Says what else is being done.
    fn say(&self, words: String) {
        self.bar.set_message(words);
    }

    fn pause(&self, print: impl FnOnce()) {
        self.bar.suspend(print);
    }

    fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
