//! `depeche read INPUT…`: what each report says.

use std::io;

use depeche_interface::dates::{capitalise, in_words};
use depeche_interface::{Interface, assumptions_in_words, even_out, shorten};
use depeche_pipeline::Pipeline;
use depeche_pipeline::records::{self, AccountRecord, Evidence, ReadingRecord, StatementRecord};
use depeche_record::{Edtf, Status};

use crate::arguments::{Read, ReadFormat};
use crate::output;
use crate::run::{Outcome, Run};
use crate::terminal::{Page, status_style};

/// Most characters of words shown.
const WORDS: usize = 320;

/// Prints each reading as soon as those before it are printed; nothing is kept.
pub fn execute(arguments: &Read) -> anyhow::Result<Outcome> {
    let mut run = Run::new(&arguments.common)?;
    output::check(&arguments.common.printing, &arguments.inputs, &run.interface)?;
    let mut output = output::open(&arguments.common.printing, &run.interface)?;
    let interface = Interface::new(arguments.common.printing.ui);
    let mut first = true;
    run.read(&arguments.inputs, |pipeline, report, reading| {
        let record = records::record(&report, &reading);
        match arguments.format {
            ReadFormat::Jsonl => {
                serde_json::to_writer(&mut output.stream, &record)?;
                output.stream.write_all(b"\n")?;
            }
            ReadFormat::Text => {
                let mut page = Page::new(&mut output.stream, output.colour);
                if !std::mem::take(&mut first) {
                    page.space()?;
                }
                render(&record, pipeline, &interface, &mut page)?;
            }
        }
        Ok(())
    })?;
    output.finish(&interface)?;
    Ok(run.outcome())
}

/// Writes a reading for a terminal.
fn render(
    record: &ReadingRecord,
    pipeline: &Pipeline,
    interface: &Interface,
    page: &mut Page,
) -> io::Result<()> {
    let title = record.title.as_ref().map(|title| even_out(title));
    let heading = page.bold(title.as_deref().unwrap_or(&record.id));
    page.paragraph("", "", &heading)?;
    let mut about: Vec<String> = vec![record.id.clone()];
    about.extend(record.outlet.clone());
    about.push(match (&record.published, &record.published_basis) {
        (Some(date), Some(basis)) => interface.tell(
            "report-published",
            &[
                ("date", date_words(interface, date).into()),
                ("basis", interface.say(&format!("basis-{basis}")).into()),
            ],
        ),
        _ => interface.say("report-undated"),
    });
    about.push(interface.say(&format!("language-{}", record.language)));
    let about = page.dim(&about.join(" · "));
    page.paragraph("", "", &about)?;
    let side = |code: &String| {
        let name = pipeline.gazetteer().side_name(code, interface.language());
        name.unwrap_or(code).to_owned()
    };

    if !record.contacts.is_empty() {
        subheading(page, &interface.say("section-contacts"))?;
    }
    for account in &record.contacts {
        render_account(account, &side, interface, page)?;
    }
    if !record.statements.is_empty() {
        subheading(page, &interface.say("section-statements"))?;
    }
    for statement in &record.statements {
        render_statement(statement, &side, interface, page)?;
    }
    if !record.origins.is_empty() {
        subheading(page, &interface.say("section-origins"))?;
    }
    for origin in &record.origins {
        let relation = interface.say(&format!("relation-name-{}", origin.relation));
        let line = format!("{}, {relation}", page.bold(&origin.name));
        page.paragraph(&format!("{}  ", tag(&origin.id)), "    ", &line)?;
        words(page, &origin.evidence, interface)?;
    }
    if record.contacts.is_empty() && record.statements.is_empty() && record.origins.is_empty() {
        let nothing = page.dim(&interface.say("nothing-found"));
        page.paragraph("", "", &nothing)?;
    }
    Ok(())
}

fn render_account(
    account: &AccountRecord,
    side: &impl Fn(&String) -> String,
    interface: &Interface,
    page: &mut Page,
) -> io::Result<()> {
    let status = Status::from_label(&account.status).unwrap_or(Status::Held);
    let key = format!("status-{}", account.status.replace('_', "-"));
    let status_words = interface.tell(&key, &[("kind", account.kind.to_string().into())]);
    let kind = page.bold(&capitalise(&interface.say(&format!("kind-{}", account.kind))));
    let mut line = format!("{kind}, {}", page.style(status_style(status), &status_words));
    let mut place: Vec<String> = Vec::new();
    place.extend(account.date.as_ref().map(|date| match date_words(interface, date) {
        words if words == *date => words,
        words => format!("{words} ({date})"),
    }));
    place.extend(account.place.clone());
    if !place.is_empty() {
        line.push_str(&format!(" · {}", place.join(", ")));
    }
    page.paragraph(&format!("{}  ", tag(&account.id)), "    ", &line)?;
    let sides: Vec<String> = account.sides.iter().map(side).collect();
    let mut who = sides.join(" – ");
    if !account.participants.is_empty() {
        let people = account.participants.join(", ");
        who = interface.tell("labelled", &[("label", who.into()), ("words", people.into())]);
    }
    page.paragraph("    ", "    ", &who)?;
    let assumed = assumptions_in_words(interface, &account.date_assumed);
    if !assumed.is_empty() {
        let assumed = page.dim(&assumed);
        page.paragraph("    ", "    ", &assumed)?;
    }
    account.evidence.iter().try_for_each(|evidence| words(page, evidence, interface))
}

fn render_statement(
    statement: &StatementRecord,
    side: &impl Fn(&String) -> String,
    interface: &Interface,
    page: &mut Page,
) -> io::Result<()> {
    let act = interface.say(&format!("act-{}", statement.act.replace('_', "-")));
    let side = statement.side.as_ref().map(|code| format!(" ({})", side(code))).unwrap_or_default();
    let about: Vec<&str> = statement.about.iter().map(|id| tag(id)).collect();
    let about = if about.is_empty() { String::new() } else { format!(" → {}", about.join(", ")) };
    let line = format!("{}{side}, {act}{about}", page.bold(&statement.speaker));
    page.paragraph(&format!("{}  ", tag(&statement.id)), "    ", &line)?;
    words(page, &statement.evidence, interface)
}

fn subheading(page: &mut Page, words: &str) -> io::Result<()> {
    page.space()?;
    let words = page.bold(words);
    page.paragraph("", "", &words)
}

fn words(page: &mut Page, evidence: &Evidence, interface: &Interface) -> io::Result<()> {
    let position = interface.tell(
        "position",
        &[("start", evidence.start.to_string().into()), ("end", evidence.end.to_string().into())],
    );
    let position = page.dim(&format!("({position})"));
    page.paragraph("    │ ", "    │ ", &format!("{} {position}", shorten(&even_out(&evidence.exact), WORDS)))
}

/// The part of an identifier behind the report's: `c1`.
fn tag(id: &str) -> &str {
    id.rsplit_once('#').map_or(id, |(_, tag)| tag)
}

fn date_words(interface: &Interface, date: &str) -> String {
    Edtf::parse(date).map_or_else(|_| date.to_owned(), |date| in_words(interface, &date))
}
