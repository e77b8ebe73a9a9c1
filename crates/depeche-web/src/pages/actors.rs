//! `/actors`: the people.

use depeche_pipeline::records::ActorRecord;
use depeche_pipeline::store::{Counts, Dossier, Page as PageOf};
use maud::html;
use schemars::JsonSchema;
use serde::Serialize;

use super::Page;
use crate::ask::Ask;
use crate::fault::Fault;
use crate::selection::{filter, paging};
use crate::view::{Field, Head, Shown, View, actor_path, filters, pager, table};

/// A page of actors.
#[derive(Serialize, JsonSchema)]
pub struct Actors {
    #[serde(flatten)]
    page: PageOf<ActorRecord>,
    /// What the form offers.
    #[serde(skip)]
    counts: Counts,
}

impl Page for Actors {
    fn ask(dossier: &Dossier, ask: &Ask) -> Result<Actors, Fault> {
        let filter = filter(dossier, &ask.parameters)?;
        Ok(Actors { page: dossier.actors(&filter, paging(ask)?)?, counts: dossier.counts()? })
    }

    fn show(&self, view: &View<'_>) -> Shown {
        let counted = view.count("found-actors", self.page.total);
        let body = html! {
            (filters(view, &self.counts, &[Field::Words, Field::Side, Field::Outlet]))
            div #results {
                p.soft role="status" { (counted) }
                (table(view, "room-actors-caption", &[Head::Words("room-name"), Head::Words("room-side"), Head::Words("room-offices"), Head::Words("room-also-written"), Head::Number("room-reports")], html! {
                    @for actor in &self.page.items {
                        tr data-item {
                            th scope="row" { a href=(actor_path(&actor.id)) { bdi { (actor.name) } } }
                            td { (view.words.sides(&actor.sides)) }
                            td { @for (n, office) in actor.offices.iter().take(3).enumerate() { @if n > 0 { "; " } bdi { (office) } } }
                            td { @for (n, alias) in actor.aliases.iter().take(4).enumerate() { @if n > 0 { ", " } bdi { (alias) } } }
                            td.number { (actor.reports.len()) }
                        }
                    }
                }))
                (pager(view, &self.page, &counted))
            }
        };
        Shown { title: view.say("room-actors"), section: "room-actors", body }
    }
}
