//! Days written out in a line: `6.8.2025`, «6 août 2025», «August 6th, 2025», «6 de agosto de 2025», `2025年8月6日`.

use std::collections::HashMap;
use std::sync::LazyLock;

use depeche_record::{Day, Edtf};

use crate::fold::fold;

static MONTHS: LazyLock<HashMap<String, u8>> = LazyLock::new(|| {
    let lines = include_str!("../lang/months.tsv").lines().filter(|line| !line.starts_with('#'));
    let rows = lines.filter_map(|line| {
        let (number, names) = line.split_once('\t')?;
        Some((number.parse().ok()?, names))
    });
    rows.flat_map(|(number, names): (u8, &str)| names.split(' ').map(move |name| (fold(name), number)))
        .collect()
});

/// Longest line that days are looked for in, in bytes.
const LONGEST: usize = 2_000;

/// A number or a word.
#[derive(Debug, Clone, Copy)]
struct Token {
    start: usize,
    end: usize,
    number: Option<u32>,
}

/// The days in a line with the places of their words. Of `8/6/2025`, the month is first where `month_first` says so.
pub(crate) fn days(line: &str, month_first: bool) -> Vec<(std::ops::Range<usize>, Day)> {
    let mut found = Vec::new();
    if line.len() > LONGEST || !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return found;
    }
    let tokens = tokens(line);
    let mut at = 0;
    while at < tokens.len() {
        match day_at(line, &tokens[at..], month_first) {
            Some((length, day)) => {
                found.push((tokens[at].start..tokens[at + length - 1].end, day));
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

fn tokens(line: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for (start, character) in line.char_indices() {
        if !character.is_alphanumeric() {
            continue;
        }
        let end = start + character.len_utf8();
        let digit = character.to_digit(10);
        let sign = matches!(character, '年' | '月' | '日');
        match tokens.last_mut() {
            Some(last) if last.end == start && !sign && last.number.is_some() == digit.is_some() => {
                last.end = end;
                last.number = last.number.zip(digit).map(|(n, d)| n.saturating_mul(10).saturating_add(d));
            }
            _ => tokens.push(Token { start, end, number: digit }),
        }
    }
    tokens
}

/// The day that begins with the first token, and the number of its tokens.
fn day_at(line: &str, tokens: &[Token], month_first: bool) -> Option<(usize, Day)> {
    let word = |n: usize| tokens.get(n).filter(|t| t.number.is_none()).map(|t| &line[t.start..t.end]);
    let number = |n: usize| tokens.get(n).and_then(|t| Some((t.number?, t.end - t.start)));
    let gap = |n: usize| Some(&line[tokens.get(n)?.end..tokens.get(n + 1)?.start]);
    let month = |n: usize| word(n).filter(|w| w.len() <= 24).and_then(|w| MONTHS.get(&fold(w)).copied());
    let near =
        |n: usize| gap(n).is_some_and(|gap| gap.len() <= 3 && !gap.contains(['(', ')', ':', '?', '!', '|']));
    // What stands before tells a day from the middle of a longer number.
    let before = line[..tokens[0].start].chars().next_back();
    // A name may stand right before it where markup parted them: «Anna Martin3.11.2023».
    let parted = before.is_some_and(char::is_lowercase)
        && number(2).is_some_and(|(_, width)| width == 4)
        && gap(0).is_some_and(|gap| matches!(gap, "." | "/"));
    let glued = before.is_some_and(|c| matches!(c, '/' | '-' | '.' | ',' | '_') || c.is_alphanumeric());
    if number(0).is_some() && glued && !parted {
        let spaced =
            line[..tokens[0].start].trim_end_matches(['.', ',', '-', '/']).ends_with(char::is_whitespace);
        if !spaced {
            return None;
        }
    }
    if let Some((first, first_width)) = number(0) {
        if let (Some((second, second_width)), Some((third, third_width))) = (number(1), number(2)) {
            let (one, two) = (gap(0)?.trim(), gap(1)?.trim());
            let same = one == two && matches!(one, "." | "/" | "-" | "|" | "\u{2011}" | "–");
            let after = line[tokens[2].end..].chars();
            let mut after = after.skip_while(|c| matches!(c, '.' | '/' | '-'));
            let goes_on = line[tokens[2].end..].starts_with(['.', '/', '-'])
                && after.next().is_some_and(|c| c.is_ascii_digit());
            if same && !goes_on && second_width <= 2 {
                if first_width == 4 && third_width <= 2 {
                    return Some((3, valid(first, second, third)?));
                }
                let year = match third_width {
                    4 => third,
                    2 if one != "-" && first_width + second_width >= 2 && third < 50 => 2000 + third,
                    _ => return None,
                };
                if first_width <= 2 {
                    let swaps = second > 12 || month_first && one == "/" && first <= 12;
                    let (day, month) = if swaps { (second, first) } else { (first, second) };
                    return Some((3, valid(year, month, day)?));
                }
            }
        }
        if first_width == 4
            && (word(1), word(3)) == (Some("年"), Some("月"))
            && let (Some((month, _)), Some((day, _))) = (number(2), number(4))
        {
            return Some((if word(5) == Some("日") { 6 } else { 5 }, valid(first, month, day)?));
        }
        if first_width <= 2 {
            // Endings of ordinals and «de», «of», «d’».
            let small = |n: usize| {
                word(n).is_some_and(|w| {
                    matches!(
                        w,
                        "st" | "nd"
                            | "rd"
                            | "th"
                            | "er"
                            | "ère"
                            | "re"
                            | "de"
                            | "of"
                            | "d"
                            | "º"
                            | "ª"
                            | "го"
                            | "do"
                            | "the"
                    )
                })
            };
            let mut at = 1;
            while at <= 2 && small(at) && near(at - 1) {
                at += 1;
            }
            let found = month(at).filter(|_| near(at - 1))?;
            let mut year = at + 1;
            while year <= at + 2 && word(year).is_some_and(|w| matches!(w, "de" | "del" | "of")) {
                year += 1;
            }
            let (value, width) = number(year).filter(|_| near(year - 1))?;
            if width == 4 {
                return Some((year + 1, valid(value, found.into(), first)?));
            }
        }
        return None;
    }
    let found = month(0)?;
    let (day, width) = number(1).filter(|_| near(0))?;
    if width > 2 {
        return None;
    }
    let year = if word(2).is_some_and(|w| matches!(w, "st" | "nd" | "rd" | "th")) { 3 } else { 2 };
    let (value, width) = number(year).filter(|_| near(year - 1))?;
    if width == 4 { Some((year + 1, valid(value, found.into(), day)?)) } else { None }
}

/// The day, if the calendar has it; news on the web begin in the nineties.
pub(crate) fn valid(year: u32, month: u32, day: u32) -> Option<Day> {
    let day =
        Day { year: i32::try_from(year).ok()?, month: month.try_into().ok()?, day: day.try_into().ok()? };
    let fits =
        (1990..2100).contains(&day.year) && (1..=12).contains(&day.month) && (1..=31).contains(&day.day);
    (fits && (day.day <= 28 || Edtf::parse(&day.to_string()).is_ok())).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(line: &str) -> Option<String> {
        days(line, false).first().map(|(_, day)| day.to_string())
    }

    #[test]
    fn days_in_every_writing() {
        for line in [
            "Publié le 6 août 2025 à 10h",
            "le 06/08/2025",
            "06.08.2025, 14:29",
            "6.8.25 von Anna",
            "2025-08-06T10:00",
            "2025/08/06",
            "Wednesday, August 6th, 2025",
            "Aug. 6, 2025",
            "6th of August 2025",
            "6 de agosto de 2025",
            "6 августа 2025 года",
            "6. August 2025",
            "2025年8月6日",
            "06 | 08 | 2025",
            "Anna Martin6.8.2025",
            "mercredi 6 août 2025",
        ] {
            assert_eq!(first(line).as_deref(), Some("2025-08-06"), "{line}");
        }
        assert_eq!(first("le 1er août 2025").as_deref(), Some("2025-08-01"));
        assert_eq!(days("8/6/2025", true)[0].1.to_string(), "2025-08-06");
        assert_eq!(first("8/26/2025").as_deref(), Some("2025-08-26"));
    }

    #[test]
    fn other_numbers_are_no_days() {
        for line in [
            "Version 2.10.2025.3",
            "+33 1 23 45 67 89",
            "31 février 2025",
            "en août 2025",
            "6 août",
            "192.168.10.20",
            "12:53",
        ] {
            assert_eq!(first(line), None, "{line}");
        }
    }

    #[test]
    fn places_are_those_of_the_words() {
        let line = "Mis à jour le 1er août 2025.";
        let (place, _) = &days(line, false)[0];
        assert_eq!(&line[place.clone()], "1er août 2025");
    }
}
