//! `depeche brief INPUT…`: the dossier of all reports.

use std::io::Write;

use depeche_pipeline::records;

use crate::arguments::{Brief, BriefFormat};
use crate::briefing::{self, Material};
use crate::output;
use crate::run::{Outcome, Run};

/// Reads everything, makes the dossier and prints it.
pub fn execute(arguments: &Brief) -> anyhow::Result<Outcome> {
    let mut run = Run::new(&arguments.common)?;
    let mut read = Vec::new();
    run.read(&arguments.inputs, |_, report, reading| {
        read.push((report, reading));
        Ok(())
    })?;
    let dossier = run.resolve(&read);
    let mut output = output::open(&arguments.common, &run.interface)?;
    if arguments.format == BriefFormat::Json {
        let record = records::dossier_record(&dossier, &read, &run.problems, Some(run.today));
        serde_json::to_writer_pretty(&mut output.stream, &record)?;
        output.stream.write_all(b"\n")?;
    } else {
        let briefing = briefing::build(&Material {
            dossier: &dossier,
            read: &read,
            problems: &run.problems,
            today: run.today,
            gazetteer: run.pipeline.gazetteer(),
            interface: &run.interface,
            all: arguments.all || arguments.format == BriefFormat::Html,
        });
        match arguments.format {
            BriefFormat::Html => {
                output.stream.write_all(briefing::html::render(&briefing, &run.interface).as_bytes())?;
            }
            BriefFormat::Md => {
                output.stream.write_all(briefing::markdown::render(&briefing, &run.interface).as_bytes())?;
            }
            BriefFormat::Text | BriefFormat::Json => {
                let mut page = briefing::text::Page::new(&mut output.stream, output.colour);
                briefing::text::render(&briefing, &run.interface, &mut page)?;
            }
        }
    }
    output.stream.flush()?;
    Ok(run.outcome())
}
