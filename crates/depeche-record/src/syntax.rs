//! Syntactic words of Universal Dependencies: tags, features, lemmas, trees.

use std::fmt;
use std::str::FromStr;

use crate::Span;

/// A syntactic word in the tree of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxNode {
    /// Its bytes of the text; those of its token where it has none of its own (`de` and `le` of `du`).
    pub span: Span,
    /// The universal part of speech.
    pub upos: Upos,
    /// Features as CoNLL-U writes them (`Gender=Fem|Number=Sing`), empty for none.
    pub feats: &'static str,
    /// The dictionary form.
    pub lemma: String,
    /// Index of the head in the sentence; none for the root.
    pub head: Option<usize>,
    /// The relation to the head, with its subtype (`nsubj:pass`).
    pub relation: &'static str,
}

/// Reads the trees of parts of the text of one report, each taken as one sentence; as many come back as were asked for.
pub type Parser<'p> = dyn Fn(&[Span]) -> Vec<Vec<SyntaxNode>> + 'p;

/// The universal parts of speech, in the order of the Universal Dependencies page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
#[allow(
    missing_docs,
    reason = "the labels are the field's own, documented at universaldependencies.org/u/pos"
)]
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    X,
}

impl Upos {
    /// All of them, in order.
    pub const ALL: [Upos; 17] = [
        Upos::Adj,
        Upos::Adp,
        Upos::Adv,
        Upos::Aux,
        Upos::Cconj,
        Upos::Det,
        Upos::Intj,
        Upos::Noun,
        Upos::Num,
        Upos::Part,
        Upos::Pron,
        Upos::Propn,
        Upos::Punct,
        Upos::Sconj,
        Upos::Sym,
        Upos::Verb,
        Upos::X,
    ];

    /// As CoNLL-U writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Upos::Adj => "ADJ",
            Upos::Adp => "ADP",
            Upos::Adv => "ADV",
            Upos::Aux => "AUX",
            Upos::Cconj => "CCONJ",
            Upos::Det => "DET",
            Upos::Intj => "INTJ",
            Upos::Noun => "NOUN",
            Upos::Num => "NUM",
            Upos::Part => "PART",
            Upos::Pron => "PRON",
            Upos::Propn => "PROPN",
            Upos::Punct => "PUNCT",
            Upos::Sconj => "SCONJ",
            Upos::Sym => "SYM",
            Upos::Verb => "VERB",
            Upos::X => "X",
        }
    }
}

impl fmt::Display for Upos {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Upos {
    type Err = ();

    fn from_str(label: &str) -> Result<Upos, ()> {
        Upos::ALL.into_iter().find(|upos| upos.as_str() == label).ok_or(())
    }
}
