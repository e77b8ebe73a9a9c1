//! What is known of forms before a text is seen: their tags and lemmas, and how the lemma of an unknown form is made.
//!
//! A lemma is kept as the way from the form to it (casing, letters to strip from the end, letters to add), so that forms
//! of one paradigm share an entry. Forms with the same tags and ways are one class, and a form is a key of a finite-state
//! map to its class.

use depeche_record::Upos;
use fst::Map;

#[cfg(any(test, feature = "train"))]
use crate::hash::Table;
#[cfg(any(test, feature = "train"))]
use crate::model::ModelWriter;
use crate::model::{ModelError, ModelReader};

/// The way from a form to its lemma.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Way {
    casing: Casing,
    /// Characters taken from the end.
    strip: usize,
    append: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Casing {
    Lower,
    Keep,
    Title,
}

impl Casing {
    fn apply(self, form: &str) -> String {
        match self {
            Casing::Lower => form.to_lowercase(),
            Casing::Keep => form.to_owned(),
            Casing::Title => {
                let mut characters = form.chars();
                let first = characters.next().into_iter().flat_map(char::to_uppercase);
                first.chain(characters.flat_map(char::to_lowercase)).collect()
            }
        }
    }
}

impl Way {
    /// The shortest way from `form` to `lemma`.
    #[cfg(any(test, feature = "train"))]
    fn between(form: &str, lemma: &str) -> Way {
        let ways = [Casing::Lower, Casing::Keep, Casing::Title].map(|casing| {
            let base = casing.apply(form);
            let shared = base.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).count();
            let append = lemma.chars().skip(shared).collect();
            Way { casing, strip: base.chars().count() - shared, append }
        });
        ways.into_iter()
            .min_by_key(|way| way.strip + way.append.chars().count())
            .unwrap_or_else(Way::identity)
    }

    #[cfg(any(test, feature = "train"))]
    fn identity() -> Way {
        Way { casing: Casing::Keep, strip: 0, append: String::new() }
    }

    pub(crate) fn apply(&self, form: &str) -> String {
        let mut lemma = self.casing.apply(form);
        if self.strip > 0 {
            let cut = lemma.char_indices().rev().nth(self.strip - 1).map_or(0, |(at, _)| at);
            lemma.truncate(cut);
        }
        lemma.push_str(&self.append);
        if lemma.is_empty() { form.to_owned() } else { lemma }
    }

    #[cfg(any(test, feature = "train"))]
    fn write(&self) -> String {
        format!("{}\t{}\t{}", self.casing as u8, self.strip, self.append)
    }

    fn read(line: &str) -> Option<Way> {
        let mut parts = line.split('\t');
        let casing = match parts.next()? {
            "0" => Casing::Lower,
            "1" => Casing::Keep,
            "2" => Casing::Title,
            _ => return None,
        };
        Some(Way { casing, strip: parts.next()?.parse().ok()?, append: parts.next()?.to_owned() })
    }
}

/// One reading of the forms of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Entry {
    /// Index into [`Lexicon::tags`].
    pub tag: u16,
    way: u16,
    /// Whether the network is shown the tag. Tags that only the treebanks give to a form are not: the network knows them
    /// by the form, and would come to rely on every form being listed.
    pub shown: bool,
}

/// Longest suffix that is looked at, in characters.
const SUFFIX: usize = 7;

/// The lexicon of a language.
#[derive(Debug)]
pub(crate) struct Lexicon {
    forms: Map<Vec<u8>>,
    classes: Vec<Vec<Entry>>,
    suffixes: Map<Vec<u8>>,
    ways: Vec<Way>,
    /// The universal parts of speech, then whole tags (`NOUN|Gender=Fem`).
    pub tags: Vec<String>,
    upos: Vec<Upos>,
}

/// Readings of a form, as tag and way, each with how often it was seen and whether a lexicon lists it.
#[cfg(any(test, feature = "train"))]
type Counts = std::collections::BTreeMap<(u16, u16), (u32, bool)>;

/// A reading that a source gives.
#[cfg(any(test, feature = "train"))]
#[derive(Debug, Clone)]
pub struct Known {
    /// The form as it is written.
    pub form: String,
    /// UPOS, with features behind a bar where they are known.
    pub tag: String,
    /// None: the source has none.
    pub lemma: Option<String>,
    /// How often the source has it.
    pub count: u32,
    /// Whether it comes from a lexicon rather than from a treebank.
    pub listed: bool,
}

fn upos_of(tag: &str) -> Upos {
    tag.split('|').next().and_then(|label| label.parse().ok()).unwrap_or(Upos::X)
}

impl Lexicon {
    /// The part of speech of a tag.
    pub fn upos(&self, tag: u16) -> Upos {
        self.upos[usize::from(tag)]
    }

    /// The readings of a form, the most frequent first; empty for forms that are not listed.
    pub fn readings(&self, form: &str, lower: &str) -> &[Entry] {
        let class = self.forms.get(form).or_else(|| if form == lower { None } else { self.forms.get(lower) });
        class.and_then(|class| self.classes.get(class as usize)).map_or(&[], Vec::as_slice)
    }

    /// The way to the lemma of a form with the tag `tag` (an index into [`Lexicon::tags`], if it is one of them) and the
    /// part of speech `upos`.
    pub fn way(&self, readings: &[Entry], lower: &str, tag: Option<u16>, upos: Upos) -> Option<&Way> {
        let exact = readings.iter().find(|entry| Some(entry.tag) == tag);
        let alike = || readings.iter().find(|entry| self.upos(entry.tag) == upos);
        if let Some(entry) = exact.or_else(alike) {
            return self.ways.get(entry.way as usize);
        }
        self.by_suffix(upos, lower).and_then(|way| self.ways.get(way as usize))
    }

    /// The lemma of a form by its most frequent reading; of one that is not listed, by its ending, as if it were of the
    /// part of speech `unlisted`.
    pub fn lemma(&self, lower: &str, unlisted: Option<Upos>) -> Option<String> {
        let way = match self.readings(lower, lower).first() {
            Some(entry) => Some(usize::from(entry.way)),
            None => self.by_suffix(unlisted?, lower).and_then(|way| usize::try_from(way).ok()),
        };
        Some(self.ways.get(way?)?.apply(lower))
    }

    /// The way of the longest suffix of `lower` that is listed for a part of speech.
    fn by_suffix(&self, upos: Upos, lower: &str) -> Option<u64> {
        let raw = self.suffixes.as_fst();
        let mut node = raw.root();
        let mut output = fst::raw::Output::zero();
        let mut found = None;
        let mut characters = lower.chars().rev().take(SUFFIX);
        let key = [upos as u8 + 1];
        let mut buffer = [0; 4];
        let mut bytes = &key[..];
        loop {
            for &byte in bytes {
                let Some(index) = node.find_input(byte) else { return found };
                let transition = node.transition(index);
                output = output.cat(transition.out);
                node = raw.node(transition.addr);
            }
            if node.is_final() {
                found = Some(output.cat(node.final_output()).value());
            }
            let Some(character) = characters.next() else { return found };
            bytes = character.encode_utf8(&mut buffer).as_bytes();
        }
    }

    /// Builds a lexicon.
    #[cfg(any(test, feature = "train"))]
    pub fn build(known: &[Known]) -> Result<Lexicon, fst::Error> {
        use std::collections::BTreeMap;
        let mut tags: Vec<String> = Upos::ALL.iter().map(|upos| upos.as_str().to_owned()).collect();
        let mut tag_ids: Table<String, u16> = tags.iter().cloned().zip(0..).collect();
        let mut ways: Vec<Way> = vec![Way::identity()];
        let mut way_ids: Table<String, u16> = Table::default();
        way_ids.insert(Way::identity().write(), 0);
        // Readings of each form with their counts. Without a lemma of its own, a reading borrows it from another source.
        let mut forms: BTreeMap<&str, Counts> = BTreeMap::new();
        let mut suffixes: BTreeMap<(u8, String), BTreeMap<u16, u32>> = BTreeMap::new();
        for known in known.iter().filter(|known| !known.form.is_empty()) {
            let Some(lemma) = known.lemma.as_deref().filter(|lemma| *lemma != "_" && !lemma.is_empty())
            else {
                continue;
            };
            let tag = *tag_ids.entry(known.tag.clone()).or_insert_with(|| {
                tags.push(known.tag.clone());
                tags.len() as u16 - 1
            });
            let way = Way::between(&known.form, lemma);
            let id = *way_ids.entry(way.write()).or_insert_with(|| {
                ways.push(way.clone());
                ways.len() as u16 - 1
            });
            let reading = forms.entry(&known.form).or_default().entry((tag, id)).or_default();
            reading.0 += known.count;
            reading.1 |= known.listed;
            let lower = known.form.to_lowercase();
            let length = lower.chars().count();
            let weight = known.count.min(3) + 1;
            let mut suffix = String::new();
            for (n, character) in
                std::iter::once(None).chain(lower.chars().rev().map(Some)).take(SUFFIX + 1).enumerate()
            {
                suffix.extend(character);
                if way.strip <= n && n <= length {
                    let key = (upos_of(&known.tag) as u8, suffix.clone());
                    *suffixes.entry(key).or_default().entry(id).or_default() += weight;
                }
            }
        }
        let mut classes: Vec<Vec<Entry>> = Vec::new();
        let mut class_ids: std::collections::HashMap<Vec<Entry>, u64> = std::collections::HashMap::new();
        let mut map = fst::MapBuilder::memory();
        for (form, readings) in &forms {
            let mut sorted: Vec<_> = readings.iter().collect();
            sorted.sort_by_key(|(ids, (count, _))| (std::cmp::Reverse(*count), **ids));
            let entries: Vec<Entry> =
                sorted.into_iter().map(|(&(tag, way), &(_, shown))| Entry { tag, way, shown }).collect();
            let id = *class_ids.entry(entries.clone()).or_insert_with(|| {
                classes.push(entries);
                classes.len() as u64 - 1
            });
            map.insert(form, id)?;
        }
        // A suffix is kept where its way differs from that of the next shorter one.
        let mut best: BTreeMap<(u8, String), u16> = BTreeMap::new();
        let mut keys: Vec<_> = suffixes.iter().collect();
        keys.sort_by_key(|((upos, suffix), _)| (suffix.chars().count(), *upos, suffix.as_str()));
        for ((upos, suffix), ways) in keys {
            let total: u32 = ways.values().sum();
            let Some((&way, &count)) =
                ways.iter().max_by_key(|(way, count)| (**count, std::cmp::Reverse(**way)))
            else {
                continue;
            };
            if total < 3 && !suffix.is_empty() || count * 2 <= total && suffix.chars().count() > 4 {
                continue;
            }
            let shorter = (0..suffix.chars().count()).rev().find_map(|length| {
                let shorter: String = suffix.chars().take(length).collect();
                best.get(&(*upos, shorter)).copied()
            });
            if shorter != Some(way) {
                best.insert((*upos, suffix.clone()), way);
            }
        }
        let mut pairs: Vec<(Vec<u8>, u64)> = best
            .into_iter()
            .map(|((upos, suffix), way)| {
                let mut key = vec![upos + 1];
                key.extend_from_slice(suffix.as_bytes());
                (key, u64::from(way))
            })
            .collect();
        pairs.sort();
        let upos = tags.iter().map(|tag| upos_of(tag)).collect();
        Ok(Lexicon { forms: map.into_map(), classes, suffixes: Map::from_iter(pairs)?, ways, tags, upos })
    }

    /// Adds the lexicon to a model.
    #[cfg(any(test, feature = "train"))]
    pub fn write(&self, model: &mut ModelWriter) {
        model.section("lexicon forms", self.forms.as_fst().as_bytes());
        model.section("lexicon suffixes", self.suffixes.as_fst().as_bytes());
        model.lines("lexicon ways", &self.ways.iter().map(Way::write).collect::<Vec<_>>());
        model.lines("lexicon tags", &self.tags);
        let mut classes = Vec::new();
        for class in &self.classes {
            classes.push(class.len().min(255) as u8);
            for entry in class.iter().take(255) {
                classes.extend_from_slice(&(entry.tag << 1 | u16::from(entry.shown)).to_le_bytes());
                classes.extend_from_slice(&entry.way.to_le_bytes());
            }
        }
        model.section("lexicon classes", &classes);
    }

    /// Reads the lexicon of a model.
    pub fn read(model: &ModelReader<'_>) -> Result<Lexicon, ModelError> {
        let map = |name: &str| {
            Map::new(model.section(name)?.to_vec())
                .map_err(|_| model.error(&format!("its section ‘{name}’ is no map")))
        };
        let ways: Option<Vec<Way>> = model.text("lexicon ways")?.lines().map(Way::read).collect();
        let ways = ways.ok_or_else(|| model.error("its ways to lemmas cannot be read"))?;
        let tags: Vec<String> = model.text("lexicon tags")?.lines().map(str::to_owned).collect();
        let mut classes = Vec::new();
        let mut rest = model.section("lexicon classes")?;
        while let Some((&count, after)) = rest.split_first() {
            let Some((entries, after)) = after.split_at_checked(usize::from(count) * 4) else {
                return Err(model.error("its classes of forms are cut short"));
            };
            classes.push(
                entries
                    .chunks_exact(4)
                    .map(|bytes| {
                        let tag = u16::from_le_bytes([bytes[0], bytes[1]]);
                        let way = u16::from_le_bytes([bytes[2], bytes[3]]);
                        Entry { tag: tag >> 1, way, shown: tag & 1 == 1 }
                    })
                    .collect::<Vec<_>>(),
            );
            rest = after;
        }
        if classes
            .iter()
            .flatten()
            .any(|entry| entry.tag as usize >= tags.len() || entry.way as usize >= ways.len())
        {
            return Err(model.error("its classes of forms name tags or ways that it does not have"));
        }
        let upos = tags.iter().map(|tag| upos_of(tag)).collect();
        Ok(Lexicon {
            forms: map("lexicon forms")?,
            classes,
            suffixes: map("lexicon suffixes")?,
            ways,
            tags,
            upos,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_lead_to_lemmas() {
        for (form, lemma) in [
            ("mangeons", "manger"),
            ("PARIS", "Paris"),
            ("Est", "être"),
            ("Ouchakov", "Ouchakov"),
            ("l'", "le"),
        ] {
            let way = Way::between(form, lemma);
            assert_eq!(way.apply(form), lemma, "{way:?}");
            assert_eq!(Way::read(&way.write()), Some(way));
        }
    }

    #[test]
    fn unknown_forms_follow_their_suffix() {
        let known = |form: &str, tag: &str, lemma: &str| Known {
            form: form.to_owned(),
            tag: tag.to_owned(),
            lemma: Some(lemma.to_owned()),
            count: 1,
            listed: true,
        };
        let lexicon = Lexicon::build(&[
            known("parlait", "VERB|Tense=Imp", "parler"),
            known("donnait", "VERB|Tense=Imp", "donner"),
            known("trouvait", "VERB|Tense=Imp", "trouver"),
            known("fils", "NOUN|Number=Plur", "fil"),
            known("fils", "NOUN|Number=Sing", "fils"),
            known("lait", "NOUN", "lait"),
        ])
        .expect("a lexicon");
        let lemma = |form: &str, tag: &str, upos: Upos| {
            let tag = lexicon.tags.iter().position(|t| t == tag).map(|n| n as u16);
            lexicon
                .way(lexicon.readings(form, form), form, tag, upos)
                .map_or(form.to_owned(), |way| way.apply(form))
        };
        assert_eq!(lemma("rencontrait", "VERB|Tense=Imp", Upos::Verb), "rencontrer");
        assert_eq!(lemma("fils", "NOUN|Number=Plur", Upos::Noun), "fil");
        assert_eq!(lemma("fils", "NOUN|Number=Sing", Upos::Noun), "fils");
        assert_eq!(lemma("portrait", "NOUN", Upos::Noun), "portrait");
        assert_eq!(lemma("", "NOUN", Upos::Noun), "");
    }
}
