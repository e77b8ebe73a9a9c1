//! The day that a report is telling of, for a contact whose own sentence names none.
//!
//! 1. A day that heads the paragraph, in a chronology; a time of day that heads it, in a report written as things happen.
//! 2. What lasts since a day lasts up to the day of publication.
//! 3. The day last told of something that was, earlier in the paragraph or right before it.

use depeche_record::{
    BlockKind, ContactDate, ContactKind, Edtf, Reach, Side, Span, Status, TimeExpression, TimeKind, TokenKind,
};

use super::parties::Parties;
use super::{Telling, Told};
use crate::lexicon::SpeechClass;
use crate::mention::span_of;
use crate::scene::Scene;

/// How many steps up a tree are followed.
const DEPTH: usize = 6;
/// How many words into a sentence its pronoun stands.
const PRONOUN: usize = 4;
/// How many paragraphs make a chronology, or a report written as things happen.
const ENTRIES: usize = 2;
/// How many blocks below a time of day still belong to it: a heading, a paragraph, another one.
const BELOW: u32 = 4;
/// How many sentences back, beyond the paragraph, the day last told still is the one told of.
pub(super) const BACK: usize = 8;

/// The days that head the paragraphs of a chronology, each with its block.
#[derive(Debug, Clone, Default)]
pub(super) struct Headings {
    days: Vec<(u32, ContactDate)>,
    /// How many blocks on from its heading a paragraph still has its day.
    below: u32,
}

impl Headings {
    /// The day that heads a block.
    pub(super) fn over(&self, block: u32) -> Option<&ContactDate> {
        let n = self.days.partition_point(|(head, _)| *head <= block).checked_sub(1)?;
        let (head, day) = &self.days[n];
        (block - head <= self.below).then_some(day)
    }
}

impl Scene<'_> {
    /// The days, or else the times of day, that head the paragraphs of the report.
    pub(super) fn headings(&self) -> Headings {
        let mut days = Vec::new();
        let mut clocks = Vec::new();
        let mut last = None;
        for (n, sentence) in self.sentences.iter().enumerate() {
            let block = self.bounds[n].block;
            if last == Some(block) || self.report.blocks[block as usize].kind == BlockKind::Noise {
                continue;
            }
            last = Some(block);
            let Some(first) = sentence.clone().find(|&n| self.words[n].is_word()) else { continue };
            let Some(time) = self.times_in(span_of(self.words, sentence)).first() else { continue };
            if time.span.start != self.words[first].span.start {
                continue;
            }
            let end = self.analysis.tokens_in(time.span).range().end;
            let parted = end >= sentence.end
                || (self.words[end].kind == TokenKind::Punctuation && self.words[end].form != ",");
            if !parted {
                continue;
            }
            let published = self.analysis.published.as_ref();
            let day =
                |value: &Edtf| ContactDate { value: value.clone(), span: time.span, assumed: Vec::new() };
            match time.kind {
                TimeKind::Date => {
                    let value = time.past.as_ref().or(time.value.as_ref()).filter(|v| is_day(v));
                    days.extend(value.map(|value| (block, day(value))));
                }
                TimeKind::Time => clocks.extend(published.filter(|p| is_day(&p.date)).map(|p| {
                    let why = "the day of publication: told at a time of that day".to_owned();
                    (block, ContactDate { assumed: vec![why], ..day(&p.date) })
                })),
                _ => {}
            }
        }
        match () {
            () if days.len() >= ENTRIES => Headings { days, below: 0 },
            () if clocks.len() >= ENTRIES => Headings { days: clocks, below: BELOW },
            () => Headings::default(),
        }
    }

    /// What lasts since a day: «négocient depuis lundi», up to the day of publication.
    pub(super) fn lasting(&self, told: &Told, status: Status) -> Option<ContactDate> {
        let window = span_of(self.words, told.sentence);
        let published = self.analysis.published.as_ref().filter(|_| status == Status::Held)?;
        let (_, today) = published.date.days().filter(|(first, last)| first == last)?;
        let since = |t: &&TimeExpression| {
            t.kind == TimeKind::Date && t.reach == Reach::From && self.lasts_from(told, t)
        };
        let time = self.times_in(window).iter().find(since)?;
        let value = time.past.as_ref().or(time.value.as_ref())?.as_str();
        let value = value.strip_suffix("/..").unwrap_or(value);
        let until = today.to_string();
        // Of a season no month is known.
        let month = time.past.as_ref().or(time.value.as_ref())?.width().is_some_and(|days| days <= 31);
        let end = until.get(..value.len()).filter(|_| month && !value.contains('/'))?;
        let value = if value == end { Edtf::parse(value) } else { Edtf::parse(&format!("{value}/{end}")) };
        let assumed = vec!["up to the day of publication: told as going on since".to_owned()];
        Some(ContactDate { value: value.ok()?, span: time.span, assumed })
    }

    /// Whether a time is the one since which the contact goes on: in its own clause, and not «le premier depuis».
    fn lasts_from(&self, told: &Told, time: &TimeExpression) -> bool {
        let within = self.analysis.tokens_in(time.span).range();
        let tops = self.trees.top(&within).zip(self.trees.top(told.trigger));
        let ways = tops.and_then(|(time, word)| self.trees.clauses_between(time, word));
        let first = told.clause.clone().any(|n| {
            let form = &self.words[n].form;
            ["again", "ne", "nobody"].iter().any(|mark| self.lexicon.is(mark, form))
        });
        let near = told.clause.contains(&within.start) || ways.is_some_and(|(left, _)| left == 0);
        near && !first
    }

    /// The day last told, for a contact that the report tells as its next event.
    pub(super) fn narrated(
        &self,
        told: &Told,
        status: Status,
        cue: Option<&str>,
        kind: ContactKind,
        parties: &Parties,
    ) -> Option<ContactDate> {
        let event = matches!(kind, ContactKind::Meeting | ContactKind::Call | ContactKind::Message);
        let whole = parties.sides.len() >= 2;
        // «lors d'un entretien»: when its clause was.
        let was = cue.is_some() || (!told.word.is_verb && self.is_aside(told.clause, told.trigger));
        if status != Status::Held || !event || !whole || !was || told.word.vague || self.is_several(told) {
            return None;
        }
        let times = self.times_in(span_of(self.words, told.sentence));
        let dated = times.iter().any(|t| t.kind == TimeKind::Date);
        if dated || self.is_background(told) || self.is_said(told) {
            return None;
        }
        if self.quotes(told.sentence).iter().any(|q| q.holds(told.trigger.start)) {
            return None;
        }
        let block = self.bounds[told.n].block;
        for n in (0..told.n).rev() {
            let other = self.bounds[n].block;
            if other != block && told.n - n > BACK {
                return None;
            }
            if let Some(date) = self.day_told(n) {
                return Some(date).filter(|_| self.speaks_of(n, &parties.sides));
            }
        }
        None
    }

    /// Whether somebody is reported to have told of a contact: «a indiqué que X avait reçu Y».
    pub(super) fn is_said(&self, told: &Told) -> bool {
        let words = &self.words[..told.sentence.end];
        let saying = |n: usize| {
            self.lexicon
                .speech
                .longest(words, n)
                .is_some_and(|(_, w)| matches!(w.class, SpeechClass::Verb | SpeechClass::Stance))
        };
        let mut above = self.trees.top(told.trigger);
        for _ in 0..DEPTH {
            let Some(at) = above else { return false };
            above = self.trees.head(at);
            let content = matches!(self.trees.relation(at), "ccomp" | "xcomp");
            if content && above.is_some_and(|verb| told.sentence.contains(&verb) && saying(verb)) {
                return true;
            }
        }
        false
    }

    /// Whether a sentence tells, and is no headline.
    pub(super) fn is_prose(&self, n: usize) -> bool {
        let kind = self.report.blocks[self.bounds[n].block as usize].kind;
        self.tells(n) && !matches!(kind, BlockKind::Title | BlockKind::Heading)
    }

    /// The last day of a sentence on which something was.
    fn day_told(&self, n: usize) -> Option<ContactDate> {
        if !self.is_prose(n) {
            return None;
        }
        let sentence = &self.sentences[n];
        let quotes = self.quotes(sentence);
        let published = self.analysis.published.as_ref().and_then(|p| p.date.days()).map(|(_, day)| day);
        let quoted = |span: Span| quotes.iter().any(|q| q.holds(self.analysis.tokens_in(span).range().start));
        let time = self.times_in(span_of(self.words, sentence)).iter().rev().find(|t| {
            let value = t.value.as_ref();
            let day = value.filter(|v| is_day(v)).and_then(Edtf::days).map(|(day, _)| day);
            let gone = |day| published.is_none_or(|published| day <= published);
            t.kind == TimeKind::Date
                && t.reach == Reach::At
                && !self.is_bound(t.span)
                && !quoted(t.span)
                && !self.is_of_before(t)
                && (day.is_some_and(gone)
                    || (day.is_none() && value.is_some_and(|v| v.lacks_year() && is_day(v))))
        })?;
        let value = time.value.clone()?;
        let assumed = vec!["the day that the text was telling of".to_owned()];
        Some(ContactDate { value, span: time.span, assumed })
    }

    /// Whether a contact is told as what had been before: «avait rencontré», `had met`.
    pub(super) fn is_background(&self, told: &Told) -> bool {
        let before = told.clause.start..told.trigger.start;
        if before.into_iter().any(|n| self.lexicon.is("earlier", &self.words[n].form)) {
            return true;
        }
        let Some(mut at) = self.trees.top(told.trigger) else { return false };
        for _ in 0..DEPTH {
            if self.is_pluperfect(at) {
                return true;
            }
            match self.trees.head(at) {
                Some(head) if !told.word.is_verb => at = head,
                _ => return false,
            }
        }
        false
    }

    /// When and where it is, as the sentence right behind says of it by a pronoun: «Celui-ci se tiendrait le 5 mars à Lomé.»
    pub(super) fn told_behind(&self, n: usize, telling: &mut Telling) {
        let sentence = &self.sentences[n];
        let is = |mark: &str, n: usize| self.lexicon.is(mark, &self.words[n].form);
        let opening = sentence.start..(sentence.start + PRONOUN).min(sentence.end);
        let behind = telling.sentence + 1 == n && self.bounds[telling.sentence].block == self.bounds[n].block;
        let by_pronoun = opening.into_iter().any(|n| is("pronoun", n));
        if !behind || !by_pronoun || !sentence.clone().any(|n| is("occurs", n)) {
            return;
        }
        let dates = self.times_in(span_of(self.words, sentence)).iter();
        let mut dates = dates.filter(|t| t.kind == TimeKind::Date && t.reach == Reach::At);
        if telling.date.is_none()
            && let Some(time) = dates.next()
        {
            let sided = match telling.status {
                Status::Held | Status::Denied => time.past.as_ref(),
                _ => time.future.as_ref(),
            };
            let value = sided.or(time.value.as_ref()).filter(|v| v.width().is_some_and(|days| days <= 31));
            telling.date = value.map(|value| ContactDate {
                value: value.clone(),
                span: time.span,
                assumed: vec!["told in the sentence behind".to_owned()],
            });
            telling.carried = telling.date.is_none();
        }
        if telling.place.is_none() && telling.kind != ContactKind::Call {
            telling.place = self.town_of(n).map(|town| self.placed_at(&town.words));
            telling.borrowed = telling.place.is_none();
        }
    }

    /// Whether a verb tells what had been before: «avait signé», «après avoir signé», `had signed`.
    fn is_pluperfect(&self, verb: usize) -> bool {
        self.trees.children(verb).iter().any(|&child| {
            matches!(self.trees.full_relation(child), "aux" | "aux:tense")
                && (self.trees.has(child, "Tense=Imp")
                    || self.trees.has(child, "VerbForm=Inf")
                    || (self.trees.has(child, "Tense=Past") && self.trees.lemma(child) == "have"))
        })
    }

    /// Whether a date is that of what had been before: «avait signé le 27 juin».
    fn is_of_before(&self, time: &TimeExpression) -> bool {
        let within = self.analysis.tokens_in(time.span).range();
        let above = std::iter::successors(self.trees.top(&within), |&n| self.trees.head(n));
        above.take(DEPTH).any(|n| self.is_pluperfect(n))
    }

    /// Whether a sentence speaks of one of these sides.
    pub(super) fn speaks_of(&self, n: usize, sides: &[Side]) -> bool {
        let mentions = self.mentions.within(&self.sentences[n]);
        mentions.iter().any(|m| m.sides.iter().any(|side| sides.contains(side)))
    }
}

/// Whether a value is one day, with its year or without.
fn is_day(value: &Edtf) -> bool {
    value.width() == Some(1)
}
