//! `/search`: words, in reports first.

use depeche_pipeline::records::{ActorRecord, ContactRecord, Evidence, ReportRecord};
use depeche_pipeline::store::{Dossier, Filter, Page as PageOf, Paging};
use depeche_pipeline::{passages, wanted};
use depeche_record::CodePoints;
use maud::html;
use schemars::JsonSchema;
use serde::Serialize;

use super::Page;
use crate::ask::Ask;
use crate::fault::Fault;
use crate::selection::{filter, paging};
use crate::view::{Shown, View, actor_path, cited, contact_item, pager, place_of, quoted};

/// Passages shown of a report.
const PASSAGES: usize = 2;
/// Contacts and actors shown beside the reports.
const BESIDE: usize = 5;

/// What words were found in.
#[derive(Serialize, JsonSchema)]
pub struct Search {
    #[serde(flatten)]
    page: PageOf<Found>,
    /// The first actors of that name.
    actors: Vec<ActorRecord>,
    /// The first contacts that the words tell of.
    contacts: Vec<ContactRecord>,
}

/// A report that words were found in.
#[derive(Serialize, JsonSchema)]
struct Found {
    report: ReportRecord,
    /// Less is better.
    score: f64,
    /// Where, the best first.
    passages: Vec<Evidence>,
}

impl Page for Search {
    fn ask(dossier: &Dossier, ask: &Ask) -> Result<Search, Fault> {
        let filter = filter(dossier, &ask.parameters)?;
        let hits = dossier.search(&filter, paging(ask)?)?;
        let words = filter.words.clone().unwrap_or_default();
        let mut items = Vec::new();
        for hit in hits.items {
            let (report, reading) = dossier.report(&hit.report.id)?;
            let points = CodePoints::of(&report.text);
            let spans = passages(&report, reading.language, &words, PASSAGES);
            let passages = spans
                .into_iter()
                .map(|span| {
                    let (start, end) = points.range(&report.text, span);
                    Evidence { exact: span.of(&report.text).to_owned(), start, end }
                })
                .collect();
            items.push(Found { report: hit.report, score: hit.score, passages });
        }
        let named = |words| Filter { words, ..Filter::default() };
        let beside = || match words.is_empty() {
            true => None,
            false => ask.parameters.first("q").map(wanted),
        };
        let (mut actors, mut contacts) = (Vec::new(), Vec::new());
        if let Some(words) = beside() {
            actors = dossier.actors(&named(Some(words.clone())), Paging::first(BESIDE))?.items;
            contacts = dossier.contacts(&named(Some(words)), Paging::first(BESIDE))?.items;
        }
        Ok(Search { page: PageOf { total: hits.total, offset: hits.offset, items }, actors, contacts })
    }

    fn show(&self, view: &View<'_>) -> Shown {
        let counted = view.count("found-reports", self.page.total);
        let body = html! {
            p.soft { (view.say("room-search-how")) }
            @if view.ask.parameters.first("q").is_some() {
                @if !self.actors.is_empty() {
                    section aria-labelledby="actors" {
                        h2 #actors { (view.say("room-actors")) }
                        p { @for (n, actor) in self.actors.iter().enumerate() { @if n > 0 { ", " } a href=(actor_path(&actor.id)) { bdi { (actor.name) } } } }
                    }
                }
                @if !self.contacts.is_empty() {
                    section aria-labelledby="contacts" {
                        h2 #contacts { (view.say("section-contacts")) }
                        @for contact in &self.contacts { (contact_item(view, contact)) }
                    }
                }
                section aria-labelledby="reports" {
                    h2 #reports { (counted) }
                    @for found in &self.page.items {
                        article.item data-item {
                            p { (cited(view, &found.report)) }
                            @for passage in &found.passages {
                                p.said { a.proof href=(place_of(&found.report.id, passage)) { (quoted(&passage.exact, &found.report.language)) } }
                            }
                        }
                    }
                    (pager(view, &self.page, &counted))
                }
            }
        };
        Shown { title: view.say("room-search"), section: "", body }
    }
}
