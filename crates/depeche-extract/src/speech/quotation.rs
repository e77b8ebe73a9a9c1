//! Quotations: their words, and those that no verb of saying introduces.

use std::ops::Range;
use std::sync::LazyLock;

use depeche_record::{Act, Span, TokenKind, Upos};

use super::reference::Who;
use super::trigger::Trigger;
use crate::lexicon::{SpeechClass, SpeechWord};
use crate::mention::{Mention, What, span_of};
use crate::scene::{Quote, Scene};

/// A quotation without a verb of saying.
static UNINTRODUCED: LazyLock<SpeechWord> = LazyLock::new(|| SpeechWord {
    name: "bare quotation".to_owned(),
    class: SpeechClass::Verb,
    act: Act::State,
    weak: false,
    quoting: false,
    alone: false,
    taken: false,
});

impl Scene<'_> {
    /// The words between the marks, without white space at their ends.
    pub(super) fn inner(&self, quote: &Quote) -> Option<Span> {
        let start = self.words[quote.open].span.end;
        let end = match self.words.get(quote.close) {
            Some(word) if word.kind == TokenKind::QuoteClose => word.span.start,
            // «Мы готовы, — сказал X»: without the comma of what comes between.
            _ => {
                let last = self.words.get(quote.close.checked_sub(1)?)?;
                if last.form == "," { last.span.start } else { last.span.end }
            }
        };
        let span = Span { start, end: end.max(start) }.trim(&self.report.text);
        (!span.is_empty()).then_some(span)
    }

    /// The words of the quotations of a sentence, without those that are names: «le « New York Post »».
    pub(super) fn pieces(&self, quotes: &[Quote]) -> Vec<Span> {
        let outlet = |q: &Quote| {
            let found = self.found.match_at(q.open + 1).filter(|m| m.words.end >= q.close);
            found.is_some_and(|m| m.outlet().is_some())
        };
        let said: Vec<&Quote> = quotes.iter().filter(|q| !outlet(q)).collect();
        let several = said.iter().any(|q| !self.capitalised_quote(q));
        // «рассказал «Рассвету», что …»: a name, where nothing opens it as words.
        let name = |q: &Quote| {
            self.capitalised_quote(q)
                && q.close < self.words.len()
                && self.words[q.open.saturating_sub(1)].is_word()
                && self.words.get(q.close + 1).is_some_and(|w| w.is_word() || w.form == ",")
        };
        said.into_iter()
            .filter(|q| !(name(q) || several && self.capitalised_quote(q)))
            .filter_map(|q| self.inner(q))
            .collect()
    }

    /// A quotation without a verb of saying: «Peskov : « … »»; «l'hôte a vanté une rencontre « productive »».
    pub(super) fn bare<'b>(
        &'b self,
        sentence: &Range<usize>,
        quotes: &[Quote],
        context: Option<&Who>,
    ) -> Option<Trigger<'b>> {
        // «Réponse d'Araghchi : « … »», «Le soir, discours du général : …»
        let verb = |n: &usize| {
            self.words[*n].is_finite() && matches!(self.trees.upos(*n), None | Some(Upos::Verb | Upos::Aux))
        };
        let first = (sentence.start..sentence.end.min(sentence.start + 8))
            .take_while(|n| !verb(n) || self.lexicon.is("reply", &self.words[*n].form))
            .filter(|&n| {
                n == sentence.start
                    || self.words[n - 1].form == ","
                    || !self.words[sentence.start..n].iter().any(|w| w.is_word())
            })
            .find(|&n| self.lexicon.is("reply", &self.words[n].form));
        if let Some(noun) = first
            && let Some(colon) = (noun..(noun + 14).min(sentence.end)).find(|&n| self.words[n].form == ":")
            && let Some(m) = self.mentions.within(&(noun + 1..colon)).iter().find(|m| m.can_act())
            && m.full.start <= noun + 3
        {
            let speakers = vec![(self.who(m, context), span_of(self.words, &m.head))];
            let words = noun..m.full.end;
            return Some(Trigger { words, rule: &UNINTRODUCED, inverted: false, speakers, participle: true });
        }
        // «X adresse une lettre à Y : en cas d'attaque, …»
        let free = |n: &usize| self.words[*n].form == ":" && !quotes.iter().any(|q| q.holds(*n));
        if let Some(colon) = sentence.clone().find(free)
            && colon + 3 < sentence.end
            && (sentence.start..colon).any(|n| self.lexicon.is("utterance", &self.words[n].form))
            && let Some(speaker) = self.topic(sentence, quotes, context)
            && speaker.1.end <= self.words[colon].span.start
            && speaker.0.figure.is_some()
        {
            let words = colon..colon + 1;
            let speakers = vec![speaker];
            return Some(Trigger { words, rule: &UNINTRODUCED, inverted: false, speakers, participle: true });
        }
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
            return Some(Trigger { words, rule: &UNINTRODUCED, inverted: false, speakers, participle: true });
        }
        // «« Constructives » : l'adjectif choisi par X …», «« Un début » : la lecture que livre X»
        let headed = quotes.first().filter(|q| {
            q.open == sentence.start
                && self.words.get(q.close + 1).is_some_and(|w| w.form == ":")
                && q.close + 3 < sentence.end
        });
        if let Some(quote) = headed {
            let rest = self.mentions.within(&(quote.close + 2..sentence.end));
            let free = |m: &&Mention| !quotes.iter().any(|q| q.holds(m.head.start));
            let by = |m: &&Mention| m.governor.is_some_and(|g| self.lexicon.is("by", &self.words[g].form));
            let acts = |m: &&Mention| {
                m.is_person() || matches!(m.what, What::Role(..) | What::Seat | What::Organisation)
            };
            let chosen = rest.iter().filter(free).filter(acts).find(by);
            let m = chosen.or_else(|| rest.iter().filter(free).find(acts))?;
            let speakers = vec![self.one(sentence, m, context)];
            let words = m.head.clone();
            return Some(Trigger { words, rule: &UNINTRODUCED, inverted: true, speakers, participle: true });
        }
        // «« Rien ne justifie ces frappes » (X)»
        let signed = quotes.last().and_then(|q| {
            let bracket =
                self.words.get(q.close + 1).filter(|w| w.form == "(" && q.close + 2 < sentence.end)?;
            let m = self.mention_at(self.word_at(bracket.span)? + 1)?;
            let closed = self.words.get(m.full.end).is_some_and(|w| w.form == ")");
            (closed && m.can_act() && !self.is_place(m) && q.close - q.open > 3).then_some(m)
        });
        if let Some(m) = signed {
            let speakers = vec![self.one(sentence, m, context)];
            let words = m.head.clone();
            return Some(Trigger { words, rule: &UNINTRODUCED, inverted: true, speakers, participle: true });
        }
        let quote = quotes.first().filter(|q| q.open > sentence.start)?;
        let mention =
            self.mentions.within(&(sentence.start..quote.open)).iter().find(|m| {
                m.can_act() && m.governor.is_none() && !self.is_place(m) && m.what != What::State
            })?;
        // «Les Houthis veulent « une paix honorable »», but not «ils ont signé un accord « permanent »»
        let verb = (mention.full.end..quote.open).any(|n| self.is_lemma("view", n));
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
            rule: &UNINTRODUCED,
            inverted: false,
            speakers: vec![(who, speaker)],
            participle: true,
        })
    }

    /// Whether a quotation is the name of something: «Mega», «Air Force One».
    pub(super) fn capitalised_quote(&self, quote: &Quote) -> bool {
        let inner = &self.words[quote.open + 1..quote.close.min(self.words.len())];
        inner.len() <= 4 && inner.iter().all(|w| w.is_capitalised() || !w.is_word())
    }
}
