//! `depeche actors`: the people of a dossier.

use depeche_interface::{Interface, Wording};
use std::io;

use depeche_pipeline::records::ActorRecord;

use crate::arguments::Question;
use crate::dossier::{Listing, fault, filter, open, paging, print};
use crate::run::Outcome;
use crate::terminal::Page;
use depeche_interface::even_out;

/// Columns of the table.
const COLUMNS: &[&str] = &["id", "name", "aliases", "sides", "offices", "gazetteer", "reports"];
/// Most names and offices shown.
const FEW: usize = 6;

/// Lists people.
pub fn execute(question: &Question) -> anyhow::Result<Outcome> {
    let interface = Interface::new(question.printing.ui);
    let dossier = open(&question.file, &interface)?;
    let answer = filter(&question.filters, &dossier)
        .and_then(|filter| dossier.actors(&filter, paging(&question.listed)))
        .map_err(|error| fault(dossier.path(), &error, &interface))?;
    let wording = Wording::new(&interface);
    let listing = Listing {
        count: "found-actors",
        columns: COLUMNS,
        row: &row,
        rows: None,
        entry: &|actor, page| entry(actor, wording, page),
    };
    print(&answer, &listing, &question.listed, &question.printing, wording)
}

fn row(actor: &ActorRecord) -> Vec<String> {
    vec![
        actor.id.clone(),
        actor.name.clone(),
        actor.aliases.join("; "),
        actor.sides.join(" "),
        actor.offices.join("; "),
        actor.gazetteer.clone().unwrap_or_default(),
        actor.reports.len().to_string(),
    ]
}

/// A person: name and sides, other names, offices.
pub fn entry(actor: &ActorRecord, wording: Wording<'_>, page: &mut Page) -> io::Result<()> {
    let indent = " ".repeat(actor.id.chars().count() + 2);
    let sides = match actor.sides.as_slice() {
        [] => String::new(),
        sides => format!(" ({})", sides.iter().map(|side| wording.side(side)).collect::<Vec<_>>().join(", ")),
    };
    let named = page.dim(&format!(" · {}", wording.count("found-reports", actor.reports.len())));
    let line = format!("{}{sides}{named}", page.bold(&actor.name));
    page.paragraph(&format!("{}  ", page.bold(&actor.id)), &indent, &line)?;
    for names in [&actor.aliases, &actor.offices] {
        if !names.is_empty() {
            let mut few: Vec<String> = names.iter().take(FEW).map(|name| even_out(name)).collect();
            if names.len() > FEW {
                few.push(format!("… +{}", names.len() - FEW));
            }
            let line = page.dim(&few.join(", "));
            page.paragraph(&indent, &indent, &line)?;
        }
    }
    Ok(())
}
