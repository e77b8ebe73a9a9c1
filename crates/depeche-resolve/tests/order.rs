//! The dossier is a function of the set of its inputs.

#![allow(clippy::unwrap_used, reason = "what is made by hand is known")]

mod made;

use depeche_gazetteer::Gazetteer;
use depeche_record::{Act, ContactKind, Reading, Relation, Report, Status};
use made::report;
use proptest::prelude::*;

const PEOPLE: &[&str] = &[
    "Iouri Ouchakov/RU",
    "Yury Ushakov/RU",
    "Ouchakov/",
    "Marco Rubio/US",
    "Rubio/US",
    "Rubio/",
    "Jake Sullivan/US",
    "John Sullivan/US",
    "Sullivan/",
    "Abbas Araghchi/IR",
    "Araqchi/IR",
    "Хакан Фидан/TR",
    "Hakan Fidan/TR",
];
const SIDES: &[&str] = &["RU US", "RU TR US", "IR US", "TR US", "RU TR"];
const DATES: &[&str] = &["", "2025-02-17", "2025-02-18", "2025-02", "XXXX-02-18", "2024-11-07"];
const PLACES: &[&str] = &["", "Riyad", "Ankara", "Moscou", "Turquie"];
const OUTLETS: &[&str] = &["", "Alpha", "Bêta", "Reuters"];
const SENTENCES: &[&str] = &[
    "Les deux ministres se sont vus mardi à huis clos pendant trois heures dans la capitale, selon Alpha.",
    "Le porte-parole n'a ni confirmé ni démenti cette information que la presse avait publiée la veille au soir.",
    "Une source proche du dossier, citée par Reuters, évoque un appel téléphonique qui aurait duré vingt minutes.",
    "La réunion prévue jeudi n'aura finalement pas lieu, a fait savoir le ministère dans un communiqué laconique.",
];

fn any_report() -> impl Strategy<Value = (Report, Reading)> {
    let pick = |list: &'static [&'static str]| proptest::sample::select(list);
    let account = (
        0..ContactKind::ALL.len(),
        0..Status::ALL.len(),
        pick(SIDES),
        proptest::collection::vec(pick(PEOPLE), 0..3),
        pick(DATES),
        pick(PLACES),
        (0..Act::ALL.len(), pick(PEOPLE), any::<bool>()),
    );
    let texts = proptest::collection::vec(pick(SENTENCES), 0..4);
    let accounts = proptest::collection::vec(account, 0..4);
    (0..12u8, texts, pick(DATES), pick(OUTLETS), pick(OUTLETS), any::<bool>(), accounts).prop_map(
        |(id, texts, day, outlet, cited, whole, accounts)| {
            let mut made = report(&format!("r{id}"), &texts.join("\n"));
            if !day.is_empty() {
                made = made.on(day);
            }
            if !outlet.is_empty() {
                made = made.in_outlet(outlet);
            }
            for (kind, status, sides, people, date, place, (act, speaker, speaks)) in accounts {
                let (kind, status) = (ContactKind::ALL[kind], Status::ALL[status]);
                made = made.account(kind, status, sides, &people.join(","), date, place);
                if speaks {
                    let (name, side) = speaker.split_once('/').unwrap();
                    made = made.says(name, side, Act::ALL[act], SENTENCES[act % SENTENCES.len()]);
                }
            }
            if !cited.is_empty() {
                made = made.origin(cited, if whole { Relation::Republishes } else { Relation::Cites });
            }
            made.done()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_order_gives_the_same_dossier(
        (sorted, shuffled) in proptest::collection::vec(any_report(), 0..14)
            .prop_flat_map(|read| (Just(read.clone()), Just(read).prop_shuffle())),
    ) {
        let gazetteer = Gazetteer::builtin();
        let dossier = depeche_resolve::resolve(&sorted, &[], gazetteer, None);
        prop_assert_eq!(&dossier, &depeche_resolve::resolve(&shuffled, &[], gazetteer, None));
        // What comes twice counts once, for identifiers that stand for one report.
        let mut distinct = sorted.clone();
        distinct.sort_by(|a, b| a.0.id.cmp(&b.0.id));
        distinct.dedup_by(|a, b| a.0.id == b.0.id);
        let twice: Vec<_> = distinct.iter().chain(&distinct).cloned().collect();
        let once = depeche_resolve::resolve(&distinct, &[], gazetteer, None);
        prop_assert_eq!(&once, &depeche_resolve::resolve(&twice, &[], gazetteer, None));

        // Every account stands in one contact, every figure in one actor; no contact has two accounts of one report.
        let accounts: usize = once.contacts.iter().map(|contact| contact.accounts.len()).sum();
        prop_assert_eq!(accounts, distinct.iter().map(|(_, reading)| reading.accounts.len()).sum::<usize>());
        let figures: usize = once.actors.iter().map(|actor| actor.figures.len()).sum();
        prop_assert_eq!(figures, distinct.iter().map(|(_, reading)| reading.figures.len()).sum::<usize>());
        for contact in &once.contacts {
            let reports: std::collections::BTreeSet<_> = contact.accounts.iter().map(|account| &account.report).collect();
            prop_assert_eq!(reports.len(), contact.accounts.len());
            prop_assert!(1 <= contact.corroboration.least);
            prop_assert!(contact.corroboration.least <= contact.corroboration.most);
            prop_assert!(contact.corroboration.most <= contact.accounts.len());
            prop_assert_eq!(contact.ledger.iter().map(|entry| &entry.side).collect::<Vec<_>>(), contact.sides.iter().collect::<Vec<_>>());
        }
        let ids = once.contacts.iter().map(|contact| &contact.id).chain(once.actors.iter().map(|actor| &actor.id));
        let ids: Vec<&String> = ids.chain(once.statements.iter().map(|statement| &statement.id)).collect();
        prop_assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), ids.len());
        for report in &once.reports {
            let first = once.reports.iter().find(|first| first.id == report.lineage);
            prop_assert!(first.is_some_and(|first| first.lineage == first.id));
        }
        for reason in once.contacts.iter().flat_map(|contact| &contact.corroboration.reasons) {
            let (key, _) = depeche_resolve::reason::read(reason);
            prop_assert!(depeche_resolve::reason::KEYS.iter().any(|known| known.key == key), "{}", key);
        }
    }
}
