//! Each format is read back by a parser that is not ours, and holds what the dossier holds.

use std::collections::BTreeSet;
use std::io::Cursor;

use depeche_export::{Between, Format, Options, What};
use depeche_record::{Edtf, Language, Side, Status};
use icalendar::Component;
use serde_json::Value;

use crate::dossiers::{Made, examples, file, files};

/// Contacts that have a first and a last day.
fn dated(made: &Made) -> usize {
    made.dossier
        .contacts
        .iter()
        .filter(|contact| contact.date.as_ref().is_some_and(|date| date.days().is_some()))
        .count()
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn rows(text: &str, delimiter: u8) -> Vec<csv::StringRecord> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .from_reader(text.as_bytes())
        .records()
        .map(Result::unwrap)
        .collect()
}

#[test]
fn tables_hold_a_row_for_each() {
    let made = examples();
    let (files, left) = files(&made, Format::Csv, &Options::default(), Language::English);
    let names: BTreeSet<&str> = files.keys().map(|name| name.strip_suffix(".csv").unwrap()).collect();
    assert_eq!(names, BTreeSet::from(depeche_export::TABLES));
    let dossier = &made.dossier;
    for (table, n) in [
        ("contacts", dossier.contacts.len()),
        ("actors", dossier.actors.len()),
        ("reports", dossier.reports.len()),
        ("statements", dossier.statements.len()),
        ("gaps", dossier.gaps.len()),
        ("history", dossier.contacts.iter().map(|contact| contact.history.len()).sum()),
    ] {
        assert_eq!(rows(&files[&format!("{table}.csv")], b',').len(), n, "{table}");
    }
    for row in rows(&files["contacts.csv"], b',') {
        let contact = dossier.contacts.iter().find(|contact| contact.id == row[0]).unwrap();
        assert_eq!(row[2], *contact.status.label());
        assert_eq!(row[3], contact.date.as_ref().map(ToString::to_string).unwrap_or_default());
        assert!(row[3].is_empty() || Edtf::parse(&row[3]).is_ok());
    }
    assert_eq!(left.count(What::Texts), dossier.reports.len());
}

#[test]
fn tables_for_spreadsheets_have_their_mark_and_order() {
    let made = examples();
    let options = Options { separator: b';', bom: true, ..Options::default() };
    let (files, _) = files(&made, Format::Csv, &options, Language::French);
    let contacts = files["contacts.csv"].strip_prefix('\u{feff}').unwrap();
    assert!(contacts.contains("\r\n"));
    let rows = rows(contacts, b';');
    assert_eq!(rows.len(), made.dossier.contacts.len());
    assert!(rows.iter().any(|row| row[9].contains("Éthiopie")), "names of sides are French");
}

#[test]
fn lines_of_json_hold_everything_exactly() {
    let made = examples();
    let lines = lines(&file(&made, Format::Jsonl));
    let of = |kind: &str| lines.iter().filter(|line| line["type"] == kind).count();
    let dossier = &made.dossier;
    assert_eq!(lines[0]["type"], "dossier");
    assert_eq!(
        [of("report"), of("actor"), of("contact"), of("statement"), of("contradiction"), of("gap")],
        [
            dossier.reports.len(),
            dossier.actors.len(),
            dossier.contacts.len(),
            dossier.statements.len(),
            dossier.contradictions.len(),
            dossier.gaps.len()
        ]
    );
    for statement in lines.iter().filter(|line| line["type"] == "statement") {
        let (report, _) =
            made.read.iter().find(|(report, _)| statement["report"] == report.id.as_str()).unwrap();
        let evidence = &statement["evidence"];
        let place = |key: &str| evidence[key].as_u64().unwrap() as usize;
        let words: String =
            report.text.chars().skip(place("start")).take(place("end") - place("start")).collect();
        assert_eq!(evidence["exact"], words.as_str());
    }
}

#[test]
fn graphs_join_the_sides_of_each_contact() {
    let made = examples();
    for between in [Between::Sides, Between::People] {
        let options = Options { between, ..Options::default() };
        for format in [Format::Graphml, Format::Gexf] {
            let (files, left) = files(&made, format, &options, Language::English);
            let text = files.values().next().unwrap();
            let document = roxmltree::Document::parse(text).unwrap();
            let named = |name: &str| {
                document.descendants().filter(|node| node.tag_name().name() == name).collect::<Vec<_>>()
            };
            let nodes: BTreeSet<&str> =
                named("node").iter().map(|node| node.attribute("id").unwrap()).collect();
            let edges = named("edge");
            assert!(nodes.len() > 3 && edges.len() > 3, "{format:?}");
            let mut contacts: BTreeSet<&str> = BTreeSet::new();
            for edge in &edges {
                let (source, target) = (edge.attribute("source").unwrap(), edge.attribute("target").unwrap());
                assert!(
                    source != target && nodes.contains(source) && nodes.contains(target),
                    "{source} {target}"
                );
                let held = edge.descendants().find_map(|data| match format {
                    Format::Graphml if data.attribute("key") == Some("contacts") => data.text(),
                    Format::Gexf if data.attribute("for") == Some("contacts") => data.attribute("value"),
                    _ => None,
                });
                contacts.extend(held.unwrap().split(' '));
            }
            assert_eq!(
                contacts.len() + left.count(What::ContactsOneSide),
                made.dossier.contacts.len(),
                "{format:?} {between:?}"
            );
        }
    }
}

#[test]
fn edges_of_gexf_are_there_on_the_days_of_their_contacts() {
    let made = examples();
    let text = file(&made, Format::Gexf);
    let document = roxmltree::Document::parse(&text).unwrap();
    let spells: Vec<_> = document.descendants().filter(|node| node.tag_name().name() == "spell").collect();
    assert!(spells.len() >= dated(&made), "each dated contact is a spell of each of its edges");
    for spell in spells {
        let (start, end) = (spell.attribute("start").unwrap(), spell.attribute("end").unwrap());
        assert!(Edtf::parse(start).is_ok() && start <= end, "{start} {end}");
    }
}

#[test]
fn calendars_hold_what_has_days() {
    let made = examples();
    let text = file(&made, Format::Ical);
    assert!(text.lines().all(|line| line.len() <= 76), "lines are folded");
    let calendar: icalendar::Calendar = text.parse().unwrap();
    let events: Vec<&icalendar::Event> =
        calendar.components.iter().filter_map(|part| part.as_event()).collect();
    assert_eq!(events.len(), dated(&made));
    for event in events {
        let id = event.get_uid().unwrap().strip_suffix("@contact.depeche").unwrap();
        let contact = made.dossier.contacts.iter().find(|contact| contact.id == id).unwrap();
        let (first, last) = contact.date.as_ref().unwrap().days().unwrap();
        let day = |name: &str| event.property_value(name).unwrap().to_owned();
        assert_eq!(day("DTSTART"), first.to_string().replace('-', ""));
        assert!(day("DTEND") > last.to_string().replace('-', ""), "the end is the day after");
        let status = event.property_value("STATUS").unwrap();
        assert_eq!(status == "CONFIRMED", contact.status == Status::Held);
        assert_eq!(status == "CANCELLED", contact.status.is_negative());
    }
}

#[test]
fn timelines_hold_what_has_days() {
    let made = examples();
    let timeline: Value = serde_json::from_str(&file(&made, Format::Timelinejs)).unwrap();
    let events = timeline["events"].as_array().unwrap();
    assert_eq!(events.len(), dated(&made));
    assert!(
        events
            .iter()
            .all(|event| event["start_date"]["year"].is_i64() && event["text"]["headline"].is_string())
    );
    let rows = rows(&file(&made, Format::Timesketch), b',');
    assert_eq!(rows.iter().filter(|row| row[3] == *"depeche:contact").count(), dated(&made));
    for row in rows {
        let day = row[1].strip_suffix("T00:00:00+00:00").unwrap();
        assert!(Edtf::parse(day).is_ok() && !row[0].is_empty() && !row[2].is_empty());
    }
}

#[test]
fn entities_refer_to_one_another() {
    let made = examples();
    let entities = lines(&file(&made, Format::Ftm));
    let ids: BTreeSet<&str> = entities.iter().map(|entity| entity["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), entities.len(), "identifiers are unique");
    let references = ["involved", "proof", "document", "entity", "resolved"];
    for entity in &entities {
        let properties = entity["properties"].as_object().unwrap();
        for (name, values) in properties {
            let values = values.as_array().unwrap();
            assert!(!values.is_empty() && values.iter().all(Value::is_string), "{entity}");
            let refers = references.contains(&name.as_str());
            assert!(!refers || values.iter().all(|id| ids.contains(id.as_str().unwrap())), "{entity}");
        }
        let must = match entity["schema"].as_str().unwrap() {
            "Documentation" => vec!["document", "entity"],
            "Mention" => vec!["document", "name"],
            "Article" => vec!["title"],
            "Person" | "PublicBody" | "Organization" | "Event" | "Note" => vec!["name"],
            other => panic!("{other} is no schema that we write"),
        };
        assert!(must.iter().all(|name| properties.contains_key(*name)), "{entity}");
    }
    let events = entities.iter().filter(|entity| entity["schema"] == "Event").count();
    assert_eq!(events, made.dossier.contacts.len());
}

#[test]
fn events_have_types_and_parties() {
    let made = examples();
    let types = ["CONSULT", "AGREE", "REJECT", "REQUEST", "THREATEN", "ACCUSE", "EXTENSION"];
    let events = lines(&file(&made, Format::Plover));
    for event in &events {
        assert!(types.contains(&event["event_type"].as_str().unwrap()), "{event}");
        assert!(!event["actors"].as_array().unwrap().is_empty(), "{event}");
        // What is still to come never counts as held.
        let planned = event["status"] == "planned" || event["status"] == "possible";
        assert!(!(planned && event["auxiliary_mode"].is_null()), "{event}");
    }
    let contacts = events.iter().filter(|event| event["kind"].is_string()).count();
    assert_eq!(contacts, made.dossier.contacts.len(), "one contact is one event");
    let rows = rows(&file(&made, Format::Cameo), b',');
    for row in &rows {
        assert!(
            row[8].len() == 3 && row[8].bytes().all(|b| b.is_ascii_digit()) && row[8].starts_with(&row[9])
        );
        assert!(row[4] != row[6] || row[5] != row[7], "nobody meets themselves: {row:?}");
    }
    let visits = |code: &str| rows.iter().filter(|row| row[8] == *code).count();
    assert!(visits("042") > 0 && visits("042") == visits("043"), "who visits is hosted");
}

#[test]
fn linked_data_is_rdf_with_annotations() {
    let made = examples();
    let text = file(&made, Format::Jsonld);
    let quads: Vec<_> = oxjsonld::JsonLdParser::new()
        .for_reader(Cursor::new(text.as_bytes()))
        .collect::<Result<Vec<_>, _>>()
        .unwrap();
    let of_type = |iri: &str| {
        let object = format!("<{iri}>");
        let typed = quads.iter().filter(|quad| quad.predicate.as_str().ends_with("#type"));
        typed.filter(|quad| quad.object.to_string() == object).count()
    };
    assert_eq!(of_type("http://schema.org/Event"), made.dossier.contacts.len());
    assert_eq!(of_type("http://schema.org/NewsArticle"), made.dossier.reports.len());
    let annotations = of_type("http://www.w3.org/ns/oa#Annotation");
    assert!(annotations > made.dossier.statements.len());
    assert_eq!(of_type("http://www.w3.org/ns/oa#TextQuoteSelector"), annotations);
    assert_eq!(of_type("http://www.w3.org/ns/oa#TextPositionSelector"), annotations);
}

#[test]
fn feeds_tell_each_change_newest_first() {
    let made = examples();
    let feed = atom_syndication::Feed::read_from(Cursor::new(file(&made, Format::Atom))).unwrap();
    let changes: usize = made
        .dossier
        .contacts
        .iter()
        .map(|contact| {
            let mut steps: Vec<_> =
                contact.history.iter().map(|step| (step.status, step.told.is_some())).collect();
            steps.dedup_by_key(|step| step.0);
            steps.iter().filter(|(_, told)| *told).count()
        })
        .sum();
    let entries = feed.entries();
    assert_eq!(entries.iter().filter(|entry| entry.id().starts_with("urn:depeche:change:")).count(), changes);
    assert!(entries.windows(2).all(|pair| pair[0].updated() >= pair[1].updated()));
    let ids: BTreeSet<&str> = entries.iter().map(|entry| entry.id()).collect();
    assert_eq!(ids.len(), entries.len());
    assert!(entries.iter().all(|entry| entry.content().and_then(|content| content.value()).is_some()));
}

#[test]
fn pages_hold_every_contact() {
    let made = examples();
    let markdown = file(&made, Format::Markdown);
    let headings = pulldown_cmark::Parser::new(&markdown)
        .filter(|event| {
            matches!(event, pulldown_cmark::Event::Start(pulldown_cmark::Tag::Heading { level, .. }) if *level as usize == 4)
        })
        .count();
    assert_eq!(headings, made.dossier.contacts.len());
    let html = file(&made, Format::Html);
    assert_eq!(html.matches("<article class=\"contact ").count(), made.dossier.contacts.len());
    for contact in &made.dossier.contacts {
        assert!(html.contains(&format!("id=\"{}\"", contact.id)), "{}", contact.id);
    }
}

#[test]
fn notes_link_to_notes_that_are_there() {
    let made = examples();
    let (files, _) = files(&made, Format::Obsidian, &Options::default(), Language::French);
    let dossier = &made.dossier;
    assert!(files.len() > dossier.contacts.len() + dossier.actors.len() + dossier.reports.len());
    let mut links = 0;
    for (name, text) in &files {
        for piece in text.split("[[").skip(1) {
            let (target, _) = piece.split_once('|').unwrap();
            assert!(files.contains_key(&format!("{target}.md")), "{name} links to {target}");
            links += 1;
        }
    }
    assert!(links > files.len());
}

#[test]
fn an_organisation_is_not_taken_for_the_state_of_its_letters() {
    let mut made = examples();
    made.dossier.contacts.truncate(1);
    made.dossier.contacts[0].sides = ["AU", "AU/org"].map(|side| Side(side.to_owned())).into();
    made.dossier.contacts[0].status = Status::Held;
    let codes: Vec<Value> = lines(&file(&made, Format::Plover));
    let sides = [codes[0]["actors"].as_array().unwrap().as_slice(), codes[0]["recipients"].as_array().unwrap()].concat();
    let coded: BTreeSet<(&str, Option<&str>)> =
        sides.iter().map(|side| (side["sector"].as_str().unwrap(), side["country"].as_str())).collect();
    assert_eq!(coded, BTreeSet::from([("GOV", Some("AUS")), ("IGO", None)]));
    let entities = lines(&file(&made, Format::Ftm));
    let schema = |name: &str| {
        let named = entities.iter().find(|entity| entity["properties"]["name"][0] == name);
        named.unwrap()["schema"].as_str().unwrap().to_owned()
    };
    assert_eq!((schema("Australia"), schema("African Union")), ("PublicBody".to_owned(), "Organization".to_owned()));
    let graph = file(&made, Format::Graphml);
    let document = roxmltree::Document::parse(&graph).unwrap();
    assert_eq!(document.descendants().filter(|node| node.tag_name().name() == "edge").count(), 1);
}
