//! What bytes are, by their first bytes.

use std::path::{Path, PathBuf};

use depeche_record::Media;

use crate::archive::compressed::Packing;
use crate::archive::{mail, mailbox};

/// The kinds of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// One report.
    Page(Media),
    /// One report a line.
    JsonLines,
    /// A web archive: many pages as they were fetched.
    Warc,
    /// One message.
    Mail,
    /// Many messages.
    Mailbox,
    /// One page with its pictures, saved as a message.
    SavedPage,
}

/// What a file's name promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Promise {
    pub(crate) format: Option<Format>,
    pub(crate) packing: Option<Packing>,
}

/// What the extensions of a file's name promise.
pub(crate) fn promise_of(path: &Path) -> Promise {
    let (name, packing) = without_packing(path);
    let format = match extension_of(&name).as_str() {
        "txt" | "text" => Some(Format::Page(Media::Plain)),
        "md" | "markdown" => Some(Format::Page(Media::Markdown)),
        "html" | "htm" | "xhtml" => Some(Format::Page(Media::Html)),
        "pdf" => Some(Format::Page(Media::Pdf)),
        "jsonl" | "ndjson" => Some(Format::JsonLines),
        "warc" => Some(Format::Warc),
        "eml" => Some(Format::Mail),
        "mbox" => Some(Format::Mailbox),
        "mht" | "mhtml" => Some(Format::SavedPage),
        _ => None,
    };
    Promise { format, packing }
}

/// A file's name without folders and extensions: `talks` for `a/talks.html.gz`.
pub(crate) fn stem_of(path: &Path) -> Option<String> {
    let (name, _) = without_packing(path);
    name.file_stem().map(|stem| stem.to_string_lossy().into_owned())
}

/// The last extension but that of the packing, in lower case.
pub(crate) fn extension_within(path: &Path) -> String {
    extension_of(&without_packing(path).0)
}

fn without_packing(path: &Path) -> (PathBuf, Option<Packing>) {
    match Packing::of_extension(&extension_of(path)) {
        Some(packing) => (path.with_extension(""), Some(packing)),
        None => (path.to_path_buf(), None),
    }
}

fn extension_of(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase()
}

/// The format that the first bytes show, if they show one that is not a page of its own.
pub(crate) fn format_within(bytes: &[u8]) -> Option<Format> {
    let bytes = without_mark(bytes);
    if bytes.starts_with(b"WARC/") {
        return Some(Format::Warc);
    }
    let first = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
    if mailbox::starts_message(first.trim_ascii_end()) {
        return Some(Format::Mailbox);
    }
    mail::looks_like_mail(bytes).then_some(Format::Mail)
}

/// Whether the bytes start as an HTML page does.
pub(crate) fn looks_like_html(bytes: &[u8]) -> bool {
    let bytes = without_mark(bytes);
    let start = bytes.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(bytes.len());
    let head = bytes[start..bytes.len().min(start + 1024)].to_ascii_lowercase();
    let has = |what: &[u8]| head.windows(what.len()).any(|w| w == what);
    head.starts_with(b"<!doctype html")
        || head.starts_with(b"<html")
        || head.starts_with(b"<head")
        || head.starts_with(b"<body")
        || (head.starts_with(b"<?xml") || head.starts_with(b"<!--") || head.starts_with(b"<!doctype"))
            && has(b"<html")
}

/// The bytes without a UTF-8 byte order mark.
pub(crate) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

/// Whether the bytes start as a PDF document does.
pub(crate) fn is_pdf(bytes: &[u8]) -> bool {
    bytes.starts_with(b"%PDF-")
}

/// Whether nothing but white space, NUL and byte order marks is in it.
pub(crate) fn is_blank(bytes: &[u8]) -> bool {
    bytes.iter().all(|b| b.is_ascii_whitespace() || matches!(b, 0 | 0x0B | 0xFE | 0xFF | 0xEF | 0xBB | 0xBF))
}

/// What a file is that holds no text, and what to do with it; none for text.
pub(crate) fn refuse(bytes: &[u8]) -> Option<&'static str> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    let known: &[(&[u8], &str)] = &[
        (b"%PDF-", "a PDF document within another document; save it as a file of its own"),
        (b"PK\x03\x04", "a ZIP archive or an office document; unpack it, or save the document as text"),
        (b"PK\x05\x06", "an empty ZIP archive"),
        (b"\x1F\x8B", "gzip-compressed, twice or damaged; unpack it first, for instance with ‘gunzip’"),
        (b"BZh", "bzip2-compressed; unpack it first, for instance with ‘bunzip2’"),
        (b"\xFD7zXZ\x00", "xz-compressed; unpack it first, for instance with ‘unxz’"),
        (b"\x28\xB5\x2F\xFD", "Zstandard-compressed twice; unpack it first, for instance with ‘unzstd’"),
        (b"7z\xBC\xAF\x27\x1C", "a 7z archive; unpack it first"),
        (b"Rar!", "a RAR archive; unpack it first"),
        (b"\x89PNG\r\n\x1A\n", "a PNG picture; pictures are not read"),
        (b"\xFF\xD8\xFF", "a JPEG picture; pictures are not read"),
        (b"GIF87a", "a GIF picture; pictures are not read"),
        (b"GIF89a", "a GIF picture; pictures are not read"),
        (b"RIFF", "a picture, sound or film; only text is read"),
        (b"OggS", "a sound or film; only text is read"),
        (b"ID3", "a sound; only text is read"),
        (b"\x7FELF", "a program; only text is read"),
        (b"MZ\x90\x00", "a program; only text is read"),
        (b"SQLite format 3\x00", "an SQLite database; only text is read here"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old office document; save it as text first"),
        (b"{\\rtf", "an RTF document; save it as text first"),
    ];
    if let Some((_, what)) = known.iter().find(|(magic, _)| starts(magic)) {
        return Some(what);
    }
    if bytes.get(257..262) == Some(b"ustar") {
        return Some("a tar archive; unpack it first, for instance with ‘tar -xf’");
    }
    let sample = &bytes[..bytes.len().min(64 * 1024)];
    let control = |b: &&u8| matches!(b, 0..=8 | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F);
    let controls = sample.iter().filter(control).count();
    let binary = controls > 2 && controls * 50 > sample.len() && !is_utf16(sample);
    binary.then_some("binary data; only text is read. If it is text, save it as UTF-8")
}

/// Whether the bytes are UTF-16 text, with or without a byte order mark: one byte of each pair then is nearly always
/// the same few values (Latin 0x00, Cyrillic 0x04, punctuation 0x20).
pub(crate) fn is_utf16(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xFF\xFE\x00\x00") {
        return false;
    }
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return true;
    }
    let sample = &bytes[..bytes.len().min(4096) & !1];
    let pairs = sample.len() / 2;
    let high = |b: u8| matches!(b, 0x00 | 0x04 | 0x20);
    let count = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|&&b| high(b)).count();
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|&&b| b == 0).count();
    let plausible =
        |odd: usize| zeros(odd) * 10 >= pairs && count(odd) * 10 >= pairs * 9 && zeros(1 - odd) * 50 <= pairs;
    pairs >= 4 && (plausible(0) || plausible(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn utf16_is_text_without_a_mark_too() {
        for text in ["Moscou et Kiev se parlent.", "Песков ответил журналистам.", "« Oui »"]
        {
            assert!(is_utf16(&utf16(text)), "{text}");
            assert_eq!(refuse(&utf16(text)), None);
        }
        assert!(!is_utf16("Moscou et Kiev".as_bytes()));
        assert!(!is_utf16(&[0; 64]));
    }

    #[test]
    fn binaries_are_named() {
        assert!(refuse(b"%PDF-1.7 ...").unwrap().contains("PDF"));
        assert!(refuse(b"PK\x03\x04....").unwrap().contains("ZIP"));
        assert!(refuse(&[0, 1, 2, 3, 0, 0, 0, 9]).unwrap().contains("binary"));
        assert_eq!(refuse("Un texte\0 avec un octet nul".as_bytes()), None);
    }

    #[test]
    fn pages_are_told_from_text() {
        assert!(looks_like_html(b"\xEF\xBB\xBF \n<!DOCTYPE html><title>x"));
        assert!(looks_like_html(b"<?xml version='1.0'?><html xmlns='x'>"));
        assert!(!looks_like_html(b"Moscou <b>expose</b>"));
    }
}
