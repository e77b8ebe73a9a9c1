//! `depeche log`: the decisions that were recorded, and what became of each.

use std::io;

use depeche_interface::{Interface, Wording, even_out, quote, shorten};
use depeche_pipeline::records::{JudgementRecord, SubjectRecord};
use depeche_pipeline::store::{Dossier, LogFilter, StoreError};

use crate::arguments::Log;
use crate::dossier::{Listing, fault, open, paging, print};
use crate::run::Outcome;
use crate::terminal::Page;

/// Columns of the table.
const COLUMNS: &[&str] =
    &["id", "time", "author", "decision", "about", "field", "value", "reason", "outcome", "by"];
/// Most characters of words shown.
const WORDS: usize = 160;

/// Lists judgements, newest first.
pub fn execute(arguments: &Log) -> anyhow::Result<Outcome> {
    let interface = Interface::new(arguments.printing.ui);
    let dossier = open(&arguments.file, &interface)?;
    let answer = filter(arguments, &dossier)
        .and_then(|filter| dossier.log(&filter, paging(&arguments.listed)))
        .map_err(|error| fault(dossier.path(), &error, &interface))?;
    let wording = Wording::new(&interface);
    let listing = Listing {
        count: "count-judgements",
        columns: COLUMNS,
        row: &row,
        rows: None,
        entry: &|judgement, page| {
            entry(judgement, wording, page)?;
            page.space()
        },
    };
    print(&answer, &listing, &arguments.listed, &arguments.printing, wording)
}

/// The filter of the arguments; identifiers may be cut short.
fn filter(arguments: &Log, dossier: &Dossier) -> Result<LogFilter, StoreError> {
    let mut ids = Vec::new();
    if !arguments.ids.is_empty() {
        let fits = |id: &str| arguments.ids.iter().any(|wanted| id.starts_with(wanted.as_str()));
        let all = dossier.judgements()?;
        ids.extend(all.into_iter().map(|judgement| judgement.id).filter(|id| fits(id)));
        if ids.is_empty() {
            // No identifier is empty.
            ids.push(String::new());
        }
    }
    Ok(LogFilter {
        ids,
        authors: arguments.author.clone(),
        decisions: arguments.decision.clone(),
        outcomes: arguments.outcome.clone(),
        reports: arguments.report.clone(),
    })
}

fn row(judgement: &JudgementRecord) -> Vec<String> {
    let or_empty = |value: &Option<String>| value.clone().unwrap_or_default();
    vec![
        judgement.id.clone(),
        judgement.time.clone(),
        judgement.author.clone(),
        judgement.decision.to_string(),
        judgement.about.iter().map(bare).collect::<Vec<_>>().join(" / "),
        or_empty(&judgement.field),
        or_empty(&judgement.value),
        or_empty(&judgement.reason),
        judgement.outcome.to_string(),
        or_empty(&judgement.by),
    ]
}

fn bare(subject: &SubjectRecord) -> String {
    let words = subject.evidence.as_ref().map(|words| even_out(&words.exact)).unwrap_or_default();
    format!("{} {} {words}", subject.kind, subject.report).trim_end().to_owned()
}

/// A judgement: what was decided, by whom and when, on what words, why, and what became of it.
pub fn entry(judgement: &JudgementRecord, wording: Wording<'_>, page: &mut Page) -> io::Result<()> {
    let interface = wording.interface;
    let decision = interface.say(&format!("decision-{}", judgement.decision.replace('_', "-")));
    let mut what = page.bold(&decision);
    for more in judgement.field.iter().chain(&judgement.value) {
        what.push_str(&format!(" · {more}"));
    }
    let id = page.bold(&judgement.id);
    page.paragraph(&format!("{id}  "), "    ", &what)?;
    for subject in &judgement.about {
        let kind = interface.say(&format!("subject-{}", subject.kind));
        let words = subject
            .evidence
            .as_ref()
            .map(|words| format!(" {}", quote(interface, &shorten(&even_out(&words.exact), WORDS))));
        let source = page.dim(&format!("[{}]", subject.report));
        page.paragraph("  · ", "    ", &format!("{kind}{} {source}", words.unwrap_or_default()))?;
    }
    if let Some(reason) = &judgement.reason {
        page.paragraph("    ", "    ", &wording.labelled(&interface.say("why"), reason))?;
    }
    let by = judgement.by.clone().unwrap_or_default();
    let outcome = interface.tell(&format!("outcome-{}", judgement.outcome), &[("by", by.into())]);
    let line = page.dim(&format!("{}, {} · {outcome}", judgement.author, judgement.time));
    page.paragraph("    ", "    ", &line)
}
