//! Verbs of saying in their group: auxiliaries, clitics, negation; whether something is said by them.

use std::ops::Range;

use depeche_record::{Act, Tense, Upos};

use crate::lexicon::{SpeechClass, SpeechWord};
use crate::scene::Scene;
use crate::word::Word;

/// How a verb reports what was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum VerbUse {
    Finite,
    Participle,
}

impl Scene<'_> {
    /// The start of the verb group: the auxiliary with its clitics and negation.
    pub(super) fn group_start(&self, sentence: &Range<usize>, at: usize) -> usize {
        let mut start = at;
        let mut n = at;
        while n > sentence.start && at - n < 6 {
            n -= 1;
            let form = &self.words[n].form;
            // «Le mouvement a accusé»: the article is no clitic of the verb.
            if self.mention_at(n).is_some() || self.is_subject_noun(n) {
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
    pub(super) fn inserted(&self, sentence: &Range<usize>, at: usize) -> Option<usize> {
        if self.words[at].form != "," {
            return None;
        }
        let first = (sentence.start..at).rev().take(6).find(|&n| self.words[n].form == ",")?;
        let auxiliary = first.checked_sub(1).filter(|&n| n >= sentence.start)?;
        self.lexicon.is("perfect", &self.words[auxiliary].form).then_some(auxiliary)
    }

    pub(super) fn verb_use(
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
        // `State Department spokeswoman`
        if self.lexicon.language == depeche_record::Language::English && self.found.covering(at).is_some() {
            return None;
        }
        // «les relations entre les deux pays», «les accords conclus par le passé»: no verbs of saying.
        let french = self.lexicon.language == depeche_record::Language::French;
        let told_of = matches!(self.trees.relation(at), "acl" | "amod")
            && word.has_tense(&[Tense::PastParticiple])
            && self.trees.has(at, "VerbForm=Part")
            && word.is_finite()
            && !self.has_auxiliary(sentence, at);
        let noun = self.trees.upos(at) == Some(Upos::Noun) && word.form.ends_with("ons");
        if french && (told_of || noun) {
            return None;
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
        // «…, dit-on à New Delhi»
        let joined = |n: usize| {
            words.get(n).is_some_and(|w| {
                w.form.starts_with('-')
                    && (self.lexicon.is("clitic", &w.form) || self.lexicon.is("on", &w.form))
            })
        };
        if joined(at + 1) && word.is_finite() {
            return Some(VerbUse::Finite);
        }
        if let Some(bearer) = self.bearer(sentence, at) {
            // «n'a pas tenu à préciser», but «n'a pas manqué de préciser»
            let ceaseless = self.is_lemma("ceaseless", bearer);
            let silent = self.is_negated(sentence, bearer) && !ceaseless;
            return (!silent).then_some(VerbUse::Finite);
        }
        // «sans avoir annoncé», «n'a rien publié»: nothing was said, unless it is a stance not to say.
        if (1..=4).any(|k| before(k).is_some_and(|f| self.lexicon.is("without", f))) {
            return None;
        }
        let stance =
            matches!(rule.act, Act::Confirm | Act::Deny | Act::Reject | Act::NoComment | Act::Accept);
        // «Rien ne pressait, avait glissé X»: what is negated stands before the comma.
        let start = self.group_start(sentence, at);
        let aside = start > sentence.start && self.words[start - 1].form == ",";
        let clause = if aside { start..sentence.end } else { sentence.clone() };
        if !stance && self.is_negated(&clause, at) {
            return None;
        }
        // «a, pour sa part, indiqué»; but in `The talks were useful, X said` the auxiliary is another's.
        let auxiliary = (1..=7)
            .take_while(|&k| {
                before(k).is_some_and(|f| f.chars().any(char::is_alphanumeric) || (french && f == ","))
            })
            .find(|&k| before(k).is_some_and(|f| self.lexicon.is("perfect", f)));
        // «ont formulé une offre jugée acceptable», «ont repris l'avion plus tôt que prévu»: the auxiliary is another's.
        let foreign = auxiliary.is_some_and(|k| {
            let head = self.trees.head(at - k);
            head.is_some_and(|n| n > at - k && n < at && self.trees.upos(n) == Some(Upos::Verb))
        });
        let participle = word.has_tense(&[Tense::PastParticiple]) && !word.is_finite();
        if foreign && participle && self.trees.relation(at) != "conj" {
            return None;
        }
        // «reproche à Y d'avoir exigé»: what X says that Y did.
        let imputed = |k: usize| {
            french
                && before(k).is_some_and(|f| f == "avoir" || f == "être")
                && before(k + 1).is_some_and(|f| f == "d'")
        };
        if auxiliary.is_some_and(imputed) {
            return None;
        }
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
        // «sous réserve que la Russie y souscrive», «si on l'y invite»: nothing is said yet.
        let other = [Tense::Present, Tense::Imperfect, Tense::Past, Tense::Future, Tense::Conditional];
        let wished = word.has_tense(&[Tense::Subjunctive])
            && (!word.has_tense(&other) || self.trees.has(at, "Mood=Sub"));
        let supposed = self.trees.knows(at)
            && self.trees.in_relation(at, &["mark"]).any(|n| self.lexicon.is("if", &self.words[n].form));
        if wished || supposed {
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
                // «les accuse», with its object before it
                && self.trees.upos(at - 1) != Some(Upos::Pron)
        });
        // «sa dernière menace»: with an adjective between; but «ce dernier accuse».
        let latter = before(1).is_some_and(|f| self.lexicon.is("latter", f))
            && before(2).is_some_and(|f| self.lexicon.is("this", f));
        let parted = !latter
            && before(2).is_some_and(|f| self.lexicon.is("article", f))
            && before(1).is_some_and(|f| {
                self.lexicon.is("again", f)
                    || !["object", "pronoun", "that", "relative"].iter().any(|use_| self.lexicon.is(use_, f))
            })
            && self.mention_at(at - 1).is_none()
            // «Les signataires promettent …»
            && !(self.trees.upos(at) == Some(Upos::Verb) && self.is_subject_noun(at - 1));
        // «Кабул это отрицает»: no form of a verb is a noun's.
        let cases =
            self.lexicon.language == depeche_record::Language::Russian && self.trees.has(at, "VerbForm=Fin");
        if present_only && (noun || parted) && !cases {
            return None;
        }
        Some(VerbUse::Finite)
    }

    /// The finite verb that an infinitive or a participle hangs on where that one only tells how or when it was said: «vient
    /// d'affirmer», «continue d'exiger», «avait téléphoné à l'un, puis à l'autre, et averti».
    fn bearer(&self, sentence: &Range<usize>, at: usize) -> Option<usize> {
        let word = &self.words[at];
        let trees = self.trees;
        if word.has_tense(&[Tense::Infinitive]) {
            let small = |n: &usize| {
                let form = &self.words[*n].form;
                ["to", "genitive", "purpose", "object", "reflexive", "by"]
                    .iter()
                    .any(|use_| self.lexicon.is(use_, form))
            };
            let before = (sentence.start..at).rev().take(5).find(|n| !small(n));
            let head = trees
                .head(at)
                .filter(|&n| n < at && matches!(trees.relation(at), "xcomp" | "ccomp" | "obl" | "advcl"));
            return before.into_iter().chain(head).find(|&n| {
                self.is_lemma("aspect", n)
                    && !trees.in_relation(n, &["nsubj"]).any(|k| trees.has(k, "Person=1"))
                    && (self.words[n].is_finite() || self.has_auxiliary(sentence, n))
            });
        }
        if word.has_tense(&[Tense::PastParticiple])
            && trees.relation(at) == "conj"
            && !self.has_auxiliary(sentence, at)
        {
            let joined = |&n: &usize| trees.head(n).filter(|_| trees.relation(n) == "conj");
            return std::iter::successors(Some(at), joined)
                .skip(1)
                .take(4)
                .find(|&n| n < at && sentence.contains(&n) && self.has_auxiliary(sentence, n))
                .filter(|&n| !trees.in_relation(n, &["aux"]).any(|k| trees.full_relation(k) == "aux:pass"));
        }
        None
    }

    /// Whether an auxiliary of the perfect belongs to a participle.
    pub(super) fn has_auxiliary(&self, sentence: &Range<usize>, at: usize) -> bool {
        let perfect = |n: usize| self.lexicon.is("perfect", &self.words[n].form);
        self.trees.in_relation(at, &["aux"]).any(perfect)
            || (at.saturating_sub(3).max(sentence.start)..at).any(perfect)
    }

    /// Whether a word is a form of a verb of this use.
    pub(super) fn is_lemma(&self, use_: &str, at: usize) -> bool {
        self.words[at].morphs.iter().any(|m| self.lexicon.is(use_, m.lemma))
            || self.lexicon.is(use_, self.trees.lemma(at))
    }

    /// Whether a word is a noun as the subject of a verb.
    fn is_subject_noun(&self, at: usize) -> bool {
        self.trees.relation(at) == "nsubj" && matches!(self.trees.upos(at), Some(Upos::Noun | Upos::Propn))
    }
}
