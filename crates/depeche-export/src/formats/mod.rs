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
mod plover;
mod timelinejs;
mod timesketch;

use std::io::{self, Write};

pub use csv::TABLES;

use crate::{Export, LeftOut, Options, Place};

macro_rules! formats {
    ($($(#[doc = $doc:literal])* $variant:ident = $name:literal $extension:literal,)*) => {
        /// The formats.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Format { $($(#[doc = $doc])* $variant,)* }

        impl Format {
            /// All of them, in the manual's order.
            pub const ALL: &'static [Format] = &[$(Format::$variant,)*];

            /// The name as users type it.
            pub fn name(self) -> &'static str {
                match self { $(Format::$variant => $name,)* }
            }

            /// The ending of its files.
            pub fn extension(self) -> &'static str {
                match self { $(Format::$variant => $extension,)* }
            }
        }
    };
}

formats! {
    /// Tables for spreadsheets, one a file.
    Csv = "csv" "csv",
    /// One JSON object a line, exact.
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
    /// Entities of FollowTheMoney, for Aleph and OpenSanctions' tools.
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
    /// The timeline as a picture.
    Svg = "svg" "svg",
    /// A folder of linked notes.
    Obsidian = "obsidian" "md",
}

impl Format {
    /// Whether it makes several files.
    pub fn is_folder(self) -> bool {
        matches!(self, Format::Csv | Format::Obsidian)
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
        Format::Svg => page::svg,
    };
    let mut file = place.file(&format!("dossier.{}", format.extension()))?;
    let left = one(export, options, &mut file)?;
    file.flush()?;
    Ok(left)
}
