//! Dates as formats want them: first and last day.

use depeche_record::{Day, Edtf};

use crate::{LeftOut, What};

/// First and last day of a date, each where it is known; an open end, and a date without a year, have none.
pub fn reach(date: &Edtf) -> (Option<Day>, Option<Day>) {
    if let Some((first, last)) = date.days() {
        return (Some(first), Some(last));
    }
    let end = |writing: &str| Edtf::parse(writing).ok().and_then(|date| date.days());
    match date.as_str().split_once('/') {
        Some((first, last)) => (end(first).map(|days| days.0), end(last).map(|days| days.1)),
        None => (None, None),
    }
}

/// First and last day where both are known; else what is missing is counted.
pub fn closed(date: Option<&Edtf>, left: &mut LeftOut) -> Option<(Day, Day)> {
    let missing = match date {
        None => What::ContactsUndated,
        Some(date) => match reach(date) {
            (Some(first), Some(last)) => return Some((first, last)),
            (None, None) => What::ContactsWithoutYear,
            _ => What::ContactsOpen,
        },
    };
    left.add(missing, 1);
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_have_the_ends_that_are_known() {
        let of = |writing: &str| {
            let (first, last) = reach(&Edtf::parse(writing).unwrap());
            (first.map(|day| day.to_string()), last.map(|day| day.to_string()))
        };
        let day = |writing: &str| Some(writing.to_owned());
        assert_eq!(of("2025-08"), (day("2025-08-01"), day("2025-08-31")));
        assert_eq!(of("2025-08-06/.."), (day("2025-08-06"), None));
        assert_eq!(of("../2025-08-06"), (None, day("2025-08-06")));
        assert_eq!(of("XXXX-08-06"), (None, None));
        assert_eq!(of("[2025-03-05,2025-05-03]"), (day("2025-03-05"), day("2025-05-03")));
    }
}
