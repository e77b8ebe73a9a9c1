//! Finding names in a text.
//!
//! 1. The text is folded into words ([`crate::fold`]).
//! 2. At each word, the longest run of words that the index knows, whose spelling (capitals) and language fit.
//! 3. Hyphenated adjectives are put together: «russo-américain», `US-Russian`, «российско-американский».

use depeche_record::{Language, Span};

use crate::entry::OfficeClass;
use crate::fold::{Folded, Word, fold};
use crate::index::{Case, Index, Meaning, Posting};

/// A name, adjective or title found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Where it stands.
    pub span: Span,
    /// What it may mean; more than one where the form is ambiguous (`Brussels`, «Congo», «congolais»).
    pub senses: Vec<Sense>,
}

/// What a form may mean. States are ISO 3166 alpha-2 codes, organisations and parties their short names; a *side* is
/// either.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sense {
    /// A state by name.
    State(&'static str),
    /// Several states by one name: «les deux Corées».
    States(Vec<&'static str>),
    /// An adjective of one or several sides: «russe», «russo-américain» → `[RU, US]`.
    Adjective(Vec<&'static str>),
    /// People of a state, or of the European Union: «les Russes», `Americans`, «россияне».
    Demonym(&'static str),
    /// The capital of a state. Where [`crate::State::capital_speaks`], it may mean the government.
    Capital(&'static str),
    /// A town or venue in a state.
    Town(&'static str),
    /// A seat of power that stands for a side.
    Seat(&'static str),
    /// An organisation or one of its bodies.
    Organisation(&'static str),
    /// An adjective of an organisation: «européen», «onusien».
    OrganisationAdjective(&'static str),
    /// An armed party.
    Party(&'static str),
    /// An outlet, agency or platform.
    Outlet {
        /// Its identifier.
        id: &'static str,
        /// Whether the name is an everyday word or another's name too, so that it wants a word of context.
        ambiguous: bool,
    },
    /// An office, title or institution. Where the words name a side that cannot be told apart from the title («patron de
    /// l'ONU»), the side is another sense of the same match.
    Office(OfficeClass),
    /// A person by full name.
    Person(&'static str),
    /// A person by a surname that only they bear here.
    PersonSurname(&'static str),
}

pub(crate) fn matches(index: &Index, text: &str, language: Language) -> Vec<Match> {
    let folded = fold(text);
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < folded.words.len() {
        match longest_at(index, &folded, at, language) {
            Some(next) => {
                at = next.end;
                found.push(next);
            }
            None => at += 1,
        }
    }
    let found = put_compounds_together(found, &folded, language);
    found.into_iter().filter_map(|found| found.into_match(text, &folded)).collect()
}

/// Words `start..end` and what they may mean.
#[derive(Debug)]
struct Found {
    start: usize,
    end: usize,
    meanings: Vec<Meaning>,
}

impl Found {
    fn into_match(self, text: &str, folded: &Folded) -> Option<Match> {
        let senses: Vec<Sense> = self
            .meanings
            .into_iter()
            .filter_map(|meaning| match meaning {
                Meaning::Whole(sense) => Some(sense),
                Meaning::Combining(_) => None,
            })
            .collect();
        let (first, last) = (folded.words[self.start].start as usize, folded.words[self.end - 1]);
        let (start, end) = (last.start as usize, last.end as usize);
        // The last point of `U.S.` belongs to it.
        let initials = text[start..end].chars().count() == 1 && text[first..end].contains('.');
        let end = if initials && text[end..].starts_with('.') { end + 1 } else { end };
        (!senses.is_empty()).then_some(Match { span: Span::new(first, end), senses })
    }
}

fn longest_at(index: &Index, folded: &Folded, at: usize, language: Language) -> Option<Found> {
    let longest = index.longest(folded.key(at, 1));
    let run = folded.words[at..].iter().take(longest);
    let unbroken = run.enumerate().take_while(|(n, word)| *n == 0 || !word.after_break).count();
    (1..=unbroken).rev().find_map(|count| {
        let words = &folded.words[at..at + count];
        let meanings = fitting(index.postings(folded.key(at, count)), words, language);
        let hyphen_follows = folded.words.get(at + count).is_some_and(|word| word.hyphen);
        let useful = |meaning: &Meaning| hyphen_follows || !matches!(meaning, Meaning::Combining(_));
        meanings.iter().any(useful).then_some(Found { start: at, end: at + count, meanings })
    })
}

/// The meanings whose spelling fits: those of the text's own language where there are any, else those of others.
fn fitting(postings: &[Posting], words: &[Word], language: Language) -> Vec<Meaning> {
    let fits = |posting: &&Posting| match posting.case {
        Case::Any => true,
        Case::Capital => words.iter().any(|word| word.capital),
        Case::AfterArticle => words.iter().skip(1).any(|word| word.capital),
        Case::Inner => words[0].capital && !words[0].initial,
        Case::Upper => words.iter().all(|word| word.upper),
        Case::Small => words[0].initial || !words[0].capital || words.iter().all(|word| word.upper),
    };
    let spelled: Vec<&Posting> = postings.iter().filter(fits).collect();
    let own = spelled.iter().any(|posting| posting.languages.contains(language));
    let mut meanings = Vec::new();
    for posting in spelled {
        let reads = if own { posting.languages.contains(language) } else { posting.abroad };
        if reads && !meanings.contains(&posting.sense) {
            meanings.push(posting.sense.clone());
        }
    }
    meanings
}

/// From right to left, so that «russo-turco-iranien» grows from its end.
fn put_compounds_together(found: Vec<Found>, folded: &Folded, language: Language) -> Vec<Found> {
    let mut done: Vec<Found> = Vec::with_capacity(found.len());
    for mut left in found.into_iter().rev() {
        if let Some(right) = done.last() {
            let tied = left.end == right.start && folded.words[right.start].hyphen;
            let meanings =
                if tied { compound(&left.meanings, &right.meanings, language) } else { Vec::new() };
            if !meanings.is_empty() {
                left.end = right.end;
                left.meanings = meanings;
                done.pop();
            }
        }
        done.push(left);
    }
    done.reverse();
    done
}

/// No adjective of sense names more sides; without a bound, a chain without end would take quadratic time.
const MOST_SIDES: usize = 6;

/// The adjectives that two parts make.
fn compound(left: &[Meaning], right: &[Meaning], language: Language) -> Vec<Meaning> {
    let mut meanings = Vec::new();
    for head in left.iter().filter_map(|meaning| head(meaning, language)) {
        for tail in right.iter().filter_map(tail) {
            if head.len() + tail.len() > MOST_SIDES {
                continue;
            }
            let sides: Vec<&'static str> = head.iter().chain(&tail).copied().collect();
            let meaning = Meaning::Whole(Sense::Adjective(sides));
            if !meanings.contains(&meaning) {
                meanings.push(meaning);
            }
        }
    }
    // More readings than these are not worth telling apart, and chains of ambiguous parts would multiply them.
    meanings.truncate(4);
    meanings
}

/// The sides that the first part of a compound names.
fn head(meaning: &Meaning, language: Language) -> Option<Vec<&'static str>> {
    match meaning {
        Meaning::Combining(side) => Some(vec![side]),
        // `US-Russian`, `EU-Ukrainian`; in French and Russian the combining form is another one.
        Meaning::Whole(Sense::State(side) | Sense::Organisation(side)) if language == Language::English => {
            Some(vec![side])
        }
        _ => tail(meaning),
    }
}

/// The sides that an adjective names.
fn tail(meaning: &Meaning) -> Option<Vec<&'static str>> {
    match meaning {
        Meaning::Whole(Sense::Adjective(sides)) => Some(sides.clone()),
        Meaning::Whole(Sense::OrganisationAdjective(side)) => Some(vec![side]),
        _ => None,
    }
}
