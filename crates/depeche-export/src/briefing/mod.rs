//! The briefing: what a dossier says, in sections and entries, and its renderings.
//!
//! 1. `view` holds the words of a briefing, in the interface's language, whatever will show them.
//! 2. `build` makes it of a dossier with its readings and reports.
//! 3. `markdown`, `html` and `typst` render it; the command has a rendering for terminals.

mod build;
mod passage;
pub mod view;

pub mod html;
pub mod markdown;
pub mod typst;

pub use build::{build, cite};
pub use passage::{Library, Passages};

use depeche_record::Status;

/// The class of a status, by which a rendering gives it its colour.
fn tone(status: Status) -> &'static str {
    match status {
        Status::Held => "held",
        Status::Planned => "planned",
        Status::Possible => "possible",
        Status::RuledOut | Status::Denied | Status::Cancelled => "against",
    }
}
