//! A dossier of the examples and of reports that mean harm, and ways to ask for it.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use depeche_pipeline::acquire::{Options, captures};
use depeche_pipeline::store::Dossier;
use depeche_pipeline::{Desk, Pipeline, Settings as Stages};
use depeche_record::Language;
use depeche_web::{Password, Settings, service};
use http_body_util::BodyExt;
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt;

/// Reports that mean harm; the browser test opens them too.
pub const HOSTILE: &str = include_str!("../hostile.jsonl");

/// What they bring, and no page may run.
pub const SCRIPT: &str = "<script>alert(1)</script>";

/// The folder with the dossier that all tests share.
fn folder() -> &'static TempDir {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let harm = folder.path().join("harm.jsonl");
        std::fs::write(&harm, HOSTILE).unwrap();
        let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
        let pipeline = Pipeline::new(Stages::default()).unwrap();
        let mut dossier = Dossier::make(&folder.path().join("made.depeche")).unwrap();
        let desk = Desk { place: &|capture| format!("id {}", capture.id), clock: &clock, batch: 5 };
        let inputs = [examples, harm];
        let options = Options::default();
        pipeline.add(&mut dossier, captures(&inputs, &options), &desk, |_| ()).unwrap();
        folder
    })
}

pub fn clock() -> String {
    "2026-01-01T00:00:00Z".to_owned()
}

/// The dossier that all tests share; it is only read.
pub fn dossier() -> PathBuf {
    folder().path().join("made.depeche")
}

/// A copy of it, to be changed.
pub fn copy(into: &TempDir) -> PathBuf {
    let path = into.path().join("copy.depeche");
    std::fs::copy(dossier(), &path).unwrap();
    path
}

pub fn settings(dossier: PathBuf) -> Settings {
    Settings {
        dossier,
        listen: SocketAddr::from(([127, 0, 0, 1], 8347)),
        hosts: Vec::new(),
        language: Language::French,
        read_only: false,
        fetch: None,
        secure: false,
        password: None,
        clock,
    }
}

pub fn room() -> Router {
    service(settings(dossier())).unwrap()
}

pub fn guarded_room() -> Router {
    static PASSWORD: OnceLock<Password> = OnceLock::new();
    let password = PASSWORD.get_or_init(|| Password::of_file("correct horse battery").unwrap()).clone();
    service(Settings { password: Some(password), ..settings(dossier()) }).unwrap()
}

/// An answer, whole.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

pub async fn send(room: &Router, request: Request<Body>) -> Answer {
    let response = room.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    Answer { status: parts.status, headers: parts.headers, body: String::from_utf8(body.to_vec()).unwrap() }
}

pub fn asking(path: &str) -> axum::http::request::Builder {
    Request::builder().uri(path).header(header::HOST, "127.0.0.1:8347")
}

pub async fn get(room: &Router, path: &str) -> Answer {
    send(room, asking(path).body(Body::empty()).unwrap()).await
}

/// A form as a browser sends it from a page of the room.
pub fn form(path: &str, fields: &[(&str, &str)]) -> Request<Body> {
    let mut body = form_urlencoded::Serializer::new(String::new());
    body.extend_pairs(fields);
    asking(path)
        .method("POST")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .header(header::ORIGIN, "null")
        .body(Body::from(body.finish()))
        .unwrap()
}

/// The first value of a hidden field on a page.
pub fn hidden(page: &str, name: &str) -> String {
    let start =
        page.find(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("no {name} on the page"));
    page[start..].split('"').nth(3).unwrap().to_owned()
}

/// The identifiers of a list.
pub async fn ids(room: &Router, list: &str) -> Vec<String> {
    let answer = get(room, &format!("/{list}.json?limit=1000")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.json()["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["id"].as_str().unwrap().to_owned())
        .collect()
}

/// An identifier as a part of a path, every byte written out.
pub fn part(id: &str) -> String {
    id.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// Every page that there is.
pub async fn paths(room: &Router) -> Vec<String> {
    let mut paths: Vec<String> = [
        "/",
        "/contacts",
        "/contacts?side=RU&status=held",
        "/statements",
        "/actors",
        "/reports",
        "/origins",
        "/contradictions",
        "/gaps",
        "/judgements",
        "/add",
        "/network",
        "/network?kind=meeting",
        "/network?view=people",
        "/map",
        "/map?side=TR",
        "/coverage",
        "/coverage?since=2024-08",
        "/export",
        "/?since=all",
        "/statements?side=TR",
        "/search",
        "/search?q=Lavrov",
        "/search?q=%3Cscript%3Ealert(12)%3C/script%3E",
        "/statements?q=%22%3E%3Cscript%3E",
    ]
    .map(str::to_owned)
    .into();
    for list in ["contacts", "actors", "reports"] {
        let ids = ids(room, list).await;
        assert!(ids.len() > 5, "{list}");
        paths.extend(ids.iter().map(|id| format!("/{list}/{}", part(id))));
    }
    paths
}
