//! Who takes from whom: those who give on the left, those who take on the right, thicker the more is taken.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::number;

const WIDTH: f64 = 860.0;
/// Where the columns of names end and begin.
const COLUMNS: (f64, f64) = (300.0, 560.0);
/// Height of a name.
const ROW: f64 = 26.0;
/// Names of each column: those with most.
const ROWS: usize = 16;
/// Most letters of a name.
const LETTERS: usize = 34;

/// Flows between two columns.
pub struct Flows {
    /// The flows, the strongest first.
    pub flows: Vec<Flow>,
    /// What those on the left are.
    pub from: String,
    /// What those on the right are.
    pub to: String,
    /// What it shows, in words.
    pub said: String,
}

/// What one takes from another.
pub struct Flow {
    /// Who gives.
    pub from: String,
    /// Who takes.
    pub to: String,
    /// How much.
    pub weight: usize,
    /// Whether most of it is whole texts.
    pub copied: bool,
    /// In words.
    pub title: String,
}

impl Flows {
    /// The picture; nothing without a flow.
    pub fn draw(&self) -> Markup {
        let (left, right) = (column(&self.flows, |flow| &flow.from), column(&self.flows, |flow| &flow.to));
        if left.is_empty() {
            return Markup::default();
        }
        let height = left.len().max(right.len()) as f64 * ROW + 30.0;
        let y = |n: usize, of: usize| 30.0 + (n as f64 + 0.5) * (height - 30.0) / of as f64;
        let most = self.flows.iter().map(|flow| flow.weight).max().unwrap_or(1).max(1) as f64;
        let at = |column: &[&str], name: &str| column.iter().position(|there| *there == name);
        let lines: Vec<(&Flow, f64, f64)> = self
            .flows
            .iter()
            .filter_map(|flow| {
                let (from, to) = (at(&left, &flow.from)?, at(&right, &flow.to)?);
                Some((flow, y(from, left.len()), y(to, right.len())))
            })
            .collect();
        let (begin, end) = (COLUMNS.0 + 8.0, COLUMNS.1 - 8.0);
        let bent = |from: f64, to: f64| {
            let middle = (begin + end) / 2.0;
            let [from, to, begin, end, middle] = [from, to, begin, end, middle].map(number);
            format!("M{begin} {from}C{middle} {from} {middle} {to} {end} {to}")
        };
        html! {
            figure.network.flows tabindex="0" {
                svg viewBox={ "0 0 " (WIDTH) " " (number(height)) } role="img" aria-label=(self.said) {
                    text.left.head x=(COLUMNS.0) y="16" { (self.from) }
                    text.right.head x=(COLUMNS.1) y="16" { (self.to) }
                    @for (flow, from, to) in &lines {
                        path.line.copied[flow.copied] d=(bent(*from, *to)) stroke-width=(number(1.5 + 9.0 * (flow.weight as f64 / most).sqrt())) { title { (flow.title) } }
                    }
                    @for (n, name) in left.iter().enumerate() { text.left x=(COLUMNS.0) y=(number(y(n, left.len()) + 4.0)) { (depeche_interface::shorten(name, LETTERS)) } }
                    @for (n, name) in right.iter().enumerate() { text.right x=(COLUMNS.1) y=(number(y(n, right.len()) + 4.0)) { (depeche_interface::shorten(name, LETTERS)) } }
                }
                figcaption.small.soft { (self.said) }
            }
        }
    }
}

/// The names of a column, those with most first.
fn column(flows: &[Flow], name: fn(&Flow) -> &str) -> Vec<&str> {
    let mut weights: BTreeMap<&str, usize> = BTreeMap::new();
    for flow in flows {
        *weights.entry(name(flow)).or_default() += flow.weight;
    }
    let mut names: Vec<(&str, usize)> = weights.into_iter().collect();
    names.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
    names.truncate(ROWS);
    names.into_iter().map(|(name, _)| name).collect()
}
