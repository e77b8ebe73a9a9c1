//! Names of one person and of two, in Latin and Cyrillic, by the pair.

use depeche_gazetteer::{Likeness, compare_names};

/// Likeness from which two full names count as one person's; as in the dossier.
const ALIKE: f64 = 0.8;

#[test]
fn one_person_is_told_from_two() {
    let (mut right, mut wrong, mut missed) = (0, Vec::new(), Vec::new());
    for line in include_str!("data/names.tsv").lines().filter(|line| !line.starts_with('#')) {
        let [expected, a, b] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let likeness = compare_names(a, b);
        assert_eq!(likeness, compare_names(b, a), "{line}");
        match (expected == "same", likeness.score() >= ALIKE) {
            (true, true) => right += 1,
            (true, false) => missed.push((a, b, likeness)),
            (false, true) => wrong.push((a, b, likeness)),
            (false, false) => {}
        }
    }
    let precision = f64::from(right) / (f64::from(right) + wrong.len() as f64);
    let recall = f64::from(right) / (f64::from(right) + missed.len() as f64);
    println!("precision {precision:.3} recall {recall:.3}\nwrong {wrong:#?}\nmissed {missed:#?}");
    assert!(precision >= 0.98, "precision {precision:.3}: {wrong:#?}");
    assert!(recall >= 0.95, "recall {recall:.3}: {missed:#?}");
}

#[test]
fn a_surname_alone_is_weaker_than_a_name() {
    assert!(matches!(compare_names("Ouchakov", "Yuri Ushakov"), Likeness::Surname(_)));
    assert!(matches!(compare_names("M. Ouchakov", "Iouri Ouchakov"), Likeness::Surname(_)));
    assert_eq!(compare_names("", "Yuri Ushakov"), Likeness::Different);
    assert_eq!(compare_names("Iouri", "Iouri Ouchakov"), Likeness::Different);
}

/// Precision and recall over the pairs of one half of `corpus/names/pairs.tsv`, and what went wrong.
fn pairs(half: &str) -> (f64, f64, Vec<String>) {
    let (mut right, mut wrong, mut missed, mut slips) = (0.0, 0.0, 0.0, Vec::new());
    for line in include_str!("../../../corpus/names/pairs.tsv").lines().filter(|line| !line.starts_with('#'))
    {
        let [of, expected, a, b] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        if of != half {
            continue;
        }
        let likeness = compare_names(a, b);
        assert_eq!(likeness, compare_names(b, a), "{line}");
        match (expected == "same", likeness.score() >= ALIKE) {
            (true, true) => right += 1.0,
            (true, false) => missed += 1.0,
            (false, true) => wrong += 1.0,
            (false, false) => continue,
        }
        if (expected == "same") != (likeness.score() >= ALIKE) {
            slips.push(format!("{expected}: {a} / {b}: {likeness:?}"));
        }
    }
    (right / (right + wrong), right / (right + missed), slips)
}

#[test]
fn names_of_four_scripts() {
    for half in ["work", "look"] {
        let (precision, recall, slips) = pairs(half);
        println!("{half}: precision {precision:.3} recall {recall:.3}");
        if half == "work" {
            println!("{slips:#?}");
        }
        assert!(precision >= 0.98 && recall >= 0.95, "{half}: precision {precision:.3} recall {recall:.3}");
    }
}
