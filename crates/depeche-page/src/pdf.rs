//! PDF documents: their text, page by page, in the order in which it is read.
//!
//! 1. What is within is inflated once, counting only: a bomb is refused before anything is built from it.
//! 2. The document is opened. Pictures are emptied, for the library would read their bytes as text; forms that draw one
//!    another in a circle, or endlessly, are refused, for it would follow them until its stack ends.
//! 3. The letters come with their places. Lines end where the next letter stands lower, paragraphs where it stands much
//!    lower, words where there is a gap; a word parted at a line's end is joined. Columns that were set row by row are read
//!    one after the other, and heads and feet that run through the pages are left out ([`columns`]).
//!
//! The library panics on some broken documents; that is caught here and told.

mod content;

use std::borrow::Cow;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};

use depeche_record::{Day, SourceMap, SourceSegment};
use pdf_extract::content::Content;
use pdf_extract::xref::XrefEntry;
use pdf_extract::{
    Dictionary, Document, MediaBox, Object, ObjectId, OutputDev, OutputError, Stream, Transform,
    output_doc_page,
};

use crate::columns::{self, Piece};
use crate::days::valid;
use crate::metadata::is_author;

/// Pages beyond this are left out.
const MOST_PAGES: usize = 400;

/// Text beyond this is left out, bytes.
const MOST_TEXT: usize = 3 * 1024 * 1024;

/// Letters and marks that one document may set.
const MOST_LETTERS: usize = 8 * 1024 * 1024;

/// Bytes that all that is compressed within may come to.
const MOST_INFLATED: u64 = 256 * 1024 * 1024;

/// Forms within forms are followed this far.
const DEEPEST_FORM: usize = 12;

/// Forms that are drawn, on one page, with repetitions.
const MOST_FORMS: usize = 2_000;

/// Ancestors of a page that may hand down what it lacks.
const DEEPEST_PAGE: usize = 64;

/// What a document says.
#[derive(Debug, Default)]
pub(crate) struct Extract {
    pub(crate) text: String,
    /// The text of each page leads to the stream that holds the page's content, as a whole.
    pub(crate) source: SourceMap,
    /// What its own description calls it.
    pub(crate) title: Option<String>,
    /// Who wrote it, by the same.
    pub(crate) author: Option<String>,
    /// When it was made, by the same; none of what a browser printed, whose day is that of printing.
    pub(crate) made: Option<Day>,
    /// What was left out, in words.
    pub(crate) left_out: Vec<String>,
}

/// Reads a document; why it cannot be read otherwise, in words.
pub(crate) fn read(bytes: &[u8]) -> Result<Extract, String> {
    if !inflates_within(bytes, MOST_INFLATED) {
        return Err(
            "what is compressed in it is far too large; it is refused as a compression bomb".to_owned()
        );
    }
    let whole = catch_unwind(AssertUnwindSafe(|| open(bytes).map(|document| extract(bytes, document))));
    let whole = whole.unwrap_or_else(|_| Err(broken()))?;
    // What was deciphered with the wrong key opens, and holds nothing.
    if whole.text.is_empty() && find(bytes, b"/Encrypt").is_some() {
        return Err(locked());
    }
    if is_garbled(&whole.text) {
        return Err(
            "it does not say which letters its shapes stand for; have its text recognised, or ask for it in \
                    another format"
                .to_owned(),
        );
    }
    Ok(whole)
}

/// Whether a text is of other letters than those that are seen: fonts that were made anew by some programs number their shapes
/// and do not say what they stand for. Then half of what stands there is marks, or marks stand within a quarter of the words.
fn is_garbled(text: &str) -> bool {
    let is_mark = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
    // What fills lines in tables of contents and forms.
    let fills = |c: char| matches!(c, '.' | '-' | '–' | '—' | '_' | '·' | '•' | '…');
    let (mut all, mut marks, mut words, mut parted) = (0_usize, 0_usize, 0_usize, 0_usize);
    for word in text.split_whitespace() {
        all += word.chars().count();
        marks += word.chars().filter(|&c| is_mark(c) && !fills(c)).count();
        let within = word.trim_matches(is_mark);
        if within.chars().nth(2).is_some() {
            words += 1;
            parted += usize::from(within.contains(|c| "<>@;=?!#$%*+\"|~^{}[]\\`".contains(c)));
        }
    }
    all >= 200 && (marks * 2 > all || words >= 30 && parted * 4 > words)
}

fn locked() -> String {
    "it is encrypted with a password; save it without one".to_owned()
}

fn broken() -> String {
    "it is broken in a way that stops its reading; open it in a reader of PDF and save its text".to_owned()
}

fn open(bytes: &[u8]) -> Result<Document, String> {
    let mut document = Document::load_mem(bytes).map_err(|_| broken())?;
    if document.is_encrypted() && document.decrypt("").is_err() {
        return Err(locked());
    }
    for object in document.objects.values_mut() {
        if let Object::Stream(stream) = object
            && stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Image")
        {
            stream.content.clear();
            stream.dict.remove(b"Filter");
            stream.dict.remove(b"DecodeParms");
        }
    }
    Ok(document)
}

fn extract(bytes: &[u8], mut document: Document) -> Extract {
    let mut read = Extract::default();
    let pages = document.get_pages();
    let places: Vec<Option<(u32, u32)>> =
        pages.values().take(MOST_PAGES).map(|id| place(bytes, &document, *id)).collect();
    content::spell_out(&mut document, &pages);
    content::list_widths(&mut document);
    let document = &document;
    describe(document, &mut read);
    let mut lost = 0;
    let mut texts: Vec<String> = Vec::new();
    let mut length = 0;
    let mut page = Page { letters: MOST_LETTERS, ..Page::default() };
    for (&number, &id) in pages.iter().take(MOST_PAGES) {
        if length > MOST_TEXT || page.letters == 0 {
            read.left_out.push(format!("it is too long; what follows page {} is left out", number - 1));
            break;
        }
        page.begin();
        let drawn = is_bounded(document, id)
            && catch_unwind(AssertUnwindSafe(|| output_doc_page(document, &mut page, number)))
                .is_ok_and(|drawn| drawn.is_ok() || page.letters == 0);
        lost += usize::from(!drawn);
        let text = page.text();
        length += text.len();
        texts.push(text);
    }
    let lines: Vec<Vec<&str>> = texts.iter().map(|text| text.lines().collect()).collect();
    let running = columns::running(&lines);
    let mut segments = Vec::new();
    for (lines, place) in lines.iter().zip(places) {
        let title = read.title.as_deref().unwrap_or("");
        let is_head = |line: &str| running.contains(&columns::plain(line)) || is_margin(line, title);
        let heads: Vec<usize> = columns::ends(lines).filter(|n| is_head(lines[*n])).collect();
        let kept = (0..lines.len()).filter(|n| !heads.contains(n)).map(|n| lines[n]);
        let text = kept.collect::<Vec<_>>().join("\n");
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        if !read.text.is_empty() {
            read.text.push_str(if runs_on(&read.text, text) { " " } else { "\n\n" });
        }
        let start = read.text.len();
        read.text.push_str(text);
        if let Some((source_start, length)) = place {
            let text_len = text.len() as u32;
            // Equal lengths would mean that bytes correspond one to one.
            let source_len = if length == text_len { length + 1 } else { length };
            segments.push(SourceSegment { text_start: start as u32, text_len, source_start, source_len });
        }
    }
    read.source = SourceMap::new(segments);
    if pages.len() > MOST_PAGES {
        read.left_out
            .push(format!("it has {} pages; those after the first {MOST_PAGES} are left out", pages.len()));
    }
    if lost > 0 {
        read.left_out.push(format!("{lost} of its pages could not be read, or not to their end"));
    }
    read
}

/// Whether a line is what browsers print around a page: its title with the time of printing, its address with the number of
/// the page. Letters of these lines are often set wide apart, so that spaces do not count.
fn is_margin(line: &str, title: &str) -> bool {
    let is_number = |words: &str| words.bytes().all(|byte| byte.is_ascii_digit() || b"/,.:-".contains(&byte));
    let squeeze = |words: &str| words.split_whitespace().collect::<String>();
    let (whole, title) = (squeeze(line), squeeze(title));
    if whole.len() > 400 {
        return false;
    }
    let address = ["http://", "https://", "file://"].iter().filter_map(|scheme| whole.find(scheme)).min();
    let (head, addressed) = match address {
        Some(at) => (&whole[..at], line.split_whitespace().next_back().is_some_and(is_number)),
        None => (whole.as_str(), false),
    };
    let titled = !title.is_empty() && head.contains(&title);
    let rest = if titled { head.replacen(&title, "", 1) } else { head.to_owned() };
    let dated = rest.contains(|c: char| c.is_ascii_digit());
    let rest = ["AM", "PM"].iter().fold(rest, |rest, half| rest.replace(half, ""));
    (titled && dated || addressed) && is_number(&rest)
}

/// What the document says about itself.
fn describe(document: &Document, read: &mut Extract) {
    let info = document.trailer.get(b"Info").and_then(|info| document.dereference(info));
    let Some(info) = info.ok().and_then(|(_, info)| info.as_dict().ok()) else { return };
    let field = |name: &[u8]| {
        let value = info.get(name).and_then(|value| document.dereference(value)).ok()?.1.as_str().ok()?;
        let words = decode(value).split_whitespace().collect::<Vec<_>>().join(" ");
        (!words.is_empty() && words.len() < 1_000).then_some(words)
    };
    read.title = field(b"Title").filter(|title| !is_file_name(title));
    read.author = field(b"Author").filter(|author| is_author(author));
    let tools =
        [field(b"Producer"), field(b"Creator")].into_iter().flatten().collect::<String>().to_lowercase();
    let printed = ["skia", "mozilla", "chrom", "quartz", "webkit", "wkhtmltopdf"];
    if !printed.iter().any(|browser| tools.contains(browser)) {
        read.made = field(b"CreationDate").and_then(|date| day(&date));
    }
}

/// The name of a file that a program put in the place of a title.
fn is_file_name(title: &str) -> bool {
    let lower = title.to_lowercase();
    let endings =
        [".doc", ".docx", ".odt", ".indd", ".qxd", ".qxp", ".pdf", ".rtf", ".txt", ".html", ".tex", ".pages"];
    lower.starts_with("microsoft word")
        || matches!(
            lower.trim_matches(|c: char| !c.is_alphanumeric()),
            "untitled" | "anonymous" | "unspecified"
        )
        || endings.iter().any(|ending| lower.ends_with(ending))
}

/// A text of a document's description: UTF-16 with its mark, UTF-8 with its own, else one byte a letter.
fn decode(bytes: &[u8]) -> String {
    let wide = |pairs: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = pairs.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
        },
    }
}

/// The day of a date as PDF writes it: `D:20250806143000+02'00'`.
fn day(date: &str) -> Option<Day> {
    let digits = date.strip_prefix("D:").unwrap_or(date);
    let number = |range: std::ops::Range<usize>| digits.get(range)?.parse::<u32>().ok();
    valid(number(0..4)?, number(4..6)?, number(6..8)?).filter(|day| day.year > 1980)
}

/// Where the content of a page stands among the bytes: its start and length.
fn place(bytes: &[u8], document: &Document, page: ObjectId) -> Option<(u32, u32)> {
    let contents = document.get_dictionary(page).ok()?.get(b"Contents").ok()?;
    let first = match contents {
        Object::Array(several) => several.first()?,
        one => one,
    };
    let (number, _) = first.as_reference().ok()?;
    let &XrefEntry::Normal { offset, .. } = document.reference_table.get(number)? else { return None };
    let rest = bytes.get(offset as usize..)?;
    let length = find(rest, b"endobj")? + b"endobj".len();
    Some((offset, u32::try_from(length).ok()?))
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

/// Whether a page can be drawn without following forms, or ancestors of the page, beyond all measure.
fn is_bounded(document: &Document, page: ObjectId) -> bool {
    let Ok(dictionary) = document.get_dictionary(page) else { return false };
    let mut resources = None;
    let mut ancestor = Some(dictionary);
    for _ in 0..DEEPEST_PAGE {
        let Some(current) = ancestor else { break };
        resources = resources.or_else(|| dictionary_in(document, current, b"Resources"));
        let parent = current.get(b"Parent").and_then(Object::as_reference);
        ancestor = parent.ok().and_then(|parent| document.get_dictionary(parent).ok());
    }
    if ancestor.is_some() {
        return false;
    }
    let empty = Dictionary::new();
    let Ok(content) = document.get_page_content(page) else { return false };
    forms_are_bounded(document, &content, resources.unwrap_or(&empty), DEEPEST_FORM, &mut MOST_FORMS.clone())
}

fn forms_are_bounded(
    document: &Document,
    content: &[u8],
    resources: &Dictionary,
    depth: usize,
    left: &mut usize,
) -> bool {
    let Ok(content) = Content::decode(content) else { return true };
    let Some(forms) = dictionary_in(document, resources, b"XObject") else { return true };
    content.operations.iter().filter(|operation| operation.operator == "Do").all(|operation| {
        let name = operation.operands.first().and_then(|name| name.as_name().ok());
        let form =
            name.and_then(|name| forms.get(name).ok()).and_then(|form| document.dereference(form).ok());
        let Some(form) = form.and_then(|(_, form)| form.as_stream().ok()) else { return true };
        let (Some(depth), Some(less)) = (depth.checked_sub(1), left.checked_sub(1)) else { return false };
        *left = less;
        let inner = dictionary_in(document, &form.dict, b"Resources").unwrap_or(resources);
        forms_are_bounded(document, &contents(form), inner, depth, left)
    })
}

fn contents(stream: &Stream) -> Vec<u8> {
    stream.decompressed_content().unwrap_or_else(|_| stream.content.clone())
}

fn dictionary_in<'d>(
    document: &'d Document,
    dictionary: &'d Dictionary,
    name: &[u8],
) -> Option<&'d Dictionary> {
    let value = dictionary.get(name).and_then(|value| document.dereference(value));
    value.ok().and_then(|(_, value)| value.as_dict().ok())
}

/// Whether all that is compressed as PDF does it comes to no more than `most` bytes.
fn inflates_within(bytes: &[u8], most: u64) -> bool {
    let (mut at, mut total) = (0, 0u64);
    let mut scratch = vec![0; 64 * 1024];
    while let Some(found) = find(&bytes[at..], b"stream") {
        at += found + b"stream".len();
        let data = &bytes[at..];
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        let opens = matches!(data, [first, second, ..]
            if first & 0x0F == 8 && (u16::from(*first) << 8 | u16::from(*second)) % 31 == 0);
        if !opens {
            continue;
        }
        let mut inflated = flate2::read::ZlibDecoder::new(data);
        while let Ok(read @ 1..) = inflated.read(&mut scratch) {
            total += read as u64;
            if total > most {
                return false;
            }
        }
    }
    true
}

/// The page being read.
#[derive(Default)]
struct Page {
    pieces: Vec<Piece>,
    /// Bytes of letters in them.
    length: usize,
    /// Letters that may still come.
    letters: usize,
}

/// Where a gap of so many times the size of the letters parts columns, and not words alone.
const WIDE: f64 = 3.0;

/// Where a smaller gap may part columns, if those of other lines are at the same place.
const NARROW: f64 = 0.6;

impl Page {
    fn begin(&mut self) {
        self.pieces.clear();
        self.length = 0;
    }

    /// The text, line by line: a paragraph ends where the next line stands much lower or higher, and a word parted at a
    /// line's end goes on.
    fn text(&self) -> String {
        let mut text = String::with_capacity(self.length + self.pieces.len());
        let mut last: Option<(usize, &Piece)> = None;
        let pieces = columns::apart(&self.pieces);
        for number in columns::order(&pieces) {
            let Some(piece) = pieces.get(number) else { continue };
            if let Some((before, above)) = last {
                let fall = (above.height - piece.height).abs();
                let as_set = number == before + 1;
                let same = as_set && piece.goes_on
                    || !as_set && fall <= piece.size * 0.5 && piece.from >= above.to - piece.size;
                let parted = text.ends_with(['-', '\u{AD}', '\u{2010}'])
                    && text.chars().rev().nth(1).is_some_and(char::is_alphabetic)
                    && piece.text.starts_with(char::is_lowercase);
                match (same, parted) {
                    (true, _) if text.ends_with(char::is_whitespace) => {}
                    (true, _) => text.push(' '),
                    (false, true) => {
                        if !columns::keeps_hyphen(&text, &piece.text) {
                            text.pop();
                        }
                    }
                    (false, false) => {
                        let rises = piece.height > above.height + piece.size;
                        let near = fall <= piece.size * 1.9 && !rises && is_like(piece.size, above.size);
                        let full = columns::is_full(above, &pieces, &piece.text);
                        text.truncate(text.trim_end_matches(' ').len());
                        text.push_str(match (near, full) {
                            // The first letter of an article, as high as several lines.
                            _ if is_initial(above, piece) => "",
                            (true, true) => " ",
                            (true, false) => "\n",
                            // From the foot of a column to the head of the next.
                            (false, true) if rises && runs_on(&text, &piece.text) => " ",
                            (false, _) => "\n\n",
                        });
                    }
                }
            }
            text.push_str(&piece.text);
            last = Some((number, piece));
        }
        text
    }
}

/// Whether letters are of one size, or nearly so.
fn is_like(size: f64, other: f64) -> bool {
    (size - other).abs() <= size.max(other) * 0.08
}

/// Whether a piece is the large first letter of the word that another goes on with.
fn is_initial(letter: &Piece, rest: &Piece) -> bool {
    let mut letters = letter.text.trim().chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_none()
        && letter.size > rest.size * 1.5
        && rest.from >= letter.to - rest.size
        && rest.text.starts_with(char::is_lowercase)
}

/// Whether a sentence goes on from what stands above to what stands below.
fn runs_on(above: &str, below: &str) -> bool {
    let ends = above.trim_end().ends_with(['.', '!', '?', '…', ':', '»', '”', '"', ')']);
    below.starts_with(char::is_lowercase) && !ends
}

/// Letters that were cast as one, apart: «ﬁ», and what some programs write for it, the halves of each letter exchanged.
fn parted(letters: &str) -> Cow<'_, str> {
    let exchanged = |letter: char| -> Option<char> {
        let number = u32::from(letter);
        let high = u8::try_from(number >> 8).ok().filter(|_| number & 0xFF == 0)?;
        high.is_ascii_alphabetic().then_some(char::from(high))
    };
    if letters.is_ascii() {
        return Cow::Borrowed(letters);
    }
    if letters.chars().nth(1).is_some()
        && let Some(letters) = letters.chars().map(exchanged).collect::<Option<String>>()
    {
        return Cow::Owned(letters);
    }
    let cast = |letter: char| match letter {
        '\u{FB00}' => "ff",
        '\u{FB01}' => "fi",
        '\u{FB02}' => "fl",
        '\u{FB03}' => "ffi",
        '\u{FB04}' => "ffl",
        '\u{FB05}' | '\u{FB06}' => "st",
        _ => "",
    };
    if letters.chars().all(|letter| cast(letter).is_empty()) {
        return Cow::Borrowed(letters);
    }
    let mut apart = String::new();
    for letter in letters.chars() {
        match cast(letter) {
            "" => apart.push(letter),
            several => apart.push_str(several),
        }
    }
    Cow::Owned(apart)
}

impl OutputDev for Page {
    fn begin_page(
        &mut self,
        _: u32,
        _: &MediaBox,
        _: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        _: f64,
        size: f64,
        letters: &str,
    ) -> Result<(), OutputError> {
        let Some(left) = self.letters.checked_sub(letters.len().max(1)).filter(|_| self.length <= MOST_TEXT)
        else {
            self.letters = 0;
            return Err(OutputError::IoError(std::io::ErrorKind::FileTooLarge.into()));
        };
        self.letters = left;
        self.length += letters.len();
        // Letters may be set narrower than they were cast, as those laid over scanned pages are.
        let across = width * size * place.m11.hypot(place.m12);
        let size = (size * place.m21.hypot(place.m22)).max(0.01);
        let (x, y) = (place.m31, place.m32);
        let letters = parted(letters);
        let letters = letters.chars().map(|letter| if letter.is_control() { ' ' } else { letter });
        let to = x + across;
        if let Some(last) = self.pieces.last_mut() {
            let fall = (last.height - y).abs();
            let ends = fall > size * 0.5 && (x < last.to || fall > size * 2.0);
            let gap = x - last.to;
            // Back on the same line: what stands beside was set first.
            let ends = ends || gap < -2.0 * size;
            // Some part columns with spaces.
            let spaced = last.text.ends_with("   ") && !letters.clone().all(char::is_whitespace);
            if !ends && gap <= size * WIDE && !spaced {
                let between =
                    letters.clone().all(char::is_whitespace) || last.text.ends_with(char::is_whitespace);
                if gap > size * 0.15 && !between {
                    last.text.push(' ');
                }
                if gap > size * NARROW {
                    last.gaps.push((last.to, x, last.text.len()));
                }
                last.text.extend(letters);
                (last.to, last.height) = (to, y);
                return Ok(());
            }
            let goes_on = !ends;
            let gaps = Vec::new();
            self.pieces.push(Piece { text: letters.collect(), from: x, to, height: y, size, goes_on, gaps });
        } else {
            let text = letters.collect();
            self.pieces.push(Piece { text, from: x, to, height: y, size, ..Piece::default() });
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}
