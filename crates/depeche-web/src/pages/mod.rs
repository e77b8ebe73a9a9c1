//! The pages, one file each: what each asks of the dossier, which is its JSON, and how that is shown.

mod actor;
mod actors;
mod add;
mod contact;
mod contacts;
mod contradictions;
mod coverage;
mod deciding;
mod export;
mod gaps;
mod judgement;
mod judgements;
mod map;
mod network;
mod origins;
mod report;
mod reports;
mod search;
mod statements;
mod today;

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, State};
use axum::response::Response;
use depeche_pipeline::records::ReportRecord;
use depeche_pipeline::store::{Dossier, Filter, Item, Paging};
use schemars::JsonSchema;
use serde::Serialize;

pub use actor::Actor;
pub use actors::Actors;
pub use add::{Add, Adding, MOST, add, adding};
pub use contact::Contact;
pub use contacts::Contacts;
pub use contradictions::Contradictions;
pub use coverage::Coverage;
pub use deciding::judge;
pub use export::{Export, file};
pub use gaps::Gaps;
pub use judgement::Judgement;
pub use judgements::Judgements;
pub use map::Map;
pub use network::Network;
pub use origins::Origins;
pub use report::Report;
pub use reports::Reports;
pub use search::Search;
pub use statements::Statements;
pub use today::Today;

use crate::ask::{Ask, Form};
use crate::fault::Fault;
use crate::room::Room;
use crate::view::{self, Behind, Shown, View};

/// A page. Written as JSON it is what programs read; what people read is made of it and of nothing else.
pub trait Page: Serialize + JsonSchema + Sized {
    /// Asks the dossier.
    fn ask(dossier: &Dossier, ask: &Ask) -> Result<Self, Fault>;

    /// For people.
    fn show(&self, view: &View<'_>) -> Shown;
}

/// Answers with a page in the shape that is wanted.
pub async fn page<P: Page + 'static>(
    State(room): State<Arc<Room>>,
    Extension(mut ask): Extension<Ask>,
    id: Option<Path<String>>,
) -> Result<Response, Fault> {
    if let Some(Path(id)) = id {
        ask.id = id;
    }
    room.ask(move |room, dossier| {
        let page = P::ask(dossier, &ask)?;
        match ask.form {
            Form::Json => view::json(room, &page),
            Form::Html => {
                let view = View::new(room, &ask).behind(Behind::of(dossier)?);
                Ok(view::html(&view, &page.show(&view)))
            }
        }
    })
    .await
}

/// The reports of these identifiers, each once.
fn reports_named<'i>(
    dossier: &Dossier,
    ids: impl Iterator<Item = &'i str>,
) -> Result<Vec<ReportRecord>, Fault> {
    let mut ids: Vec<String> = ids.map(str::to_owned).collect();
    ids.sort();
    ids.dedup();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    // As many holes as a question may have.
    let mut reports = Vec::new();
    for ids in ids.chunks(500) {
        let named = Filter { ids: ids.to_vec(), ..Filter::default() };
        reports.extend(dossier.reports(&named, Paging::ALL)?.items);
    }
    Ok(reports)
}

/// The fault of an item that is not there: it goes by another identifier where it has one since.
fn missing(dossier: &Dossier, ask: &Ask, item: Item, path: fn(&str) -> String) -> Result<Fault, Fault> {
    let named = dossier.named(&ask.id)?;
    Ok(match named.as_slice() {
        [one] if one.item == item && one.id != ask.id => {
            let ending = if ask.form == Form::Json { ".json" } else { "" };
            Fault::Moved(format!("{}{ending}", path(&one.id)))
        }
        _ => Fault::Unknown(ask.id.clone()),
    })
}

/// The language of a report; empty where it is not known.
fn language_of<'r>(reports: &'r [ReportRecord], id: &str) -> &'r str {
    reports.iter().find(|report| report.id == id).map_or("", |report| &report.language)
}
