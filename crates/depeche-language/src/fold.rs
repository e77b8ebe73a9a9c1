//! The form under which a word is looked up: lower case, one apostrophe, one hyphen, no stress marks, `е` for `ё`.

/// Writes the folded form of `word` into `folded`, which is emptied first.
pub(crate) fn fold_into(word: &str, folded: &mut String) {
    folded.clear();
    if word.is_ascii() {
        folded.push_str(word);
        folded.make_ascii_lowercase();
        return;
    }
    for character in word.chars() {
        match character {
            '’' | '‘' | 'ʼ' | '′' | '´' | 'ʹ' => folded.push('\''),
            '\u{2010}' | '\u{2011}' => folded.push('-'),
            // Soft hyphens and the acute that marks Russian stress are no letters.
            '\u{AD}' | '\u{301}' => {}
            'ё' | 'Ё' => folded.push('е'),
            'œ' | 'Œ' => folded.push_str("oe"),
            'а'..='я' | 'à'..='ö' | 'ø'..='ÿ' => folded.push(character),
            _ => folded.extend(character.to_lowercase()),
        }
    }
}

/// The folded form of `word`.
pub(crate) fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    fold_into(word, &mut folded);
    folded
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn variants_of_a_word_fold_to_one_form() {
        assert_eq!(fold("Aujourd’hui"), fold("aujourd'hui"));
        assert_eq!(fold("Премье\u{301}р"), "премьер");
        assert_eq!(fold("ЕЩЁ"), "еще");
        assert_eq!(fold("Œuvre"), "oeuvre");
        assert_eq!(fold("É"), "é");
    }
}
