//! Tags, features, lemmas and trees by Universal Dependencies, from words that are given.
//!
//! [`Syntax::annotate`] fills the columns of CoNLL-U; [`Syntax::read`] is the same on bare forms. The models are trained
//! by `cargo xtask train` from open treebanks; each has a card beside it that says which.

mod block;
mod form;
mod inventory;
mod lexicon;
mod lstm;
mod network;
#[cfg(any(test, feature = "train"))]
pub mod train;
mod tree;

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::{Mutex, OnceLock};

use depeche_record::{Language, Upos};

use crate::conllu;
use crate::hash::Fnv;
use crate::model::{ModelError, ModelReader};
use inventory::{Folding, Inventory};
use lexicon::Lexicon;
use network::{Matrix, Network};

/// The tagger, lemmatiser and parser of a language.
#[derive(Debug)]
pub struct Syntax {
    inventory: Inventory,
    network: Network,
    /// Room to work in, kept between calls: the forms that were met and what is known of them.
    rooms: Mutex<Vec<Room>>,
}

/// A word as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntacticWord<'m> {
    /// The universal part of speech.
    pub upos: Upos,
    /// Features as CoNLL-U writes them (`Gender=Fem|Number=Sing`), empty for none.
    pub feats: &'m str,
    /// The dictionary form.
    pub lemma: String,
    /// Index of the head in the sentence; none for the root.
    pub head: Option<usize>,
    /// The relation to the head, with its subtype (`nsubj:pass`).
    pub relation: &'m str,
}

/// Longest stretch that is read as one sentence, in words; longer ones are read in parts whose roots hang on the first
/// part's root as `parataxis`. Beyond this, texts are lists and noise, and time would grow with the square.
const LONGEST: usize = 200;
/// Words that are read at a time.
const BATCH: usize = 1200;
/// Forms of which what is computed is kept; in a room that has more, all are forgotten.
const FORMS: usize = 12_000;

/// A part of a sentence, most often all of it.
struct Stretch<'s, S> {
    forms: &'s [S],
    sentence: usize,
    /// Index of its first word.
    start: usize,
}

/// What was computed for a form.
#[derive(Debug)]
struct Known {
    /// Row in [`Room::inputs`].
    row: usize,
    /// Lemmas found so far, by tag.
    lemmas: Vec<(u16, String)>,
}

#[derive(Debug, Default)]
struct Room {
    forms: HashMap<String, Known, BuildHasherDefault<Fnv>>,
    /// What the first memory takes in for each form, side by side.
    inputs: Vec<f32>,
    folding: Folding,
    sum: Vec<f32>,
}

impl Syntax {
    /// The model that comes with this crate.
    pub fn of(language: Language) -> &'static Syntax {
        static MODELS: [OnceLock<Syntax>; 3] = [const { OnceLock::new() }; 3];
        MODELS[language as usize].get_or_init(|| {
            let (file, bytes) = built_in(language);
            #[expect(clippy::expect_used, reason = "the models within are whole: a test opens each")]
            Syntax::open(file, bytes, language).expect("a model that was built in")
        })
    }

    /// Reads a model; `file` is its name for errors.
    ///
    /// # Errors
    ///
    /// No model, one that is cut short or damaged, of another version or for another language.
    pub fn open(file: &str, bytes: &[u8], language: Language) -> Result<Syntax, ModelError> {
        let model = ModelReader::open(file, bytes, &kind(language))?;
        let inventory = Inventory::read(&model)?;
        let network = Network::read(&model, &inventory)?;
        Ok(Syntax { inventory, network, rooms: Mutex::default() })
    }

    /// Reads sentences, each given by the forms of its syntactic words.
    pub fn read<S: AsRef<str>>(&self, sentences: &[Vec<S>]) -> Vec<Vec<SyntacticWord<'_>>> {
        let mut room = self.rooms.lock().ok().and_then(|mut rooms| rooms.pop()).unwrap_or_default();
        let mut stretches = Vec::with_capacity(sentences.len());
        for (n, sentence) in sentences.iter().enumerate() {
            let mut start = 0;
            while start < sentence.len() {
                let end = stretch_end(sentence, start);
                stretches.push(Stretch { forms: &sentence[start..end], sentence: n, start });
                start = end;
            }
        }
        // Sentences of like length are read together, so that none waits for the longest.
        let mut order: Vec<usize> = (0..stretches.len()).collect();
        order.sort_by_key(|&n| stretches[n].forms.len());
        let mut read: Vec<Vec<SyntacticWord<'_>>> = stretches.iter().map(|_| Vec::new()).collect();
        let mut rest = &order[..];
        while !rest.is_empty() {
            let mut count = 0;
            let fits = |n: &&usize| {
                count += stretches[**n].forms.len();
                count <= BATCH
            };
            let taken = rest.iter().take_while(fits).count().max(1);
            let (batch, after) = rest.split_at(taken);
            rest = after;
            let forms: Vec<&[S]> = batch.iter().map(|&n| stretches[n].forms).collect();
            for (&n, words) in batch.iter().zip(self.read_batch(&forms, &mut room)) {
                read[n] = words;
            }
        }
        if let Ok(mut rooms) = self.rooms.lock() {
            rooms.push(room);
        }
        let mut out: Vec<Vec<SyntacticWord<'_>>> = sentences.iter().map(|_| Vec::new()).collect();
        for (stretch, words) in stretches.iter().zip(read) {
            let sentence = &mut out[stretch.sentence];
            if sentence.is_empty() {
                *sentence = words;
                continue;
            }
            let root = sentence.iter().position(|word| word.head.is_none());
            sentence.extend(words.into_iter().map(|word| match word.head {
                Some(head) => SyntacticWord { head: Some(head + stretch.start), ..word },
                None => SyntacticWord { head: root, relation: "parataxis", ..word },
            }));
        }
        out
    }

    /// Reads a few sentences at once.
    fn read_batch<S: AsRef<str>>(&self, sentences: &[&[S]], room: &mut Room) -> Vec<Vec<SyntacticWord<'_>>> {
        if room.forms.len() > FORMS {
            *room = Room::default();
        }
        let mut ranges = Vec::with_capacity(sentences.len());
        let mut rows = Vec::new();
        for sentence in sentences {
            let start = rows.len();
            rows.extend(sentence.iter().map(|form| self.known(form.as_ref(), room)));
            ranges.push(start..rows.len());
        }
        let width = self.network.first_width();
        let half = width / 2;
        let inputs = [0, half].map(|from| {
            let mut gates = Vec::with_capacity(rows.len() * half);
            for row in &rows {
                gates.extend_from_slice(&room.inputs[row * width + from..row * width + from + half]);
            }
            Matrix::from_shape_vec((rows.len(), half), gates).unwrap_or_default()
        });
        let found = self.network.run(inputs, &ranges);
        let mut heads = Vec::with_capacity(rows.len());
        for (range, arcs) in ranges.iter().zip(&found.arcs) {
            heads.extend(
                tree::heads(arcs.view()).into_iter().map(|h| h.checked_sub(1).map(|h| range.start + h)),
            );
        }
        let relations = self.network.relations(&found, &heads);
        let mut word = |form: &str, row: usize, start: usize| {
            let tag = found.tags.row(row).to_slice().map_or(0, tree::argmax);
            let relation = relations.row(row).to_slice().map_or(0, tree::argmax);
            let name = &self.inventory.tags[tag];
            SyntacticWord {
                upos: self.inventory.upos_of_tag[tag],
                feats: name.split_once('|').map_or("", |(_, feats)| feats),
                lemma: self.lemma(form, tag, room),
                head: heads[row].map(|head| head - start),
                relation: if heads[row].is_some() { &self.inventory.relations[relation] } else { "root" },
            }
        };
        sentences
            .iter()
            .zip(&ranges)
            .map(|(forms, range)| {
                forms
                    .iter()
                    .zip(range.clone())
                    .map(|(form, row)| word(form.as_ref(), row, range.start))
                    .collect()
            })
            .collect()
    }

    /// The row of a form in the room.
    fn known(&self, form: &str, room: &mut Room) -> usize {
        if let Some(known) = room.forms.get(form) {
            return known.row;
        }
        let table = &self.network.table;
        let Room { forms, inputs, folding, sum } = room;
        sum.clear();
        sum.resize(table.width(), 0.0);
        let (row, readings) =
            self.inventory.look_up(form, folding, |row, weight| table.add(row, weight, sum));
        table.add(row, 1.0, sum);
        self.inventory.shown(readings, |row| table.add(row, 1.0, sum));
        table.add(self.inventory.treebank(0), 1.0, sum);
        inputs.extend(self.network.first_inputs(sum));
        let row = forms.len();
        forms.insert(form.to_owned(), Known { row, lemmas: Vec::new() });
        row
    }

    fn lemma(&self, form: &str, tag: usize, room: &mut Room) -> String {
        let Room { forms, folding, .. } = room;
        let Some(known) = forms.get_mut(form) else { return form.to_owned() };
        if let Some((_, lemma)) = known.lemmas.iter().find(|(of, _)| usize::from(*of) == tag) {
            return lemma.clone();
        }
        let (_, readings) = self.inventory.look_up(form, folding, |_, _| ());
        let upos = self.inventory.upos_of_tag[tag];
        let way =
            self.inventory.lexicon.way(readings, &folding.lower, self.inventory.lexicon_of_tag[tag], upos);
        let lemma = way.map_or_else(|| folding.plain.clone(), |way| way.apply(&folding.plain));
        known.lemmas.push((tag as u16, lemma.clone()));
        lemma
    }

    /// Fills in UPOS, FEATS, LEMMA, HEAD and DEPREL of sentences whose words are given.
    pub fn annotate(&self, sentences: &mut [conllu::Sentence]) {
        let forms: Vec<Vec<&str>> =
            sentences.iter().map(|s| s.words.iter().map(|word| word.form.as_str()).collect()).collect();
        let read = self.read(&forms);
        for (sentence, found) in sentences.iter_mut().zip(read) {
            for (word, found) in sentence.words.iter_mut().zip(found) {
                word.upos = Some(found.upos);
                word.feats = if found.feats.is_empty() { "_".to_owned() } else { found.feats.to_owned() };
                word.lemma = found.lemma;
                word.head = found.head.map_or(0, |head| head + 1);
                word.deprel = found.relation.to_owned();
            }
        }
    }
}

/// The dictionary form of a word by itself, in lower case: that of its most frequent reading, for what is read without
/// regard to the sentence. A word that the lexicon does not list is its own, but for Russian, whose names are bent: there
/// its ending tells. `lower` is in lower case.
pub fn lemma(lower: &str, language: Language) -> String {
    static LEXICONS: [OnceLock<Option<Lexicon>>; 3] = [const { OnceLock::new() }; 3];
    let lexicon = LEXICONS[language as usize].get_or_init(|| {
        let (file, bytes) = built_in(language);
        ModelReader::open(file, bytes, &kind(language)).and_then(|model| Lexicon::read(&model)).ok()
    });
    let listed = lexicon.as_ref().and_then(|lexicon| lexicon.lemma(lower, None));
    if language != Language::Russian || listed.is_some() {
        return listed.map_or_else(|| lower.to_owned(), |lemma| lemma.to_lowercase());
    }
    // Names bend, and most are not listed: «Ушакове» ends like «Москве», so the vowel that tells them apart goes.
    let bent = lexicon.as_ref().and_then(|lexicon| lexicon.lemma(lower, Some(Upos::Propn)));
    let bent = bent.map_or_else(|| lower.to_owned(), |lemma| lemma.to_lowercase());
    // Verbs end otherwise: «встретиться», «вести».
    if ["ся", "сь", "ть", "ти"].iter().any(|ending| bent.ends_with(ending)) {
        return bent;
    }
    let stem = bent.trim_end_matches(['а', 'я', 'о', 'е', 'ы', 'и', 'у', 'ю', 'ь', 'й']);
    if stem.chars().count() >= 3 { stem.to_owned() } else { bent }
}

/// The file of a model, and what is in it.
fn built_in(language: Language) -> (&'static str, &'static [u8]) {
    match language {
        Language::French => ("fr.syntax.model", include_bytes!("../../models/fr.syntax.model")),
        Language::English => ("en.syntax.model", include_bytes!("../../models/en.syntax.model")),
        Language::Russian => ("ru.syntax.model", include_bytes!("../../models/ru.syntax.model")),
    }
}

/// The kind of a model of this stage.
fn kind(language: Language) -> String {
    format!("syntax {}", language.code())
}

/// Where a stretch from `start` ends: with the sentence, or after the last mark before it grows too long.
fn stretch_end<S: AsRef<str>>(sentence: &[S], start: usize) -> usize {
    if sentence.len() - start <= LONGEST {
        return sentence.len();
    }
    let is_mark =
        |form: &S| matches!(form.as_ref(), "," | ";" | ":" | "." | "–" | "—" | "!" | "?" | "»" | ")");
    let window = &sentence[start..start + LONGEST];
    start + window.iter().rposition(is_mark).filter(|&at| at >= LONGEST / 2).map_or(LONGEST, |at| at + 1)
}
