//! How fast running text becomes trees and names.
//!
//! What comes in: the reports of the corpus, a language at a time, repeated up to a number of bytes. What goes out: words a
//! second on one core, the median of several runs, with the share of each part; on all cores; the time to load the
//! models and the memory at its highest.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use depeche_language::names::{Names, names};
use depeche_language::parse;
use depeche_language::segment::Segmenter;
use depeche_language::syntax::Syntax;
use depeche_pipeline::record::{Language, Span};
use serde_json::Value;

/// Bytes of text that a run reads.
const BYTES: usize = 5_000_000;
/// Runs of which the median counts.
const RUNS: usize = 5;

/// What was measured for a language.
#[derive(Debug, Clone)]
pub struct Speed {
    /// Syntactic words of the text.
    pub words: usize,
    /// Time to read the models.
    pub load: Duration,
    /// Median time of a run on one core.
    pub one_core: Duration,
    /// Its part that names take.
    pub names: Duration,
    /// Median time with a thread on each core.
    pub all_cores: Duration,
    /// Threads of that.
    pub threads: usize,
    /// Highest resident memory of the process so far, in bytes, where the system tells it.
    pub memory: Option<u64>,
}

impl Speed {
    /// For a terminal.
    pub fn line(&self, language: Language) -> String {
        let rate = |time: Duration| self.words as f64 / time.as_secs_f64();
        let memory =
            self.memory.map_or_else(String::new, |bytes| format!(", {} MB at most", bytes / 1_000_000));
        format!(
            "{language}: {:.0} words a second on one core, {:.0} % of it names; {:.0} on {} threads; {} words, models read in {:.0} ms{memory}\n",
            rate(self.one_core),
            100.0 * self.names.as_secs_f64() / self.one_core.as_secs_f64(),
            rate(self.all_cores),
            self.threads,
            self.words,
            self.load.as_secs_f64() * 1e3,
        )
    }
}

/// Measures a language on the reports of the corpus.
///
/// # Errors
///
/// A corpus that cannot be read or has no report in the language.
pub fn measure(root: &Path, language: Language) -> Result<Speed> {
    let begun = Instant::now();
    Segmenter::of(language);
    Syntax::of(language);
    Names::of(language);
    let load = begun.elapsed();
    let texts = texts(root, language)?;
    let trees = |texts: &[String]| -> usize {
        let words = |text: &String| -> usize {
            parse(text, Span::new(0, text.len()), language).iter().map(|tree| tree.nodes.len()).sum()
        };
        texts.iter().map(words).sum()
    };
    let names = |texts: &[String]| -> usize {
        texts.iter().map(|text| names(text, Span::new(0, text.len()), language, &[]).len()).sum()
    };
    let words = trees(&texts);
    let mut one = Vec::new();
    let mut of_names = Vec::new();
    for _ in 0..RUNS {
        let begun = Instant::now();
        trees(&texts);
        let parsed = begun.elapsed();
        names(&texts);
        one.push(begun.elapsed());
        of_names.push(begun.elapsed() - parsed);
    }
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let mut all = Vec::new();
    for _ in 0..RUNS {
        let begun = Instant::now();
        thread::scope(|scope| {
            for part in texts.chunks(texts.len().div_ceil(threads)) {
                scope.spawn(move || trees(part) + names(part));
            }
        });
        all.push(begun.elapsed());
    }
    let memory = peak_memory();
    Ok(Speed {
        words,
        load,
        one_core: median(one),
        names: median(of_names),
        all_cores: median(all),
        threads,
        memory,
    })
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// The reports of the corpus in a language, over and over up to [`BYTES`].
pub(crate) fn texts(root: &Path, language: Language) -> Result<Vec<String>> {
    let corpus = root.join("corpus");
    let mut folders: Vec<_> = fs::read_dir(&corpus)
        .with_context(|| format!("{} cannot be read", corpus.display()))?
        .filter_map(|entry| Some(entry.ok()?.path().join("texts.jsonl")))
        .filter(|path| path.is_file())
        .collect();
    folders.sort();
    let mut reports = Vec::new();
    for path in folders {
        let text = fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let report: Value =
                serde_json::from_str(line).with_context(|| format!("{} is no JSON", path.display()))?;
            if report["language"] == language.code() {
                reports.extend(report["text"].as_str().map(str::to_owned));
            }
        }
    }
    if reports.is_empty() {
        bail!("{} has no report in {language}", corpus.display());
    }
    let mut bytes = 0;
    let enough = |report: &&String| {
        let more = bytes < BYTES;
        bytes += report.len();
        more
    };
    Ok(reports.iter().cycle().take_while(enough).cloned().collect())
}
/// Highest resident memory of the process so far, in bytes, where the system tells it.
pub fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? * 1024)
}
