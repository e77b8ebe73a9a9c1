//! The words that a thing is known by, and the thing that words mean.
//!
//! A newer version may read the same words a little otherwise: the span of a cue grows, a clause becomes a sentence.
//! So an anchor means what covers its words best, of equals the first.

use depeche_record::{Account, Figure, Reading, Span, Statement};

/// The words that an account is known by: those that its rule read, which no other account of the report shares as
/// often as a sentence.
pub fn of_account(account: &Account) -> Span {
    let read = account.derivation.span;
    let first = account.evidence.first().copied();
    if read.is_empty() { first.unwrap_or(read) } else { read }
}

/// The words that a figure is known by: where it is named first.
pub fn of_figure(figure: &Figure) -> Span {
    figure.mentions.first().copied().unwrap_or_default()
}

/// The words that a statement is known by: the reporting sentence.
pub fn of_statement(statement: &Statement) -> Span {
    statement.evidence
}

/// The account that words mean.
pub fn account(reading: &Reading, words: Span) -> Option<usize> {
    best(reading.accounts.iter().map(|account| {
        let evidence = account.evidence.iter().map(|&span| likeness(span, words));
        let read = likeness(of_account(account), words);
        (read, evidence.fold(0.0, f64::max))
    }))
}

/// The figure that words mean.
pub fn figure(reading: &Reading, words: Span) -> Option<usize> {
    best(reading.figures.iter().map(|figure| {
        let mentions = figure.mentions.iter().map(|&span| likeness(span, words));
        (mentions.fold(0.0, f64::max), 0.0)
    }))
}

/// The statement that words mean.
pub fn statement(reading: &Reading, words: Span) -> Option<usize> {
    best(reading.statements.iter().map(|statement| {
        let quote = statement.quote.iter().map(|&span| likeness(span, words));
        (likeness(statement.evidence, words), quote.fold(0.0, f64::max))
    }))
}

fn best(likeness: impl Iterator<Item = (f64, f64)>) -> Option<usize> {
    let mut best: Option<((f64, f64), usize)> = None;
    for (n, (first, second)) in likeness.enumerate().filter(|(_, (a, b))| *a > 0.0 || *b > 0.0) {
        let better = best.is_none_or(|((x, y), _)| first > x || (first == x && second > y));
        if better {
            best = Some(((first, second), n));
        }
    }
    best.map(|(_, n)| n)
}

/// The share of the words of both that they have in common.
fn likeness(a: Span, b: Span) -> f64 {
    if a.is_empty() || b.is_empty() || !a.overlaps(b) {
        return 0.0;
    }
    let shared = a.end.min(b.end) - a.start.max(b.start);
    f64::from(shared) / a.cover(b).len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closest_words_win_and_the_first_of_equals() {
        let words = |start, end| Span::new(start, end);
        assert_eq!(likeness(words(0, 10), words(10, 20)), 0.0);
        assert_eq!(likeness(words(0, 10), words(5, 20)), 0.25);
        assert_eq!(best([(0.0, 0.0), (0.2, 0.0), (0.5, 0.1), (0.5, 0.1)].into_iter()), Some(2));
        assert_eq!(best([(0.0, 0.0)].into_iter()), None);
    }
}
