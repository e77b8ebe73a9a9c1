//! Following feeds of servers of the test's own on loopback.

use std::io::Write;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use depeche_acquire::{Fetcher, Look, Network, Reach, look};
use depeche_record::followed::Followed;
use depeche_record::{Capture, Problem, ProblemKind};

use crate::run::packed;
use crate::run::server::{Server, missing, page};

fn fetcher() -> Fetcher {
    Fetcher::new(Network {
        allow_private: true,
        delay: Duration::from_millis(1),
        retries: 0,
        idle: Duration::from_millis(800),
        ..Network::default()
    })
    .unwrap()
}

fn once(
    server: &Server,
    path: &str,
    followed: &mut Followed,
    reach: &Reach,
) -> (Look, Vec<Capture>, Vec<Problem>) {
    let (mut captures, mut problems) = (Vec::new(), Vec::new());
    let look = look(&fetcher(), &[server.address(path)], reach, followed, &mut |_, item| {
        match item {
            Ok(capture) => captures.push(capture),
            Err(problem) => problems.push(problem),
        }
        ControlFlow::Continue(())
    });
    (look, captures, problems)
}

fn paths(captures: &[Capture]) -> Vec<String> {
    captures.iter().map(|capture| capture.address.rsplit_once('/').unwrap().1.to_owned()).collect()
}

/// A feed of these pages, each with its time of change.
fn feed(pages: &[(&str, &str)]) -> String {
    let item = |(path, time): &(&str, &str)| {
        format!(
            "<entry><id>{path}</id><title>{path}</title><link href='/{path}'/><updated>{time}</updated></entry>"
        )
    };
    let items: String = pages.iter().map(item).collect();
    format!(
        "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><title>Le Fil</title>{items}</feed>"
    )
}

fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Serves what the cell holds as `/feed`, and a page at every other path.
fn of_cell(cell: &Arc<Mutex<String>>) -> Server {
    let cell = Arc::clone(cell);
    Server::start(move |asked, stream| {
        let held = cell.lock().unwrap().clone();
        let mark = format!("\"{}\"", held.len());
        match asked.path.as_str() {
            "/robots.txt" => missing(stream),
            // Feeds lie about their type.
            "/feed" if asked.field("if-none-match") == Some(mark.as_str()) => {
                stream.write_all(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n")
            }
            "/feed" => page(stream, &format!("ETag: {mark}\r\n"), held.as_bytes()),
            path if path.starts_with("/gone") => missing(stream),
            path => page(stream, "", format!("<!doctype html><p>{path} {}", held.len()).as_bytes()),
        }
    })
}

#[test]
fn a_source_that_gives_no_page_is_a_failure_of_that_source() {
    let server = Server::start(|asked, stream| match asked.path.as_str() {
        "/robots.txt" => missing(stream),
        _ => page(stream, "", b"\x89PNG\r\n\x1A\n\0\0\0\0 a picture that calls itself a feed"),
    });
    let mut followed = Followed::default();
    let (look, captures, problems) = once(&server, "/feed", &mut followed, &Reach::default());
    assert!(captures.is_empty() && look.failed == 1 && problems.len() == 1, "{look:?} {problems:?}");
    let source = &followed.sources[&server.address("/feed")];
    assert!(source.failing && source.failed == 1, "{source:?}");
    assert_eq!(
        (source.misses[0].kind.as_str(), &source.misses[0].detail),
        ("unreadable", &problems[0].detail)
    );
}

#[test]
fn each_page_is_handed_on_once() {
    let time = now();
    let cell = Arc::new(Mutex::new(feed(&[("a", &time), ("b", &time), ("old", "2001-01-01T00:00:00Z")])));
    let server = of_cell(&cell);
    let (mut followed, reach) = (Followed::default(), Reach::default());
    let (first, captures, problems) = once(&server, "/feed", &mut followed, &reach);
    assert_eq!((paths(&captures), problems), (vec!["a".to_owned(), "b".into()], vec![]));
    assert_eq!(first, Look { sources: 1, pages: 2, failed: 0, waiting: 0 });
    assert!(captures[0].fetched.as_ref().is_some_and(|fetched| fetched.status == 200));

    // Unchanged: the feed costs an answer without a body, and no page is asked for.
    let (second, captures, _) = once(&server, "/feed", &mut followed, &reach);
    assert_eq!((second.pages, captures.len()), (0, 0));
    let source = followed.sources.values().next().unwrap();
    assert_eq!(
        (source.title.as_deref(), source.stretches.len(), source.stretches[0].looks),
        (Some("Le Fil"), 1, 2)
    );

    // A new page, and one that changed.
    *cell.lock().unwrap() = feed(&[("c", &time), ("a", "2999-01-01T00:00:00Z")]);
    let (_, captures, _) = once(&server, "/feed", &mut followed, &reach);
    assert_eq!(paths(&captures), ["c", "a"]);
    assert_eq!(followed.sources.values().next().unwrap().stretches.len(), 1);

    // Nothing left that was known: something may have slipped by.
    *cell.lock().unwrap() = feed(&[("x", &time), ("y", &time), ("z", &time)]);
    once(&server, "/feed", &mut followed, &reach);
    let source = followed.sources.values().next().unwrap();
    assert_eq!((source.stretches.len(), source.pages), (2, 7));

    // What is remembered outlives a run as JSON.
    let written = serde_json::to_string(&followed).unwrap();
    assert_eq!(serde_json::from_str::<Followed>(&written).unwrap(), followed);
}

#[test]
fn what_fails_is_counted_and_told_once() {
    let time = now();
    let cell = Arc::new(Mutex::new(feed(&[("gone1", &time), ("a", &time)])));
    let server = of_cell(&cell);
    let mut followed = Followed::default();
    let (look, captures, problems) = once(&server, "/feed", &mut followed, &Reach::default());
    assert_eq!((look.pages, look.failed, paths(&captures)), (1, 1, vec!["a".to_owned()]));
    assert_eq!(problems[0].kind, ProblemKind::Missing);
    assert!(problems[0].subject.ends_with("/gone1"));
    let (_, captures, problems) = once(&server, "/feed", &mut followed, &Reach::default());
    assert_eq!((captures.len(), problems.len()), (0, 0));
    let source = followed.sources.values().next().unwrap();
    assert_eq!((source.failed, source.misses[0].kind.as_str(), source.failing), (1, "status", false));
}

#[test]
fn what_may_pass_is_tried_at_later_looks() {
    let time = now();
    let feed = feed(&[("slow", &time)]);
    let asked_for = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked_for);
    let server = Server::start(move |asked, stream| match asked.path.as_str() {
        "/robots.txt" => missing(stream),
        "/feed" => page(stream, "", feed.as_bytes()),
        _ if count.fetch_add(1, Ordering::SeqCst) < 2 => {
            stream.write_all(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        }
        _ => page(stream, "", b"<!doctype html><p>Enfin."),
    });
    let mut followed = Followed::default();
    let found: Vec<usize> =
        (0..4).map(|_| once(&server, "/feed", &mut followed, &Reach::default()).1.len()).collect();
    assert_eq!(found, [0, 0, 1, 0]);
    assert_eq!(asked_for.load(Ordering::SeqCst), 3);
}

#[test]
fn a_source_that_asks_to_be_left_alone_is() {
    let server = Server::start(|asked, stream| match asked.path.as_str() {
        "/robots.txt" => missing(stream),
        _ => stream.write_all(
            b"HTTP/1.1 429 Slow\r\nRetry-After: 3600\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        ),
    });
    let mut followed = Followed::default();
    let (first, _, problems) = once(&server, "/feed", &mut followed, &Reach::default());
    assert_eq!((first.sources, first.failed, problems[0].kind), (1, 1, ProblemKind::Unreachable));
    let (second, ..) = once(&server, "/feed", &mut followed, &Reach::default());
    assert_eq!(second.sources, 0);
    let source = followed.sources.values().next().unwrap();
    assert!(source.failing && source.stretches.is_empty());
}

#[test]
fn a_look_has_a_limit_and_the_rest_waits() {
    let time = now();
    let cell = Arc::new(Mutex::new(feed(&[("a", &time), ("b", &time), ("c", &time)])));
    let server = of_cell(&cell);
    let (mut followed, reach) = (Followed::default(), Reach { most: 2, ..Reach::default() });
    let (first, captures, _) = once(&server, "/feed", &mut followed, &reach);
    assert_eq!((first.waiting, paths(&captures)), (1, vec!["a".to_owned(), "b".into()]));
    // The feed is unchanged, and what waited is fetched all the same.
    let (second, captures, _) = once(&server, "/feed", &mut followed, &reach);
    assert_eq!((second.waiting, paths(&captures)), (0, vec!["c".to_owned()]));
}

#[test]
fn indexes_of_sitemaps_and_pages_are_followed() {
    let time = now();
    let map = format!("<urlset><url><loc>/p1</loc><lastmod>{time}</lastmod></url></urlset>");
    let index = format!(
        "<sitemapindex><sitemap><loc>/map.xml</loc><lastmod>{time}</lastmod></sitemap><sitemap><loc>/old.xml</loc>\
         <lastmod>2001-01-01</lastmod></sitemap></sitemapindex>"
    );
    let server = Server::of(vec![
        ("/index.xml", "200 OK\nContent-Type: application/xml", index.into_bytes()),
        ("/map.xml", "200 OK\nContent-Type: application/xml", map.into_bytes()),
        ("/p1", "200 OK\nContent-Type: text/html", b"<!doctype html><p>Un.".to_vec()),
        ("/live", "200 OK\nContent-Type: text/html", b"<!doctype html><p>Direct.".to_vec()),
    ]);
    let mut followed = Followed::default();
    let (_, captures, problems) = once(&server, "/index.xml", &mut followed, &Reach::default());
    assert_eq!((paths(&captures), problems), (vec!["p1".to_owned()], vec![]));
    let (_, captures, _) = once(&server, "/index.xml", &mut followed, &Reach::default());
    assert_eq!(captures.len(), 0);
    assert!(!server.paths().iter().any(|path| path == "/old.xml"));
    assert_eq!(server.paths().iter().filter(|path| *path == "/map.xml").count(), 1);
    let found: Vec<usize> =
        (0..2).map(|_| once(&server, "/live", &mut followed, &Reach::default()).1.len()).collect();
    assert_eq!(found, [1, 0]);
}

#[test]
fn breaking_off_leaves_the_rest_unseen() {
    let time = now();
    let cell = Arc::new(Mutex::new(feed(&[("a", &time), ("b", &time)])));
    let server = of_cell(&cell);
    let mut followed = Followed::default();
    look(&fetcher(), &[server.address("/feed")], &Reach::default(), &mut followed, &mut |_, _| {
        ControlFlow::Break(())
    });
    let (_, captures, _) = once(&server, "/feed", &mut followed, &Reach::default());
    assert_eq!(paths(&captures), ["a", "b"]);
}

#[test]
fn feeds_that_lie_about_their_type_are_read_by_their_bytes() {
    let time = now();
    let rss = "<?xml version='1.0'?><rss version='2.0'><channel><item><link>/p</link></item></channel></rss>";
    let json =
        r#"{"version":"https://jsonfeed.org/version/1.1","title":"F","items":[{"id":"1","url":"/p"}]}"#;
    let map = format!("<urlset><url><loc>/p</loc><lastmod>{time}</lastmod></url></urlset>");
    let bomb = packed(&vec![b' '; 100 << 20]);
    let server = Server::of(vec![
        ("/as-picture", "200 OK\nContent-Type: image/png", rss.as_bytes().to_vec()),
        ("/as-page", "200 OK\nContent-Type: text/html; charset=utf-8", json.as_bytes().to_vec()),
        ("/as-json", "200 OK\nContent-Type: application/feed+json", rss.as_bytes().to_vec()),
        ("/as-text", "200 OK\nContent-Type: text/plain", map.clone().into_bytes()),
        ("/map.xml.gz", "200 OK\nContent-Type: application/gzip", packed(map.as_bytes())),
        ("/page", "200 OK\nContent-Type: application/rss+xml", b"<!doctype html><p>Un article.".to_vec()),
        ("/picture", "200 OK\nContent-Type: application/rss+xml", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()),
        ("/bomb", "200 OK\nContent-Type: application/rss+xml", bomb),
        ("/p", "200 OK\nContent-Type: application/octet-stream", b"<!doctype html><p>Un.".to_vec()),
    ]);
    let reach = Reach::default();
    for path in ["/as-picture", "/as-page", "/as-json", "/as-text", "/map.xml.gz"] {
        let (_, captures, problems) = once(&server, path, &mut Followed::default(), &reach);
        assert_eq!((paths(&captures), problems), (vec!["p".to_owned()], vec![]), "{path}");
    }
    let (_, captures, _) = once(&server, "/page", &mut Followed::default(), &reach);
    assert_eq!(paths(&captures), ["page"]);
    for path in ["/picture", "/bomb"] {
        let (_, captures, problems) = once(&server, path, &mut Followed::default(), &reach);
        assert_eq!((captures.len(), problems.len()), (0, 1), "{path}: {problems:?}");
    }
}
