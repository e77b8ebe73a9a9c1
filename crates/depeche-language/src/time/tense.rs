//! Whether the clause around a time expression tells of what was or of what is to come.

use depeche_record::{Language, Morph, Tense, Token, TokenKind};

use crate::fold::fold;
use crate::grammar::Grammar;

/// Where the clause looks, seen from the day that is reckoned from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// Back: past tenses, participles.
    Past,
    /// Ahead: future, conditional, infinitives under a verb of wanting, words of planning.
    Future,
    /// The present tense, which may be either.
    Present,
    /// No verb that the lexicon knows.
    Unknown,
}

/// How far a verb is looked for, in tokens.
const REACH: usize = 24;

/// The direction of the clause around the tokens `start..end` of a sentence.
///
/// The nearest verb of the same clause decides, one before the expression rather than one after it; failing that the
/// nearest one beyond the clause.
pub(crate) fn direction(
    tokens: &[Token],
    start: usize,
    end: usize,
    text: &str,
    language: Language,
) -> Direction {
    let clause = Clause { tokens, text, grammar: Grammar::of(language) };
    if let Some(before) = start.checked_sub(1).map(|at| tokens[at].span)
        && before.len() <= 12
    {
        let before = fold(before.of(text));
        if clause.grammar.towards.contains(&before) {
            return Direction::Future;
        }
        if clause.grammar.since.contains(&before) {
            return Direction::Past;
        }
    }
    let left = (0..start).rev().take(REACH);
    let right = end..tokens.len().min(end + REACH);
    let mut beyond = None;
    let mut found = None;
    let mut distance = 0;
    for at in left {
        distance += 1;
        if let Some(direction) = clause.read(at) {
            found = Some((distance, direction));
            break;
        }
        if clause.ends(at) {
            beyond = Some(at);
            break;
        }
    }
    if let Some((_, direction)) = found {
        return direction;
    }
    for at in right.clone() {
        if let Some(direction) = clause.read(at) {
            return direction;
        }
        if clause.ends(at) {
            break;
        }
    }
    if let Some(beyond) = beyond {
        for at in (0..beyond).rev().take(REACH) {
            if let Some(direction) = clause.read(at) {
                return direction;
            }
        }
    }
    right.into_iter().find_map(|at| clause.read(at)).unwrap_or(Direction::Unknown)
}

struct Clause<'t> {
    tokens: &'t [Token],
    text: &'t str,
    grammar: &'static Grammar,
}

impl Clause<'_> {
    fn ends(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        match token.kind {
            TokenKind::QuoteOpen | TokenKind::QuoteClose => true,
            TokenKind::Punctuation => !matches!(token.span.of(self.text), "-" | "/" | "*"),
            TokenKind::Word => {
                token.span.len() <= 12 && self.grammar.joints.contains(&fold(token.span.of(self.text)))
            }
            _ => false,
        }
    }

    fn is_planning(&self, morphs: &[Morph]) -> bool {
        morphs.iter().any(|m| m.tense == Tense::PastParticiple && self.grammar.planning.contains(m.lemma))
    }

    /// The auxiliary that governs the form at `at`, if one stands within a few tokens before it.
    fn auxiliary(&self, at: usize) -> Option<&[Morph]> {
        (0..at)
            .rev()
            .take(5)
            .take_while(|&n| !matches!(self.tokens[n].span.of(self.text), "," | ";" | ":"))
            .find_map(|n| {
                let morphs = self.tokens[n].morphs.as_slice();
                morphs.iter().any(|m| self.grammar.auxiliaries.contains(m.lemma)).then_some(morphs)
            })
    }

    /// What the verb form at `at` says; none if it is no verb.
    fn read(&self, at: usize) -> Option<Direction> {
        let morphs = self.tokens[at].morphs.as_slice();
        if morphs.is_empty() {
            // «is due», «est censé»: words that look ahead without being verbs.
            let token = &self.tokens[at];
            let ahead = token.kind == TokenKind::Word
                && token.span.len() <= 24
                && self.grammar.ahead.contains(&fold(token.span.of(self.text)));
            return ahead.then_some(Direction::Future);
        }
        if self.is_noun(at) {
            return None;
        }
        let has = |tense: Tense| morphs.iter().any(|m| m.tense == tense);
        if self.is_planning(morphs) {
            // «ont prévu de», «est prévu», «avait été fixée»: all look ahead.
            return Some(Direction::Future);
        }
        if has(Tense::PastParticiple) && !has(Tense::Present) {
            return Some(match self.auxiliary(at) {
                Some(aux) if aux.iter().any(|m| m.tense == Tense::Future) => Direction::Future,
                _ => Direction::Past,
            });
        }
        if morphs.iter().any(|m| self.grammar.auxiliaries.contains(m.lemma)) {
            // An auxiliary speaks through the participle or infinitive that it governs.
            let governed = (at + 1..self.tokens.len()).take(5).find_map(|n| {
                let morphs = self.tokens[n].morphs.as_slice();
                let participle = morphs.iter().any(|m| m.tense == Tense::PastParticiple);
                (participle && !morphs.iter().any(|m| m.tense == Tense::Present)).then_some(morphs)
            });
            if let Some(governed) = governed {
                return Some(match self.is_planning(governed) || has(Tense::Future) {
                    true => Direction::Future,
                    false => Direction::Past,
                });
            }
        }
        if has(Tense::Future) || has(Tense::Conditional) {
            return Some(Direction::Future);
        }
        if has(Tense::Imperfect) || has(Tense::Past) {
            let modal = morphs.iter().any(|m| self.grammar.modals.contains(m.lemma));
            return Some(if modal { Direction::Future } else { Direction::Past });
        }
        if has(Tense::Infinitive) && (!has(Tense::Present) || self.follows_marker(at)) {
            // «l'avoir fait savoir»
            let perfect =
                self.auxiliary(at).is_some_and(|aux| aux.iter().any(|m| m.tense == Tense::Infinitive));
            let past = perfect
                || (0..at).rev().take(4).any(|n| {
                    let token = &self.tokens[n];
                    let word = token.span.of(self.text);
                    self.grammar.behind.contains(&fold(word))
                        || token.morphs.iter().any(|m| {
                            m.tense == Tense::PastParticiple && self.grammar.modals.contains(m.lemma)
                        })
                });
            return Some(if past { Direction::Past } else { Direction::Future });
        }
        if has(Tense::Present) {
            let modal = morphs.iter().any(|m| self.grammar.modals.contains(m.lemma));
            return Some(if modal { Direction::Future } else { Direction::Present });
        }
        if has(Tense::Subjunctive) {
            return Some(Direction::Future);
        }
        None
    }

    /// Whether a form that could be a verb is none here: «une rencontre entre».
    fn is_noun(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        if self.grammar.noverbs.contains(&fold(token.span.of(self.text))) {
            return true;
        }
        let has = |tense: Tense| token.morphs.iter().any(|m| m.tense == tense);
        let could_be = has(Tense::Present) || has(Tense::Subjunctive);
        let participle = has(Tense::PastParticiple);
        if !(could_be || participle) || at == 0 {
            return false;
        }
        let before = self.tokens[at - 1].span;
        if before.len() > 12 {
            return false;
        }
        let before = fold(before.of(self.text));
        if participle && !could_be {
            // «le traité», «les alliés», «avant l'été».
            return self.grammar.articles.contains(&before);
        }
        if self.grammar.determiners.contains(&before) {
            return true;
        }
        // «la presse», but «qui la presse», «Poutine les accuse»: an article unless a subject stands before it.
        self.grammar.articles.contains(&before)
            && at.checked_sub(2).is_none_or(|subject| {
                let word = self.tokens[subject].span.of(self.text);
                let named =
                    self.tokens[subject].kind == TokenKind::Word && word.starts_with(char::is_uppercase);
                !(self.grammar.subjects.contains(&fold(word)) || (named && subject > 0))
            })
    }

    /// Whether an English infinitive shows as one: after *to* or a modal.
    fn follows_marker(&self, at: usize) -> bool {
        (0..at).rev().take(3).any(|n| {
            let token = &self.tokens[n];
            token.span.of(self.text).eq_ignore_ascii_case("to")
                || token.morphs.iter().any(|m| self.grammar.modals.contains(m.lemma))
        })
    }
}
