//! One line of JSON Lines.

use depeche_record::{Fetched, Given, Media, Problem, ProblemKind};
use serde_json::{Map, Value};

use crate::surrogates;

/// What a line holds.
pub(crate) struct Record {
    /// The report's identifier, if one is given.
    pub(crate) id: Option<String>,
    /// How to read the body.
    pub(crate) media: Media,
    /// The text or the page.
    pub(crate) body: String,
    /// What the line says about it.
    pub(crate) given: Given,
    /// The exchange that it came by, as `depeche follow` writes it.
    pub(crate) fetched: Option<Fetched>,
}

/// Reads a line; `address` names it in problems. The fields that the line lacks are taken from `defaults`.
pub(crate) fn read(line: &[u8], address: &str, defaults: &Given) -> (Option<Record>, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut note = |kind, detail: String| problems.push(Problem::new(kind, address, detail));
    let decoded = String::from_utf8_lossy(line);
    if matches!(decoded, std::borrow::Cow::Owned(_)) {
        note(
            ProblemKind::Replaced,
            "bytes that are not UTF-8 were replaced by ‘\u{FFFD}’; JSON Lines are UTF-8".into(),
        );
    }
    let parsed = serde_json::from_str::<Value>(&decoded).or_else(|error| {
        match surrogates::mend(decoded.as_bytes()).and_then(|mended| serde_json::from_slice(&mended).ok()) {
            Some(value) => {
                note(
                    ProblemKind::Replaced,
                    "half characters (lone surrogates) were replaced by ‘\u{FFFD}’".into(),
                );
                Ok(value)
            }
            None => Err(error),
        }
    });
    let mut fields = match parsed {
        Ok(Value::Object(fields)) => fields,
        Ok(other) => {
            let detail =
                format!("{} where an object with ‘text’ or ‘html’ is expected; passed over", name_of(&other));
            note(ProblemKind::BadRecord, detail);
            return (None, problems);
        }
        Err(error) => {
            note(
                ProblemKind::BadRecord,
                format!("not JSON ({error}); put one object with ‘text’ or ‘html’ on the line"),
            );
            return (None, problems);
        }
    };
    let id = match fields.get("id") {
        // Many collections number their texts.
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => take(&mut fields, "id", &mut note),
    };
    let mut given = Given {
        title: take(&mut fields, "title", &mut note),
        url: take(&mut fields, "url", &mut note),
        published: take(&mut fields, "published", &mut note),
        outlet: take(&mut fields, "outlet", &mut note),
        language: take(&mut fields, "language", &mut note),
        // The bytes handed on are UTF-8 by construction.
        charset: Some("utf-8".to_owned()),
    };
    fill(&mut given, defaults);
    let fetched = fields.remove("fetched").as_ref().and_then(exchange);
    for (name, media) in [("text", Media::Plain), ("html", Media::Html)] {
        match fields.remove(name) {
            None | Some(Value::Null) => {}
            Some(Value::String(body)) if !body.trim().is_empty() => {
                return (Some(Record { id, media, body, given, fetched }), problems);
            }
            Some(Value::String(_)) if name == "text" && fields.contains_key("html") => {}
            Some(Value::String(_)) => {
                problems.push(Problem::new(
                    ProblemKind::Empty,
                    address,
                    format!("‘{name}’ is empty; passed over"),
                ));
                return (None, problems);
            }
            Some(other) => {
                let detail =
                    format!("‘{name}’ is {}; it must be a text in quotes; passed over", name_of(&other));
                problems.push(Problem::new(ProblemKind::BadRecord, address, detail));
                return (None, problems);
            }
        }
    }
    let detail = "neither ‘text’ nor ‘html’ in the line; add one of them; passed over";
    problems.push(Problem::new(ProblemKind::BadRecord, address, detail));
    (None, problems)
}

/// The exchange that a line tells of; what is not as it should be in it is left out.
fn exchange(value: &Value) -> Option<Fetched> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let list = |name: &str| value.get(name).and_then(Value::as_array).into_iter().flatten();
    let header = |pair: &Value| Some((text(pair.get(0)?)?, text(pair.get(1)?)?));
    Some(Fetched {
        time: value.get("time").and_then(text),
        redirects: list("redirects").filter_map(text).collect(),
        status: u16::try_from(value.get("status")?.as_u64()?).ok()?,
        headers: list("headers").filter_map(header).collect(),
    })
}

/// Whether a line of unknown origin is a record.
pub(crate) fn is_record(line: &[u8]) -> bool {
    let parses = |bytes: &[u8]| match serde_json::from_slice::<Value>(bytes) {
        Ok(Value::Object(fields)) => fields.contains_key("text") || fields.contains_key("html"),
        _ => false,
    };
    parses(line) || surrogates::mend(line).is_some_and(|mended| parses(&mended))
}

fn take(
    fields: &mut Map<String, Value>,
    name: &str,
    note: &mut impl FnMut(ProblemKind, String),
) -> Option<String> {
    match fields.remove(name) {
        None | Some(Value::Null) => None,
        Some(Value::String(value)) => Some(value).filter(|v| !v.trim().is_empty()),
        Some(other) => {
            let detail =
                format!("‘{name}’ is {}; it must be a text in quotes and is not used", name_of(&other));
            note(ProblemKind::BadValue, detail);
            None
        }
    }
}

fn fill(given: &mut Given, defaults: &Given) {
    let fields = [
        (&mut given.title, &defaults.title),
        (&mut given.url, &defaults.url),
        (&mut given.published, &defaults.published),
        (&mut given.outlet, &defaults.outlet),
        (&mut given.language, &defaults.language),
    ];
    for (field, default) in fields {
        if field.is_none() {
            field.clone_from(default);
        }
    }
}

fn name_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(line: &str) -> (Option<Record>, Vec<ProblemKind>) {
        let (record, problems) = read(line.as_bytes(), "corpus.jsonl:3", &Given::default());
        assert!(problems.iter().all(|p| p.subject == "corpus.jsonl:3"));
        (record, problems.into_iter().map(|p| p.kind).collect())
    }

    #[test]
    fn a_record_keeps_what_it_says() {
        let (record, problems) =
            kinds(r#"{"id":"a","text":"Oui.","url":"https://e.fr/x","published":null,"more":[1]}"#);
        let record = record.unwrap();
        assert_eq!(
            (record.id.as_deref(), record.body.as_str(), record.media),
            (Some("a"), "Oui.", Media::Plain)
        );
        assert_eq!(record.given.url.as_deref(), Some("https://e.fr/x"));
        assert!(problems.is_empty());
    }

    #[test]
    fn defaults_fill_what_the_line_lacks() {
        let defaults = Given { language: Some("fr".into()), outlet: Some("X".into()), ..Given::default() };
        let (record, _) = read(br#"{"html":"<p>Oui","outlet":"RFI"}"#, "-:1", &defaults);
        let record = record.unwrap();
        assert_eq!(record.media, Media::Html);
        assert_eq!(
            (record.given.language.as_deref(), record.given.outlet.as_deref()),
            (Some("fr"), Some("RFI"))
        );
    }

    #[test]
    fn wrong_types_are_problems() {
        assert_eq!(kinds(r#"{"text":5}"#).1, [ProblemKind::BadRecord]);
        assert_eq!(kinds(r#"{"title":"x"}"#).1, [ProblemKind::BadRecord]);
        assert_eq!(kinds("[1]").1, [ProblemKind::BadRecord]);
        assert_eq!(kinds("{").1, [ProblemKind::BadRecord]);
        assert_eq!(kinds(r#"{"text":" "}"#).1, [ProblemKind::Empty]);
        let (record, problems) = kinds(r#"{"id":12,"text":"Oui","title":["a"]}"#);
        assert_eq!(record.unwrap().id.as_deref(), Some("12"));
        assert_eq!(problems, [ProblemKind::BadValue]);
    }

    #[test]
    fn half_characters_do_not_lose_the_record() {
        let (record, problems) = kinds(r#"{"text":"Oui \ud83d."}"#);
        assert_eq!(record.unwrap().body, "Oui \u{FFFD}.");
        assert_eq!(problems, [ProblemKind::Replaced]);
    }
}
