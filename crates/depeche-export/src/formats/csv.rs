//! Tables for spreadsheets, one a file. What a spreadsheet would take for a formula is made plain text.

use std::io::{self, Write};

use depeche_interface::{even_out, legible};

use super::tables::{Cell, tables};
use crate::{Export, LeftOut, Options, Place, What};

/// Parts several values of a cell.
const AMONG: &str = " | ";

/// Writes every table.
pub fn write(export: &Export, options: &Options, place: &mut dyn Place) -> io::Result<LeftOut> {
    for whole in tables(export) {
        let mut file = place.file(&format!("{}.csv", whole.name))?;
        let columns: Vec<&str> = whole.columns.iter().map(|(name, _)| *name).collect();
        let rows = whole.rows.into_iter().map(|row| row.into_iter().map(written).collect()).collect();
        table(&mut file, options, &columns, rows)?;
        file.flush()?;
    }
    Ok(LeftOut::of(&export.record, &[What::Texts]))
}

/// A cell as words; what is not there is nothing.
fn written(cell: Cell) -> String {
    match cell {
        Cell::Text(words) => words.unwrap_or_default(),
        Cell::List(words) => words.join(AMONG),
        Cell::Number(number) => number.map(|number| number.to_string()).unwrap_or_default(),
        Cell::Day(day) => day.map(|day| day.to_string()).unwrap_or_default(),
        Cell::Flag(is_so) => if is_so { "yes" } else { "" }.to_owned(),
    }
}

/// Writes a table: a row of headings, then the rows.
pub fn table(
    out: &mut dyn Write,
    options: &Options,
    columns: &[&str],
    rows: Vec<Vec<String>>,
) -> io::Result<()> {
    if options.bom {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let mut writer = csv::WriterBuilder::new()
        .delimiter(options.separator)
        .terminator(csv::Terminator::CRLF)
        .from_writer(out);
    writer.write_record(columns)?;
    for row in rows {
        writer.write_record(row.iter().map(|words| cell(words, options.separator)))?;
    }
    writer.flush()
}

/// The words on one line, as text and never as a formula.
///
/// A formula begins with `=`, `+`, `-` or `@`, wide or not; an apostrophe before it makes it text. A spreadsheet of another
/// country may part cells at another mark than the one written, so what follows such a mark counts as a beginning too.
pub fn cell(words: &str, separator: u8) -> String {
    let words = even_out(&legible(words));
    let mut safe = String::with_capacity(words.len());
    let mut beginning = true;
    for c in words.chars() {
        if beginning && matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠') {
            safe.push('\'');
        }
        let parts = matches!(c, ',' | ';') && c != char::from(separator);
        beginning = parts || (beginning && (c.is_whitespace() || c == '"'));
        safe.push(c);
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_text() {
        assert_eq!(cell("=HYPERLINK(\"x\")", b','), "'=HYPERLINK(\"x\")");
        assert_eq!(cell("\t+33 1", b','), "'+33 1");
        assert_eq!(cell(" \"@SUM(1)", b','), "\"'@SUM(1)");
        assert_eq!(cell("＝1", b','), "'＝1");
        assert_eq!(cell("a;=cmd|' /C calc'!A0", b','), "a;'=cmd|' /C calc'!A0");
        assert_eq!(cell("a, -10 %", b','), "a, -10 %");
        assert_eq!(cell("a, =1", b';'), "a, '=1");
        assert_eq!(cell("vice-président", b','), "vice-président");
        assert_eq!(cell("a\u{202e}b\u{0}\r\nc", b','), "a\u{fffd}b\u{fffd}\u{fffd} c");
    }
}
