//! Whether a dossier is whole: every byte that is kept is held against its digest or sum.

use depeche_record::records::{DossierStatementRecord, JudgementRecord};
use rusqlite::Connection;

use crate::StoreError;
use crate::dossier::Dossier;
use crate::filed::{self, Filed};
use crate::followed;
use crate::keep::{circumstances_of, digest_of};
use crate::pack::{inflate, record, seal, unpack};
use crate::view::Item;

/// Something that is not whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What is damaged, in plain words.
    pub what: String,
    /// Whether it can be made anew from what is kept (`depeche rebuild`).
    pub is_derived: bool,
}

impl Dossier {
    /// Looks at everything; no finding if the dossier is whole. `step` is called after each report.
    ///
    /// # Errors
    ///
    /// A file that cannot be read at all; damage that can be told is a finding.
    pub fn check(&self, mut step: impl FnMut()) -> Result<Vec<Finding>, StoreError> {
        let mut findings = Vec::new();
        let connection = &self.connection;
        let mut note = |what: String, is_derived| findings.push(Finding { what, is_derived });
        tell(structure(connection, &mut |what| note(what, false)), &mut |what| note(what, false))?;
        tell(captures(connection, &mut |what| note(what, false)), &mut |what| note(what, false))?;
        tell(readings(self, &mut step, &mut |what| note(what, false)), &mut |what| note(what, false))?;
        tell(judgements(connection, &mut |what| note(what, false)), &mut |what| note(what, false))?;
        tell(followed::damaged(connection, &mut |what| note(what, false)), &mut |what| note(what, false))?;
        tell(view(connection, &mut |what| note(what, true)), &mut |what| note(what, true))?;
        Ok(findings)
    }
}

/// Damage that ends a look is a finding too.
fn tell(looked: Result<(), StoreError>, note: &mut dyn FnMut(String)) -> Result<(), StoreError> {
    match looked {
        Err(StoreError::Damaged { what }) => {
            note(what);
            Ok(())
        }
        other => other,
    }
}

/// What SQLite itself finds: pages, indexes, references, the index of words.
fn structure(connection: &Connection, note: &mut dyn FnMut(String)) -> Result<(), StoreError> {
    let mut statement = connection.prepare("PRAGMA integrity_check(20)")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let line: String = row.get(0)?;
        if line != "ok" {
            note(line);
        }
    }
    let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
        note(format!("a row of {table} refers to a row of {parent} that is gone"));
    }
    for (table, columns) in [
        ("reports", &["id", "place"][..]),
        ("versions", &["media", "address", "taken"]),
        ("readings", &["reader"]),
    ] {
        let mut statement =
            connection.prepare(&format!("SELECT seal, {} FROM {table}", columns.join(", ")))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let texts: Result<Vec<String>, _> = (1..=columns.len()).map(|n| row.get(n)).collect();
            let whole = texts.as_ref().is_ok_and(|texts| {
                let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
                row.get::<_, i64>(0).is_ok_and(|expected| seal(&texts) == expected)
            });
            if !whole {
                note(format!("a row of {table}: {}", texts.unwrap_or_default().join(", ")));
            }
        }
    }
    let orphans: i64 = connection.query_row(
        "SELECT (SELECT count(*) FROM reports WHERE current IS NULL)
              + (SELECT count(*) FROM versions WHERE version NOT IN (SELECT version FROM readings))
              + (SELECT count(*) FROM captures WHERE capture NOT IN (SELECT capture FROM versions))",
        [],
        |row| row.get(0),
    )?;
    if orphans > 0 {
        note(format!("{orphans} captures, versions or reports have lost what belongs to them"));
    }
    Ok(())
}

fn captures(connection: &Connection, note: &mut dyn FnMut(String)) -> Result<(), StoreError> {
    let mut statement = connection.prepare("SELECT capture, digest, size, bytes FROM captures")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (capture, digest, size): (i64, [u8; 32], usize) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let packed: Vec<u8> = row.get(3)?;
        let whole =
            inflate(&packed, "").is_ok_and(|bytes| bytes.len() == size && digest_of(&bytes).0 == digest);
        if !whole {
            note(format!("the bytes of the capture of {}", owner(connection, capture)?));
        }
    }
    Ok(())
}

/// The report of a capture.
fn owner(connection: &Connection, capture: i64) -> Result<String, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT id FROM versions JOIN reports USING (report) WHERE capture = ?")?;
    let mut rows = statement.query([capture])?;
    Ok(match rows.next()? {
        Some(row) => format!("report {}", row.get::<_, String>(0)?),
        None => "no report".to_owned(),
    })
}

fn readings(
    dossier: &Dossier,
    step: &mut dyn FnMut(),
    note: &mut dyn FnMut(String),
) -> Result<(), StoreError> {
    let connection = &dossier.connection;
    let mut statement = connection.prepare(
        "SELECT r.id, v.version, g.report, g.report_sum, g.reading, g.reading_sum
         FROM versions v JOIN reports r USING (report) JOIN readings g USING (version) ORDER BY r.id",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (id, version): (String, i64) = (row.get(0)?, row.get(1)?);
        let bytes: (Vec<u8>, i64) = (row.get(2)?, row.get(3)?);
        if unpack::<depeche_record::Report>(&bytes.0, bytes.1, "").is_err() {
            note(format!("the text of report {id}"));
        }
        let bytes: (Vec<u8>, i64) = (row.get(4)?, row.get(5)?);
        if unpack::<depeche_record::Reading>(&bytes.0, bytes.1, "").is_err() {
            note(format!("the reading of report {id}"));
        }
        if circumstances_of(connection, version).is_err() {
            note(format!("what was known beside report {id}"));
        }
        step();
    }
    Ok(())
}

fn judgements(connection: &Connection, note: &mut dyn FnMut(String)) -> Result<(), StoreError> {
    let mut statement = connection.prepare("SELECT id, body, sum, author, time FROM judgements")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (id, bytes, expected): (String, Vec<u8>, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (author, time): (String, String) = (row.get(3)?, row.get(4)?);
        let whole = record::<JudgementRecord>(&bytes, expected, "")
            .is_ok_and(|told| (told.id == id) && (told.author, told.time) == (author, time));
        if !whole {
            note(format!("judgement {id}"));
        }
    }
    Ok(())
}

fn view(connection: &Connection, note: &mut dyn FnMut(String)) -> Result<(), StoreError> {
    for item in Item::ALL {
        let (table, key) = item.table();
        let mut statement = connection.prepare(&format!(
            "SELECT {key}, id, sum, coalesce(record, x'') FROM {table} LEFT JOIN bodies ON body = {}",
            item.body_of(key)
        ))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (at, id, expected): (i64, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let bytes: Vec<u8> = row.get(3)?;
            let filed = filed_of(connection, item, &bytes, expected);
            let stands = filed.is_ok_and(|filed| filed.stands(connection, item, at).unwrap_or(false));
            if !stands {
                note(format!("{} {id}", item.label()));
            }
        }
        // What is beside a row that is not there.
        for (beside, column) in item.beside().iter().filter(|(_, column)| *column == key) {
            orphans(connection, beside, &format!("{column} NOT IN (SELECT {key} FROM {table})"), note)?;
        }
        let lost = format!("item = '{}' AND row NOT IN (SELECT {key} FROM {table})", item.label());
        orphans(connection, "handles", &lost, note)?;
    }
    let known: Vec<String> = Item::ALL.iter().map(|item| format!("'{}'", item.label())).collect();
    orphans(connection, "handles", &format!("item NOT IN ({})", known.join(", ")), note)?;
    orphans(connection, "handles", "report NOT IN (SELECT id FROM entries)", note)
}

fn orphans(
    connection: &Connection,
    table: &str,
    lost: &str,
    note: &mut dyn FnMut(String),
) -> Result<(), StoreError> {
    let sql = format!("SELECT count(*) FROM {table} WHERE {lost}");
    let count: i64 = connection.query_row(&sql, [], |row| row.get(0))?;
    if count > 0 {
        note(format!("{count} rows of {table} belong to nothing"));
    }
    Ok(())
}

/// What the record of an item is found by.
fn filed_of(connection: &Connection, item: Item, bytes: &[u8], sum: i64) -> Result<Filed, StoreError> {
    let what = item.label();
    Ok(match item {
        Item::Report => filed::report(&record(bytes, sum, what)?),
        Item::Contact => filed::contact(&record(bytes, sum, what)?),
        Item::Actor => filed::actor(&record(bytes, sum, what)?),
        Item::Statement => {
            let statement: DossierStatementRecord = record(bytes, sum, what)?;
            let published = connection
                .prepare_cached("SELECT published FROM entries WHERE id = ?")?
                .query_row([&statement.report], |row| row.get(0))?;
            filed::statement(&statement, published)
        }
        Item::Contradiction => filed::contradiction(&record(bytes, sum, what)?),
        Item::Gap => filed::gap(&record(bytes, sum, what)?),
        Item::Judgement => filed::judgement(&record(bytes, sum, what)?),
    })
}
