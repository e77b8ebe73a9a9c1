//! Which of the languages that Dépêche reads a text is in.

use depeche_record::Language;
use whichlang::{Lang, detect_language};

/// Text beyond this many bytes adds nothing to the guess.
const SAMPLE: usize = 8_000;

/// The language of `text` and how sure that is, 0 to 1: one less the share of evidence against it. None where it is in
/// none of the languages read, or holds too few letters to tell.
///
/// The guess between languages of one script is whichlang's (a linear model over character n-grams); since that knows
/// no Ukrainian, Belarusian, Bulgarian or Serbian, Cyrillic text has to show that it is Russian by its letters.
pub fn identify(text: &str) -> Option<(Language, f64)> {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &text[..end];
    let letters = Letters::of(sample);
    if letters.all < 3 || letters.latin + letters.cyrillic == 0 {
        return None;
    }
    if letters.cyrillic * 2 > letters.all {
        return identify_cyrillic(sample, &letters);
    }
    if letters.latin * 2 < letters.all {
        return None;
    }
    match detect_language(sample) {
        Lang::Fra => Some((Language::French, confidence(sample, Language::French, &letters))),
        Lang::Eng => Some((Language::English, confidence(sample, Language::English, &letters))),
        _ => None,
    }
}

#[derive(Default)]
struct Letters {
    all: usize,
    latin: usize,
    cyrillic: usize,
    /// і ї є ґ ў ј љ њ ђ ћ ќ ѓ and such: in no Russian word.
    foreign: usize,
    /// ы э ё: in Russian and Belarusian, not in Ukrainian, Bulgarian, Serbian.
    russian: usize,
}

impl Letters {
    fn of(text: &str) -> Letters {
        let mut letters = Letters::default();
        for character in text.chars().filter(|c| c.is_alphabetic()) {
            letters.all += 1;
            match character {
                'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' => letters.latin += 1,
                '\u{400}'..='\u{52F}' => {
                    letters.cyrillic += 1;
                    match character {
                        'ы' | 'э' | 'ё' | 'Ы' | 'Э' | 'Ё' => letters.russian += 1,
                        'а'..='я' | 'А'..='Я' => {}
                        _ => letters.foreign += 1,
                    }
                }
                _ => {}
            }
        }
        letters
    }
}

fn identify_cyrillic(sample: &str, letters: &Letters) -> Option<(Language, f64)> {
    // A Ukrainian name quoted in Russian brings a letter or two; Ukrainian text has one in ten.
    let foreign = letters.foreign as f64 / letters.cyrillic as f64;
    if foreign > 0.01 && letters.foreign > 1 {
        return None;
    }
    // About 2.5 % of the letters of Russian text are ы, э or ё: a long text without any is Bulgarian or Macedonian.
    if letters.cyrillic > 250 && letters.russian * 200 < letters.cyrillic {
        return None;
    }
    match detect_language(sample) {
        Lang::Rus => Some((Language::Russian, 1.0 - 10.0 * foreign.min(0.05))),
        _ if letters.russian > 0 => Some((Language::Russian, 0.7)),
        _ => None,
    }
}

/// How many of the most frequent words of the language the text shows, against what running text has.
fn confidence(sample: &str, language: Language, letters: &Letters) -> f64 {
    let frequent: &[&str] = match language {
        Language::French => {
            &["le", "la", "les", "de", "des", "du", "et", "en", "un", "une", "à", "que", "est", "pour"]
        }
        _ => &["the", "of", "and", "to", "in", "a", "that", "is", "for", "on", "with", "was", "it", "as"],
    };
    let (mut seen, mut words) = (0_usize, 0_usize);
    for word in sample.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()) {
        words += 1;
        seen += usize::from(frequent.contains(&word.to_lowercase().as_str()));
    }
    let share = seen as f64 / words.max(1) as f64;
    let script = letters.latin as f64 / letters.all as f64;
    // Running text in either language has about a quarter of such words.
    (0.5 + 2.0 * share).min(1.0) * script
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(text: &str) -> Option<Language> {
        identify(text).map(|(language, _)| language)
    }

    #[test]
    fn the_three_languages_are_told_apart() {
        assert_eq!(language("Le ministre a rencontré son homologue jeudi à Genève."), Some(Language::French));
        assert_eq!(
            language("The minister met his counterpart in Geneva on Thursday."),
            Some(Language::English)
        );
        assert_eq!(
            language("Министр встретился со своим коллегой в четверг в Женеве."),
            Some(Language::Russian)
        );
    }

    #[test]
    fn neighbours_do_not_pass() {
        assert_eq!(
            language("Міністр зустрівся зі своїм колегою у четвер у Женеві, повідомили в уряді."),
            None
        );
        assert_eq!(language("Der Minister traf am Donnerstag seinen Amtskollegen in Genf."), None);
        assert_eq!(language("El ministro se reunió el jueves con su homólogo en Ginebra."), None);
        assert_eq!(language("التقى الوزير نظيره يوم الخميس في جنيف"), None);
        assert_eq!(language("12 345 — ?!"), None);
        assert_eq!(language(""), None);
    }

    #[test]
    fn a_ukrainian_name_does_not_unmake_russian() {
        let text = "Министр иностранных дел Украины Андрій Сибига заявил, что переговоры могут быть продолжены, \
                    если стороны смогут выработать общие подходы к этим вопросам, сообщило агентство в четверг.";
        assert_eq!(language(text), Some(Language::Russian));
    }
}
