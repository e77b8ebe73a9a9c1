//! Events as PLOVER 2.0 has them, one JSON object a line, with documented extensions (`docs/src/commands/export.md`).
//!
//! What is still to come, only possible or denied is told by the auxiliary modes that PLOVER defines. One contact is one
//! event, however many its sides; an undated event has no date, and never that of a publication.

use std::io::{self, Write};

use depeche_gazetteer::Gazetteer;
use depeche_pipeline::records::{DossierStatementRecord, Evidence};
use depeche_record::{Act, Contact, ContactKind, Edtf, Side, Stance, Status};
use serde_json::{Value, json};

use super::actor_code::ActorCode;
use crate::days::reach;
use crate::{Export, LeftOut, Options, What, safe};

/// What an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// Event type.
    pub kind: &'static str,
    /// Mode.
    pub mode: Option<&'static str>,
    /// Auxiliary mode.
    pub auxiliary: Option<&'static str>,
    /// A word of our own, where PLOVER has none.
    pub extension: Option<&'static str>,
    /// CAMEO's code; none where there is none.
    pub cameo: Option<&'static str>,
}

/// Who acts towards whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roles {
    /// Those who act; all, where it is mutual.
    pub actors: Vec<Side>,
    /// Those acted upon.
    pub recipients: Vec<Side>,
}

/// Writes the events: contacts, then statements.
pub fn write(export: &Export, _: &Options, out: &mut dyn Write) -> io::Result<LeftOut> {
    let mut left =
        LeftOut::of(&export.record, &[What::Contradictions, What::Gaps, What::Judgements, What::Texts]);
    for (contact, told) in export.contacts() {
        let (event, roles) = of_contact(contact, export.material.gazetteer);
        let evidence = told
            .accounts
            .first()
            .and_then(|account| Some((account.report.as_str(), account.evidence.first()?)));
        let mut line = line(export, &told.id, &event, &roles, contact.date.as_ref(), evidence);
        line["location"] = json!(told.place);
        line["people"] = json!(told.participants);
        line["kind"] = json!(told.kind);
        line["status"] = json!(told.status);
        line["stances"] = told
            .ledger
            .iter()
            .map(|entry| (entry.side.clone(), json!(entry.stance)))
            .collect::<serde_json::Map<_, _>>()
            .into();
        line["origins"] = json!([told.corroboration.least, told.corroboration.most]);
        line["reports"] = json!(told.accounts.iter().map(|account| &account.report).collect::<Vec<_>>());
        safe::json(out, &line)?;
        out.write_all(b"\n")?;
    }
    for statement in &export.record.statements {
        let Some((event, roles)) =
            of_statement(export, statement, &mut left).filter(|(event, _)| event.kind != "NONE")
        else {
            continue;
        };
        let date = statement.date.as_deref().and_then(|date| Edtf::parse(date).ok());
        let evidence = Some((statement.report.as_str(), &statement.evidence));
        let mut line = line(export, &statement.id, &event, &roles, date.as_ref(), evidence);
        line["people"] = json!([statement.speaker]);
        line["act"] = json!(statement.act);
        line["quote"] = json!(statement.quote);
        line["about"] = json!(statement.about);
        line["reports"] = json!([statement.report]);
        safe::json(out, &line)?;
        out.write_all(b"\n")?;
    }
    Ok(left)
}

fn line(
    export: &Export,
    id: &str,
    event: &Event,
    roles: &Roles,
    date: Option<&Edtf>,
    evidence: Option<(&str, &Evidence)>,
) -> Value {
    let sides = |sides: &[Side]| -> Vec<Value> {
        sides
            .iter()
            .map(|side| {
                let code = ActorCode::of(side, export.material.gazetteer);
                json!({ "name": export.names.side(side), "side": side.to_string(), "country": code.country, "sector": code.role })
            })
            .collect()
    };
    let (first, last) = date.map_or((None, None), reach);
    json!({
        "event_id": id,
        "event_type": event.kind,
        "event_mode": event.mode,
        "auxiliary_mode": event.auxiliary,
        "extension": event.extension,
        "contexts": ["diplomatic"],
        "date": date.map(ToString::to_string),
        "first_day": first.map(|day| day.to_string()),
        "last_day": last.map(|day| day.to_string()),
        "actors": sides(&roles.actors),
        "recipients": sides(&roles.recipients),
        "evidence": evidence.map(|(report, words)| json!({
            "report": report, "exact": words.exact, "start": words.start, "end": words.end,
        })),
    })
}

/// The event that a contact is, and who visits, calls or refuses whom.
pub fn of_contact(contact: &Contact, gazetteer: &Gazetteer) -> (Event, Roles) {
    let mutual = || Roles { actors: contact.sides.clone(), recipients: Vec::new() };
    // Who says that it is so, where some do and some do not: the one who offers it, or who calls it off.
    let by = |stances: &[Stance]| -> Roles {
        let says = |side: &Side| {
            contact.ledger.iter().any(|entry| entry.side == *side && stances.contains(&entry.stance))
        };
        let (actors, recipients): (Vec<Side>, Vec<Side>) = contact.sides.iter().cloned().partition(says);
        if actors.is_empty() { mutual() } else { Roles { actors, recipients } }
    };
    let event = |kind, mode, auxiliary, extension, cameo| Event { kind, mode, auxiliary, extension, cameo };
    match contact.status {
        Status::Held => {
            let host = host(contact, gazetteer);
            let extension = match contact.kind {
                ContactKind::Message => Some("message"),
                ContactKind::Talks => Some("negotiation"),
                _ => None,
            };
            let (mode, cameo) = match (contact.kind, &host) {
                (ContactKind::Call, _) => ("phone", Some("041")),
                (ContactKind::Message, _) => ("phone", None),
                _ if contact.sides.len() > 2 || has_organisation(contact, gazetteer) => {
                    let talks = contact.kind == ContactKind::Talks;
                    ("multilateral", Some(if talks { "046" } else { "040" }))
                }
                (ContactKind::Talks, Host::OfSide(_)) => ("visit", Some("046")),
                (ContactKind::Talks, Host::Third) => ("third-party", Some("046")),
                (_, Host::OfSide(_)) => ("visit", Some("042")),
                (_, Host::Third) => ("third-party", Some("044")),
                (ContactKind::Talks, Host::Unknown) => {
                    return (event("CONSULT", None, None, extension, Some("046")), mutual());
                }
                (ContactKind::Visit, Host::Unknown) => ("visit", Some("042")),
                (_, Host::Unknown) => {
                    return (event("CONSULT", None, None, extension, Some("040")), mutual());
                }
            };
            let roles = match host {
                Host::OfSide(host) if mode == "visit" => {
                    let (recipients, actors) = contact.sides.iter().cloned().partition(|side| *side == host);
                    Roles { actors, recipients }
                }
                _ => mutual(),
            };
            (event("CONSULT", Some(mode), None, extension, cameo), roles)
        }
        Status::Planned => (event("AGREE", None, Some("future"), None, Some("036")), mutual()),
        Status::Possible => {
            (event("AGREE", None, Some("hypothetical"), None, Some("036")), by(&[Stance::Confirms]))
        }
        Status::RuledOut => (event("REJECT", Some("meet"), None, None, Some("125")), by(&[Stance::Denies])),
        Status::Cancelled => {
            let cameo = if contact.kind == ContactKind::Talks { "164" } else { "160" };
            (event("REJECT", Some("meet"), None, Some("cancelled"), Some(cameo)), mutual())
        }
        Status::Denied => {
            (event("CONSULT", None, Some("negation"), Some("denied"), Some("016")), by(&[Stance::Denies]))
        }
    }
}

/// Where a contact took place, as seen from its sides.
enum Host {
    /// At the place of one of them.
    OfSide(Side),
    /// Elsewhere.
    Third,
    /// It is not known.
    Unknown,
}

fn host(contact: &Contact, gazetteer: &Gazetteer) -> Host {
    let Some(place) = &contact.place else { return Host::Unknown };
    let places = gazetteer.places_named(place);
    let state = match places.as_slice() {
        [known] => known.state,
        _ => return Host::Unknown,
    };
    match contact.sides.iter().find(|side| side.0 == state) {
        Some(side) => Host::OfSide(side.clone()),
        None => Host::Third,
    }
}

fn has_organisation(contact: &Contact, gazetteer: &Gazetteer) -> bool {
    contact.sides.iter().any(|side| gazetteer.organisation(&side.0).is_some_and(|known| !known.armed))
}

/// The event that a statement is; `NONE` where only CAMEO has a word for it. Those that have no side, and those of a kind
/// without a word, are counted as left out.
pub fn of_statement(
    export: &Export,
    statement: &DossierStatementRecord,
    left: &mut LeftOut,
) -> Option<(Event, Roles)> {
    let Some(side) = export.side_of(&statement.id).cloned() else {
        left.add(What::StatementsWithoutSide, 1);
        return None;
    };
    let mut recipients: Vec<Side> = Vec::new();
    let mut within = false;
    for contact in statement.about.iter().filter_map(|id| export.names.contact(id)) {
        within |= contact.sides.contains(&side);
        for there in &contact.sides {
            if *there != side && !recipients.contains(there) {
                recipients.push(there.clone());
            }
        }
    }
    // An appeal by an outsider is no offer by a party.
    let outsider = !recipients.is_empty() && !within;
    let event = |kind, mode, extension, cameo| Event { kind, mode, auxiliary: None, extension, cameo };
    let event = match Act::from_label(&statement.act)? {
        Act::Demand if outsider => event("REQUEST", Some("meet"), None, Some("026")),
        Act::Demand => event("REQUEST", None, None, Some("100")),
        Act::Propose => event("AGREE", None, None, Some("030")),
        Act::Accept => event("AGREE", None, Some("accept"), Some("030")),
        Act::Reject => event("REJECT", None, None, Some("120")),
        Act::Threaten => event("THREATEN", None, None, Some("130")),
        Act::Accuse => event("ACCUSE", None, None, Some("110")),
        Act::Deny => event("NONE", None, Some("deny"), Some("016")),
        Act::NoComment => event("NONE", None, Some("no_comment"), Some("011")),
        Act::Announce | Act::State => event("NONE", None, None, Some("010")),
        Act::Confirm => event("NONE", None, Some("confirm"), None),
        // Whether it praises or condemns is not known.
        Act::Assess => event("NONE", None, None, None),
    };
    // An extension stands in the place of the type that PLOVER lacks.
    let event = match (event.kind, event.extension) {
        ("NONE", Some(extension)) => Event { kind: "EXTENSION", extension: Some(extension), ..event },
        _ => event,
    };
    if event.kind == "NONE" && event.cameo.is_none() {
        left.add(What::StatementsWithoutWord, 1);
        return None;
    }
    Some((event, Roles { actors: vec![side], recipients }))
}
