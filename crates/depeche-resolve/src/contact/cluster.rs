//! Accounts brought together: likest pair first, accounts of one report never.
//!
//! Two groups become one when their accounts are alike on average; two that cannot be of one contact speak against it, but
//! one that was misread does not part what all others tell alike. The order of pairs is total (score, then report and
//! position), so the outcome depends on the set alone.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::score::{Evidence, TOGETHER, on_other_days, weigh};
use super::told::Told;
use crate::judgement::{Log, Thing, Ties};
use crate::reason;
use depeche_record::Status;

/// Accounts of one pair of sides up to which all are compared with all.
const ALL: usize = 400;
/// Beyond that, each with so many of the next ones that share a day, a place or a person with it.
const NEXT: usize = 24;
/// Those that share less than two sides, with so many.
const FEW: usize = 8;
/// Accounts of a group that stand for it when it is compared.
const STAND_FOR: usize = 8;

/// A group of accounts: indices into the list of accounts with what brought each there; none for the first.
pub type Group = Vec<(usize, Option<Why>)>;

/// Why an account is of a group.
pub enum Why {
    /// The evidence that it is of one contact with another one.
    Alike(Evidence),
    /// A person said so; the reason, written.
    Judged(String),
}

/// What people have decided, by indices into the list of accounts.
#[derive(Default)]
struct Decided {
    /// Pairs of one contact, with the reason, written.
    same: Vec<(usize, usize, String)>,
    /// For each account, those that are of another contact.
    apart: BTreeMap<usize, BTreeSet<usize>>,
}

impl Decided {
    fn of(told: &[Told<'_>], log: &Log<'_>, ties: &Ties) -> Decided {
        let place = |thing| match thing {
            Thing::Account(at, n) => told.binary_search_by_key(&(at, n), |told| (told.at, told.n)).ok(),
            _ => None,
        };
        let mut decided = Decided::default();
        for &(a, b, n) in &ties.same {
            if let (Some(a), Some(b)) = (place(a), place(b)) {
                let (judgement, author) = log.name(n);
                decided.same.push((a, b, reason::write(reason::JUDGED, [judgement, author])));
            }
        }
        for &(a, b, _) in &ties.apart {
            if let (Some(a), Some(b)) = (place(a), place(b)) {
                decided.apart.entry(a).or_default().insert(b);
                decided.apart.entry(b).or_default().insert(a);
            }
        }
        decided
    }

    /// Whether a person parted any of one group from any of the other.
    fn part(&self, x: &[usize], y: &[usize]) -> bool {
        !self.apart.is_empty()
            && x.iter().filter_map(|n| self.apart.get(n)).any(|apart| y.iter().any(|n| apart.contains(n)))
    }

    /// Brings together the groups of accounts that a person called one contact. Where the rules had put to one of them
    /// what a person parted from the other, the rules give way: only the accounts named make a contact then.
    fn unite(&self, groups: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
        let mut groups = groups;
        let mut named: Vec<BTreeSet<usize>> = Vec::new();
        for (a, b, _) in &self.same {
            let (mut into, rest): (Vec<_>, Vec<_>) =
                named.into_iter().partition(|set| set.contains(a) || set.contains(b));
            named = rest;
            into.push(BTreeSet::from([*a, *b]));
            named.push(into.into_iter().flatten().collect());
        }
        named.sort();
        for named in named {
            let (touched, rest): (Vec<_>, Vec<_>) =
                groups.into_iter().partition(|group: &Vec<usize>| group.iter().any(|n| named.contains(n)));
            groups = rest;
            let mut all: Vec<usize> = touched.iter().flatten().copied().collect();
            all.sort_unstable();
            if self.part(&all, &all) {
                let left = touched.into_iter().map(|group| group.into_iter().filter(|n| !named.contains(n)));
                groups.extend(left.map(Iterator::collect).filter(|group: &Vec<usize>| !group.is_empty()));
                groups.push(named.into_iter().collect());
            } else {
                groups.push(all);
            }
        }
        groups.sort();
        groups
    }
}

/// Brings accounts together.
///
/// A report that shows no day of publication is given one for the comparison: first that of a copy of it, then the one
/// that the accounts it shares with dated reports point to, after which accounts are brought together anew. What then
/// has nothing that ties it in time needs much else: the same three people meet in the same town every other month.
pub fn group<'a>(mut told: Vec<Told<'a>>, log: &Log<'_>, ties: &Ties) -> (Vec<Told<'a>>, Vec<Group>) {
    let decided = Decided::of(&told, log, ties);
    let pairs = candidates(&told);
    take_days_of_copies(&mut told);
    let mut groups = bring_together(&told, &pairs, &InTime::all(), &decided);
    if told.iter().any(|account| account.published.is_none()) {
        for _ in 0..ROUNDS {
            if !reckon_days(&mut told, &groups) {
                break;
            }
            groups = bring_together(&told, &pairs, &InTime::all(), &decided);
        }
        let in_time = InTime::of(&told, &groups);
        groups = bring_together(&told, &pairs, &in_time, &decided);
    }
    if !decided.same.is_empty() {
        groups = decided.unite(groups);
    }
    let groups = groups.into_iter().map(|group| explain(&told, group, &decided)).collect();
    (told, groups)
}

/// Pairs of reports, one of them of unknown day, that tell of at least two contacts in common: of one time, most likely.
struct InTime(Option<BTreeSet<(usize, usize)>>);

/// What is taken off where neither dates nor days of publication nor a second contact tie two accounts in time, beside
/// what recurs each time that the same people meet.
const UNTIED: f64 = 1.2;
/// Members of a group beyond which it ties nothing: contacts that everyone tells of.
const TELLING: usize = 64;

impl InTime {
    /// All reports count as tied.
    fn all() -> InTime {
        InTime(None)
    }

    fn of(told: &[Told<'_>], groups: &[Vec<usize>]) -> InTime {
        let mut once = BTreeSet::new();
        let mut twice = BTreeSet::new();
        for group in groups.iter().filter(|group| group.len() <= TELLING) {
            for (n, &a) in group.iter().enumerate() {
                for &b in &group[n + 1..] {
                    let (a, b) = (&told[a], &told[b]);
                    let pair = (a.at.min(b.at), a.at.max(b.at));
                    if (a.published.is_none() || b.published.is_none()) && !once.insert(pair) {
                        twice.insert(pair);
                    }
                }
            }
        }
        InTime(Some(twice))
    }

    /// The evidence for two accounts.
    fn weigh(&self, a: &Told<'_>, b: &Told<'_>) -> Option<Evidence> {
        let mut evidence = weigh(a, b)?;
        let InTime(Some(tied)) = self else { return Some(evidence) };
        let timeless =
            (a.date.is_none() || b.date.is_none()) && (a.published.is_none() || b.published.is_none());
        if timeless && a.lineage != b.lineage && !tied.contains(&(a.at.min(b.at), a.at.max(b.at))) {
            evidence.score -= UNTIED + evidence.recurrent;
        }
        Some(evidence)
    }
}

/// Rounds of reckoning days of publication.
const ROUNDS: usize = 2;
/// Days by which shared contacts may differ in what they say of a report's day.
const AGREE: i64 = 10;

fn take_days_of_copies(told: &mut [Told<'_>]) {
    let mut days: BTreeMap<usize, i64> = BTreeMap::new();
    for account in told.iter() {
        if let Some(day) = account.published {
            let known = days.entry(account.lineage).or_insert(day);
            *known = day.min(*known);
        }
    }
    for account in told.iter_mut().filter(|account| account.published.is_none()) {
        account.published = days.get(&account.lineage).copied();
    }
}

/// Gives reports without a day the middle of the days of the reports that tell of the same contacts, where these agree;
/// else the newest day that the report itself tells of, where it tells of several about that time. Says whether any was
/// given.
fn reckon_days(told: &mut [Told<'_>], groups: &[Vec<usize>]) -> bool {
    let mut hints: BTreeMap<usize, Vec<i64>> = BTreeMap::new();
    for group in groups.iter().filter(|group| group.len() > 1) {
        let mut days: Vec<i64> = group.iter().filter_map(|&n| told[n].published).collect();
        days.sort_unstable();
        let Some(&middle) = days.get(days.len() / 2) else { continue };
        // A contact that dated reports tell of for months says nothing of the day of one more.
        if days[days.len() - 1] - days[0] > AGREE {
            continue;
        }
        for &n in group.iter().filter(|&&n| told[n].published.is_none()) {
            hints.entry(told[n].at).or_default().push(middle);
        }
    }
    for account in told.iter().filter(|account| account.published.is_none()) {
        if let (Some((_, last)), Status::Held) = (account.days, account.status()) {
            hints.entry(account.at).or_default().push(last);
        }
    }
    let mut reckoned: BTreeMap<usize, i64> = BTreeMap::new();
    for (at, mut days) in hints {
        days.sort_unstable();
        // The newest day that another hint stands by: what is told of longer ago is background.
        let near = |n: &usize| days[..*n].iter().any(|day| days[*n] - day <= AGREE);
        if let Some(n) = (1..days.len()).rev().find(near) {
            reckoned.insert(at, days[n]);
        }
    }
    for account in told.iter_mut().filter(|account| account.published.is_none()) {
        account.published = reckoned.get(&account.at).copied();
    }
    !reckoned.is_empty()
}

fn bring_together(
    told: &[Told<'_>],
    candidates: &[(u32, u32)],
    in_time: &InTime,
    decided: &Decided,
) -> Vec<Vec<usize>> {
    let weighed = candidates.par_iter().filter_map(|&(a, b)| {
        let (a, b) = (a as usize, b as usize);
        let score = in_time.weigh(&told[a], &told[b])?.score;
        (score >= TOGETHER).then_some((score, a, b))
    });
    let mut pairs: Vec<(f64, usize, usize)> = weighed.collect();
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut of: Vec<usize> = (0..told.len()).collect();
    let mut members: Vec<Vec<usize>> = (0..told.len()).map(|n| vec![n]).collect();
    let mut reports: Vec<BTreeSet<usize>> = told.iter().map(|account| BTreeSet::from([account.at])).collect();
    // Groups that would not merge do not until one of them has grown.
    let mut refused: BTreeSet<(usize, usize, usize, usize)> = BTreeSet::new();
    for (_, a, b) in pairs {
        let (x, y) = (of[a].min(of[b]), of[a].max(of[b]));
        let attempt = (x, y, members[x].len(), members[y].len());
        if x == y || refused.contains(&attempt) {
            continue;
        }
        let (fewer, more) = if reports[x].len() < reports[y].len() { (x, y) } else { (y, x) };
        if reports[fewer].iter().any(|at| reports[more].contains(at))
            || !alike(told, in_time, &members[x], &members[y])
            || decided.part(&members[x], &members[y])
        {
            refused.insert(attempt);
            continue;
        }
        let moved = std::mem::take(&mut members[y]);
        for &n in &moved {
            of[n] = x;
        }
        members[x].extend(moved);
        members[x].sort_unstable();
        let mut moved = std::mem::take(&mut reports[y]);
        if moved.len() > reports[x].len() {
            std::mem::swap(&mut moved, &mut reports[x]);
        }
        reports[x].extend(moved);
    }
    members.into_iter().filter(|group| !group.is_empty()).collect()
}

/// What a pair that cannot be of one contact counts among those of two groups.
const CANNOT: f64 = -1.0;

/// Whether the accounts of two groups are alike on average.
fn alike(told: &[Told<'_>], in_time: &InTime, x: &[usize], y: &[usize]) -> bool {
    let (mut sum, mut count) = (0.0, 0.0);
    for a in spread(x) {
        for b in spread(y) {
            sum += in_time.weigh(&told[a], &told[b]).map_or(CANNOT, |evidence| evidence.score);
            count += 1.0;
        }
    }
    sum / count >= TOGETHER - 0.2
}

/// A few members spread over the whole group.
fn spread(group: &[usize]) -> impl Iterator<Item = usize> {
    let step = group.len().div_ceil(STAND_FOR).max(1);
    group.iter().step_by(step).copied()
}

/// The evidence for each member: its likest one among those before it.
fn explain(told: &[Told<'_>], group: Vec<usize>, decided: &Decided) -> Group {
    let likest = |n: usize| {
        let earlier = group[..n].iter().rev().take(STAND_FOR);
        let all = earlier.filter_map(|&other| weigh(&told[other], &told[group[n]]));
        all.max_by(|a, b| a.score.total_cmp(&b.score))
    };
    let judged = |n: usize| {
        let same = decided.same.iter().find(|(a, b, _)| {
            let earlier = |m: &usize| group[..n].contains(m);
            (*a == group[n] && earlier(b)) || (*b == group[n] && earlier(a))
        });
        same.map(|(_, _, reason)| Why::Judged(reason.clone()))
    };
    let why = |n: usize| judged(n).unwrap_or_else(|| Why::Alike(likest(n).unwrap_or_default()));
    (0..group.len()).map(|n| (group[n], if n == 0 { None } else { Some(why(n)) })).collect()
}

/// Pairs worth weighing: they share two sides and, where those two talk a lot, a day, a place or a person too; or one side
/// and a day or a place; or two people.
fn candidates(told: &[Told<'_>]) -> Vec<(u32, u32)> {
    let mut blocks: BTreeMap<[&str; 2], Vec<usize>> = BTreeMap::new();
    for (n, account) in told.iter().enumerate() {
        let sides: Vec<&str> = account.sides.iter().map(|side| side.0.as_str()).collect();
        for (m, a) in sides.iter().enumerate() {
            for b in &sides[m + 1..] {
                blocks.entry([a, b]).or_default().push(n);
            }
        }
    }
    let mut pairs = Vec::new();
    let mut add = |a: usize, b: usize| {
        if told[a].at != told[b].at && !on_other_days(&told[a], &told[b]) {
            pairs.push((a.min(b) as u32, a.max(b) as u32));
        }
    };
    for block in blocks.values() {
        if block.len() <= ALL {
            for (n, &a) in block.iter().enumerate() {
                block[n + 1..].iter().for_each(|&b| add(a, b));
            }
            continue;
        }
        let mut narrow: BTreeMap<(u8, String), Vec<usize>> = BTreeMap::new();
        for &n in block {
            let account = &told[n];
            narrow.entry((0, account.kind().label().to_owned())).or_default().push(n);
            if let Some((first, _)) = account.days {
                narrow.entry((1, first.to_string())).or_default().push(n);
                narrow.entry((1, (first + 1).to_string())).or_default().push(n);
            }
            if let Some(spot) = &account.spot {
                narrow.entry((2, spot.block().to_owned())).or_default().push(n);
            }
            for person in &account.people {
                narrow.entry((3, person.to_string())).or_default().push(n);
            }
            let all: Vec<String> = account.people.iter().map(usize::to_string).collect();
            narrow.entry((4, all.join(" "))).or_default().push(n);
        }
        for mut block in narrow.into_values() {
            block.sort_by_key(|&n| (told[n].anchor(), n));
            for (n, &a) in block.iter().enumerate() {
                block[n + 1..].iter().take(NEXT).for_each(|&b| add(a, b));
            }
        }
    }
    // What has one side in common with a day or a place, or two people; two keys of one hash cost a look, no more.
    let mut others: Vec<(u64, Option<i64>, u32)> = Vec::new();
    for (n, account) in told.iter().enumerate() {
        let mut put = |key: &str| others.push((xxh3_64(key.as_bytes()), account.anchor(), n as u32));
        for side in &account.sides {
            if let Some((first, _)) = account.days {
                put(&format!("{side} day {first}"));
            }
            if let Some(spot) = &account.spot {
                put(&format!("{side} in {}", spot.block()));
            }
        }
        let people: Vec<usize> = account.people.iter().copied().collect();
        for (m, a) in people.iter().enumerate() {
            people[m + 1..].iter().for_each(|b| put(&format!("{a} and {b}")));
        }
    }
    others.sort_unstable();
    for (n, &(key, _, a)) in others.iter().enumerate() {
        let next = others[n + 1..].iter().take(FEW).take_while(|(other, ..)| *other == key);
        next.for_each(|&(_, _, b)| add(a as usize, b as usize));
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}
