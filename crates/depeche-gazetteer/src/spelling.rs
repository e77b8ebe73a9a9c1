//! Whether two names can be one person's.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::sound::{is_arabic, is_cyrillic, sound};

/// What the comparison of two names found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Likeness {
    /// Two spellings of one name.
    Spellings(f64),
    /// The same family name, and two forms of one given name, or a given name and its initial.
    GivenName(f64),
    /// One name holds all parts of the other, two at least.
    Contained(f64),
    /// One is a family name alone and the other's family name.
    Surname(f64),
    /// Not one person's.
    Different,
}

impl Likeness {
    /// From 0, different, to 1, the same sounds.
    pub fn score(self) -> f64 {
        match self {
            Likeness::Spellings(score)
            | Likeness::GivenName(score)
            | Likeness::Contained(score)
            | Likeness::Surname(score) => score,
            Likeness::Different => 0.0,
        }
    }
}

/// Compares two names as they stand in texts.
pub fn compare_names(a: &str, b: &str) -> Likeness {
    Name::parse(a).compare(&Name::parse(b))
}

/// Distance, as a share of the longer word, up to which two words are spellings of one.
const SPELLING: f64 = 0.2;
/// The same for given names, which are told from few others once the family names agree.
const GIVEN: f64 = 0.25;

/// A name in parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    /// Given names, patronymics and family names in order, particles left out.
    pub parts: Vec<Part>,
}

/// A part of a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Its sounds; one letter for an initial.
    pub key: String,
    /// Other sounds that it may stand for: without a Russian case ending, with the Arabic article, و as a consonant.
    stems: Vec<String>,
    /// Whether its script leaves short vowels out.
    unvowelled: bool,
    /// The group of forms of one given name that it belongs to.
    given: Option<u16>,
    /// Whether that group holds forms of several nations.
    national: bool,
    /// Whether it is an initial.
    initial: bool,
}

/// Words that stand before a name and are no part of it.
const TITLES: &[&str] = &[
    "m",
    "mm",
    "mme",
    "mlle",
    "mr",
    "mrs",
    "ms",
    "dr",
    "sir",
    "lord",
    "lady",
    "cheikh",
    "sheikh",
    "shaikh",
    "prince",
    "г",
    "г-н",
    "г-жа",
    "господин",
    "госпожа",
];

/// Small words within names, which reports leave out or write in other ways.
const PARTICLES: &[&str] = &[
    "al", "el", "ul", "as", "ash", "ad", "an", "ar", "ben", "bin", "ibn", "bint", "bent", "ould", "de", "du",
    "da", "do", "dos", "di", "del", "della", "des", "la", "le", "van", "von", "der", "den", "ter", "аль",
    "эль", "бен", "бин", "ибн", "фон", "ван", "де", "بن", "ابن", "بنت", "آل", "ال",
];

/// Sounds of «servant of», the first half of Arabic given names.
const SERVANTS: &[&str] = &["abd", "abdel", "abdul", "abdal", "abdol"];

/// Endings of Russian cases, and what stands in their place in the nominative.
const ENDINGS: &[(&str, &[&str])] = &[
    ("ского", &["ский"]),
    ("скому", &["ский"]),
    ("ским", &["ский"]),
    ("ском", &["ский"]),
    ("ской", &["ская"]),
    ("скую", &["ская"]),
    ("цкого", &["цкий"]),
    ("цкому", &["цкий"]),
    ("цким", &["цкий"]),
    ("цком", &["цкий"]),
    ("цкой", &["цкая"]),
    ("цкую", &["цкая"]),
    ("ого", &["ой", "ый"]),
    ("ому", &["ой", "ый"]),
    ("ием", &["ий"]),
    ("ией", &["ия"]),
    ("ию", &["ия"]),
    ("ии", &["ия"]),
    ("ия", &["ий"]),
    ("ею", &["ей"]),
    ("еем", &["ей"]),
    ("ея", &["ей"]),
    ("ее", &["ей"]),
    ("ой", &["", "а"]),
    ("ом", &["", "о"]),
    ("ым", &["", "ый"]),
    ("ем", &["", "ь"]),
    ("ём", &["", "ь"]),
    ("им", &["", "ий"]),
    ("ей", &["я", "ь"]),
    ("ам", &["а"]),
    ("а", &[""]),
    ("у", &["", "а"]),
    ("е", &["", "а", "я"]),
    ("ы", &["", "а"]),
    ("и", &["", "а", "я"]),
    ("ю", &["ь", "й", "я"]),
    ("я", &["ь", "й", ""]),
];

impl Name {
    /// Parts a name.
    pub fn parse(name: &str) -> Name {
        let mut parts: Vec<Part> = Vec::new();
        let mut particles: Vec<Part> = Vec::new();
        for (n, word) in name.split_whitespace().enumerate() {
            let bare: String = word.to_lowercase().chars().filter(|c| *c != '.').collect();
            if n == 0 && TITLES.contains(&bare.as_str()) && name.split_whitespace().nth(1).is_some() {
                continue;
            }
            // «J.D.» and «J. D.» are initials; so is a pair of capitals before a name («JD Vance»).
            let dotted = word.contains('.') && word.split('.').all(|piece| piece.chars().count() <= 1);
            let pair = bare.chars().count() <= 2
                && bare.chars().all(char::is_alphabetic)
                && word == word.to_uppercase();
            let last = name.split_whitespace().nth(n + 1).is_none();
            if (dotted || (pair && !last)) && !bare.is_empty() {
                parts.extend(bare.chars().map(|c| Part::initial(&c.to_string())));
                continue;
            }
            // Persian parts words within a name by a joiner of no width.
            let word = word.replace('\u{200c}', "");
            let word = word.as_str();
            for (m, piece) in word.split(['-', '‑', '–', '\'', '’', 'ʼ']).enumerate() {
                let folded = piece.to_lowercase();
                let Some(part) = Part::of(piece) else { continue };
                // «Abdel Hamid», «Abdul-Hamid», «Abdelhamid».
                let servant = parts.last().is_some_and(|before| SERVANTS.contains(&before.key.as_str()));
                // «al-Aïbane» and «Al Aïbane» alike; what follows an apostrophe belongs to the word before it.
                if PARTICLES.contains(&folded.as_str()) {
                    particles.push(part);
                } else if servant || (m > 0 && !word.contains(['-', '‑', '–'])) {
                    match parts.last_mut() {
                        Some(before) if piece.chars().count() > 1 || !before.initial => before.extend(&part),
                        _ => parts.push(part),
                    }
                } else {
                    parts.push(part);
                }
            }
        }
        // «Ben» and «Van» alone are names.
        if parts.is_empty() {
            parts = particles;
        }
        Name { parts }
    }

    /// The family name, as far as place tells: the last part.
    pub fn family(&self) -> Option<&Part> {
        self.parts.last()
    }

    /// Whether it has a given name beside the family name.
    pub fn is_full(&self) -> bool {
        self.parts.len() > 1
    }

    /// Compares.
    pub fn compare(&self, other: &Name) -> Likeness {
        let (shorter, longer) =
            if self.parts.len() <= other.parts.len() { (self, other) } else { (other, self) };
        let (Some(family), Some(other_family)) = (shorter.family(), longer.family()) else {
            return Likeness::Different;
        };
        let apart = family.distance(other_family);
        if !shorter.is_full() {
            return match apart <= SPELLING && !family.initial {
                true if longer.is_full() => Likeness::Surname(1.0 - apart),
                true => Likeness::Spellings(1.0 - apart),
                false => Likeness::Different,
            };
        }
        if apart <= SPELLING {
            let given = &shorter.parts[..shorter.parts.len() - 1];
            let other_given = &longer.parts[..longer.parts.len() - 1];
            if let Some((likeness, exact)) = agree(given, other_given) {
                let score = 1.0 - (apart + likeness) / 2.0;
                return if exact { Likeness::Spellings(score) } else { Likeness::GivenName(score) };
            }
            // Family names first: «Zelensky Volodymyr» against «Volodymyr Zelensky» is taken up below.
        }
        contained(shorter, longer)
    }
}

/// Whether given names agree: their distance, and whether they are spellings of one form.
fn agree(a: &[Part], b: &[Part]) -> Option<(f64, bool)> {
    let initials = |parts: &[Part]| parts.iter().filter(|part| part.initial).count();
    if initials(a) == a.len() || initials(b) == b.len() {
        // Initials stand for the first given names in order.
        let all = a.iter().zip(b).all(|(a, b)| a.key.chars().next() == b.key.chars().next());
        let exact = a.len() == b.len() && initials(a) == initials(b);
        return all.then_some((if exact { 0.0 } else { 0.1 }, exact));
    }
    // Any given name in common is enough: patronymics and second names come and go; but first names that differ and
    // are both there say no, for brothers share a patronymic.
    let (first, other_first) = (a.first()?, b.first()?);
    let best = |part: &Part, others: &[Part]| {
        others.iter().map(|other| part.distance(other)).fold(f64::INFINITY, f64::min)
    };
    let apart = first.distance(other_first);
    if apart <= GIVEN {
        return Some((apart, true));
    }
    // Names that one writes together and the other apart: «Mohammad Javad», «محمدجواد».
    if a.len() != b.len() {
        let joined = |parts: &[Part]| {
            let mut all = parts[0].clone();
            parts[1..].iter().for_each(|part| all.extend(part));
            all
        };
        let apart = joined(a).distance(&joined(b));
        if apart <= SPELLING / 2.0 {
            return Some((apart, true));
        }
    }
    if first.given.is_some() && first.given == other_first.given {
        // Ivan Petrov of one side and Jean Petrov of another are more likely two.
        return Some((if first.national { 0.2 } else { 0.1 }, false));
    }
    // «Steve» and «Steven», «Alex» and «Alexandre»: a form cut short.
    let (short, long) =
        if first.key.len() < other_first.key.len() { (first, other_first) } else { (other_first, first) };
    if short.key.len() >= 3 && long.key.starts_with(short.key.as_str()) {
        return Some((0.15, false));
    }
    (a.len() != b.len() && best(first, b).min(best(other_first, a)) <= GIVEN / 2.0).then_some((0.15, false))
}

/// Whether the longer name holds all parts of the shorter one, whatever their order.
fn contained(shorter: &Name, longer: &Name) -> Likeness {
    let mut free: Vec<&Part> = longer.parts.iter().collect();
    let mut worst: f64 = 0.0;
    for part in shorter.parts.iter().rev() {
        if part.initial {
            return Likeness::Different;
        }
        let nearest = (0..free.len()).map(|n| (part.distance(free[n]), n)).min_by(|a, b| a.0.total_cmp(&b.0));
        match nearest {
            Some((apart, n)) if apart <= SPELLING / 2.0 => {
                worst = worst.max(apart);
                free.remove(n);
            }
            _ => return Likeness::Different,
        }
    }
    Likeness::Contained(0.9 - worst)
}

impl Part {
    fn of(word: &str) -> Option<Part> {
        let key = sound(word);
        let key = if key.is_empty() { word.to_lowercase() } else { key };
        if !word.chars().any(char::is_alphabetic) {
            return None;
        }
        let mut stems = Vec::new();
        let folded = word.to_lowercase();
        if folded.chars().any(is_cyrillic) {
            for (ending, nominatives) in ENDINGS {
                if let Some(stem) = folded.strip_suffix(ending).filter(|stem| stem.chars().count() >= 3) {
                    stems.extend(nominatives.iter().map(|nominative| sound(&format!("{stem}{nominative}"))));
                }
            }
        }
        let unvowelled = folded.chars().any(is_arabic);
        let mut key = key;
        if unvowelled {
            // «السيسي»: the article is written with the name.
            if let Some(bare) = folded.strip_prefix("ال").filter(|bare| bare.chars().count() >= 3) {
                stems.push(std::mem::replace(&mut key, sound(bare)));
            }
            stems.push(key.replace('u', "v"));
        }
        stems.sort();
        stems.dedup();
        stems.retain(|stem| *stem != key);
        let known = std::iter::once(&key).chain(&stems).find_map(|key| GIVEN_NAMES.get(key).copied());
        let (given, national) = known.map_or((None, false), |(group, national)| (Some(group), national));
        Some(Part { initial: word.chars().count() == 1, key, stems, unvowelled, given, national })
    }

    fn initial(letter: &str) -> Part {
        let key = sound(letter);
        let key = if key.is_empty() { letter.to_owned() } else { key };
        Part { key, stems: Vec::new(), unvowelled: false, given: None, national: false, initial: true }
    }

    fn extend(&mut self, other: &Part) {
        self.key.push_str(&other.key);
        self.stems.clear();
        self.given = None;
        self.initial = false;
    }

    /// Keys of this part that candidates are looked up by.
    pub fn keys(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.key).chain(&self.stems)
    }

    /// Whether two parts are spellings of one name, or forms of one given name.
    pub fn agrees(&self, other: &Part) -> bool {
        self.distance(other) <= SPELLING || self.given.is_some() && self.given == other.given
    }

    /// How far two parts are apart, as a share of the longer one; a case ending taken off costs a little.
    pub fn distance(&self, other: &Part) -> f64 {
        let distance = match (self.unvowelled, other.unvowelled) {
            (true, false) => unvowelled_distance,
            (false, true) => |a: &str, b: &str| unvowelled_distance(b, a),
            _ => sound_distance,
        };
        let mut least = distance(&self.key, &other.key);
        if least == 0.0 {
            return least;
        }
        // Hassan is not Hussein, however near.
        if let (Some(a), Some(b)) = (self.given, other.given)
            && a != b
        {
            return least.max(0.5);
        }
        for a in self.keys() {
            for b in other.keys() {
                least = least.min(distance(a, b) + 0.01);
            }
        }
        least
    }
}

/// Weighted edit distance of two keys over the length of the longer: sounds that spellings mix up are near.
pub fn sound_distance(a: &str, b: &str) -> f64 {
    if a == b {
        return 0.0;
    }
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let longer = a.len().max(b.len());
    if longer == 0 || longer - a.len().min(b.len()) > 3 {
        return 1.0;
    }
    edits(a, b, |at| alone(b, at)) / longer as f64
}

/// Distance of a key whose script leaves short vowels out from one that has them, over the length of the latter.
fn unvowelled_distance(short: &str, full: &str) -> f64 {
    let (a, b) = (short.as_bytes(), full.as_bytes());
    if a.is_empty() || b.is_empty() || a.len() > b.len() + 2 {
        return 1.0;
    }
    // Short a, e, o cost next to nothing, i and u a little, for long ones are written.
    let left_out = |at: usize| match b[at] {
        b'a' | b'e' | b'o' => 0.1,
        b'i' | b'u' => 0.3,
        b'h' => 0.4,
        _ => 1.0,
    };
    edits(a, b, left_out) / b.len() as f64
}

/// Least cost of the edits that make one key of the other; `left_out` is what a sound of `b` costs that `a` lacks.
fn edits(a: &[u8], b: &[u8], left_out: impl Fn(usize) -> f64) -> f64 {
    let mut row: Vec<f64> = (0..=b.len())
        .scan(0.0, |sum, n| {
            if n > 0 {
                *sum += left_out(n - 1);
            }
            Some(*sum)
        })
        .collect();
    for (n, &x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] += alone(a, n);
        for (m, &y) in b.iter().enumerate() {
            let change = corner + swap(x, y);
            corner = row[m + 1];
            row[m + 1] = change.min(row[m] + left_out(m)).min(corner + alone(a, n));
        }
    }
    row[b.len()]
}

fn is_vowel(c: u8) -> bool {
    matches!(c, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// Cost of a sound that stands in one spelling alone.
fn alone(key: &[u8], at: usize) -> f64 {
    match key[at] {
        b'h' => 0.4,
        // A glide beside another vowel: Boussaïdi, Busaidi; Yuliya, Yulia.
        b'i' if at > 0 && is_vowel(key[at - 1]) => 0.4,
        c if is_vowel(c) => 0.6,
        b't' | b'd' if key.get(at + 1).is_some_and(|c| matches!(c, b's' | b'S' | b'J' | b'z')) => 0.5,
        _ => 1.0,
    }
}

/// Cost of one sound in the place of another.
fn swap(x: u8, y: u8) -> f64 {
    let pair = (x.min(y), x.max(y));
    match pair {
        (x, y) if x == y => 0.0,
        (b'g', b'k') | (b'g', b'h') | (b'h', b'k') | (b'u', b'v') | (b'f', b'v') | (b's', b'z') => 0.35,
        (b'J', b'i')
        | (b'J', b'z')
        | (b'J', b'g')
        | (b'J', b'S')
        | (b'S', b's')
        | (b'S', b'k')
        | (b'S', b'z') => 0.45,
        (b'S', b'h') | (b'd', b't') | (b'b', b'p') | (b'h', b'v') => 0.6,
        (x, y) if is_vowel(x) && is_vowel(y) => 0.35,
        _ => 1.0,
    }
}

/// Forms of one given name, by key: their group, and whether it holds forms of several nations.
static GIVEN_NAMES: LazyLock<BTreeMap<String, (u16, bool)>> = LazyLock::new(|| {
    let lines = include_str!("../data/given-names.tsv").lines().filter(|line| !line.starts_with('#'));
    let mut names = BTreeMap::new();
    for (group, line) in lines.enumerate() {
        let national = line.starts_with('~');
        for name in line.split('\t').filter(|name| !matches!(*name, "" | "~")) {
            names.entry(sound(name)).or_insert((group as u16, national));
        }
    }
    names
});
