//! The letters of a page: its characters but white space, in order, each with its place in the page.
//!
//! Every line, element and title is a range of them, so that whatever is taken from the page has its place there.

use std::ops::Range;

use crate::labels::Marks;
use crate::markup::{Event, each_attribute, scan};
use crate::normal::is_invisible;
use crate::tree::{Element, Tree, is_block, is_void, parts_lines, tag};

/// What stands between a run of letters and the run before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    Nothing,
    Space,
    Block,
}

/// Letters that stand together in the page, or the letters of one character reference.
#[derive(Debug, Clone, Copy)]
struct Run {
    letters: u32,
    source: u32,
    source_len: u32,
    gap: Gap,
}

/// A line of the page: what stands between two tags that end lines.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// Its letters.
    pub(crate) letters: Range<usize>,
    /// How many of them are links.
    pub(crate) linked: usize,
    /// The innermost element that all of it stands in.
    pub(crate) element: usize,
}

/// A day written for programs, in `time` or another element.
#[derive(Debug, Clone)]
pub(crate) struct Time {
    /// The element.
    pub(crate) element: usize,
    /// Where it begins.
    pub(crate) letters: usize,
    /// What it holds.
    pub(crate) written: String,
    /// Whether it is marked as that of publication.
    pub(crate) published: bool,
    /// Whether it is marked as that of a change.
    pub(crate) changed: bool,
}

/// The letters of a page.
#[derive(Debug, Default)]
pub(crate) struct Letters {
    /// The letters.
    pub(crate) text: String,
    runs: Vec<Run>,
    /// The lines in order.
    pub(crate) lines: Vec<Line>,
    /// The elements in order.
    pub(crate) elements: Vec<Element>,
    /// How deep they are nested.
    pub(crate) depth: usize,
    /// Days written for programs.
    pub(crate) times: Vec<Time>,
    /// The letters of the `title` element.
    pub(crate) title: Range<usize>,
    /// Whether any element begins or ends a line.
    pub(crate) has_blocks: bool,
}

/// Reads the letters of a page.
pub(crate) fn read(html: &str) -> Letters {
    let mut letters = Letters::default();
    let mut tree = Tree::new();
    let mut gap = Gap::Block;
    let mut line_start = 0;
    let mut linked = 0;
    // The innermost element around all letters of the line so far.
    let mut around = None;
    for event in scan(html) {
        match event {
            Event::Open { name, attributes, .. } => {
                let tag = tag(name);
                let ends_line = is_block(tag) || tag == "br";
                if ends_line {
                    letters.has_blocks |= parts_lines(tag);
                    letters.end_line(&mut line_start, &mut linked, &mut around);
                    gap = Gap::Block;
                }
                if !is_void(tag) && !closes_itself(attributes) {
                    tree.begin(name, tag, attributes, letters.lines.len());
                }
                if tag == "time" || attributes.len() > 20 && attributes.contains("date") {
                    letters.note_time(tag, attributes, tree.innermost());
                }
            }
            Event::Close { name, .. } => {
                let tag = tag(name);
                if is_block(tag) {
                    letters.end_line(&mut line_start, &mut linked, &mut around);
                    gap = Gap::Block;
                }
                tree.end(name, tag, letters.lines.len());
            }
            Event::Text { place } => {
                let before = letters.text.len();
                letters.push(html, place, &mut gap);
                let added = letters.text.len() - before;
                if added > 0 {
                    around = Some(tree.around(around, tree.innermost()));
                }
                if tree.is_linked() {
                    linked += added;
                }
            }
            Event::Raw { name, place, .. }
                if name.eq_ignore_ascii_case("title") && letters.title.is_empty() =>
            {
                gap = Gap::Block;
                let start = letters.text.len();
                letters.push(html, place, &mut gap);
                letters.title = start..letters.text.len();
                line_start = letters.text.len();
                gap = Gap::Block;
            }
            Event::Raw { .. } => gap = gap.max(Gap::Space),
        }
    }
    letters.end_line(&mut line_start, &mut linked, &mut around);
    (letters.elements, letters.depth) = tree.finish(letters.lines.len());
    letters
}

impl Letters {
    fn push(&mut self, html: &str, place: Range<usize>, gap: &mut Gap) {
        let end = place.end;
        let mut at = place.start;
        while at < end {
            let rest = &html[at..end];
            // Most of a page is letters that stand for themselves.
            let plain = rest.as_bytes().iter().take_while(|byte| is_plain(**byte)).count();
            if plain > 0 {
                self.add(&rest[..plain], at, plain, gap);
                at += plain;
                continue;
            }
            let (written, length) = match rest.chars().next() {
                Some('&') => resolve(rest),
                Some(character) => (None, character.len_utf8()),
                None => break,
            };
            match written {
                None => {
                    let piece = &rest[..length];
                    if piece.chars().all(char::is_whitespace) {
                        *gap = (*gap).max(Gap::Space);
                    } else {
                        self.add(piece, at, length, gap);
                    }
                }
                Some(written) => {
                    let invisible = written.chars().all(is_invisible);
                    let shown = |c: &char| !c.is_whitespace() && !is_invisible(*c);
                    let piece: String = written.chars().filter(shown).collect();
                    if invisible {
                        // «prési&shy;dent» is one word.
                    } else if piece.is_empty() {
                        *gap = (*gap).max(Gap::Space);
                    } else {
                        self.add(&piece, at, length, gap);
                    }
                }
            }
            at += length;
        }
    }

    fn add(&mut self, piece: &str, source: usize, source_len: usize, gap: &mut Gap) {
        let exact = piece.len() == source_len;
        let start = self.text.len() as u32;
        let previous = self.text.len();
        self.text.push_str(piece);
        if exact
            && *gap == Gap::Nothing
            && let Some(last) = self.runs.last_mut()
            && last.source_len as usize == previous - last.letters as usize
            && (last.source + last.source_len) as usize == source
        {
            last.source_len += source_len as u32;
            return;
        }
        self.runs.push(Run {
            letters: start,
            source: source as u32,
            source_len: source_len as u32,
            gap: *gap,
        });
        *gap = Gap::Nothing;
    }

    fn note_time(&mut self, tag: &str, attributes: &str, element: usize) {
        const MOST: usize = 200;
        if self.times.len() >= MOST || attributes.len() > 4_096 {
            return;
        }
        let (mut written, mut published, mut changed) =
            (None, tag == "time" && attributes.contains("pubdate"), false);
        let mut named = tag == "time";
        each_attribute(attributes, |name, value| match name {
            "datetime" | "content" | "title" if value.len() >= 8 && value.len() <= 80 => {
                written = written.take().or(Some(value));
            }
            "itemprop" | "class" | "property" => {
                published |=
                    value.contains("ublish") || value == "dateCreated" || value.contains("entry-date");
                changed |= value.contains("odified") || value.contains("pdated");
                named |= published || changed;
            }
            _ => {}
        });
        if tag == "meta" && !published && !changed || !named {
            return;
        }
        if let Some(written) = written.filter(|written| written.bytes().any(|byte| byte.is_ascii_digit())) {
            let published = published && !changed;
            let (letters, written) = (self.text.len(), written.to_owned());
            self.times.push(Time { element, letters, written, published, changed });
        }
    }

    fn end_line(&mut self, start: &mut usize, linked: &mut usize, around: &mut Option<usize>) {
        let end = self.text.len();
        let element = around.take().unwrap_or(0);
        if end > *start {
            self.lines.push(Line { letters: *start..end, linked: (*linked).min(end - *start), element });
        }
        *start = end;
        *linked = 0;
    }

    /// The element that begins a line and that the line stands in: `p`, `h1`, `li` …
    pub(crate) fn block(&self, line: &Line) -> &'static str {
        let mut element = line.element;
        loop {
            let Element { tag, parent, .. } = self.elements[element];
            if element == parent || is_block(tag) {
                return tag;
            }
            element = parent;
        }
    }

    /// What the elements around a line are marked as, out to those that hold more than `most` lines.
    pub(crate) fn marks(&self, line: &Line, most: usize) -> Marks {
        let mut marks = Marks::default();
        let mut element = line.element;
        while self.elements[element].lines.len() <= most {
            marks |= self.elements[element].marks;
            let parent = self.elements[element].parent;
            if parent == element {
                break;
            }
            element = parent;
        }
        marks
    }

    /// The last boundary between two characters at or before `at`.
    pub(crate) fn boundary(&self, at: usize) -> usize {
        (0..=at.min(self.text.len())).rev().find(|&n| self.text.is_char_boundary(n)).unwrap_or(0)
    }

    /// The words that letters stand for, with single spaces where the page has white space or a line end, and for each
    /// piece of them its place in the page: start and length in the words, start and length in the page.
    pub(crate) fn words(&self, range: Range<usize>) -> (String, Vec<[usize; 4]>) {
        let mut words = String::new();
        let mut pieces = Vec::new();
        let first = self.runs.partition_point(|run| (run.letters as usize) <= range.start).saturating_sub(1);
        for (index, run) in self.runs.iter().enumerate().skip(first) {
            let run_start = run.letters as usize;
            if run_start >= range.end {
                break;
            }
            let run_end = self.runs.get(index + 1).map_or(self.text.len(), |next| next.letters as usize);
            let (start, end) = (run_start.max(range.start), run_end.min(range.end));
            if start >= end {
                continue;
            }
            if !words.is_empty() && run.gap != Gap::Nothing {
                words.push(' ');
            }
            let exact = run.source_len as usize == run_end - run_start;
            let place = match exact {
                true => [words.len(), end - start, run.source as usize + (start - run_start), end - start],
                false => [words.len(), end - start, run.source as usize, run.source_len as usize],
            };
            pieces.push(place);
            words.push_str(&self.text[start..end]);
        }
        (words, pieces)
    }
}

/// `<a name="x"/>`, but not `<a href=https://e.fr/>`.
fn closes_itself(attributes: &str) -> bool {
    let bare = attributes.strip_suffix('/');
    bare.is_some_and(|bare| bare.is_empty() || bare.ends_with(['"', '\'', ' ', '\t', '\n', '\r']))
}

/// Whether a byte is of a letter that stands for itself: none of white space, character references and the characters
/// that begin as Unicode's spaces do. Bytes of such letters are never cut apart, since all that stops is a first byte.
fn is_plain(byte: u8) -> bool {
    !matches!(byte, 0..=b' ' | b'&' | 0xC2 | 0xE1 | 0xE2 | 0xE3 | 0xEF | 0x7F)
}

/// The character reference at the start of `text`: what it stands for, none if it is no reference, and its length.
fn resolve(text: &str) -> (Option<String>, usize) {
    let inner = &text.as_bytes()[1..text.len().min(40)];
    let named = inner.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'#').count();
    let length = 1 + named + usize::from(inner.get(named) == Some(&b';'));
    let written = &text[..length];
    match htmlize::unescape(written) {
        resolved if resolved == written => (None, 1),
        resolved => (Some(resolved.into_owned()), length),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_places() {
        let html = "<title>T</title><p>L&#39;été&nbsp;à <b>Gen</b>ève<br>fin</p>";
        let letters = read(html);
        assert_eq!(letters.text, "TL'étéàGenèvefin");
        let (words, pieces) = letters.words(1..letters.text.len());
        assert_eq!(words, "L'été à Genève fin");
        for [start, length, source, source_length] in pieces {
            let found = &html[source..source + source_length];
            assert_eq!(htmlize::unescape(found), &words[start..start + length]);
        }
        assert_eq!(letters.lines.len(), 2);
    }
}
