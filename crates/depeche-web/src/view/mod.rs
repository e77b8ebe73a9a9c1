//! What all pages look like: the frame around them, and their parts.

mod frame;
mod parts;

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use depeche_interface::{Wording, legible};
use depeche_pipeline::records::Evidence;
use depeche_pipeline::store::Dossier;
use maud::Markup;

pub use parts::*;

use crate::ask::{Ask, Form};
use crate::fault::Fault;
use crate::places;
use crate::room::Room;

/// What a page is shown with.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The room.
    pub room: &'a Room,
    /// What was asked.
    pub ask: &'a Ask,
    /// The words.
    pub words: Wording<'a>,
    /// What the page does not show yet.
    pub behind: Option<Behind>,
}

/// What is kept and not shown yet.
#[derive(Debug, Clone, Copy)]
pub struct Behind {
    /// So many judgements; where there are none, reports.
    pub judgements: usize,
}

impl Behind {
    /// How far what a dossier shows is behind what it keeps; none where it is not.
    pub fn of(dossier: &Dossier) -> Result<Option<Behind>, Fault> {
        if dossier.is_current()? {
            return Ok(None);
        }
        Ok(Some(Behind { judgements: dossier.waiting()?.len() }))
    }
}

/// A page as it goes into the frame.
pub struct Shown {
    /// What it is called.
    pub title: String,
    /// The key of the section that it belongs to; empty for none.
    pub section: &'static str,
    /// What it says.
    pub body: Markup,
}

impl<'a> View<'a> {
    /// For a request.
    pub fn new(room: &'a Room, ask: &'a Ask) -> View<'a> {
        View { room, ask, words: Wording::new(room.interface(ask.language)), behind: None }
    }

    /// The same on a page that is so far behind.
    pub fn behind(self, behind: Option<Behind>) -> View<'a> {
        View { behind, ..self }
    }

    /// The words of a key.
    pub fn say(&self, key: &str) -> String {
        self.words.say(key)
    }

    /// Where something came from, as this room tells it.
    pub fn place(&self, address: &str) -> String {
        if self.room.is_shared() { places::bare(address).to_owned() } else { address.to_owned() }
    }

    /// Words that may name a place, as this room tells them.
    pub fn words_of(&self, words: &str) -> String {
        if self.room.is_shared() { places::bare_words(words) } else { words.to_owned() }
    }

    /// A count in words.
    pub fn count(&self, key: &str, n: usize) -> String {
        self.words.count(key, n)
    }
}

/// A page in its frame. Whatever in it would turn the order of letters or steer a display is shown as `�`.
pub fn html(view: &View<'_>, shown: &Shown) -> Response {
    let page = frame::frame(view, shown).into_string();
    let page = legible(&page).into_owned();
    ([(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))], page).into_response()
}

/// A record as JSON. In a shared room, where files lie is left out.
pub fn json(room: &Room, record: &impl serde::Serialize) -> Result<Response, Fault> {
    let body = match room.is_shared() {
        false => serde_json::to_vec(record),
        true => serde_json::to_value(record).and_then(|mut value| {
            places::hide(&mut value);
            serde_json::to_vec(&value)
        }),
    };
    let body = body.map_err(|error| Fault::Own(error.to_string()))?;
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], body).into_response())
}

/// The page of a fault.
pub fn fault(room: &Room, ask: &Ask, fault: &Fault) -> Response {
    let interface = room.interface(ask.language);
    if ask.form == Form::Json {
        // A record of strings and a number is always written.
        return json(room, &fault.record(interface)).unwrap_or_else(|_| fault.status().into_response());
    }
    let title = interface.say(match fault.status().as_u16() {
        404 => "fault-title-unknown",
        401 | 403 | 429 => "fault-title-refused",
        503 => "fault-title-dossier",
        500 => "fault-title-own",
        _ => "fault-title-bad",
    });
    html(&View::new(room, ask), &Shown { title, section: "", body: fault.show(interface) })
}

/// The place of evidence on the page of its report, where it is marked.
pub fn place_of(report: &str, evidence: &Evidence) -> String {
    let (start, end) = (evidence.start, evidence.end);
    format!("{}?at={start}-{end}#at-{start}", parts::report_path(report))
}
