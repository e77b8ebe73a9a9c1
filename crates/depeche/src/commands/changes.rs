//! `depeche changes --since DAY`: what is otherwise in a dossier.

use std::io;

use depeche_interface::{Interface, Wording, even_out, shorten};
use depeche_pipeline::records::{
    ActorRecord, ContactRecord, ContradictionRecord, DossierStatementRecord, GapRecord, JudgementRecord,
    ReportRecord,
};
use depeche_pipeline::store::{Change, Dossier, Item, Page as PageOf};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{actors, contacts, contradictions, gaps, log, statements};
use crate::arguments::Changes;
use crate::dossier::{Listing, fault, open, paging, print};
use crate::run::Outcome;
use crate::terminal::Page;

/// The sorts of items where none are chosen: what a reader asks for first comes first.
const ITEMS: [Item; 7] = [
    Item::Contact,
    Item::Contradiction,
    Item::Gap,
    Item::Judgement,
    Item::Actor,
    Item::Statement,
    Item::Report,
];
/// Most characters of a value shown.
const WORDS: usize = 80;

/// Lists what is new, otherwise or gone.
pub fn execute(arguments: &Changes) -> anyhow::Result<Outcome> {
    let interface = Interface::new(arguments.printing.ui);
    let dossier = open(&arguments.file, &interface)?;
    let items = if arguments.item.is_empty() { &ITEMS[..] } else { &arguments.item };
    let mut changes = dossier
        .changes(&arguments.since, items)
        .map_err(|error| fault(dossier.path(), &error, &interface))?;
    let total = changes.len();
    let paging = paging(&arguments.listed);
    changes = changes.into_iter().skip(paging.offset).take(paging.limit.unwrap_or(usize::MAX)).collect();
    let answer = PageOf { total, offset: paging.offset, items: changes };
    let wording = Wording::new(&interface);
    let listing = Listing {
        count: "count-changes",
        columns: &["item", "id", "change", "field", "before", "after"],
        row: &|_: &Change| Vec::new(),
        rows: Some(&rows),
        entry: &|change, page| entry(change, &dossier, wording, page),
    };
    print(&answer, &listing, &arguments.listed, &arguments.printing, wording)
}

/// A row for each field that is otherwise; one for what is new or gone.
fn rows(change: &Change) -> Vec<Vec<String>> {
    let row = |field: &str, before: String, after: String| {
        vec![
            change.item.to_string(),
            change.id.clone(),
            change.change.to_string(),
            field.to_owned(),
            before,
            after,
        ]
    };
    match change.fields.as_slice() {
        [] => vec![row("", String::new(), String::new())],
        fields => fields
            .iter()
            .map(|field| row(&field.field, field.before.to_string(), field.after.to_string()))
            .collect(),
    }
}

fn entry(change: &Change, dossier: &Dossier, wording: Wording<'_>, page: &mut Page) -> io::Result<()> {
    let interface = wording.interface;
    let heading = interface.say(&format!("change-{}", change.change));
    let heading = page.bold(&format!("{heading} · {}", interface.say(&format!("subject-{}", change.item))));
    page.paragraph("", "", &heading)?;
    show(change, dossier, wording, page)?;
    for field in &change.fields {
        let line = format!(
            "{} → {}",
            value(&field.field, &field.before, wording),
            value(&field.field, &field.after, wording)
        );
        page.paragraph("    ", "      ", &wording.labelled(&field.field, &line))?;
    }
    page.space()
}

/// The item as it is, or was.
fn show(change: &Change, dossier: &Dossier, wording: Wording<'_>, page: &mut Page) -> io::Result<()> {
    match Item::from_label(&change.item) {
        Some(Item::Contact) => match read::<ContactRecord>(&change.record) {
            Some(contact) => contacts::entry(&contact, wording, page),
            None => Ok(()),
        },
        Some(Item::Actor) => match read::<ActorRecord>(&change.record) {
            Some(actor) => actors::entry(&actor, wording, page),
            None => Ok(()),
        },
        Some(Item::Statement) => match read::<DossierStatementRecord>(&change.record) {
            Some(statement) => statements::entry(&statement, wording, page),
            None => Ok(()),
        },
        Some(Item::Contradiction) => match read::<ContradictionRecord>(&change.record) {
            Some(contradiction) => contradictions::entry(&contradiction, dossier, wording, page),
            None => Ok(()),
        },
        Some(Item::Gap) => match read::<GapRecord>(&change.record) {
            Some(gap) => gaps::entry(&gap, dossier, wording, page),
            None => Ok(()),
        },
        Some(Item::Judgement) => match read::<JudgementRecord>(&change.record) {
            Some(judgement) => log::entry(&judgement, wording, page),
            None => Ok(()),
        },
        Some(Item::Report) | None => {
            let title = read::<ReportRecord>(&change.record).and_then(|report| report.title);
            let id = page.bold(&change.id);
            page.paragraph("", "    ", &format!("{id}  {}", even_out(&title.unwrap_or_default())))
        }
    }
}

fn read<T: DeserializeOwned>(record: &Value) -> Option<T> {
    serde_json::from_value(record.clone()).ok()
}

/// A value in few words: lists of records by their number.
fn value(field: &str, value: &Value, wording: Wording<'_>) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::String(words) if field == "status" => wording.status(words, "meeting"),
        Value::String(words) if field == "kind" => wording.kind(words),
        Value::String(words) if field == "date" => wording.date(words),
        Value::String(words) => shorten(&even_out(words), WORDS),
        Value::Array(items) if items.iter().all(Value::is_string) => {
            let words: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            shorten(&words.join(", "), WORDS)
        }
        Value::Array(items) => items.len().to_string(),
        Value::Object(fields) => match (fields.get("least"), fields.get("most")) {
            (Some(least), Some(most)) if least == most => least.to_string(),
            (Some(least), Some(most)) => format!("{least}–{most}"),
            _ => "…".to_owned(),
        },
        other => other.to_string(),
    }
}
