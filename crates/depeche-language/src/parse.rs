//! Text to trees: [`segment`](crate::segment) and [`syntax`](crate::syntax) in order.

use std::borrow::Cow;

use depeche_record::{Language, Span, SyntaxNode};

use crate::conllu;
use crate::segment::{self, Segmenter};
use crate::syntax::{SyntacticWord, Syntax};

/// A sentence with its tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree<'t> {
    /// The sentence and its surface tokens, with their places in the text.
    pub sentence: segment::Sentence,
    /// Its syntactic words in order: those of the tokens that stand for several, and the other tokens themselves.
    pub nodes: Vec<Node<'t>>,
}

/// A syntactic word in a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node<'t> {
    /// FORM.
    pub form: Cow<'t, str>,
    /// Its bytes of the text; those of its token where it has none of its own (`de` and `le` of `du`).
    pub span: Span,
    /// Tag, features, lemma and the place in the tree.
    pub word: SyntacticWord<'static>,
}

/// The trees of the part `span` of `text`, taken as running text, by the models that this crate carries.
///
/// Time is linear in the length of the text; spans are bytes of `text`. None where `span` is no part of it.
pub fn parse(text: &str, span: Span, language: Language) -> Vec<Tree<'_>> {
    let sentences = Segmenter::of(language).segment(text, span);
    let forms: Vec<Vec<(Cow<'_, str>, Span)>> =
        sentences.iter().map(|sentence| words(sentence, text)).collect();
    let bare: Vec<Vec<&str>> =
        forms.iter().map(|words| words.iter().map(|(form, _)| form.as_ref()).collect()).collect();
    let read = Syntax::of(language).read(&bare);
    sentences
        .into_iter()
        .zip(forms)
        .zip(read)
        .map(|((sentence, forms), read)| Tree {
            sentence,
            nodes: forms
                .into_iter()
                .zip(read)
                .map(|((form, span), word)| Node { form, span, word })
                .collect(),
        })
        .collect()
}

/// The trees of parts of `text`, one list of nodes for each span, empty where that is no part of the text or holds no
/// word. A part is one sentence unless a stop within it ends one, as in a quotation of several; heads count from the
/// part's first node. Read together, which is quicker than one by one.
pub fn trees(text: &str, spans: &[Span], language: Language) -> Vec<Vec<SyntaxNode>> {
    let segmenter = Segmenter::of(language);
    let mut sentences: Vec<Vec<(Cow<'_, str>, Span)>> = Vec::with_capacity(spans.len());
    // How many sentences each span has.
    let mut counts = Vec::with_capacity(spans.len());
    for span in spans {
        let before = sentences.len();
        let mut ended = true;
        for part in segmenter.segment(text, *span) {
            let words = words(&part, text);
            let stop = words.last().is_some_and(|(form, _)| matches!(form.as_ref(), "." | "!" | "?" | "…"));
            match sentences.last_mut() {
                Some(sentence) if !ended => sentence.extend(words),
                _ => sentences.push(words),
            }
            ended = stop;
        }
        counts.push(sentences.len() - before);
    }
    let bare: Vec<Vec<&str>> =
        sentences.iter().map(|words| words.iter().map(|(form, _)| form.as_ref()).collect()).collect();
    let read = Syntax::of(language).read(&bare);
    let mut parts = sentences.into_iter().zip(read);
    counts
        .into_iter()
        .map(|count| {
            let mut nodes: Vec<SyntaxNode> = Vec::new();
            for (words, read) in parts.by_ref().take(count) {
                let first = nodes.len();
                nodes.extend(words.into_iter().zip(read).map(|((_, span), word)| SyntaxNode {
                    span,
                    upos: word.upos,
                    feats: word.feats,
                    lemma: word.lemma,
                    head: word.head.map(|head| head + first),
                    relation: word.relation,
                }));
            }
            nodes
        })
        .collect()
}

/// The syntactic words of a sentence, with their bytes of the text.
fn words<'t>(sentence: &segment::Sentence, text: &'t str) -> Vec<(Cow<'t, str>, Span)> {
    let mut words = Vec::with_capacity(sentence.tokens.len() + 4);
    for token in &sentence.tokens {
        if token.words.is_empty() {
            words.push((Cow::Borrowed(token.span.of(text)), token.span));
        }
        words.extend(token.words.iter().map(|word| (word.form.clone(), word.span)));
    }
    words
}

/// The trees of a whole text as CoNLL-U; `newpar` stands where an empty line was.
pub fn parse_conllu(text: &str, span: Span, language: Language) -> Vec<conllu::Sentence> {
    let segmented = Segmenter::of(language).segment(text, span);
    let mut sentences = segment::to_conllu(text, &segmented);
    Syntax::of(language).annotate(&mut sentences);
    sentences
}
