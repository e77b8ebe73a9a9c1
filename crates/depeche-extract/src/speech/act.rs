//! What sort of statement: the verb's own act, the cues of the words reported, their tenses.

use std::ops::Range;

use depeche_record::{Act, Tense, Upos};

use crate::lexicon::{ActCue, Place};
use crate::scene::{Quote, Scene};

impl Scene<'_> {
    /// What sort of statement it is: the verb's own act, unless it is `weak`, else what the words reported show.
    pub(super) fn act(
        &self,
        sentence: &Range<usize>,
        own: Act,
        weak: bool,
        said: &Range<usize>,
        quotes: &[Quote],
    ) -> Act {
        let cues = |range: &Range<usize>| -> Vec<&ActCue> {
            let words = &self.words[..range.end];
            // «que Washington avait proposé un sommet»: what another did before.
            let earlier = |at: usize, cue: &ActCue| {
                matches!(cue.act, Act::Propose | Act::Accept | Act::Reject | Act::Demand | Act::Announce)
                    && (at.saturating_sub(3).max(range.start)..at)
                        .any(|n| self.lexicon.is("earlier", &self.words[n].form))
            };
            // A cue within a longer one («исключена» in «не исключена») tells nothing of its own.
            let mut covered = range.start;
            let mut all = Vec::new();
            for at in range.clone() {
                let found = self.lexicon.acts.all(words, at);
                let longest = found.iter().map(|(end, _)| *end).max().unwrap_or(at);
                all.extend(found.into_iter().filter(|(end, _)| *end > covered).map(|f| (at, f)));
                covered = covered.max(longest);
            }
            all.into_iter()
                .filter(|(at, (_, cue))| !earlier(*at, cue))
                .map(|(_, found)| found)
                // «X et Y doivent se rencontrer» demands nothing.
                .filter(|(end, cue)| {
                    cue.act != Act::Demand
                        || (*end..(*end + 3).min(range.end))
                            .all(|n| self.lexicon.contacts.longest(words, n).is_none_or(|(_, w)| w.never))
                })
                .map(|(_, cue)| cue)
                .collect()
        };
        let (anywhere, within) = (cues(sentence), cues(said));
        let has = |act: Act, weak: bool| {
            anywhere.iter().any(|c| c.act == act && c.place == Place::Any)
                || within
                    .iter()
                    .any(|c| c.act == act && (c.place == Place::Said || (weak && c.place == Place::Weak)))
        };
        // «a confirmé les pourparlers, mais refusé d'en dire plus»: it is confirmed.
        if !matches!(own, Act::Threaten | Act::Confirm | Act::Deny) && has(Act::NoComment, false) {
            return Act::NoComment;
        }
        let order: &[Act] = match own {
            Act::State => &[
                Act::Threaten,
                Act::Propose,
                Act::Reject,
                Act::Accuse,
                Act::Demand,
                Act::Deny,
                Act::Accept,
                Act::Announce,
                Act::Assess,
            ],
            Act::Announce => &[Act::Threaten, Act::Reject],
            Act::Assess => &[Act::Reject, Act::Accuse],
            Act::Confirm if weak => &[Act::Assess, Act::Deny],
            Act::Threaten if weak => {
                if has(Act::Threaten, true) {
                    return Act::Threaten;
                }
                &[Act::Reject, Act::Demand, Act::Deny, Act::Assess]
            }
            _ => return own,
        };
        let open = own == Act::State;
        let shown =
            || self.act_of_predicate(said, quotes).filter(|act| open || (weak && order.contains(act)));
        // What is negated is denied or refused, whatever else it speaks of.
        let negated = shown().filter(|act| matches!(act, Act::Deny | Act::Reject));
        let strong = order.iter().copied().find(|&act| has(act, false));
        match (strong, negated) {
            (Some(Act::Assess | Act::Announce) | None, Some(act)) => act,
            (Some(act), _) => act,
            (None, None) => {
                let hinted = order.iter().copied().find(|&act| open && has(act, true));
                hinted.or_else(shown).unwrap_or(own)
            }
        }
    }

    /// What the predicate of the words reported shows: what is not so, what is to come, what something is like.
    fn act_of_predicate(&self, said: &Range<usize>, quotes: &[Quote]) -> Option<Act> {
        let verb = |n: &usize| {
            let word = &self.words[*n];
            !word.morphs.is_empty()
                && word.is_finite()
                && self.trees.upos(*n).is_none_or(|u| matches!(u, Upos::Verb | Upos::Aux))
                || (word.morphs.is_empty() && self.trees.has(*n, "VerbForm=Fin"))
        };
        let verbs: Vec<usize> = said.clone().filter(verb).collect();
        let main = verbs.first().copied();
        let future = |n: usize| {
            let word = &self.words[n];
            word.has_tense(&[Tense::Future, Tense::Conditional]) && !word.has_tense(&[Tense::Past])
                || self.lexicon.is("going", &word.form)
                || self.trees.has(n, "Tense=Fut")
        };
        // «n'a rien retiré»; but «n'a pas cessé», «n'exclut pas» tell that something is so.
        let nothing = |n: usize| {
            let ne =
                (n.saturating_sub(3).max(said.start)..n).any(|k| self.lexicon.is("ne", &self.words[k].form));
            let mut after = n + 1..(n + 3).min(said.end);
            ne && after.any(|k| self.lexicon.is("nothing", &self.words[k].form))
        };
        let holds = |n: usize| (n..(n + 4).min(said.end)).any(|k| self.is_lemma("affirming", k));
        if let Some(n) = main
            && (self.is_negated(said, n) || nothing(n))
            && !holds(n)
        {
            let going = self.lexicon.is("going", &self.words[n].form);
            return Some(if future(n) || going { Act::Reject } else { Act::Deny });
        }
        if verbs.iter().any(|&n| future(n)) {
            return Some(Act::Announce);
        }
        // «L'offre est solide»; «une réunion « productive »»
        let judged = |n: usize| {
            self.trees.upos(n) == Some(Upos::Adj) && self.trees.in_relation(n, &["cop"]).next().is_some()
        };
        let top = said.clone().any(|n| judged(n) && !self.lexicon.is("passive", &self.words[n].form));
        let marked = quotes.iter().any(|q| {
            let inner = q.open + 1..q.close.min(self.words.len());
            inner.len() <= 4
                && said.contains(&q.open)
                && inner.clone().any(|n| self.trees.upos(n) == Some(Upos::Adj))
                && !inner.clone().any(|n| verbs.contains(&n))
        });
        (top || marked).then_some(Act::Assess)
    }
}
