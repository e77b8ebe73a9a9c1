//! The decisions of people between the surfaces, which name things by identifiers, the store, which keeps them by words,
//! and the resolving, which takes them by spans.

use depeche_record::records::{Evidence, JudgementRecord, SubjectRecord, judgement_record};
use depeche_record::{Anchor, CodePoints, Decision, Judgement, JudgementEntry, Span, Subject};
use depeche_resolve::anchor;
use depeche_store::{Dossier, Item, StoreError};

/// What an identifier leads to, for a decision.
#[derive(Debug, Clone, PartialEq)]
pub enum Judged {
    /// Words that a thing is known by.
    Subject(SubjectRecord),
    /// Several things: their identifiers.
    Several(Vec<String>),
    /// Nothing.
    Nothing,
}

/// What a decision on an identifier is about: a report, a contact, an actor, a statement of the dossier, or an account or
/// statement of a report (`REPORT#c1`, `REPORT#s2`).
///
/// # Errors
///
/// A damaged dossier.
pub fn subject(dossier: &Dossier, id: &str) -> Result<Judged, StoreError> {
    if let Some((report, item)) = id.rsplit_once('#')
        && dossier.entry(report)?.is_some()
    {
        let (report, reading) = dossier.report(report)?;
        let number = item.get(1..).and_then(|n| n.parse::<usize>().ok()).and_then(|n| n.checked_sub(1));
        let found = match (item.get(..1), number) {
            (Some("c"), Some(n)) => reading.accounts.get(n).map(|one| ("contact", anchor::of_account(one))),
            (Some("s"), Some(n)) => {
                reading.statements.get(n).map(|one| ("statement", anchor::of_statement(one)))
            }
            _ => None,
        };
        return Ok(found.map_or(Judged::Nothing, |(kind, span)| {
            Judged::Subject(words(kind, &report.id, &report.text, span))
        }));
    }
    let mut named = dossier.named(id)?;
    if named.len() > 1 {
        return Ok(Judged::Several(named.into_iter().map(|named| named.id).collect()));
    }
    let Some(named) = named.pop() else { return Ok(Judged::Nothing) };
    let Some(member) = named.member else {
        let report = SubjectRecord { kind: "report".into(), report: named.id, evidence: None };
        return Ok(Judged::Subject(report));
    };
    let (report, reading) = dossier.report(&member.report)?;
    let found = match named.item {
        Item::Contact => reading.accounts.get(member.number).map(|one| ("contact", anchor::of_account(one))),
        Item::Actor => reading.figures.get(member.number).map(|one| ("actor", anchor::of_figure(one))),
        Item::Statement => {
            reading.statements.get(member.number).map(|one| ("statement", anchor::of_statement(one)))
        }
        _ => None,
    };
    Ok(found
        .map_or(Judged::Nothing, |(kind, span)| Judged::Subject(words(kind, &report.id, &report.text, span))))
}

fn words(kind: &'static str, report: &str, text: &str, span: Span) -> SubjectRecord {
    let (start, end) = CodePoints::of(text).range(text, span);
    let evidence = Evidence { exact: span.of(text).to_owned(), start, end };
    SubjectRecord { kind: kind.into(), report: report.to_owned(), evidence: Some(evidence) }
}

/// The judgement of a record, its words looked for in the texts as they are now; none where the record says nothing that
/// can be meant. Words that are gone are an empty span, which means nothing.
pub fn located<'t>(
    record: &JudgementRecord,
    text_of: impl Fn(&str) -> Option<&'t String>,
) -> Option<Judgement> {
    let subject = |n: usize| -> Option<Subject> {
        let about = record.about.get(n)?;
        let anchor = || {
            let text = text_of(&about.report);
            let span = text.zip(about.evidence.as_ref()).and_then(|(text, words)| locate(text, words));
            Anchor { report: about.report.clone(), span: span.unwrap_or_default() }
        };
        match &*about.kind {
            "report" => Some(Subject::Report(about.report.clone())),
            "actor" => Some(Subject::Actor(anchor())),
            "contact" => Some(Subject::Contact(anchor())),
            "statement" => Some(Subject::Statement(anchor())),
            _ => None,
        }
    };
    let value = || record.value.clone();
    let decision = match &*record.decision {
        "same" => Decision::Same(subject(0)?, subject(1)?),
        "not_same" => Decision::NotSame(subject(0)?, subject(1)?),
        "accept" => Decision::Accept(subject(0)?),
        "reject" => Decision::Reject(subject(0)?),
        "correct" => {
            Decision::Correct { subject: subject(0)?, field: record.field.clone()?, value: value()? }
        }
        "note" => Decision::Note(subject(0)?, value()?),
        "undo" => Decision::Undo(value()?),
        _ => return None,
    };
    Some(Judgement {
        id: record.id.clone(),
        author: record.author.clone(),
        time: record.time.clone(),
        reason: record.reason.clone(),
        decision,
    })
}

/// Where words stand in a text: where they stood, else where they stand nearest to it.
fn locate(text: &str, words: &Evidence) -> Option<Span> {
    if words.exact.is_empty() {
        return None;
    }
    let at = text.char_indices().nth(words.start).map_or(text.len(), |(at, _)| at);
    let nearest = text
        .match_indices(words.exact.as_str())
        .map(|(start, _)| start)
        .min_by_key(|&start| (start.abs_diff(at), start))?;
    Some(Span::new(nearest, nearest + words.exact.len()))
}

/// A judgement as it was recorded, with what became of it.
pub fn with_outcome(record: &JudgementRecord, entry: Option<&JudgementEntry>) -> JudgementRecord {
    // Only the outcome is taken from the entry: its words were looked for anew.
    let told =
        entry.map(|entry| judgement_record(entry, |_| Evidence { exact: String::new(), start: 0, end: 0 }));
    let (outcome, by) = match told {
        Some(told) => (told.outcome, told.by),
        None => ("unusable".into(), None),
    };
    JudgementRecord { outcome, by, ..record.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_again_where_the_text_moved() {
        let text = "À Genève. Le ministre a parlé. Le ministre est parti.";
        let find = |exact: &str, start: usize| {
            let end = start + exact.chars().count();
            locate(text, &Evidence { exact: exact.to_owned(), start, end })
        };
        let at = |words: &str, from: usize| {
            let start = from + text[from..].find(words).unwrap();
            Some(Span::new(start, start + words.len()))
        };
        assert_eq!(find("Le ministre", 10), at("Le ministre", 0));
        assert_eq!(find("Le ministre", 33), at("Le ministre", 20));
        assert_eq!(find("Genève", 400), at("Genève", 0));
        assert_eq!(find("Berne", 2), None);
    }
}
