//! Where: the town that the words of a contact are told with, or the one that the report is telling of.
//!
//! 1. A place that heads the sentence, is a complement of the contact, or stands near it behind «à», in its clause.
//! 2. What «où» and «y» stand for: the place right before, the place last told.
//! 3. A town as the complement of a noun: «le sommet de Budapest», `the Istanbul talks`.
//! 4. The capital of a state, where the report names it elsewhere: «dans la capitale turque».
//! 5. For a meeting told without a place, the town last told right before it.
//!
//! Where a report was written, as its dateline has it, is no place of a contact.

use std::ops::Range;

use depeche_gazetteer::Sense;
use depeche_record::{ContactKind, Place, Side, Status, Tense, Upos};

use super::Told;
use super::narrative::BACK;
use super::parties::Parties;
use crate::found::FoundMatch;
use crate::mention::{Mention, span_of};
use crate::scene::Scene;

/// How far a place may stand from the word for a contact, in words.
const NEAR: usize = 22;
/// What a place that heads the sentence or is a complement counts for, however far it stands.
const TIED: usize = 6;
/// How many words an opening «Jeudi 19 octobre, à Doha, …» may have before its place.
const OPENING: usize = 8;
/// What a state counts for more than a town.
const STATE: usize = 8;

impl Scene<'_> {
    /// The place that the words of a contact name.
    pub(super) fn place(&self, told: &Told) -> Option<Place> {
        let near = self.nearest_place(told).filter(|(distance, _)| *distance <= NEAR).map(|(_, m)| m);
        let found = self
            .place_of_there(told)
            .or(near)
            .or_else(|| self.place_of_noun(told))
            .or_else(|| self.place_before_where(told));
        found.map(|m| self.placed_at(&m.words)).or_else(|| self.capital_told(told))
    }

    /// The town last told, for a meeting that the report tells as its next event.
    pub(super) fn place_told(
        &self,
        told: &Told,
        status: Status,
        cue: bool,
        parties: &Parties,
    ) -> Option<Place> {
        let was = cue || (!told.word.is_verb && self.is_aside(told.clause, told.trigger));
        let meeting = told.kind == ContactKind::Meeting && status == Status::Held && was;
        if !meeting || told.word.vague || self.is_background(told) {
            return None;
        }
        if self.quotes(told.sentence).iter().any(|q| q.holds(told.trigger.start)) {
            return None;
        }
        let (n, town) = self.town_before(told.n)?;
        self.speaks_of(n, &parties.sides).then(|| self.placed_at(&town.words))
    }

    pub(super) fn placed_at(&self, words: &Range<usize>) -> Place {
        let span = span_of(self.words, words);
        Place { name: span.of(&self.report.text).to_owned(), span }
    }

    /// The best place of the clause behind «à», and how far it stands.
    fn nearest_place(&self, told: &Told) -> Option<(usize, &FoundMatch)> {
        let Told { clause, trigger, word, .. } = told;
        let at = |words: &Range<usize>| match words.end <= trigger.start {
            true => (trigger.start - words.end) * 2,
            false => words.start.saturating_sub(trigger.end),
        };
        self.found
            .within((*clause).clone())
            .filter(|m| m.is_place() && m.words.end <= clause.end)
            .filter_map(|m| {
                let goes = word.goer && m.words.start >= trigger.start && m.words.start <= trigger.end + 6;
                let tied = self.opens_with(told, m) || self.is_complement(told, m);
                // «la politique adoptée à Séoul, il n'y a pas lieu de se rencontrer»: another clause.
                let between = m.words.end..trigger.start.max(m.words.end);
                let opens = m.words.start <= clause.start + 2;
                if !tied && !opens && between.into_iter().any(|n| self.words[n].form == ",") {
                    return None;
                }
                let distance = if tied { at(&m.words).min(TIED) } else { at(&m.words) };
                let state = if is_state(m) { STATE } else { 0 };
                (self.stands_at(clause.start, m) || goes).then_some((distance + state, m))
            })
            .min_by_key(|(distance, m)| (*distance, m.words.start))
    }

    /// Whether «à», «en», «dans» stands before a place, and not what the words speak of: «la guerre en Ukraine».
    fn stands_at(&self, start: usize, m: &FoundMatch) -> bool {
        let mut n = m.words.start;
        while n > start {
            n -= 1;
            let form = &self.words[n].form;
            if self.lexicon.is("place", form) {
                // «ouvrirait à l'Éthiopie un accès»: to whom, not where.
                let article = &self.words[n + 1].form;
                let to = is_state(m) && self.lexicon.is("to", form) && self.lexicon.is("dative", article);
                return !to && (n == start || !self.lexicon.is("war", &self.words[n - 1].form));
            }
            if !self.lexicon.is("article", form) {
                return false;
            }
        }
        false
    }

    /// Whether a place opens the sentence, alone or with a date: «Jeudi, à Bamako, X …».
    fn opens_with(&self, told: &Told, m: &FoundMatch) -> bool {
        let before = told.clause.start..m.words.start;
        let verb = |n: usize| {
            let word = &self.words[n];
            (word.is_finite() && !self.lexicon.is_small(&word.form))
                || word.has_tense(&[Tense::PastParticiple])
        };
        let tops = self.trees.top(&m.words).zip(self.trees.top(told.trigger));
        let ways = tops.and_then(|(place, word)| self.trees.clauses_between(place, word));
        // «À Kiev, X a dit espérer une réunion»: where it was said.
        let said = self.is_said(told) || ways.is_some_and(|(_, entered)| entered > 0);
        !said
            && before.len() <= OPENING
            && m.words.end <= told.trigger.start
            && !before.clone().any(|n| verb(n) || self.mention_at(n).is_some_and(Mention::can_act))
    }

    /// Whether the tree has a place as a complement of the contact, or of the verb whose object the contact is: «ont eu, à
    /// Moscou, un entretien».
    fn is_complement(&self, told: &Told, m: &FoundMatch) -> bool {
        let tops = self.trees.top(&m.words).zip(self.trees.top(told.trigger));
        tops.is_some_and(|(place, word)| {
            let verb = self.trees.head(word).filter(|&head| {
                matches!(self.trees.relation(word), "obj" | "nsubj")
                    && self.trees.upos(head) == Some(Upos::Verb)
            });
            let head = self.trees.head(place);
            self.trees.relation(place) == "obl" && (head == Some(word) || (verb.is_some() && head == verb))
        })
    }

    /// The town that a noun is told with: «le sommet de Budapest», `the Istanbul talks`.
    fn place_of_noun(&self, told: &Told) -> Option<&FoundMatch> {
        let Told { trigger, word, .. } = told;
        if word.is_verb || !matches!(word.kind, ContactKind::Meeting | ContactKind::Talks) {
            return None;
        }
        let behind = (trigger.end..trigger.end + 2)
            .find(|&n| self.words.get(n).is_some_and(|w| self.lexicon.is("genitive", &w.form)));
        let follows = behind.map(|n| n + 1..n + 2);
        let leads = trigger.start.saturating_sub(3).max(told.sentence.start)..trigger.start;
        let town = |m: &&FoundMatch| !is_state(m) && is_town(m);
        follows
            .and_then(|n| self.found.within(n).find(town))
            .or_else(|| self.found.within(leads).find(|m| town(m) && m.words.end == trigger.start))
    }

    /// The place right before «où»: «à Washington, où l'a reçu X».
    fn place_before_where(&self, told: &Told) -> Option<&FoundMatch> {
        let opens = (told.sentence.start + 1..=told.clause.start)
            .rev()
            .take(3)
            .find(|&n| self.lexicon.is("where", &self.words[n].form))?;
        let end = if self.words[opens - 1].form == "," { opens - 1 } else { opens };
        self.found.match_ending(end).filter(|m| m.is_place())
    }

    /// The place that «y» takes up: the last one told before it.
    fn place_of_there(&self, told: &Told) -> Option<&FoundMatch> {
        let before = told.trigger.start.saturating_sub(4).max(told.clause.start)..told.trigger.start;
        let there = before.rev().find(|&n| {
            // «il y a», `there was`.
            let dummy = |at: usize| self.words.get(at).is_some_and(|w| self.lexicon.is("dummy", &w.form));
            self.lexicon.is("there", &self.words[n].form) && !(n > 0 && dummy(n - 1)) && !dummy(n + 1)
        })?;
        let within = self.found.within(told.sentence.start..there).filter(|m| m.is_place()).last();
        within.or_else(|| self.town_before(told.n).map(|(_, town)| town))
    }

    /// The last town that a sentence before tells something at, with that sentence.
    fn town_before(&self, n: usize) -> Option<(usize, &FoundMatch)> {
        let block = self.bounds[n].block;
        (0..n)
            .rev()
            .take_while(|&m| self.bounds[m].block == block || n - m <= BACK)
            .filter(|&m| self.is_prose(m))
            .find_map(|m| self.town_of(m).map(|town| (m, town)))
    }

    /// The last town that a sentence tells something at.
    pub(super) fn town_of(&self, n: usize) -> Option<&FoundMatch> {
        let sentence = &self.sentences[n];
        let quotes = self.quotes(sentence);
        let told = |m: &&FoundMatch| {
            let quoted = quotes.iter().any(|q| q.holds(m.words.start));
            is_town(m) && self.stands_at(sentence.start, m) && !quoted
        };
        self.found.within(sentence.clone()).filter(told).last()
    }

    /// The capital of a state, by its name elsewhere in the report: «dans la capitale turque».
    fn capital_told(&self, told: &Told) -> Option<Place> {
        let clause = told.clause;
        let at = clause.clone().find(|&n| {
            self.lexicon.is("capital", &self.words[n].form)
                && n > clause.start
                && (n.saturating_sub(3).max(clause.start)..n)
                    .any(|k| self.lexicon.is("place", &self.words[k].form))
        })?;
        let around = at.saturating_sub(2).max(clause.start)..(at + 4).min(clause.end);
        let state = self.found.within(around).find_map(|m| match m.sides().as_slice() {
            [side] => Some(side.0.clone()),
            _ => None,
        })?;
        let capital = self
            .found
            .all()
            .find(|m| m.senses.iter().any(|s| matches!(s, Sense::Capital(code) if *code == state)))?;
        Some(self.placed_at(&capital.words))
    }
}

impl Scene<'_> {
    /// The state that a place lies in.
    pub(super) fn state_of(&self, place: &Place) -> Option<Side> {
        let words = self.analysis.tokens_in(place.span).range();
        let m = words.into_iter().find_map(|n| self.found.match_at(n))?;
        m.place_of().map(|code| Side(code.to_owned()))
    }

    /// Whether a place is a state: a town may be meant that lies in it.
    pub(super) fn is_wide(&self, place: &Place) -> bool {
        let words = self.analysis.tokens_in(place.span).range();
        words.into_iter().find_map(|n| self.found.match_at(n)).is_some_and(is_state)
    }
}

/// Whether a place is a state and no town.
fn is_state(m: &FoundMatch) -> bool {
    m.senses.iter().any(|s| matches!(s, Sense::State(_))) && !is_town(m)
}

/// Whether a place is a town.
fn is_town(m: &FoundMatch) -> bool {
    m.senses.iter().any(|s| matches!(s, Sense::Capital(_) | Sense::Town(_)))
}
