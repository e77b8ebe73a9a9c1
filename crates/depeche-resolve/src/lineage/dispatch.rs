//! Rewritten and translated dispatches: reports of one day, or the next, that name the same agency and tell the same
//! contacts.
//!
//! Naming an agency is not enough (a dozen dispatches a day), nor is telling the same contacts (rivals do). Both
//! together, with most contacts in common, are what a dispatch looks like after two desks have rewritten it.

use std::collections::{BTreeMap, BTreeSet};

use depeche_gazetteer::{Gazetteer, OutletKind};
use depeche_record::{Contact, Relation};

use super::Lineages;
use crate::fold;
use crate::input::Inputs;
use crate::reason;

/// Contacts that two reports must share.
const LEAST_SHARED: usize = 3;
/// The same where both come whole from there: a dispatch and its translation, which may be a day younger.
const LEAST_WHERE_BOTH_SAY: usize = 2;
/// Share of the contacts of both that they must have in common.
const SHARE: f64 = 0.6;
/// The share where at least one comes whole from there.
const SHARE_WHERE_SAID: f64 = 0.5;
/// Reports of one day and agency are compared with so many of the next.
const NEXT: usize = 32;

/// A report that names an agency.
struct Names {
    at: usize,
    /// Day of publication, days since 1970-01-01.
    day: i64,
    name: String,
    /// The whole text comes from there.
    whole: bool,
    /// It is the report's own outlet.
    own: bool,
}

/// Links with their reason and the share of contacts.
pub fn find(
    inputs: &Inputs<'_>,
    lineages: &Lineages,
    contacts: &[Contact],
    gazetteer: &Gazetteer,
) -> BTreeMap<(usize, usize), (String, f64)> {
    let mut told: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); inputs.len()];
    for (n, contact) in contacts.iter().enumerate() {
        for mention in &contact.accounts {
            if let Some(at) = inputs.find(&mention.report) {
                told[at].insert(n);
            }
        }
    }
    let mut found = BTreeMap::new();
    for naming in naming(inputs, gazetteer).values() {
        for (n, a) in naming.iter().enumerate() {
            for b in naming[n + 1..].iter().take(NEXT).take_while(|b| b.day - a.day <= 1) {
                let (x, y) = (a.at.min(b.at), a.at.max(b.at));
                // Two reports of one desk are no copies of each other for that.
                if a.at == b.at || (a.own && b.own) || lineages.of(x) == lineages.of(y) {
                    continue;
                }
                let shared = told[x].intersection(&told[y]).count();
                let share = shared as f64 / told[x].union(&told[y]).count().max(1) as f64;
                let (needed, least) = match (a.whole, b.whole) {
                    (true, true) => (LEAST_WHERE_BOTH_SAY, SHARE_WHERE_SAID),
                    _ if a.day != b.day => continue,
                    (false, false) => (LEAST_SHARED, SHARE),
                    _ => (LEAST_SHARED, SHARE_WHERE_SAID),
                };
                if shared >= needed && share >= least {
                    let key = if a.own || b.own { reason::NAMES_AS_SOURCE } else { reason::SAME_DISPATCH };
                    found.entry((x, y)).or_insert_with(|| (reason::write(key, [a.name.as_str()]), share));
                }
            }
        }
    }
    found
}

/// The reports that name an agency, by agency, in the order of their days; the agency's own reports among them. Reports
/// without a day are left out: agencies write of the same talks every day.
fn naming(inputs: &Inputs<'_>, gazetteer: &Gazetteer) -> BTreeMap<String, Vec<Names>> {
    let mut naming: BTreeMap<String, Vec<Names>> = BTreeMap::new();
    for (at, report, reading) in inputs.iter() {
        let Some(day) = inputs.published_day(at) else { continue };
        let mut seen = BTreeSet::new();
        let own = report.outlet.iter().map(|outlet| (&outlet.value, None, true, true));
        let named = reading.origins.iter().filter(|origin| origin.relation != Relation::Image);
        let named = named.map(|origin| {
            (&origin.name, origin.gazetteer.as_deref(), origin.relation == Relation::Republishes, false)
        });
        // What is said of the whole text outweighs what is said of a piece of it.
        let mut all: Vec<(&String, Option<&str>, bool, bool)> = own.chain(named).collect();
        all.sort_by_key(|(_, _, whole, _)| !whole);
        for (name, identifier, whole, own) in all {
            let outlet =
                identifier.and_then(|id| gazetteer.outlet(id)).or_else(|| gazetteer.outlet_by_name(name));
            let is_agency = outlet.is_some_and(|outlet| outlet.kind == OutletKind::Agency);
            let key = outlet.map_or_else(|| fold::phrase(name), |outlet| outlet.id.to_owned());
            // A text that says it comes whole from somewhere has that for its agency, whatever it is.
            if (is_agency || whole) && seen.insert(key.clone()) {
                naming.entry(key).or_default().push(Names { at, day, name: name.clone(), whole, own });
            }
        }
    }
    for names in naming.values_mut() {
        names.sort_by_key(|names| (names.day, names.at));
    }
    naming
}
