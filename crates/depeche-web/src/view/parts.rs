//! Parts that several pages have.

use depeche_interface::dates::capitalise;
use depeche_interface::shorten;
use depeche_pipeline::records::{ContactRecord, Evidence, LedgerRecord, ReportRecord};
use depeche_pipeline::store::{Counts, Page};
use depeche_record::{Act, ContactKind, Status};
use maud::{Markup, html};

use super::{View, place_of};
use crate::parameters::{address, segment};

/// Most characters of a quotation in a list.
pub const QUOTED: usize = 420;

/// The path of a contact's page.
pub fn contact_path(id: &str) -> String {
    format!("/contacts/{}", segment(id))
}

/// The path of an actor's page.
pub fn actor_path(id: &str) -> String {
    format!("/actors/{}", segment(id))
}

/// The path of a report's page.
pub fn report_path(id: &str) -> String {
    format!("/reports/{}", segment(id))
}

/// An address of the web as it may stand in a link; none for any other scheme.
pub fn web_address(address: &str) -> Option<&str> {
    let address = address.trim();
    let (scheme, rest) = address.split_once("://")?;
    let is_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let strange = |c: char| c.is_whitespace() || c.is_control() || "\"'<>`\\{}|^".contains(c);
    (is_web && rest.starts_with(|c: char| c.is_alphanumeric()) && !address.contains(strange))
        .then_some(address)
}

/// A link out of the room, which tells the other side nothing; the words alone where the address is none of the web.
pub fn link_out(url: &str) -> Markup {
    html! {
        @match web_address(url) {
            Some(address) => { a.out href=(address) rel="noopener noreferrer nofollow" { bdi { (shorten(url, 90)) } } }
            None => { bdi { (shorten(url, 90)) } }
        }
    }
}

/// The class that gives a status its colour.
pub fn tone(status: &str) -> &'static str {
    match Status::from_label(status) {
        Some(Status::Held) => "held",
        Some(Status::Planned) => "planned",
        Some(Status::Possible) => "possible",
        Some(Status::RuledOut | Status::Denied | Status::Cancelled) => "against",
        None => "quiet",
    }
}

/// The sign of a status, so that none is told by colour alone.
fn sign(status: &str) -> &'static str {
    match Status::from_label(status) {
        Some(Status::Held) => "●",
        Some(Status::Planned) => "○",
        Some(Status::Possible) => "◇",
        Some(Status::RuledOut) => "✕",
        Some(Status::Denied) => "▼",
        Some(Status::Cancelled) => "⊘",
        None => "",
    }
}

/// The class that gives a stance its colour.
fn stance_tone(stance: &str) -> &'static str {
    match stance {
        "confirms" => "held",
        "denies" => "against",
        _ => "quiet",
    }
}

/// A status in its colour, with its sign.
pub fn status(view: &View<'_>, status: &str, kind: &str) -> Markup {
    html! {
        span.status.(tone(status)) { span aria-hidden="true" { (sign(status)) " " } (view.words.status(status, kind)) }
    }
}

/// Words of a report, in the language of that.
pub fn quoted(words: &str, language: &str) -> Markup {
    html! { q lang=[known(language)] dir="auto" { (shorten(words, QUOTED)) } }
}

/// A language that an attribute may name.
pub fn known(language: &str) -> Option<&str> {
    (!language.is_empty() && language.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'))
        .then_some(language)
}

/// A date in words, with the expression for machines.
pub fn when(view: &View<'_>, date: &str) -> Markup {
    html! { span.date title=(date) { (view.words.date(date)) } }
}

/// A moment in words, to the minute, with the moment for machines; as it is written where it is none of RFC 3339.
pub fn moment(view: &View<'_>, time: &str) -> Markup {
    html! {
        @match (time.get(..10), time.get(11..16)) {
            (Some(day), Some(clock)) => { span.date title=(time) { (view.words.date(day)) ", " (clock) " UTC" } }
            _ => (time),
        }
    }
}

/// A report as people cite it, with a link to its page.
pub fn cited(view: &View<'_>, report: &ReportRecord) -> Markup {
    let title = report.title.as_deref().unwrap_or(&report.id);
    html! {
        a href=(report_path(&report.id)) { bdi lang=[known(&report.language)] { (shorten(title, 120)) } }
        @if let Some(outlet) = &report.outlet { ", " bdi { (outlet) } }
        @if let Some(published) = &report.published { ", " (when(view, published)) }
    }
}

/// A link to the words that something rests on, named by their report.
pub fn proof(reports: &[ReportRecord], report: &str, evidence: &Evidence) -> Markup {
    let there = reports.iter().find(|there| there.id == report);
    let name = there.and_then(|there| there.outlet.as_deref()).unwrap_or(report);
    html! { a.proof href=(place_of(report, evidence)) title=(shorten(&evidence.exact, QUOTED)) { bdi { (shorten(name, 40)) } } }
}

/// Who: the sides, and the people.
pub fn who(view: &View<'_>, contact: &ContactRecord) -> Markup {
    html! {
        @for (n, side) in contact.sides.iter().enumerate() {
            @if n > 0 { " – " }
            bdi { (view.words.side(side)) }
        }
        @if !contact.participants.is_empty() {
            span.people {
                @if !contact.sides.is_empty() { " · " }
                @for (n, name) in contact.participants.iter().enumerate() {
                    @if n > 0 { ", " }
                    @match contact.actors.get(n) {
                        Some(id) => { a href=(actor_path(id)) { bdi { (name) } } }
                        None => { bdi { (name) } }
                    }
                }
            }
        }
    }
}

/// When and where.
pub fn setting(view: &View<'_>, contact: &ContactRecord) -> Markup {
    html! {
        @match &contact.date {
            Some(date) => (when(view, date)),
            None => { span.soft { (view.say("timeline-no-date")) } }
        }
        @if let Some(place) = &contact.place { ", " bdi { (view.words.place(place)) } }
    }
}

/// A side's stance in a few words.
pub fn stance(view: &View<'_>, entry: &LedgerRecord) -> Markup {
    html! {
        span.stance.(stance_tone(&entry.stance)) {
            b { bdi { (view.words.side(&entry.side)) } } " " (view.words.label("stance", &entry.stance))
        }
    }
}

/// A contact in a list.
pub fn contact_item(view: &View<'_>, contact: &ContactRecord) -> Markup {
    let heard: Vec<&LedgerRecord> = contact.ledger.iter().filter(|entry| entry.stance != "silent").collect();
    html! {
        article.item.(tone(&contact.status)) data-item {
            p.line {
                a.what href=(contact_path(&contact.id)) { (capitalise(&view.words.kind(&contact.kind))) }
                " " (status(view, &contact.status, &contact.kind)) " "
                span.setting { (setting(view, contact)) }
            }
            p.who { (who(view, contact)) }
            p.small {
                @for entry in heard { (stance(view, entry)) " · " }
                span.origins { (view.words.origins(contact.corroboration.least, contact.corroboration.most)) }
                " · " (view.count("found-reports", reports_of(contact).len()))
                @if contact.judged.accepted { " · " span.held { (view.say("room-accepted")) } }
            }
        }
    }
}

/// The reports that tell a contact, each once.
pub fn reports_of(contact: &ContactRecord) -> Vec<String> {
    let mut reports: Vec<String> = contact.accounts.iter().map(|account| account.report.clone()).collect();
    reports.sort();
    reports.dedup();
    reports
}

/// The head of a column.
#[derive(Debug, Clone, Copy)]
pub enum Head {
    /// Words, by their key.
    Words(&'static str),
    /// Numbers, by the key of what they count.
    Number(&'static str),
}

/// A table that is moved sideways where it is wider than the screen; `rows` are its rows, `caption` the key of what it is.
pub fn table(view: &View<'_>, caption: &str, heads: &[Head], rows: Markup) -> Markup {
    html! {
        div.scroll {
            table {
                caption { (view.say(caption)) }
                thead { tr {
                    @for head in heads {
                        @match head {
                            Head::Words(key) => { th scope="col" { (capitalise(&view.say(key))) } }
                            Head::Number(key) => { th.number scope="col" { (capitalise(&view.say(key))) } }
                        }
                    }
                } }
                tbody { (rows) }
            }
        }
    }
}

/// How much of a list is shown, and the way to the rest.
pub fn pager<T>(view: &View<'_>, page: &Page<T>, counted: &str) -> Markup {
    let ask = view.ask;
    let shown = page.items.len();
    let limit = ask.parameters.first("limit").and_then(|limit| limit.parse().ok()).unwrap_or(50_usize).max(1);
    let number = page.offset / limit + 1;
    let to = |number: usize| address(&ask.path, &ask.parameters.with("page", &number.to_string()));
    let is_more = page.offset + shown < page.total;
    html! {
        @if page.total > shown {
            nav.pager aria-label=(view.say("room-pages")) {
                @if number > 1 { a rel="prev" href=(to(number - 1)) { (view.say("room-before")) } " " }
                span {
                    @if shown > 0 {
                        (view.words.interface.tell("list-part", &[
                            ("count", counted.to_owned().into()),
                            ("first", (page.offset + 1).to_string().into()),
                            ("last", (page.offset + shown).to_string().into()),
                        ]))
                    } @else { (view.say("room-page-empty")) }
                }
                @if is_more { " " a rel="next" href=(to(number + 1)) { (view.say("room-after")) } }
            }
        }
    }
}

/// Which filters a list has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Sides of contacts.
    Side,
    /// Two sides of contacts.
    Sides,
    /// People, by name.
    Actor,
    /// Kinds of contacts.
    Kind,
    /// Kinds of contradictions.
    Contradiction,
    /// Kinds of gaps.
    Gap,
    /// Statuses of contacts.
    Status,
    /// Acts of statements.
    Act,
    /// First and last day.
    Period,
    /// Independent origins.
    Origins,
    /// Outlet of the report.
    Outlet,
    /// Words.
    Words,
    /// Which of the views of a page, which its links choose.
    View,
}

/// The filters of a list, as a form that is sent as an address.
pub fn filters(view: &View<'_>, counts: &Counts, fields: &[Field]) -> Markup {
    let asked = &view.ask.parameters;
    let text = |name: &str, key: &str, kind: &str| {
        html! {
            p {
                label for={ "f-" (name) } { (view.say(key)) }
                input id={ "f-" (name) } type=(kind) name=(name) value=[asked.first(name)]
                    min=[(kind == "number").then_some("0")];
            }
        }
    };
    let choice = |name: &str, key: &str, options: Vec<(String, String)>| {
        html! {
            p {
                label for={ "f-" (name) } { (view.say(key)) }
                select id={ "f-" (name) } name=(name) {
                    option value="" { (view.say("room-any")) }
                    @for (value, words) in &options {
                        option value=(value) selected[asked.first(name) == Some(value)] { (words) }
                    }
                }
            }
        }
    };
    let with_count = |words: String, n: usize| format!("{words} ({n})");
    // What leads elsewhere than to the list narrows nothing.
    let narrowed = asked.names().filter(|name| !matches!(*name, "view" | "page" | "limit")).count();
    let form = html! {
        form.filters method="get" action=(view.ask.path) aria-label=(view.say("room-filters")) {
            @for field in fields {
                @match field {
                    Field::Side | Field::Sides => {
                        @let sides = || counts.sides.iter().take(200).map(|(side, n)| (side.clone(), with_count(view.words.side(side), *n)));
                        (choice("side", "room-side", sides().collect()))
                        @if *field == Field::Sides {
                            p {
                                label for="f-with" { (view.say("room-with-side")) }
                                select #f-with name="side" {
                                    option value="" { (view.say("room-any")) }
                                    @for (value, words) in sides() { option value=(value) selected[asked.all("side").get(1) == Some(&value)] { (words) } }
                                }
                            }
                        }
                    }
                    Field::Actor => (text("actor", "room-actor", "text")),
                    Field::Kind => (choice("kind", "room-kind", labelled(&counts.kinds, ContactKind::ALL.iter().map(|kind| kind.label()), &|kind| capitalise(&view.words.kind(kind))))),
                    Field::Status => (choice("status", "room-status", labelled(&counts.statuses, Status::ALL.iter().map(|status| status.label()), &|status| capitalise(&view.words.status(status, "meeting"))))),
                    Field::Act => (choice("act", "room-act", Act::ALL.iter().map(|act| (act.label().to_owned(), view.words.label("act", act.label()))).collect())),
                    Field::Contradiction => (choice("kind", "room-kind", ["date", "place", "participants", "level", "kind", "demand", "held"].map(|kind| (kind.to_owned(), view.words.label("contradiction", kind))).into())),
                    Field::Gap => (choice("kind", "room-kind", ["never_followed_up", "one_origin", "side_not_heard", "long_silence", "no_date"].map(|kind| (kind.to_owned(), view.words.label("gap", kind))).into())),
                    Field::Period => {
                        (text("since", "room-since", "date"))
                        (text("until", "room-until", "date"))
                    }
                    Field::Origins => {
                        (text("least", "room-least", "number"))
                        (text("most", "room-most", "number"))
                    }
                    Field::Outlet => (text("outlet", "room-outlet", "text")),
                    Field::Words => (text("q", "room-topic", "search")),
                    Field::View => { @if let Some(view) = asked.first("view") { input type="hidden" name="view" value=(view); } }
                }
            }
            p.do {
                button type="submit" { (view.say("room-filter")) }
                " " a href=(view.ask.path) { (view.say("room-all")) }
            }
        }
    };
    html! {
        // Where there is room the form always shows: that is for the style to say.
        details.fold {
            summary { (view.say("room-filters")) @if narrowed > 0 { " (" (narrowed) ")" } }
            (form)
        }
    }
}

/// The labels that occur, in the order of the glossary, with how often they do.
fn labelled<'l>(
    counts: &[(String, usize)],
    order: impl Iterator<Item = &'l str>,
    words: &dyn Fn(&str) -> String,
) -> Vec<(String, String)> {
    let count = |label: &str| counts.iter().find(|(there, _)| there == label).map_or(0, |(_, n)| *n);
    order
        .map(|label| (label, count(label)))
        .filter(|(_, n)| *n > 0)
        .map(|(label, n)| (label.to_owned(), format!("{} ({n})", words(label))))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_are_linked() {
        assert!(web_address("https://example.org/a?b=c#d").is_some());
        for bad in [
            "javascript:alert(1)",
            "JavaScript://example.org/%0aalert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "https://\"onload=x",
            "https:// a",
            "https://",
        ] {
            assert_eq!(web_address(bad), None, "{bad}");
        }
        assert!(!link_out("javascript:alert(1)").into_string().contains("href"));
    }
}
