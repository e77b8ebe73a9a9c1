//! The verbs of the rules are verbs that the language stage conjugates.

use std::collections::BTreeSet;

use super::tree::numbered;
use super::{Finding, Tree};

/// Each `@verb` of a rule file is in the list of verbs of its language; a rule with another is never met.
pub fn verbs_conjugated(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, content) in tree.files() {
        let Some(rest) = path.strip_prefix("crates/depeche-extract/rules/") else { continue };
        let Some((language, _)) = rest.split_once('/') else { continue };
        let verbs = format!("crates/depeche-language/lang/{language}/verbs.tsv");
        let listed: BTreeSet<&str> = tree.content(&verbs).split([' ', '\t', '\n', '/', ',']).collect();
        for (line, row) in numbered(content).filter(|(_, row)| !row.starts_with('#')) {
            let pattern = row.split('\t').next().unwrap_or("");
            for verb in pattern.split([' ', '|']).filter_map(|test| test.strip_prefix('@')) {
                if !listed.contains(verb) {
                    let message = format!("«@{verb}» is never met: add it to {verbs}");
                    findings.push(Finding::new(path, line, message));
                }
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verb_that_no_list_has_is_told() {
        let tree = Tree::of(&[
            ("crates/depeche-extract/rules/fr/speech.tsv", "# @rien\n@dire|@souffler\tverb\tstate\n"),
            ("crates/depeche-language/lang/fr/verbs.tsv", "dire\tdire redire\n"),
        ]);
        let findings = verbs_conjugated(&tree);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].line, 2);
        assert!(findings[0].message.contains("@souffler"));
    }
}
