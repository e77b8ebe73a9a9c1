//! Inputs of all kinds, from files to servers, and what comes of them.

#![allow(clippy::unwrap_used, reason = "a test that cannot set its scene has to fail")]

mod archives;
mod follow;
mod inputs;
mod network;
mod run;
mod written;
