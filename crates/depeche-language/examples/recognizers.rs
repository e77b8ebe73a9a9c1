//! Measures time expressions on the specifications of Recognizers-Text (Microsoft, MIT licence): the share of cases whose
//! every expected expression is found where it stands, with one of the values expected. Cases that their own reference
//! implementation does not support are left out.
//!
//! `cargo run -p depeche-language --example recognizers -- --data FILE.json --lang fr [--show]`

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::ExitCode;

use depeche_language::{TimeContext, times};
use depeche_record::{Day, Edtf, Language, TimeExpression};
use serde_json::Value;

fn day_of(writing: &str) -> Option<Day> {
    Edtf::parse(writing.get(..10)?).ok()?.days().map(|(day, _)| day)
}

/// A time of day in seconds: `T14`, `T14:30`, `14:30:00`.
fn seconds(writing: &str) -> Option<u32> {
    let mut seconds = 0;
    for (part, worth) in writing.trim_start_matches('T').trim_end_matches('Z').split(':').zip([3600, 60, 1]) {
        seconds += part.parse::<u32>().ok()? * worth;
    }
    Some(seconds)
}

/// Whether one of the values expected is among those found.
fn is_right(kind: &str, expected: &Value, found: &[&TimeExpression]) -> bool {
    let text = |key: &str| expected[key].as_str().unwrap_or_default();
    let told = text("timex");
    let dates = || found.iter().flat_map(|t| [&t.value, &t.past, &t.future]).flatten();
    let timexes = || found.iter().flat_map(|t| &t.timex).map(|x| x.value.as_str());
    if timexes().any(|x| x == told) {
        return true;
    }
    match kind {
        "date" => dates().any(|d| d.as_str() == text("value")),
        "daterange" => {
            // They count up to the day after, or to the first day of what is named last; «since» has no end, «until» no start.
            let (start, end) = (day_of(text("start")), day_of(text("end")));
            let fits = |(first, last): (Day, Day), last_named: Option<Day>| {
                start.is_none_or(|start| start == first)
                    && end.is_none_or(|end| {
                        end.number() == last.number() + 1
                            || end == last
                            || Some(end) == last_named
                            || (start.is_none() && end == first)
                    })
            };
            dates().filter_map(|d| Some((d, d.days()?))).any(|(d, days)| {
                let last = d.as_str().split_once('/').map(|(_, last)| last);
                let last = last.and_then(|last| Edtf::parse(last).ok()).and_then(|e| e.days());
                fits(days, last.map(|(first, _)| first))
            })
        }
        "time" => timexes()
            .filter_map(|x| x.split_once('T'))
            .any(|(_, time)| seconds(time).is_some_and(|time| Some(time) == seconds(text("value")))),
        "datetime" => text("value").split_once(' ').is_some_and(|(day, time)| {
            timexes()
                .filter_map(|x| x.split_once('T'))
                .any(|(on, at)| on == day && seconds(at).is_some_and(|at| Some(at) == seconds(time)))
        }),
        "timerange" | "datetimerange" => {
            let ends: Vec<_> = timexes().filter_map(|x| x.split_once('T')).collect();
            let fits = |key: &str, (on, at): &(&str, &str)| {
                let (day, time) = text(key).split_once(' ').unwrap_or(("", text(key)));
                (day.is_empty() || day == *on) && seconds(at).is_some() && seconds(at) == seconds(time)
            };
            let part = told.split_once('T').map(|(_, part)| part);
            (ends.iter().any(|e| fits("start", e)) && ends.iter().any(|e| fits("end", e)))
                || (told.starts_with('T') && ends.iter().any(|(_, at)| Some(*at) == part))
        }
        _ => false,
    }
}

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let option = |name: &str| {
        arguments.iter().position(|a| a == name).and_then(|at| arguments.get(at + 1)).map(String::as_str)
    };
    let Some(raw) = option("--data").and_then(|file| std::fs::read_to_string(file).ok()) else {
        eprintln!("name a specification that can be read: --data FILE.json");
        return Ok(ExitCode::from(2));
    };
    let language = option("--lang").and_then(Language::from_code).unwrap_or(Language::French);
    let cases: Vec<Value> = serde_json::from_str(raw.trim_start_matches('\u{feff}'))?;
    let mut kinds: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let (mut all, mut right, mut out) = (0, 0, String::new());
    for case in &cases {
        let unsupported = case["NotSupported"].as_str().unwrap_or_default();
        let input = case["Input"].as_str().unwrap_or_default();
        let results = case["Results"].as_array().map_or(&[][..], Vec::as_slice);
        if unsupported.contains("dotnet") || results.iter().any(|r| r["Resolution"].is_null()) {
            continue;
        }
        let reference = case["Context"]["ReferenceDateTime"].as_str().and_then(day_of);
        let found = times(input, language, TimeContext { published: reference, ..TimeContext::default() });
        // What tells no more than «now» or «soon» is no mistake where nothing is expected.
        let telling = |t: &TimeExpression| t.timex.iter().any(|x| !x.value.ends_with("_REF"));
        let mut good = !results.is_empty() || !found.iter().any(telling);
        for result in results {
            let place = |key: &str| result[key].as_u64().unwrap_or_default() as usize;
            let byte = |at: usize| input.char_indices().nth(at).map_or(input.len(), |(n, _)| n) as u32;
            let (start, end) = (byte(place("Start")), byte(place("End") + 1));
            let near: Vec<&TimeExpression> =
                found.iter().filter(|t| t.span.start < end && start < t.span.end).collect();
            let kind = result["TypeName"].as_str().unwrap_or_default().trim_start_matches("datetimeV2.");
            let values = result["Resolution"]["values"].as_array().map_or(&[][..], Vec::as_slice);
            let fits = values.iter().any(|value| is_right(kind, value, &near));
            let count = kinds.entry(kind.to_owned()).or_default();
            count.0 += 1;
            count.1 += usize::from(fits);
            good &= fits;
        }
        all += 1;
        right += usize::from(good);
        if !good {
            let shown: Vec<String> = found
                .iter()
                .map(|t| {
                    let timex: Vec<&str> = t.timex.iter().map(|x| x.value.as_str()).collect();
                    format!("{} [{}] {}", t.span.of(input), t.rule, timex.join(" "))
                })
                .collect();
            let wanted: Vec<String> = results
                .iter()
                .map(|r| format!("{} {}", r["Text"], r["Resolution"]["values"][0]["timex"]))
                .collect();
            writeln!(out, "{input}\n    wanted {wanted:?}\n    found  {shown:?}")?;
        }
    }
    if !arguments.iter().any(|a| a == "--show") {
        out.clear();
    }
    for (kind, (count, fits)) in &kinds {
        writeln!(out, "{kind:14} {fits} of {count}")?;
    }
    writeln!(out, "{right} of {all} cases right ({:.1} %)", 100.0 * right as f64 / all.max(1) as f64)?;
    use std::io::Write;
    std::io::stdout().write_all(out.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
