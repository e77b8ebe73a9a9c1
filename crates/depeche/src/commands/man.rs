//! `depeche man`.

use std::io::{self, Write};

use clap::CommandFactory;

use crate::arguments::Arguments;
use crate::run::Outcome;

/// Prints the manual page, then those of the subcommands.
pub fn execute() -> anyhow::Result<Outcome> {
    let mut page = Vec::new();
    let mut command = Arguments::command();
    command.build();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for subcommand in command.get_subcommands().filter(|subcommand| !subcommand.is_hide_set()) {
        clap_mangen::Man::new(subcommand.clone()).render(&mut page)?;
    }
    io::stdout().write_all(&page)?;
    Ok(Outcome::Found)
}
