//! Dossiers to export: of the examples of this repository, and one of which every word is an attack.

use std::collections::BTreeMap;
use std::path::Path;

use depeche_export::{Format, LeftOut, Material, Memory, Options, export};
use depeche_gazetteer::Gazetteer;
use depeche_interface::Interface;
use depeche_pipeline::{Pipeline, Settings, acquire};
use depeche_record::followed::{Miss, Source, Stretch};
use depeche_record::*;

/// A dossier and what it was made of.
pub struct Made {
    pub dossier: Dossier,
    pub read: Vec<(Report, Reading)>,
}

/// The formats that are text.
pub fn written() -> impl Iterator<Item = Format> {
    Format::ALL.iter().copied().filter(|format| format.name() != "parquet")
}

/// The files of an export that are text, and what was left out.
pub fn files(
    made: &Made,
    format: Format,
    options: &Options,
    language: Language,
) -> (BTreeMap<String, String>, LeftOut) {
    let (files, left) = bytes(made, format, options, language);
    (files.into_iter().map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect(), left)
}

/// The files of an export, and what was left out.
pub fn bytes(
    made: &Made,
    format: Format,
    options: &Options,
    language: Language,
) -> (BTreeMap<String, Vec<u8>>, LeftOut) {
    let interface = Interface::new(language);
    let material = Material {
        dossier: &made.dossier,
        read: &made.read,
        problems: &[],
        today: Day { year: 2025, month: 3, day: 1 },
        gazetteer: Gazetteer::builtin(),
        interface: &interface,
    };
    let mut memory = Memory::default();
    let left = export(format, &material, options, &mut memory).unwrap();
    (memory.files.into_iter().collect(), left)
}

/// The one file of an export.
pub fn file(made: &Made, format: Format) -> String {
    let (files, _) = files(made, format, &Options::default(), Language::English);
    assert_eq!(files.len(), 1, "{format:?}");
    files.into_values().next().unwrap()
}

/// The dossier of `examples/`.
pub fn examples() -> Made {
    let today = Some(Day { year: 2025, month: 3, day: 1 });
    let pipeline = Pipeline::new(Settings { today, ..Settings::default() }).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let inputs = [folder];
    let options = acquire::Options::default();
    let captures = acquire::captures(&inputs, &options);
    let read: Vec<(Report, Reading)> =
        captures.map(|capture| pipeline.read(capture.unwrap()).unwrap()).collect();
    let dossier = pipeline.resolve(&read, &[]);
    assert!(dossier.contacts.len() > 20 && dossier.statements.len() > 20, "the examples tell of contacts");
    Made { dossier, read }
}

/// What must never come out as it is: markup, scripts, formulas, ends of CDATA and of lines, characters that XML has not,
/// marks that turn the order of letters, paths, wiki links.
pub const ATTACKS: [&str; 12] = [
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg/onload=alert(1)>",
    "javascript:alert(1)",
    "=HYPERLINK(\"http://example.org\")",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "x;=1+1",
    "]]>&lt;!--\u{0}\u{1b}[31m\u{7}\u{ffff}\u{fffe}\u{85}",
    "\u{202e}gnp.exe\u{2066}\u{feff}",
    "../../etc/passwd",
    "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:mine",
    "]] [[Index|%%==$x$ ```\n# heading\n---\nkey: 1",
];

/// A followed source that calls itself so, and whose failures say so.
fn followed(attack: &str) -> Source {
    let attack = || attack.to_owned();
    let miss = Miss { time: attack(), address: attack(), kind: attack(), detail: attack() };
    let stretch = Stretch { from: attack(), to: attack(), looks: 2 };
    Source { title: Some(attack()), stretches: vec![stretch], misses: vec![miss], ..Source::default() }
}

/// A dossier of two contacts, of which every word is one of the attacks.
pub fn hostile() -> Made {
    let attack = |n: usize| ATTACKS[n % ATTACKS.len()].to_owned();
    let mut read = Vec::new();
    let derivation =
        || Derivation { rule: attack(0), span: Span::new(0, 1), conclusion: attack(1), children: Vec::new() };
    for (n, id) in [ATTACKS[0], ATTACKS[9]].into_iter().enumerate() {
        let text = ATTACKS.join("\n");
        let at = |attack: &str| {
            let start = text.find(attack).unwrap();
            Span::new(start, start + attack.len())
        };
        let all = Span::new(0, text.len());
        let known = |value: String| Some(Known { value, basis: Basis::Given, span: None });
        let mut report = Report::bare(id, &text);
        report.address = attack(n + 3);
        report.title = known(ATTACKS.join(" "));
        report.outlet = known(attack(n + 1));
        report.url = known(attack(3));
        report.byline = known(attack(4));
        let figures = ATTACKS
            .iter()
            .map(|&name| Figure {
                name: name.to_owned(),
                forms: vec![name.to_owned()],
                mentions: vec![at(name)],
                offices: vec![at(ATTACKS[2])],
                side: Some(Side(attack(4))),
                gazetteer: Some(attack(5)),
            })
            .collect();
        let account = |status| Account {
            kind: ContactKind::Meeting,
            status,
            sides: vec![Side(attack(2)), Side(attack(4))],
            participants: (0..ATTACKS.len()).collect(),
            date: Some(ContactDate {
                value: Edtf::parse("2025-02").unwrap(),
                span: at(ATTACKS[7]),
                assumed: vec![attack(8)],
            }),
            place: Some(Place { name: attack(5), span: at(ATTACKS[5]) }),
            evidence: vec![all, at(ATTACKS[0]), at(ATTACKS[4])],
            derivation: derivation(),
            confidence: Confidence::default(),
        };
        let statements = ATTACKS
            .iter()
            .map(|&name| Statement {
                speaker: Speaker {
                    name: name.to_owned(),
                    figure: None,
                    span: at(name),
                    side: Some(Side(attack(6))),
                },
                act: Act::Demand,
                quote: vec![at(name), at(ATTACKS[11])],
                evidence: all,
                about: vec![0],
                date: Some(Edtf::parse("2025-02-03").unwrap()),
                derivation: derivation(),
                confidence: Confidence::default(),
            })
            .collect();
        let origins = ATTACKS.iter().map(|&name| Origin {
            name: name.to_owned(),
            gazetteer: Some(name.to_owned()),
            relation: Relation::Cites,
            evidence: at(name),
            derivation: derivation(),
            confidence: Confidence::default(),
        });
        let reading = Reading {
            report: id.to_owned(),
            language: Language::French,
            language_basis: Basis::Given,
            published: Some(Published {
                date: Edtf::parse("2025-02-05").unwrap(),
                basis: Basis::Given,
                span: None,
            }),
            figures,
            times: Vec::new(),
            accounts: vec![account(Status::Planned), account(Status::Held)],
            statements,
            origins: origins.collect(),
            problems: Vec::new(),
        };
        read.push((report, reading));
    }
    let judged = || Judged {
        accepted: true,
        notes: ATTACKS.iter().map(|&note| note.to_owned()).collect(),
        corrected: vec![attack(1)],
        judgements: vec![attack(2)],
    };
    let anchor = |n: usize| Anchor { report: attack(9 * (n % 2)), span: Span::new(0, 5) };
    let judgements = (0..ATTACKS.len()).map(|n| JudgementEntry {
        judgement: Judgement {
            id: attack(n),
            author: attack(n + 1),
            time: attack(n + 2),
            reason: Some(attack(n + 3)),
            decision: Decision::Note(Subject::Contact(anchor(n)), attack(n + 4)),
        },
        outcome: Outcome::Unusable(attack(n + 5)),
    });
    let reports: Vec<ReportEntry> = read
        .iter()
        .map(|(report, reading)| ReportEntry {
            id: report.id.clone(),
            address: report.address.clone(),
            title: report.title.as_ref().map(|title| title.value.clone()),
            outlet: report.outlet.as_ref().map(|outlet| outlet.value.clone()),
            published: reading.published.clone(),
            language: Language::French,
            lineage: ATTACKS[0].to_owned(),
            judged: judged(),
            links: vec![LineageLink { report: ATTACKS[9].to_owned(), reason: attack(1), score: 1.0 }],
            origins: reading
                .origins
                .iter()
                .map(|one| (one.name.clone(), one.relation, one.evidence))
                .collect(),
        })
        .collect();
    let actors: Vec<Actor> = ATTACKS
        .iter()
        .enumerate()
        .map(|(n, name)| Actor {
            id: format!("p{n}"),
            anchor: anchor(n),
            judged: judged(),
            name: (*name).to_owned(),
            aliases: ATTACKS.iter().map(|&alias| alias.to_owned()).collect(),
            sides: vec![Side(attack(n))],
            offices: vec![attack(n + 1)],
            gazetteer: Some(attack(5)),
            figures: vec![(ATTACKS[0].to_owned(), n), (ATTACKS[9].to_owned(), n)],
            reasons: vec![attack(n + 2)],
        })
        .collect();
    let words = |n: usize| Attestation {
        report: read[n % 2].0.id.clone(),
        span: read[n % 2].1.statements[n % ATTACKS.len()].evidence,
        speaker: attack(n),
    };
    let contacts: Vec<Contact> = ["c7k2m", "c9x4q"]
        .into_iter()
        .enumerate()
        .map(|(n, id)| Contact {
            id: id.to_owned(),
            anchor: anchor(n),
            judged: judged(),
            kind: ContactKind::Meeting,
            status: [Status::Held, Status::Denied][n],
            history: (0..4)
                .map(|step| StatusStep {
                    status: [Status::Planned, Status::Held][step % 2],
                    told: Some(Edtf::parse("2025-02-05").unwrap()),
                    report: read[step % 2].0.id.clone(),
                    span: words(step).span,
                })
                .collect(),
            sides: vec![Side(attack(2)), Side(attack(4))],
            participants: actors.iter().map(|actor| actor.id.clone()).collect(),
            date: Some(Edtf::parse("2025-02").unwrap()),
            assumed: vec![attack(8)],
            place: Some(attack(5 + n)),
            accounts: vec![
                ContactMention { report: read[0].0.id.clone(), account: 0, reason: String::new() },
                ContactMention { report: read[1].0.id.clone(), account: 1, reason: attack(1) },
            ],
            ledger: (0..ATTACKS.len())
                .map(|n| LedgerEntry {
                    side: Side(attack(n)),
                    stance: Stance::Denies,
                    attested: vec![words(n)],
                })
                .collect(),
            corroboration: Corroboration {
                least: 1,
                most: 2,
                origins: vec![attack(0), attack(1)],
                reasons: vec![attack(2), attack(10)],
            },
        })
        .collect();
    let statements = (0..ATTACKS.len())
        .map(|n| StatementEntry {
            id: format!("s{n}"),
            anchor: anchor(n),
            judged: judged(),
            report: read[n % 2].0.id.clone(),
            statement: n,
            actor: (n % 2 == 0).then(|| format!("p{n}")),
            speaker: attack(n),
            act: Act::Demand,
            about: vec!["c7k2m".to_owned()],
            same_as: Vec::new(),
        })
        .collect();
    let contradictions = vec![Contradiction {
        kind: ContradictionKind::Place,
        contact: "c7k2m".to_owned(),
        versions: (0..ATTACKS.len()).map(|n| (attack(n), words(n))).collect(),
    }];
    let gaps =
        vec![Gap { kind: GapKind::SideNotHeard, contact: "c9x4q".to_owned(), side: Some(Side(attack(1))) }];
    let problems = ATTACKS.iter().map(|&attack| Problem {
        kind: ProblemKind::BadValue,
        subject: attack.to_owned(),
        detail: attack.to_owned(),
        span: None,
    });
    let dossier = Dossier {
        reports,
        actors,
        contacts,
        statements,
        contradictions,
        gaps,
        judgements: judgements.collect(),
        coverage: ATTACKS.iter().map(|&attack| (attack.to_owned(), followed(attack))).collect(),
        problems: problems.collect(),
    };
    Made { dossier, read }
}
