//! The words of the interface, from `locales/*.ftl`.

use depeche_record::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

const FRENCH: &str = concat!(include_str!("../locales/fr.ftl"), include_str!("../locales/fr-room.ftl"));
const ENGLISH: &str = concat!(include_str!("../locales/en.ftl"), include_str!("../locales/en-room.ftl"));

/// Looks up words by their key.
pub struct Interface {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Interface {
    /// The languages that the interface has words in.
    pub const LANGUAGES: [Language; 2] = [Language::French, Language::English];

    /// The interface in a language; in English where it has no words in that.
    pub fn new(language: Language) -> Interface {
        let (language, source) = match language {
            Language::French => (Language::French, FRENCH),
            _ => (Language::English, ENGLISH),
        };
        // The identifier picks the plural rules; both codes are well formed.
        let identifier = language.code().parse::<LanguageIdentifier>().unwrap_or_default();
        // What cannot be parsed is left out; the tests hold both files free of faults.
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
        let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
        bundle.set_use_isolating(false);
        // A key that stands twice keeps its first words.
        let _ = bundle.add_resource(resource);
        Interface { language, bundle }
    }

    /// The language, as reports have theirs.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The words of a key; the key itself where it has none.
    pub fn say(&self, key: &str) -> String {
        self.find(key, &[]).unwrap_or_else(|| key.to_owned())
    }

    /// The words of a key with values put in; the key itself where it has none.
    pub fn tell(&self, key: &str, values: &[(&str, FluentValue)]) -> String {
        self.find(key, values).unwrap_or_else(|| key.to_owned())
    }

    /// The words of a key with values, if the key has any.
    pub fn find(&self, key: &str, values: &[(&str, FluentValue)]) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut arguments = FluentArgs::new();
        for (name, value) in values {
            arguments.set(*name, value.clone());
        }
        let mut faults = Vec::new();
        Some(self.bundle.format_pattern(pattern, Some(&arguments), &mut faults).into_owned())
    }

    /// Several things in a row: «a, b et c».
    pub fn list(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => {
                self.tell("list", &[("first", first.join(", ").into()), ("last", last.as_str().into())])
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use depeche_pipeline::{reason, records, store};
    use depeche_record::*;

    use super::*;

    fn keys(source: &str) -> BTreeSet<&str> {
        let starts = |line: &&str| line.starts_with(|c: char| c.is_ascii_lowercase());
        source.lines().filter(starts).filter_map(|line| line.split_once(" =")).map(|(key, _)| key).collect()
    }

    /// Names of the values that the words of each key take.
    fn values(source: &str) -> Vec<(String, BTreeSet<String>)> {
        let mut found: Vec<(String, BTreeSet<String>)> = Vec::new();
        for line in source.lines() {
            if let Some((key, _)) =
                line.split_once(" =").filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase()))
            {
                found.push((key.to_owned(), BTreeSet::new()));
            }
            for piece in line.split('$').skip(1) {
                let name: String = piece.chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
                if let Some((_, names)) = found.last_mut() {
                    names.insert(name);
                }
            }
        }
        found.sort();
        found
    }

    /// The keys that calls name, and all the sources in one.
    fn used(folder: &Path, into: &mut BTreeSet<String>, sources: &mut String) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                used(&path, into, sources);
            } else if path.file_name().is_some_and(|name| name != "interface.rs") {
                let source = fs::read_to_string(&path).unwrap();
                sources.push_str(&source);
                for call in ["say(", "tell(", "find(", "count(", "period("] {
                    for piece in source.split(call).skip(1) {
                        if let Some((key, _)) =
                            piece.trim_start().strip_prefix('"').and_then(|rest| rest.split_once('"'))
                        {
                            into.insert(key.to_owned());
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn both_languages_have_the_same_keys_and_values() {
        assert_eq!(keys(FRENCH), keys(ENGLISH));
        // A language may leave out a value that only chooses between forms («kind» where no form differs).
        for ((key, french), (_, english)) in values(FRENCH).into_iter().zip(values(ENGLISH)) {
            let differ: Vec<&String> = french
                .symmetric_difference(&english)
                .filter(|name| *name != "kind" && *name != "n")
                .collect();
            assert!(differ.is_empty(), "{key}: {differ:?}");
        }
    }

    #[test]
    fn both_files_parse() {
        for source in [FRENCH, ENGLISH] {
            assert!(FluentResource::try_new(source.to_owned()).is_ok());
        }
    }

    #[test]
    fn every_key_used_exists() {
        let (mut wanted, mut sources) = (BTreeSet::new(), String::new());
        let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        for entry in fs::read_dir(crates).unwrap().map(Result::unwrap) {
            let manifest = fs::read_to_string(entry.path().join("Cargo.toml")).unwrap_or_default();
            if manifest.contains("depeche-interface") {
                used(&entry.path().join("src"), &mut wanted, &mut sources);
            }
        }
        assert!(wanted.len() > 40, "{wanted:?}");
        let mut add =
            |family: &str, label: &str| wanted.insert(format!("{family}-{}", label.replace('_', "-")));
        ContactKind::ALL.iter().for_each(|kind| {
            add("kind", kind.label());
        });
        Status::ALL.iter().for_each(|status| {
            add("status", status.label());
        });
        Status::ALL.iter().for_each(|status| {
            add("summary-status", status.label());
        });
        Act::ALL.iter().for_each(|act| {
            add("act", act.label());
        });
        Relation::ALL.iter().for_each(|relation| {
            add("relation", relation.label());
        });
        Relation::ALL.iter().for_each(|relation| {
            add("relation-name", relation.label());
        });
        for feature in [
            "sides",
            "people",
            "date",
            "near-date",
            "place",
            "kind",
            "status",
            "publication",
            "words",
            "copy",
        ] {
            add("feature", feature);
        }
        Language::ALL.iter().for_each(|language| {
            add("language", language.code());
        });
        for stance in [Stance::Confirms, Stance::Denies, Stance::Declines, Stance::Neither, Stance::Silent] {
            add("stance", stance.label());
        }
        for basis in [Basis::Given, Basis::Metadata, Basis::Address, Basis::Text, Basis::Computed] {
            add("basis", records::basis_label(basis));
        }
        for kind in ContradictionKind::ALL {
            add("contradiction", kind.label());
        }
        for kind in GapKind::ALL {
            add("gap", kind.label());
        }
        for kind in [
            ProblemKind::Missing,
            ProblemKind::Unreadable,
            ProblemKind::Unreachable,
            ProblemKind::Refused,
            ProblemKind::NotText,
            ProblemKind::BadRecord,
            ProblemKind::TooLarge,
            ProblemKind::UnknownFormat,
            ProblemKind::Empty,
            ProblemKind::DuplicateId,
            ProblemKind::Replaced,
            ProblemKind::UnknownLanguage,
            ProblemKind::LeftOut,
            ProblemKind::BadValue,
        ] {
            add("problem", records::problem_label(kind));
        }
        for subject in ["report", "contact", "statement", "actor", "contradiction", "gap", "judgement"] {
            add("subject", subject);
        }
        for field in [
            "kind",
            "status",
            "date",
            "place",
            "sides",
            "name",
            "gazetteer",
            "published",
            "outlet",
            "title",
            "act",
            "speaker",
        ] {
            add("field", field);
        }
        let assumptions = include_str!("assumptions.rs").split(", \"assumed-").skip(1);
        for key in assumptions.filter_map(|rest| rest.split_once('"')) {
            add("assumed", key.0);
        }
        for decision in ["same", "not-same", "accept", "reject", "correct", "note", "undo"] {
            add("decision", decision);
        }
        for outcome in ["applied", "undone", "overruled", "gone", "unusable", "waiting"] {
            add("outcome", outcome);
        }
        for item in store::Item::ALL {
            add("subject", item.label());
        }
        for change in ["new", "changed", "gone"] {
            add("change", change);
        }
        reason::KEYS.iter().for_each(|key| {
            add("reason", key.key);
        });
        (1..=12).for_each(|month| {
            add("month", &month.to_string());
        });
        for kind in ["agency", "newspaper", "broadcaster", "site", "platform", "photo agency"] {
            add("outlet", &kind.replace(' ', "-"));
        }
        for span in ["day", "week", "month", "all"] {
            add("room-span", span);
        }
        // The formats of `export`, from the one list that there is; and what a browser prints.
        let formats =
            include_str!("../../depeche-export/src/formats/mod.rs").split_once("\nformats! {").unwrap().1;
        let formats =
            formats.lines().take_while(|line| *line != "}").filter_map(|line| line.split('"').nth(1));
        let formats: Vec<&str> = formats.filter(|name| !name.contains(' ')).chain(["pdf"]).collect();
        assert!(formats.contains(&"csv") && formats.contains(&"obsidian"), "{formats:?}");
        for format in formats {
            add("format", format);
        }
        let there = keys(ENGLISH);
        let missing: Vec<&String> = wanted.iter().filter(|key| !there.contains(key.as_str())).collect();
        assert!(missing.is_empty(), "{missing:?}");
        let unused: Vec<&&str> = there
            .iter()
            .filter(|key| !wanted.contains(**key) && !sources.contains(&format!("\"{key}\"")))
            .collect();
        assert!(unused.is_empty(), "{unused:?}");
    }

    #[test]
    fn french_marks_keep_to_their_words() {
        let words: String = FRENCH.lines().filter(|line| !line.starts_with('#')).collect();
        for mark in [" :", " ;", " !", " ?", "« ", " »"] {
            assert!(!words.contains(mark), "an ordinary space beside ‘{mark}’");
        }
    }
}
