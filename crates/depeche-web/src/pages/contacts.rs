//! `/contacts`: contacts over time, and the list.

use depeche_pipeline::records::ContactRecord;
use depeche_pipeline::store::{Counts, Dossier, Page as PageOf};
use maud::html;
use serde::Serialize;

use super::Page;
use crate::ask::Ask;
use crate::fault::Fault;
use crate::selection::{filter, paging};
use crate::view::{Field, Shown, View, contact_item, filters, pager};

/// A page of contacts.
#[derive(Serialize)]
pub struct Contacts {
    #[serde(flatten)]
    page: PageOf<ContactRecord>,
    /// What the form offers.
    #[serde(skip)]
    counts: Counts,
}

impl Page for Contacts {
    fn ask(dossier: &Dossier, ask: &Ask) -> Result<Contacts, Fault> {
        let filter = filter(dossier, &ask.parameters)?;
        Ok(Contacts { page: dossier.contacts(&filter, paging(ask)?)?, counts: dossier.counts()? })
    }

    fn show(&self, view: &View<'_>) -> Shown {
        let counted = view.count("found-contacts", self.page.total);
        let fields = [
            Field::Side,
            Field::Actor,
            Field::Kind,
            Field::Status,
            Field::Period,
            Field::Words,
            Field::Origins,
            Field::Outlet,
        ];
        let body = html! {
            (filters(view, &self.counts, &fields))
            p.soft role="status" { (counted) }
            section aria-label=(view.say("room-list")) {
                @for contact in &self.page.items { (contact_item(view, contact)) }
            }
            (pager(view, &self.page, &counted))
        };
        Shown { title: view.say("section-contacts"), section: "section-contacts", body }
    }
}
