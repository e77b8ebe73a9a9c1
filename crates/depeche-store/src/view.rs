//! The view: what the dossier shows, written item by item. Only what differs from what is there is written, so that a
//! view made anew costs little, and what changed since a day can be told.

use std::collections::HashSet;

use depeche_record::records::{
    ActorRecord, ContactRecord, ContradictionRecord, DossierStatementRecord, GapRecord, JudgementRecord,
    ReportRecord,
};
use rusqlite::{Connection, OptionalExtension, Transaction};
use serde::Serialize;

use crate::dossier::{Dossier, Moment, revise, set_state, state};
use crate::pack::{deflate, sum};
use crate::{StoreError, filed, search};

/// The sorts of items that a view holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Item {
    /// A report.
    Report,
    /// A contact.
    Contact,
    /// An actor.
    Actor,
    /// A statement.
    Statement,
    /// A contradiction.
    Contradiction,
    /// A gap.
    Gap,
    /// A judgement with what became of it.
    Judgement,
}

impl Item {
    /// All of them.
    pub const ALL: [Item; 7] = [
        Item::Report,
        Item::Contact,
        Item::Actor,
        Item::Statement,
        Item::Contradiction,
        Item::Gap,
        Item::Judgement,
    ];

    /// The word for it.
    pub fn label(self) -> &'static str {
        match self {
            Item::Report => "report",
            Item::Contact => "contact",
            Item::Actor => "actor",
            Item::Statement => "statement",
            Item::Contradiction => "contradiction",
            Item::Gap => "gap",
            Item::Judgement => "judgement",
        }
    }

    /// The item of a word.
    pub fn from_label(label: &str) -> Option<Item> {
        Item::ALL.into_iter().find(|item| item.label() == label)
    }

    /// The table and its key.
    pub(crate) fn table(self) -> (&'static str, &'static str) {
        match self {
            Item::Report => ("entries", "entry"),
            Item::Contact => ("contacts", "contact"),
            Item::Actor => ("actors", "actor"),
            Item::Statement => ("statements", "statement"),
            Item::Contradiction => ("contradictions", "contradiction"),
            Item::Gap => ("gaps", "gap"),
            Item::Judgement => ("verdicts", "verdict"),
        }
    }

    /// The key of the body of a row.
    pub(crate) fn body(self, row: i64) -> i64 {
        ((self as i64) << 48) | row
    }

    /// How SQL writes the key of the body of a row of the table.
    pub(crate) fn body_of(self, key: &str) -> String {
        format!("{key} + {}", (self as i64) << 48)
    }

    /// The tables beside it, with the column that holds its key.
    pub(crate) fn beside(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Item::Report => &[("entry_origins", "entry")],
            Item::Contact => &[
                ("contact_sides", "contact"),
                ("contact_actors", "contact"),
                ("contact_reports", "contact"),
                ("contact_terms", "rowid"),
            ],
            Item::Actor => &[("actor_sides", "actor"), ("actor_reports", "actor"), ("actor_terms", "rowid")],
            Item::Statement => &[("statement_contacts", "statement"), ("statement_terms", "rowid")],
            Item::Contradiction | Item::Gap => &[],
            Item::Judgement => &[("verdict_reports", "verdict")],
        }
    }
}

/// How many items a view has gained, changed and lost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Items that were not there.
    pub new: usize,
    /// Items that are otherwise.
    pub changed: usize,
    /// Items that are there no more.
    pub gone: usize,
}

impl Tally {
    /// Whether nothing differs.
    pub fn is_same(self) -> bool {
        self == Tally::default()
    }
}

/// A thing that an item is made of: an account, a figure, a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its handle, any beginning of which finds the item.
    pub handle: String,
    /// Identifier of its report.
    pub report: String,
    /// Its index in the reading.
    pub number: usize,
}

/// A record as it is kept. Making one asks nothing of the dossier, so that many can be made at a time.
pub struct Body<T> {
    record: T,
    plain: Vec<u8>,
    sum: i64,
}

impl<T: Serialize> Body<T> {
    /// Writes a record out.
    ///
    /// # Errors
    ///
    /// A record that is no JSON.
    pub fn of(record: T) -> Result<Body<T>, StoreError> {
        let plain = serde_json::to_vec(&record).map_err(|fault| StoreError::Refused(fault.to_string()))?;
        Ok(Body { sum: sum(&plain), record, plain })
    }
}

/// Makes the terms of words of a language (its code) for full-text search.
pub type Terms<'t> = &'t dyn Fn(&str, &str) -> String;

/// Writes a view. What is put stands for the items of these identifiers; what is removed goes. After a view of all,
/// [`ViewWriter::sweep`] removes what was not put. Dropped without [`ViewWriter::finish`], it leaves the dossier as it was.
pub struct ViewWriter<'d> {
    transaction: Transaction<'d>,
    terms: Terms<'d>,
    /// How many changes of what is kept it shows.
    shown: i64,
    revision: i64,
    seen: [HashSet<i64>; 7],
    /// Reports that were there and are otherwise; they are put before their statements.
    otherwise: HashSet<String>,
    tally: Tally,
}

impl Dossier {
    /// Begins to write a view of what was `kept` at a moment; none if there is a newer one, or if more than judgements was
    /// kept since. Judgements that came since are worked in by the next view: until then the dossier is not current.
    ///
    /// # Errors
    ///
    /// A full disk, a file that may not be written to or is damaged, another process that writes for too long.
    pub fn write_view<'d>(
        &'d mut self,
        kept: Moment,
        terms: Terms<'d>,
        time: &str,
        action: &str,
    ) -> Result<Option<ViewWriter<'d>>, StoreError> {
        let transaction = self.begin()?;
        let is_newest = state(&transaction, "shown")? <= kept.changes;
        if !is_newest || !kept.differs_by_judgements(Moment::of(&transaction)?) {
            return Ok(None);
        }
        let revision = revise(&transaction, time, action)?;
        Ok(Some(ViewWriter {
            transaction,
            terms,
            shown: kept.changes,
            revision,
            seen: Default::default(),
            otherwise: HashSet::new(),
            tally: Tally::default(),
        }))
    }
}

impl ViewWriter<'_> {
    /// Puts a report.
    ///
    /// # Errors
    ///
    /// Those of writing; so for every item.
    pub fn put_report(&mut self, body: &Body<ReportRecord>) -> Result<(), StoreError> {
        let report = &body.record;
        let changed = self.tally.changed;
        let Some(row) = self.put(Item::Report, &report.id, body)? else { return Ok(()) };
        if self.tally.changed > changed {
            self.otherwise.insert(report.id.clone());
        }
        filed::report(report).write(&self.transaction, Item::Report, row)
    }

    /// Puts a contact made of these accounts; `language_of` tells the language of a report.
    ///
    /// # Errors
    ///
    /// Those of writing.
    pub fn put_contact(
        &mut self,
        body: &Body<ContactRecord>,
        accounts: &[Member],
        language_of: impl Fn(&str) -> String,
    ) -> Result<(), StoreError> {
        let contact = &body.record;
        let Some(row) = self.put(Item::Contact, &contact.id, body)? else { return Ok(()) };
        self.put_handles(Item::Contact, row, accounts)?;
        let connection = &self.transaction;
        filed::contact(contact).write(connection, Item::Contact, row)?;
        let mut terms = String::new();
        for account in &contact.accounts {
            let language = language_of(&account.report);
            let words = account.evidence.iter().map(|evidence| &evidence.exact);
            for words in words.chain(&account.participants).chain(&account.place) {
                terms.push_str(&(self.terms)(words, &language));
                terms.push_str(" ¶ ");
            }
        }
        search::put(connection, "contact_terms", row, &terms)
    }

    /// Puts an actor made of these figures.
    ///
    /// # Errors
    ///
    /// Those of writing.
    pub fn put_actor(&mut self, body: &Body<ActorRecord>, figures: &[Member]) -> Result<(), StoreError> {
        let actor = &body.record;
        let Some(row) = self.put(Item::Actor, &actor.id, body)? else { return Ok(()) };
        self.put_handles(Item::Actor, row, figures)?;
        let connection = &self.transaction;
        filed::actor(actor).write(connection, Item::Actor, row)?;
        // Names are found as they are written: they have no dictionary form.
        let mut terms = actor.name.clone();
        for words in actor.aliases.iter().chain(&actor.offices) {
            terms.push_str(" ¶ ");
            terms.push_str(words);
        }
        search::put(connection, "actor_terms", row, &terms)
    }

    /// Puts a statement, after its report, with the day of publication (EDTF) and the language of its report.
    ///
    /// # Errors
    ///
    /// Those of writing.
    pub fn put_statement(
        &mut self,
        body: &Body<DossierStatementRecord>,
        member: &Member,
        published: Option<&str>,
        language: &str,
    ) -> Result<(), StoreError> {
        let statement = &body.record;
        let published = filed::day(published);
        let Some(row) = self.put(Item::Statement, &statement.id, body)? else {
            // The day is the report's, not the record's.
            if self.otherwise.contains(&statement.report) {
                self.transaction
                    .prepare_cached("UPDATE statements SET published = ? WHERE id = ?")?
                    .execute((published, &statement.id))?;
            }
            return Ok(());
        };
        self.put_handles(Item::Statement, row, std::slice::from_ref(member))?;
        let connection = &self.transaction;
        filed::statement(statement, published).write(connection, Item::Statement, row)?;
        let mut terms = (self.terms)(&statement.evidence.exact, language);
        terms.push_str(" ¶ ");
        terms.push_str(&statement.speaker);
        search::put(connection, "statement_terms", row, &terms)
    }

    /// Puts a contradiction.
    ///
    /// # Errors
    ///
    /// Those of writing.
    pub fn put_contradiction(&mut self, body: &Body<ContradictionRecord>) -> Result<(), StoreError> {
        let filed = filed::contradiction(&body.record);
        let Some(row) = self.put(Item::Contradiction, &filed.id, body)? else { return Ok(()) };
        filed.write(&self.transaction, Item::Contradiction, row)
    }

    /// Puts a gap.
    ///
    /// # Errors
    ///
    /// Those of writing.
    pub fn put_gap(&mut self, body: &Body<GapRecord>) -> Result<(), StoreError> {
        let filed = filed::gap(&body.record);
        let Some(row) = self.put(Item::Gap, &filed.id, body)? else { return Ok(()) };
        filed.write(&self.transaction, Item::Gap, row)
    }

    /// Puts a judgement with what became of it.
    ///
    /// # Errors
    ///
    /// Those of writing.
    pub fn put_judgement(&mut self, body: &Body<JudgementRecord>) -> Result<(), StoreError> {
        let judgement = &body.record;
        let Some(row) = self.put(Item::Judgement, &judgement.id, body)? else { return Ok(()) };
        filed::judgement(judgement).write(&self.transaction, Item::Judgement, row)
    }

    fn put_handles(&self, item: Item, row: i64, members: &[Member]) -> Result<(), StoreError> {
        let mut put =
            self.transaction.prepare_cached("INSERT OR IGNORE INTO handles VALUES (?, ?, ?, ?, ?)")?;
        for member in members {
            put.execute((&member.handle, item.label(), row, &member.report, member.number))?;
        }
        Ok(())
    }

    /// Writes the body of an item; its row where it differs from what was there, with nothing beside it.
    fn put<T>(&mut self, item: Item, id: &str, body: &Body<T>) -> Result<Option<i64>, StoreError> {
        let new_sum = body.sum;
        let (table, key) = item.table();
        let connection = &self.transaction;
        let there: Option<(i64, i64)> = connection
            .prepare_cached(&format!("SELECT {key}, sum FROM {table} WHERE id = ?"))?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let row = match there {
            Some((row, sum)) if sum == new_sum => {
                self.seen[item as usize].insert(row);
                return Ok(None);
            }
            Some((row, _)) => {
                remember(connection, item, row, self.revision, false)?;
                clear_beside(connection, item, row)?;
                connection
                    .prepare_cached(&format!("UPDATE {table} SET sum = ?, altered = ? WHERE {key} = ?"))?
                    .execute((new_sum, self.revision, row))?;
                self.tally.changed += 1;
                row
            }
            None => {
                let born: Option<i64> = connection
                    .prepare_cached("SELECT born FROM births WHERE item = ? AND id = ?")?
                    .query_row((item.label(), id), |row| row.get(0))
                    .optional()?;
                let born = born.unwrap_or(self.revision);
                connection.prepare_cached(blank(item))?.execute((id, new_sum, born))?;
                self.tally.new += 1;
                connection.last_insert_rowid()
            }
        };
        connection
            .prepare_cached("INSERT OR REPLACE INTO bodies VALUES (?, ?)")?
            .execute((item.body(row), deflate(&body.plain)))?;
        self.seen[item as usize].insert(row);
        Ok(Some(row))
    }

    /// Removes an item; nothing if it is not there.
    ///
    /// # Errors
    ///
    /// Those of writing.
    pub fn remove(&mut self, item: Item, id: &str) -> Result<(), StoreError> {
        let (table, key) = item.table();
        let row: Option<i64> = self
            .transaction
            .prepare_cached(&format!("SELECT {key} FROM {table} WHERE id = ?"))?
            .query_row([id], |row| row.get(0))
            .optional()?;
        if let Some(row) = row {
            self.remove_row(item, row)?;
        }
        Ok(())
    }

    /// Removes every item that was not put.
    ///
    /// # Errors
    ///
    /// Those of writing.
    pub fn sweep(&mut self) -> Result<(), StoreError> {
        for item in Item::ALL {
            let (table, key) = item.table();
            let rows: Vec<i64> = self
                .transaction
                .prepare_cached(&format!("SELECT {key} FROM {table}"))?
                .query_map([], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            for row in rows {
                if !self.seen[item as usize].contains(&row) {
                    self.remove_row(item, row)?;
                }
            }
        }
        Ok(())
    }

    fn remove_row(&mut self, item: Item, row: i64) -> Result<(), StoreError> {
        let (table, key) = item.table();
        remember(&self.transaction, item, row, self.revision, true)?;
        clear_beside(&self.transaction, item, row)?;
        self.transaction.prepare_cached(&format!("DELETE FROM {table} WHERE {key} = ?"))?.execute([row])?;
        self.tally.gone += 1;
        Ok(())
    }

    /// How far the view differs from the one that was there.
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// Makes the view the one that is shown.
    ///
    /// # Errors
    ///
    /// Those of writing.
    pub fn finish(self) -> Result<Tally, StoreError> {
        if self.tally.is_same() {
            // Nothing came of it: no revision is told of.
            self.transaction.execute("DELETE FROM revisions WHERE revision = ?", [self.revision])?;
        }
        self.transaction.execute("DELETE FROM births", [])?;
        set_state(&self.transaction, "shown", self.shown)?;
        self.transaction.commit()?;
        Ok(self.tally)
    }
}

/// A new row with everything but what is found by, which follows.
fn blank(item: Item) -> &'static str {
    match item {
        Item::Report => {
            "INSERT INTO entries (id, sum, born, altered, language, lineage) VALUES (?1, ?2, ?3, ?3, '', '')"
        }
        Item::Contact => {
            "INSERT INTO contacts (id, sum, born, altered, kind, status, dated, first, last, least, most)
             VALUES (?1, ?2, ?3, ?3, '', '', 2, 0, 0, 0, 0)"
        }
        Item::Actor => {
            "INSERT INTO actors (id, sum, born, altered, name, reports) VALUES (?1, ?2, ?3, ?3, '', 0)"
        }
        Item::Statement => {
            "INSERT INTO statements (id, sum, born, altered, report, place, act)
             VALUES (?1, ?2, ?3, ?3, '', 0, '')"
        }
        Item::Contradiction => {
            "INSERT INTO contradictions (id, sum, born, altered, kind, contact)
             VALUES (?1, ?2, ?3, ?3, '', '')"
        }
        Item::Gap => {
            "INSERT INTO gaps (id, sum, born, altered, kind, contact) VALUES (?1, ?2, ?3, ?3, '', '')"
        }
        Item::Judgement => {
            "INSERT INTO verdicts (id, sum, born, altered, time, author, decision, outcome)
             VALUES (?1, ?2, ?3, ?3, '', '', '', '')"
        }
    }
}

/// Keeps an item as it was, so that it can be told what changed.
fn remember(
    connection: &Connection,
    item: Item,
    row: i64,
    revision: i64,
    gone: bool,
) -> Result<(), StoreError> {
    let (table, key) = item.table();
    let status = if item == Item::Contact { "status" } else { "NULL" };
    connection
        .prepare_cached(&format!(
            "INSERT INTO changes (revision, item, id, born, gone, before, sum, status)
             SELECT ?, ?, id, born, ?, record, sum, {status} FROM {table} JOIN bodies ON body = ? WHERE {key} = ?"
        ))?
        .execute((revision, item.label(), gone, item.body(row), row))?;
    Ok(())
}

fn clear_beside(connection: &Connection, item: Item, row: i64) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM handles WHERE item = ? AND row = ?")?
        .execute((item.label(), row))?;
    for (table, column) in item.beside() {
        connection.prepare_cached(&format!("DELETE FROM {table} WHERE {column} = ?"))?.execute([row])?;
    }
    Ok(())
}
