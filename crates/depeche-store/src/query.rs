//! Questions to a dossier: a filter, a page of the answer, and how many there are in all.

use depeche_record::records::{
    ActorRecord, ContactRecord, ContradictionRecord, DossierStatementRecord, GapRecord, ReportRecord,
};
use depeche_record::{ContactKind, ContradictionKind, Edtf, GapKind};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, params_from_iter};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::StoreError;
use crate::dossier::Dossier;
use crate::pack;
use crate::search::Wanted;
use crate::view::{Item, Member};

/// What is wanted. Conditions are joined by *and*; an empty list or `None` is no condition. The same filter serves every
/// sort of item: what is said of contacts holds of a statement, a contradiction or a gap through its contact, of an actor
/// through the contacts taken part in, of a report through the contacts that it tells.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Codes of sides. A contact has all of them; a statement is spoken for one of them, an actor stands for one of them.
    pub sides: Vec<String>,
    /// Identifiers of actors, one of which takes part or speaks.
    pub actors: Vec<String>,
    /// Identifiers of actors, all of whom take part in the contact.
    pub company: Vec<String>,
    /// Labels of statuses of contacts, one of which holds.
    pub statuses: Vec<String>,
    /// Labels of kinds, one of which holds: of contacts (`meeting`), contradictions (`date`) or gaps (`one_origin`).
    pub kinds: Vec<String>,
    /// Labels of acts of statements, one of which holds.
    pub acts: Vec<String>,
    /// First day: of a contact, else of publication.
    pub since: Option<depeche_record::Day>,
    /// Last day.
    pub until: Option<depeche_record::Day>,
    /// Words.
    pub words: Option<Wanted>,
    /// Identifiers of reports, one of which tells or names it.
    pub reports: Vec<String>,
    /// Identifiers of contacts, one of which it is about.
    pub contacts: Vec<String>,
    /// Names of outlets, one of which published the report.
    pub outlets: Vec<String>,
    /// At most so many independent origins of the contact.
    pub most_origins: Option<usize>,
    /// At least so many.
    pub least_origins: Option<usize>,
    /// Places of contacts as records have them, one of which it is.
    pub places: Vec<String>,
    /// Identifiers of lineages: reports that rest on this text.
    pub lineages: Vec<String>,
    /// Identifiers of items.
    pub ids: Vec<String>,
}

impl Filter {
    /// The labels that [`Filter::kinds`] may hold: of contacts, then of contradictions, then of gaps.
    pub fn kinds_known() -> impl Iterator<Item = &'static str> {
        let contacts = ContactKind::ALL.iter().map(|kind| kind.label());
        let contradictions = ContradictionKind::ALL.iter().map(|kind| kind.label());
        contacts.chain(contradictions).chain(GapKind::ALL.iter().map(|kind| kind.label()))
    }
}

/// Which part of an answer is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paging {
    /// Most items; none for all.
    pub limit: Option<usize>,
    /// Items passed over.
    pub offset: usize,
}

impl Paging {
    /// All items.
    pub const ALL: Paging = Paging { limit: None, offset: 0 };

    /// The first items.
    pub fn first(limit: usize) -> Paging {
        Paging { limit: Some(limit), offset: 0 }
    }
}

/// A page of an answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Page<T> {
    /// How many items the whole answer has.
    pub total: usize,
    /// How many were passed over.
    pub offset: usize,
    /// The items of this page.
    pub items: Vec<T>,
}

/// How many items of each sort a dossier has, and what they are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Counts {
    /// Reports.
    pub reports: usize,
    /// Original texts: lineages.
    pub lineages: usize,
    /// Contacts.
    pub contacts: usize,
    /// Contacts by status, in the order of labels.
    pub statuses: Vec<(String, usize)>,
    /// Contacts by kind, in the order of labels.
    pub kinds: Vec<(String, usize)>,
    /// Statements.
    pub statements: usize,
    /// Actors.
    pub actors: usize,
    /// Sides of contacts with the number of contacts, most first.
    pub sides: Vec<(String, usize)>,
    /// Contradictions.
    pub contradictions: usize,
    /// Gaps.
    pub gaps: usize,
    /// Judgements.
    pub judgements: usize,
    /// Day of the first publication, EDTF.
    pub first: Option<String>,
    /// Day of the last publication, EDTF.
    pub last: Option<String>,
}

/// What an identifier means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The sort of item.
    pub item: Item,
    /// The identifier that the view shows.
    pub id: String,
    /// What of the item goes by the identifier: an account, a figure, a statement; none for a report.
    pub member: Option<Member>,
}

/// Most reports of a lineage that are told with one of them.
const KIN: usize = 100;
/// Fewest letters and digits of an identifier, the first letter counted.
const SHORTEST: usize = 6;

/// An origin that reports name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NamedOrigin {
    /// As the reports have it.
    pub name: String,
    /// Number of reports that cite it.
    pub cites: usize,
    /// Number of reports whose whole text comes from there.
    pub republishes: usize,
    /// Number of reports with a picture from there.
    pub image: usize,
    /// The first reports that name it, by identifier.
    pub reports: Vec<String>,
}

/// What contacts bring together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Between {
    /// Sides, by their codes.
    Sides,
    /// Actors, by their identifiers.
    Actors,
}

/// Two sides or actors that contacts bring together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Pair {
    /// Code or identifier that comes first in the alphabet.
    pub first: String,
    /// That of the other.
    pub second: String,
    /// Contacts that both take part in.
    pub contacts: usize,
    /// The last day on which one of them may have ended, EDTF; none where none has a date with a year.
    pub last: Option<String>,
}

/// Contacts of one kind and status that begin on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Spread {
    /// Label of the kind.
    pub kind: String,
    /// Label of the status.
    pub status: String,
    /// The first day on which they may have begun, EDTF; none without a year.
    pub first: Option<String>,
    /// Whether they have a date, though one without a year.
    pub dated: bool,
    /// How many there are.
    pub contacts: usize,
}

/// A report that words were found in.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The report.
    pub report: ReportRecord,
    /// How well it fits: less is better, as FTS5 reckons by BM25.
    pub score: f64,
}

/// All that is known of a contact.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ContactSheet {
    /// The contact.
    pub contact: ContactRecord,
    /// The actors that take part.
    pub actors: Vec<ActorRecord>,
    /// The statements about it, in order.
    pub statements: Vec<DossierStatementRecord>,
    /// What reports disagree about.
    pub contradictions: Vec<ContradictionRecord>,
    /// What is missing.
    pub gaps: Vec<GapRecord>,
    /// The reports that tell it.
    pub reports: Vec<ReportRecord>,
}

/// All that is known of an actor.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ActorSheet {
    /// The actor.
    pub actor: ActorRecord,
    /// The contacts taken part in.
    pub contacts: Page<ContactRecord>,
    /// The statements, in order.
    pub statements: Page<DossierStatementRecord>,
}

/// All that is known of a report.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReportSheet {
    /// The report.
    pub report: ReportRecord,
    /// The contacts that it tells.
    pub contacts: Vec<ContactRecord>,
    /// The statements in it.
    pub statements: Vec<DossierStatementRecord>,
    /// The actors that it names.
    pub actors: Vec<ActorRecord>,
    /// The other reports of its lineage, the first of them: a dispatch may have thousands.
    pub lineage: Vec<ReportRecord>,
    /// How many others there are.
    pub kin: usize,
}

impl Dossier {
    /// Contacts: dated ones in order, then those without a year, then those without a date.
    ///
    /// # Errors
    ///
    /// A damaged file; so for every question.
    pub fn contacts(&self, filter: &Filter, paging: Paging) -> Result<Page<ContactRecord>, StoreError> {
        self.page(Item::Contact, "dated, first, last, id", filter, paging)
    }

    /// Statements by day of publication, report and position.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn statements(
        &self,
        filter: &Filter,
        paging: Paging,
    ) -> Result<Page<DossierStatementRecord>, StoreError> {
        self.page(Item::Statement, "published, report, place", filter, paging)
    }

    /// Actors, those that most reports name first.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn actors(&self, filter: &Filter, paging: Paging) -> Result<Page<ActorRecord>, StoreError> {
        self.page(Item::Actor, "reports, name, id", filter, paging)
    }

    /// Contradictions, in the order of their contacts.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn contradictions(
        &self,
        filter: &Filter,
        paging: Paging,
    ) -> Result<Page<ContradictionRecord>, StoreError> {
        self.page(Item::Contradiction, OF_CONTACTS, filter, paging)
    }

    /// Gaps, in the order of their contacts.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn gaps(&self, filter: &Filter, paging: Paging) -> Result<Page<GapRecord>, StoreError> {
        self.page(Item::Gap, OF_CONTACTS, filter, paging)
    }

    /// Reports by day of publication, then by identifier.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn reports(&self, filter: &Filter, paging: Paging) -> Result<Page<ReportRecord>, StoreError> {
        self.page(Item::Report, "published, id", filter, paging)
    }

    /// A contact; none if there is none of this identifier.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn contact(&self, id: &str) -> Result<Option<ContactRecord>, StoreError> {
        self.one(Item::Contact, id)
    }

    /// A statement; none if there is none of this identifier.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn statement(&self, id: &str) -> Result<Option<DossierStatementRecord>, StoreError> {
        self.one(Item::Statement, id)
    }

    /// An actor; none if there is none of this identifier.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn actor(&self, id: &str) -> Result<Option<ActorRecord>, StoreError> {
        self.one(Item::Actor, id)
    }

    /// Actors by identifier, in the order given; those that are not there are left out.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn actors_named(&self, ids: &[String]) -> Result<Vec<ActorRecord>, StoreError> {
        self.several(Item::Actor, ids)
    }

    /// A report as the dossier lists it; none if there is none of this identifier.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn entry(&self, id: &str) -> Result<Option<ReportRecord>, StoreError> {
        self.one(Item::Report, id)
    }

    /// What an identifier means, as the view shows it or as an item went by when the dossier held less; several where it
    /// is too short to tell them apart, none where it is unknown or shorter than identifiers are.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn named(&self, id: &str) -> Result<Vec<Named>, StoreError> {
        let id = id.trim();
        let wanted = id.to_ascii_lowercase();
        let mut beginning = self.connection.prepare_cached(
            "SELECT item, row, report, number FROM handles
             WHERE handle >= ?1 AND handle < ?1 || '~' ORDER BY handle, item, row LIMIT 200",
        )?;
        let found = beginning.query_map([&wanted], |row| {
            let item: String = row.get(0)?;
            Ok((
                item,
                row.get::<_, i64>(1)?,
                Member { handle: String::new(), report: row.get(2)?, number: row.get(3)? },
            ))
        })?;
        let found = found.collect::<Result<Vec<_>, _>>()?;
        let mut named: Vec<Named> = Vec::new();
        for (label, row, member) in found {
            let Some(item) = Item::from_label(&label) else { continue };
            let (table, key) = item.table();
            let shown: Option<String> = self
                .connection
                .prepare_cached(&format!("SELECT id FROM {table} WHERE {key} = ?"))?
                .query_row([row], |row| row.get(0))
                .optional()?;
            if let Some(shown) = shown
                && !named.iter().any(|other| other.item == item && other.id == shown)
            {
                named.push(Named { item, id: shown, member: Some(member) });
            }
        }
        if let Some(at) = named.iter().position(|named| named.id == wanted) {
            return Ok(vec![named.swap_remove(at)]);
        }
        if wanted.len() < SHORTEST {
            named.clear();
        }
        let report: Option<String> = self
            .connection
            .prepare_cached("SELECT id FROM entries WHERE id = ?")?
            .query_row([id], |row| row.get(0))
            .optional()?;
        named.extend(report.map(|id| Named { item: Item::Report, id, member: None }));
        Ok(named)
    }

    /// Everything that a page about a contact needs; none if there is none of this identifier.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn contact_sheet(&self, id: &str) -> Result<Option<ContactSheet>, StoreError> {
        self.at_one_moment(|dossier| {
            let Some(contact) = dossier.contact(id)? else { return Ok(None) };
            let about = Filter { contacts: vec![id.to_owned()], ..Filter::default() };
            let mut reports: Vec<String> =
                contact.accounts.iter().map(|account| account.report.clone()).collect();
            reports.sort();
            reports.dedup();
            Ok(Some(ContactSheet {
                actors: dossier.several(Item::Actor, &contact.actors)?,
                statements: dossier.statements(&about, Paging::ALL)?.items,
                contradictions: dossier.contradictions(&about, Paging::ALL)?.items,
                gaps: dossier.gaps(&about, Paging::ALL)?.items,
                reports: dossier.several(Item::Report, &reports)?,
                contact,
            }))
        })
    }

    /// Everything that a page about an actor needs; none if there is none of this identifier.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn actor_sheet(&self, id: &str, paging: Paging) -> Result<Option<ActorSheet>, StoreError> {
        self.at_one_moment(|dossier| {
            let Some(actor) = dossier.actor(id)? else { return Ok(None) };
            let of = Filter { actors: vec![id.to_owned()], ..Filter::default() };
            Ok(Some(ActorSheet {
                actor,
                contacts: dossier.contacts(&of, paging)?,
                statements: dossier.statements(&of, paging)?,
            }))
        })
    }

    /// Everything that a page about a report needs, but for its text ([`Dossier::report`]); none if there is none of this
    /// identifier.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn report_sheet(&self, id: &str) -> Result<Option<ReportSheet>, StoreError> {
        self.at_one_moment(|dossier| {
            let Some(report) = dossier.entry(id)? else { return Ok(None) };
            let of = Filter { reports: vec![id.to_owned()], ..Filter::default() };
            let kin = Filter { lineages: vec![report.lineage.clone()], ..Filter::default() };
            let Page { total, items: mut lineage, .. } = dossier.reports(&kin, Paging::first(KIN))?;
            lineage.retain(|other| other.id != id);
            Ok(Some(ReportSheet {
                report,
                contacts: dossier.contacts(&of, Paging::ALL)?.items,
                statements: dossier.statements(&of, Paging::ALL)?.items,
                actors: dossier.actors(&of, Paging::ALL)?.items,
                lineage,
                kin: total.saturating_sub(1),
            }))
        })
    }

    /// Reports in which words are found, the best first. Without words, nothing is found.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn search(&self, filter: &Filter, paging: Paging) -> Result<Page<Hit>, StoreError> {
        let Some(expression) = filter.words.as_ref().and_then(Wanted::expression) else {
            return Ok(Page { total: 0, offset: paging.offset, items: Vec::new() });
        };
        let filter = Filter { words: None, ..filter.clone() };
        let mut conditions = Conditions::of(Item::Report, &filter);
        // Where nothing else is asked and no report is rejected, the index of words answers alone.
        let alone = conditions.all.is_empty() && self.shows_every_report()?;
        conditions.values.insert(0, Value::Text(expression));
        conditions.all.insert(0, Condition::of("report_terms MATCH ?"));
        let from = match alone {
            true => "report_terms t",
            false => "report_terms t JOIN reports r ON r.report = t.rowid JOIN entries ON entries.id = r.id",
        };
        let clause = conditions.clause();
        let total = self
            .connection
            .prepare_cached(&format!("SELECT count(*) FROM {from} {clause}"))?
            .query_row(params_from_iter(&conditions.values), |row| row.get(0))?;
        // Of equals the first by identifier: those that score as the last of the page are looked up too, no others.
        let cut = paging.limit.map_or_else(String::new, |limit| {
            let last = (paging.offset + limit).saturating_sub(1);
            let score = format!("SELECT score FROM scored ORDER BY score LIMIT 1 OFFSET {last}");
            format!("WHERE score <= coalesce(({score}), 1e300)")
        });
        let sql = format!(
            "WITH scored AS MATERIALIZED (SELECT t.rowid AS found, bm25(report_terms) AS score FROM {from} {clause})
             SELECT id, score FROM scored JOIN reports ON report = found {cut} ORDER BY score, id {}",
            limit(paging)
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(&conditions.values))?;
        let mut items = Vec::new();
        while let Some(row) = rows.next()? {
            let id: String = row.get(0)?;
            if let Some(report) = self.entry(&id)? {
                items.push(Hit { report, score: row.get(1)? });
            }
        }
        Ok(Page { total, offset: paging.offset, items })
    }

    fn shows_every_report(&self) -> Result<bool, StoreError> {
        let sql = "SELECT (SELECT count(*) FROM reports) = (SELECT count(*) FROM entries)";
        Ok(self.connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    }

    /// The origins that reports name, those that most name first; `filter` chooses the reports.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn origins(&self, filter: &Filter, paging: Paging) -> Result<Page<NamedOrigin>, StoreError> {
        let conditions = Conditions::of(Item::Report, filter);
        let within = match conditions.all.is_empty() {
            true => String::new(),
            false => format!("WHERE entry IN (SELECT entry FROM entries {})", conditions.clause()),
        };
        let total = self
            .connection
            .prepare_cached(&format!("SELECT count(DISTINCT name) FROM entry_origins {within}"))?
            .query_row(params_from_iter(&conditions.values), |row| row.get(0))?;
        let sql = format!(
            "SELECT name, sum(relation = 'cites'), sum(relation = 'republishes'), sum(relation = 'image'),
                    count(DISTINCT entry) AS named
             FROM entry_origins {within} GROUP BY name ORDER BY named DESC, name {}",
            limit(paging)
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let found = statement.query_map(params_from_iter(&conditions.values), |row| {
            Ok(NamedOrigin {
                name: row.get(0)?,
                cites: row.get(1)?,
                republishes: row.get(2)?,
                image: row.get(3)?,
                reports: Vec::new(),
            })
        })?;
        let mut items = found.collect::<Result<Vec<_>, _>>()?;
        let mut naming = self.connection.prepare_cached(
            "SELECT DISTINCT id FROM entry_origins JOIN entries USING (entry) WHERE name = ? ORDER BY id LIMIT 20",
        )?;
        for origin in &mut items {
            origin.reports = naming.query_map([&origin.name], |row| row.get(0))?.collect::<Result<_, _>>()?;
        }
        Ok(Page { total, offset: paging.offset, items })
    }

    /// The sides or actors that contacts bring together, those with most contacts first; `filter` chooses the contacts.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn pairs(&self, between: Between, filter: &Filter, paging: Paging) -> Result<Page<Pair>, StoreError> {
        let (table, name) = match between {
            Between::Sides => ("contact_sides", "side"),
            Between::Actors => ("contact_actors", "actor"),
        };
        let conditions = Conditions::of(Item::Contact, filter);
        let within = match conditions.all.is_empty() {
            true => String::new(),
            false => format!("WHERE a.contact IN (SELECT contact FROM contacts {})", conditions.clause()),
        };
        let from = format!("{table} a JOIN {table} b ON a.contact = b.contact AND a.{name} < b.{name}");
        // All pairs are made in any case: how many there are comes with each.
        let sql = format!(
            "SELECT one, other, met, last, count(*) OVER () FROM (
               SELECT a.{name} AS one, b.{name} AS other, count(*) AS met,
                      max(CASE WHEN c.dated = 0 THEN c.last END) AS last
               FROM {from} JOIN contacts c ON c.contact = a.contact {within} GROUP BY one, other
             ) ORDER BY met DESC, one, other {}",
            limit(paging)
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut total = 0;
        let found = statement.query_map(params_from_iter(&conditions.values), |row| {
            total = row.get(4)?;
            let last: Option<i64> = row.get(3)?;
            Ok(Pair {
                first: row.get(0)?,
                second: row.get(1)?,
                contacts: row.get(2)?,
                last: last.map(|day| depeche_record::Day::of_number(day).to_string()),
            })
        })?;
        let items = found.collect::<Result<Vec<_>, _>>()?;
        if items.is_empty() && paging.offset > 0 {
            // Past the end there is no row to tell how many there are.
            total = self.pairs(between, filter, Paging::first(1))?.total;
        }
        Ok(Page { total, offset: paging.offset, items })
    }

    /// How many contacts of each kind and status begin on each day; `filter` chooses them.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn spread(&self, filter: &Filter) -> Result<Vec<Spread>, StoreError> {
        let conditions = Conditions::of(Item::Contact, filter);
        let sql = format!(
            "SELECT kind, status, dated, CASE WHEN dated = 0 THEN first END AS day, count(*)
             FROM contacts {} GROUP BY kind, status, dated, day ORDER BY dated, day, kind, status",
            conditions.clause()
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let found = statement.query_map(params_from_iter(&conditions.values), |row| {
            let first: Option<i64> = row.get(3)?;
            Ok(Spread {
                kind: row.get(0)?,
                status: row.get(1)?,
                dated: row.get::<_, i64>(2)? < 2,
                first: first.map(|day| depeche_record::Day::of_number(day).to_string()),
                contacts: row.get(4)?,
            })
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Sides as the dossier writes them, whatever capitals they are asked with: `ru` is `RU`, `somaliland` is
    /// `Somaliland`. A side that no contact has is taken for a code.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn sides_named(&self, asked: &[String]) -> Result<Vec<String>, StoreError> {
        let mut there = self.connection.prepare_cached(
            "SELECT side FROM contact_sides WHERE side = ? COLLATE NOCASE ORDER BY side LIMIT 1",
        )?;
        let named = |side: &String| -> Result<String, StoreError> {
            let found: Option<String> = there.query_row([side], |row| row.get(0)).optional()?;
            Ok(found.unwrap_or_else(|| side.to_uppercase()))
        };
        asked.iter().map(named).collect()
    }

    /// How many items of each sort there are.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn counts(&self) -> Result<Counts, StoreError> {
        let count = |sql: &str| -> Result<usize, StoreError> {
            Ok(self.connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
        };
        let groups = |sql: &str| -> Result<Vec<(String, usize)>, StoreError> {
            let mut statement = self.connection.prepare_cached(sql)?;
            let groups = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(groups.collect::<Result<_, _>>()?)
        };
        let published = |which: &str| -> Result<Option<String>, StoreError> {
            let sql = format!("SELECT {which}(published) FROM entries");
            let day: Option<i64> = self.connection.prepare_cached(&sql)?.query_row([], |row| row.get(0))?;
            Ok(day.map(|day| depeche_record::Day::of_number(day).to_string()))
        };
        self.at_one_moment(|_| {
            // Every list has them, and they change with the file alone.
            let state = self.state()?;
            if let Some((of, counts)) = self.counted.borrow().as_ref()
                && *of == state
            {
                return Ok(counts.clone());
            }
            let counts = Counts {
                reports: count("SELECT count(*) FROM entries")?,
                lineages: count("SELECT count(DISTINCT lineage) FROM entries")?,
                contacts: count("SELECT count(*) FROM contacts")?,
                statuses: groups("SELECT status, count(*) FROM contacts GROUP BY status ORDER BY status")?,
                kinds: groups("SELECT kind, count(*) FROM contacts GROUP BY kind ORDER BY kind")?,
                statements: count("SELECT count(*) FROM statements")?,
                actors: count("SELECT count(*) FROM actors")?,
                sides: groups(
                    "SELECT side, count(*) FROM contact_sides GROUP BY side ORDER BY count(*) DESC, side",
                )?,
                contradictions: count("SELECT count(*) FROM contradictions")?,
                gaps: count("SELECT count(*) FROM gaps")?,
                judgements: count("SELECT count(*) FROM judgements")?,
                first: published("min")?,
                last: published("max")?,
            };
            self.counted.replace(Some((state, counts.clone())));
            Ok(counts)
        })
    }

    fn page<T: DeserializeOwned>(
        &self,
        item: Item,
        order: &str,
        filter: &Filter,
        paging: Paging,
    ) -> Result<Page<T>, StoreError> {
        let conditions = Conditions::of(item, filter);
        self.chosen(item, order, &conditions, paging)
    }

    /// The page of the rows that fulfil conditions.
    pub(crate) fn chosen<T: DeserializeOwned>(
        &self,
        item: Item,
        order: &str,
        conditions: &Conditions,
        paging: Paging,
    ) -> Result<Page<T>, StoreError> {
        let (table, key) = item.table();
        let clause = conditions.clause();
        let total: usize = self
            .connection
            .prepare_cached(&format!("SELECT count(*) FROM {table} {clause}"))?
            .query_row(params_from_iter(&conditions.values), |row| row.get(0))?;
        let clause = if total > MANY { conditions.clause_for_many() } else { clause };
        // What belongs to contacts stands in their order: they are gone through, and few of their items at a time sorted.
        let sql = match order {
            OF_CONTACTS => {
                // The sign keeps SQLite from going through what is wanted instead.
                let wanted = match clause.is_empty() {
                    true => String::new(),
                    false => format!("WHERE +own.{key} IN (SELECT {key} FROM {table} {clause})"),
                };
                format!(
                    "SELECT own.{key} FROM contacts c CROSS JOIN {table} own ON own.contact = c.id {wanted}
                     ORDER BY {order} {}",
                    limit(paging)
                )
            }
            _ => format!("SELECT {key} FROM {table} {clause} ORDER BY {order} {}", limit(paging)),
        };
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(&conditions.values), |row| row.get::<_, i64>(0))?;
        let rows = rows.collect::<Result<Vec<_>, _>>()?;
        let sql = format!(
            "SELECT id, sum, record FROM {table} JOIN bodies ON body = {} WHERE {key} = ?",
            item.body_of(key)
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut items = Vec::with_capacity(rows.len());
        for row in rows {
            items.push(statement.query_row([row], |row| Ok(record(row, item)))??);
        }
        Ok(Page { total, offset: paging.offset, items })
    }

    fn one<T: DeserializeOwned>(&self, item: Item, id: &str) -> Result<Option<T>, StoreError> {
        let (table, key) = item.table();
        let sql = format!(
            "SELECT id, sum, record FROM {table} JOIN bodies ON body = {} WHERE id = ?",
            item.body_of(key)
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let found = statement.query_row([id], |row| Ok(record(row, item))).optional()?;
        found.transpose()
    }

    pub(crate) fn several<T: DeserializeOwned>(
        &self,
        item: Item,
        ids: &[String],
    ) -> Result<Vec<T>, StoreError> {
        ids.iter().filter_map(|id| self.one(item, id).transpose()).collect()
    }
}

/// Rows from which a page of them is found sooner by looking at one row after the other than by listing all of them.
const MANY: usize = 2_000;

/// The order of what belongs to contacts.
const OF_CONTACTS: &str = "c.dated, c.first, c.last, c.id, own.id";

/// The record of a row whose first columns are `id`, `sum` and `record`.
fn record<T: DeserializeOwned>(row: &Row<'_>, item: Item) -> Result<T, StoreError> {
    let id: String = row.get(0)?;
    let bytes = row.get_ref(2)?;
    let bytes = bytes.as_blob().map_err(|_| StoreError::damaged(format!("{} {id}", item.label())))?;
    pack::record(bytes, row.get(1)?, &format!("{} {id}", item.label()))
}

pub(crate) fn limit(paging: Paging) -> String {
    match paging.limit {
        Some(limit) => format!("LIMIT {limit} OFFSET {}", paging.offset),
        None => format!("LIMIT -1 OFFSET {}", paging.offset),
    }
}

/// The conditions of a filter, for a table.
#[derive(Default)]
pub(crate) struct Conditions {
    all: Vec<Condition>,
    pub(crate) values: Vec<Value>,
}

/// A condition, which may be written in another way for rows that are gone through in order until a page is full.
struct Condition {
    plain: String,
    for_many: Option<String>,
}

impl Condition {
    fn of(plain: impl Into<String>) -> Condition {
        Condition { plain: plain.into(), for_many: None }
    }
}

impl Conditions {
    pub(crate) fn of(item: Item, filter: &Filter) -> Conditions {
        let mut own = Conditions::default();
        own.one_of(if item == Item::Report { "entries.id" } else { "id" }, &filter.ids);
        match item {
            Item::Contact => own.contact(filter),
            Item::Statement => own.statement(filter),
            Item::Actor => own.actor(filter),
            Item::Report => own.report(filter),
            Item::Contradiction | Item::Gap => own.of_contact(filter),
            Item::Judgement => {}
        }
        own
    }

    /// Whether everything fulfils them.
    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    pub(crate) fn clause(&self) -> String {
        self.written(|condition| &condition.plain)
    }

    fn clause_for_many(&self) -> String {
        self.written(|condition| condition.for_many.as_ref().unwrap_or(&condition.plain))
    }

    fn written(&self, how: impl Fn(&Condition) -> &String) -> String {
        let all: Vec<&str> = self.all.iter().map(|condition| how(condition).as_str()).collect();
        if all.is_empty() { String::new() } else { format!("WHERE {}", all.join(" AND ")) }
    }

    /// The clause with one more condition, which asks for no value.
    pub(crate) fn and(&self, condition: &str) -> String {
        match self.clause() {
            clause if clause.is_empty() => format!("WHERE {condition}"),
            clause => format!("{clause} AND {condition}"),
        }
    }

    fn add(&mut self, condition: impl Into<String>, values: impl IntoIterator<Item = Value>) {
        self.all.push(Condition::of(condition));
        self.values.extend(values);
    }

    pub(crate) fn after(&mut self, column: &str, number: i64) {
        self.add(format!("{column} > ?"), [Value::Integer(number)]);
    }

    pub(crate) fn one_of(&mut self, column: &str, values: &[String]) {
        if !values.is_empty() {
            self.add(format!("{column} IN ({})", holes(values.len())), texts(values));
        }
    }

    /// Rows whose key is in another table under one of the values.
    pub(crate) fn linked(&mut self, key: &str, table: &str, column: &str, values: &[String]) {
        if !values.is_empty() {
            let condition =
                format!("{key} IN (SELECT {key} FROM {table} WHERE {column} IN ({}))", holes(values.len()));
            self.add(condition, texts(values));
        }
    }

    fn words(&mut self, key: &str, table: &str, words: Option<&Wanted>) {
        if let Some(words) = words {
            match words.expression() {
                Some(expression) => self.add(
                    format!("{key} IN (SELECT rowid FROM {table} WHERE {table} MATCH ?)"),
                    [Value::Text(expression)],
                ),
                // Words without a letter are nowhere.
                None => self.add("0", []),
            }
        }
    }

    fn period(&mut self, first: &str, last: &str, filter: &Filter) {
        if let Some(since) = filter.since {
            self.add(format!("{last} >= ?"), [Value::Integer(since.number())]);
        }
        if let Some(until) = filter.until {
            self.add(format!("{first} <= ?"), [Value::Integer(until.number())]);
        }
    }

    fn contact(&mut self, filter: &Filter) {
        for side in &filter.sides {
            self.linked("contact", "contact_sides", "side", std::slice::from_ref(side));
        }
        self.linked("contact", "contact_actors", "actor", &filter.actors);
        for actor in &filter.company {
            self.linked("contact", "contact_actors", "actor", std::slice::from_ref(actor));
        }
        self.one_of("status", &filter.statuses);
        self.one_of("kind", &filter.kinds);
        self.one_of("place", &filter.places);
        self.about_contact(filter);
        self.one_of("id", &filter.contacts);
        if filter.since.is_some() || filter.until.is_some() {
            self.add("dated = 0", []);
        }
        self.period("first", "last", filter);
        self.words("contact", "contact_terms", filter.words.as_ref());
    }

    /// What no other item has of its own.
    fn about_contact(&mut self, filter: &Filter) {
        self.linked("contact", "contact_reports", "report", &filter.reports);
        self.reports_of("contact", "contact_reports", filter);
        if let Some(least) = filter.least_origins {
            self.add("most >= ?", [Value::Integer(least as i64)]);
        }
        if let Some(most) = filter.most_origins {
            self.add("most <= ?", [Value::Integer(most as i64)]);
        }
    }

    /// Through the reports of an outlet or lineage.
    fn reports_of(&mut self, key: &str, table: &str, filter: &Filter) {
        for (column, values) in [("outlet", &filter.outlets), ("lineage", &filter.lineages)] {
            if !values.is_empty() {
                let condition = format!(
                    "{key} IN (SELECT {key} FROM {table} JOIN entries ON entries.id = report
                               WHERE entries.{column} IN ({}))",
                    holes(values.len())
                );
                self.add(condition, texts(values));
            }
        }
    }

    /// Through contacts: what of the filter speaks of contacts and of nothing that the item has itself.
    /// `condition` has `{}` where the contacts stand.
    fn through_contacts(&mut self, condition: &str, wanted: &Filter) {
        if *wanted != Filter::default() {
            let contacts = Conditions::of(Item::Contact, wanted);
            self.add(
                condition.replace("{}", &format!("FROM contacts {}", contacts.clause())),
                contacts.values,
            );
        }
    }

    fn statement(&mut self, filter: &Filter) {
        self.one_of("side", &filter.sides);
        self.one_of("actor", &filter.actors);
        self.one_of("act", &filter.acts);
        self.one_of("report", &filter.reports);
        self.linked("statement", "statement_contacts", "contact", &filter.contacts);
        self.published("report", filter);
        self.period("published", "published", filter);
        self.words("statement", "statement_terms", filter.words.as_ref());
        let contacts = Filter {
            statuses: filter.statuses.clone(),
            kinds: filter.kinds.clone(),
            places: filter.places.clone(),
            company: filter.company.clone(),
            least_origins: filter.least_origins,
            most_origins: filter.most_origins,
            ..Filter::default()
        };
        self.through_contacts(
            "statement IN (SELECT statement FROM statement_contacts WHERE contact IN (SELECT id {}))",
            &contacts,
        );
        if let Some(condition) = self.all.last_mut().filter(|_| contacts != Filter::default()) {
            let of_contacts = Conditions::of(Item::Contact, &contacts).clause();
            condition.for_many = Some(format!(
                "EXISTS (SELECT 1 FROM statement_contacts s CROSS JOIN contacts ON contacts.id = s.contact
                         {of_contacts} AND s.statement = statements.statement)"
            ));
        }
    }

    fn actor(&mut self, filter: &Filter) {
        self.linked("actor", "actor_sides", "side", &filter.sides);
        self.one_of("id", &filter.actors);
        self.linked("actor", "actor_reports", "report", &filter.reports);
        self.reports_of("actor", "actor_reports", filter);
        self.words("actor", "actor_terms", filter.words.as_ref());
        let contacts = Filter {
            statuses: filter.statuses.clone(),
            kinds: filter.kinds.clone(),
            places: filter.places.clone(),
            company: filter.company.clone(),
            contacts: filter.contacts.clone(),
            since: filter.since,
            until: filter.until,
            least_origins: filter.least_origins,
            most_origins: filter.most_origins,
            ..Filter::default()
        };
        self.through_contacts(
            "id IN (SELECT contact_actors.actor FROM contact_actors WHERE contact IN (SELECT contact {}))",
            &contacts,
        );
    }

    fn report(&mut self, filter: &Filter) {
        self.one_of("entries.id", &filter.reports);
        self.one_of("outlet", &filter.outlets);
        self.one_of("lineage", &filter.lineages);
        self.period("published", "published", filter);
        if let Some(words) = &filter.words {
            match words.expression() {
                Some(expression) => self.add(
                    "entries.id IN (SELECT r.id FROM report_terms t JOIN reports r ON r.report = t.rowid
                                    WHERE report_terms MATCH ?)",
                    [Value::Text(expression)],
                ),
                None => self.add("0", []),
            }
        }
        let contacts = Filter {
            sides: filter.sides.clone(),
            actors: filter.actors.clone(),
            statuses: filter.statuses.clone(),
            kinds: filter.kinds.clone(),
            places: filter.places.clone(),
            company: filter.company.clone(),
            contacts: filter.contacts.clone(),
            least_origins: filter.least_origins,
            most_origins: filter.most_origins,
            ..Filter::default()
        };
        self.through_contacts(
            "entries.id IN (SELECT report FROM contact_reports WHERE contact IN (SELECT contact {}))",
            &contacts,
        );
    }

    /// Contradictions and gaps.
    fn of_contact(&mut self, filter: &Filter) {
        self.one_of("kind", &filter.kinds);
        self.one_of("contact", &filter.contacts);
        let contacts = Filter {
            kinds: Vec::new(),
            acts: Vec::new(),
            contacts: Vec::new(),
            ids: Vec::new(),
            ..filter.clone()
        };
        self.through_contacts("contact IN (SELECT id {})", &contacts);
    }

    /// Of an outlet or a lineage, by the column that names the report.
    fn published(&mut self, column: &str, filter: &Filter) {
        for (named, values) in [("outlet", &filter.outlets), ("lineage", &filter.lineages)] {
            if !values.is_empty() {
                let condition = format!(
                    "{column} IN (SELECT id FROM entries WHERE {named} IN ({}))",
                    holes(values.len())
                );
                self.add(condition, texts(values));
            }
        }
    }
}

fn holes(n: usize) -> String {
    vec!["?"; n].join(", ")
}

fn texts(values: &[String]) -> impl Iterator<Item = Value> {
    values.iter().map(|value| Value::Text(value.clone()))
}

/// The days of a period written as EDTF: `2025`, `2025-08`, `2025-08-01/2025-08-15`, `2025-08-01/..`.
pub fn days_of(period: &Edtf) -> (Option<depeche_record::Day>, Option<depeche_record::Day>) {
    match period.rank() {
        (0, first, last) => {
            const FAR: i64 = 1 << 39;
            let day = |number: i64| (number < FAR).then(|| depeche_record::Day::of_number(number));
            let open = period.as_str().starts_with("../");
            (day(first).filter(|_| !open), day(last))
        }
        _ => (None, None),
    }
}
