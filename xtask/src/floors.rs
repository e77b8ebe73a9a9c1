//! Floors: the figures on the corpus below which a change must not fall.
//!
//! `corpus/floors.toml` has a table a folder: the digest of what was measured, and a floor a figure. A figure that falls
//! below its floor fails the build; raising floors is a commit of its own. The README shows the main ones. Below `language` is
//! a table a language, for the analyser on the sample of trees in `corpus/language`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use depeche_pipeline::record::Language;
use sha2::{Digest, Sha256};

use crate::language;
use crate::measure::measure;
use crate::score::rounded;

/// Where the floors are, from the root.
pub const FLOORS: &str = "corpus/floors.toml";

const HEAD: &str = "\
# Figures on the corpus below which a change must not fall, and the SHA-256 of what they were measured on.
# Written by `cargo xtask floors --raise`; a floor is lowered by hand, with the reason in the commit.
# Source: measured on the folders of corpus/. Licence: MIT OR Apache-2.0.
";

/// The lines between which the README shows figures.
const SHOWN: (&str, &str) =
    ("<!-- figures: written by `cargo xtask floors --raise` -->", "<!-- end of figures -->");

/// Columns of the table that the README shows: heading and figure.
const COLUMNS: [(&str, &str); 7] = [
    ("overall", "overall"),
    ("contacts", "contacts"),
    ("… with kind, status and sides", "contacts_full"),
    ("statements", "statements"),
    ("quotes", "quotes"),
    ("origins", "origins"),
    ("contacts merged (B³)", "dossier_events_bcubed"),
];

/// Columns of the table of the analyser's figures: heading and figure.
const LANGUAGE_COLUMNS: [(&str, &str); 4] = [
    ("tokens, from text", "tokens"),
    ("UPOS, from gold tokens", "upos"),
    ("lemmas", "lemmas"),
    ("LAS", "las"),
];

/// What the names of the analyser's floors begin with.
const LANGUAGE: &str = "language.";

/// The floors of one folder.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Floor {
    /// SHA-256 of the folder's content.
    pub digest: String,
    /// Lowest figures allowed.
    pub figures: BTreeMap<String, f64>,
}

/// Floors by folder; those of the analyser by `language.fr` and so on.
pub type Floors = BTreeMap<String, Floor>;

/// Reads the floors.
pub fn parse(content: &str) -> Result<Floors> {
    let table: toml::Table = content.parse().context("corpus/floors.toml is no TOML")?;
    let mut floors = Floors::new();
    for (folder, value) in &table {
        parse_floor(folder, value, &mut floors)?;
    }
    Ok(floors)
}

fn parse_floor(folder: &str, value: &toml::Value, floors: &mut Floors) -> Result<()> {
    let mut floor = Floor::default();
    for (name, value) in value.as_table().with_context(|| format!("{folder} is no table"))? {
        match value {
            toml::Value::String(digest) if name == "digest" => floor.digest.clone_from(digest),
            toml::Value::Float(figure) => {
                floor.figures.insert(name.clone(), *figure);
            }
            toml::Value::Integer(figure) => {
                floor.figures.insert(name.clone(), *figure as f64);
            }
            toml::Value::Table(_) => parse_floor(&format!("{folder}.{name}"), value, floors)?,
            _ => anyhow::bail!("{folder}: {name} is neither a figure nor the digest"),
        }
    }
    if floor != Floor::default() {
        floors.insert(folder.to_owned(), floor);
    }
    Ok(())
}

/// Writes the floors.
pub fn write(floors: &Floors) -> String {
    let mut content = HEAD.to_owned();
    for (folder, floor) in floors {
        let _ = write!(content, "\n[{folder}]\ndigest = \"{}\"\n", floor.digest);
        for (name, figure) in &floor.figures {
            let _ = writeln!(content, "{name} = {figure:.4}");
        }
    }
    content
}

/// The folders of the corpus that hold texts, sorted.
pub fn folders(root: &Path) -> Result<Vec<String>> {
    let corpus = root.join("corpus");
    let mut names = Vec::new();
    for entry in fs::read_dir(&corpus).with_context(|| format!("cannot list {}", corpus.display()))? {
        let entry = entry?;
        if entry.path().join("texts.jsonl").is_file() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// Measures all folders and the analyser: the floors as they would stand now.
pub fn measured(root: &Path) -> Result<Floors> {
    let mut floors = Floors::new();
    for folder in folders(root)? {
        let path = root.join("corpus").join(&folder);
        let figures = measure(&path)?.held();
        floors.insert(folder, Floor { digest: digest(&path)?, figures });
    }
    for of in Language::ALL {
        let path = language::sample(root, of);
        let gold = language::read(&path, "holding the analyser to its floors")?;
        let held = language::measure(&gold, of).held();
        let figures = held.into_iter().map(|(name, figure)| (name.to_owned(), figure)).collect();
        let content = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let floor = Floor { digest: hex(Sha256::new().chain_update(content)), figures };
        floors.insert(format!("{LANGUAGE}{of}"), floor);
    }
    Ok(floors)
}

/// What is below its floor, or was measured on something else; empty where all is well.
pub fn fallen(floors: &Floors, now: &Floors) -> Vec<String> {
    let mut told = Vec::new();
    for (folder, floor) in floors {
        let Some(found) = now.get(folder) else {
            told.push(format!("{folder}: the folder is gone"));
            continue;
        };
        if floor.digest != found.digest {
            told.push(format!("{folder}: its content is not what the floors were measured on"));
        }
        for (name, floor) in &floor.figures {
            match found.figures.get(name) {
                None => told.push(format!("{folder}: {name} is not measured any more")),
                Some(figure) if rounded(*figure) < rounded(*floor) => {
                    told.push(format!("{folder}: {name} fell from {floor:.4} to {figure:.4}"));
                }
                Some(_) => {}
            }
        }
    }
    for folder in now.keys().filter(|folder| !floors.contains_key(*folder)) {
        told.push(format!("{folder}: no floors yet; run `cargo xtask floors --raise`"));
    }
    told
}

/// The higher of both for each figure; figures that are no longer measured go, and where the content is another one, all
/// floors are those of now.
pub fn raised(floors: &Floors, now: &Floors) -> Floors {
    let mut raised = now.clone();
    for (folder, floor) in &mut raised {
        let Some(before) = floors.get(folder).filter(|before| before.digest == floor.digest) else {
            continue;
        };
        for (name, figure) in &mut floor.figures {
            *figure = before.figures.get(name).copied().unwrap_or(0.0).max(*figure);
        }
    }
    raised
}

/// The README's table of figures.
pub fn shown(floors: &Floors) -> String {
    let folders = floors.iter().filter(|(folder, _)| !folder.starts_with(LANGUAGE));
    table("folder", &COLUMNS, folders.map(|(folder, floor)| (folder.as_str(), floor)))
}

/// The table of the analyser's figures.
pub fn shown_language(floors: &Floors) -> String {
    let languages = floors.iter().filter_map(|(folder, floor)| Some((folder.strip_prefix(LANGUAGE)?, floor)));
    table("language", &LANGUAGE_COLUMNS, languages)
}

fn table<'f>(
    first: &str,
    columns: &[(&str, &str)],
    floors: impl Iterator<Item = (&'f str, &'f Floor)>,
) -> String {
    let mut table = format!("| {first} |");
    for (heading, _) in columns {
        let _ = write!(table, " {heading} |");
    }
    table += "\n| --- |";
    table += &" ---: |".repeat(columns.len());
    table.push('\n');
    for (folder, floor) in floors {
        let _ = write!(table, "| `{folder}` |");
        for (_, name) in columns {
            match floor.figures.get(*name) {
                Some(figure) => {
                    let _ = write!(table, " {figure:.2} |");
                }
                None => table += " – |",
            }
        }
        table.push('\n');
    }
    table
}

/// The README with its table of figures as the floors have it; none where it has no place for one.
pub fn with_figures(readme: &str, floors: &Floors) -> Option<String> {
    let start = readme.find(SHOWN.0)? + SHOWN.0.len();
    let end = start + readme[start..].find(SHOWN.1)?;
    Some(format!("{}\n\n{}\n{}", &readme[..start], shown(floors), &readme[end..]))
}

/// SHA-256 over the names and contents of a folder's files, sorted by name.
fn digest(folder: &Path) -> Result<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))? {
        names.push(entry?.file_name());
    }
    names.sort();
    let mut hash = Sha256::new();
    for name in names {
        let content =
            fs::read(folder.join(&name)).with_context(|| format!("cannot read {}", name.display()))?;
        hash.update(name.as_encoded_bytes());
        hash.update((content.len() as u64).to_be_bytes());
        hash.update(&content);
    }
    Ok(hex(hash))
}

fn hex(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn floors(digest: &str, overall: f64) -> Floors {
        let figures = [("overall".to_owned(), overall)].into();
        [("fr".to_owned(), Floor { digest: digest.to_owned(), figures })].into()
    }

    #[test]
    fn floors_survive_writing() {
        let before = floors("ab", 0.5);
        assert_eq!(parse(&write(&before)).unwrap(), before);
        assert!(parse("[fr]\noverall = \"high\"\n").is_err());
    }

    #[test]
    fn the_floors_of_the_analyser_are_tables_of_their_own() {
        let mut before = floors("ab", 0.5);
        let figures = [("las".to_owned(), 0.25)].into();
        before.insert("language.fr".to_owned(), Floor { digest: "cd".to_owned(), figures });
        let content = write(&before);
        assert!(content.contains("\n[language.fr]\ndigest = \"cd\"\nlas = 0.2500\n"), "{content}");
        assert_eq!(parse(&content).unwrap(), before);
        assert!(!shown(&before).contains("language") && shown(&before).contains("| `fr` | 0.50 |"));
        assert!(shown_language(&before).contains("| `fr` | – | – | – | 0.25 |"));
    }

    #[test]
    fn a_fall_and_another_content_are_told() {
        assert_eq!(fallen(&floors("ab", 0.5), &floors("ab", 0.5)), Vec::<String>::new());
        assert_eq!(fallen(&floors("ab", 0.5), &floors("ab", 0.6)), Vec::<String>::new());
        assert_eq!(
            fallen(&floors("ab", 0.5), &floors("ab", 0.4)),
            ["fr: overall fell from 0.5000 to 0.4000"]
        );
        assert_eq!(fallen(&floors("ab", 0.5), &floors("cd", 0.5)).len(), 1);
        assert_eq!(fallen(&Floors::new(), &floors("ab", 0.5)).len(), 1);
    }

    #[test]
    fn raising_never_lowers() {
        assert_eq!(raised(&floors("ab", 0.5), &floors("ab", 0.4)), floors("ab", 0.5));
        assert_eq!(raised(&floors("ab", 0.5), &floors("ab", 0.6)), floors("ab", 0.6));
        assert_eq!(raised(&floors("ab", 0.5), &floors("cd", 0.4)), floors("cd", 0.4));
    }

    #[test]
    fn the_readme_shows_the_floors() {
        let readme = format!("a\n{}\nstale\n{}\nb\n", SHOWN.0, SHOWN.1);
        let shown = with_figures(&readme, &floors("ab", 0.5)).unwrap();
        assert!(shown.contains("| `fr` | 0.50 | – |") && !shown.contains("stale") && shown.ends_with("b\n"));
        assert_eq!(with_figures(&shown, &floors("ab", 0.5)).unwrap(), shown);
    }
}
