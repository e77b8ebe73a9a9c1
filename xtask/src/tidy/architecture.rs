//! ARCHITECTURE.md against the crates that there are.

use std::collections::{BTreeMap, BTreeSet};

use super::tree::{names_in, numbered, table_below};
use super::{Finding, Metadata, Tree};

const MAP: &str = "ARCHITECTURE.md";
const CRATES: &str = "## The crates";
const KNOWS: &str = "## What a crate may know";
const ABSENT: &str = "## What is absent";
const FOLDERS: &str = "## Where things are";

/// Every crate has a heading with a paragraph below it, and every heading is a crate.
pub fn crates_named(tree: &Tree, metadata: &Metadata) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut named: BTreeMap<&str, (usize, bool)> = BTreeMap::new();
    let mut current = None;
    let section = numbered(tree.content(MAP)).skip_while(|(_, line)| *line != CRATES).skip(1);
    for (n, line) in section.take_while(|(_, line)| !line.starts_with("## ")) {
        if let Some(name) = line.strip_prefix("### ") {
            current = Some(name.trim());
            named.insert(name.trim(), (n, false));
        } else if let Some(told) = current.and_then(|name| named.get_mut(name)) {
            told.1 |= !line.trim().is_empty();
        }
    }
    for (&name, &(line, told)) in &named {
        if !metadata.members.contains_key(name) {
            findings.push(Finding::new(
                MAP,
                line,
                format!("there is no crate {name}: take its paragraph out"),
            ));
        } else if !told {
            findings.push(Finding::new(
                MAP,
                line,
                format!("{name} has no paragraph: say what comes in and goes out"),
            ));
        }
    }
    for name in metadata.members.keys().filter(|name| !named.contains_key(name.as_str())) {
        let message = format!("the crate {name} is not described: add `### {name}` below “{CRATES}”");
        findings.push(Finding::new(MAP, 0, message));
    }
    findings
}

/// In `crates/`, the folder's name is the crate's.
pub fn folders_named(metadata: &Metadata) -> Vec<Finding> {
    let folder =
        |manifest: &str| Some(manifest.strip_prefix("crates/")?.strip_suffix("/Cargo.toml")?.to_owned());
    metadata
        .members
        .iter()
        .filter_map(|(name, member)| Some((name, member, folder(&member.manifest)?)))
        .filter(|(name, _, folder)| *name != folder)
        .map(|(name, member, folder)| {
            Finding::new(
                &member.manifest,
                0,
                format!("the crate {name} lies in a folder of another name, {folder}"),
            )
        })
        .collect()
}

/// A crate knows only the crates that the map allows it, ours and those from outside.
pub fn dependencies_allowed(tree: &Tree, metadata: &Metadata) -> Vec<Finding> {
    let mut findings = Vec::new();
    let map = tree.content(MAP);
    let mut allowed: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (line, cells) in table_below(map, KNOWS) {
        let Some(&[name, knows]) = cells.first_chunk() else { continue };
        for known in names_in(knows).into_iter().chain([name]) {
            if !metadata.members.contains_key(known) {
                findings.push(Finding::new(MAP, line, format!("there is no crate {known}")));
            }
        }
        allowed.insert(name, names_in(knows).into_iter().collect());
    }
    for (name, member) in &metadata.members {
        let Some(allowed) = allowed.get(name.as_str()) else {
            findings.push(Finding::new(MAP, 0, format!("the table of “{KNOWS}” has no row for {name}")));
            continue;
        };
        for used in member.uses.union(&member.tests_use) {
            if metadata.members.contains_key(used) && !allowed.contains(used.as_str()) {
                let line = line_of(tree, &member.manifest, used);
                let message = format!("{name} must not know {used} (table of “{KNOWS}” in {MAP})");
                findings.push(Finding::new(&member.manifest, line, message));
            }
        }
    }
    for (_, cells) in table_below(map, ABSENT) {
        let Some(&[outside, only, why]) = cells.first_chunk() else { continue };
        let only = names_in(only);
        for (name, member) in metadata.members.iter().filter(|(name, _)| !only.contains(&name.as_str())) {
            for used in names_in(outside).into_iter().filter(|used| member.uses.contains(*used)) {
                let line = line_of(tree, &member.manifest, used);
                let message = format!("{name} must not use {used}: {why} (table of “{ABSENT}” in {MAP})");
                findings.push(Finding::new(&member.manifest, line, message));
            }
        }
    }
    findings
}

/// The folders that the map names are there.
pub fn folders_exist(tree: &Tree) -> Vec<Finding> {
    table_below(tree.content(MAP), FOLDERS)
        .into_iter()
        .flat_map(|(line, cells)| {
            cells
                .first()
                .map(|cell| names_in(cell))
                .unwrap_or_default()
                .into_iter()
                .map(move |name| (line, name))
        })
        .filter(|(_, folder)| !tree.has(folder))
        .map(|(line, folder)| Finding::new(MAP, line, format!("there is no folder {folder}")))
        .collect()
}

/// The line of a Cargo.toml that names a dependency.
fn line_of(tree: &Tree, manifest: &str, dependency: &str) -> usize {
    let names = |line: &str| {
        line.strip_prefix(dependency).is_some_and(|rest| rest.trim_start().starts_with(['.', '=']))
    };
    numbered(tree.content(manifest)).find(|(_, line)| names(line)).map_or(0, |(n, _)| n)
}

#[cfg(test)]
mod tests {
    use super::super::metadata::Member;
    use super::*;

    fn metadata(members: &[(&str, &[&str])]) -> Metadata {
        let member = |name: &str, uses: &[&str]| Member {
            manifest: format!("crates/{name}/Cargo.toml"),
            uses: uses.iter().map(|used| (*used).to_owned()).collect(),
            ..Member::default()
        };
        Metadata {
            members: members.iter().map(|(name, uses)| ((*name).to_owned(), member(name, uses))).collect(),
            ..Metadata::default()
        }
    }

    const GOOD: &str = "## The crates\n\n### a\n\nIn and out.\n\n### b\n\nToo.\n\n## What a crate may know\n\n| c | k |\n| - | - |\n| a | – |\n| b | a |\n\n## What is absent\n\n| o | i | w |\n| - | - | - |\n| json | b | why |\n\n## Where things are\n\n| f | w |\n| - | - |\n| `crates/` | x |\n";

    #[test]
    fn a_true_map_is_left_alone() {
        let tree = Tree::of(&[(MAP, GOOD), ("crates/a/Cargo.toml", "")]);
        let metadata = metadata(&[("a", &[]), ("b", &["a", "json"])]);
        assert_eq!(crates_named(&tree, &metadata), []);
        assert_eq!(dependencies_allowed(&tree, &metadata), []);
        assert_eq!(folders_exist(&tree), []);
    }

    #[test]
    fn a_crate_too_many_or_too_few_is_found() {
        let tree = Tree::of(&[(MAP, GOOD)]);
        let found = crates_named(&tree, &metadata(&[("a", &[]), ("c", &[])]));
        assert_eq!(found.len(), 2);
        assert!(found[0].to_string().starts_with("ARCHITECTURE.md:7: there is no crate b"));
        assert!(found[1].message.contains("the crate c is not described"));
        let bare = Tree::of(&[(MAP, "## The crates\n### a\n### b\nx\n")]);
        assert_eq!(crates_named(&bare, &metadata(&[("a", &[]), ("b", &[])])).len(), 1);
    }

    #[test]
    fn forbidden_dependencies_are_found_with_their_line() {
        let manifest = "[dependencies]\nb-more = \"1\"\nb.workspace = true\njson = \"1\"\n";
        let tree = Tree::of(&[(MAP, GOOD), ("crates/a/Cargo.toml", manifest)]);
        let found = dependencies_allowed(&tree, &metadata(&[("a", &["b", "json"]), ("b", &[])]));
        assert_eq!(found.iter().map(|finding| finding.line).collect::<Vec<_>>(), [3, 4]);
        assert!(found[0].message.contains("a must not know b"));
    }

    #[test]
    fn a_crate_in_a_folder_of_another_name_is_found() {
        let mut metadata = metadata(&[("a", &[]), ("b", &[])]);
        assert_eq!(folders_named(&metadata), []);
        metadata.members.get_mut("b").unwrap().manifest = "crates/c/Cargo.toml".to_owned();
        assert_eq!(folders_named(&metadata).len(), 1);
    }

    #[test]
    fn a_folder_that_is_gone_is_found() {
        assert_eq!(folders_exist(&Tree::of(&[(MAP, GOOD)])).len(), 1);
    }
}
