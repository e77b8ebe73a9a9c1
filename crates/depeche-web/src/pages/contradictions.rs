//! `/contradictions`: what reports disagree about.

use depeche_interface::dates::capitalise;
use depeche_pipeline::records::{ContactRecord, ContradictionRecord, ReportRecord};
use depeche_pipeline::store::{Counts, Dossier, Filter, Page as PageOf, Paging};
use depeche_record::Edtf;
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Page, language_of, reports_named};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::selection::{filter, paging};
use crate::view::{Field, Shown, View, contact_path, filters, pager, proof, quoted};

/// A page of contradictions.
#[derive(Serialize, JsonSchema)]
pub struct Contradictions {
    #[serde(flatten)]
    page: PageOf<ContradictionRecord>,
    /// The contacts that they are about.
    contacts: Vec<ContactRecord>,
    /// The reports that disagree.
    reports: Vec<ReportRecord>,
    /// What the form offers.
    #[serde(skip)]
    counts: Counts,
}

impl Page for Contradictions {
    fn ask(dossier: &Dossier, ask: &Ask) -> Result<Contradictions, Fault> {
        let page = dossier.contradictions(&filter(dossier, &ask.parameters)?, paging(ask)?)?;
        let contacts = contacts_named(dossier, page.items.iter().map(|one| one.contact.as_str()))?;
        let told =
            page.items.iter().flat_map(|one| one.versions.iter().map(|version| version.report.as_str()));
        Ok(Contradictions {
            reports: reports_named(dossier, told)?,
            contacts,
            page,
            counts: dossier.counts()?,
        })
    }

    fn show(&self, view: &View<'_>) -> Shown {
        let counted = view.count("summary-contradictions", self.page.total);
        let body = html! {
            (filters(view, &self.counts, &[Field::Contradiction, Field::Side, Field::Period]))
            div #results {
                p.soft role="status" { (capitalise(&counted)) }
                @for one in &self.page.items {
                    @let contact = self.contacts.iter().find(|contact| contact.id == one.contact);
                    article.item data-item {
                        h2.small { a href=(contact_path(&one.contact)) { (contact.map_or(one.contact.clone(), |contact| capitalise(&view.words.contact(contact)))) } }
                        (versions(view, one, &self.reports))
                    }
                }
                (pager(view, &self.page, &counted))
            }
        };
        Shown { title: view.say("section-contradictions"), section: "section-contradictions", body }
    }
}

/// The contacts of these identifiers, each once.
pub fn contacts_named<'i>(
    dossier: &Dossier,
    ids: impl Iterator<Item = &'i str>,
) -> Result<Vec<ContactRecord>, Fault> {
    let mut ids: Vec<String> = ids.map(str::to_owned).collect();
    ids.sort();
    ids.dedup();
    let mut contacts = Vec::new();
    for ids in ids.chunks(500) {
        let named = Filter { contacts: ids.to_vec(), ..Filter::default() };
        contacts.extend(dossier.contacts(&named, Paging::ALL)?.items);
    }
    Ok(contacts)
}

/// What a version says, in words.
pub fn value(view: &View<'_>, kind: &str, value: &str) -> String {
    match kind {
        "date" if Edtf::parse(value).is_ok() => view.words.date(value),
        "place" => view.words.place(value),
        "held" => view.words.status(value, "meeting"),
        _ => value.to_owned(),
    }
}

/// The versions of a contradiction side by side.
pub fn versions(view: &View<'_>, contradiction: &ContradictionRecord, reports: &[ReportRecord]) -> Markup {
    html! {
        div.scroll {
            table.versions {
                caption { (capitalise(&view.words.label("contradiction", &contradiction.kind))) }
                tbody {
                    @for version in &contradiction.versions {
                        tr {
                            th scope="row" { bdi { (value(view, &contradiction.kind, &version.value)) } }
                            td {
                                (quoted(&version.evidence.exact, language_of(reports, &version.report)))
                                @if !version.speaker.is_empty() { " — " bdi { (version.speaker) } }
                            }
                            td { (proof(reports, &version.report, &version.evidence)) }
                        }
                    }
                }
            }
        }
    }
}
