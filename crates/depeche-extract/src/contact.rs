//! Accounts of contacts: who met, called, wrote to, visited whom; whether it took place, when and where.
//!
//! 1. Words for contacts are looked for in each sentence, within quotations too.
//! 2. The parties are the mentions that the word governs («entre X et Y», «avec Z», «russo-américain»), its subject and
//!    its object; a plural stands for those named last.
//! 3. The status comes from negation, mood, tense and the cues of the clause.
//! 4. The date is the one nearest to the word that does not date the saying; the place is a town after «à».
//! 5. Tellings of one contact within the report become one account.

use std::ops::Range;

use depeche_gazetteer::{Gazetteer, OfficeClass, Sense};
use depeche_record::{
    Account, Analysis, BlockKind, ContactDate, ContactKind, Derivation, Edtf, Place, Report, Side, Span,
    Status, Tense, TimeBasis, TimeExpression, TimeKind, TokenKind,
};

use crate::lexicon::{ContactWord, Lexicon, Place as Where, SpeechClass};
use crate::mention::{Found, Mention, Mentions, What, span_of};
use crate::speech::clip;
use crate::word::Word;

/// Longest evidence of a contact, in characters.
const LONGEST: usize = 300;
/// How many pieces of evidence an account carries.
const PIECES: usize = 3;
/// How far parties are looked for to the right of the word, in words.
const REACH: usize = 26;

/// How far back contacts and figures told before are looked through.
const LOOK_BACK: usize = 60;

/// How many different words of sport make a report of sport.
const SPORT: usize = 2;

/// One telling of a contact, in one sentence.
#[derive(Debug, Clone)]
struct Telling {
    kind: ContactKind,
    vague: bool,
    status: Status,
    /// Whether a cue told the status.
    told: bool,
    sides: Vec<Side>,
    figures: Vec<usize>,
    date: Option<ContactDate>,
    place: Option<Place>,
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
    derivation: Derivation,
}

#[derive(Debug, Clone, Default)]
struct Parties {
    sides: Vec<Side>,
    figures: Vec<usize>,
    /// Words of the parties, for the evidence.
    reach: Option<Range<usize>>,
}

impl Parties {
    fn add(&mut self, mentions: &Mentions, mention: &Mention) {
        for side in &mention.sides {
            if !self.sides.contains(side) {
                self.sides.push(side.clone());
            }
        }
        let figure = match mention.what {
            What::Person(figure) => Some(figure),
            What::Role(class, crate::lexicon::Number::One) => {
                crate::speech::holder(mentions, mention, class, None)
            }
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

    fn cover(&mut self, words: &Range<usize>) {
        let reach = self.reach.get_or_insert(words.clone());
        *reach = reach.start.min(words.start)..reach.end.max(words.end);
    }
}

pub(crate) struct Contacts<'a> {
    pub report: &'a Report,
    pub analysis: &'a Analysis,
    pub words: &'a [Word<'a>],
    pub sentences: &'a [Range<usize>],
    pub found: &'a Found,
    pub mentions: &'a Mentions,
    pub lexicon: &'static Lexicon,
    pub gazetteer: &'a Gazetteer,
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
}

impl Contacts<'_> {
    /// The accounts of a report, in order of their first telling.
    pub fn read(&self) -> Vec<Account> {
        if self.is_sport() {
            return Vec::new();
        }
        let mut titles: Vec<Telling> = Vec::new();
        let mut recent = Recent::default();
        for (n, sentence) in self.sentences.iter().enumerate() {
            let kind = self.report.blocks[self.analysis.sentences[n].block as usize].kind;
            match kind {
                BlockKind::Noise | BlockKind::Byline | BlockKind::Provenance | BlockKind::Dateline => {
                    continue;
                }
                BlockKind::Title | BlockKind::Heading => {
                    titles.extend(self.sentence(n, sentence, &recent));
                }
                _ => {
                    let found = self.sentence(n, sentence, &recent);
                    recent.told.extend(found);
                    self.remember(sentence, &mut recent);
                }
            }
        }
        self.accounts(recent.told, titles)
    }

    /// Whether the report is of sport, where «rencontre» and «meeting» are matches: several words of it, not one.
    fn is_sport(&self) -> bool {
        let mut told: Vec<&str> = self
            .words
            .iter()
            .map(|w| w.form.as_str())
            .filter(|form| self.lexicon.is("sport", form))
            .collect();
        told.sort_unstable();
        told.dedup();
        told.len() >= SPORT
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
        let quotes = crate::speech::quotes(self.words, sentence);
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

    fn sentence(&self, n: usize, sentence: &Range<usize>, recent: &Recent) -> Vec<Telling> {
        let words = &self.words[..sentence.end];
        let mut tellings: Vec<Telling> = Vec::new();
        let mut at = sentence.start;
        while at < sentence.end {
            let Some((end, word)) = self.contact_word(sentence, words, at) else {
                at += 1;
                continue;
            };
            if !word.never
                && self.is_used(sentence, at, end, word)
                && let Some(telling) = self.telling(n, sentence, at..end, word, recent, &tellings)
            {
                tellings.push(telling);
            }
            at = end;
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
                    || lexicon.is("preposition", before(1));
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

    fn mention_at(&self, at: usize) -> Option<&Mention> {
        let n = self.mentions.all.partition_point(|m| m.full.end <= at);
        self.mentions.all.get(n).filter(|m| m.full.contains(&at))
    }

    fn telling(
        &self,
        n: usize,
        sentence: &Range<usize>,
        trigger: Range<usize>,
        word: &ContactWord,
        recent: &Recent,
        here: &[Telling],
    ) -> Option<Telling> {
        let lexicon = self.lexicon;
        let mut parties = Parties::default();
        let clause = self.clause(sentence, &trigger);
        let phone = word.phone
            && (trigger.start.saturating_sub(6).max(sentence.start)..(trigger.end + 8).min(sentence.end))
                .any(|n| lexicon.is("telephone", &self.words[n].form));
        let kind = if phone { ContactKind::Call } else { word.kind };
        // «reçu à Ankara par X»: a meeting, for all that it names a place.
        let hosted = word.goer && {
            let own = self.words[trigger.start].morphs.iter().any(|m| lexicon.is("host", m.lemma));
            own && self.mentions.within(&(trigger.end..clause.end)).iter().any(|m| {
                m.full.start < trigger.end + 10
                    && m.governor.is_some_and(|g| lexicon.is("by", &self.words[g].form))
            })
        };
        let kind = if hosted { ContactKind::Meeting } else { kind };
        if hosted {
            self.verb_parties(sentence, &clause, &trigger, word, recent, &mut parties)?;
        } else if word.goer {
            self.goer(sentence, &clause, &trigger, recent, &mut parties)?;
        } else if word.is_verb {
            self.verb_parties(sentence, &clause, &trigger, word, recent, &mut parties)?;
        } else {
            self.noun_parties(sentence, &clause, &trigger, recent, &mut parties);
        }
        let explicit = parties.sides.len() >= 2 || parties.figures.len() >= 2;
        let determiner =
            trigger.start.checked_sub(1).filter(|&d| d >= sentence.start).map_or("", |d| &self.words[d].form);
        let definite = !word.is_verb && lexicon.is("definite", determiner);
        let own = parties.sides.len();
        let around = trigger.start.saturating_sub(2).max(sentence.start)..(trigger.end + 1).min(sentence.end);
        let renewed = !word.is_verb && around.into_iter().any(|n| lexicon.is("again", &self.words[n].form));
        if kind == ContactKind::Visit && own < 2 && !definite {
            return None;
        }
        if parties.sides.len() < 2 && !word.goer {
            self.complete(&mut parties, definite || renewed, renewed, kind, here, recent);
        }
        if parties.sides.len() < 2 {
            return None;
        }
        let anything = parties.reach.is_some() || definite || renewed;
        if !anything {
            return None;
        }
        let (mut status, mut cue, mut cue_span) = self.status(sentence, &clause, &trigger, word);
        // «Il devait être reçu à Niamey, mais l'étape a été annulée.»
        if status == Status::Planned
            && let Some((name, range)) = self.called_off(sentence, &clause)
        {
            (status, cue, cue_span) = (Status::Cancelled, Some(name), span_of(self.words, &range));
        }
        let date = self.date(sentence, &clause, &trigger, status, cue.is_some());
        let place = self.place(&clause, &trigger, word);
        parties.sides.sort();
        let evidence = self.evidence(n, sentence, &clause, &trigger, &parties);
        let span = span_of(self.words, &trigger);
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
            derivation =
                derivation.with(Derivation::new("date/nearest", date.span, format!("date = {}", date.value)));
        }
        if let Some(place) = &place {
            derivation = derivation.with(Derivation::new(
                "place/nearest",
                place.span,
                format!("place = {}", place.name),
            ));
        }
        Some(Telling {
            kind,
            vague: word.vague && !phone,
            status,
            told: cue.is_some(),
            sides: parties.sides,
            figures: parties.figures,
            date,
            place,
            evidence,
            definite: definite && !explicit && !renewed,
            explicit,
            own,
            renewed,
            goer: word.goer && !hosted,
            attends: clause.clone().any(|n| lexicon.is("attend", &self.words[n].form)),
            derivation,
        })
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
        let end = (trigger.end..sentence.end).find(|&n| parts(n) || turns(n)).unwrap_or(sentence.end);
        start..end
    }

    fn noun_parties(
        &self,
        sentence: &Range<usize>,
        clause: &Range<usize>,
        trigger: &Range<usize>,
        recent: &Recent,
        parties: &mut Parties,
    ) {
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
            if verb || between.iter().any(|w| lexicon.is("that", &w.form) || lexicon.is("relative", &w.form))
            {
                break;
            }
            last_end = mention.full.end;
            if topic || mention.what == What::Town || self.is_place(mention) {
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
                // «the Iran-US round»
                let states: Vec<Side> = pieces
                    .iter()
                    .filter_map(|piece| {
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

    fn verb_parties(
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
                } else if lexicon.is("with", &w.form)
                    || lexicon.is("between", &w.form)
                    || lexicon.is("by", &w.form)
                {
                    topic = false;
                }
            }
            let governor = mention.governor.map(|g| self.words[g].form.as_str()).unwrap_or("");
            last_end = mention.full.end;
            if mention.what == What::Town || self.is_place(mention) || topic || lexicon.is("topic", governor)
            {
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
            let near = mention.full.start <= trigger.end + 8;
            let to = word.sender || word.object;
            let fits = mention.governor.is_none() && near && !object
                || lexicon.is("with", governor)
                || lexicon.is("by", governor)
                || lexicon.is("between", governor)
                || (to && lexicon.is("to", governor))
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
        if word.object && !object {
            return None;
        }
        if word.sender && !object {
            return None;
        }
        Some(())
    }

    fn goer(
        &self,
        sentence: &Range<usize>,
        clause: &Range<usize>,
        trigger: &Range<usize>,
        recent: &Recent,
        parties: &mut Parties,
    ) -> Option<()> {
        let goer = match self.subject(sentence, clause, trigger.start) {
            Some(subject) => subject.clone(),
            None => {
                self.pronoun_before(sentence, trigger.start)?;
                recent.subject.clone()?
            }
        };
        if !matches!(goer.what, What::Person(_) | What::Role(..)) {
            return None;
        }
        let reach = trigger.end.saturating_sub(1)..(trigger.end + 6).min(sentence.end);
        let (destination, host) = reach.clone().find_map(|n| {
            let m = self.found.match_at(n).filter(|m| m.words.start >= trigger.start)?;
            if m.is_place() {
                return Some((m.words.clone(), Side(m.place_of()?.to_owned())));
            }
            // «la capitale saoudienne»
            let capital = n > reach.start && self.lexicon.is("capital", &self.words[n - 1].form);
            let side = m.sides().into_iter().next()?;
            (capital && m.is_adjective()).then(|| (n - 1..m.words.end, side))
        })?;
        self.take(&goer, recent, parties);
        if parties.sides.is_empty() || parties.sides.contains(&host) {
            return None;
        }
        parties.sides.push(host);
        parties.cover(&destination);
        Some(())
    }

    /// Takes a mention as a party; plurals and bare homologues are resolved to whom they stand for.
    fn take(&self, mention: &Mention, recent: &Recent, parties: &mut Parties) {
        match mention.what {
            What::Town => {}
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

    /// The two last figures of different sides before a mention, and their sides; else the two last sides.
    fn pair(&self, mention: &Mention, recent: &Recent) -> (Vec<usize>, Vec<Side>) {
        // The pair that the report speaks of most.
        if let What::Pair { states: true } = mention.what {
            let pairs = recent.told.iter().rev().take(LOOK_BACK).filter(|t| t.sides.len() == 2);
            let often = |sides: &[Side]| pairs.clone().filter(|t| t.sides == sides).count();
            if let Some(main) = pairs.clone().max_by_key(|t| often(&t.sides)) {
                return (Vec::new(), main.sides.clone());
            }
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
            if !sides.contains(side) && figures.len() < 2 {
                figures.push(figure);
                sides.push(side.clone());
            }
        }
        if sides.len() < 2 {
            figures.clear();
            sides = recent.sides.iter().rev().take(2).cloned().collect();
        }
        if let What::Pair { states: true } = mention.what {
            let told: Vec<Side> = recent.sides.iter().rev().take(2).cloned().collect();
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
            .find(|&n| self.lexicon.is("relative", &self.words[n].form));
        let party = |m: &Mention| !m.sides.is_empty() || m.is_person() || matches!(m.what, What::Pair { .. });
        let aside = crate::speech::relative_clauses(self.words, sentence, self.lexicon);
        let inside = |n: usize| aside.iter().find(|clause| clause.contains(&n));
        let own = inside(at).cloned();
        let nearest = |m: &&Mention| {
            let within = inside(m.full.start);
            m.full.end <= at
                && m.can_act()
                && !self.is_place(m)
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
        (mention.full.end..trigger.start)
            .any(|n| self.lexicon.speech.longest(words, n).is_some_and(|(_, w)| w.class == SpeechClass::Verb))
    }

    /// Whether a mention names where something is: «à Moscou», «en Ukraine», «du conflit ukrainien».
    fn is_place(&self, mention: &Mention) -> bool {
        let governed = mention.governor.is_some_and(|g| self.lexicon.is("place", &self.words[g].form));
        match mention.what {
            What::Town => true,
            What::State | What::Capital | What::Seat => governed,
            _ => false,
        }
    }

    /// Adds the parties that the text gave before, where a telling names too few.
    fn complete(
        &self,
        parties: &mut Parties,
        definite: bool,
        renewed: bool,
        kind: ContactKind,
        here: &[Telling],
        recent: &Recent,
    ) {
        let fitting = |t: &&Telling| {
            parties.sides.iter().all(|s| t.sides.contains(s)) && (related(t.kind, kind) || !definite)
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
            return;
        }
        if let [own] = parties.sides.as_slice() {
            let own = own.clone();
            if let Some(other) = recent.sides.iter().rev().find(|s| **s != own) {
                parties.sides.push(other.clone());
            }
        }
    }

    fn status(
        &self,
        sentence: &Range<usize>,
        clause: &Range<usize>,
        trigger: &Range<usize>,
        word: &ContactWord,
    ) -> (Status, Option<String>, Span) {
        let words = &self.words[..sentence.end];
        let lexicon = self.lexicon;
        let mut best: Option<(Status, String, Range<usize>, Where)> = None;
        // A cue within a longer one («exclu» in «pas exclu») tells nothing of its own.
        let mut covered = clause.start;
        for at in clause.clone() {
            let cues = lexicon.statuses.all(&words[..clause.end], at);
            let longest = cues.iter().map(|(end, _)| *end).max().unwrap_or(at);
            for (end, cue) in cues {
                if end < longest || (longest <= covered && longest - at == 1) {
                    continue;
                }
                let before = end <= trigger.start;
                let overlaps = at < trigger.end && end > trigger.start;
                let gap = if before { trigger.start - end } else { at.saturating_sub(trigger.end) };
                let fits = match cue.place {
                    Where::Before => before && gap <= 9,
                    Where::After => !before && gap <= 16,
                    Where::NegBefore => before && gap <= 2,
                    Where::Beside => gap <= 3,
                    Where::Weak => false,
                    _ => gap <= if before { 12 } else { 16 },
                };
                if !fits || (overlaps && end > trigger.end) {
                    continue;
                }
                let better =
                    best.as_ref().is_none_or(|(status, ..)| strength(cue.status) < strength(*status));
                if better {
                    best = Some((cue.status, cue.name.clone(), at..end, cue.place));
                }
            }
            covered = covered.max(longest);
        }
        let verb = self.verb_of(clause, trigger, word);
        let negated = verb.is_some_and(|v| self.is_negated(clause, v));
        let tense = verb.map(|v| &self.words[v]);
        let future = tense.is_some_and(|w| w.has_tense(&[Tense::Future]) && !w.has_tense(&[Tense::Past]));
        let conditional = tense.is_some_and(|w| w.has_tense(&[Tense::Conditional]));
        let perfect = verb.is_some_and(|v| {
            self.words.get(v + 1..(v + 5).min(clause.end)).is_some_and(|after| {
                lexicon.is("perfect", &self.words[v].form)
                    && after.iter().any(|w| w.has_tense(&[Tense::PastParticiple]))
            })
        });
        let at = verb.map_or(trigger.clone(), |v| v..v + 1);
        let span = span_of(self.words, &at);
        // «X n'avait plus vu Y depuis le 25 avril»: they met then.
        if negated
            && word.is_verb
            && (trigger.end..clause.end).take(10).any(|n| lexicon.is("since", &self.words[n].form))
        {
            return (Status::Held, Some("not since".to_owned()), span);
        }
        if let Some((status, name, range, place)) = best {
            let span = span_of(self.words, &range);
            let none = place == Where::NegBefore || word.is_verb;
            if status == Status::RuledOut && perfect && negated && none {
                return (Status::Denied, Some(name), span);
            }
            if negated && matches!(status, Status::Possible | Status::Planned) && word.is_verb {
                return (Status::RuledOut, Some(name), span);
            }
            return (status, Some(name), span);
        }
        let told = |status: Status, rule: &str| (status, Some(rule.to_owned()), span);
        // «après ces échanges», «lors de la rencontre»: the verb is not theirs.
        let aside =
            (clause.start..trigger.start).rev().take(4).any(|n| lexicon.is("during", &self.words[n].form));
        if !word.is_verb && aside {
            return (Status::Held, None, span);
        }
        match () {
            _ if word.planned => told(Status::Planned, "expected"),
            _ if negated && (future || conditional) => told(Status::RuledOut, "negated future"),
            _ if negated && word.is_verb && perfect => told(Status::Denied, "negated past"),
            _ if negated && word.is_verb => told(Status::RuledOut, "negated"),
            _ if future => told(Status::Planned, "future"),
            _ if conditional && !perfect => told(Status::Possible, "conditional"),
            _ => {
                let infinitive = word.is_verb
                    && self.words[trigger.start].has_tense(&[Tense::Infinitive])
                    && trigger.start > clause.start
                    && lexicon.is("purpose", &self.words[trigger.start - 1].form);
                let past = word.is_verb
                    && (perfect || tense.is_some_and(|w| w.has_tense(&[Tense::Past, Tense::Imperfect])));
                match () {
                    _ if infinitive => told(Status::Planned, "purpose"),
                    _ if past => told(Status::Held, "past"),
                    _ => (Status::Held, None, span),
                }
            }
        }
    }

    /// A cue of cancelling in the clause that follows with «mais».
    fn called_off(&self, sentence: &Range<usize>, clause: &Range<usize>) -> Option<(String, Range<usize>)> {
        let next = clause.end + 1;
        let but = next < sentence.end && self.lexicon.is("but", &self.words[next].form);
        let words = &self.words[..sentence.end];
        (next..sentence.end.min(next + 12)).filter(|_| but).find_map(|n| {
            let cues = self.lexicon.statuses.all(words, n);
            cues.into_iter()
                .find(|(_, cue)| cue.status == Status::Cancelled)
                .map(|(end, cue)| (cue.name.clone(), n..end))
        })
    }

    /// Whether a noun stands in «après …», «lors de …», «à l'issue de …».
    fn is_aside(&self, clause: &Range<usize>, trigger: &Range<usize>) -> bool {
        (clause.start..trigger.start).rev().take(4).any(|n| self.lexicon.is("during", &self.words[n].form))
    }

    /// The finite verb that carries the tense of a trigger: itself, its auxiliary, or the verb whose subject or object
    /// the noun is.
    fn verb_of(&self, clause: &Range<usize>, trigger: &Range<usize>, word: &ContactWord) -> Option<usize> {
        let finite = |n: &usize| self.words[*n].is_finite() && !self.words[*n].morphs.is_empty();
        if word.is_verb {
            let own = (trigger.start..trigger.end).find(finite);
            let auxiliary = (clause.start..trigger.start)
                .rev()
                .take(5)
                .find(|n| self.lexicon.is("perfect", &self.words[*n].form));
            return auxiliary.or(own);
        }
        let after = (trigger.end..clause.end).take(14).find(finite);
        let before = (clause.start..trigger.start).rev().take(6).find(finite);
        match (before, after) {
            (Some(b), Some(a)) if trigger.start - b <= a - trigger.end => Some(b),
            (before, after) => after.or(before),
        }
    }

    fn is_negated(&self, clause: &Range<usize>, verb: usize) -> bool {
        let ne = (clause.start..verb)
            .rev()
            .take(3)
            .any(|n| matches!(self.words[n].form.as_str(), "ne" | "n'" | "не"));
        let not = (verb..(verb + 4).min(clause.end)).any(|n| self.lexicon.is("not", &self.words[n].form));
        match self.lexicon.language {
            depeche_record::Language::French => ne && not,
            depeche_record::Language::English => not,
            depeche_record::Language::Russian => ne,
        }
    }

    fn date(
        &self,
        sentence: &Range<usize>,
        clause: &Range<usize>,
        trigger: &Range<usize>,
        status: Status,
        told: bool,
    ) -> Option<ContactDate> {
        let window = span_of(self.words, sentence);
        let at = span_of(self.words, trigger);
        let clause = span_of(self.words, clause);
        let distance = |t: &TimeExpression| {
            let gap = if t.span.end <= at.start {
                at.start - t.span.end
            } else {
                t.span.start.saturating_sub(at.end)
            };
            // A date outside of the clause is farther than any within.
            gap + if clause.contains(t.span) { 0 } else { 120 }
        };
        let rivals = self.rivals(sentence, trigger);
        let gap = |a: Span, b: Span| b.start.saturating_sub(a.end).max(a.start.saturating_sub(b.end));
        // «se sont réunis dimanche pour préparer les négociations»: the day is the nearer word's.
        let anothers = |t: &TimeExpression| rivals.iter().any(|rival| gap(t.span, *rival) < gap(t.span, at));
        let usable = |t: &&TimeExpression| {
            window.contains(t.span)
                && t.kind == TimeKind::Date
                && (t.value.is_some() || t.past.is_some() || t.future.is_some())
                && !anothers(t)
                && !self.dates_saying(sentence, t, trigger)
                && (!self.is_bound(t.span) || (status == Status::Held && self.is_since(t.span)))
        };
        let time = crate::speech::times_in(self.analysis, window)
            .iter()
            .filter(usable)
            .min_by_key(|t| (distance(t), t.span.start))?;
        if distance(time) > 220 {
            return None;
        }
        let value: &Edtf = match status {
            Status::Held | Status::Denied if told => time.past.as_ref().or(time.value.as_ref()),
            Status::Planned | Status::Possible if told => time.future.as_ref().or(time.value.as_ref()),
            _ => time.value.as_ref(),
        }
        .or(time.value.as_ref())?;
        let mut assumed = time.assumed.clone();
        if time.basis == TimeBasis::Publication
            && time.past.is_some()
            && time.future.is_some()
            && time.past != time.future
        {
            assumed.push(format!("direction taken from status {status}"));
        }
        Some(ContactDate { value: value.clone(), span: time.span, assumed })
    }

    /// Whether a time stands right beside a verb of saying that is not the trigger: «a déclaré jeudi».
    fn dates_saying(&self, sentence: &Range<usize>, time: &TimeExpression, trigger: &Range<usize>) -> bool {
        let range = self.analysis.tokens_in(time.span).range();
        let words = &self.words[..sentence.end];
        let from = range.start.saturating_sub(3).max(sentence.start);
        let saying = |n: usize| {
            self.lexicon.speech.longest(words, n).is_some_and(|(_, w)| w.class == SpeechClass::Verb)
                && !trigger.contains(&n)
        };
        let before = (from..range.start).any(saying) && !(from..range.start).any(|n| trigger.contains(&n));
        let closer = range.start >= trigger.end && range.start - trigger.end <= 2;
        // «Ce 7 novembre, X a affirmé que … un sommet»: what stands before the verb dates the verb.
        let opens = range.end <= trigger.start && (range.end..trigger.start).any(saying);
        (before || opens) && !closer
    }

    /// Whether a time is the end of a span that is not the contact's: «depuis 2022», «avant vendredi».
    fn is_bound(&self, span: Span) -> bool {
        let start = self.analysis.tokens_in(span).range().start;
        (start.saturating_sub(2)..start).any(|n| self.lexicon.is("bound", &self.words[n].form))
    }

    /// The other words for contacts in a sentence.
    fn rivals(&self, sentence: &Range<usize>, trigger: &Range<usize>) -> Vec<Span> {
        let words = &self.words[..sentence.end];
        let mut found = Vec::new();
        let mut at = sentence.start;
        while at < sentence.end {
            let Some((end, word)) = self.contact_word(sentence, words, at) else {
                at += 1;
                continue;
            };
            if !word.never && !word.vague && (end <= trigger.start || at >= trigger.end) {
                found.push(span_of(self.words, &(at..end)));
            }
            at = end;
        }
        found
    }

    fn is_since(&self, span: Span) -> bool {
        let start = self.analysis.tokens_in(span).range().start;
        let negated = (start.saturating_sub(14)..start).any(|n| self.lexicon.is("ne", &self.words[n].form));
        negated && (start.saturating_sub(2)..start).any(|n| self.lexicon.is("since", &self.words[n].form))
    }

    fn place(&self, clause: &Range<usize>, trigger: &Range<usize>, word: &ContactWord) -> Option<Place> {
        let at = |words: &Range<usize>| {
            if words.end <= trigger.start {
                (trigger.start - words.end) * 2
            } else {
                words.start.saturating_sub(trigger.end)
            }
        };
        let candidates =
            self.found.within(clause.clone()).filter(|m| m.is_place() && m.words.end <= clause.end);
        let best = candidates
            .filter_map(|m| {
                let mut n = m.words.start;
                let mut placed = false;
                while n > clause.start {
                    n -= 1;
                    let form = &self.words[n].form;
                    if self.lexicon.is("place", form) {
                        placed = true;
                        break;
                    }
                    if !self.lexicon.is("article", form) {
                        break;
                    }
                }
                let topical = n > clause.start && self.lexicon.is("war", &self.words[n - 1].form);
                let goes = word.goer && m.words.start >= trigger.start && m.words.start <= trigger.end + 6;
                let state = m.senses.iter().any(|s| matches!(s, Sense::State(_)))
                    && !m.senses.iter().any(|s| matches!(s, Sense::Capital(_) | Sense::Town(_)));
                // «la politique adoptée à Séoul, il n'y a pas lieu de se rencontrer»: another clause, unless it opens.
                let between = m.words.end..trigger.start.max(m.words.end);
                let opens = m.words.start <= clause.start + 2;
                if !opens && between.into_iter().any(|n| self.words[n].form == ",") {
                    return None;
                }
                ((placed && !topical) || goes).then(|| (at(&m.words) + if state { 8 } else { 0 }, m))
            })
            .min_by_key(|(distance, m)| (*distance, m.words.start))?;
        if best.0 > 30 {
            return None;
        }
        let span = span_of(self.words, &best.1.words);
        Some(Place { name: span.of(&self.report.text).to_owned(), span })
    }

    /// The figures that take part; where the sides are told by others, one that stands for none is no party.
    fn participants(&self, figures: Vec<usize>, sides: &[Side]) -> Vec<usize> {
        let stands =
            |f: &usize| self.mentions.figures[*f].side.as_ref().is_some_and(|side| sides.contains(side));
        figures.into_iter().filter(stands).collect()
    }

    /// The sides that mediate, as the report says: «le médiateur omanais», «sous l'égide du Qatar».
    fn mediators(&self) -> Vec<Side> {
        let mut sides = Vec::new();
        for mention in &self.mentions.all {
            if mention.sides.len() != 1 || matches!(mention.what, What::Pair { .. } | What::Town) {
                continue;
            }
            let before = mention.full.start.saturating_sub(4)..mention.full.start;
            let named = mention.full.clone().any(|n| self.lexicon.is("mediate", &self.words[n].form));
            let behind = mention.full.end..(mention.full.end + 2).min(self.words.len());
            let told = before.clone().any(|n| self.lexicon.is("mediate", &self.words[n].form))
                && !before.clone().any(|n| matches!(self.words[n].kind, TokenKind::Punctuation))
                || behind.clone().any(|n| self.lexicon.is("mediate", &self.words[n].form));
            if named || told {
                sides.push(mention.sides[0].clone());
            }
        }
        dedup(&mut sides);
        sides
    }

    /// The sentence, or so much of it around trigger and parties as is allowed.
    fn evidence(
        &self,
        n: usize,
        sentence: &Range<usize>,
        clause: &Range<usize>,
        trigger: &Range<usize>,
        parties: &Parties,
    ) -> Span {
        let text = &self.report.text;
        let whole = self.analysis.sentences[n].span;
        let fits = |span: Span| span.of(text).chars().count() <= LONGEST;
        if fits(whole) {
            return whole;
        }
        let core = match &parties.reach {
            Some(reach) => reach.start.min(trigger.start)..reach.end.max(trigger.end),
            None => trigger.clone(),
        };
        let core = core.start.max(sentence.start)..core.end.min(sentence.end);
        let wide = clause.start.min(core.start)..clause.end.max(core.end);
        for mut range in [wide, core] {
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

    /// Tellings of one sentence that are one contact: a journey and the meeting it is made for; two words for one thing.
    fn join_within(&self, tellings: Vec<Telling>) -> Vec<Telling> {
        let mut kept: Vec<Telling> = Vec::new();
        for mut telling in tellings {
            if let Some(other) = kept.iter_mut().find(|other| {
                let share = telling.figures.iter().any(|f| other.figures.contains(f));
                (other.goer && !telling.goer && share && telling.kind == ContactKind::Meeting)
                    || (telling.goer && !other.goer && share && other.kind == ContactKind::Meeting)
            }) {
                // The meeting stays, with the journey's place.
                if other.goer {
                    telling.place = telling.place.or(other.place.take());
                    telling.date = telling.date.or(other.date.take());
                    let called_off = matches!(other.status, Status::Cancelled | Status::RuledOut);
                    if (!telling.told && telling.status == Status::Held)
                        || (called_off && telling.status == Status::Planned)
                    {
                        telling.status = other.status;
                    }
                    *other = telling;
                } else {
                    other.place = other.place.take().or(telling.place);
                }
                continue;
            }
            let same = kept.iter_mut().find(|other| {
                same_contact(other, &telling, true)
                    && (other.vague || telling.vague || other.kind == telling.kind)
            });
            match same {
                Some(other) => absorb(other, telling),
                None => kept.push(telling),
            }
        }
        kept
    }

    fn accounts(&self, tellings: Vec<Telling>, titles: Vec<Telling>) -> Vec<Account> {
        struct Growing {
            telling: Telling,
            evidence: Vec<Span>,
        }
        let mut growing: Vec<Growing> = Vec::new();
        let order = tellings.into_iter().map(|t| (t, false)).chain(titles.into_iter().map(|t| (t, true)));
        for (telling, title) in order {
            let found = growing.iter_mut().rev().take(LOOK_BACK).find(|g| {
                if telling.definite && !title {
                    takes_up(&g.telling, &telling)
                } else {
                    same_contact(&g.telling, &telling, false)
                }
            });
            match found {
                Some(g) => {
                    if !g.evidence.contains(&telling.evidence) && g.evidence.len() < PIECES {
                        g.evidence.push(telling.evidence);
                    }
                    absorb(&mut g.telling, telling);
                }
                // What only takes up something told before, and finds nothing, is no contact of its own.
                None if title || (telling.own == 0 && !telling.renewed) => {}
                None => {
                    let evidence = vec![telling.evidence];
                    growing.push(Growing { telling, evidence });
                }
            }
        }
        let mediators = self.mediators();
        for Growing { telling, .. } in &mut growing {
            let parties = telling.sides.len();
            if telling.kind == ContactKind::Talks && parties >= 2 && mediators.len() <= 3 {
                telling.sides.extend(
                    mediators
                        .iter()
                        .filter(|side| !telling.sides.contains(side))
                        .cloned()
                        .collect::<Vec<_>>(),
                );
                telling.sides.sort();
            }
        }
        growing
            .into_iter()
            .map(|Growing { telling, evidence }| Account {
                kind: telling.kind,
                status: telling.status,
                participants: self.participants(telling.figures, &telling.sides),
                sides: telling.sides,
                date: telling.date,
                place: telling.place,
                evidence,
                derivation: telling.derivation,
            })
            .collect()
    }
}

fn dedup(sides: &mut Vec<Side>) {
    let mut seen = Vec::new();
    sides.retain(|side| {
        let new = !seen.contains(side);
        seen.push(side.clone());
        new
    });
}

/// Order in which cues decide: a cancellation over a denial over a possibility over a plan.
fn strength(status: Status) -> u8 {
    match status {
        Status::Cancelled => 0,
        Status::RuledOut => 1,
        Status::Denied => 2,
        Status::Possible => 3,
        Status::Planned => 4,
        Status::Held => 5,
    }
}

/// Whether two kinds can be told of one contact.
fn related(a: ContactKind, b: ContactKind) -> bool {
    use ContactKind::{Call, Exchange, Meeting, Message, Talks, Visit};
    a == b
        || matches!(
            (a, b),
            (Meeting, Talks | Visit | Exchange)
                | (Talks | Visit | Exchange, Meeting)
                | (Exchange, Call | Talks)
                | (Call | Talks, Exchange)
        ) && !matches!((a, b), (Message, _) | (_, Message))
}

fn dates_agree(a: &Telling, b: &Telling) -> bool {
    match (&a.date, &b.date) {
        (Some(a), Some(b)) => a.value.may_agree(&b.value),
        _ => true,
    }
}

fn places_agree(a: &Telling, b: &Telling) -> bool {
    match (&a.place, &b.place) {
        (Some(a), Some(b)) => a.name == b.name,
        _ => true,
    }
}

fn figures_agree(a: &Telling, b: &Telling) -> bool {
    a.figures.is_empty()
        || b.figures.is_empty()
        || a.figures.iter().all(|f| b.figures.contains(f))
        || b.figures.iter().all(|f| a.figures.contains(f))
}

/// Whether two statuses can be of one contact: equal ones, a plan and a possibility, or one that no word told.
fn statuses_agree(a: &Telling, b: &Telling) -> bool {
    a.status == b.status
        || a.told != b.told
        || matches!(
            (a.status, b.status),
            (Status::Planned, Status::Possible) | (Status::Possible, Status::Planned)
        )
}

/// Whether two tellings are of one contact; `near` where one sentence has both.
fn same_contact(a: &Telling, b: &Telling, near: bool) -> bool {
    let open = (a.vague || b.vague) && a.kind != ContactKind::Message && b.kind != ContactKind::Message;
    let people = !a.figures.is_empty() && !b.figures.is_empty();
    let kinds = a.kind == b.kind || open || (b.definite && related(a.kind, b.kind));
    // What names people is not what names none, unless the words take it up.
    let named = a.figures.is_empty() == b.figures.is_empty() || near || b.definite;
    // A status that no word told goes with another only where the same people bring the two together.
    let statuses = a.status == b.status || near || people || b.definite;
    a.sides == b.sides
        && kinds
        && named
        && statuses
        && figures_agree(a, b)
        && dates_agree(a, b)
        && places_agree(a, b)
        && statuses_agree(a, b)
}

/// Whether a definite telling («la rencontre») takes up an earlier one.
fn takes_up(earlier: &Telling, telling: &Telling) -> bool {
    related(earlier.kind, telling.kind)
        && telling.sides.iter().all(|s| earlier.sides.contains(s))
        && dates_agree(earlier, telling)
        && (statuses_agree(earlier, telling) || !telling.told)
}

/// Adds what a later telling knows.
fn absorb(earlier: &mut Telling, later: Telling) {
    if earlier.vague && !later.vague && later.kind != earlier.kind {
        earlier.kind = later.kind;
        earlier.vague = false;
    }
    if later.told && !earlier.told {
        earlier.status = later.status;
        earlier.told = true;
    }
    for figure in later.figures {
        if !earlier.figures.contains(&figure)
            && (later.explicit || later.attends || earlier.figures.is_empty())
        {
            earlier.figures.push(figure);
        }
    }
    if earlier.date.is_none() {
        earlier.date = later.date;
    }
    if earlier.place.is_none() {
        earlier.place = later.place;
    }
    earlier.derivation.children.push(later.derivation);
}
