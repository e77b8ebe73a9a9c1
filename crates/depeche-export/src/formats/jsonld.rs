//! JSON-LD: contacts, people and reports as schema.org has them, the words that they rest on as W3C Web Annotations.
//!
//! The context stands in the file, so that reading it fetches nothing.

use std::io::{self, Write};

use depeche_pipeline::records::Evidence;
use depeche_record::Edtf;
use serde_json::{Map, Value, json};

use crate::days::reach;
use crate::{Export, LeftOut, Options, What, safe, web_address};

/// Code points of a selector's prefix and suffix.
const AROUND: usize = 32;

/// An identifier for what has no address: `urn:depeche:KIND:NAME`, all but letters, digits and `-._~/` percent-encoded.
pub fn name_of(kind: &str, name: &str) -> String {
    let mut urn = format!("urn:depeche:{kind}:");
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                urn.push(char::from(byte))
            }
            _ => urn.push_str(&format!("%{byte:02X}")),
        }
    }
    urn
}

/// Writes the graph.
pub fn write(export: &Export, _: &Options, out: &mut dyn Write) -> io::Result<LeftOut> {
    let left = LeftOut::of(&export.record, &[What::Gaps, What::Problems, What::Judgements, What::Texts]);
    let mut graph: Vec<Value> = Vec::new();
    graph.push(json!({
        "@id": name_of("dossier", "this"),
        "@type": "Dataset",
        "name": export.material.interface.say("briefing-title"),
        "description": left.in_words(export.material.interface),
        "dateModified": export.material.today.to_string(),
    }));
    for side in export.sides() {
        let state = export.material.gazetteer.state(&side.0).is_some();
        graph.push(json!({
            "@id": name_of("side", &side.0),
            "@type": if state { "Country" } else { "Organization" },
            "name": export.names.side(side),
            "identifier": side.to_string(),
        }));
    }
    for (actor, typed) in export.record.actors.iter().zip(&export.material.dossier.actors) {
        let mut person = object(json!({
            "@id": name_of("person", &actor.id),
            "@type": "Person",
            "name": actor.name,
            "alternateName": actor.aliases,
            "jobTitle": actor.offices,
            "affiliation": typed.sides.iter().map(|side| id("side", &side.0)).collect::<Vec<_>>(),
        }));
        let known = actor.gazetteer.as_deref().and_then(|id| export.material.gazetteer.person(id));
        if let Some(known) = known.filter(|known| !known.wikidata.is_empty()) {
            person.insert(
                "sameAs".into(),
                json!({ "@id": format!("http://www.wikidata.org/entity/{}", known.wikidata) }),
            );
        }
        graph.push(person.into());
    }
    for report in &export.record.reports {
        let mut article = object(json!({
            "@id": name_of("report", &report.id),
            "@type": "NewsArticle",
            "identifier": report.id,
            "inLanguage": report.language,
        }));
        let mut put = |key: &str, value: Option<Value>| value.map(|value| article.insert(key.into(), value));
        put("headline", report.title.clone().map(Value::String));
        put("publisher", report.outlet.clone().map(|name| json!({ "@type": "Organization", "name": name })));
        put("datePublished", report.published.clone().map(Value::String));
        put("url", report.url.as_deref().and_then(web_address).map(|address| json!({ "@id": address })));
        put("sha256", report.digest.clone().map(Value::String));
        put("lineage", Some(json!({ "@id": name_of("report", &report.lineage) })));
        graph.push(article.into());
    }
    for (contact, told) in export.contacts() {
        let about = name_of("contact", &told.id);
        let mut attendees: Vec<Value> = contact.sides.iter().map(|side| id("side", &side.0)).collect();
        attendees.extend(told.actors.iter().map(|actor| id("person", actor)));
        let mut event = object(json!({
            "@id": about,
            "@type": "Event",
            "name": export.names.title(&told.id),
            "identifier": told.id,
            "kind": told.kind,
            "status": told.status,
            "attendee": attendees,
            "originsLeast": told.corroboration.least,
            "originsMost": told.corroboration.most,
            "history": told.history.iter().map(|step| json!({
                "status": step.status,
                "told": step.told,
                "report": id("report", &step.report),
            })).collect::<Vec<_>>(),
            "stance": contact.ledger.iter().map(|entry| json!({
                "side": id("side", &entry.side.0),
                "stance": entry.stance.label(),
            })).collect::<Vec<_>>(),
        }));
        if let Some(date) = &contact.date {
            event.insert("edtf".into(), json!(date.to_string()));
            let (first, last) = reach(date);
            for (key, day) in [("startDate", first), ("endDate", last)] {
                day.map(|day| event.insert(key.into(), json!(day.to_string())));
            }
        }
        if let Some(place) = &told.place {
            event.insert("location".into(), json!({ "@type": "Place", "name": place }));
        }
        graph.push(event.into());
        for account in &told.accounts {
            for evidence in &account.evidence {
                graph.push(annotation(
                    export,
                    &account.report,
                    evidence,
                    "identifying",
                    json!({ "@id": about }),
                ));
            }
        }
        for entry in &told.ledger {
            for words in &entry.attested {
                let body = json!({
                    "@type": "TextualBody",
                    "value": format!("{} {}: {}", entry.side, entry.stance, words.speaker),
                    "about": { "@id": about },
                });
                graph.push(annotation(export, &words.report, &words.evidence, "describing", body));
            }
        }
    }
    for statement in &export.record.statements {
        let about = name_of("statement", &statement.id);
        let speaker = match (&statement.actor, export.side_of(&statement.id)) {
            (Some(actor), _) => id("person", actor),
            (None, Some(side)) => id("side", &side.0),
            (None, None) => json!({ "@type": "Person", "name": statement.speaker }),
        };
        let mut quotation = object(json!({
            "@id": about,
            "@type": if statement.quote.is_some() { "Quotation" } else { "Claim" },
            "identifier": statement.id,
            "act": statement.act,
            "creator": speaker,
            "creditText": statement.speaker,
            "about": statement.about.iter().map(|contact| id("contact", contact)).collect::<Vec<_>>(),
            "text": statement.quote.as_ref().unwrap_or(&statement.evidence.exact),
            "isPartOf": id("report", &statement.report),
        }));
        if let Some(date) = &statement.date {
            quotation.insert("edtf".into(), json!(date));
            let day = Edtf::parse(date).ok().and_then(|date| reach(&date).0);
            day.map(|day| quotation.insert("dateCreated".into(), json!(day.to_string())));
        }
        graph.push(quotation.into());
        graph.push(annotation(
            export,
            &statement.report,
            &statement.evidence,
            "identifying",
            json!({ "@id": about }),
        ));
    }
    for contradiction in &export.record.contradictions {
        for version in &contradiction.versions {
            let body = json!({
                "@type": "TextualBody",
                "value": format!("{}: {}", contradiction.kind, version.value),
                "about": id("contact", &contradiction.contact),
            });
            graph.push(annotation(export, &version.report, &version.evidence, "questioning", body));
        }
    }
    safe::json(out, &json!({ "@context": context(), "@graph": graph }))?;
    out.write_all(b"\n")?;
    Ok(left)
}

/// The words that something rests on, as the Web Annotation data model has them.
fn annotation(export: &Export, report: &str, evidence: &Evidence, motivation: &str, body: Value) -> Value {
    let mut quote = object(json!({ "@type": "TextQuoteSelector", "exact": evidence.exact }));
    if let Some((before, after)) = around(export, report, evidence) {
        quote.insert("prefix".into(), json!(before));
        quote.insert("suffix".into(), json!(after));
    }
    json!({
        "@type": "Annotation",
        "motivation": { "@id": format!("oa:{motivation}") },
        "body": body,
        "target": {
            "@type": "SpecificResource",
            "source": id("report", report),
            "selector": [
                { "@type": "TextPositionSelector", "start": evidence.start, "end": evidence.end },
                quote,
            ],
        },
    })
}

/// The words just before and after those quoted.
fn around(export: &Export, report: &str, evidence: &Evidence) -> Option<(String, String)> {
    let report = &export.read.get(report)?.0;
    let byte = |at: usize| report.text.char_indices().nth(at).map_or(report.text.len(), |(at, _)| at);
    let (start, end) = (byte(evidence.start), byte(evidence.end));
    let before = report.text[..start].char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    let after: String = report.text[end..].chars().take(AROUND).collect();
    Some((report.text[before..start].to_owned(), after))
}

fn id(kind: &str, name: &str) -> Value {
    json!({ "@id": name_of(kind, name) })
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

fn context() -> Value {
    let own = |name: &str| json!(format!("urn:depeche:terms:{name}"));
    let link = |iri: &str| json!({ "@id": iri, "@type": "@id" });
    let date = |iri: &str| json!({ "@id": iri, "@type": "schema:Date" });
    let mut context = Map::new();
    context.insert("@version".into(), json!(1.1));
    context.insert("@vocab".into(), json!("http://schema.org/"));
    for (prefix, iri) in [
        ("schema", "http://schema.org/"),
        ("oa", "http://www.w3.org/ns/oa#"),
        ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ] {
        context.insert(prefix.into(), json!(iri));
    }
    for class in
        ["Annotation", "SpecificResource", "TextPositionSelector", "TextQuoteSelector", "TextualBody"]
    {
        context.insert(class.into(), json!(format!("oa:{class}")));
    }
    for (term, iri) in [("body", "oa:hasBody"), ("target", "oa:hasTarget"), ("source", "oa:hasSource")] {
        context.insert(term.into(), link(iri));
    }
    context.insert("motivation".into(), link("oa:motivatedBy"));
    context.insert("selector".into(), link("oa:hasSelector"));
    for term in ["exact", "prefix", "suffix", "start", "end"] {
        context.insert(term.into(), json!(format!("oa:{term}")));
    }
    context.insert("value".into(), json!("rdf:value"));
    for term in ["startDate", "endDate", "dateModified", "dateCreated"] {
        context.insert(term.into(), date(&format!("schema:{term}")));
    }
    for term in ["kind", "status", "edtf", "originsLeast", "originsMost", "history", "told", "stance", "act"]
    {
        context.insert(term.into(), own(term));
    }
    for term in ["side", "report", "lineage"] {
        let iri = own(term);
        context.insert(term.into(), json!({ "@id": iri, "@type": "@id" }));
    }
    context.insert("sha256".into(), own("sha256"));
    context.into()
}
