//! Training of names of people, places and organisations.
//!
//! [`gather`] puts together what is annotated, what a treebank calls a proper noun, and lists; the reading of each corpus
//! is `depeche_language::names::sources`.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use depeche_language::conllu::Sentence;
use depeche_language::names::NameKind;
use depeche_language::names::sources;
use depeche_language::names::train::{self, Material, Passage, Settings};
use depeche_language::{sentences, tokens};
use depeche_pipeline::record::{Language, Upos};
use flate2::read::GzDecoder;
use serde_json::Value;

use super::{Card, FR, List, OWN, Source, Training, content, treebank};
use crate::names::FENEC;

/// Where the gazetteer's tables lie, from the root.
const GAZETTEER: &str = "crates/depeche-gazetteer/data";
/// Where the word lists of the languages lie, from the root.
const LANG: &str = "crates/depeche-language/lang";

const FRSEMCOR: &str = "names-ner/FrSemCor/sequoia-9.1.frsemcor";
const NEWSEYE: [&str; 3] = [
    "names-ner/newseye-fr/HIPE-2022-v2.1-newseye-dev-fr.tsv",
    "names-ner/newseye-fr/HIPE-2022-v2.1-newseye-dev2-fr.tsv",
    "names-ner/newseye-fr/HIPE-2022-v2.1-newseye-test-fr.tsv",
];
const FACT_RU_EVAL: &str = "names-ner/factRuEval-2016/devset";

/// Treebanks of each language, which say what a proper noun is, not what of.
const FRENCH: [(&str, &str); 7] = [
    ("treebanks/fr/UD_French-GSD/fr_gsd-ud-dev.conllu", "CC BY-SA 4.0"),
    ("treebanks/fr/UD_French-PUD/fr_pud-ud-test.conllu", "CC BY-SA 3.0"),
    ("treebanks/fr/UD_French-FQB/fr_fqb-ud-test.conllu", "LGPL-LR"),
    ("treebanks/fr/UD_French-Rhapsodie/fr_rhapsodie-ud-train.conllu", "CC BY-SA 4.0"),
    ("treebanks/fr/UD_French-Rhapsodie/fr_rhapsodie-ud-dev.conllu", "CC BY-SA 4.0"),
    ("treebanks/fr/UD_French-ParisStories/fr_parisstories-ud-train.conllu", "CC BY-SA 4.0"),
    ("treebanks/fr/UD_French-ParisStories/fr_parisstories-ud-dev.conllu", "CC BY-SA 4.0"),
];
const ENGLISH: [(&str, &str); 2] = [
    ("treebanks/en/UD_English-EWT/en_ewt-ud-train.REBUILT.conllu", "CC BY-SA 4.0"),
    ("treebanks/en/UD_English-EWT/en_ewt-ud-dev.conllu", "CC BY-SA 4.0"),
];
const RUSSIAN: [(&str, &str); 2] = [
    ("treebanks/ru/UD_Russian-Taiga/ru_taiga-ud-train.2020-09-07.conllu", "CC BY-SA 4.0"),
    ("treebanks/ru/UD_Russian-GSD/ru_gsd-ud-dev.conllu", "CC BY-SA 4.0"),
];

const PEOPLE: [&str; 2] =
    ["gazetteer/NETransliteration/wd_russian_80", "gazetteer/NETransliteration/wd_russian_20"];
const LEXICON: &str = "treebanks/fr/UD_French-GSD/lexiqueFR-GSD.tsv";
const LEMMAS: [&str; 3] = [
    "treebanks/fr/lemma-tables/fr_lemma_lookup.json.gz",
    "treebanks/fr/lemma-tables/fr_lemma_exc.json.gz",
    "treebanks/fr/lemma-tables/fr_lemma_index.json.gz",
];

/// The model, and what its card says.
pub(super) fn train(training: &Training, say: super::Say<'_>) -> Result<(Vec<u8>, Card)> {
    let language = training.language;
    let gathered = gather(&training.root, &training.data, language, Facts::All)?;
    say(&gathered.size());
    let settings = Settings::default();
    let bytes = train::train(&gathered.material, language, &settings);
    let card = Card {
        purpose: format!(
            "Names of people, places and organisations for the language `{language}`, as `depeche_language::names` reads them."
        ),
        scores: match language {
            Language::French => "`cargo xtask eval names --data DIR`",
            Language::English => "none, since no English names are at hand to score",
            Language::Russian => {
                "`cargo xtask eval names --data DIR --lang ru`, by a model that was trained on less of factRuEval"
            }
        },
        sources: gathered.sources,
        lists: gathered.lists,
        left_out: format!(
            "Sentences and words are those of `depeche_language`. {} passages were left out in which a sentence or a line of\n\
             FENEC stands, which names are measured on. Of treebanks, proper nouns were learnt as names of a kind that is open but where a list knows it.",
            gathered.left_out
        ),
        how: format!(
            "A conditional random field over hashed features of words and their neighbours, word lists of `lang/{language}/names.tsv` and the\n\
             lists above among them, was learnt in {} rounds by stochastic gradient with a step of its own for each weight; annotation that\n\
             leaves the kind or the ends of a name open allows several labels. Each time a token is read, {:.0} % of its features are\n\
             looked at. Every sixth short passage stands a second time in capitals. The mean of the later rounds was rounded to a byte\n\
             a weight. After a change of the word lists or of the gazetteer's tables, the model is to be trained again.",
            settings.rounds,
            settings.keep * 100.0
        ),
    };
    Ok((bytes, card))
}

/// Which documents of factRuEval are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facts {
    /// Every one.
    All,
    /// Four of five.
    Most,
    /// Every fifth, to measure on a model that was trained on the others.
    Fifth,
}

/// What a model of names is trained on.
#[derive(Debug)]
pub struct Gathered {
    /// For the training.
    pub material: Material,
    sources: Vec<Source>,
    lists: Vec<List>,
    /// Passages that stand in the measure.
    left_out: usize,
}

impl Gathered {
    /// How much it is, in words.
    pub fn size(&self) -> String {
        let Material { passages, lists, .. } = &self.material;
        format!("{} passages, {} listed names", passages.len(), lists.len())
    }
}

/// Puts together what the model of names of `language` is trained on, from the open corpora in `data` and the files of the
/// project below `root`.
///
/// # Errors
///
/// A file that is missing or not what it should be.
pub fn gather(root: &Path, data: &Path, language: Language, facts: Facts) -> Result<Gathered> {
    let mut texts = Texts { measured: measured(data)?, ..Texts::default() };
    let mut lists = Vec::new();
    let known = known_names(language, root, &mut lists)?;
    let words = WordLists::open(root)?;
    let kinds: BTreeMap<&str, NameKind> = known.iter().map(|(kind, name)| (name.as_str(), *kind)).collect();
    let first: HashSet<String> = words.capitalised(&["first"]).collect();
    let kind_of = |run: &str| {
        let is_person = || run.split_once(' ').is_some_and(|(word, _)| first.contains(word));
        kinds.get(run).copied().or_else(|| is_person().then_some(NameKind::Person))
    };
    let apart: HashSet<String> = words
        .capitalised(&["title", "address", "demonym", "calendar"])
        .chain(
            ["Foreign", "Prime", "Deputy", "Vice", "Acting", "Former", "Defense", "Defence"]
                .map(str::to_owned),
        )
        .collect();
    let apart = |word: &str| apart.contains(word);
    let mut common = BTreeMap::new();
    // French for English too, as half: what is learnt of lists, shapes and classes of words holds in any language.
    if language != Language::Russian {
        let share = if language == Language::French { 1.0 } else { 0.5 };
        let french = known_names(FR, root, &mut Vec::new())?;
        let places: HashSet<String> = known
            .iter()
            .chain(&french)
            .filter(|(kind, _)| *kind == NameKind::Place)
            .map(|(_, name)| name.to_lowercase())
            .collect();
        let place = |name: &str| places.contains(&name.to_lowercase()).then_some(NameKind::Place);
        let file = content(&data.join(FRSEMCOR))?;
        texts.add(FRSEMCOR, "LGPL-LR", sources::frsemcor(&file, share, &place));
        for path in NEWSEYE {
            texts.add(path, "CC BY 4.0", sources::hipe(&content(&data.join(path))?, FR, share));
        }
        for (path, licence) in FRENCH {
            let bank = treebank(&data.join(path))?;
            texts.add(path, licence, sources::treebank(&bank, FR, 0.5 * share, &kind_of, &apart));
        }
    }
    if language == Language::Russian {
        texts.add(FACT_RU_EVAL, "MIT", fact_ru_eval(data, facts)?);
    }
    let banks: &[(&str, &str)] = match language {
        Language::French => &[],
        Language::English => &ENGLISH,
        Language::Russian => &RUSSIAN,
    };
    for (path, licence) in banks {
        let bank = treebank(&data.join(path))?;
        count(&bank, &mut common);
        texts.add(path, licence, sources::treebank(&bank, language, 0.5, &kind_of, &apart));
    }
    let mut passages = texts.passages;
    // Headlines in capitals.
    let short = passages.iter().step_by(6).filter(|passage| passage.text.len() < 300);
    let shouted: Vec<Passage> = short.filter_map(shout).collect();
    passages.extend(shouted);
    if language == Language::French {
        french_words(data, &mut common, &mut lists)?;
    }
    let some = |wanted: fn(i32) -> bool| {
        common.iter().filter(|(_, count)| wanted(**count)).map(|(word, _)| word.clone()).collect()
    };
    let (proper_nouns, common_words) = (some(|count| count < -1), some(|count| count > 0));
    let name_tokens = name_tokens(language, data, &mut lists)?;
    let material = Material { passages, lists: known, name_tokens, common_words, proper_nouns };
    Ok(Gathered { material, sources: texts.sources, lists, left_out: texts.left_out })
}

/// The passages of every source, without those that stand in the measure.
#[derive(Default)]
struct Texts {
    /// Sentences and lines of FENEC, bare.
    measured: HashSet<String>,
    passages: Vec<Passage>,
    sources: Vec<Source>,
    left_out: usize,
}

impl Texts {
    fn add(&mut self, path: &str, licence: &'static str, passages: Vec<Passage>) {
        let mut source = Source { path: path.to_owned(), sentences: 0, words: 0, licence };
        for passage in passages {
            let sentences = sentences(&passage.text, passage.language);
            let known = |text: &str| self.measured.contains(&bare(text));
            if known(&passage.text) || sentences.iter().any(|sentence| known(sentence.of(&passage.text))) {
                self.left_out += 1;
                continue;
            }
            source.sentences += sentences.len();
            source.words += tokens(&passage.text, passage.language).len();
            self.passages.push(passage);
        }
        self.sources.push(source);
    }
}

/// Letters and digits alone, to compare sentences.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The files of a folder with this ending, by name.
fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let listed = fs::read_dir(folder)
        .with_context(|| format!("{} cannot be listed: names are trained with it", folder.display()))?;
    let mut files = listed.map(|file| Ok(file?.path())).collect::<Result<Vec<_>>>()?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == ending));
    files.sort();
    Ok(files)
}

/// Sentences of the measure are no training.
fn measured(data: &Path) -> Result<HashSet<String>> {
    let mut measured = HashSet::new();
    for path in files(&data.join(FENEC).join("FENEC"), "txt")? {
        for line in content(&path)?.lines() {
            let bares = sentences(line, FR).into_iter().map(|sentence| bare(sentence.of(line)));
            measured.extend(bares.filter(|bare| bare.chars().count() > 12));
            measured.insert(bare(line));
        }
    }
    Ok(measured)
}

/// The rows of `lang/*/names.tsv`, all languages together.
struct WordLists(Vec<String>);

impl WordLists {
    fn open(root: &Path) -> Result<WordLists> {
        let file = |code: &str| content(&root.join(LANG).join(code).join("names.tsv"));
        Ok(WordLists(["fr", "en", "ru"].into_iter().map(file).collect::<Result<_>>()?))
    }

    /// The words of these rows, with a capital at the beginning and after each hyphen.
    fn capitalised(&self, rows: &'static [&str]) -> impl Iterator<Item = String> {
        let rows = move |line: &'_ str| line.split_once('\t').is_some_and(|(row, _)| rows.contains(&row));
        let lines = self.0.iter().flat_map(|file| file.lines()).filter(move |line| rows(line));
        lines.flat_map(|line| line.split_whitespace().skip(1)).map(capitalise)
    }
}

fn capitalise(word: &str) -> String {
    let part = |part: &str| {
        let mut letters = part.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    };
    word.split('-').map(part).collect::<Vec<String>>().join("-")
}

/// Names of the gazetteer's tables.
fn known_names(language: Language, root: &Path, lists: &mut Vec<List>) -> Result<Vec<(NameKind, String)>> {
    let mut found = BTreeSet::new();
    gazetteer_names(language, &root.join(GAZETTEER), &mut found)?;
    lists.push(List { path: GAZETTEER.to_owned(), what: "names", entries: found.len(), licence: OWN });
    Ok(found.into_iter().collect())
}

/// Names of the tables of the gazetteer in `folder`.
fn gazetteer_names(
    language: Language,
    folder: &Path,
    found: &mut BTreeSet<(NameKind, String)>,
) -> Result<()> {
    let column = match language {
        Language::French => 0,
        Language::English => 1,
        Language::Russian => 2,
    };
    let tables = [
        ("states.tsv", NameKind::Place, 1 + column),
        ("states.tsv", NameKind::Place, 9 + column),
        ("towns.tsv", NameKind::Place, 1 + column),
        ("organisations.tsv", NameKind::Organisation, 2 + column),
        ("seats.tsv", NameKind::Organisation, 2 + column),
        ("people.tsv", NameKind::Person, 5 + column),
        // The names of outlets are in one column for all languages.
        ("media.tsv", NameKind::Organisation, 6),
    ];
    for (file, kind, column) in tables {
        for line in content(&folder.join(file))?.lines().filter(|line| !line.starts_with('#')).skip(1) {
            for name in line.split('\t').nth(column).unwrap_or_default().split(';') {
                // A surname that nobody would take for another word.
                if file == "people.tsv"
                    && !name.contains('!')
                    && let Some((_, surname)) = name.rsplit_once([' ', '*'])
                    && surname.chars().count() > 4
                {
                    add(found, kind, surname);
                }
                if !name.ends_with('?') {
                    add(found, kind, name);
                }
            }
        }
    }
    Ok(())
}

/// Adds a name without the marks of the gazetteer.
fn add(found: &mut BTreeSet<(NameKind, String)>, kind: NameKind, name: &str) {
    let name = name.trim().trim_end_matches(['^', '!', '?']);
    let name = name.split('=').find(|part| !part.is_empty()).unwrap_or_default().replace(['*', '/'], "");
    if name.chars().next().is_some_and(char::is_uppercase) && name.chars().count() > 1 {
        found.insert((kind, name));
    }
}

/// Counts words as common, above nought, or proper, below.
fn count(bank: &[Sentence], common: &mut BTreeMap<String, i32>) {
    for word in bank.iter().flat_map(|sentence| &sentence.words) {
        let proper = word.upos == Some(Upos::Propn);
        let small = word.form.chars().all(char::is_lowercase);
        if proper || small {
            *common.entry(word.form.to_lowercase()).or_default() += if proper { -1 } else { 2 };
        }
    }
}

/// The same of the French lexicons.
fn french_words(data: &Path, common: &mut BTreeMap<String, i32>, lists: &mut Vec<List>) -> Result<()> {
    let mut entries = 0;
    for line in content(&data.join(LEXICON))?.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let [form, _, upos, .., number] = cells[..] else { continue };
        entries += 1;
        let number: i32 = number.parse().unwrap_or(0);
        let common = common.entry(form.to_lowercase()).or_default();
        match upos {
            "PROPN" => *common -= number,
            _ if form.chars().all(char::is_lowercase) => *common += 2 * number,
            _ => {}
        }
    }
    let what = "forms with tags and counts of the whole of UD_French-GSD";
    lists.push(List { path: LEXICON.to_owned(), what, entries, licence: "CC BY-SA 4.0" });
    for path in LEMMAS {
        let mut forms = BTreeSet::new();
        let name = data.join(path);
        let file = fs::File::open(&name).with_context(|| format!("{} cannot be read", name.display()))?;
        let value: Value = serde_json::from_reader(GzDecoder::new(file))
            .with_context(|| format!("{} is no packed JSON", name.display()))?;
        lemma_forms(&value, &mut forms);
        let what = "forms; published under MIT, where they come from is not stated there";
        let (path, entries) = (path.to_owned(), forms.len());
        lists.push(List { path, what, entries, licence: "MIT" });
        for form in forms {
            common.entry(form).or_insert(1);
        }
    }
    Ok(())
}

/// The forms of a lemma table: every word in small letters that stands in it.
fn lemma_forms(value: &Value, found: &mut BTreeSet<String>) {
    const PARTS: [&str; 13] =
        ["adj", "adp", "adv", "aux", "cconj", "det", "noun", "num", "part", "pron", "punct", "sconj", "verb"];
    fn add(word: &str, found: &mut BTreeSet<String>) {
        let small = word.chars().any(char::is_lowercase) && !word.chars().any(char::is_uppercase);
        if small && !word.contains(' ') {
            found.insert(word.to_owned());
        }
    }
    match value {
        Value::String(word) => add(word, found),
        Value::Array(items) => items.iter().for_each(|item| lemma_forms(item, found)),
        // Parts of speech, or forms with their lemmas.
        Value::Object(entries) => {
            for (key, value) in entries {
                if PARTS.contains(&key.as_str()) {
                    lemma_forms(value, found);
                } else {
                    add(key, found);
                }
            }
        }
        _ => {}
    }
}

/// Tokens of people's names in the letters of the language.
fn name_tokens(language: Language, data: &Path, lists: &mut Vec<List>) -> Result<Vec<String>> {
    let mut tokens: BTreeSet<String> = BTreeSet::new();
    for path in PEOPLE {
        let before = tokens.len();
        for line in content(&data.join(path))?.lines() {
            let cells: Vec<&str> = line.split('\t').collect();
            let [latin, cyrillic, number] = cells[..] else { continue };
            if number.trim().parse::<u32>().unwrap_or(0) < 1 {
                continue;
            }
            let token = if language == Language::Russian { cyrillic } else { latin }.replace(' ', "");
            if token.chars().count() > 2 {
                tokens.insert(token);
            }
        }
        let entries = tokens.len() - before;
        let what = "tokens of people's names that are not above";
        lists.push(List { path: path.to_owned(), what, entries, licence: "CC0" });
    }
    Ok(tokens.into_iter().collect())
}

/// A passage in capitals throughout, its annotation with it; none where that changes lengths.
fn shout(passage: &Passage) -> Option<Passage> {
    let text = passage.text.to_uppercase();
    let same = text.char_indices().map(|(at, _)| at).eq(passage.text.char_indices().map(|(at, _)| at));
    same.then(|| Passage { text, ..passage.clone() })
}

/// Documents of the development part of factRuEval 2016.
///
/// # Errors
///
/// A file that is missing.
pub fn fact_ru_eval(data: &Path, facts: Facts) -> Result<Vec<Passage>> {
    let mut passages = Vec::new();
    for (n, path) in files(&data.join(FACT_RU_EVAL), "txt")?.iter().enumerate() {
        let fifth = n % 5 == 4;
        if facts == Facts::All || (facts == Facts::Fifth) == fifth {
            let read = |extension: &str| content(&path.with_extension(extension));
            passages.push(sources::fact_ru_eval(&read("txt")?, &read("spans")?, &read("objects")?, 1.0));
        }
    }
    Ok(passages)
}
