//! From folded names to what they may mean.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use depeche_record::Language;

use crate::declension::{self, Number};
use crate::fold::fold;
use crate::matcher::Sense;

/// How a form must be written to be read as a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    /// In any way.
    Any,
    /// At least one word with a capital.
    Capital,
    /// An article first, and at least one word with a capital after it («Le Monde», not «Le monde»).
    AfterArticle,
    /// With a capital that no beginning of a sentence explains.
    Inner,
    /// All in capitals, as acronyms.
    Upper,
    /// With a small letter, unless a sentence begins there or all is in capitals.
    Small,
}

/// A set of languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Languages(u8);

impl Languages {
    pub fn of(language: Language) -> Languages {
        Languages(match language {
            Language::French => 1,
            Language::English => 2,
            Language::Russian => 4,
        })
    }

    pub fn contains(self, language: Language) -> bool {
        self.0 & Languages::of(language).0 != 0
    }

    fn with(self, other: Languages) -> Languages {
        Languages(self.0 | other.0)
    }
}

/// One meaning of one form.
#[derive(Debug, Clone)]
pub(crate) struct Posting {
    pub sense: Meaning,
    pub case: Case,
    /// The languages whose form it is.
    pub languages: Languages,
    /// Whether texts in other languages may use it too.
    pub abroad: bool,
}

/// A sense, or the first part of a compound adjective, which has a sense only with the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Meaning {
    Whole(Sense),
    Combining(&'static str),
}

#[derive(Debug, Default)]
struct Node {
    /// Number of words of the longest key that begins with this word; 0 where no key does.
    longest: u8,
    postings: Vec<Posting>,
}

/// The index.
#[derive(Debug, Default)]
pub(crate) struct Index {
    nodes: HashMap<Box<str>, Node, BuildHasherDefault<KeyHasher>>,
}

impl Index {
    /// Number of words of the longest key whose first word this is.
    pub fn longest(&self, word: &str) -> usize {
        self.nodes.get(word).map_or(0, |node| usize::from(node.longest))
    }

    /// What a folded form may mean.
    pub fn postings(&self, key: &str) -> &[Posting] {
        self.nodes.get(key).map_or(&[], |node| &node.postings)
    }

    /// Number of forms.
    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.nodes.values().filter(|node| !node.postings.is_empty()).count()
    }

    /// Adds one form with one meaning; the same meaning of the same form is kept once.
    pub fn add(&mut self, form: &str, posting: Posting) {
        let folded = fold(form);
        if folded.words.is_empty() {
            return;
        }
        let first = folded.key(0, 1);
        let count = folded.words.len().min(usize::from(u8::MAX)) as u8;
        if let Some(node) = self.nodes.get_mut(first) {
            node.longest = node.longest.max(count);
        } else {
            self.nodes.insert(first.into(), Node { longest: count, postings: Vec::new() });
        }
        let node = match self.nodes.get_mut(folded.norm.as_str()) {
            Some(node) => node,
            None => self.nodes.entry(folded.norm.into()).or_default(),
        };
        let known = node.postings.iter_mut().find(|p| p.sense == posting.sense && p.case == posting.case);
        match known {
            Some(known) => {
                known.languages = known.languages.with(posting.languages);
                known.abroad |= posting.abroad;
            }
            None => node.postings.push(posting),
        }
    }

    /// Adds a name of the world. `^` at its end keeps it to texts of its own language, `!` to places where a sentence
    /// does not begin. Russian names are declined.
    pub fn add_name(&mut self, marked: &str, language: Language, sense: Sense) {
        let name = without_marks(marked);
        let (abroad, inner) = (!marked.ends_with('^'), marked.ends_with('!'));
        let posting = |form: &str| Posting {
            sense: Meaning::Whole(sense.clone()),
            case: if inner { Case::Inner } else { case_of(form) },
            languages: Languages::of(language),
            abroad,
        };
        if is_cyrillic(name) {
            for form in declension::decline(name, Number::AsWritten) {
                self.add(&form, posting(&form));
            }
        } else {
            self.add(name, posting(name));
        }
    }

    /// Adds a form of one language only.
    pub fn add_word(&mut self, form: &str, language: Language, case: Case, sense: Meaning) {
        self.add(form, Posting { sense, case, languages: Languages::of(language), abroad: false });
    }
}

/// A name without the marks at its end.
pub(crate) fn without_marks(marked: &str) -> &str {
    marked.trim_end_matches(['^', '!', '?'])
}

/// FNV-like hashing by words of eight bytes: the keys are ours, nobody can choose them to collide, and a slower hash takes
/// a fifth of the time that the index needs to build.
#[derive(Debug, Default)]
pub(crate) struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.0 = (self.0.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(0x517c_c1b7_2722_0a95);
        }
    }

    fn finish(&self) -> u64 {
        // The table takes the low bits for the place, where a product of odd numbers mixes least.
        self.0 ^ (self.0 >> 32)
    }
}

/// Whether the first letter of a name is Cyrillic.
pub(crate) fn is_cyrillic(name: &str) -> bool {
    name.chars().find(|c| c.is_alphabetic()).is_some_and(|c| ('\u{400}'..='\u{4FF}').contains(&c))
}

fn begins_with_article(name: &str) -> bool {
    const ARTICLES: [&str; 12] =
        ["Le ", "La ", "Les ", "L'", "The ", "El ", "Il ", "Der ", "Die ", "O ", "le ", "la "];
    ARTICLES.iter().any(|article| name.starts_with(article) && name.contains(char::is_uppercase))
}

/// Short names all in capitals must be written so: `US`, `UN`, `ЕС`, `M23`.
fn case_of(name: &str) -> Case {
    let letters = || name.chars().filter(|c| c.is_alphanumeric());
    let upper = letters().all(|c| !c.is_lowercase()) && letters().any(char::is_uppercase);
    match upper && letters().count() <= 7 {
        true => Case::Upper,
        false if begins_with_article(name) => Case::AfterArticle,
        false if name.chars().any(char::is_uppercase) => Case::Capital,
        false => Case::Any,
    }
}
