//! French conjugation: every form of a verb from its lemma and model.

use std::collections::HashMap;

use depeche_record::{Person, Tense};

use crate::grammar::rows;
use crate::morph::Lexicon;

/// How an irregular verb is conjugated; see `lang/fr/models.tsv`.
struct Model {
    ending: &'static str,
    present: [Option<&'static str>; 6],
    future: &'static str,
    past: Option<&'static str>,
    participle: &'static str,
    subjunctive: Option<(&'static str, &'static str)>,
    present_participle: Option<&'static str>,
}

fn ending(written: &'static str) -> Option<&'static str> {
    match written {
        "-" => None,
        "0" => Some(""),
        _ => Some(written),
    }
}

fn models() -> HashMap<&'static str, Model> {
    let mut models = HashMap::new();
    for (name, rest) in rows(include_str!("../../lang/fr/models.tsv")) {
        let columns: Vec<&'static str> = rest.split('\t').collect();
        let [stem, present, future, past, participle, subjunctive, present_participle] = columns[..] else {
            debug_assert!(false, "model {name} lacks a column");
            continue;
        };
        let mut persons = present.split(' ').map(ending);
        let model = Model {
            ending: stem,
            present: std::array::from_fn(|_| persons.next().flatten()),
            future,
            past: ending(past),
            participle,
            subjunctive: subjunctive.split_once(' '),
            present_participle: ending(present_participle),
        };
        models.insert(name, model);
    }
    models
}

/// Puts every form of every French verb into the lexicon.
pub(super) fn unfold(lexicon: &mut Lexicon) {
    let models = models();
    for (class, lemmas) in rows(include_str!("../../lang/fr/verbs.tsv")) {
        for lemma in lemmas.split(' ') {
            if lexicon.lists(lemma) {
                continue;
            }
            let mut verb = Verb { lexicon, lemma };
            match class {
                "er" => verb.first(false),
                "eller" => verb.first(true),
                "ir" => verb.second(),
                name => match models.get(name) {
                    Some(model) => verb.irregular(model),
                    None => debug_assert!(false, "no model {name}"),
                },
            }
        }
    }
}

const PERSONS: [Person; 6] =
    [Person::Other, Person::Other, Person::ThirdSingular, Person::Other, Person::Other, Person::ThirdPlural];

/// A person whose form stands on another stem.
const NONE: &str = "-";

struct Verb<'l> {
    lexicon: &'l mut Lexicon,
    lemma: &'static str,
}

impl Verb<'_> {
    fn add(&mut self, form: String, tense: Tense, person: Person) {
        self.lexicon.add(form, self.lemma, tense, person);
    }

    fn persons(&mut self, tense: Tense, stem: &str, endings: [&str; 6]) {
        for (ending, person) in endings.into_iter().zip(PERSONS).filter(|(ending, _)| *ending != NONE) {
            self.add(format!("{stem}{ending}"), tense, person);
        }
    }

    /// Imperfect on one stem, future and conditional on another.
    fn regular_tenses(&mut self, imperfect: &str, future: &str) {
        self.persons(Tense::Imperfect, imperfect, ["ais", "ais", "ait", "ions", "iez", "aient"]);
        self.persons(Tense::Future, future, ["ai", "as", "a", "ons", "ez", "ont"]);
        self.persons(Tense::Conditional, future, ["ais", "ais", "ait", "ions", "iez", "aient"]);
    }

    fn participle(&mut self, masculine: &str) {
        // «dû» has its hat in the masculine singular alone.
        let bare = masculine.strip_suffix('û').map(|stem| format!("{stem}u"));
        let stem = bare.as_deref().unwrap_or(masculine);
        let plural = if stem.ends_with('s') { "" } else { "s" };
        self.add(masculine.to_owned(), Tense::PastParticiple, Person::Unmarked);
        for form in [format!("{stem}{plural}"), format!("{stem}e"), format!("{stem}es")] {
            self.add(form, Tense::PastParticiple, Person::Unmarked);
        }
    }

    /// Verbs in -er. `doubles`: the consonant before a mute ending (appelle, jette).
    fn first(&mut self, doubles: bool) {
        let Some(stem) = self.lemma.strip_suffix("er") else { return };
        // Before a and o: ç and ge.
        let soft = match stem {
            _ if stem.ends_with('c') => format!("{}ç", &stem[..stem.len() - 1]),
            _ if stem.ends_with('g') => format!("{stem}e"),
            _ => stem.to_owned(),
        };
        let mute = mute_stem(stem, doubles);
        // é.er keeps its é in the future; e.er and -yer do not.
        let future = match (stem.contains('é'), self.lemma) {
            (_, "envoyer") => "enverr".to_owned(),
            (_, "renvoyer") => "renverr".to_owned(),
            (true, _) if mute.replace('è', "é") == stem => format!("{stem}er"),
            _ => format!("{mute}er"),
        };
        self.add(self.lemma.to_owned(), Tense::Infinitive, Person::Unmarked);
        self.persons(Tense::Present, &mute, ["e", "es", "e", NONE, NONE, "ent"]);
        self.add(format!("{soft}ons"), Tense::Present, Person::Other);
        self.add(format!("{stem}ez"), Tense::Present, Person::Other);
        if stem.ends_with("ay") {
            // «paye» lives beside «paie».
            self.persons(Tense::Present, stem, ["e", "es", "e", NONE, NONE, "ent"]);
            self.persons(Tense::Future, &format!("{stem}er"), ["ai", "as", "a", "ons", "ez", "ont"]);
        }
        if mute != stem && future == format!("{stem}er") {
            // The spelling of 1990 has è in the future as well.
            self.persons(Tense::Future, &format!("{mute}er"), ["ai", "as", "a", "ons", "ez", "ont"]);
        }
        self.persons(Tense::Imperfect, &soft, ["ais", "ais", "ait", NONE, NONE, "aient"]);
        self.persons(Tense::Imperfect, stem, [NONE, NONE, NONE, "ions", "iez", NONE]);
        self.persons(Tense::Future, &future, ["ai", "as", "a", "ons", "ez", "ont"]);
        self.persons(Tense::Conditional, &future, ["ais", "ais", "ait", "ions", "iez", "aient"]);
        self.persons(Tense::Past, &soft, ["ai", "as", "a", "âmes", "âtes", NONE]);
        self.add(format!("{stem}èrent"), Tense::Past, Person::ThirdPlural);
        self.participle(&format!("{stem}é"));
        self.add(format!("{soft}ant"), Tense::PresentParticiple, Person::Unmarked);
        self.add(format!("{soft}ât"), Tense::Subjunctive, Person::ThirdSingular);
    }

    /// Verbs in -ir with -iss-.
    fn second(&mut self) {
        let Some(stem) = self.lemma.strip_suffix("ir") else { return };
        self.add(self.lemma.to_owned(), Tense::Infinitive, Person::Unmarked);
        self.persons(Tense::Present, stem, ["is", "is", "it", "issons", "issez", "issent"]);
        self.regular_tenses(&format!("{stem}iss"), &format!("{stem}ir"));
        self.persons(Tense::Past, stem, ["is", "is", "it", "îmes", "îtes", "irent"]);
        self.participle(&format!("{stem}i"));
        self.add(format!("{stem}issant"), Tense::PresentParticiple, Person::Unmarked);
        self.add(format!("{stem}isse"), Tense::Subjunctive, Person::ThirdSingular);
    }

    fn irregular(&mut self, model: &Model) {
        let Some(stem) = self.lemma.strip_suffix(model.ending) else {
            debug_assert!(false, "{} does not end in {}", self.lemma, model.ending);
            return;
        };
        self.add(self.lemma.to_owned(), Tense::Infinitive, Person::Unmarked);
        for (ending, person) in model.present.into_iter().zip(PERSONS) {
            if let Some(ending) = ending {
                self.add(format!("{stem}{ending}"), Tense::Present, person);
            }
        }
        let plural =
            model.present[3].and_then(|ending| ending.strip_suffix("ons")).map(|e| format!("{stem}{e}"));
        let imperfect = match (self.lemma, plural) {
            ("être", _) => "ét".to_owned(),
            (_, Some(plural)) => plural,
            // Impersonal verbs: falloir, pleuvoir.
            _ => self.lemma.trim_end_matches("oir").to_owned(),
        };
        self.regular_tenses(&imperfect, &format!("{stem}{}", model.future));
        if let Some(past) = model.past {
            let past = format!("{stem}{past}");
            let (base, endings) = match past.strip_suffix("int") {
                Some(base) => (base, ["ins", "ins", "int", "înmes", "întes", "inrent"]),
                None if past.ends_with("it") => {
                    (&past[..past.len() - 2], ["is", "is", "it", "îmes", "îtes", "irent"])
                }
                None if past.ends_with("ut") => {
                    (&past[..past.len() - 2], ["us", "us", "ut", "ûmes", "ûtes", "urent"])
                }
                None if past.ends_with('a') => {
                    (&past[..past.len() - 1], ["ai", "as", "a", "âmes", "âtes", "èrent"])
                }
                None => (past.as_str(), ["", "", "", "", "", ""]),
            };
            self.persons(Tense::Past, base, endings);
            let hatted = match endings[2] {
                "it" => "ît",
                "ut" => "ût",
                "int" => "înt",
                _ => "ât",
            };
            self.add(format!("{base}{hatted}"), Tense::Subjunctive, Person::ThirdSingular);
        }
        self.participle(&format!("{stem}{}", model.participle));
        let present_participle = match model.present_participle {
            Some(form) => format!("{stem}{form}"),
            None => format!("{imperfect}ant"),
        };
        self.add(present_participle, Tense::PresentParticiple, Person::Unmarked);
        match model.subjunctive {
            Some((singular, plural)) => {
                self.add(format!("{stem}{singular}"), Tense::Subjunctive, Person::ThirdSingular);
                self.add(format!("{stem}{plural}"), Tense::Subjunctive, Person::ThirdPlural);
            }
            None => {
                if let Some(base) = model.present[5].and_then(|ending| ending.strip_suffix("ent")) {
                    self.add(format!("{stem}{base}e"), Tense::Subjunctive, Person::ThirdSingular);
                }
            }
        }
    }
}

/// The stem before a mute e: pèse, espère, appelle, emploie.
fn mute_stem(stem: &str, doubles: bool) -> String {
    if doubles {
        return match stem.chars().next_back() {
            Some(last @ ('l' | 't')) => format!("{stem}{last}"),
            _ => stem.to_owned(),
        };
    }
    if let Some(base) = stem.strip_suffix("oy").or_else(|| stem.strip_suffix("uy")) {
        return format!("{base}{}i", &stem[base.len()..base.len() + 1]);
    }
    if let Some(base) = stem.strip_suffix("ay") {
        return format!("{base}ai");
    }
    // The last vowel, if one consonant (or a group such as gr, gn, qu, gu) follows it.
    let Some((at, vowel)) = stem.char_indices().rev().find(|(at, c)| {
        is_vowel(*c) && !(*c == 'u' && stem[*at + 1..].is_empty() && (stem[..*at].ends_with(['q', 'g'])))
    }) else {
        return stem.to_owned();
    };
    let tail = &stem[at + vowel.len_utf8()..];
    let one = tail.chars().count() == 1
        || matches!(
            tail,
            "gn" | "gr" | "br" | "tr" | "dr" | "gl" | "ch" | "qu" | "gu" | "vr" | "cr" | "bl" | "fl" | "pr"
        );
    match vowel {
        'é' if one => format!("{}è{tail}", &stem[..at]),
        'e' if one && tail.chars().count() == 1 && !stem[..at].ends_with(is_vowel) => {
            format!("{}è{tail}", &stem[..at])
        }
        _ => stem.to_owned(),
    }
}

fn is_vowel(character: char) -> bool {
    matches!(
        character,
        'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'é' | 'è' | 'ê' | 'â' | 'î' | 'ô' | 'û' | 'ï' | 'ë' | 'à'
    )
}
