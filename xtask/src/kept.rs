//! What a large dossier on disk costs: made reports with faultless readings, kept, shown and asked.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use depeche_pipeline::record::{Capture, Digest, Edtf, Given, Media};
use depeche_pipeline::store::{Arrival, Circumstances, Dossier, Filter, Paging, StoreError, days_of};
use depeche_pipeline::{BATCH, Pipeline, READER, Settings, language, wanted};
use sha2::{Digest as _, Sha256};

use crate::made::{Made, Plan, reports};
use crate::speed::peak_memory;

/// Reports whose adding is timed at the beginning and at the end.
const SOME: usize = 1_000;
/// Times that each question is asked.
const ASKED: usize = 7;
const TIME: &str = "2026-01-01T00:00:00Z";

/// Keeps the reports of a plan in a new dossier, adds some more, and asks it; what each step took.
pub fn keep(plan: Plan, file: &Path) -> Result<String> {
    if file.exists() {
        bail!("{} is there; name a file that is not", file.display());
    }
    let pipeline = Pipeline::new(Settings::default())?;
    let mut dossier = Dossier::make(file)?;
    let mut out = String::new();
    let mut made = reports(plan);
    let mut count = 0;
    let mut add = |dossier: &mut Dossier, most: usize| -> Result<(Duration, Duration)> {
        let (mut keeping, mut left) = (Duration::ZERO, most);
        loop {
            let arrivals: Vec<Arrival> =
                made.by_ref().take(BATCH.min(left)).map(|made| arrival(made, &mut count)).collect();
            left -= arrivals.len();
            if arrivals.is_empty() {
                break;
            }
            let begun = (Instant::now(), on_processor());
            dossier.admit(&arrivals, READER, TIME)?;
            keeping += spent(begun);
        }
        let begun = Instant::now();
        pipeline.show(dossier, TIME, "resolve")?;
        Ok((keeping, begun.elapsed()))
    };
    let told = |what: &str, (keeping, showing): (Duration, Duration), out: &mut String| {
        let _ = writeln!(
            out,
            "{what}: kept in {:.2} s of processor, shown in {:.2} s, at most {:.0} MiB resident",
            keeping.as_secs_f64(),
            showing.as_secs_f64(),
            peak_memory().unwrap_or(0) as f64 / f64::from(1 << 20),
        );
    };
    let first = add(&mut dossier, SOME)?;
    told("the first 1,000", first, &mut out);
    let all = add(&mut dossier, plan.reports.saturating_sub(2 * SOME))?;
    told("all but 1,000", all, &mut out);
    let last = add(&mut dossier, SOME)?;
    told("the last 1,000", last, &mut out);
    let size = file.metadata()?.len();
    drop(dossier);
    let dossier = Dossier::open(file)?;
    let counts = dossier.counts()?;
    let _ = writeln!(
        out,
        "{} reports, {} contacts, {} statements, {} actors, {} gaps; {:.0} MiB on disk",
        counts.reports,
        counts.contacts,
        counts.statements,
        counts.actors,
        counts.gaps,
        size as f64 / f64::from(1 << 20)
    );
    ask(&dossier, &mut out)?;
    Ok(out)
}

fn arrival(made: Made, count: &mut usize) -> Arrival {
    *count += 1;
    let Made { report, reading, .. } = made;
    let bytes = report.text.clone().into_bytes();
    let digest = Digest(Sha256::digest(&bytes).into());
    Arrival {
        place: format!("id {}", report.id),
        capture: Capture {
            id: report.id.clone(),
            address: format!("made.jsonl:{count}"),
            media: Media::Plain,
            bytes,
            digest,
            given: Given::default(),
            fetched: None,
        },
        taken: TIME.to_owned(),
        circumstances: Circumstances::default(),
        terms: language::terms(&report.text, reading.language),
        report,
        reading,
    }
}

/// What this thread has had of a processor, where the system tells: unlike the clock, it does not go on while others work.
fn on_processor() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(told.split(' ').next()?.parse().ok()?))
}

/// The time since then: of processor where the system tells, else by the clock.
fn spent((clock, processor): (Instant, Option<Duration>)) -> Duration {
    on_processor().zip(processor).map_or(clock.elapsed(), |(end, begun)| end - begun)
}

/// Asks every sort of question several times; the slowest and the median of each, of processor where the system tells.
fn ask(dossier: &Dossier, out: &mut String) -> Result<()> {
    let all = Filter::default;
    let page = Paging::first(50);
    let counts = dossier.counts()?;
    let side = |n: usize| counts.sides.get(n).map(|(side, _)| side.clone()).unwrap_or_default();
    let actor = dossier.actors(&all(), Paging::first(1))?.items.remove(0);
    let contact = dossier.contacts(&Filter { least_origins: Some(2), ..all() }, Paging::first(1))?;
    let contact = contact.items.first().map(|contact| contact.id.clone()).unwrap_or_default();
    let report = dossier.reports(&all(), Paging::first(1))?.items.remove(0).id;
    let month = counts.last.as_deref().and_then(|day| Edtf::parse(&day[..7]).ok());
    let (since, until) = month.as_ref().map_or((None, None), days_of);
    let sides = Filter { sides: vec![side(0), side(1)], ..all() };
    let one_side = Filter { sides: vec![side(0)], ..all() };
    let of_actor = Filter { actors: vec![actor.id.clone()], ..all() };
    let held = Filter { statuses: vec!["held".to_owned()], ..all() };
    let within = Filter { since, until, ..all() };
    // Words of most contacts, of all statements, of all reports.
    let in_contacts = Filter { words: Some(wanted("pourparlers")), ..all() };
    let in_statements = Filter { words: Some(wanted("déclarer")), ..all() };
    let in_reports = Filter { words: Some(wanted("jour")), ..all() };
    let rare = Filter { words: Some(wanted(&actor.name)), ..all() };
    let denied = Filter { acts: vec!["deny".to_owned()], ..one_side.clone() };
    let deep = Paging { limit: Some(50), offset: counts.contacts.saturating_sub(60) };
    type Question<'q> = (&'q str, Box<dyn Fn() -> Result<usize, StoreError> + 'q>);
    let questions: Vec<Question<'_>> = vec![
        ("contacts", Box::new(|| Ok(dossier.contacts(&all(), page)?.total))),
        ("contacts, last page", Box::new(|| Ok(dossier.contacts(&all(), deep)?.total))),
        ("contacts of two sides", Box::new(|| Ok(dossier.contacts(&sides, page)?.total))),
        ("contacts of a person", Box::new(|| Ok(dossier.contacts(&of_actor, page)?.total))),
        ("contacts held", Box::new(|| Ok(dossier.contacts(&held, page)?.total))),
        ("contacts of a month", Box::new(|| Ok(dossier.contacts(&within, page)?.total))),
        ("contacts by words", Box::new(|| Ok(dossier.contacts(&in_contacts, page)?.total))),
        ("statements", Box::new(|| Ok(dossier.statements(&all(), page)?.total))),
        ("statements of a person", Box::new(|| Ok(dossier.statements(&of_actor, page)?.total))),
        ("denials of a side", Box::new(|| Ok(dossier.statements(&denied, page)?.total))),
        ("statements by words", Box::new(|| Ok(dossier.statements(&in_statements, page)?.total))),
        ("statements about held", Box::new(|| Ok(dossier.statements(&held, page)?.total))),
        ("actors", Box::new(|| Ok(dossier.actors(&all(), page)?.total))),
        ("actors of a side", Box::new(|| Ok(dossier.actors(&one_side, page)?.total))),
        ("actors by name", Box::new(|| Ok(dossier.actors(&rare, page)?.total))),
        ("origins", Box::new(|| Ok(dossier.origins(&all(), page)?.total))),
        ("contradictions", Box::new(|| Ok(dossier.contradictions(&all(), page)?.total))),
        ("gaps", Box::new(|| Ok(dossier.gaps(&all(), page)?.total))),
        ("gaps of a side", Box::new(|| Ok(dossier.gaps(&one_side, page)?.total))),
        ("reports", Box::new(|| Ok(dossier.reports(&all(), page)?.total))),
        ("search, common words", Box::new(|| Ok(dossier.search(&in_reports, page)?.total))),
        ("search, a name", Box::new(|| Ok(dossier.search(&rare, page)?.total))),
        (
            "a contact",
            Box::new(|| Ok(dossier.contact_sheet(&contact)?.map_or(0, |sheet| sheet.reports.len()))),
        ),
        (
            "a person",
            Box::new(|| Ok(dossier.actor_sheet(&actor.id, page)?.map_or(0, |sheet| sheet.contacts.total))),
        ),
        ("a report", Box::new(|| Ok(dossier.report_sheet(&report)?.map_or(0, |sheet| sheet.contacts.len())))),
        ("an identifier", Box::new(|| Ok(dossier.named(&contact)?.len()))),
        ("counts", Box::new(|| Ok(dossier.counts()?.reports))),
    ];
    for (name, question) in questions {
        let mut took = Vec::with_capacity(ASKED);
        let mut found = 0;
        for _ in 0..ASKED {
            let begun = (Instant::now(), on_processor());
            found = question()?;
            took.push(spent(begun));
        }
        took.sort();
        let ms = |time: Duration| time.as_secs_f64() * 1000.0;
        let _ = writeln!(
            out,
            "{name:26} {found:>9}  median {:7.1} ms  slowest {:7.1} ms",
            ms(took[ASKED / 2]),
            ms(took[ASKED - 1])
        );
    }
    Ok(())
}
