//! Fetching from servers of the test's own on loopback; the real network is never asked.

use std::io::Write;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use depeche_acquire::{Answer, Document, Failure, FailureKind, Fetcher, Network, Options, Request};
use depeche_record::{Media, ProblemKind};

use crate::run::secure;
use crate::run::server::{Server, missing, page};
use crate::run::{packed, run_with};

/// Loopback allowed, and short of patience.
fn hasty() -> Network {
    Network {
        allow_private: true,
        max_bytes: 1 << 20,
        delay: Duration::from_millis(1),
        idle: Duration::from_millis(600),
        total: Duration::from_millis(2_000),
        retries: 1,
        backoff: Duration::from_millis(10),
        patience: Duration::from_millis(1_500),
        ..Network::default()
    }
}

fn fetch_by(network: Network, address: &str) -> Result<Document, Failure> {
    match Fetcher::new(network).unwrap().fetch(&Request::new(address))? {
        Answer::Document(document) => Ok(document),
        Answer::Unchanged(fetched) => panic!("nothing was at hand: {fetched:?}"),
    }
}

fn fetch(address: &str) -> Result<Document, Failure> {
    fetch_by(hasty(), address)
}

fn reason(address: &str) -> FailureKind {
    let failure = fetch(address).unwrap_err();
    assert!(failure.detail.len() > 15, "{failure:?}");
    failure.kind
}

const PAGE: &[u8] = b"<!doctype html><title>Titre</title><p>Le ministre a parl\xC3\xA9 \xC3\xA0 Moscou.";

#[test]
fn a_page_is_fetched_with_its_exchange() {
    let server =
        Server::of(vec![("/a?b=c", "200 OK\nContent-Type: text/html; charset=utf-8", PAGE.to_vec())]);
    let document = fetch(&server.address("/a?b=c#part")).unwrap();
    assert_eq!((document.bytes.as_slice(), document.address), (PAGE, server.address("/a?b=c")));
    assert_eq!((document.fetched.status, document.fetched.redirects.len()), (200, 0));
    assert_eq!(document.fetched.header("content-type"), Some("text/html; charset=utf-8"));
    let time = document.fetched.time.unwrap();
    assert!(time.len() == 20 && time.ends_with('Z') && time.starts_with("20"), "{time}");
    let asked = &server.asked()[0];
    assert!(asked.field("user-agent").unwrap().starts_with("depeche/"), "{asked:?}");
    assert_eq!(asked.field("accept-encoding"), Some("gzip, deflate, br, zstd"));
    assert_eq!(asked.field("cookie"), None);
}

#[test]
fn the_keeper_of_a_site_learns_whom_to_write_to() {
    let server = Server::of(vec![("/", "200 OK", PAGE.to_vec())]);
    let network = Network { contact: Some("mailto:desk@example.org".into()), ..hasty() };
    fetch_by(network, &server.address("/")).unwrap();
    assert!(server.asked()[0].field("user-agent").unwrap().contains("+mailto:desk@example.org"));
}

#[test]
fn loopback_is_not_asked_unless_allowed() {
    let server = Server::of(vec![("/", "200 OK", PAGE.to_vec())]);
    let closed = || Network { allow_private: false, ..hasty() };
    let port = server.port;
    for host in [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "[::ffff:127.0.0.1]",
        "localhost",
        "0",
    ] {
        let failure = fetch_by(closed(), &format!("http://{host}:{port}/")).unwrap_err();
        assert_eq!(failure.kind, FailureKind::Private, "{host}");
        // What is never asked is not promised.
        assert_eq!(failure.detail.contains("--allow-private"), host != "0", "{failure:?}");
        assert_eq!(failure.problem("x").kind, ProblemKind::Refused);
    }
    assert_eq!(server.paths().len(), 0);
    assert!(fetch(&server.address("/")).is_ok());
    assert!(fetch(&format!("http://localhost:{port}/")).is_ok());
}

#[test]
fn redirects_are_followed_and_checked_anew() {
    let server = Server::start(|asked, stream| {
        let to = |stream: &mut std::net::TcpStream, status: u16, place: &str| {
            write!(
                stream,
                "HTTP/1.1 {status} Moved\r\nLocation: {place}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            )
        };
        match asked.path.as_str() {
            "/start" => to(stream, 301, "middle?x=1#y"),
            "/middle?x=1" => to(stream, 307, "/end"),
            "/end" => page(stream, "", PAGE),
            "/loop" => to(stream, 302, "/loop2"),
            "/loop2" => to(stream, 302, "/loop"),
            "/nowhere" => to(stream, 302, ""),
            "/mail" => to(stream, 302, "mailto:a@example.org"),
            path if path.starts_with("/on/") => to(stream, 302, &format!("/on/{}x", &path[4..])),
            path if path.starts_with("/to/") => {
                to(stream, 302, &format!("http://{}/latest/meta-data/", &path[4..]))
            }
            _ => missing(stream),
        }
    });
    let document = fetch(&server.address("/start")).unwrap();
    assert_eq!(document.address, server.address("/end"));
    assert_eq!(document.fetched.redirects, [server.address("/start"), server.address("/middle?x=1")]);
    assert_eq!(reason(&server.address("/loop")), FailureKind::Redirects);
    assert_eq!(reason(&server.address("/on/")), FailureKind::Redirects);
    assert_eq!(reason(&server.address("/nowhere")), FailureKind::Redirects);
    assert_eq!(reason(&server.address("/mail")), FailureKind::BadAddress);
    for host in [
        "169.254.169.254",
        "2852039166",
        "0xa9fea9fe",
        "0251.0376.0251.0376",
        "[::ffff:169.254.169.254]",
        "[::ffff:a9fe:a9fe]",
        "[64:ff9b::a9fe:a9fe]",
        "[fd00:ec2::254]",
        "0.0.0.0",
        "[::]",
    ] {
        assert_eq!(reason(&server.address(&format!("/to/{host}"))), FailureKind::Private, "{host}");
    }
}

/// Three hundred megabytes of one letter in two hundred and fifty bytes, as the reference encoder writes them: `brotli -q 11
/// -w 24`.
fn brotli_bomb() -> Vec<u8> {
    const FIRST: &str = "cfffff7ff825c2e2b14020f7fe9ffffffff04b00c4610180eefd3fffffffe1970088c32200ddfb7ffeffffc32f01108705\
                         00baf7fffcffff875f02200e0b0074effff9ffff0fbf04401c1600e8defff3ffff1f7e0980382c00d0bdffe7ffff3ff\
                         c1200715800a07bffcfffff7ff82500e2b00040f7fe9ffffffff04b00c4610180eefd3fffffffe1970088c30200ddfb\
                         7ffeffffc32f0110870500baf7fffcffff875f02200e0b0074effff9ffff0fbf04401c1600e8defff3ffff1f7e09803\
                         82c00d0bdffe7ffff3ffc1200715800a07bffcfffff7ff82500e2b00040f7fe9ffffffff04b00c4610180eefd7ffeff\
                         ffe2970088c30200ddfb5f";
    let digit = |byte: &u8| char::from(*byte).to_digit(16).unwrap() as u8;
    FIRST.as_bytes().chunks(2).map(|pair| digit(&pair[0]) << 4 | digit(&pair[1])).collect()
}

#[test]
fn compression_is_undone_within_the_limit() {
    let long = "Le ministre a parlé. ".repeat(2_000).into_bytes();
    let bomb = packed(&vec![b'a'; 300 << 20]);
    // Brotli: an empty dictionary, then one letter copied over and over; made by the test so that no encoder is needed.
    let brotli = b"\x0b\x01\x80Oui\x03".to_vec();
    let twice = packed(&packed(&long));
    let zstd = ruzstd::encoding::compress_to_vec(&long[..], ruzstd::encoding::CompressionLevel::Fastest);
    let server = Server::of(vec![
        ("/gzip", "200 OK\nContent-Encoding: gzip\nContent-Type: text/html", packed(&long)),
        ("/twice", "200 OK\nContent-Encoding: gzip, gzip\nContent-Type: text/html", twice),
        ("/zstd", "200 OK\nContent-Encoding: zstd\nContent-Type: text/html", zstd),
        ("/br", "200 OK\nContent-Encoding: br\nContent-Type: text/html", brotli),
        ("/bomb-br", "200 OK\nContent-Encoding: br\nContent-Type: text/html", brotli_bomb()),
        ("/bomb", "200 OK\nContent-Encoding: gzip\nContent-Type: text/html", bomb),
        ("/cut", "200 OK\nContent-Encoding: gzip\nContent-Type: text/html", packed(&long)[..60].to_vec()),
        ("/lie", "200 OK\nContent-Encoding: gzip\nContent-Type: text/html", PAGE.to_vec()),
    ]);
    for path in ["/gzip", "/twice", "/zstd"] {
        assert_eq!(fetch(&server.address(path)).unwrap().bytes, long, "{path}");
    }
    assert_eq!(fetch(&server.address("/br")).unwrap().bytes, b"Oui");
    assert_eq!(reason(&server.address("/bomb")), FailureKind::TooLarge);
    assert_eq!(reason(&server.address("/bomb-br")), FailureKind::TooLarge);
    assert_eq!(reason(&server.address("/cut")), FailureKind::Broken);
    assert_eq!(fetch(&server.address("/lie")).unwrap().bytes, PAGE);
}

#[test]
fn endless_and_slow_answers_end() {
    let server = Server::start(|asked, stream| match asked.path.as_str() {
        "/endless" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")?;
            loop {
                stream.write_all(&[b'x'; 65_536])?;
            }
        }
        "/head" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\n")?;
            loop {
                stream.write_all(b"X-More: yes, and more, and more\r\n")?;
            }
        }
        "/huge" => stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\nx"),
        "/silent" => {
            thread::sleep(Duration::from_secs(5));
            Ok(())
        }
        "/stops" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx")?;
            thread::sleep(Duration::from_secs(5));
            Ok(())
        }
        "/drips" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")?;
            loop {
                stream.write_all(b"x")?;
                thread::sleep(Duration::from_millis(100));
            }
        }
        "/short" => stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx"),
        "/noise" => stream.write_all(b"\x00\x01\x02 hello\r\n\r\n"),
        _ => missing(stream),
    });
    let started = Instant::now();
    assert_eq!(reason(&server.address("/endless")), FailureKind::TooLarge);
    assert_eq!(reason(&server.address("/huge")), FailureKind::TooLarge);
    assert_eq!(reason(&server.address("/silent")), FailureKind::Timeout);
    assert_eq!(reason(&server.address("/stops")), FailureKind::Timeout);
    assert_eq!(reason(&server.address("/drips")), FailureKind::Timeout);
    assert_eq!(reason(&server.address("/short")), FailureKind::Broken);
    assert_eq!(reason(&server.address("/noise")), FailureKind::Connection);
    assert!(matches!(reason(&server.address("/head")), FailureKind::Connection | FailureKind::Timeout));
    assert!(started.elapsed() < Duration::from_secs(40), "{:?}", started.elapsed());
    // An answer that took all the time there is is not asked for again.
    let count = |path: &str| server.asked().iter().filter(|asked| asked.path == path).count();
    assert_eq!((count("/drips"), count("/stops") > 1), (1, true));
}

#[test]
fn what_may_pass_is_tried_again() {
    let server = Server::start(|asked, stream| match asked.path.as_str() {
        "/busy" => stream.write_all(
            b"HTTP/1.1 503 Busy\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        ),
        "/later" => stream.write_all(
            b"HTTP/1.1 429 Slow\r\nRetry-After: 7200\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        ),
        "/date" => stream.write_all(
            b"HTTP/1.1 503 Busy\r\nRetry-After: Tue, 31 Dec 2199 23:59:59 GMT\r\nContent-Length: 0\r\n\r\n",
        ),
        "/locked" => stream.write_all(b"HTTP/1.1 403 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
        _ => missing(stream),
    });
    let failure = |path: &str| fetch(&server.address(path)).unwrap_err();
    assert_eq!(failure("/busy").kind, FailureKind::Status(503));
    let asked = server.asked();
    assert_eq!(asked.len(), 2);
    assert!(asked[1].at - asked[0].at >= Duration::from_millis(990));
    let later = failure("/later");
    assert_eq!((later.kind, later.wait), (FailureKind::Status(429), Some(Duration::from_secs(7_200))));
    // A week is the most that is believed.
    assert_eq!(failure("/date").wait, Some(Duration::from_secs(7 * 24 * 3_600)));
    assert_eq!(failure("/locked").kind, FailureKind::Status(403));
    assert_eq!(failure("/none").kind, FailureKind::Status(404));
    assert_eq!(server.asked().len(), 6);
}

#[test]
fn hosts_are_asked_one_request_at_a_time() {
    let server = Server::start(|asked, stream| match asked.path.as_str() {
        "/robots.txt" => page(stream, "", b"User-agent: *\nCrawl-delay: 0.3\n"),
        _ => {
            thread::sleep(Duration::from_millis(200));
            page(stream, "", PAGE)
        }
    });
    let fetcher = Fetcher::new(hasty()).unwrap();
    let requests = (0..3).map(|n| Request::new(server.address(&format!("/{n}")))).collect();
    let mut seen = Vec::new();
    let all = fetcher.fetch_each(requests, |number, answer| {
        seen.push((number, answer.is_ok()));
        ControlFlow::Continue(())
    });
    assert!(all.is_continue());
    assert_eq!(seen, [(0, true), (1, true), (2, true)]);
    let asked = server.asked();
    for pair in asked.windows(2) {
        assert!(pair[1].at - pair[0].at >= Duration::from_millis(490), "{:?}", pair[1].at - pair[0].at);
    }
    assert_eq!(server.paths().iter().filter(|path| *path == "/robots.txt").count(), 1);
}

#[test]
fn sites_are_left_alone_as_they_ask() {
    let server = Server::of(vec![
        ("/robots.txt", "200 OK", b"User-agent: *\nDisallow: /closed\n".to_vec()),
        ("/closed/a", "200 OK", PAGE.to_vec()),
        ("/open", "200 OK", PAGE.to_vec()),
        ("/way", "302 Found\nLocation: /closed/a", Vec::new()),
    ]);
    assert!(fetch(&server.address("/open")).is_ok());
    for path in ["/closed/a", "/way"] {
        assert_eq!(reason(&server.address(path)), FailureKind::Robots, "{path}");
    }
    assert!(!server.paths().iter().any(|path| path == "/closed/a"));
    let ill = Server::start(|asked, stream| match asked.path.as_str() {
        "/robots.txt" => {
            stream.write_all(b"HTTP/1.1 500 Ill\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        }
        _ => page(stream, "", PAGE),
    });
    assert_eq!(reason(&ill.address("/")), FailureKind::Status(500));
    assert_eq!(ill.asked().len(), 0);
}

#[test]
fn a_version_at_hand_is_not_fetched_again() {
    let server = Server::start(|asked, stream| match asked.path.as_str() {
        "/robots.txt" => missing(stream),
        _ if asked.field("if-none-match") == Some("\"v1\"") => {
            stream.write_all(b"HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\nConnection: close\r\n\r\n")
        }
        _ => page(stream, "ETag: \"v2\"\r\n", PAGE),
    });
    let fetcher = Fetcher::new(hasty()).unwrap();
    let at_hand = |etag: &str| Request {
        etag: Some(etag.into()),
        last_modified: Some("Wed, 06 Aug 2025 10:00:00 GMT".into()),
        ..Request::new(server.address("/"))
    };
    assert!(
        matches!(fetcher.fetch(&at_hand("\"v1\"")), Ok(Answer::Unchanged(fetched)) if fetched.status == 304)
    );
    assert!(matches!(fetcher.fetch(&at_hand("\"v0\"")), Ok(Answer::Document(_))));
    assert_eq!(server.asked()[0].field("if-modified-since"), Some("Wed, 06 Aug 2025 10:00:00 GMT"));
}

#[test]
fn what_is_no_address_or_no_host_says_so() {
    assert_eq!(reason("http://"), FailureKind::BadAddress);
    assert_eq!(reason("http://exa mple/"), FailureKind::BadAddress);
    assert_eq!(reason("ftp://example.org/"), FailureKind::BadAddress);
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = closed.local_addr().unwrap().port();
    drop(closed);
    assert_eq!(reason(&format!("http://127.0.0.1:{port}/")), FailureKind::Connection);
    let open = Server::of(vec![("/", "200 OK", PAGE.to_vec())]);
    assert_eq!(reason(&open.address("/").replace("http:", "https:")), FailureKind::Connection);
}

#[test]
fn the_second_version_of_http_is_spoken_where_the_server_does() {
    let trusting = || Network { roots: vec![secure::ROOT.to_vec()], ..hasty() };
    const BOTH: &[&[u8]] = &[b"h2", b"http/1.1"];
    for (protocols, version) in [(BOTH, "HTTP/2.0"), (&BOTH[1..], "HTTP/1.1")] {
        let address = format!("https://localhost:{}/", secure::start(protocols));
        let document = fetch_by(trusting(), &address).unwrap();
        assert_eq!(document.bytes, format!("<!doctype html><p>{version}").as_bytes());
    }
    let port = secure::start(BOTH);
    assert_eq!(reason(&format!("https://localhost:{port}/")), FailureKind::Certificate);
    let other = fetch_by(trusting(), &format!("https://127.0.0.1:{port}/")).unwrap_err();
    assert_eq!(other.kind, FailureKind::Certificate, "the certificate is for another name");
}

#[test]
fn addresses_are_inputs_like_files() {
    let server = Server::of(vec![
        (
            "/a",
            "200 OK\nContent-Type: text/html; charset=windows-1251",
            b"<p>\xCF\xE5\xF1\xEA\xEE\xE2".to_vec(),
        ),
        ("/liar", "200 OK\nContent-Type: text/html", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0d".to_vec()),
        ("/empty", "200 OK\nContent-Type: text/html", b" \n".to_vec()),
        ("/feed", "200 OK\nContent-Type: text/html", b"<?xml version='1.0'?><rss version='2.0'/>".to_vec()),
        (
            "/lines",
            "200 OK\nContent-Type: application/x-ndjson",
            b"{\"id\":\"x\",\"text\":\"Oui.\"}\n".to_vec(),
        ),
        ("/untold", "200 OK", b"<!doctype html><p>Oui.".to_vec()),
    ]);
    let options = Options { network: hasty(), ..Options::default() };
    let inputs: Vec<PathBuf> = ["/a", "/liar", "/empty", "/gone", "/feed", "/lines", "/untold"]
        .into_iter()
        .map(|path| PathBuf::from(server.address(path)))
        .collect();
    let run = run_with(&inputs, &options, b"");
    assert_eq!(run.ids(), [server.address("/a").as_str(), "x", &server.address("/untold")]);
    let first = &run.captures[0];
    assert_eq!((first.media, first.given.charset.as_deref()), (Media::Html, Some("windows-1251")));
    assert_eq!(first.given.url.as_deref(), Some(first.address.as_str()));
    assert_eq!(first.fetched.as_ref().map(|fetched| fetched.status), Some(200));
    assert_eq!(
        run.kinds(),
        [ProblemKind::NotText, ProblemKind::Empty, ProblemKind::Missing, ProblemKind::UnknownFormat]
    );
}
