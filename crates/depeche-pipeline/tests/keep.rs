//! Reports kept in a dossier, and what is found there.

#![allow(clippy::unwrap_used, reason = "a test that cannot set its scene has to fail")]

use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use depeche_pipeline::acquire::{Options, captures};
use depeche_pipeline::judge::{Judged, subject};
use depeche_pipeline::record::Capture;
use depeche_pipeline::records::{JudgementRecord, SubjectRecord};
use depeche_pipeline::store::{Between, Dossier, Filter, Item, Paging};
use depeche_pipeline::{Added, Desk, Pipeline, Settings, wanted};
use proptest::prelude::*;
use tempfile::TempDir;

fn corpus(name: &str, most: usize) -> Vec<Capture> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus").join(name).join("texts.jsonl");
    captures(&[path], &Options::default()).map(Result::unwrap).take(most).collect()
}

fn pipeline() -> Pipeline {
    Pipeline::new(Settings::default()).unwrap()
}

const DESK: Desk<'static> = Desk {
    place: &|capture| format!("id {}", capture.id),
    clock: &|| "2026-01-01T00:00:00Z".to_owned(),
    batch: 5,
};

fn add(pipeline: &Pipeline, dossier: &mut Dossier, captures: &[Capture]) -> Added {
    pipeline.add(dossier, captures.iter().cloned().map(Ok), &DESK, |_| ()).unwrap()
}

/// A contact rejected, another corrected, and a contact of several accounts taken apart.
fn judgements(dossier: &Dossier) -> Vec<JudgementRecord> {
    let contacts = dossier.contacts(&Filter::default(), Paging::ALL).unwrap().items;
    let about = |id: &str| match subject(dossier, id).unwrap() {
        Judged::Subject(about) => about,
        other => panic!("{id}: {other:?}"),
    };
    let judgement = |n: usize, decision: &'static str, about: Vec<SubjectRecord>| JudgementRecord {
        id: format!("j{n}"),
        author: "ana".to_owned(),
        time: format!("2026-01-01T00:00:0{n}Z"),
        reason: None,
        decision: decision.into(),
        about,
        field: (decision == "correct").then(|| "place".to_owned()),
        value: (decision == "correct").then(|| "Genève".to_owned()),
        outcome: "applied".into(),
        by: None,
    };
    let several = contacts.iter().find(|contact| contact.accounts.len() > 2).unwrap();
    let account = |n: usize| about(&several.accounts[n].id);
    vec![
        judgement(1, "reject", vec![about(&contacts[0].id)]),
        judgement(2, "correct", vec![about(&contacts[1].id)]),
        judgement(3, "not_same", vec![account(0), account(1)]),
    ]
}

fn fresh(folder: &TempDir, name: &str) -> (Dossier, PathBuf) {
    let path = folder.path().join(name);
    (Dossier::make(&path).unwrap(), path)
}

/// Everything that the view shows, in words.
fn shown(dossier: &Dossier) -> Vec<String> {
    let all = Filter::default();
    let mut lines = Vec::new();
    let mut tell = |item: String| lines.push(item);
    dossier.reports(&all, Paging::ALL).unwrap().items.iter().for_each(|item| tell(format!("{item:?}")));
    dossier.contacts(&all, Paging::ALL).unwrap().items.iter().for_each(|item| tell(format!("{item:?}")));
    dossier.actors(&all, Paging::ALL).unwrap().items.iter().for_each(|item| tell(format!("{item:?}")));
    dossier.statements(&all, Paging::ALL).unwrap().items.iter().for_each(|item| tell(format!("{item:?}")));
    dossier
        .contradictions(&all, Paging::ALL)
        .unwrap()
        .items
        .iter()
        .for_each(|item| tell(format!("{item:?}")));
    dossier.gaps(&all, Paging::ALL).unwrap().items.iter().for_each(|item| tell(format!("{item:?}")));
    lines
}

#[test]
fn what_is_added_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let (mut dossier, path) = fresh(&folder, "d.depeche");
    let pipeline = pipeline();
    let reports = corpus("fr-talks", 12);
    let added = add(&pipeline, &mut dossier, &reports);
    assert_eq!((added.new, added.known), (12, 0));
    assert!(dossier.is_current().unwrap());
    let again = add(&pipeline, &mut dossier, &reports);
    assert_eq!((again.new, again.known, again.view.is_same()), (0, 12, true));

    let reader = Dossier::open(&path).unwrap();
    let counts = reader.counts().unwrap();
    assert_eq!(counts.reports, 12);
    assert!(counts.contacts > 5 && counts.statements > 5 && counts.actors > 5, "{counts:?}");
    let all = reader.contacts(&Filter::default(), Paging::ALL).unwrap();
    assert_eq!(all.total, counts.contacts);
    let second = reader.contacts(&Filter::default(), Paging { limit: Some(2), offset: 1 }).unwrap();
    assert_eq!(second.items[..], all.items[1..3]);
    for contact in &all.items {
        let sheet = reader.contact_sheet(&contact.id).unwrap().unwrap();
        assert_eq!(sheet.actors.len(), contact.actors.len());
        assert!(!sheet.reports.is_empty());
        let side = Filter { sides: contact.sides.clone(), ..Filter::default() };
        assert!(reader.contacts(&side, Paging::ALL).unwrap().items.contains(contact));
        for gap in &sheet.gaps {
            assert_eq!(gap.contact, contact.id);
        }
        for statement in &sheet.statements {
            assert!(statement.about.contains(&contact.id));
        }
        let told = Filter { reports: vec![contact.accounts[0].report.clone()], ..Filter::default() };
        for found in [
            reader.contacts(&told, Paging::ALL).unwrap().total,
            reader.actors(&told, Paging::ALL).unwrap().total,
            reader.reports(&told, Paging::ALL).unwrap().total,
        ] {
            assert!(found > 0);
        }
    }
    for status in &counts.statuses {
        let held = Filter { statuses: vec![status.0.clone()], ..Filter::default() };
        assert_eq!(reader.contacts(&held, Paging::first(1)).unwrap().total, status.1);
        let gaps = reader.gaps(&held, Paging::ALL).unwrap();
        let statements = reader.statements(&held, Paging::ALL).unwrap();
        assert!(gaps.total <= counts.gaps && statements.total <= counts.statements);
        reader.contradictions(&held, Paging::ALL).unwrap();
        reader.actors(&held, Paging::ALL).unwrap();
        reader.reports(&held, Paging::ALL).unwrap();
        reader.origins(&held, Paging::ALL).unwrap();
    }
    let words = Filter { words: Some(wanted("rencontrer")), ..Filter::default() };
    let hits = reader.search(&words, Paging::first(5)).unwrap();
    assert!(hits.total > 0 && !hits.items.is_empty());
    assert!(reader.contacts(&words, Paging::ALL).unwrap().total > 0);
    assert!(reader.origins(&Filter::default(), Paging::first(3)).unwrap().total > 0);
    assert_eq!(reader.check(|| ()).unwrap(), []);
}

#[test]
fn one_at_a_time_and_all_at_once_give_one_dossier() {
    let folder = tempfile::tempdir().unwrap();
    let pipeline = pipeline();
    let reports = corpus("fr-talks", 14);
    let (mut whole, _) = fresh(&folder, "whole");
    add(&pipeline, &mut whole, &reports);
    let mut expected = shown(&whole);
    assert!(expected.len() > 40);
    let judged = judgements(&whole);
    whole.judge(&judged, "2026-01-01T00:00:00Z").unwrap();
    pipeline.catch_up(&mut whole, &DESK, |_| ()).unwrap();
    let undecided = std::mem::replace(&mut expected, shown(&whole));
    assert_ne!(undecided, expected);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(4));
    let order = Just((0..reports.len()).collect::<Vec<_>>()).prop_shuffle();
    let number = Cell::new(0);
    let twice = proptest::collection::vec(0..reports.len(), 0..4);
    let when = proptest::collection::vec(0..8usize, judged.len());
    runner
        .run(
            &(order, 1..5usize, twice, when, proptest::bits::u8::ANY),
            |(order, size, twice, when, later)| {
                number.set(number.get() + 1);
                let (mut dossier, _) = fresh(&folder, &format!("d{}", number.get()));
                let mut order = order.clone();
                order.extend(&twice);
                for (n, batch) in order.chunks(size).enumerate() {
                    let batch: Vec<Capture> = batch.iter().map(|&n| reports[n].clone()).collect();
                    pipeline.take_in(&mut dossier, batch.into_iter().map(Ok), &DESK, |_| ()).unwrap();
                    // Decided before what it is about has come, or after.
                    for (judgement, _) in judged.iter().zip(&when).filter(|(_, when)| **when == n) {
                        dossier.judge(std::slice::from_ref(judgement), "2026-01-01T00:00:00Z").unwrap();
                    }
                    // Shown at once, or left for later.
                    if later & (1 << (n % 8)) == 0 {
                        pipeline.catch_up(&mut dossier, &DESK, |_| ()).unwrap();
                        prop_assert_eq!(dossier.reports_not_shown().unwrap(), 0);
                    }
                }
                dossier.judge(&judged, "2026-01-01T00:00:00Z").unwrap();
                pipeline.catch_up(&mut dossier, &DESK, |_| ()).unwrap();
                prop_assert_eq!(&shown(&dossier), &expected);
                let tally = pipeline.show(&mut dossier, "2026-01-02T00:00:00Z", "rebuild").unwrap();
                prop_assert!(tally.is_same());
                prop_assert_eq!(dossier.check(|| ()).unwrap(), []);
                Ok(())
            },
        )
        .unwrap();
}

/// What a page shows of what is new agrees with all that changed.
#[test]
fn what_is_new_is_told_without_looking_at_everything() {
    let folder = tempfile::tempdir().unwrap();
    let (mut dossier, _) = fresh(&folder, "d.depeche");
    let pipeline = pipeline();
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut reports: Vec<Capture> = captures(&[examples], &Options::default()).map(Result::unwrap).collect();
    reports.sort_by(|one, other| one.id.cmp(&other.id));
    let add_at = |dossier: &mut Dossier, reports: &[Capture], time: &str| {
        let desk =
            Desk { place: &|capture| format!("id {}", capture.id), clock: &|| time.to_owned(), batch: 50 };
        pipeline.add(dossier, reports.iter().cloned().map(Ok), &desk, |_| ()).unwrap();
    };
    assert_eq!(dossier.last_change().unwrap(), None);
    assert_eq!(dossier.news("", 3).unwrap().contacts.total, 0);
    // The round that was planned is told as held later, and its report comes later.
    let later = reports.iter().position(|report| report.id.starts_with("2024-08-12")).unwrap();
    add_at(&mut dossier, &reports[..later], "2026-01-01T10:00:00Z");
    add_at(&mut dossier, &reports[later..], "2026-01-02T10:00:00Z");
    assert_eq!(dossier.last_change().unwrap().as_deref(), Some("2026-01-02T10:00:00Z"));
    for since in ["2025-01-01", "2026-01-01T12:00:00Z", "2026-01-02", "2026-01-03"] {
        let all = dossier.changes(since, &[Item::Contact, Item::Contradiction, Item::Report]).unwrap();
        let new = |item: &str| all.iter().filter(|one| one.item == item && one.change == "new").count();
        let news = dossier.news(since, 2).unwrap();
        assert_eq!(news.contacts.total, new("contact"), "{since}");
        assert_eq!(news.contradictions.total, new("contradiction"), "{since}");
        assert_eq!(news.reports.total, new("report"), "{since}");
        assert!(news.contacts.items.len() <= 2 && news.reports.items.len() <= 2);
        let mut otherwise: Vec<(&str, String)> = Vec::new();
        for one in all.iter().filter(|one| one.change == "changed") {
            let status = one.fields.iter().find(|field| field.field == "status");
            otherwise
                .extend(status.map(|field| (one.id.as_str(), field.before.as_str().unwrap().to_owned())));
        }
        let mut told = dossier.news(since, 1000).unwrap().turns;
        told.items.sort_by(|one, other| one.contact.id.cmp(&other.contact.id));
        let told: Vec<(&str, String)> =
            told.items.iter().map(|one| (one.contact.id.as_str(), one.before.to_string())).collect();
        assert_eq!(told, otherwise, "{since}");
        if since == "2026-01-02" {
            assert!(!told.is_empty());
        }
    }
}

/// What is added up by the file agrees with what its items say one by one.
#[test]
fn what_many_items_come_to_is_what_they_say() {
    let folder = tempfile::tempdir().unwrap();
    let (mut dossier, _) = fresh(&folder, "d.depeche");
    let pipeline = pipeline();
    add(&pipeline, &mut dossier, &corpus("fr-talks", 30));
    let all = Filter::default();
    let contacts = dossier.contacts(&all, Paging::ALL).unwrap().items;
    let statements = dossier.statements(&all, Paging::ALL).unwrap().items;
    let reports = dossier.reports(&all, Paging::ALL).unwrap().items;

    let mut places: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for contact in &contacts {
        if let Some(place) = &contact.place {
            let (count, held) = places.entry(place.clone()).or_default();
            (*count, *held) = (*count + 1, *held + usize::from(contact.status == "held"));
        }
    }
    let told = dossier.places(&all, 1000).unwrap();
    assert!(told.windows(2).all(|two| two[0].contacts >= two[1].contacts) && told.len() > 3);
    let told: BTreeMap<String, (usize, usize)> =
        told.into_iter().map(|one| (one.place, (one.contacts, one.held))).collect();
    assert_eq!(told, places);
    for (place, (count, _)) in places {
        let there = Filter { places: vec![place], ..Filter::default() };
        assert_eq!(dossier.contacts(&there, Paging::first(0)).unwrap().total, count);
    }

    let spread = dossier.spread(&all).unwrap();
    assert_eq!(spread.iter().map(|one| one.contacts).sum::<usize>(), contacts.len());
    let held = spread.iter().filter(|one| one.status == "held").map(|one| one.contacts).sum::<usize>();
    assert_eq!(held, contacts.iter().filter(|contact| contact.status == "held").count());
    let undated = spread.iter().filter(|one| !one.dated).map(|one| one.contacts).sum::<usize>();
    assert_eq!(undated, contacts.iter().filter(|contact| contact.date.is_none()).count());

    let mut acts: BTreeMap<(String, Option<String>), usize> = BTreeMap::new();
    let published = |id: &str| reports.iter().find(|report| report.id == id).unwrap().published.clone();
    for statement in &statements {
        let month = published(&statement.report).map(|day| day[..7].to_owned());
        *acts.entry((statement.act.to_string(), month)).or_default() += 1;
    }
    let told = dossier.acts_by_month(&all).unwrap();
    assert_eq!(acts, told.into_iter().map(|one| ((one.act, one.month), one.statements)).collect());

    let mut months: BTreeMap<(Option<String>, Option<String>), usize> = BTreeMap::new();
    let mut outlets: BTreeMap<Option<String>, (usize, usize)> = BTreeMap::new();
    let mut feeds: BTreeMap<(String, String), (usize, usize)> = BTreeMap::new();
    for report in &reports {
        let month = report.published.as_ref().map(|day| day[..7].to_owned());
        *months.entry((report.outlet.clone(), month)).or_default() += 1;
        let takes = |relation: &str| report.origins.iter().any(|origin| origin.relation == relation);
        let own = report.lineage == report.id && !takes("republishes");
        let (count, first) = outlets.entry(report.outlet.clone()).or_default();
        (*count, *first) = (*count + 1, *first + usize::from(own));
        let mut named: Vec<(&str, &str)> =
            report.origins.iter().map(|origin| (origin.name.as_str(), origin.relation.as_ref())).collect();
        named.sort_unstable();
        named.dedup();
        for (name, relation) in named {
            if let Some(outlet) =
                report.outlet.as_ref().filter(|outlet| *outlet != name && relation != "image")
            {
                let (cites, whole) = feeds.entry((name.to_owned(), outlet.clone())).or_default();
                *(if relation == "cites" { cites } else { whole }) += 1;
            }
        }
    }
    let told = dossier.reports_by_month(&all).unwrap();
    assert_eq!(months, told.into_iter().map(|one| ((one.outlet, one.month), one.reports)).collect());
    let told = dossier.outlets(&all, 1000).unwrap();
    assert!(told.iter().all(|one| one.first <= one.last));
    assert!(dossier.captured().unwrap().is_some());
    assert_eq!(outlets, told.into_iter().map(|one| (one.outlet, (one.reports, one.own))).collect());
    let told = dossier.feeds(&all, Paging::ALL).unwrap();
    assert_eq!(
        feeds,
        told.into_iter().map(|one| ((one.origin, one.outlet), (one.cites, one.republishes))).collect()
    );

    let pairs = dossier.pairs(Between::Actors, &all, Paging::ALL).unwrap();
    assert_eq!(pairs.total, pairs.items.len());
    for pair in pairs.items.iter().take(20) {
        let company = Filter { company: vec![pair.first.clone(), pair.second.clone()], ..Filter::default() };
        let found = dossier.contacts(&company, Paging::ALL).unwrap();
        assert_eq!(found.total, pair.contacts);
        assert!(
            found
                .items
                .iter()
                .all(|one| one.actors.contains(&pair.first) && one.actors.contains(&pair.second))
        );
    }
}
