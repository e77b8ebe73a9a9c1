//! `/coverage`: what the dossier rests on: which outlets, in which months, and how much of it is their own.

use std::collections::BTreeMap;

use depeche_interface::coverage_in_words;
use depeche_pipeline::gazetteer::{Gazetteer, OutletKind};
use depeche_pipeline::store::{Counts, Dossier, MonthCount, OutletCount};
use depeche_record::Edtf;
use depeche_record::followed::Source as Followed;
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::Serialize;

use super::Page;
use crate::ask::Ask;
use crate::chart::Months;
use crate::fault::Fault;
use crate::parameters::{Parameters, address};
use crate::selection::filter;
use crate::view::{Field, Head, Shown, View, filters, link_out, table, when};

/// Outlets that are listed.
const OUTLETS: usize = 100;
/// Outlets whose months are shown.
const ROWS: usize = 25;
/// Failures that are shown of a source, the latest.
const FAILURES: usize = 3;
/// Days without a report, up to the last that the dossier has, after which an outlet is said to be quiet.
const QUIET: i64 = 30;

/// What the dossier rests on.
#[derive(Serialize, JsonSchema)]
pub struct Coverage {
    outlets: Vec<Source>,
    months: Vec<MonthCount>,
    /// When the first and the last version of a report was captured, RFC 3339 in UTC.
    captured: Option<(String, String)>,
    /// The sources that this dossier follows, from when to when, and what failed.
    followed: BTreeMap<String, Followed>,
    /// What the form offers.
    #[serde(skip)]
    counts: Counts,
}

/// An outlet, and who is behind it.
#[derive(Serialize, JsonSchema)]
pub struct Source {
    #[serde(flatten)]
    count: OutletCount,
    #[serde(flatten)]
    known: Known,
    /// Days from its last report to the last of the dossier.
    quiet: Option<i64>,
}

/// What the gazetteer knows of an outlet or agency.
#[derive(Serialize, JsonSchema)]
pub struct Known {
    /// Its identifier in the gazetteer.
    pub id: Option<&'static str>,
    /// What it is called there.
    #[serde(skip)]
    pub name: Option<&'static str>,
    /// `agency`, `newspaper`, `broadcaster`, `site`, `platform` or `photo_agency`.
    pub kind: Option<&'static str>,
    /// Code of the state where it is edited.
    pub country: Option<&'static str>,
    /// Who owns it; `state` where a state does.
    pub owner: Option<&'static str>,
}

impl Known {
    /// What is known of a name; nothing where the gazetteer does not have it.
    pub fn of(name: &str) -> Known {
        let outlet = Gazetteer::builtin().outlet_by_name(name);
        let text = |words: &'static str| (!words.is_empty()).then_some(words);
        Known {
            id: outlet.map(|outlet| outlet.id),
            name: outlet.map(|outlet| outlet.name),
            kind: outlet.map(|outlet| match outlet.kind {
                OutletKind::Agency => "agency",
                OutletKind::Newspaper => "newspaper",
                OutletKind::Broadcaster => "broadcaster",
                OutletKind::Site => "site",
                OutletKind::Platform => "platform",
                OutletKind::PhotoAgency => "photo_agency",
            }),
            country: outlet.and_then(|outlet| text(outlet.country)),
            owner: outlet.and_then(|outlet| text(outlet.owner)),
        }
    }

    /// In words: what it is, where, whose.
    pub fn show(&self, view: &View<'_>) -> Markup {
        let owner = self.owner.map(|owner| match owner {
            "state" => view.say("room-owner-state"),
            name => name.to_owned(),
        });
        let kind = self.kind.map(|kind| view.say(&format!("outlet-{}", kind.replace('_', "-"))));
        let parts = [kind, self.country.map(|code| view.words.side(code)), owner];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        html! { bdi { (parts.join(" · ")) } }
    }
}

impl Page for Coverage {
    fn ask(dossier: &Dossier, ask: &Ask) -> Result<Coverage, Fault> {
        let filter = filter(dossier, &ask.parameters)?;
        let counts = dossier.counts()?;
        let number = |day: &Option<String>| {
            let day = day.as_deref().and_then(|day| Edtf::parse(day).ok())?.days()?;
            Some(day.0.number())
        };
        let newest = number(&counts.last);
        let source = |count: OutletCount| Source {
            known: Known::of(count.outlet.as_deref().unwrap_or_default()),
            quiet: newest.zip(number(&count.last)).map(|(newest, last)| newest - last),
            count,
        };
        let outlets = dossier.outlets(&filter, OUTLETS)?.into_iter().map(source).collect();
        Ok(Coverage {
            captured: dossier.captured()?,
            outlets,
            months: dossier.reports_by_month(&filter)?,
            followed: dossier.coverage()?,
            counts,
        })
    }

    fn show(&self, view: &View<'_>) -> Shown {
        let reports: usize = self.months.iter().map(|month| month.reports).sum();
        let body = html! {
            (filters(view, &self.counts, &[Field::Outlet, Field::Period, Field::Side, Field::Words]))
            div #results {
                p.soft role="status" {
                    (view.count("found-reports", reports)) " · " (view.count("room-count-outlets", self.outlets.len()))
                    @if let Some((first, last)) = &self.captured {
                        " · " (view.words.interface.tell("room-captured-from", &[("first", day_of(view, first).into()), ("last", day_of(view, last).into())]))
                    }
                }
                (self.by_month(view))
                (table(view, "room-outlets-caption", &[Head::Words("room-outlet"), Head::Words("room-about-outlet"), Head::Number("room-reports"), Head::Number("room-own"), Head::Words("room-first-published"), Head::Words("room-last-published")], html! {
                    @for one in &self.outlets {
                        tr data-item {
                            th scope="row" { (name(view, one.count.outlet.as_deref())) }
                            td { (one.known.show(view)) }
                            td.number { (one.count.reports) }
                            td.number { (one.count.own) span.soft { " (" (share(one.count.own, one.count.reports)) ")" } }
                            td { @if let Some(first) = &one.count.first { (when(view, first)) } }
                            td {
                                @if let Some(last) = &one.count.last { (when(view, last)) }
                                @if let Some(quiet) = one.quiet.filter(|quiet| *quiet >= QUIET) { div.small.against { (view.count("room-quiet", usize::try_from(quiet).unwrap_or(0))) } }
                            }
                        }
                    }
                }))
                p.small.soft { (view.say("room-own-how")) }
            }
            @if !self.followed.is_empty() {
                section aria-labelledby="followed" {
                    h2 #followed { (view.say("room-followed")) }
                    @for (address, source) in &self.followed {
                        article.item.against[source.failing] data-item {
                            p.line { @if let Some(title) = &source.title { b { bdi { (title) } } } " " (link_out(&view.place(address))) }
                            ul.plain { @for line in coverage_in_words(view.words.interface, source, FAILURES) { li { bdi { (line) } } } }
                        }
                    }
                }
            }
        };
        Shown { title: view.say("room-coverage"), section: "room-coverage", body }
    }
}

impl Coverage {
    fn by_month(&self, view: &View<'_>) -> Markup {
        let outlets = self.outlets.iter().take(ROWS).map(|one| one.count.outlet.clone().unwrap_or_default());
        let rows = outlets.map(|outlet| {
            let words = if outlet.is_empty() { view.say("room-no-outlet") } else { outlet.clone() };
            (outlet, words)
        });
        let mut counts = BTreeMap::new();
        for one in &self.months {
            if let Some(month) = &one.month {
                *counts.entry((one.outlet.clone().unwrap_or_default(), month.clone())).or_default() +=
                    one.reports;
            }
        }
        let months = Months {
            rows: rows.collect(),
            counts,
            said: view.say("room-months-caption"),
            head: view.say("room-outlet"),
        };
        months.draw(&|month| view.words.date(month), &|outlet, month| {
            let of = Parameters::default().and("outlet", outlet).and("since", month).and("until", month);
            (!outlet.is_empty()).then(|| address("/reports", &of.with("", "")))
        })
    }
}

/// An outlet, with a link to its reports.
fn name(view: &View<'_>, outlet: Option<&str>) -> Markup {
    html! {
        @match outlet {
            Some(name) => { a href=(address("/reports", &Parameters::default().with("outlet", name))) { bdi { (name) } } }
            None => { span.soft { (view.say("room-no-outlet")) } }
        }
    }
}

/// A share, whole.
pub fn share(part: usize, whole: usize) -> String {
    format!("{} %", (part * 100 + whole / 2) / whole.max(1))
}

/// The day of a moment, in words.
fn day_of(view: &View<'_>, time: &str) -> String {
    time.get(..10).map_or_else(|| time.to_owned(), |day| view.words.date(day))
}
