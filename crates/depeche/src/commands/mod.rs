//! The subcommands, one file each; those that show what the language stage finds share one.

mod analysis;
mod brief;
mod completions;
mod coverage;
mod explain;
mod follow;
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
        Command::Tokens(trees) => analysis::tokens(&trees),
        Command::Parse(trees) => analysis::parse(&trees),
        Command::Names(listing) => analysis::names(&listing),
        Command::Dates(listing) => analysis::dates(&listing),
        Command::Follow(follow) => follow::execute(&follow),
        Command::Coverage(coverage) => coverage::execute(&coverage),
        Command::Completions { shell } => completions::execute(shell),
        Command::Man => man::execute(),
    }
}
