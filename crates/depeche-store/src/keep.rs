//! Captures, the versions of reports, and readings.

use depeche_record::{Capture, Digest, Edtf, Fetched, Given, Language, Media, Reading, Report};
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::dossier::{Dossier, revise, touch};
use crate::pack::{deflate, inflate, pack, seal, unpack};
use crate::{StoreError, search};

/// What was known beside the bytes when they were read; what a reading anew needs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Circumstances {
    /// What was said about the report beside the bytes.
    pub given: Given,
    /// The language that the run was told.
    pub language: Option<Language>,
    /// The day of publication that the run was told for reports without one.
    pub published: Option<Edtf>,
    /// The day of the run.
    pub today: Option<depeche_record::Day>,
    /// How the bytes came over the network.
    pub fetched: Option<Fetched>,
}

impl Circumstances {
    /// Whether a reading under the others would be the same; the day of a run and the exchange do not count, or each would
    /// differ.
    pub fn agrees(&self, others: &Circumstances) -> bool {
        let told = |c: &Circumstances| (c.given.clone(), c.language, c.published.clone());
        told(self) == told(others)
    }
}

/// A report as it arrives, read.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// What makes two captures versions of one report: an identifier or address of its own. See the decision on the store.
    pub place: String,
    /// The bytes as they came.
    pub capture: Capture,
    /// When they came, RFC 3339 in UTC.
    pub taken: String,
    /// What was known beside the bytes.
    pub circumstances: Circumstances,
    /// The report.
    pub report: Report,
    /// What it says.
    pub reading: Reading,
    /// The terms that it is found by, set apart by spaces.
    pub terms: String,
}

/// What became of an arrival.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Admission {
    /// A report that was not there.
    New {
        /// Identifier in the dossier.
        id: String,
    },
    /// Another version of a report that was there.
    Version {
        /// Identifier in the dossier.
        id: String,
        /// Number of the version, from 1.
        number: usize,
    },
    /// The same bytes under other circumstances: read anew.
    Reread {
        /// Identifier in the dossier.
        id: String,
    },
    /// It was there.
    Known {
        /// Identifier in the dossier.
        id: String,
    },
}

impl Admission {
    /// Identifier in the dossier.
    pub fn id(&self) -> &str {
        match self {
            Admission::New { id }
            | Admission::Version { id, .. }
            | Admission::Reread { id }
            | Admission::Known { id } => id,
        }
    }
}

/// A report and its reading as they are kept, to be unpacked by whoever has the time.
#[derive(Debug, Clone)]
pub struct Kept {
    id: String,
    report: (Vec<u8>, i64),
    reading: (Vec<u8>, i64),
}

impl Kept {
    /// Identifier of the report.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The report and its reading.
    ///
    /// # Errors
    ///
    /// Damage.
    pub fn unpack(&self) -> Result<(Report, Reading), StoreError> {
        let mut report: Report =
            unpack(&self.report.0, self.report.1, &format!("the text of report {}", self.id))?;
        let mut reading: Reading =
            unpack(&self.reading.0, self.reading.1, &format!("the reading of report {}", self.id))?;
        report.id.clone_from(&self.id);
        reading.report.clone_from(&self.id);
        Ok((report, reading))
    }
}

/// A version of a report, without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Identifier of the report.
    pub report: String,
    /// Its number, from 1, in the order of capture.
    pub number: usize,
    /// When it was captured, RFC 3339 in UTC.
    pub taken: String,
    /// Where the bytes came from.
    pub address: String,
    /// SHA-256 of the bytes.
    pub digest: Digest,
    /// Their number.
    pub size: usize,
    /// Version of the stages that read it.
    pub reader: String,
    /// Whether the dossier rests on it.
    pub is_current: bool,
    row: i64,
}

impl Dossier {
    /// The identifier of the report that these bytes are known as, if they are, and if nothing else is known beside them.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn knows(
        &self,
        place: &str,
        capture: &Capture,
        circumstances: &Circumstances,
    ) -> Result<Option<String>, StoreError> {
        let Some(known) = find(&self.connection, place, capture)? else { return Ok(None) };
        let there = known.version.map(|version| circumstances_of(&self.connection, version)).transpose()?;
        Ok(there.filter(|there| there.agrees(circumstances)).map(|_| known.id))
    }

    /// Takes in a batch, whole or not at all; when this returns, it is on disk. The view is left as it was.
    ///
    /// # Errors
    ///
    /// A full disk, a file that may not be written to or is damaged, another process that writes for too long.
    pub fn admit(
        &mut self,
        arrivals: &[Arrival],
        reader: &str,
        time: &str,
    ) -> Result<Vec<Admission>, StoreError> {
        let transaction = self.begin()?;
        let mut admissions = Vec::with_capacity(arrivals.len());
        for arrival in arrivals {
            admissions.push(admit(&transaction, arrival, reader)?);
        }
        if admissions.iter().any(|admission| !matches!(admission, Admission::Known { .. })) {
            touch(&transaction, 1)?;
            revise(&transaction, time, "add")?;
        }
        transaction.commit()?;
        Ok(admissions)
    }

    /// Number of reports.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn report_count(&self) -> Result<usize, StoreError> {
        Ok(self.connection.query_row("SELECT count(*) FROM reports", [], |row| row.get(0))?)
    }

    /// Hands on every report with its reading, in the order of identifiers, until `take` fails.
    ///
    /// # Errors
    ///
    /// Damage, and those of `take`.
    pub fn each_kept<E: From<StoreError>>(
        &self,
        mut take: impl FnMut(Kept) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut statement = self.connection.prepare_cached(KEPT_IN_ORDER).map_err(StoreError::from)?;
        let mut rows = statement.query([]).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            take(kept(row).map_err(StoreError::from)?)?;
        }
        Ok(())
    }

    /// A report with its reading.
    ///
    /// # Errors
    ///
    /// No such report, damage.
    pub fn report(&self, id: &str) -> Result<(Report, Reading), StoreError> {
        let found = self.connection.prepare_cached(KEPT_BY_ID)?.query_row([id], kept).optional()?;
        found.ok_or_else(|| StoreError::Unknown { id: id.to_owned() })?.unpack()
    }

    /// The versions of a report, in the order of capture.
    ///
    /// # Errors
    ///
    /// No such report, damage.
    pub fn versions(&self, id: &str) -> Result<Vec<Version>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT v.taken, v.address, c.digest, c.size, g.reader, v.version = r.current, v.version
             FROM reports r JOIN versions v USING (report) JOIN captures c USING (capture)
             JOIN readings g USING (version)
             WHERE r.id = ? ORDER BY v.taken, c.digest",
        )?;
        let mut number = 0;
        let versions = statement.query_map([id], |row| {
            number += 1;
            Ok(Version {
                report: id.to_owned(),
                number,
                taken: row.get(0)?,
                address: row.get(1)?,
                digest: Digest(row.get(2)?),
                size: row.get(3)?,
                reader: row.get(4)?,
                is_current: row.get(5)?,
                row: row.get(6)?,
            })
        })?;
        let versions = versions.collect::<Result<Vec<_>, _>>()?;
        if versions.is_empty() { Err(StoreError::Unknown { id: id.to_owned() }) } else { Ok(versions) }
    }

    /// The report and reading of a version.
    ///
    /// # Errors
    ///
    /// Damage.
    pub fn version(&self, version: &Version) -> Result<(Report, Reading), StoreError> {
        let found = self
            .connection
            .prepare_cached(
                "SELECT ?2, report, report_sum, reading, reading_sum FROM readings WHERE version = ?1",
            )?
            .query_row((version.row, &version.report), kept)?;
        found.unpack()
    }

    /// The bytes of a version as they came, with all that is needed to read them anew.
    ///
    /// # Errors
    ///
    /// Damage.
    pub fn capture(&self, version: &Version) -> Result<(Capture, Circumstances), StoreError> {
        let (packed, media): (Vec<u8>, String) = self
            .connection
            .prepare_cached(
                "SELECT c.bytes, v.media FROM versions v JOIN captures c USING (capture) WHERE v.version = ?",
            )?
            .query_row([version.row], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let what = || format!("the capture of report {}", version.report);
        let bytes = inflate(&packed, &what())?;
        if digest_of(&bytes) != version.digest {
            return Err(StoreError::damaged(what()));
        }
        let circumstances = circumstances_of(&self.connection, version.row)?;
        let media = media_of(&media).ok_or_else(|| StoreError::damaged(what()))?;
        let capture = Capture {
            id: version.report.clone(),
            address: version.address.clone(),
            media,
            bytes,
            digest: version.digest,
            given: circumstances.given.clone(),
            fetched: None,
        };
        Ok((capture, circumstances))
    }

    /// Hands on the bytes of every version of every report, in the order of identifiers and of capture, until `take` fails.
    ///
    /// # Errors
    ///
    /// Damage, and those of `take`.
    pub fn each_capture<E: From<StoreError>>(
        &self,
        mut take: impl FnMut(&Version, Capture) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut statement =
            self.connection.prepare_cached("SELECT id FROM reports ORDER BY id").map_err(StoreError::from)?;
        let mut rows = statement.query([]).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            let id: String = row.get(0).map_err(StoreError::from)?;
            for version in self.versions(&id)? {
                let (capture, circumstances) = self.capture(&version)?;
                take(&version, Capture { fetched: circumstances.fetched, ..capture })?;
            }
        }
        Ok(())
    }

    /// Identifiers of the reports of which a version was read by other stages than `reader`.
    ///
    /// # Errors
    ///
    /// Damage.
    pub fn read_otherwise(&self, reader: &str) -> Result<Vec<String>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT r.id FROM readings g JOIN versions v USING (version) JOIN reports r USING (report)
             WHERE g.reader <> ? ORDER BY r.id",
        )?;
        let ids = statement.query_map([reader], |row| row.get(0))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// Replaces the readings of versions, whole or not at all: version, report, reading, terms.
    ///
    /// # Errors
    ///
    /// As [`Dossier::admit`].
    pub fn reread(
        &mut self,
        anew: &[(Version, Report, Reading, String)],
        reader: &str,
        time: &str,
    ) -> Result<(), StoreError> {
        let transaction = self.begin()?;
        for (version, report, reading, terms) in anew {
            put_reading(&transaction, version.row, report, reading, reader)?;
            let report: i64 = transaction.query_row(
                "SELECT report FROM versions WHERE version = ?",
                [version.row],
                |row| row.get(0),
            )?;
            if version.is_current {
                search::put(&transaction, "report_terms", report, terms)?;
            }
        }
        if !anew.is_empty() {
            touch(&transaction, 1)?;
            revise(&transaction, time, "reread")?;
        }
        Ok(transaction.commit()?)
    }
}

const KEPT_IN_ORDER: &str = "SELECT r.id, g.report, g.report_sum, g.reading, g.reading_sum
     FROM reports r JOIN readings g ON g.version = r.current ORDER BY r.id";
const KEPT_BY_ID: &str = "SELECT r.id, g.report, g.report_sum, g.reading, g.reading_sum
     FROM reports r JOIN readings g ON g.version = r.current WHERE r.id = ?";

fn kept(row: &rusqlite::Row<'_>) -> rusqlite::Result<Kept> {
    Ok(Kept { id: row.get(0)?, report: (row.get(1)?, row.get(2)?), reading: (row.get(3)?, row.get(4)?) })
}

/// SHA-256 of bytes.
pub(crate) fn digest_of(bytes: &[u8]) -> Digest {
    Digest(Sha256::digest(bytes).into())
}

fn media_name(media: Media) -> &'static str {
    match media {
        Media::Plain => "plain",
        Media::Markdown => "markdown",
        Media::Html => "html",
        Media::Pdf => "pdf",
    }
}

fn media_of(name: &str) -> Option<Media> {
    [Media::Plain, Media::Markdown, Media::Html, Media::Pdf]
        .into_iter()
        .find(|media| media_name(*media) == name)
}

pub(crate) fn circumstances_of(connection: &Connection, version: i64) -> Result<Circumstances, StoreError> {
    let (bytes, sum): (Vec<u8>, i64) = connection
        .prepare_cached("SELECT circumstances, sum FROM versions WHERE version = ?")?
        .query_row([version], |row| Ok((row.get(0)?, row.get(1)?)))?;
    unpack(&bytes, sum, "what was known beside a report")
}

/// A report that a capture belongs to, and the version that has its bytes.
struct Found {
    report: i64,
    id: String,
    version: Option<i64>,
}

/// The report of a place; else the one of the same identifier and the same bytes, which lay elsewhere before.
fn find(connection: &Connection, place: &str, capture: &Capture) -> Result<Option<Found>, StoreError> {
    let found = connection
        .prepare_cached(
            "SELECT r.report, r.id, (SELECT v.version FROM versions v JOIN captures c USING (capture)
                                     WHERE v.report = r.report AND c.digest = ?2)
             FROM reports r WHERE r.place = ?1",
        )?
        .query_row((place, capture.digest.0), |row| {
            Ok(Found { report: row.get(0)?, id: row.get(1)?, version: row.get(2)? })
        })
        .optional()?;
    if found.is_some() {
        return Ok(found);
    }
    let moved = connection
        .prepare_cached(
            "SELECT r.report, r.id, v.version FROM captures c JOIN versions v USING (capture)
             JOIN reports r USING (report) WHERE c.digest = ?1 AND (r.id = ?2 OR substr(r.id, 1, length(?2) + 1) = ?2 || '~')",
        )?
        .query_row((capture.digest.0, &capture.id), |row| {
            Ok(Found { report: row.get(0)?, id: row.get(1)?, version: row.get(2)? })
        })
        .optional()?;
    Ok(moved)
}

fn admit(connection: &Connection, arrival: &Arrival, reader: &str) -> Result<Admission, StoreError> {
    let capture = &arrival.capture;
    let found = find(connection, &arrival.place, capture)?;
    if let Some(Found { report, id, version: Some(version) }) = found {
        if circumstances_of(connection, version)?.agrees(&arrival.circumstances) {
            return Ok(Admission::Known { id });
        }
        let packed = pack(&arrival.circumstances)?;
        connection
            .prepare_cached("UPDATE versions SET circumstances = ?, sum = ? WHERE version = ?")?
            .execute((packed.bytes, packed.sum, version))?;
        put_reading(connection, version, &arrival.report, &arrival.reading, reader)?;
        settle_current(connection, report, Some((version, &arrival.terms)))?;
        return Ok(Admission::Reread { id });
    }
    let (report, id, is_new) = match found {
        Some(Found { report, id, .. }) => (report, id, false),
        None => {
            let id = free_identifier(connection, &capture.id)?;
            connection
                .prepare_cached("INSERT INTO reports (id, place, seal) VALUES (?, ?, ?)")?
                .execute((&id, &arrival.place, seal(&[&id, &arrival.place])))?;
            (connection.last_insert_rowid(), id, true)
        }
    };
    let version = put_version(connection, report, arrival)?;
    put_reading(connection, version, &arrival.report, &arrival.reading, reader)?;
    settle_current(connection, report, Some((version, &arrival.terms)))?;
    if is_new {
        return Ok(Admission::New { id });
    }
    let number = connection
        .prepare_cached("SELECT count(*) FROM versions WHERE report = ?")?
        .query_row([report], |row| row.get(0))?;
    Ok(Admission::Version { id, number })
}

/// The identifier itself, else the first of `id~2`, `id~3` … that is free.
fn free_identifier(connection: &Connection, wanted: &str) -> Result<String, StoreError> {
    let mut taken = connection.prepare_cached("SELECT 1 FROM reports WHERE id = ?")?;
    let mut id = wanted.to_owned();
    let mut number = 1;
    while taken.exists([&id])? {
        number += 1;
        id = format!("{wanted}~{number}");
    }
    Ok(id)
}

fn put_version(connection: &Connection, report: i64, arrival: &Arrival) -> Result<i64, StoreError> {
    let capture = &arrival.capture;
    let known: Option<i64> = connection
        .prepare_cached("SELECT capture FROM captures WHERE digest = ?")?
        .query_row([capture.digest.0], |row| row.get(0))
        .optional()?;
    let row = match known {
        Some(row) => row,
        None => {
            connection
                .prepare_cached("INSERT INTO captures (digest, size, bytes) VALUES (?, ?, ?)")?
                .execute((capture.digest.0, capture.bytes.len(), deflate(&capture.bytes)))?;
            connection.last_insert_rowid()
        }
    };
    let packed = pack(&arrival.circumstances)?;
    connection
        .prepare_cached(
            "INSERT INTO versions (report, capture, media, address, taken, circumstances, sum, seal)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute((
            report,
            row,
            media_name(capture.media),
            &capture.address,
            &arrival.taken,
            packed.bytes,
            packed.sum,
            seal(&[media_name(capture.media), &capture.address, &arrival.taken]),
        ))?;
    Ok(connection.last_insert_rowid())
}

fn put_reading(
    connection: &Connection,
    version: i64,
    report: &Report,
    reading: &Reading,
    reader: &str,
) -> Result<(), StoreError> {
    let (report, reading) = (pack(report)?, pack(reading)?);
    connection.prepare_cached("INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?, ?, ?, ?)")?.execute((
        version,
        reader,
        seal(&[reader]),
        report.bytes,
        report.sum,
        reading.bytes,
        reading.sum,
    ))?;
    Ok(())
}

/// Makes the version captured last the current one. `changed` is a version whose reading is new, with its terms.
fn settle_current(
    connection: &Connection,
    report: i64,
    changed: Option<(i64, &str)>,
) -> Result<(), StoreError> {
    let current: i64 = connection
        .prepare_cached(
            "SELECT version FROM versions JOIN captures USING (capture) WHERE report = ?
             ORDER BY taken DESC, digest DESC LIMIT 1",
        )?
        .query_row([report], |row| row.get(0))?;
    connection
        .prepare_cached("UPDATE reports SET current = ? WHERE report = ?")?
        .execute((current, report))?;
    if let Some((_, terms)) = changed.filter(|(version, _)| *version == current) {
        search::put(connection, "report_terms", report, terms)?;
    }
    Ok(())
}
