//! The pieces of a plain text that are one paragraph, headline or note each: lines, or groups of lines where the text
//! was wrapped at a fixed width.

use depeche_record::Span;

/// The pieces of `text` in order, without white space at their ends.
pub(crate) fn split(text: &str) -> Vec<Unit> {
    let lines = lines(text);
    if is_wrapped(text, &lines) { join_wrapped(text, &lines) } else { lines }
}

/// A piece of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unit {
    /// Where it stands.
    pub(crate) span: Span,
    /// Whether a blank line stands before it.
    pub(crate) after_blank: bool,
}

fn lines(text: &str) -> Vec<Unit> {
    let mut units = Vec::new();
    let mut start = 0;
    let mut blank = false;
    let ends = |c: char| matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    while start < text.len() {
        let rest = &text[start..];
        let length = rest.find(ends).unwrap_or(rest.len());
        let span = Span::new(start, start + length).trim(text);
        if span.is_empty() {
            blank = true;
        } else {
            units.push(Unit { span, after_blank: blank });
            blank = false;
        }
        // A carriage return with its line feed is one line end.
        let end = match rest[length..].starts_with("\r\n") {
            true => 2,
            false => rest[length..].chars().next().map_or(0, char::len_utf8),
        };
        start += length + end.max(1);
    }
    units
}

const WRAP: std::ops::RangeInclusive<usize> = 45..=120;

/// Whether lines run on into the next, at a width that a person or a program wraps at, so often that it is no accident.
fn is_wrapped(text: &str, lines: &[Unit]) -> bool {
    let mut pairs = 0;
    let mut running = 0;
    for pair in lines.windows(2).filter(|pair| !pair[1].after_blank) {
        let (first, second) = (pair[0].span.of(text), pair[1].span.of(text));
        pairs += 1;
        let runs_on = WRAP.contains(&first.chars().count())
            && !first.ends_with(['.', '!', '?', '…', ':'])
            && second.starts_with(char::is_lowercase);
        running += usize::from(runs_on);
    }
    running >= 3 && running * 3 >= pairs
}

fn join_wrapped(text: &str, lines: &[Unit]) -> Vec<Unit> {
    let width = |unit: &Unit| unit.span.of(text).chars().count();
    let widest = lines.iter().map(width).filter(|w| WRAP.contains(w)).max().unwrap_or(80);
    let mut units: Vec<Unit> = Vec::new();
    let mut last: Option<&Unit> = None;
    for line in lines {
        let joins = !line.after_blank
            && last.is_some_and(|last| {
                let full = width(last) * 3 >= widest * 2;
                let ended = last.span.of(text).ends_with(['.', '!', '?', '…', ':', '»', '”']);
                full && !(ended && width(last) * 10 < widest * 9)
            });
        match units.last_mut() {
            Some(unit) if joins => unit.span = unit.span.cover(line.span),
            _ => units.push(*line),
        }
        last = Some(line);
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        split(text).iter().map(|unit| unit.span.of(text)).collect()
    }

    #[test]
    fn every_line_end_ends_a_line() {
        assert_eq!(texts(" a\r\n\r\nb\rc\u{2028}d\n"), ["a", "b", "c", "d"]);
        assert_eq!(split("a\r\n\r\nb").iter().map(|u| u.after_blank).collect::<Vec<_>>(), [false, true]);
    }

    #[test]
    fn wrapped_text_is_joined() {
        let text = "Le ministre a rencontré son homologue à Genève, où les deux délégations\n\
                    se sont entretenues pendant trois heures sans parvenir à un accord sur\n\
                    le fond, selon une source proche du dossier qui a requis l'anonymat et\n\
                    qui a décrit un climat tendu.\n\nLe lendemain, les deux parties ont publié des communiqués séparés qui ne\n\
                    mentionnaient pas la rencontre.\n";
        assert_eq!(texts(text).len(), 2);
    }

    #[test]
    fn lines_of_a_scrape_stay_apart() {
        let text =
            "Titre de la dépêche\nPremier paragraphe, qui finit.\nDeuxième paragraphe, qui finit.\nsuite\n";
        assert_eq!(texts(text).len(), 4);
    }
}
