//! When and where: the date and the town nearest to the word for a contact, unless they are another's.

use std::ops::Range;

use depeche_gazetteer::Sense;
use depeche_record::{
    ContactDate, ContactKind, Edtf, Place, Span, Status, TimeBasis, TimeExpression, TimeKind,
};

use crate::lexicon::ContactWord;
use crate::mention::span_of;
use crate::scene::Scene;

/// What it weighs, in characters, that a date stands in a clause that the contact is not told in.
const LEFT: usize = 110;
/// What it weighs that the contact is told in a clause below the date's.
const ENTERED: usize = 40;

impl Scene<'_> {
    pub(super) fn date(
        &self,
        sentence: &Range<usize>,
        clause: &Range<usize>,
        trigger: &Range<usize>,
        word: &ContactWord,
        status: Status,
        told: bool,
    ) -> Option<ContactDate> {
        let window = span_of(self.words, sentence);
        let at = span_of(self.words, trigger);
        let own = span_of(self.words, clause);
        let top = self.trees.top(trigger);
        let distance = |t: &TimeExpression| {
            let gap = if t.span.end <= at.start {
                at.start - t.span.end
            } else {
                t.span.start.saturating_sub(at.end)
            };
            // A date of another clause is farther than any of its own.
            let within = self.analysis.tokens_in(t.span).range();
            let ways = self
                .trees
                .top(&within)
                .zip(top)
                .and_then(|(time, word)| self.trees.clauses_between(time, word));
            gap + match ways {
                Some((left, entered)) => (left * LEFT + entered * ENTERED) as u32,
                None if own.contains(t.span) => 0,
                None => 120,
            }
        };
        let rivals = self.rivals(sentence, trigger, word);
        // «a annoncé jeudi, à l'issue d'un appel»: the day of the saying is the call's.
        let aside = !word.is_verb && self.is_aside(clause, trigger);
        let gap = |a: Span, b: Span| b.start.saturating_sub(a.end).max(a.start.saturating_sub(b.end));
        // «se sont réunis dimanche pour préparer les négociations»: the day is the nearer word's.
        let anothers = |t: &TimeExpression| rivals.iter().any(|rival| gap(t.span, *rival) < gap(t.span, at));
        let usable = |t: &&TimeExpression| {
            window.contains(t.span)
                && t.kind == TimeKind::Date
                && (t.value.is_some() || t.past.is_some() || t.future.is_some())
                && !anothers(t)
                && (aside || !self.dates_saying(sentence, t, trigger))
                && (!self.is_bound(t.span) || (status == Status::Held && self.is_since(t.span)))
        };
        let time = self
            .times_in(window)
            .iter()
            .filter(usable)
            .min_by_key(|t| (distance(t), t.span.start))
            .filter(|t| distance(t) <= 220);
        let Some(time) = time else {
            return self.today(trigger, word, status);
        };
        let value: &Edtf = match status {
            Status::Held | Status::Denied if told => time.past.as_ref().or(time.value.as_ref()),
            Status::Planned | Status::Possible if told => time.future.as_ref().or(time.value.as_ref()),
            _ => time.value.as_ref(),
        }
        .or(time.value.as_ref())?;
        // A year or a season dates no contact: it is to be told to the month.
        if value.width().is_some_and(|days| days > 31) {
            return None;
        }
        let mut assumed = time.assumed.clone();
        if time.basis == TimeBasis::Publication
            && time.past.is_some()
            && time.future.is_some()
            && time.past != time.future
        {
            assumed.push(format!("direction taken from status {status}"));
        }
        Some(ContactDate { value: value.clone(), span: time.span, assumed })
    }

    /// The day of publication, for what is told as going on: «en visite à Ankara».
    fn today(&self, trigger: &Range<usize>, word: &ContactWord, status: Status) -> Option<ContactDate> {
        let published = self.analysis.published.as_ref().filter(|_| word.now && status == Status::Held)?;
        published.date.days().filter(|(first, last)| first == last)?;
        Some(ContactDate {
            value: published.date.clone(),
            span: span_of(self.words, trigger),
            assumed: vec!["the day of publication: told as going on".to_owned()],
        })
    }

    /// The words for other contacts in a sentence; «se sont parlé au téléphone», «a remis une lettre» are one.
    fn rivals(&self, sentence: &Range<usize>, trigger: &Range<usize>, own: &ContactWord) -> Vec<Span> {
        let words = &self.words[..sentence.end];
        let purpose = (trigger.start.saturating_sub(2)..trigger.start)
            .any(|n| self.lexicon.is("for", &self.words[n].form));
        let mut found = Vec::new();
        let mut at = sentence.start;
        while at < sentence.end {
            let Some((end, word)) = self.contact_word(sentence, words, at) else {
                at += 1;
                continue;
            };
            // «accueille vendredi X et Y pour des pourparlers».
            let same = (!own.is_verb && purpose && end <= trigger.start)
                || (own.phone && self.lexicon.is("telephone", &self.words[at].form))
                || (own.kind == ContactKind::Message && word.kind == own.kind);
            if !same
                && !word.goer
                && !word.never
                && !word.vague
                && (end <= trigger.start || at >= trigger.end)
            {
                found.push(span_of(self.words, &(at..end)));
            }
            at = end;
        }
        found
    }

    /// Whether a time stands right beside a verb of saying that is not the trigger: «a déclaré jeudi».
    fn dates_saying(&self, sentence: &Range<usize>, time: &TimeExpression, trigger: &Range<usize>) -> bool {
        let range = self.analysis.tokens_in(time.span).range();
        let words = &self.words[..sentence.end];
        let from = range.start.saturating_sub(3).max(sentence.start);
        let saying = |n: usize| self.lexicon.is_saying(words, n) && !trigger.contains(&n);
        let before = (from..range.start).any(saying) && !(from..range.start).any(|n| trigger.contains(&n));
        let closer = range.start >= trigger.end && range.start - trigger.end <= 2;
        // «Ce 7 novembre, X a affirmé que … un sommet»: what stands before the verb dates the verb.
        let opens = range.end <= trigger.start && (range.end..trigger.start).any(saying);
        (before || opens) && !closer
    }

    /// Whether a time is the end of a span that is not the contact's: «depuis 2022», «avant vendredi».
    fn is_bound(&self, span: Span) -> bool {
        let start = self.analysis.tokens_in(span).range().start;
        // «leur premier face-à-face depuis le début de la crise, en janvier».
        let opened = (start.saturating_sub(8)..start)
            .rev()
            .take_while(|&n| !self.words[n].is_finite() || self.lexicon.is_small(&self.words[n].form))
            .any(|n| self.lexicon.is("since", &self.words[n].form));
        opened || (start.saturating_sub(2)..start).any(|n| self.lexicon.is("bound", &self.words[n].form))
    }

    fn is_since(&self, span: Span) -> bool {
        let start = self.analysis.tokens_in(span).range().start;
        let negated = (start.saturating_sub(14)..start).any(|n| self.lexicon.is("ne", &self.words[n].form));
        negated && (start.saturating_sub(2)..start).any(|n| self.lexicon.is("since", &self.words[n].form))
    }

    pub(super) fn place(
        &self,
        clause: &Range<usize>,
        trigger: &Range<usize>,
        word: &ContactWord,
    ) -> Option<Place> {
        let at = |words: &Range<usize>| {
            if words.end <= trigger.start {
                (trigger.start - words.end) * 2
            } else {
                words.start.saturating_sub(trigger.end)
            }
        };
        let candidates =
            self.found.within(clause.clone()).filter(|m| m.is_place() && m.words.end <= clause.end);
        let best = candidates
            .filter_map(|m| {
                let mut n = m.words.start;
                let mut placed = false;
                while n > clause.start {
                    n -= 1;
                    let form = &self.words[n].form;
                    if self.lexicon.is("place", form) {
                        placed = true;
                        break;
                    }
                    if !self.lexicon.is("article", form) {
                        break;
                    }
                }
                let topical = n > clause.start && self.lexicon.is("war", &self.words[n - 1].form);
                let goes = word.goer && m.words.start >= trigger.start && m.words.start <= trigger.end + 6;
                let state = m.senses.iter().any(|s| matches!(s, Sense::State(_)))
                    && !m.senses.iter().any(|s| matches!(s, Sense::Capital(_) | Sense::Town(_)));
                // «la politique adoptée à Séoul, il n'y a pas lieu de se rencontrer»: another clause, unless it opens.
                let between = m.words.end..trigger.start.max(m.words.end);
                let opens = m.words.start <= clause.start + 2;
                if !opens && between.into_iter().any(|n| self.words[n].form == ",") {
                    return None;
                }
                ((placed && !topical) || goes).then(|| (at(&m.words) + if state { 8 } else { 0 }, m))
            })
            .min_by_key(|(distance, m)| (*distance, m.words.start))?;
        if best.0 > 22 {
            return None;
        }
        let span = span_of(self.words, &best.1.words);
        Some(Place { name: span.of(&self.report.text).to_owned(), span })
    }
}
