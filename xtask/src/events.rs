//! What the errors of each field of accounts cost the contacts that are made of them: the dossier of what was read, with
//! one field taken from the annotation at a time, and that of the annotation with one field as it was read.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};
use depeche_pipeline::record::{Account, Reading, Report, Span};
use depeche_pipeline::records::dossier_record;
use depeche_pipeline::{Pipeline, Settings};

use crate::annotated;
use crate::measure::read_with;
use crate::score::{Gold, events};

/// A field of an account, and how one account takes it from another.
type Field = (&'static str, fn(&mut Account, &Account));

const FIELDS: [Field; 6] = [
    ("kind", |account, other| account.kind = other.kind),
    ("status", |account, other| account.status = other.status),
    ("sides", |account, other| account.sides.clone_from(&other.sides)),
    ("people", |account, other| account.participants.clone_from(&other.participants)),
    ("date", |account, other| account.date.clone_from(&other.date)),
    ("place", |account, other| account.place.clone_from(&other.place)),
];

/// Both readings of one report; the figures of the annotated one hold those of the other at the same places.
struct Both {
    report: Report,
    read: Reading,
    annotated: Reading,
    /// For each annotated account the one that was read of it.
    pairs: Vec<Option<usize>>,
}

impl Both {
    /// Each annotated account of which something was read, and the account that was.
    fn paired(&self) -> impl Iterator<Item = (usize, usize)> {
        self.pairs.iter().enumerate().filter_map(|(annotated, read)| Some((annotated, (*read)?)))
    }
}

/// Scores the contacts of a gold folder, one field after the other, and tells up to so many pairs of accounts that were
/// wrongly parted or joined.
pub fn measure(folder: &Path, errors: usize) -> Result<String> {
    let gold = Gold::open(folder)?;
    let pipeline = Pipeline::new(Settings::default())?;
    let mut all = Vec::new();
    for (report, read) in read_with(&pipeline, folder)? {
        let known = gold.report(&report.id).with_context(|| format!("{}: not annotated", report.id))?;
        let mut annotated = read.clone();
        annotated::correct(&report, &mut annotated, &known.annotation)?;
        let pairs = pair(&read.accounts, &annotated.accounts);
        all.push(Both { report, read, annotated, pairs });
    }
    let score = |make: &dyn Fn(&Both) -> Reading| {
        let made: Vec<(Report, Reading)> = all.iter().map(|both| (both.report.clone(), make(both))).collect();
        let dossier = dossier_record(&pipeline.resolve(&made, &[]), &made, &[], None);
        events(&gold, &serde_json::to_value(dossier).context("a dossier is no JSON")?)
    };
    let as_read = |both: &Both| Reading { figures: both.annotated.figures.clone(), ..both.read.clone() };
    let mut page = format!("{:44} precision  recall  f1\n", folder.display());
    let mut line = |what: &str, make: &dyn Fn(&Both) -> Reading| -> Result<()> {
        let (figures, _) = score(make)?;
        let [precision, recall, f1] = figures;
        page += &format!("{what:44} {precision:.3}      {recall:.3}   {f1:.3}\n");
        Ok(())
    };
    line("as read", &as_read)?;
    line("as read, but the day of publication", &|both| Reading {
        published: both.annotated.published.clone(),
        ..as_read(both)
    })?;
    line("as read, but accounts of no annotated one", &|both| {
        let matched: BTreeSet<usize> = both.pairs.iter().flatten().copied().collect();
        let mut reading = as_read(both);
        reading.statements.iter_mut().for_each(|statement| statement.about.clear());
        let mut n = 0..;
        reading.accounts.retain(|_| n.next().is_some_and(|n| matched.contains(&n)));
        reading
    })?;
    let mended = |both: &Both, fields: &[Field]| {
        let mut reading = as_read(both);
        for (annotated, read) in both.paired() {
            let known = &both.annotated.accounts[annotated];
            fields.iter().for_each(|(_, take)| take(&mut reading.accounts[read], known));
        }
        reading
    };
    for field in FIELDS {
        line(&format!("as read, but {}", field.0), &|both| mended(both, &[field]))?;
    }
    line("as read, but all of these", &|both| mended(both, &FIELDS))?;
    line("as annotated", &|both| both.annotated.clone())?;
    for (name, take) in FIELDS {
        line(&format!("as annotated, but {name}"), &|both| {
            let mut reading = both.annotated.clone();
            for (annotated, read) in both.paired() {
                take(&mut reading.accounts[annotated], &both.read.accounts[read]);
            }
            reading
        })?;
    }
    for (what, make) in
        [("as read", &as_read as &dyn Fn(&Both) -> Reading), ("as annotated", &|both| both.annotated.clone())]
    {
        let (_, found) = score(make)?;
        let tell = |(report, n): &(String, usize)| {
            let both = all.iter().find(|both| both.report.id == *report);
            let Some(both) = both else { return String::new() };
            let account = &both.annotated.accounts[*n];
            let mut words = format!("    {report} {n} {}\n", labels(account, &both.annotated, &both.report));
            if let Some(read) = both.pairs[*n] {
                words += &format!(
                    "      read {read}: {}\n",
                    labels(&both.read.accounts[read], &both.read, &both.report)
                );
            }
            words
        };
        let mut left = errors;
        for (n, (a, event, id)) in found.iter().enumerate() {
            for (b, other_event, other_id) in &found[n + 1..] {
                let (same, together) = (event == other_event, id == other_id);
                if same != together && left > 0 {
                    left -= 1;
                    let fault = if same { "parted" } else { "joined" };
                    page += &format!("{what}, {fault}: {event} {other_event}\n{}{}", tell(a), tell(b));
                }
            }
        }
    }
    Ok(page)
}

fn labels(account: &Account, reading: &Reading, report: &Report) -> String {
    let sides: Vec<&str> = account.sides.iter().map(|side| side.0.as_str()).collect();
    let people: Vec<&str> =
        account.participants.iter().filter_map(|&n| Some(reading.figures.get(n)?.name.as_str())).collect();
    let date = account.date.as_ref().map_or_else(|| "-".to_owned(), |date| date.value.to_string());
    let place = account.place.as_ref().map_or("-", |place| &place.name);
    let told = reading.published.as_ref().map_or_else(|| "-".to_owned(), |day| day.date.to_string());
    let words = account.evidence.first().map_or("", |span| span.of(&report.text));
    format!(
        "[{}] {} {} {} ({}) {date} @{place} told {told} | {}",
        account.derivation.rule,
        account.kind.label(),
        account.status.label(),
        sides.join("+"),
        people.join(", "),
        words.replace('\n', " ")
    )
}

/// One to one, by how much of their evidence accounts share, and by sides and kind.
fn pair(read: &[Account], annotated: &[Account]) -> Vec<Option<usize>> {
    let length = |spans: &[Span]| spans.iter().map(|span| span.end - span.start).sum::<u32>();
    let mut weighed = Vec::new();
    for (n, account) in annotated.iter().enumerate() {
        for (m, other) in read.iter().enumerate() {
            let both = account.evidence.iter().flat_map(|a| other.evidence.iter().map(move |b| (a, b)));
            let shared: u32 = both.map(|(a, b)| a.end.min(b.end).saturating_sub(a.start.max(b.start))).sum();
            if shared > 0 {
                let all = length(&account.evidence) + length(&other.evidence);
                let mut weight = f64::from(shared) / (f64::from(all) - f64::from(shared)).max(1.0);
                weight += 0.2 * f64::from(u8::from(account.sides == other.sides));
                weight += 0.1 * f64::from(u8::from(account.kind == other.kind));
                weighed.push((weight, n, m));
            }
        }
    }
    weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut pairs = vec![None; annotated.len()];
    let mut taken = BTreeSet::new();
    for (_, n, m) in weighed {
        if pairs[n].is_none() && taken.insert(m) {
            pairs[n] = Some(m);
        }
    }
    pairs
}
