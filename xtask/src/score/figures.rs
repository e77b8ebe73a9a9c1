//! Figures: what was counted, and how it is written.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// The figures of one measurement, in the order in which they are printed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Figures {
    /// Name and row.
    pub rows: Vec<(&'static str, Row)>,
}

/// One figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Row {
    /// Items found against items that should be.
    Found {
        /// Found items that are right.
        right: usize,
        /// Items of the gold.
        gold: usize,
        /// Items found.
        found: usize,
    },
    /// A property of matched items.
    Right {
        /// How often it is right.
        right: usize,
        /// Of how many.
        of: usize,
    },
    /// Precision and recall as means over items (B-cubed).
    Means {
        /// Mean precision.
        precision: f64,
        /// Mean recall.
        recall: f64,
    },
    /// What part of the gold was found.
    Part {
        /// How many were found.
        right: usize,
        /// Of how many.
        gold: usize,
        /// The number of distinct events behind them, where that is another number.
        events: Option<usize>,
    },
    /// A mean of other figures.
    Mean(f64),
}

fn part(right: usize, of: usize) -> f64 {
    if of == 0 { 0.0 } else { right as f64 / of as f64 }
}

fn harmonic(precision: f64, recall: f64) -> f64 {
    if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
}

/// A figure with four decimals, halves going to the even neighbour as everywhere in floating point.
pub fn rounded(value: f64) -> f64 {
    format!("{value:.4}").parse().unwrap_or(value)
}

impl Row {
    /// The one number that stands for the row: F1, accuracy, recall or mean, to four decimals.
    pub fn value(self) -> f64 {
        rounded(match self {
            Row::Found { right, gold, found } => harmonic(part(right, found), part(right, gold)),
            Row::Right { right, of } => part(right, of),
            Row::Means { precision, recall } => harmonic(precision, recall),
            Row::Part { right, gold, .. } => part(right, gold),
            Row::Mean(mean) => mean,
        })
    }

    /// Whether the figure can be held to a floor: not where there was nothing to find, and not where it is a property of
    /// matched items, because finding more, and harder, items lowers such a figure without anything getting worse.
    pub fn can_be_held(self) -> bool {
        match self {
            Row::Found { gold, .. } | Row::Part { gold, .. } => gold > 0,
            Row::Right { .. } => false,
            Row::Means { .. } | Row::Mean(_) => true,
        }
    }

    fn json(self) -> Value {
        match self {
            Row::Found { right, gold, found } => json!({
                "precision": rounded(part(right, found)),
                "recall": rounded(part(right, gold)),
                "f1": self.value(),
                "gold": gold,
                "found": found,
            }),
            Row::Right { of, .. } => json!({"accuracy": self.value(), "n": of}),
            Row::Means { precision, recall } => {
                json!({"precision": rounded(precision), "recall": rounded(recall), "f1": self.value()})
            }
            Row::Part { gold, events: Some(events), .. } => {
                json!({"recall": self.value(), "gold": gold, "events": events})
            }
            Row::Part { gold, events: None, .. } => json!({"recall": self.value(), "gold": gold}),
            Row::Mean(_) => json!(self.value()),
        }
    }
}

impl Figures {
    /// The figure of that name.
    pub fn row(&self, name: &str) -> Option<Row> {
        self.rows.iter().find(|(n, _)| *n == name).map(|(_, row)| *row)
    }

    /// The number of each figure that can be held to a floor, by name; `verbatim_evidence` always is, for it must be 1.
    pub fn held(&self) -> BTreeMap<String, f64> {
        let held = self.rows.iter().filter(|(name, row)| *name == "verbatim_evidence" || row.can_be_held());
        held.map(|(name, row)| ((*name).to_owned(), row.value())).collect()
    }

    /// The figures as one JSON object, with the keys of the scoring scripts.
    pub fn json(&self) -> Value {
        Value::Object(
            self.rows.iter().map(|(name, row)| ((*name).to_owned(), row.json())).collect::<Map<_, _>>(),
        )
    }

    /// The figures as lines for people.
    pub fn lines(&self) -> String {
        let mut lines = String::new();
        for (name, row) in &self.rows {
            let words = match row.json() {
                Value::Object(parts) => {
                    parts.iter().map(|(key, value)| format!("{key} {value}")).collect::<Vec<_>>().join("  ")
                }
                other => other.to_string(),
            };
            lines += &format!("{name:<18} {words}\n");
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_is_to_the_even_neighbour() {
        assert_eq!(rounded(1.0 / 32.0), 0.0312);
        assert_eq!(rounded(3.0 / 32.0), 0.0938);
        assert_eq!(rounded(2.0 / 3.0), 0.6667);
    }

    #[test]
    fn what_depends_on_matches_or_on_nothing_is_not_held() {
        let rows = vec![
            ("contacts", Row::Found { right: 1, gold: 2, found: 2 }),
            ("quotes", Row::Found { right: 0, gold: 0, found: 1 }),
            ("kind", Row::Right { right: 1, of: 2 }),
            ("verbatim_evidence", Row::Right { right: 2, of: 2 }),
        ];
        let held = Figures { rows }.held();
        assert_eq!(held.keys().collect::<Vec<_>>(), ["contacts", "verbatim_evidence"]);
    }

    #[test]
    fn figures_by_hand() {
        let row = Row::Found { right: 2, gold: 4, found: 3 };
        assert_eq!(
            row.json(),
            json!({"precision": 0.6667, "recall": 0.5, "f1": 0.5714, "gold": 4, "found": 3})
        );
        assert_eq!(Row::Found { right: 0, gold: 0, found: 0 }.value(), 0.0);
        assert_eq!(Row::Right { right: 1, of: 3 }.json(), json!({"accuracy": 0.3333, "n": 3}));
        assert_eq!(Row::Right { right: 0, of: 0 }.value(), 0.0);
    }
}
