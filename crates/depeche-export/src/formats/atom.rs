//! An Atom feed (RFC 4287) of what changed: each step of each status, and each contradiction, newest first.

use std::io::{self, Write};

use depeche_interface::{even_out, legible, shorten};
use depeche_record::{Day, Edtf};
use maud::{Markup, html};

use super::jsonld::name_of;
use crate::days::reach;
use crate::{Export, LeftOut, Options, What, web_address};

/// Most characters of the words quoted.
const WORDS: usize = 500;

struct Entry {
    day: Day,
    id: String,
    markup: Markup,
}

/// Writes the feed.
pub fn write(export: &Export, _: &Options, out: &mut dyn Write) -> io::Result<LeftOut> {
    let interface = export.material.interface;
    let mut left =
        LeftOut::of(&export.record, &[What::Statements, What::Gaps, What::Judgements, What::Texts]);
    let mut entries: Vec<Entry> = Vec::new();
    for (contact, told) in export.contacts() {
        let mut before = None;
        for (n, step) in contact.history.iter().enumerate() {
            if before.replace(step.status) == Some(step.status) {
                continue;
            }
            let Some(day) = step.told.as_ref().and_then(|told| reach(told).1) else {
                left.add(What::StepsUndated, 1);
                continue;
            };
            let title = format!(
                "{}: {}",
                export.names.title(&told.id),
                export.names.status(step.status, contact.kind)
            );
            let id = name_of("change", &format!("{}/{}/{}", told.id, step.status, step.report));
            let words = told.history.get(n).map(|step| step.evidence.exact.clone()).unwrap_or_default();
            let summary = format!(
                "{} ({})",
                interface.tell("quoted", &[("words", shorten(&even_out(&words), WORDS).into())]),
                export.cited(&step.report)
            );
            let mut lines = vec![export.names.who(contact), summary];
            lines.extend(export.ledger(contact));
            lines.push(export.origins(contact));
            let markup = entry(&id, &title, day, &lines.join("\n"), &told.status, link(export, &step.report));
            entries.push(Entry { day, id, markup });
        }
    }
    for contradiction in &export.record.contradictions {
        let reports = contradiction.versions.iter().filter_map(|version| export.report(&version.report));
        let days = reports.filter_map(|report| reach(&Edtf::parse(report.published.as_deref()?).ok()?).1);
        let Some(day) = days.max() else {
            left.add(What::ContradictionsUndated, 1);
            continue;
        };
        let kind = interface.say(&format!("contradiction-{}", contradiction.kind));
        let title = format!("{}: {kind}", export.names.title(&contradiction.contact));
        let lines: Vec<String> = contradiction
            .versions
            .iter()
            .map(|version| {
                let words = shorten(&even_out(&version.evidence.exact), WORDS);
                let words = format!(
                    "{} ({})",
                    interface.tell("quoted", &[("words", words.into())]),
                    export.cited(&version.report)
                );
                interface
                    .tell("version-line", &[("said", version.value.as_str().into()), ("words", words.into())])
            })
            .collect();
        let id = name_of("contradiction", &format!("{}/{}", contradiction.contact, contradiction.kind));
        let markup = entry(&id, &title, day, &lines.join("\n"), "contradiction", None);
        entries.push(Entry { day, id, markup });
    }
    entries.sort_by(|one, other| other.day.cmp(&one.day).then_with(|| one.id.cmp(&other.id)));
    let updated = entries.first().map_or(export.material.today, |entry| entry.day);
    let feed = html! {
        feed xmlns="http://www.w3.org/2005/Atom" xml:lang=(interface.language()) {
            id { (name_of("feed", "changes")) }
            title { (interface.say("briefing-title")) }
            subtitle { (left.in_words(interface)) }
            updated { (moment(updated)) }
            author { name { "Dépêche" } }
            generator { "Dépêche" }
            @for entry in &entries { (entry.markup) }
        }
    };
    out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")?;
    out.write_all(legible(&feed.into_string()).as_bytes())?;
    out.write_all(b"\n")?;
    Ok(left)
}

fn link(export: &Export, report: &str) -> Option<String> {
    web_address(export.report(report)?.url.as_deref()?)
}

fn entry(id: &str, title: &str, day: Day, content: &str, category: &str, address: Option<String>) -> Markup {
    html! {
        entry {
            id { (id) }
            title type="text" { (even_out(title)) }
            updated { (moment(day)) }
            category term=(category) {}
            @if let Some(address) = address { link rel="via" href=(address) {} }
            content type="text" { (content) }
        }
    }
}

fn moment(day: Day) -> String {
    format!("{day}T00:00:00Z")
}
