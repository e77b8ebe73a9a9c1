//! What two texts tell in the same order: a local alignment, grown from pairs of neighbours that stand in both.
//!
//! A copy that was edited sentence by sentence keeps few runs of words, yet most of its telling words come in the order of
//! the original. Independent reports of one event share names, titles and quotes, and put them in an order of their own:
//! so quotes do not count, and a passage has to be longer than two names with their titles. Of the annotated
//! collections `fr-talks`, `fr-lakes` and `en`, on which the figures below were chosen, independent reports align over less
//! than a tenth of the shorter text (one pair over a fifth), copies that were reworded to the last sentence over a
//! quarter to a half.
//!
//! For texts of two languages, the same is asked of what translation leaves as it is: people and figures.

use std::collections::BTreeSet;

use depeche_record::{BlockKind, Report};

use crate::actor::People;
use crate::fold;
use crate::input::Inputs;

/// Items that either text may have beside the other between two items of a passage.
const GAP: usize = 3;
/// Items of a passage, at the least.
const PASSAGE: usize = 8;
/// Places of a pair of neighbours that are tried.
const PLACES: usize = 8;
/// Telling words of the shorter text from which the share of them means anything.
const ENOUGH: usize = 50;
/// The same of people and figures.
const ENOUGH_ANCHORS: usize = 20;
/// Different figures that must be among those that come in one order.
const FIGURES: usize = 5;

/// A text as the order of its telling words: those of five letters and more, cut to six, outside of quotes.
pub struct Telling {
    order: Vec<u32>,
    /// The same, sorted, each once.
    set: Vec<u32>,
}

impl Telling {
    /// The article of a report: running text only, neither headlines nor what stands around the text.
    pub fn of(report: &Report) -> Telling {
        let mut order = Vec::new();
        for block in report.blocks.iter().filter(|block| is_running_text(block.kind)) {
            for words in outside_quotes(block.span.of(&report.text)) {
                fold::each_stem(words, |stem| order.push(fold::hash(stem)));
            }
        }
        let mut set = order.clone();
        set.sort_unstable();
        set.dedup();
        Telling { order, set }
    }

    /// Share of the shorter text's telling words that come in the same order in the other; none where it has too few of
    /// them. Zero where the words in common are fewer than `least`, their order aside.
    pub fn share(&self, other: &Telling, least: f64) -> Option<f64> {
        let (a, b) = if self.order.len() <= other.order.len() { (self, other) } else { (other, self) };
        if a.order.len() < ENOUGH {
            return None;
        }
        let common = a.set.iter().filter(|word| b.set.binary_search(word).is_ok()).count();
        if (common as f64) < least * a.set.len() as f64 {
            return Some(0.0);
        }
        Some(beyond_chance(&a.order, &b.order) as f64 / a.order.len() as f64)
    }
}

/// Items of `a` that come in the same order in `b`, less those that come so in `b` read backwards: texts of few words
/// say the same things in any order.
fn beyond_chance(a: &[u32], b: &[u32]) -> usize {
    let found = aligned(a, b).len();
    if found == 0 {
        return 0;
    }
    let backwards: Vec<u32> = b.iter().rev().copied().collect();
    found.saturating_sub(aligned(a, &backwards).len())
}

/// Running text: what a report itself tells.
pub fn is_running_text(kind: BlockKind) -> bool {
    use BlockKind::*;
    matches!(kind, Standfirst | Heading | Paragraph | Item | Quotation)
}

/// People and figures of a report in their order.
pub struct Anchors(Vec<u32>, BTreeSet<u32>);

impl Anchors {
    /// The anchors of the report at a place of the order.
    pub fn of(inputs: &Inputs<'_>, people: &People, at: usize) -> Anchors {
        let (report, reading) = inputs.pair(at);
        let mut found: Vec<(u32, u32)> = Vec::new();
        for (n, figure) in reading.figures.iter().enumerate() {
            if let Some(person) = people.index(at, n) {
                let person = fold::hash(&format!("person {person}"));
                found.extend(figure.mentions.iter().map(|span| (span.start, person)));
            }
        }
        let mut figures = BTreeSet::new();
        for block in report.blocks.iter().filter(|block| is_running_text(block.kind)) {
            let words = block.span.of(&report.text);
            let digits = words.match_indices(|c: char| c.is_ascii_digit());
            let mut end = 0;
            for (start, _) in digits {
                if start >= end {
                    let rest = &words[start..];
                    let length = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
                    end = start + length;
                    let figure = fold::hash(&rest[..length]);
                    figures.insert(figure);
                    found.push((block.span.start + start as u32, figure));
                }
            }
        }
        found.sort_unstable();
        let mut order: Vec<u32> = found.into_iter().map(|(_, anchor)| anchor).collect();
        order.dedup();
        Anchors(order, figures)
    }

    /// Share of the shorter text's anchors that come in the same order in the other; none where they are too few, or too
    /// few figures are among them.
    pub fn share(&self, other: &Anchors) -> Option<f64> {
        let (a, b) = if self.0.len() <= other.0.len() { (self, other) } else { (other, self) };
        if a.0.len() < ENOUGH_ANCHORS {
            return None;
        }
        let aligned = aligned(&a.0, &b.0);
        let figures: BTreeSet<u32> = aligned.iter().map(|&n| a.0[n]).filter(|n| a.1.contains(n)).collect();
        (figures.len() >= FIGURES).then(|| aligned.len() as f64 / a.0.len() as f64)
    }
}

/// The words of a stretch that stand in no quotation marks; marks that are left open end with the stretch.
fn outside_quotes(words: &str) -> Vec<&str> {
    let (mut outside, mut depth, mut straight, mut from) = (Vec::new(), 0_usize, false, 0);
    for (at, mark) in words.char_indices().filter(|(_, c)| matches!(c, '«' | '»' | '“' | '”' | '„' | '"'))
    {
        if depth == 0 && !straight {
            outside.push(&words[from..at]);
        }
        match mark {
            '«' | '„' => depth += 1,
            // In German and Russian, this mark closes what „ has opened.
            '“' if depth > 0 => depth -= 1,
            '“' => depth += 1,
            '"' => straight = !straight,
            _ => depth = depth.saturating_sub(1),
        }
        from = at + mark.len_utf8();
    }
    if depth == 0 && !straight {
        outside.push(&words[from..]);
    }
    outside
}

/// Items that come in one order: their places in both texts.
type Passage = Vec<(usize, usize)>;

/// The places in `a` that stand in `b` in the same order, within passages; each place of `b` counts once.
fn aligned(a: &[u32], b: &[u32]) -> Vec<usize> {
    let mut places: Vec<([u32; 2], usize)> =
        b.windows(2).enumerate().map(|(n, pair)| ([pair[0], pair[1]], n)).collect();
    places.sort_unstable();
    let mut used = vec![false; b.len()];
    let mut found = Vec::new();
    let mut at = 0;
    while at + 1 < a.len() {
        let pair = [a[at], a[at + 1]];
        let first = places.partition_point(|(other, _)| *other < pair);
        let starts = places[first..].iter().take_while(|(other, _)| *other == pair).take(PLACES);
        let starts = starts.map(|&(_, start)| start).filter(|&start| !used[start]);
        let passages = starts.map(|start| passage(a, b, (at, start), &used));
        match longest(passages) {
            Some(passage) => {
                for &(_, place) in &passage {
                    used[place] = true;
                }
                at = passage.last().map_or(at, |last| last.0) + 1;
                found.extend(passage.into_iter().map(|(place, _)| place));
            }
            None => at += 1,
        }
    }
    found
}

/// The longest of several passages that are long and dense enough, of equals the first.
fn longest(passages: impl Iterator<Item = Passage>) -> Option<Passage> {
    let mut best: Option<Passage> = None;
    for passage in passages {
        let (first, last) = (passage[0], passage[passage.len() - 1]);
        let span = (last.0 - first.0).max(last.1 - first.1) + 1;
        let holds = passage.len() >= PASSAGE && 5 * passage.len() >= 3 * span;
        if holds && best.as_ref().is_none_or(|best| passage.len() > best.len()) {
            best = Some(passage);
        }
    }
    best
}

/// Grows a passage from a place in both: always to the nearest item that both have, a few items on at the most.
fn passage(a: &[u32], b: &[u32], start: (usize, usize), used: &[bool]) -> Passage {
    let mut passage = vec![start];
    let (mut x, mut y) = start;
    let next = |x: usize, y: usize| {
        (0..=2 * GAP).find_map(|sum| {
            let left = sum.saturating_sub(GAP)..=sum.min(GAP);
            left.map(|skipped| (x + 1 + skipped, y + 1 + sum - skipped))
                .find(|&(x, y)| a.get(x).is_some() && a.get(x) == b.get(y) && !used[y])
        })
    };
    while let Some(found) = next(x, y) {
        passage.push(found);
        (x, y) = found;
    }
    passage
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_counts_and_names_alone_are_no_passage() {
        let a: Vec<u32> = (0..40).collect();
        assert_eq!(aligned(&a, &a).len(), 40);
        // One word in three is another.
        let reworded: Vec<u32> = a.iter().map(|&n| if n % 3 == 0 { 1000 + n } else { n }).collect();
        assert_eq!(aligned(&a, &reworded).len(), 26);
        let backwards: Vec<u32> = a.iter().rev().copied().collect();
        assert!(aligned(&a, &backwards).is_empty());
        // Passages may change places.
        let turned: Vec<u32> = a[20..].iter().chain(&a[..20]).copied().collect();
        assert!(aligned(&a, &turned).len() >= 38);
        // Seven in a row are two names with their titles.
        let seven: Vec<u32> = (100..120).chain(0..7).chain(200..220).collect();
        assert!(aligned(&a, &seven).is_empty());
    }

    #[test]
    fn quotes_are_left_out() {
        assert_eq!(
            outside_quotes("il a dit « oui » puis “non” et \"rien\" ici"),
            ["il a dit ", " puis ", " et ", " ici"]
        );
        assert_eq!(outside_quotes("„да“ сказал"), ["", " сказал"]);
        assert_eq!(outside_quotes("« jamais clos"), [""]);
    }
}
