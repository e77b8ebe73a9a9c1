//! What takes any bytes, one function a parser.

use std::cell::OnceCell;
use std::path::PathBuf;
use std::sync::{Once, OnceLock};

use depeche_pipeline::acquire::{Options, captures_with_input, is_permitted};
use depeche_pipeline::language::{self, analyse, conllu as trees};
use depeche_pipeline::record::{Capture, Day, Digest, Edtf, Given, Language, Media, Reading, Report, Span};
use depeche_pipeline::records::JudgementRecord;
use depeche_pipeline::store::{Dossier, Filter, Paging};
use depeche_pipeline::{Pipeline, Settings, acquire, judge, page, passages, wanted};
use tempfile::TempDir;

/// Largest piece that acquiring hands on here.
const MOST: usize = 1 << 20;

/// A report that judgements and questions are about.
const STORY: &str = "MOSCOU, 6 août 2025 (AFP) – Le ministre a rencontré Anna Petrova à Ankara mardi. « Oui », a-t-elle dit. Le \
                     porte-parole n'a pas confirmé l'entretien.";

fn capture(media: Media, bytes: &[u8], charset: Option<String>) -> Capture {
    let given = Given { charset, ..Given::default() };
    let (id, address) = ("x".to_owned(), "https://example.org/2025/08/06/x".to_owned());
    Capture { id, address, media, bytes: bytes.to_vec(), digest: Digest([0; 32]), given, fetched: None }
}

/// Reads a report and holds what must be true of every report.
fn check(media: Media, bytes: &[u8], charset: Option<String>) {
    let report = page::report(&capture(media, bytes, charset));
    let mut end = 0;
    for block in &report.blocks {
        assert!(block.span.start >= end, "blocks overlap");
        assert!(!block.span.of(&report.text).is_empty(), "an empty block");
        end = block.span.end;
    }
    for segment in report.source.segments() {
        let source = segment.source_start as usize + segment.source_len as usize;
        // Of a PDF document the length of a page's stream may be one more than there is.
        assert!(source <= bytes.len() + usize::from(media == Media::Pdf), "a place beyond the bytes");
    }
}

/// A page.
pub fn html(bytes: &[u8]) {
    check(Media::Html, bytes, None);
}

/// The description of a page in JSON-LD.
pub fn jsonld(bytes: &[u8]) {
    let page = [
        b"<!doctype html><meta charset=utf-8><script type=\"application/ld+json\">".as_slice(),
        bytes,
        b"</script><h1>Entretien</h1><p>Le ministre a parl\xC3\xA9 pendant trois heures.</p>",
    ];
    check(Media::Html, &page.concat(), None);
}

/// A page in a charset that its first byte names.
pub fn charset(bytes: &[u8]) {
    const NAMES: [&str; 9] = [
        "utf-8",
        "windows-1251",
        "koi8-r",
        "utf-16le",
        "iso-2022-jp",
        "gb18030",
        "big5",
        "x-user-defined",
        "none",
    ];
    let name = bytes.first().map_or("", |first| NAMES[usize::from(*first) % NAMES.len()]);
    check(Media::Html, bytes, Some(name.to_owned()));
}

/// A plain text.
pub fn plain(bytes: &[u8]) {
    check(Media::Plain, bytes, None);
}

/// A text in Markdown.
pub fn markdown(bytes: &[u8]) {
    check(Media::Markdown, bytes, None);
}

/// A PDF document. The library that opens it panics on broken ones, which is caught where it is called; a panic of our own
/// code is a fault.
pub fn pdf(bytes: &[u8]) {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        std::panic::set_hook(Box::new(|fault| {
            let place = fault.location().map_or("", |place| place.file());
            if place.contains("depeche") || place.starts_with("fuzz") {
                eprintln!("{fault}");
                std::process::abort();
            }
        }));
    });
    check(Media::Pdf, bytes, None);
}

/// Time expressions.
pub fn dates(bytes: &[u8]) {
    let report = Report::bare("x", &String::from_utf8_lossy(bytes));
    let analysis = analyse(&report, Some(Day { year: 2025, month: 8, day: 6 }));
    for time in &analysis.times {
        assert!(!time.span.of(&report.text).is_empty(), "an empty expression");
    }
}

/// Sentences, words, tags, trees and names of a text, in the language that its first byte names.
pub fn words(bytes: &[u8]) {
    let language = Language::ALL[usize::from(bytes.first().copied().unwrap_or(0)) % Language::ALL.len()];
    let text = String::from_utf8_lossy(bytes);
    let whole = Span::new(0, text.len());
    for tree in language::parse(&text, whole, language) {
        let words = tree.nodes.len();
        assert!(tree.nodes.iter().all(|node| node.word.head.is_none_or(|head| head < words)), "no such head");
    }
    for name in language::names::names(&text, whole, language, &[]) {
        assert!(!name.span.of(&text).is_empty(), "an empty name");
    }
}

/// A date as EDTF.
pub fn edtf(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Ok(date) = Edtf::parse(&text) else { return };
    assert_eq!(Edtf::parse(date.as_str()).as_ref(), Ok(&date), "what is written is read");
    let other = Edtf::day(Day { year: 2025, month: 8, day: 6 });
    let _ =
        (date.days(), date.days_in(2024), date.may_agree(&other), date.within(&other), date.distance(&other));
    let _ = (
        date.width(),
        date.members(),
        date.and_on(),
        date.up_to(),
        date.after(),
        date.before(),
        date.cmp(&other),
    );
}

/// Reads bytes as whatever their first ones show.
fn input(bytes: &[u8]) {
    let inputs = [PathBuf::from("-")];
    let options = Options { max_bytes: MOST as u64, ..Options::default() };
    for item in captures_with_input(&inputs, &options, bytes) {
        match item {
            Ok(capture) => assert!(capture.bytes.len() <= MOST && !capture.id.is_empty()),
            Err(problem) => assert!(!problem.subject.is_empty() && !problem.detail.is_empty()),
        }
    }
}

/// A web archive, compressed or not.
pub fn warc(bytes: &[u8]) {
    input(bytes);
}

/// A mailbox.
pub fn mailbox(bytes: &[u8]) {
    input(bytes);
}

/// A message, or a page saved as one (MHTML).
pub fn message(bytes: &[u8]) {
    input(bytes);
}

/// JSON Lines.
pub fn lines(bytes: &[u8]) {
    input(bytes);
}

/// What lists addresses: RSS, Atom, JSON Feed, sitemaps, OPML, plain lists.
pub fn listing(bytes: &[u8]) {
    let Some(found) = acquire::listing(bytes, "https://example.org/feed") else { return };
    assert!(
        found.entries.iter().all(|entry| entry.address.starts_with("http")),
        "an address of another kind"
    );
}

/// What a site asks of programs.
pub fn robots(bytes: &[u8]) {
    for address in ["https://example.org/", "https://example.org/a/b%20c.html?q=1&r=%D0%96"] {
        is_permitted(bytes, address);
    }
}

/// A file of rules.
pub fn rules(bytes: &[u8]) {
    let file = String::from_utf8_lossy(bytes);
    // A reflexive verb has two ways more, and no way has more than 64 writings.
    let most = file.lines().count() * 3 * 64;
    assert!(depeche_extract::read_rules(&file) <= most, "more patterns than there may be");
}

/// A file of trees.
pub fn conllu(bytes: &[u8]) {
    if let Ok(sentences) = trees::read(&String::from_utf8_lossy(bytes)) {
        let written = trees::write(&sentences);
        let again = trees::read(&written);
        assert!(again.is_ok_and(|again| trees::write(&again) == written), "what is written is read");
    }
}

fn pipeline() -> &'static Pipeline {
    static PIPELINE: OnceLock<Pipeline> = OnceLock::new();
    PIPELINE.get_or_init(|| match Pipeline::new(Settings { threads: 1, ..Settings::default() }) {
        Ok(pipeline) => pipeline,
        Err(refused) => panic!("{refused}"),
    })
}

fn story() -> &'static (Report, Reading) {
    static STORY_READ: OnceLock<(Report, Reading)> = OnceLock::new();
    STORY_READ.get_or_init(|| match pipeline().read(capture(Media::Plain, STORY.as_bytes(), None)) {
        Ok(read) => read,
        Err(problem) => panic!("{}", problem.detail),
    })
}

/// A file of judgements, each of which is then applied to a dossier of one report, `x`.
pub fn judgements(bytes: &[u8]) {
    let (report, reading) = story();
    let records = String::from_utf8_lossy(bytes);
    let records = records.lines().filter_map(|line| serde_json::from_str::<JudgementRecord>(line).ok());
    let judgements: Vec<_> = records
        .filter_map(|record| judge::located(&record, |id| (id == report.id).then_some(&report.text)))
        .collect();
    if !judgements.is_empty() {
        pipeline().resolve(&[(report.clone(), reading.clone())], &judgements);
    }
}

/// Words that are searched for.
pub fn query(bytes: &[u8]) {
    thread_local! {
        static EMPTY: OnceCell<(Dossier, TempDir)> = const { OnceCell::new() };
    }
    let (report, reading) = story();
    let words = wanted(&String::from_utf8_lossy(bytes));
    for span in passages(report, reading.language, &words, 3) {
        assert!(!span.of(&report.text).is_empty(), "an empty passage");
    }
    EMPTY.with(|dossier| {
        let (dossier, _) = dossier.get_or_init(|| {
            let made =
                TempDir::new().map(|folder| (Dossier::make(&folder.path().join("empty.depeche")), folder));
            match made {
                Ok((Ok(dossier), folder)) => (dossier, folder),
                Ok((Err(error), _)) => panic!("{error}"),
                Err(error) => panic!("{error}"),
            }
        });
        let filter = Filter { words: Some(words), ..Filter::default() };
        assert!(dossier.search(&filter, Paging::first(3)).is_ok(), "a question that the store cannot put");
    });
}

/// A plain text, through all stages. A fault of the program is told as a problem of the report.
pub fn reading(bytes: &[u8]) {
    let read = pipeline().read(capture(Media::Plain, bytes, None));
    let fault = read.err().filter(|problem| problem.detail.contains("fault"));
    assert!(fault.is_none(), "{fault:?}");
}
