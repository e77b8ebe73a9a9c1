//! The command: `depeche brief`, `read`, `export`, `explain`.
//!
//! What comes in: arguments, and the inputs that they name. What goes out: a briefing, readings or a derivation on
//! standard output or in a file, problems on standard error, and an exit status: 0 found, 1 nothing found, 2 something
//! failed. The clock is read here and nowhere else, and the language of the system.

mod arguments;
mod commands;
mod dossier;
mod output;
mod print;
mod run;
mod terminal;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    run::quiet_reader_faults();
    let arguments = arguments::Arguments::parse();
    match commands::execute(arguments) {
        Ok(outcome) => outcome.into(),
        Err(fault) if output::is_closed_pipe(&fault) => ExitCode::SUCCESS,
        Err(fault) => {
            output::tell(&format!("depeche: {fault:#}"));
            ExitCode::from(2)
        }
    }
}
