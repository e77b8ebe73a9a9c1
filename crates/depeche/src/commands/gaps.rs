//! `depeche gaps`: what is missing in a dossier.

use depeche_interface::{Interface, Wording};
use std::io;

use depeche_pipeline::records::GapRecord;
use depeche_pipeline::store::Dossier;

use crate::arguments::Question;
use crate::dossier::{Listing, fault, filter, open, paging, print};
use crate::run::Outcome;
use crate::terminal::Page;

/// Lists gaps.
pub fn execute(question: &Question) -> anyhow::Result<Outcome> {
    let interface = Interface::new(question.printing.ui);
    let dossier = open(&question.file, &interface)?;
    let answer = filter(&question.filters, &dossier)
        .and_then(|filter| dossier.gaps(&filter, paging(&question.listed)))
        .map_err(|error| fault(dossier.path(), &error, &interface))?;
    let wording = Wording::new(&interface);
    let listing = Listing {
        count: "count-gaps",
        columns: &["kind", "contact", "side"],
        row: &|gap: &GapRecord| {
            vec![gap.kind.to_string(), gap.contact.clone(), gap.side.clone().unwrap_or_default()]
        },
        rows: None,
        entry: &|gap, page| entry(gap, &dossier, wording, page),
    };
    print(&answer, &listing, &question.listed, &question.printing, wording)
}

/// A gap on a line: its contact, and what is missing.
pub fn entry(gap: &GapRecord, dossier: &Dossier, wording: Wording<'_>, page: &mut Page) -> io::Result<()> {
    let contact = dossier.contact(&gap.contact).ok().flatten();
    let contact = contact.map(|contact| wording.contact(&contact)).unwrap_or_default();
    let mut kind = wording.interface.say(&format!("gap-{}", gap.kind.replace('_', "-")));
    if let Some(side) = &gap.side {
        kind = wording.labelled(&kind, &wording.side(side));
    }
    let id = page.bold(&gap.contact);
    let contact = page.dim(&contact);
    page.paragraph("", "    ", &format!("{id}  {kind} · {contact}"))
}
