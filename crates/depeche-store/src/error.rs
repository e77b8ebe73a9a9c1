//! What can go wrong with a dossier.

use rusqlite::ErrorCode;

/// Why a dossier could not be opened, read or written. The dossier is as it was before: a change is made whole or not
/// at all.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such file.
    #[error("there is no such dossier; ‘depeche add’ makes one")]
    Missing,
    /// A file, but not a dossier.
    #[error("this file is no dossier of Dépêche; name another with --dossier")]
    NotADossier,
    /// Made by a newer version of the program.
    #[error(
        "this dossier has format {found}, and this version of Dépêche reads up to {known}; use a newer version"
    )]
    Newer {
        /// Format of the file.
        found: i64,
        /// Newest format that is read.
        known: i64,
    },
    /// Bytes that are not as they were written.
    #[error("the dossier is damaged: {what}; ‘depeche check’ tells what is whole")]
    Damaged {
        /// Where it shows.
        what: String,
    },
    /// No room is left where the dossier lies.
    #[error(
        "no room is left where the dossier lies; nothing was changed; make room and run the command again"
    )]
    Full,
    /// The file or its folder may not be written to.
    #[error("the dossier or its folder may not be written to; change its permissions, or copy it elsewhere")]
    ReadOnly,
    /// Another process has been writing for longer than was waited.
    #[error("another process is writing to the dossier; try again when it is done")]
    Busy,
    /// Nothing goes by this identifier.
    #[error("{id}: there is no such item in this dossier")]
    Unknown {
        /// What was asked for.
        id: String,
    },
    /// Anything else that the system refuses.
    #[error("the dossier cannot be used: {0}")]
    Refused(String),
}

impl StoreError {
    /// Damage that shows in `what`.
    pub(crate) fn damaged(what: impl Into<String>) -> StoreError {
        StoreError::Damaged { what: what.into() }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => StoreError::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
                StoreError::ReadOnly
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy,
            Some(ErrorCode::NotADatabase) => StoreError::NotADossier,
            Some(ErrorCode::DatabaseCorrupt) => StoreError::damaged(error.to_string()),
            _ => match error {
                rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::InvalidColumnType(..)
                | rusqlite::Error::Utf8Error(..) => StoreError::damaged(error.to_string()),
                _ => StoreError::Refused(error.to_string()),
            },
        }
    }
}
