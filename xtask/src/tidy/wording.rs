//! Words that have no place in the repository, and tests that must not be left out.

use super::tree::numbered;
use super::{Finding, Tree};

/// What speaks of one machine or of how a text was made, not of the project. Written in halves, so that this file does
/// not find itself.
const UNWELCOME: [(&str, &str, &str); 7] = [
    ("/wo", "rk/", "a path of one machine"),
    ("/ro", "ot/", "a path of one machine"),
    ("/ho", "me/", "a path of one machine"),
    ("C:\\Us", "ers", "a path of one machine"),
    ("co-auth", "ored-by:", "a line of a commit"),
    ("gener", "ated with", "say what a text is, not how it was made"),
    ("index.cra", "tes.io", "the host of a registry"),
];

/// No path of one machine, no registry's host, no word of how a text came to be.
pub fn words_of_the_house(tree: &Tree) -> Vec<Finding> {
    let unwelcome: Vec<(String, &str)> =
        UNWELCOME.iter().map(|(head, tail, why)| (format!("{head}{tail}").to_lowercase(), *why)).collect();
    let mut findings = Vec::new();
    // What other people write is theirs: reports, and names of the world.
    let ours = |path: &str| {
        !path.starts_with("corpus/")
            && !path.starts_with("examples/")
            && path != "Cargo.lock"
            && !path.contains("/data/")
    };
    for (path, content) in tree.files().filter(|(path, _)| ours(path)) {
        for (n, line) in numbered(content) {
            let line = line.to_lowercase();
            for (word, why) in unwelcome.iter().filter(|(word, _)| mentions(&line, word)) {
                findings.push(Finding::new(path, n, format!("“{word}”: {why}")));
            }
        }
    }
    findings
}

/// Whether a line holds a word; a path only where it begins one, not within an address or a relative path.
fn mentions(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        !word.starts_with('/') || !line[..at].ends_with(|c: char| c.is_alphanumeric() || ".-_/".contains(c))
    })
}

/// No test is switched off: what is known not to work yet is a known gap of the suite.
pub fn no_test_left_out(tree: &Tree) -> Vec<Finding> {
    let mark = format!("#[{}", "ignore");
    let mut findings = Vec::new();
    for (path, content) in tree.files().filter(|(path, _)| path.ends_with(".rs")) {
        for (n, _) in numbered(content).filter(|(_, line)| line.trim_start().starts_with(&mark)) {
            findings.push(Finding::new(path, n, "a test that does not run: mend it or take it out"));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_a_machine_are_found() {
        let path = format!("see {}{}main", "/wo", "rk/");
        let inside = format!("https://a.example{}{}x and net{}{}y", "/wo", "rk/", "/wo", "rk/");
        let tree = Tree::of(&[("a.md", &path), ("b.md", &inside), ("corpus/a.txt", &path)]);
        let found = words_of_the_house(&tree);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].file.as_str(), found[0].line), ("a.md", 1));
    }

    #[test]
    fn a_test_switched_off_is_found() {
        let code = format!("#[test]\n#[{}]\nfn a() {{}}\n", "ignore");
        assert_eq!(no_test_left_out(&Tree::of(&[("a.rs", &code)])).len(), 1);
    }
}
