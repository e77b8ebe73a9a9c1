//! What cannot be answered is told, with the right status and what to do.

use axum::body::Body;
use axum::http::StatusCode;
use depeche_web::{RoomError, Settings, service};

use crate::made::{asking, copy, get, room, send, settings};
use crate::markup::{harm, read};

#[tokio::test(flavor = "multi_thread")]
async fn absurd_questions_are_refused_by_name() {
    let room = room();
    for (path, status, word) in [
        ("/contacts/nosuch", 404, "nosuch"),
        ("/actors/%3Cscript%3E", 404, "<script>"),
        ("/reports/%00", 404, "«"),
        ("/nothing", 404, "/nothing"),
        ("/contacts?limit=1000000", 400, "200"),
        ("/contacts?limit=0", 400, "200"),
        ("/contacts?limit=-1", 400, "-1"),
        ("/contacts?page=0", 400, "0"),
        ("/contacts?page=99999999999999999999", 400, "99999"),
        ("/contacts?status=eaten", 400, "eaten"),
        ("/contacts?since=yesterday", 400, "yesterday"),
        ("/contacts?sides=RU", 400, "sides"),
        ("/statements?act=sing", 400, "sing"),
        ("/?q=x", 400, "q"),
    ] {
        let answer = get(&room, path).await;
        assert_eq!(answer.status.as_u16(), status, "{path}");
        let page = read(&answer.body);
        assert_eq!(harm(&page), Vec::<String>::new(), "{path}");
        assert!(page.text.contains(word), "{path}: {}", page.text);
        let twin = match path.split_once('?') {
            Some(("/", query)) => format!("/today.json?{query}"),
            Some((path, query)) => format!("{path}.json?{query}"),
            None => format!("{path}.json"),
        };
        let answer = get(&room, &twin).await;
        assert_eq!(
            answer.status.as_u16(),
            if twin.contains("limit=1000000") { 400 } else { status },
            "{twin}"
        );
        assert_eq!(answer.json()["error"]["status"], answer.status.as_u16());
        assert!(!answer.json()["error"]["advice"].as_str().unwrap().is_empty());
    }
    let many = format!("/contacts?{}", "side=RU&".repeat(60));
    assert_eq!(get(&room, &many).await.status, StatusCode::BAD_REQUEST);
    let long = format!("/contacts?q={}", "a".repeat(9_000));
    assert_eq!(get(&room, &long).await.status, StatusCode::BAD_REQUEST);
    let posted = asking("/contacts").method("POST").body(Body::empty()).unwrap();
    let answer = send(&room, posted).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.header("allow"), "GET,HEAD");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dossier_may_go_and_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = copy(&folder);
    let room = service(settings(path.clone())).unwrap();
    assert_eq!(get(&room, "/contacts").await.status, StatusCode::OK);
    let aside = folder.path().join("aside");
    std::fs::rename(&path, &aside).unwrap();
    let answer = get(&room, "/contacts").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.header("retry-after"), "60");
    assert!(answer.body.contains("depeche serve"));
    // Something else in its place is no dossier; another dossier is opened.
    std::fs::write(&path, "not a dossier at all, whatever it is called").unwrap();
    assert_eq!(get(&room, "/contacts.json").await.status, StatusCode::SERVICE_UNAVAILABLE);
    drop(depeche_pipeline::store::Dossier::make(&folder.path().join("new")).unwrap());
    std::fs::rename(folder.path().join("new"), &path).unwrap();
    assert_eq!(get(&room, "/contacts.json").await.json()["total"], 0);
    std::fs::rename(&aside, &path).unwrap();
    assert!(get(&room, "/contacts.json").await.json()["total"].as_u64().unwrap() > 0);
}

#[test]
fn a_room_without_a_dossier_is_not_opened() {
    let missing = settings("nowhere/at/all.depeche".into());
    assert!(matches!(service(missing), Err(RoomError::Store { .. })));
    let open = Settings { listen: ([0, 0, 0, 0], 80).into(), ..settings(crate::made::dossier()) };
    assert!(matches!(service(open), Err(RoomError::Open(_))));
}
