//! The whole library over the examples that ship and the corpus: what must hold whatever the rules find.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use depeche_pipeline::acquire::{Options, captures};
use depeche_pipeline::records::{DossierRecord, Evidence, ReadingRecord, dossier_record, record};
use depeche_pipeline::{Pipeline, Settings};
use depeche_record::{Day, Problem, Reading, Report};

const TODAY: Day = Day { year: 2025, month: 6, day: 1 };

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("suite lies in the repository").to_owned()
}

fn read(inputs: &[&str], threads: usize) -> (Pipeline, Vec<(Report, Reading)>, Vec<Problem>) {
    let pipeline = Pipeline::new(Settings { threads, today: Some(TODAY), ..Settings::default() })
        .expect("the system gives a thread");
    let inputs: Vec<PathBuf> = inputs.iter().map(|input| root().join(input)).collect();
    let options = Options::default();
    let (mut read, mut problems) = (Vec::new(), Vec::new());
    pipeline.read_all(captures(&inputs, &options), |result| match result {
        Ok(pair) => read.push(pair),
        Err(problem) => problems.push(problem),
    });
    (pipeline, read, problems)
}

fn dossier(pipeline: &Pipeline, read: &[(Report, Reading)]) -> DossierRecord {
    dossier_record(&pipeline.resolve(read, &[]), read, &[], Some(TODAY))
}

fn holds(report: &Report, evidence: &Evidence) -> bool {
    let words: String =
        report.text.chars().skip(evidence.start).take(evidence.end - evidence.start).collect();
    !words.trim().is_empty() && words == evidence.exact
}

fn evidence_of(record: &ReadingRecord) -> Vec<(&Evidence, usize)> {
    let contacts =
        record.contacts.iter().flat_map(|contact| contact.evidence.iter().map(|evidence| (evidence, 300)));
    let statements = record.statements.iter().map(|statement| (&statement.evidence, 600));
    let origins = record.origins.iter().map(|origin| (&origin.evidence, 600));
    contacts.chain(statements).chain(origins).collect()
}

#[test]
fn every_line_is_traceable_to_its_words() {
    let folders = [
        "examples",
        "corpus/fr-talks/texts.jsonl",
        "corpus/fr-tracks/texts.jsonl",
        "corpus/en/texts.jsonl",
        "corpus/ru/texts.jsonl",
    ];
    let (_, read, problems) = read(&folders, 0);
    assert_eq!(problems, []);
    let mut items = 0;
    for (report, reading) in &read {
        let record = record(report, reading);
        for (evidence, longest) in evidence_of(&record) {
            assert!(holds(report, evidence), "{}: {evidence:?}", report.id);
            assert!(evidence.exact.chars().count() <= longest, "{}: {evidence:?} is too long", report.id);
            items += 1;
        }
        for contact in &record.contacts {
            let sides: BTreeSet<&String> = contact.sides.iter().collect();
            assert!(
                sides.len() >= 2 && sides.len() == contact.sides.len(),
                "{}: {:?}",
                report.id,
                contact.sides
            );
            assert!((1..=3).contains(&contact.evidence.len()), "{}: {:?}", report.id, contact.evidence);
        }
    }
    assert!(items > 100, "only {items} items were found at all");
}

#[test]
fn threads_change_nothing() {
    let (_, one, _) = read(&["examples"], 1);
    let (_, four, _) = read(&["examples"], 4);
    assert_eq!(format!("{one:?}"), format!("{four:?}"));
}

#[test]
fn the_order_of_reports_changes_nothing() {
    let (pipeline, read, _) = read(&["examples"], 1);
    let expected = format!("{:?}", dossier(&pipeline, &read));
    let (mut backwards, mut turned) = (read.clone(), read);
    backwards.reverse();
    let middle = turned.len() / 2;
    turned.rotate_left(middle);
    for other in [backwards, turned] {
        assert_eq!(format!("{:?}", dossier(&pipeline, &other)), expected);
    }
}

#[test]
fn the_examples_show_what_they_are_there_for() {
    let (pipeline, read, problems) = read(&["examples"], 0);
    assert_eq!(problems, []);
    assert_eq!(read.len(), 18);
    let languages: BTreeSet<&str> = read.iter().map(|(_, reading)| reading.language.code()).collect();
    assert_eq!(languages, BTreeSet::from(["en", "fr", "ru"]));
    let dossier = dossier(&pipeline, &read);
    let lineage = |id: &str| {
        dossier.reports.iter().find(|report| report.id == id).map(|report| &report.lineage).unwrap()
    };
    assert_eq!(
        lineage("2024-08-12-ankara-depeche"),
        lineage("2024-08-13-ankara-reprise"),
        "a dispatch and its copy"
    );
    let statuses: BTreeSet<&str> = dossier.contacts.iter().map(|contact| &*contact.status).collect();
    for status in ["held", "cancelled", "denied"] {
        assert!(statuses.contains(status), "no contact is {status}: {statuses:?}");
    }
    let president =
        dossier.actors.iter().find(|actor| actor.name.contains("Mohamud") || actor.name.contains("Mohamoud"));
    let president = president.expect("the Somali president is an actor");
    let names: Vec<&String> = [&president.name].into_iter().chain(&president.aliases).collect();
    for name in ["Hassan Sheikh Mohamud", "Hassan Cheikh Mohamoud", "Хасан Шейх Махмуд"] {
        assert!(names.iter().any(|other| *other == name), "{name} is not among {names:?}");
    }
    let undated = read.iter().find(|(report, _)| report.id == "abiy-mogadiscio").unwrap();
    for date in undated.1.accounts.iter().filter_map(|account| account.date.as_ref()) {
        assert!(date.value.lacks_year(), "{date:?}: nobody told the year");
    }
}
