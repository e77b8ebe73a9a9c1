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

use depeche_record::{Act, BlockKind, Confidence, Derivation, Edtf, Span, Speaker, Statement};

pub(crate) use self::reference::{Who, holder};
use self::trigger::Trigger;
use crate::lexicon::SpeechClass;
use crate::mention::span_of;
use crate::scene::{Quote, Scene, clip};
use crate::word::Word;

mod act;
mod phrase;
mod quotation;
mod reference;
mod speaker;
mod trigger;
mod verb;

/// Longest evidence of a statement, in characters.
const LONGEST: usize = 600;

/// The words of the first quotation of a sentence.
fn quoted(quotes: &[Quote], sentence: &Range<usize>) -> Range<usize> {
    quotes.first().map_or(sentence.clone(), |q| q.open..q.close.min(sentence.end))
}

/// Whether a sentence is nothing but a quotation.
fn is_all_quoted(sentence: &Range<usize>, quotes: &[Quote]) -> bool {
    quotes.first().is_some_and(|q| {
        q.open == sentence.start && sentence.end - q.close.min(sentence.end) <= 2 && q.close - q.open > 4
    })
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
        // Whom a sentence is about, with its number.
        let mut topic: Option<(usize, Who)> = None;
        // The block of a quotation that its author's words within left open.
        let mut running: Option<u32> = None;
        // A sentence that is all quotation, by nobody so far.
        let mut pending: Option<usize> = None;
        for (n, sentence) in self.sentences.iter().enumerate() {
            let block = self.report.blocks[self.bounds[n].block as usize].kind;
            if !self.tells(n) || matches!(block, BlockKind::Title | BlockKind::Caption) {
                continue;
            }
            // «— сказал X. — Ждём ответа»: more of the same quotation.
            if let Some(block) = running.take().filter(|&b| b == self.bounds[n].block)
                && let Some(rest) = self.rest_of_quote(sentence)
                && let Some(statement) = statements.last_mut()
            {
                statement.quote.push(span_of(self.words, &rest));
                let whole = statement.evidence.cover(self.bounds[n].span);
                if whole.of(&self.report.text).chars().count() <= LONGEST {
                    statement.evidence = whole;
                }
                running = (rest.end == sentence.end).then_some(block);
                continue;
            }
            let quotes = self.quotes(sentence);
            if block == BlockKind::Heading && !self.words[sentence.clone()].iter().any(|w| w.form == ":") {
                continue;
            }
            // Whom the sentence right before is about goes before whoever spoke earlier.
            let spoke = last.clone().filter(|_| since < 3);
            let near = topic
                .take()
                .filter(|(k, _)| since > 0 && k + 1 == n && self.bounds[*k].block == self.bounds[n].block);
            let (context, other) = match near {
                Some((_, who)) => (Some(who), spoke.or(subject.clone())),
                None => (spoke.or(subject.clone()), subject.clone()),
            };
            let mut triggers = self.triggers(sentence, &quotes, context.as_ref(), other.as_ref());
            // «la même source», «ce responsable»: who spoke without a name before.
            for (who, span) in triggers.iter_mut().flat_map(|t| &mut t.speakers) {
                let before =
                    unnamed.as_ref().filter(|u: &&Who| u.plural == who.plural || who.figure.is_some());
                if let Some(before) = before.filter(|_| self.takes_up(who, *span)) {
                    *who = Who { feminine: self.gender_at(*span), ..before.clone() };
                } else if who.figure.is_none() && self.is_spokesman(*span) {
                    unnamed = Some(who.clone());
                }
            }
            let mut found =
                self.statements_of(n, sentence, &quotes, &triggers, last.as_ref().filter(|_| since < 2));
            // «« Nous partons. » C'est par ces mots que X …»: the sentence behind tells who said it.
            let ahead =
                pending.take().filter(|&k| k + 1 == n && self.bounds[k].block == self.bounds[n].block);
            if let Some(k) = ahead {
                let whole = Span::new(self.bounds[k].span.start as usize, self.bounds[n].span.end as usize);
                let evidence = clip(&self.report.text, whole, LONGEST);
                let before = self.quotes(&self.sentences[k]);
                if let Some(first) = found.first_mut() {
                    first.quote.splice(0..0, before.iter().filter_map(|q| self.inner(q)));
                    first.evidence = evidence;
                } else if let Some(m) = self.subject_of(sentence, &quotes).filter(|m| m.is_person()) {
                    let who = self.who(m, context.as_ref());
                    found.push(self.unintroduced(k, &who, evidence, &before, "named behind"));
                }
            } else if found.is_empty() && triggers.is_empty() && is_all_quoted(sentence, &quotes) {
                pending = Some(n);
            }
            since += 1;
            if let Some(statement) = found.last() {
                let mut who = triggers.iter().flat_map(|t| &t.speakers).map(|(who, _)| who);
                let who = who.rfind(|who| who.name == statement.speaker.name).cloned();
                last = Some(who.unwrap_or_else(|| Who {
                    name: statement.speaker.name.clone(),
                    figure: statement.speaker.figure,
                    side: statement.speaker.side.clone(),
                    plural: false,
                    feminine: None,
                    land: false,
                }));
                since = 0;
            }
            let about = self.topic(sentence, &quotes, context.as_ref()).map(|(who, _)| who);
            topic = about.or_else(|| self.named_alone(sentence, &quotes)).map(|who| (n, who));
            if let Some((_, who)) = &topic {
                subject = Some(who.clone());
            } else if let Some(first) = self.subject_of(sentence, &quotes) {
                subject = Some(self.who(first, subject.as_ref()));
            }
            if !found.is_empty() && self.runs_on(sentence, &quotes) {
                running = Some(self.bounds[n].block);
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
        let pieces = self.pieces(quotes);
        let mut statements: Vec<Statement> = Vec::new();
        if triggers.is_empty() {
            // A sentence that is all quotation goes on with whoever spoke.
            if let (true, Some(who)) = (is_all_quoted(sentence, quotes), last) {
                statements.push(self.unintroduced(n, who, evidence, quotes, "goes on"));
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
                        let between =
                            Span { start: span.end.min(piece.end), end: span.start.max(piece.start) };
                        let parted = sentence.clone().any(|n| {
                            let word = &self.words[n];
                            word.form == ";"
                                && between.start <= word.span.start
                                && word.span.end <= between.end
                                && !quotes.iter().any(|q| q.holds(n))
                        });
                        let far = if span.end <= piece.start {
                            piece.start - span.end
                        } else {
                            span.start.saturating_sub(piece.end)
                        };
                        (parted, far)
                    };
                    let nearest = (0..speakers.len()).min_by_key(|&j| gap(speakers[j]));
                    nearest == Some(k)
                })
                .copied()
                .collect();
            let said = trigger.words.end..sentence.end;
            // «« Ce n'est pas vrai », X a averti.»
            let last = !self.words[said.clone()].iter().any(Word::is_word);
            let behind = trigger.inverted || last || self.closes(sentence, trigger);
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
                _ => {
                    // What stands behind a semicolon is another's or another matter.
                    let free = |n: &usize| self.words[*n].form == ";" && !quotes.iter().any(|q| q.holds(*n));
                    said.start..said.clone().find(free).unwrap_or(said.end)
                }
            };
            // «…, selon X»: what comes before, and behind where that is the opening.
            let said = match trigger.rule.class {
                SpeechClass::Source if trigger.words.start > sentence.start + 2 => sentence.clone(),
                _ => said,
            };
            let own = match trigger.rule.act {
                // «ne confirme pas», «n'a pas démenti», «n'exclut pas», «n'a pas accepté»
                // A phrase that is negated by itself («ne démord pas de») has its act as it stands.
                act if self.lexicon.is("ne", trigger.rule.name.split(' ').next().unwrap_or_default()) => act,
                act if !self.is_negated(sentence, trigger.words.end - 1) => act,
                Act::Confirm | Act::Deny => Act::NoComment,
                Act::Accept => Act::Reject,
                Act::Reject => Act::State,
                act => act,
            };
            let act = self.act(sentence, own, trigger.rule.weak, &said, quotes);
            let place = if trigger.inverted { "speaker/behind" } else { "speaker/before" };
            for (who, span) in &trigger.speakers {
                let derivation = Derivation::new(
                    format!("statement/{}", trigger.rule.name),
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

    /// Whom a sentence without a verb names, where that is one person: «Un calendrier, celui de l'émissaire, X.»
    fn named_alone(&self, sentence: &Range<usize>, quotes: &[Quote]) -> Option<Who> {
        let told = |n: usize| self.words[n].is_finite() && !self.words[n].morphs.is_empty();
        if sentence.clone().any(told) {
            return None;
        }
        let mut people = self
            .mentions
            .within(sentence)
            .iter()
            .filter(|m| m.is_person() && !quotes.iter().any(|q| q.holds(m.head.start)));
        let only = people.next().filter(|_| people.next().is_none())?;
        Some(self.who(only, None))
    }

    /// What a sentence that is all quotation says, in the mouth of somebody whom another sentence names.
    fn unintroduced(&self, n: usize, who: &Who, evidence: Span, quotes: &[Quote], how: &str) -> Statement {
        let words = quoted(quotes, &self.sentences[n]);
        let derivation =
            Derivation::new("statement/quotation", evidence, format!("speaker = {} ({how})", who.name));
        Statement {
            speaker: Speaker {
                name: who.name.clone(),
                figure: who.figure,
                span: evidence,
                side: who.side.clone(),
            },
            act: self.act(&words, Act::State, false, &words, quotes),
            quote: quotes.iter().filter_map(|q| self.inner(q)).collect(),
            evidence,
            about: Vec::new(),
            date: None,
            confidence: Confidence::default(),
            derivation,
        }
    }

    /// A date right beside the verb: when it was said.
    fn date_beside(&self, trigger: &Range<usize>, sentence: &Range<usize>) -> Option<Edtf> {
        let from = trigger.start.saturating_sub(4).max(sentence.start);
        let to = (trigger.end + 4).min(sentence.end);
        let window = span_of(self.words, &(from..to));
        self.times_in(window).first().and_then(|t| t.past.clone().or_else(|| t.value.clone()))
    }
}
