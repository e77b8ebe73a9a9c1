//! Numbers in figures: dates, hours, counts with their unit, read from one token.

use crate::fold::fold;
use crate::time::rules::Rules;
use crate::time::words::{Class, HALF_TOLD, Unit};

/// The classes that number tokens may belong to.
pub(crate) const FIGURES: [Class; 14] = [
    Class::Digits,
    Class::Months,
    Class::Quarter,
    Class::DayMonth,
    Class::Day,
    Class::Year,
    Class::Number,
    Class::Clock,
    Class::Figures,
    Class::Short,
    Class::Ordinal,
    Class::Century,
    Class::Decade,
    Class::Span,
];

/// A number token read.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Figure {
    /// Plain digits, and how many.
    Plain { value: i32, digits: usize },
    /// 1er, 21st, 6-го.
    Ordinal(i32),
    /// 10h30, 12:53.
    Clock(i32),
    /// 2025-08-06, 06/08/2025, 06.08.2025.
    Date(i32),
    /// 15.30: a time of day, or a number.
    Decimal(i32),
    /// 30-day: count × 100 + unit.
    Span(i32),
    /// 22/04: day × 100 + month.
    DayMonth(i32),
    /// Jan-Feb: first × 100 + second.
    Months(i32),
    /// 2017-q1: year × 10 + quarter, or 4 + half.
    Quarter(i32),
    /// 1990s.
    Decade(i32),
    /// 2,5: what stands before the comma.
    Fraction(i32),
}

/// The value of a number token in a class, if it belongs to it.
pub(crate) fn figure_value(figure: Figure, class: Class) -> Option<i32> {
    match (figure, class) {
        (Figure::Plain { value, digits }, Class::Day) if digits <= 2 && (1..=31).contains(&value) => {
            Some(value)
        }
        (Figure::Plain { value, digits: 4 }, Class::Year) if (1500..=2200).contains(&value) => Some(value),
        (Figure::Plain { value, digits }, Class::Number) if digits <= 3 => Some(value),
        (Figure::Plain { value, digits: 3 | 4 }, Class::Digits) if value % 100 < 60 && value <= 1259 => {
            Some(value / 100 * 3600 + value % 100 * 60)
        }
        (Figure::Span(value), Class::Span) => Some(value),
        (Figure::DayMonth(value), Class::DayMonth) => Some(value),
        (Figure::Months(value), Class::Months) => Some(value),
        (Figure::Quarter(value), Class::Quarter) => Some(value),
        (Figure::Decade(value), Class::Decade) => Some(value),
        (Figure::Fraction(value), Class::Number) => Some(value),
        // «98» is a year of the century gone by; «25» is a day or a count unless more than that is told.
        (Figure::Plain { value: value @ 32.., digits: 2 }, Class::Short) => Some(value),
        (Figure::Ordinal(value), Class::Ordinal) if (1..=53).contains(&value) => Some(value),
        (Figure::Ordinal(value), Class::Century) if (1..=21).contains(&value) => Some(value),
        (Figure::Ordinal(value), Class::Day) if (1..=31).contains(&value) => Some(value),
        (Figure::Ordinal(value), Class::Year) if (1500..=2200).contains(&value) => Some(value),
        (Figure::Clock(value) | Figure::Decimal(value), Class::Clock) => Some(value),
        (Figure::Date(value), Class::Figures) => Some(value),
        _ => None,
    }
}

impl Rules {
    /// Reads a number token; none for numbers that no rule looks at.
    pub(crate) fn figure(&self, words: &str) -> Option<Figure> {
        let bytes = words.as_bytes();
        if bytes.len() > 23 {
            return None;
        }
        let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
        if digits > 9 {
            return None;
        }
        let value: i32 = words.get(..digits)?.parse().ok()?;
        let rest = &words[digits..];
        if rest.is_empty() {
            // 20161016
            let date = digits == 8 && (1900..2100).contains(&(value / 10_000));
            return Some(if date { Figure::Date(value) } else { Figure::Plain { value, digits } });
        }
        if let Some(unit) = self.unit_behind(rest)
            && digits <= 4
        {
            return Some(Figure::Span(value * 100 + unit));
        }
        if bytes.len() > 14 {
            return None;
        }
        if digits == 4
            && matches!(rest, "s" | "'s" | "-е" | "-х")
            && value % 10 == 0
            && (1500..2200).contains(&value)
        {
            return Some(Figure::Decade(value));
        }
        if matches!(bytes[digits], b',' | b'.')
            && (2..4).contains(&rest.len())
            && rest[1..].bytes().all(|b| b.is_ascii_digit())
            && digits <= 3
            && (bytes[digits] == b',' || rest.len() == 2 || value > 24)
        {
            return Some(Figure::Fraction(value));
        }
        if let Some(clock) = clock(words, rest) {
            return Some(clock);
        }
        let mut parts = words.split(['-', '/', '.']);
        let (first, second, third) = (parts.next(), parts.next(), parts.next());
        let part = |part: Option<&str>| part.and_then(|p| p.parse::<i32>().ok());
        let width = |part: Option<&str>| part.map_or(0, str::len);
        match bytes[digits] {
            mark @ (b'-' | b'/' | b'.') => {
                if let (Some(a), Some(b), Some(c), None) =
                    (part(first), part(second), part(third), parts.next())
                {
                    let even = third.is_some_and(|_| words.bytes().filter(|&b| b == mark).count() == 2);
                    // Year first, or day first; where the day cannot be a day, the month.
                    let year = |y: i32, p: Option<&str>| match width(p) {
                        4 => Some(y),
                        // 05/05/89: a report does not look so far ahead.
                        2 => Some(if y > 35 { 1900 + y } else { 2000 + y }),
                        _ => None,
                    };
                    let (b, short) = (b.min(99), width(second) <= 2);
                    return if !even || !short {
                        None
                    } else if width(first) == 4 {
                        Some(Figure::Date(a * 10_000 + b * 100 + c.min(99)))
                    } else if self.months_first && mark != b'.' {
                        year(c, third).map(|c| Figure::Date(c * 10_000 + a.min(99) * 100 + b))
                    } else {
                        year(c, third).map(|c| Figure::Date(c * 10_000 + b * 100 + a.min(99)))
                    };
                }
                if let (b'/', Some(one @ 1..=31), Some(other @ 1..=31), None) =
                    (mark, part(first), part(second), third)
                    && width(second) <= 2
                {
                    let (day, month) = match (self.months_first, one, other) {
                        (true, 1..=12, _) => (other, one),
                        (_, _, 1..=12) => (one, other),
                        (_, 1..=12, _) => (other, one),
                        _ => return None,
                    };
                    return Some(Figure::DayMonth(day * 100 + month));
                }
                if rest.starts_with('-') {
                    return Some(Figure::Ordinal(value));
                }
                None
            }
            _ if !rest.contains(|c: char| c.is_ascii_digit() || matches!(c, ' ' | ',' | '\'')) => {
                Some(Figure::Ordinal(value))
            }
            _ => None,
        }
    }

    /// The month that a folded word names.
    pub(crate) fn month(&self, folded: &str) -> Option<i32> {
        let classes = self.words.classes(self.words.id(folded)?);
        classes.iter().find(|(class, _)| *class == Class::Month).map(|&(_, month)| month)
    }

    /// A date of figures and letters in one word: 05-Aug-2016, 2020/Sep/23, Dec31, Jan-Feb, 2017-Q1.
    pub(crate) fn glued(&self, words: &str) -> Option<Figure> {
        let mut parts: Vec<&str> = Vec::with_capacity(3);
        let mut rest = words;
        while !rest.is_empty() && parts.len() < 4 {
            let digits = rest.starts_with(|c: char| c.is_ascii_digit());
            let quarter = rest.len() >= 2 && matches!(rest.as_bytes()[0], b'q' | b'Q' | b'h' | b'H');
            let end = if quarter && rest.as_bytes()[1].is_ascii_digit() {
                2
            } else {
                let ends = |c: char| matches!(c, '-' | '/') || c.is_ascii_digit() != digits;
                rest.find(ends).unwrap_or(rest.len())
            };
            parts.push(&rest[..end]);
            rest = rest[end..].strip_prefix(['-', '/']).unwrap_or(&rest[end..]);
        }
        let month = |part: &str| self.month(&fold(part));
        let day =
            |part: &str| part.parse::<i32>().ok().filter(|day| (1..=31).contains(day) && part.len() <= 2);
        let year = |part: &str| part.parse::<i32>().ok().filter(|year| (1500..=2200).contains(year));
        let quarter = |part: &str| {
            let count = part.get(1..)?.parse::<i32>().ok()?;
            match (part.as_bytes()[0].to_ascii_lowercase(), count) {
                (b'q', 1..=4) => Some(count),
                (b'h', 1..=2) => Some(4 + count),
                _ => None,
            }
        };
        match parts[..] {
            [a, b, c] if rest.is_empty() => {
                let date = |y: i32, m: i32, d: i32| Figure::Date(y * 10_000 + m * 100 + d);
                let triple = |y: Option<i32>, m: Option<i32>, d: Option<i32>| Some(date(y?, m?, d?));
                triple(year(c), month(b), day(a))
                    .or_else(|| triple(year(a), month(b), day(c)))
                    .or_else(|| triple(year(c), month(a), day(b)))
                    .or_else(|| triple(year(b), month(c), day(a)))
            }
            [a, b] if rest.is_empty() => match month(a) {
                Some(month) if !words.contains('/') => day(b).map(|day| Figure::DayMonth(day * 100 + month)),
                _ => {
                    let of = |y: Option<i32>, q: Option<i32>| Some(Figure::Quarter(y? * 10 + q?));
                    of(year(a), quarter(b)).or_else(|| of(year(b), quarter(a)))
                }
            },
            _ => None,
        }
    }

    /// The unit that is written on to a number: *-day*, *heures*, *years*.
    fn unit_behind(&self, rest: &str) -> Option<i32> {
        let letters = rest.trim_start_matches(|c: char| c == '-' || c == '.' || c.is_ascii_digit());
        if rest.starts_with('-')
            && let Some(unit) = Unit::named(letters)
        {
            return Some(unit);
        }
        if letters.is_empty() || !letters.starts_with(char::is_alphabetic) || rest.contains('-') {
            return None;
        }
        let id = self.words.id(&fold(letters))?;
        self.words.classes(id).iter().find(|(class, _)| *class == Class::Unit).map(|&(_, unit)| unit)
    }
}

/// A time of day in figures: 12:53, 8:00:31am, 10h30, 5pm, 8.30pm; 15.30, which may be a number.
fn clock(words: &str, rest: &str) -> Option<Figure> {
    let lower = words.to_ascii_lowercase();
    let bare = lower.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.');
    let letters: String = lower[bare.len()..].chars().filter(|&c| c != '.').collect();
    let half = match letters.as_str() {
        "am" | "a" => 1,
        "pm" | "p" => 2,
        // 11ish, 7ampm
        "" | "h" | "min" | "mn" | "ish" | "ampm" => 0,
        _ => return None,
    };
    let marked = rest.contains([':', 'h', 'H']);
    let decimal = rest.starts_with('.') && !marked;
    if !marked && half == 0 && !decimal && !matches!(letters.as_str(), "ish" | "ampm") || !rest.is_ascii() {
        return None;
    }
    let mut parts = bare.split([':', 'h', '.']);
    let (hour, minute, second) = (parts.next()?, parts.next(), parts.next());
    if parts.next().is_some() || !hour.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part = |part: Option<&str>| match part {
        None | Some("") => Some(0),
        Some(part) if part.len() == 2 => part.parse::<i32>().ok(),
        Some(_) => None,
    };
    let (hour, minute, second) = (hour.parse::<i32>().ok()?, part(minute)?, part(second)?);
    if hour > 24 || minute > 59 || second > 59 || (half > 0 && !(1..=12).contains(&hour)) {
        return None;
    }
    let hour = match half {
        1 => hour % 12,
        2 => hour % 12 + 12,
        _ => hour,
    };
    let time = hour * 3600 + minute * 60 + second;
    Some(if decimal && half == 0 { Figure::Decimal(time) } else { Figure::Clock(time + half * HALF_TOLD) })
}
