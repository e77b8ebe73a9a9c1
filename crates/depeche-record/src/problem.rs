//! What a stage met that it could not read as it should.

use crate::Span;

/// Something that a reader should know about an input; the run went on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Problem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// The input or report it concerns, as the user named it.
    pub subject: String,
    /// What was met and what to do about it, in plain words.
    pub detail: String,
    /// Where in the report's text, if it is in one place.
    pub span: Option<Span>,
}

impl Problem {
    /// A problem of a whole input.
    pub fn new(kind: ProblemKind, subject: impl Into<String>, detail: impl Into<String>) -> Problem {
        Problem { kind, subject: subject.into(), detail: detail.into(), span: None }
    }

    /// All that tells it from other problems, for sets of them.
    pub fn key(&self) -> (ProblemKind, &str, &str, Option<Span>) {
        (self.kind, &self.subject, &self.detail, self.span)
    }

    /// Whether something could not be read at all, so that the run counts as failed in part (exit status 2).
    pub fn is_failure(&self) -> bool {
        matches!(
            self.kind,
            ProblemKind::Missing
                | ProblemKind::Unreadable
                | ProblemKind::NotText
                | ProblemKind::BadRecord
                | ProblemKind::TooLarge
                | ProblemKind::UnknownFormat
        )
    }
}

/// The kinds of problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ProblemKind {
    /// The path does not exist.
    Missing,
    /// The system refused to open or read it.
    Unreadable,
    /// Bytes that are no text in any known encoding.
    NotText,
    /// A line of a JSON Lines file that is no record with a text.
    BadRecord,
    /// Larger than the limit.
    TooLarge,
    /// A file of a kind that is not read.
    UnknownFormat,
    /// Nothing in it to read.
    Empty,
    /// The same identifier a second time.
    DuplicateId,
    /// Bytes that could not be decoded were replaced.
    Replaced,
    /// A language that Dépêche does not read.
    UnknownLanguage,
    /// A part was left out, such as markup nested too deeply or words that could not be traced to the source.
    LeftOut,
    /// A value given or found that cannot be right, such as a date that is none.
    BadValue,
}
