//! Reckoning with days.

use depeche_record::{Day, Edtf};

/// The day `days` after `day`, or before it where negative.
pub(crate) fn shift(day: Day, days: i64) -> Day {
    Day::of_number(day.number() + days)
}

/// Monday is 1, Sunday is 7.
pub(crate) fn weekday(day: Day) -> i64 {
    (day.number() + 3).rem_euclid(7) + 1
}

/// Number of days of a month.
pub(crate) fn month_length(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// The day of a year, month and day of the month, if there is one.
pub(crate) fn valid_day(year: i32, month: i32, day: i32) -> Option<Day> {
    if !(1..=9999).contains(&year) || !(1..=12).contains(&month) {
        return None;
    }
    let month = month as u8;
    (1..=i32::from(month_length(year, month))).contains(&day).then_some(Day { year, month, day: day as u8 })
}

/// Year and month, `months` after those of `day`.
pub(crate) fn shift_months(day: Day, months: i64) -> (i32, u8) {
    let count = i64::from(day.year) * 12 + i64::from(day.month) - 1 + months;
    (count.div_euclid(12) as i32, (count.rem_euclid(12) + 1) as u8)
}

/// Monday of the week of `day`.
pub(crate) fn monday(day: Day) -> Day {
    shift(day, 1 - weekday(day))
}

/// Easter Sunday of a year, by the algorithm of Meeus, Jones and Butcher.
pub(crate) fn easter(year: i32) -> Day {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - b / 4 - g + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let count = h + l - 7 * m + 114;
    Day { year, month: (count / 31) as u8, day: (count % 31 + 1) as u8 }
}

/// A month as EDTF.
pub(crate) fn month_value(year: i32, month: u8) -> Option<Edtf> {
    Edtf::parse(&format!("{year:04}-{month:02}")).ok()
}

/// A day of the month without its year as EDTF; none for days that no year has.
pub(crate) fn yearless_day(month: i32, day: i32) -> Option<Edtf> {
    valid_day(2000, month, day)?;
    Edtf::parse(&format!("XXXX-{month:02}-{day:02}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_numbers_agree() {
        for number in (-800_000..800_000).step_by(97) {
            assert_eq!(Day::of_number(number).number(), number);
        }
    }

    #[test]
    fn easter_is_right() {
        for (year, month, day) in [(1999, 4, 4), (2000, 4, 23), (2019, 4, 21), (2024, 3, 31), (2025, 4, 20)] {
            assert_eq!(easter(year), Day { year, month, day });
        }
    }

    #[test]
    fn weekdays_are_right() {
        assert_eq!(weekday(Day { year: 2025, month: 12, day: 18 }), 4);
        assert_eq!(weekday(Day { year: 1999, month: 5, day: 16 }), 7);
        assert_eq!(monday(Day { year: 2025, month: 2, day: 9 }), Day { year: 2025, month: 2, day: 3 });
    }

    #[test]
    fn months_turn_over() {
        assert_eq!(shift_months(Day { year: 2025, month: 1, day: 31 }, -1), (2024, 12));
        assert!(valid_day(2025, 2, 29).is_none() && valid_day(2024, 2, 29).is_some());
        assert!(yearless_day(2, 31).is_none() && yearless_day(2, 29).is_some());
    }
}
