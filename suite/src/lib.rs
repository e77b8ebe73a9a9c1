//! Tests as texts.
//!
//! What comes in: a folder of Markdown files. A heading names a case, prose says why it is there, a block `report` holds
//! a text, the block `reading` below it what is expected of its reading, and a block `dossier` what is expected of the
//! dossier of all reports of the case. What goes out: what came out otherwise, case by case, or the files rewritten.
//!
//! ````text
//! ## A call is told in the passive
//!
//! Why it matters. A line «known gap: …» says what is not yet as it should be.
//!
//! ```report published=2025-08-06 lang=fr
//! Le ministre …
//! ```
//!
//! ```reading
//! contact call held FR,BR [Jean Dupont; Ana Silva] 2025-08-05 @- | Le ministre …
//! ```
//! ````
//!
//! The lines of a block stand in `lines`; `docs/src/suite.md` explains them to people.

mod compare;
mod document;
mod examples;
mod lines;
mod run;

pub use compare::difference;
pub use document::{Block, BlockKind, Case, Document};
pub use examples::{Examples, examples};
pub use lines::{dossier_lines, reading_lines};
pub use run::{Mismatch, Outcome, check, update};
