//! `/network`: which sides, or which people, contacts bring together: as a picture, a matrix and a list.

use std::collections::BTreeMap;

use depeche_pipeline::store::{Between, Counts, Dossier, Page as PageOf, Paging, Pair};
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::Serialize;

use super::Page;
use crate::ask::{Ask, Form};
use crate::chart::{Line, Node, Ring};
use crate::fault::Fault;
use crate::parameters::{Parameters, address};
use crate::selection::{filter, paging};
use crate::view::{Field, Head, Shown, View, actor_path, filters, pager, table, when};

/// Sides or people in the picture and the matrix: those with most contacts.
const DRAWN: usize = 20;
/// Pairs that the picture is made of.
const PAIRS: usize = 400;

/// Pairs of sides or people, most contacts first.
#[derive(Serialize, JsonSchema)]
pub struct Network {
    /// `sides` or `people`.
    between: &'static str,
    #[serde(flatten)]
    page: PageOf<Pair>,
    /// The people of the pairs, by identifier.
    people: BTreeMap<String, Person>,
    /// What the form offers.
    #[serde(skip)]
    counts: Counts,
    /// The first pairs, without regard to the page of the list.
    #[serde(skip)]
    drawn: Vec<Pair>,
}

/// Somebody of a pair.
#[derive(Serialize, JsonSchema)]
struct Person {
    name: String,
    sides: Vec<String>,
}

impl Page for Network {
    fn ask(dossier: &Dossier, ask: &Ask) -> Result<Network, Fault> {
        let filter = filter(dossier, &ask.parameters)?;
        let (label, between) = match ask.parameters.first("view") {
            None | Some("sides") => ("sides", Between::Sides),
            Some("people") => ("people", Between::Actors),
            Some(other) => return Err(Fault::bad("fault-filter-label", other)),
        };
        let wanted = paging(ask)?;
        let (page, drawn) = match (ask.form, wanted) {
            // The first page of the list is a part of what is drawn.
            (Form::Html, Paging { limit: Some(limit), offset: 0 }) => {
                let drawn = dossier.pairs(between, &filter, Paging::first(PAIRS.max(limit)))?;
                let items = drawn.items.iter().take(limit).cloned().collect();
                (PageOf { total: drawn.total, offset: 0, items }, drawn.items)
            }
            (Form::Html, _) => {
                let drawn = dossier.pairs(between, &filter, Paging::first(PAIRS))?.items;
                (dossier.pairs(between, &filter, wanted)?, drawn)
            }
            (Form::Json, _) => (dossier.pairs(between, &filter, wanted)?, Vec::new()),
        };
        let mut people = BTreeMap::new();
        if between == Between::Actors {
            let named = page.items.iter().chain(&drawn).flat_map(|pair| [&pair.first, &pair.second]);
            let mut ids: Vec<String> = named.cloned().collect();
            ids.sort();
            ids.dedup();
            for actor in dossier.actors_named(&ids)? {
                people.insert(actor.id, Person { name: actor.name, sides: actor.sides });
            }
        }
        Ok(Network { between: label, page, people, counts: dossier.counts()?, drawn })
    }

    fn show(&self, view: &View<'_>) -> Shown {
        let key = if self.is_people() { "room-count-pairs-people" } else { "room-count-pairs" };
        let counted = view.count(key, self.page.total);
        let nodes = self.nodes();
        let fields = [
            Field::Side,
            Field::Kind,
            Field::Status,
            Field::Period,
            Field::Words,
            Field::Origins,
            Field::View,
        ];
        let body = html! {
            (tabs(view, if self.is_people() { "/network?view=people" } else { "/network" }))
            (filters(view, &self.counts, &fields))
            div #results {
                p.soft role="status" { (counted) }
                @if !nodes.is_empty() {
                    (self.picture(view, &nodes))
                    @if !self.is_people() { (self.matrix(view, &nodes)) }
                }
                (table(view, if self.is_people() { "room-people-caption" } else { "room-pairs-caption" }, &[Head::Words(if self.is_people() { "room-actors" } else { "room-sides" }), Head::Number("section-contacts"), Head::Words("room-last")], html! {
                    @for pair in &self.page.items {
                        tr data-item {
                            th scope="row" { a href=(self.contacts(view, &pair.first, &pair.second)) { bdi { (self.name(view, &pair.first)) } " – " bdi { (self.name(view, &pair.second)) } } }
                            td.number { (pair.contacts) }
                            td { @if let Some(last) = &pair.last { (when(view, last)) } }
                        }
                    }
                }))
                (pager(view, &self.page, &counted))
            }
        };
        Shown { title: view.say("room-network"), section: "room-network", body }
    }
}

/// The pages on who meets whom and where.
pub fn tabs(view: &View<'_>, here: &str) -> Markup {
    let tabs = [
        ("/network", "room-network-sides"),
        ("/network?view=people", "room-network-people"),
        ("/map", "room-map"),
    ];
    html! {
        nav.tabs aria-label=(view.say("room-network")) {
            @for (path, key) in tabs { a href=(path) aria-current=[(path == here).then_some("page")] { (view.say(key)) } " " }
        }
    }
}

impl Network {
    fn is_people(&self) -> bool {
        self.between == "people"
    }

    /// What a side or a person is called.
    fn name(&self, view: &View<'_>, id: &str) -> String {
        match self.people.get(id) {
            Some(person) => person.name.clone(),
            None if self.is_people() => id.to_owned(),
            None => view.words.side(id),
        }
    }

    /// The sides or people with most contacts, with their number; people stand beside those of their side, so that the
    /// picture stays as the dossier grows.
    fn nodes(&self) -> Vec<(&str, usize)> {
        let mut contacts: BTreeMap<&str, usize> = BTreeMap::new();
        for pair in &self.drawn {
            *contacts.entry(&pair.first).or_default() += pair.contacts;
            *contacts.entry(&pair.second).or_default() += pair.contacts;
        }
        let mut nodes: Vec<(&str, usize)> = contacts.into_iter().collect();
        nodes.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
        nodes.truncate(DRAWN);
        let place = |id: &str| self.people.get(id).map(|person| (person.sides.first(), person.name.as_str()));
        nodes.sort_by(|one, other| place(one.0).cmp(&place(other.0)).then(one.0.cmp(other.0)));
        nodes
    }

    fn picture(&self, view: &View<'_>, nodes: &[(&str, usize)]) -> Markup {
        let at = |id: &str| nodes.iter().position(|(there, _)| *there == id);
        let lines = self.drawn.iter().filter_map(|pair| {
            let count = view.count("found-contacts", pair.contacts);
            let last = pair
                .last
                .as_ref()
                .map(|last| format!(", {} {}", view.say("room-last-on"), view.words.date(last)));
            let both = format!("{} – {}", self.name(view, &pair.first), self.name(view, &pair.second));
            Some(Line {
                between: (at(&pair.first)?, at(&pair.second)?),
                weight: pair.contacts,
                title: view.words.labelled(&both, &format!("{count}{}", last.unwrap_or_default())),
                path: self.contacts(view, &pair.first, &pair.second),
            })
        });
        let node = |(id, weight): &(&str, usize)| Node {
            name: self.name(view, id),
            more: self.people.get(*id).map(|person| view.words.sides(&person.sides)).unwrap_or_default(),
            weight: *weight,
            path: match self.is_people() {
                true => actor_path(id),
                false => address("/contacts", &Parameters::default().with("side", id)),
            },
        };
        let said = view.say(if self.is_people() { "room-people-picture" } else { "room-network-picture" });
        Ring { nodes: nodes.iter().map(node).collect(), lines: lines.collect(), said }.draw()
    }

    /// How many contacts each two sides share.
    fn matrix(&self, view: &View<'_>, nodes: &[(&str, usize)]) -> Markup {
        let shared = |one: &str, other: &str| {
            let (first, second) = if one < other { (one, other) } else { (other, one) };
            let pair = self.drawn.iter().find(|pair| pair.first == first && pair.second == second);
            pair.map_or(0, |pair| pair.contacts)
        };
        let most = self.drawn.iter().map(|pair| pair.contacts).max().unwrap_or(1);
        let shade = |n: usize| (1 + n * 4 / (most + 1)).min(4);
        html! {
            div.scroll {
                table.matrix {
                    caption { (view.say("room-matrix-caption")) }
                    thead { tr { td {} @for (side, _) in nodes { th scope="col" title=(view.words.side(side)) { (side) } } } }
                    tbody {
                        @for (one, _) in nodes {
                            tr {
                                th scope="row" { bdi { (view.words.side(one)) } }
                                @for (other, _) in nodes {
                                    @match shared(one, other) {
                                        0 => { td.none[one == other] {} }
                                        n => { td class={ "shade-" (shade(n)) } { a href=(self.contacts(view, one, other)) { (n) } } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// The contacts of both, under the filters of this page.
    fn contacts(&self, view: &View<'_>, one: &str, other: &str) -> String {
        let mut asked = match self.is_people() {
            true => Parameters::default().and("actor", one).and("with", other),
            false => Parameters::default().and("side", one).and("side", other),
        };
        for name in ["kind", "status", "since", "until", "q", "least", "most"] {
            if let Some(value) = view.ask.parameters.first(name) {
                asked = asked.and(name, value);
            }
        }
        address("/contacts", &asked.with("", ""))
    }
}
