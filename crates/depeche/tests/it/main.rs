//! The real binary in a fresh folder.

mod bad_input;
mod briefing;
mod order;
mod reading;
mod surface;
mod workplace;
