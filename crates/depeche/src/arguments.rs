//! The arguments: help, completions and the man page are made from these definitions. Those of the commands that ask a
//! dossier on disk are in `dossier`.

mod dossier;

use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::Duration;

use clap::builder::PossibleValue;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use depeche_export::Format;
use depeche_interface::Interface;
use depeche_record::{Day, Edtf, Language};

pub use dossier::{
    Add, AddFormat, Changes, Check, Decide, DossierFile, Fetch, Filters, Judge, Listed, Log, Origins,
    Question, QuestionFormat, Rebuild, Search, Serve, Show, ShowFormat,
};

/// Reads news reports and reconstructs the diplomacy they describe: who met, called or wrote to whom, who confirms or
/// denies it, and where the knowledge comes from. Every line is traceable to the words it rests on. All is done on
/// this machine; the network is used only to fetch the addresses that you name.
#[derive(Debug, Parser)]
#[command(name = "depeche", version, after_help = EXAMPLES, max_term_width = 100)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
Examples:
  depeche brief examples/                     the dossier of a folder of reports
  depeche add reports/                        the same kept on disk, in dossier.depeche
  depeche contacts --side RU --side US        questions to it
  depeche brief reports/ --format html --output dossier.html
  depeche read https://example.org/article.html
  depeche read corpus.jsonl --format jsonl > readings.jsonl
  depeche explain 'article#c3' article.txt    why a contact is held

Exit status: 0 something found, 1 nothing found, 2 something could not be read.";

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Prints the dossier of all reports: contacts, statements, contradictions, gaps, sources.
    Brief(Brief),
    /// Prints what each report says, one by one.
    Read(Read),
    /// Writes the dossier in the format of another program: tables, graphs, calendars, feeds, entities, notes, PDF.
    Export(Export),
    /// Prints why something is held: the rules and the words behind an item of a reading or a contact of the dossier.
    Explain(Explain),
    /// Adds reports to a dossier on disk; those that it has are passed over.
    Add(Add),
    /// Lists the contacts of a dossier.
    Contacts(Question),
    /// Lists the statements of a dossier.
    Statements(Question),
    /// Lists the people of a dossier.
    Actors(Question),
    /// Lists the origins that the reports of a dossier name, or tells those of one contact.
    Origins(Origins),
    /// Lists what the reports of a dossier disagree about.
    Contradictions(Question),
    /// Lists what is missing in a dossier.
    Gaps(Question),
    /// Finds words in the reports of a dossier, in any form and without regard to accents.
    Search(Search),
    /// Shows an item of a dossier with all that belongs to it.
    Show(Show),
    /// Tells what changed in a dossier since a day.
    Changes(Changes),
    /// Records a decision of yours: the same, not the same, accepted, rejected, corrected, a note.
    Judge(Judge),
    /// Lists the decisions that were recorded, and what became of each.
    Log(Log),
    /// Checks that a dossier is whole, to the byte.
    Check(Check),
    /// Works out anew what a dossier shows, and tells what differs.
    Rebuild(Rebuild),
    /// Prints the sentences, tokens and words of each report, as Universal Dependencies draw their lines.
    Tokens(Trees),
    /// Prints the tree of each sentence: tags, features, lemmas and relations of Universal Dependencies.
    Parse(Trees),
    /// Prints the people, places and organisations that each report names, with the titles before people.
    Names(Listing),
    /// Prints each expression of time with its type and value in TimeML and in EDTF.
    Dates(Listing),
    /// Fetches what is new in feeds, sitemaps and pages, once or again and again.
    Follow(Follow),
    /// Prints which sources were followed from when to when, and which fetches failed.
    Coverage(Coverage),
    /// Opens a dossier in the browser: the reading room.
    Serve(Serve),
    /// Prints a completion script for a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Prints the manual page (roff), or the reference of the manual (Markdown).
    #[command(hide = true)]
    Man(Man),
}

/// `depeche man`.
#[derive(Debug, Args)]
pub struct Man {
    /// The format.
    #[arg(long, value_enum, default_value_t = ManFormat::Roff)]
    pub format: ManFormat,
}

/// What `depeche man` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ManFormat {
    /// For `man`.
    Roff,
    /// For the manual: docs/src/reference.md.
    Markdown,
}

const BRIEF_EXAMPLES: &str = "\
Examples:
  depeche brief examples/
  depeche brief reports/*.html --format md > briefing.md
  depeche brief reports/ --format html --ui fr --output dossier.html
  cat page.txt | depeche brief - --published 2025-08-06";

/// `depeche brief`.
#[derive(Debug, Args)]
#[command(after_help = BRIEF_EXAMPLES)]
pub struct Brief {
    #[command(flatten)]
    pub inputs: InputsOrDossier,
    /// How to print the dossier.
    #[arg(long, short, value_enum, default_value_t = BriefFormat::Text)]
    pub format: BriefFormat,
    /// Show every statement and every quoted passage, however many.
    #[arg(long)]
    pub all: bool,
    #[command(flatten)]
    pub common: Common,
}

/// Formats of `depeche brief`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BriefFormat {
    /// For a terminal of 80 columns.
    Text,
    /// Markdown.
    Md,
    /// One self-contained page.
    Html,
    /// For programs: everything, exact.
    Json,
}

const EXPORT_EXAMPLES: &str = "\
Examples:
  depeche export reports/ --to csv --output tables/         one table a file, for spreadsheets
  depeche export reports/ --to csv --table contacts --separator semicolon --bom > contacts.csv
  depeche export reports/ --to gexf --nodes people --output network.gexf
  depeche export reports/ --to ical --output contacts.ics
  depeche export reports/ --to pdf --output briefing.pdf
  depeche export --to atom > changes.xml                    of the dossier on disk, dossier.depeche";

/// `depeche export`.
#[derive(Debug, Args)]
#[command(after_help = EXPORT_EXAMPLES)]
pub struct Export {
    #[command(flatten)]
    pub inputs: InputsOrDossier,
    /// The format. What it has no room for is told on standard error. csv, parquet and obsidian make a folder, which --output names.
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub to: ExportFormat,
    /// Of csv and parquet, the one table to write: contacts, accounts, ledger, history, statements, actors, reports, contradictions,
    /// gaps, judgements or problems.
    #[arg(long, value_name = "TABLE")]
    pub table: Option<String>,
    /// What parts the cells of tables; spreadsheets set to French take a semicolon.
    #[arg(long, value_enum, value_name = "MARK", default_value_t = Separator::Comma)]
    pub separator: Separator,
    /// Begin tables with a byte order mark, without which Excel takes UTF-8 for something else.
    #[arg(long)]
    pub bom: bool,
    /// What the nodes of graphml and gexf are.
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = Nodes::Sides)]
    pub nodes: Nodes,
    #[command(flatten)]
    pub common: Common,
}

/// Formats of `depeche export`: those of the library, and what the command makes itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// One of the library's.
    Of(Format),
    /// Parquet, in a program that was built without it.
    NoParquet,
    /// The briefing as a browser prints it.
    Pdf,
    /// What was captured.
    Warc,
}

impl ValueEnum for ExportFormat {
    fn value_variants<'a>() -> &'a [ExportFormat] {
        static ALL: LazyLock<Vec<ExportFormat>> = LazyLock::new(|| {
            let mut all: Vec<ExportFormat> = Format::ALL.iter().copied().map(ExportFormat::Of).collect();
            if !cfg!(feature = "parquet") {
                all.insert(1, ExportFormat::NoParquet);
            }
            all.extend([ExportFormat::Pdf, ExportFormat::Warc]);
            all
        });
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (name, about) = match self {
            ExportFormat::Of(format) => (format.name(), format.about()),
            ExportFormat::NoParquet => {
                ("parquet", "Tables for data tools; in programs built with --features parquet.")
            }
            ExportFormat::Pdf => ("pdf", "The briefing as PDF; needs Typst, Chromium or Chrome."),
            ExportFormat::Warc => {
                ("warc", "What was captured, as a web archive; compressed where --output ends with .gz.")
            }
        };
        Some(PossibleValue::new(name).help(about.trim_end_matches('.')))
    }
}

/// What parts the cells of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Separator {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// A tab.
    Tab,
}

/// What the nodes of a network are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Nodes {
    /// States, organisations and armed parties.
    Sides,
    /// People; a side stands for those of its people who are not named.
    People,
}

const READ_EXAMPLES: &str = "\
Examples:
  depeche read article.txt
  depeche read page.html --published 2025-08-06
  depeche read corpus.jsonl --format jsonl > readings.jsonl";

/// `depeche read`.
#[derive(Debug, Args)]
#[command(after_help = READ_EXAMPLES)]
pub struct Read {
    #[command(flatten)]
    pub inputs: Inputs,
    /// How to print the readings.
    #[arg(long, short, value_enum, default_value_t = ReadFormat::Text)]
    pub format: ReadFormat,
    #[command(flatten)]
    pub common: Common,
}

/// Formats of `depeche read`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReadFormat {
    /// For a terminal.
    Text,
    /// One JSON object a line, one line a report.
    Jsonl,
}

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  depeche explain 'article#c1' article.txt    a contact as one report tells it
  depeche explain 'article#s2' article.txt    a statement
  depeche explain 'article#o1' article.txt    an origin
  depeche explain c7k2m9 reports/             a contact of the dossier
  depeche explain p04xqe reports/             a person, and why several names are held to be theirs
  depeche explain c7k2m9                      a contact of the dossier on disk, dossier.depeche";

/// `depeche explain`.
#[derive(Debug, Args)]
#[command(after_help = EXPLAIN_EXAMPLES)]
pub struct Explain {
    /// What to explain: an identifier that `read` prints (REPORT#c1, #s1, #o1), or a contact, a statement or a person of
    /// the dossier (c7k2m9, s31b5t, p04xqe).
    pub id: String,
    #[command(flatten)]
    pub inputs: InputsOrDossier,
    #[command(flatten)]
    pub common: Common,
}

/// `depeche tokens` and `depeche parse`.
#[derive(Debug, Args)]
pub struct Trees {
    #[command(flatten)]
    pub inputs: Inputs,
    /// How to print them.
    #[arg(long, short, value_enum, default_value_t = TreeFormat::Text)]
    pub format: TreeFormat,
    #[command(flatten)]
    pub common: Common,
}

/// Formats of `depeche tokens` and `depeche parse`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TreeFormat {
    /// For the eye: a sentence of tokens a line, a word of a tree a line.
    Text,
    /// CoNLL-U, as treebanks and parsers exchange it.
    Conllu,
}

/// `depeche dates` and `depeche names`.
#[derive(Debug, Args)]
pub struct Listing {
    #[command(flatten)]
    pub inputs: Inputs,
    /// How to print them.
    #[arg(long, short, value_enum, default_value_t = ListFormat::Text)]
    pub format: ListFormat,
    #[command(flatten)]
    pub common: Common,
}

/// Formats of `depeche dates` and `depeche names`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// One a line, columns set apart by tabs.
    Text,
    /// One JSON object a line.
    Jsonl,
}

const FOLLOW_EXAMPLES: &str = "\
Examples:
  depeche follow https://example.org/rss.xml
  depeche follow sources.opml --dossier iran.depeche --every 15m
  depeche follow                              again what the dossier follows
  depeche follow sources.txt --into press/    files instead of a dossier
  depeche follow sources.txt --into - > pages.jsonl";

/// `depeche follow`.
#[derive(Debug, Args)]
#[command(after_help = FOLLOW_EXAMPLES)]
pub struct Follow {
    /// Addresses of feeds (RSS, Atom, JSON Feed), sitemaps or pages, and files that list such: OPML, or an address a line.
    /// The sources followed before where none is given.
    #[arg(value_name = "LIST")]
    pub lists: Vec<String>,
    /// The dossier that new pages are added to, and that remembers what was seen.
    #[arg(long, short, value_name = "FILE", default_value = dossier::DEFAULT)]
    pub dossier: PathBuf,
    /// Look again and again, with this pause: 15m, 2h, 1d. Once where not given.
    #[arg(long, value_name = "PAUSE", value_parser = parse_pause)]
    pub every: Option<Duration>,
    /// Append pages to FOLDER instead, a file of JSON Lines a day; - for standard output.
    #[arg(long, value_name = "FOLDER", conflicts_with = "dossier")]
    pub into: Option<PathBuf>,
    /// The file that remembers what was seen beside --into; followed.json in its folder where not given.
    #[arg(long, value_name = "FILE", requires = "into")]
    pub state: Option<PathBuf>,
    /// Most pages of one source at one look; the rest wait for the next.
    #[arg(long, value_name = "N", default_value_t = 200)]
    pub most: usize,
    /// Pass over what a source dates further back than this.
    #[arg(long, value_name = "AGE", default_value = "30d", value_parser = parse_pause)]
    pub oldest: Duration,
    /// Language of the reports (fr, en, ru), whatever they declare; told from each text where not given.
    #[arg(long, value_name = "LANG", value_parser = parse_language, conflicts_with = "into")]
    pub lang: Option<Language>,
    #[command(flatten)]
    pub network: Web,
    /// Language of messages; that of the system where not given.
    #[arg(long, value_name = "LANG", value_parser = interface_languages(), default_value_t = system_language())]
    #[arg(hide_default_value = true)]
    pub ui: Language,
}

/// `depeche coverage`.
#[derive(Debug, Args)]
pub struct Coverage {
    /// The file that `depeche follow --into` keeps beside its pages; the dossier where not given.
    #[arg(value_name = "STATE", conflicts_with = "dossier")]
    pub state: Option<PathBuf>,
    #[command(flatten)]
    pub file: DossierFile,
    /// How to print it.
    #[arg(long, short, value_enum, default_value_t = CoverageFormat::Text)]
    pub format: CoverageFormat,
    #[command(flatten)]
    pub printing: Printing,
}

/// Formats of `depeche coverage`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CoverageFormat {
    /// For a terminal.
    Text,
    /// For programs.
    Json,
}

/// What to read.
#[derive(Debug, Args)]
pub struct Inputs {
    /// Files (.txt, .md, .html, .pdf, .jsonl, .warc, .eml, .mbox, .mht; also .gz, .zst), folders, addresses of pages
    /// (https://…), or - for standard input.
    #[arg(value_name = "INPUT", required = true)]
    pub inputs: Vec<PathBuf>,
}

/// What to read, or the dossier on disk to ask instead.
#[derive(Debug, Args)]
pub struct InputsOrDossier {
    /// What to read, as for `add`; nothing where a dossier on disk is asked.
    #[arg(value_name = "INPUT", conflicts_with = "dossier")]
    pub inputs: Vec<PathBuf>,
    /// The dossier on disk to ask; dossier.depeche where neither this nor an input is given.
    #[arg(long, short, value_name = "FILE")]
    pub dossier: Option<PathBuf>,
}

impl InputsOrDossier {
    /// The inputs, or the dossier.
    pub fn choose(&self) -> Result<Inputs, DossierFile> {
        match (&self.dossier, self.inputs.is_empty()) {
            (Some(dossier), _) => Err(DossierFile { dossier: dossier.clone() }),
            (None, true) => Err(DossierFile { dossier: PathBuf::from(dossier::DEFAULT) }),
            (None, false) => Ok(Inputs { inputs: self.inputs.clone() }),
        }
    }
}

/// What every command that reads takes.
#[derive(Debug, Args)]
pub struct Common {
    /// Language of the reports (fr, en, ru), whatever they declare; told from each text where not given.
    #[arg(long, value_name = "LANG", value_parser = parse_language)]
    pub lang: Option<Language>,
    /// Day of publication, such as 2025-08-06, of the reports that do not say theirs.
    #[arg(long, value_name = "DATE", value_parser = parse_edtf)]
    pub published: Option<Edtf>,
    /// The reference day; today where not given. Nothing is taken to have been published after it.
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub today: Option<Day>,
    /// Reports read at a time, at most four a core; 0 for one a core. The output is the same for any number.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub threads: usize,
    #[command(flatten)]
    pub network: Web,
    /// Leave out contacts, statements and origins that are less sure than P, from 0 to 1; 0.5 leaves out what is more
    /// likely wrong than right.
    #[arg(long, value_name = "P", default_value_t = 0.0, value_parser = parse_share)]
    pub min_confidence: f64,
    #[command(flatten)]
    pub printing: Printing,
}

/// What every command that fetches takes.
#[derive(Debug, Clone, Args)]
pub struct Web {
    /// Fetch from this machine and private networks too, which is refused otherwise.
    #[arg(long)]
    pub allow_private: bool,
    /// Where a site's keeper can reach you, an address of mail or of a page; sent with every request.
    #[arg(long, value_name = "CONTACT")]
    pub contact: Option<String>,
}

/// What every command that prints takes.
#[derive(Debug, Clone, Args)]
pub struct Printing {
    /// Language of headings and messages; that of the system where not given.
    #[arg(long, value_name = "LANG", value_parser = interface_languages(), default_value_t = system_language())]
    #[arg(hide_default_value = true, global = true)]
    pub ui: Language,
    /// Colour in text output; automatic is only on a terminal and never with NO_COLOR.
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Color::Auto, global = true)]
    pub color: Color,
    /// Write to a file instead of standard output; it may not be one of the inputs.
    #[arg(long, short, value_name = "FILE", global = true)]
    pub output: Option<PathBuf>,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

fn parse_pause(writing: &str) -> Result<Duration, String> {
    let digits = writing.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let seconds = match &writing[digits.len()..] {
        "s" => 1,
        "m" | "min" => 60,
        "h" => 60 * 60,
        "d" | "j" => 24 * 60 * 60,
        _ => 0,
    };
    let total = digits.parse::<u64>().ok().and_then(|number| number.checked_mul(seconds));
    match total.filter(|&total| total > 0 && total <= 100 * 365 * 24 * 60 * 60) {
        Some(total) => Ok(Duration::from_secs(total)),
        None => Err("a length of time such as 15m, 2h or 1d is wanted".to_owned()),
    }
}

fn interface_languages() -> impl TypedValueParser<Value = Language> {
    let codes = PossibleValuesParser::new(Interface::LANGUAGES.map(Language::code));
    codes.try_map(|code| parse_language(&code))
}

/// The language of the system where the interface has words in it, else English.
fn system_language() -> Language {
    let locale = sys_locale::get_locale();
    let language = locale.and_then(|locale| Language::from_code(&locale));
    language.filter(|language| Interface::LANGUAGES.contains(language)).unwrap_or(Language::English)
}

fn parse_language(code: &str) -> Result<Language, String> {
    Language::from_code(code).ok_or_else(|| "Dépêche reads fr, en and ru".to_owned())
}

fn parse_edtf(writing: &str) -> Result<Edtf, String> {
    Edtf::parse(writing).map_err(|fault| fault.to_string())
}

fn parse_day(writing: &str) -> Result<Day, String> {
    match Edtf::parse(writing).ok().and_then(|date| date.days()) {
        Some((first, last)) if first == last => Ok(first),
        _ => Err("a day such as 2025-08-06 is wanted".to_owned()),
    }
}

fn parse_share(writing: &str) -> Result<f64, String> {
    let share = writing.replace(',', ".").parse().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "a number from 0 to 1 is wanted".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn every_option_has_help() {
        let mut command = Arguments::command();
        command.build();
        for subcommand in command.get_subcommands().filter(|c| c.get_name() != "help") {
            assert!(subcommand.get_about().is_some(), "{}", subcommand.get_name());
            for argument in subcommand.get_arguments() {
                assert!(argument.get_help().is_some(), "{} {}", subcommand.get_name(), argument.get_id());
            }
        }
        command.debug_assert();
    }

    #[test]
    fn pauses_are_numbers_with_a_unit() {
        assert_eq!(parse_pause("15m"), Ok(Duration::from_secs(900)));
        assert_eq!(parse_pause("1d"), parse_pause("24h"));
        for wrong in ["", "15", "m", "0s", "-1h", "1y", "99999999999999999999s", "1 h", "é"] {
            assert!(parse_pause(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_reference_day_is_one_day() {
        assert_eq!(parse_day("2025-08-06"), Ok(Day { year: 2025, month: 8, day: 6 }));
        assert!(parse_day("2025-08").is_err());
        assert!(parse_day("XXXX-08-06").is_err());
    }

    #[test]
    fn a_share_lies_between_nothing_and_all() {
        assert_eq!(parse_share("0,5"), Ok(0.5));
        assert!(["1.5", "-0.1", "NaN", "much"].iter().all(|writing| parse_share(writing).is_err()));
    }
}
