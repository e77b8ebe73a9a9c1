//! The day of publication of a page, with what it rests on.
//!
//! 1. Metadata that say «published». Where they are written in Greenwich's time and the address, or the line below the headline, has
//!    the day before or after, that is the outlet's own day.
//! 2. `time` elements and others marked as the date of publication, in the article.
//! 3. The address.
//! 4. The lines around the headline: those marked as date or byline, those that say «publié le», those that are a date; among them
//!    metadata that give a date without saying of what.
//! 5. The same below the text, then elsewhere on the page.
//! 6. What scripts hold as the day of publication.
//! 7. The day of the last change, where there is no other.

use std::ops::Range;
use std::sync::LazyLock;

use depeche_record::{Basis, Day, Edtf, Known};
use memchr::memmem;

use crate::content::Content;
use crate::days::days;
use crate::fold::fold;
use crate::labels::Marks;
use crate::letters::{Letters, Time};
use crate::metadata::{Metadata, Said, day_in_address, day_of};

/// Rank of a day of the last change.
const CHANGED: u32 = 80;

/// A day, and where it was found.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    day: Day,
    basis: Basis,
    /// The lower, the surer.
    rank: u32,
}

/// A page, as its day is looked for.
pub(crate) struct Dated<'a> {
    /// Its HTML.
    pub(crate) page: &'a str,
    /// Its letters.
    pub(crate) letters: &'a Letters,
    /// What stands apart in it.
    pub(crate) content: &'a Content<'a>,
    /// What it says of itself.
    pub(crate) metadata: &'a Metadata,
    /// Its headline.
    pub(crate) title: Option<Range<usize>>,
    /// The main text, from its first letter to its last.
    pub(crate) text: Option<Range<usize>>,
}

/// The day of publication, where the metadata alone decide on it; none where the rest of the page has to be looked at.
pub(crate) fn by_metadata(metadata: &Metadata, address: Option<&str>) -> Option<Known<Edtf>> {
    let first = metadata.stamps.iter().find(|stamp| stamp.of == Said::Published)?;
    let best = Candidate { day: first.day, basis: Basis::Metadata, rank: 0 };
    let settled = match own_zone(metadata, best, in_address(metadata, address)) {
        Zone::Own(own) => own,
        Zone::Greenwich(hour) if (-1..=1).any(|days| days != 0 && may_be(hour, days)) => return None,
        Zone::Greenwich(_) => best,
    };
    Some(settled.known())
}

fn in_address(metadata: &Metadata, address: Option<&str>) -> Option<Day> {
    [address, metadata.url.as_deref()].into_iter().flatten().find_map(day_in_address)
}

/// Whether a moment of that hour in Greenwich may be so many days later by the clocks of the outlet: the day before in the
/// Americas, the day after east of Greenwich.
fn may_be(hour: u8, days: i64) -> bool {
    match days {
        -1 => hour < 12,
        1 => hour >= 19,
        _ => false,
    }
}

/// What is known of the zone that a day is written in.
enum Zone {
    /// It is the outlet's own day.
    Own(Candidate),
    /// It is written in Greenwich's time, at this hour, and neither the address nor other metadata have another.
    Greenwich(u8),
}

fn own_zone(metadata: &Metadata, best: Candidate, in_address: Option<Day>) -> Zone {
    let stamps = || metadata.stamps.iter();
    let hour = match best.basis {
        Basis::Metadata => stamps().filter(|stamp| stamp.day == best.day).find_map(|stamp| stamp.greenwich),
        _ => None,
    };
    let Some(hour) = hour else { return Zone::Own(best) };
    let near = |day: &Day| may_be(hour, day.number() - best.day.number());
    if let Some(day) = in_address.filter(near) {
        return Zone::Own(Candidate { day, basis: Basis::Address, rank: best.rank });
    }
    let local = stamps().find(|s| s.of == Said::Published && s.greenwich.is_none() && near(&s.day));
    match local {
        Some(stamp) => Zone::Own(Candidate { day: stamp.day, ..best }),
        None => Zone::Greenwich(hour),
    }
}

impl Candidate {
    fn known(self) -> Known<Edtf> {
        Known { value: Edtf::day(self.day), basis: self.basis, span: None }
    }
}

impl Dated<'_> {
    /// The day of publication, and that of the last change where lines tell it; `address` is the page's own, where it is
    /// known.
    pub(crate) fn published(&self, address: Option<&str>) -> (Option<Known<Edtf>>, Option<Day>) {
        let mut candidates = Vec::new();
        for stamp in &self.metadata.stamps {
            let rank = match stamp.of {
                Said::Published => 0,
                Said::Dated => 29,
                Said::Changed => 90,
            };
            candidates.push(Candidate { day: stamp.day, basis: Basis::Metadata, rank });
        }
        for time in &self.letters.times {
            candidates.extend(self.of_element(time));
        }
        let in_address = in_address(self.metadata, address);
        candidates.extend(in_address.map(|day| Candidate { day, basis: Basis::Address, rank: 21 }));
        self.of_lines(&mut candidates);
        let summary = self.metadata.description.as_deref().unwrap_or("");
        let summary = days(summary, self.metadata.month_first).first().map(|(_, day)| *day);
        candidates.extend(summary.map(|day| Candidate { day, basis: Basis::Metadata, rank: 60 }));
        let picture = self.metadata.image.as_deref().and_then(day_in_address);
        candidates.extend(picture.map(|day| Candidate { day, basis: Basis::Metadata, rank: 82 }));
        if candidates.iter().all(|candidate| candidate.rank >= 48) {
            candidates.extend(in_scripts(self.page));
        }
        // The first of the surest: pages give the same day several times.
        let best = candidates.iter().enumerate().min_by_key(|(order, c)| (c.rank, *order)).map(|(_, c)| *c);
        let changed = candidates.iter().filter(|c| c.rank == CHANGED).map(|c| c.day).max();
        (best.map(|best| self.in_own_zone(best, in_address, &candidates).known()), changed)
    }

    /// The outlet's own day where the metadata are in Greenwich's time.
    fn in_own_zone(&self, best: Candidate, in_address: Option<Day>, candidates: &[Candidate]) -> Candidate {
        let hour = match own_zone(self.metadata, best, in_address) {
            Zone::Own(own) => return own,
            Zone::Greenwich(hour) => hour,
        };
        let near = |day: &Day| may_be(hour, day.number() - best.day.number());
        // Only where the line below the headline does not say the same day.
        let shown = |c: &&Candidate| c.basis == Basis::Text && c.rank <= 35;
        let mut told = candidates.iter().filter(shown);
        match told.clone().min_by_key(|c| c.rank) {
            Some(c) if near(&c.day) && !told.any(|c| c.day == best.day) => {
                Candidate { rank: best.rank, ..*c }
            }
            _ => best,
        }
    }

    /// The day of an element that holds one for programs.
    fn of_element(&self, time: &Time) -> Option<Candidate> {
        let day =
            day_of(&time.written).or_else(|| days(&time.written, false).first().map(|(_, day)| *day))?;
        let apart =
            self.content.apart.get(time.element).copied().unwrap_or(false) || self.in_teaser(time.element);
        let place = self.place(time.letters);
        let rank = match (time.published, apart, place) {
            (true, false, Place::Head) => 10,
            (true, false, Place::Text | Place::Tail) => 12,
            (true, false, Place::Elsewhere) => 44,
            (false, false, Place::Head) => 23,
            (false, false, Place::Tail | Place::Text) => 45,
            (true, true, _) => 40,
            (false, false, Place::Elsewhere) => 50,
            (false, true, _) => 70,
        };
        let rank = if time.changed { rank + 15 } else { rank };
        Some(Candidate { day, basis: Basis::Metadata, rank })
    }

    fn in_teaser(&self, element: usize) -> bool {
        self.content.is_in_teaser(element)
    }

    /// The days that lines show.
    fn of_lines(&self, candidates: &mut Vec<Candidate>) {
        let month_first = self.metadata.month_first;
        for line in &self.letters.lines {
            let raw = &self.letters.text[line.letters.clone()];
            if raw.len() < 6 || raw.len() > 1_200 || !has_digits(raw) {
                continue;
            }
            let (words, _) = self.letters.words(line.letters.clone());
            let found = days(&words, month_first);
            let Some((place, _)) = found.first() else { continue };
            let apart = self.content.apart[line.element] || self.in_teaser(line.element);
            let marked = self.letters.marks(line, 4).has(Marks::BYLINE);
            let said = says(&words[..place.start]);
            let brief = words.len() < 60 + place.len();
            let opens = place.start < 40;
            let start = line.letters.start;
            // «Suisse - Entretien avec M. Weber (Berne, 22 avril 2025)»: so ministries date what they say.
            let titled = self.title.as_ref().is_some_and(|title| start == title.start)
                && found.last().is_some_and(|(last, _)| words[last.end..].trim() == ")");
            let above = self.title.as_ref().is_some_and(|title| start < title.start);
            let spans = found.len() > 1 && found[0].1 < found[1].1;
            let first = self.text.as_ref().is_some_and(|text| start <= text.start);
            let after: String = words[place.end..].chars().take(12).collect();
            let dateline = after.contains(['(', '–', '—', '-', ':', '|', '/']);
            let place = self.place(start);
            let base = match (place, said, marked, brief) {
                _ if titled => 49,
                (_, Some(Said::Changed), _, _) => CHANGED,
                // Where the words and a `time` element differ, the words are what readers see.
                (Place::Head, Some(_), _, _) => 22,
                (Place::Head, None, true, _) => 26,
                // Above the headline stands the day of the visit as often.
                (Place::Head, None, false, true) if above => 37,
                // From one day to another is when something takes place.
                (Place::Head, None, false, true) if spans => 55,
                (Place::Head, None, false, true) => 30,
                (Place::Text, Some(_), _, true) => 32,
                // «Par Claire Vidal (avec AFP) Publié le 22 avril 2025, mis à jour le 23 Temps de lecture : 3 min».
                (Place::Text, Some(_), _, false) if words.len() < 200 && !words.ends_with('.') => 33,
                (Place::Tail, Some(_), _, _) => 34,
                (Place::Head, None, false, false) if opens => 36,
                (Place::Text, None, true, true) => 38,
                (Place::Text, None, false, true) => 52,
                (Place::Tail, None, true, _) => 46,
                (Place::Elsewhere, Some(_), _, _) => 48,
                (Place::Elsewhere, None, true, true) => 54,
                (Place::Tail, None, false, true) => 56,
                (Place::Elsewhere, None, false, true) => 58,
                // «VIENNE, 3 février 2022 (APA) – …».
                (Place::Text, None, _, false) if first && opens && dateline => 50,
                (Place::Text, None, _, false) => 84,
                _ => 86,
            };
            let rank = base + if apart { 28 } else { 0 };
            let mut end = None;
            for (place, day) in found.iter().take(3) {
                // «Publié le 5 mars, mis à jour le 9».
                let then = end.and_then(|end| says(words.get(end..place.start)?));
                let rank = if then == Some(Said::Changed) { rank.max(CHANGED) } else { rank };
                candidates.push(Candidate { day: *day, basis: Basis::Text, rank });
                end = Some(place.end);
            }
        }
    }

    fn place(&self, letters: usize) -> Place {
        let near = 600;
        match (&self.title, &self.text) {
            (Some(title), Some(text)) => {
                let (first, last) = (title.start.min(text.start), text.end);
                // A headline far below the text is none of the head.
                let head = if title.start <= text.start { text.start + 1 } else { title.end + near };
                match letters {
                    _ if letters + 300 >= first && letters < head.max(first) => Place::Head,
                    _ if letters >= first && letters < last => Place::Text,
                    _ if letters >= last && letters < last + near => Place::Tail,
                    _ => Place::Elsewhere,
                }
            }
            (None, Some(text)) => match letters {
                _ if letters + 300 >= text.start && letters <= text.start => Place::Head,
                _ if letters >= text.start && letters < text.end => Place::Text,
                _ if letters >= text.end && letters < text.end + near => Place::Tail,
                _ => Place::Elsewhere,
            },
            (Some(title), None) if letters + 300 >= title.start && letters < title.end + near => Place::Head,
            _ => Place::Elsewhere,
        }
    }
}

/// The day of publication as scripts hold it: `"publishedAt":"2025-08-06T…"`.
fn in_scripts(page: &str) -> Option<Candidate> {
    const KEYS: [&str; 14] = [
        "datePublished",
        "date_published",
        "publishedAt",
        "published_at",
        "publishDate",
        "publish_date",
        "publishedDate",
        "publicationDate",
        "publication_date",
        "firstPublished",
        "first_publish",
        "pubDate",
        "created_at",
        "createdAt",
    ];
    KEYS.iter().find_map(|key| {
        let mut rest = page;
        for _ in 0..3 {
            let after = &rest[memmem::find(rest.as_bytes(), key.as_bytes())? + key.len()..];
            let joined =
                |c: char| matches!(c, '"' | '\'' | ':' | '=' | '\\' | ' ' | '_') || c.is_ascii_alphabetic();
            let value = after.trim_start_matches(joined);
            let boundary = (0..=value.len().min(32)).rev().find(|&n| value.is_char_boundary(n)).unwrap_or(0);
            if after.len() - value.len() <= 12
                && let Some(day) = day_of(&value[..boundary])
            {
                return Some(Candidate { day, basis: Basis::Metadata, rank: 47 });
            }
            rest = after;
        }
        None
    })
}

/// Where on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Around the headline, before the text.
    Head,
    Text,
    /// Right below the text.
    Tail,
    Elsewhere,
}

fn has_digits(text: &str) -> bool {
    text.bytes().filter(u8::is_ascii_digit).count() >= 3
}

/// Whether the words before a day say what it is the day of.
fn says(before: &str) -> Option<Said> {
    if before.len() > 120 || before.is_empty() {
        return None;
    }
    static WORDS: LazyLock<Vec<(Said, String)>> = LazyLock::new(|| {
        let lines = include_str!("../lang/said.tsv").lines().filter(|line| !line.starts_with('#'));
        let rows = lines.filter_map(|line| line.split_once('\t'));
        rows.map(|(class, words)| {
            (if class == "changed" { Said::Changed } else { Said::Published }, fold(words))
        })
        .collect()
    });
    let folded = fold(before);
    let held = WORDS.iter().filter(|(_, words)| folded.contains(words.as_str()));
    held.map(|(said, _)| *said).max()
}
