//! The weights of features in a fixed table, and the best sequence of labels.
//!
//! A row is 16 bytes: a fingerprint of its feature (two bytes, never 0; 0 marks a free row) and
//! one weight of eight bits for each label. A feature's row is the first one with its fingerprint from its place on.

#[cfg(any(test, feature = "train"))]
use crate::model::ModelWriter;
use crate::model::{ModelError, ModelReader};

use super::{LABELS, closes, follows};

const ROW: usize = 16;
/// Rows after its place among which a feature is looked for.
const REACH: usize = 8;
/// Below every score that a sentence can reach.
const NEVER: i32 = i32::MIN / 2;

pub(super) type Scores = [i32; LABELS];

#[derive(Debug)]
pub(super) struct Weights {
    rows: Vec<[u8; ROW]>,
    /// Scores of one label after another.
    steps: [[i32; LABELS]; LABELS],
    /// Scores of the first label of a sentence.
    first: [i32; LABELS],
}

/// Place and fingerprint of a feature.
fn place(feature: u64, rows: usize) -> (usize, u16) {
    let at = ((feature >> 32) * rows as u64) >> 32;
    (at as usize, (feature as u16).max(1))
}

impl Weights {
    /// No weights: nothing is a name.
    pub fn none() -> Weights {
        Weights { rows: Vec::new(), steps: [[0; LABELS]; LABELS], first: [0; LABELS] }
    }

    /// Lays features with their weights into a table of `rows` rows, heaviest first; those without room are left out.
    #[cfg(any(test, feature = "train"))]
    pub fn build(
        features: &[(u64, [i8; LABELS])],
        rows: usize,
        steps: [[i32; LABELS]; LABELS],
        first: [i32; LABELS],
    ) -> Weights {
        let mut table = vec![[0u8; ROW]; rows + REACH];
        for (feature, weights) in features {
            let (at, print) = place(*feature, rows);
            let Some(row) = table[at..at + REACH].iter_mut().find(|row| row[0] == 0 && row[1] == 0) else {
                continue;
            };
            row[..2].copy_from_slice(&print.to_le_bytes());
            for (byte, weight) in row[2..].iter_mut().zip(weights) {
                *byte = weight.to_le_bytes()[0];
            }
        }
        Weights { rows: table, steps, first }
    }

    pub fn read(reader: &ModelReader<'_>) -> Result<Weights, ModelError> {
        let (rows, odd) = reader.section("rows")?.as_chunks::<ROW>();
        if !odd.is_empty() || rows.len() <= REACH {
            return Err(reader.error("its weights do not fill a table"));
        }
        let (numbers, odd) = reader.section("steps")?.as_chunks::<4>();
        if numbers.len() != LABELS * (LABELS + 1) || !odd.is_empty() {
            return Err(reader.error("its steps are of another number of labels"));
        }
        // Scores this small cannot overflow in any sentence that fits in memory, since decoding keeps them relative.
        let mut numbers = numbers.iter().map(|bytes| i32::from_le_bytes(*bytes).clamp(-100_000, 100_000));
        let mut weights = Weights::none();
        weights.rows = rows.to_vec();
        for label in weights.first.iter_mut().chain(weights.steps.iter_mut().flatten()) {
            *label = numbers.next().unwrap_or_default();
        }
        Ok(weights)
    }

    #[cfg(any(test, feature = "train"))]
    pub fn write(&self, writer: &mut ModelWriter) {
        writer.section("rows", self.rows.as_flattened());
        let numbers = self.first.iter().chain(self.steps.iter().flatten());
        let bytes: Vec<u8> = numbers.flat_map(|number| number.to_le_bytes()).collect();
        writer.section("steps", &bytes);
    }

    /// The score of each label for a token with these features.
    #[inline]
    pub fn score(&self, features: &[u64]) -> Scores {
        let mut scores = [0i16; LABELS];
        let Some(rows) = self.rows.len().checked_sub(REACH).filter(|&rows| rows > 0) else {
            return [0; LABELS];
        };
        for &feature in features {
            let (at, print) = place(feature, rows);
            for row in &self.rows[at..at + REACH] {
                let found = u16::from_le_bytes([row[0], row[1]]);
                if found == print {
                    for (score, &weight) in scores.iter_mut().zip(&row[2..]) {
                        *score += i16::from(weight as i8);
                    }
                    break;
                }
                if found == 0 {
                    break;
                }
            }
        }
        scores.map(i32::from)
    }

    /// The best valid sequence of labels.
    pub fn decode(&self, scores: &[Scores]) -> Vec<u8> {
        let Some(count) = scores.len().checked_sub(1) else { return Vec::new() };
        let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(scores.len());
        let mut best = [NEVER; LABELS];
        for label in 0..LABELS {
            if follows(super::OUTSIDE, label) {
                best[label] = self.first[label] + scores[0][label];
            }
        }
        back.push([0; LABELS]);
        for token in &scores[1..] {
            let mut next = [NEVER; LABELS];
            let mut from = [0u8; LABELS];
            // What may follow a closed name or none is the same for all of them.
            for to in 0..LABELS {
                for before in ORIGINS[to] {
                    let before = usize::from(*before);
                    let score = best[before] + self.steps[before][to];
                    if score > next[to] {
                        next[to] = score;
                        from[to] = before as u8;
                    }
                }
                next[to] = next[to].max(NEVER) + token[to];
            }
            // Kept relative to the best, so that no length overflows.
            let top = next.iter().copied().max().unwrap_or_default();
            for (best, next) in best.iter_mut().zip(next) {
                *best = (next - top).max(NEVER);
            }
            back.push(from);
        }
        let ends = (0..LABELS).filter(|&label| closes(label));
        let mut label = ends.max_by_key(|&label| (best[label], LABELS - label)).unwrap_or_default() as u8;
        let mut labels = vec![0; scores.len()];
        for at in (0..=count).rev() {
            labels[at] = label;
            label = back[at][usize::from(label)];
        }
        labels
    }
}

const CLOSED: &[u8] = &[0, 3, 4, 7, 8, 11, 12, 13];
/// For each label, those that it may follow.
const ORIGINS: [&[u8]; LABELS] = [
    CLOSED,
    CLOSED,
    &[1, 2],
    &[1, 2],
    CLOSED,
    CLOSED,
    &[5, 6],
    &[5, 6],
    CLOSED,
    CLOSED,
    &[9, 10],
    &[9, 10],
    CLOSED,
    CLOSED,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_the_steps_that_are_valid() {
        for (to, origins) in ORIGINS.iter().enumerate() {
            let valid: Vec<u8> =
                (0..LABELS).filter(|&from| follows(from, to)).map(|from| from as u8).collect();
            assert_eq!(*origins, valid, "label {to}");
        }
    }

    #[test]
    fn decoding_gives_valid_sequences() {
        let weights = Weights::none();
        // Inside a person throughout is wanted, which no sentence can be.
        let mut wanted = [0; LABELS];
        wanted[super::super::inside(0)] = 50;
        let labels = weights.decode(&[wanted; 5]);
        assert_eq!(labels, [1, 2, 2, 2, 3]);
        assert_eq!(weights.decode(&[]), [0u8; 0]);
    }
}
