//! `/`: what the dossier holds and what came last.

use depeche_pipeline::records::{ContactRecord, ContradictionRecord, ReportRecord};
use depeche_pipeline::store::{Counts, Dossier, Filter, Paging};
use depeche_record::Day;
use maud::html;
use serde::Serialize;

use super::Page;
use crate::ask::Ask;
use crate::fault::Fault;
use crate::parameters::address;
use crate::view::{Shown, View, cited, contact_item, contact_path, tone};

/// Reports and contacts shown.
const LATEST: usize = 8;

/// What the dossier holds and what came last.
#[derive(Serialize)]
pub struct Today {
    counts: Counts,
    /// Whether all that is kept shows.
    current: bool,
    /// The last contacts that are dated, the last first.
    contacts: Vec<ContactRecord>,
    /// The last reports, the last first.
    reports: Vec<ReportRecord>,
    /// Contradictions.
    contradictions: Vec<ContradictionRecord>,
}

impl Page for Today {
    fn ask(dossier: &Dossier, ask: &Ask) -> Result<Today, Fault> {
        if let Some(name) = ask.parameters.stranger(&[]) {
            return Err(Fault::bad("fault-filter-unknown", name));
        }
        let all = Filter::default();
        // Contacts without a day do not stand last.
        let dated = Filter { since: Some(Day { year: -9999, month: 1, day: 1 }), ..Filter::default() };
        let last = |total: usize| Paging { limit: Some(LATEST), offset: total.saturating_sub(LATEST) };
        let counts = dossier.counts()?;
        let total = dossier.contacts(&dated, Paging::first(0))?.total;
        let mut contacts = dossier.contacts(&dated, last(total))?.items;
        contacts.reverse();
        let mut reports = dossier.reports(&all, last(counts.reports))?.items;
        reports.reverse();
        let contradictions = dossier.contradictions(&all, Paging::first(LATEST))?.items;
        Ok(Today { current: dossier.is_current()?, counts, contacts, reports, contradictions })
    }

    fn show(&self, view: &View<'_>) -> Shown {
        let counts = &self.counts;
        let words = view.words;
        let cells = [
            ("/reports", view.count("found-reports", counts.reports)),
            ("/reports", view.count("summary-lineages", counts.lineages)),
            ("/contacts", view.count("found-contacts", counts.contacts)),
            ("/statements", view.count("found-statements", counts.statements)),
            ("/actors", view.count("found-actors", counts.actors)),
            ("/contradictions", view.count("summary-contradictions", counts.contradictions)),
            ("/gaps", view.count("room-count-gaps", counts.gaps)),
        ];
        let body = html! {
            @if !self.current { p.notice role="status" { (view.say("room-behind")) } }
            @if let (Some(first), Some(last)) = (&counts.first, &counts.last) {
                p.soft {
                    (words.interface.tell("room-period", &[("first", words.date(first).into()), ("last", words.date(last).into())]))
                }
            }
            ul.counts {
                @for (path, count) in &cells { li { a href=(path) { (count) } } }
            }
            @if counts.reports == 0 { p { (view.say("room-empty")) } }
            ul.chips {
                @for (status, n) in &counts.statuses {
                    li.(tone(status)) {
                        a href=(address("/contacts", &format!("status={status}"))) {
                            (view.count(&format!("summary-status-{}", status.replace('_', "-")), *n))
                        }
                    }
                }
            }
            div.columns {
                section aria-labelledby="latest-contacts" {
                    h2 #latest-contacts { (view.say("room-latest-contacts")) }
                    @if self.contacts.is_empty() { p.soft { (view.say("room-nothing")) } }
                    @for contact in &self.contacts { (contact_item(view, contact)) }
                    p { a href="/contacts" { (view.say("room-all-contacts")) } }
                }
                div {
                    section aria-labelledby="latest-reports" {
                        h2 #latest-reports { (view.say("room-latest-reports")) }
                        ul.plain { @for report in &self.reports { li data-item { (cited(view, report)) } } }
                    }
                    @if !self.contradictions.is_empty() {
                        section aria-labelledby="latest-contradictions" {
                            h2 #latest-contradictions { (view.say("section-contradictions")) }
                            ul.plain {
                                @for one in &self.contradictions {
                                    li data-item {
                                        a href=(contact_path(&one.contact)) { (words.label("contradiction", &one.kind)) }
                                        ": "
                                        @for (n, version) in one.versions.iter().enumerate() {
                                            @if n > 0 { " ≠ " }
                                            bdi { (super::contradictions::value(view, &one.kind, &version.value)) }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        };
        Shown { title: view.say("room-today"), section: "room-today", body }
    }
}
