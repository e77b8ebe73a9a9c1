//! What a form shows by itself: the features that the network looks up.

use crate::hash::{START, Table, fnv};

/// Rows of the table of embeddings that are shared by hashing: n-grams, affixes, shapes.
pub(crate) const BUCKETS: u32 = 1 << 14;

/// A form with the plain one of marks that print shops write in several ways.
pub(crate) fn plain(form: &str, out: &mut String) {
    out.clear();
    for character in form.chars() {
        match character {
            '’' | '‘' | 'ʼ' | '‛' => out.push('\''),
            '“' | '”' | '„' | '‟' | '″' => out.push('"'),
            '—' | '―' => out.push('–'),
            '‑' => out.push('-'),
            '…' => out.push_str("..."),
            _ => out.push(character),
        }
    }
}

/// A [`plain`] form as the network looks it up: in lower case, each digit a zero.
pub(crate) fn normal(plain: &str, out: &mut String) {
    out.clear();
    for character in plain.chars() {
        match character {
            '0'..='9' => out.push('0'),
            _ => out.extend(character.to_lowercase()),
        }
    }
}

/// Longest form of which all letters count, in characters; addresses and noise are longer.
const LONGEST: usize = 40;

/// Calls `feature` with the bucket (below [`BUCKETS`]) and weight of each n-gram, affix and shape of `form`, whose
/// [`normal`] form is `folded`.
pub(crate) fn surface(form: &str, folded: &str, mut feature: impl FnMut(u32, f32)) {
    // Character offsets of the folded form, bounded.
    let mut ends = [0usize; LONGEST + 1];
    let mut count = 0;
    for (at, character) in folded.char_indices().take(LONGEST) {
        count += 1;
        ends[count] = at + character.len_utf8();
    }
    let bytes = folded.as_bytes();
    let piece = |from: usize, to: usize| &bytes[ends[from]..ends[to]];
    for length in 1..=3.min(count) {
        feature(bucket(1, piece(0, length)), 1.0);
    }
    for length in 1..=5.min(count) {
        feature(bucket(2, piece(count - length, count)), 1.0);
    }
    if count >= 5 {
        let grams = (count - 3) + (count - 4);
        let weight = 1.0 / (grams as f32).sqrt();
        for length in [3, 4] {
            for from in 0..count - length + 1 {
                if from > 0 && from + length < count {
                    feature(bucket(3, piece(from, from + length)), weight);
                }
            }
        }
    }
    feature(bucket(4, &shape(form, count)), 1.0);
}

/// Case, digits, marks within, and length, in a few classes.
fn shape(form: &str, count: usize) -> [u8; 4] {
    let (mut upper, mut lower, mut digits, mut other) = (0usize, 0usize, 0usize, 0usize);
    let mut inner = 0u8;
    for character in form.chars().take(LONGEST) {
        if character.is_uppercase() {
            upper += 1;
        } else if character.is_alphabetic() {
            lower += 1;
        } else if character.is_ascii_digit() {
            digits += 1;
        } else {
            other += 1;
            inner |= match character {
                '-' => 1,
                '\'' | '’' => 2,
                '.' => 4,
                ',' | ':' | '/' => 8,
                _ => 16,
            };
        }
    }
    let first = form.chars().next().is_some_and(char::is_uppercase);
    let case = match (upper, lower) {
        (0, 0) => 0,
        (0, _) => 1,
        (1, 0) => 2,
        (_, 0) => 3,
        (1, _) if first => 4,
        _ if first => 5,
        _ => 6,
    };
    let numeric = match (digits, upper + lower + other) {
        (0, _) => 0,
        (4, 0) => 1,
        (1 | 2, 0) => 2,
        (_, 0) => 3,
        _ => 4,
    };
    [case, numeric, inner, count.min(6) as u8]
}

fn bucket(kind: u8, bytes: &[u8]) -> u32 {
    let mut hash = fnv(START ^ u64::from(kind), bytes);
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (hash >> 40) as u32 % BUCKETS
}

/// Forms that have a row of their own, by their [`normal`] form.
pub(crate) type Vocabulary = Table<String, u32>;
