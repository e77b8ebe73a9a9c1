//! What `read` prints.

use serde_json::Value;

use crate::workplace::{REPORT, Workplace, examples};

#[test]
fn evidence_stands_where_it_says() {
    let workplace = Workplace::new();
    workplace.write("news.txt", REPORT);
    let run = workplace.run(&["read", "news.txt", "--format", "jsonl"]);
    let record: Value = serde_json::from_str(&run.stdout).unwrap();
    let text: Vec<char> = REPORT.chars().collect();
    let mut seen = 0;
    let mut check = |evidence: &Value| {
        let (start, end) =
            (evidence["start"].as_u64().unwrap() as usize, evidence["end"].as_u64().unwrap() as usize);
        assert_eq!(text[start..end].iter().collect::<String>(), evidence["exact"].as_str().unwrap());
        seen += 1;
    };
    for contact in record["contacts"].as_array().unwrap() {
        contact["evidence"].as_array().unwrap().iter().for_each(&mut check);
    }
    for kind in ["statements", "origins"] {
        record[kind].as_array().unwrap().iter().for_each(|item| check(&item["evidence"]));
    }
    assert!(seen >= 4, "{record:#}");
    assert!(record["contacts"].as_array().unwrap().iter().any(|contact| contact["kind"] == "meeting"));
}

#[test]
fn records_keep_their_identifiers_and_what_is_given() {
    let workplace = Workplace::new();
    let line = serde_json::json!({
        "id": "x-1", "title": "Un titre", "outlet": "Le Témoin", "published": "2025-08-07", "text": REPORT
    });
    workplace.write("corpus.jsonl", format!("{line}\n"));
    let run = workplace.run(&["read", "corpus.jsonl", "--format", "jsonl"]);
    let record: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(record["id"], "x-1");
    assert_eq!(record["title"], "Un titre");
    assert_eq!(record["outlet"], "Le Témoin");
    assert_eq!(record["published"], "2025-08-07");
    assert_eq!(record["published_basis"], "given");
    assert_eq!(record["language"], "fr");
    assert_eq!(record["contacts"][0]["id"], "x-1#c1");
    let run = workplace.run(&[
        "read",
        "corpus.jsonl",
        "--format",
        "jsonl",
        "--published",
        "2025-08-09",
        "--lang",
        "en",
    ]);
    let record: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((&record["published"], &record["language"]), (&"2025-08-07".into(), &"en".into()));
}

#[test]
fn the_text_form_stays_within_eighty_columns() {
    let workplace = Workplace::new();
    let examples = examples();
    let examples = examples.to_str().unwrap();
    for arguments in [
        ["read", examples, "--ui", "fr"],
        ["brief", examples, "--ui", "fr"],
        ["brief", examples, "--ui", "en"],
    ] {
        let run = workplace.run(&arguments);
        for line in run.stdout.lines() {
            // A word that is longer than the line, such as a long identifier, stands whole.
            let room = line.chars().count() <= 80 || line.trim().split(' ').count() <= 2;
            assert!(room, "{line}");
        }
    }
}
