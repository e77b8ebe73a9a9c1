//! A text as a set of short runs of words, and the few of them that stand for it.
//!
//! Fingerprints are chosen by winnowing (Schleimer, Wilkerson and Aiken, «Winnowing: local algorithms for document
//! fingerprinting», 2003): two texts that share a run of `WINDOW + RUN - 1` words share a fingerprint.

use depeche_record::Report;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::align::is_running_text;
use crate::fold;

/// Words in a shingle.
const RUN: usize = 4;
/// Shingles of which one is kept as a fingerprint.
const WINDOW: usize = 8;

/// The shingles of one article.
pub struct Shingles {
    /// Hashes of all shingles, sorted, each once.
    pub all: Vec<u32>,
    /// Hashes of the chosen ones, sorted, each once.
    pub prints: Vec<u64>,
}

impl Shingles {
    /// The shingles of the article of a report: running text only, neither headlines nor what stands around the text.
    pub fn of(report: &Report) -> Shingles {
        let mut words = Vec::new();
        for block in report.blocks.iter().filter(|block| is_running_text(block.kind)) {
            fold::each_word(block.span.of(&report.text), |word| words.push(xxh3_64(word.as_bytes())));
        }
        let runs: Vec<u64> = words.windows(RUN).map(hash_of_run).collect();
        let mut prints: Vec<u64> = if runs.len() < WINDOW {
            runs.iter().copied().min().into_iter().collect()
        } else {
            runs.windows(WINDOW).filter_map(|window| window.iter().copied().min()).collect()
        };
        prints.sort_unstable();
        prints.dedup();
        let mut all: Vec<u32> = runs.into_iter().map(|run| (run >> 32) as u32).collect();
        all.sort_unstable();
        all.dedup();
        // Those of all reports lie in memory at once, and half of the room is for what went.
        prints.shrink_to_fit();
        all.shrink_to_fit();
        Shingles { all, prints }
    }

    /// How many shingles stand in both texts, and which share of the shorter text's they are.
    pub fn shared(&self, other: &Shingles) -> (usize, f64) {
        let (mut a, mut b, mut shared) = (0, 0, 0);
        while let (Some(x), Some(y)) = (self.all.get(a), other.all.get(b)) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => a += 1,
                std::cmp::Ordering::Greater => b += 1,
                std::cmp::Ordering::Equal => {
                    (a, b, shared) = (a + 1, b + 1, shared + 1);
                }
            }
        }
        (shared, shared as f64 / self.all.len().min(other.all.len()).max(1) as f64)
    }
}

fn hash_of_run(run: &[u64]) -> u64 {
    let mut bytes = [0; 8 * RUN];
    for (word, into) in run.iter().zip(bytes.chunks_exact_mut(8)) {
        into.copy_from_slice(&word.to_le_bytes());
    }
    xxh3_64_with_seed(&bytes, RUN as u64)
}
