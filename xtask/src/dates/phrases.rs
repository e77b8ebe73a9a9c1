//! Phrases of news with the day of publication and the date that some of their words tell.

use std::path::Path;

use anyhow::{Context, Result};
use depeche_language::times;
use depeche_pipeline::record::{Language, Span};

use super::{Dates, Line, day_of, percent, published};

/// Where the phrases lie, from the root.
pub const PHRASES: &str = "xtask/data/phrases.tsv";

/// Adds a line for the phrases, and those that were not read as expected.
pub(crate) fn measure(path: &Path, dates: &mut Dates) -> Result<()> {
    let content = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let (mut all, mut right) = (0, 0);
    for line in content.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.splitn(3, '\t');
        let (Some(day), Some(told), Some(marked)) = (cells.next(), cells.next(), cells.next()) else {
            continue;
        };
        let found = found(marked, day).context("a phrase has no words in brackets")?;
        all += 1;
        if found == told {
            right += 1;
        } else {
            dates.slips.push(format!("phrase [{day}] {marked}\n    wanted {told}, found {found}"));
        }
    }
    let figures = vec![("phrases", all as f64), ("right", right as f64), ("%", percent(right, all))];
    dates.lines.push(Line { name: "French news phrases".to_owned(), figures });
    Ok(())
}

/// The date of the words in brackets, `-` for none.
fn found(marked: &str, day: &str) -> Option<String> {
    let (before, rest) = marked.split_once('[')?;
    let (words, after) = rest.split_once(']')?;
    let text = format!("{before}{words}{after}");
    let span = Span::new(before.len(), before.len() + words.len());
    let times = times(&text, Language::French, published(day_of(day)));
    let told = times.iter().filter(|time| time.span.overlaps(span)).find_map(|time| time.edtf());
    Some(told.map_or_else(|| "-".to_owned(), |told| told.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_phrases_are_read_as_they_were_meant() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let mut dates = Dates::default();
        measure(&root.join(PHRASES), &mut dates).unwrap();
        assert!(dates.slips.is_empty(), "{}", dates.slips.join("\n"));
    }
}
