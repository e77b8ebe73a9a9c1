//! The dossier on disk, as the commands open and ask it.

use depeche_interface::{Interface, Wording};
use std::io::Write;
use std::path::Path;

use anyhow::anyhow;
use depeche_pipeline::store::{Dossier, Filter, Page as PageOf, Paging, StoreError, days_of};
use depeche_pipeline::{drop_unsure, wanted};
use depeche_record::{Reading, Report};
use serde_json::Value;

use crate::arguments::{DossierFile, Filters, InputsOrDossier, Listed, Printing, QuestionFormat};
use crate::output;
use crate::run::{Outcome, Run};
use crate::terminal::Page;

/// Opens a dossier to ask it; says where it does not show all that it keeps.
pub fn open(file: &DossierFile, interface: &Interface) -> anyhow::Result<Dossier> {
    let path = &file.dossier;
    let dossier = Dossier::open(path).map_err(|error| fault(path, &error, interface))?;
    if let Some(words) = behind(&dossier, interface).map_err(|error| fault(path, &error, interface))? {
        output::tell(&words);
    }
    Ok(dossier)
}

/// How far the view lags behind what is kept, in words, if it does.
pub fn behind(dossier: &Dossier, interface: &Interface) -> Result<Option<String>, StoreError> {
    if dossier.is_current()? {
        return Ok(None);
    }
    let path = dossier.path().display().to_string();
    let count = dossier.reports_not_shown()?;
    Ok(Some(interface.tell("dossier-behind", &[("path", path.into()), ("n", count.into())])))
}

/// Reads the inputs, or loads what is kept, and makes the dossier.
pub fn gather(
    inputs: &InputsOrDossier,
    run: &mut Run,
) -> anyhow::Result<(depeche_record::Dossier, Vec<(Report, Reading)>)> {
    match inputs.choose() {
        Ok(inputs) => {
            let mut read = Vec::new();
            run.read(&inputs, |_, report, reading| {
                read.push((report, reading));
                Ok(())
            })?;
            Ok((run.resolve(&read), read))
        }
        Err(file) => {
            let kept = open(&file, &run.interface)?;
            let told = |error| fault(kept.path(), &error, &run.interface);
            let loaded = kept
                .at_one_moment(|kept| Ok((run.pipeline.load(kept)?, kept.judgements()?, kept.coverage()?)));
            let (mut read, judgements, coverage) = loaded.map_err(told)?;
            run.found(!read.is_empty());
            // What is kept is kept whole; what is shown may be less.
            let least = run.pipeline.settings().min_confidence;
            if least > 0.0 {
                read.iter_mut().for_each(|(_, reading)| drop_unsure(reading, least));
            }
            let dossier = run.pipeline.resolve_kept(&read, &judgements);
            Ok((depeche_record::Dossier { coverage, ..dossier }, read))
        }
    }
}

/// What is wrong with a dossier, in the words of the interface.
pub fn fault(path: &Path, error: &StoreError, interface: &Interface) -> anyhow::Error {
    let words = match error {
        StoreError::Missing => interface.say("store-missing"),
        StoreError::NotADossier => interface.say("store-not-a-dossier"),
        StoreError::Newer { found, known } => interface
            .tell("store-newer", &[("found", found.to_string().into()), ("known", known.to_string().into())]),
        StoreError::Damaged { what } => interface.tell("store-damaged", &[("what", what.as_str().into())]),
        StoreError::Full => interface.say("store-full"),
        StoreError::ReadOnly => interface.say("store-read-only"),
        StoreError::Busy => interface.say("store-busy"),
        StoreError::Unknown { id } => interface.tell("store-unknown", &[("id", id.as_str().into())]),
        StoreError::Refused(why) => interface.tell("store-refused", &[("why", why.as_str().into())]),
    };
    anyhow!(
        interface.tell("labelled", &[("label", path.display().to_string().into()), ("words", words.into())])
    )
}

/// The time, RFC 3339 in UTC.
pub fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The filter of the arguments. People are looked up by name; none of that name, and nothing is found.
pub fn filter(filters: &Filters, dossier: &Dossier) -> Result<Filter, StoreError> {
    let (since, until) = filters.period.as_ref().map_or((None, None), days_of);
    let mut actors = Vec::new();
    for name in &filters.actor {
        if dossier.actor(name)?.is_some() {
            actors.push(name.clone());
            continue;
        }
        let named = Filter { words: Some(wanted(name)), ..Filter::default() };
        let found = dossier.actors(&named, Paging::ALL)?.items;
        if found.is_empty() {
            // No identifier is empty.
            actors.push(String::new());
        }
        actors.extend(found.into_iter().map(|actor| actor.id));
    }
    Ok(Filter {
        sides: dossier.sides_named(&filters.side)?,
        actors,
        statuses: filters.status.clone(),
        kinds: filters.kind.clone(),
        acts: filters.act.clone(),
        since,
        until,
        words: filters.text.as_deref().map(wanted),
        reports: filters.report.clone(),
        contacts: filters.contact.clone(),
        outlets: filters.outlet.clone(),
        most_origins: filters.most_origins,
        least_origins: filters.least_origins,
        ..Filter::default()
    })
}

/// The part of the list that is wanted.
pub fn paging(listed: &Listed) -> Paging {
    Paging { limit: (listed.limit > 0).then_some(listed.limit), offset: listed.offset }
}

/// Makes several rows of a table of an item.
pub type Rows<'l, T> = &'l dyn Fn(&T) -> Vec<Vec<String>>;

/// How a list is printed: as JSON by its shape, as a table by its columns, or entry by entry.
pub struct Listing<'l, T> {
    /// The key of the words that count the items.
    pub count: &'l str,
    /// Names of the columns of a table.
    pub columns: &'l [&'l str],
    /// An item as a row of a table.
    pub row: &'l dyn Fn(&T) -> Vec<String>,
    /// An item as several rows, where one is not enough.
    pub rows: Option<Rows<'l, T>>,
    /// An item as an entry of a list.
    pub entry: &'l dyn Fn(&T, &mut Page) -> std::io::Result<()>,
}

/// Prints a page of a list.
pub fn print<T: serde::Serialize>(
    answer: &PageOf<T>,
    listing: &Listing<'_, T>,
    listed: &Listed,
    printing: &Printing,
    wording: Wording<'_>,
) -> anyhow::Result<Outcome> {
    let mut output = output::open(printing, wording.interface)?;
    match listed.format {
        QuestionFormat::Json => {
            serde_json::to_writer_pretty(&mut output.stream, answer)?;
            output.stream.write_all(b"\n")?;
        }
        QuestionFormat::Csv => {
            let mut table = csv::Writer::from_writer(&mut output.stream);
            table.write_record(listing.columns)?;
            for item in &answer.items {
                match listing.rows {
                    Some(rows) => rows(item).into_iter().try_for_each(|row| table.write_record(row))?,
                    None => table.write_record((listing.row)(item))?,
                }
            }
            table.flush()?;
        }
        QuestionFormat::Text => {
            let mut page = Page::new(&mut output.stream, output.colour);
            for item in &answer.items {
                (listing.entry)(item, &mut page)?;
            }
            let shown = answer.items.len();
            let mut line = wording.count(listing.count, answer.total);
            if shown < answer.total && shown > 0 {
                line = wording.interface.tell(
                    "list-part",
                    &[
                        ("count", line.into()),
                        ("first", (answer.offset + 1).into()),
                        ("last", (answer.offset + shown).into()),
                    ],
                );
                if answer.offset + shown < answer.total {
                    line.push_str(
                        &wording
                            .interface
                            .tell("list-next", &[("offset", (answer.offset + shown).to_string().into())]),
                    );
                }
            }
            let line = page.dim(&line);
            page.paragraph("", "", &line)?;
        }
    }
    output.finish(wording.interface)?;
    Ok(if answer.total > 0 { Outcome::Found } else { Outcome::Nothing })
}

/// Prints a value as JSON.
pub fn print_json(value: &Value, printing: &Printing, interface: &Interface) -> anyhow::Result<()> {
    let mut output = output::open(printing, interface)?;
    serde_json::to_writer_pretty(&mut output.stream, value)?;
    output.stream.write_all(b"\n")?;
    output.finish(interface)
}
