//! Which of the reports of `corpus/lineage` are told to rest on one original, against what their authors say.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use depeche_pipeline::acquire::{Options, captures};
use depeche_pipeline::record::{Reading, Report};
use depeche_pipeline::{Pipeline, Settings};

use crate::score::read_records;

/// What came of the pairs of one sort.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Pairs of one original that were told to be.
    pub right: usize,
    /// Pairs of two originals that were told to be of one.
    pub wrong: usize,
    /// Pairs of one original that were not told to be.
    pub missed: usize,
}

/// Counts for pairs of one language and of two, and the pairs that went wrong.
pub fn measure(root: &Path) -> Result<(BTreeMap<&'static str, Counts>, Vec<String>)> {
    let path = root.join("corpus/lineage/reports.jsonl");
    let truth = read_records(&path)?;
    let pipeline = Pipeline::new(Settings::default())?;
    let mut read: Vec<(Report, Reading)> = Vec::new();
    let mut problems = Vec::new();
    pipeline.read_all(captures(&[path], &Options::default()), |result| match result {
        Ok(pair) => read.push(pair),
        Err(problem) => problems.push(problem),
    });
    if let Some(problem) = problems.first() {
        bail!("{}: {}", problem.subject, problem.detail);
    }
    let dossier = pipeline.resolve(&read, &[]);
    let mut counts: BTreeMap<&'static str, Counts> = BTreeMap::new();
    let mut slips = Vec::new();
    for (n, one) in dossier.reports.iter().enumerate() {
        for other in &dossier.reports[n + 1..] {
            let original = |id: &str| truth.get(id).map(|record| record["original"].clone());
            let original = (original(&one.id).context(one.id.clone())?, original(&other.id));
            let same = Some(original.0) == original.1;
            let told = one.lineage == other.lineage;
            let sort = if one.language == other.language { "one language" } else { "two languages" };
            let counts = counts.entry(sort).or_default();
            match (same, told) {
                (true, true) => counts.right += 1,
                (false, true) => counts.wrong += 1,
                (true, false) => counts.missed += 1,
                (false, false) => continue,
            }
            if same != told {
                slips.push(format!("{} {} {}", if same { "missed" } else { "wrong" }, one.id, other.id));
            }
        }
    }
    Ok((counts, slips))
}
