//! `/judgements/ID`: one judgement, as soon as it is recorded: whether the dossier shows it already, and what became of it.

use depeche_pipeline::records::JudgementRecord;
use depeche_pipeline::store::{Dossier, LogFilter, Paging};
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::Serialize;

use super::Page;
use super::judgements::{judgement_item, waiting};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::guard::back;
use crate::parameters::segment;
use crate::view::{Shown, View};

/// One judgement.
#[derive(Serialize, JsonSchema)]
pub struct Judgement {
    #[serde(flatten)]
    judgement: JudgementRecord,
    /// Those that are recorded and not shown yet.
    #[serde(skip)]
    waiting: Vec<JudgementRecord>,
}

/// The path of a judgement's page.
pub fn judgement_path(id: &str) -> String {
    format!("/judgements/{}", segment(id))
}

impl Judgement {
    /// A judgement as it is now; its outcome is `waiting` where the dossier does not show it yet.
    pub fn of(dossier: &Dossier, id: &str) -> Result<Option<JudgementRecord>, Fault> {
        let own = LogFilter { ids: vec![id.to_owned()], ..LogFilter::default() };
        let shown = dossier.log(&own, Paging::first(1))?.items.pop();
        match shown {
            Some(judgement) => Ok(Some(judgement)),
            None => Ok(waiting(dossier)?.into_iter().find(|judgement| judgement.id == id)),
        }
    }
}

impl Page for Judgement {
    fn ask(dossier: &Dossier, ask: &Ask) -> Result<Judgement, Fault> {
        if let Some(name) = ask.parameters.stranger(&["back"]) {
            return Err(Fault::bad("fault-filter-unknown", name));
        }
        let judgement = Judgement::of(dossier, &ask.id)?.ok_or_else(|| Fault::Unknown(ask.id.clone()))?;
        Ok(Judgement { judgement, waiting: waiting(dossier)? })
    }

    fn show(&self, view: &View<'_>) -> Shown {
        let judgement = &self.judgement;
        let body = html! {
            (self.stands(view))
            p {
                @if let Some(there) = view.ask.parameters.first("back") { a href=(back(Some(there))) { (view.say("room-judgement-back")) } " · " }
                a href="/judgements" { (view.say("room-judgement-all")) }
            }
            (judgement_item(view, judgement, &self.waiting, &judgement_path(&judgement.id)))
        };
        Shown { title: view.say("room-judgement"), section: "room-judgements", body }
    }
}

impl Judgement {
    /// Whether the dossier shows it, and how it does.
    fn stands(&self, view: &View<'_>) -> Markup {
        let judgement = &self.judgement;
        let worker = &view.room.catching_up;
        html! {
            @match &*judgement.outcome {
                "waiting" => {
                    div #waiting data-at={ (judgement_path(&judgement.id)) ".json" } {
                        p.lead { (view.say("room-judgement-recorded")) }
                        @if worker.works() {
                            p { (view.say("room-judgement-works")) " " progress aria-label=(view.say("room-behind-works")) {} }
                        } @else { p { (view.say("room-behind-rests")) } }
                        p { a href=(crate::parameters::address(&view.ask.path, &view.ask.parameters.with("", ""))) { (view.say("room-adding-again")) } }
                    }
                }
                "applied" => { p.lead role="status" { (view.say("room-judgement-shown")) } }
                "undone" => { p.lead role="status" { (view.say("room-judgement-undone")) } }
                _ => { p.notice role="status" { (view.say("room-judgement-against")) } }
            }
        }
    }
}
