//! Many readers, while the dossier grows.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use axum::http::StatusCode;
use depeche_pipeline::acquire::{Options, captures};
use depeche_pipeline::store::Dossier;
use depeche_pipeline::{Desk, Pipeline, Settings as Stages};
use depeche_web::service;

use crate::made::{clock, copy, get, hidden, ids, send, settings};

const READERS: usize = 50;

/// Adds reports of the corpus in many small batches, as another process would.
fn grow(path: &Path, reports: usize) {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/fr-talks/texts.jsonl");
    let pipeline = Pipeline::new(Stages::default()).unwrap();
    let mut dossier = Dossier::open_to_write(path).unwrap();
    let desk = Desk { place: &|capture| format!("id {}", capture.id), clock: &clock, batch: 2 };
    let inputs = [corpus];
    let options = Options::default();
    let all: Vec<_> = captures(&inputs, &options).take(reports).collect();
    // Each few are shown before the next come.
    for few in all.chunks(4) {
        pipeline.add(&mut dossier, few.iter().cloned(), &desk, |_| ()).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_read_while_reports_are_added() {
    let folder = tempfile::tempdir().unwrap();
    let path = copy(&folder);
    let room = service(settings(path.clone())).unwrap();
    let before = ids(&room, "reports").await.len();
    let contacts = ids(&room, "contacts").await;
    let token = hidden(&get(&room, "/add").await.body, "token");
    let is_over = Arc::new(AtomicBool::new(false));
    let answered = Arc::new(AtomicUsize::new(0));
    let growing = {
        let (is_over, path) = (Arc::clone(&is_over), path.clone());
        tokio::task::spawn_blocking(move || {
            grow(&path, 24);
            is_over.store(true, Ordering::Relaxed);
        })
    };
    let readers: Vec<_> = (0..READERS)
        .map(|n| {
            let (room, is_over, answered) = (room.clone(), Arc::clone(&is_over), Arc::clone(&answered));
            let contact = format!("/contacts/{}", contacts[n % contacts.len()]);
            tokio::spawn(async move {
                let paths = [
                    "/",
                    "/contacts?side=TR",
                    "/statements",
                    "/network?view=people",
                    "/search?q=Ankara",
                    "/map",
                ];
                for turn in 0.. {
                    let path = if (turn + n) % 7 == 6 { contact.as_str() } else { paths[(turn + n) % 7 % 6] };
                    let answer = get(&room, path).await;
                    // A contact may have become another by what was added; nothing else is amiss.
                    let moved = path == contact
                        && matches!(answer.status, StatusCode::SEE_OTHER | StatusCode::NOT_FOUND);
                    assert!(
                        answer.status == StatusCode::OK || moved,
                        "{path}: {} {}",
                        answer.status,
                        answer.body
                    );
                    answered.fetch_add(1, Ordering::Relaxed);
                    if is_over.load(Ordering::Relaxed) {
                        break;
                    }
                }
            })
        })
        .collect();
    // One of them decides something meanwhile, by the room itself.
    let fields = [("token", token.as_str()), ("author", "A. Nin"), ("id", contacts[0].as_str())];
    let fields: Vec<(&str, &str)> =
        fields.into_iter().chain([("decision", "note"), ("note", "seen")]).collect();
    let decided = send(&room, crate::made::form("/judgements", &fields)).await;
    assert!(
        decided.status == StatusCode::SEE_OTHER || decided.status == StatusCode::NOT_FOUND,
        "{}",
        decided.body
    );
    for reader in readers {
        reader.await.unwrap();
    }
    growing.await.unwrap();
    assert_eq!(ids(&room, "reports").await.len(), before + 24);
    assert!(answered.load(Ordering::Relaxed) >= READERS);
}
