//! The analyser on treebanks.
//!
//! What comes in: a folder of treebanks, laid out as [`TREEBANKS`] says, or the project's own sample of them. What goes
//! out: the scores of [`crate::conll`], once from gold tokens and once from raw text.
//!
//! 1. The system never sees what it is to find: [`blank`] leaves forms, multi-word tokens and white space.
//! 2. From gold tokens: the words are given; tags, features, lemmas and trees are found.
//! 3. From raw text: [`raw_text`] is given, nothing else.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use depeche_language::conllu::{self, Sentence, Word};
use depeche_pipeline::record::{Language, Span};
use serde_json::{Map, Value, json};

use crate::conll::{Incomparable, Metric, Scores, hundredths, score};

/// Fills tags, features, lemmas, heads and relations of sentences whose forms and multi-word tokens are given.
pub fn annotate_gold(language: Language, sentences: &mut [Sentence]) {
    depeche_language::syntax::Syntax::of(language).annotate(sentences);
}

/// Makes sentences of a text.
pub fn analyse_raw(language: Language, text: &str) -> Vec<Sentence> {
    depeche_language::parse_conllu(text, Span::new(0, text.len()), language)
}

/// How the text of a treebank is made, for those who read the figures.
pub const RAW_TEXT: &str = "\
Raw text: the tokens of a sentence with white space where SpaceAfter does not forbid it; one space between sentences, an
empty line before those with the comment newpar or newdoc.
";

/// A treebank that is measured on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Treebank {
    /// Its name and part.
    pub name: &'static str,
    /// Its language.
    pub language: Language,
    /// Where it lies in the folder of data.
    pub path: &'static str,
}

/// The treebanks that are measured on: test parts, which nothing is trained on. The first of a language is the main one.
pub const TREEBANKS: [Treebank; 4] = [
    Treebank {
        name: "UD_French-Sequoia test",
        language: Language::French,
        path: "treebanks/fr/UD_French-Sequoia/fr_sequoia-ud-test.conllu",
    },
    Treebank {
        name: "UD_English-EWT test",
        language: Language::English,
        path: "treebanks/en/UD_English-EWT/en_ewt-ud-test.conllu",
    },
    Treebank {
        name: "UD_Russian-Taiga test",
        language: Language::Russian,
        path: "treebanks/ru/UD_Russian-Taiga/ru_taiga-ud-test.conllu",
    },
    Treebank {
        name: "UD_Russian-GSD test",
        language: Language::Russian,
        path: "treebanks/ru/UD_Russian-GSD/ru_gsd-ud-test.conllu",
    },
];

/// Where the project's own sample lies, from the root; `LANGUAGE.conllu` each.
pub const SAMPLE: &str = "corpus/language";

/// The sample of a language.
pub fn sample(root: &Path, language: Language) -> PathBuf {
    root.join(SAMPLE).join(format!("{language}.conllu"))
}

/// What an analyser was scored at.
#[derive(Debug, Clone)]
pub struct Measured {
    /// Sentences of the gold.
    pub sentences: usize,
    /// Syntactic words of the gold.
    pub words: usize,
    /// With the words given.
    pub gold_tokens: Run,
    /// With nothing but the text given.
    pub raw_text: Run,
}

/// One run and its scores.
#[derive(Debug, Clone)]
pub struct Run {
    /// Scores, or why there are none.
    pub scores: Result<Scores, Incomparable>,
    /// How long the system took.
    pub took: Duration,
}

impl Run {
    /// The F1 of a metric; 0 where nothing could be compared.
    pub fn f1(&self, metric: Metric) -> f64 {
        self.scores.as_ref().map_or(0.0, |scores| scores.of(metric).f1())
    }

    fn json(&self) -> Value {
        match &self.scores {
            Ok(scores) => json!({"seconds": self.took.as_secs_f64(), "scores": scores.json()}),
            Err(error) => json!({"seconds": self.took.as_secs_f64(), "error": error.to_string()}),
        }
    }
}

impl Measured {
    /// All figures as JSON.
    pub fn json(&self) -> Value {
        json!({
            "sentences": self.sentences, "words": self.words,
            "gold_tokens": self.gold_tokens.json(), "raw_text": self.raw_text.json(),
        })
    }

    /// The figures that can be held to a floor, by name.
    pub fn held(&self) -> [(&'static str, f64); 4] {
        [
            ("tokens", self.raw_text.f1(Metric::Tokens)),
            ("upos", self.gold_tokens.f1(Metric::Upos)),
            ("lemmas", self.gold_tokens.f1(Metric::Lemmas)),
            ("las", self.gold_tokens.f1(Metric::Las)),
        ]
    }
}

/// Reads a file of CoNLL-U; `purpose` says, where it is not there, what it is for.
pub fn read(path: &Path, purpose: &str) -> Result<Vec<Sentence>> {
    let content = fs::read_to_string(path)
        .with_context(|| format!("cannot read {}, which is for {purpose}", path.display()))?;
    conllu::read(&content).with_context(|| format!("{} is no CoNLL-U", path.display()))
}

/// Scores the project's analyser of a language.
pub fn measure(gold: &[Sentence], language: Language) -> Measured {
    measure_system(gold, |sentences| annotate_gold(language, sentences), |text| analyse_raw(language, text))
}

/// Scores an analyser given as two functions: one that annotates sentences whose words are given, one that reads text.
pub fn measure_system(
    gold: &[Sentence],
    annotate: impl FnOnce(&mut [Sentence]),
    analyse: impl FnOnce(&str) -> Vec<Sentence>,
) -> Measured {
    let mut annotated: Vec<Sentence> = gold.iter().map(blank).collect();
    let start = Instant::now();
    annotate(&mut annotated);
    let gold_tokens = Run { took: start.elapsed(), scores: score(gold, &annotated) };
    let text = raw_text(gold);
    let start = Instant::now();
    let analysed = analyse(&text);
    let raw_text = Run { took: start.elapsed(), scores: score(gold, &analysed) };
    let words = gold.iter().map(|sentence| sentence.words.len()).sum();
    Measured { sentences: gold.len(), words, gold_tokens, raw_text }
}

/// A sentence with its words, multi-word tokens and white space, and nothing else.
pub fn blank(sentence: &Sentence) -> Sentence {
    let space = |misc: &str| if misc.split('|').any(|item| item == NO_SPACE) { NO_SPACE } else { "_" };
    let mut multiwords = sentence.multiwords.clone();
    for multiword in &mut multiwords {
        multiword.misc = space(&multiword.misc).to_owned();
    }
    let words = sentence.words.iter().map(|word| Word::bare(&word.form, space(&word.misc))).collect();
    Sentence { comments: Vec::new(), words, multiwords }
}

const NO_SPACE: &str = "SpaceAfter=No";

/// The text of a treebank, as [`RAW_TEXT`] says.
pub fn raw_text(sentences: &[Sentence]) -> String {
    let mut text = String::new();
    for sentence in sentences {
        if !text.is_empty() {
            let paragraph = ["newpar", "newdoc"].iter().any(|key| sentence.comment(key).is_some());
            text.push_str(if paragraph { "\n\n" } else { " " });
        }
        text.push_str(&sentence.text());
    }
    text
}

const FROM_GOLD: [Metric; 8] = [
    Metric::Upos,
    Metric::Ufeats,
    Metric::Lemmas,
    Metric::Uas,
    Metric::Las,
    Metric::Clas,
    Metric::Mlas,
    Metric::Blex,
];

/// Both tables: F1 in hundredths, and the speed in words a second where there is one to tell.
pub fn tables(measured: &[(Treebank, Measured)]) -> String {
    let from_gold = table("from gold tokens", &FROM_GOLD, measured, |measured| &measured.gold_tokens);
    let from_raw = table("from raw text", &Metric::ALL, measured, |measured| &measured.raw_text);
    format!("{from_gold}\n{from_raw}\n{RAW_TEXT}")
}

fn table(
    heading: &str,
    metrics: &[Metric],
    measured: &[(Treebank, Measured)],
    run: fn(&Measured) -> &Run,
) -> String {
    let mut table = format!("{heading:<24}");
    for metric in metrics {
        table += &format!("{:>10}", metric.as_str());
    }
    table += &format!("{:>12}\n", "words/s");
    for (treebank, measured) in measured {
        table += &format!("{:<24}", treebank.name);
        let run = run(measured);
        if let Err(error) = &run.scores {
            table += &format!("  no figures: {error}\n");
            continue;
        }
        for &metric in metrics {
            table += &format!("{:>10}", hundredths(run.f1(metric)));
        }
        let seconds = run.took.as_secs_f64();
        let speed =
            if seconds < 1e-3 { "–".to_owned() } else { format!("{:.0}", measured.words as f64 / seconds) };
        table += &format!("{speed:>12}\n");
    }
    table
}

/// What was measured, by the treebank's name, as JSON.
pub fn tables_json(measured: &[(Treebank, Measured)]) -> Value {
    let entries = measured.iter().map(|(treebank, measured)| {
        let mut value = measured.json();
        value["language"] = treebank.language.code().into();
        (treebank.name.to_owned(), value)
    });
    Value::Object(entries.collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLD: &str = "# newdoc id = a\n# sent_id = 1\n1\tRetour\tretour\tNOUN\t_\tNumber=Sing\t0\troot\t_\tGloss=return\n\
        2-3\tdu\t_\t_\t_\t_\t_\t_\t_\t_\n2\tde\tde\tADP\t_\t_\t4\tcase\t_\t_\n3\tle\tle\tDET\t_\t_\t4\tdet\t_\t_\n\
        4\troi\troi\tNOUN\t_\t_\t1\tnmod\t_\tSpaceAfter=No|Gloss=king\n5\t.\t.\tPUNCT\t_\t_\t1\tpunct\t_\t_\n\n\
        # sent_id = 2\n1\tOui\toui\tINTJ\t_\t_\t0\troot\t_\t_\n\n\
        # newpar\n1\tNon\tnon\tINTJ\t_\t_\t0\troot\t_\t_\n\n";

    fn gold() -> Vec<Sentence> {
        conllu::read(GOLD).unwrap()
    }

    #[test]
    fn raw_text_has_paragraphs() {
        assert_eq!(raw_text(&gold()), "Retour du roi. Oui\n\nNon");
    }

    #[test]
    fn the_system_sees_forms_and_white_space_only() {
        let blanked: Vec<Sentence> = gold().iter().map(blank).collect();
        assert_eq!(raw_text(&blanked), "Retour du roi. Oui Non");
        let written = conllu::write(&blanked[..1]);
        assert_eq!(
            written,
            "1\tRetour\t_\t_\t_\t_\t0\t_\t_\t_\n2-3\tdu\t_\t_\t_\t_\t_\t_\t_\t_\n2\tde\t_\t_\t_\t_\t0\t_\t_\t_\n\
             3\tle\t_\t_\t_\t_\t0\t_\t_\t_\n4\troi\t_\t_\t_\t_\t0\t_\t_\tSpaceAfter=No\n5\t.\t_\t_\t_\t_\t0\t_\t_\t_\n\n"
        );
    }

    #[test]
    fn a_system_that_knows_all_is_right_and_one_that_drops_text_has_no_figures() {
        let all = |sentences: &mut [Sentence]| sentences.clone_from_slice(&gold());
        let measured = measure_system(&gold(), all, |_| gold());
        assert_eq!((measured.sentences, measured.words), (3, 7));
        assert!(measured.held().iter().all(|&(_, figure)| figure == 1.0));
        let measured = measure_system(&gold(), all, |_| gold()[1..].to_vec());
        assert_eq!(measured.raw_text.f1(Metric::Tokens), 0.0);
        let shown = tables(&[(TREEBANKS[0], measured)]);
        assert!(shown.contains("no figures: the characters differ after 0 of them"), "{shown}");
    }

    #[test]
    fn a_missing_file_is_named_with_its_purpose() {
        let error = read(Path::new("nowhere/a.conllu"), "scoring").unwrap_err();
        assert!(format!("{error:#}").starts_with("cannot read nowhere/a.conllu, which is for scoring"));
    }

    #[test]
    fn raw_text_keeps_its_characters_through_the_analyser() {
        for language in Language::ALL {
            let measured = measure(&gold(), language);
            assert!(measured.raw_text.scores.is_ok() && measured.gold_tokens.scores.is_ok(), "{language}");
        }
    }
}
