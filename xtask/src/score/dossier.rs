//! A dossier against the merged view of a gold folder: the figures of `score_dossier.py`.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde_json::Value;

use super::figures::{Figures, Row};
use super::gold::Gold;
use super::words::{Places, fold, length, overlap, places};

/// A gold contact: the report and the index in its annotation.
type Key = (String, usize);

/// Scores a dossier, as `depeche brief --format json` prints it, against the folder's `dossier.json`.
pub fn score_dossier(gold: &Gold, dossier: &Value) -> Result<Figures> {
    let merged = gold.dossier.as_ref().context("the gold folder has no dossier.json")?;
    let events = list(merged, "events");
    let contacts = gold_contacts(gold, events)?;
    let found = find(gold, &contacts, dossier);

    let event_of: BTreeMap<&Key, &str> = contacts.iter().map(|c| (&c.key, c.event.as_str())).collect();
    let mut rows = vec![(
        "contacts_found",
        Row::Part { right: found.len(), gold: contacts.len(), events: Some(events.len()) },
    )];
    let clusters: Vec<(&str, &str)> = found.iter().map(|(key, id)| (event_of[key], id.as_str())).collect();
    rows.push(("events_bcubed", bcubed(&clusters)));

    let mut lineages: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for report in list(dossier, "reports") {
        let id = label(report.get("id"));
        if gold.report(&id).is_some() {
            let lineage = label(report.get("lineage"));
            lineages.entry(if lineage.is_empty() { id.clone() } else { lineage }).or_default().push(id);
        }
    }
    let gold_groups = list(merged, "origin_groups").iter().map(strings);
    rows.push(("origins", pair_row(&pairs(gold_groups), &pairs(lineages.into_values()))));

    let people: Vec<Vec<String>> =
        list(merged, "actors").iter().map(|names| strings(names).iter().map(|n| fold(n)).collect()).collect();
    let names: BTreeSet<&String> = people.iter().flatten().collect();
    let actors: Vec<Vec<String>> = list(dossier, "actors")
        .iter()
        .map(|actor| {
            let name = label(actor.get("name"));
            let aliases = actor.get("aliases").map(strings).unwrap_or_default();
            std::iter::once(name).chain(aliases).map(|n| fold(&n)).filter(|n| names.contains(n)).collect()
        })
        .collect();
    let listed: BTreeSet<&String> = actors.iter().flatten().collect();
    rows.push(("names_listed", Row::Part { right: listed.len(), gold: names.len(), events: None }));
    let known = people.iter().map(|group| group.iter().filter(|n| listed.contains(n)).cloned().collect());
    rows.push(("names", pair_row(&pairs(known), &pairs(actors.iter().cloned()))));
    Ok(Figures { rows })
}

/// A gold contact that a dossier tells of: report and index, its event, and the contact that it was put to.
pub type FoundContact = ((String, usize), String, String);

/// B-cubed precision, recall and F1 of the contacts, and where each gold contact that was found went.
pub fn events(gold: &Gold, dossier: &Value) -> Result<([f64; 3], Vec<FoundContact>)> {
    let merged = gold.dossier.as_ref().context("the gold folder has no dossier.json")?;
    let contacts = gold_contacts(gold, list(merged, "events"))?;
    let found = find(gold, &contacts, dossier);
    let event_of: BTreeMap<&Key, &str> = contacts.iter().map(|c| (&c.key, c.event.as_str())).collect();
    let clusters: Vec<(&str, &str)> = found.iter().map(|(key, id)| (event_of[key], id.as_str())).collect();
    let row = bcubed(&clusters);
    let Row::Means { precision, recall } = row else { return Ok(([0.0; 3], Vec::new())) };
    let found = found.iter().map(|(key, id)| (key.clone(), event_of[key].to_owned(), id.clone())).collect();
    Ok(([precision, recall, row.value()], found))
}

struct GoldContact<'a> {
    key: Key,
    event: String,
    label: &'a Value,
    places: Places,
}

fn gold_contacts<'a>(gold: &'a Gold, events: &[Value]) -> Result<Vec<GoldContact<'a>>> {
    let mut contacts = Vec::new();
    for event in events {
        for pair in list(event, "contacts") {
            let id = label(pair.get(0));
            let index = pair.get(1).and_then(Value::as_u64).unwrap_or(0) as usize;
            let report =
                gold.report(&id).with_context(|| format!("dossier.json names an unknown report {id}"))?;
            let contact = report.annotation.get("contacts").and_then(|list| list.get(index));
            let contact = contact.with_context(|| format!("{id}.json has no contact {index}"))?;
            contacts.push(GoldContact {
                key: (id, index),
                event: label(event.get("id")),
                label: contact,
                places: places(&report.squeezed, contact.get("evidence")),
            });
        }
    }
    Ok(contacts)
}

/// For each gold contact that the dossier tells of, the contact that it was put to: within a report, gold contacts and
/// accounts are paired one to one, by how much of their evidence they share and by sides and kind; a gold contact left
/// over goes to the account that covers it best.
fn find(gold: &Gold, contacts: &[GoldContact<'_>], dossier: &Value) -> BTreeMap<Key, String> {
    let mut weighed: Vec<(f64, &Key, (usize, usize), String)> = Vec::new();
    for (n, contact) in list(dossier, "contacts").iter().enumerate() {
        for (m, account) in list(contact, "accounts").iter().enumerate() {
            let id = label(account.get("report"));
            let Some(report) = gold.report(&id) else { continue };
            let at = places(&report.squeezed, account.get("evidence"));
            for known in contacts.iter().filter(|known| known.key.0 == id) {
                let shared = overlap(&known.places, &at);
                if shared == 0 {
                    continue;
                }
                let all = length(&known.places) + length(&at);
                // Places that overlap one another within one item can share more than there is.
                let mut weight = shared as f64 / (all as f64 - shared as f64);
                weight += 0.2 * f64::from(sides(account, contact) == side_set(known.label));
                weight += 0.1 * f64::from(own(account, contact, "kind") == label(known.label.get("kind")));
                weighed.push((weight, &known.key, (n, m), label(contact.get("id"))));
            }
        }
    }
    weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    let (mut found, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for (_, key, account, id) in &weighed {
        if !found.contains_key(*key) && !taken.contains(account) {
            found.insert((*key).clone(), id.clone());
            taken.insert(*account);
        }
    }
    for (_, key, _, id) in &weighed {
        found.entry((*key).clone()).or_insert_with(|| id.clone());
    }
    found
}

/// B-cubed precision and recall (Bagga and Baldwin 1998) of items that carry a gold and a found cluster.
fn bcubed(items: &[(&str, &str)]) -> Row {
    if items.is_empty() {
        return Row::Means { precision: 0.0, recall: 0.0 };
    }
    let (mut gold, mut found, mut both) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for &(g, f) in items {
        *gold.entry(g).or_insert(0_usize) += 1;
        *found.entry(f).or_insert(0_usize) += 1;
        *both.entry((g, f)).or_insert(0_usize) += 1;
    }
    let mean = |sizes: &dyn Fn(&str, &str) -> usize| {
        items.iter().map(|&(g, f)| both[&(g, f)] as f64 / sizes(g, f) as f64).sum::<f64>()
            / items.len() as f64
    };
    Row::Means { precision: mean(&|_, f| found[f]), recall: mean(&|g, _| gold[g]) }
}

/// All pairs of two different members of a group.
fn pairs(groups: impl Iterator<Item = Vec<String>>) -> BTreeSet<(String, String)> {
    let mut pairs = BTreeSet::new();
    for group in groups {
        let group: Vec<String> = group.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        for (n, first) in group.iter().enumerate() {
            pairs.extend(group[n + 1..].iter().map(|second| (first.clone(), second.clone())));
        }
    }
    pairs
}

fn pair_row(gold: &BTreeSet<(String, String)>, found: &BTreeSet<(String, String)>) -> Row {
    Row::Found { right: gold.intersection(found).count(), gold: gold.len(), found: found.len() }
}

fn list<'a>(value: &'a Value, field: &str) -> &'a [Value] {
    value.get(field).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(|v| label(Some(v))).collect()
}

fn label(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(s)) => s.clone(),
        None | Some(Value::Null) => String::new(),
        Some(other) => other.to_string(),
    }
}

fn side_set(item: &Value) -> BTreeSet<String> {
    list(item, "sides").iter().map(|side| label(Some(side))).collect()
}

/// The sides of an account, or those of its contact where it has none of its own.
fn sides(account: &Value, contact: &Value) -> BTreeSet<String> {
    let own = side_set(account);
    if own.is_empty() { side_set(contact) } else { own }
}

fn own(account: &Value, contact: &Value, field: &str) -> String {
    let own = label(account.get(field));
    if own.is_empty() { label(contact.get(field)) } else { own }
}

#[cfg(test)]
mod tests {
    use super::super::gold::GoldReport;
    use super::super::words::squeeze;
    use super::*;
    use serde_json::json;

    fn gold() -> Gold {
        let report = |id: &str, words: &str| GoldReport {
            id: id.into(),
            squeezed: squeeze(words),
            annotation: json!({"contacts": [
                {"kind": "meeting", "sides": ["FR", "BR"], "evidence": [words]},
            ]}),
        };
        Gold {
            reports: vec![
                report("a", "Ils se sont vus."),
                report("b", "Ils se sont vus hier."),
                report("c", "Ils se sont parlé."),
            ],
            dossier: Some(json!({
                "events": [{"id": "e1", "contacts": [["a", 0], ["b", 0]]}, {"id": "e2", "contacts": [["c", 0]]}],
                "origin_groups": [["a", "b"], ["c"]],
                "actors": [["Ana Silva", "Anna Silva"], ["Jean Dupont"]],
            })),
        }
    }

    #[test]
    fn all_thrown_together_by_hand() {
        let account = |id: &str, words: &str| json!({"report": id, "evidence": [{"exact": words}]});
        let dossier = json!({
            "reports": [{"id": "a", "lineage": "l"}, {"id": "b", "lineage": "l"}, {"id": "c", "lineage": "l"}],
            "contacts": [{"id": "c1", "kind": "meeting", "sides": ["BR", "FR"], "accounts": [
                account("a", "sont vus"), account("b", "sont vus hier"), account("c", "sont parlé")]}],
            "actors": [{"name": "Anna Silva", "aliases": ["Jean Dupont"]}],
        });
        let figures = score_dossier(&gold(), &dossier).unwrap();
        assert_eq!(
            figures.json(),
            json!({
                "contacts_found": {"recall": 1.0, "gold": 3, "events": 2},
                // a and b: 2/3, c: 1/3, so (2/3 + 2/3 + 1/3) / 3.
                "events_bcubed": {"precision": 0.5556, "recall": 1.0, "f1": 0.7143},
                "origins": {"precision": 0.3333, "recall": 1.0, "f1": 0.5, "gold": 1, "found": 3},
                "names_listed": {"recall": 0.6667, "gold": 3},
                "names": {"precision": 0.0, "recall": 0.0, "f1": 0.0, "gold": 0, "found": 1},
            })
        );
    }

    #[test]
    fn an_account_serves_one_gold_contact_first() {
        let mut gold = gold();
        gold.reports[0].annotation["contacts"] = json!([
            {"kind": "meeting", "sides": ["FR", "BR"], "evidence": ["Ils se sont vus."]},
            {"kind": "call", "sides": ["FR", "BR"], "evidence": ["Ils se sont vus."]},
        ]);
        gold.dossier = Some(json!({"events": [
            {"id": "e1", "contacts": [["a", 0]]}, {"id": "e2", "contacts": [["a", 1]]}]}));
        let dossier = json!({"contacts": [
            {"id": "c1", "kind": "call", "sides": ["FR", "BR"],
             "accounts": [{"report": "a", "evidence": ["Ils se sont vus."]}]},
            {"id": "c2", "kind": "meeting", "sides": ["FR", "BR"],
             "accounts": [{"report": "a", "evidence": ["Ils se sont vus."]}]}]});
        let figures = score_dossier(&gold, &dossier).unwrap();
        assert_eq!(figures.row("events_bcubed").unwrap().value(), 1.0);
        assert_eq!(figures.row("contacts_found").unwrap().value(), 1.0);
    }
}
