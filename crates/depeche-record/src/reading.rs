//! What one report says. Field names and labels are those of the annotation guide.

use std::fmt;

use crate::labels::labels;
use crate::{Basis, Confidence, Derivation, Edtf, Language, Problem, Published, Span, TimeExpression};

/// What one report says, and nothing else.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Reading {
    /// The report's identifier.
    pub report: String,
    /// Language that it was read in.
    pub language: Language,
    /// What the language rests on.
    pub language_basis: Basis,
    /// Day of publication.
    pub published: Option<Published>,
    /// The people named, one entry a person, in order of first mention.
    pub figures: Vec<Figure>,
    /// Time expressions. They are not kept: nothing after the reading asks for them.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub times: Vec<TimeExpression>,
    /// Accounts of contacts (`contacts` in the guide).
    pub accounts: Vec<Account>,
    /// Statements.
    pub statements: Vec<Statement>,
    /// Origins.
    pub origins: Vec<Origin>,
    /// What was met on the way.
    pub problems: Vec<Problem>,
}

/// A person as one report names them; the dossier's actors are made of figures.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Figure {
    /// The longest form of the name in the text, without title.
    pub name: String,
    /// Every form of the name in the text, without title, each once, in order of first mention.
    pub forms: Vec<String>,
    /// Where the person is named.
    pub mentions: Vec<Span>,
    /// Offices and titles as the text has them: «conseiller diplomatique du Kremlin».
    pub offices: Vec<Span>,
    /// The side that the person stands for, where text or gazetteer tells.
    pub side: Option<Side>,
    /// Identifier in the gazetteer, where the person is known there without doubt.
    pub gazetteer: Option<String>,
}

/// A side: ISO 3166 alpha-2 code of a state, or the usual short name of an organisation or armed party.
///
/// An organisation whose short name is a state's code is told apart by `/org` («AU/org», the African Union, from «AU»,
/// Australia); it is written without, as the annotation guide has it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Side(pub String);

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.strip_suffix("/org").unwrap_or(&self.0))
    }
}

/// One report's telling of a contact.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Account {
    /// What sort of contact.
    pub kind: ContactKind,
    /// Whether it took place.
    pub status: Status,
    /// Two or more sides, sorted.
    pub sides: Vec<Side>,
    /// Indices into [`Reading::figures`].
    pub participants: Vec<usize>,
    /// When.
    pub date: Option<ContactDate>,
    /// Where.
    pub place: Option<Place>,
    /// One to three spans that together show it; the first shows the contact itself. At most 300 characters each.
    pub evidence: Vec<Span>,
    /// How sure it is.
    pub confidence: Confidence,
    /// Why it is held.
    pub derivation: Derivation,
}

/// The date of a contact.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ContactDate {
    /// As precise as text and publication date allow.
    pub value: Edtf,
    /// The words that say it.
    pub span: Span,
    /// What was assumed; empty where nothing was.
    pub assumed: Vec<String>,
}

/// The place of a contact.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Place {
    /// As the text has it.
    pub name: String,
    /// Where the text has it.
    pub span: Span,
}

/// What a named person or an institution is reported to have said.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Statement {
    /// Who said it.
    pub speaker: Speaker,
    /// What sort of statement.
    pub act: Act,
    /// The pieces between quotation marks, without the marks; empty where speech is only reported.
    pub quote: Vec<Span>,
    /// The reporting sentence. At most 600 characters.
    pub evidence: Span,
    /// Indices into [`Reading::accounts`] of the contacts that the statement is about.
    pub about: Vec<usize>,
    /// When it was said, where the sentence tells.
    pub date: Option<Edtf>,
    /// How sure it is.
    pub confidence: Confidence,
    /// Why it is held.
    pub derivation: Derivation,
}

/// Who said something.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Speaker {
    /// The person's longest name in the text, or the words for an institution or unnamed official.
    pub name: String,
    /// Index into [`Reading::figures`] for a person.
    pub figure: Option<usize>,
    /// The words that stand for the speaker here, pronouns included; the verb where there are none.
    pub span: Span,
    /// The side that the speaker speaks for.
    pub side: Option<Side>,
}

/// A publication, agency, broadcaster or channel that the text names as where a piece of it comes from.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Origin {
    /// As the text has it.
    pub name: String,
    /// Identifier in the gazetteer.
    pub gazetteer: Option<String>,
    /// In what way.
    pub relation: Relation,
    /// The citing words.
    pub evidence: Span,
    /// How sure it is.
    pub confidence: Confidence,
    /// Why it is held.
    pub derivation: Derivation,
}

labels! {
    /// What sort of contact.
    ContactKind {
        /// Physically together.
        Meeting = "meeting",
        /// By telephone or video.
        Call = "call",
        /// A round or a process of negotiations between delegations.
        Talks = "talks",
        /// Someone goes to another side's place and nobody to be met is named.
        Visit = "visit",
        /// Something handed from one side to another.
        Message = "message",
        /// Contact of a form that the text leaves open.
        Exchange = "exchange",
    }
}

labels! {
    /// Whether a contact took place.
    Status {
        /// It took place or is taking place.
        Held = "held",
        /// Announced, agreed or expected as a fact.
        Planned = "planned",
        /// Proposed, considered, conditional or rumoured.
        Possible = "possible",
        /// Said not to be planned or wanted.
        RuledOut = "ruled_out",
        /// Said not to have happened.
        Denied = "denied",
        /// Called off or put off.
        Cancelled = "cancelled",
    }
}

labels! {
    /// What sort of statement.
    Act {
        /// Says that something is so.
        Confirm = "confirm",
        /// Says that something is not so or did not happen.
        Deny = "deny",
        /// Will not say; neither confirms nor denies.
        NoComment = "no_comment",
        /// Requires, calls for.
        Demand = "demand",
        /// Offers, is ready to.
        Propose = "propose",
        /// Agrees.
        Accept = "accept",
        /// Refuses.
        Reject = "reject",
        /// Warns of harm to come.
        Threaten = "threaten",
        /// Blames.
        Accuse = "accuse",
        /// Tells of something to come.
        Announce = "announce",
        /// Judges.
        Assess = "assess",
        /// Everything else.
        State = "state",
    }
}

labels! {
    /// How a piece of a text relates to its origin.
    Relation {
        /// Reports what it published or what was said to it.
        Cites = "cites",
        /// The whole text comes from there, translated or not.
        Republishes = "republishes",
        /// Credit of a picture.
        Image = "image",
    }
}

impl Status {
    /// Whether nothing came of it, or is to come: ruled out, denied, cancelled.
    pub fn is_negative(self) -> bool {
        matches!(self, Status::RuledOut | Status::Denied | Status::Cancelled)
    }
}
