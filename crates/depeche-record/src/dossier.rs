//! The collection of reports with all that is reconstructed from it. Everything here is derived: a function of the set
//! of readings and judgements, not of their order.

use crate::{Act, ContactKind, Edtf, Language, Problem, Published, Relation, Side, Span, Status};

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
    /// What could not be read as it should.
    pub problems: Vec<Problem>,
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
    /// Reports with the same value rest on one original text.
    pub lineage: String,
    /// Why it shares the lineage, one link for each report that it was tied to.
    pub links: Vec<LineageLink>,
    /// The origins that it names.
    pub origins: Vec<(String, Relation, Span)>,
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
    /// Identifier: `p1`, `p2` … in the order of the list.
    pub id: String,
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
}

/// A contact reconstructed from the accounts of all reports.
#[derive(Debug, Clone, PartialEq)]
pub struct Contact {
    /// Identifier: `c1`, `c2` … in the order of the list.
    pub id: String,
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
    /// Identifier: `s1`, `s2` … in the order of the list.
    pub id: String,
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

/// What reports can disagree about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ContradictionKind {
    /// When.
    Date,
    /// Where.
    Place,
    /// Who took part.
    Participants,
    /// Whether it took place.
    Held,
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

/// What can be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum GapKind {
    /// Planned for a day that has passed, and no report says whether it was held.
    NeverFollowedUp,
    /// It rests on a single origin.
    OneOrigin,
    /// A side of it is not heard.
    SideNotHeard,
    /// No date is known.
    NoDate,
}
