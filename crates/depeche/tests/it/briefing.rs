//! What `brief` prints.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::workplace::{REPORT, Workplace, examples};

fn brief(format: &str) -> String {
    let workplace = Workplace::new();
    let examples = examples();
    let arguments =
        ["brief", examples.to_str().unwrap(), "--format", format, "--today", "2025-03-01", "--ui", "fr"];
    let run = workplace.run(&arguments);
    assert_eq!(run.status, 0, "{}", run.stderr);
    run.stdout
}

#[test]
fn the_json_holds_what_programs_score() {
    let dossier: Value = serde_json::from_str(&brief("json")).unwrap();
    let list = |key: &str| dossier[key].as_array().unwrap().clone();
    let reports: BTreeSet<String> =
        list("reports").iter().map(|r| r["id"].as_str().unwrap().to_owned()).collect();
    assert!(reports.len() >= 15);
    assert!(list("reports").iter().all(|report| report["lineage"].is_string()));
    assert!(!list("contacts").is_empty() && !list("actors").is_empty() && !list("statements").is_empty());
    for contact in list("contacts") {
        let sides = contact["sides"].as_array().unwrap();
        let ledger: Vec<&Value> =
            contact["ledger"].as_array().unwrap().iter().map(|entry| &entry["side"]).collect();
        assert!(sides.iter().all(|side| ledger.contains(&side)), "{}", contact["id"]);
        assert!(contact["corroboration"]["least"].as_u64() <= contact["corroboration"]["most"].as_u64());
        for account in contact["accounts"].as_array().unwrap() {
            assert!(reports.contains(account["report"].as_str().unwrap()));
            assert!(!account["evidence"].as_array().unwrap().is_empty());
        }
    }
    for actor in list("actors") {
        assert!(actor["name"].is_string() && actor["aliases"].is_array());
    }
}

#[test]
fn every_link_of_the_page_leads_somewhere() {
    let page = brief("html");
    let values = |attribute: &str| -> BTreeSet<String> {
        let opening = format!(" {attribute}=\"");
        let pieces = page.split(&opening).skip(1);
        pieces.filter_map(|piece| piece.split_once('"')).map(|(value, _)| value.to_owned()).collect()
    };
    let anchors = values("id");
    let links = values("href");
    assert!(links.len() > 50);
    for link in &links {
        let anchor = link.strip_prefix('#').unwrap_or_else(|| panic!("{link} leads out of the page"));
        assert!(anchors.contains(anchor), "{link}");
    }
    for outside in ["<script", "src=", "@import", "url("] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(page.contains("<html lang=\"fr\">") && page.contains("lang=\"ru\""));
}

#[test]
fn markup_in_a_report_stays_words() {
    let workplace = Workplace::new();
    workplace.write("sly.txt", format!("<script>alert(1)</script> & *titre*\n\n{REPORT}"));
    let page = workplace.run(&["brief", "sly.txt", "--format", "html"]).stdout;
    assert!(!page.contains("<script"));
    let page = workplace.run(&["brief", "sly.txt", "--format", "md"]).stdout;
    assert!(!page.contains("<script"));
}

#[test]
fn undated_contacts_stand_apart() {
    let workplace = Workplace::new();
    workplace.write(
        "a.txt",
        "Rencontre à Genève\n\nLe ministre russe Sergueï Lavrov a rencontré son homologue turc Hakan Fidan à Genève.\n",
    );
    let run = workplace.run(&["brief", "a.txt", "--ui", "en", "--today", "2025-03-01"]);
    assert!(run.stdout.contains("Without a date"), "{}", run.stdout);
    assert!(!run.stdout.contains("(2025"), "no contact has a date that nobody told: {}", run.stdout);
}

#[test]
fn long_dossiers_say_what_they_leave_out() {
    let workplace = Workplace::new();
    let said: String = (0..30)
        .map(|n| format!("« La rencontre numéro {n} sera utile à la paix », a déclaré Sergueï Lavrov.\n\n"))
        .collect();
    workplace.write("a.txt", format!("{REPORT}\n{said}"));
    let short = workplace.run(&["brief", "a.txt", "--ui", "en"]).stdout;
    let all = workplace.run(&["brief", "a.txt", "--ui", "en", "--all"]).stdout;
    assert!(short.contains("more statements (--all)"), "{short}");
    assert!(!all.contains("(--all)"));
    assert!(all.lines().count() > short.lines().count() + 20);
}

#[test]
fn the_day_of_a_report_is_not_shown_as_that_of_a_statement() {
    let workplace = Workplace::new();
    workplace.write("a.txt", REPORT);
    let arguments = ["brief", "a.txt", "--ui", "en", "--published", "2025-08-07", "--today", "2025-08-08"];
    let printed = workplace.run(&arguments).stdout;
    let printed = printed.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(printed.contains(", from a report of 7 August 2025: "), "{printed}");
    assert!(!printed.contains("· 7 August 2025"), "{printed}");
}
