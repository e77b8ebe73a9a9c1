//! Raw text to sentences, surface tokens and syntactic words, as Universal Dependencies draw the lines.
//!
//! In: a text, or a part of one. Out: [`Sentence`]s of [`Token`]s; a token that stands for several words (French `du` =
//! `de` + `le`, English `don't` = `do` + `n't`) lists them. Where the lines lie is learned from treebanks, by language, with the
//! feature `train`; time is linear in the length of the text.
//!
//! 1. atoms: runs of letters, of digits, of one mark;
//! 2. tokens: between two atoms without white space (and between groups of digits with one space), does a token end?
//! 3. sentences: between two tokens, does a sentence end? An empty line always ends one;
//! 4. words: is a token one word or several?
//!
//! The three questions are answered from left to right by linear models over digests of what stands around.

mod atoms;
mod features;
mod linear;
#[cfg(any(test, feature = "train"))]
mod train;
mod words;

use std::borrow::Cow;
use std::sync::OnceLock;

use depeche_record::{Language, Span};

use crate::conllu;
use crate::model::{ModelError, ModelReader};
use atoms::{Gap, Piece, atoms};
use features::{Chunk, Course, Features};
use linear::Linear;
#[cfg(any(test, feature = "train"))]
pub use train::train;
use words::{Lexicon, Parts, Shortened, Split, Splits};

/// A sentence of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// From its first to its last token, in bytes of the text.
    pub span: Span,
    /// Its tokens in order; at least one.
    pub tokens: Vec<Token>,
    /// Whether an empty line, or the beginning of what was segmented, stands before it.
    pub opens: bool,
}

/// A surface token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Bytes of the text.
    pub span: Span,
    /// The words that the token stands for; empty where it is a word itself.
    pub words: Vec<Word>,
}

/// A syntactic word of a token of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// FORM, as Universal Dependencies write it.
    pub form: Cow<'static, str>,
    /// Its own bytes of the text where the words are cuts of the token (`do`, `n't`); the token's where they are not
    /// (`de`, `le`).
    pub span: Span,
}

/// Segments texts of one language.
#[derive(Debug)]
pub struct Segmenter {
    tokens: Linear,
    sentences: Linear,
    words: Linear,
    lexicon: Lexicon,
    shortened: Shortened,
    splits: Splits,
    french: bool,
}

/// What a model is for.
fn kind(language: Language) -> String {
    format!("segment {}", language.code())
}

impl Segmenter {
    /// The segmenter of `language`, with the model that the program carries.
    pub fn of(language: Language) -> &'static Segmenter {
        static SEGMENTERS: [OnceLock<Segmenter>; 3] = [const { OnceLock::new() }; 3];
        let (slot, file, bytes): (_, _, &[u8]) = match language {
            Language::French => (0, "fr.segment.model", include_bytes!("../../models/fr.segment.model")),
            Language::English => (1, "en.segment.model", include_bytes!("../../models/en.segment.model")),
            Language::Russian => (2, "ru.segment.model", include_bytes!("../../models/ru.segment.model")),
        };
        SEGMENTERS[slot].get_or_init(|| {
            Segmenter::open(file, bytes, language)
                .expect("the tests read the models that the program carries")
        })
    }

    /// Reads the model `bytes` of the file `file`.
    ///
    /// # Errors
    ///
    /// It is no model for the segmentation of `language`, or a damaged one; the error names the file.
    pub fn open(file: &str, bytes: &[u8], language: Language) -> Result<Segmenter, ModelError> {
        let reader = ModelReader::open(file, bytes, &kind(language))?;
        Ok(Segmenter {
            tokens: Linear::read(&reader, "token")?,
            sentences: Linear::read(&reader, "sentence")?,
            words: Linear::read(&reader, "split")?,
            lexicon: Lexicon::read(&reader)?,
            shortened: Shortened::of(language),
            splits: Splits::new(reader.text("forms")?),
            french: language == Language::French,
        })
    }

    /// The sentences of the part `span` of `text`, taken as running text; spans are bytes of `text`. Tokens tile: between
    /// two of them, and inside them only in numbers (`10 000`), lies white space. None where `span` is no part of `text`.
    pub fn segment(&self, text: &str, span: Span) -> Vec<Sentence> {
        let Some(part) = text.get(span.range()) else { return Vec::new() };
        let mut pieces = Vec::with_capacity(part.len() / 4);
        atoms(text, span, &mut pieces);
        self.shortened.mark_atoms(&mut pieces);
        let mut tokens = join(&pieces, |features, _| self.tokens.decide(features.as_slice()));
        if self.french {
            join_african_names(text, &mut tokens);
        }
        self.shortened.mark_tokens(&mut tokens, |token| self.lexicon.status(token.hash));
        let starts = cut(&tokens, text, |features, _| self.sentences.decide(features.as_slice()));
        let ends = starts.iter().skip(1).copied().chain([tokens.len()]);
        let mut features = Features::new();
        let mut sentence = |(&start, end): (&usize, usize)| Sentence {
            span: Span { start: tokens[start].start, end: tokens[end - 1].end },
            opens: tokens[start].gap == Gap::Blank,
            tokens: (start..end)
                .map(|index| {
                    let span = Span { start: tokens[index].start, end: tokens[index].end };
                    let form = span.of(text);
                    let split = self.splits.of(&tokens[index], form).filter(|split| {
                        split.always || {
                            features::of_split(&tokens[start..end], index - start, split.form, &mut features);
                            self.words.decide(features.as_slice())
                        }
                    });
                    Token { span, words: split.map_or_else(Vec::new, |split| spell(split, form, span)) }
                })
                .collect(),
        };
        starts.iter().zip(ends).map(&mut sentence).collect()
    }
}

/// «N’Djamena», «M’Baye»: before a capital that is no vowel nothing is elided.
fn join_african_names(text: &str, tokens: &mut Vec<Piece>) {
    let form = |token: &Piece| Span { start: token.start, end: token.end }.of(text);
    let opens = |token: &Piece| matches!(form(token), "N'" | "N’" | "M'" | "M’");
    let goes_on = |token: &Piece| {
        let first = form(token).chars().next();
        token.gap == Gap::None
            && first.is_some_and(|first| first.is_uppercase() && !"AEIOUYHÀÂÉÈÊËÎÏÔÖÛÜŒÆ".contains(first))
    };
    tokens.dedup_by(|token, before| {
        let one = opens(before) && goes_on(token);
        if one {
            *before = before.with(token);
        }
        one
    });
}

/// Puts atoms together to tokens: `ends` says for each place in question, by the features of the place and the first byte
/// of the atom after it, whether a token ends there.
fn join(atoms: &[Piece], mut ends: impl FnMut(&Features, u32) -> bool) -> Vec<Piece> {
    let mut tokens: Vec<Piece> = Vec::with_capacity(atoms.len());
    let mut features = Features::new();
    let (mut chunk, mut history) = (Chunk::default(), 1);
    for (index, atom) in atoms.iter().enumerate() {
        let joinable = features::may_join(atoms, index);
        if index >= chunk.end {
            let glued = atoms.get(index + 1).is_some_and(|next| next.gap == Gap::None);
            chunk = if glued || joinable {
                Chunk::of(atoms, index)
            } else {
                Chunk { start: index, end: index + 1, hash: atom.hash, ..Chunk::default() }
            };
        }
        let ended = match tokens.last() {
            Some(_) if chunk.goes_on(index) => false,
            Some(_) if chunk.breaks_off(index) => true,
            Some(token) if atom.gap == Gap::None || joinable => {
                features::of_token(atoms, index, &chunk, token, history, &mut features);
                ends(&features, atom.start)
            }
            _ => true,
        };
        history = history << 1 | u32::from(ended);
        match tokens.last_mut() {
            Some(token) if !ended => *token = token.with(atom),
            _ => tokens.push(*atom),
        }
    }
    tokens
}

/// Cuts tokens into sentences: the indices of their first tokens. `ends` says for each place in question, by its features
/// and the first byte of the token after it, whether a sentence ends there.
fn cut(tokens: &[Piece], text: &str, mut ends: impl FnMut(&Features, u32) -> bool) -> Vec<usize> {
    let mut starts = Vec::with_capacity(tokens.len() / 16 + 1);
    let mut features = Features::new();
    let mut course = Course::default();
    let distances = features::distances(tokens);
    for (index, token) in tokens.iter().enumerate() {
        let ended = index == 0 || token.gap == Gap::Blank || {
            features::may_end(tokens, index) && {
                features::of_sentence(tokens, index, &course, distances[index], &mut features);
                ends(&features, token.start)
            }
        };
        if ended {
            starts.push(index);
            let last = index.checked_sub(1).map_or(&atoms::EDGE, |last| &tokens[last]);
            course = course.next(index, last, token);
        }
        course.read(token, text.as_bytes());
    }
    starts
}

/// The words of the token `form` at `span`.
fn spell(split: &Split, form: &str, span: Span) -> Vec<Word> {
    let cuts: Vec<usize> = match &split.parts {
        Parts::Words(words) => {
            let mut letters = form.chars().filter(|character| character.is_alphabetic());
            let capital = letters.next().is_some_and(char::is_uppercase);
            let capitals = capital && letters.next().is_some_and(char::is_uppercase);
            let word = |(index, word): (usize, &String)| {
                let form = match (index, capital, capitals) {
                    (0, _, true) => word.to_uppercase(),
                    (0, true, _) => capitalised(word),
                    _ => word.clone(),
                };
                Word { form: Cow::Owned(form), span }
            };
            return words.iter().enumerate().map(word).collect();
        }
        Parts::Cut(lengths) => lengths.clone(),
        Parts::Suffix(length) => vec![form.chars().count().saturating_sub(*length)],
    };
    let mut words = Vec::with_capacity(cuts.len() + 1);
    let mut rest = form;
    let mut start = span.start as usize;
    for cut in cuts {
        let at = rest.char_indices().nth(cut).map_or(rest.len(), |(at, _)| at);
        let (word, after) = rest.split_at(at);
        words.push(Word { form: Cow::Owned(word.to_owned()), span: Span::new(start, start + at) });
        (rest, start) = (after, start + at);
    }
    words.push(Word { form: Cow::Owned(rest.to_owned()), span: Span::new(start, span.end as usize) });
    words
}

fn capitalised(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// The sentences of `text` as CoNLL-U: forms, multi-word tokens, `SpaceAfter=No`, the comments `text` and `newpar`; every
/// other column is empty.
pub fn to_conllu(text: &str, sentences: &[Sentence]) -> Vec<conllu::Sentence> {
    let next = sentences.iter().skip(1).map(|sentence| Some(sentence.span.start)).chain([None]);
    sentences.iter().zip(next).map(|(sentence, next)| sentence_to_conllu(text, sentence, next)).collect()
}

fn sentence_to_conllu(text: &str, sentence: &Sentence, next: Option<u32>) -> conllu::Sentence {
    let mut out = conllu::Sentence::default();
    if sentence.opens {
        out.comments.push("newpar".to_owned());
    }
    let line = sentence.span.of(text).replace(['\n', '\r', '\t'], " ");
    out.comments.push(format!("text = {line}"));
    let following = sentence.tokens.iter().skip(1).map(|token| Some(token.span.start)).chain([next]);
    for (token, following) in sentence.tokens.iter().zip(following) {
        let misc = if following == Some(token.span.end) { "SpaceAfter=No" } else { "_" };
        let word = conllu::Word::bare;
        if token.words.is_empty() {
            out.words.push(word(token.span.of(text), misc));
            continue;
        }
        let first = out.words.len();
        out.words.extend(token.words.iter().map(|part| word(&part.form, "_")));
        out.multiwords.push(conllu::Multiword {
            words: first..=out.words.len() - 1,
            form: token.span.of(text).to_owned(),
            misc: misc.to_owned(),
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sentences, each as its tokens between spaces; a token of several words as `du=de+le`.
    fn read(text: &str, language: Language) -> Vec<String> {
        let whole = Span::new(0, text.len());
        let show = |token: &Token| {
            let words: Vec<&str> = token.words.iter().map(|word| &*word.form).collect();
            let form = token.span.of(text).replace(' ', "_");
            if words.is_empty() { form } else { format!("{form}={}", words.join("+")) }
        };
        let sentences = Segmenter::of(language).segment(text, whole);
        let line = |sentence: &Sentence| sentence.tokens.iter().map(show).collect::<Vec<_>>().join(" ");
        sentences.iter().map(line).collect()
    }

    #[test]
    fn french_words_are_those_of_the_treebanks() {
        let fr = |text: &str| read(text, Language::French);
        assert_eq!(
            fr(
                "M. Lavrov s’est entretenu jeudi avec le chef du Kremlin, à l'Élysée. « A-t-il menti ? », a-t-il dit."
            ),
            [
                "M. Lavrov s’ est entretenu jeudi avec le chef du=de+le Kremlin , à l' Élysée .",
                "« A -t-il menti ? » , a -t-il dit .",
            ]
        );
        assert_eq!(fr("Quelque 10 000 personnes, soit 10,5 % des électeurs.").len(), 1);
        assert_eq!(
            fr("Quelque 10 000 personnes, soit 10,5 % des électeurs.")[0],
            "Quelque 10_000 personnes , soit 10,5 % des=de+les électeurs ."
        );
        assert_eq!(
            fr("N'est-il pas à N’Djamena avec M'Baye, qu'il n'aime pas ?"),
            ["N' est -il pas à N’Djamena avec M'Baye , qu' il n' aime pas ?"]
        );
        assert_eq!(fr("Le ministre a reçu des diplomates."), ["Le ministre a reçu des diplomates ."]);
        assert_eq!(
            fr("Au-delà du Rhin, celui auquel le roi a répondu parle aux États-Unis aujourd’hui."),
            [
                "Au-delà du=de+le Rhin , celui auquel=à+lequel le roi a répondu parle aux=à+les États-Unis aujourd’hui ."
            ]
        );
        assert_eq!(
            fr("Voir https://www.lemonde.fr/a-b_c.html. Écrire à presse@diplomatie.gouv.fr."),
            ["Voir https://www.lemonde.fr/a-b_c.html .", "Écrire à presse@diplomatie.gouv.fr ."]
        );
    }

    #[test]
    fn english_words_are_those_of_the_treebanks() {
        let en = |text: &str| read(text, Language::English);
        assert_eq!(
            en("U.S. Secretary Mr. Rubio didn’t attend. Trump's envoy cannot go: “It wasn’t easy.”"),
            [
                "U.S. Secretary Mr. Rubio didn’t=did+n’t attend .",
                "Trump's=Trump+'s envoy cannot=can+not go : “ It wasn’t=was+n’t easy . ”",
            ]
        );
        assert_eq!(
            en("The 27-nation bloc's well-known policy cost $1.5 million. They're gonna pay."),
            [
                "The 27 - nation bloc's=bloc+'s well - known policy cost $ 1.5 million .",
                "They're=They+'re gonna=gon+na pay .",
            ]
        );
    }

    #[test]
    fn russian_words_are_those_of_the_treebanks() {
        let ru = |text: &str| read(text, Language::Russian);
        assert_eq!(
            ru("Лавров провёл 6 августа 2025 г. в Москве переговоры с М. Рубио. Он прибыл в г. Москва."),
            ["Лавров провёл 6 августа 2025 г. в Москве переговоры с М. Рубио .", "Он прибыл в г. Москва .",]
        );
        assert_eq!(
            ru("Пресс-секретарь из-за рубежа говорил о безопасности и т. д. Встреча прошла."),
            ["Пресс-секретарь из-за рубежа говорил о безопасности и т. д.", "Встреча прошла ."]
        );
    }

    #[test]
    fn an_empty_line_ends_a_sentence() {
        assert_eq!(read("Un titre\n\nLe texte suit", Language::French), ["Un titre", "Le texte suit"]);
        assert_eq!(read("de la\r\n \r\nville", Language::French), ["de la", "ville"]);
        assert!(read(" \n", Language::French).is_empty());
    }

    #[test]
    fn words_have_spans() {
        let text = "Ils don't, du.";
        let words = |language| -> Vec<(String, String)> {
            let sentences = Segmenter::of(language).segment(text, Span::new(0, text.len()));
            let words = sentences.iter().flat_map(|s| &s.tokens).flat_map(|token| &token.words);
            words.map(|word| (word.form.to_string(), word.span.of(text).to_owned())).collect()
        };
        let pair = |form: &str, text: &str| (form.to_owned(), text.to_owned());
        assert_eq!(words(Language::English), [pair("do", "do"), pair("n't", "n't")]);
        assert_eq!(words(Language::French), [pair("de", "du"), pair("le", "du")]);
    }

    #[test]
    fn what_is_no_part_of_the_text_has_no_sentences() {
        let segmenter = Segmenter::of(Language::French);
        assert!(segmenter.segment("été", Span { start: 1, end: 3 }).is_empty());
        assert!(segmenter.segment("été", Span { start: 3, end: 1 }).is_empty());
        assert!(segmenter.segment("été", Span { start: 0, end: u32::MAX }).is_empty());
        let part = segmenter.segment("Le roi. Le du.", Span { start: 8, end: 14 });
        assert_eq!(part[0].span, Span { start: 8, end: 14 });
    }

    #[test]
    fn it_is_written_as_conllu() {
        let text = "Retour du roi (1).\n\nFin";
        let sentences =
            to_conllu(text, &Segmenter::of(Language::French).segment(text, Span::new(0, text.len())));
        assert_eq!(
            conllu::write(&sentences),
            "# newpar\n# text = Retour du roi (1).\n1\tRetour\t_\t_\t_\t_\t0\t_\t_\t_\n\
             2-3\tdu\t_\t_\t_\t_\t_\t_\t_\t_\n2\tde\t_\t_\t_\t_\t0\t_\t_\t_\n3\tle\t_\t_\t_\t_\t0\t_\t_\t_\n\
             4\troi\t_\t_\t_\t_\t0\t_\t_\t_\n5\t(\t_\t_\t_\t_\t0\t_\t_\tSpaceAfter=No\n\
             6\t1\t_\t_\t_\t_\t0\t_\t_\tSpaceAfter=No\n7\t)\t_\t_\t_\t_\t0\t_\t_\tSpaceAfter=No\n\
             8\t.\t_\t_\t_\t_\t0\t_\t_\t_\n\n# newpar\n# text = Fin\n1\tFin\t_\t_\t_\t_\t0\t_\t_\t_\n\n"
        );
        assert_eq!(conllu::read(&conllu::write(&sentences)), Ok(sentences));
    }

    #[test]
    fn the_same_sentences_give_the_same_model() {
        let treebank = conllu::read(
            "1\tRetour\t_\tNOUN\t_\t_\t0\troot\t_\t_\n2-3\tdu\t_\t_\t_\t_\t_\t_\t_\t_\n2\tde\t_\tADP\t_\t_\t1\tx\t_\t_\n\
             3\tle\t_\tDET\t_\t_\t1\tx\t_\t_\n4\troi\t_\tNOUN\t_\t_\t1\tx\t_\tSpaceAfter=No\n5\t.\t_\tPUNCT\t_\t_\t1\tx\t_\t_\n",
        )
        .expect("CoNLL-U");
        let sentences: Vec<conllu::Sentence> = std::iter::repeat_n(treebank, 20).flatten().collect();
        let model = train(Language::French, &sentences);
        assert_eq!(model, train(Language::French, &sentences));
        let segmenter = Segmenter::open("fr.model", &model, Language::French).expect("a model");
        let text = "Retour du roi. Retour du roi.";
        assert_eq!(segmenter.segment(text, Span::new(0, text.len())).len(), 2);
        let error = Segmenter::open("fr.model", &model, Language::Russian).expect_err("another language");
        assert_eq!(error.to_string(), "the model fr.model: it is for ‘segment fr’, not for ‘segment ru’");
        assert!(!train(Language::Russian, &[]).is_empty());
    }
}
