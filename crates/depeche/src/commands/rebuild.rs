//! `depeche rebuild`: what a dossier shows, worked out anew.

use depeche_interface::{Interface, Wording, problem_in_words};
use depeche_pipeline::store::Dossier;
use depeche_pipeline::{BATCH, Desk, Pipeline, Settings};

use crate::arguments::Rebuild;
use crate::dossier::{fault, now};
use crate::output;
use crate::run::Outcome;
use crate::terminal::Page;

/// Reads captures anew where that is wanted, resolves the dossier from its readings, and tells what differs.
pub fn execute(arguments: &Rebuild) -> anyhow::Result<Outcome> {
    let interface = Interface::new(arguments.printing.ui);
    let pipeline = Pipeline::new(Settings { threads: arguments.threads, ..Settings::default() })?;
    let path = &arguments.file.dossier;
    let told = |error| fault(path, &error, &interface);
    let mut dossier = Dossier::open_to_write(path).map_err(told)?;
    let wording = Wording::new(&interface);
    let mut failed = false;
    let mut reread = None;
    if arguments.reread || arguments.reread_all {
        let desk = Desk { place: &|_| String::new(), clock: &now, batch: BATCH };
        let count = pipeline.reread(&mut dossier, arguments.reread_all, &desk, |_, read| {
            if let Err(problem) = read {
                failed = true;
                output::tell(&problem_in_words(&interface, problem));
            }
        });
        reread = Some(count.map_err(told)?);
    }
    let tally = pipeline.show(&mut dossier, &now(), "rebuild").map_err(told)?;
    let mut output = output::open(&arguments.printing, &interface)?;
    let mut page = Page::new(&mut output.stream, output.colour);
    let path = path.display().to_string();
    if let Some(count) = reread {
        page.paragraph("", "  ", &wording.labelled(&path, &wording.count("added-reread", count)))?;
    }
    let words = match tally.is_same() {
        true => interface.say("rebuild-same"),
        false => interface.tell(
            "rebuild-differs",
            &[("new", tally.new.into()), ("changed", tally.changed.into()), ("gone", tally.gone.into())],
        ),
    };
    page.paragraph("", "  ", &wording.labelled(&path, &words))?;
    output.finish(&interface)?;
    Ok(if failed { Outcome::Failed } else { Outcome::Found })
}
