//! Phrases of nouns that can speak without a name: «une source proche du dossier».

use std::ops::Range;

use depeche_record::Upos;

use crate::scene::Scene;

impl Scene<'_> {
    /// The phrase of a noun that begins at a word, with its article.
    pub(super) fn phrase_at(&self, sentence: &Range<usize>, at: usize) -> Option<Range<usize>> {
        let mut n = at;
        while n < sentence.end && n < at + 4 {
            let word = &self.words[n];
            let noun = match self.trees.upos(n) {
                Some(upos) => matches!(upos, Upos::Noun),
                None => self.lexicon.is("voice", &word.form),
            };
            if noun || self.lexicon.is("voice", &word.form) {
                return Some(at..self.phrase_end(sentence, n));
            }
            // «un de leurs lieutenants»
            let of = n > at
                && self.lexicon.is("genitive", &word.form)
                && self.lexicon.is("single", &self.words[n - 1].form);
            let before = of
                || self.lexicon.is("article", &word.form)
                || self.found.match_at(n).is_some_and(|m| m.is_adjective())
                || self.trees.upos(n) == Some(Upos::Adj);
            if !before {
                return None;
            }
            n += 1;
        }
        None
    }

    /// The phrase that a noun is the head of in its tree, with its article.
    pub(super) fn phrase_around(&self, sentence: &Range<usize>, noun: usize) -> Range<usize> {
        let trees = self.trees;
        let mut start = noun;
        while start > sentence.start
            && trees.is_under(start - 1, noun)
            && trees.relation(start - 1) != "punct"
            && !self.lexicon.is("whose", &self.words[start - 1].form)
        {
            start -= 1;
        }
        if start > sentence.start && self.lexicon.is("article", &self.words[start - 1].form) {
            start -= 1;
        }
        start..self.phrase_end(sentence, noun)
    }

    /// Whether a phrase is of somebody or something that can speak, and no outlet.
    pub(super) fn is_voice(&self, phrase: &Range<usize>) -> bool {
        let is = |mark: &str, n: usize| self.lexicon.is(mark, &self.words[n].form);
        // «le départ des combattants»: its noun comes first, and is none who speaks.
        let first = self.lexicon.language != depeche_record::Language::English;
        let head = |n: &usize| is("voice", *n) || first && self.trees.upos(*n) == Some(Upos::Noun);
        let Some(noun) = phrase.clone().find(head).filter(|&n| is("voice", n)) else { return false };
        // «aucune source», «personne»; but «une personne informée»
        let nobody = |n: usize| is("nobody", n) && !(n > phrase.start && is("article", n - 1));
        let outlet = |n: usize| {
            self.found.covering(n).and_then(|m| m.outlet()).is_some_and(|(_, ambiguous)| !ambiguous)
        };
        // «la chaîne», but «un rapport de l'Agence»
        let organ = (phrase.start..noun + 1).any(|n| is("organ", n));
        !organ && !phrase.clone().any(|n| nobody(n) || outlet(n))
    }

    /// Where the phrase of a noun ends: its adjectives and complements, up to a mark, a verb or a clause.
    pub(super) fn phrase_end(&self, sentence: &Range<usize>, noun: usize) -> usize {
        let mut end = noun + 1;
        let mut n = end;
        let mut inside = false;
        while n < sentence.end && n < noun + 14 {
            let word = &self.words[n];
            let genitive = self.lexicon.is("genitive", &word.form);
            if !word.is_word() && word.form != "'s" || self.lexicon.is_stop(&word.form) && !genitive {
                break;
            }
            if let Some(m) = self.mention_at(n).filter(|m| m.full.start == n || m.head.start == n) {
                // «в заявлении МИД Кении», in a language of cases.
                let owned = self.trees.top(&m.head).is_some_and(|k| {
                    self.trees.has(k, "Case=Gen")
                        && self.trees.case(k).is_none()
                        && self.trees.head(k) == Some(noun)
                });
                if !(inside || m.genitive || owned) {
                    break;
                }
                end = m.head.end;
                n = end;
                inside = false;
                continue;
            }
            if genitive || (inside && self.lexicon.is("article", &word.form)) {
                inside = true;
                n += 1;
                continue;
            }
            let adjective = self.trees.upos(n) == Some(Upos::Adj)
                || self.found.match_at(n).is_some_and(|m| m.is_adjective());
            let noun = matches!(self.trees.upos(n), Some(Upos::Noun | Upos::Propn));
            // «l'entreprise Sinopec»
            let named = word.is_capitalised() && self.trees.upos(n) == Some(Upos::Propn);
            if !(adjective || named || noun && inside) {
                break;
            }
            inside = false;
            n += 1;
            end = n;
        }
        end.max(noun + 1)
    }
}
