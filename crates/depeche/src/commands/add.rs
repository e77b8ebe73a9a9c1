//! `depeche add INPUT…`: reports into a dossier on disk.

use depeche_interface::Wording;
use std::io::Write;
use std::path::Path;

use depeche_pipeline::store::{Admission, Dossier};
use depeche_pipeline::{Added, Desk, Event, acquire};
use depeche_record::Capture;
use serde_json::json;

use crate::arguments::{Add, AddFormat};
use crate::dossier::{behind, fault, now};
use crate::output;
use crate::run::{Outcome, Run, network};
use crate::terminal::Page;

/// Reads what the dossier does not have, keeps it batch by batch, and brings the dossier up to date unless that is put off.
pub fn execute(arguments: &Add) -> anyhow::Result<Outcome> {
    let mut run = Run::new(&arguments.common)?;
    let printing = &arguments.common.printing;
    output::check(printing, &arguments.inputs, &run.interface)?;
    let path = &arguments.file.dossier;
    let mut dossier = Dossier::make(path).map_err(|error| fault(path, &error, &run.interface))?;
    let mut output = output::open(printing, &run.interface)?;
    let options = acquire::Options {
        leave_out: Some(path.clone()),
        network: network(&arguments.common.network),
        ..acquire::Options::default()
    };
    let captures = acquire::captures(&arguments.inputs.inputs, &options);
    let desk = Desk { place: &place, clock: &now, batch: arguments.batch };
    let mut lines = |event: &Event<'_>| -> std::io::Result<()> {
        if let (AddFormat::Jsonl, Event::Kept { admission, address, .. }) = (arguments.format, event) {
            let (outcome, version) = match admission {
                Admission::New { .. } => ("new", None),
                Admission::Version { number, .. } => ("version", Some(number)),
                Admission::Reread { .. } => ("reread", None),
                Admission::Known { .. } => ("known", None),
            };
            let line =
                json!({"report": admission.id(), "address": address, "outcome": outcome, "version": version});
            writeln!(output.stream, "{line}")?;
            output.stream.flush()?;
        }
        Ok(())
    };
    let added = match arguments.later {
        true => run.take_in(&mut dossier, captures, &desk, &mut lines),
        false => run.add(&mut dossier, captures, &desk, &mut lines),
    };
    let added = added.map_err(|error| fault(path, &error, &run.interface))?;
    if arguments.format == AddFormat::Text {
        let mut page = Page::new(&mut output.stream, output.colour);
        summary(&added, &dossier, Wording::new(&run.interface), &mut page)?;
    }
    output.finish(&run.interface)?;
    if arguments.later
        && let Some(words) =
            behind(&dossier, &run.interface).map_err(|error| fault(path, &error, &run.interface))?
    {
        output::tell(&words);
    }
    Ok(match (added.missed, added.new + added.versions + added.reread + added.known) {
        (0, 0) => Outcome::Nothing,
        (0, _) => Outcome::Found,
        _ => Outcome::Failed,
    })
}

/// What makes two captures versions of one report: an identifier of its own, an address on the web, or a file, whatever
/// way leads to it. What has none of these, such as a message in a mailbox, is known by its bytes alone.
pub fn place(capture: &Capture) -> String {
    let line = |name: &str| name.rsplit_once(':').and_then(|(_, line)| line.parse::<u64>().ok());
    let file = Path::new(&capture.address).canonicalize().ok().filter(|path| path.is_file());
    match (&capture.given.url, file) {
        // A line of JSON Lines or a message; an identifier made for it ends with its number.
        _ if line(&capture.address).is_some() && line(&capture.address) != line(&capture.id) => {
            format!("id {}", capture.id)
        }
        (Some(url), _) => format!("url {}", url.split('#').next().unwrap_or(url)),
        (None, Some(file)) => format!("file {}", file.display()),
        (None, None) => format!("bytes {}", capture.digest),
    }
}

/// What was added, and what the dossier has by now.
pub fn summary(
    added: &Added,
    dossier: &Dossier,
    wording: Wording<'_>,
    page: &mut Page,
) -> anyhow::Result<()> {
    let parts = [
        ("added-new", added.new),
        ("added-versions", added.versions),
        ("added-reread", added.reread),
        ("added-known", added.known),
        ("added-missed", added.missed),
    ];
    let parts: Vec<String> =
        parts.iter().filter(|(_, n)| *n > 0).map(|(key, n)| wording.count(key, *n)).collect();
    let counts = dossier.counts()?;
    let path = dossier.path().display().to_string();
    let added = if parts.is_empty() { wording.interface.say("added-nothing") } else { parts.join(", ") };
    page.paragraph("", "  ", &wording.labelled(&path, &added))?;
    let holds = [
        wording.count("found-reports", counts.reports),
        wording.count("found-contacts", counts.contacts),
        wording.interface.tell("found-statements", &[("n", counts.statements.into())]),
        wording.count("found-actors", counts.actors),
        wording.count("summary-contradictions", counts.contradictions),
    ];
    let line = wording.labelled(&wording.interface.say("dossier-holds"), &holds.join(", "));
    page.paragraph("", "  ", &line)?;
    Ok(())
}
