//! Rules of time expressions: `lang/*/times.rules`, read into patterns over words and classes of words.
//!
//! ```text
//! rule day-month
//! is date
//! when le|ce|au? <day> <month> <year>?
//! yes le 6 août 2025 = 2025-08-06
//! yes jeudi @ 2025-08-08 past = 2025-08-07
//! no mars attaque
//! ```
//!
//! `is` names how the value is reckoned and sets slots; each `when` is a pattern, its elements separated by spaces: words
//! (`a|b`), or a class of words that fills its slot (`<month>`; `<month:2>` the second one; `<unit=year>` only words of that
//! value), with `?` where it may be missing, or `~` before words at the head or end that must stand there and are no part of the expression. `^` marks
//! words that TimeML counts as signals, which its elements leave out («il y a», «plus tard», the «au» of «du 4 au 6»), `/`
//! words that begin an element of their own. `@after` at the head asks for a date right before, `@before` at the end for one
//! right behind, `@start` for the beginning of the sentence, `@end` that nothing is counted («at 5 and», not *at 5 camps*). Of several matches the longest wins, of equally long ones the first rule's.
//!
//! `yes`, `no`, `timex` and `edtf` run as tests: words, after `@` the day of publication, after `=` the value (`-` for an
//! expression without one); for `edtf` the value with its open side («depuis janvier» is `2025-01/..`); for `timex` words and values of the TimeML elements, `|` between them.

use std::collections::HashMap;
use std::sync::OnceLock;

use depeche_record::{Language, Reach, Span, Token, TokenKind};

use crate::fold::{fold, fold_into};
use crate::time::figures::{FIGURES, Figure, figure_value};
use crate::time::words::{Class, Unit, Words, value_named};

/// How the value of an expression is reckoned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    /// Year, month, day, as far as given.
    Date,
    /// From one date to another.
    Range,
    /// Two days of one month: an interval if they follow one another.
    Pair,
    /// A date in figures.
    Figures,
    /// So many units from the day of publication.
    Deictic,
    /// A day of the week.
    Weekday,
    /// From one day of the week to another.
    Weekdays,
    /// So many units from the day last told.
    Narrative,
    /// The day last told itself.
    Same,
    /// A time of day.
    Clock,
    /// A length of time.
    Duration,
    /// A recurring time.
    Set,
    /// A season, of a year to be found.
    Season,
    /// One of the days of the week, weeks, quarters of a longer period: «le premier dimanche de mars».
    Nth,
    /// The week that a day lies in.
    WeekOf,
    /// So many days from Easter.
    Easter,
    /// A day of a month to be found.
    DayOfMonth,
    /// So many units from a date told beside them: «deux semaines avant le 9 mai».
    FromDate,
    /// So many units up to or from the day of publication: «dans les dix jours».
    Within,
    /// A date that cannot be told to the month.
    Vague,
    /// Words that look like a time and are none.
    Nothing,
}

impl Method {
    /// Whether it tells a day, or a stretch of days, that an hour may be one of.
    pub fn is_date(self) -> bool {
        !matches!(
            self,
            Method::Clock
                | Method::Duration
                | Method::Set
                | Method::Vague
                | Method::Within
                | Method::Nothing
                | Method::Same
        )
    }

    fn named(name: &str) -> Option<Method> {
        Some(match name {
            "date" => Method::Date,
            "range" => Method::Range,
            "pair" => Method::Pair,
            "figures" => Method::Figures,
            "deictic" => Method::Deictic,
            "weekday" => Method::Weekday,
            "weekdays" => Method::Weekdays,
            "narrative" => Method::Narrative,
            "same" => Method::Same,
            "clock" => Method::Clock,
            "duration" => Method::Duration,
            "set" => Method::Set,
            "season" => Method::Season,
            "nth" => Method::Nth,
            "week-of" => Method::WeekOf,
            "easter" => Method::Easter,
            "day-of-month" => Method::DayOfMonth,
            "from-date" => Method::FromDate,
            "within" => Method::Within,
            "vague" => Method::Vague,
            "nothing" => Method::Nothing,
            _ => return None,
        })
    }
}

/// Values of the slots of an expression; two of each class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Slots([[Option<i32>; 2]; Class::COUNT]);

impl Slots {
    pub fn get(&self, class: Class) -> Option<i32> {
        self.0[class as usize][0]
    }

    pub fn second(&self, class: Class) -> Option<i32> {
        self.0[class as usize][1]
    }

    /// Tells what words of a compound class say in the slots of what they are made of.
    fn unfold(&mut self) {
        if let Some(span) = self.get(Class::Span) {
            self.put(Class::Number, span / 100);
            self.put(Class::Unit, span % 100);
        }
        if let Some(day_month) = self.get(Class::DayMonth) {
            self.put(Class::Day, day_month / 100);
            self.put(Class::Month, day_month % 100);
        }
        if let (Some(first), Some(last)) = (self.get(Class::Figures), self.second(Class::Figures)) {
            self.set_date(0, first);
            self.set_date(1, last);
        } else if let (Some(figures), Some(_)) = (self.get(Class::Figures), self.get(Class::Offset)) {
            self.set_date(0, figures);
        }
        if let (None, Some(last)) = (self.get(Class::Figures), self.second(Class::Figures)) {
            self.set_date(1, last);
        }
        if let Some(zone) = self.get(Class::City).filter(|zone| *zone < 9999) {
            self.put(Class::Zone, zone);
        }
        if let Some(digits) = self.get(Class::Digits) {
            self.put(Class::Clock, digits);
        }
        if let Some(part) = self.get(Class::Parts) {
            self.put(Class::Daypart, part);
        }
        if let Some(each) = self.get(Class::Each) {
            self.put(Class::Weekday, each);
        }
        if let Some(months) = self.get(Class::Months) {
            self.put(Class::Month, months / 100);
            self.set(Class::Month, 1, months % 100);
        }
        if let Some(quarter) = self.get(Class::Quarter) {
            if quarter > 10 {
                self.put(Class::Year, quarter / 10);
            }
            let half = quarter % 10 > 4;
            self.put(Class::Ordinal, if half { quarter % 10 - 4 } else { quarter % 10 });
            self.put(Class::Unit, if half { Unit::SEMESTER } else { Unit::QUARTER });
        }
        if let Some(day_month) = self.second(Class::DayMonth) {
            self.set(Class::Day, 1, day_month / 100);
            self.set(Class::Month, 1, day_month % 100);
        }
        if let Some(decade) = self.get(Class::Decade) {
            self.put(Class::Year, decade);
        }
        if let Some(month) = self.get(Class::Mid) {
            self.put(Class::Month, month);
        }
        if let Some(tens) = self.get(Class::Tens) {
            // *twenty second*, *twenty nine*
            for class in [Class::Ordinal, Class::Day, Class::Number] {
                if let Some(ones @ 1..=9) = self.get(class) {
                    self.put(class, tens + ones);
                }
            }
        }
        if let Some(short) = self.get(Class::Short) {
            // «98» in a report of today: the century that leaves it the shorter way off.
            self.put(Class::Year, if short >= 30 { 1900 + short } else { 2000 + short });
        }
    }

    /// Puts year, month and day of a date in figures.
    fn set_date(&mut self, which: usize, figures: i32) {
        let (year, month, day) = (figures / 10_000, figures / 100 % 100, figures % 100);
        let (month, day) = if month > 12 { (day, month) } else { (month, day) };
        self.set(Class::Year, which, year);
        self.set(Class::Month, which, month);
        self.set(Class::Day, which, day);
    }

    /// Puts another value in the first slot of a class.
    pub fn put(&mut self, class: Class, value: i32) {
        self.set(class, 0, value);
    }

    fn set(&mut self, class: Class, which: usize, value: i32) {
        self.0[class as usize][which] = Some(value);
    }
}

/// An element of a pattern.
#[derive(Debug, Clone)]
struct Element {
    matcher: Matcher,
    optional: bool,
    /// A bit for signals, a bit for words that begin a TimeML element.
    marks: u64,
}

#[derive(Debug, Clone)]
enum Matcher {
    Words(Vec<u32>),
    Class(Class, usize, Option<i32>),
}

/// A rule without its patterns.
#[derive(Debug)]
pub(crate) struct Rule {
    pub name: &'static str,
    pub method: Method,
    slots: Slots,
    pub examples: Vec<Example>,
}

/// An example of a rule: run by the tests.
#[derive(Debug)]
#[cfg_attr(not(test), expect(dead_code, reason = "examples are data for the tests"))]
pub(crate) struct Example {
    /// The words.
    pub text: &'static str,
    /// Day of publication and tense, as written after `@`.
    pub context: &'static str,
    /// The value; none for a negative example.
    pub value: Option<&'static str>,
    /// What `value` is.
    pub told: Told,
}

/// What an example tells of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    /// Its value.
    Value,
    /// Words and values of its TimeML elements.
    Timex,
    /// Its value with the side that is open.
    Edtf,
}

struct Pattern {
    rule: usize,
    /// How many of the elements, at its head, are asked for and not part of the expression.
    lead: usize,
    /// The same at its end.
    tail: usize,
    /// Asks for a date right before.
    after: bool,
    /// Asks for a date right behind.
    before: bool,
    /// Asks that nothing counted follows.
    ends: bool,
    /// Asks for the beginning of the sentence.
    starts: bool,
    elements: Vec<Element>,
}

/// The rules of one language.
pub(crate) struct Rules {
    pub(super) words: Words,
    rules: Vec<Rule>,
    patterns: Vec<Pattern>,
    /// What may start with a word, by its identity.
    by_word: Vec<Start>,
    /// What may start with a number token, by its class.
    by_figure: Vec<Start>,
    /// The classes of a word, a bit each, by its identity.
    masks: Vec<u32>,
    /// The identity of the comma, if a rule names it.
    comma: Option<u32>,
    /// What a number in figures with two slashes begins with where both would do: the day, or in English either.
    pub(super) months_first: bool,
}

/// Patterns that begin alike, and what may come second in any of them: most pairs of words are in no pattern.
#[derive(Debug, Clone, Default)]
struct Start {
    patterns: Vec<u32>,
    /// Whether a pattern may be over after its first element.
    alone: bool,
    /// Words that come second, a bit each by their identity.
    words: Vec<u64>,
    /// Classes of number tokens that come second.
    classes: u32,
}

impl Start {
    fn allows(&self, next: Option<Item>) -> bool {
        self.alone
            || next.is_some_and(|next| match next.word {
                Some(id) => self.words.get(id as usize / 64).is_some_and(|bits| bits >> (id % 64) & 1 == 1),
                None => next.classes & self.classes != 0,
            })
    }
}

/// The best match so far: the one that comes farthest, of these that of the first pattern.
struct Best {
    found: Option<Match>,
    farthest: usize,
    pattern: u32,
}

/// What stands before the place at which an expression is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Before {
    /// A date, right before.
    Date,
    /// No date.
    Other,
    /// An expression that asks whether this is a date.
    Nested,
}

/// A token as the rules see it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Item {
    word: Option<u32>,
    number: Option<Figure>,
    /// The classes that it belongs to, a bit each.
    classes: u32,
    /// Whether it is a word or a number of whatever kind.
    wordy: bool,
}

impl Item {
    fn of_figure(number: Option<Figure>) -> Item {
        let classes = number.map_or(0, |figure| {
            let belongs = |class: &&Class| figure_value(figure, **class).is_some();
            FIGURES.iter().filter(belongs).fold(0, |mask, class| mask | 1 << *class as u32)
        });
        Item { word: None, number, classes, wordy: true }
    }

    pub fn is_idle(self) -> bool {
        self.word.is_none() && self.number.is_none()
    }
}

/// An expression found: the rule, what filled its slots, and its tokens.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Match {
    pub rule: usize,
    pub slots: Slots,
    pub start: usize,
    pub end: usize,
    /// Which tokens, counted from `start`, are signals: a bit each in the lower half; and which begin a TimeML element of
    /// their own, in the upper half.
    marks: u64,
}

const SIGNAL: u64 = 1;
const BREAK: u64 = 1 << 32;

impl Match {
    /// Whether any token is a signal.
    pub fn has_signals(&self) -> bool {
        self.marks as u32 != 0
    }

    /// Whether the token at `offset` from the start is a signal.
    pub fn is_signal(&self, offset: usize) -> bool {
        offset < 32 && self.marks & (SIGNAL << offset) != 0
    }

    /// Whether the token at `offset` from the start begins a TimeML element.
    pub fn is_break(&self, offset: usize) -> bool {
        offset < 32 && self.marks & (BREAK << offset) != 0
    }
}

impl Rules {
    /// The rules of `language`, read once.
    pub fn of(language: Language) -> &'static Rules {
        static RULES: [OnceLock<Rules>; 3] = [const { OnceLock::new() }; 3];
        RULES[language as usize].get_or_init(|| match language {
            Language::French => Rules::read(
                include_str!("../../lang/fr/times.tsv"),
                include_str!("../../lang/fr/times.rules"),
            ),
            Language::English => {
                let rules = Rules::read(
                    include_str!("../../lang/en/times.tsv"),
                    include_str!("../../lang/en/times.rules"),
                );
                Rules { months_first: true, ..rules }
            }
            Language::Russian => Rules::read(
                include_str!("../../lang/ru/times.tsv"),
                include_str!("../../lang/ru/times.rules"),
            ),
        })
    }

    /// Whether a date in figures with slashes may begin with the day or the month, as writers of the language please.
    pub fn either_first(&self) -> bool {
        self.months_first
    }

    /// What the words before an expression say of its reach.
    pub fn reach(&self, before: &[Token], text: &str) -> Reach {
        self.words.reach(before, text)
    }

    pub fn rule(&self, index: usize) -> &Rule {
        &self.rules[index]
    }

    /// The rules, for the tests of their examples.
    #[cfg(test)]
    pub fn all(&self) -> &[Rule] {
        &self.rules
    }

    /// Whether a folded word is a month or a day of the week.
    pub fn is_calendar_word(&self, folded: &str) -> bool {
        self.is_calendar(self.words.id(folded))
    }

    fn is_calendar(&self, word: Option<u32>) -> bool {
        word.is_some_and(|id| {
            self.words.classes(id).iter().any(|(class, _)| matches!(class, Class::Month | Class::Weekday))
        })
    }

    fn read(words: &'static str, rules: &'static str) -> Rules {
        let mut read = Rules {
            words: Words::read(words),
            rules: Vec::new(),
            patterns: Vec::new(),
            by_word: Vec::new(),
            by_figure: vec![Start::default(); Class::COUNT],
            masks: Vec::new(),
            comma: None,
            months_first: false,
        };
        for line in rules.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (key, rest) = line.split_once(' ').unwrap_or((line, ""));
            if key == "rule" {
                let rule =
                    Rule { name: rest, method: Method::Vague, slots: Slots::default(), examples: Vec::new() };
                read.rules.push(rule);
                continue;
            }
            let index = read.rules.len().saturating_sub(1);
            let Some(rule) = read.rules.last_mut() else { continue };
            match key {
                "is" => {
                    for part in rest.split_whitespace() {
                        match part.split_once('=') {
                            None => match Method::named(part) {
                                Some(method) => rule.method = method,
                                None => debug_assert!(false, "unknown method: {part}"),
                            },
                            Some((class, value)) => match (Class::named(class), value_named(value)) {
                                (Some(class), Some(value)) => rule.slots.set(class, 0, value),
                                _ => debug_assert!(false, "bad constant: {part}"),
                            },
                        }
                    }
                }
                "when" => {
                    let context = |part: &&str| part.starts_with('~');
                    let has = |mark| rest.split_whitespace().any(|part| part == mark);
                    let (after, before, ends) = (has("@after"), has("@before"), has("@end"));
                    let starts = has("@start");
                    let rest = rest.trim_start_matches("@after ").trim_start_matches("@start ");
                    let rest = rest.trim_end_matches(" @before").trim_end_matches(" @end");
                    let lead = rest.split_whitespace().take_while(context).count();
                    let tail = rest.rsplit(' ').take_while(context).count();
                    debug_assert!(
                        !rest.split(' ').any(|p| context(&p) && p.ends_with('?')),
                        "optional context: {rest}"
                    );
                    let parts = rest.split_whitespace().map(|part| part.trim_start_matches('~'));
                    let elements = parts.map(|part| element(part, &mut read.words)).collect();
                    for elements in variants(elements) {
                        let pattern =
                            Pattern { rule: index, lead, tail, after, before, ends, starts, elements };
                        read.patterns.push(pattern);
                    }
                }
                "yes" | "timex" | "edtf" => {
                    let (text, value) = rest.rsplit_once('=').unwrap_or((rest, ""));
                    let (text, context) = text.split_once('@').unwrap_or((text, ""));
                    rule.examples.push(Example {
                        text: text.trim(),
                        context: context.trim(),
                        value: Some(value.trim()),
                        told: match key {
                            "timex" => Told::Timex,
                            "edtf" => Told::Edtf,
                            _ => Told::Value,
                        },
                    });
                }
                "no" => {
                    let example = Example { text: rest.trim(), context: "", value: None, told: Told::Value };
                    rule.examples.push(example);
                }
                _ => debug_assert!(false, "unknown line: {line}"),
            }
        }
        read.comma = read.words.id(",");
        read.index();
        read
    }

    fn index(&mut self) {
        let mut by_class: HashMap<Class, Vec<u32>> = HashMap::new();
        for (id, classes) in (0..self.words.len() as u32).map(|id| (id, self.words.classes(id))) {
            for &(class, _) in classes {
                by_class.entry(class).or_default().push(id);
            }
        }
        let mask = |id| self.words.classes(id).iter().fold(0, |mask, (class, _)| mask | 1 << *class as u32);
        self.masks = (0..self.words.len() as u32).map(mask).collect();
        let mut by_word = vec![Start::default(); self.words.len()];
        for (index, pattern) in (0u32..).zip(&self.patterns) {
            // No pattern begins with an optional element, nor has one second: see `variants`.
            let Some((first, rest)) = pattern.elements.split_first() else { continue };
            let add = |start: &mut Start| {
                if start.patterns.last() == Some(&index) {
                    return;
                }
                start.patterns.push(index);
                match rest.first().filter(|second| !second.optional) {
                    None => start.alone = true,
                    Some(second) => {
                        let listed = match &second.matcher {
                            Matcher::Words(ids) => ids.as_slice(),
                            Matcher::Class(class, ..) => {
                                start.classes |= 1 << *class as u32;
                                by_class.get(class).map_or(&[][..], Vec::as_slice)
                            }
                        };
                        start.words.resize(self.words.len().div_ceil(64), 0);
                        for id in listed {
                            start.words[*id as usize / 64] |= 1 << (id % 64);
                        }
                    }
                }
            };
            match &first.matcher {
                Matcher::Words(ids) => ids.iter().for_each(|&id| add(&mut by_word[id as usize])),
                Matcher::Class(class, ..) => {
                    if FIGURES.contains(class) {
                        add(&mut self.by_figure[*class as usize]);
                    }
                    let listed = by_class.get(class).map_or(&[][..], Vec::as_slice);
                    listed.iter().for_each(|&id| add(&mut by_word[id as usize]));
                }
            }
        }
        self.by_word = by_word;
    }

    /// What the rules see of a token.
    pub fn item(&self, token: &Token, text: &str, folded: &mut String) -> Item {
        let words = token.span.of(text);
        match token.kind {
            TokenKind::Number => Item::of_figure(self.figure(words)),
            // *30-day*, *3heures*, *9am*, *05-Aug-2016* are words.
            TokenKind::Word if words.as_bytes()[0].is_ascii_digit() => {
                let figure = self.figure(words).filter(|f| matches!(f, Figure::Span(_) | Figure::Clock(_)));
                Item::of_figure(figure.or_else(|| self.glued(words)))
            }
            TokenKind::Word | TokenKind::Punctuation | TokenKind::Symbol
                if words.len() <= self.words.longest() + 8 =>
            {
                fold_into(words, folded);
                let word = self.words.id(folded);
                let wordy = token.kind == TokenKind::Word;
                if word.is_none() && wordy && words.len() < 24 {
                    if words.bytes().any(|b| b.is_ascii_digit()) {
                        return Item { wordy, ..Item::of_figure(self.glued(words)) };
                    }
                    if let Some((first, last)) = folded.split_once('-')
                        && let (Some(first), Some(last)) = (self.month(first), self.month(last))
                    {
                        return Item { wordy, ..Item::of_figure(Some(Figure::Months(first * 100 + last))) };
                    }
                }
                // *may*, *march*, *sat* are of the calendar with a capital only.
                if word.is_some_and(|id| self.words.wants_capital(id))
                    && words.bytes().all(|b| b.is_ascii_lowercase() || b == b'.')
                {
                    return Item { wordy, ..Item::default() };
                }
                let classes = word.map_or(0, |id| self.masks[id as usize]);
                Item { word, number: None, classes, wordy }
            }
            kind => Item { wordy: kind == TokenKind::Word, ..Item::default() },
        }
    }

    /// Whether a date begins at `at`, a little word before it or not.
    fn has_date(&self, items: &[Item], at: usize) -> bool {
        let joint = items.get(at).is_some_and(|item| item.word.is_some_and(|id| self.words.closes(id)));
        [at, at + usize::from(joint)].into_iter().any(|at| {
            let alone = Before::Nested;
            self.find(items, at, alone).is_some_and(|found| self.rules[found.rule].method.is_date())
        })
    }

    /// The longest match that starts at `at`; of equally long ones, that of the first rule.
    pub fn find(&self, items: &[Item], at: usize, before: Before) -> Option<Match> {
        let item = *items.get(at)?;
        let mut best = Best { found: None, farthest: at, pattern: u32::MAX };
        match item.word {
            Some(id) => self.try_all(&self.by_word[id as usize], items, at, before, &mut best),
            None => {
                let mut classes = item.classes;
                while classes != 0 {
                    let class = classes.trailing_zeros();
                    classes &= classes - 1;
                    self.try_all(&self.by_figure[class as usize], items, at, before, &mut best);
                }
            }
        }
        let mut best = best.found;
        // Words that only give context must not cut off a longer expression behind them: «au» before «printemps 2022».
        if let Some(led) = best
            && led.start > at
            && let Some(longer) = self.find(items, led.start, before)
            && longer.end > led.end
        {
            return Some(longer);
        }
        if let Some(best) = &mut best {
            best.slots.unfold();
        }
        best
    }

    /// Holds the patterns of `start` against the items at `at`, and keeps the best match.
    fn try_all(&self, start: &Start, items: &[Item], at: usize, before: Before, best: &mut Best) {
        let next = items.get(at + 1).copied();
        if !start.allows(next) {
            return;
        }
        for &index in &start.patterns {
            let pattern = &self.patterns[index as usize];
            // One look ahead and no further: what is looked for ahead asks for no date behind itself.
            if pattern.before && before == Before::Nested
                || pattern.after && before != Before::Date
                || pattern.starts && at > 0
            {
                continue;
            }
            // Most patterns fail at their second word: seen before anything is copied.
            if let Some(second) = pattern.elements.get(1)
                && !second.optional
                && !next.is_some_and(|next| self.accepts(second, next))
            {
                continue;
            }
            let mut slots = self.rules[pattern.rule].slots;
            let mut marks = 0;
            if let Some(end) = self.matches(&pattern.elements, items, (at, at), &mut slots, &mut marks)
                && (end > best.farthest
                    || (end == best.farthest && index < best.pattern && best.found.is_some()))
                && (!pattern.ends || self.nothing_counted(items, end))
                && (!pattern.before || self.has_date(items, end))
            {
                best.farthest = end;
                best.pattern = index;
                let (mut start, mut end) = (at + pattern.lead, end - pattern.tail);
                // Commas that stood before a part that did not come are no part of the expression.
                let comma = |at: usize| items[at].word.is_some() && items[at].word == self.comma;
                while start + 1 < end && comma(end - 1) {
                    end -= 1;
                }
                while start + 1 < end && comma(start) {
                    start += 1;
                }
                let shift = (start - at).min(31);
                let marks = ((marks as u32) >> shift) as u64 | (marks >> 32 >> shift) << 32;
                best.found = Some(Match { rule: pattern.rule, slots, start, end, marks });
            }
        }
    }

    /// Whether what stands at `at` is nothing that a number before it could count.
    fn nothing_counted(&self, items: &[Item], at: usize) -> bool {
        items.get(at).is_none_or(|item| match item.word {
            Some(id) => !item.wordy && !self.words.opens(id) || self.words.closes(id),
            None => !item.wordy,
        })
    }

    /// The end of the match that began at `first` and has come to `at`, with its slots and marks.
    fn matches(
        &self,
        elements: &[Element],
        items: &[Item],
        (first, at): (usize, usize),
        slots: &mut Slots,
        marks: &mut u64,
    ) -> Option<usize> {
        let Some((element, rest)) = elements.split_first() else { return Some(at) };
        if let Some(&item) = items.get(at) {
            match &element.matcher {
                Matcher::Words(ids) => {
                    if item.word.is_some_and(|id| ids.contains(&id))
                        && let Some(end) = self.matches(rest, items, (first, at + 1), slots, marks)
                    {
                        if at - first < 32 {
                            *marks |= element.marks << (at - first);
                        }
                        return Some(end);
                    }
                }
                &Matcher::Class(class, which, only) => {
                    if let Some(value) = self.value(item, class, only) {
                        let before = slots.0[class as usize][which];
                        slots.set(class, which, value);
                        if let Some(end) = self.matches(rest, items, (first, at + 1), slots, marks) {
                            if at - first < 32 {
                                *marks |= element.marks << (at - first);
                            }
                            return Some(end);
                        }
                        slots.0[class as usize][which] = before;
                    }
                }
            }
        }
        if element.optional { self.matches(rest, items, (first, at), slots, marks) } else { None }
    }

    /// Whether a token can stand for an element.
    fn accepts(&self, element: &Element, item: Item) -> bool {
        match &element.matcher {
            Matcher::Words(ids) => item.word.is_some_and(|id| ids.contains(&id)),
            &Matcher::Class(class, _, only) => {
                item.classes & (1 << class as u32) != 0 && self.value(item, class, only).is_some()
            }
        }
    }

    /// The value of a token in a class, if it belongs to it; only a certain value, if one is asked for.
    fn value(&self, item: Item, class: Class, only: Option<i32>) -> Option<i32> {
        let value = match (item.word, item.number) {
            (Some(id), _) => {
                self.words.classes(id).iter().find(|(c, _)| *c == class).map(|&(_, value)| value)
            }
            (None, Some(figure)) => figure_value(figure, class),
            _ => None,
        };
        value.filter(|value| only.is_none_or(|only| only == *value))
    }
}

/// A pattern with and without each of its optional elements near the head, so that every pattern is known by the words
/// that it begins with.
fn variants(elements: Vec<Element>) -> Vec<Vec<Element>> {
    const HEAD: usize = 3;
    let Some(at) = elements.iter().take(HEAD).position(|element| element.optional) else {
        return vec![elements];
    };
    let mut with = elements.clone();
    with[at].optional = false;
    let mut without = elements;
    without.remove(at);
    [variants(with), variants(without)].concat()
}

fn element(part: &str, words: &mut Words) -> Element {
    let (part, optional) = match part.strip_suffix('?') {
        Some(part) => (part, true),
        None => (part, false),
    };
    let (part, marks) = match (part.strip_prefix('^'), part.strip_prefix('/')) {
        (Some(part), _) => (part, SIGNAL),
        (None, Some(part)) if !part.is_empty() => (part, BREAK),
        _ => (part, 0),
    };
    let class = part.strip_prefix('<').and_then(|part| part.strip_suffix('>'));
    let matcher = match class {
        Some(class) => {
            let (class, only) = class.split_once('=').map_or((class, None), |(c, v)| (c, value_named(v)));
            let (class, which) = class.strip_suffix(":2").map_or((class, 0), |class| (class, 1));
            debug_assert!(Class::named(class).is_some(), "unknown class: {class}");
            let matcher = |class| Matcher::Class(class, which, only);
            Class::named(class).map_or(Matcher::Words(Vec::new()), matcher)
        }
        None => Matcher::Words(part.split('|').map(|word| words.add(&fold(word))).collect()),
    };
    Element { matcher, optional, marks }
}

/// The words of a match.
pub(crate) fn span_of(found: &Match, tokens: &[Token]) -> Span {
    tokens[found.start].span.cover(tokens[found.end - 1].span)
}
