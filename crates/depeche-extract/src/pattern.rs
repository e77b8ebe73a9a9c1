//! Patterns of words, as the rule files write them.
//!
//! A pattern is a sequence of elements separated by spaces: `mot` (this form), `mot*` (a form that begins so), `@verbe`
//! (any form of this verb), `INF` (any infinitive), `a|b` (either), `...` (up to three words between, none of them a mark
//! other than a comma), `....` (up to twelve, as an object with its complements has). Words of time and manner may part a
//! verb from the preposition that ends its pattern, where the reader of the rules asks for it ([`Patterns::add_apart`]).

use std::collections::HashMap;

use depeche_record::Tense;

use crate::word::Word;

/// The words that `...` may pass over.
const GAP: usize = 3;

/// Most elements of a pattern; the longest of ours has seven.
const MOST_ELEMENTS: usize = 32;

/// Most alternatives of an element.
const MOST_ALTERNATIVES: usize = 128;

/// Most ways of writing one pattern: each alternative of several tokens doubles them.
const MOST_VARIANTS: usize = 64;

/// The words that `....` may pass over.
const LONG_GAP: usize = 12;

/// The words of time and manner that may stand before the last element: «dîné vendredi soir avec».
const ASIDE: usize = 4;

#[derive(Debug, Clone)]
enum Test {
    Form(String),
    Prefix(String),
    Lemma(String),
    Infinitive,
}

#[derive(Debug, Clone)]
enum Element {
    OneOf(Vec<Test>),
    Gap(usize),
    /// Up to so many plain words, none of which is a name or can be a verb.
    Aside(usize),
}

/// Patterns, each with a value; looked up by their first word.
#[derive(Debug)]
pub(crate) struct Patterns<T> {
    rules: Vec<(Vec<Element>, T)>,
    by_form: HashMap<String, Vec<usize>>,
    by_lemma: HashMap<String, Vec<usize>>,
    by_prefix: Vec<(String, usize)>,
}

impl<T: Clone> Patterns<T> {
    pub fn new() -> Self {
        Patterns {
            rules: Vec::new(),
            by_form: HashMap::new(),
            by_lemma: HashMap::new(),
            by_prefix: Vec::new(),
        }
    }

    /// Number of patterns, each way of writing one counted.
    pub fn count(&self) -> usize {
        self.rules.len()
    }

    /// Adds a pattern; one whose alternatives are of several tokens («n'est|n'était prévu») becomes several.
    pub fn add(&mut self, pattern: &str, value: T) {
        let mut variants: Vec<Vec<Element>> = vec![Vec::new()];
        for element in pattern.split_whitespace().take(MOST_ELEMENTS) {
            let gap = match element {
                "..." => Some(GAP),
                "...." => Some(LONG_GAP),
                _ => None,
            };
            if let Some(gap) = gap {
                variants.iter_mut().for_each(|v| v.push(Element::Gap(gap)));
                continue;
            }
            let (mut single, mut several) = (Vec::new(), Vec::new());
            for alternative in element.split('|').take(MOST_ALTERNATIVES) {
                let tokens = split_form(alternative);
                match tokens.as_slice() {
                    [one] => single.push(test(one)),
                    _ => several.push(tokens),
                }
            }
            let mut next = Vec::new();
            for variant in variants {
                if !single.is_empty() {
                    let mut longer = variant.clone();
                    longer.push(Element::OneOf(single.clone()));
                    next.push(longer);
                }
                for tokens in several.iter().take(MOST_VARIANTS.saturating_sub(next.len())) {
                    let mut longer = variant.clone();
                    longer.extend(tokens.iter().map(|token| Element::OneOf(vec![test(token)])));
                    next.push(longer);
                }
            }
            variants = next;
            variants.truncate(MOST_VARIANTS);
        }
        for elements in variants {
            self.insert(elements, value.clone());
        }
    }

    fn insert(&mut self, elements: Vec<Element>, value: T) {
        let n = self.rules.len();
        let Some(Element::OneOf(tests)) = elements.first() else { return };
        for test in tests {
            match test {
                Test::Form(form) => self.by_form.entry(form.clone()).or_default().push(n),
                Test::Lemma(lemma) => self.by_lemma.entry(lemma.clone()).or_default().push(n),
                Test::Prefix(prefix) => self.by_prefix.push((prefix.clone(), n)),
                // No rule begins with any verb at all.
                Test::Infinitive => {}
            }
        }
        self.rules.push((elements, value));
    }

    /// Adds a pattern, and once more with room for words of time and manner before its last element.
    pub fn add_apart(&mut self, pattern: &str, value: T) {
        let from = self.rules.len();
        self.add(pattern, value);
        for n in from..self.rules.len() {
            let (mut elements, value) = self.rules[n].clone();
            let apart =
                elements.len().checked_sub(2).is_some_and(|n| matches!(elements[n], Element::OneOf(_)));
            if apart {
                elements.insert(elements.len() - 1, Element::Aside(ASIDE));
                self.insert(elements, value);
            }
        }
    }

    /// The longest pattern that matches at word `at`, as the index after its last word and its value; among equally
    /// long ones the first of the file.
    pub fn longest(&self, words: &[Word], at: usize) -> Option<(usize, &T)> {
        let mut best: Option<(usize, usize)> = None;
        self.each(words, at, |end, rule| {
            if best.is_none_or(|(e, r)| end > e || (end == e && rule < r)) {
                best = Some((end, rule));
            }
        });
        best.map(|(end, rule)| (end, &self.rules[rule].1))
    }

    /// Every pattern that matches at word `at`.
    pub fn all(&self, words: &[Word], at: usize) -> Vec<(usize, &T)> {
        let mut found = Vec::new();
        self.each(words, at, |end, rule| found.push((rule, end)));
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|(rule, end)| (end, &self.rules[rule].1)).collect()
    }

    fn each(&self, words: &[Word], at: usize, mut found: impl FnMut(usize, usize)) {
        let Some(word) = words.get(at) else { return };
        let mut visit = |n: usize| {
            if let Some(end) = ends(&self.rules[n].0, words, at) {
                found(end, n);
            }
        };
        for &n in self.by_form.get(word.form.as_str()).into_iter().flatten() {
            visit(n);
        }
        for morph in word.morphs {
            for &n in self.by_lemma.get(morph.lemma).into_iter().flatten() {
                visit(n);
            }
        }
        for (prefix, n) in &self.by_prefix {
            if word.form.starts_with(prefix.as_str()) {
                visit(*n);
            }
        }
    }
}

fn ends(elements: &[Element], words: &[Word], at: usize) -> Option<usize> {
    let Some((element, rest)) = elements.split_first() else { return Some(at) };
    match element {
        Element::OneOf(tests) => {
            let word = words.get(at)?;
            if tests.iter().any(|test| fits(test, word)) { ends(rest, words, at + 1) } else { None }
        }
        Element::Gap(longest) => (0..=*longest).find_map(|gap| {
            let within = words.get(at..at + gap)?;
            if within.iter().all(|word| word.is_word() || word.form == ",") {
                ends(rest, words, at + gap)
            } else {
                None
            }
        }),
        // Where the last element stands right here, it is this one.
        Element::Aside(longest) if ends(rest, words, at).is_none() => (1..=*longest).find_map(|gap| {
            let aside = |word: &Word| word.is_word() && word.morphs.is_empty() && !word.is_capitalised();
            let within = words.get(at..at + gap)?;
            if within.iter().all(aside) { ends(rest, words, at + gap) } else { None }
        }),
        Element::Aside(_) => None,
    }
}

fn fits(test: &Test, word: &Word) -> bool {
    match test {
        Test::Form(form) => word.form == *form,
        Test::Prefix(prefix) => word.form.starts_with(prefix.as_str()),
        Test::Lemma(lemma) => word.morphs.iter().any(|morph| morph.lemma == lemma),
        Test::Infinitive => word.has_tense(&[Tense::Infinitive]),
    }
}

fn test(token: &str) -> Test {
    if token == "INF" {
        Test::Infinitive
    } else if let Some(lemma) = token.strip_prefix('@') {
        Test::Lemma(lemma.to_owned())
    } else if let Some(prefix) = token.strip_suffix('*') {
        Test::Prefix(prefix.to_owned())
    } else {
        Test::Form(token.to_owned())
    }
}

const ELISIONS: [&str; 12] = ["l", "d", "n", "s", "c", "j", "m", "t", "qu", "jusqu", "lorsqu", "puisqu"];

/// Splits a form of a rule file as the tokeniser splits it: «n'est» into «n'» and «est», «sont-ils» into «sont», «-ils».
fn split_form(form: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = form;
    while let Some((head, tail)) = rest.split_once('\'') {
        if tail.is_empty() || !ELISIONS.contains(&head) {
            break;
        }
        tokens.push(format!("{head}'"));
        rest = tail;
    }
    for clitic in ["-t-il", "-t-elle", "-t-ils", "-t-elles", "-il", "-elle", "-ils", "-elles"] {
        if let Some(head) = rest.strip_suffix(clitic).filter(|head| !head.is_empty()) {
            tokens.extend([head.to_owned(), clitic.to_owned()]);
            return tokens;
        }
    }
    tokens.push(rest.to_owned());
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::word::tests::words;

    fn matches(pattern: &str, text: &str) -> bool {
        let mut patterns = Patterns::new();
        patterns.add(pattern, ());
        let words = words(text);
        (0..words.len()).any(|at| patterns.longest(&words, at).is_some())
    }

    #[test]
    fn elements_are_forms_prefixes_and_alternatives() {
        assert!(matches("coup|coups de fil", "un coup de fil inattendu"));
        assert!(matches("confidentiel*", "restera confidentielle"));
        assert!(!matches("coup de fil", "un coup de tonnerre"));
    }

    #[test]
    fn gaps_stay_short_and_within_the_clause() {
        assert!(matches("se sont ... parlé", "ils se sont longuement parlé"));
        assert!(!matches("se sont ... parlé", "ils se sont vus. Qui a parlé"));
        assert!(matches("appelle .... à", "appelle une nouvelle fois la République islamique à coopérer"));
        assert!(!matches("appelle .... à", "appelle son homologue. Il est à Rome"));
    }

    #[test]
    fn a_preposition_may_stand_apart_by_words_of_time() {
        let mut patterns = Patterns::new();
        patterns.add_apart("dîné avec|chez", ());
        let ends_at = |text| patterns.longest(&words(text), 1).map(|(end, _)| end);
        assert_eq!(ends_at("a dîné avec lui"), Some(3));
        assert_eq!(ends_at("a dîné vendredi soir avec lui"), Some(5));
        assert_eq!(ends_at("a dîné avec lui chez elle"), Some(3));
        assert_eq!(ends_at("a dîné . Puis avec lui"), None);
        assert_eq!(ends_at("a dîné à Rome avec lui"), None);
    }

    #[test]
    fn forms_are_split_as_the_tokeniser_splits_them() {
        assert_eq!(split_form("n'est"), ["n'", "est"]);
        assert_eq!(split_form("aujourd'hui"), ["aujourd'hui"]);
        assert_eq!(split_form("sont-ils"), ["sont", "-ils"]);
        assert_eq!(split_form("d'"), ["d'"]);
        assert!(matches("n'est|n'était ... prévu", "aucun sommet n' est pour l' heure prévu"));
    }
}
