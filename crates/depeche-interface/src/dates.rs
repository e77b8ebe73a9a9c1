//! Dates in words.

use depeche_record::Edtf;

use crate::Interface;

/// One date of an expression, as far as it is known.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Parts {
    year: Option<i32>,
    month: Option<u8>,
    day: Option<u8>,
}

impl Parts {
    /// Reads `2025-08-06`, `2025-08`, `2025`, `XXXX-08-06`, `2025-12-XX`; none for seasons, centuries and open ends.
    fn parse(writing: &str) -> Option<Parts> {
        let mut fields = writing.splitn(3, '-');
        let year = fields.next()?;
        let number = |field: Option<&str>| match field {
            None | Some("XX") => Some(None),
            Some(field) => field.parse::<u8>().ok().map(Some),
        };
        let year = if year == "XXXX" { None } else { Some(year.parse().ok()?) };
        let parts = Parts { year, month: number(fields.next())?, day: number(fields.next())? };
        let known = parts.month.is_none_or(|month| (1..=12).contains(&month))
            && (parts.year.is_some() || parts.month.is_some())
            && (parts.day.is_none() || parts.month.is_some());
        known.then_some(parts)
    }

    fn words(self, interface: &Interface) -> String {
        let month = self.month.map(|month| interface.say(&format!("month-{month}"))).unwrap_or_default();
        let (day, year) = (self.day.unwrap_or(0), self.year.map(|year| year.to_string()).unwrap_or_default());
        match (self.year, self.month, self.day) {
            (Some(_), Some(_), Some(_)) => interface
                .tell("date-day", &[("day", day.into()), ("month", month.into()), ("year", year.into())]),
            (None, _, Some(_)) => {
                interface.tell("date-day-of-month", &[("day", day.into()), ("month", month.into())])
            }
            (Some(_), Some(_), None) => {
                interface.tell("date-month", &[("month", month.into()), ("year", year.into())])
            }
            (None, _, None) => month,
            (Some(_), None, _) => year,
        }
    }
}

/// A date as people write it, with what is not known said; the expression itself where there are no words for it.
pub fn in_words(interface: &Interface, date: &Edtf) -> String {
    let uncertain = date.as_str().contains(['?', '~', '%']);
    let bare: String = date.as_str().chars().filter(|c| !"?~%".contains(*c)).collect();
    let Some(words) = bare_words(interface, &bare) else { return date.to_string() };
    let words =
        if date.lacks_year() { interface.tell("date-no-year", &[("date", words.into())]) } else { words };
    if uncertain { interface.tell("date-about", &[("date", words.into())]) } else { words }
}

fn bare_words(interface: &Interface, bare: &str) -> Option<String> {
    let Some((first, last)) = bare.split_once('/') else {
        return Parts::parse(bare).map(|parts| parts.words(interface));
    };
    let (first, last) = (Parts::parse(first)?, Parts::parse(last)?);
    let days = first.day.is_some() && last.day.is_some();
    if days && (first.year, first.month) == (last.year, last.month) {
        let first = first.day.unwrap_or(0);
        return Some(
            interface.tell(
                "date-days-of-month",
                &[("first", first.into()), ("last", last.words(interface).into())],
            ),
        );
    }
    let whole_first = if first.year == last.year { Parts { year: None, ..first } } else { first };
    let first = if whole_first.month.is_none() { first } else { whole_first };
    let key = if days { "date-interval-days" } else { "date-interval" };
    Some(
        interface
            .tell(key, &[("first", first.words(interface).into()), ("last", last.words(interface).into())]),
    )
}

/// The heading under which a date stands in a timeline: its month, or its year where it spans more than a month.
/// The key sorts headings; headings of years come before their months.
pub fn heading(interface: &Interface, date: &Edtf) -> Option<((i32, u8), String)> {
    let (first, last) = date.days()?;
    let (year, month) = (first.year, first.month);
    if last.number() - first.number() > 31 {
        let years =
            if first.year == last.year { year.to_string() } else { format!("{year}–{}", last.year) };
        return Some(((year, 0), years));
    }
    let words = Parts { year: Some(year), month: Some(month), day: None }.words(interface);
    Some(((year, month), capitalise(&words)))
}

/// The words with a capital at their beginning.
pub fn capitalise(words: &str) -> String {
    let mut characters = words.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use depeche_record::Language;

    use super::*;

    fn say(language: Language, writing: &str) -> String {
        in_words(&Interface::new(language), &Edtf::parse(writing).unwrap())
    }

    #[test]
    fn dates_are_said_as_they_are_known() {
        for (writing, french, english) in [
            ("2025-08-06", "6 août 2025", "6 August 2025"),
            ("2025-08-01", "1er août 2025", "1 August 2025"),
            ("2022-11", "novembre 2022", "November 2022"),
            ("2022", "2022", "2022"),
            ("XXXX-08-06", "6 août, année inconnue", "6 August, year unknown"),
            ("2025-12-20/2025-12-21", "du 20 au 21 décembre 2025", "20 to 21 December 2025"),
            (
                "XXXX-11-29/XXXX-12-06",
                "du 29 novembre au 6 décembre, année inconnue",
                "29 November to 6 December, year unknown",
            ),
            (
                "2025-12-31/2026-01-01",
                "du 31 décembre 2025 au 1er janvier 2026",
                "31 December 2025 to 1 January 2026",
            ),
            ("2025-01/2025-03", "janvier – mars 2025", "January to March 2025"),
            ("2025-08-06~", "vers le 6 août 2025", "about 6 August 2025"),
            ("2025-12-XX", "décembre 2025", "December 2025"),
            ("2025-21", "2025-21", "2025-21"),
            ("../2025-08-06", "../2025-08-06", "../2025-08-06"),
        ] {
            assert_eq!(say(Language::French, writing), french);
            assert_eq!(say(Language::English, writing), english);
        }
    }

    #[test]
    fn wide_dates_stand_under_their_year() {
        let interface = Interface::new(Language::French);
        let of = |writing: &str| heading(&interface, &Edtf::parse(writing).unwrap()).map(|(_, words)| words);
        assert_eq!(of("2025-12-20").as_deref(), Some("Décembre 2025"));
        assert_eq!(of("2025").as_deref(), Some("2025"));
        assert_eq!(of("XXXX-08-06"), None);
    }
}
