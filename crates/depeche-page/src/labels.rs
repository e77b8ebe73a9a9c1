//! What the names that pages give to their parts say about them.

use std::collections::HashMap;
use std::ops::{BitOr, BitOrAssign};
use std::sync::LazyLock;

/// What a part of a page is marked as; several may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Marks(u16);

impl Marks {
    /// The text of the article.
    pub(crate) const BODY: Marks = Marks(1);
    /// May be the text of the article.
    pub(crate) const WEAK: Marks = Marks(1 << 1);
    /// Never the article.
    pub(crate) const ASIDE: Marks = Marks(1 << 2);
    /// What readers wrote below it.
    pub(crate) const COMMENT: Marks = Marks(1 << 3);
    /// Words below a picture.
    pub(crate) const CAPTION: Marks = Marks(1 << 4);
    /// Who made a picture.
    pub(crate) const CREDIT: Marks = Marks(1 << 5);
    /// The summary below the headline.
    pub(crate) const STANDFIRST: Marks = Marks(1 << 6);
    /// Author, date, source.
    pub(crate) const BYLINE: Marks = Marks(1 << 7);
    /// Keywords.
    pub(crate) const TAGS: Marks = Marks(1 << 8);

    /// Whether any of `marks` holds.
    pub(crate) fn has(self, marks: Marks) -> bool {
        self.0 & marks.0 != 0
    }

    fn of(name: &str) -> Option<Marks> {
        Some(match name {
            "body" => Marks::BODY,
            "weak" => Marks::WEAK,
            "aside" => Marks::ASIDE,
            "comment" => Marks::COMMENT,
            "caption" => Marks::CAPTION,
            "credit" => Marks::CREDIT,
            "standfirst" => Marks::STANDFIRST,
            "byline" => Marks::BYLINE,
            "tags" => Marks::TAGS,
            _ => return None,
        })
    }
}

impl BitOr for Marks {
    type Output = Marks;

    fn bitor(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }
}

impl BitOrAssign for Marks {
    fn bitor_assign(&mut self, other: Marks) {
        self.0 |= other.0;
    }
}

struct Names {
    /// Words that are whole parts of a name.
    whole: HashMap<&'static str, Marks>,
    /// Words that a part begins with.
    begun: Vec<(&'static str, Marks)>,
    /// Words that are a whole name.
    alone: HashMap<&'static str, Marks>,
    /// Lengths of `alone` as bits.
    alone_lengths: u64,
    /// First bytes of `begun`.
    opens: [bool; 256],
    /// For each first byte, the lengths of `whole` as bits: most names of pages are none of them, and are not looked up.
    lengths: [u64; 256],
}

impl Names {
    fn may_be_whole(&self, words: &str) -> bool {
        let first = words.bytes().next().unwrap_or(0);
        words.len() < 64 && self.lengths[usize::from(first)] >> words.len() & 1 == 1
    }
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names {
        whole: HashMap::new(),
        begun: Vec::new(),
        alone: HashMap::new(),
        alone_lengths: 0,
        opens: [false; 256],
        lengths: [0; 256],
    };
    for (marks, words) in rows() {
        if let Some(words) = words.strip_suffix('*') {
            names.begun.push((words, marks));
            names.opens[usize::from(words.bytes().next().unwrap_or(0))] = true;
        } else if let Some(words) = words.strip_prefix('=') {
            *names.alone.entry(words).or_default() |= marks;
            names.alone_lengths |= 1 << words.len().min(63);
        } else {
            *names.whole.entry(words).or_default() |= marks;
            let first = words.bytes().next().unwrap_or(0);
            // The tests hold them shorter.
            names.lengths[usize::from(first)] |= 1 << words.len().min(63);
        }
    }
    names
});

fn rows() -> impl Iterator<Item = (Marks, &'static str)> {
    let lines = include_str!("../lang/markup.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| {
        let (class, words) = line.split_once('\t')?;
        Some((Marks::of(class)?, words))
    })
}

/// Most parts of a name that words are looked for in.
const MOST_PARTS: usize = 12;
/// Longest names that are read, in bytes.
const LONGEST: usize = 1_024;

/// What the names in `class`, `id` and such attributes say, separated by white space.
pub(crate) fn read(names: &str) -> Marks {
    let mut marks = Marks::default();
    let mut joined = String::new();
    for name in names.split_ascii_whitespace().filter(|name| name.len() <= LONGEST) {
        join(name, &mut joined);
        marks |= of_name(&joined);
    }
    marks
}

/// «articleBody» and «article__body» as «article-body».
fn join(name: &str, joined: &mut String) {
    joined.clear();
    let mut lower = false;
    for character in name.chars() {
        // Nearly all are letters of ASCII in lower case, digits and marks.
        if matches!(character, 'a'..='z' | '0'..='9') {
            joined.push(character);
            lower = true;
        } else if character.is_alphanumeric() {
            if character.is_uppercase() && lower && !joined.ends_with('-') {
                joined.push('-');
            }
            lower = character.is_lowercase() || character.is_numeric();
            joined.push(character.to_ascii_lowercase());
        } else if !joined.is_empty() && !joined.ends_with('-') {
            joined.push('-');
        }
    }
    if joined.ends_with('-') {
        joined.pop();
    }
}

fn of_name(name: &str) -> Marks {
    let names = &*NAMES;
    let mut marks = match names.alone_lengths >> name.len().min(63) & 1 {
        0 => Marks::default(),
        _ => names.alone.get(name).copied().unwrap_or_default(),
    };
    // What an article is filed under, and what a wrapper has or lacks, says nothing about the part itself.
    const SAY_NOTHING: [&str; 14] = [
        "has-",
        "no-",
        "with-",
        "without-",
        "page-",
        "is-",
        "category-",
        "tag-",
        "type-",
        "status-",
        "format-",
        "not-",
        "wp-singular-",
        "single-format-",
    ];
    if SAY_NOTHING.iter().any(|prefix| name.starts_with(prefix)) {
        return marks;
    }
    let mut starts = [0; MOST_PARTS + 1];
    let mut count = 0;
    for (at, part) in name.split('-').scan(0, |at, part| {
        let start = *at;
        *at += part.len() + 1;
        Some((start, part))
    }) {
        if count == MOST_PARTS {
            break;
        }
        starts[count] = at;
        count += 1;
        if part.bytes().next().is_some_and(|first| names.opens[usize::from(first)]) {
            let begun = names.begun.iter().filter(|(words, _)| part.starts_with(words));
            marks = begun.fold(marks, |sum, (_, marks)| sum | *marks);
        }
    }
    let end = name.len();
    for first in 0..count {
        for last in first..count.min(first + 4) {
            let stop = if last + 1 < count { starts[last + 1] - 1 } else { end };
            let words = &name[starts[first]..stop];
            if !names.may_be_whole(words) {
                continue;
            }
            let Some(found) = names.whole.get(words) else { continue };
            let follows = name[stop..].split('-').filter(|part| !part.is_empty());
            let mut positive = follows.clone().all(is_neutral);
            // «article» alone is a weak word wherever something stands before it.
            positive &= !(found.has(Marks::WEAK) && first > 0 && count > 2);
            for mark in [
                Marks::BODY,
                Marks::WEAK,
                Marks::ASIDE,
                Marks::COMMENT,
                Marks::CAPTION,
                Marks::CREDIT,
                Marks::STANDFIRST,
                Marks::BYLINE,
                Marks::TAGS,
            ] {
                let asks = mark.has(Marks::BODY | Marks::WEAK);
                if found.has(mark) && (!asks || positive) {
                    marks |= mark;
                }
            }
        }
    }
    // The comments of a live blog are its posts.
    if marks.has(Marks::COMMENT) && name.split('-').any(|part| part.starts_with("live")) {
        marks = Marks(marks.0 & !Marks::COMMENT.0);
    }
    marks
}

/// Whether a part of a name says nothing about what it names.
fn is_neutral(part: &str) -> bool {
    const NEUTRAL: [&str; 22] = [
        "wrapper",
        "wrap",
        "wrapping",
        "container",
        "content",
        "contents",
        "inner",
        "text",
        "section",
        "main",
        "area",
        "block",
        "col",
        "column",
        "holder",
        "full",
        "body",
        "copy",
        "js",
        "single",
        "component",
        "region",
    ];
    NEUTRAL.contains(&part) || part.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        let lines = include_str!("../lang/markup.tsv").lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(rows().count(), lines);
        assert!(rows().all(|(_, words)| (1..63).contains(&words.len())));
    }

    #[test]
    fn names_are_read_in_every_writing() {
        for name in
            ["articleBody", "article__body", "c-article-body-wrapper", "td-post-content", "Article_Body"]
        {
            assert!(read(name).has(Marks::BODY), "{name}");
        }
        for name in ["article-body-footer", "somebody", "category-article-body", "has-post-content"] {
            assert!(!read(name).has(Marks::BODY), "{name}");
        }
        for name in ["main related-posts", "o-newsletterBox", "breadcrumbs", "hidden"] {
            assert!(read(name).has(Marks::ASIDE), "{name}");
        }
        assert!(read("comment-list").has(Marks::COMMENT) && !read("live-comment").has(Marks::COMMENT));
        for name in ["has-sidebar", "overflow-hidden", "category-newsletter", "adresse", "fashion"] {
            assert!(!read(name).has(Marks::ASIDE), "{name}");
        }
    }
}
