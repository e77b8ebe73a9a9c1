//! The briefing as a Typst document, for paper: what each line rests on stands at the foot of its page.
//!
//! The document is a preamble of ours, which says how things look, and calls of its functions. Whatever reports say is a string
//! literal in them, never markup.

use std::collections::BTreeSet;
use std::fmt::Write;

use depeche_interface::dates::capitalise;
use depeche_interface::{Interface, shorten};
use depeche_record::Language;

use super::view::{Briefing, Contact, Passage, Speaker};
use super::{cite, tone};

/// Most characters of a passage in a note.
const PASSAGE: usize = 500;
/// How things look, and the functions that the rest calls.
const PREAMBLE: &str = include_str!("preamble.typ");

/// The document.
pub fn render(briefing: &Briefing, interface: &Interface) -> String {
    let mut document = Document { interface, page: String::from(PREAMBLE), noted: BTreeSet::new() };
    document.whole(briefing);
    document.page
}

struct Document<'i> {
    interface: &'i Interface,
    page: String,
    /// Notes that stand already: a second mention leads to the first.
    noted: BTreeSet<String>,
}

impl Document<'_> {
    fn line(&mut self, line: &str) {
        self.page.push_str(line);
        self.page.push('\n');
    }

    /// A line that calls a function with words.
    fn call(&mut self, function: &str, words: &[&str]) {
        let words: Vec<String> = words.iter().map(|words| literal(words)).collect();
        self.line(&format!("#{function}({})", words.join(", ")));
    }

    fn whole(&mut self, briefing: &Briefing) {
        let title = literal(&briefing.title);
        let language = literal(briefing.language.code());
        self.line(&format!("#show: briefing.with({title}, {language})"));
        for line in &briefing.summary {
            self.call("paragraph", &[line]);
        }
        if !briefing.timeline.is_empty() {
            self.call("section", &[&self.interface.say("section-contacts")]);
        }
        if !briefing.picture.is_empty() {
            let picture = briefing.picture.svg(self.interface, &|_| None);
            self.call("picture", &[&picture]);
        }
        for period in &briefing.timeline {
            self.call("period", &[&period.heading]);
            if !period.note.is_empty() {
                self.call("remark", &[&period.note]);
            }
            period.contacts.iter().for_each(|contact| self.contact(contact));
        }
        if !briefing.speakers.is_empty() {
            self.call("section", &[&self.interface.say("section-statements")]);
            briefing.speakers.iter().for_each(|speaker| self.speaker(speaker));
        }
        if !briefing.speakers_more.is_empty() {
            self.call("remark", &[&briefing.speakers_more]);
        }
        if !briefing.contradictions.is_empty() {
            self.call("section", &[&self.interface.say("section-contradictions")]);
        }
        for contradiction in &briefing.contradictions {
            let (id, contact) = &contradiction.contact;
            let kind = literal(&contradiction.kind);
            self.line(&format!("#entry({kind}, [{} #{};])", to(id), literal(contact)));
            for (said, speaker, passage) in &contradiction.versions {
                let said = match speaker.is_empty() {
                    true => said.clone(),
                    false => format!("{said} ({speaker})"),
                };
                let note = self.note(passage);
                self.line(&format!(
                    "- #strong({});{note} {}",
                    literal(&said),
                    quoted(&passage.words, passage.language)
                ));
            }
        }
        if !briefing.gaps.is_empty() {
            self.call("section", &[&self.interface.say("section-gaps")]);
        }
        for gap in &briefing.gaps {
            self.line(&format!("#entry({}, [])", literal(&gap.kind)));
            for (side, contacts) in &gap.groups {
                let side = if side.is_empty() { String::new() } else { format!("#{}; — ", literal(side)) };
                if gap.brief {
                    let ids: Vec<String> = contacts.iter().map(|contact| to(&contact.id)).collect();
                    self.line(&format!("- {side}{}", ids.join(", ")));
                } else {
                    for contact in contacts {
                        self.line(&format!("- {} #{};", to(&contact.id), literal(&contact.title)));
                    }
                }
            }
        }
        if !(briefing.lineages.is_empty() && briefing.origins.is_empty()) {
            self.call("section", &[&self.interface.say("section-sources")]);
        }
        for lineage in &briefing.lineages {
            let reports = lineage.reports.join(&self.interface.say("semicolon"));
            self.line(&format!("#entry({}, [#{};])", literal(&lineage.words), literal(&reports)));
            lineage.reasons.iter().for_each(|reason| self.line(&format!("- #{};", literal(reason))));
        }
        for origin in &briefing.origins {
            let reports = origin.reports.join(", ");
            let words = format!(", {} ", origin.words);
            self.line(&format!(
                "- #strong({});#{};#soft({});",
                literal(&origin.name),
                literal(&words),
                literal(&reports)
            ));
        }
        if !briefing.coverage.is_empty() {
            self.call("section", &[&self.interface.say("section-coverage")]);
        }
        for source in &briefing.coverage {
            self.line(&format!("#entry({}, [#soft({});])", literal(&source.title), literal(&source.address)));
            source.lines.iter().for_each(|line| self.line(&format!("- #{};", literal(line))));
        }
        if !briefing.reports.is_empty() {
            self.call("section", &[&self.interface.say("section-read")]);
        }
        for report in &briefing.reports {
            let title = if report.title.is_empty() { &report.id } else { &report.title };
            self.line(&format!(
                "- #strong({});#{}; #soft({});",
                literal(title),
                literal(&format!(", {}", report.about)),
                literal(&format!("{} · {}", report.id, report.address))
            ));
        }
        if !briefing.problems.is_empty() {
            self.call("section", &[&self.interface.say("problems-heading")]);
            briefing.problems.iter().for_each(|problem| self.line(&format!("- #{};", literal(problem))));
        }
        self.call("remark", &[&self.interface.say("footer")]);
    }

    fn contact(&mut self, contact: &Contact) {
        let place = [&contact.date, &contact.place, &contact.reported];
        let place: Vec<&str> =
            place.into_iter().map(String::as_str).filter(|words| !words.is_empty()).collect();
        let head = [capitalise(&contact.kind), contact.status_words.clone(), place.join(", ")];
        let head: Vec<String> = head.iter().map(|words| literal(words)).collect();
        self.line(&format!(
            "#contact({}, {}, {})[",
            literal(&contact.id),
            literal(tone(contact.status)),
            head.join(", ")
        ));
        // The notes that no line below has are those of the contact itself.
        let beside = contact.ledger.iter().flat_map(|entry| &entry.speakers).flat_map(|(_, numbers)| numbers);
        let beside: BTreeSet<usize> =
            beside.copied().chain(contact.history.iter().map(|step| step.passage)).collect();
        let own: Vec<usize> = (1..=contact.passages.len()).filter(|n| !beside.contains(n)).collect();
        let notes = self.notes(contact, &own);
        self.line(&format!("#strong({});{notes}", literal(&contact.who)));
        if !contact.assumed.is_empty() {
            self.call("remark", &[&contact.assumed]);
        }
        for entry in &contact.ledger {
            let mut line =
                format!("- #strong({}); — #emph({});", literal(&entry.side), literal(&entry.stance_words));
            for (n, (speaker, numbers)) in entry.speakers.iter().enumerate() {
                let sign = if n == 0 { " · " } else { ", " };
                let _ = write!(
                    line,
                    "#{};{}",
                    literal(&format!("{sign}{speaker}")),
                    self.notes(contact, numbers)
                );
            }
            self.line(&line);
        }
        if !contact.history.is_empty() {
            let mut line = format!("- #strong({}); — ", literal(&self.interface.say("history")));
            for (n, step) in contact.history.iter().enumerate() {
                let told = if step.told.is_empty() { String::new() } else { format!(" ({})", step.told) };
                let arrow = if n > 0 { " → " } else { "" };
                let _ = write!(line, "#{};", literal(&format!("{arrow}{}{told}", step.status_words)));
                if step.passage > 0 {
                    line.push_str(&self.notes(contact, &[step.passage]));
                }
            }
            self.line(&line);
        }
        let mut rests = contact.corroboration.clone();
        if !contact.unheard.is_empty() {
            rests = format!("{} · {rests}", contact.unheard);
        }
        if !contact.origins.is_empty() {
            rests = format!("{rests} — {}", contact.origins.join(&self.interface.say("semicolon")));
        }
        self.line(&format!("- #{};", literal(&rests)));
        for reason in &contact.reasons {
            self.line(&format!("  - #soft({});", literal(reason)));
        }
        if contact.more > 0 {
            let more = self.interface.tell("more-passages", &[("n", contact.more.into())]);
            self.line(&format!("- #soft({});", literal(&more)));
        }
        self.line("]");
    }

    fn speaker(&mut self, speaker: &Speaker) {
        self.call("speaker", &[&speaker.name, &speaker.about]);
        for statement in &speaker.statements {
            let words = shorten(&statement.words, PASSAGE);
            let language = statement.passage.language;
            let words = match statement.quoted {
                true => quoted(&words, language),
                false => format!("#words({}, {});", literal(&words), literal(language.code())),
            };
            let cited = literal(&cite(self.interface, &statement.passage, None));
            let about: Vec<String> = statement.about.iter().map(|id| to(id)).collect();
            let about = if about.is_empty() { String::new() } else { format!(" → {}", about.join(" ")) };
            self.line(&format!(
                "- #soft({}); {words}#footnote(source({cited}));{about}",
                literal(&statement.act)
            ));
        }
        if speaker.more > 0 {
            let more = self.interface.tell("more-statements", &[("n", speaker.more.into())]);
            self.line(&format!("- #soft({});", literal(&more)));
        }
    }

    /// The notes of passages of a contact, by their numbers.
    fn notes(&mut self, contact: &Contact, numbers: &[usize]) -> String {
        let mut notes = String::new();
        for passage in numbers.iter().filter_map(|n| contact.passages.get(n.checked_sub(1)?)) {
            let sign = if notes.is_empty() { "" } else { "#super(\",\");" };
            let note = self.note(passage);
            notes.push_str(sign);
            notes.push_str(&note);
        }
        notes
    }

    /// A note with the words of a passage; a further mention of the same leads there.
    fn note(&mut self, passage: &Passage) -> String {
        let (start, end) = passage.position;
        let letters = passage.report.bytes().map(|byte| format!("{byte:02x}"));
        let label = format!("n{}-{start}-{end}", letters.collect::<String>());
        if !self.noted.insert(label.clone()) {
            return format!("#footnote(<{label}>);");
        }
        let words = literal(&shorten(&passage.words, PASSAGE));
        let cited = literal(&cite(self.interface, passage, None));
        format!("#footnote(note({words}, {}, {cited}))<{label}>", literal(passage.language.code()))
    }
}

/// Words between the quotation marks of their language.
fn quoted(words: &str, language: Language) -> String {
    format!("#cited({}, {});", literal(&shorten(words, PASSAGE)), literal(language.code()))
}

/// A link to a contact.
fn to(id: &str) -> String {
    format!("#to({});", literal(id))
}

/// Words as a string of Typst, in which nothing is markup.
fn literal(words: &str) -> String {
    let mut literal = String::with_capacity(words.len() + 2);
    literal.push('"');
    for c in words.chars() {
        match c {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            c if c.is_control() => {
                let _ = write!(literal, "\\u{{{:x}}}", u32::from(c));
            }
            c => literal.push(c),
        }
    }
    literal.push('"');
    literal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_never_markup() {
        assert_eq!(literal("a \"b\" \\c #d\ne"), r#""a \"b\" \\c #d\u{a}e""#);
    }
}
