//! Words quoted from reports: where they stand, and how they are shown.

use std::collections::BTreeMap;

use depeche_interface::{Interface, even_out};
use depeche_record::{CodePoints, Reading, Report, Span};

use super::view::Passage;

/// The reports of a briefing by identifier, each text measured once.
pub struct Library<'a> {
    interface: &'a Interface,
    reports: BTreeMap<&'a str, Shelf<'a>>,
}

/// A report, its reading, and the measures of its text.
pub struct Shelf<'a> {
    /// The report.
    pub report: &'a Report,
    /// What it says.
    pub reading: &'a Reading,
    points: CodePoints,
    /// First byte of every line.
    lines: Vec<usize>,
}

impl<'a> Library<'a> {
    /// A library of all that was read.
    pub fn new(interface: &'a Interface, read: &'a [(Report, Reading)]) -> Library<'a> {
        let shelf = |(report, reading): &'a (Report, Reading)| {
            let ends = report.text.match_indices('\n').map(|(at, _)| at + 1);
            let lines = std::iter::once(0).chain(ends).collect();
            (report.id.as_str(), Shelf { report, reading, points: CodePoints::of(&report.text), lines })
        };
        Library { interface, reports: read.iter().map(shelf).collect() }
    }

    /// A report by its identifier.
    pub fn get(&self, report: &str) -> Option<&Shelf<'a>> {
        self.reports.get(report)
    }

    /// The passage of a span; none if the report was not read.
    pub fn passage(&self, report: &str, span: Span) -> Option<Passage> {
        let shelf = self.reports.get(report)?;
        let text = &shelf.report.text;
        let position = shelf.points.range(text, span);
        let line = shelf.lines.partition_point(|&start| start <= span.start as usize);
        let values = [
            ("start", position.0.to_string().into()),
            ("end", position.1.to_string().into()),
            ("line", line.to_string().into()),
        ];
        Some(Passage {
            words: even_out(span.of(text)),
            language: shelf.reading.language,
            source: self.name(report),
            place: self.interface.tell("passage-place", &values),
            report: report.to_owned(),
            position,
            also: Vec::new(),
        })
    }

    /// A report as citations name it: its outlet, where known, and its identifier.
    pub fn name(&self, report: &str) -> String {
        let outlet = self.reports.get(report).and_then(|shelf| shelf.report.outlet.as_ref());
        match outlet {
            Some(outlet) if outlet.value != report => format!("{}, {report}", outlet.value),
            _ => report.to_owned(),
        }
    }
}

/// The passages of one entry: each stands once, and one that lies within another goes with it.
#[derive(Default)]
pub struct Passages {
    /// The passages; their numbers count from 1.
    pub shown: Vec<Passage>,
}

impl Passages {
    /// Adds a passage, unless its words stand here already; its number.
    pub fn add(&mut self, passage: Passage) -> usize {
        for (n, there) in self.shown.iter_mut().enumerate() {
            if there.report == passage.report {
                let (a, b) = (there.position, passage.position);
                if a.0 <= b.0 && b.1 <= a.1 {
                    return n + 1;
                }
                if b.0 <= a.0 && a.1 <= b.1 {
                    *there = Passage { also: std::mem::take(&mut there.also), ..passage };
                    return n + 1;
                }
            } else if there.words == passage.words {
                if !there.also.contains(&passage.report) {
                    there.also.push(passage.report);
                }
                return n + 1;
            }
        }
        self.shown.push(passage);
        self.shown.len()
    }
}

#[cfg(test)]
mod tests {
    use depeche_record::Language;

    use super::*;

    fn passage(report: &str, words: &str, position: (usize, usize)) -> Passage {
        Passage {
            words: words.to_owned(),
            language: Language::French,
            source: report.to_owned(),
            place: String::new(),
            report: report.to_owned(),
            position,
            also: Vec::new(),
        }
    }

    #[test]
    fn a_sentence_quoted_twice_stands_once() {
        let mut passages = Passages::default();
        assert_eq!(passages.add(passage("a", "Il a rencontré", (10, 24))), 1);
        assert_eq!(passages.add(passage("a", "Hier. Il a rencontré X.", (4, 27))), 1);
        assert_eq!(passages.add(passage("a", "rencontré", (15, 24))), 1);
        assert_eq!(passages.add(passage("b", "Hier. Il a rencontré X.", (0, 23))), 1);
        assert_eq!(passages.add(passage("b", "Autre chose", (40, 51))), 2);
        assert_eq!(passages.shown[0].words, "Hier. Il a rencontré X.");
        assert_eq!(passages.shown[0].also, ["b"]);
    }
}
