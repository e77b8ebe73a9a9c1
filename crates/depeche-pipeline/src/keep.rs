//! The stages and the dossier on disk.
//!
//! 1. Captures are taken in batches; those that the dossier knows are passed over.
//! 2. The others are read in parallel, and the batch is kept, whole or not at all.
//! 3. When all are in, the dossier is resolved from what is kept, and what differs from the view that is there is written.
//!
//! The view is a function of the set of kept readings and judgements: neither the order in which they came nor the day on
//! which it is made shows in it.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use depeche_language::terms;
use depeche_record::records::{JudgementRecord, Sources};
use depeche_record::{
    Capture, Dossier as Resolved, Judgement, JudgementEntry, Language, Problem, Reading, Report, Span,
};
use depeche_resolve::identifier::Handles;
use depeche_store::{
    Admission, Arrival, Body, Circumstances, Dossier, Member, Phrase, StoreError, Tally, Version, ViewWriter,
    Wanted,
};
use rayon::prelude::*;
use serde::Serialize;

use crate::{Pipeline, judge, verify_dossier};

/// Version of the stages that make readings, kept with each of them: that of the program, and a fingerprint of the stages
/// with their rules, data and models, which `build.rs` takes. Any change of these is another reader.
pub const READER: &str = concat!(env!("CARGO_PKG_VERSION"), "+", env!("DEPECHE_STAGES"));

/// Most reports in a batch that is kept at once, unless the surface says otherwise: what a killed process loses at most.
pub const BATCH: usize = 200;
/// Most captured bytes in a batch, the last capture apart.
const BATCH_BYTES: usize = 32 << 20;
/// Kept readings that are unpacked at a time.
const CHUNK: usize = 2_000;

/// What happens while captures are added.
#[derive(Debug)]
pub enum Event<'a> {
    /// A report is on disk, or was.
    Kept {
        /// What became of it.
        admission: &'a Admission,
        /// Where it came from.
        address: &'a str,
        /// What was met while it was read; empty for a known one.
        problems: Vec<&'a Problem>,
    },
    /// An input could not be read.
    Missed(&'a Problem),
    /// All are in; the dossier is being resolved.
    Resolving {
        /// Reports in all.
        reports: usize,
    },
}

/// What came of adding.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Added {
    /// Reports that were not there.
    pub new: usize,
    /// Other versions of reports that were there.
    pub versions: usize,
    /// Reports read anew, for something else is known beside them.
    pub reread: usize,
    /// Reports that were there.
    pub known: usize,
    /// Inputs that could not be read.
    pub missed: usize,
    /// How far the view differs.
    pub view: Tally,
}

impl AddAssign for Added {
    /// Counts are added up; the view is that of the later one.
    fn add_assign(&mut self, other: Added) {
        self.new += other.new;
        self.versions += other.versions;
        self.reread += other.reread;
        self.known += other.known;
        self.missed += other.missed;
        self.view = other.view;
    }
}

/// What the surface says of captures that the stages cannot know.
pub struct Desk<'a> {
    /// What makes two captures versions of one report: the same place.
    pub place: &'a dyn Fn(&Capture) -> String,
    /// The time, RFC 3339 in UTC.
    pub clock: &'a dyn Fn() -> String,
    /// Most reports that are kept at once, [`BATCH`] as a rule.
    pub batch: usize,
}

impl Pipeline {
    /// Adds captures to a dossier and brings its view up to date. What was told as kept is on disk. Adding what is there
    /// changes nothing; adding again what was broken off goes on where it stopped.
    ///
    /// # Errors
    ///
    /// Those of writing; the batches before stay.
    pub fn add(
        &self,
        dossier: &mut Dossier,
        captures: impl IntoIterator<Item = Result<Capture, Problem>>,
        desk: &Desk<'_>,
        mut tell: impl FnMut(Event<'_>),
    ) -> Result<Added, StoreError> {
        let mut added = self.take_in(dossier, captures, desk, &mut tell)?;
        added.view = self.catch_up(dossier, desk, tell)?;
        Ok(added)
    }

    /// Adds captures to what a dossier keeps; the view is left as it was.
    ///
    /// # Errors
    ///
    /// As [`Pipeline::add`].
    pub fn take_in(
        &self,
        dossier: &mut Dossier,
        captures: impl IntoIterator<Item = Result<Capture, Problem>>,
        desk: &Desk<'_>,
        mut tell: impl FnMut(Event<'_>),
    ) -> Result<Added, StoreError> {
        let mut captures = captures.into_iter();
        let mut added = Added::default();
        loop {
            let (mut batch, mut bytes) = (Vec::new(), 0);
            let mut met = 0;
            while met < desk.batch.max(1) && bytes < BATCH_BYTES {
                let Some(capture) = captures.next() else { break };
                met += 1;
                let capture = match capture {
                    Ok(capture) => capture,
                    Err(problem) => {
                        added.missed += usize::from(problem.is_failure());
                        tell(Event::Missed(&problem));
                        continue;
                    }
                };
                let place = (desk.place)(&capture);
                let circumstances = self.circumstances(&capture);
                match dossier.knows(&place, &capture, &circumstances)? {
                    Some(id) => {
                        added.known += 1;
                        let admission = Admission::Known { id };
                        tell(Event::Kept {
                            admission: &admission,
                            address: &capture.address,
                            problems: vec![],
                        });
                    }
                    None => {
                        bytes += capture.bytes.len();
                        batch.push((place, capture, circumstances));
                    }
                }
            }
            if met == 0 {
                break;
            }
            self.keep(dossier, batch, desk, &mut added, &mut tell)?;
        }
        Ok(added)
    }

    /// Brings the view up to date, where it does not show all that is kept; how far it differs from the one before.
    ///
    /// # Errors
    ///
    /// As [`Pipeline::show`].
    pub fn catch_up(
        &self,
        dossier: &mut Dossier,
        desk: &Desk<'_>,
        mut tell: impl FnMut(Event<'_>),
    ) -> Result<Tally, StoreError> {
        if dossier.is_current()? {
            return Ok(Tally::default());
        }
        tell(Event::Resolving { reports: dossier.report_count()? });
        self.show(dossier, &(desk.clock)(), "resolve")
    }

    /// Reads a batch and keeps it.
    fn keep(
        &self,
        dossier: &mut Dossier,
        batch: Vec<(String, Capture, Circumstances)>,
        desk: &Desk<'_>,
        added: &mut Added,
        tell: &mut impl FnMut(Event<'_>),
    ) -> Result<(), StoreError> {
        let taken = (desk.clock)();
        let read: Vec<Result<Arrival, Problem>> = self.install(|| {
            batch
                .into_par_iter()
                .with_max_len(1)
                .map(|(place, capture, circumstances)| {
                    let (report, reading) = self.read_under(capture.clone(), &circumstances)?;
                    let terms = terms_of(&report, &reading);
                    let told = capture.fetched.as_ref().and_then(|fetched| fetched.time.clone());
                    let taken = told.unwrap_or_else(|| taken.clone());
                    Ok(Arrival { place, capture, taken, circumstances, report, reading, terms })
                })
                .collect()
        });
        let mut arrivals = Vec::with_capacity(read.len());
        for read in read {
            match read {
                Ok(arrival) => arrivals.push(arrival),
                Err(problem) => {
                    added.missed += usize::from(problem.is_failure());
                    tell(Event::Missed(&problem));
                }
            }
        }
        if arrivals.is_empty() {
            return Ok(());
        }
        let admissions = dossier.admit(&arrivals, READER, &taken)?;
        for (arrival, admission) in arrivals.iter().zip(&admissions) {
            *match admission {
                Admission::New { .. } => &mut added.new,
                Admission::Version { .. } => &mut added.versions,
                Admission::Reread { .. } => &mut added.reread,
                Admission::Known { .. } => &mut added.known,
            } += 1;
            tell(Event::Kept {
                admission,
                address: &arrival.capture.address,
                problems: arrival.report.problems.iter().chain(&arrival.reading.problems).collect(),
            });
        }
        Ok(())
    }

    fn circumstances(&self, capture: &Capture) -> Circumstances {
        let settings = self.settings();
        Circumstances {
            given: capture.given.clone(),
            language: settings.language,
            published: settings.published.clone(),
            today: settings.today,
            fetched: capture.fetched.clone(),
        }
    }

    /// Resolves the dossier from what is kept and writes what differs from the view that is there.
    ///
    /// # Errors
    ///
    /// Damage, and those of writing; the view is left as it was.
    pub fn show(&self, dossier: &mut Dossier, time: &str, action: &str) -> Result<Tally, StoreError> {
        loop {
            let (kept, read, judgements) = dossier.at_one_moment(|dossier| {
                Ok::<_, StoreError>((dossier.kept()?, self.load_each(dossier, slim)?, dossier.judgements()?))
            })?;
            let resolved = self.resolve_kept(&read, &judgements);
            let terms = |words: &str, language: &str| {
                Language::from_code(language)
                    .map_or_else(|| words.to_owned(), |language| terms(words, language))
            };
            // Where more was kept meanwhile by another process, the work is done again.
            if let Some(mut view) = dossier.write_view(kept, &terms, time, action)? {
                write_view(&mut view, &resolved, &judgements, &read)?;
                return view.finish();
            }
        }
    }

    /// The dossier of what is kept. The newest day of publication stands for today, so that the same set of readings and
    /// judgements always gives the same dossier.
    pub fn resolve_kept(&self, read: &[(Report, Reading)], judgements: &[JudgementRecord]) -> Resolved {
        let judgements: Vec<Judgement> = judgements
            .iter()
            .filter_map(|record| judge::located(record, |report| Some(&find(read, report)?.0.text)))
            .collect();
        let mut resolved = depeche_resolve::resolve(read, &judgements, self.gazetteer(), None);
        let problems = verify_dossier(&mut resolved, read);
        resolved.problems.extend(problems);
        resolved
    }

    /// Every kept report with its reading, by identifier.
    ///
    /// # Errors
    ///
    /// Damage.
    pub fn load(&self, dossier: &Dossier) -> Result<Vec<(Report, Reading)>, StoreError> {
        self.load_each(dossier, |_| ())
    }

    /// As [`Pipeline::load`], each changed as soon as it is there.
    fn load_each(
        &self,
        dossier: &Dossier,
        change: impl Fn(&mut (Report, Reading)) + Sync,
    ) -> Result<Vec<(Report, Reading)>, StoreError> {
        let mut read = Vec::new();
        let mut chunk = Vec::with_capacity(CHUNK);
        let mut unpack = |chunk: &mut Vec<depeche_store::Kept>| -> Result<(), StoreError> {
            let unpacked: Result<Vec<_>, StoreError> = self.install(|| {
                let unpack = |kept: &depeche_store::Kept| {
                    let mut pair = kept.unpack()?;
                    change(&mut pair);
                    Ok(pair)
                };
                chunk.par_iter().map(unpack).collect()
            });
            read.extend(unpacked?);
            chunk.clear();
            Ok(())
        };
        dossier.each_kept(|kept| {
            chunk.push(kept);
            if chunk.len() < CHUNK { Ok(()) } else { unpack(&mut chunk) }
        })?;
        unpack(&mut chunk)?;
        Ok(read)
    }

    /// Reads anew every version that other stages have read, or all of them, batch by batch; how many. The view is left
    /// as it was.
    ///
    /// # Errors
    ///
    /// Damage, and those of writing; the batches before stay.
    pub fn reread(
        &self,
        dossier: &mut Dossier,
        all: bool,
        desk: &Desk<'_>,
        mut tell: impl FnMut(&str, Result<(), &Problem>),
    ) -> Result<usize, StoreError> {
        let ids = dossier.read_otherwise(if all { "" } else { READER })?;
        let mut count = 0;
        for ids in ids.chunks(desk.batch.max(1)) {
            let mut stale: Vec<(Version, Capture, Circumstances)> = Vec::new();
            for id in ids {
                for version in dossier.versions(id)? {
                    if all || version.reader != READER {
                        let (capture, circumstances) = dossier.capture(&version)?;
                        stale.push((version, capture, circumstances));
                    }
                }
            }
            let read: Vec<(Version, Result<_, Problem>)> = self.install(|| {
                stale
                    .into_par_iter()
                    .with_max_len(1)
                    .map(|(version, capture, circumstances)| {
                        let read = self.read_under(capture, &circumstances);
                        (version, read)
                    })
                    .collect()
            });
            let mut anew = Vec::new();
            for (version, read) in read {
                match read {
                    Ok((report, reading)) => {
                        tell(&version.report, Ok(()));
                        let terms = terms_of(&report, &reading);
                        anew.push((version, report, reading, terms));
                    }
                    Err(problem) => tell(&version.report, Err(&problem)),
                }
            }
            count += anew.len();
            dossier.reread(&anew, READER, &(desk.clock)())?;
        }
        Ok(count)
    }
}

/// Writes every item of a resolved dossier, and what became of the judgements.
fn write_view(
    view: &mut ViewWriter<'_>,
    resolved: &Resolved,
    judgements: &[JudgementRecord],
    read: &[(Report, Reading)],
) -> Result<(), StoreError> {
    let sources = Sources::of(read, &resolved.actors);
    let handles: Vec<Handles> =
        read.par_iter().map(|(report, reading)| Handles::of(&report.id, reading)).collect();
    let member = |report: &str, number: usize, of: fn(&Handles) -> &Vec<String>| {
        let at = read.binary_search_by(|(there, _)| there.id.as_str().cmp(report)).ok()?;
        let handle = of(&handles[at]).get(number)?.clone();
        Some(Member { handle, report: report.to_owned(), number })
    };
    let language_of = |report: &str| -> String {
        find(read, report).map_or_else(String::new, |(_, reading)| reading.language.code().to_owned())
    };
    let published = |report: &str| -> Option<String> {
        let at = resolved.reports.binary_search_by(|there| there.id.as_str().cmp(report)).ok()?;
        Some(resolved.reports[at].published.as_ref()?.date.to_string())
    };
    each_body(&resolved.reports, |report| Some(sources.report(report)), |_, body| view.put_report(body))?;
    each_body(
        &resolved.actors,
        |actor| Some(sources.actor(actor)),
        |actor, body| {
            let figures = actor.figures.iter();
            let figures: Vec<Member> =
                figures.filter_map(|(report, n)| member(report, *n, |handles| &handles.figures)).collect();
            view.put_actor(body, &figures)
        },
    )?;
    each_body(
        &resolved.contacts,
        |contact| Some(sources.contact(contact)),
        |contact, body| {
            let accounts = contact.accounts.iter();
            let accounts: Vec<Member> = accounts
                .filter_map(|told| member(&told.report, told.account, |handles| &handles.accounts))
                .collect();
            view.put_contact(body, &accounts, language_of)
        },
    )?;
    each_body(
        &resolved.statements,
        |entry| sources.statement(entry),
        |entry, body| {
            let member = member(&entry.report, entry.statement, |handles| &handles.statements);
            let Some(member) = member else { return Ok(()) };
            let day = published(&entry.report);
            view.put_statement(body, &member, day.as_deref(), &language_of(&entry.report))
        },
    )?;
    each_body(
        &resolved.contradictions,
        |contradiction| Some(sources.contradiction(contradiction)),
        |_, body| view.put_contradiction(body),
    )?;
    each_body(&resolved.gaps, |gap| Some(sources.gap(gap)), |_, body| view.put_gap(body))?;
    let outcomes: BTreeMap<&str, &JudgementEntry> =
        resolved.judgements.iter().map(|entry| (entry.judgement.id.as_str(), entry)).collect();
    for judgement in judgements {
        let entry = outcomes.get(judgement.id.as_str()).copied();
        view.put_judgement(&Body::of(judge::with_outcome(judgement, entry))?)?;
    }
    view.sweep()
}

/// Makes the records of items, many at a time, and hands each on in order; what has no record is passed over.
fn each_body<I: Sync, R: Serialize + Send>(
    items: &[I],
    record: impl Fn(&I) -> Option<R> + Sync,
    mut put: impl FnMut(&I, &Body<R>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    for items in items.chunks(CHUNK) {
        let bodies: Result<Vec<Option<Body<R>>>, StoreError> =
            items.par_iter().map(|item| record(item).map(Body::of).transpose()).collect();
        for (item, body) in items.iter().zip(bodies?) {
            body.map_or(Ok(()), |body| put(item, &body))?;
        }
    }
    Ok(())
}

/// A report of a sorted list.
fn find<'r>(read: &'r [(Report, Reading)], report: &str) -> Option<&'r (Report, Reading)> {
    read.binary_search_by(|(there, _)| there.id.as_str().cmp(report)).ok().map(|at| &read[at])
}

/// Leaves out what the resolving asks for nothing of, so that many readings have room: how bytes were captured, and the
/// steps below the first of a derivation.
fn slim((report, reading): &mut (Report, Reading)) {
    report.source = depeche_record::SourceMap::default();
    let accounts = reading.accounts.iter_mut().map(|account| &mut account.derivation);
    let statements = reading.statements.iter_mut().map(|statement| &mut statement.derivation);
    let origins = reading.origins.iter_mut().map(|origin| &mut origin.derivation);
    for derivation in accounts.chain(statements).chain(origins) {
        derivation.children = Vec::new();
        derivation.conclusion = String::new();
    }
}

/// The terms of the title and the article.
fn terms_of(report: &Report, reading: &Reading) -> String {
    let mut all = String::new();
    if let Some(title) = &report.title {
        all.push_str(&terms(&title.value, reading.language));
    }
    for block in report.article() {
        all.push_str(" ¶ ");
        all.push_str(&terms(block.span.of(&report.text), reading.language));
    }
    all
}

/// What a line of words asks for: every word in any form; words between quotation marks as they follow one another;
/// `-word` for what must not be there; `word*` for a beginning.
pub fn wanted(line: &str) -> Wanted {
    let mut phrases = Vec::new();
    let marks = ['"', '«', '»', '“', '”', '„'];
    for (n, part) in line.split(marks).enumerate() {
        if n % 2 == 1 {
            phrases.push(phrase(part, false, false));
        } else {
            phrases.extend(part.split_whitespace().map(|word| {
                let unwanted = word.len() > 1 && word.starts_with('-');
                phrase(word.trim_start_matches('-'), word.ends_with('*'), unwanted)
            }));
        }
    }
    phrases.retain(|phrase| phrase.writings.iter().any(|writing| writing.contains(char::is_alphanumeric)));
    Wanted { phrases }
}

fn phrase(words: &str, begins: bool, unwanted: bool) -> Phrase {
    let mut writings: Vec<String> = match begins {
        // The beginning of a word has no dictionary form.
        true => Vec::new(),
        false => Language::ALL.iter().map(|&language| terms(words, language)).collect(),
    };
    // Names are kept as they are written.
    writings.push(words.trim_end_matches('*').to_lowercase());
    Phrase { writings, begins, unwanted }
}

/// Where words that are wanted stand in a report's article: the sentence-like stretches that hold most of them, best
/// first, at most so many.
pub fn passages(report: &Report, language: Language, wanted: &Wanted, most: usize) -> Vec<Span> {
    let sought: Vec<(Vec<String>, bool)> = wanted
        .phrases
        .iter()
        .filter(|phrase| !phrase.unwanted)
        .flat_map(|phrase| {
            phrase.writings.iter().map(|writing| {
                (writing.split_whitespace().map(plain).collect::<Vec<String>>(), phrase.begins)
            })
        })
        .collect();
    let mut found: Vec<(usize, Span)> = Vec::new();
    for block in report.article() {
        for stretch in stretches(block.span.of(&report.text)) {
            let span =
                Span::new(block.span.start as usize + stretch.start, block.span.start as usize + stretch.end)
                    .trim(&report.text);
            let words = span.of(&report.text);
            let mut own: Vec<String> = terms(words, language).split_whitespace().map(plain).collect();
            own.extend(words.split(|c: char| !c.is_alphanumeric()).map(|word| plain(&word.to_lowercase())));
            let holds = |(terms, begins): &&(Vec<String>, bool)| {
                terms.iter().all(|term| {
                    own.iter().any(|word| word == term || (*begins && word.starts_with(term.as_str())))
                })
            };
            let count = sought.iter().filter(holds).count();
            if count > 0 {
                found.push((count, span));
            }
        }
    }
    found.sort_by_key(|(count, span)| (std::cmp::Reverse(*count), *span));
    found.truncate(most);
    found.into_iter().map(|(_, span)| span).collect()
}

/// Stretches of text up to a stop followed by a space.
fn stretches(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut stretches = Vec::new();
    let mut start = 0;
    let mut stopped = false;
    for (at, c) in text.char_indices() {
        if c == '\n' || (stopped && c.is_whitespace()) {
            stretches.push(start..at);
            start = at;
        }
        stopped =
            matches!(c, '.' | '!' | '?' | '…') || (stopped && matches!(c, '»' | '”' | '"' | ')' | '\u{a0}'));
    }
    stretches.push(start..text.len());
    stretches
}

/// A term without accents.
fn plain(term: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    use unicode_normalization::char::is_combining_mark;
    term.nfd().filter(|c| !is_combining_mark(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_words_is_read() {
        let line = wanted("Ouchakov « par les voies » -Iran negoc* –");
        let told: Vec<(bool, bool)> =
            line.phrases.iter().map(|phrase| (phrase.begins, phrase.unwanted)).collect();
        assert_eq!(told, [(false, false), (false, false), (false, true), (true, false)]);
        assert!(line.phrases[1].writings.iter().any(|writing| writing == "par le voie"));
        assert_eq!(line.phrases[3].writings, ["negoc"]);
        assert!(wanted(" « – » ").is_empty());
    }

    #[test]
    fn passages_hold_the_words() {
        let report = Report::bare("r", "Rien ici. Les ministres se sont rencontrés à Genève. Fin.");
        let found = passages(&report, Language::French, &wanted("geneve rencontrer"), 1);
        assert_eq!(found[0].of(&report.text), "Les ministres se sont rencontrés à Genève.");
    }
}
