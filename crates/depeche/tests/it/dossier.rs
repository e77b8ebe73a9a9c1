//! A dossier on disk: filled, asked, corrected.

use std::fs;

use serde_json::Value;

use crate::workplace::{REPORT, Workplace, examples};

/// A workplace with the examples in a dossier.
fn filled() -> Workplace {
    let workplace = Workplace::new();
    let examples = examples();
    let run = workplace.run(&["add", examples.to_str().unwrap()]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stdout.contains("18 reports added"), "{}", run.stdout);
    workplace
}

fn json(workplace: &Workplace, arguments: &[&str]) -> Value {
    let run = workplace.run(&[arguments, &["--format", "json"]].concat());
    assert!(run.status < 2, "{arguments:?}: {}", run.stderr);
    serde_json::from_str(&run.stdout).unwrap()
}

fn ids(answer: &Value) -> Vec<String> {
    let items = answer["items"].as_array().unwrap();
    items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

/// The items in the order of their identifiers.
fn by_id(items: &Value) -> Vec<&Value> {
    let mut items: Vec<&Value> = items.as_array().unwrap().iter().collect();
    items.sort_by_key(|item| item["id"].as_str());
    items
}

#[test]
fn a_dossier_is_asked_in_every_way() {
    let workplace = filled();
    let examples = examples();
    let again = workplace.run(&["add", examples.to_str().unwrap()]);
    assert!(again.stdout.contains("18 reports already there"), "{}", again.stdout);

    // One shape for a contact, here and in `brief`.
    let brief = json(&workplace, &["brief", examples.to_str().unwrap()]);
    let contacts = json(&workplace, &["contacts", "--limit", "0"]);
    assert!(by_id(&brief["contacts"]) == by_id(&contacts["items"]));
    assert_eq!(brief["actors"].as_array().unwrap().len() as u64, json(&workplace, &["actors"])["total"]);
    let kept = json(&workplace, &["brief", "--dossier", "dossier.depeche"]);
    assert!(by_id(&kept["contacts"]) == by_id(&contacts["items"]));

    let pages: Vec<String> = ["0", "2", "4"]
        .iter()
        .flat_map(|offset| ids(&json(&workplace, &["contacts", "--limit", "2", "--offset", offset])))
        .collect();
    assert_eq!(pages, ids(&contacts)[..6]);
    let both = json(&workplace, &["contacts", "--side", "ET", "--side", "so", "--status", "held"]);
    assert!(both["total"].as_u64().unwrap() > 0);
    for contact in both["items"].as_array().unwrap() {
        let sides = contact["sides"].as_array().unwrap();
        assert!(sides.contains(&"ET".into()) && sides.contains(&"SO".into()));
        assert_eq!(contact["status"], "held");
    }
    let day = contacts["items"][0]["date"].as_str().unwrap();
    assert!(ids(&json(&workplace, &["contacts", "--period", day])).contains(&ids(&contacts)[0]));
    assert_eq!(json(&workplace, &["contacts", "--actor", "nobody of that name"])["total"], 0);

    for question in ["contacts", "statements", "actors", "origins", "contradictions", "gaps", "log"] {
        for how in [&["--format", "csv"], &["--ui", "fr"]] {
            let run = workplace.run(&[&[question][..], how].concat());
            assert!(run.status < 2 && !run.stdout.is_empty(), "{question} {how:?}: {}", run.stderr);
        }
    }
    let found = json(&workplace, &["search", "rencontrer"]);
    assert!(found["total"].as_u64().unwrap() > 0);
    assert!(!found["items"][0]["passages"].as_array().unwrap().is_empty());
    assert_eq!(workplace.run(&["search", "introuvable-assurément"]).status, 1);

    let id = ids(&contacts)[0].clone();
    let sheet = json(&workplace, &["show", &id]);
    assert_eq!(sheet["contact"], contacts["items"][0]);
    assert!(workplace.run(&["explain", &id]).stdout.contains(&id));
    assert!(workplace.run(&["origins", &id]).stdout.contains(&id));
    assert_eq!(workplace.run(&["show", "c00000"]).status, 1);
    let report = contacts["items"][0]["accounts"][0]["report"].as_str().unwrap();
    assert!(workplace.run(&["show", report, "--versions"]).stdout.contains("SHA-256"));
    assert!(workplace.run(&["show", report, "--text"]).stdout.len() > 200);
    let check = workplace.run(&["check"]);
    assert!(check.status == 0 && check.stdout.contains("18 reports checked"), "{}", check.stdout);
    for rebuild in [&["rebuild"][..], &["rebuild", "--reread"], &["rebuild", "--reread-all"]] {
        let run = workplace.run(rebuild);
        assert!(
            run.status == 0 && run.stdout.contains("the same"),
            "{rebuild:?}: {}{}",
            run.stdout,
            run.stderr
        );
    }
}

#[test]
fn what_people_decide_stays() {
    let workplace = filled();
    let contacts = ids(&json(&workplace, &["contacts", "--limit", "0"]));
    let id = &contacts[0];
    let judge = |arguments: &[&str]| {
        let run = workplace.run(&[&["judge"], arguments, &["--author", "anne"]].concat());
        assert_eq!(run.status, 0, "{}", run.stderr);
        run.stdout.split_whitespace().next().unwrap().to_owned()
    };
    let corrected = judge(&["correct", id, "place", "Nairobi", "--reason", "call of the minister"]);
    let place = |workplace: &Workplace| json(workplace, &["show", id])["contact"]["place"].clone();
    assert_eq!(place(&workplace), "Nairobi");
    let rejected = judge(&["reject", &contacts[1]]);
    assert!(!ids(&json(&workplace, &["contacts", "--limit", "0"])).contains(&contacts[1]));

    // They survive reading anew, and go to another dossier.
    assert_eq!(workplace.run(&["rebuild", "--reread-all"]).status, 0);
    assert_eq!(place(&workplace), "Nairobi");
    assert_eq!(workplace.run(&["judge", "export", "judgements.jsonl"]).status, 0);
    let other = filled();
    fs::copy(workplace.path("judgements.jsonl"), other.path("judgements.jsonl")).unwrap();
    for told in ["2 judgements taken in", "no new judgement"] {
        let run = other.run(&["judge", "import", "judgements.jsonl"]);
        assert!(run.status == 0 && run.stdout.contains(told), "{}{}", run.stdout, run.stderr);
    }
    assert_eq!(place(&other), "Nairobi");
    assert!(json(&other, &["contacts", "--limit", "0"]) == json(&workplace, &["contacts", "--limit", "0"]));

    // What contradicts is shown; what is undone no longer holds.
    let newer = judge(&["correct", id, "place", "Djibouti"]);
    let overruled = json(&workplace, &["log", "--outcome", "overruled"]);
    assert_eq!(ids(&overruled), std::slice::from_ref(&corrected));
    assert_eq!(overruled["items"][0]["by"], newer);
    judge(&["undo", &newer]);
    assert_eq!(place(&workplace), "Nairobi");
    judge(&["undo", &rejected[..8]]);
    assert!(ids(&json(&workplace, &["contacts", "--limit", "0"])).contains(&contacts[1]));
    let changes = json(&workplace, &["changes", "--since", "2020-01-01"]);
    assert!(changes["total"].as_u64().unwrap() > 0);
    assert_eq!(json(&workplace, &["changes", "--since", "2100-01-01"])["total"], 0);

    for wrong in [
        &["judge", "accept", "c00000", "--author", "anne"][..],
        &["judge", "undo", "j00000", "--author", "anne"],
        &["judge", "import", "missing.jsonl"],
        &["judge", "import", "dossier.depeche"],
    ] {
        let run = workplace.run(wrong);
        assert!(run.status == 2 && !run.stderr.is_empty(), "{wrong:?}: {}", run.stdout);
    }
    assert_eq!(workplace.run(&["check"]).status, 0);
}

#[test]
fn a_changed_page_is_a_new_version() {
    let workplace = Workplace::new();
    workplace.write("news.txt", REPORT);
    assert_eq!(workplace.run(&["add", "news.txt"]).status, 0);
    workplace.write("news.txt", REPORT.replace("constructives et utiles", "franches"));
    let run = workplace.run(&["add", "./news.txt"]);
    assert!(run.stdout.contains("1 new version"), "{}", run.stdout);
    let shown = workplace.run(&["show", "news", "--versions"]).stdout;
    let marked = |mark: &str, word: &str| shown.lines().any(|l| l.starts_with(mark) && l.contains(word));
    assert!(marked("  + ", "franches") && marked("  − ", "constructives"), "{shown}");
    let versions = json(&workplace, &["show", "news", "--versions"]);
    assert_eq!(versions.as_array().unwrap().len(), 2);
    assert_eq!(json(&workplace, &["statements"])["items"][0]["report"], "news");
    // The name of another file is another report, however like.
    workplace.write("other/news.txt", REPORT.replace("Lavrov", "Riabkov"));
    assert!(workplace.run(&["add", "other"]).stdout.contains("1 report added"));
    assert_eq!(workplace.run(&["show", "news~2"]).status, 0);
    assert_eq!(workplace.run(&["check"]).status, 0);
}

#[test]
fn what_is_put_off_is_kept_and_told_and_shown_with_the_next() {
    let workplace = Workplace::new();
    workplace.write("news.txt", REPORT).write("other.txt", REPORT.replace("Lavrov", "Riabkov"));
    assert_eq!(workplace.run(&["add", "news.txt"]).status, 0);
    let before = workplace.run(&["contacts"]).stdout;
    let run = workplace.run(&["add", "other.txt", "--later"]);
    assert!(run.status == 0 && run.stderr.contains("keeps 1 report that it does not show"), "{}", run.stderr);
    let asked = workplace.run(&["contacts"]);
    assert_eq!(asked.stdout, before);
    assert!(asked.stderr.contains("keeps 1 report that it does not show"), "{}", asked.stderr);
    // Nothing new, and yet all is shown.
    let run = workplace.run(&["add", "other.txt"]);
    assert!(run.stdout.contains("2 reports"), "{}", run.stdout);
    let asked = workplace.run(&["contacts"]);
    assert!(asked.stderr.is_empty() && asked.stdout != before, "{} {}", asked.stdout, asked.stderr);
    assert_eq!(workplace.run(&["check"]).status, 0);
}

#[test]
fn what_is_wrong_with_a_dossier_is_told() {
    let workplace = Workplace::new();
    workplace.write("news.txt", REPORT).write("notes.depeche", "no dossier".repeat(200));
    for question in ["contacts", "search", "show", "check", "rebuild", "brief", "explain", "log"] {
        let more: &[&str] = match question {
            "search" | "show" | "explain" => &["c12345"],
            _ => &[],
        };
        let missing = workplace.run(&[&[question], more, &["--dossier", "none.depeche"]].concat());
        assert_eq!(missing.status, 2, "{question}");
        assert!(missing.stderr.contains("none.depeche: there is no such dossier"), "{}", missing.stderr);
        let foreign = workplace.run(&[&[question], more, &["--dossier", "notes.depeche"]].concat());
        assert_eq!(foreign.status, 2, "{question}");
        assert!(foreign.stderr.contains("notes.depeche: this file is no dossier"), "{}", foreign.stderr);
    }
    let run = workplace.run(&["add", "news.txt", "--dossier", "notes.depeche"]);
    assert!(run.status == 2 && run.stderr.contains("no dossier"), "{}", run.stderr);
    let run = workplace.run(&["add", "news.txt", "--dossier", "missing/d.depeche"]);
    assert!(run.status == 2 && run.stderr.contains("missing/d.depeche"), "{}", run.stderr);
    let run = workplace.run(&["add", "missing.txt"]);
    assert_eq!(run.status, 2);
    // A byte in the middle of what is kept.
    assert_eq!(workplace.run(&["add", "news.txt"]).status, 0);
    let path = workplace.path("dossier.depeche");
    let mut bytes = fs::read(&path).unwrap();
    let at = bytes.windows(11).position(|window| window == b"constructiv").unwrap_or(bytes.len() / 2);
    bytes[at] ^= 1;
    fs::write(&path, bytes).unwrap();
    let damaged = workplace.run(&["check"]);
    assert!(damaged.status == 2 || damaged.stdout.contains("whole"), "{}{}", damaged.stdout, damaged.stderr);
}
