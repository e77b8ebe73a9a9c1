//! Whole runs over compressed inputs, web archives and messages.

use std::fs;
use std::path::PathBuf;

use depeche_acquire::Options;
use depeche_record::{Media, ProblemKind};
use proptest::prelude::*;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use crate::run::{Run, packed, run_with};

fn zstd(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

fn run_within(inputs: &[PathBuf], max_bytes: u64, input: &[u8]) -> Run {
    run_with(inputs, &Options { max_bytes, ..Options::default() }, input)
}

/// Reads one file of that name.
fn read_within(name: &str, bytes: &[u8], max_bytes: u64) -> Run {
    let folder = tempfile::tempdir().expect("there is room for it");
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("the folder is ours");
    let run = run_within(std::slice::from_ref(&path), max_bytes, b"");
    assert!(run.problems.iter().all(|problem| problem.subject.contains(name)), "{:?}", run.problems);
    run
}

fn read(name: &str, bytes: &[u8]) -> Run {
    read_within(name, bytes, 1 << 20)
}

fn piped(bytes: &[u8]) -> Run {
    run_within(&[PathBuf::from("-")], 1 << 20, bytes)
}

const LINES: &[u8] = b"{\"id\":\"a\",\"text\":\"un\"}\n{\"text\":\"deux\"}\n";

#[test]
fn compressed_inputs_read_as_what_is_in_them() {
    for pack in [packed, zstd] {
        let ending = if pack(b"x").starts_with(b"\x1F") { "gz" } else { "zst" };
        let page = read(&format!("page.html.{ending}"), &pack(b"<p>Oui."));
        assert_eq!((page.ids(), page.captures[0].media), (vec!["page"], Media::Html));
        assert_eq!(page.captures[0].bytes, b"<p>Oui.");
        assert_eq!(read(&format!("talks.JSONL.{ending}"), &pack(LINES)).ids(), ["a", "talks:2"]);
        assert_eq!(read(&format!("talks.{ending}"), &pack(LINES)).ids(), ["a", "talks:2"]);
        // The bytes count, not only the name.
        assert_eq!(read("page.txt", &pack(b"Oui.")).captures[0].bytes, b"Oui.");
        assert_eq!(piped(&pack(LINES)).ids(), ["a", "stdin:2"]);
        assert_eq!(piped(&pack(b"<!DOCTYPE html><p>Oui")).captures[0].media, Media::Html);
        // Members and frames follow one another; zeros may fill up.
        let both = [pack(b"<p>Oui, "), pack(b"oui."), vec![0; 100]].concat();
        let run = read(&format!("page.html.{ending}"), &both);
        assert_eq!((run.captures[0].bytes.as_slice(), run.problems), (&b"<p>Oui, oui."[..], vec![]));
    }
    let skippable = [b"\x5A\x2A\x4D\x18\x03\0\0\0abc".to_vec(), zstd(b"Oui.")].concat();
    assert_eq!(read("a.txt.zst", &skippable).captures[0].bytes, b"Oui.");
}

#[test]
fn folders_hold_compressed_files_too() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in
        [("a.txt.gz", packed(b"Oui.")), ("b.html.zst", zstd(b"<p>Oui.")), ("c.png.gz", packed(b"x"))]
    {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    fs::write(folder.path().join("b.txt"), "Non.").unwrap();
    let run = run_within(&[folder.path().to_path_buf()], 1_000, b"");
    assert_eq!((run.ids(), run.kinds()), (vec!["a", "b.html.zst", "b.txt"], vec![]));
}

#[test]
fn broken_compression_is_told() {
    let text: Vec<u8> = (0..2_000u32).flat_map(|i| (i * i).to_string().into_bytes()).collect();
    for (name, whole) in [("a.txt.gz", packed(&text)), ("a.txt.zst", zstd(&text))] {
        let half = read(name, &whole[..whole.len() / 2]);
        assert_eq!((half.captures.len(), half.kinds()), (0, vec![ProblemKind::Unreadable]), "{name}");
        assert!(half.problems[0].detail.contains("cut off"), "{name}: {}", half.problems[0].detail);
        for at in [whole.len() / 3, whole.len() / 2, whole.len() - 3] {
            let mut flipped = whole.clone();
            flipped[at] ^= 0x10;
            let run = read(name, &flipped);
            assert_eq!(
                (run.captures.len(), run.kinds()),
                (0, vec![ProblemKind::Unreadable]),
                "{name} at {at}"
            );
        }
        let plain = read(name, b"Oui.");
        assert_eq!(plain.kinds(), [ProblemKind::NotText]);
        assert!(plain.problems[0].detail.contains("named as"));
        let trailing = read(name, &[whole.clone(), b"rest".to_vec()].concat());
        assert_eq!(trailing.kinds(), [ProblemKind::LeftOut]);
        assert_eq!(read(name, b"").kinds(), [ProblemKind::Empty]);
    }
    // Lines before the damage stand.
    let lines = packed(LINES);
    let run = read("talks.jsonl.gz", &lines[..lines.len() - 4]);
    assert_eq!((run.ids(), run.kinds()), (vec!["a", "talks:2"], vec![ProblemKind::Unreadable]));
    assert_eq!(read("a.tar.gz", &packed(b"x")).kinds(), [ProblemKind::UnknownFormat]);
}

/// A Zstandard frame of `blocks` blocks of 128 KiB each, in four bytes a block.
fn zstd_bomb(blocks: usize) -> Vec<u8> {
    let mut bytes = b"\x28\xB5\x2F\xFD\x00\x38".to_vec();
    for number in 1..=blocks {
        let header = (128u32 * 1024) << 3 | 1 << 1 | u32::from(number == blocks);
        bytes.extend_from_slice(&header.to_le_bytes()[..3]);
        bytes.push(b' ');
    }
    bytes
}

#[test]
fn bombs_are_refused() {
    let spaces = packed(&vec![b' '; 50 << 20]);
    assert!(spaces.len() < 100 << 10);
    for (name, bomb) in [
        ("a.txt.gz", &spaces),
        ("a.txt.zst", &zstd_bomb(400)),
        ("a.jsonl.gz", &spaces),
        ("a.jsonl.zst", &zstd_bomb(10_000_000 / 4)),
        ("a.gz", &spaces),
        ("a.warc.gz", &spaces),
        ("a.mbox.gz", &spaces),
        ("a.eml.gz", &spaces),
    ] {
        let run = read(name, bomb);
        assert_eq!((run.captures.len(), run.kinds()), (0, vec![ProblemKind::TooLarge]), "{name}");
    }
    assert_eq!(piped(&spaces).kinds(), [ProblemKind::TooLarge]);
    // A window of a gigabyte is not set aside.
    let mut wide = zstd(b"Oui.");
    wide[4..6].copy_from_slice(&[0x00, 0xA0]);
    assert!(!read("a.txt.zst", &wide).problems.is_empty());
}

fn record(kind: &str, address: &str, content_type: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2025-08-06T10:00:00Z\r\n\
         WARC-Record-ID: <urn:uuid:{address}>\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn response(address: &str, fields: &str, body: &[u8]) -> Vec<u8> {
    let block = [format!("HTTP/1.1 200 OK\r\n{fields}\r\n").as_bytes(), body].concat();
    record("response", address, "application/http; msgtype=response", &block)
}

fn page(number: usize) -> Vec<u8> {
    let body = format!("<!DOCTYPE html><p>Le ministre numéro {number} a parlé.");
    response(
        &format!("https://example.org/{number}"),
        "Content-Type: text/html; charset=utf-8\r\n",
        body.as_bytes(),
    )
}

fn address(number: usize) -> String {
    format!("https://example.org/{number}")
}

/// Records of all kinds, some of them pages.
fn archive() -> Vec<Vec<u8>> {
    vec![
        record("warcinfo", "file:///x.warc", "application/warc-fields", b"software: x\r\n"),
        record(
            "request",
            "https://example.org/1",
            "application/http; msgtype=request",
            b"GET / HTTP/1.1\r\n\r\n",
        ),
        page(1),
        record("response", "dns:example.org", "text/dns", b"2025\nexample.org. 1.2.3.4\n"),
        response("https://example.org/robots.txt", "Content-Type: text/plain\r\n", b"User-agent: *\n"),
        response("https://example.org/a.png", "Content-Type: image/png\r\n", b"\x89PNG"),
        response(
            "https://example.org/2",
            "Content-Type: text/html;charset=windows-1251\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
            &{
                let packed = packed(b"<p>\xCF\xE5\xF1\xEA\xEE\xE2");
                [format!("{:x}\r\n", packed.len()).as_bytes(), &packed, b"\r\n0\r\n\r\n"].concat()
            },
        ),
        record(
            "response",
            "https://example.org/gone",
            "application/http",
            b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>Rien",
        ),
        record("resource", "https://example.org/3", "text/plain; charset=utf-8", "Communiqué.".as_bytes()),
        record("resource", "metadata://gnu.org/wget.log", "text/plain", b"log"),
        record("revisit", "https://example.org/1", "application/http", b"HTTP/1.1 200 OK\r\n\r\n"),
    ]
}

#[test]
fn pages_of_web_archives_become_captures() {
    let records = archive();
    let members: Vec<u8> = records.iter().flat_map(|record| packed(record)).collect();
    let frames: Vec<u8> = records.iter().flat_map(|record| zstd(record)).collect();
    for (name, bytes) in [
        ("a.warc", records.concat()),
        ("a.warc.gz", members.clone()),
        ("a.warc.gz", packed(&records.concat())),
        ("a.warc.zst", frames),
        ("a", members),
    ] {
        let run = read(name, &bytes);
        assert_eq!(run.problems, [], "{name}");
        assert_eq!(run.ids(), [address(1), address(2), address(3)], "{name}");
        let seen: Vec<_> = run
            .captures
            .iter()
            .map(|capture| (capture.media, capture.given.charset.as_deref(), capture.given.url.clone()))
            .collect();
        assert_eq!(seen[0], (Media::Html, Some("utf-8"), Some(address(1))));
        assert_eq!(seen[1], (Media::Html, Some("windows-1251"), Some(address(2))));
        assert_eq!(seen[2], (Media::Plain, Some("utf-8"), Some(address(3))));
        assert_eq!(run.captures[1].bytes, b"<p>\xCF\xE5\xF1\xEA\xEE\xE2");
        let exchange = run.captures[1].fetched.as_ref().unwrap();
        assert_eq!((exchange.status, exchange.time.as_deref()), (200, Some("2025-08-06T10:00:00Z")));
        assert_eq!(exchange.header("content-type"), Some("text/html;charset=windows-1251"));
        assert_eq!(run.captures[2].fetched, None);
        assert!(
            run.captures
                .iter()
                .all(|capture| capture.address == capture.id && capture.given.published.is_none())
        );
    }
    assert_eq!(piped(&records.concat()).ids().len(), 3);
}

#[test]
fn broken_records_do_not_hide_the_next() {
    let plain = |middle: &[u8]| read("a.warc", &[page(1), middle.to_vec(), page(2)].concat());
    let nonsense = plain(b"not a record\r\nat all\r\n\r\n");
    assert_eq!(
        (nonsense.ids(), nonsense.kinds()),
        (vec![&*address(1), &*address(2)], vec![ProblemKind::BadRecord])
    );
    let unmeasured = plain(b"WARC/1.0\r\nWARC-Type: response\r\n\r\n<p>Oui\r\n\r\n");
    assert_eq!((unmeasured.ids().len(), unmeasured.kinds()), (2, vec![ProblemKind::BadRecord]));
    assert!(unmeasured.problems[0].subject.ends_with("a.warc:2"), "{:?}", unmeasured.problems);
    let headless = plain(&record("response", "https://example.org/x", "application/http", b"<p>Oui"));
    assert_eq!((headless.ids().len(), headless.kinds()), (2, vec![ProblemKind::BadRecord]));
    let unknown = plain(b"WARC/7.0\r\nContent-Length: 0\r\n\r\n\r\n");
    assert_eq!((unknown.ids().len(), unknown.kinds()), (2, vec![ProblemKind::BadRecord]));
    for (from, to) in [("Content-Length: ", "Content-Length: 1"), ("Content-Length: 1", "Content-Length: ")] {
        let text = String::from_utf8(page(7)).unwrap();
        let wrong = read(
            "a.warc",
            &[page(1), text.replacen(from, to, 1).into_bytes(), (8..28).flat_map(page).collect(), page(3)]
                .concat(),
        );
        assert!(
            wrong.ids().contains(&&*address(3)) && !wrong.ids().contains(&&*address(7)),
            "{:?}",
            wrong.ids()
        );
        assert_eq!(wrong.kinds()[0], ProblemKind::BadRecord);
        assert!(wrong.problems[0].subject.ends_with("a.warc:2"));
    }
    let binary = plain(&response("https://example.org/x", "Content-Type: text/html\r\n", b"%PDF-1.7"));
    assert_eq!((binary.ids().len(), binary.kinds()), (2, vec![ProblemKind::NotText]));
    let large = response("https://example.org/x", "Content-Type: text/html\r\n", &vec![b'x'; 2 << 20]);
    let large = plain(&large);
    assert_eq!((large.ids().len(), large.kinds()), (2, vec![ProblemKind::TooLarge]));
    assert_eq!(read("a.warc", b"WARC/1.0\r\n").kinds(), [ProblemKind::BadRecord]);
    let nothing = read("a.warc", &record("request", "https://example.org/", "application/http", b""));
    assert_eq!(nothing.kinds(), [ProblemKind::Empty]);
}

#[test]
fn damaged_members_do_not_hide_the_next() {
    let members: Vec<Vec<u8>> = (1..=4).map(|number| packed(&page(number))).collect();
    let whole = members.concat();
    // A byte of the second member's data; a byte of its checksum; its start; bytes put in between.
    let second = members[0].len();
    for at in [second + 40, second + 100, second + members[1].len() - 6, second, second + 1] {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        let run = read("a.warc.gz", &bytes);
        assert_eq!(run.ids(), [address(1), address(3), address(4)], "{at}: {:?}", run.problems);
        assert_eq!(run.kinds().len(), 1, "{at}: {:?}", run.problems);
        assert!(run.problems[0].is_failure() || run.problems[0].kind == ProblemKind::LeftOut);
    }
    let run = read("a.warc.gz", &[&members[0], &b"\x1F\x8Bnoise"[..], &members[1]].concat());
    assert_eq!((run.ids().len(), run.problems.len()), (2, 1), "{:?}", run.problems);
    // Half of a member, then the rest; and the file cut within its last member.
    let half = &members[1][..members[1].len() / 2];
    let run = read("a.warc.gz", &[&members[0], half, &members[2], &members[3]].concat());
    assert_eq!(run.ids().first().copied(), Some(&*address(1)));
    assert_eq!(run.ids().last().copied(), Some(&*address(4)));
    let run = read("a.warc.gz", &whole[..whole.len() - members[3].len() / 2]);
    assert_eq!((run.ids().len(), run.kinds()), (3, vec![ProblemKind::BadRecord]));
    let cut = [page(1), page(2)].concat();
    let run = read("a.warc", &cut[..cut.len() - 30]);
    assert_eq!((run.ids().len(), run.kinds()), (1, vec![ProblemKind::BadRecord]));
}

#[test]
fn versions_of_a_page_are_kept_and_copies_dropped() {
    let later = String::from_utf8(page(1)).unwrap().replace("a parlé", "a menti");
    let run = piped(&[page(1), page(1), later.into_bytes()].concat());
    assert_eq!(run.ids(), [address(1), format!("{}~2", address(1))]);
    assert_eq!(run.kinds(), [ProblemKind::DuplicateId; 2]);
    assert!(run.problems[1].detail.contains("version"), "{:?}", run.problems);
}

#[test]
fn what_was_cut_when_archived_is_told() {
    let text =
        String::from_utf8(page(1)).unwrap().replace("WARC-Date", "WARC-Truncated: length\r\nWARC-Date");
    let run = read("a.warc", text.as_bytes());
    assert_eq!((run.ids().len(), run.kinds()), (1, vec![ProblemKind::LeftOut]));
    let split = text.replace("WARC-Truncated: length", "WARC-Segment-Number: 1");
    let run = read("a.warc", split.as_bytes());
    assert_eq!((run.ids().len(), run.kinds()), (0, vec![ProblemKind::LeftOut]));
}

const MAIL: &str = "From: presse@example.org\r\nMessage-ID: <1@example.org>\r\nSubject: Entretien\r\n\
                    Date: Wed, 6 Aug 2025 10:00:00 +0200\r\nMIME-Version: 1.0\r\n\
                    Content-Type: text/plain; charset=utf-8\r\n\r\nLe ministre a parlé.\r\n";

#[test]
fn messages_become_captures() {
    for run in [read("note.eml", MAIL.as_bytes()), read("note.eml.gz", &packed(MAIL.as_bytes()))] {
        assert_eq!((run.ids(), run.kinds()), (vec!["note"], vec![]));
        let capture = &run.captures[0];
        assert_eq!(capture.bytes, "Le ministre a parlé.\r\n".as_bytes());
        assert_eq!(capture.given.title.as_deref(), Some("Entretien"));
        assert_eq!(capture.given.published.as_deref(), Some("2025-08-06"));
        assert_eq!(capture.given.charset.as_deref(), Some("utf-8"));
    }
    assert_eq!(piped(MAIL.as_bytes()).captures[0].given.title.as_deref(), Some("Entretien"));
    let opening = "From presse@example.org Wed Aug  6 10:00:00 2025\n";
    let mailbox = format!("{opening}{MAIL}\r\n{opening}Subject: vide\n\n\n{opening}{MAIL}encore\n");
    for run in [read("liste.mbox", mailbox.as_bytes()), read("liste.mbox.zst", &zstd(mailbox.as_bytes()))] {
        assert_eq!((run.ids(), run.kinds()), (vec!["liste:1", "liste:3"], vec![ProblemKind::Empty]));
        assert!(run.problems[0].subject.ends_with(":2"));
    }
    assert_eq!(piped(mailbox.as_bytes()).ids(), ["stdin:1", "stdin:3"]);
    assert_eq!(read("liste.mbox", b"Oui.").kinds(), [ProblemKind::Empty]);
    assert_eq!(read("note.eml", b"").kinds(), [ProblemKind::Empty]);
    assert_eq!(read("note.eml", &[0, 1, 2, 3].repeat(50)).kinds(), [ProblemKind::NotText]);
    assert_eq!(read_within("note.eml", MAIL.as_bytes(), 50).kinds(), [ProblemKind::TooLarge]);
    assert_eq!(read_within("liste.mbox", mailbox.as_bytes(), 100).kinds()[0], ProblemKind::TooLarge);
}

proptest! {
    #[test]
    fn any_damage_ends_in_captures_or_problems(
        at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>(), kind in 0usize..8,
    ) {
        let records = archive();
        let members: Vec<u8> = records.iter().flat_map(|record| packed(record)).collect();
        let frames: Vec<u8> = records.iter().flat_map(|record| zstd(record)).collect();
        let (name, mut bytes) = match kind {
            0 => ("a.warc", records.concat()),
            1 => ("a.warc.gz", members),
            2 => ("a.warc.zst", frames),
            3 => ("a.txt.gz", packed(MAIL.as_bytes())),
            4 => ("a.txt.zst", zstd(MAIL.as_bytes())),
            5 => ("a.jsonl.zst", zstd(LINES)),
            6 => ("a.eml", MAIL.as_bytes().to_vec()),
            _ => ("a.mht", MAIL.as_bytes().to_vec()),
        };
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let run = read(name, &bytes);
        prop_assert!(!run.captures.is_empty() || !run.problems.is_empty());
        bytes.truncate(cut.index(bytes.len()));
        let run = read(name, &bytes);
        prop_assert!(!run.captures.is_empty() || !run.problems.is_empty());
    }

    #[test]
    fn any_bytes_are_read_as_any_format(bytes in prop::collection::vec(any::<u8>(), 0..300), kind in 0usize..6) {
        let names = ["a.warc", "a.eml", "a.mbox", "a.mht", "a.gz", "a.warc.zst"];
        let magic: &[u8] = [b"WARC/1.0\r\n".as_slice(), b"", b"From a 10:00\n", b"", b"\x1F\x8B\x08\0", b"\x28\xB5\x2F\xFD"][kind];
        let run = read(names[kind], &[magic, &bytes].concat());
        prop_assert!(!run.captures.is_empty() || !run.problems.is_empty());
    }
}
