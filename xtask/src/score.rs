//! The figures of the annotation's scoring scripts, computed here so that anyone can repeat them.
//!
//! What comes in: a gold folder and records as JSON, of whatever reader. What goes out: [`Figures`], and the misses
//! and false finds one by one. Every definition is that of `score.py` and `score_dossier.py`, down to the order of
//! greedy pairing and to rounding, so that figures can be held side by side; `docs/decisions` says where that was checked.

mod dossier;
mod figures;
mod gold;
mod names;
mod pairing;
mod ratio;
mod readings;
mod words;

pub use dossier::{FoundContact, events, score_dossier};
pub use figures::{Figures, Row, rounded};
pub use gold::{Gold, GoldReport, json_file, read_records};
pub use readings::{Matched, Slip, matched, score_readings};
