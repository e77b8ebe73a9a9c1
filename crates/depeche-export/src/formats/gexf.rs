//! GEXF 1.3 with time: an edge is there on the days of its contacts, and counts those so far.

use std::io::{self, Write};

use depeche_interface::legible;
use depeche_record::Day;
use maud::html;

use super::graphml::{contacts, dates, kinds, left_out, node_type};
use crate::days::reach;
use crate::network::{Edge, Network};
use crate::{Export, LeftOut, Options};

/// Writes the network; parallel edges differ by status, which is their kind.
pub fn write(export: &Export, options: &Options, out: &mut dyn Write) -> io::Result<LeftOut> {
    let network = Network::new(export.material, &export.names, options.between);
    let left = left_out(export, &network);
    let graph = html! {
        gexf xmlns="http://gexf.net/1.3" version="1.3" {
            meta lastmodifieddate=(export.material.today) {
                creator { "Dépêche" }
                description { (left.in_words(export.material.interface)) }
            }
            graph mode="dynamic" defaultedgetype="undirected" timeformat="date" timerepresentation="interval" {
                attributes class="node" mode="static" {
                    attribute id="type" title="type" type="string" {}
                    attribute id="side" title="side" type="string" {}
                }
                attributes class="edge" mode="static" {
                    attribute id="status" title="status" type="string" {}
                    attribute id="kinds" title="kinds" type="string" {}
                    attribute id="dates" title="dates" type="string" {}
                    attribute id="contacts" title="contacts" type="string" {}
                }
                attributes class="edge" mode="dynamic" {
                    attribute id="so_far" title="contacts so far" type="integer" {}
                }
                nodes {
                    @for node in &network.nodes {
                        node id=(node.id) label=(node.label) {
                            attvalues {
                                attvalue for="type" value=(node_type(node.person)) {}
                                @if let Some(side) = &node.side { attvalue for="side" value=(side) {} }
                            }
                        }
                    }
                }
                edges {
                    @for (n, edge) in network.edges.iter().enumerate() {
                        @let days = days_of(edge);
                        edge id={ "e" (n + 1) } source=(network.nodes[edge.source].id) target=(network.nodes[edge.target].id)
                            kind=(edge.status) weight=(edge.contacts.len()) {
                            attvalues {
                                attvalue for="status" value=(edge.status) {}
                                attvalue for="kinds" value=(kinds(edge)) {}
                                attvalue for="dates" value=(dates(edge)) {}
                                attvalue for="contacts" value=(contacts(edge)) {}
                                @for (n, (first, _)) in days.iter().enumerate() {
                                    @match days.get(n + 1) {
                                        Some((next, _)) => { attvalue for="so_far" value=(n + 1) start=(first) end=(next) {} }
                                        None => { attvalue for="so_far" value=(n + 1) start=(first) {} }
                                    }
                                }
                            }
                            @if !days.is_empty() {
                                spells { @for (first, last) in &days { spell start=(first) end=(last) {} } }
                            }
                        }
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

/// First and last day of each dated contact of an edge, in order.
fn days_of(edge: &Edge) -> Vec<(Day, Day)> {
    let mut days: Vec<(Day, Day)> = edge
        .contacts
        .iter()
        .filter_map(|tie| match reach(tie.date.as_ref()?) {
            (Some(first), Some(last)) => Some((first, last)),
            _ => None,
        })
        .collect();
    days.sort_unstable();
    days
}
