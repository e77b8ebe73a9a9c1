//! What every Cargo.toml of ours must say: why each dependency is there, and that the workspace's lints hold.

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

/// Each crate takes the lints of the workspace.
pub fn lints_taken(tree: &Tree, metadata: &Metadata) -> Vec<Finding> {
    let taken = |manifest: &str| tree.content(manifest).contains("[lints]\nworkspace = true\n");
    let manifests = metadata.members.values().map(|member| member.manifest.as_str());
    manifests
        .filter(|manifest| !taken(manifest))
        .map(|manifest| Finding::new(manifest, 0, "it does not take the workspace's lints: add `[lints]`"))
        .collect()
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

    #[test]
    fn a_crate_without_the_lints_is_found() {
        let tree =
            Tree::of(&[("a/Cargo.toml", "[lints]\nworkspace = true\n"), ("b/Cargo.toml", "[package]\n")]);
        let member = |folder: &str| Member { manifest: format!("{folder}/Cargo.toml"), ..Member::default() };
        let members = [("a".to_owned(), member("a")), ("b".to_owned(), member("b"))].into();
        let found = lints_taken(&tree, &Metadata { members, ..Metadata::default() });
        assert_eq!(found.iter().map(|finding| finding.file.as_str()).collect::<Vec<_>>(), ["b/Cargo.toml"]);
    }
}
