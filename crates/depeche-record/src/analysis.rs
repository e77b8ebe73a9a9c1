//! What the language stage finds in a text.

use std::ops::Range;

use crate::{Basis, Edtf, Language, Problem, Span};

/// The linguistic analysis of one report.
///
/// [`Token::morphs`] holds what the lexicon knows of a form, not disambiguated; trees are read for the sentences that
/// somebody asks for ([`Parser`](crate::Parser)).
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    /// Language that the text was analysed as.
    pub language: Language,
    /// What the language rests on.
    pub language_basis: Basis,
    /// Tokens of all blocks but noise, in reading order.
    pub tokens: Vec<Token>,
    /// Sentences in reading order; each lies within one block.
    pub sentences: Vec<Sentence>,
    /// Time expressions in reading order.
    pub times: Vec<TimeExpression>,
    /// Day of publication: the report's own, else the one that the text shows.
    pub published: Option<Published>,
    /// What was met on the way.
    pub problems: Vec<Problem>,
}

impl Analysis {
    /// The tokens of a range.
    pub fn tokens_of(&self, range: TokenRange) -> &[Token] {
        &self.tokens[range.range()]
    }

    /// The range of the tokens that overlap `span`.
    pub fn tokens_in(&self, span: Span) -> TokenRange {
        let start = self.tokens.partition_point(|t| t.span.end <= span.start);
        let end = self.tokens.partition_point(|t| t.span.start < span.end);
        TokenRange { start: start as u32, end: end.max(start) as u32 }
    }

    /// Index of the sentence that holds the start of `span`.
    pub fn sentence_at(&self, span: Span) -> Option<usize> {
        let after = self.sentences.partition_point(|s| s.span.start <= span.start);
        after.checked_sub(1).filter(|&n| span.start < self.sentences[n].span.end)
    }
}

/// Day of publication and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Published {
    /// The day.
    pub date: Edtf,
    /// What it rests on.
    pub basis: Basis,
    /// Where the text has it, if it does.
    pub span: Option<Span>,
}

/// A half-open range of token indices of one analysis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct TokenRange {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
}

impl TokenRange {
    /// As a range of indices.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands, without white space at its ends.
    pub span: Span,
    /// Its tokens.
    pub tokens: TokenRange,
    /// Index of its block in the report.
    pub block: u32,
}

/// A token: a word (an elided article or a clitic on its own), number, mark or symbol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it looks like.
    pub kind: TokenKind,
    /// What the lexicon knows of the form, in any of its readings; empty for forms that it does not list.
    pub morphs: Vec<Morph>,
}

/// What a token looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, with inner apostrophes and hyphens where they belong to the word.
    Word,
    /// Digits, with separators.
    Number,
    /// A mark that opens a quotation, by its form or by its place.
    QuoteOpen,
    /// A mark that closes a quotation.
    QuoteClose,
    /// Other punctuation.
    Punctuation,
    /// An address on the web or a mail address.
    Address,
    /// Everything else.
    Symbol,
}

/// A reading of a verb form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Morph {
    /// Dictionary form, such as `rencontrer`.
    pub lemma: &'static str,
    /// Tense and mood in one.
    pub tense: Tense,
    /// Person and number, where the form shows them.
    pub person: Person,
}

/// Tense and mood of a verb form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tense {
    /// Infinitive.
    Infinitive,
    /// Present indicative.
    Present,
    /// Imperfect; English and Russian past forms are [`Tense::Past`].
    Imperfect,
    /// Simple past: passé simple, English preterite, Russian past.
    Past,
    /// Synthetic future; in Russian the present forms of perfective verbs.
    Future,
    /// Conditional.
    Conditional,
    /// Subjunctive that differs from the indicative.
    Subjunctive,
    /// Past participle; Russian: past and passive participles.
    PastParticiple,
    /// Present participle and gerund.
    PresentParticiple,
}

/// Person and number of a verb form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Person {
    /// First or second person.
    Other,
    /// Third person singular.
    ThirdSingular,
    /// Third person plural.
    ThirdPlural,
    /// Not shown by the form.
    Unmarked,
}

/// An expression of time and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeExpression {
    /// Where it stands.
    pub span: Span,
    /// What the value tells: an expression that names the day and an hour of it counts as a date.
    pub kind: TimeKind,
    /// The value, EDTF; none where it cannot be told to the month, and for times of day, durations and sets.
    pub value: Option<Edtf>,
    /// The value if the event lies before the anchor day («jeudi», of what happened), where the two differ.
    pub past: Option<Edtf>,
    /// The value if the event lies after the anchor day («jeudi», of what is planned), where the two differ.
    pub future: Option<Edtf>,
    /// Whether the words tell the time itself, or that something lasted from it on or up to it.
    pub reach: Reach,
    /// What the value was reckoned from.
    pub basis: TimeBasis,
    /// What was assumed and why, in plain words; empty where nothing was.
    pub assumed: Vec<String>,
    /// The same in TimeML: mostly one element, two for the ends of an interval, none for words that TimeML passes over.
    pub timex: Vec<Timex>,
    /// Name of the rule that read it.
    pub rule: &'static str,
}

impl TimeExpression {
    /// The value with its open side: «depuis janvier» is `2025-01/..`, «jusqu'à vendredi» `../2025-03-14`.
    pub fn edtf(&self) -> Option<Edtf> {
        let value = self.value.as_ref()?;
        match self.reach {
            Reach::At => Some(value.clone()),
            Reach::From => value.and_on(),
            Reach::To => value.up_to(),
            Reach::After => value.after(),
            Reach::Before => value.before(),
        }
    }
}

/// Which side of a time is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Reach {
    /// Neither: the time itself.
    #[default]
    At,
    /// From the time on: «depuis», *since*, «с».
    From,
    /// Up to the time: «jusqu'à», *until*, «по».
    To,
    /// Later than the time: «après», *after*, «после».
    After,
    /// Earlier than the time: «avant», *before*, «до».
    Before,
}

/// An expression of time as TimeML annotates it. Its words leave out prepositions and other signals: «il y a», «plus tard».
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timex {
    /// Where it stands.
    pub span: Span,
    /// The attribute `type`.
    pub kind: TimeKind,
    /// The attribute `value`: `1999-05-20`, `1999-05-20TEV`, `P2Y`, `XXXX-WXX-4`, `PRESENT_REF`.
    pub value: String,
}

/// TIMEX3 types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimeKind {
    /// A calendar date or a period.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A recurring time.
    Set,
}

/// What a time value was reckoned from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimeBasis {
    /// The expression itself has it all.
    Absolute,
    /// The day of publication.
    Publication,
    /// An earlier date of the narrative.
    Narrative,
    /// Nothing to reckon from: the value holds what is known without it.
    Unanchored,
}
