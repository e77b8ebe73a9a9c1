//! The words that report speech in a sentence, and who speaks by them.

use std::ops::Range;
use std::sync::LazyLock;

use depeche_record::{Act, Span, Tense, TokenKind, Upos};

use super::reference::Who;
use super::verb::VerbUse;
use crate::lexicon::{SpeechClass, SpeechWord};
use crate::mention::{What, span_of};
use crate::scene::{Quote, Scene};

/// A verb that no list holds.
static UNLISTED: LazyLock<SpeechWord> = LazyLock::new(|| SpeechWord {
    name: "unlisted verb".to_owned(),
    class: SpeechClass::Verb,
    act: Act::State,
    weak: false,
    quoting: false,
    alone: false,
    taken: false,
});

/// A word or phrase of saying, or a quotation without one.
pub(super) struct Trigger<'a> {
    pub words: Range<usize>,
    pub rule: &'a SpeechWord,
    /// Whether its subject stands behind it.
    pub inverted: bool,
    /// Who says it, with the words that tell; several where they speak as one.
    pub speakers: Vec<(Who, Span)>,
    pub participle: bool,
}

/// Where the words begin that tell who speaks.
fn speakers_of(trigger: &Trigger) -> Option<u32> {
    trigger.speakers.first().map(|(_, span)| span.start)
}

impl Scene<'_> {
    /// Whether the words behind a verb tell what was said: a clause, a quotation, a colon.
    pub(super) fn tells_what(&self, sentence: &Range<usize>, end: usize, quotes: &[Quote]) -> bool {
        // «plus tôt que prévu»
        let compares = |n: usize| {
            (n.saturating_sub(2).max(end)..n).any(|k| self.lexicon.is("comparing", &self.words[k].form))
        };
        (end..(end + 7).min(sentence.end)).any(|n| {
            self.lexicon.is("that", &self.words[n].form) && !compares(n)
                || self.words[n].form == ":"
                || quotes.iter().any(|q| q.open == n && !self.capitalised_quote(q))
        }) || quotes.first().is_some_and(|q| q.open <= sentence.start + 1)
    }

    /// Whether a verb stands in the clause that tells what one of the `found` said; None where the tree does not tell.
    fn told_by_another(&self, at: usize, found: &[Trigger]) -> Option<bool> {
        let path = self.trees.above(at);
        found.iter().filter(|t| !t.inverted && t.rule.class == SpeechClass::Verb).find_map(|t| {
            if (t.words.end..at).any(|n| self.words[n].form == ";") {
                return None;
            }
            let step = path.windows(2).find(|step| t.words.contains(&step[1]))?;
            // «…, et que l'Ukraine n'avait pas lieu de s'inquiéter» goes on with what is said.
            let mut marks = self.trees.in_relation(step[0], &["mark"]);
            let that = marks.any(|n| self.lexicon.is("that", &self.words[n].form));
            match self.trees.relation(step[0]) {
                "ccomp" | "xcomp" => Some(true),
                "conj" => Some(that),
                _ => None,
            }
        })
    }

    /// Whether a speaker and the verb stand behind what is said: `…, X said on Monday.`
    pub(super) fn closes(&self, sentence: &Range<usize>, trigger: &Trigger) -> bool {
        let start = trigger.speakers[0].1.start;
        let subject = self.words.partition_point(|w| w.span.start < start).max(sentence.start);
        // Nothing but the subject's own words stands between the comma and it.
        let clause = |n: usize| {
            self.lexicon.is("that", &self.words[n].form)
                || matches!(self.trees.upos(n), Some(Upos::Verb | Upos::Aux))
        };
        let parted = subject > sentence.start + 1
            && (sentence.start + 1..=subject)
                .rev()
                .take(9)
                .take_while(|&n| n == subject || !clause(n))
                .any(|n| self.words[n - 1].form == "," || self.words[n - 1].kind == TokenKind::QuoteClose);
        let comma = |n: &usize| matches!(self.words[*n].form.as_str(), "," | ";");
        let after = trigger.words.end..(trigger.words.end..sentence.end).find(comma).unwrap_or(sentence.end);
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

    /// Whether a clause says what somebody makes of all that stands before: «…, ce que X a démenti».
    fn comments(&self, sentence: &Range<usize>, at: usize) -> bool {
        let from = at.saturating_sub(12).max(sentence.start + 1);
        let opens = |&n: &usize| {
            self.lexicon.is("that", &self.words[n].form)
                && self.lexicon.is("this", &self.words[n - 1].form)
                && n >= sentence.start + 2
                && self.words[n - 2].form == ","
        };
        let finite = |n: usize| self.trees.upos(n) == Some(Upos::Verb) && self.words[n].is_finite();
        (from..at).rev().find(opens).is_some_and(|n| !(n..at).any(finite))
    }

    /// Whether a verb of saying is done to each other or to oneself, which says nothing: «ils se saluent», «elle s'est
    /// affirmée», but «ils se sont promis de …».
    fn is_done_to_each_other(
        &self,
        sentence: &Range<usize>,
        group: &Range<usize>,
        at: usize,
        rule: &SpeechWord,
    ) -> bool {
        let own = rule.name.split(' ').next().is_some_and(|first| self.lexicon.is("reflexive", first));
        let french = self.lexicon.language == depeche_record::Language::French;
        let told = (group.end..(group.end + 3).min(sentence.end)).any(|n| {
            let word = &self.words[n];
            self.lexicon.is("that", &word.form)
                || matches!(word.form.as_str(), ":" | "de" | "d'")
                || word.kind == TokenKind::QuoteOpen
        });
        french
            && !own
            && !told
            && matches!(rule.act, Act::State | Act::Assess | Act::Confirm)
            && (group.start..at).any(|n| self.lexicon.is("reflexive", &self.words[n].form))
    }

    /// Whether a quotation is a clause by itself rather than some words of one: it opens the sentence, or a colon stands
    /// before it.
    fn is_whole_quote(&self, sentence: &Range<usize>, quote: &Quote) -> bool {
        let opens = quote.open <= sentence.start + 1 || self.words[quote.open - 1].form == ":";
        let inner = &self.words[quote.open + 1..quote.close.min(self.words.len())];
        opens || inner.len() > 4 && inner[0].is_capitalised()
    }

    /// Whether the verb of saying itself is quoted, its subject outside: «Ils « regrettent » que …».
    fn is_quoted_verb(&self, sentence: &Range<usize>, at: usize, quotes: &[Quote]) -> bool {
        let Some(quote) = quotes.iter().find(|q| q.holds(at)) else { return false };
        let opens = at == quote.open + 1
            || at == quote.open + 2 && self.lexicon.is("reflexive", &self.words[at - 1].form);
        let brief = quote.close - quote.open <= 5;
        opens
            && brief
            && self.words[at].is_finite()
            && self.trees.upos(at) == Some(Upos::Verb)
            && quote.open > sentence.start
            && (self.trees.in_relation(at, &["nsubj"]).any(|n| n < quote.open)
                || self
                    .mention_at(quote.open - 1)
                    .is_some_and(|m| m.full.end == quote.open && m.can_act() && m.governor.is_none()))
    }

    pub(super) fn triggers<'b>(
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
            if quotes.iter().any(|q| q.holds(at)) && !self.is_quoted_verb(sentence, at, quotes) {
                at += 1;
                continue;
            }
            if self.words[at].form == ";" {
                reported = false;
            }
            let known = self.lexicon.speech.longest(words, at);
            let manner = known.is_none();
            let Some((end, rule)) =
                known.or_else(|| self.manner(sentence, at, quotes)).or_else(|| self.opining(sentence, at))
            else {
                at += 1;
                continue;
            };
            if rule.class == SpeechClass::Never {
                at = end;
                continue;
            }
            if rule.class == SpeechClass::Source {
                // «Беседу Трамп назвал хорошей, по его словам …»: whoever spoke or is spoken of here.
                let here =
                    found.last().filter(|t| t.words.end <= at).map(|t| t.speakers[0].0.clone()).or_else(
                        || {
                            let (who, span) = self.topic(sentence, quotes, context)?;
                            (span.end <= self.words[at].span.start).then_some(who)
                        },
                    );
                let context = here.as_ref().or(context);
                if let Some(trigger) = self.source(sentence, at..end, rule, quotes, context) {
                    reported = reported || trigger.words.start <= sentence.start + 1;
                    at = trigger.words.end;
                    found.push(trigger);
                    continue;
                }
                // «les accusations selon lesquelles X voudrait …»
                reported |= self.words.get(end).is_some_and(|w| self.lexicon.is("whose", &w.form));
                at = end;
                continue;
            }
            let told = rule.class == SpeechClass::Verb && !rule.quoting
                || matches!(rule.act, Act::Accept | Act::Reject | Act::Accuse);
            let by_another =
                self.told_by_another(at, &found).unwrap_or(reported) && !self.comments(sentence, at);
            // «Selon la présidence, M. X a exhorté …»: X's words, told by those who speak for the same side.
            let own = found
                .last()
                .filter(|_| by_another)
                .and_then(|t| self.voiced(sentence, at, t, quotes, context));
            if let Some(speakers) = own {
                let words = self.group_start(sentence, at)..end;
                found.pop();
                found.push(Trigger { words, rule, inverted: false, speakers, participle: false });
                at = end;
                continue;
            }
            let agent = self.agent(sentence, at, context).filter(|_| told && !by_another);
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
            if self.is_done_to_each_other(sentence, &group, at, rule) {
                at = end;
                continue;
            }
            if self.outlet_behind(sentence, &group) || self.outlet_before(&group) {
                at = end;
                continue;
            }
            // Whoever spoke in this sentence is the pronoun's first candidate.
            // But «X propose un sommet, a-t-elle ajouté» is not what X added.
            // «X conteste cela : le texte, a-t-il répondu, …» is.
            let here = found.last().filter(|t| {
                t.inverted
                    || t.rule.class == SpeechClass::Source
                    || self.words[group.start - 1].form != ","
                    || (t.words.end..group.start).any(|n| matches!(self.words[n].form.as_str(), ":" | ";"))
            });
            let here = here.map(|t| t.speakers[0].0.clone());
            let context = here.as_ref().or(context);
            // «…, dénonçant un parti pris»: a participle has its subject before it.
            let dangling = words[at].has_tense(&[Tense::PresentParticiple]) && !words[at].is_finite();
            let behind = if dangling {
                None
            } else {
                self.subject_behind(sentence, &group, end, quotes, context, subject)
            };
            let behind = behind.filter(|_| {
                // «X, qui a reçu Y, a accusé Z»: in French an object is known by its verb only.
                let clitic = self.words[group.start..(end + 1).min(sentence.end)]
                    .iter()
                    .any(|w| self.lexicon.is("clitic", &w.form));
                let quoted = quotes.iter().any(|q| q.close < group.start && q.close + 3 > group.start);
                // «X, qui soutient Y, a rappelé Z»: the clause aside is closed right before the verb.
                let aside = self.relative_clauses(sentence).iter().any(|c| c.end + 1 == group.start);
                let verb = !manner && rule.class != SpeechClass::Stance && !aside;
                let bound = french && (clitic || quoted || verb);
                bound || !self.subject_stands_before(&(at..end), &group, quotes)
            });
            let unnamed = || {
                let on = (group.start.saturating_sub(3).max(sentence.start)..group.start)
                    .any(|n| self.lexicon.is("on", &self.words[n].form));
                let aside = self.is_impersonal_aside(sentence, &(at..end));
                let impersonal = (at..end).any(|n| self.is_impersonal(n));
                if !on && !aside && !impersonal && !self.stands_behind_place(sentence, &group, at) {
                    return None;
                }
                let before = if aside { 0 } else { 8 };
                // «Президента пригласили в Минск»: where to.
                let after = if rule.class == SpeechClass::Stance { 0 } else { 5 };
                let around = at.saturating_sub(before).max(sentence.start)..(end + after).min(sentence.end);
                let told = self.somewhere(sentence, around, quotes, context);
                told.map(|who| vec![who]).or_else(|| on.then(Vec::new))
            };
            let place = if behind.is_none() { unnamed() } else { None };
            let comma = group.start > sentence.start && !self.words[group.start - 1].is_word();
            let aside = behind.is_none() && place.is_none();
            let inverted = behind.is_some() || (place.is_some() && comma);
            // A verb that takes nobody as its object has whoever stands right behind it as its subject.
            let saying = rule.class == SpeechClass::Verb && rule.act == Act::State && !rule.weak;
            let named = || {
                let found = self.subject_right_behind(sentence, end, true, context).filter(|_| saying)?;
                found.first().is_some_and(|(who, _)| who.figure.is_some()).then_some(found)
            };
            // «…, indique une feuille de route»: any noun that the tree has as the subject of such a verb behind it.
            let paper = || {
                let fits = comma && saying && !manner && !rule.quoting;
                let noun = (end..(end + 3).min(sentence.end))
                    .find(|&n| self.trees.upos(n) == Some(Upos::Noun))
                    .filter(|&n| {
                        let own = |k: usize| {
                            self.lexicon.is("article", &self.words[k].form)
                                || self.trees.upos(k) == Some(Upos::Adj)
                        };
                        n > end && end == at + 1 && (end..n).all(own)
                    })?;
                let ends = self.phrase_end(sentence, noun);
                let closed = ends >= sentence.end || !self.words[ends].is_word();
                let fits = fits && closed;
                let press = ["organ", "press", "newsroom"]
                    .iter()
                    .any(|use_| self.lexicon.is(use_, &self.words[noun].form));
                let plain = self.mention_at(noun).is_none()
                    && self.found.covering(noun).is_none()
                    && self.trees.upos(noun) == Some(Upos::Noun);
                (fits && plain && !press)
                    .then(|| vec![self.who_of_phrase(&self.phrase_around(sentence, noun))])
            };
            // «…, le ministère a confirmé.»
            let last = || {
                let closed = (end..sentence.end).all(|n| !self.words[n].is_word());
                let m = group.start.checked_sub(1).and_then(|n| self.mention_at(n)).filter(|_| closed)?;
                let aside = m.full.start > sentence.start && self.words[m.full.start - 1].form == ",";
                let acts = m.full.end == group.start && m.can_act() && m.governor.is_none();
                (aside && acts).then(|| self.together(sentence, m, context))
            };
            let noun = if aside { paper().or_else(last) } else { None };
            let inverted = inverted || noun.is_some();
            let speakers = behind
                .or(place)
                .or(noun)
                .or_else(named)
                .or_else(|| self.subject_aside(sentence, &group, context))
                .or_else(|| self.subject_by_tree(sentence, &(at..end), quotes, context, subject))
                .or_else(|| {
                    self.subject_right_behind(sentence, end, saying, context)
                        .filter(|_| rule.class == SpeechClass::Verb)
                })
                .or_else(|| {
                    self.subject_before(sentence, &group, quotes, context, subject).filter(|_| !manner)
                });
            // The same words stand for the same person all through a sentence.
            let speakers = speakers.map(|speakers| {
                let told = |span: Span| {
                    let own = found.iter().flat_map(|t| &t.speakers).find(|(_, other)| *other == span);
                    own.map(|(who, _)| who.clone())
                };
                speakers.into_iter().map(|(who, span)| (told(span).unwrap_or(who), span)).collect::<Vec<_>>()
            });
            let outlet = speakers.as_ref().is_some_and(Vec::is_empty);
            let Some(speakers) = speakers.filter(|speakers| !speakers.is_empty()) else {
                // «Le New York Times a révélé qu'ils avaient évoqué …»: an outlet's words are no statement.
                reported |= outlet && self.words.get(end).is_some_and(|w| self.lexicon.is("that", &w.form));
                at = end;
                continue;
            };
            // «Les deux hommes ont évoqué la frontière»: what they talked about.
            if rule.alone && speakers.len() > 1 && speakers[0].1 == speakers[1].1
                || rule.alone && speakers[0].0.plural
            {
                at = end;
                continue;
            }
            let participle = use_ == VerbUse::Participle;
            let trigger = Trigger { words: group.start..end, rule, inverted, speakers, participle };
            if by_another && !inverted && !self.closes(sentence, &trigger) {
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
            // `Neither government has confirmed`: the word negates by itself.
            let neither = self.lexicon.language == depeche_record::Language::English
                && speakers_of(&trigger).is_some_and(|start| {
                    let first = self.words.partition_point(|w| w.span.start < start);
                    nobody(first) || first > sentence.start && nobody(first - 1)
                });
            if neither
                || negated && (group.start.saturating_sub(7).max(sentence.start)..group.start).any(nobody)
            {
                at = end;
                continue;
            }
            if participle {
                // «…, indiquant que Y avait accepté»
                reported |=
                    (end..(end + 2).min(sentence.end)).any(|n| self.lexicon.is("that", &self.words[n].form));
                participles.push(trigger);
            } else {
                // «a confirmé le soir même, depuis Barcelone, que …»
                let told = |n: &usize| {
                    matches!(self.trees.upos(*n), Some(Upos::Verb | Upos::Aux)) && self.words[*n].is_finite()
                };
                let opens = |n: usize| {
                    self.lexicon.is("that", &self.words[n].form)
                        && !self.lexicon.is("comparing", &self.words[n - 1].form)
                        && (n < end + 4 || !matches!(self.trees.relation(n), "obj" | "iobj" | "nsubj"))
                };
                let que = (end..(end + 16).min(sentence.end)).take_while(|n| !told(n)).any(opens);
                let quoted = quotes.iter().any(|q| q.open >= end && q.open <= end + 3);
                reported = reported || (!inverted && (que || quoted));
                if inverted || self.closes(sentence, &trigger) {
                    // «Moscou refuse tout contact, a déclaré X»: the whole is what X said, back to what parts clauses; but
                    // a quotation that is a clause of its own is all that was said.
                    let quoted = quotes.iter().any(|q| {
                        q.close < trigger.words.start
                            && q.close + 3 >= trigger.words.start
                            && self.is_whole_quote(sentence, q)
                    });
                    // «X a levé le voile : …, a déclaré Y» are Y's words; «X refuse : …, a déclaré Y» is a stance as well.
                    let parted = |t: &Trigger| {
                        (t.words.end..trigger.words.start).any(|n| {
                            let form = self.words[n].form.as_str();
                            (form == ";" || form == ":" && t.rule.class == SpeechClass::Stance)
                                && !quotes.iter().any(|q| q.holds(n))
                        })
                    };
                    found.retain(|t: &Trigger| {
                        quoted
                            || t.inverted
                            || t.rule.class == SpeechClass::Source
                            || self.closes(sentence, t)
                            || parted(t)
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

    /// Who speaks by the main verb of a sentence that a source opens, where the source speaks for the same side.
    fn voiced(
        &self,
        sentence: &Range<usize>,
        at: usize,
        source: &Trigger,
        quotes: &[Quote],
        context: Option<&Who>,
    ) -> Option<Vec<(Who, Span)>> {
        let opens = source.rule.class == SpeechClass::Source && source.words.start <= sentence.start + 1;
        let verb = self.trees.upos(at) == Some(Upos::Verb)
            && self.trees.relation(at) == "root"
            && (self.trees.has(at, "VerbForm=Fin") || self.has_auxiliary(sentence, at));
        if !opens || !verb {
            return None;
        }
        let side = source.speakers.first()?.0.side.as_ref()?;
        let speakers = self.subject_by_tree(sentence, &(at..at + 1), quotes, context, None)?;
        let same = |(who, _): &(Who, Span)| who.figure.is_some() && who.side.as_ref() == Some(side);
        (!speakers.is_empty() && speakers.iter().all(same)).then_some(speakers)
    }

    /// «selon X», «d'après X».
    pub(super) fn source<'b>(
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
        // `by Beijing's account`
        if self.words[words.start].form == "'s" {
            return self.by_account(sentence, words, rule, context);
        }
        // «по его словам», «à l'en croire»
        let taken = rule.taken || words.clone().any(|n| self.lexicon.is("possessor", &self.words[n].form));
        if let (true, Some(who)) = (taken, context) {
            let speakers = vec![(who.clone(), span_of(self.words, &words))];
            return Some(Trigger { words, rule, inverted: false, speakers, participle: false });
        }
        let for_view = self.lexicon.is("for", &rule.name);
        let pronoun = self.words.get(start).filter(|w| {
            let stands = self.lexicon.is("pronoun", &w.form) || self.lexicon.is("disjoint", &w.form);
            start < sentence.end && stands && (!for_view || words.start == sentence.start)
        });
        // «selon eux», where one person spoke: whose words they are is told already.
        let several = pronoun.is_some_and(|w| self.lexicon.is("plural", &w.form));
        if several && context.is_none_or(|who| !who.plural) {
            return None;
        }
        if let (Some(word), Some(who)) = (pronoun, context) {
            let words = words.start..start + 1;
            let speakers = vec![(who.clone(), word.span)];
            return Some(Trigger { words, rule, inverted: false, speakers, participle: false });
        }
        let mention = self.mentions.within(&(start..sentence.end)).iter().find(|m| {
            m.can_act() && m.full.start <= start + 2 && !quotes.iter().any(|q| q.holds(m.head.start))
        });
        // «à en croire la radio publique»: an outlet by its kind.
        let outlet = mention.is_some_and(|m| self.is_outlet(m));
        if outlet {
            return None;
        }
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
                        || matches!(self.words[words.start - 1].form.as_str(), ";" | ":" | "–" | "—");
                    let end = mention.full.end;
                    let closed =
                        self.words[end - 1].form == "," || self.words.get(end).is_some_and(|w| w.form == ",");
                    // «Pour Pékin, il s'agit d'une « violation »»: with its words, a capital's view as well.
                    let land = matches!(mention.what, What::Capital | What::State);
                    let quoted = quotes.iter().any(|q| q.open > end && !self.capitalised_quote(q))
                        || (end..(end + 2).min(sentence.end)).any(|n| self.words[n].form == "c'");
                    if !opens || !closed || land && !quoted {
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
    pub(super) fn manner<'b>(
        &'b self,
        sentence: &Range<usize>,
        at: usize,
        quotes: &[Quote],
    ) -> Option<(usize, &'b SpeechWord)> {
        let word = &self.words[at];
        // «…" entre le dirigeant»: a preposition, for all that the form could be.
        let upos = self.trees.upos(at);
        let verb = upos.is_none_or(|u| u == Upos::Verb)
            && (word.is_finite()
                || word.has_tense(&[Tense::PastParticiple])
                || (upos.is_some() && self.trees.has(at, "VerbForm=Fin")));
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
            return Some((at + 1, &*UNLISTED));
        }
        // «…, a coupé la porte-parole.»
        let closed = |n: usize| n >= sentence.end || !self.words[n].is_word();
        let speaks = self.mention_at(at + 1).filter(|m| m.full.start == at + 1).map_or_else(
            || self.phrase_at(sentence, at + 1).filter(|p| self.is_voice(p)).map(|p| p.end),
            |m| (m.is_person() || matches!(m.what, What::Role(..) | What::Seat)).then_some(m.full.end),
        );
        let finite = word.is_finite() || start < at;
        // «X, conseiller de Y, conduisait Z»: nothing is said before the verb.
        let said = quotes.iter().any(|q| q.close < start)
            || (sentence.start..start).any(|n| {
                self.words[n].is_finite() && matches!(self.trees.upos(n), None | Some(Upos::Verb | Upos::Aux))
            });
        if said
            && self.lexicon.language == depeche_record::Language::French
            && comma
            && finite
            && !asks
            && speaks.is_some_and(|end| closed(end) || self.words[end - 1].form == ",")
        {
            return Some((at + 1, &*UNLISTED));
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
        (behind(start) || follows).then_some((at + 1, &*UNLISTED))
    }

    /// A verb that no list holds, with somebody as its subject and a clause that tells what: «X subodore que …».
    fn opining<'b>(&'b self, sentence: &Range<usize>, at: usize) -> Option<(usize, &'b SpeechWord)> {
        let trees = self.trees;
        if trees.upos(at) != Some(Upos::Verb) || self.is_lemma("mute", at) || self.is_negated(sentence, at) {
            return None;
        }
        let finite = trees.has(at, "VerbForm=Fin") || self.has_auxiliary(sentence, at);
        let that =
            (at + 1..(at + 4).min(sentence.end)).find(|&n| self.lexicon.is("that", &self.words[n].form))?;
        let clause = trees.in_relation(at, &["ccomp"]).any(|n| n > that);
        let speaks = |n: usize| {
            self.mention_at(n).is_some_and(|m| m.is_person() || matches!(m.what, What::Role(..) | What::Seat))
                || self.lexicon.is("pronoun", &self.words[n].form)
        };
        let subject = trees.in_relation(at, &["nsubj"]).any(|n| n < at && speaks(n));
        (finite && clause && subject).then_some((at + 1, &*UNLISTED))
    }

    /// Whose account it is: `by Beijing's account`, `by the ministry's account`.
    fn by_account<'b>(
        &'b self,
        sentence: &Range<usize>,
        words: Range<usize>,
        rule: &'b SpeechWord,
        context: Option<&Who>,
    ) -> Option<Trigger<'b>> {
        let by = (sentence.start..words.start).rev().take(8).find(|&n| {
            ["by", "with"].iter().any(|use_| self.lexicon.is(use_, &self.words[n].form))
                || self.words[n].form == "in"
        })?;
        let mention = self.mentions.within(&(by..words.start)).iter().find(|m| m.can_act());
        let speakers = match mention {
            Some(m) => self.together(sentence, m, context),
            None => {
                let phrase = self.phrase_at(sentence, by + 1).filter(|p| self.is_voice(p))?;
                vec![self.who_of(sentence, &(phrase.start..words.start), context, None)]
            }
        };
        let trigger = Trigger { words: by..words.end, rule, inverted: false, speakers, participle: false };
        (!trigger.speakers.is_empty()).then_some(trigger)
    }
}
