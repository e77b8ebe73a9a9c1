//! Gold folders and records, read from disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::words::squeeze;

/// A gold folder.
#[derive(Debug, Clone, Default)]
pub struct Gold {
    /// Identifier, squeezed text and annotation of each report, in the order of `texts.jsonl`.
    pub reports: Vec<GoldReport>,
    /// The merged view, where the folder has one.
    pub dossier: Option<Value>,
}

/// One annotated report.
#[derive(Debug, Clone)]
pub struct GoldReport {
    /// Identifier.
    pub id: String,
    /// The text as [`squeeze`] leaves it.
    pub squeezed: String,
    /// The annotation.
    pub annotation: Value,
}

impl Gold {
    /// Reads `texts.jsonl`, one `ID.json` a report, and `dossier.json` if there is one.
    pub fn open(folder: &Path) -> Result<Gold> {
        let texts = folder.join("texts.jsonl");
        let mut reports = Vec::new();
        for (id, value) in json_lines(&texts)? {
            let text = value.get("text").and_then(Value::as_str);
            let text = text.with_context(|| format!("{}: ‘{id}’ has no text", texts.display()))?;
            let annotation = json_file(&folder.join(format!("{id}.json")))?;
            reports.push(GoldReport { id, squeezed: squeeze(text), annotation });
        }
        let merged = folder.join("dossier.json");
        let dossier = if merged.is_file() { Some(json_file(&merged)?) } else { None };
        Ok(Gold { reports, dossier })
    }

    /// The report of that identifier.
    pub fn report(&self, id: &str) -> Option<&GoldReport> {
        self.reports.iter().find(|report| report.id == id)
    }
}

/// The records of a JSON Lines file by their `id`; of two with one identifier the later counts.
pub fn read_records(path: &Path) -> Result<BTreeMap<String, Value>> {
    Ok(json_lines(path)?.into_iter().collect())
}

/// A JSON file.
pub fn json_file(path: &Path) -> Result<Value> {
    let content = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_str(&content).with_context(|| format!("{} is no JSON", path.display()))
}

fn json_lines(path: &Path) -> Result<Vec<(String, Value)>> {
    let content = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut found = Vec::new();
    for (n, line) in content.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let place = || format!("{}:{}", path.display(), n + 1);
        let value: Value = serde_json::from_str(line).with_context(|| format!("{}: no JSON", place()))?;
        let Some(id) = value.get("id").and_then(Value::as_str) else { bail!("{}: no id", place()) };
        found.push((id.to_owned(), value));
    }
    Ok(found)
}
