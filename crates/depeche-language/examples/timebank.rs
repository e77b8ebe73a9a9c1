//! Measures time expressions on a corpus annotated in TimeML, as TempEval-3 scores them: spans strictly and as they
//! overlap, types and values of those that overlap. The day of publication is the document's creation time, which is not
//! itself counted.
//!
//! `cargo run -p depeche-language --example timebank -- --data ../shared/data/dates/FR-TimeBank/Data [--lang fr] [--show]`

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use depeche_language::{TimeContext, times};
use depeche_record::{Edtf, Language, Span, TimeKind};

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
    fn line(&self, name: &str, right: usize) -> String {
        let share = |of: usize| 100.0 * right as f64 / of.max(1) as f64;
        let (precision, recall) = (share(self.found), share(self.told));
        let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
        format!("{name:8} precision {precision:5.1}  recall {recall:5.1}  F1 {f1:5.1}\n")
    }
}

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let option = |name: &str| {
        arguments.iter().position(|a| a == name).and_then(|at| arguments.get(at + 1)).map(String::as_str)
    };
    let Some(folder) = option("--data") else {
        eprintln!("name the folder of the .tml files: --data FOLDER");
        return Ok(ExitCode::from(2));
    };
    let folder = match Path::new(folder).join("Data") {
        inner if inner.is_dir() => inner,
        _ => Path::new(folder).to_owned(),
    };
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("there is no folder {}, so nothing was measured", folder.display());
        return Ok(ExitCode::from(2));
    };
    let language = option("--lang").and_then(Language::from_code).unwrap_or(Language::French);
    let show = arguments.iter().any(|a| a == "--show");
    let mut files: Vec<_> = entries.filter_map(|e| Some(e.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "tml"));
    files.sort();
    let (mut score, mut out, mut by_rule) = (Score::default(), String::new(), BTreeMap::new());
    for path in &files {
        let raw = std::fs::read_to_string(path)?;
        let Some((text, gold)) = between(&raw, "<TEXT>", "</TEXT>").map(read) else { continue };
        let created = between(&raw, "<DCT>", "</DCT>").map(|dct| attribute(dct, "value")).unwrap_or_default();
        let published = Edtf::parse(&created).ok().and_then(|e| e.days()).map(|(day, _)| day);
        let found = times(&text, language, TimeContext { published, ..TimeContext::default() });
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
                writeln!(out, "{name} MISSING [{words}] {}", element.value)?;
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
                writeln!(out, "{name} SPAN [{words}], found [{other}] by {rule}")?;
            }
            if x.value != element.value {
                writeln!(out, "{name} VALUE [{words}] {}, found {} by {rule}", element.value, x.value)?;
            }
        }
        for (n, (rule, x)) in found.iter().enumerate() {
            let wrong: &mut (usize, usize) = by_rule.entry(rule.to_string()).or_default();
            wrong.0 += 1;
            if !taken[n] {
                wrong.1 += 1;
                let (start, end) = (x.span.start as usize, x.span.end as usize);
                let from =
                    (0..=start.saturating_sub(30)).rev().find(|&n| text.is_char_boundary(n)).unwrap_or(0);
                let to = (end + 20..text.len()).find(|&n| text.is_char_boundary(n)).unwrap_or(text.len());
                let around = format!("{}[{}]{}", &text[from..start], &text[start..end], &text[end..to]);
                writeln!(out, "{name} SPURIOUS {} by {rule}: {}", x.value, around.replace('\n', " "))?;
            }
        }
    }
    for (rule, (all, wrong)) in by_rule.iter().filter(|(_, (_, wrong))| *wrong > 0) {
        writeln!(out, "rule {rule}: {wrong} of {all} are none")?;
    }
    if show {
        print(&out)?;
    }
    print(&format!(
        "{}: {} documents, {} elements, {} found\n{}{}{}{}",
        folder.display(),
        files.len(),
        score.told,
        score.found,
        score.line("strict", score.strict),
        score.line("relaxed", score.overlapping),
        score.line("type", score.kinds),
        score.line("value", score.values)
    ))?;
    Ok(ExitCode::SUCCESS)
}

fn print(words: &str) -> std::io::Result<()> {
    use std::io::Write;
    std::io::stdout().write_all(words.as_bytes())
}
