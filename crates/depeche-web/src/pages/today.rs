//! `/`: what the dossier holds, and what is new in it.

use depeche_pipeline::records::{ContradictionRecord, Label};
use depeche_pipeline::store::{Counts, Dossier, News};
use depeche_record::{Day, Edtf};
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::Serialize;

use super::Page;
use crate::ask::Ask;
use crate::fault::Fault;
use crate::parameters::address;
use crate::view::{Shown, View, cited, contact_item, contact_path, status, tone};

/// Items shown of each sort.
const SHOWN: usize = 8;
/// Since when, by the days before that of the last change.
const SPANS: [(&str, Option<i64>); 4] =
    [("day", Some(0)), ("week", Some(7)), ("month", Some(30)), ("all", None)];

/// What the dossier holds, and what is new in it.
#[derive(Serialize, JsonSchema)]
pub struct Today {
    counts: Counts,
    /// Whether all that is kept shows.
    current: bool,
    /// Day of the last change, EDTF.
    changed: Option<String>,
    /// First day of what is told here, EDTF; none where all is.
    since: Option<String>,
    #[serde(flatten)]
    news: News,
}

impl Page for Today {
    fn ask(dossier: &Dossier, ask: &Ask) -> Result<Today, Fault> {
        if let Some(name) = ask.parameters.stranger(&["since"]) {
            return Err(Fault::bad("fault-filter-unknown", name));
        }
        let changed = dossier.last_change()?.and_then(|time| time.get(..10).map(str::to_owned));
        let last = changed.as_deref().and_then(|day| Edtf::parse(day).ok()).and_then(|day| day.days());
        let since = match ask.parameters.first("since").unwrap_or(SPANS[0].0) {
            span if SPANS.iter().any(|(there, _)| *there == span) => {
                let back = SPANS.iter().find(|(there, _)| *there == span).and_then(|(_, days)| *days);
                back.zip(last).map(|(back, (last, _))| Day::of_number(last.number() - back).to_string())
            }
            written => match Edtf::parse(written).ok().filter(|_| written.len() == 10) {
                Some(_) => Some(written.to_owned()),
                None => return Err(Fault::bad("fault-filter-day", written)),
            },
        };
        let news = dossier.news(since.as_deref().unwrap_or_default(), SHOWN)?;
        Ok(Today { current: dossier.is_current()?, counts: dossier.counts()?, changed, since, news })
    }

    fn show(&self, view: &View<'_>) -> Shown {
        let News { contacts, turns, contradictions, reports } = &self.news;
        let nothing =
            [contacts.total, turns.total, contradictions.total, reports.total].iter().all(|n| *n == 0);
        let body = html! {
            (self.holds(view))
            @if self.counts.reports == 0 { p.lead { (view.say("room-empty")) } p { a href="/add" { (view.say("room-add")) } } }
            @else {
                (self.spans(view))
                @if nothing { p { (view.say("room-news-nothing")) } }
                div.columns {
                    div {
                        @if !turns.items.is_empty() {
                            section aria-labelledby="turns" {
                                h2 #turns { (view.count("room-news-statuses", turns.total)) }
                                @for change in &turns.items { (self.changed_status(view, &change.before, &change.contact.id, contact_item(view, &change.contact))) }
                                @if turns.total > turns.items.len() { p.small.soft { (view.say("room-news-more")) } }
                            }
                        }
                        @if !contacts.items.is_empty() {
                            section aria-labelledby="new-contacts" {
                                h2 #new-contacts { (view.count("room-news-contacts", contacts.total)) }
                                @for contact in &contacts.items { (contact_item(view, contact)) }
                                p { a href="/contacts" { (view.say("room-all-contacts")) } }
                            }
                        }
                    }
                    div {
                        @if !contradictions.items.is_empty() {
                            section aria-labelledby="new-contradictions" {
                                h2 #new-contradictions { (view.count("room-news-contradictions", contradictions.total)) }
                                ul.plain { @for one in &contradictions.items { li data-item { (contradicted(view, one)) } } }
                                @if contradictions.total > contradictions.items.len() { p { a href="/contradictions" { (view.say("room-all-contradictions")) } } }
                            }
                        }
                        @if !reports.items.is_empty() {
                            section aria-labelledby="new-reports" {
                                h2 #new-reports { (view.count("room-news-reports", reports.total)) }
                                ul.plain { @for report in &reports.items { li data-item { (cited(view, report)) } } }
                                @if reports.total > reports.items.len() { p { a href="/reports" { (view.say("room-all-reports")) } } }
                            }
                        }
                    }
                }
            }
        };
        Shown { title: view.say("room-today"), section: "room-today", body }
    }
}

impl Today {
    /// How much there is of each sort, and of each status.
    fn holds(&self, view: &View<'_>) -> Markup {
        let counts = &self.counts;
        let cells = [
            ("/reports", view.count("found-reports", counts.reports)),
            ("/reports", view.count("summary-lineages", counts.lineages)),
            ("/contacts", view.count("found-contacts", counts.contacts)),
            ("/statements", view.count("found-statements", counts.statements)),
            ("/actors", view.count("found-actors", counts.actors)),
            ("/contradictions", view.count("summary-contradictions", counts.contradictions)),
            ("/gaps", view.count("room-count-gaps", counts.gaps)),
        ];
        html! {
            @if let (Some(first), Some(last)) = (&counts.first, &counts.last) {
                p.soft {
                    (view.words.interface.tell("room-period", &[("first", view.words.date(first).into()), ("last", view.words.date(last).into())]))
                }
            }
            ul.counts { @for (path, count) in &cells { li { a href=(path) { (count) } } } }
            ul.chips {
                @for (status, n) in &counts.statuses {
                    li.(tone(status)) {
                        a href=(address("/contacts", &format!("status={status}"))) {
                            (view.count(&format!("summary-status-{}", status.replace('_', "-")), *n))
                        }
                    }
                }
            }
        }
    }

    /// Since when, and the other choices.
    fn spans(&self, view: &View<'_>) -> Markup {
        let asked = view.ask.parameters.first("since").unwrap_or(SPANS[0].0);
        html! {
            nav.spans aria-label=(view.say("room-news-spans")) {
                b {
                    @match &self.since {
                        Some(since) => (view.words.interface.tell("room-news-since", &[("day", view.words.date(since).into())])),
                        None => (view.say("room-news-all-time")),
                    }
                }
                @for (span, _) in SPANS {
                    " " a href=(address("/", &format!("since={span}"))) aria-current=[(asked == span).then_some("true")] { (view.say(&format!("room-span-{span}"))) }
                }
            }
        }
    }

    /// A contact with the status that it had.
    fn changed_status(&self, view: &View<'_>, before: &Label, id: &str, item: Markup) -> Markup {
        html! {
            div.changed {
                p.small { (view.say("room-news-before")) " " s { (status(view, before, "meeting")) } " → " a href=(contact_path(id)) { (view.say("room-history")) } }
                (item)
            }
        }
    }
}

/// What is said against what.
fn contradicted(view: &View<'_>, one: &ContradictionRecord) -> Markup {
    html! {
        a href=(contact_path(&one.contact)) { (view.words.label("contradiction", &one.kind)) }
        " — "
        @for (n, version) in one.versions.iter().enumerate() {
            @if n > 0 { " ≠ " }
            bdi { (super::contradictions::value(view, &one.kind, &version.value)) }
        }
    }
}
