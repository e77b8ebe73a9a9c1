//! `depeche coverage FILE`: which sources were followed from when to when, and which fetches failed.

use std::io::Write;

use depeche_interface::{Interface, legible};
use depeche_pipeline::acquire::{Followed, Source};

use crate::arguments::{Coverage, CoverageFormat};
use crate::commands::follow::recall;
use crate::output;
use crate::run::Outcome;

/// Failures shown of each source, the latest.
const MISSES: usize = 5;

/// Prints the coverage that a state holds.
pub fn execute(arguments: &Coverage) -> anyhow::Result<Outcome> {
    let interface = Interface::new(arguments.printing.ui);
    let followed = recall(&arguments.state, &interface)?;
    let mut output = output::open(&arguments.printing, &interface)?;
    match arguments.format {
        CoverageFormat::Json => {
            serde_json::to_writer_pretty(&mut output.stream, &followed.sources)?;
            output.stream.write_all(b"\n")?;
        }
        CoverageFormat::Text => output.stream.write_all(in_words(&followed, &interface).as_bytes())?,
    }
    output.finish(&interface)?;
    Ok(if followed.sources.is_empty() { Outcome::Nothing } else { Outcome::Found })
}

/// The sources, each with its stretches and what failed.
fn in_words(followed: &Followed, interface: &Interface) -> String {
    let mut lines = Vec::new();
    for (address, source) in &followed.sources {
        lines.push(match &source.title {
            Some(title) => format!("{title}  {address}"),
            None => address.clone(),
        });
        lines.extend(of_source(source, interface));
        lines.push(String::new());
    }
    legible(&lines.join("\n")).into_owned()
}

fn of_source(source: &Source, interface: &Interface) -> Vec<String> {
    let mut lines = Vec::new();
    for (number, stretch) in source.stretches.iter().enumerate() {
        if number > 0 {
            lines.push(format!("  {}", interface.say("coverage-gap")));
        }
        let words = interface.tell(
            "coverage-stretch",
            &[
                ("from", minute(&stretch.from).into()),
                ("to", minute(&stretch.to).into()),
                ("looks", stretch.looks.to_string().into()),
            ],
        );
        lines.push(format!("  {words}"));
    }
    if source.stretches.is_empty() {
        lines.push(format!("  {}", interface.say("coverage-never")));
    }
    let counts = [("pages", source.pages.to_string().into()), ("failed", source.failed.to_string().into())];
    lines.push(format!("  {}", interface.tell("coverage-counts", &counts)));
    for miss in source.misses.iter().rev().take(MISSES) {
        lines.push(format!("    {}  {}  {}", minute(&miss.time), miss.address, miss.detail));
    }
    if source.failing {
        lines.push(format!("  {}", interface.say("coverage-failing")));
    }
    lines
}

/// A moment without its seconds: `2025-08-06 14:30 UTC`.
fn minute(time: &str) -> String {
    match (time.get(..10), time.get(11..16)) {
        (Some(day), Some(minute)) => format!("{day} {minute} UTC"),
        _ => time.to_owned(),
    }
}
