//! `/judgements`: what people decided, with what became of it; and the forms by which they decide.

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use depeche_interface::{even_out, shorten};
use depeche_pipeline::judge::{self, Judged};
use depeche_pipeline::records::{JudgedRecord, JudgementRecord, SubjectRecord};
use depeche_pipeline::store::{Dossier, Filter, LogFilter, Page as PageOf, Paging, judgement_id};
use depeche_pipeline::wanted;
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::Serialize;

use super::Page;
use crate::ask::Ask;
use crate::fault::Fault;
use crate::guard::{back, bears_token, see_other};
use crate::parameters::Parameters;
use crate::room::Room;
use crate::selection::paging;
use crate::view::{QUOTED, Shown, View, pager, place_of, report_path};

/// Most characters of what a person writes.
const WORDS: usize = 2_000;

/// A page of the log.
#[derive(Serialize, JsonSchema)]
pub struct Judgements {
    #[serde(flatten)]
    page: PageOf<JudgementRecord>,
}

impl Page for Judgements {
    fn ask(dossier: &Dossier, ask: &Ask) -> Result<Judgements, Fault> {
        let asked = &ask.parameters;
        if let Some(name) = asked.stranger(&["author", "decision", "outcome", "report", "page", "limit"]) {
            return Err(Fault::bad("fault-filter-unknown", name));
        }
        let filter = LogFilter {
            ids: Vec::new(),
            authors: asked.all("author"),
            decisions: asked.all("decision"),
            outcomes: asked.all("outcome"),
            reports: asked.all("report"),
        };
        Ok(Judgements { page: dossier.log(&filter, paging(ask)?)? })
    }

    fn show(&self, view: &View<'_>) -> Shown {
        let words = view.words;
        let counted = view.count("room-count-judgements", self.page.total);
        let body = html! {
            p.soft role="status" { (counted) }
            @for judgement in &self.page.items {
                article.item id=(judgement.id) data-item {
                    p.line {
                        b { (words.label("decision", &judgement.decision)) }
                        @for more in judgement.field.iter().chain(&judgement.value) { " · " bdi { (shorten(more, QUOTED)) } }
                        span.setting { bdi { (judgement.author) } ", " (judgement.time) }
                    }
                    ul.plain {
                        @for about in &judgement.about {
                            li {
                                (words.label("subject", &about.kind)) " "
                                @match &about.evidence {
                                    Some(evidence) => {
                                        q dir="auto" { (shorten(&even_out(&evidence.exact), 200)) } " "
                                        a.proof href=(place_of(&about.report, evidence)) { bdi { (about.report) } }
                                    }
                                    None => { a href=(report_path(&about.report)) { bdi { (about.report) } } }
                                }
                            }
                        }
                    }
                    @if let Some(reason) = &judgement.reason { p { (words.labelled(&view.say("why"), reason)) } }
                    p.small {
                        span.id { (judgement.id) } " · "
                        (words.interface.tell(&format!("outcome-{}", judgement.outcome), &[("by", judgement.by.clone().unwrap_or_default().into())]))
                    }
                    @if view.ask.may_change && judgement.outcome == "applied" && judgement.decision != "undo" {
                        form.judge method="post" action="/judgements" {
                            (hidden(view, "/judgements"))
                            input type="hidden" name="id" value=(judgement.id);
                            p { label for={ "author-" (judgement.id) } { (view.say("room-author")) } input id={ "author-" (judgement.id) } name="author" required maxlength="100" value=[author(view)]; }
                            p { button name="decision" value="undo" { (view.say("room-undo")) } }
                        }
                    }
                }
            }
            (pager(view, &self.page, &counted))
        };
        Shown { title: view.say("room-judgements"), section: "room-judgements", body }
    }
}

/// Who decided last in this browser.
fn author<'v>(view: &View<'v>) -> Option<&'v str> {
    view.ask.author.as_deref()
}

/// What every form brings.
fn hidden(view: &View<'_>, back: &str) -> Markup {
    html! {
        input type="hidden" name="token" value=[view.ask.token.as_deref()];
        input type="hidden" name="back" value=(back);
    }
}

/// What people decided of an item, and the form by which they decide; `fields` can be corrected.
/// `others` are items that it may be the same as, by identifier and name.
pub fn form(
    view: &View<'_>,
    id: &str,
    judged: &JudgedRecord,
    path: &str,
    fields: &[&str],
    others: &[(String, String)],
) -> Markup {
    let input = |name: &str, key: &str, most: usize| {
        html! { p { label for={ "j-" (name) } { (view.say(key)) } input id={ "j-" (name) } name=(name) maxlength=(most); } }
    };
    html! {
        @if !judged.judgements.is_empty() {
            p.small {
                (view.say("room-judged"))
                @for id in &judged.judgements { " " a href={ "/judgements#" (id) } { (id) } }
                @if judged.accepted { " · " span.held { (view.say("room-accepted")) } }
            }
        }
        @if view.ask.may_change {
            details.judge {
                summary { (view.say("room-judge")) }
                form method="post" action="/judgements" {
                    (hidden(view, path))
                    input type="hidden" name="id" value=(id);
                    // Enter in a field decides nothing.
                    button type="submit" disabled hidden {}
                    p { label for="j-author" { (view.say("room-author")) } input #j-author name="author" required maxlength="100" value=[author(view)] autocomplete="name"; }
                    (input("reason", "room-reason", WORDS))
                    p { button name="decision" value="accept" { (view.say("room-accept")) } }
                    p { button name="decision" value="reject" { (view.say("room-reject")) } }
                    div.break {}
                    p {
                        label for="j-field" { (view.say("room-field")) }
                        select #j-field name="field" { @for field in fields { option value=(field) { (view.words.label("field", field)) } } }
                    }
                    (input("value", "room-value", WORDS))
                    p { button name="decision" value="correct" { (view.say("room-correct")) } }
                    div.break {}
                    p {
                        label for="j-other" { (view.say("room-other")) }
                        input #j-other name="other" maxlength="200" list="j-others" autocomplete="off";
                        datalist #j-others { @for (id, name) in others { option value=(id) { (name) } } }
                    }
                    p { button name="decision" value="same" { (view.say("room-same")) } }
                    p { button name="decision" value="not_same" { (view.say("room-not-same")) } }
                    div.break {}
                    (input("note", "room-note", WORDS))
                    p { button name="decision" value="note" { (view.say("room-note-it")) } }
                }
            }
        }
    }
}

/// Takes a decision, and shows the dossier as it then is.
pub async fn judge(
    State(room): State<Arc<Room>>,
    Extension(ask): Extension<Ask>,
    body: Bytes,
) -> Result<Response, Fault> {
    let form = Parameters::of_form(&body)?;
    bears_token(&ask, &form)?;
    let to = back(form.first("back")).to_owned();
    let author = form.first("author").unwrap_or_default().to_owned();
    let cookies = Arc::clone(&room);
    let applied = room
        .change(move |room, dossier| {
            let judgement = decided(dossier, &form, (room.settings.clock)())?;
            dossier.judge(std::slice::from_ref(&judgement), &judgement.time)?;
            room.pipeline()?.show(dossier, &judgement.time, "judge")?;
            let own = LogFilter { ids: vec![judgement.id.clone()], ..LogFilter::default() };
            let outcome = dossier.log(&own, Paging::first(1))?.items.pop();
            let stays = outcome.is_some_and(|judgement| judgement.outcome == "applied");
            Ok((stays && judgement.decision != "reject").then_some(()).ok_or(judgement.id))
        })
        .await?;
    // What has no effect, or took the page away, is looked up in the log.
    let mut response = match applied {
        Ok(()) => see_other(&to),
        Err(id) => see_other(&format!("/judgements#{id}")),
    };
    let kept: String = form_urlencoded::byte_serialize(author.as_bytes()).collect();
    let cookie = cookies.cookie("author", &kept, Some(31_536_000));
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

/// The identifier of what somebody named: as it is, or that of the only actor of that name.
fn other(dossier: &Dossier, named: String) -> Result<String, Fault> {
    if !dossier.named(&named)?.is_empty() {
        return Ok(named);
    }
    let filter = Filter { words: Some(wanted(&named)), ..Filter::default() };
    match dossier.actors(&filter, Paging::first(2))?.items.as_slice() {
        [] => Err(Fault::Unknown(named)),
        [one] => Ok(one.id.clone()),
        _ => Err(Fault::bad("fault-other-several", named)),
    }
}
