//! Measures throughput on the texts of annotated folders, on one core: bytes a second, the median of five runs.
//!
//! `cargo run --release -p depeche-language --example speed -- ../shared/gold/fr-talks fr`

use std::time::Instant;

use depeche_language::{TimeContext, identify, sentences, times, tokens};
use depeche_record::{Day, Language};
use serde_json::Value;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let folder = arguments.get(1).ok_or("name a folder of annotated texts")?;
    let language = arguments.get(2).and_then(|l| Language::from_code(l)).unwrap_or(Language::French);
    let mut texts = Vec::new();
    for line in std::fs::read_to_string(format!("{folder}/texts.jsonl"))?.lines() {
        let row: Value = serde_json::from_str(line)?;
        texts.push(row["text"].as_str().unwrap_or_default().to_owned());
    }
    let bytes: usize = texts.iter().map(String::len).sum();
    let rounds = (5_000_000 / bytes.max(1)).max(1);
    let context =
        TimeContext { published: Some(Day { year: 2025, month: 8, day: 6 }), ..TimeContext::default() };
    let measure = |work: &dyn Fn(&str) -> usize| {
        let mut seconds: Vec<f64> = (0..5)
            .map(|_| {
                let start = Instant::now();
                let mut count = 0;
                for _ in 0..rounds {
                    count += texts.iter().map(|t| work(t)).sum::<usize>();
                }
                assert!(count > 0);
                start.elapsed().as_secs_f64()
            })
            .collect();
        seconds.sort_by(f64::total_cmp);
        (bytes * rounds) as f64 / seconds[2] / 1e6
    };
    let start = Instant::now();
    times("hier", language, context);
    let mut words = format!("first use: {:.1} ms\n", start.elapsed().as_secs_f64() * 1e3);
    for (name, speed) in [
        ("language", measure(&|t| identify(t).is_some().into())),
        ("tokens", measure(&|t| tokens(t, language).len())),
        ("tokens and sentences", measure(&|t| sentences(t, language).len())),
        ("tokens, sentences, verb forms, times", measure(&|t| 1 + times(t, language, context).len())),
    ] {
        words += &format!("{name}: {speed:.1} MB/s\n");
    }
    use std::io::Write;
    std::io::stdout().write_all(words.as_bytes())?;
    Ok(())
}
