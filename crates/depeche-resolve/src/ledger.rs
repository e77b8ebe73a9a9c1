//! What each side of a contact says of it.
//!
//! Only a side's own speakers count: what Paris says of a call between Moscow and Washington is no word of either. A
//! side's official who tells of the contact confirms it, whatever the verb. Confirming that something did *not* happen
//! is denying it. A side that is heard to confirm and to deny, or that says it can do neither, stands as neither. Silence
//! is computed: no statement of the side about it in the reports read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use depeche_record::{Act, Attestation, Contact, LedgerEntry, Side, Stance, Statement, Status};

use crate::actor::People;
use crate::fold;
use crate::input::Inputs;

/// A statement about a contact, with the side that speaks.
pub struct Voice<'a> {
    /// Place of the report in the order.
    pub at: usize,
    /// The statement.
    pub statement: &'a Statement,
    /// The side that the speaker speaks for, if it can be told.
    pub side: Option<Side>,
    /// The stance that the statement takes, if any.
    pub stance: Option<Stance>,
    /// The speaker's name: the actor's for a person.
    pub name: String,
}

/// The statements about a contact, oldest report first.
pub fn voices<'a>(inputs: &Inputs<'a>, people: &People, contact: &Contact) -> Vec<Voice<'a>> {
    let mut voices: Vec<Voice<'a>> = Vec::new();
    let mut heard = BTreeSet::new();
    for mention in &contact.accounts {
        let Some(at) = inputs.find(&mention.report) else { continue };
        let reading = inputs.reading(at);
        let Some(account) = reading.accounts.get(mention.account) else { continue };
        for (n, statement) in reading.statements.iter().enumerate() {
            if !statement.about.contains(&mention.account) || !heard.insert((at, n)) {
                continue;
            }
            let figure = statement.speaker.figure;
            let of_figure = figure.and_then(|figure| reading.figures.get(figure)?.side.clone());
            let actor = figure.and_then(|figure| people.actor(at, figure));
            // A person whom every report puts on one side speaks for it.
            let of_actor = actor.and_then(|actor| match &actor.sides[..] {
                [only] => Some(only.clone()),
                _ => None,
            });
            voices.push(Voice {
                at,
                statement,
                side: statement.speaker.side.clone().or(of_figure).or(of_actor),
                stance: stance(statement, account.status, inputs.words(at, statement.evidence)),
                name: actor.map_or_else(|| statement.speaker.name.clone(), |actor| actor.name.clone()),
            });
        }
    }
    voices.sort_by_key(|voice| {
        let published = inputs.published(voice.at);
        (published.is_none(), published.cloned(), voice.at, voice.statement.evidence)
    });
    voices
}

/// The ledger of a contact: an entry for each of its sides, in their order.
pub fn keep(inputs: &Inputs<'_>, people: &People, contact: &Contact) -> Vec<LedgerEntry> {
    let mut by_side: BTreeMap<&Side, Vec<(Stance, Attestation)>> = BTreeMap::new();
    let voices = voices(inputs, people, contact);
    for voice in &voices {
        if let (Some(side), Some(stance)) = (&voice.side, voice.stance) {
            let report = inputs.report(voice.at).id.clone();
            let attested =
                Attestation { report, span: voice.statement.evidence, speaker: voice.name.clone() };
            by_side.entry(side).or_default().push((stance, attested));
        }
    }
    let entry = |side: &Side| {
        let told = by_side.remove(side).unwrap_or_default();
        let stances: BTreeSet<Stance> = told.iter().map(|(stance, _)| *stance).collect();
        LedgerEntry {
            side: side.clone(),
            stance: combine(&stances),
            attested: told.into_iter().map(|(_, attested)| attested).collect(),
        }
    };
    contact.sides.iter().map(entry).collect()
}

/// The stance of a side that was heard to take these.
fn combine(stances: &BTreeSet<Stance>) -> Stance {
    let has = |stance| stances.contains(&stance);
    match (has(Stance::Confirms), has(Stance::Denies)) {
        (true, true) => Stance::Neither,
        (true, false) => Stance::Confirms,
        (false, true) => Stance::Denies,
        (false, false) if has(Stance::Neither) => Stance::Neither,
        (false, false) if has(Stance::Declines) => Stance::Declines,
        (false, false) => Stance::Silent,
    }
}

/// The stance that a statement takes to a contact whose account has this status.
fn stance(statement: &Statement, status: Status, words: &str) -> Option<Stance> {
    let not_so = matches!(status, Status::Denied | Status::RuledOut);
    match statement.act {
        Act::NoComment if says_neither(words) => Some(Stance::Neither),
        Act::NoComment => Some(Stance::Declines),
        Act::Deny => Some(Stance::Denies),
        Act::Confirm | Act::Announce | Act::State | Act::Assess | Act::Accept if not_so => {
            Some(Stance::Denies)
        }
        Act::Confirm | Act::Announce | Act::State | Act::Assess | Act::Accept => Some(Stance::Confirms),
        // Who proposes a contact, or asks for it, says nothing on whether it is so.
        Act::Propose | Act::Demand | Act::Reject | Act::Threaten | Act::Accuse => None,
    }
}

/// Whether the words hold both a verb of confirming and one of denying: «ni confirmer ni démentir».
fn says_neither(words: &str) -> bool {
    let folded: Vec<String> = fold::words(words).collect();
    let any = |stems: &[&str]| folded.iter().any(|word| stems.iter().any(|stem| word.starts_with(stem)));
    any(&STEMS.0) && any(&STEMS.1)
}

/// Stems of verbs of confirming and of denying, folded.
static STEMS: LazyLock<(Vec<&str>, Vec<&str>)> = LazyLock::new(|| {
    let of = |sort: &str| {
        let lines = include_str!("../data/neither.tsv").lines();
        let lines = lines.filter_map(|line| line.split_once('\t').filter(|(first, _)| *first == sort));
        lines.flat_map(|(_, stems)| stems.split('\t')).filter(|stem| !stem.is_empty()).collect()
    };
    (of("confirm"), of("deny"))
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_is_told_from_declining() {
        assert!(says_neither("Je ne peux ni confirmer ni démentir cette nouvelle."));
        assert!(says_neither("The ministry would neither confirm nor deny it."));
        assert!(says_neither("Песков не стал ни подтверждать, ни опровергать это."));
        assert!(!says_neither("Le porte-parole n'a pas souhaité s'exprimer."));
    }

    #[test]
    fn both_is_neither() {
        assert_eq!(combine(&[Stance::Confirms, Stance::Denies].into()), Stance::Neither);
        assert_eq!(combine(&[Stance::Confirms, Stance::Declines].into()), Stance::Confirms);
        assert_eq!(combine(&BTreeSet::new()), Stance::Silent);
    }
}
