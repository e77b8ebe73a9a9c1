//! Entities of FollowTheMoney (4.x), one JSON object a line: sides, people, articles, events and what ties them.

use std::collections::BTreeSet;
use std::io::{self, Write};

use depeche_interface::{even_out, legible};
use depeche_record::Edtf;
use serde_json::{Map, Value, json};

use crate::days::reach;
use crate::{Export, LeftOut, Options, What, safe, web_address};

/// Writes the entities; those that others refer to come first.
pub fn write(export: &Export, _: &Options, out: &mut dyn Write) -> io::Result<LeftOut> {
    let record = &export.record;
    let gazetteer = export.material.gazetteer;
    let mut left = LeftOut::of(
        record,
        &[What::Contradictions, What::Gaps, What::Problems, What::Judgements, What::Texts],
    );
    let mut entity = |schema: &str, id: String, properties: Properties| -> io::Result<()> {
        safe::json(out, &json!({ "id": id, "schema": schema, "properties": properties.values }))?;
        out.write_all(b"\n")
    };

    for side in export.sides() {
        let mut properties = Properties::default();
        properties.put("name", [export.names.side(side)]);
        let state = gazetteer.state(&side.0).is_some();
        if state {
            properties.put("country", [side.0.to_ascii_lowercase()]);
        } else {
            properties.put("weakAlias", [side.to_string()]);
        }
        entity(if state { "PublicBody" } else { "Organization" }, key("side", &side.0), properties)?;
    }
    for (actor, typed) in record.actors.iter().zip(&export.material.dossier.actors) {
        let mut properties = Properties::default();
        properties.put("name", [&actor.name]);
        properties.put("alias", &actor.aliases);
        properties.put("position", &actor.offices);
        let states = typed.sides.iter().filter(|side| gazetteer.state(&side.0).is_some());
        properties.put("country", states.map(|side| side.0.to_ascii_lowercase()));
        let known = actor.gazetteer.as_deref().and_then(|id| gazetteer.person(id));
        properties.put("wikidataId", known.map(|known| known.wikidata));
        entity("Person", key("person", &actor.id), properties)?;
    }
    for report in &record.reports {
        let mut properties = Properties::default();
        properties.put("title", report.title.as_ref().or(Some(&report.id)));
        properties.put("publisher", &report.outlet);
        properties.put("publishedAt", report.published.as_deref().and_then(day_or_month));
        properties.put("sourceUrl", report.url.as_deref().and_then(web_address));
        properties.put(
            "language",
            [match report.language.as_str() {
                "fr" => "fra",
                "ru" => "rus",
                _ => "eng",
            }],
        );
        properties.put("notes", report.digest.as_ref().map(|digest| format!("SHA-256 {digest}")));
        entity("Article", key("report", &report.id), properties)?;
    }
    for (contact, told) in export.contacts() {
        let id = key("contact", &told.id);
        let mut properties = Properties::default();
        properties.put("name", [export.names.title(&told.id)]);
        properties.put("summary", [export.names.who(contact)]);
        properties.put("recordId", [&told.id]);
        properties.put("keywords", [&told.kind, &told.status]);
        properties.put("notes", export.ledger(contact));
        properties.put("notes", [export.origins(contact)]);
        if let Some(place) = &told.place {
            properties.put("location", [place]);
            if let [known] = gazetteer.places_named(place).as_slice() {
                properties.put("country", [known.state.to_ascii_lowercase()]);
            }
        }
        if let Some(date) = &contact.date {
            match day_or_month(date.as_str()) {
                Some(date) => properties.put("date", [date]),
                None => {
                    let (first, last) = reach(date);
                    properties.put("startDate", first.map(|day| day.to_string()));
                    properties.put("endDate", last.map(|day| day.to_string()));
                    properties.put("notes", [format!("EDTF {date}")]);
                }
            }
        }
        properties.put("involved", contact.sides.iter().map(|side| key("side", &side.0)));
        properties.put("involved", told.actors.iter().map(|actor| key("person", actor)));
        let mut reports: BTreeSet<&str> = BTreeSet::new();
        reports.extend(told.accounts.iter().map(|account| account.report.as_str()));
        properties.put("proof", reports.iter().map(|report| key("report", report)));
        properties.put("sourceUrl", export.addresses(told));
        entity("Event", id.clone(), properties)?;
        for account in &told.accounts {
            let mut properties = Properties::default();
            properties.put("document", [key("report", &account.report)]);
            properties.put("entity", [&id]);
            properties.put("role", [&account.status]);
            properties.put("summary", account.evidence.iter().map(|words| words.exact.as_str()));
            let published = export.report(&account.report).and_then(|report| report.published.as_deref());
            properties.put("date", published.and_then(day_or_month));
            entity("Documentation", key("account", &account.id), properties)?;
        }
    }
    for actor in &record.actors {
        for report in &actor.reports {
            let mut properties = Properties::default();
            properties.put("document", [key("report", report)]);
            properties.put("name", [&actor.name]);
            properties.put("resolved", [key("person", &actor.id)]);
            properties.put("detectedSchema", ["Person"]);
            entity("Mention", key("mention", &format!("{}/{report}", actor.id)), properties)?;
        }
    }
    for statement in &record.statements {
        let about = match (&statement.actor, export.side_of(&statement.id)) {
            (Some(actor), _) => key("person", actor),
            (None, Some(side)) => key("side", &side.0),
            (None, None) => {
                left.add(What::StatementsWithoutSide, 1);
                continue;
            }
        };
        let words = statement.quote.as_ref().unwrap_or(&statement.evidence.exact);
        let mut properties = Properties::default();
        properties.put("name", [format!("{}: {}", statement.speaker, statement.act)]);
        properties.put("description", [words]);
        properties.put("keywords", [&statement.act]);
        properties.put("entity", [about]);
        properties.put("entity", statement.about.iter().map(|contact| key("contact", contact)));
        properties.put("proof", [key("report", &statement.report)]);
        entity("Note", key("statement", &statement.id), properties)?;
    }
    Ok(left)
}

/// The date where FollowTheMoney can hold it as it is: a day, a month or a year.
fn day_or_month(date: &str) -> Option<String> {
    let plain = date.bytes().all(|b| b.is_ascii_digit() || b == b'-') && matches!(date.len(), 4 | 7 | 10);
    let month = date.get(5..7).is_none_or(|month| month <= "12");
    (plain && month && Edtf::parse(date).is_ok_and(|date| date.days().is_some())).then(|| date.to_owned())
}

/// An identifier of letters, digits, `-`, `_` and `.`, the same on every run; what has other characters gets a digest.
fn key(kind: &str, name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if name.len() <= 100 && name.chars().all(plain) {
        return format!("depeche-{kind}-{name}");
    }
    let shown: String = name.chars().filter(|c| plain(*c)).take(60).collect();
    format!("depeche-{kind}-{shown}-{:016x}", xxhash_rust::xxh3::xxh3_64(name.as_bytes()))
}

#[derive(Default)]
struct Properties {
    values: Map<String, Value>,
}

impl Properties {
    /// Adds values that say something, each once, on one line.
    fn put(&mut self, name: &str, values: impl IntoIterator<Item = impl AsRef<str>>) {
        for value in values {
            let value = even_out(&legible(value.as_ref()));
            if value.is_empty() {
                continue;
            }
            let there = self.values.entry(name).or_insert_with(|| json!([]));
            if let Value::Array(there) = there
                && !there.iter().any(|known| known == &value)
            {
                there.push(value.into());
            }
        }
    }
}
