//! The briefing on a terminal of 80 columns.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use depeche_export::briefing::cite;
use depeche_export::briefing::view::{Briefing, Contact, Passage};
use depeche_interface::dates::capitalise;
use depeche_interface::{Interface, legible, quote, shorten};
use depeche_record::{Stance, Status};

/// Columns of a line.
const WIDTH: usize = 80;
/// Most characters of a passage shown.
const PASSAGE: usize = 320;

/// Writes lines of at most 80 columns, styled or not.
pub struct Page<'a> {
    stream: &'a mut dyn Write,
    colour: bool,
}

impl<'a> Page<'a> {
    /// A page on a stream.
    pub fn new(stream: &'a mut dyn Write, colour: bool) -> Page<'a> {
        Page { stream, colour }
    }

    /// The words in a style, where styles are wanted.
    pub fn style(&self, style: Style, words: &str) -> String {
        let words = legible(words);
        if self.colour && !words.is_empty() { format!("{style}{words}{style:#}") } else { words.into_owned() }
    }

    /// Bold words.
    pub fn bold(&self, words: &str) -> String {
        self.style(Style::new().bold(), words)
    }

    /// Words that stand back.
    pub fn dim(&self, words: &str) -> String {
        self.style(Style::new().dimmed(), words)
    }

    /// A paragraph whose first line begins with `first`, the others with `rest`.
    pub fn paragraph(&mut self, first: &str, rest: &str, words: &str) -> io::Result<()> {
        let options = textwrap::Options::new(WIDTH)
            .initial_indent(first)
            .subsequent_indent(rest)
            .break_words(false)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        let words = glue(&self.sober(words));
        for line in textwrap::wrap(&words, options) {
            writeln!(self.stream, "{}", line.trim_end())?;
        }
        Ok(())
    }

    /// The words with what would steer the terminal replaced, but for styles where styles are wanted.
    fn sober(&self, words: &str) -> String {
        if !self.colour {
            return legible(words).into_owned();
        }
        let mut sober = String::with_capacity(words.len());
        let mut rest = words;
        while let Some((before, sequence)) = rest.split_once("\u{1b}[") {
            sober.push_str(&legible(before));
            let length = sequence.bytes().take_while(|b| b.is_ascii_digit() || *b == b';').count();
            if sequence[length..].starts_with('m') {
                sober.push_str("\u{1b}[");
                sober.push_str(&sequence[..=length]);
                rest = &sequence[length + 1..];
            } else {
                sober.push_str("\u{fffd}[");
                rest = sequence;
            }
        }
        sober + &legible(rest)
    }

    /// An empty line.
    pub fn space(&mut self) -> io::Result<()> {
        writeln!(self.stream)
    }

    /// The heading of a section, with a rule below.
    pub fn heading(&mut self, words: &str) -> io::Result<()> {
        self.space()?;
        let rule = "─".repeat(unicode_width::UnicodeWidthStr::width(words).min(WIDTH));
        let (words, rule) = (self.bold(words), self.dim(&rule));
        writeln!(self.stream, "{words}\n{rule}")
    }
}

/// The words with French quotation marks kept beside what they enclose, where an ordinary space lies between.
fn glue(words: &str) -> String {
    words.replace("« ", "«\u{a0}").replace(" »", "\u{a0}»")
}

/// The style of a status.
pub fn status_style(status: Status) -> Style {
    let colour = match status {
        Status::Held => AnsiColor::Green,
        Status::Planned => AnsiColor::Cyan,
        Status::Possible => AnsiColor::Yellow,
        Status::RuledOut | Status::Denied | Status::Cancelled => AnsiColor::Red,
    };
    Style::new().bold().fg_color(Some(colour.into()))
}

fn stance_style(stance: Stance) -> Style {
    let colour = match stance {
        Stance::Confirms => AnsiColor::Green,
        Stance::Denies => AnsiColor::Red,
        Stance::Declines | Stance::Neither => AnsiColor::Yellow,
        Stance::Silent => return Style::new().dimmed(),
    };
    Style::new().fg_color(Some(colour.into()))
}

/// Writes the briefing.
pub fn render(briefing: &Briefing, interface: &Interface, page: &mut Page) -> io::Result<()> {
    let title = page.bold(&briefing.title);
    page.paragraph("", "", &title)?;
    for line in &briefing.summary {
        page.paragraph("", "", line)?;
    }

    if !briefing.timeline.is_empty() {
        page.heading(&interface.say("section-contacts"))?;
    }
    for period in &briefing.timeline {
        page.space()?;
        let heading = page.bold(&period.heading);
        page.paragraph("", "", &heading)?;
        if !period.note.is_empty() {
            let note = page.dim(&period.note);
            page.paragraph("", "", &note)?;
        }
        for contact in &period.contacts {
            page.space()?;
            render_contact(contact, interface, page)?;
        }
    }

    if !briefing.speakers.is_empty() {
        page.heading(&interface.say("section-statements"))?;
    }
    for speaker in &briefing.speakers {
        page.space()?;
        let about = if speaker.about.is_empty() { String::new() } else { format!(" ({})", speaker.about) };
        let line =
            format!("{}{about}{}", page.bold(&speaker.name), page.dim(&format!(" · {}", speaker.count)));
        page.paragraph("", "  ", &line)?;
        let mut before = None;
        for statement in &speaker.statements {
            let words = shorten(&statement.words, PASSAGE);
            let words = match statement.quoted {
                true => interface.tell("quoted", &[("words", words.into())]),
                false => words,
            };
            let about = if statement.about.is_empty() {
                String::new()
            } else {
                format!(" → {}", statement.about.join(", "))
            };
            let source = page.dim(&format!("[{}]", cite(interface, &statement.passage, before)));
            before = Some(&statement.passage);
            let line = interface
                .tell("statement-line", &[("act", statement.act.as_str().into()), ("words", words.into())]);
            page.paragraph("  · ", "    ", &format!("{line}{about} {source}"))?;
        }
        if speaker.more > 0 {
            let more = page.dim(&interface.tell("more-statements", &[("n", speaker.more.into())]));
            page.paragraph("    ", "    ", &more)?;
        }
    }
    if !briefing.speakers_more.is_empty() {
        page.space()?;
        let more = page.dim(&briefing.speakers_more);
        page.paragraph("", "", &more)?;
    }

    if !briefing.contradictions.is_empty() {
        page.heading(&interface.say("section-contradictions"))?;
    }
    for contradiction in &briefing.contradictions {
        page.space()?;
        let (id, contact) = &contradiction.contact;
        let line = interface.tell(
            "contradiction-line",
            &[
                ("id", page.bold(id).into()),
                ("contact", contact.as_str().into()),
                ("kind", contradiction.kind.as_str().into()),
            ],
        );
        page.paragraph("", "    ", &line)?;
        for (said, speaker, passage) in &contradiction.versions {
            let speaker = if speaker.is_empty() { String::new() } else { format!(" ({speaker})") };
            let said = page.bold(said);
            let source = page.dim(&format!("[{}]", cite(interface, passage, None)));
            let words = quote(interface, &shorten(&passage.words, 200));
            let line = interface.tell(
                "version-line",
                &[("said", format!("{said}{speaker}").into()), ("words", words.into())],
            );
            page.paragraph("  · ", "    ", &format!("{line} {source}"))?;
        }
    }

    if !briefing.gaps.is_empty() {
        page.heading(&interface.say("section-gaps"))?;
    }
    for gap in &briefing.gaps {
        page.space()?;
        let kind = page.bold(&gap.kind);
        page.paragraph("", "  ", &kind)?;
        for (side, contacts) in &gap.groups {
            if gap.brief {
                let ids: Vec<&str> = contacts.iter().map(|contact| contact.id.as_str()).collect();
                let ids = ids.join(", ");
                let line = match side.is_empty() {
                    true => ids,
                    false => {
                        interface.tell("labelled", &[("label", side.as_str().into()), ("words", ids.into())])
                    }
                };
                page.paragraph("  · ", "    ", &line)?;
            } else {
                for contact in contacts {
                    page.paragraph("  · ", "    ", &format!("{} {}", contact.id, contact.title))?;
                }
            }
        }
    }

    if !briefing.lineages.is_empty() || !briefing.origins.is_empty() {
        page.heading(&interface.say("section-sources"))?;
    }
    for lineage in &briefing.lineages {
        page.space()?;
        let words = page.bold(&lineage.words);
        let line = interface.tell(
            "labelled",
            &[("label", words.into()), ("words", lineage.reports.join(&interface.say("semicolon")).into())],
        );
        page.paragraph("", "  ", &line)?;
        for reason in &lineage.reasons {
            page.paragraph("  · ", "    ", reason)?;
        }
    }
    if !briefing.origins.is_empty() {
        page.space()?;
    }
    for origin in &briefing.origins {
        let reports = page.dim(&format!("[{}]", few(&origin.reports)));
        let name = page.bold(&origin.name);
        page.paragraph("· ", "  ", &format!("{name}, {} {reports}", origin.words))?;
    }

    if !briefing.coverage.is_empty() {
        page.heading(&interface.say("section-coverage"))?;
    }
    for source in &briefing.coverage {
        page.space()?;
        let address = page.dim(&source.address);
        let line = match source.title.is_empty() {
            true => address,
            false => format!("{} {address}", page.bold(&source.title)),
        };
        page.paragraph("", "  ", &line)?;
        for line in &source.lines {
            page.paragraph("  · ", "    ", line)?;
        }
    }

    if !briefing.reports.is_empty() {
        page.heading(&interface.say("section-read"))?;
        page.space()?;
    }
    for report in &briefing.reports {
        let title = if report.title.is_empty() {
            String::new()
        } else {
            quote(interface, &shorten(&report.title, 90)) + ", "
        };
        let found = page.dim(&interface.tell("found-line", &[("found", report.found.as_str().into())]));
        let id = page.bold(&report.id);
        page.paragraph("· ", "  ", &format!("{id} {title}{}{found}", report.about))?;
    }
    if !briefing.problems.is_empty() {
        page.space()?;
        let words = page.bold(&interface.say("problems-heading"));
        page.paragraph("", "", &words)?;
        for problem in &briefing.problems {
            page.paragraph("· ", "  ", problem)?;
        }
    }
    Ok(())
}

fn render_contact(contact: &Contact, interface: &Interface, page: &mut Page) -> io::Result<()> {
    let indent = " ".repeat(contact.id.len() + 2);
    let mut place = Vec::new();
    if !contact.date.is_empty() {
        let same = contact.date == contact.edtf;
        place.push(if same { contact.date.clone() } else { format!("{} ({})", contact.date, contact.edtf) });
    }
    if !contact.place.is_empty() {
        place.push(contact.place.clone());
    }
    if !contact.reported.is_empty() {
        place.push(contact.reported.clone());
    }
    let status = page.style(status_style(contact.status), &contact.status_words);
    let first = format!("{}  ", page.bold(&contact.id));
    let kind = page.bold(&capitalise(&contact.kind));
    let mut line = format!("{kind}, {status}");
    if !place.is_empty() {
        line.push_str(&format!(" · {}", place.join(", ")));
    }
    page.paragraph(&first, &indent, &line)?;
    page.paragraph(&indent, &indent, &contact.who)?;
    if !contact.assumed.is_empty() {
        let words = page.dim(&contact.assumed);
        page.paragraph(&indent, &indent, &words)?;
    }
    let deeper = format!("{indent}  ");
    for entry in &contact.ledger {
        let stance = page.style(stance_style(entry.stance), &entry.stance_words);
        let speakers: Vec<String> =
            entry.speakers.iter().map(|(name, numbers)| format!("{name}{}", notes(numbers))).collect();
        let words = match speakers.is_empty() {
            true => stance,
            false => format!("{stance} — {}", speakers.join(", ")),
        };
        let line =
            interface.tell("labelled", &[("label", entry.side.as_str().into()), ("words", words.into())]);
        page.paragraph(&indent, &deeper, &line)?;
    }
    if !contact.history.is_empty() {
        let steps: Vec<String> = contact
            .history
            .iter()
            .map(|step| {
                let told = if step.told.is_empty() { String::new() } else { format!(" ({})", step.told) };
                let note = if step.passage > 0 { notes(&[step.passage]) } else { String::new() };
                format!("{}{told}{note}", page.style(status_style(step.status), &step.status_words))
            })
            .collect();
        let line = interface.tell(
            "labelled",
            &[("label", interface.say("history").into()), ("words", steps.join(" → ").into())],
        );
        page.paragraph(&indent, &deeper, &line)?;
    }
    let unheard = match contact.unheard.is_empty() {
        true => String::new(),
        false => format!("{} · ", page.dim(&contact.unheard)),
    };
    let origins = contact.origins.join(&interface.say("semicolon"));
    let dash = if origins.is_empty() { "" } else { " — " };
    page.paragraph(&indent, &deeper, &format!("{unheard}{}{dash}{origins}", contact.corroboration))?;
    for reason in &contact.reasons {
        let words = page.dim(reason);
        page.paragraph(&deeper, &deeper, &words)?;
    }
    for (n, passage) in contact.passages.iter().enumerate() {
        let first = format!("{indent}[{}] ", n + 1);
        let rest = " ".repeat(first.len());
        let before = n.checked_sub(1).and_then(|n| contact.passages.get(n));
        let source = page.dim(&format!("({})", cite(interface, passage, before)));
        page.paragraph(&first, &rest, &format!("{} {source}", shown(passage)))?;
    }
    if contact.more > 0 {
        let more = page.dim(&interface.tell("more-passages", &[("n", contact.more.into())]));
        page.paragraph(&indent, &indent, &more)?;
    }
    Ok(())
}

/// The words of a passage as a terminal shows them.
pub fn shown(passage: &Passage) -> String {
    shorten(&passage.words, PASSAGE)
}

fn notes(numbers: &[usize]) -> String {
    numbers.iter().map(|n| format!(" [{n}]")).collect()
}

/// The first few of a row, and how many more.
pub fn few(reports: &[String]) -> String {
    match reports.len() {
        0..=4 => reports.join(", "),
        n => format!("{}, … +{}", reports[..3].join(", "), n - 3),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(colour: bool, words: impl Fn(&Page) -> String) -> String {
        let mut stream = Vec::new();
        let mut page = Page::new(&mut stream, colour);
        let words = words(&page);
        page.paragraph("", "", &words).unwrap();
        String::from_utf8(stream).unwrap()
    }

    #[test]
    fn what_would_steer_the_terminal_is_replaced() {
        let sly = "a\u{1b}]0;x\u{7}b\u{1b}[2Jc\u{202e}d\u{2066}e\u{9b}f\u{200f}g";
        let sober = "a\u{fffd}]0;x\u{fffd}b\u{fffd}[2Jc\u{fffd}d\u{fffd}e\u{fffd}f\u{200f}g";
        for colour in [false, true] {
            assert_eq!(printed(colour, |_| sly.to_owned()), format!("{sober}\n"));
        }
        let styled = printed(true, |page| page.bold("\u{1b}[1mun") + " deux");
        assert_eq!(styled, "\u{1b}[1m\u{fffd}[1mun\u{1b}[0m deux\n");
    }

    #[test]
    fn no_line_ends_behind_an_opening_mark() {
        let long = "mot ".repeat(19);
        let lines = printed(false, |_| format!("{long}« deux mots » et la suite"));
        assert!(lines.contains("\n«\u{a0}deux mots\u{a0}» et"), "{lines}");
    }
}
