//! A dossier in the formats of other programs, and the briefing that people read.
//!
//! What comes in: a [`Material`], that is a dossier with its reports and readings, the gazetteer, the reference day and the
//! words of the interface. What goes out: bytes. Nothing here reads a clock or opens a file.

mod material;
mod names;

pub mod briefing;

pub use material::Material;
pub use names::{Delegations, Names};
