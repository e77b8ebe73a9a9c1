//! From a dossier to a briefing.

use std::collections::{BTreeMap, BTreeSet};

use depeche_interface::dates::{capitalise, heading, in_words};
use depeche_interface::{
    Interface, assumptions_in_words, coverage_in_words, even_out, problem_in_words, reason_in_words, shorten,
};
use depeche_pipeline::reason;
use depeche_pipeline::records::{all_problems, basis_label};
use depeche_record::{
    Act, ContactKind, ContradictionKind, Corroboration, Edtf, GapKind, Relation, Stance, Status,
};

use super::passage::{Library, Passages};
use super::view::{
    Briefing, Contact, Contradiction, Coverage, Gap, HistoryStep, LedgerLine, Lineage, Mention, Origin,
    Passage, Period, QuotedPassage, Report as ReportView, Speaker, Statement,
};
use crate::Material;
use crate::names::Names;
use crate::timeline::Timeline;

/// Most passages of a contact in a short briefing, by the number of contacts: at most so many contacts, so many passages.
const PASSAGES: [(usize, usize); 3] = [(30, 6), (80, 3), (usize::MAX, 2)];
/// Most statements of a speaker in a short briefing.
const STATEMENTS: usize = 5;
/// Most speakers in a short briefing.
const SPEAKERS: usize = 25;

/// Failures of a followed source in a short briefing, the latest.
const FAILURES: usize = 3;

/// Makes the briefing; in full, or with what is many left out.
pub fn build(material: &Material, full: bool) -> Briefing {
    Builder {
        material,
        full,
        interface: material.interface,
        names: Names::new(material),
        library: Library::new(material.interface, material.read),
        published: material
            .dossier
            .reports
            .iter()
            .filter_map(|entry| Some((entry.id.as_str(), &entry.published.as_ref()?.date)))
            .collect(),
        lineages: material
            .dossier
            .reports
            .iter()
            .map(|entry| (entry.id.as_str(), entry.lineage.as_str()))
            .collect(),
    }
    .briefing()
}

struct Builder<'a> {
    material: &'a Material<'a>,
    full: bool,
    interface: &'a Interface,
    names: Names<'a>,
    library: Library<'a>,
    published: BTreeMap<&'a str, &'a Edtf>,
    lineages: BTreeMap<&'a str, &'a str>,
}

impl<'a> Builder<'a> {
    fn briefing(&self) -> Briefing {
        let dossier = self.material.dossier;
        let mut quoted: BTreeMap<&str, Vec<QuotedPassage>> = BTreeMap::new();
        let contacts: Vec<Contact> =
            dossier.contacts.iter().map(|contact| self.contact(contact, &mut quoted)).collect();
        let (speakers, speakers_more) = self.speakers();
        Briefing {
            language: self.interface.language(),
            title: self.interface.say("briefing-title"),
            summary: self.summary(),
            picture: Timeline::new(self.material, &self.names),
            timeline: self.timeline(contacts),
            speakers,
            speakers_more,
            contradictions: dossier.contradictions.iter().map(|one| self.contradiction(one)).collect(),
            gaps: self.gaps(),
            lineages: self.lineages(),
            origins: self.origins(),
            coverage: self.coverage(),
            reports: self.reports(quoted),
            problems: self.problems(),
        }
    }

    fn reason(&self, written: &str) -> String {
        reason_in_words(self.interface, written, |side| self.names.side(side))
    }

    fn count(&self, key: &str, n: usize) -> String {
        self.interface.tell(key, &[("n", n.into())])
    }

    fn summary(&self) -> Vec<String> {
        let dossier = self.material.dossier;
        if dossier.reports.is_empty() {
            return vec![self.interface.say("summary-nothing")];
        }
        let mut languages: BTreeMap<&str, usize> = BTreeMap::new();
        for entry in &dossier.reports {
            *languages.entry(entry.language.code()).or_default() += 1;
        }
        let languages: Vec<String> = languages
            .iter()
            .map(|(code, n)| {
                let language = self.interface.say(&format!("language-{code}"));
                if languages.len() == 1 { language } else { format!("{language} ({n})") }
            })
            .collect();
        let mut read = self.interface.tell(
            "summary-reports",
            &[("n", dossier.reports.len().into()), ("languages", self.interface.list(&languages).into())],
        );
        let days: Vec<Edtf> = dossier
            .reports
            .iter()
            .filter_map(|entry| entry.published.as_ref()?.date.days())
            .flat_map(|(first, last)| [Edtf::day(first), Edtf::day(last)])
            .collect();
        if let (Some(first), Some(last)) = (days.iter().min(), days.iter().max()) {
            let key = if first == last { "summary-period-day" } else { "summary-period" };
            read.push_str(&self.interface.tell(
                key,
                &[
                    ("first", in_words(self.interface, first).into()),
                    ("last", in_words(self.interface, last).into()),
                ],
            ));
        }
        let dated = dossier.reports.iter().filter(|entry| entry.published.is_some()).count();
        if dated < dossier.reports.len() {
            read.push_str(&self.count("summary-undated", dossier.reports.len() - dated));
        }
        let mut lines = vec![format!("{read}.")];

        let statuses: Vec<String> = Status::ALL
            .iter()
            .filter_map(|&status| {
                let n = dossier.contacts.iter().filter(|contact| contact.status == status).count();
                let label = format!("summary-status-{}", status.label().replace('_', "-"));
                (n > 0).then(|| self.count(&label, n))
            })
            .collect();
        let mut found = self.count("summary-contacts", dossier.contacts.len());
        if !statuses.is_empty() {
            found.push_str(&self.interface.tell("summary-of-which", &[("list", statuses.join(", ").into())]));
        }
        lines.push(format!("{found}."));

        let names: BTreeSet<&str> =
            dossier.statements.iter().map(|statement| statement.speaker.as_str()).collect();
        let lineages: BTreeSet<&str> = dossier.reports.iter().map(|entry| entry.lineage.as_str()).collect();
        let rest = [
            self.interface.tell(
                "summary-statements",
                &[("n", dossier.statements.len().into()), ("speakers", names.len().into())],
            ),
            self.count("summary-contradictions", dossier.contradictions.len()),
            self.count("summary-lineages", lineages.len()),
        ];
        lines.push(format!("{}.", rest.join(&self.interface.say("semicolon"))));
        lines.push(self.interface.tell(
            "summary-today",
            &[("day", in_words(self.interface, &Edtf::day(self.material.today)).into())],
        ));
        lines
    }

    fn contact(
        &self,
        contact: &'a depeche_record::Contact,
        quoted: &mut BTreeMap<&'a str, Vec<QuotedPassage>>,
    ) -> Contact {
        // The newest words of each side come first among what a short briefing keeps, then each account's first words.
        let mut passages = Passages::default();
        let mut wanted: Vec<(&str, depeche_record::Span)> = Vec::new();
        let mut mentions: Vec<&depeche_record::ContactMention> = contact.accounts.iter().collect();
        mentions
            .sort_by_key(|mention| (self.published.get(mention.report.as_str()), mention.report.as_str()));
        let account = |mention: &depeche_record::ContactMention| {
            self.library.get(&mention.report).and_then(|shelf| shelf.reading.accounts.get(mention.account))
        };
        if let Some(first) = mentions.first()
            && let Some(&span) = account(first).and_then(|account| account.evidence.first())
        {
            wanted.push((first.report.as_str(), span));
        }
        for entry in &contact.ledger {
            wanted.extend(entry.attested.last().map(|words| (words.report.as_str(), words.span)));
        }
        if contact.history.windows(2).any(|pair| pair[0].status != pair[1].status) {
            wanted.extend(contact.history.iter().map(|step| (step.report.as_str(), step.span)));
        }
        for nth in 0..3 {
            for mention in &mentions {
                let span = account(mention).and_then(|account| account.evidence.get(nth));
                wanted.extend(span.map(|&span| (mention.report.as_str(), span)));
            }
        }
        for entry in &contact.ledger {
            wanted.extend(entry.attested.iter().map(|words| (words.report.as_str(), words.span)));
        }
        let mut number: BTreeMap<(&str, depeche_record::Span), usize> = BTreeMap::new();
        for (report, span) in wanted {
            if let std::collections::btree_map::Entry::Vacant(place) = number.entry((report, span))
                && let Some(passage) = self.library.passage(report, span)
            {
                place.insert(passages.add(passage));
            }
        }
        let contacts = self.material.dossier.contacts.len();
        let most = PASSAGES.iter().find(|(upto, _)| contacts <= *upto).map_or(1, |(_, most)| *most);
        let most = if self.full { usize::MAX } else { most };
        let more = passages.shown.len().saturating_sub(most);
        for passage in &passages.shown {
            if let Some(shelf) = self.library.get(&passage.report) {
                let there = quoted.entry(shelf.report.id.as_str()).or_default();
                match there.iter_mut().find(|quoted| quoted.passage.position == passage.position) {
                    Some(quoted) => quoted.cited_by.push(contact.id.clone()),
                    None => there
                        .push(QuotedPassage { passage: passage.clone(), cited_by: vec![contact.id.clone()] }),
                }
            }
        }
        passages.shown.truncate(most);
        let shown = |report: &str, span| number.get(&(report, span)).copied().filter(|&n| n <= most);

        let ledger = contact
            .ledger
            .iter()
            .map(|entry| {
                let mut speakers: Vec<(String, Vec<usize>)> = Vec::new();
                for words in entry.attested.iter().rev() {
                    let n = shown(&words.report, words.span);
                    match speakers.iter_mut().find(|(name, _)| *name == words.speaker) {
                        Some((_, numbers)) => numbers.extend(n),
                        None => speakers.push((words.speaker.clone(), n.into_iter().collect())),
                    }
                }
                for (_, numbers) in &mut speakers {
                    numbers.sort_unstable();
                    numbers.dedup();
                }
                LedgerLine {
                    side: self.names.side(&entry.side),
                    stance: entry.stance,
                    stance_words: self.interface.say(&format!("stance-{}", entry.stance.label())),
                    speakers,
                }
            })
            .collect();
        let heard = contact.ledger.iter().any(|entry| entry.stance != Stance::Silent);
        let mut history: Vec<HistoryStep> = Vec::new();
        for step in &contact.history {
            let status_words = self.names.status(step.status, contact.kind);
            if history.last().is_none_or(|last| last.status_words != status_words) {
                history.push(HistoryStep {
                    status: step.status,
                    status_words,
                    told: step.told.as_ref().map(|told| in_words(self.interface, told)).unwrap_or_default(),
                    passage: shown(&step.report, step.span).unwrap_or(0),
                });
            }
        }
        if history.len() < 2 {
            history.clear();
        }
        let corroboration = &contact.corroboration;
        let origins_key =
            if corroboration.least == corroboration.most { "origins-count" } else { "origins-range" };
        Contact {
            id: contact.id.clone(),
            kind: self.names.kind(contact.kind),
            status: contact.status,
            status_words: self.names.status(contact.status, contact.kind),
            who: self.names.who(contact),
            date: contact.date.as_ref().map(|date| in_words(self.interface, date)).unwrap_or_default(),
            edtf: contact.date.as_ref().map(ToString::to_string).unwrap_or_default(),
            reported: match (
                &contact.date,
                mentions.iter().find_map(|m| self.published.get(m.report.as_str())),
            ) {
                (None, Some(day)) => {
                    self.interface.tell("reported", &[("day", in_words(self.interface, day).into())])
                }
                _ => String::new(),
            },
            assumed: assumptions_in_words(self.interface, &contact.assumed),
            place: contact.place.as_deref().map(|place| self.names.place(place)).unwrap_or_default(),
            ledger: if heard { ledger } else { Vec::new() },
            unheard: if heard { String::new() } else { self.interface.say("unheard") },
            corroboration: self.interface.tell(
                origins_key,
                &[("least", corroboration.least.into()), ("most", corroboration.most.into())],
            ),
            origins: self.sources(contact),
            reasons: corroboration.reasons.iter().map(|reason| self.reason(reason)).collect(),
            history,
            passages: passages.shown,
            more,
        }
    }

    /// The independent origins of a contact, numbered: reports that surely rest on one origin stand together, each with
    /// the outlets that it cites for it and the officials who speak in it.
    fn sources(&self, contact: &depeche_record::Contact) -> Vec<String> {
        let lineage_of =
            |report: &str| self.lineages.get(report).map_or(report, |lineage| *lineage).to_owned();
        let speaks_in = |name: &str, side: &str| -> Vec<String> {
            let entries = contact.ledger.iter().filter(|entry| entry.side.0 == side);
            let attested = entries.flat_map(|entry| &entry.attested).filter(|words| words.speaker == name);
            attested.map(|words| lineage_of(&words.report)).collect()
        };
        let cited_in = |name: &str| -> Vec<String> {
            let citing = contact.accounts.iter().filter_map(|mention| {
                let shelf = self.library.get(&mention.report)?;
                let account = shelf.reading.accounts.get(mention.account)?;
                let named = shelf.reading.origins.iter().filter(|origin| {
                    origin.relation != Relation::Image && self.same_outlet(&origin.name, name)
                });
                // Best where it is cited in the words that tell the contact, else where it is named at all.
                let near = named
                    .map(|origin| account.evidence.iter().any(|words| words.overlaps(origin.evidence)))
                    .max()?;
                Some((near, lineage_of(&mention.report)))
            });
            let citing: Vec<(bool, String)> = citing.collect();
            let near = citing.iter().any(|(near, _)| *near);
            citing.into_iter().filter(|(is_near, _)| *is_near == near).map(|(_, lineage)| lineage).collect()
        };
        let corroboration = &contact.corroboration;
        let groups = group(corroboration, lineage_of, cited_in, speaks_in);
        let n = groups.iter().filter(|group| !group.reports.is_empty()).count();
        let line = |group: &Group| {
            let mut notes = Vec::new();
            if !group.cited.is_empty() {
                let cited = self.interface.list(&group.cited);
                notes.push(self.interface.tell("source-cites", &[("outlets", cited.into())]));
            }
            if !group.speakers.is_empty() {
                let speakers = self.interface.list(&group.speakers);
                notes.push(self.interface.tell("source-speaks", &[("names", speakers.into())]));
            }
            let notes = notes.join(&self.interface.say("semicolon"));
            if group.reports.is_empty() {
                return notes;
            }
            let reports: Vec<String> = group.reports.iter().map(|origin| self.reason(origin)).collect();
            let reports = self.interface.list(&reports);
            if notes.is_empty() { reports } else { format!("{reports} ({notes})") }
        };
        groups
            .iter()
            .enumerate()
            .map(|(at, group)| match n > 1 && !group.reports.is_empty() {
                true => format!("{})\u{a0}{}", at + 1, line(group)),
                false => line(group),
            })
            .collect()
    }

    /// Whether two names are of one outlet.
    fn same_outlet(&self, one: &str, other: &str) -> bool {
        let known = |name| self.material.gazetteer.outlet_by_name(name).map(|outlet| &outlet.id);
        one == other || matches!((known(one), known(other)), (Some(one), Some(other)) if one == other)
    }

    fn timeline(&self, contacts: Vec<Contact>) -> Vec<Period> {
        let mut dated: BTreeMap<(i32, u8), Period> = BTreeMap::new();
        let period = |key: &str, note: &str| Period {
            heading: self.interface.say(key),
            note: self.interface.say(note),
            contacts: Vec::new(),
        };
        let mut yearless = period("timeline-no-year", "timeline-no-year-note");
        let mut undated = period("timeline-no-date", "timeline-no-date-note");
        for (contact, source) in contacts.into_iter().zip(&self.material.dossier.contacts) {
            match source.date.as_ref().map(|date| heading(self.interface, date)) {
                Some(Some((key, words))) => dated
                    .entry(key)
                    .or_insert_with(|| Period { heading: words, note: String::new(), contacts: Vec::new() })
                    .contacts
                    .push(contact),
                Some(None) => yearless.contacts.push(contact),
                None => undated.contacts.push(contact),
            }
        }
        let rest = [yearless, undated].into_iter().filter(|period| !period.contacts.is_empty());
        dated.into_values().chain(rest).collect()
    }

    fn speakers(&self) -> (Vec<Speaker>, String) {
        let mut groups: BTreeMap<&str, Vec<&depeche_record::StatementEntry>> = BTreeMap::new();
        let ids: BTreeMap<&str, &depeche_record::StatementEntry> =
            self.material.dossier.statements.iter().map(|entry| (entry.id.as_str(), entry)).collect();
        let places: BTreeMap<&str, usize> = self
            .material
            .dossier
            .statements
            .iter()
            .enumerate()
            .map(|(n, entry)| (entry.id.as_str(), n))
            .collect();
        let order = |id: &str| places.get(id).copied().unwrap_or(usize::MAX);
        for entry in &self.material.dossier.statements {
            // Of statements of the same words the first stands for all.
            let first = entry.same_as.iter().all(|other| order(other) > order(&entry.id));
            if first {
                groups.entry(entry.actor.as_deref().unwrap_or(&entry.speaker)).or_default().push(entry);
            }
        }
        let mut groups: Vec<_> = groups.into_iter().collect();
        groups.sort_by_key(|(_, entries)| (usize::MAX - entries.len(), self.speaker_name(entries[0])));
        let all = self.full;
        let mut left_out = (0, 0);
        if !all && groups.len() > SPEAKERS {
            let rest = groups.split_off(SPEAKERS);
            left_out = (rest.len(), rest.iter().map(|(_, entries)| entries.len()).sum());
        }
        let speakers = groups
            .into_iter()
            .map(|(_, mut entries)| {
                let n = entries.len();
                if !all && n > STATEMENTS {
                    entries.sort_by_key(|entry| {
                        let telling = !entry.about.is_empty();
                        let acts = !matches!(entry.act, Act::State | Act::Assess);
                        (!(telling && acts), !telling, !acts, order(&entry.id))
                    });
                    entries.truncate(STATEMENTS);
                }
                entries.sort_by_key(|entry| (self.published.get(entry.report.as_str()), order(&entry.id)));
                let (name, about) = (self.speaker_name(entries[0]), self.speaker_about(entries[0]));
                let statements: Vec<Statement> =
                    entries.iter().filter_map(|entry| self.statement(entry, &ids)).collect();
                Speaker {
                    name,
                    about,
                    count: self.count("speaker-statements", n),
                    more: n - statements.len(),
                    statements,
                }
            })
            .collect();
        let more = match left_out {
            (0, _) => String::new(),
            (n, statements) => {
                self.interface.tell("speakers-more", &[("n", n.into()), ("statements", statements.into())])
            }
        };
        (speakers, more)
    }

    fn speaker_name(&self, entry: &depeche_record::StatementEntry) -> String {
        let actor = entry.actor.as_deref().and_then(|id| self.names.actor(id));
        capitalise(actor.map_or(entry.speaker.as_str(), |actor| actor.name.as_str()))
    }

    fn speaker_about(&self, entry: &depeche_record::StatementEntry) -> String {
        match entry.actor.as_deref().and_then(|id| self.names.actor(id)) {
            Some(actor) => {
                let sides: Vec<String> = actor.sides.iter().map(|side| self.names.side(side)).collect();
                let office = actor.offices.iter().find(|office| office.chars().count() <= 60);
                [sides.join(", "), office.cloned().unwrap_or_default()]
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join(", ")
            }
            None => {
                let shelf = self.library.get(&entry.report);
                let statement = shelf.and_then(|shelf| shelf.reading.statements.get(entry.statement));
                statement
                    .and_then(|statement| statement.speaker.side.as_ref())
                    .map(|side| self.names.side(side))
                    .unwrap_or_default()
            }
        }
    }

    fn statement(
        &self,
        entry: &depeche_record::StatementEntry,
        ids: &BTreeMap<&str, &depeche_record::StatementEntry>,
    ) -> Option<Statement> {
        let shelf = self.library.get(&entry.report)?;
        let statement = shelf.reading.statements.get(entry.statement)?;
        let mut passage = self.library.passage(&entry.report, statement.evidence)?;
        let mut also: Vec<String> = entry
            .same_as
            .iter()
            .filter_map(|id| ids.get(id.as_str()))
            .map(|other| other.report.clone())
            .filter(|report| *report != entry.report)
            .collect();
        also.sort();
        also.dedup();
        passage.also = also;
        let quote = depeche_pipeline::records::quote_words(&shelf.report.text, statement);
        // A word or two between quotation marks say nothing without their sentence.
        let quote = quote.filter(|quote| quote.split_whitespace().count() >= 5);
        let quoted = quote.is_some();
        let act = self.interface.say(&format!("act-{}", entry.act.label().replace('_', "-")));
        Some(Statement {
            id: entry.id.clone(),
            act: match (&statement.date, self.published.get(entry.report.as_str())) {
                (Some(date), _) => format!("{}, {act}", in_words(self.interface, date)),
                // The day of the report is not that of the statement.
                (None, Some(day)) => {
                    let reported =
                        self.interface.tell("reported", &[("day", in_words(self.interface, day).into())]);
                    format!("{act}, {reported}")
                }
                (None, None) => act,
            },
            quoted,
            words: quote.map(|quote| even_out(&quote)).unwrap_or_else(|| passage.words.clone()),
            passage,
            about: entry.about.clone(),
        })
    }

    fn contradiction(&self, contradiction: &depeche_record::Contradiction) -> Contradiction {
        let contact = self.names.contact(&contradiction.contact);
        let kind = contact.map_or(ContactKind::Exchange, |contact| contact.kind);
        let value = |value: &str| match contradiction.kind {
            ContradictionKind::Date => match Edtf::parse(value) {
                Ok(date) => in_words(self.interface, &date),
                Err(_) => value.to_owned(),
            },
            ContradictionKind::Held => {
                Status::from_label(value).map_or(value.to_owned(), |status| self.names.status(status, kind))
            }
            ContradictionKind::Place => self.names.place(value),
            ContradictionKind::Kind => {
                ContactKind::from_label(value).map_or(value.to_owned(), |kind| self.names.kind(kind))
            }
            ContradictionKind::Participants | ContradictionKind::Level | ContradictionKind::Demand => {
                value.to_owned()
            }
        };
        Contradiction {
            kind: self.interface.say(&format!("contradiction-{}", contradiction.kind)),
            contact: (contradiction.contact.clone(), self.names.title(&contradiction.contact)),
            versions: contradiction
                .versions
                .iter()
                .filter_map(|(said, words)| {
                    let span = self.sentence_of(&contradiction.contact, words);
                    Some((value(said), words.speaker.clone(), self.library.passage(&words.report, span)?))
                })
                .collect(),
        }
    }

    /// The words of an account that hold those attested, which may be no more than a date; else those attested.
    fn sentence_of(&self, contact: &str, words: &depeche_record::Attestation) -> depeche_record::Span {
        let contact = self.names.contact(contact);
        contact
            .iter()
            .flat_map(|contact| &contact.accounts)
            .filter(|mention| mention.report == words.report)
            .filter_map(|mention| self.library.get(&mention.report)?.reading.accounts.get(mention.account))
            .flat_map(|account| &account.evidence)
            .find(|evidence| evidence.contains(words.span))
            .copied()
            .unwrap_or(words.span)
    }

    fn gaps(&self) -> Vec<Gap> {
        let kinds = [
            GapKind::NeverFollowedUp,
            GapKind::LongSilence,
            GapKind::SideNotHeard,
            GapKind::OneOrigin,
            GapKind::NoDate,
        ];
        kinds
            .into_iter()
            .filter_map(|kind| {
                let mut groups: Vec<(String, Vec<Mention>)> = Vec::new();
                for gap in self.material.dossier.gaps.iter().filter(|gap| gap.kind == kind) {
                    let side = gap.side.as_ref().map(|side| self.names.side(side)).unwrap_or_default();
                    let mention = Mention { id: gap.contact.clone(), title: self.names.title(&gap.contact) };
                    match groups.iter_mut().find(|(name, _)| *name == side) {
                        Some((_, contacts)) => contacts.push(mention),
                        None => groups.push((side, vec![mention])),
                    }
                }
                groups.sort_by_key(|(_, contacts)| usize::MAX - contacts.len());
                (!groups.is_empty()).then(|| Gap {
                    kind: self.interface.say(&format!("gap-{}", kind.label().replace('_', "-"))),
                    groups,
                    brief: !matches!(kind, GapKind::NeverFollowedUp | GapKind::LongSilence),
                })
            })
            .collect()
    }

    fn lineages(&self) -> Vec<Lineage> {
        let mut groups: BTreeMap<&str, Vec<&depeche_record::ReportEntry>> = BTreeMap::new();
        for entry in &self.material.dossier.reports {
            groups.entry(&entry.lineage).or_default().push(entry);
        }
        groups
            .into_values()
            .filter(|entries| entries.len() > 1)
            .map(|entries| {
                let mut reasons: Vec<String> = Vec::new();
                for entry in &entries {
                    // Each link stands at both its ends; once is enough.
                    for link in entry.links.iter().filter(|link| link.report > entry.id) {
                        let share = format!("{:.0}", link.score * 100.0);
                        let line = self.interface.tell(
                            "lineage-link",
                            &[
                                ("first", entry.id.as_str().into()),
                                ("second", link.report.as_str().into()),
                                ("reason", self.reason(&link.reason).into()),
                                ("share", share.into()),
                            ],
                        );
                        reasons.push(line);
                    }
                }
                Lineage {
                    words: self.count("lineage-reports", entries.len()),
                    reports: entries.iter().map(|entry| self.library.name(&entry.id)).collect(),
                    reasons,
                }
            })
            .collect()
    }

    fn origins(&self) -> Vec<Origin> {
        let mut groups: BTreeMap<(Relation, String), (String, BTreeSet<&str>)> = BTreeMap::new();
        for (report, reading) in self.material.read {
            for origin in &reading.origins {
                let known = origin.gazetteer.clone().unwrap_or_else(|| origin.name.to_lowercase());
                groups
                    .entry((origin.relation, known))
                    .or_insert_with(|| (origin.name.clone(), BTreeSet::new()))
                    .1
                    .insert(&report.id);
            }
        }
        let mut groups: Vec<_> = groups.into_iter().collect();
        groups.sort_by_key(|((relation, known), (_, reports))| {
            (*relation, usize::MAX - reports.len(), known.clone())
        });
        groups
            .into_iter()
            .map(|((relation, _), (name, reports))| Origin {
                name,
                words: self.count(&format!("relation-{}", relation.label()), reports.len()),
                reports: reports.into_iter().map(str::to_owned).collect(),
            })
            .collect()
    }

    fn coverage(&self) -> Vec<Coverage> {
        let failures = if self.full { usize::MAX } else { FAILURES };
        let sources = self.material.dossier.coverage.iter();
        sources
            .map(|(address, source)| Coverage {
                title: source.title.as_deref().map(even_out).unwrap_or_default(),
                address: address.clone(),
                lines: coverage_in_words(self.interface, source, failures),
            })
            .collect()
    }

    fn reports(&self, mut quoted: BTreeMap<&str, Vec<QuotedPassage>>) -> Vec<ReportView> {
        self.material
            .dossier
            .reports
            .iter()
            .map(|entry| {
                let mut about: Vec<String> = entry.outlet.iter().cloned().collect();
                about.push(match &entry.published {
                    Some(published) => self.interface.tell(
                        "report-published",
                        &[
                            ("date", in_words(self.interface, &published.date).into()),
                            (
                                "basis",
                                self.interface.say(&format!("basis-{}", basis_label(published.basis))).into(),
                            ),
                        ],
                    ),
                    None => self.interface.say("report-undated"),
                });
                about.push(self.interface.say(&format!("language-{}", entry.language.code())));
                let counts = self.library.get(&entry.id).map(|shelf| {
                    let reading = shelf.reading;
                    (reading.accounts.len(), reading.statements.len(), reading.origins.len())
                });
                let (contacts, statements, origins) = counts.unwrap_or_default();
                let mut passages = quoted.remove(entry.id.as_str()).unwrap_or_default();
                passages.sort_by_key(|quoted| quoted.passage.position);
                for quoted in &mut passages {
                    quoted.cited_by.dedup();
                }
                ReportView {
                    id: entry.id.clone(),
                    title: entry.title.clone().map(|title| even_out(&title)).unwrap_or_default(),
                    about: about.join(", "),
                    address: entry.address.clone(),
                    found: [
                        self.count("found-contacts", contacts),
                        self.count("found-statements", statements),
                        self.count("found-origins", origins),
                    ]
                    .join(", "),
                    passages,
                }
            })
            .collect()
    }

    fn problems(&self) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let material = self.material;
        for problem in all_problems(material.dossier, material.read, material.problems) {
            let line = shorten(&problem_in_words(self.interface, problem), 400);
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        lines
    }
}

/// An independent origin of a contact.
#[derive(Debug, Default, PartialEq, Eq)]
struct Group {
    /// Its reports and lineages, as the dossier writes them; none for what is in no report known.
    reports: Vec<String>,
    /// Outlets cited in them.
    cited: Vec<String>,
    /// Officials who speak in them.
    speakers: Vec<String>,
}

/// The origins of a contact in groups, each of them one origin of the upper number. The last group, without reports,
/// holds outlets and officials that belong to none.
fn group(
    corroboration: &Corroboration,
    lineage_of: impl Fn(&str) -> String,
    cited_in: impl Fn(&str) -> Vec<String>,
    speaks_in: impl Fn(&str, &str) -> Vec<String>,
) -> Vec<Group> {
    let mut groups: Vec<(BTreeSet<String>, Group)> = Vec::new();
    let read = |origin: &str| {
        let (key, arguments) = reason::read(origin);
        (key.to_owned(), arguments.into_iter().map(str::to_owned).collect::<Vec<String>>())
    };
    for origin in &corroboration.origins {
        if let (reason::ORIGIN_REPORT | reason::ORIGIN_LINEAGE, [report, ..]) =
            (read(origin).0.as_str(), read(origin).1.as_slice())
        {
            let group = Group { reports: vec![origin.clone()], ..Group::default() };
            groups.push((BTreeSet::from([lineage_of(report)]), group));
        }
    }
    for written in &corroboration.reasons {
        let (key, arguments) = read(written);
        let together: Vec<String> = match (key.as_str(), arguments.as_slice()) {
            (reason::CITES_SAME, [_, reports @ ..]) => reports.iter().map(|one| lineage_of(one)).collect(),
            (reason::CITES_REPORT, [one, _, other]) => vec![lineage_of(one), lineage_of(other)],
            _ => continue,
        };
        let (joined, mut rest): (Vec<_>, Vec<_>) = groups
            .into_iter()
            .partition(|(lineages, _)| together.iter().any(|lineage| lineages.contains(lineage)));
        let one = joined.into_iter().reduce(|mut all, (lineages, group)| {
            all.0.extend(lineages);
            all.1.reports.extend(group.reports);
            all
        });
        rest.extend(one);
        groups = rest;
    }
    groups.sort_by(|(_, a), (_, b)| a.reports.cmp(&b.reports));
    let mut rest = Group::default();
    for origin in &corroboration.origins {
        let (key, arguments) = read(origin);
        let (name, lineages) = match (key.as_str(), arguments.as_slice()) {
            (reason::ORIGIN_OUTLET, [name]) => (name, cited_in(name)),
            (reason::ORIGIN_SPEAKER, [name, side]) => (name, speaks_in(name, side)),
            _ => continue,
        };
        let put = |group: &mut Group| match key == reason::ORIGIN_OUTLET {
            true => group.cited.push(name.clone()),
            false => group.speakers.push(name.clone()),
        };
        let mut found = false;
        for (known, group) in &mut groups {
            if lineages.iter().any(|lineage| known.contains(lineage)) {
                put(group);
                found = true;
            }
        }
        if !found {
            put(&mut rest);
        }
    }
    let rest = (rest != Group::default()).then_some(rest);
    groups.into_iter().map(|(_, group)| group).chain(rest).collect()
}

/// What a passage is cited as: its report and position, and other reports with the same words. Where the passage cited
/// before is of the same report, that is not said again.
pub fn cite(interface: &Interface, passage: &Passage, before: Option<&Passage>) -> String {
    let same = before.is_some_and(|before| before.report == passage.report);
    let report = if same { interface.say("passage-ibidem") } else { passage.source.clone() };
    let source = format!("{report}, {}", passage.place);
    if passage.also.is_empty() {
        return source;
    }
    let shown = passage.also.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
    interface.tell(
        "passage-also",
        &[
            ("source", source.into()),
            ("reports", shown.into()),
            ("n", passage.also.len().saturating_sub(3).into()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_origins_has_as_many_entries_as_the_number() {
        let written = |all: &[&str]| all.iter().map(|&one| one.to_owned()).collect::<Vec<_>>();
        let corroboration = Corroboration {
            least: 1,
            most: 2,
            origins: written(&[
                "lineage|a|2",
                "outlet|Tass",
                "report|c",
                "report|d",
                "speaker|X|RU",
                "speaker|Y|TR",
            ]),
            reasons: written(&["cites-report|c|Tass|d", "one-lineage|a|b", "shared-agency|Tass|a|c"]),
        };
        let groups = group(
            &corroboration,
            |report| if report == "b" { "a".to_owned() } else { report.to_owned() },
            |_| written(&["c", "d"]),
            |name, _| if name == "X" { written(&["a"]) } else { Vec::new() },
        );
        let expected = [
            Group { reports: written(&["lineage|a|2"]), cited: Vec::new(), speakers: written(&["X"]) },
            Group {
                reports: written(&["report|c", "report|d"]),
                cited: written(&["Tass"]),
                speakers: Vec::new(),
            },
            Group { speakers: written(&["Y"]), ..Group::default() },
        ];
        assert_eq!(groups, expected);
    }
}
