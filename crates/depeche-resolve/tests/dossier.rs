//! What becomes of readings made by hand.

#![allow(clippy::unwrap_used, reason = "what is made by hand is known")]

mod made;

use depeche_gazetteer::Gazetteer;
use depeche_record::ContactKind::{Call, Meeting, Talks, Visit};
use depeche_record::Status::{self, Cancelled, Denied, Held, Planned, Possible};
use depeche_record::{
    Act, Anchor, Block, BlockKind, ContradictionKind, Day, Decision, Dossier, GapKind, Judgement,
    ProblemKind, Reading, Relation, Report, Stance, Subject,
};
use made::{Made, report};

fn resolve(made: Vec<Made>) -> Dossier {
    let read: Vec<(Report, Reading)> = made.into_iter().map(Made::done).collect();
    depeche_resolve::resolve(&read, &[], Gazetteer::builtin(), None)
}

/// For each contact of several accounts, its reports.
fn together(dossier: &Dossier) -> Vec<Vec<&str>> {
    let reports = |contact: &depeche_record::Contact| contact.accounts.len() > 1;
    let contacts = dossier.contacts.iter().filter(|contact| reports(contact));
    contacts.map(|contact| contact.accounts.iter().map(|account| account.report.as_str()).collect()).collect()
}

fn same_actor(dossier: &Dossier, a: &str, b: &str) -> bool {
    let of = |name: &str| {
        let bears = |actor: &&depeche_record::Actor| {
            actor.name == name || actor.aliases.iter().any(|alias| alias == name)
        };
        dossier.actors.iter().find(bears).map(|actor| actor.id.clone()).unwrap()
    };
    of(a) == of(b)
}

#[test]
fn nothing_makes_an_empty_dossier() {
    assert_eq!(resolve(Vec::new()), Dossier::default());
}

#[test]
fn a_report_without_accounts_is_listed() {
    let dossier = resolve(vec![report("a", ""), report("b", "Rien de neuf.").person("Ana Sol", "PT")]);
    assert_eq!(dossier.reports.len(), 2);
    assert_eq!(dossier.actors.len(), 1);
    assert!(dossier.contacts.is_empty() && dossier.gaps.is_empty() && dossier.contradictions.is_empty());
}

#[test]
fn one_person_under_many_spellings() {
    let names =
        ["Iouri Ouchakov", "Yury Ushakov", "Yuri Ouchakov", "Юрий Ушаков", "Юрием Ушаковым", "Ouchakov"];
    let others = ["Sergueï Lavrov", "Sergueï Riabkov", "Mike Waltz", "Tim Walz"];
    let made = names.iter().chain(&others).enumerate();
    let dossier = resolve(made.map(|(n, name)| report(&format!("r{n}"), "").person(name, "")).collect());
    for name in &names[1..] {
        assert!(same_actor(&dossier, names[0], name), "{name}");
    }
    assert_eq!(dossier.actors.len(), 5, "{:#?}", dossier.actors);
    let ushakov =
        dossier.actors.iter().find(|actor| actor.name.contains("shakov") || actor.name.contains("chakov"));
    assert!(!ushakov.unwrap().reasons.is_empty());
}

#[test]
fn a_given_name_alone_is_the_only_one_of_its_report() {
    let dossier = resolve(vec![
        report("a", "").person("Idris Guelleh", "DJ").person("Idris", ""),
        report("b", "").person("Asha Warsame", "SO").person("Asha Farah", "SO").person("Asha", ""),
        report("c", "").person("Tesfaye Bekele", "ET"),
        report("d", "").person("Tesfaye", ""),
        report("e", "").person("Tamrat Lemma", "ET"),
        report("f", "").person("Tamrat Lemma", "ET"),
        report("g", "").person("Tamrat Lemma", "ET"),
        report("h", "").person("Tamrat", ""),
        report("i", "").person("Tamrat", "KE"),
    ]);
    assert!(same_actor(&dossier, "Idris", "Idris Guelleh"));
    assert!(!same_actor(&dossier, "Asha", "Asha Warsame") && !same_actor(&dossier, "Asha", "Asha Farah"));
    // One report is too few to know that there is no other Tesfaye.
    assert!(!same_actor(&dossier, "Tesfaye", "Tesfaye Bekele"));
    let lemma = dossier.actors.iter().find(|actor| actor.name == "Tamrat Lemma").unwrap();
    assert_eq!(lemma.figures.iter().map(|(report, _)| report.as_str()).collect::<String>(), "efgh");
}

#[test]
fn a_surname_of_two_people_stays_alone() {
    let dossier = resolve(vec![
        report("a", "").person("Jake Sullivan", "US"),
        report("b", "").person("John Sullivan", "US"),
        report("c", "").person("Sullivan", ""),
        report("d", "").person("Amina Diallo", "GN"),
        report("e", "").person("Moussa Diallo", "ML"),
        report("f", "").person("Diallo", "ML"),
    ]);
    assert!(
        !same_actor(&dossier, "Sullivan", "Jake Sullivan")
            && !same_actor(&dossier, "Sullivan", "John Sullivan")
    );
    assert!(same_actor(&dossier, "Diallo", "Moussa Diallo"));
    assert!(!same_actor(&dossier, "Diallo", "Amina Diallo"));
}

#[test]
fn identifiers_outrank_spellings() {
    let known = |id: &str, name: &str, identifier: &str| {
        let mut made = report(id, "").person(name, "");
        made.reading.figures[0].gazetteer = Some(identifier.to_owned());
        made
    };
    let dossier = resolve(vec![
        known("a", "Ali Hassan", "one"),
        known("b", "Ali Hasan", "two"),
        known("c", "Abou Karim", "one"),
    ]);
    assert!(same_actor(&dossier, "Ali Hassan", "Abou Karim"));
    assert!(!same_actor(&dossier, "Ali Hassan", "Ali Hasan"));
}

#[test]
fn a_plan_and_the_meeting_are_one_contact_with_a_history() {
    let dossier = resolve(vec![
        report("a", "").on("2025-03-01").account(
            Meeting,
            Planned,
            "RW CD",
            "Paul Kagame/RW,Félix Tshisekedi/CD",
            "2025-03-05",
            "Doha",
        ),
        report("b", "").on("2025-03-06").account(
            Meeting,
            Held,
            "RW CD",
            "Kagame/RW,Tshisekedi/CD",
            "2025-03-05",
            "Doha",
        ),
        report("c", "").on("2025-03-06").account(
            Call,
            Held,
            "RW CD",
            "Paul Kagame/RW,Félix Tshisekedi/CD",
            "2025-03-05",
            "",
        ),
    ]);
    assert_eq!(together(&dossier), [["a", "b"]]);
    let contact = dossier.contacts.iter().find(|contact| contact.accounts.len() == 2).unwrap();
    assert_eq!(contact.status, Held);
    assert_eq!(contact.history.iter().map(|step| step.status).collect::<Vec<_>>(), [Planned, Held]);
    assert_eq!(contact.participants.len(), 2);
    assert!(contact.accounts[0].reason.is_empty() && contact.accounts[1].reason.starts_with("alike|"));
    assert!(dossier.contradictions.is_empty());
}

#[test]
fn years_apart_are_two_contacts() {
    let told = |id: &str, day: &str, date: &str| {
        report(id, "").on(day).account(
            Meeting,
            Held,
            "IR OM",
            "Abbas Araghchi/IR,Badr Boussaïdi/OM",
            date,
            "Mascate",
        )
    };
    let dossier = resolve(vec![
        told("a", "2022-11-14", ""),
        told("b", "2025-04-12", ""),
        told("c", "2025-04-13", "XXXX-04-12"),
    ]);
    assert_eq!(together(&dossier), [["b", "c"]]);
}

#[test]
fn accounts_of_one_report_stay_apart() {
    let made = report("a", "").on("2025-01-10");
    let made = made.account(Talks, Held, "ET EG", "", "2025-01-09", "Le Caire");
    let made = made.account(Talks, Held, "ET EG", "", "2025-01-09", "Le Caire");
    assert_eq!(resolve(vec![made]).contacts.len(), 2);
}

#[test]
fn contacts_stand_dated_then_without_year_then_undated() {
    let dossier = resolve(vec![
        report("a", "")
            .account(Call, Held, "FR DZ", "", "", "")
            .account(Visit, Held, "FR MA", "", "XXXX-02-01", "")
            .account(Meeting, Held, "FR TN", "", "2025-02-03", "")
            .account(Talks, Held, "FR LB", "", "2024-12", ""),
    ]);
    let dates: Vec<_> =
        dossier.contacts.iter().map(|c| c.date.as_ref().map(|date| date.to_string())).collect();
    let expected = ["2024-12", "2025-02-03", "XXXX-02-01"];
    assert_eq!(dates[..3].iter().flatten().collect::<Vec<_>>(), expected);
    assert_eq!(dates[3], None);
}

#[test]
fn the_ledger_hears_only_the_sides_own_voices() {
    let text = "Le ministre burundais a confirmé. Le porte-parole rwandais ne peut ni confirmer ni démentir. Paris salue.";
    let dossier = resolve(vec![
        report("a", text)
            .on("2025-05-02")
            .account(Meeting, Held, "BI RW CD", "", "2025-05-01", "")
            .says("Édouard Bizimana", "BI", Act::Confirm, "Le ministre burundais a confirmé.")
            .says(
                "Yolande Makolo",
                "RW",
                Act::NoComment,
                "Le porte-parole rwandais ne peut ni confirmer ni démentir.",
            )
            .says("Jean Martin", "FR", Act::Confirm, "Paris salue."),
    ]);
    let ledger = &dossier.contacts[0].ledger;
    let stances: Vec<(&str, Stance)> =
        ledger.iter().map(|entry| (entry.side.0.as_str(), entry.stance)).collect();
    assert_eq!(stances, [("BI", Stance::Confirms), ("CD", Stance::Silent), ("RW", Stance::Neither)]);
    assert!(ledger[1].attested.is_empty());
    let unheard: Vec<_> = dossier.gaps.iter().filter(|gap| gap.kind == GapKind::SideNotHeard).collect();
    assert_eq!(unheard.len(), 1);
    assert_eq!(unheard[0].side.as_ref().unwrap().0, "CD");
}

#[test]
fn confirming_that_it_did_not_happen_denies_it() {
    let made =
        report("a", "Il n'y a pas eu d'appel, dit-il.").account(Call, Denied, "IN PK", "", "2025-05-10", "");
    let dossier =
        resolve(vec![made.says("Vikram Misri", "IN", Act::State, "Il n'y a pas eu d'appel, dit-il.")]);
    let stances: Vec<Stance> = dossier.contacts[0].ledger.iter().map(|entry| entry.stance).collect();
    assert_eq!(stances, [Stance::Denies, Stance::Silent]);
}

const DISPATCH: &str = "Les deux délégations se sont retrouvées mardi matin à Doha pour une nouvelle séance de travail consacrée \
    au retrait des troupes et au retour des déplacés, selon un communiqué du ministère qatari. Les médiateurs ont remis un \
    projet de texte en sept points que chacune des parties doit étudier d'ici à la fin de la semaine prochaine.";

#[test]
fn copies_are_one_lineage_and_one_origin() {
    let told = |id: &str, text: &str| {
        report(id, text).on("2025-07-01").account(Talks, Held, "CD M23 QA", "", "2025-07-01", "Doha")
    };
    let other = "À Doha, la délégation congolaise et celle du M23 ont siégé mardi durant trois heures, a constaté notre \
        correspondant; rien n'a filtré de cette rencontre sinon que l'on se reverra.";
    let cut = format!("Exclusif.\n{}\nAbonnez-vous.", &DISPATCH[..DISPATCH.find(" Les médiateurs").unwrap()]);
    let dossier = resolve(vec![told("c", other), told("b", DISPATCH), told("a", &cut)]);
    let lineages: Vec<&str> = dossier.reports.iter().map(|report| report.lineage.as_str()).collect();
    // Of one day, the whole text came before the cut one.
    assert_eq!(lineages, ["b", "b", "c"]);
    assert_eq!(dossier.reports[0].links[0].report, "b");
    assert!(dossier.reports[0].links[0].score > 0.5);
    assert_eq!(together(&dossier), [["a", "b", "c"]]);
    let corroboration = &dossier.contacts[0].corroboration;
    assert_eq!((corroboration.least, corroboration.most), (2, 2));
    assert!(corroboration.reasons.contains(&"one-lineage|a|b".to_owned()));
}

#[test]
fn a_dispatch_is_known_again_after_two_desks_rewrote_it() {
    let told = |id: &str, text: &str, agency: &str, quotes: &[&str]| {
        let mut made = report(id, text).on("2025-07-02").origin(agency, Relation::Cites);
        made = made.account(Talks, Held, "SD TD", "", "2025-07-02", "Abéché");
        for quote in quotes {
            made = made.says("Amina Saleh", "TD", Act::State, quote);
        }
        made
    };
    let one = "Reçus mercredi à Abéché, les émissaires soudanais ont obtenu du gouvernement tchadien la réouverture de \
        deux couloirs humanitaires. «La frontière restera ouverte aux convois pendant toute la saison des pluies», a \
        promis à Reuters la ministre Amina Saleh. Quelque 340 camions attendent à Adré. «Nous demandons aux belligérants \
        de respecter ces convois», a-t-elle insisté.";
    let other = "La réouverture de deux couloirs humanitaires a été accordée mercredi aux émissaires soudanais, que le \
        gouvernement tchadien recevait à Abéché. La ministre Amina Saleh s'y est engagée auprès de Reuters : «pendant la \
        saison des pluies entière, la frontière restera ouverte aux convois». À Adré, 340 camions patientent; que «ces \
        convois soient respectés des belligérants, nous le demandons», a-t-elle dit aussi.";
    let rival = "Des émissaires soudanais ont été reçus mercredi à Abéché par le gouvernement tchadien, qui rouvre deux \
        couloirs humanitaires. «Personne ne doit plus mourir de faim à notre porte», a déclaré la ministre Amina Saleh à \
        Reuters, pendant que 90 camions franchissaient la frontière à Adré au début de la saison des pluies.";
    let quotes = [
        &[
            "La frontière restera ouverte aux convois pendant toute la saison des pluies",
            "Nous demandons aux belligérants \
        de respecter ces convois",
        ][..],
        &[
            "pendant la saison des pluies entière, la frontière restera ouverte aux convois",
            "ces \
        convois soient respectés des belligérants, nous le demandons",
        ][..],
        &["Personne ne doit plus mourir de faim à notre porte"][..],
    ];
    let lineages = |agency: &str| {
        let read = vec![
            told("a", one, agency, quotes[0]),
            told("b", other, agency, quotes[1]),
            told("c", rival, agency, quotes[2]),
        ];
        let reports = resolve(read).reports;
        reports.into_iter().map(|report| report.lineage).collect::<Vec<_>>()
    };
    assert_eq!(lineages("Reuters"), ["b", "b", "c"]);
    // Without an agency that both name, two texts alike in this way may have been written from one conference.
    assert_eq!(lineages("Le Progrès"), ["a", "b", "c"]);
}

#[test]
fn noise_and_headlines_make_no_lineage() {
    let noise = |id: &str| {
        let mut made = report(id, DISPATCH);
        made.report.blocks = vec![Block { span: made.span("\0"), kind: BlockKind::Noise }];
        made
    };
    let dossier = resolve(vec![noise("a"), noise("b")]);
    assert!(dossier.reports.iter().all(|report| report.lineage == report.id && report.links.is_empty()));
}

#[test]
fn reports_that_cite_one_outlet_share_an_origin() {
    let citing = |id: &str, text: &str, outlet: &str| {
        report(id, text).in_outlet(outlet).on("2025-07-02").account(Call, Held, "CN US", "", "2025-07-01", "")
    };
    let a = citing("a", "Ils se sont parlé, selon le Courrier du Golfe.", "Le Matin")
        .origin("Courrier du Golfe", Relation::Cites);
    let b = citing("b", "Un appel a eu lieu, écrit Courrier du Golfe.", "Le Soir")
        .origin("Courrier du Golfe", Relation::Cites);
    let c = citing("c", "L'appel a eu lieu mardi.", "La Gazette");
    let dossier = resolve(vec![a, b, c]);
    let corroboration = &dossier.contacts[0].corroboration;
    assert_eq!((corroboration.least, corroboration.most), (2, 2), "{corroboration:?}");
    assert!(
        corroboration.reasons.contains(&"cites-same|Courrier du Golfe|a|b".to_owned()),
        "{corroboration:?}"
    );
}

#[test]
fn loops_of_citations_and_self_citation_count_once() {
    let citing = |id: &str, outlet: &str, cited: &str| {
        let made =
            report(id, &format!("Ils se sont parlé, selon {cited}.")).in_outlet(outlet).on("2025-07-02");
        made.account(Call, Held, "CN US", "", "2025-07-01", "").origin(cited, Relation::Cites)
    };
    let dossier = resolve(vec![
        citing("a", "Alpha", "Bêta"),
        citing("b", "Bêta", "Gamma"),
        citing("c", "Gamma", "Alpha"),
    ]);
    assert_eq!((dossier.contacts[0].corroboration.least, dossier.contacts[0].corroboration.most), (1, 1));
    let dossier = resolve(vec![citing("a", "Alpha", "Alpha"), citing("b", "Bêta", "Bêta")]);
    assert_eq!((dossier.contacts[0].corroboration.least, dossier.contacts[0].corroboration.most), (2, 2));
}

#[test]
fn denials_of_other_origins_contradict_and_stages_do_not() {
    let told = |id: &str, day: &str, status| {
        report(id, "").on(day).account(Call, status, "TR SY", "Ana Ay/TR,Sami Ba/SY", "2025-06-01", "")
    };
    let kinds = |made| resolve(made).contradictions.iter().map(|c| c.kind).collect::<Vec<_>>();
    assert_eq!(
        kinds(vec![told("a", "2025-06-02", Held), told("b", "2025-06-03", Denied)]),
        [ContradictionKind::Held]
    );
    assert_eq!(kinds(vec![told("a", "2025-05-30", Planned), told("b", "2025-06-03", Held)]), []);
    assert_eq!(kinds(vec![told("a", "2025-05-30", Cancelled), told("b", "2025-06-03", Held)]), []);
}

#[test]
fn plans_that_passed_are_gaps() {
    let planned = |status| {
        report("a", "").on("2025-06-01").account(Meeting, status, "TR SY", "", "2025-06-10", "Ankara")
    };
    let gaps = |made: Made, day| {
        let today = Some(Day { year: 2025, month: 6, day });
        let dossier = depeche_resolve::resolve(&[made.done()], &[], Gazetteer::builtin(), today);
        dossier.gaps.iter().any(|gap| gap.kind == GapKind::NeverFollowedUp)
    };
    assert!(gaps(planned(Planned), 11));
    assert!(!gaps(planned(Planned), 10));
    assert!(!gaps(planned(Possible), 11));
}

#[test]
fn equal_quotes_are_one_statement_told_again() {
    let quote = "nous ne céderons pas un pouce de terre à qui que ce soit";
    let said = |id: &str, text: &str| report(id, text).says("Ana Ay", "TR", Act::State, quote);
    let dossier = resolve(vec![
        said("a", &format!("Elle a dit : « {quote} ».")),
        said("b", &format!("«{quote}», a lancé la ministre.")),
        report("c", "Autre chose.").says("Ana Ay", "TR", Act::State, "Autre chose."),
    ]);
    let same: Vec<Vec<String>> =
        dossier.statements.iter().map(|statement| statement.same_as.clone()).collect();
    let ids: Vec<&String> = dossier.statements.iter().map(|statement| &statement.id).collect();
    assert_eq!(same, [vec![ids[1].clone()], vec![ids[0].clone()], vec![]]);
}

#[test]
fn what_comes_twice_counts_once_and_clashes_are_told() {
    let made = || report("a", DISPATCH).on("2025-07-01").account(Talks, Held, "CD M23", "", "", "Doha");
    assert_eq!(resolve(vec![made(), made()]), resolve(vec![made()]));
    let other = || report("a", "Tout autre chose.");
    let (one, two) = (resolve(vec![made(), other()]), resolve(vec![other(), made()]));
    assert_eq!(one, two);
    assert_eq!(
        one.problems.iter().map(|problem| problem.kind).collect::<Vec<_>>(),
        [ProblemKind::DuplicateId]
    );
}

#[test]
fn readings_that_point_nowhere_break_nothing() {
    let mut made = report("a", "court").account(Meeting, Held, "FR", "Ana Ay", "2025-06-10", "").says(
        "X",
        "",
        Act::Deny,
        "court",
    );
    made.reading.accounts[0].participants = vec![7];
    made.reading.accounts[0].evidence.clear();
    made.reading.statements[0].about = vec![9, 0];
    made.reading.statements[0].speaker.figure = Some(12);
    made.reading.statements[0].evidence = depeche_record::Span { start: 900, end: 1000 };
    let mut empty = report("b", "court").account(Meeting, Held, "", "", "", "").origin("", Relation::Cites);
    empty.reading.figures.push(made.reading.figures[0].clone());
    empty.reading.figures[0].name = String::new();
    let dossier = resolve(vec![made, empty]);
    assert_eq!(dossier.contacts.len(), 2);
}

#[test]
fn nothing_in_time_ties_two_meetings_of_the_same_people() {
    let told = |id: &str, status, date: &str| {
        report(id, "").account(
            Meeting,
            status,
            "EG ET SD",
            "Ana Ay/EG,Sami Ba/ET,Omar Ould/SD",
            date,
            "Khartoum",
        )
    };
    assert!(together(&resolve(vec![told("a", Planned, ""), told("b", Held, "XXXX-08-06")])).is_empty());
    // A second contact in common does.
    let second = |made: Made| made.account(Call, Held, "EG SD", "Ana Ay/EG,Omar Ould/SD", "", "");
    let dossier = resolve(vec![second(told("a", Planned, "")), second(told("b", Held, "XXXX-08-06"))]);
    assert_eq!(together(&dossier), [["a", "b"], ["a", "b"]]);
}

#[test]
fn a_report_without_a_day_takes_that_of_its_company() {
    let round = |made: Made, date: &str| {
        let made = made.account(Talks, Held, "KE SO", "Ali Noor/KE,Abdi Warsame/SO", date, "Nairobi");
        made.account(Call, Held, "ET KE", "Ali Noor/KE,Bekele Tola/ET", date, "")
    };
    let monthly = |made: Made, date: &str| {
        made.account(Meeting, Planned, "KE UG", "Ali Noor/KE,Grace Okot/UG", date, "Kampala")
    };
    let dossier = resolve(vec![
        monthly(report("march", "").on("2025-03-03"), "2025-03-10"),
        monthly(round(report("june", "").on("2025-06-03"), "2025-06-02"), "2025-06-10"),
        monthly(round(report("undated", ""), ""), ""),
    ]);
    let with_undated = together(&dossier);
    assert_eq!(with_undated.len(), 3, "{with_undated:?}");
    assert!(with_undated.iter().all(|reports| *reports == ["june", "undated"]));
}

#[test]
fn rewritten_dispatches_of_one_agency_are_one_lineage() {
    let told = |id: &str, text: &str, agency: &str| {
        let made = report(id, text).on("2025-04-02").origin(agency, Relation::Cites);
        let made = made.account(Talks, Held, "QA US", "", "2025-04-01", "Doha");
        let made = made.account(Call, Held, "EG QA", "", "2025-04-02", "");
        made.account(Visit, Planned, "EG US", "", "2025-04-05", "Le Caire")
    };
    let lineages =
        |dossier: Dossier| dossier.reports.into_iter().map(|report| report.lineage).collect::<Vec<_>>();
    let first = || told("a", "Les pourparlers ont repris à Doha, rapporte Reuters.", "Reuters");
    assert_eq!(
        lineages(resolve(vec![first(), told("b", "Reprise des discussions, selon Reuters.", "Reuters")])),
        ["a", "a"]
    );
    assert_eq!(
        lineages(resolve(vec![first(), told("b", "Reprise des discussions, selon l'AFP.", "AFP")])),
        ["a", "b"]
    );
}

#[test]
fn a_translation_shares_the_lineage_of_the_outlet_that_it_names() {
    let told = |made: Made| {
        let made = made.account(Talks, Held, "QA US", "", "2025-04-01", "Doha");
        made.account(Call, Held, "EG QA", "", "2025-04-01", "")
    };
    let original =
        || told(report("a", "Talks resumed in Doha on Tuesday.").on("2025-04-01").in_outlet("Horn Wire"));
    let french = || {
        let made = report("b", "Reprise des discussions à Doha. Traduit de Horn Wire.").on("2025-04-02");
        told(made).origin("Horn Wire", Relation::Republishes)
    };
    let rival =
        || told(report("c", "Selon nos informations, Doha accueille des pourparlers.").on("2025-04-02"));
    let dossier = resolve(vec![original(), french(), rival()]);
    let lineages: Vec<&str> = dossier.reports.iter().map(|report| report.lineage.as_str()).collect();
    assert_eq!(lineages, ["a", "a", "c"]);
    assert_eq!(dossier.reports[0].links[0].reason, "names-as-source|Horn Wire");
}

#[test]
fn the_same_people_in_the_same_capital_are_not_the_same_meeting() {
    let people = "Wang Yi/CN,Luis Paz/PE,Ana Sol/PE";
    let told = |id: &str, text: &str, status, date: &str, place: &str| {
        report(id, text).account(Meeting, status, "CN PE", people, date, place)
    };
    let undated = || told("a", "L'émissaire est arrivé pour rencontrer le ministre.", Planned, "", "Lima");
    let other = |place: &str| {
        told("b", "L'émissaire est venu rencontrer le ministre en août.", Held, "XXXX-08-06", place)
    };
    assert!(together(&resolve(vec![undated(), other("Lima")])).is_empty());
    // A second contact in common ties the reports in time.
    let tied = |made: Made| made.account(Call, Held, "CN PE", "Wang Yi/CN,Luis Paz/PE", "2025-08-04", "");
    assert_eq!(together(&resolve(vec![tied(undated()), tied(other("Lima"))])).len(), 2);
}

#[test]
fn six_weeks_later_people_alone_make_no_meeting() {
    let people = "Ana Sol/PE,Luis Paz/BO";
    let told = |id: &str, day: &str, date: &str, place: &str| {
        report(id, "").on(day).account(Meeting, Held, "BO PE", people, date, place)
    };
    let first = || told("a", "2025-07-02", "2025-07-01", "Quito");
    assert!(together(&resolve(vec![first(), told("b", "2025-08-13", "", "")])).is_empty());
    assert_eq!(together(&resolve(vec![first(), told("b", "2025-08-13", "", "Quito")])), [["a", "b"]]);
    assert_eq!(together(&resolve(vec![first(), told("b", "2025-07-04", "", "")])), [["a", "b"]]);
}

#[test]
fn a_plan_of_a_report_without_a_day_stands_before_the_meeting() {
    let people = "Ana Sol/PE,Luis Paz/BO";
    let told =
        |id: &str, status| report(id, "").account(Meeting, status, "BO PE", people, "2025-07-01", "Quito");
    let dossier = resolve(vec![
        told("a", Planned).on("2025-06-28"),
        told("b", Held).on("2025-07-02"),
        told("c", Planned),
        told("d", Held),
        told("e", Held).on("2025-07-03"),
    ]);
    assert_eq!(together(&dossier), [["a", "b", "c", "d", "e"]]);
    let contact = &dossier.contacts[0];
    let steps: Vec<(&str, Status)> =
        contact.history.iter().map(|step| (step.report.as_str(), step.status)).collect();
    assert_eq!(contact.status, Held);
    assert_eq!(steps, [("a", Planned), ("c", Planned), ("b", Held), ("d", Held), ("e", Held)],);
    let undated = |id: &str, status| report(id, "").account(Meeting, status, "BO PE", people, "", "Quito");
    let dossier = resolve(vec![undated("a", Held).on("2025-07-02"), undated("b", Planned)]);
    for contact in dossier.contacts.iter().filter(|contact| contact.accounts.len() > 1) {
        assert_eq!(contact.history[1].status, Held);
    }
}

#[test]
fn two_days_of_talks_are_no_contradiction() {
    let told = |id: &str, kind, date: &str| {
        report(id, "").on("2025-08-14").account(kind, Held, "ET SO", "Ana Sol/ET,Luis Paz/SO", date, "Quito")
    };
    let contradictions = |kind, a: &str, b: &str| {
        let dossier = resolve(vec![told("a", kind, a), told("b", kind, b)]);
        assert_eq!(together(&dossier).len(), 1, "{a} {b}");
        dossier.contradictions.len()
    };
    assert_eq!(contradictions(Talks, "2025-08-12", "2025-08-13"), 0);
    assert_eq!(contradictions(Talks, "2025-08-12/2025-08-13", "2025-08-13"), 0);
    assert_eq!(contradictions(Talks, "2025-08-12/2025-08-14", "2025-08-11"), 0);
    assert_eq!(contradictions(Meeting, "2025-08-12", "2025-08-13"), 1);
}

#[test]
fn what_is_granted_before_a_refusal_counts_for_who_grants_it() {
    let text = "Quito a confirmé l'échange, mais refuse d'en dire plus.\nAlors que Lima a confirmé l'échange, La Paz n'a pas souhaité réagir.\n\
        Oslo a confirmé l'échange.";
    let [first, second, third] = text.lines().collect::<Vec<_>>()[..] else { panic!() };
    let mut made = report("a", text)
        .account(Call, Held, "BO EC", "", "2025-05-10", "")
        .says("Ana Sol", "EC", Act::NoComment, first)
        .says("Luis Paz", "BO", Act::NoComment, second)
        .says("Kari Vik", "NO", Act::Confirm, third);
    let start = text.find("La Paz").unwrap();
    made.reading.statements[1].speaker.span = depeche_record::Span::new(start, start + 6);
    let ledger = &resolve(vec![made]).contacts[0].ledger;
    let stances: Vec<(&str, Stance)> =
        ledger.iter().map(|entry| (entry.side.0.as_str(), entry.stance)).collect();
    assert_eq!(stances, [("BO", Stance::Declines), ("EC", Stance::Confirms)]);
}

#[test]
fn one_form_of_each_outlet_and_place_is_shown() {
    let told = |id: &str, outlet: &str, place: &str, date: &str| {
        report(id, "Selon la presse.")
            .account(Meeting, Held, "CN PE", "Ana Sol/PE", date, place)
            .origin(outlet, Relation::Republishes)
    };
    let dossier = resolve(vec![
        told("a", "Анадолу", "Лиме", "2023-01-10"),
        told("b", "Anadolu", "Lima", "2024-05-02"),
        told("c", "Anadolu", "Лиме", "2025-09-20"),
        told("d", "ТАСС", "Пекине", "2022-01-10"),
        told("e", "TASS", "Quito", "2021-01-10"),
        told("f", "ТАСС", "Quito", "2020-01-10"),
    ]);
    assert_eq!(dossier.contacts.len(), 6);
    let places: Vec<&str> = dossier.contacts.iter().filter_map(|contact| contact.place.as_deref()).collect();
    assert_eq!(places, ["Quito", "Quito", "Пекин", "Lima", "Lima", "Lima"]);
    let state = report("a", "").account(Meeting, Held, "CN PE", "", "", "Венгрии");
    assert_eq!(resolve(vec![state]).contacts[0].place.as_deref(), Some("Венгрия"));
    let outlets: std::collections::BTreeSet<&str> = dossier
        .contacts
        .iter()
        .flat_map(|contact| &contact.corroboration.origins)
        .filter_map(|origin| origin.strip_prefix("outlet|"))
        .collect();
    assert_eq!(outlets.into_iter().collect::<Vec<_>>(), ["Anadolu", "ТАСС"]);
}

#[test]
fn a_name_is_shown_in_the_nominative_if_any_report_has_it() {
    let named = |names: &[&str], known: Option<&str>| {
        let made = names.iter().enumerate().map(|(n, name)| {
            let mut made = report(&format!("r{n}"), "").person(name, "");
            made.reading.figures[0].gazetteer = known.map(str::to_owned);
            made
        });
        let dossier = resolve(made.collect());
        assert_eq!(dossier.actors.len(), 1, "{names:?}");
        dossier.actors[0].name.clone()
    };
    assert_eq!(named(&["Путиным", "Путина"], Some("vladimir-putin")), "Владимир Путин");
    assert_eq!(
        named(&["Владимиром Путиным", "Владимиром Путиным", "Poutine"], Some("vladimir-putin")),
        "Poutine"
    );
    assert_eq!(named(&["Владимир Путин", "Vladimir Poutine"], Some("vladimir-putin")), "Vladimir Poutine");
    assert_eq!(
        named(&["Владимир Путин", "Владимир Путин", "Putin"], Some("vladimir-putin")),
        "Владимир Путин"
    );
    assert_eq!(named(&["Хаканом Озелом", "Хаканом Озелом", "Хакан Озел"], None), "Хакан Озел");
    assert_eq!(named(&["Хаканом Озелом"], None), "Хаканом Озелом");
}

#[test]
fn an_institution_is_one_speaker_whatever_begins_its_name() {
    let text = "Le Kremlin dément.\nLe Kremlin nie.\nIci, le Kremlin se tait.";
    let made = text.lines().enumerate().map(|(n, line)| {
        let mut made = report(&format!("r{n}"), line).account(Call, Held, "BO PE", "", "", "");
        made = made.says("x", "", Act::Deny, line);
        let speaker = &mut made.reading.statements[0].speaker;
        speaker.figure = None;
        speaker.name = if n == 2 { "le Kremlin" } else { "Le Kremlin" }.to_owned();
        made
    });
    let dossier = resolve(made.collect());
    assert!(dossier.statements.iter().all(|statement| statement.speaker == "le Kremlin"));
    assert_eq!(dossier.statements.len(), 3);
}

#[test]
fn levels_kinds_and_demands_contradict() {
    let told = |id: &str, text: &str, person: &str, office: &str| {
        let mut made = report(id, text).on("2025-07-02").account(
            Meeting,
            Held,
            "KE TZ",
            &format!("{person}/TZ"),
            "2025-07-01",
            "Arusha",
        );
        let span = made.span(office);
        made.reading.figures[0].offices.push(span);
        made
    };
    let contradictions = |made: Vec<Made>| -> Vec<(ContradictionKind, Vec<String>)> {
        let found = resolve(made).contradictions.into_iter();
        found.map(|found| (found.kind, found.versions.into_iter().map(|(said, _)| said).collect())).collect()
    };
    // The rules keep two accounts apart that name quite different people; a person may know that they are of one contact.
    let one_contact = |people: [(&str, &str); 2]| -> Vec<ContradictionKind> {
        let texts = [
            "La cheffe de l'État s'est rendue à Arusha mardi, présidente comme ministres en avaient convenu.",
            "Tanzanie : le président reste à Dodoma, le ministre mène seul la séance.",
        ];
        let made = ["a", "b"].into_iter().zip(texts).zip(people);
        let read: Vec<(Report, Reading)> =
            made.map(|((id, text), (person, office))| told(id, text, person, office).done()).collect();
        let subject = |n: usize| {
            let span = depeche_resolve::anchor::of_account(&read[n].1.accounts[0]);
            Subject::Contact(Anchor { report: read[n].0.id.clone(), span })
        };
        let same = Judgement {
            id: "j1".to_owned(),
            author: "ana".to_owned(),
            time: "2025-07-03T08:00:00Z".to_owned(),
            reason: None,
            decision: Decision::Same(subject(0), subject(1)),
        };
        let dossier = depeche_resolve::resolve(&read, &[same], Gazetteer::builtin(), None);
        dossier.contradictions.iter().map(|found| found.kind).collect()
    };
    let found = one_contact([("Asha Mwinyi", "présidente"), ("Juma Kileo", "ministre")]);
    assert_eq!(found, [ContradictionKind::Level]);
    let found = one_contact([("Asha Mwinyi", "présidente"), ("Juma Kileo", "président")]);
    assert_eq!(found, [ContradictionKind::Participants]);

    let demanding = |id: &str, words: &str| {
        report(id, words)
            .on("2025-07-02")
            .account(Talks, Held, "KE TZ", "Juma Kileo/TZ", "2025-07-01", "Arusha")
            .says("Juma Kileo", "TZ", Act::Demand, words)
    };
    let found = contradictions(vec![
        demanding("a", "Juma Kileo a exigé la libération de 40 pêcheurs retenus à Mombasa."),
        demanding(
            "b",
            "La libération de 14 pêcheurs retenus à Mombasa est exigée par Juma Kileo, dit-on ici.",
        ),
    ]);
    assert_eq!(
        found,
        [(ContradictionKind::Demand, vec!["14 pecheurs".to_owned(), "40 pecheurs".to_owned()])]
    );
    let agreeing = contradictions(vec![
        demanding("a", "Juma Kileo a exigé la libération de 40 pêcheurs retenus à Mombasa."),
        demanding(
            "b",
            "La libération de 40 pêcheurs retenus à Mombasa est exigée par Juma Kileo, dit-on ici.",
        ),
    ]);
    assert!(agreeing.is_empty());
}

#[test]
fn what_nobody_told_of_for_long_is_a_gap() {
    let gaps = |status, today: &str| -> Vec<GapKind> {
        let made = report("a", "Une rencontre est envisagée.")
            .on("2025-03-01")
            .account(Meeting, status, "KE TZ", "", "", "");
        let today = today.parse::<u8>().ok().map(|month| Day { year: 2025, month, day: 1 });
        let dossier = depeche_resolve::resolve(&[made.done()], &[], Gazetteer::builtin(), today);
        dossier.gaps.iter().map(|gap| gap.kind).collect()
    };
    assert!(gaps(Possible, "6").contains(&GapKind::LongSilence));
    assert!(!gaps(Possible, "4").contains(&GapKind::LongSilence));
    assert!(!gaps(Cancelled, "6").contains(&GapKind::LongSilence));
}

#[test]
fn a_day_that_one_report_of_several_mistook_parts_nothing() {
    let people = "Kaïs Ferdi/TN,Olga Brand/DE";
    let told = |id: &str, told: &str, date: &str| {
        let words =
            format!("{id} : les ministres ont parlé ensemble de pêche, de visas et de tarifs douaniers.");
        report(id, &words).on(told).account(Meeting, Held, "DE TN", people, date, "Tunis")
    };
    let same_day = || vec![told("a", "2025-03-07", "2025-03-06"), told("b", "2025-03-07", "2025-03-04")];
    assert_eq!(together(&resolve(same_day())), [["a", "b"]]);
    // Told when it was: the next meeting.
    let next = vec![told("a", "2025-03-07", "2025-03-06"), told("b", "2025-03-05", "2025-03-04")];
    assert!(together(&resolve(next)).is_empty());
    // Another town on another day is another meeting, whenever it is told.
    let mut elsewhere = same_day();
    elsewhere.pop();
    elsewhere.push(report("b", "Ils se sont vus.").on("2025-03-07").account(
        Meeting,
        Held,
        "DE TN",
        people,
        "2025-03-04",
        "Berlin",
    ));
    assert!(together(&resolve(elsewhere)).is_empty());
}

#[test]
fn a_side_that_one_report_mistook_parts_nothing_where_day_and_place_agree() {
    let told = |id: &str, sides: &str, date: &str| {
        let words = format!("{id} : le sommet des deux organisations a eu lieu.");
        report(id, &words).on("2025-02-09").account(Meeting, Held, sides, "", date, "Dar es Salaam")
    };
    let made = vec![told("a", "EAC SADC", "2025-02-08"), told("b", "EAC TZ", "2025-02-08")];
    assert_eq!(together(&resolve(made)), [["a", "b"]]);
    let made = vec![told("a", "EAC SADC", "2025-02-08"), told("b", "EAC TZ", "")];
    assert!(together(&resolve(made)).is_empty());
    let made = vec![told("a", "EAC SADC", "2025-02-08"), told("b", "BR TZ", "2025-02-08")];
    assert!(together(&resolve(made)).is_empty());
}
