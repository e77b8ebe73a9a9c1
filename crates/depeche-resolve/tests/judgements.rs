//! What people decide outranks the rules, is never lost, and does not depend on the order in which it came.

#![allow(clippy::unwrap_used, reason = "what is made by hand is known")]

mod made;

use depeche_gazetteer::Gazetteer;
use depeche_record::ContactKind::{self, Call, Meeting};
use depeche_record::Status::{Held, Planned};
use depeche_record::{
    Act, Anchor, Decision, Dossier, Judgement, Outcome, Reading, Report, Span, Stance, Subject,
};
use depeche_resolve::identifier::{self, Item};
use made::{Made, report};
use proptest::prelude::*;

/// Judgements by their decisions: the first is `j1` of the first second, and so on.
fn judged(decisions: Vec<Decision>) -> Vec<Judgement> {
    let judgement = |(n, decision)| Judgement {
        id: format!("j{}", n + 1),
        author: "ana".to_owned(),
        time: format!("2025-03-01T10:00:{:02}Z", n + 1),
        reason: None,
        decision,
    };
    decisions.into_iter().enumerate().map(judgement).collect()
}

fn resolve(made: Vec<Made>, decisions: Vec<Decision>) -> Dossier {
    let read: Vec<(Report, Reading)> = made.into_iter().map(Made::done).collect();
    depeche_resolve::resolve(&read, &judged(decisions), Gazetteer::builtin(), None)
}

fn outcomes(dossier: &Dossier) -> Vec<&Outcome> {
    dossier.judgements.iter().map(|entry| &entry.outcome).collect()
}

fn together(dossier: &Dossier) -> Vec<Vec<&str>> {
    let reports = |contact: &depeche_record::Contact| contact.accounts.len() > 1;
    let contacts = dossier.contacts.iter().filter(|contact| reports(contact));
    let mut all: Vec<Vec<&str>> =
        contacts.map(|contact| contact.accounts.iter().map(|told| told.report.as_str()).collect()).collect();
    all.sort();
    all
}

const TEXT: &str = "Le ministre a reçu son homologue. Ils se sont parlé au téléphone la veille.";

/// A meeting told by each of four reports: a and b of the fifth, c and d of the ninth of March.
fn meetings() -> Vec<Made> {
    let told = |id: &str, day: &str, date: &str| {
        let people = "Paul Kagame/RW,Félix Tshisekedi/CD";
        report(id, TEXT).on(day).account(Meeting, Held, "RW CD", people, date, "Doha")
    };
    vec![
        told("a", "2025-03-06", "2025-03-05"),
        told("b", "2025-03-06", "2025-03-05"),
        told("c", "2025-03-10", "2025-03-09"),
        told("d", "2025-03-10", "2025-03-09"),
    ]
}

fn contact(report: &str) -> Subject {
    Subject::Contact(Anchor { report: report.to_owned(), span: Span::new(0, TEXT.len()) })
}

fn anchor(report: &str, start: usize, end: usize) -> Anchor {
    Anchor { report: report.to_owned(), span: Span::new(start, end) }
}

#[test]
fn contacts_are_brought_together_and_parted() {
    assert_eq!(together(&resolve(meetings(), vec![])), [["a", "b"], ["c", "d"]]);

    let same = Decision::Same(contact("a"), contact("d"));
    let dossier = resolve(meetings(), vec![same.clone()]);
    assert_eq!(together(&dossier), [["a", "b", "c", "d"]]);
    assert!(dossier.contacts[0].accounts.iter().any(|told| told.reason == "judged|j1|ana"));
    assert_eq!(dossier.contacts[0].judged.judgements, ["j1"]);

    // The two named are one; the rules do not carry b along, which another judgement keeps away from d.
    let apart = Decision::NotSame(contact("b"), contact("d"));
    let dossier = resolve(meetings(), vec![same.clone(), apart]);
    assert_eq!(together(&dossier), [["a", "d"]]);
    assert_eq!(outcomes(&dossier), [&Outcome::Applied, &Outcome::Applied]);

    let apart = Decision::NotSame(contact("a"), contact("b"));
    let dossier = resolve(meetings(), vec![apart.clone()]);
    assert_eq!(together(&dossier), [["c", "d"]]);

    // What cannot hold together: the newest holds, and the other is told.
    let contrary = Decision::NotSame(contact("a"), contact("d"));
    let dossier = resolve(meetings(), vec![same, contrary]);
    assert_eq!(together(&dossier), [["a", "b"], ["c", "d"]]);
    assert_eq!(outcomes(&dossier), [&Outcome::Overruled("j2".to_owned()), &Outcome::Applied]);
}

#[test]
fn same_carries_over_and_a_later_word_ends_it() {
    let same = |a, b| Decision::Same(contact(a), contact(b));
    let dossier = resolve(
        meetings(),
        vec![same("a", "c"), same("c", "d"), Decision::NotSame(contact("a"), contact("d"))],
    );
    // The oldest gives way.
    assert_eq!(
        outcomes(&dossier),
        [&Outcome::Overruled("j3".to_owned()), &Outcome::Applied, &Outcome::Applied]
    );
}

#[test]
fn what_is_undone_is_undone_and_can_be_taken_up_again() {
    let same = Decision::Same(contact("a"), contact("d"));
    let undo = |id: &str| Decision::Undo(id.to_owned());
    let dossier = resolve(meetings(), vec![same.clone(), undo("j1")]);
    assert_eq!(together(&dossier), [["a", "b"], ["c", "d"]]);
    assert_eq!(outcomes(&dossier), [&Outcome::Undone("j2".to_owned()), &Outcome::Applied]);
    let dossier = resolve(meetings(), vec![same.clone(), undo("j1"), undo("j2")]);
    assert_eq!(together(&dossier), [["a", "b", "c", "d"]]);
    let dossier = resolve(meetings(), vec![undo("j2"), undo("j1"), undo("j9")]);
    assert!(matches!(outcomes(&dossier)[..], [Outcome::Unusable(_), Outcome::Unusable(_), Outcome::Gone]));
}

#[test]
fn contacts_are_rejected_accepted_corrected_and_noted() {
    let dossier = resolve(meetings(), vec![Decision::Reject(contact("b"))]);
    assert_eq!(together(&dossier), [["c", "d"]]);
    assert_eq!(dossier.contacts.len(), 1);

    let dossier = resolve(meetings(), vec![Decision::Reject(contact("b")), Decision::Accept(contact("a"))]);
    assert_eq!(dossier.contacts.len(), 2);
    assert!(dossier.contacts[0].judged.accepted);
    assert_eq!(outcomes(&dossier), [&Outcome::Overruled("j2".to_owned()), &Outcome::Applied]);

    let correct = |field: &str, value: &str| Decision::Correct {
        subject: contact("a"),
        field: field.to_owned(),
        value: value.to_owned(),
    };
    let dossier = resolve(
        meetings(),
        vec![
            correct("date", "2025-03-04"),
            correct("date", "2025-03-07"),
            correct("kind", "call"),
            correct("sides", "CD, RW,QA"),
            correct("colour", "blue"),
            correct("status", "perhaps"),
            Decision::Note(contact("b"), "À vérifier à Doha.".to_owned()),
        ],
    );
    let changed = &dossier.contacts[0];
    assert_eq!(changed.date.as_ref().unwrap().to_string(), "2025-03-07");
    assert_eq!((changed.kind, changed.sides.len(), changed.ledger.len()), (Call, 3, 3));
    assert_eq!(changed.judged.notes, ["À vérifier à Doha."]);
    assert_eq!(changed.judged.corrected, ["date", "kind", "sides"]);
    assert_eq!(changed.judged.judgements, ["j2", "j3", "j4", "j7"]);
    assert!(matches!(outcomes(&dossier)[4..6], [Outcome::Unusable(_), Outcome::Unusable(_)]));
    assert_eq!(outcomes(&dossier)[0], &Outcome::Overruled("j2".to_owned()));
}

#[test]
fn what_is_gone_is_told_and_holds_again_when_it_comes() {
    let same = Decision::Same(contact("a"), contact("d"));
    let mut less = meetings();
    less.pop();
    let dossier = resolve(less, vec![same]);
    assert_eq!(outcomes(&dossier), [&Outcome::Gone]);
    let nothing = Subject::Contact(anchor("a", 4000, 4010));
    assert_eq!(outcomes(&resolve(meetings(), vec![Decision::Accept(nothing)])), [&Outcome::Gone]);
}

#[test]
fn an_anchor_means_what_covers_its_words_best() {
    // The same words read a little otherwise: the account is still meant.
    let near = Subject::Contact(anchor("a", 3, 31));
    let dossier = resolve(meetings(), vec![Decision::Accept(near)]);
    assert!(dossier.contacts[0].judged.accepted);
}

fn people() -> Vec<Made> {
    let named = |id: &str, names: &[(&str, &str)]| {
        let text: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
        let mut made = report(id, &text.join(". "));
        for (name, side) in names {
            made = made.person(name, side);
            let span = made.span(name);
            made.reading.figures.last_mut().unwrap().mentions.push(span);
        }
        made
    };
    vec![
        named("a", &[("Jake Sullivan", "US"), ("Abou Karim", "")]),
        named("b", &[("John Sullivan", "US")]),
        named("c", &[("Sullivan", "US")]),
        named("d", &[("Moussa Diallo", "ML")]),
        named("e", &[("Moussa Diallo", "ML")]),
        named("f", &[("Diallo", "ML")]),
    ]
}

fn person(report: &str, start: usize, end: usize) -> Subject {
    Subject::Actor(anchor(report, start, end))
}

fn named_with<'d>(dossier: &'d Dossier, report: &str) -> Vec<&'d str> {
    let with = dossier.actors.iter().filter(|actor| actor.figures.iter().any(|(there, _)| there == report));
    with.flat_map(|actor| actor.figures.iter().map(|(report, _)| report.as_str())).collect()
}

#[test]
fn people_are_brought_together_and_parted() {
    let dossier = resolve(people(), vec![]);
    assert_eq!(named_with(&dossier, "c"), ["c"]);
    assert_eq!(named_with(&dossier, "f"), ["d", "e", "f"]);

    // A surname alone in one report; a war name; a namesake; someone who is not meant.
    let dossier = resolve(
        people(),
        vec![
            Decision::Same(person("c", 0, 8), person("b", 0, 13)),
            Decision::Same(person("a", 15, 25), person("d", 0, 13)),
            Decision::NotSame(person("d", 0, 13), person("e", 0, 13)),
        ],
    );
    assert!(outcomes(&dossier).iter().all(|outcome| **outcome == Outcome::Applied));
    assert_eq!(named_with(&dossier, "c"), ["b", "c"]);
    assert_eq!(
        named_with(&dossier, "d").len(),
        named_with(&dossier, "d").iter().filter(|r| **r != "e").count()
    );
    assert!(named_with(&dossier, "d").contains(&"a"));
    assert!(!named_with(&dossier, "e").contains(&"d"));

    let dossier = resolve(people(), vec![Decision::NotSame(person("f", 0, 6), person("d", 0, 13))]);
    assert_eq!(named_with(&dossier, "f"), ["f"]);

    let correct = Decision::Correct {
        subject: person("b", 0, 13),
        field: "name".to_owned(),
        value: "John J. Sullivan".to_owned(),
    };
    let dossier = resolve(people(), vec![correct, Decision::Reject(person("a", 15, 25))]);
    assert!(dossier.actors.iter().any(|actor| actor.name == "John J. Sullivan"));
    assert!(!dossier.actors.iter().any(|actor| actor.name == "Abou Karim"));
}

#[test]
fn reports_and_statements_are_judged() {
    let told = |id: &str| {
        report(id, TEXT)
            .on("2025-03-06")
            .account(Meeting, Planned, "RW CD", "Paul Kagame/RW", "2025-03-05", "Doha")
            .says("Paul Kagame", "RW", Act::Confirm, "Le ministre a reçu son homologue.")
    };
    let read = || vec![told("a"), told("b")];
    let lineage = |dossier: &Dossier| dossier.reports.iter().map(|r| r.lineage.clone()).collect::<Vec<_>>();
    let of = |id: &str| Subject::Report(id.to_owned());
    let said = |id: &str| Subject::Statement(anchor(id, 0, 33));

    assert_eq!(lineage(&resolve(read(), vec![])), ["a", "a"]);
    let dossier = resolve(read(), vec![Decision::NotSame(of("a"), of("b"))]);
    assert_eq!(lineage(&dossier), ["a", "b"]);
    assert_eq!(dossier.reports[0].judged.judgements, ["j1"]);

    let dossier = resolve(
        read(),
        vec![Decision::Reject(said("a")), Decision::Accept(said("b")), Decision::Accept(contact("a"))],
    );
    assert_eq!(dossier.statements.len(), 1);
    assert!(dossier.statements[0].judged.accepted && dossier.statements[0].statement == 0);
    let ledger = |dossier: &Dossier| dossier.contacts[0].ledger[1].attested.len();
    assert_eq!(ledger(&dossier), 1);

    let act = Decision::Correct { subject: said("b"), field: "act".to_owned(), value: "deny".to_owned() };
    let dossier = resolve(read(), vec![act, Decision::Reject(said("a"))]);
    assert_eq!(dossier.contacts[0].ledger[1].stance, Stance::Denies);
    assert_eq!(dossier.statements[0].judged.corrected, ["act"]);

    let dossier = resolve(read(), vec![Decision::Accept(contact("a")), Decision::Reject(of("a"))]);
    assert_eq!(dossier.reports.len(), 1);
    assert_eq!(outcomes(&dossier), [&Outcome::Overruled("j2".to_owned()), &Outcome::Applied]);

    let day =
        Decision::Correct { subject: of("b"), field: "published".to_owned(), value: "2025-03-01".to_owned() };
    let dossier = resolve(read(), vec![day]);
    assert_eq!(dossier.reports[1].published.as_ref().unwrap().date.to_string(), "2025-03-01");
    assert_eq!(dossier.contacts[0].history[0].report, "b");
}

#[test]
fn identifiers_outlive_further_reports() {
    let read: Vec<(Report, Reading)> = meetings().into_iter().map(Made::done).collect();
    let gazetteer = Gazetteer::builtin();
    let small = depeche_resolve::resolve(&read[1..2], &[], gazetteer, None);
    let whole = depeche_resolve::resolve(&read, &[], gazetteer, None);
    let (then, now) = (&small.contacts[0], &whole.contacts[0]);
    // An older account has come, which gives the contact its name; the former one still leads to it.
    assert_ne!(then.id, now.id);
    assert_eq!(identifier::find(&whole, &read, &then.id), [Item::Contact(0)]);
    assert_eq!(identifier::find(&whole, &read, &now.id.to_uppercase()), [Item::Contact(0)]);
    assert_eq!(identifier::find(&whole, &read, &small.actors[0].id), [Item::Actor(0)]);
    assert!(identifier::find(&whole, &read, "c").is_empty());
    assert!(identifier::find(&whole, &read, "czzzzz").is_empty());
    // Later ones change nothing.
    let later = depeche_resolve::resolve(&read[..3], &[], gazetteer, None);
    assert_eq!(later.contacts[0].id, now.id);
}

fn any_decision() -> impl Strategy<Value = Decision> {
    let reports = ["a", "b", "c", "d", "gone"];
    let subject = || {
        (proptest::sample::select(reports.to_vec()), 0..4usize).prop_map(|(report, sort)| match sort {
            0 => Subject::Report(report.to_owned()),
            1 => Subject::Actor(anchor(report, 0, 11)),
            2 => contact(report),
            _ => Subject::Statement(anchor(report, 0, 33)),
        })
    };
    let pair = || {
        (proptest::sample::select(reports.to_vec()), proptest::sample::select(reports.to_vec()), 0..3usize)
            .prop_map(|(a, b, sort)| match sort {
                0 => (Subject::Report(a.to_owned()), Subject::Report(b.to_owned())),
                1 => (Subject::Actor(anchor(a, 0, 11)), Subject::Actor(anchor(b, 0, 11))),
                _ => (contact(a), contact(b)),
            })
    };
    let fields = ["date", "kind", "name", "act", "published", "sides"];
    let values = ["2025-03-02", "call", "Ana", "deny", "", "RW,CD"];
    prop_oneof![
        pair().prop_map(|(a, b)| Decision::Same(a, b)),
        pair().prop_map(|(a, b)| Decision::NotSame(a, b)),
        subject().prop_map(Decision::Accept),
        subject().prop_map(Decision::Reject),
        subject().prop_map(|subject| Decision::Note(subject, "?".to_owned())),
        (subject(), proptest::sample::select(fields.to_vec()), proptest::sample::select(values.to_vec()))
            .prop_map(|(subject, field, value)| Decision::Correct {
                subject,
                field: field.to_owned(),
                value: value.to_owned()
            }),
        (1..9u8).prop_map(|n| Decision::Undo(format!("j{n}"))),
    ]
}

fn all() -> Vec<(Report, Reading)> {
    let said = |made: Made| made.says("Paul Kagame", "RW", Act::Confirm, "Le ministre a reçu son homologue.");
    let named = |mut made: Made| {
        made.reading.figures[0].mentions.push(Span::new(0, 11));
        made
    };
    meetings().into_iter().map(|made| named(said(made)).done()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_judgements_changes_nothing_and_none_is_lost(
        (sorted, shuffled) in proptest::collection::vec(any_decision(), 0..9)
            .prop_map(judged)
            .prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
    ) {
        let read = all();
        let reversed: Vec<_> = read.iter().rev().cloned().collect();
        let gazetteer = Gazetteer::builtin();
        let dossier = depeche_resolve::resolve(&read, &sorted, gazetteer, None);
        prop_assert_eq!(&dossier, &depeche_resolve::resolve(&reversed, &shuffled, gazetteer, None));
        let twice: Vec<Judgement> = sorted.iter().chain(&shuffled).cloned().collect();
        prop_assert_eq!(&dossier, &depeche_resolve::resolve(&read, &twice, gazetteer, None));
        prop_assert_eq!(dossier.judgements.len(), sorted.len());

        // Those that hold are kept to.
        let holder = |subject: &Subject| {
            let Subject::Contact(anchor) = subject else { return None };
            dossier.contacts.iter().position(|c| c.accounts.iter().any(|told| told.report == anchor.report))
        };
        for entry in dossier.judgements.iter().filter(|entry| entry.outcome == Outcome::Applied) {
            match &entry.judgement.decision {
                Decision::Same(a, b) => prop_assert_eq!(holder(a), holder(b)),
                Decision::NotSame(a, b) => {
                    prop_assert!(holder(a).is_none() || holder(a) != holder(b), "{:?}", dossier.contacts);
                }
                Decision::Reject(a @ Subject::Contact(_)) => prop_assert_eq!(holder(a), None),
                Decision::Reject(Subject::Report(id)) => {
                    prop_assert!(!dossier.reports.iter().any(|report| report.id == *id));
                }
                _ => {}
            }
        }
        for contact in &dossier.contacts {
            prop_assert!(ContactKind::ALL.contains(&contact.kind) && !contact.sides.is_empty());
        }
    }
}
