//! `depeche tokens`, `parse`, `names`, `dates`: what the language stage makes of a text, before anything is extracted.

use std::fmt::Write as _;

use depeche_pipeline::gazetteer::Gazetteer;
use depeche_pipeline::language::conllu::{self, Sentence};
use depeche_pipeline::language::names::NameKind;
use depeche_pipeline::language::{parse_conllu, segment};
use depeche_pipeline::names_of;
use depeche_record::{Analysis, CodePoints, Report, TimeKind};
use serde_json::json;

use crate::arguments::{Common, Inputs, ListFormat, Listing, TreeFormat, Trees};
use crate::output;
use crate::run::{Outcome, Run};

/// Prints sentences, tokens and words.
pub fn tokens(arguments: &Trees) -> anyhow::Result<Outcome> {
    trees(arguments, |text, span, language| {
        let segmented = segment::Segmenter::of(language).segment(text, span);
        segment::to_conllu(text, &segmented)
    })
}

/// Prints trees.
pub fn parse(arguments: &Trees) -> anyhow::Result<Outcome> {
    trees(arguments, parse_conllu)
}

/// Prints people, places and organisations.
pub fn names(arguments: &Listing) -> anyhow::Result<Outcome> {
    let format = arguments.format;
    each(&arguments.inputs, &arguments.common, |report, analysis| {
        let points = CodePoints::of(&report.text);
        let mut out = String::new();
        for name in names_of(report, analysis, Gazetteer::builtin()) {
            let (start, end) = points.range(&report.text, name.span);
            let words = name.span.of(&report.text);
            let title = name.title.map(|title| title.of(&report.text));
            let kind = match name.kind {
                NameKind::Person => "person",
                NameKind::Place => "place",
                NameKind::Organisation => "organisation",
            };
            let _ = match format {
                ListFormat::Jsonl => writeln!(
                    out,
                    "{}",
                    json!({
                        "report": report.id, "exact": words, "start": start, "end": end, "kind": kind, "title": title,
                    })
                ),
                ListFormat::Text => {
                    writeln!(out, "{start}–{end}\t{kind}\t{}\t{}", spaced(words), spaced(title.unwrap_or("")))
                }
            };
        }
        out
    })
}

/// Words on one line.
fn spaced(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Prints expressions of time with their values.
pub fn dates(arguments: &Listing) -> anyhow::Result<Outcome> {
    let format = arguments.format;
    each(&arguments.inputs, &arguments.common, |report, analysis| match format {
        ListFormat::Jsonl => times_jsonl(report, analysis),
        ListFormat::Text => times_text(report, analysis),
    })
}

fn trees(
    arguments: &Trees,
    make: impl Fn(&str, depeche_record::Span, depeche_record::Language) -> Vec<Sentence> + Sync,
) -> anyhow::Result<Outcome> {
    let format = arguments.format;
    each(&arguments.inputs, &arguments.common, |report, analysis| {
        let mut sentences = Vec::new();
        for block in report.article() {
            sentences.extend(make(&report.text, block.span, analysis.language));
        }
        for (n, sentence) in sentences.iter_mut().enumerate() {
            sentence.comments.insert(0, format!("sent_id = {}-{}", one_line(&report.id), n + 1));
        }
        if let Some(first) = sentences.first_mut() {
            first.comments.insert(0, format!("newdoc id = {}", one_line(&report.id)));
        }
        match format {
            TreeFormat::Conllu => conllu::write(&sentences),
            TreeFormat::Text => sentences.iter().map(in_text).collect(),
        }
    })
}

/// Identifiers stand in comments of one line.
fn one_line(id: &str) -> String {
    id.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Prints for each report what `look` makes of its analysis; nothing is kept.
fn each(
    inputs: &Inputs,
    common: &Common,
    look: impl Fn(&Report, &Analysis) -> String + Sync,
) -> anyhow::Result<Outcome> {
    let mut run = Run::new(common)?;
    output::check(&common.printing, inputs, &run.interface)?;
    let mut output = output::open(&common.printing, &run.interface)?;
    run.analyse(inputs, look, |printed| {
        output.stream.write_all(printed.as_bytes())?;
        Ok(())
    })?;
    output.finish(&run.interface)?;
    Ok(run.outcome())
}

/// A sentence for the eye: its tokens on a line, or a word a line where it has a tree.
fn in_text(sentence: &Sentence) -> String {
    let mut out = String::new();
    if sentence.words.iter().all(|word| word.upos.is_none()) {
        for token in sentence.tokens() {
            let words = &sentence.words[token.words.clone()];
            out.push_str(token.form);
            if words.len() > 1 {
                let forms: Vec<&str> = words.iter().map(|word| word.form.as_str()).collect();
                let _ = write!(out, "[{}]", forms.join("+"));
            }
            out.push(' ');
        }
        out.truncate(out.trim_end().len());
        out.push('\n');
        return out;
    }
    let width =
        |of: &dyn Fn(&conllu::Word) -> usize| sentence.words.iter().map(of).max().unwrap_or(0).min(24);
    let form = width(&|word| word.form.chars().count());
    let lemma = width(&|word| word.lemma.chars().count());
    let relation = width(&|word| word.deprel.chars().count());
    for (n, word) in sentence.words.iter().enumerate() {
        let upos = word.upos.map_or("_", depeche_record::Upos::as_str);
        let head = word.head.checked_sub(1).and_then(|head| sentence.words.get(head));
        let head = head.map_or_else(String::new, |head| format!("{} {}", word.head, head.form));
        let _ = writeln!(
            out,
            "{:>3} {:form$}  {:lemma$}  {upos:5}  {:relation$}  {head}",
            n + 1,
            word.form,
            word.lemma,
            word.deprel,
        );
    }
    out.push('\n');
    out
}

fn kind_of(kind: TimeKind) -> &'static str {
    match kind {
        TimeKind::Date => "DATE",
        TimeKind::Time => "TIME",
        TimeKind::Duration => "DURATION",
        TimeKind::Set => "SET",
    }
}

fn times_jsonl(report: &Report, analysis: &Analysis) -> String {
    let points = CodePoints::of(&report.text);
    let mut out = String::new();
    for time in &analysis.times {
        let (start, end) = points.range(&report.text, time.span);
        let timex: Vec<_> = time
            .timex
            .iter()
            .map(|timex| {
                let (start, end) = points.range(&report.text, timex.span);
                json!({
                    "exact": timex.span.of(&report.text), "start": start, "end": end,
                    "type": kind_of(timex.kind), "value": timex.value,
                })
            })
            .collect();
        let line = json!({
            "report": report.id,
            "exact": time.span.of(&report.text), "start": start, "end": end,
            "type": kind_of(time.kind),
            "edtf": time.edtf().map(|edtf| edtf.to_string()),
            "past": time.past.as_ref().map(ToString::to_string),
            "future": time.future.as_ref().map(ToString::to_string),
            "assumed": time.assumed,
            "timex3": timex,
            "rule": time.rule,
        });
        let _ = writeln!(out, "{line}");
    }
    out
}

fn times_text(report: &Report, analysis: &Analysis) -> String {
    let points = CodePoints::of(&report.text);
    let mut out = String::new();
    for time in &analysis.times {
        let (start, end) = points.range(&report.text, time.span);
        let words = spaced(time.span.of(&report.text));
        let value = time.edtf().map_or_else(|| "–".to_owned(), |edtf| edtf.to_string());
        let timex: Vec<String> =
            time.timex.iter().map(|timex| format!("{} {}", kind_of(timex.kind), timex.value)).collect();
        let timex = if timex.is_empty() { "–".to_owned() } else { timex.join(" + ") };
        let _ = write!(out, "{start}–{end}\t{words}\t{timex}\t{value}");
        if !time.assumed.is_empty() {
            let _ = write!(out, "\t{}", time.assumed.join("; "));
        }
        out.push('\n');
    }
    out
}
