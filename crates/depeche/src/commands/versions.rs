//! `depeche show REPORT --versions`: how a page changed.

use depeche_interface::Wording;
use std::io;

use depeche_pipeline::store::{Dossier, StoreError};
use depeche_record::Report;
use serde::Serialize;
use similar::{ChangeTag, TextDiff};

use crate::terminal::Page;
use depeche_interface::even_out;

/// A version of a report, and how it differs from the one before.
#[derive(Debug, Serialize)]
pub struct Change {
    version: usize,
    /// When it was captured.
    taken: String,
    digest: String,
    size: usize,
    reader: String,
    /// Whether the dossier rests on it.
    current: bool,
    /// Title, where it differs from the one before.
    title: Option<String>,
    /// Sentences that the version before does not have.
    added: Vec<String>,
    /// Sentences that the version before has, and this one has not.
    removed: Vec<String>,
}

/// The versions of a report, in the order of capture.
pub fn history(dossier: &Dossier, report: &str) -> Result<Vec<Change>, StoreError> {
    let mut changes = Vec::new();
    let mut before: Option<Report> = None;
    for version in dossier.versions(report)? {
        let (report, _) = dossier.version(&version)?;
        let (mut added, mut removed, mut title) = (Vec::new(), Vec::new(), None);
        if let Some(before) = &before {
            let (old, new) = (sentences(before), sentences(&report));
            for change in TextDiff::from_slices(&refs(&old), &refs(&new)).iter_all_changes() {
                match change.tag() {
                    ChangeTag::Insert => added.push(change.value().to_owned()),
                    ChangeTag::Delete => removed.push(change.value().to_owned()),
                    ChangeTag::Equal => {}
                }
            }
            let named = |report: &Report| report.title.as_ref().map(|title| title.value.clone());
            title = named(&report).filter(|title| Some(title) != named(before).as_ref());
        }
        changes.push(Change {
            version: version.number,
            taken: version.taken.clone(),
            digest: version.digest.to_string(),
            size: version.size,
            reader: version.reader.clone(),
            current: version.is_current,
            title,
            added,
            removed,
        });
        before = Some(report);
    }
    Ok(changes)
}

/// The sentences of the article, as marks tell them, each on one line.
fn sentences(report: &Report) -> Vec<String> {
    let mut sentences = Vec::new();
    for block in report.article() {
        let mut sentence = String::new();
        for piece in block.span.of(&report.text).split_inclusive(['.', '!', '?', '…', '\n']) {
            sentence.push_str(piece);
            // A stop within a word or number ends nothing.
            if piece.ends_with('\n') || sentence.len() > 40 {
                sentences.push(even_out(&std::mem::take(&mut sentence)));
            }
        }
        sentences.push(even_out(&sentence));
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

fn refs(sentences: &[String]) -> Vec<&str> {
    sentences.iter().map(String::as_str).collect()
}

/// The versions on a terminal.
pub fn render(changes: &[Change], wording: Wording<'_>, page: &mut Page) -> io::Result<()> {
    let interface = wording.interface;
    for (n, change) in changes.iter().enumerate() {
        if n > 0 {
            page.space()?;
        }
        let heading = interface
            .tell("version-heading", &[("n", change.version.into()), ("time", change.taken.as_str().into())]);
        let mut line = page.bold(&heading);
        if change.current && changes.len() > 1 {
            line.push_str(&format!(" · {}", interface.say("version-current")));
        }
        page.paragraph("", "  ", &line)?;
        let digest = page.dim(&format!("SHA-256 {}", change.digest));
        page.paragraph("  ", "  ", &digest)?;
        if let Some(title) = &change.title {
            page.paragraph("  ", "    ", &wording.labelled(&interface.say("version-title"), title))?;
        }
        for sentence in &change.removed {
            page.paragraph("  − ", "    ", sentence)?;
        }
        for sentence in &change.added {
            page.paragraph("  + ", "    ", sentence)?;
        }
        if n > 0 && change.removed.is_empty() && change.added.is_empty() {
            let same = page.dim(&interface.say("version-same-text"));
            page.paragraph("  ", "  ", &same)?;
        }
    }
    Ok(())
}
