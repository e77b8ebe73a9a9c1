//! Readings against the annotation, report by report: the figures of `score.py`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::Value;

use super::figures::{Figures, Row};
use super::gold::{Gold, GoldReport};
use super::names::{names_found, same_name};
use super::pairing::pair_up;
use super::ratio::{Popular, ratio};
use super::words::{Places, exact, length, overlap, pieces, places, squeeze};

/// An item that was missed, or found where there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// The report.
    pub report: String,
    /// `missed contact`, `spurious contact`, `missed statement` or `spurious statement`.
    pub what: &'static str,
    /// Kind, status and sides; or speaker and act.
    pub labels: String,
    /// The words.
    pub words: String,
}

impl fmt::Display for Slip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} | {} | {} | {}", self.report, self.what, self.labels, self.words)
    }
}

#[derive(Default)]
struct Found {
    right: usize,
    gold: usize,
    found: usize,
}

impl Found {
    fn add(&mut self, right: usize, gold: usize, found: usize) {
        self.right += right;
        self.gold += gold;
        self.found += found;
    }

    fn row(&self) -> Row {
        Row::Found { right: self.right, gold: self.gold, found: self.found }
    }
}

#[derive(Default)]
struct Right {
    right: usize,
    of: usize,
}

impl Right {
    fn add(&mut self, right: bool) {
        self.right += usize::from(right);
        self.of += 1;
    }

    fn row(&self) -> Row {
        Row::Right { right: self.right, of: self.of }
    }
}

#[derive(Default)]
struct Count {
    contacts: Found,
    contacts_full: Found,
    participants: Found,
    statements: Found,
    quotes: Found,
    origins: Found,
    kind: Right,
    status: Right,
    sides: Right,
    date: Right,
    place: Right,
    act: Right,
    relation: Right,
    verbatim: Right,
    slips: Vec<Slip>,
}

/// Scores records against a gold folder. A report without a record counts as read with nothing found.
pub fn score_readings(gold: &Gold, records: &BTreeMap<String, Value>) -> (Figures, Vec<Slip>) {
    let mut count = Count::default();
    for report in &gold.reports {
        let record = records.get(&report.id).unwrap_or(&Value::Null);
        for item in ["contacts", "statements", "origins"].iter().flat_map(|list| items(record, list)) {
            for piece in pieces(item.get("evidence")) {
                let words = squeeze(exact(piece));
                count.verbatim.add(!words.is_empty() && report.squeezed.contains(&words));
            }
        }
        let text = Text { id: &report.id, squeezed: &report.squeezed };
        count.contacts(text, &items(&report.annotation, "contacts"), &items(record, "contacts"));
        count.statements(text, &items(&report.annotation, "statements"), &items(record, "statements"));
        count.origins(&items(&report.annotation, "origins"), &items(record, "origins"));
    }
    count.finish()
}

#[derive(Clone, Copy)]
struct Text<'a> {
    id: &'a str,
    squeezed: &'a str,
}

fn items<'a>(record: &'a Value, list: &str) -> Vec<&'a Value> {
    record.get(list).and_then(Value::as_array).into_iter().flatten().collect()
}

fn word<'a>(item: &'a Value, field: &str) -> &'a str {
    item.get(field).and_then(Value::as_str).unwrap_or("")
}

fn words(item: &Value, field: &str) -> Vec<String> {
    items(item, field).into_iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn sides(item: &Value) -> BTreeSet<&str> {
    items(item, "sides").into_iter().filter_map(Value::as_str).collect()
}

fn shared_sides(a: &BTreeSet<&str>, b: &BTreeSet<&str>) -> f64 {
    let all = a.union(b).count();
    if all == 0 { 1.0 } else { a.intersection(b).count() as f64 / all as f64 }
}

/// Whether two EDTF dates agree: letter by letter, an unknown digit with any; a missing one only with a missing one.
fn same_date(gold: &str, found: &str) -> bool {
    let known = |date: &str| date.chars().filter(|c| !matches!(c, '?' | '~' | '%')).collect::<Vec<_>>();
    if gold.is_empty() || found.is_empty() {
        return gold.is_empty() && found.is_empty();
    }
    let (gold, found) = (known(gold), known(found));
    gold.len() == found.len() && gold.iter().zip(&found).all(|(x, y)| x == y || *x == 'X' || *y == 'X')
}

fn place(item: &Value) -> &str {
    match item.get("place") {
        Some(Value::Object(place)) => place.get("name").and_then(Value::as_str).unwrap_or(""),
        Some(Value::String(place)) => place,
        _ => "",
    }
}

fn same_place(gold: &str, found: &str) -> bool {
    if gold.is_empty() || found.is_empty() {
        gold.is_empty() && found.is_empty()
    } else {
        same_name(gold, found)
    }
}

fn first_words(item: &Value) -> String {
    pieces(item.get("evidence")).first().map(|piece| exact(piece).to_owned()).unwrap_or_default()
}

/// Which contacts found answer which annotated ones.
fn contact_pairs(text: Text<'_>, gold: &[&Value], found: &[&Value]) -> Vec<(usize, usize)> {
    let at = |items: &[&Value]| -> Vec<Places> {
        items.iter().map(|item| places(text.squeezed, item.get("evidence"))).collect()
    };
    let (gold_at, found_at) = (at(gold), at(found));
    let weight = |g: usize, f: usize| {
        let told = overlap(&gold_at[g], &found_at[f]) > 0;
        let sides = shared_sides(&sides(gold[g]), &sides(found[f]));
        let kind = word(gold[g], "kind") == word(found[f], "kind");
        let people = names_found(&words(gold[g], "participants"), &words(found[f], "participants"));
        if !((told && (sides >= 0.5 || people > 0)) || (sides == 1.0 && kind && people > 0)) {
            return 0.0;
        }
        let status = word(gold[g], "status") == word(found[f], "status");
        2.0 * f64::from(told) + sides + f64::from(kind) + people.min(2) as f64 + 0.5 * f64::from(status)
    };
    pair_up(gold.len(), found.len(), weight)
}

/// Which statements found answer which annotated ones.
fn statement_pairs(text: Text<'_>, gold: &[&Value], found: &[&Value]) -> Vec<(usize, usize)> {
    let at = |items: &[&Value]| -> Vec<Places> {
        items.iter().map(|item| places(text.squeezed, item.get("evidence"))).collect()
    };
    let (gold_at, found_at) = (at(gold), at(found));
    let weight = |g: usize, f: usize| {
        let shared = overlap(&gold_at[g], &found_at[f]) as f64;
        let least = length(&gold_at[g]).max(1).min(length(&found_at[f]).max(1)) as f64;
        let share = shared / least;
        let same = share >= 0.5 && same_name(word(gold[g], "speaker"), word(found[f], "speaker"));
        if same { share } else { 0.0 }
    };
    pair_up(gold.len(), found.len(), weight)
}

/// Which origins found answer which annotated ones.
fn origin_pairs(gold: &[&Value], found: &[&Value]) -> Vec<(usize, usize)> {
    let weight = |g: usize, f: usize| f64::from(same_name(word(gold[g], "name"), word(found[f], "name")));
    pair_up(gold.len(), found.len(), weight)
}

/// For each item of a record, in its order, whether the annotators have it too.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matched {
    /// Contacts.
    pub contacts: Vec<bool>,
    /// Statements.
    pub statements: Vec<bool>,
    /// Origins.
    pub origins: Vec<bool>,
}

/// Which items of a record the annotators have too.
pub fn matched(report: &GoldReport, record: &Value) -> Matched {
    let text = Text { id: &report.id, squeezed: &report.squeezed };
    let lists = |list| (items(&report.annotation, list), items(record, list));
    let found = |pairs: Vec<(usize, usize)>, many: usize| {
        let mut right = vec![false; many];
        pairs.into_iter().for_each(|(_, n)| right[n] = true);
        right
    };
    let (contacts, statements, origins) = (lists("contacts"), lists("statements"), lists("origins"));
    Matched {
        contacts: found(contact_pairs(text, &contacts.0, &contacts.1), contacts.1.len()),
        statements: found(statement_pairs(text, &statements.0, &statements.1), statements.1.len()),
        origins: found(origin_pairs(&origins.0, &origins.1), origins.1.len()),
    }
}

impl Count {
    fn slip(&mut self, text: Text<'_>, what: &'static str, labels: String, item: &Value) {
        self.slips.push(Slip { report: text.id.to_owned(), what, labels, words: first_words(item) });
    }

    fn contacts(&mut self, text: Text<'_>, gold: &[&Value], found: &[&Value]) {
        let pairs = contact_pairs(text, gold, found);
        let mut full = 0;
        for &(g, f) in &pairs {
            let (gold, found) = (gold[g], found[f]);
            let same = |field| word(gold, field) == word(found, field);
            let same_sides = sides(gold) == sides(found);
            full += usize::from(same("kind") && same("status") && same_sides);
            self.kind.add(same("kind"));
            self.status.add(same("status"));
            self.sides.add(same_sides);
            self.date.add(same_date(word(gold, "date"), word(found, "date")));
            self.place.add(same_place(place(gold), place(found)));
            let (people, others) = (words(gold, "participants"), words(found, "participants"));
            self.participants.add(names_found(&people, &others), people.len(), others.len());
        }
        self.contacts.add(pairs.len(), gold.len(), found.len());
        self.contacts_full.add(full, gold.len(), found.len());
        let labels = |item: &Value| {
            format!("{} {} {}", word(item, "kind"), word(item, "status"), words(item, "sides").join(","))
        };
        for item in unpaired(gold, pairs.iter().map(|pair| pair.0)) {
            self.slip(text, "missed contact", labels(item), item);
        }
        for item in unpaired(found, pairs.iter().map(|pair| pair.1)) {
            self.slip(text, "spurious contact", labels(item), item);
        }
    }

    fn statements(&mut self, text: Text<'_>, gold: &[&Value], found: &[&Value]) {
        let pairs = statement_pairs(text, gold, found);
        self.statements.add(pairs.len(), gold.len(), found.len());
        for &(g, f) in &pairs {
            self.act.add(word(gold[g], "act") == word(found[f], "act"));
        }
        let labels = |item: &Value| format!("{} {}", word(item, "speaker"), word(item, "act"));
        for item in unpaired(gold, pairs.iter().map(|pair| pair.0)) {
            self.slip(text, "missed statement", labels(item), item);
        }
        for item in unpaired(found, pairs.iter().map(|pair| pair.1)) {
            self.slip(text, "spurious statement", labels(item), item);
        }
        let quoted = |items: &[&Value]| -> Vec<(String, String)> {
            let quoted = items.iter().filter(|item| !word(item, "quote").is_empty());
            quoted.map(|item| (squeeze(word(item, "quote")), word(item, "speaker").to_owned())).collect()
        };
        let (gold, found) = (quoted(gold), quoted(found));
        let weight = |g: usize, f: usize| {
            let alike = ratio(&gold[g].0, &found[f].0, Popular::Kept);
            if alike >= 0.9 && same_name(&gold[g].1, &found[f].1) { alike } else { 0.0 }
        };
        let pairs = pair_up(gold.len(), found.len(), weight);
        self.quotes.add(pairs.len(), gold.len(), found.len());
    }

    fn origins(&mut self, gold: &[&Value], found: &[&Value]) {
        let pairs = origin_pairs(gold, found);
        self.origins.add(pairs.len(), gold.len(), found.len());
        for (g, f) in pairs {
            self.relation.add(word(gold[g], "relation") == word(found[f], "relation"));
        }
    }

    fn finish(self) -> (Figures, Vec<Slip>) {
        let mut rows = vec![
            ("contacts", self.contacts.row()),
            ("contacts_full", self.contacts_full.row()),
            ("participants", self.participants.row()),
            ("statements", self.statements.row()),
            ("quotes", self.quotes.row()),
            ("origins", self.origins.row()),
            ("kind", self.kind.row()),
            ("status", self.status.row()),
            ("sides", self.sides.row()),
            ("date", self.date.row()),
            ("place", self.place.row()),
            ("act", self.act.row()),
            ("relation", self.relation.row()),
            ("verbatim_evidence", self.verbatim.row()),
        ];
        let figures = ["contacts", "contacts_full", "statements", "quotes", "origins"];
        let sum: f64 = figures
            .iter()
            .filter_map(|name| rows.iter().find(|(n, _)| n == name))
            .map(|(_, row)| row.value())
            .sum();
        rows.push(("overall", Row::Mean(sum / 5.0)));
        (Figures { rows }, self.slips)
    }
}

fn unpaired<'a>(items: &[&'a Value], paired: impl Iterator<Item = usize>) -> Vec<&'a Value> {
    let paired: BTreeSet<usize> = paired.collect();
    items.iter().enumerate().filter(|(n, _)| !paired.contains(n)).map(|(_, item)| *item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const TEXT: &str = "Le ministre Jean Dupont a reçu jeudi à Chypre Ana Silva. « Un pas utile », a dit Ana Silva. Selon Reuters, un appel suivra.";

    fn gold() -> Gold {
        let annotation = json!({
            "contacts": [
                {"kind": "meeting", "status": "held", "sides": ["FR", "BR"],
                 "participants": ["Jean Dupont", "Ana Silva"], "date": "2025-05-08", "place": "Chypre",
                 "evidence": ["Le ministre Jean Dupont a reçu jeudi à Chypre Ana Silva."]},
                {"kind": "call", "status": "planned", "sides": ["FR", "BR"], "participants": [], "date": null,
                 "place": null, "evidence": ["un appel suivra"]},
            ],
            "statements": [{"speaker": "Ana Silva", "act": "assess", "quote": "Un pas utile",
                            "evidence": "« Un pas utile », a dit Ana Silva."}],
            "origins": [{"name": "Reuters", "relation": "cites", "evidence": "Selon Reuters"}],
        });
        let report = GoldReport { id: "a".into(), squeezed: squeeze(TEXT), annotation };
        Gold { reports: vec![report], dossier: None }
    }

    fn value(figures: &Figures, name: &str) -> f64 {
        figures.row(name).unwrap().value()
    }

    #[test]
    fn a_perfect_record_scores_one() {
        let gold = gold();
        let records = BTreeMap::from([("a".to_owned(), gold.reports[0].annotation.clone())]);
        let (figures, slips) = score_readings(&gold, &records);
        assert_eq!(slips, []);
        for (name, row) in &figures.rows {
            assert_eq!(row.value(), 1.0, "{name}");
        }
    }

    #[test]
    fn no_record_scores_nothing() {
        let (figures, slips) = score_readings(&gold(), &BTreeMap::new());
        assert_eq!(value(&figures, "overall"), 0.0);
        assert_eq!(slips.len(), 3);
    }

    #[test]
    fn half_right_by_hand() {
        // One contact of two, its status wrong, its year unknown, the town missing, one person of two; the statement
        // under a shorter name and with another act; an origin too many; one evidence of four not in the text.
        let record = json!({
            "contacts": [{"kind": "meeting", "status": "planned", "sides": ["BR", "FR"], "participants": ["M. Dupont"],
                          "date": "XXXX-05-08", "place": null, "evidence": [{"exact": "a reçu jeudi"}]}],
            "statements": [{"speaker": "Mme Silva", "act": "state", "quote": "Un pas utile",
                            "evidence": {"exact": "« Un pas utile », a dit"}}],
            "origins": [{"name": "Reuters", "relation": "image", "evidence": "Selon Reuters"},
                        {"name": "AFP", "relation": "cites", "evidence": "Selon l'AFP"}],
        });
        let (figures, slips) = score_readings(&gold(), &BTreeMap::from([("a".to_owned(), record)]));
        let expected = [
            ("contacts", 0.6667),
            ("contacts_full", 0.0),
            ("participants", 0.6667),
            ("statements", 1.0),
            ("quotes", 1.0),
            ("origins", 0.6667),
            ("kind", 1.0),
            ("status", 0.0),
            ("sides", 1.0),
            ("date", 1.0),
            ("place", 0.0),
            ("act", 0.0),
            ("relation", 0.0),
            ("verbatim_evidence", 0.75),
            ("overall", 0.6667),
        ];
        for (name, expected) in expected {
            assert_eq!(value(&figures, name), expected, "{name}");
        }
        assert_eq!(slips.len(), 1);
        assert_eq!(slips[0].to_string(), "a | missed contact | call planned FR,BR | un appel suivra");
    }

    #[test]
    fn dates_agree_where_digits_are_unknown() {
        assert!(same_date("2025-05", "2025-05?"));
        assert!(same_date("", ""));
        assert!(!same_date("2025-05", ""));
        assert!(!same_date("2025-05", "2025-05-08"));
        assert!(same_date("XXXX-05-08", "2025-05-08"));
    }
}
