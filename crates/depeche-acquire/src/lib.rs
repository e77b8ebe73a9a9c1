//! Bytes from outside.
//!
//! ```text
//! files, folders, JSON Lines, standard input ─captures→ Capture
//! ```
//!
//! Comes in: the inputs as the user named them. Goes out: one [`Capture`](depeche_record::Capture) a report, in the
//! order of the inputs, and one [`Problem`](depeche_record::Problem) for whatever could not be read as it should; a bad
//! input never ends the run. Only one file or one line is held at a time.
//!
//! This is the only crate that reads what others wrote: files today, feeds and pages from the network later.

mod captures;
mod identifiers;
mod lines;
mod options;
mod plan;
mod record;
mod sniff;
mod surrogates;

pub use captures::{Captures, captures, captures_with_input};
pub use options::Options;
