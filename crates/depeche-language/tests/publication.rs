//! The day of publication, as texts show it, and what is reckoned from it.

use depeche_language::analyse;
use depeche_record::{
    Analysis, Basis, Block, BlockKind, Day, Edtf, Known, Language, Report, Span, TimeBasis,
};

const TODAY: Day = Day { year: 2026, month: 11, day: 22 };

fn read(blocks: &[(BlockKind, &str)], published: Option<&str>) -> (Analysis, String) {
    read_in(Language::French, blocks, published)
}

fn read_in(language: Language, blocks: &[(BlockKind, &str)], published: Option<&str>) -> (Analysis, String) {
    let mut text = String::new();
    let mut spans = Vec::new();
    for (kind, words) in blocks {
        let start = text.len();
        text.push_str(words);
        spans.push(Block { span: Span::new(start, text.len()), kind: *kind });
        text.push_str("\n\n");
    }
    let known = |value| Known { value, basis: Basis::Given, span: None };
    let report = Report {
        blocks: spans,
        published: published.and_then(|p| Edtf::parse(p).ok()).map(|value| Known {
            value,
            basis: Basis::Metadata,
            span: None,
        }),
        language: Some(known(language)),
        ..Report::bare("r", &text)
    };
    (analyse(&report, Some(TODAY)), text)
}

fn published(blocks: &[(BlockKind, &str)]) -> Option<(String, Basis)> {
    read(blocks, None).0.published.map(|p| (p.date.to_string(), p.basis))
}

use BlockKind::{Byline, Caption, Paragraph, Title};

#[test]
fn bylines_and_header_lines_tell_the_day() {
    let story =
        (Paragraph, "Le ministre a rencontré jeudi son homologue, deux ans après l'accord du 5 mai 2023.");
    for line in ["Par La rédaction – 9 février 2025", "Publié le 9 février 2025 à 14h", "09/02/2025"] {
        let told = Some(("2025-02-09".to_owned(), Basis::Text));
        assert_eq!(published(&[(Title, "Un sommet"), (Byline, line), story]), told, "{line}");
        assert_eq!(published(&[(Title, "Un sommet"), (Paragraph, line), story]), told, "{line}");
    }
    assert_eq!(published(&[(Title, "Un sommet"), story]), None);
}

#[test]
fn a_day_to_come_is_no_day_of_publication() {
    assert_eq!(
        published(&[(Byline, "Rendez-vous le 9 février 2028"), (Paragraph, "Le sommet est prévu.")]),
        None
    );
    assert_eq!(published(&[(Caption, "Photo du 9 février 2025"), (Paragraph, "Le sommet est prévu.")]), None);
}

#[test]
fn this_day_is_the_day_of_publication() {
    let day = published(&[(Paragraph, "Ce 7 novembre, le Premier ministre a rencontré le président.")]);
    assert_eq!(day, Some(("XXXX-11-07".to_owned(), Basis::Text)));
    let day = published(&[(
        Paragraph,
        "Ils se sont vus ce samedi à Miami. « Utile », a dit samedi 31 janvier l'émissaire.",
    )]);
    assert_eq!(day, Some(("2026-01-31".to_owned(), Basis::Computed)));
}

#[test]
fn what_was_given_outranks_the_text() {
    let (analysis, _) =
        read(&[(Byline, "9 février 2025"), (Paragraph, "Il part jeudi.")], Some("2025-02-10"));
    assert_eq!(
        analysis.published.map(|p| (p.date.to_string(), p.basis)),
        Some(("2025-02-10".to_owned(), Basis::Metadata))
    );
}

#[test]
fn the_day_of_a_month_or_year_given_is_told_by_the_text() {
    let day = |line: &str, given: &str| {
        let published = read(&[(Paragraph, line)], Some(given)).0.published;
        published.map(|p| (p.date.to_string(), p.basis))
    };
    let told = |day: &str, basis| Some((day.to_owned(), basis));
    let line = "SÉOUL, 28 juillet (AFP) - Les deux émissaires se sont vus mardi.";
    assert_eq!(day(line, "2024"), told("2024-07-28", Basis::Computed));
    assert_eq!(day(line, "2024-07"), told("2024-07-28", Basis::Computed));
    assert_eq!(day(line, "2024-08"), told("2024-08", Basis::Metadata));
    assert_eq!(day(line, "2024-07-29"), told("2024-07-29", Basis::Metadata));
    let line = "SÉOUL, 28 juillet 2024 (AFP) - Les deux émissaires se sont vus mardi.";
    assert_eq!(day(line, "2024"), told("2024-07-28", Basis::Text));
    assert_eq!(day(line, "2023"), told("2023", Basis::Metadata));
}

fn values(blocks: &[(BlockKind, &str)], given: Option<&str>) -> Vec<(String, String, TimeBasis)> {
    let (analysis, text) = read(blocks, given);
    let shown = |t: &depeche_record::TimeExpression| {
        let value = t.value.as_ref().map_or("-".to_owned(), ToString::to_string);
        (t.span.of(&text).to_owned(), value, t.basis)
    };
    analysis.times.iter().map(shown).collect()
}

#[test]
fn a_weekday_fixes_the_year_and_then_its_neighbours() {
    let story = "Jeudi 18 décembre, le Kremlin a confirmé des échanges. Mercredi, il les niait. Des responsables \
                 pourraient se rencontrer à Miami au cours du week-end.";
    let found = values(&[(Paragraph, story)], None);
    let days: Vec<&str> = found.iter().map(|(_, value, _)| value.as_str()).collect();
    assert_eq!(days, ["2025-12-18", "2025-12-17", "2025-12-20/2025-12-21"]);
    assert!(found.iter().all(|(_, _, basis)| *basis == TimeBasis::Narrative));
}

#[test]
fn an_unknown_year_stays_unknown() {
    let story = "La rencontre a eu lieu le 6 août. La veille, rien n'était sûr. Ils se reverront jeudi.";
    let found = values(&[(Paragraph, story)], None);
    let days: Vec<&str> = found.iter().map(|(_, value, _)| value.as_str()).collect();
    assert_eq!(days, ["XXXX-08-06", "XXXX-08-05", "-"]);
    assert!(found.iter().all(|(_, _, basis)| *basis == TimeBasis::Unanchored));
}

#[test]
fn a_month_of_publication_tells_months_and_years() {
    let found =
        values(&[(Paragraph, "L'entrevue du 18 mars a été suivie d'un appel dimanche.")], Some("2025-04"));
    let days: Vec<&str> = found.iter().map(|(_, value, _)| value.as_str()).collect();
    assert_eq!(days, ["2025-03-18", "2025-04"]);
}

#[test]
fn the_tense_decides_and_both_readings_are_kept() {
    let (analysis, _) = read(&[(Paragraph, "Lavrov rencontrera Rubio mardi.")], Some("2025-02-13"));
    let time = &analysis.times[0];
    let shown = |e: &Option<Edtf>| e.as_ref().map(ToString::to_string);
    assert_eq!(shown(&time.value).as_deref(), Some("2025-02-18"));
    assert_eq!(shown(&time.past).as_deref(), Some("2025-02-11"));
    assert_eq!(shown(&time.future).as_deref(), Some("2025-02-18"));
    assert!(!time.assumed.is_empty());
}

fn told(language: Language, blocks: &[(BlockKind, &str)]) -> Option<(String, Basis)> {
    read_in(language, blocks, None).0.published.map(|p| (p.date.to_string(), p.basis))
}

#[test]
fn a_dateline_at_the_head_of_the_text_tells_the_day() {
    let text = |day: &str| Some((day.to_owned(), Basis::Text));
    for (language, line, day) in [
        (
            Language::English,
            "MOGADISHU, Jan 18, 2024 – Somalia said on Thursday that it was ready.",
            "2024-01-18",
        ),
        (Language::English, "NEW YORK, March 3, 2024 (Reuters) - The envoy met his hosts.", "2024-03-03"),
        (
            Language::French,
            "ANKARA, 12 août 2024 (AFP) – Un deuxième tour s'est ouvert lundi à Ankara.",
            "2024-08-12",
        ),
        (Language::French, "PÉKIN, 10 mars 2023 (Xinhua) — Les deux ministres se sont parlé.", "2023-03-10"),
        (Language::French, "Genève, le 10 mars 2023 – Les deux ministres se sont parlé.", "2023-03-10"),
        (Language::French, "LA HAYE, 10 mars 2023. /TASS/. Les deux ministres se sont parlé.", "2023-03-10"),
        (Language::French, "Paris, le 10 mars 2023. Les deux ministres se sont parlé.", "2023-03-10"),
        (Language::French, "[Genève, 10 mars 2023] Les deux ministres se sont parlé.", "2023-03-10"),
        (Language::French, "10 mars 2023 – Les deux ministres se sont parlé à Genève.", "2023-03-10"),
        (
            Language::Russian,
            "АСМАРА, 11 октября 2024 г. Президент Эритреи встретился с президентом Египта.",
            "2024-10-11",
        ),
        (
            Language::Russian,
            "МОСКВА, 12 марта 2024. /ТАСС/. Министр провел телефонный разговор.",
            "2024-03-12",
        ),
    ] {
        assert_eq!(told(language, &[(Title, "Un sommet"), (Paragraph, line)]), text(day), "{line}");
        assert_eq!(told(language, &[(Paragraph, line)]), text(day), "{line}");
    }
}

#[test]
fn a_dateline_without_its_year_has_the_year_of_a_date_near_it() {
    let line = (Paragraph, "SÉOUL, 28 juillet (AFP) - Les deux émissaires se sont vus mardi, dit-on.");
    assert_eq!(published(&[line]), Some(("XXXX-07-28".to_owned(), Basis::Text)));
    let near = (Paragraph, "Ils s'étaient parlé le 20 juillet 2024, six ans après l'accord du 5 mai 2018.");
    assert_eq!(published(&[line, near]), Some(("2024-07-28".to_owned(), Basis::Computed)));
    let far = (Paragraph, "L'accord du 5 mai 2018 est resté lettre morte.");
    assert_eq!(published(&[line, far]), Some(("XXXX-07-28".to_owned(), Basis::Text)));
    let turn = [
        (Paragraph, "SÉOUL, 2 janvier (AFP) - Les deux émissaires se sont vus."),
        (Paragraph, "Ils s'étaient parlé le 30 décembre 2023."),
    ];
    assert_eq!(published(&turn), Some(("2024-01-02".to_owned(), Basis::Computed)));
}

#[test]
fn header_lines_tell_the_day_in_every_language() {
    for (language, line, day) in [
        (Language::English, "Published 12 December 2024 14:05 GMT", "2024-12-12"),
        (Language::English, "Jan 11, 2025", "2025-01-11"),
        (Language::French, "Publié le 12 décembre 2024 à 10h, mis à jour le 13 décembre 2024", "2024-12-12"),
        (Language::French, "Mis à jour le 13 décembre 2024 - Publié le 12 décembre 2024", "2024-12-12"),
        (Language::French, "Le 14 décembre 2023 à 10h", "2023-12-14"),
        (Language::French, "information fournie par l'agence 20/12/2025 à 18:12", "2025-12-20"),
        (Language::Russian, "Опубликовано 12 декабря 2024", "2024-12-12"),
        (Language::Russian, "2 июля 2024, 09:10", "2024-07-02"),
    ] {
        for kind in [Byline, Paragraph] {
            let found = told(language, &[(Title, "Un sommet"), (kind, line), (Paragraph, "Il est venu.")]);
            assert_eq!(found, Some((day.to_owned(), Basis::Text)), "{line}");
        }
    }
}

#[test]
fn a_date_in_a_sentence_is_no_day_of_publication() {
    let story = (Paragraph, "Le ministre a rencontré jeudi son homologue.");
    for line in [
        "Le 7 octobre 2023, le Hamas attaque Israël",
        "Le 7 octobre 2023, le Hamas a attaqué Israël.",
        "Gaza, le 7 octobre 2023, était encore calme au lever du jour",
        "La guerre qui a commencé le 7 octobre 2023 continue",
        "Depuis l'attaque du 7 octobre 2023 – et la riposte qui a suivi – rien n'avance.",
        "Il s'agit du premier sommet depuis le 7 octobre 2023",
        "Alger, 12 décembre 2000. Deux hommes signent un accord devant les caméras.",
        "Depuis l'accord d'Alger du 12 décembre 2000 (entré en vigueur en 2001), rien n'a changé.",
    ] {
        assert_eq!(published(&[(Title, "Un sommet"), (Paragraph, line), story]), None, "{line}");
    }
    for line in [
        "Le 7 octobre 2023, le Hamas attaque Israël",
        "Le Hamas a attaqué Israël le 7 octobre 2023.",
        "Gaza, 7 octobre 2023 : retour sur une attaque",
        "Le sommet s'ouvrira à Lomé le 12 mars 2024",
    ] {
        assert_eq!(published(&[(Title, "Un sommet"), (Byline, line), story]), None, "{line}");
    }
    let days = [
        (Paragraph, "7 octobre 2023 – Le Hamas attaque Israël."),
        (Paragraph, "24 novembre 2023 – Une trêve commence."),
    ];
    assert_eq!(published(&days), None);
}
