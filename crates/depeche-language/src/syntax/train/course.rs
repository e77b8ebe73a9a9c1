//! What networks learn from: sentences as the table of embeddings sees them, and what is known of their words.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use depeche_record::Upos;

use super::tape::{Features, Random};
use crate::conllu::{Sentence, Word};
use crate::hash::Table;
use crate::syntax::form;
use crate::syntax::inventory::{Folding, Inventory};
use crate::syntax::lexicon::{Known, Lexicon};

/// What all networks of a language share: its names, and what only training needs to know.
#[derive(Debug)]
pub(super) struct Course {
    pub(super) inventory: Inventory,
    /// How often each form of the vocabulary was seen.
    pub(super) counts: Vec<u32>,
    pub(super) tag_ids: Table<String, u32>,
    pub(super) relation_ids: Table<String, u32>,
}

/// A sentence as the network sees it.
#[derive(Debug, Clone)]
pub(super) struct Example {
    pub(super) forms: Vec<Features>,
    /// The row of the form of each word, with how often it was seen.
    pub(super) form_rows: Vec<(u32, u32)>,
    pub(super) lexicon: Vec<Vec<u32>>,
    pub(super) treebank: usize,
    /// What is known of each word: gold, or what teachers think.
    pub(super) target: Target,
}

/// A distribution by its entries that count.
pub(super) type Sparse = Vec<(u32, f32)>;

/// What a network learns of a sentence.
#[derive(Debug, Clone, Default)]
pub(super) struct Target {
    pub(super) tags: Vec<Sparse>,
    /// Columns of heads, the root first.
    pub(super) arcs: Vec<Sparse>,
    /// The tree for whose arcs the relations are.
    pub(super) heads: Vec<usize>,
    pub(super) relations: Vec<Sparse>,
}

impl Example {
    /// Number of words.
    pub(super) fn len(&self) -> usize {
        self.forms.len()
    }

    /// Whether there are no words.
    pub(super) fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }
}

fn tag_of(word: &Word) -> String {
    let upos = word.upos.map_or("X", Upos::as_str);
    if word.feats == "_" { upos.to_owned() } else { format!("{upos}|{}", word.feats) }
}

impl Course {
    /// From training sentences, the first treebank being the one whose ways are to be followed, and what else is known.
    pub(super) fn new(treebanks: &[&[Sentence]], known: Vec<Known>) -> Result<Course, fst::Error> {
        let mut counts: Table<String, u32> = Table::default();
        let mut relations: Table<String, u32> = Table::default();
        let mut tags: Table<String, u32> = Table::default();
        let mut all = known;
        let mut readings: BTreeMap<(&str, String, &str), u32> = Default::default();
        let (mut plain, mut folded) = (String::new(), String::new());
        for word in treebanks.iter().flat_map(|t| t.iter()).flat_map(|s| &s.words) {
            form::plain(&word.form, &mut plain);
            form::normal(&plain, &mut folded);
            *counts.entry(folded.clone()).or_default() += 1;
            *relations.entry(word.deprel.clone()).or_default() += 1;
            *tags.entry(tag_of(word)).or_default() += 1;
            // Capitals at the beginning of a sentence tell nothing of the word.
            *readings.entry((&word.form, tag_of(word), &word.lemma)).or_default() += 1;
        }
        all.extend(readings.into_iter().map(|((form, tag, lemma), count)| Known {
            form: form.to_owned(),
            tag,
            lemma: Some(lemma.to_owned()),
            // What the treebanks say goes before what lexicons say.
            count: count * 1000,
            listed: false,
        }));
        let lexicon = Lexicon::build(&all)?;
        let mut vocabulary: Vec<String> =
            counts.iter().filter(|(_, c)| **c >= 2).map(|(f, _)| f.clone()).collect();
        vocabulary.sort();
        let mut names: Vec<String> = relations.into_keys().collect();
        names.sort();
        let mut tags: Vec<String> =
            tags.into_iter().filter(|(_, count)| *count >= 3).map(|(tag, _)| tag).collect();
        tags.sort();
        let counts = std::iter::once(0).chain(vocabulary.iter().map(|form| counts[form])).collect();
        let inventory = Inventory::new(vocabulary, tags, names, lexicon, treebanks.len());
        let ids = |names: &[String]| names.iter().cloned().zip(0..).collect::<Table<String, u32>>();
        Ok(Course {
            tag_ids: ids(&inventory.tags),
            relation_ids: ids(&inventory.relations),
            inventory,
            counts,
        })
    }

    /// Every twentieth sentence in capitals, as headlines are set.
    pub(super) fn capitals(sentences: &[Sentence]) -> Vec<Sentence> {
        let mut capitals: Vec<Sentence> = sentences.iter().step_by(20).cloned().collect();
        for word in capitals.iter_mut().flat_map(|sentence| &mut sentence.words) {
            word.form = word.form.to_uppercase();
        }
        capitals
    }

    /// Prepares a sentence; labels that are too rare to be learnt are left unknown.
    pub(super) fn example(&self, sentence: &Sentence, treebank: usize) -> Example {
        let mut room = Folding::default();
        let mut example = Example {
            forms: Vec::new(),
            form_rows: Vec::new(),
            lexicon: Vec::new(),
            treebank,
            target: Target::default(),
        };
        for word in &sentence.words {
            let mut features = Vec::new();
            let (row, readings) =
                self.inventory.look_up(&word.form, &mut room, |row, weight| features.push((row, weight)));
            let mut shown = Vec::new();
            self.inventory.shown(readings, |row| shown.push(row));
            example.forms.push(features);
            example.form_rows.push((row, self.counts[row as usize]));
            example.lexicon.push(shown);
            let target = &mut example.target;
            target.tags.push(self.tag_ids.get(&tag_of(word)).map(|&tag| (tag, 1.0)).into_iter().collect());
            target.arcs.push(vec![(word.head as u32, 1.0)]);
            target.heads.push(word.head);
            let relation = self.relation_ids.get(&word.deprel);
            target.relations.push(relation.map(|&relation| (relation, 1.0)).into_iter().collect());
        }
        example
    }

    /// Sentences with some of their words of open classes replaced by others that have the same tags in the lexicon or
    /// the treebanks. What holds of the new sentences, teachers must say.
    pub(super) fn varied(&self, sentences: &[&Sentence], rate: f32, seed: u64) -> Vec<Sentence> {
        let open = ["NOUN", "VERB", "ADJ", "PROPN", "ADV", "NUM"];
        let mut by_tag: BTreeMap<String, BTreeSet<&str>> = Default::default();
        for word in sentences.iter().flat_map(|s| &s.words) {
            let tag = tag_of(word);
            if open.contains(&tag.split('|').next().unwrap_or("")) {
                by_tag.entry(tag).or_default().insert(&word.form);
            }
        }
        let by_tag: Table<String, Vec<&str>> =
            by_tag.into_iter().map(|(tag, forms)| (tag, forms.into_iter().collect())).collect();
        let mut random = Random::new(seed);
        let vary = |sentence: &&Sentence| {
            let mut sentence = (*sentence).clone();
            for word in &mut sentence.words {
                if let Some(forms) = by_tag.get(&tag_of(word))
                    && random.unit() < rate
                {
                    word.form = forms[random.below(forms.len())].to_owned();
                }
            }
            sentence
        };
        sentences.iter().map(vary).collect()
    }
}

pub(super) fn ranges(batch: &[&Example]) -> Vec<Range<usize>> {
    let mut start = 0;
    batch
        .iter()
        .map(|example| {
            let range = start..start + example.len();
            start = range.end;
            range
        })
        .collect()
}

/// Batches of sentences of like length, in random order.
pub(super) fn batches<'e>(
    examples: &'e [Example],
    words: usize,
    random: &mut Random,
) -> Vec<Vec<&'e Example>> {
    let mut order: Vec<&Example> = examples.iter().filter(|e| !e.is_empty()).collect();
    random.shuffle(&mut order);
    let mut batches = Vec::new();
    for pool in order.chunks_mut(1500) {
        pool.sort_by_key(|example| example.len());
        let mut batch: Vec<&Example> = Vec::new();
        let mut count = 0;
        for &example in pool.iter() {
            if count + example.len() > words && !batch.is_empty() {
                batches.push(std::mem::take(&mut batch));
                count = 0;
            }
            count += example.len();
            batch.push(example);
        }
        if !batch.is_empty() {
            batches.push(batch);
        }
    }
    random.shuffle(&mut batches);
    batches
}
