//! What a dossier meets: a full disk, a folder that may not be written to, files that are none, damage, two writers.

#![allow(clippy::unwrap_used, reason = "a test that cannot set its scene has to fail")]

use std::fs;
use std::path::{Path, PathBuf};

use depeche_record::followed::{Followed, Page, Source, Stretch};
use depeche_record::records::{Evidence, JudgementRecord, SubjectRecord};
use depeche_record::{Basis, Capture, Digest, Given, Language, Media, Reading, Report};
use depeche_store::{
    Admission, Arrival, Circumstances, Dossier, Filter, LogFilter, Paging, Readers, StoreError,
};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

const TIME: &str = "2026-01-01T00:00:00Z";

fn arrival(n: usize, text: &str) -> Arrival {
    let bytes = text.as_bytes().to_vec();
    let digest = Digest(Sha256::digest(&bytes).into());
    let report = Report { digest, ..Report::bare(&format!("r{n:04}"), text) };
    Arrival {
        place: format!("id r{n:04}"),
        capture: Capture {
            id: report.id.clone(),
            address: format!("r{n:04}.txt"),
            media: Media::Plain,
            bytes,
            digest,
            given: Given::default(),
            fetched: None,
        },
        taken: TIME.to_owned(),
        circumstances: Circumstances::default(),
        reading: Reading {
            report: report.id.clone(),
            language: Language::French,
            language_basis: Basis::Text,
            published: None,
            figures: Vec::new(),
            times: Vec::new(),
            accounts: Vec::new(),
            statements: Vec::new(),
            origins: Vec::new(),
            problems: Vec::new(),
        },
        report,
        terms: text.to_lowercase(),
    }
}

/// Text that does not deflate away.
fn noise(n: usize, length: usize) -> String {
    let mut state = (n as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) + 1;
    let letter = |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(b'a' + (state >> 58) as u8 % 26)
    };
    (0..length).map(letter).collect()
}

fn filled(folder: &TempDir, reports: usize) -> PathBuf {
    filled_with(folder, reports, 2_000)
}

fn filled_with(folder: &TempDir, reports: usize, length: usize) -> PathBuf {
    let path = folder.path().join("d.depeche");
    let mut dossier = Dossier::make(&path).unwrap();
    let arrivals: Vec<Arrival> = (0..reports).map(|n| arrival(n, &noise(n, length))).collect();
    dossier.admit(&arrivals, "1", TIME).unwrap();
    path
}

fn digests(path: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(path.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.clone(), fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn a_full_disk_leaves_the_dossier_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = filled(&folder, 5);
    let mut dossier = Dossier::open_to_write(&path).unwrap();
    dossier.limit_pages(dossier.pages().unwrap() + 20).unwrap();
    let many: Vec<Arrival> = (5..200).map(|n| arrival(n, &noise(n, 4_000))).collect();
    assert!(matches!(dossier.admit(&many, "1", TIME), Err(StoreError::Full)));
    assert_eq!(dossier.report_count().unwrap(), 5);
    assert_eq!(dossier.check(|| ()).unwrap(), []);
    // There is room for one, and once there is room for all, all go in.
    dossier.admit(&many[..1], "1", TIME).unwrap();
    dossier.limit_pages(1_000_000).unwrap();
    let admitted = dossier.admit(&many, "1", TIME).unwrap();
    assert!(matches!(admitted[0], Admission::Known { .. }));
    assert_eq!(dossier.report_count().unwrap(), 200);
    assert_eq!(dossier.check(|| ()).unwrap(), []);
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_to_can_be_asked() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = filled(&folder, 3);
    let mode = |mode| fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode)).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    mode(0o555);
    let asked = Dossier::open(&path).and_then(|dossier| dossier.report_count());
    // To those who may do everything nothing is read-only.
    let may_everything = fs::write(folder.path().join("probe"), "").is_ok();
    let written = Dossier::make(&path).map(|_| ());
    let made = Dossier::make(&folder.path().join("new.depeche")).map(|_| ());
    mode(0o755);
    assert_eq!(asked.unwrap(), 3);
    if !may_everything {
        assert!(matches!(written, Err(StoreError::ReadOnly)), "{written:?}");
        assert!(matches!(made, Err(StoreError::ReadOnly)), "{made:?}");
    }
}

#[test]
fn what_is_no_dossier_is_named_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing.depeche");
    assert!(matches!(Dossier::open(&missing), Err(StoreError::Missing)));
    assert!(matches!(Dossier::open_to_write(&missing), Err(StoreError::Missing)));
    let text = folder.path().join("notes.txt");
    fs::write(&text, "Ce n'est pas un dossier.".repeat(100)).unwrap();
    let other = folder.path().join("other.sqlite");
    let foreign = rusqlite::Connection::open(&other).unwrap();
    foreign.execute_batch("CREATE TABLE t (x); INSERT INTO t VALUES (1);").unwrap();
    drop(foreign);
    let empty = folder.path().join("empty");
    fs::write(&empty, "").unwrap();
    assert!(matches!(Dossier::open(&empty), Err(StoreError::NotADossier)));
    for path in [&text, &other] {
        let before = fs::read(path).unwrap();
        assert!(matches!(Dossier::open(path), Err(StoreError::NotADossier)), "{}", path.display());
        assert!(matches!(Dossier::make(path), Err(StoreError::NotADossier)), "{}", path.display());
        assert_eq!(fs::read(path).unwrap(), before);
    }
    assert!(Dossier::open(folder.path()).is_err());
    assert!(Dossier::make(folder.path()).is_err());
}

#[test]
fn a_dossier_of_a_newer_version_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = filled(&folder, 1);
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    for opened in [Dossier::open(&path), Dossier::make(&path)] {
        assert!(matches!(opened, Err(StoreError::Newer { found: 99, .. })));
    }
}

/// Wherever a byte is flipped, the dossier is refused, the check finds it, or nothing that is kept or shown differs.
#[test]
fn a_flipped_byte_is_found_or_does_no_harm() {
    const REPORTS: usize = 40;
    let folder = tempfile::tempdir().unwrap();
    let path = filled_with(&folder, REPORTS, 20_000);
    let whole = fs::read(&path).unwrap();
    assert!(whole.len() > 100_000 && digests(&path).len() == 1, "{}", whole.len());
    let told = |path: &Path| -> Result<Vec<String>, StoreError> {
        let dossier = Dossier::open(path)?;
        let mut told = Vec::new();
        dossier.each_kept(|kept| {
            let (report, reading) = kept.unpack()?;
            told.push(format!("{report:?}{reading:?}"));
            Ok::<_, StoreError>(())
        })?;
        for n in 0..REPORTS {
            for version in dossier.versions(&format!("r{n:04}"))? {
                let (capture, _) = dossier.capture(&version)?;
                told.push(format!("{:?}", capture.bytes));
            }
        }
        Ok(told)
    };
    let expected = told(&path).unwrap();
    let (mut refused, mut found, mut harmless) = (0, 0, 0);
    let copy = folder.path().join("copy.depeche");
    for step in 0..100 {
        let at = (step * 104_729 + 13) % whole.len();
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (step % 8);
        fs::write(&copy, &bytes).unwrap();
        let checked = Dossier::open(&copy).and_then(|dossier| dossier.check(|| ()));
        match checked {
            Err(_) => refused += 1,
            Ok(findings) if !findings.is_empty() => found += 1,
            Ok(_) => {
                let told =
                    told(&copy).unwrap_or_else(|error| panic!("byte {at}: nothing found, yet {error}"));
                assert_eq!(told, expected, "byte {at}");
                harmless += 1;
            }
        }
    }
    // Most of the file is free room in its pages or what can be made anew.
    assert!(found > 25 && refused < 20, "refused {refused}, found {found}, harmless {harmless}");
    println!("refused {refused}, found {found}, harmless {harmless}");
}

#[test]
fn two_writers_take_turns_and_readers_see_one_moment() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("d.depeche");
    Dossier::make(&path).unwrap();
    std::thread::scope(|scope| {
        for half in 0..2 {
            let path = &path;
            scope.spawn(move || {
                let mut dossier = Dossier::make(path).unwrap();
                // Both bring half of the reports of the other, too.
                for batch in 0..10 {
                    let first = (batch * 2 + half) * 10 - if batch > 0 { 5 } else { 0 };
                    let arrivals: Vec<Arrival> =
                        (first..first + 15).map(|n| arrival(n, &noise(n, 500))).collect();
                    dossier.admit(&arrivals, "1", TIME).unwrap();
                }
            });
        }
        for _ in 0..4 {
            let path = &path;
            scope.spawn(move || {
                let dossier = Dossier::open(path).unwrap();
                for _ in 0..50 {
                    dossier
                        .at_one_moment(|dossier| {
                            let (first, second) = (dossier.report_count()?, dossier.report_count()?);
                            assert_eq!(first, second);
                            Ok::<_, StoreError>(())
                        })
                        .unwrap();
                }
            });
        }
    });
    let dossier = Dossier::open(&path).unwrap();
    assert_eq!(dossier.report_count().unwrap(), 200);
    assert_eq!(dossier.check(|| ()).unwrap(), []);
}

#[test]
fn fifty_ask_at_once_while_one_adds() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("d.depeche");
    let mut dossier = Dossier::make(&path).unwrap();
    let readers = Readers::open(&path).unwrap();
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..50 {
            scope.spawn(|| {
                let mut last = 0;
                while !done.load(std::sync::atomic::Ordering::Relaxed) {
                    let count = readers
                        .ask(|dossier| {
                            let first = dossier.report_count()?;
                            dossier.counts()?;
                            assert_eq!(first, dossier.report_count()?);
                            Ok::<_, StoreError>(first)
                        })
                        .unwrap();
                    assert!(count >= last);
                    last = count;
                }
            });
        }
        for batch in 0..20 {
            let arrivals: Vec<Arrival> = (0..10).map(|n| arrival(batch * 10 + n, &noise(n, 500))).collect();
            dossier.admit(&arrivals, "1", TIME).unwrap();
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    assert_eq!(readers.ask(|dossier| dossier.report_count()).unwrap(), 200);
}

#[test]
fn a_changed_page_is_a_version_and_the_last_captured_is_current() {
    let folder = tempfile::tempdir().unwrap();
    let mut dossier = Dossier::make(&folder.path().join("d.depeche")).unwrap();
    let at = |text: &str, time: &str| Arrival { taken: time.to_owned(), ..arrival(1, text) };
    let admit =
        |dossier: &mut Dossier, arrival: Arrival| dossier.admit(&[arrival], "1", TIME).unwrap().remove(0);
    let id = || "r0001".to_owned();
    assert_eq!(admit(&mut dossier, at("deux", "2026-01-02T00:00:00Z")), Admission::New { id: id() });
    let older = admit(&mut dossier, at("un", "2026-01-01T00:00:00Z"));
    assert_eq!(older, Admission::Version { id: id(), number: 2 });
    assert_eq!(admit(&mut dossier, at("un", "2026-01-09T00:00:00Z")), Admission::Known { id: id() });
    assert_eq!(dossier.report("r0001").unwrap().0.text, "deux");
    admit(&mut dossier, at("trois", "2026-01-03T00:00:00Z"));
    assert_eq!(dossier.report("r0001").unwrap().0.text, "trois");
    let versions = dossier.versions("r0001").unwrap();
    let texts: Vec<String> = versions.iter().map(|one| dossier.version(one).unwrap().0.text).collect();
    assert_eq!(texts, ["un", "deux", "trois"]);
    assert_eq!(versions.iter().map(|one| one.is_current).collect::<Vec<_>>(), [false, false, true]);
    // Another report that claims the identifier goes by another one.
    let other = Arrival { place: "elsewhere".to_owned(), ..at("autre", TIME) };
    assert_eq!(admit(&mut dossier, other), Admission::New { id: "r0001~2".to_owned() });
    // The same bytes under the same name elsewhere are the same report; with something else said beside them, read anew.
    let moved = Arrival { place: "moved".to_owned(), ..at("trois", TIME) };
    assert_eq!(admit(&mut dossier, moved.clone()), Admission::Known { id: id() });
    let given = Given { published: Some("2026-01-01".to_owned()), ..Given::default() };
    let told = Arrival { circumstances: Circumstances { given, ..Circumstances::default() }, ..moved };
    assert_eq!(admit(&mut dossier, told), Admission::Reread { id: id() });
    assert_eq!(dossier.check(|| ()).unwrap(), []);
}

#[test]
fn judgements_are_appended_once_and_never_rewritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("d.depeche");
    let mut dossier = Dossier::make(&path).unwrap();
    let note = |id: &str, words: &str| JudgementRecord {
        id: id.to_owned(),
        author: "anne".to_owned(),
        time: TIME.to_owned(),
        reason: None,
        decision: "note".into(),
        about: vec![SubjectRecord {
            kind: "contact".into(),
            report: "gone".to_owned(),
            evidence: Some(Evidence { exact: "mots".to_owned(), start: 3, end: 7 }),
        }],
        field: None,
        value: Some(words.to_owned()),
        outcome: "applied".into(),
        by: None,
    };
    let recorded = dossier.judge(&[note("j1", "a"), note("j2", "b"), note("j1", "a")], TIME).unwrap();
    assert_eq!((recorded.new.len(), recorded.known.len()), (2, 1));
    let again = dossier.judge(&[note("j1", "other"), note("j2", "b")], TIME).unwrap();
    assert_eq!((again.clashing, again.known), (vec!["j1".to_owned()], vec!["j2".to_owned()]));
    assert_eq!(dossier.judgements().unwrap(), [note("j1", "a"), note("j2", "b")]);
    assert_eq!(dossier.log(&LogFilter::default(), Paging::ALL).unwrap().total, 0);
    let connection = rusqlite::Connection::open(&path).unwrap();
    assert!(connection.execute("DELETE FROM judgements", []).is_err());
    assert!(connection.execute("UPDATE judgements SET author = 'b'", []).is_err());
}

#[test]
fn an_empty_dossier_answers_every_question() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("d.depeche");
    drop(Dossier::make(&path).unwrap());
    let dossier = Dossier::open(&path).unwrap();
    let all = Filter::default();
    assert_eq!(dossier.contacts(&all, Paging::ALL).unwrap().total, 0);
    assert_eq!(dossier.search(&all, Paging::ALL).unwrap().total, 0);
    assert_eq!(dossier.counts().unwrap().reports, 0);
    assert!(dossier.named("c00000").unwrap().is_empty());
    assert!(matches!(dossier.report("x"), Err(StoreError::Unknown { .. })));
    assert_eq!(dossier.check(|| ()).unwrap(), []);
}

/// Two sources that were followed, and a page that one of them named.
fn followed() -> Followed {
    let source = |title: &str| Source {
        title: Some(title.to_owned()),
        stretches: vec![Stretch { from: TIME.to_owned(), to: TIME.to_owned(), looks: 1 }],
        ..Source::default()
    };
    let page = Page { source: "https://a.example/".to_owned(), listed: TIME.to_owned(), ..Page::default() };
    Followed {
        sources: [("https://a.example/", "A"), ("https://b.example/", "B")]
            .map(|(address, title)| (address.to_owned(), source(title)))
            .into(),
        pages: [("https://a.example/1".to_owned(), page)].into(),
    }
}

#[test]
fn what_is_followed_is_remembered_by_its_differences() {
    let folder = TempDir::new().unwrap();
    let path = filled(&folder, 1);
    let mut dossier = Dossier::open_to_write(&path).unwrap();
    assert_eq!(dossier.followed().unwrap(), Followed::default());
    let all = followed();
    dossier.remember(&Followed::default(), &all).unwrap();
    assert_eq!(dossier.followed().unwrap(), all);
    assert_eq!(dossier.coverage().unwrap(), all.sources);

    // Another run that knew nothing of these sources leaves them alone; a page that is forgotten goes.
    let other: Followed = Followed {
        sources: [("https://c.example/".to_owned(), Source::default())].into(),
        ..Followed::default()
    };
    dossier.remember(&Followed::default(), &other).unwrap();
    dossier.remember(&all, &Followed { pages: Default::default(), ..all.clone() }).unwrap();
    let now = dossier.followed().unwrap();
    assert_eq!((now.sources.len(), now.pages.len()), (3, 0));
    assert_eq!(dossier.check(|| ()).unwrap(), []);

    // What is known of one address does not pass for another's.
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute(
        "UPDATE followed_sources SET address = 'https://x.example/' WHERE address LIKE '%b.example%'",
        [],
    )
    .unwrap();
    assert!(dossier.coverage().unwrap_err().to_string().contains("x.example"));
    assert!(dossier.check(|| ()).unwrap().iter().any(|finding| finding.what.contains("x.example")));
}

#[test]
fn a_dossier_of_the_format_before_is_read_as_it_is_and_brought_along_when_written_to() {
    let folder = TempDir::new().unwrap();
    let path = filled(&folder, 1);
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute_batch(
        "DROP TABLE followed_sources; DROP TABLE followed_pages;
         DROP TABLE births; DROP INDEX changes_of_contacts; ALTER TABLE changes DROP COLUMN status; PRAGMA user_version = 1",
    )
    .unwrap();
    let read = Dossier::open(&path).unwrap();
    assert_eq!((read.coverage().unwrap(), read.report_count().unwrap()), (Default::default(), 1));
    assert_eq!(read.news(TIME, 1).unwrap().turns.total, 0);
    assert_eq!(read.check(|| ()).unwrap(), []);
    let mut written = Dossier::open_to_write(&path).unwrap();
    written.remember(&Followed::default(), &followed()).unwrap();
    assert_eq!(read.coverage().unwrap().len(), 2);
}
