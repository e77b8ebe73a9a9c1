//! Names of people, and the figures that they name.
//!
//! 1. A run of capitalised words is a name if the gazetteer knows the person, if a title or an office stands before it,
//!    or if it has two words and more and nothing speaks against it.
//! 2. Names with the same surname and agreeing first names are one figure; a surname alone goes to the figure that bears
//!    it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use any_ascii::any_ascii;
use depeche_gazetteer::{Gazetteer, Sense};
use depeche_record::{Language, TokenKind};

use crate::found::Found;
use crate::lexicon::Lexicon;
use crate::word::Word;

/// A name as it stands in the text.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    /// The words, without title.
    pub words: Range<usize>,
    /// The person in the gazetteer, where the name is one's without doubt.
    pub gazetteer: Option<&'static str>,
    /// The figure that it names.
    pub figure: usize,
}

/// Longest run of words that is taken for one name.
const LONGEST: usize = 6;

/// The names of a report, in order; their `figure` is not yet set.
pub(crate) fn names(
    words: &[Word],
    sentences: &[Range<usize>],
    found: &Found,
    lexicon: &Lexicon,
    gazetteer: &Gazetteer,
) -> Vec<Name> {
    let given: BTreeSet<&str> = words
        .iter()
        .filter(|w| w.kind == TokenKind::Word && !w.is_capitalised())
        .map(|w| w.form.as_str())
        .collect();
    let mut names: Vec<Name> = Vec::new();
    for sentence in sentences {
        let shouting = is_shouting(&words[sentence.clone()]);
        let mut at = sentence.start;
        while at < sentence.end {
            let Some(name) = name_at(words, sentence, at, found, lexicon, gazetteer, &given, shouting) else {
                at = found.match_at(at).map_or(at + 1, |m| m.words.end.max(at + 1));
                continue;
            };
            at = name.words.end;
            names.push(name);
        }
    }
    // A capitalised word alone is a name where the report gives that surname with a first name elsewhere.
    let known: BTreeSet<String> = names.iter().map(|name| surname(words, name)).collect();
    let taken: BTreeSet<usize> = names.iter().flat_map(|name| name.words.clone()).collect();
    for sentence in sentences {
        for at in sentence.clone() {
            let word = &words[at];
            let free = !taken.contains(&at) && found.covering(at).is_none();
            if free && word.is_capitalised() && word.text.chars().count() > 2 && is_known(&known, word.text) {
                names.push(Name { words: at..at + 1, gazetteer: None, figure: 0 });
            }
        }
    }
    names.sort_by_key(|name| name.words.start);
    names
}

/// Whether the report has this surname, in Russian in whatever case.
fn is_known(known: &BTreeSet<String>, word: &str) -> bool {
    let own = key(word);
    known.contains(&own) || is_cyrillic(word) && known.iter().any(|other| same_surname(other, &own, true))
}

/// Whether a sentence is set in capitals or as a title, so that capitals tell nothing.
fn is_shouting(words: &[Word]) -> bool {
    let letters: Vec<&Word> = words.iter().filter(|w| w.text.chars().count() > 3 && w.is_word()).collect();
    let capitalised = letters.iter().filter(|w| w.is_capitalised()).count();
    letters.len() > 2
        && (letters.iter().all(|w| !w.text.chars().any(char::is_lowercase))
            || (capitalised * 5 > letters.len() * 4 && words.last().is_none_or(|w| w.form != ".")))
}

#[allow(clippy::too_many_arguments)]
fn name_at(
    words: &[Word],
    sentence: &Range<usize>,
    at: usize,
    found: &Found,
    lexicon: &Lexicon,
    gazetteer: &Gazetteer,
    given: &BTreeSet<&str>,
    shouting: bool,
) -> Option<Name> {
    if !can_begin(&words[at], lexicon) {
        return None;
    }
    let known = |at: usize| {
        found.match_at(at).and_then(|m| {
            m.senses.iter().find_map(|sense| match sense {
                Sense::Person(id) | Sense::PersonSurname(id) => Some((m.words.end, *id)),
                _ => None,
            })
        })
    };
    if let Some((end, id)) = known(at) {
        let after = run(words, sentence, end, found, lexicon).filter(|r| *r > end);
        return match after {
            // «Jean Dupont» where only «Jean» is known: somebody else.
            Some(end) if !is_whole(at, found) => Some(Name { words: at..end, gazetteer: None, figure: 0 }),
            _ => Some(Name { words: at..end, gazetteer: Some(id), figure: 0 }),
        };
    }
    if found.covering(at).is_some() || shouting {
        return None;
    }
    let end = run(words, sentence, at, found, lexicon)?;
    // A capital letter tells nothing where any word would have one; behind a comma it does.
    let first = at == sentence.start
        || (matches!(words[at - 1].kind, TokenKind::QuoteOpen | TokenKind::Punctuation)
            && words[at - 1].form != ",");
    // The run may end in a surname that the gazetteer knows: «Eric Trump» is not the known one, whose first name it is
    // not; «MM. Dupont et Trump» does not come here.
    let end = match known(end) {
        // `minister of Justice Anna Meier`: the known name stands by itself.
        Some(_) if is_whole(end, found) => return None,
        // «Встреча Иванова»: a surname in an oblique case, and what it belongs to.
        Some((_, id)) if first && is_oblique(&words[end], id, gazetteer) => return None,
        Some((after, _)) => after,
        None => end,
    };
    // «Встреча Иванова», `Talks Between`: a word for a contact opens the sentence.
    if first && lexicon.contacts.longest(&words[..sentence.end], at).is_some() {
        return None;
    }
    let titled = is_titled(words, sentence, at, found, lexicon);
    if end - at == 1 {
        // «M. Wu», «M. CHO»: behind a courtesy title even two letters are a name, in capitals too.
        let courtesy = titled && lexicon.is("honorific", &words[at - 1].form);
        let letters = words[at].text.chars().count();
        let fits = titled && (letters > 2 && !is_acronym(words[at].text) || courtesy && letters > 1);
        return fits.then_some(Name { words: at..end, gazetteer: None, figure: 0 });
    }
    let run = &words[at..end];
    if run.iter().any(|w| lexicon.is("notname", &w.form)) {
        return None;
    }
    if !titled {
        let common = given.contains(words[at].form.as_str()) || !words[at].morphs.is_empty();
        if first && common {
            return None;
        }
        // «le journal X» names no person.
        if at > sentence.start && lexicon.is("organ", &words[at - 1].form) {
            return None;
        }
        let after_article = at > sentence.start && lexicon.is("article", &words[at - 1].form);
        if after_article || run.iter().any(|w| is_acronym(w.text)) {
            return None;
        }
    }
    let full: Vec<&str> = run.iter().map(|w| w.text).collect();
    let entries = gazetteer.people_named(&full.join(" "));
    let id = match entries.as_slice() {
        [one] if !is_surname_only(&full) => Some(one.id),
        _ => None,
    };
    Some(Name { words: at..end, gazetteer: id, figure: 0 })
}

/// Whether the gazetteer has the words from `at` as somebody's whole name.
fn is_whole(at: usize, found: &Found) -> bool {
    found.match_at(at).is_some_and(|m| m.senses.iter().any(|s| matches!(s, Sense::Person(_))))
}

/// Whether a Russian surname stands in another case than the nominative.
fn is_oblique(word: &Word, id: &str, gazetteer: &Gazetteer) -> bool {
    is_cyrillic(word.text)
        && gazetteer.person(id).is_some_and(|entry| {
            let name = entry.names.in_language(Language::Russian);
            name.split(' ').next_back().is_some_and(|last| key(last) != key(word.text))
        })
}

fn is_surname_only(words: &[&str]) -> bool {
    words.len() < 2
}

fn is_acronym(text: &str) -> bool {
    text.chars().count() > 1 && text.chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
}

fn can_begin(word: &Word, lexicon: &Lexicon) -> bool {
    word.kind == TokenKind::Word
        && (word.is_capitalised() || word.form.starts_with("al-") || word.form.starts_with("el-"))
        && !word.text.ends_with(['\'', '’'])
        && !lexicon.is("honorific", &word.form)
        && !lexicon.is_small(&word.form)
}

/// The end of the run of name words from `at`, which is one; particles count where a name word follows.
fn run(
    words: &[Word],
    sentence: &Range<usize>,
    at: usize,
    found: &Found,
    lexicon: &Lexicon,
) -> Option<usize> {
    let is_part = |n: usize| {
        n < sentence.end
            && can_begin(&words[n], lexicon)
            && found.covering(n).is_none_or(|m| m.is_person() || m.is_weak())
    };
    if !is_part(at) {
        return None;
    }
    let mut end = at + 1;
    while end < sentence.end && end - at < LONGEST {
        if is_part(end) && !found.match_at(end).is_some_and(|m| m.is_person()) {
            end += 1;
        } else if lexicon.is("particle", &words[end].form) && is_part(end + 1) && !is_whole(end + 1, found) {
            end += 2;
        } else if lexicon.is("particle", &words[end].form)
            && words.get(end + 1).is_some_and(|w| lexicon.is("particle", &w.form))
            && is_part(end + 2)
        {
            end += 3;
        } else {
            break;
        }
    }
    Some(end)
}

/// Whether a title («M.», «Mme») or an office («le ministre», «le ministre russe») stands directly before.
fn is_titled(words: &[Word], sentence: &Range<usize>, at: usize, found: &Found, lexicon: &Lexicon) -> bool {
    if at == sentence.start {
        return false;
    }
    let before = at - 1;
    if lexicon.is("honorific", &words[before].form) {
        return true;
    }
    let Some(m) = found.match_ending(at) else { return false };
    m.is_office()
        || (m.is_adjective() && m.words.start > sentence.start && {
            found.match_ending(m.words.start).is_some_and(|o| o.is_office())
                || words[..m.words.start]
                    .last()
                    .is_some_and(|w| lexicon.groups.longest(std::slice::from_ref(w), 0).is_some())
        })
}

/// A person of the report: indices of the names, all forms of which agree.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bearer {
    /// Indices into the names.
    pub names: Vec<usize>,
    /// The person in the gazetteer.
    pub gazetteer: Option<&'static str>,
}

/// Puts names together; sets their `figure`.
pub(crate) fn bearers(words: &[Word], names: &mut [Name]) -> Vec<Bearer> {
    let mut bearers: Vec<Bearer> = Vec::new();
    // By the first letters of the surname, which agreeing names share.
    let mut by_surname: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut by_first: BTreeMap<String, usize> = BTreeMap::new();
    let mut by_identifier: BTreeMap<&'static str, usize> = BTreeMap::new();
    // One name for each form that a bearer has, to compare with.
    let mut forms: Vec<Vec<usize>> = Vec::new();
    // Whole names first, so that a surname before the first whole name finds its bearer too.
    let (whole, alone): (Vec<usize>, Vec<usize>) = (0..names.len()).partition(|&n| names[n].words.len() > 1);
    for n in whole.into_iter().chain(alone) {
        let name = &names[n];
        let letters: String = surname(words, name).chars().take(4).collect();
        let rivals = by_surname.entry(letters).or_default();
        let fitting = |&b: &usize| {
            if let (Some(a), Some(b)) = (bearers[b].gazetteer, name.gazetteer) {
                return a == b;
            }
            forms[b].iter().any(|&other| agree(words, &names[other], name))
        };
        // The bearer named last before this name, else the first of all.
        let named = |b: usize| {
            let before = bearers[b].names.partition_point(|&o| names[o].words.start < name.words.start);
            before.checked_sub(1).map(|last| bearers[b].names[last])
        };
        // The same person in another spelling: «Iouri Ouchakov», «Yury Ushakov».
        let known = name.gazetteer.and_then(|id| by_identifier.get(id).copied());
        let best = rivals.iter().copied().filter(fitting).max_by_key(|&b| (named(b), std::cmp::Reverse(b)));
        // «M. Lee» of Lee Jae-myung: the family name may stand first.
        let first = || {
            let letters: String = key(words[name.words.start].text);
            (name.words.len() == 1).then(|| by_first.get(&letters).copied()).flatten()
        };
        let best = known.or(best).or_else(first);
        let figure = best.unwrap_or_else(|| {
            bearers.push(Bearer::default());
            forms.push(Vec::new());
            bearers.len() - 1
        });
        if !rivals.contains(&figure) {
            rivals.push(figure);
        }
        if name.words.len() > 1 {
            by_first.entry(key(words[name.words.start].text)).or_insert(figure);
        }
        if let Some(id) = name.gazetteer {
            by_identifier.entry(id).or_insert(figure);
        }
        let same =
            |&o: &usize| names[o].words.len() == name.words.len() && same_words(words, &names[o], name);
        if !forms[figure].iter().any(same) {
            forms[figure].push(n);
        }
        bearers[figure].gazetteer = bearers[figure].gazetteer.or(name.gazetteer);
        let place = bearers[figure].names.partition_point(|&o| o < n);
        bearers[figure].names.insert(place, n);
        names[n].figure = figure;
    }
    // Order of first mention.
    let mut order: Vec<usize> = (0..bearers.len()).collect();
    order.sort_by_key(|&b| bearers[b].names.first().copied());
    let mut place = vec![0; bearers.len()];
    for (new, &old) in order.iter().enumerate() {
        place[old] = new;
    }
    for name in names.iter_mut() {
        name.figure = place[name.figure];
    }
    order.into_iter().map(|old| std::mem::take(&mut bearers[old])).collect()
}

fn same_words(words: &[Word], a: &Name, b: &Name) -> bool {
    a.words.clone().zip(b.words.clone()).all(|(x, y)| words[x].text == words[y].text)
}

fn agree(words: &[Word], a: &Name, b: &Name) -> bool {
    let declined = is_cyrillic(words[a.words.end - 1].text) && is_cyrillic(words[b.words.end - 1].text);
    if !same_surname(&surname(words, a), &surname(words, b), declined) {
        return false;
    }
    let first = |name: &Name| key(words[name.words.start].text);
    if a.words.len() == 1 || b.words.len() == 1 {
        return true;
    }
    let (x, y) = (first(a), first(b));
    x == y
        || x.chars().next() == y.chars().next()
            && (is_initial(&x) || is_initial(&y) || same_surname(&x, &y, declined) || near(&x, &y))
}

fn is_initial(key: &str) -> bool {
    key.chars().count() <= 2
}

fn near(x: &str, y: &str) -> bool {
    let shared = x.chars().zip(y.chars()).take_while(|(a, b)| a == b).count();
    shared >= 3
}

/// The key of the last word of a name.
pub(crate) fn surname(words: &[Word], name: &Name) -> String {
    key(words[name.words.end - 1].text)
}

/// A word for comparison: Latin letters without accents, lower case.
pub(crate) fn key(word: &str) -> String {
    any_ascii(word).to_lowercase().chars().filter(|c| c.is_ascii_alphanumeric()).collect()
}

/// Endings of Russian cases, latinised; a form of a name may have one, or lose one.
const CASES: [&str; 16] =
    ["", "a", "u", "om", "ym", "im", "e", "oj", "oi", "y", "em", "ya", "yu", "ogo", "omu", "ey"];

fn is_cyrillic(word: &str) -> bool {
    word.chars().any(|c| ('\u{400}'..='\u{4ff}').contains(&c))
}

/// Whether two surnames are the same; `declined` where both may stand in any case of Russian.
fn same_surname(x: &str, y: &str, declined: bool) -> bool {
    if x == y || !declined {
        return x == y;
    }
    let shared = x.bytes().zip(y.bytes()).take_while(|(a, b)| a == b).count();
    shared >= 4 && CASES.contains(&&x[shared..]) && CASES.contains(&&y[shared..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surnames_agree_across_russian_cases() {
        assert!(same_surname(&key("Путин"), &key("Путину"), true));
        assert!(same_surname(&key("Путиным"), &key("Путина"), true));
        assert!(!same_surname(&key("Лавров"), &key("Рябков"), true));
        assert!(same_surname(&key("Уиткофф"), &key("Уиткоффом"), true));
        assert!(same_surname(&key("Boussaïdi"), &key("Boussaidi"), false));
        assert!(!same_surname(&key("Martin"), &key("Martina"), false));
    }
}
