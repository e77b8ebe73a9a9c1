//! The stages in order.
//!
//! 1. Captures are taken from the inputs in batches bounded in number and in bytes.
//! 2. The reports of a batch are read in parallel: page, language, extract. The captured bytes go after the first.
//! 3. Every span of a reading is verified against the text; what fails is dropped and told.
//! 4. Readings are handed on in the order of the inputs.
//! 5. The dossier is made of all of them, and its spans are verified too.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use depeche_gazetteer::Gazetteer;
use depeche_record::{
    Analysis, Basis, Capture, Dossier, Judgement, Known, Problem, ProblemKind, Publisher, Reading, Report,
    Span,
};
use depeche_store::Circumstances;
use rayon::prelude::*;

use crate::{Settings, drop_unsure, verify_dossier, verify_reading};

/// Name of the threads that read reports; a surface may tell a fault in them, which is caught, from its own.
pub const READER_THREAD: &str = "depeche-reader";

/// Most reports in a batch: enough that threads seldom wait for one another at its end.
const BATCH_REPORTS: usize = 256;

/// Most captured bytes in a batch, the last capture apart.
const BATCH_BYTES: usize = 64 << 20;

/// Stack of a reading thread. Parsers that recurse over markup get room beyond the system's default of 2 MiB.
const STACK_BYTES: usize = 16 << 20;

/// Most threads whatever is asked for: beyond a few a core more only cost memory, and the system refuses thousands.
fn most_threads() -> usize {
    std::thread::available_parallelism().map_or(4, |cores| cores.get() * 4).min(256)
}

/// The stages, ready to run.
pub struct Pipeline {
    settings: Settings,
    gazetteer: &'static Gazetteer,
    pool: rayon::ThreadPool,
    watch: Box<dyn Fn() + Send + Sync>,
}

/// Why a pipeline could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// The system refused the threads.
    #[error("the system refused the threads to read with; try fewer with --threads")]
    Threads(#[from] rayon::ThreadPoolBuildError),
}

impl Pipeline {
    /// A pipeline with the built-in gazetteer.
    pub fn new(settings: Settings) -> Result<Pipeline, PipelineError> {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(settings.threads.min(most_threads()))
            .thread_name(|_| READER_THREAD.to_owned())
            .stack_size(STACK_BYTES)
            .build()?;
        Ok(Pipeline { settings, gazetteer: Gazetteer::builtin(), pool, watch: Box::new(|| ()) })
    }

    /// The pipeline with a watcher, which the reading threads call after each report.
    #[must_use]
    pub fn watched(self, watch: impl Fn() + Send + Sync + 'static) -> Pipeline {
        Pipeline { watch: Box::new(watch), ..self }
    }

    /// What the run was told.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The knowledge of the world that it reads with.
    pub fn gazetteer(&self) -> &'static Gazetteer {
        self.gazetteer
    }

    /// Reads one capture. A fault of the program while it reads is caught and becomes a problem of this report.
    pub fn read(&self, capture: Capture) -> Result<(Report, Reading), Problem> {
        let read = guard(subject(&capture), || self.run_stages(capture, &self.settings));
        (self.watch)();
        read
    }

    /// As [`Pipeline::read`], under the circumstances of an earlier run instead of this one's settings.
    pub fn read_under(
        &self,
        capture: Capture,
        circumstances: &Circumstances,
    ) -> Result<(Report, Reading), Problem> {
        let settings = Settings {
            language: circumstances.language,
            published: circumstances.published.clone(),
            today: circumstances.today,
            threads: self.settings.threads,
            // What is kept is kept whole.
            min_confidence: 0.0,
        };
        let read = guard(subject(&capture), || self.run_stages(capture, &settings));
        (self.watch)();
        read
    }

    /// Runs work on the threads that read.
    pub(crate) fn install<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        self.pool.install(work)
    }

    /// Reads all captures, several at a time, and hands each result to `take` in the order of the inputs. Captured
    /// bytes are held for one batch only.
    pub fn read_all(
        &self,
        captures: impl IntoIterator<Item = Result<Capture, Problem>>,
        mut take: impl FnMut(Result<(Report, Reading), Problem>),
    ) {
        let _ = self.read_while(captures, |read| {
            take(read);
            ControlFlow::Continue(())
        });
    }

    /// As [`Pipeline::read_all`], until `take` breaks off; no further input is opened then.
    pub fn read_while(
        &self,
        captures: impl IntoIterator<Item = Result<Capture, Problem>>,
        take: impl FnMut(Result<(Report, Reading), Problem>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        self.each_while(captures, |pipeline, capture| pipeline.read(capture), take)
    }

    /// What `look` makes of the analysis of each report, several at a time, in the order of the inputs, until `take`
    /// breaks off: for what asks only for the language of reports.
    pub fn analyse_while<T: Send>(
        &self,
        captures: impl IntoIterator<Item = Result<Capture, Problem>>,
        look: impl Fn(Report, Analysis) -> T + Sync,
        take: impl FnMut(Result<T, Problem>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let stage = |pipeline: &Pipeline, capture: Capture| {
            let made = guard(subject(&capture), || {
                let (report, analysis) = pipeline.analyse(capture, &pipeline.settings);
                look(report, analysis)
            });
            (pipeline.watch)();
            made
        };
        self.each_while(captures, stage, take)
    }

    /// Captures in batches, the captures of a batch in parallel, the results in order.
    fn each_while<T: Send>(
        &self,
        captures: impl IntoIterator<Item = Result<Capture, Problem>>,
        stage: impl Fn(&Pipeline, Capture) -> Result<T, Problem> + Sync,
        mut take: impl FnMut(Result<T, Problem>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let mut captures = captures.into_iter();
        loop {
            let (mut batch, mut bytes) = (Vec::new(), 0);
            while batch.len() < BATCH_REPORTS && bytes < BATCH_BYTES {
                let Some(capture) = captures.next() else { break };
                bytes += capture.as_ref().map_or(0, |capture| capture.bytes.len());
                batch.push(capture);
            }
            if batch.is_empty() {
                return ControlFlow::Continue(());
            }
            let read: Vec<_> = self.pool.install(|| {
                batch
                    .into_par_iter()
                    .with_max_len(1)
                    .map(|capture| capture.and_then(|capture| stage(self, capture)))
                    .collect()
            });
            read.into_iter().try_for_each(&mut take)?;
        }
    }

    /// Makes the dossier of all that was read and all that people have decided; the same for any order of both.
    pub fn resolve(&self, read: &[(Report, Reading)], judgements: &[Judgement]) -> Dossier {
        let mut dossier = depeche_resolve::resolve(read, judgements, self.gazetteer, self.settings.today);
        let problems = verify_dossier(&mut dossier, read);
        dossier.problems.extend(problems);
        dossier
    }

    fn run_stages(&self, capture: Capture, settings: &Settings) -> (Report, Reading) {
        let (report, analysis) = self.analyse(capture, settings);
        let parse = |spans: &[Span]| depeche_language::trees(&report.text, spans, analysis.language);
        let mut reading = depeche_extract::read(&report, &analysis, self.gazetteer, &parse);
        let problems = verify_reading(&report, &mut reading);
        reading.problems.extend(problems);
        if settings.min_confidence > 0.0 {
            drop_unsure(&mut reading, settings.min_confidence);
        }
        (report, reading)
    }

    fn analyse(&self, mut capture: Capture, settings: &Settings) -> (Report, Analysis) {
        if let Some(language) = settings.language {
            capture.given.language = Some(language.code().to_owned());
        }
        let mut report = depeche_page::report(&capture);
        drop(capture);
        name_publisher(&mut report, self.gazetteer);
        let mut analysis = depeche_language::analyse(&report, settings.today);
        // The day given for the run serves reports that do not say theirs, which shows only once the text is analysed.
        // A day of which the text leaves out the year is not said in full.
        let said = analysis.published.as_ref().is_some_and(|published| !published.date.lacks_year());
        if let Some(published) = settings.published.as_ref().filter(|_| !said) {
            report.published = Some(Known { value: published.clone(), basis: Basis::Given, span: None });
            analysis = depeche_language::analyse(&report, settings.today);
        }
        (report, analysis)
    }
}

/// Notes the outlet whose domain a report's address is of, which is the report's where the page names none.
fn name_publisher(report: &mut Report, gazetteer: &Gazetteer) {
    let address = report.url.as_ref().and_then(|url| url.value.split_once("://"));
    let host = address.and_then(|(_, rest)| rest.split(['/', '?', '#']).next()).unwrap_or_default();
    let host = host.rsplit('@').next().and_then(|host| host.split(':').next()).unwrap_or_default();
    let Some(outlet) = gazetteer.outlet_by_domain(&host.to_ascii_lowercase()) else { return };
    if report.outlet.is_none() {
        report.outlet = Some(Known { value: outlet.name.to_owned(), basis: Basis::Address, span: None });
    }
    report.about.publisher = Some(Publisher {
        id: outlet.id.to_owned(),
        name: outlet.name.to_owned(),
        country: outlet.country.to_owned(),
        owner: outlet.owner.to_owned(),
    });
}

/// How problems name a capture.
fn subject(capture: &Capture) -> String {
    if capture.address.is_empty() { &capture.id } else { &capture.address }.clone()
}

/// Runs the stages; a fault of the program in them becomes a problem of `subject`.
fn guard<T>(subject: String, stages: impl FnOnce() -> T) -> Result<T, Problem> {
    catch_unwind(AssertUnwindSafe(stages)).map_err(|fault| {
        let words = fault.downcast_ref::<&str>().map(|words| (*words).to_owned());
        let words = words.or_else(|| fault.downcast_ref::<String>().cloned()).unwrap_or_default();
        let detail = format!(
            "a fault of the program stopped its reading ({words}); leave it out and report the fault"
        );
        Problem::new(ProblemKind::Unreadable, subject, detail)
    })
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use depeche_record::{Digest, Given, Media};

    use super::*;

    fn capture(n: usize) -> Capture {
        let text = format!("Le {} mai 2024, Sergueï Lavrov a rencontré Hakan Fidan à Ankara.\n", n % 28 + 1);
        Capture {
            id: format!("r{n:03}"),
            address: format!("r{n:03}.txt"),
            media: Media::Plain,
            bytes: text.into_bytes(),
            digest: Digest([0; 32]),
            given: Given::default(),
            fetched: None,
        }
    }

    fn pipeline(threads: usize) -> Pipeline {
        Pipeline::new(Settings { threads, ..Settings::default() }).unwrap()
    }

    #[test]
    fn readings_come_in_the_order_of_the_inputs_whatever_the_threads() {
        let read = |threads| {
            let captures = (0..BATCH_REPORTS + 50).map(|n| match n % 7 {
                3 => Err(Problem::new(ProblemKind::Missing, format!("r{n:03}.txt"), "")),
                _ => Ok(capture(n)),
            });
            let mut all = Vec::new();
            pipeline(threads).read_all(captures, |read| all.push(read));
            all
        };
        let one = read(1);
        assert_eq!(one.len(), BATCH_REPORTS + 50);
        for (n, read) in one.iter().enumerate() {
            let name = read.as_ref().map_or_else(|problem| &problem.subject, |(report, _)| &report.address);
            assert_eq!(*name, format!("r{n:03}.txt"));
        }
        assert_eq!(one, read(3));
    }

    #[test]
    fn breaking_off_opens_no_further_batch() {
        let opened = Cell::new(0);
        let captures = (0..10 * BATCH_REPORTS).map(|n| {
            opened.set(opened.get() + 1);
            Ok(capture(n))
        });
        let broken = pipeline(1).read_while(captures, |_| ControlFlow::Break(()));
        assert!(broken.is_break());
        assert_eq!(opened.get(), BATCH_REPORTS);
    }

    #[test]
    fn a_fault_is_a_problem_of_its_report() {
        assert_eq!(guard("a.txt".to_owned(), || 7), Ok(7));
        let problem = guard("a.txt".to_owned(), || -> () { panic!("out of {}", "luck") }).unwrap_err();
        assert_eq!(problem.subject, "a.txt");
        assert!(problem.is_failure() && problem.detail.contains("out of luck"));
    }

    #[test]
    fn any_number_of_threads_can_be_asked_for() {
        for threads in [20_000, usize::MAX] {
            assert_eq!(pipeline(threads).pool.current_num_threads(), most_threads());
        }
        assert_eq!(pipeline(1).pool.current_num_threads(), 1);
        assert!(pipeline(0).pool.current_num_threads() >= 1);
    }

    #[test]
    fn an_outlet_is_known_by_its_address() {
        let mut given = capture(1);
        given.given.url = Some("https://www.lemonde.fr:443/a?b".to_owned());
        let (report, _) = pipeline(1).read(given).unwrap();
        let publisher = report.about.publisher.unwrap();
        assert_eq!((publisher.id.as_str(), publisher.country.as_str()), ("le-monde", "FR"));
        assert_eq!(report.outlet.unwrap().basis, Basis::Address);
        let (report, _) = pipeline(1).read(capture(1)).unwrap();
        assert_eq!((report.about.publisher, report.outlet), (None, None));
    }

    #[test]
    fn the_day_of_the_run_serves_reports_that_do_not_say_theirs() {
        let published = |change: &dyn Fn(&mut Capture)| {
            let day = depeche_record::Edtf::parse("2024-05-30").ok();
            let pipeline = Pipeline::new(Settings { published: day, ..Settings::default() }).unwrap();
            let mut capture = capture(1);
            change(&mut capture);
            let (_, reading) = pipeline.read(capture).unwrap();
            reading.published.map(|published| (published.date.to_string(), published.basis))
        };
        let told = |date: &str, basis| Some((date.to_owned(), basis));
        assert_eq!(published(&|_| ()), told("2024-05-30", Basis::Given));
        let given = |capture: &mut Capture| capture.given.published = Some("2021-01-01".to_owned());
        assert_eq!(published(&given), told("2021-01-01", Basis::Given));
        let page = |capture: &mut Capture| {
            let head = "<meta property=\"article:published_time\" content=\"2022-02-02T10:00:00Z\">";
            let body = String::from_utf8_lossy(&capture.bytes).into_owned();
            capture.media = Media::Html;
            capture.bytes =
                format!("<html><head>{head}</head><body><p>{body}</p></body></html>").into_bytes();
        };
        assert_eq!(published(&page), told("2022-02-02", Basis::Metadata));
        let dated = |capture: &mut Capture| {
            let body = String::from_utf8_lossy(&capture.bytes).into_owned();
            capture.bytes =
                format!("Un entretien à Ankara\nPar Anne Martin – 3 mars 2023\n\n{body}").into_bytes();
        };
        assert_eq!(published(&dated), told("2023-03-03", Basis::Text));
        let yearless = |capture: &mut Capture| {
            let text = "À Ankara, ce 7 novembre, Sergueï Lavrov a rencontré Hakan Fidan. Ils ont parlé de la paix.\n";
            capture.bytes = text.as_bytes().to_vec();
        };
        assert_eq!(published(&yearless), told("2024-05-30", Basis::Given));
        let wrong = |capture: &mut Capture| capture.given.published = Some("hier".to_owned());
        assert_eq!(published(&wrong), told("2024-05-30", Basis::Given));
    }
}
