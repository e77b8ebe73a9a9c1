//! The figures of all readings under one person.
//!
//! 1. Figures with the same name, and those with the same gazetteer identifier, are one node or one cluster at once.
//! 2. Full names are compared within blocks of a common consonant skeleton, likest pair first; two clusters become one
//!    unless identifiers or given names speak against it.
//! 3. A surname alone joins a full name where only one can be meant: the only one of that surname, of that side, or
//!    the one that most reports name by far. A given name alone, as rulers go by, joins the full name
//!    that it is the given name of: the only one in its report, else the only one that there is. Otherwise it stays alone.
//!
//! What people have decided goes before all of this: figures that they named are nodes of their own where needed, «same»
//! is put together first, and what they parted is never brought together.

use std::collections::{BTreeMap, BTreeSet};

use depeche_gazetteer::{Gazetteer, Likeness, Name, PersonEntry, skeleton};
use depeche_record::{Actor, Anchor, Judged, Side};

use crate::display;
use crate::fold;
use crate::identifier::{self, Of};
use crate::input::Inputs;
use crate::judgement::{self, ByThing, Log, Thing, Ties};
use crate::lineage::Lineages;
use crate::reason;

/// Score from which two full names are one person's.
const ALIKE: f64 = 0.8;
/// The same where both have sides and share none, by a report or two: readings take sides wrongly now and then.
const ALIKE_ACROSS_SIDES: f64 = 0.92;
/// The same where many reports say so.
const ALIKE_ACROSS_SURE_SIDES: f64 = 0.97;
/// Reports from which a side is sure.
const SURE: usize = 3;
/// A side counts for a person if it is told at least one time for so many times that the most told one is.
const SELDOM: usize = 4;
/// Names of one block beyond which each is compared with so many neighbours only.
const BLOCK: usize = 256;
/// A surname goes to the most named of several people if it has this many times the reports of all others.
const MOST_NAMED: usize = 4;

/// The people of a dossier.
pub struct People {
    /// By name.
    pub actors: Vec<Actor>,
    /// For each report and figure, the index of the actor; none for one that a person rejected.
    of: Vec<Vec<Option<usize>>>,
}

impl People {
    /// The index of the actor that a figure of a reading is.
    pub fn index(&self, at: usize, figure: usize) -> Option<usize> {
        self.of.get(at)?.get(figure).copied().flatten()
    }

    /// The actor that a figure of a reading is.
    pub fn actor(&self, at: usize, figure: usize) -> Option<&Actor> {
        self.actors.get(self.index(at, figure)?)
    }

    /// Applies what people have decided about actors: those rejected go, fields take the values that they were given.
    pub fn judge(&mut self, inputs: &Inputs<'_>, log: &mut Log<'_>, by_thing: &ByThing) {
        if by_thing.is_empty() {
            return;
        }
        let mut places = Vec::with_capacity(self.actors.len());
        let mut left = 0;
        self.actors.retain_mut(|actor| {
            let figures: Vec<Thing> = actor
                .figures
                .iter()
                .filter_map(|(report, n)| Some(Thing::Figure(inputs.find(report)?, *n)))
                .collect();
            let verdict =
                log.judge(by_thing, figures.into_iter(), |field, value| correct(actor, field, value));
            actor.judged = verdict.judged;
            places.push((!verdict.rejected).then_some(left));
            left += usize::from(!verdict.rejected);
            !verdict.rejected
        });
        for of in self.of.iter_mut().flatten() {
            *of = of.and_then(|n| places[n]);
        }
    }
}

fn correct(actor: &mut Actor, field: &str, value: &str) -> Result<(), String> {
    match field {
        "name" if !value.is_empty() => {
            let former = std::mem::replace(&mut actor.name, value.to_owned());
            actor.aliases.push(former);
            actor.aliases.retain(|alias| alias != value);
            actor.aliases.sort();
            actor.aliases.dedup();
        }
        "sides" => actor.sides = judgement::sides(value)?,
        "gazetteer" => actor.gazetteer = Some(value.to_owned()).filter(|id| !id.is_empty()),
        _ => return Err(judgement::no_field(field, "name, sides, gazetteer")),
    }
    Ok(())
}

/// All figures of one name.
struct Node {
    name: String,
    parsed: Name,
    gazetteer: Option<String>,
    sides: BTreeMap<Side, usize>,
    figures: Vec<(usize, usize)>,
}

/// Identifies the people.
pub fn identify(
    inputs: &Inputs<'_>,
    lineages: &Lineages,
    gazetteer: &Gazetteer,
    log: &Log<'_>,
    ties: &Ties,
) -> People {
    let nodes = gather(inputs, &own_nodes(inputs, ties));
    let mut clusters = Clusters::new(&nodes);
    clusters.decide(log, ties);
    clusters.join_identifiers();
    clusters.join_names();
    let mut placed = place_surnames(inputs, lineages, &mut clusters);
    clusters.keep_together(&mut placed);
    list(inputs, clusters, placed, gazetteer)
}

/// The name that figures share, folded, and the identifier.
type Key = (String, Option<String>);

fn key(inputs: &Inputs<'_>, (at, n): (usize, usize)) -> Key {
    let figure = &inputs.reading(at).figures[n];
    (fold::phrase(&figure.name), figure.gazetteer.clone())
}

/// Figures that are nodes of their own, because a person parted them from others of the same name, or said who a
/// surname alone means in this report; for each the number of its node among those of its name, from 1. Others of the
/// name go to the one of their side, if there is just one.
fn own_nodes(inputs: &Inputs<'_>, ties: &Ties) -> BTreeMap<(usize, usize), usize> {
    let figure = |thing| match thing {
        Thing::Figure(at, n) => Some((at, n)),
        _ => None,
    };
    let mut own: BTreeSet<(usize, usize)> = BTreeSet::new();
    let all = ties.apart.iter().map(|tie| (true, tie)).chain(ties.same.iter().map(|tie| (false, tie)));
    for (apart, &(a, b, _)) in all {
        let (Some(a), Some(b)) = (figure(a), figure(b)) else { continue };
        let (x, y) = (key(inputs, a), key(inputs, b));
        let alone = |key: &Key| !key.0.contains(' ') && key.1.is_none();
        if apart && x == y {
            own.extend([a, b]);
        }
        own.extend([(a, x), (b, y)].into_iter().filter(|(_, key)| alone(key)).map(|(figure, _)| figure));
    }
    let mut by_key: BTreeMap<Key, Vec<(usize, usize)>> = BTreeMap::new();
    for figure in own {
        by_key.entry(key(inputs, figure)).or_default().push(figure);
    }
    if by_key.is_empty() {
        return BTreeMap::new();
    }
    let mut numbers = BTreeMap::new();
    for (at, _, reading) in inputs.iter() {
        for (n, figure) in reading.figures.iter().enumerate() {
            let Some(own) = by_key.get(&key(inputs, (at, n))) else { continue };
            let itself = own.iter().position(|&other| other == (at, n));
            let of_side = || {
                let mut same = own.iter().enumerate().filter(|(_, (at, n))| {
                    figure.side.is_some() && inputs.reading(*at).figures[*n].side == figure.side
                });
                same.next().filter(|_| same.next().is_none()).map(|(number, _)| number)
            };
            if let Some(number) = itself.or_else(of_side) {
                numbers.insert((at, n), number + 1);
            }
        }
    }
    numbers
}

fn gather(inputs: &Inputs<'_>, own: &BTreeMap<(usize, usize), usize>) -> Vec<Node> {
    let mut nodes: BTreeMap<(Key, usize), Node> = BTreeMap::new();
    for (at, _, reading) in inputs.iter() {
        for (n, figure) in reading.figures.iter().enumerate() {
            let key = (key(inputs, (at, n)), own.get(&(at, n)).copied().unwrap_or(0));
            let node = nodes.entry(key).or_insert_with(|| Node {
                name: figure.name.clone(),
                parsed: Name::parse(&figure.name),
                gazetteer: figure.gazetteer.clone(),
                sides: BTreeMap::new(),
                figures: Vec::new(),
            });
            if let Some(side) = &figure.side {
                *node.sides.entry(side.clone()).or_default() += 1;
            }
            node.figures.push((at, n));
        }
    }
    nodes.into_values().collect()
}

/// Nodes brought together.
struct Clusters<'a> {
    nodes: &'a [Node],
    /// For each node, the smallest of its cluster.
    first: Vec<usize>,
    /// Of the smallest node of each cluster: all its nodes.
    members: Vec<Vec<usize>>,
    /// Of the smallest node of each cluster: why.
    reasons: Vec<Vec<String>>,
    /// Pairs of nodes that a person called one, with the reason, written.
    same: Vec<(usize, usize, String)>,
    /// For each node that a person parted from others, those.
    apart: BTreeMap<usize, BTreeSet<usize>>,
    /// Nodes that a person put together with another.
    judged: BTreeSet<usize>,
}

impl<'a> Clusters<'a> {
    fn new(nodes: &'a [Node]) -> Clusters<'a> {
        Clusters {
            nodes,
            first: (0..nodes.len()).collect(),
            members: (0..nodes.len()).map(|n| vec![n]).collect(),
            reasons: vec![Vec::new(); nodes.len()],
            same: Vec::new(),
            apart: BTreeMap::new(),
            judged: BTreeSet::new(),
        }
    }

    /// Takes up what people have decided, and puts together what they called one.
    fn decide(&mut self, log: &Log<'_>, ties: &Ties) {
        let mut wanted: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        let figure = |thing| match thing {
            Thing::Figure(at, n) => Some((at, n)),
            _ => None,
        };
        let pairs = |ties: &[(Thing, Thing, usize)]| {
            let figures = ties.iter().filter_map(|&(a, b, n)| Some((figure(a)?, figure(b)?, n)));
            figures.collect::<Vec<_>>()
        };
        let (same, apart) = (pairs(&ties.same), pairs(&ties.apart));
        wanted.extend(same.iter().chain(&apart).flat_map(|&(a, b, _)| [(a, 0), (b, 0)]));
        if wanted.is_empty() {
            return;
        }
        for (node, found) in self.nodes.iter().enumerate() {
            for figure in &found.figures {
                if let Some(place) = wanted.get_mut(figure) {
                    *place = node;
                }
            }
        }
        for (a, b, _) in apart {
            let (a, b) = (wanted[&a], wanted[&b]);
            self.apart.entry(a).or_default().insert(b);
            self.apart.entry(b).or_default().insert(a);
        }
        for (a, b, n) in same {
            let (a, b) = (wanted[&a], wanted[&b]);
            let (judgement, author) = log.name(n);
            let reason = reason::write(reason::JUDGED, [judgement, author]);
            if a != b && !self.parted(self.first[a], self.first[b]) {
                self.judged.extend([a, b]);
                self.same.push((a, b, reason.clone()));
                self.merge(a, b, reason);
            }
        }
    }

    /// Whether a person parted two clusters.
    fn parted(&self, x: usize, y: usize) -> bool {
        let others = |n: &usize| self.apart.get(n).into_iter().flatten();
        !self.apart.is_empty() && self.members[x].iter().flat_map(others).any(|&other| self.first[other] == y)
    }

    /// Whether a person put this cluster together.
    fn is_judged(&self, cluster: usize) -> bool {
        !self.judged.is_empty() && self.members[cluster].iter().any(|n| self.judged.contains(n))
    }

    /// Surnames alone that a person called one person's go where the first of them went.
    fn keep_together(&self, placed: &mut Placed) {
        let of = |placed: &Placed, node: usize| {
            let went = self.nodes[node].figures.first().and_then(|figure| placed.get(figure));
            self.first[went.map_or(node, |(cluster, _)| *cluster)]
        };
        // Each round carries the first one's place one pair further.
        for _ in 0..self.same.len() {
            let mut moved = false;
            for (a, b, reason) in &self.same {
                let (x, y) = (of(placed, *a), of(placed, *b));
                if x == y {
                    continue;
                }
                let (cluster, node) = if x < y { (x, *b) } else { (y, *a) };
                if self.parted(cluster, self.first[node]) {
                    continue;
                }
                moved = true;
                for &figure in &self.nodes[node].figures {
                    placed.insert(figure, (cluster, reason.clone()));
                }
            }
            if !moved {
                break;
            }
        }
    }

    fn merge(&mut self, a: usize, b: usize, reason: String) {
        let (a, b) = (self.first[a].min(self.first[b]), self.first[a].max(self.first[b]));
        if a == b {
            return;
        }
        let moved = std::mem::take(&mut self.members[b]);
        for &node in &moved {
            self.first[node] = a;
        }
        self.members[a].extend(moved);
        let reasons = std::mem::take(&mut self.reasons[b]);
        self.reasons[a].extend(reasons);
        self.reasons[a].push(reason);
    }

    fn identifier(&self, cluster: usize) -> Option<&'a str> {
        self.members[cluster].iter().find_map(|&n| self.nodes[n].gazetteer.as_deref())
    }

    /// The sides that count for a cluster, with the number of reports that tell each.
    fn sides(&self, cluster: usize) -> BTreeMap<&'a Side, usize> {
        let mut counts = BTreeMap::new();
        for (side, count) in self.members[cluster].iter().flat_map(|&n| &self.nodes[n].sides) {
            *counts.entry(side).or_default() += count;
        }
        leave_seldom_ones(&mut counts);
        counts
    }

    fn reports(&self, cluster: usize) -> usize {
        self.members[cluster].iter().map(|&n| self.nodes[n].figures.len()).sum()
    }

    fn join_identifiers(&mut self) {
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        for (n, node) in self.nodes.iter().enumerate() {
            let Some(identifier) = node.gazetteer.as_deref() else { continue };
            match known.get(identifier) {
                Some(&other) if self.parted(self.first[other], self.first[n]) => {}
                Some(&other) => {
                    let names = [identifier, self.nodes[other].name.as_str(), node.name.as_str()];
                    self.merge(other, n, reason::write(reason::SAME_IDENTIFIER, names));
                }
                None => {
                    known.insert(identifier, n);
                }
            }
        }
    }

    fn join_names(&mut self) {
        let mut blocks: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (n, node) in self.nodes.iter().enumerate().filter(|(_, node)| node.parsed.is_full()) {
            let keys =
                node.parsed.parts.iter().filter(|part| part.key.len() > 1).flat_map(|part| part.keys());
            let skeletons: BTreeSet<String> = keys.map(|key| skeleton(key)).collect();
            for skeleton in skeletons {
                blocks.entry(skeleton).or_default().push(n);
            }
        }
        let mut pairs: Vec<(f64, usize, usize, Likeness)> = Vec::new();
        for block in blocks.values() {
            for (n, &a) in block.iter().enumerate() {
                for &b in block[n + 1..].iter().take(BLOCK) {
                    let likeness = self.nodes[a].parsed.compare(&self.nodes[b].parsed);
                    if likeness.score() >= ALIKE {
                        pairs.push((likeness.score(), a, b, likeness));
                    }
                }
            }
        }
        pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
        pairs.dedup_by(|next, kept| (next.1, next.2) == (kept.1, kept.2));
        for (score, a, b, likeness) in pairs {
            let (x, y) = (self.first[a], self.first[b]);
            if x == y || !self.may_merge(x, y, score) {
                continue;
            }
            let key = match likeness {
                Likeness::Contained(_) => reason::CONTAINED,
                Likeness::GivenName(_) => reason::FORMS_OF_GIVEN_NAME,
                _ => reason::SPELLINGS,
            };
            let names = [self.nodes[a].name.as_str(), self.nodes[b].name.as_str()];
            self.merge(x, y, reason::write(key, names));
        }
    }

    /// Whether nothing speaks against two clusters being one person.
    fn may_merge(&self, x: usize, y: usize, score: f64) -> bool {
        if self.parted(x, y) {
            return false;
        }
        if let (Some(a), Some(b)) = (self.identifier(x), self.identifier(y))
            && a != b
        {
            return false;
        }
        let (sides, others) = (self.sides(x), self.sides(y));
        let apart =
            !sides.is_empty() && !others.is_empty() && sides.keys().all(|side| !others.contains_key(side));
        let sure = |sides: &BTreeMap<&Side, usize>| sides.values().any(|&count| count >= SURE);
        let needed = if sure(&sides) && sure(&others) { ALIKE_ACROSS_SURE_SIDES } else { ALIKE_ACROSS_SIDES };
        if apart && score < needed {
            return false;
        }
        // Names that a person put together need not be like each other.
        if self.is_judged(x) || self.is_judged(y) {
            return true;
        }
        // Full names of both clusters that are plainly two people's keep them apart.
        let full = |cluster: usize| {
            self.members[cluster].iter().map(|&n| &self.nodes[n].parsed).filter(|name| name.is_full()).take(6)
        };
        full(x).all(|a| full(y).all(|b| !matches!(a.compare(b), Likeness::Different)))
    }
}

/// Leaves out sides told by few of the reports: a guest who is taken for the host once.
fn leave_seldom_ones(sides: &mut BTreeMap<&Side, usize>) {
    let most = sides.values().copied().max().unwrap_or(0);
    sides.retain(|_, count| *count * SELDOM >= most);
}

/// Where surnames alone went: (report, figure) to the cluster, beside the node's own.
type Placed = BTreeMap<(usize, usize), (usize, String)>;

fn place_surnames(inputs: &Inputs<'_>, lineages: &Lineages, clusters: &mut Clusters<'_>) -> Placed {
    let nodes = clusters.nodes;
    let mut full: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (cluster, members) in clusters.members.iter().enumerate() {
        let mut skeletons = BTreeSet::new();
        for name in members.iter().map(|&n| &nodes[n].parsed) {
            let known = name.is_full() || clusters.identifier(cluster).is_some();
            if let Some(family) = name.family().filter(|_| known) {
                skeletons.extend(family.keys().map(|key| skeleton(key)));
            }
        }
        for skeleton in skeletons {
            full.entry(skeleton).or_default().push(cluster);
        }
    }
    let mut placed = Placed::new();
    let mut alone: Vec<usize> = Vec::new();
    let given = Given::of(nodes);
    for (n, node) in nodes.iter().enumerate() {
        if node.parsed.is_full() || node.gazetteer.is_some() {
            continue;
        }
        let Some(family) = node.parsed.family() else { continue };
        // Where a person put it to a full name, nothing is left to be told.
        let told = clusters.is_judged(clusters.first[n])
            && clusters.members[clusters.first[n]].iter().any(|&m| nodes[m].parsed.is_full());
        if told {
            continue;
        }
        let skeletons: BTreeSet<String> = family.keys().map(|key| skeleton(key)).collect();
        let near: BTreeSet<usize> =
            skeletons.iter().filter_map(|key| full.get(key)).flatten().copied().collect();
        // How far the surname is from each candidate's.
        let apart = |cluster: usize| {
            let families = clusters.members[cluster].iter().filter_map(|&m| nodes[m].parsed.family());
            families.map(|other| family.distance(other)).fold(f64::INFINITY, f64::min)
        };
        let mut candidates: Vec<(f64, usize)> =
            near.into_iter().map(|cluster| (apart(cluster), cluster)).collect();
        candidates.retain(|(_, cluster)| !clusters.parted(*cluster, clusters.first[n]));
        candidates.retain(|(apart, _)| *apart <= 0.2);
        // A candidate of just this surname leaves those behind that are only near.
        if candidates.iter().any(|(apart, _)| *apart <= 0.02) {
            candidates.retain(|(apart, _)| *apart <= 0.02);
        }
        let candidates: Vec<usize> = candidates.into_iter().map(|(_, cluster)| cluster).collect();
        for &(at, figure) in &node.figures {
            let chosen = match candidates[..] {
                [] => given.choose(inputs, clusters, n, (at, figure)),
                _ => choose(inputs, lineages, clusters, &candidates, at, figure, &node.name),
            };
            if let Some((cluster, reason)) = chosen {
                placed.insert((at, figure), (cluster, reason));
            }
        }
        if node.figures.iter().any(|figure| !placed.contains_key(figure)) {
            alone.push(n);
        }
    }
    // What is left of one surname in several spellings is one person, as far as anyone can tell.
    let mut left: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for n in alone {
        if let Some(family) = nodes[n].parsed.family() {
            left.entry(skeleton(&family.key)).or_default().push(n);
        }
    }
    for block in left.values() {
        for (n, &a) in block.iter().enumerate() {
            for &b in block[n + 1..].iter().take(BLOCK) {
                let score = nodes[a].parsed.compare(&nodes[b].parsed).score();
                let (x, y) = (clusters.first[a], clusters.first[b]);
                if score >= 0.9 && x != y && clusters.may_merge(x, y, score) {
                    let names = [nodes[a].name.as_str(), nodes[b].name.as_str()];
                    clusters.merge(x, y, reason::write(reason::SPELLINGS, names));
                }
            }
        }
    }
    placed
}

/// Full names by what a given name alone can mean.
struct Given {
    /// The nodes of the full names of each report.
    in_full: BTreeMap<(usize, usize), usize>,
    /// All nodes of full names, by the sounds of their first part.
    by_first: BTreeMap<String, Vec<usize>>,
}

impl Given {
    fn of(nodes: &[Node]) -> Given {
        let full = || nodes.iter().enumerate().filter(|(_, node)| node.parsed.is_full());
        let mut by_first: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (n, node) in full() {
            let first = node.parsed.parts.first().filter(|first| first.key.len() > 2);
            first.into_iter().for_each(|first| by_first.entry(first.key.clone()).or_default().push(n));
        }
        let in_full = full().flat_map(|(n, node)| node.figures.iter().map(move |&figure| (figure, n)));
        Given { in_full: in_full.collect(), by_first }
    }

    /// The person that a word is the given name of: the only one in its report, else the only one of all, if several
    /// reports name that one.
    fn choose(
        &self,
        inputs: &Inputs<'_>,
        clusters: &Clusters<'_>,
        node: usize,
        (at, figure): (usize, usize),
    ) -> Option<(usize, String)> {
        let word = &clusters.nodes[node];
        let all = self.by_first.get(&word.parsed.family()?.key)?;
        let here: BTreeSet<usize> = self.in_full.range((at, 0)..(at + 1, 0)).map(|(_, &n)| n).collect();
        let side = inputs.reading(at).figures[figure].side.as_ref();
        let clusters_of = |n: &mut dyn Iterator<Item = &usize>| -> BTreeSet<usize> {
            n.map(|&n| clusters.first[n]).collect()
        };
        let mut found = clusters_of(&mut all.iter().filter(|n| here.contains(n)));
        if found.is_empty() {
            found = clusters_of(&mut all.iter());
            if found.iter().any(|&cluster| clusters.reports(cluster) < SURE) {
                return None;
            }
        }
        let &only = found.first().filter(|_| found.len() == 1)?;
        let sides = clusters.sides(only);
        let fits = side.is_none_or(|side| sides.is_empty() || sides.contains_key(side))
            && !clusters.parted(only, clusters.first[node]);
        let full = clusters.nodes[only].name.as_str();
        fits.then(|| (only, reason::write(reason::GIVEN_ALONE, [word.name.as_str(), full])))
    }
}

/// The person that a surname alone means in one report, and why; none where several can be meant.
fn choose(
    inputs: &Inputs<'_>,
    lineages: &Lineages,
    clusters: &Clusters<'_>,
    candidates: &[usize],
    at: usize,
    figure: usize,
    surname: &str,
) -> Option<(usize, String)> {
    let side = inputs.reading(at).figures[figure].side.as_ref();
    let name = |cluster: usize| clusters.nodes[cluster].name.as_str();
    let fits = |&&cluster: &&usize| {
        let sides = clusters.sides(cluster);
        side.is_none_or(|side| sides.is_empty() || sides.contains_key(side))
    };
    let fitting: Vec<usize> = candidates.iter().filter(fits).copied().collect();
    match fitting[..] {
        [] => None,
        [only] if candidates.len() == 1 => {
            Some((only, reason::write(reason::SURNAME, [surname, name(only)])))
        }
        [only] => {
            let side = side.map_or("", |side| side.0.as_str());
            Some((only, reason::write(reason::SURNAME_AND_SIDE, [surname, name(only), side])))
        }
        _ => {
            // A copy of the text that has the full name tells whom it means.
            let kin = |cluster: &usize| {
                let figures = clusters.members[*cluster].iter().flat_map(|&n| &clusters.nodes[n].figures);
                figures.filter(|(other, _)| lineages.of(*other) == lineages.of(at)).count()
            };
            let related: Vec<usize> = fitting.iter().copied().filter(|cluster| kin(cluster) > 0).collect();
            if let [only] = related[..] {
                return Some((only, reason::write(reason::SURNAME, [surname, name(only)])));
            }
            let all: usize = fitting.iter().map(|&cluster| clusters.reports(cluster)).sum();
            let most = fitting
                .iter()
                .copied()
                .max_by_key(|&cluster| (clusters.reports(cluster), usize::MAX - cluster))?;
            let reports = clusters.reports(most);
            (reports >= MOST_NAMED && reports >= MOST_NAMED * (all - reports))
                .then(|| (most, reason::write(reason::SURNAME_MOST_NAMED, [surname, name(most)])))
        }
    }
}

fn list(inputs: &Inputs<'_>, clusters: Clusters<'_>, placed: Placed, gazetteer: &Gazetteer) -> People {
    let mut figures: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
    let mut reasons: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for (n, node) in clusters.nodes.iter().enumerate() {
        for &figure in &node.figures {
            // A cluster that surnames went to may itself have been brought under another since.
            let cluster = match placed.get(&figure) {
                Some((cluster, reason)) => {
                    let cluster = clusters.first[*cluster];
                    reasons.entry(cluster).or_default().insert(reason.clone());
                    cluster
                }
                None => clusters.first[n],
            };
            figures.entry(cluster).or_default().push(figure);
        }
    }
    let mut people: Vec<(Actor, Vec<(usize, usize)>)> = Vec::new();
    for (cluster, mut figures) in figures {
        figures.sort_unstable();
        let mut reasons = reasons.remove(&cluster).unwrap_or_default();
        reasons.extend(clusters.reasons[cluster].iter().cloned());
        let known = clusters.identifier(cluster);
        let entry = known.and_then(|id| gazetteer.person(id));
        people.push((describe(inputs, &figures, known, entry, reasons), figures));
    }
    people.sort_by_cached_key(|(actor, _)| {
        (fold::phrase(&actor.name), actor.name.clone(), actor.figures.clone())
    });
    let oldest = |(_, figures): &(Actor, Vec<(usize, usize)>)| {
        let figures = figures.iter().copied();
        figures.min_by_key(|&(at, n)| (inputs.age(at), n)).unwrap_or_default()
    };
    let places: Vec<(usize, usize)> = people.iter().map(oldest).collect();
    let ids = identifier::name(inputs, Of::Figures, &places);
    let mut of: Vec<Vec<Option<usize>>> =
        inputs.iter().map(|(_, _, reading)| vec![None; reading.figures.len()]).collect();
    let mut actors = Vec::with_capacity(people.len());
    for (n, (((mut actor, figures), id), (at, first))) in people.into_iter().zip(ids).zip(places).enumerate()
    {
        actor.id = id;
        actor.anchor = inputs.anchor_of_figure(at, first);
        for (at, figure) in figures {
            of[at][figure] = Some(n);
        }
        actors.push(actor);
    }
    People { actors, of }
}

fn describe(
    inputs: &Inputs<'_>,
    figures: &[(usize, usize)],
    identifier: Option<&str>,
    known: Option<&PersonEntry>,
    reasons: BTreeSet<String>,
) -> Actor {
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    let mut forms: BTreeSet<&str> = BTreeSet::new();
    let mut sides: BTreeMap<&Side, usize> = BTreeMap::new();
    let mut offices: BTreeMap<String, &str> = BTreeMap::new();
    for &(at, n) in figures {
        let figure = &inputs.reading(at).figures[n];
        *names.entry(&figure.name).or_default() += 1;
        forms.insert(&figure.name);
        forms.extend(figure.forms.iter().map(String::as_str));
        if let Some(side) = &figure.side {
            *sides.entry(side).or_default() += 1;
        }
        for &office in &figure.offices {
            let words = inputs.words(at, office).trim();
            if !words.is_empty() {
                offices.entry(fold::phrase(words)).or_insert(words);
            }
        }
    }
    leave_seldom_ones(&mut sides);
    let name = display::person(&names, known);
    forms.remove(name);
    Actor {
        id: String::new(),
        anchor: Anchor::default(),
        name: name.to_owned(),
        aliases: forms.into_iter().map(str::to_owned).collect(),
        sides: sides.into_keys().cloned().collect(),
        offices: offices.into_values().map(str::to_owned).collect(),
        gazetteer: identifier.map(str::to_owned),
        figures: figures.iter().map(|&(at, n)| (inputs.report(at).id.clone(), n)).collect(),
        reasons: reasons.into_iter().collect(),
        judged: Judged::default(),
    }
}
