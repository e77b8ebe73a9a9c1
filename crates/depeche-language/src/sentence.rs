//! Sentences. A quotation of several sentences stays in the sentence that reports it.

use depeche_record::{Language, Sentence, Span, Token, TokenKind, TokenRange};

use crate::fold::fold_into;
use crate::grammar::Grammar;
use crate::token::tokens;

/// A quotation of more bytes than this is cut into its sentences.
const LONGEST_QUOTE: usize = 650;
/// A bracket of more bytes than this is cut into its sentences.
const LONGEST_BRACKET: usize = 300;

/// The sentences of `text`, taken as one block of running text in `language`, without white space at their ends. An
/// empty line ends a sentence.
pub fn sentences(text: &str, language: Language) -> Vec<Span> {
    let tokens = tokens(text, language);
    let mut sentences = Vec::new();
    split(text, &tokens, 0, 0, language, &mut sentences);
    sentences.into_iter().map(|sentence| sentence.span).collect()
}

/// Appends the sentences of one block, whose tokens stand from `first` on in the analysis.
pub(crate) fn split(
    text: &str,
    tokens: &[Token],
    first: usize,
    block: u32,
    language: Language,
    sentences: &mut Vec<Sentence>,
) {
    let mut splitter = Splitter {
        text,
        tokens,
        grammar: Grammar::of(language),
        enclosed: Vec::new(),
        folded: String::new(),
    };
    splitter.enclose();
    let mut start = 0;
    let mut at = 0;
    while at < tokens.len() {
        let end = splitter.end_after(start, at);
        if let Some(end) = end {
            sentences.push(Sentence {
                span: tokens[start].span.cover(tokens[end - 1].span),
                tokens: TokenRange { start: (first + start) as u32, end: (first + end) as u32 },
                block,
            });
            start = end;
            at = end;
        } else {
            at += 1;
        }
    }
    debug_assert_eq!(start, tokens.len(), "the last token ends a sentence");
}

struct Splitter<'t> {
    text: &'t str,
    tokens: &'t [Token],
    grammar: &'static Grammar,
    /// Whether each token lies inside a quotation or bracket that is closed and not too long.
    enclosed: Vec<bool>,
    folded: String,
}

impl Splitter<'_> {
    fn words(&self, at: usize) -> &str {
        self.tokens[at].span.of(self.text)
    }

    /// Finds the quotations and brackets that must stay whole: each mark is paired with the nearest fitting one.
    fn enclose(&mut self) {
        let mut opened: Vec<(usize, bool)> = Vec::new();
        let mut steps = vec![0_i32; self.tokens.len() + 1];
        for at in 0..self.tokens.len() {
            let (opens, closes, quote) = match self.tokens[at].kind {
                TokenKind::QuoteOpen => (true, false, true),
                TokenKind::QuoteClose => (false, true, true),
                TokenKind::Punctuation => match self.words(at) {
                    "(" | "[" => (true, false, false),
                    ")" | "]" => (false, true, false),
                    _ => (false, false, false),
                },
                _ => (false, false, false),
            };
            if opens {
                // A quotation within a quotation is rare, an unclosed mark is not: two levels are enough.
                if opened.len() >= 4 {
                    opened.remove(0);
                }
                opened.push((at, quote));
            } else if closes && let Some(found) = opened.iter().rposition(|&(_, q)| q == quote) {
                let (from, _) = opened[found];
                opened.truncate(found);
                let length = (self.tokens[at].span.start - self.tokens[from].span.end) as usize;
                if length <= if quote { LONGEST_QUOTE } else { LONGEST_BRACKET } {
                    steps[from] += 1;
                    steps[at] -= 1;
                }
            }
        }
        let mut depth = 0;
        self.enclosed = steps[..self.tokens.len()]
            .iter()
            .map(|step| {
                depth += step;
                depth > 0
            })
            .collect();
    }

    /// If a sentence ends with the token at `at` or the closing marks after it: one past its last token.
    fn end_after(&mut self, start: usize, at: usize) -> Option<usize> {
        let last = self.tokens.len() - 1;
        if at == last {
            return Some(at + 1);
        }
        if self.breaks_paragraph(at) {
            return Some(at + 1);
        }
        if self.enclosed[at] {
            return None;
        }
        let token = &self.tokens[at];
        match token.kind {
            TokenKind::Punctuation if is_end_mark(self.words(at)) => self.end_at_mark(start, at),
            // «(Rires.) Nous verrons.»
            TokenKind::Punctuation
                if self.words(at) == ")" && at > start && is_end_mark(self.words(at - 1)) =>
            {
                self.end_at_mark(start, at)
            }
            // “We are ready.” Peskov left.
            TokenKind::QuoteClose if at > start && is_end_mark(self.words(at - 1)) => {
                self.end_at_mark(start, at)
            }
            TokenKind::Word if self.words(at).ends_with('.') => {
                // A sentence that ends in a shortened word has lost its full stop to it.
                let after = self.skip_closing(at + 1);
                let opens =
                    after < self.tokens.len() && self.begins_with_opener(after) && !self.is_leading(at);
                opens.then_some(after)
            }
            _ => None,
        }
    }

    fn end_at_mark(&mut self, start: usize, at: usize) -> Option<usize> {
        let mark = self.words(at).to_owned();
        let after = self.skip_closing(at + 1);
        if after >= self.tokens.len() {
            return Some(self.tokens.len());
        }
        let quoted = self.tokens[at].kind == TokenKind::QuoteClose || after > at + 1;
        let glued = self.tokens[after].span.start == self.tokens[after - 1].span.end;
        let next = self.words(after);
        let initial = next.chars().next()?;
        // «1. Texte»: a number at the head of a list.
        if mark == "."
            && at == start + 1
            && self.tokens[start].kind == TokenKind::Number
            && self.words(start).len() <= 3
        {
            return None;
        }
        match self.tokens[after].kind {
            TokenKind::QuoteOpen => {}
            TokenKind::Punctuation => {
                if matches!(next, "(" | "[") {
                    // «… selon lui. (AFP)» keeps its credit apart.
                } else if is_dash(next) {
                    // «Нет!» — сказал он. — Мы …: a dash goes on before a small letter.
                    let beyond = self.tokens.get(after + 1)?;
                    let small = beyond.span.of(self.text).starts_with(char::is_lowercase);
                    if small || glued {
                        return None;
                    }
                } else if !matches!(next, "•" | "·" | "*" | "…" | "..." | "¿" | "¡") {
                    return None;
                }
            }
            TokenKind::Number => {
                if glued {
                    return None;
                }
            }
            TokenKind::Word | TokenKind::Address => {
                if initial.is_lowercase() && !self.is_list_break(after) {
                    return None;
                }
                if glued && !(initial.is_uppercase() && self.ends_plain_word(at)) {
                    return None;
                }
                if quoted && self.reports(after) {
                    return None;
                }
            }
            TokenKind::QuoteClose | TokenKind::Symbol => {}
        }
        Some(after)
    }

    /// Closing marks and further end marks that belong to the sentence that ends before them.
    fn skip_closing(&self, mut at: usize) -> usize {
        while let Some(token) = self.tokens.get(at) {
            let words = token.span.of(self.text);
            let closing = match token.kind {
                TokenKind::QuoteClose => true,
                TokenKind::Punctuation => matches!(words, ")" | "]") || is_end_mark(words),
                _ => false,
            };
            if !closing {
                break;
            }
            at += 1;
        }
        at
    }

    /// Whether an empty line, or a line that starts an item, follows the token.
    fn breaks_paragraph(&self, at: usize) -> bool {
        let between = Span { start: self.tokens[at].span.end, end: self.tokens[at + 1].span.start };
        if between.len() < 2 {
            return false;
        }
        let mut lines = 0;
        for byte in between.of(self.text).bytes() {
            lines += usize::from(byte == b'\n');
        }
        lines >= 2
    }

    fn is_list_break(&self, after: usize) -> bool {
        let between = Span { start: self.tokens[after - 1].span.end, end: self.tokens[after].span.start };
        between.of(self.text).contains('\n')
    }

    /// Whether the token before the mark is a word in small letters, so that a full stop glued to a capital ends it.
    fn ends_plain_word(&self, at: usize) -> bool {
        let word = match at.checked_sub(1) {
            Some(before) => self.words(before),
            None => return false,
        };
        let closed = |at: usize| self.tokens[at].kind == TokenKind::QuoteClose;
        closed(at)
            || closed(at - 1)
            || word == ")"
            || (word.chars().count() > 2
                && word.ends_with(|c: char| c.is_lowercase() || matches!(c, '»' | '”')))
    }

    fn is_leading(&mut self, at: usize) -> bool {
        let text = self.text;
        fold_into(self.tokens[at].span.of(text).trim_end_matches('.'), &mut self.folded);
        self.grammar.abbreviations.get(&self.folded) == Some(&crate::grammar::Abbreviation::Leading)
    }

    fn begins_with_opener(&mut self, at: usize) -> bool {
        let text = self.text;
        let word = self.tokens[at].span.of(text);
        if self.tokens[at].kind == TokenKind::QuoteOpen {
            return self.tokens[at].span.start > self.tokens[at - 1].span.end;
        }
        if !word.starts_with(char::is_uppercase) || word.len() > 24 {
            return false;
        }
        fold_into(word, &mut self.folded);
        self.grammar.openers.contains(&self.folded)
    }

    /// “Ready?” Donald Trump asked: names, then a verb of saying.
    fn reports(&mut self, at: usize) -> bool {
        let text = self.text;
        for token in self.tokens.iter().skip(at).take(5) {
            let word = token.span.of(text);
            if token.kind != TokenKind::Word || word.len() > 24 {
                return false;
            }
            if word.starts_with(char::is_lowercase) {
                fold_into(word, &mut self.folded);
                return self.grammar.reporting.contains(&self.folded);
            }
        }
        false
    }
}

fn is_end_mark(words: &str) -> bool {
    words.starts_with(['.', '!', '?', '…', '。', '！', '？', '؟']) && words.len() < 64
}

fn is_dash(words: &str) -> bool {
    matches!(words, "—" | "–" | "―" | "-" | "--")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split_with(text: &str, language: Language) -> Vec<&str> {
        sentences(text, language).into_iter().map(|span| span.of(text)).collect()
    }

    fn count(text: &str, language: Language) -> usize {
        split_with(text, language).len()
    }

    #[test]
    fn a_quotation_of_several_sentences_stays_whole() {
        let text = "«Nous avons déjà eu des échanges. M. Waltz les a confirmés. Rien de plus», a précisé Peskov. Moscou attend.";
        assert_eq!(count(text, Language::French), 2);
        let text = "\"Nous parlons. Nous écoutons!\" a-t-il dit. Fin.";
        assert_eq!(count(text, Language::French), 2);
        let text = "« Nous parlons. » Le ministre est parti.";
        assert_eq!(split_with(text, Language::French), ["« Nous parlons. »", "Le ministre est parti."]);
        let text = "“Are you ready?” Donald Trump asked. “Yes.” Silence fell.";
        assert_eq!(split_with(text, Language::English).len(), 3);
        let text = "«Переговоры идут. Мы ждём», — сказал он. — «Это всё».";
        assert_eq!(split_with(text, Language::Russian)[0], "«Переговоры идут. Мы ждём», — сказал он.");
    }

    #[test]
    fn an_unclosed_quotation_does_not_swallow_the_paragraph() {
        assert_eq!(count("« Nous parlons. Nous écoutons. Le ministre est parti.", Language::French), 3);
        assert_eq!(count("Il dit : \"Non. Le ministre part. Il revient.", Language::French), 3);
        assert_eq!(count("Fini » et parti. Il revient. Il repart.", Language::French), 3);
    }

    #[test]
    fn a_very_long_quotation_is_cut() {
        let text = format!("« {} », a-t-il dit. Fin.", "Nous parlons ici de tout cela. ".repeat(40));
        assert!(count(&text, Language::French) > 30);
    }

    #[test]
    fn abbreviations_do_not_end_sentences() {
        assert_eq!(count("M. Trump et Mme Dupont. Le St. Regis à 5 h.", Language::French), 2);
        assert_eq!(
            count(
                "The U.S. President met Mr. Kirby at 5 p.m. The talks ended. J. Smith left.",
                Language::English
            ),
            3
        );
        assert_eq!(
            count(
                "Встреча прошла 6 августа 2025 г. в Москве. В 2024 г. Он приехал в МГУ им. Ломоносова.",
                Language::Russian
            ),
            3
        );
        assert_eq!(count("Il parle… puis se tait. Non ? si. Version 1.5 prête.", Language::French), 3);
        assert_eq!(count("1. Le premier point. 2. Le second.", Language::French), 2);
    }

    #[test]
    fn glued_sentences_and_empty_lines_are_cut() {
        assert_eq!(count("Il est au Kremlin.Le ministre attend", Language::French), 2);
        assert_eq!(count("Il voit «des contacts».Le ministre attend", Language::French), 2);
        assert_eq!(count("Un titre\n\nLe texte suit", Language::French), 2);
        assert_eq!(count("", Language::French), 0);
        assert_eq!(count("(Rires.) Nous verrons bien. Puis (il hésite) rien.", Language::French), 3);
    }
}
