//! What sort of statement: the verb's own act, the cues of the words reported, their tenses.

use std::ops::Range;

use depeche_record::{Act, Tense};

use crate::lexicon::{ActCue, Place};
use crate::scene::Scene;
use crate::word::Word;

impl Scene<'_> {
    pub(super) fn act(&self, sentence: &Range<usize>, own: Act, said: &Range<usize>) -> Act {
        let cues = |range: &Range<usize>| -> Vec<&ActCue> {
            let words = &self.words[..range.end];
            range
                .clone()
                .flat_map(|at| self.lexicon.acts.all(words, at))
                // «X et Y doivent se rencontrer» demands nothing.
                .filter(|(end, cue)| {
                    cue.act != Act::Demand
                        || self.lexicon.contacts.longest(words, *end).is_none_or(|(_, w)| w.never)
                })
                .map(|(_, cue)| cue)
                .collect()
        };
        let has = |act: Act, weak: bool| {
            cues(sentence).iter().any(|c| c.act == act && c.place == Place::Any)
                || cues(said)
                    .iter()
                    .any(|c| c.act == act && (c.place == Place::Said || (weak && c.place == Place::Weak)))
        };
        // «a confirmé les pourparlers, mais refusé d'en dire plus»: it is confirmed.
        if !matches!(own, Act::Threaten | Act::Confirm | Act::Deny) && has(Act::NoComment, false) {
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
}
