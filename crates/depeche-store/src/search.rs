//! Full-text search: terms, and questions in terms. Which words make which terms is the language stage's business; here
//! a term is a word without regard to capitals and accents.

use rusqlite::Connection;

use crate::StoreError;

/// Words that are searched for: all of them, in any order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Each must be found, or must not.
    pub phrases: Vec<Phrase>,
}

/// A word, or several that follow one another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Phrase {
    /// The terms of the phrase, set apart by spaces: one writing for each language that it may be in.
    pub writings: Vec<String>,
    /// Whether the last term is the beginning of one.
    pub begins: bool,
    /// Whether what holds the phrase is unwanted.
    pub unwanted: bool,
}

impl Wanted {
    /// Whether nothing can be found, for no phrase is wanted that has a letter or digit.
    pub fn is_empty(&self) -> bool {
        self.expression().is_none()
    }

    /// As FTS5 writes it; none where no phrase is wanted.
    pub(crate) fn expression(&self) -> Option<String> {
        let one = |phrase: &Phrase| {
            let mut writings: Vec<String> = phrase
                .writings
                .iter()
                .filter(|writing| writing.contains(char::is_alphanumeric))
                .map(|writing| {
                    let quoted = writing.replace(['"', '\0'], " ");
                    if phrase.begins { format!("\"{quoted}\" *") } else { format!("\"{quoted}\"") }
                })
                .collect();
            writings.sort();
            writings.dedup();
            (!writings.is_empty()).then(|| format!("({})", writings.join(" OR ")))
        };
        let side = |unwanted: bool| -> Vec<String> {
            self.phrases.iter().filter(|phrase| phrase.unwanted == unwanted).filter_map(one).collect()
        };
        let (wanted, unwanted) = (side(false), side(true));
        if wanted.is_empty() {
            return None;
        }
        let wanted = wanted.join(" AND ");
        match unwanted.is_empty() {
            true => Some(wanted),
            false => Some(format!("({wanted}) NOT ({})", unwanted.join(" OR "))),
        }
    }
}

/// Sets the terms of a row of one of the tables of terms.
pub(crate) fn put(connection: &Connection, table: &str, row: i64, terms: &str) -> Result<(), StoreError> {
    remove(connection, table, row)?;
    connection
        .prepare_cached(&format!("INSERT INTO {table} (rowid, terms) VALUES (?, ?)"))?
        .execute((row, terms))?;
    Ok(())
}

/// Removes the terms of a row.
pub(crate) fn remove(connection: &Connection, table: &str, row: i64) -> Result<(), StoreError> {
    connection.prepare_cached(&format!("DELETE FROM {table} WHERE rowid = ?"))?.execute([row])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_written_so_that_no_word_is_an_operator() {
        let phrase = |writings: &[&str]| Phrase {
            writings: writings.iter().map(|&w| w.to_owned()).collect(),
            ..Phrase::default()
        };
        let mut wanted = Wanted { phrases: vec![phrase(&["NOT \" OR", "a b"]), phrase(&["–"])] };
        assert_eq!(wanted.expression().unwrap(), "(\"NOT   OR\" OR \"a b\")");
        wanted.phrases.push(Phrase { unwanted: true, begins: true, ..phrase(&["iran"]) });
        assert_eq!(wanted.expression().unwrap(), "((\"NOT   OR\" OR \"a b\")) NOT ((\"iran\" *))");
        wanted.phrases.remove(0);
        assert!(wanted.is_empty());
    }
}
