//! What was assumed about a date, in words. The language stage tells it in plain English.

use crate::interface::Interface;

/// The English of the stage, a hole for the value, and the key of the words.
const TEMPLATES: &[(&str, &str)] = &[
    ("the year {}: the weekday fits it", "assumed-weekday"),
    ("the year {}: every full date of the text has it", "assumed-only-year"),
    ("the year {}, in which the text stands", "assumed-year-of-text"),
    ("the year is reckoned from {}, which the text fixes by its weekday", "assumed-fixed-day"),
    ("reckoned from {}, the day last told", "assumed-last-told"),
    ("direction taken from status {}", "assumed-status"),
    ("the one to come: {}", "assumed-to-come"),
    ("the one gone by: {}", "assumed-gone-by"),
    ("the weekday does not fit the date; the date was kept{}", "assumed-date-kept"),
    ("the weekday was kept, though it does not fit the day named beside it{}", "assumed-weekday-kept"),
    ("read as day/month/year, though it could be month/day/year{}", "assumed-day-first"),
    ("read as month/day/year, as no month has that number{}", "assumed-month-first"),
];

/// The assumption in the interface's language, as it stands where there are no words for it.
pub fn in_words(interface: &Interface, assumed: &str) -> String {
    let known = TEMPLATES.iter().find_map(|(template, key)| {
        let (before, after) = template.split_once("{}")?;
        let value = assumed.strip_prefix(before)?.strip_suffix(after)?;
        interface.find(key, &[("value", value.into())])
    });
    known.unwrap_or_else(|| assumed.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arguments::Ui;

    #[test]
    fn assumptions_are_said_in_french() {
        let interface = Interface::new(Some(Ui::Fr));
        let said = in_words(&interface, "the year 2025: the weekday fits it");
        assert_eq!(said, "l’année 2025, où le jour de la semaine convient");
        assert_eq!(in_words(&interface, "something else"), "something else");
        for (_, key) in TEMPLATES {
            assert!(interface.find(key, &[("value", "x".into())]).is_some(), "{key}");
        }
    }
}
