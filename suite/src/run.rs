//! Cases read, and compared or rewritten.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use depeche_pipeline::records::{dossier_record, record};
use depeche_pipeline::{Pipeline, Settings};
use depeche_record::{Capture, Digest, Edtf, Given, Media, Reading, Report};
use walkdir::WalkDir;

use crate::compare::difference;
use crate::document::{Block, BlockKind, Case, Document};
use crate::lines::{dossier_lines, reading_lines};

/// What came of a run.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// Number of cases read.
    pub cases: usize,
    /// Known gaps: case, and what is not yet as it should be.
    pub gaps: Vec<(String, String)>,
    /// What came out otherwise than expected.
    pub mismatches: Vec<Mismatch>,
}

/// A block that came out otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// File, from the folder of cases.
    pub file: String,
    /// Line of the block.
    pub line: usize,
    /// Name of the case.
    pub case: String,
    /// Lines with marks, as [`difference`] gives them.
    pub difference: String,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}\n{}", self.file, self.line, self.case, self.difference)
    }
}

/// Reads all cases below `folder` and compares.
pub fn check(folder: &Path) -> Result<Outcome> {
    run(folder, false)
}

/// Reads all cases below `folder` and writes what came out into their blocks; the outcome holds what changed.
pub fn update(folder: &Path) -> Result<Outcome> {
    run(folder, true)
}

fn run(folder: &Path, rewrite: bool) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    for path in files(folder)? {
        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let content = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let document = Document::parse(&content).with_context(|| name.clone())?;
        let mut changes = Vec::new();
        for case in &document.cases {
            outcome.cases += 1;
            outcome.gaps.extend(case.gaps.iter().map(|gap| (format!("{name}: {}", case.name), gap.clone())));
            for (block, found) in outcomes(&name, case)? {
                if let Some(difference) = difference(&block.content, &found) {
                    outcome.mismatches.push(Mismatch {
                        file: name.clone(),
                        line: block.line,
                        case: case.name.clone(),
                        difference,
                    });
                    changes.push((block.range.clone(), found));
                }
            }
        }
        if rewrite && !changes.is_empty() {
            let mut rewritten = content.clone();
            // From the last block to the first, so that places in the file hold while it changes.
            for (range, found) in changes.into_iter().rev() {
                rewritten.replace_range(range, &found);
            }
            fs::write(&path, rewritten).with_context(|| format!("cannot write {}", path.display()))?;
        }
    }
    if outcome.cases == 0 {
        bail!("no case in {}", folder.display());
    }
    Ok(outcome)
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let path = entry.with_context(|| format!("cannot list {}", folder.display()))?.into_path();
        if path.extension().is_some_and(|extension| extension == "md") {
            files.push(path);
        }
    }
    Ok(files)
}

/// What comes out for each block that expects something.
fn outcomes<'a>(file: &str, case: &'a Case) -> Result<Vec<(&'a Block, String)>> {
    let mut outcomes = Vec::new();
    let mut read: Vec<(Report, Reading)> = Vec::new();
    let pipeline = Pipeline::new(Settings { threads: 1, ..Settings::default() })?;
    for block in &case.blocks {
        match block.kind {
            BlockKind::Report => {
                let capture = capture(file, block, read.len())?;
                match pipeline.read(capture) {
                    Ok(pair) => read.push(pair),
                    Err(problem) => bail!("{file}:{}: {}", block.line, problem.detail),
                }
            }
            BlockKind::Reading => {
                let Some((report, reading)) = read.last() else { continue };
                outcomes.push((block, reading_lines(&record(report, reading))));
            }
            BlockKind::Dossier => {
                let today = match block.attributes.get("today") {
                    Some(today) => {
                        let day = Edtf::parse(today).ok().and_then(|day| day.days()).map(|days| days.0);
                        Some(day.with_context(|| format!("{file}:{}: today is no day", block.line))?)
                    }
                    None => None,
                };
                let pipeline = Pipeline::new(Settings { threads: 1, today, ..Settings::default() })?;
                let dossier = pipeline.resolve(&read, &[]);
                outcomes.push((block, dossier_lines(&dossier_record(&dossier, &read, &[], today))));
            }
        }
    }
    Ok(outcomes)
}

fn capture(file: &str, block: &Block, before: usize) -> Result<Capture> {
    let attribute = |key: &str| block.attributes.get(key).cloned();
    let media = match attribute("format").as_deref() {
        None | Some("txt") => Media::Plain,
        Some("md") => Media::Markdown,
        Some("html") => Media::Html,
        Some(other) => bail!("{file}:{}: the format {other} is not known", block.line),
    };
    Ok(Capture {
        // Reports of a case are called by letters where they have no name.
        id: attribute("id").unwrap_or_else(|| char::from(b'a' + (before % 26) as u8).to_string()),
        address: format!("{file}:{}", block.line),
        media,
        bytes: block.content.trim_end().as_bytes().to_vec(),
        // A case is its own capture; nothing asks for the digest of its bytes.
        digest: Digest([0; 32]),
        fetched: None,
        given: Given {
            title: attribute("title"),
            url: attribute("url"),
            published: attribute("published"),
            outlet: attribute("outlet"),
            language: attribute("lang"),
            charset: None,
        },
    })
}
