//! The letters of a page: its characters but white space, in order, each with its place in the page.
//!
//! The library that finds the main text keeps no positions. Its blocks are found again here: what a block says, letter
//! by letter, stands in the page in the same order, however its white space and tags were changed.

use std::ops::Range;

use crate::markup::{Event, attribute, is_block, is_void, scan};
use crate::normal::is_invisible;

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
    /// The innermost element that begins a line: `p`, `h1`, `li` …
    pub(crate) element: String,
    /// Whether it stands in a part of the page that is never the article: menus, footers, forms.
    pub(crate) aside: bool,
    /// Whether an element around it says that it is the summary below the headline.
    pub(crate) standfirst: bool,
    /// Whether it stands in an element that says when or by whom it was written.
    pub(crate) byline: bool,
    /// Whether a picture's text stands in it.
    pub(crate) caption: bool,
}

/// The letters of a page.
#[derive(Debug, Default)]
pub(crate) struct Letters {
    /// The letters.
    pub(crate) text: String,
    runs: Vec<Run>,
    /// The lines in order.
    pub(crate) lines: Vec<Line>,
    /// The letters of the `title` element.
    pub(crate) title: Range<usize>,
    /// Whether any element begins or ends a line.
    pub(crate) has_blocks: bool,
}

struct Open {
    name: String,
    aside: bool,
    standfirst: bool,
    byline: bool,
    caption: bool,
}

/// The open elements that lines are judged by are held to this depth.
const DEEPEST: usize = 4_000;

/// Reads the letters of a page.
pub(crate) fn read(html: &str) -> Letters {
    let mut letters = Letters::default();
    let mut gap = Gap::Block;
    let mut open: Vec<Open> = Vec::new();
    let mut line_start = 0;
    for event in scan(html) {
        match event {
            Event::Open { name, attributes, .. } => {
                if is_block(name) {
                    letters.has_blocks |= !matches!(name, "html" | "head" | "body" | "title");
                    letters.end_line(&mut line_start, open.last());
                    gap = Gap::Block;
                } else if name.eq_ignore_ascii_case("br") {
                    letters.has_blocks = true;
                    letters.end_line(&mut line_start, open.last());
                    gap = Gap::Block;
                }
                if !is_void(name) && !attributes.ends_with('/') && open.len() < DEEPEST {
                    let entry = Open::new(name, attributes, open.last());
                    open.push(entry);
                }
            }
            Event::Close { name, .. } => {
                if is_block(name) {
                    letters.end_line(&mut line_start, open.last());
                    gap = Gap::Block;
                }
                // Misnested tags are looked for nearby only; the depth of the stack bounds the work.
                let from = open.len().saturating_sub(40);
                if let Some(at) = open[from..].iter().rposition(|o| o.name.eq_ignore_ascii_case(name)) {
                    open.truncate(from + at);
                }
            }
            Event::Text { place } => letters.push(html, place, &mut gap),
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
    letters.end_line(&mut line_start, open.last());
    letters
}

/// Words of class names and identifiers by which pages mark what is not the article.
const FURNITURE: [&str; 19] = [
    "cookie",
    "newsletter",
    "breadcrumb",
    "related",
    "comment",
    "share",
    "sharing",
    "social",
    "sidebar",
    "footer",
    "nav",
    "navbar",
    "menu",
    "promo",
    "advert",
    "popup",
    "modal",
    "recommend",
    "subscribe",
];
/// Words by which pages mark the summary below the headline.
const STANDFIRST: [&str; 10] =
    ["chapo", "standfirst", "lead", "intro", "sapo", "subtitle", "subhead", "excerpt", "dek", "summary"];
/// Words by which pages mark author, date and source.
const BYLINE: [&str; 13] = [
    "byline",
    "author",
    "auteur",
    "date",
    "time",
    "published",
    "signature",
    "dateline",
    "meta",
    "source",
    "credit",
    "copyright",
    "agency",
];

impl Open {
    fn new(name: &str, attributes: &str, parent: Option<&Open>) -> Open {
        let name = name.to_ascii_lowercase();
        let label = |wanted| attribute(attributes, wanted).unwrap_or_default().to_ascii_lowercase();
        let labels = match attributes.len() {
            1..4096 => format!("{} {} {}", label("class"), label("id"), label("itemprop")),
            _ => String::new(),
        };
        let says = |words: &[&str]| words.iter().any(|word| labels.contains(word));
        // A wrapper's class may tell that the page has a sidebar; it is none.
        let wraps =
            |token: &str| ["has-", "no-", "with-", "page-"].iter().any(|prefix| token.starts_with(prefix));
        let names = |token: &str| {
            let parts = token.split(['-', '_']);
            !wraps(token)
                && FURNITURE.iter().any(|word| token.starts_with(word) || parts.clone().any(|p| p == *word))
        };
        let is_main = matches!(name.as_str(), "html" | "body" | "main" | "article");
        let furniture =
            matches!(name.as_str(), "nav" | "footer" | "aside" | "select" | "button" | "menu" | "dialog")
                || labels.split_whitespace().any(names);
        let inherits = |of: fn(&Open) -> bool| !is_main && parent.is_some_and(of);
        Open {
            aside: furniture && !is_main || inherits(|o| o.aside),
            standfirst: says(&STANDFIRST) || inherits(|o| o.standfirst),
            byline: says(&BYLINE)
                || matches!(name.as_str(), "time" | "address")
                || name != "p" && inherits(|o| o.byline),
            caption: name == "figcaption" || says(&["caption", "legende"]) || inherits(|o| o.caption),
            name,
        }
    }
}

impl Letters {
    fn push(&mut self, html: &str, place: Range<usize>, gap: &mut Gap) {
        let end = place.end;
        let mut at = place.start;
        while at < end {
            let rest = &html[at..end];
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

    fn end_line(&mut self, start: &mut usize, open: Option<&Open>) {
        let end = self.text.len();
        if end > *start {
            let element = open.map_or(String::new(), |o| o.name.clone());
            let holds = |of: fn(&Open) -> bool| open.is_some_and(of);
            self.lines.push(Line {
                letters: *start..end,
                element,
                aside: holds(|o| o.aside),
                standfirst: holds(|o| o.standfirst),
                byline: holds(|o| o.byline),
                caption: holds(|o| o.caption),
            });
        }
        *start = end;
    }

    /// The last boundary between two characters at or before `at`.
    pub(crate) fn boundary(&self, at: usize) -> usize {
        (0..=at.min(self.text.len())).rev().find(|&n| self.text.is_char_boundary(n)).unwrap_or(0)
    }

    /// The letter index at or after a place in the page.
    pub(crate) fn at_source(&self, place: usize) -> usize {
        let index = self.runs.partition_point(|run| (run.source + run.source_len) as usize <= place);
        self.runs.get(index).map_or(self.text.len(), |run| run.letters as usize)
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
