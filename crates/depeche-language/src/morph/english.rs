//! English verb forms from lemmas, by the rules of spelling.

use depeche_record::{Person, Tense};

use crate::grammar::rows;
use crate::morph::Lexicon;

/// Puts every form of every English verb into the lexicon.
pub(super) fn unfold(lexicon: &mut Lexicon) {
    for (class, entries) in rows(include_str!("../../lang/en/verbs.tsv")) {
        for entry in entries.split(' ') {
            let parts: Vec<&'static str> = entry.split('/').collect();
            match (class, &parts[..]) {
                ("form", &[form, lemma, tense, person]) => {
                    if let Some(tense) = tense_named(tense) {
                        lexicon.add(form.to_owned(), lemma, tense, person_named(person));
                    }
                }
                ("irregular", &[lemma, past, participle]) => {
                    if !lexicon.lists(lemma) {
                        present(lexicon, lemma, false);
                        for form in past.split(',') {
                            lexicon.add(form.to_owned(), lemma, Tense::Past, Person::Unmarked);
                        }
                        for form in participle.split(',') {
                            lexicon.add(form.to_owned(), lemma, Tense::PastParticiple, Person::Unmarked);
                        }
                    }
                }
                ("double" | "regular", &[lemma]) => {
                    if lexicon.lists(lemma) {
                        continue;
                    }
                    present(lexicon, lemma, class == "double");
                    let doubled = || format!("{lemma}{}ed", &lemma[lemma.len() - 1..]);
                    let forms = match lemma {
                        // Both spellings live: canceled, cancelled.
                        _ if class == "double" && lemma.ends_with('l') => {
                            vec![doubled(), format!("{lemma}ed")]
                        }
                        _ if class == "double" => vec![doubled()],
                        _ => vec![past(lemma)],
                    };
                    for form in forms {
                        lexicon.add(form.clone(), lemma, Tense::Past, Person::Unmarked);
                        lexicon.add(form, lemma, Tense::PastParticiple, Person::Unmarked);
                    }
                }
                _ => debug_assert!(false, "bad entry: {entry}"),
            }
        }
    }
}

fn tense_named(name: &str) -> Option<Tense> {
    Some(match name {
        "infinitive" => Tense::Infinitive,
        "present" => Tense::Present,
        "past" => Tense::Past,
        "future" => Tense::Future,
        "conditional" => Tense::Conditional,
        "participle" => Tense::PastParticiple,
        "gerund" => Tense::PresentParticiple,
        _ => return None,
    })
}

fn person_named(name: &str) -> Person {
    match name {
        "3s" => Person::ThirdSingular,
        "3p" => Person::ThirdPlural,
        "other" => Person::Other,
        _ => Person::Unmarked,
    }
}

/// Infinitive, present and -ing.
fn present(lexicon: &mut Lexicon, lemma: &'static str, doubles: bool) {
    lexicon.add(lemma.to_owned(), lemma, Tense::Infinitive, Person::Unmarked);
    lexicon.add(lemma.to_owned(), lemma, Tense::Present, Person::Unmarked);
    let third = if ends_in_consonant_y(lemma) {
        format!("{}ies", &lemma[..lemma.len() - 1])
    } else if lemma.ends_with(['s', 'x', 'z', 'o']) || lemma.ends_with("ch") || lemma.ends_with("sh") {
        format!("{lemma}es")
    } else {
        format!("{lemma}s")
    };
    lexicon.add(third, lemma, Tense::Present, Person::ThirdSingular);
    let last = &lemma[lemma.len() - 1..];
    let mut gerunds = Vec::new();
    if doubles || doubles_before_ing(lemma) {
        gerunds.push(format!("{lemma}{last}ing"));
        if last == "l" {
            gerunds.push(format!("{lemma}ing"));
        }
    } else if let Some(stem) = lemma.strip_suffix("ie") {
        gerunds.push(format!("{stem}ying"));
    } else if let Some(stem) = lemma.strip_suffix('e').filter(|stem| !stem.ends_with(['e', 'o', 'y'])) {
        gerunds.push(format!("{stem}ing"));
    } else {
        gerunds.push(format!("{lemma}ing"));
    }
    for gerund in gerunds {
        lexicon.add(gerund, lemma, Tense::PresentParticiple, Person::Unmarked);
    }
}

/// Irregular verbs whose consonant doubles: meet does not, sit does.
fn doubles_before_ing(lemma: &str) -> bool {
    matches!(
        lemma,
        "get"
            | "sit"
            | "run"
            | "put"
            | "set"
            | "let"
            | "cut"
            | "hit"
            | "shut"
            | "split"
            | "quit"
            | "rid"
            | "bid"
            | "reset"
            | "upset"
            | "begin"
            | "forget"
            | "forbid"
            | "win"
            | "dig"
    )
}

fn past(lemma: &str) -> String {
    if ends_in_consonant_y(lemma) {
        format!("{}ied", &lemma[..lemma.len() - 1])
    } else if lemma.ends_with('e') {
        format!("{lemma}d")
    } else {
        format!("{lemma}ed")
    }
}

fn ends_in_consonant_y(lemma: &str) -> bool {
    lemma.strip_suffix('y').is_some_and(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']))
}
