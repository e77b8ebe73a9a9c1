//! Every export of a real and of a hostile dossier, read back by programs that are not ours.

#![allow(clippy::unwrap_used, reason = "a test that cannot read what it wrote has to fail")]

mod dossiers;
mod hostile;
mod picture;
mod read_back;
