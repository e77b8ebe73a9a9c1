//! Origins: the publications, agencies, broadcasters and channels that a report names as where a piece of it comes from.
//!
//! 1. Outlets that the gazetteer knows; those whose name is an everyday word count only beside a word such as «chaîne».
//! 2. Names that such a word introduces: «le quotidien X», «selon le média X».
//! 3. Addresses at the foot, picture credits, notices of source and translation (blocks of kind provenance and credit).

use std::ops::Range;

use depeche_gazetteer::{OutletKind, Sense};
use depeche_record::{BlockKind, Confidence, Derivation, Origin, Relation, Span, TokenKind, Upos};

use crate::lexicon::Place;
use crate::mention::span_of;
use crate::scene::{Scene, clip};

/// Longest evidence of an origin, in characters.
const LONGEST: usize = 200;

/// How many words a line of credit or source has at most.
const CREDIT: usize = 14;

/// How many words a name in it has at most.
const LONGEST_NAME: usize = 6;

/// How far a word that tells the relation may stand from the name.
const NEAR: usize = 6;

fn same_outlet(a: &str, b: &str) -> bool {
    let fold = |s: &str| {
        let lower = crate::word::fold(s);
        let bare = lower.strip_prefix("le ").or(lower.strip_prefix("the ")).unwrap_or(&lower).to_owned();
        bare.chars().filter(|c| c.is_alphanumeric()).collect::<String>()
    };
    fold(a) == fold(b)
}

/// The host of an address, without `www.`.
fn host_of(address: &str) -> Option<&str> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (host.contains('.') && !host.contains('@')).then_some(host)
}

impl Scene<'_> {
    /// The origins of a report, each once, in order of first naming.
    pub(crate) fn origins(&self) -> Vec<Origin> {
        let mut origins: Vec<Origin> = Vec::new();
        let own = self.own_outlet();
        for (n, sentence) in self.sentences.iter().enumerate() {
            let block = self.report.blocks[self.bounds[n].block as usize].kind;
            let mut at = sentence.start;
            while at < sentence.end {
                let Some((end, name, gazetteer)) = self.outlet_at(sentence, at, block) else {
                    at += 1;
                    continue;
                };
                let range = at..end;
                at = end;
                if own
                    .as_deref()
                    .is_some_and(|own| same_outlet(own, &name) || gazetteer.as_deref() == Some(own))
                {
                    continue;
                }
                let (relation, rule) = self.relation(sentence, &range, block);
                let evidence = self.citing_words(n, &range);
                let known = origins.iter().find(|o| {
                    same_outlet(&o.name, &name) || (o.gazetteer.is_some() && o.gazetteer == gazetteer)
                });
                if known.is_none() {
                    let span = span_of(self.words, &range);
                    let derivation =
                        Derivation::new(format!("origin/{rule}"), span, format!("relation = {relation}"));
                    origins.push(Origin {
                        name,
                        gazetteer,
                        relation,
                        evidence,
                        confidence: Confidence::default(),
                        derivation,
                    });
                }
            }
        }
        origins
    }

    fn own_outlet(&self) -> Option<String> {
        if let Some(outlet) = &self.report.outlet {
            let known = self.gazetteer.outlet_by_name(&outlet.value).map(|o| o.id.to_owned());
            return Some(known.unwrap_or_else(|| outlet.value.clone()));
        }
        let host = self.report.url.as_ref().and_then(|url| host_of(&url.value))?;
        Some(self.gazetteer.outlet_by_domain(host).map_or(host.to_owned(), |o| o.id.to_owned()))
    }

    /// An outlet named at a word: its end, its name and its identifier.
    fn outlet_at(
        &self,
        sentence: &Range<usize>,
        at: usize,
        block: BlockKind,
    ) -> Option<(usize, String, Option<String>)> {
        let word = &self.words[at];
        let special = matches!(block, BlockKind::Provenance | BlockKind::Credit | BlockKind::Dateline);
        if word.kind == TokenKind::Address {
            let host = host_of(word.text).filter(|_| special)?;
            let known = self.gazetteer.outlet_by_domain(host);
            return Some((at + 1, known.map_or(host, |o| o.name).to_owned(), known.map(|o| o.id.to_owned())));
        }
        if let Some(m) = self.found.match_at(at).filter(|m| m.words.end <= sentence.end)
            && let Some((id, ambiguous)) = m.outlet()
        {
            let introduced = self.introduced(sentence, at);
            let cited = self.cited(sentence, &m.words);
            let quoted = at > sentence.start && self.words[at - 1].kind == TokenKind::QuoteOpen;
            let headed = self.is_dateline(sentence, &m.words);
            if ambiguous && !(special || introduced || cited || headed || (quoted && m.words.len() > 1)) {
                return None;
            }
            let platform = self.gazetteer.outlet(id).is_some_and(|o| o.kind == OutletKind::Platform);
            // «Partager sur WhatsApp»
            let shared = (sentence.start..at).any(|n| self.lexicon.is("sharing", &self.words[n].form));
            if platform && (shared || !(cited || introduced || special)) {
                return None;
            }
            let name = self.bare_name(&m.words);
            return Some((m.words.end, name, Some(id.to_owned())));
        }
        // «a-t-il écrit sur X.»: the stop stands with the letter.
        if let Some(bare) =
            word.text.strip_suffix('.').filter(|bare| !bare.is_empty() && word.is_capitalised())
            && let Some(known) = self.gazetteer.outlet_by_name(bare)
            && known.kind == OutletKind::Platform
            && (self.cited(sentence, &(at..at + 1)) || self.introduced(sentence, at))
        {
            return Some((at + 1, bare.to_owned(), Some(known.id.to_owned())));
        }
        if let Some(end) = self.credited(sentence, at) {
            let name = span_of(self.words, &(at..end)).of(&self.report.text).to_owned();
            return Some((end, name, None));
        }
        if self.lexicon.is("newsroom", &word.form) && block != BlockKind::Noise {
            return self.newsroom(sentence, at, special);
        }
        // Anything else that is known, or somebody, is no outlet.
        if self.found.match_at(at).is_some() || self.mention_at(at).is_some_and(|m| m.is_person()) {
            return None;
        }
        // «la chaîne 218»
        if word.kind == TokenKind::Number
            && at > sentence.start
            && self.lexicon.is("broadcaster", &self.words[at - 1].form)
        {
            let name = span_of(self.words, &(at - 1..at + 1)).of(&self.report.text).to_owned();
            return Some((at + 1, name, None));
        }
        // «le quotidien Izvestia», «l'agence X»: a name that the gazetteer does not know.
        if block == BlockKind::Noise || !word.is_capitalised() || word.kind != TokenKind::Word {
            return None;
        }
        if !self.introduced(sentence, at) || self.lexicon.is_small(&word.form) {
            return None;
        }
        let mut end = at + 1;
        while end < sentence.end
            && end - at < 4
            && (self.words[end].is_capitalised() && self.words[end].kind == TokenKind::Word
                || self.words[end].kind == TokenKind::Number && self.words[end].text.len() <= 2)
            && !self.lexicon.is_small(&self.words[end].form)
        {
            end += 1;
        }
        let name = span_of(self.words, &(at..end)).of(&self.report.text).to_owned();
        (name.chars().count() > 1).then_some((end, name, None))
    }

    /// The name of an outlet without the word for what it is: «l'agence Anadolu», «le réseau social X».
    fn bare_name(&self, words: &Range<usize>) -> String {
        let kind = self.lexicon.is("organ", &self.words[words.start].form)
            && !self.words[words.start].is_capitalised();
        let name = words.clone().find(|&n| self.words[n].is_capitalised()).filter(|_| kind);
        span_of(self.words, &(name.unwrap_or(words.start)..words.end)).of(&self.report.text).to_owned()
    }

    /// The end of a name in a line of credit or source: «Photo : Jean Dupont / TT / AP», «Source : News Room Guyana». The one
    /// who took a picture stands first and is no origin, unless it is a body.
    fn credited(&self, sentence: &Range<usize>, at: usize) -> Option<usize> {
        let words = &self.words[..sentence.end];
        let is = |use_: &str, n: usize| self.lexicon.is(use_, &words[n].form);
        let head = (sentence.start..(sentence.start + 2).min(sentence.end))
            .find(|&n| is("credit", n) || is("sourceline", n))?;
        let source = is("sourceline", head);
        let marked = (head..(head + 5).min(sentence.end)).find(|&n| words[n].form == ":");
        let body = marked.map_or(head + 1, |n| n + 1);
        let told = words[sentence.clone()].iter().any(|w| w.is_finite() && !w.morphs.is_empty());
        let sign = !words[head].is_word();
        // A sign heads a credit without a colon.
        let bare = marked.is_none() && (source || !sign);
        if sentence.len() > CREDIT || at < body || told && !sign || bare {
            return None;
        }
        let parts = |n: usize| matches!(words[n].form.as_str(), "/" | "," | ";" | "|" | "–" | "—");
        let opens = at == body || at > body && parts(at - 1);
        let end = (at..sentence.end)
            .find(|&n| parts(n) || matches!(words[n].form.as_str(), "." | "(" | ")"))
            .unwrap_or(sentence.end);
        // «Photo : présidence togolaise»: a body, wherever it stands.
        let body_of = end <= at + LONGEST_NAME && (at..end).any(|n| is("voice", n) || self.is_seat_at(n));
        if opens && body_of && !source {
            return Some(end);
        }
        if !opens || !words[at].is_capitalised() {
            return None;
        }
        // A picture's first name is who took it, and a name of two words may be somebody too.
        let longest = if source { LONGEST_NAME } else { 1 };
        let first = at == body && !source;
        (end > at && end - at <= longest && !first).then_some(end)
    }

    fn is_seat_at(&self, at: usize) -> bool {
        self.found.match_at(at).is_some_and(|m| m.senses.iter().any(|s| matches!(s, Sense::Seat(_))))
    }

    /// An outlet by its kind alone, with its adjectives: «les agences russes», `state television`.
    fn newsroom(
        &self,
        sentence: &Range<usize>,
        at: usize,
        special: bool,
    ) -> Option<(usize, String, Option<String>)> {
        let adjective = |n: usize| {
            let word = &self.words[n];
            let told = self.trees.upos(n) == Some(Upos::Adj)
                || self.found.match_at(n).is_some_and(|m| m.is_adjective() || m.is_place());
            word.is_word() && !self.lexicon.is_small(&word.form) && (told || word.form == "state")
        };
        let mut start = at;
        while start > sentence.start && adjective(start - 1) {
            start -= 1;
        }
        let mut end = at + 1;
        while end < sentence.end && adjective(end) {
            end += 1;
        }
        // «la télévision d'État»
        let of_state = self.words.get(end).is_some_and(|w| w.form == "d'")
            && self.words.get(end + 1).is_some_and(|w| w.form == "état");
        if of_state {
            end = (end + 2).min(sentence.end);
        }
        // «avec agences» names nobody.
        let several = self.words[at].form.ends_with('s') && end - start < 2;
        // The name of one follows: that is the origin.
        let named = end < sentence.end && self.words[end].is_capitalised();
        let before = start.saturating_sub(2).max(sentence.start)..start;
        let cited = before.clone().any(|n| self.lexicon.is("cite", &self.words[n].form))
            || (end..(end + 2).min(sentence.end))
                .any(|n| self.lexicon.is("report", &self.words[n].form) && self.words[n].is_word());
        let name = span_of(self.words, &(start..end)).of(&self.report.text).to_owned();
        (!named && !several && (cited || special)).then_some((end, name, None))
    }

    /// Whether «le quotidien», «l'agence publique», «la chaîne» stand before.
    fn introduced(&self, sentence: &Range<usize>, at: usize) -> bool {
        let mut n = at;
        let mut passed = 0;
        while n > sentence.start && passed < 3 {
            n -= 1;
            let word = &self.words[n];
            if self.lexicon.is("organ", &word.form) {
                return true;
            }
            // «une chaîne afghane, Tolo»
            let mark = matches!(word.kind, TokenKind::QuoteOpen) || passed == 0 && word.form == ",";
            let adjective =
                word.kind == TokenKind::Word && !word.is_capitalised() && !self.lexicon.is_small(&word.form);
            if !mark && !adjective {
                return false;
            }
            passed += 1;
        }
        false
    }

    /// Whether a word of citing stands directly beside: «selon X», «a rapporté X», «à X», «sur X», «de X».
    fn cited(&self, sentence: &Range<usize>, words: &Range<usize>) -> bool {
        let before = words.start.saturating_sub(3).max(sentence.start)..words.start;
        before.clone().any(|n| self.lexicon.is("cite", &self.words[n].form))
            || (words.end..(words.end + 3).min(sentence.end))
                .any(|n| self.lexicon.is("report", &self.words[n].form))
    }

    fn relation(&self, sentence: &Range<usize>, name: &Range<usize>, block: BlockKind) -> (Relation, String) {
        let mut best: Option<(Relation, String)> = None;
        let rank = |r: Relation| match r {
            Relation::Image => 0,
            Relation::Republishes => 1,
            Relation::Cites => 2,
        };
        let words = &self.words[..sentence.end];
        for at in sentence.clone() {
            for (end, cue) in self.lexicon.origins.all(words, at) {
                let fits = match cue.place {
                    Place::Before => end <= name.start && name.start - end <= NEAR,
                    Place::After => at >= name.end && at - name.end <= NEAR,
                    _ => true,
                };
                if fits && best.as_ref().is_none_or(|(r, _)| rank(cue.relation) < rank(*r)) {
                    best = Some((cue.relation, cue.name.clone()));
                }
            }
        }
        if let Some(best) = best {
            return best;
        }
        match block {
            BlockKind::Credit | BlockKind::Caption => (Relation::Image, "credit".to_owned()),
            BlockKind::Dateline | BlockKind::Byline => (Relation::Republishes, "dateline".to_owned()),
            BlockKind::Title => (Relation::Republishes, "title".to_owned()),
            BlockKind::Provenance => (Relation::Republishes, "provenance".to_owned()),
            _ if self.is_dateline(sentence, name) => (Relation::Republishes, "dateline".to_owned()),
            _ => (Relation::Cites, "named".to_owned()),
        }
    }

    /// «RIYAD (Reuters) –» at the head of a paragraph; «(AFP)» alone.
    fn is_dateline(&self, sentence: &Range<usize>, name: &Range<usize>) -> bool {
        let bracketed = name.start > sentence.start
            && self.words[name.start - 1].form == "("
            && self.words.get(name.end).is_some_and(|w| w.form == ")");
        bracketed && name.start - sentence.start <= 7
    }

    /// The clause around the name, between commas.
    fn citing_words(&self, n: usize, name: &Range<usize>) -> Span {
        let sentence = self.bounds[n];
        let range = sentence.tokens.range();
        let stops = |n: usize| matches!(self.words[n].form.as_str(), "," | ";" | ":" | "|");
        let start = (range.start..name.start)
            .rev()
            .find(|&n| stops(n) && self.words[n].form != ":")
            .map_or(range.start, |n| n + 1);
        let end = (name.end..range.end).find(|&n| stops(n)).unwrap_or(range.end);
        let span = span_of(self.words, &(start..end));
        let clipped = clip(&self.report.text, span, LONGEST);
        let own = span_of(self.words, name);
        if clipped.contains(own) { clipped } else { own }
    }
}
