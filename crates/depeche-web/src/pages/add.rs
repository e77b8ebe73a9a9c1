//! `/add`: reports that people bring: files, addresses on the web, or a text that they paste; and how far that is.
//!
//! What is brought becomes a task. Its answer comes when the task is over or after a little while, whichever is first, and
//! leads to the task's own page, which tells how far it is.

use std::fs::{self, File};
use std::io::Write;
use std::path::{MAIN_SEPARATOR, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::body::Body;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Path, Request, State};
use axum::http::header;
use axum::response::Response;
use depeche_pipeline::acquire::{Network, Options, captures};
use depeche_pipeline::records::{ProblemRecord, problem_record};
use depeche_pipeline::store::{Admission, Dossier, StoreError};
use depeche_pipeline::{Desk, Event};
use depeche_record::{Capture, Problem, ProblemKind};
use http_body_util::BodyExt;
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;
use tempfile::TempDir;

use super::Page;
use crate::ask::{Ask, Form};
use crate::fault::{Fault, FaultBody};
use crate::guard::{bears_token, see_other};
use crate::parameters::Parameters;
use crate::room::Room;
use crate::tasks::{Phase, Progress, Task};
use crate::view::{self, Shown, View, report_path, web_address};

/// Most bytes of all that is brought at once.
pub const MOST: usize = 64 << 20;
/// Most files at once.
const FILES: usize = 200;
/// Most addresses at once.
const ADDRESSES: usize = 100;
/// Most bytes of a field that is no file.
const FIELD: usize = 2 << 20;
/// Reports that are kept at a time: few, so that readers see how far it is.
const BATCH: usize = 20;
/// How long an answer waits for its task.
const WAIT: Duration = Duration::from_secs(4);
/// How long a body that is too large is let run through.
const PASSING: Duration = Duration::from_secs(20);
/// How long a body may take to come.
const UPLOAD: Duration = Duration::from_secs(900);

/// What can be brought.
#[derive(Serialize, JsonSchema)]
pub struct Add {
    /// Most bytes at once.
    bytes: usize,
    /// Most files at once.
    files: usize,
    /// Most addresses at once.
    addresses: usize,
}

impl Page for Add {
    fn ask(_: &Dossier, ask: &Ask) -> Result<Add, Fault> {
        match ask.parameters.stranger(&[]) {
            Some(name) => Err(Fault::bad("fault-filter-unknown", name)),
            None => Ok(Add { bytes: MOST, files: FILES, addresses: ADDRESSES }),
        }
    }

    fn show(&self, view: &View<'_>) -> Shown {
        let input = |name: &str, key: &str, kind: &str| {
            html! { p { label for={ "a-" (name) } { (view.say(key)) } input id={ "a-" (name) } name=(name) type=(kind) maxlength="2000"; } }
        };
        let body = html! {
            @if !view.ask.may_change { p.notice { (view.say("fault-room-read-only")) } }
            @else {
                form #bring method="post" action="/add" enctype="multipart/form-data" data-most=(self.bytes) data-large=(view.say("fault-too-large")) {
                    input type="hidden" name="token" value=[view.ask.token.as_deref()];
                    section.drop aria-labelledby="files" {
                        h2 #files { (view.say("room-add-files")) }
                        p { label for="a-files" { (view.say("room-add-files-how")) } input #a-files type="file" name="files" multiple; }
                        p.soft.small #chosen role="status" {}
                    }
                    @if view.room.settings.fetch.is_some() {
                        section aria-labelledby="addresses" {
                            h2 #addresses { (view.say("room-add-addresses")) }
                            p { label for="a-addresses" { (view.say("room-add-addresses-how")) } textarea #a-addresses name="addresses" rows="4" spellcheck="false" placeholder="https://" {} }
                        }
                    }
                    section aria-labelledby="paste" {
                        h2 #paste { (view.say("room-add-text")) }
                        p { label for="a-text" { (view.say("room-text")) } textarea #a-text name="text" rows="8" {} }
                        div.filters {
                            (input("title", "room-title", "text"))
                            (input("outlet", "room-outlet", "text"))
                            (input("published", "room-published", "date"))
                            (input("url", "room-address", "url"))
                        }
                    }
                    p { button.main type="submit" { (view.say("room-add")) } }
                }
                p.soft.small { (view.say("room-add-limits")) }
                @if view.room.settings.fetch.is_none() { p.soft.small { (view.say("room-add-no-fetch")) } }
            }
        };
        Shown { title: view.say("room-add"), section: "room-add", body }
    }
}

/// A task and how far it is.
#[derive(Serialize, JsonSchema)]
pub struct Adding {
    id: String,
    #[serde(flatten)]
    progress: Progress,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<FaultBody>,
}

impl Adding {
    fn of(task: &Task, view: &View<'_>) -> Adding {
        let progress = task.progress();
        let error = progress.fault.as_ref().map(|fault| fault.record(view.words.interface).error);
        Adding { id: task.id.clone(), progress, error }
    }

    fn show(&self, view: &View<'_>) -> Shown {
        let Progress { phase, inputs, fetched, reports, outcomes, problems, .. } = &self.progress;
        let is_over = self.progress.is_over();
        let said = match phase {
            Phase::Waiting => view.say("room-adding-waiting"),
            Phase::Fetching => view.say("room-adding-fetching"),
            Phase::Reading => view.say("room-adding-reading"),
            Phase::Resolving => view.say("room-adding-resolving"),
            Phase::Done => view.say("room-adding-done"),
            Phase::Failed => view.say("room-adding-failed"),
        };
        let failed = problems.iter().filter(|problem| problem.failure).count();
        let body = html! {
            div #adding data-over[is_over] data-at=[(!is_over).then(|| format!("{}.json", view.ask.path))] {
                p.lead role="status" {
                    (said)
                    @if !is_over { " " progress aria-label=(said) max=[(*inputs > 0).then_some(*inputs)] value=[(*phase == Phase::Fetching && *inputs > 1).then_some(fetched + failed)] {} }
                }
                p {
                    (view.count("found-inputs", *inputs)) " · " span #adding-reports { (view.count("found-reports", *reports)) }
                    @if failed > 0 { " · " span.against { (view.count("found-failures", failed)) } }
                }
                @if !is_over { p { a href=(view.ask.path) { (view.say("room-adding-again")) } } }
                @else { p { a href="/" { (view.say("room-adding-today")) } " · " a href="/add" { (view.say("room-adding-more")) } } }
            }
            @if let Some(error) = &self.error { p.notice { b { (error.message) } " " (error.advice) } }
            @if !problems.is_empty() {
                section aria-labelledby="problems" {
                    h2 #problems { (view.say("problems-heading")) }
                    ul.plain { @for problem in problems { li { (problem_item(view, problem)) } } }
                }
            }
            @if !outcomes.is_empty() {
                section aria-labelledby="added" {
                    h2 #added { (view.say("room-added")) }
                    ul.plain {
                        @for one in outcomes {
                            li data-item { span.outcome.(one.outcome) { (view.say(said_of(one.outcome))) } " " a href=(report_path(&one.report)) { bdi { (one.report) } } }
                        }
                    }
                    @if outcomes.len() < *reports { p.soft { (view.say("room-added-more")) } }
                }
            }
        };
        Shown { title: view.say("room-add"), section: "room-add", body }
    }
}

/// What is wrong with an input, and what to do.
fn problem_item(view: &View<'_>, problem: &ProblemRecord) -> Markup {
    html! {
        bdi { (view.place(&problem.subject)) } " — " (view.words.label("problem", &problem.kind))
        @if !problem.detail.is_empty() { span.soft { " — " bdi lang="en" { (view.words_of(&problem.detail)) } } }
    }
}

/// The key of the words for an outcome.
fn said_of(outcome: &str) -> &'static str {
    match outcome {
        "new" => "room-added-new",
        "version" => "room-added-version",
        _ => "room-added-known",
    }
}

/// How far a task is.
pub async fn adding(
    State(room): State<Arc<Room>>,
    Extension(ask): Extension<Ask>,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let task = room.tasks.named(&id).ok_or(Fault::Unknown(id))?;
    answer(&room, &ask, &task)
}

fn answer(room: &Room, ask: &Ask, task: &Task) -> Result<Response, Fault> {
    let view = View::new(room, ask);
    let adding = Adding::of(task, &view);
    match ask.form {
        Form::Json => view::json(room, &adding),
        Form::Html => Ok(view::html(&view, &adding.show(&view))),
    }
}

/// What somebody brought: files in a folder of their own, and addresses.
struct Brought {
    folder: TempDir,
    files: usize,
    addresses: Vec<String>,
}

/// Takes reports in; leads to the page that tells what came of them.
pub async fn add(
    State(room): State<Arc<Room>>,
    Extension(ask): Extension<Ask>,
    request: Request,
) -> Result<Response, Fault> {
    let told = request.headers().get(header::CONTENT_LENGTH).and_then(|told| told.to_str().ok());
    if told.and_then(|told| told.parse::<u64>().ok()).is_some_and(|told| told > MOST as u64) {
        pass_over(request.into_body()).await;
        return Err(Fault::TooLarge);
    }
    let form =
        Multipart::from_request(request, &room).await.map_err(|_| Fault::bad("fault-unreadable", ""))?;
    let brought = tokio::time::timeout(UPLOAD, bring(&room, &ask, form)).await;
    let brought = brought.map_err(|_| Fault::bad("fault-unreadable", ""))??;
    let task = room.tasks.begin(brought.files + brought.addresses.len())?;
    tokio::spawn(carry_out(Arc::clone(&room), Arc::clone(&task), brought));
    task.wait(WAIT).await;
    match ask.form {
        Form::Json => answer(&room, &ask, &task),
        Form::Html => Ok(see_other(&format!("/add/{}", task.id))),
    }
}

/// Lets a body that is too large run through, for a while: a browser that is still sending hears no answer.
async fn pass_over(mut body: Body) {
    let all = async { while let Some(Ok(_)) = body.frame().await {} };
    // Who sends for longer hears that the connection is closed.
    let _ = tokio::time::timeout(PASSING, all).await;
}

/// Reads the form.
async fn bring(room: &Room, ask: &Ask, mut form: Multipart) -> Result<Brought, Fault> {
    let folder = tempfile::tempdir().map_err(disk)?;
    let mut fields = serde_json::Map::new();
    let mut is_ours = false;
    let (mut files, mut addresses) = (0, Vec::new());
    while let Some(field) = form.next_field().await.map_err(|error| refused(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        match name.as_str() {
            "token" => {
                let token = text(field).await?;
                bears_token(ask, &Parameters::default().and("token", &token))?;
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
            "addresses" => addresses = addresses_of(&text(field).await?)?,
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
    if !addresses.is_empty() && room.settings.fetch.is_none() {
        return Err(Fault::Forbidden("fault-no-fetch"));
    }
    if fields.contains_key("text") {
        let line = serde_json::Value::Object(fields).to_string();
        fs::write(folder.path().join("text.jsonl"), line).map_err(disk)?;
        files += 1;
    }
    match files + addresses.len() {
        0 => Err(Fault::bad("fault-add-nothing", "")),
        _ => Ok(Brought { folder, files, addresses }),
    }
}

/// The addresses of a field, one a line, each once.
fn addresses_of(text: &str) -> Result<Vec<String>, Fault> {
    let mut addresses: Vec<String> = Vec::new();
    for line in text.split_whitespace() {
        let address = web_address(line).ok_or_else(|| Fault::bad("fault-add-address", line))?;
        if !addresses.iter().any(|there| there == address) {
            addresses.push(address.to_owned());
        }
    }
    if addresses.len() > ADDRESSES { Err(Fault::TooLarge) } else { Ok(addresses) }
}

/// Carries a task out and tells how it ended. What is fetched is fetched before the dossier is held for the change.
async fn carry_out(room: Arc<Room>, task: Arc<Task>, brought: Brought) {
    let done = async {
        let Brought { folder, files, addresses } = brought;
        let mut fetched = Vec::new();
        if let Some(network) = room.settings.fetch.clone().filter(|_| !addresses.is_empty()) {
            let telling = Arc::clone(&task);
            let fetching = tokio::task::spawn_blocking(move || fetch(network, &addresses, &telling));
            fetched = fetching.await.map_err(|_| Fault::Own("addresses could not be fetched".to_owned()))?;
        }
        let telling = Arc::clone(&task);
        room.change(move |room, dossier| {
            telling.tell(|progress| progress.phase = Phase::Reading);
            take_in(room, dossier, fetched, (files > 0).then_some(&folder), &telling)
        })
        .await
    };
    let done = done.await;
    task.tell(|progress| match done {
        Ok(()) => progress.phase = Phase::Done,
        Err(fault) => {
            progress.phase = Phase::Failed;
            progress.fault = Some(Arc::new(fault));
        }
    });
}

/// Fetches addresses, as many as there is room for; what cannot be had is told.
fn fetch(network: Network, addresses: &[String], task: &Task) -> Vec<Capture> {
    task.tell(|progress| progress.phase = Phase::Fetching);
    let options = Options { network, ..Options::default() };
    let inputs: Vec<PathBuf> = addresses.iter().map(PathBuf::from).collect();
    let mut fetched: Vec<Capture> = Vec::new();
    let mut bytes = 0;
    for capture in captures(&inputs, &options) {
        match capture {
            Ok(capture) if bytes + capture.bytes.len() <= MOST => {
                bytes += capture.bytes.len();
                fetched.push(capture);
                task.tell(|progress| progress.fetched += 1);
            }
            Ok(capture) => {
                let detail = "the addresses before it took all the room that there is; add it on its own";
                let problem = Problem::new(ProblemKind::TooLarge, capture.address, detail);
                task.tell(|progress| progress.met(problem_record(&problem)));
            }
            Err(problem) => task.tell(|progress| progress.met(problem_record(&problem))),
        }
    }
    fetched
}

/// Takes what was fetched, and the files of a folder, into the dossier.
fn take_in(
    room: &Room,
    dossier: &mut Dossier,
    fetched: Vec<Capture>,
    folder: Option<&TempDir>,
    task: &Task,
) -> Result<(), Fault> {
    let options = Options::default();
    let inputs: Vec<PathBuf> = folder.iter().map(|folder| folder.path().to_owned()).collect();
    // Where the files lay for a moment says nothing to anybody.
    let prefix = folder.map(|folder| format!("{}{MAIN_SEPARATOR}", folder.path().display()));
    let plain = |place: &str| match &prefix {
        Some(prefix) => place.replace(prefix, "browser:"),
        None => place.to_owned(),
    };
    let from_files = captures(&inputs, &options).map(|capture| {
        let mut capture = capture.map_err(|mut problem| {
            problem.subject = plain(&problem.subject);
            problem.detail = plain(&problem.detail);
            problem
        })?;
        capture.address = plain(&capture.address);
        Ok(capture)
    });
    let captured = fetched.into_iter().map(Ok).chain(from_files);
    let place = |capture: &Capture| match &capture.given.url {
        Some(url) => format!("url {}", url.split('#').next().unwrap_or(url)),
        None => format!("bytes {}", capture.digest),
    };
    let desk = Desk { place: &place, clock: &room.settings.clock, batch: BATCH };
    room.pipeline()?.add(dossier, captured, &desk, |event| match event {
        Event::Kept { admission, problems, .. } => {
            let outcome = match admission {
                Admission::New { .. } => "new",
                Admission::Version { .. } => "version",
                Admission::Reread { .. } => "reread",
                Admission::Known { .. } => "known",
            };
            task.tell(|progress| {
                progress.kept(admission.id(), outcome);
                problems.into_iter().for_each(|problem| progress.met(problem_record(problem)));
            });
        }
        Event::Missed(problem) => task.tell(|progress| progress.met(problem_record(problem))),
        Event::Resolving { .. } => task.tell(|progress| progress.phase = Phase::Resolving),
    })?;
    Ok(())
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
    Fault::Store(StoreError::Full)
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

    #[test]
    fn only_addresses_of_the_web_are_taken() {
        let two =
            addresses_of("https://example.org/a\n\n http://example.org/b https://example.org/a").unwrap();
        assert_eq!(two, ["https://example.org/a", "http://example.org/b"]);
        for bad in ["file:///etc/passwd", "/etc/passwd", "-", "javascript:alert(1)", "example.org"] {
            assert!(addresses_of(bad).is_err(), "{bad}");
        }
        let many: String = (0..=ADDRESSES).map(|n| format!("https://example.org/{n}\n")).collect();
        assert!(matches!(addresses_of(&many), Err(Fault::TooLarge)));
    }
}
