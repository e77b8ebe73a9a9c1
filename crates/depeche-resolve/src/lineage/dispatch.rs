//! Rewritten and translated dispatches: reports of one day, or the next, that name the same agency and tell the same
//! contacts.
//!
//! Naming an agency is not enough (a dozen dispatches a day), nor is telling the same contacts (rivals do). Both
//! together, with most contacts in common, are what a dispatch looks like after two desks have rewritten it. Where
//! readings miss some of the contacts, what only one text can have told to both stands in for them: the same words of
//! the same speaker, the same figures, in texts of one language that share their words.

use std::collections::{BTreeMap, BTreeSet};

use depeche_gazetteer::{Gazetteer, OutletKind};
use depeche_record::{Contact, Relation};

use super::Lineages;
use crate::fold;
use crate::input::Inputs;
use crate::reason;

/// Contacts that two reports must share.
const LEAST_SHARED: usize = 3;
/// The same where both come whole from there: a dispatch and its translation, which may be a day younger.
const LEAST_WHERE_BOTH_SAY: usize = 2;
/// Share of the contacts of both that they must have in common.
const SHARE: f64 = 0.6;
/// The share where at least one comes whole from there.
const SHARE_WHERE_SAID: f64 = 0.5;
/// The share that is enough where the texts share their words too.
const SHARE_WHERE_ALIKE: f64 = 0.2;
/// Share of the shorter text's content words that rewritten texts of one dispatch have in common; independent reports of
/// one event reach 0.4 and more, so this proves nothing alone.
const WORDS: f64 = 0.35;
/// Details in common that weigh as much as the contacts: a quote counts for two, a figure for one.
const DETAILS: usize = 4;
/// Reports of one day and agency are compared with so many of the next.
const NEXT: usize = 32;

/// A report that names an agency.
struct Names {
    at: usize,
    /// Day of publication, days since 1970-01-01.
    day: i64,
    name: String,
    /// The whole text comes from there.
    whole: bool,
    /// It is the report's own outlet.
    own: bool,
}

/// Links with their reason and the share of contacts.
pub fn find(
    inputs: &Inputs<'_>,
    lineages: &Lineages,
    contacts: &[Contact],
    gazetteer: &Gazetteer,
) -> BTreeMap<(usize, usize), (String, f64)> {
    let mut told: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); inputs.len()];
    for (n, contact) in contacts.iter().enumerate() {
        for mention in &contact.accounts {
            if let Some(at) = inputs.find(&mention.report) {
                told[at].insert(n);
            }
        }
    }
    let mut found = BTreeMap::new();
    let mut marks = AllMarks::default();
    for naming in naming(inputs, gazetteer).values() {
        for (n, a) in naming.iter().enumerate() {
            for b in naming[n + 1..].iter().take(NEXT).take_while(|b| b.day - a.day <= 1) {
                let (x, y) = (a.at.min(b.at), a.at.max(b.at));
                // Two reports of one desk are no copies of each other for that.
                if a.at == b.at || (a.own && b.own) || lineages.of(x) == lineages.of(y) {
                    continue;
                }
                let shared = told[x].intersection(&told[y]).count();
                let share = shared as f64 / told[x].union(&told[y]).count().max(1) as f64;
                let (needed, least) = match (a.whole, b.whole) {
                    (true, true) => (LEAST_WHERE_BOTH_SAY, SHARE_WHERE_SAID),
                    _ if a.day != b.day => continue,
                    (false, false) => (LEAST_SHARED, SHARE),
                    _ => (LEAST_SHARED, SHARE_WHERE_SAID),
                };
                let mut alike = || {
                    let (one, other) = (marks.of(inputs, x), marks.of(inputs, y));
                    one.words_shared(&other) >= WORDS
                        && (shared >= LEAST_SHARED && share >= SHARE_WHERE_ALIKE
                            || shared > 0 && one.details_shared(&other) >= DETAILS)
                };
                if (shared >= needed && share >= least) || (a.day == b.day && alike()) {
                    let key = if a.own || b.own { reason::NAMES_AS_SOURCE } else { reason::SAME_DISPATCH };
                    found.entry((x, y)).or_insert_with(|| (reason::write(key, [a.name.as_str()]), share));
                }
            }
        }
    }
    found
}

/// What a text can be known by after it was rewritten.
struct Marks {
    /// Hashes of content words, cut to six letters; sorted.
    words: Vec<u32>,
    /// Figures in digits, but for what may be years or days of a month; sorted.
    figures: Vec<u32>,
    /// Content words of each quote of some length; sorted.
    quotes: Vec<Vec<u32>>,
}

/// The marks of the reports that were asked for.
#[derive(Default)]
struct AllMarks(BTreeMap<usize, std::rc::Rc<Marks>>);

/// Content words from which a quote tells anything.
const QUOTE: usize = 4;
/// Share of the shorter quote's words from which two are one, put otherwise by two hands.
const SAME_QUOTE: f64 = 0.5;

impl AllMarks {
    fn of(&mut self, inputs: &Inputs<'_>, at: usize) -> std::rc::Rc<Marks> {
        self.0.entry(at).or_insert_with(|| std::rc::Rc::new(Marks::of(inputs, at))).clone()
    }
}

impl Marks {
    fn of(inputs: &Inputs<'_>, at: usize) -> Marks {
        let (report, reading) = inputs.pair(at);
        let mut texts: Vec<&str> = Vec::new();
        texts.extend(report.article().map(|block| block.span.of(&report.text)));
        let quotes = reading
            .statements
            .iter()
            .map(|statement| fold::content(statement.quote.iter().map(|&span| inputs.words(at, span))));
        let mut figures: Vec<u32> = texts.iter().flat_map(|words| numbers(words)).map(fold::hash).collect();
        figures.sort_unstable();
        figures.dedup();
        Marks {
            words: fold::content(texts.into_iter()),
            figures,
            quotes: quotes.filter(|quote| quote.len() >= QUOTE).collect(),
        }
    }

    /// Share of the shorter text's content words.
    fn words_shared(&self, other: &Marks) -> f64 {
        share(&self.words, &other.words)
    }

    /// Quotes and figures in common, as [`DETAILS`] counts them.
    fn details_shared(&self, other: &Marks) -> usize {
        let same = |quote: &&Vec<u32>| other.quotes.iter().any(|there| share(quote, there) >= SAME_QUOTE);
        let figures =
            self.figures.iter().filter(|figure| other.figures.binary_search(figure).is_ok()).count();
        2 * self.quotes.iter().filter(same).count() + figures
    }
}

/// Runs of digits; those that may be days of a month or years say too little.
fn numbers(words: &str) -> impl Iterator<Item = &str> {
    let runs = words.split(|c: char| !c.is_ascii_digit());
    let year = |run: &str| run.len() == 4 && (run.starts_with("19") || run.starts_with("20"));
    runs.filter(move |run| run.len() > 2 && !year(run) || run.len() == 2 && *run > "31")
}

/// Share of the shorter of two sorted lists that stands in the other.
fn share(a: &[u32], b: &[u32]) -> f64 {
    let (fewer, more) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let shared = fewer.iter().filter(|word| more.binary_search(word).is_ok()).count();
    shared as f64 / fewer.len().max(1) as f64
}

/// The reports that name an agency, by agency, in the order of their days; the agency's own reports among them. Reports
/// without a day are left out: agencies write of the same talks every day.
fn naming(inputs: &Inputs<'_>, gazetteer: &Gazetteer) -> BTreeMap<String, Vec<Names>> {
    let mut naming: BTreeMap<String, Vec<Names>> = BTreeMap::new();
    for (at, report, reading) in inputs.iter() {
        let Some(day) = inputs.published_day(at) else { continue };
        let mut seen = BTreeSet::new();
        let own = report.outlet.iter().map(|outlet| (&outlet.value, None, true, true));
        let named = reading.origins.iter().filter(|origin| origin.relation != Relation::Image);
        let named = named.map(|origin| {
            (&origin.name, origin.gazetteer.as_deref(), origin.relation == Relation::Republishes, false)
        });
        // What is said of the whole text outweighs what is said of a piece of it.
        let mut all: Vec<(&String, Option<&str>, bool, bool)> = own.chain(named).collect();
        all.sort_by_key(|(_, _, whole, _)| !whole);
        for (name, identifier, whole, own) in all {
            let outlet =
                identifier.and_then(|id| gazetteer.outlet(id)).or_else(|| gazetteer.outlet_by_name(name));
            let is_agency = outlet.is_some_and(|outlet| outlet.kind == OutletKind::Agency);
            let key = outlet.map_or_else(|| fold::phrase(name), |outlet| outlet.id.to_owned());
            // A text that says it comes whole from somewhere has that for its agency, whatever it is.
            if (is_agency || whole) && seen.insert(key.clone()) {
                naming.entry(key).or_default().push(Names { at, day, name: name.clone(), whole, own });
            }
        }
    }
    for names in naming.values_mut() {
        names.sort_by_key(|names| (names.day, names.at));
    }
    naming
}
