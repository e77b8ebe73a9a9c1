//! The subcommands, one file each.

mod completions;
mod man;
mod read;

use crate::arguments::{Arguments, Command};
use crate::run::Outcome;

/// Does what the arguments ask.
pub fn execute(arguments: Arguments) -> anyhow::Result<Outcome> {
    match arguments.command {
        Command::Read(read) => read::execute(&read),
        Command::Brief(_) => anyhow::bail!("not yet"),
        Command::Explain(_) => anyhow::bail!("not yet"),
        Command::Completions { shell } => completions::execute(shell),
        Command::Man => man::execute(),
    }
}
