//! What is remembered of the sources that are followed: their coverage, and what the next look needs. It lies beside what
//! is kept of reports and changes nothing in the view.

use std::collections::BTreeMap;

use depeche_record::followed::{Followed, Source};
use rusqlite::Connection;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::StoreError;
use crate::dossier::Dossier;
use crate::pack::{deflate, record, sum};

const SOURCES: &str = "followed_sources";
const PAGES: &str = "followed_pages";

impl Dossier {
    /// What was seen of the sources that this dossier follows; nothing where it follows none.
    ///
    /// # Errors
    ///
    /// Damage.
    pub fn followed(&self) -> Result<Followed, StoreError> {
        if !self.follows()? {
            return Ok(Followed::default());
        }
        Ok(Followed { sources: rows(&self.connection, SOURCES)?, pages: rows(&self.connection, PAGES)? })
    }

    /// The sources that this dossier follows, by address: from when to when, and what failed.
    ///
    /// # Errors
    ///
    /// Damage.
    pub fn coverage(&self) -> Result<BTreeMap<String, Source>, StoreError> {
        if self.follows()? { rows(&self.connection, SOURCES) } else { Ok(BTreeMap::new()) }
    }

    /// Keeps what differs between what was remembered before and what is now. What others remember of other sources
    /// stays.
    ///
    /// # Errors
    ///
    /// A full disk, a file that may not be written to or is damaged, another process that writes for too long.
    pub fn remember(&mut self, before: &Followed, now: &Followed) -> Result<(), StoreError> {
        let transaction = self.begin()?;
        put(&transaction, SOURCES, &before.sources, &now.sources)?;
        put(&transaction, PAGES, &before.pages, &now.pages)?;
        Ok(transaction.commit()?)
    }

    /// Whether the file has room for sources: one that an older version made and nobody has written to since has none.
    fn follows(&self) -> Result<bool, StoreError> {
        has(&self.connection, SOURCES)
    }
}

fn has(connection: &Connection, table: &str) -> Result<bool, StoreError> {
    Ok(connection.prepare_cached("SELECT 1 FROM sqlite_schema WHERE name = ?")?.exists([table])?)
}

/// What of the sources and pages is damaged.
pub(crate) fn damaged(connection: &Connection, note: &mut dyn FnMut(String)) -> Result<(), StoreError> {
    for table in [SOURCES, PAGES] {
        if !has(connection, table)? {
            continue;
        }
        each(connection, table, |address, bytes, expected| {
            if unpack::<serde::de::IgnoredAny>(&address, bytes, expected).is_err() {
                note(what(&address));
            }
            Ok(())
        })?;
    }
    Ok(())
}

fn what(address: &str) -> String {
    format!("what is known of the followed address {address}")
}

fn rows<T: DeserializeOwned>(
    connection: &Connection,
    table: &str,
) -> Result<BTreeMap<String, T>, StoreError> {
    let mut found = BTreeMap::new();
    each(connection, table, |address, bytes, expected| {
        let value = unpack(&address, bytes, expected)?;
        found.insert(address, value);
        Ok(())
    })?;
    Ok(found)
}

fn each(
    connection: &Connection,
    table: &str,
    mut take: impl FnMut(String, &[u8], i64) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare(&format!("SELECT address, body, sum FROM {table}"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let bytes: Vec<u8> = row.get(1)?;
        take(row.get(0)?, &bytes, row.get(2)?)?;
    }
    Ok(())
}

fn unpack<T: DeserializeOwned>(address: &str, bytes: &[u8], expected: i64) -> Result<T, StoreError> {
    let (named, value): (String, T) = record(bytes, expected, &what(address))?;
    if named == address { Ok(value) } else { Err(StoreError::damaged(what(address))) }
}

fn put<T: Serialize + PartialEq>(
    connection: &Connection,
    table: &str,
    before: &BTreeMap<String, T>,
    now: &BTreeMap<String, T>,
) -> Result<(), StoreError> {
    let mut insert = connection.prepare(&format!("INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)"))?;
    for (address, value) in now.iter().filter(|(address, value)| before.get(*address) != Some(value)) {
        let plain =
            serde_json::to_vec(&(address, value)).map_err(|fault| StoreError::Refused(fault.to_string()))?;
        insert.execute((address, deflate(&plain), sum(&plain)))?;
    }
    let mut delete = connection.prepare(&format!("DELETE FROM {table} WHERE address = ?"))?;
    for address in before.keys().filter(|address| !now.contains_key(*address)) {
        delete.execute([address])?;
    }
    Ok(())
}
