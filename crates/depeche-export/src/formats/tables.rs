//! The dossier as tables, for the formats that have nothing else: what each column holds is told, so that a format that has
//! numbers, days and lists writes them as such.

use depeche_pipeline::records::Evidence;
use depeche_record::{Day, Edtf};

use crate::Export;
use crate::days::reach;

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

/// A table: its name, its columns, its rows.
pub struct Table {
    /// Which of [`TABLES`].
    pub name: &'static str,
    /// What stands in each column.
    pub columns: Vec<Column>,
    /// As many cells as there are columns, each of its column's kind.
    pub rows: Vec<Vec<Cell>>,
}

/// A column: its name, and what its cells are.
pub type Column = (&'static str, Kind);

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words, or nothing.
    Text,
    /// Several words, or none.
    List,
    /// A number, or nothing.
    Number,
    /// A day, or nothing.
    Day,
    /// Whether something is so.
    Flag,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Words, or nothing.
    Text(Option<String>),
    /// Several words, or none.
    List(Vec<String>),
    /// A number, or nothing.
    Number(Option<usize>),
    /// A day, or nothing.
    Day(Option<Day>),
    /// Whether something is so.
    Flag(bool),
}

use Kind::{Flag, List, Number, Text};

const DATE: [Column; 3] = [("date", Text), ("first_day", Kind::Day), ("last_day", Kind::Day)];
const PUBLISHED: [Column; 3] = [("published", Text), ("first_day", Kind::Day), ("last_day", Kind::Day)];
const TOLD: [Column; 3] = [("told", Text), ("first_day", Kind::Day), ("last_day", Kind::Day)];
const EVIDENCE: [Column; 3] = [("evidence", Text), ("start", Number), ("end", Number)];

/// Every table, in the order of [`TABLES`].
pub fn tables(export: &Export) -> Vec<Table> {
    vec![
        contacts(export),
        accounts(export),
        ledger(export),
        history(export),
        statements(export),
        actors(export),
        reports(export),
        contradictions(export),
        gaps(export),
        judgements(export),
        problems(export),
    ]
}

fn contacts(export: &Export) -> Table {
    let rows = export.contacts().map(|(contact, told)| {
        let evidence = told.accounts.first().and_then(|account| account.evidence.first());
        [
            vec![text(&told.id), text(&told.kind), text(&told.status)],
            date(contact.date.as_ref()),
            vec![
                list(&told.date_assumed),
                maybe(told.place.as_deref()),
                list(&told.sides),
                list(contact.sides.iter().map(|side| export.names.side(side))),
                list(&told.participants),
                list(&told.actors),
                Cell::Number(Some(told.corroboration.least)),
                Cell::Number(Some(told.corroboration.most)),
                Cell::Number(Some(told.accounts.len())),
                list(told.accounts.iter().map(|account| &account.report)),
                Cell::Flag(told.judged.accepted),
                list(&told.judged.corrected),
                list(&told.judged.notes),
            ],
            words(evidence),
        ]
        .concat()
    });
    let columns = [
        [("id", Text), ("kind", Text), ("status", Text)].as_slice(),
        &DATE,
        &[("date_assumed", List), ("place", Text), ("sides", List), ("side_names", List)],
        &[("participants", List), ("actors", List), ("origins_least", Number), ("origins_most", Number)],
        &[("accounts", Number), ("reports", List), ("accepted", Flag), ("corrected", List), ("notes", List)],
        &EVIDENCE,
    ];
    Table { name: "contacts", columns: columns.concat(), rows: rows.collect() }
}

fn accounts(export: &Export) -> Table {
    let all = export.record.contacts.iter();
    let all = all.flat_map(|contact| contact.accounts.iter().map(move |account| (contact, account)));
    let all = all
        .flat_map(|(contact, account)| account.evidence.iter().map(move |words| (contact, account, words)));
    let rows = all.map(|(contact, account, evidence)| {
        [
            vec![
                text(&contact.id),
                text(&account.id),
                text(&account.report),
                text(&account.kind),
                text(&account.status),
            ],
            date_of(account.date.as_deref()),
            vec![
                maybe(account.place.as_deref()),
                list(&account.sides),
                list(&account.participants),
                text(&account.reason),
            ],
            words(Some(evidence)),
        ]
        .concat()
    });
    let columns = [
        [("contact", Text), ("account", Text), ("report", Text), ("kind", Text), ("status", Text)].as_slice(),
        &DATE,
        &[("place", Text), ("sides", List), ("participants", List), ("reason", Text)],
        &EVIDENCE,
    ];
    Table { name: "accounts", columns: columns.concat(), rows: rows.collect() }
}

fn ledger(export: &Export) -> Table {
    let mut rows = Vec::new();
    for (typed, contact) in export.contacts() {
        for (entry, side) in contact.ledger.iter().zip(typed.ledger.iter().map(|entry| &entry.side)) {
            let start = vec![
                text(&contact.id),
                text(&entry.side),
                text(export.names.side(side)),
                text(&entry.stance),
            ];
            if entry.attested.is_empty() {
                rows.push([start.clone(), vec![maybe(None), maybe(None)], words(None)].concat());
            }
            for said in &entry.attested {
                let by = vec![text(&said.speaker), text(&said.report)];
                rows.push([start.clone(), by, words(Some(&said.evidence))].concat());
            }
        }
    }
    let columns = [
        [("contact", Text), ("side", Text), ("side_name", Text), ("stance", Text)].as_slice(),
        &[("speaker", Text), ("report", Text)],
        &EVIDENCE,
    ];
    Table { name: "ledger", columns: columns.concat(), rows }
}

fn history(export: &Export) -> Table {
    let steps = export.record.contacts.iter();
    let steps = steps.flat_map(|contact| contact.history.iter().map(move |step| (contact, step)));
    let rows = steps.map(|(contact, step)| {
        [
            vec![text(&contact.id), text(&step.status)],
            date_of(step.told.as_deref()),
            vec![text(&step.report)],
            words(Some(&step.evidence)),
        ]
        .concat()
    });
    let columns = [[("contact", Text), ("status", Text)].as_slice(), &TOLD, &[("report", Text)], &EVIDENCE];
    Table { name: "history", columns: columns.concat(), rows: rows.collect() }
}

fn statements(export: &Export) -> Table {
    let rows = export.record.statements.iter().map(|statement| {
        [
            vec![
                text(&statement.id),
                text(&statement.reading),
                text(&statement.report),
                text(&statement.speaker),
                maybe(statement.actor.as_deref()),
                maybe(statement.side.as_deref()),
                text(&statement.act),
            ],
            date_of(statement.date.as_deref()),
            vec![maybe(statement.quote.as_deref())],
            words(Some(&statement.evidence)),
            vec![list(&statement.about), list(&statement.same_as)],
        ]
        .concat()
    });
    let columns = [
        [("id", Text), ("statement", Text), ("report", Text), ("speaker", Text)].as_slice(),
        &[("actor", Text), ("side", Text), ("act", Text)],
        &DATE,
        &[("quote", Text)],
        &EVIDENCE,
        &[("about", List), ("same_as", List)],
    ];
    Table { name: "statements", columns: columns.concat(), rows: rows.collect() }
}

fn actors(export: &Export) -> Table {
    let rows = export.record.actors.iter().map(|actor| {
        vec![
            text(&actor.id),
            text(&actor.name),
            list(&actor.aliases),
            list(&actor.sides),
            list(&actor.offices),
            maybe(actor.gazetteer.as_deref()),
            list(&actor.reports),
            list(&actor.reasons),
        ]
    });
    let columns = [
        [("id", Text), ("name", Text), ("aliases", List), ("sides", List)],
        [("offices", List), ("gazetteer", Text), ("reports", List), ("reasons", List)],
    ];
    Table { name: "actors", columns: columns.concat(), rows: rows.collect() }
}

fn reports(export: &Export) -> Table {
    let rows = export.record.reports.iter().map(|report| {
        [
            vec![text(&report.id), maybe(report.title.as_deref()), maybe(report.outlet.as_deref())],
            date_of(report.published.as_deref()),
            vec![
                maybe(report.published_basis.as_deref()),
                text(&report.language),
                text(&report.address),
                maybe(report.url.as_deref()),
                maybe(report.digest.as_deref()),
                text(&report.lineage),
                list(report.origins.iter().map(|origin| &origin.name)),
            ],
        ]
        .concat()
    });
    let columns = [
        [("id", Text), ("title", Text), ("outlet", Text)].as_slice(),
        &PUBLISHED,
        &[("published_basis", Text), ("language", Text), ("address", Text), ("url", Text), ("sha256", Text)],
        &[("lineage", Text), ("origins", List)],
    ];
    Table { name: "reports", columns: columns.concat(), rows: rows.collect() }
}

fn contradictions(export: &Export) -> Table {
    let all = export.record.contradictions.iter();
    let all = all.flat_map(|one| one.versions.iter().map(move |version| (one, version)));
    let rows = all.map(|(one, version)| {
        [
            vec![
                text(&one.contact),
                text(&one.kind),
                text(&version.value),
                text(&version.speaker),
                text(&version.report),
            ],
            words(Some(&version.evidence)),
        ]
        .concat()
    });
    let columns = [
        [("contact", Text), ("kind", Text), ("value", Text), ("speaker", Text), ("report", Text)].as_slice(),
        &EVIDENCE,
    ];
    Table { name: "contradictions", columns: columns.concat(), rows: rows.collect() }
}

fn gaps(export: &Export) -> Table {
    let row = |gap: &depeche_pipeline::records::GapRecord| {
        vec![text(&gap.contact), text(&gap.kind), maybe(gap.side.as_deref())]
    };
    let columns = vec![("contact", Text), ("kind", Text), ("side", Text)];
    Table { name: "gaps", columns, rows: export.record.gaps.iter().map(row).collect() }
}

fn judgements(export: &Export) -> Table {
    let rows = export.record.judgements.iter().map(|judgement| {
        let about = &judgement.about;
        let evidence = about.iter().filter_map(|about| about.evidence.as_ref());
        vec![
            text(&judgement.id),
            text(&judgement.time),
            text(&judgement.author),
            text(&judgement.decision),
            list(about.iter().map(|about| &*about.kind)),
            list(about.iter().map(|about| &about.report)),
            list(evidence.map(|words| &words.exact)),
            maybe(judgement.field.as_deref()),
            maybe(judgement.value.as_deref()),
            maybe(judgement.reason.as_deref()),
            text(&judgement.outcome),
            maybe(judgement.by.as_deref()),
        ]
    });
    let columns = [
        [("id", Text), ("time", Text), ("author", Text), ("decision", Text)],
        [("about", List), ("reports", List), ("evidence", List), ("field", Text)],
        [("value", Text), ("reason", Text), ("outcome", Text), ("by", Text)],
    ];
    Table { name: "judgements", columns: columns.concat(), rows: rows.collect() }
}

fn problems(export: &Export) -> Table {
    let row = |problem: &depeche_pipeline::records::ProblemRecord| {
        vec![text(&problem.subject), text(&problem.kind), text(&problem.detail)]
    };
    let columns = vec![("subject", Text), ("kind", Text), ("detail", Text)];
    Table { name: "problems", columns, rows: export.record.problems.iter().map(row).collect() }
}

fn text(words: impl AsRef<str>) -> Cell {
    Cell::Text(Some(words.as_ref().to_owned()))
}

fn maybe(words: Option<&str>) -> Cell {
    Cell::Text(words.map(str::to_owned))
}

fn list<T: AsRef<str>>(words: impl IntoIterator<Item = T>) -> Cell {
    Cell::List(words.into_iter().map(|words| words.as_ref().to_owned()).collect())
}

/// A date as EDTF, its first and its last day.
fn date(date: Option<&Edtf>) -> Vec<Cell> {
    let (first, last) = date.map_or((None, None), reach);
    vec![Cell::Text(date.map(ToString::to_string)), Cell::Day(first), Cell::Day(last)]
}

fn date_of(written: Option<&str>) -> Vec<Cell> {
    let parsed = written.and_then(|date| Edtf::parse(date).ok());
    date(parsed.as_ref())
}

/// The words that a row rests on, with their place.
fn words(evidence: Option<&Evidence>) -> Vec<Cell> {
    let place = |of: fn(&Evidence) -> usize| Cell::Number(evidence.map(of));
    vec![
        maybe(evidence.map(|words| words.exact.as_str())),
        place(|words| words.start),
        place(|words| words.end),
    ]
}
