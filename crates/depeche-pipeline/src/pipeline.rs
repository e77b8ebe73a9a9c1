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
        Ok(Pipeline { settings, gazetteer: Gazetteer::builtin(), pool })
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
        let (id, address) = (capture.id.clone(), capture.address.clone());
        catch_unwind(AssertUnwindSafe(|| self.run_stages(capture))).map_err(|fault| {
            let words = fault
                .downcast_ref::<&str>()
                .map(|words| (*words).to_owned())
                .or_else(|| fault.downcast_ref::<String>().cloned())
                .unwrap_or_default();
            let subject = if address.is_empty() { id } else { address };
            Problem::new(
                ProblemKind::Unreadable,
                subject,
                format!(
                    "a fault of the program stopped its reading ({words}); leave it out and report the fault"
                ),
            )
        })
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
