//! The words of the interface, in French and English, whatever shows them: the command, an export, a page.
//!
//! What comes in: a key of `locales/*.ftl`, a date, a reason or a problem as the stages write it. What goes out: words in the
//! language of an [`Interface`]. [`legible`] makes words of reports, which are anybody's, fit to be shown.

mod assumptions;
mod coverage;
pub mod dates;
mod interface;
mod problems;
mod reasons;
mod wording;
mod words;

pub use assumptions::in_words as assumptions_in_words;
pub use coverage::lines as coverage_in_words;
pub use interface::Interface;
pub use problems::line as problem_in_words;
pub use reasons::in_words as reason_in_words;
pub use wording::Wording;
pub use words::{even_out, legible, quote, shorten};
