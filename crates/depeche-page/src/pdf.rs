//! PDF documents: their text, page by page, in the order in which it was set.
//!
//! 1. What is within is inflated once, counting only: a bomb is refused before anything is built from it.
//! 2. The document is opened. Pictures are emptied, for the library would read their bytes as text; forms that draw one
//!    another in a circle, or endlessly, are refused, for it would follow them until its stack ends.
//! 3. The letters come with their places. Lines end where the next letter stands lower, paragraphs where it stands much
//!    lower, words where there is a gap; a word parted at a line's end is joined.
//!
//! The library panics on some broken documents; that is caught here and told.

use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};

use depeche_record::{Day, SourceMap, SourceSegment};
use pdf_extract::content::Content;
use pdf_extract::xref::XrefEntry;
use pdf_extract::{
    Dictionary, Document, MediaBox, Object, ObjectId, OutputDev, OutputError, Stream, Transform,
    output_doc_page,
};

use crate::days::valid;

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
    let whole = catch_unwind(AssertUnwindSafe(|| open(bytes).map(|document| extract(bytes, &document))));
    let whole = whole.unwrap_or_else(|_| Err(broken()))?;
    // What was deciphered with the wrong key opens, and holds nothing.
    if whole.text.is_empty() && find(bytes, b"/Encrypt").is_some() {
        return Err(locked());
    }
    Ok(whole)
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

fn extract(bytes: &[u8], document: &Document) -> Extract {
    let mut read = Extract::default();
    let pages = document.get_pages();
    let (mut segments, mut lost) = (Vec::new(), 0);
    let mut page = Page { letters: MOST_LETTERS, ..Page::default() };
    for (&number, &id) in pages.iter().take(MOST_PAGES) {
        let start = read.text.len();
        if start > MOST_TEXT || page.letters == 0 {
            read.left_out.push(format!("it is too long; what follows page {} is left out", number - 1));
            break;
        }
        page.begin();
        let drawn = is_bounded(document, id)
            && catch_unwind(AssertUnwindSafe(|| output_doc_page(document, &mut page, number)))
                .is_ok_and(|drawn| drawn.is_ok() || page.letters == 0);
        lost += usize::from(!drawn);
        let text = page.text.trim();
        if text.is_empty() {
            continue;
        }
        read.text.push_str(text);
        if let Some((source_start, length)) = place(bytes, document, id) {
            let text_len = text.len() as u32;
            // Equal lengths would mean that bytes correspond one to one.
            let source_len = if length == text_len { length + 1 } else { length };
            segments.push(SourceSegment { text_start: start as u32, text_len, source_start, source_len });
        }
        read.text.push_str("\n\n");
    }
    read.text.truncate(read.text.trim_end().len());
    read.source = SourceMap::new(segments);
    if pages.len() > MOST_PAGES {
        read.left_out
            .push(format!("it has {} pages; those after the first {MOST_PAGES} are left out", pages.len()));
    }
    if lost > 0 {
        read.left_out.push(format!("{lost} of its pages could not be read, or not to their end"));
    }
    describe(document, &mut read);
    read
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
    read.author = field(b"Author");
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
        || lower == "untitled"
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

/// The text of the page being read.
#[derive(Default)]
struct Page {
    text: String,
    /// Where the last letter ended, from the left, and how high it stood.
    last: Option<(f64, f64)>,
    /// Letters that may still come.
    letters: usize,
}

impl Page {
    fn begin(&mut self) {
        self.text.clear();
        self.last = None;
    }

    /// Ends a line; a word that was parted there goes on.
    fn end_line(&mut self) {
        let parted = self.text.ends_with(['-', '\u{AD}', '\u{2010}'])
            && self.text.chars().rev().nth(1).is_some_and(char::is_alphabetic);
        self.text.push(if parted { PARTED } else { '\n' });
    }
}

/// Stands where a line ended within a word, until the next letter shows whether the word goes on.
const PARTED: char = '\u{1E}';

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
        self.text = self.text.replace(PARTED, "\n");
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
        let Some(left) =
            self.letters.checked_sub(letters.len().max(1)).filter(|_| self.text.len() <= MOST_TEXT)
        else {
            self.letters = 0;
            return Err(OutputError::IoError(std::io::ErrorKind::FileTooLarge.into()));
        };
        self.letters = left;
        // The size on the page: the side of the square that the letter's square becomes.
        let scale = (place.m11 * place.m22 - place.m12 * place.m21).abs().sqrt();
        let size = (size * scale).max(0.01);
        let (x, y) = (place.m31, place.m32);
        if let Some((end, height)) = self.last {
            let fall = (height - y).abs();
            let is_line = fall > size * 0.5 && (x < end || fall > size * 2.0);
            if is_line {
                self.end_line();
                if fall > size * 1.9 || y > height + size {
                    self.text.push('\n');
                }
            } else if x > end + size * 0.15 && !self.text.ends_with(char::is_whitespace) {
                self.text.push(' ');
            }
        }
        if self.text.ends_with(PARTED) {
            self.text.pop();
            match letters.starts_with(char::is_lowercase) {
                true => drop(self.text.pop()),
                false => self.text.push('\n'),
            }
        }
        self.text.extend(letters.chars().map(|letter| if letter.is_control() { ' ' } else { letter }));
        self.last = Some((x + width * size, y));
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
