//! When two names are held to be the same.

use std::collections::BTreeSet;

use super::ratio::{Popular, ratio};
use super::words::fold;

/// Words that stand before a name and are no part of it.
const BEFORE: [&str; 12] =
    ["les ", "le ", "la ", "l'", "l ", "the ", "un ", "une ", "des ", "m ", "mme ", "mr "];

/// The folded name without articles and forms of address before it.
pub fn bare(name: &str) -> String {
    let folded = fold(name);
    let mut rest = folded.as_str();
    while let Some(shorter) = BEFORE.iter().chain(&["mrs "]).find_map(|before| rest.strip_prefix(before)) {
        rest = shorter;
    }
    rest.to_owned()
}

/// Whether two names are the same person or institution: by the last word, by one holding all words of the other, or
/// by near-equal spelling.
pub fn same_name(a: &str, b: &str) -> bool {
    let (a, b) = (bare(a), bare(b));
    if a.is_empty() || b.is_empty() {
        return false;
    }
    if a == b || a.split_whitespace().last() == b.split_whitespace().last() {
        return true;
    }
    let (x, y): (BTreeSet<&str>, BTreeSet<&str>) =
        (a.split_whitespace().collect(), b.split_whitespace().collect());
    x.is_subset(&y) || y.is_subset(&x) || ratio(&a, &b, Popular::Skipped) >= 0.85
}

/// The number of gold names that have a found name of their own.
pub fn names_found(gold: &[String], found: &[String]) -> usize {
    let mut left: Vec<&String> = found.iter().collect();
    let mut hit = 0;
    for name in gold {
        if let Some(n) = left.iter().position(|other| same_name(name, other)) {
            // Equal names are interchangeable, so the first equal one may go.
            left.remove(n);
            hit += 1;
        }
    }
    hit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_by_surname_containment_or_spelling() {
        assert!(same_name("Iouri Ouchakov", "M. Ouchakov"));
        assert!(same_name("le Kremlin", "Kremlin"));
        assert!(same_name("Badr al-Busaidi", "Sayyid Badr bin Hamad Al Busaidi"));
        assert!(same_name("l’agence Anadolu", "Anadolu"));
        assert!(same_name("Sergueï Lavrov", "Serguei Lavrof"));
        assert!(!same_name("Steve Witkoff", "Jared Kushner"));
        assert!(!same_name("", ""));
        // "iouri ouchakov" against "youri ushakov": 2 * 11 / 27 = 0.81 is too far apart.
        assert!(!same_name("Iouri Ouchakov", "Youri Ushakov"));
    }

    #[test]
    fn every_found_name_serves_once() {
        let names = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
        assert_eq!(names_found(&names(&["A Un", "B Un"]), &names(&["Un"])), 1);
        assert_eq!(names_found(&names(&["A Un", "B Deux"]), &names(&["Deux", "Un", "Un"])), 2);
    }
}
