//! What many items come to: by place, by month, by outlet. Each answer is a count that the file itself adds up, so that a
//! large dossier costs no more than a small one has rows of its kind.

use rusqlite::params_from_iter;
use serde::Serialize;

use crate::StoreError;
use crate::dossier::Dossier;
use crate::query::{Conditions, Filter, Paging, limit};
use crate::view::Item;

/// A place of contacts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlaceCount {
    /// As records have it.
    pub place: String,
    /// Contacts there.
    pub contacts: usize,
    /// How many of them were held.
    pub held: usize,
    /// The last day on which one of them may have ended, EDTF; none where none has a date with a year.
    pub last: Option<String>,
}

/// Statements of an act in a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ActCount {
    /// Label of the act.
    pub act: String,
    /// The month in which the reports came out, EDTF; none where unknown.
    pub month: Option<String>,
    /// How many there are.
    pub statements: usize,
}

/// What an outlet takes from an origin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Feed {
    /// The origin, as reports name it.
    pub origin: String,
    /// The outlet.
    pub outlet: String,
    /// Reports that cite the origin.
    pub cites: usize,
    /// Reports whose whole text comes from there.
    pub republishes: usize,
}

/// What an outlet brings to the dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OutletCount {
    /// Its name; none for reports without one.
    pub outlet: Option<String>,
    /// Its reports.
    pub reports: usize,
    /// How many of them are the first of their text and republish nobody.
    pub own: usize,
    /// Day of the first publication, EDTF.
    pub first: Option<String>,
    /// Day of the last, EDTF.
    pub last: Option<String>,
}

/// Reports of an outlet that came out in a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MonthCount {
    /// The outlet; none for reports without one.
    pub outlet: Option<String>,
    /// The month, EDTF; none where unknown.
    pub month: Option<String>,
    /// How many there are.
    pub reports: usize,
}

/// A month as EDTF, of a column with day numbers.
const MONTH: &str = "strftime('%Y-%m', published * 86400, 'unixepoch')";

impl Dossier {
    /// The places of contacts, those with most first; `filter` chooses the contacts.
    ///
    /// # Errors
    ///
    /// A damaged file; so for every question.
    pub fn places(&self, filter: &Filter, most: usize) -> Result<Vec<PlaceCount>, StoreError> {
        let conditions = Conditions::of(Item::Contact, filter);
        let within = conditions.and("place IS NOT NULL");
        let sql = format!(
            "SELECT place, count(*) AS met, sum(status = 'held'), max(CASE WHEN dated = 0 THEN last END)
             FROM contacts {within} GROUP BY place ORDER BY met DESC, place LIMIT {most}"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let found = statement.query_map(params_from_iter(&conditions.values), |row| {
            let last: Option<i64> = row.get(3)?;
            Ok(PlaceCount {
                place: row.get(0)?,
                contacts: row.get(1)?,
                held: row.get(2)?,
                last: last.map(day),
            })
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Statements by act and month, in the order of months; `filter` chooses them.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn acts_by_month(&self, filter: &Filter) -> Result<Vec<ActCount>, StoreError> {
        let conditions = Conditions::of(Item::Statement, filter);
        // There are fewer days than statements to name the month of.
        let sql = format!(
            "SELECT act, {MONTH} AS month, sum(n) FROM (
               SELECT act, published, count(*) AS n FROM statements {} GROUP BY act, published
             ) GROUP BY act, month ORDER BY month, act",
            conditions.clause()
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let found = statement.query_map(params_from_iter(&conditions.values), |row| {
            Ok(ActCount { act: row.get(0)?, month: row.get(1)?, statements: row.get(2)? })
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Who takes from whom, the strongest first; `filter` chooses the reports. Pictures are left out.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn feeds(&self, filter: &Filter, paging: Paging) -> Result<Vec<Feed>, StoreError> {
        let conditions = Conditions::of(Item::Report, filter);
        let within = conditions.and("outlet IS NOT NULL AND relation <> 'image' AND name <> outlet");
        let sql = format!(
            "SELECT name, outlet, sum(relation = 'cites'), sum(relation = 'republishes'), count(*) AS taken
             FROM entry_origins JOIN entries USING (entry) {within}
             GROUP BY name, outlet ORDER BY taken DESC, name, outlet {}",
            limit(paging)
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let found = statement.query_map(params_from_iter(&conditions.values), |row| {
            Ok(Feed {
                origin: row.get(0)?,
                outlet: row.get(1)?,
                cites: row.get(2)?,
                republishes: row.get(3)?,
            })
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// The outlets, those with most reports first; `filter` chooses the reports.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn outlets(&self, filter: &Filter, most: usize) -> Result<Vec<OutletCount>, StoreError> {
        let conditions = Conditions::of(Item::Report, filter);
        // Where nothing is asked for all rows are gone through as they lie; what an entry republishes is asked of few.
        let from = if conditions.is_empty() { "entries NOT INDEXED" } else { "entries" };
        let sql = format!(
            "SELECT outlet, count(*) AS brought,
                    sum(CASE WHEN lineage = entries.id THEN NOT EXISTS (
                      SELECT 1 FROM entry_origins o WHERE o.entry = entries.entry AND o.relation = 'republishes')
                    ELSE 0 END),
                    min(published), max(published)
             FROM {from} {} GROUP BY outlet ORDER BY brought DESC, outlet LIMIT {most}",
            conditions.clause()
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let found = statement.query_map(params_from_iter(&conditions.values), |row| {
            let (first, last): (Option<i64>, Option<i64>) = (row.get(3)?, row.get(4)?);
            Ok(OutletCount {
                outlet: row.get(0)?,
                reports: row.get(1)?,
                own: row.get(2)?,
                first: first.map(day),
                last: last.map(day),
            })
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// When the first and the last version of a report was captured, RFC 3339 in UTC; none in an empty dossier.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn captured(&self) -> Result<Option<(String, String)>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT min(taken), max(taken) FROM versions")?;
        let (first, last): (Option<String>, Option<String>) =
            statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(first.zip(last))
    }

    /// Reports by outlet and month, in the order of months; `filter` chooses them.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn reports_by_month(&self, filter: &Filter) -> Result<Vec<MonthCount>, StoreError> {
        let conditions = Conditions::of(Item::Report, filter);
        // There are fewer days than reports to name the month of.
        let sql = format!(
            "SELECT outlet, {MONTH} AS month, sum(n) FROM (
               SELECT outlet, published, count(*) AS n FROM entries {} GROUP BY outlet, published
             ) GROUP BY outlet, month ORDER BY month, outlet",
            conditions.clause()
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let found = statement.query_map(params_from_iter(&conditions.values), |row| {
            Ok(MonthCount { outlet: row.get(0)?, month: row.get(1)?, reports: row.get(2)? })
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }
}

fn day(number: i64) -> String {
    depeche_record::Day::of_number(number).to_string()
}
