//! `depeche brief INPUT…`: the dossier of all reports.

use std::io::Write;

use depeche_export::{Material, briefing};
use depeche_interface::legible;
use depeche_pipeline::records;

use crate::arguments::{Brief, BriefFormat};
use crate::run::{Outcome, Run};
use crate::{output, terminal};

/// Reads everything, makes the dossier and prints it.
pub fn execute(arguments: &Brief) -> anyhow::Result<Outcome> {
    let mut run = Run::new(&arguments.common)?;
    output::check(&arguments.common, &arguments.inputs, &run.interface)?;
    let mut read = Vec::new();
    run.read(&arguments.inputs, |_, report, reading| {
        read.push((report, reading));
        Ok(())
    })?;
    let dossier = run.resolve(&read);
    let mut output = output::open(&arguments.common, &run.interface)?;
    if read.is_empty() && arguments.common.output.is_some() {
        // Nothing was read: a dossier written before is worth more than an empty one.
    } else if arguments.format == BriefFormat::Json {
        let record = records::dossier_record(&dossier, &read, &run.problems, Some(run.today));
        serde_json::to_writer_pretty(&mut output.stream, &record)?;
        output.stream.write_all(b"\n")?;
    } else {
        let material = Material {
            dossier: &dossier,
            read: &read,
            problems: &run.problems,
            today: run.today,
            gazetteer: run.pipeline.gazetteer(),
            interface: &run.interface,
        };
        let full = arguments.all || arguments.format == BriefFormat::Html;
        let briefing = briefing::build(&material, full);
        match arguments.format {
            BriefFormat::Html => {
                let page = briefing::html::render(&briefing, &run.interface);
                output.stream.write_all(legible(&page).as_bytes())?;
            }
            BriefFormat::Md => {
                let page = briefing::markdown::render(&briefing, &run.interface);
                output.stream.write_all(legible(&page).as_bytes())?;
            }
            BriefFormat::Text | BriefFormat::Json => {
                let mut page = terminal::Page::new(&mut output.stream, output.colour);
                terminal::render(&briefing, &run.interface, &mut page)?;
            }
        }
    }
    output.finish(&run.interface)?;
    Ok(run.outcome())
}
