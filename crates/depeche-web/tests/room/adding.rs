//! Reports that people bring.

use axum::Router;
use axum::body::Body;
use axum::http::{StatusCode, header};
use depeche_web::{Settings, service};

use crate::made::{Answer, SCRIPT, asking, copy, get, hidden, ids, send, settings};
use crate::markup::{harm, read};

const EDGE: &str = "----edge";

/// Fields as browsers send them with files: name, file name, content.
async fn bring(room: &Router, path: &str, fields: &[(&str, Option<&str>, &str)]) -> Answer {
    let mut body = String::new();
    for (name, file, content) in fields {
        let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
        body.push_str(&format!(
            "--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{content}\r\n"
        ));
    }
    body.push_str(&format!("--{EDGE}--\r\n"));
    let request = asking(path)
        .method("POST")
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={EDGE}"))
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body));
    send(room, request.unwrap()).await
}

/// The page of a task that is over.
async fn over(room: &Router, path: &str) -> Answer {
    for _ in 0..600 {
        let answer = get(room, path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        if answer.body.contains("data-over") || answer.body.contains("\"phase\":\"done\"") {
            return answer;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("{path} is never over");
}

const TEXT: &str = "Le ministre français des Affaires étrangères Jean-Noël Barrot a reçu jeudi 7 août 2025 à Paris son homologue \
                    allemand Johann Wadephul, a annoncé le Quai d'Orsay.";

#[tokio::test(flavor = "multi_thread")]
async fn texts_and_files_are_taken_in() {
    let folder = tempfile::tempdir().unwrap();
    let room = service(settings(copy(&folder))).unwrap();
    let before = ids(&room, "reports").await.len();
    let token = hidden(&get(&room, "/add").await.body, "token");
    let token = ("token", None, token.as_str());
    let fields = [
        token,
        ("text", None, TEXT),
        ("title", None, SCRIPT),
        ("published", None, "2025-08-07"),
        ("url", None, ""),
    ];
    let pasted = bring(&room, "/add", &fields).await;
    assert_eq!(pasted.status, StatusCode::SEE_OTHER, "{}", pasted.body);
    let pasted = over(&room, pasted.header("location")).await;
    let page = read(&pasted.body);
    assert_eq!(harm(&page), Vec::<String>::new());
    assert!(page.text.contains("Nouvel article"), "{}", page.text);
    let page = format!(
        "<html><head><title>x</title></head><body><article><p>{TEXT}</p><p>Fin de la dépêche.</p></article></body></html>"
    );
    let fields = [
        token,
        ("files", Some("../../a b.html"), page.as_str()),
        ("files", Some("x.exe"), "\u{0}\u{1}"),
        ("files", Some(""), ""),
    ];
    let brought = bring(&room, "/add.json", &fields).await.json();
    let brought = over(&room, &format!("/add/{}.json", brought["id"].as_str().unwrap())).await.json();
    assert_eq!(brought["phase"], "done", "{brought}");
    assert_eq!(brought["outcomes"][0]["outcome"], "new", "{brought}");
    let report = brought["outcomes"][0]["report"].as_str().unwrap();
    let shown = get(&room, &format!("/reports/{report}.json")).await.json();
    assert!(shown["report"]["address"].as_str().unwrap().starts_with("browser:"), "{}", shown["report"]);
    assert_eq!(ids(&room, "reports").await.len(), before + 2);
    let again =
        bring(&room, "/add.json", &[token, ("files", Some("other.html"), page.as_str())]).await.json();
    let again = over(&room, &format!("/add/{}.json", again["id"].as_str().unwrap())).await.json();
    assert_eq!(again["outcomes"][0]["outcome"], "known");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_not_be_brought_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = copy(&folder);
    let room = service(settings(path.clone())).unwrap();
    let token = hidden(&get(&room, "/add").await.body, "token");
    let token = ("token", None, token.as_str());
    let before = ids(&room, "reports").await;
    for (fields, status) in [
        (vec![("text", None, TEXT)], 403),
        (vec![("text", None, TEXT), token], 403),
        (vec![("token", None, "wrong"), ("text", None, TEXT)], 403),
        (vec![token], 400),
        (vec![token, ("text", None, "  ")], 400),
        (vec![token, ("evil", None, "x")], 400),
        // This room fetches nothing, and nothing but addresses of the web is one.
        (vec![token, ("addresses", None, "https://example.org/")], 403),
        (vec![token, ("addresses", None, "file:///etc/passwd")], 400),
        (vec![], 403),
    ] {
        assert_eq!(bring(&room, "/add", &fields).await.status.as_u16(), status, "{fields:?}");
    }
    let large = "a".repeat(3 << 20);
    assert_eq!(
        bring(&room, "/add", &[token, ("text", None, &large)]).await.status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    let larger = "a".repeat(65 << 20);
    assert_eq!(
        bring(&room, "/add", &[token, ("files", Some("a.txt"), &larger)]).await.status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    let read_only = service(Settings { read_only: true, ..settings(path) }).unwrap();
    assert_eq!(bring(&read_only, "/add", &[token, ("text", None, TEXT)]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(ids(&room, "reports").await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_this_machine_alone_reaches_is_not_fetched() {
    let folder = tempfile::tempdir().unwrap();
    let fetch = Some(depeche_pipeline::acquire::Network { retries: 0, ..Default::default() });
    let room = service(Settings { fetch, ..settings(copy(&folder)) }).unwrap();
    let token = hidden(&get(&room, "/add").await.body, "token");
    let private = "http://127.0.0.1:9/a http://localhost:9/ http://10.1.2.3/ http://169.254.169.254/latest http://0x7f.1/";
    let answer =
        bring(&room, "/add.json", &[("token", None, &token), ("addresses", None, private)]).await.json();
    let told = over(&room, &format!("/add/{}.json", answer["id"].as_str().unwrap())).await.json();
    assert_eq!((told["reports"].as_u64(), told["fetched"].as_u64()), (Some(0), Some(0)), "{told}");
    let problems = told["problems"].as_array().unwrap();
    assert_eq!(problems.len(), 5, "{told}");
    assert!(problems.iter().all(|problem| problem["kind"] == "refused"), "{told}");
    assert_eq!(get(&room, "/add/nosuch").await.status, StatusCode::NOT_FOUND);
}
