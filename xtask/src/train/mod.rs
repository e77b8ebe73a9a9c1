//! Training of the models that `depeche-language` carries.
//!
//! What comes in: a folder of open corpora, laid out as the tables of the parts say, and for names also the gazetteer's
//! tables and `corpus/` of the repository. What goes out: a model and its card for each [`Part`], in [`MODELS`].
//!
//! The parts do not build on one another; they are trained in the order of [`Part::ALL`], the quickest first.

pub mod confidence;
pub mod names;
mod segment;
mod syntax;

use std::cell::Cell;
use std::collections::{BTreeSet, HashSet};
use std::fmt::{self, Write as _};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use depeche_language::conllu::{self, Sentence};
use depeche_pipeline::record::Language;
use sha2::{Digest as _, Sha256};

use crate::language;

/// Where the models lie, from the root.
pub const MODELS: &str = "crates/depeche-language/models";

const FR: Language = Language::French;
const EN: Language = Language::English;
const RU: Language = Language::Russian;

/// The licence of what was made for this project.
const OWN: &str = "MIT OR Apache-2.0";

/// A model of a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Sentences, tokens, words.
    Segment,
    /// Names of people, places and organisations.
    Names,
    /// Tags, lemmas, trees.
    Syntax,
}

impl Part {
    /// All of them, in the order in which they are trained.
    pub const ALL: [Part; 3] = [Part::Segment, Part::Names, Part::Syntax];

    /// Its name in those of files.
    pub fn as_str(self) -> &'static str {
        match self {
            Part::Segment => "segment",
            Part::Names => "names",
            Part::Syntax => "syntax",
        }
    }

    /// The part of this name.
    pub fn from_name(name: &str) -> Option<Part> {
        Part::ALL.into_iter().find(|part| part.as_str() == name)
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What is trained, from what, to where.
#[derive(Debug, Clone)]
pub struct Training {
    /// The root of the repository.
    pub root: PathBuf,
    /// The folder of the open corpora.
    pub data: PathBuf,
    /// The folder that models and cards are written to.
    pub models: PathBuf,
    /// The language of the models.
    pub language: Language,
}

/// Takes a line of progress.
type Say<'s> = &'s (dyn Fn(&str) + Sync);

/// A text that a model was trained on, for its card.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Source {
    path: String,
    sentences: usize,
    words: usize,
    licence: &'static str,
}

impl Source {
    fn of(path: &str, sentences: &[Sentence], licence: &'static str) -> Source {
        let words = sentences.iter().map(|sentence| sentence.words.len()).sum();
        Source { path: path.to_owned(), sentences: sentences.len(), words, licence }
    }
}

/// A list that a model was trained with, for its card.
#[derive(Debug, Clone, PartialEq, Eq)]
struct List {
    path: String,
    /// What its entries are.
    what: &'static str,
    entries: usize,
    licence: &'static str,
}

/// What a card says of a model besides its digest.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Card {
    /// What the model is for.
    purpose: String,
    /// The chore that scores it, or why there is none.
    scores: &'static str,
    sources: Vec<Source>,
    lists: Vec<List>,
    /// What of the sources was left out.
    left_out: String,
    /// How it is trained.
    how: String,
}

/// Trains the models of a language, or one of them, and writes each with its card.
///
/// # Errors
///
/// A file of the data that is missing or not what it should be; a folder that cannot be written to.
pub fn train(training: &Training, only: Option<Part>) -> Result<()> {
    for part in Part::ALL.into_iter().filter(|part| only.is_none_or(|only| only == *part)) {
        let begun = Instant::now();
        let say = |line: &str| {
            eprintln!("{:>6.0} s  {} {part}: {line}", begun.elapsed().as_secs_f64(), training.language);
        };
        let (bytes, card) = match part {
            Part::Segment => segment::train(training, &say)?,
            Part::Names => names::train(training, &say)?,
            Part::Syntax => syntax::train(training, &say)?,
        };
        let name = format!("{}.{part}", training.language);
        fs::create_dir_all(&training.models)
            .with_context(|| format!("{} cannot be made", training.models.display()))?;
        for (ending, bytes) in [
            ("model", &bytes[..]),
            ("md", card.write(training.language, part, &bytes, begun.elapsed()).as_bytes()),
        ] {
            let path = training.models.join(format!("{name}.{ending}"));
            fs::write(&path, bytes).with_context(|| format!("{} cannot be written", path.display()))?;
        }
        say(&format!("{name}.model: {} bytes, SHA-256 {}", bytes.len(), digest(&bytes)));
    }
    Ok(())
}

impl Card {
    fn write(&self, language: Language, part: Part, bytes: &[u8], took: Duration) -> String {
        let sources = self.sources.iter().map(|source| source.licence);
        let licences = sources.chain(self.lists.iter().map(|list| list.licence));
        let mut seen = BTreeSet::new();
        let licences: Vec<&str> =
            licences.filter(|licence| *licence != OWN && seen.insert(*licence)).collect();
        let took = match took.as_secs() {
            0..90 => "less than two minutes".to_owned(),
            seconds => format!("{} minutes", (seconds + 30) / 60),
        };
        let mut card = format!(
            "# {language}.{part}.model\n\n\
             {purpose}\n\n\
             - Licence of the parameters, as of the sources below: {licences}.\n  \
               The program that reads them is {OWN}.\n\
             - Size: {size} bytes; SHA-256 `{digest}`\n\
             - Scores: {scores}; see [the manual](../../../docs/src/measuring.md).\n\
             - Repeat: `cargo xtask train {language} --only {part} --data DIR`, {took}. The same data give the same bytes on\n  \
               processors of one kind.\n\n\
             ## Trained on\n\n\
             | source | sentences | words | licence |\n| --- | ---: | ---: | --- |\n",
            purpose = self.purpose,
            licences = listed(&licences),
            size = bytes.len(),
            digest = digest(bytes),
            scores = self.scores,
        );
        for Source { path, sentences, words, licence } in &self.sources {
            let _ = writeln!(card, "| `{path}` | {sentences} | {words} | {licence} |");
        }
        if !self.lists.is_empty() {
            card.push_str("\n| list | entries | what | licence |\n| --- | ---: | --- | --- |\n");
        }
        for List { path, what, entries, licence } in &self.lists {
            let _ = writeln!(card, "| `{path}` | {entries} | {what} | {licence} |");
        }
        let _ = write!(card, "\n{}\n\n## How\n\n{}\n", self.left_out, self.how);
        card
    }
}

/// `a, b and c`.
fn listed(items: &[&str]) -> String {
    match items {
        [] => OWN.to_owned(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A file that is trained on.
fn content(path: &Path) -> Result<String> {
    fs::read_to_string(path)
        .with_context(|| format!("{} cannot be read: it is what the model is trained on", path.display()))
}

/// Reads a file of CoNLL-U.
fn treebank(path: &Path) -> Result<Vec<Sentence>> {
    let sentences =
        conllu::read(&content(path)?).with_context(|| format!("{} is no CoNLL-U", path.display()))?;
    if sentences.is_empty() {
        bail!("{} holds no sentence", path.display());
    }
    Ok(sentences)
}

/// The sentences that stand in the sample of [`language::SAMPLE`], by their `sent_id`: the floors are measured on them.
struct Sample {
    language: Language,
    ids: HashSet<String>,
    left_out: Cell<usize>,
}

impl Sample {
    fn of(training: &Training) -> Result<Sample> {
        let sample = treebank(&language::sample(&training.root, training.language))?;
        let ids = sample.iter().filter_map(|sentence| sentence.comment("sent_id")).map(str::to_owned);
        Ok(Sample { language: training.language, ids: ids.collect(), left_out: Cell::new(0) })
    }

    /// A treebank without them.
    fn without(&self, path: &Path) -> Result<Vec<Sentence>> {
        let mut sentences = treebank(path)?;
        let before = sentences.len();
        sentences.retain(|sentence| sentence.comment("sent_id").is_none_or(|id| !self.ids.contains(id)));
        self.left_out.set(self.left_out.get() + before - sentences.len());
        Ok(sentences)
    }

    /// What was left out, for a card.
    fn stated(&self) -> String {
        let sample = format!("`{}/{}.conllu`", language::SAMPLE, self.language);
        match self.left_out.get() {
            0 => format!("No sentence of {sample}, which the floors are measured on, stands in them."),
            count => format!(
                "{count} sentences of the development parts that stand in {sample} were left out, so that the floors\n\
                 measure sentences that the model has not seen."
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_names_every_source_and_licence_once() {
        let source = |path: &str, licence| Source { path: path.to_owned(), sentences: 2, words: 30, licence };
        let card = Card {
            purpose: "Cuts.".to_owned(),
            scores: "`cargo xtask eval language --data DIR`",
            sources: vec![source("a.conllu", "LGPL-LR"), source("b.conllu", "CC0"), source("c", "LGPL-LR")],
            lists: vec![List { path: "own.tsv".to_owned(), what: "names", entries: 5, licence: OWN }],
            left_out: "Nothing was left out.".to_owned(),
            how: "By reading.".to_owned(),
        };
        let card = card.write(FR, Part::Segment, b"", Duration::from_secs(600));
        assert!(card.contains("the sources below: LGPL-LR and CC0.\n"), "{card}");
        assert!(card.contains("| `a.conllu` | 2 | 30 | LGPL-LR |\n"), "{card}");
        assert!(card.contains("| `own.tsv` | 5 | names | MIT OR Apache-2.0 |\n\nNothing"), "{card}");
        assert!(card.contains("SHA-256 `e3b0c44298fc1c149afbf4c8996fb924"), "{card}");
        assert!(card.contains("train fr --only segment --data DIR`, 10 minutes."), "{card}");
    }

    #[test]
    fn a_missing_file_is_named() {
        let training = Training {
            root: Path::new(env!("CARGO_MANIFEST_DIR")).join(".."),
            data: PathBuf::from("no-such-folder"),
            models: PathBuf::from("no-such-folder"),
            language: EN,
        };
        for part in Part::ALL {
            let error = format!("{:#}", train(&training, Some(part)).unwrap_err());
            assert!(error.contains("no-such-folder"), "{error}");
            assert_eq!(Part::from_name(part.as_str()), Some(part));
        }
    }
}
