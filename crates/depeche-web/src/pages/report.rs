//! `/reports/ID`: one report, its text with all that was read in it, and the reading beside it.

use std::collections::BTreeMap;

use depeche_interface::dates::capitalise;
use depeche_interface::{assumptions_in_words, shorten};
use depeche_pipeline::records::{self, DerivationRecord, Evidence, JudgementRecord, ReadingRecord};
use depeche_pipeline::store::{Dossier, ReportSheet};
use depeche_record::{BlockKind, CodePoints};
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::Serialize;

use super::Page;
use super::deciding::{Judging, judged, waiting_in};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::view::{
    Shown, View, actor_path, cited, contact_path, known, link_out, moment, report_path, status, when,
};

/// Most characters of a text shown; its JSON has all.
const SHOWN: usize = 80_000;
/// Most reports of the same lineage shown.
const KIN: usize = 40;
/// Most steps of a derivation shown below one another.
const DEEP: usize = 12;

/// One report.
#[derive(Serialize, JsonSchema)]
pub struct Report {
    #[serde(flatten)]
    sheet: ReportSheet,
    reading: ReadingRecord,
    text: String,
    blocks: Vec<Block>,
    /// Why each item of the reading is held, by its identifier.
    derivations: BTreeMap<String, DerivationRecord>,
    versions: Vec<Version>,
    /// What was decided of it, or of something in it, and is not shown yet.
    #[serde(skip)]
    waiting: Vec<JudgementRecord>,
    /// The words that a link led to, in code points.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<(usize, usize)>,
}

/// A part of the text, in code points.
#[derive(Serialize, JsonSchema)]
struct Block {
    kind: &'static str,
    start: usize,
    end: usize,
}

/// A version of the report.
#[derive(Serialize, JsonSchema)]
struct Version {
    number: usize,
    taken: String,
    address: String,
    digest: String,
    size: usize,
    current: bool,
}

impl Page for Report {
    fn ask(dossier: &Dossier, ask: &Ask) -> Result<Report, Fault> {
        if let Some(name) = ask.parameters.stranger(&["at"]) {
            return Err(Fault::bad("fault-filter-unknown", name));
        }
        let at = ask.parameters.first("at");
        let range = |at: &str| {
            let (start, end) = at.split_once('-')?;
            Some((start.parse::<usize>().ok()?, end.parse::<usize>().ok()?))
                .filter(|(start, end)| start < end)
        };
        let at = at.map(|at| range(at).ok_or_else(|| Fault::bad("fault-filter-number", at))).transpose()?;
        let sheet = dossier.report_sheet(&ask.id)?.ok_or_else(|| Fault::Unknown(ask.id.clone()))?;
        let (report, reading) = dossier.report(&ask.id)?;
        let points = CodePoints::of(&report.text);
        let blocks = report.blocks.iter().map(|block| {
            let (start, end) = points.range(&report.text, block.span);
            Block { kind: block_label(block.kind), start, end }
        });
        let derived = |id: String, derivation| (id, records::derivation_record(&report, derivation));
        let accounts = reading.accounts.iter().enumerate();
        let statements = reading.statements.iter().enumerate();
        let origins = reading.origins.iter().enumerate();
        let derivations = accounts
            .map(|(n, one)| derived(records::account_id(&report.id, n), &one.derivation))
            .chain(statements.map(|(n, one)| derived(records::statement_id(&report.id, n), &one.derivation)))
            .chain(origins.map(|(n, one)| derived(records::origin_id(&report.id, n), &one.derivation)))
            .collect();
        let versions = dossier.versions(&ask.id)?.into_iter().map(|version| Version {
            number: version.number,
            taken: version.taken,
            address: version.address,
            digest: version.digest.to_string(),
            size: version.size,
            current: version.is_current,
        });
        Ok(Report {
            blocks: blocks.collect(),
            reading: records::record(&report, &reading),
            derivations,
            versions: versions.collect(),
            waiting: waiting_in(dossier, &ask.id)?,
            text: report.text,
            sheet,
            at,
        })
    }

    fn show(&self, view: &View<'_>) -> Shown {
        let ReportSheet { report, lineage, kin, .. } = &self.sheet;
        let words = view.words;
        let title = report.title.clone().unwrap_or_else(|| report.id.clone());
        let kinds = ["contact", "date", "place", "statement", "origin"];
        let body = html! {
            dl.facts {
                @if let Some(outlet) = &report.outlet { dt { (view.say("room-outlet")) } dd { bdi { (outlet) } } }
                dt { (view.say("room-published")) }
                dd {
                    @match &report.published {
                        Some(published) => {
                            (when(view, published))
                            @if let Some(basis) = &report.published_basis { span.soft { " (" (words.label("basis", basis)) ")" } }
                        }
                        None => (view.say("report-undated")),
                    }
                }
                dt { (view.say("room-language")) } dd { (words.label("language", &report.language)) }
                @if let Some(byline) = &self.reading.byline { dt { (view.say("room-byline")) } dd { bdi { (byline) } } }
                dt { (view.say("room-address")) }
                dd {
                    (link_out(&view.place(self.reading.url.as_deref().unwrap_or(&report.address))))
                }
                dt { (view.say("room-captured")) }
                dd {
                    @for version in &self.versions {
                        div.small {
                            (version.number) ". " (moment(view, &version.taken)) " · " (version.size) " " (view.say("room-bytes"))
                            " · SHA-256 " code { (version.digest.get(..16).unwrap_or_default()) "…" }
                            @if version.current && self.versions.len() > 1 { " · " (view.say("room-current")) }
                        }
                    }
                }
                @if !lineage.is_empty() {
                    dt { (view.say("room-lineage")) }
                    dd { p.small.soft { (view.count("found-reports", *kin)) } ul.plain { @for other in lineage.iter().take(KIN) {
                        li {
                            (cited(view, other))
                            @for link in report.links.iter().filter(|link| link.report == other.id) { span.soft { " — " (words.reason(&link.reason)) } }
                        }
                    } } }
                }
            }
            (judged(view, &report.judged, &self.waiting, &Judging { id: &report.id, prefix: "j", path: &report_path(&report.id), fields: &["published", "outlet", "title"], others: Some(&[]) }))
            p.legend aria-label=(view.say("room-legend")) {
                @for kind in kinds { mark.(kind) { (view.say(mark_key(kind))) } " " }
            }
            div.reader {
                article.text lang=[known(&report.language)] dir="auto" aria-label=(view.say("room-text")) { (self.marked(view)) }
                div.reading { (self.items(view)) }
            }
        };
        Shown { title, section: "room-reports", body }
    }
}

/// Words to be marked: from, to, kind and item. Those that only a derivation or a link names have no item.
struct Mark<'a> {
    start: usize,
    end: usize,
    kind: &'static str,
    item: &'a str,
}

impl Report {
    /// All that is marked in the text, what matters most first.
    fn marks(&self) -> Vec<Mark<'_>> {
        let mut marks = Vec::new();
        for account in &self.reading.contacts {
            let one = |evidence: &Evidence, kind| Mark {
                start: evidence.start,
                end: evidence.end,
                kind,
                item: &account.id,
            };
            marks.extend(account.date_evidence.iter().map(|evidence| one(evidence, "date")));
            marks.extend(account.place_evidence.iter().map(|evidence| one(evidence, "place")));
            marks.extend(account.evidence.iter().map(|evidence| one(evidence, "contact")));
        }
        let of =
            |evidence: &Evidence, kind, item| Mark { start: evidence.start, end: evidence.end, kind, item };
        marks.extend(
            self.reading.origins.iter().map(|origin| of(&origin.evidence, "origin", origin.id.as_str())),
        );
        marks.extend(
            self.reading.statements.iter().map(|one| of(&one.evidence, "statement", one.id.as_str())),
        );
        for derivation in self.derivations.values() {
            traces(derivation, &mut marks);
        }
        marks.extend(self.at.map(|(start, end)| Mark { start, end, kind: "found", item: "" }));
        marks.retain(|mark| mark.start < mark.end);
        // The shorter says more.
        marks.sort_by_key(|mark| (mark.end - mark.start, mark.start));
        marks
    }

    /// The text in its blocks, with marks that lead to the reading.
    fn marked(&self, view: &View<'_>) -> Markup {
        let marks = self.marks();
        let offsets: Vec<usize> =
            self.text.char_indices().map(|(at, _)| at).chain([self.text.len()]).collect();
        let words = |start: usize, end: usize| -> &str {
            let at = |point: usize| offsets[point.min(offsets.len() - 1)];
            self.text.get(at(start)..at(end.max(start))).unwrap_or_default()
        };
        let shown: Vec<&Block> = self.blocks.iter().take_while(|block| block.end <= SHOWN).collect();
        html! {
            @for block in &shown {
                @let pieces = pieces(block, &marks);
                @let inner = html! {
                    @for (start, end, covering) in &pieces {
                        @let shown = words(*start, *end);
                        @let first = covering.iter().map(|&n| &marks[n]).find(|mark| !mark.item.is_empty());
                        @match first {
                            _ if covering.is_empty() => (shown),
                            Some(first) => {
                                mark.(classes(&marks, covering)) id={ "at-" (start) } {
                                    a href={ "#" (anchor(first.item)) } title=(view.say(mark_key(first.kind))) { (shown) }
                                }
                            }
                            None => { mark.(classes(&marks, covering)) id={ "at-" (start) } { (shown) } }
                        }
                    }
                };
                @match block.kind {
                    "title" => { p.t-title { (inner) } }
                    "heading" => { p.t-heading { (inner) } }
                    "quotation" => { blockquote { (inner) } }
                    "item" => { p.t-item { (inner) } }
                    "noise" => { p.t-noise { (inner) } }
                    "paragraph" | "standfirst" => { p { (inner) } }
                    _ => { p.t-small { (inner) } }
                }
            }
            @if shown.len() < self.blocks.len() { p.notice lang=(view.words.interface.language().code()) { (view.say("room-text-cut")) } }
        }
    }

    /// What was read: contacts, statements, origins, people, each with why.
    fn items(&self, view: &View<'_>) -> Markup {
        let reading = &self.reading;
        let words = view.words;
        let sure = |confidence: f64| {
            let share = format!("{:.0} %", confidence * 100.0);
            words.interface.tell("room-sure", &[("share", share.into())])
        };
        html! {
            section aria-labelledby="read-contacts" {
                h2 #read-contacts { (view.count("found-contacts", reading.contacts.len())) }
                @for account in &reading.contacts {
                    @let contact = self.sheet.contacts.iter().find(|contact| contact.accounts.iter().any(|told| told.id == account.id));
                    div.read id=(anchor(&account.id)) data-item {
                        p.line {
                            @match contact {
                                Some(contact) => { a href=(contact_path(&contact.id)) { (capitalise(&words.kind(&account.kind))) } }
                                None => { b { (capitalise(&words.kind(&account.kind))) } }
                            }
                            " " (status(view, &account.status, &account.kind))
                        }
                        p { (words.sides(&account.sides)) @if !account.participants.is_empty() { " · " bdi { (account.participants.join(", ")) } } }
                        p.small {
                            @match &account.date { Some(date) => (when(view, date)), None => (view.say("timeline-no-date")) }
                            @if let Some(place) = &account.place { ", " bdi { (place) } }
                            @if !account.date_assumed.is_empty() { span.soft { ". " (assumptions_in_words(words.interface, &account.date_assumed)) } }
                        }
                        p.small { @for (n, evidence) in account.evidence.iter().enumerate() { @if n > 0 { br; } (to_words(evidence, &reading.language)) } }
                        (self.why(view, &account.id, &account.rule, &sure(account.confidence)))
                        (self.judging(view, &account.id, &["kind", "status", "date", "place", "sides"]))
                    }
                }
            }
            section aria-labelledby="read-statements" {
                h2 #read-statements { (view.count("found-statements", reading.statements.len())) }
                @for statement in &reading.statements {
                    div.read id=(anchor(&statement.id)) data-item {
                        p.line {
                            b { bdi { (statement.speaker) } }
                            @if let Some(side) = &statement.side { span.soft { " (" bdi { (words.side(side)) } ")" } }
                            " " span.act { (words.label("act", &statement.act)) }
                        }
                        @if let Some(quote) = &statement.quote { p.said { q lang=[known(&reading.language)] dir="auto" { (shorten(quote, 240)) } } }
                        p.small { (to_words(&statement.evidence, &reading.language)) }
                        (self.why(view, &statement.id, &statement.rule, &sure(statement.confidence)))
                        (self.judging(view, &statement.id, &["act", "speaker"]))
                    }
                }
            }
            section aria-labelledby="read-origins" {
                h2 #read-origins { (view.count("found-origins", reading.origins.len())) }
                @for origin in &reading.origins {
                    div.read id=(anchor(&origin.id)) data-item {
                        p.line { b { bdi { (origin.name) } } " " span.act { (words.label("relation-name", &origin.relation)) } }
                        p.small { (to_words(&origin.evidence, &reading.language)) }
                        (self.why(view, &origin.id, &origin.rule, &sure(origin.confidence)))
                    }
                }
            }
            @if !self.sheet.actors.is_empty() {
                section aria-labelledby="read-people" {
                    h2 #read-people { (view.say("room-actors")) }
                    p { @for (n, actor) in self.sheet.actors.iter().enumerate() { @if n > 0 { ", " } a href=(actor_path(&actor.id)) { bdi { (actor.name) } } } }
                }
            }
            @if !reading.problems.is_empty() {
                section aria-labelledby="read-problems" {
                    h2 #read-problems { (view.say("problems-heading")) }
                    ul.plain { @for problem in &reading.problems { li { (words.label("problem", &problem.kind)) @if !problem.detail.is_empty() { span.soft { " — " bdi lang="en" { (view.words_of(&problem.detail)) } } } } } }
                }
            }
        }
    }

    /// The form for decisions on an item of the reading, folded.
    fn judging(&self, view: &View<'_>, id: &str, fields: &[&str]) -> Markup {
        let prefix = anchor(id);
        let path = format!("{}#{prefix}", report_path(&self.sheet.report.id));
        Judging { id, prefix: &prefix, path: &path, fields, others: None }.form(view)
    }

    /// The derivation of an item, folded.
    fn why(&self, view: &View<'_>, id: &str, rule: &str, sure: &str) -> Markup {
        html! {
            details.why {
                summary { (view.say("why")) " · " (sure) }
                @match self.derivations.get(id) {
                    Some(derivation) => { ul.steps { (step(derivation, 0)) } }
                    None => { p { code { (rule) } } }
                }
            }
        }
    }
}

/// A step of a derivation and those below it, as the rules tell them.
fn step(derivation: &DerivationRecord, depth: usize) -> Markup {
    html! {
        li lang="en" {
            code { (derivation.rule) } " " bdi { (shorten(&derivation.conclusion, 200)) }
            @if let Some(evidence) = &derivation.evidence { " " a href={ "#at-" (evidence.start) } { q { (shorten(&evidence.exact, 80)) } } }
            @if !derivation.children.is_empty() && depth < DEEP { ul.steps { @for child in &derivation.children { (step(child, depth + 1)) } } }
        }
    }
}

/// The words that a derivation and the steps below it read, so that they can be led to.
fn traces(derivation: &DerivationRecord, marks: &mut Vec<Mark<'_>>) {
    let evidence = derivation.evidence.iter();
    marks.extend(evidence.map(|there| Mark { start: there.start, end: there.end, kind: "trace", item: "" }));
    derivation.children.iter().for_each(|child| traces(child, marks));
}

/// A link to words in the text, which says how they begin, in the report's language.
fn to_words(evidence: &Evidence, language: &str) -> Markup {
    html! { a.proof href={ "#at-" (evidence.start) } title=(shorten(&evidence.exact, 200)) { q lang=[known(language)] dir="auto" { (shorten(&evidence.exact, 64)) } } }
}

/// The part of an item's identifier that is its own in the report, as an anchor: `item-c1`.
fn anchor(id: &str) -> String {
    format!("item-{}", id.rsplit('#').next().unwrap_or_default())
}

/// A block cut wherever a mark begins or ends, each piece with the marks over it.
fn pieces(block: &Block, marks: &[Mark<'_>]) -> Vec<(usize, usize, Vec<usize>)> {
    let over: Vec<usize> =
        (0..marks.len()).filter(|&n| marks[n].start < block.end && marks[n].end > block.start).collect();
    let mut cuts: Vec<usize> = vec![block.start, block.end];
    cuts.extend(
        over.iter()
            .flat_map(|&n| [marks[n].start, marks[n].end])
            .filter(|cut| (block.start..block.end).contains(cut)),
    );
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2)
        .map(|pair| {
            let covering = over
                .iter()
                .copied()
                .filter(|&n| marks[n].start <= pair[0] && marks[n].end >= pair[1])
                .collect();
            (pair[0], pair[1], covering)
        })
        .collect()
}

/// The kinds of the marks over a piece, each once.
fn classes(marks: &[Mark<'_>], covering: &[usize]) -> String {
    let mut kinds: Vec<&str> = covering.iter().map(|&n| marks[n].kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.join(" ")
}

/// The key of the words for a kind of mark.
fn mark_key(kind: &str) -> &'static str {
    match kind {
        "contact" => "room-mark-contact",
        "date" => "room-mark-date",
        "place" => "room-mark-place",
        "statement" => "room-mark-statement",
        _ => "room-mark-origin",
    }
}

fn block_label(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Title => "title",
        BlockKind::Standfirst => "standfirst",
        BlockKind::Heading => "heading",
        BlockKind::Paragraph => "paragraph",
        BlockKind::Item => "item",
        BlockKind::Quotation => "quotation",
        BlockKind::Caption => "caption",
        BlockKind::Credit => "credit",
        BlockKind::Byline => "byline",
        BlockKind::Dateline => "dateline",
        BlockKind::Provenance => "provenance",
        BlockKind::Noise => "noise",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_overlap_are_cut_into_pieces() {
        let block = Block { kind: "paragraph", start: 10, end: 40 };
        let mark = |start, end, kind| Mark { start, end, kind, item: "r#c1" };
        let marks = [mark(15, 20, "date"), mark(12, 30, "contact"), mark(25, 60, "statement")];
        let found: Vec<(usize, usize, String)> = pieces(&block, &marks)
            .into_iter()
            .map(|(start, end, covering)| (start, end, classes(&marks, &covering)))
            .collect();
        let told: Vec<(usize, usize, &str)> =
            found.iter().map(|(start, end, kinds)| (*start, *end, kinds.as_str())).collect();
        assert_eq!(
            told,
            [
                (10, 12, ""),
                (12, 15, "contact"),
                (15, 20, "contact date"),
                (20, 25, "contact"),
                (25, 30, "contact statement"),
                (30, 40, "statement"),
            ]
        );
        assert_eq!(anchor("a#b#c12"), "item-c12");
    }
}
