//! `depeche man`.

use std::fmt::Write as _;
use std::io::{self, Write};

use clap::{Arg, Command, CommandFactory};

use crate::arguments::{Arguments, Man, ManFormat};
use crate::run::Outcome;

/// Prints the manual page, then those of the subcommands.
pub fn execute(arguments: &Man) -> anyhow::Result<Outcome> {
    let mut command = Arguments::command();
    command.build();
    let page = match arguments.format {
        ManFormat::Roff => roff(&command)?,
        ManFormat::Markdown => markdown(&command).into_bytes(),
    };
    io::stdout().write_all(&page)?;
    Ok(Outcome::Found)
}

fn roff(command: &Command) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for subcommand in shown(command) {
        clap_mangen::Man::new(subcommand.clone()).render(&mut page)?;
    }
    Ok(page)
}

/// The subcommands that people are told of.
fn shown(command: &Command) -> impl Iterator<Item = &Command> {
    command.get_subcommands().filter(|one| !one.is_hide_set() && one.get_name() != "help")
}

/// Every command with its arguments, as the help of each says it.
fn markdown(command: &Command) -> String {
    let mut page =
        "# Reference\n\nEvery command and option, made from the program: `depeche man --format markdown`.\n"
            .to_owned();
    for one in shown(command) {
        section(one, "depeche", 2, &mut page);
    }
    page
}

fn section(command: &Command, above: &str, depth: usize, page: &mut String) {
    let name = format!("{above} {}", command.get_name());
    // Writing to a string does not fail.
    let _ = writeln!(page, "\n{} {name}\n", "#".repeat(depth));
    let about = command.get_long_about().or(command.get_about());
    if let Some(about) = about {
        let _ = writeln!(page, "{}\n", about.to_string().replace("\n\n", "\n").trim());
    }
    let usage = command.clone().render_usage().to_string();
    let _ = writeln!(page, "```text\n{}\n```", usage.trim_start_matches("Usage: "));
    let arguments = command.get_arguments().filter(|one| !one.is_hide_set());
    let rows: Vec<String> = arguments.filter(|one| one.get_id() != "help").map(row).collect();
    if !rows.is_empty() {
        let _ = writeln!(page, "\n| argument | |\n| --- | --- |\n{}", rows.join("\n"));
    }
    for one in shown(command) {
        section(one, &name, depth + 1, page);
    }
}

/// An argument as a row: how it is written, what it does, what it takes.
fn row(argument: &Arg) -> String {
    let values = argument.get_value_names().unwrap_or_default();
    let takes = argument.get_action().takes_values();
    let value = match (takes, values) {
        (false, _) => String::new(),
        (true, []) => argument.get_id().to_string().to_uppercase(),
        (true, names) => names.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(" "),
    };
    let long = argument.get_long().map(|long| format!("--{long}"));
    let short = argument.get_short().map(|short| format!("-{short}"));
    let flags: Vec<String> = long.into_iter().chain(short).collect();
    let written = match (flags.as_slice(), value.as_str()) {
        ([], value) => format!("`{value}`"),
        (flags, "") => flags.iter().map(|flag| format!("`{flag}`")).collect::<Vec<_>>().join(", "),
        (flags, value) => flags.iter().map(|flag| format!("`{flag} {value}`")).collect::<Vec<_>>().join(", "),
    };
    let help = argument.get_long_help().or(argument.get_help()).map(ToString::to_string).unwrap_or_default();
    let mut help = help.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|");
    if !help.is_empty() && !help.ends_with('.') {
        help.push('.');
    }
    let possible: Vec<String> = argument
        .get_possible_values()
        .iter()
        .filter(|value| takes && !value.is_hide_set())
        .map(|value| format!("`{}`", value.get_name()))
        .collect();
    if !possible.is_empty() {
        help.push_str(&format!(" One of {}.", possible.join(", ")));
    }
    let defaults: Vec<String> =
        argument.get_default_values().iter().map(|value| format!("`{}`", value.to_string_lossy())).collect();
    if takes && !defaults.is_empty() && !argument.is_hide_default_value_set() {
        help.push_str(&format!(" Default: {}.", defaults.join(", ")));
    }
    format!("| {written} | {help} |")
}
