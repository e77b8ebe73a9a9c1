//! Decisions are numbered without holes, and listed.

use super::tree::numbered;
use super::{Finding, Tree};

const FOLDER: &str = "docs/decisions/";
const INDEX: &str = "docs/decisions/README.md";

/// `docs/decisions/NNNN-title.md`, from 0001 on; each in the index, each saying what would reopen it.
pub fn decisions_numbered(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let index = tree.content(INDEX);
    let files: Vec<(&str, &str)> = tree
        .files()
        .filter_map(|(path, content)| Some((path.strip_prefix(FOLDER)?, content)))
        .filter(|(name, _)| *name != "README.md")
        .collect();
    for (n, (name, content)) in files.iter().enumerate() {
        let path = format!("{FOLDER}{name}");
        if !name.starts_with(&format!("{:04}-", n + 1)) || !name.ends_with(".md") {
            let message = format!("{:04}-title.md is expected here: numbers run on without holes", n + 1);
            findings.push(Finding::new(&path, 0, message));
        }
        if !index.contains(name) {
            findings.push(Finding::new(INDEX, 0, format!("{name} is not listed")));
        }
        if !content.to_lowercase().contains("reopen") {
            findings.push(Finding::new(&path, 0, "it does not say what would reopen it"));
        }
    }
    for (n, line) in numbered(index) {
        for link in line.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.ends_with(".md") && !link.contains("..") && !tree.has(&format!("{FOLDER}{link}")) {
                findings.push(Finding::new(INDEX, n, format!("there is no decision {link}")));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_and_strays_are_found() {
        let tree = Tree::of(&[
            ("docs/decisions/0001-one.md", "Reopened by a fact."),
            ("docs/decisions/0003-three.md", "Because."),
            (INDEX, "[1](0001-one.md)\n[4](0004-four.md)\n"),
        ]);
        let found: Vec<String> = decisions_numbered(&tree).iter().map(ToString::to_string).collect();
        assert_eq!(found.len(), 4, "{found:?}");
        assert!(found[0].contains("0002-title.md is expected"));
        assert!(found[1].contains("0003-three.md is not listed"));
        assert!(found[2].contains("reopen"));
        assert_eq!(found[3], "docs/decisions/README.md:2: there is no decision 0004-four.md");
    }
}
