//! GraphML: who met whom, for Gephi, yEd, Cytoscape, networkx, igraph.

use std::io::{self, Write};

use depeche_interface::legible;
use maud::html;

use crate::network::Network;
use crate::{Export, LeftOut, Options, What};

/// What a network leaves out of a dossier.
pub const LEFT: &[What] =
    &[What::Statements, What::Contradictions, What::Gaps, What::Judgements, What::Texts];

/// Attributes: identifier, whether of nodes or edges, name, type.
const KEYS: &[(&str, &str, &str, &str)] = &[
    ("label", "node", "label", "string"),
    ("type", "node", "type", "string"),
    ("side", "node", "side", "string"),
    ("weight", "edge", "weight", "double"),
    ("status", "edge", "status", "string"),
    ("kinds", "edge", "kinds", "string"),
    ("dates", "edge", "dates", "string"),
    ("first", "edge", "first_day", "string"),
    ("last", "edge", "last_day", "string"),
    ("contacts", "edge", "contacts", "string"),
];

/// Writes the network; parallel edges differ by status.
pub fn write(export: &Export, options: &Options, out: &mut dyn Write) -> io::Result<LeftOut> {
    let network = Network::new(export.material, &export.names, options.between);
    let left = left_out(export, &network);
    let graph = html! {
        graphml xmlns="http://graphml.graphdrawing.org/xmlns" {
            desc { (left.in_words(export.material.interface)) }
            @for (id, of, name, kind) in KEYS {
                key id=(id) for=(of) "attr.name"=(name) "attr.type"=(kind) {}
            }
            graph id="contacts" edgedefault="undirected" {
                @for node in &network.nodes {
                    node id=(node.id) {
                        data key="label" { (node.label) }
                        data key="type" { (node_type(node.person)) }
                        @if let Some(side) = &node.side { data key="side" { (side) } }
                    }
                }
                @for (n, edge) in network.edges.iter().enumerate() {
                    @let (first, last) = edge.days();
                    edge id={ "e" (n + 1) } source=(network.nodes[edge.source].id) target=(network.nodes[edge.target].id) {
                        data key="weight" { (edge.contacts.len()) }
                        data key="status" { (edge.status) }
                        data key="kinds" { (kinds(edge)) }
                        data key="dates" { (dates(edge)) }
                        @if let Some(day) = first { data key="first" { (day) } }
                        @if let Some(day) = last { data key="last" { (day) } }
                        data key="contacts" { (contacts(edge)) }
                    }
                }
            }
        }
    };
    out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")?;
    out.write_all(legible(&graph.into_string()).as_bytes())?;
    out.write_all(b"\n")?;
    Ok(left)
}

/// What the network of a dossier leaves out of it.
pub fn left_out(export: &Export, network: &Network) -> LeftOut {
    let mut left = LeftOut::of(&export.record, LEFT);
    left.add(What::ContactsOneSide, network.left_out.count(What::ContactsOneSide));
    left
}

pub fn node_type(person: bool) -> &'static str {
    if person { "person" } else { "side" }
}

/// The kinds of the contacts of an edge, each once.
pub fn kinds(edge: &crate::network::Edge) -> String {
    let mut kinds: Vec<_> = edge.contacts.iter().map(|tie| tie.kind).collect();
    kinds.sort();
    kinds.dedup();
    kinds.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// The dates of the contacts of an edge, EDTF.
pub fn dates(edge: &crate::network::Edge) -> String {
    edge.contacts
        .iter()
        .filter_map(|tie| tie.date.as_ref())
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(" ")
}

/// The identifiers of the contacts of an edge.
pub fn contacts(edge: &crate::network::Edge) -> String {
    edge.contacts.iter().map(|tie| tie.id.as_str()).collect::<Vec<_>>().join(" ")
}
