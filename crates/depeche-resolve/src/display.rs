//! The one form under which a thing is shown, of all that reports have for it: the one that most reports use, in Latin
//! letters where as many use another script, and in the nominative where Russian has only bent it.
//!
//! Outlets and towns are known as one by the gazetteer; institutions that speak, by their words without article, for a
//! capital letter is most often the beginning of a sentence.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use depeche_gazetteer::{Gazetteer, Outlet, PersonEntry, Place, Sense, State, is_cyrillic};
use depeche_record::{Language, Origin, Speaker};

use crate::fold;
use crate::input::Inputs;

/// Forms of one thing with the number of reports that use each.
pub type Forms<'a> = BTreeMap<&'a str, usize>;

/// The forms that the dossier shows.
pub struct Display<'a> {
    gazetteer: &'a Gazetteer,
    /// By the outlet's identifier, else its folded name.
    outlets: BTreeMap<String, String>,
    /// By the town's identifier and state.
    places: BTreeMap<(&'a str, &'a str), String>,
    /// By folded words without article.
    institutions: BTreeMap<String, String>,
}

impl<'a> Display<'a> {
    /// Counts the forms of all reports.
    pub fn gather(inputs: &Inputs<'a>, gazetteer: &'a Gazetteer) -> Display<'a> {
        let mut outlets: BTreeMap<String, Forms<'_>> = BTreeMap::new();
        let mut places: BTreeMap<(&str, &str), (&Place, Forms<'_>)> = BTreeMap::new();
        let mut institutions: BTreeMap<String, Forms<'_>> = BTreeMap::new();
        for (_, _, reading) in inputs.iter() {
            let named = reading.origins.iter();
            let named: BTreeSet<(String, &str)> =
                named.map(|origin| (origin_key(origin, gazetteer), origin.name.as_str())).collect();
            for (key, name) in named {
                *outlets.entry(key).or_default().entry(name).or_default() += 1;
            }
            let named: BTreeSet<&str> = reading
                .accounts
                .iter()
                .filter_map(|account| Some(account.place.as_ref()?.name.as_str()))
                .collect();
            for name in named {
                if let Some(place) = gazetteer.places_named(name).first() {
                    let (_, forms) = places.entry((place.id, place.state)).or_insert((*place, Forms::new()));
                    *forms.entry(name).or_default() += 1;
                }
            }
            let speakers = reading.statements.iter().map(|statement| &statement.speaker);
            let named: BTreeSet<_> =
                speakers.map(|speaker| (institution_key(speaker), speaker.name.as_str())).collect();
            for (key, name) in named {
                *institutions.entry(key).or_default().entry(name).or_default() += 1;
            }
        }
        let outlet = |(key, forms): (String, Forms<'_>)| {
            let known = gazetteer.outlet(&key);
            let best = choose(&forms, |form| known.is_some_and(|outlet| bent_outlet(form, outlet)));
            let shown = match known {
                Some(outlet) if bent_outlet(best, outlet) => outlet.name,
                _ => best,
            };
            let shown = shown.to_owned();
            (key, shown)
        };
        let place = |(key, (place, forms)): (_, (&Place, Forms<'_>))| {
            let nominative = place.names.in_language(Language::Russian);
            let bent = |form: &str| cyrillic(form) && fold::phrase(form) != fold::phrase(nominative);
            let best = choose(&forms, bent);
            (key, if bent(best) && !nominative.is_empty() { nominative } else { best }.to_owned())
        };
        let institution = |(key, forms): (_, Forms<'_>)| (key, institution_form(&forms).to_owned());
        Display {
            gazetteer,
            outlets: outlets.into_iter().map(outlet).collect(),
            places: places.into_iter().map(place).collect(),
            institutions: institutions.into_iter().map(institution).collect(),
        }
    }

    /// The name of an outlet.
    pub fn outlet<'s>(&'s self, origin: &'s Origin) -> &'s str {
        self.outlets.get(&origin_key(origin, self.gazetteer)).map_or(&origin.name, String::as_str)
    }

    /// The name of a place.
    pub fn place<'s>(&'s self, name: &'s str) -> &'s str {
        let places = self.gazetteer.places_named(name);
        let known = places.first().and_then(|place| self.places.get(&(place.id, place.state)));
        let state = || {
            state_by_bent_name(self.gazetteer, name).map(|state| state.names.in_language(Language::Russian))
        };
        known.map(String::as_str).or_else(state).unwrap_or(name)
    }

    /// The name of a speaker who is no person known.
    pub fn institution<'s>(&'s self, speaker: &'s Speaker) -> &'s str {
        self.institutions.get(&institution_key(speaker)).map_or(&speaker.name, String::as_str)
    }
}

/// The name that stands for a person: full names before surnames alone, none that a case has bent while there is
/// another.
pub fn person<'a>(forms: &Forms<'a>, known: Option<&'a PersonEntry>) -> &'a str {
    let bent = |form: &str| match known {
        _ if !cyrillic(form) => false,
        Some(known) => {
            let folded = fold::phrase(form);
            !known.aliases.iter().any(|alias| {
                let alias = fold::phrase(alias);
                alias == folded || alias.split(' ').next_back() == Some(folded.as_str())
            })
        }
        None => bent_person(form, forms),
    };
    let full = |form: &str| form.split_whitespace().nth(1).is_some();
    let best = forms
        .iter()
        .max_by_key(|(form, count)| (!bent(form), full(form), **count, !cyrillic(form), Reverse(**form)));
    let best = best.map_or("", |(form, _)| *form);
    let nominative = known.map_or("", |known| known.names.in_language(Language::Russian));
    if bent(best) && !nominative.is_empty() { nominative } else { best }
}

/// Endings of Russian family names that are hardly ever a nominative.
const BENT: &[&str] = &["ого", "ому", "ым", "ом", "ой", "ую"];
/// Endings that a Russian family name takes on in the other cases.
const ADDED: &[&str] = &["а", "у", "ом", "ым", "ем", "е", "я", "ю"];

/// Whether the form is another one with the ending of a case, or ends as cases do.
fn bent_person(form: &str, forms: &Forms<'_>) -> bool {
    let family = |form: &str| form.split_whitespace().next_back().unwrap_or("").to_lowercase();
    let own = family(form);
    let longer = |other: &&&str| own.strip_prefix(&family(other)).is_some_and(|rest| ADDED.contains(&rest));
    BENT.iter().any(|ending| own.ends_with(ending)) || forms.keys().any(|other| longer(&other))
}

/// What an origin is known by: the gazetteer's identifier, else its folded name.
pub fn origin_key(origin: &Origin, gazetteer: &Gazetteer) -> String {
    origin.gazetteer.clone().unwrap_or_else(|| outlet_key(&origin.name, gazetteer))
}

/// What an outlet is known by: the gazetteer's identifier, else its folded name.
pub fn outlet_key(name: &str, gazetteer: &Gazetteer) -> String {
    gazetteer.outlet_by_name(name).map_or_else(|| fold::phrase(name), |outlet| outlet.id.to_owned())
}

/// The state that a Russian name means, in whatever case: «в Турции».
pub fn state_by_bent_name<'a>(gazetteer: &'a Gazetteer, name: &str) -> Option<&'a State> {
    if !cyrillic(name) {
        return None;
    }
    let matches = gazetteer.matches(name, Language::Russian);
    let [whole] = &matches[..] else { return None };
    let state = whole.senses.iter().find_map(|sense| match sense {
        Sense::State(code) => Some(*code),
        _ => None,
    });
    state.filter(|_| whole.span.len() == name.len()).and_then(|code| gazetteer.state(code))
}

fn bent_outlet(form: &str, outlet: &Outlet) -> bool {
    let folded = fold::phrase(form);
    cyrillic(form) && !outlet.aliases.iter().any(|alias| fold::phrase(alias) == folded)
}

fn cyrillic(form: &str) -> bool {
    form.chars().any(is_cyrillic)
}

/// The form that most reports use, of equals one in Latin letters; one that no case has bent before all others.
fn choose<'a>(forms: &Forms<'a>, bent: impl Fn(&str) -> bool) -> &'a str {
    let best =
        forms.iter().max_by_key(|(form, count)| (!bent(form), **count, !cyrillic(form), Reverse(**form)));
    best.map_or("", |(form, _)| *form)
}

fn institution_key(speaker: &Speaker) -> String {
    let folded = fold::phrase(&speaker.name);
    let articles = ["la ", "le ", "les ", "l ", "the "];
    let bare = articles.iter().find_map(|article| folded.strip_prefix(article));
    bare.unwrap_or(&folded).to_owned()
}

/// The form that most reports use, written small at its beginning where any report writes it so.
fn institution_form<'a>(forms: &Forms<'a>) -> &'a str {
    let small = |form: &str| {
        let mut letters = form.chars();
        letters
            .next()
            .map(|first| first.to_lowercase().chain(letters).collect::<String>())
            .unwrap_or_default()
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (form, count) in forms {
        *counts.entry(small(form)).or_default() += count;
    }
    let best = forms.iter().max_by_key(|(form, _)| {
        let small = small(form);
        (counts.get(&small).copied(), !cyrillic(form), **form == small, Reverse(**form))
    });
    best.map_or("", |(form, _)| *form)
}
