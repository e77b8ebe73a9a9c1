//! How fast text becomes time expressions, with the rules of all three languages loaded.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;
use depeche_language::{TimeContext, identify, sentences, times, tokens};
use depeche_pipeline::record::{Day, Language};

use super::{Dates, Line};
use crate::speed::texts;

/// Runs of which the median counts.
const RUNS: usize = 5;

/// Adds a line a language: megabytes of text a second on one core, by how far the text is taken; and what the time stage alone
/// would do if tokens and sentences cost nothing.
pub(crate) fn measure(root: &Path, dates: &mut Dates) -> Result<()> {
    let day = Some(Day { year: 2025, month: 8, day: 6 });
    let context = TimeContext { published: day, ..TimeContext::default() };
    for language in Language::ALL {
        times("", language, context);
    }
    for language in Language::ALL {
        let texts = texts(root, language)?;
        let bytes: usize = texts.iter().map(String::len).sum();
        let rate = |work: &dyn Fn(&str) -> usize| {
            let mut runs: Vec<Duration> = (0..RUNS)
                .map(|_| {
                    let (begun, spent) = (Instant::now(), on_core());
                    std::hint::black_box(texts.iter().map(|text| work(text)).sum::<usize>());
                    on_core().zip(spent).map_or_else(|| begun.elapsed(), |(now, then)| now - then)
                })
                .collect();
            runs.sort();
            bytes as f64 / runs[RUNS / 2].as_secs_f64() / 1e6
        };
        let (sentences, all) = (
            rate(&|text| sentences(text, language).len()),
            rate(&|text| times(text, language, context).len()),
        );
        let figures = vec![
            ("MB/s: language", rate(&|text| identify(text).is_some().into())),
            ("tokens", rate(&|text| tokens(text, language).len())),
            ("with sentences", sentences),
            ("with verb forms and times", all),
            ("these two alone", 1.0 / (1.0 / all - 1.0 / sentences).max(f64::MIN_POSITIVE)),
        ];
        dates.lines.push(Line { name: format!("speed, {language}, one core"), figures });
    }
    Ok(())
}

/// How long this thread has been on a core, where the system tells it: others may be at work beside.
fn on_core() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}
