//! Who takes part in a contact: what its word governs, its subject and object, and those told before.

use std::ops::Range;

use depeche_gazetteer::{OfficeClass, Sense};
use depeche_record::{ContactKind, Side};

use super::merge::related;
use super::{LOOK_BACK, Recent, Telling, Voice};
use crate::lexicon::{ContactWord, Number};
use crate::mention::{Mention, Mentions, What};
use crate::scene::Scene;
use crate::speech::holder;

/// How far a destination stands from the word for the journey, in words.
pub(super) const GOING: usize = 10;

/// How far it stands from a word that ends in a preposition.
const CLOSE: usize = 4;

/// How far before the word for a journey its end may be told, in words.
const BEFORE: usize = 6;

/// How many contacts back those who met are still «les deux ministres».
const NEARBY: usize = 2;

/// How far parties are looked for to the right of the word, in words.
const REACH: usize = 26;

/// The sides and people of a contact as they are found.
#[derive(Debug, Clone, Default)]
pub(super) struct Parties {
    pub sides: Vec<Side>,
    pub figures: Vec<usize>,
    /// Words of the parties, for the evidence.
    pub reach: Option<Range<usize>>,
    /// Who was there besides: sides and figures. They never are the two that meet.
    pub beside: (Vec<Side>, Vec<usize>),
    /// Their sides, where they are none of the parties'.
    pub third: Vec<Side>,
}

impl Parties {
    pub fn add(&mut self, mentions: &Mentions, mention: &Mention) {
        for side in &mention.sides {
            if !self.sides.contains(side) {
                self.sides.push(side.clone());
            }
        }
        let figure = match mention.what {
            What::Person(figure) => Some(figure),
            What::Role(class, Number::One) => holder(mentions, mention, class, None),
            _ => None,
        };
        if let Some(figure) = figure
            && !self.figures.contains(&figure)
        {
            self.figures.push(figure);
            if let Some(side) = &mentions.figures[figure].side
                && !self.sides.contains(side)
            {
                self.sides.push(side.clone());
            }
        }
        self.cover(&mention.full);
    }

    /// Whether it has a side or a figure that `other` lacks.
    pub fn differs(&self, other: &Parties) -> bool {
        self.sides.iter().any(|s| !other.sides.contains(s))
            || self.figures.iter().any(|f| !other.figures.contains(f))
    }

    /// What it has beside the sides and figures of `other`.
    pub fn without(&self, other: &Parties) -> Parties {
        Parties {
            sides: self.sides.iter().filter(|s| !other.sides.contains(s)).cloned().collect(),
            figures: self.figures.iter().filter(|f| !other.figures.contains(f)).copied().collect(),
            reach: self.reach.clone(),
            beside: self.beside.clone(),
            third: self.third.clone(),
        }
    }

    /// Adds all of another's.
    pub fn absorb(&mut self, other: Parties) {
        self.sides.extend(other.sides);
        dedup(&mut self.sides);
        for figure in other.figures {
            if !self.figures.contains(&figure) {
                self.figures.push(figure);
            }
        }
        if let Some(reach) = other.reach {
            self.cover(&reach);
        }
    }

    /// Somebody was there besides.
    pub fn put_beside(&mut self, there: Parties) {
        self.beside.0.extend(there.sides);
        self.beside.1.extend(there.figures);
        if let Some(reach) = there.reach.filter(|_| self.reach.is_some()) {
            self.cover(&reach);
        }
    }

    /// Those who were there besides join the parties, where there are two whom they were beside.
    pub fn join_beside(&mut self) {
        if self.sides.len() < 2 {
            return;
        }
        let (sides, figures) = std::mem::take(&mut self.beside);
        self.absorb(Parties { sides, figures, ..Parties::default() });
    }

    pub fn cover(&mut self, words: &Range<usize>) {
        let reach = self.reach.get_or_insert(words.clone());
        *reach = reach.start.min(words.start)..reach.end.max(words.end);
    }
}

pub(super) fn dedup(sides: &mut Vec<Side>) {
    let mut seen = Vec::new();
    sides.retain(|side| {
        let new = !seen.contains(side);
        seen.push(side.clone());
        new
    });
}

impl Scene<'_> {
    pub(super) fn noun_parties(
        &self,
        sentence: &Range<usize>,
        clause: &Range<usize>,
        trigger: &Range<usize>,
        recent: &Recent,
        parties: &mut Parties,
    ) {
        let lexicon = self.lexicon;
        self.adjectives(clause, trigger, parties);
        // «la conversation que X et Y avaient eue»
        let had = (trigger.end..(trigger.end + 3).min(clause.end))
            .find(|&n| lexicon.is("that", &self.words[n].form));
        if let Some(that) = had.filter(|_| parties.sides.is_empty()) {
            for mention in self.mentions.within(&(that..clause.end.min(that + 12))) {
                let governor = mention.governor.map(|g| self.words[g].form.as_str()).unwrap_or("");
                if mention.governor.is_none() || lexicon.is("with", governor) {
                    self.take(mention, recent, parties);
                }
            }
            if parties.sides.len() >= 2 {
                return;
            }
        }
        // Complements to the right.
        let mut topic = false;
        let (mut with, mut by) = (false, false);
        let mut last_end = trigger.end;
        let mut taken = 0;
        for mention in self.mentions.within(&(trigger.end..clause.end.min(trigger.end + REACH))) {
            let between = &self.words[last_end.min(mention.full.start)..mention.full.start];
            let (mut joined, mut verb) = (false, false);
            for w in between {
                if lexicon.is("between", &w.form) || lexicon.is("with", &w.form) {
                    topic = false;
                    joined = true;
                } else if lexicon.is("genitive", &w.form) || lexicon.is("article", &w.form) {
                } else if lexicon.is("topic", &w.form) {
                    topic = true;
                } else if lexicon.is("perfect", &w.form)
                    || (w.is_finite() && !w.morphs.is_empty() && lexicon.is("that", &w.form))
                {
                    verb = true;
                }
            }
            // «aucune rencontre n'est prévue entre X et Y»: the complement may follow the predicate.
            let late = between.iter().any(|w| lexicon.is("between", &w.form)) && parties.sides.is_empty();
            if verb && late {
                verb = false;
            }
            // «Avant le sommet, des délégations …»: another clause.
            let opens = trigger.start <= sentence.start + 3;
            if opens
                && !joined
                && taken == 0
                && !self.is_place(mention)
                && between.iter().any(|w| w.form == ",")
            {
                break;
            }
            if verb || between.iter().any(|w| lexicon.is("that", &w.form) || lexicon.is("relative", &w.form))
            {
                break;
            }
            last_end = mention.full.end;
            if topic || self.is_place(mention) {
                continue;
            }
            let governor = mention.governor.map(|g| self.words[g].form.as_str()).unwrap_or("");
            let directly = between.iter().all(|w| !w.is_word() || lexicon.is_small(&w.form));
            let governed = lexicon.is("between", governor)
                || lexicon.is("with", governor)
                || lexicon.is("genitive", governor)
                || lexicon.is("by", governor)
                || joined
                || (mention.governor.is_none() && between.is_empty())
                || (taken > 0 && matches!(between, [dash] if matches!(dash.form.as_str(), "-" | "–" | "—")))
                || (taken > 0
                    && between.iter().all(|w| {
                        w.form == "," || lexicon.is("with", &w.form) || lexicon.is("article", &w.form)
                    }));
            with |= lexicon.is("with", governor) && !lexicon.is("and", governor);
            by |= lexicon.is("by", governor);
            if governed
                && (directly
                    || joined
                    || by
                    || lexicon.is("with", governor)
                    || lexicon.is("between", governor))
            {
                self.take(mention, recent, parties);
                taken += 1;
            }
        }
        // «les discussions avec X et Y» are somebody's; «entre X et Y» they are theirs alone.
        if parties.sides.len() >= 2 && (by || !with) {
            return;
        }
        // «des informations des États-Unis concernant les négociations avec l'Ukraine»: the nearest is the party.
        let topical =
            (clause.start..trigger.start).rev().take(2).any(|n| lexicon.is("topic", &self.words[n].form));
        if topical {
            let nearest = self.mentions.within(&(clause.start..trigger.start)).iter().rev();
            if let Some(mention) = nearest
                .clone()
                .find(|m| m.full.end <= trigger.start && !m.sides.is_empty() && !self.is_place(m))
            {
                self.take(mention, recent, parties);
                return;
            }
        }
        // «a dit X à l'issue de la rencontre»: what is taken up has its parties already.
        let determiner = trigger.start.checked_sub(1).map_or("", |d| &self.words[d].form);
        if lexicon.is("definite", determiner) && self.is_aside(clause, trigger) {
            return;
        }
        // The subject of the clause.
        if let Some(subject) = self.subject(sentence, clause, trigger.start)
            && (!self.says(sentence, subject, trigger) || parties.sides.len() == 1)
        {
            let says = self.says(sentence, subject, trigger);
            let subject = subject.clone();
            let figures = parties.figures.len();
            self.take(&subject, recent, parties);
            // Who tells of it speaks for a side, and is not known to have been there.
            if says {
                parties.figures.truncate(figures);
            }
        }
    }

    /// Adjectives of sides beside a noun, and surnames joined by a hyphen.
    pub(super) fn adjectives(&self, clause: &Range<usize>, trigger: &Range<usize>, parties: &mut Parties) {
        let lexicon = self.lexicon;
        // Adjectives of sides, beside the noun.
        let mut n = trigger.end;
        while n < clause.end && n < trigger.end + 4 {
            match self.found.match_at(n).filter(|m| m.is_adjective() && self.mention_at(n).is_none()) {
                Some(m) => {
                    parties.sides.extend(m.sides());
                    parties.cover(&m.words);
                    n = m.words.end;
                }
                None if self.words[n].is_word() && !lexicon.is("genitive", &self.words[n].form) => n += 1,
                None => break,
            }
        }
        let mut n = trigger.start;
        while let Some(m) =
            self.found.match_ending(n).filter(|m| m.words.start >= clause.start && m.is_adjective())
        {
            parties.sides.extend(m.sides());
            parties.cover(&m.words);
            n = m.words.start;
        }
        dedup(&mut parties.sides);
        self.hyphenated(clause, trigger, parties);
    }

    /// «le sommet Dupont-Durand»: surnames of the report, joined into one word.
    fn hyphenated(&self, clause: &Range<usize>, trigger: &Range<usize>, parties: &mut Parties) {
        let around = trigger.start.saturating_sub(3).max(clause.start)..(trigger.end + 3).min(clause.end);
        for n in around.filter(|n| !trigger.contains(n)) {
            let word = &self.words[n];
            let pieces: Vec<&str> = word.text.split(['-', '–']).filter(|p| !p.is_empty()).collect();
            if pieces.len() < 2 || !word.is_capitalised() {
                continue;
            }
            let bearer = |piece: &str| {
                let wanted = crate::name::key(piece);
                self.mentions.figures.iter().position(|f| {
                    f.forms.iter().any(|form| {
                        form.split(' ').next_back().is_some_and(|last| crate::name::key(last) == wanted)
                    })
                })
            };
            let figures: Vec<usize> = pieces.iter().filter_map(|p| bearer(p)).collect();
            if figures.len() != pieces.len() {
                // `the Iran-US round`, «un sommet Petro-Maduro» of a report that does not name them otherwise
                let leader = |piece: &str| {
                    let leads =
                        |office| matches!(office, OfficeClass::HeadOfState | OfficeClass::HeadOfGovernment);
                    let people = self.gazetteer.people_named(piece);
                    let mut leaders = people.iter().filter(|p| leads(p.office) && p.years.ends_with('/'));
                    let side = leaders.next().map(|p| Side(p.side.to_owned()));
                    side.filter(|_| leaders.next().is_none())
                };
                let states: Vec<Side> = pieces
                    .iter()
                    .filter_map(|piece| {
                        if let Some(side) = leader(piece) {
                            return Some(side);
                        }
                        let matches = self.gazetteer.matches(piece, self.lexicon.language);
                        matches.first().filter(|m| m.span.len() == piece.len()).and_then(|m| {
                            m.senses.iter().find_map(|s| match s {
                                Sense::State(code) | Sense::Capital(code) => Some(Side((*code).to_owned())),
                                _ => None,
                            })
                        })
                    })
                    .collect();
                if states.len() == pieces.len() {
                    parties.sides.extend(states);
                    dedup(&mut parties.sides);
                    parties.cover(&(n..n + 1));
                }
                continue;
            }
            for figure in figures {
                if !parties.figures.contains(&figure) {
                    parties.figures.push(figure);
                }
                parties.sides.extend(self.mentions.figures[figure].side.clone());
            }
            dedup(&mut parties.sides);
            parties.cover(&(n..n + 1));
        }
    }

    pub(super) fn verb_parties(
        &self,
        sentence: &Range<usize>,
        clause: &Range<usize>,
        trigger: &Range<usize>,
        word: &ContactWord,
        recent: &Recent,
        parties: &mut Parties,
    ) -> Option<()> {
        let lexicon = self.lexicon;
        let mut object = false;
        let reciprocal = lexicon.is("reflexive", &self.words[trigger.start].form);
        let mut topic = false;
        let mut last_end = trigger.end;
        for mention in self.mentions.within(&(trigger.start + 1..clause.end.min(trigger.end + REACH))) {
            let between = &self.words[last_end.min(mention.full.start)..mention.full.start];
            if between.iter().any(|w| {
                lexicon.is("that", &w.form)
                    || lexicon.is("relative", &w.form)
                    || lexicon.is("perfect", &w.form)
            }) {
                break;
            }
            for w in between {
                if lexicon.is("topic", &w.form) {
                    topic = true;
                } else if w.form == "," {
                    // «pour la deuxième fois, X et Y»
                    topic = false;
                } else if lexicon.is("with", &w.form)
                    || lexicon.is("between", &w.form)
                    || lexicon.is("by", &w.form)
                {
                    topic = false;
                }
            }
            let governor = mention.governor.map(|g| self.words[g].form.as_str()).unwrap_or("");
            // `called on X`: the preposition is the verb's own.
            let own = word.object && mention.governor.is_some_and(|g| trigger.contains(&g));
            last_end = mention.full.end;
            if self.is_place(mention) || topic || (lexicon.is("topic", governor) && !own) {
                continue;
            }
            // «X et Y se sont rencontrés, Z déclarant …»: a reciprocal verb has no object.
            if reciprocal && mention.governor.is_none() && !object {
                continue;
            }
            let joined = object
                && between
                    .iter()
                    .all(|w| w.form == "," || lexicon.is("with", &w.form) || lexicon.is("article", &w.form));
            let near = mention.full.start <= trigger.end + 12;
            let to = word.sender || word.object;
            let fits = mention.governor.is_none() && near && !object
                || lexicon.is("with", governor)
                || lexicon.is("by", governor)
                || lexicon.is("between", governor)
                || (to && lexicon.is("to", governor))
                || own
                || joined;
            if !fits
                || (word.person
                    && !(mention.is_person() || matches!(mention.what, What::Role(..) | What::Pair { .. })))
            {
                continue;
            }
            self.take(mention, recent, parties);
            object = true;
        }
        if let Some(subject) = self.subject(sentence, clause, trigger.start) {
            let subject = subject.clone();
            self.take(&subject, recent, parties);
            // «Lavrov et Rubio se sont parlé»: what is joined to the subject.
            let mut edge = subject.full.start;
            for mention in self.mentions.within(&(sentence.start..subject.full.start)).iter().rev() {
                let between = &self.words[mention.full.end.min(edge)..edge];
                let linked = edge < subject.full.start || between.iter().any(|w| lexicon.is("and", &w.form));
                let joined = linked
                    && between.len() <= 3
                    && between.iter().all(|w| {
                        w.form == ","
                            || lexicon.is("with", &w.form)
                            || lexicon.is("article", &w.form)
                            || lexicon.is("genitive", &w.form)
                    });
                if !joined
                    || (between.is_empty() && self.words[edge.saturating_sub(1)].form != ",")
                    || self.is_place(mention)
                {
                    break;
                }
                edge = mention.full.start;
                // «les présidents du Venezuela, X, et du Guyana, Y»: the state is no party beside its president.
                if !mention.genitive {
                    self.take(mention, recent, parties);
                }
            }
        } else if let Some(pronoun) = self.pronoun_before(sentence, trigger.start)
            && let Some(subject) = &recent.subject
        {
            self.take(subject, recent, parties);
            parties.reach = None;
            parties.cover(&(pronoun..pronoun + 1));
        }
        // `Chile and Argentina met`: two sides as the subject need no object.
        if word.object && !object && !(word.mutual && parties.sides.len() >= 2) {
            return None;
        }
        if word.sender && !object {
            return None;
        }
        Some(())
    }

    /// The subjects of the predicate that a circumstance belongs to.
    pub(super) fn subjects_above(&self, at: usize) -> Vec<usize> {
        let above = std::iter::successors(self.trees.head(at), |&n| self.trees.head(n));
        above.take(3).map(|n| self.trees.subjects(n)).find(|nodes| !nodes.is_empty()).unwrap_or_default()
    }

    /// Who goes, and to whom: the subject, and the side whose place the verb of going leads to.
    pub(super) fn goer(
        &self,
        sentence: &Range<usize>,
        clause: &Range<usize>,
        word: &ContactWord,
        trigger: &Range<usize>,
        recent: &Recent,
    ) -> Option<Parties> {
        let mut parties = Parties::default();
        let goes = |m: &Mention| matches!(m.what, What::Person(_) | What::Role(..) | What::Pair { .. });
        let top = self.trees.top(trigger);
        // «a dépêché un émissaire à Niamey»: who is sent, else for whom.
        if word.sends {
            let mut objects = top.map(|top| self.trees.objects(top)).unwrap_or_default();
            // «Министра ждут в Баку»
            if objects.is_empty() && self.voice(trigger) == Voice::Passive {
                objects = top.map(|top| self.trees.subjects(top)).unwrap_or_default();
            }
            if word.person && !objects.iter().any(|&node| self.is_somebody(node)) {
                return None;
            }
            for node in objects {
                self.take_node(sentence, node, recent, &mut parties);
            }
        }
        // `a visit to Georgetown by X`
        if !word.is_verb {
            let beside = top.map(|top| self.trees.complements(top)).unwrap_or_default();
            for (node, _) in beside.into_iter().filter(|(_, case)| self.marks("by", *case)) {
                self.take_node(sentence, node, recent, &mut parties);
            }
        }
        if parties.sides.is_empty() {
            let mut subjects = top.map(|top| self.trees.subjects(top)).unwrap_or_default();
            // «De retour de Téhéran, X a dit …»: who does what its clause tells.
            if subjects.is_empty() && !word.is_verb {
                subjects = top.map(|top| self.subjects_above(top)).unwrap_or_default();
            }
            for node in subjects {
                let fits = match self.mention_at(node) {
                    Some(mention) => word.sends || goes(mention),
                    None => true,
                };
                if fits {
                    self.take_node(sentence, node, recent, &mut parties);
                }
            }
        }
        if parties.sides.is_empty() {
            let goer = match self.subject(sentence, clause, trigger.start) {
                Some(subject) => subject.clone(),
                None => {
                    self.pronoun_before(sentence, trigger.start)?;
                    recent.subject.clone()?
                }
            };
            if !goes(&goer) {
                return None;
            }
            parties = Parties::default();
            self.take(&goer, recent, &mut parties);
        }
        let from = trigger.end.saturating_sub(1).max(trigger.start);
        // «était à Khartoum»: a preposition that belongs to the word has its place right behind it.
        let closed = self.lexicon.is("toward", &self.words[from].form);
        let far = if closed { CLOSE } else { GOING };
        let reach = from..(trigger.end + far).min(sentence.end);
        let (destination, host) = self
            .destination(reach, trigger.end)
            .or_else(|| self.destination_before(clause, trigger).filter(|_| !closed))?;
        if parties.sides.is_empty() || parties.sides.contains(&host) {
            return None;
        }
        parties.sides.push(host);
        parties.cover(&destination);
        Some(parties)
    }

    /// Whether the words of the parties begin or end with a seat of power: «reçue à l'Élysée».
    pub(super) fn is_at_seat(&self, parties: &Parties) -> bool {
        let last = parties.reach.as_ref().and_then(|reach| self.found.match_ending(reach.end));
        let first = parties.reach.as_ref().and_then(|reach| self.found.match_at(reach.start));
        [first, last].into_iter().flatten().any(|m| m.senses.iter().any(|s| matches!(s, Sense::Seat(_))))
    }

    /// The state that the predicate of a noun leads to: «a réservé à la Mauritanie son premier déplacement».
    pub(super) fn destination_of_predicate(&self, trigger: &Range<usize>) -> Option<(Range<usize>, Side)> {
        let top = self.trees.top(trigger).filter(|&n| self.trees.relation(n) == "obj")?;
        let predicate = self.trees.head(top)?;
        self.trees.complements(predicate).into_iter().find_map(|(node, case)| {
            let toward = self.marks("toward", case);
            let m = self.found.covering(node).filter(|m| toward && m.is_place())?;
            Some((m.words.clone(), Side(m.place_of()?.to_owned())))
        })
    }

    /// Where a journey leads, and whose place that is: the first place behind a preposition of going, or at `end`, where the
    /// word for the journey may hold the preposition.
    pub(super) fn destination(&self, reach: Range<usize>, end: usize) -> Option<(Range<usize>, Side)> {
        reach.clone().find_map(|n| {
            let m = self.found.match_at(n).filter(|m| m.words.start >= reach.start)?;
            // «s'est rendu le 30 mai à Bamako»: what is gone to follows a preposition.
            let toward = |n: usize| self.lexicon.is("toward", &self.words[n].form);
            let led = n <= end
                || toward(n - 1)
                || (n >= 2 && self.lexicon.is("article", &self.words[n - 1].form) && toward(n - 2));
            if m.is_place() && led {
                return Some((m.words.clone(), Side(m.place_of()?.to_owned())));
            }
            // «la capitale saoudienne»
            let capital = n > reach.start && self.lexicon.is("capital", &self.words[n - 1].form);
            let side = m.sides().into_iter().next()?;
            (capital && m.is_adjective()).then(|| (n - 1..m.words.end, side))
        })
    }

    /// Where a journey leads that is told behind its end: «В Баку прибыл министр».
    fn destination_before(
        &self,
        clause: &Range<usize>,
        trigger: &Range<usize>,
    ) -> Option<(Range<usize>, Side)> {
        let from = trigger.start.saturating_sub(BEFORE).max(clause.start);
        let place = self.found.within(from..trigger.start).filter(|m| m.is_place()).last()?;
        let toward = place.words.start.checked_sub(1).filter(|&n| n >= clause.start)?;
        let led = self.lexicon.is("toward", &self.words[toward].form);
        let between = self.mentions.within(&(place.words.end..trigger.start)).iter().any(Mention::can_act);
        (led && !between).then(|| Some((place.words.clone(), Side(place.place_of()?.to_owned()))))?
    }

    /// Takes a mention as a party; plurals and bare homologues are resolved to whom they stand for.
    pub(super) fn take(&self, mention: &Mention, recent: &Recent, parties: &mut Parties) {
        // «les ministres des deux pays», «des officiers des deux armées»: those whose they are.
        if mention.sides.is_empty()
            && matches!(mention.what, What::Role(..))
            && let Some(pair) = self.owners(&mention.full)
        {
            parties.cover(&mention.full);
            let (_, sides) = self.pair(pair, recent);
            parties.sides.extend(sides);
            dedup(&mut parties.sides);
            return;
        }
        match mention.what {
            What::Town => {}
            // «les présidents» are those spoken of.
            What::Role(_, Number::Many)
                if mention.sides.is_empty()
                    && mention.definite
                    && mention.head.clone().any(|n| self.lexicon.is("heads", &self.words[n].form)) =>
            {
                parties.cover(&mention.full);
                let (figures, sides) = self.pair(mention, recent);
                for figure in figures.into_iter().filter(|f| !parties.figures.contains(f)).collect::<Vec<_>>()
                {
                    parties.figures.push(figure);
                }
                parties.sides.extend(sides);
                dedup(&mut parties.sides);
            }
            What::Pair { states } if mention.sides.len() < 2 => {
                parties.cover(&mention.full);
                let (figures, sides) = self.pair(mention, recent);
                if !states {
                    for figure in figures {
                        if !parties.figures.contains(&figure) {
                            parties.figures.push(figure);
                        }
                    }
                }
                parties.sides.extend(sides);
                dedup(&mut parties.sides);
            }
            _ => parties.add(self.mentions, mention),
        }
    }

    /// The pair of states that words belong to: «… des deux pays».
    pub(super) fn owners(&self, words: &Range<usize>) -> Option<&Mention> {
        let near = self.mentions.within(&(words.start..(words.end + 4).min(self.words.len())));
        near.iter().find(|m| {
            let states = matches!(m.what, What::Pair { states: true }) && m.sides.len() < 2;
            let between = &self.words[words.end.min(m.full.start)..m.full.start];
            let owned = m.governor.is_some_and(|g| self.lexicon.is("genitive", &self.words[g].form));
            states && owned && between.iter().all(|w| self.lexicon.is_small(&w.form))
        })
    }

    /// How many «les trois pays» are.
    fn number_of(&self, mention: &Mention) -> usize {
        let told =
            |n: usize| (2..=5).find(|k| self.lexicon.is("numbers", &format!("{}={k}", self.words[n].form)));
        mention.head.clone().find_map(told).unwrap_or(2)
    }

    /// The two last figures of different sides before a mention, and their sides; else the two last sides.
    fn pair(&self, mention: &Mention, recent: &Recent) -> (Vec<usize>, Vec<Side>) {
        // The pair that the report speaks of most, of those who do not only mediate.
        let number = self.number_of(mention);
        let told = || recent.told.iter().rev().take(LOOK_BACK);
        let first = |sides: &[Side]| -> Vec<Side> {
            sides.iter().filter(|side| !recent.third.contains(side)).cloned().collect()
        };
        let both = |sides: &[Side]| match sides.len() == number {
            true => Some(sides.to_vec()),
            false => Some(first(sides)).filter(|sides| sides.len() == number),
        };
        if let What::Pair { states: true } = mention.what {
            let groups: Vec<Vec<Side>> = told().filter_map(|t| both(&t.sides)).collect();
            let often = |sides: &Vec<Side>| groups.iter().filter(|other| *other == sides).count();
            if let Some(main) = groups.iter().max_by_key(|sides| often(sides)) {
                return (Vec::new(), main.clone());
            }
            let salient: Vec<Side> = recent.salient.iter().map(|(side, _)| side.clone()).collect();
            let of_these = [first(&salient), salient].into_iter().find(|sides| sides.len() >= number);
            if let Some(mut sides) = of_these {
                sides.truncate(number);
                return (Vec::new(), sides);
            }
        } else if let Some(last) = told().find(|t| t.figures.len() == number && t.sides.len() == number) {
            return (last.figures.clone(), last.sides.clone());
        }
        let mut figures: Vec<usize> = Vec::new();
        let mut sides: Vec<Side> = Vec::new();
        let here = self.mentions.all.partition_point(|m| m.full.end <= mention.full.start);
        let here = self.mentions.all[..here].iter().rev().take(12);
        let before = here.filter_map(|m| match m.what {
            What::Person(figure) => Some(figure),
            _ => None,
        });
        // «les deux présidents» are presidents.
        let heads = mention.head.clone().any(|n| self.lexicon.is("heads", &self.words[n].form));
        let holds = |figure: &usize| {
            let classes = &self.mentions.classes[*figure];
            !heads
                || classes
                    .iter()
                    .any(|c| matches!(c, OfficeClass::HeadOfState | OfficeClass::HeadOfGovernment))
        };
        for figure in before.chain(recent.figures.iter().rev().copied()).filter(holds) {
            let Some(side) = &self.mentions.figures[figure].side else { continue };
            if !sides.contains(side) && !recent.third.contains(side) && figures.len() < 2 {
                figures.push(figure);
                sides.push(side.clone());
            }
        }
        let latest = |sides: Vec<Side>| sides.into_iter().rev().take(2).collect::<Vec<Side>>();
        let spoken_of = || match first(&recent.sides) {
            some if some.len() >= 2 => latest(some),
            _ => latest(recent.sides.clone()),
        };
        if sides.len() < 2 {
            figures.clear();
            // «les deux ministres», of whom one was named.
            let met = told().take(NEARBY).filter(|t| !heads && t.explicit).find_map(|t| both(&t.sides));
            sides = met.unwrap_or_else(spoken_of);
        }
        if let What::Pair { states: true } = mention.what {
            let told = spoken_of();
            if told.len() == 2 {
                sides = told;
            }
            figures.clear();
        }
        figures.reverse();
        (figures, sides)
    }

    /// The subject of the verb at `at`: the nearest mention before it that acts and that nothing governs.
    fn subject(&self, sentence: &Range<usize>, clause: &Range<usize>, at: usize) -> Option<&Mention> {
        // «X, qui a rencontré Y»: the antecedent, governed or not.
        let relative = (clause.start.saturating_sub(1).max(sentence.start)..at)
            .rev()
            .take(8)
            .take_while(|&n| self.words[n].form != ",")
            .find(|&n| self.lexicon.is("relative", &self.words[n].form));
        let party = |m: &Mention| !m.sides.is_empty() || m.is_person() || matches!(m.what, What::Pair { .. });
        let aside = self.relative_clauses(sentence);
        let inside = |n: usize| aside.iter().find(|clause| clause.contains(&n));
        let own = inside(at).cloned();
        let nearest = |m: &&Mention| {
            let within = inside(m.full.start);
            m.full.end <= at
                && m.can_act()
                && !self.is_place(m)
                && !(m.what == What::Capital
                    && m.full.end == at
                    && m.governor.is_none()
                    && !self.words[at].is_finite())
                && party(m)
                && within.is_none_or(|clause| own.as_ref() == Some(clause))
        };
        if let Some(n) = relative {
            return self
                .mentions
                .within(&(sentence.start..n))
                .iter()
                .rev()
                .find(|m| m.full.end <= n + 1 && m.can_act());
        }
        let within = self.mentions.within(&(clause.start..at));
        within.iter().rev().filter(nearest).find(|m| m.governor.is_none()).or_else(|| {
            let before = self.mentions.within(&(sentence.start..clause.start));
            before.iter().rev().filter(nearest).find(|m| m.governor.is_none())
        })
    }

    fn pronoun_before(&self, sentence: &Range<usize>, at: usize) -> Option<usize> {
        (sentence.start..at).rev().take(8).find(|&n| {
            self.lexicon.is("pronoun", &self.words[n].form) || self.lexicon.is("clitic", &self.words[n].form)
        })
    }

    /// Whether a mention is the subject of a verb of saying before the trigger: «Peskov a confirmé des contacts».
    fn says(&self, sentence: &Range<usize>, mention: &Mention, trigger: &Range<usize>) -> bool {
        let words = &self.words[..sentence.end];
        (mention.full.end..trigger.start).any(|n| self.lexicon.is_saying(words, n))
    }

    /// Adds the parties that the text gave before, where a telling names too few.
    pub(super) fn complete(
        &self,
        parties: &mut Parties,
        definite: bool,
        renewed: bool,
        kind: ContactKind,
        here: &[Telling],
        recent: &Recent,
    ) {
        let fitting = |t: &&Telling| {
            t.sides.len() >= 2
                && (parties.sides.is_empty() || definite || t.sides.len() == 2)
                && parties.sides.iter().all(|s| t.sides.contains(s))
                && (related(t.kind, kind) || !definite)
        };
        let last = here.iter().rev().chain(recent.told.iter().rev()).take(6).find(fitting);
        if let Some(telling) = last.filter(|_| definite || !parties.sides.is_empty()) {
            for side in &telling.sides {
                if !parties.sides.contains(side) {
                    parties.sides.push(side.clone());
                }
            }
            if definite && parties.figures.is_empty() && !renewed {
                parties.figures.clone_from(&telling.figures);
            }
        }
    }
}
