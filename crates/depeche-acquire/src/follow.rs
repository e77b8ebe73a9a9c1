//! Following sources: what was new since the last look, and what is known of each source's coverage.
//!
//! 1. Each source that is due is asked for, with the marks of the version seen last; an unchanged one costs an answer
//!    without a body.
//! 2. What it lists is held against what was seen: new entries and changed ones are wanted, old ones passed over. An
//!    index of lists is followed one step.
//! 3. The pages wanted are fetched, one request a host at a time, and handed on. What was handed on is seen; what failed
//!    is tried again at the next looks, a few times.
//!
//! Everything that is to be remembered lies in [`Followed`], which is plain data.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::time::Duration;

use depeche_record::followed::{Followed, Miss, Page, Stretch};
use depeche_record::{Capture, Given, Problem, ProblemKind};
use jiff::{SignedDuration, Timestamp};

use crate::archive::http::unpacked_file;
use crate::document::capture_of;
use crate::listing::{Entry, Listing, listing};
use crate::net::{Answer, Document, Failure, Fetcher, Request};

/// Times that a page is tried, one time a look.
const MOST_TRIES: u32 = 3;

/// Lists of an index that are asked for at one look.
const MOST_LISTS: usize = 50;

/// Largest list, unpacked, in bytes; sitemaps have at most fifty million.
const LARGEST_LIST: u64 = 64 << 20;

/// Failures that are kept of each source, the latest; all are counted.
const MOST_MISSES: usize = 200;

/// Pages that no list has named for so long are forgotten.
const FORGOTTEN: SignedDuration = SignedDuration::from_hours(90 * 24);

/// How far a look goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// Most pages that are fetched for one source at one look; the rest wait for the next.
    pub most: usize,
    /// Entries that a source dates further back are passed over.
    pub oldest: Duration,
    /// What holds of every page.
    pub given: Given,
}

impl Default for Reach {
    fn default() -> Reach {
        Reach { most: 200, oldest: Duration::from_secs(30 * 24 * 60 * 60), given: Given::default() }
    }
}

/// What one look came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Look {
    /// Sources that were asked for.
    pub sources: usize,
    /// Pages handed on.
    pub pages: usize,
    /// Sources and pages that failed.
    pub failed: usize,
    /// Pages that wait for the next look.
    pub waiting: usize,
}

/// What is handed each page and problem as it comes, with what is remembered so far; it may break off.
pub type Take<'t> = dyn FnMut(&Followed, Result<Capture, Problem>) -> ControlFlow<()> + 't;

/// Looks at each source once. New pages and problems are handed to `take` as they come; a page counts as seen once `take`
/// has returned, and nothing further is fetched after it breaks off. `followed` is whole between any two calls of `take`,
/// so that it may be kept there.
pub fn look(
    fetcher: &Fetcher,
    sources: &[String],
    reach: &Reach,
    followed: &mut Followed,
    take: &mut Take<'_>,
) -> Look {
    let mut round = Round { followed, reach, take, now: Timestamp::now(), look: Look::default() };
    let mut wanted = Vec::new();
    let due: Vec<Request> = sources
        .iter()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .filter(|source| round.is_due(source))
        .map(|source| round.request_for(source))
        .collect();
    round.look.sources = due.len();
    let mut lists = Vec::new();
    let names: Vec<String> = due.iter().map(|request| request.address.clone()).collect();
    if fetcher
        .fetch_each(due, |n, answer| round.see_source(&names[n], answer, &mut wanted, &mut lists))
        .is_break()
    {
        return round.look;
    }
    let requests = lists.iter().map(|(_, entry)| Request::new(&entry.address)).collect();
    if fetcher.fetch_each(requests, |n, answer| round.see_list(&lists[n], answer, &mut wanted)).is_break() {
        return round.look;
    }
    round.remember(sources, &mut wanted);
    let wanted = round.choose(wanted);
    let requests = wanted.iter().map(|(_, entry)| round.request_for_page(&entry.address)).collect();
    let _ = fetcher.fetch_each(requests, |n, answer| round.see_page(&wanted[n], answer));
    let horizon = rfc3339(round.now - FORGOTTEN);
    round.followed.pages.retain(|_, page| page.listed >= horizon);
    round.look
}

/// One look under way.
struct Round<'a, 't> {
    followed: &'a mut Followed,
    reach: &'a Reach,
    take: &'a mut Take<'t>,
    now: Timestamp,
    look: Look,
}

/// A page or list, and the source that names it.
type Named = (String, Entry);

impl Round<'_, '_> {
    fn is_due(&self, source: &str) -> bool {
        let not_before = self.followed.sources.get(source).and_then(|source| source.not_before.as_deref());
        not_before.is_none_or(|moment| moment <= rfc3339(self.now).as_str())
    }

    fn request_for(&self, source: &str) -> Request {
        let known = self.followed.sources.get(source);
        Request {
            address: source.to_owned(),
            etag: known.and_then(|known| known.etag.clone()),
            last_modified: known.and_then(|known| known.last_modified.clone()),
        }
    }

    fn request_for_page(&self, address: &str) -> Request {
        let known = self.followed.pages.get(address);
        Request {
            address: address.to_owned(),
            etag: known.and_then(|known| known.etag.clone()),
            last_modified: known.and_then(|known| known.last_modified.clone()),
        }
    }

    fn see_source(
        &mut self,
        name: &str,
        answer: Result<Answer, Failure>,
        wanted: &mut Vec<Named>,
        lists: &mut Vec<Named>,
    ) -> ControlFlow<()> {
        let document = match answer {
            Ok(Answer::Document(document)) => document,
            Ok(Answer::Unchanged(_)) => {
                self.extend(name, true);
                return ControlFlow::Continue(());
            }
            Err(failure) => return self.miss(name, name, &failure),
        };
        let Some(listing) = list_in(&document) else {
            // A page that is no list is followed itself: each new version is handed on.
            self.extend(name, true);
            let entry = Entry { address: name.to_owned(), ..Entry::default() };
            self.note_listed(name, &entry);
            return self.admit(name, name, document, None);
        };
        let continues = self.continues(name, &listing);
        self.extend(name, continues);
        let headers = &document.fetched;
        let source = self.followed.sources.entry(name.to_owned()).or_default();
        source.title = listing.title.clone().or(source.title.take());
        // A list that was read in part is asked for again in full.
        let whole = listing.flaw.is_none();
        source.etag = headers.header("etag").filter(|_| whole).map(str::to_owned);
        source.last_modified = headers.header("last-modified").filter(|_| whole).map(str::to_owned);
        if listing.of_lists {
            self.choose_lists(name, listing, lists)
        } else {
            self.gather(name, name, listing, wanted)
        }
    }

    /// Whether the list still has something that was listed at the last look, so that nothing slipped by between.
    fn continues(&self, name: &str, listing: &Listing) -> bool {
        let Some(source) = self.followed.sources.get(name) else { return false };
        let known = |entry: &Entry| {
            self.followed.pages.contains_key(&entry.address) || source.lists.contains_key(&entry.address)
        };
        listing.entries.is_empty() || listing.entries.iter().any(known)
    }

    /// Notes that a source was looked at, in the last stretch if that goes on.
    fn extend(&mut self, name: &str, continues: bool) {
        let now = rfc3339(self.now);
        let source = self.followed.sources.entry(name.to_owned()).or_default();
        source.failing = false;
        source.not_before = None;
        match source.stretches.last_mut().filter(|_| continues) {
            Some(stretch) => {
                stretch.to = now;
                stretch.looks += 1;
            }
            None => source.stretches.push(Stretch { from: now.clone(), to: now, looks: 1 }),
        }
    }

    /// Picks the lists of an index that may have changed, the latest ones first.
    fn choose_lists(&mut self, name: &str, mut listing: Listing, lists: &mut Vec<Named>) -> ControlFlow<()> {
        let oldest = self.oldest();
        listing.entries.sort_by(|one, other| other.time.cmp(&one.time));
        let source = self.followed.sources.entry(name.to_owned()).or_default();
        let seen =
            |entry: &Entry| entry.time.is_some() && source.lists.get(&entry.address) == entry.time.as_ref();
        let recent = |entry: &Entry| entry.time.as_ref().is_none_or(|time| *time >= oldest);
        let wanted: Vec<Entry> =
            listing.entries.into_iter().filter(|entry| recent(entry) && !seen(entry)).collect();
        let left = wanted.len().saturating_sub(MOST_LISTS);
        lists.extend(wanted.into_iter().take(MOST_LISTS).map(|entry| (name.to_owned(), entry)));
        let flaw = match left {
            0 => listing.flaw,
            left => {
                Some(format!("it names too many lists at once; {left} of them are left out at this look"))
            }
        };
        self.tell_flaw(name, flaw)
    }

    fn see_list(
        &mut self,
        (name, list): &Named,
        answer: Result<Answer, Failure>,
        wanted: &mut Vec<Named>,
    ) -> ControlFlow<()> {
        let document = match answer {
            Ok(Answer::Document(document)) => document,
            Ok(Answer::Unchanged(_)) => return ControlFlow::Continue(()),
            Err(failure) => return self.miss(name, &list.address, &failure),
        };
        match list_in(&document) {
            Some(listing) if !listing.of_lists => {
                let source = self.followed.sources.entry(name.clone()).or_default();
                source.lists.insert(list.address.clone(), list.time.clone().unwrap_or_default());
                self.gather(name, &list.address, listing, wanted)
            }
            _ => self.tell(Problem::new(
                ProblemKind::UnknownFormat,
                &list.address,
                format!("no list of pages, though {name} names it as one; name it as a source of its own"),
            )),
        }
    }

    /// Gathers what a list names that is new, or changed since it was fetched.
    fn gather(
        &mut self,
        name: &str,
        list: &str,
        listing: Listing,
        wanted: &mut Vec<Named>,
    ) -> ControlFlow<()> {
        let oldest = self.oldest();
        for entry in listing.entries {
            if entry.time.as_ref().is_some_and(|time| *time < oldest) {
                continue;
            }
            let page = self.note_listed(name, &entry);
            let changed = page.fetched.is_some() && entry.time.is_some() && page.changed != entry.time;
            if changed {
                page.tries = 0;
            }
            if awaits(page) || changed {
                wanted.push((name.to_owned(), entry));
            }
        }
        self.tell_flaw(list, listing.flaw)
    }

    fn note_listed(&mut self, name: &str, entry: &Entry) -> &mut Page {
        let page = self.followed.pages.entry(entry.address.clone()).or_default();
        if page.source.is_empty() {
            page.source = name.to_owned();
        }
        page.listed = rfc3339(self.now);
        if page.fetched.is_none() {
            page.changed.clone_from(&entry.time);
        }
        page
    }

    /// Adds what these sources named at earlier looks and what has waited since, whether they still name it or not.
    fn remember(&self, sources: &[String], wanted: &mut Vec<Named>) {
        let waiting = |page: &&Page| awaits(page) && sources.contains(&page.source);
        wanted.extend(self.followed.pages.iter().filter(|(_, page)| waiting(page)).map(|(address, page)| {
            let entry = Entry { address: address.clone(), title: None, time: page.changed.clone() };
            (page.source.clone(), entry)
        }));
    }

    /// The pages that are fetched at this look, each once.
    fn choose(&mut self, wanted: Vec<Named>) -> Vec<Named> {
        let (mut seen, mut of_source) = (BTreeSet::new(), BTreeMap::<String, usize>::new());
        let mut chosen = Vec::new();
        for (source, entry) in wanted {
            if !seen.insert(entry.address.clone()) {
                continue;
            }
            let count = of_source.entry(source.clone()).or_default();
            *count += 1;
            if *count > self.reach.most {
                self.look.waiting += 1;
            } else {
                chosen.push((source, entry));
            }
        }
        chosen
    }

    fn see_page(&mut self, (source, entry): &Named, answer: Result<Answer, Failure>) -> ControlFlow<()> {
        match answer {
            Ok(Answer::Document(document)) => {
                self.admit(source, &entry.address, document, entry.time.clone())
            }
            Ok(Answer::Unchanged(_)) => {
                self.note_fetched(&entry.address, entry.time.clone());
                ControlFlow::Continue(())
            }
            Err(failure) => {
                let page = self.followed.pages.entry(entry.address.clone()).or_default();
                page.tries += 1;
                if !failure.kind.may_pass() {
                    page.tries = MOST_TRIES;
                }
                match page.tries >= MOST_TRIES {
                    true => self.miss(source, &entry.address, &failure),
                    // It is told once it is given up.
                    false => {
                        self.look.waiting += 1;
                        ControlFlow::Continue(())
                    }
                }
            }
        }
    }

    fn note_fetched(&mut self, address: &str, changed: Option<String>) -> &mut Page {
        let page = self.followed.pages.entry(address.to_owned()).or_default();
        page.fetched = Some(rfc3339(Timestamp::now()));
        page.changed = changed;
        page.tries = 0;
        page
    }

    /// Hands a page on, unless this version was handed on before.
    fn admit(
        &mut self,
        source: &str,
        address: &str,
        document: Document,
        changed: Option<String>,
    ) -> ControlFlow<()> {
        let fetched = document.fetched.clone();
        let capture = match capture_of(document, &self.reach.given) {
            Ok(capture) => capture,
            Err(problem) => {
                self.note_fetched(address, changed);
                self.note_miss(source, address, "unreadable", &problem.detail);
                return self.tell(problem);
            }
        };
        let digest = Some(capture.digest.to_string());
        if self.followed.pages.get(address).is_none_or(|page| page.digest != digest) {
            (self.take)(self.followed, Ok(capture))?;
            self.look.pages += 1;
            self.followed.sources.entry(source.to_owned()).or_default().pages += 1;
        }
        let page = self.note_fetched(address, changed);
        page.digest = digest;
        page.etag = fetched.header("etag").map(str::to_owned);
        page.last_modified = fetched.header("last-modified").map(str::to_owned);
        ControlFlow::Continue(())
    }

    /// Notes and tells a failure of a source, or of what it names.
    fn miss(&mut self, source: &str, address: &str, failure: &Failure) -> ControlFlow<()> {
        self.note_miss(source, address, failure.kind.label(), &failure.detail);
        if source == address {
            let wait = failure.wait.and_then(|wait| SignedDuration::try_from(wait).ok());
            let not_before = wait.and_then(|wait| self.now.checked_add(wait).ok()).map(rfc3339);
            self.followed.sources.entry(source.to_owned()).or_default().not_before = not_before;
        }
        self.tell(failure.problem(address))
    }

    fn note_miss(&mut self, source: &str, address: &str, kind: &str, detail: &str) {
        let now = self.now;
        let of = self.followed.sources.entry(source.to_owned()).or_default();
        of.failed += 1;
        of.failing |= source == address;
        if of.misses.len() >= MOST_MISSES {
            of.misses.remove(0);
        }
        of.misses.push(Miss {
            time: rfc3339(now),
            address: address.to_owned(),
            kind: kind.to_owned(),
            detail: detail.to_owned(),
        });
    }

    fn tell_flaw(&mut self, name: &str, flaw: Option<String>) -> ControlFlow<()> {
        match flaw {
            Some(flaw) => self.tell(Problem::new(ProblemKind::LeftOut, name, flaw)),
            None => ControlFlow::Continue(()),
        }
    }

    fn tell(&mut self, problem: Problem) -> ControlFlow<()> {
        self.look.failed += usize::from(problem.is_failure());
        (self.take)(self.followed, Err(problem))
    }

    /// What lists date before this is passed over.
    fn oldest(&self) -> String {
        let reach = SignedDuration::try_from(self.reach.oldest).unwrap_or(SignedDuration::MAX);
        self.now.checked_sub(reach).map_or_else(|_| String::new(), rfc3339)
    }
}

/// The list that a document is; sitemaps come as compressed files too.
fn list_in(document: &Document) -> Option<Listing> {
    listing(&unpacked_file(&document.bytes, LARGEST_LIST)?, &document.address)
}

/// Whether a page was named and neither fetched nor given up.
fn awaits(page: &Page) -> bool {
    page.tries < MOST_TRIES && (page.fetched.is_none() || page.tries > 0)
}

fn rfc3339(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
