//! What is known of words before any text is read: the word lists of `lang/*/names.tsv`, the lists of names of a model,
//! and its three filters: tokens of people's names, common words, proper nouns.

use depeche_record::Language;

use crate::grammar::rows;
use crate::hash::Table;
#[cfg(any(test, feature = "train"))]
use crate::model::ModelWriter;
use crate::model::{ModelError, ModelReader};
use crate::token::tokens;

use super::NameKind;
use super::features::{combine, hash, key_into};

/// Classes of words, as bits.
pub(super) mod class {
    /// Head of a title: «ministre», *president*.
    pub const TITLE: u32 = 1;
    /// Form of address: «M.», *Mrs*.
    pub const ADDRESS: u32 = 1 << 1;
    /// Noun before a place: «rue», «lac», *river*.
    pub const PLACE_HEAD: u32 = 1 << 2;
    /// Noun at the head of an organisation: «parti», *company*.
    pub const BODY_HEAD: u32 = 1 << 3;
    /// Small word within a name: «de», *van*, *ben*.
    pub const PARTICLE: u32 = 1 << 4;
    /// Preposition of place.
    pub const LOCATIVE: u32 = 1 << 5;
    /// First name.
    pub const FIRST: u32 = 1 << 6;
    /// Verb that people are the subject of: «déclare», *said*.
    pub const SAYING: u32 = 1 << 7;
    /// Adjective or noun of a people: «russe».
    pub const DEMONYM: u32 = 1 << 8;
    /// Word that is written with a capital and is no name: month, day, feast.
    pub const CALENDAR: u32 = 1 << 9;
    /// Word that stands in a title beside its head: «adjoint», «général», *foreign*.
    pub const OFFICE_WORD: u32 = 1 << 10;
    /// Kinship, profession and other nouns before a person: «frère», «écrivain».
    pub const ROLE: u32 = 1 << 11;
    /// Word after an organisation: `Inc`, `SA`, `Ltd`.
    pub const BODY_TAIL: u32 = 1 << 12;
    /// Small word that opens a sentence: article, preposition, pronoun.
    pub const FUNCTION: u32 = 1 << 15;
    /// Word that is usually a proper noun, in the model's filter.
    pub const PROPER: u32 = 1 << 18;
    /// Noun of a sort of place that is a part of the name: «rue», «lac», «aéroport».
    pub const PLACE_PART: u32 = 1 << 16;
    /// Noun of a sort of organisation that is a part of the name: «lycée», «groupe».
    pub const BODY_PART: u32 = 1 << 17;
    /// Token of people's names in the model's filter.
    pub const NAME_TOKEN: u32 = 1 << 13;
    /// Common word in the model's filter.
    pub const COMMON: u32 = 1 << 14;
}

fn class_of(name: &str) -> Option<u32> {
    Some(match name {
        "title" => class::TITLE,
        "address" => class::ADDRESS,
        "placehead" => class::PLACE_HEAD,
        "bodyhead" => class::BODY_HEAD,
        "particle" => class::PARTICLE,
        "locative" => class::LOCATIVE,
        "first" => class::FIRST,
        "saying" => class::SAYING,
        "demonym" => class::DEMONYM,
        "calendar" => class::CALENDAR,
        "office" => class::OFFICE_WORD,
        "role" => class::ROLE,
        "bodypart" => class::BODY_PART | class::BODY_HEAD,
        "placepart" => class::PLACE_PART | class::PLACE_HEAD,
        "function" => class::FUNCTION,
        "bodytail" => class::BODY_TAIL,
        _ => return None,
    })
}

#[derive(Debug)]
pub(super) struct Lexicon {
    pub language: Language,
    /// Classes of words by the hash of their key.
    classes: Table<u64, u32>,
    /// Runs of words by the combined hash of their keys: the kinds that they name, and [`GOES_ON`].
    lists: Table<u64, u8>,
    /// What [`Self::lists`] was made from, for writing.
    listed: Vec<(NameKind, String)>,
    names: Filter,
    common: Filter,
    proper: Filter,
}

/// Mark of a run of words that begins a longer one.
const GOES_ON: u8 = 0x80;
/// Longest listed name, in tokens.
const LONGEST: usize = 12;

impl Lexicon {
    /// The word lists of `language` alone.
    pub fn new(language: Language) -> Lexicon {
        let data = match language {
            Language::French => include_str!("../../lang/fr/names.tsv"),
            Language::English => include_str!("../../lang/en/names.tsv"),
            Language::Russian => include_str!("../../lang/ru/names.tsv"),
        };
        let mut lexicon = Lexicon {
            language,
            classes: Table::default(),
            lists: Table::default(),
            listed: Vec::new(),
            names: Filter::default(),
            common: Filter::default(),
            proper: Filter::default(),
        };
        let mut key = String::new();
        for (kind, forms) in rows(data) {
            for form in forms.split(|c: char| c.is_whitespace() || c == ';').filter(|form| !form.is_empty()) {
                let form = form.replace('_', " ");
                if let Some(kind) = list_kind(kind) {
                    lexicon.list(kind, &form);
                } else if let Some(class) = class_of(kind) {
                    key_into(&form, language, &mut key);
                    *lexicon.classes.entry(hash(&key)).or_default() |= class;
                } else {
                    debug_assert!(false, "unknown kind of word list: {kind}");
                }
            }
        }
        lexicon
    }

    pub fn read(reader: &ModelReader<'_>, language: Language) -> Result<Lexicon, ModelError> {
        let mut lexicon = Lexicon::new(language);
        for line in reader.text("lists")?.lines() {
            let (kind, name) = line.split_once('\t').unwrap_or_default();
            let kind = list_kind(kind).ok_or_else(|| reader.error("a list is of an unknown kind"))?;
            lexicon.list(kind, name);
        }
        lexicon.names = Filter::read(reader.section("name tokens")?);
        lexicon.common = Filter::read(reader.section("common words")?);
        lexicon.proper = Filter::read(reader.section("proper nouns")?);
        Ok(lexicon)
    }

    #[cfg(any(test, feature = "train"))]
    pub fn write(&self, writer: &mut ModelWriter, lists: &[(NameKind, String)]) {
        let lines: Vec<String> =
            lists.iter().map(|(kind, name)| format!("{}\t{name}", list_name(*kind))).collect();
        writer.lines("lists", &lines);
        writer.section("name tokens", &self.names.write());
        writer.section("common words", &self.common.write());
        writer.section("proper nouns", &self.proper.write());
    }

    /// Adds a name to the lists.
    pub fn list(&mut self, kind: NameKind, name: &str) {
        let mut key = String::new();
        let mut run = 0;
        let tokens = tokens(name, self.language);
        if tokens.is_empty() || tokens.len() > LONGEST {
            return;
        }
        for (at, token) in tokens.iter().enumerate() {
            key_into(token.span.of(name), self.language, &mut key);
            run = combine(run, hash(&key));
            let entry = self.lists.entry(run).or_default();
            *entry |= if at + 1 < tokens.len() { GOES_ON } else { kind.bit() };
        }
        self.listed.push((kind, name.to_owned()));
    }

    /// Sets the filters from words; each word is a token.
    #[cfg(any(test, feature = "train"))]
    pub fn filter<'w>(
        &mut self,
        names: impl Iterator<Item = &'w str>,
        common: impl Iterator<Item = &'w str>,
        proper: impl Iterator<Item = &'w str>,
    ) {
        let language = self.language;
        let hashes = |words: &mut dyn Iterator<Item = &'w str>| {
            let mut key = String::new();
            let mut hashes: Vec<u64> = words
                .map(|word| {
                    key_into(word, language, &mut key);
                    hash(&key)
                })
                .collect();
            hashes.sort_unstable();
            hashes.dedup();
            hashes
        };
        let names = hashes(&mut names.into_iter());
        let common = hashes(&mut common.into_iter());
        self.proper = Filter::of(&hashes(&mut proper.into_iter()));
        self.names = Filter::of(&names);
        self.common = Filter::of(&common);
    }

    /// Classes of the word whose key has this hash.
    #[inline]
    pub fn classes(&self, hash: u64) -> u32 {
        let mut classes = self.classes.get(&hash).copied().unwrap_or_default();
        if self.names.holds(hash) {
            classes |= class::NAME_TOKEN;
        }
        if self.common.holds(hash) {
            classes |= class::COMMON;
        }
        if self.proper.holds(hash) {
            classes |= class::PROPER;
        }
        classes
    }

    /// The longest listed name that the words with these key hashes begin with: its kinds and number of words.
    pub fn longest(&self, hashes: impl Iterator<Item = u64>) -> Option<(u8, usize)> {
        let mut run = 0;
        let mut found = None;
        for (at, hash) in hashes.take(LONGEST).enumerate() {
            run = combine(run, hash);
            let Some(&entry) = self.lists.get(&run) else { break };
            if entry & !GOES_ON != 0 {
                found = Some((entry & !GOES_ON, at + 1));
            }
            if entry & GOES_ON == 0 {
                break;
            }
        }
        found
    }
}

fn list_kind(name: &str) -> Option<NameKind> {
    Some(match name {
        "person" => NameKind::Person,
        "place" => NameKind::Place,
        "organisation" => NameKind::Organisation,
        _ => return None,
    })
}

#[cfg(any(test, feature = "train"))]
fn list_name(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Person => "person",
        NameKind::Place => "place",
        NameKind::Organisation => "organisation",
    }
}

/// A set that may hold a word more than were put in (Bloom 1970): ten bits a word and four probes, so one foreign word
/// of a hundred is taken for a member.
#[derive(Debug, Default)]
struct Filter {
    words: Vec<u64>,
}

impl Filter {
    #[cfg(any(test, feature = "train"))]
    fn of(hashes: &[u64]) -> Filter {
        let mut filter = Filter { words: vec![0; (hashes.len() * 10).div_ceil(64)] };
        for &hash in hashes {
            for bit in filter.bits(hash) {
                filter.words[bit / 64] |= 1 << (bit % 64);
            }
        }
        filter
    }

    fn bits(&self, hash: u64) -> [usize; 4] {
        let count = self.words.len() as u64 * 64;
        let second = hash.rotate_left(32) | 1;
        [0u64, 1, 2, 3].map(|probe| {
            let mixed = hash.wrapping_add(probe.wrapping_mul(second));
            (((mixed >> 32) * count) >> 32) as usize
        })
    }

    #[inline]
    fn holds(&self, hash: u64) -> bool {
        !self.words.is_empty()
            && self.bits(hash).iter().all(|&bit| self.words[bit / 64] >> (bit % 64) & 1 == 1)
    }

    fn read(bytes: &[u8]) -> Filter {
        Filter { words: bytes.as_chunks::<8>().0.iter().map(|bytes| u64::from_le_bytes(*bytes)).collect() }
    }

    #[cfg(any(test, feature = "train"))]
    fn write(&self) -> Vec<u8> {
        self.words.iter().flat_map(|word| word.to_le_bytes()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_holds_its_words_and_few_others() {
        let mine: Vec<u64> = (0..5000u64).map(|n| hash(&n.to_string())).collect();
        let filter = Filter::of(&mine);
        assert!(mine.iter().all(|&hash| filter.holds(hash)));
        let strangers = (5000..25_000u64).filter(|n| filter.holds(hash(&n.to_string()))).count();
        assert!(strangers < 600, "{strangers}");
        assert!(!Filter::default().holds(5));
    }
}
