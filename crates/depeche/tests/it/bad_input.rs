//! Bad input: a message that names the input and says what to do, the rest of the run unharmed, no panic.

use std::time::{Duration, Instant};

use crate::workplace::{REPORT, Run, Workplace, run};

/// Reads `name` beside a sound report, which must be read whatever `name` holds.
fn read_beside_a_sound_one(workplace: &Workplace, name: &str) -> Run {
    workplace.write("sound.txt", REPORT);
    let run = workplace.run(&["read", name, "sound.txt", "--format", "jsonl"]);
    let sound = run.stdout.lines().filter(|line| line.contains("\"id\":\"sound\"")).count();
    assert_eq!(sound, 1, "the sound report is read: {}", run.stderr);
    run
}

/// The line of standard error that names the input.
fn told<'a>(run: &'a Run, name: &str) -> &'a str {
    run.stderr.lines().find(|line| line.contains(name)).unwrap_or_else(|| panic!("{name}: {}", run.stderr))
}

#[test]
fn each_bad_input_is_named_and_harms_nothing_else() {
    let binary: Vec<u8> = (0..4096u32).map(|n| (n * 7 % 256) as u8).collect();
    // What is given, whether it counts as failed, a word that the message must hold.
    let table: [(&str, Vec<u8>, bool, &str); 5] = [
        ("empty.txt", Vec::new(), false, "empty"),
        ("blank.txt", b" \n\n\t\n".to_vec(), false, ""),
        ("binary.txt", binary.clone(), true, ""),
        ("picture.png", binary, true, ""),
        ("bad.jsonl", b"{\"id\":\"x\",\"title\":\"no text\"}\n{oops\n".to_vec(), true, "text"),
    ];
    for (name, contents, fails, word) in table {
        let workplace = Workplace::new();
        workplace.write(name, contents);
        let run = read_beside_a_sound_one(&workplace, name);
        let line = told(&run, name);
        assert!(line.to_lowercase().contains(word), "{line}");
        assert_eq!(run.status, if fails { 2 } else { 0 }, "{name}: {}", run.stderr);
    }
}

#[test]
fn a_missing_path_is_named() {
    let workplace = Workplace::new();
    let run = read_beside_a_sound_one(&workplace, "nowhere/at-all.txt");
    assert!(told(&run, "nowhere/at-all.txt").contains("check the path"), "{}", run.stderr);
    assert_eq!(run.status, 2);
}

#[test]
fn invalid_bytes_are_replaced_and_told() {
    let workplace = Workplace::new();
    let mut bytes = REPORT.repeat(4).into_bytes();
    bytes.extend_from_slice(b"\nA line with \xff broken bytes.\n");
    workplace.write("mixed.txt", bytes);
    let run = read_beside_a_sound_one(&workplace, "mixed.txt");
    assert!(run.stdout.contains("\"id\":\"mixed\""), "{}", run.stderr);
    assert!(run.stdout.contains("Steve Witkoff"));
    assert!(told(&run, "mixed").contains("replaced"), "{}", run.stderr);
    assert!(run.stdout.contains("Lavrov") && !run.stdout.contains("Ã"), "read as UTF-8");
}

#[test]
fn other_encodings_are_read() {
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(REPORT.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let latin: Vec<u8> = REPORT
        .chars()
        .map(|c| match c {
            '’' => 0x92,
            '«' => 0xab,
            '»' => 0xbb,
            c => u8::try_from(u32::from(c)).unwrap(),
        })
        .collect();
    let workplace = Workplace::new();
    workplace.write("utf16.txt", utf16).write("latin.txt", latin);
    for name in ["utf16.txt", "latin.txt"] {
        let run = read_beside_a_sound_one(&workplace, name);
        let lines: Vec<&str> = run.stdout.lines().collect();
        let exact = |line: &str| line.matches("\"exact\"").count();
        assert_eq!(
            exact(lines[0]),
            exact(lines[1]),
            "{name} reads as the same text in UTF-8: {}",
            run.stderr
        );
        assert_eq!(run.status, 0, "{name}: {}", run.stderr);
    }
}

#[test]
fn one_enormous_line_is_read_in_bounded_time() {
    let workplace = Workplace::new();
    let size = if cfg!(debug_assertions) { 1 << 19 } else { 50 << 20 };
    let line = "Le ministre a déclaré que la rencontre aurait lieu à Genève. ".repeat(size / 60);
    workplace.write("line.txt", line.trim_end());
    let started = Instant::now();
    let run = read_beside_a_sound_one(&workplace, "line.txt");
    assert!(started.elapsed() < Duration::from_secs(120), "{:?}", started.elapsed());
    assert!(run.status == 0 || !told(&run, "line.txt").is_empty());
}

#[test]
fn what_is_beyond_the_limit_is_passed_over() {
    let workplace = Workplace::new();
    workplace.write("huge.txt", vec![b'a'; (64 << 20) + 1]);
    let run = read_beside_a_sound_one(&workplace, "huge.txt");
    told(&run, "huge.txt");
    assert_eq!(run.status, 2);
}

#[test]
fn deep_markup_is_read_or_told() {
    let depth = 100_000;
    let page = format!(
        "<html><body>{}<p>{REPORT}</p>{}</body></html>",
        "<div>".repeat(depth),
        "</div>".repeat(depth)
    );
    let workplace = Workplace::new();
    workplace.write("deep.html", page);
    let run = read_beside_a_sound_one(&workplace, "deep.html");
    assert!(run.stdout.contains("\"id\":\"deep\"") || !told(&run, "deep.html").is_empty());
}

#[test]
fn an_identifier_given_twice_is_told() {
    let record = |text: &str| format!("{}\n", serde_json::json!({ "id": "same", "text": text }));
    let workplace = Workplace::new();
    workplace.write("twice.jsonl", record(REPORT) + &record(&REPORT.replace("Moscou", "Istanbul")));
    let run = workplace.run(&["read", "twice.jsonl", "--format", "jsonl"]);
    assert_eq!(run.stdout.lines().count(), 2, "{}", run.stderr);
    told(&run, "same");
    let ids: Vec<String> = run
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].to_string())
        .collect();
    assert_ne!(ids[0], ids[1]);
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission_is_told() {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    let workplace = Workplace::new();
    workplace.write("closed/a.txt", REPORT);
    let closed = workplace.path("closed");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    let denied = fs::read_dir(&closed).is_err();
    let run = read_beside_a_sound_one(&workplace, "closed");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
    if denied {
        assert!(told(&run, "closed").contains("permission"), "{}", run.stderr);
        assert_eq!(run.status, 2);
    } else {
        // The system lets this user (root) read it all the same.
        assert_eq!(run.status, 0, "{}", run.stderr);
    }
}

#[test]
fn problems_are_told_in_french_too() {
    let workplace = Workplace::new();
    let run = run(workplace.command(&["read", "nulle-part.txt"]).env("LC_ALL", "fr_FR.UTF-8"));
    assert!(told(&run, "nulle-part.txt").contains("vérifiez le chemin"), "{}", run.stderr);
}

#[test]
fn the_briefing_says_what_could_not_be_read() {
    let workplace = Workplace::new();
    workplace.write("sound.txt", REPORT);
    for format in ["text", "md", "html", "json"] {
        let run = workplace.run(&["brief", "sound.txt", "nowhere.txt", "--format", format]);
        assert!(run.stdout.contains("nowhere.txt"), "{format}");
        assert_eq!(run.stderr.lines().count(), 1, "told once: {}", run.stderr);
        assert_eq!(run.status, 2);
    }
}

#[test]
fn a_problem_is_told_once() {
    let workplace = Workplace::new();
    let mut bytes = REPORT.repeat(4).into_bytes();
    bytes.extend_from_slice(b"\nA line with \xff broken bytes.\n");
    workplace.write("broken.txt", bytes);
    let run = workplace.run(&["brief", "broken.txt", "--ui", "en"]);
    assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
    assert_eq!(run.stdout.matches("replaced").count(), 1, "{}", run.stdout);
}
