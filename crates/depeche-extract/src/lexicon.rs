//! What the rule files of a language say.
//!
//! The files stand in `rules/LANGUAGE/`, the same in each; what a column holds is said at the head of each file.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use depeche_record::{Act, ContactKind, Language, Relation, Status};

use crate::pattern::Patterns;
use crate::word::Word;

/// A word for a contact.
#[derive(Debug, Clone)]
pub(crate) struct ContactWord {
    /// The pattern, which names the rule.
    pub name: String,
    pub is_verb: bool,
    pub kind: ContactKind,
    pub vague: bool,
    pub phone: bool,
    pub press: bool,
    pub object: bool,
    pub mutual: bool,
    pub person: bool,
    pub goer: bool,
    /// Its object goes, for its subject: «dépêcher».
    pub sends: bool,
    /// Who is told with it alone is an ambassador, and the other the state he serves in: «convoquer».
    pub accredited: bool,
    /// Its subject receives somebody: in the passive without an agent it tells of a visit.
    pub host: bool,
    /// An exchange of open form, a meeting where a place is said.
    pub placed: bool,
    /// Told as going on when the report came out.
    pub now: bool,
    pub sender: bool,
    pub planned: bool,
    /// Told as asked for or offered: «inviter X à …».
    pub possible: bool,
    pub both: bool,
    pub never: bool,
}

/// A word that reports speech.
#[derive(Debug, Clone)]
pub(crate) struct SpeechWord {
    pub name: String,
    pub class: SpeechClass,
    pub act: Act,
    /// Whether the words reported say more of the act than this one.
    pub weak: bool,
    /// Whether it is one of speech only with the words said: «reprendre», «lâcher».
    pub quoting: bool,
    /// Whether two who do it together hold a talk rather than say something: «les deux hommes ont évoqué …».
    pub alone: bool,
    /// Whether it is of whoever spoke or is spoken of: «à l'en croire».
    pub taken: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SpeechClass {
    Verb,
    Stance,
    Source,
    Refusal,
    /// No words of speech, for all that they look like some: «appelé au téléphone».
    Never,
}

/// Where a cue has to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Any,
    Before,
    After,
    /// Directly before, with only article and adjectives between.
    NegBefore,
    /// Within three words, on either side.
    Beside,
    /// In the words reported.
    Said,
    /// Only where nothing else tells.
    Weak,
    /// In the same line.
    Line,
}

#[derive(Debug, Clone)]
pub(crate) struct ActCue {
    pub act: Act,
    pub place: Place,
}

#[derive(Debug, Clone)]
pub(crate) struct StatusCue {
    pub name: String,
    pub status: Status,
    pub place: Place,
}

#[derive(Debug, Clone)]
pub(crate) struct OriginCue {
    pub name: String,
    pub relation: Relation,
    pub place: Place,
}

/// How many people a group noun stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Number {
    One,
    Many,
    Body,
}

const SMALL: [&str; 11] = [
    "article",
    "preposition",
    "pronoun",
    "negation",
    "conjunction",
    "that",
    "relative",
    "perfect",
    "with",
    "notname",
    "between",
];

const STOPS: [&str; 6] = ["that", "relative", "conjunction", "pronoun", "perfect", "negation"];

/// The rules of one language.
pub(crate) struct Lexicon {
    pub language: Language,
    pub contacts: Patterns<ContactWord>,
    pub speech: Patterns<SpeechWord>,
    pub acts: Patterns<ActCue>,
    pub statuses: Patterns<StatusCue>,
    pub origins: Patterns<OriginCue>,
    pub groups: Patterns<Number>,
    marks: BTreeMap<&'static str, BTreeSet<&'static str>>,
}

macro_rules! files {
    ($language:literal) => {
        [
            include_str!(concat!("../rules/", $language, "/contacts.tsv")),
            include_str!(concat!("../rules/", $language, "/speech.tsv")),
            include_str!(concat!("../rules/", $language, "/acts.tsv")),
            include_str!(concat!("../rules/", $language, "/status.tsv")),
            include_str!(concat!("../rules/", $language, "/origins.tsv")),
            include_str!(concat!("../rules/", $language, "/groups.tsv")),
            include_str!(concat!("../rules/", $language, "/marks.tsv")),
        ]
    };
}

impl Lexicon {
    /// The rules of a language, read once.
    pub fn of(language: Language) -> &'static Lexicon {
        static FRENCH: OnceLock<Lexicon> = OnceLock::new();
        static ENGLISH: OnceLock<Lexicon> = OnceLock::new();
        static RUSSIAN: OnceLock<Lexicon> = OnceLock::new();
        match language {
            Language::French => FRENCH.get_or_init(|| Lexicon::load(language, files!("fr"))),
            Language::English => ENGLISH.get_or_init(|| Lexicon::load(language, files!("en"))),
            Language::Russian => RUSSIAN.get_or_init(|| Lexicon::load(language, files!("ru"))),
        }
    }

    /// Whether `form` is one of the small words of this use (`marks.tsv`).
    pub fn is(&self, mark: &str, form: &str) -> bool {
        self.marks.get(mark).is_some_and(|forms| forms.contains(form))
    }

    /// Whether a verb of saying begins at a word.
    pub fn is_saying(&self, words: &[Word], at: usize) -> bool {
        self.speech.longest(words, at).is_some_and(|(_, w)| w.class == SpeechClass::Verb && !w.quoting)
    }

    /// Whether `form` ends in one of the endings of this use.
    pub fn ends(&self, mark: &str, form: &str) -> bool {
        self.marks.get(mark).is_some_and(|endings| endings.iter().any(|ending| form.ends_with(ending)))
    }

    /// Whether `form` is a small word of any use, which cannot be part of a name.
    pub fn is_small(&self, form: &str) -> bool {
        SMALL.iter().any(|mark| self.is(mark, form))
    }

    /// Whether `form` ends the complements of an office.
    pub fn is_stop(&self, form: &str) -> bool {
        STOPS.iter().any(|mark| self.is(mark, form))
    }

    fn load(language: Language, files: [&'static str; 7]) -> Lexicon {
        let [contacts, speech, acts, statuses, origins, groups, marks] = files;
        let mut lexicon = Lexicon {
            language,
            contacts: Patterns::new(),
            speech: Patterns::new(),
            acts: Patterns::new(),
            statuses: Patterns::new(),
            origins: Patterns::new(),
            groups: Patterns::new(),
            marks: BTreeMap::new(),
        };
        for [mark, forms, _, _] in rows(marks) {
            lexicon.marks.entry(mark).or_default().extend(forms.split(' '));
        }
        for [pattern, class, kind, options] in rows(contacts) {
            let has = |option: &str| options.split(',').any(|o| o == option);
            let word = ContactWord {
                name: rule_name(pattern),
                is_verb: class == "verb",
                kind: ContactKind::from_label(kind).unwrap_or(ContactKind::Exchange),
                vague: has("vague"),
                phone: has("phone"),
                press: has("press"),
                object: has("object"),
                mutual: has("mutual"),
                person: has("person"),
                goer: has("goer"),
                sends: has("sends"),
                accredited: has("accredited"),
                host: has("host"),
                placed: has("placed"),
                now: has("now"),
                sender: has("sender"),
                planned: has("planned"),
                possible: has("possible"),
                both: has("both"),
                never: has("never"),
            };
            // «dîné vendredi avec», `flew on Tuesday to`
            let governs = |form: &str| ["preposition", "genitive"].iter().any(|mark| lexicon.is(mark, form));
            let last = pattern.rsplit(' ').next().unwrap_or("");
            let first = pattern.split([' ', '|']).next().unwrap_or("");
            let being = lexicon.is("perfect", first) && pattern.split(' ').count() == 2;
            // «garder un canal avec»: the preposition is the noun's.
            let noun = pattern.contains("...");
            if word.is_verb && !word.never && !being && !noun && last.split('|').all(governs) {
                lexicon.contacts.add_apart(pattern, word);
            } else {
                lexicon.contacts.add(pattern, word);
            }
        }
        for [pattern, class, act, options] in rows(speech) {
            let class = match class {
                "stance" => SpeechClass::Stance,
                "source" => SpeechClass::Source,
                "refusal" => SpeechClass::Refusal,
                "never" => SpeechClass::Never,
                _ => SpeechClass::Verb,
            };
            let act = Act::from_label(act).unwrap_or(Act::State);
            let has = |option: &str| options.split(',').any(|o| o == option);
            let word = SpeechWord {
                name: rule_name(pattern),
                class,
                act,
                weak: has("weak"),
                quoting: has("quoting"),
                alone: has("alone"),
                taken: has("taken"),
            };
            for form in compound(pattern) {
                lexicon.speech.add(&form, word.clone());
            }
            lexicon.speech.add(pattern, word);
        }
        for [pattern, act, scope, _] in rows(acts) {
            let act = Act::from_label(act).unwrap_or(Act::State);
            lexicon.acts.add(pattern, ActCue { act, place: place(scope) });
        }
        for [pattern, status, scope, _] in rows(statuses) {
            let status = Status::from_label(status).unwrap_or(Status::Held);
            lexicon
                .statuses
                .add(pattern, StatusCue { name: rule_name(pattern), status, place: place(scope) });
        }
        for [pattern, relation, scope, _] in rows(origins) {
            let relation = Relation::from_label(relation).unwrap_or(Relation::Cites);
            lexicon
                .origins
                .add(pattern, OriginCue { name: rule_name(pattern), relation, place: place(scope) });
        }
        for [pattern, number, _, _] in rows(groups) {
            let number = match number {
                "one" => Number::One,
                "many" => Number::Many,
                _ => Number::Body,
            };
            lexicon.groups.add(pattern, number);
        }
        lexicon
    }
}

/// Reads a rule file as those of the languages are read; how many patterns it comes to, each way of writing one counted.
/// Nothing that a file holds is an error.
pub fn read_rules(file: &str) -> usize {
    let mut patterns = Patterns::new();
    for [pattern, ..] in rows(file) {
        for form in compound(pattern) {
            patterns.add(&form, rule_name(pattern));
        }
        patterns.add(pattern, rule_name(pattern));
    }
    patterns.count()
}

/// The compound tenses of a reflexive verb, and those with a pronoun: `se @dire prêt` is also «s'est dit prêt», «s'était
/// aussitôt dit prêt», `se @plaindre` also «s'en plaint».
fn compound(pattern: &str) -> Vec<String> {
    const REFLEXIVES: [&str; 2] = ["s'|se ", "se|s' "];
    const BEING: &str = "est|sont|était|étaient|fut|furent|sera|serait|seraient|soit|être|étant";
    let rest = REFLEXIVES.iter().find_map(|own| pattern.strip_prefix(own));
    let rest = rest.map(|rest| rest.strip_prefix("... ").unwrap_or(rest));
    match rest.filter(|rest| rest.starts_with('@')) {
        Some(rest) => {
            vec![
                format!("s'|se {BEING} ... {rest}"),
                format!("s'|se en|y {rest}"),
                format!("s'|se en {BEING} {rest}"),
            ]
        }
        None => Vec::new(),
    }
}

/// The name of a rule: its pattern with the first of each alternative.
fn rule_name(pattern: &str) -> String {
    let firsts: Vec<&str> = pattern.split(' ').filter_map(|element| element.split('|').next()).collect();
    firsts.join(" ")
}

fn place(scope: &str) -> Place {
    match scope {
        "before" => Place::Before,
        "after" => Place::After,
        "negbefore" => Place::NegBefore,
        "beside" => Place::Beside,
        "said" => Place::Said,
        "weak" => Place::Weak,
        "line" => Place::Line,
        _ => Place::Any,
    }
}

/// The rows of a rule file: up to four columns, comments and empty lines left out.
fn rows(file: &str) -> impl Iterator<Item = [&str; 4]> {
    file.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).map(|line| {
        let mut columns = line.split('\t');
        std::array::from_fn(|_| columns.next().unwrap_or("").trim())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_known_labels() {
        for language in ["fr", "en", "ru"] {
            let [contacts, speech, acts, statuses, origins, groups, _] = match language {
                "fr" => files!("fr"),
                "en" => files!("en"),
                _ => files!("ru"),
            };
            for [pattern, class, kind, _] in rows(contacts) {
                assert!(["noun", "verb"].contains(&class), "{language}/contacts: {pattern}: {class}");
                assert!(ContactKind::from_label(kind).is_some(), "{language}/contacts: {pattern}: {kind}");
            }
            for [pattern, class, act, _] in rows(speech) {
                assert!(
                    ["verb", "stance", "source", "refusal", "never"].contains(&class),
                    "{language}/speech: {pattern}: {class}"
                );
                assert!(Act::from_label(act).is_some(), "{language}/speech: {pattern}: {act}");
            }
            for [pattern, act, scope, _] in rows(acts) {
                assert!(Act::from_label(act).is_some(), "{language}/acts: {pattern}: {act}");
                assert!(["any", "said", "weak"].contains(&scope), "{language}/acts: {pattern}: {scope}");
            }
            for [pattern, status, scope, _] in rows(statuses) {
                assert!(Status::from_label(status).is_some(), "{language}/status: {pattern}: {status}");
                assert!(
                    ["before", "after", "around", "beside", "negbefore", "weak"].contains(&scope),
                    "{language}/status: {pattern}: {scope}"
                );
            }
            for [pattern, relation, scope, _] in rows(origins) {
                assert!(
                    Relation::from_label(relation).is_some(),
                    "{language}/origins: {pattern}: {relation}"
                );
                assert!(
                    ["before", "after", "line"].contains(&scope),
                    "{language}/origins: {pattern}: {scope}"
                );
            }
            for [pattern, number, _, _] in rows(groups) {
                assert!(["one", "many", "body"].contains(&number), "{language}/groups: {pattern}: {number}");
            }
        }
    }
}
