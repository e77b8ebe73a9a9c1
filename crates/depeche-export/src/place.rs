//! Where an export goes.

use std::collections::BTreeMap;
use std::io::{self, Write};

/// Takes the files of an export, one after the other.
pub trait Place {
    /// Opens a file by its name: parts that are safe on every system, parted by `/`. A format of one file gives the name that
    /// it would have; a place for one stream may ignore it.
    fn file(&mut self, name: &str) -> io::Result<Box<dyn Write + '_>>;
}

/// Files kept in memory, by name.
#[derive(Debug, Default)]
pub struct Memory {
    /// The files.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Place for Memory {
    fn file(&mut self, name: &str) -> io::Result<Box<dyn Write + '_>> {
        Ok(Box::new(self.files.entry(name.to_owned()).or_default()))
    }
}
