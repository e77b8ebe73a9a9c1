//! The reading room: a dossier in a browser.
//!
//! ```text
//! request ─guard→ Ask ─page→ a record (its JSON) ─view→ HTML ─guard→ response
//! ```
//!
//! What comes in: the path of a dossier and [`Settings`]. What goes out: pages, each with its JSON at the same path with
//! `.json`, and, unless the room is read-only, what people decide. Every page is a type that is asked of the dossier and
//! written as JSON; its HTML is made of nothing else.
//!
//! 1. `guard` lets in and out: hosts, sessions, tokens, headers. `access` knows passwords and sessions.
//!    `door` is where people come in, go out and choose language and light.
//! 2. `room` holds connections to the dossier; `ask` is what is wanted of it; `selection` reads filters; `tasks` are the
//!    additions under way; `catching_up` works judgements in behind the answers.
//! 3. `pages` has one file a page; `view` what all of them look like; `chart` their pictures; `assets` the style and the script.
//! 4. `openapi` has the routes of pages and describes their JSON; `fault` says what went wrong and what to do.
//!
//! Reports are anybody's: their words are never markup, and no page runs or loads anything but its own two files.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that cannot set its scene has to fail"))]

mod access;
mod ask;
mod assets;
mod catching_up;
mod chart;
mod door;
mod fault;
mod guard;
mod openapi;
mod pages;
mod parameters;
mod places;
mod room;
mod selection;
mod server;
mod tasks;
mod view;

pub use access::{Password, PasswordError};
pub use room::{RoomError, Settings};
pub use server::{Server, service};
