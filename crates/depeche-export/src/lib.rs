//! A dossier in the formats of other programs, and the briefing that people read.
//!
//! What comes in: a [`Material`], that is a dossier with its reports and readings, the gazetteer, the reference day and the
//! words of the interface. What goes out: bytes, a file at a time, to a [`Place`], and what the format has no room for
//! ([`LeftOut`]). Nothing here reads a clock or opens a file.
//!
//! 1. `names` says what sides, places and contacts are called; `safe` makes words of reports harmless.
//! 2. `briefing` is what people read; `timeline` its picture; `network` who met whom.
//! 3. `formats` has one file a format; [`export`] chooses.

mod days;
mod formats;
mod left_out;
mod material;
mod names;
mod place;
mod safe;

pub mod briefing;
pub mod network;
pub mod timeline;

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use depeche_pipeline::records::{self, ContactRecord, DossierRecord, ReportRecord};
use depeche_record::{Contact, Reading, Report, Side, StatementEntry};

pub use formats::{Format, TABLES};
pub use left_out::{LeftOut, What};
pub use material::Material;
pub use names::{Delegations, Names};
pub use network::Between;
pub use place::{Memory, Place};
pub use safe::{file_name, web_address};

/// What a user may choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// What parts the cells of tables: a comma, a semicolon or a tab.
    pub separator: u8,
    /// Whether tables begin with a byte order mark, by which spreadsheets know UTF-8.
    pub bom: bool,
    /// What the nodes of a network are.
    pub between: Between,
}

impl Default for Options {
    fn default() -> Options {
        Options { separator: b',', bom: false, between: Between::Sides }
    }
}

/// Writes the dossier in a format; what it has no room for.
pub fn export(
    format: Format,
    material: &Material,
    options: &Options,
    place: &mut dyn Place,
) -> io::Result<LeftOut> {
    formats::write(format, &Export::new(material), options, place)
}

/// A dossier with all that the formats ask for, looked up once.
struct Export<'a> {
    material: &'a Material<'a>,
    names: Names<'a>,
    record: DossierRecord,
    read: BTreeMap<&'a str, &'a (Report, Reading)>,
    spoken: BTreeMap<&'a str, &'a StatementEntry>,
}

impl<'a> Export<'a> {
    fn new(material: &'a Material<'a>) -> Export<'a> {
        let Material { dossier, read, problems, today, .. } = *material;
        let record = records::dossier_record(dossier, read, problems, Some(today));
        let read = read.iter().map(|both| (both.0.id.as_str(), both)).collect();
        let spoken = dossier.statements.iter().map(|entry| (entry.id.as_str(), entry)).collect();
        Export { material, names: Names::new(material), record, read, spoken }
    }

    /// Each contact, typed and as programs read it.
    fn contacts(&self) -> impl Iterator<Item = (&'a Contact, &ContactRecord)> {
        self.material.dossier.contacts.iter().zip(&self.record.contacts)
    }

    /// The side that a statement speaks for. Codes of records are written without what tells an organisation from a state
    /// of the same letters; sides are not.
    fn side_of(&self, statement: &str) -> Option<&'a Side> {
        let entry = self.spoken.get(statement)?;
        let (_, reading) = self.read.get(entry.report.as_str())?;
        reading.statements.get(entry.statement)?.speaker.side.as_ref()
    }

    /// Every side that the dossier names, each once.
    fn sides(&self) -> BTreeSet<&'a Side> {
        let dossier = self.material.dossier;
        let of_contacts = dossier
            .contacts
            .iter()
            .flat_map(|contact| contact.sides.iter().chain(contact.ledger.iter().map(|entry| &entry.side)));
        let of_actors = dossier.actors.iter().flat_map(|actor| &actor.sides);
        let of_statements = dossier.statements.iter().filter_map(|entry| self.side_of(&entry.id));
        of_contacts.chain(of_actors).chain(of_statements).collect()
    }

    /// A report by identifier.
    fn report(&self, id: &str) -> Option<&ReportRecord> {
        // Reports are sorted by identifier; where they were not, all are looked through.
        let reports = &self.record.reports;
        match reports.binary_search_by(|report| report.id.as_str().cmp(id)) {
            Ok(n) => reports.get(n),
            Err(_) => reports.iter().find(|report| report.id == id),
        }
    }

    /// A report as people cite it: outlet, title where there is one, identifier.
    fn cited(&self, id: &str) -> String {
        let report = self.report(id);
        let parts =
            [report.and_then(|report| report.outlet.clone()), report.and_then(|report| report.title.clone())];
        let parts: Vec<String> = parts.into_iter().flatten().chain([id.to_owned()]).collect();
        depeche_interface::even_out(&parts.join(", "))
    }

    /// What each side says of a contact, a line each; none where no side is heard.
    fn ledger(&self, contact: &Contact) -> Vec<String> {
        let interface = self.material.interface;
        let heard = contact.ledger.iter().filter(|entry| !entry.attested.is_empty());
        heard
            .map(|entry| {
                let mut speakers: Vec<String> = Vec::new();
                for words in entry.attested.iter().filter(|words| !words.speaker.is_empty()) {
                    if !speakers.contains(&words.speaker) {
                        speakers.push(words.speaker.clone());
                    }
                }
                let stance = interface.say(&format!("stance-{}", entry.stance.label()));
                let stance = match speakers.is_empty() {
                    true => stance,
                    false => format!("{stance} ({})", speakers.join(", ")),
                };
                let side = self.names.side(&entry.side);
                interface.tell("labelled", &[("label", side.into()), ("words", stance.into())])
            })
            .collect()
    }

    /// How many independent origins a contact rests on, in words.
    fn origins(&self, contact: &Contact) -> String {
        let (least, most) = (contact.corroboration.least, contact.corroboration.most);
        let key = if least == most { "origins-count" } else { "origins-range" };
        self.material.interface.tell(key, &[("least", least.into()), ("most", most.into())])
    }

    /// The addresses of the reports of a contact that stand on the web, each once.
    fn addresses(&self, contact: &ContactRecord) -> Vec<String> {
        let mut addresses: Vec<String> = Vec::new();
        for account in &contact.accounts {
            let address = self.report(&account.report).and_then(|report| report.url.as_deref());
            if let Some(address) = address.and_then(web_address).filter(|there| !addresses.contains(there)) {
                addresses.push(address);
            }
        }
        addresses
    }
}
