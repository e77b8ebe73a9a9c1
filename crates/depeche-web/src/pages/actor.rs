//! `/actors/ID`: one person.

use std::collections::BTreeMap;

use depeche_pipeline::records::{ContactRecord, JudgementRecord, ReportRecord};
use depeche_pipeline::store::{ActCount, ActorSheet, Dossier, Filter, Item, Page as PageOf, Paging};
use depeche_pipeline::wanted;
use maud::html;
use schemars::JsonSchema;
use serde::Serialize;

use super::deciding::{Judging, judged, waiting_on};
use super::statements::{acts_over_time, statement_item};
use super::{Page, missing, reports_named};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::parameters::Parameters;
use crate::selection::paging;
use crate::view::{Shown, View, actor_path, cited, contact_item, pager};

/// Contacts that are looked through for company.
const LOOKED: usize = 500;
/// Company shown.
const COMPANY: usize = 20;
/// People offered as the same, of a like name and of any.
const ALIKE: usize = 40;
/// Reports shown.
const REPORTS: usize = 100;

/// One person.
#[derive(Serialize, JsonSchema)]
pub struct Actor {
    #[serde(flatten)]
    sheet: ActorSheet,
    /// With whom, and in how many contacts; most first.
    company: Vec<Companion>,
    /// Statements by act and month.
    acts: Vec<ActCount>,
    /// People who may be the same, by identifier and name: those of a like name, then those named most.
    #[serde(skip)]
    alike: Vec<(String, String)>,
    /// What was decided of the person and is not shown yet.
    #[serde(skip)]
    waiting: Vec<JudgementRecord>,
    /// The first reports that name the person.
    reports: Vec<ReportRecord>,
}

/// Somebody who took part in the same contacts.
#[derive(Serialize, JsonSchema)]
struct Companion {
    actor: String,
    name: String,
    contacts: usize,
}

impl Page for Actor {
    fn ask(dossier: &Dossier, ask: &Ask) -> Result<Actor, Fault> {
        if let Some(name) = ask.parameters.stranger(&["page", "limit"]) {
            return Err(Fault::bad("fault-filter-unknown", name));
        }
        let sheet = dossier.actor_sheet(&ask.id, paging(ask)?)?;
        let Some(sheet) = sheet else { return Err(missing(dossier, ask, Item::Actor, actor_path)?) };
        let of = Filter { actors: vec![ask.id.clone()], ..Filter::default() };
        let contacts: PageOf<ContactRecord> = dossier.contacts(&of, Paging::first(LOOKED))?;
        let mut together: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for contact in &contacts.items {
            for (id, name) in contact.actors.iter().zip(&contact.participants) {
                if *id != ask.id {
                    *together.entry((id, name)).or_default() += 1;
                }
            }
        }
        let mut company: Vec<Companion> = together
            .into_iter()
            .map(|((actor, name), contacts)| Companion {
                actor: actor.to_owned(),
                name: name.to_owned(),
                contacts,
            })
            .collect();
        company.sort_by_key(|one| std::cmp::Reverse(one.contacts));
        let acts = dossier.acts_by_month(&of)?;
        let said = sheet.statements.items.iter().map(|one| one.report.as_str());
        let named = sheet.actor.reports.iter().take(REPORTS).map(String::as_str);
        let mut alike: Vec<(String, String)> = Vec::new();
        if ask.may_change {
            let last = sheet.actor.name.split_whitespace().last().map(wanted);
            for words in [last, None] {
                let like = Filter { words, ..Filter::default() };
                for other in dossier.actors(&like, Paging::first(ALIKE))?.items {
                    if other.id != ask.id && alike.iter().all(|(id, _)| *id != other.id) {
                        alike.push((other.id, other.name));
                    }
                }
            }
        }
        let reports = reports_named(dossier, named.chain(said))?;
        Ok(Actor { alike, reports, waiting: waiting_on(dossier, &ask.id)?, sheet, company, acts })
    }

    fn show(&self, view: &View<'_>) -> Shown {
        let actor = &self.sheet.actor;
        let words = view.words;
        let contacts = view.count("found-contacts", self.sheet.contacts.total);
        let statements = view.count("found-statements", self.sheet.statements.total);
        let body = html! {
            dl.facts {
                dt { (view.say("room-side")) }
                dd { @if actor.sides.is_empty() { "–" } (words.sides(&actor.sides)) }
                @if !actor.offices.is_empty() {
                    dt { (view.say("room-offices")) }
                    dd { @for (n, office) in actor.offices.iter().enumerate() { @if n > 0 { "; " } bdi { (office) } } }
                }
                @if !actor.aliases.is_empty() {
                    dt { (view.say("room-also-written")) }
                    dd { @for (n, alias) in actor.aliases.iter().enumerate() { @if n > 0 { ", " } bdi { (alias) } } }
                }
                @if !actor.reasons.is_empty() {
                    dt { (view.say("why")) }
                    dd { ul.plain { @for reason in &actor.reasons { li { (words.reason(reason)) } } } }
                }
                @if !self.company.is_empty() {
                    dt { (view.say("room-company")) }
                    dd {
                        @for (n, one) in self.company.iter().take(COMPANY).enumerate() {
                            @if n > 0 { ", " }
                            a href=(actor_path(&one.actor)) { bdi { (one.name) } } " (" (one.contacts) ")"
                        }
                    }
                }
            }
            (judged(view, &actor.judged, &self.waiting, &Judging { id: &actor.id, prefix: "j", path: &actor_path(&actor.id), fields: &["name", "sides", "gazetteer"], others: Some(&self.alike) }))
            section aria-labelledby="contacts" {
                h2 #contacts { (contacts) }
                @for contact in &self.sheet.contacts.items { (contact_item(view, contact)) }
                (pager(view, &self.sheet.contacts, &contacts))
            }
            section aria-labelledby="statements" {
                h2 #statements { (statements) }
                (acts_over_time(view, &self.acts, Parameters::default().and("actor", &actor.id)))
                ul.items {
                    @for statement in &self.sheet.statements.items { li data-item { (statement_item(view, statement, &self.reports)) } }
                }
                (pager(view, &self.sheet.statements, &statements))
            }
            section aria-labelledby="reports" {
                h2 #reports { (view.count("found-reports", actor.reports.len())) }
                ul.plain {
                    @for report in self.reports.iter().filter(|report| actor.reports.contains(&report.id)) { li { (cited(view, report)) } }
                }
            }
        };
        Shown { title: actor.name.clone(), section: "room-actors", body }
    }
}
