//! Accounts of contacts: who met, called, wrote to, visited whom; whether it took place, when and where.
//!
//! 1. Words for contacts are looked for in each sentence, within quotations too.
//! 2. The parties are its subject, objects and complements by the tree (`roles`), else the mentions around it in their
//!    order (`parties`); those that a telling lacks come from the rest of the report (`settle`).
//! 3. The status comes from negation, mood, tense and the cues of the clause.
//! 4. The date is the one nearest to the word that does not date the saying (`setting`), the place a town of its clause
//!    (`place`); where it names none, those that the report is telling of (`narrative`).
//! 5. Tellings of one contact within the report become one account.

use std::ops::Range;

use depeche_record::{
    Account, BlockKind, ContactDate, ContactKind, Derivation, Place, Side, Span, Status, Tense, TimeKind,
    TokenKind,
};

use self::narrative::Headings;
use self::parties::{GOING, Parties, dedup};
use crate::lexicon::ContactWord;
use crate::mention::{Mention, What, span_of};
use crate::scene::{Scene, clip};
use crate::word::Word;

mod merge;
mod narrative;
mod parties;
mod place;
mod roles;
mod settle;
mod setting;
mod status;

/// Longest evidence of a contact, in characters.
const LONGEST: usize = 300;

/// How far back contacts and figures told before are looked through.
const LOOK_BACK: usize = 60;

/// How many different words of sport make a report of sport.
const SPORT: usize = 2;

/// One telling of a contact, in one sentence.
#[derive(Debug, Clone)]
struct Telling {
    kind: ContactKind,
    vague: bool,
    /// Whether it may have been by telephone as well, for all that the words say: «entretien».
    open_kind: bool,
    status: Status,
    /// Whether a cue told the status.
    told: bool,
    sides: Vec<Side>,
    figures: Vec<usize>,
    /// Who was there besides, while it is not known beside whom.
    beside: (Vec<Side>, Vec<usize>),
    /// The sides of those who were there besides.
    third: Vec<Side>,
    date: Option<ContactDate>,
    /// Whether the date is that of what was told before it.
    carried: bool,
    /// Whether it is the last one before the report's own: «ne s'étaient plus vus depuis».
    last_before: bool,
    /// Whether it is told as what was before, with a day of its own: «s'étaient déjà vus le 10 octobre».
    former: bool,
    place: Option<Place>,
    /// Whether the place is that of what was told before it.
    borrowed: bool,
    /// Whether the place is a state, in which a town may lie.
    wide: bool,
    evidence: Span,
    /// Whether it takes up a contact told before: «la rencontre», «cet appel».
    definite: bool,
    /// Whether the parties were told here rather than taken from before.
    explicit: bool,
    /// How many sides were told here.
    own: usize,

    /// Whether it is one more of a kind told before: «une nouvelle séance».
    renewed: bool,
    goer: bool,
    /// Whether it says who was there: «X a assisté à la réunion».
    attends: bool,
    /// Whether it is told of teams: «les deux délégations», «les experts».
    teams: bool,
    /// Whether a verb told it, with one side that it names.
    lone: bool,
    /// The sides spoken of before, the last one first.
    before: Vec<Side>,
    /// The sides that its sentence speaks of, other than as places and topics.
    here: Vec<Side>,
    /// Whether a place would make it a meeting.
    placed: bool,
    /// Whether a noun with a definite article tells it: «les pourparlers».
    taken_up: bool,
    /// Whether those who took part did not sit at one table: «des pourparlers indirects».
    indirect: bool,
    /// How many take part, where the words say so: «à trois».
    number: Option<usize>,
    /// The sentence that has it.
    sentence: usize,
    /// The word of its trigger that governs the others.
    at: usize,
    derivation: Derivation,
}

/// Whether the subject of a verb acts or is acted upon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Voice {
    Active,
    Passive,
}

/// A word for a contact where it stands.
#[derive(Clone)]
struct Told<'a> {
    /// The sentence by number, and its words.
    n: usize,
    sentence: &'a Range<usize>,
    clause: &'a Range<usize>,
    trigger: &'a Range<usize>,
    word: &'a ContactWord,
    kind: ContactKind,
    /// Whether words beside it make it a call.
    phone: bool,
    /// Whether it is told as somebody's journey.
    goer: bool,
}

/// Who was spoken of last, for plurals and pronouns.
#[derive(Debug, Clone, Default)]
struct Recent {
    /// Figures, the last one last.
    figures: Vec<usize>,
    /// Sides, the last one last.
    sides: Vec<Side>,
    /// The subject of the last sentence.
    subject: Option<Mention>,
    /// What was told before of contacts, in order.
    told: Vec<Telling>,
    /// The sides of the whole report, the one spoken of most first, with how often each is.
    salient: Vec<(Side, usize)>,
    /// The days that head its paragraphs.
    headings: Headings,
    /// Those who mediate or were only there besides: none of «les deux camps».
    third: Vec<Side>,
}

impl Scene<'_> {
    /// The accounts of a report, in order of their first telling.
    pub(crate) fn accounts(&self) -> Vec<Account> {
        // «rencontre» and `meeting` are matches there.
        if self.different_words(&["sport"]) >= SPORT {
            return Vec::new();
        }
        let mut titles: Vec<Telling> = Vec::new();
        let mediators = self.mediators();
        let mut recent = Recent {
            salient: self.salient(),
            headings: self.headings(),
            third: mediators.clone(),
            ..Recent::default()
        };
        for (n, sentence) in self.sentences.iter().enumerate() {
            if !self.tells(n) {
                continue;
            }
            match self.report.blocks[self.bounds[n].block as usize].kind {
                BlockKind::Title | BlockKind::Heading => {
                    titles.extend(self.tellings(n, sentence, &recent));
                }
                _ => {
                    let found = self.tellings(n, sentence, &recent);
                    if let Some(last) = recent.told.last_mut().filter(|_| found.is_empty()) {
                        self.told_behind(n, last);
                    }
                    recent.third.extend(found.iter().flat_map(|t| t.third.iter().cloned()));
                    dedup(&mut recent.third);
                    recent.told.extend(found);
                    self.remember(sentence, &mut recent);
                }
            }
        }
        // Who only mediates is not taken for one of two.
        let (parties, third): (Vec<_>, Vec<_>) = std::mem::take(&mut recent.salient)
            .into_iter()
            .partition(|(side, _)| !recent.third.contains(side));
        let salient: Vec<_> = parties.into_iter().chain(third).collect();
        self.settle(&mut recent.told, &titles, &salient);
        titles.retain(|t| t.sides.len() >= 2);
        self.merge(recent.told, titles, &mediators)
    }

    fn remember(&self, sentence: &Range<usize>, recent: &mut Recent) {
        let mentions = self.mentions.within(sentence);
        for mention in mentions {
            if let What::Person(figure) = mention.what {
                recent.figures.retain(|&f| f != figure);
                recent.figures.push(figure);
                let older = recent.figures.len().saturating_sub(LOOK_BACK);
                recent.figures.drain(..older);
            }
            // What is only talked about, or where something is, takes no part.
            let topical = mention.governor.is_some_and(|g| self.lexicon.is("topic", &self.words[g].form));
            let owned = mention.genitive && matches!(mention.what, What::State | What::Capital);
            if topical || owned || self.is_place(mention) {
                continue;
            }
            for side in &mention.sides {
                recent.sides.retain(|s| s != side);
                recent.sides.push(side.clone());
            }
        }
        // Who the next sentence's pronoun stands for: somebody rather than something, outside of quotations.
        let quotes = self.quotes(sentence);
        let free = |m: &&Mention| {
            m.can_act()
                && m.governor.is_none()
                && !self.is_place(m)
                && !quotes.iter().any(|q| q.holds(m.head.start))
        };
        let somebody = |m: &&Mention| free(m) && matches!(m.what, What::Person(_) | What::Role(..));
        if let Some(subject) = mentions.iter().find(somebody).or_else(|| mentions.iter().find(free)) {
            recent.subject = Some(subject.clone());
        }
    }

    fn tellings(&self, n: usize, sentence: &Range<usize>, recent: &Recent) -> Vec<Telling> {
        let words = &self.words[..sentence.end];
        let mut tellings: Vec<Telling> = Vec::new();
        let mut at = sentence.start;
        while at < sentence.end {
            let Some((end, word)) = self.contact_word(sentence, words, at) else {
                at += 1;
                continue;
            };
            let mut next = end;
            if !word.never && self.is_used(sentence, at, end, word) {
                let telling = self.telling(n, sentence, at..end, word, recent, &tellings);
                // «вручила ноту», to nobody who is named: the noun tells of it.
                if telling.is_empty() && word.sender {
                    next = at + 1;
                }
                tellings.extend(telling);
            }
            at = next;
        }
        self.join_within(tellings)
    }

    /// The longest word for a contact at `at`; where a form can be noun and verb («visit», «rencontre»), by what stands
    /// before it.
    fn contact_word(
        &self,
        sentence: &Range<usize>,
        words: &[Word],
        at: usize,
    ) -> Option<(usize, &'static ContactWord)> {
        let (end, first) = self.lexicon.contacts.longest(words, at)?;
        let rivals = self.lexicon.contacts.all(words, at);
        let other = rivals.into_iter().find(|(e, w)| *e == end && w.is_verb != first.is_verb);
        let Some((_, other)) = other else { return Some((end, first)) };
        let lexicon = self.lexicon;
        // A verb has its subject, a pronoun, a negation or an auxiliary before it.
        let verb = at > sentence.start && {
            let form = &words[at - 1].form;
            self.mention_at(at - 1).is_some()
                || ["pronoun", "relative", "ne", "perfect", "reflexive", "going", "purpose"]
                    .iter()
                    .any(|mark| lexicon.is(mark, form) && !lexicon.is("genitive", form))
        };
        let noun = !verb;
        Some((end, if first.is_verb == noun { other } else { first }))
    }

    /// Whether the form is used as the rule's verb or noun.
    fn is_used(&self, sentence: &Range<usize>, at: usize, end: usize, word: &ContactWord) -> bool {
        let before =
            |k: usize| at.checked_sub(k).filter(|&n| n >= sentence.start).map_or("", |n| &self.words[n].form);
        let lexicon = self.lexicon;
        if word.is_verb {
            let verb = &self.words[at];
            if end - at == 1 && verb.is_finite() {
                // «une rencontre», «l'appel»: a noun.
                let ambiguous =
                    !verb.has_tense(&[Tense::Imperfect, Tense::Past, Tense::Future, Tense::Conditional]);
                let noun = lexicon.is("article", before(1))
                    || lexicon.is("genitive", before(1))
                    || (lexicon.is("preposition", before(1)) && !lexicon.is("purpose", before(1)));
                if ambiguous && noun && !lexicon.is("reflexive", before(1)) {
                    return false;
                }
            }
            return true;
        }
        if word.press {
            let near = (end..(end + 9).min(sentence.end)).any(|n| lexicon.is("press", &self.words[n].form));
            let granted =
                (end..(end + 2).min(sentence.end)).any(|n| lexicon.is("granted", &self.words[n].form));
            if granted
                || (near
                    && !(end..(end + 4).min(sentence.end))
                        .any(|n| self.mention_at(n).is_some_and(Mention::is_person)))
            {
                return false;
            }
        }
        true
    }

    /// What one word for a contact tells: one contact, or several told in one breath («a reçu X, puis Y», «les sessions du
    /// 16 mai et du 2 juin»).
    fn telling(
        &self,
        n: usize,
        sentence: &Range<usize>,
        trigger: Range<usize>,
        word: &ContactWord,
        recent: &Recent,
        here: &[Telling],
    ) -> Vec<Telling> {
        // «en marge du sommet»: where something else took place.
        if !word.is_verb && self.is_margin(sentence, &trigger) {
            return Vec::new();
        }
        // «se concerter en visioconférence»: the verb tells of it.
        if !word.is_verb && self.is_means(sentence, &trigger) {
            return Vec::new();
        }
        // «accueille des pourparlers»: the noun tells of it.
        if word.host && self.hosts_a_contact(sentence, &trigger) {
            return Vec::new();
        }
        let clause = self.clause(sentence, &trigger);
        let voice = self.voice(&trigger);
        let phone = word.phone
            && ((trigger.start.saturating_sub(6).max(sentence.start)..(trigger.end + 8).min(sentence.end))
                .any(|n| self.lexicon.is("telephone", &self.words[n].form))
                || self.trees.top(&trigger).is_some_and(|top| {
                    let beside = self.trees.complements(top);
                    beside.iter().any(|(n, _)| self.lexicon.is("telephone", &self.words[*n].form))
                }));
        // «se concerter en visioconférence», whatever the verb.
        let remote =
            self.is_remote(&trigger) && !matches!(word.kind, ContactKind::Visit | ContactKind::Message);
        let phone = phone || remote;
        let mut goer = word.goer;
        let mut kind = if phone { ContactKind::Call } else { word.kind };
        let mut sets = Vec::new();
        if word.goer {
            sets.extend(self.goer(sentence, &clause, word, &trigger, recent));
        } else if word.is_verb {
            // «X et Y signent», «X signe avec Y»; what is signed names no signatory.
            let joined = self.mentions.within(&(trigger.end..clause.end)).iter().any(|m| {
                m.governor
                    .is_some_and(|g| ["with", "by"].iter().any(|u| self.lexicon.is(u, &self.words[g].form)))
            });
            // «autour de la table avaient pris place X, Y et Z»
            let behind =
                self.mentions.within(&(clause.start..trigger.start)).iter().all(|m| m.sides.is_empty());
            let reach =
                if word.both && !joined && !behind { clause.start..trigger.end } else { clause.clone() };
            sets = self.roles_of_verb(sentence, &trigger, word, recent);
            if sets.is_empty() && voice == Voice::Passive && word.host {
                // «reçu à Moscou», by nobody who is named: a visit.
                sets.extend(self.goer(sentence, &clause, word, &trigger, recent));
                goer = !sets.is_empty();
                // «reçu à l'Élysée»: by who sits there.
                let seat = sets.iter().any(|p| self.is_at_seat(p));
                if goer {
                    kind = if seat { ContactKind::Meeting } else { ContactKind::Visit };
                    goer = !seat;
                }
            }
            // Where the tree shows too few, the words in their order.
            if sets.iter().all(|parties| parties.sides.len() < 2) {
                let mut parties = Parties::default();
                if self.verb_parties(sentence, &reach, &trigger, word, recent, &mut parties).is_some()
                    && (sets.is_empty() || parties.sides.len() >= 2)
                {
                    sets = vec![parties];
                }
            }
        } else {
            sets = self.parted_noun(sentence, &trigger, recent);
            if sets.is_empty() {
                let mut parties = Parties::default();
                self.adjectives(&clause, &trigger, &mut parties);
                self.roles_of_noun(sentence, &trigger, word, recent, &mut parties);
                if parties.sides.len() < 2 {
                    let mut by_words = Parties::default();
                    self.noun_parties(sentence, &clause, &trigger, recent, &mut by_words);
                    // What the tree shows stays where the words in their order show nothing more.
                    let there = by_words.sides.iter().all(|side| parties.beside.0.contains(side));
                    if (!by_words.sides.is_empty() && !there)
                        || parties.sides.is_empty() && parties.beside.0.is_empty()
                    {
                        by_words.beside = std::mem::take(&mut parties.beside);
                        parties = by_words;
                    }
                }
                // «une visite de X à Moscou»
                let end = (trigger.end + GOING).min(sentence.end);
                if word.kind == ContactKind::Visit
                    && parties.sides.len() == 1
                    && let Some((place, host)) = self
                        .destination(trigger.end..end, trigger.start)
                        .or_else(|| self.destination_of_predicate(&trigger))
                    && !parties.sides.contains(&host)
                {
                    parties.sides.push(host);
                    parties.cover(&place);
                }
                sets.push(parties);
            }
        }
        let mut beside = Parties::default();
        self.bystanders(sentence, &clause, kind, recent, &mut beside);
        for parties in &mut sets {
            parties.put_beside(beside.clone());
            parties.third = parties.beside.0.iter().filter(|s| !parties.sides.contains(s)).cloned().collect();
            parties.join_beside();
        }
        let told = Told { n, sentence, clause: &clause, trigger: &trigger, word, kind, phone, goer };
        let mut tellings: Vec<Telling> =
            sets.into_iter().filter_map(|parties| self.tell(&told, parties, recent, here)).collect();
        if let [telling] = tellings.as_slice() {
            let more = self.further_dates(&told, telling);
            tellings.extend(more);
        }
        tellings
    }

    /// Whether what the words tell of was done from afar: «par visioconférence».
    fn is_remote(&self, trigger: &Range<usize>) -> bool {
        let Some(top) = self.trees.top(trigger) else { return false };
        let beside = self.trees.complements(top);
        beside.iter().any(|(n, case)| case.is_some() && self.lexicon.is("remote", &self.words[*n].form))
    }

    /// Whether a noun is the means of another contact: «se concerter en visioconférence».
    fn is_means(&self, sentence: &Range<usize>, trigger: &Range<usize>) -> bool {
        let means = trigger.len() == 1 && self.lexicon.is("remote", &self.words[trigger.start].form);
        let Some(top) = self.trees.top(trigger).filter(|&top| means && self.trees.case(top).is_some()) else {
            return false;
        };
        let words = &self.words[..sentence.end];
        self.trees.head(top).is_some_and(|head| {
            let from = head.saturating_sub(3).max(sentence.start);
            (from..=head).any(|n| {
                let found = self.contact_word(sentence, words, n);
                found.is_some_and(|(end, word)| end > head && !word.never && !trigger.contains(&n))
            })
        })
    }

    /// Whether the object of a verb is a noun for a contact.
    fn hosts_a_contact(&self, sentence: &Range<usize>, trigger: &Range<usize>) -> bool {
        let Some(top) = self.trees.top(trigger) else { return false };
        self.trees.in_relation(top, &["obj"]).any(|n| {
            self.mention_at(n).is_none()
                && self
                    .contact_word(sentence, &self.words[..sentence.end], n)
                    .is_some_and(|(_, word)| !word.is_verb && !word.never)
        })
    }

    /// Whether a noun stands in «en marge de …», `on the sidelines of the Arab summit`.
    fn is_margin(&self, sentence: &Range<usize>, trigger: &Range<usize>) -> bool {
        let passes = |n: usize| {
            let word = &self.words[n];
            self.lexicon.is_small(&word.form)
                || self.lexicon.is("genitive", &word.form)
                || self.found.covering(n).is_some()
                || self.trees.upos(n) == Some(depeche_record::Upos::Adj)
        };
        let mut before = (sentence.start..trigger.start).rev().take(6);
        let margin = |n: usize| self.lexicon.is("margin", &self.words[n].form);
        before.find(|&n| margin(n) || !passes(n)).is_some_and(margin)
    }

    /// One telling, with these parties.
    fn tell(&self, told: &Told, mut parties: Parties, recent: &Recent, here: &[Telling]) -> Option<Telling> {
        let lexicon = self.lexicon;
        let Told { n, sentence, clause, trigger, word, kind, phone, goer } = told.clone();
        dedup(&mut parties.sides);
        let explicit = parties.sides.len() >= 2 || parties.figures.len() >= 2;
        let determiner =
            trigger.start.checked_sub(1).filter(|&d| d >= sentence.start).map_or("", |d| &self.words[d].form);
        let definite = !word.is_verb && lexicon.is("definite", determiner);
        // «X assistait à la séance»: of a contact told before.
        let attends = clause.clone().any(|n| lexicon.is("attend", &self.words[n].form));
        let own = parties.sides.len();
        let around = trigger.start.saturating_sub(2).max(sentence.start)..(trigger.end + 1).min(sentence.end);
        let again = around.into_iter().any(|n| lexicon.is("again", &self.words[n].form));
        // «Deux sessions ont suivi en octobre», «aucune rencontre n'est prévue»: one more between those spoken of.
        let dated = !self.times_in(span_of(self.words, clause)).is_empty();
        let none = lexicon.is("nobody", determiner);
        let renewed = !word.is_verb && (again || (!word.vague && own == 0 && !definite && (dated || none)));
        if word.both && own < 2 {
            return None;
        }
        if kind == ContactKind::Visit && own < 2 && !definite {
            return None;
        }
        if parties.sides.len() < 2 && !goer {
            self.complete(&mut parties, definite || renewed, renewed, kind, here, recent);
            parties.join_beside();
        }
        if parties.sides.len() < 2 && (goer || kind == ContactKind::Visit) {
            return None;
        }
        let (mut status, mut cue, mut cue_span) = self.status(sentence, clause, trigger, word);
        // «Il devait être reçu à Niamey, mais l'étape a été annulée.»
        if status == Status::Planned
            && let Some((name, range)) = self.called_off(sentence, clause)
        {
            (status, cue, cue_span) = (Status::Cancelled, Some(name), span_of(self.words, &range));
        }
        let own_place = self.place(told);
        // «s'est entretenu à Miami avec X»: where a place is said, they met.
        let met = word.placed && kind == ContactKind::Exchange && own_place.is_some();
        let kind = if met { ContactKind::Meeting } else { kind };
        let borrowed = own_place.is_none();
        let place = own_place.or_else(|| self.place_told(told, status, cue.is_some(), &parties));
        let wide = place.as_ref().is_some_and(|place| self.is_wide(place));
        let own_date = self.date(told, status, cue.as_deref(), &recent.headings);
        let carried = own_date.is_none();
        let aux = trigger.start.saturating_sub(4).max(clause.start)..trigger.end;
        let former = !carried
            && word.is_verb
            && status == Status::Held
            && aux.into_iter().any(|n| lexicon.is("already", &self.words[n].form));
        let last_before = !carried && explicit && cue.as_deref() == Some("not since");
        let date = own_date.or_else(|| self.narrated(told, status, cue.as_deref(), kind, &parties));
        parties.sides.sort();
        let evidence = self.shown(n, sentence, clause, trigger, &parties);
        let span = span_of(self.words, trigger);
        let sides: Vec<&str> = parties.sides.iter().map(|s| s.0.as_str()).collect();
        let mut derivation =
            Derivation::new(format!("contact/{}", word.name), span, format!("kind = {kind}")).with(
                Derivation::new(
                    if explicit { "sides/told" } else { "sides/taken up" },
                    parties.reach.as_ref().map_or(span, |r| span_of(self.words, r)),
                    format!("sides = {}", sides.join(", ")),
                ),
            );
        derivation = derivation.with(Derivation::new(
            match &cue {
                Some(cue) => format!("status/{cue}"),
                None => "status/tense".to_owned(),
            },
            cue_span,
            format!("status = {status}"),
        ));
        if let Some(date) = &date {
            let rule = if carried { "date/told before" } else { "date/nearest" };
            derivation = derivation.with(Derivation::new(rule, date.span, format!("date = {}", date.value)));
        }
        if let Some(place) = &place {
            let rule = if borrowed { "place/told before" } else { "place/nearest" };
            derivation =
                derivation.with(Derivation::new(rule, place.span, format!("place = {}", place.name)));
        }
        Some(Telling {
            kind,
            vague: word.vague && !phone,
            open_kind: word.phone && !phone,
            status,
            told: cue.is_some(),
            sides: parties.sides,
            figures: parties.figures,
            beside: parties.beside,
            third: parties.third,
            date,
            carried,
            last_before,
            former,
            place,
            borrowed,
            wide,
            evidence,
            definite: definite && (!explicit || attends) && !renewed,
            explicit,
            own: if definite && attends && !explicit { 0 } else { own },

            renewed,
            goer,
            attends,
            teams: parties.reach.as_ref().filter(|_| word.is_verb).is_some_and(|reach| {
                let people = |m: &&Mention| m.what == What::People;
                reach.clone().any(|n| lexicon.is("teams", &self.words[n].form))
                    || self.mentions.within(reach).iter().filter(people).count() >= 2
            }),
            lone: word.is_verb && own == 1,
            before: recent.sides.iter().rev().take(LOOK_BACK).cloned().collect(),
            here: self.sides_of(sentence),
            placed: word.placed && !phone,
            taken_up: definite,
            indirect: sentence.clone().any(|n| lexicon.is("indirect", &self.words[n].form)),
            number: self.number_told(trigger, sentence),
            sentence: n,
            at: self.trees.top(trigger).unwrap_or(trigger.start),
            derivation,
        })
    }

    /// The sides that a sentence speaks of, other than as places and topics.
    fn sides_of(&self, sentence: &Range<usize>) -> Vec<Side> {
        let acts = |m: &&Mention| {
            m.can_act()
                && !self.is_place(m)
                && !m.governor.is_some_and(|g| self.lexicon.is("topic", &self.words[g].form))
        };
        let mut sides: Vec<Side> =
            self.mentions.within(sentence).iter().filter(acts).flat_map(|m| m.sides.clone()).collect();
        dedup(&mut sides);
        sides.sort();
        sides
    }

    /// Further tellings where one noun in the plural is given several days: «les sessions du 16 mai et du 2 juin».
    fn further_dates(&self, told: &Told, telling: &Telling) -> Vec<Telling> {
        let plural = self.is_several(told) && telling.date.is_some();
        let Some(first) = telling.date.as_ref().filter(|_| plural) else { return Vec::new() };
        let times = self.times_in(span_of(self.words, told.sentence));
        let Some(mut last) = times.iter().find(|t| t.span == first.span) else { return Vec::new() };
        let mut more = Vec::new();
        for time in times.iter().filter(|t| t.span.start >= first.span.end && t.kind == TimeKind::Date) {
            if !self.are_joined(last, time) {
                break;
            }
            let value = match telling.status {
                Status::Held | Status::Denied => time.past.as_ref(),
                _ => time.future.as_ref(),
            }
            .or(time.value.as_ref());
            let Some(value) = value else { break };
            let mut next = telling.clone();
            next.date =
                Some(ContactDate { value: value.clone(), span: time.span, assumed: time.assumed.clone() });
            next.renewed = true;
            more.push(next);
            last = time;
        }
        more
    }

    /// Whether the verb of a trigger stands in the passive.
    fn voice(&self, trigger: &Range<usize>) -> Voice {
        let Some(top) = self.trees.top(trigger) else { return Voice::Active };
        let passive =
            self.trees.children(top).iter().any(|&child| {
                matches!(self.trees.full_relation(child), "aux:pass" | "nsubj:pass" | "obl:agent")
            });
        let participle = self.trees.has(top, "VerbForm=Part")
            && self.trees.has(top, "Tense=Past")
            && matches!(self.trees.relation(top), "acl" | "amod" | "advcl" | "root" | "xcomp")
            && self.trees.in_relation(top, &["aux"]).next().is_none();
        if passive || participle || self.is_agentless(top) { Voice::Passive } else { Voice::Active }
    }

    /// Whether a verb in the plural has nobody who does it, in a language that says so: «Премьера приняли в Баку». What the
    /// tree takes for its subject stands in the singular.
    fn is_agentless(&self, at: usize) -> bool {
        let plural = "Number=Plur";
        let one = |n: usize| self.trees.has(n, "Number=Sing") && self.trees.joined(n).len() < 2;
        self.lexicon.is("agentless", plural)
            && self.trees.has(at, plural)
            && self.trees.has(at, "VerbForm=Fin")
            && self.trees.in_relation(at, &["nsubj"]).all(one)
    }

    /// The clause around a trigger: up to marks that part sentences, brackets, and relative or conjoined clauses.
    fn clause(&self, sentence: &Range<usize>, trigger: &Range<usize>) -> Range<usize> {
        let parts = |n: usize| match self.words[n].form.as_str() {
            ";" | ":" | "(" | ")" | "?" | "!" => true,
            // A dash between two names parts nothing.
            "–" | "—" | "-" => n == 0 || self.words[n - 1].span.end < self.words[n].span.start,
            _ => false,
        };
        let turns = |n: usize| {
            self.words[n].form == ","
                && self.words.get(n + 1).is_some_and(|w| self.lexicon.is("turn", &w.form))
        };
        let start = (sentence.start..trigger.start)
            .rev()
            .find(|&n| parts(n) || turns(n))
            .map_or(sentence.start, |n| n + 1);
        // «la rencontre, qui devait avoir lieu mardi, a été annulée»: what follows a relative clause belongs to it.
        let aside = self.relative_clauses(&(trigger.end..sentence.end));
        let predicate = self
            .trees
            .top(trigger)
            .filter(|&top| self.trees.relation(top) == "nsubj")
            .and_then(|top| self.trees.head(top))
            .filter(|at| sentence.contains(at));
        let mut from = trigger.end;
        loop {
            let end = (from..sentence.end).find(|&n| parts(n) || turns(n)).unwrap_or(sentence.end);
            match aside.iter().find(|c| c.start == end) {
                Some(clause) => from = clause.end + 1,
                // `The visit, announced last week, was put off`: its predicate stands beyond.
                None if predicate.is_some_and(|at| at > end) && end < sentence.end => {
                    from = predicate.map_or(end, |at| at + 1);
                }
                None => return start..end.max(trigger.end),
            }
        }
    }

    /// The sentence, or so much of it around trigger and parties as is allowed.
    fn shown(
        &self,
        n: usize,
        sentence: &Range<usize>,
        clause: &Range<usize>,
        trigger: &Range<usize>,
        parties: &Parties,
    ) -> Span {
        let text = &self.report.text;
        let whole = self.bounds[n].span;
        let fits = |span: Span| span.of(text).chars().count() <= LONGEST;
        if fits(whole) {
            return whole;
        }
        let core = match &parties.reach {
            Some(reach) => reach.start.min(trigger.start)..reach.end.max(trigger.end),
            None => trigger.clone(),
        };
        let core = core.start.max(sentence.start)..core.end.min(sentence.end);
        let near = trigger.start.saturating_sub(12).max(clause.start)
            ..(trigger.end + 16).min(clause.end.max(trigger.end));
        // The bare word shows nothing.
        let core = if parties.reach.is_some() { core } else { near.clone() };
        let wide = clause.start.min(core.start)..clause.end.max(core.end);
        for mut range in [wide, core, near] {
            while range.start < range.end
                && !self.words[range.start].is_word()
                && self.words[range.start].kind != TokenKind::QuoteOpen
            {
                range.start += 1;
            }
            let span = span_of(self.words, &range).trim(text);
            if fits(span) {
                return span;
            }
        }
        clip(text, span_of(self.words, &(trigger.start..sentence.end)), LONGEST)
    }
}
