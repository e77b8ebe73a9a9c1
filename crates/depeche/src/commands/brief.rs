//! `depeche brief [INPUT…]`: the dossier of all reports, or the one on disk.

use std::io::Write;

use depeche_export::{Material, briefing};
use depeche_interface::legible;
use depeche_pipeline::records;

use crate::arguments::{Brief, BriefFormat};
use crate::run::{Outcome, Run};
use crate::{dossier, output, terminal};

/// Reads everything, or what is kept, makes the dossier and prints it.
pub fn execute(arguments: &Brief) -> anyhow::Result<Outcome> {
    let mut run = Run::new(&arguments.common)?;
    if let Ok(inputs) = arguments.inputs.choose() {
        output::check(&arguments.common.printing, &inputs, &run.interface)?;
    }
    let (dossier, read) = dossier::gather(&arguments.inputs, &mut run)?;
    let mut output = output::open(&arguments.common.printing, &run.interface)?;
    if read.is_empty() && arguments.common.printing.output.is_some() {
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
