//! What a token looks like and what stands around it, as hashed features.

use std::ops::Range;

use depeche_record::{Language, Span, TokenRange};

use crate::hash::Bag;

use super::lexicon::{Lexicon, class};
use super::{Found, Hint, NameKind};
use crate::hash::{START, fnv};

/// The hash of a word (FNV-1a with a final mix, so that the high bits depend on every byte).
#[inline]
pub(super) fn hash(word: &str) -> u64 {
    mix(fnv(START, word.as_bytes()))
}

#[inline]
fn mix(hash: u64) -> u64 {
    let hash = (hash ^ hash >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ hash >> 29
}

/// Two hashes in order.
#[inline]
pub(super) fn combine(first: u64, second: u64) -> u64 {
    mix(first.rotate_left(17).wrapping_mul(0xff51_afd7_ed55_8ccd) ^ second)
}

/// Words longer than this are described by their beginning and end alone: no name is so long.
const LONGEST_WORD: usize = 120;

/// The key by which a word is looked up: lower case without accents; in Russian without the ending of its case.
pub(super) fn key_into(word: &str, language: Language, key: &mut String) {
    key.clear();
    for character in word.chars().take(LONGEST_WORD) {
        match character {
            'a'..='z' | 'а'..='я' => key.push(character),
            'A'..='Z' => key.push(character.to_ascii_lowercase()),
            'à'..='å' | 'À'..='Å' | 'ā' | 'Ā' | 'ă' | 'Ă' | 'ą' | 'Ą' => key.push('a'),
            'ç' | 'Ç' | 'ć' | 'Ć' | 'č' | 'Č' => key.push('c'),
            'è'..='ë' | 'È'..='Ë' | 'ē' | 'Ē' | 'ę' | 'Ę' | 'ě' | 'Ě' => key.push('e'),
            'ì'..='ï' | 'Ì'..='Ï' | 'ī' | 'Ī' | 'İ' | 'ı' => key.push('i'),
            'ñ' | 'Ñ' | 'ń' | 'Ń' | 'ň' | 'Ň' => key.push('n'),
            'ò'..='ö' | 'Ò'..='Ö' | 'ø' | 'Ø' | 'ō' | 'Ō' | 'ő' | 'Ő' => key.push('o'),
            'ù'..='ü' | 'Ù'..='Ü' | 'ū' | 'Ū' | 'ů' | 'Ů' => key.push('u'),
            'ý' | 'ÿ' | 'Ý' | 'Ÿ' => key.push('y'),
            'ş' | 'Ş' | 'š' | 'Š' | 'ś' | 'Ś' | 'ș' | 'Ș' => key.push('s'),
            'ž' | 'Ž' | 'ź' | 'Ź' | 'ż' | 'Ż' => key.push('z'),
            'ł' | 'Ł' => key.push('l'),
            'ğ' | 'Ğ' => key.push('g'),
            'œ' | 'Œ' => key.push_str("oe"),
            'æ' | 'Æ' => key.push_str("ae"),
            'ё' | 'Ё' => key.push('е'),
            '’' | '‘' | 'ʼ' | '′' | '´' => key.push('\''),
            '\u{2010}' | '\u{2011}' => key.push('-'),
            '\u{AD}' | '\u{301}' => {}
            _ => key.extend(character.to_lowercase()),
        }
    }
    if language == Language::Russian {
        cut_ending(key);
    }
}

/// Endings of Russian nouns and adjectives, longest first.
const ENDINGS: &[&str] = &[
    "ого", "его", "ому", "ему", "ыми", "ими", "ами", "ями", "ой", "ей", "ом", "ем", "ым", "им", "ах", "ях",
    "ую", "юю", "ая", "яя", "ые", "ие", "ых", "их", "ый", "ий", "ое", "ее", "ою", "ею", "ию", "ия", "ии",
    "а", "я", "у", "ю", "е", "и", "ы", "о", "ь", "й",
];

fn cut_ending(key: &mut String) {
    for ending in ENDINGS {
        if let Some(stem) = key.strip_suffix(ending)
            && stem.chars().nth(2).is_some()
        {
            key.truncate(stem.len());
            return;
        }
    }
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// No letters.
    None,
    Lower,
    /// A capital, then small letters: «Paris», «Saint-Denis».
    Title,
    /// Capitals throughout, more than one.
    Upper,
    /// One capital: «J», «J.».
    Initial,
    /// Capitals within: «McDonald», «iPhone», «al-Assad».
    Mixed,
}

/// A token, described once.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    key: u64,
    shape: u64,
    pub case: Case,
    pub classes: u32,
    /// Kinds of the listed or hinted name that covers it, and where in it the token stands (1 first, 2 inner, 3 last, 4 all).
    listed: u8,
    place: u8,
    /// Hashes of the first and last two to four characters of the key.
    prefixes: [u64; 3],
    suffixes: [u64; 4],
    /// Part before and after the first hyphen, 0 without one.
    parts: [u64; 2],
    /// Number of characters, at most 15.
    length: u8,
}

const NOTHING: Word = Word {
    key: 1,
    shape: 1,
    case: Case::None,
    classes: 0,
    listed: 0,
    place: 0,
    prefixes: [0; 3],
    suffixes: [0; 4],
    parts: [0; 2],
    length: 0,
};

/// Describes the tokens of a document.
pub(super) struct Describer<'d> {
    pub lexicon: &'d Lexicon,
    pub text: &'d str,
    pub tokens: &'d [Span],
    pub words: Vec<Word>,
    /// Keys of words that the document writes in small letters.
    small: Bag<u64>,
    sentence: Range<usize>,
    shouted: bool,
    /// For each token of the sentence: the run of capitals that it stands in.
    runs: Vec<(u32, u32)>,
}

impl<'d> Describer<'d> {
    pub fn new(lexicon: &'d Lexicon, text: &'d str, tokens: &'d [Span], hints: &[Hint]) -> Describer<'d> {
        let mut describer = Describer {
            lexicon,
            text,
            tokens,
            words: Vec::with_capacity(tokens.len()),
            small: Bag::default(),
            sentence: 0..0,
            shouted: false,
            runs: Vec::new(),
        };
        let mut key = String::new();
        for &token in tokens {
            let word = text.get(token.range()).unwrap_or_default();
            let word = describe(word, lexicon, &mut key);
            if word.case == Case::Lower {
                describer.small.insert(word.key);
            }
            describer.words.push(word);
        }
        describer.look_up();
        describer.take(hints);
        describer
    }

    /// Marks the words of listed names.
    fn look_up(&mut self) {
        let mut at = 0;
        while at < self.words.len() {
            let found = if matches!(self.words[at].case, Case::None) {
                None
            } else {
                self.lexicon.longest(self.words[at..].iter().map(|word| word.key))
            };
            let capital =
                |range: &[Word]| range.iter().any(|word| !matches!(word.case, Case::None | Case::Lower));
            match found {
                Some((kinds, count)) if capital(&self.words[at..at + count]) => {
                    self.mark(at..at + count, kinds);
                    at += count;
                }
                _ => at += 1,
            }
        }
    }

    fn mark(&mut self, range: Range<usize>, kinds: u8) {
        let count = range.len();
        for (n, word) in self.words[range].iter_mut().enumerate() {
            word.listed = kinds;
            word.place = match (n, count) {
                (0, 1) => 4,
                (0, _) => 1,
                (n, count) if n + 1 == count => 3,
                _ => 2,
            };
        }
    }

    fn take(&mut self, hints: &[Hint]) {
        for hint in hints {
            let start = self.tokens.partition_point(|token| token.end <= hint.span.start);
            let length = self.tokens[start..].iter().take(64).take_while(|t| t.start < hint.span.end).count();
            let range = start..start + length;
            if length == 0 || length == 64 {
                continue;
            }
            let same = self.words[start].place == if length == 1 { 4 } else { 1 }
                && self.words[range.end - 1].place == if length == 1 { 4 } else { 3 };
            let kinds = if same { self.words[start].listed } else { 0 };
            self.mark(range, kinds | hint.kind.bit());
        }
    }

    /// Whether words are in capitals throughout, as headlines are.
    fn is_shouted(&self, range: Range<usize>) -> bool {
        let words = &self.words[range];
        let upper = words.iter().filter(|word| word.case == Case::Upper).count();
        let other =
            words.iter().filter(|word| matches!(word.case, Case::Lower | Case::Title | Case::Mixed)).count();
        upper >= 3 && upper > 4 * other
    }

    /// Turns to a sentence.
    pub fn enter(&mut self, sentence: Range<usize>) {
        self.shouted = self.is_shouted(sentence.clone());
        let words = &self.words[sentence.clone()];
        self.runs.clear();
        let mut at = 0;
        while at < words.len() {
            let opener = at == 0 && words[at].classes & class::FUNCTION != 0;
            if !is_capital(&words[at]) || opener {
                self.runs.push((0, 0));
                at += 1;
                continue;
            }
            let mut end = at + 1;
            loop {
                let small = words[end..]
                    .iter()
                    .take(3)
                    .take_while(|word| word.classes & class::PARTICLE != 0 && !is_capital(word))
                    .count();
                if words.get(end + small).is_some_and(is_capital) {
                    end += small + 1;
                } else {
                    break;
                }
            }
            for _ in at..end {
                self.runs.push(((sentence.start + at) as u32, (sentence.start + end) as u32));
            }
            at = end;
        }
        self.sentence = sentence;
    }

    fn word(&self, at: usize, step: isize) -> &Word {
        let at = at.checked_add_signed(step).filter(|at| self.sentence.contains(at));
        at.map_or(&NOTHING, |at| &self.words[at])
    }

    /// A small number that tells how the word is written against how it is usually written.
    fn writing(&self, at: usize, step: isize) -> u64 {
        let Some(at) = at.checked_add_signed(step).filter(|at| self.sentence.contains(at)) else { return 1 };
        let word = &self.words[at];
        let first = at == self.sentence.start;
        let small = self.small.contains(&word.key);
        let known = word.classes
            & (class::NAME_TOKEN
                | class::COMMON
                | class::PROPER
                | class::FIRST
                | class::DEMONYM
                | class::CALENDAR);
        2 + (word.case as u64 | u64::from(first) << 3 | u64::from(small) << 4 | u64::from(self.shouted) << 5)
            + (u64::from(known) << 6)
            + (u64::from(word.listed) << 32)
            + (u64::from(word.place) << 36)
    }

    /// The feature that every token has.
    #[cfg(any(test, feature = "train"))]
    pub fn always() -> u64 {
        combine(1, 0)
    }

    /// Where a name of a place that stands at `start` begins, if the noun of its sort is a part of it: «rue de Rivoli», «lac
    /// Léman», «aéroport Logan». Not before `floor`.
    pub fn head_before(&self, start: usize, floor: usize) -> usize {
        let text = |at: usize| self.text.get(self.tokens[at].range()).unwrap_or_default();
        let mut at = start;
        let small = |at: usize| {
            matches!(text(at), "de" | "du" | "des" | "d'" | "d’" | "la" | "l'" | "l’" | "le" | "les")
        };
        while at > floor && start - at < 2 && small(at - 1) {
            at -= 1;
        }
        let linked = at == start || matches!(text(at), "de" | "du" | "des" | "d'" | "d’");
        let head = at > floor && self.words[at - 1].classes & class::PLACE_PART != 0;
        if linked && head { at - 1 } else { start }
    }

    /// The same of an organisation: «groupe Bolloré», «lycée Arago».
    pub fn body_before(&self, start: usize, floor: usize) -> usize {
        let head = start > floor && self.words[start - 1].classes & class::BODY_PART != 0;
        if head { start - 1 } else { start }
    }

    /// Adds the features of the token at `at`, which lies in the sentence entered.
    pub fn features(&self, at: usize, features: &mut Vec<u64>) {
        let mut template = 0u64;
        let mut add = |value: u64| {
            template += 1;
            features.push(combine(template, value));
        };
        let shouted = u64::from(self.shouted);
        let w = |step: isize| self.word(at, step);
        let (far_before, before, word, after, far_after) = (w(-2), w(-1), w(0), w(1), w(2));
        let first = u64::from(at == self.sentence.start);
        add(0);
        add(word.key);
        add(before.key);
        add(after.key);
        add(far_before.key);
        add(far_after.key);
        add(combine(before.key, word.key));
        add(combine(word.key, after.key));
        add(combine(far_before.key, before.key));
        add(combine(after.key, far_after.key));
        add(combine(word.key, word.case as u64 | first << 3 | shouted << 4));
        add(word.shape);
        add(combine(before.shape, word.shape));
        add(combine(word.shape, after.shape));
        add(combine(combine(before.shape, word.shape), after.shape));
        for n in 0..3 {
            add(combine(word.prefixes[n], word.case as u64));
        }
        for n in 0..4 {
            add(combine(word.suffixes[n], word.case as u64));
        }
        add(before.suffixes[2]);
        add(after.suffixes[2]);
        let [here, left, right] = [self.writing(at, 0), self.writing(at, -1), self.writing(at, 1)];
        add(here);
        add(combine(left, here));
        add(combine(here, right));
        add(combine(combine(left, here), right));
        add(combine(here, before.key));
        add(combine(here, after.key));
        let mark = |word: &Word| u64::from(word.listed) << 4 | u64::from(word.place);
        add(mark(word));
        add(combine(mark(word), mark(before)));
        add(combine(mark(word), mark(after)));
        add(combine(mark(word), before.key));
        add(combine(mark(word), word.key));
        let classes = |word: &Word| u64::from(word.classes & !(class::COMMON | class::PROPER));
        add(combine(classes(word), word.case as u64));
        add(combine(classes(before), word.case as u64));
        add(combine(classes(after), word.case as u64));
        add(combine(classes(far_before), word.case as u64));
        add(combine(classes(far_after), word.case as u64));
        add(combine(classes(before), classes(word)));
        add(combine(classes(word), classes(after)));
        add(combine(combine(classes(before), classes(word)), classes(after)));
        add(combine(combine(classes(far_before), classes(before)), word.case as u64));
        add(combine(u64::from(word.length), word.case as u64));
        let (start, end) = self.runs[at - self.sentence.start];
        if end > start {
            let (start, end) = (start as usize, end as usize);
            let length = (end - start).min(6) as u64;
            let position = (at - start).min(5) as u64;
            let outer = |at: Option<usize>| {
                at.filter(|at| self.sentence.contains(at)).map_or(&NOTHING, |at| &self.words[at])
            };
            let left = outer(start.checked_sub(1));
            let right = outer(Some(end));
            let opens = u64::from(start == self.sentence.start);
            add(length << 4 | position);
            add(combine(length, combine(here, position)));
            add(combine(left.key, length));
            add(combine(right.key, length));
            add(combine(classes(left), length << 4 | position));
            add(combine(classes(right), length << 4 | position));
            add(combine(combine(left.key, right.key), position));
            let first = &self.words[start];
            let last = &self.words[end - 1];
            add(combine(first.key, position));
            add(combine(last.key, position));
            add(combine(classes(first), combine(classes(last), length << 4 | position)));
            add(combine(opens, combine(here, length)));
        } else {
            template += 11;
        }
        let mut add = |value: u64| {
            template += 1;
            features.push(combine(template, value));
        };
        if word.parts[0] != 0 {
            add(word.parts[0]);
            add(word.parts[1]);
        }
    }

    /// Brings the names of a document into agreement: a surname that stands with a first name elsewhere is that person's.
    pub fn agree(&self, sentences: &[TokenRange], found: &mut Vec<Found>) {
        let mut surnames: Bag<u64> = Bag::default();
        for name in found.iter() {
            if name.kind != NameKind::Person || name.end - name.start < 2 {
                continue;
            }
            let last = &self.words[name.end - 1];
            let plain = matches!(last.case, Case::Title | Case::Upper | Case::Mixed)
                && last.length > 2
                && !self.small.contains(&last.key)
                && last.classes & class::FIRST == 0;
            if plain && last.listed & NameKind::Place.bit() == 0 {
                surnames.insert(last.key);
            }
        }
        if surnames.is_empty() {
            return;
        }
        for name in found.iter_mut() {
            if name.end - name.start == 1
                && name.kind != NameKind::Person
                && surnames.contains(&self.words[name.start].key)
            {
                name.kind = NameKind::Person;
            }
        }
        let mut missed = Vec::new();
        let mut next = found.iter().peekable();
        for sentence in sentences {
            let end = (sentence.end as usize).min(self.words.len());
            for at in (sentence.start as usize).min(end)..end {
                while next.next_if(|name| name.end <= at).is_some() {}
                let covered = next.peek().is_some_and(|name| name.start <= at);
                let word = &self.words[at];
                if !covered && is_capital(word) && surnames.contains(&word.key) {
                    missed.push(Found { start: at, end: at + 1, kind: NameKind::Person });
                }
            }
        }
        if !missed.is_empty() {
            found.extend(missed);
            found.sort_by_key(|name| name.start);
        }
    }
}

/// Small words that stand within people's names and nowhere else after them.
const PARTICLES: &[&str] = &[
    "von", "van", "der", "den", "ter", "zu", "di", "da", "dos", "do", "del", "della", "al", "el", "ibn",
    "bin", "bint", "ben", "ould", "фон", "ван", "дер", "ден", "аль", "эль", "ибн", "бин", "бен", "оглы",
];

/// Adds a name unless it overlaps the one before.
fn push_free(names: &mut Vec<Found>, name: Found) {
    if names.last().is_none_or(|last| last.end <= name.start) {
        names.push(name);
    }
}

pub(super) fn is_capital(word: &Word) -> bool {
    !matches!(word.case, Case::None | Case::Lower)
}

fn describe(word: &str, lexicon: &Lexicon, key: &mut String) -> Word {
    key_into(word, lexicon.language, key);
    let (mut capitals, mut smalls, mut count) = (0u32, 0u32, 0u32);
    let mut opens_big = false;
    let mut inner_big = false;
    let mut shape = 0u64;
    let mut last = 0u8;
    let mut after_letter = false;
    for (n, character) in word.chars().take(LONGEST_WORD).enumerate() {
        let sort = if character.is_lowercase() {
            smalls += 1;
            b'x'
        } else if character.is_uppercase() {
            capitals += 1;
            opens_big |= n == 0;
            inner_big |= after_letter;
            b'X'
        } else if character.is_alphabetic() {
            b'y'
        } else if character.is_numeric() {
            b'0'
        } else if character.is_ascii() {
            character as u8
        } else if matches!(character, '’' | '‘' | 'ʼ') {
            b'\''
        } else if matches!(character, '«' | '»' | '“' | '”' | '„') {
            b'"'
        } else {
            b'*'
        };
        after_letter = matches!(sort, b'x' | b'X');
        if sort != last {
            shape = combine(shape, u64::from(sort));
            last = sort;
        }
        count += 1;
    }
    let case = match (capitals, smalls) {
        (0, 0) => Case::None,
        // «L'», «D'» where a sentence begins.
        _ if count == 2 && last == b'\'' => Case::Lower,
        (0, _) => Case::Lower,
        (1, 0) => Case::Initial,
        (_, 0) => Case::Upper,
        _ if opens_big && !inner_big => Case::Title,
        _ => Case::Mixed,
    };
    let key_hash = hash(key);
    let mut described = Word { key: key_hash, shape, case, length: count.min(15) as u8, ..NOTHING };
    if case == Case::None {
        return described;
    }
    described.classes = lexicon.classes(key_hash);
    let mut ends = key.char_indices().map(|(at, _)| at).skip(2).chain([key.len()]);
    for prefix in &mut described.prefixes {
        if let Some(end) = ends.next() {
            *prefix = hash(&key[..end]);
        }
    }
    let mut starts = key.char_indices().rev().map(|(at, _)| at);
    for suffix in &mut described.suffixes {
        if let Some(start) = starts.next() {
            *suffix = hash(&key[start..]);
        }
    }
    if let Some((left, right)) = key.split_once('-')
        && !left.is_empty()
    {
        described.parts = [hash(left), hash(right)];
    }
    described
}

impl Describer<'_> {
    /// Names of several words that are known beforehand, and only as one kind, are names; small words end none.
    /// English titles are no part of the name after them, and what follows a particle is.
    pub fn trust_lists(&self, sentences: &[TokenRange], found: &mut Vec<Found>) {
        for name in found.iter_mut() {
            let small = |at: usize| {
                let word = &self.words[at];
                word.case == Case::Lower && word.classes & (class::PARTICLE | class::FUNCTION) != 0
            };
            // In capitals a preposition of place looks like the words around it; nobody has one in their name.
            if name.kind == NameKind::Person {
                let apart =
                    |word: &Word| word.classes & (class::LOCATIVE | class::PARTICLE) == class::LOCATIVE;
                if let Some(at) = (name.start + 1..name.end).find(|&at| apart(&self.words[at])) {
                    name.end = at;
                }
            }
            while name.end > name.start + 1 && small(name.end - 1) {
                name.end -= 1;
            }
            if self.lexicon.language == Language::English {
                self.cut_title(name);
            }
        }
        if self.lexicon.language == Language::English {
            // Peoples have a capital and are no names.
            let people = |word: &Word| word.classes & class::DEMONYM != 0 && word.listed == 0;
            found.retain(|name| name.end - name.start > 1 || !people(&self.words[name.start]));
        }
        self.put_particles(sentences, found);
        let mut listed: Vec<Found> = Vec::new();
        for sentence in sentences {
            let end = (sentence.end as usize).min(self.words.len());
            let mut at = (sentence.start as usize).min(end);
            let shouted = self.is_shouted(at..end);
            while at < end {
                let word = &self.words[at];
                // Where capitals tell nothing, one word is enough if it is no common one.
                let alone =
                    shouted && word.place == 4 && word.length > 3 && word.classes & class::COMMON == 0;
                let kind = NameKind::ALL.into_iter().find(|kind| kind.bit() == word.listed);
                let length =
                    self.words[at..end].iter().take_while(|word| matches!(word.place, 1..=3)).count();
                let length = match self.words[at..at + length].iter().position(|word| word.place == 3) {
                    Some(last) => last + 1,
                    None => 0,
                };
                match kind {
                    Some(kind) if alone => {
                        listed.push(Found { start: at, end: at + 1, kind });
                        at += 1;
                    }
                    Some(kind) if word.place == 1 && length > 1 && is_capital(word) => {
                        listed.push(Found { start: at, end: at + length, kind });
                        at += length;
                    }
                    _ => at += 1,
                }
            }
        }
        if listed.is_empty() {
            return;
        }
        let mut kept = listed.iter().peekable();
        let mut all = Vec::with_capacity(found.len() + listed.len());
        for name in found.drain(..) {
            while let Some(known) = kept.next_if(|known| known.end <= name.start) {
                push_free(&mut all, *known);
            }
            let mut keep = true;
            let mut ahead = kept.clone();
            while let Some(known) = ahead.next_if(|known| known.start < name.end) {
                let within = name.start <= known.start && known.end <= name.end;
                keep &= within;
            }
            if keep {
                while kept.next_if(|known| known.end <= name.end).is_some() {}
                push_free(&mut all, name);
            }
        }
        for known in kept {
            push_free(&mut all, *known);
        }
        *found = all;
    }

    /// `Omani Foreign Minister Badr al-Busaidi` is the person alone.
    fn cut_title(&self, name: &mut Found) {
        let of_title = |at: &usize| {
            self.words[*at].classes & (class::DEMONYM | class::OFFICE_WORD | class::TITLE | class::ADDRESS)
                != 0
        };
        let end = name.start + (name.start..name.end).take_while(of_title).count();
        let head = end > name.start && self.words[end - 1].classes & (class::TITLE | class::ADDRESS) != 0;
        if head && end < name.end && is_capital(&self.words[end]) {
            name.start = end;
            name.kind = NameKind::Person;
        }
    }

    /// «Ursula» «von der» «Leyen»
    fn put_particles(&self, sentences: &[TokenRange], found: &mut Vec<Found>) {
        let text = |at: usize| self.text.get(self.tokens[at].range()).unwrap_or_default();
        let mut joined: Vec<Found> = Vec::with_capacity(found.len());
        for name in found.drain(..) {
            if joined.last().is_some_and(|last| last.end > name.start) {
                continue;
            }
            joined.push(name);
            let Some(name) = joined.last_mut().filter(|name| name.kind == NameKind::Person) else { continue };
            let sentence = sentences.partition_point(|sentence| sentence.end as usize <= name.start);
            let limit = sentences.get(sentence).map_or(name.end, |s| s.end as usize).min(self.words.len());
            let count = (name.end..limit).take(3).take_while(|&at| PARTICLES.contains(&text(at))).count();
            let next = name.end + count;
            if count > 0 && next < limit && is_capital(&self.words[next]) {
                name.end = next + 1;
            }
        }
        *found = joined;
    }

    /// Takes the nouns that belong to places into their names; «le boulevard Diderot» is no person.
    pub fn put_heads(&self, sentences: &[TokenRange], found: &mut [Found]) {
        let mut free = 0;
        for name in found.iter_mut() {
            let sentence = sentences.partition_point(|sentence| sentence.end as usize <= name.start);
            let floor =
                sentences.get(sentence).map_or(name.start, |sentence| sentence.start as usize).max(free);
            let start = self.head_before(name.start, floor.min(name.start));
            free = name.end;
            let close = start + 1 == name.start;
            if start < name.start
                && (name.kind == NameKind::Place || (name.kind == NameKind::Person && close))
            {
                name.start = start;
                name.kind = NameKind::Place;
                continue;
            }
            let start = self.body_before(name.start, floor.min(name.start));
            if start < name.start {
                name.start = start;
                name.kind = NameKind::Organisation;
            }
        }
    }

    /// Whether the token lies in a listed or hinted name of a place or organisation.
    pub fn is_listed(&self, at: usize) -> bool {
        self.words[at].listed & !NameKind::Person.bit() != 0
    }
}
