//! Who met whom.

use std::collections::BTreeMap;

use depeche_record::{ContactKind, Day, Edtf, Status};

use crate::days::reach;
use crate::{LeftOut, Material, Names, What};

/// What the nodes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Between {
    /// States, organisations and armed parties.
    Sides,
    /// People; a side stands for those of its people who are not named.
    People,
}

/// Nodes, and edges between them.
#[derive(Debug, Default)]
pub struct Network {
    /// Sorted by identifier.
    pub nodes: Vec<Node>,
    /// Sorted by both ends and status.
    pub edges: Vec<Edge>,
    /// Contacts of which fewer than two sides are known.
    pub left_out: LeftOut,
}

/// A side or a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Code of the side, or identifier of the person.
    pub id: String,
    /// Name.
    pub label: String,
    /// Whether it is a person.
    pub person: bool,
    /// Code of the side: its own, or the first that the person stands for.
    pub side: Option<String>,
}

/// All contacts of one status between two nodes.
#[derive(Debug, Clone)]
pub struct Edge {
    /// Index of the first node.
    pub source: usize,
    /// Index of the second node, greater than the first.
    pub target: usize,
    /// The status that all have.
    pub status: Status,
    /// The contacts, in the dossier's order.
    pub contacts: Vec<Tie>,
}

/// A contact as an edge holds it.
#[derive(Debug, Clone)]
pub struct Tie {
    /// Identifier.
    pub id: String,
    /// Kind.
    pub kind: ContactKind,
    /// Date.
    pub date: Option<Edtf>,
}

impl Edge {
    /// The first and the last day on which a contact may have begun and ended, of those known.
    pub fn days(&self) -> (Option<Day>, Option<Day>) {
        let days = || self.contacts.iter().filter_map(|tie| Some(reach(tie.date.as_ref()?)));
        (days().filter_map(|(first, _)| first).min(), days().filter_map(|(_, last)| last).max())
    }
}

impl Network {
    /// The network of a dossier. An edge joins two nodes of different sides that one contact names; those of one delegation
    /// are not joined. What was held, planned, denied … between the same two makes an edge each.
    pub fn new(material: &Material, names: &Names, between: Between) -> Network {
        let mut nodes: BTreeMap<String, Node> = BTreeMap::new();
        let mut edges: BTreeMap<(String, String, Status), Vec<Tie>> = BTreeMap::new();
        let mut left_out = LeftOut::default();
        for contact in &material.dossier.contacts {
            let mut groups: Vec<Vec<Node>> = Vec::new();
            let delegations = names.delegations(contact);
            for (side, people) in &delegations.sides {
                let own = || Node {
                    id: side.0.clone(),
                    label: names.side(side),
                    person: false,
                    side: Some(side.to_string()),
                };
                let people = people.iter().map(|person| Node {
                    id: person.id.clone(),
                    label: person.name.clone(),
                    person: true,
                    side: Some(side.to_string()),
                });
                groups.push(match between {
                    Between::People if people.len() > 0 => people.collect(),
                    _ => vec![own()],
                });
            }
            if between == Between::People {
                groups.extend(delegations.others.iter().map(|person| {
                    let side = person.sides.first().map(ToString::to_string);
                    vec![Node { id: person.id.clone(), label: person.name.clone(), person: true, side }]
                }));
            }
            if groups.len() < 2 {
                left_out.add(What::ContactsOneSide, 1);
                continue;
            }
            for (n, group) in groups.iter().enumerate() {
                for (one, other) in group
                    .iter()
                    .flat_map(|one| groups[n + 1..].iter().flatten().map(move |other| (one, other)))
                {
                    let (one, other) = if one.id <= other.id { (one, other) } else { (other, one) };
                    if one.id == other.id {
                        continue;
                    }
                    let tie = Tie { id: contact.id.clone(), kind: contact.kind, date: contact.date.clone() };
                    let ties = edges.entry((one.id.clone(), other.id.clone(), contact.status)).or_default();
                    if ties.last().is_none_or(|last| last.id != tie.id) {
                        ties.push(tie);
                    }
                    for node in [one, other] {
                        nodes.entry(node.id.clone()).or_insert_with(|| node.clone());
                    }
                }
            }
        }
        let nodes: Vec<Node> = nodes.into_values().collect();
        let index = |id: &str| nodes.binary_search_by(|node| node.id.as_str().cmp(id)).unwrap_or(0);
        let edges = edges
            .into_iter()
            .map(|((one, other, status), contacts)| Edge {
                source: index(&one),
                target: index(&other),
                status,
                contacts,
            })
            .collect();
        Network { nodes, edges, left_out }
    }
}
