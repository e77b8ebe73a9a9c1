//! Time expressions on a corpus annotated in TimeML, as TempEval-3 scores them: spans strictly and as they overlap, types and
//! values of those that overlap. The day of publication is the document's creation time, which is not itself counted.

use std::path::Path;

use anyhow::{Context, Result};
use depeche_language::times;
use depeche_pipeline::record::{Edtf, Language, Span, TimeKind};

use super::{Dates, Line, published};

/// A TIMEX3 element.
struct Element {
    span: Span,
    kind: String,
    value: String,
}

/// Plain text of the inside of a TimeML text, and its TIMEX3 elements.
fn read(inside: &str) -> (String, Vec<Element>) {
    let (mut text, mut elements, mut open) = (String::new(), Vec::new(), Vec::new());
    let mut rest = inside;
    while let Some(at) = rest.find('<') {
        push(&mut text, &rest[..at]);
        let Some(end) = rest[at..].find('>') else { break };
        let tag = &rest[at + 1..at + end];
        if tag.starts_with("TIMEX3") && !tag.ends_with('/') {
            open.push((text.len(), attribute(tag, "type"), attribute(tag, "value")));
        } else if tag == "/TIMEX3"
            && let Some((start, kind, value)) = open.pop()
        {
            elements.push(Element { span: Span::new(start, text.len()), kind, value });
        }
        rest = &rest[at + end + 1..];
    }
    push(&mut text, rest);
    elements.sort_by_key(|e| (e.span.start, e.span.end));
    (text, elements)
}

fn push(text: &mut String, raw: &str) {
    text.push_str(
        &raw.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&"),
    );
}

fn attribute(tag: &str, name: &str) -> String {
    let start = format!(" {name}=\"");
    let value = tag.find(&start).map(|at| &tag[at + start.len()..]);
    value.and_then(|v| v.split('"').next()).unwrap_or_default().to_owned()
}

fn between<'t>(text: &'t str, from: &str, to: &str) -> Option<&'t str> {
    let start = text.find(from)? + from.len();
    Some(&text[start..start + text[start..].find(to)?])
}

fn kind_named(kind: TimeKind) -> &'static str {
    match kind {
        TimeKind::Date => "DATE",
        TimeKind::Time => "TIME",
        TimeKind::Duration => "DURATION",
        TimeKind::Set => "SET",
    }
}

/// Counts over all documents.
#[derive(Default)]
struct Score {
    told: usize,
    found: usize,
    strict: usize,
    overlapping: usize,
    kinds: usize,
    values: usize,
}

impl Score {
    /// F1 in per cent.
    fn f1(&self, right: usize) -> f64 {
        200.0 * right as f64 / (self.found + self.told).max(1) as f64
    }
}

/// Adds a line for the corpus, and its misses.
pub(crate) fn measure(folder: &Path, dates: &mut Dates) -> Result<()> {
    let entries = std::fs::read_dir(folder)
        .with_context(|| format!("cannot list {}, which is for measuring dates", folder.display()))?;
    let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "tml"));
    files.sort();
    let mut score = Score::default();
    for path in &files {
        let raw = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let Some((text, gold)) = between(&raw, "<TEXT>", "</TEXT>").map(read) else { continue };
        let created = between(&raw, "<DCT>", "</DCT>").map(|dct| attribute(dct, "value")).unwrap_or_default();
        let created = Edtf::parse(&created).ok().and_then(|e| e.days()).map(|(day, _)| day);
        let found = times(&text, Language::French, published(created));
        let found: Vec<_> = found.iter().flat_map(|t| t.timex.iter().map(|x| (t.rule, x))).collect();
        score.told += gold.len();
        score.found += found.len();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let mut taken = vec![false; found.len()];
        for element in &gold {
            let exact = found.iter().position(|(_, x)| x.span == element.span);
            let near = || (0..found.len()).find(|&n| !taken[n] && found[n].1.span.overlaps(element.span));
            let words = element.span.of(&text).replace('\n', " ");
            let Some(at) = exact.or_else(near) else {
                dates.slips.push(format!("{name} MISSING [{words}] {}", element.value));
                continue;
            };
            taken[at] = true;
            let (rule, x) = found[at];
            score.overlapping += 1;
            score.strict += usize::from(exact.is_some());
            score.kinds += usize::from(kind_named(x.kind) == element.kind);
            score.values += usize::from(x.value == element.value);
            if exact.is_none() {
                let other = x.span.of(&text).replace('\n', " ");
                dates.slips.push(format!("{name} SPAN [{words}], found [{other}] by {rule}"));
            }
            if x.value != element.value {
                dates
                    .slips
                    .push(format!("{name} VALUE [{words}] {}, found {} by {rule}", element.value, x.value));
            }
        }
        for (n, (rule, x)) in found.iter().enumerate().filter(|(n, _)| !taken[*n]) {
            let (start, end) = (x.span.start as usize, x.span.end as usize);
            let boundary = |at: usize| (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
            let (from, to) = (boundary(start.saturating_sub(30)), boundary((end + 20).min(text.len())));
            let around = format!("{}[{}]{}", &text[from..start], &text[start..end], &text[end..to.max(end)]);
            dates.slips.push(format!(
                "{name} SPURIOUS {n} {} by {rule}: {}",
                x.value,
                around.replace('\n', " ")
            ));
        }
    }
    let figures = vec![
        ("elements", score.told as f64),
        ("F1: strict", score.f1(score.strict)),
        ("relaxed F1", score.f1(score.overlapping)),
        ("type F1", score.f1(score.kinds)),
        ("value F1", score.f1(score.values)),
    ];
    dates.lines.push(Line { name: format!("FR-TimeBank, {} documents", files.len()), figures });
    Ok(())
}
