//! Timesketch CSV: what happened, was told and was published, each at a moment.
//!
//! A contact stands at the first moment that its date may mean, and `timestamp_desc` says when that is not the day itself.

use std::io::{self, Write};

use depeche_interface::{even_out, shorten};
use depeche_record::{Day, Edtf};

use super::csv::table;
use crate::days::{closed, reach};
use crate::{Export, LeftOut, Options, What};

/// Most characters of the words quoted.
const WORDS: usize = 500;

const COLUMNS: [&str; 12] = [
    "message",
    "datetime",
    "timestamp_desc",
    "data_type",
    "id",
    "status",
    "sides",
    "participants",
    "place",
    "edtf",
    "report",
    "url",
];

/// Writes the events, oldest first.
pub fn write(export: &Export, _: &Options, out: &mut dyn Write) -> io::Result<LeftOut> {
    let mut left =
        LeftOut::of(&export.record, &[What::Contradictions, What::Gaps, What::Judgements, What::Texts]);
    let mut rows: Vec<Vec<String>> = Vec::new();
    let url = |report: &str| export.report(report).and_then(|report| report.url.clone()).unwrap_or_default();
    for (contact, told) in export.contacts() {
        let report = told.accounts.first().map(|account| account.report.as_str()).unwrap_or_default();
        if let Some((first, last)) = closed(contact.date.as_ref(), &mut left) {
            let description =
                match (first == last, told.date.as_deref().is_some_and(|date| date.contains('/'))) {
                    (true, _) => "Contact",
                    (_, true) => "Contact (first day)",
                    _ => "Contact (first day it may mean)",
                };
            rows.push(vec![
                format!(
                    "{} ({})",
                    export.names.title(&told.id),
                    export.names.status(contact.status, contact.kind)
                ),
                moment(first),
                description.to_owned(),
                "depeche:contact".to_owned(),
                told.id.clone(),
                told.status.to_string(),
                told.sides.join(" | "),
                told.participants.join(" | "),
                told.place.clone().unwrap_or_default(),
                told.date.clone().unwrap_or_default(),
                report.to_owned(),
                url(report),
            ]);
        }
        for step in &contact.history {
            let Some(day) = step.told.as_ref().and_then(|told| reach(told).0) else {
                left.add(What::StepsUndated, 1);
                continue;
            };
            rows.push(vec![
                format!(
                    "{}: {}",
                    export.names.title(&told.id),
                    export.names.status(step.status, contact.kind)
                ),
                moment(day),
                "Status told".to_owned(),
                "depeche:status".to_owned(),
                told.id.clone(),
                step.status.label().to_owned(),
                told.sides.join(" | "),
                told.participants.join(" | "),
                String::new(),
                step.told.as_ref().map(ToString::to_string).unwrap_or_default(),
                step.report.clone(),
                url(&step.report),
            ]);
        }
    }
    for statement in &export.record.statements {
        let published = export.report(&statement.report).and_then(|report| report.published.clone());
        let (date, description) = match &statement.date {
            Some(date) => (Some(date.clone()), "Statement"),
            None => (published, "Statement published"),
        };
        let days = date.as_deref().and_then(|date| Some(reach(&Edtf::parse(date).ok()?)));
        let Some((Some(day), last)) = days else {
            left.add(What::Statements, 1);
            continue;
        };
        let description = match last == Some(day) {
            true => description.to_owned(),
            false => format!("{description} (first day it may mean)"),
        };
        let words = statement.quote.as_deref().unwrap_or(&statement.evidence.exact);
        rows.push(vec![
            format!("{} ({}): {}", statement.speaker, statement.act, shorten(&even_out(words), WORDS)),
            moment(day),
            description,
            "depeche:statement".to_owned(),
            statement.id.clone(),
            statement.act.to_string(),
            statement.side.clone().unwrap_or_default(),
            statement.speaker.clone(),
            String::new(),
            date.unwrap_or_default(),
            statement.report.clone(),
            url(&statement.report),
        ]);
    }
    for report in &export.record.reports {
        let day = report.published.as_deref().and_then(|date| reach(&Edtf::parse(date).ok()?).0);
        let Some(day) = day else { continue };
        rows.push(vec![
            export.cited(&report.id),
            moment(day),
            "Report published".to_owned(),
            "depeche:report".to_owned(),
            report.id.clone(),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
            report.published.clone().unwrap_or_default(),
            report.id.clone(),
            report.url.clone().unwrap_or_default(),
        ]);
    }
    rows.sort_by(|one, other| one[1].cmp(&other[1]));
    // The format wants commas and no byte order mark.
    table(out, &Options::default(), &COLUMNS, rows)?;
    Ok(left)
}

fn moment(day: Day) -> String {
    format!("{day}T00:00:00+00:00")
}
