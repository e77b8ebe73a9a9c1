//! The arguments of the commands that keep a dossier on disk and ask it.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use depeche_pipeline::store::{Filter, Item};
use depeche_record::{ContactKind, Edtf, Language};

use super::{Common, Inputs, Printing, Web, interface_languages, parse_edtf, system_language};

/// The file of a dossier where none is named.
pub const DEFAULT: &str = "dossier.depeche";

/// Which dossier.
#[derive(Debug, Clone, Args)]
pub struct DossierFile {
    /// The dossier on disk.
    #[arg(long, short, value_name = "FILE", default_value = DEFAULT)]
    pub dossier: PathBuf,
}

const ADD_EXAMPLES: &str = "\
Examples:
  depeche add reports/
  depeche add corpus.jsonl --dossier iran.depeche
  depeche add reports/ --format jsonl         one line a report, once it is on disk
  depeche add today.jsonl --later             keep now, show with the next one";

/// `depeche add`.
#[derive(Debug, Args)]
#[command(after_help = ADD_EXAMPLES)]
pub struct Add {
    #[command(flatten)]
    pub inputs: Inputs,
    #[command(flatten)]
    pub file: DossierFile,
    /// What to print: a summary, or one JSON object a report as soon as it is on disk.
    #[arg(long, short, value_enum, default_value_t = AddFormat::Text)]
    pub format: AddFormat,
    /// Most reports that are put on disk at once; fewer are safe sooner, more are quicker.
    #[arg(long, value_name = "N", default_value_t = depeche_pipeline::BATCH)]
    pub batch: usize,
    /// Keep the reports, and leave it to a later ‘add’ or ‘rebuild’ to show them: the time that keeping takes hardly
    /// grows with the dossier.
    #[arg(long)]
    pub later: bool,
    #[command(flatten)]
    pub common: Common,
}

/// Formats of `depeche add`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AddFormat {
    /// A summary.
    Text,
    /// One JSON object a report.
    Jsonl,
}

/// What of a dossier is wanted. Conditions are joined by *and*; one given several times holds where one value does, but
/// for the sides of a contact, which all must take part.
#[derive(Debug, Clone, Default, Args)]
pub struct Filters {
    /// Side, by its code (RU, US, EU, HAMAS); given twice, contacts between both.
    #[arg(long, value_name = "CODE")]
    pub side: Vec<String>,
    /// Person, by identifier or name in any spelling that reports use.
    #[arg(long, value_name = "NAME")]
    pub actor: Vec<String>,
    /// Status of the contact: held, planned, possible, ruled_out, denied, cancelled.
    #[arg(long, value_name = "STATUS", value_parser = parse_status)]
    pub status: Vec<String>,
    /// Kind of contact (meeting, call, talks, visit, message, exchange), of contradiction or of gap.
    #[arg(long, value_name = "KIND", value_parser = parse_kind)]
    pub kind: Vec<String>,
    /// Act of the statement: confirm, deny, no_comment, demand, propose, accept, reject, threaten and so on.
    #[arg(long, value_name = "ACT", value_parser = parse_act)]
    pub act: Vec<String>,
    /// Period, such as 2025, 2025-08, 2025-08-01/2025-08-15 or 2025-08/..: of contacts, else of publication.
    #[arg(long, value_name = "DATES", value_parser = parse_edtf)]
    pub period: Option<Edtf>,
    /// Words that it holds, in any form and without regard to accents; "words in a row", -without, begin*.
    #[arg(long, short, value_name = "WORDS", allow_hyphen_values = true)]
    pub text: Option<String>,
    /// Report that tells it, by identifier.
    #[arg(long, value_name = "ID")]
    pub report: Vec<String>,
    /// Contact that it belongs to, by identifier.
    #[arg(long, value_name = "ID")]
    pub contact: Vec<String>,
    /// Outlet that published it.
    #[arg(long, value_name = "NAME")]
    pub outlet: Vec<String>,
    /// Contacts that rest on at most so many independent origins.
    #[arg(long, value_name = "N")]
    pub most_origins: Option<usize>,
    /// Contacts that rest on at least so many independent origins.
    #[arg(long, value_name = "N")]
    pub least_origins: Option<usize>,
}

/// Which part of a list, and how.
#[derive(Debug, Clone, Args)]
pub struct Listed {
    /// How to print it.
    #[arg(long, short, value_enum, default_value_t = QuestionFormat::Text)]
    pub format: QuestionFormat,
    /// Most items; 0 for all.
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub limit: usize,
    /// Items passed over before the first.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub offset: usize,
}

/// Formats of the commands that ask a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum QuestionFormat {
    /// For a terminal.
    Text,
    /// For programs: everything, exact.
    Json,
    /// A table.
    Csv,
}

const QUESTION_EXAMPLES: &str = "\
Examples:
  depeche contacts --side RU --side US --period 2025-08
  depeche statements --actor Araghtchi --act deny
  depeche gaps --kind one_origin --format csv
  depeche contradictions --dossier iran.depeche --format json";

/// `depeche contacts`, `statements`, `actors`, `contradictions`, `gaps`.
#[derive(Debug, Args)]
#[command(after_help = QUESTION_EXAMPLES)]
pub struct Question {
    #[command(flatten)]
    pub filters: Filters,
    #[command(flatten)]
    pub file: DossierFile,
    #[command(flatten)]
    pub listed: Listed,
    #[command(flatten)]
    pub printing: Printing,
}

const ORIGINS_EXAMPLES: &str = "\
Examples:
  depeche origins                             agencies, outlets and channels that reports name
  depeche origins c7k2m9                         what one contact rests on";

/// `depeche origins`.
#[derive(Debug, Args)]
#[command(after_help = ORIGINS_EXAMPLES)]
pub struct Origins {
    /// A contact whose origins are asked for; those of all reports where not given.
    pub id: Option<String>,
    #[command(flatten)]
    pub question: Question,
}

const SEARCH_EXAMPLES: &str = "\
Examples:
  depeche search négociation Genève
  depeche search '\"voies diplomatiques\" -Kiev'    a word that must not be there comes last
  depeche search 'ouchak*' --period 2025-08 --format json";

/// `depeche search`.
#[derive(Debug, Args)]
#[command(after_help = SEARCH_EXAMPLES)]
pub struct Search {
    /// The words, all of which are wanted, in any form: "words in a row", -without, begin*.
    #[arg(value_name = "WORDS", required = true)]
    pub words: Vec<String>,
    #[command(flatten)]
    pub question: Question,
}

const SHOW_EXAMPLES: &str = "\
Examples:
  depeche show c7k2m9                            a contact
  depeche show p04xqe                          a person
  depeche show article --versions             a report, and how its page changed
  depeche show article --text                 the text of a report";

/// `depeche show`.
#[derive(Debug, Args)]
#[command(after_help = SHOW_EXAMPLES)]
pub struct Show {
    /// A contact, a statement, a person or a report, by identifier.
    pub id: String,
    #[command(flatten)]
    pub file: DossierFile,
    /// How to print it.
    #[arg(long, short, value_enum, default_value_t = ShowFormat::Text)]
    pub format: ShowFormat,
    /// The versions of a report, with what each added and took away.
    #[arg(long)]
    pub versions: bool,
    /// The text of a report.
    #[arg(long, conflicts_with = "versions")]
    pub text: bool,
    #[command(flatten)]
    pub printing: Printing,
}

/// Formats of `depeche show`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ShowFormat {
    /// For a terminal.
    Text,
    /// For programs: everything, exact.
    Json,
}

const JUDGE_EXAMPLES: &str = "\
Examples:
  depeche judge same c7k2m9 cq81v0            two accounts of one contact
  depeche judge not-same p04xqe p9sdk2 --reason 'Mike Waltz, Tim Walz'
  depeche judge reject s31b5t --reason 'said of another meeting'
  depeche judge correct c7k2m9 date 2025-08-06
  depeche judge undo j5m0tz
  depeche judge export judgements.jsonl";

/// `depeche judge`.
#[derive(Debug, Args)]
#[command(after_help = JUDGE_EXAMPLES)]
pub struct Judge {
    /// What is decided.
    #[command(subcommand)]
    pub decision: Decide,
    /// The dossier on disk.
    #[arg(long, short, value_name = "FILE", default_value = DEFAULT, global = true)]
    pub dossier: PathBuf,
    /// Who decides; the name of the account where not given.
    #[arg(long, value_name = "NAME", global = true)]
    pub author: Option<String>,
    /// Why.
    #[arg(long, short, value_name = "WORDS", global = true)]
    pub reason: Option<String>,
    #[command(flatten)]
    pub printing: Printing,
}

/// What a person can decide. Things are named by the identifiers that the lists show, accounts and statements of a report
/// also by REPORT#c1 and REPORT#s1.
#[derive(Debug, Subcommand)]
pub enum Decide {
    /// Two are one: two contacts, two people, two reports of one original text.
    Same {
        /// The one.
        first: String,
        /// The other.
        second: String,
    },
    /// Two are not one.
    NotSame {
        /// The one.
        first: String,
        /// The other.
        second: String,
    },
    /// It is as the dossier has it.
    Accept {
        /// A report, contact, person or statement.
        id: String,
    },
    /// It is misread, or nothing of the matter, and not to be shown.
    Reject {
        /// A report, contact, person or statement.
        id: String,
    },
    /// A field has another value.
    Correct {
        /// A report, contact, person or statement.
        id: String,
        /// The field, as JSON has it: kind, status, date, place, sides, name, act, speaker, side, published, outlet.
        field: String,
        /// The value, as JSON has it; sides are parted by commas.
        value: String,
    },
    /// A remark.
    Note {
        /// A report, contact, person or statement.
        id: String,
        /// The remark.
        words: String,
    },
    /// An earlier judgement no longer holds; undoing an undoing brings the first back.
    Undo {
        /// The judgement, as `depeche log` shows it.
        judgement: String,
    },
    /// Write all judgements to a file, one JSON object a line.
    Export {
        /// The file; standard output where not given.
        file: Option<PathBuf>,
    },
    /// Take in judgements of a file that was exported; those that are there change nothing.
    Import {
        /// The file, or - for standard input.
        file: PathBuf,
    },
}

const LOG_EXAMPLES: &str = "\
Examples:
  depeche log
  depeche log --outcome overruled             decisions that newer ones contradict
  depeche log --outcome gone                  about words that are no longer there";

/// `depeche log`.
#[derive(Debug, Args)]
#[command(after_help = LOG_EXAMPLES)]
pub struct Log {
    /// Judgements, by identifier; all where not given.
    pub ids: Vec<String>,
    /// Who decided.
    #[arg(long, value_name = "NAME")]
    pub author: Vec<String>,
    /// What was decided: same, not_same, accept, reject, correct, note, undo.
    #[arg(long, value_name = "DECISION", value_parser = parse_decision)]
    pub decision: Vec<String>,
    /// What became of it: applied, undone, overruled (a newer one says otherwise), gone, unusable.
    #[arg(long, value_name = "OUTCOME", value_parser = ["applied", "undone", "overruled", "gone", "unusable"])]
    pub outcome: Vec<String>,
    /// Report whose words it is about, by identifier.
    #[arg(long, value_name = "ID")]
    pub report: Vec<String>,
    #[command(flatten)]
    pub file: DossierFile,
    #[command(flatten)]
    pub listed: Listed,
    #[command(flatten)]
    pub printing: Printing,
}

const CHANGES_EXAMPLES: &str = "\
Examples:
  depeche changes --since 2025-08-06          what is otherwise than at the beginning of that day
  depeche changes --since 2025-08-06T14:00:00Z --item contact --format json";

/// `depeche changes`.
#[derive(Debug, Args)]
#[command(after_help = CHANGES_EXAMPLES)]
pub struct Changes {
    /// A day, which begins at midnight UTC, or a time such as 2025-08-06T14:00:00Z.
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    pub since: String,
    /// Sorts of items: report, contact, actor, statement, contradiction, gap, judgement; all where not given.
    #[arg(long, value_name = "ITEM", value_parser = parse_item)]
    pub item: Vec<Item>,
    #[command(flatten)]
    pub file: DossierFile,
    #[command(flatten)]
    pub listed: Listed,
    #[command(flatten)]
    pub printing: Printing,
}

/// `depeche check`.
#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    pub file: DossierFile,
    #[command(flatten)]
    pub printing: Printing,
}

const REBUILD_EXAMPLES: &str = "\
Examples:
  depeche rebuild                             the dossier is resolved anew from its readings
  depeche rebuild --reread                    after an update of the program: reports are read anew first";

/// `depeche rebuild`.
#[derive(Debug, Args)]
#[command(after_help = REBUILD_EXAMPLES)]
pub struct Rebuild {
    #[command(flatten)]
    pub file: DossierFile,
    /// Read the captures anew that an older version of the program has read; judgements stay.
    #[arg(long)]
    pub reread: bool,
    /// Read all captures anew.
    #[arg(long)]
    pub reread_all: bool,
    /// Reports read at a time, at most four a core; 0 for one a core.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub threads: usize,
    #[command(flatten)]
    pub printing: Printing,
}

fn parse_time(time: &str) -> Result<String, String> {
    if let Ok(time) = time.parse::<jiff::Timestamp>() {
        return Ok(time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
    }
    match super::parse_day(time) {
        Ok(day) if !time.contains('T') => Ok(format!("{day}T00:00:00Z")),
        _ => Err("a day such as 2025-08-06 or a time such as 2025-08-06T14:00:00Z is wanted".to_owned()),
    }
}

fn parse_item(label: &str) -> Result<Item, String> {
    Item::from_label(label).ok_or_else(|| Item::ALL.map(Item::label).join(", "))
}

fn parse_decision(label: &str) -> Result<String, String> {
    const DECISIONS: [&str; 7] = ["same", "not_same", "accept", "reject", "correct", "note", "undo"];
    let label = label.to_lowercase().replace('-', "_");
    if DECISIONS.contains(&label.as_str()) { Ok(label) } else { Err(DECISIONS.join(", ")) }
}

fn parse_status(label: &str) -> Result<String, String> {
    let label = label.to_lowercase().replace('-', "_");
    match depeche_record::Status::from_label(&label) {
        Some(_) => Ok(label),
        None => Err("held, planned, possible, ruled_out, denied or cancelled".to_owned()),
    }
}

fn parse_kind(label: &str) -> Result<String, String> {
    let label = label.to_lowercase().replace('-', "_");
    if Filter::kinds_known().any(|kind| kind == label) {
        return Ok(label);
    }
    let contacts: Vec<&str> = ContactKind::ALL.iter().map(|kind| kind.label()).collect();
    let others: Vec<&str> = Filter::kinds_known().skip(contacts.len()).collect();
    Err(format!("of contacts: {}; of contradictions and gaps: {}", contacts.join(", "), others.join(", ")))
}

fn parse_act(label: &str) -> Result<String, String> {
    let label = label.to_lowercase().replace('-', "_");
    match depeche_record::Act::from_label(&label) {
        Some(_) => Ok(label),
        None => Err(depeche_record::Act::ALL.iter().map(|act| act.label()).collect::<Vec<_>>().join(", ")),
    }
}

const SERVE_EXAMPLES: &str = "\
Examples:
  depeche serve                               then open http://127.0.0.1:8347 in a browser
  depeche serve --dossier iran.depeche --read-only
  depeche serve --listen 0.0.0.0:8347 --password-file secret.txt --host desk.example.org";

/// Whether addresses are fetched for readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Fetch {
    /// They are.
    On,
    /// They are not.
    Off,
}

/// `depeche serve`.
#[derive(Debug, Args)]
#[command(after_help = SERVE_EXAMPLES)]
pub struct Serve {
    #[command(flatten)]
    pub file: DossierFile,
    /// Address and port to listen on; 0 for a port that is free. Any address but this machine's own wants a password.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8347")]
    pub listen: SocketAddr,
    /// A name under which browsers may ask for it, beside those of this machine.
    #[arg(long, value_name = "NAME")]
    pub host: Vec<String>,
    /// A file with the password in its first line, or with what Argon2 made of it.
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
    /// Nothing can be added or decided.
    #[arg(long)]
    pub read_only: bool,
    /// Whether readers may have addresses fetched; by default only where no other machine can reach the room.
    #[arg(long, value_enum, value_name = "WHEN")]
    pub fetch: Option<Fetch>,
    #[command(flatten)]
    pub network: Web,
    /// Readers come by TLS, which a server before this one takes off: cookies are sent by TLS alone.
    #[arg(long)]
    pub behind_tls: bool,
    /// Language of those who chose none; that of the system where not given.
    #[arg(long, value_name = "LANG", value_parser = interface_languages(), default_value_t = system_language())]
    #[arg(hide_default_value = true)]
    pub ui: Language,
}
