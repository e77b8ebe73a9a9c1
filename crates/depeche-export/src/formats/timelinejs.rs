//! The JSON of TimelineJS (Knight Lab): each dated contact as a slide. Its text is taken for HTML there, so it is escaped.

use std::io::{self, Write};

use depeche_interface::dates::{capitalise, in_words};
use depeche_interface::{even_out, shorten};
use depeche_record::Day;
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::days::closed;
use crate::{Export, LeftOut, Options, What, safe};

/// Most characters of the words quoted.
const WORDS: usize = 500;

/// Writes the timeline.
pub fn write(export: &Export, _: &Options, out: &mut dyn Write) -> io::Result<LeftOut> {
    let interface = export.material.interface;
    let mut left = LeftOut::of(
        &export.record,
        &[What::Statements, What::Contradictions, What::Gaps, What::Judgements, What::Texts],
    );
    let mut events = Vec::new();
    for (contact, told) in export.contacts() {
        let Some((first, last)) = closed(contact.date.as_ref(), &mut left) else { continue };
        let status = export.names.status(contact.status, contact.kind);
        let kind = capitalise(&export.names.kind(contact.kind));
        let headline = format!("{kind}, {} ({status})", export.names.sides(contact));
        let place = contact.place.as_deref().map(|place| export.names.place(place)).unwrap_or_default();
        let text = html! {
            p { (export.names.who(contact)) @if !place.is_empty() { ", " (place) } }
            @for line in export.ledger(contact) { p { (line) } }
            p { (export.origins(contact)) }
            @for account in &told.accounts {
                @if let Some(evidence) = account.evidence.first() {
                    blockquote { (shorten(&even_out(&evidence.exact), WORDS)) " — " (export.cited(&account.report)) }
                }
            }
        };
        let mut event = json!({
            "unique_id": told.id,
            "group": export.names.kind(contact.kind),
            "start_date": date(first),
            "text": { "headline": plain(&headline), "text": shown(text) },
        });
        if let Some(words) = contact.date.as_ref().map(|date| in_words(interface, date)) {
            event["display_date"] = Value::String(plain(&words));
        }
        if last != first {
            event["end_date"] = date(last);
        }
        if let Some(address) = export.addresses(told).first() {
            event["text"]["text"] = Value::String(format!(
                "{}{}",
                event["text"]["text"].as_str().unwrap_or_default(),
                html! { p { a href=(address) rel="noreferrer" { (address) } } }.into_string()
            ));
        }
        events.push(event);
    }
    let about = [interface.say("footer"), left.in_words(interface)].join(" ");
    let title =
        json!({ "text": { "headline": plain(&interface.say("briefing-title")), "text": plain(&about) } });
    safe::json(out, &json!({ "title": title, "events": events }))?;
    out.write_all(b"\n")?;
    Ok(left)
}

fn date(day: Day) -> Value {
    json!({ "year": day.year, "month": day.month, "day": day.day })
}

/// Words that are no markup.
fn plain(words: &str) -> String {
    shown(html! { (words) })
}

fn shown(markup: Markup) -> String {
    depeche_interface::legible(&markup.into_string()).into_owned()
}
