//! What accounts of one contact disagree about.
//!
//! Only accounts of different lineages can: a copy adds nothing. Two stages of one story do not: a plan for Thursday and
//! an account of Friday's meeting, a denial that is older than the meeting. So dates, places and people are compared
//! among accounts of one status, and «held» stands against «denied» or «called off» only where the denial is as new.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use depeche_gazetteer::{Gazetteer, OfficeClass, Sense};
use depeche_record::{
    Account, Act, Attestation, Contact, ContactKind, Contradiction, ContradictionKind, Day, Edtf, Side, Span,
    Status,
};

use crate::actor::People;
use crate::contact::{Geography, Places};
use crate::display::Display;
use crate::fold;
use crate::input::Inputs;
use crate::ledger::voices;
use crate::lineage::Lineages;

/// One account of the contact at hand.
struct Version<'a> {
    at: usize,
    lineage: usize,
    published: Option<i64>,
    account: &'a Account,
    people: BTreeMap<&'a Side, BTreeSet<usize>>,
    /// The level at which each side is represented, as far as offices tell.
    levels: BTreeMap<&'a Side, Level>,
    speaker: String,
}

/// At which level a side is represented.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Others,
    Ministers,
    Leaders,
}

impl Level {
    fn of(office: OfficeClass) -> Option<Level> {
        use OfficeClass::*;
        match office {
            HeadOfState | HeadOfGovernment => Some(Level::Leaders),
            Deputy | ForeignMinister | SecretaryOfState | DefenceMinister | Minister => {
                Some(Level::Ministers)
            }
            DeputyMinister | Ambassador | Envoy | SecurityAdviser | Adviser | Negotiator | Military
            | IntelligenceChief | Diplomat => Some(Level::Others),
            _ => None,
        }
    }
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
    let several = contacts.par_iter().filter(|contact| contact.accounts.len() > 1);
    let of_each = several.map(|contact| {
        let mut found = Vec::new();
        let versions = versions(inputs, lineages, people, display, contact, gazetteer);
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
        note(ContradictionKind::Participants, participants(&versions, people, false));
        note(ContradictionKind::Level, participants(&versions, people, true));
        note(ContradictionKind::Kind, kinds(&versions));
        note(ContradictionKind::Held, held(&versions));
        let told = demands(inputs, lineages, people, display, contact);
        if told.len() > 1 {
            let (kind, contact) = (ContradictionKind::Demand, contact.id.clone());
            found.push(Contradiction { kind, contact, versions: told });
        }
        found
    });
    of_each.flatten_iter().collect()
}

fn versions<'a>(
    inputs: &Inputs<'a>,
    lineages: &Lineages,
    people: &'a People,
    display: &Display<'_>,
    contact: &Contact,
    gazetteer: &Gazetteer,
) -> Vec<Version<'a>> {
    let mut versions = Vec::new();
    for mention in &contact.accounts {
        let Some(at) = inputs.find(&mention.report) else { continue };
        let reading = inputs.reading(at);
        let Some(account) = reading.accounts.get(mention.account) else { continue };
        let mut by_side: BTreeMap<&Side, BTreeSet<usize>> = BTreeMap::new();
        let mut levels: BTreeMap<&Side, Level> = BTreeMap::new();
        for &figure in &account.participants {
            let side = reading.figures.get(figure).and_then(|figure| figure.side.as_ref());
            let person = people.index(at, figure);
            // A person whom reports put on several sides is no measure of a side's delegation.
            let sure = person.and_then(|n| people.actors.get(n)).is_some_and(|actor| actor.sides.len() == 1);
            if let (Some(side), Some(person), true) = (side, person, sure) {
                by_side.entry(side).or_default().insert(person);
                if let Some(level) = level(inputs, at, figure, gazetteer) {
                    let highest = levels.entry(side).or_insert(level);
                    *highest = level.max(*highest);
                }
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
            levels,
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

/// The level of a person by the offices that the report gives, else by the office that the gazetteer knows.
fn level(inputs: &Inputs<'_>, at: usize, figure: usize, gazetteer: &Gazetteer) -> Option<Level> {
    let reading = inputs.reading(at);
    let figure = reading.figures.get(figure)?;
    let offices = figure.offices.iter().flat_map(|&span| {
        let found = gazetteer.matches(inputs.words(at, span), reading.language);
        let classes = found.into_iter().flat_map(|found| found.senses).filter_map(|sense| match sense {
            Sense::Office(class) => Level::of(class),
            _ => None,
        });
        classes.collect::<Vec<_>>()
    });
    let known = || figure.gazetteer.as_deref().and_then(|id| gazetteer.person(id));
    offices.max().or_else(|| Level::of(known()?.office))
}

/// It is said to have been contacts of sorts that cannot be one: face to face, by telephone, in writing.
fn kinds(versions: &[Version<'_>]) -> BTreeMap<String, (usize, Span)> {
    let form = |n: usize| match versions[n].account.kind {
        ContactKind::Meeting | ContactKind::Visit => Some(0),
        ContactKind::Call => Some(1),
        ContactKind::Message => Some(2),
        ContactKind::Talks | ContactKind::Exchange => None,
    };
    let mut told = BTreeMap::new();
    for (a, b) in comparable(versions) {
        if form(a).zip(form(b)).is_some_and(|(x, y)| x != y) {
            for n in [a, b] {
                let account = versions[n].account;
                told.entry(account.kind.label().to_owned()).or_insert((n, evidence(account)));
            }
        }
    }
    told
}

/// Days by which two tellings of one demand may be apart.
const SAME_DEMAND: i64 = 3;
/// Share of the shorter sentence's long words from which two sentences tell of one demand.
const DEMAND_WORDS: f64 = 0.3;

/// One speaker is said to demand so many of a thing, and so many others: figures before one word in sentences of
/// independent reports that share their words.
fn demands(
    inputs: &Inputs<'_>,
    lineages: &Lineages,
    people: &People,
    display: &Display<'_>,
    contact: &Contact,
) -> Vec<(String, Attestation)> {
    let voices = voices(inputs, people, display, contact);
    let demands: Vec<_> = voices.iter().filter(|voice| voice.statement.act == Act::Demand).take(64).collect();
    let words =
        demands.iter().map(|voice| fold::words(inputs.words(voice.at, voice.statement.evidence)).collect());
    let words: Vec<Vec<String>> = words.collect();
    let long = |n: usize| words[n].iter().filter(|word| word.chars().count() >= 5).collect::<BTreeSet<_>>();
    let mut told: BTreeMap<String, Attestation> = BTreeMap::new();
    for (a, one) in demands.iter().enumerate() {
        for (b, other) in demands.iter().enumerate().skip(a + 1) {
            let days = inputs.published_day(one.at).zip(inputs.published_day(other.at));
            let near = days.is_some_and(|(x, y)| (x - y).abs() <= SAME_DEMAND);
            if one.name != other.name || lineages.of(one.at) == lineages.of(other.at) || !near {
                continue;
            }
            let (x, y) = (long(a), long(b));
            let shared = x.intersection(&y).count() as f64 / x.len().min(y.len()).max(1) as f64;
            let apart = counts_apart(&words[a], &words[b]).filter(|_| shared >= DEMAND_WORDS);
            let Some((first, second)) = apart else { continue };
            for (voice, said) in [(one, first), (other, second)] {
                let report = inputs.report(voice.at).id.clone();
                let (span, speaker) = (voice.statement.evidence, voice.name.clone());
                told.entry(said).or_insert(Attestation { report, span, speaker });
            }
        }
    }
    told.into_iter().collect()
}

/// Two different numbers of one thing, each with the word behind it; none where they agree on any.
fn counts_apart(a: &[String], b: &[String]) -> Option<(String, String)> {
    let counts = |words: &[String]| -> BTreeMap<String, String> {
        let pairs = words.windows(2).filter(|pair| pair[0].bytes().all(|byte| byte.is_ascii_digit()));
        pairs
            .filter(|pair| pair[1].chars().count() >= 4)
            .map(|pair| (pair[1].clone(), pair[0].clone()))
            .collect()
    };
    let (x, y) = (counts(a), counts(b));
    let both: Vec<_> = x.iter().filter_map(|(thing, number)| Some((thing, number, y.get(thing)?))).collect();
    let (thing, one, other) = *both.first()?;
    let apart = both.iter().all(|(_, one, other)| one != other);
    apart.then(|| (format!("{one} {thing}"), format!("{other} {thing}")))
}

/// A side is said to be represented by quite different people: of different levels, or of one.
fn participants(
    versions: &[Version<'_>],
    people: &People,
    levels_apart: bool,
) -> BTreeMap<String, (usize, Span)> {
    let mut told = BTreeMap::new();
    for (a, b) in comparable(versions) {
        for (side, delegates) in &versions[a].people {
            let Some(others) = versions[b].people.get(side).filter(|others| others.is_disjoint(delegates))
            else {
                continue;
            };
            let levels = versions[a].levels.get(side).zip(versions[b].levels.get(side));
            if levels.is_some_and(|(one, other)| one != other) != levels_apart {
                continue;
            }
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
