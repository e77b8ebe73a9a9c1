//! Arbitrary bytes for every parser of ours.
//!
//! ```text
//! seeds ─mutate→ bytes ─target→ nothing, in bounded time; never a fault
//! ```
//!
//! A target takes any bytes. Each is run on seeds that are changed by chance, the chance being a number: the same number
//! gives the same bytes, so that what was found is found again. `cargo xtask fuzz` runs them. A fuzzer that is led by coverage
//! can call the same targets.

mod mutate;
mod run;
mod targets;

pub use mutate::bytes;
pub use run::{Outcome, run};
pub use targets::{TARGETS, Target};
