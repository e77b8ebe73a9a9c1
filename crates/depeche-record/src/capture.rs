//! Bytes as they came.

use std::fmt;

/// Bytes as they came from outside, before anything is made of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    /// Identifier of the report that it holds: given with the input, else made from the path. Unique within a run.
    pub id: String,
    /// Where the bytes came from, as a user would look it up: a path, `path:line`, an address, or `-`.
    pub address: String,
    /// How to read the bytes.
    pub media: Media,
    /// The bytes, unchanged.
    pub bytes: Vec<u8>,
    /// SHA-256 of the bytes.
    pub digest: Digest,
    /// What was said about the report beside the bytes.
    pub given: Given,
    /// How the bytes came over the network, now or when an archive was made; none for a file of one's own.
    pub fetched: Option<Fetched>,
}

/// An exchange by HTTP that bytes came from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Fetched {
    /// When the answer came, as RFC 3339 has it, in UTC; none if an archive does not say.
    pub time: Option<String>,
    /// The addresses that led here, the one asked for first; empty if it answered itself.
    pub redirects: Vec<String>,
    /// Status of the answer, 200 as a rule.
    pub status: u16,
    /// The fields of the answer's head, names in lower case, in their order, as they came.
    pub headers: Vec<(String, String)>,
}

impl Fetched {
    /// The first field of that name (lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }
}

/// The kinds of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Media {
    /// Plain text, often scraped from a page.
    Plain,
    /// Markdown.
    Markdown,
    /// HTML or XHTML.
    Html,
    /// PDF.
    Pdf,
}

/// SHA-256 of some bytes; written in hexadecimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Digest(pub [u8; 32]);

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// What the user, or a line of JSON, says about a report. Outranks what the page itself says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Given {
    /// Title.
    pub title: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
    /// Day of publication, EDTF, as given.
    pub published: Option<String>,
    /// Name of the outlet.
    pub outlet: Option<String>,
    /// Language code, `fr`, `en` or `ru`.
    pub language: Option<String>,
    /// Character encoding, as a protocol or the user names it.
    pub charset: Option<String>,
}
