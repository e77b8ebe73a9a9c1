//! `/openapi.json`: the room's JSON, described for programs that make clients and checks of it.
//!
//! Shapes come from the types that answers are written from, paths from the routes themselves: neither can fall behind.

use std::sync::OnceLock;

use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::{MethodRouter, get};
use depeche_pipeline::store::Filter;
use depeche_record::{Act, Status};
use schemars::generate::{SchemaGenerator, SchemaSettings};
use serde_json::{Map, Value, json};

use crate::fault::FaultRecord;
use crate::pages::{self, Adding, Page, page};
use crate::room::Room;
use crate::selection;

type Routes = Router<std::sync::Arc<Room>>;

/// A page with its JSON.
pub struct Route {
    /// Its path, as routes write it.
    path: &'static str,
    /// That of its JSON, without the ending, where it is another.
    json: &'static str,
    /// What it tells.
    summary: &'static str,
    /// What may stand behind the `?`.
    parameters: &'static [&'static str],
    handler: MethodRouter<std::sync::Arc<Room>>,
    schema: fn(&mut SchemaGenerator) -> schemars::Schema,
}

fn route<P: Page + 'static>(
    path: &'static str,
    summary: &'static str,
    parameters: &'static [&'static str],
) -> Route {
    let json = if path == "/" { "/today" } else { path };
    let schema = |generator: &mut SchemaGenerator| generator.subschema_for::<P>();
    Route { path, json, summary, parameters, handler: get(page::<P>), schema }
}

/// Every page that has its JSON.
fn routes() -> Vec<Route> {
    let all = &selection::NAMES;
    vec![
        route::<pages::Today>("/", "What the dossier holds and what is new in it", &["since"]),
        route::<pages::Contacts>("/contacts", "Contacts in order of time", all),
        route::<pages::Contact>("/contacts/{id}", "A contact and all that it rests on", &[]),
        route::<pages::Statements>("/statements", "Statements by day of publication", all),
        route::<pages::Actors>("/actors", "People, those named most first", all),
        route::<pages::Actor>("/actors/{id}", "A person with contacts and statements", &["page", "limit"]),
        route::<pages::Reports>("/reports", "Reports by day of publication", all),
        route::<pages::Report>("/reports/{id}", "A report, its text and its reading", &["at"]),
        route::<pages::Network>("/network", "Sides or people that contacts bring together", all),
        route::<pages::Map>("/map", "Places of contacts", all),
        route::<pages::Coverage>("/coverage", "Outlets and months of the reports", all),
        route::<pages::Origins>("/origins", "Where reports say that they know it from", all),
        route::<pages::Contradictions>("/contradictions", "What reports disagree about", all),
        route::<pages::Gaps>("/gaps", "What is missing", all),
        route::<pages::Judgements>(
            "/judgements",
            "What people decided",
            &["author", "decision", "outcome", "report", "page", "limit"],
        ),
        route::<pages::Judgement>(
            "/judgements/{id}",
            "A judgement, and whether the dossier shows it yet",
            &["back"],
        ),
        route::<pages::Search>("/search", "Words in reports", all),
        route::<pages::Export>("/export", "The formats in which the dossier can be had", &[]),
        route::<pages::Add>("/add", "How much may be brought at once", &[]),
    ]
}

/// The routes of all pages.
pub fn serve() -> Routes {
    let served = routes().into_iter().fold(Router::new(), |router, route| {
        let router = router.route(route.path, route.handler.clone());
        if route.json == route.path { router } else { router.route(route.json, route.handler) }
    });
    served.route("/openapi.json", get(answer)).route("/openapi", get(answer))
}

/// The description.
async fn answer() -> impl IntoResponse {
    static WRITTEN: OnceLock<String> = OnceLock::new();
    let written = WRITTEN.get_or_init(|| described().to_string());
    ([(header::CONTENT_TYPE, "application/json")], written.as_str())
}

fn described() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut generator = settings.into_generator();
    let fault = generator.subschema_for::<FaultRecord>();
    let refused = json!({"description": "What went wrong and what to do", "content": {"application/json": {"schema": fault}}});
    let with_faults = |mut answers: Map<String, Value>, statuses: &[&str]| {
        answers.extend(statuses.iter().map(|status| ((*status).to_owned(), refused.clone())));
        Value::Object(answers)
    };
    let found = |description: &str, schema: &Value| {
        let content =
            json!({"description": description, "content": {"application/json": {"schema": schema}}});
        Map::from_iter([("200".to_owned(), content)])
    };
    let mut paths = Map::new();
    for route in routes() {
        let schema = (route.schema)(&mut generator).to_value();
        let is_one = route.path.contains("{id}");
        let statuses: &[&str] =
            if is_one { &["303", "400", "401", "403", "404", "503"] } else { &["400", "401", "403", "503"] };
        let mut parameters: Vec<Value> = route.parameters.iter().map(|name| parameter(name)).collect();
        if is_one {
            parameters.insert(0, json!({"name": "id", "in": "path", "required": true, "schema": {"type": "string"},
                "description": "Identifier; one that the item had when the dossier held less leads to it (303)."}));
        }
        let asked = json!({
            "summary": route.summary,
            "operationId": name_of(route.json),
            "parameters": parameters,
            "responses": with_faults(found(route.summary, &schema), statuses),
        });
        paths.insert(format!("{}.json", route.json), json!({"get": asked}));
    }
    let task = generator.subschema_for::<Adding>().to_value();
    let id = json!({"name": "id", "in": "path", "required": true, "schema": {"type": "string"}});
    let brought = json!({"type": "object", "required": ["token"], "properties": {
        "token": {"type": "string", "description": "That of the form on `/add`; it comes first."},
        "files": {"type": "array", "items": {"type": "string", "contentMediaType": "application/octet-stream"}},
        "addresses": {"type": "string", "description": "Addresses on the web, one a line."},
        "text": {"type": "string"}, "title": {"type": "string"}, "outlet": {"type": "string"},
        "published": {"type": "string", "format": "date"}, "url": {"type": "string"},
    }});
    if let Some(Value::Object(add)) = paths.get_mut("/add.json") {
        add.insert("post".to_owned(), json!({
            "summary": "Brings reports: files, addresses, a text",
            "operationId": "bring",
            "requestBody": {"required": true, "content": {"multipart/form-data": {"schema": brought}}},
            "responses": with_faults(found("The task, as far as it is after a moment", &task), &["400", "401", "403", "413", "503"]),
        }));
    }
    paths.insert(
        "/add/{id}.json".to_owned(),
        json!({"get": {
            "summary": "How far a task is",
            "operationId": "adding",
            "parameters": [id],
            "responses": with_faults(found("The task", &task), &["401", "403", "404"]),
        }}),
    );
    let decided = json!({"type": "object", "required": ["token", "author", "decision", "id"], "properties": {
        "token": {"type": "string", "description": "That of any form of the room."},
        "author": {"type": "string"},
        "decision": {"enum": ["accept", "reject", "correct", "note", "same", "not_same", "undo"]},
        "id": {"type": "string", "description": "Of the item; for `undo`, of the judgement."},
        "other": {"type": "string", "description": "For `same` and `not_same`."},
        "field": {"type": "string", "description": "For `correct`."},
        "value": {"type": "string", "description": "For `correct`; empty takes the value away."},
        "note": {"type": "string", "description": "For `note`."},
        "reason": {"type": "string"},
    }});
    if let Some(Value::Object(judgements)) = paths.get_mut("/judgements.json") {
        judgements.insert("post".to_owned(), json!({
            "summary": "Decides something",
            "operationId": "judge",
            "requestBody": {"required": true, "content": {"application/x-www-form-urlencoded": {"schema": decided}}},
            "responses": with_faults(
                Map::from_iter([("303".to_owned(), json!({"description": "Recorded; leads to the page that shows it, or to that of the judgement where it is not shown yet"}))]),
                &["400", "401", "403", "404", "503"],
            ),
        }));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Dépêche: the reading room",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "A dossier of diplomatic contacts as JSON. Every page of the room is at the same path without `.json`.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": generator.take_definitions(true),
            "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": crate::guard::SESSION}},
        },
        "security": [{}, {"session": []}],
    })
}

/// A name for what is asked: `/contacts/{id}` is `contact_by_id`.
fn name_of(path: &str) -> String {
    let name = path.trim_start_matches('/');
    match name.strip_suffix("s/{id}") {
        Some(one) => format!("{one}_by_id"),
        None => name.to_owned(),
    }
}

/// What may stand behind the `?`.
fn parameter(name: &str) -> Value {
    let labels = |labels: &[&str]| json!({"type": "array", "items": {"enum": labels}});
    let texts = || json!({"type": "array", "items": {"type": "string"}});
    let day = || json!({"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$"});
    let number = |least: usize| json!({"type": "integer", "minimum": least});
    let statuses: Vec<&str> = Status::ALL.iter().map(|status| status.label()).collect();
    let acts: Vec<&str> = Act::ALL.iter().map(|act| act.label()).collect();
    let kinds: Vec<&str> = Filter::kinds_known().collect();
    let (schema, description) = match name {
        "q" => (json!({"type": "string"}), "Words in any form; \"in a row\", -without, begin*"),
        "side" => (texts(), "Codes of sides; a contact has all of them, a statement is for one of them"),
        "actor" => (texts(), "People by identifier or name, one of whom takes part or speaks"),
        "with" => (texts(), "People by identifier, all of whom take part"),
        "status" => (labels(&statuses), "Statuses of contacts, one of which holds"),
        "kind" => (labels(&kinds), "Kinds of contacts, contradictions or gaps, one of which holds"),
        "act" => (labels(&acts), "Acts of statements, one of which holds"),
        "since" => (
            json!({"type": "string"}),
            "First day: a day, a month or a year; for what is new also `day`, `week`, `month`, `all`",
        ),
        "until" => (day(), "Last day: a day, a month or a year"),
        "report" => (texts(), "Identifiers of reports, one of which tells it"),
        "contact" => (texts(), "Identifiers of contacts, one of which it is about"),
        "outlet" => (texts(), "Names of outlets, one of which published the report"),
        "lineage" => (texts(), "Identifiers of lineages, one of which the report is of"),
        "place" => (texts(), "Places as records have them, one of which it is"),
        "least" => (number(0), "At least so many independent origins"),
        "most" => (number(0), "At most so many independent origins"),
        "page" => (number(1), "Which page of the list"),
        "limit" => (json!({"type": "integer", "minimum": 1, "maximum": 1000}), "Items of a page"),
        "view" => (json!({"enum": ["sides", "people"]}), "What the network is between"),
        "at" => {
            (json!({"type": "string", "pattern": "^[0-9]+-[0-9]+$"}), "Words to be marked, in code points")
        }
        "author" => (texts(), "Who decided"),
        "decision" => (texts(), "What was decided"),
        "outcome" => (texts(), "What became of it; `waiting` where the dossier does not show it yet"),
        "back" => (json!({"type": "string"}), "A path of the room that the page leads back to"),
        _ => (texts(), ""),
    };
    json!({"name": name, "in": "query", "schema": schema, "description": description, "explode": true})
}
