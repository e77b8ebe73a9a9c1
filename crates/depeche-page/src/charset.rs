//! From bytes to characters, each character keeping the bytes it was made from.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use depeche_record::{SourceMap, SourceSegment};
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memchr_iter;

use crate::normal::normalise;

/// Decoded bytes.
#[derive(Debug)]
pub(crate) struct Decoded {
    /// The text in one form ([`normalise`]), with what could not be decoded and control characters as U+FFFD.
    pub(crate) text: String,
    /// From the text to the bytes.
    pub(crate) source: SourceMap,
    /// Name of the encoding.
    pub(crate) encoding: &'static str,
    /// How many places were replaced by U+FFFD.
    pub(crate) replaced: usize,
    /// The encoding given, where there is none of that name.
    pub(crate) unknown: Option<String>,
}

/// Decodes `bytes`. The encoding is that of the byte order mark, else the one `given`, else the one `declared` in the
/// page, else guessed; bytes that are UTF-8 beyond doubt are read as such whatever the page declares.
pub(crate) fn decode(bytes: &[u8], given: Option<&str>, declared: Option<&str>) -> Decoded {
    let named = given.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    let unknown = given.filter(|label| !label.trim().is_empty() && named.is_none()).map(str::to_owned);
    let (encoding, mark) = match Encoding::for_bom(bytes) {
        Some(found) => found,
        None => (named.unwrap_or_else(|| detect(bytes, declared)), 0),
    };
    let mut writer = Writer::new(bytes.len());
    if encoding == UTF_8 {
        decode_utf8(bytes, mark, &mut writer);
    } else {
        decode_other(encoding, bytes, mark, &mut writer);
    }
    let (text, source) = normalise(writer.text, SourceMap::new(writer.segments));
    Decoded { text, source, encoding: encoding.name(), replaced: writer.replaced, unknown }
}

/// The encoding that an HTML page declares near its start: `<meta charset="…">`, `<meta … content="…; charset=…">`,
/// `<?xml … encoding="…"?>`.
pub(crate) fn declared(bytes: &[u8]) -> Option<String> {
    let head = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head);
    let start = match head.starts_with("<?xml") {
        true => head.find("encoding").map(|at| at + "encoding".len()),
        false => None,
    };
    let start = start.or_else(|| {
        let meta = head.find("<meta")?;
        head[meta..].find("charset").map(|at| meta + at + "charset".len())
    })?;
    let value = head[start..].trim_start().strip_prefix('=')?.trim_start_matches([' ', '"', '\'']);
    let end = value.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c))).unwrap_or(value.len());
    (end > 0).then(|| value[..end].to_owned())
}

fn detect(bytes: &[u8], declared: Option<&str>) -> &'static Encoding {
    if let Some(encoding) = detect_utf16(bytes) {
        return encoding;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let counts = count_utf8(bytes);
    if counts.broken * 20 <= counts.valid || counts.is_damaged() {
        return UTF_8;
    }
    if let Some(encoding) = declared.and_then(|label| Encoding::for_label(label.as_bytes()))
        && encoding != UTF_8
        && encoding.is_ascii_compatible()
    {
        return encoding;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

/// UTF-16 without a byte order mark: one byte of each pair is nearly always one of a few values (Latin 0x00, Cyrillic
/// 0x04, punctuation 0x20), and 0x00, which 8-bit text has not, is among them.
fn detect_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    let pairs = sample.len() / 2;
    let count = |odd: usize, values: &[u8]| {
        sample.iter().skip(odd).step_by(2).filter(|byte| values.contains(byte)).count()
    };
    let plausible = |odd: usize| {
        count(odd, &[0]) * 10 >= pairs
            && count(odd, &[0x00, 0x04, 0x20]) * 10 >= pairs * 9
            && count(1 - odd, &[0]) * 50 <= pairs
    };
    match () {
        () if pairs < 4 => None,
        () if plausible(1) => Some(UTF_16LE),
        () if plausible(0) => Some(UTF_16BE),
        () => None,
    }
}

/// What bytes hold when they are read as UTF-8.
#[derive(Debug, Default)]
struct Utf8Counts {
    /// Valid sequences of two bytes and more.
    valid: usize,
    /// Those of characters that the languages read are written with.
    usual: usize,
    /// Broken sequences.
    broken: usize,
    /// Whether two broken sequences stand side by side.
    adjoining: bool,
}

impl Utf8Counts {
    /// Whether this is UTF-8 with a few bytes damaged, rather than text of another encoding in which two letters happen
    /// to look like a sequence («CAFÉ»): the sequences are of usual characters, what is broken stands alone.
    fn is_damaged(&self) -> bool {
        let few = self.broken <= 2 || self.broken * 4 <= self.usual;
        self.usual == self.valid && self.usual >= self.broken && self.usual > 0 && few && !self.adjoining
    }
}

fn count_utf8(bytes: &[u8]) -> Utf8Counts {
    let usual = |c: &char| matches!(c, '\u{A0}' | '«' | '»' | '·' | '°' | '\u{C0}'..='\u{17F}' | '\u{2010}'..='\u{2044}' | '\u{400}'..='\u{45F}' | '€' | '№');
    let mut counts = Utf8Counts::default();
    let mut last_broken = false;
    for chunk in bytes.utf8_chunks() {
        for (_, character) in wide(chunk.valid()) {
            counts.valid += 1;
            counts.usual += usize::from(usual(&character));
        }
        counts.adjoining |= last_broken && chunk.valid().is_empty();
        last_broken = !chunk.invalid().is_empty();
        counts.broken += usize::from(last_broken);
    }
    counts
}

fn decode_utf8(bytes: &[u8], mark: usize, writer: &mut Writer) {
    let mut at = mark;
    if let Ok(text) = std::str::from_utf8(&bytes[mark..]) {
        return writer.copy(text, at);
    }
    for chunk in bytes[mark..].utf8_chunks() {
        writer.copy(chunk.valid(), at);
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            writer.replace(at, chunk.invalid().len());
            at += chunk.invalid().len();
        }
    }
}

/// Decodes byte by byte, so that each piece of output is known to come from the bytes fed since the last one.
fn decode_other(encoding: &'static Encoding, bytes: &[u8], mark: usize, writer: &mut Writer) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut buffer = [0u8; 32];
    let mut since = mark;
    let mut at = mark;
    loop {
        let last = at >= bytes.len();
        let input = if last { &[][..] } else { &bytes[at..at + 1] };
        let mut fed = 0;
        loop {
            let (result, read, written) =
                decoder.decode_to_utf8_without_replacement(&input[fed..], &mut buffer, last);
            fed += read;
            let end = at + fed;
            if written > 0 {
                let piece = std::str::from_utf8(&buffer[..written]).unwrap_or("\u{FFFD}");
                writer.push(piece, since, end - since);
                since = end;
            }
            match result {
                DecoderResult::Malformed(..) => {
                    // The bytes of a broken sequence stay together; one that broke off before a byte that is read
                    // again is put where that byte stands, or right before it.
                    let end = end.max(since);
                    if end > since {
                        writer.replace(since, end - since);
                    } else {
                        writer.replaced += 1;
                    }
                    since = end;
                }
                DecoderResult::InputEmpty | DecoderResult::OutputFull if fed >= input.len() => break,
                _ => {}
            }
        }
        if last {
            break;
        }
        at += 1;
    }
}

/// The characters of a text that are not of ASCII, each with its place; the stretches between them are passed over eight
/// bytes at a time.
pub(crate) fn wide(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(eight) = bytes.get(at..at + 8).and_then(|eight| <[u8; 8]>::try_from(eight).ok()) {
            let high = u64::from_le_bytes(eight) & HIGH;
            if high != 0 {
                at += high.trailing_zeros() as usize / 8;
                break;
            }
            at += 8;
        }
        at += bytes.get(at..)?.iter().take_while(|byte| byte.is_ascii()).count();
        let start = at;
        let character = text.get(start..)?.chars().next()?;
        at += character.len_utf8();
        Some((start, character))
    })
}

/// Whether a character has no place in a text.
fn is_control(character: char) -> bool {
    character.is_control() && !matches!(character, '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}')
}

/// Text and segments as they grow.
struct Writer {
    text: String,
    segments: Vec<SourceSegment>,
    replaced: usize,
}

impl Writer {
    fn new(capacity: usize) -> Writer {
        Writer { text: String::with_capacity(capacity), segments: Vec::new(), replaced: 0 }
    }

    /// Appends characters that stand in the source byte for byte, from `at` on.
    fn copy(&mut self, piece: &str, at: usize) {
        // Nearly every text has none, which a look at its bytes shows.
        let may_be = |byte: u8| byte < b' ' && !matches!(byte, b'\t'..=b'\r') || byte == 0x7F;
        let controls = piece.bytes().fold(false, |found, byte| found | may_be(byte))
            || memchr_iter(0xC2, piece.as_bytes())
                .any(|at| piece.as_bytes().get(at + 1).is_some_and(|b| *b < 0xA0));
        if !controls {
            return self.push_exact(piece, at);
        }
        let mut from = 0;
        for (index, character) in piece.char_indices().filter(|(_, c)| is_control(*c)) {
            self.push_exact(&piece[from..index], at + from);
            from = index + character.len_utf8();
            self.replace(at + index, character.len_utf8());
        }
        self.push_exact(&piece[from..], at + from);
    }

    fn push_exact(&mut self, piece: &str, at: usize) {
        self.segment(piece.len(), at, piece.len());
        self.text.push_str(piece);
    }

    /// Appends a piece made from `length` bytes at `at`.
    fn push(&mut self, piece: &str, at: usize, length: usize) {
        if piece.chars().any(is_control) {
            self.replace(at, length);
        } else {
            self.segment(piece.len(), at, length);
            self.text.push_str(piece);
        }
    }

    fn replace(&mut self, at: usize, length: usize) {
        self.replaced += 1;
        let character = '\u{FFFD}';
        // A segment of its own, also where the lengths happen to agree: the bytes are no copy.
        self.segments.push(SourceSegment {
            text_start: self.text.len() as u32,
            text_len: character.len_utf8() as u32,
            source_start: at as u32,
            source_len: length as u32,
        });
        self.text.push(character);
    }

    fn segment(&mut self, text_len: usize, source_start: usize, source_len: usize) {
        if text_len == 0 {
            return;
        }
        let text_start = self.text.len();
        if let Some(last) = self.segments.last_mut()
            && last.text_len == last.source_len
            && text_len == source_len
            && (last.text_start + last.text_len) as usize == text_start
            && (last.source_start + last.source_len) as usize == source_start
        {
            last.text_len += text_len as u32;
            last.source_len += source_len as u32;
            return;
        }
        self.segments.push(SourceSegment {
            text_start: text_start as u32,
            text_len: text_len as u32,
            source_start: source_start as u32,
            source_len: source_len as u32,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use depeche_record::Span;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    fn located<'a>(decoded: &Decoded, bytes: &'a [u8], words: &str) -> &'a [u8] {
        let at = decoded.text.find(words).unwrap();
        &bytes[decoded.source.locate(Span::new(at, at + words.len())).unwrap()]
    }

    #[test]
    fn legacy_encodings_are_guessed_and_traced() {
        let russian =
            "Песков заявил, что разговор президентов может состояться в ближайшее время. ".repeat(6);
        for (encoding, text) in [
            (encoding_rs::WINDOWS_1251, russian.as_str()),
            (encoding_rs::KOI8_R, russian.as_str()),
            (
                encoding_rs::WINDOWS_1252,
                "Le président a été reçu à l’Élysée, où « rien n’a filtré », dit-on déjà.",
            ),
        ] {
            let bytes = encoding.encode(text).0;
            let decoded = decode(&bytes, None, None);
            assert_eq!(decoded.text, text, "{}", encoding.name());
            let words = text.split(' ').nth(2).unwrap();
            assert_eq!(encoding.decode(located(&decoded, &bytes, words)).0, words);
            assert_eq!(decoded.replaced, 0);
        }
    }

    #[test]
    fn utf16_is_read_with_and_without_a_mark() {
        let text = "Песков : « Ни да, ни нет » — 9 февраля. Moscou.";
        for mark in [&[][..], &[0xFF, 0xFE][..]] {
            let mut bytes = mark.to_vec();
            bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
            let decoded = decode(&bytes, None, None);
            assert_eq!(decoded.text, text);
            let found = located(&decoded, &bytes, "февраля");
            assert_eq!(found, "февраля".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>());
        }
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(&big, None, None).text, text);
    }

    #[test]
    fn a_few_broken_bytes_do_not_change_the_encoding() {
        let mut bytes =
            "« L’été à Genève », où l’on s’est réuni à l’écart, a-t-il déclaré.".repeat(3).into_bytes();
        bytes.extend(b" \xFF fin\0.");
        let decoded = decode(&bytes, None, Some("iso-8859-1"));
        assert_eq!(decoded.encoding, "UTF-8");
        assert!(decoded.text.ends_with("\u{FFFD} fin\u{FFFD}."));
        assert_eq!(decoded.replaced, 2);
        assert_eq!(located(&decoded, &bytes, "fin"), b"fin");
    }

    #[test]
    fn one_broken_byte_in_a_short_text_is_told() {
        for bytes in [
            &b"Le pr\xC3\xA9sident a rencontr\xC3\xA9 \xC3\xA0 Gen\xC3\xA8ve\xFF le ministre"[..],
            b"Le ministre est arriv\xC3\xA9 \xFF hier",
            b"\xD0\x9F\xD1\x83\xD1\x82\xD0\xB8\xD0\xBD\xFE \xD0\xB2 \xD0\x9C\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB5",
        ] {
            let decoded = decode(bytes, None, None);
            assert_eq!((decoded.encoding, decoded.replaced), ("UTF-8", 1), "{}", decoded.text);
            assert_eq!(decoded.text.chars().filter(|c| *c == '\u{FFFD}').count(), 1);
        }
        for text in
            ["«CAFÉ» de la paix, à Genève", "Il a été reçu", "À L’ÉLYSÉE", "“LIBERTÉ”, dit-il", "Noël"]
        {
            let bytes = encoding_rs::WINDOWS_1252.encode(text).0;
            assert_ne!(decode(&bytes, None, None).encoding, "UTF-8", "{text}");
        }
        for text in ["Лидер СССР», сказал он", "Её имя – Анна", "В «РФ» ждут"]
        {
            let bytes = encoding_rs::WINDOWS_1251.encode(text).0;
            assert_ne!(decode(&bytes, None, None).encoding, "UTF-8", "{text}");
        }
    }

    #[test]
    fn the_declaration_is_found() {
        assert_eq!(declared(b"<html><meta charset=windows-1251>").as_deref(), Some("windows-1251"));
        let http = b"<META http-equiv='Content-Type' content='text/html; charset=KOI8-R'>";
        assert_eq!(declared(http).as_deref(), Some("koi8-r"));
        assert_eq!(
            declared(b"<?xml version='1.0' encoding='ISO-8859-1'?><html>").as_deref(),
            Some("iso-8859-1")
        );
        assert_eq!(declared(b"<p>charset"), None);
    }

    proptest! {
        #[test]
        fn any_bytes_decode_under_any_encoding(bytes in prop::collection::vec(any::<u8>(), 0..400), which in 0usize..9) {
            let label = ["utf-8", "utf-16le", "utf-16be", "windows-1251", "shift_jis", "gb18030", "iso-2022-jp", "big5", ""];
            let decoded = decode(&bytes, Some(label[which]), None);
            let mut end = 0;
            for segment in decoded.source.segments() {
                prop_assert_eq!(segment.text_start as usize, end);
                end += segment.text_len as usize;
                prop_assert!((segment.source_start + segment.source_len) as usize <= bytes.len());
            }
            prop_assert_eq!(end, decoded.text.len());
        }

        #[test]
        fn utf8_words_are_the_bytes(text in "\\PC{0,80}") {
            let decoded = decode(text.as_bytes(), Some("utf-8"), None);
            if decoded.replaced == 0 && !text.starts_with('\u{FEFF}') {
                prop_assert_eq!(decoded.text, text.nfc().collect::<String>());
            }
        }
    }
}
