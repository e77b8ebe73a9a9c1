//! The main text among the lines of a page.
//!
//! 1. Running text: each line weighs its letters outside links, if it looks like sentences.
//! 2. What pages mark as menu, footer, related, comments … is no part of it, unless most of the running text stands there.
//! 3. The element that holds the text: one that is marked as such, else `article` or `main`, else the smallest one with most of
//!    the running text.
//! 4. In it, teasers, blocks of links, keywords and what «Lire aussi» opens are dropped, and captions told apart.

use std::ops::Range;

use depeche_record::BlockKind;

use crate::labels::Marks;
use crate::letters::{Letters, Line};
use crate::roles;

/// A block of the main text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// Its letters.
    pub(crate) letters: Range<usize>,
    /// What its markup says it is.
    pub(crate) kind: Option<BlockKind>,
}

/// A page as its main text is looked for.
pub(crate) struct Content<'a> {
    page: &'a Letters,
    /// Running text before each line, and of all lines; without what stands apart.
    prose: Vec<u32>,
    /// Letters before each line, and those of them that are links.
    letters: Vec<u32>,
    linked: Vec<u32>,
    /// For each element whether it is, or stands in, what is never the article.
    pub(crate) apart: Vec<bool>,
    /// The headline of the page, where it has one that its metadata name as well.
    title: Option<Range<usize>>,
}

/// Shortest line that counts as running text, in bytes.
const SHORTEST: usize = 50;
/// Part of the running text that an element must hold not to be passed over whatever it is marked as.
const MOST: f64 = 0.5;
/// Part of the running text that a marked element must hold to be the article.
const MARKED: f64 = 0.3;
/// Part of it that a part must hold to be gone into when nothing is marked.
const WITHIN: f64 = 0.8;

impl<'a> Content<'a> {
    /// Weighs the lines of a page and finds what stands apart in it.
    pub(crate) fn of(page: &'a Letters, title: Option<&Range<usize>>) -> Content<'a> {
        let weights: Vec<u32> = page.lines.iter().map(|line| weight(page, line)).collect();
        let mut content = Content {
            page,
            prose: sums(weights.iter().copied()),
            letters: sums(page.lines.iter().map(|line| line.letters.len() as u32)),
            linked: sums(page.lines.iter().map(|line| line.linked as u32)),
            apart: Vec::new(),
            title: title.cloned(),
        };
        content.apart = content.stands_apart();
        content.take_back();
        let mut kept = weights;
        for (line, weight) in page.lines.iter().zip(&mut kept) {
            if content.apart[line.element] {
                *weight = 0;
            }
        }
        content.prose = sums(kept.into_iter());
        content
    }

    fn prose(&self, element: usize) -> u32 {
        within(&self.prose, &self.page.elements[element].lines)
    }

    fn letters(&self, element: usize) -> u32 {
        within(&self.letters, &self.page.elements[element].lines)
    }

    fn linked(&self, element: usize) -> u32 {
        within(&self.linked, &self.page.elements[element].lines)
    }

    /// For each element whether it stands apart.
    fn stands_apart(&self) -> Vec<bool> {
        let elements = &self.page.elements;
        let total = self.prose.last().copied().unwrap_or(0);
        let marked = |element: usize, marks: Marks| elements[element].marks.has(marks);
        // What is marked as the article as well has comments; it is none.
        let comments = |element: usize| {
            let marks = elements[element].marks;
            marks.has(Marks::COMMENT) && !marks.has(Marks::BODY | Marks::WEAK)
        };
        // Comments may be longer than the article, so what counts is whether anything is left without them.
        let mut commented = 0;
        let mut next = 0;
        for (element, part) in elements.iter().enumerate() {
            if element >= next && comments(element) {
                commented += self.prose(element);
                next = part.end;
            }
        }
        let left = total - commented.min(total);
        let mut apart = vec![false; elements.len()];
        for element in 1..elements.len() {
            let parent = elements[element].parent;
            let share = f64::from(self.prose(element)) / f64::from(total.max(1));
            let own = match () {
                () if matches!(elements[element].tag, "html" | "body") => false,
                () if comments(element) => left >= 300 || left * 2 >= commented,
                () if elements[element].hidden => share < 0.8,
                () if elements[element].tag == "form" => share < 0.2,
                // The name of a paragraph tells how it looks or behaves; what it is shows in its words.
                () if self.is_running(element) => false,
                () => marked(element, Marks::ASIDE) && share < MOST,
            };
            apart[element] = own || apart[parent];
        }
        apart
    }

    /// Takes back what stands apart by its name alone where hardly any running text is left without it: names lie.
    fn take_back(&mut self) {
        let elements = &self.page.elements;
        for _ in 0..3 {
            let left: u32 = (0..self.page.lines.len())
                .filter(|&line| !self.apart[self.page.lines[line].element])
                .map(|line| self.prose[line + 1] - self.prose[line])
                .sum();
            let named = |e: &usize| {
                let parent = elements[*e].parent;
                self.apart[*e]
                    && !self.apart[parent]
                    && !elements[*e].hidden
                    && !elements[*e].marks.has(Marks::COMMENT)
                    && !matches!(elements[*e].tag, "nav" | "footer" | "dialog" | "form" | "select")
            };
            let Some(best) = (1..elements.len()).filter(named).max_by_key(|e| self.prose(*e)) else { return };
            if self.prose(best) < 400 || left * 2 > self.prose(best) {
                return;
            }
            self.apart[best] = false;
            for (element, part) in elements.iter().enumerate().take(elements[best].end).skip(best + 1) {
                let own = self.apart[element] && part.marks.has(Marks::ASIDE);
                self.apart[element] = own || self.apart[part.parent];
            }
        }
    }

    /// Whether an element is a paragraph of running text.
    fn is_running(&self, element: usize) -> bool {
        let tag = self.page.elements[element].tag;
        matches!(tag, "p" | "h2" | "h3")
            && self.letters(element) > 80
            && self.linked(element) * 2 < self.letters(element)
    }

    /// The elements that hold the article, in order, none within another.
    fn holders(&self) -> Vec<usize> {
        let total = self.prose.last().copied().unwrap_or(0);
        let share = |element: &usize| f64::from(self.prose(*element)) / f64::from(total.max(1));
        let body = self.outermost(Marks::BODY);
        let largest = body.iter().map(|e| self.prose(*e)).max().unwrap_or(0);
        if largest >= 200 && body.iter().map(share).sum::<f64>() >= MARKED {
            let kept: Vec<usize> = body.into_iter().filter(|e| self.prose(*e) * 4 >= largest).collect();
            let kept = match kept.as_slice() {
                [only] => self.marked_parts(*only),
                _ => kept,
            };
            let kept = self.told_by_title(kept);
            return kept.into_iter().map(|element| self.marked_within(element)).collect();
        }
        let weak = self.outermost(Marks::WEAK);
        if let Some(best) = weak.into_iter().max_by_key(|e| (self.prose(*e), usize::MAX - *e))
            && share(&best) >= MOST
        {
            return vec![self.smallest(best)];
        }
        vec![self.smallest(0)]
    }

    /// The marked parts of a marked element where they are several and hold nearly all of it, else the element.
    fn marked_parts(&self, element: usize) -> Vec<usize> {
        let elements = &self.page.elements;
        let mut parts = Vec::new();
        let mut next = 0;
        for (inner, part) in elements.iter().enumerate().take(elements[element].end).skip(element + 1) {
            let marked = part.marks.has(Marks::BODY) && !self.apart[inner];
            if inner >= next && marked && self.prose(inner) >= 200 {
                parts.push(inner);
                next = part.end;
            }
        }
        let held: u32 = parts.iter().map(|part| self.prose(*part)).sum();
        let whole = f64::from(self.prose(element));
        if parts.len() >= 2 && f64::from(held) >= 0.9 * whole { parts } else { vec![element] }
    }

    /// Of several articles, each in an element of its own, the one that the page's title stands in: pages go on with others
    /// when they are scrolled. All where it stands in none.
    fn told_by_title(&self, bodies: Vec<usize>) -> Vec<usize> {
        let elements = &self.page.elements;
        let article = |body: usize| {
            let mut element = body;
            while element != 0 {
                if elements[element].tag == "article"
                    || element != body && elements[element].marks.has(Marks::WEAK)
                {
                    return element;
                }
                element = elements[element].parent;
            }
            body
        };
        let Some(title) = self.title.clone() else { return bodies };
        let mut articles: Vec<usize> = bodies.iter().map(|body| article(*body)).collect();
        articles.dedup();
        if bodies.len() < 2 || articles.len() < bodies.len() {
            return bodies;
        }
        // The posts of a live blog stand below a title that is in none of them.
        let holds = |body: &usize| {
            let lines = &self.page.lines[elements[article(*body)].lines.clone()];
            let ends = lines.first().zip(lines.last());
            ends.is_some_and(|(first, last)| (first.letters.start..last.letters.end).contains(&title.start))
        };
        match bodies.iter().copied().find(holds) {
            Some(own) => vec![own],
            None => bodies,
        }
    }

    /// The outermost elements with a mark that do not stand apart.
    fn outermost(&self, marks: Marks) -> Vec<usize> {
        let elements = &self.page.elements;
        let mut found = Vec::new();
        let mut next = 0;
        for (element, part) in elements.iter().enumerate() {
            let none = matches!(part.tag, "html" | "body" | "p" | "span" | "a" | "h1" | "h2" | "h3");
            if element >= next && part.marks.has(marks) && !self.apart[element] && !none {
                found.push(element);
                next = part.end;
            }
        }
        found
    }

    /// The innermost marked element that holds nearly all of a marked one.
    fn marked_within(&self, element: usize) -> usize {
        let all = f64::from(self.prose(element));
        let inside = element + 1..self.page.elements[element].end;
        let holds = |e: &usize| {
            self.page.elements[*e].marks.has(Marks::BODY) && f64::from(self.prose(*e)) >= 0.95 * all
        };
        inside.rev().find(holds).unwrap_or(element)
    }

    /// The smallest element within one that holds most of its running text.
    fn smallest(&self, element: usize) -> usize {
        let elements = &self.page.elements;
        let mut best = element;
        loop {
            let all = f64::from(self.prose(best));
            let mut child = best + 1;
            let mut inner = None;
            while child < elements[best].end {
                if f64::from(self.prose(child)) >= WITHIN * all
                    && all > 0.0
                    && !matches!(
                        elements[child].tag,
                        "p" | "span" | "td" | "li" | "blockquote" | "font" | "" | "b" | "a"
                    )
                {
                    inner = Some(child);
                    break;
                }
                child = elements[child].end.max(child + 1);
            }
            match inner {
                Some(inner) => best = inner,
                None => return best,
            }
        }
    }

    /// The main text.
    pub(crate) fn main_text(&self) -> Vec<Found> {
        let mut found = Vec::new();
        for holder in self.holders() {
            self.take(holder, &mut found);
        }
        found
    }

    fn take(&self, holder: usize, found: &mut Vec<Found>) {
        let elements = &self.page.elements;
        let all = self.prose(holder);
        let mut dropped = vec![false; elements[holder].end - holder];
        let mut element = holder;
        while element < elements[holder].end {
            if element > holder && self.is_dropped(element, all) {
                let end = elements[element].end.max(element + 1);
                for inner in element..end {
                    dropped[inner - holder] = true;
                }
                element = end;
                continue;
            }
            element += 1;
        }
        let mut skip = 0;
        for line in &self.page.lines[elements[holder].lines.clone()] {
            if line.element < holder || dropped.get(line.element - holder).copied().unwrap_or(false) {
                continue;
            }
            if line.letters.start < skip {
                continue;
            }
            if let Some(end) = self.related_until(line, holder) {
                skip = end;
                continue;
            }
            if let Some(kind) = self.kind(line, holder) {
                found.push(Found { letters: line.letters.clone(), kind });
            }
        }
    }

    /// Whether an element within the article's is dropped with all that stands in it.
    fn is_dropped(&self, element: usize, all: u32) -> bool {
        let part = &self.page.elements[element];
        if self.apart[element] {
            return true;
        }
        if part.lines.is_empty() {
            return false;
        }
        let (letters, linked, prose) = (self.letters(element), self.linked(element), self.prose(element));
        if part.marks.has(Marks::TAGS) && prose * 4 < all && letters < 600 {
            return true;
        }
        if prose * 5 < all && self.is_teaser(element) {
            return true;
        }
        let share = f64::from(linked) / f64::from(letters.max(1));
        match part.tag {
            "ul" | "ol" | "dl" => share > 0.6 && prose < 200,
            "div" | "section" | "table" | "article" | "header" => share > 0.5 && prose < 100,
            "h2" | "h3" | "h4" | "h5" | "h6" => share > 0.9,
            _ => false,
        }
    }

    /// Where what a line such as «Lire aussi» opens ends, in letters: with the widest element that the line begins and that is
    /// the lesser part of the article; with the article where the line stands among its last paragraphs.
    fn related_until(&self, line: &Line, holder: usize) -> Option<usize> {
        let elements = &self.page.elements;
        if line.letters.len() > 60 {
            return None;
        }
        let (words, _) = self.page.words(line.letters.clone());
        if !roles::opens_list(&words) {
            return None;
        }
        let number = self.page.lines.partition_point(|other| other.letters.start < line.letters.start);
        let all = self.prose(holder);
        let mut widest = None;
        let mut element = line.element;
        while element > holder {
            let part = &elements[element];
            if part.lines.start < number || self.prose(element) * 2 > all {
                break;
            }
            widest = Some(element);
            element = part.parent;
        }
        let lines = match widest {
            Some(widest) if elements[widest].lines.len() > 1 => elements[widest].lines.end,
            _ => {
                // A heading between its siblings: all that follows in the same parent, if it is little.
                let parent = if element >= holder { &elements[element] } else { return None };
                let rest = self.prose[parent.lines.end] - self.prose[number];
                let is_heading = matches!(self.page.block(line), "h2" | "h3" | "h4" | "h5" | "h6");
                if rest * 4 > all || !is_heading {
                    return None;
                }
                parent.lines.end
            }
        };
        self.page.lines.get(lines.checked_sub(1)?).map(|last| last.letters.end)
    }

    /// Whether an element stands in one that says in a few lines what another page says.
    pub(crate) fn is_in_teaser(&self, element: usize) -> bool {
        let elements = &self.page.elements;
        let mut element = element;
        while element != 0 && elements[element].lines.len() <= 8 {
            if self.is_teaser(element) {
                return true;
            }
            element = elements[element].parent;
        }
        false
    }

    /// Whether an element says in a few lines what another page says, and links to it.
    fn is_teaser(&self, element: usize) -> bool {
        let elements = &self.page.elements;
        let part = &elements[element];
        if !matches!(part.tag, "div" | "article" | "li" | "section" | "a" | "td") || part.lines.len() > 8 {
            return false;
        }
        if part.tag == "a" {
            return part.lines.len() > 1;
        }
        let headed = (element + 1..part.end).any(|inner| {
            matches!(elements[inner].tag, "h2" | "h3" | "h4" | "h5" | "h6")
                && self.letters(inner) > 0
                && self.linked(inner) * 10 >= self.letters(inner) * 9
        });
        headed && self.prose(element) < 500
    }

    /// What a line is, none if it is not of the article.
    fn kind(&self, line: &Line, holder: usize) -> Option<Option<BlockKind>> {
        let elements = &self.page.elements;
        let mut marks = Marks::default();
        let mut kind = None;
        let mut element = line.element;
        let mut caption = false;
        let mut figure = false;
        while element > holder {
            let part = &elements[element];
            marks |= part.marks;
            if part.marks.has(Marks::STANDFIRST) && part.lines.len() <= 3 && self.letters(element) >= 30 {
                kind = kind.or(Some(BlockKind::Standfirst));
            }
            caption |= part.tag == "figcaption" || part.marks.has(Marks::CAPTION) && part.lines.len() <= 6;
            figure |= part.tag == "figure";
            kind = kind.or(match part.tag {
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(BlockKind::Heading),
                "li" => Some(BlockKind::Item),
                "blockquote" => Some(BlockKind::Quotation),
                _ => None,
            });
            element = part.parent;
        }
        let length = line.letters.len();
        if caption || figure && length < 400 {
            return Some(Some(BlockKind::Caption));
        }
        if self.page.block(line) == "p" && line.linked * 10 >= length * 9 && length >= 20 {
            return None;
        }
        Some(kind)
    }
}

/// How much running text a line is.
fn weight(page: &Letters, line: &Line) -> u32 {
    let length = line.letters.len();
    if length < SHORTEST || line.linked * 2 > length {
        return 0;
    }
    let words = &page.text[line.letters.clone()];
    let stops = words.bytes().filter(|byte| matches!(byte, b'.' | b',' | b'!' | b'?' | b';' | b':')).count();
    if stops == 0 && words.is_ascii() && length < 150 {
        return 0;
    }
    (length - line.linked) as u32
}

/// The sum before each number, and that of all.
fn sums(numbers: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut sums = vec![0];
    let mut sum = 0u32;
    for number in numbers {
        sum = sum.saturating_add(number);
        sums.push(sum);
    }
    sums
}

fn within(sums: &[u32], lines: &Range<usize>) -> u32 {
    sums[lines.end] - sums[lines.start]
}
