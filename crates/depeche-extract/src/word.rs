//! The words of a report as the rules see them.

use depeche_record::{Analysis, Morph, Span, Tense, TokenKind};

/// A token with its form folded: lower case, straight apostrophe.
#[derive(Debug, Clone)]
pub(crate) struct Word<'a> {
    /// The words of the text.
    pub text: &'a str,
    /// Lower case, straight apostrophe.
    pub form: String,
    /// Where it stands.
    pub span: Span,
    /// What it looks like.
    pub kind: TokenKind,
    /// What the lexicon knows of it as a verb.
    pub morphs: &'a [Morph],
}

impl Word<'_> {
    /// Whether it is made of letters or digits.
    pub fn is_word(&self) -> bool {
        matches!(self.kind, TokenKind::Word | TokenKind::Number)
    }

    /// Whether it begins with a capital letter.
    pub fn is_capitalised(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether the form can be a finite verb in one of `tenses`.
    pub fn has_tense(&self, tenses: &[Tense]) -> bool {
        self.morphs.iter().any(|morph| tenses.contains(&morph.tense))
    }

    /// Whether the form can be a finite verb.
    pub fn is_finite(&self) -> bool {
        self.has_tense(&[
            Tense::Present,
            Tense::Imperfect,
            Tense::Past,
            Tense::Future,
            Tense::Conditional,
            Tense::Subjunctive,
        ])
    }
}

/// The words of an analysis, one for each token.
pub(crate) fn words<'a>(text: &'a str, analysis: &'a Analysis) -> Vec<Word<'a>> {
    analysis
        .tokens
        .iter()
        .map(|token| {
            let words = token.span.of(text);
            Word { text: words, form: fold(words), span: token.span, kind: token.kind, morphs: &token.morphs }
        })
        .collect()
}

/// Lower case, with straight apostrophes and plain spaces and hyphens.
pub(crate) fn fold(words: &str) -> String {
    words
        .chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '’' | 'ʼ' | '‘' => '\'',
            '\u{2010}' | '\u{2011}' => '-',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Words of a text that is split at spaces, without lexicon.
    pub(crate) fn words(text: &str) -> Vec<Word<'_>> {
        let mut found = Vec::new();
        let mut from = 0;
        for piece in text.split(' ') {
            let start = from;
            from += piece.len() + 1;
            let (body, mark) = match piece.strip_suffix(['.', ',']) {
                Some(body) => (body, &piece[body.len()..]),
                None => (piece, ""),
            };
            for (text, at, kind) in
                [(body, start, TokenKind::Word), (mark, start + body.len(), TokenKind::Punctuation)]
            {
                if !text.is_empty() {
                    let span = Span::new(at, at + text.len());
                    found.push(Word { text, form: fold(text), span, kind, morphs: &[] });
                }
            }
        }
        found
    }
}
