//! Who and what a report speaks of: people with their offices, states, capitals, seats of power, organisations, groups.
//!
//! 1. The gazetteer's matches are laid over the words.
//! 2. Names of people are found between them (`name`).
//! 3. An office or a group noun is followed to the right through its complements («le conseiller diplomatique du Kremlin,
//!    Iouri Ouchakov»), and the whole is one mention; so is a name with the office that follows it.
//! 4. Sides are told by the complements, else by the gazetteer, and handed on to every mention of the person.

use std::collections::BTreeMap;
use std::ops::Range;

use depeche_gazetteer::{Gazetteer, OfficeClass, PersonEntry, Sense};
use depeche_record::{Figure, Side, Span, TokenKind};

use crate::found::{Found, FoundMatch, side};
use crate::lexicon::{Lexicon, Number};
use crate::name::{self, Name};
use crate::word::Word;

/// What a mention is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// A person, by figure.
    Person(usize),
    /// Somebody by office alone: «le ministre».
    Role(Option<OfficeClass>, Number),
    /// A state by its name.
    State,
    /// A capital: a place, or the government that sits there.
    Capital,
    /// Any other town.
    Town,
    /// A seat of power.
    Seat,
    /// An organisation or an armed party.
    Organisation,
    /// The people of a state: «les Russes».
    People,
    /// «les deux hommes», «les deux pays».
    Pair { states: bool },
}

/// Words that stand for somebody or something.
#[derive(Debug, Clone)]
pub(crate) struct Mention {
    /// The words by which it is called: the name, or the office with its complements.
    pub head: Range<usize>,
    /// With title, office and apposition.
    pub full: Range<usize>,
    pub what: What,
    /// The sides that it stands for.
    pub sides: Vec<Side>,
    /// Figures whose side it shares: «l'émissaire de Donald Trump».
    lenders: Vec<usize>,
    /// The preposition that governs it, as its index.
    pub governor: Option<usize>,
    /// Whether a noun before it takes it as a complement («du Kremlin»).
    pub genitive: bool,
    /// Whether an article takes up somebody known («le», «ce», «son»).
    pub definite: bool,
    /// Whether it is somebody else's like: «son homologue».
    pub relative: bool,
}

impl Mention {
    /// Those two or more whom a pronoun of the plural takes up.
    pub fn several(at: usize) -> Mention {
        Mention {
            head: at..at + 1,
            full: at..at + 1,
            what: What::Pair { states: false },
            sides: Vec::new(),
            lenders: Vec::new(),
            governor: None,
            genitive: false,
            definite: true,
            relative: false,
        }
    }

    /// Whether it can act: speak, meet, refuse.
    pub fn can_act(&self) -> bool {
        self.what != What::Town
    }

    pub fn is_person(&self) -> bool {
        matches!(self.what, What::Person(_))
    }
}

/// All that a report speaks of.
pub(crate) struct Mentions {
    pub all: Vec<Mention>,
    pub figures: Vec<Figure>,
    /// Office classes attested of each figure.
    pub classes: Vec<Vec<OfficeClass>>,
    /// Language of the report.
    pub language: depeche_record::Language,
}

impl Mentions {
    /// The mentions whose words begin within a range.
    pub fn within(&self, words: &Range<usize>) -> &[Mention] {
        let start = self.all.partition_point(|m| m.full.start < words.start);
        let end = self.all.partition_point(|m| m.full.start < words.end);
        &self.all[start..end.max(start)]
    }
}

/// An office as the text gives it to somebody.
struct Held {
    /// Its words.
    span: Span,
    class: Option<OfficeClass>,
    /// The sides that its words name.
    sides: Vec<Side>,
    /// Figures whose side it shares.
    lenders: Vec<usize>,
}

/// The offices that the text gives to each figure.
type Offices = BTreeMap<usize, Vec<Held>>;

/// Longest complement of an office, in words.
const COMPLEMENT: usize = 14;
/// Longest run of plain words within a complement.
const PLAIN: usize = 5;

pub(crate) struct Reader<'a> {
    pub text: &'a str,
    pub words: &'a [Word<'a>],
    pub sentences: &'a [Range<usize>],
    pub found: &'a Found,
    pub lexicon: &'static Lexicon,
    pub gazetteer: &'a Gazetteer,
    /// Year of publication, where known.
    pub year: Option<i32>,
}

struct Phrase {
    /// Where the words stop that can belong to it.
    stop: usize,
    end: usize,
    last: usize,
    sides: Vec<Side>,
    lenders: Vec<usize>,
    person: Option<usize>,
}

impl Reader<'_> {
    /// Finds the mentions of a report.
    pub fn read(&self) -> Mentions {
        let mut names = name::names(self.words, self.sentences, self.found, self.lexicon, self.gazetteer);
        let bearers = name::bearers(self.words, &mut names);
        let name_at: BTreeMap<usize, usize> =
            names.iter().enumerate().map(|(n, x)| (x.words.start, n)).collect();
        let mut all = Vec::new();
        let mut offices: Offices = BTreeMap::new();
        for sentence in self.sentences {
            let mut at = sentence.start;
            while at < sentence.end {
                match self.mention_at(sentence, at, &names, &name_at, &mut offices) {
                    Some(mention) => {
                        at = mention.full.end.max(at + 1);
                        // «Oman's Foreign Minister»: the state belongs to the office.
                        while all.last().is_some_and(|m: &Mention| m.full.end > mention.full.start) {
                            all.pop();
                        }
                        all.push(mention);
                    }
                    None => at += 1,
                }
            }
        }
        let (figures, classes) = self.figures(&names, &bearers, &offices);
        for mention in &mut all {
            let lent: Vec<Side> = mention.lenders.iter().filter_map(|&f| figures[f].side.clone()).collect();
            if mention.sides.is_empty() {
                mention.sides = lent;
            }
            if let What::Person(figure) = mention.what
                && let Some(side) = &figures[figure].side
            {
                mention.sides = vec![side.clone()];
            }
            mention.sides.dedup();
        }
        Mentions { all, figures, classes, language: self.lexicon.language }
    }

    fn figures(
        &self,
        names: &[Name],
        bearers: &[name::Bearer],
        offices: &Offices,
    ) -> (Vec<Figure>, Vec<Vec<OfficeClass>>) {
        let mut figures = Vec::new();
        let mut classes = Vec::new();
        for (n, bearer) in bearers.iter().enumerate() {
            let mentions: Vec<Span> = bearer.names.iter().map(|&n| self.span(&names[n].words)).collect();
            let mut forms: Vec<String> = Vec::new();
            for span in &mentions {
                let form = span.of(self.text).split_whitespace().collect::<Vec<_>>().join(" ");
                if !forms.contains(&form) {
                    forms.push(form);
                }
            }
            let longest =
                forms.iter().max_by_key(|f| (f.split(' ').count(), f.chars().count(), std::cmp::Reverse(*f)));
            let attested = offices.get(&n).map(Vec::as_slice).unwrap_or_default();
            let told = attested.iter().find_map(|held| held.sides.first().cloned());
            // «Abdelfattah al-Burhan»: in a spelling that no list has, unless the text gives him another side.
            let spelt = || {
                let name = longest.filter(|form| form.contains(' '))?;
                let agrees = |of: &&PersonEntry| told.as_ref().is_none_or(|told| *told == side(of.side));
                self.gazetteer.person_spelt(name).filter(agrees)
            };
            let entry = bearer.gazetteer.and_then(|id| self.gazetteer.person(id)).or_else(spelt);
            // «l'envoyé spécial de l'ONU, X»: for whom he speaks, whatever state he comes from.
            let serves = |side: &&Side| self.gazetteer.organisation(&side.0).is_some_and(|o| !o.armed);
            let envoy = attested
                .iter()
                .filter(|held| held.class != Some(OfficeClass::HeadOfState))
                .find_map(|held| held.sides.iter().find(serves).cloned());
            let known = entry.map(|e| e.side).filter(|code| !code.is_empty()).map(side);
            let mut class: Vec<OfficeClass> = attested.iter().filter_map(|held| held.class).collect();
            class.extend(entry.filter(|e| self.serves(e.years)).map(|e| e.office));
            classes.push(class);
            figures.push(Figure {
                name: longest.cloned().unwrap_or_default(),
                forms,
                mentions,
                offices: attested.iter().map(|held| held.span).collect(),
                side: envoy.or(known).or(told),
                gazetteer: entry.map(|entry| entry.id.to_owned()),
            });
        }
        // Sides lent by others («l'émissaire de Donald Trump, Steve Witkoff»), once all told sides are known.
        for (n, attested) in offices {
            if figures[*n].side.is_none() {
                let lent =
                    attested.iter().flat_map(|held| &held.lenders).find_map(|&l| figures[l].side.clone());
                figures[*n].side = lent;
            }
        }
        (figures, classes)
    }

    /// Whether an office held for `years` («2009/2017») was not over yet when the report came out. The gazetteer has the last
    /// term only, so that a beginning tells nothing.
    fn serves(&self, years: &str) -> bool {
        let last = years.split('/').nth(1).and_then(|year| year.get(..4)?.parse::<i32>().ok());
        last.is_none_or(|last| self.year.is_none_or(|year| year <= last))
    }

    fn span(&self, words: &Range<usize>) -> Span {
        span_of(self.words, words)
    }

    fn mention_at(
        &self,
        sentence: &Range<usize>,
        at: usize,
        names: &[Name],
        name_at: &BTreeMap<usize, usize>,
        offices: &mut Offices,
    ) -> Option<Mention> {
        let lexicon = self.lexicon;
        if let Some(&n) = name_at.get(&at) {
            let name = &names[n];
            let mut full = name.words.clone();
            if full.start > sentence.start && lexicon.is("honorific", &self.words[full.start - 1].form) {
                full.start -= 1;
            }
            let mut sides = Vec::new();
            let mut lenders = Vec::new();
            // «le Russe Sergueï Lavrov»
            let beside = self
                .found
                .match_ending(full.start)
                .filter(|m| m.words.start >= sentence.start)
                .filter(|m| m.is_adjective() || m.senses.iter().any(|s| matches!(s, Sense::Demonym(_))));
            // «les présidents du Venezuela, Nicolas Maduro, et du Guyana, Irfaan Ali»
            let apposed = (full.start > sentence.start + 2 && self.words[full.start - 1].form == ",")
                .then(|| self.found.match_ending(full.start - 1))
                .flatten()
                .filter(|m| m.words.start > sentence.start)
                .filter(|m| lexicon.is("genitive", &self.words[m.words.start - 1].form))
                .filter(|m| m.senses.iter().any(|s| matches!(s, Sense::State(_))));
            // «les ministres égyptien, X, et soudanais, Y»
            let adjective = (full.start > sentence.start + 2 && self.words[full.start - 1].form == ",")
                .then(|| self.found.match_ending(full.start - 1))
                .flatten()
                .filter(|m| m.is_adjective() && m.words.start > sentence.start)
                .filter(|m| lexicon.is("and", &self.words[m.words.start - 1].form));
            // The people or the state before a name belong to it.
            if let Some(m) = beside.or(adjective) {
                full.start = full.start.min(m.words.start);
            }
            for m in beside.into_iter().chain(apposed).chain(adjective) {
                sides = m.sides();
                let span = self.span(&m.words);
                offices.entry(name.figure).or_default().push(Held {
                    span,
                    class: None,
                    sides: sides.clone(),
                    lenders: Vec::new(),
                });
            }
            // `Michel Aoun's office`, `Vladimir Putin's spokesman Dmitry Peskov`
            let owner = name.words.end;
            if owner + 1 < sentence.end
                && self.words[owner].form == "'s"
                && let Some((class, number, end)) = self.office_at(owner + 1, sentence.end)
            {
                let mut phrase = self.phrase(sentence, end, names, name_at, true);
                phrase.lenders.push(name.figure);
                let stop = phrase.end.max(end);
                if let Some(n) = phrase.person {
                    let held = &names[n];
                    let span = self.span(&(owner + 1..phrase.last.max(end)));
                    let sides = phrase.sides.clone();
                    offices.entry(held.figure).or_default().push(Held {
                        span,
                        class,
                        sides: sides.clone(),
                        lenders: phrase.lenders.clone(),
                    });
                    let head = held.words.clone();
                    let what = What::Person(held.figure);
                    return Some(self.mention(sentence, head, full.start..stop, what, sides, phrase.lenders));
                }
                let head = full.start..stop;
                let what = What::Role(class, number);
                return Some(self.mention(sentence, head.clone(), head, what, phrase.sides, phrase.lenders));
            }
            // «Mike Waltz, conseiller à la sécurité nationale des États-Unis,»
            let after = name.words.end;
            if after + 1 < sentence.end && self.words[after].form == "," {
                let mut start = after + 1;
                if lexicon.is("article", &self.words[start].form) {
                    start += 1;
                }
                if let Some((class, _, end)) = self.office_at(start, sentence.end) {
                    let phrase = self.phrase(sentence, end, names, name_at, false);
                    let stop = phrase.stop;
                    let closed = stop >= sentence.end
                        || self.words[stop].kind != TokenKind::Word
                        || lexicon.is("with", &self.words[stop].form);
                    if closed && phrase.person.is_none() {
                        let comma = stop < sentence.end && self.words[stop].form == ",";
                        full.end = if comma { stop + 1 } else { stop };
                        let office = start..stop;
                        let span = self.span(&office);
                        let class = self.class_of(&office).or(class);
                        let mut told = self.inner_sides(start..end);
                        told.extend(phrase.sides);
                        sides.extend(told.iter().cloned());
                        lenders.extend(phrase.lenders.iter().copied());
                        offices.entry(name.figure).or_default().push(Held {
                            span,
                            class,
                            sides: told,
                            lenders: phrase.lenders,
                        });
                    }
                }
            }
            let head = name.words.clone();
            return Some(self.mention(sentence, head, full, What::Person(name.figure), sides, lenders));
        }
        if let Some((class, number, end)) = self.office_at(at, sentence.end) {
            let phrase = self.phrase(sentence, end, names, name_at, true);
            let mut sides = self.inner_sides(at..end);
            sides.extend(phrase.sides.iter().cloned());
            // «two US officials», «российские переговорщики»
            let mut start = at;
            if start > sentence.start && self.words[start - 1].form == "'s" {
                let owner = self.found.match_ending(start - 1).filter(|m| m.words.start >= sentence.start);
                if let Some(m) = owner.filter(|m| !m.sides().is_empty()) {
                    sides.splice(0..0, m.sides());
                    start = m.words.start;
                }
            }
            while let Some(m) = self.found.match_ending(start).filter(|m| m.words.start >= sentence.start) {
                // `Hamas leaders`, `EU officials`
                let whose = |s: &Sense| {
                    matches!(s, Sense::State(_) | Sense::Organisation(_) | Sense::Party(_) | Sense::Seat(_))
                };
                if !(m.is_adjective() || (m.senses.iter().any(whose) && self.is_english())) {
                    break;
                }
                sides.splice(0..0, m.sides());
                start = m.words.start;
            }
            // «армянская и азербайджанская делегации»
            if number != Number::One && start < at && start > sentence.start + 1 {
                let linked = lexicon.is("and", &self.words[start - 1].form);
                let first = self.found.match_ending(start - 1).filter(|m| m.words.start >= sentence.start);
                if let Some(m) = first.filter(|m| linked && m.is_adjective()) {
                    sides.splice(0..0, m.sides());
                    start = m.words.start;
                }
            }
            let mut full = start..phrase.end.min(phrase.last.max(end));
            // «le nouveau président», «l'ancien ministre»
            let apt = |n: usize| {
                let form = &self.words[n].form;
                lexicon.is("again", form) || lexicon.is("former", form)
            };
            if lexicon.language == depeche_record::Language::French
                && full.start >= sentence.start + 2
                && apt(full.start - 1)
                && lexicon.is("article", &self.words[full.start - 2].form)
            {
                full.start -= 1;
            }
            // «la même source», «un autre diplomate»
            while full.start > sentence.start && lexicon.is("article", &self.words[full.start - 1].form) {
                full.start -= 1;
            }
            if let Some(n) = phrase.person {
                let name = &names[n];
                full.end = phrase.end;
                let office = at..phrase.last;
                let span = self.span(&office);
                let class = self.class_of(&office).or(class);
                offices.entry(name.figure).or_default().push(Held {
                    span,
                    class,
                    sides: sides.clone(),
                    lenders: phrase.lenders.clone(),
                });
                let head = name.words.clone();
                return Some(self.mention(
                    sentence,
                    head,
                    full,
                    What::Person(name.figure),
                    sides,
                    phrase.lenders,
                ));
            }
            if let Some(pair) = self.pair_at(sentence, at) {
                return Some(pair);
            }
            // «le ministre russe des affaires étrangères»: the rest of the office belongs to it.
            let parted = self.parted_office(&(at..phrase.stop.max(end)));
            if let Some((_, stop)) = parted {
                full.end = full.end.max(stop);
            }
            let class = parted.map(|(class, _)| class).or(class);
            // A French noun without article, adjective or complement stands for nobody («consultation officielle»).
            let bare = full.start == start && sides.is_empty() && phrase.lenders.is_empty();
            if bare
                && lexicon.language == depeche_record::Language::French
                && !self.words[start].is_capitalised()
            {
                return None;
            }
            let head = full.clone();
            return Some(self.mention(
                sentence,
                head,
                full,
                What::Role(class, number),
                sides,
                phrase.lenders,
            ));
        }
        if let Some(pair) = self.pair_at(sentence, at) {
            return Some(pair);
        }
        let found = self.found.match_at(at)?;
        let what = found.senses.iter().find_map(|sense| match sense {
            Sense::State(_) => Some(What::State),
            Sense::States(_) => Some(What::Pair { states: true }),
            Sense::Capital(_) => Some(What::Capital),
            Sense::Town(_) => Some(What::Town),
            Sense::Seat(_) => Some(What::Seat),
            Sense::Organisation(_) | Sense::Party(_) => Some(What::Organisation),
            Sense::Demonym(_) => Some(What::People),
            _ => None,
        })?;
        let mut full = found.words.clone();
        if full.start > sentence.start && lexicon.is("article", &self.words[full.start - 1].form) {
            full.start -= 1;
        }
        let sides = if what == What::Town { Vec::new() } else { found.sides() };
        let head = full.clone();
        Some(self.mention(sentence, head, full, what, sides, Vec::new()))
    }

    fn is_english(&self) -> bool {
        self.lexicon.language == depeche_record::Language::English
    }

    /// «les deux hommes», «les deux pays».
    fn pair_at(&self, sentence: &Range<usize>, at: usize) -> Option<Mention> {
        let lexicon = self.lexicon;
        // `the pair`, `the duo`: one word that is two people.
        if lexicon.is("couple", &self.words[at].form) && at > sentence.start {
            let article = lexicon.is("article", &self.words[at - 1].form);
            let alone = at + 1 >= sentence.end
                || !(lexicon.is("genitive", &self.words[at + 1].form)
                    || lexicon.is("pairnoun", &self.words[at + 1].form));
            if article && alone {
                let full = at - 1..at + 1;
                let what = What::Pair { states: false };
                return Some(self.mention(sentence, full.clone(), full, what, Vec::new(), Vec::new()));
            }
        }
        if !lexicon.is("pair", &self.words[at].form) {
            return None;
        }
        let noun =
            (at + 1..(at + 3).min(sentence.end)).find(|&n| lexicon.is("pairnoun", &self.words[n].form))?;
        let mut full = at..noun + 1;
        let mut sides = Vec::new();
        while let Some(m) = self.found.match_at(full.end).filter(|m| m.words.end <= sentence.end) {
            if !m.is_adjective() {
                break;
            }
            sides.extend(m.sides());
            full.end = m.words.end;
            let joins = full.end + 1 < sentence.end
                && lexicon.is("with", &self.words[full.end].form)
                && self.found.match_at(full.end + 1).is_some_and(|m| m.is_adjective());
            if joins {
                full.end += 1;
            }
        }
        if full.start > sentence.start && lexicon.is("article", &self.words[full.start - 1].form) {
            full.start -= 1;
        }
        let states = lexicon.is("states", &self.words[noun].form);
        let head = full.clone();
        Some(self.mention(sentence, head, full, What::Pair { states }, sides, Vec::new()))
    }

    /// An office of the gazetteer or a group noun at `at`: its class, number and end.
    fn office_at(&self, at: usize, limit: usize) -> Option<(Option<OfficeClass>, Number, usize)> {
        let words = &self.words[..limit];
        let group = self.lexicon.groups.longest(words, at);
        let office = self
            .found
            .match_at(at)
            .filter(|m| m.words.end <= limit)
            .and_then(|m| Some((m.office()?, m.words.end)));
        match (office, group) {
            (Some((class, end)), Some((group_end, number))) if group_end > end => {
                Some((Some(class), *number, group_end))
            }
            (Some((class, end)), group) => {
                let number = group.map_or(Number::One, |(_, number)| *number);
                Some((Some(class), number, end))
            }
            (None, Some((end, number))) => Some((None, *number, end)),
            (None, None) => None,
        }
    }

    /// The class of an office whose words are parted by whose it is: «ministre russe des Affaires étrangères».
    fn class_of(&self, office: &Range<usize>) -> Option<OfficeClass> {
        self.parted_office(office).map(|(class, _)| class)
    }

    /// The same with the word after its last.
    fn parted_office(&self, office: &Range<usize>) -> Option<(OfficeClass, usize)> {
        let mut kept: Vec<usize> = Vec::new();
        let mut n = office.start;
        let mut parted = false;
        while n < office.end {
            match self.found.match_at(n).filter(|m| m.is_adjective()) {
                Some(m) => {
                    parted = true;
                    n = m.words.end;
                }
                None => {
                    kept.push(n);
                    n += 1;
                }
            }
        }
        if !parted {
            return None;
        }
        let words: Vec<&str> = kept.iter().map(|&n| self.words[n].text).collect();
        let whole = words.join(" ");
        let matches = self.gazetteer.matches(&whole, self.lexicon.language);
        let first = matches.first().filter(|m| m.span.start == 0)?;
        let class = first.senses.iter().find_map(|s| match s {
            Sense::Office(class) => Some(*class),
            _ => None,
        })?;
        let taken = whole[..first.span.end as usize].split(' ').count();
        Some((class, kept.get(taken.checked_sub(1)?)? + 1))
    }

    /// Sides within the words of an office that the gazetteer has as a whole: «porte-parole du Kremlin».
    fn inner_sides(&self, office: Range<usize>) -> Vec<Side> {
        // «patron de l'ONU», `Hamas leader`: the title names its side.
        let told = self.found.match_at(office.start).map(FoundMatch::sides).unwrap_or_default();
        if !told.is_empty() || !self.words[office.clone()].iter().skip(1).any(Word::is_capitalised) {
            return told;
        }
        let rest = self.span(&(office.start + 1..office.end));
        self.gazetteer
            .matches(rest.of(self.text), self.lexicon.language)
            .into_iter()
            .flat_map(|m| FoundMatch { words: office.clone(), senses: m.senses }.sides())
            .collect()
    }

    /// Follows the complements of an office from `at`. Where `to_name`, up to the name of who holds it.
    fn phrase(
        &self,
        sentence: &Range<usize>,
        at: usize,
        names: &[Name],
        name_at: &BTreeMap<usize, usize>,
        to_name: bool,
    ) -> Phrase {
        let lexicon = self.lexicon;
        let mut phrase =
            Phrase { stop: at, end: at, last: at, sides: Vec::new(), lenders: Vec::new(), person: None };
        let mut n = at;
        let mut plain = 0;
        // Whether the last noun is a complement, so that a name after it is its own: «du président Vladimir Poutine».
        let mut genitive = self.ends_in_owner(sentence, at, names, name_at);
        while n < sentence.end && n - at < COMPLEMENT {
            let word = &self.words[n];
            if let Some(&m) = name_at.get(&n) {
                // «un conseiller de M. X»
                let titled = n > at + 1 && lexicon.is("honorific", &self.words[n - 1].form);
                let before = if titled { n - 2 } else { n - 1 };
                let owned = genitive
                    || (n > at && lexicon.is("genitive", &self.words[before].form))
                    || self.words[n - 1].form == "'s";
                if owned {
                    phrase.lenders.push(names[m].figure);
                    n = names[m].words.end;
                    phrase.last = n;
                    genitive = false;
                    plain = 0;
                    continue;
                }
                if to_name {
                    phrase.person = Some(m);
                    phrase.last = n;
                    phrase.end = names[m].words.end;
                    return phrase;
                }
                break;
            }
            if word.form == "," {
                let mut start = n + 1;
                while start < sentence.end && lexicon.is("honorific", &self.words[start].form) {
                    start += 1;
                }
                // «le président de la Caricom, le Christophien X»
                let demonym = (start < sentence.end && lexicon.is("article", &self.words[start].form))
                    .then(|| self.found.match_at(start + 1))
                    .flatten()
                    .filter(|m| m.senses.iter().any(|s| matches!(s, Sense::Demonym(_))));
                if let Some(m) = demonym {
                    start = m.words.end;
                }
                let named = name_at.get(&start).copied().filter(|_| to_name);
                // «avec son homologue français, M. Dupont avait réclamé»: the name begins the main clause.
                let acts = |m: &usize| {
                    let end = names[*m].words.end;
                    end < sentence.end
                        && self.words[end].form != ","
                        && (lexicon.is("perfect", &self.words[end].form) || self.words[end].is_finite())
                };
                if let Some(m) = named.filter(|m| !acts(m)) {
                    phrase.person = Some(m);
                    phrase.last = n;
                    let end = names[m].words.end;
                    let closed = end < sentence.end && self.words[end].form == ",";
                    phrase.end = if closed { end + 1 } else { end };
                    return phrase;
                }
                // «les ministres des Affaires étrangères turc, syrien et jordanien»
                let after_adjective = n > at
                    && self.found.match_ending(n).is_some_and(|m| m.is_adjective() && m.words.start >= at);
                if after_adjective && let Some(end) = self.adjectives_in_row(n + 1, sentence.end) {
                    while n < end {
                        n += 1;
                        if let Some(m) = self.found.match_at(n).filter(|m| m.is_adjective() && n < end) {
                            phrase.sides.extend(m.sides());
                        }
                    }
                    phrase.last = n;
                    continue;
                }
                // «le médiateur de la Cédéao, l'ancien président nigérian X»
                let mut second = n + 1;
                while second < sentence.end && lexicon.is("article", &self.words[second].form) {
                    second += 1;
                }
                if to_name {
                    let former = second < sentence.end && lexicon.is("former", &self.words[second].form);
                    let second = if former { second + 1 } else { second };
                    if let Some((_, _, end)) = self.office_at(second, sentence.end) {
                        let next = self.phrase(sentence, end, names, name_at, true);
                        if next.person.is_some() {
                            phrase.person = next.person;
                            phrase.last = n;
                            phrase.end = next.end;
                            phrase.stop = next.stop;
                            return phrase;
                        }
                    }
                }
                break;
            }
            if let Some((_, _, end)) = self.office_at(n, sentence.end).filter(|_| n > at) {
                let owned = lexicon.is("genitive", &self.words[n - 1].form)
                    || (n > at + 1
                        && lexicon.is("article", &self.words[n - 1].form)
                        && lexicon.is("genitive", &self.words[n - 2].form));
                if !owned && lexicon.is("with", &self.words[n - 1].form) {
                    break;
                }
                genitive = owned;
                n = end;
                phrase.last = n;
                plain = 0;
                continue;
            }
            if let Some(m) = self.found.match_at(n).filter(|m| m.words.end <= sentence.end) {
                let sides = m.sides();
                let adjective = m.is_adjective();
                if m.outlet().is_some() && sides.is_empty() {
                    break;
                }
                if !sides.is_empty() {
                    // A complement of place («en Ukraine», «pour le Moyen-Orient») tells no side.
                    let owned = if adjective { !self.is_placed(at, n) } else { self.is_owned(at, n) };
                    if owned {
                        phrase.sides.extend(sides);
                    }
                    n = m.words.end;
                    phrase.last = n;
                    plain = 0;
                    continue;
                }
            }
            if lexicon.is("by", &word.form) {
                break;
            }
            let small = lexicon.is("genitive", &word.form)
                || lexicon.is("article", &word.form)
                || lexicon.is("honorific", &word.form)
                || lexicon.is("inner", &word.form);
            if small {
                n += 1;
                continue;
            }
            let verb = word.is_finite() && !word.morphs.is_empty() && lexicon.is("perfect", &word.form);
            // «une déclaration sous le regard de X»: who is there besides is no complement.
            let besides = lexicon.is("around", &word.form)
                || n + 2 < sentence.end
                    && lexicon.is("preposition", &word.form)
                    && !lexicon.is("genitive", &word.form)
                    && (n..n + 3).any(|k| lexicon.is("comitative", &self.words[k].form));
            if word.kind != TokenKind::Word || verb || besides || lexicon.is_stop(&word.form) {
                break;
            }
            plain += 1;
            if plain > PLAIN || (word.is_finite() && !word.is_capitalised()) {
                break;
            }
            n += 1;
        }
        phrase.end = phrase.last;
        phrase.stop = n.min(sentence.end);
        phrase
    }

    /// The end of a row of adjectives that «et» closes: «syrien et jordanien», «syrien, irakien et jordanien».
    fn adjectives_in_row(&self, at: usize, limit: usize) -> Option<usize> {
        let adjective = |n: usize| {
            self.found.match_at(n).filter(|m| m.is_adjective() && m.words.end <= limit).map(|m| m.words.end)
        };
        let mut end = adjective(at)?;
        while end + 1 < limit {
            let joins = self.words[end].form == "," || self.lexicon.is("and", &self.words[end].form);
            match adjective(end + 1).filter(|_| joins) {
                Some(next) if self.lexicon.is("and", &self.words[end].form) => return Some(next),
                Some(next) => end = next,
                None => return None,
            }
        }
        None
    }

    /// Whether an office that ends at `at` ends in another's («envoyé spécial du président»), whose holder, as the
    /// gazetteer knows, is named next.
    fn ends_in_owner(
        &self,
        sentence: &Range<usize>,
        at: usize,
        names: &[Name],
        name_at: &BTreeMap<usize, usize>,
    ) -> bool {
        let Some(&next) = name_at.get(&at) else { return false };
        let owned = at >= sentence.start + 2 && self.lexicon.is("genitive", &self.words[at - 2].form);
        let holder = names[next].gazetteer.and_then(|id| self.gazetteer.person(id));
        let last = self.gazetteer.matches(self.words[at - 1].text, self.lexicon.language);
        let office = last.first().and_then(|m| {
            m.senses.iter().find_map(|s| match s {
                Sense::Office(class) => Some(*class),
                _ => None,
            })
        });
        owned && office.is_some() && holder.map(|h| h.office) == office
    }

    /// Whether the adjective at `n` tells of a place: `a delegation in the French capital`.
    fn is_placed(&self, start: usize, n: usize) -> bool {
        let mut before = n;
        while before > start && self.lexicon.is("article", &self.words[before - 1].form) {
            before -= 1;
        }
        before > start
            && self.lexicon.is("place", &self.words[before - 1].form)
            && self.words.get(n + 1).is_some_and(|w| self.lexicon.is("capital", &w.form))
    }

    /// Whether the match at `n` is governed by «de», «of» or nothing, within a phrase that began at `start`.
    fn is_owned(&self, start: usize, n: usize) -> bool {
        let mut before = n;
        while before > start {
            before -= 1;
            let form = &self.words[before].form;
            if self.lexicon.is("genitive", form) || form == "'s" {
                return true;
            }
            if self.lexicon.is("article", form) {
                continue;
            }
            return !self.lexicon.is("preposition", form);
        }
        true
    }

    fn mention(
        &self,
        sentence: &Range<usize>,
        head: Range<usize>,
        full: Range<usize>,
        what: What,
        sides: Vec<Side>,
        lenders: Vec<usize>,
    ) -> Mention {
        let lexicon = self.lexicon;
        let mut governor = None;
        let mut n = full.start;
        let contracted = |form: &str| lexicon.is("preposition", form) || lexicon.is("genitive", form);
        // The article may hold the preposition («du», «aux»).
        let holds =
            n < full.end && contracted(&self.words[n].form) && lexicon.is("article", &self.words[n].form);
        // «des» is a plain article where no noun stands before it.
        let plain = lexicon.is("partitive", &self.words[n].form)
            && (n == sentence.start || {
                let before = &self.words[n - 1];
                !before.is_word()
                    || !before.morphs.is_empty()
                    || lexicon.is_stop(&before.form)
                    || contracted(&before.form)
                    || lexicon.is("and", &before.form)
            });
        if holds && !plain {
            governor = Some(n);
        } else {
            while n > sentence.start {
                n -= 1;
                let form = &self.words[n].form;
                if contracted(form) {
                    governor = Some(n);
                } else if lexicon.is("article", form) || lexicon.is("honorific", form) {
                    continue;
                }
                break;
            }
        }
        let genitive = governor.is_some_and(|g| lexicon.is("genitive", &self.words[g].form));
        let definite = self.words.get(full.start).is_some_and(|w| lexicon.is("definite", &w.form));
        let relative = head.clone().any(|n| lexicon.is("homologue", &self.words[n].form));
        Mention { head, full, what, sides, lenders, governor, genitive, definite, relative }
    }
}

/// From the first of a range of words to the last.
pub(crate) fn span_of(words: &[Word], range: &Range<usize>) -> Span {
    match (words.get(range.start), range.end.checked_sub(1).and_then(|n| words.get(n))) {
        (Some(first), Some(last)) if range.start < range.end => first.span.cover(last.span),
        _ => Span::default(),
    }
}
