//! Who wrote a text, as a line below its headline or at its end says: «Par Claire Vidal (avec AFP)», «R. Hamdi», «By Jane
//! Doe and John Roe | 22 April 2025».

use std::ops::Range;

use crate::fold::fold;
use crate::phrases::calendar;
use crate::shape::{is_agency_mark, is_dateline};

/// Most words of one name.
const LONGEST: usize = 5;
/// Most words before the one that signs: «Propos recueillis par …».
const BEFORE: usize = 3;
/// Most words of a date before it.
const FAR: usize = 9;

/// Where the names stand in a line that signs, «Par …», and where it signs nobody.
pub(crate) fn signed(line: &str) -> Option<Range<usize>> {
    let words = words(line);
    let class = |word: &Range<usize>| calendar().get(&fold(&line[word.clone()])).copied();
    let by = words.iter().take(FAR).position(|word| class(word) == Some("by"))?;
    let brief = by <= BEFORE && words[..by].iter().all(|word| !line[word.clone()].ends_with([',', '.', ':']));
    // «mardi 22 avril 2025, par …».
    let is_date =
        |word: &Range<usize>| class(word).is_some() || line[word.clone()].bytes().any(|b| b.is_ascii_digit());
    let dated = words[..by].iter().all(is_date);
    names(line, &words[by + 1..]).filter(|_| brief || dated)
}

/// Where the names stand in a line that is nothing but names, with a date and such after them or not.
pub(crate) fn named(line: &str) -> Option<Range<usize>> {
    let words = words(line);
    let found = names(line, &words)?;
    let rest = line[found.end..].trim_matches(|c: char| !c.is_alphanumeric());
    let opens = found.start == words.first()?.start;
    let bare = rest.is_empty() || is_dateline(rest, rest.split_whitespace().count());
    (opens && bare && !is_agency_mark(&line[found.clone()])).then_some(found)
}

/// Whether a line that signs is nothing else: names, then a place or function in brackets or behind a comma, a date.
pub(crate) fn is_signature(line: &str, count: usize) -> bool {
    let opens =
        words(line).first().is_some_and(|first| calendar().get(&fold(&line[first.clone()])) == Some(&"by"));
    let Some(found) = signed(line).filter(|_| opens && count <= 30) else { return false };
    let rest = line[found.end..].trim();
    let set_apart = rest.starts_with(['(', ',', '|', '–', '—', '-', '•', '·', '/']);
    let short = rest.split_whitespace().count() <= 6 && !line.ends_with(['.', '!', '?']);
    let dated = rest.bytes().any(|byte| byte.is_ascii_digit()) && !line.ends_with(['.', '!', '?']);
    rest.is_empty()
        || is_dateline(rest, rest.split_whitespace().count())
        || set_apart && (short || dated)
        || dated && short
}

/// The words of a line, marks at their ends included.
fn words(line: &str) -> Vec<Range<usize>> {
    let start = line.as_ptr() as usize;
    let place = |word: &str| {
        let at = word.as_ptr() as usize - start;
        at..at + word.len()
    };
    line.split_whitespace().map(place).collect()
}

/// The names that the first of the words are: two to five words each, joined by «et» and the like.
fn names(line: &str, words: &[Range<usize>]) -> Option<Range<usize>> {
    const PARTICLES: [&str; 24] = [
        "de", "du", "des", "la", "le", "el", "al", "ben", "bin", "ibn", "ould", "mint", "ag", "von", "van",
        "der", "den", "da", "dos", "di", "y", "e", "of", "bint",
    ];
    const JOIN: [&str; 4] = ["et", "and", "и", "&"];
    let first = words.first()?.start;
    let mut end = None;
    let (mut capitals, mut length) = (0, 0);
    for word in words {
        let written = &line[word.clone()];
        let bare = written.trim_end_matches([',', ';', ':', '|', '•', '·', ')']);
        let joins = JOIN.contains(&bare);
        if joins && capitals >= 2 {
            (capitals, length) = (0, 0);
            continue;
        }
        let particle = PARTICLES.contains(&bare) || bare.starts_with("d'") || bare.starts_with("d’");
        let letters = |c: char| c.is_alphabetic() || matches!(c, '-' | '.' | '\'' | '’');
        let is_name = bare.starts_with(char::is_uppercase) && bare.chars().all(letters);
        // «A.» is an initial, «à» is none.
        let of_date = !bare.ends_with('.') && !particle && calendar().contains_key(&fold(bare));
        if of_date || !(is_name || particle && capitals > 0) || length >= LONGEST {
            break;
        }
        length += 1;
        if is_name {
            capitals += 1;
            if capitals >= 2 {
                end = Some(word.start + bare.len());
            }
        }
        if bare.len() < written.len() {
            break;
        }
    }
    Some(first..end?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signer(line: &str) -> Option<&str> {
        signed(line).map(|found| &line[found])
    }

    #[test]
    fn names_stand_behind_the_word_that_signs() {
        for (line, name) in [
            ("Par Claire Vidal (avec AFP) Publié le 22 avril 2025", "Claire Vidal"),
            ("Par Paul Lemaire (Genève, envoyé spécial)", "Paul Lemaire"),
            ("par A. Ben Salem et Jean-Luc du Pont, le 3 mai", "A. Ben Salem et Jean-Luc du Pont"),
            ("By Jane Doe and John Roe | 22 April 2025", "Jane Doe and John Roe"),
            ("Rédigé par Mohamed Ould Cheikh", "Mohamed Ould Cheikh"),
            ("Par Edouard D.", "Edouard D."),
            ("Автор: Иван Петров", "Иван Петров"),
            ("Par Claire Vidal Publié hier", "Claire Vidal"),
            ("mardi 22 avril 2025, par Claire Vidal", "Claire Vidal"),
        ] {
            assert_eq!(signer(line), Some(name), "{line}");
            assert!(
                is_signature(line, line.split(' ').count()) || !line.to_lowercase().starts_with("par"),
                "{line}"
            );
        }
        for line in
            ["Par AFP", "Par ailleurs, Moscou attend", "Reçu par le ministre", "Publié le 3 mai", "Par", ""]
        {
            assert_eq!(signer(line), None, "{line}");
        }
        let prose = "Par Vladimir Poutine et son homologue, la rencontre avait été décrite comme utile.";
        assert!(!is_signature(prose, 13));
    }

    #[test]
    fn names_alone_are_names() {
        let name = |line| named(line).map(|found: Range<usize>| &line[found]);
        assert_eq!(name("R. Hamdi"), Some("R. Hamdi"));
        assert_eq!(name("Merve Aydın | 22.04.2025 - 18:32"), Some("Merve Aydın"));
        assert_eq!(name("Amadou KEITA"), Some("Amadou KEITA"));
        for line in [
            "22 avril 2025",
            "Office of the Spokesperson",
            "Genève : les ministres se parlent",
            "Ankara",
            "AFP",
        ] {
            assert_eq!(name(line), None, "{line}");
        }
    }
}
