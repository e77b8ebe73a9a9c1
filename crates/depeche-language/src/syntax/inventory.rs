//! What a model of a language knows by name: forms, tags, relations, the lexicon; and the rows of the table of
//! embeddings that a form looks up.

use depeche_record::Upos;

use super::form::{self, BUCKETS, Vocabulary};
use super::lexicon::{Entry, Lexicon};
#[cfg(any(test, feature = "train"))]
use crate::model::ModelWriter;
use crate::model::{ModelError, ModelReader};

/// The names of a model.
#[derive(Debug)]
pub(crate) struct Inventory {
    /// Forms with a row of their own, from 1; row 0 is for all others.
    pub vocabulary: Vocabulary,
    /// Tags that the network tells apart: UPOS and features, as `NOUN|Gender=Fem`.
    pub tags: Vec<String>,
    pub upos_of_tag: Vec<Upos>,
    /// The tag among those of the lexicon.
    pub lexicon_of_tag: Vec<Option<u16>>,
    /// Relations with their subtypes.
    pub relations: Vec<String>,
    pub lexicon: Lexicon,
    /// How many treebanks the network was trained on; the first is the one whose ways it follows.
    pub treebanks: usize,
}

/// Room to work in.
#[derive(Debug, Default)]
pub(crate) struct Folding {
    /// [`form::plain`]
    pub plain: String,
    /// The same in lower case.
    pub lower: String,
    normal: String,
}

impl Inventory {
    pub fn new(
        mut vocabulary: Vec<String>,
        tags: Vec<String>,
        relations: Vec<String>,
        lexicon: Lexicon,
        treebanks: usize,
    ) -> Inventory {
        vocabulary.sort();
        let upos = |tag: &String| tag.split('|').next().and_then(|upos| upos.parse().ok()).unwrap_or(Upos::X);
        Inventory {
            vocabulary: vocabulary.into_iter().zip(1..).collect(),
            upos_of_tag: tags.iter().map(upos).collect(),
            lexicon_of_tag: tags
                .iter()
                .map(|tag| lexicon.tags.iter().position(|listed| listed == tag).map(|at| at as u16))
                .collect(),
            tags,
            relations,
            lexicon,
            treebanks,
        }
    }

    /// First row of the buckets of n-grams.
    pub fn buckets(&self) -> u32 {
        self.vocabulary.len() as u32 + 1
    }

    /// First row of the tags of the lexicon.
    fn listed(&self) -> u32 {
        self.buckets() + BUCKETS
    }

    /// The row of a treebank.
    pub fn treebank(&self, treebank: usize) -> u32 {
        self.listed() + self.lexicon.tags.len() as u32 + treebank as u32
    }

    /// Rows of the table of embeddings.
    pub fn rows(&self) -> usize {
        self.treebank(self.treebanks) as usize
    }

    /// The row of the form itself; the rows of its letters and shape are given to `feature` with their weights. The
    /// form's readings in the lexicon come back too; their rows: [`Inventory::shown`].
    pub fn look_up(
        &self,
        form: &str,
        room: &mut Folding,
        mut feature: impl FnMut(u32, f32),
    ) -> (u32, &[Entry]) {
        form::plain(form, &mut room.plain);
        form::normal(&room.plain, &mut room.normal);
        room.lower.clear();
        room.lower.extend(room.plain.chars().flat_map(char::to_lowercase));
        let first = self.buckets();
        form::surface(&room.plain, &room.normal, |bucket, weight| feature(first + bucket, weight));
        let row = self.vocabulary.get(room.normal.as_str()).copied().unwrap_or(0);
        (row, self.lexicon.readings(&room.plain, &room.lower))
    }

    /// The rows for readings in the lexicon: each part of speech once, each whole tag.
    pub fn shown(&self, readings: &[Entry], mut feature: impl FnMut(u32)) {
        let first = self.listed();
        let mut seen = 0u32;
        let mut before = None;
        let mut tags: Vec<u16> = readings.iter().filter(|entry| entry.shown).map(|entry| entry.tag).collect();
        tags.sort_unstable();
        for tag in tags {
            if before == Some(tag) {
                continue;
            }
            before = Some(tag);
            let upos = self.lexicon.upos(tag) as u32;
            if seen >> upos & 1 == 0 {
                seen |= 1 << upos;
                feature(first + upos);
            }
            if usize::from(tag) >= Upos::ALL.len() {
                feature(first + u32::from(tag));
            }
        }
    }

    /// Adds the names to a model.
    #[cfg(any(test, feature = "train"))]
    pub fn write(&self, model: &mut ModelWriter) {
        let mut vocabulary: Vec<(&String, &u32)> = self.vocabulary.iter().collect();
        vocabulary.sort_by_key(|(_, row)| **row);
        model.lines("vocabulary", &vocabulary.into_iter().map(|(form, _)| form).collect::<Vec<_>>());
        model.lines("tags", &self.tags);
        model.lines("relations", &self.relations);
        model.lines("treebanks", &[self.treebanks.to_string()]);
        self.lexicon.write(model);
    }

    /// Reads the names of a model.
    pub fn read(model: &ModelReader<'_>) -> Result<Inventory, ModelError> {
        let lines = |name: &str| Ok(model.text(name)?.lines().map(str::to_owned).collect::<Vec<_>>());
        let treebanks = model.text("treebanks")?.parse().ok().filter(|count| (1..100).contains(count));
        let treebanks = treebanks.ok_or_else(|| model.error("its number of treebanks cannot be read"))?;
        Ok(Inventory::new(
            lines("vocabulary")?,
            lines("tags")?,
            lines("relations")?,
            Lexicon::read(model)?,
            treebanks,
        ))
    }
}
