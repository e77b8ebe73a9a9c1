//! The briefing as one self-contained page: no scripts, nothing fetched.
//!
//! Every contact cites its passages by number; a number leads to the passage among all those quoted from its report, and
//! from there back to the contacts that rest on it.

use std::collections::BTreeMap;

use depeche_interface::dates::capitalise;
use depeche_interface::{Interface, shorten};
use depeche_record::Stance;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::view::{Briefing, Contact, Passage, QuotedPassage, Speaker};
use super::{cite, tone};
use crate::timeline;

const STYLE: &str = include_str!("briefing.css");

/// Passages, statements and reasons beyond so many fold away.
const OPEN: usize = 5;
/// Most characters of a passage shown beside a contact; it stands whole among those of its report.
const PASSAGE: usize = 500;

/// The page.
pub fn render(briefing: &Briefing, interface: &Interface) -> String {
    let anchors = Anchors::of(briefing);
    let sections: [(&str, &str, bool); 7] = [
        ("contacts", "section-contacts", !briefing.timeline.is_empty()),
        ("statements", "section-statements", !briefing.speakers.is_empty()),
        ("contradictions", "section-contradictions", !briefing.contradictions.is_empty()),
        ("gaps", "section-gaps", !briefing.gaps.is_empty()),
        ("sources", "section-sources", !(briefing.lineages.is_empty() && briefing.origins.is_empty())),
        ("coverage", "section-coverage", !briefing.coverage.is_empty()),
        ("read", "section-read", !briefing.reports.is_empty()),
    ];
    let page = html! {
        (DOCTYPE)
        html lang=(briefing.language.code()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
                meta name="referrer" content="no-referrer";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (briefing.title) }
                style { (PreEscaped(STYLE)) (PreEscaped(timeline::STYLE)) }
            }
            body {
                header.page {
                    h1 { (briefing.title) }
                    @for line in &briefing.summary { p { (line) } }
                    nav { ul {
                        @for (anchor, key, there) in &sections {
                            @if *there { li { a href={ "#" (anchor) } { (interface.say(key)) } } }
                        }
                    } }
                }
                main {
                    @if sections[0].2 {
                        section #contacts {
                            h2 { (interface.say("section-contacts")) }
                            @if !briefing.picture.is_empty() {
                                figure.picture {
                                    (PreEscaped(briefing.picture.bare_svg(interface, &|mark| Some(format!("#{}", mark.id)))))
                                }
                            }
                            @if briefing.timeline.len() > 3 {
                                nav { ul {
                                    @for (n, period) in briefing.timeline.iter().enumerate() {
                                        li {
                                            a href={ "#t" (n + 1) } { (period.heading) }
                                            " (" (period.contacts.len()) ")"
                                        }
                                    }
                                } }
                            }
                            @for (n, period) in briefing.timeline.iter().enumerate() {
                                h3 id={ "t" (n + 1) } { (period.heading) }
                                @if !period.note.is_empty() { p.small.soft { (period.note) } }
                                @for contact in &period.contacts { (contact_card(contact, interface, &anchors)) }
                            }
                        }
                    }
                    @if sections[1].2 {
                        section #statements {
                            h2 { (interface.say("section-statements")) }
                            @for speaker in &briefing.speakers { (speaker_part(speaker, interface, &anchors)) }
                            @if !briefing.speakers_more.is_empty() { p.soft { (briefing.speakers_more) } }
                        }
                    }
                    @if sections[2].2 {
                        section #contradictions {
                            h2 { (interface.say("section-contradictions")) }
                            @for contradiction in &briefing.contradictions {
                                @let (id, contact) = &contradiction.contact;
                                p {
                                    (link(id)) " " (contact) " : " b { (contradiction.kind) }
                                }
                                ul.plain {
                                    @for (said, speaker, passage) in &contradiction.versions {
                                        li {
                                            b { (said) }
                                            @if !speaker.is_empty() { " (" (speaker) ")" }
                                            " — "
                                            q lang=(passage.language.code()) { (shorten(&passage.words, PASSAGE)) }
                                            " " (source(passage, interface))
                                        }
                                    }
                                }
                            }
                        }
                    }
                    @if sections[3].2 {
                        section #gaps {
                            h2 { (interface.say("section-gaps")) }
                            @for gap in &briefing.gaps {
                                p { b { (gap.kind) } }
                                ul.plain {
                                    @for (side, contacts) in &gap.groups {
                                        @if gap.brief {
                                            li {
                                                @if !side.is_empty() { (side) " — " }
                                                @for (n, contact) in contacts.iter().enumerate() {
                                                    @if n > 0 { ", " }
                                                    (link(&contact.id))
                                                }
                                            }
                                        } @else {
                                            @for contact in contacts { li { (link(&contact.id)) " " (contact.title) } }
                                        }
                                    }
                                }
                            }
                        }
                    }
                    @if sections[4].2 {
                        section #sources {
                            h2 { (interface.say("section-sources")) }
                            @for lineage in &briefing.lineages {
                                p { b { (lineage.words) } " — " (lineage.reports.join(&interface.say("semicolon"))) }
                                (folded(&lineage.reasons, interface))
                            }
                            ul.plain {
                                @for origin in &briefing.origins {
                                    li {
                                        b { (origin.name) } ", " (origin.words) " "
                                        span.source {
                                            @for (n, report) in origin.reports.iter().enumerate() {
                                                @if n > 0 { ", " }
                                                @match anchors.report(report) {
                                                    Some(anchor) => { a href={ "#" (anchor) } { (report) } }
                                                    None => (report),
                                                }
                                            }
                                        }
                                    }
                                }
                            }
                        }
                    }
                    @if sections[5].2 {
                        section #coverage {
                            h2 { (interface.say("section-coverage")) }
                            @for source in &briefing.coverage {
                                p { @if !source.title.is_empty() { b { (source.title) } " " } span.source { (source.address) } }
                                ul.plain { @for line in &source.lines { li { (line) } } }
                            }
                        }
                    }
                    section #read {
                        @if sections[6].2 { h2 { (interface.say("section-read")) } }
                        @for report in &briefing.reports {
                            div.report id=[anchors.report(&report.id)] {
                                h4 { @if report.title.is_empty() { (report.id) } @else { (report.title) } }
                                p.small {
                                    (report.about)
                                    (interface.tell("found-line", &[("found", report.found.as_str().into())]))
                                }
                                p.source { (report.id) " · " (report.address) }
                                @if !report.passages.is_empty() {
                                    details open {
                                        summary { (interface.tell("quoted-passages", &[("n", report.passages.len().into())])) }
                                        ul.plain {
                                            @for quoted in &report.passages { (quoted_passage(quoted, &anchors)) }
                                        }
                                    }
                                }
                            }
                        }
                        @if !briefing.problems.is_empty() {
                            h3 { (interface.say("problems-heading")) }
                            ul.plain { @for problem in &briefing.problems { li { (problem) } } }
                        }
                    }
                }
                footer { p { (interface.say("footer")) } }
            }
        }
    };
    page.into_string()
}

/// Where passages and reports stand on the page.
struct Anchors<'a> {
    reports: BTreeMap<&'a str, usize>,
}

impl<'a> Anchors<'a> {
    fn of(briefing: &'a Briefing) -> Anchors<'a> {
        let reports = briefing.reports.iter().enumerate();
        Anchors { reports: reports.map(|(n, report)| (report.id.as_str(), n + 1)).collect() }
    }

    fn report(&self, id: &str) -> Option<String> {
        self.reports.get(id).map(|n| format!("r{n}"))
    }

    fn passage(&self, passage: &Passage) -> Option<String> {
        let (start, end) = passage.position;
        self.reports.get(passage.report.as_str()).map(|n| format!("r{n}-{start}-{end}"))
    }
}

fn contact_card(contact: &Contact, interface: &Interface, anchors: &Anchors) -> Markup {
    let note = |n: usize| -> Markup {
        let anchor = contact.passages.get(n - 1).and_then(|passage| anchors.passage(passage));
        html! { sup { @match anchor { Some(anchor) => { a href={ "#" (anchor) } { (n) } } None => (n) } } }
    };
    html! {
        article.contact.(tone(contact.status)) id=(contact.id) {
            header {
                a.id href={ "#" (contact.id) } { (contact.id) }
                h4 { (capitalise(&contact.kind)) }
                span.status { (contact.status_words) }
                span.when {
                    @if !contact.date.is_empty() { time title=(contact.edtf) { (contact.date) } }
                    @if !contact.date.is_empty() && !contact.place.is_empty() { ", " }
                    (contact.place)
                    @if !contact.reported.is_empty() {
                        @if !contact.place.is_empty() { ", " }
                        span.small.soft { (contact.reported) }
                    }
                }
            }
            p.who { (contact.who) }
            @if !contact.assumed.is_empty() { p.small.soft { (contact.assumed) } }
            ul.ledger {
                @for entry in &contact.ledger {
                    li.(stance_tone(entry.stance)) {
                        b { (entry.side) } " — " i { (entry.stance_words) }
                        @for (n, (speaker, numbers)) in entry.speakers.iter().enumerate() {
                            @if n == 0 { " · " } @else { ", " }
                            (speaker)
                            @for &n in numbers { " " (note(n)) }
                        }
                    }
                }
            }
            @if !contact.history.is_empty() {
                p.small {
                    b { (interface.say("history")) } " — "
                    @for (n, step) in contact.history.iter().enumerate() {
                        @if n > 0 { " → " }
                        span.(tone(step.status)) { (step.status_words) }
                        @if !step.told.is_empty() { " (" (step.told) ")" }
                        @if step.passage > 0 { (note(step.passage)) }
                    }
                }
            }
            p.small {
                @if !contact.unheard.is_empty() { span.soft { (contact.unheard) " · " } }
                b { (contact.corroboration) }
                @if !contact.origins.is_empty() { " — " (contact.origins.join(&interface.say("semicolon"))) }
            }
            (folded(&contact.reasons, interface))
            ol.passages {
                @for (n, passage) in contact.passages.iter().enumerate().take(OPEN) {
                    (passage_item(passage, n.checked_sub(1).and_then(|n| contact.passages.get(n)), interface, anchors))
                }
            }
            @if contact.passages.len() > OPEN {
                details {
                    summary { (interface.tell("more-passages-fold", &[("n", (contact.passages.len() - OPEN).into())])) }
                    ol.passages start=(OPEN + 1) {
                        @for passage in contact.passages.iter().skip(OPEN) { (passage_item(passage, None, interface, anchors)) }
                    }
                }
            }
        }
    }
}

fn passage_item(
    passage: &Passage,
    before: Option<&Passage>,
    interface: &Interface,
    anchors: &Anchors,
) -> Markup {
    html! {
        li {
            span lang=(passage.language.code()) { (shorten(&passage.words, PASSAGE)) } " "
            @match anchors.passage(passage) {
                Some(anchor) => { a.source href={ "#" (anchor) } { (cited(passage, before, interface)) } }
                None => (source(passage, interface)),
            }
        }
    }
}

fn quoted_passage(quoted: &QuotedPassage, anchors: &Anchors) -> Markup {
    html! {
        li id=[anchors.passage(&quoted.passage)] {
            span lang=(quoted.passage.language.code()) { (quoted.passage.words) } " "
            span.source { (quoted.passage.place) }
            @if !quoted.cited_by.is_empty() { " →" }
            @for id in &quoted.cited_by { " " (link(id)) }
        }
    }
}

fn speaker_part(speaker: &Speaker, interface: &Interface, anchors: &Anchors) -> Markup {
    let statements = |from: usize, to: usize| -> Markup {
        html! {
            ul.plain {
                @for statement in speaker.statements.iter().skip(from).take(to) {
                    li id=(statement.id) {
                        span.act { (statement.act) } " — "
                        @if statement.quoted {
                            q lang=(statement.passage.language.code()) { (shorten(&statement.words, 700)) }
                        } @else {
                            span lang=(statement.passage.language.code()) { (shorten(&statement.words, 700)) }
                        }
                        @if !statement.about.is_empty() { " →" @for id in &statement.about { " " (link(id)) } }
                        " "
                        @match anchors.report(&statement.passage.report) {
                            Some(anchor) => { a.source href={ "#" (anchor) } { (cited(&statement.passage, None, interface)) } }
                            None => (source(&statement.passage, interface)),
                        }
                    }
                }
            }
        }
    };
    html! {
        h3 {
            (speaker.name)
            @if !speaker.about.is_empty() { span.small.soft { " " (speaker.about) } }
        }
        (statements(0, OPEN))
        @if speaker.statements.len() > OPEN {
            details {
                summary { (interface.tell("more-statements-fold", &[("n", (speaker.statements.len() - OPEN).into())])) }
                (statements(OPEN, usize::MAX))
            }
        }
    }
}

fn source(passage: &Passage, interface: &Interface) -> Markup {
    html! { span.source { (cited(passage, None, interface)) } }
}

/// The citation; positions are kept from being broken at their dash.
fn cited(passage: &Passage, before: Option<&Passage>, interface: &Interface) -> String {
    cite(interface, passage, before).replace('–', "\u{2060}–\u{2060}")
}

fn link(id: &str) -> Markup {
    html! { a.id href={ "#" (id) } { (id) } }
}

fn folded(reasons: &[String], interface: &Interface) -> Markup {
    html! {
        @if !reasons.is_empty() {
            details.why {
                summary { (interface.say("why")) }
                ul.plain { @for reason in reasons { li { (reason) } } }
            }
        }
    }
}

fn stance_tone(stance: Stance) -> &'static str {
    match stance {
        Stance::Confirms => "held",
        Stance::Denies => "against",
        Stance::Declines | Stance::Neither => "possible",
        Stance::Silent => "quiet",
    }
}
