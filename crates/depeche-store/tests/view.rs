//! Views written item by item: what is new in them, and damage to what items are found by.

#![allow(clippy::unwrap_used, reason = "a test that cannot set its scene has to fail")]

use std::path::Path;

use depeche_record::Day;
use depeche_record::records::{
    ContactRecord, ContradictionRecord, DossierStatementRecord, JudgementRecord, ReportRecord,
};
use depeche_store::{Body, Dossier, Filter, Item, Member, Paging};
use rusqlite::Connection;
use serde_json::{Value, json};

fn contact(id: &str, status: &str, date: &str) -> ContactRecord {
    let value = json!({
        "id": id, "kind": "meeting", "status": status, "sides": ["FR", "TR"], "participants": [], "actors": ["p1"],
        "date": date, "date_assumed": [], "place": null, "accounts": [], "ledger": [], "history": [],
        "corroboration": {"least": 1, "most": 2, "origins": [], "reasons": []},
    });
    serde_json::from_value(value).unwrap()
}

fn contradiction(contact: &str, values: [&str; 2]) -> ContradictionRecord {
    let evidence = json!({"exact": "le 3", "start": 0, "end": 4});
    let version = |value: &&str| json!({"value": value, "report": "r", "speaker": "", "evidence": evidence});
    let versions: Vec<Value> = values.iter().map(version).collect();
    let value = json!({"kind": "date", "contact": contact, "versions": versions});
    serde_json::from_value(value).unwrap()
}

/// Writes a view of these contacts and contradictions.
fn show(dossier: &mut Dossier, time: &str, contacts: &[ContactRecord], others: &[ContradictionRecord]) {
    let kept = dossier.kept().unwrap();
    let terms = |words: &str, _: &str| words.to_lowercase();
    let mut view = dossier.write_view(kept, &terms, time, "resolve").unwrap().unwrap();
    for contact in contacts {
        view.put_contact(&Body::of(contact.clone()).unwrap(), &[], |_| "fr".to_owned()).unwrap();
    }
    for other in others {
        view.put_contradiction(&Body::of(other.clone()).unwrap()).unwrap();
    }
    view.sweep().unwrap();
    view.finish().unwrap();
}

fn make(path: &Path) -> Dossier {
    let mut dossier = Dossier::make(path).unwrap();
    let before = [
        contact("c1", "planned", "2025-08-03"),
        contact("c2", "held", "2025-08-01"),
        contact("c3", "planned", "2025-08-09"),
    ];
    show(&mut dossier, "2025-08-02T10:00:00Z", &before, &[contradiction("c2", ["1er", "2"])]);
    let after = [
        contact("c1", "held", "2025-08-03"),
        contact("c2", "held", "2025-08-02"),
        contact("c3", "planned", "2025-08-09"),
        contact("c4", "denied", "2025-08-04"),
    ];
    let others = [contradiction("c2", ["1er", "2"]), contradiction("c1", ["3", "4"])];
    show(&mut dossier, "2025-08-05T10:00:00Z", &after, &others);
    dossier
}

#[test]
fn news_are_what_is_new_since_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let mut dossier = make(&folder.path().join("d.depeche"));
    let news = dossier.news("2025-08-03T00:00:00Z", 10).unwrap();
    let ids: Vec<&str> = news.contacts.items.iter().map(|contact| contact.id.as_str()).collect();
    assert_eq!(ids, ["c4"]);
    let turns: Vec<(&str, &str, &str)> = news
        .turns
        .items
        .iter()
        .map(|turn| (turn.contact.id.as_str(), turn.before.as_ref(), turn.contact.status.as_ref()))
        .collect();
    assert_eq!(turns, [("c1", "planned", "held")]);
    let contradicted: Vec<&str> =
        news.contradictions.items.iter().map(|contradiction| contradiction.contact.as_str()).collect();
    assert_eq!(contradicted, ["c1"]);

    let capped = dossier.news("2025-08-03T00:00:00Z", 0).unwrap();
    assert_eq!((capped.contacts.total, capped.turns.total, capped.contradictions.total), (1, 1, 1));
    assert!(capped.turns.items.is_empty());
    // Everything is new to whoever was never here, and nothing to whoever has just been.
    assert_eq!(dossier.news("2025-01-01T00:00:00Z", 10).unwrap().contacts.total, 4);
    let none = dossier.news("2025-08-06T00:00:00Z", 10).unwrap();
    assert_eq!((none.contacts.total, none.turns.total, none.contradictions.total), (0, 0, 0));

    // What turned and turned back is no news.
    let back = [contact("c1", "planned", "2025-08-03")];
    show(&mut dossier, "2025-08-06T10:00:00Z", &back, &[]);
    assert_eq!(dossier.news("2025-08-03T00:00:00Z", 10).unwrap().turns.total, 0);
    assert_eq!(dossier.news("2025-08-05T12:00:00Z", 10).unwrap().turns.items[0].before, "held");
}

#[test]
fn a_view_of_another_format_makes_no_news() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("d.depeche");
    drop(make(&path));
    let raw = Connection::open(&path).unwrap();
    raw.execute("UPDATE state SET value = 1 WHERE name = 'view'", []).unwrap();
    drop(raw);
    let mut dossier = Dossier::make(&path).unwrap();
    assert_eq!(dossier.contacts(&Filter::default(), Paging::ALL).unwrap().total, 0);
    let contacts = [contact("c4", "denied", "2025-08-04"), contact("c5", "held", "2025-08-09")];
    show(&mut dossier, "2025-09-01T10:00:00Z", &contacts, &[]);
    let news = dossier.news("2025-08-20T00:00:00Z", 10).unwrap();
    let ids: Vec<&str> = news.contacts.items.iter().map(|contact| contact.id.as_str()).collect();
    assert_eq!(ids, ["c5"]);
    assert_eq!(dossier.changes("2025-08-20T00:00:00Z", &[Item::Contact]).unwrap().len(), 1);
    assert_eq!(dossier.check(|| ()).unwrap(), []);
}

#[test]
fn what_items_are_found_by_is_checked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("d.depeche");
    let dossier = make(&path);
    assert_eq!(dossier.check(|| ()).unwrap(), []);
    let of_side = Filter { sides: vec!["FR".to_owned()], ..Filter::default() };
    assert_eq!(dossier.contacts(&of_side, Paging::ALL).unwrap().total, 4);
    drop(dossier);
    for (n, damage) in [
        "UPDATE contacts SET status = 'cancelled' WHERE id = 'c3'",
        "UPDATE contacts SET first = first + 64 WHERE id = 'c4'",
        "UPDATE contacts SET id = 'c9' WHERE id = 'c4'",
        "UPDATE contact_sides SET side = 'DR' WHERE side = 'FR' AND contact = 1",
        "DELETE FROM contact_actors WHERE contact = 2",
        "INSERT INTO contact_actors VALUES ('p1', 99)",
        "UPDATE contradictions SET contact = 'c3' WHERE contact = 'c1'",
        "INSERT INTO handles VALUES ('c0000', 'contact', 99, 'r', 0)",
    ]
    .into_iter()
    .enumerate()
    {
        let copy = folder.path().join(format!("{n}.depeche"));
        std::fs::copy(&path, &copy).unwrap();
        let connection = Connection::open(&copy).unwrap();
        assert!(connection.execute(damage, []).unwrap() > 0, "{damage}");
        drop(connection);
        let findings = Dossier::open(&copy).unwrap().check(|| ()).unwrap();
        assert!(findings.len() == 1 || n == 7, "{damage}: {findings:?}");
        assert!(findings.iter().all(|finding| finding.is_derived) && !findings.is_empty(), "{damage}");
    }
}

#[test]
fn a_statement_is_found_by_the_day_of_its_report_as_it_is_now() {
    let folder = tempfile::tempdir().unwrap();
    let mut dossier = Dossier::make(&folder.path().join("d.depeche")).unwrap();
    let statement: DossierStatementRecord = serde_json::from_value(json!({
        "id": "s1", "report": "r", "reading": "r#s0", "actor": null, "speaker": "Ana Sol", "side": "PT",
        "act": "deny", "quote": null, "evidence": {"exact": "Non.", "start": 0, "end": 4}, "date": null,
        "about": [], "same_as": [],
    }))
    .unwrap();
    let member = Member { handle: "s1".to_owned(), report: "r".to_owned(), number: 0 };
    for day in ["2025-08-03", "2025-09-14"] {
        let report: ReportRecord = serde_json::from_value(json!({
            "id": "r", "address": "r.txt", "digest": null, "title": null, "outlet": null, "url": null,
            "published": day, "published_basis": null, "language": "fr", "lineage": "r", "links": [],
            "origins": [],
        }))
        .unwrap();
        let kept = dossier.kept().unwrap();
        let terms = |words: &str, _: &str| words.to_lowercase();
        let mut view = dossier.write_view(kept, &terms, "2025-10-01T00:00:00Z", "resolve").unwrap().unwrap();
        view.put_report(&Body::of(report).unwrap()).unwrap();
        view.put_statement(&Body::of(statement.clone()).unwrap(), &member, Some(day), "fr").unwrap();
        view.finish().unwrap();
    }
    let september = Filter { since: Some(Day { year: 2025, month: 9, day: 1 }), ..Filter::default() };
    assert_eq!(dossier.statements(&september, Paging::ALL).unwrap().total, 1);
    assert_eq!(dossier.check(|| ()).unwrap(), []);
}

#[test]
fn a_view_of_a_moment_is_written_although_somebody_judged_since() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("d.depeche");
    let mut dossier = Dossier::make(&path).unwrap();
    let terms = |words: &str, _: &str| words.to_lowercase();
    let time = "2025-10-01T00:00:00Z";
    let judgement = |id: &str| -> JudgementRecord {
        serde_json::from_value(json!({
            "id": id, "author": "A", "time": time, "reason": null, "decision": "undo", "about": [], "value": "j0",
            "outcome": "applied",
        }))
        .unwrap()
    };
    let before = dossier.kept().unwrap();
    let two = [judgement("j1"), judgement("j2")];
    dossier.judge(&two, time).unwrap();
    let after = dossier.kept().unwrap();
    assert_eq!(dossier.waiting().unwrap(), two);

    // They are recorded, and waiting.
    dossier.write_view(before, &terms, time, "resolve").unwrap().unwrap().finish().unwrap();
    assert!(!dossier.is_current().unwrap());
    assert_eq!(dossier.waiting().unwrap(), two);

    let mut view = dossier.write_view(after, &terms, time, "resolve").unwrap().unwrap();
    for judgement in two {
        view.put_judgement(&Body::of(judgement).unwrap()).unwrap();
    }
    view.finish().unwrap();
    assert!(dossier.is_current().unwrap());
    assert_eq!(dossier.waiting().unwrap(), []);
    // A view of an earlier moment does not take the place of a newer one.
    assert!(dossier.write_view(before, &terms, time, "resolve").unwrap().is_none());
}
