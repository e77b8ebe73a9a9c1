//! What each piece of a page is.
//!
//! 1. Each piece by itself: its phrases, then its looks ([`Own`]).
//! 2. Lists of other articles' headlines: from the line that opens them until running text resumes.
//! 3. The head, before the first running text: rubric, title, title again, standfirst, outlet and date lines.
//! 4. The tail, after the last running text: short lines among furniture are furniture.
//! 5. What is left in between: short lines are headings.
//!
//! When in doubt a piece belongs to the article: what is lost here is lost to every later stage.

use depeche_record::BlockKind;

use crate::byline;
use crate::fold::fold;
use crate::phrases::{Class, mark};
use crate::shape::{Shape, count_clocks, is_agency_mark, is_dateline, is_initials, list_items};

/// A piece of a page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece<'a> {
    /// Its words.
    pub(crate) words: &'a str,
    /// Whether it stands apart from what is before it.
    pub(crate) after_blank: bool,
    /// What its markup says it is, if it has any.
    pub(crate) markup: Option<BlockKind>,
}

/// What a piece is by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Own {
    Prose,
    Short,
    Item,
    Furniture,
    /// Opens a list of headlines.
    List,
    Rubric,
    Evidence(BlockKind),
}

/// Lines longer than this are running text whatever phrases they hold; it bounds the work per line.
const LONGEST_NOTE: usize = 8_000;

struct Look {
    own: Own,
    shape: Shape,
    folded: String,
}

/// What the pieces come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Setting {
    /// A page with all that stands on it, such as a scrape.
    Page,
    /// The main text of a page, freed of most of what stood around it.
    Article,
}

/// What each piece is. `title` is the article's title where it is known from elsewhere.
pub(crate) fn assign(pieces: &[Piece], title: Option<&str>, setting: Setting) -> Vec<BlockKind> {
    let mut looks: Vec<Look> = pieces.iter().map(|piece| look(piece)).collect();
    mark_lists(pieces, &mut looks);
    let body = body(&looks, setting);
    let title = find_title(pieces, &looks, &body, title);
    mark_repetitions(&mut looks, title, body.start);
    mark_menus(&mut looks, &body, title);
    let around = Around::of(&looks, &body, title, setting);
    let mut kinds = Vec::with_capacity(pieces.len());
    for (index, piece) in pieces.iter().enumerate() {
        let kind = match looks[index].own {
            _ if Some(index) == title => BlockKind::Title,
            Own::Furniture | Own::List => BlockKind::Noise,
            Own::Evidence(kind) => kind,
            Own::Item => piece.markup.unwrap_or(BlockKind::Item),
            Own::Prose => piece.markup.unwrap_or(BlockKind::Paragraph),
            Own::Rubric if body.contains(&index) => BlockKind::Heading,
            Own::Rubric => BlockKind::Noise,
            Own::Short if index < body.start => in_head(pieces, &looks, &kinds, index, &around),
            Own::Short if index >= body.end => in_tail(piece, &looks, index, &around),
            Own::Short => in_body(piece, &looks, index),
        };
        kinds.push(kind);
    }
    mark_captions(pieces, &looks, &mut kinds);
    mark_standfirst(&looks, &mut kinds);
    kinds
}

/// What a line by itself shows to be evidence: a byline, a credit, a caption, a mark of provenance.
pub(crate) fn evidence(line: &str) -> Option<BlockKind> {
    if line.len() > LONGEST_NOTE {
        return None;
    }
    match own(line, Shape::of(line)) {
        Own::Evidence(kind) => Some(kind),
        _ => None,
    }
}

/// Whether a line by itself opens a list of other articles' headlines.
pub(crate) fn opens_list(line: &str) -> bool {
    own(line, Shape::of(line)) == Own::List
}

fn look(piece: &Piece) -> Look {
    let shape = Shape::of(piece.words);
    if piece.words.len() > LONGEST_NOTE {
        return Look { own: Own::Prose, shape, folded: String::new() };
    }
    let own = match own(piece.words, shape) {
        Own::Prose if shape.bullet => Own::Item,
        Own::Short if shape.bullet && shape.words > 4 => Own::Item,
        own => own,
    };
    Look { own, shape, folded: fold(piece.words) }
}

fn own(line: &str, shape: Shape) -> Own {
    if shape.words == 0 || is_machine(line) || is_hashtags(line) || is_film(line, shape) {
        return Own::Furniture;
    }
    let marks = mark(line);
    let prose = shape.is_prose();
    let remark = shape.sentences <= 1 && shape.words <= 70 || shape.words <= 25;
    if marks.has(Class::Provenance, shape.words) && remark {
        return Own::Evidence(BlockKind::Provenance);
    }
    let walls = marks.furniture + marks.hints;
    let sure = marks.sure.contains(&Class::Furniture) && (shape.words <= 60 || walls >= 2);
    let short = marks.start.contains(&Class::Furniture) && shape.words <= 30;
    if sure
        || short
        || marks.items
        || !prose && count_clocks(line) >= 3
        || marks.hints >= 2
        || marks.hints == 1 && !prose
    {
        return Own::Furniture;
    }
    if marks.sure.contains(&Class::Related) {
        return Own::List;
    }
    if marks.start.contains(&Class::Related) && shape.words <= 40 {
        // «Plus de titres de cette source» opens a list; «Lire aussi : …» has its headline in the line.
        return if shape.words <= 7 && !line.contains([':', '|']) { Own::List } else { Own::Furniture };
    }
    if let Some(rest) = line.strip_prefix('©') {
        let dated = rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
        return if dated { Own::Furniture } else { Own::Evidence(BlockKind::Credit) };
    }
    if is_furniture_list(line) && !is_dateline(line, shape.words) {
        return Own::Furniture;
    }
    if marks.has(Class::Credit, shape.words) {
        let kind = if shape.words <= 15 { BlockKind::Credit } else { BlockKind::Caption };
        return Own::Evidence(kind);
    }
    if shape.words <= 60 && (marks.has(Class::Caption, shape.words) || ends_with_credit(line)) {
        return Own::Evidence(BlockKind::Caption);
    }
    let signs = is_signature(line, shape) || byline::is_signature(line, shape.words);
    if marks.has(Class::Byline, shape.words) && shape.words <= 16 || signs {
        return Own::Evidence(BlockKind::Byline);
    }
    if is_initials(line) || is_dateline(line, shape.words) {
        return Own::Evidence(BlockKind::Byline);
    }
    if is_agency_mark(line) {
        return Own::Evidence(BlockKind::Provenance);
    }
    if opens_dispatch(line, shape) {
        return Own::Evidence(BlockKind::Dateline);
    }
    if marks.sure.contains(&Class::Rubric) {
        return Own::Rubric;
    }
    if prose { Own::Prose } else { Own::Short }
}

/// Markup, paths and templates that a scraper took for text.
fn is_machine(line: &str) -> bool {
    let tag = line.starts_with('<') && line.ends_with('>');
    let path = !line.contains(char::is_whitespace)
        && line.len() > 15
        && !line.contains("://")
        && line.contains(['@', '[', '{', '=', '\\'])
        && line.contains(['/', ']', '}', ';']);
    let shortcode = line.starts_with('[') && line.ends_with(']') && line.contains('_') && !line.contains(' ');
    tag || path || shortcode
}

/// «0:28 Premières images du sommet»: how long a film lasts and what it shows; no clock writes the hour after midnight so.
fn is_film(line: &str, shape: Shape) -> bool {
    let seconds = line.strip_prefix("0:").map(|rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    seconds == Some(2) && shape.words <= 16 && !shape.ends_stop
}

fn is_hashtags(line: &str) -> bool {
    let mut tags = 0;
    let mut open = false;
    for token in line.split_whitespace() {
        if token.starts_with('#') {
            tags += 1;
            open = token == "#";
        } else if !open {
            return false;
        } else {
            open = false;
        }
    }
    tags > 0
}

/// «Canada Français | Politique de cookies | Notre équipe», «Accueil › International › Russie».
fn is_furniture_list(line: &str) -> bool {
    let items = list_items(line);
    if items.len() < 2 {
        return false;
    }
    let marked = |item: &str| {
        let marks = mark(item);
        let words = item.split_whitespace().count();
        words <= 8
            && (marks.has(Class::Furniture, words)
                || marks.has(Class::Rubric, words)
                || marks.has(Class::Related, words)
                || marks.hints > 0)
    };
    let trail = line.contains('›') && items.iter().all(|item| item.split_whitespace().count() <= 6);
    trail || items.iter().filter(|item| marked(item)).count() * 2 >= items.len()
}

/// «… serrent la main au Kremlin. Photo : TASS.», «… à Moscou (AFP/Getty)».
fn ends_with_credit(line: &str) -> bool {
    let lower = line.to_lowercase();
    let slashed = line.rsplit_once(" / ").or_else(|| line.rsplit_once('©')).is_some_and(|(text, name)| {
        let named =
            name.split_whitespace().all(|w| w.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic()));
        let count = name.split_whitespace().count();
        named
            && (1..=5).contains(&count)
            && text.trim_end().ends_with('.')
            && text.split_whitespace().count() >= 5
    });
    if slashed || ends_with_agency(line) {
        return true;
    }
    let labels = ["photo", "photos", "фото", "crédit", "credit", "image", "(photo"];
    labels.iter().any(|label| {
        lower.rfind(label).is_some_and(|at| {
            let before = lower[..at].trim_end();
            let after = &lower[at + label.len()..];
            let stands_apart = before.ends_with(['.', ')', '!', '?', '/', '|', '–', '—', '»', '('])
                || label.starts_with('(');
            let name = after.trim_start_matches([' ', ':', '\u{a0}', '-', '–']);
            let short = (1..=6).contains(&name.split_whitespace().count());
            let begins = after.starts_with([' ', ':', '\u{a0}']);
            // In the line as written the name begins with a capital.
            let written = line.trim_end().rsplit(char::is_whitespace).next();
            let capital = written
                .is_some_and(|w| w.trim_start_matches(['(', ':', '/']).starts_with(char::is_uppercase));
            stands_apart && begins && short && capital && before.split_whitespace().count() >= 4
        })
    })
}

/// «Par Edouard D.», «By Jane Doe».
fn is_signature(line: &str, shape: Shape) -> bool {
    if shape.words > 8 {
        return false;
    }
    let mut words = line.split_whitespace();
    let by = words.next().is_some_and(|w| matches!(w.to_lowercase().as_str(), "par" | "by"));
    by && words.next().is_some_and(|w| w.starts_with(char::is_uppercase))
        && line.split_whitespace().skip(1).all(|w| {
            w.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic())
                || matches!(
                    w,
                    "de" | "et" | "and" | "with" | "avec" | "à" | "in" | "du" | "la" | "le" | "pour" | "for"
                )
        })
}

/// «Istanbul - Saba :», «MOSCOU, 6 août (TASS) –» on a line of its own.
fn opens_dispatch(line: &str, shape: Shape) -> bool {
    shape.words <= 8
        && line.ends_with([':', '-', '–', '—'])
        && line.trim_end_matches([':', '-', '–', '—', ' ', '\u{a0}']).contains([',', '-', '–', '—', '('])
        && line.starts_with(char::is_uppercase)
}

/// Marks the headlines that follow a line such as «Lire aussi» as furniture, until running text resumes.
fn mark_lists(pieces: &[Piece], looks: &mut [Look]) {
    let mut index = 0;
    while index < looks.len() {
        if looks[index].own != Own::List {
            index += 1;
            continue;
        }
        let start = index + 1;
        let stops = |look: &Look| match look.own {
            Own::Prose => look.shape.ends_stop || look.shape.words >= 30,
            Own::Evidence(BlockKind::Provenance | BlockKind::Credit) => true,
            _ => false,
        };
        let mut end = (start..looks.len()).find(|&n| stops(&looks[n])).unwrap_or(looks.len());
        // The line right above the running text that resumes is its heading.
        let resumes = end < looks.len() && looks[end].own == Own::Prose;
        if resumes && end > start + 1 && pieces[end - 1].after_blank && looks[end - 1].own == Own::Short {
            end -= 1;
        }
        for look in &mut looks[start..end] {
            look.own = Own::Furniture;
        }
        index = end.max(start);
    }
}

/// The pieces that the article's text runs through: the stretch with the most running text for the short lines in it,
/// found as the subarray of greatest sum (Kadane). Teasers among menus weigh less than an article.
fn body(looks: &[Look], setting: Setting) -> std::ops::Range<usize> {
    let weight = |look: &Look| -> i64 {
        let words = look.shape.words as i64;
        match look.own {
            Own::Prose => words + 10,
            Own::Item if words >= 12 => words,
            Own::Evidence(_) => 0,
            Own::Item | Own::Rubric => -4,
            Own::Furniture => -6,
            Own::Short if look.shape.ends_stop && words >= 4 => words,
            Own::Short | Own::List => -10,
        }
    };
    if setting == Setting::Article {
        let runs = |look: &Look| weight(look) > 0;
        let span = looks.iter().position(runs).zip(looks.iter().rposition(runs));
        return span.map_or(looks.len()..looks.len(), |(first, last)| first..last + 1);
    }
    let mut best = (0, looks.len()..looks.len());
    let (mut sum, mut start) = (0, 0);
    for (index, look) in looks.iter().enumerate() {
        let weight = weight(look);
        if sum <= 0 {
            (sum, start) = (0, index);
        }
        sum += weight;
        // A sign-off belongs to the tail, so only what adds to the sum ends the body.
        if weight > 0 && sum > best.0 {
            best = (sum, start..index + 1);
        }
    }
    let mut range = best.1;
    while range.start < range.end && weight(&looks[range.start]) <= 0 {
        range.start += 1;
    }
    range
}

/// What stands around the running text, counted once.
struct Around {
    title: Option<usize>,
    /// Where the tail begins.
    tail: usize,
    /// Whether a menu stands above the title, or above the text where there is none.
    menu_above: bool,
    /// Whether furniture stands in the tail.
    furniture_below: bool,
    /// Index of the first piece of furniture in the tail.
    first_below: usize,
}

impl Around {
    fn of(looks: &[Look], body: &std::ops::Range<usize>, title: Option<usize>, setting: Setting) -> Around {
        let brief = |looks: &[Look]| looks.iter().filter(|look| is_brief(look)).count();
        let is_page = setting == Setting::Page;
        let tail = &looks[body.end..];
        let first = tail.iter().position(is_furniture);
        Around {
            title,
            tail: body.end,
            menu_above: is_page && brief(&looks[..title.unwrap_or(body.start)]) > LONGEST_HEAD,
            furniture_below: first.is_some() || is_page && brief(tail) > LONGEST_HEAD,
            first_below: first.map_or(looks.len(), |first| body.end + first),
        }
    }
}

fn is_furniture(look: &Look) -> bool {
    matches!(look.own, Own::Furniture | Own::List | Own::Rubric)
}

/// An article has fewer short lines above its text than this, a page's menu more.
const LONGEST_HEAD: usize = 8;

fn is_brief(look: &Look) -> bool {
    matches!(look.own, Own::Short | Own::Furniture | Own::Rubric | Own::List | Own::Item)
        && look.shape.words <= 12
}

fn find_title(
    pieces: &[Piece],
    looks: &[Look],
    body: &std::ops::Range<usize>,
    title: Option<&str>,
) -> Option<usize> {
    let title = title.map(fold).filter(|title| !title.is_empty());
    let can = |index: &usize| matches!(looks[*index].own, Own::Short | Own::Prose);
    if let Some(title) = title {
        let same = |index: &usize| {
            let folded = &looks[*index].folded;
            *folded == title
                || folded.len() >= 20
                    && (folded.starts_with(&title) && folded.len() <= title.len() + 40
                        || title.starts_with(folded.as_str()))
        };
        if let Some(index) = (0..looks.len().min(body.start + 3)).filter(can).find(same) {
            return Some(index);
        }
    }
    if let Some(index) = (0..looks.len()).find(|&n| pieces[n].markup == Some(BlockKind::Title)) {
        return Some(index);
    }
    // A text of one piece, or one that begins with running text, shows no title.
    let head = 0..body.start.min(looks.len());
    let fits = |index: &usize| {
        let Look { shape, .. } = &looks[*index];
        let listed = list_items(pieces[*index].words);
        let names = listed.len() >= 2 && listed.iter().all(|item| item.split_whitespace().count() <= 3);
        (4..=40).contains(&shape.words) && !shape.ends_stop && !shape.bullet && !names
    };
    let short = |index: &usize| can(index) && (2..=3).contains(&looks[*index].shape.words);
    // Below a long menu the headline is near the text; what stands above may be anything.
    let menu = head.clone().filter(|&n| is_brief(&looks[n])).count() > LONGEST_HEAD;
    if menu {
        let near = body.start.saturating_sub(LONGEST_HEAD)..body.start.min(looks.len());
        let wide = |index: &usize| fits(index) && looks[*index].shape.words >= 5;
        return near.clone().filter(can).find(wide).or_else(|| near.filter(can).find(fits));
    }
    let found = head.clone().filter(can).find(fits).or_else(|| head.clone().find(short));
    found.filter(|_| looks.len() > 1)
}

/// The title said again is furniture; with a credit after it, it is the credit of the picture.
fn mark_repetitions(looks: &mut [Look], title: Option<usize>, body: usize) {
    let Some(title) = title else { return };
    let folded = looks[title].folded.clone();
    for index in (0..looks.len()).filter(|&index| index != title) {
        let look = &mut looks[index];
        if !matches!(look.own, Own::Short | Own::Prose | Own::Item | Own::Evidence(_)) {
            continue;
        }
        if look.folded == folded {
            look.own = Own::Furniture;
        } else if index < body + 3
            && folded.len() >= 20
            && let Some(rest) = look.folded.strip_prefix(folded.as_str())
            && rest.split_whitespace().count() <= 8
        {
            let marks = mark(rest);
            let credit = marks.sure.contains(&Class::Provenance) || marks.sure.contains(&Class::Credit);
            look.own = if credit { Own::Evidence(BlockKind::Credit) } else { Own::Furniture };
        }
    }
}

/// Runs of three and more very short lines outside the running text are menus or keywords.
fn mark_menus(looks: &mut [Look], body: &std::ops::Range<usize>, title: Option<usize>) {
    let mut start = 0;
    while start < looks.len() {
        let tiny = |look: &Look| {
            matches!(look.own, Own::Short | Own::Furniture | Own::Rubric)
                && look.shape.words <= 4
                && !look.shape.ends_sentence
        };
        let length = looks[start..].iter().take_while(|look| tiny(look)).count();
        let outside = start + length <= body.start || start >= body.end;
        let menu = |look: &Look| look.shape.bullet || look.own == Own::Furniture;
        let run = &looks[start..start + length];
        // Between headline and text stand the outlet's and the author's names too.
        let below_title = title.is_some_and(|title| start > title) && start < body.start;
        let is_menu = if below_title { run.iter().all(menu) } else { run.iter().any(menu) };
        let holds_title = title.is_some_and(|title| (start..start + length).contains(&title));
        if length >= 3 && outside && is_menu && !holds_title {
            for look in &mut looks[start..start + length] {
                look.own = Own::Furniture;
            }
        }
        start += length.max(1);
    }
}

fn in_head(
    pieces: &[Piece],
    looks: &[Look],
    kinds: &[BlockKind],
    index: usize,
    around: &Around,
) -> BlockKind {
    let piece = &pieces[index];
    if let Some(markup) = piece.markup {
        return markup;
    }
    let shape = looks[index].shape;
    let first = piece.words.split_whitespace().next().unwrap_or("");
    let keyword = first.starts_with(char::is_lowercase) && !first.contains('.');
    let after_clock =
        index > 0 && looks[index - 1].shape.words == 1 && kinds.last() == Some(&BlockKind::Byline);
    let sentence = shape.ends_stop && shape.words >= 5;
    match around.title {
        Some(title) if !sentence && index < title && around.menu_above => BlockKind::Noise,
        None if !sentence && around.menu_above && shape.words <= 12 => BlockKind::Noise,
        // Above the title: a rubric or the outlet's name; keywords in lower case are furniture.
        Some(title) if index < title && piece.words.contains('|') => BlockKind::Byline,
        Some(title) if index < title && shape.words <= 6 => BlockKind::Heading,
        Some(title) if index < title => BlockKind::Paragraph,
        _ if kinds.last() == Some(&BlockKind::Credit) && shape.words >= 3 => BlockKind::Caption,
        _ if shape.words <= 3 && keyword => BlockKind::Noise,
        _ if after_clock => BlockKind::Heading,
        _ if shape.ends_sentence || shape.words >= 9 => BlockKind::Standfirst,
        _ => BlockKind::Byline,
    }
}

fn in_tail(piece: &Piece, looks: &[Look], index: usize, around: &Around) -> BlockKind {
    let shape = looks[index].shape;
    if piece.words.starts_with('(') && piece.words.ends_with(')') && shape.words <= 6 {
        return BlockKind::Provenance;
    }
    let start = around.tail;
    let before = around.first_below < index;
    let tiny = shape.words <= 4 && !shape.ends_stop && looks.get(index + 1).is_some_and(is_furniture);
    let capitals = piece
        .words
        .split_whitespace()
        .all(|w| w.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic()));
    match () {
        // A heading that heads nothing is another article's.
        () if piece.markup == Some(BlockKind::Heading) && !heads_something(looks, index) => BlockKind::Noise,
        () if shape.ends_stop && shape.words >= if before { 5 } else { 3 } => {
            piece.markup.unwrap_or(BlockKind::Paragraph)
        }
        () if index == start && capitals && (2..=4).contains(&shape.words) => BlockKind::Byline,
        () if index > start && around.furniture_below && shape.words <= 16 => BlockKind::Noise,
        () if before && shape.words <= 16 || tiny => BlockKind::Noise,
        () => piece.markup.unwrap_or(BlockKind::Paragraph),
    }
}

fn heads_something(looks: &[Look], index: usize) -> bool {
    let says = |look: &Look| match look.own {
        Own::Prose | Own::Item => true,
        Own::Short => look.shape.ends_sentence && look.shape.words >= 5,
        _ => false,
    };
    looks.get(index + 1).is_some_and(says)
}

fn in_body(piece: &Piece, looks: &[Look], index: usize) -> BlockKind {
    let shape = looks[index].shape;
    let lowercase = piece.words.starts_with(char::is_lowercase);
    let heads =
        looks.get(index + 1).is_some_and(|next| matches!(next.own, Own::Prose | Own::Item | Own::Short));
    match piece.markup {
        Some(markup) => markup,
        None if !shape.ends_stop && !lowercase && shape.words <= 16 && heads => BlockKind::Heading,
        None => BlockKind::Paragraph,
    }
}

/// A line with the credit of a picture right below it is the picture's caption.
fn mark_captions(pieces: &[Piece], looks: &[Look], kinds: &mut [BlockKind]) {
    let first = kinds.iter().position(|kind| *kind == BlockKind::Paragraph);
    for index in 1..kinds.len() {
        let credit =
            kinds[index] == BlockKind::Credit || is_picture_agency(pieces[index].words, looks[index].shape);
        let above =
            matches!(kinds[index - 1], BlockKind::Paragraph | BlockKind::Standfirst | BlockKind::Heading);
        let shape = looks[index - 1].shape;
        // Within the text a whole sentence above a credit may be a paragraph as well.
        let in_text = first.is_some_and(|first| first < index - 1) && shape.ends_stop;
        let one = shape.sentences <= 1 && shape.words <= 45 && !in_text;
        if credit && above && one && !pieces[index].after_blank && kinds[index] != BlockKind::Title {
            kinds[index - 1] = BlockKind::Caption;
            if !matches!(kinds[index], BlockKind::Credit | BlockKind::Noise) {
                kinds[index] = BlockKind::Credit;
            }
        }
    }
}

/// The sentence between the headline and the author's line is the standfirst.
fn mark_standfirst(looks: &[Look], kinds: &mut [BlockKind]) {
    let Some(title) = kinds.iter().position(|kind| *kind == BlockKind::Title) else { return };
    let Some(first) = kinds.iter().skip(title).position(|kind| *kind == BlockKind::Paragraph) else { return };
    let first = title + first;
    let evidence = |kind: &BlockKind| {
        matches!(kind, BlockKind::Byline | BlockKind::Caption | BlockKind::Credit | BlockKind::Noise)
    };
    let below = kinds[first + 1..].iter().take_while(|kind| evidence(kind));
    let signed = below.clone().any(|kind| *kind == BlockKind::Byline);
    let goes_on = kinds.get(first + 1 + below.count()) == Some(&BlockKind::Paragraph);
    if signed && goes_on && looks[first].shape.words <= 45 {
        kinds[first] = BlockKind::Standfirst;
    }
}

/// «… à Doha [Archives : Karim Jaafar/AFP]».
fn ends_with_agency(line: &str) -> bool {
    let bare = line.trim_end_matches('.');
    let open = match bare.chars().next_back() {
        Some(']') => '[',
        Some(')') => '(',
        _ => return false,
    };
    bare.rfind(open).is_some_and(|at| {
        let credit = &bare[at..];
        credit.contains(['/', ':']) && credit.split_whitespace().count() <= 8 && names_picture_agency(credit)
    })
}

/// «Anadolu | Getty Images», «EUROPA PRESS / CONTACTO».
fn is_picture_agency(line: &str, shape: Shape) -> bool {
    shape.words <= 8 && !shape.ends_stop && line.contains(['|', '/']) && names_picture_agency(line)
}

fn names_picture_agency(line: &str) -> bool {
    const AGENCIES: [&str; 17] = [
        "getty",
        "afp",
        "reuters",
        "epa",
        "ap",
        "keystone",
        "sipa",
        "shutterstock",
        "unsplash",
        "istock",
        "contacto",
        "imago",
        "tass",
        "тасс",
        "anadolu",
        "xinhua",
        "belga",
    ];
    fold(line).split(|c: char| !c.is_alphanumeric()).any(|word| AGENCIES.contains(&word))
}
