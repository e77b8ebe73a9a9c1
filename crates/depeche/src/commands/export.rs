//! `depeche export [INPUT…] --to FORMAT`: the dossier of the inputs, or the one on disk, in the format of another program.

mod archive;

use std::io::{self, IsTerminal, Write};

use anyhow::bail;
use depeche_export::{Between, Format, Material, Options, Place, export};
use depeche_interface::Interface;

use crate::arguments::{Export, ExportFormat, Nodes, Separator};
use crate::output::{self, Folder, Output};
use crate::run::{Outcome, Run};
use crate::{dossier, print};

/// Reads everything, makes the dossier and writes it; what is left out goes to standard error.
pub fn execute(arguments: &Export) -> anyhow::Result<Outcome> {
    if arguments.to == ExportFormat::Warc {
        return archive::execute(arguments);
    }
    let mut run = Run::new(&arguments.common)?;
    let target = Target::of(arguments, &run.interface)?;
    let (dossier, read) = dossier::gather(&arguments.inputs, &mut run)?;
    if read.is_empty() && arguments.common.printing.output.is_some() {
        // Nothing was read: a dossier written before is worth more than an empty one.
        return Ok(run.outcome());
    }
    let material = Material {
        dossier: &dossier,
        read: &read,
        problems: &run.problems,
        today: run.today,
        gazetteer: run.pipeline.gazetteer(),
        interface: &run.interface,
    };
    let options = Options {
        separator: match arguments.separator {
            Separator::Comma => b',',
            Separator::Semicolon => b';',
            Separator::Tab => b'\t',
        },
        bom: arguments.bom,
        between: match arguments.nodes {
            Nodes::Sides => Between::Sides,
            Nodes::People => Between::People,
        },
    };
    let left = match target {
        Target::Folder(format, mut folder) => {
            let left = export(format, &material, &options, &mut folder)?;
            folder.finish(&run.interface)?;
            left
        }
        Target::Stream(format, only) => {
            let mut output = output::open(&arguments.common.printing, &run.interface)?;
            let left = export(format, &material, &options, &mut Stream { output: &mut output, only })?;
            output.finish(&run.interface)?;
            left
        }
        Target::Print(printer) => {
            let mut page = depeche_export::Memory::default();
            let left = export(printer.prints, &material, &options, &mut page)?;
            let page = page.files.into_values().next().unwrap_or_default();
            let printed = print::pdf(&printer, &page, &run.interface)?;
            let mut output = output::open(&arguments.common.printing, &run.interface)?;
            output.stream.write_all(&printed)?;
            output.finish(&run.interface)?;
            left
        }
    };
    let left = left.in_words(&run.interface);
    if !left.is_empty() {
        output::tell(&left);
    }
    Ok(run.outcome())
}

/// Holds the file that is written to against the inputs.
fn check(arguments: &Export, interface: &Interface) -> anyhow::Result<()> {
    match arguments.inputs.choose() {
        Ok(inputs) => output::check(&arguments.common.printing, &inputs, interface),
        Err(_) => Ok(()),
    }
}

/// Where the export goes, known to be possible before anything is read.
enum Target {
    /// Several files.
    Folder(Format, Folder),
    /// One file or standard output; of several files, the one of this name.
    Stream(Format, Option<String>),
    /// A document for another program to print.
    Print(print::Printer),
}

impl Target {
    fn of(arguments: &Export, interface: &Interface) -> anyhow::Result<Target> {
        let format = match arguments.to {
            ExportFormat::Of(format) => format,
            ExportFormat::NoParquet => bail!(interface.say("export-no-parquet")),
            // An archive is made of captures, before any of this.
            ExportFormat::Pdf | ExportFormat::Warc => {
                check(arguments, interface)?;
                if arguments.common.printing.output.is_none() && io::stdout().is_terminal() {
                    bail!(interface.say("pdf-to-terminal"));
                }
                return Ok(Target::Print(print::Printer::find(interface)?));
            }
        };
        let tables = format.tables();
        let table = arguments.table.as_ref().filter(|_| !tables.is_empty());
        if let Some(table) = table.filter(|table| !tables.contains(&table.as_str())) {
            let tables: Vec<String> = tables.iter().map(|&table| table.to_owned()).collect();
            let values = [("table", table.as_str().into()), ("tables", interface.list(&tables).into())];
            bail!(interface.tell("export-no-table", &values));
        }
        if !format.is_folder() || table.is_some() {
            check(arguments, interface)?;
            return Ok(Target::Stream(format, table.map(|table| format!("{table}.{}", format.extension()))));
        }
        let Some(path) = &arguments.common.printing.output else {
            let table = match tables {
                [] => String::new(),
                _ => interface.say("export-needs-folder-table"),
            };
            let values = [("format", format.name().into()), ("table", table.into())];
            bail!(interface.tell("export-needs-folder", &values));
        };
        Ok(Target::Folder(format, Folder::new(path, interface)?))
    }
}

/// One stream, which takes the one file, or the one of this name.
struct Stream<'a> {
    output: &'a mut Output,
    only: Option<String>,
}

impl Place for Stream<'_> {
    fn file(&mut self, name: &str) -> io::Result<Box<dyn Write + '_>> {
        match &self.only {
            Some(only) if only != name => Ok(Box::new(io::sink())),
            _ => Ok(Box::new(&mut self.output.stream)),
        }
    }
}
