//! iCalendar (RFC 5545): each dated contact as an all-day event over all the days that its date may mean.

use std::io::{self, Write};

use depeche_interface::dates::{capitalise, in_words};
use depeche_interface::{even_out, legible, shorten};
use depeche_record::{Day, Edtf, Status};

use crate::days::closed;
use crate::{Export, LeftOut, Options, What};

/// Most characters of the words quoted.
const WORDS: usize = 500;

/// Writes the calendar.
pub fn write(export: &Export, _: &Options, out: &mut dyn Write) -> io::Result<LeftOut> {
    let interface = export.material.interface;
    let mut left = LeftOut::of(
        &export.record,
        &[What::Statements, What::Contradictions, What::Gaps, What::Judgements, What::Texts],
    );
    let mut events = String::new();
    for (contact, told) in export.contacts() {
        let Some((first, last)) = closed(contact.date.as_ref(), &mut left) else { continue };
        let mut description = vec![export.names.who(contact)];
        if let Some(date) = &contact.date {
            let words = in_words(interface, date);
            // Days that the event covers without being known to have lasted so long are said to be uncertain.
            description.push(match first == last || is_stretch(date) {
                true => words,
                false => interface.tell("date-somewhere-in", &[("date", words.into())]),
            });
        }
        description.extend(export.ledger(contact));
        description.push(export.origins(contact));
        for account in &told.accounts {
            if let Some(evidence) = account.evidence.first() {
                let words = shorten(&even_out(&evidence.exact), WORDS);
                description.push(format!(
                    "{} ({})",
                    interface.tell("quoted", &[("words", words.into())]),
                    export.cited(&account.report)
                ));
            }
        }
        let status = export.names.status(contact.status, contact.kind);
        let kind = capitalise(&export.names.kind(contact.kind));
        let mut event = Event { lines: &mut events };
        event.line("BEGIN", "VEVENT");
        event.text("UID", &format!("{}@contact.depeche", told.id));
        event.line("DTSTAMP", &format!("{}T000000Z", basic(export.material.today)));
        event.line("DTSTART;VALUE=DATE", &basic(first));
        event.line("DTEND;VALUE=DATE", &basic(Day::of_number(last.number() + 1)));
        event.text("SUMMARY", &format!("{kind}, {} ({status})", export.names.sides(contact)));
        event.text("DESCRIPTION", &description.join("\n"));
        if let Some(place) = &contact.place {
            event.text("LOCATION", &export.names.place(place));
        }
        event.text("CATEGORIES", &told.kind);
        event.line(
            "STATUS",
            match contact.status {
                Status::Held => "CONFIRMED",
                Status::Planned | Status::Possible => "TENTATIVE",
                Status::RuledOut | Status::Denied | Status::Cancelled => "CANCELLED",
            },
        );
        event.line("TRANSP", "TRANSPARENT");
        if let Some(address) = export.addresses(told).first() {
            event.line("URL", address);
        }
        event.text("X-DEPECHE-STATUS", &told.status);
        event.text("X-DEPECHE-EDTF", told.date.as_deref().unwrap_or_default());
        event.line("END", "VEVENT");
    }
    let mut calendar = String::new();
    let mut head = Event { lines: &mut calendar };
    head.line("BEGIN", "VCALENDAR");
    head.line("VERSION", "2.0");
    head.line("PRODID", "-//Depeche//Depeche//EN");
    head.line("CALSCALE", "GREGORIAN");
    head.line("METHOD", "PUBLISH");
    head.text("X-WR-CALNAME", &interface.say("briefing-title"));
    head.text("X-WR-CALDESC", &left.in_words(interface));
    head.lines.push_str(&events);
    head.line("END", "VCALENDAR");
    out.write_all(calendar.as_bytes())?;
    Ok(left)
}

/// Whether a date says that something lasted from one day to another.
fn is_stretch(date: &Edtf) -> bool {
    date.as_str().contains('/')
}

fn basic(day: Day) -> String {
    format!("{:04}{:02}{:02}", day.year.clamp(0, 9999), day.month, day.day)
}

struct Event<'a> {
    lines: &'a mut String,
}

impl Event<'_> {
    /// A property whose value is text: escaped, control characters replaced.
    fn text(&mut self, name: &str, words: &str) {
        let words = legible(words).replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
        self.line(name, &words.replace('\n', "\\n").replace('\t', " "));
    }

    /// A property, folded after at most 75 bytes, between characters.
    fn line(&mut self, name: &str, value: &str) {
        let mut length = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if length + c.len_utf8() > 75 {
                self.lines.push_str("\r\n ");
                length = 1;
            }
            self.lines.push(c);
            length += c.len_utf8();
        }
        self.lines.push_str("\r\n");
    }
}
