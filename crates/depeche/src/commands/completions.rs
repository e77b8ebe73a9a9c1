//! `depeche completions SHELL`.

use std::io::{self, Write};

use clap::CommandFactory;
use clap_complete::Shell;

use crate::arguments::Arguments;
use crate::run::Outcome;

/// Prints the completion script.
pub fn execute(shell: Shell) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "depeche", &mut script);
    io::stdout().write_all(&script)?;
    Ok(Outcome::Found)
}
