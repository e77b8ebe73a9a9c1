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

use depeche_gazetteer::OfficeClass;
use depeche_record::{
    Act, Analysis, BlockKind, Derivation, Report, Span, Speaker, Statement, Tense, TokenKind,
};

use crate::lexicon::{Lexicon, Number, Place, SpeechClass, SpeechWord};
use crate::mention::{Found, Mention, Mentions, What, span_of};
use crate::word::Word;

/// A quotation within one sentence, by the words of its marks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quote {
    pub open: usize,
    pub close: usize,
}

impl Quote {
    pub fn holds(&self, at: usize) -> bool {
        self.open < at && at < self.close
    }
}

/// The quotations of a sentence; one that is not closed runs to its end.
pub(crate) fn quotes(words: &[Word], sentence: &Range<usize>) -> Vec<Quote> {
    let mut found: Vec<Quote> = Vec::new();
    let mut open = None;
    let mut depth = 0;
    for at in sentence.clone() {
        match words[at].kind {
            TokenKind::QuoteOpen => {
                depth += 1;
                open.get_or_insert(at);
            }
            TokenKind::QuoteClose => {
                depth -= 1;
                if depth <= 0 {
                    depth = 0;
                    // A closing mark without an opening one: the quotation began before.
                    let open = open.take();
                    if let Some(open) = open {
                        found.push(Quote { open, close: at });
                    }
                }
            }
            _ => {}
        }
    }
    if let Some(open) = open.filter(|&open| sentence.end - open > 2) {
        found.push(Quote { open, close: sentence.end });
    }
    found
}

/// Whom a mention or a pronoun stands for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Who {
    pub name: String,
    pub figure: Option<usize>,
    pub side: Option<depeche_record::Side>,
    pub plural: bool,
}

/// How many mentions are looked through for whom an office stands for.
const LOOK_BACK: usize = 400;

/// Longest evidence of a statement, in characters.
const LONGEST: usize = 600;

/// Longest way from the verb to its subject behind it, in words.
const INVERSION: usize = 7;

struct Trigger<'a> {
    words: Range<usize>,
    rule: &'a SpeechWord,
    inverted: bool,
    who: Who,
    speaker: Span,
    participle: bool,
}

pub(crate) struct Speech<'a> {
    pub report: &'a Report,
    pub analysis: &'a Analysis,
    pub words: &'a [Word<'a>],
    pub sentences: &'a [Range<usize>],
    pub found: &'a Found,
    pub mentions: &'a Mentions,
    pub lexicon: &'static Lexicon,
}

impl Speech<'_> {
    /// The statements of a report, in order; `about` is not yet set.
    pub fn read(&self) -> Vec<Statement> {
        let mut statements: Vec<Statement> = Vec::new();
        let mut said: BTreeSet<(String, &str)> = BTreeSet::new();
        let mut last: Option<Who> = None;
        let mut subject: Option<Who> = None;
        let mut since = 0;
        for (n, sentence) in self.sentences.iter().enumerate() {
            let block = self.report.blocks[self.analysis.sentences[n].block as usize].kind;
            if !matches!(
                block,
                BlockKind::Paragraph | BlockKind::Standfirst | BlockKind::Item | BlockKind::Quotation
            ) {
                continue;
            }
            let quotes = quotes(self.words, sentence);
            let context = last.clone().filter(|_| since < 3).or(subject.clone());
            let triggers = self.triggers(sentence, &quotes, context.as_ref(), subject.as_ref());
            let found = self.statements(n, sentence, &quotes, &triggers, last.as_ref().filter(|_| since < 2));
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

    /// The mention that a sentence is about: the first that acts and that nothing governs.
    fn subject_of(&self, sentence: &Range<usize>, quotes: &[Quote]) -> Option<&Mention> {
        self.mentions
            .within(sentence)
            .iter()
            .find(|m| m.can_act() && m.governor.is_none() && !quotes.iter().any(|q| q.holds(m.head.start)))
    }

    fn statements(
        &self,
        n: usize,
        sentence: &Range<usize>,
        quotes: &[Quote],
        triggers: &[Trigger],
        last: Option<&Who>,
    ) -> Vec<Statement> {
        let text = &self.report.text;
        let evidence = clip(text, self.analysis.sentences[n].span, LONGEST);
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
    fn date_beside(&self, trigger: &Range<usize>, sentence: &Range<usize>) -> Option<depeche_record::Edtf> {
        let from = trigger.start.saturating_sub(4).max(sentence.start);
        let to = (trigger.end + 4).min(sentence.end);
        let window = span_of(self.words, &(from..to));
        times_in(self.analysis, window).first().and_then(|t| t.past.clone().or_else(|| t.value.clone()))
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

    fn act(&self, sentence: &Range<usize>, own: Act, said: &Range<usize>) -> Act {
        let cues = |range: &Range<usize>| -> Vec<&crate::lexicon::ActCue> {
            let words = &self.words[..range.end];
            range.clone().flat_map(|at| self.lexicon.acts.all(words, at)).map(|(_, cue)| cue).collect()
        };
        let has = |act: Act, weak: bool| {
            cues(sentence).iter().any(|c| c.act == act && c.place == Place::Any)
                || cues(said)
                    .iter()
                    .any(|c| c.act == act && (c.place == Place::Said || (weak && c.place == Place::Weak)))
        };
        if own != Act::Threaten && has(Act::NoComment, false) {
            return Act::NoComment;
        }
        match own {
            Act::State | Act::Announce | Act::Assess => {
                let order: &[Act] = match own {
                    Act::State => &[
                        Act::Threaten,
                        Act::Propose,
                        Act::Reject,
                        Act::Accuse,
                        Act::Demand,
                        Act::Announce,
                        Act::Assess,
                        Act::Deny,
                    ],
                    Act::Announce => &[Act::Threaten],
                    _ => &[Act::Accuse],
                };
                let cued = order.iter().copied().find(|&act| has(act, own == Act::State));
                cued.or_else(|| self.act_of_tense(said).filter(|_| own == Act::State)).unwrap_or(own)
            }
            _ => own,
        }
    }

    /// What the tenses of the words reported show: what was not so, or what is to come.
    fn act_of_tense(&self, said: &Range<usize>) -> Option<Act> {
        let words = &self.words[said.clone()];
        let verb = |w: &&Word| !w.morphs.is_empty();
        let past_denied = said.clone().any(|n| {
            self.lexicon.is("perfect", &self.words[n].form)
                && self.words[n].is_finite()
                && self.is_negated(said, n)
                && (n + 1..(n + 5).min(said.end)).any(|k| self.words[k].has_tense(&[Tense::PastParticiple]))
        });
        if past_denied {
            return Some(Act::Deny);
        }
        let future =
            words.iter().filter(verb).any(|w| w.has_tense(&[Tense::Future]) && !w.has_tense(&[Tense::Past]));
        let conditional = words.iter().filter(verb).any(|w| w.has_tense(&[Tense::Conditional]));
        let going = said.clone().any(|n| {
            self.lexicon.is("going", &self.words[n].form)
                && (n + 1..(n + 4).min(said.end)).any(|k| self.words[k].has_tense(&[Tense::Infinitive]))
        });
        (future || conditional || going).then_some(Act::Announce)
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
            if self.mentions_at(n) {
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

    fn mentions_at(&self, at: usize) -> bool {
        let n = self.mentions.all.partition_point(|m| m.full.end <= at);
        self.mentions.all.get(n).is_some_and(|m| m.full.contains(&at))
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
                && !(at - k..at).any(|n| self.mentions_at(n))
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
            && before(1).is_some_and(|f| !self.lexicon.is("object", f) && !self.lexicon.is("pronoun", f))
            && !self.mentions_at(at - 1);
        if present_only && (noun || parted) {
            return None;
        }
        Some(VerbUse::Finite)
    }

    /// Whether an outlet is the subject behind: «…, a indiqué l'agence publique X» is no statement but an origin.
    fn outlet_behind(&self, sentence: &Range<usize>, group: &Range<usize>) -> bool {
        let opened = group.start > sentence.start && self.words[group.start - 1].form == ",";
        if !opened || self.mentions_at(group.start - 1) {
            return false;
        }
        let reach = group.end..(group.end + 7).min(sentence.end);
        let outlet = reach.clone().find(|&n| {
            self.found.match_at(n).is_some_and(|m| m.outlet().is_some_and(|(_, ambiguous)| !ambiguous))
        });
        outlet.is_some_and(|n| {
            let governed = (group.end..n).any(|k| {
                self.lexicon.is("preposition", &self.words[k].form)
                    || self.lexicon.is("genitive", &self.words[k].form)
            });
            let acting = self.mentions.within(&(group.end..n)).iter().any(Mention::can_act);
            !governed && !acting
        })
    }

    /// The agent of a passive: «l'information a été confirmée par X».
    fn agent(&self, sentence: &Range<usize>, at: usize, context: Option<&Who>) -> Option<(Who, Span)> {
        let passive = at > sentence.start
            && self.lexicon.is("passive", &self.words[at - 1].form)
            && self.words[at].has_tense(&[Tense::PastParticiple]);
        if !passive {
            return None;
        }
        let mention = self.mentions.within(&(at + 1..(at + 9).min(sentence.end))).iter().find(|m| {
            m.can_act() && m.governor.is_some_and(|g| self.lexicon.is("by", &self.words[g].form))
        })?;
        Some((self.who(mention, context), span_of(self.words, &mention.head)))
    }

    fn is_negated(&self, sentence: &Range<usize>, at: usize) -> bool {
        let window = at.saturating_sub(5).max(sentence.start)..(at + 3).min(sentence.end);
        let not = window.clone().any(|n| self.lexicon.is("not", &self.words[n].form));
        let ne = window.clone().take_while(|&n| n < at).any(|n| self.lexicon.is("ne", &self.words[n].form));
        match self.lexicon.language {
            depeche_record::Language::French => ne && not,
            _ => (window.start..at).any(|n| at - n <= 2 && self.lexicon.is("not", &self.words[n].form)),
        }
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

    /// The subject behind the verb: «a déclaré X», «a-t-il déclaré».
    fn subject_behind(
        &self,
        sentence: &Range<usize>,
        group: &Range<usize>,
        end: usize,
        quotes: &[Quote],
        context: Option<&Who>,
        subject: Option<&Who>,
    ) -> Option<(Who, Span)> {
        // The pronoun may stand within the group: «a-t-il ajouté».
        if let Some(n) = (group.start..(end + 1).min(sentence.end))
            .find(|&n| self.lexicon.is("clitic", &self.words[n].form))
        {
            let plural = self.lexicon.is("plural", &self.words[n].form);
            let who = self.pronoun(plural, context, subject)?;
            return Some((who, self.words[n].span));
        }
        // Inversion follows a comma, a closing mark, or opens the sentence.
        let opened = group.start == sentence.start
            || !self.mentions_at(group.start - 1) && {
                let before = &self.words[group.start - 1];
                before.form == ","
                    || before.kind == TokenKind::QuoteClose
                    || matches!(before.form.as_str(), "!" | "?" | "»" | "–" | "—" | "-")
            };
        if !opened {
            return None;
        }
        let mention = self.mentions.within(&(end..sentence.end)).iter().find(|m| m.can_act())?;
        let between = &self.words[end..mention.full.start.max(end)];
        let short = mention.full.start <= end + INVERSION
            && !quotes.iter().any(|q| q.open >= end && q.open < mention.head.start)
            && between.iter().all(|w| {
                w.is_word() && !self.lexicon.is("that", &w.form) && !self.lexicon.is("relative", &w.form)
            });
        // An object behind a preposition is not the subject: «a déclaré à Reuters X» goes on to X.
        let acting = if mention.governor.is_some_and(|g| g >= end) {
            self.mentions
                .within(&(mention.full.end..sentence.end))
                .iter()
                .find(|m| m.can_act() && m.governor.is_none() && m.full.start <= mention.full.end + 2)?
        } else {
            mention
        };
        // «…, a ajouté X»: with a comma before, and where a mention stands right before that comma as subject, this is
        // no inversion: «Peskov, lui, a démenti tout contact avec Kiev».
        let after_quote =
            group.start >= sentence.start + 2 && self.words[group.start - 2].kind == TokenKind::QuoteClose;
        let lone = self.words[group.start.saturating_sub(1)].form == ","
            && !after_quote
            && acting.full.start > end + 3;
        if !short || lone {
            return None;
        }
        Some((self.who(acting, context), span_of(self.words, &acting.head)))
    }

    fn subject_before(
        &self,
        sentence: &Range<usize>,
        group: &Range<usize>,
        quotes: &[Quote],
        context: Option<&Who>,
        subject: Option<&Who>,
    ) -> Option<(Who, Span)> {
        let start = group.start;
        let free = |n: usize| !quotes.iter().any(|q| q.holds(n));
        // A pronoun right before: «il a ajouté», «qui a déclaré».
        let mut n = start;
        let mut relative = false;
        while n > sentence.start && start - n < 3 {
            n -= 1;
            let form = &self.words[n].form;
            if self.lexicon.is("relative", form) {
                relative = true;
                break;
            }
            if self.lexicon.is("pronoun", form) && free(n) {
                let plural = self.lexicon.is("plural", form);
                // The antecedent may stand in this very sentence.
                let who = self.pronoun(plural, context, subject)?;
                return Some((who, self.words[n].span));
            }
            if !self.words[n].is_word() || self.mentions_at(n) {
                break;
            }
        }
        let before = self.mentions.within(&(sentence.start..start));
        // «X, qui y a rencontré Y, a écarté»: Y is aside.
        let clauses = relative_clauses(self.words, sentence, self.lexicon);
        let aside = |m: &Mention| clauses.iter().any(|c| c.contains(&m.full.start) && !c.contains(&start));
        let mut candidates = before
            .iter()
            .rev()
            .filter(|m| m.full.end <= start && m.can_act() && free(m.head.start) && !aside(m));
        let bound = self.clause_start(sentence, start, quotes);
        let chosen = if relative {
            // «X, qui a fait ceci et qui a dit cela»: the antecedent of the first.
            let mut at = n;
            while at > sentence.start && self.lexicon.is("and", &self.words[at - 1].form) {
                let first = (sentence.start..at - 1)
                    .rev()
                    .find(|&k| self.lexicon.is("relative", &self.words[k].form));
                match first {
                    Some(first) => at = first,
                    None => break,
                }
            }
            candidates.find(|m| m.full.end <= at && !self.is_place(m))
        } else if start > sentence.start && self.lexicon.is("and", &self.words[start - 1].form) {
            // «X a reçu Y et a dit»: the subject of the first predicate.
            let acts = |m: &&Mention| {
                m.governor.is_none()
                    && m.can_act()
                    && !self.is_place(m)
                    && free(m.head.start)
                    && m.full.start >= bound
            };
            before.iter().find(acts)
        } else {
            candidates.find(|m| m.governor.is_none() && m.what != What::Town)
        };
        match chosen {
            Some(mention) => Some((self.who(mention, context), span_of(self.words, &mention.head))),
            None => {
                // «Interrogé par la presse, a répondu que»: nobody named; whoever spoke goes on.
                let who = context.filter(|_| quotes.iter().any(|q| q.close < start))?;
                Some((who.clone(), span_of(self.words, group)))
            }
        }
    }

    fn is_place(&self, mention: &Mention) -> bool {
        let governed = mention.governor.is_some_and(|g| self.lexicon.is("place", &self.words[g].form));
        mention.what == What::Town
            || (governed && matches!(mention.what, What::State | What::Capital | What::Seat))
    }

    fn clause_start(&self, sentence: &Range<usize>, at: usize, quotes: &[Quote]) -> usize {
        (sentence.start..at)
            .rev()
            .find(|&n| matches!(self.words[n].form.as_str(), ";" | ":") && !quotes.iter().any(|q| q.holds(n)))
            .map_or(sentence.start, |n| n + 1)
    }

    fn pronoun(&self, plural: bool, context: Option<&Who>, subject: Option<&Who>) -> Option<Who> {
        let fits = |who: &&Who| who.plural == plural;
        context.filter(fits).or(subject.filter(fits)).cloned()
    }

    /// Whom a mention stands for.
    pub fn who(&self, mention: &Mention, context: Option<&Who>) -> Who {
        who(&self.report.text, self.words, self.mentions, mention, context)
    }
}

/// Whom a mention stands for: a person by the longest name that shares its surname; an office alone by the person who
/// was given that office before; anything else by its own words.
pub(crate) fn who(
    text: &str,
    words: &[Word],
    mentions: &Mentions,
    mention: &Mention,
    context: Option<&Who>,
) -> Who {
    let side = mention.sides.first().cloned();
    let own = span_of(words, &mention.head).of(text).split_whitespace().collect::<Vec<_>>().join(" ");
    // «ce responsable», «la même source»: whoever spoke.
    if let (What::Role(_, Number::One), true, Some(context)) =
        (mention.what, mention.sides.is_empty(), context)
    {
        let determiner = words.get(mention.head.start).map(|w| w.form.as_str()).unwrap_or("");
        let second = words.get(mention.head.start + 1).map(|w| w.form.as_str()).unwrap_or("");
        let lexicon = Lexicon::of(mentions.language);
        if lexicon.is("this", determiner) || lexicon.is("same", second) {
            return context.clone();
        }
    }
    let figure = match mention.what {
        What::Person(figure) => Some(figure),
        What::Role(class, Number::One) => holder(mentions, mention, class, context),
        _ => None,
    };
    match figure {
        Some(figure) => {
            let person = &mentions.figures[figure];
            let name = match mention.what {
                What::Person(_) => longest_like(&person.forms, &own).unwrap_or(&person.name).to_owned(),
                _ => person.name.clone(),
            };
            Who { name, figure: Some(figure), side: person.side.clone().or(side), plural: false }
        }
        None => {
            let lexicon = Lexicon::of(mentions.language);
            let several = words.get(mention.head.start).is_some_and(|w| lexicon.is("several", &w.form));
            let plural = several
                || matches!(mention.what, What::Role(_, Number::Many) | What::People | What::Pair { .. });
            Who { name: own, figure: None, side, plural }
        }
    }
}

/// The longest form of a name that ends in the same surname as `own`.
fn longest_like<'a>(forms: &'a [String], own: &str) -> Option<&'a str> {
    let last = own.split(' ').next_back()?;
    forms
        .iter()
        .map(String::as_str)
        .filter(|f| f.split(' ').next_back() == Some(last))
        .max_by_key(|f| f.chars().count())
}

/// The person who holds an office that is named alone: the last one before who was given it, sides agreeing.
pub(crate) fn holder(
    mentions: &Mentions,
    mention: &Mention,
    class: Option<OfficeClass>,
    context: Option<&Who>,
) -> Option<usize> {
    // «le responsable russe», «le diplomate»: whoever of that side spoke or was named last.
    let any = class
        .is_none_or(|c| matches!(c, OfficeClass::Official | OfficeClass::Diplomat | OfficeClass::Leader));
    if any && !mention.definite {
        return None;
    }
    let fits = |figure: usize| {
        let side = &mentions.figures[figure].side;
        (any || class.is_some_and(|class| mentions.classes[figure].iter().any(|held| covers(class, *held))))
            && (mention.sides.is_empty()
                || (side.is_none() && !any)
                || side.as_ref().is_some_and(|s| mention.sides.contains(s)))
    };
    if let Some(figure) = context.and_then(|who| who.figure).filter(|&f| fits(f)) {
        return Some(figure);
    }
    let before = mentions.all.partition_point(|m| m.full.start < mention.full.start);
    let named = mentions.all[..before].iter().rev().take(LOOK_BACK).filter_map(|m| match m.what {
        What::Person(figure) => Some(figure),
        _ => None,
    });
    // With a side, whoever is named later serves too; a bare «le ministre» looks back only.
    let later = (0..mentions.figures.len().min(LOOK_BACK)).filter(|_| !mention.sides.is_empty() && !any);
    named.chain(later).find(|&f| fits(f))
}

/// Whether an office may be called by a more general one: a foreign minister «le ministre».
fn covers(general: OfficeClass, held: OfficeClass) -> bool {
    general == held
        || (general == OfficeClass::Minister
            && matches!(
                held,
                OfficeClass::ForeignMinister | OfficeClass::DefenceMinister | OfficeClass::SecretaryOfState
            ))
        || (general == OfficeClass::Adviser && held == OfficeClass::SecurityAdviser)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum VerbUse {
    Finite,
    Participle,
}

/// The relative clauses of a sentence that commas part from it: «X, qui y a rencontré Y, a écarté». One that does not
/// close before a verb of the main clause runs to the sentence's end, and is not listed.
pub(crate) fn relative_clauses(
    words: &[Word],
    sentence: &Range<usize>,
    lexicon: &Lexicon,
) -> Vec<Range<usize>> {
    let mut clauses = Vec::new();
    let mut at = sentence.start;
    while at + 2 < sentence.end {
        let opens = words[at].form == ","
            && (at + 1..at + 3).any(|n| {
                lexicon.is("relative", &words[n].form) || (n == at + 1 && lexicon.is("whose", &words[n].form))
            });
        if opens {
            let resumes = |n: &usize| {
                words[*n].form == "," && {
                    let mut next = n + 1;
                    while next < sentence.end
                        && (lexicon.is("negation", &words[next].form)
                            || lexicon.is("reflexive", &words[next].form))
                    {
                        next += 1;
                    }
                    words[..sentence.end]
                        .get(next)
                        .is_some_and(|w| lexicon.is("perfect", &w.form) || w.is_finite())
                }
            };
            if let Some(end) = (at + 2..sentence.end).find(resumes) {
                clauses.push(at..end);
                at = end;
                continue;
            }
        }
        at += 1;
    }
    clauses
}

/// The time expressions that begin within a span.
pub(crate) fn times_in(analysis: &Analysis, span: Span) -> &[depeche_record::TimeExpression] {
    let start = analysis.times.partition_point(|t| t.span.start < span.start);
    let end = analysis.times.partition_point(|t| t.span.start < span.end);
    &analysis.times[start..end.max(start)]
}

fn q_words(quotes: &[Quote], sentence: &Range<usize>) -> Range<usize> {
    quotes.first().map_or(sentence.clone(), |q| q.open..q.close.min(sentence.end))
}

/// A span cut to so many characters, at a word's end.
pub(crate) fn clip(text: &str, span: Span, longest: usize) -> Span {
    let words = span.of(text);
    let Some((cut, _)) = words.char_indices().nth(longest) else { return span };
    let end = words[..cut].rfind(char::is_whitespace).unwrap_or(cut);
    Span::new(span.start as usize, span.start as usize + end).trim(text)
}
