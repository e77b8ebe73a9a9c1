//! The accounts of all readings under one contact.
//!
//! `told` prepares the accounts, `place` knows where places lie, `score` weighs two accounts, `cluster` brings them
//! together; here a contact is made of each group: kind, status and its history, sides, people, date and place. Nothing
//! is invented: every value is one that an account tells.

mod cluster;
mod place;
mod score;
mod told;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use depeche_gazetteer::{Gazetteer, is_cyrillic};
use depeche_record::{
    Anchor, Contact, ContactKind, ContactMention, Corroboration, Edtf, Judged, Side, Status, StatusStep,
};

pub use place::{Geography, Places};

use crate::actor::People;
use crate::display::Display;
use crate::identifier::{self, Of};
use crate::input::Inputs;
use crate::judgement::{self, ByThing, Log, Thing, Ties};
use crate::lineage::Lineages;
use crate::reason;
use told::Told;

/// Gathers the contacts, in the order of the dossier, without ledger and corroboration.
pub fn gather(
    inputs: &Inputs<'_>,
    lineages: &Lineages,
    people: &People,
    display: &Display<'_>,
    gazetteer: &Gazetteer,
    log: &Log<'_>,
    ties: &Ties,
) -> Vec<Contact> {
    let geography = Geography::new(gazetteer);
    let told = Told::all(inputs, lineages, people, &geography);
    let (told, groups) = cluster::group(told, log, ties);
    let oldest = |group: &cluster::Group| {
        let members = group.iter().map(|(n, _)| (told[*n].at, told[*n].n));
        members.min_by_key(|&(at, n)| (inputs.age(at), n)).unwrap_or_default()
    };
    let places: Vec<(usize, usize)> = groups.iter().map(oldest).collect();
    let ids = identifier::name(inputs, Of::Accounts, &places);
    let mut contacts = Vec::with_capacity(groups.len());
    for ((group, (at, n)), id) in groups.into_iter().zip(places).zip(ids) {
        let mut contact = describe(inputs, people, display, &told, group);
        contact.id = id;
        contact.anchor = inputs.anchor_of_account(at, n);
        contacts.push(contact);
    }
    sort(&mut contacts);
    contacts
}

/// Dated ones, then those without a year (the order of dates sees to it), then undated ones.
fn sort(contacts: &mut [Contact]) {
    contacts.sort_by_cached_key(|contact| {
        let first = contact.accounts.first().map(|account| (account.report.clone(), account.account));
        (contact.date.is_none(), contact.date.clone(), first)
    });
}

/// Applies what people have decided about contacts: those rejected go, fields take the values that they were given.
pub fn judge(inputs: &Inputs<'_>, contacts: &mut Vec<Contact>, log: &mut Log<'_>, by_thing: &ByThing) {
    if by_thing.is_empty() {
        return;
    }
    contacts.retain_mut(|contact| {
        let things: Vec<Thing> = contact
            .accounts
            .iter()
            .filter_map(|told| Some(Thing::Account(inputs.find(&told.report)?, told.account)))
            .collect();
        let verdict = log.judge(by_thing, things.into_iter(), |field, value| correct(contact, field, value));
        contact.judged = verdict.judged;
        !verdict.rejected
    });
    sort(contacts);
}

fn correct(contact: &mut Contact, field: &str, value: &str) -> Result<(), String> {
    match field {
        "kind" => contact.kind = judgement::kind(value)?,
        "status" => contact.status = judgement::status(value)?,
        "date" => {
            contact.date = judgement::date(value)?;
            contact.assumed.clear();
        }
        "place" => contact.place = Some(value.to_owned()).filter(|place| !place.is_empty()),
        "sides" => contact.sides = judgement::sides(value)?,
        _ => return Err(judgement::no_field(field, "kind, status, date, place, sides")),
    }
    Ok(())
}

fn describe(
    inputs: &Inputs<'_>,
    people: &People,
    display: &Display<'_>,
    told: &[Told<'_>],
    group: cluster::Group,
) -> Contact {
    let accounts = group.iter().map(|(n, evidence)| {
        let account = &told[*n];
        let reason = evidence.as_ref().map(|evidence| match evidence {
            cluster::Why::Judged(reason) => reason.clone(),
            cluster::Why::Alike(evidence) => {
                let score = format!("{:.2}", evidence.score);
                reason::write(
                    reason::ALIKE,
                    std::iter::once(score.as_str()).chain(evidence.features.iter().copied()),
                )
            }
        });
        ContactMention {
            report: inputs.report(account.at).id.clone(),
            account: account.n,
            reason: reason.unwrap_or_default(),
        }
    });
    let accounts: Vec<ContactMention> = accounts.collect();
    let members: Vec<&Told<'_>> = group.iter().map(|(n, _)| &told[*n]).collect();
    let dated = choose_date(&members);
    let told_on = days_of_telling(inputs, &members, dated);
    let status = choose_status(&members, &told_on);
    Contact {
        id: String::new(),
        anchor: Anchor::default(),
        kind: choose_kind(&members),
        status,
        history: history(inputs, &members, &told_on, status),
        sides: choose_sides(&members),
        participants: participants(people, &members),
        date: dated.and_then(|told| told.date.cloned()),
        assumed: dated
            .and_then(|told| told.account.date.as_ref())
            .map_or_else(Vec::new, |date| date.assumed.clone()),
        place: choose_place(&members).map(|place| display.place(&place).to_owned()),
        accounts,
        ledger: Vec::new(),
        corroboration: Corroboration::default(),
        judged: Judged::default(),
    }
}

/// The kind that most accounts tell; the forms that a text leaves open count less.
fn choose_kind(members: &[&Told<'_>]) -> ContactKind {
    let mut weights: BTreeMap<ContactKind, usize> = BTreeMap::new();
    for told in members {
        *weights.entry(told.kind()).or_default() += match told.kind() {
            ContactKind::Exchange => 1,
            ContactKind::Visit | ContactKind::Talks => 2,
            _ => 3,
        };
    }
    weights
        .into_iter()
        .max_by_key(|&(kind, weight)| (weight, Reverse(kind)))
        .map_or(ContactKind::Exchange, |(kind, _)| kind)
}

/// The stance of the newest account, where nothing later than a plan says that it was held; what was held stays held
/// unless most of what is told since denies it.
fn choose_status(members: &[&Told<'_>], told_on: &[Option<i64>]) -> Status {
    let count = |status: Status| members.iter().filter(|told| told.status() == status).count();
    let held = count(Status::Held);
    if held > 0 && held >= count(Status::Denied) + count(Status::Cancelled) + count(Status::RuledOut) {
        return Status::Held;
    }
    let newest = told_on.iter().flatten().max();
    let mut weights: BTreeMap<Status, usize> = BTreeMap::new();
    for (told, _) in members.iter().zip(told_on).filter(|(_, day)| day.as_ref() == newest) {
        *weights.entry(told.status()).or_default() += 1;
    }
    weights
        .into_iter()
        .max_by_key(|&(status, weight)| (weight, rank(status)))
        .map_or(Status::Possible, |(status, _)| status)
}

/// Of statuses told on one day: what ends a plan outweighs the plan, and comes after it.
fn rank(status: Status) -> u8 {
    match status {
        Status::Held => 5,
        Status::Cancelled => 4,
        Status::Denied => 3,
        Status::RuledOut => 2,
        Status::Planned => 1,
        Status::Possible => 0,
    }
}

/// Whether the contact was told as still to come.
fn as_to_come(status: Status) -> bool {
    matches!(status, Status::Planned | Status::Possible | Status::RuledOut)
}

/// For each account the day on which it was told, days since 1970-01-01: that of its report or of a copy or neighbour of
/// it, else the day of the contact. What a report without a day tells as to come was told before the contact, and
/// before anything that became of it.
fn days_of_telling(inputs: &Inputs<'_>, members: &[&Told<'_>], dated: Option<&Told<'_>>) -> Vec<Option<i64>> {
    let after = members.iter().filter(|told| !as_to_come(told.status()));
    let after = after.filter_map(|told| told.published).min();
    let day = |told: &&Told<'_>| {
        let contact = told.days.or_else(|| dated.and_then(|dated| dated.days));
        if inputs.published_day(told.at).is_some() {
            return told.published;
        }
        if as_to_come(told.status()) {
            let latest = contact.map(|(first, _)| first).into_iter().chain(after).min().map(|day| day - 1);
            return told.published.into_iter().chain(latest).min();
        }
        told.published.or(contact.map(|(_, last)| last))
    };
    members.iter().map(day).collect()
}

/// The steps of the status, oldest first. What nothing places in time comes first, unless it tells that the contact
/// was held and that stands.
fn history(
    inputs: &Inputs<'_>,
    members: &[&Told<'_>],
    told_on: &[Option<i64>],
    stands: Status,
) -> Vec<StatusStep> {
    let mut steps: Vec<(&Told<'_>, Option<i64>)> =
        members.iter().copied().zip(told_on.iter().copied()).collect();
    steps.sort_by_key(|(told, day)| {
        let held = told.status() == Status::Held && stands == Status::Held;
        let unplaced = if held { i64::MAX } else { i64::MIN };
        (day.unwrap_or(unplaced), rank(told.status()), told.at, told.n)
    });
    let step = |(told, _): (&Told<'_>, Option<i64>)| StatusStep {
        status: told.status(),
        told: inputs.published(told.at).cloned(),
        report: inputs.report(told.at).id.clone(),
        span: told.account.evidence.first().copied().unwrap_or(told.account.derivation.span),
    };
    steps.into_iter().map(step).collect()
}

/// Sides that half of the accounts tell, and at least two.
fn choose_sides(members: &[&Told<'_>]) -> Vec<Side> {
    let mut counts: BTreeMap<&Side, usize> = BTreeMap::new();
    for side in members.iter().flat_map(|told| &told.sides) {
        *counts.entry(side).or_default() += 1;
    }
    let mut by_count: Vec<(&Side, usize)> = counts.into_iter().collect();
    by_count.sort_by_key(|&(side, count)| (Reverse(count), side.clone()));
    let chosen = by_count.iter().enumerate().filter(|(n, (_, count))| *n < 2 || 2 * count >= members.len());
    let chosen: BTreeSet<Side> = chosen.map(|(_, (side, _))| (*side).clone()).collect();
    chosen.into_iter().collect()
}

fn participants(people: &People, members: &[&Told<'_>]) -> Vec<String> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for &person in members.iter().flat_map(|told| &told.people) {
        *counts.entry(person).or_default() += 1;
    }
    let mut by_count: Vec<(usize, usize)> = counts.into_iter().collect();
    by_count.sort_by_key(|&(person, count)| (Reverse(count), person));
    by_count
        .into_iter()
        .filter_map(|(person, _)| people.actors.get(person))
        .map(|actor| actor.id.clone())
        .collect()
}

/// The account whose date stands for the contact. Told as held goes before told as planned, a known year before none,
/// and the narrower date before the wider: a month against a day of that month is the day, however many only know the
/// month. Of equals, the one that most lineages agree with, then the earliest.
fn choose_date<'m, 'a>(members: &[&'m Told<'a>]) -> Option<&'m Told<'a>> {
    let mut tellers: BTreeMap<&Edtf, Vec<&'m Told<'a>>> = BTreeMap::new();
    for told in members {
        if let Some(date) = told.date {
            tellers.entry(date).or_default().push(told);
        }
    }
    let lineages: BTreeMap<&Edtf, BTreeSet<usize>> = tellers
        .iter()
        .map(|(date, tellers)| (*date, tellers.iter().map(|told| told.lineage).collect()))
        .collect();
    let support = |date: &Edtf| {
        let agreeing = lineages.iter().filter(|(other, _)| other.may_agree(date));
        agreeing.flat_map(|(_, lineages)| lineages).collect::<BTreeSet<_>>().len()
    };
    let as_held = |tellers: &[&Told<'a>]| tellers.iter().any(|told| told.status() == Status::Held);
    let best = tellers.iter().min_by_key(|(date, tellers)| {
        let width = date.width().unwrap_or(i64::MAX);
        (!as_held(tellers), date.lacks_year(), width, Reverse(support(date)), (**date).clone())
    });
    best.and_then(|(_, tellers)| tellers.first().copied())
}

/// The place that most accounts name, a town before a state; of its names the one that most use, and of equals one in
/// Latin letters, which no case has bent.
fn choose_place(members: &[&Told<'_>]) -> Option<String> {
    let mut places: BTreeMap<(&str, &str), BTreeMap<&str, usize>> = BTreeMap::new();
    for told in members {
        if let (Some(spot), Some(place)) = (&told.spot, &told.account.place) {
            *places.entry(spot.name()).or_default().entry(place.name.as_str()).or_default() += 1;
        }
    }
    let count = |names: &BTreeMap<&str, usize>| names.values().sum::<usize>();
    let best =
        places.iter().max_by_key(|(place, names)| (count(names), !place.0.is_empty(), Reverse(**place)));
    let (_, names) = best?;
    let plain = |name: &str| !name.chars().any(is_cyrillic);
    names
        .iter()
        .max_by_key(|(name, count)| (**count, plain(name), Reverse(**name)))
        .map(|(name, _)| (*name).to_owned())
}
