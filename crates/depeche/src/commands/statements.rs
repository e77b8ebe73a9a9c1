//! `depeche statements`: who said what, in a dossier.

use std::io;

use depeche_interface::{Interface, Wording, even_out, shorten};
use depeche_pipeline::records::DossierStatementRecord;

use crate::arguments::Question;
use crate::dossier::{Listing, fault, filter, open, paging, print};
use crate::run::Outcome;
use crate::terminal::Page;

/// Columns of the table.
const COLUMNS: &[&str] =
    &["id", "speaker", "actor", "side", "act", "date", "report", "about", "quote", "evidence"];
/// Most characters of words shown.
const WORDS: usize = 320;

/// Lists statements.
pub fn execute(question: &Question) -> anyhow::Result<Outcome> {
    let interface = Interface::new(question.printing.ui);
    let dossier = open(&question.file, &interface)?;
    let answer = filter(&question.filters, &dossier)
        .and_then(|filter| dossier.statements(&filter, paging(&question.listed)))
        .map_err(|error| fault(dossier.path(), &error, &interface))?;
    let wording = Wording::new(&interface);
    let listing = Listing {
        count: "found-statements",
        columns: COLUMNS,
        row: &row,
        rows: None,
        entry: &|statement, page| {
            entry(statement, wording, page)?;
            page.space()
        },
    };
    print(&answer, &listing, &question.listed, &question.printing, wording)
}

fn row(statement: &DossierStatementRecord) -> Vec<String> {
    let or_empty = |value: &Option<String>| value.clone().unwrap_or_default();
    vec![
        statement.id.clone(),
        statement.speaker.clone(),
        or_empty(&statement.actor),
        or_empty(&statement.side),
        statement.act.to_string(),
        or_empty(&statement.date),
        statement.report.clone(),
        statement.about.join(" "),
        or_empty(&statement.quote),
        statement.evidence.exact.clone(),
    ]
}

/// A statement: who and how, its words, where they stand.
pub fn entry(statement: &DossierStatementRecord, wording: Wording<'_>, page: &mut Page) -> io::Result<()> {
    let indent = " ".repeat(statement.id.chars().count() + 2);
    let side = statement.side.as_ref().map(|side| format!(" ({})", wording.side(side))).unwrap_or_default();
    let about = match statement.about.as_slice() {
        [] => String::new(),
        about => format!(" → {}", about.join(", ")),
    };
    let line = format!("{}{side}, {}{about}", page.bold(&statement.speaker), wording.act(&statement.act));
    page.paragraph(&format!("{}  ", page.bold(&statement.id)), &indent, &line)?;
    let words = match &statement.quote {
        Some(quote) => {
            let quote = shorten(&even_out(quote), WORDS);
            wording.interface.tell("quoted", &[("words", quote.into())])
        }
        None => shorten(&even_out(&statement.evidence.exact), WORDS),
    };
    let position = wording.interface.tell(
        "position",
        &[
            ("start", statement.evidence.start.to_string().into()),
            ("end", statement.evidence.end.to_string().into()),
        ],
    );
    let source = page.dim(&format!("[{}, {position}]", statement.report));
    page.paragraph(&indent, &indent, &format!("{words} {source}"))
}
