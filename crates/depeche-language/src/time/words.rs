//! The words that time expressions are made of, from `lang/*/times.tsv`.

use depeche_record::{Reach, Token, TokenKind};

use crate::fold::fold;
use crate::grammar::rows;
use crate::hash::Table;

/// What a word of time is; each class fills the slot of its name in a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Class {
    /// Day of the month, 1 to 31.
    Day,
    /// Month, 1 to 12.
    Month,
    /// Year, as written with four digits.
    Year,
    /// Day of the week, 1 to 7.
    Weekday,
    /// A count.
    Number,
    /// A unit of time, see [`Unit`].
    Unit,
    /// Last (-1), this (0), next (1), the one after next (2).
    Order,
    /// Beginning (1), middle (2), end (3) of a period.
    Part,
    /// EDTF season, 21 to 24.
    Season,
    /// A time of day: seconds, and [`HALF_TOLD`] where the word itself tells the half of the day, twice that for the second.
    Clock,
    /// A date in figures: year × 10000 + month × 100 + day; year 0 where it has none.
    Figures,
    /// Days from the anchor: «hier» is -1.
    Offset,
    /// Part of the day: morning 1, noon 2, afternoon 3, evening 4, night 5, day 6, midnight 7.
    Daypart,
    /// Which one of several: «le premier dimanche», -1 for the last.
    Ordinal,
    /// The last two digits of a year.
    Short,
    /// The middle of a month, in one word: «mi-mars».
    Mid,
    /// Day and month in figures, day × 100 + month: «22/04».
    DayMonth,
    /// A decade, by its first year: *1990s*.
    Decade,
    /// A count and its unit in one word, count × 100 + unit: *two-week*, *30-day*.
    Span,
    /// A century, by its number.
    Century,
    /// What is past (-1), present (0) or future (1), and no more than that.
    Reference,
    /// Hours to add to a time of day told by halves of the day: 0 or 12.
    Half,
    /// Minutes that a time zone is ahead of Greenwich.
    Zone,
    /// Tens of a number in several words, added to the ones: *twenty* of *twenty second*.
    Tens,
    /// Minutes that the clocks of a city are ahead of Greenwich; 9999 where that changes with the season.
    City,
    /// Hour and minute without a mark between them: *1140 a.m.*
    Digits,
    /// A part of each day: *mornings*.
    Parts,
    /// A day of each week: *Mondays*.
    Each,
    /// Two months in one word, first × 100 + second: *Jan-Feb*.
    Months,
    /// A quarter, 1 to 4, or a half, 5 and 6, of a year, with the year × 10 before it where the word tells that too: *Q1*, *2019-H2*.
    Quarter,
}

/// Added to a time of day whose word tells that it is before noon; twice for after noon.
pub(crate) const HALF_TOLD: i32 = 1_000_000;

impl Class {
    pub const COUNT: usize = 30;

    pub fn named(name: &str) -> Option<Class> {
        Some(match name {
            "day" => Class::Day,
            "month" => Class::Month,
            "year" => Class::Year,
            "weekday" => Class::Weekday,
            "number" => Class::Number,
            "unit" => Class::Unit,
            "order" => Class::Order,
            "part" => Class::Part,
            "season" => Class::Season,
            "clock" => Class::Clock,
            "figures" => Class::Figures,
            "offset" => Class::Offset,
            "daypart" => Class::Daypart,
            "ordinal" => Class::Ordinal,
            "short" => Class::Short,
            "mid" => Class::Mid,
            "day-month" => Class::DayMonth,
            "decade" => Class::Decade,
            "span" => Class::Span,
            "century" => Class::Century,
            "reference" => Class::Reference,
            "half" => Class::Half,
            "zone" => Class::Zone,
            "tens" => Class::Tens,
            "months" => Class::Months,
            "quarter" => Class::Quarter,
            "each" => Class::Each,
            "city" => Class::City,
            "digits" => Class::Digits,
            "parts" => Class::Parts,
            _ => return None,
        })
    }
}

/// Units of time, as slot values.
pub(crate) struct Unit;

impl Unit {
    pub const DAY: i32 = 1;
    pub const WEEK: i32 = 2;
    pub const MONTH: i32 = 3;
    pub const YEAR: i32 = 4;
    pub const HOUR: i32 = 5;
    pub const WEEKEND: i32 = 6;
    pub const DECADE: i32 = 7;
    pub const MINUTE: i32 = 8;
    pub const SECOND: i32 = 9;
    pub const CENTURY: i32 = 10;
    pub const QUARTER: i32 = 11;
    pub const SEMESTER: i32 = 12;

    pub fn named(name: &str) -> Option<i32> {
        Some(match name {
            "day" => Unit::DAY,
            "week" => Unit::WEEK,
            "month" => Unit::MONTH,
            "year" => Unit::YEAR,
            "hour" => Unit::HOUR,
            "minute" => Unit::MINUTE,
            "second" => Unit::SECOND,
            "weekend" => Unit::WEEKEND,
            "decade" => Unit::DECADE,
            "century" => Unit::CENTURY,
            "quarter" => Unit::QUARTER,
            "semester" => Unit::SEMESTER,
            _ => return None,
        })
    }
}

/// The most words of which one tells a reach.
const REACH_WORDS: usize = 4;

fn reach_named(name: &str) -> Option<Reach> {
    Some(match name {
        "from" => Reach::From,
        "to" => Reach::To,
        "after" => Reach::After,
        "before" => Reach::Before,
        _ => return None,
    })
}

/// Value of a constant or word: a number, the name of a unit, or a time without a date.
pub(crate) fn value_named(value: &str) -> Option<i32> {
    value.parse().ok().or_else(|| Unit::named(value)).or(match value {
        "past" => Some(-1),
        "present" => Some(0),
        "future" => Some(1),
        _ => None,
    })
}

/// The words of time of one language. Words that only rules name have an identity and no class.
#[derive(Default)]
pub(crate) struct Words {
    /// What words before an expression say of its reach; several words with a space between them.
    reach: Table<String, Reach>,
    ids: Table<String, u32>,
    classes: Vec<Vec<(Class, i32)>>,
    /// Words that are of time only with a capital: *May*, *Sat*.
    capital: Vec<u32>,
    /// Words after which a bare hour is over: *at 5 and*.
    closing: Vec<u32>,
    /// Marks that go on with a number: *5 %*.
    opening: Vec<u32>,
    longest: usize,
}

impl Words {
    pub fn read(data: &'static str) -> Words {
        let mut words = Words::default();
        for (class, entries) in rows(data) {
            if let Some(reach) = reach_named(class) {
                // Words are separated by spaces, so the spaces within are written as underscores.
                let forms = entries.split_whitespace().map(|form| fold(&form.replace('_', " ")));
                words.reach.extend(forms.map(|form| (form, reach)));
                continue;
            }
            if matches!(class, "capital" | "closing" | "opening") {
                for form in entries.split_whitespace() {
                    let id = words.add(&fold(form));
                    match class {
                        "capital" => words.capital.push(id),
                        "closing" => words.closing.push(id),
                        _ => words.opening.push(id),
                    }
                }
                continue;
            }
            let class = Class::named(class);
            debug_assert!(class.is_some(), "unknown class in {entries}");
            for entry in entries.split_whitespace() {
                let (form, value) = entry.split_once('=').unwrap_or((entry, "0"));
                if let (Some(class), Some(value)) = (class, value_named(value)) {
                    let id = words.add(&fold(form));
                    words.classes[id as usize].push((class, value));
                } else {
                    debug_assert!(false, "no value: {entry}");
                }
            }
        }
        words
    }

    /// What the words `before` an expression, the nearest of them last, say of its reach.
    pub fn reach(&self, before: &[Token], text: &str) -> Reach {
        let mut joined = String::new();
        let mut reach = Reach::At;
        for token in before.iter().rev().take(REACH_WORDS) {
            let words = token.span.of(text);
            if token.kind != TokenKind::Word || words.len() > 20 {
                break;
            }
            joined = if joined.is_empty() { fold(words) } else { format!("{} {joined}", fold(words)) };
            reach = self.reach.get(&joined).copied().unwrap_or(reach);
        }
        reach
    }

    /// The identity of a folded form, a new one if need be.
    pub fn add(&mut self, folded: &str) -> u32 {
        if let Some(&id) = self.ids.get(folded) {
            return id;
        }
        let id = self.classes.len() as u32;
        self.ids.insert(folded.to_owned(), id);
        self.classes.push(Vec::new());
        self.longest = self.longest.max(folded.len());
        id
    }

    pub fn id(&self, folded: &str) -> Option<u32> {
        if folded.len() > self.longest { None } else { self.ids.get(folded).copied() }
    }

    /// Whether a word is of time only with a capital.
    pub fn wants_capital(&self, id: u32) -> bool {
        self.capital.contains(&id)
    }

    /// Whether a bare hour is over before a word.
    pub fn closes(&self, id: u32) -> bool {
        self.closing.contains(&id)
    }

    /// Whether a mark goes on with a number before it.
    pub fn opens(&self, id: u32) -> bool {
        self.opening.contains(&id)
    }

    /// Longest listed form, in bytes.
    pub fn longest(&self) -> usize {
        self.longest
    }

    pub fn classes(&self, id: u32) -> &[(Class, i32)] {
        &self.classes[id as usize]
    }

    pub fn len(&self) -> usize {
        self.classes.len()
    }
}
