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

/// The trees of parts of `text`, each taken as one sentence whatever its marks; one for each span, empty where that is no
/// part of the text or holds no word. Read together, which is quicker than one by one.
pub fn trees(text: &str, spans: &[Span], language: Language) -> Vec<Vec<SyntaxNode>> {
    let segmenter = Segmenter::of(language);
    let forms: Vec<Vec<(Cow<'_, str>, Span)>> = spans
        .iter()
        .map(|span| segmenter.segment(text, *span).iter().flat_map(|part| words(part, text)).collect())
        .collect();
    let bare: Vec<Vec<&str>> =
        forms.iter().map(|words| words.iter().map(|(form, _)| form.as_ref()).collect()).collect();
    let read = Syntax::of(language).read(&bare);
    let node = |((_, span), word): ((Cow<'_, str>, Span), SyntacticWord<'static>)| SyntaxNode {
        span,
        upos: word.upos,
        feats: word.feats,
        lemma: word.lemma,
        head: word.head,
        relation: word.relation,
    };
    forms.into_iter().zip(read).map(|(forms, read)| forms.into_iter().zip(read).map(node).collect()).collect()
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
