//! `/statements`: what was said, by whom.

use depeche_pipeline::records::{DossierStatementRecord, ReportRecord};
use depeche_pipeline::store::{Counts, Dossier, Page as PageOf};
use maud::{Markup, html};
use serde::Serialize;

use super::{Page, language_of, reports_named};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::selection::{filter, paging};
use crate::view::{Field, Shown, View, actor_path, contact_path, filters, pager, proof, quoted, when};

/// A page of statements.
#[derive(Serialize)]
pub struct Statements {
    #[serde(flatten)]
    page: PageOf<DossierStatementRecord>,
    /// The reports that they stand in.
    reports: Vec<ReportRecord>,
    /// What the form offers.
    #[serde(skip)]
    counts: Counts,
}

impl Page for Statements {
    fn ask(dossier: &Dossier, ask: &Ask) -> Result<Statements, Fault> {
        let filter = filter(dossier, &ask.parameters)?;
        let page = dossier.statements(&filter, paging(ask)?)?;
        let reports = reports_named(dossier, page.items.iter().map(|one| one.report.as_str()))?;
        Ok(Statements { page, reports, counts: dossier.counts()? })
    }

    fn show(&self, view: &View<'_>) -> Shown {
        let counted = view.count("found-statements", self.page.total);
        let fields = [Field::Side, Field::Actor, Field::Act, Field::Period, Field::Words, Field::Outlet];
        let body = html! {
            (filters(view, &self.counts, &fields))
            div #results {
                p.soft role="status" { (counted) }
                ul.items {
                    @for statement in &self.page.items { li data-item { (statement_item(view, statement, &self.reports)) } }
                }
                (pager(view, &self.page, &counted))
            }
        };
        Shown { title: view.say("section-statements"), section: "section-statements", body }
    }
}

/// A statement in a list: who, what act, the words, where.
pub fn statement_item(
    view: &View<'_>,
    statement: &DossierStatementRecord,
    reports: &[ReportRecord],
) -> Markup {
    let language = language_of(reports, &statement.report);
    html! {
        p.line id=(statement.id) {
            @match &statement.actor {
                Some(id) => { a href=(actor_path(id)) { bdi { (statement.speaker) } } }
                None => { b { bdi { (statement.speaker) } } }
            }
            @if let Some(side) = &statement.side { span.soft { " (" bdi { (view.words.side(side)) } ")" } }
            " " span.act { (view.words.label("act", &statement.act)) }
            @if let Some(date) = &statement.date { " " span.setting { (when(view, date)) } }
        }
        p.said {
            @match &statement.quote {
                Some(words) => (quoted(words, language)),
                None => { span lang=[crate::view::known(language)] dir="auto" { (depeche_interface::shorten(&statement.evidence.exact, crate::view::QUOTED)) } }
            }
        }
        p.small {
            (proof(reports, &statement.report, &statement.evidence))
            @for id in &statement.about { " · " a href=(contact_path(id)) { (view.say("room-about")) " " (id) } }
            @if !statement.same_as.is_empty() { " · " (view.count("room-same-words", statement.same_as.len())) }
        }
    }
}
