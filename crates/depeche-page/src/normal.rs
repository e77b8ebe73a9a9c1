//! One form for what can be written in several: accents composed with their letters (Unicode's form NFC), characters
//! without width left out.
//!
//! «é» may be one character or an «e» with an accent after it; names and words are looked up in the first form.

use crate::charset::wide;
use depeche_record::{SourceMap, SourceSegment, Span};
use unicode_normalization::char::{canonical_combining_class, decompose_canonical};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Whether a character shows nothing and only tells where a line may break: soft hyphen, zero-width space, word joiner,
/// a byte order mark within the text.
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(character, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// The text in that form, with its map. A composed character maps to all bytes of the characters that it was made from.
pub(crate) fn normalise(text: String, source: SourceMap) -> (String, SourceMap) {
    // Where the next character stands that may not be left as it is.
    let unsettled = |from: usize| {
        let rest = text.get(from..)?;
        let found = wide(rest)
            .find(|(_, c)| !is_settled(*c) && (is_invisible(*c) || !is_starter(*c) || !is_composed(*c)));
        found.map(|(at, _)| from + at)
    };
    let Some(mut next) = unsettled(0) else { return (text, source) };
    let mut normal = String::with_capacity(text.len());
    let mut pieces: Vec<[usize; 4]> = Vec::new();
    let copy = |normal: &mut String, start: usize, end: usize, pieces: &mut Vec<[usize; 4]>| {
        if start < end {
            pieces.push([normal.len(), end - start, start, end - start]);
            normal.push_str(&text[start..end]);
        }
    };
    let mut copied = 0;
    let mut at = 0;
    loop {
        // Marks join the letter before them.
        let start = text[at..next].char_indices().next_back().map_or(next, |(before, _)| at + before);
        let mut characters = text[start..].char_indices();
        let Some((_, character)) = characters.next() else { break };
        at = start + character.len_utf8();
        if is_invisible(character) {
            copy(&mut normal, copied, start, &mut pieces);
            copied = at;
        } else {
            let mut settled = is_settled(character) || is_starter(character) && is_composed(character);
            // They do so across what is left out in between.
            let joins = |ahead: &mut std::str::CharIndices| {
                let (at, mark) = ahead.find(|(_, c)| !is_invisible(*c))?;
                (!is_settled(mark) && !is_starter(mark)).then_some(start + at + mark.len_utf8())
            };
            while let Some(after) = joins(&mut characters) {
                at = after;
                settled = false;
            }
            let shown = || text[start..at].chars().filter(|c| !is_invisible(*c));
            if !settled && !text[start..at].chars().eq(shown().nfc()) {
                copy(&mut normal, copied, start, &mut pieces);
                for composed in shown().nfc() {
                    pieces.push([normal.len(), composed.len_utf8(), start, at - start]);
                    normal.push(composed);
                }
                copied = at;
            }
        }
        if next < at {
            match unsettled(at) {
                Some(after) => next = after,
                None => break,
            }
        }
    }
    copy(&mut normal, copied, text.len(), &mut pieces);
    let source = compose(&pieces, &source);
    (normal, source)
}

/// Whether it is of a block whose characters all stand for themselves, which spares the look-up.
fn is_settled(character: char) -> bool {
    match character {
        '\u{AD}' => false,
        ..'\u{300}' | '\u{400}'..='\u{482}' | '\u{620}'..='\u{64A}' => true,
        '\u{2010}'..='\u{2027}'
        | '\u{2030}'..='\u{205E}'
        | '\u{20A0}'..='\u{20BF}'
        | '\u{4E00}'..='\u{9FFF}' => true,
        _ => false,
    }
}

/// Whether it never changes with what stands before it.
fn is_starter(character: char) -> bool {
    let mut first = None;
    decompose_canonical(character, |part| first = first.or(Some(part)));
    first.is_none_or(|part| canonical_combining_class(part) == 0)
        && is_nfc_quick(std::iter::once(character)) != IsNormalized::Maybe
}

fn is_composed(character: char) -> bool {
    is_nfc_quick(std::iter::once(character)) == IsNormalized::Yes
}

/// The map from a text to the captured bytes, from the pieces of the text (start and length in it, start and length in
/// the page that it was taken from) and the page's own map.
pub(crate) fn compose(pieces: &[[usize; 4]], page: &SourceMap) -> SourceMap {
    let mut segments: Vec<SourceSegment> = Vec::with_capacity(pieces.len());
    let mut push = |text: usize, text_len: usize, source: usize, source_len: usize| {
        segments.push(SourceSegment {
            text_start: text as u32,
            text_len: text_len as u32,
            source_start: source as u32,
            source_len: source_len as u32,
        });
    };
    for &[text, length, place, place_length] in pieces {
        if length != place_length {
            if let Some(bytes) = page.locate(Span::new(place, place + place_length)) {
                push(text, length, bytes.start, bytes.len());
            }
            continue;
        }
        let first = page.segments().partition_point(|s| (s.text_start + s.text_len) as usize <= place);
        for segment in &page.segments()[first..] {
            let (start, end) =
                (segment.text_start as usize, (segment.text_start + segment.text_len) as usize);
            if start >= place + length {
                break;
            }
            let (from, to) = (start.max(place), end.min(place + length));
            match segment.text_len == segment.source_len {
                true => push(
                    text + from - place,
                    to - from,
                    segment.source_start as usize + from - start,
                    to - from,
                ),
                false => {
                    push(
                        text + from - place,
                        to - from,
                        segment.source_start as usize,
                        segment.source_len as usize,
                    );
                }
            }
        }
    }
    SourceMap::new(segments)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charset::decode;
    use proptest::prelude::*;

    #[test]
    fn what_is_passed_over_stands_for_itself() {
        for character in '\0'..='\u{10FFFF}' {
            let spared = is_settled(character);
            assert!(!spared || !is_invisible(character) && is_starter(character) && is_composed(character));
        }
    }

    #[test]
    fn accents_join_their_letters() {
        let text = "Le pre\u{301}sident a\u{300} Gene\u{300}ve, И\u{306}емен, Viê\u{323}t";
        let decoded = decode(text.as_bytes(), None, None);
        assert_eq!(decoded.text, "Le président à Genève, Йемен, Việt");
        let at = decoded.text.find("ré").unwrap();
        let bytes = decoded.source.locate(Span::new(at, at + "ré".len())).unwrap();
        assert_eq!(&text[bytes], "re\u{301}");
        let at = decoded.text.find("Genève").unwrap();
        let bytes = decoded.source.locate(Span::new(at, at + "Genève".len())).unwrap();
        assert_eq!(&text[bytes], "Gene\u{300}ve");
    }

    #[test]
    fn characters_without_width_are_left_out() {
        let text = "\u{FEFF}Le prési\u{AD}dent\u{200B} a ren\u{FEFF}con\u{AD}tré Poutine\u{AD}";
        let decoded = decode(text.as_bytes(), None, None);
        assert_eq!(decoded.text, "Le président a rencontré Poutine");
        let at = decoded.text.find("rencontré").unwrap();
        let bytes = decoded.source.locate(Span::new(at, at + "rencontré".len())).unwrap();
        assert_eq!(&text[bytes], "ren\u{FEFF}con\u{AD}tré");
    }

    /// Text in which accents and characters without width are many.
    fn accented() -> impl Strategy<Value = String> {
        let character = prop_oneof![
            6 => prop::sample::select(vec!['a', 'e', 'o', ' ', 'é', 'ê', 'и', 'е', 's', '’', '가', 'ᄀ', '語']),
            4 => prop::sample::select(vec!['\u{300}', '\u{301}', '\u{302}', '\u{306}', '\u{308}', '\u{323}', '\u{327}', '\u{1161}']),
            1 => prop::sample::select(vec!['\u{212B}', '\u{2126}', '\u{344}', '\u{958}', '\u{1E69}', '\u{F900}']),
            2 => prop::sample::select(vec!['\u{AD}', '\u{200B}', '\u{2060}', '\u{FEFF}']),
            1 => any::<char>(),
        ];
        prop::collection::vec(character, 0..40).prop_map(|characters| characters.into_iter().collect())
    }

    fn bare(text: &str) -> String {
        text.chars().filter(|c| !is_invisible(*c)).collect()
    }

    proptest! {
        /// The words of every span are the form of the characters that its bytes hold.
        #[test]
        fn every_span_is_made_from_its_bytes(text in accented(), from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>(), wide in any::<bool>()) {
            let bytes: Vec<u8> = match wide {
                true => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
                false => text.clone().into_bytes(),
            };
            // A mark at the start is no part of the text.
            prop_assume!(!text.starts_with('\u{FEFF}'));
            prop_assume!(!text.chars().any(|c| c.is_control()));
            let decoded = decode(&bytes, Some(if wide { "utf-16le" } else { "utf-8" }), None);
            let read = |bytes: &[u8]| match wide {
                true => {
                    let units: Vec<u16> = bytes.chunks(2).map(|b| u16::from_le_bytes([b[0], b[1]])).collect();
                    String::from_utf16(&units).unwrap()
                }
                false => String::from_utf8(bytes.to_vec()).unwrap(),
            };
            let boundaries: Vec<usize> = (0..=decoded.text.len()).filter(|&n| decoded.text.is_char_boundary(n)).collect();
            let (from, to) = (boundaries[from.index(boundaries.len())], boundaries[to.index(boundaries.len())]);
            let (from, to) = (from.min(to), from.max(to));
            if from < to {
                let found = decoded.source.locate(Span::new(from, to)).unwrap();
                let normal: String = bare(&read(&bytes[found])).nfc().collect();
                let words: String = decoded.text[from..to].nfc().collect();
                prop_assert!(normal.contains(&words), "{:?} is not in {:?}", words, normal);
            }
            if !decoded.text.is_empty() {
                let all = decoded.source.locate(Span::new(0, decoded.text.len())).unwrap();
                prop_assert_eq!(bare(&read(&bytes[all])), bare(&text));
            }
            prop_assert_eq!(decoded.text, bare(&text).nfc().collect::<String>());
        }
    }
}
