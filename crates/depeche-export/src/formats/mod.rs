//! One file a format. Each writes the whole dossier, or says what it leaves out.

mod actor_code;
mod atom;
mod calendar;
mod cameo;
mod csv;
mod ftm;
mod gexf;
mod graphml;
mod jsonl;
mod jsonld;
mod obsidian;
mod page;
#[cfg(feature = "parquet")]
mod parquet;
mod plover;
mod tables;
mod timelinejs;
mod timesketch;

use std::io::{self, Write};

pub use tables::TABLES;

use crate::{Export, LeftOut, Options, Place};

macro_rules! formats {
    ($($(#[doc = $doc:literal])* $(#[cfg($condition:meta)])? $variant:ident = $name:literal $extension:literal,)*) => {
        /// The formats.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Format { $($(#[doc = $doc])* $(#[cfg($condition)])? $variant,)* }

        impl Format {
            /// All of them, in the manual's order.
            pub const ALL: &'static [Format] = &[$($(#[cfg($condition)])? Format::$variant,)*];

            /// The name as users type it.
            pub fn name(self) -> &'static str {
                match self { $($(#[cfg($condition)])? Format::$variant => $name,)* }
            }

            /// The ending of its files.
            pub fn extension(self) -> &'static str {
                match self { $($(#[cfg($condition)])? Format::$variant => $extension,)* }
            }

            /// What it is, for help: one line of English.
            pub fn about(self) -> &'static str {
                match self { $($(#[cfg($condition)])? Format::$variant => concat!($($doc),*).trim_ascii(),)* }
            }
        }
    };
}

formats! {
    /// Tables for spreadsheets, one a file.
    Csv = "csv" "csv",
    /// Tables for data tools, one a file, exact: lists, numbers and days as such.
    #[cfg(feature = "parquet")]
    Parquet = "parquet" "parquet",
    /// One JSON object a line: everything, exact.
    Jsonl = "jsonl" "jsonl",
    /// Who met whom, for graph programs.
    Graphml = "graphml" "graphml",
    /// Who met whom over time, for Gephi.
    Gexf = "gexf" "gexf",
    /// Contacts as all-day events of a calendar.
    Ical = "ical" "ics",
    /// Contacts for TimelineJS.
    Timelinejs = "timelinejs" "json",
    /// Contacts, statements and reports for Timesketch.
    Timesketch = "timesketch" "csv",
    /// Entities of FollowTheMoney, for Aleph.
    Ftm = "ftm" "ftm.json",
    /// Events as PLOVER 2.0 has them.
    Plover = "plover" "plover.jsonl",
    /// Events as CAMEO has them.
    Cameo = "cameo" "cameo.csv",
    /// JSON-LD: schema.org with Web Annotation.
    Jsonld = "jsonld" "jsonld",
    /// A feed of what changed.
    Atom = "atom" "atom",
    /// The briefing as Markdown.
    Markdown = "markdown" "md",
    /// The briefing as one page.
    Html = "html" "html",
    /// The briefing for paper, with footnotes on their pages; `typst compile` makes a PDF of it.
    Typst = "typst" "typ",
    /// The timeline as a picture.
    Svg = "svg" "svg",
    /// A folder of linked notes.
    Obsidian = "obsidian" "md",
}

impl Format {
    /// Whether it makes several files.
    pub fn is_folder(self) -> bool {
        self == Format::Obsidian || !self.tables().is_empty()
    }

    /// The tables that it makes a file of each; none of most.
    pub fn tables(self) -> &'static [&'static str] {
        match self {
            Format::Csv => &TABLES,
            #[cfg(feature = "parquet")]
            Format::Parquet => &TABLES,
            _ => &[],
        }
    }
}

pub(crate) fn write(
    format: Format,
    export: &Export,
    options: &Options,
    place: &mut dyn Place,
) -> io::Result<LeftOut> {
    let one: fn(&Export, &Options, &mut dyn Write) -> io::Result<LeftOut> = match format {
        Format::Csv => return csv::write(export, options, place),
        #[cfg(feature = "parquet")]
        Format::Parquet => return parquet::write(export, place),
        Format::Obsidian => return obsidian::write(export, place),
        Format::Jsonl => jsonl::write,
        Format::Graphml => graphml::write,
        Format::Gexf => gexf::write,
        Format::Ical => calendar::write,
        Format::Timelinejs => timelinejs::write,
        Format::Timesketch => timesketch::write,
        Format::Ftm => ftm::write,
        Format::Plover => plover::write,
        Format::Cameo => cameo::write,
        Format::Jsonld => jsonld::write,
        Format::Atom => atom::write,
        Format::Markdown => page::markdown,
        Format::Html => page::html,
        Format::Typst => page::typst,
        Format::Svg => page::svg,
    };
    let mut file = place.file(&format!("dossier.{}", format.extension()))?;
    let left = one(export, options, &mut file)?;
    file.flush()?;
    Ok(left)
}
