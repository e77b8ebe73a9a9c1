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
        // Foreign names outweigh the few other n-grams of a sentence: «Vladimir Poutine a rencontré Steve Witkoff.»
        _ => by_small_words(sample).map(|language| (language, 0.5)),
    }
}

/// A text of more words than this is left to its n-grams.
const SHORT: usize = 40;

/// Small words, days and months by which a sentence shows its language; the languages beside French and English are
/// there to be told from them. Order: French, English, Spanish, Italian, Portuguese, German, Dutch, Romanian.
const SMALL_WORDS: [&str; 8] = [
    "le la les l de des du d et en un une à au aux a ont est sont s se son sa ses par pour sur dans avec que qui lundi \
     mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet août septembre octobre \
     novembre décembre",
    "the of and to in a an at on by for with from is was were has have his her their its that met monday tuesday \
     wednesday thursday friday saturday sunday january february march april may june july august september october \
     november december",
    "el la los las de del y en un una a al se su sus por para con que es fue ha lunes martes miércoles jueves viernes \
     enero febrero marzo abril mayo junio julio agosto",
    "il lo la i gli le di del della dei delle e in un una a al alla si è ha per con che nel da lunedì martedì mercoledì \
     giovedì venerdì gennaio febbraio marzo aprile maggio giugno luglio agosto",
    "o a os as de do da dos das e em um uma no na ao à se seu sua por para com que é foi segunda terça quarta quinta \
     sexta janeiro fevereiro março abril maio junho julho agosto",
    "der die das den dem des und in im am ein eine zu zum zur mit von auf für ist hat sich bei nach montag dienstag \
     mittwoch donnerstag freitag januar februar märz april mai juni juli august",
    "de het een en van in op aan te met voor is was heeft zijn haar bij maandag dinsdag woensdag donderdag vrijdag \
     januari februari maart april mei juni juli augustus",
    "la de și în un o pe cu din la a fost este se al ale luni marți miercuri joi vineri",
];

/// The language whose small words a short text shows, two of them at least and more than those of any neighbour.
fn by_small_words(sample: &str) -> Option<Language> {
    let words: Vec<String> =
        sample.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    if words.len() > SHORT {
        return None;
    }
    let shown = SMALL_WORDS.map(|list| {
        words.iter().filter(|word| list.split_whitespace().any(|small| small == word.as_str())).count()
    });
    let most = *shown.iter().max()?;
    let language = match shown.iter().position(|&n| n == most)? {
        0 => Language::French,
        1 => Language::English,
        _ => return None,
    };
    (most >= 2 && shown.iter().filter(|&&n| n == most).count() == 1).then_some(language)
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
    fn a_sentence_of_foreign_names_shows_its_language_by_small_words() {
        for text in [
            "Vladimir Poutine a rencontré Steve Witkoff à Moscou mercredi.",
            "Recep Tayyip Erdogan a reçu Nikol Pashinyan à Istanbul vendredi.",
        ] {
            assert_eq!(language(text), Some(Language::French), "{text}");
        }
        for text in [
            "On August 6, 2025, Vladimir Putin met Steve Witkoff.",
            "Hakan Fidan met Sergei Lavrov in Antalya on Friday.",
        ] {
            assert_eq!(language(text), Some(Language::English), "{text}");
        }
        for text in [
            "Gustavo Petro recibió a Marco Rubio en Bogotá el martes.",
            "Giorgia Meloni ha incontrato Kaja Kallas a Roma.",
            "Friedrich Merz traf Donald Tusk am Montag in Warschau.",
            "Lula recebeu Gabriel Boric em Brasília na terça.",
        ] {
            assert_eq!(language(text), None, "{text}");
        }
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
