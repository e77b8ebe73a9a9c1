//! Addresses and feeds, from a server of the test's own on loopback.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread;

use crate::workplace::{REPORT, Workplace};

/// Serves a feed of one page, and the page; the port it listens on.
fn serve() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let mut head = String::new();
            let mut reader = BufReader::new(&stream);
            while reader.read_line(&mut head).is_ok_and(|read| read > 2) {}
            let (status, body) = match head.split(' ').nth(1).unwrap_or_default() {
                "/feed" => (
                    "200 OK",
                    "<rss version='2.0'><channel><title>Le Fil</title><item><link>/page</link></item></channel></rss>"
                        .to_owned(),
                ),
                "/page" => ("200 OK", format!("<!doctype html><article><p>{REPORT}</p></article>")),
                _ => ("404 Not Found", String::new()),
            };
            let answer = format!(
                "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            );
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    port
}

#[test]
fn addresses_are_read_like_files_where_that_is_allowed() {
    let workplace = Workplace::new();
    let address = format!("http://127.0.0.1:{}/page", serve());
    let read = workplace.run(&["read", &address, "--allow-private", "--format", "jsonl"]);
    assert_eq!(read.status, 0, "{}", read.stderr);
    assert!(
        read.stdout.contains(&format!("\"id\":\"{address}\"")) && read.stdout.contains("Witkoff"),
        "{}",
        read.stdout
    );
    let refused = workplace.run(&["read", &address]);
    assert_eq!((refused.status, refused.stdout.as_str()), (2, ""));
    assert!(refused.stderr.contains("--allow-private"), "{}", refused.stderr);
}

#[test]
fn what_is_followed_is_written_once_and_read_again() {
    let workplace = Workplace::new();
    let port = serve();
    workplace.write("sources.txt", format!("# presse\nhttp://127.0.0.1:{port}/feed Le Fil\n"));
    let follow =
        || workplace.run(&["follow", "sources.txt", "--into", "press", "--allow-private", "--ui", "en"]);
    let first = follow();
    assert_eq!(first.status, 0, "{}", first.stderr);
    assert!(first.stderr.contains("1 sources, 1 new pages, 0 failed"), "{}", first.stderr);
    let second = follow();
    assert_eq!(second.status, 1, "{}", second.stderr);
    let brief = workplace.run(&["read", "press", "--format", "jsonl"]);
    assert_eq!((brief.status, brief.stdout.lines().count()), (0, 1), "{}", brief.stderr);
    assert!(brief.stdout.contains("Witkoff"), "{}", brief.stdout);
    let coverage = workplace.run(&["coverage", "press/followed.json", "--ui", "en"]);
    assert!(coverage.stdout.starts_with("Le Fil  http://127.0.0.1:"), "{}", coverage.stdout);
    assert!(
        coverage.stdout.contains("2 looks") && coverage.stdout.contains("1 page, 0 failures"),
        "{}",
        coverage.stdout
    );
    let json = workplace.run(&["coverage", "press/followed.json", "--format", "json"]);
    assert!(json.stdout.contains("\"stretches\""), "{}", json.stdout);
}

#[test]
fn what_is_followed_comes_into_a_dossier_whose_briefing_says_the_coverage() {
    let workplace = Workplace::new();
    let feed = format!("http://127.0.0.1:{}/feed", serve());
    let follow = |arguments: &[&str]| {
        let all =
            [&["follow"], arguments, &["--dossier", "d.depeche", "--allow-private", "--ui", "en"]].concat();
        workplace.run(&all)
    };
    let first = follow(&[&feed]);
    assert_eq!(first.status, 0, "{}", first.stderr);
    assert!(first.stderr.contains("1 sources, 1 new pages, 0 failed"), "{}", first.stderr);
    assert!(first.stdout.contains("1 report added"), "{}", first.stdout);
    // The dossier knows what it follows, and takes nothing twice.
    let second = follow(&[]);
    assert_eq!(second.status, 1, "{}", second.stderr);
    let gone = format!("{}/gone", feed.trim_end_matches("/feed"));
    assert_eq!(follow(&[&gone]).status, 2);

    let coverage = workplace.run(&["coverage", "--dossier", "d.depeche", "--ui", "en"]);
    assert_eq!(coverage.status, 0, "{}", coverage.stderr);
    for words in
        ["Le Fil  http://127.0.0.1:", "2 looks", "1 page, 0 failures", "never reached yet", "1 failure"]
    {
        assert!(coverage.stdout.contains(words), "{words}: {}", coverage.stdout);
    }
    let json = workplace.run(&["coverage", "--dossier", "d.depeche", "--format", "json"]);
    let sources: Vec<serde_json::Value> = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!((sources.len(), sources[0]["title"].as_str()), (2, Some("Le Fil")));
    assert_eq!(sources[1]["failing"], true);

    for (format, heading) in [("text", "Coverage"), ("md", "## Coverage"), ("html", "<h2>Coverage</h2>")] {
        let brief =
            workplace.run(&["brief", "--dossier", "d.depeche", "--format", format, "--ui", "en"]).stdout;
        for words in [heading, "Le Fil", "2 looks", "the last look failed"] {
            assert!(brief.contains(words), "{format}, {words}: {brief}");
        }
    }
    let brief = workplace.run(&["brief", "--dossier", "d.depeche", "--format", "json"]);
    let brief: serde_json::Value = serde_json::from_str(&brief.stdout).unwrap();
    assert_eq!(brief["coverage"], serde_json::Value::from(sources));
    assert_eq!(brief["reports"].as_array().unwrap().len(), 1);
    let check = workplace.run(&["check", "--dossier", "d.depeche"]);
    assert_eq!(check.status, 0, "{}{}", check.stdout, check.stderr);
}

#[test]
fn what_was_captured_goes_out_as_a_web_archive_and_comes_back() {
    let workplace = Workplace::new();
    let page = format!("http://127.0.0.1:{}/page", serve());
    workplace.write("own.txt", REPORT);
    let add = workplace.run(&["add", &page, "own.txt", "--allow-private", "--dossier", "d.depeche"]);
    assert_eq!(add.status, 0, "{}", add.stderr);
    let export = |arguments: &[&str]| workplace.run(&[&["export", "--to", "warc"], arguments].concat());
    let plain = export(&["--dossier", "d.depeche"]);
    assert_eq!(plain.status, 0, "{}", plain.stderr);
    for words in ["WARC-Type: warcinfo", "WARC-Type: response", "WARC-Type: resource", &page] {
        assert!(plain.stdout.contains(words), "{words}: {}", plain.stdout);
    }
    let packed = export(&["--dossier", "d.depeche", "--output", "d.warc.gz"]);
    assert_eq!(packed.status, 0, "{}", packed.stderr);
    let digests = |input: &str| {
        let read = workplace.run(&["read", input, "--allow-private", "--format", "jsonl"]);
        assert_eq!(read.status, 0, "{}", read.stderr);
        let field =
            |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["digest"].to_string();
        let mut digests: Vec<String> = read.stdout.lines().map(field).collect();
        digests.sort();
        digests
    };
    let mut there = [digests(&page), digests("own.txt")].concat();
    there.sort();
    assert_eq!(digests("d.warc.gz"), there);
    assert_eq!(export(&["own.txt", "--output", "own.warc"]).status, 0);
    assert_eq!(digests("own.warc"), digests("own.txt"));
    assert_eq!(export(&["--dossier", "missing.depeche"]).status, 2);
}

#[test]
fn wrong_lists_and_states_are_named() {
    let workplace = Workplace::new();
    workplace.write("prose.txt", "Moscou et Kiev");
    workplace.write("followed.json", "{oops");
    for (arguments, word) in [
        (&["follow", "nowhere.opml", "--ui", "en"][..], "nowhere.opml"),
        (&["follow", "prose.txt", "--ui", "en"], "lists no sources"),
        (&["follow", "http://127.0.0.1:9/", "--into", ".", "--ui", "en"], "followed.json"),
        (&["follow", "--into", "new", "--ui", "en"], "follows no sources"),
        (&["follow", "--ui", "en"], "dossier.depeche"),
        (&["coverage", "--ui", "en"], "dossier.depeche"),
        (&["coverage", "followed.json", "--ui", "en"], "followed.json"),
    ] {
        let run = workplace.run(arguments);
        assert_eq!(run.status, 2, "{arguments:?}");
        assert!(run.stderr.contains(word), "{}", run.stderr);
    }
}
