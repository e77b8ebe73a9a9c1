//! Texts made comparable: folded names, squeezed texts, and where evidence stands in them.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// A name in lower case, without accents, its words separated by single spaces; apostrophes stay.
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.nfkd().filter(|&c| canonical_combining_class(c) == 0) {
        match c {
            '’' | '\'' => folded.push('\''),
            'ß' => folded.push_str("ss"),
            'ς' => folded.push('σ'),
            _ if c.is_alphanumeric() || c == '_' => folded.extend(c.to_lowercase()),
            _ if folded.ends_with(' ') => {}
            _ => folded.push(' '),
        }
    }
    folded.trim().to_owned()
}

/// Whether Python's `\s` matches the character.
fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// A text without white space and with even apostrophes and quotation marks, so that spans compare by content.
pub fn squeeze(text: &str) -> String {
    text.chars()
        .filter(|&c| !is_space(c))
        .map(|c| match c {
            '’' => '\'',
            '“' | '”' => '"',
            _ => c,
        })
        .collect()
}

/// The words of a piece of evidence: a string, or an object with `exact`.
pub fn exact(evidence: &Value) -> &str {
    evidence.as_str().or_else(|| evidence.get("exact")?.as_str()).unwrap_or("")
}

/// The pieces of evidence of an item: a list, a single one, or none.
pub fn pieces(evidence: Option<&Value>) -> Vec<&Value> {
    match evidence {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(list)) => list.iter().collect(),
        Some(Value::String(s)) if s.is_empty() => Vec::new(),
        Some(one) => vec![one],
    }
}

/// Half-open ranges of code points.
pub type Places = Vec<(usize, usize)>;

/// Where the pieces of evidence stand first in a squeezed text; those that do not stand there are left out.
pub fn places(text: &str, evidence: Option<&Value>) -> Places {
    let mut found = Vec::new();
    for piece in pieces(evidence) {
        let sought = squeeze(exact(piece));
        if sought.is_empty() {
            continue;
        }
        if let Some(at) = text.find(&sought) {
            let start = text[..at].chars().count();
            found.push((start, start + sought.chars().count()));
        }
    }
    found
}

/// The number of code points that two lists of places share, counted for each pair of them.
pub fn overlap(a: &Places, b: &Places) -> usize {
    a.iter().flat_map(|x| b.iter().map(move |y| x.1.min(y.1).saturating_sub(x.0.max(y.0)))).sum()
}

/// The total length of places.
pub fn length(places: &Places) -> usize {
    places.iter().map(|(start, end)| end - start).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn folding_drops_accents_case_and_marks() {
        assert_eq!(fold("  Iouri  OUCHAKOV, "), "iouri ouchakov");
        assert_eq!(fold("l’Élysée"), "l'elysee");
        assert_eq!(fold("Андрей Ёлкин"), "андреи елкин");
        assert_eq!(fold("al-Sissi"), "al sissi");
        assert_eq!(fold("«»"), "");
    }

    #[test]
    fn evidence_is_found_whatever_its_spaces_and_marks() {
        let text = squeeze("Il a dit : « l’été ».\nPuis rien.");
        assert_eq!(
            places(&text, Some(&json!(["« l'été »", "jamais", {"exact": "rien"}]))),
            [(7, 14), (19, 23)]
        );
        assert_eq!(places(&text, Some(&json!("Il"))), [(0, 2)]);
        assert_eq!(places(&text, Some(&json!([]))), []);
        assert_eq!(places(&text, None), []);
    }

    #[test]
    fn overlap_counts_code_points_of_each_pair() {
        assert_eq!(overlap(&vec![(0, 10), (20, 30)], &vec![(5, 25)]), 10);
        assert_eq!(overlap(&vec![(0, 5)], &vec![(5, 9)]), 0);
    }
}
