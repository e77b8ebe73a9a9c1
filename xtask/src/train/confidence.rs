//! How much each ground of a find weighs: logistic regression on the annotated reports of `corpus/`.
//!
//! What comes in: gold folders, read by the pipeline. What goes out: `rules/confidence.tsv` of depeche-extract, and how
//! reliable the weights are on reports that they were not set on (five parts, each judged by the weights of the others).

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use depeche_pipeline::record::{Confidence, Reading, Report};
use depeche_pipeline::records::record;

use crate::measure::read_folder;
use crate::score::{Gold, Matched, matched};

/// Where the weights lie, from the root.
pub const WEIGHTS: &str = "crates/depeche-extract/rules/confidence.tsv";

/// Parts of the corpus, each judged by weights set on the others.
const PARTS: u64 = 5;
/// Finds that have to share a ground for it to be weighed.
const LEAST: usize = 8;
/// How strongly weights are held to zero.
const PULL: f64 = 4.0;
/// Steps of the descent.
const STEPS: usize = 600;

/// The sorts of items.
pub const ITEMS: [&str; 3] = ["contact", "statement", "origin"];

/// One find: what holds of it, and whether the annotators have it too.
#[derive(Debug, Clone)]
pub struct Find {
    grounds: Vec<String>,
    right: bool,
    part: u64,
}

/// The finds in the gold folders, by sort of item in the order of [`ITEMS`].
pub fn finds(folders: &[PathBuf]) -> Result<[Vec<Find>; 3]> {
    let mut finds = [const { Vec::new() }; 3];
    let mut count = 0;
    for folder in folders {
        let gold = Gold::open(folder)?;
        for (report, reading) in read_folder(folder)? {
            let Some(annotated) = gold.report(&report.id) else { continue };
            let value = serde_json::to_value(record(&report, &reading)).context("a record is no JSON")?;
            let Matched { contacts, statements, origins } = matched(annotated, &value);
            let confidences = confidences(&report, &reading);
            for ((of, right), finds) in
                confidences.into_iter().zip([contacts, statements, origins]).zip(&mut finds)
            {
                finds.extend(of.into_iter().zip(right).map(|(confidence, right)| Find {
                    grounds: confidence.grounds.iter().map(|ground| ground.name.clone()).collect(),
                    right,
                    part: count % PARTS,
                }));
            }
            count += 1;
        }
    }
    Ok(finds)
}

fn confidences<'r>(_: &Report, reading: &'r Reading) -> [Vec<&'r Confidence>; 3] {
    [
        reading.accounts.iter().map(|account| &account.confidence).collect(),
        reading.statements.iter().map(|statement| &statement.confidence).collect(),
        reading.origins.iter().map(|origin| &origin.confidence).collect(),
    ]
}

/// Weights by ground; `*` is what holds of all.
type Weights = BTreeMap<String, f64>;

/// Sets weights on finds, by gradient descent with momentum on the logistic loss, squared weights added.
fn fit<'f>(finds: impl Iterator<Item = &'f Find>) -> Weights {
    let finds: Vec<&Find> = finds.collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for ground in finds.iter().flat_map(|find| &find.grounds) {
        *counts.entry(ground).or_default() += 1;
    }
    let names: Vec<&str> =
        counts.into_iter().filter(|(_, count)| *count >= LEAST).map(|(name, _)| name).collect();
    let rows: Vec<(Vec<usize>, f64)> = finds
        .iter()
        .map(|find| {
            let places = find.grounds.iter().filter_map(|g| names.binary_search(&g.as_str()).ok());
            (places.collect(), f64::from(find.right))
        })
        .collect();
    // The last is the one of all.
    let mut weights = vec![0.0; names.len() + 1];
    let mut speed = vec![0.0; names.len() + 1];
    let many = rows.len().max(1) as f64;
    for _ in 0..STEPS {
        let mut slope: Vec<f64> = weights.iter().map(|weight| PULL * weight / many).collect();
        slope[names.len()] = 0.0;
        for (places, right) in &rows {
            let sum = weights[names.len()] + places.iter().map(|&n| weights[n]).sum::<f64>();
            let gap = (1.0 / (1.0 + (-sum).exp()) - right) / many;
            places.iter().for_each(|&n| slope[n] += gap);
            slope[names.len()] += gap;
        }
        for ((weight, speed), slope) in weights.iter_mut().zip(&mut speed).zip(slope) {
            *speed = 0.9 * *speed - 0.5 * slope;
            *weight += *speed;
        }
    }
    let all = weights[names.len()];
    names.into_iter().map(str::to_owned).zip(weights).chain([("*".to_owned(), all)]).collect()
}

fn value(weights: &Weights, find: &Find) -> f64 {
    let weight = |name: &str| weights.get(name).copied().unwrap_or_default();
    let sum = weight("*") + find.grounds.iter().map(|name| weight(name)).sum::<f64>();
    1.0 / (1.0 + (-sum).exp())
}

/// Sets the weights on all folders and writes them.
pub fn train(root: &Path, folders: &[PathBuf]) -> Result<()> {
    let mut table = String::from(
        "# How much each ground weighs, in logarithms of odds; set by `cargo xtask train confidence` on corpus/.\n\
         # Source: the project's own, from the annotated reports of corpus/. Licence: MIT OR Apache-2.0.\n\
         # item\tground\tweight\n",
    );
    for (item, finds) in ITEMS.iter().zip(finds(folders)?) {
        for (ground, weight) in fit(finds.iter()) {
            let _ = writeln!(table, "{item}\t{ground}\t{weight:.3}");
        }
    }
    let path = root.join(WEIGHTS);
    std::fs::write(&path, table).with_context(|| format!("cannot write {}", path.display()))
}

/// How reliable confidence is: of finds with such a confidence, how many are right.
#[derive(Debug, Clone, Default)]
pub struct Reliability {
    /// For each tenth of confidence: finds, the sum of their confidences, those of them that are right.
    pub tenths: [(usize, f64, usize); 10],
    /// Sum of squared gaps between confidence and truth.
    squares: f64,
}

impl Reliability {
    fn add(&mut self, value: f64, right: bool) {
        let tenth = &mut self.tenths[((value * 10.0) as usize).min(9)];
        tenth.0 += 1;
        tenth.1 += value;
        tenth.2 += usize::from(right);
        self.squares += (value - f64::from(right)).powi(2);
    }

    /// How many finds were judged.
    pub fn finds(&self) -> usize {
        self.tenths.iter().map(|tenth| tenth.0).sum()
    }

    /// Expected calibration error: mean gap between confidence and share of right finds over the tenths, weighed by
    /// their size.
    pub fn gap(&self) -> f64 {
        let gap: f64 = self.tenths.iter().map(|(_, sum, right)| (sum - *right as f64).abs()).sum();
        gap / self.finds().max(1) as f64
    }

    /// Brier score: mean squared gap between confidence and truth.
    pub fn brier(&self) -> f64 {
        self.squares / self.finds().max(1) as f64
    }

    /// Of the finds that are at least this sure, how many, and the share of them that is right.
    pub fn from(&self, tenth: usize) -> (usize, f64) {
        let of: usize = self.tenths[tenth..].iter().map(|t| t.0).sum();
        let right: usize = self.tenths[tenth..].iter().map(|t| t.2).sum();
        (of, right as f64 / of.max(1) as f64)
    }
}

/// Judges each part of the folders by weights set on the others.
pub fn reliability(folders: &[PathBuf]) -> Result<[Reliability; 3]> {
    let mut judged = [Reliability::default(), Reliability::default(), Reliability::default()];
    for (finds, judged) in finds(folders)?.iter().zip(&mut judged) {
        for part in 0..PARTS {
            let weights = fit(finds.iter().filter(|find| find.part != part));
            for find in finds.iter().filter(|find| find.part == part) {
                judged.add(value(&weights, find), find.right);
            }
        }
    }
    Ok(judged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_with_right_finds_speaks_for_them() {
        let find = |ground: &str, right: bool| Find { grounds: vec![ground.to_owned()], right, part: 0 };
        let finds: Vec<Find> =
            (0..400).flat_map(|n| [find("good", n % 10 != 0), find("bad", n % 10 == 0)]).collect();
        let weights = fit(finds.iter());
        assert!(weights["good"] > 0.5 && weights["bad"] < -0.5, "{weights:?}");
        let sure = value(&weights, &find("good", true));
        assert!((sure - 0.9).abs() < 0.1, "{sure}");
    }

    #[test]
    fn reliability_counts_by_hand() {
        let mut judged = Reliability::default();
        judged.add(0.95, true);
        judged.add(0.95, false);
        assert_eq!(judged.finds(), 2);
        assert!((judged.gap() - 0.45).abs() < 1e-9 && (judged.brier() - 0.4525).abs() < 1e-9);
        assert_eq!(judged.from(9), (2, 0.5));
    }
}
