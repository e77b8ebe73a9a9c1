//! The briefing as Markdown.

use std::fmt::Write;

use depeche_interface::dates::capitalise;
use depeche_interface::{Interface, quote, shorten};

use super::cite;
use super::view::{Briefing, Contact, Passage};

/// Most characters of a passage shown.
const PASSAGE: usize = 500;

/// The briefing.
pub fn render(briefing: &Briefing, interface: &Interface) -> String {
    let mut page = String::new();
    // Writing to a string cannot fail.
    let _ = write_page(&mut page, briefing, interface);
    page
}

fn write_page(page: &mut String, briefing: &Briefing, interface: &Interface) -> std::fmt::Result {
    writeln!(page, "# {}\n", escape(&briefing.title))?;
    for line in &briefing.summary {
        writeln!(page, "{}\n", escape(line))?;
    }
    if !briefing.timeline.is_empty() {
        writeln!(page, "## {}\n", interface.say("section-contacts"))?;
    }
    for period in &briefing.timeline {
        writeln!(page, "### {}\n", escape(&period.heading))?;
        if !period.note.is_empty() {
            writeln!(page, "*{}*\n", escape(&period.note))?;
        }
        for contact in &period.contacts {
            write_contact(page, contact, interface)?;
        }
    }
    if !briefing.speakers.is_empty() {
        writeln!(page, "## {}\n", interface.say("section-statements"))?;
    }
    for speaker in &briefing.speakers {
        writeln!(page, "### {}\n", escape(&speaker.name))?;
        let about = if speaker.about.is_empty() { String::new() } else { format!("{} · ", speaker.about) };
        writeln!(page, "{}{}\n", escape(&about), speaker.count)?;
        let mut before = None;
        for statement in &speaker.statements {
            let words = escape(&shorten(&statement.words, PASSAGE));
            let words = match statement.quoted {
                true => interface.tell("quoted", &[("words", words.into())]),
                false => words,
            };
            let line = interface.tell(
                "statement-line",
                &[("act", format!("*{}*", statement.act).into()), ("words", words.into())],
            );
            let about = match statement.about.is_empty() {
                true => String::new(),
                false => {
                    format!(" → {}", statement.about.iter().map(|id| link(id)).collect::<Vec<_>>().join(", "))
                }
            };
            writeln!(page, "- {line}{about} ({})", escape(&cite(interface, &statement.passage, before)))?;
            before = Some(&statement.passage);
        }
        if speaker.more > 0 {
            writeln!(page, "- *{}*", interface.tell("more-statements", &[("n", speaker.more.into())]))?;
        }
        writeln!(page)?;
    }
    if !briefing.speakers_more.is_empty() {
        writeln!(page, "*{}*\n", escape(&briefing.speakers_more))?;
    }
    if !briefing.contradictions.is_empty() {
        writeln!(page, "## {}\n", interface.say("section-contradictions"))?;
    }
    for contradiction in &briefing.contradictions {
        let (id, contact) = &contradiction.contact;
        let line = interface.tell(
            "contradiction-line",
            &[
                ("id", link(id).into()),
                ("contact", escape(contact).into()),
                ("kind", format!("**{}**", contradiction.kind).into()),
            ],
        );
        writeln!(page, "{line}\n")?;
        for (said, speaker, passage) in &contradiction.versions {
            let speaker = if speaker.is_empty() { String::new() } else { format!(" ({})", escape(speaker)) };
            let words = quote(interface, &escape(&shorten(&passage.words, PASSAGE)));
            let line = interface.tell(
                "version-line",
                &[("said", format!("**{}**{speaker}", escape(said)).into()), ("words", words.into())],
            );
            writeln!(page, "- {line} ({})", escape(&cite(interface, passage, None)))?;
        }
        writeln!(page)?;
    }
    if !briefing.gaps.is_empty() {
        writeln!(page, "## {}\n", interface.say("section-gaps"))?;
    }
    for gap in &briefing.gaps {
        writeln!(page, "**{}**\n", gap.kind)?;
        for (side, contacts) in &gap.groups {
            if gap.brief {
                let ids: Vec<String> = contacts.iter().map(|contact| link(&contact.id)).collect();
                let ids = ids.join(", ");
                let line = match side.is_empty() {
                    true => ids,
                    false => {
                        interface.tell("labelled", &[("label", escape(side).into()), ("words", ids.into())])
                    }
                };
                writeln!(page, "- {line}")?;
            } else {
                for contact in contacts {
                    writeln!(page, "- {} {}", link(&contact.id), escape(&contact.title))?;
                }
            }
        }
        writeln!(page)?;
    }
    if !briefing.lineages.is_empty() || !briefing.origins.is_empty() {
        writeln!(page, "## {}\n", interface.say("section-sources"))?;
    }
    for lineage in &briefing.lineages {
        let reports: Vec<String> = lineage.reports.iter().map(|report| escape(report)).collect();
        let words = reports.join(&interface.say("semicolon"));
        let label = format!("**{}**", lineage.words);
        writeln!(
            page,
            "{}\n",
            interface.tell("labelled", &[("label", label.into()), ("words", words.into())])
        )?;
        for reason in &lineage.reasons {
            writeln!(page, "- {}", escape(reason))?;
        }
        writeln!(page)?;
    }
    for origin in &briefing.origins {
        writeln!(
            page,
            "- **{}**, {} ({})",
            escape(&origin.name),
            origin.words,
            escape(&origin.reports.join(", "))
        )?;
    }
    if !briefing.origins.is_empty() {
        writeln!(page)?;
    }
    if !briefing.coverage.is_empty() {
        writeln!(page, "## {}\n", interface.say("section-coverage"))?;
    }
    for source in &briefing.coverage {
        let title =
            if source.title.is_empty() { String::new() } else { format!("**{}** ", escape(&source.title)) };
        writeln!(page, "{title}{}\n", escape(&source.address))?;
        for line in &source.lines {
            writeln!(page, "- {}", escape(line))?;
        }
        writeln!(page)?;
    }
    if !briefing.reports.is_empty() {
        writeln!(page, "## {}\n", interface.say("section-read"))?;
    }
    for report in &briefing.reports {
        let title = match report.title.is_empty() {
            true => String::new(),
            false => quote(interface, &escape(&report.title)) + ", ",
        };
        let found = interface.tell("found-line", &[("found", report.found.as_str().into())]);
        writeln!(page, "- **{}** {title}{}{}", escape(&report.id), escape(&report.about), escape(&found))?;
    }
    if !briefing.problems.is_empty() {
        writeln!(page, "\n**{}**\n", interface.say("problems-heading"))?;
        for problem in &briefing.problems {
            writeln!(page, "- {}", escape(problem))?;
        }
    }
    Ok(())
}

fn write_contact(page: &mut String, contact: &Contact, interface: &Interface) -> std::fmt::Result {
    writeln!(
        page,
        "#### <a id=\"{id}\"></a>{id} · {}, {}\n",
        capitalise(&contact.kind),
        contact.status_words,
        id = contact.id
    )?;
    write_contact_body(page, contact, interface)
}

/// A contact without its heading: who, when, where, ledger, history, origins, passages.
pub fn write_contact_body(page: &mut String, contact: &Contact, interface: &Interface) -> std::fmt::Result {
    let mut place = Vec::new();
    if !contact.date.is_empty() {
        let same = contact.date == contact.edtf;
        let date = if same { contact.date.clone() } else { format!("{} (`{}`)", contact.date, contact.edtf) };
        place.push(date);
    }
    if !contact.place.is_empty() {
        place.push(escape(&contact.place));
    }
    if !contact.reported.is_empty() {
        place.push(contact.reported.clone());
    }
    let place = if place.is_empty() { String::new() } else { format!(" · {}", place.join(", ")) };
    writeln!(page, "**{}**{place}\n", escape(&contact.who))?;
    if !contact.assumed.is_empty() {
        writeln!(page, "*{}*\n", escape(&contact.assumed))?;
    }
    for entry in &contact.ledger {
        let speakers: Vec<String> = entry
            .speakers
            .iter()
            .map(|(name, numbers)| format!("{}{}", escape(name), notes(numbers)))
            .collect();
        let words = match speakers.is_empty() {
            true => format!("*{}*", entry.stance_words),
            false => format!("*{}* — {}", entry.stance_words, speakers.join(", ")),
        };
        writeln!(
            page,
            "- {}",
            interface.tell("labelled", &[("label", escape(&entry.side).into()), ("words", words.into())])
        )?;
    }
    if !contact.history.is_empty() {
        let steps: Vec<String> = contact
            .history
            .iter()
            .map(|step| {
                let told = if step.told.is_empty() { String::new() } else { format!(" ({})", step.told) };
                let note = if step.passage > 0 { notes(&[step.passage]) } else { String::new() };
                format!("{}{told}{note}", step.status_words)
            })
            .collect();
        let label = interface.say("history");
        let words = steps.join(" → ");
        writeln!(
            page,
            "- {}",
            interface.tell("labelled", &[("label", label.into()), ("words", words.into())])
        )?;
    }
    let origins: Vec<String> = contact.origins.iter().map(|origin| escape(origin)).collect();
    let origins = origins.join(&interface.say("semicolon"));
    let dash = if origins.is_empty() { "" } else { " — " };
    let unheard =
        if contact.unheard.is_empty() { String::new() } else { format!("*{}* · ", contact.unheard) };
    writeln!(page, "- {unheard}{}{dash}{origins}", contact.corroboration)?;
    for reason in &contact.reasons {
        writeln!(page, "  - {}", escape(reason))?;
    }
    writeln!(page)?;
    for (n, passage) in contact.passages.iter().enumerate() {
        let before = n.checked_sub(1).and_then(|n| contact.passages.get(n));
        let source = cite(interface, passage, before);
        writeln!(page, "> \\[{}\\] {} ({})\n", n + 1, shown(passage), escape(&source))?;
    }
    if contact.more > 0 {
        writeln!(page, "*{}*\n", interface.tell("more-passages", &[("n", contact.more.into())]))?;
    }
    Ok(())
}

fn shown(passage: &Passage) -> String {
    escape(&shorten(&passage.words, PASSAGE))
}

fn link(id: &str) -> String {
    format!("[{id}](#{id})")
}

fn notes(numbers: &[usize]) -> String {
    numbers.iter().map(|n| format!(" \\[{n}\\]")).collect()
}

/// The words with all that Markdown would take for marks taken literally.
pub fn escape(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    let numbered = words.trim_start_matches(|c: char| c.is_ascii_digit());
    for (at, c) in words.char_indices() {
        let list = at == 0 && matches!(c, '-' | '+' | '=');
        let number =
            numbered.len() < words.len() && at == words.len() - numbered.len() && matches!(c, '.' | ')');
        match c {
            // Within words underscores are literal in CommonMark: identifiers stay readable.
            '_' if words[..at].ends_with(char::is_alphanumeric)
                && words[at + 1..].starts_with(char::is_alphanumeric) =>
            {
                escaped.push(c)
            }
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '$' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '&' => escaped.push_str("&amp;"),
            // Remarks and highlights of some readers, such as Obsidian, are doubled marks.
            '%' | '=' if words[..at].ends_with(c) || words[at + 1..].starts_with(c) => {
                escaped.push('\\');
                escaped.push(c);
            }
            '\n' | '\r' => escaped.push(' '),
            _ => {
                if list || number {
                    escaped.push('\\');
                }
                escaped.push(c);
            }
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_literally() {
        assert_eq!(escape("a *b* [c](d) <e>"), "a \\*b\\* \\[c\\](d) \\<e\\>");
        assert_eq!(escape("001_ab"), "001_ab");
        assert_eq!(escape("- x"), "\\- x");
        assert_eq!(escape("12. x"), "12\\. x");
        assert_eq!(escape("R&D"), "R&amp;D");
        assert_eq!(escape("5 % %%x%% ==y=="), "5 % \\%\\%x\\%\\% \\=\\=y\\=\\=");
    }
}
