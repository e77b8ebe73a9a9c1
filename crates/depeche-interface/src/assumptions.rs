//! What was assumed about a date, in words. The language stage tells it in plain English.

use depeche_record::Edtf;

use crate::{Interface, dates};

/// The English of the stage, a hole for the value, and the key of the words.
const TEMPLATES: &[(&str, &str)] = &[
    ("the year {}: the weekday fits it", "assumed-weekday"),
    ("the year {}: every full date of the text has it", "assumed-only-year"),
    ("the year {}: the only one that the text tells", "assumed-one-year"),
    ("the year {}, in which the text stands", "assumed-year-of-text"),
    ("the year is reckoned from {}, which the text fixes by its weekday", "assumed-fixed-day"),
    ("reckoned from {}, the day last told", "assumed-last-told"),
    ("reckoned from {}", "assumed-reckoned"),
    ("a rough count of days: told to the month only{}", "assumed-month-only"),
    ("«days» from the day of publication: told to the month only{}", "assumed-month-only"),
    ("told to the month only, as the day that it is reckoned from is not known{}", "assumed-month-only"),
    ("the year {} is the only full date of the text", "assumed-full-date"),
    ("direction taken from status {}", "assumed-status"),
    ("the one to come: {}", "assumed-to-come"),
    ("the one gone by: {}", "assumed-gone-by"),
    ("the weekday does not fit the date; the date was kept{}", "assumed-date-kept"),
    ("the weekday was kept, though it does not fit the day named beside it{}", "assumed-weekday-kept"),
    ("the day that the text was telling of{}", "assumed-carried"),
    ("told in the sentence behind{}", "assumed-behind"),
    ("the day of publication: told at a time of that day{}", "assumed-hour-of-day"),
    ("the day of publication: told as going on{}", "assumed-going-on"),
    ("up to the day of publication: told as going on since{}", "assumed-lasting"),
    ("read as day/month/year, though it could be month/day/year{}", "assumed-day-first"),
    ("read as month/day/year, as no month has that number{}", "assumed-month-first"),
];

/// The assumptions in the interface's language, marked as such; those that have no words there stand as they are. Empty
/// where nothing was assumed.
pub fn in_words(interface: &Interface, assumed: &[String]) -> String {
    if assumed.is_empty() {
        return String::new();
    }
    let words: Vec<String> = assumed.iter().map(|one| one_in_words(interface, one)).collect();
    interface.tell("assumed", &[("words", words.join(&interface.say("semicolon")).into())])
}

fn one_in_words(interface: &Interface, assumed: &str) -> String {
    let known = TEMPLATES.iter().find_map(|(template, key)| {
        let (before, after) = template.split_once("{}")?;
        let value = assumed.strip_prefix(before)?.strip_suffix(after)?;
        let value = match Edtf::parse(value) {
            Ok(date) => dates::in_words(interface, &date),
            // A value and what it is, in English: the value is enough.
            Err(_) => value.split([',', ':']).next().unwrap_or(value).to_owned(),
        };
        interface.find(key, &[("value", value.into())])
    });
    known.unwrap_or_else(|| assumed.to_owned())
}

#[cfg(test)]
mod tests {
    use depeche_record::Language;

    use super::*;

    #[test]
    fn assumptions_are_said_in_french() {
        let interface = Interface::new(Language::French);
        let said =
            in_words(&interface, &["the year 2025: the weekday fits it".to_owned(), "else".to_owned()]);
        assert_eq!(said, "Supposé\u{a0}: l’année 2025, où le jour de la semaine convient\u{202f}; else");
        assert_eq!(in_words(&interface, &[]), "");
        for (_, key) in TEMPLATES {
            assert!(interface.find(key, &[("value", "x".into())]).is_some(), "{key}");
        }
    }
}
