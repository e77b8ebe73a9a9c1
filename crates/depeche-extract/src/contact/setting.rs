//! When: the date nearest to the word for a contact, unless it is another's.

use std::ops::Range;

use depeche_record::{
    ContactDate, ContactKind, Edtf, Reach, Span, Status, TimeBasis, TimeExpression, TimeKind, Upos,
};

use super::Told;
use super::narrative::Headings;
use crate::lexicon::ContactWord;
use crate::mention::span_of;
use crate::scene::Scene;

/// What it weighs, in characters, that a date stands in a clause that the contact is not told in.
const LEFT: usize = 110;
/// What it weighs that the contact is told in a clause below the date's.
const ENTERED: usize = 40;
/// How far a date may stand from the word, so weighed.
const FAR: u32 = 220;
/// Rules for what is counted from an event: «trois jours après la rencontre».
const AFTER_EVENT: &str = "after-event";
/// How many words behind such a count the event is named.
const EVENT: usize = 6;

/// How many bytes lie between two spans.
fn gap(a: Span, b: Span) -> u32 {
    b.start.saturating_sub(a.end).max(a.start.saturating_sub(b.end))
}

impl Scene<'_> {
    /// When a contact took or takes place: the nearest date of its sentence that is not another's; else the day that heads
    /// its paragraph, or the day that the report is telling of.
    pub(super) fn date(
        &self,
        told: &Told,
        status: Status,
        cue: Option<&str>,
        headings: &Headings,
    ) -> Option<ContactDate> {
        let Told { n, sentence, clause, trigger, word, .. } = told.clone();
        let cue = cue.is_some();
        let window = span_of(self.words, sentence);
        let was = matches!(status, Status::Held | Status::Denied) && !self.is_said(told);
        let heading = headings.over(self.bounds[n].block).filter(|_| was);
        let rivals = self.rivals(sentence, trigger, word);
        // «a annoncé jeudi, à l'issue d'un appel»: the day of the saying is the call's.
        let aside = !word.is_verb && self.is_aside(clause, trigger);
        // «se sont réunis dimanche pour préparer les négociations»: the day is the nearer word's.
        let anothers = |t: &TimeExpression| {
            rivals.iter().any(|rival| {
                self.is_nearer(t, rival, trigger) && !(aside && self.dates_saying(sentence, t, rival))
            })
        };
        let usable = |t: &&TimeExpression| {
            window.contains(t.span)
                && t.kind == TimeKind::Date
                && (t.value.is_some() || t.past.is_some() || t.future.is_some())
                && !anothers(t)
                && !self.is_of_party(t, trigger)
                && (aside || !self.dates_saying(sentence, t, trigger))
                && (!t.rule.starts_with(AFTER_EVENT) || self.follows(t, trigger))
                && (!self.is_bound(t.span)
                    || (status == Status::Held && self.is_since(t.span, trigger))
                    || self.ends_in_month(t, status))
        };
        let distance = |t: &TimeExpression| self.distance(t, clause, trigger);
        let time = self
            .times_in(window)
            .iter()
            .filter(usable)
            .min_by_key(|t| (distance(t), t.span.start))
            .filter(|t| distance(t) <= FAR);
        // What is only reckoned from a day gives way to the day that heads the entry.
        let reckoned =
            |t: &TimeExpression| t.basis == TimeBasis::Narrative && t.rule.starts_with(AFTER_EVENT);
        let Some(time) = time.filter(|t| heading.is_none() || !reckoned(t)) else {
            return self
                .lasting(told, status)
                .or_else(|| heading.cloned())
                .or_else(|| self.today(trigger, word, status));
        };
        let time = self.first_of_several(told, time);
        let value: &Edtf = match status {
            Status::Held | Status::Denied if cue || aside || word.is_verb => time.past.as_ref(),
            // «devait arriver dimanche»: the day may have gone by.
            Status::Planned | Status::Possible if cue && self.was_to(trigger) => self.nearer_to_report(time),
            Status::Planned | Status::Possible if cue => time.future.as_ref(),
            Status::Cancelled | Status::RuledOut => self.nearer_to_report(time),
            _ => None,
        }
        .or(time.value.as_ref())?;
        // A year or a season dates no contact: it is to be told to the month, if only from one month to another.
        if value.width().is_some_and(|days| days > 31) && !value.is_between_months() {
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

    /// How far a date stands from the word for a contact, in characters; each clause between the two adds to it.
    fn distance(&self, time: &TimeExpression, clause: &Range<usize>, trigger: &Range<usize>) -> u32 {
        let at = span_of(self.words, trigger);
        match self.ways(time, trigger) {
            Some((left, entered)) => gap(time.span, at) + (left * LEFT + entered * ENTERED) as u32,
            None if span_of(self.words, clause).contains(time.span) => gap(time.span, at),
            None => gap(time.span, at) + 120,
        }
    }

    /// How many clauses are left, and how many entered, on the way from a date to the words of a contact.
    fn ways(&self, time: &TimeExpression, trigger: &Range<usize>) -> Option<(usize, usize)> {
        let within = self.analysis.tokens_in(time.span).range();
        self.trees
            .top(&within)
            .zip(self.trees.top(trigger))
            .and_then(|(time, word)| self.trees.clauses_between(time, word))
    }

    /// Whether a date is rather that of another contact of the sentence: where one of the two is told in the date's own
    /// clause and the other is not, that one; else the one that stands nearer.
    fn is_nearer(&self, time: &TimeExpression, rival: &Range<usize>, trigger: &Range<usize>) -> bool {
        let own = |words: &Range<usize>| self.ways(time, words).map(|ways| ways == (0, 0));
        let shared = self.goes_on(time, rival, trigger) || self.holds(time, rival, trigger);
        match (own(rival), own(trigger), self.governs(rival, time), self.governs(trigger, time)) {
            _ if shared => false,
            (.., true, false) | (Some(true), Some(false), ..) => true,
            (.., false, true) | (Some(false), Some(true), ..) => false,
            _ => gap(time.span, span_of(self.words, rival)) < gap(time.span, span_of(self.words, trigger)),
        }
    }

    /// Whether a date tells of somebody who is named, rather than of the contact: «avec X, investi la veille».
    fn is_of_party(&self, time: &TimeExpression, trigger: &Range<usize>) -> bool {
        let within = self.analysis.tokens_in(time.span).range();
        let (Some(date), Some(word)) = (self.trees.top(&within), self.trees.top(trigger)) else {
            return false;
        };
        let shared = self.trees.above(word);
        let path = self.trees.above(date).into_iter().take_while(|n| !shared.contains(n));
        path.into_iter().any(|n| {
            matches!(self.trees.relation(n), "acl" | "amod")
                && self.trees.has(n, "VerbForm=Part")
                && self
                    .trees
                    .head(n)
                    .is_some_and(|head| !trigger.contains(&head) && self.mention_at(head).is_some())
        })
    }

    /// Whether a date is a complement of these words.
    fn governs(&self, words: &Range<usize>, time: &TimeExpression) -> bool {
        let within = self.analysis.tokens_in(time.span).range();
        let head = self.trees.top(&within).and_then(|top| self.trees.head(top));
        head.is_some_and(|head| words.contains(&head))
    }

    /// Whether a contact is joined to the one before it, which the date stands before: «en mai, X a rencontré Y et parlé à Z».
    fn goes_on(&self, time: &TimeExpression, rival: &Range<usize>, trigger: &Range<usize>) -> bool {
        let before =
            self.analysis.tokens_in(time.span).range().end <= rival.start && rival.end <= trigger.start;
        let joined = |at: usize| self.trees.relation(at) == "conj";
        let tops = self.trees.top(trigger).zip(self.trees.top(rival)).filter(|_| before);
        tops.is_some_and(|(word, rival)| {
            let chain = std::iter::successors(Some(word), |&n| self.trees.head(n).filter(|_| joined(n)));
            chain.skip(1).take(4).any(|n| n == rival)
        })
    }

    /// Whether another contact is where this one was, and both on that day: «au forum, jeudi, X a reçu Y», but not «ont
    /// parlé de la rencontre du 12 mai».
    fn holds(&self, time: &TimeExpression, rival: &Range<usize>, trigger: &Range<usize>) -> bool {
        let within = self.analysis.tokens_in(time.span).range();
        let before = within.start.checked_sub(1).map_or("", |n| self.words[n].form.as_str());
        let noun =
            |words: &Range<usize>| self.trees.top(words).filter(|&n| self.trees.upos(n) == Some(Upos::Noun));
        let verb = self.trees.top(trigger).filter(|&n| self.trees.upos(n) == Some(Upos::Verb));
        let ways = noun(rival).zip(verb).and_then(|(noun, verb)| self.trees.clauses_between(noun, verb));
        let own = within.start <= rival.end + 1 && self.lexicon.is("genitive", before);
        // «accueille jeudi la réunion»
        let object = self.trees.top(trigger).is_some_and(|n| {
            matches!(self.trees.relation(n), "obj" | "nsubj")
                && self.trees.head(n).is_some_and(|head| rival.contains(&head))
        });
        !own && (object || ways == Some((0, 0)))
    }

    /// The first of several dates that one noun in the plural is given: «les sessions du 16 mai et du 2 juin».
    fn first_of_several<'t>(&'t self, told: &Told, time: &'t TimeExpression) -> &'t TimeExpression {
        let mut first = time;
        for earlier in self.times_in(span_of(self.words, told.sentence)).iter().rev() {
            if self.is_several(told)
                && earlier.span.end <= first.span.start
                && self.are_joined(earlier, first)
            {
                first = earlier;
            }
        }
        first
    }

    /// Whether a contact is told by a noun in the plural.
    pub(super) fn is_several(&self, told: &Told) -> bool {
        !told.word.is_verb && told.trigger.clone().any(|n| self.trees.has(n, "Number=Plur"))
    }

    /// Whether two dates are joined by «et», «puis» or a comma, with at most small words between.
    pub(super) fn are_joined(&self, one: &TimeExpression, other: &TimeExpression) -> bool {
        if one.kind != TimeKind::Date || other.kind != TimeKind::Date || other.span.start < one.span.end {
            return false;
        }
        let between = Span::new(one.span.end as usize, other.span.start as usize);
        let within = &self.words[self.analysis.tokens_in(between).range()];
        let joins =
            |form: &str| form == "," || ["and", "sequence"].iter().any(|mark| self.lexicon.is(mark, form));
        let small = |form: &str| self.lexicon.is_small(form) || self.lexicon.is("again", form);
        within.len() <= 4
            && within.iter().any(|w| joins(&w.form))
            && within.iter().all(|w| joins(&w.form) || small(&w.form))
    }

    /// Whether a plan is told as one of the past: «devait», «l'attendait».
    fn was_to(&self, trigger: &Range<usize>) -> bool {
        let Some(top) = self.trees.top(trigger) else { return false };
        let past = |n: usize| self.trees.has(n, "Tense=Imp");
        std::iter::once(top)
            .chain(self.trees.above(top))
            .take(3)
            .any(|n| past(n) || self.trees.in_relation(n, &["aux", "cop"]).any(past))
    }

    /// Of the day gone by and the day to come the one nearer to the day of publication: what was called off may be either.
    fn nearer_to_report<'t>(&self, time: &'t TimeExpression) -> Option<&'t Edtf> {
        let published = &self.analysis.published.as_ref()?.date;
        let (past, future) = (time.past.as_ref()?, time.future.as_ref()?);
        Some(if past.distance(published)? < future.distance(published)? { past } else { future })
    }

    /// Whether a plan is to be carried out before a month is over: «avant la fin du mois d'août».
    fn ends_in_month(&self, time: &TimeExpression, status: Status) -> bool {
        let month = time.value.as_ref().is_some_and(|value| value.as_str().len() == 7);
        month
            && matches!(time.reach, Reach::Before | Reach::To)
            && matches!(status, Status::Planned | Status::Possible)
    }

    /// Whether the word for a contact stands right behind «trois jours après»: that is the event counted from.
    fn follows(&self, time: &TimeExpression, trigger: &Range<usize>) -> bool {
        let end = self.analysis.tokens_in(time.span).range().end;
        (end..end + EVENT).contains(&trigger.start)
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
    fn rivals(
        &self,
        sentence: &Range<usize>,
        trigger: &Range<usize>,
        own: &ContactWord,
    ) -> Vec<Range<usize>> {
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
                found.push(at..end);
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
        // «the United States» say nothing.
        let saying = |n: usize| {
            self.lexicon.is_saying(words, n) && !trigger.contains(&n) && self.mention_at(n).is_none()
        };
        // «a annoncé pour mardi une réunion»: what is announced is on that day.
        let ahead = from < range.start && self.lexicon.is("for", &self.words[range.start - 1].form);
        if ahead {
            return false;
        }
        let before = (from..range.start).any(saying) && !(from..range.start).any(|n| trigger.contains(&n));
        let closer = range.start >= trigger.end && range.start - trigger.end <= 2;
        // «Ce 7 novembre, X a affirmé que … un sommet»: what stands before the verb dates the verb.
        // «ce soir-là, rapporte la presse, X a vu Y»: what is put between says nothing of the day.
        let main = |n: usize| saying(n) && self.trees.relation(n) != "parataxis";
        let opens = range.end <= trigger.start && (range.end..trigger.start).any(main);
        (before || opens) && !closer
    }

    /// Whether a time is the end of a span that is not the contact's: «depuis 2022», «avant vendredi».
    pub(super) fn is_bound(&self, span: Span) -> bool {
        let start = self.analysis.tokens_in(span).range().start;
        // «leur premier face-à-face depuis le début de la crise, en janvier».
        let before = |k: usize| start.checked_sub(k).map_or("", |n| self.words[n].form.as_str());
        // «jusqu'à vendredi», but not `by phone last Saturday`.
        let bound = self.lexicon.is("bound", before(1))
            || (self.lexicon.is("bound", before(2)) && self.lexicon.is_small(before(1)));
        self.opens_since(start) || bound
    }

    /// Whether «depuis» stands a few words before, with no verb between.
    fn opens_since(&self, start: usize) -> bool {
        (start.saturating_sub(8)..start)
            .rev()
            .take_while(|&n| !self.words[n].is_finite() || self.lexicon.is_small(&self.words[n].form))
            .any(|n| self.lexicon.is("since", &self.words[n].form))
    }

    /// Whether a contact is told as the last one before: «n'avait plus vu Y depuis le 25 avril».
    fn is_since(&self, span: Span, trigger: &Range<usize>) -> bool {
        let start = self.analysis.tokens_in(span).range().start.min(self.words.len());
        let negated = (start.saturating_sub(14)..start)
            .any(|n| n < trigger.end && self.lexicon.is("ne", &self.words[n].form));
        negated && self.opens_since(start)
    }
}
