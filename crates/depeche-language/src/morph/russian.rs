//! Russian verb forms from lemmas, by conjugation and aspect.

use depeche_record::{Person, Tense};

use crate::grammar::rows;
use crate::morph::Lexicon;

/// Endings of adjectives, hard and after hushing consonants.
const ADJECTIVE: [&str; 12] = ["ый", "ая", "ое", "ые", "ого", "ому", "ым", "ом", "ой", "ую", "ых", "ыми"];
const ADJECTIVE_SOFT: [&str; 12] =
    ["ий", "ая", "ее", "ие", "его", "ему", "им", "ем", "ей", "ую", "их", "ими"];

/// Puts every form of every Russian verb into the lexicon. The non-past of perfective verbs is a future.
pub(super) fn unfold(lexicon: &mut Lexicon) {
    let data = include_str!("../../lang/ru/verbs.tsv");
    for (class, entries) in rows(data) {
        for entry in entries.split(' ') {
            let parts: Vec<&'static str> = entry.split('/').collect();
            let lemma = parts[0];
            let perfective = class.ends_with('p');
            match (class, parts.len()) {
                ("xi" | "xp", 7) => irregular(lexicon, &parts, perfective),
                ("1i" | "1p" | "2i" | "2p" | "ovi" | "ovp" | "nup", 1 | 2) => {
                    regular(lexicon, lemma, class, parts.get(1).copied(), perfective);
                }
                _ => debug_assert!(false, "bad entry: {entry}"),
            }
        }
    }
}

/// The lemma without -ся, and whether it had it.
fn split_reflexive(lemma: &'static str) -> (&'static str, bool) {
    match lemma.strip_suffix("ся").or_else(|| lemma.strip_suffix("сь")) {
        Some(bare) => (bare, true),
        None => (lemma, false),
    }
}

fn reflexive(form: String, is: bool) -> String {
    match (is, form.ends_with(['а', 'е', 'и', 'о', 'у', 'ы', 'э', 'ю', 'я'])) {
        (false, _) => form,
        (true, true) => form + "сь",
        (true, false) => form + "ся",
    }
}

fn regular(lexicon: &mut Lexicon, lemma: &'static str, class: &str, passive: Option<&str>, perfective: bool) {
    let (bare, is_reflexive) = split_reflexive(lemma);
    let Some(stem) = bare.strip_suffix("ть") else {
        debug_assert!(false, "{lemma} is no infinitive");
        return;
    };
    let shorten = |count: usize| -> &str {
        let mut end = stem.len();
        for _ in 0..count {
            end = stem[..end].char_indices().next_back().map_or(0, |(at, _)| at);
        }
        &stem[..end]
    };
    let (first, middle, third_plural) = match class {
        "1i" | "1p" => (format!("{stem}ю"), format!("{stem}е"), format!("{stem}ют")),
        "ovi" | "ovp" => {
            let base = shorten(3);
            let base = format!("{base}у");
            (format!("{base}ю"), format!("{base}е"), format!("{base}ют"))
        }
        "nup" => {
            let base = shorten(1);
            (format!("{base}у"), format!("{base}е"), format!("{base}ут"))
        }
        _ => {
            let base = shorten(1);
            let hushing = base.ends_with(['ж', 'ч', 'ш', 'щ']);
            let plural = format!("{base}{}", if hushing { "ат" } else { "ят" });
            (format!("{base}{}", if hushing { "у" } else { "ю" }), format!("{base}и"), plural)
        }
    };
    let tense = if perfective { Tense::Future } else { Tense::Present };
    let mut add = |form: String, tense: Tense, person: Person| {
        lexicon.add(reflexive(form, is_reflexive), lemma, tense, person);
    };
    add(bare.to_owned(), Tense::Infinitive, Person::Unmarked);
    if class != "2i" && class != "2p" {
        add(first, tense, Person::Other);
    } else {
        // The first person changes its consonant: заявлю, встречу.
        add(mutate(&first), tense, Person::Other);
    }
    for ending in ["шь", "м", "те"] {
        add(format!("{middle}{ending}"), tense, Person::Other);
    }
    add(format!("{middle}т"), tense, Person::ThirdSingular);
    let passive_plural = third_plural.clone();
    add(third_plural, tense, Person::ThirdPlural);
    past(&mut add, &format!("{stem}л"), &format!("{stem}л"));
    if !perfective && !is_reflexive {
        // «проводится», «планируются»: the passive of imperfective verbs.
        add(format!("{middle}тся"), tense, Person::ThirdSingular);
        add(format!("{passive_plural}ся"), tense, Person::ThirdPlural);
        add(format!("{stem}лся"), Tense::Past, Person::ThirdSingular);
        add(format!("{stem}лась"), Tense::Past, Person::ThirdSingular);
        add(format!("{stem}лось"), Tense::Past, Person::ThirdSingular);
        add(format!("{stem}лись"), Tense::Past, Person::ThirdPlural);
    }
    // Participles and gerunds.
    for ending in ADJECTIVE_SOFT {
        add_participle(&mut add, &format!("{stem}вш{ending}"), is_reflexive);
    }
    if perfective {
        add(
            format!("{stem}{}", if is_reflexive { "вши" } else { "в" }),
            Tense::PresentParticiple,
            Person::Unmarked,
        );
    } else {
        let base = match class {
            "1i" => stem.to_owned(),
            "ovi" => format!("{}у", shorten(3)),
            _ => shorten(1).to_owned(),
        };
        let hushing = base.ends_with(['ж', 'ч', 'ш', 'щ']);
        add(format!("{base}{}", if hushing { "а" } else { "я" }), Tense::PresentParticiple, Person::Unmarked);
    }
    if let Some(passive) = passive {
        passive_participle(lexicon, lemma, passive);
    }
}

fn add_participle(add: &mut dyn FnMut(String, Tense, Person), form: &str, is_reflexive: bool) {
    // Participles keep -ся after vowels; the sound rule of `reflexive` is for verbs, so only the others are listed.
    if !is_reflexive || !form.ends_with(['а', 'е', 'и', 'о', 'у', 'ы', 'ю', 'я']) {
        add(form.to_owned(), Tense::PastParticiple, Person::Unmarked);
    }
}

fn past(add: &mut dyn FnMut(String, Tense, Person), masculine: &str, others: &str) {
    add(masculine.to_owned(), Tense::Past, Person::ThirdSingular);
    let stem = if others.ends_with('л') { others.to_owned() } else { format!("{others}л") };
    add(format!("{stem}а"), Tense::Past, Person::ThirdSingular);
    add(format!("{stem}о"), Tense::Past, Person::ThirdSingular);
    add(format!("{stem}и"), Tense::Past, Person::ThirdPlural);
}

fn passive_participle(lexicon: &mut Lexicon, lemma: &'static str, short: &str) {
    for ending in ["", "а", "о", "ы"] {
        lexicon.add(format!("{short}{ending}"), lemma, Tense::PastParticiple, Person::Unmarked);
    }
    let long = if short.ends_with('н') { format!("{short}н") } else { short.to_owned() };
    for ending in ADJECTIVE {
        lexicon.add(format!("{long}{ending}"), lemma, Tense::PastParticiple, Person::Unmarked);
    }
}

fn irregular(lexicon: &mut Lexicon, parts: &[&'static str], perfective: bool) {
    let &[lemma, first, third, plural, masculine, others, passive] = parts else { return };
    let tense = if perfective || lemma == "быть" { Tense::Future } else { Tense::Present };
    let (_, is_reflexive) = split_reflexive(lemma);
    lexicon.add(lemma.to_owned(), lemma, Tense::Infinitive, Person::Unmarked);
    lexicon.add(first.to_owned(), lemma, tense, Person::Other);
    lexicon.add(third.to_owned(), lemma, tense, Person::ThirdSingular);
    lexicon.add(plural.to_owned(), lemma, tense, Person::ThirdPlural);
    lexicon.add(masculine.to_owned(), lemma, Tense::Past, Person::ThirdSingular);
    let mut add = |form: String, tense: Tense, person: Person| {
        lexicon.add(reflexive(form, is_reflexive), lemma, tense, person);
    };
    if let Some(middle) = third.trim_end_matches("ся").strip_suffix('т') {
        for ending in ["м", "шь", "те"] {
            add(format!("{middle}{ending}"), tense, Person::Other);
        }
    }
    past(&mut add, masculine.strip_suffix("ся").unwrap_or(masculine), others);
    let vowel_stem =
        others.strip_suffix('л').filter(|stem| stem.ends_with(['а', 'е', 'и', 'я', 'ы', 'о', 'у']));
    if let Some(stem) = vowel_stem {
        for ending in ADJECTIVE_SOFT {
            add_participle(&mut add, &format!("{stem}вш{ending}"), is_reflexive);
        }
        if perfective {
            add(
                format!("{stem}{}", if is_reflexive { "вши" } else { "в" }),
                Tense::PresentParticiple,
                Person::Unmarked,
            );
        }
    }
    if passive != "-" {
        passive_participle(lexicon, lemma, passive);
    }
}

/// The consonant of the first person singular of the second conjugation.
fn mutate(first: &str) -> String {
    let Some(base) = first.strip_suffix('ю') else { return first.to_owned() };
    for (from, to) in [
        ("ст", "щу"),
        ("б", "блю"),
        ("п", "плю"),
        ("в", "влю"),
        ("ф", "флю"),
        ("м", "млю"),
        ("д", "жу"),
        ("з", "жу"),
        ("с", "шу"),
        ("т", "чу"),
    ] {
        if let Some(stem) = base.strip_suffix(from) {
            return format!("{stem}{to}");
        }
    }
    first.to_owned()
}
