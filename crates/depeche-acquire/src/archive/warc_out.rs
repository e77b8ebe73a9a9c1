//! Captures as a web archive, WARC 1.1 (ISO 28500:2017), one record at a time.
//!
//! 1. A `warcinfo` record says what wrote the archive.
//! 2. A capture that came by HTTP is a `response` with the head of the answer and the bytes; where the answer had been asked
//!    for at another address, a `metadata` record beside it names the addresses that led there.
//! 3. Any other capture, a file of one's own, is a `resource`.
//!
//! Captured bytes are free of chunks and compression, so the fields of the head that say otherwise are renamed as Common
//! Crawl does (`X-Crawler-Content-Encoding`), and the length is that of the bytes. Identifiers of records are made from what
//! they hold: the same captures give the same archive.

use std::fmt::Write as _;
use std::io::{self, Write};

use depeche_record::{Capture, Digest, Fetched, Media};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256};

use super::http::media_of;

/// Fields of an answer that hold of the bytes on their way, not of those that were captured.
const OF_THE_WAY: [&str; 3] = ["content-encoding", "transfer-encoding", "content-length"];

/// Writes captures as a web archive.
#[derive(Debug)]
pub struct WarcWriter<W> {
    stream: W,
    is_packed: bool,
    info: String,
}

/// Fields of a record's head, and its block.
struct Record<'a> {
    kind: &'a str,
    id: String,
    time: &'a str,
    content_type: &'a str,
    fields: Vec<(&'a str, String)>,
    block: Vec<u8>,
}

impl<W: Write> WarcWriter<W> {
    /// Begins an archive, compressed record by record (`.warc.gz`) or not at all; `software` wrote it at `time`, RFC 3339 in
    /// UTC.
    ///
    /// # Errors
    ///
    /// Those of the stream.
    pub fn new(stream: W, is_packed: bool, software: &str, time: &str) -> io::Result<WarcWriter<W>> {
        let block = format!(
            "software: {}\r\nformat: WARC File Format 1.1\r\nconformsTo: \
             http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n",
            line(software)
        );
        let info = identifier(&["warcinfo", software, time], None);
        let mut writer = WarcWriter { stream, is_packed, info: info.clone() };
        writer.put(Record {
            kind: "warcinfo",
            id: info,
            time,
            content_type: "application/warc-fields",
            fields: Vec::new(),
            block: block.into_bytes(),
        })?;
        Ok(writer)
    }

    /// Writes a capture, taken at `time` (RFC 3339 in UTC) unless it says itself when it was fetched.
    ///
    /// # Errors
    ///
    /// Those of the stream.
    pub fn write(&mut self, capture: &Capture, time: &str) -> io::Result<()> {
        let target = target_of(capture);
        let payload = ("WARC-Payload-Digest", digest(&capture.digest));
        let time = capture.fetched.as_ref().and_then(|fetched| fetched.time.as_deref()).unwrap_or(time);
        let id = identifier(&["capture", &target, time], Some(&capture.digest));
        let Some(fetched) = &capture.fetched else {
            let content_type = content_type_of(capture);
            return self.put(Record {
                kind: "resource",
                id,
                time,
                content_type: &content_type,
                fields: vec![("WARC-Target-URI", target), payload],
                block: capture.bytes.clone(),
            });
        };
        let block = [head_of(fetched, capture).as_bytes(), &capture.bytes].concat();
        self.put(Record {
            kind: "response",
            id: id.clone(),
            time,
            content_type: "application/http;msgtype=response",
            fields: vec![("WARC-Target-URI", target.clone()), payload],
            block,
        })?;
        if fetched.redirects.is_empty() {
            return Ok(());
        }
        let vias: String = fetched.redirects.iter().map(|via| format!("via: {}\r\n", address(via))).collect();
        self.put(Record {
            kind: "metadata",
            id: identifier(&["metadata", &id], None),
            time,
            content_type: "application/warc-fields",
            fields: vec![("WARC-Target-URI", target), ("WARC-Concurrent-To", id)],
            block: vias.into_bytes(),
        })
    }

    /// Ends the archive; the stream.
    ///
    /// # Errors
    ///
    /// Those of the stream.
    pub fn finish(mut self) -> io::Result<W> {
        self.stream.flush()?;
        Ok(self.stream)
    }

    fn put(&mut self, record: Record<'_>) -> io::Result<()> {
        let mut head = format!(
            "WARC/1.1\r\nWARC-Type: {}\r\nWARC-Record-ID: {}\r\nWARC-Date: {}\r\n",
            record.kind,
            record.id,
            line(record.time)
        );
        if record.kind != "warcinfo" {
            // Writing to a string cannot fail.
            let _ = write!(head, "WARC-Warcinfo-ID: {}\r\n", self.info);
        }
        for (name, value) in record.fields {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        let _ = write!(
            head,
            "WARC-Block-Digest: {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n",
            digest(&Digest(Sha256::digest(&record.block).into())),
            record.content_type,
            record.block.len()
        );
        let parts = [head.as_bytes(), &record.block, b"\r\n\r\n"];
        if self.is_packed {
            // A record is a member of its own, so that readers can go to any.
            let mut member = GzEncoder::new(&mut self.stream, Compression::default());
            parts.iter().try_for_each(|part| member.write_all(part))?;
            member.finish()?;
            return Ok(());
        }
        parts.iter().try_for_each(|part| self.stream.write_all(part))
    }
}

/// The head of the answer, as HTTP/1.1 writes it, with the fields that no longer hold renamed.
fn head_of(fetched: &Fetched, capture: &Capture) -> String {
    let reason =
        hyper::StatusCode::from_u16(fetched.status).ok().and_then(|status| status.canonical_reason());
    let mut head = format!("HTTP/1.1 {} {}\r\n", fetched.status, reason.unwrap_or(""));
    let is_token = |name: &str| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
    };
    // A page that came through a text format is in another charset than it was sent in.
    let charset = fetched.header("content-type").and_then(media_of).and_then(|(_, charset)| charset);
    let is_decoded =
        charset.zip(capture.given.charset.as_ref()).is_some_and(|(a, b)| !a.eq_ignore_ascii_case(b));
    let length = capture.bytes.len().to_string();
    for (name, value) in fetched.headers.iter().filter(|(name, _)| is_token(name)) {
        let lower = name.to_ascii_lowercase();
        if lower == "content-length" && value.trim() == length {
            continue;
        }
        let stale = OF_THE_WAY.contains(&lower.as_str()) || is_decoded && lower == "content-type";
        let prefix = if stale { "X-Crawler-" } else { "" };
        // Writing to a string cannot fail.
        let _ = write!(head, "{prefix}{name}: {}\r\n", line(value));
    }
    if is_decoded {
        let _ = write!(head, "Content-Type: {}\r\n", content_type_of(capture));
    }
    let _ = write!(head, "Content-Length: {length}\r\n\r\n");
    head
}

/// What the bytes of a capture are, with their charset where it is known.
fn content_type_of(capture: &Capture) -> String {
    let media = match capture.media {
        Media::Html => "text/html",
        Media::Markdown => "text/markdown",
        Media::Plain => "text/plain",
        Media::Pdf => return "application/pdf".to_owned(),
    };
    match &capture.given.charset {
        Some(charset) => format!("{media}; charset={}", line(charset)),
        None => media.to_owned(),
    }
}

/// The address of a capture: that of the web where it has one, else that of a file.
fn target_of(capture: &Capture) -> String {
    let web = [Some(capture.address.as_str()), capture.given.url.as_deref()];
    let web =
        web.into_iter().flatten().find(|there| there.starts_with("http://") || there.starts_with("https://"));
    match (web, capture.address.starts_with('/')) {
        (Some(web), _) => address(web),
        (None, true) => format!("file://{}", address(&capture.address)),
        (None, false) => format!("file:{}", address(&capture.address)),
    }
}

/// An address in the letters that addresses have (RFC 3986); what has none of them is written in percent.
fn address(written: &str) -> String {
    let mut address = String::with_capacity(written.len());
    for byte in written.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => address.push(char::from(byte)),
            _ if b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte) => address.push(char::from(byte)),
            // Writing to a string cannot fail.
            _ => drop(write!(address, "%{byte:02X}")),
        }
    }
    address
}

/// A value on one line.
fn line(value: &str) -> String {
    value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().trim().to_owned()
}

/// A digest as archives label it, in base 32 (RFC 4648).
fn digest(digest: &Digest) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut written = String::from("sha256:");
    for chunk in digest.0.chunks(5) {
        let bits =
            chunk.iter().chain(std::iter::repeat(&0)).take(5).fold(0u64, |bits, b| bits << 8 | u64::from(*b));
        let letters = (chunk.len() * 8).div_ceil(5);
        for n in 0..8 {
            let letter = LETTERS[(bits >> (35 - 5 * n)) as usize & 31];
            written.push(if n < letters { char::from(letter) } else { '=' });
        }
    }
    written
}

/// An identifier made from what it stands for: a UUID of version 8 (RFC 9562).
fn identifier(parts: &[&str], digest: Option<&Digest>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    if let Some(digest) = digest {
        hash.update(digest.0);
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    bytes[6] = bytes[6] & 0x0F | 0x80;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    let mut id = String::from("<urn:uuid:");
    for (n, byte) in bytes.iter().enumerate() {
        if matches!(n, 4 | 6 | 8 | 10) {
            id.push('-');
        }
        // Writing to a string cannot fail.
        let _ = write!(id, "{byte:02x}");
    }
    id + ">"
}
