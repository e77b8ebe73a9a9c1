//! The repository's own chores.
//!
//! What comes in: the working tree. What goes out: figures, and messages that name a file and a line.

pub mod score;
