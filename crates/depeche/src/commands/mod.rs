//! The subcommands, one file each.

mod brief;
mod completions;
mod explain;
mod man;
mod read;

use crate::arguments::{Arguments, Command};
use crate::run::Outcome;

/// Does what the arguments ask.
pub fn execute(arguments: Arguments) -> anyhow::Result<Outcome> {
    match arguments.command {
        Command::Read(read) => read::execute(&read),
        Command::Brief(brief) => brief::execute(&brief),
        Command::Explain(explain) => explain::execute(&explain),
        Command::Completions { shell } => completions::execute(shell),
        Command::Man => man::execute(),
    }
}
