//! HTML pages: the main text, with what stands around it that tells who wrote it, when, and where it comes from.
//!
//! 1. The page's letters and lines are read with their places, its metadata beside them.
//! 2. The main text is found among the lines; where it is next to nothing, the lines outside menus and footers serve.
//! 3. Headline, standfirst, byline and picture credits above the text and marks of provenance below it are added.
//! 4. The blocks are written one below the other, each character with its place, and get their roles.

use std::collections::HashSet;
use std::ops::Range;

use depeche_record::{About, Basis, Block, BlockKind, Edtf, Given, Known, Span};

use crate::byline;
use crate::content::{Content, Found};
use crate::fold::fold;
use crate::labels::Marks;
use crate::letters::{self, Letters, Line};
use crate::metadata::{self, Metadata};
use crate::phrases;
use crate::plain::outlet_suffix;
use crate::publication::{self, Dated};
use crate::roles::{self, Piece, Setting};
use crate::shape::{Shape, is_dateline};
use crate::tree::DEEPEST;

/// What was read from a page.
#[derive(Debug)]
pub(crate) struct Article {
    /// The blocks' text, each on lines of its own.
    pub(crate) text: String,
    /// The blocks.
    pub(crate) blocks: Vec<Block>,
    /// For each piece of the text its place in the page: start and length in the text, start and length in the page.
    pub(crate) pieces: Vec<[usize; 4]>,
    /// The title.
    pub(crate) title: Option<Known<String>>,
    /// The outlet.
    pub(crate) outlet: Option<Known<String>>,
    /// The author line.
    pub(crate) byline: Option<Known<String>>,
    /// The day of publication.
    pub(crate) published: Option<Known<Edtf>>,
    /// What else it says about itself.
    pub(crate) about: About,
    /// The rest of the metadata.
    pub(crate) metadata: Metadata,
    /// What was left out, in plain words.
    pub(crate) left_out: Vec<String>,
}

/// Reads a page; none if it has no markup that makes it one. At most `longest` bytes of text are kept.
pub(crate) fn read(page: &str, given: &Given, address: Option<&str>, longest: usize) -> Option<Article> {
    let given_title = given.title.as_deref();
    let letters = letters::read(page);
    // Without a word to see (an empty page, scripts alone) it is a page all the same: its markup is no text.
    let has_words = letters.text.len() > letters.title.len();
    if !letters.has_blocks && has_words {
        return None;
    }
    let metadata = metadata::read(page);
    let mut left_out = Vec::new();
    if letters.depth > DEEPEST {
        left_out.push(format!(
            "elements nested {} deep: those below {DEEPEST} were read as plain text",
            letters.depth
        ));
    }
    let title = find_title(&letters, &metadata, given_title);
    let headline = headline(title.as_ref(), &letters);
    let content = Content::of(&letters, headline);
    let (mut found, setting) = main_text(&letters, &content);
    let (published, changed) =
        dated(page, &letters, &content, &metadata, headline, &found).published(address);
    add_surroundings(&letters, &content, &metadata, title.as_ref(), &mut found);
    let is_stub = is_stub(&letters, &metadata, &found);
    if is_stub {
        left_out.push(
            "the page shows the beginning alone: the rest of the article is for subscribers".to_owned(),
        );
    }
    let mut article = write(&letters, found, longest, &mut left_out);
    if article.text.is_empty() {
        // A page without a single line to keep still has its words.
        article = write(&letters, all_lines(&letters), longest, &mut left_out);
    }
    let shown = headline.map(|title| squeeze(&letters.text[title.clone()]));
    let parted = metadata.titles.last().and_then(|raw| part(raw, shown.as_deref()?));
    let stated_outlet = metadata.outlet.clone().or(parted.as_ref().map(|(_, outlet)| (*outlet).to_owned()));
    let known_title = metadata.titles.first().map(|title| match &parted {
        Some((own, _)) if metadata.titles.len() == 1 => (*own).to_owned(),
        None if metadata.titles.len() == 1
            && shown.as_deref().is_some_and(|shown| after_colon(title, shown)) =>
        {
            title.split_once(COLON).map_or(title.as_str(), |(_, own)| own).trim().to_owned()
        }
        _ => without_outlet(title, stated_outlet.as_deref()),
    });
    let summary = metadata.description.as_deref().map(squeeze).unwrap_or_default();
    mark_summary(&mut article, &summary);
    let kinds = {
        let pieces: Vec<Piece> = article
            .blocks
            .iter()
            .zip(&article.markup)
            .map(|(span, markup)| Piece { words: span.of(&article.text), after_blank: true, markup: *markup })
            .collect();
        roles::assign(&pieces, given_title.or(known_title.as_deref()), setting)
    };
    let blocks: Vec<Block> =
        article.blocks.iter().zip(kinds).map(|(span, kind)| Block { span: *span, kind }).collect();
    let title_span = blocks.iter().find(|block| block.kind == BlockKind::Title).map(|block| block.span);
    let title = match known_title {
        Some(value) => Some(Known { value, basis: Basis::Metadata, span: title_span }),
        None => title_span.map(|span| Known {
            value: span.of(&article.text).to_owned(),
            basis: Basis::Text,
            span: Some(span),
        }),
    };
    let outlet = stated_outlet.map(|value| Known { value, basis: Basis::Metadata, span: None });
    let outlet = outlet.or_else(|| {
        let raw = metadata.titles.last()?;
        let (_, start) = outlet_suffix(raw)?;
        Some(Known { value: raw[start..].to_owned(), basis: Basis::Metadata, span: None })
    });
    let byline = metadata.author.clone().map(|value| {
        let span =
            blocks.iter().find(|b| b.kind == BlockKind::Byline && b.span.of(&article.text).contains(&value));
        Known { value, basis: Basis::Metadata, span: span.map(|block| block.span) }
    });
    let byline = byline.or_else(|| shown_author(&article.text, &blocks, outlet.as_ref()));
    Some(Article {
        text: article.text,
        blocks,
        pieces: article.pieces,
        title,
        outlet,
        byline,
        about: metadata.about(published.as_ref(), changed, is_stub),
        published,
        metadata,
        left_out,
    })
}

/// The day of publication alone, as [`read`] finds it; none if the page has no markup that makes it one. Most pages say the
/// day in their metadata, and the rest of them is not read then.
pub(crate) fn published(page: &str, given: &Given, address: Option<&str>) -> Option<Option<Known<Edtf>>> {
    let metadata = metadata::read(page);
    if !metadata.has_blocks {
        return None;
    }
    if let Some(known) = publication::by_metadata(&metadata, address) {
        return Some(Some(known));
    }
    let letters = letters::read(page);
    let title = find_title(&letters, &metadata, given.title.as_deref());
    let headline = headline(title.as_ref(), &letters);
    let content = Content::of(&letters, headline);
    let (found, _) = main_text(&letters, &content);
    Some(dated(page, &letters, &content, &metadata, headline, &found).published(address).0)
}

/// The title, unless it stands in the `title` element alone, whose words are no headline.
fn headline<'t>(title: Option<&'t Range<usize>>, letters: &Letters) -> Option<&'t Range<usize>> {
    title.filter(|title| !letters.title.contains(&title.start))
}

/// The main text; of a page without an article, all of its own lines.
fn main_text(letters: &Letters, content: &Content) -> (Vec<Found>, Setting) {
    let found = content.main_text();
    match is_poor(&found, letters, content) {
        true => (own_lines(letters, content), Setting::Page),
        false => (found, Setting::Article),
    }
}

fn dated<'a>(
    page: &'a str,
    letters: &'a Letters,
    content: &'a Content<'a>,
    metadata: &'a Metadata,
    headline: Option<&Range<usize>>,
    found: &[Found],
) -> Dated<'a> {
    let text = found.first().zip(found.last()).map(|(first, last)| first.letters.start..last.letters.end);
    Dated { page, letters, content, metadata, title: headline.cloned(), text }
}

/// Whether the article was missed: next to nothing was found, or little beside the page's own paragraphs.
fn is_poor(found: &[Found], letters: &Letters, content: &Content) -> bool {
    let length: usize = found.iter().map(|f| f.letters.len()).sum();
    let paragraphs: usize = letters
        .lines
        .iter()
        .filter(|line| !content.apart[line.element] && line.letters.len() >= 80 && letters.block(line) == "p")
        .map(|line| line.letters.len())
        .sum();
    length < 140 || length * 3 < paragraphs
}

/// Longest beginning of an article that a page shows to all, in letters.
const LONGEST_STUB: usize = 4_000;

/// Whether the rest of the article is for subscribers: the page says so below the little that it shows.
fn is_stub(letters: &Letters, metadata: &Metadata, found: &[Found]) -> bool {
    let shown: usize = found.iter().map(|f| f.letters.len()).sum();
    let Some(start) = found.iter().map(|f| f.letters.start).min() else { return false };
    if shown > LONGEST_STUB {
        return false;
    }
    let end = found.iter().map(|f| f.letters.end).max().unwrap_or(start);
    let first = letters.lines.partition_point(|line| line.letters.start < start);
    let near = letters.lines[first..].iter().take_while(|line| line.letters.start < end + 600);
    let says = |line: &Line| {
        let length = line.letters.len();
        (10..300).contains(&length) && phrases::is_paywall(&letters.words(line.letters.clone()).0)
    };
    metadata.for_subscribers && shown < LONGEST_STUB / 2 || near.take(200).any(says)
}

/// The page's lines outside menus, footers and forms.
fn own_lines(letters: &Letters, content: &Content) -> Vec<Found> {
    let lines = letters.lines.iter().filter(|line| !content.apart[line.element]);
    lines.map(|line| Found { letters: line.letters.clone(), kind: kind_of(letters, line) }).collect()
}

fn all_lines(letters: &Letters) -> Vec<Found> {
    let lines = letters.lines.iter();
    lines.map(|line| Found { letters: line.letters.clone(), kind: None }).collect()
}

fn kind_of(letters: &Letters, line: &Line) -> Option<BlockKind> {
    match letters.block(line) {
        _ if letters.marks(line, 4).has(Marks::CAPTION) => Some(BlockKind::Caption),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(BlockKind::Heading),
        "li" => Some(BlockKind::Item),
        "blockquote" => Some(BlockKind::Quotation),
        _ => None,
    }
}

/// Shortest headline that is known again in the `title` element, in letters.
const SHORTEST_HEADLINE: usize = 16;
/// What parts the headline from the outlet's name in the `title` element.
const SEPARATORS: [&str; 7] = [" - ", " – ", " — ", " | ", " · ", " • ", " :: "];
/// What may part them too, and stands within headlines as often.
const COLON: &str = ": ";

/// Where the page shows its title: the headline that says what the metadata say, else the only headline, else the
/// words of the `title` element.
fn find_title(letters: &Letters, metadata: &Metadata, given: Option<&str>) -> Option<Range<usize>> {
    let titles: Vec<String> =
        given.into_iter().chain(metadata.titles.iter().map(String::as_str)).map(squeeze).collect();
    let headlines = || letters.lines.iter().filter(|line| matches!(letters.block(line), "h1" | "h2"));
    let same = |line: &&Line| {
        let own = squeeze(&letters.text[line.letters.clone()]);
        own.len() >= 8
            && titles
                .iter()
                .any(|title| title.starts_with(&own) || own.starts_with(title) && title.len() >= 8)
    };
    if let Some(line) = headlines().find(same) {
        return Some(line.letters.clone());
    }
    let mut first = headlines().filter(|line| letters.block(line) == "h1" && line.letters.len() >= 16);
    if let (Some(only), None) = (first.next(), first.next()) {
        return Some(only.letters.clone());
    }
    // A line that says one end of the `title` element, of which the other names the outlet.
    let raw = metadata.titles.last().map_or("", String::as_str);
    let parts = SEPARATORS.iter().chain([&COLON]).flat_map(|separator| {
        let last = raw.rsplit_once(separator).map(|(before, _)| before);
        let first = raw.split_once(separator).map(|(_, after)| after);
        [last, first].into_iter().flatten()
    });
    let parts: Vec<String> = parts.map(squeeze).filter(|part| part.len() >= SHORTEST_HEADLINE).collect();
    let says = |line: &&Line| {
        let own = &letters.text[line.letters.clone()];
        !parts.is_empty()
            && own.len() >= SHORTEST_HEADLINE
            && own.len() < 1_000
            && parts.contains(&squeeze(own))
    };
    if let Some(line) = letters.lines.iter().find(says) {
        return Some(line.letters.clone());
    }
    if letters.title.is_empty() {
        return None;
    }
    let whole = &letters.text[letters.title.clone()];
    let shown = metadata.titles.iter().find_map(|title| {
        let bare: String = title.chars().filter(|c| !c.is_whitespace()).collect();
        (bare.len() >= 8).then(|| whole.find(&bare).map(|at| at..at + bare.len())).flatten()
    });
    let within = shown.unwrap_or(0..whole.len());
    let start = letters.title.start;
    Some(start + within.start..start + within.end)
}

/// Folded, without spaces: titles are compared by their letters.
fn squeeze(title: &str) -> String {
    fold(title).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Adds the title, the lines between it and the text that tell something, and marks of provenance below the text.
fn add_surroundings(
    letters: &Letters,
    content: &Content,
    metadata: &Metadata,
    title: Option<&Range<usize>>,
    found: &mut Vec<Found>,
) {
    let (Some(start), Some(end)) =
        (found.iter().map(|f| f.letters.start).min(), found.iter().map(|f| f.letters.end).max())
    else {
        return;
    };
    let mut added = Vec::new();
    let from = title.map_or(0, |title| if title.end <= start { title.end } else { start });
    let description = metadata.description.as_deref().map(squeeze).unwrap_or_default();
    let first = letters.lines.partition_point(|line| line.letters.end <= start);
    for line in &letters.lines[first.saturating_sub(30)..first] {
        if line.letters.start < from || line.letters.end > start || line.letters.len() > 2_000 {
            continue;
        }
        let (words, _) = letters.words(line.letters.clone());
        let shape = Shape::of(&words);
        let evidence = roles::evidence(&words);
        let own = squeeze(&words);
        let summary = own.len() >= 30 && description.starts_with(own.get(..30).unwrap_or(&own));
        let marks = letters.marks(line, 8);
        let kind = match () {
            () if evidence.is_some() => evidence,
            () if content.apart[line.element] && !summary => continue,
            () if marks.has(Marks::CAPTION) => Some(BlockKind::Caption),
            () if summary || marks.has(Marks::STANDFIRST) && shape.words >= 6 => Some(BlockKind::Standfirst),
            () if marks.has(Marks::BYLINE) && (2..=12).contains(&shape.words) => None,
            () if shape.is_prose() => None,
            // The summary of a live blog, the points that an article opens with.
            () if is_said(letters, line, shape) => kind_of(letters, line),
            () => continue,
        };
        added.push(Found { letters: line.letters.clone(), kind });
    }
    let last = letters.lines.partition_point(|line| line.letters.start < end);
    for line in letters.lines[last..].iter().take(12) {
        let head = letters.boundary(line.letters.end.min(line.letters.start + 600));
        let (words, _) = letters.words(line.letters.start..head);
        if roles::evidence(&words) == Some(BlockKind::Provenance) && line.letters.len() < 400 {
            added.push(Found { letters: line.letters.clone(), kind: Some(BlockKind::Provenance) });
        }
    }
    if let Some(title) = title {
        added.push(Found { letters: title.clone(), kind: Some(BlockKind::Title) });
    }
    // What was added goes first where it overlaps what was found: it knows better what it is.
    added.append(found);
    *found = added;
}

/// Marks the first line of the text as standfirst where the page has it as its description too.
fn mark_summary(article: &mut Written, summary: &str) {
    let is_text = |kind: &Option<BlockKind>| kind.is_none();
    let Some(first) = article.markup.iter().position(is_text) else { return };
    let words = article.blocks[first].of(&article.text);
    if words.len() < 600
        && summary.len() >= 30
        && summary.ends_with(&squeeze(words))
        && squeeze(words).len() >= 30
    {
        article.markup[first] = Some(BlockKind::Standfirst);
    }
}

/// Whether a line below the headline is a sentence that the page says as text: a paragraph or an item, no link.
fn is_said(letters: &Letters, line: &Line, shape: Shape) -> bool {
    matches!(letters.block(line), "p" | "li") && shape.ends_stop && shape.words >= 6 && line.linked == 0
}

/// Shortest paragraph that is dropped where it was said before, in bytes of its letters; shorter ones may be meant.
const SHORTEST_SAID: usize = 60;

/// Blocks written one below the other.
struct Written {
    text: String,
    blocks: Vec<Span>,
    markup: Vec<Option<BlockKind>>,
    pieces: Vec<[usize; 4]>,
}

fn write(letters: &Letters, found: Vec<Found>, longest: usize, left_out: &mut Vec<String>) -> Written {
    let mut written =
        Written { text: String::new(), blocks: Vec::new(), markup: Vec::new(), pieces: Vec::new() };
    let mut kept: Vec<(usize, Found)> = found.into_iter().enumerate().collect();
    kept.sort_by_key(|(order, f)| (f.letters.start, *order));
    let mut end = 0;
    let mut dropped = 0;
    let mut length = 0;
    let mut said = HashSet::new();
    for (_, found) in kept {
        if found.letters.start < end || found.letters.is_empty() {
            continue;
        }
        // What a page says a second time, such as the summary as first paragraph, is said once.
        let own = &letters.text[found.letters.clone()];
        if own.len() >= SHORTEST_SAID && found.kind != Some(BlockKind::Title) && !said.insert(own) {
            continue;
        }
        end = found.letters.end;
        // Half of the room is for letters, so that the spaces between them always find theirs.
        let room = (longest / 2).saturating_sub(length);
        let kept = letters.boundary(found.letters.start + room.min(found.letters.len()));
        dropped += found.letters.end - kept;
        if kept == found.letters.start {
            continue;
        }
        length += kept - found.letters.start;
        let (words, pieces) = letters.words(found.letters.start..kept);
        if !written.text.is_empty() {
            written.text.push_str("\n\n");
        }
        let start = written.text.len();
        written.pieces.extend(
            pieces
                .into_iter()
                .map(|[at, length, source, source_length]| [start + at, length, source, source_length]),
        );
        written.text.push_str(&words);
        written.blocks.push(Span::new(start, written.text.len()));
        written.markup.push(found.kind);
    }
    if dropped > 0 {
        left_out.push(format!("{dropped} letters beyond the longest text that is read; split the page"));
    }
    written
}

/// The words of the `title` element as headline and outlet, where the headline that the page shows is one end of them: «…
/// (Genève, 22 avril 2025) - Ministère des Affaires étrangères», «Le Phare du Sahel | …».
fn part<'t>(raw: &'t str, shown: &str) -> Option<(&'t str, &'t str)> {
    if shown.len() < SHORTEST_HEADLINE {
        return None;
    }
    let is_name = |name: &&str| {
        (1..=9).contains(&name.split_whitespace().count())
            && name.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
            && !name.ends_with(['.', '?', '!', ':', ','])
    };
    let ends = SEPARATORS.iter().flat_map(|separator| raw.match_indices(separator));
    let mut ends: Vec<(usize, &str)> = ends.collect();
    ends.sort_unstable();
    let own = |words: &str| squeeze(words) == shown;
    for &(at, separator) in &ends {
        let (before, after) = (&raw[..at], &raw[at + separator.len()..]);
        if own(before) {
            // Between headline and outlet may stand a section.
            let last =
                SEPARATORS.iter().filter_map(|separator| Some(after.rfind(separator)? + separator.len()));
            let name = after[last.max().unwrap_or(0)..].trim();
            return Some((before.trim(), name)).filter(|(_, name)| is_name(name));
        }
        if own(after) {
            let last = SEPARATORS.iter().filter_map(|separator| before.find(separator));
            let name = before[..last.min().unwrap_or(before.len())].trim();
            return Some((after.trim(), name)).filter(|(_, name)| is_name(name));
        }
    }
    None
}

/// Whether the headline is what stands behind the first colon: «Le bloc-notes de Genève: Deux heures dans une villa».
fn after_colon(title: &str, shown: &str) -> bool {
    title.split_once(COLON).is_some_and(|(_, own)| squeeze(own) == shown && shown.len() >= SHORTEST_HEADLINE)
}

/// Who wrote the article, as it says itself: in a line that signs, else in one of names alone that stands beside the date or
/// ends the text.
fn shown_author(text: &str, blocks: &[Block], outlet: Option<&Known<String>>) -> Option<Known<String>> {
    let bylines = || blocks.iter().enumerate().filter(|(_, block)| block.kind == BlockKind::Byline);
    let is_outlet = |name: &str| outlet.is_some_and(|outlet| squeeze(&outlet.value) == squeeze(name));
    let known = |block: &Block, names: Range<usize>| {
        let start = block.span.start as usize;
        let span = Span::new(start + names.start, start + names.end);
        let value = span.of(text).to_owned();
        (!is_outlet(&value)).then_some(Known { value, basis: Basis::Text, span: Some(span) })
    };
    let signed = bylines().find_map(|(_, block)| known(block, byline::signed(block.span.of(text))?));
    let is_date = |n: usize| {
        blocks.get(n).is_some_and(|block| {
            let words = block.span.of(text);
            block.kind == BlockKind::Byline && is_dateline(words, words.split_whitespace().count())
        })
    };
    let last = blocks.iter().rposition(|block| block.kind == BlockKind::Paragraph).unwrap_or(blocks.len());
    signed.or_else(|| {
        bylines().find_map(|(n, block)| {
            let words = block.span.of(text);
            let dated =
                is_date(n + 1) || n > 0 && is_date(n - 1) || words.bytes().any(|b| b.is_ascii_digit());
            let found = byline::named(words).filter(|_| dated || n > last)?;
            known(block, found)
        })
    })
}

/// The title without the outlet's name after a dash or bar.
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    let named = outlet.and_then(|outlet| {
        let head = title.strip_suffix(outlet)?.trim_end();
        let bare = head.trim_end_matches(['|', '-', '–', '—', '·', ':', '»']);
        (bare.len() < head.len() && !bare.trim().is_empty()).then(|| bare.trim().to_owned())
    });
    named.unwrap_or_else(|| outlet_suffix(title).map_or(title, |(end, _)| &title[..end]).trim().to_owned())
}
