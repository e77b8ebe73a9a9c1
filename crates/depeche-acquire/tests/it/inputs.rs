//! Whole runs over files, folders, JSON Lines and standard input.

use std::fs;
use std::path::{Path, PathBuf};

use depeche_acquire::{Options, captures_with_input};
use depeche_record::{Media, ProblemKind};
use proptest::prelude::*;

use crate::run::{Run, packed, run_with};

fn run(inputs: &[PathBuf]) -> Run {
    run_with(inputs, &Options::default(), b"")
}

fn piped(input: &[u8]) -> Run {
    run_with(&[PathBuf::from("-")], &Options::default(), input)
}

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("the folder is ours");
    fs::write(&path, bytes).expect("the folder is ours");
    path
}

#[test]
fn folders_are_walked_in_sorted_order() {
    let folder = tempfile::tempdir().unwrap();
    for name in
        ["b.txt", "a/z.md", "a/y.html", "c.jsonl", ".hidden.txt", ".git/x.txt", "picture.png", "notes.docx"]
    {
        write(
            folder.path(),
            name,
            if name == "c.jsonl" { "{\"id\":\"x1\",\"text\":\"Oui.\"}" } else { "Oui." },
        );
    }
    let run = run(&[folder.path().to_path_buf()]);
    assert_eq!(run.ids(), ["y", "z", "b", "x1"]);
    assert_eq!(run.captures[0].media, Media::Html);
    assert!(run.captures[3].address.ends_with("c.jsonl:1"));
    assert!(run.problems.is_empty(), "{:?}", run.problems);
}

#[test]
fn files_of_one_name_go_by_their_paths() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a/page.txt", "b/page.txt", "c.txt"] {
        write(folder.path(), name, name);
    }
    assert_eq!(run(&[folder.path().to_path_buf()]).ids(), ["a/page.txt", "b/page.txt", "c"]);
}

#[test]
fn repeated_identifiers_are_dropped_or_renamed() {
    let lines = "{\"id\":\"a\",\"text\":\"un\"}\n{\"id\":\"a\",\"text\":\"un\"}\n{\"id\":\"a\",\"text\":\"deux\"}\n\
                 {\"id\":\"a\",\"text\":\"deux\"}\n{\"id\":\"a\",\"text\":\"trois\"}\n";
    let run = piped(lines.as_bytes());
    assert_eq!(run.ids(), ["a", "a~2", "a~3"]);
    assert_eq!(run.kinds(), [ProblemKind::DuplicateId; 4]);
    assert_eq!(run.problems[0].subject, "-:2");
}

#[test]
fn a_bad_input_leaves_the_rest_of_the_run_unharmed() {
    let folder = tempfile::tempdir().unwrap();
    let here = |name: &str, bytes: &[u8]| write(folder.path(), name, bytes);
    let inputs = [
        folder.path().join("nowhere.txt"),
        here("empty.txt", b""),
        here("blank.txt", b"\xEF\xBB\xBF \n\n"),
        here("page.pdf", b"%PDF-1.7"),
        here("other.pdf", b"Un texte."),
        here("binary.txt", &[0, 1, 2, 3, 4, 0, 0, 7].repeat(50)),
        here("double.gz", &packed(&packed(b"Oui."))),
        here("table.csv", b"a,b"),
        here("note", "Une note sans extension.".as_bytes()),
        here("good.txt", "Le ministre a parlé.".as_bytes()),
    ];
    let run = run(&inputs);
    assert_eq!(run.ids(), ["page", "note", "good"]);
    assert_eq!(run.captures[0].media, Media::Pdf);
    use ProblemKind::*;
    assert_eq!(run.kinds(), [Missing, Empty, Empty, NotText, NotText, NotText, UnknownFormat]);
    assert!(run.problems[3].detail.contains("named as PDF"));
    assert!(run.problems[5].detail.contains("gunzip"));
    assert!(run.problems[0].subject.ends_with("nowhere.txt"));
}

#[test]
fn bad_lines_are_named_and_passed_over() {
    let lines = "\u{FEFF}{\"text\":\"un\"}\r\n\r\nnot json\n{\"title\":\"x\"}\n{\"text\":5}\n{\"text\":\"\"}\n\
                 {\"text\":\"Oui \\ud800\"}\n{\"text\":\"deux\",\"title\":3}";
    let run = piped(lines.as_bytes());
    assert_eq!(run.ids(), ["stdin:1", "stdin:7", "stdin:8"]);
    use ProblemKind::*;
    assert_eq!(run.kinds(), [BadRecord, BadRecord, BadRecord, Empty, Replaced, BadValue]);
    let subjects: Vec<&str> = run.problems.iter().map(|problem| problem.subject.as_str()).collect();
    assert_eq!(subjects, ["-:3", "-:4", "-:5", "-:6", "-:7", "-:8"]);
    assert_eq!(run.captures[1].bytes, "Oui \u{FFFD}".as_bytes());
}

#[test]
fn what_is_too_large_is_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options { max_bytes: 1_000, ..Options::default() };
    let long = "x".repeat(5_000);
    let lines = format!("{{\"text\":\"un\"}}\n{{\"text\":\"{long}\"}}\n{{\"text\":\"deux\"}}\n");
    let inputs = [
        write(folder.path(), "long.txt", &long),
        write(folder.path(), "lines.jsonl", lines),
        PathBuf::from("-"),
    ];
    let run = run_with(&inputs, &options, long.as_bytes());
    assert_eq!(run.ids(), ["lines:1", "lines:3"]);
    assert_eq!(run.kinds(), [ProblemKind::TooLarge; 3]);
    assert!(run.problems[1].subject.ends_with("lines.jsonl:2"));
}

#[test]
fn inputs_of_two_hundred_megabytes_are_passed_over_without_being_held() {
    let folder = tempfile::tempdir().unwrap();
    // A hole in the file, so that it takes no room on the disk.
    let huge = |name: &str, head: &str| {
        let path = write(folder.path(), name, head);
        fs::OpenOptions::new().append(true).open(&path).unwrap().set_len(200 << 20).unwrap();
        path
    };
    let inputs = [
        huge("page.html", "<!doctype html><p>Oui."),
        huge("note.txt", "Oui."),
        huge("letter.eml", "Subject: oui\n\nOui."),
        // A mailbox whose message never ends, and lines of which the second never does.
        huge("list.mbox", "From a@example.org Wed Aug  6 10:00:00 2025\nSubject: oui\n\nOui."),
        huge("lines.jsonl", "{\"text\":\"Oui.\"}\n{\"text\":\""),
        write(folder.path(), "good.txt", "Le ministre a parlé."),
    ];
    let run = run(&inputs);
    assert_eq!(run.ids(), ["lines:1", "good"]);
    assert_eq!(run.kinds(), [ProblemKind::TooLarge; 5], "{:?}", run.problems);
}

#[test]
fn an_endless_stream_gives_its_messages_as_they_come() {
    /// A mailbox that goes on for ever.
    struct Endless(usize);
    impl std::io::Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let message = b"From a@example.org Wed Aug  6 10:00:00 2025\nSubject: oui\n\nLe ministre a parl\xc3\xa9.\n\n";
            for byte in buffer.iter_mut() {
                *byte = message[self.0 % message.len()];
                self.0 += 1;
            }
            Ok(buffer.len())
        }
    }
    let (inputs, options) = ([PathBuf::from("-")], Options::default());
    let found = captures_with_input(&inputs, &options, Endless(0)).take(2_000).filter(Result::is_ok).count();
    assert_eq!(found, 2_000);
}

#[test]
fn archives_of_the_zip_kind_are_named_and_not_opened() {
    let folder = tempfile::tempdir().unwrap();
    let inputs = ["a.zip", "a.html", "a.txt", "a.docx"]
        .map(|name| write(folder.path(), name, b"PK\x03\x04\x14\0\0\0\x08\0bomb"));
    let run = run(&inputs);
    assert_eq!((run.captures.len(), run.problems.len()), (0, 4), "{:?}", run.problems);
}

#[test]
fn standard_input_is_told_by_its_first_bytes() {
    let media = |input: &[u8]| piped(input).captures[0].media;
    assert_eq!(media(b"  <!DOCTYPE html><p>Oui"), Media::Html);
    assert_eq!(media(b"{ceci n'est pas du JSON}"), Media::Plain);
    assert_eq!(media(b"Oui."), Media::Plain);
    let lines = piped(b"\n{\"id\":\"k\",\"html\":\"<p>Oui\"}\n");
    assert_eq!((lines.ids(), lines.captures[0].media), (vec!["k"], Media::Html));
    let twice = run_with(&[PathBuf::from("-"), PathBuf::from("-")], &Options::default(), b"Oui.");
    assert_eq!((twice.ids().len(), twice.kinds()), (1, vec![ProblemKind::Empty]));
}

#[test]
fn utf16_is_text() {
    let bytes: Vec<u8> = "Песков ответил журналистам.".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let folder = tempfile::tempdir().unwrap();
    let run = run(&[write(folder.path(), "u.txt", &bytes)]);
    assert_eq!(run.captures[0].bytes, bytes);
}

#[test]
fn defaults_hold_where_the_line_says_nothing() {
    let mut options = Options::default();
    options.given.language = Some("fr".into());
    options.given.published = Some("2024-05-01".into());
    let lines = b"{\"text\":\"a\",\"published\":\"2023-01-02\"}\n";
    let run = run_with(&[PathBuf::from("-")], &options, lines);
    let given = &run.captures[0].given;
    assert_eq!((given.language.as_deref(), given.published.as_deref()), (Some("fr"), Some("2023-01-02")));
}

#[cfg(unix)]
#[test]
fn loops_and_locked_folders_do_not_stop_the_walk() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a/a.txt", "Oui.");
    symlink(folder.path(), folder.path().join("a/loop")).unwrap();
    let locked = folder.path().join("locked");
    write(&locked, "b.txt", "Non.");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    // Root may enter anything.
    let enters = fs::read_dir(&locked).is_ok();
    let run = run(&[folder.path().to_path_buf()]);
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(run.ids()[0], "a");
    assert!(run.kinds().contains(&ProblemKind::LeftOut));
    assert_eq!(run.kinds().contains(&ProblemKind::Unreadable), !enters);
}

#[test]
fn a_folder_without_reports_says_so() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "picture.png", "x");
    assert_eq!(run(&[folder.path().to_path_buf()]).kinds(), [ProblemKind::Empty]);
}

proptest! {
    #[test]
    fn any_bytes_end_in_captures_or_problems(bytes in prop::collection::vec(any::<u8>(), 0..300), lines in any::<bool>()) {
        let folder = tempfile::tempdir().unwrap();
        let path = write(folder.path(), if lines { "x.jsonl" } else { "x.txt" }, &bytes);
        let read = run(&[path]);
        prop_assert!(!read.captures.is_empty() || !read.problems.is_empty());
        let piped = piped(&bytes);
        prop_assert!(!piped.captures.is_empty() || !piped.problems.is_empty());
    }
}
