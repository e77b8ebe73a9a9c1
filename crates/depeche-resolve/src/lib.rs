//! Readings to dossier: what is known, by whom, and from where.
//!
//! Comes in: the set of `(Report, Reading)`, the set of judgements of people, the gazetteer, and the day that «past» and
//! «to come» are reckoned from.
//! Goes out: a [`Dossier`]. The stage is pure, and a function of the *sets* of its inputs: they are sorted by the
//! report's identifier first, a pair that comes twice counts once, and nothing depends on the order of arrival.
//!
//! 1. `input` sorts, and drops what comes twice; `judgement` settles what people have decided, which each of the steps
//!    below then keeps to, and [`anchor`] finds what it is about.
//! 2. `lineage` finds which reports rest on one original text.
//! 3. `actor` brings the figures of all readings under one person.
//! 4. `contact` brings the accounts of all readings under one contact; what reports tell of the same contacts may then
//!    show that they rest on one dispatch.
//! 5. `ledger`, `corroboration`, `contradiction`, `gap` look at each contact.
//! 6. `statement` lists what was said.
//!
//! `display` knows the one form under which each outlet, town, institution and person is shown.
//!
//! [`identifier`] names what comes out so that the name outlives further reports.
//! Why two things were put together is kept as a [`reason`]: a key with arguments that surfaces translate.

mod display;
mod fold;
mod input;
mod judgement;
pub mod anchor;
pub mod identifier;
pub mod reason;

mod actor;
mod contact;
mod contradiction;
mod corroboration;
mod gap;
mod ledger;
mod lineage;
mod statement;

use std::collections::BTreeMap;

use depeche_gazetteer::Gazetteer;
use rayon::prelude::*;

use depeche_record::{Day, Dossier, Judgement, Reading, Report, ReportEntry};

use display::Display;
use input::Inputs;
use judgement::{ByThing, Log, Thing};

/// Reconstructs the dossier from what the reports say; the same for any order of `read`.
///
/// `today` decides which plans have passed without an account of what became of them; without it, the newest day of
/// publication does.
///
/// `judgements` are what people have decided; each is listed with what became of it, and outranks whatever the rules
/// would have made of the readings.
pub fn resolve(
    read: &[(Report, Reading)],
    judgements: &[Judgement],
    gazetteer: &Gazetteer,
    today: Option<Day>,
) -> Dossier {
    let sorted = Inputs::sort(read);
    let mut log = Log::open(judgements);
    let amended = log.amend(&sorted);
    let mut inputs = sorted.amended(&amended);
    let ties = log.settle(&inputs);
    let by_thing = log.by_thing();
    for (at, n) in log.rejected_statements(&by_thing) {
        inputs.hide(at, n);
    }
    let display = Display::gather(&inputs, gazetteer);
    let mut lineages = lineage::trace(&inputs, &display, &log, &ties);
    let mut people = actor::identify(&inputs, &lineages, gazetteer, &log, &ties);
    people.judge(&inputs, &mut log, &by_thing);
    let mut contacts = contact::gather(&inputs, &lineages, &people, &display, gazetteer, &log, &ties);
    lineages.deepen(&inputs, &people, &contacts, gazetteer);
    contact::judge(&inputs, &mut contacts, &mut log, &by_thing);
    contacts.par_iter_mut().for_each(|contact| {
        contact.ledger = ledger::keep(&inputs, &people, &display, contact);
        contact.corroboration =
            corroboration::count(&inputs, &lineages, &people, &display, contact, gazetteer);
    });
    let today = today.or_else(|| inputs.newest_publication());
    let contradictions = contradiction::find(&inputs, &lineages, &people, &display, &contacts, gazetteer);
    let statements = statement::list(&inputs, &lineages, &people, &display, &contacts, &mut log, &by_thing);
    let reports = entries(&inputs, lineages, &mut log, &by_thing);
    Dossier {
        contradictions,
        gaps: gap::find(&contacts, today),
        statements,
        reports,
        actors: people.actors,
        contacts,
        judgements: log.close(),
        coverage: BTreeMap::new(),
        problems: inputs.problems,
    }
}

fn entries(
    inputs: &Inputs<'_>,
    lineages: lineage::Lineages,
    log: &mut Log<'_>,
    by_thing: &ByThing,
) -> Vec<ReportEntry> {
    let groups: Vec<String> =
        (0..inputs.len()).map(|at| inputs.report(lineages.oldest(at)).id.clone()).collect();
    let entry = |(at, (lineage, links))| {
        let (report, reading): (&Report, &Reading) = inputs.pair(at);
        ReportEntry {
            id: report.id.clone(),
            address: report.address.clone(),
            title: report.title.as_ref().map(|title| title.value.clone()),
            outlet: report.outlet.as_ref().map(|outlet| outlet.value.clone()),
            published: reading.published.clone(),
            language: reading.language,
            lineage,
            links,
            origins: reading.origins.iter().map(|o| (o.name.clone(), o.relation, o.evidence)).collect(),
            judged: log.judge(by_thing, std::iter::once(Thing::Report(at)), |_, _| Ok(())).judged,
        }
    };
    groups.into_iter().zip(lineages.links).enumerate().map(entry).collect()
}
