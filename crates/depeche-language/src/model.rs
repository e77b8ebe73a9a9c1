//! The container of trained parameters: named sections behind a header that tells a whole file of this version from a
//! part of one, from another version's, from another kind's.
//!
//! Layout, all numbers little-endian: the magic `DEPECHE\0`; the version of the format, `u32`; the digest (XXH3, 64 bits)
//! of everything after it, `u64`; the length of everything after it, `u64`; then the sections, each as the length of its
//! name `u32`, its name, the length of its bytes `u64`, its bytes. The first section is `kind`: what the model is for.

use std::fmt;

use xxhash_rust::xxh3::xxh3_64;

const MAGIC: &[u8; 8] = b"DEPECHE\0";
const VERSION: u32 = 1;
const HEADER: usize = 8 + 4 + 8 + 8;

/// Why a model cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelError {
    /// The file, as it was named to the reader.
    pub file: String,
    /// What is wrong with it.
    pub what: String,
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the model {}: {}", self.file, self.what)
    }
}

impl std::error::Error for ModelError {}

/// Writes a model: sections in the order in which they are given.
#[derive(Debug, Default)]
pub struct ModelWriter {
    body: Vec<u8>,
}

impl ModelWriter {
    /// A model of the kind `kind`, such as `syntax fr`.
    pub fn new(kind: &str) -> ModelWriter {
        let mut writer = ModelWriter::default();
        writer.section("kind", kind.as_bytes());
        writer
    }

    /// Adds a section.
    pub fn section(&mut self, name: &str, bytes: &[u8]) {
        self.body.extend_from_slice(&(name.len() as u32).to_le_bytes());
        self.body.extend_from_slice(name.as_bytes());
        self.body.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
        self.body.extend_from_slice(bytes);
    }

    /// Adds a section of lines.
    pub fn lines<S: AsRef<str>>(&mut self, name: &str, lines: &[S]) {
        let lines: Vec<&str> = lines.iter().map(AsRef::as_ref).collect();
        self.section(name, lines.join("\n").as_bytes());
    }

    /// The bytes of the file.
    pub fn finish(self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEADER + self.body.len());
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&VERSION.to_le_bytes());
        bytes.extend_from_slice(&xxh3_64(&self.body).to_le_bytes());
        bytes.extend_from_slice(&(self.body.len() as u64).to_le_bytes());
        bytes.extend_from_slice(&self.body);
        bytes
    }
}

/// A model that was read: whole, of this version, of the kind asked for.
#[derive(Debug)]
pub struct ModelReader<'m> {
    file: &'m str,
    sections: Vec<(&'m str, &'m [u8])>,
}

impl<'m> ModelReader<'m> {
    /// Reads the model `bytes` of the file `file`, which must be of the kind `kind`.
    ///
    /// # Errors
    ///
    /// No model at all, another version, cut short, damaged, another kind; each names the file.
    pub fn open(file: &'m str, bytes: &'m [u8], kind: &str) -> Result<ModelReader<'m>, ModelError> {
        let fail = |what: String| Err(ModelError { file: file.to_owned(), what });
        if bytes.len() < HEADER || &bytes[..8] != MAGIC {
            return fail("it is no model of Dépêche, or its beginning is lost".to_owned());
        }
        let version = u32::from_le_bytes([bytes[8], bytes[9], bytes[10], bytes[11]]);
        if version != VERSION {
            return fail(format!("it is of version {version}; this program reads version {VERSION}"));
        }
        let number =
            |at: usize| bytes[at..at + 8].iter().rev().fold(0u64, |all, &byte| all << 8 | u64::from(byte));
        let body = &bytes[HEADER..];
        if body.len() as u64 != number(20) {
            return fail(format!(
                "it is cut short or too long: {} bytes where {} belong",
                body.len(),
                number(20)
            ));
        }
        if xxh3_64(body) != number(12) {
            return fail("it is damaged: its digest does not fit its bytes".to_owned());
        }
        let mut reader = ModelReader { file, sections: Vec::new() };
        let mut rest = body;
        while !rest.is_empty() {
            let Some((name, bytes, after)) = section(rest) else {
                return fail("a section reaches beyond the end".to_owned());
            };
            reader.sections.push((name, bytes));
            rest = after;
        }
        match reader.text("kind")? {
            found if found == kind => Ok(reader),
            found => fail(format!("it is for ‘{found}’, not for ‘{kind}’")),
        }
    }

    /// The bytes of a section.
    ///
    /// # Errors
    ///
    /// The model has no such section.
    pub fn section(&self, name: &str) -> Result<&'m [u8], ModelError> {
        let found = self.sections.iter().find(|(section, _)| *section == name);
        found.map(|(_, bytes)| *bytes).ok_or_else(|| self.error(&format!("it has no section ‘{name}’")))
    }

    /// A section of text.
    ///
    /// # Errors
    ///
    /// The model has no such section, or it is no text.
    pub fn text(&self, name: &str) -> Result<&'m str, ModelError> {
        std::str::from_utf8(self.section(name)?)
            .map_err(|_| self.error(&format!("its section ‘{name}’ is no text")))
    }

    /// An error of this file, for what the reader of a section finds wrong with it.
    pub fn error(&self, what: &str) -> ModelError {
        ModelError { file: self.file.to_owned(), what: what.to_owned() }
    }
}

/// Name and bytes of the first section, and what follows it.
fn section(bytes: &[u8]) -> Option<(&str, &[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (name, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    let (length, rest) = rest.split_first_chunk::<8>()?;
    let (bytes, rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    Some((std::str::from_utf8(name).ok()?, bytes, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model() -> Vec<u8> {
        let mut writer = ModelWriter::new("syntax fr");
        writer.section("weights", &[1, 2, 3]);
        writer.lines("labels", &["nsubj", "obj"]);
        writer.finish()
    }

    #[test]
    fn what_is_written_is_read() {
        let bytes = model();
        let reader = ModelReader::open("fr.model", &bytes, "syntax fr").expect("a model");
        assert_eq!(reader.section("weights"), Ok(&[1, 2, 3][..]));
        assert_eq!(reader.text("labels"), Ok("nsubj\nobj"));
        assert_eq!(reader.section("x").unwrap_err().to_string(), "the model fr.model: it has no section ‘x’");
    }

    #[test]
    fn a_bad_file_is_named() {
        let whole = model();
        let wrong =
            |bytes: &[u8], kind: &str| ModelReader::open("fr.model", bytes, kind).unwrap_err().to_string();
        for length in 0..whole.len() {
            assert!(wrong(&whole[..length], "syntax fr").starts_with("the model fr.model: it is "));
        }
        let mut other = whole.clone();
        other[8] = 9;
        assert_eq!(
            wrong(&other, "syntax fr"),
            "the model fr.model: it is of version 9; this program reads version 1"
        );
        let mut damaged = whole.clone();
        *damaged.last_mut().expect("bytes") ^= 1;
        assert_eq!(
            wrong(&damaged, "syntax fr"),
            "the model fr.model: it is damaged: its digest does not fit its bytes"
        );
        assert_eq!(
            wrong(&whole, "names fr"),
            "the model fr.model: it is for ‘syntax fr’, not for ‘names fr’"
        );
    }
}
