//! Whom a mention, a pronoun or a phrase stands for as a speaker.

use std::ops::Range;

use depeche_gazetteer::{Gazetteer, OfficeClass, Sense};
use depeche_record::{Side, Span, Tense, TokenKind, Upos};

use crate::lexicon::{Lexicon, Number};
use crate::mention::{Mention, Mentions, What, span_of};
use crate::scene::{Quote, Scene};
use crate::word::Word;

/// How many mentions are looked through for whom an office stands for.
const LOOK_BACK: usize = 400;

/// How many mentions are looked through for whom a pronoun stands for.
const RECENT: usize = 30;

/// How many sentences are looked through for one that names two people together.
const PAIRED: usize = 12;

/// How many words an office has that takes up somebody spoken of.
const EPITHET: usize = 3;

/// Whom a mention or a pronoun stands for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Who {
    pub name: String,
    pub figure: Option<usize>,
    pub side: Option<Side>,
    pub plural: bool,
    /// Whether the words for them are feminine, where these show it.
    pub feminine: Option<bool>,
    /// Whether it is a state or its capital, which no `he` takes up.
    pub land: bool,
}

/// Whom a mention stands for: a person by the longest name that shares its surname; an office alone by the person who
/// was given that office before; anything else by its own words.
pub(crate) fn who(
    text: &str,
    words: &[Word],
    mentions: &Mentions,
    mention: &Mention,
    context: Option<&Who>,
    gazetteer: &Gazetteer,
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
    let several =
        words.get(mention.head.start).is_some_and(|w| Lexicon::of(mentions.language).is("several", &w.form));
    let unnamed =
        |n: usize| words.get(n).is_some_and(|w| Lexicon::of(mentions.language).is("sourceline", &w.form));
    let figure = match mention.what {
        What::Person(figure) => Some(figure),
        What::Role(..) if several => None,
        // «Источник в пакистанской делегации»: nobody who is named.
        What::Role(..) if !mention.definite && mention.head.clone().any(unnamed) => None,
        What::Role(class, Number::One) => {
            leader(mentions, mention, class).or_else(|| holder(mentions, mention, class, context))
        }
        What::People => compatriot(words, mentions, mention, context, gazetteer),
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
                feminine: None,
                land: false,
            }
        }
        None => {
            let plural = several
                || matches!(mention.what, What::Role(_, Number::Many) | What::People | What::Pair { .. });
            let land = matches!(mention.what, What::State | What::Capital);
            Who { name: own, figure: None, side, plural, feminine: None, land }
        }
    }
}

/// Whom «l'Américain» stands for: whoever of that side spoke or was named last.
fn compatriot(
    words: &[Word],
    mentions: &Mentions,
    mention: &Mention,
    context: Option<&Who>,
    gazetteer: &Gazetteer,
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
    // «le Portugais»: whoever is spoken of, where he speaks for an organisation.
    let serves = |figure: &usize| {
        let side = mentions.figures[*figure].side.as_ref();
        side.and_then(|side| gazetteer.organisation(&side.0)).is_some_and(|o| !o.armed)
    };
    let spoken = context.and_then(|who| who.figure);
    spoken.into_iter().chain(named.clone()).find(|&f| fits(f)).or(spoken.filter(serves))
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
    // Russian has no article: a side tells that somebody known is meant.
    let russian = mentions.language == depeche_record::Language::Russian
        && !mention.sides.is_empty()
        && context.is_some();
    if any && (!(mention.definite || russian) || mention.relative) {
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
    // «le médiateur», «l'ambassadeur»: whoever is spoken of, where nobody was given the office.
    let epithet = mention.definite && !mention.relative && mention.head.len() <= EPITHET;
    let spoken_of = context.and_then(|who| who.figure).filter(|&figure| {
        let side = &mentions.figures[figure].side;
        epithet
            && mentions.classes[figure].is_empty()
            && (mention.sides.is_empty() || side.as_ref().is_some_and(|s| mention.sides.contains(s)))
    });
    named.chain(later).find(|&f| fits(f)).or(spoken_of)
}

/// The head of state or government that «le dirigeant turc» stands for, rather than whoever of that side spoke.
fn leader(mentions: &Mentions, mention: &Mention, class: Option<OfficeClass>) -> Option<usize> {
    let leads = |figure: usize| {
        let side = &mentions.figures[figure].side;
        mentions.classes[figure].iter().any(|held| covers(OfficeClass::Leader, *held))
            && side.as_ref().is_some_and(|s| mention.sides.contains(s))
    };
    let leading = class == Some(OfficeClass::Leader);
    (0..mentions.figures.len().min(LOOK_BACK)).find(|&figure| leading && leads(figure))
}

/// Whether an office may be called by a more general one: a foreign minister «le ministre».
fn covers(general: OfficeClass, held: OfficeClass) -> bool {
    general == held
        || (general == OfficeClass::Minister
            && matches!(
                held,
                OfficeClass::ForeignMinister | OfficeClass::DefenceMinister | OfficeClass::SecretaryOfState
            ))
        || (general == OfficeClass::ForeignMinister && held == OfficeClass::SecretaryOfState)
        || (general == OfficeClass::Leader
            && matches!(held, OfficeClass::HeadOfState | OfficeClass::HeadOfGovernment))
        || (general == OfficeClass::Adviser && held == OfficeClass::SecurityAdviser)
}

impl Scene<'_> {
    /// Whom a pronoun of the sentence stands for: somebody named before it there, else whoever spoke or acted last.
    pub(super) fn pronoun_in(
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
        // «Quant à X, il …»
        if self.lexicon.is("fronted", &self.words[sentence.start].form)
            && let Some(m) = self.mentions.within(&(sentence.start..at)).first()
            && m.full.start <= sentence.start + 2
        {
            return Some(self.who(m, context));
        }
        let singular = !self.lexicon.is("plural", form) && !self.lexicon.is("neuter", form);
        // The antecedent may stand in this very sentence.
        let object = |m: &Mention| {
            let top = self.trees.top(&m.head);
            top.is_some_and(|n| matches!(self.trees.relation(n), "obj" | "iobj"))
        };
        let here = self.mentions.within(&(sentence.start..at)).iter().filter(free).find(|m| {
            m.governor.is_none()
                && !self.is_object(m)
                && !object(m)
                && (m.is_person() || matches!(m.what, What::Role(_, Number::One)))
        });
        let topic =
            self.topic(sentence, quotes, context).filter(|(_, span)| span.end <= self.words[at].span.start);
        // `…, he added`: who speaks is nobody that he speaks of.
        let behind = at > sentence.start + 1 && {
            let before = &self.words[at - 1];
            before.kind == TokenKind::QuoteClose || before.form == "," && at + 4 >= sentence.end
        };
        if behind && let Some(who) = self.pronoun(at, context, subject) {
            return Some(who);
        }
        let topic = topic.filter(|_| singular).map(|(who, _)| who).filter(|who| self.agrees(who, at));
        let here = here.filter(|_| singular).map(|m| self.who(m, context)).filter(|who| self.agrees(who, at));
        topic.or(here).or_else(|| self.pronoun(at, context, subject))
    }

    /// Whom a pronoun as the subject of a verb stands for; a plural can be the two people named last.
    pub(super) fn pronouns(
        &self,
        sentence: &Range<usize>,
        at: usize,
        quotes: &[Quote],
        context: Option<&Who>,
        subject: Option<&Who>,
    ) -> Option<Vec<(Who, Span)>> {
        let span = self.words[at].span;
        // «Les deux ministres … Ils …»: those two; «les trois ministres» stay who they are.
        let pair = |who: &Who| {
            let mut words = who.name.split(' ');
            let two = |word: &str| self.lexicon.is("numbers", &format!("{}=2", crate::word::fold(word)));
            who.plural && words.any(two)
        };
        match self.pronoun_in(sentence, at, quotes, context, subject) {
            Some(who) if pair(&who) => self.two_named(at, span).or(Some(vec![(who, span)])),
            Some(who) => Some(vec![(who, span)]),
            None if self.lexicon.is("plural", &self.words[at].form) => self.two_named(at, span),
            None => None,
        }
    }

    /// The two people named last before a word: «ils», «les deux hommes». None where there are more or fewer.
    pub(super) fn two_named(&self, at: usize, span: Span) -> Option<Vec<(Who, Span)>> {
        let own = self.sentences.partition_point(|s| s.end <= at);
        for n in (own.saturating_sub(2)..=own).rev() {
            let sentence = self.sentences.get(n)?;
            let mut figures: Vec<(usize, &Mention)> = Vec::new();
            for m in self.mentions.within(&(sentence.start..sentence.end.min(at))) {
                if let What::Person(figure) = m.what
                    && !figures.iter().any(|(f, _)| *f == figure)
                {
                    figures.push((figure, m));
                }
            }
            match figures.len() {
                2 => return Some(figures.into_iter().map(|(_, m)| (self.who(m, None), span)).collect()),
                0 => {}
                1 if n == own => {}
                _ => return None,
            }
        }
        None
    }

    /// Which of the two named last «le premier», «le second» stands for.
    pub(super) fn of_two(&self, at: usize) -> Option<Who> {
        let form = &self.words[at].form;
        let (one, other) = (self.lexicon.is("one", form), self.lexicon.is("other", form));
        let alone = at > 0 && self.lexicon.is("article", &self.words[at - 1].form)
            || self.lexicon.language == depeche_record::Language::Russian;
        if !(one || other) || !alone {
            return None;
        }
        let mut two = self.two_named(at, self.words[at].span)?;
        Some(if one { two.swap_remove(0).0 } else { two.swap_remove(1).0 })
    }

    /// The armed party or organisation that «le mouvement», «le groupe» takes up: the last one named.
    fn outfit(&self, phrase: &Range<usize>) -> Option<Who> {
        let is = |use_: &str, n: usize| self.lexicon.is(use_, &self.words[n].form);
        // «le mouvement palestinien», but «l'organisation humanitaire» is another one.
        let side = |n: usize| self.found.match_at(n).is_some_and(|m| m.is_adjective());
        let own = |n: usize| n == phrase.end || is("armed", n) || side(n);
        let taken_up = phrase.clone().any(|n| is("outfit", n) && own(n + 1));
        if phrase.len() > EPITHET || !taken_up {
            return None;
        }
        let first = phrase.start;
        if !is("definite", first) && !first.checked_sub(1).is_some_and(|n| is("definite", n)) {
            return None;
        }
        let before = self.mentions.all.partition_point(|m| m.full.start < first);
        let named = self.mentions.all[..before].iter().rev().take(LOOK_BACK);
        // «le mouvement» is no union of states.
        let party = |m: &&Mention| {
            let found = self.found.covering(m.head.end - 1);
            found.is_some_and(|f| f.senses.iter().any(|s| matches!(s, Sense::Party(_))))
        };
        let mut bodies = named.filter(|m| m.what == What::Organisation).peekable();
        let last = bodies.peek().copied();
        bodies.find(party).or(last).map(|m| self.who(m, None))
    }

    pub(super) fn pronoun(&self, at: usize, context: Option<&Who>, subject: Option<&Who>) -> Option<Who> {
        let fits = |who: &&Who| self.agrees(who, at);
        if let Some(who) = context.filter(fits).or(subject.filter(fits)) {
            let form = self.words[at].form.as_str();
            let she = matches!(form.trim_start_matches("-t").trim_start_matches('-'), "elle" | "she");
            let unsure = she && who.figure.is_some() && self.gender(who).is_none();
            return unsure.then(|| self.woman(at)).flatten().or(Some(who.clone()));
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

    /// The woman named last before a word, of those whom the text shows to be one.
    pub(super) fn woman(&self, at: usize) -> Option<Who> {
        let before = self.mentions.all.partition_point(|m| m.full.start < at);
        let named = self.mentions.all[..before].iter().rev().take(RECENT);
        named
            .filter_map(|m| match m.what {
                What::Person(figure) => Some(self.person(figure)),
                _ => None,
            })
            .find(|who| self.gender(who) == Some(true))
    }

    /// Whether a pronoun can stand for somebody: number, gender, and whether they are a person.
    pub(super) fn agrees(&self, who: &Who, pronoun: usize) -> bool {
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
        let land = matches!(bare, "he" | "she" | "il" | "elle" | "он" | "она") && who.land;
        if land || matches!(bare, "he" | "she") && who.figure.is_none() && !who.name.contains(' ') {
            return false;
        }
        let feminine = match bare {
            "elle" | "elles" | "she" | "она" => true,
            "il" | "ils" | "he" | "он" => false,
            _ => return true,
        };
        self.gender(who).is_none_or(|gender| gender == feminine)
    }

    /// Whether the words of somebody are feminine, by their article: «la même source».
    pub(super) fn gender_at(&self, span: Span) -> Option<bool> {
        let form = self.words.get(self.word_at(span)?)?.form.as_str();
        let female = self.lexicon.is("female", form);
        (female || self.lexicon.is("male", form)).then_some(female)
    }

    /// Whether somebody is feminine, where the text shows it.
    pub(super) fn gender(&self, who: &Who) -> Option<bool> {
        if who.feminine.is_some() {
            return who.feminine;
        }
        let of = |form: &str| match form {
            form if self.lexicon.is("female", form) => Some(true),
            form if self.lexicon.is("male", form) => Some(false),
            _ => None,
        };
        let Some(figure) = who.figure else {
            return of(&crate::word::fold(who.name.split(' ').next()?));
        };
        if let Some(woman) = self.gazetteer.is_woman(&self.mentions.figures[figure].name) {
            return Some(woman);
        }
        let own = |m: &&Mention| m.what == What::Person(figure);
        self.mentions.all.iter().filter(own).find_map(|m| {
            // «Mme X», «la ministre de la Justice X»: the word before the name, else the article of the office.
            let first = m.full.start;
            // «nommé par la junte, X»: not X's own.
            let other = first > 0
                && self.lexicon.is("by", &self.words[first - 1].form)
                && self.words[first..m.head.start].iter().any(|w| w.form == ",");
            [m.head.start.checked_sub(1), first.checked_sub(1), Some(first).filter(|_| !other)]
                .into_iter()
                .flatten()
                .filter(|&n| n < m.head.start)
                .find_map(|n| of(&self.words[n].form))
        })
    }

    /// Whether a body is an outlet by its kind: «la radio publique».
    pub(super) fn is_outlet(&self, mention: &Mention) -> bool {
        matches!(mention.what, What::Role(_, Number::Body))
            && self.words[mention.head.clone()].iter().any(|w| self.lexicon.is("organ", &w.form))
    }

    /// A mention with those that it is joined to: «ont annoncé Le Caire et Addis-Abeba».
    pub(super) fn together(
        &self,
        sentence: &Range<usize>,
        mention: &Mention,
        context: Option<&Who>,
    ) -> Vec<(Who, Span)> {
        if self.is_outlet(mention) {
            return Vec::new();
        }
        let all = self.mentions.within(sentence);
        let fits = |m: &Mention| {
            m.can_act() && !self.is_place(m) && !matches!(m.what, What::Pair { .. } | What::People)
        };
        let mut joined: Vec<&Mention> = vec![mention];
        if let Some(n) = all.iter().position(|m| m.full == mention.full) {
            // «le ministère et l'Organisation», «Washington et Moscou»
            let joins = |a: &Mention, b: &Mention| {
                let end = a.full.end;
                let article =
                    b.full.start == end + 2 && self.lexicon.is("definite", &self.words[end + 1].form);
                (b.full.start == end + 1 || article) && self.lexicon.is("joins", &self.words[end].form)
            };
            if let Some(before) = n.checked_sub(1).map(|k| &all[k])
                && joins(before, mention)
                && before.governor.is_none()
                && fits(before)
            {
                joined.insert(0, before);
            }
            // «a dit X et Y a répondu»: Y begins a clause of its own.
            let verb = |n: usize| {
                let w = &self.words[n];
                w.is_finite() && !w.morphs.is_empty() || w.has_tense(&[Tense::PastParticiple])
            };
            let inverted = mention.full.start > sentence.start && verb(mention.full.start - 1);
            if let Some(after) = all.get(n + 1)
                && joins(mention, after)
                && fits(after)
                && !(inverted
                    && self
                        .words
                        .get(after.full.end)
                        .is_some_and(|w| self.lexicon.is("perfect", &w.form) || w.is_finite()))
            {
                joined.push(after);
            }
        }
        if mention.what == (What::Pair { states: false })
            && let Some(two) = self.two_named(mention.full.start, span_of(self.words, &mention.head))
        {
            return two;
        }
        // «un parlementaire américain et une source informée»
        let unnamed = self.trees.top(&mention.head).map(|n| self.trees.joined(n)).unwrap_or_default();
        let unnamed = unnamed.into_iter().filter(|&n| {
            n > mention.head.end
                && sentence.contains(&n)
                && self.mention_at(n).is_none()
                && self.lexicon.is("voice", &self.words[n].form)
        });
        let unnamed = unnamed
            .map(|n| self.phrase_around(sentence, n))
            .filter(|phrase| self.is_voice(phrase))
            .map(|phrase| self.who_of_phrase(&phrase));
        joined.into_iter().map(|m| self.one(sentence, m, context)).chain(unnamed).collect()
    }

    /// Whom one mention stands for as a speaker, with the words that tell: the person that an office is given to behind a
    /// comma, or by whose voice a state speaks («le Kremlin, par la voix de X»).
    pub(super) fn one(
        &self,
        sentence: &Range<usize>,
        mention: &Mention,
        context: Option<&Who>,
    ) -> (Who, Span) {
        let plain = || {
            let mut who = self.who(mention, context);
            let mut head = mention.head.clone();
            // «les dirigeants africains», «le ministère russe des Affaires étrangères»: all of the phrase.
            let noun = self.trees.top(&mention.head).filter(|_| matches!(mention.what, What::Role(..)));
            let own = |n: usize| self.trees.upos(n) == Some(Upos::Adj) && self.trees.relation(n) == "amod";
            if let Some(noun) =
                noun.filter(|_| who.figure.is_none() && head.end < sentence.end && own(head.end))
            {
                head.end = head.end.max(self.phrase_end(sentence, noun));
                who.name = self.who_of_phrase(&head).0.name;
            }
            (who, span_of(self.words, &head))
        };
        // «le Chypriote turc X»: the people is only what the name is of.
        if mention.what == What::People
            && let Some(person) = self.mention_at(mention.full.end)
            && person.is_person()
            && person.full.start == mention.full.end
        {
            return (self.who(person, context), span_of(self.words, &person.head));
        }
        if let What::Role(..) | What::People = mention.what
            && let Some(who) = self.outfit(&mention.head)
        {
            return (who, span_of(self.words, &mention.head));
        }
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
        let person = if body { self.spokesman(sentence, end) } else { self.apposed(sentence, end) };
        person.map_or_else(plain, |m| (self.who(m, context), span_of(self.words, &m.head)))
    }

    /// The person by whose voice a body speaks whose words end at `end`: «par son porte-parole, X», behind the verb too: «a démenti
    /// par la voix de X»; «…, par son représentant X,».
    fn spokesman(&self, sentence: &Range<usize>, end: usize) -> Option<&Mention> {
        let is = |use_: &str, n: usize| self.lexicon.is(use_, &self.words[n].form);
        let by = |n: usize| (n.saturating_sub(2)..n).any(|k| is("by", k));
        let own = |n: usize| {
            n >= 2 && is("possessive", n) && is("by", n - 1) && self.words[n - 2].form == "," && n <= end + 3
        };
        let voice = |n: usize| is("spokesman", n) && (n < end + 6 || by(n)) || own(n);
        let n = (end..(end + 14).min(sentence.end)).find(|&n| voice(n))?;
        let from = n.saturating_sub(3).max(end);
        self.mentions.within(&(from..(n + 6).min(sentence.end))).iter().find(|m| m.is_person())
    }

    /// The person named behind a comma after the words of an office: «le secrétaire aux Affaires étrangères, X».
    pub(super) fn apposed(&self, sentence: &Range<usize>, end: usize) -> Option<&Mention> {
        let from = end.saturating_sub(1).max(sentence.start);
        let person =
            self.mentions.within(&(from..(end + 14).min(sentence.end))).iter().find(|m| m.is_person())?;
        // «le premier ministre nommé par la junte, X»: whatever office the words before seem to give.
        let own = person.head.start;
        let comma = own > sentence.start && self.words[own - 1].form == ",";
        let start = if comma { own } else { person.full.start };
        // «le chef de la délégation et ministre de la Défense, X»: the second office is X's as well.
        let office = person.full.start < person.head.start;
        let parted = start > sentence.start && {
            let before = &self.words[start - 1].form;
            before == "," || (office && self.lexicon.is("joins", before))
        };
        let between = self.words.get(end..start.saturating_sub(1)).unwrap_or_default();
        // «le porte-parole de l'Alliance, coalition dont Y est membre, X»
        let bare = |n: usize| self.words[n].form == "," && self.trees.upos(n + 1) == Some(Upos::Noun);
        let second = comma && (end.saturating_sub(1)..(end + 4).min(start)).any(bare);
        let plain = second
            || between.iter().all(|w| {
                w.is_word() && !self.lexicon.is("relative", &w.form) && !self.lexicon.is("perfect", &w.form)
            });
        let after = person.full.end;
        let closed = after >= sentence.end
            || !self.words[after].is_word()
            || self.words[after - 1].form == ","
            || self.lexicon.is("perfect", &self.words[after].form);
        (parted && plain && closed).then_some(person)
    }

    /// The person whose name ends a phrase in its tree: «глава фракции «Слуга народа» Давид Арахамия».
    fn titled(&self, sentence: &Range<usize>, phrase: &Range<usize>) -> Option<&Mention> {
        let noun = self.trees.top(phrase)?;
        let reach = phrase.start..(phrase.end + 8).min(sentence.end);
        self.mentions.within(&reach).iter().find(|m| {
            let top = self.trees.top(&m.head);
            let own = top.is_some_and(|n| {
                self.trees.head(n) == Some(noun) && matches!(self.trees.relation(n), "appos" | "flat")
            });
            m.is_person() && own && m.governor.is_none() && !self.is_object(m)
        })
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
        let adjectives = phrase.clone().filter_map(|n| self.found.match_at(n).filter(|m| m.is_adjective()));
        let sides: Vec<Side> = adjectives.flat_map(|m| m.sides()).collect();
        let named = self
            .apposed(sentence, phrase.end)
            .or_else(|| self.titled(sentence, phrase))
            .or_else(|| self.spokesman(sentence, phrase.end));
        let other = || self.counterpart(phrase, &sides, context.or(subject));
        if let Some(who) = named.is_none().then(other).flatten() {
            return (who, span);
        }
        if let Some(who) = self.outfit(phrase) {
            return (who, span);
        }
        if let Some(who) = context.filter(|_| self.is_owned_text(phrase)) {
            return (who.clone(), span);
        }
        if let Some(person) = named {
            return (self.who(person, context), span_of(self.words, &person.head));
        }
        let guest = phrase.len() <= 2
            && self.words[phrase.clone()].iter().any(|w| self.lexicon.is("someone", &w.form));
        let person = |who: &&Who| who.figure.is_some();
        if let Some(other) = guest.then(|| self.received(phrase, context.or(subject))).flatten() {
            return (other, span);
        }
        match context.filter(person).or(subject.filter(person)).filter(|_| guest) {
            Some(who) => (who.clone(), span),
            None => (own, span),
        }
    }

    /// Whom «le visiteur» stands for where the sentence before tells who received whom.
    fn received(&self, phrase: &Range<usize>, context: Option<&Who>) -> Option<Who> {
        let at = self.sentences.partition_point(|s| s.end <= phrase.start);
        let before = &self.sentences[at.checked_sub(1)?];
        let hosts = before.clone().any(|n| self.is_lemma("host", n));
        let mut people = self.mentions.within(before).iter().filter_map(|m| match m.what {
            What::Person(figure) => Some(figure),
            _ => None,
        });
        let (host, guest) = (people.next()?, people.next()?);
        let visits = phrase.clone().any(|n| self.lexicon.is("guest", &self.words[n].form));
        let known = context.and_then(|who| who.figure);
        (hosts && visits && people.next().is_none() && known == Some(host)).then(|| self.person(guest))
    }

    /// Whether a phrase is of somebody's words, told by a possessive: «son communiqué», `its statement`.
    fn is_owned_text(&self, phrase: &Range<usize>) -> bool {
        let is = |use_: &str, n: usize| self.lexicon.is(use_, &self.words[n].form);
        is("possessive", phrase.start) && phrase.clone().any(|n| is("utterance", n))
    }

    pub(super) fn who_of_phrase(&self, phrase: &Range<usize>) -> (Who, Span) {
        let span = span_of(self.words, phrase);
        let name = span.of(&self.report.text).split_whitespace().collect::<Vec<_>>().join(" ");
        let plural = self.lexicon.is("several", &self.words[phrase.start].form);
        let side = self.mentions.within(phrase).iter().find_map(|m| m.sides.first().cloned());
        (Who { name, figure: None, side, plural, feminine: None, land: false }, span)
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

    /// Whether the words are of somebody without a name rather than of a body.
    pub(super) fn is_spokesman(&self, span: Span) -> bool {
        self.word_at(span)
            .and_then(|n| self.mention_at(n))
            .is_some_and(|m| matches!(m.what, What::Role(_, Number::One | Number::Many)))
            || self.word_at(span).is_some_and(|n| {
                self.mention_at(n).is_none() && self.lexicon.is("article", &self.words[n].form)
            })
    }

    pub(super) fn word_at(&self, span: Span) -> Option<usize> {
        let n = self.words.partition_point(|w| w.span.start < span.start);
        (n < self.words.len()).then_some(n)
    }

    /// Whom «son hôte», «son homologue russe» stands for: the person named last who is not the one whose it is.
    fn counterpart(&self, words: &Range<usize>, sides: &[Side], context: Option<&Who>) -> Option<Who> {
        let is = |use_: &str, n: usize| self.lexicon.is(use_, &self.words[n].form);
        let noun = words.clone().find(|&n| is("counterpart", n))?;
        if !(words.start..noun).any(|n| is("possessive", n)) || words.end > noun + 1 + sides.len().max(1) {
            return None;
        }
        let own = context.and_then(|who| who.figure);
        let before = self.mentions.all.partition_point(|m| m.full.start < words.start);
        let mut figures =
            self.mentions.all[..before].iter().rev().take(RECENT).filter_map(|m| match m.what {
                What::Person(figure) => Some(figure),
                _ => None,
            });
        let fits = |figure: usize| {
            let side = &self.mentions.figures[figure].side;
            Some(figure) != own && (sides.is_empty() || side.as_ref().is_some_and(|s| sides.contains(s)))
        };
        // The other one of a sentence that names the two goes before whoever was named last.
        let at = self.sentences.partition_point(|s| s.end <= words.start);
        let paired = own.and_then(|own| {
            (0..at).rev().take(PAIRED).find_map(|n| {
                let mut named: Vec<usize> = Vec::new();
                for m in self.mentions.within(&self.sentences[n]) {
                    if let What::Person(figure) = m.what
                        && !named.contains(&figure)
                    {
                        named.push(figure);
                    }
                }
                let other = named.iter().copied().find(|&f| f != own)?;
                (named.len() == 2 && named.contains(&own)).then_some(other)
            })
        });
        paired
            .filter(|&figure| fits(figure))
            .or_else(|| figures.find(|&figure| fits(figure)))
            .map(|figure| self.person(figure))
    }

    /// Whom a mention stands for.
    pub(super) fn who(&self, mention: &Mention, context: Option<&Who>) -> Who {
        let plain = || who(&self.report.text, self.words, self.mentions, mention, context, self.gazetteer);
        let What::Role(class, Number::One) = mention.what else { return plain() };
        if let Some(who) = self.counterpart(&mention.head, &mention.sides, context) {
            return who;
        }
        let found = plain();
        let definite = mention.definite && !mention.relative;
        let named = definite.then(|| self.called(mention, class, &found, context)).flatten();
        named.map_or(found, |figure| self.person(figure))
    }

    /// A person of the report as who speaks.
    fn person(&self, figure: usize) -> Who {
        let person = &self.mentions.figures[figure];
        Who {
            name: person.name.clone(),
            figure: Some(figure),
            side: person.side.clone(),
            plural: false,
            feminine: None,
            land: false,
        }
    }

    /// The person whom an office alone calls, where its words tell more than its class: «la présidente» is no man, «le
    /// chancelier» who was called so, «son ministre» of the state just named, «l'ancien président» whoever is spoken of.
    fn called(
        &self,
        mention: &Mention,
        class: Option<OfficeClass>,
        found: &Who,
        context: Option<&Who>,
    ) -> Option<usize> {
        let is = |use_: &str, n: usize| self.lexicon.is(use_, &self.words[n].form);
        let first = mention.head.start;
        let feminine = self.gender_at(span_of(self.words, &mention.head));
        let apart = |figure: usize| {
            feminine.is_some_and(|own| self.gender(&self.person(figure)).is_some_and(|other| other != own))
        };
        let of_side = |figure: usize| {
            let side = &self.mentions.figures[figure].side;
            mention.sides.is_empty() || side.as_ref().is_none_or(|s| mention.sides.contains(s))
        };
        let before = self.mentions.all.partition_point(|m| m.full.start < mention.full.start);
        let named = || {
            self.mentions.all[..before].iter().rev().take(LOOK_BACK).filter_map(|m| match m.what {
                What::Person(figure) => Some(figure),
                _ => None,
            })
        };
        // «l'ancien président allemand»: somebody spoken of, whatever they are now.
        if mention.head.clone().take(2).any(|n| is("former", n)) {
            // «d'après l'ancien médiateur» brings in somebody.
            if mention.governor.is_some() {
                return None;
            }
            let at = self.sentences.partition_point(|s| s.end <= first);
            let acting = (at.saturating_sub(3)..at).rev().find_map(|n| {
                let sentence = &self.sentences[n];
                self.subject_of(sentence, &self.quotes(sentence)).and_then(|m| match m.what {
                    What::Person(figure) => Some(figure),
                    _ => None,
                })
            });
            let mut spoken =
                context.and_then(|who| who.figure).into_iter().chain(acting).chain(named().take(1));
            return spoken.find(|&f| !apart(f)).filter(|_| found.figure.is_none());
        }
        // «le Gabon veut, dit son président»
        if mention.sides.is_empty() && is("possessive", first) {
            let all = &self.mentions.all[..before];
            let state = |m: &&Mention| matches!(m.what, What::State | What::Capital | What::Organisation);
            let sentence = self.sentences.partition_point(|s| s.end <= first);
            let own = self.sentences.get(sentence).map_or(0, |s| s.start);
            let owner = all.iter().rev().take_while(|m| m.full.start >= own).find(state)?;
            let side = owner.sides.first()?;
            let holds = |f: usize| {
                self.mentions.figures[f].side.as_ref() == Some(side)
                    && class.is_some_and(|c| self.mentions.classes[f].iter().any(|held| covers(c, *held)))
            };
            let all = 0..self.mentions.figures.len().min(LOOK_BACK);
            return named().chain(all).find(|&f| holds(f) && !apart(f));
        }
        // «le chancelier», «l'émissaire»: who was given just this word.
        let mut nouns = mention.head.clone().filter(|&n| {
            self.words[n].is_word()
                && !self.lexicon.is_small(&self.words[n].form)
                && !["article", "same", "this", "again"].iter().any(|use_| is(use_, n))
                && self.found.covering(n).is_none_or(|m| !m.is_adjective())
        });
        let noun = nouns.next().filter(|_| nouns.next().is_none());
        let word = noun.map(|n| self.words[n].form.as_str());
        let classed =
            |f: usize| class.is_none_or(|c| self.mentions.classes[f].iter().any(|held| covers(c, *held)));
        let given = |figure: usize| {
            classed(figure)
                && self.mentions.figures[figure].offices.iter().any(|span| {
                    span.of(&self.report.text)
                        .split_whitespace()
                        .any(|w| Some(crate::word::fold(w).as_str()) == word)
                })
        };
        let fits = |f: usize| of_side(f) && !apart(f);
        let own = found.figure.filter(|&f| !apart(f));
        if let Some(figure) = own
            && given(figure)
        {
            return None;
        }
        let called = named().find(|&f| fits(f) && given(f));
        let mistaken = found.figure.is_some() && own.is_none();
        if noun.is_none() && !mistaken {
            return None;
        }
        if called.is_some() || mistaken {
            return called.or_else(|| named().find(|&f| class.is_some() && classed(f) && fits(f)));
        }
        // «l'émissaire kényan»: the last one named of that side.
        let sided =
            |f: &usize| self.mentions.figures[*f].side.as_ref().is_some_and(|s| mention.sides.contains(s));
        let general =
            matches!(class, Some(OfficeClass::Envoy | OfficeClass::Negotiator | OfficeClass::Adviser));
        (own.is_none() && general).then(|| named().filter(sided).find(|&f| fits(f))).flatten()
    }
}
