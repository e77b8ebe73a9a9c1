//! `/gaps`: what is missing.

use depeche_interface::dates::capitalise;
use depeche_pipeline::records::{ContactRecord, GapRecord};
use depeche_pipeline::store::{Counts, Dossier, Page as PageOf};
use maud::html;
use schemars::JsonSchema;
use serde::Serialize;

use super::Page;
use super::contradictions::contacts_named;
use crate::ask::Ask;
use crate::fault::Fault;
use crate::selection::{filter, paging};
use crate::view::{Field, Head, Shown, View, contact_path, filters, pager, status, table};

/// A page of gaps.
#[derive(Serialize, JsonSchema)]
pub struct Gaps {
    #[serde(flatten)]
    page: PageOf<GapRecord>,
    /// The contacts that they are about.
    contacts: Vec<ContactRecord>,
    /// What the form offers.
    #[serde(skip)]
    counts: Counts,
}

impl Page for Gaps {
    fn ask(dossier: &Dossier, ask: &Ask) -> Result<Gaps, Fault> {
        let page = dossier.gaps(&filter(dossier, &ask.parameters)?, paging(ask)?)?;
        let contacts = contacts_named(dossier, page.items.iter().map(|gap| gap.contact.as_str()))?;
        Ok(Gaps { page, contacts, counts: dossier.counts()? })
    }

    fn show(&self, view: &View<'_>) -> Shown {
        let counted = view.count("room-count-gaps", self.page.total);
        let body = html! {
            (filters(view, &self.counts, &[Field::Gap, Field::Side, Field::Period]))
            div #results {
                p.soft role="status" { (capitalise(&counted)) }
                (table(view, "room-gaps-caption", &[Head::Words("room-gap"), Head::Words("room-contact"), Head::Words("room-status")], html! {
                    @for gap in &self.page.items {
                        @let contact = self.contacts.iter().find(|contact| contact.id == gap.contact);
                        tr data-item {
                            th scope="row" {
                                @match &gap.side {
                                    Some(side) => (view.words.labelled(&view.words.label("gap", &gap.kind), &view.words.side(side))),
                                    None => (view.words.label("gap", &gap.kind)),
                                }
                            }
                            td { a href=(contact_path(&gap.contact)) { (contact.map_or(gap.contact.clone(), |contact| view.words.contact(contact))) } }
                            td { @if let Some(contact) = contact { (status(view, &contact.status, &contact.kind)) } }
                        }
                    }
                }))
                (pager(view, &self.page, &counted))
            }
        };
        Shown { title: view.say("section-gaps"), section: "section-gaps", body }
    }
}
