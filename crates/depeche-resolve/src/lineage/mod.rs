//! Which reports rest on one original text.
//!
//! Candidates share fingerprints. Where half of the shorter text's runs of words stand in the other, it is a copy; where
//! some do, a local alignment decides (`align`). Two reports that name the same origin of their whole text, or one the
//! other's outlet, need less of it. Independent reports of one event share names, numbers and quotes, and these alone
//! make no lineage.
//!
//! A copy that was reworded to the last sentence has no run of words left, but it tells the same contacts. So once
//! contacts are known, reports of about one day that tell of one contact are aligned too, those of two languages by their
//! people and figures, and `dispatch` looks at reports of one day that name the same agency once more.

mod align;
mod dispatch;
mod shingle;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use depeche_gazetteer::Gazetteer;
use depeche_record::{Contact, LineageLink, Relation};
use rayon::prelude::*;

use crate::actor::People;
use crate::display::Display;
use crate::fold;
use crate::input::Inputs;
use crate::judgement::{Log, Thing, Ties};
use crate::reason;
use align::{Anchors, Telling};
use shingle::Shingles;

/// Share of the shorter text's shingles from which two texts are one, whoever signs them; cut copies begin at about 0.6.
const COPY: f64 = 0.5;
/// Share from which the alignment is asked. Independent reports of one event that quote the same statement stay below 0.1.
const SOME: f64 = 0.06;
/// Share of the shorter text's telling words that must come in one order.
const PASSAGES: f64 = 0.3;
/// Share of shingles from which texts too short for an alignment are one.
const SHORT: f64 = 0.25;
/// Share of them that both must have in any order, so that an alignment is worth its time.
const WORDS: f64 = 0.3;
/// Share of people and figures that must come in one order where two languages tell them.
const TRANSLATED: f64 = 0.75;
/// Reports of one contact are aligned with so many of the next ones.
const NEXT: usize = 8;
/// Share from which the texts are the same.
const SAME: f64 = 0.9;
/// Share that is enough where the reports themselves say that they share an origin.
const SAID: f64 = 0.08;
/// Fewer common shingles than this prove nothing, whatever their share.
const LEAST_SHARED: usize = 8;
/// Reports that hold one fingerprint are compared with so many of the next ones that hold it: copies of one text share
/// many fingerprints, so a chain is enough and a phrase of the house costs no more than linear time.
const CHAIN: usize = 3;
/// Days within which two reports of one dispatch come out, where nothing but the origin's name ties them.
const DAYS: i64 = 3;

/// The lineages of all reports.
pub struct Lineages {
    /// For each report, the first report of its lineage by identifier.
    first: Vec<usize>,
    /// For the first report of each lineage by identifier, the one that came out first.
    oldest: BTreeMap<usize, usize>,
    /// Why each report shares its lineage.
    pub links: Vec<Vec<LineageLink>>,
    /// Reports that a person said not to share an original.
    apart: Vec<(usize, usize)>,
}

impl Lineages {
    /// The first report, by identifier, of the lineage of a report.
    pub fn of(&self, at: usize) -> usize {
        self.first[at]
    }

    /// The report that came out first of the lineage of a report, as far as days tell; of one day, the one whose outlet
    /// others name as the source of their text, then the longest, for copies are cut.
    pub fn oldest(&self, at: usize) -> usize {
        self.oldest.get(&self.first[at]).copied().unwrap_or(at)
    }
}

impl Lineages {
    /// Adds links between reports that tell the same contacts: where one tells in the order of the other, and where both
    /// name the same agency.
    pub fn deepen(
        &mut self,
        inputs: &Inputs<'_>,
        people: &People,
        contacts: &[Contact],
        gazetteer: &Gazetteer,
    ) {
        let mut found = dispatch::find(inputs, self, contacts, gazetteer);
        for (pair, why) in self.retold(inputs, people, contacts) {
            found.entry(pair).or_insert(why);
        }
        self.tie(inputs, found);
    }

    /// Reports of about one day, or of an unknown one, that tell of one contact, and tell in one order.
    fn retold(
        &self,
        inputs: &Inputs<'_>,
        people: &People,
        contacts: &[Contact],
    ) -> Vec<((usize, usize), (String, f64))> {
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for contact in contacts {
            let telling = contact.accounts.iter().filter_map(|mention| inputs.find(&mention.report));
            let mut telling: Vec<usize> = telling.collect();
            telling.sort_unstable_by_key(|&at| (inputs.published_day(at), at));
            for (n, &a) in telling.iter().enumerate() {
                let next = telling[n + 1..].iter().take(NEXT);
                let next = next.filter(|&&b| self.of(a) != self.of(b) && near_in_time(inputs, a, b));
                pairs.extend(next.map(|&b| (a.min(b), a.max(b))));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        let one_language = |a: usize, b: usize| inputs.reading(a).language == inputs.reading(b).language;
        let wanted = |same: bool| {
            let of = pairs.iter().filter(|&&(a, b)| one_language(a, b) == same);
            of.flat_map(|&(a, b)| [a, b]).collect::<BTreeSet<usize>>()
        };
        let telling: BTreeMap<usize, Telling> =
            wanted(true).into_par_iter().map(|at| (at, Telling::of(inputs.report(at)))).collect();
        let anchors: BTreeMap<usize, Anchors> =
            wanted(false).into_par_iter().map(|at| (at, Anchors::of(inputs, people, at))).collect();
        let linked = pairs.par_iter().filter_map(|&(a, b)| {
            let (key, share, least) = if one_language(a, b) {
                (reason::SHARED_PASSAGES, telling[&a].share(&telling[&b], WORDS)?, PASSAGES)
            } else {
                (reason::SAME_ORDER, anchors[&a].share(&anchors[&b])?, TRANSLATED)
            };
            (share >= least).then(|| ((a, b), (key.to_owned(), share)))
        });
        linked.collect()
    }

    /// Ties reports that are linked, best links first, but none that would bring together what a person parted.
    fn tie(&mut self, inputs: &Inputs<'_>, found: BTreeMap<(usize, usize), (String, f64)>) {
        let mut found: Vec<_> = found.into_iter().collect();
        if !self.apart.is_empty() {
            found.sort_by(|x, y| y.1.1.total_cmp(&x.1.1).then(x.0.cmp(&y.0)));
        }
        for ((a, b), (reason, score)) in found {
            let (x, y) = (root(&mut self.first, a), root(&mut self.first, b));
            let parted = self.apart.iter().any(|&(c, d)| {
                let (c, d) = (root(&mut self.first, c), root(&mut self.first, d));
                (c, d) == (x, y) || (d, c) == (x, y)
            });
            if !parted {
                join(&mut self.first, a, b);
                link(inputs, &mut self.links, (a, b), &reason, score);
            }
        }
        self.settle(inputs);
    }

    /// Every report points to the first of its lineage, and links stand in order.
    fn settle(&mut self, inputs: &Inputs<'_>) {
        for at in 0..self.first.len() {
            self.first[at] = root(&mut self.first, at);
        }
        self.oldest.clear();
        let key = |at: usize| {
            let (day, _) = inputs.age(at);
            let named = |link: &LineageLink| link.reason.starts_with(reason::NAMES_AS_SOURCE);
            let source = self.links[at].iter().any(named) && !says_whole_text_is_from_elsewhere(inputs, at);
            (day, !source, Reverse(inputs.report(at).text.len()), at)
        };
        let mut oldest: BTreeMap<usize, usize> = BTreeMap::new();
        for at in 0..self.first.len() {
            let known = oldest.entry(self.first[at]).or_insert(at);
            if key(at) < key(*known) {
                *known = at;
            }
        }
        self.oldest = oldest;
        for links in &mut self.links {
            links.sort_by(|a, b| a.report.cmp(&b.report));
        }
    }
}

fn link(
    inputs: &Inputs<'_>,
    links: &mut [Vec<LineageLink>],
    (a, b): (usize, usize),
    reason: &str,
    score: f64,
) {
    for (from, to) in [(a, b), (b, a)] {
        links[from].push(LineageLink {
            report: inputs.report(to).id.clone(),
            reason: reason.to_owned(),
            score,
        });
    }
}

/// Finds the lineages as far as texts show them.
pub fn trace(inputs: &Inputs<'_>, display: &Display<'_>, log: &Log<'_>, ties: &Ties) -> Lineages {
    let shingles: Vec<Shingles> =
        (0..inputs.len()).into_par_iter().map(|at| Shingles::of(inputs.report(at))).collect();
    let mut found: BTreeMap<(usize, usize), (String, f64)> = BTreeMap::new();
    // Few texts share some runs of words and not most of them.
    let told: Vec<OnceLock<Telling>> = (0..inputs.len()).map(|_| OnceLock::new()).collect();
    let telling = |at: usize| told[at].get_or_init(|| Telling::of(inputs.report(at)));
    found.par_extend(candidates(&shingles).into_par_iter().filter_map(|(a, b)| {
        let (shared, share) = shingles[a].shared(&shingles[b]);
        if shared < LEAST_SHARED.min(shingles[a].all.len()).min(shingles[b].all.len()) || share < SOME {
            return None;
        }
        let aligned = if share >= COPY { None } else { telling(a).share(telling(b), WORDS) };
        let (share, least) = aligned.map_or((share, SHORT), |aligned| (aligned, PASSAGES));
        let key = if share >= SAME { reason::SAME_TEXT } else { reason::SHARED_PASSAGES };
        (share >= least).then(|| ((a, b), (key.to_owned(), share)))
    }));
    for (a, b, key, origin) in tied_by_origin(inputs, display) {
        let (shared, share) = shingles[a].shared(&shingles[b]);
        if shared >= LEAST_SHARED && share >= SAID {
            found.entry((a, b)).or_insert_with(|| (reason::write(key, [origin.as_str()]), share));
        }
    }
    let reports = |a, b| match (a, b) {
        (Thing::Report(a), Thing::Report(b)) if a != b => Some((usize::min(a, b), usize::max(a, b))),
        _ => None,
    };
    let mut lineages = Lineages {
        first: (0..inputs.len()).collect(),
        oldest: BTreeMap::new(),
        links: vec![Vec::new(); inputs.len()],
        apart: ties.apart.iter().filter_map(|&(a, b, _)| reports(a, b)).collect(),
    };
    for &(a, b, n) in &ties.same {
        if let Some((a, b)) = reports(a, b) {
            let (judgement, author) = log.name(n);
            found.remove(&(a, b));
            join(&mut lineages.first, a, b);
            let reason = reason::write(reason::JUDGED, [judgement, author]);
            link(inputs, &mut lineages.links, (a, b), &reason, 1.0);
        }
    }
    lineages.tie(inputs, found);
    lineages
}

/// Pairs of reports that share a fingerprint with a near neighbour among those that hold it.
fn candidates(shingles: &[Shingles]) -> Vec<(usize, usize)> {
    let mut holders: Vec<(u64, u32)> = Vec::new();
    for (at, shingles) in shingles.iter().enumerate() {
        holders.extend(shingles.prints.iter().map(|&print| (print, at as u32)));
    }
    holders.sort_unstable();
    let mut hits: Vec<(u32, u32)> = Vec::new();
    for (n, &(print, at)) in holders.iter().enumerate() {
        let next = holders[n + 1..].iter().take(CHAIN).take_while(|&&(other, _)| other == print);
        hits.extend(next.map(|&(_, other)| (at, other)));
    }
    hits.sort_unstable();
    let mut pairs = Vec::new();
    for run in hits.chunk_by(|a, b| a == b) {
        let (a, b) = (run[0].0 as usize, run[0].1 as usize);
        // One common fingerprint is a quote or a phrase of the house; a copy shares a good part of the shorter's.
        let fewer = shingles[a].prints.len().min(shingles[b].prints.len());
        if run.len() >= (fewer / 16).clamp(1, 4) {
            pairs.push((a, b));
        }
    }
    pairs
}

/// Pairs of reports that say themselves that they share an origin: both republish the same one, or one republishes the
/// other's outlet. With the key of the reason and the origin's name.
fn tied_by_origin(inputs: &Inputs<'_>, display: &Display<'_>) -> Vec<(usize, usize, &'static str, String)> {
    let mut republished: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
    let mut published: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
    for (at, report, reading) in inputs.iter() {
        for origin in reading.origins.iter().filter(|origin| origin.relation == Relation::Republishes) {
            let key = origin.gazetteer.clone().unwrap_or_else(|| fold::phrase(&origin.name));
            let name = display.outlet(origin);
            republished.entry(key).or_default().push((at, name.to_owned()));
            republished.entry(fold::phrase(&origin.name)).or_default().push((at, name.to_owned()));
        }
        if let Some(outlet) = &report.outlet {
            published.entry(fold::phrase(&outlet.value)).or_default().push((at, outlet.value.clone()));
        }
    }
    let mut tied = Vec::new();
    for (key, mut holders) in republished {
        let outlets = published.get(&key).into_iter().flatten();
        for (outlet, name) in outlets {
            let near = holders.iter().filter(|(at, _)| at != outlet && near_in_time(inputs, *at, *outlet));
            tied.extend(
                near.take(64)
                    .map(|(at, _)| (*at.min(outlet), *at.max(outlet), reason::NAMES_AS_SOURCE, name.clone())),
            );
        }
        holders.dedup_by(|b, a| a.0 == b.0);
        holders.sort_by_key(|&(at, _)| (inputs.published_day(at), at));
        for (n, (a, name)) in holders.iter().enumerate() {
            let next = holders[n + 1..].iter().take(32).filter(|(b, _)| near_in_time(inputs, *a, *b));
            tied.extend(next.map(|(b, _)| (*a.min(b), *a.max(b), reason::SAME_PROVENANCE, name.clone())));
        }
    }
    tied
}

fn says_whole_text_is_from_elsewhere(inputs: &Inputs<'_>, at: usize) -> bool {
    inputs.reading(at).origins.iter().any(|origin| origin.relation == Relation::Republishes)
}

fn near_in_time(inputs: &Inputs<'_>, a: usize, b: usize) -> bool {
    match (inputs.published_day(a), inputs.published_day(b)) {
        (Some(a), Some(b)) => (a - b).abs() <= DAYS,
        _ => true,
    }
}

/// The smallest member of the group.
fn root(first: &mut [usize], mut at: usize) -> usize {
    while first[at] != at {
        first[at] = first[first[at]];
        at = first[at];
    }
    at
}

fn join(first: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(first, a), root(first, b));
    first[a.max(b)] = a.min(b);
}
