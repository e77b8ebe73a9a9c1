//! What each side of a contact says of it.
//!
//! Only a side's own speakers count: what Paris says of a call between Moscow and Washington is no word of either. A
//! side's official who tells of the contact confirms it, whatever the verb. Confirming that something did *not* happen
//! is denying it; granting a thing and saying no more of it is confirming it. A side that is heard to confirm and to deny, or that says it can do neither, stands as neither. Silence
//! is computed: no statement of the side about it in the reports read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use depeche_record::{Act, Attestation, Contact, LedgerEntry, Side, Stance, Statement, Status};

use crate::actor::People;
use crate::display::Display;
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
pub fn voices<'a>(
    inputs: &Inputs<'a>,
    people: &People,
    display: &Display<'_>,
    contact: &Contact,
) -> Vec<Voice<'a>> {
    let mut voices: Vec<Voice<'a>> = Vec::new();
    let mut heard = BTreeSet::new();
    for mention in &contact.accounts {
        let Some(at) = inputs.find(&mention.report) else { continue };
        let reading = inputs.reading(at);
        let Some(account) = reading.accounts.get(mention.account) else { continue };
        for (n, statement) in reading.statements.iter().enumerate() {
            if !statement.about.contains(&mention.account) || inputs.hides(at, n) || !heard.insert((at, n)) {
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
                stance: stance(statement, account.status, &inputs.report(at).text),
                name: actor
                    .map_or_else(|| display.institution(&statement.speaker), |actor| &actor.name)
                    .to_owned(),
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
pub fn keep(
    inputs: &Inputs<'_>,
    people: &People,
    display: &Display<'_>,
    contact: &Contact,
) -> Vec<LedgerEntry> {
    let mut by_side: BTreeMap<&Side, Vec<(Stance, Attestation)>> = BTreeMap::new();
    let voices = voices(inputs, people, display, contact);
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
fn stance(statement: &Statement, status: Status, text: &str) -> Option<Stance> {
    let not_so = matches!(status, Status::Denied | Status::RuledOut);
    match statement.act {
        Act::NoComment if says_neither(statement.evidence.of(text)) => Some(Stance::Neither),
        Act::NoComment if grants(words_of_speaker(statement, text)) => {
            Some(if not_so { Stance::Denies } else { Stance::Confirms })
        }
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

/// The reporting sentence from the speaker on: what another side granted stands before.
fn words_of_speaker<'t>(statement: &Statement, text: &'t str) -> &'t str {
    let (evidence, speaker) = (statement.evidence, statement.speaker.span);
    let from = if evidence.contains(speaker) { speaker.start } else { evidence.start };
    text.get(from as usize..evidence.end as usize).unwrap_or_else(|| evidence.of(text))
}

/// Words before a verb that can undo it.
const UNDONE_WITHIN: usize = 3;

/// Whether the words hold a verb of confirming that nothing before it undoes.
fn grants(words: &str) -> bool {
    let words: Vec<String> = fold::words(words).collect();
    let undone = |at: usize| {
        let before = &words[at.saturating_sub(UNDONE_WITHIN)..at];
        before.iter().any(|word| CONFIRMING.1.contains(&word.as_str()))
    };
    (0..words.len()).any(|at| {
        let stands_here = |form: &&Vec<&str>| {
            words[at..].len() >= form.len() && form.iter().zip(&words[at..]).all(|(form, word)| form == word)
        };
        CONFIRMING.0.iter().any(|form| stands_here(&form)) && !undone(at)
    })
}

/// Forms of verbs of confirming, by words, and the words that undo them, folded.
static CONFIRMING: LazyLock<(Vec<Vec<&str>>, Vec<&str>)> = LazyLock::new(|| {
    let of = |sort: &'static str| {
        let lines = include_str!("../data/confirming.tsv").lines();
        let lines = lines.filter_map(move |line| line.split_once('\t').filter(|(first, _)| *first == sort));
        lines.flat_map(|(_, forms)| forms.split('\t')).filter(|form| !form.is_empty())
    };
    (of("grants").map(|form| form.split(' ').collect()).collect(), of("undoes").collect())
});

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
    fn granting_is_told_from_refusing_to_grant() {
        for words in [
            "Moscou a confirmé que les pourparlers avaient eu lieu, mais a refusé de fournir d'autres détails.",
            "Le ministère confirme la rencontre sans en dire plus.",
            "The ministry acknowledged the call but would not comment further.",
            "Песков подтвердил факт встречи, но отказался раскрыть детали.",
        ] {
            assert!(grants(words), "{words}");
        }
        for words in [
            "Moscou n'a pas confirmé la rencontre et refuse tout commentaire.",
            "Le ministère a refusé de confirmer la rencontre.",
            "The call has not been confirmed, and the ministry declined to comment.",
            "Песков не подтвердил факт встречи.",
            "Le porte-parole n'a pas souhaité s'exprimer.",
        ] {
            assert!(!grants(words), "{words}");
        }
    }

    #[test]
    fn both_is_neither() {
        assert_eq!(combine(&[Stance::Confirms, Stance::Denies].into()), Stance::Neither);
        assert_eq!(combine(&[Stance::Confirms, Stance::Declines].into()), Stance::Confirms);
        assert_eq!(combine(&BTreeSet::new()), Stance::Silent);
    }
}
