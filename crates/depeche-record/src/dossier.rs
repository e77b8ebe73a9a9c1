//! The collection of reports with all that is reconstructed from it. Everything here is derived: a function of the set
//! of readings and judgements, not of their order.

use std::collections::BTreeMap;

use crate::followed::Source;
use crate::labels::labels;
use crate::{
    Act, Anchor, ContactKind, Edtf, Judgement, Language, Problem, Published, Relation, Side, Span, Status,
};

/// What is known, by whom, and from where.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Dossier {
    /// The reports, by identifier.
    pub reports: Vec<ReportEntry>,
    /// The people, by name.
    pub actors: Vec<Actor>,
    /// The contacts: dated ones in order, then those without a year, then those without a date.
    pub contacts: Vec<Contact>,
    /// The statements, by report and position.
    pub statements: Vec<StatementEntry>,
    /// What reports disagree about.
    pub contradictions: Vec<Contradiction>,
    /// What is missing.
    pub gaps: Vec<Gap>,
    /// Every judgement that was given, oldest first, and what became of it.
    pub judgements: Vec<JudgementEntry>,
    /// The sources that were followed, by address; none where reports came otherwise. Not derived: it is told beside the
    /// readings.
    pub coverage: BTreeMap<String, Source>,
    /// What could not be read as it should.
    pub problems: Vec<Problem>,
}

/// A judgement as the dossier lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgementEntry {
    /// The judgement.
    pub judgement: Judgement,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a judgement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It holds.
    Applied,
    /// Undone by the judgement with this identifier.
    Undone(String),
    /// The judgement with this identifier is newer, or weighs more, and says otherwise.
    Overruled(String),
    /// What it is about is not in the dossier: the report is missing, or nothing is read in those words any more.
    Gone,
    /// It says nothing that can be done; why, in plain words.
    Unusable(String),
}

/// What people have decided about an item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Judged {
    /// Whether it stands as the dossier has it, by the word of a person.
    pub accepted: bool,
    /// Remarks, oldest first.
    pub notes: Vec<String>,
    /// Names of the fields that a person gave their values, sorted.
    pub corrected: Vec<String>,
    /// Identifiers of all judgements that hold and touch it, oldest first.
    pub judgements: Vec<String>,
}

/// A report as the dossier lists it.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportEntry {
    /// Identifier.
    pub id: String,
    /// Where it came from.
    pub address: String,
    /// Title.
    pub title: Option<String>,
    /// Outlet.
    pub outlet: Option<String>,
    /// Day of publication.
    pub published: Option<Published>,
    /// Language.
    pub language: Language,
    /// The report that came out first, as far as is known, of those that rest on one original text with this one: its own
    /// identifier, or another's.
    pub lineage: String,
    /// Why it shares the lineage, one link for each report that it was tied to.
    pub links: Vec<LineageLink>,
    /// The origins that it names.
    pub origins: Vec<(String, Relation, Span)>,
    /// What people have decided about it.
    pub judged: Judged,
}

/// Why two reports share an original.
#[derive(Debug, Clone, PartialEq)]
pub struct LineageLink {
    /// The other report.
    pub report: String,
    /// Why, such as `same text`, `shared passages`, `names it as its source`.
    pub reason: String,
    /// Share of the shorter text that stands in the other, 0 to 1.
    pub score: f64,
}

/// A person under all their names.
#[derive(Debug, Clone, PartialEq)]
pub struct Actor {
    /// Identifier: `p` and a few letters and digits, made from the first report that names the person and the name there.
    pub id: String,
    /// Words of the oldest report that names the person; a judgement on the person is held by them.
    pub anchor: Anchor,
    /// The name that most reports use.
    pub name: String,
    /// Every other form of the name.
    pub aliases: Vec<String>,
    /// The sides attested.
    pub sides: Vec<Side>,
    /// Offices as the reports have them.
    pub offices: Vec<String>,
    /// Identifier in the gazetteer.
    pub gazetteer: Option<String>,
    /// Where the person is named: report and the index of the figure in its reading.
    pub figures: Vec<(String, usize)>,
    /// Why several names are one person.
    pub reasons: Vec<String>,
    /// What people have decided about the person.
    pub judged: Judged,
}

/// A contact reconstructed from the accounts of all reports.
#[derive(Debug, Clone, PartialEq)]
pub struct Contact {
    /// Identifier: `c` and a few letters and digits, made from the oldest account.
    pub id: String,
    /// Words of the oldest account; a judgement on the contact is held by them.
    pub anchor: Anchor,
    /// What sort of contact.
    pub kind: ContactKind,
    /// Where it stands by the newest or weightiest account.
    pub status: Status,
    /// How the status came to be, oldest first.
    pub history: Vec<StatusStep>,
    /// The sides.
    pub sides: Vec<Side>,
    /// Identifiers of actors.
    pub participants: Vec<String>,
    /// When.
    pub date: Option<Edtf>,
    /// What was assumed about the date.
    pub assumed: Vec<String>,
    /// Where, as the reports have it.
    pub place: Option<String>,
    /// The accounts.
    pub accounts: Vec<ContactMention>,
    /// What each side says of it; every side of the contact has an entry.
    pub ledger: Vec<LedgerEntry>,
    /// How many independent origins it rests on.
    pub corroboration: Corroboration,
    /// What people have decided about it.
    pub judged: Judged,
}

/// An account within a contact.
#[derive(Debug, Clone, PartialEq)]
pub struct ContactMention {
    /// The report.
    pub report: String,
    /// Index of the account in the reading.
    pub account: usize,
    /// Why it was put to this contact; empty for the first.
    pub reason: String,
}

/// One step in the history of a status.
#[derive(Debug, Clone, PartialEq)]
pub struct StatusStep {
    /// The status told.
    pub status: Status,
    /// Day of publication of the report that tells it.
    pub told: Option<Edtf>,
    /// The report.
    pub report: String,
    /// The words.
    pub span: Span,
}

/// What a side says of a contact.
#[derive(Debug, Clone, PartialEq)]
pub struct LedgerEntry {
    /// The side.
    pub side: Side,
    /// Its stance.
    pub stance: Stance,
    /// The words it rests on, newest last; empty for silence, which is computed, not told.
    pub attested: Vec<Attestation>,
}

/// Words in a report that show something.
#[derive(Debug, Clone, PartialEq)]
pub struct Attestation {
    /// The report.
    pub report: String,
    /// The words.
    pub span: Span,
    /// Who is reported to have said it.
    pub speaker: String,
}

/// A side's stance towards a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stance {
    /// Says that it is so, announces it, or speaks of it as a fact.
    Confirms,
    /// Says that it is not so.
    Denies,
    /// Will not speak of it.
    Declines,
    /// Says both or neither.
    Neither,
    /// No statement of this side about it in the reports read.
    Silent,
}

impl Stance {
    /// The word of the design.
    pub fn label(self) -> &'static str {
        match self {
            Stance::Confirms => "confirms",
            Stance::Denies => "denies",
            Stance::Declines => "declines",
            Stance::Neither => "neither",
            Stance::Silent => "silent",
        }
    }
}

/// How many independent origins a contact rests on, as a range.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Corroboration {
    /// At least so many.
    pub least: usize,
    /// At most so many.
    pub most: usize,
    /// What the origins are: a lineage of reports, a cited outlet, an official speaker.
    pub origins: Vec<String>,
    /// Why the range is what it is, in plain words of the reports.
    pub reasons: Vec<String>,
}

/// A statement as the dossier lists it.
#[derive(Debug, Clone, PartialEq)]
pub struct StatementEntry {
    /// Identifier: `s` and a few letters and digits, made from the report and where the statement stands in it.
    pub id: String,
    /// Its words; a judgement on it is held by them.
    pub anchor: Anchor,
    /// The report.
    pub report: String,
    /// Index of the statement in the reading.
    pub statement: usize,
    /// Identifier of the actor, for a person.
    pub actor: Option<String>,
    /// The speaker's name.
    pub speaker: String,
    /// What sort of statement.
    pub act: Act,
    /// Identifiers of the contacts that it is about.
    pub about: Vec<String>,
    /// Statements of the same words in reports of other texts or the same lineage, by identifier.
    pub same_as: Vec<String>,
    /// What people have decided about it.
    pub judged: Judged,
}

/// Something that reports disagree about.
#[derive(Debug, Clone, PartialEq)]
pub struct Contradiction {
    /// What sort.
    pub kind: ContradictionKind,
    /// The contact it concerns.
    pub contact: String,
    /// The versions: what is said, and the words that say it.
    pub versions: Vec<(String, Attestation)>,
}

labels! {
    /// What reports can disagree about.
    ContradictionKind {
        /// When.
        Date = "date",
        /// Where.
        Place = "place",
        /// Who took part.
        Participants = "participants",
        /// At which level a side was represented: its leaders, its ministers, or others.
        Level = "level",
        /// What sort of contact it was.
        Kind = "kind",
        /// What somebody demanded.
        Demand = "demand",
        /// Whether it took place.
        Held = "held",
    }
}

/// Something that is missing.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// What sort.
    pub kind: GapKind,
    /// The contact it concerns.
    pub contact: String,
    /// The side, where it is one side's silence.
    pub side: Option<Side>,
}

labels! {
    /// What can be missing.
    GapKind {
        /// Planned for a day that has passed, and no report says whether it was held.
        NeverFollowedUp = "never_followed_up",
        /// It rests on a single origin.
        OneOrigin = "one_origin",
        /// A side of it is not heard.
        SideNotHeard = "side_not_heard",
        /// Neither held nor called off, and no report has told of it for long.
        LongSilence = "long_silence",
        /// No date is known.
        NoDate = "no_date",
    }
}
