//! From expressions found to their values.
//!
//! What is reckoned from, in this order: the day of publication; failing that, the first date of the text that its
//! weekday fixes; for «la veille» and such, the day last told. Nothing else stands in for an unknown year.

use depeche_record::{Day, Edtf, Language, Reach, Span, TimeBasis, TimeExpression, TimeKind, Token};

use crate::time::TimeContext;
use crate::time::calendar::{
    easter, monday, month_length, month_value, shift, shift_months, valid_day, weekday, yearless_day,
};
use crate::time::rules::{Match, Method, Rules, Slots, span_of};
use crate::time::tense::Direction;
use crate::time::timex::{Context, segments, timex_of_date, timexes};
use crate::time::words::{Class, Unit};

/// An expression found, with the direction of its clause.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found {
    pub found: Match,
    pub direction: Direction,
}

/// The values of the expressions of one text, in its order.
pub(crate) fn resolve(
    found: &[Found],
    tokens: &[Token],
    text: &str,
    language: Language,
    context: TimeContext,
) -> Vec<TimeExpression> {
    let rules = Rules::of(language);
    let mut resolver = Resolver {
        context,
        reference: None,
        coarse: false,
        told: None,
        years: Vec::new(),
        full: None,
        year: None,
        beside: None,
    };
    resolver.reference = context.published.map(|day| (day, TimeBasis::Publication));
    if resolver.reference.is_none()
        && let Some((year, month)) = context.published_month
    {
        resolver.reference = Some((Day { year, month, day: 15 }, TimeBasis::Publication));
        resolver.coarse = true;
    }
    for found in found {
        let rule = rules.rule(found.found.rule);
        if rule.method != Method::Date && rule.method != Method::Range {
            continue;
        }
        let slots = &found.found.slots;
        // A year of long ago is history, not the year in which the text stands.
        let recent =
            |year: i32| context.today.is_some_and(|today| (today.year - 2..=today.year).contains(&year));
        if let Some(year) = slots.get(Class::Year).or(slots.second(Class::Year))
            && recent(year)
            && !resolver.years.contains(&year)
            && resolver.years.len() < 4
        {
            resolver.years.push(year);
        }
        if resolver.full.is_none()
            && let (Some(year), Some(month), Some(day)) =
                (slots.get(Class::Year), slots.get(Class::Month), slots.get(Class::Day))
        {
            resolver.full = valid_day(year, month, day).filter(|day| recent(day.year));
        }
        if resolver.reference.is_none()
            && let Some(day) = resolver.fixed_by_weekday(slots, found.direction)
        {
            resolver.reference = Some((day, TimeBasis::Narrative));
        }
    }
    let mut times = Vec::with_capacity(found.len());
    for found in found {
        resolver.push(found, rules, tokens, text, &mut times);
    }
    bind_hours(&mut times, text);
    times
}

/// An hour right before a date is one of that day: *5 p.m. on Tuesday*, «à 15 h lundi».
fn bind_hours(times: &mut [TimeExpression], text: &str) {
    for at in 1..times.len() {
        let (before, after) = times.split_at_mut(at);
        let (Some((hour, earlier)), Some(date)) = (before.split_last_mut(), after.first()) else { continue };
        let beside = |date: &TimeExpression| {
            let gap = text.get(date.span.end as usize..hour.span.start as usize);
            date.kind == TimeKind::Date && gap.is_some_and(|gap| gap.len() <= 8 && !gap.contains('.'))
        };
        if earlier.last().is_some_and(beside) {
            continue;
        }
        let gap = hour.span.end as usize..date.span.start as usize;
        let Some(gap) = text.get(gap).filter(|gap| gap.len() <= 12) else { continue };
        let joined = matches!(
            gap.trim().to_lowercase().as_str(),
            "" | ","
                | "on"
                | "of"
                | "in"
                | "le"
                | "du"
                | "de"
                | "ce"
                | "("
                | "for"
                | "on the"
                | ", on"
                | "en"
                | "в"
                | "во"
        );
        let day = date.value.as_ref().and_then(Edtf::days).filter(|(first, last)| first == last);
        let (true, TimeKind::Time, TimeKind::Date, Some((day, _))) = (joined, hour.kind, date.kind, day)
        else {
            continue;
        };
        // «5:30 tomorrow evening»
        let late = date.timex.first().is_some_and(|x| x.value.ends_with("TEV") || x.value.ends_with("TAF"));
        let told = hour.span.of(text).to_lowercase().contains("am") || hour.span.of(text).contains("a.");
        for timex in &mut hour.timex {
            let Some((_, time)) = timex.value.split_once('T') else { continue };
            let early = time.get(..2).and_then(|hour| hour.parse::<u8>().ok()).filter(|hour| *hour < 12);
            timex.value = match early {
                Some(hour) if late && !told => format!("{day}T{:02}{}", hour + 12, &time[2..]),
                _ => format!("{day}T{time}"),
            };
        }
    }
}

struct Resolver {
    context: TimeContext,
    /// What weekdays, deictics and yearless dates are reckoned from.
    reference: Option<(Day, TimeBasis)>,
    /// Whether of the reference no more than the month is known.
    coarse: bool,
    /// The day last told.
    told: Option<Told>,
    /// The years of full dates in the text.
    years: Vec<i32>,
    /// The first full date of the text.
    full: Option<Day>,
    /// The year last told by itself, and the token that it ends before.
    year: Option<(i32, usize)>,
    /// The day told right before, the part of it, and the token that it ends before.
    beside: Option<(Day, Option<i32>, usize)>,
}

/// How many tokens on a year told by itself is that of a month: «en 97 (en janvier et en octobre)».
const YEAR_REACH: usize = 12;

/// A day told in the text.
#[derive(Clone, Copy)]
struct Told {
    /// The day; in a year of no meaning where that is not known.
    day: Day,
    lacks_year: bool,
    /// Index of the token that it ends before.
    token: usize,
}

/// How many tokens on a day told still is what «la veille» is reckoned from, where there is a day of publication.
const FRESH: usize = 70;
/// As [`FRESH`], for «plus tôt dans la journée», which goes on with a day rather than counting from it.
const SAME: usize = 400;
/// How many tokens on a day told is still taken for that of an event named again.
const NEAR: usize = 40;
/// Stands for the year of days whose year is not known: no leap year, so that the 29th of February is not made up.
const NO_YEAR: i32 = 2001;

/// A value with its alternatives.
#[derive(Default)]
struct Value {
    value: Option<Edtf>,
    past: Option<Edtf>,
    future: Option<Edtf>,
    basis: Option<TimeBasis>,
    assumed: Vec<String>,
}

impl Value {
    fn of(value: Option<Edtf>, basis: TimeBasis) -> Value {
        Value { value, basis: Some(basis), ..Value::default() }
    }

    /// From the day before the day told to that day.
    fn with_eve(mut self) -> Value {
        for value in [&mut self.value, &mut self.past, &mut self.future] {
            let day = value.as_ref().and_then(Edtf::days).filter(|(first, last)| first == last);
            if let Some((day, _)) = day {
                *value = Some(Edtf::interval(shift(day, -1), day));
            }
        }
        self
    }

    /// The one of two values that the clause asks for; both are kept where they differ.
    fn choose(past: Option<Edtf>, future: Option<Edtf>, ahead: bool, basis: TimeBasis, why: &str) -> Value {
        let value = if ahead { future.clone() } else { past.clone() };
        if past == future {
            return Value::of(value, basis);
        }
        let assumed = vec![format!("{} {why}", if ahead { "the one to come:" } else { "the one gone by:" })];
        Value { value, past, future, basis: Some(basis), assumed }
    }
}

/// Why a clause was taken to look ahead or back, in words.
fn reason(direction: Direction) -> &'static str {
    match direction {
        Direction::Past => "the clause tells of what was",
        Direction::Future => "the clause tells of what is to come",
        Direction::Present => "the clause is in the present tense",
        Direction::Unknown => "nothing in the clause says otherwise",
    }
}

impl Resolver {
    fn push(
        &mut self,
        found: &Found,
        rules: &Rules,
        tokens: &[Token],
        text: &str,
        times: &mut Vec<TimeExpression>,
    ) {
        let rule = rules.rule(found.found.rule);
        let span = span_of(&found.found, tokens);
        let slots = &found.found.slots;
        let before = rules.reach(&tokens[..found.found.start], text);
        // «jusqu'à vendredi» looks ahead unless a verb says otherwise.
        let direction = match (found.direction, before) {
            (Direction::Unknown, Reach::To) => Direction::Future,
            (direction, _) => direction,
        };
        let (kind, value) = match rule.method {
            Method::Nothing => return,
            Method::Date => {
                let (mut slots, end) = (*slots, found.found.end);
                // *2025-08*; *2011-12* may be a season.
                if let (Some(year), Some(month), None, None) = (
                    slots.get(Class::Year),
                    slots.get(Class::Number),
                    slots.get(Class::Month),
                    slots.get(Class::Tens),
                ) {
                    // «02 04 2009»
                    let season = slots.get(Class::Day).is_none() && month == year % 100 + 1;
                    if !(1..=12).contains(&month) || season {
                        return;
                    }
                    slots.put(Class::Month, month);
                }
                // *the second of August*
                if let (Some(day @ 1..), None, Some(_)) =
                    (slots.get(Class::Ordinal), slots.get(Class::Day), slots.get(Class::Month))
                {
                    slots.put(Class::Day, day);
                }
                // *May twenty nine*
                if let (Some(day), Some(_), None) =
                    (slots.get(Class::Number), slots.get(Class::Tens), slots.get(Class::Day))
                {
                    slots.put(Class::Day, day);
                }
                let has = |class| slots.get(class).is_some();
                if has(Class::Year) && !has(Class::Month) && !has(Class::Unit) && !has(Class::Season) {
                    self.year = slots.get(Class::Year).map(|year| (year, end));
                } else if has(Class::Month)
                    && !has(Class::Day)
                    && !has(Class::Year)
                    && !has(Class::Order)
                    && let Some((year, before)) = self.year
                    && end - before <= YEAR_REACH
                {
                    slots.put(Class::Year, year);
                    self.year = Some((year, end));
                }
                (TimeKind::Date, self.date(&slots, direction))
            }
            Method::Range => (TimeKind::Date, self.range(slots, direction)),
            Method::Pair => {
                if let Some(days) = self.pair(&found.found, tokens, text) {
                    for (slots, span) in days {
                        let value = self.date(&slots, direction);
                        let mut time = self.expression(span, TimeKind::Date, value, rule.name);
                        time.timex.extend(timex_of_date(&time));
                        times.push(time);
                    }
                    return;
                }
                (TimeKind::Date, self.range(slots, direction))
            }
            Method::Figures => (TimeKind::Date, self.figures(slots, rules.either_first(), span.of(text))),
            Method::Deictic => (TimeKind::Date, self.deictic(slots, direction)),
            Method::Weekday => (TimeKind::Date, self.weekday(slots, direction, found.found.start)),
            Method::Weekdays => (TimeKind::Date, self.weekdays(slots, direction)),
            Method::Same | Method::Narrative => (TimeKind::Date, self.narrative(slots, found.found.start)),
            Method::Clock => (TimeKind::Time, Value::default()),
            Method::Duration => (TimeKind::Duration, Value::default()),
            Method::Set => (TimeKind::Set, Value::default()),
            Method::Season => (TimeKind::Date, self.season(slots, direction)),
            Method::Nth => (TimeKind::Date, self.nth(slots, direction)),
            Method::WeekOf => (TimeKind::Date, self.week_of(slots, direction)),
            Method::Easter => (TimeKind::Date, self.easter(slots, direction)),
            Method::DayOfMonth => (TimeKind::Date, self.days_of_month(slots, direction, found.found.start)),
            Method::FromDate => (TimeKind::Date, self.counted_from(slots, direction)),
            Method::Within => (TimeKind::Date, self.within(slots)),
            Method::Vague => (TimeKind::Date, self.vague(slots)),
        };
        // «в ночь на пятницу» begins the day before.
        let value = if slots.get(Class::Part) == Some(11) { value.with_eve() } else { value };
        let mut matched = found.found;
        let beside = self.beside.filter(|(_, _, end)| (*end..end + 4).contains(&matched.start));
        if let (Method::Clock, Some((_, Some(part), _)), None) =
            (rule.method, beside, matched.slots.get(Class::Daypart))
        {
            // «hier soir à 8 heures»
            matched.slots.put(Class::Daypart, part);
        }
        let context = Context {
            method: rule.method,
            value: value.value.as_ref(),
            clock_day: beside.map_or_else(|| self.clock_day(matched.start), |(day, ..)| Some(day)),
            now: self.context.published.zip(self.context.time),
        };
        let timex = timexes(&matched, context, tokens, text);
        if matches!(rule.method, Method::Nth) && timex.is_empty() {
            return;
        }
        let whole = value.value.as_ref().and_then(Edtf::days).filter(|(first, last)| first == last);
        if let Some((day, _)) = whole {
            self.beside = Some((day, slots.get(Class::Daypart), found.found.end));
        }
        let reach = match (&value.value, kind) {
            (Some(value), _) if value.as_str().contains('/') && slots.second(Class::Day).is_some() => {
                Reach::At
            }
            (Some(_), _) | (None, TimeKind::Time) => before,
            _ => Reach::At,
        };
        // «la veille» twice in a text is the same day, not the day before that.
        let anchors =
            !matches!(rule.method, Method::Narrative | Method::Same | Method::Vague | Method::Figures);
        if let Some(told) = value.value.as_ref().and_then(|v| told(v, found.found.end))
            && anchors
        {
            self.told = Some(told);
        }
        times.push(TimeExpression { timex, reach, ..self.expression(span, kind, value, rule.name) });
    }

    /// The day whose hour a time of day is: the day last told, else that of publication.
    fn clock_day(&self, token: usize) -> Option<Day> {
        let told = self.told.filter(|told| !told.lacks_year && token - told.token <= FRESH);
        told.map(|told| told.day).or(self.reference.filter(|_| !self.coarse).map(|(day, _)| day))
    }

    fn expression(&self, span: Span, kind: TimeKind, value: Value, rule: &'static str) -> TimeExpression {
        // Reckoning may leave the years that EDTF writes with four digits.
        let [value_told, past, future] =
            [value.value, value.past, value.future].map(|v| v.filter(|v| Edtf::parse(v.as_str()).is_ok()));
        let value = Value { value: value_told, past, future, ..value };
        let basis = match &value.value {
            None => TimeBasis::Unanchored,
            Some(edtf) if edtf.lacks_year() => TimeBasis::Unanchored,
            Some(_) => value.basis.unwrap_or(TimeBasis::Unanchored),
        };
        let (past, future) = (value.past, value.future);
        TimeExpression {
            span,
            kind,
            value: value.value,
            past,
            future,
            reach: Reach::At,
            basis,
            assumed: value.assumed,
            timex: Vec::new(),
            rule,
        }
    }

    /// The day of weekday, day and month without year, where the weekday leaves one year only.
    fn fixed_by_weekday(&self, slots: &Slots, direction: Direction) -> Option<Day> {
        let (weekday_told, day, month) =
            (slots.get(Class::Weekday)?, slots.get(Class::Day)?, slots.get(Class::Month)?);
        if slots.get(Class::Year).is_some() {
            return None;
        }
        let fits = |year: i32| valid_day(year, month, day).filter(|&d| weekday(d) == i64::from(weekday_told));
        if let Some(published) = self.context.published {
            return (published.year - 28..=published.year + 6)
                .filter_map(fits)
                .min_by_key(|d| (d.number() - published.number()).abs())
                // A wrong weekday is likelier than a date years away.
                .filter(|d| (d.number() - published.number()).abs() <= 400);
        }
        let today = self.context.today?;
        let latest = today.number() + if direction == Direction::Future { 366 } else { 0 };
        (today.year - 28..=today.year + 1).filter_map(fits).rfind(|d| d.number() <= latest)
    }

    fn date(&self, slots: &Slots, direction: Direction) -> Value {
        let get = |class| slots.get(class);
        match (get(Class::Year), get(Class::Month), get(Class::Day)) {
            (Some(year), Some(month), Some(day)) => match valid_day(year, month, day) {
                Some(found) => {
                    let mut value = Value::of(Some(Edtf::day(found)), TimeBasis::Absolute);
                    if let Some(told) = get(Class::Weekday)
                        && weekday(found) != i64::from(told)
                    {
                        value.assumed.push("the weekday does not fit the date; the date was kept".to_owned());
                    }
                    value
                }
                None => Value::default(),
            },
            (None, Some(month), Some(day)) => self.yearless(slots, month, day, direction),
            (Some(year), Some(month), None) => {
                Value::of(u8::try_from(month).ok().and_then(|m| month_value(year, m)), TimeBasis::Absolute)
            }
            (None, Some(month), None) => self.month(slots, month, direction),
            (Some(year), None, None) => {
                let written = match (get(Class::Season), get(Class::Unit)) {
                    (Some(season), _) => format!("{year:04}-{season}"),
                    (None, Some(Unit::DECADE)) => format!("{:03}X", year / 10),
                    _ => format!("{year:04}"),
                };
                Value::of(Edtf::parse(&written).ok(), TimeBasis::Absolute)
            }
            _ => match get(Class::Century) {
                Some(century @ 2..) => {
                    Value::of(Edtf::parse(&format!("{:02}XX", century - 1)).ok(), TimeBasis::Absolute)
                }
                _ => Value::default(),
            },
        }
    }

    /// A day and month whose year has to be found.
    fn yearless(&self, slots: &Slots, month: i32, day: i32, direction: Direction) -> Value {
        let Some(unknown) = yearless_day(month, day) else { return Value::default() };
        if let Some(found) = self.fixed_by_weekday(slots, direction) {
            let basis = match self.context.published {
                Some(_) => TimeBasis::Publication,
                None => TimeBasis::Narrative,
            };
            let mut value = Value::of(Some(Edtf::day(found)), basis);
            value.assumed.push(format!("the year {}: the weekday fits it", found.year));
            return value;
        }
        if let Some((reference, basis)) = self.reference {
            let days = |range: std::ops::RangeInclusive<i32>| {
                range.filter_map(|year| valid_day(year, month, day)).collect::<Vec<_>>()
            };
            let around = days(reference.year - 4..=reference.year + 4);
            let past = around.iter().rev().find(|&&d| d <= reference).copied();
            let future = around.iter().find(|&&d| d >= reference).copied();
            let (Some(past), Some(future)) = (past, future) else {
                return Value::of(Some(unknown), TimeBasis::Unanchored);
            };
            let (back, ahead) = (reference.number() - past.number(), future.number() - reference.number());
            let looks_ahead = match slots.get(Class::Order) {
                Some(order) if order < 0 => false,
                Some(order) if order > 0 => true,
                // A date that lies close on one side is not a year away on the other, whatever the verb.
                _ if ahead < 60 && back > 290 => true,
                _ if back < 60 && ahead > 290 => false,
                _ => match direction {
                    Direction::Past => false,
                    Direction::Future => true,
                    _ => ahead < back,
                },
            };
            let mut value = Value::choose(
                Some(Edtf::day(past)),
                Some(Edtf::day(future)),
                looks_ahead,
                basis,
                &format!(
                    "{}, and it lies {} days from {reference}",
                    reason(direction),
                    if looks_ahead { ahead } else { back }
                ),
            );
            if basis == TimeBasis::Narrative {
                value.assumed.push(format!(
                    "the year is reckoned from {reference}, which the text fixes by its weekday"
                ));
            }
            return value;
        }
        if let [year] = self.years[..] {
            // Near a full date, which may lie across the turn of the year; else in the year told.
            let near = self.full.unwrap_or(Day { year, month: 7, day: 1 });
            let reach = i32::from(self.full.is_some());
            let found = (year - reach..=year + reach)
                .filter_map(|year| valid_day(year, month, day))
                .min_by_key(|found| (found.number() - near.number()).abs())
                .filter(|found| self.context.today.is_none_or(|today| *found <= today));
            if let Some(found) = found {
                let mut value = Value::of(Some(Edtf::day(found)), TimeBasis::Narrative);
                value.assumed.push(match self.full {
                    Some(full) => {
                        format!("the year {}: {full} is the only full date of the text", found.year)
                    }
                    None => format!("the year {year}: the only one that the text tells"),
                });
                return value;
            }
        }
        Value::of(Some(unknown), TimeBasis::Unanchored)
    }

    /// A month whose year has to be found.
    fn month(&self, slots: &Slots, month: i32, direction: Direction) -> Value {
        let Ok(month) = u8::try_from(month) else { return Value::default() };
        let Some((reference, basis)) = self.reference else {
            return Value::of(Edtf::parse(&format!("XXXX-{month:02}")).ok(), TimeBasis::Unanchored);
        };
        let gap = (i32::from(month) - i32::from(reference.month)).rem_euclid(12);
        let order = slots.get(Class::Order);
        if order == Some(0) {
            // «ce novembre»: of the year of the text.
            return Value::of(month_value(reference.year, month), basis);
        }
        let (mut back, mut ahead) = ((12 - gap) % 12, gap);
        if gap == 0 {
            // «en juin dernier», told in June, is last year's.
            back = if order == Some(-1) { 12 } else { 0 };
            ahead = if order == Some(1) { 12 } else { 0 };
        }
        let looks_ahead = match order {
            Some(order) if order != 0 => order > 0,
            _ if back <= 2 && ahead >= 10 => false,
            _ => match direction {
                Direction::Future => true,
                Direction::Past => false,
                // Nothing tells: of months to come the next one only.
                Direction::Unknown => ahead == 1,
                Direction::Present => ahead < back,
            },
        };
        let value = |months: i32| {
            let (year, month) = shift_months(reference, i64::from(months));
            month_value(year, month)
        };
        Value::choose(value(-back), value(ahead), looks_ahead, basis, reason(direction))
    }

    /// From one date to another; what the first lacks, the second has.
    fn range(&self, slots: &Slots, direction: Direction) -> Value {
        let months = (slots.get(Class::Month), slots.second(Class::Month));
        let years = (slots.get(Class::Year), slots.second(Class::Year));
        let days = (slots.get(Class::Day), slots.second(Class::Day));
        if let (Some(side), (Some(_), None)) = (slots.get(Class::Offset), days) {
            return self.to_now(slots, side, direction);
        }
        let last_month = months.1.or(months.0);
        let first_month = months.0.or(last_month);
        let last_year = years.1.or(years.0);
        let first_year = years.0.or(last_year);
        match (days, first_month, last_month) {
            ((Some(first), Some(last)), Some(first_month), Some(last_month)) => {
                let turns = (first_month, first) > (last_month, last);
                if let (Some(mut first_year), Some(last_year)) = (first_year, last_year) {
                    if turns && first_year == last_year {
                        first_year -= 1;
                    }
                    let (first, last) =
                        (valid_day(first_year, first_month, first), valid_day(last_year, last_month, last));
                    let interval = match (first, last) {
                        (Some(first), Some(last)) if first <= last => Some(Edtf::interval(first, last)),
                        _ => None,
                    };
                    return Value::of(interval, TimeBasis::Absolute);
                }
                if turns && first_month == last_month {
                    return Value::default();
                }
                let start = self.yearless(&Slots::default(), first_month, first, direction);
                let end = |start: Option<Edtf>| -> Option<Edtf> {
                    let (first, _) = start?.days()?;
                    let last = valid_day(first.year + i32::from(turns), last_month, last)?;
                    Some(Edtf::interval(first, last))
                };
                if start.value.as_ref().is_some_and(|v| !v.lacks_year()) {
                    return Value {
                        value: end(start.value),
                        past: end(start.past),
                        future: end(start.future),
                        basis: start.basis,
                        assumed: start.assumed,
                    };
                }
                let valid = yearless_day(first_month, first).zip(yearless_day(last_month, last));
                let written = valid.and_then(|(first, last)| Edtf::parse(&format!("{first}/{last}")).ok());
                Value::of(written, TimeBasis::Unanchored)
            }
            ((None, None), Some(first), Some(last)) if months.1.is_some() => {
                let Some(year) = last_year.or(self.reference.map(|(day, _)| day.year)) else {
                    return Value::default();
                };
                let first_year = years.0.unwrap_or(year - i32::from(first > last));
                let written = format!("{first_year:04}-{first:02}/{year:04}-{last:02}");
                let told = last_year.is_some();
                let basis = if told {
                    TimeBasis::Absolute
                } else {
                    self.reference.map_or(TimeBasis::Unanchored, |r| r.1)
                };
                let mut value = Value::of(Edtf::parse(&written).ok(), basis);
                if !told {
                    value.assumed.push(format!("the year {year}, in which the text stands"));
                }
                value
            }
            ((None, None), None, None) => match (years.0, years.1) {
                (Some(first), Some(last)) if first < last => {
                    Value::of(Edtf::parse(&format!("{first:04}/{last:04}")).ok(), TimeBasis::Absolute)
                }
                _ => Value::default(),
            },
            _ => Value::default(),
        }
    }

    /// From a date to the reference day, or from that to the date: *between now and November 15*.
    fn to_now(&self, slots: &Slots, side: i32, direction: Direction) -> Value {
        let Some((reference, _)) = self.reference else { return Value::default() };
        let direction = match (direction, side) {
            (_, 1) => Direction::Future,
            _ => Direction::Past,
        };
        let told = self.date(slots, direction);
        let day = told.value.as_ref().and_then(Edtf::days).map(|(day, _)| day);
        let value = day.map(|day| Edtf::interval(day.min(reference), day.max(reference)));
        Value { value, past: None, future: None, ..told }
    }

    /// «les 16 et 20 mai»: two dates, unless they follow one another. The slots and words of each.
    fn pair(&self, found: &Match, tokens: &[Token], text: &str) -> Option<[(Slots, Span); 2]> {
        let slots = found.slots;
        let class = if slots.second(Class::Year).is_some() { Class::Year } else { Class::Day };
        let (first, second) = (slots.get(class)?, slots.second(class)?);
        if second == first + 1 {
            return None;
        }
        // The word between the two, «et», is a signal and part of neither.
        let &[one, other] = segments(found, tokens, text).as_slice() else { return None };
        let mut later = slots;
        later.put(class, second);
        Some([(slots, one), (later, other)])
    }

    fn deictic(&self, slots: &Slots, direction: Direction) -> Value {
        let Some((reference, basis)) = self.reference else { return Value::default() };
        let sign = slots.get(Class::Offset).or(slots.get(Class::Order)).unwrap_or(0);
        let count = slots.get(Class::Number).unwrap_or(1);
        let steps = i64::from(sign) * i64::from(count);
        let unit = slots.get(Class::Unit).unwrap_or(Unit::DAY);
        if self.coarse && matches!(unit, Unit::DAY | Unit::WEEK | Unit::WEEKEND) {
            return self.month_of(reference, basis);
        }
        match (unit, slots.get(Class::Part)) {
            // «une dizaine de jours»: a count that is none.
            (Unit::DAY | Unit::WEEK, Some(9)) => {
                let days = if unit == Unit::WEEK { 7 * steps } else { steps };
                let mut value = self.month_of(shift(reference, days), basis);
                value.assumed = vec!["a rough count of days: told to the month only".to_owned()];
                return value;
            }
            (Unit::WEEK, part) if steps == 0 => return week(reference, part, direction, basis),
            // «en fin de semaine dernière»
            (Unit::WEEK, Some(part @ 1..=3)) => {
                let other = monday(shift(reference, 7 * steps));
                return week(other, Some(part), Direction::Past, basis);
            }
            _ => {}
        }
        let value = match unit {
            Unit::WEEKEND => return weekend(reference, sign, direction, basis),
            Unit::DAY if slots.get(Class::Weekday).is_some() => {
                // «aujourd'hui jeudi»: the weekday repeats what the word says.
                let day = shift(reference, steps);
                let told = slots.get(Class::Weekday).map_or(0, i64::from);
                let mut value = Value::of(Some(Edtf::day(day)), basis);
                if weekday(day) != told {
                    let back = (weekday(day) - told).rem_euclid(7);
                    let ahead = 7 - back;
                    let near = if ahead < back { shift(day, ahead) } else { shift(day, -back) };
                    value.value = Some(Edtf::day(near));
                    value.assumed.push(
                        "the weekday was kept, though it does not fit the day named beside it".to_owned(),
                    );
                }
                return value;
            }
            unit => step(reference, unit, steps),
        };
        Value::of(value, basis)
    }

    fn weekday(&self, slots: &Slots, direction: Direction, token: usize) -> Value {
        let (Some((mut reference, mut basis)), Some(told)) = (self.reference, slots.get(Class::Weekday))
        else {
            return Value::default();
        };
        let after_told = slots.get(Class::Part) == Some(8);
        if after_told && let Some(told) = self.told.filter(|t| !t.lacks_year && token - t.token <= FRESH) {
            // «le lundi suivant»: reckoned from the day last told.
            (reference, basis) = (told.day, TimeBasis::Narrative);
        } else if self.coarse {
            return self.month_of(reference, basis);
        }
        let back = (weekday(reference) - i64::from(told)).rem_euclid(7);
        let ahead = (7 - back) % 7;
        if slots.get(Class::Unit) == Some(Unit::WEEK) {
            // «mardi de la semaine prochaine».
            let week = shift(monday(reference), 7 * i64::from(slots.get(Class::Order).unwrap_or(0)));
            return Value::of(Some(Edtf::day(shift(week, i64::from(told) - 1))), basis);
        }
        match slots.get(Class::Order) {
            // *next Friday*, *last Wednesday*: of the week after, or before.
            Some(order) if order != 0 && slots.get(Class::Part) == Some(6) => {
                let week = shift(monday(reference), 7 * i64::from(order));
                return Value::of(Some(Edtf::day(shift(week, i64::from(told) - 1))), basis);
            }
            Some(order) if order < 0 => {
                let back = if back == 0 { 7 } else { back };
                return Value::of(Some(Edtf::day(shift(reference, -back))), basis);
            }
            Some(order) if order > 0 => {
                let ahead = if ahead == 0 { 7 } else { ahead };
                return Value::of(Some(Edtf::day(shift(reference, ahead + 7 * i64::from(order - 1)))), basis);
            }
            _ => {}
        }
        let looks_ahead = match direction {
            // «ce jeudi» is the nearest one, whatever the tense.
            _ if slots.get(Class::Part) == Some(7) || after_told => ahead < back,
            Direction::Future => true,
            Direction::Past => false,
            // The present tells of what is to come, unless the day has only just gone by.
            Direction::Present => back > 1,
            Direction::Unknown => false,
        };
        let (past, future) = (Edtf::day(shift(reference, -back)), Edtf::day(shift(reference, ahead)));
        Value::choose(Some(past), Some(future), looks_ahead, basis, reason(direction))
    }

    fn weekdays(&self, slots: &Slots, direction: Direction) -> Value {
        let (Some(first), Some(last)) = (slots.get(Class::Weekday), slots.second(Class::Weekday)) else {
            return Value::default();
        };
        let mut value = self.weekday(slots, direction, 0);
        let length = i64::from(last - first).rem_euclid(7);
        let stretch = |day: Option<Edtf>| -> Option<Edtf> {
            let (first, _) = day?.days()?;
            Some(Edtf::interval(first, shift(first, length)))
        };
        value.value = stretch(value.value);
        value.past = stretch(value.past);
        value.future = stretch(value.future);
        value
    }

    /// So many units from the day last told; that day itself where the rule says nothing.
    fn narrative(&self, slots: &Slots, token: usize) -> Value {
        let steps = i64::from(slots.get(Class::Offset).unwrap_or(0))
            * i64::from(slots.get(Class::Number).unwrap_or(1));
        let reach = if steps == 0 { SAME } else { FRESH };
        let fresh = self.told.filter(|told| self.reference.is_none() || token - told.token <= reach);
        // «la veille» tells what was: no day still to come is its morrow.
        let ahead = |told: &Told| self.reference.is_some_and(|(day, _)| !told.lacks_year && told.day > day);
        let fresh = fresh.filter(|told| steps >= 0 || !ahead(told));
        // «le lendemain de la rencontre» is reckoned from the day that the text told of it, and from no other.
        if slots.get(Class::Part) == Some(10) && self.told.is_none_or(|told| token - told.token > NEAR) {
            return Value::default();
        }
        let (from, basis, lacks_year) = match (fresh, self.reference) {
            (Some(told), _) => (told.day, TimeBasis::Narrative, told.lacks_year),
            (None, Some((day, basis))) => (day, basis, false),
            (None, None) => return Value::default(),
        };
        if fresh.is_none() && self.coarse {
            return self.month_of(from, basis);
        }
        let (unit, steps) = match slots.get(Class::Unit).unwrap_or(Unit::DAY) {
            // «deux heures plus tard» is the same day, for all that is known.
            Unit::HOUR if steps % 24 == 0 => (Unit::DAY, steps / 24),
            Unit::HOUR | Unit::MINUTE | Unit::SECOND => (Unit::DAY, 0),
            unit => (unit, steps),
        };
        let value = step(from, unit, steps);
        let value = match value {
            Some(value) if lacks_year => {
                let day = value.days().map(|(day, _)| day);
                day.filter(|day| day.year == NO_YEAR && value.width() == Some(1))
                    .and_then(|day| yearless_day(i32::from(day.month), i32::from(day.day)))
            }
            value => value,
        };
        let mut value = Value::of(value, basis);
        let what = if fresh.is_some() { "the day last told" } else { "for want of a day told before" };
        value.assumed.push(match lacks_year {
            true => format!("reckoned from {:02}-{:02}, {what}", from.month, from.day),
            false => format!("reckoned from {from}, {what}"),
        });
        value
    }

    /// A date in figures: day before month, in English either way; the other way round where it cannot be.
    fn figures(&self, slots: &Slots, either: bool, words: &str) -> Value {
        let Some(figures) = slots.get(Class::Figures) else { return Value::default() };
        let (year, month, day) = (figures / 10_000, figures / 100 % 100, figures % 100);
        let (told, turned) = (valid_day(year, month, day), valid_day(year, day, month));
        let absolute = |day| Value::of(Some(Edtf::day(day)), TimeBasis::Absolute);
        // Year first is day last everywhere; a date of eight figures too.
        let plain = words.starts_with(&format!("{year}")) || words.contains('.') || !either;
        let (Some(told), Some(turned)) = (told, turned) else {
            let Some(found) = told.or(turned) else { return Value::default() };
            let mut value = absolute(found);
            if told.is_none() {
                value
                    .assumed
                    .push("day and month the other way round, as no month has that number".to_owned());
            }
            return value;
        };
        let mut value = absolute(told);
        if told == turned {
            return value;
        }
        if plain {
            if slots.get(Class::Part) == Some(1) && !words.starts_with(&format!("{year}")) {
                value.assumed.push("read as day/month/year, though it could be month/day/year".to_owned());
            }
            return value;
        }
        // A report tells of days about its own, seldom of days far ahead.
        let near = |day: Day| {
            self.context.published.is_none_or(|p| (-400..=60).contains(&(day.number() - p.number())))
        };
        match (near(told), near(turned)) {
            (true, false) | (false, true) => {
                let (near, why) = if near(told) { (told, "month/day") } else { (turned, "day/month") };
                value = absolute(near);
                value.assumed.push(format!("read as {why}: the other way round it lies far from the report"));
            }
            _ => {
                value.value = Some(Edtf::one_of(told, turned));
                value.assumed.push("month/day or day/month: nothing tells which".to_owned());
            }
        }
        value
    }

    /// So many units before or after the date of the slots.
    fn counted_from(&self, slots: &Slots, direction: Direction) -> Value {
        let told = self.date(slots, direction);
        let Some((day, _)) = told.value.as_ref().and_then(Edtf::days).filter(|(first, last)| first == last)
        else {
            return Value::default();
        };
        let count = slots.get(Class::Number).unwrap_or(1);
        let steps = i64::from(slots.get(Class::Offset).unwrap_or(1)) * i64::from(count);
        // Weeks are counted in days here: «deux semaines avant le 9 mai» is a day.
        let value = match slots.get(Class::Unit) {
            Some(Unit::WEEK) => step(day, Unit::DAY, 7 * steps),
            Some(unit) => step(day, unit, steps),
            None => None,
        };
        Value { value, past: None, future: None, ..told }
    }

    /// The days from that of publication to so many units later, or from so many units earlier.
    fn within(&self, slots: &Slots) -> Value {
        let (Some((reference, basis)), Some(count), Some(sign)) =
            (self.reference, slots.get(Class::Number), slots.get(Class::Offset))
        else {
            return Value::default();
        };
        let days = match slots.get(Class::Unit) {
            Some(Unit::DAY) => i64::from(count),
            Some(Unit::WEEK) => 7 * i64::from(count),
            _ => return Value::default(),
        };
        if self.coarse || days > 31 {
            return Value::default();
        }
        let far = shift(reference, days * i64::from(sign));
        // *the next three days* begin tomorrow, *within three days* begins today.
        let near =
            if slots.get(Class::Part) == Some(1) { shift(reference, i64::from(sign)) } else { reference };
        let interval = Edtf::interval(near.min(far), near.max(far));
        if (reference.year, reference.month) == (far.year, far.month) && days > 3 {
            let mut value = Value::of(month_value(far.year, far.month), basis);
            value.assumed.push(format!("any day of {interval}: told to the month"));
            return value;
        }
        // Weeks across the end of a month tell no date that a timeline could use.
        if days > 10 {
            return Value::default();
        }
        Value::of(Some(interval), basis)
    }

    /// Days close to the reference: its month, or the one that they reach into.
    fn vague(&self, slots: &Slots) -> Value {
        let (Some((reference, basis)), Some(offset), Some(Unit::DAY)) =
            (self.reference, slots.get(Class::Offset), slots.get(Class::Unit))
        else {
            return Value::default();
        };
        let mut value = self.month_of(shift(reference, 3 * i64::from(offset)), basis);
        value.assumed = vec!["«days» from the day of publication: told to the month only".to_owned()];
        value
    }

    /// A period that comes once a year, by its days in each year; written by `write`. The one gone by is the last that has
    /// begun, the one to come the first that is not over.
    fn yearly(
        &self,
        slots: &Slots,
        direction: Direction,
        of_year: &dyn Fn(i32) -> Option<(Day, Day)>,
        write: &dyn Fn(i32, Day, Day) -> Option<Edtf>,
    ) -> Value {
        if let Some(year) = slots.get(Class::Year) {
            let value = of_year(year).and_then(|(first, last)| write(year, first, last));
            return Value::of(value, TimeBasis::Absolute);
        }
        let Some((reference, basis)) = self.reference else { return Value::default() };
        let order = slots.get(Class::Order).unwrap_or(0);
        let periods = (reference.year - 2..=reference.year + 2)
            .filter_map(|year| of_year(year).map(|(first, last)| (year, first, last)));
        let (mut past, mut future) = (None, None);
        for (year, first, last) in periods {
            // «l'été dernier», told in summer, is last year's.
            if first <= reference && (order >= 0 || last < reference) {
                past = Some((year, first, last));
            }
            if future.is_none() && last >= reference && (order <= 0 || first > reference) {
                future = Some((year, first, last));
            }
        }
        let (Some(past), Some(future)) = (past, future) else { return Value::default() };
        let back = reference.number() - past.2.number();
        let ahead = future.1.number() - reference.number();
        let looks_ahead = match order {
            ..0 => false,
            1.. => true,
            0 => match direction {
                Direction::Past => false,
                Direction::Future => true,
                _ => ahead < back,
            },
        };
        let of = |(year, first, last)| write(year, first, last);
        Value::choose(of(past), of(future), looks_ahead, basis, reason(direction))
    }

    fn season(&self, slots: &Slots, direction: Direction) -> Value {
        let Some(season @ 21..=24) = slots.get(Class::Season) else { return Value::default() };
        let first_month = (season - 20) * 3;
        // A winter counts with the year that it begins in.
        let of_year = |year: i32| {
            let last = shift_months(Day { year, month: first_month as u8, day: 1 }, 3);
            let last = shift(valid_day(last.0, i32::from(last.1), 1)?, -1);
            Some((valid_day(year, first_month, 1)?, last))
        };
        // *this summer* is that of the year, whatever the tense; a winter lies in two.
        if let (Some(12), 21..=23, Some((reference, basis))) =
            (slots.get(Class::Part), season, self.reference)
        {
            return Value::of(Edtf::parse(&format!("{:04}-{season}", reference.year)).ok(), basis);
        }
        self.yearly(slots, direction, &of_year, &|year, _, _| {
            Edtf::parse(&format!("{year:04}-{season}")).ok()
        })
    }

    fn easter(&self, slots: &Slots, direction: Direction) -> Value {
        let offset = i64::from(slots.get(Class::Offset).unwrap_or(0));
        let of_year = |year: i32| {
            let day = (1583..=9999).contains(&year).then(|| shift(easter(year), offset))?;
            Some((day, day))
        };
        self.yearly(slots, direction, &of_year, &|_, day, _| Some(Edtf::day(day)))
    }

    fn week_of(&self, slots: &Slots, direction: Direction) -> Value {
        let mut value = self.date(slots, direction);
        let week = |day: Option<Edtf>| {
            let first = monday(day?.days()?.0);
            Some(Edtf::interval(first, shift(first, 6)))
        };
        (value.value, value.past, value.future) = (week(value.value), week(value.past), week(value.future));
        value
    }

    /// «le premier dimanche de mars», «la dernière semaine d'août», «le premier trimestre».
    fn nth(&self, slots: &Slots, direction: Direction) -> Value {
        if slots.get(Class::Unit) == Some(Unit::WEEK) && slots.get(Class::Month).is_none() {
            return self.week_of_year(slots);
        }
        let Some(ordinal) = slots.get(Class::Ordinal) else { return Value::default() };
        let (unit, told) = (slots.get(Class::Unit), slots.get(Class::Weekday));
        if let Some((first_code, count)) = match unit {
            Some(Unit::QUARTER) => Some((33, 4)),
            Some(Unit::SEMESTER) => Some((40, 2)),
            _ => None,
        } {
            let which = if ordinal < 0 { count + 1 + ordinal } else { ordinal };
            if !(1..=count).contains(&which) {
                return Value::default();
            }
            let months = 12 / count;
            let of_year = |year: i32| {
                let first = valid_day(year, (which - 1) * months + 1, 1)?;
                let month = which * months;
                Some((first, valid_day(year, month, i32::from(month_length(year, month as u8)))?))
            };
            return self.yearly(slots, direction, &of_year, &|year, _, _| {
                Edtf::parse(&format!("{year:04}-{}", first_code + which - 1)).ok()
            });
        }
        let pick = |first: Day, last: Day| -> Option<(Day, Day)> {
            let Some(told) = told else {
                // Weeks of a month: seven days each from its beginning, or from its end.
                let start = match ordinal {
                    1.. => shift(first, 7 * i64::from(ordinal - 1)),
                    _ => shift(last, 7 * i64::from(ordinal) + 1),
                };
                return (start >= first && start <= last).then(|| (start, shift(start, 6).min(last)));
            };
            let day = if ordinal > 0 {
                let ahead = (i64::from(told) - weekday(first)).rem_euclid(7);
                shift(first, ahead + 7 * i64::from(ordinal - 1))
            } else {
                let back = (weekday(last) - i64::from(told)).rem_euclid(7);
                shift(last, -back + 7 * i64::from(ordinal + 1))
            };
            (day >= first && day <= last).then_some((day, day))
        };
        let write = |_: i32, first: Day, last: Day| Some(Edtf::interval(first, last));
        if let Some(month) = slots.get(Class::Month) {
            let of_year = |year: i32| {
                let first = valid_day(year, month, 1)?;
                pick(first, valid_day(year, month, i32::from(month_length(year, month as u8)))?)
            };
            return self.yearly(slots, direction, &of_year, &write);
        }
        if let Some(season @ 21..=24) = slots.get(Class::Season) {
            // The seasons of the almanac, which begin on the 21st or so.
            let of_year = |year: i32| {
                let first = valid_day(year, (season - 20) * 3, 21)?;
                pick(first, shift(first, 91))
            };
            return self.yearly(slots, direction, &of_year, &write);
        }
        let (Some((reference, basis)), Some(Unit::MONTH)) = (self.reference, unit) else {
            return Value::default();
        };
        let (year, month) = shift_months(reference, i64::from(slots.get(Class::Order).unwrap_or(0)));
        let first = Day { year, month, day: 1 };
        let last = Day { day: month_length(year, month), ..first };
        Value::of(pick(first, last).map(|(first, last)| Edtf::interval(first, last)), basis)
    }

    /// A week by its number, as ISO 8601 counts: *week 31*, *the last week of 2016*.
    fn week_of_year(&self, slots: &Slots) -> Value {
        let (year, basis) = match (slots.get(Class::Year), self.reference) {
            (Some(year), _) => (year, TimeBasis::Absolute),
            (None, Some((day, basis))) => (day.year, basis),
            (None, None) => return Value::default(),
        };
        let count = slots.get(Class::Number).or(slots.get(Class::Ordinal));
        let (Some(first), Some(next)) = (valid_day(year, 1, 4), valid_day(year + 1, 1, 4)) else {
            return Value::default();
        };
        let (first, next) = (monday(first), monday(next));
        let weeks = (next.number() - first.number()) / 7;
        let week = match count.map(i64::from) {
            Some(count) if count < 0 => weeks + 1 + count,
            Some(count) => count,
            None => return Value::default(),
        };
        if !(1..=weeks).contains(&week) {
            return Value::default();
        }
        let start = shift(first, 7 * (week - 1));
        Value::of(Some(Edtf::interval(start, shift(start, 6))), basis)
    }

    /// A day of the month told last, or of that of publication or one beside it; or several days of it.
    fn days_of_month(&self, slots: &Slots, direction: Direction, token: usize) -> Value {
        let mut value = self.day_of_month(slots, direction, token);
        let (Some(first), Some(last)) = (slots.get(Class::Day), slots.second(Class::Day)) else {
            return value;
        };
        let stretch = |day: Option<Edtf>| {
            let (day, _) = day?.days()?;
            let last = valid_day(day.year, i32::from(day.month), last).filter(|_| first < last)?;
            Some(Edtf::interval(day, last))
        };
        (value.value, value.past, value.future) =
            (stretch(value.value), stretch(value.past), stretch(value.future));
        value
    }

    fn day_of_month(&self, slots: &Slots, direction: Direction, token: usize) -> Value {
        let told = slots.get(Class::Day).or(slots.get(Class::Ordinal)).filter(|day| *day > 0);
        let (Some((reference, basis)), Some(told)) = (self.reference, told) else {
            return Value::default();
        };
        if let (Some(order), Some(Unit::MONTH)) = (slots.get(Class::Order), slots.get(Class::Unit)) {
            let (year, month) = shift_months(reference, i64::from(order));
            return Value::of(valid_day(year, i32::from(month), told).map(Edtf::day), basis);
        }
        if slots.get(Class::Weekday).is_some() {
            // «mercredi 16»: the weekday leaves one month within reach, or the number is no day.
            let fits = (-3..=3).filter_map(|months| {
                let (year, month) = shift_months(reference, months);
                let day = valid_day(year, i32::from(month), told)?;
                (Some(weekday(day)) == slots.get(Class::Weekday).map(i64::from)).then_some(day)
            });
            let Some(day) = fits.min_by_key(|day| (day.number() - reference.number()).abs()) else {
                return self.weekday(slots, direction, token);
            };
            let mut value = Value::of(Some(Edtf::day(day)), basis);
            value.assumed.push(format!("the month {:02}: the weekday fits it", day.month));
            return value;
        }
        let fresh = self.told.filter(|told| !told.lacks_year && token - told.token <= FRESH);
        let (near, basis) = fresh.map_or((reference, basis), |told| (told.day, TimeBasis::Narrative));
        let candidates = (-1..=1).filter_map(|months| {
            let (year, month) = shift_months(near, months);
            valid_day(year, i32::from(month), told)
        });
        let candidates: Vec<Day> = candidates.collect();
        if fresh.is_some() {
            let nearest = candidates.iter().min_by_key(|day| (day.number() - near.number()).abs());
            let mut value = Value::of(nearest.copied().map(Edtf::day), basis);
            value.assumed.push(format!("the month is reckoned from {near}, the day last told"));
            return value;
        }
        let past = candidates.iter().rev().find(|&&day| day <= near).copied().map(Edtf::day);
        let future = candidates.iter().find(|&&day| day >= near).copied().map(Edtf::day);
        Value::choose(past, future, direction == Direction::Future, basis, reason(direction))
    }

    fn month_of(&self, day: Day, basis: TimeBasis) -> Value {
        let mut value = Value::of(month_value(day.year, day.month), basis);
        value
            .assumed
            .push("told to the month only, as the day that it is reckoned from is not known".to_owned());
        value
    }
}

/// The day of a value, if it is one that others are reckoned from.
fn told(value: &Edtf, token: usize) -> Option<Told> {
    let lacks_year = value.lacks_year();
    let (first, last) = if lacks_year { value.days_in(NO_YEAR)? } else { value.days()? };
    (last.number() - first.number() <= 7).then_some(Told { day: first, lacks_year, token })
}

/// The period `steps` units from that of `day`.
fn step(day: Day, unit: i32, steps: i64) -> Option<Edtf> {
    // Beyond this the count is no date but an age.
    if steps.abs() > 4_000 {
        return None;
    }
    match unit {
        Unit::DAY => Some(Edtf::day(shift(day, steps))),
        Unit::WEEK => {
            let first = shift(monday(day), 7 * steps);
            Some(Edtf::interval(first, shift(first, 6)))
        }
        Unit::MONTH => {
            let (year, month) = shift_months(day, steps);
            month_value(year, month)
        }
        Unit::YEAR => Edtf::parse(&format!("{:04}", i64::from(day.year) + steps)).ok(),
        Unit::DECADE => {
            let year = i64::from(day.year) + 10 * steps;
            Edtf::parse(&format!("{:03}X", year.checked_div(10)?)).ok()
        }
        Unit::QUARTER | Unit::SEMESTER => {
            let (count, code) = if unit == Unit::QUARTER { (4, 33) } else { (2, 40) };
            let now = i64::from(day.year) * count + i64::from(day.month - 1) * count / 12;
            let (year, which) = ((now + steps).div_euclid(count), (now + steps).rem_euclid(count));
            Edtf::parse(&format!("{year:04}-{}", code + which)).ok()
        }
        Unit::WEEKEND => {
            let saturday = shift(monday(day), 5 + 7 * steps);
            Some(Edtf::interval(saturday, shift(saturday, 1)))
        }
        _ => None,
    }
}

/// The week of the reference, or the part of it that the words or the tense leave.
fn week(reference: Day, part: Option<i32>, direction: Direction, basis: TimeBasis) -> Value {
    let start = monday(reference);
    let of_week = |weeks: i64, first: i64, last: i64| {
        Some(Edtf::interval(shift(start, 7 * weeks + first), shift(start, 7 * weeks + last)))
    };
    let today = weekday(reference) - 1;
    let future = direction == Direction::Future;
    let value = match part {
        Some(1) => of_week(i64::from(future && today > 2), 0, 2),
        Some(2) => of_week(i64::from(future && today > 3), 1, 3),
        Some(3) => of_week(i64::from(future && today > 4), 4, 6),
        // What was «plus tôt cette semaine» was before today, what comes «plus tard» is not over.
        Some(4) if today > 0 => of_week(0, 0, today - 1),
        Some(5) => of_week(0, today, 6),
        None if future => of_week(0, today, 6),
        _ => of_week(0, 0, 6),
    };
    Value::of(value, basis)
}

fn weekend(reference: Day, order: i32, direction: Direction, basis: TimeBasis) -> Value {
    let of_week = |weeks: i64| step(reference, Unit::WEEKEND, weeks);
    let within = weekday(reference) >= 6;
    match order {
        order if order < 0 => Value::of(of_week(-1), basis),
        order if order > 0 => Value::of(of_week(if within { 1 } else { 0 }), basis),
        _ if within => Value::of(of_week(0), basis),
        _ => {
            let ahead = match direction {
                Direction::Future => true,
                Direction::Past => false,
                _ => weekday(reference) > 2,
            };
            Value::choose(of_week(-1), of_week(0), ahead, basis, reason(direction))
        }
    }
}
