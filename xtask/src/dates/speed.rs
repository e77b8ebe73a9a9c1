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

/// Adds a line a language: megabytes of text a second on one core, by how far the text is taken.
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
                    let begun = Instant::now();
                    std::hint::black_box(texts.iter().map(|text| work(text)).sum::<usize>());
                    begun.elapsed()
                })
                .collect();
            runs.sort();
            bytes as f64 / runs[RUNS / 2].as_secs_f64() / 1e6
        };
        let figures = vec![
            ("MB/s: language", rate(&|text| identify(text).is_some().into())),
            ("tokens", rate(&|text| tokens(text, language).len())),
            ("with sentences", rate(&|text| sentences(text, language).len())),
            ("with times", rate(&|text| times(text, language, context).len())),
        ];
        dates.lines.push(Line { name: format!("speed, {language}, one core"), figures });
    }
    Ok(())
}
