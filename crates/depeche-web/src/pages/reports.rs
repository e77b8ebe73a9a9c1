//! `/reports`: what was read.

use depeche_pipeline::records::ReportRecord;
use depeche_pipeline::store::{Counts, Dossier, Page as PageOf};
use maud::html;
use schemars::JsonSchema;
use serde::Serialize;

use super::Page;
use crate::ask::Ask;
use crate::fault::Fault;
use crate::parameters::address;
use crate::selection::{filter, paging};
use crate::view::{Field, Head, Shown, View, filters, known, pager, report_path, table, when};

/// A page of reports.
#[derive(Serialize, JsonSchema)]
pub struct Reports {
    #[serde(flatten)]
    page: PageOf<ReportRecord>,
    /// What the form offers.
    #[serde(skip)]
    counts: Counts,
}

impl Page for Reports {
    fn ask(dossier: &Dossier, ask: &Ask) -> Result<Reports, Fault> {
        let filter = filter(dossier, &ask.parameters)?;
        Ok(Reports { page: dossier.reports(&filter, paging(ask)?)?, counts: dossier.counts()? })
    }

    fn show(&self, view: &View<'_>) -> Shown {
        let counted = view.count("found-reports", self.page.total);
        let body = html! {
            (filters(view, &self.counts, &[Field::Words, Field::Outlet, Field::Period, Field::Side]))
            div #results {
                p.soft role="status" { (counted) }
                (table(view, "room-reports-caption", &[Head::Words("room-title"), Head::Words("room-outlet"), Head::Words("room-published"), Head::Words("room-language"), Head::Words("section-origins")], html! {
                    @for report in &self.page.items {
                        tr data-item {
                            th scope="row" {
                                a href=(report_path(&report.id)) {
                                    bdi lang=[known(&report.language)] { (report.title.as_deref().unwrap_or(&report.id)) }
                                }
                            }
                            td { @if let Some(outlet) = &report.outlet { a href=(address("/reports", &crate::parameters::Parameters::default().with("outlet", outlet))) { bdi { (outlet) } } } }
                            td { @if let Some(published) = &report.published { (when(view, published)) } }
                            td { (view.words.label("language", &report.language)) }
                            td { @for (n, name) in names(report).iter().enumerate().take(5) { @if n > 0 { ", " } bdi { (name) } } }
                        }
                    }
                }))
                (pager(view, &self.page, &counted))
            }
        };
        Shown { title: view.say("room-reports"), section: "room-reports", body }
    }
}

/// Names of the origins of a report, each once.
fn names(report: &ReportRecord) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for origin in &report.origins {
        if !names.contains(&origin.name.as_str()) {
            names.push(&origin.name);
        }
    }
    names
}
