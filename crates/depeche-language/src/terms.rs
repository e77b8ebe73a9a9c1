//! The terms by which words are found: dictionary forms in lower case, in order.

use depeche_record::Language;

use crate::fold::fold;
use crate::syntax;

/// The terms of a text, set apart by spaces: one for each run of letters and digits, so that «a rencontré» is found by
/// «rencontrer», and by itself. The same word makes the same term wherever it stands. Accents stay: whoever searches
/// decides about them.
pub fn terms(text: &str, language: Language) -> String {
    let mut terms = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_alphanumeric() && c != '\u{301}').filter(|word| !word.is_empty()) {
        if !terms.is_empty() {
            terms.push(' ');
        }
        let folded = fold(word);
        // What is one word may have a dictionary form of several («du», de + le).
        terms.extend(syntax::lemma(&folded, language).split_whitespace().take(1));
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_their_dictionary_form() {
        assert_eq!(
            terms("Les ministres ont rencontré M. Ouchakov à l’ambassade.", Language::French),
            terms("le ministre avoir rencontrer m ouchakov à l ambassade", Language::French)
        );
        assert_eq!(
            terms("They met the ministers", Language::English),
            terms("they meet the minister", Language::English)
        );
        assert_eq!(
            terms("Встретились в Москве", Language::Russian),
            terms("встретиться в москва", Language::Russian)
        );
        assert_eq!(terms("из Женевы", Language::Russian), terms("из Женева", Language::Russian));
    }

    #[test]
    fn names_are_found_in_every_case() {
        for form in ["Ушакова", "Ушаковым", "УШАКОВУ"] {
            assert_eq!(terms(form, Language::Russian), terms("Ушаков", Language::Russian));
        }
    }
}
