//! Links within the repository lead somewhere, and every page of the manual is in its table of contents.

use super::tree::numbered;
use super::{Finding, Tree};

const SUMMARY: &str = "docs/src/SUMMARY.md";

/// Every relative link of a page names a file or folder that is there.
pub fn links_lead_somewhere(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, content) in tree.files().filter(|(path, _)| is_page(path)) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut fenced = false;
        for (n, line) in numbered(content) {
            if line.trim_start().starts_with("```") {
                fenced = !fenced;
            }
            if fenced {
                continue;
            }
            for link in line.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
                let target = link.split('#').next().unwrap_or_default();
                if target.is_empty() || target.contains("://") || target.starts_with("mailto:") {
                    continue;
                }
                if !tree.has(&resolved(folder, target)) {
                    findings.push(Finding::new(path, n, format!("the link {link} leads nowhere")));
                }
            }
        }
    }
    findings
}

/// Every page of the manual is listed in SUMMARY.md.
pub fn pages_listed(tree: &Tree) -> Vec<Finding> {
    let summary = tree.content(SUMMARY);
    tree.files()
        .filter_map(|(path, _)| path.strip_prefix("docs/src/"))
        .filter(|page| {
            page.ends_with(".md") && *page != "SUMMARY.md" && !summary.contains(&format!("({page})"))
        })
        .map(|page| Finding::new(SUMMARY, 0, format!("{page} is not listed")))
        .collect()
}

fn is_page(path: &str) -> bool {
    path.ends_with(".md")
        && !["corpus/", "examples/", "suite/cases/"].iter().any(|folder| path.starts_with(folder))
}

/// The path that a link of a page in `folder` leads to.
fn resolved(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dead_links_are_found() {
        let page =
            "[a](b.md#x) [c](../README.md) [d](https://a.example/x) [e](gone.md)\n```\n[f](lost.md)\n```\n";
        let tree = Tree::of(&[("docs/a.md", page), ("docs/b.md", ""), ("README.md", "[docs](docs)")]);
        let found = links_lead_somewhere(&tree);
        assert_eq!(
            found.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["docs/a.md:1: the link gone.md leads nowhere"]
        );
    }

    #[test]
    fn a_page_off_the_list_is_found() {
        let tree = Tree::of(&[("docs/src/a.md", ""), ("docs/src/b.md", ""), (SUMMARY, "- [A](a.md)")]);
        assert_eq!(pages_listed(&tree).len(), 1);
    }
}
