//! What the gazetteer must find, and what it must leave alone.

use depeche_record::Language::{self, English, French, Russian};
use proptest::prelude::*;

use crate::OfficeClass::{self, Adviser, Envoy, ForeignMinister, SecurityAdviser, Spokesperson};
use crate::fold::fold_name;
use crate::{Gazetteer, Sense, table};

/// The senses of the match that covers exactly `words`; empty if there is none.
fn senses(text: &str, words: &str, language: Language) -> Vec<Sense> {
    let found = Gazetteer::builtin().matches(text, language);
    found.into_iter().find(|m| m.span.of(text) == words).map(|m| m.senses).unwrap_or_default()
}

fn finds(text: &str, words: &str, language: Language, sense: Sense) {
    let found = senses(text, words, language);
    assert!(
        found.contains(&sense),
        "‘{words}’ in ‘{text}’: {found:?}; all: {:?}",
        Gazetteer::builtin().matches(text, language)
    );
}

fn leaves(text: &str, words: &str, language: Language) {
    assert_eq!(senses(text, words, language), [], "‘{words}’ in ‘{text}’");
}

#[test]
fn places_lie_where_they_are() {
    let gazetteer = Gazetteer::builtin();
    // Some are no place of a map: a hill, a region that is not settled.
    let known = gazetteer.places.iter().filter(|place| place.at.is_some()).count();
    assert!(known * 100 >= gazetteer.places.len() * 80, "{known} of {}", gazetteer.places.len());
    assert!(
        gazetteer
            .places
            .iter()
            .flat_map(|place| place.at)
            .all(|at| at.north.abs() <= 900 && at.east.abs() <= 1800)
    );
    let named = |name: &str| gazetteer.places_named(name)[0].at.unwrap();
    assert_eq!((named("Djeddah").north, named("Djeddah").east), (215, 392));
    assert_eq!((named("Washington").north, named("Washington").east), (389, -770));
    // No row is for a place that is not there.
    for row in crate::table::COORDINATES.rows() {
        let there =
            gazetteer.places.iter().any(|place| place.state == row.cell(0) && place.id == row.cell(1));
        assert!(there, "{} {}", row.cell(0), row.cell(1));
    }
}

#[test]
fn states_in_three_languages() {
    finds("Les États-Unis et l’Iran", "États-Unis", French, Sense::State("US"));
    finds("les Etats-Unis", "Etats-Unis", French, Sense::State("US"));
    finds("les États\u{2011}Unis", "États\u{2011}Unis", French, Sense::State("US"));
    finds("entre la RDC et le Rwanda", "RDC", French, Sense::State("CD"));
    finds("the U.S. and Iran", "U.S.", English, Sense::State("US"));
    finds("Lu sur lemonde.fr.", "lemonde.fr", French, Sense::Outlet { id: "le-monde", ambiguous: false });
    finds("Переговоры в Саудовской Аравии", "Саудовской Аравии", Russian, Sense::State("SA"));
    finds("власти США заявили", "США", Russian, Sense::State("US"));
    finds(
        "с Объединенными Арабскими Эмиратами",
        "Объединенными Арабскими Эмиратами",
        Russian,
        Sense::State("AE"),
    );
    finds("встреча в Египте", "Египте", Russian, Sense::State("EG"));
}

#[test]
fn adjectives_and_peoples() {
    finds("le ministre russe", "russe", French, Sense::Adjective(vec!["RU"]));
    finds("les Russes", "Russes", French, Sense::Demonym("RU"));
    leaves("Les Turcs", "turcs", French);
    finds("russo-américain", "russo-américain", French, Sense::Adjective(vec!["RU", "US"]));
    finds("accord israélo-palestinien", "israélo-palestinien", French, Sense::Adjective(vec!["IL", "PS"]));
    finds("US-Russian talks", "US-Russian", English, Sense::Adjective(vec!["US", "RU"]));
    finds("Russian-American talks", "Russian-American", English, Sense::Adjective(vec!["RU", "US"]));
    finds("the Americans said", "Americans", English, Sense::Demonym("US"));
    finds(
        "российско-американские переговоры",
        "российско-американские",
        Russian,
        Sense::Adjective(vec!["RU", "US"]),
    );
    finds("Американо-иранские переговоры", "Американо-иранские", Russian, Sense::Adjective(vec!["US", "IR"]));
    finds("сообщили в МИДе", "МИДе", Russian, Sense::Office(OfficeClass::ForeignMinistry));
    finds("израильской делегации", "израильской", Russian, Sense::Adjective(vec!["IL"]));
    finds("россиянам", "россиянам", Russian, Sense::Demonym("RU"));
    finds("la délégation nord-coréenne", "nord-coréenne", French, Sense::Adjective(vec!["KP"]));
    leaves("Russian officials", "Russian", French);
}

#[test]
fn capitals_and_seats() {
    finds("Moscou a répondu", "Moscou", French, Sense::Capital("RU"));
    finds("в Москве", "Москве", Russian, Sense::Capital("RU"));
    finds("le Kremlin", "Kremlin", French, Sense::Seat("RU"));
    finds("представитель Кремля", "Кремля", Russian, Sense::Seat("RU"));
    finds("la Maison\u{a0}Blanche", "Maison\u{a0}Blanche", French, Sense::Seat("US"));
    finds("the White House said", "White House", English, Sense::Seat("US"));
    finds("в Белом доме", "Белом доме", Russian, Sense::Seat("US"));
    finds("l’Élysée", "Élysée", French, Sense::Seat("FR"));
    finds("le Quai d’Orsay", "Quai d’Orsay", French, Sense::Seat("FR"));
    for sense in [Sense::Capital("BE"), Sense::Seat("EU"), Sense::Seat("NATO")] {
        finds("Bruxelles réagit", "Bruxelles", French, sense.clone());
        finds("Brussels reacts", "Brussels", English, sense);
    }
}

#[test]
fn neighbours_in_spelling_stay_apart() {
    finds("l'armée nigérienne", "nigérienne", French, Sense::Adjective(vec!["NE"]));
    finds("l'armée nigériane", "nigériane", French, Sense::Adjective(vec!["NG"]));
    finds("le Niger", "Niger", French, Sense::State("NE"));
    assert_eq!(senses("en Guinée-Bissau", "Guinée-Bissau", French), [Sense::State("GW")]);
    assert_eq!(senses("en Guinée équatoriale", "Guinée équatoriale", French), [Sense::State("GQ")]);
    assert_eq!(senses("en Guinée", "Guinée", French), [Sense::State("GN")]);
    assert_eq!(senses("la Corée du Nord", "Corée du Nord", French), [Sense::State("KP")]);
    let congo = senses("au Congo", "Congo", French);
    assert_eq!(congo, [Sense::State("CD"), Sense::State("CG")]);
    assert_eq!(senses("les deux Corées", "deux Corées", French), [Sense::States(vec!["KP", "KR"])]);
    leaves("they told us", "us", English);
    leaves("They told Us Weekly", "Us", English);
    leaves("un accord", "un", French);
    leaves("au Caire", "au", French);
    leaves("Jordan Bardella", "Jordan", French);
    leaves("Chad Smith", "Chad", French);
    leaves("Georgia Meloni", "Georgia", French);
    leaves("le Moscovite", "Moscou", French);
    leaves("Iranien", "Iran", French);
    finds("à Mexico", "Mexico", French, Sense::Capital("MX"));
    finds("in Mexico", "Mexico", English, Sense::State("MX"));
    finds("le Luxembourg", "Luxembourg", French, Sense::State("LU"));
    finds("le Saint-Siège", "Saint-Siège", French, Sense::State("VA"));
    leaves("Кроме Того", "того", Russian);
}

#[test]
fn every_file_names_its_source_and_licence() {
    for table in table::ALL {
        let head: String = table.text().lines().take_while(|line| line.starts_with('#')).collect();
        assert!(head.contains("Source:") && head.contains("Licence:"), "{head}");
    }
}

#[test]
fn every_row_has_no_more_cells_than_the_header() {
    for table in table::ALL {
        let mut lines = table.text().lines().filter(|line| !line.starts_with('#'));
        let columns = lines.next().unwrap().split('\t').count();
        for line in lines {
            assert!(line.split('\t').count() <= columns, "{line}");
        }
    }
}

#[test]
fn identifiers_are_unique_and_sides_exist() {
    let gazetteer = Gazetteer::builtin();
    for table in [table::STATES, table::ORGANISATIONS, table::MEDIA, table::PEOPLE] {
        let mut ids: Vec<&str> = table.rows().map(|row| row.cell(0)).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count);
    }
    assert!(gazetteer.states().count() >= 249);
    for side in gazetteer.seats().iter().map(|seat| seat.side).chain(gazetteer.people().map(|p| p.side)) {
        assert!(gazetteer.side_name(side, French).is_some_and(|name| !name.is_empty()), "{side}");
    }
    let places = table::TOWNS.rows().map(|row| row.cell(0));
    let countries = gazetteer.outlets().map(|outlet| outlet.country).filter(|country| !country.is_empty());
    for code in places.chain(countries) {
        assert!(gazetteer.state(code).is_some(), "{code}");
    }
    for state in gazetteer.states() {
        let code = state.code;
        assert!(code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase()), "{code}");
        for language in [French, English, Russian] {
            assert!(!state.names.in_language(language).is_empty(), "{code}");
        }
    }
}

#[test]
fn the_index_is_large_and_quickly_built() {
    let start = std::time::Instant::now();
    let gazetteer = Gazetteer::read();
    let taken = start.elapsed();
    assert!(gazetteer.index.len() > 10_000, "{}", gazetteer.index.len());
    // Test builds are not optimised and share their cores; release builds take about a tenth of this.
    assert!(taken.as_millis() < 3_000, "{taken:?}");
}

proptest! {
    #[test]
    fn spans_lie_on_character_boundaries_in_order(text in "(\\PC|Moscou|’|-|\u{301}|\u{ad}|США|U\\.S\\.| |\n){0,40}") {
        for language in [French, English, Russian] {
            let mut end = 0;
            for found in Gazetteer::builtin().matches(&text, language) {
                prop_assert!(text.get(found.span.range()).is_some_and(|words| !words.is_empty()));
                prop_assert!(found.span.start as usize >= end && !found.senses.is_empty());
                end = found.span.end as usize;
            }
        }
    }
}

#[test]
fn organisations_and_parties() {
    for words in ["Union européenne", "UE", "Commission européenne"] {
        finds(&format!("selon l'{words}, oui"), words, French, Sense::Organisation("EU"));
    }
    finds("l'Otan et l'OTAN", "Otan", French, Sense::Organisation("NATO"));
    finds("the UN said", "UN", English, Sense::Organisation("UN"));
    leaves("UN ACCORD", "UN", French);
    leaves("AU Caire", "AU", French);
    finds("the AU said", "AU", English, Sense::Organisation("AU/org"));
    finds("l'UA a dit", "UA", French, Sense::Organisation("AU/org"));
    finds("в Совете Безопасности ООН", "Совете Безопасности ООН", Russian, Sense::Organisation("UN"));
    finds("в МАГАТЭ", "МАГАТЭ", Russian, Sense::Organisation("IAEA"));
    finds("власти ОАЭ", "ОАЭ", Russian, Sense::State("AE"));
    finds("responsables européens", "européens", French, Sense::OrganisationAdjective("EU"));
    finds("les Européens", "Européens", French, Sense::Demonym("EU"));
    finds("the Europeans", "Europeans", English, Sense::Demonym("EU"));
    finds("с европейцами", "европейцами", Russian, Sense::Demonym("EU"));
    leaves("l'Atlantique", "Atlantique", French);
    finds("российско-европейский", "российско-европейский", Russian, Sense::Adjective(vec!["RU", "EU"]));
    finds("contre le M23", "M23", French, Sense::Party("M23"));
    finds("переговоры с ХАМАС", "ХАМАС", Russian, Sense::Party("Hamas"));
    finds("движения Хезболла", "Хезболла", Russian, Sense::Party("Hezbollah"));
    finds("the Rapid Support Forces", "Rapid Support Forces", English, Sense::Party("RSF"));
}

#[test]
fn titles_in_three_languages() {
    let office = Sense::Office;
    finds(
        "la ministre des Affaires étrangères",
        "ministre des Affaires étrangères",
        French,
        office(ForeignMinister),
    );
    finds("envoyée spéciale", "envoyée spéciale", French, office(Envoy));
    finds("le porte-parole du Kremlin", "porte-parole", French, office(Spokesperson));
    finds("le porte-parole du Kremlin", "Kremlin", French, Sense::Seat("RU"));
    finds(
        "conseillère à la sécurité nationale",
        "conseillère à la sécurité nationale",
        French,
        office(SecurityAdviser),
    );
    finds("Foreign Minister Ann Other", "Foreign Minister", English, office(ForeignMinister));
    finds("special envoys", "special envoys", English, office(Envoy));
    finds("министром иностранных дел", "министром иностранных дел", Russian, office(ForeignMinister));
    finds("пресс-секретаря президента", "пресс-секретаря президента", Russian, office(Spokesperson));
    finds("помощнику президента", "помощнику президента", Russian, office(Adviser));
    leaves("после встречи", "после", Russian);
    leaves("at 3 pm", "pm", English);
    finds("le patron de l'Otan", "patron de l'Otan", French, Sense::Organisation("NATO"));
}

/// Every title of the data can be parsed, and each class has one in every language.
#[test]
fn every_class_of_offices_has_titles() {
    for class in OfficeClass::ALL {
        let rows = || table::OFFICES.rows().filter(|row| row.cell(0) == class.name());
        for column in 1..4 {
            assert!(rows().any(|row| row.list(column).next().is_some()), "{class:?} {column}");
        }
    }
    assert!(table::OFFICES.rows().all(|row| OfficeClass::parse(row.cell(0)).is_some()));
    assert!(table::PEOPLE.rows().all(|row| OfficeClass::parse(row.cell(2)).is_some()));
}

#[test]
fn people_by_name_and_surname() {
    let gazetteer = Gazetteer::builtin();
    for (text, words, language) in [
        ("Iouri Ouchakov a dit", "Iouri Ouchakov", French),
        ("Yuri Ushakov said", "Yuri Ushakov", English),
        ("Yury Ushakov said", "Yury Ushakov", French),
        ("с Юрием Ушаковым", "Юрием Ушаковым", Russian),
    ] {
        finds(text, words, language, Sense::Person("yuri-ushakov"));
    }
    finds("a dit Ouchakov", "Ouchakov", French, Sense::PersonSurname("yuri-ushakov"));
    finds("SELON OUCHAKOV", "OUCHAKOV", French, Sense::PersonSurname("yuri-ushakov"));
    finds("словам Пескова", "Пескова", Russian, Sense::PersonSurname("dmitry-peskov"));
    finds("Mme von der Leyen", "von der Leyen", French, Sense::PersonSurname("ursula-von-der-leyen"));
    finds("Xi Jinping", "Xi Jinping", French, Sense::Person("xi-jinping"));
    finds(
        "le prince Mohammed ben Salmane",
        "Mohammed ben Salmane",
        French,
        Sense::Person("mohammed-bin-salman"),
    );
    assert_eq!(gazetteer.people_named("Ushakov").len(), 1);
    assert_eq!(gazetteer.people_named("Йенсу Столтенбергу").first().map(|p| p.id), Some("jens-stoltenberg"));
    assert!(gazetteer.people_named("Rodríguez").is_empty() || gazetteer.people_named("Rodríguez").len() > 1);
    let person = gazetteer.person("sergei-lavrov").unwrap();
    assert_eq!((person.side, person.office), ("RU", ForeignMinister));
    assert_eq!(person.names.in_language(French), "Sergueï Lavrov");
    for id in gazetteer.people().map(|person| person.id) {
        assert!(id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{id}");
    }
    for person in gazetteer.people().filter(|person| !person.wikidata.is_empty()) {
        let digits = person.wikidata.strip_prefix('Q').unwrap();
        assert!(digits.parse::<u64>().is_ok(), "{}", person.wikidata);
    }
}

#[test]
fn outlets_by_name_host_and_in_text() {
    let gazetteer = Gazetteer::builtin();
    let outlet = |id, ambiguous| Sense::Outlet { id, ambiguous };
    finds(
        "selon Komsomolskaïa Pravda",
        "Komsomolskaïa Pravda",
        French,
        outlet("komsomolskaya-pravda", false),
    );
    finds(
        "сообщила «Комсомольской правде»",
        "Комсомольской правде",
        Russian,
        outlet("komsomolskaya-pravda", false),
    );
    finds("передаёт РИА Новости", "РИА Новости", Russian, outlet("ria-novosti", false));
    finds("according to Axios", "Axios", English, outlet("axios", false));
    finds("sur X, il", "X", French, outlet("x", true));
    leaves("sur x, il", "x", French);
    leaves("in time", "time", English);
    finds("selon Le Monde, oui", "Le Monde", French, outlet("le-monde", true));
    leaves("Le monde entier", "Le monde", French);
    leaves("Les échos de la guerre", "Les échos", French);
    assert_eq!(gazetteer.outlet_by_domain("www.lemonde.fr").map(|o| o.id), Some("le-monde"));
    assert_eq!(gazetteer.outlet_by_domain("francais.rt.com").map(|o| o.id), Some("rt"));
    assert_eq!(gazetteer.outlet_by_domain("example.org").map(|o| o.id), None);
    assert_eq!(gazetteer.outlet_by_domain("").map(|o| o.id), None);
    assert_eq!(gazetteer.outlet_by_name("l’agence Anadolu").map(|o| o.id), Some("anadolu"));
    assert_eq!(
        gazetteer.outlet_by_name("The Wall Street Journal").map(|o| o.id),
        Some("wall-street-journal")
    );
    assert!(gazetteer.outlets().count() >= 300);
    for outlet in gazetteer.outlets() {
        assert!(
            !outlet.name.is_empty()
                && outlet.domains.iter().all(|d| d.contains('.') && !d.starts_with("www."))
        );
    }
    let mut hosts: Vec<&str> = gazetteer.outlets().flat_map(|o| o.domains.iter().copied()).collect();
    let count = hosts.len();
    hosts.sort_unstable();
    hosts.dedup();
    assert_eq!(hosts.len(), count, "a host belongs to two outlets");
}

#[test]
fn places_are_one_under_all_names() {
    let gazetteer = Gazetteer::builtin();
    for name in ["Djeddah", "Jeddah", "Джидде"] {
        assert_eq!(
            gazetteer.places_named(name).iter().map(|p| p.id).collect::<Vec<_>>(),
            ["Jeddah"],
            "{name}"
        );
    }
    finds("à Genève", "Genève", French, Sense::Town("CH"));
    finds("в Шарм-эш-Шейхе", "Шарм-эш-Шейхе", Russian, Sense::Town("EG"));
    finds("in Sharm el-Sheikh", "Sharm el-Sheikh", English, Sense::Town("EG"));
    leaves("Nice to meet you", "Nice", English);
    assert_eq!(gazetteer.side_name("RU", French), Some("Russie"));
    assert_eq!(gazetteer.side_name("EU", French), Some("Union européenne"));
    assert_eq!(gazetteer.side_name("US", Russian), Some("США"));
    assert_eq!(gazetteer.side_name("ZZ", French), None);
}

#[test]
fn english_names_that_are_everyday_words_need_their_case() {
    finds("the US said", "US", English, Sense::State("US"));
    finds("Turkey said", "Turkey", English, Sense::State("TR"));
    leaves("a turkey", "turkey", English);
    leaves("la turkey", "turkey", French);
    finds("King of Jordan", "Jordan", English, Sense::State("JO"));
    finds("au Mali", "Mali", French, Sense::State("ML"));
    finds("Oman et le Qatar", "Oman", French, Sense::State("OM"));
    leaves("Romania", "Oman", English);
}

#[test]
fn compounds_of_three_and_of_ambiguous_parts() {
    let adjective = |sides: &[&'static str]| Sense::Adjective(sides.to_vec());
    finds("sommet russo-turco-iranien", "russo-turco-iranien", French, adjective(&["RU", "TR", "IR"]));
    finds("l'accord américano-sud-coréen", "américano-sud-coréen", French, adjective(&["US", "KR"]));
    let found = senses("dialogue congolo-rwandais", "congolo-rwandais", French);
    assert_eq!(found, [adjective(&["CD", "RW"]), adjective(&["CG", "RW"])]);
    finds("EU-Ukrainian talks", "EU-Ukrainian", English, adjective(&["EU", "UA"]));
    leaves("américano est", "américano", French);
    finds("the British said", "British", English, Sense::Demonym("GB"));
}

#[test]
fn long_texts_take_linear_time_and_odd_ones_do_no_harm() {
    let gazetteer = Gazetteer::builtin();
    for text in ["", " ", "\u{301}", "\u{301}Moscou", "U.S.", "É", "-", "a\u{300}", "’’’", "\0"] {
        for language in [French, English, Russian] {
            let _ = gazetteer.matches(text, language);
        }
    }
    let many = "russo-américain ".repeat(20_000);
    assert_eq!(gazetteer.matches(&many, French).len(), 20_000);
    let one = "russo-".repeat(50_000) + "américain";
    assert!(gazetteer.matches(&one, French).len() <= 50_000);
}

#[test]
fn names_stand_without_the_title_before_them() {
    let text = "le roi Abdallah II de Jordanie";
    finds(text, "Abdallah II", French, Sense::Person("abdullah-ii"));
    finds(text, "roi", French, Sense::Office(OfficeClass::HeadOfState));
    finds(text, "Jordanie", French, Sense::State("JO"));
    let text = "Le groupe Wagner et Thérèse Kayikwamba Wagner";
    finds(text, "groupe Wagner", French, Sense::Party("Wagner"));
    finds(text, "Thérèse Kayikwamba Wagner", French, Sense::Person("therese-kayikwamba-wagner"));
}

/// Every state of the world has somebody who speaks for it and an adjective in French and Russian; territories need not.
#[test]
fn no_state_is_without_people_and_adjectives() {
    let gazetteer = Gazetteer::builtin();
    let spoken_for: Vec<&str> = gazetteer.people().map(|person| person.side).collect();
    for row in table::STATES.rows() {
        let code = row.cell(0);
        if gazetteer.state(code).is_some_and(|state| state.capital_speaks) {
            assert!(spoken_for.contains(&code), "{code}: no person");
            assert!(!row.cell(4).is_empty() && !row.cell(6).is_empty(), "{code}: no adjective");
        }
    }
}

#[test]
fn ordinary_words_and_phrases_are_no_names() {
    leaves("Philippe a dit non", "Philippe", French);
    leaves("aujourd'hui le Maroc attend", "aujourd'hui le Maroc", French);
    finds("dans le Pays de Galles", "Pays de Galles", French, Sense::State("GB"));
    finds("la Croix-Rouge a dit", "la Croix-Rouge", French, Sense::Organisation("ICRC"));
    finds("selon RSF, oui", "RSF", French, Sense::Organisation("RSF/org"));
    finds("the RSF said", "RSF", English, Sense::Party("RSF"));
    finds("Baghdad today said", "Baghdad", English, Sense::Capital("IQ"));
    finds("a Security Council report", "Security Council", English, Sense::Organisation("UN"));
    finds("The Namibian president", "Namibian", English, Sense::Adjective(vec!["NA"]));
    leaves("Росток новой жизни", "Росток", Russian);
    finds(
        "the AU Commission chairperson",
        "AU Commission chairperson",
        English,
        Sense::Organisation("AU/org"),
    );
}

#[test]
fn what_a_wider_world_calls_itself() {
    finds("le FLNKS à Bougival", "FLNKS", French, Sense::Party("FLNKS"));
    finds("chef du CNSP", "CNSP", French, Sense::Seat("NE"));
    finds("Моисей и Сурков", "Сурков", Russian, Sense::PersonSurname("vladislav-surkov"));
    finds("Moussa Faki Mahamat", "Moussa Faki Mahamat", French, Sense::Person("moussa-faki"));
    finds("selon Gbagbo", "Gbagbo", French, Sense::PersonSurname("laurent-gbagbo"));
    finds("à Crans-Montana", "Crans-Montana", French, Sense::Town("CH"));
    finds("la délégation capverdienne", "capverdienne", French, Sense::Adjective(vec!["CV"]));
    finds("в эсватинской столице", "эсватинской", Russian, Sense::Adjective(vec!["SZ"]));
    finds("haut-commissaire à la paix", "haut-commissaire à la paix", French, Sense::Seat("CO"));
}

#[test]
fn a_name_that_ends_in_a_figure_leaves_the_full_stop() {
    finds("The RSF met the M23.", "M23", English, Sense::Party("M23"));
}

#[test]
fn a_given_name_tells_who_is_a_woman_where_only_women_or_men_bear_it() {
    let gazetteer = Gazetteer::builtin();
    for (name, woman) in [
        ("Élisabeth Dupont", Some(true)),
        ("Elisabeth", Some(true)),
        ("Мария Петрова", Some(true)),
        ("Pierre Dupont", Some(false)),
        ("Andrea Rossi", None),
        ("Dupont", None),
        ("", None),
    ] {
        assert_eq!(gazetteer.is_woman(name), woman, "{name}");
    }
    let given: Vec<String> =
        table::GIVEN.rows().flat_map(|row| row.list(1).collect::<Vec<_>>()).map(fold_name).collect();
    let mut once = given.clone();
    once.sort_unstable();
    once.dedup();
    assert!(once.len() > 500);
    let both = |name: &String| {
        let of = |gender: &str| {
            table::GIVEN
                .rows()
                .filter(|row| row.cell(0) == gender)
                .any(|row| row.list(1).any(|n| fold_name(n) == *name))
        };
        of("f") && of("m")
    };
    assert_eq!(once.iter().filter(|name| both(name)).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn a_name_in_a_spelling_that_no_list_has_is_the_known_person() {
    let gazetteer = Gazetteer::builtin();
    let id = |name| gazetteer.person_spelt(name).map(|person| person.id);
    for (name, known) in [
        ("Abdelfattah al-Burhan", "abdel-fattah-al-burhan"),
        ("Aleksander Vučić", "aleksandar-vucic"),
        ("Yoweri Kaguta Museveni", "yoweri-museveni"),
        ("Abdelmadjid Teboune", "abdelmadjid-tebboune"),
        ("Реджепа Эрдогана", "recep-tayyip-erdogan"),
    ] {
        assert_eq!(id(name), Some(known), "{name}");
    }
    // Brothers, namesakes, a surname alone.
    for other in ["Eric Trump", "Igor Poutine", "Rifaat al-Assad", "Museveni", "Jean Dupont", ""] {
        assert_eq!(id(other), None, "{other}");
    }
}
