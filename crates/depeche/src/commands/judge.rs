//! `depeche judge …`: a decision of a person, recorded.

use std::fs;
use std::io::{self, Read as _, Write};

use anyhow::{Context, anyhow, bail};
use depeche_interface::{Interface, Wording};
use depeche_pipeline::judge::{self, Judged};
use depeche_pipeline::records::{JudgementRecord, SubjectRecord};
use depeche_pipeline::store::{Dossier, LogFilter, Paging, StoreError, judgement_id};
use depeche_pipeline::{Pipeline, Settings};

use super::log;
use crate::arguments::{Decide, Judge};
use crate::dossier::{fault, now};
use crate::output;
use crate::run::Outcome;
use crate::terminal::Page;

/// Records a decision and brings the dossier up to date; or writes or takes in all of them.
pub fn execute(arguments: &Judge) -> anyhow::Result<Outcome> {
    let interface = Interface::new(arguments.printing.ui);
    let path = &arguments.dossier;
    let told = |error: StoreError| fault(path, &error, &interface);
    if let Decide::Export { file } = &arguments.decision {
        let dossier = Dossier::open(path).map_err(told)?;
        let mut printing = arguments.printing.clone();
        printing.output = file.clone().or(printing.output);
        let mut output = output::open(&printing, &interface)?;
        let judgements = dossier.judgements().map_err(told)?;
        for judgement in &judgements {
            serde_json::to_writer(&mut output.stream, judgement)?;
            output.stream.write_all(b"\n")?;
        }
        output.finish(&interface)?;
        return Ok(if judgements.is_empty() { Outcome::Nothing } else { Outcome::Found });
    }
    let mut dossier = Dossier::open_to_write(path).map_err(told)?;
    let judgements = match &arguments.decision {
        Decide::Import { file } => import(file, &interface)?,
        _ => vec![decide(arguments, &dossier, &interface)?],
    };
    let recorded = dossier.judge(&judgements, &now()).map_err(told)?;
    let pipeline = Pipeline::new(Settings::default())?;
    if !dossier.is_current().map_err(told)? {
        pipeline.show(&mut dossier, &now(), "judge").map_err(told)?;
    }
    let wording = Wording::new(&interface);
    let mut output = output::open(&arguments.printing, &interface)?;
    let mut page = Page::new(&mut output.stream, output.colour);
    if matches!(arguments.decision, Decide::Import { .. }) {
        let line = interface.tell(
            "judge-imported",
            &[("new", recorded.new.len().into()), ("known", recorded.known.len().into())],
        );
        page.paragraph("", "  ", &wording.labelled(&path.display().to_string(), &line))?;
    } else {
        let filter =
            LogFilter { ids: judgements.iter().map(|j| j.id.clone()).collect(), ..LogFilter::default() };
        for judgement in dossier.log(&filter, Paging::ALL).map_err(told)?.items {
            log::entry(&judgement, wording, &mut page)?;
        }
    }
    output.finish(&interface)?;
    for id in &recorded.clashing {
        output::tell(&interface.tell("judge-clash", &[("id", id.as_str().into())]));
    }
    Ok(if recorded.clashing.is_empty() { Outcome::Found } else { Outcome::Failed })
}

/// The judgement of the arguments.
fn decide(arguments: &Judge, dossier: &Dossier, interface: &Interface) -> anyhow::Result<JudgementRecord> {
    let subject = |id: &str| -> anyhow::Result<SubjectRecord> {
        match judge::subject(dossier, id).map_err(|error| fault(dossier.path(), &error, interface))? {
            Judged::Subject(subject) => Ok(subject),
            Judged::Several(ids) => bail!(
                interface
                    .tell("judge-several", &[("id", id.to_owned().into()), ("ids", ids.join(", ").into())])
            ),
            Judged::Nothing => bail!(interface.tell("show-unknown", &[("id", id.to_owned().into())])),
        }
    };
    let (decision, about, field, value) = match &arguments.decision {
        Decide::Same { first, second } => ("same", vec![subject(first)?, subject(second)?], None, None),
        Decide::NotSame { first, second } => {
            ("not_same", vec![subject(first)?, subject(second)?], None, None)
        }
        Decide::Accept { id } => ("accept", vec![subject(id)?], None, None),
        Decide::Reject { id } => ("reject", vec![subject(id)?], None, None),
        Decide::Correct { id, field, value } => {
            ("correct", vec![subject(id)?], Some(field.clone()), Some(value.clone()))
        }
        Decide::Note { id, words } => ("note", vec![subject(id)?], None, Some(words.clone())),
        Decide::Undo { judgement } => {
            let judgements =
                dossier.judgements().map_err(|error| fault(dossier.path(), &error, interface))?;
            let mut fitting = judgements.iter().filter(|other| other.id.starts_with(judgement.as_str()));
            let id = match (fitting.next(), fitting.next()) {
                (Some(one), None) => one.id.clone(),
                (None, _) => {
                    bail!(interface.tell("judge-unknown", &[("id", judgement.as_str().into())]))
                }
                (Some(one), Some(other)) => bail!(interface.tell(
                    "judge-several",
                    &[("id", judgement.as_str().into()), ("ids", format!("{}, {}", one.id, other.id).into()),]
                )),
            };
            ("undo", Vec::new(), None, Some(id))
        }
        // Neither decides anything.
        Decide::Export { .. } | Decide::Import { .. } => bail!("no decision"),
    };
    let account =
        || ["DEPECHE_AUTHOR", "USER", "LOGNAME", "USERNAME"].iter().find_map(|n| std::env::var(n).ok());
    let author = arguments.author.clone().or_else(account).filter(|author| !author.trim().is_empty());
    let author = author.ok_or_else(|| anyhow!(interface.say("judge-nobody")))?;
    let mut judgement = JudgementRecord {
        id: String::new(),
        author,
        time: now(),
        reason: arguments.reason.clone(),
        decision: decision.into(),
        about,
        field,
        value,
        outcome: "applied".into(),
        by: None,
    };
    judgement.id = judgement_id(&judgement);
    Ok(judgement)
}

/// The judgements of a file, one JSON object a line.
fn import(file: &std::path::Path, interface: &Interface) -> anyhow::Result<Vec<JudgementRecord>> {
    let name = file.display().to_string();
    let mut content = String::new();
    let read = match name.as_str() {
        "-" => io::stdin().read_to_string(&mut content).map(|_| ()),
        _ => fs::read_to_string(file).map(|read| content = read),
    };
    read.with_context(|| interface.tell("cannot-read", &[("path", name.as_str().into())]))?;
    let mut judgements = Vec::new();
    for (n, line) in content.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let judgement: JudgementRecord = serde_json::from_str(line).map_err(|why| {
            let values = [("path", format!("{name}:{}", n + 1).into()), ("why", why.to_string().into())];
            anyhow!(interface.tell("judge-bad-line", &values))
        })?;
        judgements.push(judgement);
    }
    Ok(judgements)
}
