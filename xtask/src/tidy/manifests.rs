//! Every dependency says why it is there.

use super::tree::numbered;
use super::{Finding, Metadata, Tree};

/// Each dependency from outside has a comment: on its line, or above it for the lines that follow without a blank one.
pub fn reasons_given(tree: &Tree, metadata: &Metadata) -> Vec<Finding> {
    let mut findings = Vec::new();
    for member in metadata.members.values() {
        let (mut within, mut reason) = (false, false);
        for (n, line) in numbered(tree.content(&member.manifest)) {
            let line = line.trim();
            if line.starts_with('[') {
                (within, reason) = (line.ends_with("dependencies]"), false);
            } else if line.is_empty() {
                reason = false;
            } else if line.starts_with('#') {
                reason = true;
            } else if within {
                let name = line.split(['.', '=', ' ']).next().unwrap_or_default();
                let own = metadata.members.contains_key(name);
                if !own && !reason && !line.contains(" # ") && starts_dependency(line) {
                    let message =
                        format!("{name} has no reason: say why it is needed in a comment on its line");
                    findings.push(Finding::new(&member.manifest, n, message));
                }
            }
        }
    }
    findings
}

/// Whether a line names a dependency, and is not the rest of one written over several lines.
fn starts_dependency(line: &str) -> bool {
    line.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '"') && line.contains('=')
}

#[cfg(test)]
mod tests {
    use super::super::metadata::Member;
    use super::*;

    #[test]
    fn a_dependency_without_reason_is_found() {
        let manifest = "[package]\nname = \"a\"\n[dependencies]\na-record.workspace = true\nserde = \"1\" # shapes\n# Colour.\nanstream.workspace = true\nanstyle.workspace = true\n\nrayon.workspace = true\n[dev-dependencies]\nproptest.workspace = true\n";
        let tree = Tree::of(&[("Cargo.toml", manifest)]);
        let member = Member { manifest: "Cargo.toml".into(), ..Member::default() };
        let members = [("a-record".to_owned(), Member::default()), ("a".to_owned(), member)].into();
        let found = reasons_given(&tree, &Metadata { members, ..Metadata::default() });
        assert_eq!(found.iter().map(|finding| finding.line).collect::<Vec<_>>(), [10, 12]);
    }
}
