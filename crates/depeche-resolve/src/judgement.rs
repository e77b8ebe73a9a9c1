//! What people have decided, settled among itself and put to the things that it is about.
//!
//! 1. Judgements stand in the order of their time, then of their identifiers; one that comes twice counts once. What is
//!    undone is left out; an undoing may itself be undone.
//! 2. The words of each are looked for in the readings. Where the report or the words are gone, the judgement waits:
//!    it is listed as gone, and holds again once they come.
//! 3. Of decisions that cannot hold together the newest holds, and the others are listed as overruled by it. «Same»
//!    carries over: if a is b and b is c, then a younger «a is not c» overrules the older of the two, not both.
//!
//! The outcome is a function of the set of judgements and readings.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use depeche_record::{
    Act, Anchor, Basis, ContactKind, Decision, Edtf, Judged, Judgement, JudgementEntry, Known, Outcome,
    Published, Reading, Report, Side, Status, Subject,
};

use crate::anchor;
use crate::input::Inputs;

/// What a judgement is about, as places in the order of the reports and indices into their readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    Report(usize),
    Figure(usize, usize),
    Account(usize, usize),
    Statement(usize, usize),
}

/// The judgements, oldest first, with what has become of each so far.
pub struct Log<'a> {
    judgements: Vec<&'a Judgement>,
    outcomes: Vec<Outcome>,
    /// Places of both subjects, of judgements whose words are found.
    things: Vec<Vec<Thing>>,
}

/// Pairs that a person has decided on, with the judgement's place in the log.
#[derive(Debug, Default)]
pub struct Ties {
    /// Are one.
    pub same: Vec<(Thing, Thing, usize)>,
    /// Are not one.
    pub apart: Vec<(Thing, Thing, usize)>,
}

/// Reports as judgements change them; none for one that is rejected.
pub type Amended = BTreeMap<usize, Option<(Report, Reading)>>;

impl<'a> Log<'a> {
    /// Puts the judgements in order and finds what is undone.
    pub fn open(judgements: &'a [Judgement]) -> Log<'a> {
        let mut judgements: Vec<&Judgement> = judgements.iter().collect();
        judgements.sort_by(|a, b| {
            let key = |j: &&'a Judgement| (&j.time, &j.id, &j.author, &j.reason, &j.decision);
            key(a).cmp(&key(b))
        });
        judgements.dedup();
        let mut outcomes = vec![Outcome::Applied; judgements.len()];
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for (n, judgement) in judgements.iter().enumerate() {
            if places.contains_key(judgement.id.as_str()) {
                outcomes[n] = unusable("another judgement has this identifier");
            } else {
                places.insert(&judgement.id, n);
            }
        }
        undo(&judgements, &places, &mut outcomes);
        let things = vec![Vec::new(); judgements.len()];
        Log { judgements, outcomes, things }
    }

    /// The judgements that hold so far, oldest first.
    fn holding(&self) -> impl DoubleEndedIterator<Item = (usize, &'a Judgement)> {
        let outcomes = &self.outcomes;
        let all = self.judgements.iter().copied().enumerate();
        all.filter(move |(n, _)| outcomes[*n] == Outcome::Applied)
    }

    /// The reports that are rejected or corrected, and those of which a statement is. What is said of rejected reports
    /// is overruled.
    pub fn amend(&mut self, inputs: &Inputs<'_>) -> Amended {
        let mut rejected: BTreeMap<&str, (usize, bool)> = BTreeMap::new();
        for (n, judgement) in self.holding().collect::<Vec<_>>() {
            let (id, rejects) = match &judgement.decision {
                Decision::Reject(Subject::Report(id)) => (id, true),
                Decision::Accept(Subject::Report(id)) => (id, false),
                _ => continue,
            };
            // The newest holds.
            if let Some((older, other)) = rejected.insert(id, (n, rejects))
                && other != rejects
            {
                self.outcomes[older] = Outcome::Overruled(judgement.id.clone());
            }
        }
        for (id, &(n, _)) in &rejected {
            if inputs.find(id).is_none() {
                self.outcomes[n] = Outcome::Gone;
            }
        }
        rejected.retain(|id, (_, rejects)| *rejects && inputs.find(id).is_some());
        for (n, judgement) in self.holding().collect::<Vec<_>>() {
            let by = subjects(&judgement.decision)
                .into_iter()
                .find_map(|subject| rejected.get(report_of(subject)));
            if let Some(&(by, _)) = by.filter(|(by, _)| *by != n) {
                self.outcomes[n] = match &judgement.decision {
                    Decision::Reject(Subject::Report(_)) => Outcome::Applied,
                    _ => Outcome::Overruled(self.judgements[by].id.clone()),
                };
            }
        }
        let mut amended: Amended = rejected.keys().filter_map(|id| Some((inputs.find(id)?, None))).collect();
        self.correct_readings(inputs, &mut amended);
        amended
    }

    /// Corrections of reports and of statements, which are put into the readings themselves.
    fn correct_readings(&mut self, inputs: &Inputs<'_>, amended: &mut Amended) {
        let mut by: BTreeMap<(Thing, &str), usize> = BTreeMap::new();
        for (n, judgement) in self.holding().collect::<Vec<_>>() {
            let Decision::Correct { subject, field, value } = &judgement.decision else { continue };
            let Some(thing @ (Thing::Report(at) | Thing::Statement(at, _))) = place(inputs, subject) else {
                continue;
            };
            let (report, reading) = match amended.get(&at) {
                Some(Some((report, reading))) => (Cow::Borrowed(report), Cow::Borrowed(reading)),
                _ => (Cow::Borrowed(inputs.report(at)), Cow::Borrowed(inputs.reading(at))),
            };
            let (mut report, mut reading) = (report.into_owned(), reading.into_owned());
            match correct_reading(&mut report, &mut reading, thing, field, value) {
                Ok(()) => {
                    amended.insert(at, Some((report, reading)));
                    self.overrule(by.insert((thing, field), n), n);
                }
                Err(why) => self.outcomes[n] = unusable(why),
            }
        }
    }

    /// Marks an older judgement as overruled by a newer one, where they do not decide the same.
    fn overrule(&mut self, older: Option<usize>, newer: usize) {
        let Some(older) = older else { return };
        let value = |n: usize| match &self.judgements[n].decision {
            Decision::Correct { value, .. } => Some(value.trim()),
            _ => None,
        };
        if value(older) != value(newer) {
            self.outcomes[older] = Outcome::Overruled(self.judgements[newer].id.clone());
        }
    }

    /// Finds what each judgement is about, once the rejected reports are gone, and settles which «same» and «not the
    /// same» hold.
    pub fn settle(&mut self, inputs: &Inputs<'_>) -> Ties {
        for (n, judgement) in self.holding().collect::<Vec<_>>() {
            if matches!(judgement.decision, Decision::Undo(_) | Decision::Reject(Subject::Report(_))) {
                continue;
            }
            let subjects = subjects(&judgement.decision);
            let things: Vec<Thing> = subjects.iter().filter_map(|subject| place(inputs, subject)).collect();
            if things.len() < subjects.len() {
                self.outcomes[n] = Outcome::Gone;
            } else if let [a, b] = things[..]
                && !comparable(a, b)
            {
                self.outcomes[n] = unusable("only two reports, two people or two contacts can be one");
            } else {
                self.things[n] = things;
            }
        }
        self.tie()
    }

    /// Newest first: what contradicts the younger ones is overruled.
    fn tie(&mut self) -> Ties {
        let mut ties = Ties::default();
        // For each thing of a «same», the group it is in; for each group, the judgements that made it.
        let mut groups: Vec<(BTreeSet<Thing>, Vec<usize>)> = Vec::new();
        let held: Vec<(usize, &Judgement)> = self.holding().collect();
        for (n, judgement) in held.into_iter().rev() {
            let [a, b] = self.things[n][..] else { continue };
            let group = |groups: &[(BTreeSet<Thing>, Vec<usize>)], thing: Thing| {
                groups.iter().position(|(things, _)| things.contains(&thing))
            };
            let (x, y) = (group(&groups, a), group(&groups, b));
            let mut of = |thing, known: Option<usize>| match known {
                Some(known) => known,
                None => {
                    groups.push((BTreeSet::from([thing]), Vec::new()));
                    groups.len() - 1
                }
            };
            match judgement.decision {
                Decision::Same(..) => {
                    let x = of(a, x);
                    let y = if a == b { x } else { of(b, y) };
                    let barred = |(c, d, _): &&(Thing, Thing, usize)| {
                        let holds = |group: usize, thing| groups[group].0.contains(thing);
                        (holds(x, c) && holds(y, d)) || (holds(x, d) && holds(y, c))
                    };
                    if let Some((_, _, by)) = ties.apart.iter().find(barred) {
                        self.outcomes[n] = Outcome::Overruled(self.judgements[*by].id.clone());
                        continue;
                    }
                    ties.same.push((a, b, n));
                    groups[x].1.push(n);
                    if x != y {
                        let (things, made) = groups.swap_remove(x.max(y));
                        let into = &mut groups[x.min(y)];
                        into.0.extend(things);
                        into.1.extend(made);
                    }
                }
                _ if a == b => self.outcomes[n] = unusable("a thing cannot be another than itself"),
                _ => match x.filter(|_| x == y).and_then(|x| groups[x].1.last()) {
                    Some(&by) => self.outcomes[n] = Outcome::Overruled(self.judgements[by].id.clone()),
                    None => ties.apart.push((a, b, n)),
                },
            }
        }
        ties.same.sort_unstable();
        ties.apart.sort_unstable();
        ties
    }

    /// Identifier and author of a judgement.
    pub fn name(&self, n: usize) -> (&'a str, &'a str) {
        (&self.judgements[n].id, &self.judgements[n].author)
    }

    /// What is decided about an item that is made of these things, besides what they are the same as: each judgement
    /// that contradicts a newer one is overruled by it. `correct` puts in a value, or says why it cannot.
    pub fn judge(
        &mut self,
        by_thing: &ByThing,
        things: impl Iterator<Item = Thing>,
        mut correct: impl FnMut(&str, &str) -> Result<(), String>,
    ) -> Verdict {
        let mut verdict = Verdict::default();
        let touching: BTreeSet<usize> =
            things.filter_map(|thing| by_thing.0.get(&thing)).flatten().copied().collect();
        if touching.is_empty() {
            return verdict;
        }
        let mut settled: Option<usize> = None;
        let mut corrections: BTreeMap<&str, usize> = BTreeMap::new();
        for &n in &touching {
            let judgement = self.judgements[n];
            match &judgement.decision {
                Decision::Accept(_) | Decision::Reject(_) => {
                    let rejects = matches!(judgement.decision, Decision::Reject(_));
                    if let Some(older) = settled.replace(n)
                        && rejects != verdict.rejected
                    {
                        self.outcomes[older] = Outcome::Overruled(judgement.id.clone());
                    }
                    verdict.rejected = rejects;
                }
                Decision::Note(_, words) => verdict.judged.notes.push(words.clone()),
                Decision::Correct { field, value, .. } => match correct(field, value.trim()) {
                    Ok(()) => {
                        let older = corrections.insert(field, n);
                        self.overrule(older, n);
                    }
                    Err(why) => self.outcomes[n] = unusable(why),
                },
                _ => {}
            }
        }
        verdict.judged.accepted = settled.is_some() && !verdict.rejected;
        verdict.judged.corrected = corrections.into_keys().map(str::to_owned).collect();
        let holds = touching.iter().filter(|&&n| self.outcomes[n] == Outcome::Applied);
        verdict.judged.judgements = holds.map(|&n| self.judgements[n].id.clone()).collect();
        verdict
    }

    /// The judgements that hold, by what they are about.
    pub fn by_thing(&self) -> ByThing {
        let mut by_thing = BTreeMap::new();
        for (n, _) in self.holding() {
            for &thing in &self.things[n] {
                by_thing.entry(thing).or_insert_with(Vec::new).push(n);
            }
        }
        ByThing(by_thing)
    }

    /// The statements that are rejected: place of the report and index.
    pub fn rejected_statements(&mut self, by_thing: &ByThing) -> Vec<(usize, usize)> {
        let statements = by_thing.0.keys().filter_map(|thing| match thing {
            Thing::Statement(at, n) => Some((*at, *n)),
            _ => None,
        });
        let statements: Vec<(usize, usize)> = statements.collect();
        let rejected = |(at, n): &(usize, usize)| {
            self.judge(by_thing, std::iter::once(Thing::Statement(*at, *n)), |_, _| Ok(())).rejected
        };
        statements.into_iter().filter(rejected).collect()
    }

    /// The list for the dossier.
    pub fn close(self) -> Vec<JudgementEntry> {
        let all = self.judgements.into_iter().cloned().zip(self.outcomes);
        all.map(|(judgement, outcome)| JudgementEntry { judgement, outcome }).collect()
    }
}

/// The places in the log of what is decided about each thing.
pub struct ByThing(BTreeMap<Thing, Vec<usize>>);

impl ByThing {
    /// Whether nothing is decided about anything.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What is decided about one item.
#[derive(Debug, Default)]
pub struct Verdict {
    /// It is not to be shown.
    pub rejected: bool,
    /// All else.
    pub judged: Judged,
}

fn unusable(why: impl Into<String>) -> Outcome {
    Outcome::Unusable(why.into())
}

/// Finds which judgements are undone. Each undoing has one target, so what leads into no loop can be settled from the
/// ends that nothing undoes; what undoes itself in a loop settles nothing.
fn undo(judgements: &[&Judgement], places: &BTreeMap<&str, usize>, outcomes: &mut [Outcome]) {
    let target = |n: usize| match &judgements[n].decision {
        Decision::Undo(id) => Some(places.get(id.as_str()).copied()),
        _ => None,
    };
    let usable: Vec<bool> = outcomes.iter().map(|outcome| *outcome == Outcome::Applied).collect();
    let mut open = vec![0; judgements.len()];
    for n in (0..judgements.len()).filter(|&n| usable[n]) {
        match target(n) {
            Some(Some(of)) => open[of] += 1,
            Some(None) => outcomes[n] = Outcome::Gone,
            None => {}
        }
    }
    let mut ready: Vec<usize> = (0..judgements.len()).filter(|&n| usable[n] && open[n] == 0).collect();
    let mut settled = vec![false; judgements.len()];
    while let Some(n) = ready.pop() {
        settled[n] = true;
        let Some(Some(of)) = target(n) else { continue };
        if outcomes[n] == Outcome::Applied {
            // Of several that undo one, the first in the log is named.
            match &outcomes[of] {
                Outcome::Undone(by) if places.get(by.as_str()).is_some_and(|&by| by < n) => {}
                _ => outcomes[of] = Outcome::Undone(judgements[n].id.clone()),
            }
        }
        open[of] -= 1;
        if open[of] == 0 && usable[of] {
            ready.push(of);
        }
    }
    for n in (0..judgements.len()).filter(|&n| usable[n] && !settled[n]) {
        outcomes[n] = unusable("it undoes itself, by way of others");
    }
}

fn subjects(decision: &Decision) -> Vec<&Subject> {
    match decision {
        Decision::Same(a, b) | Decision::NotSame(a, b) => vec![a, b],
        Decision::Accept(subject) | Decision::Reject(subject) | Decision::Note(subject, _) => vec![subject],
        Decision::Correct { subject, .. } => vec![subject],
        Decision::Undo(_) => Vec::new(),
    }
}

fn report_of(subject: &Subject) -> &str {
    match subject {
        Subject::Report(id) => id,
        Subject::Actor(Anchor { report, .. })
        | Subject::Contact(Anchor { report, .. })
        | Subject::Statement(Anchor { report, .. }) => report,
    }
}

fn place(inputs: &Inputs<'_>, subject: &Subject) -> Option<Thing> {
    let at = inputs.find(report_of(subject))?;
    let reading = inputs.reading(at);
    match subject {
        Subject::Report(_) => Some(Thing::Report(at)),
        Subject::Actor(words) => Some(Thing::Figure(at, anchor::figure(reading, words.span)?)),
        Subject::Contact(words) => Some(Thing::Account(at, anchor::account(reading, words.span)?)),
        Subject::Statement(words) => Some(Thing::Statement(at, anchor::statement(reading, words.span)?)),
    }
}

fn comparable(a: Thing, b: Thing) -> bool {
    use Thing::*;
    matches!((a, b), (Report(_), Report(_)) | (Figure(..), Figure(..)) | (Account(..), Account(..)))
}

fn correct_reading(
    report: &mut Report,
    reading: &mut Reading,
    thing: Thing,
    field: &str,
    value: &str,
) -> Result<(), String> {
    let value = value.trim();
    let told = |value: &str| {
        Some(value).filter(|value| !value.is_empty()).map(|value| Known {
            value: value.to_owned(),
            basis: Basis::Given,
            span: None,
        })
    };
    match (thing, field) {
        (Thing::Report(_), "published") => {
            let date = date(value)?;
            reading.published = date.map(|date| Published { date, basis: Basis::Given, span: None });
            report.published = None;
        }
        (Thing::Report(_), "outlet") => report.outlet = told(value),
        (Thing::Report(_), "title") => report.title = told(value),
        (Thing::Report(_), _) => return Err(no_field(field, "published, outlet, title")),
        (Thing::Statement(_, n), "act") => {
            let act = Act::ALL.iter().find(|act| act.label() == value);
            let act = *act.ok_or_else(|| no_value(value, Act::ALL.iter().map(|act| act.label())))?;
            reading.statements[n].act = act;
        }
        (Thing::Statement(_, n), "speaker") if !value.is_empty() => {
            let speaker = &mut reading.statements[n].speaker;
            value.clone_into(&mut speaker.name);
            speaker.figure = None;
        }
        _ => return Err(no_field(field, "act, speaker")),
    }
    Ok(())
}

/// A date as records have it; none where the value is empty.
pub fn date(value: &str) -> Result<Option<Edtf>, String> {
    match value {
        "" => Ok(None),
        _ => Edtf::parse(value).map(Some).map_err(|_| {
            format!("‘{value}’ is no date; write it as 2025-12-20, 2025-12 or 2025-12-20/2025-12-21")
        }),
    }
}

/// Sides as records have them, parted by commas.
pub fn sides(value: &str) -> Result<Vec<Side>, String> {
    let sides: BTreeSet<Side> = value
        .split(',')
        .map(str::trim)
        .filter(|side| !side.is_empty())
        .map(|side| Side(side.to_owned()))
        .collect();
    if sides.is_empty() {
        Err("sides are codes parted by commas, such as RU,US".to_owned())
    } else {
        Ok(sides.into_iter().collect())
    }
}

/// A kind of contact by its label.
pub fn kind(value: &str) -> Result<ContactKind, String> {
    let known = ContactKind::ALL.iter().find(|kind| kind.label() == value);
    known.copied().ok_or_else(|| no_value(value, ContactKind::ALL.iter().map(|kind| kind.label())))
}

/// A status by its label.
pub fn status(value: &str) -> Result<Status, String> {
    let known = Status::ALL.iter().find(|status| status.label() == value);
    known.copied().ok_or_else(|| no_value(value, Status::ALL.iter().map(|status| status.label())))
}

/// What to say of a field that an item has not.
pub fn no_field(field: &str, known: &str) -> String {
    format!("there is no field ‘{field}’ to correct; there are {known}")
}

fn no_value(value: &str, known: impl Iterator<Item = &'static str>) -> String {
    format!("‘{value}’ is not one of {}", known.collect::<Vec<_>>().join(", "))
}
