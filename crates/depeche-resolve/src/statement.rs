//! What was said, by report and position, and where the same words stand elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use depeche_record::{Contact, Statement, StatementEntry};

use crate::actor::People;
use crate::display::Display;
use crate::fold;
use crate::identifier::{self, Of};
use crate::input::Inputs;
use crate::judgement::{ByThing, Log, Thing};
use crate::lineage::Lineages;

/// Words from which a quote is one that two people do not say by chance.
const LONG_ENOUGH: usize = 5;
/// Statements of the same words that an entry lists at most; the lineages tell the rest.
const LISTED: usize = 100;

/// Lists the statements of all readings.
pub fn list(
    inputs: &Inputs<'_>,
    lineages: &Lineages,
    people: &People,
    display: &Display<'_>,
    contacts: &[Contact],
    log: &mut Log<'_>,
    by_thing: &ByThing,
) -> Vec<StatementEntry> {
    let mut contact_of: BTreeMap<(&str, usize), usize> = BTreeMap::new();
    for (n, contact) in contacts.iter().enumerate() {
        for mention in &contact.accounts {
            contact_of.insert((mention.report.as_str(), mention.account), n);
        }
    }
    let mut places: Vec<(usize, usize)> = Vec::new();
    let mut entries = Vec::new();
    let mut same: BTreeMap<Words, BTreeSet<usize>> = BTreeMap::new();
    for (at, report, reading) in inputs.iter() {
        for (n, statement) in reading.statements.iter().enumerate().filter(|&(n, _)| !inputs.hides(at, n)) {
            let id = entries.len();
            places.push((at, n));
            for words in words(at, statement, inputs, lineages, people) {
                same.entry(words).or_default().insert(id);
            }
            let actor = statement.speaker.figure.and_then(|figure| people.actor(at, figure));
            let about: BTreeSet<usize> = statement
                .about
                .iter()
                .filter_map(|&account| contact_of.get(&(report.id.as_str(), account)).copied())
                .collect();
            let about = about.into_iter().map(|contact| contacts[contact].id.clone()).collect();
            let judged = log.judge(by_thing, std::iter::once(Thing::Statement(at, n)), |_, _| Ok(())).judged;
            entries.push(StatementEntry {
                id: String::new(),
                anchor: inputs.anchor_of_statement(at, n),
                report: report.id.clone(),
                statement: n,
                actor: actor.map(|actor| actor.id.clone()),
                speaker: actor
                    .map_or_else(|| display.institution(&statement.speaker), |actor| &actor.name)
                    .to_owned(),
                act: statement.act,
                about,
                same_as: Vec::new(),
                judged,
            });
        }
    }
    let mut others: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); entries.len()];
    for group in same.values().filter(|group| group.len() > 1) {
        for &n in group {
            // Of words that stand in very many reports, the nearest ones in order are listed.
            let after = group.range(n + 1..).take(LISTED / 2);
            let before = group.range(..n).rev().take(LISTED / 2);
            others[n]
                .extend(after.chain(before).filter(|&&other| entries[other].report != entries[n].report));
        }
    }
    let ids = identifier::name(inputs, Of::Statements, &places);
    for (n, (entry, others)) in entries.iter_mut().zip(others).enumerate() {
        ids[n].clone_into(&mut entry.id);
        entry.same_as = others.into_iter().map(|n| ids[n].clone()).collect();
    }
    entries
}

/// What makes two statements the same.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Words {
    /// The quote, wherever it stands.
    Quote(String),
    /// The reporting sentence, within one lineage.
    Sentence(usize, String),
    /// Speaker and short quote, within one lineage.
    Short(usize, Option<usize>, String),
}

fn words(
    at: usize,
    statement: &Statement,
    inputs: &Inputs<'_>,
    lineages: &Lineages,
    people: &People,
) -> Vec<Words> {
    let quote: Vec<String> =
        statement.quote.iter().map(|&span| fold::phrase(inputs.words(at, span))).collect();
    let quote = quote.join(" ");
    let lineage = lineages.of(at);
    let mut words = vec![Words::Sentence(lineage, fold::phrase(inputs.words(at, statement.evidence)))];
    match quote.split(' ').filter(|word| !word.is_empty()).count() {
        0 => {}
        n if n >= LONG_ENOUGH => words.push(Words::Quote(quote)),
        _ => {
            let speaker = statement.speaker.figure.and_then(|figure| people.index(at, figure));
            words.push(Words::Short(lineage, speaker, quote));
        }
    }
    words
}
