//! The phrases of the data files, found in a line all at once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::fold::fold;

/// What a phrase says about its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    /// Not the article.
    Furniture,
    /// Opens a list of other articles' headlines.
    Related,
    /// Name of a section of the site.
    Rubric,
    /// Where the text comes from.
    Provenance,
    /// Who made a picture.
    Credit,
    /// Words below a picture.
    Caption,
    /// Who wrote it and when.
    Byline,
}

/// Where in the line a phrase must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Whole,
    Label,
    Start,
    Any,
    Hint,
    Head,
}

/// Whether a line says that the rest of the article is for subscribers.
pub(crate) fn is_paywall(line: &str) -> bool {
    static PAYWALLS: LazyLock<Vec<String>> = LazyLock::new(|| {
        let rows = FILES.iter().flat_map(|file| rows(file)).filter(|row| row[0] == "paywall");
        rows.map(|row| fold(row[2])).collect()
    });
    let folded = fold(line);
    PAYWALLS.iter().any(|phrase| folded.contains(phrase.as_str()))
}

/// What the phrases say about a line.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Marks {
    /// Classes of phrases that hold whatever the length of the line.
    pub(crate) sure: BTreeSet<Class>,
    /// Classes of phrases that begin the line; they hold for short lines.
    pub(crate) start: BTreeSet<Class>,
    /// Number of different sure phrases of furniture.
    pub(crate) furniture: usize,
    /// Number of different hints of furniture.
    pub(crate) hints: usize,
    /// Whether the line is nothing but several menu items: «S'abonner  Se connecter  Menu».
    pub(crate) items: bool,
}

impl Marks {
    /// Whether a phrase of the class holds for a line of so many words.
    pub(crate) fn has(&self, class: Class, words: usize) -> bool {
        self.sure.contains(&class) || words <= 30 && self.start.contains(&class)
    }
}

struct Phrases {
    automaton: AhoCorasick,
    entries: Vec<(Class, Place)>,
}

/// The phrases of all languages.
const FILES: [&str; 7] = [
    include_str!("../lang/fr/furniture.tsv"),
    include_str!("../lang/fr/evidence.tsv"),
    include_str!("../lang/en/furniture.tsv"),
    include_str!("../lang/en/evidence.tsv"),
    include_str!("../lang/ru/furniture.tsv"),
    include_str!("../lang/ru/evidence.tsv"),
    include_str!("../lang/other/furniture.tsv"),
];

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut phrases = Vec::new();
    let mut entries = Vec::new();
    for row in FILES.iter().flat_map(|file| rows(file)) {
        let (Some(class), Some(place)) = (class_of(row[0]), place_of(row[1])) else { continue };
        phrases.push(fold(row[2]));
        entries.push((class, place));
    }
    for name in include_str!("../lang/agencies.txt").lines().filter(|line| !line.starts_with('#')) {
        phrases.push(fold(name));
        entries.push((Class::Provenance, Place::Whole));
    }
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::Standard)
        .build(&phrases)
        .expect("the phrases of the data files are few and short");
    Phrases { automaton, entries }
});

/// The rows of a data file with three columns.
fn rows(file: &'static str) -> impl Iterator<Item = [&'static str; 3]> {
    file.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut columns = line.split('\t');
        Some([columns.next()?, columns.next()?, columns.next()?])
    })
}

fn class_of(name: &str) -> Option<Class> {
    match name {
        "menu" | "cookies" | "share" | "follow" | "subscribe" | "tags" | "advert" | "comment" | "foot"
        | "paywall" => Some(Class::Furniture),
        "related" => Some(Class::Related),
        "rubric" => Some(Class::Rubric),
        "provenance" => Some(Class::Provenance),
        "credit" => Some(Class::Credit),
        "caption" => Some(Class::Caption),
        "byline" => Some(Class::Byline),
        _ => None,
    }
}

fn place_of(name: &str) -> Option<Place> {
    match name {
        "whole" => Some(Place::Whole),
        "label" => Some(Place::Label),
        "start" => Some(Place::Start),
        "any" => Some(Place::Any),
        "hint" => Some(Place::Hint),
        "head" => Some(Place::Head),
        _ => None,
    }
}

/// What the phrases of all languages say about a line: a French page has English furniture too.
pub(crate) fn mark(line: &str) -> Marks {
    let folded = fold(line);
    let mut marks = Marks::default();
    let mut seen = BTreeSet::new();
    let mut items: Vec<(usize, usize)> = Vec::new();
    for found in PHRASES.automaton.find_overlapping_iter(&folded) {
        let (class, place) = PHRASES.entries[found.pattern().as_usize()];
        let (before, after) = (&folded[..found.start()], &folded[found.end()..]);
        let bounded = |text: Option<char>| !text.is_some_and(char::is_alphanumeric);
        let opens = folded[found.start()..].starts_with(char::is_alphanumeric);
        if opens && !bounded(before.chars().next_back()) || !bounded(after.chars().next()) {
            continue;
        }
        let labels = |rest: &str| {
            let rest = rest.trim_start();
            rest.is_empty()
                || rest.starts_with([':', '|', '·', '/', '#', '←', '→', '>'])
                || rest.starts_with("- ")
        };
        if matches!(place, Place::Whole | Place::Start) && matches!(class, Class::Furniture | Class::Rubric) {
            items.push((found.start(), found.end()));
        }
        match place {
            Place::Any | Place::Hint if !seen.insert(found.pattern()) => {}
            Place::Hint => marks.hints += 1,
            Place::Any => {
                marks.furniture += usize::from(class == Class::Furniture);
                marks.sure.insert(class);
            }
            Place::Whole if before.is_empty() && after.is_empty() => _ = marks.sure.insert(class),
            Place::Label if before.is_empty() && labels(after) => _ = marks.sure.insert(class),
            Place::Start if before.is_empty() => _ = marks.start.insert(class),
            Place::Head if before.is_empty() && after.is_empty() => _ = marks.sure.insert(class),
            // «Lire aussi : …» has its headline in the line: it opens no list, it is one.
            Place::Head if before.is_empty() && labels(after) => _ = marks.start.insert(Class::Related),
            _ => {}
        }
    }
    marks.items = folded.len() <= LONGEST_MENU && are_items(&folded, items);
    marks
}

/// Longest line that may be a row of menu items, in bytes of its folded form.
const LONGEST_MENU: usize = 300;

/// Whether two and more phrases cover nearly all letters of the line.
fn are_items(folded: &str, mut items: Vec<(usize, usize)>) -> bool {
    // The longest phrase first where several begin at one place.
    items.sort_by_key(|&(start, end)| (start, usize::MAX - end));
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let (mut covered, mut count, mut reached) = (0, 0, 0);
    for (start, end) in items {
        if start >= reached {
            covered += letters(&folded[start..end]);
            count += 1;
            reached = end;
        }
    }
    count >= 2 && covered * 10 >= letters(folded) * 8
}

/// The words of dates, with what they are: `month`, `weekday`, `near`, `filler`, `by`.
pub(crate) fn calendar() -> &'static BTreeMap<String, &'static str> {
    static CALENDAR: LazyLock<BTreeMap<String, &'static str>> = LazyLock::new(|| {
        let files = [
            include_str!("../lang/fr/calendar.tsv"),
            include_str!("../lang/en/calendar.tsv"),
            include_str!("../lang/ru/calendar.tsv"),
        ];
        let entry = |line: &'static str| line.split_once('\t').map(|(class, word)| (fold(word), class));
        files.iter().flat_map(|f| f.lines()).filter(|l| !l.starts_with('#')).filter_map(entry).collect()
    });
    &CALENDAR
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        for file in FILES {
            let lines = file.lines().filter(|line| !line.starts_with('#')).count();
            let read: Vec<_> = rows(file).collect();
            assert_eq!(read.len(), lines);
            for [class, place, phrase] in read {
                assert!(class_of(class).is_some() && place_of(place).is_some(), "{class} {place} {phrase}");
                assert!(!fold(phrase).is_empty(), "{phrase}");
            }
        }
    }

    #[test]
    fn rows_of_menu_items_are_seen() {
        assert!(mark("S'abonner  Se connecter  Menu").items);
        assert!(mark("Menu Rechercher Abonnez-vous Connexion").items);
        assert!(mark("Mon compte | Mes alertes | S'identifier").items);
        assert!(mark("Войти  Меню  Подписка").items);
        assert!(mark("Home News Politics Africa").items);
        assert!(!mark("Partager l'Afrique : le menu du sommet").items);
        assert!(!mark("Afrique : le sommet s'ouvre").items);
    }

    #[test]
    fn phrases_hold_where_they_may_stand() {
        let has = |line: &str, class| mark(line).has(class, line.split(' ').count());
        assert!(has("Partager : Facebook | X", Class::Furniture));
        assert!(!has("Partager le pouvoir est exclu", Class::Furniture));
        assert!(has("À lire également :", Class::Related));
        assert!(has("Lire aussi | Comprendre l'affrontement", Class::Related));
        assert!(has("Source: Sputnik", Class::Provenance));
        assert!(!has("Source de tensions, le dossier", Class::Provenance));
        assert!(has("Читайте также:", Class::Related));
        assert!(has("TASS", Class::Provenance));
    }
}
