//! What the training texts know of words: how they are written and what they mostly are; which tokens are several words.

use std::collections::BTreeMap;

use depeche_record::Language;
#[cfg(any(test, feature = "train"))]
use depeche_record::Upos;

use super::atoms::{Class, Gap, Piece, hash_of, mix};
use crate::grammar::{Abbreviation, Grammar};
use crate::hash::Table;
#[cfg(any(test, feature = "train"))]
use crate::model::ModelWriter;
use crate::model::{ModelError, ModelReader};

/// For each word, by its digest: whether it was seen in lower case (1), whether with a capital within a sentence (2), and
/// its most frequent part of speech (from the third bit on, 0 for none).
#[derive(Debug)]
pub(super) struct Lexicon {
    slots: Box<[u32]>,
}

const STATUS: u32 = 63;

/// The bits of a part of speech in a status.
#[cfg(any(test, feature = "train"))]
pub(super) fn upos_bits(upos: Upos) -> u8 {
    let class = match upos {
        Upos::Noun => 1,
        Upos::Verb => 2,
        Upos::Aux => 3,
        Upos::Adj => 4,
        Upos::Propn => 5,
        Upos::Adp => 6,
        Upos::Det => 7,
        Upos::Pron => 8,
        Upos::Adv => 9,
        Upos::Cconj => 10,
        Upos::Sconj => 11,
        Upos::Num => 12,
        Upos::Intj | Upos::Part => 13,
        Upos::Punct | Upos::Sym => 14,
        Upos::X => 15,
    };
    class << 2
}

impl Lexicon {
    pub(super) fn new(words: &BTreeMap<u32, u8>) -> Lexicon {
        let mut slots = vec![0; (words.len() * 2).next_power_of_two().max(2)].into_boxed_slice();
        for (&word, &status) in words.iter().filter(|(_, status)| **status != 0) {
            let mut slot = Self::slot(word, slots.len());
            while slots[slot] != 0 {
                slot = (slot + 1) & (slots.len() - 1);
            }
            slots[slot] = word & !STATUS | u32::from(status) & STATUS;
        }
        Lexicon { slots }
    }

    fn slot(word: u32, count: usize) -> usize {
        mix(word & !STATUS, 11) as usize & (count - 1)
    }

    pub(super) fn read(reader: &ModelReader<'_>) -> Result<Lexicon, ModelError> {
        let bytes = reader.section("words")?;
        let (entries, rest) = bytes.as_chunks::<4>();
        if !rest.is_empty() {
            return Err(reader.error("its section ‘words’ is cut short"));
        }
        let entries = entries.iter().map(|entry| u32::from_le_bytes(*entry));
        Ok(Lexicon::new(&entries.map(|entry| (entry & !STATUS, (entry & STATUS) as u8)).collect()))
    }

    #[cfg(any(test, feature = "train"))]
    pub(super) fn write(&self, writer: &mut ModelWriter) {
        let mut entries: Vec<u32> = self.slots.iter().copied().filter(|&entry| entry != 0).collect();
        entries.sort_unstable();
        let bytes: Vec<u8> = entries.iter().flat_map(|entry| entry.to_le_bytes()).collect();
        writer.section("words", &bytes);
    }

    /// What is known of the word with the digest `word`; 0 for nothing.
    #[inline]
    pub(super) fn status(&self, word: u32) -> u16 {
        let mut slot = Self::slot(word, self.slots.len());
        loop {
            match self.slots[slot] {
                0 => return 0,
                entry if entry & !STATUS == word & !STATUS => return (entry & STATUS) as u16,
                _ => slot = (slot + 1) & (self.slots.len() - 1),
            }
        }
    }
}

/// The bits of a status that tell of shortened words, and what they say of them.
pub(super) const SHORTENED: u16 = 3 << 6;
pub(super) const LEADING: u16 = 1 << 6;
pub(super) const ENDING: u16 = 2 << 6;
const NUMBERED: u16 = 3 << 6;

/// Shortened words of a language, by the digest of the word without and with its full stop, each with its kind in the bits
/// 6 and 7 of a status.
#[derive(Debug)]
pub(super) struct Shortened(Table<u32, u16>);

impl Shortened {
    pub(super) fn of(language: Language) -> Shortened {
        let mut words = Table::default();
        for (word, kind) in &Grammar::of(language).abbreviations {
            let kind = match kind {
                Abbreviation::Leading => LEADING,
                Abbreviation::Ending => ENDING,
                Abbreviation::Numbered => NUMBERED,
            };
            words.insert(hash_of(word), kind);
            words.insert(hash_of(&format!("{word}.")), kind);
            // «т. е.», of two tokens.
            if let Some((first, second)) = word.split_once('.') {
                words.insert(mix(hash_of(&format!("{first}.")), hash_of(&format!("{second}."))), kind);
            }
        }
        Shortened(words)
    }

    /// Marks words before a full stop.
    pub(super) fn mark_atoms(&self, atoms: &mut [Piece]) {
        for index in 1..atoms.len() {
            let stop = &atoms[index];
            if stop.first == Class::End && stop.gap == Gap::None && atoms[index - 1].is_word() {
                atoms[index - 1].status = self.status(atoms[index - 1].hash);
            }
        }
    }

    /// Fills in what is known of each word, by `lexicon` and as a shortened word.
    pub(super) fn mark_tokens(&self, tokens: &mut [Piece], lexicon: impl Fn(&Piece) -> u16) {
        let mut stop = None;
        for token in tokens.iter_mut().filter(|token| token.is_word()) {
            token.status = lexicon(token) | self.status(token.hash);
            let dotted = token.last == Class::End;
            if let Some(first) = stop.filter(|_| dotted) {
                let pair = self.status(mix(first, token.hash));
                if pair != 0 {
                    token.status = token.status & !SHORTENED | pair;
                }
            }
            stop = dotted.then_some(token.hash);
        }
    }

    #[inline]
    fn status(&self, word: u32) -> u16 {
        self.0.get(&word).copied().unwrap_or(0)
    }
}

/// A token that is, or may be, several words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Split {
    /// Digest by which its features are told from those of other tokens.
    pub form: u32,
    /// Whether it always is.
    pub always: bool,
    pub parts: Parts,
}

/// The words of a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Parts {
    /// Words other than the letters of the token, in lower case: `du` = `de` + `le`.
    Words(Vec<String>),
    /// The token cut after so many characters each, the rest being the last word: `cannot` = `can` + `not`.
    Cut(Vec<usize>),
    /// The token cut before its last so many characters: `don't` = `do` + `n't`.
    Suffix(usize),
}

/// The tokens of a language that are several words.
#[derive(Debug)]
pub(super) struct Splits {
    whole: Table<u32, Split>,
    /// Endings with an apostrophe, folded, the longest first.
    suffixes: Vec<(Vec<char>, Split)>,
}

/// Longest token, in characters, that is looked up.
const LONGEST: u8 = 16;

impl Splits {
    /// Reads lines of `form TAB words TAB mark`, where the mark is `always` or `maybe`; a form with a star before it is an
    /// ending. Lines of any other shape are passed over.
    pub(super) fn new(lines: &str) -> Splits {
        let mut splits = Splits { whole: Table::default(), suffixes: Vec::new() };
        for line in lines.lines() {
            let mut columns = line.split('\t');
            let (Some(form), Some(words), Some(mark)) = (columns.next(), columns.next(), columns.next())
            else {
                continue;
            };
            let always = mark == "always";
            if let Some(ending) = form.strip_prefix('*') {
                let folded: Vec<char> = ending.chars().collect();
                let split = Split { form: hash_of(ending), always, parts: Parts::Suffix(folded.len()) };
                splits.suffixes.push((folded, split));
                continue;
            }
            let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
            if words.len() < 2 || words.contains(&String::new()) {
                continue;
            }
            let parts = if words.concat() == form {
                let lengths = words.iter().map(|word| word.chars().count());
                Parts::Cut(lengths.take(words.len() - 1).collect())
            } else {
                Parts::Words(words)
            };
            let hash = hash_of(form);
            splits.whole.insert(hash, Split { form: hash, always, parts });
        }
        splits.suffixes.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
        splits
    }

    /// How the token `piece` with the characters `form` may be split.
    #[inline]
    pub(super) fn of(&self, piece: &Piece, form: &str) -> Option<&Split> {
        if piece.length < 2 {
            return None;
        }
        if piece.length <= LONGEST
            && piece.is_word()
            && let Some(split) = self.whole.get(&piece.hash)
        {
            return Some(split);
        }
        if self.suffixes.is_empty() || !ends_quoted(form) {
            return None;
        }
        let found = self.suffixes.iter().find(|(suffix, _)| {
            let mut characters = form.chars().rev();
            suffix.iter().rev().all(|&c| characters.next().is_some_and(|d| apostrophe(d) == c))
                && characters.next().is_some_and(|d| d.is_alphanumeric() || matches!(d, '.' | '$'))
        });
        found.map(|(_, split)| split)
    }
}

/// Whether one of the last characters of a token is an apostrophe.
fn ends_quoted(form: &str) -> bool {
    form.chars().rev().take(4).any(|character| apostrophe(character) == '\'')
}

/// Lower case, and one apostrophe for all.
pub(super) fn apostrophe(character: char) -> char {
    match character {
        '’' | 'ʼ' | '´' | '`' | '‘' => '\'',
        _ => character.to_lowercase().next().unwrap_or(character),
    }
}
