//! Time expressions on the specifications of Recognizers-Text (Microsoft, MIT licence).
//!
//! A case counts where it names a reference day and its own Python implementation, the peer that is measured on the same
//! cases, is not marked as unable to do it; beside it stands the share of cases with no such mark at all. A case is right if
//! every expected expression is found where it stands, with one of the values expected, and nothing is found where nothing is
//! expected. Extractors' cases have no values and are left out. What is wrong in the specification, or a habit of
//! chatbots that news would hate, is listed in the manual; those cases are right or wrong in the main figure like all
//! others, and left out of a second one.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use depeche_language::{TimeContext, times};
use depeche_pipeline::record::{Day, Edtf, Language, Reach, TimeExpression};
use serde_json::{Value, json};

use super::{Dates, Line, day_of, percent};

/// The page of the manual that lists cases which are wrong in the specification, from the root.
pub const WRONG: &str = "docs/src/recognizers.md";

/// One case: what is read, when, and what is expected.
#[derive(Debug, Clone)]
pub struct Case {
    /// The words.
    pub input: String,
    /// The reference time.
    pub context: TimeContext,
    /// Whether no implementation is marked as unable to do it.
    pub unmarked: bool,
    /// Expressions expected.
    pub expected: Vec<Expected>,
}

/// One expected expression.
#[derive(Debug, Clone)]
pub struct Expected {
    /// `date`, `daterange`, `datetime` and so on.
    pub kind: String,
    /// First byte and the one after the last.
    pub place: (u32, u32),
    /// Its possible values.
    pub values: Vec<Value>,
}

/// Adds a line for each file of a language, and the cases that are not right.
pub(crate) fn measure(root: &Path, folder: &Path, language: Language, dates: &mut Dates) -> Result<()> {
    let folder = folder.join(match language {
        Language::French => "French",
        _ => "English",
    });
    let wrong = listed_wrong(root, language)?;
    let entries = std::fs::read_dir(&folder)
        .with_context(|| format!("cannot list {}, which is for measuring dates", folder.display()))?;
    let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    // The end-to-end specification comes first: its figure is the main one.
    files.sort_by_key(|path| (!path.ends_with("DateTimeModel.json"), path.clone()));
    for path in files {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        // Splitting, suggesting and alternatives are other tasks than reading.
        if name.contains("Extractor") {
            continue;
        }
        let cases = read(&path)?;
        if cases.is_empty() {
            continue;
        }
        let mut kinds: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        let (mut right, mut unmarked, mut unmarked_right, mut out, mut out_right) = (0, 0, 0, 0, 0);
        for case in &cases {
            let found = times(&case.input, language, case.context);
            let fits = fits(case, &found, &mut kinds);
            right += usize::from(fits);
            unmarked += usize::from(case.unmarked);
            unmarked_right += usize::from(fits && case.unmarked);
            if wrong.contains(case.input.as_str()) {
                out += 1;
                out_right += usize::from(fits);
            }
            if !fits {
                dates.slips.push(slip(&name, language, case, &found));
            }
        }
        let figures = vec![
            ("cases", cases.len() as f64),
            ("right", right as f64),
            ("%", percent(right, cases.len())),
            ("without those wrong in the specification %", percent(right - out_right, cases.len() - out)),
            ("unmarked", unmarked as f64),
            ("%", percent(unmarked_right, unmarked)),
        ];
        dates.lines.push(Line { name: format!("Recognizers {language} {name}"), figures });
        if name == "DateTimeModel" {
            for (kind, (count, fits)) in kinds {
                let figures =
                    vec![("expressions", count as f64), ("right", fits as f64), ("%", percent(fits, count))];
                dates.lines.push(Line { name: format!("    {kind}"), figures });
            }
        }
    }
    Ok(())
}

/// The cases of a file that count.
///
/// # Errors
///
/// A file that cannot be read or is no specification.
pub fn read(path: &Path) -> Result<Vec<Case>> {
    let raw = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let cases: Vec<Value> = serde_json::from_str(raw.trim_start_matches('\u{feff}'))
        .with_context(|| format!("{} is no specification", path.display()))?;
    Ok(cases.iter().filter_map(case).collect())
}

fn case(case: &Value) -> Option<Case> {
    let unsupported = |key: &str| case[key].as_str().unwrap_or_default().to_lowercase();
    let marks = [unsupported("NotSupported"), unsupported("NotSupportedByDesign")];
    let input = case["Input"].as_str()?.to_owned();
    let reference = case["Context"]["ReferenceDateTime"].as_str()?;
    let results = case["Results"].as_array()?;
    if marks.iter().any(|mark| mark.contains("python")) {
        return None;
    }
    let expected: Option<Vec<Expected>> = results.iter().map(|result| expected(result, &input)).collect();
    let time = reference.get(11..16).and_then(seconds).and_then(|seconds| u16::try_from(seconds / 60).ok());
    Some(Case {
        context: TimeContext { published: day_of(reference), time, ..TimeContext::default() },
        unmarked: marks.iter().all(String::is_empty),
        expected: expected?,
        input,
    })
}

fn expected(result: &Value, input: &str) -> Option<Expected> {
    let name = result["TypeName"].as_str().or(result["Type"].as_str()).unwrap_or_default();
    let at = |key: &str| result[key].as_u64().map(|at| at as usize);
    let byte = |at: usize| input.char_indices().nth(at).map_or(input.len(), |(n, _)| n) as u32;
    let start = at("Start");
    let end = at("End").map(|end| end + 1).or(start.zip(at("Length")).map(|(start, length)| start + length));
    let place = start.zip(end).map_or((0, input.len() as u32), |(start, end)| (byte(start), byte(end)));
    let listed = result["Resolution"]["values"].as_array().or(result["Value"]["values"].as_array());
    let values = match (listed, &result["Value"]) {
        (Some(values), _) => values.clone(),
        // A parser's case: the same, told in another shape.
        (None, value @ Value::Object(_)) => ["FutureResolution", "PastResolution"]
            .iter()
            .map(|side| {
                let get = |keys: &[&str]| {
                    keys.iter()
                        .map(|key| &value[side][key])
                        .find(|v| !v.is_null())
                        .cloned()
                        .unwrap_or(Value::Null)
                };
                json!({
                    "timex": value["Timex"],
                    "value": get(&["date", "dateTime", "time", "duration", "set"]),
                    "start": get(&["startDate", "startDateTime", "startTime"]),
                    "end": get(&["endDate", "endDateTime", "endTime"]),
                })
            })
            .collect(),
        _ => return None,
    };
    let kind = name.trim_start_matches("datetimeV2.").to_owned();
    Some(Expected { kind, place, values })
}

/// Whether all that is expected is found, and nothing where nothing is.
fn fits<'c>(case: &'c Case, found: &[TimeExpression], kinds: &mut BTreeMap<&'c str, (usize, usize)>) -> bool {
    // What tells no more than «now» or «soon» is no mistake where nothing is expected.
    let telling = |t: &TimeExpression| t.timex.iter().any(|x| !x.value.ends_with("_REF"));
    let mut good = !case.expected.is_empty() || !found.iter().any(telling);
    for expected in &case.expected {
        let (start, end) = expected.place;
        let near: Vec<&TimeExpression> =
            found.iter().filter(|t| t.span.start < end && start < t.span.end).collect();
        let fits = expected.values.iter().any(|value| is_right(&expected.kind, value, &near));
        let count = kinds.entry(&expected.kind).or_default();
        count.0 += 1;
        count.1 += usize::from(fits);
        good &= fits;
    }
    good
}

/// Whether a value expected is among those found.
fn is_right(kind: &str, expected: &Value, found: &[&TimeExpression]) -> bool {
    let text = |key: &str| expected[key].as_str().unwrap_or_default();
    let told = text("timex");
    let elements = || found.iter().flat_map(|t| &t.timex).map(|x| x.value.as_str());
    if !told.is_empty() && elements().any(|x| x == told) && !matches!(kind, "daterange" | "datetimerange") {
        return true;
    }
    match kind {
        // Of a set of dates that cannot be told apart, as of the values that they list, one counts.
        "date" => {
            found.iter().any(|t| readings(t).flat_map(Edtf::members).any(|d| d.as_str() == text("value")))
        }
        "daterange" => found.iter().any(|t| {
            // The same value in TimeML; a range with one end only is more than its value.
            let both = expected["start"].is_string() == expected["end"].is_string();
            (both && !told.is_empty() && elements().any(|x| x == told))
                || readings(t).any(|d| is_range(t, d, day_of(text("start")), day_of(text("end"))))
        }),
        "time" => elements()
            .filter_map(clock)
            .any(|(_, time)| seconds(time).is_some_and(|time| Some(time) == seconds(text("value")))),
        "datetime" => text("value").split_once(' ').is_some_and(|(day, time)| {
            alternatives(found)
                .any(|(on, at)| on == day && seconds(&at).is_some() && seconds(&at) == seconds(time))
        }),
        "timerange" | "datetimerange" => {
            // A part of the day by its letters, on whatever day.
            let same =
                |x: &str| x == told || clock(x).is_some_and(|(_, at)| told.strip_prefix('T') == Some(at));
            if !told.is_empty() && elements().any(same) {
                return true;
            }
            let ends: Vec<(String, String)> = alternatives(found).collect();
            let fits = |key: &str| {
                let (day, time) = text(key).split_once(' ').unwrap_or(("", text(key)));
                let start = key == "start";
                ends.iter().any(|(on, at)| {
                    let at = part(at, start).unwrap_or(at);
                    (day.is_empty() || day == on) && seconds(at).is_some() && seconds(at) == seconds(time)
                })
            };
            let reach = |one, other| found.iter().any(|t| t.reach == one || t.reach == other);
            match (expected["start"].is_string(), expected["end"].is_string()) {
                (true, true) => fits("start") && fits("end"),
                (true, false) => fits("start") && reach(Reach::From, Reach::After),
                (false, true) => fits("end") && reach(Reach::To, Reach::Before),
                (false, false) => false,
            }
        }
        "duration" => {
            let seconds = text("value").parse::<f64>().ok();
            elements().filter_map(length).any(|length| seconds.is_some_and(|s| (s - length).abs() < 1.0))
        }
        _ => false,
    }
}

/// The values of an expression in the order in which they count.
fn readings(time: &TimeExpression) -> impl Iterator<Item = &Edtf> {
    [&time.value, &time.past, &time.future].into_iter().flatten()
}

/// Day and hour of each element found, in each of the readings of its day.
fn alternatives<'t>(found: &'t [&'t TimeExpression]) -> impl Iterator<Item = (String, String)> + 't {
    let elements = found.iter().flat_map(|time| &time.timex).filter_map(|x| clock(&x.value));
    elements.flat_map(move |(on, at)| {
        let own = std::iter::once((on.to_owned(), at.to_owned()));
        let told = move |time: &&&TimeExpression| {
            let value = time.value.as_ref().and_then(Edtf::days);
            value.is_some_and(|(first, _)| Some(first) == day_of(on))
        };
        let days = found.iter().filter(told).flat_map(|time| readings(time)).filter_map(Edtf::days);
        own.chain(days.map(|(first, _)| (first.to_string(), at.to_owned())))
    })
}

/// Day and time of an element.
fn clock(element: &str) -> Option<(&str, &str)> {
    if element.starts_with('P') { None } else { element.split_once('T') }
}

/// Where a part of the day begins or ends, as the specification has it.
fn part(name: &str, start: bool) -> Option<&'static str> {
    let (first, last) = match name {
        "MO" => ("08:00", "12:00"),
        "AF" => ("12:00", "16:00"),
        "EV" => ("16:00", "20:00"),
        "NI" => ("20:00", "23:59:59"),
        _ => return None,
    };
    Some(if start { first } else { last })
}

/// They count up to the day after, or to the first day of what is named last; «since» has no end, «until» no start.
fn is_range(time: &TimeExpression, date: &Edtf, start: Option<Day>, end: Option<Day>) -> bool {
    let Some((first, last)) = date.days() else { return false };
    let last_named = date.as_str().split_once('/').and_then(|(_, last)| Edtf::parse(last).ok()?.days());
    let after = Day::of_number(last.number() + 1);
    match (start, end) {
        (Some(start), Some(end)) => {
            start == first && (end == after || end == last || last_named.is_some_and(|(day, _)| day == end))
        }
        (Some(start), None) => {
            matches!(time.reach, Reach::From | Reach::After) && (start == first || start == after)
        }
        (None, Some(end)) => {
            matches!(time.reach, Reach::To | Reach::Before) && (end == first || end == last || end == after)
        }
        (None, None) => false,
    }
}

/// A time of day in seconds: `T14`, `T14:30`, `14:30:00`.
fn seconds(writing: &str) -> Option<u32> {
    let writing = writing.trim_start_matches('T').trim_end_matches('Z');
    let writing = writing.split(['+']).next()?;
    let mut seconds = 0;
    for (part, worth) in writing.split(':').zip([3600, 60, 1]) {
        seconds += part.parse::<u32>().ok()? * worth;
    }
    Some(seconds)
}

/// A length of time in seconds, months and years as the specification counts them.
fn length(element: &str) -> Option<f64> {
    let rest = element.strip_prefix('P')?;
    let (rest, time) = rest.strip_prefix('T').map_or((rest, false), |rest| (rest, true));
    let at = rest.find(|c: char| c.is_ascii_alphabetic())?;
    let count: f64 = rest[..at].parse().ok()?;
    let day = 86_400.0;
    Some(
        count
            * match (&rest[at..], time) {
                ("Y", _) => 365.0 * day,
                ("M", false) => 30.0 * day,
                ("W", _) => 7.0 * day,
                ("D", _) => day,
                ("H", _) => 3_600.0,
                ("M", true) => 60.0,
                ("S", _) => 1.0,
                _ => return None,
            },
    )
}

fn slip(name: &str, language: Language, case: &Case, found: &[TimeExpression]) -> String {
    let shown: Vec<String> = found
        .iter()
        .map(|t| {
            let timex: Vec<&str> = t.timex.iter().map(|x| x.value.as_str()).collect();
            let dates: Vec<&str> = readings(t).map(Edtf::as_str).collect();
            let reach = match t.reach {
                Reach::At => "",
                Reach::From | Reach::After => ">",
                Reach::To | Reach::Before => "<",
            };
            format!(
                "{} [{}] {reach}{} ({})",
                t.span.of(&case.input),
                t.rule,
                timex.join(" "),
                dates.join(" ")
            )
        })
        .collect();
    let wanted: Vec<String> = case
        .expected
        .iter()
        .map(|expected| {
            let value = expected.values.first().unwrap_or(&Value::Null);
            let get = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
            let place =
                case.input.get(expected.place.0 as usize..expected.place.1 as usize).unwrap_or_default();
            let shown = format!("{place} {} {} {} {}", get("timex"), get("value"), get("start"), get("end"));
            format!("{}: {shown}", expected.kind)
        })
        .collect();
    let mark = if case.unmarked { "" } else { "(marked) " };
    let day = case.context.published.map(|day| day.to_string()).unwrap_or_default();
    format!("{language} {name} {mark}[{day}] {}\n    wanted {wanted:?}\n    found  {shown:?}", case.input)
}

/// The inputs that the manual lists as wrong in the specification.
fn listed_wrong(root: &Path, language: Language) -> Result<BTreeSet<String>> {
    let path = root.join(WRONG);
    let page = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut wrong = BTreeSet::new();
    for line in page.lines().filter(|line| line.starts_with('|')) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        if let [code, input, _] = cells[..]
            && code == language.code()
        {
            wrong.insert(input.to_owned());
        }
    }
    Ok(wrong)
}
