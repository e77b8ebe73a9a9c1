//! The shape in which programs read a reading or a dossier: plain structs with the field names of the annotation guide
//! and the glossary. A surface writes them as JSON; keys come in the order of the fields.
//!
//! Evidence follows the W3C Web Annotation selectors: `exact` words, and `start`/`end` counted in Unicode code points
//! of the report's text.

use std::collections::BTreeMap;

use depeche_record::{
    Account, Basis, CodePoints, ContradictionKind, Derivation, Dossier, GapKind, Problem, ProblemKind,
    Publisher, Reading, Report, Span, Statement,
};
use serde::Serialize;

/// The identifier of the `n`-th account of a report, counted from 0: `REPORT#c1`.
pub fn account_id(report: &str, n: usize) -> String {
    format!("{report}#c{}", n + 1)
}

/// The identifier of the `n`-th statement of a report, counted from 0: `REPORT#s1`.
pub fn statement_id(report: &str, n: usize) -> String {
    format!("{report}#s{}", n + 1)
}

/// The identifier of the `n`-th origin of a report, counted from 0: `REPORT#o1`.
pub fn origin_id(report: &str, n: usize) -> String {
    format!("{report}#o{}", n + 1)
}

/// The words of a quote, its pieces joined by ` […] `; none where speech is only reported.
pub fn quote_words(text: &str, statement: &Statement) -> Option<String> {
    let pieces: Vec<&str> = statement.quote.iter().map(|span| span.of(text)).collect();
    (!pieces.is_empty()).then(|| pieces.join(" […] "))
}

/// Words of a report's text and where they stand.
#[derive(Debug, Clone, Serialize)]
pub struct Evidence {
    /// The words.
    pub exact: String,
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
}

/// One report and what it says.
#[derive(Debug, Clone, Serialize)]
pub struct ReadingRecord {
    /// Identifier of the report.
    pub id: String,
    /// Where it came from.
    pub address: String,
    /// SHA-256 of the captured bytes.
    pub digest: String,
    /// Language code.
    pub language: String,
    /// What the language rests on.
    pub language_basis: &'static str,
    /// Day of publication, EDTF.
    pub published: Option<String>,
    /// What the day rests on.
    pub published_basis: Option<&'static str>,
    /// Title.
    pub title: Option<String>,
    /// Outlet.
    pub outlet: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
    /// Author line.
    pub byline: Option<String>,
    /// Moment of publication, RFC 3339, in the zone that the page writes it in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_time: Option<String>,
    /// When the page was last changed, RFC 3339 or a day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed: Option<String>,
    /// Section of the outlet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Whether only the beginning of the article is there, the rest being for subscribers.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub stub: bool,
    /// Who publishes the outlet, as the gazetteer has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<PublisherRecord>,
    /// The accounts of contacts.
    pub contacts: Vec<AccountRecord>,
    /// The statements.
    pub statements: Vec<StatementRecord>,
    /// The origins.
    pub origins: Vec<OriginRecord>,
    /// The people named.
    pub figures: Vec<FigureRecord>,
    /// What could not be read as it should.
    pub problems: Vec<ProblemRecord>,
}

/// An outlet as the gazetteer knows it.
#[derive(Debug, Clone, Serialize)]
pub struct PublisherRecord {
    /// Identifier in the gazetteer.
    pub id: String,
    /// Name.
    pub name: String,
    /// ISO code of the state where it is edited.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub country: String,
    /// Who owns it; `state` where a state does.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub owner: String,
}

fn publisher_record(publisher: &Publisher) -> PublisherRecord {
    let Publisher { id, name, country, owner } = publisher.clone();
    PublisherRecord { id, name, country, owner }
}

/// One report's telling of a contact.
#[derive(Debug, Clone, Serialize)]
pub struct AccountRecord {
    /// `REPORT#c1`.
    pub id: String,
    /// Label of the guide.
    pub kind: &'static str,
    /// Label of the guide.
    pub status: &'static str,
    /// Codes of the sides.
    pub sides: Vec<String>,
    /// Names of the people.
    pub participants: Vec<String>,
    /// EDTF.
    pub date: Option<String>,
    /// What was assumed about the date.
    pub date_assumed: Vec<String>,
    /// As the text has it.
    pub place: Option<String>,
    /// The words that show it.
    pub evidence: Vec<Evidence>,
    /// The words of the date.
    pub date_evidence: Option<Evidence>,
    /// The words of the place.
    pub place_evidence: Option<Evidence>,
    /// The rule that found it.
    pub rule: String,
}

/// What a speaker is reported to have said.
#[derive(Debug, Clone, Serialize)]
pub struct StatementRecord {
    /// `REPORT#s1`.
    pub id: String,
    /// Name of the speaker.
    pub speaker: String,
    /// The side spoken for.
    pub side: Option<String>,
    /// Label of the guide.
    pub act: &'static str,
    /// The quoted words, pieces joined by ` […] `.
    pub quote: Option<String>,
    /// The reporting sentence.
    pub evidence: Evidence,
    /// Identifiers of the accounts that it is about.
    pub about: Vec<String>,
    /// When it was said, EDTF.
    pub date: Option<String>,
    /// The rule that found it.
    pub rule: String,
}

/// Where a piece of a text comes from.
#[derive(Debug, Clone, Serialize)]
pub struct OriginRecord {
    /// `REPORT#o1`.
    pub id: String,
    /// As the text has it.
    pub name: String,
    /// Label of the guide.
    pub relation: &'static str,
    /// The citing words.
    pub evidence: Evidence,
    /// Identifier in the gazetteer.
    pub gazetteer: Option<String>,
    /// The rule that found it.
    pub rule: String,
}

/// A person as one report names them.
#[derive(Debug, Clone, Serialize)]
pub struct FigureRecord {
    /// The longest form of the name.
    pub name: String,
    /// Every form.
    pub forms: Vec<String>,
    /// Offices as the text has them.
    pub offices: Vec<String>,
    /// The side.
    pub side: Option<String>,
    /// Identifier in the gazetteer.
    pub gazetteer: Option<String>,
    /// Where the person is named: start and end in code points.
    pub mentions: Vec<(usize, usize)>,
}

/// What a reader should know about an input.
#[derive(Debug, Clone, Serialize)]
pub struct ProblemRecord {
    /// What is wrong.
    pub kind: &'static str,
    /// The input or report.
    pub subject: String,
    /// What was met and what to do.
    pub detail: String,
    /// Whether something could not be read at all.
    pub failure: bool,
}

/// The record of one reading.
pub fn record(report: &Report, reading: &Reading) -> ReadingRecord {
    let words = Words::of(report);
    let accounts = reading.accounts.iter().enumerate();
    let statements = reading.statements.iter().enumerate();
    let origins = reading.origins.iter().enumerate();
    ReadingRecord {
        id: report.id.clone(),
        address: report.address.clone(),
        digest: report.digest.to_string(),
        language: reading.language.code().to_owned(),
        language_basis: basis_label(reading.language_basis),
        published: reading.published.as_ref().map(|published| published.date.to_string()),
        published_basis: reading.published.as_ref().map(|published| basis_label(published.basis)),
        title: report.title.as_ref().map(|title| title.value.clone()),
        outlet: report.outlet.as_ref().map(|outlet| outlet.value.clone()),
        url: report.url.as_ref().map(|url| url.value.clone()),
        byline: report.byline.as_ref().map(|byline| byline.value.clone()),
        published_time: report.about.published.as_ref().map(|moment| moment.value.clone()),
        changed: report.about.changed.as_ref().map(|moment| moment.value.clone()),
        section: report.about.section.as_ref().map(|section| section.value.clone()),
        stub: report.about.is_stub,
        publisher: report.about.publisher.as_ref().map(publisher_record),
        contacts: accounts.map(|(n, account)| words.account(reading, n, account)).collect(),
        statements: statements
            .map(|(n, statement)| StatementRecord {
                id: statement_id(&report.id, n),
                speaker: statement.speaker.name.clone(),
                side: statement.speaker.side.as_ref().map(ToString::to_string),
                act: statement.act.label(),
                quote: quote_words(&report.text, statement),
                evidence: words.evidence(statement.evidence),
                about: statement.about.iter().map(|&n| account_id(&report.id, n)).collect(),
                date: statement.date.as_ref().map(ToString::to_string),
                rule: statement.derivation.rule.clone(),
            })
            .collect(),
        origins: origins
            .map(|(n, origin)| OriginRecord {
                id: origin_id(&report.id, n),
                name: origin.name.clone(),
                relation: origin.relation.label(),
                evidence: words.evidence(origin.evidence),
                gazetteer: origin.gazetteer.clone(),
                rule: origin.derivation.rule.clone(),
            })
            .collect(),
        figures: reading
            .figures
            .iter()
            .map(|figure| FigureRecord {
                name: figure.name.clone(),
                forms: figure.forms.clone(),
                offices: figure.offices.iter().map(|span| span.of(&report.text).to_owned()).collect(),
                side: figure.side.as_ref().map(ToString::to_string),
                gazetteer: figure.gazetteer.clone(),
                mentions: figure
                    .mentions
                    .iter()
                    .map(|&span| words.points.range(&report.text, span))
                    .collect(),
            })
            .collect(),
        problems: report.problems.iter().chain(&reading.problems).map(problem_record).collect(),
    }
}

/// The record of a problem.
pub fn problem_record(problem: &Problem) -> ProblemRecord {
    ProblemRecord {
        kind: problem_label(problem.kind),
        subject: problem.subject.clone(),
        detail: problem.detail.clone(),
        failure: problem.is_failure(),
    }
}

/// The dossier and all that it rests on.
#[derive(Debug, Clone, Serialize)]
pub struct DossierRecord {
    /// The reference day.
    pub today: Option<String>,
    /// The reports with their lineage.
    pub reports: Vec<ReportRecord>,
    /// The contacts.
    pub contacts: Vec<ContactRecord>,
    /// The people.
    pub actors: Vec<ActorRecord>,
    /// The statements.
    pub statements: Vec<DossierStatementRecord>,
    /// What reports disagree about.
    pub contradictions: Vec<ContradictionRecord>,
    /// What is missing.
    pub gaps: Vec<GapRecord>,
    /// What could not be read as it should.
    pub problems: Vec<ProblemRecord>,
}

/// A report of a dossier.
#[derive(Debug, Clone, Serialize)]
pub struct ReportRecord {
    /// Identifier.
    pub id: String,
    /// Where it came from.
    pub address: String,
    /// SHA-256 of the captured bytes.
    pub digest: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Outlet.
    pub outlet: Option<String>,
    /// Day of publication, EDTF.
    pub published: Option<String>,
    /// What the day rests on.
    pub published_basis: Option<&'static str>,
    /// Language code.
    pub language: String,
    /// Reports with the same value rest on one original text.
    pub lineage: String,
    /// Why.
    pub links: Vec<LinkRecord>,
    /// The origins that it names.
    pub origins: Vec<DossierOriginRecord>,
}

/// Why two reports share an original.
#[derive(Debug, Clone, Serialize)]
pub struct LinkRecord {
    /// The other report.
    pub report: String,
    /// Why.
    pub reason: String,
    /// Share of the shorter text that stands in the other, 0 to 1.
    pub score: f64,
}

/// An origin as the dossier lists it.
#[derive(Debug, Clone, Serialize)]
pub struct DossierOriginRecord {
    /// As the text has it.
    pub name: String,
    /// Label of the guide.
    pub relation: &'static str,
    /// The citing words.
    pub evidence: Evidence,
}

/// A contact.
#[derive(Debug, Clone, Serialize)]
pub struct ContactRecord {
    /// `c1`, `c2` …
    pub id: String,
    /// Label of the guide.
    pub kind: &'static str,
    /// Label of the guide.
    pub status: &'static str,
    /// Codes of the sides.
    pub sides: Vec<String>,
    /// Names of the people.
    pub participants: Vec<String>,
    /// Identifiers of the people.
    pub actors: Vec<String>,
    /// EDTF.
    pub date: Option<String>,
    /// What was assumed about the date.
    pub date_assumed: Vec<String>,
    /// Where.
    pub place: Option<String>,
    /// What each report tells of it.
    pub accounts: Vec<MentionRecord>,
    /// What each side says of it.
    pub ledger: Vec<LedgerRecord>,
    /// How the status came to be.
    pub history: Vec<StepRecord>,
    /// How many independent origins it rests on.
    pub corroboration: CorroborationRecord,
}

/// One report's telling within a contact.
#[derive(Debug, Clone, Serialize)]
pub struct MentionRecord {
    /// The report.
    pub report: String,
    /// The account, as `depeche read` names it.
    pub id: String,
    /// Why it was put to this contact.
    pub reason: String,
    /// Kind as this report tells it.
    pub kind: &'static str,
    /// Status as this report tells it.
    pub status: &'static str,
    /// Sides as this report tells them.
    pub sides: Vec<String>,
    /// People as this report names them.
    pub participants: Vec<String>,
    /// Date as this report tells it.
    pub date: Option<String>,
    /// Place as this report tells it.
    pub place: Option<String>,
    /// The words that show it.
    pub evidence: Vec<Evidence>,
}

/// What a side says of a contact.
#[derive(Debug, Clone, Serialize)]
pub struct LedgerRecord {
    /// Code of the side.
    pub side: String,
    /// `confirms`, `denies`, `declines`, `neither` or `silent`.
    pub stance: &'static str,
    /// The words it rests on.
    pub attested: Vec<AttestationRecord>,
}

/// Words in a report that show something.
#[derive(Debug, Clone, Serialize)]
pub struct AttestationRecord {
    /// The report.
    pub report: String,
    /// Who is reported to have said it.
    pub speaker: String,
    /// The words.
    pub evidence: Evidence,
}

/// A step in the history of a status.
#[derive(Debug, Clone, Serialize)]
pub struct StepRecord {
    /// Label of the guide.
    pub status: &'static str,
    /// Day of publication of the report that tells it.
    pub told: Option<String>,
    /// The report.
    pub report: String,
    /// The words.
    pub evidence: Evidence,
}

/// How many independent origins a contact rests on.
#[derive(Debug, Clone, Serialize)]
pub struct CorroborationRecord {
    /// At least so many.
    pub least: usize,
    /// At most so many.
    pub most: usize,
    /// What they are.
    pub origins: Vec<String>,
    /// Why the range is what it is.
    pub reasons: Vec<String>,
}

/// A person under all their names.
#[derive(Debug, Clone, Serialize)]
pub struct ActorRecord {
    /// `p1`, `p2` …
    pub id: String,
    /// The name that most reports use.
    pub name: String,
    /// Every other form.
    pub aliases: Vec<String>,
    /// Codes of the sides attested.
    pub sides: Vec<String>,
    /// Offices as the reports have them.
    pub offices: Vec<String>,
    /// Identifier in the gazetteer.
    pub gazetteer: Option<String>,
    /// The reports that name the person.
    pub reports: Vec<String>,
    /// Why several names are one person.
    pub reasons: Vec<String>,
}

/// A statement of a dossier.
#[derive(Debug, Clone, Serialize)]
pub struct DossierStatementRecord {
    /// `s1`, `s2` …
    pub id: String,
    /// The report.
    pub report: String,
    /// The statement, as `depeche read` names it.
    pub reading: String,
    /// The person.
    pub actor: Option<String>,
    /// Name of the speaker.
    pub speaker: String,
    /// Label of the guide.
    pub act: &'static str,
    /// The quoted words.
    pub quote: Option<String>,
    /// The reporting sentence.
    pub evidence: Evidence,
    /// The contacts that it is about.
    pub about: Vec<String>,
    /// Statements of the same words.
    pub same_as: Vec<String>,
}

/// Something that reports disagree about.
#[derive(Debug, Clone, Serialize)]
pub struct ContradictionRecord {
    /// `date`, `place`, `participants` or `held`.
    pub kind: &'static str,
    /// The contact.
    pub contact: String,
    /// The versions.
    pub versions: Vec<VersionRecord>,
}

/// One version of what reports disagree about.
#[derive(Debug, Clone, Serialize)]
pub struct VersionRecord {
    /// What is said.
    pub value: String,
    /// The report.
    pub report: String,
    /// Who says it.
    pub speaker: String,
    /// The words.
    pub evidence: Evidence,
}

/// Something that is missing.
#[derive(Debug, Clone, Serialize)]
pub struct GapRecord {
    /// `never_followed_up`, `one_origin`, `side_not_heard` or `no_date`.
    pub kind: &'static str,
    /// The contact.
    pub contact: String,
    /// Code of the side.
    pub side: Option<String>,
}

/// The record of a dossier; `read` holds the reports that it was made of, `met` what no report holds: inputs that
/// could not be read.
pub fn dossier_record(
    dossier: &Dossier,
    read: &[(Report, Reading)],
    met: &[Problem],
    today: Option<depeche_record::Day>,
) -> DossierRecord {
    let words: BTreeMap<&str, (Words, &Reading)> =
        read.iter().map(|(report, reading)| (report.id.as_str(), (Words::of(report), reading))).collect();
    let evidence = |report: &str, span: Span| match words.get(report) {
        Some((words, _)) => words.evidence(span),
        None => Evidence { exact: String::new(), start: 0, end: 0 },
    };
    let names: BTreeMap<&str, &str> =
        dossier.actors.iter().map(|actor| (actor.id.as_str(), actor.name.as_str())).collect();
    DossierRecord {
        today: today.map(|day| day.to_string()),
        reports: dossier
            .reports
            .iter()
            .map(|entry| ReportRecord {
                id: entry.id.clone(),
                address: entry.address.clone(),
                digest: words.get(entry.id.as_str()).map(|(words, _)| words.report.digest.to_string()),
                title: entry.title.clone(),
                outlet: entry.outlet.clone(),
                published: entry.published.as_ref().map(|published| published.date.to_string()),
                published_basis: entry.published.as_ref().map(|published| basis_label(published.basis)),
                language: entry.language.code().to_owned(),
                lineage: entry.lineage.clone(),
                links: entry
                    .links
                    .iter()
                    .map(|link| LinkRecord {
                        report: link.report.clone(),
                        reason: link.reason.clone(),
                        score: link.score,
                    })
                    .collect(),
                origins: entry
                    .origins
                    .iter()
                    .map(|(name, relation, span)| DossierOriginRecord {
                        name: name.clone(),
                        relation: relation.label(),
                        evidence: evidence(&entry.id, *span),
                    })
                    .collect(),
            })
            .collect(),
        contacts: dossier
            .contacts
            .iter()
            .map(|contact| ContactRecord {
                id: contact.id.clone(),
                kind: contact.kind.label(),
                status: contact.status.label(),
                sides: contact.sides.iter().map(ToString::to_string).collect(),
                participants: contact
                    .participants
                    .iter()
                    .map(|id| (*names.get(id.as_str()).unwrap_or(&id.as_str())).to_owned())
                    .collect(),
                actors: contact.participants.clone(),
                date: contact.date.as_ref().map(ToString::to_string),
                date_assumed: contact.assumed.clone(),
                place: contact.place.clone(),
                accounts: contact
                    .accounts
                    .iter()
                    .filter_map(|mention| {
                        let (words, reading) = words.get(mention.report.as_str())?;
                        let told =
                            words.account(reading, mention.account, reading.accounts.get(mention.account)?);
                        Some(MentionRecord {
                            report: mention.report.clone(),
                            id: told.id,
                            reason: mention.reason.clone(),
                            kind: told.kind,
                            status: told.status,
                            sides: told.sides,
                            participants: told.participants,
                            date: told.date,
                            place: told.place,
                            evidence: told.evidence,
                        })
                    })
                    .collect(),
                ledger: contact
                    .ledger
                    .iter()
                    .map(|entry| LedgerRecord {
                        side: entry.side.to_string(),
                        stance: entry.stance.label(),
                        attested: entry
                            .attested
                            .iter()
                            .map(|attestation| AttestationRecord {
                                report: attestation.report.clone(),
                                speaker: attestation.speaker.clone(),
                                evidence: evidence(&attestation.report, attestation.span),
                            })
                            .collect(),
                    })
                    .collect(),
                history: contact
                    .history
                    .iter()
                    .map(|step| StepRecord {
                        status: step.status.label(),
                        told: step.told.as_ref().map(ToString::to_string),
                        report: step.report.clone(),
                        evidence: evidence(&step.report, step.span),
                    })
                    .collect(),
                corroboration: CorroborationRecord {
                    least: contact.corroboration.least,
                    most: contact.corroboration.most,
                    origins: contact.corroboration.origins.clone(),
                    reasons: contact.corroboration.reasons.clone(),
                },
            })
            .collect(),
        actors: dossier
            .actors
            .iter()
            .map(|actor| ActorRecord {
                id: actor.id.clone(),
                name: actor.name.clone(),
                aliases: actor.aliases.clone(),
                sides: actor.sides.iter().map(ToString::to_string).collect(),
                offices: actor.offices.clone(),
                gazetteer: actor.gazetteer.clone(),
                reports: {
                    let mut reports: Vec<String> =
                        actor.figures.iter().map(|(report, _)| report.clone()).collect();
                    reports.dedup();
                    reports
                },
                reasons: actor.reasons.clone(),
            })
            .collect(),
        statements: dossier
            .statements
            .iter()
            .filter_map(|entry| {
                let (words, reading) = words.get(entry.report.as_str())?;
                let statement = reading.statements.get(entry.statement)?;
                Some(DossierStatementRecord {
                    id: entry.id.clone(),
                    report: entry.report.clone(),
                    reading: statement_id(&entry.report, entry.statement),
                    actor: entry.actor.clone(),
                    speaker: entry.speaker.clone(),
                    act: entry.act.label(),
                    quote: quote_words(&words.report.text, statement),
                    evidence: words.evidence(statement.evidence),
                    about: entry.about.clone(),
                    same_as: entry.same_as.clone(),
                })
            })
            .collect(),
        contradictions: dossier
            .contradictions
            .iter()
            .map(|contradiction| ContradictionRecord {
                kind: contradiction_label(contradiction.kind),
                contact: contradiction.contact.clone(),
                versions: contradiction
                    .versions
                    .iter()
                    .map(|(value, attestation)| VersionRecord {
                        value: value.clone(),
                        report: attestation.report.clone(),
                        speaker: attestation.speaker.clone(),
                        evidence: evidence(&attestation.report, attestation.span),
                    })
                    .collect(),
            })
            .collect(),
        gaps: dossier
            .gaps
            .iter()
            .map(|gap| GapRecord {
                kind: gap_label(gap.kind),
                contact: gap.contact.clone(),
                side: gap.side.as_ref().map(ToString::to_string),
            })
            .collect(),
        problems: all_problems(dossier, read, met).into_iter().map(problem_record).collect(),
    }
}

/// Every problem of a run once: those of inputs, of reports and their readings, and of the dossier.
pub fn all_problems<'a>(
    dossier: &'a Dossier,
    read: &'a [(Report, Reading)],
    met: &'a [Problem],
) -> Vec<&'a Problem> {
    let of_reports =
        read.iter().flat_map(|(report, reading)| report.problems.iter().chain(&reading.problems));
    let mut problems: Vec<&Problem> = Vec::new();
    for problem in met.iter().chain(of_reports).chain(&dossier.problems) {
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }
    problems
}

/// A step of a derivation, for those who ask why an item is held.
#[derive(Debug, Clone, Serialize)]
pub struct DerivationRecord {
    /// The rule's name.
    pub rule: String,
    /// What it concluded.
    pub conclusion: String,
    /// The words that it read; none where it read no words of its own.
    pub evidence: Option<Evidence>,
    /// The steps below.
    pub children: Vec<DerivationRecord>,
}

/// The record of a derivation in a report's text.
pub fn derivation_record(report: &Report, derivation: &Derivation) -> DerivationRecord {
    Words::of(report).derivation(derivation)
}

/// A report's text with its code points counted once.
struct Words<'a> {
    report: &'a Report,
    points: CodePoints,
}

impl<'a> Words<'a> {
    fn of(report: &'a Report) -> Words<'a> {
        Words { report, points: CodePoints::of(&report.text) }
    }

    fn evidence(&self, span: Span) -> Evidence {
        let (start, end) = self.points.range(&self.report.text, span);
        Evidence { exact: span.of(&self.report.text).to_owned(), start, end }
    }

    fn account(&self, reading: &Reading, n: usize, account: &Account) -> AccountRecord {
        AccountRecord {
            id: account_id(&self.report.id, n),
            kind: account.kind.label(),
            status: account.status.label(),
            sides: account.sides.iter().map(ToString::to_string).collect(),
            participants: account
                .participants
                .iter()
                .filter_map(|&n| reading.figures.get(n))
                .map(|figure| figure.name.clone())
                .collect(),
            date: account.date.as_ref().map(|date| date.value.to_string()),
            date_assumed: account.date.as_ref().map(|date| date.assumed.clone()).unwrap_or_default(),
            place: account.place.as_ref().map(|place| place.name.clone()),
            evidence: account.evidence.iter().map(|&span| self.evidence(span)).collect(),
            date_evidence: account.date.as_ref().map(|date| self.evidence(date.span)),
            place_evidence: account.place.as_ref().map(|place| self.evidence(place.span)),
            rule: account.derivation.rule.clone(),
        }
    }

    fn derivation(&self, derivation: &Derivation) -> DerivationRecord {
        DerivationRecord {
            rule: derivation.rule.clone(),
            conclusion: derivation.conclusion.clone(),
            evidence: (!derivation.span.is_empty()).then(|| self.evidence(derivation.span)),
            children: derivation.children.iter().map(|child| self.derivation(child)).collect(),
        }
    }
}

/// The word for what a value rests on.
pub fn basis_label(basis: Basis) -> &'static str {
    match basis {
        Basis::Given => "given",
        Basis::Metadata => "metadata",
        Basis::Address => "address",
        Basis::Text => "text",
        Basis::Computed => "computed",
    }
}

/// The word for a kind of problem.
pub fn problem_label(kind: ProblemKind) -> &'static str {
    match kind {
        ProblemKind::Missing => "missing",
        ProblemKind::Unreadable => "unreadable",
        ProblemKind::Unreachable => "unreachable",
        ProblemKind::Refused => "refused",
        ProblemKind::NotText => "not_text",
        ProblemKind::BadRecord => "bad_record",
        ProblemKind::TooLarge => "too_large",
        ProblemKind::UnknownFormat => "unknown_format",
        ProblemKind::Empty => "empty",
        ProblemKind::DuplicateId => "duplicate_id",
        ProblemKind::Replaced => "replaced",
        ProblemKind::UnknownLanguage => "unknown_language",
        ProblemKind::LeftOut => "left_out",
        ProblemKind::BadValue => "bad_value",
    }
}

/// The word for a kind of contradiction.
pub fn contradiction_label(kind: ContradictionKind) -> &'static str {
    match kind {
        ContradictionKind::Date => "date",
        ContradictionKind::Place => "place",
        ContradictionKind::Participants => "participants",
        ContradictionKind::Held => "held",
    }
}

/// The word for a kind of gap.
pub fn gap_label(kind: GapKind) -> &'static str {
    match kind {
        GapKind::NeverFollowedUp => "never_followed_up",
        GapKind::OneOrigin => "one_origin",
        GapKind::SideNotHeard => "side_not_heard",
        GapKind::NoDate => "no_date",
    }
}
