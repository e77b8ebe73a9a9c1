//! The decisions of people: appended, listed, never rewritten. They are kept as [`JudgementRecord`]s, by the words that
//! they are about, so that they outlive every re-reading and every newer version of a page. What becomes of each is
//! worked out with the view.

use std::collections::HashSet;

use depeche_record::records::JudgementRecord;
use rusqlite::OptionalExtension;
use serde::Serialize;

use crate::StoreError;
use crate::dossier::{Dossier, revise, touch};
use crate::pack::{deflate, record, sum};
use crate::query::{Conditions, Page, Paging};
use crate::view::Item;

/// What of the log is wanted; an empty list is no condition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogFilter {
    /// Identifiers of judgements.
    pub ids: Vec<String>,
    /// Who decided.
    pub authors: Vec<String>,
    /// `same`, `not_same`, `accept`, `reject`, `correct`, `note`, `undo`.
    pub decisions: Vec<String>,
    /// `applied`, `undone`, `overruled`, `gone`, `unusable`.
    pub outcomes: Vec<String>,
    /// Identifiers of reports whose words they are about.
    pub reports: Vec<String>,
}

/// What came of recording judgements.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Recorded {
    /// Identifiers of those that were not there.
    pub new: Vec<String>,
    /// Identifiers of those that were.
    pub known: Vec<String>,
    /// Identifiers under which something else is recorded; what is there stays.
    pub clashing: Vec<String>,
}

impl Dossier {
    /// Appends judgements; those that are there change nothing. The view is left as it was.
    ///
    /// # Errors
    ///
    /// A full disk, a file that may not be written to or is damaged, another process that writes for too long.
    pub fn judge(&mut self, judgements: &[JudgementRecord], time: &str) -> Result<Recorded, StoreError> {
        let transaction = self.begin()?;
        let mut recorded = Recorded::default();
        for judgement in judgements {
            let plain = plain(judgement)?;
            let there: Option<i64> = transaction
                .prepare_cached("SELECT sum FROM judgements WHERE id = ?")?
                .query_row([&judgement.id], |row| row.get(0))
                .optional()?;
            match there {
                Some(there) if there == sum(&plain) => recorded.known.push(judgement.id.clone()),
                Some(_) => recorded.clashing.push(judgement.id.clone()),
                None => {
                    transaction
                        .prepare_cached(
                            "INSERT INTO judgements (id, author, time, body, sum) VALUES (?, ?, ?, ?, ?)",
                        )?
                        .execute((
                            &judgement.id,
                            &judgement.author,
                            &judgement.time,
                            deflate(&plain),
                            sum(&plain),
                        ))?;
                    recorded.new.push(judgement.id.clone());
                }
            }
        }
        if !recorded.new.is_empty() {
            touch(&transaction, recorded.new.len())?;
            revise(&transaction, time, "judge")?;
        }
        transaction.commit()?;
        Ok(recorded)
    }

    /// All judgements as they were recorded, oldest first.
    ///
    /// # Errors
    ///
    /// Damage.
    pub fn judgements(&self) -> Result<Vec<JudgementRecord>, StoreError> {
        let mut statement =
            self.connection.prepare_cached("SELECT id, sum, body FROM judgements ORDER BY time, id")?;
        let mut rows = statement.query([])?;
        let mut judgements = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, expected, bytes): (String, i64, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
            judgements.push(record(&bytes, expected, &format!("judgement {id}"))?);
        }
        Ok(judgements)
    }

    /// Those that the view knows nothing of yet, oldest first.
    ///
    /// # Errors
    ///
    /// Damage.
    pub fn waiting(&self) -> Result<Vec<JudgementRecord>, StoreError> {
        let of_none = "SELECT id FROM judgements WHERE id NOT IN (SELECT id FROM verdicts)";
        let mut statement = self.connection.prepare_cached(of_none)?;
        let ids: HashSet<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut judgements = self.judgements()?;
        judgements.retain(|judgement| ids.contains(&judgement.id));
        Ok(judgements)
    }

    /// The judgements with what became of each, newest first.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn log(&self, filter: &LogFilter, paging: Paging) -> Result<Page<JudgementRecord>, StoreError> {
        let mut conditions = Conditions::default();
        conditions.one_of("id", &filter.ids);
        conditions.one_of("author", &filter.authors);
        conditions.one_of("decision", &filter.decisions);
        conditions.one_of("outcome", &filter.outcomes);
        conditions.linked("verdict", "verdict_reports", "report", &filter.reports);
        self.chosen(Item::Judgement, "time DESC, id", &conditions, paging)
    }
}

/// A judgement as it is kept: without what became of it, which the next report may change.
fn plain(judgement: &JudgementRecord) -> Result<Vec<u8>, StoreError> {
    let bare = JudgementRecord { outcome: "applied".into(), by: None, ..judgement.clone() };
    serde_json::to_vec(&bare).map_err(|fault| StoreError::Refused(fault.to_string()))
}

/// An identifier for a judgement, made from all that it says: `j` and twelve letters and digits.
pub fn judgement_id(judgement: &JudgementRecord) -> String {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let bare = JudgementRecord { id: String::new(), ..judgement.clone() };
    let hash = plain(&bare).map_or(0, |plain| sum(&plain)).cast_unsigned();
    let digit = |n: usize| char::from(DIGITS[(hash >> (64 - 5 * (n + 1))) as usize & 31]);
    std::iter::once('j').chain((0..12).map(digit)).collect()
}
