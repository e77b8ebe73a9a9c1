//! Text as the index sees it: words in lower case without accents, one separator between two of them, each word with
//! its place in the text that it came from.

use any_ascii::any_ascii_char;

/// A run of letters and digits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    /// First byte in [`Folded::norm`].
    pub norm_start: u32,
    /// One past the last byte in [`Folded::norm`].
    pub norm_end: u32,
    /// First byte in the text.
    pub start: u32,
    /// One past the last byte in the text.
    pub end: u32,
    /// Whether it begins with a capital or a digit.
    pub capital: bool,
    /// Whether it has no small letter.
    pub upper: bool,
    /// Whether no name can run on from the word before: punctuation, a blank line, or nothing stands between.
    pub after_break: bool,
    /// Whether it stands where a sentence may begin.
    pub initial: bool,
    /// Whether a hyphen ties it to the word before.
    pub hyphen: bool,
}

/// A folded text.
#[derive(Debug, Default)]
pub(crate) struct Folded {
    /// The words, with one byte between them: a space for white space and hyphens, `'`, `.`, `&`, or a line feed for a
    /// break.
    pub norm: String,
    /// The words in order.
    pub words: Vec<Word>,
}

impl Folded {
    /// The folded form of `count` words from `first` on, with their separators.
    pub fn key(&self, first: usize, count: usize) -> &str {
        &self.norm[self.words[first].norm_start as usize..self.words[first + count - 1].norm_end as usize]
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | 'ʿ' | 'ʾ' | '´' | '`' | '′')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2043}' | '\u{FE63}' | '\u{FF0D}')
}

fn is_silent(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{300}'..='\u{36F}')
}

/// What stands between two words.
#[derive(Default)]
struct Gap {
    spaces: usize,
    feeds: usize,
    hyphens: usize,
    apostrophes: usize,
    points: usize,
    ampersands: usize,
    others: usize,
}

impl Gap {
    fn add(&mut self, c: char) {
        match c {
            '\n' => self.feeds += 1,
            '.' => self.points += 1,
            '&' => self.ampersands += 1,
            _ if c.is_whitespace() => self.spaces += 1,
            _ if is_hyphen(c) => self.hyphens += 1,
            _ if is_apostrophe(c) => self.apostrophes += 1,
            _ => self.others += 1,
        }
    }

    /// The byte that stands for the gap in the folded text.
    fn separator(&self) -> char {
        let marks = self.hyphens + self.apostrophes + self.points + self.ampersands;
        let loose = self.spaces + self.feeds > 0;
        match () {
            () if self.others > 0 || self.feeds > 1 || marks > 1 => '\n',
            () if marks == 0 => ' ',
            () if self.ampersands == 1 => '&',
            () if self.points == 1 => '.',
            () if loose => '\n',
            () if self.hyphens == 1 => ' ',
            () => '\'',
        }
    }
}

/// Folds a text in linear time. Texts of 4 GiB and more are refused before they come here.
pub(crate) fn fold(text: &str) -> Folded {
    let mut folded = Folded { norm: String::with_capacity(text.len() + 8), words: Vec::new() };
    let mut gap = Gap { others: 1, ..Gap::default() };
    let mut open: Option<Word> = None;
    for (at, c) in text.char_indices() {
        let inside = open.is_some();
        if inside && is_silent(c) {
            // The letter й in two code points; every other mark that combines is an accent.
            if c == '\u{306}' && folded.norm.ends_with('и') {
                folded.norm.pop();
                folded.norm.push('й');
            }
            if let Some(word) = open.as_mut() {
                word.end = (at + c.len_utf8()) as u32;
            }
            continue;
        }
        if is_silent(c) {
            continue;
        }
        let cyrillic = ('А'..='я').contains(&c);
        if !cyrillic && (!c.is_alphanumeric() || is_apostrophe(c)) {
            if let Some(mut word) = open.take() {
                word.norm_end = folded.norm.len() as u32;
                folded.words.push(word);
                gap = Gap::default();
            }
            gap.add(c);
            continue;
        }
        let word = open.get_or_insert_with(|| {
            let separator = gap.separator();
            if !folded.words.is_empty() {
                folded.norm.push(separator);
            }
            Word {
                norm_start: folded.norm.len() as u32,
                norm_end: 0,
                start: at as u32,
                end: at as u32,
                capital: c.is_uppercase() || c.is_numeric(),
                upper: true,
                after_break: separator == '\n' || folded.words.is_empty(),
                initial: separator == '\n' || folded.words.is_empty() || gap.points > 0 || gap.feeds > 0,
                hyphen: gap.hyphens == 1 && separator == ' ',
            }
        });
        word.end = (at + c.len_utf8()) as u32;
        word.upper &= !c.is_lowercase();
        push_letter(&mut folded.norm, c);
    }
    if let Some(mut word) = open {
        word.norm_end = folded.norm.len() as u32;
        folded.words.push(word);
    }
    folded
}

fn push_letter(norm: &mut String, c: char) {
    match c {
        _ if c.is_ascii() => norm.push(c.to_ascii_lowercase()),
        'ё' | 'Ё' => norm.push('е'),
        'а'..='я' => norm.push(c),
        'А'..='Я' => norm.extend(char::from_u32(u32::from(c) + 32)),
        '\u{AA}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => {
            norm.extend(
                any_ascii_char(c).chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()),
            );
        }
        _ => norm.extend(c.to_lowercase()),
    }
}

/// The folded form of a name alone.
pub(crate) fn fold_name(name: &str) -> String {
    fold(name).norm
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_apostrophes_spaces_and_hyphens_fold() {
        assert_eq!(fold_name("États\u{2011}Unis"), "etats unis");
        assert_eq!(fold_name("quai d’Orsay"), "quai d'orsay");
        assert_eq!(fold_name("Maison\u{a0}Blanche"), "maison blanche");
        assert_eq!(fold_name("J. D. Vance"), fold_name("J.D. Vance"));
        assert_eq!(fold_name("Королёв"), "королев");
        assert_eq!(fold_name("Нои\u{306}"), "ной");
        assert_eq!(fold_name("e\u{301}te\u{301}"), "ete");
        assert_eq!(fold_name("Łódź Œuvre"), "lodz oeuvre");
        assert_eq!(fold_name("a – b"), "a\nb");
    }

    #[test]
    fn words_know_their_place() {
        let text = "L’Élysée, à Paris.";
        let folded = fold(text);
        let words: Vec<&str> = folded.words.iter().map(|w| &text[w.start as usize..w.end as usize]).collect();
        assert_eq!(words, ["L", "Élysée", "à", "Paris"]);
        assert!(folded.words[1].capital && !folded.words[1].upper && !folded.words[1].after_break);
        assert!(folded.words[2].after_break);
    }
}
