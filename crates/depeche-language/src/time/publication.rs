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

/// The day of publication: what was given with the report, else what the text shows. Where the month or the year was
/// given, a day of it in the head of the text tells the day.
pub(crate) fn tell(
    report: &Report,
    analysis: &Analysis,
    found: &[Found],
    today: Option<Day>,
) -> Option<Published> {
    let Some(given) = of_report(report) else { return of_text(report, analysis, found, today) };
    Some(day_within(&given, report, analysis, found).unwrap_or(given))
}

/// The day that a header line or dateline tells of the months or years given.
fn day_within(given: &Published, report: &Report, analysis: &Analysis, found: &[Found]) -> Option<Published> {
    let (first, last) = given.date.days().filter(|(first, last)| first < last)?;
    let dates = dates(report, analysis, found);
    let heads = dates.iter().filter_map(|d| {
        let rank = rank(report, &dates, d).filter(|rank| *rank <= 2)?;
        let years = d.year.map_or(first.year..=last.year, |year| year..=year);
        // A day that falls more than once into the time given tells nothing.
        let mut days = years.take(3).filter_map(|year| valid_day(year, d.month, d.day));
        let day = days.find(|day| (first..=last).contains(day))?;
        let single = days.all(|day| day > last);
        single.then_some((rank, is_update(report, d), d.span.start, day, d))
    });
    let (.., day, head) = heads.min_by_key(|&(rank, update, start, ..)| (rank, update, start))?;
    let basis = if head.year.is_some() { Basis::Text } else { Basis::Computed };
    Some(Published { date: Edtf::day(day), basis, span: Some(head.span) })
}

/// The day that the text shows:
///
/// 1. a full date in a byline, header line or dateline;
/// 2. one of these without its year, which a date near it tells or nothing;
/// 3. «ce 7 novembre», «ce jeudi 18 décembre», without its year unless the weekday tells;
/// 4. a weekday of the first paragraphs that the text elsewhere dates: «ce samedi … samedi 31 janvier».
fn of_text(report: &Report, analysis: &Analysis, found: &[Found], today: Option<Day>) -> Option<Published> {
    let rules = Rules::of(analysis.language);
    let dates = dates(report, analysis, found);
    header(report, &dates, today)
        .or_else(|| yearless_header(report, &dates, today))
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

fn dates(report: &Report, analysis: &Analysis, found: &[Found]) -> Vec<Dated> {
    let rules = Rules::of(analysis.language);
    found.iter().filter_map(|f| dated(report, analysis, f, rules)).collect()
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

/// A full date in the head or at the foot of the text, or at the head of its first paragraphs.
fn header(report: &Report, dates: &[Dated], today: Option<Day>) -> Option<Published> {
    let (.., found, span) = dates
        .iter()
        .filter_map(|d| {
            let rank = rank(report, dates, d)?;
            Some((rank, is_update(report, d), valid_day(d.year?, d.month, d.day)?, d.span))
        })
        .filter(|(.., day, _)| not_after(*day, today))
        .min_by_key(|(rank, update, _, span)| (*rank, *update, span.start))?;
    Some(Published { date: Edtf::day(found), basis: Basis::Text, span: Some(span) })
}

/// Whether the words before a date say that the text was changed on it: «mis à jour le».
fn is_update(report: &Report, dated: &Dated) -> bool {
    let start = report.blocks[dated.block].span.start as usize;
    let before = fold(report.text.get(start..dated.span.start as usize).unwrap_or(""));
    let words: Vec<&str> = before.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let stems = ["jour", "actualis", "modifi", "updat", "обновлен", "изменен"];
    let near = &words[words.len().saturating_sub(3)..];
    near.iter().any(|word| stems.iter().any(|stem| word.starts_with(stem)))
}

/// How well the place of a date shows that it is the day of publication, the best first: a byline, a header line, the
/// dateline that a dispatch begins with, a line at the foot.
fn rank(report: &Report, dates: &[Dated], dated: &Dated) -> Option<u8> {
    let block = report.blocks[dated.block];
    let words = block.span.of(&report.text);
    let date = dated.span.of(&report.text);
    let article = ["le ", "Le ", "on ", "On "].iter().find(|article| date.starts_with(**article));
    let start = dated.span.start as usize + article.map_or(0, |article| article.len());
    let before = report.text.get(block.span.start as usize..start)?;
    let date = ["г.", "года", "г"].iter().find_map(|word| date.strip_suffix(word)).unwrap_or(date);
    let after = report.text.get(dated.span.start as usize + date.len()..block.span.end as usize)?;
    let ends_sentence = words.trim_end().ends_with(['.', '!', '?', '»', '"']);
    match block.kind {
        BlockKind::Byline | BlockKind::Dateline => {
            let told = is_dateline(before, after) || leads_to_date(before) && leaves_date(after);
            let sentence = ends_sentence || is_in_clause(before, after);
            (told || !sentence).then_some(0)
        }
        BlockKind::Noise | BlockKind::Caption | BlockKind::Credit | BlockKind::Title | BlockKind::Heading => {
            None
        }
        _ => {
            let short = block.span.len() <= LONGEST_HEADER;
            // A date in figures and one with the time of day stand in no sentence.
            let stamp = !date.contains(char::is_alphabetic) || begins_with_clock(after);
            let line = short && !ends_sentence && (stamp || leads_to_date(before)) && leaves_date(after);
            let foot = dated.block + 4 >= report.blocks.len();
            match () {
                () if line && dated.block < HEAD => Some(1),
                () if opens_text(report, dates, dated, before) && is_dateline(before, after) => Some(2),
                () if line && foot => Some(3),
                () => None,
            }
        }
    }
}

/// Whether a date stands where the text begins: in one of its first paragraphs. A date that nothing stands before must
/// be the only one of its kind, or the text is a list of days.
fn opens_text(report: &Report, dates: &[Dated], dated: &Dated, before: &str) -> bool {
    let running = |kind| matches!(kind, BlockKind::Paragraph | BlockKind::Standfirst);
    let above = report.blocks[..dated.block].iter().filter(|block| running(block.kind)).count();
    let begins = |d: &Dated| {
        let start = report.blocks[d.block].span.start as usize;
        report.text.get(start..d.span.start as usize).is_some_and(|before| before.trim().is_empty())
    };
    let alone = || dates.iter().filter(|d| begins(d)).count() == 1;
    dated.block < HEAD && above < 3 && (!before.trim().is_empty() || alone())
}

/// What parts a date from what stands beside it on a line.
const PARTING: [char; 9] = ['–', '—', '-', '|', '/', '(', '[', '•', '·'];

/// Whether the words before and after a date at the head of a paragraph make it a dateline: «ANKARA, 12 août 2024 (AFP)
/// –», «МОСКВА, 12 марта. /ТАСС/.»: a few names and a comma or dash before it, a dash, a bracket or a full stop after it.
fn is_dateline(before: &str, after: &str) -> bool {
    let place = without_article(before);
    // «[Genève, 3 mars 2024] Le ministre …»
    let framed =
        place.starts_with('[') && after.starts_with(']') || place.starts_with('(') && after.starts_with(')');
    if framed && are_names(place) && place.len() <= 80 {
        return true;
    }
    let placed = place.is_empty()
        || place.ends_with([',', '–', '—', '-', '/', ')', '|', '.', ':'])
            && place.len() <= 80
            && place.split_whitespace().count() <= 8
            && place.starts_with(|c: char| c.is_uppercase() || matches!(c, '(' | '/' | '['))
            && are_names(place);
    placed && follows_dateline(before, after)
}

/// Whether what follows a date is what follows it in a dateline.
fn follows_dateline(before: &str, after: &str) -> bool {
    let place = without_article(before);
    let bare = place.is_empty();
    let (rest, year_word) = without_year_word(after);
    let rest = without_clock(rest);
    let opens = |text: &str| {
        let text = text.trim_start();
        text.is_empty()
            || text.starts_with(|c: char| c.is_uppercase() || PARTING.contains(&c) || "«\"“".contains(c))
    };
    let dash = |text: &str| {
        let text = text.trim_start();
        text.starts_with(['–', '—', '|']) || text.starts_with("- ") || text == "-"
    };
    let mut characters = rest.chars();
    match characters.next() {
        None => !bare,
        // «12 août 2024 : …» is an entry of a list of days.
        Some(':') => !bare && is_marked(before, characters.as_str().trim_start_matches(char::is_whitespace)),
        Some('.') => {
            let rest = characters.as_str();
            !bare && (dash(rest) || opens(rest) && is_marked(before, rest))
        }
        Some(open @ ('(' | '[' | '/')) => {
            let close = match open {
                '(' => ')',
                '[' => ']',
                _ => '/',
            };
            let inner = characters.as_str();
            inner.find(close).filter(|&at| at <= 60).is_some_and(|at| {
                let next = inner[at + close.len_utf8()..].trim_start();
                dash(next) || next.starts_with(['.', ':', ',']) || opens(next)
            })
        }
        Some(_) if dash(rest) => true,
        // «… 12 août 2024 AFP –»: a name or two up to the dash.
        Some(first) if first.is_uppercase() => {
            year_word && !bare
                || rest.split_whitespace().take(4).skip(1).any(|word| matches!(word, "–" | "—" | "-"))
                    && are_names(rest.split(['–', '—']).next().unwrap_or(""))
        }
        Some(_) => false,
    }
}

/// Whether place and date with a full stop after them are an agency's: «МОСКВА, 12 марта. /ТАСС/.», «Paris, le 12 août 2024.»
/// Stories begin so too: «Alger, 12 décembre 2000. Deux hommes signent …».
fn is_marked(before: &str, after: &str) -> bool {
    let place = without_article(before);
    let capitals = |word: &str| {
        word.chars().filter(|c| c.is_alphabetic()).count() >= 2 && !word.chars().any(char::is_lowercase)
    };
    let next = after.trim_start();
    place.len() < before.trim().len()
        || place.starts_with(['(', '[', '/'])
        || place.split([',', '.']).next().is_some_and(capitals)
        || next.is_empty()
        || next.starts_with(['(', '/', '['])
        || next.split_whitespace().next().is_some_and(capitals)
}

/// Whether every word is a name, a number or a small word between names.
fn are_names(words: &str) -> bool {
    words.split_whitespace().all(|word| {
        let letters = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        let between =
            ["de", "du", "des", "la", "le", "les", "sur", "et", "d'", "d’", "avec", "and", "of", "the"];
        let small = ["par", "by", "with", "from", "и", "на", "del", "el"];
        !letters.starts_with(char::is_lowercase)
            || between.iter().chain(&small).any(|small| {
                letters.trim_end_matches(',') == *small
                    || small.ends_with(['\'', '’']) && letters.starts_with(small)
            })
    })
}

/// The words before a date without the article that leads to it: «Genève, le», «London, on».
fn without_article(before: &str) -> &str {
    let before = before.trim().trim_start_matches(['*', '_', '#', '>']).trim_start();
    let last = before.split_whitespace().next_back().unwrap_or("");
    let article = matches!(last, "le" | "Le" | "ce" | "on" | "On" | "the" | "от");
    if article { before[..before.len() - last.len()].trim_end() } else { before }
}

/// Whether the words before a date on a header line lead to it: none, a byline, «Publié le», names.
fn leads_to_date(before: &str) -> bool {
    let words = without_article(before);
    words.is_empty()
        || words.ends_with(PARTING)
        || words.ends_with([',', ':', ';', ')'])
        || says_published(words)
        || are_names(words)
}

/// Whether what follows a date on a header line leaves it the day of the line: a time of day, another part of the line,
/// «mis à jour le …», and no clause that the date would belong to.
fn leaves_date(after: &str) -> bool {
    let rest = without_clock(without_year_word(after).0);
    let next = rest.trim_start_matches([',', ';', ' ', '\u{a0}']);
    rest.is_empty()
        || rest.starts_with(PARTING)
        || next.is_empty()
        || next.starts_with(PARTING)
        || next.split_whitespace().next().is_some_and(|word| {
            let word = fold(word);
            says_published(&word)
                || matches!(word.as_str(), "par" | "by" | "mis" | "mise" | "last" | "dans" | "in")
        })
}

/// Whether a date is part of what a line says: «Le 7 octobre 2023, le …», «Gaza, 7 octobre 2023 : l'attaque», «Le sommet
/// s'ouvrira à Lomé le 12 mars 2024».
fn is_in_clause(before: &str, after: &str) -> bool {
    let small = |text: &str| text.split_whitespace().filter(|word| !are_names(word)).count();
    let leaves = leaves_date(after);
    let opens = without_article(before).is_empty() && after.starts_with(',') && !leaves && small(after) > 0;
    let heads = after.trim_start().starts_with(':') && !leaves && after.chars().any(char::is_alphabetic);
    let first = fold(before.split_whitespace().next().unwrap_or(""));
    let signed = matches!(first.as_str(), "par" | "by" | "автор");
    let ends = !signed && !leads_to_date(before) && !begins_with_clock(after) && small(before) >= 2;
    opens || heads || ends
}

/// Whether words say that something was published, posted, brought up to date.
fn says_published(words: &str) -> bool {
    let folded = fold(words);
    let stems = [
        "publi",
        "mis a jour",
        "mise a jour",
        "actualis",
        "modifi",
        "poste",
        "updat",
        "issued",
        "ecrit",
        "redig",
        "written",
        "опубликован",
        "обновлен",
        "размещен",
        "изменен",
        "дата",
        "date",
    ];
    folded.split(|c: char| !c.is_alphanumeric()).any(|word| stems.iter().any(|stem| word.starts_with(stem)))
        || ["mis a jour", "mise a jour"].iter().any(|phrase| folded.contains(phrase))
}

/// What follows a date without «г.», «года», and whether one of them stood there.
fn without_year_word(after: &str) -> (&str, bool) {
    let rest = after.trim_start();
    let found = ["г.", "года", "год", "г"].into_iter().find_map(|word| {
        let rest = rest.strip_prefix(word)?;
        (!rest.starts_with(char::is_alphanumeric)).then_some(rest)
    });
    found.map_or((rest, false), |rest| (rest.trim_start(), true))
}

fn begins_with_clock(after: &str) -> bool {
    let (rest, _) = without_year_word(after);
    without_clock(rest) != rest
}

/// What follows a date without the time of day after it: «à 14h05», «14:05 GMT», «, в 10:15 (МСК)».
fn without_clock(after: &str) -> &str {
    let mut rest = after.trim_start();
    let mut kept = rest;
    loop {
        let next = rest.trim_start_matches([',', ' ', '\u{a0}']);
        let end =
            next.find(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')')).unwrap_or(next.len());
        let word = next[..end].to_lowercase();
        let number = word.starts_with(|c: char| c.is_ascii_digit())
            && word.chars().all(|c| c.is_ascii_digit() || ":.hmn".contains(c) || matches!(c, 'a' | 'p'));
        let unit = ["h", "min", "gmt", "utc", "am", "pm", "a.m.", "p.m.", "est", "edt", "cet", "msk", "мск"];
        rest = &next[end..];
        match word.as_str() {
            "" => return kept,
            "à" | "a" | "at" | "в" => continue,
            _ if number || unit.contains(&word.as_str()) => kept = rest.trim_start(),
            _ => return kept,
        }
    }
}

/// A date without its year where a full one would be the day of publication: «SÉOUL, 28 juillet (AFP) –». Its year is
/// that of a date of the text within a month of it; else it stays unknown.
fn yearless_header(report: &Report, dates: &[Dated], today: Option<Day>) -> Option<Published> {
    const NEAR: i64 = 31;
    let heads = dates.iter().filter(|d| d.year.is_none());
    let ranked = heads.filter_map(|d| Some((rank(report, dates, d).filter(|rank| *rank <= 2)?, d)));
    let (_, head) = ranked.min_by_key(|(rank, d)| (*rank, d.span.start))?;
    let told: Vec<Day> = dates.iter().filter_map(|d| fixed(d, today)).collect();
    let near = |day: &Day| told.iter().any(|told| (told.number() - day.number()).abs() <= NEAR);
    let years = told.iter().flat_map(|day| day.year - 1..=day.year + 1);
    let day = fixed(head, today).or_else(|| {
        let days = years.filter_map(|year| valid_day(year, head.month, head.day));
        days.filter(|day| not_after(*day, today)).filter(near).max()
    });
    let (date, basis) = match day {
        Some(day) => (Edtf::day(day), Basis::Computed),
        None => (yearless_day(head.month, head.day)?, Basis::Text),
    };
    Some(Published { date, basis, span: Some(head.span) })
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
