//! One target for a while.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use crate::mutate::bytes;
use crate::targets::Target;

/// What a run came to.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// Inputs tried.
    pub tried: u64,
    /// Numbers of the inputs that a fault stopped, with its words.
    pub faults: Vec<(u64, String)>,
    /// Number of the input that took longest, and how long.
    pub slowest: (u64, Duration),
}

/// Runs a target on the inputs from number `from` on for so long. Before each thousand, `tell` is given the number, so that
/// an input that ends the process can be found.
pub fn run(target: &Target, from: u64, duration: Duration, mut tell: impl FnMut(u64)) -> Outcome {
    let seeds = (target.seeds)();
    let mut outcome = Outcome::default();
    let begun = Instant::now();
    for number in from.. {
        if outcome.tried.is_multiple_of(1_000) {
            tell(number);
        }
        if begun.elapsed() > duration {
            break;
        }
        let input = bytes(number, &seeds, target.words);
        let started = Instant::now();
        if let Err(fault) = catch_unwind(AssertUnwindSafe(|| (target.take)(&input))) {
            let words = fault.downcast_ref::<&str>().map(|words| (*words).to_owned());
            let words = words.or_else(|| fault.downcast_ref::<String>().cloned()).unwrap_or_default();
            outcome.faults.push((number, words));
        }
        let took = started.elapsed();
        if took > outcome.slowest.1 {
            outcome.slowest = (number, took);
        }
        outcome.tried += 1;
    }
    outcome
}
