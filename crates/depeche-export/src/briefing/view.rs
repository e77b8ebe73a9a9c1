//! What a briefing says. All words are in the language of the interface, but for those quoted.

use depeche_record::{Language, Stance, Status};

use crate::timeline::Timeline;

/// A briefing.
pub struct Briefing {
    /// Language of the interface.
    pub language: Language,
    /// Title of the page.
    pub title: String,
    /// What was read and what was found, a sentence each.
    pub summary: Vec<String>,
    /// The picture of the contacts over time.
    pub picture: Timeline,
    /// Contacts by month or year, then those without a year, then those without a date.
    pub timeline: Vec<Period>,
    /// Who said what.
    pub speakers: Vec<Speaker>,
    /// Speakers left out of this briefing: a line that says how many; empty where none were.
    pub speakers_more: String,
    /// What reports disagree about.
    pub contradictions: Vec<Contradiction>,
    /// What is missing.
    pub gaps: Vec<Gap>,
    /// Texts that several reports share.
    pub lineages: Vec<Lineage>,
    /// The origins that reports name.
    pub origins: Vec<Origin>,
    /// The sources that were followed.
    pub coverage: Vec<Coverage>,
    /// The reports.
    pub reports: Vec<Report>,
    /// What could not be read as it should.
    pub problems: Vec<String>,
}

/// Contacts under one heading.
pub struct Period {
    /// The month, the year, or that there is none.
    pub heading: String,
    /// A word on what stands here; mostly empty.
    pub note: String,
    /// The contacts.
    pub contacts: Vec<Contact>,
}

/// A contact.
pub struct Contact {
    /// `c` and a few letters and digits.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// Where it stands, for its tone.
    pub status: Status,
    /// Where it stands.
    pub status_words: String,
    /// The sides with their people.
    pub who: String,
    /// When, in words.
    pub date: String,
    /// When, EDTF; empty where unknown.
    pub edtf: String,
    /// For a contact without a date, the day of the first report of it, marked as such; else empty.
    pub reported: String,
    /// What was assumed, marked as such; empty where nothing was.
    pub assumed: String,
    /// Where; empty where unknown.
    pub place: String,
    /// What each side says; empty where none is heard.
    pub ledger: Vec<LedgerLine>,
    /// That no side is heard; empty where one is.
    pub unheard: String,
    /// How many independent origins.
    pub corroboration: String,
    /// Which they are.
    pub origins: Vec<String>,
    /// Why so many.
    pub reasons: Vec<String>,
    /// How the status came to be; empty where it never changed.
    pub history: Vec<HistoryStep>,
    /// The words it rests on, each passage once; `[1]` is the first.
    pub passages: Vec<Passage>,
    /// Number of passages left out.
    pub more: usize,
}

/// What a side says of a contact.
pub struct LedgerLine {
    /// The side.
    pub side: String,
    /// Its stance, for its tone.
    pub stance: Stance,
    /// Its stance.
    pub stance_words: String,
    /// Who speaks for it, each with the numbers of the passages.
    pub speakers: Vec<(String, Vec<usize>)>,
}

/// A step in the history of a status.
pub struct HistoryStep {
    /// For its tone.
    pub status: Status,
    /// The status.
    pub status_words: String,
    /// When it was told; empty where unknown.
    pub told: String,
    /// Number of the passage; 0 where it is left out.
    pub passage: usize,
}

/// Words quoted from a report.
#[derive(Clone)]
pub struct Passage {
    /// The words as they stand, white space evened out.
    pub words: String,
    /// Language of the words.
    pub language: Language,
    /// Outlet and identifier of the report.
    pub source: String,
    /// Line and characters.
    pub place: String,
    /// Identifier of the report.
    pub report: String,
    /// First and last character, counted in code points.
    pub position: (usize, usize),
    /// Other reports in which the same words stand.
    pub also: Vec<String>,
}

/// A speaker and what they said.
pub struct Speaker {
    /// Name.
    pub name: String,
    /// Side and office; may be empty.
    pub about: String,
    /// How many statements.
    pub count: String,
    /// The statements.
    pub statements: Vec<Statement>,
    /// Number of statements left out.
    pub more: usize,
}

/// A statement.
pub struct Statement {
    /// `s` and a few letters and digits.
    pub id: String,
    /// When it was published, where known, and its act.
    pub act: String,
    /// Whether the words are the speaker's own, between quotation marks.
    pub quoted: bool,
    /// The words shown: the quote, or the reporting sentence.
    pub words: String,
    /// The reporting sentence and where it stands.
    pub passage: Passage,
    /// Contacts that it is about.
    pub about: Vec<String>,
}

/// Something that reports disagree about.
pub struct Contradiction {
    /// What about.
    pub kind: String,
    /// Identifier and short title of the contact.
    pub contact: (String, String),
    /// What is said, who says it, and the words.
    pub versions: Vec<(String, String, Passage)>,
}

/// Contacts that lack the same thing.
pub struct Gap {
    /// What is missing.
    pub kind: String,
    /// The contacts, in groups: what sets a group apart (a side; mostly empty), and its contacts.
    pub groups: Vec<(String, Vec<Mention>)>,
    /// Whether identifiers alone say enough.
    pub brief: bool,
}

/// A contact as lists name it.
pub struct Mention {
    /// `c` and a few letters and digits.
    pub id: String,
    /// Kind, sides and date.
    pub title: String,
}

/// Reports of one text.
pub struct Lineage {
    /// How many and what they are.
    pub words: String,
    /// The reports.
    pub reports: Vec<String>,
    /// Why.
    pub reasons: Vec<String>,
}

/// An origin that reports name.
pub struct Origin {
    /// Its name.
    pub name: String,
    /// In what way, and how often.
    pub words: String,
    /// The reports.
    pub reports: Vec<String>,
}

/// A source that was followed.
pub struct Coverage {
    /// What it calls itself; may be empty.
    pub title: String,
    /// Its address.
    pub address: String,
    /// From when to when, how many pages, what failed; a line each.
    pub lines: Vec<String>,
}

/// A report that was read.
pub struct Report {
    /// Identifier.
    pub id: String,
    /// Title; may be empty.
    pub title: String,
    /// Outlet, day of publication and what it rests on, language.
    pub about: String,
    /// Where it came from.
    pub address: String,
    /// What was found in it.
    pub found: String,
    /// Every passage of it that the briefing quotes, in order.
    pub passages: Vec<QuotedPassage>,
}

/// A passage and the entries that rest on it.
pub struct QuotedPassage {
    /// The passage.
    pub passage: Passage,
    /// Identifiers of contacts.
    pub cited_by: Vec<String>,
}
