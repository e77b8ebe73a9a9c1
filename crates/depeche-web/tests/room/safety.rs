//! Who may come in, and from where.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use depeche_web::{Settings, service};

use crate::made::{asking, dossier, form, get, guarded_room, hidden, paths, room, send, settings};

async fn asked_as(room: &Router, host: &str) -> StatusCode {
    let request = Request::builder().uri("/").header(header::HOST, host).body(Body::empty()).unwrap();
    send(room, request).await.status
}

#[tokio::test(flavor = "multi_thread")]
async fn names_that_lead_here_from_elsewhere_are_refused() {
    let room = room();
    for host in ["127.0.0.1:8347", "localhost:8347", "localhost", "[::1]:8347", "LOCALHOST"] {
        assert_eq!(asked_as(&room, host).await, StatusCode::OK, "{host}");
    }
    for host in [
        "evil.example",
        "evil.example:8347",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "192.168.0.7",
        "",
        "[",
        "a b",
    ] {
        assert_eq!(asked_as(&room, host).await, StatusCode::FORBIDDEN, "{host}");
    }
    let without = Request::builder().uri("/contacts.json").body(Body::empty()).unwrap();
    assert_eq!(send(&room, without).await.status, StatusCode::FORBIDDEN);
    let named =
        service(Settings { hosts: vec!["desk.example.org".to_owned()], ..settings(dossier()) }).unwrap();
    assert_eq!(asked_as(&named, "desk.example.org:443").await, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_door_opens_to_the_password() {
    let room = guarded_room();
    let closed = get(&room, "/contacts?side=RU").await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER);
    assert_eq!(closed.header("location"), "/login?back=%2Fcontacts%3Fside%3DRU");
    assert!(!closed.body.contains("Lavrov"));
    assert_eq!(get(&room, "/contacts.json").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(get(&room, "/style.css").await.status, StatusCode::OK);
    let door = get(&room, closed.header("location")).await;
    assert_eq!(door.status, StatusCode::OK);
    let back = hidden(&door.body, "back");
    let wrong = send(&room, form("/login", &[("password", "wrong"), ("back", &back)])).await;
    assert_eq!(wrong.status, StatusCode::FORBIDDEN);
    let right =
        send(&room, form("/login", &[("password", "correct horse battery"), ("back", "/contacts?side=RU")]))
            .await;
    assert_eq!((right.status, right.header("location")), (StatusCode::SEE_OTHER, "/contacts?side=RU"));
    let cookie = right.header("set-cookie");
    assert!(cookie.contains("; HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let session = cookie.split(';').next().unwrap().to_owned();
    let inside = asking("/contacts").header(header::COOKIE, &session).body(Body::empty()).unwrap();
    let inside = send(&room, inside).await;
    assert_eq!(inside.status, StatusCode::OK);
    // Out again, with the token of the session only.
    let leave = |token: &str| {
        let mut request = form("/logout", &[("token", token)]);
        request.headers_mut().insert(header::COOKIE, session.parse().unwrap());
        request
    };
    assert_eq!(send(&room, leave("wrong")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(send(&room, leave(&hidden(&inside.body, "token"))).await.status, StatusCode::SEE_OTHER);
    let after = asking("/contacts").header(header::COOKIE, &session).body(Body::empty()).unwrap();
    assert_eq!(send(&room, after).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test(flavor = "multi_thread")]
async fn passwords_cannot_be_tried_out() {
    let room = guarded_room();
    for _ in 0..5 {
        assert_eq!(send(&room, form("/login", &[("password", "wrong")])).await.status, StatusCode::FORBIDDEN);
    }
    let sixth = send(&room, form("/login", &[("password", "correct horse battery")])).await;
    assert_eq!(sixth.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(sixth.header("retry-after"), "60");
    let elsewhere = form("/login", &[("password", "wrong"), ("back", "https://example.org/")]);
    assert_ne!(send(&room, elsewhere).await.header("location"), "https://example.org/");
}

#[tokio::test(flavor = "multi_thread")]
async fn choices_are_remembered_and_lead_back_here() {
    let room = room();
    let answer = get(&room, "/preferences?ui=en&theme=dark&back=%2Fgaps").await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/gaps"));
    let cookies: Vec<&str> =
        answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).collect();
    assert!(cookies[0].starts_with("ui=en;") && cookies[1].starts_with("theme=dark;"), "{cookies:?}");
    for back in ["//example.org", "https://example.org", "/%5Cexample.org"] {
        assert_eq!(get(&room, &format!("/preferences?back={back}")).await.header("location"), "/", "{back}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_files_lie_is_nobody_elses_business() {
    let folder = dossier().parent().unwrap().to_str().unwrap().to_owned();
    let secrets = [env!("CARGO_MANIFEST_DIR"), folder.as_str()];
    let own = room();
    assert!(get(&own, "/reports.json").await.body.contains(secrets[0]), "whoever serves it sees all");
    let shared = guarded_room();
    let entered = send(&shared, form("/login", &[("password", "correct horse battery")])).await;
    let cookie = entered.header("set-cookie").split(';').next().unwrap().to_owned();
    let mut asked = paths(&own).await;
    asked.push("/export/jsonl".to_owned());
    asked.push("/export/csv-reports".to_owned());
    for path in asked {
        let twin = match path.split_once('?') {
            Some(("/", query)) => format!("/today.json?{query}"),
            Some((path, query)) => format!("{path}.json?{query}"),
            None if path == "/" => "/today.json".to_owned(),
            None => format!("{path}.json"),
        };
        for path in [path, twin] {
            let request = asking(&path).header(header::COOKIE, &cookie).body(Body::empty()).unwrap();
            let answer = send(&shared, request).await;
            let is_file = path.starts_with("/export/");
            assert!(answer.status == StatusCode::OK || is_file, "{path}: {}", answer.status);
            for secret in secrets {
                assert!(!answer.body.contains(secret), "{path} tells {secret}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn cookies_are_for_tls_alone_where_there_is_tls() {
    for secure in [false, true] {
        let room = service(Settings { secure, ..settings(dossier()) }).unwrap();
        let answer = get(&room, "/preferences?ui=en&back=/").await;
        let cookie = answer.header("set-cookie");
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
        assert_eq!(cookie.contains("Secure"), secure, "{cookie}");
    }
}
