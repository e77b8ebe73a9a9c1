//! Web archives that are written, read back by our own reader and by one that is not ours.

use std::fs;
use std::io::BufReader;

use depeche_acquire::{Options, WarcWriter};
use depeche_record::{Capture, Digest, Fetched, Given, Media};
use sha2::{Digest as _, Sha256};
use warc::{RecordType, WarcHeader, WarcReader};

use crate::run::run_with;

const TIME: &str = "2025-08-06T14:30:00Z";

fn capture(address: &str, media: Media, bytes: &[u8], fetched: Option<Fetched>) -> Capture {
    let url = fetched.as_ref().map(|_| address.to_owned());
    Capture {
        id: address.to_owned(),
        address: address.to_owned(),
        media,
        bytes: bytes.to_vec(),
        digest: Digest(Sha256::digest(bytes).into()),
        given: Given { url, ..Given::default() },
        fetched,
    }
}

/// A page that came compressed and in chunks after a redirect, one whose text was decoded on the way, a text and a PDF.
fn captures() -> Vec<Capture> {
    let pair = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    let fetched = Fetched {
        time: Some("2025-08-05T08:00:00Z".to_owned()),
        redirects: vec!["http://example.org/dépêche 1".to_owned()],
        status: 200,
        headers: [
            ("content-type", "text/html; charset=utf-8"),
            ("content-encoding", "br"),
            ("transfer-encoding", "chunked"),
            ("content-length", "17"),
            ("x-sly", "a\r\nSet-Cookie: b"),
            ("no token", "c"),
        ]
        .map(pair)
        .to_vec(),
    };
    let decoded = Fetched {
        status: 203,
        redirects: Vec::new(),
        headers: vec![pair(("content-type", "text/html; charset=windows-1251"))],
        ..fetched.clone()
    };
    let mut moscow =
        capture("https://example.org/москва", Media::Html, "<p>Москва.".as_bytes(), Some(decoded));
    moscow.given.charset = Some("utf-8".to_owned());
    vec![
        capture(
            "https://example.org/a",
            Media::Html,
            "<!doctype html><p>Été à Genève.".as_bytes(),
            Some(fetched),
        ),
        moscow,
        capture("reports/été 1.txt", Media::Plain, b"Oui.\r\n\r\nWARC/1.1\r\n", None),
        capture("/tmp/a.pdf", Media::Pdf, b"%PDF-1.4 x", None),
    ]
}

fn written(is_packed: bool) -> Vec<u8> {
    let mut writer = WarcWriter::new(Vec::new(), is_packed, "test\r\nbad: 1", TIME).unwrap();
    captures().iter().for_each(|capture| writer.write(capture, TIME).unwrap());
    writer.finish().unwrap()
}

#[test]
fn what_is_written_is_read_back_as_it_was() {
    for (name, is_packed) in [("a.warc", false), ("a.warc.gz", true)] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, written(is_packed)).unwrap();
        let run = run_with(&[path], &Options::default(), b"");
        assert_eq!(run.kinds(), []);
        for (read, written) in run.captures.iter().zip(captures()) {
            assert_eq!(
                (&read.bytes, read.media, read.digest),
                (&written.bytes, written.media, written.digest)
            );
        }
        assert_eq!(run.captures.len(), 4);
        assert_eq!(run.captures[0].given.url.as_deref(), Some("https://example.org/a"));
        assert_eq!(run.captures[1].given.charset.as_deref(), Some("utf-8"));
        let fetched = run.captures[0].fetched.as_ref().unwrap();
        assert_eq!((fetched.status, fetched.time.as_deref()), (200, Some("2025-08-05T08:00:00Z")));
        let fields: Vec<&str> = fetched.headers.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            fields,
            [
                "content-type",
                "x-crawler-content-encoding",
                "x-crawler-transfer-encoding",
                "x-crawler-content-length",
                "x-sly",
                "content-length"
            ]
        );
    }
}

#[test]
fn another_reader_finds_the_same_records() {
    let bytes = written(false);
    let records: Vec<_> =
        WarcReader::new(BufReader::new(bytes.as_slice())).iter_records().map(Result::unwrap).collect();
    let kinds: Vec<RecordType> = records.iter().map(|record| record.warc_type().clone()).collect();
    let expected = [
        RecordType::WarcInfo,
        RecordType::Response,
        RecordType::Metadata,
        RecordType::Response,
        RecordType::Resource,
        RecordType::Resource,
    ];
    assert_eq!(kinds, expected);
    let field = |n: usize, name| records[n].header(name).map(|value| value.into_owned());
    assert_eq!(field(1, WarcHeader::TargetURI).as_deref(), Some("https://example.org/a"));
    assert_eq!(records[1].date().to_rfc3339(), "2025-08-05T08:00:00+00:00");
    assert!(records[1].body().ends_with("<p>Été à Genève.".as_bytes()));
    assert!(String::from_utf8_lossy(records[1].body()).contains("\r\nx-sly: a  Set-Cookie: b\r\n"));
    assert_eq!(records[2].body(), b"via: http://example.org/d%C3%A9p%C3%AAche%201\r\n");
    assert_eq!(field(2, WarcHeader::ConcurrentTo), field(1, WarcHeader::RecordID));
    let moscow = String::from_utf8_lossy(records[3].body());
    assert!(moscow.starts_with("HTTP/1.1 203 Non Authoritative Information\r\n"), "{moscow}");
    assert!(moscow.contains("\r\nContent-Type: text/html; charset=utf-8\r\n"), "{moscow}");
    assert_eq!(field(4, WarcHeader::TargetURI).as_deref(), Some("file:reports/%C3%A9t%C3%A9%201.txt"));
    assert_eq!(field(5, WarcHeader::TargetURI).as_deref(), Some("file:///tmp/a.pdf"));
    // Base 32, worked out bit by bit.
    let digest = Sha256::digest(&captures()[2].bytes);
    let hex: String = digest.iter().map(|b| format!("{b:08b}")).collect();
    let letters: String = hex
        .as_bytes()
        .chunks(5)
        .map(|bits| {
            let value = (0..5).fold(0, |v, n| v * 2 + usize::from(bits.get(n) == Some(&b'1')));
            char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[value])
        })
        .collect();
    assert_eq!(field(4, WarcHeader::PayloadDigest), Some(format!("sha256:{letters}====")));
    let ids: std::collections::BTreeSet<&str> = records.iter().map(|record| record.warc_id()).collect();
    assert_eq!(ids.len(), records.len());
    assert_eq!(written(false), bytes);
}
