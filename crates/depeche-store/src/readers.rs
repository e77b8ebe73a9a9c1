//! Many readers of one dossier, such as the threads of a server.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::{Dossier, StoreError};

/// Connections for questions, opened as they are needed and used again; any number of threads may ask at once, also while
/// another process adds.
#[derive(Debug)]
pub struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Dossier>>,
}

/// Most connections that are kept open while nobody asks.
const IDLE: usize = 64;

impl Readers {
    /// Readers of the dossier at `path`; the first is opened at once.
    ///
    /// # Errors
    ///
    /// As [`Dossier::open`].
    pub fn open(path: &Path) -> Result<Readers, StoreError> {
        let first = Dossier::open(path)?;
        Ok(Readers { path: path.to_owned(), idle: Mutex::new(vec![first]) })
    }

    /// Asks several questions of the dossier as it is at one moment.
    ///
    /// # Errors
    ///
    /// As [`Dossier::open`], and those of the questions.
    pub fn ask<T, E: From<StoreError>>(
        &self,
        questions: impl FnOnce(&Dossier) -> Result<T, E>,
    ) -> Result<T, E> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let dossier = match idle {
            Some(dossier) => dossier,
            None => Dossier::open(&self.path)?,
        };
        let answers = dossier.at_one_moment(questions);
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        // After an error, the next question has a fresh connection.
        if answers.is_ok() && idle.len() < IDLE {
            idle.push(dossier);
        }
        answers
    }
}
