//! The plain types that the stages hand on.
//!
//! ```text
//! Capture ─page→ Report ─language→ Analysis ─extract→ Reading ─resolve→ Dossier
//! ```
//!
//! Nothing here reads, writes, prints or guesses: values and their accessors only. Every position is a [`Span`] of
//! bytes in one report's text; [`CodePoints`] turns spans into the code-point offsets that users see.

mod labels;
mod analysis;
mod capture;
mod confidence;
mod derivation;
mod dossier;
pub mod followed;
mod judgement;
mod problem;
mod reading;
#[cfg(feature = "serde")]
pub mod records;
mod report;
mod span;
mod syntax;
mod time;

pub use analysis::{
    Analysis, Morph, Person, Published, Reach, Sentence, Tense, TimeBasis, TimeExpression, TimeKind, Timex,
    Token, TokenKind, TokenRange,
};
pub use capture::{Capture, Digest, Fetched, Given, Media};
pub use confidence::{Confidence, Ground};
pub use derivation::Derivation;
pub use dossier::{
    Actor, Attestation, Contact, ContactMention, Contradiction, ContradictionKind, Corroboration, Dossier,
    Gap, GapKind, Judged, JudgementEntry, LedgerEntry, LineageLink, Outcome, ReportEntry, Stance,
    StatementEntry, StatusStep,
};
pub use judgement::{Anchor, Decision, Judgement, Subject};
pub use problem::{Problem, ProblemKind};
pub use reading::{
    Account, Act, ContactDate, ContactKind, Figure, Origin, Place, Reading, Relation, Side, Speaker,
    Statement, Status,
};
pub use report::{
    About, Basis, Block, BlockKind, Known, Language, Publisher, Report, SourceMap, SourceSegment,
};
pub use span::{CodePoints, Span};
pub use syntax::{Parser, SyntaxNode, Upos};
pub use time::{Day, Edtf, EdtfError};
