//! The arguments: help, completions and the man page are made from these definitions.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use depeche_record::{Day, Edtf, Language};

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
    /// Prints why something is held: the rules and the words behind an item of a reading or a contact of the dossier.
    Explain(Explain),
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
    /// Prints a completion script for a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Prints the manual page (roff).
    #[command(hide = true)]
    Man,
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
    pub inputs: Inputs,
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
  depeche explain c4 reports/                 a contact of the dossier
  depeche explain p2 reports/                 a person, and why several names are held to be theirs";

/// `depeche explain`.
#[derive(Debug, Args)]
#[command(after_help = EXPLAIN_EXAMPLES)]
pub struct Explain {
    /// What to explain: an identifier that `read` prints (REPORT#c1, #s1, #o1), or a contact, a statement or a person of
    /// the dossier (c1, s1, p1).
    pub id: String,
    #[command(flatten)]
    pub inputs: Inputs,
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
  depeche follow https://example.org/rss.xml --into press/
  depeche follow sources.opml --into press/ --every 15m
  depeche follow sources.txt > pages.jsonl
  depeche brief press/";

/// `depeche follow`.
#[derive(Debug, Args)]
#[command(after_help = FOLLOW_EXAMPLES)]
pub struct Follow {
    /// Addresses of feeds (RSS, Atom, JSON Feed), sitemaps or pages, and files that list such: OPML, or an address a line.
    #[arg(value_name = "LIST", required = true)]
    pub lists: Vec<String>,
    /// Look again and again, with this pause: 15m, 2h, 1d. Once where not given.
    #[arg(long, value_name = "PAUSE", value_parser = parse_pause)]
    pub every: Option<Duration>,
    /// Append pages to FOLDER, a file of JSON Lines a day; to standard output where not given.
    #[arg(long, value_name = "FOLDER")]
    pub into: Option<PathBuf>,
    /// The file that remembers what was seen; followed.json, in the folder of --into, where not given.
    #[arg(long, value_name = "FILE")]
    pub state: Option<PathBuf>,
    /// Most pages of one source at one look; the rest wait for the next.
    #[arg(long, value_name = "N", default_value_t = 200)]
    pub most: usize,
    /// Pass over what a source dates further back than this.
    #[arg(long, value_name = "AGE", default_value = "30d", value_parser = parse_pause)]
    pub oldest: Duration,
    #[command(flatten)]
    pub network: Web,
    /// Language of messages; that of the system where not given.
    #[arg(long, value_enum, value_name = "LANG")]
    pub ui: Option<Ui>,
}

/// `depeche coverage`.
#[derive(Debug, Args)]
pub struct Coverage {
    /// The file that `depeche follow` keeps.
    #[arg(value_name = "FILE", default_value = "followed.json")]
    pub state: PathBuf,
    /// How to print it.
    #[arg(long, short, value_enum, default_value_t = CoverageFormat::Text)]
    pub format: CoverageFormat,
    /// Language of headings and messages; that of the system where not given.
    #[arg(long, value_enum, value_name = "LANG")]
    pub ui: Option<Ui>,
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
    /// Language of headings and messages; that of the system where not given.
    #[arg(long, value_enum, value_name = "LANG")]
    pub ui: Option<Ui>,
    /// Colour in text output; automatic is only on a terminal and never with NO_COLOR.
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    pub color: Color,
    /// Write to a file instead of standard output; it may not be one of the inputs.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
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

/// Languages of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Ui {
    /// French.
    Fr,
    /// English.
    En,
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
}
