//! `/statements`: what was said, by whom, and how positions change.

use std::collections::BTreeMap;

use depeche_pipeline::records::{DossierStatementRecord, ReportRecord};
use depeche_pipeline::store::{ActCount, Counts, Dossier, Page as PageOf};
use depeche_record::Act;
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Page, language_of, reports_named};
use crate::ask::Ask;
use crate::chart::Months;
use crate::fault::Fault;
use crate::parameters::{Parameters, address};
use crate::selection::{filter, paging};
use crate::view::{Field, Shown, View, actor_path, contact_path, filters, pager, proof, quoted, when};

/// A page of statements.
#[derive(Serialize, JsonSchema)]
pub struct Statements {
    #[serde(flatten)]
    page: PageOf<DossierStatementRecord>,
    /// The reports that they stand in.
    reports: Vec<ReportRecord>,
    /// How many there are of each act in each month, without regard to the page of the list.
    acts: Vec<ActCount>,
    /// What the form offers.
    #[serde(skip)]
    counts: Counts,
}

impl Page for Statements {
    fn ask(dossier: &Dossier, ask: &Ask) -> Result<Statements, Fault> {
        let filter = filter(dossier, &ask.parameters)?;
        let page = dossier.statements(&filter, paging(ask)?)?;
        let reports = reports_named(dossier, page.items.iter().map(|one| one.report.as_str()))?;
        let acts = dossier.acts_by_month(&filter)?;
        Ok(Statements { page, reports, acts, counts: dossier.counts()? })
    }

    fn show(&self, view: &View<'_>) -> Shown {
        let counted = view.count("found-statements", self.page.total);
        let fields = [Field::Side, Field::Actor, Field::Act, Field::Period, Field::Words, Field::Outlet];
        let body = html! {
            (filters(view, &self.counts, &fields))
            div #results {
                p.soft role="status" { (counted) }
                (acts_over_time(view, &self.acts, view.ask.parameters.clone()))
                ul.items {
                    @for statement in &self.page.items { li data-item { (statement_item(view, statement, &self.reports)) } }
                }
                (pager(view, &self.page, &counted))
            }
        };
        Shown { title: view.say("section-statements"), section: "section-statements", body }
    }
}

/// How often each act was done in each month; a square leads to the statements, `of` being what else is asked of them.
pub fn acts_over_time(view: &View<'_>, acts: &[ActCount], of: Parameters) -> Markup {
    let mut counts = BTreeMap::new();
    for one in acts {
        // Those of reports without a day stand before all months.
        counts.insert((one.act.clone(), one.month.clone().unwrap_or_default()), one.statements);
    }
    let there = |label: &str| counts.keys().any(|(act, _)| act == label);
    let rows = Act::ALL.iter().map(|act| act.label()).filter(|label| there(label));
    let rows = rows.map(|label| (label.to_owned(), view.words.label("act", label))).collect();
    let of = |act: &str, month: &str| {
        let of = of.without(&["act", "since", "until", "page", "limit"]);
        let of = of.and("act", act).and("since", month).and("until", month);
        (!month.is_empty()).then(|| address("/statements", &of.with("", "")))
    };
    Months { rows, counts, said: view.say("room-acts-caption"), head: view.say("room-act") }.draw(
        &|month| if month.is_empty() { view.say("timeline-no-date") } else { view.words.date(month) },
        &of,
    )
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
