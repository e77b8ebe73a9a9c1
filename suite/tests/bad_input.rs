//! Bad inputs, all in one run: each is told by name, the good report among them is read, nothing panics.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use depeche_pipeline::acquire::{Options, captures};
use depeche_pipeline::records::record;
use depeche_pipeline::{Pipeline, Settings};
use depeche_record::{Problem, ProblemKind, Reading, Report};

const GOOD: &str =
    "Le ministre colombien Andrés Rojas a rencontré vendredi à Quito son homologue équatorien, Luis Vera.";

fn read(inputs: &[PathBuf]) -> (Vec<(Report, Reading)>, Vec<Problem>) {
    let pipeline = Pipeline::new(Settings::default()).expect("the system gives threads");
    let options = Options::default();
    let (mut read, mut problems) = (Vec::new(), Vec::new());
    pipeline.read_all(captures(inputs, &options), |result| match result {
        Ok(pair) => read.push(pair),
        Err(problem) => problems.push(problem),
    });
    (read, problems)
}

/// What was said about an input: problems of the run, and of the report that it became.
fn told<'a>(name: &str, read: &'a [(Report, Reading)], problems: &'a [Problem]) -> Vec<&'a Problem> {
    let of_reports =
        read.iter().flat_map(|(report, reading)| report.problems.iter().chain(&reading.problems));
    problems.iter().chain(of_reports).filter(|problem| problem.subject.contains(name)).collect()
}

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    fs::write(folder.join(name), bytes).expect("the folder can be written to");
}

#[test]
fn each_bad_input_is_told_and_the_rest_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write(folder, "a-good.txt", GOOD.as_bytes());
    write(folder, "b-empty.txt", b"");
    write(folder, "c-blank.html", b"<html><body>  </body></html>");
    let broken = [GOOD.repeat(20).as_bytes(), b" \xff\xc3(."].concat();
    write(folder, "d-broken.txt", &broken);
    write(folder, "e-binary.txt", &(0..=255).cycle().take(20_000).collect::<Vec<u8>>());
    let wide: Vec<u8> = GOOD.encode_utf16().flat_map(u16::to_le_bytes).collect();
    write(folder, "f-wide.txt", &[&[0xff, 0xfe], wide.as_slice()].concat());
    let lines = format!(
        "{{\"id\": \"one\"}}\nno json\n\n{{\"id\": \"two\", \"text\": \"{GOOD}\"}}\n{{\"id\": \"two\", \"text\": \"{GOOD}\"}}\n"
    );
    write(folder, "g-lines.jsonl", lines.as_bytes());
    let missing = folder.join("h-missing.txt");
    let (read, problems) = read(&[folder.to_owned(), missing]);

    let ids: Vec<&str> = read.iter().map(|(report, _)| report.id.as_str()).collect();
    let good = read.iter().find(|(report, _)| report.id == "a-good").expect("the good report is read");
    assert_eq!(good.0.text.trim(), GOOD);
    let wide = read.iter().find(|(report, _)| report.id == "f-wide").expect("UTF-16 is text");
    assert_eq!(wide.0.text.trim(), GOOD);
    assert!(ids.iter().any(|id| id.contains("two")), "the good line is read: {ids:?}");
    assert!(problems.iter().any(|problem| problem.kind == ProblemKind::DuplicateId), "{problems:?}");
    let unique: std::collections::BTreeSet<&&str> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len(), "identifiers are unique: {ids:?}");
    for name in ["b-empty", "d-broken", "e-binary", "g-lines", "h-missing"] {
        let told = told(name, &read, &problems);
        assert!(!told.is_empty(), "nothing is said about {name}: {problems:?}");
        assert!(told.iter().all(|problem| !problem.detail.trim().is_empty()), "{told:?}");
    }
}

#[test]
fn nested_and_long_inputs_end_in_time() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let nested =
        format!("<html><body>{}{GOOD}{}</body></html>", "<div>".repeat(100_000), "</div>".repeat(100_000));
    write(folder, "nested.html", nested.as_bytes());
    write(folder, "open.html", "<b><i><table>".repeat(20_000).as_bytes());
    write(folder, "line.txt", format!("{GOOD} ").repeat(2_000).as_bytes());
    write(folder, "word.txt", "a".repeat(1 << 20).as_bytes());
    write(folder, "quotes.txt", "« “ \" ".repeat(50_000).as_bytes());
    write(folder, "marks.txt", "… — .)(.".repeat(50_000).as_bytes());
    let begun = Instant::now();
    let (read, problems) = read(&[folder.to_owned()]);
    assert_eq!(read.len() + problems.len(), 6, "{problems:?}");
    for (report, reading) in &read {
        assert!(record(report, reading).contacts.len() <= report.text.len());
    }
    // Linear stages take seconds here even in a test build on a busy machine; quadratic ones take hours.
    assert!(begun.elapsed() < Duration::from_secs(240), "it took {:?}", begun.elapsed());
}
