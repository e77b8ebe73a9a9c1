//! A folder of notes that link to one another, for Obsidian and whatever reads its Markdown: contacts, people, sides,
//! reports, and an index. What programs ask for stands at the head of each note as properties.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use depeche_interface::dates::capitalise;
use depeche_interface::{even_out, legible};
use depeche_pipeline::records::DossierStatementRecord;
use depeche_record::Side;

use crate::briefing::markdown::{escape, write_contact_body};
use crate::days::reach;
use crate::{Export, LeftOut, Place, What, briefing, file_name, safe, web_address};

/// Writes the notes.
pub fn write(export: &Export, place: &mut dyn Place) -> io::Result<LeftOut> {
    let interface = export.material.interface;
    let left = LeftOut::of(&export.record, &[What::Judgements, What::Texts]);
    let briefing = briefing::build(export.material, true);
    let notes = Notes::new(export);

    let mut index = Note::default();
    index.heading(1, &briefing.title);
    for line in &briefing.summary {
        index.paragraph(line);
    }
    let mut of_contact: BTreeMap<&str, &briefing::view::Contact> = BTreeMap::new();
    for period in &briefing.timeline {
        index.heading(2, &period.heading);
        for contact in &period.contacts {
            of_contact.insert(&contact.id, contact);
            let date = if contact.date.is_empty() { String::new() } else { format!("{} · ", contact.date) };
            index.item(&format!(
                "{}{} ({})",
                escape(&date),
                notes.contact(&contact.id),
                escape(&contact.status_words)
            ));
        }
    }
    for (key, links) in [
        ("folder-sides", export.sides().into_iter().map(|side| notes.side(side)).collect::<Vec<_>>()),
        ("folder-people", export.record.actors.iter().map(|actor| notes.person(&actor.id)).collect()),
        ("folder-reports", export.record.reports.iter().map(|report| notes.report(&report.id)).collect()),
    ] {
        if !links.is_empty() {
            index.heading(2, &interface.say(key));
            links.iter().for_each(|link| index.item(link));
        }
    }
    if !briefing.gaps.is_empty() {
        index.heading(2, &interface.say("section-gaps"));
        for gap in &briefing.gaps {
            index.heading(3, &gap.kind);
            for (side, contacts) in &gap.groups {
                let links: Vec<String> = contacts.iter().map(|contact| notes.contact(&contact.id)).collect();
                let side = if side.is_empty() { String::new() } else { format!("{} — ", escape(side)) };
                index.item(&format!("{side}{}", links.join(", ")));
            }
        }
    }
    let told = left.in_words(interface);
    if !told.is_empty() {
        index.paragraph(&told);
    }
    index.write(place, &interface.say("folder-index"))?;

    for (contact, told) in export.contacts() {
        let mut note = Note::default();
        note.property("id", &[&told.id]);
        note.property("kind", &[&told.kind]);
        note.property("status", &[&told.status]);
        if let Some(date) = &contact.date {
            note.property("edtf", &[date.as_str()]);
            let (first, last) = reach(date);
            note.property("date", &first.map(|day| day.to_string()).iter().collect::<Vec<_>>());
            note.property("end", &last.map(|day| day.to_string()).iter().collect::<Vec<_>>());
        }
        note.property("place", &told.place.iter().collect::<Vec<_>>());
        note.list("sides", &told.sides);
        note.list(
            "tags",
            &[format!("depeche/{}", told.kind), format!("depeche/{}", told.status.replace('_', "-"))],
        );
        note.heading(1, &capitalise(&export.names.title(&told.id)));
        if let Some(seen) = of_contact.get(told.id.as_str()) {
            note.paragraph(&seen.status_words);
            // Writing to a string cannot fail.
            let _ = write_contact_body(&mut note.body, seen, interface);
        }
        note.links(&interface.say("folder-sides"), contact.sides.iter().map(|side| notes.side(side)));
        note.links(&interface.say("folder-people"), told.actors.iter().map(|actor| notes.person(actor)));
        let mut reports: Vec<&str> = told.accounts.iter().map(|account| account.report.as_str()).collect();
        reports.dedup();
        note.links(&interface.say("folder-reports"), reports.into_iter().map(|report| notes.report(report)));
        let disputed = briefing.contradictions.iter().filter(|one| one.contact.0 == told.id);
        for contradiction in disputed {
            note.heading(2, &capitalise(&contradiction.kind));
            for (said, speaker, passage) in &contradiction.versions {
                let speaker = if speaker.is_empty() { String::new() } else { format!(" ({speaker})") };
                note.item(&format!(
                    "**{}**{} — {} {}",
                    escape(said),
                    escape(&speaker),
                    escape(&passage.words),
                    notes.report(&passage.report)
                ));
            }
        }
        note.write(place, &notes.contacts[told.id.as_str()])?;
    }

    // What each person and side has part in, gathered once: dossiers are large.
    let mut of_person: BTreeMap<&str, Part> = BTreeMap::new();
    let mut of_side: BTreeMap<&Side, Part> = BTreeMap::new();
    for (contact, told) in export.contacts() {
        for actor in &told.actors {
            of_person.entry(actor).or_default().contacts.push(&told.id);
        }
        for side in &contact.sides {
            of_side.entry(side).or_default().contacts.push(&told.id);
        }
    }
    for statement in &export.record.statements {
        match (&statement.actor, export.side_of(&statement.id)) {
            (Some(actor), _) => of_person.entry(actor).or_default().statements.push(statement),
            (None, Some(side)) => of_side.entry(side).or_default().statements.push(statement),
            (None, None) => {}
        }
    }
    for actor in &export.material.dossier.actors {
        for side in &actor.sides {
            of_side.entry(side).or_default().people.push(&actor.id);
        }
    }

    for actor in &export.record.actors {
        let part = of_person.remove(actor.id.as_str()).unwrap_or_default();
        let mut note = Note::default();
        note.property("id", &[&actor.id]);
        note.list("aliases", &actor.aliases);
        note.list("sides", &actor.sides);
        note.list("offices", &actor.offices);
        note.property("gazetteer", &actor.gazetteer.iter().collect::<Vec<_>>());
        note.heading(1, &actor.name);
        for reason in &actor.reasons {
            let side = |side: &Side| export.names.side(side);
            note.item(&escape(&depeche_interface::reason_in_words(interface, reason, side)));
        }
        note.links(&interface.say("folder-contacts"), part.contacts.iter().map(|contact| notes.contact(contact)));
        statements(export, &notes, &mut note, &part.statements);
        note.links(&interface.say("folder-reports"), actor.reports.iter().map(|report| notes.report(report)));
        note.write(place, &notes.people[actor.id.as_str()])?;
    }

    for side in export.sides() {
        let part = of_side.remove(side).unwrap_or_default();
        let mut note = Note::default();
        note.property("side", &[side.to_string()]);
        note.heading(1, &export.names.side(side));
        note.links(
            &interface.say("folder-contacts"),
            part.contacts.iter().map(|contact| notes.contact(contact)),
        );
        note.links(&interface.say("folder-people"), part.people.iter().map(|actor| notes.person(actor)));
        statements(export, &notes, &mut note, &part.statements);
        note.write(place, &notes.sides[&side.0.as_str()])?;
    }

    for (report, seen) in export.record.reports.iter().zip(&briefing.reports) {
        let mut note = Note::default();
        note.property("id", &[&report.id]);
        note.property("outlet", &report.outlet.iter().collect::<Vec<_>>());
        note.property("published", &report.published.iter().collect::<Vec<_>>());
        note.property("language", &[&report.language]);
        note.property("sha256", &report.digest.iter().collect::<Vec<_>>());
        note.heading(1, report.title.as_deref().unwrap_or(&report.id));
        note.paragraph(&seen.about);
        if let Some(address) = report.url.as_deref().and_then(web_address) {
            // In angle brackets nothing of an address is a mark.
            let _ = writeln!(note.body, "<{address}>\n");
        }
        if !seen.passages.is_empty() {
            note.heading(2, &interface.tell("quoted-passages", &[("n", seen.passages.len().into())]));
        }
        for quoted in &seen.passages {
            let links: Vec<String> = quoted.cited_by.iter().map(|id| notes.contact(id)).collect();
            let line = format!("{} ({})", escape(&quoted.passage.words), escape(&quoted.passage.place));
            let _ = writeln!(note.body, "> {line}\n\n{}\n", links.join(", "));
        }
        note.write(place, &notes.reports[report.id.as_str()])?;
    }
    Ok(left)
}

/// What a person or a side has part in.
#[derive(Default)]
struct Part<'a> {
    contacts: Vec<&'a str>,
    people: Vec<&'a str>,
    statements: Vec<&'a DossierStatementRecord>,
}

fn statements(export: &Export, notes: &Notes, note: &mut Note, said: &[&DossierStatementRecord]) {
    let interface = export.material.interface;
    for (n, statement) in said.iter().enumerate() {
        if n == 0 {
            note.heading(2, &interface.say("section-statements"));
        }
        let act = interface.say(&format!("act-{}", statement.act.replace('_', "-")));
        let words = even_out(statement.quote.as_ref().unwrap_or(&statement.evidence.exact));
        let about: Vec<String> = statement.about.iter().map(|contact| notes.contact(contact)).collect();
        let about = if about.is_empty() { String::new() } else { format!(" → {}", about.join(", ")) };
        let report = notes.report(&statement.report);
        note.item(&format!("*{}* {}{about} ({report})", escape(&act), escape(&words)));
    }
}

/// Where each note lies.
struct Notes<'a> {
    contacts: BTreeMap<&'a str, String>,
    people: BTreeMap<&'a str, String>,
    sides: BTreeMap<&'a str, String>,
    reports: BTreeMap<&'a str, String>,
    titles: BTreeMap<String, String>,
}

impl<'a> Notes<'a> {
    fn new(export: &'a Export) -> Notes<'a> {
        let interface = export.material.interface;
        let mut titles = BTreeMap::new();
        let mut names = |folder: &str, all: Vec<(&'a str, String)>| -> BTreeMap<&'a str, String> {
            let folder = interface.say(folder);
            let mut taken: BTreeMap<String, usize> = BTreeMap::new();
            all.into_iter()
                .map(|(id, title)| {
                    let name = file_name(&title, id);
                    // Names that differ by what a file name cannot hold, or by case alone, are numbered.
                    let again = taken.entry(name.to_lowercase()).or_default();
                    *again += 1;
                    let name = if *again > 1 { format!("{name} {again}") } else { name };
                    let path = format!("{folder}/{name}");
                    titles.insert(path.clone(), if title.is_empty() { id.to_owned() } else { title });
                    (id, path)
                })
                .collect()
        };
        let record = &export.record;
        Notes {
            contacts: names(
                "folder-contacts",
                record
                    .contacts
                    .iter()
                    .map(|contact| (contact.id.as_str(), export.names.title(&contact.id)))
                    .collect(),
            ),
            people: names(
                "folder-people",
                record.actors.iter().map(|actor| (actor.id.as_str(), actor.name.clone())).collect(),
            ),
            sides: names(
                "folder-sides",
                export.sides().into_iter().map(|side| (side.0.as_str(), export.names.side(side))).collect(),
            ),
            reports: names(
                "folder-reports",
                record
                    .reports
                    .iter()
                    .map(|report| (report.id.as_str(), report.title.clone().unwrap_or_default()))
                    .collect(),
            ),
            titles,
        }
    }

    fn contact(&self, id: &str) -> String {
        self.link(self.contacts.get(id), id)
    }

    fn person(&self, id: &str) -> String {
        self.link(self.people.get(id), id)
    }

    fn side(&self, side: &Side) -> String {
        self.link(self.sides.get(side.0.as_str()), &side.0)
    }

    fn report(&self, id: &str) -> String {
        self.link(self.reports.get(id), id)
    }

    fn link(&self, path: Option<&String>, id: &str) -> String {
        let Some(path) = path else { return escape(id) };
        let title = self.titles.get(path).map(String::as_str).unwrap_or(id);
        let title: String = title.chars().map(|c| if "[]|<>\\`".contains(c) { ' ' } else { c }).collect();
        // Remarks and highlights begin with doubled marks.
        let title = title.replace("%%", "% %").replace("==", "= =");
        format!("[[{path}|{}]]", even_out(&title))
    }
}

/// A note: properties and text.
#[derive(Default)]
struct Note {
    properties: String,
    body: String,
}

impl Note {
    /// A property of one value; none where there is none.
    fn property(&mut self, name: &str, value: &[impl AsRef<str>]) {
        if let Some(value) = value.first().map(|value| quoted(value.as_ref())) {
            self.properties.push_str(&format!("{name}: {value}\n"));
        }
    }

    /// A property of several values.
    fn list(&mut self, name: &str, values: &[impl AsRef<str>]) {
        if !values.is_empty() {
            self.properties.push_str(&format!("{name}:\n"));
        }
        for value in values {
            self.properties.push_str(&format!("  - {}\n", quoted(value.as_ref())));
        }
    }

    fn heading(&mut self, level: usize, words: &str) {
        let _ = writeln!(self.body, "\n{} {}\n", "#".repeat(level), escape(&even_out(words)));
    }

    fn paragraph(&mut self, words: &str) {
        let _ = writeln!(self.body, "{}\n", escape(words));
    }

    /// A line of a list; the words are Markdown already.
    fn item(&mut self, words: &str) {
        let _ = writeln!(self.body, "- {words}");
    }

    fn links(&mut self, heading: &str, links: impl Iterator<Item = String>) {
        for (n, link) in links.enumerate() {
            if n == 0 {
                self.heading(2, heading);
            }
            self.item(&link);
        }
    }

    fn write(&self, place: &mut dyn Place, path: &str) -> io::Result<()> {
        let mut file = place.file(&format!("{path}.md"))?;
        if !self.properties.is_empty() {
            write!(file, "---\n{}---\n", self.properties)?;
        }
        file.write_all(legible(self.body.trim_start()).as_bytes())?;
        file.flush()
    }
}

/// A value in quotation marks, as JSON and YAML alike have it.
fn quoted(words: &str) -> String {
    let mut out = Vec::new();
    // Writing to memory cannot fail.
    let _ = safe::json(&mut out, &even_out(words));
    String::from_utf8(out).unwrap_or_default()
}
