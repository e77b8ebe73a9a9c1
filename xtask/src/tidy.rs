//! What keeps the repository true.
//!
//! What comes in: the working tree and what cargo says of it. What goes out: findings, each with file, line and what to
//! do. A check is a function from a [`Tree`] to findings; it knows no other check.

mod architecture;
mod commands;
mod decisions;
mod figures;
mod licences;
mod links;
mod manifests;
mod metadata;
mod rules;
mod sources;
mod tree;
mod wording;

use std::fmt;
use std::path::Path;

use anyhow::Result;

pub use metadata::Metadata;
pub use tree::Tree;

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Path from the root of the repository.
    pub file: String,
    /// Line, from 1; 0 for the file as a whole.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl Finding {
    fn new(file: impl Into<String>, line: usize, message: impl Into<String>) -> Finding {
        Finding { file: file.into(), line, message: message.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.message),
            line => write!(f, "{}:{line}: {}", self.file, self.message),
        }
    }
}

/// All that is not as it should be in the repository at `root`.
pub fn tidy(root: &Path) -> Result<Vec<Finding>> {
    let tree = Tree::open(root)?;
    let metadata = Metadata::of(root)?;
    let mut findings = Vec::new();
    findings.extend(architecture::crates_named(&tree, &metadata));
    findings.extend(architecture::dependencies_allowed(&tree, &metadata));
    findings.extend(architecture::folders_exist(&tree));
    findings.extend(architecture::folders_named(&metadata));
    findings.extend(manifests::reasons_given(&tree, &metadata));
    findings.extend(manifests::lints_taken(&tree, &metadata));
    findings.extend(licences::licences_allowed(&tree, &metadata));
    findings.extend(rules::verbs_conjugated(&tree));
    findings.extend(sources::sources_named(&tree));
    findings.extend(commands::commands_documented(&tree));
    findings.extend(commands::options_documented(&tree));
    findings.extend(commands::readme_commands_exist(&tree));
    findings.extend(decisions::decisions_numbered(&tree));
    findings.extend(links::links_lead_somewhere(&tree));
    findings.extend(links::pages_listed(&tree));
    findings.extend(figures::figures_shown(&tree));
    findings.extend(wording::words_of_the_house(&tree));
    findings.extend(wording::no_test_left_out(&tree));
    findings.sort();
    findings.dedup();
    Ok(findings)
}
