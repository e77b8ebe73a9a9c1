//! Who speaks: the subject of a verb of saying, before it or behind it, and whom a mention or a pronoun stands for.

use std::ops::Range;

use depeche_gazetteer::OfficeClass;
use depeche_record::{Side, Span, Tense, TokenKind, Upos};

use crate::lexicon::{Lexicon, Number};
use crate::mention::{Mention, Mentions, What, span_of};
use crate::scene::{Quote, Scene};
use crate::word::Word;

/// How many mentions are looked through for whom an office stands for.
const LOOK_BACK: usize = 400;

/// How many mentions are looked through for whom a pronoun stands for.
const RECENT: usize = 30;

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
        What::People => compatriot(words, mentions, mention, context),
        _ => None,
    };
    match figure {
        Some(figure) => {
            let person = &mentions.figures[figure];
            Who {
                name: person.name.clone(),
                figure: Some(figure),
                side: person.side.clone().or(side),
                plural: false,
            }
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

/// Whom «l'Américain» stands for: whoever of that side spoke or was named last.
fn compatriot(
    words: &[Word],
    mentions: &Mentions,
    mention: &Mention,
    context: Option<&Who>,
) -> Option<usize> {
    let last = &words[mention.head.end - 1].form;
    let first = &words[mention.head.start].form;
    let single = match mentions.language {
        depeche_record::Language::French => matches!(first.as_str(), "l'" | "le" | "la"),
        depeche_record::Language::English => first == "the" && last.ends_with("an"),
        depeche_record::Language::Russian => last.ends_with("ец") || last.ends_with("нин"),
    };
    let fits =
        |figure: usize| mentions.figures[figure].side.as_ref().is_some_and(|s| mention.sides.contains(s));
    if !single {
        return None;
    }
    let before = mentions.all.partition_point(|m| m.full.start < mention.full.start);
    let named = mentions.all[..before].iter().rev().take(LOOK_BACK).filter_map(|m| match m.what {
        What::Person(figure) => Some(figure),
        _ => None,
    });
    context.and_then(|who| who.figure).into_iter().chain(named).find(|&f| fits(f))
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
                && !self.is_object(m)
                && !self.is_label(m)
                && !quotes.iter().any(|q| q.holds(m.head.start))
        })
    }

    /// Whether a mention is the label of a part of a transcript: `CORRESPONDENT:`.
    pub(super) fn is_label(&self, mention: &Mention) -> bool {
        let shouted = |w: &Word| !w.text.chars().any(char::is_lowercase);
        self.words.get(mention.full.end).is_some_and(|w| w.form == ":")
            && self.words[mention.full.clone()].iter().all(shouted)
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
    ) -> Option<Vec<(Who, Span)>> {
        // «dit-on à New Delhi»
        if let Some(n) = (group.start..(end + 1).min(sentence.end))
            .find(|&n| self.lexicon.is("on", &self.words[n].form) && self.words[n].form.starts_with('-'))
        {
            let told = self.somewhere(sentence, n + 1..n + 7, quotes, context);
            // «y lit-on»: in the text that was cited last.
            let there = (group.start.saturating_sub(1)..n).any(|k| self.words[k].form == "y");
            let there = context.filter(|_| there).map(|who| (who.clone(), self.words[n].span));
            return Some(told.or(there).into_iter().collect());
        }
        // The pronoun may stand within the group: «a-t-il ajouté».
        if let Some(n) = (group.start..(end + 1).min(sentence.end))
            .find(|&n| self.lexicon.is("clitic", &self.words[n].form))
        {
            let who = self.pronoun(n, context, subject)?;
            return Some(vec![(who, self.words[n].span)]);
        }
        // Inversion follows a comma, a closing mark, or opens the sentence.
        let opened = group.start == sentence.start
            || self.mention_at(group.start - 1).is_none() && {
                let before = &self.words[group.start - 1];
                before.form == ","
                    || before.kind == TokenKind::QuoteClose
                    || matches!(before.form.as_str(), "!" | "?" | "»" | "–" | "—" | "-")
            };
        // «ce que confirme X»
        let next =
            self.mentions.within(&(end..end + 1)).first().is_some_and(|m| m.can_act() && !m.is_person());
        let opened = opened
            || (next
                && self.lexicon.is("that", &self.words[group.start - 1].form)
                && self.lexicon.language == depeche_record::Language::French);
        if !opened {
            return None;
        }
        // «потребовала она»
        if end < sentence.end && self.is_pronoun(end) && self.words.get(end + 1).is_none_or(|w| !w.is_word())
        {
            let who = self.pronoun(end, context, subject)?;
            return Some(vec![(who, self.words[end].span)]);
        }
        let mention =
            self.mentions.within(&(end..sentence.end)).iter().find(|m| m.can_act() && !self.is_object(m));
        // «…, précise le texte», «…, souffle une source proche du dossier»
        if let Some(phrase) = self.phrase_behind(sentence, end)
            && mention.is_none_or(|m| m.full.start > phrase.start)
        {
            return Some(vec![self.who_of(sentence, &phrase, context, subject)]);
        }
        let mention = mention?;
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
        Some(self.together(sentence, acting, context))
    }

    pub(super) fn subject_before(
        &self,
        sentence: &Range<usize>,
        group: &Range<usize>,
        quotes: &[Quote],
        context: Option<&Who>,
        subject: Option<&Who>,
    ) -> Option<Vec<(Who, Span)>> {
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
            if self.is_pronoun(n) && free(n) {
                let who = self.pronoun_in(sentence, n, quotes, context, subject)?;
                return Some(vec![(who, self.words[n].span)]);
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
            .filter(|m| m.full.end <= start && m.can_act() && free(m.head.start) && !aside(m))
            .filter(|m| !self.is_object(m));
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
                !self.is_object(m)
                    && m.governor.is_none()
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
            Some(mention) => Some(self.together(sentence, mention, context)),
            None => {
                // «Interrogé par la presse, a répondu que»: nobody named; whoever spoke goes on.
                let who = context.filter(|_| quotes.iter().any(|q| q.close < start))?;
                Some(vec![(who.clone(), span_of(self.words, group))])
            }
        }
    }

    fn clause_start(&self, sentence: &Range<usize>, at: usize, quotes: &[Quote]) -> usize {
        (sentence.start..at)
            .rev()
            .find(|&n| matches!(self.words[n].form.as_str(), ";" | ":") && !quotes.iter().any(|q| q.holds(n)))
            .map_or(sentence.start, |n| n + 1)
    }

    /// Whom a pronoun of the sentence stands for: somebody named before it there, else whoever spoke or acted last.
    fn pronoun_in(
        &self,
        sentence: &Range<usize>,
        at: usize,
        quotes: &[Quote],
        context: Option<&Who>,
        subject: Option<&Who>,
    ) -> Option<Who> {
        let form = &self.words[at].form;
        let free = |m: &&Mention| !quotes.iter().any(|q| q.holds(m.head.start));
        if self.lexicon.is("latter", form) {
            // «ce dernier»: the last one named.
            let before = self.mentions.all.partition_point(|m| m.full.start < at);
            let last = self.mentions.all[..before]
                .iter()
                .rev()
                .take(6)
                .filter(free)
                .find(|m| m.is_person() || matches!(m.what, What::Role(_, Number::One | Number::Body)));
            return last.map(|m| self.who(m, context)).or_else(|| self.pronoun(at, context, subject));
        }
        let singular = !self.lexicon.is("plural", form) && !self.lexicon.is("neuter", form);
        // The antecedent may stand in this very sentence.
        let here = self.mentions.within(&(sentence.start..at)).iter().filter(free).find(|m| {
            m.governor.is_none()
                && !self.is_object(m)
                && (m.is_person() || matches!(m.what, What::Role(_, Number::One)))
        });
        // `…, he added`: who speaks is nobody that he speaks of.
        let behind = at > sentence.start + 1 && {
            let before = &self.words[at - 1];
            before.kind == TokenKind::QuoteClose || before.form == "," && at + 4 >= sentence.end
        };
        if behind && let Some(who) = self.pronoun(at, context, subject) {
            return Some(who);
        }
        let here = here.filter(|_| singular).map(|m| self.who(m, context)).filter(|who| self.agrees(who, at));
        here.or_else(|| self.pronoun(at, context, subject))
    }

    fn pronoun(&self, at: usize, context: Option<&Who>, subject: Option<&Who>) -> Option<Who> {
        let fits = |who: &&Who| self.agrees(who, at);
        if let Some(who) = context.filter(fits).or(subject.filter(fits)) {
            return Some(who.clone());
        }
        // «il», where only «la présidence» spoke: the last person who did something.
        let before = self.mentions.all.partition_point(|m| m.full.start < at);
        self.mentions.all[..before]
            .iter()
            .rev()
            .take(RECENT)
            .filter(|m| m.is_person() && m.governor.is_none() && !self.is_object(m))
            .map(|m| self.who(m, None))
            .find(|who| self.agrees(who, at))
    }

    /// Whether a pronoun can stand for somebody: number, gender, and whether they are a person.
    fn agrees(&self, who: &Who, pronoun: usize) -> bool {
        let lexicon = self.lexicon;
        let form = self.words[pronoun].form.as_str();
        let bare = form.trim_start_matches("-t").trim_start_matches('-');
        if who.plural != lexicon.is("plural", form) {
            return false;
        }
        if lexicon.is("neuter", form) {
            return who.figure.is_none();
        }
        // `he` and `she` are people; a bare proper name that is no figure is a state or a body.
        if matches!(bare, "he" | "she") && who.figure.is_none() && !who.name.contains(' ') {
            return false;
        }
        let feminine = match bare {
            "elle" | "elles" | "she" | "она" => true,
            "il" | "ils" | "he" | "он" => false,
            _ => return true,
        };
        self.gender(who).is_none_or(|gender| gender == feminine)
    }

    /// Whether somebody is feminine, where the text shows it.
    fn gender(&self, who: &Who) -> Option<bool> {
        let of = |form: &str| match form {
            form if self.lexicon.is("female", form) => Some(true),
            form if self.lexicon.is("male", form) => Some(false),
            _ => None,
        };
        let Some(figure) = who.figure else {
            return of(&crate::word::fold(who.name.split(' ').next()?));
        };
        let own = |m: &&Mention| m.what == What::Person(figure);
        self.mentions.all.iter().filter(own).find_map(|m| {
            let from = m.full.start.saturating_sub(1);
            (from..m.head.start).rev().find_map(|n| of(&self.words[n].form))
        })
    }

    /// A mention with those that it is joined to: «ont annoncé Le Caire et Addis-Abeba».
    pub(super) fn together(
        &self,
        sentence: &Range<usize>,
        mention: &Mention,
        context: Option<&Who>,
    ) -> Vec<(Who, Span)> {
        let all = self.mentions.within(sentence);
        let fits = |m: &Mention| {
            m.can_act() && !self.is_place(m) && !matches!(m.what, What::Pair { .. } | What::People)
        };
        let mut joined: Vec<&Mention> = vec![mention];
        if let Some(n) = all.iter().position(|m| m.full == mention.full) {
            let joins = |a: &Mention, b: &Mention| {
                b.full.start == a.full.end + 1 && self.lexicon.is("joins", &self.words[a.full.end].form)
            };
            if let Some(before) = n.checked_sub(1).map(|k| &all[k])
                && joins(before, mention)
                && before.governor.is_none()
                && fits(before)
            {
                joined.insert(0, before);
            }
            if let Some(after) = all.get(n + 1)
                && joins(mention, after)
                && fits(after)
                && self
                    .words
                    .get(after.full.end)
                    .is_none_or(|w| !self.lexicon.is("perfect", &w.form) && !w.is_finite())
            {
                joined.push(after);
            }
        }
        joined.into_iter().map(|m| self.one(sentence, m, context)).collect()
    }

    /// Whom one mention stands for as a speaker, with the words that tell: the person that an office is given to behind a
    /// comma, or by whose voice a state speaks («le Kremlin, par la voix de X»).
    fn one(&self, sentence: &Range<usize>, mention: &Mention, context: Option<&Who>) -> (Who, Span) {
        let plain = || (self.who(mention, context), span_of(self.words, &mention.head));
        let body = match mention.what {
            What::Role(_, Number::One) => false,
            What::Role(_, Number::Body) | What::State | What::Capital | What::Seat | What::Organisation => {
                true
            }
            _ => return plain(),
        };
        // «X, porte-parole du Y, a déclaré»: the name before the comma; not `X, a spokesman said`.
        let (start, end) = (mention.full.start, mention.full.end);
        let comma = |n: usize| self.words.get(n).is_some_and(|w| w.form == ",");
        if !body
            && start >= 2
            && comma(start - 1)
            && (comma(end) || comma(end - 1))
            && let Some(person) = self
                .mentions
                .within(sentence)
                .iter()
                .find(|m| m.is_person() && (m.full.end == start - 1 || m.full.end == start))
        {
            return (self.who(person, context), span_of(self.words, &person.head));
        }
        let spoken =
            (end..(end + 6).min(sentence.end)).any(|n| self.lexicon.is("spokesman", &self.words[n].form));
        if body && !spoken {
            return plain();
        }
        let person = if body {
            self.mentions.within(&(end..(end + 9).min(sentence.end))).iter().find(|m| m.is_person())
        } else {
            self.apposed(sentence, end)
        };
        person.map_or_else(plain, |m| (self.who(m, context), span_of(self.words, &m.head)))
    }

    /// The person named behind a comma after the words of an office: «le secrétaire aux Affaires étrangères, X».
    fn apposed(&self, sentence: &Range<usize>, end: usize) -> Option<&Mention> {
        let from = end.saturating_sub(1).max(sentence.start);
        let person =
            self.mentions.within(&(from..(end + 14).min(sentence.end))).iter().find(|m| m.is_person())?;
        let start = person.full.start;
        let parted = start > sentence.start && self.words[start - 1].form == ",";
        let between = self.words.get(end..start.saturating_sub(1)).unwrap_or_default();
        let plain = between.iter().all(|w| {
            w.is_word() && !self.lexicon.is("relative", &w.form) && !self.lexicon.is("perfect", &w.form)
        });
        let after = person.full.end;
        let closed = after >= sentence.end
            || !self.words[after].is_word()
            || self.words[after - 1].form == ","
            || self.lexicon.is("perfect", &self.words[after].form);
        (parted && plain && closed).then_some(person)
    }

    /// Whom a phrase stands for: whoever is named behind it, whoever spoke or acted last for «le visiteur», else its words.
    pub(super) fn who_of(
        &self,
        sentence: &Range<usize>,
        phrase: &Range<usize>,
        context: Option<&Who>,
        subject: Option<&Who>,
    ) -> (Who, Span) {
        let (own, span) = self.who_of_phrase(phrase);
        if let Some(person) = self.apposed(sentence, phrase.end) {
            return (self.who(person, context), span_of(self.words, &person.head));
        }
        let guest = phrase.len() <= 2
            && self.words[phrase.clone()].iter().any(|w| self.lexicon.is("someone", &w.form));
        let person = |who: &&Who| who.figure.is_some();
        match context.filter(person).or(subject.filter(person)).filter(|_| guest) {
            Some(who) => (who.clone(), span),
            None => (own, span),
        }
    }

    /// Whether a word stands in a case that no subject has. A masculine noun that ends in a consonant is in none of
    /// them, whatever the tagger says of a surname that it does not know.
    pub(super) fn oblique(&self, at: usize) -> bool {
        let ending = self.words[at].form.chars().next_back().unwrap_or(' ');
        let marked = |case: &str| self.trees.has(at, case);
        self.lexicon.language == depeche_record::Language::Russian
            && (marked("Case=Dat")
                || marked("Case=Ins")
                || marked("Case=Loc")
                || ((marked("Case=Gen") || marked("Case=Acc")) && "аяуюыиео".contains(ending)))
    }

    /// Whether the case of a mention is one that no subject has.
    fn is_object(&self, mention: &Mention) -> bool {
        let noun = |n: &usize| matches!(self.trees.upos(*n), Some(Upos::Noun | Upos::Propn));
        let pair = matches!(mention.what, What::Pair { .. });
        match mention.head.clone().find(noun) {
            Some(_) if pair => mention.head.clone().any(|n| self.oblique(n)),
            Some(n) => self.oblique(n),
            None => self.oblique(mention.head.start),
        }
    }

    fn is_pronoun(&self, at: usize) -> bool {
        let form = &self.words[at].form;
        self.lexicon.is("pronoun", form) || self.lexicon.is("neuter", form)
    }

    /// Who the tree has as the subject of a verb of saying; empty where that is nobody who can be told.
    pub(super) fn subject_by_tree(
        &self,
        sentence: &Range<usize>,
        verb: &Range<usize>,
        quotes: &[Quote],
        context: Option<&Who>,
        subject: Option<&Who>,
    ) -> Option<Vec<(Who, Span)>> {
        let trees = self.trees;
        let verb = verb.clone().find(|&n| trees.upos(n) == Some(Upos::Verb))?;
        let own = trees.in_relation(verb, &["nsubj"]).next().is_some();
        if !own && !matches!(trees.relation(verb), "conj" | "acl") {
            return None;
        }
        let mut found: Vec<(Who, Span)> = Vec::new();
        let subjects = trees.subjects(verb);
        let before = subjects.first().is_some_and(|&n| n < verb);
        for n in subjects.into_iter().filter(|&n| !before || n < verb) {
            if !sentence.contains(&n) || quotes.iter().any(|q| q.holds(n)) {
                return None;
            }
            if self.is_pronoun(n) {
                // «la présidence turque, elle, n'a pas …»
                let comma = |n: usize| self.words.get(n).is_some_and(|w| w.form == ",");
                if n > 0 && comma(n - 1) && comma(n + 1) {
                    continue;
                }
                let who = self.pronoun_in(sentence, n, quotes, context, subject)?;
                found.push((who, self.words[n].span));
                continue;
            }
            match self.mention_at(n) {
                Some(m) if m.can_act() && !self.is_place(m) && !self.oblique(n) => {
                    for (who, span) in self.together(sentence, m, context) {
                        if !found.iter().any(|(other, _)| other.name == who.name) {
                            found.push((who, span));
                        }
                    }
                }
                Some(_) => return None,
                None => {
                    let outlet = self.found.covering(n).and_then(|m| m.outlet());
                    if outlet.is_some_and(|(_, ambiguous)| !ambiguous) {
                        return Some(Vec::new());
                    }
                    if !self.lexicon.is("voice", &self.words[n].form) || self.oblique(n) {
                        return None;
                    }
                    let mut start = n;
                    while start > sentence.start
                        && trees.is_under(start - 1, n)
                        && trees.relation(start - 1) != "punct"
                    {
                        start -= 1;
                    }
                    if start > sentence.start && self.lexicon.is("article", &self.words[start - 1].form) {
                        start -= 1;
                    }
                    let phrase = start..self.phrase_end(sentence, n);
                    if !self.is_voice(&phrase) {
                        return None;
                    }
                    found.push(self.who_of(sentence, &phrase, context, subject));
                }
            }
        }
        (!found.is_empty()).then_some(found)
    }

    /// Where somebody unnamed speaks: «dit-on à New Delhi», «в Кремле заявили».
    pub(super) fn somewhere(
        &self,
        sentence: &Range<usize>,
        range: Range<usize>,
        quotes: &[Quote],
        context: Option<&Who>,
    ) -> Option<(Who, Span)> {
        let range = range.start.max(sentence.start)..range.end.min(sentence.end);
        for n in range.clone() {
            if !self.lexicon.is("place", &self.words[n].form) || quotes.iter().any(|q| q.holds(n)) {
                continue;
            }
            if let Some(m) =
                self.mentions.within(&(n..n + 4)).iter().find(|m| {
                    m.governor == Some(n) && !m.sides.is_empty() && !m.is_person() && !self.times_at(m)
                })
            {
                return Some((self.who(m, context), span_of(self.words, &m.head)));
            }
            if let Some(phrase) = self.phrase_at(sentence, n + 1).filter(|p| self.is_voice(p)) {
                return Some(self.who_of_phrase(&phrase));
            }
        }
        None
    }

    fn times_at(&self, mention: &Mention) -> bool {
        !self.times_in(span_of(self.words, &mention.head)).is_empty()
    }

    /// Who stands right behind a verb that no comma parts: «О том же заявил МИД Австрии».
    pub(super) fn subject_right_behind(
        &self,
        sentence: &Range<usize>,
        end: usize,
        context: Option<&Who>,
    ) -> Option<Vec<(Who, Span)>> {
        if self.lexicon.language != depeche_record::Language::Russian || end >= sentence.end {
            return None;
        }
        if let Some(m) = self.mention_at(end).filter(|m| m.full.start == end) {
            let fits = m.can_act() && !self.is_object(m);
            return fits.then(|| self.together(sentence, m, context));
        }
        let phrase = self.phrase_at(sentence, end).filter(|p| self.is_voice(p) && !self.oblique(p.start))?;
        Some(vec![self.who_of(sentence, &phrase, context, None)])
    }

    /// Whether a verb has nobody as its subject: «заявили в Кремле».
    pub(super) fn is_impersonal(&self, verb: usize) -> bool {
        self.lexicon.language == depeche_record::Language::Russian
            && (self.trees.has(verb, "Number=Plur") || self.words[verb].form.ends_with("ли"))
            && self.trees.knows(verb)
            && self.is_without_subject(verb)
    }

    fn is_without_subject(&self, verb: usize) -> bool {
        self.trees.in_relation(verb, &["nsubj"]).next().is_none() && self.trees.relation(verb) != "conj"
    }

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
            let before = self.lexicon.is("article", &word.form)
                || self.found.match_at(n).is_some_and(|m| m.is_adjective())
                || self.trees.upos(n) == Some(Upos::Adj);
            if !before {
                return None;
            }
            n += 1;
        }
        None
    }

    /// The same as subject behind a verb, words of time and hearer passed over.
    fn phrase_behind(&self, sentence: &Range<usize>, end: usize) -> Option<Range<usize>> {
        for n in end..(end + INVERSION).min(sentence.end) {
            let word = &self.words[n];
            if !word.is_word()
                || self.lexicon.is("that", &word.form)
                || self.lexicon.is("relative", &word.form)
            {
                return None;
            }
            let governed = n > end && {
                let before = &self.words[n - 1].form;
                self.lexicon.is("preposition", before) || self.lexicon.is("genitive", before)
            };
            let opens = (self.lexicon.is("article", &word.form)
                || (n == end && self.lexicon.is("voice", &word.form)))
                && !self.lexicon.is("preposition", &word.form)
                && (!self.lexicon.is("genitive", &word.form) || self.lexicon.is("partitive", &word.form));
            if opens
                && !governed
                && let Some(phrase) = self.phrase_at(sentence, n)
                && self.is_voice(&phrase)
            {
                return Some(phrase);
            }
        }
        None
    }

    /// Whether a phrase is of somebody or something that can speak, and no outlet.
    pub(super) fn is_voice(&self, phrase: &Range<usize>) -> bool {
        let is = |mark: &str| phrase.clone().any(|n| self.lexicon.is(mark, &self.words[n].form));
        let outlet = |n: usize| {
            self.found.covering(n).and_then(|m| m.outlet()).is_some_and(|(_, ambiguous)| !ambiguous)
        };
        is("voice") && !is("organ") && !is("nobody") && !phrase.clone().any(outlet)
    }

    /// Where the phrase of a noun ends: its adjectives and complements, up to a mark, a verb or a clause.
    fn phrase_end(&self, sentence: &Range<usize>, noun: usize) -> usize {
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
                if !(inside || m.genitive) {
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
            if !(adjective || noun && inside) {
                break;
            }
            inside = false;
            n += 1;
            end = n;
        }
        end.max(noun + 1)
    }

    pub(super) fn who_of_phrase(&self, phrase: &Range<usize>) -> (Who, Span) {
        let span = span_of(self.words, phrase);
        let name = span.of(&self.report.text).split_whitespace().collect::<Vec<_>>().join(" ");
        let plural = self.lexicon.is("several", &self.words[phrase.start].form);
        let side = self.mentions.within(phrase).iter().find_map(|m| m.sides.first().cloned());
        (Who { name, figure: None, side, plural }, span)
    }

    /// Whether somebody unnamed is one who was spoken of before: «la même source», «ce responsable».
    pub(super) fn takes_up(&self, who: &Who, span: Span) -> bool {
        let Some(at) = self.word_at(span) else { return false };
        if self.mention_at(at).is_some_and(|m| m.is_person() || !m.sides.is_empty() && who.figure.is_some()) {
            return false;
        }
        let form = |n: usize| self.words.get(n).map_or("", |w| w.form.as_str());
        let before = at.saturating_sub(1);
        self.lexicon.is("this", form(at))
            || self.lexicon.is("sameas", form(at + 1))
            || self.lexicon.is("sameas", form(before))
    }

    /// Whether the tree has the subject of a verb before it, with no quotation between.
    pub(super) fn subject_stands_before(
        &self,
        verb: &Range<usize>,
        group: &Range<usize>,
        quotes: &[Quote],
    ) -> bool {
        // «Это, ответил X, …»: a name right behind the verb is its subject.
        let russian = self.lexicon.language == depeche_record::Language::Russian;
        if russian
            && (self.is_pronoun(verb.end)
                || self
                    .mention_at(verb.end)
                    .is_some_and(|m| m.full.start == verb.end && m.is_person() && !self.is_object(m)))
        {
            return false;
        }
        let Some(verb) = verb.clone().find(|&n| self.trees.upos(n) == Some(Upos::Verb)) else { return false };
        self.trees.in_relation(verb, &["nsubj"]).any(|n| {
            n < group.start
                && !self.lexicon.is("relative", &self.words[n].form)
                && !quotes.iter().any(|q| q.holds(n) || (n < q.close && q.close <= group.start))
        })
    }

    /// Whether the words are of somebody without a name rather than of a body.
    pub(super) fn is_spokesman(&self, span: Span) -> bool {
        self.word_at(span)
            .and_then(|n| self.mention_at(n))
            .is_some_and(|m| matches!(m.what, What::Role(_, Number::One | Number::Many)))
            || self.word_at(span).is_some_and(|n| {
                self.mention_at(n).is_none() && self.lexicon.is("article", &self.words[n].form)
            })
    }

    fn word_at(&self, span: Span) -> Option<usize> {
        let n = self.words.partition_point(|w| w.span.start < span.start);
        (n < self.words.len()).then_some(n)
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
        // «a été confirmée par X», «annoncée par X», `dismissed as premature by X`
        let auxiliary = |n: usize| self.lexicon.is("perfect", &self.words[n].form);
        let passive = self.words[at].has_tense(&[Tense::PastParticiple])
            && (at == sentence.start || {
                let before = &self.words[at - 1].form;
                self.lexicon.is("passive", before)
                    || self.lexicon.is("being", before)
                    || !(at.saturating_sub(3).max(sentence.start)..at).any(auxiliary)
                        && self.mention_at(at - 1).is_none()
            });
        if !passive {
            return None;
        }
        let by =
            (at + 1..(at + 9).min(sentence.end)).find(|&n| self.lexicon.is("by", &self.words[n].form))?;
        if !self.words[at..by].iter().all(|w| w.is_word() || w.kind == TokenKind::QuoteClose) {
            return None;
        }
        if let Some(phrase) = self.phrase_at(sentence, by + 1).filter(|p| self.is_voice(p))
            && self.mention_at(phrase.start).is_none()
        {
            return Some(self.who_of(sentence, &phrase, context, None));
        }
        let mention = self
            .mentions
            .within(&(by..by + 3))
            .iter()
            .find(|m| m.can_act() && m.governor == Some(by) && !self.times_at(m))?;
        Some(self.one(sentence, mention, context))
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
