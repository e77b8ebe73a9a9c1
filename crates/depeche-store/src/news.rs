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
use crate::query::{Conditions, Page, Paging};
use crate::view::Item;

/// What is new in short, each sort capped: for a first page, however much has changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct News {
    /// Contacts that were not there, those that came last first, then in the order of contacts.
    pub contacts: Page<ContactRecord>,
    /// Contacts whose status is another, those that changed last first.
    pub turns: Page<Turn>,
    /// Contradictions that were not there, or not with these versions; those that came last first.
    pub contradictions: Page<ContradictionRecord>,
    /// Reports that were not there, those published last first.
    pub reports: Page<ReportRecord>,
}

/// A contact whose status is another than it was.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Turn {
    /// The label of its status as it was.
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

    /// What is new since a time (RFC 3339 in UTC): contacts, turns of their status, contradictions, reports, at most so many of
    /// each, with how many there are in all. The cost is that of what changed since, not that of the dossier.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn news(&self, since: &str, most: usize) -> Result<News, StoreError> {
        self.at_one_moment(|dossier| {
            let before = dossier.revision_before(since)?;
            Ok(News {
                contacts: dossier.born_after(
                    before,
                    Item::Contact,
                    "born DESC, dated, first, last, id",
                    most,
                )?,
                turns: dossier.turns(before, most)?,
                contradictions: dossier.born_after(before, Item::Contradiction, "born DESC, id", most)?,
                reports: dossier.born_after(before, Item::Report, "published DESC, id", most)?,
            })
        })
    }

    /// Items that have become part of the view after a revision, and were no part of it before.
    fn born_after<T: DeserializeOwned>(
        &self,
        before: i64,
        item: Item,
        order: &str,
        most: usize,
    ) -> Result<Page<T>, StoreError> {
        let mut born = Conditions::default();
        born.after("born", before);
        self.chosen(item, order, &born, Paging::first(most))
    }

    /// Contacts that were there at a revision and have another status now; none in a file of a format that does not
    /// remember it, until it is written to.
    fn turns(&self, before: i64, most: usize) -> Result<Page<Turn>, StoreError> {
        let remembered = "SELECT 1 FROM sqlite_schema WHERE name = 'changes_of_contacts'";
        if !self.connection.prepare_cached(remembered)?.exists([])? {
            return Ok(Page { total: 0, offset: 0, items: Vec::new() });
        }
        // Of one contact, the oldest of the changes since has the status that it had then.
        let found = "SELECT id, min(revision), status AS was
             FROM changes INDEXED BY changes_of_contacts
             WHERE item = 'contact' AND revision > ?1 AND born <= ?1 GROUP BY id";
        let from = format!("FROM ({found}) JOIN contacts c USING (id) WHERE was <> c.status");
        let total = self
            .connection
            .prepare_cached(&format!("SELECT count(*) {from}"))?
            .query_row([before], |row| row.get(0))?;
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT was, id {from} ORDER BY c.altered DESC, c.dated, c.first, c.last, id LIMIT ?2"
        ))?;
        let limit = i64::try_from(most).unwrap_or(i64::MAX);
        let turned = statement.query_map((before, limit), |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut items = Vec::new();
        for turned in turned {
            let (was, id): (String, String) = turned?;
            if let Some(contact) = self.contact(&id)? {
                items.push(Turn { before: was.into(), contact });
            }
        }
        Ok(Page { total, offset: 0, items })
    }
}
