//! `depeche read INPUT…`: what each report says.

use std::io::Write;

use depeche_pipeline::records;

use crate::arguments::{Read, ReadFormat};
use crate::output;
use crate::run::{Outcome, Run};

/// Prints each reading as soon as those before it are printed; nothing is kept.
pub fn execute(arguments: &Read) -> anyhow::Result<Outcome> {
    let mut run = Run::new(&arguments.common)?;
    let mut output = output::open(&arguments.common)?;
    run.read(&arguments.inputs, |report, reading| {
        match arguments.format {
            ReadFormat::Jsonl => {
                serde_json::to_writer(&mut output.stream, &records::record(&report, &reading))?;
                output.stream.write_all(b"\n")?;
            }
            ReadFormat::Text => anyhow::bail!("not yet"),
        }
        Ok(())
    })?;
    output.stream.flush()?;
    Ok(run.outcome())
}
