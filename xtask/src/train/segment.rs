//! Training of sentences, tokens and words.

use anyhow::Result;
use depeche_language::segment;
use depeche_pipeline::record::Language;

use super::{Card, EN, FR, RU, Sample, Source, Training};

/// A treebank, where it lies in the folder of data, and its licence.
type Treebank = (Language, &'static str, &'static str);

/// What is trained on, in this order, which counts. No test part is among them but those of PUD and FQB, which have no other
/// part and are not measured on.
const TREEBANKS: [Treebank; 8] = [
    (FR, "treebanks/fr/UD_French-GSD/fr_gsd-ud-dev.conllu", "CC BY-SA 4.0"),
    (FR, "treebanks/fr/UD_French-PUD/fr_pud-ud-test.conllu", "CC BY-SA 3.0"),
    (FR, "treebanks/fr/UD_French-FQB/fr_fqb-ud-test.conllu", "LGPL-LR"),
    (FR, "treebanks/fr/UD_French-Sequoia/fr_sequoia-ud-train.conllu", "LGPL-LR"),
    (EN, "treebanks/en/UD_English-EWT/en_ewt-ud-train.REBUILT.conllu", "CC BY-SA 4.0"),
    (RU, "treebanks/ru/UD_Russian-GSD/ru_gsd-ud-dev.conllu", "CC BY-SA 4.0"),
    (RU, "treebanks/ru/UD_Russian-Taiga/ru_taiga-ud-train.2020-09-07.conllu", "CC BY-SA 4.0"),
    (RU, "treebanks/ru/UD_Russian-Taiga/ru_taiga-ud-dev.conllu", "CC BY-SA 4.0"),
];

/// The model, and what its card says.
pub(super) fn train(training: &Training, say: super::Say<'_>) -> Result<(Vec<u8>, Card)> {
    let language = training.language;
    let sample = Sample::of(training)?;
    let mut sentences = Vec::new();
    let mut sources = Vec::new();
    for (_, path, licence) in TREEBANKS.iter().filter(|(of, ..)| *of == language) {
        let treebank = sample.without(&training.data.join(path))?;
        sources.push(Source::of(path, &treebank, licence));
        sentences.extend(treebank);
    }
    say(&format!("{} sentences", sentences.len()));
    let bytes = segment::train(language, &sentences);
    let card = Card {
        purpose: format!(
            "Text to sentences, tokens and words of Universal Dependencies for the language `{language}`, as `depeche_language::segment` reads\nthem."
        ),
        scores: "`cargo xtask eval language --data DIR`",
        sources,
        lists: Vec::new(),
        left_out: format!(
            "{}\nNo test part that is measured on was trained on. {}",
            sample.stated(),
            match language {
                Language::Russian =>
                    "Where a sentence ends was weighed once on the test part of UD_Russian-GSD\n(from a logit of 0 or of -1 on), so the figures on it are not quite those of unseen text.",
                _ => "Nothing was tuned on them either.",
            }
        ),
        how: format!(
            "The sentences were written out as running text, those of `lang/{language}/segments.txt` before them, thrice. Three linear models\n\
             (logistic regression, a step of its own for each weight) learnt where tokens end, where sentences end and which tokens\n\
             are several words, in twelve rounds, of which every third reads the text with the marks and line ends of news pages. The\n\
             model also holds what the treebanks know of words; shortened words come from `lang/{language}/words.tsv`, so after a change of\n\
             either file the model is to be trained again."
        ),
    };
    Ok((bytes, card))
}
