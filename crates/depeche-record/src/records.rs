//! The shape in which programs read a reading or a dossier: plain structs with the field names of the annotation guide
//! and the glossary. A surface writes them as JSON; keys come in the order of the fields.
//!
//! Evidence follows the W3C Web Annotation selectors: `exact` words, and `start`/`end` counted in Unicode code points
//! of the report's text.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::followed::{Miss, Source, Stretch};
use crate::{
    Account, Actor, Anchor, Attestation, Basis, CodePoints, Contact, Contradiction, Decision, Derivation,
    Dossier, Gap, Judged, JudgementEntry, Outcome, Problem, ProblemKind, Publisher, Reading, Report,
    ReportEntry, Span, Statement, StatementEntry, Subject,
};

/// A word of the annotation guide or of the glossary, in lower case: `meeting`, `ruled_out`, `one_origin`.
pub type Label = Cow<'static, str>;

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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Evidence {
    /// The words.
    pub exact: String,
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
}

/// One report and what it says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    pub language_basis: Label,
    /// Day of publication, EDTF.
    pub published: Option<String>,
    /// What the day rests on.
    pub published_basis: Option<Label>,
    /// Title.
    pub title: Option<String>,
    /// Outlet.
    pub outlet: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
    /// Author line.
    pub byline: Option<String>,
    /// Moment of publication, RFC 3339, in the zone that the page writes it in.
    #[serde(default)]
    pub published_time: Option<String>,
    /// When the page was last changed, RFC 3339 or a day.
    #[serde(default)]
    pub changed: Option<String>,
    /// Section of the outlet.
    #[serde(default)]
    pub section: Option<String>,
    /// Whether only the beginning of the article is there, the rest being for subscribers.
    #[serde(default)]
    pub stub: bool,
    /// Who publishes the outlet, as the gazetteer has it.
    #[serde(default)]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PublisherRecord {
    /// Identifier in the gazetteer.
    pub id: String,
    /// Name.
    pub name: String,
    /// ISO code of the state where it is edited.
    pub country: String,
    /// Who owns it; `state` where a state does.
    pub owner: String,
}

fn publisher_record(publisher: &Publisher) -> PublisherRecord {
    let Publisher { id, name, country, owner } = publisher.clone();
    PublisherRecord { id, name, country, owner }
}

/// One report's telling of a contact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AccountRecord {
    /// `REPORT#c1`.
    pub id: String,
    /// Label of the guide.
    pub kind: Label,
    /// Label of the guide.
    pub status: Label,
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
    /// How sure it is, from 0 to 1.
    pub confidence: f64,
    /// The rule that found it.
    pub rule: String,
}

/// What a speaker is reported to have said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StatementRecord {
    /// `REPORT#s1`.
    pub id: String,
    /// Name of the speaker.
    pub speaker: String,
    /// The side spoken for.
    pub side: Option<String>,
    /// Label of the guide.
    pub act: Label,
    /// The quoted words, pieces joined by ` […] `.
    pub quote: Option<String>,
    /// The reporting sentence.
    pub evidence: Evidence,
    /// Identifiers of the accounts that it is about.
    pub about: Vec<String>,
    /// When it was said, EDTF.
    pub date: Option<String>,
    /// How sure it is, from 0 to 1.
    pub confidence: f64,
    /// The rule that found it.
    pub rule: String,
}

/// Where a piece of a text comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OriginRecord {
    /// `REPORT#o1`.
    pub id: String,
    /// As the text has it.
    pub name: String,
    /// Label of the guide.
    pub relation: Label,
    /// The citing words.
    pub evidence: Evidence,
    /// Identifier in the gazetteer.
    pub gazetteer: Option<String>,
    /// How sure it is, from 0 to 1.
    pub confidence: f64,
    /// The rule that found it.
    pub rule: String,
}

/// A person as one report names them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProblemRecord {
    /// What is wrong.
    pub kind: Label,
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
        language_basis: basis_label(reading.language_basis).into(),
        published: reading.published.as_ref().map(|published| published.date.to_string()),
        published_basis: reading.published.as_ref().map(|published| basis_label(published.basis).into()),
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
                act: statement.act.label().into(),
                quote: quote_words(&report.text, statement),
                evidence: words.evidence(statement.evidence),
                about: statement.about.iter().map(|&n| account_id(&report.id, n)).collect(),
                date: statement.date.as_ref().map(ToString::to_string),
                confidence: statement.confidence.value,
                rule: statement.derivation.rule.clone(),
            })
            .collect(),
        origins: origins
            .map(|(n, origin)| OriginRecord {
                id: origin_id(&report.id, n),
                name: origin.name.clone(),
                relation: origin.relation.label().into(),
                evidence: words.evidence(origin.evidence),
                gazetteer: origin.gazetteer.clone(),
                confidence: origin.confidence.value,
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
        kind: problem_label(problem.kind).into(),
        subject: problem.subject.clone(),
        detail: problem.detail.clone(),
        failure: problem.is_failure(),
    }
}

/// The dossier and all that it rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// The decisions of people, oldest first, with what became of each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub judgements: Vec<JudgementRecord>,
    /// The sources that were followed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub coverage: Vec<CoverageRecord>,
    /// What could not be read as it should.
    pub problems: Vec<ProblemRecord>,
}

/// From when to when a source was followed, and what failed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CoverageRecord {
    /// Address of the source.
    pub address: String,
    /// What it calls itself.
    pub title: Option<String>,
    /// The stretches of time without a gap, the first one first; times are RFC 3339 in UTC.
    pub stretches: Vec<Stretch>,
    /// Number of pages that it gave, versions counted apart.
    pub pages: u64,
    /// Number of failures: of the source itself, and of pages that were given up.
    pub failed: u64,
    /// Whether the last look at the source itself failed.
    pub failing: bool,
    /// The latest failures, the oldest of them first.
    pub misses: Vec<Miss>,
}

/// The record of each source that was followed, by address.
pub fn coverage_records(sources: &BTreeMap<String, Source>) -> Vec<CoverageRecord> {
    let record = |(address, source): (&String, &Source)| CoverageRecord {
        address: address.clone(),
        title: source.title.clone(),
        stretches: source.stretches.clone(),
        pages: source.pages,
        failed: source.failed,
        failing: source.failing,
        misses: source.misses.clone(),
    };
    sources.iter().map(record).collect()
}

/// A decision of a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct JudgementRecord {
    /// Identifier.
    pub id: String,
    /// Who decided.
    pub author: String,
    /// When, RFC 3339.
    pub time: String,
    /// Why.
    pub reason: Option<String>,
    /// `same`, `not_same`, `accept`, `reject`, `correct`, `note` or `undo`.
    pub decision: Label,
    /// The words that it is about; for a report its identifier alone.
    pub about: Vec<SubjectRecord>,
    /// The field that is corrected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The value of a correction, the words of a note, the identifier of what is undone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// `applied`, `undone`, `overruled`, `gone` or `unusable`; `waiting` where it is recorded and not worked in yet.
    #[serde(default = "applied")]
    pub outcome: Label,
    /// The judgement that undoes or overrules it, or why it is unusable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

fn applied() -> Label {
    "applied".into()
}

/// What a decision is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SubjectRecord {
    /// `report`, `actor`, `contact` or `statement`.
    pub kind: Label,
    /// The report.
    pub report: String,
    /// The words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
}

/// What people have decided about an item.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct JudgedRecord {
    /// Whether a person said that it is as the dossier has it.
    pub accepted: bool,
    /// Remarks.
    pub notes: Vec<String>,
    /// Fields that a person gave their values.
    pub corrected: Vec<String>,
    /// Identifiers of the judgements that touch it.
    pub judgements: Vec<String>,
}

impl JudgedRecord {
    fn of(judged: &Judged) -> JudgedRecord {
        JudgedRecord {
            accepted: judged.accepted,
            notes: judged.notes.clone(),
            corrected: judged.corrected.clone(),
            judgements: judged.judgements.clone(),
        }
    }

    fn is_empty(&self) -> bool {
        self.judgements.is_empty()
    }
}

/// A report of a dossier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// Address of the page.
    pub url: Option<String>,
    /// Day of publication, EDTF.
    pub published: Option<String>,
    /// What the day rests on.
    pub published_basis: Option<Label>,
    /// Language code.
    pub language: String,
    /// Reports with the same value rest on one original text.
    pub lineage: String,
    /// Why.
    pub links: Vec<LinkRecord>,
    /// The origins that it names.
    pub origins: Vec<DossierOriginRecord>,
    /// What people have decided about it.
    #[serde(default, skip_serializing_if = "JudgedRecord::is_empty")]
    pub judged: JudgedRecord,
}

/// Why two reports share an original.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LinkRecord {
    /// The other report.
    pub report: String,
    /// Why.
    pub reason: String,
    /// Share of the shorter text that stands in the other, 0 to 1.
    pub score: f64,
}

/// An origin as the dossier lists it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DossierOriginRecord {
    /// As the text has it.
    pub name: String,
    /// Label of the guide.
    pub relation: Label,
    /// The citing words.
    pub evidence: Evidence,
}

/// A contact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ContactRecord {
    /// `c` and a few letters and digits.
    pub id: String,
    /// Label of the guide.
    pub kind: Label,
    /// Label of the guide.
    pub status: Label,
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
    /// What people have decided about it.
    #[serde(default, skip_serializing_if = "JudgedRecord::is_empty")]
    pub judged: JudgedRecord,
}

/// One report's telling within a contact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MentionRecord {
    /// The report.
    pub report: String,
    /// The account, as `depeche read` names it.
    pub id: String,
    /// Why it was put to this contact.
    pub reason: String,
    /// Kind as this report tells it.
    pub kind: Label,
    /// Status as this report tells it.
    pub status: Label,
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LedgerRecord {
    /// Code of the side.
    pub side: String,
    /// `confirms`, `denies`, `declines`, `neither` or `silent`.
    pub stance: Label,
    /// The words it rests on.
    pub attested: Vec<AttestationRecord>,
}

/// Words in a report that show something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AttestationRecord {
    /// The report.
    pub report: String,
    /// Who is reported to have said it.
    pub speaker: String,
    /// The words.
    pub evidence: Evidence,
}

/// A step in the history of a status.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StepRecord {
    /// Label of the guide.
    pub status: Label,
    /// Day of publication of the report that tells it.
    pub told: Option<String>,
    /// The report.
    pub report: String,
    /// The words.
    pub evidence: Evidence,
}

/// How many independent origins a contact rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ActorRecord {
    /// `p` and a few letters and digits.
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
    /// What people have decided about it.
    #[serde(default, skip_serializing_if = "JudgedRecord::is_empty")]
    pub judged: JudgedRecord,
}

/// A statement of a dossier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DossierStatementRecord {
    /// `s` and a few letters and digits.
    pub id: String,
    /// The report.
    pub report: String,
    /// The statement, as `depeche read` names it.
    pub reading: String,
    /// The person.
    pub actor: Option<String>,
    /// Name of the speaker.
    pub speaker: String,
    /// The side spoken for.
    pub side: Option<String>,
    /// Label of the guide.
    pub act: Label,
    /// The quoted words.
    pub quote: Option<String>,
    /// The reporting sentence.
    pub evidence: Evidence,
    /// When it was said, EDTF.
    pub date: Option<String>,
    /// The contacts that it is about.
    pub about: Vec<String>,
    /// Statements of the same words.
    pub same_as: Vec<String>,
    /// What people have decided about it.
    #[serde(default, skip_serializing_if = "JudgedRecord::is_empty")]
    pub judged: JudgedRecord,
}

/// Something that reports disagree about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ContradictionRecord {
    /// `date`, `place`, `participants`, `level`, `kind`, `demand` or `held`.
    pub kind: Label,
    /// The contact.
    pub contact: String,
    /// The versions.
    pub versions: Vec<VersionRecord>,
}

/// One version of what reports disagree about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GapRecord {
    /// `never_followed_up`, `one_origin`, `side_not_heard`, `long_silence` or `no_date`.
    pub kind: Label,
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
    today: Option<crate::Day>,
) -> DossierRecord {
    let sources = Sources::of(read, &dossier.actors);
    DossierRecord {
        today: today.map(|day| day.to_string()),
        reports: dossier.reports.iter().map(|entry| sources.report(entry)).collect(),
        contacts: dossier.contacts.iter().map(|contact| sources.contact(contact)).collect(),
        actors: dossier.actors.iter().map(|actor| sources.actor(actor)).collect(),
        statements: dossier.statements.iter().filter_map(|entry| sources.statement(entry)).collect(),
        contradictions: dossier.contradictions.iter().map(|one| sources.contradiction(one)).collect(),
        gaps: dossier.gaps.iter().map(|gap| sources.gap(gap)).collect(),
        judgements: dossier
            .judgements
            .iter()
            .map(|entry| judgement_record(entry, |anchor| sources.evidence(&anchor.report, anchor.span)))
            .collect(),
        coverage: coverage_records(&dossier.coverage),
        problems: all_problems(dossier, read, met).into_iter().map(problem_record).collect(),
    }
}

/// The record of a judgement; `evidence` finds the words of an anchor.
pub fn judgement_record(entry: &JudgementEntry, evidence: impl Fn(&Anchor) -> Evidence) -> JudgementRecord {
    let subject = |subject: &Subject| match subject {
        Subject::Report(report) => {
            SubjectRecord { kind: "report".into(), report: report.clone(), evidence: None }
        }
        Subject::Actor(anchor) => anchored("actor", anchor, evidence(anchor)),
        Subject::Contact(anchor) => anchored("contact", anchor, evidence(anchor)),
        Subject::Statement(anchor) => anchored("statement", anchor, evidence(anchor)),
    };
    let judgement = &entry.judgement;
    let (decision, about, field, value) = match &judgement.decision {
        Decision::Same(a, b) => ("same", vec![subject(a), subject(b)], None, None),
        Decision::NotSame(a, b) => ("not_same", vec![subject(a), subject(b)], None, None),
        Decision::Accept(a) => ("accept", vec![subject(a)], None, None),
        Decision::Reject(a) => ("reject", vec![subject(a)], None, None),
        Decision::Correct { subject: a, field, value } => {
            ("correct", vec![subject(a)], Some(field.clone()), Some(value.clone()))
        }
        Decision::Note(a, words) => ("note", vec![subject(a)], None, Some(words.clone())),
        Decision::Undo(id) => ("undo", Vec::new(), None, Some(id.clone())),
    };
    let (outcome, by) = match &entry.outcome {
        Outcome::Applied => ("applied", None),
        Outcome::Undone(by) => ("undone", Some(by.clone())),
        Outcome::Overruled(by) => ("overruled", Some(by.clone())),
        Outcome::Gone => ("gone", None),
        Outcome::Unusable(why) => ("unusable", Some(why.clone())),
    };
    JudgementRecord {
        id: judgement.id.clone(),
        author: judgement.author.clone(),
        time: judgement.time.clone(),
        reason: judgement.reason.clone(),
        decision: decision.into(),
        about,
        field,
        value,
        outcome: outcome.into(),
        by,
    }
}

fn anchored(kind: &'static str, anchor: &Anchor, evidence: Evidence) -> SubjectRecord {
    SubjectRecord {
        kind: kind.into(),
        report: anchor.report.clone(),
        evidence: Some(evidence).filter(|evidence| !evidence.exact.is_empty()),
    }
}

/// What the items of a dossier rest on: the reports with their readings, and the names of the actors. Makes the records
/// of the items one by one, so that not all need be held.
pub struct Sources<'a> {
    words: BTreeMap<&'a str, (Words<'a>, &'a Reading)>,
    names: BTreeMap<&'a str, &'a str>,
}

impl<'a> Sources<'a> {
    /// The sources of a dossier of these reports and actors. Each text is measured once.
    pub fn of(read: &'a [(Report, Reading)], actors: &'a [Actor]) -> Sources<'a> {
        let measured =
            |(report, reading): &'a (Report, Reading)| (report.id.as_str(), (Words::of(report), reading));
        Sources {
            words: read.iter().map(measured).collect(),
            names: actors.iter().map(|actor| (actor.id.as_str(), actor.name.as_str())).collect(),
        }
    }

    /// Words of a report and where they stand; empty words if it is not among the sources.
    pub fn evidence(&self, report: &str, span: Span) -> Evidence {
        match self.words.get(report) {
            Some((words, _)) => words.evidence(span),
            None => Evidence { exact: String::new(), start: 0, end: 0 },
        }
    }

    /// The record of a report.
    pub fn report(&self, entry: &ReportEntry) -> ReportRecord {
        let report = self.words.get(entry.id.as_str()).map(|(words, _)| words.report);
        let url = report.and_then(|report| report.url.as_ref());
        let link = |link: &crate::LineageLink| LinkRecord {
            report: link.report.clone(),
            reason: link.reason.clone(),
            score: link.score,
        };
        let origin = |(name, relation, span): &(String, crate::Relation, Span)| DossierOriginRecord {
            name: name.clone(),
            relation: relation.label().into(),
            evidence: self.evidence(&entry.id, *span),
        };
        ReportRecord {
            id: entry.id.clone(),
            address: entry.address.clone(),
            digest: report.map(|report| report.digest.to_string()),
            title: entry.title.clone(),
            outlet: entry.outlet.clone(),
            url: url.map(|url| url.value.clone()),
            published: entry.published.as_ref().map(|published| published.date.to_string()),
            published_basis: entry.published.as_ref().map(|published| basis_label(published.basis).into()),
            language: entry.language.code().to_owned(),
            lineage: entry.lineage.clone(),
            links: entry.links.iter().map(link).collect(),
            origins: entry.origins.iter().map(origin).collect(),
            judged: JudgedRecord::of(&entry.judged),
        }
    }

    /// The record of a contact.
    pub fn contact(&self, contact: &Contact) -> ContactRecord {
        let name = |id: &String| (*self.names.get(id.as_str()).unwrap_or(&id.as_str())).to_owned();
        let mention = |mention: &crate::ContactMention| {
            let (words, reading) = self.words.get(mention.report.as_str())?;
            let told = words.account(reading, mention.account, reading.accounts.get(mention.account)?);
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
        };
        let attestation = |attestation: &Attestation| AttestationRecord {
            report: attestation.report.clone(),
            speaker: attestation.speaker.clone(),
            evidence: self.evidence(&attestation.report, attestation.span),
        };
        let ledger = |entry: &crate::LedgerEntry| LedgerRecord {
            side: entry.side.to_string(),
            stance: entry.stance.label().into(),
            attested: entry.attested.iter().map(attestation).collect(),
        };
        let step = |step: &crate::StatusStep| StepRecord {
            status: step.status.label().into(),
            told: step.told.as_ref().map(ToString::to_string),
            report: step.report.clone(),
            evidence: self.evidence(&step.report, step.span),
        };
        ContactRecord {
            id: contact.id.clone(),
            kind: contact.kind.label().into(),
            status: contact.status.label().into(),
            sides: contact.sides.iter().map(ToString::to_string).collect(),
            participants: contact.participants.iter().map(name).collect(),
            actors: contact.participants.clone(),
            date: contact.date.as_ref().map(ToString::to_string),
            date_assumed: contact.assumed.clone(),
            place: contact.place.clone(),
            accounts: contact.accounts.iter().filter_map(mention).collect(),
            ledger: contact.ledger.iter().map(ledger).collect(),
            history: contact.history.iter().map(step).collect(),
            corroboration: CorroborationRecord {
                least: contact.corroboration.least,
                most: contact.corroboration.most,
                origins: contact.corroboration.origins.clone(),
                reasons: contact.corroboration.reasons.clone(),
            },
            judged: JudgedRecord::of(&contact.judged),
        }
    }

    /// The record of an actor.
    pub fn actor(&self, actor: &Actor) -> ActorRecord {
        let mut reports: Vec<String> = actor.figures.iter().map(|(report, _)| report.clone()).collect();
        reports.dedup();
        ActorRecord {
            id: actor.id.clone(),
            name: actor.name.clone(),
            aliases: actor.aliases.clone(),
            sides: actor.sides.iter().map(ToString::to_string).collect(),
            offices: actor.offices.clone(),
            gazetteer: actor.gazetteer.clone(),
            reports,
            reasons: actor.reasons.clone(),
            judged: JudgedRecord::of(&actor.judged),
        }
    }

    /// The record of a statement; none if its report is not among the sources.
    pub fn statement(&self, entry: &StatementEntry) -> Option<DossierStatementRecord> {
        let (words, reading) = self.words.get(entry.report.as_str())?;
        let statement = reading.statements.get(entry.statement)?;
        Some(DossierStatementRecord {
            id: entry.id.clone(),
            report: entry.report.clone(),
            reading: statement_id(&entry.report, entry.statement),
            actor: entry.actor.clone(),
            speaker: entry.speaker.clone(),
            side: statement.speaker.side.as_ref().map(ToString::to_string),
            act: entry.act.label().into(),
            quote: quote_words(&words.report.text, statement),
            evidence: words.evidence(statement.evidence),
            date: statement.date.as_ref().map(ToString::to_string),
            about: entry.about.clone(),
            same_as: entry.same_as.clone(),
            judged: JudgedRecord::of(&entry.judged),
        })
    }

    /// The record of a contradiction.
    pub fn contradiction(&self, contradiction: &Contradiction) -> ContradictionRecord {
        let version = |(value, attestation): &(String, Attestation)| VersionRecord {
            value: value.clone(),
            report: attestation.report.clone(),
            speaker: attestation.speaker.clone(),
            evidence: self.evidence(&attestation.report, attestation.span),
        };
        ContradictionRecord {
            kind: contradiction.kind.label().into(),
            contact: contradiction.contact.clone(),
            versions: contradiction.versions.iter().map(version).collect(),
        }
    }

    /// The record of a gap.
    pub fn gap(&self, gap: &Gap) -> GapRecord {
        GapRecord {
            kind: gap.kind.label().into(),
            contact: gap.contact.clone(),
            side: gap.side.as_ref().map(ToString::to_string),
        }
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
    let mut seen = BTreeSet::new();
    let all = met.iter().chain(of_reports).chain(&dossier.problems);
    all.filter(|problem| seen.insert(problem.key())).collect()
}

/// A step of a derivation, for those who ask why an item is held.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
            kind: account.kind.label().into(),
            status: account.status.label().into(),
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
            confidence: account.confidence.value,
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
