//! `/network`: which sides contacts bring together, as a picture, a matrix and a list.

use std::collections::BTreeMap;

use depeche_pipeline::store::{Counts, Dossier, Page as PageOf, Paging, Pair};
use maud::{Markup, html};
use serde::Serialize;

use super::Page;
use crate::ask::{Ask, Form};
use crate::fault::Fault;
use crate::parameters::{Parameters, address};
use crate::selection::{filter, paging};
use crate::view::{Field, Shown, View, filters, pager, when};

/// Sides in the picture and the matrix: those with most contacts.
const SIDES: usize = 16;
/// Pairs that the picture is made of.
const PAIRS: usize = 400;
/// Width and height of the picture.
const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 520.0;

/// Pairs of sides, most contacts first.
#[derive(Serialize)]
pub struct Network {
    #[serde(flatten)]
    page: PageOf<Pair>,
    /// What the form offers.
    #[serde(skip)]
    counts: Counts,
    /// The first pairs, without regard to the page of the list.
    #[serde(skip)]
    drawn: Vec<Pair>,
}

impl Page for Network {
    fn ask(dossier: &Dossier, ask: &Ask) -> Result<Network, Fault> {
        let filter = filter(dossier, &ask.parameters)?;
        let drawn = match ask.form {
            Form::Html => dossier.pairs(&filter, Paging::first(PAIRS))?.items,
            Form::Json => Vec::new(),
        };
        Ok(Network { page: dossier.pairs(&filter, paging(ask)?)?, counts: dossier.counts()?, drawn })
    }

    fn show(&self, view: &View<'_>) -> Shown {
        let counted = view.count("room-count-pairs", self.page.total);
        let sides = self.sides();
        let body = html! {
            (filters(view, &self.counts, &[Field::Side, Field::Kind, Field::Status, Field::Period, Field::Words, Field::Origins]))
            div #results {
                p.soft role="status" { (counted) }
                @if !sides.is_empty() {
                    (self.picture(view, &sides))
                    (self.matrix(view, &sides))
                }
                div.scroll {
                    table {
                        caption { (view.say("room-pairs-caption")) }
                        thead { tr {
                            th scope="col" { (view.say("room-sides")) }
                            th.number scope="col" { (view.say("section-contacts")) }
                            th scope="col" { (view.say("room-last")) }
                        } }
                        tbody {
                            @for pair in &self.page.items {
                                tr data-item {
                                    th scope="row" { a href=(between(view, &pair.first, &pair.second)) { bdi { (view.words.side(&pair.first)) } " – " bdi { (view.words.side(&pair.second)) } } }
                                    td.number { (pair.contacts) }
                                    td { @if let Some(last) = &pair.last { (when(view, last)) } }
                                }
                            }
                        }
                    }
                }
                (pager(view, &self.page, &counted))
            }
        };
        Shown { title: view.say("room-network"), section: "room-network", body }
    }
}

impl Network {
    /// The sides with most contacts, in the order of their codes, so that the picture stays as the dossier grows.
    fn sides(&self) -> Vec<&str> {
        let mut contacts: BTreeMap<&str, usize> = BTreeMap::new();
        for pair in &self.drawn {
            *contacts.entry(&pair.first).or_default() += pair.contacts;
            *contacts.entry(&pair.second).or_default() += pair.contacts;
        }
        let mut sides: Vec<(&str, usize)> = contacts.into_iter().collect();
        sides.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
        sides.truncate(SIDES);
        let mut sides: Vec<&str> = sides.into_iter().map(|(side, _)| side).collect();
        sides.sort_unstable();
        sides
    }

    /// The sides on an ellipse, a line for each pair.
    fn picture(&self, view: &View<'_>, sides: &[&str]) -> Markup {
        let place = |n: usize, out: f64| {
            let angle = std::f64::consts::TAU * n as f64 / sides.len() as f64 - std::f64::consts::FRAC_PI_2;
            (WIDTH / 2.0 + angle.cos() * (210.0 + out), HEIGHT / 2.0 + angle.sin() * (200.0 + out))
        };
        let at = |side: &str| sides.iter().position(|there| *there == side);
        let most = self.drawn.iter().map(|pair| pair.contacts).max().unwrap_or(1);
        let lines: Vec<_> = self
            .drawn
            .iter()
            .filter_map(|pair| Some((pair, place(at(&pair.first)?, 0.0), place(at(&pair.second)?, 0.0))))
            .collect();
        let size = |value: f64| format!("{value:.1}");
        html! {
            figure.network {
                svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="group" aria-label=(view.say("room-network-picture")) {
                    @for (pair, from, to) in &lines {
                        a href=(between(view, &pair.first, &pair.second))
                            aria-label={ (view.words.side(&pair.first)) " – " (view.words.side(&pair.second)) " : " (view.count("found-contacts", pair.contacts)) } {
                            line x1=(size(from.0)) y1=(size(from.1)) x2=(size(to.0)) y2=(size(to.1))
                                stroke-width=(size(1.5 + 8.0 * (pair.contacts as f64 / most as f64).sqrt())) {
                                title { (view.words.side(&pair.first)) " – " (view.words.side(&pair.second)) " : " (view.count("found-contacts", pair.contacts)) }
                            }
                        }
                    }
                    @for (n, side) in sides.iter().enumerate() {
                        @let (x, y) = place(n, 0.0);
                        @let (words_x, words_y) = place(n, 16.0);
                        @let side_of_words = if (words_x - WIDTH / 2.0).abs() < 30.0 { "middle" } else if words_x > WIDTH / 2.0 { "right" } else { "left" };
                        a href=(address("/contacts", &Parameters::default().with("side", side))) {
                            circle cx=(size(x)) cy=(size(y)) r="7" {}
                            text.(side_of_words) x=(size(words_x)) y=(size(words_y + 4.0)) { (view.words.side(side)) }
                        }
                    }
                }
                figcaption.small.soft { (view.say("room-network-picture")) }
            }
        }
    }

    /// How many contacts each two sides share.
    fn matrix(&self, view: &View<'_>, sides: &[&str]) -> Markup {
        let shared = |one: &str, other: &str| {
            let (first, second) = if one < other { (one, other) } else { (other, one) };
            self.drawn
                .iter()
                .find(|pair| pair.first == first && pair.second == second)
                .map_or(0, |pair| pair.contacts)
        };
        html! {
            div.scroll {
                table.matrix {
                    caption { (view.say("room-matrix-caption")) }
                    thead { tr { td {} @for side in sides { th scope="col" title=(view.words.side(side)) { (side) } } } }
                    tbody {
                        @for one in sides {
                            tr {
                                th scope="row" { bdi { (view.words.side(one)) } }
                                @for other in sides {
                                    td { @match shared(one, other) { 0 => "", n => { a href=(between(view, one, other)) { (n) } } } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The contacts of both sides, under the filters of this page.
fn between(view: &View<'_>, one: &str, other: &str) -> String {
    let mut asked = Parameters::default().and("side", one).and("side", other);
    for name in ["kind", "status", "since", "until", "q", "least", "most"] {
        if let Some(value) = view.ask.parameters.first(name) {
            asked = asked.and(name, value);
        }
    }
    address("/contacts", &asked.with("", ""))
}
