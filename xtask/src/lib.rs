//! The repository's own chores.
//!
//! What comes in: the working tree. What goes out: figures, and messages that name a file and a line.

pub mod archive;
pub mod conll;
pub mod dates;
pub mod floors;
pub mod language;
pub mod measure;
pub mod names;
pub mod pages;
pub mod score;
pub mod speed;
pub mod tidy;
pub mod train;

/// The chores that `cargo xtask` knows.
pub const CHORES: [&str; 8] = ["tidy", "eval", "train", "floors", "suite", "score", "score-dossier", "fuzz"];
