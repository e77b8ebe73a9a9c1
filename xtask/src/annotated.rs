//! Readings with the accounts that annotators wrote down in the place of those that were read: what the dossier would be
//! if extraction made no mistake, so that the errors of resolving show by themselves.

use anyhow::{Context, Result, bail};
use depeche_pipeline::record::{
    Account, Confidence, ContactDate, ContactKind, Derivation, Edtf, Figure, Place, Published, Reading,
    Report, Side, Span, Status,
};
use serde_json::Value;

/// Puts the annotated accounts and the annotated day into a reading.
pub fn correct(report: &Report, reading: &mut Reading, annotation: &Value) -> Result<()> {
    let contacts = annotation["contacts"].as_array().context("an annotation has no contacts")?;
    let read = std::mem::take(&mut reading.accounts);
    for contact in contacts {
        let account = account(report, reading, contact).with_context(|| report.id.clone())?;
        reading.accounts.push(account);
    }
    // Statements are about the annotated account that shares words and sides with the one that was read.
    for statement in &mut reading.statements {
        let about = statement.about.iter().filter_map(|&n| {
            let former = read.get(n)?;
            let shares = |account: &Account| {
                let overlaps = |span: &Span| former.evidence.iter().any(|other| span.overlaps(*other));
                account.sides == former.sides && account.evidence.iter().any(overlaps)
            };
            reading.accounts.iter().position(shares)
        });
        statement.about = about.collect();
    }
    let day = annotation["published"].as_str().and_then(|day| Edtf::parse(day).ok());
    reading.published =
        day.map(|date| Published { date, basis: depeche_pipeline::record::Basis::Given, span: None });
    Ok(())
}

fn account(report: &Report, reading: &mut Reading, contact: &Value) -> Result<Account> {
    let (kind, status) = (contact["kind"].as_str(), contact["status"].as_str());
    let Some(kind) = ContactKind::ALL.iter().find(|known| Some(known.label()) == kind) else {
        bail!("an annotated contact has no kind")
    };
    let Some(status) = Status::ALL.iter().find(|known| Some(known.label()) == status) else {
        bail!("an annotated contact has no status")
    };
    let words = |list: &Value| -> Vec<String> {
        list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let find = |words: &str| {
        let start = report.text.find(words)?;
        Some(Span::new(start, start + words.len()))
    };
    let evidence: Vec<Span> = words(&contact["evidence"]).iter().filter_map(|words| find(words)).collect();
    let first = evidence.first().copied().unwrap_or_default();
    let mut sides: Vec<Side> = words(&contact["sides"]).into_iter().map(Side).collect();
    sides.sort();
    let names = words(&contact["participants"]);
    let participants = names.iter().map(|name| figure(reading, name, find(name)));
    Ok(Account {
        kind: *kind,
        status: *status,
        sides,
        participants: participants.collect(),
        date: contact["date"].as_str().and_then(|date| Edtf::parse(date).ok()).map(|value| ContactDate {
            value,
            span: first,
            assumed: Vec::new(),
        }),
        place: contact["place"]
            .as_str()
            .map(|name| Place { name: name.to_owned(), span: find(name).unwrap_or(first) }),
        evidence,
        confidence: Confidence::default(),
        derivation: Derivation::new("annotated", first, ""),
    })
}

/// The figure of that name in the reading; a new one where none bears it.
fn figure(reading: &mut Reading, name: &str, mention: Option<Span>) -> usize {
    let bears = |figure: &Figure| figure.name == name || figure.forms.iter().any(|form| form == name);
    if let Some(known) = reading.figures.iter().position(bears) {
        return known;
    }
    reading.figures.push(Figure {
        name: name.to_owned(),
        forms: vec![name.to_owned()],
        mentions: mention.into_iter().collect(),
        offices: Vec::new(),
        side: None,
        gazetteer: None,
    });
    reading.figures.len() - 1
}
