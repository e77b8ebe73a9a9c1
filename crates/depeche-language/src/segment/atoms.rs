//! Pieces: what a text is cut into before anything is decided, and the tokens that are put together from them.
//!
//! An atom is a run of letters, a run of digits, a run of one and the same mark, or white space between them. Token
//! boundaries lie between atoms, never inside one.

use depeche_record::Span;

/// What lies before a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Gap {
    /// Nothing: the piece is glued to the one before it.
    None,
    /// One space of whatever width, neither tab nor end of line.
    Space,
    /// White space without an end of line.
    Spaces,
    /// One end of line.
    Line,
    /// An empty line, or the beginning of the text.
    Blank,
}

/// The kind of a character, as far as boundaries are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Class {
    /// Letter in lower case.
    Lower,
    /// Letter in upper case.
    Upper,
    /// Letter of a script without cases.
    Letter,
    Digit,
    /// Mark that can end a sentence.
    End,
    /// Comma, semicolon, colon, percent: cannot begin a sentence.
    Inner,
    Open,
    Close,
    /// Straight or single quotation mark.
    Quote,
    Dash,
    Other,
}

/// An atom or a token, with what the features ask about it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    /// First byte in the text.
    pub start: u32,
    /// One past the last byte in the text.
    pub end: u32,
    /// Digest of the lower-cased characters, quotation marks and dashes made alike.
    pub hash: u32,
    /// Digest of case and length class; of a mark, the mark itself.
    pub shape: u32,
    /// Digest of the last two characters.
    pub tail2: u32,
    /// Digest of the last three characters.
    pub tail3: u32,
    pub first: Class,
    pub last: Class,
    /// White space before the piece.
    pub gap: Gap,
    /// Number of characters, at most 255.
    pub length: u8,
    /// What it holds: [`URL`], [`AT`], …
    pub marks: u8,
    /// What the word lists know of it; set where it is asked for.
    pub status: u16,
}

/// It holds `://` or begins with `www.`.
pub(super) const URL: u8 = 1;
/// It holds `@`.
pub(super) const AT: u8 = 2;
/// It begins with `@` or `#`.
pub(super) const TAG: u8 = 4;
pub(super) const DOTS: u8 = 8;
pub(super) const DASHES: u8 = 16;
pub(super) const LETTERS: u8 = 32;
pub(super) const DIGITS: u8 = 64;
pub(super) const QUOTES: u8 = 128;

/// What stands beyond either end of a text.
pub(super) const EDGE: Piece = Piece {
    start: 0,
    end: 0,
    hash: 0x0ed6_e001,
    shape: 0x0ed6_e002,
    tail2: 0,
    tail3: 0,
    first: Class::Other,
    last: Class::Other,
    gap: Gap::Blank,
    length: 0,
    marks: 0,
    status: 0,
};

impl Piece {
    pub(super) fn is_word(&self) -> bool {
        matches!(self.first, Class::Lower | Class::Upper | Class::Letter)
    }

    /// This piece followed by `next`, as one.
    pub(super) fn with(&self, next: &Piece) -> Piece {
        Piece {
            end: next.end,
            hash: mix(self.hash, next.hash),
            shape: mix(self.shape ^ 0x5eed, next.shape),
            tail2: next.tail2,
            tail3: next.tail3,
            last: next.last,
            length: self.length.saturating_add(next.length),
            marks: self.marks | next.marks & !TAG | if self.opens_address(next) { URL } else { 0 },
            ..*self
        }
    }
}

impl Piece {
    /// Whether this piece and `next` are the head of an address: `:` and `//`, or `www` and `.`.
    pub(super) fn opens_address(&self, next: &Piece) -> bool {
        self.last == Class::Inner && next.hash == SLASHES || self.hash == WWW && next.first == Class::End
    }
}

/// Digest of `//`.
const SLASHES: u32 = mix(step(SEED, '/'), 2);
/// Digests of marks that no address holds, and of one that a mail address may.
pub(super) const LESS: u32 = mix(step(SEED, '<'), 1);
pub(super) const GREATER: u32 = mix(step(SEED, '>'), 1);
pub(super) const BAR: u32 = mix(step(SEED, '|'), 1);
pub(super) const LINE: u32 = mix(step(SEED, '_'), 1);
/// Digest of `www`.
const WWW: u32 = step(step(step(SEED, 'w'), 'w'), 'w');

/// One digest of two.
#[inline]
pub(super) const fn mix(a: u32, b: u32) -> u32 {
    let all = ((a as u64) << 32 | b as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (all >> 32) as u32 ^ (all as u32).rotate_left(15)
}

/// Digest of a word in the lower case that [`atoms`] would give it; of use where a word is no part of a text.
pub(super) fn hash_of(word: &str) -> u32 {
    let mut pieces = Vec::new();
    atoms(word, Span::new(0, word.len()), &mut pieces);
    let Some((first, rest)) = pieces.split_first() else { return 0 };
    rest.iter().fold(*first, |all, next| all.with(next)).hash
}

/// Characters that hang on what stands before them: combining marks, joiners, variation selectors, skin tones.
fn extends(character: char) -> bool {
    matches!(character,
        '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5BD}' | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}'
        | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{20D0}'..='\u{20FF}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{AD}'
        | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0020}'..='\u{E007F}')
}

fn is_letter(character: char) -> bool {
    character.is_ascii_alphabetic() || (character >= '\u{80}' && character.is_alphabetic())
}

fn class(character: char) -> Class {
    match character {
        'a'..='z' => Class::Lower,
        'A'..='Z' => Class::Upper,
        '0'..='9' => Class::Digit,
        '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' => Class::End,
        ',' | ';' | ':' | '%' | '،' | '؛' => Class::Inner,
        '(' | '[' | '{' | '«' | '“' | '„' | '‹' | '‟' => Class::Open,
        ')' | ']' | '}' | '»' | '”' | '›' => Class::Close,
        '"' | '\'' | '’' | '‘' | '‚' | 'ʼ' | '`' | '´' => Class::Quote,
        '-' | '–' | '—' | '―' | '‐' | '‑' | '−' => Class::Dash,
        _ if character.is_lowercase() => Class::Lower,
        _ if character.is_uppercase() => Class::Upper,
        _ if character.is_alphabetic() => Class::Letter,
        _ if character.is_numeric() => Class::Digit,
        _ => Class::Other,
    }
}

/// The mark that stands for all of its kind.
fn alike(character: char) -> char {
    match character {
        '’' | 'ʼ' | '´' | '`' | '‘' => '\'',
        '“' | '„' | '‹' | '‟' => '«',
        '”' | '›' => '»',
        '―' | '–' => '—',
        '‐' | '‑' | '−' => '-',
        _ => character,
    }
}

/// Lower case; for the letters of the three languages without a table.
fn lower(character: char) -> char {
    match character {
        'a'..='z' | 'а'..='я' | 'à'..='ö' | 'ø'..='ÿ' => character,
        'A'..='Z' => character.to_ascii_lowercase(),
        'ё' | 'Ё' => 'е',
        'А'..='Я' => char::from_u32(character as u32 + 32).unwrap_or(character),
        _ => character.to_lowercase().next().unwrap_or(character),
    }
}

const SEED: u32 = 0x811c_9dc5;

const fn step(hash: u32, character: char) -> u32 {
    let mixed = (hash ^ character as u32).wrapping_mul(0x0100_0193);
    mixed ^ mixed >> 15
}

/// Appends the atoms of the part `span` of `text`; none where `span` is no part of it.
pub(super) fn atoms(text: &str, span: Span, pieces: &mut Vec<Piece>) {
    let Some(part) = text.get(span.range()) else { return };
    let mut characters = part.char_indices().peekable();
    let (mut gap, mut lines, mut spaces) = (Gap::Blank, 0_u32, 0_u32);
    while let Some((at, character)) = characters.next() {
        if character.is_whitespace() {
            lines +=
                u32::from(matches!(character, '\n' | '\u{2028}')) + 2 * u32::from(character == '\u{2029}');
            spaces += 1 + u32::from(character == '\t');
            gap = match (lines, spaces, pieces.is_empty()) {
                (_, _, true) | (2.., _, _) => Gap::Blank,
                (1, _, _) => Gap::Line,
                (0, 1, _) => Gap::Space,
                _ => Gap::Spaces,
            };
            continue;
        }
        let first = class(character);
        let mut atom = Piece {
            start: span.start + at as u32,
            end: span.start + (at + character.len_utf8()) as u32,
            first,
            last: first,
            gap,
            length: 1,
            marks: match first {
                Class::Lower | Class::Upper | Class::Letter => LETTERS,
                Class::Digit => DIGITS,
                Class::End => DOTS,
                Class::Dash => DASHES,
                Class::Quote => QUOTES,
                _ if character == '@' => AT | TAG,
                _ if character == '#' => TAG,
                _ => 0,
            },
            ..EDGE
        };
        (gap, lines, spaces) = (Gap::None, 0, 0);
        match first {
            Class::Lower | Class::Upper | Class::Letter => {
                let folded = lower(character);
                let mut hash = step(SEED, folded);
                let (mut before, mut last) = ('\0', folded);
                let mut third = '\0';
                let (mut small, mut large) = (first == Class::Lower, false);
                while let Some(&(at, next)) = characters.peek() {
                    let marks = extends(next);
                    if !marks && !is_letter(next) {
                        break;
                    }
                    characters.next();
                    atom.end = span.start + (at + next.len_utf8()) as u32;
                    if marks {
                        continue;
                    }
                    let folded = lower(next);
                    if folded == next {
                        small = true;
                        atom.last = Class::Lower;
                    } else {
                        large = true;
                        atom.last = Class::Upper;
                    }
                    hash = step(hash, folded);
                    (third, before, last) = (before, last, folded);
                    atom.length = atom.length.saturating_add(1);
                }
                let case = match (first, small, large) {
                    (Class::Letter, _, _) => 1,
                    (Class::Lower, _, false) => 2,
                    (Class::Upper, true, false) => 3,
                    (Class::Upper, false, true) => 4,
                    (Class::Upper, false, false) => 5,
                    _ => 6,
                };
                if first == Class::Letter {
                    atom.last = first;
                }
                atom.hash = hash;
                atom.tail2 = step(step(SEED, before), last);
                atom.tail3 = step(atom.tail2, third);
                atom.shape = mix(case, u32::from(atom.length.min(5)));
            }
            Class::Digit => {
                let mut hash = step(SEED, character);
                while let Some(&(at, next)) = characters.peek() {
                    if !(next.is_ascii_digit() || extends(next) || class(next) == Class::Digit) {
                        break;
                    }
                    characters.next();
                    hash = step(hash, next);
                    atom.end = span.start + (at + next.len_utf8()) as u32;
                    atom.length = atom.length.saturating_add(1);
                }
                atom.hash = hash;
                (atom.tail2, atom.tail3) = (7, 7);
                atom.shape = mix(7, u32::from(atom.length.min(5)));
            }
            _ => {
                // A run of one mark; emoji go on over a joiner.
                let mut joined = false;
                let single = matches!(first, Class::Open | Class::Close | Class::Inner);
                while let Some(&(at, next)) = characters.peek() {
                    let marks = extends(next);
                    if !(marks || joined && !next.is_whitespace() || next == character && !single) {
                        break;
                    }
                    characters.next();
                    joined = next == '\u{200D}';
                    atom.end = span.start + (at + next.len_utf8()) as u32;
                    atom.length = atom.length.saturating_add(u8::from(!marks));
                }
                let folded = match (alike(character), atom.length) {
                    ('-', 2..=3) => '—',
                    (folded, _) => folded,
                };
                let length = if folded == '—' { 1 } else { u32::from(atom.length.min(4)) };
                atom.hash = mix(step(SEED, folded), length);
                (atom.tail2, atom.tail3) = (atom.hash, atom.hash);
                // Pictures are all alike.
                atom.shape = if first == Class::Other && character > '\u{2190}' { 9 } else { atom.hash };
            }
        }
        pieces.push(atom);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let mut pieces = Vec::new();
        atoms(text, Span::new(0, text.len()), &mut pieces);
        pieces.iter().map(|piece| &text[piece.start as usize..piece.end as usize]).collect()
    }

    #[test]
    fn runs_are_atoms() {
        assert_eq!(cut("l’été 10,5 %..."), ["l", "’", "été", "10", ",", "5", "%", "..."]);
        assert_eq!(cut("е\u{301}й -- ((!!"), ["е\u{301}й", "--", "(", "(", "!!"]);
        assert_eq!(cut("🏄🏾\u{200D}♀️ да"), ["🏄🏾\u{200D}♀️", "да"]);
        assert!(cut(" \n\u{a0}").is_empty());
    }

    #[test]
    fn gaps_are_told_apart() {
        let text = "a b\tc\nd\n \ne";
        let mut pieces = Vec::new();
        atoms(text, Span::new(0, text.len()), &mut pieces);
        let gaps: Vec<Gap> = pieces.iter().map(|piece| piece.gap).collect();
        assert_eq!(gaps, [Gap::Blank, Gap::Space, Gap::Spaces, Gap::Line, Gap::Blank]);
    }

    #[test]
    fn variants_have_one_digest() {
        assert_eq!(hash_of("L’ÉTÉ"), hash_of("l'été"));
        assert_eq!(hash_of("--"), hash_of("—"));
        assert_ne!(hash_of("été"), hash_of("ete"));
        assert_eq!((hash_of("//"), hash_of("WWW")), (SLASHES, WWW));
    }
}
