//! Dates as they are known: EDTF (ISO 8601-2 annex A), levels 0 to 2, over the `edtf-core` crate.

use std::cmp::Ordering;
use std::fmt;

use edtf_core::{Bound, BoundDate};

/// A day of the proleptic Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Day {
    /// Astronomical year.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, 1 to 31.
    pub day: u8,
}

impl Day {
    /// Days since 1970-01-01, by Howard Hinnant's `days_from_civil`.
    pub fn number(self) -> i64 {
        let y = i64::from(self.year) - i64::from(self.month <= 2);
        let era = y.div_euclid(400);
        let of_era = y.rem_euclid(400);
        let month = (i64::from(self.month) + 9) % 12;
        let of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }
}

impl Day {
    /// The day of a number of days since 1970-01-01, by Howard Hinnant's `civil_from_days`.
    pub fn of_number(number: i64) -> Day {
        let z = number + 719_468;
        let era = z.div_euclid(146_097);
        let of_era = z.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Day { year: year as i32, month: month as u8, day: (of_year - (153 * shifted + 2) / 5 + 1) as u8 }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A date, an interval or a set of dates as EDTF writes them: `2025-08-06`, `2022-11`, `XXXX-08-06`,
/// `2025-12-20/2025-12-21`.
///
/// The order is total, so that timelines are stable:
///
/// 1. what has a year, by the first day that it touches, then by the last: a shorter stretch before a longer one. An open
///    end is later than any day; what has an open beginning stands at its end, after all that ends there too;
/// 2. what has a day or month and no year, by month and day as in a leap year, in the same way;
/// 3. what tells neither, such as `XXXX`.
///
/// Equal places by their writing. Qualifiers (`~`, `?`) do not move a date.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
pub struct Edtf {
    writing: String,
}

/// The text that is no EDTF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EdtfError {
    /// What was to be read.
    pub writing: String,
}

impl fmt::Display for EdtfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "‘{}’ is no EDTF date (such as 2025-08-06, 2022-11 or XXXX-08-06)", self.writing)
    }
}

impl std::error::Error for EdtfError {}

impl Edtf {
    /// Reads an EDTF expression; impossible days such as `2025-02-31` are refused.
    pub fn parse(writing: &str) -> Result<Edtf, EdtfError> {
        match edtf_core::Edtf::parse(writing) {
            Ok(_) => Ok(Edtf { writing: writing.to_owned() }),
            Err(_) => Err(EdtfError { writing: writing.to_owned() }),
        }
    }

    /// The date of one day.
    pub fn day(day: Day) -> Edtf {
        Edtf { writing: day.to_string() }
    }

    /// The closed interval from one day to another; a single day where they are the same.
    pub fn interval(first: Day, last: Day) -> Edtf {
        if first == last { Edtf::day(first) } else { Edtf { writing: format!("{first}/{last}") } }
    }

    /// From this date on: `2025-01/..`; an interval or set from its beginning.
    pub fn and_on(&self) -> Option<Edtf> {
        self.opened(self.is_simple(), |e| e.days().map(|(first, _)| first), |date| format!("{date}/.."))
    }

    /// Up to this date: `../2025-01`; an interval or set up to its end.
    pub fn up_to(&self) -> Option<Edtf> {
        self.opened(self.is_simple(), |e| e.days().map(|(_, last)| last), |date| format!("../{date}"))
    }

    /// From the day after this date on: `2025-02-01/..` for `2025-01`.
    pub fn after(&self) -> Option<Edtf> {
        let next = |e: &Edtf| Some(Day::of_number(e.days()?.1.number() + 1));
        self.opened(self.lacks_year(), next, |date| format!("{date}/.."))
    }

    /// Up to the day before this date: `../2024-12-31` for `2025-01`.
    pub fn before(&self) -> Option<Edtf> {
        let eve = |e: &Edtf| Some(Day::of_number(e.days()?.0.number() - 1));
        self.opened(self.lacks_year(), eve, |date| format!("../{date}"))
    }

    /// An open interval at the date itself, or at the day that `day` gives.
    fn opened(
        &self,
        itself: bool,
        day: impl Fn(&Edtf) -> Option<Day>,
        write: impl Fn(&str) -> String,
    ) -> Option<Edtf> {
        if itself && self.is_simple() {
            return Edtf::parse(&write(&self.writing)).ok();
        }
        Edtf::parse(&write(&day(self)?.to_string())).ok()
    }

    /// Whether this is one date and neither an interval nor a set.
    fn is_simple(&self) -> bool {
        !self.writing.contains(['/', '[', '{'])
    }

    /// The expression as written.
    pub fn as_str(&self) -> &str {
        &self.writing
    }

    /// Whether the year is not known (`XXXX-…`).
    pub fn lacks_year(&self) -> bool {
        self.writing.starts_with("XXXX")
    }

    /// Whether this is an interval both ends of which are told to the month or the day, the year known.
    pub fn is_between_months(&self) -> bool {
        let told = |end: &str| {
            !end.starts_with("XXXX") && end.get(5..7).is_some_and(|month| matches!(month.parse(), Ok(1..=12)))
        };
        self.writing.split_once('/').is_some_and(|(from, to)| told(from) && told(to))
    }

    /// One of several dates that cannot be told apart, as a set: `[2025-03-05,2025-05-03]`; the date itself where they agree.
    pub fn one_of(first: Day, other: Day) -> Edtf {
        match first.cmp(&other) {
            Ordering::Equal => Edtf::day(first),
            Ordering::Less => Edtf { writing: format!("[{first},{other}]") },
            Ordering::Greater => Edtf { writing: format!("[{other},{first}]") },
        }
    }

    /// The dates that a set names; the date itself where it is none.
    pub fn members(&self) -> Vec<Edtf> {
        let inner = self.writing.strip_prefix(['[', '{']).and_then(|rest| rest.strip_suffix([']', '}']));
        let members: Option<Vec<Edtf>> = inner
            .filter(|inner| !inner.contains(".."))
            .map(|inner| inner.split(',').filter_map(|member| Edtf::parse(member.trim()).ok()).collect());
        members.filter(|members| !members.is_empty()).unwrap_or_else(|| vec![self.clone()])
    }

    /// First and last day that the expression touches; none where the year is unknown or an end is open.
    pub fn days(&self) -> Option<(Day, Day)> {
        if self.lacks_year() { None } else { self.bounds(&self.writing) }
    }

    /// As [`Edtf::days`], with `year` put in the place of an unknown one.
    pub fn days_in(&self, year: i32) -> Option<(Day, Day)> {
        self.bounds(&self.writing.replace("XXXX", &format!("{year:04}")))
    }

    fn bounds(&self, writing: &str) -> Option<(Day, Day)> {
        match ends(writing) {
            (End::Day(first), End::Day(last)) => Some((first, last)),
            _ => None,
        }
    }

    /// First and last day as numbers, open ends being infinitely far; none where an end is unknown.
    fn reach(&self, year: i32) -> Option<(i64, i64)> {
        let (first, last) = if self.lacks_year() || self.writing.contains("XXXX") {
            ends(&self.writing.replace("XXXX", &format!("{year:04}")))
        } else {
            ends(&self.writing)
        };
        Some((first.number(i64::MIN)?, last.number(i64::MAX)?))
    }

    /// Whether both can denote one and the same day; an unknown year agrees with any, an open interval with all on its open
    /// side, a set with what one of its members agrees with.
    pub fn may_agree(&self, other: &Edtf) -> bool {
        let (own, others) = (self.members(), other.members());
        if own.len() + others.len() > 2 {
            return own.iter().any(|own| others.iter().any(|other| own.may_agree(other)));
        }
        let year = self.days().or(other.days()).map_or(2000, |(first, _)| first.year);
        // An interval across the turn of the year may meet the other one in the year after.
        [year, year + 1].iter().any(|&y| match (self.reach(y), other.reach(y)) {
            (Some(a), Some(b)) => a.0 <= b.1 && b.0 <= a.1,
            _ => true,
        })
    }

    /// Whether every day of this expression lies within `other`: of a set every member, of dates without a year in any
    /// year. What has no year lies within nothing that has one.
    pub fn within(&self, other: &Edtf) -> bool {
        let (own, others) = (self.members(), other.members());
        if own.len() + others.len() > 2 {
            return own.iter().all(|own| others.iter().any(|other| own.within(other)));
        }
        let inside = |year: i32| match (self.reach(year), other.reach(year)) {
            (Some(a), Some(b)) => b.0 <= a.0 && a.1 <= b.1,
            _ => self == other,
        };
        self == other || (self.lacks_year() == other.lacks_year() && inside(2000) && inside(2001))
    }

    /// Days between the nearest days of both: 0 where they meet, 1 for a day and the one after; none where a year or an end
    /// is unknown. Of sets the nearest members count.
    pub fn distance(&self, other: &Edtf) -> Option<u64> {
        let (own, others) = (self.members(), other.members());
        if own.len() + others.len() > 2 {
            let apart = own.iter().flat_map(|own| others.iter().map(move |other| own.distance(other)));
            return apart.flatten().min();
        }
        if self.writing.contains("XXXX") || other.writing.contains("XXXX") {
            return None;
        }
        let (a, b) = (self.reach(0)?, other.reach(0)?);
        let gap = if a.1 < b.0 {
            b.0 - a.1
        } else if b.1 < a.0 {
            a.0 - b.1
        } else {
            0
        };
        u64::try_from(gap).ok()
    }

    /// Where it stands in a timeline, as numbers that can be kept and sorted by: group (0 what has a year, 1 what has none,
    /// 2 what tells neither), day number of the beginning, day number of the end. Open ends are far away.
    pub fn rank(&self) -> (u8, i64, i64) {
        const FAR: i64 = 1 << 40;
        let (group, begins, (open, finishes), _) = self.place();
        let first = begins.map_or(FAR, Day::number);
        (group, first, if open { FAR } else { finishes.map_or(first, Day::number) })
    }

    /// Number of days that the expression spans, 1 for a day.
    pub fn width(&self) -> Option<i64> {
        let (first, last) = self.days().or_else(|| self.days_in(2000))?;
        Some(last.number() - first.number() + 1)
    }
}

/// One end of what an expression spans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Day(Day),
    Open,
    Unknown,
}

impl End {
    fn day(self) -> Option<Day> {
        if let End::Day(day) = self { Some(day) } else { None }
    }

    /// The number of the day; `far` for an open end.
    fn number(self, far: i64) -> Option<i64> {
        match self {
            End::Day(day) => Some(day.number()),
            End::Open => Some(far),
            End::Unknown => None,
        }
    }
}

fn ends(writing: &str) -> (End, End) {
    let Ok(edtf) = edtf_core::Edtf::parse(writing) else { return (End::Unknown, End::Unknown) };
    let bounds = edtf.bounds();
    (end_of(bounds.earliest), end_of(bounds.latest))
}

fn end_of(bound: Bound) -> End {
    match bound {
        Bound::Date(BoundDate { year, month, day }) => match i32::try_from(year) {
            Ok(year) => End::Day(Day { year, month, day }),
            Err(_) => End::Unknown,
        },
        Bound::Unknown => End::Unknown,
        _ => End::Open,
    }
}

impl Ord for Edtf {
    fn cmp(&self, other: &Edtf) -> Ordering {
        self.place().cmp(&other.place()).then_with(|| self.writing.cmp(&other.writing))
    }
}

impl Edtf {
    /// Where it stands in a timeline: group, first day, last day (an open end after all days), whether its beginning is open.
    fn place(&self) -> (u8, Option<Day>, (bool, Option<Day>), bool) {
        let lacks_year = self.writing.contains("XXXX");
        let (first, last) = match lacks_year {
            true => ends(&self.writing.replace("XXXX", "2000")),
            false => ends(&self.writing),
        };
        let bare = !self.writing.bytes().any(|b| b.is_ascii_digit());
        let (begins, finishes) = (first.day().or(last.day()), last.day());
        match begins {
            Some(_) if !bare => {
                (u8::from(lacks_year), begins, (finishes.is_none(), finishes), first.day().is_none())
            }
            _ => (2, None, (false, None), false),
        }
    }
}

impl PartialOrd for Edtf {
    fn partial_cmp(&self, other: &Edtf) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.writing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edtf(writing: &str) -> Edtf {
        Edtf::parse(writing).unwrap()
    }

    #[test]
    fn an_interval_of_months_is_no_year_and_no_season() {
        for between in ["2019-11/2020-02", "2019-11-03/2020-02", "2025-05-01/2025-07-31"] {
            assert!(edtf(between).is_between_months(), "{between}");
        }
        for other in ["2019-11", "2019/2020", "2019-21/2020-21", "2019-11/..", "XXXX-11/XXXX-12"] {
            assert!(!edtf(other).is_between_months(), "{other}");
        }
    }

    #[test]
    fn impossible_days_are_refused() {
        for writing in ["2025-02-31", "le 6 août", "", "20255-01-01"] {
            assert!(Edtf::parse(writing).is_err(), "{writing}");
        }
    }

    #[test]
    fn an_unknown_year_agrees_with_any() {
        assert!(edtf("XXXX-08-06").may_agree(&edtf("2025-08-06")));
        assert!(!edtf("XXXX-08-06").may_agree(&edtf("2025-08-07")));
        assert!(edtf("2025-12-20/2025-12-21").may_agree(&edtf("2025-12")));
        assert!(!edtf("2025-08").may_agree(&edtf("2025-09-01")));
        assert!(edtf("XXXX-11-29/XXXX-12-06").may_agree(&edtf("XXXX-12-01")));
    }

    #[test]
    fn the_order_puts_unknown_years_last() {
        let mut dates: Vec<Edtf> =
            ["XXXX-01-01", "2025-08-06", "2025-08", "2022-11", "XXXX-08-06"].into_iter().map(edtf).collect();
        dates.sort();
        let written: Vec<&str> = dates.iter().map(Edtf::as_str).collect();
        assert_eq!(written, ["2022-11", "2025-08", "2025-08-06", "XXXX-01-01", "XXXX-08-06"]);
    }

    #[test]
    fn open_and_unknown_dates_have_their_place() {
        let sorted = [
            "2025-01-10",
            "2025-01-10/2025-01-12",
            "2025-01-10/..",
            "../2025-03-14",
            "2025-03-15",
            "[2025-04-05,2025-05-04]",
            "2025-04-05/2025-06",
            "XXXX-01-01",
            "XXXX-08",
            "XXXX",
        ];
        let mut dates: Vec<Edtf> = sorted.iter().rev().map(|writing| edtf(writing)).collect();
        dates.sort();
        let written: Vec<&str> = dates.iter().map(Edtf::as_str).collect();
        assert_eq!(written, sorted);
    }

    #[test]
    fn what_is_within_what() {
        for (inner, outer, told) in [
            ("2025-03-14", "2025-03", true),
            ("2025-03", "2025-03-14", false),
            ("2025-03-14", "2025-01/..", true),
            ("2024-12-31", "2025-01/..", false),
            ("2025-01/..", "2025", false),
            ("XXXX-08-06", "XXXX-08", true),
            ("XXXX-08-06", "2025-08", false),
            ("[2025-03-05,2025-05-03]", "2025", true),
            ("[2025-03-05,2025-05-03]", "2025-03", false),
        ] {
            assert_eq!(edtf(inner).within(&edtf(outer)), told, "{inner} in {outer}");
        }
    }

    #[test]
    fn how_far_dates_are_apart() {
        for (one, other, days) in [
            ("2025-03-14", "2025-03-15", Some(1)),
            ("2025-03", "2025-03-15", Some(0)),
            ("2025-02", "2025-04", Some(32)),
            ("../2025-03-14", "2025-03-20", Some(6)),
            ("2025-03-14/..", "2026-03-20", Some(0)),
            ("[2025-03-05,2025-05-03]", "2025-05-01", Some(2)),
            ("XXXX-03-14", "2025-03-14", None),
        ] {
            assert_eq!(edtf(one).distance(&edtf(other)), days, "{one} and {other}");
            assert_eq!(edtf(other).distance(&edtf(one)), days, "{other} and {one}");
        }
    }

    #[test]
    fn a_set_agrees_where_a_member_does() {
        let set = Edtf::one_of(Day { year: 2025, month: 5, day: 3 }, Day { year: 2025, month: 3, day: 5 });
        assert_eq!(set.as_str(), "[2025-03-05,2025-05-03]");
        assert!(set.may_agree(&edtf("2025-05-03")) && !set.may_agree(&edtf("2025-04-01")));
        assert!(!edtf("../2025-03-14").may_agree(&edtf("2025-03-15")));
    }

    #[test]
    fn day_numbers_count_from_1970() {
        assert_eq!(Day { year: 1970, month: 1, day: 1 }.number(), 0);
        assert_eq!(Day { year: 2000, month: 3, day: 1 }.number(), 11_017);
        assert_eq!(edtf("2024-02").width(), Some(29));
    }
}
