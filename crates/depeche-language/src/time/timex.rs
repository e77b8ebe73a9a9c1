//! Expressions as TimeML tells them: words without signals, type and value of TIMEX3 elements.
//!
//! Values follow ISO-TimeML as the French TimeBank applies it (Bittar, *Annotation Guide for French*, 2.2): a length of
//! time beside «il y a» or «plus tard» is a DURATION, the ends of an interval are elements of their own.

use depeche_record::{Day, Edtf, Span, TimeExpression, TimeKind, Timex, Token};

use crate::time::calendar::{monday, shift, weekday};
use crate::time::rules::{Match, Method, Slots};
use crate::time::words::{Class, HALF_TOLD, Unit};

/// What an element's value rests on beside the slots.
#[derive(Clone, Copy)]
pub(crate) struct Context<'v> {
    pub method: Method,
    /// The value that was reckoned.
    pub value: Option<&'v Edtf>,
    /// The day whose hour a time of day is.
    pub clock_day: Option<Day>,
    /// Day and minute of publication, where both are known.
    pub now: Option<(Day, u16)>,
}

/// The TIMEX3 elements of an expression found.
pub(crate) fn timexes(found: &Match, context: Context, tokens: &[Token], text: &str) -> Vec<Timex> {
    let spans = segments(found, tokens, text);
    let slots = &found.slots;
    match (spans.as_slice(), context.method) {
        ([], _) | (_, Method::Nothing) => Vec::new(),
        (&[first, .., last], _) => {
            let values = ends(found, context);
            let element = |span, (kind, value)| Timex { span, kind, value };
            values.into_iter().zip([first, last]).filter_map(|(v, span)| Some(element(span, v?))).collect()
        }
        (&[span], method) => {
            let counted = slots.get(Class::Number).is_some() && slots.get(Class::Unit).is_some();
            let told = match method {
                _ if context.now.is_some() && instant(slots, context).is_some() => instant(slots, context),
                // «il y a deux ans», «deux jours plus tard»: the length, the rest are signals.
                Method::Deictic | Method::Narrative if counted && found.has_signals() => {
                    duration(slots, 0, span.of(text))
                }
                Method::Same if slots.get(Class::Unit).is_some() && found.has_signals() => {
                    duration(slots, 0, span.of(text))
                }
                Method::Duration | Method::Within => duration(slots, 0, span.of(text)),
                Method::Set => set(slots),
                // TimeML has no sets of dates that cannot be told apart: the figures as they stand.
                Method::Figures if context.value.is_some_and(|value| value.as_str().starts_with('[')) => {
                    let figures = slots.get(Class::Figures).unwrap_or(0);
                    let (year, month, day) = (figures / 10_000, figures / 100 % 100, figures % 100);
                    Some((TimeKind::Date, format!("{year:04}-{month:02}-{day:02}")))
                }
                Method::Clock => clock(slots, 0, false, context.clock_day),
                Method::Vague => vague(slots, context.value),
                // A week that no year has.
                Method::Nth if context.value.is_none() && slots.get(Class::Number).is_some() => None,
                _ => date(slots, context.value),
            };
            told.map(|(kind, value)| Timex { span, kind, value }).into_iter().collect()
        }
    }
}

/// The element of an expression that is one date and no more.
pub(crate) fn timex_of_date(time: &TimeExpression) -> Option<Timex> {
    Some(Timex { span: time.span, kind: TimeKind::Date, value: written(time.value.as_ref()?.as_str()) })
}

/// The runs of words of a match that are no signals.
pub(crate) fn segments(found: &Match, tokens: &[Token], text: &str) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::with_capacity(1);
    let mut open = false;
    for (bit, token) in tokens[found.start..found.end].iter().enumerate() {
        if found.is_signal(bit) {
            open = false;
            continue;
        }
        let span = token.span;
        if matches!(span.of(text), "," | "(") && !open {
            continue;
        }
        match spans.last_mut() {
            Some(last) if open && !found.is_break(bit) => *last = last.cover(span),
            _ => spans.push(span),
        }
        open = true;
    }
    spans
}

type Told = Option<(TimeKind, String)>;

/// Values of the two ends of an interval.
fn ends(found: &Match, context: Context) -> [Told; 2] {
    let slots = &found.slots;
    match context.method {
        Method::Clock => [clock(slots, 0, true, context.clock_day), clock(slots, 1, true, context.clock_day)],
        Method::Duration => [duration(slots, 0, ""), duration(slots, 1, "")],
        // «deux semaines avant le 9 mai»: how much, and from when.
        Method::FromDate => [duration(slots, 0, ""), unreckoned(slots, 0)],
        // «d'ici à dix ans»: what is counted from, and how much.
        Method::Deictic | Method::Within => {
            [Some((TimeKind::Date, reference_written(0).to_owned())), duration(slots, 0, "")]
        }
        _ => {
            let Some(value) = context.value else {
                return [unreckoned(slots, 0), unreckoned(slots, 1)];
            };
            let (first, last) = value.as_str().split_once('/').unwrap_or((value.as_str(), value.as_str()));
            [first, last].map(|end| Some((TimeKind::Date, written(end))))
        }
    }
}

/// The time so many minutes or hours from that of publication, where that is known: *in five minutes*.
fn instant(slots: &Slots, context: Context) -> Told {
    let (day, minute) = context.now?;
    if !matches!(context.method, Method::Deictic | Method::Same | Method::Narrative) {
        return None;
    }
    let length = match slots.get(Class::Unit)? {
        Unit::HOUR => 60,
        Unit::MINUTE => 1,
        _ => return None,
    };
    let sign = slots.get(Class::Offset).or(slots.get(Class::Order))?;
    let minutes =
        i64::from(sign) * i64::from(slots.get(Class::Number).unwrap_or(1)) * length + i64::from(minute);
    let day = shift(day, minutes.div_euclid(1440));
    let minutes = minutes.rem_euclid(1440);
    Some((TimeKind::Time, format!("{day}T{:02}:{:02}", minutes / 60, minutes % 60)))
}

/// A date, with the part of the day or the hour where one is told.
fn date(slots: &Slots, value: Option<&Edtf>) -> Told {
    let Some(value) = value else { return unreckoned(slots, 0) };
    let mut told = interval_written(value, slots);
    if let Some(day) = value.days().filter(|(first, last)| first == last).map(|(day, _)| day) {
        if slots.get(Class::Clock).is_some() || slots.get(Class::Half).is_some() {
            return clock(slots, 0, false, Some(day));
        }
        if let Some(part) = slots.get(Class::Daypart) {
            told += part_of_day(part);
            return Some((TimeKind::Time, told));
        }
    } else if let Some(part) = slots.get(Class::Daypart)
        && value.width() == Some(2)
        && let Some((first, _)) = value.days()
    {
        // «la nuit de lundi à mardi» is that of Monday.
        return Some((TimeKind::Time, format!("{first}{}", part_of_day(part))));
    }
    Some((TimeKind::Date, told))
}

/// The value of an interval: its week, its weekend, or where it begins.
fn interval_written(value: &Edtf, slots: &Slots) -> String {
    let Some((start, _)) = value.as_str().split_once('/') else { return written(value.as_str()) };
    let Some((first, last)) = value.days() else { return written(start) };
    let unit = slots.get(Class::Unit);
    if (first.number() + 6 == last.number() && weekday(first) == 1) || unit == Some(Unit::WEEK) {
        return week_written(first);
    }
    if first.number() + 1 == last.number() && weekday(first) == 6 {
        return format!("{}-WE", week_written(first));
    }
    written(start)
}

/// A week by its number, as ISO 8601 counts: the first one has the year's first Thursday.
fn week_written(day: Day) -> String {
    let thursday = shift(monday(day), 3);
    let first = Day { year: thursday.year, month: 1, day: 1 };
    format!("{:04}-W{:02}", thursday.year, (thursday.number() - first.number()) / 7 + 1)
}

/// EDTF as TIMEX3 writes it: seasons and quarters have letters.
fn written(edtf: &str) -> String {
    let Some((year, part)) = edtf.rsplit_once('-') else { return edtf.to_owned() };
    let letters = match part {
        "21" => "SP",
        "22" => "SU",
        "23" => "FA",
        "24" => "WI",
        "33" => "Q1",
        "34" => "Q2",
        "35" => "Q3",
        "36" => "Q4",
        "40" => "H1",
        "41" => "H2",
        _ => return edtf.to_owned(),
    };
    if year.len() == 4 { format!("{year}-{letters}") } else { edtf.to_owned() }
}

/// What the words tell where nothing could be reckoned.
fn unreckoned(slots: &Slots, which: usize) -> Told {
    let get = |class| if which == 0 { slots.get(class) } else { slots.second(class).or(slots.get(class)) };
    let value = match (get(Class::Year), get(Class::Month), get(Class::Day)) {
        (year, Some(month), day) => {
            let year = year.map_or("XXXX".to_owned(), |year| format!("{year:04}"));
            let day = day.map_or(String::new(), |day| format!("-{day:02}"));
            format!("{year}-{month:02}{day}")
        }
        (Some(year), ..) => format!("{year:04}"),
        (None, None, Some(day)) => format!("XXXX-XX-{day:02}"),
        _ => match (get(Class::Weekday), get(Class::Season), get(Class::Daypart), get(Class::Reference)) {
            (Some(weekday), _, part, _) => {
                let part = part.map_or("", part_of_day);
                format!("XXXX-WXX-{weekday}{part}")
            }
            (_, Some(season), ..) => written(&format!("XXXX-{season}")),
            (.., Some(part), _) => {
                return Some((TimeKind::Time, format!("XXXX-XX-XX{}", part_of_day(part))));
            }
            (.., Some(reference)) => reference_written(reference).to_owned(),
            _ => match get(Class::Unit) {
                Some(Unit::YEAR) => "XXXX".to_owned(),
                Some(Unit::MONTH) => "XXXX-XX".to_owned(),
                Some(Unit::WEEK) => "XXXX-WXX".to_owned(),
                Some(Unit::WEEKEND) => "XXXX-WXX-WE".to_owned(),
                _ => "XXXX-XX-XX".to_owned(),
            },
        },
    };
    Some((TimeKind::Date, value))
}

fn reference_written(reference: i32) -> &'static str {
    match reference {
        ..0 => "PAST_REF",
        0 => "PRESENT_REF",
        _ => "FUTURE_REF",
    }
}

fn part_of_day(part: i32) -> &'static str {
    match part {
        1 => "TMO",
        2 => "T12:00",
        3 => "TAF",
        4 => "TEV",
        5 => "TNI",
        7 => "T00:00",
        8 => "T23:59:59",
        _ => "TDT",
    }
}

fn vague(slots: &Slots, value: Option<&Edtf>) -> Told {
    if let Some(reference) = slots.get(Class::Reference) {
        return Some((TimeKind::Date, reference_written(reference).to_owned()));
    }
    if slots.get(Class::Unit).is_some() {
        return duration(slots, 0, "");
    }
    match value {
        Some(value) => Some((TimeKind::Date, written(value.as_str()))),
        None => unreckoned(slots, 0),
    }
}

/// A time of day, on its day where that is known: of a range its first or second end.
fn clock(slots: &Slots, which: usize, range: bool, day: Option<Day>) -> Told {
    let day = day.map_or("XXXX-XX-XX".to_owned(), |day| day.to_string());
    let Some((seconds, precise)) = seconds_of(slots, which, range) else {
        return slots
            .get(Class::Daypart)
            .filter(|_| which == 0)
            .map(|part| (TimeKind::Time, format!("{day}{}", part_of_day(part))));
    };
    let zone = match slots.get(Class::Zone) {
        None => String::new(),
        Some(0) => "Z".to_owned(),
        Some(zone) => {
            format!("{}{:02}:{:02}", if zone < 0 { '-' } else { '+' }, zone.abs() / 60, zone.abs() % 60)
        }
    };
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let second = if precise { format!(":{second:02}") } else { String::new() };
    Some((TimeKind::Time, format!("{day}T{hour:02}:{minute:02}{second}{zone}")))
}

/// The time of day that the slots tell, in seconds, and whether to the second.
fn seconds_of(slots: &Slots, which: usize, range: bool) -> Option<(i32, bool)> {
    let get = |class, which| if which == 0 { slots.get(class) } else { slots.second(class) };
    let told = get(Class::Clock, which);
    let (time, told_half) = match (told, get(Class::Number, which)) {
        (Some(clock), _) => (clock % HALF_TOLD, clock / HALF_TOLD),
        (None, Some(hour @ 0..=24)) => {
            let minute = if range { 0 } else { slots.second(Class::Number).unwrap_or(0) };
            let minute = minute + slots.get(Class::Part).filter(|_| !range).unwrap_or(0);
            let sign = if slots.get(Class::Offset) == Some(-1) { -1 } else { 1 };
            ((0..60).contains(&minute).then_some(hour * 3600 + sign * minute * 60)?, 0)
        }
        _ => return None,
    };
    let half = |which| match get(Class::Half, which) {
        Some(0) => 1,
        Some(12) => 2,
        _ => 0,
    };
    let part = |which| match get(Class::Daypart, which) {
        Some(1) => 1,
        Some(3 | 4) => 2,
        Some(5) if (6..12).contains(&(time / 3600)) => 2,
        Some(5) => 1,
        _ => 0,
    };
    // What the end of a range tells of the half of the day holds for its beginning too, if that leaves it before the end.
    let own = [told_half, half(which), part(which)].into_iter().find(|&half| half > 0);
    let own = own.or_else(|| {
        (which == 1).then(|| part(0)).filter(|&half| half > 0 && slots.second(Class::Daypart).is_none())
    });
    let shared = || -> Option<i32> {
        let (end, _) = seconds_of(slots, 1, true)?;
        let end_told = slots.second(Class::Clock).is_some_and(|clock| clock >= HALF_TOLD);
        let told = end_told || slots.second(Class::Half).is_some() || slots.second(Class::Daypart).is_some();
        (told && end >= 43_200 && time < 43_200 && time + 43_200 <= end).then_some(2)
    };
    let half = own.or_else(|| if range && which == 0 { shared() } else { None }).unwrap_or(0);
    let hour = time / 3600;
    let time = match (half, hour) {
        (1, 12) => time - 43_200,
        (2, 1..12) if told_half == 0 => time + 43_200,
        _ => time,
    };
    (0..=86_400).contains(&time).then_some((time, time % 60 != 0))
}

/// A length of time; `X` for a count that is not told.
fn duration(slots: &Slots, which: usize, words: &str) -> Told {
    let count = if which == 0 { slots.get(Class::Number) } else { slots.second(Class::Number) };
    let (time, scale, letter) = match slots.get(Class::Unit)? {
        Unit::DAY => ("", 1, "D"),
        Unit::WEEK => ("", 1, "W"),
        Unit::MONTH => ("", 1, "M"),
        Unit::YEAR => ("", 1, "Y"),
        Unit::DECADE => ("", 10, "Y"),
        Unit::CENTURY => ("", 100, "Y"),
        Unit::QUARTER => ("", 3, "M"),
        Unit::SEMESTER => ("", 6, "M"),
        Unit::WEEKEND => ("", 1, "WE"),
        Unit::HOUR => ("T", 1, "H"),
        Unit::MINUTE => ("T", 1, "M"),
        _ => ("T", 1, "S"),
    };
    let count = match count {
        // «30,4 secondes», «deux ans et demi».
        Some(count) if scale == 1 => {
            let digits = words.find(|c: char| c.is_ascii_digit()).map_or("", |at| &words[at..]);
            let number: &str =
                digits.split(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').next().unwrap_or("");
            let half = slots.get(Class::Half) == Some(30);
            match number.trim_end_matches([',', '.']) {
                fraction if fraction.contains([',', '.']) => fraction.replace(',', "."),
                _ if half => format!("{count}.5"),
                _ if slots.get(Class::Half) == Some(15) => format!("{count}.25"),
                _ => count.to_string(),
            }
        }
        Some(count) => (count * scale).to_string(),
        None => "X".to_owned(),
    };
    Some((TimeKind::Duration, format!("P{time}{count}{letter}")))
}

/// A recurring time.
fn set(slots: &Slots) -> Told {
    let hour = seconds_of(slots, 0, true)
        .filter(|_| slots.get(Class::Unit).is_none() || slots.get(Class::Clock).is_some());
    let hour = hour.map(|(time, _)| match time / 60 % 60 {
        0 => format!("T{:02}", time / 3600),
        minute => format!("T{:02}:{minute:02}", time / 3600),
    });
    let part =
        || hour.clone().unwrap_or_else(|| slots.get(Class::Daypart).map_or("", part_of_day).to_owned());
    let value = match (slots.get(Class::Weekday), slots.get(Class::Daypart), slots.get(Class::Season)) {
        (Some(weekday), ..) => format!("XXXX-WXX-{weekday}{}", part()),
        (None, Some(_), _) if hour.is_none() => format!("XXXX-XX-XX{}", part()),
        (None, None, Some(season)) => written(&format!("XXXX-{season}")),
        _ if hour.is_some() => part(),
        _ => match (slots.get(Class::Month), slots.get(Class::Day)) {
            (Some(month), Some(day)) => format!("XXXX-{month:02}-{day:02}"),
            (Some(month), None) => format!("XXXX-{month:02}"),
            (None, _) => {
                let mut slots = *slots;
                if slots.get(Class::Number).is_none() {
                    slots.put(Class::Number, 1);
                }
                duration(&slots, 0, "")?.1
            }
        },
    };
    Some((TimeKind::Set, value))
}
