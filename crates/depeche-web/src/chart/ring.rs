//! Who meets whom: what is joined stands in a ring, a line for each two, thicker the more they share.

use maud::{Markup, html};

use super::number;

/// Width and height of the picture.
const WIDTH: f64 = 860.0;
const HEIGHT: f64 = 560.0;
/// Radius of the ring, to the side and upwards.
const RING: (f64, f64) = (235.0, 215.0);

/// A ring.
pub struct Ring {
    /// What stands in it, in the order in which it stands.
    pub nodes: Vec<Node>,
    /// What joins them.
    pub lines: Vec<Line>,
    /// What it shows, in words.
    pub said: String,
}

/// What stands in a ring.
pub struct Node {
    /// Its name.
    pub name: String,
    /// What is told behind the name; may be empty.
    pub more: String,
    /// What its size tells.
    pub weight: usize,
    /// Where it leads.
    pub path: String,
}

/// Two that are joined.
pub struct Line {
    /// Places of the two in the ring.
    pub between: (usize, usize),
    /// What its thickness tells.
    pub weight: usize,
    /// What it stands for, in words.
    pub title: String,
    /// Where it leads.
    pub path: String,
}

impl Ring {
    /// The picture; nothing without a line.
    pub fn draw(&self) -> Markup {
        if self.lines.is_empty() {
            return Markup::default();
        }
        let middle = (WIDTH / 2.0, HEIGHT / 2.0);
        let at = |n: usize, out: f64| {
            let angle =
                std::f64::consts::TAU * n as f64 / self.nodes.len() as f64 - std::f64::consts::FRAC_PI_2;
            (middle.0 + angle.cos() * (RING.0 + out), middle.1 + angle.sin() * (RING.1 + out))
        };
        let most = |weights: &mut dyn Iterator<Item = usize>| weights.max().unwrap_or(1).max(1) as f64;
        let heaviest = most(&mut self.nodes.iter().map(|node| node.weight));
        let thickest = most(&mut self.lines.iter().map(|line| line.weight));
        let radius = |node: &Node| 5.0 + 9.0 * (node.weight as f64 / heaviest).sqrt();
        // Lines bend towards the middle, so that those of neighbours are seen.
        let bent = |line: &Line| {
            let (from, to) = (at(line.between.0, 0.0), at(line.between.1, 0.0));
            let bend = |a: f64, b: f64, middle: f64| (a + b) / 2.0 * 0.55 + middle * 0.45;
            let (x, y) = (bend(from.0, to.0, middle.0), bend(from.1, to.1, middle.1));
            let [a, b, x, y, c, d] = [from.0, from.1, x, y, to.0, to.1].map(number);
            format!("M{a} {b}Q{x} {y} {c} {d}")
        };
        html! {
            figure.network {
                svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="group" aria-label=(self.said) {
                    @for line in &self.lines {
                        a href=(line.path) aria-label=(line.title) {
                            path.line d=(bent(line)) stroke-width=(number(1.5 + 8.0 * (line.weight as f64 / thickest).sqrt())) { title { (line.title) } }
                        }
                    }
                    @for (n, node) in self.nodes.iter().enumerate() {
                        @let (x, y) = at(n, 0.0);
                        @let (words_x, words_y) = at(n, 8.0 + radius(node));
                        @let side = if (words_x - middle.0).abs() < 40.0 { "middle" } else if words_x > middle.0 { "right" } else { "left" };
                        @let shift = if side == "middle" { if words_y < middle.1 { -2.0 } else { 10.0 } } else { 4.0 };
                        a href=(node.path) {
                            circle cx=(number(x)) cy=(number(y)) r=(number(radius(node))) {}
                            text.(side) x=(number(words_x)) y=(number(words_y + shift)) { (node.name) @if !node.more.is_empty() { tspan.more { " " (node.more) } } }
                        }
                    }
                }
                figcaption.small.soft { (self.said) }
            }
        }
    }
}
