//! The forms by which people decide, and `POST /judgements`, which takes a decision.
//!
//! A decision is on disk before it is answered. What follows from it is worked out behind the answer, which waits for that
//! for a moment: where it takes longer, the page of the judgement tells how far it is.

use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use depeche_interface::shorten;
use depeche_pipeline::judge::{self, Judged};
use depeche_pipeline::records::{JudgedRecord, JudgementRecord, SubjectRecord};
use depeche_pipeline::store::{Dossier, Filter, Paging, judgement_id};
use depeche_pipeline::wanted;
use maud::{Markup, html};

use super::judgement::{Judgement, judgement_path};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::guard::{back, bears_token, see_other};
use crate::parameters::{Parameters, address};
use crate::room::Room;
use crate::view::{QUOTED, View};

/// Most characters of what a person writes.
const WORDS: usize = 2_000;
/// How long an answer waits for the dossier to show what was decided.
const WAIT: Duration = Duration::from_millis(1_500);

/// What every form brings: the token, where to go back to, the item that is decided on.
fn hidden(view: &View<'_>, back: &str, id: &str) -> Markup {
    html! {
        input type="hidden" name="token" value=[view.ask.token.as_deref()];
        input type="hidden" name="back" value=(back);
        input type="hidden" name="id" value=(id);
    }
}

/// The field for who decides, filled in with who decided last in this browser.
fn author_field(view: &View<'_>, field: &str) -> Markup {
    html! {
        p { label for=(field) { (view.say("room-author")) } input id=(field) name="author" required maxlength="100" value=[view.ask.author.as_deref()] autocomplete="name"; }
    }
}

/// A field for words.
fn words_field(view: &View<'_>, field: &str, name: &str, key: &str) -> Markup {
    html! {
        p { label for=(field) { (view.say(key)) } input id=(field) name=(name) maxlength=(WORDS); }
    }
}

/// A form for decisions on an item, folded away.
#[derive(Clone, Copy)]
pub struct Judging<'a> {
    /// The item, as a decision names it.
    pub id: &'a str,
    /// What tells its fields from those of other forms on the page.
    pub prefix: &'a str,
    /// The page that it is on.
    pub path: &'a str,
    /// What of it can be corrected.
    pub fields: &'a [&'a str],
    /// Items that it may be the same as, by identifier and name; none where it is the same as nothing.
    pub others: Option<&'a [(String, String)]>,
}

impl Judging<'_> {
    /// The form.
    pub fn form(&self, view: &View<'_>) -> Markup {
        let Judging { id, prefix, path, fields, others } = *self;
        let field = |name: &str| format!("{prefix}-{name}");
        let input = |name: &str, key: &str| words_field(view, &field(name), name, key);
        html! {
            @if view.ask.may_change {
                details.judge {
                    summary { (view.say("room-judge")) }
                    form method="post" action="/judgements" {
                        (hidden(view, path, id))
                        // Enter in a field decides nothing.
                        button type="submit" disabled hidden {}
                        (author_field(view, &field("author")))
                        (input("reason", "room-reason"))
                        p { button name="decision" value="accept" { (view.say("room-accept")) } }
                        p { button name="decision" value="reject" { (view.say("room-reject")) } }
                        @if !fields.is_empty() {
                            div.break {}
                            p {
                                label for=(field("field")) { (view.say("room-field")) }
                                select id=(field("field")) name="field" { @for field in fields { option value=(field) { (view.words.label("field", field)) } } }
                            }
                            (input("value", "room-value"))
                            p { button name="decision" value="correct" { (view.say("room-correct")) } }
                        }
                        @if let Some(others) = others {
                            div.break {}
                            p {
                                label for=(field("other")) { (view.say("room-other")) }
                                input id=(field("other")) name="other" maxlength="200" list=(field("others")) autocomplete="off";
                                datalist id=(field("others")) { @for (id, name) in others { option value=(id) { (name) } } }
                            }
                            p { button name="decision" value="same" { (view.say("room-same")) } }
                            p { button name="decision" value="not_same" { (view.say("room-not-same")) } }
                        }
                        div.break {}
                        (input("note", "room-note"))
                        p { button name="decision" value="note" { (view.say("room-note-it")) } }
                    }
                }
            }
        }
    }
}

/// The form by which two items that are shown as one are parted.
pub fn parting(view: &View<'_>, id: &str, other: &str, prefix: &str, path: &str) -> Markup {
    html! {
        @if view.ask.may_change {
            details.judge {
                summary { (view.say("room-part")) }
                form method="post" action="/judgements" {
                    (hidden(view, path, id))
                    input type="hidden" name="other" value=(other);
                    button type="submit" disabled hidden {}
                    (author_field(view, &format!("{prefix}-author")))
                    (words_field(view, &format!("{prefix}-reason"), "reason", "room-reason"))
                    p { button name="decision" value="not_same" { (view.say("room-part-it")) } }
                }
            }
        }
    }
}

/// The form that undoes a judgement.
pub fn undoing(view: &View<'_>, judgement: &str, path: &str) -> Markup {
    html! {
        form.judge method="post" action="/judgements" {
            (hidden(view, path, judgement))
            (author_field(view, &format!("author-{judgement}")))
            p { button name="decision" value="undo" { (view.say("room-undo")) } }
        }
    }
}

/// What people decided of an item, what of it is not shown yet, and the form by which they decide.
pub fn judged(
    view: &View<'_>,
    judged: &JudgedRecord,
    waiting: &[JudgementRecord],
    judging: &Judging<'_>,
) -> Markup {
    html! {
        @if !judged.judgements.is_empty() {
            p.small {
                (view.say("room-judged"))
                @for id in &judged.judgements { " " a href=(judgement_path(id)) { (id) } }
                @if judged.accepted { " · " span.held { (view.say("room-accepted")) } }
            }
        }
        @if !waiting.is_empty() {
            div.waiting {
                p.small { b { (view.say("room-judged-waiting")) } }
                ul.plain {
                    @for one in waiting {
                        li { a href=(judgement_path(&one.id)) { (decided_in_words(view, one)) } " " span.soft { bdi { (one.author) } } }
                    }
                }
            }
        }
        @for note in &judged.notes { p.notice { bdi { (note) } } }
        (judging.form(view))
    }
}

/// A decision in a few words.
pub fn decided_in_words(view: &View<'_>, judgement: &JudgementRecord) -> Markup {
    html! {
        (view.words.label("decision", &judgement.decision))
        @if let Some(field) = &judgement.field { " · " (view.words.label("field", field)) }
        @if let Some(value) = &judgement.value { " · " bdi { (shorten(value, QUOTED)) } }
    }
}

/// The judgements of an item that the dossier does not show yet.
pub fn waiting_on(dossier: &Dossier, id: &str) -> Result<Vec<JudgementRecord>, Fault> {
    let mut waiting = dossier.waiting()?;
    if !waiting.is_empty() {
        let Judged::Subject(subject) = judge::subject(dossier, id)? else { return Ok(Vec::new()) };
        waiting.retain(|judgement| judgement.about.contains(&subject));
    }
    Ok(waiting)
}

/// Those of a report, and of what is in it.
pub fn waiting_in(dossier: &Dossier, report: &str) -> Result<Vec<JudgementRecord>, Fault> {
    let mut waiting = dossier.waiting()?;
    waiting.retain(|judgement| judgement.about.iter().any(|about| about.report == report));
    Ok(waiting)
}

/// Takes a decision: records it, and has what follows from it worked out.
pub async fn judge(
    State(room): State<Arc<Room>>,
    Extension(ask): Extension<Ask>,
    body: Bytes,
) -> Result<Response, Fault> {
    let form = Parameters::of_form(&body)?;
    bears_token(&ask, &form)?;
    let to = back(form.first("back")).to_owned();
    let author = form.first("author").unwrap_or_default().to_owned();
    let recorded = room.record(move |room, dossier| {
        let judgement = decided(dossier, &form, (room.settings.clock)())?;
        dossier.judge(std::slice::from_ref(&judgement), &judgement.time)?;
        Ok(judgement)
    });
    let JudgementRecord { id, decision, .. } = recorded.await?;
    room.catch_up();
    room.catching_up.wait(WAIT).await;
    let known = id.clone();
    let now = room.ask(move |_, dossier| Judgement::of(dossier, &known)).await;
    let holds = now.ok().flatten().is_some_and(|judgement| judgement.outcome == "applied");
    // What waits, has no effect, or took the page away, is told on its own page.
    let mut response = match holds && decision != "reject" {
        true => see_other(&to),
        false => see_other(&address(&judgement_path(&id), &Parameters::default().with("back", &to))),
    };
    let kept: String = form_urlencoded::byte_serialize(author.as_bytes()).collect();
    let cookie = room.cookie("author", &kept, Some(31_536_000));
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// The judgement of a form.
fn decided(dossier: &Dossier, form: &Parameters, time: String) -> Result<JudgementRecord, Fault> {
    let field = |name: &'static str| -> Result<String, Fault> {
        let value = form.first(name).filter(|value| value.chars().count() <= WORDS);
        value.map(str::to_owned).ok_or_else(|| Fault::bad("fault-form-field", name))
    };
    let subject = |id: &str| -> Result<SubjectRecord, Fault> {
        match judge::subject(dossier, id)? {
            Judged::Subject(subject) => Ok(subject),
            Judged::Several(_) | Judged::Nothing => Err(Fault::Unknown(id.to_owned())),
        }
    };
    let author = field("author")?;
    let id = field("id")?;
    let decision = form.first("decision").unwrap_or_default();
    let (decision, about, corrected, value) = match decision {
        "accept" => ("accept", vec![subject(&id)?], None, None),
        "reject" => ("reject", vec![subject(&id)?], None, None),
        // An empty value takes a value away.
        "correct" => (
            "correct",
            vec![subject(&id)?],
            Some(field("field")?),
            Some(form.first("value").unwrap_or_default().to_owned()),
        ),
        "note" => ("note", vec![subject(&id)?], None, Some(field("note")?)),
        "same" => ("same", vec![subject(&id)?, subject(&other(dossier, field("other")?)?)?], None, None),
        "not_same" => {
            ("not_same", vec![subject(&id)?, subject(&other(dossier, field("other")?)?)?], None, None)
        }
        "undo" => match dossier.judgements()?.iter().any(|there| there.id == id) {
            true => ("undo", Vec::new(), None, Some(id)),
            false => return Err(Fault::Unknown(id)),
        },
        other => return Err(Fault::bad("fault-filter-label", other)),
    };
    let mut judgement = JudgementRecord {
        id: String::new(),
        author,
        time,
        reason: form.first("reason").map(|reason| reason.chars().take(WORDS).collect()),
        decision: decision.into(),
        about,
        field: corrected,
        value,
        outcome: "applied".into(),
        by: None,
    };
    judgement.id = judgement_id(&judgement);
    Ok(judgement)
}

/// The identifier of what somebody named: as it is where it is one, or that of the only actor of that name.
fn other(dossier: &Dossier, named: String) -> Result<String, Fault> {
    if judge::subject(dossier, &named)? != Judged::Nothing {
        return Ok(named);
    }
    let filter = Filter { words: Some(wanted(&named)), ..Filter::default() };
    match dossier.actors(&filter, Paging::first(2))?.items.as_slice() {
        [] => Err(Fault::Unknown(named)),
        [one] => Ok(one.id.clone()),
        _ => Err(Fault::bad("fault-other-several", named)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::room::Settings;
    use crate::server::guarded;
    use axum::Router;
    use axum::body::Body;
    use axum::http::{Request, StatusCode};
    use depeche_pipeline::acquire::{Options, captures};
    use depeche_pipeline::{Desk, Pipeline};
    use http_body_util::BodyExt;
    use serde_json::Value;
    use std::net::SocketAddr;
    use std::path::Path;
    use tempfile::TempDir;
    use tower::ServiceExt;

    /// A second for each time that it is looked at.
    fn clock() -> String {
        use std::sync::atomic::{AtomicU32, Ordering};
        static SECONDS: AtomicU32 = AtomicU32::new(0);
        let seconds = SECONDS.fetch_add(1, Ordering::Relaxed);
        format!("2026-01-01T00:{:02}:{:02}Z", seconds / 60, seconds % 60)
    }

    /// A room with one report.
    fn room(folder: &TempDir) -> Arc<Room> {
        let path = folder.path().join("d.depeche");
        let report = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/2024-07-02-ankara.txt");
        let mut dossier = Dossier::make(&path).unwrap();
        let desk = Desk { place: &|capture| capture.address.clone(), clock: &clock, batch: 5 };
        let pipeline = Pipeline::new(depeche_pipeline::Settings::default()).unwrap();
        pipeline.add(&mut dossier, captures(&[report], &Options::default()), &desk, |_| ()).unwrap();
        let listen = SocketAddr::from(([127, 0, 0, 1], 8347));
        let (hosts, language) = (Vec::new(), depeche_record::Language::English);
        let told = Settings {
            dossier: path,
            listen,
            hosts,
            language,
            read_only: false,
            fetch: None,
            secure: false,
            password: None,
            clock,
        };
        Room::open(told).unwrap()
    }

    async fn send(
        routes: &Router,
        path: &str,
        form: Option<&[(&str, &str)]>,
    ) -> (StatusCode, String, String) {
        let request = Request::builder().uri(path).header(header::HOST, "127.0.0.1:8347");
        let request = match form {
            Some(fields) => {
                let mut body = form_urlencoded::Serializer::new(String::new());
                body.extend_pairs(fields);
                request.method("POST").body(Body::from(body.finish()))
            }
            None => request.body(Body::empty()),
        };
        let response = routes.clone().oneshot(request.unwrap()).await.unwrap();
        let to = response.headers().get(header::LOCATION).map_or("", |to| to.to_str().unwrap()).to_owned();
        let status = response.status();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        (status, to, String::from_utf8(body.to_vec()).unwrap())
    }

    async fn json(routes: &Router, path: &str) -> Value {
        serde_json::from_str(&send(routes, path, None).await.2).unwrap()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_is_judged_while_something_else_is_done_is_recorded_at_once_and_shown_after() {
        let folder = tempfile::tempdir().unwrap();
        let room = room(&folder);
        let routes = guarded(Arc::clone(&room));
        let contact = json(&routes, "/contacts.json").await["items"][0].clone();
        let (id, status) = (contact["id"].as_str().unwrap(), contact["status"].as_str().unwrap());
        let path = format!("/contacts/{id}");
        let token = room.access.token().to_owned();
        let decide = async |decision: &str, id: &str, value: &str| {
            let fields = [("token", token.as_str()), ("author", "A"), ("back", &path), ("id", id)];
            let more = [("decision", decision), ("field", "status"), ("value", value)];
            let (status, to, body) =
                send(&routes, "/judgements", Some(&[fields.as_slice(), &more].concat())).await;
            assert_eq!(status, StatusCode::SEE_OTHER, "{body}");
            to
        };

        // As long as somebody else's change is made, nothing is worked in.
        let held = room.changes.acquire().await.unwrap();
        let mut recorded = Vec::new();
        for status in ["denied", "cancelled"] {
            let to = decide("correct", id, status).await;
            let (own, back) = to.split_once('?').unwrap();
            assert_eq!(back, "back=%2Fcontacts%2F".to_owned() + id);
            assert_eq!(json(&routes, &format!("{own}.json")).await["outcome"], "waiting");
            let page = send(&routes, &to, None).await.2;
            assert!(page.contains("Recorded.") && page.contains(&format!("href=\"{path}\"")), "{page}");
            recorded.push(own.rsplit('/').next().unwrap().to_owned());
        }
        // Pages show what they showed, and say what they do not.
        assert_eq!(json(&routes, &format!("{path}.json")).await["contact"]["status"], status);
        let page = send(&routes, &path, None).await.2;
        assert!(page.contains("2 judgements are recorded") && page.contains("not shown yet"), "{page}");
        // The second is taken back before it was ever shown.
        decide("undo", &recorded[1], "").await;
        assert_eq!(json(&routes, "/judgements.json").await["waiting"].as_array().unwrap().len(), 3);
        assert!(send(&routes, "/judgements", None).await.2.contains("its undoing is recorded"));

        // Whoever opens the dossier next finds them, whatever becomes of this room.
        let kept = Dossier::open(&room.settings.dossier).unwrap().judgements().unwrap();
        assert_eq!(kept.iter().filter(|judgement| recorded.contains(&judgement.id)).count(), 2);

        drop(held);
        room.catching_up.wait(Duration::from_secs(120)).await;
        assert!(room.catching_up.fault().is_none());
        assert_eq!(json(&routes, &format!("{path}.json")).await["contact"]["status"], "denied");
        let told = json(&routes, "/judgements.json").await;
        assert_eq!((&told["waiting"], &told["total"]), (&serde_json::json!([]), &serde_json::json!(3)));
        let outcome =
            async |id: &str| json(&routes, &format!("/judgements/{id}.json")).await["outcome"].clone();
        assert_eq!(
            (outcome(&recorded[0]).await, outcome(&recorded[1]).await),
            ("applied".into(), "undone".into())
        );
        assert!(!send(&routes, &path, None).await.2.contains("not shown yet"));

        // Of two that cannot both hold the older is told to be overruled, by which.
        let newer = decide("correct", id, "held").await;
        room.catching_up.wait(Duration::from_secs(120)).await;
        assert!(newer == path || newer.starts_with("/judgements/"), "{newer}");
        let older = send(&routes, &format!("/judgements/{}", recorded[0]), None).await.2;
        assert!(older.contains("does not follow it") && older.contains("overruled by"), "{older}");
    }
}
