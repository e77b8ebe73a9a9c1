//! `/export`: the dossier for other programs, a file a format; `/export/FORMAT` is the file.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use depeche_export::{Format, Material, Memory, Options, export};
use depeche_pipeline::store::{Dossier, Filter, Paging};
use depeche_record::{Day, Edtf};
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::Serialize;

use super::Page;
use crate::ask::Ask;
use crate::fault::Fault;
use crate::places::bare;
use crate::room::Room;
use crate::view::{Shown, View};

/// Most reports of a dossier that is exported from here: all of it is held at once.
const MOST: usize = 3_000;

/// The formats.
#[derive(Serialize, JsonSchema)]
pub struct Export {
    /// Reports in the dossier.
    reports: usize,
    /// Most reports of a dossier that is exported from here.
    most: usize,
    formats: Vec<Offered>,
}

/// A format.
#[derive(Serialize, JsonSchema)]
struct Offered {
    name: &'static str,
    /// The files that can be had, by the ends of their paths; none where the format is a folder.
    files: Vec<String>,
}

impl Page for Export {
    fn ask(dossier: &Dossier, ask: &Ask) -> Result<Export, Fault> {
        if let Some(name) = ask.parameters.stranger(&[]) {
            return Err(Fault::bad("fault-filter-unknown", name));
        }
        let reports = dossier.reports(&Filter::default(), Paging::first(0))?.total;
        let offered = |format: &Format| Offered {
            name: format.name(),
            files: match format.is_folder() {
                true => format.tables().iter().map(|table| format!("{}-{table}", format.name())).collect(),
                false => vec![format.name().to_owned()],
            },
        };
        Ok(Export { reports, most: MOST, formats: Format::ALL.iter().map(offered).collect() })
    }

    fn show(&self, view: &View<'_>) -> Shown {
        let is_small = self.reports <= self.most;
        let link = |file: &str, words: &str| -> Markup {
            html! { @if is_small { a href={ "/export/" (file) } download { (words) } } @else { (words) } }
        };
        let body = html! {
            p { (view.say("room-export-how")) }
            @if !is_small { p.notice { (view.count("room-export-many", self.most)) } }
            dl.facts.formats {
                @for format in &self.formats {
                    dt { @match format.files.as_slice() { [one] => (link(one, format.name)), _ => (format.name) } }
                    dd {
                        (view.say(&format!("format-{}", format.name)))
                        @if format.files.len() > 1 {
                            " — "
                            @for (n, file) in format.files.iter().enumerate() { @if n > 0 { ", " } (link(file, file.rsplit('-').next().unwrap_or_default())) }
                        }
                        @if format.files.is_empty() { " " code { "depeche export --to " (format.name) } }
                    }
                }
                dt { "pdf" }
                dd { (view.say("format-pdf")) " " code { "depeche export --to pdf" } }
            }
        };
        Shown { title: view.say("room-export"), section: "room-export", body }
    }
}

/// Writes the file of a format, or a table of one: `html`, `csv-contacts`.
pub async fn file(
    State(room): State<Arc<Room>>,
    Extension(ask): Extension<Ask>,
    Path(name): Path<String>,
) -> Result<Response, Fault> {
    let unknown = || Fault::Unknown(name.clone());
    let (named, table) =
        name.split_once('-').map_or((name.as_str(), None), |(named, table)| (named, Some(table)));
    let format = *Format::ALL.iter().find(|format| format.name() == named).ok_or_else(unknown)?;
    let table = match table {
        Some(table) => Some(*format.tables().iter().find(|there| **there == table).ok_or_else(unknown)?),
        None if format.is_folder() => return Err(unknown()),
        None => None,
    };
    // One at a time: it holds the whole dossier.
    let _turn = room.exports.acquire().await.map_err(|_| Fault::Busy)?;
    let bytes = {
        let ask = ask.clone();
        room.ask(move |room, dossier| written(room, dossier, &ask, format, table)).await?
    };
    let file = format!("{}.{}", table.unwrap_or("dossier"), format.extension());
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    // Kept, never shown as a page of the room.
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{file}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

fn written(
    room: &Room,
    dossier: &Dossier,
    ask: &Ask,
    format: Format,
    table: Option<&str>,
) -> Result<Vec<u8>, Fault> {
    if dossier.reports(&Filter::default(), Paging::first(0))?.total > MOST {
        return Err(Fault::bad("fault-export-many", format.name()));
    }
    let pipeline = room.pipeline()?;
    let mut read = pipeline.load(dossier)?;
    if room.is_shared() {
        for (report, _) in &mut read {
            report.address = bare(&report.address).to_owned();
        }
    }
    let resolved = pipeline.resolve_kept(&read, &dossier.judgements()?);
    let time = (room.settings.clock)();
    let today = time.get(..10).and_then(|day| Edtf::parse(day).ok()).and_then(|day| day.days());
    let material = Material {
        dossier: &resolved,
        read: &read,
        problems: &[],
        today: today.map_or(Day { year: 1970, month: 1, day: 1 }, |(day, _)| day),
        gazetteer: pipeline.gazetteer(),
        interface: room.interface(ask.language),
    };
    let mut memory = Memory::default();
    // Spreadsheets know UTF-8 by the mark.
    let options = Options { bom: true, ..Options::default() };
    export(format, &material, &options, &mut memory).map_err(|error| Fault::Own(error.to_string()))?;
    let wanted = table.map(|table| format!("{table}.{}", format.extension()));
    let mut files = memory.files.into_iter();
    let found = files.find(|(name, _)| wanted.as_ref().is_none_or(|wanted| wanted == name));
    Ok(found.map(|(_, bytes)| bytes).unwrap_or_default())
}
