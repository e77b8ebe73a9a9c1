//! The word lists of each language that tokens and sentences rest on, from `lang/`.

use std::sync::OnceLock;

use depeche_record::Language;

use crate::fold::fold;
use crate::hash::{Bag, Table};

/// How a shortened word behaves before a full stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// Always followed by the name it belongs to: `M.`, `Dr.`, `им.`
    Leading,
    /// May end a sentence: `etc.`, `г.`, `U.S.`
    Ending,
    /// Shortened only beside a number, else a word of its own: `sept. 2025`, `no. 5`.
    Numbered,
}

/// Word lists of one language.
pub(crate) struct Grammar {
    /// Shortened words, without their full stop.
    pub abbreviations: Table<String, Abbreviation>,
    /// Words that lose their last vowel before another word, without apostrophe: `l`, `qu`, `jusqu`.
    pub elisions: Bag<String>,
    /// Words hung on a verb or noun by a hyphen, each with the letters that its host may end in (`*` for any).
    pub enclitics: Table<String, String>,
    /// Words with apostrophe or hyphen that look cut but are one.
    pub wholes: Bag<String>,
    /// Words hung on by an apostrophe: `s`, `re`, `ve`.
    pub contractions: Bag<String>,
    /// Words that open a sentence far more often than a name.
    pub openers: Bag<String>,
    /// Forms that follow the speaker after a question or exclamation in quotes: “Ready?” Trump asked.
    pub reporting: Bag<String>,
    /// Words that open a clause: relative pronouns, conjunctions.
    pub joints: Bag<String>,
    /// Verbs, by lemma, whose participle tells of what is to come: «prévu», *scheduled*.
    pub planning: Bag<String>,
    /// Verbs, by lemma, that a participle leans on.
    pub auxiliaries: Bag<String>,
    /// Verbs, by lemma, whose infinitive lies ahead: «devoir», «aller».
    pub modals: Bag<String>,
    /// Words that put an infinitive in the past: «après».
    pub behind: Bag<String>,
    /// Words that are no verbs and look ahead: *due*, «censé».
    pub ahead: Bag<String>,
    /// Words before which a form that could be a verb is a noun: articles, prepositions.
    pub determiners: Bag<String>,
    /// Words that are an article before a noun and an object before a verb: «la», «les».
    pub articles: Bag<String>,
    /// Pronouns that stand before an object and its verb.
    pub subjects: Bag<String>,
    /// Words before a date that lies ahead: «pour», «d'ici».
    pub towards: Bag<String>,
    /// Words before a date that lies behind: «depuis».
    pub since: Bag<String>,
    /// Forms that are hardly ever the verb they could be: «entre».
    pub noverbs: Bag<String>,
}

impl Grammar {
    /// The lists of `language`, read once.
    pub fn of(language: Language) -> &'static Grammar {
        static GRAMMARS: [OnceLock<Grammar>; 3] = [const { OnceLock::new() }; 3];
        let (slot, lists) = match language {
            Language::French => (0, include_str!("../lang/fr/words.tsv")),
            Language::English => (1, include_str!("../lang/en/words.tsv")),
            Language::Russian => (2, include_str!("../lang/ru/words.tsv")),
        };
        GRAMMARS[slot].get_or_init(|| Grammar::read(lists))
    }

    fn read(lists: &'static str) -> Grammar {
        let mut grammar = Grammar {
            abbreviations: Table::default(),
            elisions: Bag::default(),
            enclitics: Table::default(),
            wholes: Bag::default(),
            contractions: Bag::default(),
            openers: Bag::default(),
            reporting: Bag::default(),
            joints: Bag::default(),
            planning: Bag::default(),
            auxiliaries: Bag::default(),
            modals: Bag::default(),
            behind: Bag::default(),
            ahead: Bag::default(),
            determiners: Bag::default(),
            articles: Bag::default(),
            subjects: Bag::default(),
            towards: Bag::default(),
            since: Bag::default(),
            noverbs: Bag::default(),
        };
        for (kind, forms) in rows(lists) {
            for form in forms.split_whitespace() {
                let (form, note) = form.split_once('/').unwrap_or((form, "*"));
                let form = fold(form);
                match kind {
                    "leading" => drop(grammar.abbreviations.insert(form, Abbreviation::Leading)),
                    "ending" => drop(grammar.abbreviations.insert(form, Abbreviation::Ending)),
                    "numbered" => drop(grammar.abbreviations.insert(form, Abbreviation::Numbered)),
                    "elision" => drop(grammar.elisions.insert(form)),
                    "enclitic" => drop(grammar.enclitics.insert(form, note.to_owned())),
                    "whole" => drop(grammar.wholes.insert(form)),
                    "contraction" => drop(grammar.contractions.insert(form)),
                    "opener" => drop(grammar.openers.insert(form)),
                    "reporting" => drop(grammar.reporting.insert(form)),
                    "joint" => drop(grammar.joints.insert(form)),
                    "planning" => drop(grammar.planning.insert(form)),
                    "auxiliary" => drop(grammar.auxiliaries.insert(form)),
                    "modal" => drop(grammar.modals.insert(form)),
                    "behind" => drop(grammar.behind.insert(form)),
                    "determiner" => drop(grammar.determiners.insert(form)),
                    "article" => drop(grammar.articles.insert(form)),
                    "subject" => drop(grammar.subjects.insert(form)),
                    "toward" => drop(grammar.towards.insert(form)),
                    "since" => drop(grammar.since.insert(form)),
                    "noverb" => drop(grammar.noverbs.insert(form)),
                    "ahead" => drop(grammar.ahead.insert(form)),
                    _ => debug_assert!(false, "unknown kind of word list: {kind}"),
                }
            }
        }
        grammar
    }
}

/// The rows of a data file: first column and the rest; comments and empty lines left out.
pub(crate) fn rows(data: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    data.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (first, rest) = line.split_once('\t').unwrap_or((line, ""));
        (!first.trim().is_empty()).then_some((first.trim(), rest.trim()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_its_lists() {
        for language in Language::ALL {
            let grammar = Grammar::of(language);
            assert!(grammar.abbreviations.len() > 20, "{language}");
            assert!(grammar.openers.len() > 20, "{language}");
        }
        assert!(Grammar::of(Language::French).elisions.contains("jusqu"));
        assert_eq!(Grammar::of(Language::French).abbreviations.get("sept"), Some(&Abbreviation::Numbered));
    }
}
