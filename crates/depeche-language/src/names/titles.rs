//! The title before a person's name: «ministre des affaires étrangères» Sergueï Lavrov.
//!
//! From the name leftwards to the head of a title, through what a title is made of: its own words, the peoples and
//! places that it is over, small words, and words in small letters. A comma may stand between the two.

use depeche_record::{Language, Span, TokenRange};

use super::Names;
use super::features::{Case, Describer, hash, key_into};
use super::lexicon::class;

/// Longest title, in tokens.
const LONGEST: usize = 14;
/// Longest run of words that are no words of titles.
const PLAIN: usize = 3;

/// Whether a title is a form of address.
pub(super) fn is_address(title: &str, language: Language) -> bool {
    let mut key = String::new();
    key_into(title.trim_end_matches('.'), language, &mut key);
    Names::of(language).lexicon.classes(hash(&key)) & class::ADDRESS != 0
}

/// The title that ends before the token `name` and does not reach before `free`, where the last person ends.
pub(super) fn before(
    describer: &Describer<'_>,
    sentences: &[TokenRange],
    free: usize,
    name: usize,
) -> Option<Span> {
    let sentence = sentences.partition_point(|sentence| sentence.end as usize <= name);
    let floor = sentences.get(sentence).map_or(name, |sentence| sentence.start as usize).max(free);
    let words = &describer.words;
    let classes = |at: usize| words[at].classes;
    let is_head = |at: usize| classes(at) & class::TITLE != 0;
    let span = |at: usize| describer.tokens[at];
    let text = |at: usize| describer.text.get(span(at).range()).unwrap_or_default();
    let last = name.checked_sub(1).filter(|&last| last >= floor)?;
    // «M.», «Mme»; the full stop may be a token of its own.
    let stop = usize::from(text(last) == "." && last > floor && classes(last - 1) & class::ADDRESS != 0);
    if classes(last - stop) & class::ADDRESS != 0 {
        return Some(span(last - stop).cover(span(last)));
    }
    let end = if text(last) == "," { last.checked_sub(1).filter(|&end| end >= floor)? } else { last };
    let apposed = end < last;
    let mut head = None;
    let mut plain = 0;
    for at in (floor..=end).rev().take(LONGEST) {
        let word = &words[at];
        if is_head(at) {
            head = Some(at);
            plain = 0;
            continue;
        }
        let belongs =
            class::OFFICE_WORD | class::DEMONYM | class::PARTICLE | class::BODY_HEAD | class::LOCATIVE;
        let joins = word.classes & belongs != 0 || describer.is_listed(at);
        match word.case {
            Case::None => break,
            _ if joins => {}
            Case::Lower => plain += 1,
            _ if apposed || describer.lexicon.language == Language::English => break,
            _ => plain += 1,
        }
        if plain > PLAIN || (head.is_some() && !joins) {
            break;
        }
    }
    let mut head = head?;
    // English titles begin before their head: `U.S. Deputy Foreign Minister`.
    if describer.lexicon.language != Language::French {
        while head > floor
            && (classes(head - 1) & (class::OFFICE_WORD | class::DEMONYM) != 0
                || describer.is_listed(head - 1))
        {
            head -= 1;
        }
    }
    Some(span(head).cover(span(end)))
}
