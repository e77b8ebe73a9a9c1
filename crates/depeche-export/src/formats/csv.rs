//! Tables for spreadsheets, one a file. What a spreadsheet would take for a formula is made plain text.

use std::io::{self, Write};

use depeche_interface::{even_out, legible};
use depeche_pipeline::records::Evidence;
use depeche_record::Edtf;

use crate::days::reach;
use crate::{Export, LeftOut, Options, Place, What};

/// The tables.
pub const TABLES: [&str; 11] = [
    "contacts",
    "accounts",
    "ledger",
    "history",
    "statements",
    "actors",
    "reports",
    "contradictions",
    "gaps",
    "judgements",
    "problems",
];

/// Parts several values of a cell.
const AMONG: &str = " | ";

/// Writes every table.
pub fn write(export: &Export, options: &Options, place: &mut dyn Place) -> io::Result<LeftOut> {
    for (name, columns, rows) in tables(export) {
        debug_assert!(TABLES.contains(&name));
        let mut file = place.file(&format!("{name}.csv"))?;
        table(&mut file, options, &columns, rows)?;
        file.flush()?;
    }
    Ok(LeftOut::of(&export.record, &[What::Texts]))
}

/// Writes a table: a row of headings, then the rows.
pub fn table(
    out: &mut dyn Write,
    options: &Options,
    columns: &[&str],
    rows: Vec<Vec<String>>,
) -> io::Result<()> {
    if options.bom {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let mut writer = csv::WriterBuilder::new()
        .delimiter(options.separator)
        .terminator(csv::Terminator::CRLF)
        .from_writer(out);
    writer.write_record(columns)?;
    for row in rows {
        writer.write_record(row.iter().map(|words| cell(words, options.separator)))?;
    }
    writer.flush()
}

/// The words on one line, as text and never as a formula.
///
/// A formula begins with `=`, `+`, `-` or `@`, wide or not; an apostrophe before it makes it text. A spreadsheet of another
/// country may part cells at another mark than the one written, so what follows such a mark counts as a beginning too.
pub fn cell(words: &str, separator: u8) -> String {
    let words = even_out(&legible(words));
    let mut safe = String::with_capacity(words.len());
    let mut beginning = true;
    for c in words.chars() {
        if beginning && matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠') {
            safe.push('\'');
        }
        let parts = matches!(c, ',' | ';') && c != char::from(separator);
        beginning = parts || (beginning && (c.is_whitespace() || c == '"'));
        safe.push(c);
    }
    safe
}

type Table = (&'static str, Vec<&'static str>, Vec<Vec<String>>);

fn tables(export: &Export) -> Vec<Table> {
    let record = &export.record;
    let contacts = export
        .contacts()
        .map(|(contact, told)| {
            let [date, first, last] = date_cells(contact.date.as_ref());
            let reports: Vec<&str> = told.accounts.iter().map(|account| account.report.as_str()).collect();
            let evidence = told.accounts.first().and_then(|account| account.evidence.first());
            let mut row = vec![
                told.id.clone(),
                told.kind.to_string(),
                told.status.to_string(),
                date,
                first,
                last,
                told.date_assumed.join(AMONG),
                told.place.clone().unwrap_or_default(),
                told.sides.join(AMONG),
                contact.sides.iter().map(|side| export.names.side(side)).collect::<Vec<_>>().join(AMONG),
                told.participants.join(AMONG),
                told.actors.join(AMONG),
                told.corroboration.least.to_string(),
                told.corroboration.most.to_string(),
                told.accounts.len().to_string(),
                reports.join(AMONG),
                if told.judged.accepted { "yes".to_owned() } else { String::new() },
                told.judged.corrected.join(AMONG),
                told.judged.notes.join(AMONG),
            ];
            row.extend(evidence_cells(evidence));
            row
        })
        .collect();
    let accounts = record
        .contacts
        .iter()
        .flat_map(|contact| contact.accounts.iter().map(move |account| (contact, account)))
        .flat_map(|(contact, account)| {
            account.evidence.iter().map(move |evidence| (contact, account, evidence))
        })
        .map(|(contact, account, evidence)| {
            let [date, first, last] = date_text_cells(account.date.as_deref());
            let mut row = vec![
                contact.id.clone(),
                account.id.clone(),
                account.report.clone(),
                account.kind.to_string(),
                account.status.to_string(),
                date,
                first,
                last,
                account.place.clone().unwrap_or_default(),
                account.sides.join(AMONG),
                account.participants.join(AMONG),
                account.reason.clone(),
            ];
            row.extend(evidence_cells(Some(evidence)));
            row
        })
        .collect();
    let mut ledger: Vec<Vec<String>> = Vec::new();
    let mut history: Vec<Vec<String>> = Vec::new();
    for (typed, contact) in export.contacts() {
        for (entry, side) in contact.ledger.iter().zip(typed.ledger.iter().map(|entry| &entry.side)) {
            let start = || {
                let name = export.names.side(side);
                vec![contact.id.clone(), entry.side.clone(), name, entry.stance.to_string()]
            };
            if entry.attested.is_empty() {
                let mut row = start();
                row.extend([String::new(), String::new()]);
                row.extend(evidence_cells(None));
                ledger.push(row);
            }
            for words in &entry.attested {
                let mut row = start();
                row.extend([words.speaker.clone(), words.report.clone()]);
                row.extend(evidence_cells(Some(&words.evidence)));
                ledger.push(row);
            }
        }
        for step in &contact.history {
            let mut row = vec![contact.id.clone(), step.status.to_string()];
            row.extend(date_text_cells(step.told.as_deref()));
            row.push(step.report.clone());
            row.extend(evidence_cells(Some(&step.evidence)));
            history.push(row);
        }
    }
    let statements = record
        .statements
        .iter()
        .map(|statement| {
            let mut row = vec![
                statement.id.clone(),
                statement.reading.clone(),
                statement.report.clone(),
                statement.speaker.clone(),
                statement.actor.clone().unwrap_or_default(),
                statement.side.clone().unwrap_or_default(),
                statement.act.to_string(),
            ];
            row.extend(date_text_cells(statement.date.as_deref()));
            row.push(statement.quote.clone().unwrap_or_default());
            row.extend(evidence_cells(Some(&statement.evidence)));
            row.extend([statement.about.join(AMONG), statement.same_as.join(AMONG)]);
            row
        })
        .collect();
    let actors = record
        .actors
        .iter()
        .map(|actor| {
            vec![
                actor.id.clone(),
                actor.name.clone(),
                actor.aliases.join(AMONG),
                actor.sides.join(AMONG),
                actor.offices.join(AMONG),
                actor.gazetteer.clone().unwrap_or_default(),
                actor.reports.join(AMONG),
                actor.reasons.join(AMONG),
            ]
        })
        .collect();
    let reports = record
        .reports
        .iter()
        .map(|report| {
            let mut row = vec![
                report.id.clone(),
                report.title.clone().unwrap_or_default(),
                report.outlet.clone().unwrap_or_default(),
            ];
            row.extend(date_text_cells(report.published.as_deref()));
            row.extend([
                report.published_basis.as_deref().unwrap_or_default().to_owned(),
                report.language.clone(),
                report.address.clone(),
                report.url.clone().unwrap_or_default(),
                report.digest.clone().unwrap_or_default(),
                report.lineage.clone(),
                report.origins.iter().map(|origin| origin.name.as_str()).collect::<Vec<_>>().join(AMONG),
            ]);
            row
        })
        .collect();
    let contradictions = record
        .contradictions
        .iter()
        .flat_map(|contradiction| contradiction.versions.iter().map(move |version| (contradiction, version)))
        .map(|(contradiction, version)| {
            let mut row = vec![
                contradiction.contact.clone(),
                contradiction.kind.to_string(),
                version.value.clone(),
                version.speaker.clone(),
                version.report.clone(),
            ];
            row.extend(evidence_cells(Some(&version.evidence)));
            row
        })
        .collect();
    let gaps = record
        .gaps
        .iter()
        .map(|gap| vec![gap.contact.clone(), gap.kind.to_string(), gap.side.clone().unwrap_or_default()])
        .collect();
    let problems = record
        .problems
        .iter()
        .map(|problem| vec![problem.subject.clone(), problem.kind.to_string(), problem.detail.clone()])
        .collect();
    let judgements = record
        .judgements
        .iter()
        .map(|judgement| {
            let kinds: Vec<&str> = judgement.about.iter().map(|about| &*about.kind).collect();
            let reports: Vec<&str> = judgement.about.iter().map(|about| about.report.as_str()).collect();
            let words = judgement.about.iter().filter_map(|about| about.evidence.as_ref());
            vec![
                judgement.id.clone(),
                judgement.time.clone(),
                judgement.author.clone(),
                judgement.decision.to_string(),
                kinds.join(AMONG),
                reports.join(AMONG),
                words.map(|words| words.exact.as_str()).collect::<Vec<_>>().join(AMONG),
                judgement.field.clone().unwrap_or_default(),
                judgement.value.clone().unwrap_or_default(),
                judgement.reason.clone().unwrap_or_default(),
                judgement.outcome.to_string(),
                judgement.by.clone().unwrap_or_default(),
            ]
        })
        .collect();
    const DATE: [&str; 3] = ["date", "first_day", "last_day"];
    const PUBLISHED: [&str; 3] = ["published", "first_day", "last_day"];
    const TOLD: [&str; 3] = ["told", "first_day", "last_day"];
    const EVIDENCE: [&str; 3] = ["evidence", "start", "end"];
    let columns = |parts: &[&[&'static str]]| parts.concat();
    vec![
        (
            "contacts",
            columns(&[
                &["id", "kind", "status"],
                &DATE,
                &["date_assumed", "place", "sides", "side_names", "participants", "actors"],
                &["origins_least", "origins_most", "accounts", "reports", "accepted", "corrected", "notes"],
                &EVIDENCE,
            ]),
            contacts,
        ),
        (
            "accounts",
            columns(&[
                &["contact", "account", "report", "kind", "status"],
                &DATE,
                &["place", "sides", "participants", "reason"],
                &EVIDENCE,
            ]),
            accounts,
        ),
        (
            "ledger",
            columns(&[&["contact", "side", "side_name", "stance", "speaker", "report"], &EVIDENCE]),
            ledger,
        ),
        ("history", columns(&[&["contact", "status"], &TOLD, &["report"], &EVIDENCE]), history),
        (
            "statements",
            columns(&[
                &["id", "statement", "report", "speaker", "actor", "side", "act"],
                &DATE,
                &["quote"],
                &EVIDENCE,
                &["about", "same_as"],
            ]),
            statements,
        ),
        (
            "actors",
            vec!["id", "name", "aliases", "sides", "offices", "gazetteer", "reports", "reasons"],
            actors,
        ),
        (
            "reports",
            columns(&[
                &["id", "title", "outlet"],
                &PUBLISHED,
                &["published_basis", "language", "address", "url", "sha256", "lineage", "origins"],
            ]),
            reports,
        ),
        (
            "contradictions",
            columns(&[&["contact", "kind", "value", "speaker", "report"], &EVIDENCE]),
            contradictions,
        ),
        ("gaps", vec!["contact", "kind", "side"], gaps),
        (
            "judgements",
            vec![
                "id", "time", "author", "decision", "about", "reports", "evidence", "field", "value",
                "reason", "outcome", "by",
            ],
            judgements,
        ),
        ("problems", vec!["subject", "kind", "detail"], problems),
    ]
}

/// The date as EDTF, its first and its last day.
fn date_cells(date: Option<&Edtf>) -> [String; 3] {
    let Some(date) = date else { return Default::default() };
    let (first, last) = reach(date);
    [
        date.to_string(),
        first.map(|day| day.to_string()).unwrap_or_default(),
        last.map(|day| day.to_string()).unwrap_or_default(),
    ]
}

fn date_text_cells(date: Option<&str>) -> [String; 3] {
    let parsed = date.and_then(|date| Edtf::parse(date).ok());
    date_cells(parsed.as_ref())
}

fn evidence_cells(evidence: Option<&Evidence>) -> [String; 3] {
    match evidence {
        Some(words) => [words.exact.clone(), words.start.to_string(), words.end.to_string()],
        None => Default::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_text() {
        assert_eq!(cell("=HYPERLINK(\"x\")", b','), "'=HYPERLINK(\"x\")");
        assert_eq!(cell("\t+33 1", b','), "'+33 1");
        assert_eq!(cell(" \"@SUM(1)", b','), "\"'@SUM(1)");
        assert_eq!(cell("＝1", b','), "'＝1");
        assert_eq!(cell("a;=cmd|' /C calc'!A0", b','), "a;'=cmd|' /C calc'!A0");
        assert_eq!(cell("a, -10 %", b','), "a, -10 %");
        assert_eq!(cell("a, =1", b';'), "a, '=1");
        assert_eq!(cell("vice-président", b','), "vice-président");
        assert_eq!(cell("a\u{202e}b\u{0}\r\nc", b','), "a\u{fffd}b\u{fffd}\u{fffd} c");
    }
}
