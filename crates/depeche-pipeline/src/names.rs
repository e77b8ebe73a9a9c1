//! Names of a report, with what the gazetteer knows as evidence.

use depeche_gazetteer::{Gazetteer, Sense};
use depeche_language::names::{Hint, Name, NameKind, names};
use depeche_record::{Analysis, Language, Report, Span};

/// The people, places and organisations of a report's article, in order, without overlap.
///
/// The article is read as one, since a name told in full in one place helps in the others.
pub fn names_of(report: &Report, analysis: &Analysis, gazetteer: &Gazetteer) -> Vec<Name> {
    let Some(article) = report.article().map(|block| block.span).reduce(Span::cover) else {
        return Vec::new();
    };
    let mut found = names_in(&report.text, article, analysis.language, gazetteer);
    found.retain(|name| report.article().any(|block| block.span.contains(name.span)));
    found
}

/// The people, places and organisations of the part `span` of a text. What the gazetteer says of words is weighed with
/// everything else, and may be outvoted.
pub fn names_in(text: &str, span: Span, language: Language, gazetteer: &Gazetteer) -> Vec<Name> {
    let start = span.start as usize;
    let matches = gazetteer.matches(span.of(text), language);
    let hint = |known: &depeche_gazetteer::Match| {
        let kind = known.senses.iter().find_map(kind)?;
        let span = Span::new(start + known.span.start as usize, start + known.span.end as usize);
        Some(Hint { span, kind })
    };
    let hints: Vec<Hint> = matches.iter().filter_map(hint).collect();
    names(text, span, language, &hints)
}

/// What a name of this sense is of; none for adjectives, peoples and titles, which are no names.
fn kind(sense: &Sense) -> Option<NameKind> {
    match sense {
        Sense::Person(_) | Sense::PersonSurname(_) => Some(NameKind::Person),
        Sense::State(_) | Sense::Capital(_) | Sense::Town(_) => Some(NameKind::Place),
        Sense::Organisation(_) | Sense::Party(_) => Some(NameKind::Organisation),
        Sense::Outlet { ambiguous: false, .. } => Some(NameKind::Organisation),
        _ => None,
    }
}
