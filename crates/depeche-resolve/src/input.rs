//! The inputs in an order that does not depend on how they came.

use std::collections::BTreeSet;

use depeche_record::{Anchor, Day, Edtf, Problem, ProblemKind, Reading, Report, Span};

use crate::anchor;
use crate::judgement::Amended;

/// The pairs sorted by the report's identifier, each identifier once.
pub struct Inputs<'a> {
    pairs: Vec<(&'a Report, &'a Reading)>,
    /// What the stages before met, and identifiers that stand for two different reports.
    pub problems: Vec<Problem>,
    /// Statements that a person has rejected: report and index.
    hidden: BTreeSet<(usize, usize)>,
    /// Day of publication of each report, for dates are taken apart from their letters.
    days: Vec<Option<i64>>,
}

impl<'a> Inputs<'a> {
    /// Sorts; a pair that comes twice counts once. Where one identifier stands for two different reports, the one with
    /// the smaller digest is kept, whatever came first.
    pub fn sort(read: &'a [(Report, Reading)]) -> Inputs<'a> {
        let mut pairs: Vec<(&Report, &Reading)> =
            read.iter().map(|(report, reading)| (report, reading)).collect();
        pairs.sort_by(|a, b| {
            let key = |p: &(&'a Report, &'a Reading)| (&p.0.id, p.0.digest, &p.0.address);
            // Pairs that agree in all this are nearly always equal; writing them out is the last resort.
            key(a)
                .cmp(&key(b))
                .then_with(|| if a == b { std::cmp::Ordering::Equal } else { written(a).cmp(&written(b)) })
        });
        pairs.dedup();
        let mut problems = Vec::new();
        pairs.dedup_by(|next, kept| {
            let same = next.0.id == kept.0.id;
            if same {
                let detail = "this identifier stands for two different reports; one of them was left out";
                problems.push(Problem::new(ProblemKind::DuplicateId, kept.0.id.clone(), detail));
            }
            same
        });
        let known: Vec<Problem> = problems.clone();
        let mut seen: BTreeSet<_> = known.iter().map(Problem::key).collect();
        for (report, reading) in &pairs {
            for problem in report.problems.iter().chain(&reading.problems) {
                if seen.insert(problem.key()) {
                    problems.push(problem.clone());
                }
            }
        }
        Inputs::of(pairs, problems)
    }

    fn of(pairs: Vec<(&'a Report, &'a Reading)>, problems: Vec<Problem>) -> Inputs<'a> {
        let day = |pair| Some(published(pair)?.days()?.0.number());
        let days = pairs.iter().map(|&pair| day(pair)).collect();
        Inputs { pairs, problems, hidden: BTreeSet::new(), days }
    }

    /// The inputs with reports as judgements change them, and without those that are rejected.
    pub fn amended<'b>(self, amended: &'b Amended) -> Inputs<'b>
    where
        'a: 'b,
    {
        let pairs = self.pairs.into_iter().enumerate().filter_map(|(at, pair)| match amended.get(&at) {
            None => Some(pair),
            Some(changed) => changed.as_ref().map(|(report, reading)| (report, reading)),
        });
        Inputs::of(pairs.collect(), self.problems)
    }

    /// Leaves a statement out of all that is made of statements.
    pub fn hide(&mut self, at: usize, statement: usize) {
        self.hidden.insert((at, statement));
    }

    /// Whether a person has rejected a statement.
    pub fn hides(&self, at: usize, statement: usize) -> bool {
        self.hidden.contains(&(at, statement))
    }

    /// The key by which the oldest thing of several is found: day of publication, reports without one last; then the
    /// order of reports.
    pub fn age(&self, at: usize) -> (i64, usize) {
        (self.published_day(at).unwrap_or(i64::MAX), at)
    }

    /// Words that a figure of a report is known by.
    pub fn anchor_of_figure(&self, at: usize, n: usize) -> Anchor {
        Anchor { report: self.report(at).id.clone(), span: anchor::of_figure(&self.reading(at).figures[n]) }
    }

    /// Words that an account of a report is known by.
    pub fn anchor_of_account(&self, at: usize, n: usize) -> Anchor {
        Anchor { report: self.report(at).id.clone(), span: anchor::of_account(&self.reading(at).accounts[n]) }
    }

    /// Words that a statement of a report is known by.
    pub fn anchor_of_statement(&self, at: usize, n: usize) -> Anchor {
        let span = anchor::of_statement(&self.reading(at).statements[n]);
        Anchor { report: self.report(at).id.clone(), span }
    }

    /// Number of reports.
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Report and reading at a place of the order.
    pub fn pair(&self, at: usize) -> (&'a Report, &'a Reading) {
        self.pairs[at]
    }

    /// The report at a place of the order.
    pub fn report(&self, at: usize) -> &'a Report {
        self.pairs[at].0
    }

    /// The reading at a place of the order.
    pub fn reading(&self, at: usize) -> &'a Reading {
        self.pairs[at].1
    }

    /// Where a report stands in the order.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.pairs.binary_search_by(|(report, _)| report.id.as_str().cmp(id)).ok()
    }

    /// All pairs in order.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &'a Report, &'a Reading)> {
        self.pairs.iter().enumerate().map(|(at, &(report, reading))| (at, report, reading))
    }

    /// Day of publication of a report.
    pub fn published(&self, at: usize) -> Option<&'a Edtf> {
        published(self.pairs[at])
    }

    /// Day of publication as days since 1970-01-01; the first one of an interval.
    pub fn published_day(&self, at: usize) -> Option<i64> {
        self.days[at]
    }

    /// The newest day of publication.
    pub fn newest_publication(&self) -> Option<Day> {
        (0..self.len()).filter_map(|at| self.published(at)?.days().map(|(_, last)| last)).max()
    }

    /// The words of a span of a report.
    pub fn words(&self, at: usize, span: Span) -> &'a str {
        span.of(&self.pairs[at].0.text)
    }
}

fn published<'a>((report, reading): (&'a Report, &'a Reading)) -> Option<&'a Edtf> {
    let told = reading.published.as_ref().map(|published| &published.date);
    told.or(report.published.as_ref().map(|published| &published.value))
}

fn written(pair: &(&Report, &Reading)) -> String {
    format!("{pair:?}")
}

/// Whether two spans stand in one sentence, as far as marks tell: no full stop followed by white space and no line
/// break between them.
pub fn in_one_sentence(text: &str, a: Span, b: Span) -> bool {
    if a.overlaps(b) {
        return true;
    }
    let (first, second) = if a.start <= b.start { (a, b) } else { (b, a) };
    let between = text.get(first.end.saturating_sub(1) as usize..second.start as usize);
    let Some(between) = between.or_else(|| text.get(first.end as usize..second.start as usize)) else {
        return false;
    };
    let mut stopped = false;
    for c in between.chars() {
        if c == '\n' || (stopped && c.is_whitespace()) {
            return false;
        }
        stopped = matches!(c, '.' | '!' | '?' | '…') || (stopped && matches!(c, '»' | '”' | '"' | ')'));
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_stops_and_lines() {
        let text = "Ils se sont vus, selon X. Il part demain.";
        let span = |words: &str| {
            let start = text.find(words).unwrap();
            Span::new(start, start + words.len())
        };
        assert!(in_one_sentence(text, span("vus"), span("selon X")));
        assert!(!in_one_sentence(text, span("vus"), span("demain")));
        assert!(!in_one_sentence(text, span("demain"), span("selon X.")));
    }
}
