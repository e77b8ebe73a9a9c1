//! The day of publication, where the text itself shows it.

use depeche_record::{Analysis, Basis, BlockKind, Day, Edtf, Published, Report};

use crate::fold::fold;
use crate::time::calendar::{valid_day, weekday, yearless_day};
use crate::time::resolve::Found;
use crate::time::rules::{Method, Rules, span_of};
use crate::time::words::Class;

/// A block with a date and not much else is a header line; this is how long it may be, in bytes.
const LONGEST_HEADER: usize = 110;
/// Blocks at the head of a text, and at its foot, that may be header lines.
const HEAD: usize = 12;

/// The day that was given with the report.
pub(crate) fn of_report(report: &Report) -> Option<Published> {
    report.published.as_ref().map(|known| Published {
        date: known.value.clone(),
        basis: known.basis,
        span: known.span,
    })
}

/// The day that the text shows:
///
/// 1. a full date in a byline, dateline or header line;
/// 2. «ce 7 novembre», «ce jeudi 18 décembre», without its year unless the weekday tells;
/// 3. a weekday of the first paragraphs that the text elsewhere dates: «ce samedi … samedi 31 janvier».
pub(crate) fn of_text(
    report: &Report,
    analysis: &Analysis,
    found: &[Found],
    today: Option<Day>,
) -> Option<Published> {
    let rules = Rules::of(analysis.language);
    let dates: Vec<Dated> = found.iter().filter_map(|f| dated(report, analysis, f, rules)).collect();
    header(report, &dates, today)
        .or_else(|| demonstrative(report, analysis, &dates, today))
        .or_else(|| repeated_weekday(analysis, found, &dates, rules, today))
}

/// A date with day and month.
struct Dated {
    span: depeche_record::Span,
    block: usize,
    year: Option<i32>,
    month: i32,
    day: i32,
    weekday: Option<i32>,
    first_token: usize,
}

fn dated(report: &Report, analysis: &Analysis, found: &Found, rules: &Rules) -> Option<Dated> {
    let span = span_of(&found.found, &analysis.tokens);
    let sentence = analysis.sentence_at(span)?;
    let block = analysis.sentences[sentence].block as usize;
    let slots = &found.found.slots;
    let (year, month, day) = match rules.rule(found.found.rule).method {
        Method::Date => (slots.get(Class::Year), slots.get(Class::Month)?, slots.get(Class::Day)?),
        Method::Figures => {
            let figures = slots.get(Class::Figures)?;
            (Some(figures / 10_000), figures / 100 % 100, figures % 100)
        }
        _ => return None,
    };
    debug_assert!(block < report.blocks.len());
    Some(Dated {
        span,
        block,
        year,
        month,
        day,
        weekday: slots.get(Class::Weekday),
        first_token: found.found.start,
    })
}

fn not_after(day: Day, today: Option<Day>) -> bool {
    // A day more: it may already be tomorrow where the page was written.
    today.is_none_or(|today| day.number() <= today.number() + 1)
}

fn header(report: &Report, dates: &[Dated], today: Option<Day>) -> Option<Published> {
    let blocks = report.blocks.len();
    let rank = |dated: &Dated| -> Option<u8> {
        let block = report.blocks[dated.block];
        match block.kind {
            BlockKind::Byline | BlockKind::Dateline => Some(0),
            BlockKind::Noise
            | BlockKind::Caption
            | BlockKind::Credit
            | BlockKind::Title
            | BlockKind::Heading => None,
            _ => {
                let short = block.span.len() <= LONGEST_HEADER;
                let ends_sentence =
                    block.span.of(&report.text).trim_end().ends_with(['.', '!', '?', '»', '"']);
                let placed = dated.block < HEAD || dated.block + 4 >= blocks;
                (short && !ends_sentence && placed).then_some(if dated.block < HEAD { 1 } else { 2 })
            }
        }
    };
    let (_, found, span) = dates
        .iter()
        .filter_map(|d| Some((rank(d)?, valid_day(d.year?, d.month, d.day)?, d.span)))
        .filter(|(_, day, _)| not_after(*day, today))
        .min_by_key(|(rank, _, span)| (*rank, span.start))?;
    Some(Published { date: Edtf::day(found), basis: Basis::Text, span: Some(span) })
}

/// The latest day not after `today` that a weekday, day and month leave.
fn fixed(dated: &Dated, today: Option<Day>) -> Option<Day> {
    if let Some(year) = dated.year {
        return valid_day(year, dated.month, dated.day);
    }
    let (told, today) = (i64::from(dated.weekday?), today?);
    (today.year - 28..=today.year)
        .filter_map(|year| valid_day(year, dated.month, dated.day))
        .rfind(|day| weekday(*day) == told && not_after(*day, Some(today)))
}

fn demonstrative(
    report: &Report,
    analysis: &Analysis,
    dates: &[Dated],
    today: Option<Day>,
) -> Option<Published> {
    let found = dates.iter().find(|dated| {
        let words = fold(dated.span.of(&report.text));
        let first = words.split_whitespace().next().unwrap_or("");
        let before = dated.first_token.checked_sub(1).map(|n| fold(analysis.tokens[n].span.of(&report.text)));
        let marks = |word: &str| matches!(word, "ce" | "aujourd'hui" | "today" | "сегодня");
        (marks(first) || before.as_deref().is_some_and(marks)) && dated.year.is_none()
    })?;
    let date = match fixed(found, today) {
        Some(day) => Edtf::day(day),
        None => yearless_day(found.month, found.day)?,
    };
    let basis = if date.lacks_year() { Basis::Text } else { Basis::Computed };
    Some(Published { date, basis, span: Some(found.span) })
}

fn repeated_weekday(
    analysis: &Analysis,
    found: &[Found],
    dates: &[Dated],
    rules: &Rules,
    today: Option<Day>,
) -> Option<Published> {
    // Bare weekdays of the opening sentences.
    let opening = analysis.sentences.iter().take(4).next_back()?.span.end;
    let named: Vec<i32> = found
        .iter()
        .filter(|f| rules.rule(f.found.rule).method == Method::Weekday)
        .filter(|f| analysis.tokens[f.found.start].span.start < opening)
        .filter(|f| f.found.slots.get(Class::Order) == Some(0))
        .filter_map(|f| f.found.slots.get(Class::Weekday))
        .collect();
    let dated = dates.iter().find(|d| d.year.is_none() && d.weekday.is_some_and(|w| named.contains(&w)))?;
    let day = fixed(dated, today)?;
    Some(Published { date: Edtf::day(day), basis: Basis::Computed, span: Some(dated.span) })
}
