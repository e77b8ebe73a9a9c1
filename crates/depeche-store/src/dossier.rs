//! A dossier's file: opened, made, migrated.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior};

use crate::StoreError;
use crate::query::Counts;
use crate::view::Item;

/// What the head of the file says it is: `DPCH`.
const APPLICATION: i64 = 0x4450_4348;
/// What is kept, one step a format; the number of the last is the format that is written.
const MIGRATIONS: &[&str] = &[
    include_str!("../schema/kept-1.sql"),
    include_str!("../schema/kept-2.sql"),
    include_str!("../schema/kept-3.sql"),
];
/// The view, dropped and made anew by this.
const VIEW: &str = include_str!("../schema/view.sql");
/// Format of the view: raised whenever `view.sql` or the records within change.
const VIEW_FORMAT: i64 = 3;
/// How long a writer waits for another, and a reader for the moment in which the file is set up.
const PATIENCE: Duration = Duration::from_secs(120);

/// A dossier on disk, by one connection. Any number of readers, each with a connection of its own, work while one
/// writes; they see the dossier as it was when their question began.
#[derive(Debug)]
pub struct Dossier {
    pub(crate) connection: Connection,
    path: PathBuf,
    /// What was counted last, and of which state of the file.
    pub(crate) counted: RefCell<Option<(State, Counts)>>,
}

/// What the counters of the file say: how often what is kept has changed, how much of that shows, and the last revision.
pub(crate) type State = (i64, i64, Option<i64>);

/// A moment in the life of what a dossier keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// How many times it has changed; each judgement is a change of its own.
    pub(crate) changes: i64,
    judgements: i64,
}

impl Moment {
    pub(crate) fn of(connection: &Connection) -> Result<Moment, StoreError> {
        let changes = state(connection, "kept")?;
        let count = "SELECT count(*) FROM judgements";
        let judgements = connection.prepare_cached(count)?.query_row([], |row| row.get(0))?;
        Ok(Moment { changes, judgements })
    }

    /// Whether nothing but judgements came between this moment and a later one.
    pub(crate) fn differs_by_judgements(self, later: Moment) -> bool {
        later.changes - self.changes == later.judgements - self.judgements
    }
}

impl Dossier {
    /// Opens a dossier to ask questions.
    ///
    /// # Errors
    ///
    /// No such file, no dossier, one of a newer version, a damaged one, or one that may not be read.
    pub fn open(path: &Path) -> Result<Dossier, StoreError> {
        if !path.try_exists().map_err(|error| StoreError::Refused(error.to_string()))? {
            return Err(StoreError::Missing);
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let opened = Connection::open_with_flags(path, flags)
            .map_err(StoreError::from)
            .and_then(|connection| Dossier::settle(connection, path));
        match opened {
            // Readers of a file that is written to share a file beside it; in a folder that may not be written to, it
            // cannot be made, and nobody writes.
            Err(StoreError::ReadOnly) if !beside(path, "-wal").exists() => {
                let flags = flags | OpenFlags::SQLITE_OPEN_URI;
                Dossier::settle(Connection::open_with_flags(immutable(path), flags)?, path)
            }
            other => other,
        }
    }

    /// Opens a dossier to change it.
    ///
    /// # Errors
    ///
    /// As [`Dossier::open`]; also a file or folder that may not be written to.
    pub fn open_to_write(path: &Path) -> Result<Dossier, StoreError> {
        if !path.try_exists().map_err(|error| StoreError::Refused(error.to_string()))? {
            return Err(StoreError::Missing);
        }
        Dossier::make(path)
    }

    /// Opens a dossier to change it; makes it where there is no such file.
    ///
    /// # Errors
    ///
    /// As [`Dossier::open_to_write`], but for a missing file.
    pub fn make(path: &Path) -> Result<Dossier, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(PATIENCE)?;
        if connection.is_readonly("main")? {
            return Err(StoreError::ReadOnly);
        }
        // An empty file is a dossier to be; what is no dossier is left alone.
        let is_new =
            connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))? == 0;
        if is_new {
            connection.pragma_update(None, "page_size", 8192)?;
        } else {
            format_of(&connection)?;
        }
        connection.pragma_update(None, "journal_mode", "wal")?;
        // What was told to be added is on disk by then.
        connection.pragma_update(None, "synchronous", "full")?;
        connection.pragma_update(None, "journal_size_limit", 64 << 20)?;
        connection.pragma_update(None, "wal_autocheckpoint", 4000)?;
        migrate(&mut connection)?;
        Dossier::settle(connection, path)
    }

    /// Checks that the file is a dossier of a format that is read, and sets the connection up.
    fn settle(connection: Connection, path: &Path) -> Result<Dossier, StoreError> {
        connection.busy_timeout(PATIENCE)?;
        format_of(&connection)?;
        // A file may come from anybody: what its schema says is not trusted.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
        connection.pragma_update(None, "cell_size_check", true)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "temp_store", "memory")?;
        connection.pragma_update(None, "cache_size", -32_768)?;
        connection.set_prepared_statement_cache_capacity(128);
        Ok(Dossier { connection, path: path.to_owned(), counted: RefCell::default() })
    }

    /// Where the dossier lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Another connection to the same file, for questions.
    ///
    /// # Errors
    ///
    /// As [`Dossier::open`].
    pub fn reader(&self) -> Result<Dossier, StoreError> {
        Dossier::open(&self.path)
    }

    /// Asks several questions of the dossier as it is at one moment, whatever is written meanwhile; within such questions,
    /// at the same moment.
    ///
    /// # Errors
    ///
    /// Those of the questions.
    pub fn at_one_moment<T, E: From<StoreError>>(
        &self,
        questions: impl FnOnce(&Dossier) -> Result<T, E>,
    ) -> Result<T, E> {
        if !self.connection.is_autocommit() {
            // The moment of the questions around these.
            return questions(self);
        }
        let moment = self.connection.unchecked_transaction().map_err(StoreError::from)?;
        let answers = questions(self);
        moment.finish().map_err(StoreError::from)?;
        answers
    }

    /// Begins to write; other writers wait.
    pub(crate) fn begin(&mut self) -> Result<Transaction<'_>, StoreError> {
        Ok(self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?)
    }

    /// What is kept now, for a view that is made of it.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn kept(&self) -> Result<Moment, StoreError> {
        Moment::of(&self.connection)
    }

    /// Whether the view shows all that is kept: not after an `add` that was stopped.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn is_current(&self) -> Result<bool, StoreError> {
        let view = state(&self.connection, "view")? == VIEW_FORMAT;
        Ok(view && state(&self.connection, "shown")? == state(&self.connection, "kept")?)
    }

    /// The state of the file, which differs whenever an answer may.
    pub(crate) fn state(&self) -> Result<State, StoreError> {
        let last = "SELECT max(revision) FROM revisions";
        let last = self.connection.prepare_cached(last)?.query_row([], |row| row.get(0))?;
        Ok((state(&self.connection, "kept")?, state(&self.connection, "shown")?, last))
    }

    /// Reports that are kept and that the view does not show yet.
    ///
    /// # Errors
    ///
    /// A damaged file.
    pub fn reports_not_shown(&self) -> Result<usize, StoreError> {
        let count = "SELECT count(*) FROM reports WHERE id NOT IN (SELECT id FROM entries)";
        Ok(self.connection.query_row(count, [], |row| row.get(0))?)
    }

    /// Limits the size of the file, in pages: for tests of a full disk.
    #[doc(hidden)]
    pub fn limit_pages(&self, pages: i64) -> Result<(), StoreError> {
        Ok(self.connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?)
    }

    /// Pages of the file: for tests of a full disk.
    #[doc(hidden)]
    pub fn pages(&self) -> Result<i64, StoreError> {
        Ok(self.connection.query_row("PRAGMA page_count", [], |row| row.get(0))?)
    }
}

/// A file that SQLite keeps beside the dossier.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// The address by which a file that nobody writes to is opened.
fn immutable(path: &Path) -> String {
    let absolute = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let mut address = String::from("file:");
    for byte in absolute.as_os_str().as_encoded_bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => {
                address.push(char::from(*byte))
            }
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address + "?immutable=1"
}

/// The format of the file.
fn format_of(connection: &Connection) -> Result<i64, StoreError> {
    let application: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if application != APPLICATION {
        return Err(StoreError::NotADossier);
    }
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let known = MIGRATIONS.len() as i64;
    if found > known { Err(StoreError::Newer { found, known }) } else { Ok(found) }
}

/// Brings the file to the newest format.
fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let there: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for (n, step) in MIGRATIONS.iter().enumerate().skip(usize::try_from(there).unwrap_or(0)) {
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "user_version", n as i64 + 1)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    if state(&transaction, "view")? != VIEW_FORMAT {
        for item in Item::ALL {
            let (table, _) = item.table();
            let there = "SELECT count(*) FROM pragma_table_info(?) WHERE name IN ('id', 'born')";
            if transaction.query_row(there, [table], |row| row.get::<_, i64>(0))? == 2 {
                let keep = format!("INSERT OR IGNORE INTO births SELECT ?, id, born FROM {table}");
                transaction.execute(&keep, [item.label()])?;
            }
        }
        transaction.execute_batch(VIEW)?;
        set_state(&transaction, "view", VIEW_FORMAT)?;
        set_state(&transaction, "shown", -1)?;
    }
    Ok(transaction.commit()?)
}

/// A counter of the dossier.
pub(crate) fn state(connection: &Connection, name: &str) -> Result<i64, StoreError> {
    let value = connection
        .prepare_cached("SELECT value FROM state WHERE name = ?")?
        .query_row([name], |row| row.get(0))
        .optional()?;
    value.ok_or_else(|| StoreError::damaged("state"))
}

/// Sets a counter of the dossier.
pub(crate) fn set_state(connection: &Connection, name: &str, value: i64) -> Result<(), StoreError> {
    connection.prepare_cached("UPDATE state SET value = ? WHERE name = ?")?.execute((value, name))?;
    Ok(())
}

/// Notes that what is kept has changed so many times.
pub(crate) fn touch(connection: &Connection, times: usize) -> Result<(), StoreError> {
    set_state(connection, "kept", state(connection, "kept")? + times as i64)
}

/// Notes that something is done to the dossier now; the number of the revision.
pub(crate) fn revise(connection: &Connection, time: &str, action: &str) -> Result<i64, StoreError> {
    connection
        .prepare_cached("INSERT INTO revisions (time, action) VALUES (?, ?)")?
        .execute((time, action))?;
    Ok(connection.last_insert_rowid())
}
