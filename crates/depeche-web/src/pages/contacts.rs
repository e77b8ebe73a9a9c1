//! `/contacts`: contacts over time, and the list.

use depeche_export::timeline::{MARKS, Mark, Timeline};
use depeche_pipeline::records::ContactRecord;
use depeche_pipeline::store::{Counts, Dossier, Page as PageOf, Paging, Spread};
use depeche_record::{ContactKind, Edtf, Status};
use maud::{Markup, PreEscaped, html};
use schemars::JsonSchema;
use serde::Serialize;

use super::Page;
use crate::ask::{Ask, Form};
use crate::fault::Fault;
use crate::selection::{filter, paging};
use crate::view::{Field, Shown, View, contact_item, contact_path, filters, pager};

/// A page of contacts.
#[derive(Serialize, JsonSchema)]
pub struct Contacts {
    #[serde(flatten)]
    page: PageOf<ContactRecord>,
    /// What the form offers.
    #[serde(skip)]
    counts: Counts,
    /// What the picture shows, without regard to the page of the list.
    #[serde(skip)]
    drawn: Drawn,
}

/// What a picture of contacts over time is made of.
enum Drawn {
    /// Each contact has its mark.
    Each(Vec<ContactRecord>),
    /// So many that they are counted.
    Counted(Vec<Spread>),
}

impl Page for Contacts {
    fn ask(dossier: &Dossier, ask: &Ask) -> Result<Contacts, Fault> {
        let filter = filter(dossier, &ask.parameters)?;
        let page = dossier.contacts(&filter, paging(ask)?)?;
        let drawn = match ask.form {
            Form::Json => Drawn::Each(Vec::new()),
            Form::Html if page.total <= MARKS => Drawn::Each(dossier.contacts(&filter, Paging::ALL)?.items),
            Form::Html => Drawn::Counted(dossier.spread(&filter)?),
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
        let items = &self.page.items;
        // Those without a day stand behind the others.
        let first_undated =
            items.iter().position(|contact| contact.date.is_none()).filter(|first| *first > 0);
        let timeline = match &self.drawn {
            Drawn::Each(contacts) => of_each(view, contacts),
            Drawn::Counted(spread) => of_counts(spread),
        };
        let body = html! {
            (filters(view, &self.counts, &fields))
            div #results {
                p.soft role="status" { (counted) }
                (picture(view, &timeline))
                section aria-label=(view.say("room-list")) {
                    @for (n, contact) in items.iter().enumerate() {
                        @if first_undated == Some(n) { h2 { (view.say("timeline-no-date")) } }
                        (contact_item(view, contact))
                    }
                }
                (pager(view, &self.page, &counted))
            }
        };
        Shown { title: view.say("section-contacts"), section: "section-contacts", body }
    }
}

/// A mark for each contact.
fn of_each(view: &View<'_>, contacts: &[ContactRecord]) -> Timeline {
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
        let mark = Mark { id: contact.id.clone(), kind, status, days, lasted, title, stands_for: 1 };
        match (date, days) {
            (_, Some(_)) => timeline.dated.push(mark),
            (Some(_), None) => timeline.yearless.push(mark),
            (None, None) => timeline.undated.push(mark),
        }
    }
    timeline.dated.sort_by(|one, other| (one.days, &one.id).cmp(&(other.days, &other.id)));
    timeline
}

/// A mark for all contacts of a kind and status that begin on a day.
fn of_counts(spread: &[Spread]) -> Timeline {
    let mut timeline = Timeline::default();
    for one in spread {
        let (Some(kind), Some(status)) =
            (ContactKind::from_label(&one.kind), Status::from_label(&one.status))
        else {
            continue;
        };
        let days = one.first.as_deref().and_then(|day| Edtf::parse(day).ok()).and_then(|day| day.days());
        let (id, title) = (String::new(), String::new());
        let mark = Mark { id, kind, status, days, lasted: false, title, stands_for: one.contacts };
        match (one.dated, days) {
            (_, Some(_)) => timeline.dated.push(mark),
            (true, None) => timeline.yearless.push(mark),
            (false, None) => timeline.undated.push(mark),
        }
    }
    timeline
}

/// Contacts over time as a picture; nothing where none is drawn.
fn picture(view: &View<'_>, timeline: &Timeline) -> Markup {
    if timeline.is_empty() {
        return Markup::default();
    }
    let link = |mark: &Mark| (!mark.id.is_empty()).then(|| contact_path(&mark.id));
    let picture = timeline.bare_svg(view.words.interface, &link);
    html! {
        figure.timeline {
            // Escaped where it was made.
            (PreEscaped(picture))
            figcaption.small.soft hidden data-script { (view.say("room-brush")) }
        }
    }
}
