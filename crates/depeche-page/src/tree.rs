//! The elements of a page, in the order in which they begin, each with the lines that stand in it.
//!
//! No tree of nodes: an element knows its parent and where what stands in it ends, and since lines are numbered in the order
//! of the page, what an element holds is a range of them. End tags that may be left out are supplied, stray ones are passed
//! over, and elements below a depth are read as if they were not there, so that the work is linear in the page.

use std::collections::HashMap;
use std::ops::Range;

use crate::labels::{self, Marks};
use crate::markup::each_attribute;

/// Elements below this depth are read as if they were not there, only their text; browsers stop at 512.
pub(crate) const DEEPEST: usize = 256;

/// An element.
#[derive(Debug, Clone)]
pub(crate) struct Element {
    /// Its name; empty for one that means nothing here.
    pub(crate) tag: &'static str,
    /// Its parent; the first element is its own.
    pub(crate) parent: usize,
    /// The first element after those that stand in it.
    pub(crate) end: usize,
    /// Its lines.
    pub(crate) lines: Range<usize>,
    /// What its names say of it.
    pub(crate) marks: Marks,
    /// Whether it is not shown.
    pub(crate) hidden: bool,
}

/// An element that is open.
#[derive(Debug, Clone, Copy)]
struct Open<'a> {
    name: &'a str,
    tag: &'static str,
    /// Its number; its nearest kept ancestor's where it stands too deep.
    element: usize,
    kept: bool,
    linked: bool,
}

/// The elements, while a page is read.
#[derive(Debug)]
pub(crate) struct Tree<'a> {
    /// The elements so far.
    pub(crate) elements: Vec<Element>,
    open: Vec<Open<'a>>,
    /// How deep elements are nested.
    pub(crate) depth: usize,
    /// What names have been read to say.
    known: HashMap<String, Marks>,
}

/// How many open elements an end tag is looked for in.
const FAR: usize = 64;

impl<'a> Tree<'a> {
    pub(crate) fn new() -> Tree<'a> {
        let root =
            Element { tag: "", parent: 0, end: 0, lines: 0..0, marks: Marks::default(), hidden: false };
        Tree { elements: vec![root], open: Vec::new(), depth: 0, known: HashMap::new() }
    }

    /// The innermost open element.
    pub(crate) fn innermost(&self) -> usize {
        self.open.last().map_or(0, |open| open.element)
    }

    /// The innermost element that holds both.
    pub(crate) fn around(&self, one: Option<usize>, other: usize) -> usize {
        let Some(mut one) = one else { return other };
        // Elements are numbered as they begin, and those that are open have no end yet.
        let holds =
            |one: usize| other >= one && (self.elements[one].end == 0 || other < self.elements[one].end);
        while !holds(one) {
            one = self.elements[one].parent;
        }
        one
    }

    /// Whether what stands here is a link.
    pub(crate) fn is_linked(&self) -> bool {
        self.open.last().is_some_and(|open| open.linked)
    }

    /// Begins an element that is not empty; `line` is the number of the next line.
    pub(crate) fn begin(&mut self, name: &'a str, tag: &'static str, attributes: &str, line: usize) {
        self.end_implied(tag, line);
        let linked = match tag {
            "a" => true,
            // What stands in a link from one end of the page to the other was meant to be closed.
            "table" | "article" | "main" | "section" | "footer" | "body" => false,
            _ => self.is_linked(),
        };
        let kept = self.open.len() < DEEPEST;
        let parent = self.innermost();
        let mut element = parent;
        if kept {
            element = self.elements.len();
            let (marks, hidden) = self.read(tag, attributes);
            self.elements.push(Element { tag, parent, end: 0, lines: line..line, marks, hidden });
        }
        self.open.push(Open { name, tag, element, kept, linked });
        self.depth = self.depth.max(self.open.len());
    }

    /// Ends the innermost open element of a name.
    pub(crate) fn end(&mut self, name: &str, tag: &'static str, line: usize) {
        let from = self.open.len().saturating_sub(FAR);
        let mut found = None;
        for at in (from..self.open.len()).rev() {
            let open = &self.open[at];
            if open.tag == tag && (!tag.is_empty() || open.name.eq_ignore_ascii_case(name)) {
                found = Some(at);
                break;
            }
            // Ends of words marked within a line end no blocks, and nothing within a cell ends the table.
            let bars = match open.tag {
                "" | "a" | "b" | "i" | "em" | "strong" | "span" | "font" | "time" | "p" => false,
                "td" | "th" | "caption" => {
                    !matches!(tag, "tr" | "tbody" | "thead" | "table" | "body" | "html")
                }
                "ul" | "ol" => tag == "li",
                "table" => !matches!(tag, "body" | "html"),
                _ => false,
            };
            if bars || is_inline(tag) && !is_inline(open.tag) {
                break;
            }
        }
        if let Some(at) = found {
            self.close_to(at, line);
        }
    }

    /// Ends all.
    pub(crate) fn finish(mut self, line: usize) -> (Vec<Element>, usize) {
        self.close_to(0, line);
        let end = self.elements.len();
        if let Some(root) = self.elements.first_mut() {
            (root.end, root.lines) = (end, 0..line);
        }
        (self.elements, self.depth)
    }

    fn close_to(&mut self, depth: usize, line: usize) {
        let end = self.elements.len();
        for open in self.open.drain(depth..).filter(|open| open.kept) {
            let element = &mut self.elements[open.element];
            element.end = end;
            element.lines.end = line;
        }
    }

    /// Ends what ends without a tag where `tag` begins.
    fn end_implied(&mut self, tag: &'static str, line: usize) {
        let (ends, within): (&[&str], &[&str]) = match tag {
            "li" => (&["li"], &["ul", "ol"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            "tr" => (&["tr"], &["table", "tbody", "thead"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "option" => (&["option"], &["select"]),
            "a" => (&["a"], &["table", "td", "li", "div", "section", "article"]),
            _ if is_block(tag) => {
                (&["p"], &["table", "td", "th", "button", "div", "section", "article", "li"])
            }
            _ => return,
        };
        let from = self.open.len().saturating_sub(FAR);
        for at in (from..self.open.len()).rev() {
            let open = self.open[at].tag;
            if ends.contains(&open) {
                return self.close_to(at, line);
            }
            if within.contains(&open) {
                return;
            }
        }
    }

    /// What the attributes of an element say of it, and whether they hide it.
    fn read(&mut self, tag: &'static str, attributes: &str) -> (Marks, bool) {
        let mut marks = match tag {
            "article" | "main" => Marks::WEAK,
            "nav" | "footer" | "aside" | "select" | "button" | "menu" | "dialog" | "form" | "label"
            | "datalist" => Marks::ASIDE,
            "figcaption" => Marks::CAPTION,
            "time" | "address" => Marks::BYLINE,
            _ => Marks::default(),
        };
        let mut hidden = false;
        if attributes.len() < 3 || attributes.len() > 4_096 {
            return (marks, hidden);
        }
        // A wrapper of the whole page tells by its names what the page has.
        let says_nothing = matches!(tag, "html" | "body");
        each_attribute(attributes, |name, value| match name {
            "class" | "id" | "itemprop" | "role" if !says_nothing && !value.is_empty() => {
                if let Some(known) = self.known.get(value) {
                    marks |= *known;
                } else {
                    let read = labels::read(value);
                    self.known.insert(value.to_owned(), read);
                    marks |= read;
                }
                hidden |= name == "role" && value == "dialog";
            }
            "hidden" => hidden = true,
            "style" if value.len() < 400 => {
                let bare = value.as_bytes().iter().filter(|b| !b.is_ascii_whitespace());
                let bare: Vec<u8> = bare.map(u8::to_ascii_lowercase).collect();
                hidden |= find(&bare, b"display:none") || find(&bare, b"visibility:hidden");
            }
            _ => {}
        });
        (marks, hidden)
    }
}

fn find(text: &[u8], wanted: &[u8]) -> bool {
    text.windows(wanted.len()).any(|window| window == wanted)
}

/// The name of an element, if it means something here; else nothing.
pub(crate) fn tag(name: &str) -> &'static str {
    const LONGEST: usize = 10;
    let mut lower = [0; LONGEST];
    let Some(lower) = lower.get_mut(..name.len()) else { return "" };
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    // By length, so that a name is held against few.
    macro_rules! tags {
        ($($length:literal: $($name:literal)*,)*) => {
            match lower.len() {
                $($length => match &*lower {
                    $(name if name == $name.as_bytes() => $name,)*
                    _ => "",
                })*
                _ => "",
            }
        };
    }
    tags!(
        1: "p" "a" "b" "i" "q" "u" "s",
        2: "li" "ul" "br" "em" "h2" "h3" "td" "tr" "h1" "h4" "h5" "h6" "ol" "th" "dd" "dl" "dt" "hr",
        3: "div" "img" "nav" "dir" "pre" "sup" "sub" "col" "wbr",
        4: "span" "time" "form" "meta" "link" "main" "body" "html" "head" "menu" "font" "area" "base",
        5: "aside" "table" "tbody" "thead" "label" "input" "title" "small" "embed" "param" "track" "frame",
        6: "strong" "header" "footer" "figure" "button" "select" "option" "center" "dialog" "legend" "source",
        7: "section" "article" "address" "caption" "details" "summary",
        8: "fieldset" "datalist",
        10: "figcaption" "blockquote",
    )
}

/// Whether the element begins and ends a line of its own.
pub(crate) fn is_block(tag: &str) -> bool {
    matches!(
        tag,
        "div"
            | "p"
            | "li"
            | "ul"
            | "ol"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "nav"
            | "aside"
            | "figure"
            | "figcaption"
            | "table"
            | "td"
            | "th"
            | "tr"
            | "blockquote"
            | "button"
            | "form"
            | "main"
            | "select"
            | "option"
            | "address"
            | "body"
            | "html"
            | "head"
            | "title"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "dl"
            | "dt"
            | "fieldset"
            | "hr"
            | "legend"
            | "menu"
            | "pre"
            | "summary"
    )
}

/// Whether the element parts the lines of a text: what makes a page of it.
pub(crate) fn parts_lines(tag: &str) -> bool {
    tag == "br" || is_block(tag) && !matches!(tag, "html" | "head" | "body" | "title")
}

/// Whether the element has no content and no end tag.
pub(crate) fn is_void(tag: &str) -> bool {
    matches!(
        tag,
        "img"
            | "br"
            | "input"
            | "meta"
            | "link"
            | "hr"
            | "area"
            | "base"
            | "col"
            | "embed"
            | "param"
            | "source"
            | "track"
            | "wbr"
            | "frame"
    )
}

/// Whether the element marks words within a line.
fn is_inline(tag: &str) -> bool {
    !is_block(tag) && !matches!(tag, "tbody" | "thead" | "datalist")
}
