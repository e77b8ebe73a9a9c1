//! `depeche origins`: where the knowledge of a dossier comes from.

use depeche_interface::{Interface, Wording};
use depeche_pipeline::store::NamedOrigin;
use serde_json::json;

use crate::arguments::{Origins, QuestionFormat};
use crate::dossier::{Listing, fault, filter, open, paging, print, print_json};
use crate::output;
use crate::run::Outcome;
use crate::terminal::{Page, few};

/// Columns of the table.
const COLUMNS: &[&str] = &["name", "cites", "republishes", "image", "reports"];

/// Lists the origins that reports name; with an identifier, tells what a contact rests on.
pub fn execute(arguments: &Origins) -> anyhow::Result<Outcome> {
    let question = &arguments.question;
    let interface = Interface::new(question.printing.ui);
    if let Some(id) = &arguments.id {
        return of_contact(id, arguments, &interface);
    }
    let dossier = open(&question.file, &interface)?;
    let answer = filter(&question.filters, &dossier)
        .and_then(|filter| dossier.origins(&filter, paging(&question.listed)))
        .map_err(|error| fault(dossier.path(), &error, &interface))?;
    let wording = Wording::new(&interface);
    let listing = Listing {
        count: "found-origins",
        columns: COLUMNS,
        row: &row,
        rows: None,
        entry: &|origin, page| {
            let ways = [
                ("relation-cites", origin.cites),
                ("relation-republishes", origin.republishes),
                ("relation-image", origin.image),
            ];
            let ways: Vec<String> =
                ways.iter().filter(|(_, n)| *n > 0).map(|(key, n)| wording.count(key, *n)).collect();
            let reports = page.dim(&format!("[{}]", few(&origin.reports)));
            let line = format!("{}, {} {reports}", page.bold(&origin.name), ways.join(", "));
            page.paragraph("· ", "  ", &line)
        },
    };
    print(&answer, &listing, &question.listed, &question.printing, wording)
}

fn row(origin: &NamedOrigin) -> Vec<String> {
    vec![
        origin.name.clone(),
        origin.cites.to_string(),
        origin.republishes.to_string(),
        origin.image.to_string(),
        origin.reports.join(" "),
    ]
}

/// The independent origins of a contact and why they are so many; the chain of each report that tells it.
fn of_contact(id: &str, arguments: &Origins, interface: &Interface) -> anyhow::Result<Outcome> {
    let question = &arguments.question;
    let dossier = open(&question.file, interface)?;
    let sheet = dossier.contact_sheet(id).map_err(|error| fault(dossier.path(), &error, interface))?;
    let Some(sheet) = sheet else {
        output::tell(&interface.tell("show-unknown", &[("id", id.into())]));
        return Ok(Outcome::Nothing);
    };
    if question.listed.format != QuestionFormat::Text {
        let value = json!({
            "contact": sheet.contact.id, "corroboration": sheet.contact.corroboration, "reports": sheet.reports,
        });
        print_json(&value, &question.printing, interface)?;
        return Ok(Outcome::Found);
    }
    let wording = Wording::new(interface);
    let mut output = output::open(&question.printing, interface)?;
    let mut page = Page::new(&mut output.stream, output.colour);
    super::contacts::heading(&sheet.contact, wording, &mut page)?;
    let corroboration = &sheet.contact.corroboration;
    page.space()?;
    let line = page.bold(&wording.origins(corroboration.least, corroboration.most));
    page.paragraph("", "  ", &line)?;
    for why in corroboration.origins.iter().chain(&corroboration.reasons) {
        page.paragraph("  · ", "    ", &wording.reason(why))?;
    }
    page.space()?;
    for report in &sheet.reports {
        let named: Vec<String> = report
            .origins
            .iter()
            .map(|origin| {
                let relation = interface.say(&format!("relation-name-{}", origin.relation));
                format!("{} ({relation})", origin.name)
            })
            .collect();
        let outlet = report.outlet.as_ref().map(|outlet| format!(" {outlet}")).unwrap_or_default();
        let line = match named.is_empty() {
            true => format!("{}{outlet}", page.bold(&report.id)),
            false => format!("{}{outlet} → {}", page.bold(&report.id), named.join(", ")),
        };
        page.paragraph("· ", "  ", &line)?;
    }
    output.finish(interface)?;
    Ok(Outcome::Found)
}
