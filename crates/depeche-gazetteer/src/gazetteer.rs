//! The data read into tables and an index.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::BuildHasherDefault;
use std::sync::OnceLock;

use any_ascii::any_ascii;
use depeche_record::Language;

use crate::declension::{self, Number};
use crate::entry::{
    Coordinates, Names, OfficeClass, Organisation, Outlet, OutletKind, PersonEntry, Place, Seat, State,
};
use crate::fold::fold_name;
use crate::index::{Case, Index, KeyHasher, Languages, Meaning, Posting, is_cyrillic, without_marks};
use crate::inflection::{english_plural, french_adjective, title_forms};
use crate::matcher::{self, Match, Sense};
use crate::sound::skeleton;
use crate::spelling::{Likeness, Name};
use crate::table::{self, Row};

type Keyed<K, V> = HashMap<K, V, BuildHasherDefault<KeyHasher>>;

/// Likeness from which an unlisted spelling is a known person's: higher than for two names of texts, since nothing else speaks
/// for it.
const SAME: f64 = 0.93;

/// The same for a name that leaves parts out or adds some.
const SAME_PARTS: f64 = 0.88;

const LANGUAGES: [Language; 3] = [Language::French, Language::English, Language::Russian];

/// The knowledge of the world that extraction and resolution are given.
#[derive(Debug, Default)]
pub struct Gazetteer {
    pub(crate) index: Index,
    pub(crate) states: BTreeMap<&'static str, State>,
    pub(crate) organisations: BTreeMap<&'static str, Organisation>,
    pub(crate) seats: Vec<Seat>,
    pub(crate) places: Vec<Place>,
    pub(crate) outlets: BTreeMap<&'static str, Outlet>,
    pub(crate) people: BTreeMap<&'static str, PersonEntry>,
    hosts: Keyed<&'static str, &'static str>,
    outlets_by_name: Keyed<String, &'static str>,
    people_by_name: Keyed<String, Vec<&'static str>>,
    places_by_name: Keyed<String, Vec<usize>>,
    given: Keyed<String, bool>,
    /// Names of people by the consonants of their last part, made when first asked for.
    spellings: OnceLock<BTreeMap<String, Vec<(Name, &'static str)>>>,
}

impl Gazetteer {
    /// The data that ship with the crate, read once.
    pub fn builtin() -> &'static Gazetteer {
        static BUILTIN: OnceLock<Gazetteer> = OnceLock::new();
        BUILTIN.get_or_init(Gazetteer::read)
    }

    pub(crate) fn read() -> Gazetteer {
        let mut gazetteer = Gazetteer::default();
        table::STATES.rows().for_each(|row| gazetteer.read_state(&row));
        table::GROUPS.rows().for_each(|row| gazetteer.read_group(&row));
        table::ORGANISATIONS.rows().for_each(|row| gazetteer.read_organisation(&row));
        table::SEATS.rows().for_each(|row| gazetteer.read_seat(&row));
        table::TOWNS.rows().for_each(|row| gazetteer.read_town(&row));
        gazetteer.read_coordinates();
        table::MEDIA.rows().for_each(|row| gazetteer.read_outlet(&row));
        table::OFFICES.rows().for_each(|row| gazetteer.read_office(&row));
        gazetteer.read_people();
        for row in table::GIVEN.rows() {
            let woman = row.cell(0) == "f";
            gazetteer.given.extend(row.list(1).map(|name| (fold_name(name), woman)));
        }
        gazetteer
    }

    /// Every name, adjective and title in a text: leftmost and longest, on word boundaries, sorted, not overlapping.
    ///
    /// Names match in a text of any language, unless the text's own language reads the form otherwise; adjectives,
    /// peoples and titles match in texts of their own language only. Linear in the length of the text.
    pub fn matches(&self, text: &str, language: Language) -> Vec<Match> {
        matcher::matches(&self.index, text, language)
    }

    /// A state by its ISO 3166 alpha-2 code.
    pub fn state(&self, code: &str) -> Option<&State> {
        self.states.get(code)
    }

    /// The states and territories, by code.
    pub fn states(&self) -> impl Iterator<Item = &State> {
        self.states.values()
    }

    /// An organisation or armed party by its short name.
    pub fn organisation(&self, short: &str) -> Option<&Organisation> {
        self.organisations.get(short)
    }

    /// The organisations and armed parties, by short name.
    pub fn organisations(&self) -> impl Iterator<Item = &Organisation> {
        self.organisations.values()
    }

    /// The name of a state, organisation or party in a language: `RU` → «Russie».
    pub fn side_name(&self, side: &str, language: Language) -> Option<&str> {
        let names = self.states.get(side).map(|state| &state.names);
        let names = names.or_else(|| self.organisations.get(side).map(|organisation| &organisation.names));
        names.map(|names| names.in_language(language))
    }

    /// The seats of power.
    pub fn seats(&self) -> &[Seat] {
        &self.seats
    }

    /// The towns and capitals that bear a name, in whatever language and case: «Djeddah», `Jeddah` and «Джидде» give
    /// the same [`Place::id`].
    pub fn places_named(&self, name: &str) -> Vec<&Place> {
        let known = self.places_by_name.get(&fold_name(name));
        known.into_iter().flatten().map(|&n| &self.places[n]).collect()
    }

    /// An outlet by its identifier.
    pub fn outlet(&self, id: &str) -> Option<&Outlet> {
        self.outlets.get(id)
    }

    /// The outlets, by identifier.
    pub fn outlets(&self) -> impl Iterator<Item = &Outlet> {
        self.outlets.values()
    }

    /// The outlet of a host (`www.lemonde.fr`, `fr.news.example.org`): the host itself or the nearest domain above it.
    pub fn outlet_by_domain(&self, host: &str) -> Option<&Outlet> {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        let mut rest = host.as_str();
        loop {
            if let Some(id) = self.hosts.get(rest) {
                return self.outlets.get(id);
            }
            rest = rest.split_once('.')?.1;
        }
    }

    /// An outlet by one of its names, with or without a French or English article; Russian in any case.
    pub fn outlet_by_name(&self, name: &str) -> Option<&Outlet> {
        let folded = fold_name(name);
        let articles = ["", "l'", "le ", "la ", "les ", "the "];
        let id = articles.iter().find_map(|article| {
            let bare = folded.strip_prefix(article)?;
            self.outlets_by_name.get(bare)
        })?;
        self.outlets.get(id)
    }

    /// A person by identifier.
    pub fn person(&self, id: &str) -> Option<&PersonEntry> {
        self.people.get(id)
    }

    /// The people, by identifier.
    pub fn people(&self) -> impl Iterator<Item = &PersonEntry> {
        self.people.values()
    }

    /// Everyone who bears this full name or surname, in whatever language and case, by identifier.
    pub fn people_named(&self, name: &str) -> Vec<&PersonEntry> {
        let known = self.people_by_name.get(&fold_name(name));
        known.into_iter().flatten().filter_map(|id| self.people.get(id)).collect()
    }

    /// The one known person of whose full name this is another spelling: «Abdelfattah al-Burhan», «Aleksandar Vučić» or
    /// «Yoweri Kaguta Museveni» where the list has others; None where nobody or more than one can be meant.
    pub fn person_spelt(&self, name: &str) -> Option<&PersonEntry> {
        let own = Name::parse(name);
        let family = own.family().filter(|_| own.is_full())?;
        let spellings = self.spellings.get_or_init(|| self.spellings());
        let keys: BTreeSet<String> = family.keys().map(|key| skeleton(key)).collect();
        let mut best: Option<(f64, &'static str)> = None;
        let mut tied = false;
        // «Kim Yong-chol» is not «Kim Hong-cheol», though the first part of each is the same.
        let alike = |other: &Name| {
            own.parts.len() != other.parts.len()
                || own.parts.iter().zip(&other.parts).all(|(a, b)| a.agrees(b))
        };
        for (other, id) in keys.iter().filter_map(|key| spellings.get(key)).flatten() {
            if !alike(other) {
                continue;
            }
            let score = match own.compare(other) {
                Likeness::Spellings(score) | Likeness::GivenName(score) if score >= SAME => score,
                Likeness::Contained(score) if score >= SAME_PARTS => score,
                _ => continue,
            };
            match best {
                Some((known, _)) if score < known => {}
                Some((known, of)) => {
                    tied = score == known && (tied || of != *id);
                    best = Some((score, id));
                }
                None => best = Some((score, id)),
            }
        }
        best.filter(|_| !tied).and_then(|(_, id)| self.people.get(id))
    }

    fn spellings(&self) -> BTreeMap<String, Vec<(Name, &'static str)>> {
        let mut all: BTreeMap<String, Vec<(Name, &'static str)>> = BTreeMap::new();
        for (id, person) in &self.people {
            for alias in &person.aliases {
                let name = Name::parse(alias);
                let Some(family) = name.family().filter(|_| name.is_full()) else { continue };
                let known = all.entry(skeleton(&family.key)).or_default();
                if !known.iter().any(|(other, of)| of == id && *other == name) {
                    known.push((name, id));
                }
            }
        }
        all
    }

    /// Whether somebody of this name is a woman, by a given name that only women or only men bear; None where it tells
    /// nothing.
    pub fn is_woman(&self, name: &str) -> Option<bool> {
        let first = name.split(' ').next()?;
        self.given.get(&fold_name(&any_ascii(first))).copied()
    }

    fn add_names(&mut self, row: &Row, first: usize, sense: &Sense) -> Names {
        for (language, column) in LANGUAGES.into_iter().zip(first..) {
            row.list(column).for_each(|name| self.index.add_name(name, language, sense.clone()));
        }
        names_of(row, first)
    }

    /// The adjectives of a side, in three columns from `first` on; `people` tells whether they name its people as well.
    fn add_adjectives(&mut self, row: &Row, first: usize, side: &'static str, people: bool) {
        let state = !self.organisations.contains_key(side);
        let adjective = || match state {
            true => Meaning::Whole(Sense::Adjective(vec![side])),
            false => Meaning::Whole(Sense::OrganisationAdjective(side)),
        };
        let person = || Meaning::Whole(Sense::Demonym(side));
        for lemma in row.list(first) {
            for form in french_adjective(lemma) {
                self.index.add_word(&form, Language::French, Case::Small, adjective());
                if people {
                    self.index.add_word(&form, Language::French, Case::Capital, person());
                }
            }
        }
        for (number, lemmas) in row.cell(first + 1).split('|').enumerate() {
            for lemma in table::entries(lemmas) {
                let case = if people { Case::Capital } else { Case::Any };
                if number == 0 {
                    self.index.add_word(lemma, Language::English, case, adjective());
                }
                // `Russian` is a person as well, `Chinese` and `British` a people.
                let noun = ["n", "i", "ese", "sh", "ch", "ss"].iter().any(|end| lemma.ends_with(end));
                if people && (number > 0 || noun) {
                    self.index.add_word(lemma, Language::English, case, person());
                    if number > 0 || lemma.ends_with(['n', 'i']) {
                        self.index.add_word(&english_plural(lemma), Language::English, case, person());
                    }
                }
            }
        }
        for lemma in row.list(first + 2) {
            for form in declension::adjective_forms(lemma) {
                self.index.add_word(&form, Language::Russian, Case::Any, adjective());
            }
            if let Some(stem) = lemma.strip_suffix("ий").or_else(|| lemma.strip_suffix("ый")) {
                let combining = Meaning::Combining(side);
                self.index.add_word(&format!("{stem}о"), Language::Russian, Case::Any, combining);
            }
        }
    }

    fn add_people(&mut self, row: &Row, column: usize, side: &'static str) {
        for lemma in row.list(column) {
            for form in declension::people_forms(lemma) {
                let people = Meaning::Whole(Sense::Demonym(side));
                self.index.add_word(&form, Language::Russian, Case::Any, people);
            }
        }
    }

    fn read_state(&mut self, row: &Row) {
        let code = row.cell(0);
        let names = self.add_names(row, 1, &Sense::State(code));
        self.add_adjectives(row, 4, code, true);
        self.add_people(row, 7, code);
        for form in row.list(8) {
            self.add_combining(form, code);
        }
        let has_capital = !row.cell(9).is_empty();
        let capital = has_capital.then(|| self.add_names(row, 9, &Sense::Capital(code)));
        if has_capital {
            self.add_place(row, 9, code);
        }
        let capital_speaks = row.cell(12) != "no" && has_capital;
        self.states.insert(code, State { code, names, capital, capital_speaks });
    }

    fn add_combining(&mut self, form: &str, side: &'static str) {
        let languages: &[Language] =
            if is_cyrillic(form) { &[Language::Russian] } else { &[Language::French, Language::English] };
        for &language in languages {
            self.index.add_word(form, language, Case::Any, Meaning::Combining(side));
        }
    }

    fn add_place(&mut self, row: &Row, first: usize, state: &'static str) {
        let id = row.list(first + 1).next().map_or("", without_marks);
        let number = self.places.len();
        for column in first..first + 3 {
            for name in row.list(column) {
                for form in all_forms(without_marks(name)) {
                    let known = self.places_by_name.entry(fold_name(&form)).or_default();
                    if !known.contains(&number) {
                        known.push(number);
                    }
                }
            }
        }
        self.places.push(Place { id, state, names: names_of(row, first), at: None });
    }

    fn read_group(&mut self, row: &Row) {
        self.add_names(row, 1, &Sense::States(row.list(0).collect()));
    }

    fn read_organisation(&mut self, row: &Row) {
        let short = row.cell(0);
        let armed = row.cell(1) == "party";
        let sense = if armed { Sense::Party(short) } else { Sense::Organisation(short) };
        let names = self.add_names(row, 2, &sense);
        self.organisations.insert(short, Organisation { short, names, armed });
        self.add_adjectives(row, 5, short, !row.cell(9).is_empty());
        self.add_people(row, 9, short);
        for form in row.list(8) {
            self.add_combining(form, short);
        }
    }

    fn read_seat(&mut self, row: &Row) {
        let side = row.cell(0);
        let names = self.add_names(row, 2, &Sense::Seat(side));
        self.seats.push(Seat { side, town: row.cell(1), names });
    }

    fn read_town(&mut self, row: &Row) {
        let state = row.cell(0);
        self.add_names(row, 1, &Sense::Town(state));
        self.add_place(row, 1, state);
    }

    fn read_coordinates(&mut self) {
        let tenths = |cell: &str| cell.parse::<f64>().ok().map(|degrees| (degrees * 10.0).round() as i16);
        let known: BTreeMap<(&str, &str), Coordinates> = table::COORDINATES
            .rows()
            .filter_map(|row| {
                let at = Coordinates { north: tenths(row.cell(2))?, east: tenths(row.cell(3))? };
                Some(((row.cell(0), row.cell(1)), at))
            })
            .collect();
        for place in &mut self.places {
            place.at = known.get(&(place.state, place.id)).copied();
        }
    }

    fn read_outlet(&mut self, row: &Row) {
        let id = row.cell(0);
        let kind = match row.cell(1) {
            "agency" => OutletKind::Agency,
            "newspaper" => OutletKind::Newspaper,
            "broadcaster" => OutletKind::Broadcaster,
            "platform" => OutletKind::Platform,
            "photo agency" => OutletKind::PhotoAgency,
            _ => OutletKind::Site,
        };
        let mut aliases = Vec::new();
        for marked in row.list(6) {
            let (name, ambiguous) = match marked.strip_suffix('?') {
                Some(name) => (name, true),
                None => (marked, false),
            };
            let language = if is_cyrillic(name) { Language::Russian } else { Language::English };
            self.index.add_name(name, language, Sense::Outlet { id, ambiguous });
            if language == Language::English {
                // A Latin name is at home in French as well.
                self.index.add_name(name, Language::French, Sense::Outlet { id, ambiguous });
            }
            let name = without_marks(name);
            for form in all_forms(name) {
                self.outlets_by_name.entry(fold_name(&form)).or_insert(id);
            }
            aliases.push(name);
        }
        let domains: Vec<&'static str> = row.list(5).collect();
        domains.iter().for_each(|&domain| {
            self.hosts.insert(domain, id);
        });
        let outlet = Outlet {
            id,
            kind,
            name: aliases.first().copied().unwrap_or(id),
            country: row.cell(2),
            owner: row.cell(3),
            language: row.cell(4),
            domains,
            aliases,
        };
        self.outlets.insert(id, outlet);
    }

    fn read_office(&mut self, row: &Row) {
        let Some(class) = OfficeClass::parse(row.cell(0)) else { return };
        for (language, column) in LANGUAGES.into_iter().zip(1..) {
            for marked in row.list(column) {
                let (title, side) = match marked.split_once('=').filter(|(title, _)| !title.is_empty()) {
                    Some((title, side)) if self.is_side(side) => (title, Some(side)),
                    _ => (marked, None),
                };
                let forms = match language {
                    Language::Russian => declension::decline(title, Number::Both),
                    _ => title_forms(title, language == Language::English),
                };
                for form in forms {
                    let case = if form.chars().any(char::is_lowercase) { Case::Any } else { Case::Upper };
                    self.index.add_word(&form, language, case, Meaning::Whole(Sense::Office(class)));
                    if let Some(side) = side {
                        let sense = match self.organisations.get(side) {
                            Some(organisation) if organisation.armed => Sense::Party(side),
                            Some(_) => Sense::Organisation(side),
                            None => Sense::Seat(side),
                        };
                        self.index.add_word(&form, language, case, Meaning::Whole(sense));
                    }
                }
            }
        }
    }

    fn is_side(&self, side: &str) -> bool {
        self.states.contains_key(side) || self.organisations.contains_key(side)
    }

    fn read_people(&mut self) {
        let mut surnames: BTreeMap<String, Surname> = BTreeMap::new();
        for row in table::PEOPLE.rows() {
            let id = row.cell(0);
            let Some(office) = OfficeClass::parse(row.cell(2)) else { continue };
            let mut aliases = Vec::new();
            for (language, column) in LANGUAGES.into_iter().zip(5..) {
                for marked in row.list(column) {
                    let name = PersonName::parse(marked);
                    self.index.add_name(&name.full, language, Sense::Person(id));
                    for form in all_forms(&name.full) {
                        self.note_person(&form, id);
                    }
                    aliases.push(declension::unmarked(&name.full));
                    for form in name.surname.iter().flat_map(|surname| all_forms(surname)) {
                        self.note_person(&form, id);
                        let entry = surnames.entry(fold_name(&form)).or_insert_with(|| Surname::new(&form));
                        entry.bearers.insert(id);
                        if !entry.languages.contains(&language) {
                            entry.languages.push(language);
                        }
                    }
                }
            }
            let display = |column: usize| {
                let first = row.list(column).next().map(|marked| PersonName::parse(marked).full);
                declension::unmarked(&first.unwrap_or_default())
            };
            let names = Names { french: display(5), english: display(6), russian: display(7) };
            let (side, years, wikidata) = (row.cell(1), row.cell(3), row.cell(4));
            self.people.insert(id, PersonEntry { id, side, office, years, wikidata, names, aliases });
        }
        for (key, surname) in surnames {
            let mut bearers = surname.bearers.into_iter();
            let (Some(id), None) = (bearers.next(), bearers.next()) else { continue };
            // A surname that is a state, a town or an outlet too («Jordan», «Costa Rica» is not) says too little alone.
            if !self.index.postings(&key).is_empty() {
                continue;
            }
            for language in surname.languages {
                let posting = Posting {
                    sense: Meaning::Whole(Sense::PersonSurname(id)),
                    case: Case::Capital,
                    languages: Languages::of(language),
                    abroad: true,
                };
                self.index.add(&surname.form, posting);
            }
        }
    }

    fn note_person(&mut self, form: &str, id: &'static str) {
        let known = self.people_by_name.entry(fold_name(form)).or_default();
        if !known.contains(&id) {
            known.push(id);
            known.sort_unstable();
        }
    }
}

struct Surname {
    form: String,
    bearers: HashSet<&'static str>,
    languages: Vec<Language>,
}

impl Surname {
    fn new(form: &str) -> Surname {
        Surname { form: form.to_owned(), bearers: HashSet::new(), languages: Vec::new() }
    }
}

/// A name as `people.tsv` writes it: `*` before the surname and, where it does not end the name, after it; the last
/// word is the surname where there is no mark; a `!` at the end says that none may stand alone.
struct PersonName {
    full: String,
    surname: Option<String>,
}

impl PersonName {
    fn parse(marked: &str) -> PersonName {
        let (marked, alone) = match marked.strip_suffix('!') {
            Some(marked) => (marked, false),
            None => (marked, true),
        };
        let full = marked.replace('*', "");
        let surname = match marked.split_once('*') {
            Some((_, rest)) => rest.split('*').next().map(|surname| surname.trim().to_owned()),
            None => marked.split_whitespace().next_back().map(|word| word.to_owned()),
        };
        let several = full.split_whitespace().count() > 1;
        PersonName { full, surname: surname.filter(|_| alone && several) }
    }
}

/// The forms of a name: declined where it is Russian, itself elsewhere.
fn all_forms(name: &str) -> Vec<String> {
    match is_cyrillic(name) {
        true => declension::decline(name, Number::AsWritten),
        false => vec![name.to_owned()],
    }
}

fn names_of(row: &Row, first: usize) -> Names {
    let display = |column: usize| {
        let name = row.list(column).next().map_or("", without_marks);
        declension::unmarked(name)
    };
    Names { french: display(first), english: display(first + 1), russian: display(first + 2) }
}
