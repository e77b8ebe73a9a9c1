//! `/origins`: where reports say that they know it from, and who takes from whom.

use std::collections::BTreeMap;

use depeche_pipeline::store::{Counts, Dossier, Feed, NamedOrigin, Page as PageOf, Paging};
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::Serialize;

use super::Page;
use super::coverage::Known;
use crate::ask::Ask;
use crate::chart::{Flow, Flows};
use crate::fault::Fault;
use crate::selection::{filter, paging};
use crate::view::{Field, Head, Shown, View, filters, pager, report_path, table};

/// Who takes from whom: the strongest that are shown.
const FEEDS: usize = 60;
/// Names that are looked at, those that most reports have.
const NAMES: usize = 2_000;
/// Reports that are named of an origin.
const REPORTS: usize = 20;

/// A page of origins.
#[derive(Serialize, JsonSchema)]
pub struct Origins {
    #[serde(flatten)]
    page: PageOf<Origin>,
    /// Who takes from whom, the strongest first.
    feeds: Vec<Feed>,
    /// What the form offers.
    #[serde(skip)]
    counts: Counts,
}

/// An origin, and who is behind it.
#[derive(Serialize, JsonSchema)]
struct Origin {
    #[serde(flatten)]
    named: NamedOrigin,
    /// What else reports call it.
    others: Vec<String>,
    #[serde(flatten)]
    known: Known,
}

impl Page for Origins {
    fn ask(dossier: &Dossier, ask: &Ask) -> Result<Origins, Fault> {
        let filter = filter(dossier, &ask.parameters)?;
        let all = together(dossier.origins(&filter, Paging::first(NAMES))?.items);
        let Paging { limit, offset } = paging(ask)?;
        let total = all.len();
        let items = all.into_iter().skip(offset).take(limit.unwrap_or(total)).collect();
        let page = PageOf { total, offset, items };
        Ok(Origins { page, feeds: dossier.feeds(&filter, Paging::first(FEEDS))?, counts: dossier.counts()? })
    }

    fn show(&self, view: &View<'_>) -> Shown {
        let counted = view.count("room-count-origins", self.page.total);
        let body = html! {
            (filters(view, &self.counts, &[Field::Side, Field::Period, Field::Outlet]))
            div #results {
                p.soft role="status" { (counted) }
                (self.flows(view))
                (table(view, "room-origins-caption", &[Head::Words("room-name"), Head::Words("room-about-outlet"), Head::Number("room-cites"), Head::Number("room-republishes"), Head::Number("room-image"), Head::Words("room-first-reports")], html! {
                    @for origin in &self.page.items {
                        tr data-item {
                            th scope="row" {
                                bdi { (origin.named.name) }
                                @if !origin.others.is_empty() { div.small.soft.light { bdi { (origin.others.join(", ")) } } }
                            }
                            td { (origin.known.show(view)) }
                            td.number { (origin.named.cites) }
                            td.number { (origin.named.republishes) }
                            td.number { (origin.named.image) }
                            td { @for (n, id) in origin.named.reports.iter().take(5).enumerate() { @if n > 0 { ", " } a href=(report_path(id)) { bdi { (id) } } } }
                        }
                    }
                }))
                (pager(view, &self.page, &counted))
            }
        };
        Shown { title: view.say("section-origins"), section: "section-origins", body }
    }
}

/// Names that the gazetteer has for one outlet or agency, under the first of them.
fn together(named: Vec<NamedOrigin>) -> Vec<Origin> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut origins: Vec<Origin> = Vec::new();
    for one in named {
        let known = Known::of(&one.name);
        match known.id.and_then(|id| places.get(id)) {
            Some(n) => {
                let Origin { named, others, .. } = &mut origins[*n];
                named.cites += one.cites;
                named.republishes += one.republishes;
                named.image += one.image;
                named.reports.extend(one.reports);
                named.reports.sort();
                named.reports.dedup();
                named.reports.truncate(REPORTS);
                others.push(one.name);
            }
            None => {
                known.id.map(|id| places.insert(id, origins.len()));
                origins.push(Origin { named: one, others: Vec::new(), known });
            }
        }
    }
    let weight = |one: &Origin| one.named.cites + one.named.republishes + one.named.image;
    origins.sort_by(|one, other| weight(other).cmp(&weight(one)).then(one.named.name.cmp(&other.named.name)));
    origins
}

/// What an origin is called in the picture, whatever reports call it.
fn called(name: &str) -> String {
    Known::of(name).name.unwrap_or(name).to_owned()
}

impl Origins {
    /// Who takes from whom, as a picture.
    fn flows(&self, view: &View<'_>) -> Markup {
        let mut taken: BTreeMap<(String, String), (usize, usize)> = BTreeMap::new();
        for feed in &self.feeds {
            let (cites, republishes) = taken.entry((called(&feed.origin), called(&feed.outlet))).or_default();
            (*cites, *republishes) = (*cites + feed.cites, *republishes + feed.republishes);
        }
        let flow = |((from, to), (cites, republishes)): ((String, String), (usize, usize))| {
            let weight = cites + republishes;
            let count = view.count("found-reports", weight);
            let title = view.words.labelled(&format!("{from} → {to}"), &count);
            Flow { from, to, weight, copied: republishes > cites, title }
        };
        Flows {
            flows: taken.into_iter().map(flow).collect(),
            from: view.say("section-origins"),
            to: view.say("room-outlets"),
            said: view.say("room-feeds-picture"),
        }
        .draw()
    }
}
