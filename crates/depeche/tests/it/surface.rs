//! What a user or a script meets: exit statuses, colour, pipes, help.

use std::io::Write;
use std::process::Stdio;

use crate::workplace::{REPORT, Workplace, examples, read, run};

#[test]
fn exit_statuses_say_what_was_found() {
    let workplace = Workplace::new();
    workplace
        .write("news.txt", REPORT)
        .write("recipe.txt", "Battre les œufs. Ajouter la farine. Cuire une heure.\n");
    for command in ["read", "brief"] {
        assert_eq!(workplace.run(&[command, "news.txt"]).status, 0);
        assert_eq!(workplace.run(&[command, "recipe.txt"]).status, 1);
        assert_eq!(workplace.run(&[command, "news.txt", "missing.txt"]).status, 2);
    }
    assert_eq!(workplace.run(&["read"]).status, 2);
    assert_eq!(workplace.run(&["read", "news.txt", "--published", "yesterday"]).status, 2);
}

#[test]
fn no_colour_in_a_pipe_nor_with_no_color() {
    let workplace = Workplace::new();
    workplace.write("news.txt", REPORT);
    for command in ["read", "brief"] {
        assert!(!workplace.run(&[command, "news.txt"]).stdout.contains('\u{1b}'));
        let styled = workplace.run(&[command, "news.txt", "--color", "always"]).stdout;
        assert!(styled.contains('\u{1b}'));
        let plain =
            run(workplace.command(&[command, "news.txt"]).env("NO_COLOR", "1").env("CLICOLOR_FORCE", "1"));
        assert!(!plain.stdout.contains('\u{1b}'));
    }
}

#[test]
fn no_progress_in_a_pipe() {
    let workplace = Workplace::new();
    let text = REPORT.repeat(50);
    for n in 0..30 {
        workplace.write(&format!("in/{n:02}.txt"), &text);
    }
    assert_eq!(workplace.run(&["read", "in", "--format", "jsonl"]).stderr, "");
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let workplace = Workplace::new();
    let line = format!("{}\n", serde_json::json!({ "text": REPORT.repeat(4) }));
    workplace.write("many.jsonl", line.repeat(60));
    for format in ["jsonl", "text"] {
        let mut command = workplace.command(&["read", "many.jsonl", "--format", format]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let run = read(child.wait_with_output().unwrap());
        assert_eq!(run.status, 0, "{}", run.stderr);
        assert!(!run.stderr.to_lowercase().contains("pipe"), "{}", run.stderr);
    }
}

#[test]
fn a_closed_standard_error_is_no_failure() {
    let workplace = Workplace::new();
    workplace.write("news.txt", REPORT);
    let mut command = workplace.command(&["read", "missing.txt", "news.txt"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stderr.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(!output.stdout.is_empty());
}

#[test]
fn standard_input_is_read() {
    let workplace = Workplace::new();
    let mut command = workplace.command(&["read", "-", "--format", "jsonl"]);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(REPORT.as_bytes()).unwrap();
    let run = read(child.wait_with_output().unwrap());
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stdout.contains("Steve Witkoff"));
}

#[test]
fn output_goes_to_a_file() {
    let workplace = Workplace::new();
    workplace.write("news.txt", REPORT);
    let to_file = workplace.run(&["brief", "news.txt", "--format", "html", "--output", "page.html"]);
    assert_eq!(to_file.stdout, "");
    let page = std::fs::read_to_string(workplace.path("page.html")).unwrap();
    assert_eq!(page, workplace.run(&["brief", "news.txt", "--format", "html"]).stdout);
    let refused = workplace.run(&["brief", "news.txt", "--output", "no/such/folder/page.html"]);
    assert_eq!(refused.status, 2);
    assert!(refused.stderr.contains("no/such/folder/page.html"), "{}", refused.stderr);
}

#[test]
fn a_file_that_is_read_is_not_written_to() {
    let workplace = Workplace::new();
    workplace.write("a.txt", REPORT);
    for command in [&["read"][..], &["brief"], &["explain", "a#c1"]] {
        for output in ["a.txt", "./a.txt"] {
            let run = workplace.run(&[command, &["a.txt", "-o", output]].concat());
            assert_eq!(run.status, 2, "{command:?}");
            assert!(run.stderr.contains("would be overwritten"), "{}", run.stderr);
        }
        assert_eq!(std::fs::read_to_string(workplace.path("a.txt")).unwrap(), REPORT);
    }
}

#[test]
fn a_file_stays_where_there_is_nothing_to_write() {
    let workplace = Workplace::new();
    workplace.write("a.txt", REPORT).write("keep.txt", "kept");
    for command in [&["read", "missing.txt"][..], &["brief", "missing.txt"], &["explain", "zz", "a.txt"]] {
        let run = workplace.run(&[command, &["-o", "keep.txt"]].concat());
        assert_ne!(run.status, 0, "{command:?}");
        assert!(run.stderr.contains("keep.txt: not written"), "{}", run.stderr);
        assert_eq!(std::fs::read_to_string(workplace.path("keep.txt")).unwrap(), "kept");
    }
    let names = std::fs::read_dir(workplace.path(".")).unwrap();
    assert_eq!(names.count(), 2, "no draft is left");
}

#[test]
fn the_output_within_an_input_folder_is_not_read() {
    let workplace = Workplace::new();
    workplace.write("in/a.txt", REPORT);
    let first = workplace.run(&["read", "in", "-o", "in/out.md"]);
    assert_eq!(first.status, 0, "{}", first.stderr);
    let written = std::fs::read_to_string(workplace.path("in/out.md")).unwrap();
    for command in ["read", "brief"] {
        let run = workplace.run(&[command, "in", "-o", "in/../in/out.md"]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        let again = std::fs::read_to_string(workplace.path("in/out.md")).unwrap();
        assert!(!again.contains("out.md"), "{again}");
        assert_eq!(again == written, command == "read");
    }
    assert_eq!(std::fs::read_dir(workplace.path("in")).unwrap().count(), 2, "no draft is left");
}

#[test]
fn help_has_examples_and_scripts_are_made() {
    let workplace = Workplace::new();
    for command in ["brief", "read", "explain"] {
        let help = workplace.run(&[command, "--help"]);
        assert!(help.stdout.contains("Examples:"), "{}", help.stdout);
        assert!(help.stdout.contains("--today"));
    }
    for shell in ["bash", "zsh", "fish"] {
        assert!(workplace.run(&["completions", shell]).stdout.contains("depeche"));
    }
    let page = workplace.run(&["man"]).stdout;
    assert!(page.contains(".TH") && page.contains("explain"));
}

#[test]
fn the_reference_of_the_manual_is_what_the_program_says() {
    let made = Workplace::new().run(&["man", "--format", "markdown"]).stdout;
    let kept = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/src/reference.md");
    let kept = std::fs::read_to_string(kept).unwrap();
    assert!(made.contains("## depeche serve") && made.contains("`--listen ADDRESS`"), "{made}");
    assert_eq!(made, kept, "run: depeche man --format markdown > docs/src/reference.md");
}

#[test]
fn the_language_of_the_interface_follows_the_locale_and_the_option() {
    let workplace = Workplace::new();
    workplace.write("news.txt", REPORT);
    let title = |arguments: &[&str], locale: &str| {
        let run = run(workplace.command(arguments).env("LC_ALL", locale));
        run.stdout.lines().next().unwrap().to_owned()
    };
    assert!(title(&["brief", "news.txt"], "fr_FR.UTF-8").contains("contacts diplomatiques"));
    assert!(title(&["brief", "news.txt"], "de_DE.UTF-8").contains("diplomatic contacts"));
    assert!(title(&["brief", "news.txt", "--ui", "fr"], "en_US.UTF-8").contains("contacts diplomatiques"));
}

#[test]
fn explain_shows_rules_and_words() {
    let workplace = Workplace::new();
    workplace.write("news.txt", REPORT);
    for item in ["c1", "s1", "o1"] {
        let run = workplace.run(&["explain", &format!("news#{item}"), "news.txt"]);
        assert_eq!(run.status, 0, "{item}: {}", run.stderr);
        assert!(run.stdout.starts_with(&format!("news#{item}")), "{}", run.stdout);
        assert!(run.stdout.contains("chars"), "{}", run.stdout);
    }
    let brief = workplace.run(&["brief", "news.txt", "--format", "json"]);
    let dossier: serde_json::Value = serde_json::from_str(&brief.stdout).unwrap();
    let id = dossier["contacts"][0]["id"].as_str().unwrap();
    let contact = workplace.run(&["explain", id, "news.txt"]);
    assert!(contact.stdout.contains("news#c1"), "{}", contact.stdout);
    for nothing in ["news#c99", "news#x1", "news#c0", "other#c1", "c99999", "#", "news#", "é#é1"] {
        let run = workplace.run(&["explain", nothing, "news.txt"]);
        assert_eq!(run.status, 1, "{nothing}");
        assert!(run.stderr.contains(nothing));
    }
}

#[test]
fn the_examples_make_a_dossier() {
    let workplace = Workplace::new();
    let run = workplace.run(&["brief", examples().to_str().unwrap(), "--today", "2025-03-01"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stdout.contains("Ankara"));
}
