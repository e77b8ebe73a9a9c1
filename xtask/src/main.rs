//! See ARCHITECTURE.md.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, bail};
use xtask::score::{Gold, read_records, score_dossier, score_readings};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &[String]) -> Result<()> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["score", gold, records] => {
            let (figures, _) =
                score_readings(&Gold::open(Path::new(gold))?, &read_records(Path::new(records))?);
            write!(std::io::stdout(), "{}", figures.json())?;
        }
        ["score-dossier", gold, dossier] => {
            let dossier = serde_json::from_str(&std::fs::read_to_string(dossier)?)?;
            write!(std::io::stdout(), "{}", score_dossier(&Gold::open(Path::new(gold))?, &dossier)?.json())?;
        }
        _ => bail!("unknown chore"),
    }
    Ok(())
}
