//! Statements: who is reported to have said what.
//!
//! 1. Quotations are found by their marks.
//! 2. Outside them, words that report speech are looked for; a verb counts where it is finite, or a participle with its
//!    auxiliary.
//! 3. The speaker is the mention that the verb has as its subject: behind it in «a déclaré X», before it otherwise; a
//!    pronoun or a bare office is resolved to whom it stands for.
//! 4. What is said within the words of another («il a dit que Moscou refuse») is the other's statement.

use std::collections::BTreeSet;
use std::ops::Range;

use depeche_record::{
    Act, BlockKind, Confidence, Derivation, Edtf, Span, Speaker, Statement, Tense, TokenKind, Upos,
};

pub(crate) use self::speaker::{Who, holder};
use crate::lexicon::{SpeechClass, SpeechWord};
use crate::mention::{What, span_of};
use crate::scene::{Quote, Scene, clip};
use crate::word::Word;

mod act;
mod speaker;

/// Longest evidence of a statement, in characters.
const LONGEST: usize = 600;

struct Trigger<'a> {
    words: Range<usize>,
    rule: &'a SpeechWord,
    inverted: bool,
    /// Who says it, with the words that tell; several where they speak as one.
    speakers: Vec<(Who, Span)>,
    participle: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum VerbUse {
    Finite,
    Participle,
}

fn q_words(quotes: &[Quote], sentence: &Range<usize>) -> Range<usize> {
    quotes.first().map_or(sentence.clone(), |q| q.open..q.close.min(sentence.end))
}

impl Scene<'_> {
    /// The statements of a report, in order; `about` is not yet set.
    pub(crate) fn statements(&self) -> Vec<Statement> {
        let mut statements: Vec<Statement> = Vec::new();
        let mut said: BTreeSet<(String, &str)> = BTreeSet::new();
        let mut last: Option<Who> = None;
        let mut unnamed: Option<Who> = None;
        let mut subject: Option<Who> = None;
        let mut since = 0;
        for (n, sentence) in self.sentences.iter().enumerate() {
            let block = self.report.blocks[self.bounds[n].block as usize].kind;
            if !self.tells(n) || matches!(block, BlockKind::Title | BlockKind::Caption) {
                continue;
            }
            let quotes = self.quotes(sentence);
            if block == BlockKind::Heading && !self.words[sentence.clone()].iter().any(|w| w.form == ":") {
                continue;
            }
            let context = last.clone().filter(|_| since < 3).or(subject.clone());
            let mut triggers = self.triggers(sentence, &quotes, context.as_ref(), subject.as_ref());
            // «la même source», «ce responsable»: who spoke without a name before.
            for (who, span) in triggers.iter_mut().flat_map(|t| &mut t.speakers) {
                let before =
                    unnamed.as_ref().filter(|u: &&Who| u.plural == who.plural || who.figure.is_some());
                if let Some(before) = before.filter(|_| self.takes_up(who, *span)) {
                    *who = before.clone();
                } else if who.figure.is_none() && self.is_spokesman(*span) {
                    unnamed = Some(who.clone());
                }
            }
            let found =
                self.statements_of(n, sentence, &quotes, &triggers, last.as_ref().filter(|_| since < 2));
            since += 1;
            if let Some(statement) = found.last() {
                let plural = triggers
                    .iter()
                    .flat_map(|t| &t.speakers)
                    .any(|(who, _)| who.plural && who.name == statement.speaker.name);
                last = Some(Who {
                    name: statement.speaker.name.clone(),
                    figure: statement.speaker.figure,
                    side: statement.speaker.side.clone(),
                    plural,
                });
                since = 0;
            }
            if let Some(first) = self.subject_of(sentence, &quotes) {
                subject = Some(self.who(first, subject.as_ref()));
            }
            for statement in found {
                // A paragraph that stands twice says it once.
                let words = statement.evidence.of(&self.report.text);
                if said.insert((statement.speaker.name.clone(), words)) {
                    statements.push(statement);
                }
            }
        }
        statements
    }

    fn statements_of(
        &self,
        n: usize,
        sentence: &Range<usize>,
        quotes: &[Quote],
        triggers: &[Trigger],
        last: Option<&Who>,
    ) -> Vec<Statement> {
        let text = &self.report.text;
        let evidence = clip(text, self.bounds[n].span, LONGEST);
        let pieces: Vec<Span> = quotes.iter().filter_map(|q| self.inner(q)).collect();
        let mut statements: Vec<Statement> = Vec::new();
        if triggers.is_empty() {
            // A sentence that is all quotation goes on with whoever spoke.
            let whole = quotes.first().is_some_and(|q| {
                q.open == sentence.start
                    && sentence.end - q.close.min(sentence.end) <= 2
                    && q.close - q.open > 4
            });
            if let (true, Some(who)) = (whole, last) {
                let words = q_words(quotes, sentence);
                let act = self.act(&words, Act::State, false, &words, quotes);
                let derivation = Derivation::new(
                    "statement/quotation",
                    evidence,
                    format!("speaker = {} (goes on)", who.name),
                );
                statements.push(Statement {
                    speaker: Speaker {
                        name: who.name.clone(),
                        figure: who.figure,
                        span: evidence,
                        side: who.side.clone(),
                    },
                    act,
                    quote: pieces,
                    evidence,
                    about: Vec::new(),
                    date: None,
                    confidence: Confidence::default(),
                    derivation,
                });
            }
            return statements;
        }
        let mut speakers: Vec<&Trigger> = Vec::new();
        for trigger in triggers {
            let told =
                |t: &&Trigger| t.speakers.iter().any(|(who, _)| who.name == trigger.speakers[0].0.name);
            if !speakers.iter().any(told) {
                speakers.push(trigger);
            }
        }
        for (k, trigger) in speakers.iter().enumerate() {
            // With several speakers each piece goes to the one whose words stand nearest.
            let quote: Vec<Span> = pieces
                .iter()
                .filter(|piece| {
                    let gap = |t: &Trigger| {
                        let span = span_of(self.words, &t.words).cover(t.speakers[0].1);
                        if span.end <= piece.start {
                            piece.start - span.end
                        } else {
                            span.start.saturating_sub(piece.end)
                        }
                    };
                    let nearest = (0..speakers.len()).min_by_key(|&j| gap(speakers[j]));
                    nearest == Some(k)
                })
                .copied()
                .collect();
            let said = trigger.words.end..sentence.end;
            let behind = trigger.inverted || self.closes(sentence, trigger);
            let told = |n: usize| {
                self.words[n].is_finite() && !self.words[n].morphs.is_empty()
                    || self.trees.has(n, "VerbForm=Fin")
            };
            // «Le texte, souffle X, ne sera pas signé»: the whole is said.
            let parted = !(sentence.start..trigger.words.start).any(told)
                && !quotes.iter().any(|q| q.open < trigger.words.start);
            let said = match (behind, parted) {
                (true, true) => sentence.clone(),
                (true, false) => sentence.start..trigger.words.start,
                _ => said,
            };
            // «…, selon X»: what comes before, and behind where that is the opening.
            let said = match trigger.rule.class {
                SpeechClass::Source if trigger.words.start > sentence.start + 2 => sentence.clone(),
                _ => said,
            };
            let own = match trigger.rule.act {
                // «ne confirme pas», «n'a pas démenti», «n'exclut pas», «n'a pas accepté»
                act if !self.is_negated(sentence, trigger.words.end - 1) => act,
                Act::Confirm | Act::Deny => Act::NoComment,
                Act::Accept => Act::Reject,
                Act::Reject => Act::State,
                act => act,
            };
            let act = self.act(sentence, own, trigger.rule.weak, &said, quotes);
            let named = if trigger.rule.name.is_empty() { "bare quotation" } else { &trigger.rule.name };
            let place = if trigger.inverted { "speaker/behind" } else { "speaker/before" };
            for (who, span) in &trigger.speakers {
                let derivation = Derivation::new(
                    format!("statement/{named}"),
                    span_of(self.words, &trigger.words),
                    format!("act = {act}"),
                )
                .with(Derivation::new(place, *span, format!("speaker = {}", who.name)));
                statements.push(Statement {
                    speaker: Speaker {
                        name: who.name.clone(),
                        figure: who.figure,
                        span: *span,
                        side: who.side.clone(),
                    },
                    act,
                    quote: quote.clone(),
                    evidence,
                    about: Vec::new(),
                    date: self.date_beside(&trigger.words, sentence),
                    confidence: Confidence::default(),
                    derivation,
                });
            }
        }
        statements
    }

    /// Whether the words behind a verb tell what was said: a clause, a quotation, a colon.
    fn tells_what(&self, sentence: &Range<usize>, end: usize, quotes: &[Quote]) -> bool {
        (end..(end + 7).min(sentence.end)).any(|n| {
            self.lexicon.is("that", &self.words[n].form)
                || self.words[n].form == ":"
                || quotes.iter().any(|q| q.open == n)
        }) || quotes.first().is_some_and(|q| q.open <= sentence.start + 1)
    }

    /// Whether a speaker and the verb stand behind what is said: `…, X said on Monday.`
    fn closes(&self, sentence: &Range<usize>, trigger: &Trigger) -> bool {
        let start = trigger.speakers[0].1.start;
        let subject = self.words.partition_point(|w| w.span.start < start).max(sentence.start);
        let parted = subject > sentence.start + 1
            && (sentence.start + 1..=subject)
                .rev()
                .take(9)
                .any(|n| self.words[n - 1].form == "," || self.words[n - 1].kind == TokenKind::QuoteClose);
        let after = trigger.words.end..sentence.end;
        let told = after.clone().any(|n| {
            matches!(self.trees.upos(n), Some(Upos::Verb | Upos::Aux))
                || self.lexicon.is("that", &self.words[n].form)
                || matches!(self.words[n].kind, TokenKind::QuoteOpen)
                || self.words[n].form == ":"
        });
        trigger.rule.class == SpeechClass::Verb
            && self.lexicon.language != depeche_record::Language::French
            && subject < trigger.words.start
            && parted
            && !told
            && after.len() <= 12
    }

    /// A date right beside the verb: when it was said.
    fn date_beside(&self, trigger: &Range<usize>, sentence: &Range<usize>) -> Option<Edtf> {
        let from = trigger.start.saturating_sub(4).max(sentence.start);
        let to = (trigger.end + 4).min(sentence.end);
        let window = span_of(self.words, &(from..to));
        self.times_in(window).first().and_then(|t| t.past.clone().or_else(|| t.value.clone()))
    }

    /// The words between the marks, without white space at their ends.
    fn inner(&self, quote: &Quote) -> Option<Span> {
        let start = self.words[quote.open].span.end;
        let end = match self.words.get(quote.close) {
            Some(word) if word.kind == TokenKind::QuoteClose => word.span.start,
            _ => self.words.get(quote.close.checked_sub(1)?)?.span.end,
        };
        let span = Span { start, end: end.max(start) }.trim(&self.report.text);
        (!span.is_empty()).then_some(span)
    }

    fn triggers<'b>(
        &'b self,
        sentence: &Range<usize>,
        quotes: &[Quote],
        context: Option<&Who>,
        subject: Option<&Who>,
    ) -> Vec<Trigger<'b>> {
        let words = &self.words[..sentence.end];
        let french = self.lexicon.language == depeche_record::Language::French;
        let mut found: Vec<Trigger> = Vec::new();
        let mut participles: Vec<Trigger> = Vec::new();
        let mut at = sentence.start;
        // Once somebody's words begin («a dit que …»), what follows is theirs.
        let mut reported = false;
        // «que répondra X ?» tells of nothing said.
        if quotes.is_empty() && self.words[sentence.end - 1].form == "?" {
            return found;
        }
        while at < sentence.end {
            if quotes.iter().any(|q| q.holds(at)) {
                at += 1;
                continue;
            }
            let known = self.lexicon.speech.longest(words, at);
            let manner = known.is_none();
            let Some((end, rule)) = known.or_else(|| self.manner(sentence, at, quotes)) else {
                at += 1;
                continue;
            };
            if rule.class == SpeechClass::Never {
                at = end;
                continue;
            }
            if rule.class == SpeechClass::Source {
                if let Some(trigger) = self.source(sentence, at..end, rule, quotes, context) {
                    reported = reported || trigger.words.start <= sentence.start + 1;
                    at = trigger.words.end;
                    found.push(trigger);
                    continue;
                }
                at = end;
                continue;
            }
            let told = rule.class == SpeechClass::Verb && !rule.quoting
                || matches!(rule.act, Act::Accept | Act::Reject | Act::Accuse);
            let agent = self.agent(sentence, at, context).filter(|_| told && !reported);
            let passive = agent.is_some() && !french;
            let use_ = self.verb_use(sentence, at, rule, words).filter(|_| !passive);
            let Some(use_) = use_ else {
                if let Some(agent) = agent {
                    let words = at..end;
                    let speakers = vec![agent];
                    found.push(Trigger { words, rule, inverted: true, speakers, participle: false });
                    at = end;
                    continue;
                }
                at += 1;
                continue;
            };
            let group = self.group_start(sentence, at)..end;
            if self.outlet_behind(sentence, &group) {
                at = end;
                continue;
            }
            // Whoever spoke in this sentence is the pronoun's first candidate.
            // But «X propose un sommet, a-t-elle ajouté» is not what X added.
            let here = found.last().filter(|t| {
                t.inverted || t.rule.class == SpeechClass::Source || self.words[group.start - 1].form != ","
            });
            let here = here.map(|t| t.speakers[0].0.clone());
            let context = here.as_ref().or(context);
            let behind = self.subject_behind(sentence, &group, end, quotes, context, subject).filter(|_| {
                // «X, qui a reçu Y, a accusé Z»: in French an object is known by its verb only.
                let clitic = self.words[group.start..(end + 1).min(sentence.end)]
                    .iter()
                    .any(|w| self.lexicon.is("clitic", &w.form));
                let quoted = quotes.iter().any(|q| q.close < group.start);
                let bound = french && (clitic || quoted || !(manner || rule.class == SpeechClass::Stance));
                bound || !self.subject_stands_before(&(at..end), &group, quotes)
            });
            let unnamed = || {
                let on = (group.start.saturating_sub(3).max(sentence.start)..group.start)
                    .any(|n| self.lexicon.is("on", &self.words[n].form));
                if !on && !self.is_impersonal(at) {
                    return None;
                }
                let around = at.saturating_sub(8).max(sentence.start)..(end + 5).min(sentence.end);
                let told = self.somewhere(sentence, around, quotes, context);
                told.map(|who| vec![who]).or_else(|| on.then(Vec::new))
            };
            let place = if behind.is_none() { unnamed() } else { None };
            let comma = group.start > sentence.start && !self.words[group.start - 1].is_word();
            let inverted = behind.is_some() || (place.is_some() && comma);
            let speakers = behind
                .or(place)
                .or_else(|| self.subject_by_tree(sentence, &(at..end), quotes, context, subject))
                .or_else(|| {
                    self.subject_right_behind(sentence, end, context)
                        .filter(|_| rule.class == SpeechClass::Verb)
                })
                .or_else(|| {
                    self.subject_before(sentence, &group, quotes, context, subject).filter(|_| !manner)
                });
            let Some(speakers) = speakers.filter(|speakers| !speakers.is_empty()) else {
                at = end;
                continue;
            };
            let participle = use_ == VerbUse::Participle;
            let trigger = Trigger { words: group.start..end, rule, inverted, speakers, participle };
            if reported && !inverted && !self.closes(sentence, &trigger) {
                at = end;
                continue;
            }
            if rule.quoting
                && !inverted
                && !self.tells_what(sentence, end, quotes)
                && !self.closes(sentence, &trigger)
            {
                at = end;
                continue;
            }
            // «aucune des deux capitales n'a reconnu»: nobody said so.
            let nobody = |n: usize| self.lexicon.is("nobody", &self.words[n].form);
            let negated = self.is_negated(sentence, at)
                || self.words[group.clone()].iter().any(|w| self.lexicon.is("ne", &w.form));
            if negated && (group.start.saturating_sub(7).max(sentence.start)..group.start).any(nobody) {
                at = end;
                continue;
            }
            if participle {
                participles.push(trigger);
            } else {
                let que =
                    (end..(end + 4).min(sentence.end)).any(|n| self.lexicon.is("that", &self.words[n].form));
                let quoted = quotes.iter().any(|q| q.open >= end && q.open <= end + 3);
                reported = reported || (!inverted && (que || quoted));
                if (inverted || self.closes(sentence, &trigger))
                    && !quotes
                        .iter()
                        .any(|q| q.close < trigger.words.start && q.close + 3 >= trigger.words.start)
                {
                    // «Moscou refuse tout contact, a déclaré X»: the whole is what X said.
                    found.retain(|t: &Trigger| {
                        t.inverted || t.rule.class == SpeechClass::Source || self.closes(sentence, t)
                    });
                }
                found.push(trigger);
            }
            at = end;
        }
        if found.is_empty() {
            participles.truncate(1);
            if participles.is_empty() {
                participles.extend(self.bare(sentence, quotes, context));
            }
            return participles;
        }
        found.retain(|t| !t.participle);
        // «Les parties ont accepté une trêve, selon un communiqué»: the whole is the communiqué's.
        let source = found.iter().rev().find(|t| t.rule.class == SpeechClass::Source).map(|t| t.words.start);
        if let Some(source) = source.filter(|_| quotes.is_empty()) {
            found.retain(|t| {
                t.rule.class != SpeechClass::Verb
                    || t.words.start > source
                    || !self.words[t.words.end..source].iter().all(|w| w.form != ";")
            });
        }
        found
    }

    /// A quotation without a verb of saying: «Peskov : « … »»; «l'hôte a vanté une rencontre « productive »».
    fn bare<'b>(
        &'b self,
        sentence: &Range<usize>,
        quotes: &[Quote],
        context: Option<&Who>,
    ) -> Option<Trigger<'b>> {
        static BARE: SpeechWord = SpeechWord {
            name: String::new(),
            class: SpeechClass::Verb,
            act: Act::State,
            weak: false,
            quoting: false,
        };
        // «Peskov : on n'a rien reçu», «Умеров: до конца августа …»
        if let Some(first) = self.mentions.within(&(sentence.start..sentence.start + 4)).first()
            && (first.is_person() || matches!(first.what, What::Seat | What::Organisation))
            && first.governor.is_none()
            && let Some(colon) =
                (first.full.end..(first.full.end + 6).min(sentence.end)).find(|&n| self.words[n].form == ":")
            && colon + 2 < sentence.end
            && self.words[first.head.clone()].iter().any(|w| w.text.chars().any(char::is_lowercase))
            && !(first.full.end..colon).any(|n| self.words[n].is_finite() && !self.words[n].morphs.is_empty())
        {
            let speakers = vec![(self.who(first, context), span_of(self.words, &first.head))];
            let words = first.head.clone();
            return Some(Trigger { words, rule: &BARE, inverted: false, speakers, participle: true });
        }
        let quote = quotes.first().filter(|q| q.open > sentence.start)?;
        let mention =
            self.mentions.within(&(sentence.start..quote.open)).iter().find(|m| {
                m.can_act() && m.governor.is_none() && !self.is_place(m) && m.what != What::State
            })?;
        let verb = (mention.full.end..quote.open)
            .any(|n| self.words[n].is_finite() && !self.words[n].morphs.is_empty());
        let colon = self.words[quote.open - 1].form == ":";
        if self.is_label(mention) {
            return None;
        }
        if !verb && !colon || self.capitalised_quote(quote) {
            return None;
        }
        let who = self.who(mention, context);
        let speaker = span_of(self.words, &mention.head);
        Some(Trigger {
            words: mention.head.clone(),
            rule: &BARE,
            inverted: false,
            speakers: vec![(who, speaker)],
            participle: true,
        })
    }

    /// Whether a quotation is the name of something: «Mega», «Air Force One».
    fn capitalised_quote(&self, quote: &Quote) -> bool {
        let inner = &self.words[quote.open + 1..quote.close.min(self.words.len())];
        inner.len() <= 4 && inner.iter().all(|w| w.is_capitalised() || !w.is_word())
    }

    /// The start of the verb group: the auxiliary with its clitics and negation.
    fn group_start(&self, sentence: &Range<usize>, at: usize) -> usize {
        let mut start = at;
        let mut n = at;
        while n > sentence.start && at - n < 6 {
            n -= 1;
            let form = &self.words[n].form;
            if self.mention_at(n).is_some() {
                break;
            }
            if self.lexicon.is("perfect", form)
                || self.lexicon.is("negation", form)
                || self.lexicon.is("object", form)
            {
                start = n;
            } else if let Some(auxiliary) = self.inserted(sentence, n) {
                start = auxiliary;
                n = auxiliary;
            } else if form == "," || !self.words[n].is_word() || self.lexicon.is("pronoun", form) {
                break;
            }
        }
        start
    }

    /// The auxiliary before words put between it and its participle: «a, pour sa part, indiqué»; `at` is the last comma.
    fn inserted(&self, sentence: &Range<usize>, at: usize) -> Option<usize> {
        if self.words[at].form != "," {
            return None;
        }
        let first = (sentence.start..at).rev().take(6).find(|&n| self.words[n].form == ",")?;
        let auxiliary = first.checked_sub(1).filter(|&n| n >= sentence.start)?;
        self.lexicon.is("perfect", &self.words[auxiliary].form).then_some(auxiliary)
    }

    fn verb_use(
        &self,
        sentence: &Range<usize>,
        at: usize,
        rule: &SpeechWord,
        words: &[Word],
    ) -> Option<VerbUse> {
        let word = &words[at];
        if rule.class == SpeechClass::Refusal {
            return Some(VerbUse::Finite);
        }
        // `Iran's claim`, `the Syrian state news agency`
        let noun = self.lexicon.language == depeche_record::Language::English
            && matches!(self.trees.upos(at), Some(Upos::Noun | Upos::Propn))
            && at > sentence.start
            && {
                let before = &words[at - 1].form;
                before == "'s"
                    || self.lexicon.is("article", before)
                    || self.lexicon.is("preposition", before)
                    || self.lexicon.is("genitive", before)
                    || self.trees.upos(at - 1) == Some(Upos::Adj)
                    || self.found.match_ending(at).is_some_and(|m| m.is_adjective())
            };
        if noun {
            return None;
        }
        if word.morphs.is_empty() {
            return Some(VerbUse::Finite);
        }
        let before =
            |k: usize| at.checked_sub(k).filter(|&n| n >= sentence.start).map(|n| words[n].form.as_str());
        // «sans avoir annoncé», «n'a rien publié»: nothing was said, unless it is a stance not to say.
        if (1..=4).any(|k| before(k).is_some_and(|f| self.lexicon.is("without", f))) {
            return None;
        }
        let stance =
            matches!(rule.act, Act::Confirm | Act::Deny | Act::Reject | Act::NoComment | Act::Accept);
        if !stance && self.is_negated(sentence, at) {
            return None;
        }
        // «a, pour sa part, indiqué»; but in `The talks were useful, X said` the auxiliary is another's.
        let french = self.lexicon.language == depeche_record::Language::French;
        let auxiliary = (1..=7)
            .take_while(|&k| {
                before(k).is_some_and(|f| f.chars().any(char::is_alphanumeric) || (french && f == ","))
            })
            .find(|&k| before(k).is_some_and(|f| self.lexicon.is("perfect", f)));
        if let Some(k) = auxiliary {
            let passive = self.lexicon.is("passive", before(1).unwrap_or(""))
                || (self.lexicon.is("being", before(k).unwrap_or(""))
                    && !(k..k + 3).any(|j| before(j).is_some_and(|f| self.lexicon.is("reflexive", f))));
            let participle = word.has_tense(&[Tense::PastParticiple, Tense::Past]);
            let infinitive = word.has_tense(&[Tense::Infinitive])
                && k <= 4
                && !(at - k..at).any(|n| self.mention_at(n).is_some())
                && !(1..k).any(|j| {
                    before(j).is_some_and(|f| f != "de" && f != "d'" && self.lexicon.is("purpose", f))
                });
            if (participle || infinitive) && !passive {
                return Some(VerbUse::Finite);
            }
            if passive && participle {
                return None;
            }
        }
        if word.has_tense(&[Tense::PresentParticiple]) {
            return Some(VerbUse::Participle);
        }
        if !word.is_finite() {
            return None;
        }
        // «la demande», «une offre»: a noun, for all that the form could be.
        let present_only =
            !word.has_tense(&[Tense::Imperfect, Tense::Past, Tense::Future, Tense::Conditional]);
        let noun = before(1).is_some_and(|f| {
            (self.lexicon.is("article", f)
                || self.lexicon.is("preposition", f)
                || self.lexicon.is("genitive", f))
                && !self.lexicon.is("reflexive", f)
        });
        // «sa dernière menace»: with an adjective between.
        let parted = before(2).is_some_and(|f| self.lexicon.is("article", f))
            && before(1).is_some_and(|f| {
                self.lexicon.is("again", f)
                    || (!self.lexicon.is("object", f) && !self.lexicon.is("pronoun", f))
            })
            && self.mention_at(at - 1).is_none();
        if present_only && (noun || parted) {
            return None;
        }
        Some(VerbUse::Finite)
    }

    /// «selon X», «d'après X».
    fn source<'b>(
        &'b self,
        sentence: &Range<usize>,
        words: Range<usize>,
        rule: &'b SpeechWord,
        quotes: &[Quote],
        context: Option<&Who>,
    ) -> Option<Trigger<'b>> {
        let start = words.end;
        // «les accusations selon lesquelles X voudrait …»: nobody's words.
        if self.words.get(start).is_some_and(|w| self.lexicon.is("whose", &w.form)) {
            return None;
        }
        // «по его словам»
        if let (true, Some(who)) =
            (words.clone().any(|n| self.lexicon.is("possessor", &self.words[n].form)), context)
        {
            let speakers = vec![(who.clone(), span_of(self.words, &words))];
            return Some(Trigger { words, rule, inverted: false, speakers, participle: false });
        }
        let pronoun =
            self.words.get(start).filter(|w| start < sentence.end && self.lexicon.is("pronoun", &w.form));
        if let (Some(word), Some(who)) = (pronoun, context) {
            let words = words.start..start + 1;
            let speakers = vec![(who.clone(), word.span)];
            return Some(Trigger { words, rule, inverted: false, speakers, participle: false });
        }
        let mention = self.mentions.within(&(start..sentence.end)).iter().find(|m| {
            m.can_act() && m.full.start <= start + 2 && !quotes.iter().any(|q| q.holds(m.head.start))
        });
        let for_view = self.lexicon.is("for", &rule.name);
        // «selon son entourage», «selon une personne informée du plan»
        let phrase = self.phrase_at(sentence, start).filter(|p| !for_view && self.is_voice(p));
        let (words, speakers) = match (mention, phrase) {
            (mention, Some(phrase)) if mention.is_none_or(|m| m.full.start > phrase.start) => {
                (words.start..phrase.end, vec![self.who_of(sentence, &phrase, context, None)])
            }
            (Some(mention), _) => {
                // «pour X,» at the head of a sentence gives X's view; elsewhere it is only a preposition.
                if for_view {
                    let opens = words.start == sentence.start
                        || matches!(self.words[words.start - 1].form.as_str(), ";" | ":");
                    let end = mention.full.end;
                    let closed =
                        self.words[end - 1].form == "," || self.words.get(end).is_some_and(|w| w.form == ",");
                    if !opens || !closed || mention.what == What::Capital || mention.what == What::State {
                        return None;
                    }
                }
                (words.start..mention.full.end, self.together(sentence, mention, context))
            }
            _ => return None,
        };
        Some(Trigger { words, rule, inverted: false, speakers, participle: false })
    }

    /// A verb that no list holds, where only a verb of saying can stand: right behind a quotation, or inverted after a
    /// comma («…, a-t-il nuancé»).
    fn manner<'b>(
        &'b self,
        sentence: &Range<usize>,
        at: usize,
        quotes: &[Quote],
    ) -> Option<(usize, &'b SpeechWord)> {
        static MANNER: SpeechWord = SpeechWord {
            name: String::new(),
            class: SpeechClass::Verb,
            act: Act::State,
            weak: false,
            quoting: false,
        };
        let word = &self.words[at];
        let verb = word.is_finite()
            || word.has_tense(&[Tense::PastParticiple])
            || (self.trees.upos(at) == Some(Upos::Verb) && self.trees.has(at, "VerbForm=Fin"));
        if !verb || self.lexicon.is("silent", &word.form) || self.lexicon.is("passive", &word.form) {
            return None;
        }
        let start = self.group_start(sentence, at);
        let clitic = (start..(at + 2).min(sentence.end)).any(|n| {
            self.lexicon.is("clitic", &self.words[n].form) && !self.lexicon.is("on", &self.words[n].form)
        });
        let comma = start > sentence.start
            && (self.words[start - 1].form == "," || self.words[start - 1].kind == TokenKind::QuoteClose);
        let asks = self.words[sentence.end - 1].form == "?" && quotes.is_empty();
        if clitic && comma && !asks {
            return Some((at + 1, &MANNER));
        }
        // «…, a coupé la porte-parole.»
        let closed = |n: usize| n >= sentence.end || !self.words[n].is_word();
        let speaks = self.mention_at(at + 1).filter(|m| m.full.start == at + 1).map_or_else(
            || self.phrase_at(sentence, at + 1).filter(|p| self.is_voice(p)).map(|p| p.end),
            |m| (m.is_person() || matches!(m.what, What::Role(..) | What::Seat)).then_some(m.full.end),
        );
        let finite = word.is_finite() || start < at;
        if self.lexicon.language == depeche_record::Language::French
            && comma
            && finite
            && !asks
            && speaks.is_some_and(|end| closed(end) || self.words[end - 1].form == ",")
        {
            return Some((at + 1, &MANNER));
        }
        // «… », soupire X; `…," X grumbled`
        let behind = |n: usize| {
            quotes.iter().any(|q| {
                q.close < n
                    && q.close + 4 > n
                    && (!self.capitalised_quote(q)
                        || self.words[q.close - 1].form == ","
                        || self.words[q.close + 1].form == ",")
                    && self.words[q.close + 1..n].iter().all(|w| !w.is_word())
                    && (q.close + 1 < n || self.words[q.close - 1].form == ",")
            })
        };
        let subject = self.mentions.all.iter().rev().find(|m| m.full.end <= start);
        let follows = subject.is_some_and(|m| m.full.end == start && behind(m.full.start));
        (behind(start) || follows).then_some((at + 1, &MANNER))
    }
}
