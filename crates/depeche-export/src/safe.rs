//! What makes words of reports harmless: they are anybody's.
//!
//! Every format escapes by its own rules; here is what those rules do not hold back.

use std::io::{self, Write};

use depeche_interface::legible;
use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter};

/// An address of the web as it may stand in a link; none for any other scheme (`javascript:`, `data:`, `file:`), and none
/// with white space, quotation marks, brackets or what steers the display.
pub fn web_address(address: &str) -> Option<String> {
    let address = address.trim();
    let scheme = address.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase())?;
    let strange = |c: char| c.is_whitespace() || c.is_control() || "\"'<>`\\{}|^".contains(c);
    let plain = legible(address) == address && !address.contains(strange);
    let named =
        address.split_once("://").is_some_and(|(_, rest)| rest.starts_with(|c: char| c.is_alphanumeric()));
    (plain && named && (scheme == "https" || scheme == "http")).then(|| address.to_owned())
}

/// Most bytes of a file name; systems take 255, and an ending is added.
const FILE_NAME: usize = 120;

/// A name for a file that every system takes and that leads nowhere else: no path, no reserved word, no mark of Markdown or
/// of wiki links, at most 120 bytes. The identifier keeps names apart.
pub fn file_name(title: &str, id: &str) -> String {
    let id = plain(id, 60);
    let title = plain(title, FILE_NAME - id.len() - 3);
    match title.is_empty() {
        true => format!("({id})"),
        false => format!("{title} ({id})"),
    }
}

fn plain(words: &str, most: usize) -> String {
    let strange = |c: char| {
        c.is_control() || c.is_whitespace() || "/\\:*?\"<>|#^[]%`$&'()!;{}~=".contains(c) || is_invisible(c)
    };
    let words: String = words.chars().map(|c| if strange(c) { ' ' } else { c }).collect();
    let mut name = String::new();
    for word in words.split_whitespace() {
        let gap = usize::from(!name.is_empty());
        if name.len() + gap + word.len() > most {
            if name.is_empty() {
                let fits = word
                    .char_indices()
                    .map(|(at, c)| at + c.len_utf8())
                    .take_while(|end| *end <= most)
                    .last();
                name.push_str(&word[..fits.unwrap_or(0)]);
            }
            break;
        }
        if gap > 0 {
            name.push(' ');
        }
        name.push_str(word);
    }
    name.trim_matches(['.', ' ', '-', ',']).to_owned()
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{61c}' | '\u{ad}'
        | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{e000}'..='\u{f8ff}')
}

/// Writes a value as JSON of ASCII where it matters: `<`, control characters and what turns the order of letters are
/// written as `\u003c`, the same value to a program and harmless in a page or on a terminal.
pub fn json(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(out, Harmless(CompactFormatter));
    value.serialize(&mut serializer).map_err(io::Error::from)
}

struct Harmless(CompactFormatter);

impl Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut from = 0;
        for (at, c) in fragment.char_indices() {
            let steers = c.is_control() || matches!(c, '<' | '\u{2028}' | '\u{2029}') || is_invisible(c);
            if steers {
                out.write_all(&fragment.as_bytes()[from..at])?;
                write!(out, "\\u{:04x}", u32::from(c))?;
                from = at + c.len_utf8();
            }
        }
        self.0.write_string_fragment(out, &fragment[from..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_are_linked() {
        assert_eq!(
            web_address("https://example.org/a?b=c#d").as_deref(),
            Some("https://example.org/a?b=c#d")
        );
        for bad in [
            "javascript:alert(1)",
            "JavaScript://example.org/%0aalert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "https://\"onload=x",
            "https://a\u{202e}b",
            "https://a b",
            "reports/a.txt",
            "https://",
        ] {
            assert_eq!(web_address(bad), None, "{bad}");
        }
    }

    #[test]
    fn file_names_lead_nowhere() {
        assert_eq!(file_name("Rencontre, France – Iran", "c7k2m"), "Rencontre, France – Iran (c7k2m)");
        assert_eq!(file_name("../../etc/passwd", "a/b"), "etc passwd (a b)");
        assert_eq!(file_name("", "c1"), "(c1)");
        assert_eq!(file_name("x\u{202e}y\0[[z]]|#^", ".."), "x y z ()");
        for (title, id) in [("é".repeat(400), "x".repeat(400)), ("CON".to_owned(), "NUL".to_owned())] {
            let name = file_name(&title, &id);
            assert!(name.len() <= FILE_NAME && name.ends_with(')'), "{name}");
        }
    }

    #[test]
    fn json_is_harmless_and_the_same() {
        let words = "</script>\u{202e}a\u{85}\u{2028}b\u{1}\"\\é\n";
        let mut out = Vec::new();
        json(&mut out, &words).unwrap();
        let written = String::from_utf8(out).unwrap();
        assert!(!written.contains(['<', '\u{202e}', '\u{85}', '\u{2028}']), "{written}");
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), words);
    }
}
