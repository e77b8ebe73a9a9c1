//! Plain text and Markdown: the whole text, each piece of it with what it is.

use depeche_record::{Basis, Block, BlockKind, Edtf, Known, Media, Span};

use crate::roles::{Piece, Setting, assign};
use crate::shape::Shape;
use crate::units::{Unit, split};

/// What was found in a plain text.
#[derive(Debug)]
pub(crate) struct Layout {
    /// The pieces in order.
    pub(crate) blocks: Vec<Block>,
    /// The title.
    pub(crate) title: Option<Known<String>>,
    /// The outlet, where the title names it.
    pub(crate) outlet: Option<Known<String>>,
    /// The author line.
    pub(crate) byline: Option<Known<String>>,
    /// Day of publication, where the head of a Markdown file has it.
    pub(crate) published: Option<Known<Edtf>>,
}

/// Lays out a plain text; `title` is the title where it is known beside the text.
pub(crate) fn lay_out(text: &str, media: Media, title: Option<&str>) -> Layout {
    let mut units = split(text);
    let front = match media {
        Media::Markdown => front_matter(text, &units),
        _ => 0,
    };
    let rest = units.split_off(front);
    let pieces: Vec<Piece> = rest
        .iter()
        .map(|unit| {
            let words = unit.span.of(text);
            let markup = if media == Media::Markdown { markdown(words) } else { None };
            Piece { words, after_blank: unit.after_blank, markup }
        })
        .collect();
    let stated = |keys: &[&str]| {
        units.iter().find_map(|unit| {
            let (key, value) = unit.span.of(text).split_once(':')?;
            let value = value.trim().trim_matches(['"', '\'']).trim();
            (keys.contains(&key.trim()) && !value.is_empty()).then(|| Known {
                value: value.to_owned(),
                basis: Basis::Metadata,
                span: Some(unit.span),
            })
        })
    };
    let stated_title = stated(&["title", "titre"]);
    let known_title = title.or(stated_title.as_ref().map(|known| known.value.as_str()));
    let kinds = assign(&pieces, known_title, Setting::Page);
    let noise = units.iter().map(|unit| Block { span: unit.span, kind: BlockKind::Noise });
    let mut blocks: Vec<Block> = noise.collect();
    blocks.extend(rest.iter().zip(kinds).map(|(unit, kind)| Block { span: unit.span, kind }));
    join_broken(text, &mut blocks);
    let (title, outlet) = read_title(text, &blocks);
    let title = stated_title.or(title);
    let outlet = stated(&["outlet", "publication", "site"]).or(outlet);
    let byline = stated(&["author", "auteur"]).or_else(|| read_byline(text, &blocks));
    let published = stated(&["date", "published"]).and_then(|known| {
        let day = known.value.get(..10).unwrap_or(&known.value);
        Some(Known { value: Edtf::parse(day).ok()?, basis: known.basis, span: known.span })
    });
    Layout { blocks, title, outlet, byline, published }
}

/// Number of units in the YAML head of a Markdown file.
fn front_matter(text: &str, units: &[Unit]) -> usize {
    let is_fence = |unit: &Unit| unit.span.of(text) == "---";
    if !units.first().is_some_and(is_fence) {
        return 0;
    }
    units.iter().skip(1).position(is_fence).map_or(0, |end| end + 2)
}

fn markdown(line: &str) -> Option<BlockKind> {
    let hashes = line.bytes().take_while(|b| *b == b'#').count();
    match line {
        _ if hashes == 1 && line[1..].starts_with(' ') => Some(BlockKind::Title),
        _ if (2..=6).contains(&hashes) && line[hashes..].starts_with(' ') => Some(BlockKind::Heading),
        _ if line.starts_with('>') => Some(BlockKind::Quotation),
        _ if line.starts_with("![") => Some(BlockKind::Caption),
        _ if line.starts_with("- ") || line.starts_with("* ") || line.starts_with("+ ") => {
            Some(BlockKind::Item)
        }
        _ => None,
    }
}

/// Joins what a scraper broke in the middle of a sentence: «… se joindre à ces», «entretiens», «, Miami étant …».
fn join_broken(text: &str, blocks: &mut Vec<Block>) {
    let joinable = |kind| matches!(kind, BlockKind::Paragraph | BlockKind::Heading);
    let mut joined: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks.drain(..) {
        if let Some(last) = joined.last_mut()
            && last.kind == BlockKind::Paragraph
            && joinable(block.kind)
            && breaks_off(last.span.of(text))
            && continues(block.span.of(text))
        {
            last.span = last.span.cover(block.span);
            continue;
        }
        joined.push(block);
    }
    *blocks = joined;
}

fn breaks_off(words: &str) -> bool {
    let tail_start = words.len().saturating_sub(2_000);
    let tail = (tail_start..words.len()).find(|&n| words.is_char_boundary(n)).map_or(words, |n| &words[n..]);
    let shape = Shape::of(tail);
    shape.words >= 12 && !shape.ends_sentence && !tail.ends_with([':', ';', '-', '–', '—'])
}

fn continues(words: &str) -> bool {
    let word = words.split_whitespace().next().unwrap_or("");
    let plain = |w: &str| w.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | ','));
    (word.starts_with(char::is_lowercase) && plain(word)) || words.starts_with(", ")
}

/// The words of the title, and the outlet's name where it follows a dash or a bar: «… avec Washington — RT Russie».
fn read_title(text: &str, blocks: &[Block]) -> (Option<Known<String>>, Option<Known<String>>) {
    let Some(block) = blocks.iter().find(|block| block.kind == BlockKind::Title) else { return (None, None) };
    let span = block.span;
    let words = span.of(text);
    let known = |span: Span| {
        let value =
            span.of(text).trim_start_matches(['#', ' ']).split_whitespace().collect::<Vec<_>>().join(" ");
        Known { value, basis: Basis::Text, span: Some(span) }
    };
    match outlet_suffix(words) {
        Some((end, start)) => {
            let start_of = span.start as usize;
            let title = Span::new(start_of, start_of + end);
            let outlet = Span::new(start_of + start, span.end as usize);
            (Some(known(title)), Some(known(outlet)))
        }
        None => (Some(known(span)), None),
    }
}

/// Where the title proper ends and where the outlet's name begins, if the line has one after its last separator.
pub(crate) fn outlet_suffix(title: &str) -> Option<(usize, usize)> {
    let (at, separator) =
        [" — ", " | ", " – "].iter().filter_map(|s| Some((title.rfind(s)?, *s))).max_by_key(|(at, _)| *at)?;
    let start = at + separator.len();
    let (left, right) = (title[..at].split_whitespace().count(), title[start..].split_whitespace().count());
    let named =
        title[start..].starts_with(char::is_uppercase) && !title[start..].contains(['«', '"', '?', '!', '.']);
    (named && left >= 5 && (1..=5).contains(&right) && right * 2 <= left + 1).then_some((at, start))
}

fn read_byline(text: &str, blocks: &[Block]) -> Option<Known<String>> {
    let bylines = blocks.iter().filter(|block| block.kind == BlockKind::Byline);
    let signs = |words: &str| {
        let first = words.split_whitespace().next().unwrap_or("").trim_end_matches(':').to_lowercase();
        matches!(
            first.as_str(),
            "par" | "by" | "auteur" | "author" | "автор" | "rédigé" | "écrit" | "written"
        )
    };
    let block = bylines.clone().find(|block| signs(block.span.of(text)))?;
    let value = block.span.of(text).to_owned();
    Some(Known { value, basis: Basis::Text, span: Some(block.span) })
}
