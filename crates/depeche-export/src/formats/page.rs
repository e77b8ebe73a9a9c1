//! What people read, from the briefing: Markdown, one page, paper, the picture.

use std::io::{self, Write};

use depeche_interface::legible;

use crate::{Export, LeftOut, Options, What, briefing, timeline};

/// The briefing as Markdown, in full.
pub fn markdown(export: &Export, _: &Options, out: &mut dyn Write) -> io::Result<LeftOut> {
    let briefing = briefing::build(export.material, true);
    let page = briefing::markdown::render(&briefing, export.material.interface);
    out.write_all(legible(&page).as_bytes())?;
    Ok(LeftOut::of(&export.record, &[What::Judgements, What::Texts]))
}

/// The briefing as one page, in full.
pub fn html(export: &Export, _: &Options, out: &mut dyn Write) -> io::Result<LeftOut> {
    let briefing = briefing::build(export.material, true);
    let page = briefing::html::render(&briefing, export.material.interface);
    out.write_all(legible(&page).as_bytes())?;
    Ok(LeftOut::of(&export.record, &[What::Judgements, What::Texts]))
}

/// The briefing for paper, in full.
pub fn typst(export: &Export, _: &Options, out: &mut dyn Write) -> io::Result<LeftOut> {
    let briefing = briefing::build(export.material, true);
    let page = briefing::typst::render(&briefing, export.material.interface);
    out.write_all(legible(&page).as_bytes())?;
    Ok(LeftOut::of(&export.record, &[What::Judgements, What::Texts]))
}

/// The timeline as a picture on its own.
pub fn svg(export: &Export, _: &Options, out: &mut dyn Write) -> io::Result<LeftOut> {
    let picture = timeline::Timeline::new(export.material, &export.names);
    let left = LeftOut::of(
        &export.record,
        &[What::Statements, What::Contradictions, What::Gaps, What::Ledger, What::Judgements, What::Texts],
    );
    out.write_all(legible(&picture.svg(export.material.interface, &|_| None)).as_bytes())?;
    out.write_all(b"\n")?;
    Ok(left)
}
