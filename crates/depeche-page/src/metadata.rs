//! What a page says about itself: linked data, Open Graph, other metadata, its address.

use depeche_record::{About, Basis, Day, Edtf, Known, Language};

use crate::days::days;
use crate::fold::fold;
use crate::linked::{self, Value};
use crate::markup::{Event, attribute, scan};
use crate::tree::{parts_lines, tag};

/// What a page says about itself.
#[derive(Debug, Default)]
pub(crate) struct Metadata {
    /// Titles, best first.
    pub(crate) titles: Vec<String>,
    /// Name of the site.
    pub(crate) outlet: Option<String>,
    /// Author.
    pub(crate) author: Option<String>,
    /// Canonical address.
    pub(crate) url: Option<String>,
    /// Language declared.
    pub(crate) language: Option<Language>,
    /// Whether it is for subscribers.
    pub(crate) for_subscribers: bool,
    /// Address of its picture.
    pub(crate) image: Option<String>,
    /// Summary.
    pub(crate) description: Option<String>,
    /// Days that it was published or changed on.
    pub(crate) stamps: Vec<Stamp>,
    /// The same as moments where they are given as such, else as days.
    moments: Vec<(Said, Day, String)>,
    /// Section of the outlet.
    section: Option<String>,
    /// Whether any element begins or ends a line.
    pub(crate) has_blocks: bool,
    /// Whether it is written for readers who put the month before the day.
    pub(crate) month_first: bool,
}

/// A day in the metadata.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// What it is the day of.
    pub(crate) of: Said,
    /// The day, in the zone that it is written in.
    pub(crate) day: Day,
    /// The hour, where that zone is Greenwich's, which need not be the outlet's.
    pub(crate) greenwich: Option<u8>,
}

/// What the metadata say that a day is, surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Said {
    /// The day of publication.
    Published,
    /// A day, most often that of publication.
    Dated,
    /// The day of the last change.
    Changed,
}

/// Day of publication, where the address has it.
pub(crate) fn published_at(address: &str) -> Option<Known<Edtf>> {
    Some(Known { value: Edtf::day(day_in_address(address)?), basis: Basis::Address, span: None })
}

/// Reads the metadata of a page in one pass.
pub(crate) fn read(html: &str) -> Metadata {
    let mut metadata = Metadata::default();
    let mut titles: Vec<(u8, String)> = Vec::new();
    let mut outlet: Vec<(u8, String)> = Vec::new();
    for event in scan(html) {
        match event {
            Event::Open { name, attributes, .. } => {
                metadata.has_blocks |= parts_lines(tag(name));
                if attributes.len() <= 65_536 {
                    metadata.read_tag(name, attributes, &mut titles, &mut outlet);
                }
            }
            Event::Raw { name, attributes, place } => {
                let raw = &html[place];
                if name.eq_ignore_ascii_case("title") {
                    titles.push((3, tidy(&htmlize::unescape(raw))));
                } else if attributes.contains("ld+json") {
                    metadata.read_linked_data(raw, &mut titles, &mut outlet);
                }
            }
            _ => {}
        }
    }
    titles.retain(|(_, title)| !title.is_empty());
    titles.sort_by_key(|(rank, _)| *rank);
    metadata.titles = titles.into_iter().map(|(_, title)| title).collect();
    outlet.retain(|(_, outlet)| !outlet.is_empty());
    outlet.sort_by_key(|(rank, _)| *rank);
    metadata.outlet = outlet.into_iter().map(|(_, outlet)| outlet).next();
    metadata
}

impl Metadata {
    fn read_tag(
        &mut self,
        name: &str,
        attributes: &str,
        titles: &mut Vec<(u8, String)>,
        outlet: &mut Vec<(u8, String)>,
    ) {
        let value = |wanted| {
            attribute(attributes, wanted).map(|value| tidy(&value)).filter(|value| !value.is_empty())
        };
        match tag(name) {
            "html" => {
                let code = value("lang").or(value("xml:lang")).unwrap_or_default().to_ascii_lowercase();
                self.month_first = matches!(code.as_str(), "en" | "en-us" | "en_us");
                self.language =
                    self.language.or_else(|| Language::from_code(&value("lang").or(value("xml:lang"))?))
            }
            "link" if value("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                self.url = value("href").filter(|href| href.starts_with("http"));
            }
            "meta" => {
                let Some(content) = value("content") else { return };
                let key = value("property").or(value("name")).or(value("itemprop")).or(value("http-equiv"));
                let Some(key) = key.map(|key| key.to_ascii_lowercase()) else { return };
                match key.as_str() {
                    "og:title" => titles.push((1, content)),
                    "twitter:title" | "dc.title" | "dcterms.title" | "headline" => titles.push((2, content)),
                    // The name of an outlet before the address of its site.
                    "og:site_name" if content.contains('.') && !content.contains(' ') => {
                        outlet.push((2, content))
                    }
                    "og:site_name" => outlet.push((0, content)),
                    "application-name" | "al:ios:app_name" => outlet.push((2, content)),
                    "dc.publisher" | "dcterms.publisher" | "publisher" => outlet.push((2, content)),
                    "author" | "dc.creator" | "article:author" | "parsely-author" | "byl" => {
                        let name = !content.contains("://") && is_author(&content);
                        self.author = self.author.take().or(name.then_some(content));
                    }
                    "og:url" => {
                        self.url = self.url.take().or(Some(content).filter(|url| url.starts_with("http")))
                    }
                    "article:section"
                    | "og:article:section"
                    | "section"
                    | "parsely-section"
                    | "articlesection"
                    | "cxenseparse:section" => {
                        self.section = self.section.take().or(Some(content).filter(|name| is_name(name)));
                    }
                    "og:image" | "twitter:image" => self.image = self.image.take().or(Some(content)),
                    "og:description" | "description" | "twitter:description" => {
                        self.description = self.description.take().or(Some(content));
                    }
                    "og:locale" | "content-language" | "language" | "dc.language" => {
                        self.language = self.language.or_else(|| Language::from_code(&content));
                    }
                    "article:published_time"
                    | "og:published_time"
                    | "datepublished"
                    | "og:article:published_time" => {
                        self.note(Said::Published, &content);
                    }
                    "date"
                    | "pubdate"
                    | "publishdate"
                    | "publish_date"
                    | "published"
                    | "published_date"
                    | "pub_date"
                    | "article_date"
                    | "articledate"
                    | "article:published"
                    | "article:publish_time"
                    | "article:post_date"
                    | "og:pubdate"
                    | "og:article:published"
                    | "dcterms.available"
                    | "dcterms.date.issued"
                    | "dcsext.articlefirstpublished"
                    | "gentime"
                    | "release_date"
                    | "sort_date"
                    | "ptime"
                    | "rnews:datepublished"
                    | "bt:pubdate"
                    | "citation_date"
                    | "citation_online_date"
                    | "created"
                    | "creation_date"
                    | "content_date"
                    | "content-date"
                    | "page.date"
                    | "timestamp"
                    | "vr:published_time"
                    | "dc.date.created"
                    | "dc.created"
                    | "dc.issued"
                    | "eomportal-lastupdate"
                    | "last-publish-date"
                    | "publish-date"
                    | "dc.date"
                    | "dc.date.issued"
                    | "dcterms.date"
                    | "dcterms.created"
                    | "dcterms.issued"
                    | "parsely-pub-date"
                    | "sailthru.date"
                    | "article.published"
                    | "published_time"
                    | "publication_date"
                    | "datecreated"
                    | "cxenseparse:recs:publishtime"
                    | "article_date_original"
                    | "originalpublicationdate"
                    | "displaydate"
                    | "citation_publication_date" => {
                        self.note(Said::Dated, &content);
                    }
                    "article:modified_time"
                    | "og:updated_time"
                    | "og:modified_time"
                    | "datemodified"
                    | "dcterms.modified"
                    | "dc.date.modified"
                    | "last-modified"
                    | "lastmod"
                    | "modified_time"
                    | "revised"
                    | "article.updated" => {
                        self.note(Said::Changed, &content);
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn note(&mut self, of: Said, written: &str) {
        let Some(stamp) = stamp(of, written) else { return };
        self.stamps.push(stamp);
        let moment = moment(written).unwrap_or_else(|| stamp.day.to_string());
        self.moments.push((of, stamp.day, moment));
    }

    /// What the page says about itself, once its day of publication is decided on.
    pub(crate) fn about(
        &self,
        published: Option<&Known<Edtf>>,
        changed_on: Option<Day>,
        is_stub: bool,
    ) -> About {
        let stated = |value: String| Known { value, basis: Basis::Metadata, span: None };
        // In another zone, the moment may be on the day beside that of the outlet.
        let day = published.and_then(|known| known.value.days()).map(|(first, _)| first.number());
        let near = |of: Said, reach: u64| {
            let moments = self.moments.iter().filter(move |moment| moment.0 == of);
            moments.filter(move |moment| day.is_some_and(|day| moment.1.number().abs_diff(day) <= reach))
        };
        let told = near(Said::Published, 1).chain(near(Said::Dated, 0)).find(|moment| moment.2.contains('T'));
        let changed = self.moments.iter().filter(|moment| moment.0 == Said::Changed).map(|moment| &moment.2);
        About {
            published: told.map(|moment| stated(moment.2.clone())),
            changed: changed
                .max_by_key(|moment| (moment.get(..10), moment.len()))
                .cloned()
                .map(stated)
                .or_else(|| {
                    let later = changed_on.filter(|changed| day.is_none_or(|day| changed.number() >= day))?;
                    Some(Known { value: later.to_string(), basis: Basis::Text, span: None })
                }),
            section: self.section.clone().map(stated),
            is_stub,
            publisher: None,
        }
    }

    /// Linked data is read for the plain values it is needed for, as they are written, not as a document: every other
    /// part of it is of no use here.
    fn read_linked_data(
        &mut self,
        raw: &str,
        titles: &mut Vec<(u8, String)>,
        outlet: &mut Vec<(u8, String)>,
    ) {
        for (key, of) in [
            ("datePublished", Said::Published),
            ("dateCreated", Said::Dated),
            ("dateModified", Said::Changed),
        ] {
            if let Some(content) = text_after(raw, key) {
                self.note(of, &content);
            }
        }
        if let Some(at) = raw.find("\"isAccessibleForFree\"") {
            let value =
                raw[at..].split_once(':').map_or("", |(_, value)| value.trim_start_matches([' ', '"']));
            self.for_subscribers |= value.get(..5).is_some_and(|value| value.eq_ignore_ascii_case("false"));
        }
        self.section = self.section.take().or_else(|| first_after(raw, "articleSection"));
        titles.extend(text_after(raw, "headline").map(|title| (0, tidy(&htmlize::unescape(&title)))));
        let all = linked::objects(raw);
        let is_article = |object: &&Value| linked::is_of_type(**object, &["Article", "Posting", "Report"]);
        let mut articles: Vec<Value> = all.iter().filter(is_article).copied().collect();
        if articles.is_empty() {
            // Some say no type, or one of their own.
            articles =
                all.iter().filter(|one| linked::member(**one, "headline").is_some()).copied().collect();
        }
        let of = |key| articles.iter().find_map(|article| linked::member(*article, key));
        let names = |value| {
            let names =
                linked::names(value, &all).into_iter().map(plain).map(|name| tidy(&htmlize::unescape(&name)));
            names.filter(|name| !name.is_empty() && !name.contains("://")).collect::<Vec<String>>()
        };
        let publisher = of("publisher").map(names).unwrap_or_default();
        outlet.extend(publisher.into_iter().next().map(|name| (1, name)));
        let authors = of("author").or_else(|| of("creator")).map(names).unwrap_or_default();
        let mut authors: Vec<String> = authors.into_iter().filter(|name| is_author(name)).collect();
        authors.dedup();
        if !authors.is_empty() {
            self.author = self.author.take().or(Some(authors.join(", ")));
        }
    }
}

/// Whether a name is one of a person or a desk, not of the account that a page was put up with.
pub(crate) fn is_author(name: &str) -> bool {
    const ACCOUNTS: [&str; 15] = [
        "anonymous",
        "unspecified",
        "unknown",
        "admin",
        "admin0",
        "administrator",
        "administrateur",
        "webmaster",
        "root",
        "user",
        "editor",
        "author",
        "auteur",
        "superadmin",
        "wpadmin",
    ];
    let folded = fold(name);
    !folded.is_empty() && folded != "0" && !ACCOUNTS.contains(&folded.as_str())
}

/// Whether a value can be the name of a section.
fn is_name(value: &str) -> bool {
    (2..80).contains(&value.chars().count())
        && !value.contains("://")
        && value.chars().any(char::is_alphabetic)
}

/// The text that follows the first `"key":`, or the first of a list of texts that does.
fn first_after(raw: &str, key: &str) -> Option<String> {
    let listed = || {
        let (_, after) = raw.split_once(&format!("\"{key}\""))?;
        let list = after.trim_start().strip_prefix(':')?.trim_start().strip_prefix('[')?;
        // Made an entry of its own, so that escapes are resolved in one place.
        text_after(&format!("\"{key}\":{}", list.get(..500).unwrap_or(list)), key)
    };
    let value = text_after(raw, key).or_else(listed)?;
    let value = tidy(&htmlize::unescape(&value));
    is_name(&value).then_some(value)
}

/// A moment as metadata write it, as RFC 3339 has it, with the zone that is written or without one; none if it has no
/// time of day: `2025-08-06T10:00:00+02:00`, `2025-08-06 10:00`, `2025-08-06T08:00Z`.
fn moment(written: &str) -> Option<String> {
    let written = written.trim();
    let (day, rest) = (written.get(..10)?, written.get(10..)?);
    day_of(day).filter(|found| found.to_string() == day)?;
    let time = rest.trim_start_matches(['T', 't', ' ']);
    let number = |range: std::ops::Range<usize>, most: u32| {
        let value = time.get(range)?;
        value.parse::<u32>().ok().filter(|&number| number <= most && value.len() == 2)
    };
    let (hour, minute) = (number(0..2, 23)?, number(3..5, 59)?);
    time.get(2..3).filter(|&colon| colon == ":")?;
    let (second, rest) = match time.get(5..6) {
        Some(":") => (number(6..8, 60)?, time.get(8..)?),
        _ => (0, time.get(5..)?),
    };
    let zone = rest.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit()).trim();
    let zone = match zone {
        "" => String::new(),
        "Z" | "z" | "GMT" | "UTC" => "Z".to_owned(),
        _ => {
            let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
            let sign = zone.chars().next().filter(|sign| matches!(sign, '+' | '-'))?;
            match digits.len() {
                2 => format!("{sign}{digits}:00"),
                4 => format!("{sign}{}:{}", &digits[..2], &digits[2..]),
                _ => return None,
            }
        }
    };
    Some(format!("{day}T{hour:02}:{minute:02}:{second:02}{zone}"))
}

/// The text that follows the first `"key":`, its escapes resolved.
fn text_after(raw: &str, key: &str) -> Option<String> {
    let quoted = format!("\"{key}\"");
    let at = raw.find(&quoted)? + quoted.len();
    match linked::value(raw[at..].trim_start().strip_prefix(':')?)?.0 {
        Value::Text(text) if text.len() <= 2_000 => Some(plain(text)),
        _ => None,
    }
}

/// A text of linked data with its escapes resolved.
fn plain(written: &str) -> String {
    let mut text = String::with_capacity(written.len());
    let mut characters = written.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('n' | 'r' | 't') => text.push(' '),
                Some('u') => {
                    let code: String = characters.by_ref().take(4).collect();
                    let code = u32::from_str_radix(&code, 16).ok().and_then(char::from_u32);
                    text.push(code.unwrap_or('\u{FFFD}'));
                }
                Some(other) => text.push(other),
                None => {}
            },
            other => text.push(other),
        }
    }
    text
}

/// The day of a time stamp as metadata write it.
pub(crate) fn stamp(of: Said, written: &str) -> Option<Stamp> {
    let day = day_of(written).or_else(|| days(written, false).first().map(|(_, day)| *day))?;
    let time = written.get(10..).unwrap_or("").trim();
    let zone = ["Z", "z", "+00:00", "+0000", "GMT", "UTC"].iter().any(|zone| time.ends_with(zone));
    let hour =
        time.split_once(':').and_then(|(before, _)| before.get(before.len().checked_sub(2)?..)?.parse().ok());
    let greenwich = hour.filter(|_| zone);
    Some(Stamp { of, day, greenwich })
}

/// With single spaces, none at the ends.
fn tidy(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The day of a time stamp: `2025-08-06T…`, `2025/08/06`, `20250806`, `Wed, 06 Aug 2025 …`.
pub(crate) fn day_of(stamp: &str) -> Option<Day> {
    let stamp = stamp.trim();
    let numbers: Vec<&str> = stamp.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).collect();
    let starts_with_digit = stamp.starts_with(|c: char| c.is_ascii_digit());
    match numbers.as_slice() {
        [year, month, day, ..] if starts_with_digit && year.len() == 4 => valid(year, month, day),
        [all, ..] if starts_with_digit && all.len() == 8 => {
            valid(all.get(..4)?, all.get(4..6)?, all.get(6..)?)
        }
        [all] if starts_with_digit && all.len() == 14 => valid(all.get(..4)?, all.get(4..6)?, all.get(6..8)?),
        [day, year, ..] if year.len() == 4 => {
            const MONTHS: [&str; 12] =
                ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
            let lower = stamp.to_ascii_lowercase();
            let words = lower.split(|c: char| !c.is_ascii_alphabetic());
            let month = words.filter_map(|word| MONTHS.iter().position(|m| word.starts_with(m))).next()?;
            valid(year, &(month + 1).to_string(), day)
        }
        _ => None,
    }
}

/// The day in an address such as `https://e.fr/2025/08/06/titre`, `…/2025-08-06-titre`, `…/20250806-titre`.
pub(crate) fn day_in_address(address: &str) -> Option<Day> {
    let path = address.split_once("://")?.1.split(['?', '#']).next()?;
    // An archive's address holds the moment of its capture before the page's own address.
    let path = path.rsplit_once("://").map_or(path, |(_, own)| own);
    let numbers: Vec<(&str, bool)> = path
        .split(['/', '-', '_', '.', ',', ';'])
        .skip(1)
        .map(|part| (part, !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())))
        .collect();
    let apart = numbers.windows(3).find_map(|window| match window {
        [(year, true), (month, true), (day, true)]
            if year.len() == 4 && month.len() <= 2 && day.len() <= 2 =>
        {
            valid(year, month, day)
        }
        [(day, true), (month, true), (year, true)]
            if year.len() == 4 && month.len() == 2 && day.len() == 2 =>
        {
            valid(year, month, day)
        }
        _ => None,
    });
    apart.or_else(|| {
        numbers.iter().find_map(|(part, digits)| match *digits && part.len() == 8 && part.starts_with("20") {
            true => valid(&part[..4], &part[4..6], &part[6..]),
            false => None,
        })
    })
}

fn valid(year: &str, month: &str, day: &str) -> Option<Day> {
    let day = Day { year: year.parse().ok()?, month: month.parse().ok()?, day: day.parse().ok()? };
    // A day that no calendar has is no date; news on the web begin in the nineties.
    ((1990..2100).contains(&day.year) && Edtf::parse(&day.to_string()).is_ok()).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_stamps_of_every_kind() {
        for stamp in [
            "2025-08-06T10:00:00+02:00",
            "2025/08/06",
            "20250806",
            "20250806101500",
            "Wed, 06 Aug 2025 10:00",
        ] {
            assert_eq!(day_of(stamp).map(|day| day.to_string()).as_deref(), Some("2025-08-06"), "{stamp}");
        }
        for stamp in ["", "2025", "2025-02-31", "hier", "1754480000"] {
            assert_eq!(day_of(stamp), None, "{stamp}");
        }
    }

    #[test]
    fn moments_keep_the_zone_that_is_written() {
        for (written, kept) in [
            ("2025-08-06T10:00:00+02:00", "2025-08-06T10:00:00+02:00"),
            ("2025-08-06 10:05", "2025-08-06T10:05:00"),
            ("2025-08-06T08:00:07.123Z", "2025-08-06T08:00:07Z"),
            ("2025-08-06T10:00:00-0300", "2025-08-06T10:00:00-03:00"),
            ("2025-08-06T10:00:00 +0300", "2025-08-06T10:00:00+03:00"),
        ] {
            assert_eq!(moment(written).as_deref(), Some(kept), "{written}");
        }
        for written in
            ["2025-08-06", "2025-08-06T", "2025-08-06T25:00", "2025-02-31T10:00", "2025-08-06T1é:00", "x"]
        {
            assert_eq!(moment(written), None, "{written}");
        }
    }

    #[test]
    fn pages_tell_section_and_change() {
        let page = "<script type='application/ld+json'>{\"articleSection\":[\"Monde\",\"Europe\"],\
                    \"datePublished\":\"2025-08-06T23:30:00Z\",\"dateModified\":\"2025-08-07T09:00:00+02:00\"}</script>";
        let metadata = read(page);
        let day = Known { value: Edtf::parse("2025-08-07").unwrap(), basis: Basis::Address, span: None };
        let about = metadata.about(Some(&day), None, true);
        let value = |known: Option<Known<String>>| known.map(|known| known.value);
        assert_eq!(value(about.published).as_deref(), Some("2025-08-06T23:30:00Z"));
        assert_eq!(value(about.changed).as_deref(), Some("2025-08-07T09:00:00+02:00"));
        assert_eq!(value(about.section).as_deref(), Some("Monde"));
        assert!(about.is_stub);
        let tagged =
            read("<meta property='article:section' content='International'>").about(None, None, false);
        assert_eq!(value(tagged.section).as_deref(), Some("International"));
        assert_eq!(tagged.published, None);
    }

    #[test]
    fn addresses_carry_days() {
        let day = |address| day_in_address(address).map(|day| day.to_string());
        assert_eq!(day("https://e.fr/2025/08/06/titre").as_deref(), Some("2025-08-06"));
        assert_eq!(day("https://e.fr/monde/2025-08-06-titre.html").as_deref(), Some("2025-08-06"));
        assert_eq!(day("https://e.fr/article/123456"), None);
        assert_eq!(day("2025/08/06"), None);
    }

    #[test]
    fn pages_say_what_they_are() {
        let page = "<html lang='fr-FR'><title>T | Le Site</title><meta property='og:title' content='T &amp; U'>\
                    <meta name=og:site_name content='Le Site'><link rel=canonical href='https://e.fr/a'>\
                    <script type='application/ld+json'>{\"headline\":\"T \\u00e9\",\"datePublished\":\"2025-08-06T01:02\",\
                    \"author\":{\"@type\":\"Person\",\"name\":\"A. B.\"},\"publisher\":{\"name\":\"P\"}}</script>";
        let metadata = read(page);
        assert_eq!(metadata.titles, ["T é", "T & U", "T | Le Site"]);
        assert_eq!(metadata.outlet.as_deref(), Some("Le Site"));
        assert_eq!(metadata.author.as_deref(), Some("A. B."));
        assert_eq!(metadata.language, Some(Language::French));
        let stamp = metadata.stamps[0];
        assert_eq!((stamp.of, stamp.day.to_string().as_str()), (Said::Published, "2025-08-06"));
    }
}
