//! The shapes that press pages come in, one page a shape in `shapes/`, written for this test, with what is read from it beside it:
//! consent walls, live blogs, AMP, stubs for subscribers, agencies, ministries, radios, themes of many outlets.
//!
//! `REWRITE=1 cargo test -p depeche-page --test shapes` writes what is read; look at what changed before you keep it.

#![allow(clippy::unwrap_used, reason = "a test that cannot set its scene has to fail")]

use std::fmt::Write;
use std::fs;
use std::path::Path;

use depeche_record::{Basis, Capture, Digest, Given, Media, Report};

/// The report, a line each: what is known of it with its basis, problems, and its blocks in full.
fn shown(report: &Report) -> String {
    let mut page = String::new();
    let basis = |basis: Basis| format!("{basis:?}").to_lowercase();
    let mut line = |name: &str, value: Option<(String, Basis)>| {
        if let Some((value, of)) = value {
            writeln!(page, "{name}: {value} ({})", basis(of)).unwrap();
        }
    };
    let text = |known: &Option<depeche_record::Known<String>>| {
        known.as_ref().map(|known| (known.value.clone(), known.basis))
    };
    line("title", text(&report.title));
    line("outlet", text(&report.outlet));
    line("byline", text(&report.byline));
    line("published", report.published.as_ref().map(|known| (known.value.to_string(), known.basis)));
    line("moment", text(&report.about.published));
    line("changed", text(&report.about.changed));
    line("section", text(&report.about.section));
    line("address", text(&report.url));
    line("language", report.language.as_ref().map(|known| (known.value.code().to_owned(), known.basis)));
    if report.about.is_stub {
        page.push_str("stub\n");
    }
    for problem in &report.problems {
        writeln!(page, "problem: {}", problem.detail).unwrap();
    }
    for block in &report.blocks {
        let words = block.span.of(&report.text).split_whitespace().collect::<Vec<_>>().join(" ");
        writeln!(page, "{:?} | {words}", block.kind).unwrap();
    }
    page
}

#[test]
fn pages_of_every_shape_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/shapes");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "html"));
    files.sort();
    assert!(files.len() >= 20);
    for path in files {
        let capture = Capture {
            id: "page".into(),
            address: "page.html".into(),
            media: Media::Html,
            bytes: fs::read(&path).unwrap(),
            digest: Digest([0; 32]),
            given: Given::default(),
            fetched: None,
        };
        let report = depeche_page::report(&capture);
        assert_eq!(depeche_page::published(&capture), report.published);
        let read = shown(&report);
        let expected = path.with_extension("txt");
        if std::env::var_os("REWRITE").is_some() {
            fs::write(&expected, &read).unwrap();
        }
        assert_eq!(fs::read_to_string(&expected).unwrap(), read, "{}", path.display());
    }
}
