//! `depeche explain ID [INPUT…]`: why something is held.

use std::io;

use depeche_interface::{Interface, even_out, quote, reason_in_words, shorten};
use depeche_pipeline::identifier::{self, Item};
use depeche_pipeline::records::{
    self, ActorRecord, ContactRecord, DerivationRecord, DossierStatementRecord, Evidence, Sources,
};
use depeche_pipeline::store::{Dossier, Item as Kept, Named, StoreError};
use depeche_record::{Confidence, Derivation, Dossier as Resolved, Reading, Report, Side};

use crate::arguments::Explain;
use crate::run::{Outcome, Run};
use crate::terminal::Page;
use crate::{dossier, output};

/// Most characters of words shown.
const WORDS: usize = 200;

/// Reads the inputs, or asks the dossier on disk, and explains the item of a reading (`REPORT#c1`) or of the dossier
/// (`c7k2m9`, `s31b5t`, `p04xqe`).
pub fn execute(arguments: &Explain) -> anyhow::Result<Outcome> {
    let mut run = Run::new(&arguments.common)?;
    let printing = &arguments.common.printing;
    let (read, records) = match arguments.inputs.choose() {
        Ok(inputs) => {
            output::check(printing, &inputs, &run.interface)?;
            let mut read = Vec::new();
            run.read(&inputs, |_, report, reading| {
                read.push((report, reading));
                Ok(())
            })?;
            let records = match arguments.id.contains('#') {
                true => Vec::new(),
                false => find(&run.resolve(&read), &read, &arguments.id),
            };
            (read, records)
        }
        Err(file) => {
            let dossier = dossier::open(&file, &run.interface)?;
            run.found(true);
            look_up(&dossier, &arguments.id)
                .map_err(|error| dossier::fault(dossier.path(), &error, &run.interface))?
        }
    };
    let mut output = output::open(printing, &run.interface)?;
    let mut page = Page::new(&mut output.stream, output.colour);
    let mut found = false;
    if let Some((report, item)) = arguments.id.rsplit_once('#')
        && let Some((report, reading)) = read.iter().find(|(there, _)| there.id == report)
    {
        found = explain_item(report, reading, item, &arguments.id, &run, &mut page)?;
    }
    for (n, record) in records.iter().enumerate() {
        if n > 0 {
            page.space()?;
        }
        found |= explain_record(&run, record, &read, &mut page)?;
    }
    output.finish(&run.interface)?;
    if !found {
        output::tell(&run.interface.tell("explain-unknown", &[("id", arguments.id.as_str().into())]));
        return Ok(if run.outcome() == Outcome::Failed { Outcome::Failed } else { Outcome::Nothing });
    }
    Ok(run.outcome())
}

/// Reports with what they say.
type Sheaf = Vec<(Report, Reading)>;

/// An item of a dossier.
enum Record {
    Contact(Box<ContactRecord>),
    Statement(Box<DossierStatementRecord>),
    Actor(Box<ActorRecord>),
}

/// The items of an identifier in a dossier that was just made.
fn find(dossier: &Resolved, read: &[(Report, Reading)], id: &str) -> Vec<Record> {
    let sources = Sources::of(read, &dossier.actors);
    let record = |item: &Item| match *item {
        Item::Contact(n) => Some(Record::Contact(Box::new(sources.contact(&dossier.contacts[n])))),
        Item::Actor(n) => Some(Record::Actor(Box::new(sources.actor(&dossier.actors[n])))),
        Item::Statement(n) => {
            sources.statement(&dossier.statements[n]).map(|statement| Record::Statement(Box::new(statement)))
        }
    };
    identifier::find(dossier, read, id).iter().filter_map(record).collect()
}

/// The items of an identifier in a dossier on disk, with the reports that they rest on and what they say.
fn look_up(dossier: &Dossier, id: &str) -> Result<(Sheaf, Vec<Record>), StoreError> {
    let (mut reports, mut records) = (Vec::new(), Vec::new());
    if let Some((report, _)) = id.rsplit_once('#') {
        reports.extend(dossier.entry(report)?.map(|report| report.id));
    }
    for Named { item, id, .. } in dossier.named(id)? {
        match item {
            Kept::Contact => {
                if let Some(contact) = dossier.contact(&id)? {
                    reports.extend(super::contacts::reports(&contact));
                    records.push(Record::Contact(Box::new(contact)));
                }
            }
            Kept::Statement => {
                if let Some(statement) = dossier.statement(&id)? {
                    reports.push(statement.report.clone());
                    records.push(Record::Statement(Box::new(statement)));
                }
            }
            Kept::Actor => {
                records.extend(dossier.actor(&id)?.map(|actor| Record::Actor(Box::new(actor))));
            }
            _ => {}
        }
    }
    reports.sort();
    reports.dedup();
    let read = reports.iter().map(|report| dossier.report(report)).collect::<Result<_, _>>()?;
    Ok((read, records))
}

fn explain_item(
    report: &Report,
    reading: &Reading,
    item: &str,
    id: &str,
    run: &Run,
    page: &mut Page,
) -> anyhow::Result<bool> {
    let interface = &run.interface;
    let Some(kind) = item.get(..1) else { return Ok(false) };
    let Some(n) = item.get(1..).and_then(|n| n.parse::<usize>().ok()).and_then(|n| n.checked_sub(1)) else {
        return Ok(false);
    };
    let record = records::record(report, reading);
    let (title, evidence, derivation, confidence): (String, Vec<Evidence>, &Derivation, &Confidence) =
        match kind {
            "c" => match (record.contacts.into_iter().nth(n), reading.accounts.get(n)) {
                (Some(told), Some(account)) => {
                    let title = account_title(run, &told.kind, &told.status, &told.sides, &told.participants);
                    (title, told.evidence, &account.derivation, &account.confidence)
                }
                _ => return Ok(false),
            },
            "s" => match (record.statements.into_iter().nth(n), reading.statements.get(n)) {
                (Some(told), Some(statement)) => {
                    let act = interface.say(&format!("act-{}", told.act.replace('_', "-")));
                    let title = format!("{}, {act}", told.speaker);
                    (title, vec![told.evidence], &statement.derivation, &statement.confidence)
                }
                _ => return Ok(false),
            },
            "o" => match (record.origins.into_iter().nth(n), reading.origins.get(n)) {
                (Some(told), Some(origin)) => {
                    let relation = interface.say(&format!("relation-name-{}", told.relation));
                    let title = format!("{}, {relation}", told.name);
                    (title, vec![told.evidence], &origin.derivation, &origin.confidence)
                }
                _ => return Ok(false),
            },
            _ => return Ok(false),
        };
    heading(page, id, &title)?;
    for evidence in &evidence {
        page.paragraph("  │ ", "  │ ", &words(evidence, interface))?;
    }
    page.space()?;
    tree(page, &records::derivation_record(report, derivation), "", "", interface)?;
    page.space()?;
    let share = format!("{:.2}", confidence.value);
    page.paragraph("", "  ", &interface.tell("confidence", &[("share", share.into())]))?;
    for ground in confidence.grounds.iter().filter(|ground| ground.weight.abs() >= SPEAKS) {
        page.paragraph("  · ", "    ", &format!("{:+.1} {}", ground.weight, ground.name))?;
    }
    Ok(true)
}

/// Least weight of a ground that is shown.
const SPEAKS: f64 = 0.1;

fn explain_record(
    run: &Run,
    record: &Record,
    read: &[(Report, Reading)],
    page: &mut Page,
) -> anyhow::Result<bool> {
    let interface = &run.interface;
    let reason = |written: &str| reason_in_words(interface, written, |Side(code)| side_name(run, code));
    match record {
        Record::Contact(contact) => explain_contact(contact, read, run, &reason, page)?,
        Record::Statement(statement) => {
            let Some((report, item)) = statement.reading.rsplit_once('#') else { return Ok(false) };
            let Some((report, reading)) = read.iter().find(|(there, _)| there.id == report) else {
                return Ok(false);
            };
            return explain_item(report, reading, item, &statement.reading, run, page);
        }
        Record::Actor(actor) => explain_actor(actor, &reason, page)?,
    }
    Ok(true)
}

fn explain_actor(actor: &ActorRecord, reason: &impl Fn(&str) -> String, page: &mut Page) -> io::Result<()> {
    heading(page, &actor.id, &actor.name)?;
    if !actor.aliases.is_empty() {
        page.paragraph("  ", "  ", &actor.aliases.join(", "))?;
    }
    for why in &actor.reasons {
        page.paragraph("  · ", "    ", &reason(why))?;
    }
    for report in &actor.reports {
        let report = page.dim(report);
        page.paragraph("  ", "  ", &report)?;
    }
    Ok(())
}

fn explain_contact(
    contact: &ContactRecord,
    read: &[(Report, Reading)],
    run: &Run,
    reason: &impl Fn(&str) -> String,
    page: &mut Page,
) -> io::Result<()> {
    let interface = &run.interface;
    heading(
        page,
        &contact.id,
        &account_title(run, &contact.kind, &contact.status, &contact.sides, &contact.participants),
    )?;
    for account in &contact.accounts {
        page.space()?;
        let why = if account.reason.is_empty() {
            String::new()
        } else {
            format!(" — {}", reason(&account.reason))
        };
        let title = account_title(run, &account.kind, &account.status, &account.sides, &account.participants);
        let id = page.bold(&account.id);
        page.paragraph("", "  ", &format!("{id} {title}{why}"))?;
        let derivation =
            read.iter().find(|(report, _)| report.id == account.report).and_then(|(report, reading)| {
                let n = account.id.rsplit_once("#c")?.1.parse::<usize>().ok()?.checked_sub(1)?;
                Some((report, &reading.accounts.get(n)?.derivation))
            });
        if let Some((report, derivation)) = derivation {
            tree(page, &records::derivation_record(report, derivation), "  ", "  ", interface)?;
        }
    }
    page.space()?;
    for entry in &contact.ledger {
        let stance = interface.say(&format!("stance-{}", entry.stance));
        let line = interface
            .tell("labelled", &[("label", side_name(run, &entry.side).into()), ("words", stance.into())]);
        page.paragraph("", "  ", &line)?;
        for attested in &entry.attested {
            let line = format!(
                "{} ({}) {}",
                attested.speaker,
                attested.report,
                words(&attested.evidence, interface)
            );
            page.paragraph("  · ", "    ", &line)?;
        }
    }
    let corroboration = &contact.corroboration;
    let key = if corroboration.least == corroboration.most { "origins-count" } else { "origins-range" };
    let line =
        interface.tell(key, &[("least", corroboration.least.into()), ("most", corroboration.most.into())]);
    page.paragraph("", "  ", &line)?;
    for why in corroboration.origins.iter().chain(&corroboration.reasons) {
        page.paragraph("  · ", "    ", &reason(why))?;
    }
    Ok(())
}

fn heading(page: &mut Page, id: &str, title: &str) -> io::Result<()> {
    let id = page.bold(id);
    page.paragraph("", "  ", &format!("{id}  {title}"))
}

fn account_title(run: &Run, kind: &str, status: &str, sides: &[String], participants: &[String]) -> String {
    let interface = &run.interface;
    let sides: Vec<String> = sides.iter().map(|code| side_name(run, code)).collect();
    let status =
        interface.tell(&format!("status-{}", status.replace('_', "-")), &[("kind", kind.to_owned().into())]);
    let people =
        if participants.is_empty() { String::new() } else { format!(" ({})", participants.join(", ")) };
    format!("{}, {status}, {}{people}", interface.say(&format!("kind-{kind}")), sides.join(" – "))
}

fn side_name(run: &Run, code: &str) -> String {
    let name = run.pipeline.gazetteer().side_name(code, run.interface.language());
    name.unwrap_or(code).to_owned()
}

/// A step, its words, and below it the steps that it was made of.
fn tree(
    page: &mut Page,
    step: &DerivationRecord,
    first: &str,
    rest: &str,
    interface: &Interface,
) -> io::Result<()> {
    let rule = page.bold(&step.rule);
    let below = if step.children.is_empty() { "  " } else { "│ " };
    page.paragraph(first, &format!("{rest}{below}"), &format!("{rule}  {}", step.conclusion))?;
    if let Some(evidence) = &step.evidence {
        let indent = format!("{rest}{below}  ");
        let quoted = page.dim(&words(evidence, interface));
        page.paragraph(&indent, &indent, &quoted)?;
    }
    for (n, child) in step.children.iter().enumerate() {
        let last = n + 1 == step.children.len();
        let (branch, stem) = if last { ("└ ", "  ") } else { ("├ ", "│ ") };
        tree(page, child, &format!("{rest}{branch}"), &format!("{rest}{stem}"), interface)?;
    }
    Ok(())
}

fn words(evidence: &Evidence, interface: &Interface) -> String {
    let position = interface.tell(
        "position",
        &[("start", evidence.start.to_string().into()), ("end", evidence.end.to_string().into())],
    );
    let quoted = quote(interface, &shorten(&even_out(&evidence.exact), WORDS));
    format!("{quoted} ({position})")
}
