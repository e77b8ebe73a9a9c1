//! `depeche show ID`: an item of a dossier with all that belongs to it.

use std::io::{self, Write};

use depeche_interface::{Interface, Wording, assumptions_in_words, even_out, legible, quote, shorten};
use depeche_pipeline::records::{Evidence, ReportRecord};
use depeche_pipeline::store::{ActorSheet, ContactSheet, Dossier, Item, Paging, ReportSheet, StoreError};
use depeche_record::Report;
use serde_json::{Value, json};

use super::{actors, contacts, contradictions, statements, versions};
use crate::arguments::{Show, ShowFormat};
use crate::dossier::{fault, open};
use crate::output::{self, Output};
use crate::run::Outcome;
use crate::terminal::Page;

/// Most items below a person.
const MOST: usize = 50;
/// Most characters of words shown.
const WORDS: usize = 320;

/// What an identifier names.
enum Found {
    Contact(Box<ContactSheet>),
    Actor(Box<ActorSheet>),
    Statement(Box<depeche_pipeline::records::DossierStatementRecord>),
    Report(Box<ReportSheet>),
}

/// Shows an item.
pub fn execute(arguments: &Show) -> anyhow::Result<Outcome> {
    let interface = Interface::new(arguments.printing.ui);
    let dossier = open(&arguments.file, &interface)?;
    let told = |error: StoreError| fault(dossier.path(), &error, &interface);
    let found = find(&dossier, &arguments.id).map_err(told)?;
    if found.is_empty() {
        output::tell(&interface.tell("show-unknown", &[("id", arguments.id.as_str().into())]));
        return Ok(Outcome::Nothing);
    }
    let mut output = output::open(&arguments.printing, &interface)?;
    for (n, found) in found.iter().enumerate() {
        if n > 0 && arguments.format == ShowFormat::Text {
            output.stream.write_all(b"\n")?;
        }
        if let Found::Report(sheet) = found
            && (arguments.versions || arguments.text)
        {
            let id = &sheet.report.id;
            if arguments.text {
                let (report, _) = dossier.report(id).map_err(told)?;
                text(&report, arguments.format, &mut output)?;
            } else {
                let history = versions::history(&dossier, id).map_err(told)?;
                match arguments.format {
                    ShowFormat::Json => print_json(&json!(history), &mut output)?,
                    ShowFormat::Text => {
                        let mut page = Page::new(&mut output.stream, output.colour);
                        versions::render(&history, Wording::new(&interface), &mut page)?;
                    }
                }
            }
            continue;
        }
        match arguments.format {
            ShowFormat::Json => print_json(&value(found), &mut output)?,
            ShowFormat::Text => render(found, &dossier, Wording::new(&interface), &mut output)?,
        }
    }
    output.finish(&interface)?;
    Ok(Outcome::Found)
}

fn text(report: &Report, format: ShowFormat, output: &mut Output) -> anyhow::Result<()> {
    match format {
        ShowFormat::Json => print_json(&json!({"report": report.id, "text": report.text}), output),
        ShowFormat::Text => {
            output.stream.write_all(legible(&report.text).as_bytes())?;
            Ok(output.stream.write_all(b"\n")?)
        }
    }
}

fn print_json(value: &Value, output: &mut Output) -> anyhow::Result<()> {
    serde_json::to_writer_pretty(&mut output.stream, value)?;
    Ok(output.stream.write_all(b"\n")?)
}

fn render(found: &Found, dossier: &Dossier, wording: Wording<'_>, output: &mut Output) -> anyhow::Result<()> {
    let mut page = Page::new(&mut output.stream, output.colour);
    match found {
        Found::Contact(sheet) => contact(sheet, dossier, wording, &mut page)?,
        Found::Actor(sheet) => actor(sheet, wording, &mut page)?,
        Found::Statement(statement) => statements::entry(statement, wording, &mut page)?,
        Found::Report(sheet) => report(sheet, wording, &mut page)?,
    }
    Ok(())
}

/// What the identifier names; of several things, each.
fn find(dossier: &Dossier, id: &str) -> Result<Vec<Found>, StoreError> {
    let mut found = Vec::new();
    for named in dossier.named(id)? {
        let id = &named.id;
        found.extend(match named.item {
            Item::Contact => dossier.contact_sheet(id)?.map(|sheet| Found::Contact(Box::new(sheet))),
            Item::Actor => {
                dossier.actor_sheet(id, Paging::first(MOST))?.map(|sheet| Found::Actor(Box::new(sheet)))
            }
            Item::Statement => dossier.statement(id)?.map(|statement| Found::Statement(Box::new(statement))),
            Item::Report => dossier.report_sheet(id)?.map(|sheet| Found::Report(Box::new(sheet))),
            _ => None,
        });
    }
    Ok(found)
}

fn value(found: &Found) -> Value {
    match found {
        Found::Contact(sheet) => json!(sheet),
        Found::Actor(sheet) => json!(sheet),
        Found::Statement(statement) => json!({"statement": statement}),
        Found::Report(sheet) => json!(sheet),
    }
}

fn words(evidence: &Evidence, report: &str, wording: Wording<'_>, page: &Page) -> String {
    let interface = wording.interface;
    let position = interface.tell(
        "position",
        &[("start", evidence.start.to_string().into()), ("end", evidence.end.to_string().into())],
    );
    let source = page.dim(&format!("[{report}, {position}]"));
    format!("{} {source}", quote(interface, &shorten(&even_out(&evidence.exact), WORDS)))
}

fn contact(sheet: &ContactSheet, dossier: &Dossier, wording: Wording<'_>, page: &mut Page) -> io::Result<()> {
    let interface = wording.interface;
    let contact = &sheet.contact;
    contacts::heading(contact, wording, page)?;
    let assumed = assumptions_in_words(interface, &contact.date_assumed);
    if !assumed.is_empty() {
        let assumed = page.dim(&assumed);
        page.paragraph("    ", "    ", &assumed)?;
    }
    page.space()?;
    for entry in &contact.ledger {
        let stance = interface.say(&format!("stance-{}", entry.stance));
        let line = wording.labelled(&wording.side(&entry.side), &page.bold(&stance));
        page.paragraph("", "  ", &line)?;
        for attested in &entry.attested {
            let speaker = if attested.speaker.is_empty() {
                String::new()
            } else {
                format!("{} — ", attested.speaker)
            };
            let line = format!("{speaker}{}", words(&attested.evidence, &attested.report, wording, page));
            page.paragraph("  · ", "    ", &line)?;
        }
    }
    if contact.history.windows(2).any(|pair| pair[0].status != pair[1].status) {
        page.heading(&interface.say("history"))?;
        for step in &contact.history {
            let told =
                step.told.as_ref().map(|date| format!("{} — ", wording.date(date))).unwrap_or_default();
            let status = page.bold(&wording.status(&step.status, &contact.kind));
            let line = format!("{told}{status} — {}", words(&step.evidence, &step.report, wording, page));
            page.paragraph("· ", "  ", &line)?;
        }
    }
    page.heading(&interface.say("section-sources"))?;
    let corroboration = &contact.corroboration;
    page.paragraph("", "  ", &wording.origins(corroboration.least, corroboration.most))?;
    for why in corroboration.origins.iter().chain(&corroboration.reasons) {
        page.paragraph("  · ", "    ", &wording.reason(why))?;
    }
    page.heading(&interface.say("section-accounts"))?;
    for account in &contact.accounts {
        let mut told = vec![wording.kind(&account.kind), wording.status(&account.status, &account.kind)];
        told.extend(account.date.as_ref().map(|date| wording.date(date)));
        told.extend(account.place.clone());
        let id = page.bold(&account.id);
        page.paragraph("", "  ", &format!("{id} {}", told.join(", ")))?;
        for evidence in &account.evidence {
            let line = words(evidence, &account.report, wording, page);
            page.paragraph("  │ ", "  │ ", &line)?;
        }
    }
    if !sheet.statements.is_empty() {
        page.heading(&interface.say("section-statements"))?;
    }
    for statement in &sheet.statements {
        statements::entry(statement, wording, page)?;
    }
    if !sheet.contradictions.is_empty() {
        page.heading(&interface.say("section-contradictions"))?;
    }
    for contradiction in &sheet.contradictions {
        contradictions::entry(contradiction, dossier, wording, page)?;
    }
    if !sheet.gaps.is_empty() {
        page.heading(&interface.say("section-gaps"))?;
    }
    for gap in &sheet.gaps {
        let mut line = interface.say(&format!("gap-{}", gap.kind.replace('_', "-")));
        if let Some(side) = &gap.side {
            line = wording.labelled(&line, &wording.side(side));
        }
        page.paragraph("· ", "  ", &line)?;
    }
    Ok(())
}

fn actor(sheet: &ActorSheet, wording: Wording<'_>, page: &mut Page) -> io::Result<()> {
    let interface = wording.interface;
    actors::entry(&sheet.actor, wording, page)?;
    for why in &sheet.actor.reasons {
        page.paragraph("  · ", "    ", &wording.reason(why))?;
    }
    if sheet.contacts.total > 0 {
        page.heading(&interface.say("section-contacts"))?;
    }
    for contact in &sheet.contacts.items {
        contacts::entry(contact, wording, page)?;
    }
    if sheet.statements.total > 0 {
        page.heading(&interface.say("section-statements"))?;
    }
    for statement in &sheet.statements.items {
        statements::entry(statement, wording, page)?;
    }
    for (shown, total, key) in [
        (sheet.contacts.items.len(), sheet.contacts.total, "found-contacts"),
        (sheet.statements.items.len(), sheet.statements.total, "found-statements"),
    ] {
        if shown < total {
            let count = wording.count(key, total);
            let line = interface
                .tell("list-part", &[("count", count.into()), ("first", 1.into()), ("last", shown.into())]);
            let line = page.dim(&line);
            page.paragraph("", "", &line)?;
        }
    }
    Ok(())
}

/// A report on a line: identifier, title, outlet, day.
fn line_of(report: &ReportRecord, wording: Wording<'_>, page: &Page) -> String {
    let mut about: Vec<String> = Vec::new();
    about.extend(report.title.as_ref().map(|title| even_out(title)));
    about.extend(report.outlet.clone());
    about.push(match &report.published {
        Some(date) => wording.date(date),
        None => wording.interface.say("report-undated"),
    });
    format!("{}  {}", page.bold(&report.id), about.join(" · "))
}

fn report(sheet: &ReportSheet, wording: Wording<'_>, page: &mut Page) -> io::Result<()> {
    let interface = wording.interface;
    let report = &sheet.report;
    let line = line_of(report, wording, page);
    page.paragraph("", "  ", &line)?;
    let address = page.dim(&report.address);
    page.paragraph("  ", "  ", &address)?;
    for origin in &report.origins {
        let relation = interface.say(&format!("relation-name-{}", origin.relation));
        let quoted = words(&origin.evidence, &report.id, wording, page);
        page.paragraph("  · ", "    ", &format!("{}, {relation} — {quoted}", page.bold(&origin.name)))?;
    }
    if !sheet.lineage.is_empty() {
        page.heading(&interface.say("section-lineage"))?;
        for other in &sheet.lineage {
            let line = line_of(other, wording, page);
            page.paragraph("· ", "  ", &line)?;
        }
        if sheet.kin > sheet.lineage.len() {
            let more = sheet.kin - sheet.lineage.len();
            page.paragraph("  ", "  ", &interface.tell("lineage-more", &[("n", more.into())]))?;
        }
        for link in &report.links {
            let line = interface.tell(
                "lineage-link",
                &[
                    ("first", report.id.as_str().into()),
                    ("second", link.report.as_str().into()),
                    ("reason", wording.reason(&link.reason).into()),
                    ("share", format!("{:.0}", link.score * 100.0).into()),
                ],
            );
            page.paragraph("  ", "    ", &line)?;
        }
    }
    if !sheet.contacts.is_empty() {
        page.heading(&interface.say("section-contacts"))?;
    }
    for contact in &sheet.contacts {
        contacts::entry(contact, wording, page)?;
    }
    if !sheet.statements.is_empty() {
        page.heading(&interface.say("section-statements"))?;
    }
    for statement in &sheet.statements {
        statements::entry(statement, wording, page)?;
    }
    Ok(())
}
