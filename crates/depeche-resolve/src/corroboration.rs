//! How many independent origins a contact rests on.
//!
//! Unit of counting is the lineage: reports of one text count once. Lineages are then joined:
//!
//! - **surely**, for `most` and `least` alike: where both cite the same outlet for the contact (in the sentence that
//!   tells it) and have no word of an official about it of their own; where one cites the outlet of the other; loops of
//!   citations close on themselves and count once; a report that names its own outlet cites nobody;
//! - **perhaps**, for `least` only: where both name the same agency anywhere, for they may rest on one dispatch; where
//!   both rest on the words of the same official, for they may have been said once.
//!
//! An official on record is no origin beside the reports that carry the words: ten lineages that carry one statement
//! are at least one origin and at most ten. What each origin is, is listed: the lineages, the outlets that they cite,
//! the officials who speak for a side of the contact.

use std::collections::{BTreeMap, BTreeSet};

use depeche_gazetteer::{Gazetteer, OutletKind};
use depeche_record::{Contact, Corroboration, Relation, Stance};

use crate::actor::People;
use crate::display::{Display, origin_key, outlet_key};
use crate::input::{Inputs, in_one_sentence};
use crate::ledger::voices;
use crate::lineage::Lineages;
use crate::reason;

/// Counts the origins of a contact.
pub fn count(
    inputs: &Inputs<'_>,
    lineages: &Lineages,
    people: &People,
    display: &Display<'_>,
    contact: &Contact,
    gazetteer: &Gazetteer,
) -> Corroboration {
    let mut reports: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for mention in &contact.accounts {
        if let Some(at) = inputs.find(&mention.report) {
            reports.entry(lineages.of(at)).or_default().insert(at);
        }
    }
    let groups: Vec<(usize, BTreeSet<usize>)> = reports.into_iter().collect();
    let place = |lineage: usize| groups.binary_search_by_key(&lineage, |(first, _)| *first).ok();
    let id = |at: usize| inputs.report(at).id.as_str();
    let mut reasons: BTreeSet<String> = BTreeSet::new();
    let mut origins: BTreeSet<String> = BTreeSet::new();
    for (first, members) in &groups {
        match members.len() {
            1 => origins.insert(reason::write(reason::ORIGIN_REPORT, members.iter().map(|&at| id(at)))),
            n => {
                reasons.insert(reason::write(reason::ONE_LINEAGE, members.iter().map(|&at| id(at))));
                origins.insert(reason::write(
                    reason::ORIGIN_LINEAGE,
                    [id(lineages.oldest(*first)), n.to_string().as_str()],
                ))
            }
        };
    }

    // Who speaks of it, and in which lineages.
    let mut spoken: BTreeMap<(String, String), BTreeSet<usize>> = BTreeMap::new();
    for voice in voices(inputs, people, display, contact) {
        let Some(side) = voice.side.filter(|side| contact.sides.contains(side)) else { continue };
        if matches!(voice.stance, Some(Stance::Confirms | Stance::Denies))
            && let Some(group) = place(lineages.of(voice.at))
        {
            spoken.entry((voice.name, side.0)).or_default().insert(group);
        }
    }
    let on_record: BTreeSet<usize> = spoken.values().flatten().copied().collect();

    // Which outlets the lineages cite for it, and which agencies they name at all.
    let mut cited: BTreeMap<String, (String, BTreeSet<usize>)> = BTreeMap::new();
    let mut agencies: BTreeMap<String, (String, BTreeSet<usize>)> = BTreeMap::new();
    for mention in &contact.accounts {
        let Some(at) = inputs.find(&mention.report) else { continue };
        let (report, reading) = inputs.pair(at);
        let (Some(group), Some(account)) = (place(lineages.of(at)), reading.accounts.get(mention.account))
        else {
            continue;
        };
        let own = report.outlet.as_ref().map(|outlet| outlet_key(&outlet.value, gazetteer));
        for origin in reading.origins.iter().filter(|origin| origin.relation != Relation::Image) {
            let key = origin_key(origin, gazetteer);
            if own.as_ref() == Some(&key) {
                continue;
            }
            let known = gazetteer.outlet(&key);
            if known.is_some_and(|outlet| outlet.kind == OutletKind::Agency) {
                agencies
                    .entry(key.clone())
                    .or_insert_with(|| (display.outlet(origin).to_owned(), BTreeSet::new()))
                    .1
                    .insert(group);
            }
            // A platform carries everybody's posts: naming it names no common origin.
            let platform = known.is_some_and(|outlet| outlet.kind == OutletKind::Platform);
            let for_it = origin.relation == Relation::Republishes
                || account.evidence.iter().any(|&span| in_one_sentence(&report.text, span, origin.evidence));
            if for_it && !platform {
                cited
                    .entry(key)
                    .or_insert_with(|| (display.outlet(origin).to_owned(), BTreeSet::new()))
                    .1
                    .insert(group);
            }
        }
    }

    let mut surely: Vec<usize> = (0..groups.len()).collect();
    for (key, (name, citing)) in &cited {
        origins.insert(reason::write(reason::ORIGIN_OUTLET, [name.as_str()]));
        // The outlet's own report is among those of the contact.
        for (owner, (_, members)) in groups.iter().enumerate() {
            let own = |at: &&usize| {
                inputs
                    .report(**at)
                    .outlet
                    .as_ref()
                    .is_some_and(|outlet| outlet_key(&outlet.value, gazetteer) == *key)
            };
            let Some(source) = members.iter().find(own) else { continue };
            for &group in citing.iter().filter(|&&group| group != owner) {
                join(&mut surely, owner, group);
                reasons.insert(reason::write(reason::CITES_REPORT, [id(groups[group].0), name, id(*source)]));
            }
        }
        let alone: Vec<usize> = citing.iter().copied().filter(|group| !on_record.contains(group)).collect();
        if alone.len() > 1 {
            alone.windows(2).for_each(|pair| join(&mut surely, pair[0], pair[1]));
            let reports = alone.iter().map(|&group| id(groups[group].0));
            reasons.insert(reason::write(reason::CITES_SAME, std::iter::once(name.as_str()).chain(reports)));
        }
    }
    let mut perhaps = surely.clone();
    for (name, naming) in agencies.values().filter(|(_, naming)| naming.len() > 1) {
        let naming: Vec<usize> = naming.iter().copied().collect();
        naming.windows(2).for_each(|pair| join(&mut perhaps, pair[0], pair[1]));
        let reports = naming.iter().map(|&group| id(groups[group].0));
        reasons.insert(reason::write(reason::SHARED_AGENCY, std::iter::once(name.as_str()).chain(reports)));
    }
    for ((name, side), speaking) in &spoken {
        origins.insert(reason::write(reason::ORIGIN_SPEAKER, [name.as_str(), side.as_str()]));
        let speaking: Vec<usize> = speaking.iter().copied().collect();
        speaking.windows(2).for_each(|pair| join(&mut perhaps, pair[0], pair[1]));
        if speaking.len() > 1 {
            let reports = speaking.iter().map(|&group| id(groups[group].0));
            reasons
                .insert(reason::write(reason::SHARED_SPEAKER, std::iter::once(name.as_str()).chain(reports)));
        }
    }
    let roots = |of: &mut [usize]| (0..of.len()).map(|n| root(of, n)).collect::<BTreeSet<usize>>().len();
    Corroboration {
        least: roots(&mut perhaps),
        most: roots(&mut surely),
        origins: origins.into_iter().collect(),
        reasons: reasons.into_iter().collect(),
    }
}

fn root(of: &mut [usize], mut at: usize) -> usize {
    while of[at] != at {
        of[at] = of[of[at]];
        at = of[at];
    }
    at
}

fn join(of: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(of, a), root(of, b));
    of[a.max(b)] = a.min(b);
}
