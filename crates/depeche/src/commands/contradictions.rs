//! `depeche contradictions`: what the reports of a dossier disagree about.

use std::io;

use depeche_interface::{Interface, Wording, even_out, quote, shorten};
use depeche_pipeline::records::ContradictionRecord;
use depeche_pipeline::store::Dossier;

use crate::arguments::Question;
use crate::dossier::{Listing, fault, filter, open, paging, print};
use crate::run::Outcome;
use crate::terminal::Page;

/// Columns of the table.
const COLUMNS: &[&str] = &["kind", "contact", "values", "reports"];
/// Most characters of words shown.
const WORDS: usize = 200;

/// Lists contradictions.
pub fn execute(question: &Question) -> anyhow::Result<Outcome> {
    let interface = Interface::new(question.printing.ui);
    let dossier = open(&question.file, &interface)?;
    let answer = filter(&question.filters, &dossier)
        .and_then(|filter| dossier.contradictions(&filter, paging(&question.listed)))
        .map_err(|error| fault(dossier.path(), &error, &interface))?;
    let wording = Wording::new(&interface);
    let listing = Listing {
        count: "count-contradictions",
        columns: COLUMNS,
        row: &row,
        rows: None,
        entry: &|contradiction, page| {
            entry(contradiction, &dossier, wording, page)?;
            page.space()
        },
    };
    print(&answer, &listing, &question.listed, &question.printing, wording)
}

fn row(contradiction: &ContradictionRecord) -> Vec<String> {
    let versions = || contradiction.versions.iter();
    vec![
        contradiction.kind.to_string(),
        contradiction.contact.clone(),
        versions().map(|version| version.value.as_str()).collect::<Vec<_>>().join(" / "),
        versions().map(|version| version.report.as_str()).collect::<Vec<_>>().join(" / "),
    ]
}

/// A contradiction: its contact, what is said, by whom and in what words.
pub fn entry(
    contradiction: &ContradictionRecord,
    dossier: &Dossier,
    wording: Wording<'_>,
    page: &mut Page,
) -> io::Result<()> {
    let interface = wording.interface;
    let contact = dossier.contact(&contradiction.contact).ok().flatten();
    let contact = contact.map(|contact| wording.contact(&contact)).unwrap_or_default();
    let kind = interface.say(&format!("contradiction-{}", contradiction.kind.replace('_', "-")));
    let line = interface.tell(
        "contradiction-line",
        &[
            ("id", page.bold(&contradiction.contact).into()),
            ("contact", contact.into()),
            ("kind", kind.into()),
        ],
    );
    page.paragraph("", "    ", &line)?;
    for version in &contradiction.versions {
        let speaker =
            if version.speaker.is_empty() { String::new() } else { format!(" ({})", version.speaker) };
        let said = page.bold(&value(&contradiction.kind, &version.value, wording));
        let words = quote(interface, &shorten(&even_out(&version.evidence.exact), WORDS));
        let line = interface
            .tell("version-line", &[("said", format!("{said}{speaker}").into()), ("words", words.into())]);
        let source = page.dim(&format!("[{}]", version.report));
        page.paragraph("  · ", "    ", &format!("{line} {source}"))?;
    }
    Ok(())
}

/// What is said, in words: dates and statuses are written as the interface writes them.
fn value(kind: &str, value: &str, wording: Wording<'_>) -> String {
    match kind {
        "date" => wording.date(value),
        "held" if depeche_record::Status::from_label(value).is_some() => wording.status(value, "meeting"),
        "place" => wording.place(value),
        _ => value.to_owned(),
    }
}
