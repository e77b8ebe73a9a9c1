//! What accounts of one contact disagree about.
//!
//! Only accounts of different lineages can: a copy adds nothing. Two stages of one story do not: a plan for Thursday and
//! an account of Friday's meeting, a denial that is older than the meeting. So dates, places and people are compared
//! among accounts of one status, and «held» stands against «denied» or «called off» only where the denial is as new.

use std::collections::{BTreeMap, BTreeSet};

use depeche_gazetteer::Gazetteer;
use depeche_record::{
    Account, Attestation, Contact, ContactKind, Contradiction, ContradictionKind, Day, Edtf, Side, Span,
    Status,
};

use crate::actor::People;
use crate::contact::{Geography, Places};
use crate::display::Display;
use crate::input::Inputs;
use crate::lineage::Lineages;

/// One account of the contact at hand.
struct Version<'a> {
    at: usize,
    lineage: usize,
    published: Option<i64>,
    account: &'a Account,
    people: BTreeMap<&'a Side, BTreeSet<usize>>,
    speaker: String,
}

/// Finds the contradictions, by contact and kind.
pub fn find(
    inputs: &Inputs<'_>,
    lineages: &Lineages,
    people: &People,
    display: &Display<'_>,
    contacts: &[Contact],
    gazetteer: &Gazetteer,
) -> Vec<Contradiction> {
    let geography = Geography::new(gazetteer);
    let mut found = Vec::new();
    for contact in contacts.iter().filter(|contact| contact.accounts.len() > 1) {
        let versions = versions(inputs, lineages, people, display, contact);
        let mut note = |kind, told: BTreeMap<String, (usize, Span)>| {
            if told.len() > 1 {
                let attest = |(says, (n, span)): (String, (usize, Span))| {
                    let version: &Version<'_> = &versions[n];
                    let report = inputs.report(version.at).id.clone();
                    (says, Attestation { report, span, speaker: version.speaker.clone() })
                };
                let versions = told.into_iter().map(attest).collect();
                found.push(Contradiction { kind, contact: contact.id.clone(), versions });
            }
        };
        note(ContradictionKind::Date, dates(&versions));
        note(ContradictionKind::Place, places(&versions, &geography, display));
        note(ContradictionKind::Participants, participants(&versions, people));
        note(ContradictionKind::Held, held(&versions));
    }
    found
}

fn versions<'a>(
    inputs: &Inputs<'a>,
    lineages: &Lineages,
    people: &'a People,
    display: &Display<'_>,
    contact: &Contact,
) -> Vec<Version<'a>> {
    let mut versions = Vec::new();
    for mention in &contact.accounts {
        let Some(at) = inputs.find(&mention.report) else { continue };
        let reading = inputs.reading(at);
        let Some(account) = reading.accounts.get(mention.account) else { continue };
        let mut by_side: BTreeMap<&Side, BTreeSet<usize>> = BTreeMap::new();
        for &figure in &account.participants {
            let side = reading.figures.get(figure).and_then(|figure| figure.side.as_ref());
            let person = people.index(at, figure);
            // A person whom reports put on several sides is no measure of a side's delegation.
            let sure = person.and_then(|n| people.actors.get(n)).is_some_and(|actor| actor.sides.len() == 1);
            if let (Some(side), Some(person), true) = (side, person, sure) {
                by_side.entry(side).or_default().insert(person);
            }
        }
        let statement =
            reading.statements.iter().find(|statement| statement.about.contains(&mention.account));
        let speaker = statement.map(|statement| {
            let actor = statement.speaker.figure.and_then(|figure| people.actor(at, figure));
            actor.map_or_else(|| display.institution(&statement.speaker), |actor| &actor.name).to_owned()
        });
        versions.push(Version {
            at,
            lineage: lineages.of(at),
            published: inputs.published_day(at),
            account,
            people: by_side,
            speaker: speaker.unwrap_or_default(),
        });
    }
    versions
}

/// Pairs of versions of different lineages and one status: held, or planned and told within a week, for plans change.
fn comparable<'v, 'a>(versions: &'v [Version<'a>]) -> impl Iterator<Item = (usize, usize)> + use<'v, 'a> {
    // Contacts told by hundreds of reports are compared by their first ones of each kind; the pairs would be too many.
    let some = versions.len().min(64);
    (0..some).flat_map(move |a| (a + 1..some).map(move |b| (a, b))).filter(|&(a, b)| {
        let (a, b) = (&versions[a], &versions[b]);
        let near = a.published.zip(b.published).is_some_and(|(x, y)| (x - y).abs() <= 7);
        let status = a.account.status;
        a.lineage != b.lineage
            && status == b.account.status
            && (status == Status::Held || (status == Status::Planned && near))
    })
}

fn dates(versions: &[Version<'_>]) -> BTreeMap<String, (usize, Span)> {
    let mut told = BTreeMap::new();
    for (a, b) in comparable(versions) {
        let (Some(x), Some(y)) = (&versions[a].account.date, &versions[b].account.date) else { continue };
        // Rounds of talks and visits last for days: one report names the first of them, another the last.
        let lasting = |n: usize| matches!(versions[n].account.kind, ContactKind::Talks | ContactKind::Visit);
        let one_round = (lasting(a) || lasting(b)) && adjacent(&x.value, &y.value);
        if !x.value.may_agree(&y.value) && !one_round {
            for (n, date) in [(a, x), (b, y)] {
                told.entry(date.value.to_string()).or_insert((n, date.span));
            }
        }
    }
    told
}

/// Whether the last day of one is the eve of the first of the other.
fn adjacent(x: &Edtf, y: &Edtf) -> bool {
    let year = x.days().or(y.days()).map_or(2000, |(first, _)| first.year);
    let next = |a: Day, b: Day| b.number() - a.number() == 1;
    let days = x.days_in(year).zip(y.days_in(year));
    days.is_some_and(|(x, y)| next(x.1, y.0) || next(y.1, x.0))
}

fn places(
    versions: &[Version<'_>],
    geography: &Geography<'_>,
    display: &Display<'_>,
) -> BTreeMap<String, (usize, Span)> {
    let mut told = BTreeMap::new();
    for (a, b) in comparable(versions) {
        let (Some(x), Some(y)) = (&versions[a].account.place, &versions[b].account.place) else { continue };
        if geography.spot(&x.name).to(&geography.spot(&y.name)) == Places::Apart {
            for (n, place) in [(a, x), (b, y)] {
                told.entry(display.place(&place.name).to_owned()).or_insert((n, place.span));
            }
        }
    }
    told
}

/// A side is said to be represented by quite different people.
fn participants(versions: &[Version<'_>], people: &People) -> BTreeMap<String, (usize, Span)> {
    let mut told = BTreeMap::new();
    for (a, b) in comparable(versions) {
        for (side, delegates) in &versions[a].people {
            let Some(others) = versions[b].people.get(side).filter(|others| others.is_disjoint(delegates))
            else {
                continue;
            };
            for (n, delegates) in [(a, delegates), (b, others)] {
                let names =
                    delegates.iter().filter_map(|&n| people.actors.get(n)).map(|actor| actor.name.as_str());
                let names = names.collect::<Vec<&str>>().join(", ");
                told.entry(names).or_insert((n, evidence(versions[n].account)));
            }
        }
    }
    told
}

fn held(versions: &[Version<'_>]) -> BTreeMap<String, (usize, Span)> {
    let mut told = BTreeMap::new();
    for (a, yes) in versions.iter().enumerate().filter(|(_, version)| version.account.status == Status::Held)
    {
        for (b, no) in versions.iter().enumerate().filter(|(_, version)| version.lineage != yes.lineage) {
            let as_new = match (no.published, yes.published) {
                (Some(no), Some(yes)) => no >= yes,
                _ => false,
            };
            let against = match no.account.status {
                Status::Denied => true,
                Status::Cancelled | Status::RuledOut => as_new,
                _ => false,
            };
            if against {
                for (n, version) in [(a, yes), (b, no)] {
                    let status = version.account.status.label().to_owned();
                    told.entry(status).or_insert((n, evidence(version.account)));
                }
            }
        }
    }
    told
}

fn evidence(account: &Account) -> Span {
    account.evidence.first().copied().unwrap_or(account.derivation.span)
}
