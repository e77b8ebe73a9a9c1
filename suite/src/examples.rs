//! Examples that stand in the rule files themselves.
//!
//! Below a row of a rule file, a line `#+ …` is a text in which that rule makes a statement, and a line `#- …` one in
//! which it makes none. A rule is called by its pattern, the first of each alternative.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use depeche_pipeline::{Pipeline, Settings};
use depeche_record::{Capture, Digest, Given, Media};
use walkdir::WalkDir;

/// What came of the examples.
#[derive(Debug, Clone, Default)]
pub struct Examples {
    /// How many were read.
    pub read: usize,
    /// Those that came out otherwise: file, line, and what is wrong.
    pub failures: Vec<String>,
}

/// Reads the examples of all files `speech.tsv` below `rules`, a folder a language.
///
/// # Errors
///
/// Where the folder cannot be listed, a file cannot be read, or an example stands below no rule.
pub fn examples(rules: &Path) -> Result<Examples> {
    let pipeline = Pipeline::new(Settings { threads: 1, ..Settings::default() })?;
    let mut outcome = Examples::default();
    for entry in WalkDir::new(rules).sort_by_file_name() {
        let path = entry.with_context(|| format!("cannot list {}", rules.display()))?.into_path();
        if path.file_name().is_none_or(|name| name != "speech.tsv") {
            continue;
        }
        let language =
            path.parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
        let content = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let mut rule: Option<String> = None;
        for (n, line) in content.lines().enumerate() {
            let place = format!("{}:{}", path.display(), n + 1);
            let (wanted, text) = match (line.strip_prefix("#+ "), line.strip_prefix("#- ")) {
                (Some(text), _) => (true, text),
                (_, Some(text)) => (false, text),
                _ => {
                    if !line.starts_with('#') && !line.trim().is_empty() {
                        rule = line.split('\t').next().map(name);
                    }
                    continue;
                }
            };
            let Some(rule) = &rule else { bail!("{place}: an example below no rule") };
            let capture = capture(&place, text, language.clone());
            let (_, reading) = match pipeline.read(capture) {
                Ok(pair) => pair,
                Err(problem) => bail!("{place}: {}", problem.detail),
            };
            outcome.read += 1;
            let rules: Vec<&str> = reading.statements.iter().map(|s| s.derivation.rule.as_str()).collect();
            let made = rules.iter().any(|r| r.strip_prefix("statement/") == Some(rule));
            if made != wanted {
                let told = if wanted { "makes no statement in" } else { "makes a statement in" };
                outcome.failures.push(format!("{place}: `{rule}` {told} «{text}» ({})", rules.join(", ")));
            }
        }
    }
    Ok(outcome)
}

/// The name of a rule: its pattern with the first of each alternative.
fn name(pattern: &str) -> String {
    let firsts: Vec<&str> = pattern.trim().split(' ').filter_map(|e| e.split('|').next()).collect();
    firsts.join(" ")
}

fn capture(place: &str, text: &str, language: Option<String>) -> Capture {
    Capture {
        id: "example".to_owned(),
        address: place.to_owned(),
        media: Media::Plain,
        bytes: text.as_bytes().to_vec(),
        digest: Digest([0; 32]),
        fetched: None,
        given: Given { title: None, url: None, published: None, outlet: None, language, charset: None },
    }
}
