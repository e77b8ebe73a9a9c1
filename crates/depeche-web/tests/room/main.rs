//! The reading room, asked without a socket.

#![allow(clippy::unwrap_used, reason = "a test that cannot set its scene has to fail")]

mod adding;
mod faults;
mod judging;
mod made;
mod markup;
mod openapi;
mod pages;
mod readers;
mod safety;
