//! The subcommands, one file each; those that show what the language stage finds share one.

mod actors;
mod add;
mod analysis;
mod brief;
mod changes;
mod check;
mod completions;
mod contacts;
mod contradictions;
mod coverage;
mod explain;
mod export;
mod follow;
mod gaps;
mod judge;
mod log;
mod man;
mod origins;
mod read;
mod rebuild;
mod search;
mod serve;
mod show;
mod statements;
mod versions;

use crate::arguments::{Arguments, Command};
use crate::run::Outcome;

/// Does what the arguments ask.
pub fn execute(arguments: Arguments) -> anyhow::Result<Outcome> {
    match arguments.command {
        Command::Read(read) => read::execute(&read),
        Command::Brief(brief) => brief::execute(&brief),
        Command::Export(export) => export::execute(&export),
        Command::Explain(explain) => explain::execute(&explain),
        Command::Add(add) => add::execute(&add),
        Command::Contacts(question) => contacts::execute(&question),
        Command::Statements(question) => statements::execute(&question),
        Command::Actors(question) => actors::execute(&question),
        Command::Origins(origins) => origins::execute(&origins),
        Command::Contradictions(question) => contradictions::execute(&question),
        Command::Gaps(question) => gaps::execute(&question),
        Command::Search(search) => search::execute(&search),
        Command::Show(show) => show::execute(&show),
        Command::Changes(changes) => changes::execute(&changes),
        Command::Judge(judge) => judge::execute(&judge),
        Command::Log(log) => log::execute(&log),
        Command::Check(check) => check::execute(&check),
        Command::Rebuild(rebuild) => rebuild::execute(&rebuild),
        Command::Tokens(trees) => analysis::tokens(&trees),
        Command::Parse(trees) => analysis::parse(&trees),
        Command::Names(listing) => analysis::names(&listing),
        Command::Dates(listing) => analysis::dates(&listing),
        Command::Follow(follow) => follow::execute(&follow),
        Command::Coverage(coverage) => coverage::execute(&coverage),
        Command::Serve(serve) => serve::execute(&serve),
        Command::Completions { shell } => completions::execute(shell),
        Command::Man(arguments) => man::execute(&arguments),
    }
}
