//! `depeche coverage`: which sources were followed from when to when, and which fetches failed.

use std::collections::BTreeMap;
use std::io::Write;

use depeche_interface::{Interface, coverage_in_words};
use depeche_pipeline::records;
use depeche_record::followed::Source;

use crate::arguments::{Coverage, CoverageFormat};
use crate::commands::follow::recall;
use crate::dossier::{self, fault};
use crate::output;
use crate::run::Outcome;
use crate::terminal::Page;

/// Failures shown of each source, the latest.
const FAILURES: usize = 5;

/// Prints the coverage that a dossier, or a file of states, holds.
pub fn execute(arguments: &Coverage) -> anyhow::Result<Outcome> {
    let interface = Interface::new(arguments.printing.ui);
    let sources = match &arguments.state {
        Some(state) => recall(state, &interface)?.sources,
        None => {
            let kept = dossier::open(&arguments.file, &interface)?;
            kept.coverage().map_err(|error| fault(kept.path(), &error, &interface))?
        }
    };
    let mut output = output::open(&arguments.printing, &interface)?;
    match arguments.format {
        CoverageFormat::Json => {
            serde_json::to_writer_pretty(&mut output.stream, &records::coverage_records(&sources))?;
            output.stream.write_all(b"\n")?;
        }
        CoverageFormat::Text => {
            let mut page = Page::new(&mut output.stream, output.colour);
            print(&sources, &interface, &mut page)?;
        }
    }
    output.finish(&interface)?;
    Ok(if sources.is_empty() { Outcome::Nothing } else { Outcome::Found })
}

/// The sources, each with its stretches and what failed.
fn print(sources: &BTreeMap<String, Source>, interface: &Interface, page: &mut Page) -> std::io::Result<()> {
    for (number, (address, source)) in sources.iter().enumerate() {
        if number > 0 {
            page.space()?;
        }
        let line = match &source.title {
            Some(title) => format!("{}  {address}", page.bold(title)),
            None => address.clone(),
        };
        page.paragraph("", "  ", &line)?;
        for line in coverage_in_words(interface, source, FAILURES) {
            page.paragraph("  ", "    ", &line)?;
        }
    }
    Ok(())
}
