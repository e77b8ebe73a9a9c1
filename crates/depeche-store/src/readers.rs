//! Many readers of one dossier, such as the threads of a server.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::{Dossier, StoreError};

/// Connections for questions, opened as they are needed and used again; any number of threads may ask at once, also while
/// another process adds. A dossier that took the place of the one before is opened anew.
#[derive(Debug)]
pub struct Readers {
    path: PathBuf,
    idle: Mutex<Idle>,
}

/// Connections that wait for questions, all to the same file.
#[derive(Debug)]
struct Idle {
    file: Option<FileId>,
    connections: Vec<Dossier>,
}

/// What tells a file from another that takes its place.
type FileId = (u64, u64);

/// Most connections that are kept open while nobody asks.
const IDLE: usize = 64;

impl Readers {
    /// Readers of the dossier at `path`; the first is opened at once.
    ///
    /// # Errors
    ///
    /// As [`Dossier::open`].
    pub fn open(path: &Path) -> Result<Readers, StoreError> {
        let connections = vec![Dossier::open(path)?];
        Ok(Readers { path: path.to_owned(), idle: Mutex::new(Idle { file: file_id(path)?, connections }) })
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
        let file = file_id(&self.path)?;
        let waiting = {
            let mut idle = self.idle();
            if idle.file != file {
                idle.connections.clear();
                idle.file = file;
            }
            idle.connections.pop()
        };
        let dossier = match waiting {
            Some(dossier) => dossier,
            None => Dossier::open(&self.path)?,
        };
        let answers = dossier.at_one_moment(questions);
        let mut idle = self.idle();
        // After an error, the next question has a fresh connection.
        if answers.is_ok() && idle.file == file && idle.connections.len() < IDLE {
            idle.connections.push(dossier);
        }
        answers
    }

    fn idle(&self) -> MutexGuard<'_, Idle> {
        // What is held is whole between any two steps.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(unix)]
fn file_id(path: &Path) -> Result<Option<FileId>, StoreError> {
    use std::os::unix::fs::MetadataExt;
    let file = std::fs::metadata(path).map_err(|_| StoreError::Missing)?;
    Ok(Some((file.dev(), file.ino())))
}

/// Where a file that is open cannot be replaced, it need not be told from another.
#[cfg(not(unix))]
fn file_id(path: &Path) -> Result<Option<FileId>, StoreError> {
    if path.exists() { Ok(None) } else { Err(StoreError::Missing) }
}
