//! The proof: nothing is handed on whose words do not stand in the stored text.

use std::collections::BTreeMap;

use depeche_record::{Derivation, Dossier, Problem, ProblemKind, Reading, Report, Span};

/// Drops from `reading` whatever rests on a span that is empty, out of bounds or off character boundaries, and tells
/// what was dropped. Indices between the parts of the reading are kept right.
pub fn verify_reading(report: &Report, reading: &mut Reading) -> Vec<Problem> {
    let text = report.text.as_str();
    let mut dropped: Vec<String> = Vec::new();

    reading.times.retain(|time| stands(text, time.span) || tell(&mut dropped, "a time expression"));
    if let Some(published) = &mut reading.published {
        published.span =
            published.span.filter(|&span| stands(text, span) || tell(&mut dropped, "the words of the date"));
    }

    for figure in &mut reading.figures {
        figure.mentions.retain(|&span| stands(text, span) || tell(&mut dropped, "a mention of a person"));
        figure.offices.retain(|&span| stands(text, span) || tell(&mut dropped, "an office of a person"));
    }
    let figures = keep(&mut reading.figures, |figure| {
        !figure.mentions.is_empty() || tell(&mut dropped, &format!("the person «{}»", figure.name))
    });

    for account in &mut reading.accounts {
        account.evidence.retain(|&span| stands(text, span) || tell(&mut dropped, "evidence of a contact"));
        account.date.take_if(|date| !stands(text, date.span) && !tell(&mut dropped, "the date of a contact"));
        account
            .place
            .take_if(|place| !stands(text, place.span) && !tell(&mut dropped, "the place of a contact"));
        account.participants = account.participants.iter().filter_map(|n| figures.get(n).copied()).collect();
        prune(text, &mut account.derivation);
    }
    let accounts = keep(&mut reading.accounts, |account| {
        !account.evidence.is_empty() || tell(&mut dropped, "a contact")
    });

    for statement in &mut reading.statements {
        statement.quote.retain(|&span| stands(text, span) || tell(&mut dropped, "a piece of a quote"));
        statement.about = statement.about.iter().filter_map(|n| accounts.get(n).copied()).collect();
        statement.speaker.figure = statement.speaker.figure.and_then(|n| figures.get(&n).copied());
        prune(text, &mut statement.derivation);
    }
    reading.statements.retain(|statement| {
        (stands(text, statement.evidence) && stands(text, statement.speaker.span))
            || tell(&mut dropped, &format!("a statement of {}", statement.speaker.name))
    });

    reading.origins.retain(|origin| {
        stands(text, origin.evidence) || tell(&mut dropped, &format!("the origin «{}»", origin.name))
    });
    for origin in &mut reading.origins {
        prune(text, &mut origin.derivation);
    }

    told(&report.id, dropped).into_iter().collect()
}

/// Drops from `reading` what is less sure than `least`. Indices between the parts of the reading are kept right.
pub fn drop_unsure(reading: &mut Reading, least: f64) {
    let accounts = keep(&mut reading.accounts, |account| account.confidence.value >= least);
    reading.statements.retain(|statement| statement.confidence.value >= least);
    for statement in &mut reading.statements {
        statement.about = statement.about.iter().filter_map(|n| accounts.get(n).copied()).collect();
    }
    reading.origins.retain(|origin| origin.confidence.value >= least);
}

/// Drops from `dossier` whatever rests on words that do not stand in the report that they are said to come from, and
/// tells what was dropped.
pub fn verify_dossier(dossier: &mut Dossier, read: &[(Report, Reading)]) -> Vec<Problem> {
    let read: BTreeMap<&str, &(Report, Reading)> =
        read.iter().map(|pair| (pair.0.id.as_str(), pair)).collect();
    let shown =
        |report: &str, span: Span| read.get(report).is_some_and(|(report, _)| stands(&report.text, span));
    let mut problems = Vec::new();
    for contact in &mut dossier.contacts {
        let mut dropped = Vec::new();
        contact.accounts.retain(|mention| {
            read.get(mention.report.as_str())
                .is_some_and(|(_, reading)| mention.account < reading.accounts.len())
                || tell(&mut dropped, "an account")
        });
        contact
            .history
            .retain(|step| shown(&step.report, step.span) || tell(&mut dropped, "a step of its status"));
        for entry in &mut contact.ledger {
            entry
                .attested
                .retain(|a| shown(&a.report, a.span) || tell(&mut dropped, "an entry of its ledger"));
        }
        problems.extend(told(&contact.id, dropped));
    }
    let mut dropped = Vec::new();
    dossier.contacts.retain(|contact| !contact.accounts.is_empty() || tell(&mut dropped, &contact.id));
    dossier.statements.retain(|statement| {
        read.get(statement.report.as_str())
            .is_some_and(|(_, reading)| statement.statement < reading.statements.len())
            || tell(&mut dropped, &statement.id)
    });
    for contradiction in &mut dossier.contradictions {
        contradiction.versions.retain(|(_, a)| shown(&a.report, a.span) || tell(&mut dropped, "a version"));
    }
    dossier.contradictions.retain(|contradiction| contradiction.versions.len() > 1);
    for entry in &mut dossier.reports {
        let id = entry.id.clone();
        entry.origins.retain(|(name, _, span)| shown(&id, *span) || tell(&mut dropped, name));
    }
    problems.extend(told("dossier", dropped));
    problems
}

/// Whether the span covers words of the text.
fn stands(text: &str, span: Span) -> bool {
    text.get(span.range()).is_some_and(|words| !words.trim().is_empty())
}

/// Notes what is dropped; false, so that it ends a condition of what to keep.
fn tell(dropped: &mut Vec<String>, what: &str) -> bool {
    dropped.push(what.to_owned());
    false
}

/// Removes steps of a derivation that point outside the text. A step need not have words of its own.
fn prune(text: &str, derivation: &mut Derivation) {
    if text.get(derivation.span.range()).is_none() {
        derivation.span = Span::default();
    }
    derivation.children.retain(|child| text.get(child.span.range()).is_some());
    derivation.children.iter_mut().for_each(|child| prune(text, child));
}

/// Keeps the items that pass and returns where each of them now stands, by its former index.
fn keep<T>(items: &mut Vec<T>, mut passes: impl FnMut(&T) -> bool) -> BTreeMap<usize, usize> {
    let mut places = BTreeMap::new();
    let mut former = 0;
    items.retain(|item| {
        let passed = passes(item);
        if passed {
            places.insert(former, places.len());
        }
        former += 1;
        passed
    });
    places
}

fn told(subject: &str, dropped: Vec<String>) -> Option<Problem> {
    let first = dropped.first()?;
    let detail = match dropped.len() {
        1 => format!("left out {first}, whose words do not stand in the text"),
        n => format!("left out {first} and {} more, whose words do not stand in the text", n - 1),
    };
    Some(Problem::new(ProblemKind::LeftOut, subject, detail))
}

#[cfg(test)]
mod tests {
    use depeche_record::{
        Account, Act, Basis, Confidence, ContactDate, ContactKind, Edtf, Figure, Language, Origin, Place,
        Relation, Side, Speaker, Statement, Status,
    };
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "À Genève, «\u{a0}nous parlons\u{a0}», a dit l’émissaire. \u{1f54a} Конец.";

    fn report() -> Report {
        Report { blocks: Vec::new(), ..Report::bare("r", TEXT) }
    }

    fn figure(name: &str, mention: Span) -> Figure {
        Figure {
            name: name.to_owned(),
            forms: vec![name.to_owned()],
            mentions: vec![mention],
            offices: vec![mention],
            side: None,
            gazetteer: None,
        }
    }

    /// A reading in which every item rests on one of the spans, and names the figure and the account of its own number.
    fn reading(spans: &[Span]) -> Reading {
        let derivation = |span| Derivation::new("rule", span, "").with(Derivation::new("child", span, ""));
        let all = || spans.iter().copied().enumerate();
        Reading {
            report: "r".to_owned(),
            language: Language::French,
            language_basis: Basis::Text,
            published: None,
            figures: all().map(|(n, span)| figure(&n.to_string(), span)).collect(),
            times: Vec::new(),
            accounts: all()
                .map(|(n, span)| Account {
                    kind: ContactKind::Meeting,
                    status: Status::Held,
                    sides: vec![Side("RU".to_owned()), Side(n.to_string())],
                    participants: vec![n],
                    date: Some(ContactDate {
                        value: Edtf::parse("2024").unwrap(),
                        span,
                        assumed: Vec::new(),
                    }),
                    place: Some(Place { name: "x".to_owned(), span }),
                    evidence: vec![span],
                    confidence: Confidence::default(),
                    derivation: derivation(span),
                })
                .collect(),
            statements: all()
                .map(|(n, span)| Statement {
                    speaker: Speaker { name: n.to_string(), figure: Some(n), span, side: None },
                    act: Act::State,
                    quote: vec![span],
                    evidence: span,
                    about: vec![n],
                    date: None,
                    confidence: Confidence::default(),
                    derivation: derivation(span),
                })
                .collect(),
            origins: all()
                .map(|(n, span)| Origin {
                    name: n.to_string(),
                    gazetteer: None,
                    relation: Relation::Cites,
                    evidence: span,
                    confidence: Confidence::default(),
                    derivation: derivation(span),
                })
                .collect(),
            problems: Vec::new(),
        }
    }

    proptest! {
        #[test]
        fn only_what_stands_in_the_text_is_handed_on(bounds in prop::collection::vec((0u32..90, 0u32..90), 1..8)) {
            let spans: Vec<Span> = bounds.iter().map(|&(start, end)| Span { start, end }).collect();
            let sound = spans.iter().filter(|&&span| stands(TEXT, span)).count();
            let mut reading = reading(&spans);
            let problems = verify_reading(&report(), &mut reading);
            prop_assert_eq!(problems.is_empty(), sound == spans.len());
            prop_assert_eq!(reading.figures.len(), sound);
            prop_assert_eq!(reading.accounts.len(), sound);
            prop_assert_eq!(reading.statements.len(), sound);
            prop_assert_eq!(reading.origins.len(), sound);
            for account in &reading.accounts {
                // The figure that an account names is still the one of its own number.
                prop_assert_eq!(&reading.figures[account.participants[0]].name, &account.sides[1].0);
                prop_assert!(account.date.is_some() && account.place.is_some());
                prop_assert!(!account.evidence[0].of(TEXT).is_empty());
            }
            for statement in &reading.statements {
                let name = &statement.speaker.name;
                prop_assert_eq!(&reading.figures[statement.speaker.figure.unwrap()].name, name);
                prop_assert_eq!(&reading.accounts[statement.about[0]].sides[1].0, name);
                prop_assert!(!statement.quote[0].of(TEXT).is_empty());
            }
        }
    }

    #[test]
    fn a_bad_date_goes_and_its_contact_stays() {
        let mut reading = reading(&[Span::new(0, 2)]);
        // One byte into «à»: off a character's boundary.
        if let Some(date) = &mut reading.accounts[0].date {
            date.span = Span::new(1, 4);
        }
        let problems = verify_reading(&report(), &mut reading);
        assert!(reading.accounts[0].date.is_none() && reading.accounts[0].place.is_some());
        assert_eq!(problems.len(), 1);
        assert!(problems[0].detail.contains("the date of a contact"), "{}", problems[0].detail);
    }
}
