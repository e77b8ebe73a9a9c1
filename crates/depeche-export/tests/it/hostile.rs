//! A dossier of which every word is an attack, in every format: it can be read, and does nothing.

use std::collections::BTreeSet;
use std::io::Cursor;

use depeche_export::{Format, Options};
use depeche_record::Language;
use html5gum::{Token, Tokenizer};

use crate::dossiers::{ATTACKS, file, files, hostile, written};

fn steers(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r'))
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
}

#[test]
fn no_format_holds_what_steers_the_display() {
    let made = hostile();
    for format in written() {
        for language in [Language::French, Language::English] {
            let (files, _) = files(&made, format, &Options::default(), language);
            assert!(!files.is_empty(), "{format:?}");
            for (name, text) in files {
                let found = text.chars().find(|&c| steers(c) || (c == '\r' && !text.contains("\r\n")));
                assert_eq!(found, None, "{format:?} {name}");
                assert!(text.len() > 1, "{format:?} {name} is empty");
            }
        }
    }
}

#[test]
fn files_stay_in_their_folder() {
    let made = hostile();
    for format in [Format::Csv, Format::Obsidian] {
        let (files, _) = files(&made, format, &Options::default(), Language::English);
        let folded: BTreeSet<String> = files.keys().map(|name| name.to_lowercase()).collect();
        assert_eq!(folded.len(), files.len(), "no two names differ by case alone");
        for name in files.keys() {
            assert!(name.split('/').count() <= 2, "{name}");
            for part in name.split('/') {
                let strange = |c: char| steers(c) || "\\:*?\"<>|#^[]".contains(c);
                assert!(!part.is_empty() && !part.starts_with('.') && !part.contains(strange), "{name}");
                assert!(part.len() <= 200, "{name}");
            }
        }
    }
}

#[test]
fn no_cell_is_a_formula() {
    let made = hostile();
    for (format, separator) in [
        (Format::Csv, b','),
        (Format::Csv, b';'),
        (Format::Csv, b'\t'),
        (Format::Timesketch, b','),
        (Format::Cameo, b','),
    ] {
        let (files, _) =
            files(&made, format, &Options { separator, ..Options::default() }, Language::English);
        for (name, text) in files {
            let separator = if format == Format::Timesketch { b',' } else { separator };
            // As written, and as a spreadsheet of another country would part the cells.
            for other in [separator, b',', b';', b'\t'] {
                let cells = csv::ReaderBuilder::new()
                    .delimiter(other)
                    .has_headers(false)
                    .flexible(true)
                    .quoting(other == separator)
                    .from_reader(text.as_bytes())
                    .into_records();
                for row in cells.map(Result::unwrap) {
                    for cell in &row {
                        let begins = cell.trim_start_matches(|c: char| c.is_whitespace() || c == '"');
                        assert!(!begins.starts_with(['=', '+', '-', '@']), "{format:?} {name}: {cell}");
                    }
                }
            }
        }
    }
}

#[test]
fn json_gives_back_the_words_as_they_were() {
    let made = hostile();
    let text = file(&made, Format::Jsonl);
    assert!(!text.contains('<'), "nothing in it can end a script");
    let words: String = text
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .fold(String::new(), |mut all, line| {
            if line["type"] == "actor" {
                all.push_str(line["name"].as_str().unwrap());
            }
            all
        });
    assert!(ATTACKS.iter().all(|attack| words.contains(attack)), "names are exact");
    for format in [Format::Ftm, Format::Plover] {
        let text = file(&made, format);
        assert!(
            text.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok())
                && !text.contains('<')
        );
    }
    let text = file(&made, Format::Jsonld);
    assert!(oxjsonld::JsonLdParser::new().for_reader(Cursor::new(text.as_bytes())).all(|quad| quad.is_ok()));
}

#[test]
fn xml_is_well_formed_and_plain() {
    let made = hostile();
    for format in [Format::Graphml, Format::Gexf, Format::Atom, Format::Svg] {
        let text = file(&made, format);
        let document =
            roxmltree::Document::parse(&text).unwrap_or_else(|fault| panic!("{format:?}: {fault}"));
        for node in document.descendants().filter(roxmltree::Node::is_element) {
            let name = node.tag_name().name();
            assert!(!["script", "img", "foreignObject", "iframe"].contains(&name), "{format:?} {name}");
            for attribute in node.attributes() {
                assert!(!attribute.name().starts_with("on"), "{format:?} {}", attribute.name());
                let leads = ["href", "src"].contains(&attribute.name());
                assert!(
                    !(leads && attribute.value().contains("javascript")),
                    "{format:?} {}",
                    attribute.value()
                );
            }
        }
    }
    assert!(atom_syndication::Feed::read_from(Cursor::new(file(&made, Format::Atom))).is_ok());
}

/// Elements that a reader of HTML finds, and where they lead.
fn plain_html(format: Format, html: &str) {
    for token in Tokenizer::new(html) {
        let Token::StartTag(tag) = token.unwrap() else { continue };
        let name = String::from_utf8(tag.name.to_vec()).unwrap();
        assert!(
            !["script", "img", "iframe", "object", "embed", "base", "form"].contains(&name.as_str()),
            "{format:?} <{name}>"
        );
        for (key, value) in &tag.attributes {
            let (key, value) =
                (String::from_utf8(key.to_vec()).unwrap(), String::from_utf8(value.to_vec()).unwrap());
            assert!(!key.starts_with("on"), "{format:?} <{name} {key}>");
            let leads = key == "href" || key == "src" || key == "xlink:href";
            assert!(
                !leads || value.starts_with('#') || value.starts_with("https://"),
                "{format:?} <{name} {key}={value}>"
            );
        }
    }
}

#[test]
fn pages_hold_no_markup_of_reports() {
    let made = hostile();
    plain_html(Format::Html, &file(&made, Format::Html));
    let timeline: serde_json::Value = serde_json::from_str(&file(&made, Format::Timelinejs)).unwrap();
    let events = timeline["events"].as_array().unwrap();
    assert_eq!(events.len(), 2);
    for event in events.iter().chain([&timeline["title"]]) {
        plain_html(Format::Timelinejs, event["text"]["headline"].as_str().unwrap());
        plain_html(Format::Timelinejs, event["text"]["text"].as_str().unwrap());
    }
}

#[test]
fn markdown_holds_no_markup_of_reports() {
    let made = hostile();
    let (mut pages, _) = files(&made, Format::Obsidian, &Options::default(), Language::English);
    pages.extend(files(&made, Format::Markdown, &Options::default(), Language::English).0);
    for (name, text) in pages {
        // Properties stand before the text; the keys are ours.
        let text = match text.strip_prefix("---\n") {
            Some(rest) => {
                let (properties, body) = rest.split_once("---\n").unwrap();
                for line in properties.lines() {
                    let value = line.strip_prefix("  - ").or(line.split_once(": ").map(|(_, value)| value));
                    let plain = value.is_none_or(|value| serde_json::from_str::<String>(value).is_ok());
                    assert!(plain, "{name}: {line}");
                }
                body.to_owned()
            }
            None => text,
        };
        let html = {
            let mut html = String::new();
            for event in pulldown_cmark::Parser::new(&text) {
                match event {
                    pulldown_cmark::Event::Html(markup) | pulldown_cmark::Event::InlineHtml(markup) => {
                        html.push_str(&markup);
                    }
                    pulldown_cmark::Event::Start(pulldown_cmark::Tag::Link { dest_url, .. }) => {
                        assert!(
                            dest_url.starts_with('#') || dest_url.starts_with("https://"),
                            "{name}: {dest_url}"
                        );
                    }
                    pulldown_cmark::Event::Start(
                        pulldown_cmark::Tag::Image { .. } | pulldown_cmark::Tag::CodeBlock(_),
                    ) => panic!("{name}: neither pictures nor code are ours"),
                    _ => {}
                }
            }
            html
        };
        // The anchors of contacts are the only markup.
        let rest = html.replace("<a id=\"c7k2m\">", "").replace("<a id=\"c9x4q\">", "").replace("</a>", "");
        assert!(rest.trim().is_empty(), "{name}: {rest}");
        for mark in ["%%", "=="] {
            assert!(!text.contains(mark), "{name}: {mark}");
        }
    }
}

#[test]
fn calendars_hold_no_events_of_reports() {
    let made = hostile();
    let text = file(&made, Format::Ical);
    assert_eq!(text.matches("\r\nBEGIN:VEVENT\r\n").count(), 2);
    assert_eq!(text.replace("\r\n", "").matches('\n').count(), 0, "lines end one way");
    let calendar: icalendar::Calendar = text.parse().unwrap();
    assert_eq!(calendar.components.len(), 2);
    assert!(!text.contains("URL:"), "no address that is not of the web");
}
