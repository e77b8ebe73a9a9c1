//! Which reports rest on one text: copies reworded to the last sentence and translations do, rivals on one event do not.

#![allow(clippy::unwrap_used, reason = "what is made by hand is known")]

mod made;

use depeche_gazetteer::Gazetteer;
use depeche_record::ContactKind::Meeting;
use depeche_record::Status::Held;
use depeche_record::{Language, LineageLink};
use made::{Made, report};

const ORIGINAL: &str = "Les ministres des Pêches de Somalie et d'Éthiopie se sont retrouvés lundi dans un hôtel de \
Djibouti pour débattre des licences accordées aux chalutiers étrangers au large de Berbera. Selon un communiqué commun \
diffusé dans la soirée, les deux délégations ont examiné pendant quatre heures un projet de convention qui limiterait \
le nombre de navires autorisés et confierait la surveillance des zones côtières à une patrouille commune. « Nous avons \
franchi une étape que beaucoup croyaient impossible il y a encore quelques semaines », a déclaré le ministre somalien. \
Son homologue a promis de soumettre le texte au parlement avant la fin du trimestre, tout en rappelant que plusieurs \
provinces demandent des compensations pour les pêcheurs artisanaux. Les organisations professionnelles, reçues en marge \
de la réunion, réclament depuis longtemps un calendrier précis et la publication des contrats signés avec les armateurs.";

const REWORDED: &str = "Les responsables des Pêches de Somalie et d'Éthiopie se sont rencontrés lundi dans un palace de \
Djibouti afin de discuter des licences octroyées aux chalutiers étrangers au large de Berbera. D'après un communiqué \
conjoint publié dans la soirée, les deux délégations ont étudié durant quatre heures un projet de convention qui \
réduirait le nombre de bateaux autorisés et remettrait la surveillance des zones littorales à une patrouille conjointe. \
« Nous avons franchi une étape que beaucoup croyaient impossible il y a encore quelques semaines », a lancé le ministre \
somalien. Son homologue s'est engagé à présenter le texte au parlement avant le terme du trimestre, tout en soulignant \
que plusieurs provinces exigent des compensations pour les pêcheurs artisanaux. Les organisations professionnelles, \
accueillies en marge de la rencontre, demandent depuis longtemps un calendrier détaillé et la publication des contrats \
conclus avec les armateurs.";

const RIVAL: &str = "À Djibouti, la Somalie et l'Éthiopie ont parlé de poisson. Réunis lundi autour d'une table, les \
ministres des Pêches des deux voisins cherchent à mettre de l'ordre dans un commerce qui leur échappe : une centaine de \
chalutiers étrangers croisent au large de Berbera, munis de licences dont personne ne connaît le prix. « Nous avons \
franchi une étape que beaucoup croyaient impossible il y a encore quelques semaines », a déclaré le ministre somalien \
devant la presse, avant de reprendre l'avion. Rien n'est pourtant signé. Dans les ports, où les pirogues rentrent vides \
depuis la saison des pluies, on attend de voir. Un patron rencontré sur les quais raconte que son équipage a perdu trois \
filets en une semaine, coupés par les hélices de navires plus gros. La convention prévoit une patrouille commune, dont le \
financement reste à trouver ; le parlement éthiopien devra se prononcer, et l'opposition y voit un cadeau aux armateurs.";

const ENGLISH: &str = "Asha Warsame received Tesfaye Bekele in Djibouti on 14 July to discuss fishing licences. For 4 \
hours, Bekele and Warsame went through a draft that caps the number of trawlers at 120, down from 310 in 2023, and puts \
a patrol of 16 boats under joint command. Warsame spoke of a step forward; Bekele said parliament would have 45 days. \
Idris Guelleh, who hosted both, offered a loan of 27 million francs, of which Warsame accepted 12. According to Guelleh, \
Bekele asked for 90 days more. Warsame left on 15 July.";

const TRANSLATION: &str = "Asha Warsame a reçu Tesfaye Bekele à Djibouti le 14 juillet au sujet des licences de pêche. \
Pendant 4 heures, Bekele et Warsame ont passé en revue un projet qui plafonne à 120 le nombre des chalutiers, contre 310 \
en 2023, et place 16 vedettes sous commandement commun. Warsame a parlé d'un pas en avant ; Bekele a dit que le parlement \
aurait 45 jours. Idris Guelleh, leur hôte, a offert un prêt de 27 millions de francs, dont Warsame a accepté 12. Selon \
Guelleh, Bekele a demandé 90 jours de plus. Warsame est repartie le 15 juillet.";

const OTHER_DESK: &str = "Idris Guelleh peut se frotter les mains. Le 14 juillet, il a réuni Tesfaye Bekele et Asha \
Warsame, qui ne se parlaient plus depuis 2023. Bekele venait chercher 90 jours de répit, Warsame une patrouille de 16 \
vedettes. Guelleh leur a fait servir un prêt de 27 millions de francs, et Warsame en a pris 12. Bekele est reparti avec \
un plafond de 120 chalutiers contre 310, et 45 jours pour convaincre. Guelleh, lui, a raccompagné Warsame à l'avion \
le 15, après 4 heures de discussions. Bekele n'a rien dit. Warsame a souri.";

fn telling(id: &str, text: &str, day: &str) -> Made {
    let mut made = report(id, text).account(Meeting, Held, "ET SO", "", "2025-07-14", "Djibouti").on(day);
    for name in ["Asha Warsame", "Tesfaye Bekele", "Idris Guelleh"] {
        let family = name.split(' ').next_back().unwrap();
        if text.contains(name) {
            made = made.named(name, family);
        }
    }
    made
}

fn links(made: Vec<Made>) -> Vec<Vec<LineageLink>> {
    let read: Vec<_> = made.into_iter().map(Made::done).collect();
    let dossier = depeche_resolve::resolve(&read, &[], Gazetteer::builtin(), None);
    dossier.reports.into_iter().map(|report| report.links).collect()
}

#[test]
fn a_copy_reworded_to_the_last_sentence_is_known_and_a_rival_is_not() {
    let made = [("a", ORIGINAL), ("b", REWORDED), ("c", RIVAL)];
    let links = links(made.map(|(id, text)| telling(id, text, "2025-07-15")).into());
    assert_eq!(links[0].iter().map(|link| link.report.as_str()).collect::<Vec<_>>(), ["b"]);
    assert_eq!(links[0][0].reason, "shared-passages");
    assert!((0.3..0.9).contains(&links[0][0].score), "{}", links[0][0].score);
    assert!(links[2].is_empty(), "{:?}", links[2]);
}

#[test]
fn a_translation_that_names_no_source_is_known_by_its_people_and_figures() {
    let english = |id, text, day| {
        let mut made = telling(id, text, day);
        made.reading.language = Language::English;
        made
    };
    let found = links(vec![
        english("a", ENGLISH, "2025-07-15"),
        telling("b", TRANSLATION, "2025-07-16"),
        telling("c", OTHER_DESK, "2025-07-15"),
    ]);
    assert_eq!(found[0].iter().map(|link| link.report.as_str()).collect::<Vec<_>>(), ["b"]);
    assert_eq!(found[1][0].reason, "same-order");
    assert!(found[2].is_empty(), "{:?}", found[2]);
    // A month later, the same order is told by a chronicle.
    let late = links(vec![english("a", ENGLISH, "2025-07-15"), telling("b", TRANSLATION, "2025-08-16")]);
    assert!(late.iter().all(Vec::is_empty));
}
