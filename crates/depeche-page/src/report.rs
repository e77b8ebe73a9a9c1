//! The stage itself.

use depeche_record::{
    About, Basis, BlockKind, Capture, Edtf, Known, Language, Media, Problem, ProblemKind, Report, SourceMap,
};

use crate::charset::{self, Decoded};
use crate::normal::{compose, normalise};
use crate::{html, metadata, pdf, plain};

/// Longest text that is handed on, in bytes: about 350,000 words. Later stages work in bounded time and memory.
const LONGEST_TEXT: usize = 2 * 1024 * 1024;

/// Reads the captured bytes as one article. Never fails: what could not be read as it should is among the report's
/// problems.
pub fn report(capture: &Capture) -> Report {
    let mut report = read(capture);
    // What cannot be read at all was told with its reason.
    let reasons = [ProblemKind::Empty, ProblemKind::Unreadable];
    let told = report.problems.iter().any(|problem| reasons.contains(&problem.kind));
    if !told && report.article().next().is_none() {
        let detail = match report.blocks.is_empty() {
            true => "nothing to read in it: it holds no words",
            false => "nothing to read in it: no part of it looks like an article",
        };
        report.problems.push(Problem::new(ProblemKind::Empty, capture.address.clone(), detail));
    }
    report
}

/// The captured text or page as characters, without anything made of it; of a PDF document, which has none of its own,
/// the text of the report.
pub fn decoded(capture: &Capture) -> String {
    match capture.media {
        Media::Pdf => report(capture).text,
        media => {
            let declared = charset::declared(&capture.bytes).filter(|_| media == Media::Html);
            charset::decode(&capture.bytes, capture.given.charset.as_deref(), declared.as_deref()).text
        }
    }
}

/// The day of publication alone: what [`report`] gives as such, at a fraction of the work for most pages.
pub fn published(capture: &Capture) -> Option<Known<Edtf>> {
    if capture.media != Media::Html {
        return report(capture).published;
    }
    let declared = charset::declared(&capture.bytes);
    let decoded = charset::decode(&capture.bytes, capture.given.charset.as_deref(), declared.as_deref());
    match html::published(&decoded.text, &capture.given, own_address(capture)) {
        Some(published) => given_date(capture, &mut Vec::new()).or(published),
        None => report(capture).published,
    }
}

fn read(capture: &Capture) -> Report {
    let mut problems = Vec::new();
    if capture.media == Media::Pdf {
        return pdf_report(capture, problems);
    }
    let declared = match capture.media {
        Media::Html => charset::declared(&capture.bytes),
        Media::Plain | Media::Markdown | Media::Pdf => None,
    };
    let mut decoded = charset::decode(&capture.bytes, capture.given.charset.as_deref(), declared.as_deref());
    note_decoding(capture, &decoded, &mut problems);
    if capture.media == Media::Html
        && let Some(article) = html::read(&decoded.text, &capture.given, own_address(capture), LONGEST_TEXT)
    {
        return html_report(capture, &decoded.source, article, problems);
    }
    cut(capture, &mut decoded, &mut problems);
    let layout = plain::lay_out(&decoded.text, capture.media, capture.given.title.as_deref());
    let given = &capture.given;
    Report {
        id: capture.id.clone(),
        address: capture.address.clone(),
        digest: capture.digest,
        text: decoded.text,
        blocks: layout.blocks,
        source: decoded.source,
        title: known(&given.title).or(layout.title),
        outlet: known(&given.outlet).or(layout.outlet),
        url: known(&given.url),
        byline: layout.byline,
        published: given_date(capture, &mut problems)
            .or(layout.published)
            .or_else(|| metadata::published_at(given.url.as_deref().unwrap_or(&capture.address))),
        language: given_language(capture, &mut problems),
        about: About::default(),
        problems,
    }
}

fn pdf_report(capture: &Capture, mut problems: Vec<Problem>) -> Report {
    let mut tell = |kind, detail| problems.push(Problem::new(kind, capture.address.clone(), detail));
    let mut read = pdf::read(&capture.bytes).unwrap_or_else(|why| {
        tell(ProblemKind::Unreadable, why);
        pdf::Extract::default()
    });
    for detail in std::mem::take(&mut read.left_out) {
        tell(ProblemKind::LeftOut, detail);
    }
    if read.text.is_empty() && problems.is_empty() {
        let detail =
            "no text in this PDF document; if its pages are pictures, have their text recognised first";
        problems.push(Problem::new(ProblemKind::Empty, capture.address.clone(), detail));
    }
    let (text, source) = normalise(read.text, read.source);
    let mut decoded = Decoded { text, source, encoding: "PDF", replaced: 0, unknown: None };
    cut(capture, &mut decoded, &mut problems);
    let given = &capture.given;
    let stated = |value: String| Known { value, basis: Basis::Metadata, span: None };
    let title = given.title.clone().or(read.title);
    let layout = plain::lay_out(&decoded.text, Media::Plain, title.as_deref());
    Report {
        id: capture.id.clone(),
        address: capture.address.clone(),
        digest: capture.digest,
        text: decoded.text,
        blocks: layout.blocks,
        source: decoded.source,
        title: known(&given.title).or(title.map(stated)).or(layout.title),
        outlet: known(&given.outlet).or(layout.outlet),
        url: known(&given.url),
        byline: layout.byline.or(read.author.map(stated)),
        published: given_date(capture, &mut problems)
            .or_else(|| metadata::published_at(given.url.as_deref().unwrap_or_default()))
            .or(read.made.map(|day| Known { value: Edtf::day(day), basis: Basis::Metadata, span: None })),
        language: given_language(capture, &mut problems),
        about: About::default(),
        problems,
    }
}

fn html_report(
    capture: &Capture,
    source: &SourceMap,
    article: html::Article,
    mut problems: Vec<Problem>,
) -> Report {
    let given = &capture.given;
    for detail in article.left_out {
        problems.push(Problem::new(ProblemKind::LeftOut, capture.address.clone(), detail));
    }
    if article.text.is_empty() {
        let detail = "no text was found in the page; save it from a browser after it has loaded, or as text";
        problems.push(Problem::new(ProblemKind::Empty, capture.address.clone(), detail));
    } else if !article.blocks.iter().any(|block| is_told(block.kind))
        && article.blocks.iter().any(|block| block.kind == BlockKind::Noise)
    {
        let detail = "no article in it, only notices such as a request for consent; save the page from a browser once the \
                      article shows";
        problems.push(Problem::new(ProblemKind::Empty, capture.address.clone(), detail));
    }
    let address = Some(capture.address.as_str()).filter(|address| address.starts_with("http"));
    let stated = |value: String, basis| Known { value, basis, span: None };
    let url = known(&given.url)
        .or_else(|| address.map(|address| stated(address.to_owned(), Basis::Given)))
        .or_else(|| article.metadata.url.clone().map(|url| stated(url, Basis::Metadata)));
    let published = given_date(capture, &mut problems).or(article.published);
    let language = article.metadata.language;
    let declared = language.map(|value| Known { value, basis: Basis::Metadata, span: None });
    Report {
        id: capture.id.clone(),
        address: capture.address.clone(),
        digest: capture.digest,
        text: article.text,
        blocks: article.blocks,
        source: compose(&article.pieces, source),
        title: known(&given.title).or(article.title),
        outlet: known(&given.outlet).or(article.outlet),
        url,
        byline: article.byline,
        published,
        language: given_language(capture, &mut problems).or(declared),
        about: article.about,
        problems,
    }
}

/// Whether a block is what an article tells, beside its headline and those who sign it.
fn is_told(kind: BlockKind) -> bool {
    !matches!(
        kind,
        BlockKind::Title | BlockKind::Byline | BlockKind::Credit | BlockKind::Caption | BlockKind::Noise
    )
}

/// The page's own address, where it is known.
fn own_address(capture: &Capture) -> Option<&str> {
    let address = Some(capture.address.as_str()).filter(|address| address.starts_with("http"));
    capture.given.url.as_deref().or(address)
}

fn known(given: &Option<String>) -> Option<Known<String>> {
    given.clone().map(|value| Known { value, basis: Basis::Given, span: None })
}

fn note_decoding(capture: &Capture, decoded: &Decoded, problems: &mut Vec<Problem>) {
    if let Some(name) = &decoded.unknown {
        let detail = format!("no character encoding is called ‘{name}’; read as {}", decoded.encoding);
        problems.push(Problem::new(ProblemKind::BadValue, capture.address.clone(), detail));
    }
    if decoded.replaced > 0 {
        let places = match decoded.replaced {
            1 => "one place that is no".to_owned(),
            n => format!("{n} places that are no"),
        };
        let was = if decoded.replaced == 1 { "was" } else { "were" };
        let detail = format!(
            "{places} {} text {was} replaced by ‘\u{FFFD}’; if the words look wrong, save it as UTF-8",
            decoded.encoding
        );
        problems.push(Problem::new(ProblemKind::Replaced, capture.address.clone(), detail));
    }
}

/// Cuts a text beyond the limit at the last line end before it.
fn cut(capture: &Capture, decoded: &mut Decoded, problems: &mut Vec<Problem>) {
    let text = &mut decoded.text;
    if text.len() <= LONGEST_TEXT {
        return;
    }
    let whole = text.len();
    let boundary = (0..=LONGEST_TEXT).rev().find(|&n| text.is_char_boundary(n)).unwrap_or(0);
    let head = &text[..boundary];
    // A paragraph's end if one is near, else a sentence's or a word's.
    let near = |at: &usize| *at > boundary / 2;
    let end = head
        .rfind("\n\n")
        .filter(near)
        .or_else(|| head.rfind('\n').filter(near))
        .or_else(|| head.rfind(". ").map(|at| at + 1).filter(near))
        .or_else(|| head.rfind(char::is_whitespace).filter(near))
        .unwrap_or(boundary);
    text.truncate(end);
    text.shrink_to_fit();
    let segments = decoded.source.segments().iter().filter(|s| (s.text_start as usize) < end).copied();
    let mut segments: Vec<_> = segments.collect();
    if let Some(last) = segments.last_mut()
        && last.text_len == last.source_len
    {
        let length = (end as u32 - last.text_start).min(last.text_len);
        (last.text_len, last.source_len) = (length, length);
    }
    decoded.source = SourceMap::new(segments);
    let detail = format!(
        "the text is longer than 2 MiB, the most that is read of a report; the rest, {} KiB, is left out; split it into articles",
        (whole - end).div_ceil(1024)
    );
    problems.push(Problem::new(ProblemKind::LeftOut, capture.address.clone(), detail));
}

fn given_date(capture: &Capture, problems: &mut Vec<Problem>) -> Option<Known<Edtf>> {
    let given = capture.given.published.as_deref()?.trim();
    // Of a time stamp, the day is kept.
    let day = given.split(['T', ' ']).next().filter(|day| day.len() == 10 && given.len() > 10);
    match Edtf::parse(given).or_else(|error| day.map_or(Err(error), Edtf::parse)) {
        Ok(value) => Some(Known { value, basis: Basis::Given, span: None }),
        Err(error) => {
            let detail = format!("the day of publication given is not used: {error}");
            problems.push(Problem::new(ProblemKind::BadValue, capture.address.clone(), detail));
            None
        }
    }
}

fn given_language(capture: &Capture, problems: &mut Vec<Problem>) -> Option<Known<Language>> {
    let given = capture.given.language.as_deref()?;
    let Some(value) = Language::from_code(given) else {
        let detail =
            format!("the language given, ‘{given}’, is none of fr, en, ru; it is told from the text instead");
        problems.push(Problem::new(ProblemKind::UnknownLanguage, capture.address.clone(), detail));
        return None;
    };
    Some(Known { value, basis: Basis::Given, span: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use depeche_record::{Block, Digest, Given};

    pub(crate) fn capture(media: Media, bytes: &[u8]) -> Capture {
        Capture {
            id: "r".into(),
            address: "r.txt".into(),
            media,
            bytes: bytes.to_vec(),
            digest: Digest([0; 32]),
            given: Given::default(),
            fetched: None,
        }
    }

    fn kinds(text: &str) -> Vec<(BlockKind, String)> {
        let report = report(&capture(Media::Plain, text.as_bytes()));
        report.blocks.iter().map(|b: &Block| (b.kind, b.span.of(&report.text).to_owned())).collect()
    }

    #[test]
    fn what_holds_nothing_to_read_is_told() {
        let page = |head: &str, body: &str| {
            format!("<!doctype html><html><head>{head}</head><body>{body}</body></html>")
        };
        let script = "<script>let a = \"Il a rencontré le ministre.\";</script>";
        for (media, text) in [
            (Media::Plain, " \n\n\t\n".to_owned()),
            (Media::Plain, "\u{a0}\n".to_owned()),
            (Media::Markdown, "\n".to_owned()),
            (Media::Html, page("", "")),
            (Media::Html, page("<title>Un titre</title>", "")),
            (Media::Html, page(script, script)),
            (Media::Html, page("", "<p></p><div> </div>")),
            (Media::Html, script.to_owned()),
        ] {
            let read = report(&capture(media, text.as_bytes()));
            let told: Vec<&Problem> = read.problems.iter().filter(|p| p.kind == ProblemKind::Empty).collect();
            assert_eq!(told.len(), 1, "{text:?}: {:?} {:?}", read.text, read.problems);
            assert_eq!(told[0].subject, "r.txt");
        }
        let sound = report(&capture(Media::Html, "Le ministre a rencontré son homologue.".as_bytes()));
        assert!(sound.problems.is_empty(), "{:?}", sound.problems);
    }

    #[test]
    fn one_place_is_one() {
        let told = |bytes: &[u8]| {
            let report = report(&capture(Media::Plain, bytes));
            report.problems.iter().map(|problem| problem.detail.clone()).collect::<String>()
        };
        let words = "Le ministre a été reçu à Genève. ".repeat(20);
        let broken = |n: usize| [words.as_bytes(), &b"\xff x "[..].repeat(n)].concat();
        assert!(told(&broken(1)).starts_with("one place that is no UTF-8 text was"), "{}", told(&broken(1)));
        assert!(told(&broken(2)).starts_with("2 places that are no UTF-8 text were"), "{}", told(&broken(2)));
    }

    #[test]
    fn a_text_has_its_parts() {
        let text = "Accueil › Monde\n\nLes deux ministres se parlent à Genève\nPar Anne Martin – 3 mars 2024\n\n\
                    Les ministres se sont entretenus dimanche à Genève pendant trois heures, selon un porte-parole.\n\
                    Partager : Facebook | X\nLire aussi\nLa pluie est de retour\nLe vent aussi";
        let found: Vec<BlockKind> = kinds(text).into_iter().map(|(kind, _)| kind).collect();
        use BlockKind::*;
        assert_eq!(found, [Noise, Title, Byline, Paragraph, Noise, Noise, Noise, Noise]);
    }
}
