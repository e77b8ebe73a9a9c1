//! How sure each item of a reading is.
//!
//! What holds of an item (the rules of its derivation, what was found of it and what was not) is weighed by logistic
//! regression. The weights stand in `rules/confidence.tsv`; `cargo xtask train confidence` sets them on the annotated
//! reports of `corpus/`, and `cargo xtask eval confidence` shows how reliable they are on reports they were not set on.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use depeche_record::{Account, Confidence, Derivation, Ground, Language, Origin, Reading, Report, Statement};

/// Weights of one sort of item, by ground; `*` is what holds of all.
type Weights = BTreeMap<&'static str, f64>;

struct Model {
    contacts: Weights,
    statements: Weights,
    origins: Weights,
}

const ALL: &str = "*";

fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| {
        let mut model =
            Model { contacts: Weights::new(), statements: Weights::new(), origins: Weights::new() };
        for line in include_str!("../rules/confidence.tsv").lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let (Some(item), Some(ground), Some(weight)) = (columns.next(), columns.next(), columns.next())
            else {
                continue;
            };
            let weights = match item {
                "contact" => &mut model.contacts,
                "statement" => &mut model.statements,
                _ => &mut model.origins,
            };
            if let Ok(weight) = weight.parse() {
                weights.insert(ground, weight);
            }
        }
        model
    })
}

/// Weighs every item of a reading.
pub(crate) fn weigh(report: &Report, reading: &mut Reading) {
    let model = model();
    let told = reading.accounts.len();
    for n in 0..told {
        let grounds = of_account(&reading.accounts[n], reading);
        reading.accounts[n].confidence = confidence(&model.contacts, grounds);
    }
    for n in 0..reading.statements.len() {
        let grounds = of_statement(&reading.statements[n], report, reading);
        reading.statements[n].confidence = confidence(&model.statements, grounds);
    }
    for n in 0..reading.origins.len() {
        let grounds = of_origin(&reading.origins[n], reading.language);
        reading.origins[n].confidence = confidence(&model.origins, grounds);
    }
}

fn confidence(weights: &Weights, grounds: Vec<String>) -> Confidence {
    let weight = |name: &str| weights.get(name).copied().unwrap_or_default();
    let sum = weight(ALL) + grounds.iter().map(|name| weight(name)).sum::<f64>();
    let mut grounds: Vec<Ground> =
        grounds.into_iter().map(|name| Ground { weight: weight(&name), name }).collect();
    grounds.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()).then_with(|| a.name.cmp(&b.name)));
    // To the percent: more the corpus cannot tell.
    let value = (100.0 / (1.0 + (-sum).exp())).round() / 100.0;
    Confidence { value, grounds }
}

fn of_account(account: &Account, reading: &Reading) -> Vec<String> {
    let derivation = &account.derivation;
    let mut grounds = vec![
        format!("kind={}", account.kind),
        format!("status={}", account.status),
        format!("language={}", reading.language.code()),
        format!("word {}: {}", reading.language.code(), derivation.rule),
        format!("sides={}", up_to(account.sides.len(), 4)),
        format!("people={}", up_to(account.participants.len(), 3)),
    ];
    let further: Vec<&Derivation> =
        derivation.children.iter().filter(|child| child.rule.starts_with("contact/")).collect();
    grounds.push(format!("tellings={}", up_to(1 + further.len(), 3)));
    if further.iter().any(|child| child.children.iter().any(|step| step.rule == "sides/told")) {
        grounds.push("sides/told again".to_owned());
    }
    for step in derivation.children.iter().filter(|child| !child.rule.starts_with("contact/")) {
        let cue = step.rule.starts_with("status/") && step.rule != "status/tense";
        grounds.push(if cue { "status/cue".to_owned() } else { step.rule.clone() });
    }
    let mut people: Vec<_> =
        account.participants.iter().filter_map(|&f| reading.figures[f].side.as_ref()).collect();
    people.sort();
    people.dedup();
    grounds.push(format!("sides of people={}", up_to(people.len(), 2)));
    if account.date.is_none() {
        grounds.push("no date".to_owned());
    }
    if account.place.is_none() {
        grounds.push("no place".to_owned());
    }
    let first = account.evidence.first();
    let told = |other: &&Account| other.evidence.first() == first;
    if reading.accounts.iter().filter(told).count() > 1 {
        grounds.push("another contact in the same words".to_owned());
    }
    if let Some(span) = first
        && reading.statements.iter().any(|s| s.evidence.overlaps(*span))
    {
        grounds.push("within speech".to_owned());
    }
    grounds
}

fn of_statement(statement: &Statement, report: &Report, reading: &Reading) -> Vec<String> {
    let language = reading.language.code();
    let speaker = &statement.speaker;
    let mut grounds = vec![
        format!("act={}", statement.act),
        format!("language={language}"),
        format!("word {language}: {}", statement.derivation.rule),
        format!("quote={}", up_to(statement.quote.len(), 2)),
    ];
    grounds.extend(statement.derivation.children.iter().map(|step| step.rule.clone()));
    let named = if speaker.figure.is_some() { "speaker is a person" } else { "speaker by words" };
    grounds.push(named.to_owned());
    if speaker.side.is_none() {
        grounds.push("speaker of no side".to_owned());
    }
    let here = speaker.span.of(&report.text);
    if speaker.figure.is_some() && !here.chars().any(char::is_uppercase) {
        grounds.push("speaker named elsewhere".to_owned());
    }
    if reading.statements.iter().filter(|other| other.evidence == statement.evidence).count() > 1 {
        grounds.push("another speaker in the same sentence".to_owned());
    }
    if !statement.about.is_empty() {
        grounds.push("about a contact".to_owned());
    }
    grounds
}

fn of_origin(origin: &Origin, language: Language) -> Vec<String> {
    let mut grounds = vec![
        format!("relation={}", origin.relation),
        format!("language={}", language.code()),
        format!("word {}: {}", language.code(), origin.derivation.rule),
    ];
    if origin.gazetteer.is_none() {
        grounds.push("not in the gazetteer".to_owned());
    }
    grounds
}

/// A number, `N+` from `most` on.
fn up_to(number: usize, most: usize) -> String {
    if number >= most { format!("{most}+") } else { number.to_string() }
}
