//! `/origins`: where reports say that they know it from.

use depeche_pipeline::store::{Counts, Dossier, NamedOrigin, Page as PageOf};
use maud::html;
use serde::Serialize;

use super::Page;
use crate::ask::Ask;
use crate::fault::Fault;
use crate::selection::{filter, paging};
use crate::view::{Field, Shown, View, filters, pager, report_path};

/// A page of origins.
#[derive(Serialize)]
pub struct Origins {
    #[serde(flatten)]
    page: PageOf<NamedOrigin>,
    /// What the form offers.
    #[serde(skip)]
    counts: Counts,
}

impl Page for Origins {
    fn ask(dossier: &Dossier, ask: &Ask) -> Result<Origins, Fault> {
        let filter = filter(dossier, &ask.parameters)?;
        Ok(Origins { page: dossier.origins(&filter, paging(ask)?)?, counts: dossier.counts()? })
    }

    fn show(&self, view: &View<'_>) -> Shown {
        let counted = view.count("room-count-origins", self.page.total);
        let body = html! {
            (filters(view, &self.counts, &[Field::Side, Field::Period, Field::Outlet]))
            div #results {
                p.soft role="status" { (counted) }
                div.scroll {
                    table {
                        caption { (view.say("room-origins-caption")) }
                        thead { tr {
                            th scope="col" { (view.say("room-name")) }
                            th.number scope="col" { (view.say("room-cites")) }
                            th.number scope="col" { (view.say("room-republishes")) }
                            th.number scope="col" { (view.say("room-image")) }
                            th scope="col" { (view.say("room-first-reports")) }
                        } }
                        tbody {
                            @for origin in &self.page.items {
                                tr data-item {
                                    th scope="row" { bdi { (origin.name) } }
                                    td.number { (origin.cites) }
                                    td.number { (origin.republishes) }
                                    td.number { (origin.image) }
                                    td { @for (n, id) in origin.reports.iter().take(5).enumerate() { @if n > 0 { ", " } a href=(report_path(id)) { bdi { (id) } } } }
                                }
                            }
                        }
                    }
                }
                (pager(view, &self.page, &counted))
            }
        };
        Shown { title: view.say("section-origins"), section: "section-origins", body }
    }
}
