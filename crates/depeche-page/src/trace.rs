//! The blocks of the main text, found again in the page's letters.

use std::ops::Range;

use depeche_record::BlockKind;

use crate::letters::Letters;
use crate::markup::{Event, attribute, is_block, scan};
use crate::normal::is_invisible;

/// A block as the library returned it.
#[derive(Debug, Default)]
struct Content {
    /// Its letters.
    letters: String,
    /// The letters of each of its text nodes.
    nodes: Vec<Range<usize>>,
    /// What its markup says it is.
    kind: Option<BlockKind>,
    /// Place of its element in the page, in bytes.
    hint: Option<usize>,
}

/// A block found in the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// Its letters.
    pub(crate) letters: Range<usize>,
    /// What its markup says it is.
    pub(crate) kind: Option<BlockKind>,
}

/// What became of the blocks.
#[derive(Debug, Default)]
pub(crate) struct Traced {
    /// Those found, in the order of the main text.
    pub(crate) found: Vec<Found>,
    /// Number of letters that were not found.
    pub(crate) lost: usize,
}

/// Finds the blocks of `content`, the HTML of the main text, in the page.
pub(crate) fn trace(content: &str, page: &Letters) -> Traced {
    let mut tracer = Tracer { page, cursor: 0, budget: page.text.len().saturating_mul(64).max(1 << 24) };
    let mut traced = Traced::default();
    for block in blocks(content) {
        match tracer.find_block(&block) {
            Some(letters) => traced.found.push(Found { letters, kind: block.kind }),
            None => tracer.find_nodes(&block, &mut traced),
        }
    }
    traced
}

/// How far from its neighbour a text node of a block may stand, in letters.
const NEAR: usize = 2_000;

struct Tracer<'a> {
    page: &'a Letters,
    /// Where the next block is expected.
    cursor: usize,
    /// Letters that may still be searched: blocks that stand nowhere must not make the work quadratic.
    budget: usize,
}

impl Tracer<'_> {
    fn find_block(&mut self, block: &Content) -> Option<Range<usize>> {
        let wanted = block.letters.as_str();
        let hint = block.hint.map(|place| self.page.at_source(place));
        let here = [hint, Some(self.cursor)].into_iter().flatten().find(|&at| self.stands_at(wanted, at));
        let start = here
            .or_else(|| self.search(wanted, hint.unwrap_or(self.cursor)))
            .or_else(|| self.search(wanted, self.cursor))
            .or_else(|| self.search(wanted, 0))?;
        self.cursor = start + wanted.len();
        Some(start..self.cursor)
    }

    /// Finds the text nodes of a block from which something was taken out.
    fn find_nodes(&mut self, block: &Content, traced: &mut Traced) {
        if let Some(hint) = block.hint {
            self.cursor = self.page.at_source(hint);
        }
        let mut parts: Vec<Range<usize>> = Vec::new();
        for node in &block.nodes {
            let wanted = &block.letters[node.clone()];
            let near = self.page.boundary(self.cursor + wanted.len() + NEAR);
            let start = match self.stands_at(wanted, self.cursor) {
                true => Some(self.cursor),
                false => self.page.text[self.cursor..near].find(wanted).map(|at| self.cursor + at),
            };
            // A short node far from the one before it could stand anywhere.
            let start = start.or_else(|| if wanted.len() >= 24 { self.search(wanted, 0) } else { None });
            let Some(start) = start else {
                traced.lost += wanted.len();
                continue;
            };
            self.cursor = start + wanted.len();
            match parts.last_mut() {
                Some(part) if part.end == start => part.end = self.cursor,
                _ => parts.push(start..self.cursor),
            }
        }
        traced.found.extend(parts.into_iter().map(|letters| Found { letters, kind: block.kind }));
    }

    fn stands_at(&self, wanted: &str, at: usize) -> bool {
        self.page.text.get(at..).is_some_and(|rest| rest.starts_with(wanted))
    }

    fn search(&mut self, wanted: &str, from: usize) -> Option<usize> {
        let rest = self.page.text.get(from..)?;
        if rest.len() > self.budget {
            return None;
        }
        let found = rest.find(wanted);
        self.budget -= found.unwrap_or(rest.len());
        found.map(|at| from + at)
    }
}

/// The blocks of the main text's HTML.
fn blocks(content: &str) -> Vec<Content> {
    let mut blocks = Vec::new();
    let mut block = Content::default();
    let mut open: Vec<(&str, Option<BlockKind>)> = Vec::new();
    let mut hint = None;
    for event in scan(content) {
        match event {
            Event::Open { name, attributes, .. } => {
                let breaks = name.eq_ignore_ascii_case("br") && ends_line(&block.letters);
                if is_block(name) || breaks {
                    end_block(&mut blocks, &mut block, &open, hint);
                    hint = attribute(attributes, "data-at").and_then(|place| place.parse().ok());
                }
                if let Some(kind) = kind_of(name) {
                    open.push((name, kind));
                }
            }
            Event::Close { name, .. } => {
                if is_block(name) {
                    end_block(&mut blocks, &mut block, &open, hint);
                    hint = None;
                }
                let from = open.len().saturating_sub(40);
                if let Some(at) = open[from..].iter().rposition(|(o, _)| o.eq_ignore_ascii_case(name)) {
                    open.truncate(from + at);
                }
            }
            Event::Text { place } => {
                let start = block.letters.len();
                let text = htmlize::unescape(&content[place]);
                block.letters.extend(text.chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)));
                if block.letters.len() > start {
                    block.nodes.push(start..block.letters.len());
                }
            }
            Event::Raw { .. } => {}
        }
    }
    end_block(&mut blocks, &mut block, &open, hint);
    blocks
}

/// Whether a line break after these letters ends a line rather than wraps one.
fn ends_line(letters: &str) -> bool {
    letters.ends_with(['.', '!', '?', '…', '»', '”', '"', ':', ')'])
}

fn end_block(
    blocks: &mut Vec<Content>,
    block: &mut Content,
    open: &[(&str, Option<BlockKind>)],
    hint: Option<usize>,
) {
    if !block.letters.is_empty() {
        block.hint = hint;
        block.kind = open.iter().rev().find_map(|(_, kind)| *kind);
        blocks.push(std::mem::take(block));
    }
    *block = Content::default();
}

fn kind_of(name: &str) -> Option<Option<BlockKind>> {
    match name.to_ascii_lowercase().as_str() {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(Some(BlockKind::Heading)),
        "li" => Some(Some(BlockKind::Item)),
        "blockquote" | "q" => Some(Some(BlockKind::Quotation)),
        "figcaption" => Some(Some(BlockKind::Caption)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letters::read;

    #[test]
    fn blocks_are_found_in_order_however_they_were_rewritten() {
        let page = read("<ul><li>Oui</ul><div>Oui<p>A&nbsp;<b>b</b>, c.<p>Un <span>deux</span> trois</div>");
        let traced = trace("<div><p>Oui</p><p>A <b>b</b>, c.</p><p>Un trois</p><p>jamais</p></div>", &page);
        let found: Vec<&str> = traced.found.iter().map(|f| &page.text[f.letters.clone()]).collect();
        assert_eq!(found, ["Oui", "Ab,c."]);
        assert_eq!(traced.lost, "Untrois".len() + "jamais".len());
        let traced = trace("<p>Un <i></i> trois</p>", &page);
        let found: Vec<&str> = traced.found.iter().map(|f| &page.text[f.letters.clone()]).collect();
        assert_eq!(found, ["Un", "trois"]);
    }
}
