//! The repository's own chores.
//!
//! What comes in: the working tree. What goes out: figures, and messages that name a file and a line.

pub mod annotated;
pub mod archive;
pub mod conll;
pub mod dates;
pub mod events;
pub mod floors;
pub mod fuzz;
pub mod kept;
pub mod language;
pub mod lineage;
pub mod made;
pub mod measure;
pub mod names;
pub mod noise;
pub mod pages;
pub mod pairs;
pub mod score;
pub mod speed;
pub mod tidy;
pub mod train;

/// The chores that `cargo xtask` knows.
pub const CHORES: [&str; 10] =
    ["tidy", "eval", "make-dossier", "train", "floors", "suite", "score", "score-dossier", "torture", "fuzz"];
