//! The briefing: what a dossier says, in sections and entries, and its renderings.
//!
//! 1. `view` holds the words of a briefing, in the interface's language, whatever will show them.
//! 2. `build` makes it of a dossier with its readings and reports.
//! 3. `text`, `markdown` and `html` render it.

mod assumptions;
mod build;
mod passage;
mod reasons;
mod view;

pub mod html;
pub mod markdown;
pub mod text;

pub use assumptions::in_words as assumptions_in_words;
pub use build::{Material, build, cite};
pub use passage::{even_out, legible, shorten};
pub use reasons::in_words as reason_in_words;

use crate::interface::Interface;

/// Words between the quotation marks of the interface; words that have marks of their own stand with those.
pub fn quote(interface: &Interface, words: &str) -> String {
    match words.contains(['«', '»', '“', '”', '„', '"']) {
        true => words.to_owned(),
        false => interface.tell("quoted", &[("words", words.into())]),
    }
}
