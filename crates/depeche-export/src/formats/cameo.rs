//! Events as CAMEO has them, a row for each pair of source and target, as event data tables want it.

use std::io::{self, Write};

use depeche_record::{Contact, Edtf, Side, Status};

use super::actor_code::ActorCode;
use super::csv::table;
use super::plover::{Roles, of_contact, of_statement};
use crate::days::reach;
use crate::{Export, LeftOut, Options, What};

const COLUMNS: [&str; 16] = [
    "event_id",
    "date",
    "first_day",
    "last_day",
    "source",
    "source_name",
    "target",
    "target_name",
    "code",
    "root",
    "status",
    "place",
    "origins_least",
    "report",
    "url",
    "evidence",
];

/// What stands for a source or target that is not known.
const UNKNOWN: &str = "---";

/// Writes the table: contacts, then statements.
pub fn write(export: &Export, options: &Options, out: &mut dyn Write) -> io::Result<LeftOut> {
    let mut left =
        LeftOut::of(&export.record, &[What::Contradictions, What::Gaps, What::Judgements, What::Texts]);
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (contact, told) in export.contacts() {
        let (event, roles) = of_contact(contact, export.material.gazetteer);
        let Some(code) = event.cameo else {
            left.add(What::ContactsWithoutWord, 1);
            continue;
        };
        let account = told.accounts.first();
        let report = account.map(|account| account.report.as_str()).unwrap_or_default();
        let evidence = account.and_then(|account| account.evidence.first());
        for (source, target, code) in pairs(contact, &roles, code) {
            rows.push(row(
                export,
                Row {
                    id: &told.id,
                    date: contact.date.as_ref(),
                    source: Some(source),
                    target,
                    code,
                    status: &told.status,
                    place: told.place.as_deref().unwrap_or_default(),
                    origins: told.corroboration.least.to_string(),
                    report,
                    evidence: evidence.map(|words| words.exact.as_str()).unwrap_or_default(),
                },
            ));
        }
    }
    for statement in &export.record.statements {
        let Some((event, roles)) = of_statement(export, statement, &mut left) else { continue };
        let Some(code) = event.cameo else {
            left.add(What::StatementsWithoutWord, 1);
            continue;
        };
        let date = statement.date.as_deref().and_then(|date| Edtf::parse(date).ok());
        let targets: Vec<Option<&Side>> = match roles.recipients.is_empty() {
            true => vec![None],
            false => roles.recipients.iter().map(Some).collect(),
        };
        for target in targets {
            rows.push(row(
                export,
                Row {
                    id: &statement.id,
                    date: date.as_ref(),
                    source: roles.actors.first(),
                    target,
                    code,
                    status: &statement.act,
                    place: "",
                    origins: String::new(),
                    report: &statement.report,
                    evidence: &statement.evidence.exact,
                },
            ));
        }
    }
    table(out, options, &COLUMNS, rows)?;
    Ok(left)
}

/// Source, target and code of each row of a contact. What is mutual stands both ways; a visit is one way, and hosting it the
/// other.
fn pairs<'c>(
    contact: &'c Contact,
    roles: &'c Roles,
    code: &'static str,
) -> Vec<(&'c Side, Option<&'c Side>, &'static str)> {
    let mut rows = Vec::new();
    if roles.recipients.is_empty() {
        for source in &roles.actors {
            for target in roles.actors.iter().filter(|target| *target != source) {
                rows.push((source, Some(target), code));
            }
        }
        if let ([only], true) = (roles.actors.as_slice(), rows.is_empty()) {
            rows.push((only, None, code));
        }
        return rows;
    }
    for source in &roles.actors {
        for target in &roles.recipients {
            rows.push((source, Some(target), code));
            if contact.status == Status::Held && code == "042" {
                rows.push((target, Some(source), "043"));
            } else if contact.status == Status::Held {
                rows.push((target, Some(source), code));
            }
        }
    }
    rows
}

struct Row<'a> {
    id: &'a str,
    date: Option<&'a Edtf>,
    source: Option<&'a Side>,
    target: Option<&'a Side>,
    code: &'static str,
    status: &'a str,
    place: &'a str,
    origins: String,
    report: &'a str,
    evidence: &'a str,
}

fn row(export: &Export, row: Row) -> Vec<String> {
    let (first, last) = row.date.map_or((None, None), reach);
    let code = |side: Option<&Side>| match side {
        Some(side) => ActorCode::of(side, export.material.gazetteer).joined(),
        None => UNKNOWN.to_owned(),
    };
    let name = |side: Option<&Side>| side.map(|side| export.names.side(side)).unwrap_or_default();
    let url = export.report(row.report).and_then(|report| report.url.clone()).unwrap_or_default();
    vec![
        row.id.to_owned(),
        row.date.map(ToString::to_string).unwrap_or_default(),
        first.map(|day| day.to_string()).unwrap_or_default(),
        last.map(|day| day.to_string()).unwrap_or_default(),
        code(row.source),
        name(row.source),
        code(row.target),
        name(row.target),
        row.code.to_owned(),
        row.code[..2].to_owned(),
        row.status.to_owned(),
        row.place.to_owned(),
        row.origins,
        row.report.to_owned(),
        url,
        row.evidence.to_owned(),
    ]
}
