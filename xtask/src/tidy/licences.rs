//! The licences of what is built in, against the list in deny.toml, so that they are checked where cargo-deny is not at
//! hand as well.

use std::collections::BTreeSet;

use super::tree::numbered;
use super::{Finding, Metadata, Tree};

const LIST: &str = "deny.toml";

/// Every crate from outside can be taken under licences of the list; every crate of ours carries a licence; and the
/// list holds nothing that no crate needs.
pub fn licences_allowed(tree: &Tree, metadata: &Metadata) -> Vec<Finding> {
    let mut findings = Vec::new();
    let listed = listed(tree.content(LIST));
    let allowed: BTreeSet<&str> = listed.iter().map(|(_, licence)| *licence).collect();
    let mut needed = BTreeSet::new();
    for ((name, version), licence) in &metadata.outside {
        match licence {
            None => findings.push(Finding::new(LIST, 0, format!("{name} {version} names no licence"))),
            Some(expression) if !satisfied(expression, &allowed) => {
                let message =
                    format!("{name} {version} is under {expression}, which the list does not allow");
                findings.push(Finding::new(LIST, 0, message));
            }
            Some(expression) => needed.extend(words(expression)),
        }
    }
    for (name, member) in metadata.members.iter().filter(|(_, member)| member.licence.is_none()) {
        findings.push(Finding::new(&member.manifest, 0, format!("{name} carries no licence")));
    }
    for (line, licence) in listed.iter().filter(|(_, licence)| !needed.contains(*licence)) {
        findings.push(Finding::new(LIST, *line, format!("no crate needs {licence}: take it out")));
    }
    findings
}

/// The licences between `allow = [` and `]`, with their lines.
fn listed(content: &str) -> Vec<(usize, &str)> {
    numbered(content)
        .skip_while(|(_, line)| !line.trim_start().starts_with("allow = ["))
        .take_while(|(_, line)| line.trim() != "]")
        .filter_map(|(n, line)| Some((n, line.trim().strip_prefix('"')?.split('"').next()?)))
        .collect()
}

/// The licences that an expression names.
fn words(expression: &str) -> Vec<String> {
    let spaced = expression.replace('/', " OR ").replace(['(', ')'], " ");
    let mut words: Vec<String> = Vec::new();
    let mut with = false;
    for word in spaced.split_whitespace() {
        match word {
            "OR" | "AND" => {}
            "WITH" => with = true,
            _ if with => {
                with = false;
                if let Some(last) = words.last_mut() {
                    *last = format!("{last} WITH {word}");
                }
            }
            _ => words.push(word.to_owned()),
        }
    }
    words
}

/// Whether an SPDX expression can be met with the allowed licences: an alternative is enough, of a conjunction all are
/// needed; `AND` binds more closely than `OR`, and `/` is an old way to write `OR`.
fn satisfied(expression: &str, allowed: &BTreeSet<&str>) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    alternatives(&tokens, &mut at, allowed) && at == tokens.len()
}

fn alternatives(tokens: &[&str], at: &mut usize, allowed: &BTreeSet<&str>) -> bool {
    let mut met = conjunction(tokens, at, allowed);
    while tokens.get(*at) == Some(&"OR") {
        *at += 1;
        met |= conjunction(tokens, at, allowed);
    }
    met
}

fn conjunction(tokens: &[&str], at: &mut usize, allowed: &BTreeSet<&str>) -> bool {
    let mut met = licence(tokens, at, allowed);
    while tokens.get(*at) == Some(&"AND") {
        *at += 1;
        met &= licence(tokens, at, allowed);
    }
    met
}

fn licence(tokens: &[&str], at: &mut usize, allowed: &BTreeSet<&str>) -> bool {
    let Some(&token) = tokens.get(*at) else { return false };
    *at += 1;
    if token == "(" {
        let met = alternatives(tokens, at, allowed);
        *at += 1;
        return met;
    }
    match (tokens.get(*at), tokens.get(*at + 1)) {
        (Some(&"WITH"), Some(exception)) => {
            *at += 2;
            allowed.contains(format!("{token} WITH {exception}").as_str())
        }
        _ => allowed.contains(token),
    }
}

#[cfg(test)]
mod tests {
    use super::super::metadata::Member;
    use super::*;

    #[test]
    fn expressions_are_met_as_spdx_reads_them() {
        let allowed = BTreeSet::from(["MIT", "Apache-2.0", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"]);
        for good in [
            "MIT",
            "MIT/Apache-2.0",
            "GPL-3.0 OR MIT",
            "(MIT OR GPL-3.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR GPL-2.0",
            "GPL-2.0 OR MIT AND Apache-2.0",
        ] {
            assert!(satisfied(good, &allowed), "{good}");
        }
        for bad in [
            "GPL-3.0",
            "MIT AND GPL-3.0",
            "MIT WITH LLVM-exception",
            "(MIT OR GPL-3.0) AND ISC",
            "",
            "MIT ISC",
        ] {
            assert!(!satisfied(bad, &allowed), "{bad}");
        }
    }

    #[test]
    fn a_licence_off_the_list_and_a_needless_one_are_found() {
        let tree = Tree::of(&[(LIST, "[licenses]\nallow = [\n    \"MIT\",\n    \"ISC\", # why\n]\n")]);
        let outside = [
            (("a".to_owned(), "1".to_owned()), Some("MIT".to_owned())),
            (("b".to_owned(), "2".to_owned()), Some("GPL-3.0".to_owned())),
            (("c".to_owned(), "3".to_owned()), None),
        ];
        let members = [("ours".to_owned(), Member::default())].into();
        let found = licences_allowed(&tree, &Metadata { members, outside: outside.into() });
        let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(lines.len(), 4, "{lines:?}");
        assert!(lines[0].contains("b 2 is under GPL-3.0"));
        assert!(lines[1].contains("c 3 names no licence"));
        assert!(lines[2].contains("ours carries no licence"));
        assert_eq!(lines[3], "deny.toml:4: no crate needs ISC: take it out");
    }
}
