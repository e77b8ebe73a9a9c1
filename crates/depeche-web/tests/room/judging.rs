//! Decisions of people through the room.

use axum::Router;
use axum::http::{StatusCode, header};
use depeche_web::{Settings, service};
use serde_json::Value;

use crate::made::{SCRIPT, copy, form, get, hidden, ids, send, settings};
use crate::markup::{harm, read};

async fn decide(room: &Router, token: &str, fields: &[(&str, &str)]) -> crate::made::Answer {
    let all: Vec<(&str, &str)> = [("token", token), ("author", "A. Nin"), ("back", "/gaps")]
        .into_iter()
        .filter(|(name, _)| !fields.iter().any(|(there, _)| there == name))
        .chain(fields.iter().copied())
        .collect();
    let answer = send(room, form("/judgements", &all)).await;
    // On a slow machine it is shown a little later than it is answered.
    for _ in 0..600 {
        if get(room, "/today.json").await.json()["current"] == true {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    answer
}

/// Whether an answer leads back, at once or by way of the judgement's own page.
fn leads_to(answer: &crate::made::Answer, path: &str) -> bool {
    let to = answer.header("location");
    let back: String = form_urlencoded::byte_serialize(path.as_bytes()).collect();
    to == path || (to.starts_with("/judgements/j") && to.ends_with(&format!("?back={back}")))
}

async fn contact(room: &Router, id: &str) -> Value {
    get(room, &format!("/contacts/{id}.json")).await.json()["contact"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn decisions_are_taken_shown_and_undone() {
    let folder = tempfile::tempdir().unwrap();
    let room = service(settings(copy(&folder))).unwrap();
    let contacts = ids(&room, "contacts").await;
    let id = contacts[0].clone();
    let page = get(&room, &format!("/contacts/{id}")).await;
    let token = hidden(&page.body, "token");
    let accepted = decide(
        &room,
        &token,
        &[("decision", "accept"), ("id", &id), ("author", SCRIPT), ("reason", "<b>seen</b>")],
    )
    .await;
    assert_eq!(accepted.status, StatusCode::SEE_OTHER, "{}", accepted.body);
    assert!(leads_to(&accepted, "/gaps"), "{}", accepted.header("location"));
    assert_eq!(contact(&room, &id).await["judged"]["accepted"], true);
    let judgement = ids(&room, "judgements").await[0].clone();
    for path in ["/judgements".to_owned(), format!("/judgements/{judgement}"), format!("/contacts/{id}")] {
        let page = read(&get(&room, &path).await.body);
        assert_eq!(harm(&page), Vec::<String>::new(), "{path}");
    }
    let status = contact(&room, &id).await["status"].clone();
    let new = if status == "denied" { "held" } else { "denied" };
    let fields = [("decision", "correct"), ("id", id.as_str()), ("field", "status"), ("value", new)];
    assert_eq!(decide(&room, &token, &fields).await.status, StatusCode::SEE_OTHER);
    assert_eq!(contact(&room, &id).await["status"], new);
    let log = get(&room, "/judgements.json").await.json();
    assert_eq!(log["total"], 2);
    let correction =
        log["items"].as_array().unwrap().iter().find(|one| one["decision"] == "correct").unwrap();
    let judgement = correction["id"].as_str().unwrap();
    assert_eq!(
        decide(&room, &token, &[("decision", "undo"), ("id", judgement)]).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(contact(&room, &id).await["status"], status);
    // What has no effect is told in the log.
    let fields = [("decision", "correct"), ("id", id.as_str()), ("field", "status"), ("value", "eaten")];
    let odd = decide(&room, &token, &fields).await;
    assert!(odd.header("location").starts_with("/judgements/j"), "{}", odd.header("location"));
    assert!(get(&room, odd.header("location")).await.body.contains("ne le suit pas"));
    assert!(get(&room, "/judgements?outcome=unusable").await.body.contains("eaten"));
}

#[tokio::test(flavor = "multi_thread")]
async fn contacts_that_are_one_go_by_either_name() {
    let folder = tempfile::tempdir().unwrap();
    let room = service(settings(copy(&folder))).unwrap();
    let contacts = ids(&room, "contacts").await;
    let token = hidden(&get(&room, &format!("/contacts/{}", contacts[0])).await.body, "token");
    let fields = [("decision", "same"), ("id", contacts[0].as_str()), ("other", contacts[1].as_str())];
    assert_eq!(decide(&room, &token, &fields).await.status, StatusCode::SEE_OTHER);
    let now = ids(&room, "contacts").await;
    assert_eq!(now.len(), contacts.len() - 1);
    let mut answers = Vec::new();
    for id in &contacts[..2] {
        let answer = get(&room, &format!("/contacts/{id}.json")).await;
        answers.push(match answer.status {
            StatusCode::SEE_OTHER => answer.header("location").to_owned(),
            status => format!("{status}"),
        });
    }
    let led = answers.iter().find(|answer| answer.starts_with("/contacts/")).unwrap();
    assert!(answers.contains(&"200 OK".to_owned()), "{answers:?}");
    assert_eq!(get(&room, led).await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn forms_from_elsewhere_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = copy(&folder);
    let room = service(settings(path.clone())).unwrap();
    let id = ids(&room, "contacts").await[0].clone();
    let token = hidden(&get(&room, &format!("/contacts/{id}")).await.body, "token");
    let fields = [("token", token.as_str()), ("author", "x"), ("decision", "accept"), ("id", &id)];
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("sec-fetch-site", "none"),
        ("origin", "https://evil.example"),
        ("origin", "http://127.0.0.1:9999"),
    ] {
        let mut request = form("/judgements", &fields);
        request.headers_mut().insert(name, value.parse().unwrap());
        assert_eq!(send(&room, request).await.status, StatusCode::FORBIDDEN, "{name}: {value}");
    }
    for token in ["", "wrong", &token[1..]] {
        assert_eq!(
            decide(&room, token, &[("decision", "accept"), ("id", &id)]).await.status,
            StatusCode::FORBIDDEN
        );
    }
    let read_only = service(Settings { read_only: true, ..settings(path) }).unwrap();
    let page = get(&read_only, &format!("/contacts/{id}")).await;
    assert!(!page.body.contains("<form class=\"judge\"") && !page.body.contains("action=\"/judgements\""));
    assert_eq!(
        decide(&read_only, &token, &[("decision", "accept"), ("id", &id)]).await.status,
        StatusCode::FORBIDDEN
    );
    let same = form("/judgements", &fields);
    assert_eq!(same.headers()[header::ORIGIN], "null");
    assert_eq!(get(&room, "/judgements.json").await.json()["total"], 0);
    assert_eq!(send(&room, same).await.status, StatusCode::SEE_OTHER);
    assert_eq!(get(&room, "/judgements.json").await.json()["total"], 1);
    for (fields, status) in [
        (vec![("decision", "accept"), ("id", "nosuch")], 404),
        (vec![("decision", "sing"), ("id", &id)], 400),
        (vec![("decision", "note"), ("id", &id)], 400),
        (vec![("decision", "accept")], 400),
        (vec![("decision", "undo"), ("id", "jnosuch")], 404),
    ] {
        assert_eq!(decide(&room, &token, &fields).await.status.as_u16(), status, "{fields:?}");
    }
    let large =
        decide(&room, &token, &[("decision", "note"), ("id", &id), ("note", &"a".repeat(300_000))]).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
}
