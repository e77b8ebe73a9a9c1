//! Counts by month: a row for each sort, a square for each month, darker and fuller the more there are.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};

/// Months that are shown; of more, the last.
const SHOWN: usize = 24;

/// A table of counts.
pub struct Months {
    /// The sorts, in the order of the rows: label and name.
    pub rows: Vec<(String, String)>,
    /// How many of each sort in each month (`2025-08`).
    pub counts: BTreeMap<(String, String), usize>,
    /// What it shows, in words.
    pub said: String,
    /// What the rows are, in a word.
    pub head: String,
}

impl Months {
    /// The table; nothing without a month. `name` writes a month, `path` leads to what a square counts.
    pub fn draw(&self, name: &dyn Fn(&str) -> String, path: &dyn Fn(&str, &str) -> Option<String>) -> Markup {
        let months: BTreeSet<&str> = self.counts.keys().map(|(_, month)| month.as_str()).collect();
        let left_out = months.len().saturating_sub(SHOWN);
        let months: Vec<&str> = months.into_iter().skip(left_out).collect();
        if months.is_empty() {
            return Markup::default();
        }
        let most = self.counts.values().copied().max().unwrap_or(1).max(1);
        let shade = |n: usize| (1 + n * 4 / (most + 1)).min(4);
        html! {
            div.scroll {
                table.months {
                    caption { (self.said) }
                    thead { tr {
                        th scope="col" { (self.head) }
                        @for month in &months { th scope="col" { (name(month)) } }
                    } }
                    tbody {
                        @for (label, row) in &self.rows {
                            tr {
                                th scope="row" { bdi { (row) } }
                                @for month in &months {
                                    @let n = self.counts.get(&(label.clone(), (*month).to_owned())).copied().unwrap_or(0);
                                    @match (n, path(label, month)) {
                                        (0, _) => { td {} }
                                        (n, Some(path)) => { td class={ "shade-" (shade(n)) } { a href=(path) { (n) } } }
                                        (n, None) => { td class={ "shade-" (shade(n)) } { (n) } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
