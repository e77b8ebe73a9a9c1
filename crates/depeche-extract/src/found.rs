//! The gazetteer's matches over whole words.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use depeche_gazetteer::{Gazetteer, Match, OfficeClass, Sense};
use depeche_record::Side;

use crate::word::Word;

/// A match of the gazetteer over whole words.
#[derive(Debug, Clone)]
pub(crate) struct FoundMatch {
    pub words: Range<usize>,
    pub senses: Vec<Sense>,
}

impl FoundMatch {
    pub fn is_person(&self) -> bool {
        self.senses.iter().any(|s| matches!(s, Sense::Person(_) | Sense::PersonSurname(_)))
    }

    /// Whether it could as well be part of a name: an ambiguous outlet, a town.
    pub fn is_weak(&self) -> bool {
        self.senses.iter().all(|s| matches!(s, Sense::Outlet { ambiguous: true, .. } | Sense::Town(_)))
    }

    pub fn is_office(&self) -> bool {
        self.office().is_some()
    }

    pub fn office(&self) -> Option<OfficeClass> {
        self.senses.iter().find_map(|s| match s {
            Sense::Office(class) => Some(*class),
            _ => None,
        })
    }

    pub fn is_adjective(&self) -> bool {
        self.senses.iter().any(|s| matches!(s, Sense::Adjective(_) | Sense::OrganisationAdjective(_)))
    }

    /// The sides that the words stand for when they say whose somebody is.
    pub fn sides(&self) -> Vec<Side> {
        let mut sides: Vec<Side> = Vec::new();
        for sense in &self.senses {
            match sense {
                Sense::Adjective(codes) | Sense::States(codes) => sides.extend(codes.iter().map(|c| side(c))),
                Sense::State(c) | Sense::Capital(c) | Sense::Demonym(c) => sides.push(side(c)),
                Sense::Seat(c)
                | Sense::Organisation(c)
                | Sense::OrganisationAdjective(c)
                | Sense::Party(c) => {
                    sides.push(side(c));
                }
                _ => {}
            }
            if !sides.is_empty() {
                break;
            }
        }
        sides
    }

    pub fn is_place(&self) -> bool {
        self.senses
            .iter()
            .any(|s| matches!(s, Sense::State(_) | Sense::Capital(_) | Sense::Town(_) | Sense::Seat(_)))
    }

    /// The state that a place belongs to.
    pub fn place_of(&self) -> Option<&str> {
        self.senses.iter().find_map(|s| match s {
            Sense::State(c) | Sense::Capital(c) | Sense::Town(c) | Sense::Seat(c) => Some(&**c),
            _ => None,
        })
    }

    pub fn outlet(&self) -> Option<(&'static str, bool)> {
        self.senses.iter().find_map(|s| match s {
            Sense::Outlet { id, ambiguous } => Some((*id, *ambiguous)),
            _ => None,
        })
    }
}

pub(crate) fn side(code: &str) -> Side {
    Side(code.to_owned())
}

/// The gazetteer's matches, by word.
pub(crate) struct Found {
    matches: Vec<FoundMatch>,
    starting: BTreeMap<usize, usize>,
    ending: BTreeMap<usize, usize>,
}

impl Found {
    /// Lays matches over words; those that do not begin and end with a word are left out.
    pub fn new(words: &[Word], matches: &[Match], gazetteer: &Gazetteer) -> Found {
        let starts: BTreeMap<u32, usize> = words.iter().enumerate().map(|(n, w)| (w.span.start, n)).collect();
        let ends: BTreeMap<u32, usize> = words.iter().enumerate().map(|(n, w)| (w.span.end, n + 1)).collect();
        let matches: Vec<FoundMatch> = matches
            .iter()
            .filter_map(|m| {
                let (start, end) = (*starts.get(&m.span.start)?, *ends.get(&m.span.end)?);
                (start < end).then(|| FoundMatch { words: start..end, senses: m.senses.clone() })
            })
            .collect();
        let matches = disambiguate(matches, gazetteer);
        let starting = matches.iter().enumerate().map(|(n, m)| (m.words.start, n)).collect();
        let ending = matches.iter().enumerate().map(|(n, m)| (m.words.end, n)).collect();
        Found { matches, starting, ending }
    }

    /// The match that begins with word `at`.
    pub fn match_at(&self, at: usize) -> Option<&FoundMatch> {
        self.starting.get(&at).map(|&n| &self.matches[n])
    }

    /// The match whose last word stands before `at`.
    pub fn match_ending(&self, at: usize) -> Option<&FoundMatch> {
        self.ending.get(&at).map(|&n| &self.matches[n])
    }

    /// The match that holds word `at`.
    pub fn covering(&self, at: usize) -> Option<&FoundMatch> {
        let (_, &n) = self.starting.range(..=at).next_back()?;
        Some(&self.matches[n]).filter(|m| m.words.contains(&at))
    }

    /// All matches, in order.
    pub fn all(&self) -> impl Iterator<Item = &FoundMatch> {
        self.matches.iter()
    }

    /// The matches that begin within a range of words.
    pub fn within(&self, words: Range<usize>) -> impl Iterator<Item = &FoundMatch> {
        self.starting.range(words).map(|(_, &n)| &self.matches[n])
    }
}

/// Where a name, an adjective or a people can be of several sides («Congo», «congolais», «Bruxelles»), keeps those that the
/// report names most otherwise, by what can mean one side alone: a name, a capital, a seat, a person.
fn disambiguate(mut matches: Vec<FoundMatch>, gazetteer: &Gazetteer) -> Vec<FoundMatch> {
    let mut named: BTreeMap<&'static str, usize> = BTreeMap::new();
    for m in &matches {
        let states = m.senses.iter().filter_map(|s| match s {
            Sense::State(code) | Sense::Capital(code) | Sense::Town(code) | Sense::Seat(code) => Some(*code),
            Sense::Organisation(code) | Sense::Party(code) => Some(*code),
            Sense::Person(id) | Sense::PersonSurname(id) => gazetteer.person(id).map(|p| p.side),
            _ => None,
        });
        let states: BTreeSet<&'static str> = states.collect();
        if let [state] = states.into_iter().collect::<Vec<_>>()[..] {
            *named.entry(state).or_default() += 1;
        }
    }
    let often = |s: &Sense| match s {
        Sense::Adjective(codes) => codes.iter().map(|c| named.get(c).copied().unwrap_or(0)).min(),
        Sense::Demonym(code) | Sense::State(code) | Sense::Capital(code) | Sense::Seat(code) => {
            Some(named.get(code).copied().unwrap_or(0))
        }
        _ => None,
    };
    for m in &mut matches {
        let several = m.senses.iter().filter(|s| often(s).is_some()).count() > 1;
        let most = m.senses.iter().filter_map(often).max().filter(|&most| several && most > 0);
        if let Some(most) = most {
            m.senses.retain(|s| often(s).is_none_or(|n| n == most));
        }
        // «Bruxelles» is the Union's before it is Belgium's.
        m.senses.sort_by_key(|s| !matches!(s, Sense::Seat(_)));
    }
    matches
}
