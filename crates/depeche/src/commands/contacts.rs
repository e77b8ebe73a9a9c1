//! `depeche contacts`: the contacts of a dossier.

use depeche_interface::{Interface, Wording};
use std::io;

use depeche_pipeline::records::ContactRecord;
use depeche_record::Status;

use crate::arguments::Question;
use crate::dossier::{Listing, fault, filter, open, paging, print};
use crate::run::Outcome;
use crate::terminal::{Page, status_style};
use depeche_interface::dates::capitalise;

/// Columns of the table.
const COLUMNS: &[&str] =
    &["id", "kind", "status", "date", "place", "sides", "participants", "least", "most", "reports"];

/// Lists contacts.
pub fn execute(question: &Question) -> anyhow::Result<Outcome> {
    let interface = Interface::new(question.printing.ui);
    let dossier = open(&question.file, &interface)?;
    let answer = filter(&question.filters, &dossier)
        .and_then(|filter| dossier.contacts(&filter, paging(&question.listed)))
        .map_err(|error| fault(dossier.path(), &error, &interface))?;
    let wording = Wording::new(&interface);
    let listing = Listing {
        count: "found-contacts",
        columns: COLUMNS,
        row: &row,
        rows: None,
        entry: &|contact, page| {
            entry(contact, wording, page)?;
            page.space()
        },
    };
    print(&answer, &listing, &question.listed, &question.printing, wording)
}

fn row(contact: &ContactRecord) -> Vec<String> {
    vec![
        contact.id.clone(),
        contact.kind.to_string(),
        contact.status.to_string(),
        contact.date.clone().unwrap_or_default(),
        contact.place.clone().unwrap_or_default(),
        contact.sides.join(" "),
        contact.participants.join("; "),
        contact.corroboration.least.to_string(),
        contact.corroboration.most.to_string(),
        reports(contact).join(" "),
    ]
}

/// The reports that tell a contact, each once.
pub fn reports(contact: &ContactRecord) -> Vec<String> {
    let mut reports: Vec<String> = contact.accounts.iter().map(|account| account.report.clone()).collect();
    reports.sort();
    reports.dedup();
    reports
}

/// A contact in three lines: what, when and where; who; what each side says and what it rests on.
pub fn entry(contact: &ContactRecord, wording: Wording<'_>, page: &mut Page) -> io::Result<()> {
    let indent = " ".repeat(contact.id.chars().count() + 2);
    heading(contact, wording, page)?;
    let mut known: Vec<String> = contact
        .ledger
        .iter()
        .filter(|entry| entry.stance != "silent")
        .map(|entry| {
            let stance = wording.interface.say(&format!("stance-{}", entry.stance));
            wording.labelled(&wording.side(&entry.side), &stance)
        })
        .collect();
    known.push(wording.origins(contact.corroboration.least, contact.corroboration.most));
    known.push(wording.count("found-reports", reports(contact).len()));
    let known = page.dim(&known.join(" · "));
    page.paragraph(&indent, &indent, &known)
}

/// What, when and where; who.
pub fn heading(contact: &ContactRecord, wording: Wording<'_>, page: &mut Page) -> io::Result<()> {
    let indent = " ".repeat(contact.id.chars().count() + 2);
    let status = Status::from_label(&contact.status).unwrap_or(Status::Possible);
    let kind = page.bold(&capitalise(&wording.kind(&contact.kind)));
    let words = wording.status(&contact.status, &contact.kind);
    let mut line = format!("{kind}, {}", page.style(status_style(status), &words));
    let mut setting: Vec<String> = Vec::new();
    setting.extend(contact.date.as_ref().map(|date| wording.exact_date(date)));
    setting.extend(contact.place.as_ref().map(|place| wording.place(place)));
    if !setting.is_empty() {
        line.push_str(&format!(" · {}", setting.join(", ")));
    }
    page.paragraph(&format!("{}  ", page.bold(&contact.id)), &indent, &line)?;
    let mut who = wording.sides(&contact.sides);
    if !contact.participants.is_empty() {
        who = wording.labelled(&who, &contact.participants.join(", "));
    }
    page.paragraph(&indent, &indent, &who)
}
