//! Web archives, WARC 1.0 and 1.1 (ISO 28500), compressed record by record, as a whole, or not at all.
//!
//! 1. A record starts where the last one ended; empty lines between them are passed over.
//! 2. Its head says what it is. Responses and resources from the web are wanted, the rest is passed over unread.
//! 3. Of a response, the HTTP head is read next; only pages and texts that were sent with success are wanted.
//! 4. The body is held, freed of chunks and compression, and handed on.
//! 5. A broken record is told, and reading goes on at the next that can be found: the next member of a compressed
//!    archive, else the next line that starts as a record does.

use std::io::{self, BufRead, Read};

use depeche_record::{Fetched, Media, Problem, ProblemKind};

use super::compressed::{Trouble, Unpacker, cannot_read};
use super::http::{self, Content, Head, Refusal};
use crate::ahead::Ahead;
use crate::lines::{Line, read_line};
use crate::size::size;
use crate::sniff::{is_pdf, looks_like_html};

/// Largest head of a record or response, bytes.
const LARGEST_HEAD: u64 = 64 * 1024;

/// A page or text of an archive.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Page {
    /// Where it was fetched; of a record that does not say so, its own identifier.
    pub(crate) address: String,
    /// Whether the address is one of the web.
    pub(crate) is_fetched: bool,
    pub(crate) media: Media,
    pub(crate) charset: Option<String>,
    pub(crate) bytes: Vec<u8>,
    /// The exchange that it was sent in; none of what is no response.
    pub(crate) fetched: Option<Fetched>,
    /// What is wrong with it, in words; none as a rule.
    pub(crate) flaw: Option<&'static str>,
}

/// An archive being read.
pub(crate) struct Warc<'a> {
    reader: Ahead<Unpacker<'a>>,
    /// As problems name it.
    name: String,
    limit: u64,
    /// Number of the record being read, all kinds counted.
    number: u64,
    /// Whether a page or problem was handed on.
    any: bool,
    /// Whether the place of the next record is being sought, so that what is met on the way is not told.
    seeking: bool,
    over: bool,
}

/// What a record comes to.
enum Step {
    Found(Box<Page>),
    Told(Problem),
    Passed,
    End,
}

/// What ends the reading of a record before its end.
enum Broken {
    /// The bytes could not be read.
    Unreadable(io::Error),
    /// They end, or the member ends, within the record.
    Cut,
    /// They are no record.
    Nonsense(&'static str),
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Broken {
        Broken::Unreadable(error)
    }
}

impl<'a> Warc<'a> {
    /// An archive, each page of which is at most `limit` bytes.
    pub(crate) fn new(mut reader: Ahead<Unpacker<'a>>, name: String, limit: u64) -> Warc<'a> {
        reader.inner_mut().pause();
        Warc { reader, name, limit, number: 0, any: false, seeking: false, over: false }
    }

    /// How problems name the record being read.
    pub(crate) fn subject(&self) -> String {
        format!("{}:{}", self.name, self.number)
    }

    /// The next page, or problem; none at the end.
    pub(crate) fn next(&mut self) -> Option<Result<Page, Problem>> {
        while !self.over {
            let item = match self.step() {
                Ok(Step::Passed) => continue,
                Ok(Step::Found(page)) => Ok(*page),
                Ok(Step::Told(problem)) => Err(problem),
                Ok(Step::End) => {
                    self.over = true;
                    if self.any {
                        return None;
                    }
                    Err(Problem::new(
                        ProblemKind::Empty,
                        &self.name,
                        "no page or text from the web in this archive",
                    ))
                }
                Err(broken) => match self.recover(broken) {
                    Some(problem) => Err(problem),
                    None => continue,
                },
            };
            self.any = true;
            return Some(item);
        }
        None
    }

    /// Reads one record.
    fn step(&mut self) -> Result<Step, Broken> {
        self.pass_line_ends()?;
        let first = self.reader.look(5);
        if first.is_empty() {
            return match self.reader.inner_mut().next_member()? {
                true => Ok(Step::Passed),
                false => Ok(Step::End),
            };
        }
        if !first.starts_with(b"WARC/") {
            return Err(Broken::Nonsense("no record where one should start"));
        }
        self.number += 1;
        self.seeking = false;
        let fields = self.read_fields()?;
        let length = fields
            .number("content-length")
            .ok_or(Broken::Nonsense("a record that does not give its length"))?;
        let Some(wanted) = Wanted::of(&fields) else {
            self.skip(length)?;
            return Ok(Step::Passed);
        };
        if fields.get("warc-segment-number").is_some() {
            self.skip(length)?;
            return Ok(self
                .tell(ProblemKind::LeftOut, "a page stored in several records, which are not put together"));
        }
        let (mut media, mut charset, mut head, mut left) = (None, None, Head::default(), length);
        let mut content_type = fields.get("content-type").map(str::to_owned);
        if wanted.is_response {
            let (bytes, complete) = self.read_head(length)?;
            left -= bytes.len() as u64;
            match http::read_head(&bytes).filter(|_| complete) {
                Some(read) => head = read,
                None => {
                    self.skip(left)?;
                    return Ok(
                        self.tell(ProblemKind::BadRecord, "a response without an HTTP head; passed over")
                    );
                }
            }
            content_type = head.field("content-type").map(str::to_owned);
            if !(200..300).contains(&head.status) {
                self.skip(left)?;
                return Ok(Step::Passed);
            }
        }
        if let Some(content_type) = content_type {
            let Some((named, given)) = http::media_of(&content_type) else {
                self.skip(left)?;
                return Ok(Step::Passed);
            };
            (media, charset) = (Some(named), given);
        }
        if left > self.limit {
            self.skip(left)?;
            let detail = format!(
                "larger than the limit ({}, at most {} are read); passed over",
                size(left),
                size(self.limit)
            );
            return Ok(self.tell(ProblemKind::TooLarge, detail));
        }
        let mut body = Vec::new();
        (&mut self.reader).take(left).read_to_end(&mut body)?;
        if (body.len() as u64) < left {
            return Err(Broken::Cut);
        }
        // The checksum of a member stands behind these. Where they are missing, the block ends before or after them.
        if !self.pass_line_ends()? && !matches!(self.reader.look(5), b"" | [b'W', b'A', b'R', b'C', b'/', ..])
        {
            return Err(Broken::Nonsense("a record whose length is not what it says"));
        }
        let Content { bytes, cut } = match http::content(&head, body, self.limit) {
            Ok(content) => content,
            Err(Refusal(kind, detail)) => return Ok(self.tell(kind, detail)),
        };
        let is_html = looks_like_html(&bytes);
        let media = match media {
            // Servers name some that are none.
            Some(Media::Pdf) if !is_pdf(&bytes) => return Ok(Step::Passed),
            Some(Media::Plain) if is_html => Media::Html,
            Some(media) => media,
            None if is_html => Media::Html,
            None => return Ok(Step::Passed),
        };
        let truncated = fields.get("warc-truncated").is_some();
        let flaw = (cut || truncated).then_some("it was cut off when it was archived; its end is missing");
        let Wanted { address, is_fetched, is_response } = wanted;
        let fetched = is_response.then(|| Fetched {
            time: fields.get("warc-date").filter(|time| is_utc(time)).map(str::to_owned),
            redirects: Vec::new(),
            status: head.status,
            headers: head.fields,
        });
        Ok(Step::Found(Box::new(Page { address, is_fetched, media, charset, bytes, fetched, flaw })))
    }

    /// Passes over line ends; whether there were any.
    fn pass_line_ends(&mut self) -> io::Result<bool> {
        let mut any = false;
        while let Some(b'\r' | b'\n') = self.reader.fill_buf()?.first() {
            self.reader.consume(1);
            any = true;
        }
        Ok(any)
    }

    fn tell(&self, kind: ProblemKind, detail: impl Into<String>) -> Step {
        Step::Told(Problem::new(kind, self.subject(), detail))
    }

    /// Reads the head of a record up to its empty line.
    fn read_fields(&mut self) -> Result<Fields, Broken> {
        let mut fields = Fields::default();
        let mut left = LARGEST_HEAD;
        let mut is_first = true;
        loop {
            let line = match read_line(&mut self.reader, left)? {
                Some(Line::Held(line)) => line,
                Some(Line::TooLong(_)) => return Err(Broken::Nonsense("a record with an endless head")),
                None => return Err(Broken::Cut),
            };
            left = left.saturating_sub(line.len() as u64 + 1);
            let line = String::from_utf8_lossy(&line);
            if std::mem::take(&mut is_first) {
                if !matches!(line.trim_end(), "WARC/1.0" | "WARC/1.1" | "WARC/0.17" | "WARC/0.18") {
                    return Err(Broken::Nonsense(
                        "a record of an unknown version; WARC 1.0 and 1.1 are read",
                    ));
                }
            } else if line.is_empty() {
                return Ok(fields);
            } else if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = fields.0.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((name, value)) = line.split_once(':') {
                fields.0.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
    }

    /// Reads the head of a response up to its empty line, and whether that was met; `length` is that of the block.
    fn read_head(&mut self, length: u64) -> Result<(Vec<u8>, bool), Broken> {
        let mut head = Vec::new();
        while (head.len() as u64) < length.min(LARGEST_HEAD) {
            let left = length.min(LARGEST_HEAD) - head.len() as u64;
            let before = head.len();
            if (&mut self.reader).take(left).read_until(b'\n', &mut head)? == 0 {
                return Err(Broken::Cut);
            }
            if before > 0 && matches!(&head[before..], b"\r\n" | b"\n") {
                return Ok((head, true));
            }
        }
        Ok((head, false))
    }

    fn skip(&mut self, length: u64) -> Result<(), Broken> {
        let skipped = io::copy(&mut (&mut self.reader).take(length), &mut io::sink())?;
        if skipped < length { Err(Broken::Cut) } else { Ok(()) }
    }

    /// Goes to where the next record may start; what to tell, unless it was told before.
    fn recover(&mut self, broken: Broken) -> Option<Problem> {
        let told = std::mem::replace(&mut self.seeking, true);
        let named = |detail: String| Problem::new(ProblemKind::BadRecord, self.subject(), detail);
        let problem = match &broken {
            Broken::Nonsense(what) => {
                named(format!("{what}, after {} bytes; reading goes on at the next", self.reader.taken()))
            }
            // What follows the member is found when the next step asks for it.
            Broken::Cut => named("a record that is cut off; passed over".to_owned()),
            Broken::Unreadable(error) => match Trouble::of(error) {
                Some(Trouble::Damaged(_) | Trouble::Cut(_) | Trouble::Trailing(_)) => {
                    named(format!("{error}; reading goes on at the next record"))
                }
                _ => cannot_read(&self.name, error),
            },
        };
        let sought = match broken {
            Broken::Cut => Ok(true),
            Broken::Nonsense(_) => self.seek_record(),
            Broken::Unreadable(error) => match Trouble::of(&error) {
                Some(Trouble::Damaged(_) | Trouble::Cut(_) | Trouble::Trailing(_)) => {
                    self.reader.discard();
                    match self.reader.inner_mut().skip_to_member() {
                        Err(error) if Trouble::of(&error).is_none() => Err(error),
                        // A magic number that opens no member; the next step comes back here.
                        Err(_) => Ok(true),
                        Ok(found) => Ok(found),
                    }
                }
                _ => Ok(false),
            },
        };
        match sought {
            Ok(found) => {
                self.over = !found;
                (!told).then_some(problem)
            }
            Err(error) => {
                self.over = true;
                Some(cannot_read(&self.name, &error))
            }
        }
    }

    /// Passes over lines until one starts as a record does. At the end of a member the next step goes on.
    fn seek_record(&mut self) -> io::Result<bool> {
        loop {
            match read_line(&mut self.reader, 0) {
                Ok(None) => return Ok(true),
                Ok(Some(_)) if self.reader.look(5).starts_with(b"WARC/") => return Ok(true),
                Ok(Some(_)) => {}
                // Told by the next step, or passed over with what could not be read.
                Err(error) if Trouble::of(&error).is_some_and(|trouble| !trouble.is_bomb()) => {
                    self.reader.discard();
                    return Ok(self.reader.inner_mut().skip_to_member().unwrap_or(false));
                }
                Err(error) => return Err(error),
            }
        }
    }
}

/// The fields of a record's head, names in lower case.
#[derive(Debug, Default)]
struct Fields(Vec<(String, String)>);

impl Fields {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    fn number(&self, name: &str) -> Option<u64> {
        self.get(name)?.parse().ok()
    }
}

/// Whether a record's time is one that RFC 3339 allows too: WARC 1.1 also has days and hours alone.
fn is_utc(time: &str) -> bool {
    let shape = |(n, byte): (usize, u8)| match n {
        4 | 7 => byte == b'-',
        10 => byte == b'T',
        13 | 16 => byte == b':',
        19.. => byte.is_ascii_digit() || byte == b'.' && n == 19 || byte == b'Z' && n + 1 == time.len(),
        _ => byte.is_ascii_digit(),
    };
    (20..=30).contains(&time.len()) && time.ends_with('Z') && time.bytes().enumerate().all(shape)
}

/// A record that may hold a page.
struct Wanted {
    is_response: bool,
    address: String,
    is_fetched: bool,
}

impl Wanted {
    /// What a record's head promises; none if it holds no page from the web.
    fn of(fields: &Fields) -> Option<Wanted> {
        let kind = fields.get("warc-type")?.to_ascii_lowercase();
        let content_type = fields.get("content-type").unwrap_or_default().to_ascii_lowercase();
        let is_response = match kind.as_str() {
            // Others are answers of name servers and the like.
            "response" if content_type.is_empty() || content_type.starts_with("application/http") => true,
            "resource" => false,
            _ => return None,
        };
        let bare = |value: &str| value.trim_start_matches('<').trim_end_matches('>').to_owned();
        let Some(address) = fields.get("warc-target-uri").map(bare).filter(|address| !address.is_empty())
        else {
            let address = bare(fields.get("warc-record-id")?);
            return Some(Wanted { is_response, address, is_fetched: false });
        };
        let scheme = address.split(':').next().unwrap_or_default().to_ascii_lowercase();
        // Archivers keep their own notes under other schemes; robots.txt is no report, though it is a text.
        let is_page = matches!(scheme.as_str(), "http" | "https" | "ftp" | "file")
            && !address.split(['?', '#']).next().is_some_and(|path| path.ends_with("/robots.txt"));
        is_page.then_some(Wanted { is_response, address, is_fetched: true })
    }
}
