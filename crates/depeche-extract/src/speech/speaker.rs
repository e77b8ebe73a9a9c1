//! Who speaks: the subject of a verb of saying, before it or behind it, and whom a mention or a pronoun stands for.

use std::ops::Range;

use depeche_gazetteer::OfficeClass;
use depeche_record::{Side, Span, Tense, TokenKind};

use crate::lexicon::{Lexicon, Number};
use crate::mention::{Mention, Mentions, What, span_of};
use crate::scene::{Quote, Scene};
use crate::word::Word;

/// How many mentions are looked through for whom an office stands for.
const LOOK_BACK: usize = 400;

/// Longest way from the verb to its subject behind it, in words.
const INVERSION: usize = 7;

/// Whom a mention or a pronoun stands for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Who {
    pub name: String,
    pub figure: Option<usize>,
    pub side: Option<Side>,
    pub plural: bool,
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
    if any && (!mention.definite || mention.relative) {
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

impl Scene<'_> {
    /// The mention that a sentence is about: the first that acts and that nothing governs.
    pub(super) fn subject_of(&self, sentence: &Range<usize>, quotes: &[Quote]) -> Option<&Mention> {
        self.mentions.within(sentence).iter().find(|m| {
            m.can_act()
                && m.governor.is_none()
                && !self.is_place(m)
                && !quotes.iter().any(|q| q.holds(m.head.start))
        })
    }

    /// The subject behind the verb: «a déclaré X», «a-t-il déclaré».
    pub(super) fn subject_behind(
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
            || self.mention_at(group.start - 1).is_none() && {
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

    pub(super) fn subject_before(
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
                let here = self.mentions.within(&(sentence.start..n)).iter().find(|m| {
                    m.governor.is_none()
                        && free(m.head.start)
                        && (m.is_person() || matches!(m.what, What::Role(_, Number::One)))
                });
                let here = here.filter(|_| !plural).map(|m| self.who(m, context));
                let who = here.or_else(|| self.pronoun(plural, context, subject))?;
                return Some((who, self.words[n].span));
            }
            if !self.words[n].is_word() || self.mention_at(n).is_some() {
                break;
            }
        }
        let before = self.mentions.within(&(sentence.start..start));
        // «X, qui y a rencontré Y, a écarté»: Y is aside.
        let clauses = self.relative_clauses(sentence);
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
    pub(super) fn who(&self, mention: &Mention, context: Option<&Who>) -> Who {
        who(&self.report.text, self.words, self.mentions, mention, context)
    }

    /// The agent of a passive: «l'information a été confirmée par X».
    pub(super) fn agent(
        &self,
        sentence: &Range<usize>,
        at: usize,
        context: Option<&Who>,
    ) -> Option<(Who, Span)> {
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

    /// Whether an outlet is the subject behind: «…, a indiqué l'agence publique X» is no statement but an origin.
    pub(super) fn outlet_behind(&self, sentence: &Range<usize>, group: &Range<usize>) -> bool {
        let opened = group.start > sentence.start && self.words[group.start - 1].form == ",";
        if !opened || self.mention_at(group.start - 1).is_some() {
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
}
