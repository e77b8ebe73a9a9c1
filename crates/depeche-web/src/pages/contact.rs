//! `/contacts/ID`: one contact, with all that it rests on.

use depeche_interface::assumptions_in_words;
use depeche_interface::dates::capitalise;
use depeche_pipeline::reason;
use depeche_pipeline::records::{ContactRecord, Evidence, JudgementRecord, MentionRecord, ReportRecord};
use depeche_pipeline::store::{ContactSheet, Dossier, Filter, Item, Paging};
use depeche_record::{Report, Span};
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::Serialize;

use super::deciding::{Judging, judged, parting, waiting_on};
use super::statements::statement_item;
use super::{Page, language_of, missing};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::view::{
    Shown, View, actor_path, cited, contact_path, known, place_of, proof, report_path, setting, stance,
    status, tone, when,
};

/// Reports whose words are shown in their context.
const IN_CONTEXT: usize = 40;
/// Contacts offered as the same.
const ALIKE: usize = 40;
/// Most characters of context on either side.
const CONTEXT: usize = 180;

/// One contact.
#[derive(Serialize, JsonSchema)]
pub struct Contact {
    #[serde(flatten)]
    sheet: ContactSheet,
    /// Contacts of the same sides, as far as so many: with one of them it may be one.
    #[serde(skip)]
    alike: Vec<ContactRecord>,
    /// What was decided of it and is not shown yet.
    #[serde(skip)]
    waiting: Vec<JudgementRecord>,
    /// The words of each account in their context, as far as so many reports have them.
    tellings: Vec<Telling>,
}

/// The words by which a report tells it.
#[derive(Serialize, JsonSchema)]
struct Telling {
    /// The account, as `depeche read` names it.
    account: String,
    passages: Vec<Passage>,
}

/// Words in their context.
#[derive(Serialize, JsonSchema)]
struct Passage {
    before: String,
    evidence: Evidence,
    after: String,
}

impl Page for Contact {
    fn ask(dossier: &Dossier, ask: &Ask) -> Result<Contact, Fault> {
        if let Some(name) = ask.parameters.stranger(&[]) {
            return Err(Fault::bad("fault-filter-unknown", name));
        }
        let sheet = match dossier.contact_sheet(&ask.id)? {
            Some(sheet) => sheet,
            None => return Err(missing(dossier, ask, Item::Contact, contact_path)?),
        };
        let mut tellings = Vec::new();
        for report in sheet.reports.iter().take(IN_CONTEXT) {
            let (text, _) = dossier.report(&report.id)?;
            for account in sheet.contact.accounts.iter().filter(|account| account.report == report.id) {
                let passages = account.evidence.iter().map(|evidence| in_context(&text, evidence)).collect();
                tellings.push(Telling { account: account.id.clone(), passages });
            }
        }
        let same_sides = Filter { sides: sheet.contact.sides.clone(), ..Filter::default() };
        let mut alike = match ask.may_change {
            true => dossier.contacts(&same_sides, Paging::first(ALIKE))?.items,
            false => Vec::new(),
        };
        alike.retain(|other| other.id != ask.id);
        Ok(Contact { waiting: waiting_on(dossier, &ask.id)?, sheet, alike, tellings })
    }

    fn show(&self, view: &View<'_>) -> Shown {
        let ContactSheet { contact, actors, statements, contradictions, gaps, reports } = &self.sheet;
        let words = view.words;
        let others: Vec<(String, String)> =
            self.alike.iter().map(|other| (other.id.clone(), words.contact(other))).collect();
        let path = contact_path(&contact.id);
        let title = capitalise(&words.kind(&contact.kind));
        let title = match contact.sides.is_empty() {
            true => title,
            false => format!("{title}, {}", words.sides(&contact.sides)),
        };
        let body = html! {
            div.headline.(tone(&contact.status)) {
                p.lead { (status(view, &contact.status, &contact.kind)) " " (setting(view, contact)) }
                @if !contact.date_assumed.is_empty() { p.small.soft { (assumptions_in_words(words.interface, &contact.date_assumed)) } }
                p { b { (words.origins(contact.corroboration.least, contact.corroboration.most)) } " · " (view.count("found-reports", reports.len())) " · " span.id { (contact.id) } }
                (judged(view, &contact.judged, &self.waiting, &Judging { id: &contact.id, prefix: "j", path: &path, fields: &["kind", "status", "date", "place", "sides"], others: Some(&others) }))
            }
            section aria-labelledby="ledger" {
                h2 #ledger { (view.say("room-ledger")) }
                @if contact.ledger.is_empty() { p.soft { (view.say("unheard")) } }
                ul.ledger {
                    @for entry in &contact.ledger {
                        li {
                            (stance(view, entry))
                            @for attested in &entry.attested {
                                " · "
                                @if !attested.speaker.is_empty() { bdi { (attested.speaker) } " " }
                                (proof(reports, &attested.report, &attested.evidence))
                            }
                        }
                    }
                }
            }
            @if !contact.history.is_empty() {
                section aria-labelledby="history" {
                    h2 #history { (view.say("room-history")) }
                    ol.history {
                        @for step in &contact.history {
                            li {
                                (status(view, &step.status, &contact.kind))
                                @if let Some(told) = &step.told { " · " (view.say("room-told")) " " (when(view, told)) }
                                " · "
                                (proof(reports, &step.report, &step.evidence))
                            }
                        }
                    }
                }
            }
            @if !actors.is_empty() {
                section aria-labelledby="participants" {
                    h2 #participants { (view.say("room-participants")) }
                    ul.plain {
                        @for actor in actors {
                            li {
                                a href=(actor_path(&actor.id)) { bdi { (actor.name) } }
                                @if !actor.sides.is_empty() { " (" (words.sides(&actor.sides)) ")" }
                                @if let Some(office) = actor.offices.first() { span.soft { ", " bdi { (office) } } }
                            }
                        }
                    }
                }
            }
            section aria-labelledby="accounts" {
                h2 #accounts { (view.say("room-accounts")) }
                div.accounts { @for account in &contact.accounts { (self.account(view, account)) } }
            }
            section aria-labelledby="origins" {
                h2 #origins { (words.origins(contact.corroboration.least, contact.corroboration.most)) }
                ul.plain { @for origin in &contact.corroboration.origins { li { (origin_of(view, origin, reports)) } } }
                @if !contact.corroboration.reasons.is_empty() {
                    h3 { (view.say("why")) }
                    ul.plain { @for reason in &contact.corroboration.reasons { li { bdi { (words.reason(reason)) } } } }
                }
            }
            @if !contradictions.is_empty() {
                section aria-labelledby="contradictions" {
                    h2 #contradictions { (view.say("section-contradictions")) }
                    @for one in contradictions { (super::contradictions::versions(view, one, reports)) }
                }
            }
            @if !gaps.is_empty() {
                section aria-labelledby="gaps" {
                    h2 #gaps { (view.say("section-gaps")) }
                    ul.plain {
                        @for gap in gaps {
                            li {
                                @match &gap.side {
                                    Some(side) => (words.labelled(&words.label("gap", &gap.kind), &words.side(side))),
                                    None => (words.label("gap", &gap.kind)),
                                }
                            }
                        }
                    }
                }
            }
            @if !statements.is_empty() {
                section aria-labelledby="statements" {
                    h2 #statements { (view.count("found-statements", statements.len())) }
                    ul.items { @for statement in statements { li data-item { (statement_item(view, statement, reports)) } } }
                }
            }
            section aria-labelledby="reports" {
                h2 #reports { (view.count("found-reports", reports.len())) }
                ul.plain { @for report in reports { li { (cited(view, report)) } } }
            }
        };
        Shown { title, section: "section-contacts", body }
    }
}

impl Contact {
    /// One report's telling, with its words.
    fn account(&self, view: &View<'_>, account: &MentionRecord) -> Markup {
        let words = view.words;
        let reports = &self.sheet.reports;
        let report = reports.iter().find(|report| report.id == account.report);
        let telling = self.tellings.iter().find(|telling| telling.account == account.id);
        html! {
            article.account.(tone(&account.status)) data-item {
                h3 {
                    @match report {
                        Some(report) => (cited(view, report)),
                        None => { a href=(report_path(&account.report)) { bdi { (account.report) } } }
                    }
                }
                p.small {
                    (capitalise(&words.kind(&account.kind))) " "
                    (status(view, &account.status, &account.kind))
                    @if let Some(date) = &account.date { " · " (when(view, date)) }
                    @if let Some(place) = &account.place { " · " bdi { (place) } }
                    @if !account.sides.is_empty() { " · " (words.sides(&account.sides)) }
                    @if !account.participants.is_empty() { " · " bdi { (account.participants.join(", ")) } }
                }
                @if let Some(telling) = telling {
                    @for passage in &telling.passages {
                        blockquote lang=[known(language_of(reports, &account.report))] dir="auto" {
                            (passage.before)
                            mark.contact { (passage.evidence.exact) }
                            (passage.after) " "
                            a.proof href=(place_of(&account.report, &passage.evidence)) { (view.say("room-in-the-text")) }
                        }
                    }
                } @else {
                    @for evidence in &account.evidence {
                        blockquote lang=[known(language_of(reports, &account.report))] dir="auto" {
                            (evidence.exact) " " a.proof href=(place_of(&account.report, evidence)) { (view.say("room-in-the-text")) }
                        }
                    }
                }
                @if !account.reason.is_empty() { p.small.soft { (words.reason(&account.reason)) } }
                @let contact = &self.sheet.contact;
                @let own = contact.accounts.iter().position(|one| one.id == account.id).unwrap_or_default();
                // Parting from the first parts from all; the first is parted from the second.
                @if let Some(other) = contact.accounts.get(usize::from(own == 0)) {
                    (parting(view, &account.id, &other.id, &format!("p{own}"), &contact_path(&contact.id)))
                }
            }
        }
    }
}

/// An independent origin; of one that is a text, the reports that have it, and below each what it says that it knows it from.
fn origin_of(view: &View<'_>, origin: &str, reports: &[ReportRecord]) -> Markup {
    let words = view.words.reason(origin);
    let (key, arguments) = reason::read(origin);
    let Some(&first) = arguments.first().filter(|_| matches!(key, "report" | "lineage")) else {
        return html! { bdi { (words) } };
    };
    let lineage =
        reports.iter().find(|report| report.id == first).map_or(first, |report| report.lineage.as_str());
    let told: Vec<&ReportRecord> = reports.iter().filter(|report| report.lineage == lineage).collect();
    html! {
        a href=(report_path(first)) { bdi { (words) } }
        @if told.len() > 1 || told.iter().any(|report| !report.origins.is_empty()) {
            ul.plain {
                @for report in told {
                    li {
                        (cited(view, report))
                        @if !report.origins.is_empty() {
                            ul.plain {
                                @for named in &report.origins {
                                    li { bdi { (named.name) } " " span.soft { (view.words.label("relation-name", &named.relation)) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The words with what stands before and after them in their paragraph.
fn in_context(report: &Report, evidence: &Evidence) -> Passage {
    let at = |point: usize| report.text.char_indices().nth(point).map_or(report.text.len(), |(at, _)| at);
    let (start, end) = (at(evidence.start), at(evidence.end));
    let block = report.blocks.iter().find(|block| block.span.contains(Span::new(start, end)));
    let block = block.map_or(start..end, |block| block.span.range());
    let before = report.text.get(block.start..start).unwrap_or_default();
    let after = report.text.get(end..block.end).unwrap_or_default();
    Passage {
        before: last(before),
        evidence: evidence.clone(),
        after: depeche_interface::shorten(after, CONTEXT),
    }
}

/// The last words, cut between words and marked `…`.
fn last(words: &str) -> String {
    let count = words.chars().count();
    let Some((cut, _)) = words.char_indices().nth(count.saturating_sub(CONTEXT)).filter(|_| count > CONTEXT)
    else {
        return words.to_owned();
    };
    let tail = &words[cut..];
    format!("… {}", tail.split_once(' ').map_or(tail, |(_, tail)| tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_in_their_paragraph() {
        let report = Report::bare("r", "Un été.\nIls se sont vus à Genève lundi.\nFin.");
        let evidence = Evidence { exact: "vus à Genève".to_owned(), start: 20, end: 32 };
        let passage = in_context(&report, &evidence);
        assert_eq!((passage.before.as_str(), passage.after.as_str()), ("Ils se sont ", " lundi."));
        assert!(last(&"mot ".repeat(100)).starts_with("… mot"));
        assert_eq!(last("court"), "court");
    }
}
