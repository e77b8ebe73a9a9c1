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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_gives_the_same_bytes() {
        let seeds = (TARGETS[0].seeds)();
        let of = |number| bytes(number, &seeds, TARGETS[0].words);
        assert_eq!(of(7), of(7));
        let several: std::collections::BTreeSet<Vec<u8>> = (0..100).map(of).collect();
        assert!(several.len() > 90, "{}", several.len());
    }

    #[test]
    fn every_target_takes_its_seeds_and_some_bytes() {
        for target in &TARGETS {
            let seeds = (target.seeds)();
            assert!(!seeds.is_empty(), "{}", target.name);
            seeds.iter().for_each(|seed| (target.take)(seed));
            (0..100).for_each(|number| (target.take)(&bytes(number, &seeds, target.words)));
        }
    }
}
