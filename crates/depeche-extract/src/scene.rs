//! A report as the readers of contacts, statements and origins see it, and what they all ask of it.

use std::collections::BTreeSet;
use std::ops::Range;

use depeche_gazetteer::Gazetteer;
use depeche_record::{Analysis, BlockKind, Report, Sentence, Span, TimeExpression, TokenKind};

use crate::found::Found;
use crate::lexicon::{Lexicon, SpeechClass};
use crate::mention::{Mention, Mentions, What};
use crate::tree::Trees;
use crate::word::Word;

/// A report with all that was found in it so far.
pub(crate) struct Scene<'a> {
    pub report: &'a Report,
    pub analysis: &'a Analysis,
    /// One word for each token of the analysis.
    pub words: &'a [Word<'a>],
    /// The words of each sentence; overlong ones are cut.
    pub sentences: &'a [Range<usize>],
    /// Where each of them stands.
    pub bounds: &'a [Sentence],
    pub found: &'a Found,
    pub mentions: &'a Mentions,
    /// The trees of the sentences that hold a word of contact or of speech.
    pub trees: &'a Trees,
    pub lexicon: &'static Lexicon,
    pub gazetteer: &'a Gazetteer,
}

/// How many words of sports make a report one on sports.
const SPORTING: usize = 4;

/// How many words of rates and markets make a report one on them.
const MARKETS: usize = 5;

/// How many words a line of day and agency has at least where it goes on in prose.
const PROSE: usize = 14;

/// A quotation within one sentence, by the words of its marks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quote {
    pub open: usize,
    pub close: usize,
}

impl Quote {
    pub fn holds(&self, at: usize) -> bool {
        self.open < at && at < self.close
    }
}

/// How many words «en marge de l'assemblée générale de» has before its organisation.
const ASIDE: usize = 7;

impl Scene<'_> {
    pub(crate) fn mention_at(&self, at: usize) -> Option<&Mention> {
        let n = self.mentions.all.partition_point(|m| m.full.end <= at);
        self.mentions.all.get(n).filter(|m| m.full.contains(&at))
    }

    /// Whether a mention names where something is: «à Moscou», «en Ukraine», «du conflit ukrainien».
    pub(crate) fn is_place(&self, mention: &Mention) -> bool {
        let governed = mention.governor.is_some_and(|g| self.lexicon.is("place", &self.words[g].form));
        // «BOGOTA – Le président …»: the place of a dispatch.
        let first = &self.words[mention.head.start];
        let capitals = |w: &Word| w.text.chars().count() > 3 && !w.text.chars().any(char::is_lowercase);
        // Not where all stands in capitals.
        let around =
            self.words[..mention.head.start].last().into_iter().chain(self.words.get(mention.full.end + 1));
        let dispatch = capitals(first) && !around.into_iter().any(|w| w.is_word() && capitals(w));
        // «à Entebbe, en Ouganda», `in Entebbe, Uganda`: the state of the town before.
        let start = mention.full.start;
        let town = start >= 2
            && self.words[start - 1].form == ","
            && mention.full.len() <= 2
            && self.found.match_ending(start - 1).is_some_and(|m| {
                m.is_place()
                    && m.words
                        .start
                        .checked_sub(1)
                        .is_some_and(|n| self.lexicon.is("place", &self.words[n].form))
            });
        let governed = governed || town;
        match mention.what {
            What::Town => true,
            What::State | What::Capital | What::Seat => governed || dispatch || self.is_aside_of(mention),
            What::Organisation => self.is_aside_of(mention),
            _ => false,
        }
    }

    /// Whether a mention only tells on whose margins something is: «en marge du sommet de l'UA», «на полях саммита ШОС».
    fn is_aside_of(&self, mention: &Mention) -> bool {
        let start = mention.full.start;
        (start.saturating_sub(ASIDE)..start)
            .rev()
            .take_while(|&n| {
                self.words[n].is_word() && !self.words[n].is_finite() && self.mention_at(n).is_none()
            })
            .any(|n| self.lexicon.is("margin", &self.words[n].form))
    }

    /// Whether a sentence tells something: prose, or a line that names day and agency and goes on in prose.
    pub(crate) fn tells(&self, n: usize) -> bool {
        match self.report.blocks[self.bounds[n].block as usize].kind {
            BlockKind::Noise | BlockKind::Credit => false,
            BlockKind::Byline | BlockKind::Dateline | BlockKind::Provenance => {
                let words = &self.words[self.sentences[n].clone()];
                words.len() >= PROSE
                    && words.iter().any(|w| {
                        w.is_finite() && !self.lexicon.is_small(&w.form)
                            || self.lexicon.is("perfect", &w.form)
                    })
            }
            _ => true,
        }
    }

    /// Whether the report is on sports: several words of that world, each counted once.
    pub(crate) fn is_on_sports(&self) -> bool {
        self.different_words(&["sport", "sporting"]) >= SPORTING
    }

    /// Whether the report is on rates and markets, counted in the same way.
    pub(crate) fn is_on_markets(&self) -> bool {
        self.different_words(&["market"]) >= MARKETS
    }

    /// How many different words of one of these uses the report has.
    pub(crate) fn different_words(&self, uses: &[&str]) -> usize {
        let forms = self.words.iter().map(|w| w.form.as_str());
        forms
            .filter(|form| uses.iter().any(|use_| self.lexicon.is(use_, form)))
            .collect::<BTreeSet<&str>>()
            .len()
    }

    /// The quotations of a sentence; one that is not closed runs to its end.
    pub(crate) fn quotes(&self, sentence: &Range<usize>) -> Vec<Quote> {
        let words = self.words;
        let mut found: Vec<Quote> = Vec::new();
        let mut open = None;
        let mut depth = 0;
        for at in sentence.clone() {
            match words[at].kind {
                TokenKind::QuoteOpen => {
                    depth += 1;
                    open.get_or_insert(at);
                }
                TokenKind::QuoteClose => {
                    depth -= 1;
                    if depth <= 0 {
                        depth = 0;
                        // A closing mark without an opening one: the quotation began before.
                        let open = open.take();
                        if let Some(open) = open {
                            found.push(Quote { open, close: at });
                        }
                    }
                }
                _ => {}
            }
        }
        if let Some(open) = open.filter(|&open| sentence.end - open > 2) {
            found.push(Quote { open, close: sentence.end });
        }
        found.into_iter().flat_map(|quote| self.without_asides(sentence, quote)).collect()
    }

    /// The pieces of a quotation around what its author puts in between dashes: «Мы готовы, — сказал X. — Ждём ответа».
    fn without_asides(&self, sentence: &Range<usize>, quote: Quote) -> Vec<Quote> {
        let words = &self.words[..sentence.end];
        let end = quote.close.min(sentence.end);
        let dash = |n: usize| matches!(words[n].form.as_str(), "–" | "—" | "-");
        let ends = |n: usize| matches!(words[n].form.as_str(), "," | "." | "!" | "?" | "…" | "..." | ":");
        let verb = |n: usize| {
            self.lexicon.speech.longest(words, n).is_some_and(|(_, w)| w.class == SpeechClass::Verb)
        };
        let mut pieces = Vec::new();
        let mut open = quote.open;
        let mut at = open + 2;
        while at + 1 < end {
            if dash(at) && ends(at - 1) && (at + 1..(at + 3).min(end)).any(verb) {
                pieces.push(Quote { open, close: at });
                let Some(back) = (at + 2..end).find(|&n| dash(n) && ends(n - 1)) else { return pieces };
                open = back;
                at = back + 1;
            }
            at += 1;
        }
        pieces.push(Quote { open, close: quote.close });
        pieces
    }

    /// Whether a quotation with its author's words within goes on in the next sentence.
    pub(crate) fn runs_on(&self, sentence: &Range<usize>, quotes: &[Quote]) -> bool {
        let count = |kind: TokenKind| self.words[sentence.clone()].iter().filter(|w| w.kind == kind).count();
        let aside = |q: &Quote| q.close < sentence.end && self.words[q.close].kind != TokenKind::QuoteClose;
        count(TokenKind::QuoteOpen) > count(TokenKind::QuoteClose) && quotes.iter().any(aside)
    }

    /// The words up to the closing mark of a quotation that began before a sentence, all of it where none closes it; none
    /// where another one opens first.
    pub(crate) fn rest_of_quote(&self, sentence: &Range<usize>) -> Option<Range<usize>> {
        let mark = |n: &usize| matches!(self.words[*n].kind, TokenKind::QuoteOpen | TokenKind::QuoteClose);
        match sentence.clone().find(mark) {
            Some(n) if self.words[n].kind == TokenKind::QuoteOpen => None,
            end => {
                let first = sentence.clone().find(|&n| self.words[n].is_word())?;
                let end = end.unwrap_or(sentence.end);
                (first < end).then_some(first..end)
            }
        }
    }

    /// The relative clauses of a sentence that commas part from it: «X, qui y a rencontré Y, a écarté». One that does not
    /// close before a verb of the main clause runs to the sentence's end, and is not listed.
    pub(crate) fn relative_clauses(&self, sentence: &Range<usize>) -> Vec<Range<usize>> {
        let (words, lexicon) = (self.words, self.lexicon);
        let mut clauses = Vec::new();
        let mut at = sentence.start;
        while at + 2 < sentence.end {
            let opens = words[at].form == ","
                && (at + 1..at + 3).any(|n| {
                    lexicon.is("relative", &words[n].form)
                        || (n == at + 1 && lexicon.is("whose", &words[n].form))
                });
            if opens {
                let resumes = |n: &usize| {
                    words[*n].form == "," && {
                        let mut next = n + 1;
                        while next < sentence.end
                            && (lexicon.is("negation", &words[next].form)
                                || lexicon.is("reflexive", &words[next].form))
                        {
                            next += 1;
                        }
                        words[..sentence.end]
                            .get(next)
                            .is_some_and(|w| lexicon.is("perfect", &w.form) || w.is_finite())
                    }
                };
                if let Some(end) = (at + 2..sentence.end).find(resumes) {
                    clauses.push(at..end);
                    at = end;
                    continue;
                }
            }
            at += 1;
        }
        clauses
    }

    /// The time expressions that begin within a span.
    pub(crate) fn times_in(&self, span: Span) -> &[TimeExpression] {
        let analysis = self.analysis;
        let start = analysis.times.partition_point(|t| t.span.start < span.start);
        let end = analysis.times.partition_point(|t| t.span.start < span.end);
        &analysis.times[start..end.max(start)]
    }

    pub(crate) fn is_negated(&self, sentence: &Range<usize>, at: usize) -> bool {
        let window = at.saturating_sub(5).max(sentence.start)..(at + 3).min(sentence.end);
        let not = window.clone().any(|n| self.lexicon.is("not", &self.words[n].form));
        let ne = window.clone().take_while(|&n| n < at).any(|n| self.lexicon.is("ne", &self.words[n].form));
        match self.lexicon.language {
            depeche_record::Language::French => ne && not,
            _ => (window.start..at).any(|n| at - n <= 2 && self.lexicon.is("not", &self.words[n].form)),
        }
    }
}

/// A span cut to so many characters, at a word's end.
pub(crate) fn clip(text: &str, span: Span, longest: usize) -> Span {
    let words = span.of(text);
    let Some((cut, _)) = words.char_indices().nth(longest) else { return span };
    let end = words[..cut].rfind(char::is_whitespace).unwrap_or(cut);
    Span::new(span.start as usize, span.start as usize + end).trim(text)
}
