//! One article: its text, what the text is made of, and where it stands in the captured bytes.

use std::fmt;

use crate::{Digest, Edtf, Problem, Span};

/// One article.
///
/// For plain text and Markdown, `text` is the whole decoded input, and what is not the article (menus, notices,
/// advertising) lies in blocks of kind [`BlockKind::Noise`]. For HTML, `text` is made of the blocks kept, each on lines
/// of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Report {
    /// The capture's identifier.
    pub id: String,
    /// Where the capture came from.
    pub address: String,
    /// SHA-256 of the captured bytes.
    pub digest: Digest,
    /// The text that every span of the report, its analysis and its reading points into.
    pub text: String,
    /// The parts of the text in reading order; they do not overlap, and what lies between them is white space.
    pub blocks: Vec<Block>,
    /// From positions in the text to positions in the captured bytes.
    pub source: SourceMap,
    /// Title of the article.
    pub title: Option<Known<String>>,
    /// The publication that the page belongs to, as named there.
    pub outlet: Option<Known<String>>,
    /// Address of the page on the web.
    pub url: Option<Known<String>>,
    /// Author line.
    pub byline: Option<Known<String>>,
    /// Day of publication from what was given, metadata or the address. What the text says is the next stage's work.
    pub published: Option<Known<Edtf>>,
    /// Language, where given or declared; detected by the next stage otherwise.
    pub language: Option<Known<Language>>,
    /// What else the page says about itself.
    pub about: About,
    /// What was met on the way.
    pub problems: Vec<Problem>,
}

impl Report {
    /// A report of which nothing is known but its text: each line that holds something is a paragraph, the address is
    /// the identifier, and the digest, for want of captured bytes, is all zeros.
    pub fn bare(id: &str, text: &str) -> Report {
        let mut blocks = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let span = Span::new(start, start + line.len()).trim(text);
            if !span.is_empty() {
                blocks.push(Block { span, kind: BlockKind::Paragraph });
            }
            start += line.len();
        }
        Report {
            id: id.to_owned(),
            address: id.to_owned(),
            digest: Digest([0; 32]),
            text: text.to_owned(),
            blocks,
            source: SourceMap::default(),
            title: None,
            outlet: None,
            url: None,
            byline: None,
            published: None,
            language: None,
            about: About::default(),
            problems: Vec::new(),
        }
    }

    /// The blocks that hold the article itself: everything but noise.
    pub fn article(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(|block| block.kind != BlockKind::Noise)
    }

    /// The kind of the block that holds `span`; noise where none does.
    pub fn kind_at(&self, span: Span) -> BlockKind {
        let after = self.blocks.partition_point(|block| block.span.start <= span.start);
        match after.checked_sub(1).map(|n| self.blocks[n]) {
            Some(block) if block.span.contains(span) => block.kind,
            _ => BlockKind::Noise,
        }
    }
}

/// What a page says about itself beside title, outlet, author and day. Moments are RFC 3339 in the zone that the page
/// writes them in, without a zone where it writes none; where it gives a day alone, they are a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct About {
    /// When it was published.
    pub published: Option<Known<String>>,
    /// When it was last changed.
    pub changed: Option<Known<String>>,
    /// The section of the outlet that it stands in.
    pub section: Option<Known<String>>,
    /// Whether it is only the beginning of an article, the rest being for subscribers.
    pub is_stub: bool,
    /// The outlet that its address belongs to, as the gazetteer knows it.
    pub publisher: Option<Publisher>,
}

/// An outlet as the gazetteer knows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Publisher {
    /// Identifier in the gazetteer.
    pub id: String,
    /// Name.
    pub name: String,
    /// ISO code of the state where it is edited; empty where none can be named.
    pub country: String,
    /// Who owns it, `state` where a state does; empty where that is not known.
    pub owner: String,
}

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Block {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum BlockKind {
    /// The headline.
    Title,
    /// The summary below the headline.
    Standfirst,
    /// A heading within the text.
    Heading,
    /// Running text.
    Paragraph,
    /// An item of a list of the article.
    Item,
    /// Words quoted as a block.
    Quotation,
    /// Words below a picture.
    Caption,
    /// Who made a picture: «Photo : TASS».
    Credit,
    /// Who wrote it, with a date or not: «Par La rédaction – 9 février 2025», «Publié le …».
    Byline,
    /// Place, date and agency before the text: «MOSCOU, 6 août (TASS) –», where they have a line of their own.
    Dateline,
    /// Where the whole text comes from: «Source : …», «avec AFP», «traduit par …», a machine-translation notice.
    Provenance,
    /// Not the article: menus, cookie walls, share lines, related links, advertising, comment forms.
    Noise,
}

/// A value together with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Known<T> {
    /// The value.
    pub value: T,
    /// What it rests on.
    pub basis: Basis,
    /// Where the text has it, if it does.
    pub span: Option<Span>,
}

/// What a value of a report rests on, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Basis {
    /// Said by the user or beside the text.
    Given,
    /// The page's metadata.
    Metadata,
    /// The page's address.
    Address,
    /// The text itself.
    Text,
    /// Worked out from the text, such as the year from weekday, day and month.
    Computed,
}

/// The languages that Dépêche reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Language {
    /// French.
    French,
    /// English.
    English,
    /// Russian.
    Russian,
}

impl Language {
    /// All of them, in the order of the project's care.
    pub const ALL: [Language; 3] = [Language::French, Language::English, Language::Russian];

    /// ISO 639-1 code.
    pub fn code(self) -> &'static str {
        match self {
            Language::French => "fr",
            Language::English => "en",
            Language::Russian => "ru",
        }
    }

    /// The language of a code or tag such as `fr`, `fra`, `fr-FR`, `ru_RU`.
    pub fn from_code(code: &str) -> Option<Language> {
        match code.split(['-', '_', '.']).next()?.to_ascii_lowercase().as_str() {
            "fr" | "fra" | "fre" => Some(Language::French),
            "en" | "eng" => Some(Language::English),
            "ru" | "rus" => Some(Language::Russian),
            _ => None,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// From bytes of a report's text to bytes of the capture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SourceMap {
    segments: Vec<SourceSegment>,
}

/// A run of text and the captured bytes it was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SourceSegment {
    /// First byte in the text.
    pub text_start: u32,
    /// Number of bytes in the text.
    pub text_len: u32,
    /// First byte in the capture.
    pub source_start: u32,
    /// Number of bytes in the capture. Where it equals `text_len`, the bytes correspond one to one; else the run
    /// corresponds as a whole (a character reference, a character of another encoding).
    pub source_len: u32,
}

impl SourceMap {
    /// A map of segments sorted by `text_start`, not overlapping. White space that was made by the page stage (between
    /// blocks) lies in no segment.
    pub fn new(segments: Vec<SourceSegment>) -> SourceMap {
        debug_assert!(segments.windows(2).all(|w| w[0].text_start + w[0].text_len <= w[1].text_start));
        SourceMap { segments }
    }

    /// The segments.
    pub fn segments(&self) -> &[SourceSegment] {
        &self.segments
    }

    /// The captured bytes `start..end` that a span of the text was made from; none if no part of it was captured.
    pub fn locate(&self, span: Span) -> Option<std::ops::Range<usize>> {
        let first = self.segments.partition_point(|s| s.text_start + s.text_len <= span.start);
        let after = self.segments.partition_point(|s| s.text_start < span.end);
        let within = self.segments.get(first..after)?;
        let (head, tail) = (within.first()?, within.last()?);
        let exact = |s: &SourceSegment| s.text_len == s.source_len;
        let start =
            head.source_start + if exact(head) { span.start.saturating_sub(head.text_start) } else { 0 };
        let end = match exact(tail) {
            true => tail.source_start + (span.end - tail.text_start).min(tail.text_len),
            false => tail.source_start + tail.source_len,
        };
        Some(start as usize..end as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_map_back_through_character_references() {
        // "l&eacute;a d" captured at 10 becomes "léa d".
        let segment = |text_start, text_len, source_start, source_len| SourceSegment {
            text_start,
            text_len,
            source_start,
            source_len,
        };
        let map = SourceMap::new(vec![segment(0, 1, 10, 1), segment(1, 2, 11, 8), segment(3, 3, 19, 3)]);
        assert_eq!(map.locate(Span::new(0, 6)), Some(10..22));
        assert_eq!(map.locate(Span::new(1, 3)), Some(11..19));
        assert_eq!(map.locate(Span::new(4, 5)), Some(20..21));
        assert_eq!(map.locate(Span::new(6, 9)), None);
    }
}
