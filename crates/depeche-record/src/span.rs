//! Positions in a report's text.

use std::ops::Range;

/// A half-open range of bytes of one report's text, always on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span of the bytes `start..end`. Texts of 4 GiB and more are refused before they come here.
    pub fn new(start: usize, end: usize) -> Span {
        debug_assert!(start <= end && end <= u32::MAX as usize);
        Span { start: start as u32, end: end as u32 }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether nothing lies between start and end.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The span as a range of byte indices.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The words that the span covers; empty if the span is not one of this text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// Whether `other` lies within this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The span without white space at its ends.
    pub fn trim(self, text: &str) -> Span {
        let words = self.of(text);
        let start = self.start as usize + (words.len() - words.trim_start().len());
        Span::new(start, start + words.trim().len())
    }
}

/// Turns byte offsets of one text into offsets in Unicode code points, as W3C text position selectors count.
#[derive(Debug, Clone)]
pub struct CodePoints {
    /// Number of code points before each 64-byte step; with ASCII text both counts agree.
    steps: Vec<u32>,
}

const STEP: usize = 64;

fn starts_character(byte: &u8) -> bool {
    byte & 0xC0 != 0x80
}

impl CodePoints {
    /// Counts the code points of `text` once, in linear time.
    pub fn of(text: &str) -> CodePoints {
        let mut count = 0;
        let steps = text
            .as_bytes()
            .chunks(STEP)
            .map(|chunk| {
                let before = count;
                count += chunk.iter().filter(|b| starts_character(b)).count() as u32;
                before
            })
            .collect();
        CodePoints { steps }
    }

    /// The offset in code points of the byte offset `at` of `text`, the same text that was counted.
    pub fn at(&self, text: &str, at: usize) -> usize {
        let step = (at / STEP).min(self.steps.len().saturating_sub(1));
        let before = self.steps.get(step).copied().unwrap_or(0) as usize;
        let end = at.min(text.len());
        let start = (step * STEP).min(end);
        before + text.as_bytes()[start..end].iter().filter(|b| starts_character(b)).count()
    }

    /// Start and end of `span` in code points.
    pub fn range(&self, text: &str, span: Span) -> (usize, usize) {
        (self.at(text, span.start as usize), self.at(text, span.end as usize))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_agree_with_counting_characters() {
        let text = "« Нет » — l’été à N'Djaména 🕊 fin ".repeat(20);
        let points = CodePoints::of(&text);
        for (n, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(points.at(&text, at), n);
        }
        assert_eq!(points.at(&text, text.len()), text.chars().count());
        assert_eq!(CodePoints::of("").at("", 0), 0);
    }

    #[test]
    fn trim_keeps_to_the_words() {
        let text = "  à Genève\n";
        assert_eq!(Span::new(0, text.len()).trim(text).of(text), "à Genève");
    }
}
