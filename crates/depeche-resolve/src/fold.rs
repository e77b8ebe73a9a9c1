//! Words without regard to case, accents and marks.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Hands on the words of a text one by one, lower case, without accents; hyphens and apostrophes part words. Nothing is
/// allocated for a word, for whole texts are gone through.
pub fn each_word(text: &str, mut take: impl FnMut(&str)) {
    let mut folded = String::new();
    for word in text.split(|c: char| !is_of_word(c)).filter(|word| !word.is_empty()) {
        folded.clear();
        fold_into(word, &mut folded);
        take(&folded);
    }
}

fn is_of_word(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() || is_combining_mark(c) }
}

/// The words of a text, as [`each_word`] hands them on.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !is_of_word(c)).filter(|word| !word.is_empty()).map(letters)
}

/// The words with one space between them.
pub fn phrase(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    each_word(text, |word| {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    });
    folded
}

/// One word, lower case, without accents.
pub fn letters(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    fold_into(word, &mut folded);
    folded
}

/// Hands on the telling words of a text: those of five letters and more, cut to six so that endings do not count.
pub fn each_stem(text: &str, mut take: impl FnMut(&str)) {
    each_word(text, |word| {
        if word.chars().nth(4).is_some() {
            let end = word.char_indices().nth(6).map_or(word.len(), |(end, _)| end);
            take(&word[..end]);
        }
    });
}

/// Hashes of the telling words of texts, sorted, each once.
pub fn content<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<u32> {
    let mut hashes = Vec::new();
    for text in texts {
        each_stem(text, |stem| hashes.push(hash(stem)));
    }
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// A hash that is the same on every machine.
pub fn hash(words: &str) -> u32 {
    xxhash_rust::xxh3::xxh3_64(words.as_bytes()) as u32
}

fn fold_into(word: &str, folded: &mut String) {
    for c in word.chars() {
        if c.is_ascii() {
            folded.push(c.to_ascii_lowercase());
        } else {
            decompose_canonical(c, |c| fold_letter(c, folded));
        }
    }
}

fn fold_letter(c: char, folded: &mut String) {
    if is_combining_mark(c) {
        return;
    }
    for c in c.to_lowercase() {
        match c {
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' => folded.push('d'),
            'ı' => folded.push('i'),
            c if is_combining_mark(c) => {}
            c => folded.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_marks_fall_off() {
        assert_eq!(phrase("L’Émissaire «Œuvre» à N'Djaména, Łódź."), "l emissaire oeuvre a n djamena lodz");
        assert_eq!(phrase("ЁЛКА й"), "елка и");
        assert_eq!(phrase(" … "), "");
    }
}
