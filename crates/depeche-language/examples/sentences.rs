//! Measures sentences: for each statement of annotated texts, whether its evidence lies in one sentence, and whether it
//! is that whole sentence.
//!
//! `cargo run --release -p depeche-language --example sentences -- ../shared/gold/fr-talks [show]`

use std::collections::BTreeMap;

use depeche_language::{identify, sentences};
use depeche_record::{Language, Span};
use serde_json::Value;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let folder = arguments.get(1).ok_or("name a folder of annotated texts")?;
    let show = arguments.iter().any(|a| a == "show");
    let mut texts = BTreeMap::new();
    for line in std::fs::read_to_string(format!("{folder}/texts.jsonl"))?.lines() {
        let row: Value = serde_json::from_str(line)?;
        texts.insert(row["id"].as_str().unwrap_or_default().to_owned(), row);
    }
    let (mut all, mut one, mut whole, mut quotes, mut kept) = (0, 0, 0, 0, 0);
    let mut out = String::new();
    for (id, row) in &texts {
        let Ok(gold) = std::fs::read_to_string(format!("{folder}/{id}.json")) else { continue };
        let gold: Value = serde_json::from_str(&gold)?;
        let text = row["text"].as_str().unwrap_or_default();
        let language = row["language"].as_str().and_then(Language::from_code);
        let language = language.or_else(|| identify(text).map(|(l, _)| l)).unwrap_or(Language::French);
        // Line by line, as the page stage hands paragraphs on.
        let mut spans = Vec::new();
        let mut start = 0;
        for part in text.split_inclusive('\n') {
            let shift = |span: Span| Span::new(start + span.start as usize, start + span.end as usize);
            spans.extend(sentences(part, language).into_iter().map(shift));
            start += part.len();
        }
        for statement in gold["statements"].as_array().into_iter().flatten() {
            let Some(evidence) = statement["evidence"].as_str() else { continue };
            let Some(at) = text.find(evidence) else { continue };
            let evidence = Span::new(at, at + evidence.len());
            all += 1;
            let holds = spans.iter().find(|s| s.contains(evidence));
            one += usize::from(holds.is_some());
            whole += usize::from(holds.is_some_and(|s| s.len() <= evidence.len() + 3));
            if let Some(quote) = statement["quote"].as_str() {
                quotes += 1;
                let pieces: Vec<&str> = quote.split(" […] ").collect();
                let within = |s: &&Span| pieces.iter().all(|piece| s.of(text).contains(piece));
                kept += usize::from(spans.iter().find(within).is_some());
            }
            if holds.is_none() {
                let parts: Vec<&str> =
                    spans.iter().filter(|s| s.overlaps(evidence)).map(|s| s.of(text)).collect();
                out += &format!("{id} CUT {parts:#?}\n");
            } else if let Some(s) = holds.filter(|s| s.len() > evidence.len() + 3) {
                out += &format!("{id} LONG {:?}\n      in {:?}\n", evidence.of(text), s.of(text));
            }
        }
    }
    let summary = format!(
        "{folder}: {all} statements; evidence in one sentence {one} ({:.1} %), the whole of it {whole} ({:.1} %); of \
         {quotes} quotes {kept} in one sentence\n",
        100.0 * one as f64 / all.max(1) as f64,
        100.0 * whole as f64 / all.max(1) as f64,
    );
    use std::io::Write;
    std::io::stdout().write_all(if show { out + &summary } else { summary }.as_bytes())?;
    Ok(())
}
