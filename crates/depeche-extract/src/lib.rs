//! Analysis to reading: who met whom, who said what, and how it is known.
//!
//! In: a [`Report`], its [`Analysis`] and the [`Gazetteer`]. Out: a [`Reading`], each item with the words that it rests
//! on and the rules that made it.
//!
//! The rules look at words, verb forms, the order of mentions, and the trees of the sentences that hold a word of contact
//! or of speech (`tree`). What a language says stands in files (`rules/fr`, `rules/en`, `rules/ru`: the same files in
//! each); the engine is one.

mod word;
mod pattern;
mod lexicon;
mod found;
mod name;
mod mention;
mod scene;
mod tree;
mod contact;
mod speech;
mod origin;
mod confidence;

use std::ops::Range;

use depeche_gazetteer::Gazetteer;
use depeche_record::{Analysis, Parser, Reading, Report, Sentence, TokenRange};

use crate::found::Found;
use crate::lexicon::Lexicon;
use crate::mention::Reader;
use crate::scene::Scene;
use crate::tree::Trees;

pub use lexicon::read_rules;

/// Reads who met whom, who said what, and how it is known. `parse` gives the trees of the sentences that are looked at.
///
/// 1. Who is mentioned: people, states, institutions, groups.
/// 2. Accounts of contacts.
/// 3. Statements, and the accounts that they are about.
/// 4. Origins.
pub fn read(report: &Report, analysis: &Analysis, gazetteer: &Gazetteer, parse: &Parser) -> Reading {
    let text = report.text.as_str();
    let lexicon = Lexicon::of(analysis.language);
    let words = word::words(text, analysis);
    let bounds = cut_overlong(analysis);
    let sentences: Vec<Range<usize>> = bounds.iter().map(|s| s.tokens.range()).collect();
    let found = Found::new(&words, &gazetteer.matches(text, analysis.language), gazetteer);
    let year = analysis.published.as_ref().and_then(|p| p.date.days()).map(|(first, _)| first.year);
    let mentions =
        Reader { text, words: &words, sentences: &sentences, found: &found, lexicon, gazetteer, year }.read();
    let trees = Trees::new(&words, &sentences, lexicon, parse);
    let scene = Scene {
        report,
        analysis,
        words: &words,
        sentences: &sentences,
        bounds: &bounds,
        found: &found,
        mentions: &mentions,
        trees: &trees,
        lexicon,
        gazetteer,
    };
    let accounts = scene.accounts();
    // A page on sports or markets holds words of trainers and bankers, which are no diplomacy.
    let aside = accounts.is_empty() && (scene.is_on_sports() || scene.is_on_markets());
    let mut statements = if aside { Vec::new() } else { scene.statements() };
    // A statement is about the contacts that its sentence shows.
    for (n, account) in accounts.iter().enumerate() {
        for span in &account.evidence {
            let from = statements.partition_point(|s| s.evidence.end <= span.start);
            for statement in statements[from..].iter_mut().take_while(|s| s.evidence.start < span.end) {
                if statement.evidence.overlaps(*span) && statement.about.last() != Some(&n) {
                    statement.about.push(n);
                }
            }
        }
    }
    let origins = scene.origins();
    let mut reading = Reading {
        report: report.id.clone(),
        language: analysis.language,
        language_basis: analysis.language_basis,
        published: analysis.published.clone(),
        figures: mentions.figures,
        times: analysis.times.clone(),
        accounts,
        statements,
        origins,
        problems: analysis.problems.clone(),
    };
    confidence::weigh(report, &mut reading);
    reading
}

/// Longest sentence that is read as one, in tokens; those of news are far shorter. What is longer is a list, a table
/// or text without stops, and looking through all of it for every word would cost quadratic time.
const LONGEST_SENTENCE: usize = 400;

/// The sentences of an analysis, those that are overlong in pieces.
fn cut_overlong(analysis: &Analysis) -> Vec<Sentence> {
    let mut bounds = Vec::with_capacity(analysis.sentences.len());
    for sentence in &analysis.sentences {
        let range = sentence.tokens.range();
        for start in range.clone().step_by(LONGEST_SENTENCE) {
            let end = (start + LONGEST_SENTENCE).min(range.end);
            let span = analysis.tokens[start].span.cover(analysis.tokens[end - 1].span);
            let span = if start == range.start && end == range.end { sentence.span } else { span };
            let tokens = TokenRange { start: start as u32, end: end as u32 };
            bounds.push(Sentence { span, tokens, block: sentence.block });
        }
    }
    bounds
}
