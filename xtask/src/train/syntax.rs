//! Training of tags, lemmas and trees.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use depeche_language::conllu::Sentence;
use depeche_language::syntax::train::{Known, Plan, train as train_syntax};
use depeche_pipeline::record::Language;

use super::{Card, EN, FR, List, RU, Sample, Source, Training, content};

/// A part of the data that a model is trained on.
struct Part {
    language: Language,
    /// The treebank: its parts are learnt as one way of annotating.
    treebank: &'static str,
    /// Where it lies in the folder of data.
    path: &'static str,
    licence: &'static str,
}

const fn part(language: Language, treebank: &'static str, path: &'static str, licence: &'static str) -> Part {
    Part { language, treebank, path, licence }
}

/// What is trained on. No test part is among them but those of PUD and FQB, which have no other part and are not measured on.
const PARTS: [Part; 14] = [
    part(FR, "Sequoia", "treebanks/fr/UD_French-Sequoia/fr_sequoia-ud-train.conllu", "LGPL-LR"),
    part(FR, "Sequoia", "treebanks/fr/UD_French-Sequoia/fr_sequoia-ud-dev.conllu", "LGPL-LR"),
    part(FR, "GSD", "treebanks/fr/UD_French-GSD/fr_gsd-ud-dev.conllu", "CC BY-SA 4.0"),
    part(FR, "PUD", "treebanks/fr/UD_French-PUD/fr_pud-ud-test.conllu", "CC BY-SA 3.0"),
    part(FR, "FQB", "treebanks/fr/UD_French-FQB/fr_fqb-ud-test.conllu", "LGPL-LR"),
    part(FR, "Rhapsodie", "treebanks/fr/UD_French-Rhapsodie/fr_rhapsodie-ud-train.conllu", "CC BY-SA 4.0"),
    part(FR, "Rhapsodie", "treebanks/fr/UD_French-Rhapsodie/fr_rhapsodie-ud-dev.conllu", "CC BY-SA 4.0"),
    part(
        FR,
        "ParisStories",
        "treebanks/fr/UD_French-ParisStories/fr_parisstories-ud-train.conllu",
        "CC BY-SA 4.0",
    ),
    part(
        FR,
        "ParisStories",
        "treebanks/fr/UD_French-ParisStories/fr_parisstories-ud-dev.conllu",
        "CC BY-SA 4.0",
    ),
    part(EN, "EWT", "treebanks/en/UD_English-EWT/en_ewt-ud-train.REBUILT.conllu", "CC BY-SA 4.0"),
    part(EN, "EWT", "treebanks/en/UD_English-EWT/en_ewt-ud-dev.conllu", "CC BY-SA 4.0"),
    part(RU, "Taiga", "treebanks/ru/UD_Russian-Taiga/ru_taiga-ud-train.2020-09-07.conllu", "CC BY-SA 4.0"),
    part(RU, "Taiga", "treebanks/ru/UD_Russian-Taiga/ru_taiga-ud-dev.conllu", "CC BY-SA 4.0"),
    part(RU, "GSD", "treebanks/ru/UD_Russian-GSD/ru_gsd-ud-dev.conllu", "CC BY-SA 4.0"),
];

/// The lexicon of French forms, from the whole of UD_French-GSD.
const LEXICON: &str = "treebanks/fr/UD_French-GSD/lexiqueFR-GSD.tsv";
/// French lemmas by part of speech, where a form has one that its ending does not show.
const LEMMAS: &str = "treebanks/fr/lemma-tables/fr_lemma_exc.json.gz";

/// Names of people in English and Russian letters (NETransliteration, COLING 2018).
const NAMES: [&str; 2] =
    ["gazetteer/NETransliteration/wd_russian_80", "gazetteer/NETransliteration/wd_russian_20"];

/// The model, and what its card says.
pub(super) fn train(training: &Training, say: super::Say<'_>) -> Result<(Vec<u8>, Card)> {
    let language = training.language;
    let sample = Sample::of(training)?;
    let mut treebanks: Vec<(&str, Vec<Sentence>)> = Vec::new();
    let mut sources = Vec::new();
    for part in PARTS.iter().filter(|part| part.language == language) {
        let sentences = sample.without(&training.data.join(part.path))?;
        sources.push(Source::of(part.path, &sentences, part.licence));
        match treebanks.last_mut().filter(|(name, _)| *name == part.treebank) {
            Some((_, all)) => all.extend(sentences),
            None => treebanks.push((part.treebank, sentences)),
        }
    }
    let mut lists = Vec::new();
    let known = match language {
        Language::French => french_lexicon(&training.data, &mut lists)?,
        Language::English => english_names(&training.data, &mut lists)?,
        Language::Russian => Vec::new(),
    };
    let treebanks: Vec<Vec<Sentence>> = treebanks.into_iter().map(|(_, sentences)| sentences).collect();
    let plan = Plan::of(language);
    let bytes =
        train_syntax(language, &treebanks, known, &plan, say).context("the lexicon cannot be built")?;
    let card = Card {
        purpose: format!(
            "Tags, features, lemmas and trees of Universal Dependencies for the language `{language}`, as `depeche_language::syntax` reads them."
        ),
        scores: "`cargo xtask eval language --data DIR`",
        sources,
        lists,
        left_out: format!(
            "{}\nTest parts that are measured on were neither trained nor tuned on.",
            sample.stated()
        ),
        how: how(&plan),
    };
    Ok((bytes, card))
}

fn how(plan: &Plan) -> String {
    format!(
        "{teachers} teachers ({teacher_layers:?} cells in each direction of the two layers, {teacher_epochs} passes) learnt the treebanks; the student\n\
         ({student_layers:?} cells, {student_epochs} passes) learnt the same sentences and {copies} copies of them in which {vary:.0} % of the words of open classes\n\
         were replaced by others of the same tag, with the teachers' probabilities for labels. What was tried besides:\n\
         `docs/decisions/0008-trees.md`.",
        teachers = plan.teachers,
        teacher_layers = plan.teacher.layers,
        teacher_epochs = plan.teacher.epochs,
        student_layers = plan.student.layers,
        student_epochs = plan.student.epochs,
        copies = plan.copies,
        vary = plan.vary * 100.0,
    )
}

/// Names that English texts give to people, from the pairs of [`NAMES`]; those seen once are left out, many being no names.
fn english_names(data: &Path, lists: &mut Vec<List>) -> Result<Vec<Known>> {
    let mut known = Vec::new();
    for name in NAMES {
        let path = data.join(name);
        let before = known.len();
        let text = content(&path)?;
        for line in text.lines() {
            let mut columns = line.split('\t');
            let (Some(name), Some(count)) =
                (columns.next(), columns.nth(1).and_then(|count| count.parse::<u32>().ok()))
            else {
                bail!("{}: not a name, its Russian letters and a count: {line}", path.display());
            };
            let mut letters = name.chars();
            if let Some(first) = letters.next().filter(|_| count >= 2 && name.chars().count() > 1) {
                let form: String = first.to_uppercase().chain(letters).collect();
                let lemma = Some(form.clone());
                known.push(Known { form, tag: "PROPN".to_owned(), lemma, count: 1, listed: true });
            }
        }
        let what = "names of people, seen at least twice";
        lists.push(List { path: name.to_owned(), what, entries: known.len() - before, licence: "CC0" });
    }
    Ok(known)
}

/// What the lexicons know of French forms.
fn french_lexicon(data: &Path, lists: &mut Vec<List>) -> Result<Vec<Known>> {
    let mut known = Vec::new();
    let path = data.join(LEXICON);
    let text = content(&path)?;
    for (number, line) in text.lines().enumerate() {
        let mut columns: Vec<&str> = line.split('\t').map(str::trim).collect();
        let count = columns.pop().and_then(|count| count.parse().ok());
        let (&[form, lemma, upos, feats], Some(count)) = (columns.as_slice(), count) else {
            bail!("{}, line {}: not form, lemma, UPOS, FEATS and count", path.display(), number + 1);
        };
        let tag = if feats == "_" { upos.to_owned() } else { format!("{upos}|{feats}") };
        known.push(Known { form: form.to_owned(), tag, lemma: Some(lemma.to_owned()), count, listed: true });
    }
    let what = "forms, lemmas, tags and counts of the whole of UD_French-GSD";
    lists.push(List { path: LEXICON.to_owned(), what, entries: known.len(), licence: "CC BY-SA 4.0" });
    let before = known.len();
    let path = data.join(LEMMAS);
    let mut text = String::new();
    let file = fs::File::open(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(file), &mut text)
        .with_context(|| format!("{} cannot be unpacked", path.display()))?;
    let table: serde_json::Value =
        serde_json::from_str(&text).with_context(|| format!("{} is no JSON", path.display()))?;
    for (class, upos) in [("adj", "ADJ"), ("adv", "ADV"), ("noun", "NOUN"), ("verb", "VERB")] {
        for (form, lemmas) in table[class].as_object().into_iter().flatten() {
            for lemma in lemmas.as_array().into_iter().flatten().filter_map(|lemma| lemma.as_str()) {
                let lemma = Some(lemma.to_owned());
                known.push(Known { form: form.clone(), tag: upos.to_owned(), lemma, count: 1, listed: true });
            }
        }
    }
    let what = "lemmas of forms; published under MIT, where they come from is not stated there";
    let licence = "MIT";
    lists.push(List { path: LEMMAS.to_owned(), what, entries: known.len() - before, licence });
    Ok(known)
}
