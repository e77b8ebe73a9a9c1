//! `/map`: the places of contacts on a map, and the list.

use std::collections::BTreeMap;

use depeche_pipeline::gazetteer::Gazetteer;
use depeche_pipeline::store::{Counts, Dossier, PlaceCount};
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::Serialize;

use super::Page;
use crate::ask::Ask;
use crate::chart::{Map as Chart, Pin};
use crate::fault::Fault;
use crate::parameters::{Parameters, address};
use crate::selection::filter;
use crate::view::{Field, Head, Shown, View, filters, table, when};

/// Places that are looked at, those with most contacts.
const PLACES: usize = 600;
/// Places in the list.
const LISTED: usize = 200;

/// The places of contacts, those with most first.
#[derive(Serialize, JsonSchema)]
pub struct Map {
    places: Vec<Placed>,
    /// What the form offers.
    #[serde(skip)]
    counts: Counts,
}

/// A place of contacts.
#[derive(Serialize, JsonSchema)]
struct Placed {
    /// As records have it, by each of its names.
    names: Vec<String>,
    contacts: usize,
    held: usize,
    /// The last day on which one of them may have ended, EDTF.
    last: Option<String>,
    /// Code of the state that it lies in, where the gazetteer knows it.
    state: Option<String>,
    /// Degrees to the north and to the east, to a tenth; none where the gazetteer does not know it.
    at: Option<(f64, f64)>,
}

impl Page for Map {
    fn ask(dossier: &Dossier, ask: &Ask) -> Result<Map, Fault> {
        let filter = filter(dossier, &ask.parameters)?;
        let gazetteer = Gazetteer::builtin();
        // One place has several names; what several places are called is none of them.
        let mut known: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let mut places: Vec<Placed> = Vec::new();
        for PlaceCount { place, contacts, held, last } in dossier.places(&filter, PLACES)? {
            let found = match gazetteer.places_named(&place).as_slice() {
                [one] => Some(*one),
                _ => None,
            };
            if let Some(n) = found.and_then(|one| known.get(&(one.state, one.id))) {
                let there = &mut places[*n];
                there.names.push(place);
                there.contacts += contacts;
                there.held += held;
                there.last = there.last.take().max(last);
                continue;
            }
            if let Some(one) = found {
                known.insert((one.state, one.id), places.len());
            }
            let degrees = |tenths: i16| f64::from(tenths) / 10.0;
            places.push(Placed {
                names: vec![place],
                contacts,
                held,
                last,
                state: found.map(|one| one.state.to_owned()),
                at: found.and_then(|one| one.at).map(|at| (degrees(at.north), degrees(at.east))),
            });
        }
        places.sort_by(|one, other| other.contacts.cmp(&one.contacts).then(one.names.cmp(&other.names)));
        Ok(Map { places, counts: dossier.counts()? })
    }

    fn show(&self, view: &View<'_>) -> Shown {
        let counted = view.count("room-count-places", self.places.len());
        let fields = [Field::Sides, Field::Kind, Field::Status, Field::Period, Field::Words, Field::Origins];
        let is_away = self.places.iter().any(|place| place.at.is_none());
        let body = html! {
            (super::network::tabs(view, "/map"))
            (filters(view, &self.counts, &fields))
            div #results {
                p.soft role="status" { (counted) }
                (self.chart(view))
                @if is_away { p.small.soft { (view.say("room-map-away")) } }
                (table(view, "room-places-caption", &[Head::Words("room-place"), Head::Number("section-contacts"), Head::Number("room-held"), Head::Words("room-last")], html! {
                    @for place in self.places.iter().take(LISTED) {
                        tr data-item {
                            th scope="row" {
                                a href=(contacts_at(view, &place.names)) { bdi { (view.words.place(&place.names[0])) } }
                                @if let Some(state) = &place.state { span.soft { " (" (view.words.side(state)) ")" } }
                            }
                            td.number { (place.contacts) }
                            td.number { (place.held) }
                            td { @if let Some(last) = &place.last { (when(view, last)) } }
                        }
                    }
                }))
            }
        };
        Shown { title: view.say("room-map"), section: "room-network", body }
    }
}

impl Map {
    fn chart(&self, view: &View<'_>) -> Markup {
        let pins = self.places.iter().filter_map(|place| {
            let (north, east) = place.at?;
            let name = view.words.place(&place.names[0]);
            let title = format!("{name} — {}", view.count("found-contacts", place.contacts));
            let weight = place.contacts;
            Some(Pin { north, east, weight, title, name, path: contacts_at(view, &place.names) })
        });
        Chart { pins: pins.collect(), said: view.say("room-map-picture") }.draw()
    }
}

/// The contacts of a place, under the filters of this page.
fn contacts_at(view: &View<'_>, names: &[String]) -> String {
    let mut asked = Parameters::default();
    for name in names {
        asked = asked.and("place", name);
    }
    for name in ["side", "kind", "status", "since", "until", "q", "least", "most"] {
        for value in view.ask.parameters.all(name) {
            asked = asked.and(name, &value);
        }
    }
    address("/contacts", &asked.with("", ""))
}
