//! Dates of contacts: for each dated contact of annotated texts, whether any time expression of its evidence sentences, or
//! of the whole text, has its date as value, past or future.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use depeche_language::analyse;
use depeche_pipeline::record::{Basis, Day, Edtf, Known, Language, Report, Span, TimeExpression};
use serde_json::Value;

use super::{Dates, Line, percent};

fn given<T>(value: T) -> Known<T> {
    Known { value, basis: Basis::Given, span: None }
}

/// A report of paragraphs, without what the page stage would tell of them.
fn report(id: &str, text: &str, language: Option<&str>, published: Option<&str>) -> Report {
    Report {
        published: published.and_then(|p| Edtf::parse(p).ok()).map(given),
        language: language.and_then(Language::from_code).map(given),
        ..Report::bare(id, text)
    }
}

fn has(times: &[&TimeExpression], date: &Edtf) -> bool {
    times.iter().any(|t| [&t.value, &t.past, &t.future].into_iter().flatten().any(|v| v == date))
}

/// Measures a folder of annotated texts, told on the reference day of the run.
///
/// # Errors
///
/// Texts or annotations that cannot be read.
pub fn measure(folder: &Path, today: Option<Day>) -> Result<Dates> {
    let mut dates = Dates::default();
    let mut texts = BTreeMap::new();
    let path = folder.join("texts.jsonl");
    let content =
        std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    for line in content.lines() {
        let row: Value = serde_json::from_str(line)?;
        texts.insert(row["id"].as_str().unwrap_or_default().to_owned(), row);
    }
    let (mut dated, mut near, mut anywhere, mut chosen) = (0, 0, 0, 0);
    let (mut days, mut right_days) = (0, 0);
    for (id, row) in &texts {
        let Ok(gold) = std::fs::read_to_string(folder.join(format!("{id}.json"))) else { continue };
        let gold: Value = serde_json::from_str(&gold)?;
        let text = row["text"].as_str().unwrap_or_default();
        let report = report(id, text, row["language"].as_str(), row["published"].as_str());
        let analysis = analyse(&report, today);
        let published = analysis.published.as_ref().map(|p| p.date.as_str());
        days += 1;
        right_days += usize::from(published == gold["published"].as_str());
        if published != gold["published"].as_str() {
            dates.slips.push(format!("{id}: published {published:?}, gold {}", gold["published"]));
        }
        for contact in gold["contacts"].as_array().into_iter().flatten() {
            let Some(date) = contact["date"].as_str().and_then(|d| Edtf::parse(d).ok()) else { continue };
            dated += 1;
            let evidence: Vec<Span> = contact["evidence"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|e| e.as_str())
                .filter_map(|e| text.find(e).map(|at| Span::new(at, at + e.len())))
                .collect();
            let sentences: Vec<Span> = analysis
                .sentences
                .iter()
                .map(|s| s.span)
                .filter(|s| evidence.iter().any(|e| e.overlaps(*s)))
                .collect();
            let close: Vec<&TimeExpression> =
                analysis.times.iter().filter(|t| sentences.iter().any(|s| s.contains(t.span))).collect();
            let all: Vec<&TimeExpression> = analysis.times.iter().collect();
            near += usize::from(has(&close, &date));
            anywhere += usize::from(has(&all, &date));
            let first = close.iter().any(|t| t.value.as_ref() == Some(&date));
            chosen += usize::from(first);
            if !first {
                let found: Vec<String> = close
                    .iter()
                    .map(|t| {
                        let value = t.value.as_ref().map_or("-", Edtf::as_str);
                        format!("{} [{}] = {value}", t.span.of(text), t.rule)
                    })
                    .collect();
                let mark = match (has(&close, &date), has(&all, &date)) {
                    (true, _) => "OTHER READING",
                    (false, true) => "elsewhere",
                    (false, false) => "MISSING",
                };
                let told: Vec<&str> = evidence.iter().map(|e| e.of(text)).collect();
                dates
                    .slips
                    .push(format!("{id} {mark} {date} (published {published:?}): {told:?}\n    {found:?}"));
            }
        }
    }
    let figures = vec![
        ("dated contacts", dated as f64),
        ("% in the evidence", percent(near, dated)),
        ("% as first value", percent(chosen, dated)),
        ("% anywhere", percent(anywhere, dated)),
        ("% published", percent(right_days, days)),
    ];
    dates.lines.push(Line { name: folder.display().to_string(), figures });
    Ok(dates)
}
