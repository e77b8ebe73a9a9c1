//! `/contacts`: contacts over time, and the list.

use depeche_export::timeline::{Mark, Timeline};
use depeche_pipeline::records::ContactRecord;
use depeche_pipeline::store::{Counts, Dossier, Page as PageOf, Paging};
use depeche_record::{ContactKind, Edtf, Status};
use maud::{Markup, PreEscaped, html};
use serde::Serialize;

use super::Page;
use crate::ask::{Ask, Form};
use crate::fault::Fault;
use crate::selection::{filter, paging};
use crate::view::{Field, Shown, View, contact_item, contact_path, filters, pager};

/// A page of contacts.
#[derive(Serialize)]
pub struct Contacts {
    #[serde(flatten)]
    page: PageOf<ContactRecord>,
    /// What the form offers.
    #[serde(skip)]
    counts: Counts,
    /// What the picture shows: the same contacts, as far as there is room, without regard to the page of the list.
    #[serde(skip)]
    drawn: Vec<ContactRecord>,
}

/// Most contacts in the picture; of more, none is drawn.
const DRAWN: usize = 400;

impl Page for Contacts {
    fn ask(dossier: &Dossier, ask: &Ask) -> Result<Contacts, Fault> {
        let filter = filter(dossier, &ask.parameters)?;
        let page = dossier.contacts(&filter, paging(ask)?)?;
        let drawn = match ask.form {
            Form::Html if page.total <= DRAWN => dossier.contacts(&filter, Paging::ALL)?.items,
            _ => Vec::new(),
        };
        Ok(Contacts { page, counts: dossier.counts()?, drawn })
    }

    fn show(&self, view: &View<'_>) -> Shown {
        let counted = view.count("found-contacts", self.page.total);
        let fields = [
            Field::Sides,
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
            @if self.page.total > DRAWN { p.soft { (view.say("room-timeline-many")) } }
            (timeline(view, &self.drawn))
            section aria-label=(view.say("room-list")) {
                @for contact in &self.page.items { (contact_item(view, contact)) }
            }
            (pager(view, &self.page, &counted))
        };
        Shown { title: view.say("section-contacts"), section: "section-contacts", body }
    }
}

/// Contacts over time as a picture; nothing where none is drawn.
fn timeline(view: &View<'_>, contacts: &[ContactRecord]) -> Markup {
    let mut timeline = Timeline::default();
    for contact in contacts {
        let (Some(kind), Some(status)) =
            (ContactKind::from_label(&contact.kind), Status::from_label(&contact.status))
        else {
            continue;
        };
        let date = contact.date.as_deref().and_then(|date| Edtf::parse(date).ok());
        let days = date.as_ref().and_then(Edtf::days);
        let title = format!(
            "{} ({})",
            view.words.contact(contact),
            view.words.status(&contact.status, &contact.kind)
        );
        let lasted = date.as_ref().is_some_and(|date| date.as_str().contains('/'));
        let mark = Mark { id: contact.id.clone(), kind, status, days, lasted, title };
        match (date, days) {
            (_, Some(_)) => timeline.dated.push(mark),
            (Some(_), None) => timeline.yearless.push(mark),
            (None, None) => timeline.undated.push(mark),
        }
    }
    timeline.dated.sort_by(|one, other| (one.days, &one.id).cmp(&(other.days, &other.id)));
    if timeline.is_empty() {
        return Markup::default();
    }
    let picture = timeline.bare_svg(view.words.interface, &|mark| Some(contact_path(&mark.id)));
    // Escaped where it was made.
    html! { figure.timeline { (PreEscaped(picture)) } }
}
