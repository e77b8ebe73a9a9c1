//! Whether a contact took place: negation, mood and tense of its verb, and the cues of its clause.

use std::ops::Range;

use depeche_record::{Span, Status, Tense};

use crate::lexicon::{ContactWord, Place as Where};
use crate::mention::{Mention, span_of};
use crate::scene::Scene;

/// How far a word that denies stands from the contact in the clause that it governs, in words.
const FAR: usize = 20;

/// How many words before «, что» govern what it opens.
const GOVERNING: usize = 5;

/// Order in which cues decide: a cancellation over a denial over a possibility over a plan.
fn strength(status: Status) -> u8 {
    match status {
        Status::Cancelled => 0,
        Status::RuledOut => 1,
        Status::Denied => 2,
        Status::Possible => 3,
        Status::Planned => 4,
        Status::Held => 5,
    }
}

impl Scene<'_> {
    pub(super) fn status(
        &self,
        sentence: &Range<usize>,
        clause: &Range<usize>,
        trigger: &Range<usize>,
        word: &ContactWord,
    ) -> (Status, Option<String>, Span) {
        let words = &self.words[..sentence.end];
        let lexicon = self.lexicon;
        let mut best: Option<(Status, String, Range<usize>, Where)> = None;
        // A tree that takes the noun for a verb is not to be trusted on its clause.
        let top = self
            .trees
            .top(trigger)
            .filter(|&top| word.is_verb || self.trees.upos(top) != Some(depeche_record::Upos::Verb));
        // A cue within a longer one («exclu» in «pas exclu») tells nothing of its own.
        let from = self.governing(sentence, clause);
        let mut covered = from;
        for at in from..clause.end {
            let cues = lexicon.statuses.all(&words[..clause.end], at);
            let longest = cues.iter().map(|(end, _)| *end).max().unwrap_or(at);
            for (end, cue) in cues {
                if end < longest || longest <= covered {
                    continue;
                }
                let before = end <= trigger.start;
                let overlaps = at < trigger.end && end > trigger.start;
                let gap = if before { trigger.start - end } else { at.saturating_sub(trigger.end) };
                // «denied a report by X that Y had met Z»: what it governs may stand far behind.
                let governs = || {
                    let cue_top = self.trees.top(&(at..end));
                    cue_top.zip(top).is_some_and(|(cue, word)| self.trees.is_under(word, cue))
                };
                let reach =
                    if cue.status.is_negative() && gap > 9 && gap <= FAR && governs() { FAR } else { 9 };
                let fits = match cue.place {
                    Where::Before => before && gap <= reach,
                    Where::After => !before && gap <= 16,
                    Where::NegBefore => before && gap <= 2,
                    Where::Beside => gap <= 3,
                    Where::Weak => false,
                    _ => gap <= if before { 12 } else { 16 },
                };
                // «X s'est entretenu avec Y et devait appeler Z»: a verb's mood stands before it.
                let behind = word.is_verb && at >= trigger.end && !cue.status.is_negative();
                if !fits || behind || (overlaps && end > trigger.end && at >= trigger.start) {
                    continue;
                }
                // What a clause beside it says tells nothing of this one.
                let cue_top = self.trees.top(&(at..end)).filter(|_| !overlaps);
                let ways = cue_top.zip(top).and_then(|(c, t)| self.trees.clauses_between(c, t));
                // «un sommet, envisagé pour juin»
                // «Раунд переговоров запланирован на май», where the tree takes it for a predicate beside.
                let own = cue_top.is_some_and(|cue| {
                    let head = self.trees.head(cue);
                    let short = self.trees.has(cue, "Variant=Short") && !before;
                    head == top && matches!(self.trees.relation(cue), "acl" | "amod")
                        || short && head.zip(top).is_some_and(|(h, t)| h == t || self.trees.is_under(t, h))
                });
                if !own && ways.is_some_and(|(left, _)| left > 0) {
                    continue;
                }
                // `suspended premier X`: what is said of somebody.
                let of_party = cue_top.is_some_and(|cue| {
                    self.trees.relation(cue) == "amod"
                        && self.trees.head(cue).is_some_and(|head| {
                            Some(head) != top && self.mention_at(head).is_some_and(Mention::can_act)
                        })
                });
                if of_party {
                    continue;
                }
                // «Réunis en visioconférence, ils ont suspendu l'aide»: a participle's noun has no part in what follows.
                if !before && top.zip(cue_top).is_some_and(|(top, cue)| self.is_set_off(top, cue)) {
                    continue;
                }
                let better =
                    best.as_ref().is_none_or(|(status, ..)| strength(cue.status) < strength(*status));
                if better {
                    best = Some((cue.status, cue.name.clone(), at..end, cue.place));
                }
            }
            covered = covered.max(longest);
        }
        let verb = self.verb_of(clause, trigger, word);
        let negated = verb.is_some_and(|v| self.is_negated(clause, v));
        let tense = verb.map(|v| &self.words[v]);
        let future = tense.is_some_and(|w| w.has_tense(&[Tense::Future]) && !w.has_tense(&[Tense::Past]));
        let conditional = tense.is_some_and(|w| w.has_tense(&[Tense::Conditional]));
        let perfect = verb.is_some_and(|v| {
            self.words.get(v + 1..(v + 5).min(clause.end)).is_some_and(|after| {
                lexicon.is("perfect", &self.words[v].form)
                    && after.iter().any(|w| w.has_tense(&[Tense::PastParticiple]))
            })
        });
        let at = verb.map_or(trigger.clone(), |v| v..v + 1);
        let span = span_of(self.words, &at);
        // «X n'avait plus vu Y depuis le 25 avril»: they met then.
        if negated
            && word.is_verb
            && perfect
            && (trigger.end..clause.end).take(10).any(|n| lexicon.is("since", &self.words[n].form))
        {
            return (Status::Held, Some("not since".to_owned()), span);
        }
        if let Some((status, name, range, place)) = best {
            let span = span_of(self.words, &range);
            let none = place == Where::NegBefore || word.is_verb;
            if status == Status::RuledOut && perfect && negated && none {
                return (Status::Denied, Some(name), span);
            }
            if negated && matches!(status, Status::Possible | Status::Planned) && word.is_verb {
                return (Status::RuledOut, Some(name), span);
            }
            return (status, Some(name), span);
        }
        let told = |status: Status, rule: &str| (status, Some(rule.to_owned()), span);
        // «après ces échanges», «lors de la rencontre»: the verb is not theirs.
        if !word.is_verb && self.is_aside(clause, trigger) {
            return (Status::Held, None, span);
        }
        match () {
            _ if word.planned => told(Status::Planned, "expected"),
            _ if word.possible => told(Status::Possible, "invited"),
            _ if negated && (future || conditional) => told(Status::RuledOut, "negated future"),
            _ if negated && word.is_verb && perfect => told(Status::Denied, "negated past"),
            _ if negated && word.is_verb => told(Status::RuledOut, "negated"),
            _ if word.is_verb && !perfect && self.is_condition(clause, at.start) => {
                told(Status::Possible, "condition")
            }
            _ if future => told(Status::Planned, "future"),
            // «il a dit qu'il parlerait à Y»: the future of the past.
            _ if conditional && !perfect && self.is_reported(sentence, at.start) => {
                told(Status::Planned, "reported future")
            }
            _ if conditional && !perfect => told(Status::Possible, "conditional"),
            _ => {
                // «afin d'y rencontrer X»
                let to = (clause.start..trigger.start)
                    .rev()
                    .find(|&n| !lexicon.is("clitics", &self.words[n].form))
                    .filter(|&n| lexicon.is("purpose", &self.words[n].form));
                let infinitive =
                    word.is_verb && self.words[trigger.start].has_tense(&[Tense::Infinitive]) && to.is_some();
                // «la rencontre s'est tenue»: the verb behind is the noun's.
                let own = word.is_verb || verb.is_some_and(|v| v >= trigger.end);
                let past = own
                    && (perfect
                        || (word.is_verb
                            && tense.is_some_and(|w| w.has_tense(&[Tense::Past, Tense::Imperfect]))));
                // «a rencontré X avant de recevoir Y»: as the verb that it goes with.
                let after = infinitive
                    && trigger.start >= clause.start + 2
                    && ["bound", "during"]
                        .iter()
                        .any(|use_| lexicon.is(use_, &self.words[trigger.start - 2].form))
                    && self.trees.top(trigger).and_then(|top| self.trees.head(top)).is_some_and(|head| {
                        self.trees.has(head, "Tense=Past") || self.trees.has(head, "Tense=Imp")
                    });
                match () {
                    _ if after => told(Status::Held, "before"),
                    _ if infinitive => told(Status::Planned, "purpose"),
                    _ if past => told(Status::Held, "past"),
                    _ => (Status::Held, None, span),
                }
            }
        }
    }

    /// Where the words begin that tell of the status: before a clause that «, что» opens, those that govern it
    /// («опроверг, что встречался с X»).
    fn governing(&self, sentence: &Range<usize>, clause: &Range<usize>) -> usize {
        let comma = clause.start.checked_sub(1).filter(|&n| n > sentence.start && self.words[n].form == ",");
        let that = self.words.get(clause.start).is_some_and(|w| self.lexicon.is("that", &w.form));
        match comma.filter(|_| that) {
            Some(comma) => (sentence.start..comma)
                .rev()
                .take(GOVERNING)
                .find(|&n| !self.words[n].is_word())
                .map_or(comma.saturating_sub(GOVERNING).max(sentence.start), |n| n + 1),
            None => clause.start,
        }
    }

    /// Whether words stand in a participial or adverbial clause below the clause of others.
    fn is_set_off(&self, at: usize, other: usize) -> bool {
        let above = self.trees.above(other);
        let path = self.trees.above(at).into_iter().take_while(|n| !above.contains(n));
        let part = |n: usize| {
            matches!(self.trees.relation(n), "acl" | "advcl") && self.trees.has(n, "VerbForm=Part")
        };
        path.skip(1).any(part)
    }

    /// Whether the clause of a verb states a condition: «si X rencontrait Y», but not «même si», «si grand».
    fn is_condition(&self, clause: &Range<usize>, at: usize) -> bool {
        let is = |use_: &str, n: usize| self.words.get(n).is_some_and(|w| self.lexicon.is(use_, &w.form));
        (clause.start..at).rev().take(14).any(|n| {
            let opens = n == clause.start || {
                let before = &self.words[n - 1].form;
                before == "," || is("that", n - 1) || is("conjunction", n - 1)
            };
            let subject = ["article", "pronoun", "clitic"].iter().any(|use_| is(use_, n + 1))
                || self.words[n + 1].text.starts_with(char::is_uppercase);
            is("if", n) && opens && subject
        })
    }

    /// Whether a verb stands in what somebody is reported to have said: «a dit que …».
    fn is_reported(&self, sentence: &Range<usize>, at: usize) -> bool {
        let words = &self.words[..sentence.end];
        let that =
            (sentence.start..at).rev().take(14).find(|&n| self.lexicon.is("that", &self.words[n].form));
        that.is_some_and(|that| {
            (that.saturating_sub(6).max(sentence.start)..that)
                .any(|n| self.lexicon.speech.longest(words, n).is_some())
        })
    }

    /// A cue of cancelling in the clause that follows with «mais».
    pub(super) fn called_off(
        &self,
        sentence: &Range<usize>,
        clause: &Range<usize>,
    ) -> Option<(String, Range<usize>)> {
        let next = clause.end + 1;
        let but = next < sentence.end && self.lexicon.is("but", &self.words[next].form);
        let words = &self.words[..sentence.end];
        (next..sentence.end.min(next + 12)).filter(|_| but).find_map(|n| {
            let cues = self.lexicon.statuses.all(words, n);
            cues.into_iter()
                .find(|(_, cue)| cue.status == Status::Cancelled)
                .map(|(end, cue)| (cue.name.clone(), n..end))
        })
    }

    /// Whether a noun stands in «après …», «lors de …», «à l'issue de …».
    pub(super) fn is_aside(&self, clause: &Range<usize>, trigger: &Range<usize>) -> bool {
        (clause.start..trigger.start).rev().take(4).any(|n| self.lexicon.is("during", &self.words[n].form))
    }

    /// The finite verb that carries the tense of a trigger: itself, its auxiliary, or the verb whose subject or object
    /// the noun is.
    fn verb_of(&self, clause: &Range<usize>, trigger: &Range<usize>, word: &ContactWord) -> Option<usize> {
        let finite = |n: &usize| {
            let form = &self.words[*n].form;
            self.words[*n].is_finite() && (self.lexicon.is("perfect", form) || !self.lexicon.is_small(form))
        };
        if word.is_verb {
            let own = (trigger.start..trigger.end).find(finite);
            let auxiliary = (clause.start..trigger.start)
                .rev()
                .take(5)
                .take_while(|n| !self.lexicon.is("that", &self.words[*n].form))
                .find(|n| self.lexicon.is("perfect", &self.words[*n].form));
            return auxiliary.or(own);
        }
        // The noun's own verb stands behind a relative clause, not in it.
        let aside = self.relative_clauses(clause);
        let main = |n: &usize| !aside.iter().any(|c| c.contains(n) && c.start >= trigger.end);
        let after = (trigger.end..clause.end).filter(main).take(14).find(finite);
        let before = (clause.start..trigger.start).rev().take(6).find(finite);
        match (before, after) {
            (Some(b), Some(a)) if trigger.start - b <= a - trigger.end => Some(b),
            (before, after) => after.or(before),
        }
    }
}
