//! HTML as a sequence of tags and text, each with its place in the page.
//!
//! A tokenizer in one pass over the page, after the tokenization stage of the HTML standard, without its tree. It does
//! what a tree cannot: it keeps positions.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr;

/// A piece of markup or text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Event<'a> {
    /// `<name attributes>`.
    Open { name: &'a str, attributes: &'a str, place: Range<usize> },
    /// `</name>`.
    Close { name: &'a str, place: Range<usize> },
    /// Characters between tags, with character references.
    Text { place: Range<usize> },
    /// What stands between the tags of an element that holds no markup, such as `script` or `title`.
    Raw { name: &'a str, attributes: &'a str, place: Range<usize> },
}

/// Elements whose content is not read as markup, or is no text of the page.
const RAW: [&str; 14] = [
    "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript", "svg",
    "math", "template", "object", "canvas",
];

/// The events of a page in order.
pub(crate) fn scan(html: &str) -> Scan<'_> {
    Scan { html, at: 0, raw: None, searched: Vec::new() }
}

/// The iterator that [`scan`] returns.
pub(crate) struct Scan<'a> {
    html: &'a str,
    at: usize,
    /// The element whose raw content comes next.
    raw: Option<(&'a str, &'a str)>,
    /// Names of raw elements that are known not to be closed after `at`, so that no page is searched twice for them.
    searched: Vec<String>,
}

impl<'a> Iterator for Scan<'a> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        let html = self.html;
        let bytes = html.as_bytes();
        if let Some((name, attributes)) = self.raw.take()
            && let Some(event) = self.raw_content(name, attributes)
        {
            return Some(event);
        }
        let start = self.at;
        let mut at = start;
        while at < bytes.len() {
            if bytes[at] != b'<' {
                at += memchr(b'<', &bytes[at..]).unwrap_or(bytes.len() - at);
                continue;
            }
            let next = bytes.get(at + 1).copied().unwrap_or(b' ');
            if !(next.is_ascii_alphabetic() || matches!(next, b'!' | b'?' | b'/')) {
                at += 1;
                continue;
            }
            if at > start {
                self.at = at;
                return Some(Event::Text { place: start..at });
            }
            return match next {
                b'!' | b'?' => {
                    self.at = end_of_declaration(html, at);
                    self.next_after_declaration()
                }
                b'/' => Some(self.close(at)),
                _ => Some(self.open(at)),
            };
        }
        self.at = bytes.len();
        (start < bytes.len()).then_some(Event::Text { place: start..bytes.len() })
    }
}

impl<'a> Scan<'a> {
    /// Skips a comment; a loop rather than a call, since a page may hold a million of them in a row.
    fn next_after_declaration(&mut self) -> Option<Event<'a>> {
        while self.html[self.at..].starts_with("<!") || self.html[self.at..].starts_with("<?") {
            self.at = end_of_declaration(self.html, self.at);
        }
        self.next()
    }

    fn open(&mut self, start: usize) -> Event<'a> {
        let html = self.html;
        let bytes = html.as_bytes();
        let mut at = start + 1;
        while at < bytes.len() && !bytes[at].is_ascii_whitespace() && !matches!(bytes[at], b'>' | b'/') {
            at += 1;
        }
        let name = &html[start + 1..at];
        let attributes_start = at;
        let mut value = false;
        while at < bytes.len() && bytes[at] != b'>' {
            match bytes[at] {
                quote @ (b'"' | b'\'') if value => {
                    let rest = &bytes[at + 1..];
                    at += 1 + memchr(quote, rest).unwrap_or(rest.len());
                    value = false;
                }
                b'=' => value = true,
                b if b.is_ascii_whitespace() => {}
                _ => value = false,
            }
            at += 1;
        }
        let attributes_end = at.min(bytes.len());
        let attributes = &html[attributes_start..attributes_end];
        self.at = (at + 1).min(bytes.len());
        if let Some(raw) = RAW.iter().find(|raw| raw.eq_ignore_ascii_case(name))
            && !attributes.ends_with('/')
            && !self.searched.iter().any(|searched| searched == raw)
        {
            self.raw = Some((name, attributes));
        }
        Event::Open { name, attributes, place: start..self.at }
    }

    fn close(&mut self, start: usize) -> Event<'a> {
        let html = self.html;
        let end = memchr(b'>', &html.as_bytes()[start..]).map_or(html.len(), |length| start + length + 1);
        let inner = html[start + 2..end].trim_end_matches('>');
        let name_end = inner.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inner.len());
        self.at = end;
        Event::Close { name: &inner[..name_end], place: start..end }
    }

    fn raw_content(&mut self, name: &'a str, attributes: &'a str) -> Option<Event<'a>> {
        let start = self.at;
        let bytes = self.html.as_bytes();
        let closes = |at: &usize| {
            bytes[*at..].starts_with(b"</")
                && bytes
                    .get(at + 2..at + 2 + name.len())
                    .is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        };
        let mut at = start;
        while let Some(length) = memchr(b'<', &bytes[at..]) {
            at += length;
            if closes(&at) {
                self.at = at;
                return Some(Event::Raw { name, attributes, place: start..at });
            }
            at += 1;
        }
        // Never closed: a page cut short in a script has no text after it; other elements are read through.
        self.searched.push(name.to_ascii_lowercase());
        if name.eq_ignore_ascii_case("script") || name.eq_ignore_ascii_case("style") {
            self.at = bytes.len();
            return Some(Event::Raw { name, attributes, place: start..bytes.len() });
        }
        None
    }
}

fn end_of_declaration(html: &str, start: usize) -> usize {
    let rest = &html[start..];
    let end = match rest.strip_prefix("<!--") {
        Some(comment) => comment.find("-->").map(|at| at + "<!---->".len()),
        None => rest.find('>').map(|at| at + 1),
    };
    start + end.unwrap_or(rest.len())
}

/// Hands on each attribute: its name as written and its value without quotes, character references and all.
pub(crate) fn each_attribute<'a>(attributes: &'a str, mut to: impl FnMut(&str, &'a str)) {
    let bytes = attributes.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at].is_ascii_whitespace() || bytes[at] == b'/' {
            at += 1;
            continue;
        }
        let start = at;
        at += 1;
        while at < bytes.len() && !bytes[at].is_ascii_whitespace() && !matches!(bytes[at], b'=' | b'/' | b'>')
        {
            at += 1;
        }
        let name = &attributes[start..at];
        while at < bytes.len() && bytes[at].is_ascii_whitespace() {
            at += 1;
        }
        if bytes.get(at) != Some(&b'=') {
            to(name, "");
            continue;
        }
        at += 1;
        while at < bytes.len() && bytes[at].is_ascii_whitespace() {
            at += 1;
        }
        let (from, to_end) = match bytes.get(at) {
            Some(quote @ (b'"' | b'\'')) => {
                let from = at + 1;
                let length = memchr(*quote, &bytes[from..]).unwrap_or(bytes.len() - from);
                at = from + length + 1;
                (from, from + length)
            }
            _ => {
                let length = bytes[at..].iter().position(u8::is_ascii_whitespace).unwrap_or(bytes.len() - at);
                let from = at;
                at += length;
                (from, at)
            }
        };
        to(name, &attributes[from..to_end]);
    }
}

/// The value of an attribute, with its character references resolved.
pub(crate) fn attribute<'a>(attributes: &'a str, wanted: &str) -> Option<Cow<'a, str>> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        let end = rest
            .find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/' | '>'))
            .unwrap_or(rest.len());
        let name = &rest[..end];
        let after = rest[end..].trim_start();
        let (value, next) = match after.strip_prefix('=').map(str::trim_start) {
            None => ("", after),
            Some(value) => match value.chars().next() {
                Some(quote @ ('"' | '\'')) => {
                    let inner = &value[1..];
                    let close = inner.find(quote).unwrap_or(inner.len());
                    (&inner[..close], inner.get(close + 1..).unwrap_or(""))
                }
                _ => {
                    let close = value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len());
                    value.split_at(close)
                }
            },
        };
        if name.is_empty() && next.len() >= rest.len() {
            // A stray character: step over it.
            let mut characters = rest.chars();
            characters.next()?;
            rest = characters.as_str();
            continue;
        }
        if name.eq_ignore_ascii_case(wanted) {
            return Some(htmlize::unescape_attribute(value));
        }
        if next.is_empty() {
            return None;
        }
        rest = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> Vec<String> {
        scan(html)
            .map(|event| match event {
                Event::Open { name, .. } => format!("<{name}>"),
                Event::Close { name, .. } => format!("</{name}>"),
                Event::Text { place } => html[place].to_owned(),
                Event::Raw { name, place, .. } => format!("{name}:{}", &html[place]),
            })
            .collect()
    }

    #[test]
    fn pages_fall_into_tags_and_text() {
        let html =
            "<!doctype html><!-- a > b --><p class='x>y'>1 < 2 &amp; 3<br/><script>if (a</b>) </script>fin";
        assert_eq!(
            shown(html),
            ["<p>", "1 < 2 &amp; 3", "<br>", "<script>", "script:if (a</b>) ", "</script>", "fin"]
        );
        assert_eq!(shown("<p"), ["<p>"]);
        assert_eq!(shown("a<svg><path></svg>b"), ["a", "<svg>", "svg:<path>", "</svg>", "b"]);
    }

    #[test]
    fn attributes_are_read_in_every_quoting() {
        let attributes = " property=\"og:title\" content='L&#39;été' x = y checked";
        assert_eq!(attribute(attributes, "content").as_deref(), Some("L'été"));
        assert_eq!(attribute(attributes, "X").as_deref(), Some("y"));
        assert_eq!(attribute(attributes, "checked").as_deref(), Some(""));
        assert_eq!(attribute(attributes, "none"), None);
        assert_eq!(attribute("= \"", "a"), None);
    }

    #[test]
    fn a_million_comments_are_no_recursion() {
        assert_eq!(shown(&"<!---->".repeat(200_000)).len(), 0);
    }
}
