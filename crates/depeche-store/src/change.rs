//! What changed since a time: the view as it is against the view as it was.

use std::collections::BTreeMap;

use depeche_record::records::Label;
use rusqlite::OptionalExtension;
use serde::Serialize;
use serde_json::Value;

use crate::StoreError;
use crate::dossier::Dossier;
use crate::pack::record;
use crate::view::Item;

/// An item that is new, otherwise than it was, or gone.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// `report`, `contact`, `statement`, `actor`, `contradiction`, `gap` or `judgement`.
    pub item: Label,
    /// Its identifier.
    pub id: String,
    /// `new`, `changed` or `gone`.
    pub change: Label,
    /// What is otherwise, field by field of the record; empty for new and gone ones.
    pub fields: Vec<FieldChange>,
    /// The record as it is; as it was, where it is gone.
    pub record: Value,
}

/// A field of a record that is otherwise than it was.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldChange {
    /// Its name.
    pub field: String,
    /// As it was.
    pub before: Value,
    /// As it is.
    pub after: Value,
}

/// An item as it was when it was first changed or removed since a revision.
struct Was {
    born: i64,
    sum: i64,
    body: Vec<u8>,
}

impl Dossier {
    /// What changed since a time (RFC 3339 in UTC), by sort of item and identifier; `items` chooses the sorts.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn changes(&self, since: &str, items: &[Item]) -> Result<Vec<Change>, StoreError> {
        self.at_one_moment(|dossier| {
            let before = dossier.revision_before(since)?;
            let mut changes = Vec::new();
            for &item in items {
                dossier.changes_of(item, before, &mut changes)?;
            }
            Ok(changes)
        })
    }

    /// The last revision before a time.
    pub(crate) fn revision_before(&self, since: &str) -> Result<i64, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT coalesce(max(revision), 0) FROM revisions WHERE time < ?")?;
        Ok(statement.query_row([since], |row| row.get(0))?)
    }

    fn changes_of(&self, item: Item, before: i64, changes: &mut Vec<Change>) -> Result<(), StoreError> {
        let label = item.label();
        let mut earlier: BTreeMap<String, Was> = BTreeMap::new();
        let mut statement = self.connection.prepare_cached(
            "SELECT id, born, before, sum FROM changes WHERE item = ? AND revision > ? ORDER BY change",
        )?;
        let mut rows = statement.query((label, before))?;
        while let Some(row) = rows.next()? {
            let was = Was { born: row.get(1)?, body: row.get(2)?, sum: row.get(3)? };
            earlier.entry(row.get(0)?).or_insert(was);
        }
        let (table, key) = item.table();
        let joined = format!("{table} JOIN bodies ON body = {}", item.body_of(key));
        let mut found: Vec<Change> = Vec::new();
        let mut current =
            self.connection.prepare_cached(&format!("SELECT sum, record FROM {joined} WHERE id = ?"))?;
        for (id, was) in earlier.iter().filter(|(_, was)| was.born <= before) {
            let what = format!("{label} {id}");
            let old: Value = record(&was.body, was.sum, &what)?;
            let now: Option<(i64, Vec<u8>)> =
                current.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
            let change = |change: &'static str, fields, record| Change {
                item: label.into(),
                id: id.clone(),
                change: change.into(),
                fields,
                record,
            };
            match now {
                Some((sum, _)) if sum == was.sum => {}
                Some((sum, body)) => {
                    let new: Value = record(&body, sum, &what)?;
                    found.push(change("changed", differences(&old, &new), new));
                }
                None => found.push(change("gone", Vec::new(), old)),
            }
        }
        let mut fresh = self
            .connection
            .prepare_cached(&format!("SELECT id, sum, record FROM {joined} WHERE born > ? ORDER BY id"))?;
        let mut rows = fresh.query([before])?;
        while let Some(row) = rows.next()? {
            let (id, sum, body): (String, i64, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
            if earlier.get(&id).is_some_and(|was| was.born <= before) {
                continue;
            }
            let record = record(&body, sum, &format!("{label} {id}"))?;
            found.push(Change { item: label.into(), id, change: "new".into(), fields: Vec::new(), record });
        }
        found.sort_by(|a, b| a.id.cmp(&b.id));
        changes.extend(found);
        Ok(())
    }
}

/// The fields of two records that differ.
fn differences(old: &Value, new: &Value) -> Vec<FieldChange> {
    let (Value::Object(old), Value::Object(new)) = (old, new) else { return Vec::new() };
    let mut fields: Vec<&String> = old.keys().chain(new.keys()).collect();
    fields.sort();
    fields.dedup();
    fields
        .into_iter()
        .filter_map(|field| {
            let value =
                |record: &serde_json::Map<String, Value>| record.get(field).cloned().unwrap_or_default();
            let (before, after) = (value(old), value(new));
            (before != after).then(|| FieldChange { field: field.clone(), before, after })
        })
        .collect()
}
