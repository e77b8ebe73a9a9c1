//! `depeche search WORDS`: reports in which words stand, with the passages.

use depeche_interface::{Interface, Wording, even_out, shorten};
use depeche_pipeline::records::ReportRecord;
use depeche_pipeline::store::{Dossier, Page as PageOf, StoreError};
use depeche_pipeline::{passages, wanted};
use depeche_record::CodePoints;
use serde::Serialize;

use crate::arguments::Search;
use crate::dossier::{Listing, fault, filter, open, paging, print};
use crate::run::Outcome;

/// Columns of the table.
const COLUMNS: &[&str] = &["report", "outlet", "published", "title", "passage"];
/// Most passages of a report.
const PASSAGES: usize = 2;
/// Most characters of a passage shown.
const WORDS: usize = 320;

/// A report that was found, with the passages that hold the words.
#[derive(Debug, Serialize)]
struct Found {
    report: ReportRecord,
    score: f64,
    passages: Vec<depeche_pipeline::records::Evidence>,
}

/// Finds reports, the best first.
pub fn execute(arguments: &Search) -> anyhow::Result<Outcome> {
    let question = &arguments.question;
    let interface = Interface::new(question.printing.ui);
    let dossier = open(&question.file, &interface)?;
    let answer = find(arguments, &dossier).map_err(|error| fault(dossier.path(), &error, &interface))?;
    let wording = Wording::new(&interface);
    let listing = Listing {
        count: "found-reports",
        columns: COLUMNS,
        row: &row,
        rows: None,
        entry: &|found: &Found, page| {
            let report = &found.report;
            let mut about: Vec<String> = Vec::new();
            about.extend(report.title.as_ref().map(|title| even_out(title)));
            about.extend(report.outlet.clone());
            about.extend(report.published.as_ref().map(|date| wording.date(date)));
            let line = format!("{}  {}", page.bold(&report.id), about.join(" · "));
            page.paragraph("", "    ", &line)?;
            for passage in &found.passages {
                page.paragraph("  │ ", "  │ ", &shorten(&even_out(&passage.exact), WORDS))?;
            }
            page.space()
        },
    };
    print(&answer, &listing, &question.listed, &question.printing, wording)
}

fn find(arguments: &Search, dossier: &Dossier) -> Result<PageOf<Found>, StoreError> {
    let question = &arguments.question;
    let words = wanted(&arguments.words.join(" "));
    let mut filter = filter(&question.filters, dossier)?;
    filter.words = Some(words.clone());
    let hits = dossier.search(&filter, paging(&question.listed))?;
    let mut items = Vec::with_capacity(hits.items.len());
    for hit in hits.items {
        let (report, reading) = dossier.report(&hit.report.id)?;
        let points = CodePoints::of(&report.text);
        let passages = passages(&report, reading.language, &words, PASSAGES)
            .into_iter()
            .map(|span| {
                let (start, end) = points.range(&report.text, span);
                depeche_pipeline::records::Evidence { exact: span.of(&report.text).to_owned(), start, end }
            })
            .collect();
        items.push(Found { report: hit.report, score: hit.score, passages });
    }
    Ok(PageOf { total: hits.total, offset: hits.offset, items })
}

fn row(found: &Found) -> Vec<String> {
    let report = &found.report;
    let or_empty = |value: &Option<String>| value.clone().unwrap_or_default();
    vec![
        report.id.clone(),
        or_empty(&report.outlet),
        or_empty(&report.published),
        or_empty(&report.title),
        found.passages.first().map(|passage| even_out(&passage.exact)).unwrap_or_default(),
    ]
}
