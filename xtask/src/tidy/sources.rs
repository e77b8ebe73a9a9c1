//! Every data file says where it comes from and under which licence it may be handed on.

use super::{Finding, Tree};

/// Folders of crates whose files are data, not code.
const DATA: [&str; 5] = ["/data/", "/lang/", "/src/lang/", "/rules/", "/models/"];

/// Lines at the head of a file in which source and licence are looked for.
const HEAD: usize = 15;

/// Each data file names source and licence at its head, or is named by a file beside or above it that does.
pub fn sources_named(tree: &Tree) -> Vec<Finding> {
    tree.files()
        .filter(|(path, _)| is_data(path))
        .filter(|(path, content)| !names_both(head(content)) && !named_beside(tree, path))
        .map(|(path, _)| {
            let message = "no source and licence: name both in a comment at its head, or name the file in a README of \
                           its folder that does";
            Finding::new(path, 1, message)
        })
        .collect()
}

fn is_data(path: &str) -> bool {
    let of_crate = path.starts_with("crates/") && DATA.iter().any(|folder| path.contains(folder));
    let data = of_crate || path.starts_with("examples/") || path.starts_with("corpus/");
    data && !path.ends_with(".rs") && !is_notice(path)
}

fn is_notice(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    ["README.md", "SOURCE", "LICENSE", "CARD.md"].contains(&name)
}

fn head(content: &str) -> &str {
    let end = content.match_indices('\n').nth(HEAD - 1).map_or(content.len(), |(at, _)| at);
    &content[..end]
}

fn names_both(content: &str) -> bool {
    let content = content.to_lowercase();
    content.contains("source") && (content.contains("licence") || content.contains("license"))
}

/// Whether a notice in the file's folder or one above it names source and licence, and the file or a folder that it is in.
fn named_beside(tree: &Tree, path: &str) -> bool {
    path.match_indices('/').any(|(at, _)| {
        let (folder, rest) = (&path[..at], &path[at + 1..]);
        let name = rest.split('/').next().unwrap_or(rest);
        tree.files()
            .filter(|(notice, _)| {
                is_notice(notice) && notice.rsplit_once('/').is_some_and(|(f, _)| f == folder)
            })
            .any(|(_, content)| names_both(content) && content.contains(name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_without_source_is_found() {
        let tree = Tree::of(&[
            ("crates/a/data/good.tsv", "# Source: x. Licence: MIT.\n1\n"),
            ("crates/a/data/bad.tsv", "# Source: x.\n1\n"),
            ("crates/a/src/data/code.rs", "mod x;\n"),
            ("examples/one.txt", "Un texte.\n"),
            ("examples/two.txt", "Un texte.\n"),
            ("examples/SOURCE", "Source: ours. Licence: CC0. Files: one.txt\n"),
            ("corpus/en/a.json", "{}"),
            ("corpus/README.md", "Sources and licence … `en`\n"),
        ]);
        let found: Vec<String> = sources_named(&tree).into_iter().map(|finding| finding.file).collect();
        assert_eq!(found, ["crates/a/data/bad.tsv", "examples/two.txt"]);
    }
}
