//! The files of the repository.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// Folders that hold what is built, not what is written.
const BUILT: [&str; 5] = [
    "target",
    "docs/book",
    ".git",
    "crates/depeche-web/browser/node_modules",
    "crates/depeche-export/foreign/node_modules",
];

/// The text files of the repository, by their path from the root with `/` between folders.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    files: BTreeMap<String, String>,
    /// Files that are no text: pictures.
    others: BTreeSet<String>,
}

impl Tree {
    /// Reads all files below `root` that are text; what is built is left out.
    pub fn open(root: &Path) -> Result<Tree> {
        let mut tree = Tree::default();
        tree.walk(root, "")?;
        Ok(tree)
    }

    /// A tree of files that are on no disk.
    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> Tree {
        let files = files.iter().map(|(path, content)| ((*path).into(), (*content).into())).collect();
        Tree { files, others: BTreeSet::new() }
    }

    /// Path and content of each file, by path.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, content)| (path.as_str(), content.as_str()))
    }

    /// The content of a file; empty where there is none.
    pub fn content(&self, path: &str) -> &str {
        self.files.get(path).map_or("", String::as_str)
    }

    /// Whether there is such a file, or a folder that holds one.
    pub fn has(&self, path: &str) -> bool {
        let folder = format!("{}/", path.trim_end_matches('/'));
        self.files.contains_key(path)
            || self.others.contains(path)
            || self.files.range(folder.clone()..).next().is_some_and(|(p, _)| p.starts_with(&folder))
    }

    fn walk(&mut self, folder: &Path, prefix: &str) -> Result<()> {
        let entries = fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
            let kind = entry.file_type()?;
            if BUILT.contains(&path.as_str()) {
                continue;
            }
            if kind.is_dir() {
                self.walk(&entry.path(), &path)?;
            } else if kind.is_file() {
                match fs::read_to_string(entry.path()) {
                    Ok(content) => drop(self.files.insert(path, content)),
                    Err(_) => drop(self.others.insert(path)),
                }
            }
        }
        Ok(())
    }
}

/// The lines of a content with their numbers, from 1.
pub(crate) fn numbered(content: &str) -> impl Iterator<Item = (usize, &str)> {
    content.lines().enumerate().map(|(n, line)| (n + 1, line))
}

/// The cells of a Markdown table's rows below the line `heading`, with line numbers, until the table ends; the row of
/// names and the rule below it left out.
pub(crate) fn table_below<'a>(content: &'a str, heading: &str) -> Vec<(usize, Vec<&'a str>)> {
    let mut rows: Vec<(usize, Vec<&str>)> = Vec::new();
    let below = numbered(content).skip_while(|(_, line)| line.trim() != heading).skip(1);
    for (n, line) in below.take_while(|(_, line)| !line.starts_with("## ")) {
        match line.trim().strip_prefix('|').and_then(|line| line.strip_suffix('|')) {
            Some(cells) => rows.push((n, cells.split('|').map(str::trim).collect())),
            None if rows.is_empty() => {}
            None => break,
        }
    }
    rows.into_iter().skip(2).collect()
}

/// The names in a cell, separated by commas; a dash stands for none.
pub(crate) fn names_in(cell: &str) -> Vec<&str> {
    cell.split(',')
        .map(|name| name.trim().trim_matches('`'))
        .filter(|name| !name.is_empty() && *name != "–")
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_read_below_their_heading() {
        let content = "## A\n\n| x | y |\n| --- | --- |\n| `a` | b, c |\n| d | – |\n\ntext\n\n## B\n| p |\n| - |\n| q |\n";
        let rows = table_below(content, "## A");
        assert_eq!(rows, [(5, vec!["`a`", "b, c"]), (6, vec!["d", "–"])]);
        assert_eq!(names_in(rows[0].1[1]), ["b", "c"]);
        assert_eq!(names_in(rows[1].1[1]), Vec::<&str>::new());
    }

    #[test]
    fn folders_are_known_by_their_files() {
        let tree = Tree::of(&[("docs/a.md", "")]);
        assert!(tree.has("docs") && tree.has("docs/") && tree.has("docs/a.md"));
        assert!(!tree.has("doc"));
    }
}
