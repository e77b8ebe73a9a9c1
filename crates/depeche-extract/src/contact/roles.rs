//! The parties that the tree shows: subject, objects and complements of a verb; complements, adjectives and the governing
//! predicate of a noun.

use std::ops::Range;

use depeche_gazetteer::OfficeClass;
use depeche_record::{ContactKind, Side, Upos};

use super::Recent;
use super::parties::{Parties, dedup};
use crate::found::FoundMatch;
use crate::lexicon::{ContactWord, Number};
use crate::mention::{Mention, What};
use crate::scene::Scene;

/// How many nouns a chain of complements is climbed: «une série d'entretiens».
const CLIMB: usize = 3;

/// How long «intermédiaire de la Suède» is at most, in words.
const SHORT: usize = 5;

/// How many words «в министерство иностранных дел Польши» has before its state.
const MINISTRY: usize = 5;

/// How far behind «puis» who comes next stands, in words.
const TURN: usize = 8;

impl Scene<'_> {
    pub(super) fn marks(&self, use_: &str, at: Option<usize>) -> bool {
        at.is_some_and(|n| self.lexicon.is(use_, &self.words[n].form))
    }

    /// The parties of a verb: its subject, its objects, those it takes by a preposition; several sets where it tells of
    /// several contacts («a reçu X, puis Y»), none where it needs another party and has none.
    pub(super) fn roles_of_verb(
        &self,
        sentence: &Range<usize>,
        trigger: &Range<usize>,
        word: &ContactWord,
        recent: &Recent,
    ) -> Vec<Parties> {
        let trees = self.trees;
        let Some(top) = trees.top(trigger) else { return Vec::new() };
        let lexicon = self.lexicon;
        let reciprocal = trigger.clone().any(|n| lexicon.is("reflexive", &self.words[n].form))
            || trees.children(top).iter().any(|&n| lexicon.is("reflexive", &self.words[n].form));
        let mut common = Parties::default();
        // Who is told as the subject, each apart.
        let mut each: Vec<Parties> = Vec::new();
        let mut subjects = self.asked(top).unwrap_or_else(|| trees.subjects(top));
        // `has offered to mediate between X and Y`, where the tree takes the verb for something else.
        if subjects.is_empty() && matches!(trees.relation(top), "obl" | "nmod") {
            subjects = self.subjects_above(top);
        }
        for node in subjects {
            let mut own = Parties::default();
            self.take_node(sentence, node, recent, &mut own);
            common.absorb(own.clone());
            each.push(own);
        }
        let subjects = common.sides.len() + common.figures.len();
        // Who stands opposite, each with the word that names it.
        let mut others: Vec<(usize, Parties)> = Vec::new();
        let opposite = |node: usize, common: &Parties| {
            let mut own = common.clone();
            let took = self.take_node(sentence, node, recent, &mut own) && own.differs(common);
            took.then_some((node, own))
        };
        if !(word.both || (reciprocal && !word.object)) {
            for node in trees.objects(top) {
                // «ont prévenu Beyrouth»
                let capital = word.kind == ContactKind::Message
                    && self.mention_at(node).is_some_and(|m| m.what == What::Capital);
                if word.person && !capital && !self.is_somebody(node) {
                    continue;
                }
                others.extend(opposite(node, &common));
            }
        }
        let to = word.sender || word.object;
        let mut beside: Vec<usize> = Vec::new();
        for n in trigger.clone().filter(|&n| trees.knows(n)) {
            for (node, case) in trees.complements(n) {
                // «a transmis à Juba les propositions»: what is handed over is handed to somebody.
                if word.sender
                    && self.marks("to", case)
                    && self.is_placed(node)
                    && let Some(m) =
                        self.mention_at(node).filter(|m| matches!(m.what, What::Capital | What::State))
                {
                    let mut own = common.clone();
                    self.take(m, recent, &mut own);
                    if own.differs(&common) {
                        others.push((node, own));
                    }
                    continue;
                }
                // `called on X`, `sat across from X`: the preposition is the verb's own.
                let own = word.object && case.is_some_and(|n| trigger.contains(&n)) && !self.is_placed(node);
                let fits = self.marks("with", case)
                    || self.marks("by", case)
                    || self.marks("between", case)
                    || (to && self.marks("to", case) && !self.is_placed(node))
                    || own;
                if fits {
                    others.extend(opposite(node, &common));
                } else if self.marks("comitative", Some(node)) {
                    beside.extend(trees.complements(node).into_iter().map(|(node, _)| node));
                }
            }
        }
        // Two sides as the subject of such a verb meet one another.
        let among = (word.mutual && common.sides.len() >= 2) || (reciprocal && subjects >= 2);
        // «Le chargé d'affaires suédois à Téhéran a été convoqué»: by whom he is accredited to.
        if others.is_empty()
            && word.accredited
            && let Some((node, own)) = self.summoned(sentence)
        {
            others.push((node, own));
        }
        if others.is_empty() && (word.sender || (word.object && !among)) {
            return Vec::new();
        }
        others.sort_by_key(|(node, _)| *node);
        // «a reçu X le 9 août, puis Y le 12»
        let mut turns = Vec::new();
        if !others.is_empty() && !word.both {
            let last = others.last().map_or(trigger.end, |(node, _)| *node + 1);
            turns = self.in_turn(last.max(trigger.end)..sentence.end);
            for &node in &turns {
                let mut own = common.clone();
                if self.take_node(sentence, node, recent, &mut own) && own.differs(&common) {
                    others.push((node, own));
                }
            }
        }
        let (from, to) = match (others.first(), others.last()) {
            (Some((first, _)), Some((last, _))) => (trigger.start.min(*first), *last),
            _ => (trigger.start, trigger.end),
        };
        let apart = self.is_apart(&(trigger.start..trigger.end.max(to.min(trigger.end + TURN))), sentence);
        let parted = others.len() > 1
            && (apart
                || !turns.is_empty()
                || (from..to).any(|n| lexicon.is("sequence", &self.words[n].form))
                || word.kind == ContactKind::Call);
        // «X et Y ont été reçus l'un après l'autre par Z»
        if apart && !parted && !others.is_empty() && each.len() > 1 {
            for own in &mut each {
                for (_, other) in &others {
                    own.absorb(other.without(&common));
                }
            }
            return each;
        }
        // «a reçu l'un après l'autre les deux dirigeants»
        if apart
            && !parted
            && let [(_, both)] = others.as_slice()
        {
            let sides = both.without(&common).sides;
            if sides.len() >= 2 {
                return sides.into_iter().map(|side| self.with_side(&common, both, side)).collect();
            }
        }
        let mut sets: Vec<Parties> = Vec::new();
        if parted {
            sets.extend(others.into_iter().map(|(_, own)| own));
        } else {
            for (_, own) in others {
                common.absorb(own);
            }
            sets.push(common);
        }
        let there = self.parties_at(sentence, beside, recent);
        for parties in &mut sets {
            parties.put_beside(there.clone());
        }
        sets
    }

    /// Whom words of the tree stand for, together.
    fn parties_at(
        &self,
        sentence: &Range<usize>,
        nodes: impl IntoIterator<Item = usize>,
        recent: &Recent,
    ) -> Parties {
        let mut parties = Parties::default();
        for node in nodes {
            self.take_node(sentence, node, recent, &mut parties);
        }
        parties
    }

    /// Who is to do it, where somebody asks for it: «demande à X d'ouvrir des négociations».
    fn asked(&self, top: usize) -> Option<Vec<usize>> {
        let trees = self.trees;
        let head = trees.head(top).filter(|_| matches!(trees.relation(top), "xcomp" | "ccomp"))?;
        let infinitive = trees.has(top, "VerbForm=Inf") && self.marks_lemma("asking", head);
        let asked: Vec<usize> = trees
            .complements(head)
            .into_iter()
            .filter(|(_, case)| infinitive && self.marks("to", *case))
            .map(|(node, _)| node)
            .collect();
        (!asked.is_empty()).then_some(asked)
    }

    /// An ambassador who is summoned, and the state that he serves in or whose ministry he is called to: «l'ambassadeur de
    /// X à Téhéran», «в МИД России».
    fn summoned(&self, sentence: &Range<usize>) -> Option<(usize, Parties)> {
        let office = |n: usize| self.found.match_at(n).and_then(FoundMatch::office);
        let summoned = self.mentions.within(sentence).iter().find(|m| {
            !m.sides.is_empty() && m.full.clone().any(|n| office(n) == Some(OfficeClass::Ambassador))
        })?;
        let place = self.found.within(sentence.clone()).find(|m| {
            let before = m.words.start.saturating_sub(MINISTRY).max(sentence.start)..m.words.start;
            let state = m.place_of().is_some_and(|code| summoned.sides.iter().all(|s| s.0 != code));
            let led = before
                .rev()
                .find(|&n| !self.words[n].is_word() || self.lexicon.is_small(&self.words[n].form));
            state && self.marks("place", led)
        })?;
        let mut parties = Parties { sides: vec![Side(place.place_of()?.to_owned())], ..Parties::default() };
        parties.add(self.mentions, summoned);
        parties.cover(&place.words);
        Some((summoned.head.start, parties))
    }

    /// Those who are told one after the other: «…, puis Y», «…, then with Y», up to the next verb.
    fn in_turn(&self, range: Range<usize>) -> Vec<usize> {
        let mut nodes = Vec::new();
        let mut n = range.start;
        while n < range.end && !self.words[n].is_finite() {
            let next = self
                .marks("then", Some(n))
                .then(|| self.mentions.within(&(n + 1..range.end.min(n + TURN))).first())
                .flatten();
            n += 1;
            let Some(mention) = next else { continue };
            let between = &self.words[n..mention.full.start.max(n)];
            let plain = between.iter().all(|w| !w.is_finite() && !self.lexicon.is("topic", &w.form));
            if plain && !self.is_place(mention) && mention.can_act() {
                nodes.push(mention.head.start);
                n = mention.full.end;
            }
        }
        nodes
    }

    /// The parties with one more side of `both`, and its people.
    fn with_side(&self, common: &Parties, both: &Parties, side: Side) -> Parties {
        let stands = |f: &usize| self.mentions.figures[*f].side.as_ref() == Some(&side);
        let figures: Vec<usize> = both.figures.iter().copied().filter(stands).collect();
        let mut parties = common.clone();
        parties.absorb(Parties {
            sides: vec![side],
            figures,
            reach: both.reach.clone(),
            ..Parties::default()
        });
        parties
    }

    /// Whether those told took part one by one: «tour à tour», «séparément», «l'un après l'autre».
    fn is_apart(&self, trigger: &Range<usize>, sentence: &Range<usize>) -> bool {
        let around = trigger.start.saturating_sub(2).max(sentence.start)..(trigger.end + 6).min(sentence.end);
        around.into_iter().any(|n| {
            (1..=3).any(|many| {
                let end = (n + many).min(sentence.end);
                let forms: Vec<&str> = self.words[n..end].iter().map(|w| w.form.as_str()).collect();
                self.lexicon.is("apart", &forms.join("_"))
            })
        })
    }

    /// The parties of a noun: its complements, the clauses that tell of it, the predicate that governs it.
    pub(super) fn roles_of_noun(
        &self,
        sentence: &Range<usize>,
        trigger: &Range<usize>,
        word: &ContactWord,
        recent: &Recent,
        parties: &mut Parties,
    ) {
        let trees = self.trees;
        let lexicon = self.lexicon;
        let Some(mut top) = trees.top(trigger) else { return };
        for _ in 0..CLIMB {
            self.roles_beside(sentence, top, word, recent, parties);
            // «une série d'entretiens», «la tenue d'un sommet»
            let container = trees.head(top).filter(|&head| {
                matches!(trees.relation(top), "nmod" | "conj")
                    && trees.upos(head) == Some(Upos::Noun)
                    && self.mention_at(head).is_none()
            });
            match container {
                Some(head) => top = head,
                None => break,
            }
        }
        let Some(predicate) = trees.head(top) else { return };
        let says = (predicate.saturating_sub(1)..predicate + 1)
            .any(|n| lexicon.is_saying(&self.words[..sentence.end], n));
        let relation = trees.relation(top);
        // «a écrit X après un appel avec Y»: who tells of it was there.
        let says = says && !(relation == "obl" && self.is_during(top));
        if matches!(relation, "obj" | "nsubj" | "obl" | "iobj" | "xcomp") {
            for (node, case) in trees.complements(predicate) {
                let between = self.marks("between", case);
                let with = self.marks("with", case) && relation != "obl";
                let by = self.marks("by", case) && relation == "nsubj";
                // `The talks were attended by X`: besides those whose they are.
                if by && self.marks_lemma("attending", predicate) {
                    parties.put_beside(self.parties_at(sentence, [node], recent));
                    continue;
                }
                if node != top && (between || with || by) && !self.is_placed(node) {
                    self.take_node(sentence, node, recent, parties);
                }
            }
        }
        if relation == "nsubj" && self.marks_lemma("uniting", predicate) {
            for node in trees.objects(predicate) {
                self.take_node(sentence, node, recent, parties);
            }
        }
        // «Mascate accueille des pourparlers entre X et Y», «Z y a participé»
        let hosts = relation == "obj" && self.marks_lemma("hosting", predicate);
        if hosts || (relation == "obl" && self.marks_lemma("attending", predicate)) {
            for node in trees.subjects(predicate) {
                self.take_node(sentence, node, recent, parties);
            }
        }
        // Who has, seeks or refuses it; who only tells of it stands for a side where another is told.
        let told = parties.sides.len();
        let governed = matches!(relation, "obj" | "xcomp" | "iobj" | "obl");
        // «multiplier les discussions avec X et Y»: they are somebody's; «entre X et Y» they are theirs alone.
        let beside = trees.complements(predicate).into_iter().filter(|(node, _)| *node != top);
        let cases: Vec<_> = trees.complements(top).into_iter().chain(beside).map(|(_, case)| case).collect();
        let theirs = relation != "obj"
            || !cases.iter().any(|&case| self.marks("with", case))
            || cases.iter().any(|&case| self.marks("between", case));
        if governed && (told < 2 || !theirs) && (!says || told == 1) {
            let figures = parties.figures.len();
            for node in trees.subjects(predicate) {
                self.take_node(sentence, node, recent, parties);
            }
            // Who tells of it is not known to have been there.
            if says {
                parties.figures.truncate(figures);
            }
        }
    }

    /// The sets of parties where a noun tells of several contacts: «des entretiens avec X, puis avec Y», «l'un avec X,
    /// l'autre avec Y».
    pub(super) fn parted_noun(
        &self,
        sentence: &Range<usize>,
        trigger: &Range<usize>,
        recent: &Recent,
    ) -> Vec<Parties> {
        let trees = self.trees;
        let Some(top) = trees.top(trigger) else { return Vec::new() };
        let mut with: Vec<usize> = trees
            .complements(top)
            .into_iter()
            .chain(trees.in_relation(top, &["appos", "conj"]).flat_map(|n| trees.complements(n)))
            .filter(|(_, case)| self.marks("with", *case) && !self.marks("and", *case))
            .map(|(node, _)| node)
            .chain(self.governed_by_with(trigger.end..sentence.end))
            .filter(|&node| self.mention_at(node).is_some_and(|m| m.full.start >= trigger.end))
            .collect();
        // `separate meetings with X and with Y`, «les têtes-à-têtes avec X, Y et Z»: one with each.
        let apart = self.is_apart(trigger, sentence);
        if apart {
            let whole = |node: usize| self.mention_at(node).and_then(|m| trees.top(&m.full)).unwrap_or(node);
            let person = |n: &usize| self.mention_at(*n).is_some_and(Mention::is_person);
            let listed = |node: usize| {
                let node = whole(node);
                // «X, Y et Z», of which the tree has Y beside X.
                trees.joined(node).into_iter().chain(trees.in_relation(node, &["appos"]).filter(person))
            };
            with = with.into_iter().flat_map(listed).filter(|&n| self.mention_at(n).is_some()).collect();
        }
        with.sort_unstable();
        with.dedup_by_key(|n| self.mention_at(*n).map(|m| m.full.start));
        let (Some(&first), Some(&last)) = (with.first(), with.last()) else { return Vec::new() };
        let sequence = (first..last).any(|n| self.lexicon.is("sequence", &self.words[n].form));
        if with.len() < 2 || !(sequence || apart) {
            return Vec::new();
        }
        let subjects = trees.head(top).map(|predicate| trees.subjects(predicate)).unwrap_or_default();
        let mut common = Parties::default();
        for node in subjects.into_iter().filter(|&node| !trees.is_under(node, top)) {
            self.take_node(sentence, node, recent, &mut common);
        }
        let mut sets = Vec::new();
        for node in with {
            let mut own = common.clone();
            // Those of a list are taken one by one.
            let alone = self.mention_at(node).filter(|m| apart && m.is_person());
            let took = match alone {
                Some(mention) => {
                    self.take(mention, recent, &mut own);
                    true
                }
                None => self.take_node(sentence, node, recent, &mut own),
            };
            if took {
                sets.push(own);
            }
        }
        sets
    }

    /// Who stands behind «avec», in the order of words and up to the next verb.
    fn governed_by_with(&self, range: Range<usize>) -> impl Iterator<Item = usize> {
        let end = range.clone().find(|&n| self.words[n].is_finite()).unwrap_or(range.end);
        let with = |m: &&Mention| {
            m.governor.is_some_and(|g| self.marks("with", Some(g)) && !self.marks("and", Some(g)))
        };
        self.mentions.within(&(range.start..end)).iter().filter(with).filter_map(|m| self.trees.top(&m.head))
    }

    /// The complements of a noun, those of the bare nouns that only say of which sort it is among them: «une visite d'État
    /// de X», «la réunion de travail entre X et Y».
    fn complements_of_noun(&self, top: usize) -> Vec<(usize, Option<usize>)> {
        let trees = self.trees;
        let mut all = Vec::new();
        for (node, case) in trees.complements(top) {
            // «du sommet» is a thing of its own.
            let definite = case.is_some_and(|n| self.lexicon.is("article", &self.words[n].form));
            let sort = self.marks("genitive", case)
                && !definite
                && trees.upos(node) == Some(Upos::Noun)
                && self.mention_at(node).is_none()
                && trees.in_relation(node, &["det", "amod"]).next().is_none();
            if sort {
                all.extend(trees.complements(node));
            }
            all.push((node, case));
        }
        all
    }

    fn roles_beside(
        &self,
        sentence: &Range<usize>,
        top: usize,
        word: &ContactWord,
        recent: &Recent,
        parties: &mut Parties,
    ) {
        let trees = self.trees;
        for (node, case) in self.complements_of_noun(top) {
            let genitive = self.marks("genitive", case);
            let to = self.marks("to", case) && matches!(word.kind, ContactKind::Message | ContactKind::Call);
            let fits = genitive
                || to
                || case.is_none()
                || self.marks("with", case)
                || self.marks("between", case)
                || self.marks("by", case);
            // «les pourparlers de Genève»
            let seat = genitive
                && matches!(word.kind, ContactKind::Meeting | ContactKind::Talks)
                && self.mention_at(node).is_some_and(|m| m.what == What::Capital)
                && trees.joined(node).len() < 2;
            if fits && !seat {
                self.take_node(sentence, node, recent, parties);
            } else if self.marks("comitative", Some(node)) {
                let there = trees.complements(node).into_iter().map(|(node, _)| node);
                parties.put_beside(self.parties_at(sentence, there, recent));
            }
        }
        for &child in trees.children(top) {
            match trees.relation(child) {
                "flat" | "compound" => {
                    self.take_node(sentence, child, recent, parties);
                }
                "det" | "nmod" if self.is_possessive(child) => {
                    self.take_node(sentence, child, recent, parties);
                }
                "acl" => {
                    // `talks, hosted by Malaysia,`
                    let hosted = self.marks_lemma("hosting", child);
                    for (node, case) in trees.complements(child) {
                        if hosted && self.marks("by", case) {
                            parties.put_beside(self.parties_at(sentence, [node], recent));
                        } else if self.marks("between", case)
                            || self.marks("with", case)
                            || self.marks("by", case)
                        {
                            self.take_node(sentence, node, recent, parties);
                        }
                    }
                    // «le dîner auquel X a convié Y», «le déjeuner offert par X à Y»
                    let negated = trees.children(child).iter().any(|&n| self.marks("not", Some(n)));
                    let invites = self.marks_lemma("inviting", child) && !negated;
                    if invites || self.marks_lemma("uniting", child) {
                        for node in trees.objects(child) {
                            self.take_node(sentence, node, recent, parties);
                        }
                    }
                    if invites {
                        for (node, case) in trees.complements(child) {
                            if self.marks("to", case) && !self.is_placed(node) {
                                self.take_node(sentence, node, recent, parties);
                            }
                        }
                    }
                    // «la conversation que X et Y ont eue», «la conférence à laquelle participait X»
                    let has =
                        ["light", "inviting", "attending"].iter().any(|use_| self.marks_lemma(use_, child));
                    if trees.full_relation(child) == "acl:relcl" && has {
                        for node in trees.subjects(child) {
                            self.take_node(sentence, node, recent, parties);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// Who is there besides, as the clause says: «en présence de X», «sous l'égide du Qatar».
    pub(super) fn bystanders(
        &self,
        sentence: &Range<usize>,
        clause: &Range<usize>,
        kind: ContactKind,
        recent: &Recent,
        parties: &mut Parties,
    ) {
        for n in clause.clone().filter(|&n| self.marks("comitative", Some(n))) {
            // «par l'intermédiaire de la Suède», where the word is taken for an office.
            let short = |m: &&Mention| m.full.len() <= SHORT && !m.sides.is_empty() && !m.is_person();
            if let Some(own) = self.mention_at(n).filter(short) {
                self.take(own, recent, parties);
                continue;
            }
            let next =
                self.mentions.within(&(n + 1..clause.end.min(n + 8))).iter().find(|m| m.full.start > n);
            let Some(mention) = next else { continue };
            let between = &self.words[n + 1..mention.full.start];
            // «sous le regard de leur hôte, X»
            let apposed = between.last().filter(|w| w.form == ",");
            let between = match apposed
                .and_then(|_| between.iter().rposition(|w| self.lexicon.is("counterpart", &w.form)))
            {
                Some(noun) => &between[..noun],
                None => between,
            };
            // «autour de X», but not «autour de l'Iran», which tells what about.
            let somebody = !self.lexicon.is("around", &self.words[n].form)
                || mention.is_person()
                || matches!(mention.what, What::Role(..));
            let owned = somebody
                && between.iter().all(|w| {
                    ["genitive", "article", "honorific", "by"]
                        .iter()
                        .any(|use_| self.lexicon.is(use_, &w.form))
                        || !w.is_word()
                });
            if owned && let Some(node) = self.trees.top(&mention.head) {
                self.take_node(sentence, node, recent, parties);
            }
        }
        // «sous médiation turque», `under Malaysian mediation`
        for n in clause.clone().filter(|&n| self.marks("mediate", Some(n))) {
            let beside = [self.found.match_ending(n), self.found.match_at(n + 1)];
            for m in beside.into_iter().flatten().filter(|m| m.is_adjective()) {
                parties.sides.extend(m.sides().into_iter().filter(|_| clause.contains(&m.words.start)));
                parties.cover(&(m.words.start.min(n)..m.words.end.max(n + 1)));
            }
        }
        // `EU-mediated talks`
        for n in clause.clone() {
            let sides = self.mediating_compound(n);
            if !sides.is_empty() {
                parties.sides.extend(sides);
                parties.cover(&(n..n + 1));
            }
        }
        // «a transmis sa réponse via Oman»
        if matches!(kind, ContactKind::Message | ContactKind::Exchange) {
            for n in clause.clone().filter(|&n| self.marks("via", Some(n))) {
                let next = self.mentions.within(&(n + 1..clause.end.min(n + 3)));
                let acts = |m: &&Mention| m.can_act() && !m.sides.is_empty() && m.governor == Some(n);
                if let Some(mention) = next.iter().find(acts) {
                    self.take(mention, recent, parties);
                }
            }
        }
        dedup(&mut parties.sides);
    }

    /// Whether a noun is told as a circumstance: «après …», «lors de …», «à l'issue de …».
    fn is_during(&self, at: usize) -> bool {
        let around = at.saturating_sub(4)..at;
        self.trees.case(at).into_iter().chain(around).any(|n| self.lexicon.is("during", &self.words[n].form))
    }

    fn is_possessive(&self, at: usize) -> bool {
        self.trees.has(at, "Poss=Yes")
    }

    fn marks_lemma(&self, use_: &str, at: usize) -> bool {
        self.lexicon.is(use_, self.trees.lemma(at))
            || self.words[at].morphs.iter().any(|m| self.lexicon.is(use_, m.lemma))
    }

    /// Whether the word is of a mention that names where something is.
    fn is_placed(&self, at: usize) -> bool {
        self.mention_at(at).is_some_and(|m| self.is_place(m))
    }

    pub(super) fn is_somebody(&self, at: usize) -> bool {
        match self.mention_at(at) {
            Some(m) => m.is_person() || matches!(m.what, What::Role(..) | What::Pair { .. } | What::People),
            None => self.trees.upos(at) == Some(Upos::Pron),
        }
    }

    /// Takes the armed party that the report speaks of most: «le groupe armé», «les rebelles».
    fn take_rebels(&self, at: usize, recent: &Recent, parties: &mut Parties) -> bool {
        let owned = self.trees.complements(at).iter().any(|(_, case)| self.marks("genitive", *case));
        let armed = |side: &&Side| self.gazetteer.organisation(&side.0).is_some_and(|o| o.armed);
        let sides = recent.salient.iter().map(|(side, _)| side);
        match sides.into_iter().find(armed).filter(|_| !owned) {
            Some(side) => {
                parties.absorb(Parties {
                    sides: vec![side.clone()],
                    reach: Some(at..at + 1),
                    ..Parties::default()
                });
                true
            }
            None => false,
        }
    }

    /// Takes what a word of the tree stands for as a party; whether it stood for one.
    pub(super) fn take_node(
        &self,
        sentence: &Range<usize>,
        at: usize,
        recent: &Recent,
        parties: &mut Parties,
    ) -> bool {
        let unsided =
            self.mention_at(at).is_none_or(|m| m.sides.is_empty() && matches!(m.what, What::Role(..)));
        if unsided && self.marks("rebels", Some(at)) && self.take_rebels(at, recent, parties) {
            return true;
        }
        if let Some(mention) = self.mention_at(at) {
            if self.is_place(mention) {
                return false;
            }
            // «la délégation conduite par le ministre ougandais»
            if mention.sides.is_empty() && matches!(mention.what, What::Role(_, Number::Body | Number::Many))
            {
                for &child in self.trees.children(at).iter().filter(|&&n| self.trees.relation(n) == "acl") {
                    for (node, case) in self.trees.complements(child) {
                        let led = self.marks("by", case) && self.marks_lemma("leading", child);
                        if led && self.mention_at(node).is_some_and(|m| m.head != mention.head) {
                            return self.take_node(sentence, node, recent, parties);
                        }
                    }
                }
            }
            self.take(mention, recent, parties);
            // «entre X, ministre de …, et Y»: what the tree hangs elsewhere.
            let mut end = mention.full.end;
            for next in self.mentions.within(&(end..sentence.end)) {
                let between = &self.words[end.min(next.full.start)..next.full.start];
                let linked = between.iter().any(|w| w.form == "," || self.lexicon.is("and", &w.form));
                let small = ["and", "article", "honorific", "genitive", "with", "between"];
                let plain = between
                    .iter()
                    .all(|w| w.form == "," || small.iter().any(|mark| self.lexicon.is(mark, &w.form)));
                let head = self.trees.top(&next.head);
                let elsewhere =
                    head.is_some_and(|n| matches!(self.trees.relation(n), "nsubj" | "root" | "obl"));
                // Whom the tree joins to it is taken by itself.
                let joined = self.trees.joined(at);
                // «l'un avec X, l'autre avec Y», «X, puis Y»
                let then = between
                    .iter()
                    .any(|w| ["then", "sequence"].iter().any(|use_| self.lexicon.is(use_, &w.form)));
                let apart = then || next.full.clone().any(|n| joined.contains(&n));
                if !linked || !plain || elsewhere || apart || self.is_place(next) {
                    break;
                }
                self.take(next, recent, parties);
                end = next.full.end;
            }
            return true;
        }
        // «a rencontré le visiteur»: who came.
        if self.marks("guest", Some(at)) {
            let came = recent.told.iter().rev().flat_map(|t| t.figures.iter().copied()).find(|&figure| {
                self.mentions.figures[figure].side.as_ref().is_some_and(|side| !parties.sides.contains(side))
            });
            let Some(figure) = came.filter(|_| !parties.sides.is_empty()) else { return false };
            let side = self.mentions.figures[figure].side.clone();
            parties.absorb(Parties {
                sides: side.into_iter().collect(),
                figures: vec![figure],
                reach: Some(at..at + 1),
                ..Parties::default()
            });
            return true;
        }
        if self.trees.upos(at) == Some(Upos::Pron) || self.is_possessive(at) {
            return match self.refer(sentence, at, recent, parties) {
                Some(mention) => {
                    self.take(&mention, recent, parties);
                    parties.cover(&(at..at + 1));
                    true
                }
                None => false,
            };
        }
        // «les militaires soudanais», «les troupes du Tchad»: people whom no list knows, by whose they are.
        if matches!(self.trees.upos(at), Some(Upos::Noun | Upos::Propn)) {
            let mut took = false;
            for &child in self.trees.children(at) {
                let adjective = self.found.match_at(child).filter(|m| m.is_adjective());
                if let Some(m) = adjective {
                    for side in m.sides() {
                        if !parties.sides.contains(&side) {
                            parties.sides.push(side);
                        }
                    }
                    parties.cover(&(at.min(child)..at.max(child) + 1));
                    took = true;
                }
            }
            // «l'avion du ministre français», «la voiture de X»
            if !took && self.marks_lemma("vehicle", at) {
                for (node, case) in self.trees.complements(at) {
                    if self.marks("genitive", case)
                        && !self.is_placed(node)
                        && self.mention_at(node).is_some()
                    {
                        return self.take_node(sentence, node, recent, parties);
                    }
                }
            }
            // «des commandants des deux armées»
            if !took && let Some(pair) = self.owners(&(at..at + 1)) {
                self.take(pair, recent, parties);
                return true;
            }
            return took;
        }
        false
    }

    /// Whom a pronoun or a possessive stands for: who was the subject last, of those not among the parties yet.
    fn refer(
        &self,
        sentence: &Range<usize>,
        at: usize,
        recent: &Recent,
        parties: &Parties,
    ) -> Option<Mention> {
        let trees = self.trees;
        let form = self.words[at].form.as_str();
        // Who speaks or is spoken to is not told here.
        if self.lexicon.is("nobody", form) || trees.has(at, "Person=1") || trees.has(at, "Person=2") {
            return None;
        }
        let plural = trees.has(at, "Number=Plur")
            || trees.has(at, "Number[psor]=Plur")
            || self.lexicon.is("plural", form);
        // «Pyongyang a refusé de la recevoir»: the letter, unless a woman was named.
        let woman = |m: &Mention| {
            (m.full.start.saturating_sub(1)..m.full.end)
                .any(|n| self.lexicon.is("female", &self.words[n].form))
        };
        let french = self.lexicon.language == depeche_record::Language::French;
        let she = trees.has(at, "Gender=Fem") && !self.is_possessive(at);
        let he = trees.has(at, "Gender=Masc") && !self.is_possessive(at);
        let free = |m: &&Mention| {
            let fits = !french || (!she || woman(m)) && (!he || !woman(m) || m.what == What::State);
            fits && (m.is_person()
                || matches!(m.what, What::Role(..) | What::State | What::Organisation | What::Seat))
                && !self.is_place(m)
                && !m.full.contains(&at)
        };
        let new = |m: &&Mention| match m.what {
            What::Person(figure) => {
                !parties.figures.contains(&figure) && !m.sides.iter().any(|s| parties.sides.contains(s))
            }
            _ => !m.sides.is_empty() && !m.sides.iter().any(|s| parties.sides.contains(s)),
        };
        if plural {
            let here = self.mentions.within(&(sentence.start..at));
            let pair = here.iter().rev().find(|m| matches!(m.what, What::Pair { .. }) || m.sides.len() > 1);
            let subject = recent.subject.as_ref().filter(|m| m.sides.len() > 1);
            return pair.or(subject).cloned().or_else(|| Some(Mention::several(at)));
        }
        let acts = |m: &&Mention| {
            trees.top(&m.head).is_some_and(|n| trees.relation(n) == "nsubj") || m.governor.is_none()
        };
        let here = self.mentions.within(&(sentence.start..at));
        here.iter()
            .rev()
            .filter(free)
            .filter(new)
            .find(acts)
            .or_else(|| recent.subject.as_ref().filter(free).filter(new))
            .cloned()
    }
}
