//! Lists of pages: feeds (RSS, Atom, JSON Feed), sitemaps, OPML, and plain lists of addresses.
//!
//! What a list is shows in its bytes; what a server calls it counts for nothing. Feeds are read by a library; before, one
//! pass over the markup makes sure that it nests no deeper than any feed does, for the library reads what is nested by
//! calling itself.

use feed_rs::model::Link;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use url::Url;

use crate::net::is_address;
use crate::sniff::{looks_like_html, without_mark};

/// Markup that nests deeper is no list.
const DEEPEST: usize = 64;

/// Entries beyond this are left out: the most that a sitemap may have.
const MOST_ENTRIES: usize = 50_000;

/// Longest address, bytes; longer ones are left out.
const LONGEST_ADDRESS: usize = 8 * 1024;

/// A list of pages, or of lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// What it calls itself.
    pub title: Option<String>,
    /// What it names, in its order.
    pub entries: Vec<Entry>,
    /// Whether the entries are lists themselves (OPML, an index of sitemaps, addresses to follow).
    pub of_lists: bool,
    /// What is wrong with it, in plain words; what was read before is kept.
    pub flaw: Option<String>,
}

/// A page or list that a list names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its address, made whole by that of the list.
    pub address: String,
    /// What the list calls it.
    pub title: Option<String>,
    /// When it was published or last changed, whichever is later, in UTC as RFC 3339 has it, or a day.
    pub time: Option<String>,
}

/// Reads a list that was found at `base`; none if the bytes are no list.
pub fn listing(bytes: &[u8], base: &str) -> Option<Listing> {
    let base = Url::parse(base).ok();
    let head = without_mark(bytes).trim_ascii_start();
    if looks_like_html(bytes) {
        return None;
    }
    if head.starts_with(b"{") {
        return head
            .windows(20)
            .take(4096)
            .any(|w| w == b"jsonfeed.org/version")
            .then(|| feed(bytes, base.as_ref()));
    }
    if !head.starts_with(b"<") {
        return addresses(&String::from_utf8_lossy(without_mark(bytes)));
    }
    let text = String::from_utf8_lossy(without_mark(bytes));
    let mut outline = Outline::default();
    outline.read(&text, base.as_ref());
    match outline.root.as_deref()? {
        "urlset" | "sitemapindex" | "opml" => Some(outline.listing),
        "rss" | "RDF" | "feed" => match outline.too_deep {
            true => Some(Listing {
                flaw: Some("its markup nests too deep; it is not read".to_owned()),
                ..Listing::default()
            }),
            false => Some(feed(bytes, base.as_ref())),
        },
        _ => None,
    }
}

/// Reads a feed; one that is broken gives what the library has of it, which is nothing, and a flaw.
fn feed(bytes: &[u8], base: Option<&Url>) -> Listing {
    let parser = feed_rs::parser::Builder::new().base_uri(base.map(Url::as_str)).build();
    let feed = match parser.parse(declared_once(bytes).as_slice()) {
        Ok(feed) => feed,
        Err(error) => {
            let flaw = format!("it is a feed that cannot be read ({error})");
            return Listing { flaw: Some(flaw), ..Listing::default() };
        }
    };
    let mut listing =
        Listing { title: feed.title.and_then(|title| tidy(&title.content)), ..Listing::default() };
    for entry in feed.entries {
        let page = |link: &&Link| matches!(link.rel.as_deref(), None | Some("alternate"));
        let link = entry.links.iter().find(page).map(|link| link.href.clone());
        // The mark of an entry of RSS is its address where it has no link.
        let Some(address) = link.or_else(|| is_address(&entry.id).then(|| entry.id.clone())) else {
            continue;
        };
        let time =
            entry.published.max(entry.updated).map(|time| time.format("%Y-%m-%dT%H:%M:%SZ").to_string());
        let title = entry.title.and_then(|title| tidy(&title.content));
        listing.add(&address, base, title, time);
    }
    listing
}

/// The bytes of a feed with one short declaration of XML, at their start, which is the only place where it may stand: the
/// library takes any at its word, and stops the program where a charset is named later than in the first 64 bytes.
fn declared_once(bytes: &[u8]) -> Vec<u8> {
    let bytes = without_mark(bytes).trim_ascii_start();
    let head = &bytes[..bytes.len().min(512)];
    let end = head.windows(2).position(|pair| pair == b"?>").filter(|_| head.starts_with(DECLARATION));
    let (declaration, body) = bytes.split_at(end.map_or(0, |end| end + 2));
    let mut whole = match charset_in(declaration) {
        Some(charset) => format!("<?xml version='1.0' encoding='{charset}'?>").into_bytes(),
        None => Vec::new(),
    };
    let mut at = whole.len();
    whole.extend_from_slice(body);
    let is_one = |window: &[u8]| window.eq_ignore_ascii_case(DECLARATION);
    while let Some(found) = whole[at..].windows(DECLARATION.len()).position(is_one) {
        at += found + DECLARATION.len();
        // An instruction of another name, which says nothing.
        whole[at - 1] = b'_';
    }
    whole
}

/// The charset that a declaration of XML names.
fn charset_in(declaration: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(declaration).ok()?;
    let value = text.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let name = value.trim_start_matches(['"', '\'']).split(['"', '\'']).next()?;
    let known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (!name.is_empty() && name.len() < 25 && name.bytes().all(known)).then_some(name)
}

/// How a declaration of XML begins.
const DECLARATION: &[u8] = b"<?xml";

/// Reads lines, each an address; white space and what follows it, and lines that start with `#`, are remarks.
fn addresses(text: &str) -> Option<Listing> {
    let mut listing = Listing { of_lists: true, ..Listing::default() };
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let address = line.split_whitespace().next().filter(|word| is_address(word))?;
        let title = tidy(&line[address.len()..]);
        listing.add(address, None, title, None);
    }
    (!listing.entries.is_empty()).then_some(listing)
}

impl Listing {
    fn add(&mut self, address: &str, base: Option<&Url>, title: Option<String>, time: Option<String>) {
        let address = address.trim();
        if address.is_empty() || address.len() > LONGEST_ADDRESS {
            return;
        }
        let whole = match base {
            Some(base) => base.join(address),
            None => Url::parse(address),
        };
        let Ok(mut whole) = whole else { return };
        if !matches!(whole.scheme(), "http" | "https") {
            return;
        }
        if self.entries.len() == MOST_ENTRIES {
            self.flaw = Some(format!("it has more than {MOST_ENTRIES} entries; the rest are left out"));
            return;
        }
        whole.set_fragment(None);
        self.entries.push(Entry { address: whole.into(), title, time });
    }
}

/// White space made even; none if nothing is left.
fn tidy(words: &str) -> Option<String> {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    (!words.is_empty()).then(|| words.chars().take(300).collect())
}

/// What one pass over markup finds: its root, how deep it nests, and the entries of sitemaps and OPML.
#[derive(Default)]
struct Outline {
    root: Option<String>,
    too_deep: bool,
    listing: Listing,
    /// Names of the open elements, as many as may nest.
    open: Vec<String>,
    text: String,
    entry: Entry,
}

impl Outline {
    fn read(&mut self, text: &str, base: Option<&Url>) {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        loop {
            match reader.read_event() {
                Ok(Event::Start(start)) => {
                    if self.open.len() == DEEPEST {
                        self.too_deep = true;
                        self.listing.flaw =
                            Some("its markup nests too deep; the rest is not read".to_owned());
                        return;
                    }
                    self.start(&start, base);
                    self.open.push(start.local_name().as_ref().to_owned());
                }
                Ok(Event::Empty(start)) => self.start(&start, base),
                Ok(Event::End(_)) => {
                    if let Some(name) = self.open.pop() {
                        self.end(&name, base);
                    }
                }
                Ok(Event::Text(text)) => self.gather(&text.xml10_content()),
                Ok(Event::CData(text)) => self.gather(&text.xml10_content()),
                Ok(Event::GeneralRef(reference)) => match reference.resolve_char_ref() {
                    Ok(Some(letter)) => self.gather(letter.encode_utf8(&mut [0; 4])),
                    _ => self.gather(resolve_predefined_entity(&reference).unwrap_or_default()),
                },
                Ok(Event::Eof) => {
                    if !self.open.is_empty() {
                        self.listing.flaw = Some("its end is missing; what is there is read".to_owned());
                    }
                    return;
                }
                Ok(_) => {}
                Err(error) => {
                    self.listing.flaw =
                        Some(format!("its markup is broken ({error}); what stands before is read"));
                    return;
                }
            }
        }
    }

    fn start(&mut self, start: &BytesStart, base: Option<&Url>) {
        let name = start.local_name();
        if self.root.is_none() {
            self.root = Some(name.as_ref().to_owned());
            self.listing.of_lists = matches!(name.as_ref(), "opml" | "sitemapindex");
        }
        self.text.clear();
        match name.as_ref() {
            "url" | "sitemap" => self.entry = Entry::default(),
            "outline" if self.root.as_deref() == Some("opml") => {
                let value = |wanted: &str| {
                    let mut attributes = start.attributes().flatten();
                    let found = attributes.find(|one| one.key.as_ref().eq_ignore_ascii_case(wanted))?;
                    found.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
                };
                if let Some(address) = value("xmlUrl") {
                    let title = value("title").or_else(|| value("text")).and_then(|title| tidy(&title));
                    self.listing.add(&address, base, title, None);
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str, base: Option<&Url>) {
        let text = std::mem::take(&mut self.text);
        let parent = self.open.last().map(String::as_str);
        match (parent, name) {
            (Some("url" | "sitemap"), "loc") => self.entry.address = text,
            // A day or a moment, in the zone it is written in; the later of both is the mark of a version.
            (Some("url" | "sitemap"), "lastmod") | (Some("news"), "publication_date") => {
                self.entry.time = self.entry.time.take().max(utc(&text));
            }
            (Some("news"), "title") => self.entry.title = tidy(&text),
            (Some("publication"), "name") if self.listing.title.is_none() => self.listing.title = tidy(&text),
            (Some("head"), "title") if self.root.as_deref() == Some("opml") => {
                self.listing.title = tidy(&text)
            }
            (Some("urlset" | "sitemapindex"), "url" | "sitemap") => {
                let Entry { address, title, time } = std::mem::take(&mut self.entry);
                self.listing.add(&address, base, title, time);
            }
            _ => {}
        }
    }

    fn gather(&mut self, text: &str) {
        if self.text.len() + text.len() <= LONGEST_ADDRESS {
            self.text.push_str(text);
        }
    }
}

/// A moment in UTC as RFC 3339 has it, or a day; none if it is neither.
fn utc(text: &str) -> Option<String> {
    let text = text.trim();
    if let Ok(moment) = text.parse::<jiff::Timestamp>() {
        return Some(moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
    }
    text.get(..10)?.parse::<jiff::civil::Date>().ok().map(|day| day.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "https://example.org/rss/all.xml";

    fn read(text: &str) -> Listing {
        listing(text.as_bytes(), BASE).expect("it is a list")
    }

    fn names(listing: &Listing) -> Vec<(&str, Option<&str>)> {
        listing.entries.iter().map(|entry| (entry.address.as_str(), entry.time.as_deref())).collect()
    }

    #[test]
    fn feeds_of_all_kinds_are_read() {
        let rss = read(
            "<?xml version='1.0'?><rss version='2.0'><channel><title>Le Fil</title><item><title>Un &amp; deux</title>\
             <link>/a?x=1&amp;y=2#z</link><pubDate>Wed, 06 Aug 2025 23:30:00 -0700</pubDate></item>\
             <item><guid>https://example.org/b</guid></item><item><link>mailto:a@b</link></item></channel></rss>",
        );
        assert_eq!(rss.title.as_deref(), Some("Le Fil"));
        assert_eq!(rss.entries[0].title.as_deref(), Some("Un & deux"));
        assert_eq!(
            names(&rss),
            [
                ("https://example.org/a?x=1&y=2", Some("2025-08-07T06:30:00Z")),
                ("https://example.org/b", None)
            ]
        );
        let rdf = read(
            "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>\
             <channel rdf:about='x'><title>T</title></channel><item rdf:about='https://example.org/1'>\
             <title>A</title><link>https://example.org/1</link></item></rdf:RDF>",
        );
        assert_eq!(names(&rdf), [("https://example.org/1", None)]);
        let atom = read(
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title><entry><id>urn:1</id>\
             <link rel='self' href='https://example.org/self'/><link href='/2'/>\
             <published>2025-08-06T10:00:00+03:00</published><updated>2025-08-06T12:00:00+03:00</updated></entry></feed>",
        );
        assert_eq!(names(&atom), [("https://example.org/2", Some("2025-08-06T09:00:00Z"))]);
        let json = read(
            r#"{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":"1",
            "url":"https://example.org/3","content_text":"x","date_published":"2025-08-06T10:00:00Z"}]}"#,
        );
        assert_eq!(names(&json), [("https://example.org/3", Some("2025-08-06T10:00:00Z"))]);
    }

    #[test]
    fn sitemaps_and_lists_are_read() {
        let news = read(
            "<urlset xmlns='x' xmlns:news='y'><url><loc> https://example.org/a&amp;b </loc><news:news>\
             <news:publication><news:name>Le Fil</news:name></news:publication>\
             <news:publication_date>2025-08-06T10:00+02:00</news:publication_date>\
             <news:title><![CDATA[Un titre]]></news:title></news:news></url>\
             <url><loc>https://example.org/c</loc><lastmod>2025-08-06</lastmod></url></urlset>",
        );
        assert_eq!(
            names(&news),
            [
                ("https://example.org/a&b", Some("2025-08-06T08:00:00Z")),
                ("https://example.org/c", Some("2025-08-06"))
            ]
        );
        assert_eq!((news.title.as_deref(), news.of_lists), (Some("Le Fil"), false));
        assert_eq!(news.entries[0].title.as_deref(), Some("Un titre"));
        let index = read("<sitemapindex><sitemap><loc>/news.xml</loc></sitemap></sitemapindex>");
        assert_eq!((names(&index), index.of_lists), (vec![("https://example.org/news.xml", None)], true));
        let opml = read(
            "<opml version='2.0'><head><title>Veille</title></head><body><outline text='Presse'>\
             <outline type='rss' text='A &amp; B' xmlUrl='https://example.org/f?a=1&amp;b=2'/></outline></body></opml>",
        );
        assert_eq!((names(&opml), opml.of_lists), (vec![("https://example.org/f?a=1&b=2", None)], true));
        assert_eq!(
            (opml.title.as_deref(), opml.entries[0].title.as_deref()),
            (Some("Veille"), Some("A & B"))
        );
        let lines = read("# presse\nhttps://example.org/1 Le Fil\n\nhttp://example.org/2\n");
        assert_eq!(lines.entries[0].title.as_deref(), Some("Le Fil"));
        assert_eq!((lines.entries.len(), lines.of_lists), (2, true));
    }

    #[test]
    fn what_is_no_list_is_none() {
        for text in
            ["", "Moscou et Kiev", "{\"a\":1}", "<html><body>", "<!doctype html><rss>", "<svg/>", "<", "{"]
        {
            assert_eq!(listing(text.as_bytes(), BASE), None, "{text}");
        }
    }

    #[test]
    fn broken_lists_give_what_they_have() {
        let cut = read("<urlset><url><loc>https://example.org/1</loc></url><url><loc>https://exam");
        assert_eq!(names(&cut), [("https://example.org/1", None)]);
        assert!(cut.flaw.is_some());
        assert!(read("<rss version='2.0'><channel><item>").flaw.is_some() || cut.flaw.is_some());
        let bomb = "<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>\
                    <rss version='2.0'><channel><title>&b;</title></channel></rss>";
        assert!(read(bomb).title.is_none_or(|title| title.len() < 100));
    }

    #[test]
    fn late_declarations_of_charset_say_nothing() {
        let item = "<item><link>https://example.org/1</link></item>";
        for (before, within) in [
            ("", "<?xml version='1.0' encoding='utf-16'?>".to_owned()),
            ("<?xml version='1.0' encoding='utf-8'?>", "<?XML encoding='koi8-r'?>".to_owned()),
            ("<?xml version='1.0'?>", format!("{}<?xml encoding='big5'?>", "x".repeat(10_000))),
            ("<!-- x --><?xml version='1.0' encoding='windows-1251'?>", String::new()),
        ] {
            let rss = read(&format!(
                "{before}<rss version='2.0'><channel><title>{within}</title>{item}</channel></rss>"
            ));
            assert_eq!(names(&rss), [("https://example.org/1", None)], "{before} {within:.60}");
        }
        let cyrillic = b"\n<?xml   version=\"1.0\"   encoding=\"windows-1251\"   standalone=\"yes\"   ?><rss version='2.0'>\
            <channel><title>\xCF\xE5\xF1\xEA\xEE\xE2</title></channel></rss>";
        assert_eq!(listing(cyrillic, BASE).unwrap().title.as_deref(), Some("Песков"));
    }

    #[test]
    fn deep_markup_is_refused() {
        for inner in ["<media:group>", "<outline text='x'>", "<item>", "<div>"] {
            let deep = format!(
                "<rss version='2.0' xmlns:media='http://search.yahoo.com/mrss/'><channel><item>{}",
                inner.repeat(200_000)
            );
            let read = read(&deep);
            assert!(read.entries.is_empty() && read.flaw.is_some(), "{inner}");
        }
    }
}
