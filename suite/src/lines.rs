//! Readings and dossiers as lines that people can read and write.
//!
//! ```text
//! contact KIND STATUS SIDES [PEOPLE] DATE @PLACE | EVIDENCE
//! statement ACT SPEAKER "QUOTE" | EVIDENCE
//! origin RELATION NAME | EVIDENCE
//!
//! contact KIND STATUS SIDES [PEOPLE] DATE @PLACE | told REPORT, REPORT | origins LEAST–MOST | SIDE stance, …
//! actor NAME = OTHER NAME; …
//! lineage REPORT = REPORT …
//! contradiction KIND CONTACT: VALUE / VALUE
//! gap KIND CONTACT SIDE
//! ```
//!
//! What is not known is `-`. Evidence is its first piece, shortened in its middle; white space is evened out. In a
//! dossier, `CONTACT` is the number of the contact's line.

use std::collections::BTreeMap;

use depeche_pipeline::records::{DossierRecord, Evidence, ReadingRecord};

/// Longest evidence that is written in full, in characters.
const LONGEST: usize = 90;

/// The lines of a reading; each ends with a line feed.
pub fn reading_lines(record: &ReadingRecord) -> String {
    let mut lines = String::new();
    for contact in &record.contacts {
        let (date, place) = (contact.date.as_deref(), contact.place.as_deref());
        let people = &contact.participants;
        let told = told(&contact.kind, &contact.status, &contact.sides, people, date, place);
        lines += &format!("contact {told} | {}\n", first(&contact.evidence));
    }
    for statement in &record.statements {
        let quote = statement.quote.as_ref().map(|quote| format!(" \"{}\"", even(quote))).unwrap_or_default();
        let evidence = shortened(&statement.evidence.exact);
        lines += &format!("statement {} {}{quote} | {evidence}\n", statement.act, even(&statement.speaker));
    }
    for origin in &record.origins {
        let evidence = shortened(&origin.evidence.exact);
        lines += &format!("origin {} {} | {evidence}\n", origin.relation, even(&origin.name));
    }
    lines
}

/// The lines of a dossier; each ends with a line feed.
pub fn dossier_lines(record: &DossierRecord) -> String {
    let mut lines = String::new();
    let mut numbers = BTreeMap::new();
    for (n, contact) in record.contacts.iter().enumerate() {
        numbers.insert(contact.id.as_str(), n + 1);
        let (date, place) = (contact.date.as_deref(), contact.place.as_deref());
        let what = told(&contact.kind, &contact.status, &contact.sides, &contact.participants, date, place);
        let mut reports: Vec<&str> = contact.accounts.iter().map(|account| account.report.as_str()).collect();
        reports.dedup();
        let origins = match (contact.corroboration.least, contact.corroboration.most) {
            (least, most) if least == most => least.to_string(),
            (least, most) => format!("{least}–{most}"),
        };
        let ledger: Vec<String> =
            contact.ledger.iter().map(|entry| format!("{} {}", entry.side, entry.stance)).collect();
        lines += &format!(
            "contact {what} | told {} | origins {origins} | {}\n",
            reports.join(", "),
            ledger.join(", ")
        );
    }
    for actor in record.actors.iter().filter(|actor| !actor.aliases.is_empty()) {
        let aliases: Vec<String> = actor.aliases.iter().map(|alias| even(alias)).collect();
        lines += &format!("actor {} = {}\n", even(&actor.name), aliases.join("; "));
    }
    let mut lineages: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for report in &record.reports {
        lineages.entry(report.lineage.as_str()).or_default().push(report.id.as_str());
    }
    let mut shared: Vec<Vec<&str>> = lineages.into_values().filter(|reports| reports.len() > 1).collect();
    shared.sort();
    for reports in shared {
        lines += &format!("lineage {}\n", reports.join(" = "));
    }
    let number = |contact: &str| numbers.get(contact).copied().unwrap_or_default();
    for contradiction in &record.contradictions {
        let values: Vec<String> = contradiction.versions.iter().map(|version| even(&version.value)).collect();
        let contact = number(&contradiction.contact);
        lines += &format!("contradiction {} {contact}: {}\n", contradiction.kind, values.join(" / "));
    }
    for gap in &record.gaps {
        let side = gap.side.as_ref().map(|side| format!(" {side}")).unwrap_or_default();
        lines += &format!("gap {} {}{side}\n", gap.kind, number(&gap.contact));
    }
    lines
}

fn told(
    kind: &str,
    status: &str,
    sides: &[String],
    people: &[String],
    date: Option<&str>,
    place: Option<&str>,
) -> String {
    let people: Vec<String> = people.iter().map(|name| even(name)).collect();
    let place = place.map_or("-".to_owned(), even);
    format!("{kind} {status} {} [{}] {} @{place}", sides.join(","), people.join("; "), date.unwrap_or("-"))
}

fn first(evidence: &[Evidence]) -> String {
    evidence.first().map_or(String::new(), |evidence| shortened(&evidence.exact))
}

/// The words on one line, single spaces between them; no-break spaces count as spaces.
fn even(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shortened(words: &str) -> String {
    let words = even(words);
    let length = words.chars().count();
    if length <= LONGEST {
        return words;
    }
    let half = LONGEST / 2;
    let head: String = words.chars().take(half).collect();
    let tail: String = words.chars().skip(length - half).collect();
    format!("{} … {}", head.trim_end(), tail.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_lose_their_middle() {
        assert_eq!(shortened("a\n b\u{a0}: c"), "a b : c");
        let long = "x".repeat(50) + &"y".repeat(50);
        assert_eq!(shortened(&long), format!("{} … {}", "x".repeat(45), "y".repeat(45)));
    }

    #[test]
    fn what_is_not_known_is_a_dash() {
        let sides = ["FR".to_owned(), "BR".to_owned()];
        assert_eq!(told("call", "held", &sides, &[], None, None), "call held FR,BR [] - @-");
    }
}
