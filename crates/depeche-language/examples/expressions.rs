//! Prints the time expressions of texts: reads JSON Lines with `id`, `text`, `language` and `published` from standard
//! input, writes id, first and last byte, TIMEX3 type, value, rule and words, separated by tabs.

use std::io::{BufRead, Write};

use depeche_language::{TimeContext, times};
use depeche_record::{Edtf, Language};
use serde_json::Value;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let text = row["text"].as_str().unwrap_or_default();
        let language = row["language"].as_str().and_then(Language::from_code).unwrap_or(Language::French);
        let published = row["published"].as_str().and_then(|p| Edtf::parse(p).ok()).and_then(|e| e.days());
        let context = TimeContext { published: published.map(|(day, _)| day), ..TimeContext::default() };
        for time in times(text, language, context) {
            let value = time.value.as_ref().map_or("-", Edtf::as_str);
            let words = time.span.of(text).replace(['\n', '\t'], " ");
            let (start, end) = (time.span.start, time.span.end);
            let timex: Vec<String> = time
                .timex
                .iter()
                .map(|x| format!("{}={}", x.span.of(text).replace("\n", " "), x.value))
                .collect();
            let timex = timex.join(" ; ");
            writeln!(
                out,
                "{}\t{start}\t{end}\t{:?}\t{value}\t{}\t{words}\t{timex}",
                row["id"], time.kind, time.rule
            )?;
        }
    }
    Ok(())
}
