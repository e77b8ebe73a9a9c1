//! `depeche export --to warc`: what was captured, as web archivists keep it.

use std::io;

use depeche_interface::{Interface, problem_in_words};
use depeche_pipeline::acquire::{self, WarcWriter};
use depeche_pipeline::store::StoreError;

use crate::arguments::Export;
use crate::dossier::{self, fault, now};
use crate::output;
use crate::run::{Outcome, network};

/// What ended the writing of a dossier's captures.
enum Ended {
    Kept(StoreError),
    Written(io::Error),
}

impl From<StoreError> for Ended {
    fn from(error: StoreError) -> Ended {
        Ended::Kept(error)
    }
}

/// Writes every version of every report that the dossier keeps, or each report of the inputs.
pub fn execute(arguments: &Export) -> anyhow::Result<Outcome> {
    let printing = &arguments.common.printing;
    let interface = Interface::new(printing.ui);
    let chosen = arguments.inputs.choose();
    if let Ok(inputs) = &chosen {
        output::check(printing, inputs, &interface)?;
    }
    let kept = match &chosen {
        Ok(_) => None,
        Err(file) => Some(dossier::open(file, &interface)?),
    };
    let is_packed =
        printing.output.as_ref().is_some_and(|path| path.extension().is_some_and(|end| end == "gz"));
    let mut output = output::open(printing, &interface)?;
    let time = now();
    let software = concat!("depeche ", env!("CARGO_PKG_VERSION"));
    let mut archive = WarcWriter::new(&mut output.stream, is_packed, software, &time)?;
    let (mut any, mut failed) = (false, false);
    if let Some(kept) = &kept {
        let written = kept.each_capture(|version, capture| {
            any = true;
            archive.write(&capture, &version.taken).map_err(Ended::Written)
        });
        match written {
            Ok(()) => {}
            Err(Ended::Written(error)) => return Err(error.into()),
            Err(Ended::Kept(error)) => return Err(fault(kept.path(), &error, &interface)),
        }
    } else if let Ok(inputs) = &chosen {
        let options = acquire::Options {
            leave_out: printing.output.clone(),
            network: network(&arguments.common.network),
            ..acquire::Options::default()
        };
        for capture in acquire::captures(&inputs.inputs, &options) {
            match capture {
                Ok(capture) => {
                    any = true;
                    archive.write(&capture, &time)?;
                }
                Err(problem) => {
                    failed |= problem.is_failure();
                    output::tell(&problem_in_words(&interface, &problem));
                }
            }
        }
    }
    archive.finish()?;
    output.finish(&interface)?;
    Ok(match (failed, any) {
        (true, _) => Outcome::Failed,
        (false, true) => Outcome::Found,
        (false, false) => Outcome::Nothing,
    })
}
