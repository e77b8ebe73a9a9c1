//! Words of reports, made fit to be shown.

use std::borrow::Cow;

use crate::Interface;

/// Words between the quotation marks of the interface; words that have marks of their own stand with those.
pub fn quote(interface: &Interface, words: &str) -> String {
    match words.contains(['«', '»', '“', '”', '„', '"']) {
        true => words.to_owned(),
        false => interface.tell("quoted", &[("words", words.into())]),
    }
}

/// The words on one line.
pub fn even_out(words: &str) -> String {
    // Non-breaking spaces stay: they belong to the words.
    let breaks = |c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}');
    words.split(breaks).filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The words with what would steer a terminal or turn the order of the letters replaced by `�`: control characters but
/// line ends and tabs, the embeddings, overrides and isolates of the bidirectional algorithm, and what is no character
/// (U+FFFE, U+FFFF). What is left is what XML 1.0 allows, too.
pub fn legible(words: &str) -> Cow<'_, str> {
    if words.contains(steers) { words.replace(steers, "\u{fffd}").into() } else { words.into() }
}

fn steers(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
}

/// At most about `most` characters of the words, cut between words and marked `…`.
pub fn shorten(words: &str, most: usize) -> String {
    let Some((cut, _)) = words.char_indices().nth(most) else { return words.to_owned() };
    let head = &words[..cut];
    let head = head.rsplit_once(' ').map_or(head, |(head, _)| head);
    format!("{}…", head.trim_end_matches([',', ';', ':', ' ', '\u{a0}', '\u{202f}', '«', '“']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_is_replaced() {
        assert_eq!(legible("a\u{0}b\u{ffff}c\u{202e}\u{85}"), "a\u{fffd}b\u{fffd}c\u{fffd}\u{fffd}");
        assert_eq!(legible("«à la\nligne»\t"), "«à la\nligne»\t");
    }

    #[test]
    fn long_words_are_cut_between_words() {
        assert_eq!(shorten("court", 10), "court");
        assert_eq!(shorten("un deux, trois quatre", 11), "un deux…");
        assert_eq!(shorten("abcdefghij", 4), "abcd…");
    }
}
