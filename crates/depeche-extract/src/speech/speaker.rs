//! Who speaks: the subject of a verb of saying, before it or behind it.

use std::ops::Range;

use depeche_record::{Span, Tense, TokenKind, Upos};

use super::reference::Who;
use crate::found::FoundMatch;
use crate::lexicon::Number;
use crate::mention::{Mention, What, span_of};
use crate::scene::{Quote, Scene};
use crate::word::Word;

/// Longest way from the verb to its subject behind it, in words.
const INVERSION: usize = 10;

/// The same in a cleft sentence, where circumstances may stand between.
const FAR_INVERSION: usize = 18;

impl Scene<'_> {
    /// The mention that a sentence is about: the first that acts and that nothing governs.
    pub(super) fn subject_of(&self, sentence: &Range<usize>, quotes: &[Quote]) -> Option<&Mention> {
        self.mentions.within(sentence).iter().find(|m| {
            m.can_act()
                && m.governor.is_none()
                && !self.is_place(m)
                && !self.is_object(m)
                && !self.is_label(m)
                && !self.owns(m)
                && !quotes.iter().any(|q| q.holds(m.head.start))
        })
    }

    /// Whom a sentence is about by its tree: the subject of its main clause, where that is a person or a body.
    pub(super) fn topic(
        &self,
        sentence: &Range<usize>,
        quotes: &[Quote],
        context: Option<&Who>,
    ) -> Option<(Who, Span)> {
        let trees = self.trees;
        let free = |n: &usize| !quotes.iter().any(|q| q.holds(*n));
        if !sentence.clone().any(|n| trees.knows(n)) {
            // A sentence without words of speech or contact has no tree: whoever it begins with.
            let opening = sentence.start..(sentence.start + 5).min(sentence.end);
            let latter = opening.clone().find(|&n| self.lexicon.is("latter", &self.words[n].form));
            if let Some(n) = latter.filter(|&n| self.mention_at(n).is_none()) {
                let who = self.pronoun_in(&(n..sentence.end), n, quotes, context, None)?;
                return Some((who, self.words[n].span));
            }
            let first = self.subject_of(sentence, quotes).filter(|m| m.full.start <= sentence.start + 1)?;
            let body = matches!(first.what, What::Role(_, Number::One | Number::Body));
            return (first.is_person() || body).then(|| self.one(sentence, first, context));
        }
        let root = sentence.clone().find(|&n| trees.relation(n) == "root" && free(&n))?;
        // «C'est X qui …», «C'est ce dernier qui …»
        let this = |n: usize| matches!(self.words[n].form.as_str(), "c'" | "ce");
        let cleft = trees.in_relation(root, &["nsubj", "expl"]).any(this)
            && trees.in_relation(root, &["acl"]).next().is_some();
        if cleft && self.lexicon.is("latter", &self.words[root].form) {
            let who = self.pronoun_in(sentence, root, quotes, context, None)?;
            return Some((who, self.words[root].span));
        }
        let noun = trees.in_relation(root, &["nsubj"]).find(|n| free(n) && !(cleft && this(*n)));
        let noun = noun.or(cleft.then_some(root))?;
        if trees.joined(noun).len() > 1 {
            return None;
        }
        match self.mention_at(noun) {
            Some(m) => {
                let body = matches!(
                    m.what,
                    What::Role(_, Number::One | Number::Body) | What::Seat | What::Organisation
                );
                let about =
                    (m.is_person() || body) && !self.is_place(m) && !self.is_label(m) && !self.oblique(noun);
                about.then(|| self.one(sentence, m, context))
            }
            // «Le grand absent, le président X, n'a pas été invité.»
            None if self.apposed(sentence, noun + 1).is_some() => {
                let person = self.apposed(sentence, noun + 1)?;
                Some((self.who(person, context), span_of(self.words, &person.head)))
            }
            None if self.lexicon.is("voice", &self.words[noun].form) && !self.oblique(noun) => {
                let phrase = self.phrase_around(sentence, noun);
                self.is_voice(&phrase).then(|| self.who_of(sentence, &phrase, context, None))
            }
            None => None,
        }
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
            // «ainsi X qualifie-t-il l'offre»: the pronoun only takes up the subject right before.
            let before = group.start.checked_sub(1).and_then(|n| self.mention_at(n));
            if let Some(m) = before.filter(|m| {
                m.full.end == group.start
                    && m.can_act()
                    && m.governor.is_none()
                    && !quotes.iter().any(|q| q.holds(m.head.start))
                    && self.words[group.start - 1].form != ","
            }) {
                return Some(self.together(sentence, m, context));
            }
            let who = self.pronoun(n, context, subject).map(|who| (who, self.words[n].span));
            return Some(who.into_iter().collect());
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
        // «C'est ce qu'a indiqué mardi, sous couvert d'anonymat, un responsable américain»
        let that = group.start > sentence.start
            && self.lexicon.is("that", &self.words[group.start - 1].form)
            && self.lexicon.language == depeche_record::Language::French;
        let cleft = that
            && group.start >= sentence.start + 2
            && self.lexicon.is("this", &self.words[group.start - 2].form)
            && self.mention_at(group.start - 1).is_none();
        let opened = opened || (next && that) || cleft;
        if !opened {
            return None;
        }
        if cleft
            && let Some(found) = self.subject_by_tree(sentence, &(group.start..end), quotes, context, subject)
            && found.iter().all(|(_, span)| span.start >= self.words[end - 1].span.end)
        {
            return Some(found);
        }
        // «потребовала она»
        if end < sentence.end && self.is_pronoun(end) && self.words.get(end + 1).is_none_or(|w| !w.is_word())
        {
            let who = self.pronoun(end, context, subject)?;
            return Some(vec![(who, self.words[end].span)]);
        }
        let mention =
            self.mentions.within(&(end..sentence.end)).iter().find(|m| m.can_act() && !self.is_object(m));
        if cleft
            && let Some(m) =
                self.mentions.within(&(end..(end + FAR_INVERSION).min(sentence.end))).iter().find(|m| {
                    m.can_act() && m.governor.is_none() && m.what != What::People && !self.times_at(m)
                })
        {
            let outlet =
                (end..m.full.start).any(|n| self.found.match_at(n).is_some_and(|f| f.outlet().is_some()));
            return Some(if outlet { Vec::new() } else { self.together(sentence, m, context) });
        }
        // «…, commente alors le premier»
        if let Some(n) = (end..(end + 4).min(sentence.end)).find(|&n| {
            (self.lexicon.is("one", &self.words[n].form) || self.lexicon.is("other", &self.words[n].form))
                && self.words.get(n + 1).is_none_or(|w| !w.is_word())
        }) {
            // «…, lance le premier, X, à Rome»
            if let Some(m) = self.apposed(sentence, n + 1).filter(|m| m.full.start <= n + 2) {
                return Some(vec![(self.who(m, context), span_of(self.words, &m.head))]);
            }
            if let Some(who) = self.of_two(n) {
                return Some(vec![(who, self.words[n].span)]);
            }
        }
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
        // «…, a ajouté X»: with a comma before, and where the tree has a subject before that comma, this is no inversion:
        // «Peskov, lui, a démenti tout contact avec Kiev», but «…, confie de son côté à Reuters un conseiller».
        let after_quote =
            group.start >= sentence.start + 2 && self.words[group.start - 2].kind == TokenKind::QuoteClose;
        let subject =
            !self.trees.knows(end - 1) || self.subject_stands_before(&(group.start..end), group, quotes);
        let told = (sentence.start..group.start.saturating_sub(1))
            .rev()
            .take_while(|&n| self.mention_at(n).is_none())
            .any(|n| self.words[n].is_finite() && matches!(self.trees.upos(n), Some(Upos::Verb | Upos::Aux)));
        let subject = subject && !told;
        let lone = self.words[group.start.saturating_sub(1)].form == ","
            && !after_quote
            && acting.full.start > end + 3
            && subject;
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
                return self.pronouns(sentence, n, quotes, context, subject);
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
            .filter(|m| !self.owns(m))
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
                // «La rapporteure spéciale abonde dans ce sens.»: what the clause begins with.
                if !relative
                    && let Some(phrase) =
                        self.phrase_at(sentence, bound).filter(|p| p.end <= start && self.is_voice(p))
                    && self.mention_at(phrase.start).is_none()
                {
                    return Some(vec![self.who_of(sentence, &phrase, context, subject)]);
                }
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

    /// Whether a word stands in a case that no subject has. A masculine noun that ends in a consonant is in none of
    /// them, whatever the tagger says of a surname that it does not know.
    pub(super) fn oblique(&self, at: usize) -> bool {
        let ending = self.words[at].form.chars().next_back().unwrap_or(' ');
        let marked = |case: &str| self.trees.has(at, case);
        if self.lexicon.language != depeche_record::Language::Russian {
            return false;
        }
        // «Баку требует»: a name of one form for all cases.
        if self.lexicon.is("undeclined", &self.words[at].form) {
            return false;
        }
        // A feminine in «а», «я» is in the nominative; plurals of people in «ов», «ей» are not.
        let feminine = marked("Gender=Fem") && "ая".contains(ending);
        let plural = marked("Number=Plur") && "вй".contains(ending) && !self.words[at].is_capitalised();
        let object = marked("Case=Gen") || marked("Case=Acc");
        // «украинская сторона»: its adjective is in the nominative.
        if self.trees.in_relation(at, &["amod"]).any(|n| self.trees.has(n, "Case=Nom")) {
            return false;
        }
        marked("Case=Dat")
            || marked("Case=Ins")
            || marked("Case=Loc")
            || object && (plural || "аяуюыиео".contains(ending)) && !feminine
    }

    /// Whether the case of a mention is one that no subject has.
    pub(super) fn is_object(&self, mention: &Mention) -> bool {
        let noun = |n: &usize| matches!(self.trees.upos(*n), Some(Upos::Noun | Upos::Propn));
        let pair = matches!(mention.what, What::Pair { .. });
        // A name is in no such case where one of its parts is in none: «Саули Ниинистё».
        if mention.is_person() {
            // Nor where one is taken for a verb, as names are that are not declined: «Уильям Руто».
            let part = |n: &usize| self.words[*n].is_capitalised() && self.trees.upos(*n) != Some(Upos::Adj);
            // «Сиси принял приглашение»: what ends in such a vowel and stands right before a verb.
            let last = self.words[mention.head.end - 1].form.chars().next_back().unwrap_or(' ');
            let verb = self.words.get(mention.full.end).is_some_and(|w| w.is_finite());
            let first = mention.full.start.checked_sub(1).is_none_or(|n| !self.words[n].is_word());
            if verb && first && "иоуэеы".contains(last) && mention.governor.is_none() {
                return false;
            }
            let mut parts = mention.head.clone().filter(part).peekable();
            return parts.peek().is_some()
                && parts.all(|n| noun(&n) && self.oblique(n) && !self.is_plural_name(n));
        }
        match mention.head.clone().find(noun) {
            Some(_) if pair => mention.head.clone().any(|n| self.oblique(n)),
            Some(n) => self.oblique(n),
            None => self.oblique(mention.head.start),
        }
    }

    /// Whether the tagger sees the plural in a part of a name: no case of it is to be trusted.
    fn is_plural_name(&self, at: usize) -> bool {
        self.trees.has(at, "Number=Plur")
    }

    /// Whether a mention only says whose or where the next word is: `Putin's mouthpiece snapped`, `Seoul newspapers report`.
    fn owns(&self, mention: &Mention) -> bool {
        let end = mention.full.end;
        let named = matches!(
            mention.what,
            What::State | What::Capital | What::Town | What::Organisation | What::Seat
        );
        let compound = named
            && self.lexicon.language == depeche_record::Language::English
            && self.trees.top(&mention.head).is_some_and(|n| {
                self.trees.relation(n) == "compound" && self.trees.head(n).is_some_and(|head| head >= end)
            })
            && self.mention_at(end).is_none_or(|m| m.full.start != end);
        compound || self.words.get(end).is_some_and(|w| w.form == "'s")
    }

    pub(super) fn is_pronoun(&self, at: usize) -> bool {
        let form = &self.words[at].form;
        // «Lequel a répondu que …» at the head of a sentence.
        if self.lexicon.is("whose", form) && self.lexicon.is("latter", form) {
            return self.words[at].is_capitalised();
        }
        // «Последний обвиняет …»
        let last = self.words[at].is_capitalised()
            && self.lexicon.is("latter", form)
            && self.trees.upos(at + 1) == Some(Upos::Verb);
        // «Lui parle d'un succès.»
        let disjoint = self.words[at].is_capitalised()
            && self.lexicon.is("disjoint", form)
            && self.words.get(at + 1).is_some_and(Word::is_finite);
        last || disjoint || self.lexicon.is("pronoun", form) || self.lexicon.is("neuter", form)
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
        // «X a reçu une lettre de Y l'exhortant à …», whatever the participle hangs on.
        if self.words[verb].has_tense(&[Tense::PresentParticiple])
            && let Some(m) = (sentence.start..verb).rev().take(2).find_map(|n| self.mention_at(n))
            && m.genitive
            && m.governor
                .is_some_and(|g| g > sentence.start && self.lexicon.is("utterance", &self.words[g - 1].form))
        {
            return Some(self.together(sentence, m, context));
        }
        let own = trees.in_relation(verb, &["nsubj"]).next().is_some();
        let verb = if own { verb } else { self.sharing(verb) };
        let shared = !own && trees.in_relation(verb, &["nsubj"]).next().is_some();
        // «X quitte Y en exhortant Z»: who leaves.
        let gerund = trees.relation(verb) == "advcl" && trees.has(verb, "VerbForm=Part");
        if !own && !shared && !gerund && !matches!(trees.relation(verb), "conj" | "acl") {
            return None;
        }
        // «… vers le Pentagone, lequel n'a pas répondu», `… to the Pentagon, which did not respond`
        let pronoun = trees.in_relation(verb, &["nsubj"]).find(|&n| {
            ["relative", "whose"].iter().any(|use_| self.lexicon.is(use_, &self.words[n].form)) && n < verb
        });
        if let Some(r) = pronoun.filter(|&r| r > sentence.start + 1 && self.words[r - 1].form == ",")
            && let Some(m) = self.mention_at(r - 2)
            && m.governor.is_some()
            && !m.genitive
            && matches!(m.what, What::Person(_) | What::Seat | What::Organisation)
        {
            return Some(self.together(sentence, m, context));
        }
        let mut found: Vec<(Who, Span)> = Vec::new();
        let subjects = trees.subjects(verb);
        // «Il assure que …, mais met en garde»: a pronoun that the tree takes for one without meaning.
        if subjects.is_empty()
            && trees.relation(verb) == "conj"
            && let Some(head) = trees.head(verb)
            && let Some(n) = trees.in_relation(head, &["expl"]).find(|&n| n < head && self.is_pronoun(n))
        {
            return self.pronouns(sentence, n, quotes, context, subject);
        }
        let before = subjects.first().is_some_and(|&n| n < verb);
        for n in subjects.into_iter().filter(|&n| !before || n < verb) {
            // What stands before a semicolon is another clause's subject, whatever the tree joins.
            let parted =
                (n.min(verb)..verb).any(|k| self.words[k].form == ";" && !quotes.iter().any(|q| q.holds(k)));
            if !sentence.contains(&n) || parted || quotes.iter().any(|q| q.holds(n)) {
                return None;
            }
            if self.is_pronoun(n) {
                // «la présidence turque, elle, n'a pas …»
                let comma = |n: usize| self.words.get(n).is_some_and(|w| w.form == ",");
                if n > 0 && comma(n - 1) && comma(n + 1) {
                    continue;
                }
                found.extend(self.pronouns(sentence, n, quotes, context, subject)?);
                continue;
            }
            match self.mention_at(n) {
                Some(m) if m.can_act() && !self.is_place(m) && !self.oblique(n) && !self.owns(m) => {
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
                    if let Some(who) = self.of_two(n) {
                        found.push((who, self.words[n].span));
                        continue;
                    }
                    // «Toutes deux ont jugé …»
                    let both = self.lexicon.is("numbers", &format!("{}=2", self.words[n].form))
                        && n > sentence.start
                        && self.lexicon.is("both", &self.words[n - 1].form)
                        || self.lexicon.is("both", &self.words[n].form)
                            && self
                                .words
                                .get(n + 1)
                                .is_some_and(|w| self.lexicon.is("numbers", &format!("{}=2", w.form)));
                    if both && let Some(two) = self.two_named(n, self.words[n].span) {
                        found.extend(two);
                        continue;
                    }
                    if let Some(who) = self.epithet(n, context, subject) {
                        found.push(who);
                        continue;
                    }
                    if let Some(named) = self.unlisted_name(sentence, n, verb) {
                        found.push(self.who_of_phrase(&named));
                        continue;
                    }
                    if !self.lexicon.is("voice", &self.words[n].form) || self.oblique(n) {
                        // «une lettre de X l'exhortant à …»
                        if let Some(m) = self.writer(n, verb) {
                            return Some(self.together(sentence, m, context));
                        }
                        // «un arrêt qui a jugé que …»: the subject is known, and it is nobody.
                        let relative = trees
                            .in_relation(verb, &["nsubj"])
                            .any(|k| k > n && self.lexicon.is("relative", &self.words[k].form));
                        let plain = trees.upos(n) == Some(Upos::Noun) && n < verb;
                        return (plain && relative).then(Vec::new);
                    }
                    let phrase = self.phrase_around(sentence, n);
                    if !self.is_voice(&phrase) {
                        return None;
                    }
                    found.push(self.who_of(sentence, &phrase, context, subject));
                }
            }
        }
        (!found.is_empty()).then_some(found)
    }

    /// Whose words a text is whose clause a verb stands in: «une lettre de X l'exhortant à …».
    fn writer(&self, noun: usize, verb: usize) -> Option<&Mention> {
        if !self.lexicon.is("utterance", &self.words[noun].form) {
            return None;
        }
        let owners = self.mentions.within(&(noun + 1..verb.max(noun + 1)));
        owners.iter().find(|m| m.can_act() && m.genitive && m.full.start <= noun + 3)
    }

    /// Whom a noun for a person stands for that no list holds: «la conservatrice», «le septuagénaire».
    fn epithet(&self, noun: usize, context: Option<&Who>, subject: Option<&Who>) -> Option<(Who, Span)> {
        let form = &self.words[noun].form;
        let definite = noun > 0 && self.lexicon.is("definite", &self.words[noun - 1].form);
        let common = self.trees.upos(noun) == Some(Upos::Noun) && !self.trees.has(noun, "Number=Plur");
        let outlet = self.lexicon.is("organ", form) || self.lexicon.is("press", form);
        if !definite
            || !common
            || outlet
            || self.lexicon.is("voice", form)
            || !self.lexicon.ends("agentive", form)
        {
            return None;
        }
        if self.lexicon.is("possessive", &self.words[noun - 1].form) {
            return None;
        }
        let span = self.words[noun - 1].span.cover(self.words[noun].span);
        let sentence = &self.sentences[self.sentences.partition_point(|s| s.end <= noun)];
        if let Some(person) = self.apposed(sentence, noun + 1) {
            return Some((self.who(person, context), span_of(self.words, &person.head)));
        }
        let feminine = self.gender_at(span);
        let fits = |who: &&Who| {
            who.figure.is_some()
                && feminine.is_none_or(|own| self.gender(who).is_none_or(|other| other == own))
        };
        let spoken = context.filter(fits).or(subject.filter(fits)).cloned();
        let known = feminine.filter(|own| *own).and_then(|_| self.woman(noun));
        match spoken {
            Some(who) if feminine != Some(true) || self.gender(&who).is_some() => Some((who, span)),
            spoken => Some((known.or(spoken)?, span)),
        }
    }

    /// The verb that one without a subject of its own shares it with, in the same number and mood: in «X assure que Y et Z ne
    /// veulent …, mais met en garde» this is «assure», whatever the tree has.
    fn sharing(&self, verb: usize) -> usize {
        let trees = self.trees;
        let differ = |a: usize, b: usize| {
            let apart = |one: &str, other: &str| {
                trees.has(a, one) && trees.has(b, other) || trees.has(a, other) && trees.has(b, one)
            };
            apart("Number=Sing", "Number=Plur") || apart("Mood=Ind", "Mood=Sub")
        };
        let mut at = verb;
        while trees.relation(at) == "conj"
            && let Some(head) = trees.head(at)
            && trees.upos(head) == Some(Upos::Verb)
            && trees.has(verb, "VerbForm=Fin")
            && trees.has(head, "VerbForm=Fin")
            && differ(verb, head)
            && let Some(above) = trees.head(head).filter(|&n| n < head && trees.relation(head) == "ccomp")
        {
            at = above;
            if !differ(verb, above) {
                break;
            }
        }
        at
    }

    /// A proper name that neither gazetteer nor grammar knows as the subject of a verb of saying: «Médecins sans frontières».
    fn unlisted_name(&self, sentence: &Range<usize>, noun: usize, verb: usize) -> Option<Range<usize>> {
        let word = &self.words[noun];
        let name = self.trees.upos(noun) == Some(Upos::Propn) && word.is_capitalised() && word.text.len() > 1;
        // What publications do as well is left to them.
        let reports = self.lexicon.is("report", &self.words[verb].form);
        if !name || reports || self.found.covering(noun).is_some() || self.oblique(noun) {
            return None;
        }
        let mut end = noun + 1;
        while end < sentence.end && self.words[end].is_capitalised() && self.mention_at(end).is_none() {
            end += 1;
        }
        Some(noun..end)
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

    pub(super) fn times_at(&self, mention: &Mention) -> bool {
        !self.times_in(span_of(self.words, &mention.head)).is_empty()
    }

    /// Who stands right behind a verb that no comma parts: «О том же заявил МИД Австрии».
    pub(super) fn subject_right_behind(
        &self,
        sentence: &Range<usize>,
        end: usize,
        saying: bool,
        context: Option<&Who>,
    ) -> Option<Vec<(Who, Span)>> {
        if self.lexicon.language != depeche_record::Language::Russian || end >= sentence.end {
            return None;
        }
        if let Some(m) = self.mention_at(end).filter(|m| m.full.start == end) {
            // «заявил Саули Ниинистё»: whom one does not say, whatever case the tagger sees in a foreign name.
            let dative = self.words[m.head.end - 1].form.ends_with(['у', 'ю', 'м']);
            let fits = m.can_act() && (saying && m.is_person() && !dative || !self.is_object(m));
            return fits.then(|| self.together(sentence, m, context));
        }
        let phrase = self.phrase_at(sentence, end).filter(|p| self.is_voice(p) && !self.oblique(p.start))?;
        Some(vec![self.who_of(sentence, &phrase, context, None)])
    }

    /// Who stands aside with the verb alone: `…, both sides said, …`.
    pub(super) fn subject_aside(
        &self,
        sentence: &Range<usize>,
        group: &Range<usize>,
        context: Option<&Who>,
    ) -> Option<Vec<(Who, Span)>> {
        let comma = |n: usize| self.words.get(n).is_some_and(|w| w.form == ",");
        let before = group.start.checked_sub(1).and_then(|n| self.mention_at(n))?;
        let first = before.full.start;
        let aside =
            first > sentence.start && comma(first - 1) && comma(group.end) && before.full.end == group.start;
        let acts =
            before.can_act() && before.governor.is_none() && !self.is_object(before) && !self.owns(before);
        (aside && acts).then(|| self.together(sentence, before, context))
    }

    /// Whether a plural verb stands aside with nobody as its subject: «…, подчёркивали в Госдепартаменте, …».
    pub(super) fn is_impersonal_aside(&self, sentence: &Range<usize>, verb: &Range<usize>) -> bool {
        let plural = self.trees.has(verb.start, "Number=Plur") || self.words[verb.start].form.ends_with("ли");
        self.lexicon.language == depeche_record::Language::Russian
            && plural
            && verb.start > sentence.start
            && matches!(self.words[verb.start - 1].form.as_str(), "," | "—" | "–")
            && self.words.get(verb.end).is_some_and(|w| self.lexicon.is("place", &w.form))
    }

    /// Whether a verb has nobody as its subject: «заявили в Кремле».
    pub(super) fn is_impersonal(&self, verb: usize) -> bool {
        self.lexicon.language == depeche_record::Language::Russian
            && (self.trees.has(verb, "Number=Plur") || self.words[verb].form.ends_with("ли"))
            && self.trees.knows(verb)
            && self.is_without_subject(verb)
    }

    /// Whether a verb in the plural stands right behind a place, whatever subject the tree finds it: «…; в Москве отвечают».
    pub(super) fn stands_behind_place(
        &self,
        sentence: &Range<usize>,
        group: &Range<usize>,
        verb: usize,
    ) -> bool {
        let Some(place) = group.start.checked_sub(1).and_then(|n| self.mention_at(n)) else { return false };
        let opens = place.governor.is_some_and(|g| {
            self.lexicon.is("place", &self.words[g].form)
                && (g == sentence.start || !self.words[g - 1].is_word())
        });
        self.lexicon.language == depeche_record::Language::Russian
            && self.trees.has(verb, "Number=Plur")
            && place.full.end == group.start
            && opens
            && !place.is_person()
    }

    fn is_without_subject(&self, verb: usize) -> bool {
        // «В МИД назвали публикацию ложью»: one that stands in the singular is no subject of a verb in the plural.
        let plural = self.trees.has(verb, "Number=Plur");
        let acts = |n: usize| !plural || !self.trees.has(n, "Number=Sing") || self.trees.joined(n).len() > 1;
        !self.trees.in_relation(verb, &["nsubj"]).any(acts) && self.trees.relation(verb) != "conj"
    }

    /// Whether a word can be the subject behind whom a verb of saying names as its hearer, in a language of cases.
    fn is_told_there(&self, at: usize) -> bool {
        self.lexicon.language == depeche_record::Language::Russian && !self.oblique(at)
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
                || ((n == end || self.is_told_there(n)) && self.lexicon.is("voice", &word.form)))
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
        // «sermonné pour les égards témoignés par X»: X did the other.
        let other = |n: usize| {
            self.words[n].has_tense(&[Tense::PastParticiple]) && self.trees.upos(n) == Some(Upos::Verb)
        };
        if (at + 1..by).any(other) {
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

    /// Whether an outlet is the subject right before: `the Syrian state news agency SANA reported`.
    pub(super) fn outlet_before(&self, group: &Range<usize>) -> bool {
        let clear = |m: &FoundMatch| m.outlet().is_some_and(|(_, ambiguous)| !ambiguous);
        let governed = |n: usize| {
            let form = &self.words[n].form;
            self.lexicon.is("preposition", form) || self.lexicon.is("genitive", form) || form == ","
        };
        self.found
            .match_ending(group.start)
            .is_some_and(|m| clear(m) && m.words.start.checked_sub(1).is_none_or(|n| !governed(n)))
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
            // «сообщил Reuters источник в правительстве»: it is who was told.
            let told = self.found.match_at(n).map_or(n, |m| m.words.end);
            let next = self.mention_at(told).is_some_and(|m| m.full.start == told && m.can_act())
                || told < sentence.end && self.lexicon.is("voice", &self.words[told].form);
            !(governed || acting || next && self.is_told_there(told))
        })
    }
}
