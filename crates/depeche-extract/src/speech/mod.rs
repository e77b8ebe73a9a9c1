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

use depeche_record::{Act, BlockKind, Derivation, Edtf, Span, Speaker, Statement, Tense, TokenKind};

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
    who: Who,
    speaker: Span,
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
        let mut subject: Option<Who> = None;
        let mut since = 0;
        for (n, sentence) in self.sentences.iter().enumerate() {
            let block = self.report.blocks[self.bounds[n].block as usize].kind;
            if !self.tells(n) || matches!(block, BlockKind::Title | BlockKind::Heading | BlockKind::Caption) {
                continue;
            }
            let quotes = self.quotes(sentence);
            let context = last.clone().filter(|_| since < 3).or(subject.clone());
            let triggers = self.triggers(sentence, &quotes, context.as_ref(), subject.as_ref());
            let found =
                self.statements_of(n, sentence, &quotes, &triggers, last.as_ref().filter(|_| since < 2));
            since += 1;
            if let Some(statement) = found.last() {
                let plural = triggers.iter().any(|t| t.who.plural && t.who.name == statement.speaker.name);
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
                let act = self.act(&words, Act::State, &words);
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
                    derivation,
                });
            }
            return statements;
        }
        let mut speakers: Vec<&Trigger> = Vec::new();
        for trigger in triggers {
            if !speakers.iter().any(|t| t.who.name == trigger.who.name) {
                speakers.push(trigger);
            }
        }
        for (k, trigger) in speakers.iter().enumerate() {
            // With several speakers each piece goes to the one whose words stand nearest.
            let quote: Vec<Span> = pieces
                .iter()
                .filter(|piece| {
                    let gap = |t: &Trigger| {
                        let span = span_of(self.words, &t.words).cover(t.speaker);
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
            let said = if trigger.inverted { sentence.start..trigger.words.start } else { said };
            let own = match trigger.rule.act {
                // «ne confirme pas», «n'a pas démenti», «n'exclut pas», «n'a pas accepté»
                act if !self.is_negated(sentence, trigger.words.end - 1) => act,
                Act::Confirm | Act::Deny => Act::NoComment,
                Act::Accept => Act::Reject,
                Act::Reject => Act::State,
                act => act,
            };
            let act = self.act(sentence, own, &said);
            let derivation = Derivation::new(
                format!(
                    "statement/{}",
                    if trigger.rule.name.is_empty() { "bare quotation" } else { &trigger.rule.name }
                ),
                span_of(self.words, &trigger.words),
                format!("act = {act}"),
            )
            .with(Derivation::new(
                if trigger.inverted { "speaker/behind" } else { "speaker/before" },
                trigger.speaker,
                format!("speaker = {}", trigger.who.name),
            ));
            statements.push(Statement {
                speaker: Speaker {
                    name: trigger.who.name.clone(),
                    figure: trigger.who.figure,
                    span: trigger.speaker,
                    side: trigger.who.side.clone(),
                },
                act,
                quote,
                evidence,
                about: Vec::new(),
                date: self.date_beside(&trigger.words, sentence),
                derivation,
            });
        }
        statements
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
        let mut found: Vec<Trigger> = Vec::new();
        let mut participles: Vec<Trigger> = Vec::new();
        let mut at = sentence.start;
        // Once somebody's words begin («a dit que …»), what follows is theirs.
        let mut reported = false;
        while at < sentence.end {
            if quotes.iter().any(|q| q.holds(at)) {
                at += 1;
                continue;
            }
            let Some((end, rule)) = self.lexicon.speech.longest(words, at) else {
                at += 1;
                continue;
            };
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
            let Some(use_) = self.verb_use(sentence, at, rule, words) else {
                if let Some((who, speaker)) = self.agent(sentence, at, context).filter(|_| !reported) {
                    let words = at..end;
                    found.push(Trigger { words, rule, inverted: true, who, speaker, participle: false });
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
            let here = found.last().map(|t| t.who.clone());
            let context = here.as_ref().or(context);
            let behind = self.subject_behind(sentence, &group, end, quotes, context, subject);
            let inverted = behind.is_some();
            if reported && !inverted {
                at = end;
                continue;
            }
            let Some((who, speaker)) =
                behind.or_else(|| self.subject_before(sentence, &group, quotes, context, subject))
            else {
                at = end;
                continue;
            };
            // «aucune des deux capitales n'a reconnu»: nobody said so.
            let nobody = |n: usize| self.lexicon.is("nobody", &self.words[n].form);
            let negated = self.is_negated(sentence, at);
            if negated && (group.start.saturating_sub(6).max(sentence.start)..group.start).any(nobody) {
                at = end;
                continue;
            }
            let participle = use_ == VerbUse::Participle;
            let trigger = Trigger { words: group.start..end, rule, inverted, who, speaker, participle };
            if participle {
                participles.push(trigger);
            } else {
                let que =
                    (end..(end + 4).min(sentence.end)).any(|n| self.lexicon.is("that", &self.words[n].form));
                let quoted = quotes.iter().any(|q| q.open >= end && q.open <= end + 3);
                reported = reported || (!inverted && (que || quoted));
                if inverted
                    && !quotes
                        .iter()
                        .any(|q| q.close < trigger.words.start && q.close + 3 >= trigger.words.start)
                {
                    // «Moscou refuse tout contact, a déclaré X»: the whole is what X said.
                    found.retain(|t: &Trigger| t.inverted || t.rule.class == SpeechClass::Source);
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
        found
    }

    /// A quotation without a verb of saying: «Peskov : « … »»; «l'hôte a vanté une rencontre « productive »».
    fn bare<'b>(
        &'b self,
        sentence: &Range<usize>,
        quotes: &[Quote],
        context: Option<&Who>,
    ) -> Option<Trigger<'b>> {
        static BARE: SpeechWord =
            SpeechWord { name: String::new(), class: SpeechClass::Verb, act: Act::State };
        let quote = quotes.first().filter(|q| q.open > sentence.start)?;
        let mention =
            self.mentions.within(&(sentence.start..quote.open)).iter().find(|m| {
                m.can_act() && m.governor.is_none() && !self.is_place(m) && m.what != What::State
            })?;
        let verb = (mention.full.end..quote.open)
            .any(|n| self.words[n].is_finite() && !self.words[n].morphs.is_empty());
        let colon = self.words[quote.open - 1].form == ":";
        if !verb && !colon || self.capitalised_quote(quote) {
            return None;
        }
        let who = self.who(mention, context);
        let speaker = span_of(self.words, &mention.head);
        Some(Trigger {
            words: mention.head.clone(),
            rule: &BARE,
            inverted: false,
            who,
            speaker,
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
        if rule.class == SpeechClass::Refusal || word.morphs.is_empty() {
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
        let auxiliary = (1..=5)
            .take_while(|&k| before(k).is_some_and(|f| f.chars().any(char::is_alphanumeric) || f == ","))
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
        let pronoun =
            self.words.get(start).filter(|w| start < sentence.end && self.lexicon.is("pronoun", &w.form));
        if let (Some(word), Some(who)) = (pronoun, context) {
            let words = words.start..start + 1;
            let speaker = word.span;
            return Some(Trigger {
                words,
                rule,
                inverted: false,
                who: who.clone(),
                speaker,
                participle: false,
            });
        }
        let mention = self.mentions.within(&(start..sentence.end)).iter().find(|m| {
            m.can_act() && m.full.start <= start + 2 && !quotes.iter().any(|q| q.holds(m.head.start))
        })?;
        // «pour X,» at the head of a sentence gives X's view; elsewhere it is only a preposition.
        if rule.class == SpeechClass::Source && self.lexicon.is("for", &rule.name) {
            let opens = words.start == sentence.start
                || matches!(self.words[words.start - 1].form.as_str(), ";" | ":");
            let end = mention.full.end;
            let closed =
                self.words[end - 1].form == "," || self.words.get(end).is_some_and(|w| w.form == ",");
            if !opens || !closed || mention.what == What::Capital || mention.what == What::State {
                return None;
            }
        }
        let who = self.who(mention, context);
        let words = words.start..mention.full.end;
        let speaker = span_of(self.words, &mention.head);
        Some(Trigger { words, rule, inverted: false, who, speaker, participle: false })
    }
}
