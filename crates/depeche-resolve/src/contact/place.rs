//! Places as far as the gazetteer knows them: a town and its state, or a state alone.

use std::collections::BTreeMap;

use depeche_gazetteer::Gazetteer;
use depeche_record::Language;

use crate::display;
use crate::fold;
use depeche_gazetteer::{sound, sound_distance};

/// Names of states and seats, looked up once.
pub struct Geography<'a> {
    gazetteer: &'a Gazetteer,
    /// Folded name to state code and, for a seat of power, its town.
    wide: BTreeMap<String, (&'a str, &'a str)>,
}

/// A place that an account names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// Folded words.
    words: String,
    /// The sounds of its words, articles and small words left out: «Djeddah», «Jeddah», «Djedda» are near.
    sounds: Vec<String>,
    /// Identifier of the town.
    town: Option<String>,
    /// Code of the state.
    state: Option<String>,
}

/// How two places stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Places {
    /// Two towns, or towns of two states.
    Apart,
    /// Nothing known of one of them.
    Unknown,
    /// One may lie in the other.
    Within,
    /// One place.
    Same,
}

impl<'a> Geography<'a> {
    /// Takes the names of states and seats from the gazetteer.
    pub fn new(gazetteer: &'a Gazetteer) -> Geography<'a> {
        let mut wide = BTreeMap::new();
        for state in gazetteer.states() {
            for language in Language::ALL {
                wide.entry(bare(state.names.in_language(language))).or_insert((state.code, ""));
            }
        }
        for seat in gazetteer.seats().iter().filter(|seat| !seat.town.is_empty()) {
            for language in Language::ALL {
                wide.entry(bare(seat.names.in_language(language))).or_insert((seat.side, seat.town));
            }
        }
        wide.remove("");
        Geography { gazetteer, wide }
    }

    /// What is known of a place.
    pub fn spot(&self, name: &str) -> Spot {
        let words = bare(name);
        let mut spot = Spot { sounds: words.split(' ').map(sound).collect(), town: None, state: None, words };
        let places = self.gazetteer.places_named(name);
        if let Some(place) = places.first() {
            spot.town = Some(place.id.to_owned());
            spot.state = Some(place.state.to_owned());
        } else if let Some((state, town)) = self.wide.get(&spot.words) {
            spot.state = Some((*state).to_owned());
            spot.town = Some((*town).to_owned()).filter(|town| !town.is_empty());
        } else if let Some(state) = display::state_by_bent_name(self.gazetteer, name) {
            spot.state = Some(state.code.to_owned());
        }
        spot
    }
}

/// Folded words without the article.
fn bare(name: &str) -> String {
    let folded = fold::phrase(name);
    for article in ["la ", "le ", "les ", "l ", "the "] {
        if let Some(rest) = folded.strip_prefix(article) {
            return rest.to_owned();
        }
    }
    folded
}

impl Spot {
    /// A word for the place in blocks of candidates: the state if known, else the words.
    pub fn block(&self) -> &str {
        self.state.as_deref().unwrap_or(&self.words)
    }

    /// A word for the place itself: the town or the state where the gazetteer knows it, else its words.
    pub fn name(&self) -> (&str, &str) {
        match (&self.town, &self.state) {
            (Some(town), Some(state)) => (town, state),
            (_, Some(state)) => ("", state),
            _ => (&self.words, ""),
        }
    }

    /// Whether it is known to lie in the state of this side.
    pub fn lies_in(&self, side: &str) -> bool {
        self.state.as_deref() == Some(side)
    }

    /// How it stands to another.
    pub fn to(&self, other: &Spot) -> Places {
        if self.words == other.words {
            return Places::Same;
        }
        match (&self.town, &other.town) {
            (Some(a), Some(b)) if a == b => return Places::Same,
            // Two towns of one state may be a town and its suburb, or the seat and the city: too little to part them.
            (Some(_), Some(_)) if self.state == other.state => return Places::Unknown,
            (Some(_), Some(_)) => return Places::Apart,
            _ => {}
        }
        match (&self.state, &other.state) {
            (Some(a), Some(b)) if a == b => return Places::Within,
            (Some(_), Some(_)) => return Places::Apart,
            _ => {}
        }
        let near = |a: &String| other.sounds.iter().any(|b| sound_distance(a, b) <= 0.2);
        let nearly = self.sounds.len() == other.sounds.len() && self.sounds.iter().all(near);
        let holds = |long: &str, short: &str| format!(" {long} ").contains(&format!(" {short} "));
        if nearly {
            Places::Same
        } else if holds(&self.words, &other.words) || holds(&other.words, &self.words) {
            Places::Within
        } else {
            Places::Unknown
        }
    }
}
