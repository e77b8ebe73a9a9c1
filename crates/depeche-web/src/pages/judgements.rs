//! `/judgements`: what people decided, with what became of it.

use depeche_interface::{even_out, shorten};
use depeche_pipeline::records::JudgementRecord;
use depeche_pipeline::store::{Dossier, LogFilter, Page as PageOf};
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::Serialize;

use super::Page;
use super::deciding::{decided_in_words, undoing};
use super::judgement::judgement_path;
use crate::ask::Ask;
use crate::fault::Fault;
use crate::selection::paging;
use crate::view::{Shown, View, moment, pager, place_of, report_path};

/// A page of the log.
#[derive(Serialize, JsonSchema)]
pub struct Judgements {
    #[serde(flatten)]
    page: PageOf<JudgementRecord>,
    /// Those that are recorded and not shown yet, newest first.
    waiting: Vec<JudgementRecord>,
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
        let among =
            |wanted: &[String], there: &str| wanted.is_empty() || wanted.iter().any(|one| one == there);
        let mut waiting = waiting(dossier)?;
        waiting.retain(|one| {
            among(&filter.authors, &one.author)
                && among(&filter.decisions, &one.decision)
                && among(&filter.outcomes, &one.outcome)
                && (filter.reports.is_empty()
                    || one.about.iter().any(|about| filter.reports.contains(&about.report)))
        });
        Ok(Judgements { page: dossier.log(&filter, paging(ask)?)?, waiting })
    }

    fn show(&self, view: &View<'_>) -> Shown {
        let counted = view.count("room-count-judgements", self.page.total);
        let body = html! {
            @if !self.waiting.is_empty() {
                section aria-labelledby="waiting" {
                    h2 #waiting { (view.count("room-count-waiting", self.waiting.len())) }
                    @for judgement in &self.waiting { (judgement_item(view, judgement, &self.waiting, "/judgements")) }
                }
            }
            p.soft role="status" { (counted) }
            @if self.page.total == 0 && self.waiting.is_empty() { p { (view.say("room-judgements-none")) } }
            @for judgement in &self.page.items { (judgement_item(view, judgement, &self.waiting, "/judgements")) }
            (pager(view, &self.page, &counted))
        };
        Shown { title: view.say("room-judgements"), section: "room-judgements", body }
    }
}

/// The judgements that the dossier does not show yet, newest first.
pub fn waiting(dossier: &Dossier) -> Result<Vec<JudgementRecord>, Fault> {
    let mut waiting = dossier.waiting()?;
    waiting.iter_mut().for_each(|judgement| judgement.outcome = "waiting".into());
    waiting.reverse();
    Ok(waiting)
}

/// A judgement: what was decided of which words, by whom, what became of it, and how it is undone; `path` is the page.
pub fn judgement_item(
    view: &View<'_>,
    judgement: &JudgementRecord,
    waiting: &[JudgementRecord],
    path: &str,
) -> Markup {
    let words = view.words;
    let undoes = |other: &&JudgementRecord| {
        other.decision == "undo" && other.value.as_deref() == Some(judgement.id.as_str())
    };
    let undone = waiting.iter().find(undoes);
    let holds = matches!(&*judgement.outcome, "applied" | "waiting" | "gone");
    html! {
        article.item.(if judgement.outcome == "waiting" { "planned" } else { "quiet" }) id=(judgement.id) data-item {
            p.line {
                b { (decided_in_words(view, judgement)) }
                span.setting { bdi { (judgement.author) } ", " (moment(view, &judgement.time)) }
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
                a.id href=(judgement_path(&judgement.id)) { (judgement.id) } " · "
                (outcome(view, judgement))
                @if let Some(undo) = undone { " · " a href=(judgement_path(&undo.id)) { (view.say("room-undo-waiting")) } }
            }
            @if view.ask.may_change && holds && undone.is_none() && judgement.decision != "undo" { (undoing(view, &judgement.id, path)) }
        }
    }
}

/// What became of a judgement, with a link to the one that stands against it.
fn outcome(view: &View<'_>, judgement: &JudgementRecord) -> Markup {
    let by = judgement.by.as_deref().unwrap_or_default();
    let told =
        view.words.interface.tell(&format!("outcome-{}", judgement.outcome), &[("by", by.to_owned().into())]);
    let against = matches!(&*judgement.outcome, "undone" | "overruled") && !by.is_empty();
    html! {
        @match told.split_once(by).filter(|_| against) {
            Some((before, after)) => { (before) a href=(judgement_path(by)) { (by) } (after) }
            None => (told),
        }
    }
}
