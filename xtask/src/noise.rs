//! Page noise in plain-text scrapes.
//!
//! 1. Line by line, where a person has marked the lines of the texts that are noise (`corpus/noise/`): noise that is kept, lines
//!    of the article that are lost, and noise among the evidence, quotes and origins of a reading.
//! 2. Over the whole corpus: words that annotators took as evidence and that stand in lines taken for noise alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use depeche_pipeline::acquire::{Options, captures};
use depeche_pipeline::page::report;
use depeche_pipeline::record::{BlockKind, Reading, Report, Span};
use depeche_pipeline::{Pipeline, Settings};
use serde_json::{Value, json};

use crate::floors::folders;
use crate::pages::single_spaced;
use crate::score::Gold;

/// Where the marked lines lie, one file a folder of the corpus.
const MARKED: &str = "corpus/noise";

/// What was counted line by line.
#[derive(Debug, Default)]
pub struct Lines {
    /// The texts.
    pub name: String,
    /// Number of reports.
    pub reports: usize,
    /// Lines with words in them.
    pub all: usize,
    /// Those marked as noise.
    pub noise: usize,
    /// Noise that is kept: report and line.
    pub kept: Vec<(String, String)>,
    /// Lines of the article taken for noise.
    pub lost: Vec<(String, String)>,
    /// Pieces of evidence, quotes and origins of the readings.
    pub finds: usize,
    /// Those that stand in a line of noise.
    pub noisy: Vec<(String, String)>,
}

/// Counts over the folders of the corpus whose lines are marked, or over `folder`, which holds texts and `noise.tsv`.
///
/// # Errors
///
/// Texts or marks that cannot be read, and marks of lines that no text has.
pub fn lines(root: &Path, folder: Option<&Path>) -> Result<Vec<Lines>> {
    if let Some(folder) = folder {
        return Ok(vec![count(&folder.display().to_string(), folder, &folder.join("noise.tsv"))?]);
    }
    let marked = root.join(MARKED);
    let named = |entry: std::io::Result<fs::DirEntry>| Some(entry.ok()?.path());
    let listed = fs::read_dir(&marked).with_context(|| format!("cannot list {}", marked.display()))?;
    let mut files: Vec<PathBuf> = listed.filter_map(named).collect();
    files.sort();
    let of = |file: &PathBuf| {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        count(&name, &root.join("corpus").join(&name).join("texts.jsonl"), file)
    };
    files.iter().map(of).collect()
}

fn count(name: &str, texts: &Path, marks: &Path) -> Result<Lines> {
    let written = fs::read_to_string(marks).with_context(|| format!("cannot read {}", marks.display()))?;
    let mut marked: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for row in written.lines().filter(|row| !row.starts_with('#')) {
        let (report, line) = row.split_once('\t').with_context(|| format!("no report and line: {row}"))?;
        marked.entry(report).or_default().insert(single_spaced(line));
    }
    let pipeline = Pipeline::new(Settings::default())?;
    let mut lines = Lines { name: name.to_owned(), ..Lines::default() };
    let leave_out = Some(marks.to_path_buf());
    let mut met = 0;
    for capture in captures(&[texts.to_path_buf()], &Options { leave_out, ..Options::default() }) {
        let capture =
            capture.map_err(|problem| anyhow::anyhow!("{}: {}", problem.subject, problem.detail))?;
        let (report, reading) = pipeline
            .read(capture)
            .map_err(|problem| anyhow::anyhow!("{}: {}", problem.subject, problem.detail))?;
        let noise = marked.get(report.id.as_str()).cloned().unwrap_or_default();
        met += lines.add(&report, &reading, &noise);
    }
    let wanted: usize = marked.values().map(BTreeSet::len).sum();
    if met < wanted {
        bail!("{}: {} marked lines are in none of the texts", marks.display(), wanted - met);
    }
    Ok(lines)
}

impl Lines {
    /// Counts a report; how many of its marked lines were met.
    fn add(&mut self, report: &Report, reading: &Reading, noise: &BTreeSet<String>) -> usize {
        self.reports += 1;
        let (mut met, mut said) = (BTreeSet::new(), BTreeSet::new());
        let mut places: Vec<Span> = Vec::new();
        let mut start = 0;
        for line in report.text.split_inclusive('\n') {
            let span = Span::new(start, start + line.len());
            start += line.len();
            let words = single_spaced(line);
            if words.is_empty() {
                continue;
            }
            self.all += 1;
            let taken = report.blocks.iter().any(|b| b.kind == BlockKind::Noise && b.span.overlaps(span));
            let told = |list: &mut Vec<(String, String)>| list.push((report.id.clone(), words.clone()));
            match (noise.contains(&words), taken) {
                (true, false) => told(&mut self.kept),
                // What was said before is there.
                (false, true) if !said.contains(&words) => told(&mut self.lost),
                _ => {}
            }
            said.insert(words.clone());
            if noise.contains(&words) {
                self.noise += 1;
                met.insert(words);
                places.push(span);
            }
        }
        let accounts = reading.accounts.iter().flat_map(|account| &account.evidence);
        let statements = reading.statements.iter().flat_map(|s| s.quote.iter().chain([&s.evidence]));
        let origins = reading.origins.iter().map(|origin| &origin.evidence);
        for span in accounts.chain(statements).chain(origins) {
            self.finds += 1;
            if places.iter().any(|place| place.overlaps(*span)) {
                self.noisy.push((report.id.clone(), single_spaced(span.of(&report.text))));
            }
        }
        met.len()
    }

    /// For a terminal.
    pub fn lines(&self) -> String {
        let Lines { name, reports, all, noise, kept, lost, finds, noisy } = self;
        let mut lines = format!(
            "## {name}\n{reports} reports, {all} lines, {noise} of them noise: {} kept, {} lines of the article lost; of {finds} \
             pieces of evidence, quotes and origins {} stand in noise\n",
            kept.len(),
            lost.len(),
            noisy.len()
        );
        for (what, list) in [("kept", kept), ("lost", lost), ("in noise", noisy)] {
            for (report, words) in list {
                lines += &format!("{what}\t{report}\t{words}\n");
            }
        }
        lines
    }

    /// For a program.
    pub fn json(&self) -> Value {
        json!({
            "texts": self.name, "reports": self.reports, "lines": self.all, "noise": self.noise, "kept": self.kept.len(),
            "lost": self.lost.len(), "finds": self.finds, "in_noise": self.noisy.len(),
        })
    }
}

/// What was counted of the evidence that annotators took from the texts of the corpus.
#[derive(Debug, Default)]
pub struct Evidence {
    /// Lines, and those of them that are taken for page noise.
    pub lines: [usize; 2],
    /// Different words of evidence and quotes of the annotation.
    pub evidence: usize,
    /// Those that stand in page noise alone: report and words.
    pub lost: Vec<(String, String)>,
}

/// Counts page noise in the texts of the corpus, and what the annotators took evidence from among it.
///
/// # Errors
///
/// A corpus that cannot be read.
pub fn evidence(root: &Path) -> Result<Evidence> {
    let mut noise = Evidence::default();
    for name in folders(root)? {
        let folder = root.join("corpus").join(name);
        let gold = Gold::open(&folder)?;
        for capture in captures(&[folder.join("texts.jsonl")], &Options::default()) {
            let Ok(capture) = capture else { bail!("a text of {} cannot be read", folder.display()) };
            let report = report(&capture);
            let Some(annotated) = gold.report(&report.id) else { continue };
            let lines = |noise: bool| {
                let of = |kind: BlockKind| (kind == BlockKind::Noise) == noise;
                let blocks = report.blocks.iter().filter(move |block| of(block.kind));
                let words: Vec<String> =
                    blocks.map(|block| single_spaced(block.span.of(&report.text))).collect();
                words
            };
            let (kept, left_out) = (lines(false), lines(true));
            noise.lines[0] += kept.len() + left_out.len();
            noise.lines[1] += left_out.len();
            let mut evidence = BTreeSet::new();
            gather(&annotated.annotation, false, &mut evidence);
            noise.evidence += evidence.len();
            let holds = |lines: &[String], words: &str| lines.iter().any(|line| line.contains(words));
            let lost = evidence.into_iter().filter(|words| holds(&left_out, words) && !holds(&kept, words));
            noise.lost.extend(lost.map(|words| (report.id.clone(), words)));
        }
    }
    Ok(noise)
}

/// The words of evidence and quotes in an annotation.
fn gather(value: &Value, wanted: bool, words: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if wanted => _ = words.insert(single_spaced(text)),
        Value::Array(items) => items.iter().for_each(|item| gather(item, wanted, words)),
        Value::Object(fields) => {
            for (key, value) in fields {
                gather(value, matches!(key.as_str(), "evidence" | "quote" | "exact"), words);
            }
        }
        _ => {}
    }
}

impl Evidence {
    /// For a terminal.
    pub fn lines(&self) -> String {
        let mut lines = format!(
            "## page noise in the plain texts of the corpus\n{} of {} lines are taken for noise; of {} words of evidence {} stand there\n",
            self.lines[1],
            self.lines[0],
            self.evidence,
            self.lost.len()
        );
        for (report, words) in &self.lost {
            lines += &format!("{report}\t{words}\n");
        }
        lines
    }

    /// For a program.
    pub fn json(&self) -> Value {
        json!({"task": "page noise", "lines": self.lines[0], "noise": self.lines[1], "evidence": self.evidence, "lost": self.lost.len()})
    }
}
