//! The description of the API and the room agree: every path is answered, and every answer has the shape that is told.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use jsonschema::Validator;
use serde_json::{Value, json};

use depeche_web::service;

use crate::made::{copy, form, get, hidden, ids, part, room, send, settings};

/// What holds a value against a schema of the description.
fn validator(description: &Value, schema: &Value) -> Validator {
    let whole = json!({"$schema": "https://json-schema.org/draft/2020-12/schema", "allOf": [schema], "components": description["components"]});
    jsonschema::validator_for(&whole).unwrap()
}

fn faults(validator: &Validator, answer: &Value) -> Vec<String> {
    validator.iter_errors(answer).map(|error| format!("{}: {error}", error.instance_path())).take(5).collect()
}

fn schema_of<'d>(description: &'d Value, path: &str, status: &str) -> &'d Value {
    let schema =
        &description["paths"][path]["get"]["responses"][status]["content"]["application/json"]["schema"];
    assert!(!schema.is_null(), "{path} {status}");
    schema
}

#[tokio::test(flavor = "multi_thread")]
async fn every_path_is_answered_in_the_shape_that_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let room = service(settings(copy(&folder))).unwrap();
    let contact = ids(&room, "contacts").await[0].clone();
    let token = hidden(&get(&room, "/add").await.body, "token");
    let fields = [("token", token.as_str()), ("author", "A"), ("decision", "accept"), ("id", &contact)];
    assert_eq!(send(&room, form("/judgements", &fields)).await.status, StatusCode::SEE_OTHER);
    let answer = get(&room, "/openapi.json").await;
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "application/json"));
    let description = answer.json();
    let mut asked = 0;
    for (path, methods) in description["paths"].as_object().unwrap() {
        if path == "/add/{id}.json" {
            // A task is there after something was brought: see `adding`.
            continue;
        }
        let list = path.trim_start_matches('/').split('/').next().unwrap();
        let paths: Vec<String> = match path.contains("{id}") {
            // The judgement may still wait to be shown; the log that lists it is told apart.
            true if list == "judgements" => {
                let log = get(&room, "/judgements.json").await.json();
                let all = log["items"].as_array().unwrap().iter().chain(log["waiting"].as_array().unwrap());
                all.map(|one| path.replace("{id}", one["id"].as_str().unwrap())).collect()
            }
            true => {
                ids(&room, list).await.iter().take(12).map(|id| path.replace("{id}", &part(id))).collect()
            }
            false => vec![path.clone()],
        };
        let told = validator(&description, schema_of(&description, path, "200"));
        let fault = validator(&description, schema_of(&description, path, "400"));
        assert!(!paths.is_empty(), "{path}");
        for one in paths {
            let answer = get(&room, &one).await;
            assert_eq!(answer.status, StatusCode::OK, "{one}: {}", answer.body);
            assert_eq!(faults(&told, &answer.json()), Vec::<String>::new(), "{one}");
            // Another shape does not pass for this one.
            assert!(!told.is_valid(&json!({"error": {"status": 400}})), "{path}");
            asked += 1;
        }
        // Every parameter that is told is taken; one that is not is refused.
        let parameters = methods["get"]["parameters"].as_array().unwrap();
        for parameter in parameters.iter().filter(|parameter| parameter["in"] == "query") {
            let name = parameter["name"].as_str().unwrap();
            let value = match name {
                "status" => "held",
                "kind" => "meeting",
                "act" => "deny",
                "since" | "until" => "2025-08-06",
                "least" | "most" | "page" | "limit" => "1",
                "view" => "people",
                "at" => "1-2",
                _ => "Ankara",
            };
            let one = path.replace("{id}", &part(ids(&room, "contacts").await[0].as_str()));
            if path.contains("{id}") {
                continue;
            }
            let answer = get(&room, &format!("{one}?{name}={value}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{one}?{name}={value}: {}", answer.body);
            assert_eq!(faults(&told, &answer.json()), Vec::<String>::new(), "{one}?{name}={value}");
        }
        if !path.contains("{id}") {
            let answer = get(&room, &format!("{path}?nosuch=1")).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
            assert_eq!(faults(&fault, &answer.json()), Vec::<String>::new(), "{path}");
        }
    }
    assert!(asked > 40, "{asked}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_described() {
    let room = room();
    let description = get(&room, "/openapi.json").await.json();
    let told: BTreeSet<&str> = description["paths"].as_object().unwrap().keys().map(String::as_str).collect();
    // The sections of the room lead to pages, each of which has its JSON.
    let page = get(&room, "/").await.body;
    let links = page.split("href=\"/").skip(1).map(|rest| rest.split(['"', '?', '#', '/']).next().unwrap());
    let outside = ["", "style.css", "icon.svg", "preferences", "today.json", "contacts", "reports", "login"];
    for section in links.filter(|link| !outside.contains(link)) {
        assert!(told.contains(format!("/{section}.json").as_str()), "{section}");
    }
    // Operations have names of their own.
    let names: Vec<&str> = description["paths"]
        .as_object()
        .unwrap()
        .values()
        .flat_map(|methods| methods.as_object().unwrap().values())
        .map(|operation| operation["operationId"].as_str().unwrap())
        .collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
}
