//! One JSON object a line: `type`, then the fields that `depeche brief --format json` has.

use std::io::{self, Write};

use serde::Serialize;

use crate::{Export, LeftOut, Options, What, safe};

#[derive(Serialize)]
struct Line<'a, T> {
    r#type: &'a str,
    #[serde(flatten)]
    record: &'a T,
}

#[derive(Serialize)]
struct About<'a> {
    r#type: &'a str,
    today: &'a Option<String>,
    left_out: &'a str,
}

/// Writes first what the file is, then reports, actors, contacts, statements, contradictions, gaps, judgements and problems.
pub fn write(export: &Export, _: &Options, out: &mut dyn Write) -> io::Result<LeftOut> {
    let left = LeftOut::of(&export.record, &[What::Texts]);
    let record = &export.record;
    let left_out = left.in_words(export.material.interface);
    let about = About { r#type: "dossier", today: &record.today, left_out: &left_out };
    safe::json(out, &about)?;
    out.write_all(b"\n")?;
    lines(out, "report", &record.reports)?;
    lines(out, "actor", &record.actors)?;
    lines(out, "contact", &record.contacts)?;
    lines(out, "statement", &record.statements)?;
    lines(out, "contradiction", &record.contradictions)?;
    lines(out, "gap", &record.gaps)?;
    lines(out, "judgement", &record.judgements)?;
    lines(out, "problem", &record.problems)?;
    Ok(left)
}

fn lines<T: Serialize>(out: &mut dyn Write, name: &str, records: &[T]) -> io::Result<()> {
    records.iter().try_for_each(|record| {
        safe::json(out, &Line { r#type: name, record })?;
        out.write_all(b"\n")
    })
}
