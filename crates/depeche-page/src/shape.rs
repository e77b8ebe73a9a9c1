//! What a line looks like, apart from its words.

use crate::fold::fold;
use crate::phrases::calendar;

/// The looks of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Number of words: runs of characters between white space with a letter or digit in them.
    pub(crate) words: usize,
    /// Whether it ends as a sentence does (`.`, `!`, `?`, `…`, with closing marks after it or not).
    pub(crate) ends_sentence: bool,
    /// Whether that end is a full stop or an ellipsis.
    pub(crate) ends_stop: bool,
    /// Number of sentence ends within it.
    pub(crate) sentences: usize,
    /// Whether it begins with the mark of a list item.
    pub(crate) bullet: bool,
}

impl Shape {
    /// Looks at a line without white space at its ends.
    pub(crate) fn of(line: &str) -> Shape {
        let words = line.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).count();
        let closing =
            |c: char| matches!(c, '"' | '»' | '”' | '’' | '\'' | ')' | ']' | '›') || c.is_whitespace();
        let bare = line.trim_end_matches(closing);
        let ends_stop = bare.ends_with(['.', '…']);
        let ends_sentence = ends_stop || bare.ends_with(['!', '?']);
        let mut sentences = 0;
        let mut previous = ' ';
        let mut stop = false;
        let mut initial = false;
        for character in line.chars() {
            if stop && character.is_whitespace() {
                sentences += usize::from(!initial);
                stop = false;
            } else if matches!(character, '.' | '!' | '?' | '…') {
                stop = true;
                // «M. Trump», «J. D. Vance»: a capital alone before the full stop.
                initial = character == '.' && previous.is_uppercase();
            } else if !closing(character) {
                stop = false;
            }
            previous = character;
        }
        sentences += usize::from(ends_sentence);
        let bullet = line.starts_with(['•', '·', '▪', '▫', '‣', '◦', '●', '○', '■', '□', '►', '▶', '➤', '✓'])
            || line.starts_with("* ");
        Shape { words, ends_sentence, ends_stop, sentences, bullet }
    }

    /// Whether it is running text beyond doubt.
    pub(crate) fn is_prose(self) -> bool {
        self.words >= 12 && self.ends_stop || self.words >= 10 && self.sentences >= 2 || self.words >= 40
    }
}

/// Whether the line is a date, a time, or both, with little beside them: «Hier 12:53», «Publié le 18 février 2025»,
/// «AFP / le 15 août 2025 à 15h52».
pub(crate) fn is_dateline(line: &str, words: usize) -> bool {
    if words > 22 || words > 16 && line.ends_with('.') {
        return false;
    }
    let lower = line.to_lowercase();
    let mut all = 0;
    let mut of_date = 0;
    let mut anchored = has_numeric_date(&lower) || count_clocks(&lower) > 0;
    for token in
        lower.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’')).filter(|t| !t.is_empty())
    {
        all += 1;
        if token.chars().next().is_some_and(char::is_numeric) {
            of_date += 1;
            continue;
        }
        let class = calendar().get(&fold(token)).copied();
        of_date += usize::from(class.is_some());
        anchored |= matches!(class, Some("weekday" | "near"));
        anchored |= class == Some("month") && line.chars().any(char::is_numeric);
    }
    // «Le 6 août 2025, le ministre a rencontré son homologue.» says more than a day.
    let sentence = line.ends_with(['.', '!', '?']) && all - of_date >= 4;
    anchored && !sentence && of_date * 10 >= all * 4 && of_date > 0
}

/// Number of times of day such as `12:53` and `15h52`; three and more are a timetable.
pub(crate) fn count_clocks(line: &str) -> usize {
    let bytes = line.as_bytes();
    let is_clock = |n: &usize| {
        matches!(bytes[*n], b':' | b'h')
            && bytes[n - 1].is_ascii_digit()
            && bytes[n + 1].is_ascii_digit()
            && bytes[n + 2].is_ascii_digit()
    };
    // The seconds of `17:42:08` are no second time.
    let after_clock = |n: &usize| *n >= 3 && matches!(bytes[n - 3], b':' | b'h');
    (1..bytes.len().saturating_sub(2)).filter(|n| is_clock(n) && !after_clock(n)).count()
}

/// `09/02/2025`, `11.11.2024`, `2025-08-07`, `2025/08/07`.
fn has_numeric_date(line: &str) -> bool {
    let separated = |c: char| matches!(c, '/' | '.' | '-');
    line.split(|c: char| !(c.is_ascii_digit() || separated(c))).any(|token| {
        let parts: Vec<&str> = token.split(separated).filter(|p| !p.is_empty()).collect();
        parts.len() == 3
            && parts.iter().all(|p| p.len() <= 4)
            && (parts[0].len() == 4 || parts[2].len() == 4)
            && parts[1].len() <= 2
    })
}

/// Whether the line is a sign-off of initials: «R. I.», «M. A.».
pub(crate) fn is_initials(line: &str) -> bool {
    let mut letters = 0;
    for token in line.split_whitespace() {
        let mut characters = token.chars();
        match (characters.next(), characters.next(), characters.next()) {
            (Some(letter), Some('.'), None) if letter.is_uppercase() => letters += 1,
            _ => return false,
        }
    }
    (1..=4).contains(&letters)
}

/// Whether the line is made of agencies' marks in capitals: «/ATS», «VOV/TASS», «AFP, Reuters».
pub(crate) fn is_agency_mark(line: &str) -> bool {
    let inner = line.trim_matches(|c: char| matches!(c, '(' | ')' | '/' | '-' | '–' | '—' | '.' | ' '));
    let framed = inner.len() < line.len();
    let tokens: Vec<&str> = inner.split(['/', ',', '|']).map(str::trim).collect();
    let all_marks = tokens.iter().all(|token| {
        let count = token.chars().count();
        (2..=8).contains(&count) && token.chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
    });
    all_marks && tokens.len() <= 4 && (framed || tokens.len() > 1)
}

/// Whether the line is a list of short items between bars or dots: «Canada | Équipe», «Accueil › Monde».
pub(crate) fn list_items(line: &str) -> Vec<&str> {
    let separators = ['|', '›', '»', '·', '•', '>'];
    let spaced = |c: char| separators.contains(&c);
    if line.contains('«') || !line.contains(spaced) {
        return Vec::new();
    }
    line.split(spaced).map(str::trim).filter(|item| !item.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dateline(line: &str) -> bool {
        is_dateline(line, line.split_whitespace().count())
    }

    #[test]
    fn datelines_are_told_from_headlines() {
        for line in [
            "Hier 12:53",
            "09/02/2025",
            "Actualités | Dimanche 17:42:08",
            "AFP / le 15 août 2025 à 15h52",
            "mer., 12 mars 2025 06:32 UTC",
            "Pravda FR | Monde | 21.10.2025, 20:14",
            "14:29 GMT 20.10.2025 (Updated: 14:43 GMT 20.10.2025)",
            "12 марта 2025, 10:15",
            "Il y a 2 heures, hier",
            "Mis en ligne le mardi 18 février 2025 à 10 h 15.",
        ] {
            assert!(dateline(line), "{line}");
        }
        for line in [
            "Trump et Poutine ne se verront pas de sitôt, selon un responsable américain",
            "Le 7 octobre a changé la donne entre Israël et ses voisins arabes",
            "Le 6 août 2025, le ministre turc a rencontré son homologue.",
            "On 6 August 2025, the two ministers met in Ankara.",
            "6 августа 2025 года министры встретились в столице Турции.",
            "Plan de paix en 28 points : comment Dmitriev, Witkoff et Kushner l'ont écrit",
        ] {
            assert!(!dateline(line), "{line}");
        }
    }

    #[test]
    fn times_of_day_are_counted() {
        assert_eq!(count_clocks("Fajr 05:38 Dhuhr 12:05 Asr 15:21"), 3);
        assert_eq!(count_clocks("Dimanche 17:42:08"), 1);
        assert_eq!(count_clocks("à 15h52"), 1);
    }

    #[test]
    fn agencies_marks_are_seen() {
        for line in ["/ATS", "VOV/TASS", "(AFP)", "AFP, REUTERS", "— ТАСС"] {
            assert!(is_agency_mark(line), "{line}");
        }
        for line in ["OK", "MONDE", "R. I.", "(c)", "L'INTERNATIONALE"] {
            assert!(!is_agency_mark(line), "{line}");
        }
        assert!(is_initials("R. I.") && !is_initials("Raïssa I."));
    }

    #[test]
    fn abbreviations_end_no_sentence() {
        assert_eq!(Shape::of("M. Trump et J. D. Vance ont parlé.").sentences, 1);
        assert_eq!(Shape::of("Il l'a dit. « Jamais ! » Puis il est parti").sentences, 2);
        assert!(Shape::of("« Rien à ajouter. »").ends_stop);
    }
}
