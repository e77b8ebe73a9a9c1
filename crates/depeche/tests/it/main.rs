//! The real binary in a fresh folder.

#![allow(clippy::unwrap_used, reason = "a test that cannot set its scene has to fail")]

mod bad_input;
mod briefing;
mod dossier;
mod killed;
mod exporting;
mod language;
mod network;
mod order;
mod reading;
mod surface;
mod workplace;
