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
use depeche_record::{Capture, Dossier, Problem, ProblemKind, Reading, Report};
use rayon::prelude::*;

use crate::{Settings, verify_dossier, verify_reading};

/// Name of the threads that read reports; a surface may tell a fault in them, which is caught, from its own.
pub const READER_THREAD: &str = "depeche-reader";

/// Most reports in a batch: enough that threads seldom wait for one another at its end.
const BATCH_REPORTS: usize = 256;

/// Most captured bytes in a batch, the last capture apart.
const BATCH_BYTES: usize = 64 << 20;

/// Stack of a reading thread. Parsers that recurse over markup get room beyond the system's default of 2 MiB.
const STACK_BYTES: usize = 16 << 20;

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
            .num_threads(settings.threads)
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
        let subject = if capture.address.is_empty() { &capture.id } else { &capture.address }.clone();
        let read = guard(subject, || self.run_stages(capture));
        (self.watch)();
        read
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
        mut take: impl FnMut(Result<(Report, Reading), Problem>) -> ControlFlow<()>,
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
                    .map(|capture| capture.and_then(|capture| self.read(capture)))
                    .collect()
            });
            read.into_iter().try_for_each(&mut take)?;
        }
    }

    /// Makes the dossier of all that was read; the same for any order.
    pub fn resolve(&self, read: &[(Report, Reading)]) -> Dossier {
        let mut dossier = depeche_resolve::resolve(read, self.gazetteer, self.settings.today);
        let problems = verify_dossier(&mut dossier, read);
        dossier.problems.extend(problems);
        dossier
    }

    fn run_stages(&self, mut capture: Capture) -> (Report, Reading) {
        if let Some(language) = self.settings.language {
            capture.given.language = Some(language.code().to_owned());
        }
        if let Some(published) = &self.settings.published {
            capture.given.published = Some(published.to_string());
        }
        let report = depeche_page::report(&capture);
        drop(capture);
        let analysis = depeche_language::analyse(&report, self.settings.today);
        let mut reading = depeche_extract::read(&report, &analysis, self.gazetteer);
        let problems = verify_reading(&report, &mut reading);
        reading.problems.extend(problems);
        (report, reading)
    }
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
    fn what_the_run_is_told_outranks_what_comes_with_the_report() {
        let published = depeche_record::Edtf::parse("2024-05-30").unwrap();
        let told = Settings { published: Some(published.clone()), ..Settings::default() };
        let mut capture = capture(1);
        capture.given.published = Some("2021-01-01".to_owned());
        let (_, reading) = Pipeline::new(told).unwrap().read(capture).unwrap();
        assert_eq!(reading.published.map(|published| published.date), Some(published));
    }
}
