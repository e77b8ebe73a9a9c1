//! HTTP responses as web archives hold them (RFC 9110, RFC 9112): what the head says, and the content free of chunks
//! and compression.

use std::borrow::Cow;
use std::io::Read;

use depeche_record::{Media, ProblemKind};

use super::compressed::{Packing, Trouble, Unpacker};
use crate::size::size;
use crate::sniff::looks_like_html;

/// Fields of a head beyond this number are not read.
const MOST_FIELDS: usize = 256;

/// Codings of one content beyond this number are refused: one is usual, two have been seen.
const MOST_CODINGS: usize = 4;

/// What the head of a response says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) status: u16,
    /// Names in lower case, in their order.
    pub(crate) fields: Vec<(String, String)>,
}

/// A content that cannot be given.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Refusal(pub(crate) ProblemKind, pub(crate) String);

/// The content of a response.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Content {
    pub(crate) bytes: Vec<u8>,
    /// Whether its end is missing.
    pub(crate) cut: bool,
}

/// Reads the head of a response, its blank line included; none if it is no head.
pub(crate) fn read_head(bytes: &[u8]) -> Option<Head> {
    let mut fields = [httparse::EMPTY_HEADER; MOST_FIELDS];
    let mut response = httparse::Response::new(&mut fields);
    let mut parser = httparse::ParserConfig::default();
    parser
        .allow_obsolete_multiline_headers_in_responses(true)
        .allow_spaces_after_header_name_in_responses(true)
        .allow_multiple_spaces_in_response_status_delimiters(true)
        .ignore_invalid_headers_in_responses(true);
    // Later versions have no such head; archivers write one in the old way.
    let mended;
    let bytes = match bytes.strip_prefix(b"HTTP/").and_then(|rest| rest.split_first()) {
        Some((b'2' | b'3', rest)) => {
            let rest = rest.strip_prefix(b".0").unwrap_or(rest);
            mended = [b"HTTP/1.1", rest].concat();
            &mended
        }
        _ => bytes,
    };
    if !parser.parse_response(&mut response, bytes).ok()?.is_complete() {
        return None;
    }
    let field = |field: &httparse::Header| {
        (field.name.to_ascii_lowercase(), String::from_utf8_lossy(field.value).into_owned())
    };
    Some(Head { status: response.code?, fields: response.headers.iter().map(field).collect() })
}

impl Head {
    /// The first field of that name (lower case).
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// The words, parted by commas, of all fields of that name, in lower case.
    fn words<'h>(&'h self, name: &'h str) -> impl Iterator<Item = String> + 'h {
        let values = self.fields.iter().filter(move |(field, _)| field == name);
        let words = values.flat_map(|(_, value)| value.split(','));
        words.map(|word| word.trim().to_ascii_lowercase()).filter(|word| !word.is_empty())
    }
}

/// How to read what a content type names, and its charset; none for what is neither page nor text.
pub(crate) fn media_of(content_type: &str) -> Option<(Media, Option<String>)> {
    let mut parts = content_type.split(';').map(str::trim);
    let media = match parts.next()?.to_ascii_lowercase().as_str() {
        "text/html" | "application/xhtml+xml" => Media::Html,
        "text/plain" => Media::Plain,
        "text/markdown" => Media::Markdown,
        "application/pdf" => Media::Pdf,
        _ => return None,
    };
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    });
    Some((media, charset.filter(|charset| !charset.is_empty())))
}

/// The content of a body, `limit` bytes at most. Archivers that undo chunks or compression often leave the fields that
/// promise them, so what the bytes do not bear out is not undone.
pub(crate) fn content(head: &Head, body: Vec<u8>, limit: u64) -> Result<Content, Refusal> {
    let mut content = Content { bytes: body, cut: false };
    if head.words("transfer-encoding").any(|word| word == "chunked") {
        content = without_chunks(content.bytes);
    }
    content.bytes = unpacked(head, content.bytes, limit)?;
    Ok(content)
}

/// The same bytes, or what is in them where they are a file compressed by gzip, `limit` bytes at most.
pub(crate) fn unpacked_file(bytes: &[u8], limit: u64) -> Option<Cow<'_, [u8]>> {
    match Packing::of_bytes(bytes) {
        Some(Packing::Gzip) => Some(Cow::Owned(decoded("gzip", bytes.to_vec(), limit).ok()?)),
        _ => Some(Cow::Borrowed(bytes)),
    }
}

/// A body without chunks, freed of the codings that the head names, the last one first; `limit` bytes at most.
pub(crate) fn unpacked(head: &Head, mut bytes: Vec<u8>, limit: u64) -> Result<Vec<u8>, Refusal> {
    let codings: Vec<String> = head.words("content-encoding").collect();
    if codings.len() > MOST_CODINGS {
        let detail = format!("its content is compressed {} times over; passed over", codings.len());
        return Err(Refusal(ProblemKind::BadRecord, detail));
    }
    for coding in codings.iter().rev() {
        bytes = decoded(coding, bytes, limit)?;
    }
    Ok(bytes)
}

fn without_chunks(body: Vec<u8>) -> Content {
    let mut bytes = Vec::with_capacity(body.len());
    let mut rest = body.as_slice();
    loop {
        let (start, size) = match httparse::parse_chunk_size(rest) {
            Ok(httparse::Status::Complete((start, size))) => (start, size),
            // It was undone before.
            _ if bytes.is_empty() => return Content { bytes: body, cut: false },
            _ => return Content { bytes, cut: true },
        };
        if size == 0 {
            return Content { bytes, cut: false };
        }
        let Some(chunk) =
            usize::try_from(size).ok().and_then(|size| rest.get(start..start.checked_add(size)?))
        else {
            bytes.extend_from_slice(&rest[start..]);
            return Content { bytes, cut: true };
        };
        bytes.extend_from_slice(chunk);
        rest = &rest[start + chunk.len()..];
        rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
}

fn decoded(coding: &str, bytes: Vec<u8>, limit: u64) -> Result<Vec<u8>, Refusal> {
    let unpacked = match coding {
        "gzip" | "x-gzip" | "zstd" => {
            if Packing::of_bytes(&bytes).is_none() {
                return Ok(bytes);
            }
            let source: Box<dyn Read> = Box::new(bytes.as_slice());
            Unpacker::new(source, None, limit).and_then(|unpacker| take(unpacker, limit))
        }
        // Some servers send the bare data without the zlib frame that the name means.
        "deflate" if looks_like_zlib(&bytes) => take(flate2::read::ZlibDecoder::new(&bytes[..]), limit),
        "deflate" if looks_like_html(&bytes) => return Ok(bytes),
        "deflate" => take(flate2::read::DeflateDecoder::new(&bytes[..]), limit),
        // Nothing in its first bytes tells Brotli; a page that was unpacked before shows itself.
        "br" if looks_like_html(&bytes) => return Ok(bytes),
        "br" => take(brotli_decompressor::Decompressor::new(&bytes[..], 4096), limit),
        "compress" | "x-compress" if !looks_like_html(&bytes) => {
            let detail = format!("its content is compressed as ‘{coding}’, which is not read; passed over");
            return Err(Refusal(ProblemKind::UnknownFormat, detail));
        }
        _ => return Ok(bytes),
    };
    let bytes = unpacked.map_err(|error| match Trouble::of(&error) {
        Some(Trouble::Bomb { .. }) => too_large(limit),
        _ => Refusal(
            ProblemKind::BadRecord,
            format!("its content, compressed as ‘{coding}’, is damaged or cut off; passed over"),
        ),
    })?;
    if bytes.len() as u64 > limit {
        return Err(too_large(limit));
    }
    Ok(bytes)
}

fn too_large(limit: u64) -> Refusal {
    let detail =
        format!("its content unpacks to more than the limit (at most {} are read); passed over", size(limit));
    Refusal(ProblemKind::TooLarge, detail)
}

fn take(source: impl Read, limit: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whether the two bytes that open a zlib stream (RFC 1950) stand at the start.
fn looks_like_zlib(bytes: &[u8]) -> bool {
    matches!(bytes, [first, second, ..] if first & 0x0F == 8 && (u16::from(*first) << 8 | u16::from(*second)) % 31 == 0)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    fn head(fields: &str) -> Head {
        read_head(format!("HTTP/1.1 200 OK\r\n{fields}\r\n").as_bytes()).unwrap()
    }

    #[test]
    fn heads_are_read_as_they_come() {
        let seen = head(
            "Content-Type : text/html; charset=\"Windows-1251\"\r\nbad field\r\nContent-Encoding: gzip\r\n",
        );
        assert_eq!(seen.status, 200);
        let content_type = seen.field("content-type").unwrap();
        assert_eq!(media_of(content_type), Some((Media::Html, Some("Windows-1251".into()))));
        assert_eq!(seen.words("content-encoding").collect::<Vec<_>>(), ["gzip"]);
        for old in ["HTTP/2 404 \r\n\r\n", "HTTP/2.0 404 Not Found\r\n\r\n", "HTTP/1.0 404\r\n\r\n"] {
            assert_eq!(read_head(old.as_bytes()).map(|head| head.status), Some(404), "{old}");
        }
        assert_eq!(read_head(b"<html>"), None);
        assert_eq!(media_of("image/png"), None);
    }

    #[test]
    fn chunks_are_joined() {
        let head = head("Transfer-Encoding: chunked\r\n");
        let joined = |body: &[u8]| content(&head, body.to_vec(), 100).unwrap();
        assert_eq!(
            joined(b"3\r\nOui\r\n1;x=y\r\n.\r\n0\r\n\r\n"),
            Content { bytes: b"Oui.".to_vec(), cut: false }
        );
        assert_eq!(joined(b"3\r\nOui\r\nF\r\nda"), Content { bytes: b"Ouida".to_vec(), cut: true });
        assert_eq!(joined(b"3\r\nOui\r\n"), Content { bytes: b"Oui".to_vec(), cut: true });
        assert_eq!(joined(b"<p>Oui."), Content { bytes: b"<p>Oui.".to_vec(), cut: false });
        assert!(joined(b"3\r\nOui\r\nFFFFFFFFFFFFFFFF\r\nx").cut);
    }

    #[test]
    fn codings_are_undone() {
        let text = b"<p>Le ministre a parl\xC3\xA9.".repeat(3);
        let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
        gzip.write_all(&text).unwrap();
        let gzip = gzip.finish().unwrap();
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
        zlib.write_all(&text).unwrap();
        let mut bare = DeflateEncoder::new(Vec::new(), Compression::default());
        bare.write_all(&text).unwrap();
        let undone = |coding: &str, bytes: &[u8], limit| {
            content(&head(&format!("Content-Encoding: {coding}\r\n")), bytes.to_vec(), limit)
                .map(|content| content.bytes)
                .map_err(|refusal| refusal.0)
        };
        assert_eq!(undone("gzip", &gzip, 1_000).unwrap(), text);
        assert_eq!(undone("GZIP", &text, 1_000).unwrap(), text);
        assert_eq!(undone("deflate", &zlib.finish().unwrap(), 1_000).unwrap(), text);
        assert_eq!(undone("deflate", &bare.finish().unwrap(), 1_000).unwrap(), text);
        assert_eq!(undone("identity", &text, 1_000).unwrap(), text);
        assert_eq!(undone("gzip", &gzip, 50), Err(ProblemKind::TooLarge));
        assert_eq!(undone("gzip", &gzip[..gzip.len() - 5], 1_000), Err(ProblemKind::BadRecord));
        assert_eq!(undone("br", b"\x0b\x01\x80Oui\x03", 1_000).unwrap(), b"Oui");
        assert_eq!(undone("br", b"\x0b\x01\x80O", 1_000), Err(ProblemKind::BadRecord));
        assert_eq!(undone("compress", b"\x1F\x9D\x90", 1_000), Err(ProblemKind::UnknownFormat));
        assert_eq!(undone("gzip,gzip,gzip,gzip,gzip", &gzip, 1_000), Err(ProblemKind::BadRecord));
    }
}
