//! `depeche check`: whether a dossier is whole.

use crate::arguments::Check;
use crate::dossier::{fault, open};
use crate::output;
use crate::run::Outcome;
use crate::terminal::Page;
use depeche_interface::{Interface, Wording};

/// Holds every byte that is kept against its digest or sum; exit status 2 if something is not whole.
pub fn execute(arguments: &Check) -> anyhow::Result<Outcome> {
    let interface = Interface::new(arguments.printing.ui);
    let dossier = open(&arguments.file, &interface)?;
    let checked = dossier.check(|| ()).and_then(|findings| {
        let reports = if findings.is_empty() { dossier.report_count()? } else { 0 };
        Ok((findings, reports))
    });
    let (findings, reports) = checked.map_err(|error| fault(dossier.path(), &error, &interface))?;
    let wording = Wording::new(&interface);
    let mut output = output::open(&arguments.printing, &interface)?;
    let mut page = Page::new(&mut output.stream, output.colour);
    let path = dossier.path().display().to_string();
    for finding in &findings {
        let key = if finding.is_derived { "check-derived" } else { "check-damaged" };
        let words = interface.tell(key, &[("what", finding.what.as_str().into())]);
        page.paragraph("", "  ", &wording.labelled(&path, &words))?;
    }
    if findings.is_empty() {
        page.paragraph("", "  ", &wording.labelled(&path, &wording.count("check-whole", reports)))?;
    }
    output.finish(&interface)?;
    Ok(if findings.is_empty() { Outcome::Found } else { Outcome::Failed })
}
