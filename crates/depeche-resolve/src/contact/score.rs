//! How likely two accounts tell of one contact.
//!
//! A sum of evidence for and against, each feature on a scale where 1 is about what an equal date says; what cannot be
//! (a call and a meeting, days far apart) gives no score at all. The weights were set on the accounts of `fr-talks` as
//! its annotators wrote them, and hold for any track: nothing in them knows a name.

use depeche_record::{ContactKind, Status};

use super::place::{Places, Spot};
use super::told::Told;

/// Score from which two accounts are put together. On the annotated accounts of `fr-talks`, B-cubed precision is 0.85 at
/// 1.4, 0.94 at 1.7 and 0.95 at 2.0, recall 0.92 at all three and best between; with a quarter of people, a third of
/// dates and a fifth of kinds and statuses taken away or changed at random, precision stays above 0.90 from 1.8 on.
pub const TOGETHER: f64 = 1.8;

/// The evidence that two accounts tell of one contact.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Evidence {
    /// The sum.
    pub score: f64,
    /// Names of the features that spoke for it.
    pub features: Vec<&'static str>,
    /// What the score holds for what recurs whenever the same people meet: their usual words, and the capital of one.
    pub recurrent: f64,
}

impl Evidence {
    fn add(&mut self, weight: f64, feature: &'static str) {
        self.score += weight;
        if weight > 0.0 {
            self.features.push(feature);
        }
    }
}

/// Weighs two accounts of different reports; none where they cannot be of one contact.
pub fn weigh(a: &Told<'_>, b: &Told<'_>) -> Option<Evidence> {
    if on_other_days(a, b) {
        return None;
    }
    let mut evidence = Evidence::default();
    sides(a, b, &mut evidence)?;
    people(a, b, &mut evidence)?;
    kind(a, b, &mut evidence)?;
    place(a, b, &mut evidence)?;
    time(a, b, &mut evidence)?;
    status(a, b, &mut evidence)?;
    words(a, b, &mut evidence);
    if a.lineage == b.lineage {
        evidence.add(0.8, "copy");
    }
    Some(evidence)
}

fn sides(a: &Told<'_>, b: &Told<'_>, evidence: &mut Evidence) -> Option<()> {
    let shared = a.sides.intersection(&b.sides).count();
    let (fewer, all) = (a.sides.len().min(b.sides.len()), a.sides.len() + b.sides.len() - shared);
    let people = a.people.intersection(&b.people).count();
    if shared == 1 && fewer >= 2 && people < 2 {
        // One of the two took a host, or someone merely named, for a side.
        let common = usize::from(on_one_day(a, b)) + usize::from(in_one_place(a, b)) + people;
        return (common >= 2).then(|| evidence.add(0.0, "sides"));
    }
    if shared == 0 {
        return None;
    }
    // A host or mediator is left out by some: the smaller set within the larger is nearly as good.
    match shared {
        _ if shared == all => evidence.add(0.6, "sides"),
        _ if shared == fewer && all - fewer == 1 => evidence.add(0.1, "sides"),
        _ if shared == fewer => evidence.add(-0.2, "sides"),
        _ => evidence.add(0.6 * (shared as f64 / all as f64) - 0.8, "sides"),
    }
    Some(())
}

fn people(a: &Told<'_>, b: &Told<'_>, evidence: &mut Evidence) -> Option<()> {
    let shared = a.people.intersection(&b.people).count();
    let fewer = a.people.len().min(b.people.len());
    let more = a.people.len().max(b.people.len());
    match (shared, fewer, more) {
        (_, 0, 0) => {}
        // One names people, the other only sides.
        (_, 0, 1) => evidence.add(-0.2, "people"),
        (_, 0, _) => evidence.add(-0.4, "people"),
        (0, ..) => return None,
        _ if shared == more => evidence.add(if shared > 1 { 1.0 } else { 0.5 }, "people"),
        // Two heads of delegation are named, and of the other delegation ten: the fewer of all, the less it says.
        _ if shared == fewer && shared > 1 => {
            evidence.add(0.4 + 0.5 * (shared as f64 / more as f64), "people")
        }
        _ if shared == fewer => evidence.add(0.3, "people"),
        _ if shared > 1 => evidence.add(0.4, "people"),
        _ => evidence.add(-0.6, "people"),
    }
    Some(())
}

fn kind(a: &Told<'_>, b: &Told<'_>, evidence: &mut Evidence) -> Option<()> {
    use ContactKind::*;
    let pair = (a.kind().min(b.kind()), a.kind().max(b.kind()));
    match pair {
        (a, b) if a == b => evidence.add(0.4, "kind"),
        (Meeting, Talks) | (Meeting, Visit) => evidence.add(0.1, "kind"),
        (Talks, Visit) => evidence.add(-0.2, "kind"),
        (Call, Exchange) | (Message, Exchange) => evidence.add(0.0, "kind"),
        (Talks, Exchange) | (Meeting, Exchange) | (Visit, Exchange) => evidence.add(-0.2, "kind"),
        (Call, Talks) | (Call, Message) => evidence.add(-0.8, "kind"),
        _ => return None,
    }
    Some(())
}

fn place(a: &Told<'_>, b: &Told<'_>, evidence: &mut Evidence) -> Option<()> {
    let (Some(x), Some(y)) = (&a.spot, &b.spot) else { return Some(()) };
    match x.to(y) {
        Places::Same => add_place(a, b, x, 0.7, evidence),
        Places::Within => add_place(a, b, x, 0.4, evidence),
        Places::Unknown => evidence.add(-0.3, "place"),
        Places::Apart => evidence.add(-1.5, "place"),
    }
    Some(())
}

fn add_place(a: &Told<'_>, b: &Told<'_>, spot: &Spot, weight: f64, evidence: &mut Evidence) {
    evidence.add(weight, "place");
    // Who comes to see a leader comes to that leader's capital each time.
    if a.sides.intersection(&b.sides).any(|side| spot.lies_in(&side.0)) {
        evidence.recurrent += weight;
    }
}

/// Most pairs fall by their days, so these are looked at before all else.
pub fn on_other_days(a: &Told<'_>, b: &Told<'_>) -> bool {
    a.days.zip(b.days).is_some_and(|(x, y)| x.0 - y.1 > MISTAKE || y.0 - x.1 > MISTAKE)
}

/// Days that a date may be off in one of two accounts: night and morning, two time zones.
const SLIP: i64 = 1;
/// Days by which a date is off where a wrong day of the week was told, or read.
const MISTAKE: i64 = 7;

/// Whether both tell of days, no more than a week of them, of which one is the same.
fn on_one_day(a: &Told<'_>, b: &Told<'_>) -> bool {
    let narrow = |days: (i64, i64)| days.1 - days.0 < 7;
    a.days.zip(b.days).is_some_and(|(x, y)| x.0 <= y.1 && y.0 <= x.1 && narrow(x) && narrow(y))
}

fn in_one_place(a: &Told<'_>, b: &Told<'_>) -> bool {
    a.spot.as_ref().zip(b.spot.as_ref()).is_some_and(|(a, b)| a.to(b) == Places::Same)
}

fn time(a: &Told<'_>, b: &Told<'_>, evidence: &mut Evidence) -> Option<()> {
    let apart = a.published.zip(b.published).map(|(x, y)| (x - y).abs());
    match (a.days, b.days) {
        (Some(x), Some(y)) => {
            let gap = (x.0 - y.1).max(y.0 - x.1).max(0);
            let width = (x.1 - x.0).max(y.1 - y.0);
            match (gap, width) {
                (0, 0..=1) => evidence.add(1.4, "date"),
                (0, 2..=7) => evidence.add(0.9, "date"),
                (0, 8..=31) => evidence.add(0.5, "date"),
                (0, _) => evidence.add(0.2, "date"),
                // Rounds of talks last for days, and reports name the first or the last.
                (1..=SLIP, _) if a.kind() == ContactKind::Talks || b.kind() == ContactKind::Talks => {
                    evidence.add(0.0, "date");
                }
                (1..=SLIP, _) => evidence.add(-0.4, "date"),
                // Told at one time: one of the two days is a mistake, if all else speaks for it.
                (..=MISTAKE, _) if apart.is_some_and(|days| days <= SLIP) => evidence.add(-1.5, "date"),
                _ => return None,
            }
        }
        (Some(days), None) => time_of_one(a, days, b, evidence)?,
        (None, Some(days)) => time_of_one(b, days, a, evidence)?,
        (None, None) => {
            if let (Some(x), Some(y)) = (a.date, b.date)
                && !x.may_agree(y)
            {
                return None;
            }
            if told_after_held(a, b) || told_after_held(b, a) {
                evidence.add(-1.0, "publication");
            }
            match apart {
                Some(0..=3) => evidence.add(0.8, "publication"),
                Some(4..=10) => evidence.add(0.5, "publication"),
                Some(11..=31) => evidence.add(-0.2, "publication"),
                Some(32..=92) => evidence.add(-1.2, "publication"),
                Some(_) => evidence.add(-2.0, "publication"),
                None => evidence.add(-0.1, "publication"),
            }
        }
    }
    Some(())
}

/// Whether the first account tells as to come what the second, no newer, tells as past: the one is the next time.
fn told_after_held(a: &Told<'_>, b: &Told<'_>) -> bool {
    matches!(a.status(), Status::Planned | Status::Possible)
        && b.status() == Status::Held
        && a.published.zip(b.published).is_some_and(|(a, b)| a >= b)
}

/// One account has a date with its year, the other has none or lacks the year.
fn time_of_one(dated: &Told<'_>, days: (i64, i64), other: &Told<'_>, evidence: &mut Evidence) -> Option<()> {
    if let (Some(x), Some(y)) = (dated.date, other.date) {
        if !x.may_agree(y) {
            return None;
        }
        evidence.add(0.6, "date");
    }
    let Some(published) = other.published else {
        evidence.add(-0.2, "near-date");
        return Some(());
    };
    // Days from the dated contact to the day on which the other account was told; negative when told before.
    let after = published - days.1;
    let before = days.0 - published;
    let told_as_past = matches!(other.status(), Status::Held | Status::Denied);
    match (told_as_past, after, before) {
        // Told as past before it can have been.
        (true, _, 2..) => return None,
        (true, ..=4, _) => evidence.add(0.5, "near-date"),
        (true, 5..=21, _) => evidence.add(0.2, "near-date"),
        // Six weeks later, only a place in common tells the same meeting from the next one.
        (true, 22..=120, _) if !share_place(dated, other) => evidence.add(-0.7, "near-date"),
        (true, 22..=120, _) => evidence.add(-0.2, "near-date"),
        (true, 121..=400, _) => evidence.add(-0.6, "near-date"),
        // What is told without a date years later is some other time.
        (true, ..) => evidence.add(-1.6, "near-date"),
        // Told as to come after it was.
        (false, 4.., _) => evidence.add(-1.2, "near-date"),
        (false, 1.., _) if dated.status() == Status::Held => evidence.add(-0.8, "near-date"),
        (false, _, ..=7) => evidence.add(0.7, "near-date"),
        (false, _, 8..=31) => evidence.add(0.2, "near-date"),
        (false, ..) => evidence.add(-0.8, "near-date"),
    }
    Some(())
}

fn share_place(a: &Told<'_>, b: &Told<'_>) -> bool {
    a.spot.as_ref().zip(b.spot.as_ref()).is_some_and(|(a, b)| a.to(b) >= Places::Within)
}

fn status(a: &Told<'_>, b: &Told<'_>, evidence: &mut Evidence) -> Option<()> {
    use Status::*;
    let pair = (a.status().min(b.status()), a.status().max(b.status()));
    match pair {
        (a, b) if a == b => evidence.add(0.3, "status"),
        (Planned, Possible) | (RuledOut, Cancelled) | (Planned, Cancelled) | (RuledOut, Denied) => {
            evidence.add(0.1, "status");
        }
        (Held, Planned) => evidence.add(0.2, "status"),
        (Possible, RuledOut) | (Possible, Cancelled) => evidence.add(-0.1, "status"),
        // A denial answers one report; another meeting of the same people is no answer to it.
        (Held, Denied) => evidence.add(-0.4, "status"),
        (Planned, RuledOut) | (Denied, Cancelled) => evidence.add(-0.2, "status"),
        // What is only possible, or ruled out, is most often another one than what took place.
        (Held, Possible) => evidence.add(-0.6, "status"),
        (Held, RuledOut) | (Held, Cancelled) => evidence.add(-0.8, "status"),
        _ => evidence.add(-0.4, "status"),
    }
    Some(())
}

/// What the words have in common; names are among them, so this only adds.
fn words(a: &Told<'_>, b: &Told<'_>, evidence: &mut Evidence) {
    let fewer = a.words.len().min(b.words.len());
    if fewer < 3 {
        return;
    }
    let shared = a.words.iter().filter(|word| b.words.binary_search(word).is_ok()).count();
    let share = shared as f64 / fewer as f64;
    if share > 0.25 {
        let weight = (share - 0.25).min(0.5);
        evidence.add(weight, "words");
        evidence.recurrent += weight;
    }
}
