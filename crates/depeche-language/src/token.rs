//! Tokens: words, clitics, numbers, marks. They tile a text: what lies between two tokens is white space.

use depeche_record::{Language, Span, Token, TokenKind};

use crate::fold::{fold, fold_into};
use crate::grammar::{Abbreviation, Grammar};

/// The tokens of `text`, taken as one block of running text in `language`; spans are bytes of `text`. Verb readings
/// are not filled in: see [`crate::morphs`].
pub fn tokens(text: &str, language: Language) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    tokenise(text, Span::new(0, text.len()), language, &mut tokens);
    tokens
}

/// Appends the tokens of the part `span` of `text`.
pub(crate) fn tokenise(text: &str, span: Span, language: Language, tokens: &mut Vec<Token>) {
    let Some(block) = text.get(span.range()) else { return };
    let scanner = Scanner {
        text: block,
        offset: span.start as usize,
        language,
        grammar: Grammar::of(language),
        quotes: Vec::new(),
        folded: String::new(),
        hyphens: Vec::new(),
        tokens,
    };
    scanner.scan();
}

/// Reads one block from left to right, once; looks ahead over a bounded number of characters.
struct Scanner<'t> {
    text: &'t str,
    offset: usize,
    language: Language,
    grammar: &'static Grammar,
    /// Quotations open at this point, outermost first, by their family; bounded.
    quotes: Vec<Family>,
    folded: String,
    hyphens: Vec<usize>,
    tokens: &'t mut Vec<Token>,
}

/// Marks that close one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    /// « », ‹ ›
    Angle,
    /// “ ”, „ “, ‟
    Curly,
    /// "
    Straight,
    /// ' ’ ‘ ‚
    Single,
}

/// Nesting deeper than this is no quotation but noise.
const DEEPEST: usize = 8;
/// Longest word, in bytes, that is looked up in the word lists.
const LONGEST_LISTED: usize = 24;

impl Scanner<'_> {
    fn scan(mut self) {
        let mut at = 0;
        while let Some(character) = self.char_at(at) {
            at = if character.is_whitespace() {
                at + character.len_utf8()
            } else if character.is_ascii_digit() {
                self.number(at)
            } else if is_word(character) || (character == '@' && self.char_at(at + 1).is_some_and(is_word)) {
                self.word(at)
            } else {
                self.mark(at, character)
            };
        }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        let byte = *self.text.as_bytes().get(at)?;
        if byte < 0x80 { Some(byte as char) } else { self.text[at..].chars().next() }
    }

    fn char_before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    fn push(&mut self, start: usize, end: usize, kind: TokenKind) {
        let span = Span::new(self.offset + start, self.offset + end);
        self.tokens.push(Token { span, kind, morphs: Vec::new() });
    }

    /// Digits with their separators; returns where reading goes on.
    fn number(&mut self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let run = |mut at: usize| {
            while digit(at) {
                at += 1;
            }
            at
        };
        let mut end = run(start);
        // 2025-08-06
        if end - start == 4 && bytes.get(end) == Some(&b'-') {
            let month = run(end + 1);
            if month == end + 3 && bytes.get(month) == Some(&b'-') && run(month + 1) == month + 3 {
                self.push(start, month + 3, TokenKind::Number);
                return month + 3;
            }
        }
        // 06-08-2025
        if end - start <= 2 && bytes.get(end) == Some(&b'-') {
            let month = run(end + 1);
            if (end + 2..=end + 3).contains(&month)
                && bytes.get(month) == Some(&b'-')
                && run(month + 1) == month + 5
            {
                self.push(start, month + 5, TokenKind::Number);
                return month + 5;
            }
        }
        let mut group = end - start;
        loop {
            match self.char_at(end) {
                Some('.' | ',' | ':' | '/' | '\'' | '’') if digit(end + self.width(end)) => {
                    end = run(end + self.width(end));
                    group = 0;
                }
                Some(space @ (' ' | '\u{A0}' | '\u{202F}' | '\u{2009}'))
                    if (1..=3).contains(&group) && (space != ' ' || self.language != Language::English) =>
                {
                    let next = end + space.len_utf8();
                    if digit(next) && run(next) == next + 3 {
                        end = next + 3;
                        group = 3;
                    } else {
                        break;
                    }
                }
                _ => break,
            }
        }
        // What hangs on the digits: ordinals, hours, or a name such as «5G».
        let mut tail = end;
        while self.char_at(tail).is_some_and(|c| is_word(c) && !c.is_ascii_digit()) {
            tail += self.width(tail);
        }
        if tail > end {
            let letters = &self.text[end..tail];
            // 10h30
            if matches!(letters, "h" | "H") && digit(tail) && run(tail) <= tail + 2 {
                end = run(tail);
                self.push(start, end, TokenKind::Number);
                return end;
            }
            if letters.len() <= LONGEST_LISTED && is_number_tail(&fold(letters)) {
                self.push(start, tail, TokenKind::Number);
                return tail;
            }
            return self.word_from(start, tail);
        }
        // 6-го, 20-year-old; but 20-21 is three tokens.
        if matches!(self.char_at(end), Some('-' | '\u{2010}' | '\u{2011}')) {
            let after = end + self.width(end);
            if self.char_at(after).is_some_and(|c| c.is_alphabetic()) {
                let mut tail = after;
                while self.char_at(tail).is_some_and(is_word) {
                    tail += self.width(tail);
                }
                let letters = &self.text[after..tail];
                if letters.len() <= LONGEST_LISTED && is_number_tail(&fold(letters)) {
                    self.push(start, tail, TokenKind::Number);
                    return tail;
                }
                if self.language == Language::English {
                    return self.word_from(start, tail);
                }
            }
        }
        self.push(start, end, TokenKind::Number);
        end
    }

    fn width(&self, at: usize) -> usize {
        self.char_at(at).map_or(0, char::len_utf8)
    }

    fn word(&mut self, start: usize) -> usize {
        if let Some(end) = self.address(start) {
            self.push(start, end, TokenKind::Address);
            return end;
        }
        self.word_from(start, start + self.width(start))
    }

    /// An address on the web that starts here.
    fn address(&self, start: usize) -> Option<usize> {
        let bytes = &self.text.as_bytes()[start..];
        let starts =
            |prefix: &[u8]| bytes.get(..prefix.len()).is_some_and(|b| b.eq_ignore_ascii_case(prefix));
        if !(starts(b"http://") || starts(b"https://") || (starts(b"www.") && bytes.len() > 4)) {
            return None;
        }
        let rest = &self.text[start..];
        let end =
            rest.find(|c: char| c.is_whitespace() || "<>\"«»“”„()[]{}|".contains(c)).unwrap_or(rest.len());
        let trimmed = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', '…']);
        Some(start + trimmed.len())
    }

    /// A word that starts at `start` and is known to go on at least to `at`.
    fn word_from(&mut self, mut start: usize, mut at: usize) -> usize {
        self.hyphens.clear();
        let mut dotted = false;
        while let Some(character) = self.char_at(at) {
            if is_word(character) {
                at += character.len_utf8();
                continue;
            }
            let after = at + character.len_utf8();
            let next = self.char_at(after);
            match character {
                '\'' | '’' | 'ʼ' => {
                    if self.language == Language::French && self.elides(start, at, next) {
                        self.push(start, after, TokenKind::Word);
                        if !next.is_some_and(is_word) {
                            return after;
                        }
                        // «l’11 septembre»: the number is read as a number.
                        if next.is_some_and(|c| c.is_ascii_digit()) {
                            return after;
                        }
                        self.hyphens.clear();
                        start = after;
                        at = after;
                        continue;
                    }
                    if !next.is_some_and(is_word) {
                        break;
                    }
                    if self.language == Language::English
                        && let Some(end) = self.contraction(start, at, after)
                    {
                        return end;
                    }
                    at = after;
                }
                '-' | '\u{2010}' | '\u{2011}' if next.is_some_and(is_word) => {
                    if next.is_some_and(|c| c.is_ascii_digit()) && !self.joins_number(start, at) {
                        break;
                    }
                    self.hyphens.push(at);
                    at = after;
                }
                '.' => match self.full_stop(start, at, next, &mut dotted) {
                    Dot::Inside => at = after,
                    Dot::Ends => {
                        at = after;
                        break;
                    }
                    Dot::Apart => break,
                },
                '@' if next.is_some_and(is_word) && at > start => return self.mail(start, after),
                '&' if next.is_some_and(char::is_uppercase)
                    && self.char_before(at).is_some_and(char::is_uppercase) =>
                {
                    at = after;
                }
                _ => break,
            }
        }
        if self.language == Language::French && !self.hyphens.is_empty() {
            self.cut_enclitics(start, at);
        } else {
            self.push(start, at, TokenKind::Word);
        }
        at
    }

    /// Whether the letters `start..at` before an apostrophe are a word of their own.
    fn elides(&mut self, start: usize, at: usize, next: Option<char>) -> bool {
        if at - start > 8 {
            return false;
        }
        fold_into(&self.text[start..at], &mut self.folded);
        if !self.grammar.elisions.contains(&self.folded) {
            return false;
        }
        match next {
            // A consonant follows in names only: N'Djamena, M'Bala.
            Some(c) if c.is_alphabetic() => is_vowel(c),
            Some(c) if c.is_ascii_digit() => true,
            Some('«' | '“' | '"' | '‹' | '„' | '[' | '(' | '*') => true,
            // «l' accord», as scrapes have it.
            Some(c) => c.is_whitespace() && self.quotes.last() != Some(&Family::Single),
            None => true,
        }
    }

    /// Cuts an English clitic off the word; returns where reading goes on.
    fn contraction(&mut self, start: usize, at: usize, after: usize) -> Option<usize> {
        let mut end = after;
        while end - after <= 4 && self.char_at(end).is_some_and(is_word) {
            end += self.width(end);
        }
        fold_into(&self.text[after..end], &mut self.folded);
        if !self.grammar.contractions.contains(&self.folded) {
            return None;
        }
        let cut = match self.folded.as_str() {
            "t" if at > start + 1 && self.text[start..at].ends_with(['n', 'N']) => at - 1,
            "t" => return None,
            _ => at,
        };
        self.push(start, cut, TokenKind::Word);
        self.push(cut, end, TokenKind::Word);
        Some(end)
    }

    /// Whether a number after a hyphen belongs to the word: «F-16», «COVID-19», but not «novembre-6».
    fn joins_number(&mut self, start: usize, at: usize) -> bool {
        at - start <= LONGEST_LISTED && {
            fold_into(&self.text[start..at], &mut self.folded);
            !crate::time::is_calendar_word(&self.folded, self.language)
        }
    }

    fn full_stop(&mut self, start: usize, at: usize, next: Option<char>, dotted: &mut bool) -> Dot {
        if at - start > LONGEST_LISTED || next == Some('.') {
            return Dot::Apart;
        }
        let word = &self.text[start..at];
        let last = word.rsplit(['.', '-', '\u{2011}']).next().unwrap_or(word);
        // «G7», «M23» are no initials.
        let single = last.chars().filter(|c| c.is_alphanumeric()).count() == 1
            && last.chars().any(char::is_alphabetic);
        if let Some(next) = next.filter(|c| c.is_alphabetic()) {
            // U.S., a.m., т.е., J.-D.
            let after = at + 1 + next.len_utf8();
            if single && matches!(self.char_at(after), Some('.')) {
                *dotted = true;
                return Dot::Inside;
            }
            if is_domain_end(&self.text[at + 1..]) {
                return Dot::Inside;
            }
            if self.shortened(start, at).is_some_and(|a| a == Abbreviation::Leading)
                || (single && is_upper(last))
            {
                return Dot::Ends;
            }
            return Dot::Apart;
        }
        if single && (*dotted || is_upper(last)) {
            if next == Some('-') && self.char_at(at + 2).is_some_and(char::is_uppercase) {
                *dotted = true;
                return Dot::Inside;
            }
            return Dot::Ends;
        }
        match self.shortened(start, at) {
            Some(Abbreviation::Leading | Abbreviation::Ending) => Dot::Ends,
            Some(Abbreviation::Numbered) if self.beside_number(at) => Dot::Ends,
            _ => Dot::Apart,
        }
    }

    fn shortened(&mut self, start: usize, at: usize) -> Option<Abbreviation> {
        fold_into(&self.text[start..at], &mut self.folded);
        self.grammar.abbreviations.get(&self.folded).copied()
    }

    /// Whether the last token, or what follows the full stop at `at`, is a number.
    fn beside_number(&self, at: usize) -> bool {
        let following = self.text[at + 1..].chars().find(|c| !c.is_whitespace());
        following.is_some_and(|c| c.is_ascii_digit())
            || self.tokens.last().is_some_and(|t| {
                t.kind == TokenKind::Number
                    && t.span.start as usize >= self.offset
                    && t.span.end as usize <= at + self.offset
            })
    }

    /// The rest of a mail address, from after its `@`.
    fn mail(&mut self, start: usize, from: usize) -> usize {
        let rest = &self.text[from..];
        let end = rest.find(|c: char| !(is_word(c) || matches!(c, '.' | '-' | '_'))).unwrap_or(rest.len());
        let end = from + rest[..end].trim_end_matches(['.', '-']).len();
        self.push(start, end, TokenKind::Address);
        end
    }

    /// Pushes a French word with hyphens, its clitics as tokens of their own: «a | -t-il», «ce | mois | -ci».
    fn cut_enclitics(&mut self, start: usize, end: usize) {
        let hyphens = std::mem::take(&mut self.hyphens);
        let mut cuts = Vec::new();
        let mut tail = end;
        if end - start > LONGEST_LISTED || !self.grammar.wholes.contains(&fold(&self.text[start..end])) {
            for (n, &hyphen) in hyphens.iter().enumerate().rev().take(3) {
                let host_start = if n == 0 { start } else { hyphens[n - 1] + self.width(hyphens[n - 1]) };
                let part = &self.text[hyphen + self.width(hyphen)..tail];
                if part.len() > 6 || hyphen - host_start > LONGEST_LISTED {
                    break;
                }
                let (clitic, host) = (fold(part), fold(&self.text[host_start..hyphen]));
                if host == "t" && n > 0 && matches!(clitic.as_str(), "il" | "elle" | "on" | "ils" | "elles") {
                    tail = hyphens[n - 1];
                    cuts.push(tail);
                    break;
                }
                let Some(ends) = self.grammar.enclitics.get(&clitic) else { break };
                if ends != "*" && !host.ends_with(|c| ends.contains(c)) {
                    break;
                }
                // «Jong-il»: a capital opens a name, not a clitic, and no verb has a capital before «le» but at the start
                // of a sentence.
                if part.starts_with(char::is_uppercase)
                    && !host.is_empty()
                    && !is_upper(&self.text[start..end])
                {
                    break;
                }
                tail = hyphen;
                cuts.push(tail);
            }
        }
        let mut from = start;
        for &cut in cuts.iter().rev().filter(|&&cut| cut > start) {
            self.push(from, cut, TokenKind::Word);
            from = cut;
        }
        self.push(from, end, TokenKind::Word);
        self.hyphens = hyphens;
    }

    fn mark(&mut self, start: usize, character: char) -> usize {
        let mut end = start + character.len_utf8();
        let kind = match character {
            // ``So'', as typewriters have it.
            '`' | '\'' if self.char_at(end) == Some(character) => {
                end += 1;
                self.quote(start, end, if character == '`' { '“' } else { '”' })
            }
            '«' | '‹' | '“' | '‟' | '„' | '‚' | '»' | '›' | '”' | '"' | '＂' | '‘' | '’' | '\'' => {
                self.quote(start, end, character)
            }
            '`' | '´' => TokenKind::Symbol,
            '.' | '!' | '?' | '…' => {
                while let Some(next @ ('.' | '!' | '?' | '…')) = self.char_at(end) {
                    end += next.len_utf8();
                }
                TokenKind::Punctuation
            }
            '-' => {
                while self.char_at(end) == Some('-') {
                    end += 1;
                }
                TokenKind::Punctuation
            }
            '<' | '>' if self.char_at(end) == Some(character) => {
                end += 1;
                self.quote(start, end, if character == '<' { '«' } else { '»' })
            }
            c if is_punctuation(c) => TokenKind::Punctuation,
            _ => TokenKind::Symbol,
        };
        self.push(start, end, kind);
        end
    }

    /// Tells opening from closing marks, by their form, their place, and what is open.
    fn quote(&mut self, start: usize, end: usize, mark: char) -> TokenKind {
        let before = self.char_before(start);
        let after = self.char_at(end);
        let spaced_before =
            before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | '-' | '/'));
        let elided_before = matches!(before, Some('\'' | '’'));
        let spaced_after =
            after.is_none_or(|c| c.is_whitespace() || is_punctuation(c) || matches!(c, '»' | '”' | '…'));
        let opens_by_place = (spaced_before || elided_before) && !spaced_after;
        let closes_by_place = !spaced_before && spaced_after;
        let family = match mark {
            '«' | '»' | '‹' | '›' => Family::Angle,
            '“' | '”' | '„' | '‟' => Family::Curly,
            '"' | '＂' => Family::Straight,
            _ => Family::Single,
        };
        let open = self.quotes.contains(&family);
        let opens = match mark {
            '«' | '‹' => !(open && closes_by_place),
            '»' | '›' => !open && opens_by_place,
            '„' | '‚' | '‟' => true,
            '“' => !(open && closes_by_place),
            '”' => !open && opens_by_place,
            '"' | '＂' => {
                if opens_by_place && !closes_by_place {
                    true
                } else if closes_by_place {
                    false
                } else {
                    !open
                }
            }
            // Single marks are apostrophes unless they stand at the edge of words.
            '‘' if opens_by_place => true,
            '\'' | '’' | '‘' => {
                if opens_by_place && mark != '’' && before != Some('\'') {
                    true
                } else if open && closes_by_place {
                    false
                } else {
                    return TokenKind::Punctuation;
                }
            }
            _ => !open,
        };
        if opens {
            if self.quotes.len() < DEEPEST {
                self.quotes.push(family);
            }
            TokenKind::QuoteOpen
        } else {
            if let Some(at) = self.quotes.iter().rposition(|&f| f == family) {
                self.quotes.truncate(at);
            }
            TokenKind::QuoteClose
        }
    }
}

/// What a full stop after letters is.
enum Dot {
    /// Part of the word, which goes on.
    Inside,
    /// The last character of the word.
    Ends,
    /// A mark of its own.
    Apart,
}

/// Letters, digits, and the marks that combine with letters.
fn is_word(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_alphanumeric();
    }
    character.is_alphanumeric()
        || matches!(character, '\u{AD}' | '\u{300}'..='\u{36F}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5BD}'
            | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{900}'..='\u{903}' | '\u{93A}'..='\u{94D}' | '\u{200C}' | '\u{200D}')
}

fn is_vowel(character: char) -> bool {
    // The vowels that elide, with every accent, and the h that is not sounded.
    matches!(
        character.to_lowercase().next(),
        Some(
            'a' | 'à'
                | 'â'
                | 'ä'
                | 'á'
                | 'ã'
                | 'å'
                | 'æ'
                | 'e'
                | 'é'
                | 'è'
                | 'ê'
                | 'ë'
                | 'i'
                | 'î'
                | 'ï'
                | 'í'
                | 'o'
                | 'ô'
                | 'ö'
                | 'ó'
                | 'ø'
                | 'ō'
                | 'œ'
                | 'u'
                | 'ù'
                | 'û'
                | 'ü'
                | 'ú'
                | 'y'
                | 'h'
                | 'İ'
        )
    )
}

fn is_upper(word: &str) -> bool {
    word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase)
}

/// Endings of ordinals and hours, in any of the languages.
fn is_number_tail(tail: &str) -> bool {
    matches!(
        tail,
        "er" | "re"
            | "ère"
            | "e"
            | "è"
            | "ème"
            | "ème."
            | "eme"
            | "nd"
            | "nde"
            | "ers"
            | "res"
            | "es"
            | "èmes"
            | "st"
            | "rd"
            | "th"
            | "h"
            | "am"
            | "pm"
            | "s"
            | "го"
            | "й"
            | "я"
            | "е"
            | "му"
            | "м"
            | "ми"
            | "х"
            | "ом"
            | "ого"
            | "ый"
            | "ая"
            | "ое"
            | "ю"
            | "ой"
            | "ти"
            | "летия"
            | "летие"
    )
}

/// Whether `rest`, what follows a full stop inside a word, ends a host name: `fr`, `com` and such, then no letter.
fn is_domain_end(rest: &str) -> bool {
    const ENDS: [&str; 26] = [
        "com", "org", "net", "info", "fr", "ru", "eu", "ua", "int", "gov", "edu", "tv", "be", "ch", "ca",
        "uk", "de", "io", "cn", "ma", "dz", "tn", "sn", "me", "news", "рф",
    ];
    ENDS.iter().any(|end| rest.strip_prefix(end).is_some_and(|after| !after.starts_with(is_word)))
}

pub(crate) fn is_punctuation(character: char) -> bool {
    matches!(
        character,
        '.' | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | '…'
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '-'
            | '–'
            | '—'
            | '‒'
            | '―'
            | '‐'
            | '‑'
            | '/'
            | '¿'
            | '¡'
            | '·'
            | '•'
            | '‧'
            | '،'
            | '؛'
            | '؟'
            | '。'
            | '、'
            | '，'
            | '！'
            | '？'
            | '：'
            | '；'
            | '（'
            | '）'
            | '「'
            | '」'
            | '*'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, language: Language) -> Vec<&str> {
        tokens(text, language).iter().map(|t| t.span.of(text)).collect()
    }

    fn french(text: &str) -> String {
        words(text, Language::French).join("|")
    }

    fn english(text: &str) -> String {
        words(text, Language::English).join("|")
    }

    fn russian(text: &str) -> String {
        words(text, Language::Russian).join("|")
    }

    #[test]
    fn french_elision() {
        assert_eq!(
            french("L’accord d'Abou-Dhabi jusqu'à aujourd’hui"),
            "L’|accord|d'|Abou-Dhabi|jusqu'|à|aujourd’hui"
        );
        assert_eq!(
            french("N'Djamena, quelqu'un s'y rend d’« ici »"),
            "N'Djamena|,|quelqu'un|s'|y|rend|d’|«|ici|»"
        );
        assert_eq!(french("l'11 septembre"), "l'|11|septembre");
        assert_eq!(french("qu'il n'a"), "qu'|il|n'|a");
    }

    #[test]
    fn french_clitics() {
        assert_eq!(french("a-t-il déclaré"), "a|-t-il|déclaré");
        assert_eq!(french("s'est-elle dit-on"), "s'|est|-elle|dit|-on");
        assert_eq!(french("ce mois-ci, ce jour-là"), "ce|mois|-ci|,|ce|jour|-là");
        assert_eq!(
            french("vice-ministre Badr al-Boussaïdi, Kim Jong-il"),
            "vice-ministre|Badr|al-Boussaïdi|,|Kim|Jong-il"
        );
        assert_eq!(
            french("rendez-vous au-delà, celui-ci peut-être"),
            "rendez-vous|au-delà|,|celui-ci|peut-être"
        );
        assert_eq!(french("Aix-en-Provence Dites-le-lui"), "Aix-en-Provence|Dites|-le|-lui");
        assert_eq!(french("Se sont-ils parlé ?"), "Se|sont|-ils|parlé|?");
    }

    #[test]
    fn numbers() {
        assert_eq!(
            french("1 000 km, 10h30, 16h, 1er, 2e, 12:53, 1,5 %"),
            "1 000|km|,|10h30|,|16h|,|1er|,|2e|,|12:53|,|1,5|%"
        );
        assert_eq!(
            french("29 novembre-6 décembre 2025-08-06 09/02/2025"),
            "29|novembre|-|6|décembre|2025-08-06|09/02/2025"
        );
        assert_eq!(
            french("les 20-21 décembre, F-16, COVID-19, G20"),
            "les|20|-|21|décembre|,|F-16|,|COVID-19|,|G20"
        );
        assert_eq!(french("le 06-08-2025, 5-4-3"), "le|06-08-2025|,|5|-|4|-|3");
        assert_eq!(english("1,000.5 tons, 21st, a 20-year-old"), "1,000.5|tons|,|21st|,|a|20-year-old");
        assert_eq!(russian("6-го августа 2025 г. в 15.30"), "6-го|августа|2025|г.|в|15.30");
    }

    #[test]
    fn abbreviations_and_initials() {
        assert_eq!(
            french("M. Trump, J.D. Vance, J.-P. Raffarin."),
            "M.|Trump|,|J.D.|Vance|,|J.-P.|Raffarin|."
        );
        assert_eq!(french("ils étaient sept. Le 3 sept. 2025"), "ils|étaient|sept|.|Le|3|sept.|2025");
        assert_eq!(english("the U.S. at 5 p.m. said Mr. Kirby."), "the|U.S.|at|5|p.m.|said|Mr.|Kirby|.");
        assert_eq!(russian("им. Ленина, т.е. В. Путин"), "им.|Ленина|,|т.е.|В.|Путин");
        assert_eq!(french("Fin... Le"), "Fin|...|Le");
        assert_eq!(french("au G7. Le M23."), "au|G7|.|Le|M23|.");
    }

    #[test]
    fn english_clitics() {
        assert_eq!(english("Trump's envoy doesn't, they've"), "Trump|'s|envoy|does|n't|,|they|'ve");
        assert_eq!(english("O'Brien can’t"), "O'Brien|ca|n’t");
    }

    #[test]
    fn addresses() {
        let text = "voir https://a.fr/x?y=1, contact@rt.com, lemonde.fr et www.tass.ru.";
        assert_eq!(french(text), "voir|https://a.fr/x?y=1|,|contact@rt.com|,|lemonde.fr|et|www.tass.ru|.");
        assert_eq!(tokens(text, Language::French)[3].kind, TokenKind::Address);
    }

    fn quotes(text: &str, language: Language) -> String {
        let kinds = tokens(text, language).into_iter().filter_map(|t| match t.kind {
            TokenKind::QuoteOpen => Some('<'),
            TokenKind::QuoteClose => Some('>'),
            _ => None,
        });
        kinds.collect()
    }

    #[test]
    fn quotation_marks_by_form_and_place() {
        assert_eq!(quotes("« Oui », \"non\" et \" peut-être \" “là” „ici“", Language::French), "<><><><><>");
        assert_eq!(quotes("il dit 'oui' à l'ami", Language::French), "<>");
        assert_eq!(quotes("the leaders' summit isn't ‘over’, he said", Language::English), "<>");
        assert_eq!(quotes("d'\"échanges\" (\"utiles\").", Language::French), "<><>");
        assert_eq!(quotes("``So'' he said", Language::English), "<>");
        assert_eq!(quotes("»Ja«, sagte er", Language::French), "<>");
    }

    #[test]
    fn zero_width_and_odd_characters_are_tokens() {
        assert_eq!(words("\u{feff}Le\u{200b} 🕊", Language::French).len(), 4);
    }
}
