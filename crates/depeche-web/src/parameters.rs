//! What stands behind the `?` of an address, or in a form.

use crate::fault::Fault;

/// Most parameters of a request.
const MOST: usize = 200;
/// Most bytes of all of them in an address.
const BYTES: usize = 8 << 10;

/// Names with values, in their order; a name may stand several times.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Those of an address.
    pub fn of_query(raw: &str) -> Result<Parameters, Fault> {
        if raw.len() > BYTES {
            return Err(Fault::bad("fault-query-long", ""));
        }
        Parameters::of_form(raw.as_bytes())
    }

    /// Those of a form. Values of nothing but spaces are left out: a field that was not filled in asks for nothing.
    pub fn of_form(raw: &[u8]) -> Result<Parameters, Fault> {
        let all = form_urlencoded::parse(raw);
        let all = all.filter(|(_, value)| !value.trim().is_empty());
        let all: Vec<(String, String)> =
            all.take(MOST + 1).map(|(name, value)| (name.into_owned(), value.trim().to_owned())).collect();
        match all.len() > MOST {
            true => Err(Fault::bad("fault-query-long", "")),
            false => Ok(Parameters(all)),
        }
    }

    /// The same with one more.
    pub fn and(mut self, name: &str, value: &str) -> Parameters {
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same without these names.
    pub fn without(&self, names: &[&str]) -> Parameters {
        Parameters(self.0.iter().filter(|(name, _)| !names.contains(&name.as_str())).cloned().collect())
    }

    /// The first value of a name.
    pub fn first(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(there, _)| there == name).map(|(_, value)| value.as_str())
    }

    /// Every value of a name.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(there, _)| there == name).map(|(_, value)| value.clone()).collect()
    }

    /// The names, as often as they stand there.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// A name that is none of `known`.
    pub fn stranger(&self, known: &[&str]) -> Option<&str> {
        self.0.iter().map(|(name, _)| name.as_str()).find(|name| !known.contains(name))
    }

    /// As an address has them, `name` set to `value` instead of what it was; without it where `value` is empty.
    pub fn with(&self, name: &str, value: &str) -> String {
        let mut writing = form_urlencoded::Serializer::new(String::new());
        writing.extend_pairs(self.0.iter().filter(|(there, _)| there != name));
        if !value.is_empty() {
            writing.append_pair(name, value);
        }
        writing.finish()
    }
}

/// A path of ours with parameters behind it; without the `?` where there are none.
pub fn address(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// An identifier as a part of a path. A last `.json` is written so that it is not taken for the page's JSON.
pub fn segment(id: &str) -> String {
    let mut written = String::with_capacity(id.len());
    for byte in id.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'~' => written.push(char::from(byte)),
            b'.' if !id.ends_with(".json") && id != "." && id != ".." => written.push('.'),
            _ => written.push_str(&format!("%{byte:02X}")),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_read_and_written() {
        let asked = Parameters::of_query("side=RU&side=US&q=&status=+&word=a%26b").unwrap();
        assert_eq!(asked.all("side"), ["RU", "US"]);
        assert_eq!(asked.first("q"), None);
        assert_eq!(asked.first("word"), Some("a&b"));
        assert_eq!(asked.with("side", "é"), "word=a%26b&side=%C3%A9");
        assert_eq!(asked.with("word", ""), "side=RU&side=US");
        assert_eq!(asked.stranger(&["side"]), Some("word"));
    }

    #[test]
    fn too_many_are_refused() {
        assert!(Parameters::of_query(&"a=b&".repeat(201)).is_err());
        assert!(Parameters::of_query(&"a".repeat(9000)).is_err());
    }

    #[test]
    fn identifiers_become_one_part_of_a_path() {
        assert_eq!(segment("a/b c?é#"), "a%2Fb%20c%3F%C3%A9%23");
        assert_eq!(segment("page.html"), "page.html");
        assert_eq!(segment("x.json"), "x%2Ejson");
        assert_eq!(segment(".."), "%2E%2E");
    }
}
