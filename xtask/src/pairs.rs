//! Whether two names are one person's: `corpus/names/pairs.tsv` through the comparison that the dossier uses.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use depeche_pipeline::compare_names;

/// Likeness from which two full names count as one person's; as in the dossier.
const ALIKE: f64 = 0.8;

/// What came of some pairs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Counts {
    /// Pairs of one person that were told to be.
    pub right: usize,
    /// Pairs of two people that were told to be one.
    pub wrong: usize,
    /// Pairs of one person that were told to be two.
    pub missed: usize,
}

impl Counts {
    /// Share of the pairs told to be one that are.
    pub fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong).max(1) as f64
    }

    /// Share of the pairs of one person that were found.
    pub fn recall(&self) -> f64 {
        self.right as f64 / (self.right + self.missed).max(1) as f64
    }
}

/// Counts for each half (`work`, `look`) and for each pair of scripts, and the pairs of `work` that went wrong.
pub fn measure(root: &Path) -> Result<(BTreeMap<String, Counts>, Vec<String>)> {
    let path = root.join("corpus/names/pairs.tsv");
    let list = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut counts: BTreeMap<String, Counts> = BTreeMap::new();
    let mut slips = Vec::new();
    for (n, line) in list.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [half, expected, a, b] = fields[..] else {
            bail!("{}:{}: four fields are wanted, parted by tabs", path.display(), n + 1)
        };
        let (same, told) = (expected == "same", compare_names(a, b).score() >= ALIKE);
        for group in [half.to_owned(), format!("{}–{}", script(a).min(script(b)), script(a).max(script(b)))]
        {
            let counts = counts.entry(group).or_default();
            match (same, told) {
                (true, true) => counts.right += 1,
                (false, true) => counts.wrong += 1,
                (true, false) => counts.missed += 1,
                (false, false) => {}
            }
        }
        if same != told && half == "work" {
            slips.push(format!("{expected}: {a} / {b}"));
        }
    }
    Ok((counts, slips))
}

fn script(name: &str) -> &'static str {
    let of = |c: char| match c {
        '\u{370}'..='\u{3ff}' => Some("Greek"),
        '\u{400}'..='\u{52f}' => Some("Cyrillic"),
        '\u{600}'..='\u{6ff}' => Some("Arabic"),
        c if c.is_alphabetic() => Some("Latin"),
        _ => None,
    };
    name.chars().find_map(of).unwrap_or("Latin")
}
