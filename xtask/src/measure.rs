//! The library run over a gold folder, and what it scores.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use depeche_pipeline::acquire::{Options, captures};
use depeche_pipeline::record::{Reading, Report};
use depeche_pipeline::records::{dossier_record, record};
use depeche_pipeline::{Pipeline, Settings};

use crate::annotated;
use crate::score::{Figures, Gold, Slip, score_dossier, score_readings};

/// What a gold folder was scored at.
#[derive(Debug, Clone)]
pub struct Measured {
    /// Figures of the readings.
    pub readings: Figures,
    /// Misses and false finds, report by report.
    pub slips: Vec<Slip>,
    /// Figures of the dossier, where the folder has a merged view.
    pub dossier: Option<Figures>,
    /// Figures of the dossier of the annotated accounts: what of the errors is the resolver's own.
    pub resolver: Option<Figures>,
}

impl Measured {
    /// The figures that can be held to a floor, by name; those of the dossier with `dossier_` before them,
    /// those of the dossier of annotated accounts with `resolver_`.
    pub fn held(&self) -> BTreeMap<String, f64> {
        let under = |name: &'static str, figures: &Option<Figures>| {
            let held = figures.iter().flat_map(Figures::held);
            held.map(|(figure, value)| (format!("{name}_{figure}"), value)).collect::<Vec<_>>()
        };
        let dossier = under("dossier", &self.dossier).into_iter().chain(under("resolver", &self.resolver));
        self.readings.held().into_iter().chain(dossier).collect()
    }
}

/// The reports of a gold folder with their readings.
pub fn read_folder(folder: &Path) -> Result<Vec<(Report, Reading)>> {
    read_with(&Pipeline::new(Settings::default())?, folder)
}

/// The same, by a pipeline that is there.
pub fn read_with(pipeline: &Pipeline, folder: &Path) -> Result<Vec<(Report, Reading)>> {
    let inputs = [folder.join("texts.jsonl")];
    let options = Options::default();
    let (mut read, mut problems) = (Vec::<(Report, Reading)>::new(), Vec::new());
    pipeline.read_all(captures(&inputs, &options), |result| match result {
        Ok(pair) => read.push(pair),
        Err(problem) => problems.push(problem),
    });
    if let Some(problem) = problems.iter().find(|problem| problem.is_failure()) {
        bail!("{}: {}", problem.subject, problem.detail);
    }
    Ok(read)
}

/// Reads the texts of a gold folder and scores what was found.
pub fn measure(folder: &Path) -> Result<Measured> {
    let gold = Gold::open(folder)?;
    let pipeline = Pipeline::new(Settings::default())?;
    let mut read = read_with(&pipeline, folder)?;
    let mut records = BTreeMap::new();
    for (report, reading) in &read {
        let value = serde_json::to_value(record(report, reading)).context("a record is no JSON")?;
        records.insert(report.id.clone(), value);
    }
    let (readings, slips) = score_readings(&gold, &records);
    let score = |read: &[(Report, Reading)]| -> Result<Figures> {
        let dossier = dossier_record(&pipeline.resolve(read, &[]), read, &[], None);
        score_dossier(&gold, &serde_json::to_value(dossier).context("a dossier is no JSON")?)
    };
    let (mut dossier, mut resolver) = (None, None);
    if gold.dossier.is_some() {
        dossier = Some(score(&read)?);
        for (report, reading) in &mut read {
            let annotated =
                gold.report(&report.id).with_context(|| format!("{}: not annotated", report.id))?;
            annotated::correct(report, reading, &annotated.annotation)?;
        }
        resolver = Some(score(&read)?);
    }
    Ok(Measured { readings, slips, dossier, resolver })
}
