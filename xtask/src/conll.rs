//! Trees against trees: the figures of the CoNLL 2018 shared task.
//!
//! What comes in: sentences as they should be and as a system has them, over the same characters. What goes out:
//! [`Scores`]. The definitions are those of <https://universaldependencies.org/conll18/evaluation.html>; column XPOS, and
//! with it AllTags, is not compared.
//!
//! 1. White space is dropped; tokens and sentences are right where they have the same characters.
//! 2. Words are aligned: outside multi-word tokens by their characters, inside by the longest common subsequence of their
//!    lower-cased forms, over the smallest stretch that no multi-word token of either side crosses.
//! 3. Aligned words are compared; a head is right where the heads themselves are aligned.
//!
//! Trees are not validated: a cycle or a second root lowers the figures and is no error.

use std::fmt;

use depeche_language::conllu::{self, Sentence};
use depeche_pipeline::record::Upos;
use serde_json::{Map, Value, json};

/// What is scored, in the order in which it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Metric {
    /// Surface tokens.
    Tokens,
    /// Sentences, by their first and last character.
    Sentences,
    /// Syntactic words that are aligned.
    Words,
    /// Parts of speech.
    Upos,
    /// The universal features of a word, all of them right.
    Ufeats,
    /// Lemmas; where the gold has `_`, any is right.
    Lemmas,
    /// Heads.
    Uas,
    /// Heads with their relation, its subtype left out.
    Las,
    /// LAS over content words.
    Clas,
    /// CLAS where also the tag, the features and the function words below the word are right.
    Mlas,
    /// CLAS where also the lemma is right.
    Blex,
}

impl Metric {
    /// All of them, in order.
    pub const ALL: [Metric; 11] = [
        Metric::Tokens,
        Metric::Sentences,
        Metric::Words,
        Metric::Upos,
        Metric::Ufeats,
        Metric::Lemmas,
        Metric::Uas,
        Metric::Las,
        Metric::Clas,
        Metric::Mlas,
        Metric::Blex,
    ];

    /// The name that the shared task prints.
    pub fn as_str(self) -> &'static str {
        match self {
            Metric::Tokens => "Tokens",
            Metric::Sentences => "Sentences",
            Metric::Words => "Words",
            Metric::Upos => "UPOS",
            Metric::Ufeats => "UFeats",
            Metric::Lemmas => "Lemmas",
            Metric::Uas => "UAS",
            Metric::Las => "LAS",
            Metric::Clas => "CLAS",
            Metric::Mlas => "MLAS",
            Metric::Blex => "BLEX",
        }
    }

    /// Whether only content words are counted.
    fn of_content_words(self) -> bool {
        matches!(self, Metric::Clas | Metric::Mlas | Metric::Blex)
    }
}

/// What was counted for one metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Score {
    /// Items of the gold.
    pub gold: usize,
    /// Items of the system.
    pub system: usize,
    /// Items of the system that are right.
    pub correct: usize,
    /// Aligned items; none for tokens, sentences and words, which are not aligned but found.
    pub aligned: Option<usize>,
}

impl Score {
    /// The part of the system's items that is right; 0 where there are none.
    pub fn precision(self) -> f64 {
        part(self.correct, self.system)
    }

    /// The part of the gold that was found; 0 where there is none.
    pub fn recall(self) -> f64 {
        part(self.correct, self.gold)
    }

    /// The harmonic mean of precision and recall.
    pub fn f1(self) -> f64 {
        part(2 * self.correct, self.gold + self.system)
    }

    /// The part of the aligned items that is right.
    pub fn aligned_accuracy(self) -> Option<f64> {
        self.aligned.map(|aligned| part(self.correct, aligned))
    }

    /// Counts and figures as JSON.
    pub fn json(self) -> Value {
        json!({
            "precision": self.precision(), "recall": self.recall(), "f1": self.f1(),
            "aligned_accuracy": self.aligned_accuracy(),
            "correct": self.correct, "gold": self.gold, "system": self.system, "aligned": self.aligned,
        })
    }
}

fn part(correct: usize, of: usize) -> f64 {
    if of == 0 { 0.0 } else { correct as f64 / of as f64 }
}

/// The score of each metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scores([Score; Metric::ALL.len()]);

impl Scores {
    /// The score of one metric.
    pub fn of(&self, metric: Metric) -> Score {
        self.0[metric as usize]
    }

    /// All of them by name, as JSON.
    pub fn json(&self) -> Value {
        let rows = Metric::ALL.iter().map(|&metric| (metric.as_str().to_owned(), self.of(metric).json()));
        Value::Object(rows.collect::<Map<_, _>>())
    }

    /// All of them as lines: precision, recall, F1 and accuracy on aligned words, in hundredths.
    pub fn lines(&self) -> String {
        let mut lines =
            format!("{:<10}{:>10}{:>10}{:>10}{:>10}\n", "", "precision", "recall", "F1", "aligned");
        for metric in Metric::ALL {
            let score = self.of(metric);
            let aligned = score.aligned_accuracy().map_or("–".to_owned(), hundredths);
            let [precision, recall, f1] = [score.precision(), score.recall(), score.f1()].map(hundredths);
            lines += &format!("{:<10}{precision:>10}{recall:>10}{f1:>10}{aligned:>10}\n", metric.as_str());
        }
        lines
    }
}

/// A figure in hundredths with two decimals, as the field prints them.
pub fn hundredths(figure: f64) -> String {
    format!("{:.2}", 100.0 * figure)
}

/// Why two files cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incomparable {
    /// A token without a character that is no white space.
    Empty {
        /// Which side has it: `gold` or `system`.
        side: &'static str,
        /// Its sentence, from 1.
        sentence: usize,
    },
    /// The characters differ.
    Characters {
        /// Characters before the difference, white space left out.
        at: usize,
        /// The gold's sentence, from 1, in which it lies.
        sentence: usize,
        /// What the gold has there, with a few characters before it.
        gold: String,
        /// What the system has there.
        system: String,
    },
}

impl fmt::Display for Incomparable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Incomparable::Empty { side, sentence } => {
                write!(f, "sentence {sentence} of the {side} has a token without characters")
            }
            Incomparable::Characters { at, sentence, gold, system } => write!(
                f,
                "the characters differ after {at} of them (white space left out), in sentence {sentence} of the gold: \
                 gold ‘{gold}’, system ‘{system}’"
            ),
        }
    }
}

impl std::error::Error for Incomparable {}

/// Scores what a system made of a text.
///
/// # Errors
///
/// The two do not hold the same characters, white space left out.
pub fn score(gold: &[Sentence], system: &[Sentence]) -> Result<Scores, Incomparable> {
    let (gold, system) = (Side::of(gold, "gold")?, Side::of(system, "system")?);
    same_characters(&gold, &system)?;
    let aligned = Alignment::of(&gold.words, &system.words);
    Ok(Scores(Metric::ALL.map(|metric| match metric {
        Metric::Tokens => spans_score(&gold.tokens, &system.tokens),
        Metric::Sentences => spans_score(&gold.sentences, &system.sentences),
        Metric::Words => Score {
            gold: gold.words.len(),
            system: system.words.len(),
            correct: aligned.pairs.len(),
            aligned: None,
        },
        metric => words_score(&gold.words, &system.words, &aligned, metric),
    })))
}

/// Relations of content words; those of function words and punctuation are left out.
const CONTENT: [&str; 29] = [
    "nsubj",
    "obj",
    "iobj",
    "csubj",
    "ccomp",
    "xcomp",
    "obl",
    "vocative",
    "expl",
    "dislocated",
    "advcl",
    "advmod",
    "discourse",
    "nmod",
    "appos",
    "nummod",
    "acl",
    "amod",
    "conj",
    "fixed",
    "flat",
    "compound",
    "list",
    "parataxis",
    "orphan",
    "goeswith",
    "reparandum",
    "root",
    "dep",
];

/// Relations of function words, which MLAS looks at below their content word.
const FUNCTION: [&str; 7] = ["aux", "cop", "mark", "det", "clf", "case", "cc"];

/// The features that are compared; a treebank's own are not.
const FEATURES: [&str; 21] = [
    "PronType", "NumType", "Poss", "Reflex", "Foreign", "Abbr", "Gender", "Animacy", "Number", "Case",
    "Definite", "Degree", "VerbForm", "Mood", "Tense", "Aspect", "Voice", "Evident", "Polarity", "Person",
    "Polite",
];

/// A head that lies outside its sentence: it is aligned with nothing.
const NOWHERE: usize = usize::MAX;

/// First character and one past the last, white space not counted.
type Stretch = (usize, usize);

/// One of the two that are compared.
struct Side<'s> {
    characters: Vec<char>,
    tokens: Vec<Stretch>,
    sentences: Vec<Stretch>,
    words: Vec<Word<'s>>,
}

/// A syntactic word of a side.
struct Word<'s> {
    /// Its characters, or those of its multi-word token.
    stretch: Stretch,
    /// Whether it stands in a multi-word token.
    inside: bool,
    /// Lower-cased form, as it is aligned.
    form: String,
    lemma: &'s str,
    upos: Option<Upos>,
    /// Universal features, sorted.
    features: Vec<&'s str>,
    /// Index of its head among all words of the side; none for a root.
    head: Option<usize>,
    /// Relation without its subtype.
    relation: &'s str,
    /// Function words below it.
    function_words: Vec<usize>,
}

impl<'s> Side<'s> {
    fn of(sentences: &'s [Sentence], side: &'static str) -> Result<Side<'s>, Incomparable> {
        let mut all =
            Side { characters: Vec::new(), tokens: Vec::new(), sentences: Vec::new(), words: Vec::new() };
        for (n, sentence) in sentences.iter().enumerate() {
            let (start, first) = (all.characters.len(), all.words.len());
            for token in sentence.tokens() {
                let before = all.characters.len();
                all.characters.extend(token.form.chars().filter(|c| !c.is_whitespace()));
                let stretch = (before, all.characters.len());
                if stretch.0 == stretch.1 {
                    return Err(Incomparable::Empty { side, sentence: n + 1 });
                }
                all.tokens.push(stretch);
                let inside = token.words.end() > token.words.start();
                for word in &sentence.words[token.words] {
                    let mut features: Vec<&str> = word.feats.split('|').collect();
                    features
                        .retain(|feature| FEATURES.contains(&feature.split('=').next().unwrap_or_default()));
                    features.sort_unstable();
                    all.words.push(Word {
                        stretch,
                        inside,
                        form: form(word, inside),
                        lemma: &word.lemma,
                        upos: word.upos,
                        features,
                        head: match word.head {
                            0 => None,
                            head if head > sentence.words.len() => Some(NOWHERE),
                            head => Some(first + head - 1),
                        },
                        relation: word.deprel.split(':').next().unwrap_or_default(),
                        function_words: Vec::new(),
                    });
                }
            }
            if all.characters.len() > start {
                all.sentences.push((start, all.characters.len()));
            }
        }
        for index in 0..all.words.len() {
            if let Some(head) = all.words[index].head.filter(|&head| head != NOWHERE)
                && FUNCTION.contains(&all.words[index].relation)
            {
                all.words[head].function_words.push(index);
            }
        }
        Ok(all)
    }
}

/// The form by which a word is aligned. White space is left out, but not within multi-word tokens: so the shared task has
/// it.
fn form(word: &conllu::Word, inside: bool) -> String {
    let mut form = word.form.to_lowercase();
    if !inside {
        form.retain(|c| !c.is_whitespace());
    }
    form
}

fn same_characters(gold: &Side<'_>, system: &Side<'_>) -> Result<(), Incomparable> {
    if gold.characters == system.characters {
        return Ok(());
    }
    let at = gold.characters.iter().zip(&system.characters).take_while(|(g, s)| g == s).count();
    let around = |characters: &[char]| -> String {
        characters[at.saturating_sub(15)..(at + 15).min(characters.len())].iter().collect()
    };
    Err(Incomparable::Characters {
        at,
        sentence: gold
            .sentences
            .partition_point(|sentence| sentence.1 <= at)
            .min(gold.sentences.len().saturating_sub(1))
            + 1,
        gold: around(&gold.characters),
        system: around(&system.characters),
    })
}

fn spans_score(gold: &[Stretch], system: &[Stretch]) -> Score {
    let (mut g, mut s, mut correct) = (0, 0, 0);
    while g < gold.len() && s < system.len() {
        if system[s].0 < gold[g].0 {
            s += 1;
        } else if gold[g].0 < system[s].0 {
            g += 1;
        } else {
            correct += usize::from(gold[g].1 == system[s].1);
            g += 1;
            s += 1;
        }
    }
    Score { gold: gold.len(), system: system.len(), correct, aligned: None }
}

fn words_score(gold: &[Word<'_>], system: &[Word<'_>], aligned: &Alignment, metric: Metric) -> Score {
    let counts = |word: &&Word<'_>| !metric.of_content_words() || CONTENT.contains(&word.relation);
    let pairs = || aligned.pairs.iter().map(|&(g, s)| (&gold[g], &system[s])).filter(|(g, _)| counts(g));
    Score {
        gold: gold.iter().filter(counts).count(),
        system: system.iter().filter(counts).count(),
        correct: pairs().filter(|(g, s)| right(g, s, gold, system, aligned, metric)).count(),
        aligned: Some(pairs().count()),
    }
}

fn right(
    g: &Word<'_>,
    s: &Word<'_>,
    gold: &[Word<'_>],
    system: &[Word<'_>],
    aligned: &Alignment,
    metric: Metric,
) -> bool {
    let lemma = || g.lemma == "_" || g.lemma == s.lemma;
    let tags = |g: &Word<'_>, s: &Word<'_>| g.upos == s.upos && g.features == s.features;
    let head = || match (g.head, s.head) {
        (None, None) => true,
        (Some(g), Some(s)) => aligned.with(g) == Some(s),
        _ => false,
    };
    let labelled = || g.relation == s.relation && head();
    let function_words = || {
        g.function_words.len() == s.function_words.len()
            && g.function_words.iter().zip(&s.function_words).all(|(&g, &s)| {
                aligned.with(g) == Some(s)
                    && gold[g].relation == system[s].relation
                    && tags(&gold[g], &system[s])
            })
    };
    match metric {
        Metric::Tokens | Metric::Sentences | Metric::Words => true,
        Metric::Upos => g.upos == s.upos,
        Metric::Ufeats => g.features == s.features,
        Metric::Lemmas => lemma(),
        Metric::Uas => head(),
        Metric::Las | Metric::Clas => labelled(),
        Metric::Mlas => labelled() && tags(g, s) && function_words(),
        Metric::Blex => labelled() && lemma(),
    }
}

/// Which word of the gold is which of the system.
struct Alignment {
    /// Indices into gold and system, both rising.
    pairs: Vec<(usize, usize)>,
    /// The system's word of each word of the gold.
    of_gold: Vec<Option<usize>>,
}

impl Alignment {
    fn of(gold: &[Word<'_>], system: &[Word<'_>]) -> Alignment {
        let mut pairs = Vec::new();
        let (mut g, mut s) = (0, 0);
        while g < gold.len() && s < system.len() {
            if gold[g].inside || system[s].inside {
                let (from, to) = multiword_stretch(gold, system, (g, s));
                common_words(gold, system, from, to, &mut pairs);
                (g, s) = to;
            } else if gold[g].stretch == system[s].stretch {
                pairs.push((g, s));
                g += 1;
                s += 1;
            } else if gold[g].stretch.0 <= system[s].stretch.0 {
                g += 1;
            } else {
                s += 1;
            }
        }
        let mut of_gold = vec![None; gold.len()];
        for &(g, s) in &pairs {
            of_gold[g] = Some(s);
        }
        Alignment { pairs, of_gold }
    }

    fn with(&self, gold: usize) -> Option<usize> {
        self.of_gold.get(gold).copied().flatten()
    }
}

/// The words, from and to, of the smallest stretch from a multi-word token on that no multi-word token crosses; one of
/// the two words at `at` stands in one.
fn multiword_stretch(
    gold: &[Word<'_>],
    system: &[Word<'_>],
    at: (usize, usize),
) -> ((usize, usize), (usize, usize)) {
    let (mut g, mut s) = at;
    let mut end;
    // A plain word of the other side that begins before the token belongs to none of its words.
    if gold[g].inside {
        end = gold[g].stretch.1;
        s += usize::from(!system[s].inside && system[s].stretch.0 < gold[g].stretch.0);
    } else {
        end = system[s].stretch.1;
        g += usize::from(gold[g].stretch.0 < system[s].stretch.0);
    }
    let from = (g, s);
    let beyond = |word: Option<&Word<'_>>, end: usize| match word {
        None => true,
        Some(word) if word.inside => word.stretch.0 >= end,
        Some(word) => word.stretch.1 > end,
    };
    while !beyond(gold.get(g), end) || !beyond(system.get(s), end) {
        let of_gold = match (gold.get(g), system.get(s)) {
            (Some(gold), Some(system)) => gold.stretch.0 <= system.stretch.0,
            (gold, _) => gold.is_some(),
        };
        let word = if of_gold { &gold[g] } else { &system[s] };
        if word.inside {
            end = end.max(word.stretch.1);
        }
        if of_gold {
            g += 1;
        } else {
            s += 1;
        }
    }
    (from, (g, s))
}

/// Aligns the words of a stretch by the longest common subsequence of their forms.
fn common_words(
    gold: &[Word<'_>],
    system: &[Word<'_>],
    from: (usize, usize),
    to: (usize, usize),
    pairs: &mut Vec<(usize, usize)>,
) {
    let (gold, system) = (&gold[from.0..to.0], &system[from.1..to.1]);
    let same = |g: usize, s: usize| gold[g].form == system[s].form;
    let mut longest = vec![vec![0_usize; system.len() + 1]; gold.len() + 1];
    for g in (0..gold.len()).rev() {
        for s in (0..system.len()).rev() {
            let both = if same(g, s) { longest[g + 1][s + 1] + 1 } else { 0 };
            longest[g][s] = both.max(longest[g + 1][s]).max(longest[g][s + 1]);
        }
    }
    let (mut g, mut s) = (0, 0);
    while g < gold.len() && s < system.len() {
        if same(g, s) {
            pairs.push((from.0 + g, from.1 + s));
            g += 1;
            s += 1;
        } else if longest[g][s] == longest[g + 1][s] {
            g += 1;
        } else {
            s += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use depeche_language::conllu::read;

    /// Sentences of lines `id form lemma upos feats head deprel`; a range stands with its form alone. An empty line
    /// ends a sentence.
    fn trees(lines: &str) -> Vec<Sentence> {
        let conllu: String = lines
            .lines()
            .map(|line| match line.split_whitespace().collect::<Vec<_>>()[..] {
                [] => "\n".to_owned(),
                [range, form] => format!("{range}\t{form}\t_\t_\t_\t_\t_\t_\t_\t_\n"),
                [id, form, lemma, upos, feats, head, deprel] => {
                    format!("{id}\t{form}\t{lemma}\t{upos}\t_\t{feats}\t{head}\t{deprel}\t_\t_\n")
                }
                _ => panic!("no line of a tree: {line}"),
            })
            .collect();
        read(&conllu).expect("CoNLL-U")
    }

    /// Gold, system, correct.
    fn counts(scores: &Scores, metric: Metric) -> (usize, usize, usize) {
        let score = scores.of(metric);
        (score.gold, score.system, score.correct)
    }

    const GOLD: &str = "\
        1 Le le DET Definite=Def|Number=Sing 2 det
        2 chat chat NOUN Gender=Masc|Number=Sing 3 nsubj
        3 dort dormir VERB Mood=Ind 0 root
        4-5 du
        4 de de ADP _ 6 case
        5 le le DET Definite=Def 6 det
        6 matin matin NOUN Number=Sing 3 obl:mod
        7 . . PUNCT _ 3 punct";

    fn against(system: &str) -> Scores {
        score(&trees(GOLD), &trees(system)).expect("the same characters")
    }

    #[test]
    fn what_is_right_scores_one() {
        let scores = against(GOLD);
        for metric in Metric::ALL {
            assert_eq!(scores.of(metric).f1(), 1.0, "{}", metric.as_str());
            assert!(scores.of(metric).aligned_accuracy().is_none_or(|accuracy| accuracy == 1.0));
        }
        assert_eq!(counts(&scores, Metric::Tokens), (6, 6, 6));
        assert_eq!(counts(&scores, Metric::Words), (7, 7, 7));
        assert_eq!(counts(&scores, Metric::Las), (7, 7, 7));
        // chat, dort, matin.
        assert_eq!(counts(&scores, Metric::Mlas), (3, 3, 3));
    }

    #[test]
    fn each_metric_looks_at_its_own_columns() {
        // Wrong: the tag of `Le`, a feature of `chat`, the lemma of `dort`, the head of `du` = `de`, the relation of
        // `matin`. Right all the same: the order of features, a treebank's own feature, another subtype.
        let scores = against(
            "1 Le le PRON Number=Sing|Definite=Def 2 det:x
             2 chat chat NOUN Gender=Fem|Number=Sing 3 nsubj
             3 dort dort VERB Mood=Ind|Own=Yes 0 root
             4-5 du
             4 de de ADP _ 3 case
             5 le le DET Definite=Def 6 det
             6 matin matin NOUN Number=Sing 3 nmod:x
             7 . . PUNCT _ 3 punct",
        );
        assert_eq!(counts(&scores, Metric::Upos), (7, 7, 6));
        assert_eq!(counts(&scores, Metric::Ufeats), (7, 7, 6));
        assert_eq!(counts(&scores, Metric::Lemmas), (7, 7, 6));
        assert_eq!(counts(&scores, Metric::Uas), (7, 7, 6));
        assert_eq!(counts(&scores, Metric::Las), (7, 7, 5));
        assert_eq!(counts(&scores, Metric::Clas), (3, 3, 2));
        // chat: its feature, and the tag of its article; dort: `de` hangs on it; matin: its relation.
        assert_eq!(counts(&scores, Metric::Mlas), (3, 3, 0));
        // chat.
        assert_eq!(counts(&scores, Metric::Blex), (3, 3, 1));
    }

    #[test]
    fn a_function_word_counts_with_its_content_word_only_in_mlas() {
        let scores =
            against(&GOLD.replace("1 Le le DET Definite=Def|Number=Sing", "1 Le le DET Number=Sing"));
        assert_eq!(counts(&scores, Metric::Clas), (3, 3, 3));
        assert_eq!(counts(&scores, Metric::Mlas), (3, 3, 2));
        assert_eq!(counts(&scores, Metric::Blex), (3, 3, 3));
    }

    #[test]
    fn a_lemma_that_the_gold_lacks_is_right() {
        let gold = trees("1 a _ X _ 0 root\n2 b _ X _ 1 dep");
        let system = trees("1 a a X _ 0 root\n2 b _ X _ 1 dep");
        let scores = score(&gold, &system).unwrap();
        assert_eq!(counts(&scores, Metric::Lemmas), (2, 2, 2));
        assert_eq!(counts(&scores, Metric::Blex), (2, 2, 2));
        assert_eq!(counts(&score(&system, &gold).unwrap(), Metric::Lemmas), (2, 2, 1));
    }

    #[test]
    fn tokens_cut_otherwise() {
        // `dort` in two, `matin.` in one: of six tokens and seven words of each side four and five are the same.
        let scores = against(
            "1 Le le DET Definite=Def|Number=Sing 2 det
             2 chat chat NOUN Gender=Masc|Number=Sing 3 nsubj
             3 do do VERB Mood=Ind 0 root
             4 rt rt X _ 3 flat
             5-6 du
             5 de de ADP _ 7 case
             6 le le DET Definite=Def 7 det
             7 matin. matin NOUN Number=Sing 3 obl",
        );
        assert_eq!(counts(&scores, Metric::Tokens), (6, 6, 3));
        assert_eq!(counts(&scores, Metric::Words), (7, 7, 4));
        assert_eq!(counts(&scores, Metric::Upos), (7, 7, 4));
        // Only `Le` hangs on a word that is aligned.
        assert_eq!(counts(&scores, Metric::Uas), (7, 7, 1));
        assert_eq!(scores.of(Metric::Uas).aligned_accuracy(), Some(0.25));
        // Content words: chat, dort, matin; chat, do, rt, matin.; aligned is chat, its head is not.
        assert_eq!(counts(&scores, Metric::Clas), (3, 4, 0));
    }

    #[test]
    fn figures_are_ratios() {
        let score = Score { gold: 4, system: 2, correct: 1, aligned: Some(2) };
        assert_eq!((score.precision(), score.recall()), (0.5, 0.25));
        assert_eq!((score.f1(), score.aligned_accuracy()), (2.0 / 6.0, Some(0.5)));
        assert_eq!(Score::default().f1(), 0.0);
    }

    #[test]
    fn multiword_tokens_split_otherwise() {
        let words =
            |gold: &str, system: &str| counts(&score(&trees(gold), &trees(system)).unwrap(), Metric::Words);
        let gold = "1-3 Dámelo\n1 da dar VERB _ 0 root\n2 me yo PRON _ 1 iobj\n3 lo él PRON _ 1 obj\n4 ya ya ADV _ 1 advmod";
        // A word of the middle missing; case does not matter.
        let two = "1-2 Dámelo\n1 Da dar VERB _ 0 root\n2 lo él PRON _ 1 obj\n3 ya ya ADV _ 1 advmod";
        assert_eq!(words(gold, two), (4, 3, 3));
        assert_eq!(words(two, gold), (3, 4, 3));
        // Not split at all: the one word is none of the three.
        assert_eq!(words(gold, "1 Dámelo dar VERB _ 0 root\n2 ya ya ADV _ 1 advmod"), (4, 2, 1));
        // Split into surface tokens: they are compared by form with the words of the stretch.
        let tokens =
            "1 Dá dar VERB _ 0 root\n2 me yo PRON _ 1 iobj\n3 lo él PRON _ 1 obj\n4 ya ya ADV _ 1 advmod";
        assert_eq!(words(gold, tokens), (4, 4, 3));
        // A multi-word token of the system across two of the gold: the stretch reaches to the end of both.
        let across = "1-2 Dámeloya\n1 me yo PRON _ 0 root\n2 ya ya ADV _ 1 advmod";
        assert_eq!(words(gold, across), (4, 2, 2));
        // A plain word that begins before the multi-word token of the other side is no part of it.
        let before = "1 a a X _ 0 root\n2 bc bc X _ 1 dep";
        assert_eq!(words(before, "1 ab ab X _ 0 root\n2-3 c\n2 bc bc X _ 1 dep\n3 d d X _ 1 dep"), (2, 3, 0));
    }

    #[test]
    fn sentences_cut_otherwise() {
        let gold = trees("1 a a X _ 0 root\n2 b b X _ 1 dep\n\n1 c c X _ 0 root\n\n1 d d X _ 0 root");
        let system = trees("1 a a X _ 0 root\n\n1 b b X _ 0 root\n2 c c X _ 1 dep\n\n1 d d X _ 0 root");
        let scores = score(&gold, &system).unwrap();
        assert_eq!(counts(&scores, Metric::Sentences), (3, 3, 1));
        assert_eq!(counts(&scores, Metric::Words), (4, 4, 4));
        // a and d; b is a root, and c hangs on b.
        assert_eq!(counts(&scores, Metric::Uas), (4, 4, 2));
    }

    #[test]
    fn other_characters_are_told_with_their_place() {
        let gold = trees("1 Un un DET _ 0 root\n\n1 mot mot NOUN _ 0 root");
        let wrong = score(&gold, &trees("1 Un un DET _ 0 root\n2 met met NOUN _ 1 dep")).unwrap_err();
        assert_eq!(
            wrong.to_string(),
            "the characters differ after 3 of them (white space left out), in sentence 2 of the gold: gold ‘Unmot’, \
             system ‘Unmet’"
        );
        let short = score(&gold, &trees("1 Un un DET _ 0 root")).unwrap_err();
        assert!(matches!(short, Incomparable::Characters { at: 2, sentence: 2, .. }));
        assert!(score(&[], &gold).is_err() && score(&gold, &[]).is_err());
        let empty = trees("1 Un un DET _ 0 root\n2 \u{200b} x X _ 1 dep");
        assert!(matches!(score(&gold, &empty), Err(Incomparable::Characters { .. })));
        // White space within a form is no character; a form of nothing else is no token.
        let mut spaced = gold.clone();
        spaced[1].words[0].form = "m o\u{a0}t".to_owned();
        assert!(score(&gold, &spaced).is_ok());
        spaced[1].words[0].form = "\u{a0}".to_owned();
        assert_eq!(score(&gold, &spaced), Err(Incomparable::Empty { side: "system", sentence: 2 }));
    }
}
