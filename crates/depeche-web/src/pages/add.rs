//! `/add`: reports that people bring: files, or a text that they paste.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use axum::Extension;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{Multipart, State};
use axum::response::Response;
use depeche_pipeline::acquire::{Options, captures};
use depeche_pipeline::records::{ProblemRecord, problem_record};
use depeche_pipeline::store::{Admission, Dossier};
use depeche_pipeline::{BATCH, Desk, Event};
use depeche_record::Capture;
use maud::html;
use serde::Serialize;
use serde_json::json;
use tempfile::TempDir;

use super::Page;
use crate::ask::{Ask, Form};
use crate::fault::Fault;
use crate::guard::bears_token;
use crate::parameters::Parameters;
use crate::room::Room;
use crate::view::{self, Shown, View, report_path};

/// Most bytes of all that is brought at once.
pub const MOST: usize = 64 << 20;
/// Most files at once.
const FILES: usize = 200;
/// Most bytes of a field that is no file.
const FIELD: usize = 2 << 20;

/// What came of what was brought; at first nothing.
#[derive(Default, Serialize)]
pub struct Add {
    outcomes: Vec<Outcome>,
    problems: Vec<ProblemRecord>,
}

/// What came of a report.
#[derive(Serialize)]
struct Outcome {
    report: String,
    /// `new`, `version`, `reread` or `known`.
    outcome: &'static str,
}

impl Page for Add {
    fn ask(_: &Dossier, ask: &Ask) -> Result<Add, Fault> {
        match ask.parameters.stranger(&[]) {
            Some(name) => Err(Fault::bad("fault-filter-unknown", name)),
            None => Ok(Add::default()),
        }
    }

    fn show(&self, view: &View<'_>) -> Shown {
        let input = |name: &str, key: &str, kind: &str| {
            html! { p { label for={ "a-" (name) } { (view.say(key)) } input id={ "a-" (name) } name=(name) type=(kind) maxlength="2000"; } }
        };
        let body = html! {
            @if !self.outcomes.is_empty() {
                section aria-labelledby="added" role="status" {
                    h2 #added { (view.say("room-added")) }
                    ul.plain {
                        @for one in &self.outcomes {
                            li { (view.say(said(one.outcome))) " " a href=(report_path(&one.report)) { bdi { (one.report) } } }
                        }
                    }
                }
            }
            @if !self.problems.is_empty() {
                section aria-labelledby="problems" role="status" {
                    h2 #problems { (view.say("problems-heading")) }
                    ul.plain {
                        @for problem in &self.problems {
                            li { bdi { (problem.subject) } " — " (view.words.label("problem", &problem.kind)) }
                        }
                    }
                }
            }
            @if !view.ask.may_change { p.notice { (view.say("fault-room-read-only")) } }
            @else {
                form method="post" action="/add" enctype="multipart/form-data" {
                    input type="hidden" name="token" value=[view.ask.token.as_deref()];
                    section aria-labelledby="files" {
                        h2 #files { (view.say("room-add-files")) }
                        p { label for="a-files" { (view.say("room-add-files-how")) } input #a-files type="file" name="files" multiple; }
                    }
                    section aria-labelledby="paste" {
                        h2 #paste { (view.say("room-add-text")) }
                        p { label for="a-text" { (view.say("room-text")) } textarea #a-text name="text" rows="12" {} }
                        div.filters {
                            (input("title", "room-title", "text"))
                            (input("outlet", "room-outlet", "text"))
                            (input("published", "room-published", "date"))
                            (input("url", "room-address", "url"))
                        }
                    }
                    p { button type="submit" { (view.say("room-add")) } }
                }
                p.soft.small { (view.say("room-add-limits")) }
            }
        };
        Shown { title: view.say("room-add"), section: "room-add", body }
    }
}

/// The key of the words for an outcome.
fn said(outcome: &str) -> &'static str {
    match outcome {
        "new" => "room-added-new",
        "version" => "room-added-version",
        _ => "room-added-known",
    }
}

/// Takes reports in, and shows the dossier as it then is.
pub async fn add(
    State(room): State<Arc<Room>>,
    Extension(mut ask): Extension<Ask>,
    mut form: Multipart,
) -> Result<Response, Fault> {
    let folder = tempfile::tempdir().map_err(|_| Fault::Store(depeche_pipeline::store::StoreError::Full))?;
    let mut fields = serde_json::Map::new();
    let mut is_ours = false;
    let mut files = 0;
    while let Some(field) = form.next_field().await.map_err(|error| refused(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        match name.as_str() {
            "token" => {
                let token = text(field).await?;
                bears_token(&ask, &Parameters::default().and("token", &token))?;
                is_ours = true;
            }
            // What has no token before it is not taken in at all.
            _ if !is_ours => return Err(Fault::Forbidden("fault-token")),
            "files" => {
                let named = field.file_name().unwrap_or_default().to_owned();
                if named.is_empty() {
                    continue;
                }
                files += 1;
                if files > FILES {
                    return Err(Fault::TooLarge);
                }
                keep(field, &folder, files, &named).await?;
            }
            "text" | "title" | "outlet" | "published" | "url" => {
                let value = text(field).await?;
                if !value.trim().is_empty() {
                    fields.insert(name, json!(value));
                }
            }
            _ => return Err(Fault::bad("fault-filter-unknown", name)),
        }
    }
    if !is_ours {
        return Err(Fault::Forbidden("fault-token"));
    }
    if fields.contains_key("text") {
        let line = serde_json::Value::Object(fields).to_string();
        fs::write(folder.path().join("text.jsonl"), line).map_err(disk)?;
    } else if files == 0 {
        return Err(Fault::bad("fault-add-nothing", ""));
    }
    ask.parameters = Parameters::default();
    room.change(move |room, dossier| {
        let page = take_in(room, dossier, folder.path())?;
        let view = View::new(room, &ask);
        match ask.form {
            Form::Json => view::json(&page),
            Form::Html => Ok(view::html(&view, &page.show(&view))),
        }
    })
    .await
}

/// Reads the files of a folder into the dossier.
fn take_in(room: &Room, dossier: &mut Dossier, folder: &Path) -> Result<Add, Fault> {
    let options = Options::default();
    let inputs = [folder.to_owned()];
    // Where the files lay for a moment says nothing to anybody.
    let prefix = format!("{}{}", folder.display(), std::path::MAIN_SEPARATOR);
    let plain = |place: &str| place.replace(&prefix, "browser:");
    let brought = captures(&inputs, &options).map(|capture| {
        let mut capture = capture.map_err(|mut problem| {
            problem.subject = plain(&problem.subject);
            problem
        })?;
        capture.address = plain(&capture.address);
        Ok(capture)
    });
    let place = |capture: &Capture| match &capture.given.url {
        Some(url) => format!("url {}", url.split('#').next().unwrap_or(url)),
        None => format!("bytes {}", capture.digest),
    };
    let desk = Desk { place: &place, clock: &room.settings.clock, batch: BATCH };
    let mut page = Add::default();
    room.pipeline()?.add(dossier, brought, &desk, |event| match event {
        Event::Kept { admission, problems, .. } => {
            let outcome = match admission {
                Admission::New { .. } => "new",
                Admission::Version { .. } => "version",
                Admission::Reread { .. } => "reread",
                Admission::Known { .. } => "known",
            };
            page.outcomes.push(Outcome { report: admission.id().to_owned(), outcome });
            page.problems.extend(problems.into_iter().map(problem_record));
        }
        Event::Missed(problem) => page.problems.push(problem_record(problem)),
        Event::Resolving { .. } => {}
    })?;
    Ok(page)
}

/// A field that is no file.
async fn text(mut field: Field<'_>) -> Result<String, Fault> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|error| refused(&error))? {
        if bytes.len() + chunk.len() > FIELD {
            return Err(Fault::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_| Fault::bad("fault-unreadable", ""))
}

/// Keeps a file under a name that leads nowhere else; its ending tells what it is.
async fn keep(mut field: Field<'_>, folder: &TempDir, number: usize, named: &str) -> Result<(), Fault> {
    let mut file = File::create(folder.path().join(file_name(number, named))).map_err(disk)?;
    while let Some(chunk) = field.chunk().await.map_err(|error| refused(&error))? {
        file.write_all(&chunk).map_err(disk)?;
    }
    file.flush().map_err(disk)
}

/// A name for a file that a browser named: letters, digits, points and hyphens, at most so many, behind its number.
fn file_name(number: usize, named: &str) -> String {
    let last = named.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String =
        last.chars().map(|c| if c.is_alphanumeric() || ".-_".contains(c) { c } else { '-' }).collect();
    let tail: Vec<char> = plain.chars().rev().take(60).collect();
    let tail: String = tail.into_iter().rev().collect();
    format!("{number:03}-{}", tail.trim_start_matches(['.', '-']))
}

fn disk(_: std::io::Error) -> Fault {
    Fault::Store(depeche_pipeline::store::StoreError::Full)
}

fn refused(error: &MultipartError) -> Fault {
    match error.status().as_u16() {
        413 => Fault::TooLarge,
        _ => Fault::bad("fault-unreadable", ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_lead_nowhere() {
        assert_eq!(file_name(1, "../../etc/passwd"), "001-passwd");
        assert_eq!(file_name(2, "C:\\a\\.html"), "002-html");
        assert_eq!(file_name(3, "rapport <b>.html"), "003-rapport--b-.html");
        assert_eq!(file_name(4, &format!("{}.txt", "é".repeat(300))).chars().count(), 64);
        assert_eq!(file_name(5, ".."), "005-");
    }
}
