//! What is new since a time: as much of it as a page shows, with how much there is.
//!
//! Where [`changes`](Dossier::changes) tells everything field by field, this tells what a reader asks for first, and looks
//! at no more than it shows.

use depeche_record::records::{ContactRecord, ContradictionRecord, Label, ReportRecord};
use rusqlite::OptionalExtension;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::StoreError;
use crate::dossier::Dossier;
use crate::pack;
use crate::query::Page;
use crate::view::Item;

/// Contacts that were changed and are looked at for their status; of more, those changed last.
const LOOKED: usize = 2_000;

/// What is new since a time.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct News {
    /// Contacts that were not there, those that happened last first.
    pub contacts: Page<ContactRecord>,
    /// Contacts whose status is otherwise, those changed last first.
    pub statuses: Page<StatusChange>,
    /// Contradictions that were not there, the latest first.
    pub contradictions: Page<ContradictionRecord>,
    /// Reports that were not there, those published last first.
    pub reports: Page<ReportRecord>,
}

/// A contact whose status is otherwise than it was.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StatusChange {
    /// The status that it had.
    pub before: Label,
    /// The contact as it is.
    pub contact: ContactRecord,
}

impl Dossier {
    /// When the dossier was last changed, RFC 3339 in UTC; none for an empty one.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn last_change(&self) -> Result<Option<String>, StoreError> {
        let sql = "SELECT time FROM revisions ORDER BY revision DESC LIMIT 1";
        Ok(self.connection.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()?)
    }

    /// What is new since a time (RFC 3339 in UTC), at most so many items of each sort.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn news(&self, since: &str, most: usize) -> Result<News, StoreError> {
        self.at_one_moment(|dossier| {
            let before: i64 = dossier
                .connection
                .prepare_cached("SELECT coalesce(max(revision), 0) FROM revisions WHERE time < ?")?
                .query_row([since], |row| row.get(0))?;
            Ok(News {
                contacts: dossier.born(Item::Contact, "dated, last DESC, first DESC, id", before, most)?,
                statuses: dossier.statuses_changed(before, most)?,
                contradictions: dossier.born(Item::Contradiction, "born DESC, id", before, most)?,
                reports: dossier.born(Item::Report, "published DESC, id", before, most)?,
            })
        })
    }

    /// The items of a sort that came after a revision.
    fn born<T: DeserializeOwned>(
        &self,
        item: Item,
        order: &str,
        before: i64,
        most: usize,
    ) -> Result<Page<T>, StoreError> {
        let (table, _) = item.table();
        let total = self
            .connection
            .prepare_cached(&format!("SELECT count(*) FROM {table} WHERE born > ?"))?
            .query_row([before], |row| row.get(0))?;
        let sql = format!("SELECT id FROM {table} WHERE born > ? ORDER BY {order} LIMIT {most}");
        let mut newest = self.connection.prepare_cached(&sql)?;
        let ids = newest.query_map([before], |row| row.get(0))?;
        let ids = ids.collect::<Result<Vec<String>, _>>()?;
        Ok(Page { total, offset: 0, items: self.several(item, &ids)? })
    }

    fn statuses_changed(&self, before: i64, most: usize) -> Result<Page<StatusChange>, StoreError> {
        // As it was when it was first changed since, those changed last first.
        let mut changed = self.connection.prepare_cached(
            "SELECT was.id, was.before, was.sum FROM (
               SELECT min(change) AS earliest, max(change) AS latest FROM changes
               WHERE revision > ?1 AND item = ?2 AND born <= ?1 GROUP BY id ORDER BY latest DESC LIMIT ?3
             ) JOIN changes was ON was.change = earliest ORDER BY latest DESC",
        )?;
        let mut rows = changed.query((before, Item::Contact.label(), LOOKED as i64))?;
        let (mut total, mut items) = (0, Vec::new());
        while let Some(row) = rows.next()? {
            let (id, body, sum): (String, Vec<u8>, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let was: ContactRecord = pack::record(&body, sum, &format!("contact {id}"))?;
            let Some(contact) = self.contact(&id)? else { continue };
            if was.status == contact.status {
                continue;
            }
            total += 1;
            if items.len() < most {
                items.push(StatusChange { before: was.status, contact });
            }
        }
        Ok(Page { total, offset: 0, items })
    }
}
