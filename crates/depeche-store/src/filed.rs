//! What records are found by: the columns of their rows, and the rows of the tables beside them. Written with each record,
//! and worked out again from the record by `check`.

use std::collections::BTreeSet;

use depeche_record::Edtf;
use depeche_record::records::{
    ActorRecord, ContactRecord, ContradictionRecord, DossierStatementRecord, GapRecord, JudgementRecord,
    ReportRecord,
};
use rusqlite::Connection;
use rusqlite::types::Value;

use crate::StoreError;
use crate::pack::sum;
use crate::view::Item;

/// What a record is found by.
pub(crate) struct Filed {
    /// Its identifier.
    pub id: String,
    /// Columns of its row.
    pub columns: Vec<(&'static str, Value)>,
    /// Rows of tables beside it.
    pub links: Vec<Links>,
}

/// A table, its columns but for the last, which holds the row's key, and what stands in these.
type Links = (&'static str, &'static [&'static str], BTreeSet<Vec<String>>);

impl Filed {
    /// Writes the columns and links of a row.
    pub fn write(&self, connection: &Connection, item: Item, row: i64) -> Result<(), StoreError> {
        let (table, key) = item.table();
        let set: Vec<String> = self.columns.iter().map(|(column, _)| format!("{column} = ?")).collect();
        let values = self.columns.iter().map(|(_, value)| value).cloned().chain([Value::Integer(row)]);
        connection
            .prepare_cached(&format!("UPDATE {table} SET {} WHERE {key} = ?", set.join(", ")))?
            .execute(rusqlite::params_from_iter(values))?;
        for (table, columns, rows) in &self.links {
            let holes = "?, ".repeat(columns.len());
            let mut link =
                connection.prepare_cached(&format!("INSERT OR IGNORE INTO {table} VALUES ({holes}?)"))?;
            for texts in rows {
                let values = texts.iter().cloned().map(Value::Text).chain([Value::Integer(row)]);
                link.execute(rusqlite::params_from_iter(values))?;
            }
        }
        Ok(())
    }

    /// Whether columns and links of a row are these.
    pub fn stands(&self, connection: &Connection, item: Item, row: i64) -> Result<bool, StoreError> {
        let (table, key) = item.table();
        let columns: Vec<&str> = self.columns.iter().map(|(column, _)| *column).collect();
        let sql = format!("SELECT id, {} FROM {table} WHERE {key} = ?", columns.join(", "));
        let same = connection.prepare_cached(&sql)?.query_row([row], |there| {
            let mut same = there.get::<_, Value>(0)? == Value::Text(self.id.clone());
            for (n, (_, value)) in self.columns.iter().enumerate() {
                same &= there.get::<_, Value>(n + 1)? == *value;
            }
            Ok(same)
        })?;
        let mut links_stand = true;
        for (table, columns, rows) in &self.links {
            let sql = format!("SELECT {} FROM {table} WHERE {key} = ?", columns.join(", "));
            let mut statement = connection.prepare_cached(&sql)?;
            let there = statement.query_map([row], |there| {
                (0..columns.len()).map(|n| there.get::<_, String>(n)).collect::<Result<Vec<_>, _>>()
            })?;
            // What is no text any more stands no more.
            let there: BTreeSet<Vec<String>> = there.flatten().collect();
            links_stand &= there == *rows;
        }
        Ok(same && links_stand)
    }
}

fn each<'a>(texts: impl IntoIterator<Item = &'a String>) -> BTreeSet<Vec<String>> {
    texts.into_iter().map(|text| vec![text.clone()]).collect()
}

fn text(value: impl AsRef<str>) -> Value {
    Value::Text(value.as_ref().to_owned())
}

fn maybe(value: Option<impl AsRef<str>>) -> Value {
    value.map_or(Value::Null, text)
}

fn number(value: usize) -> Value {
    Value::Integer(i64::try_from(value).unwrap_or(i64::MAX))
}

/// The first day of a date (EDTF) with a year, as a number.
pub(crate) fn day(date: Option<&str>) -> Option<i64> {
    match Edtf::parse(date?).ok()?.rank() {
        (0, first, _) => Some(first),
        _ => None,
    }
}

pub(crate) fn report(report: &ReportRecord) -> Filed {
    let origins = report.origins.iter();
    let origins = origins.map(|named| vec![named.name.clone(), named.relation.to_string()]).collect();
    Filed {
        id: report.id.clone(),
        columns: vec![
            ("outlet", maybe(report.outlet.as_ref())),
            ("language", text(&report.language)),
            ("published", day(report.published.as_deref()).map_or(Value::Null, Value::Integer)),
            ("lineage", text(&report.lineage)),
        ],
        links: vec![("entry_origins", &["name", "relation"], origins)],
    }
}

pub(crate) fn contact(contact: &ContactRecord) -> Filed {
    let date = contact.date.as_deref().and_then(|date| Edtf::parse(date).ok());
    let (dated, first, last) = date.map_or((2, i64::MAX, i64::MAX), |date| date.rank());
    Filed {
        id: contact.id.clone(),
        columns: vec![
            ("kind", text(&contact.kind)),
            ("status", text(&contact.status)),
            ("dated", Value::Integer(dated.into())),
            ("first", Value::Integer(first)),
            ("last", Value::Integer(last)),
            ("least", number(contact.corroboration.least)),
            ("most", number(contact.corroboration.most)),
            ("place", maybe(contact.place.as_ref())),
        ],
        links: vec![
            ("contact_sides", &["side"], each(&contact.sides)),
            ("contact_actors", &["actor"], each(&contact.actors)),
            ("contact_reports", &["report"], each(contact.accounts.iter().map(|account| &account.report))),
        ],
    }
}

pub(crate) fn actor(actor: &ActorRecord) -> Filed {
    Filed {
        id: actor.id.clone(),
        columns: vec![
            ("name", text(&actor.name)),
            // Negative, to sort by.
            ("reports", Value::Integer(-i64::try_from(actor.reports.len()).unwrap_or(i64::MAX))),
        ],
        links: vec![
            ("actor_sides", &["side"], each(&actor.sides)),
            ("actor_reports", &["report"], each(&actor.reports)),
        ],
    }
}

/// `published`: the day of publication of its report.
pub(crate) fn statement(statement: &DossierStatementRecord, published: Option<i64>) -> Filed {
    Filed {
        id: statement.id.clone(),
        columns: vec![
            ("report", text(&statement.report)),
            ("place", number(statement.evidence.start)),
            ("published", published.map_or(Value::Null, Value::Integer)),
            ("actor", maybe(statement.actor.as_ref())),
            ("side", maybe(statement.side.as_ref())),
            ("act", text(&statement.act)),
        ],
        links: vec![("statement_contacts", &["contact"], each(&statement.about))],
    }
}

pub(crate) fn contradiction(contradiction: &ContradictionRecord) -> Filed {
    // Versions tell several of one kind apart.
    let values: Vec<&str> = contradiction.versions.iter().map(|version| version.value.as_str()).collect();
    let versions = sum(values.join("\u{1}").as_bytes());
    Filed {
        id: format!("{}:{}:{versions:016x}", contradiction.contact, contradiction.kind),
        columns: vec![("kind", text(&contradiction.kind)), ("contact", text(&contradiction.contact))],
        links: Vec::new(),
    }
}

pub(crate) fn gap(gap: &GapRecord) -> Filed {
    Filed {
        id: format!("{}:{}:{}", gap.contact, gap.kind, gap.side.as_deref().unwrap_or_default()),
        columns: vec![
            ("kind", text(&gap.kind)),
            ("contact", text(&gap.contact)),
            ("side", maybe(gap.side.as_ref())),
        ],
        links: Vec::new(),
    }
}

pub(crate) fn judgement(judgement: &JudgementRecord) -> Filed {
    Filed {
        id: judgement.id.clone(),
        columns: vec![
            ("time", text(&judgement.time)),
            ("author", text(&judgement.author)),
            ("decision", text(&judgement.decision)),
            ("outcome", text(&judgement.outcome)),
        ],
        links: vec![(
            "verdict_reports",
            &["report"],
            each(judgement.about.iter().map(|subject| &subject.report)),
        )],
    }
}
