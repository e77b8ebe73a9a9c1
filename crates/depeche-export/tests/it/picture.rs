//! The timeline as a picture.

use depeche_export::Format;
use depeche_record::{Edtf, Status};

use crate::dossiers::{examples, file};

fn shapes(svg: &str) -> usize {
    let document = roxmltree::Document::parse(svg).unwrap();
    let class = |node: &roxmltree::Node| node.attribute("class").unwrap_or_default().to_owned();
    let legend = document.descendants().find(|node| class(node).starts_with("tl-legend")).unwrap();
    let marks =
        |node: roxmltree::Node| node.descendants().filter(|node| class(node).starts_with("tl-mark")).count();
    marks(document.root()) - marks(legend)
}

#[test]
fn every_contact_is_a_mark_with_words() {
    let made = examples();
    let svg = file(&made, Format::Svg);
    assert_eq!(shapes(&svg), made.dossier.contacts.len());
    let document = roxmltree::Document::parse(&svg).unwrap();
    let root = document.root_element();
    assert_eq!(root.attribute("role"), Some("img"));
    for id in root.attribute("aria-labelledby").unwrap().split(' ') {
        let named = document.descendants().find(|node| node.attribute("id") == Some(id)).unwrap();
        assert!(!named.text().unwrap_or_default().is_empty(), "{id} says nothing");
    }
    let titles = document.descendants().filter(|node| node.tag_name().name() == "title").count();
    assert_eq!(titles, made.dossier.contacts.len() + 1);
}

#[test]
fn marks_lie_within_the_picture_in_the_order_of_their_days() {
    let mut made = examples();
    for (n, contact) in made.dossier.contacts.iter_mut().enumerate() {
        contact.date = Some(Edtf::parse(&format!("{}-0{}-1{}", 1940 + n * 3, n % 9 + 1, n % 9)).unwrap());
    }
    let svg = file(&made, Format::Svg);
    let document = roxmltree::Document::parse(&svg).unwrap();
    let places: Vec<f64> = document
        .descendants()
        .filter(|node| node.attribute("class") == Some("tl-mark"))
        .filter_map(|node| {
            node.attribute("transform")?.strip_prefix("translate(")?.split_once(' ')?.0.parse().ok()
        })
        .collect();
    assert!(places.len() > 20 && places.iter().all(|x| (100.0..=960.0).contains(x)), "{places:?}");
}

#[test]
fn many_contacts_are_counted_instead_of_drawn() {
    let mut made = examples();
    let one = made.dossier.contacts[0].clone();
    made.dossier.contacts = (0..5_000)
        .map(|n| {
            let mut contact = one.clone();
            contact.id = format!("c{n}");
            contact.status = Status::ALL[n % Status::ALL.len()];
            contact.date = Edtf::parse(&format!("20{:02}-{:02}-{:02}", n % 25, n % 12 + 1, n % 28 + 1)).ok();
            contact
        })
        .collect();
    let svg = file(&made, Format::Svg);
    assert_eq!(shapes(&svg), 0);
    assert!(svg.len() < 300_000, "{} bytes", svg.len());
    roxmltree::Document::parse(&svg).unwrap();
}
