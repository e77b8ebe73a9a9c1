//! What is remembered of the sources that are followed: their coverage, and what the next look needs.

use std::collections::BTreeMap;

/// What is remembered between looks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct Followed {
    /// The sources by address.
    pub sources: BTreeMap<String, Source>,
    /// The pages that were seen, by the address that a source named.
    pub pages: BTreeMap<String, Page>,
}

/// What is known of a source: its coverage, and what the next look needs. Times are RFC 3339 in UTC.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Source {
    /// What it calls itself.
    pub title: Option<String>,
    /// The stretches of time for which nothing that it listed was missed, the first one first.
    pub stretches: Vec<Stretch>,
    /// Number of pages that it gave, versions counted apart.
    pub pages: u64,
    /// Number of failures: of the source itself, and of pages that were given up.
    pub failed: u64,
    /// The latest of them.
    pub misses: Vec<Miss>,
    /// Whether the last look at the source itself failed.
    pub failing: bool,
    /// It is not to be asked before this.
    pub not_before: Option<String>,
    /// Mark (`ETag`) of the version seen last.
    pub etag: Option<String>,
    /// When that version was changed, as the server said.
    pub last_modified: Option<String>,
    /// The lists that it names, each with its time of change at the last look.
    pub lists: BTreeMap<String, String>,
}

/// A stretch of time without a gap: each look still saw something that the one before had seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Stretch {
    /// The first look.
    pub from: String,
    /// The last look so far.
    pub to: String,
    /// Number of looks.
    pub looks: u64,
}

/// A fetch that failed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Miss {
    /// When.
    pub time: String,
    /// What was asked for.
    pub address: String,
    /// Why, in one word.
    pub kind: String,
    /// Why, in plain words.
    pub detail: String,
}

/// A page that a source named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct Page {
    /// The source that named it first.
    pub source: String,
    /// When a source named it last.
    pub listed: String,
    /// When it was fetched last; none if it never was.
    pub fetched: Option<String>,
    /// The time of change that the source gave for the version fetched last, or, before any was, for the one to fetch.
    pub changed: Option<String>,
    /// Mark (`ETag`) of that version.
    pub etag: Option<String>,
    /// When that version was changed, as the server said.
    pub last_modified: Option<String>,
    /// SHA-256 of that version.
    pub digest: Option<String>,
    /// Looks at which it could not be fetched, since it last could be.
    pub tries: u32,
}
