//! The repository's own chores.
//!
//! What comes in: the working tree. What goes out: figures, and messages that name a file and a line.

pub mod floors;
pub mod measure;
pub mod score;
pub mod tidy;

/// The chores that `cargo xtask` knows.
pub const CHORES: [&str; 6] = ["tidy", "eval", "floors", "suite", "score", "score-dossier"];
