//! Where things lie on the machine of whoever serves a dossier is nobody else's business: in a room that others can come into, of
//! the path of a file its name alone is told.

use serde_json::Value;

/// Fields that say where something came from.
const FIELDS: [&str; 2] = ["address", "subject"];
/// Fields of words that may name such a place.
const WORDS: [&str; 1] = ["detail"];

/// An address as others may read it: one of the web, or what a browser brought, as it is; of a path the last part.
pub fn bare(address: &str) -> &str {
    if address.contains("://") || address.starts_with("browser:") {
        return address;
    }
    let path = address.trim_end_matches(['/', '\\']);
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// Words in which each path is told by its last part.
pub fn bare_words(words: &str) -> String {
    let is_path = |word: &str| {
        let rooted = word.starts_with(['/', '\\']) || word.get(1..3).is_some_and(|drive| drive == ":\\");
        rooted && word.len() > 1
    };
    let parts = words.split_inclusive([' ', '\t', '\n']).map(|word| {
        match is_path(word.trim_start_matches(['"', '\'', '('])) {
            true => bare(word).to_owned(),
            false => word.to_owned(),
        }
    });
    parts.collect()
}

/// A record as others may read it.
pub fn hide(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(hide),
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(text) if FIELDS.contains(&name.as_str()) => *text = bare(text).to_owned(),
                    Value::String(text) if WORDS.contains(&name.as_str()) => *text = bare_words(text),
                    other => hide(other),
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn of_paths_the_name_is_left() {
        for (address, told) in [
            ("/srv/ana/dossier/note.txt", "note.txt"),
            ("../notes/a b.html", "a b.html"),
            ("C:\\Users\\ana\\x.txt", "x.txt"),
            ("/srv/ana/mail.mbox:12", "mail.mbox:12"),
            ("https://example.org/srv/ana", "https://example.org/srv/ana"),
            ("browser:001-a.txt", "browser:001-a.txt"),
            ("-", "-"),
        ] {
            assert_eq!(bare(address), told);
        }
        assert_eq!(bare_words("cannot read /srv/ana/x.txt, or 1/2 of it"), "cannot read x.txt, or 1/2 of it");
        let mut record = json!({"reports": [{"address": "/srv/secret/a.txt", "title": "/srv/secret stays"}],
            "problems": [{"subject": "/srv/secret/b.pdf", "detail": "see /srv/secret/b.pdf"}]});
        hide(&mut record);
        assert_eq!(
            record,
            json!({"reports": [{"address": "a.txt", "title": "/srv/secret stays"}],
                "problems": [{"subject": "b.pdf", "detail": "see b.pdf"}]})
        );
    }
}
