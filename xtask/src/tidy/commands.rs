//! The manual against the commands that there are.

use std::collections::BTreeSet;

use super::tree::numbered;
use super::{Finding, Tree};

const DEFINED: &str = "crates/depeche/src/arguments.rs";
/// Where the arguments of some commands are.
const DEFINED_BESIDE: &str = "crates/depeche/src/arguments/";
const PAGES: &str = "docs/src/commands/";
const SUMMARY: &str = "docs/src/SUMMARY.md";

/// Every command has a page in the manual that the summary lists, and every page is of a command.
pub fn commands_documented(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let commands = commands(tree.content(DEFINED));
    if commands.is_empty() {
        findings.push(Finding::new(DEFINED, 0, "`enum Command` with the subcommands is not to be found"));
    }
    let summary = tree.content(SUMMARY);
    for (line, command) in &commands {
        let page = format!("{PAGES}{command}.md");
        if tree.content(&page).is_empty() {
            findings.push(Finding::new(
                DEFINED,
                *line,
                format!("`depeche {command}` has no page: write {page}"),
            ));
        } else if !summary.contains(&format!("commands/{command}.md")) {
            findings.push(Finding::new(SUMMARY, 0, format!("commands/{command}.md is not listed")));
        }
    }
    for (path, _) in tree.files() {
        let Some(page) = path.strip_prefix(PAGES).and_then(|page| page.strip_suffix(".md")) else { continue };
        if !commands.iter().any(|(_, command)| command == page) {
            findings.push(Finding::new(path, 1, format!("there is no command `depeche {page}`")));
        }
    }
    findings
}

/// Every option has its place in the pages of the commands.
pub fn options_documented(tree: &Tree) -> Vec<Finding> {
    let pages: Vec<&str> = tree
        .files()
        .filter(|(path, _)| path.starts_with(PAGES) || *path == "docs/src/commands.md")
        .map(|(_, content)| content)
        .collect();
    let sources = tree.files().filter(|(path, _)| *path == DEFINED || path.starts_with(DEFINED_BESIDE));
    let defined = sources.flat_map(|(path, content)| {
        options(content).into_iter().map(move |(line, option)| (path, line, option))
    });
    defined
        .filter(|(_, _, option)| !pages.iter().any(|page| page.contains(option.as_str())))
        .map(|(path, line, option)| {
            let message =
                format!("{option} stands on no page: add it to docs/src/commands.md or to its command's");
            Finding::new(path, line, message)
        })
        .collect()
}

/// The commands that README and manual show are there: `depeche NAME`, `cargo run … -- NAME`, `cargo xtask NAME`.
pub fn readme_commands_exist(tree: &Tree) -> Vec<Finding> {
    let commands: BTreeSet<String> =
        commands(tree.content(DEFINED)).into_iter().map(|(_, name)| name).collect();
    let mut findings = Vec::new();
    let pages = tree
        .files()
        .filter(|(path, _)| path.ends_with(".md") && (path.starts_with("docs/src/") || !path.contains('/')));
    for (path, content) in pages {
        let mut fenced = false;
        for (n, line) in numbered(content) {
            if line.trim_start().starts_with("```") {
                fenced = !fenced;
            }
            if !fenced && !line.starts_with("    ") {
                continue;
            }
            let words: Vec<&str> = line.split_whitespace().skip_while(|word| *word == "$").collect();
            let (command, known) = match words.as_slice() {
                ["depeche", command, ..] => (*command, commands.contains(*command)),
                ["cargo", "xtask", command, ..] => (*command, crate::CHORES.contains(command)),
                ["cargo", "run", rest @ ..] => match rest.iter().skip_while(|word| **word != "--").nth(1) {
                    Some(command) => (*command, commands.contains(*command)),
                    None => continue,
                },
                _ => continue,
            };
            if !known && !command.starts_with(['-', '<', '…']) {
                findings.push(Finding::new(path, n, format!("there is no command `{command}`")));
            }
        }
    }
    findings
}

/// The variants of `enum Command` that are shown to users, as they are typed, with their lines.
fn commands(content: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut hidden = false;
    let lines = numbered(content).skip_while(|(_, line)| !line.contains("enum Command {")).skip(1);
    for (n, line) in lines.take_while(|(_, line)| *line != "}") {
        let Some(line) = line.strip_prefix("    ").filter(|line| !line.starts_with(' ')) else { continue };
        if line.starts_with("#[") {
            hidden |= line.contains("hide = true");
        } else if line.starts_with(|c: char| c.is_ascii_uppercase()) {
            if !hidden {
                let name = line.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
                found.push((n, kebab(name)));
            }
            hidden = false;
        }
    }
    found
}

/// The long options, with their lines: fields below an attribute `arg(long …)`.
fn options(content: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut long = false;
    for (n, line) in numbered(content) {
        let line = line.trim();
        if line.starts_with("#[arg(long") {
            long = !line.contains("hide = true");
        } else if let Some((name, _)) = line.strip_prefix("pub ").and_then(|field| field.split_once(':'))
            && std::mem::take(&mut long)
        {
            found.push((n, format!("--{}", name.replace('_', "-"))));
        }
    }
    found
}

fn kebab(name: &str) -> String {
    let mut typed = String::new();
    for (n, c) in name.chars().enumerate() {
        if c.is_ascii_uppercase() && n > 0 {
            typed.push('-');
        }
        typed.push(c.to_ascii_lowercase());
    }
    typed
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENUM: &str = "pub enum Command {\n    /// Reads.\n    Read(Read),\n    /// Follows.\n    FollowUp {\n        /// Shell.\n        Shell: Shell,\n    },\n    #[command(hide = true)]\n    Man,\n}\n";

    #[test]
    fn commands_are_read_from_their_definition() {
        assert_eq!(commands(ENUM), [(3, "read".to_owned()), (5, "follow-up".to_owned())]);
    }

    #[test]
    fn an_option_without_a_word_is_found() {
        let defined = "    #[arg(long, short)]\n    pub max_width: usize,\n    #[arg(long)]\n    pub all: bool,\n    pub other: u8,\n";
        let tree = Tree::of(&[(DEFINED, defined), ("docs/src/commands.md", "`--max-width N`")]);
        let found = options_documented(&tree);
        assert_eq!(found.len(), 1);
        assert!(found[0].message.starts_with("--all stands on no page"));
    }

    #[test]
    fn a_command_without_page_and_a_page_without_command_are_found() {
        let tree = Tree::of(&[
            (DEFINED, ENUM),
            ("docs/src/commands/read.md", "# read"),
            ("docs/src/commands/gone.md", "# gone"),
            (SUMMARY, "commands/read.md"),
        ]);
        let found = commands_documented(&tree);
        assert_eq!(found.len(), 2);
        assert!(found[0].message.contains("`depeche follow-up` has no page"));
        assert_eq!(found[1].file, "docs/src/commands/gone.md");
    }

    #[test]
    fn commands_shown_must_exist() {
        let readme = "depeche is nice\n```\n$ depeche read x\ndepeche gone x\ncargo run --release -- read x\ncargo run -- lost\ncargo xtask tidy\ncargo xtask sing\ncargo test\n```\n";
        let tree = Tree::of(&[(DEFINED, ENUM), ("README.md", readme)]);
        let lines: Vec<usize> = readme_commands_exist(&tree).iter().map(|finding| finding.line).collect();
        assert_eq!(lines, [4, 6, 8]);
    }
}
