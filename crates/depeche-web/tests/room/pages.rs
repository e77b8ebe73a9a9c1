//! Every page answers, in both languages and both shapes, and does no harm.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{StatusCode, header};
use depeche_record::followed::{Followed, Miss, Source, Stretch};
use depeche_web::service;

use crate::made::{SCRIPT, asking, copy, get, ids, part, paths, room, send, settings};
use crate::markup::{harm, read};

#[tokio::test(flavor = "multi_thread")]
async fn every_page_answers_and_does_no_harm() {
    let room = room();
    for path in paths(&room).await {
        for ui in ["fr", "en"] {
            let request =
                asking(&path).header(header::COOKIE, format!("theme=dark; ui={ui}")).body(Body::empty());
            let answer = send(&room, request.unwrap()).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
            assert!(answer.body.contains(&format!("<html lang=\"{ui}\" data-theme=\"dark\">")), "{path}");
            assert!(answer.body.len() <= 300_000, "{path}: {} bytes", answer.body.len());
            let page = read(&answer.body);
            assert_eq!(harm(&page), Vec::<String>::new(), "{path}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff");
            assert_eq!(answer.header("referrer-policy"), "no-referrer");
            assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
            let policy = answer.header("content-security-policy");
            assert!(policy.starts_with("default-src 'none';") && !policy.contains("unsafe"), "{policy}");
        }
        let twin = match path.split_once('?') {
            _ if path == "/" => "/today.json".to_owned(),
            Some((path, query)) => format!("{path}.json?{query}"),
            None => format!("{path}.json"),
        };
        let answer = get(&room, &twin).await;
        assert_eq!(answer.status, StatusCode::OK, "{twin}: {}", answer.body);
        assert_eq!(answer.header("content-type"), "application/json");
        assert!(answer.json().is_object(), "{twin}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_words_are_shown_as_words() {
    let room = room();
    let answer = get(&room, &format!("/reports/{}", part(SCRIPT))).await;
    let page = read(&answer.body);
    assert!(page.text.contains("Nous avons discuté <script>alert(1)</script> de la paix"), "{}", page.text);
    assert!(page.text.contains("javascript:alert(5)"));
    // An identifier that ends as the JSON of a page does is still found.
    let answer = get(&room, &format!("/reports/{}", part("=cmd|'/C calc'!A0.json"))).await;
    assert_eq!(answer.status, StatusCode::OK);
    let list = get(&room, "/reports").await;
    assert!(list.body.contains("A0%2Ejson\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn links_between_pages_lead_somewhere() {
    let room = room();
    let mut links = BTreeSet::new();
    for path in paths(&room).await {
        let page = read(&get(&room, &path).await.body);
        let targets: BTreeSet<&str> =
            page.elements.iter().filter_map(|element| element.attribute("id")).collect();
        for element in page.elements.iter().filter(|element| element.name == "a") {
            let href = element.attribute("href").unwrap();
            match href.strip_prefix('#') {
                Some(target) => assert!(targets.contains(target), "{path}: {href}"),
                None if href.starts_with("/reports/") => {
                    links.insert(href.to_owned());
                }
                None => {
                    links.insert(href.split('#').next().unwrap().to_owned());
                }
            }
        }
    }
    assert!(links.len() > 100);
    for link in links.iter().filter(|link| link.starts_with('/') && !link.starts_with("/preferences")) {
        let (path, target) = link.split_once('#').unwrap_or((link, ""));
        let answer = get(&room, path).await;
        assert_eq!(answer.status, StatusCode::OK, "{link}");
        if !target.is_empty() {
            assert!(answer.body.contains(&format!("id=\"{target}\"")), "{link}: no such place in the text");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_have_landmarks_names_and_captions() {
    let room = room();
    for path in paths(&room).await {
        let page = read(&get(&room, &path).await.body);
        let count = |name: &str| page.elements.iter().filter(|element| element.name == name).count();
        assert_eq!((count("main"), count("h1"), count("footer")), (1, 1, 1), "{path}");
        assert_eq!(count("table"), count("caption"), "{path}: a table without a caption");
        let mut seen = BTreeSet::new();
        for element in &page.elements {
            if let Some(id) = element.attribute("id") {
                assert!(seen.insert(id), "{path}: two elements are {id}");
            }
        }
        let labels: BTreeSet<&str> =
            page.elements.iter().filter_map(|element| element.attribute("for")).collect();
        for field in page
            .elements
            .iter()
            .filter(|element| ["input", "select", "textarea"].contains(&element.name.as_str()))
        {
            let is_hidden = field.attribute("type") == Some("hidden");
            let is_named = field.attribute("aria-label").is_some()
                || field.attribute("id").is_some_and(|id| labels.contains(id));
            assert!(is_hidden || is_named, "{path}: {field:?} has no label");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_and_pages_of_lists_hold() {
    let room = room();
    let all = get(&room, "/contacts.json?limit=1000").await.json();
    let total = all["total"].as_u64().unwrap();
    assert!(total > 20);
    let held = get(&room, "/contacts.json?limit=1000&status=held").await.json();
    assert!(held["total"].as_u64().unwrap() < total);
    assert!(held["items"].as_array().unwrap().iter().all(|contact| contact["status"] == "held"));
    let second = get(&room, "/contacts.json?limit=10&page=2").await.json();
    assert_eq!(second["offset"], 10);
    assert_eq!(second["items"][0]["id"], all["items"][10]["id"]);
    let page = get(&room, "/contacts?limit=10&page=2&status=").await;
    assert!(page.body.contains("rel=\"prev\"") && page.body.contains("rel=\"next\""));
    let far = get(&room, "/contacts?page=1000000").await;
    assert_eq!(far.status, StatusCode::OK);
    let nobody = get(&room, "/contacts.json?actor=Nobodyatall").await.json();
    assert_eq!(nobody["total"], 0);
    let someone = get(&room, "/contacts.json?actor=lavrov").await.json();
    assert!(someone["total"].as_u64().unwrap() > 0);
    let none = get(&room, "/search.json?q=-").await.json();
    assert_eq!(none["total"], 0);
    assert!(!ids(&room, "actors").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn pairs_of_sides_are_those_of_the_contacts() {
    let room = room();
    let pairs = get(&room, "/network.json?limit=1000").await.json();
    assert!(pairs["total"].as_u64().unwrap() > 3);
    for pair in pairs["items"].as_array().unwrap() {
        let (first, second) = (pair["first"].as_str().unwrap(), pair["second"].as_str().unwrap());
        let both =
            get(&room, &format!("/contacts.json?limit=1000&side={}&side={}", part(first), part(second)))
                .await
                .json();
        assert_eq!(both["total"], pair["contacts"], "{pair}");
    }
    let held = get(&room, "/network.json?status=held").await.json();
    assert!(held["total"].as_u64().unwrap() < pairs["total"].as_u64().unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_followed_is_told_with_what_failed() {
    let folder = tempfile::tempdir().unwrap();
    let path = copy(&folder);
    let time = "2025-01-02T03:04:05Z".to_owned();
    let stretch = Stretch { from: time.clone(), to: time.clone(), looks: 3 };
    let miss = Miss {
        time,
        address: "javascript:alert(20)".to_owned(),
        kind: "status".to_owned(),
        detail: SCRIPT.to_owned(),
    };
    let source = Source {
        title: Some("</li><script>alert(21)</script>".to_owned()),
        stretches: vec![stretch],
        failed: 1,
        misses: vec![miss],
        failing: true,
        ..Source::default()
    };
    let mut now = Followed::default();
    now.sources.insert("https://example.org/feed".to_owned(), source);
    let mut dossier = depeche_pipeline::store::Dossier::open_to_write(&path).unwrap();
    dossier.remember(&Followed::default(), &now).unwrap();
    let room = service(settings(path)).unwrap();
    let page = read(&get(&room, "/coverage").await.body);
    assert_eq!(harm(&page), Vec::<String>::new());
    assert!(page.text.contains("https://example.org/feed") && page.text.contains(SCRIPT), "{}", page.text);
    let told = get(&room, "/coverage.json").await.json();
    assert_eq!(told["followed"]["https://example.org/feed"]["failing"], true, "{told}");
}
