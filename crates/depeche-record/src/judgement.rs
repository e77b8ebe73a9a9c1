//! Decisions of people about a dossier. They are appended to a log and never rewritten.

use crate::Span;

/// One decision, with who made it, when and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// Identifier, the same wherever the judgement is exported to and imported from.
    pub id: String,
    /// Who decided.
    pub author: String,
    /// When, as RFC 3339 has it, in UTC.
    pub time: String,
    /// Why, in the author's words.
    pub reason: Option<String>,
    /// What was decided.
    pub decision: Decision,
}

/// What a person can decide.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decision {
    /// Two are one: two names one actor, two accounts one contact, two reports one original text.
    Same(Subject, Subject),
    /// Two are not one.
    NotSame(Subject, Subject),
    /// It is as the dossier has it.
    Accept(Subject),
    /// It is not to be shown: misread, or nothing of the matter.
    Reject(Subject),
    /// A field has another value.
    Correct {
        /// What is corrected.
        subject: Subject,
        /// Name of the field, as records have it: `kind`, `status`, `date`, `place`, `sides`, `name` …
        field: String,
        /// The value, written as records write it; sides are parted by commas.
        value: String,
    },
    /// A remark.
    Note(Subject, String),
    /// An earlier judgement no longer holds; so undone, an undoing brings the first back.
    Undo(String),
}

/// What a decision is about, held by words rather than by number, so that it outlives every re-reading.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The report with this identifier.
    Report(String),
    /// The person named by these words.
    Actor(Anchor),
    /// The contact told by these words.
    Contact(Anchor),
    /// The statement that stands in these words.
    Statement(Anchor),
}

/// Words of a report that something is known by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Anchor {
    /// The report's identifier.
    pub report: String,
    /// Where the words stand in its text.
    pub span: Span,
}
