//! The captures of a run, one after the other.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufRead, Cursor, Read};
use std::ops::ControlFlow;
use std::path::PathBuf;

use depeche_record::{Capture, Digest, Fetched, Given, Media, Problem, ProblemKind};
use sha2::{Digest as _, Sha256};

use crate::ahead::Ahead;
use crate::archive::compressed::{Packing, Unpacker, cannot_read};
use crate::archive::mail;
use crate::archive::mailbox::{Mailbox, Message};
use crate::archive::warc::{Page, Warc};
use crate::document::{Kind, capture_of, kind_of};
use crate::identifiers::{Admission, Identifiers};
use crate::lines::{Line, read_line};
use crate::net::{Answer, Document, Failure, Fetcher, Network, Request};
use crate::options::Options;
use crate::plan::{FileStep, Step, cannot_open, plan};
use crate::record;
use crate::size::size as sized;
use crate::sniff::{
    Format, extension_within, format_within, is_blank, is_pdf, is_utf16, looks_like_html, promise_of, refuse,
    stem_of, without_mark,
};

/// The reports that the inputs hold, in input order: files, folders (walked in sorted order), JSON Lines, web archives,
/// messages and mailboxes, all of them also compressed, and `-` for standard input. One item a report or problem; only
/// one file, line, record or message is held at a time.
pub fn captures<'a>(inputs: &'a [PathBuf], options: &'a Options) -> Captures<'a> {
    captures_with_input(inputs, options, io::stdin())
}

/// As [`captures`], with another reader in the place of standard input.
pub fn captures_with_input<'a>(
    inputs: &'a [PathBuf],
    options: &'a Options,
    input: impl Read + 'a,
) -> Captures<'a> {
    Captures {
        options,
        steps: plan(inputs, options.leave_out.as_deref()).into(),
        input: Some(Box::new(input)),
        open: None,
        ready: VecDeque::new(),
        identifiers: Identifiers::default(),
        answers: VecDeque::new(),
        fetcher: None,
    }
}

/// The iterator that [`captures`] returns.
pub struct Captures<'a> {
    options: &'a Options,
    steps: VecDeque<Step>,
    input: Option<Box<dyn Read + 'a>>,
    open: Option<Open<'a>>,
    ready: VecDeque<Result<Capture, Problem>>,
    identifiers: Identifiers,
    /// What addresses gave, in their order.
    answers: VecDeque<(String, Option<Result<Answer, Failure>>)>,
    /// Made when the first address is met.
    fetcher: Option<Fetcher>,
}

/// Addresses that are fetched ahead of being handed on, those of one run of addresses among the inputs.
const ADDRESSES_AHEAD: usize = 8;

/// An input that holds many reports, being read.
enum Open<'a> {
    Lines(Lines<'a>),
    Warc(Warc<'a>),
    Mailbox(Messages<'a>),
}

/// A mailbox being read.
struct Messages<'a> {
    mailbox: Mailbox<'a>,
    /// As problems and addresses name it.
    name: String,
    /// Identifiers start with it.
    stem: String,
    /// Number of the last message read.
    number: u64,
}

/// A JSON Lines file being read.
struct Lines<'a> {
    reader: Box<dyn BufRead + 'a>,
    /// As problems and addresses name it.
    name: String,
    /// Identifiers of lines that give none start with it.
    stem: String,
    /// Number of the last line read.
    number: u64,
    /// Whether a line was seen that is not blank.
    any: bool,
}

impl Iterator for Captures<'_> {
    type Item = Result<Capture, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(item);
            }
            match self.open.take() {
                None => {}
                Some(Open::Lines(lines)) => {
                    self.read_next_line(lines);
                    continue;
                }
                Some(Open::Warc(warc)) => {
                    self.read_next_record(warc);
                    continue;
                }
                Some(Open::Mailbox(messages)) => {
                    self.read_next_message(messages);
                    continue;
                }
            }
            if let Some((address, answer)) = self.answers.pop_front() {
                self.read_answer(&address, answer);
                continue;
            }
            match self.steps.pop_front()? {
                Step::Tell(problem) => return Some(Err(problem)),
                Step::Input => self.read_input(),
                Step::Address(address) => self.fetch(address),
                Step::File(file) => self.read_file(&file),
            }
        }
    }
}

impl<'a> Captures<'a> {
    fn tell(&mut self, kind: ProblemKind, subject: &str, detail: impl Into<String>) {
        self.ready.push_back(Err(Problem::new(kind, subject, detail)));
    }

    fn admit(&mut self, id: String, address: String, media: Media, bytes: Vec<u8>, given: Given) {
        self.admit_fetched(id, address, media, bytes, given, None);
    }

    fn admit_fetched(
        &mut self,
        id: String,
        address: String,
        media: Media,
        bytes: Vec<u8>,
        given: Given,
        fetched: Option<Fetched>,
    ) {
        let digest = Digest(Sha256::digest(&bytes).into());
        let admission = self.identifiers.admit(Capture { id, address, media, bytes, digest, given, fetched });
        self.ready.extend(admission.problem.map(Err));
        self.ready.extend(admission.capture.map(Ok));
    }

    /// Fetches an address and those right behind it, and reads what they gave in their order.
    fn fetch(&mut self, address: String) {
        let mut requests = vec![Request::new(address)];
        while requests.len() < ADDRESSES_AHEAD
            && let Some(Step::Address(address)) = self.steps.front()
        {
            requests.push(Request::new(address.clone()));
            self.steps.pop_front();
        }
        if self.fetcher.is_none() {
            let network = Network { max_bytes: self.options.max_bytes, ..self.options.network.clone() };
            match Fetcher::new(network) {
                Ok(fetcher) => self.fetcher = Some(fetcher),
                Err(error) => {
                    let problem = |request: &Request| {
                        Err(Problem::new(ProblemKind::Unreachable, &request.address, error.to_string()))
                    };
                    return self.ready.extend(requests.iter().map(problem));
                }
            }
        }
        let Some(fetcher) = &self.fetcher else { return };
        let mut answers: Vec<_> = requests.iter().map(|_| None).collect();
        let _ = fetcher.fetch_each(requests.clone(), |number, answer| {
            answers[number] = Some(answer);
            ControlFlow::Continue(())
        });
        self.answers.extend(requests.into_iter().map(|request| request.address).zip(answers));
    }

    fn read_answer(&mut self, address: &str, answer: Option<Result<Answer, Failure>>) {
        match answer {
            Some(Ok(Answer::Document(document))) => self.read_document(document),
            // Nothing was at hand that could be unchanged.
            Some(Ok(Answer::Unchanged(_))) | None => {
                let detail = "the server did not send it; try again later";
                self.tell(ProblemKind::Unreachable, address, detail);
            }
            Some(Err(failure)) => self.ready.push_back(Err(failure.problem(address))),
        }
    }

    /// Reads what was fetched: a page as a report, anything else as a file of that kind would be read.
    fn read_document(&mut self, document: Document) {
        match kind_of(&document.fetched, &document.bytes) {
            Kind::Page(..) => {
                let admission =
                    capture_of(document, &self.options.given).map(|capture| self.identifiers.admit(capture));
                match admission {
                    Ok(Admission { capture, problem }) => {
                        self.ready.extend(problem.map(Err));
                        self.ready.extend(capture.map(Ok));
                    }
                    Err(problem) => self.ready.push_back(Err(problem)),
                }
            }
            Kind::Feed => {
                let detail =
                    "it is a feed or a list of pages; ‘depeche follow’ reads the pages that it names";
                self.tell(ProblemKind::UnknownFormat, &document.address, detail);
            }
            Kind::Other => {
                let (name, stem) = (document.address.clone(), document.address);
                self.read_source(Box::new(Cursor::new(document.bytes)), None, None, &name, &name, stem);
            }
        }
    }

    fn read_file(&mut self, step: &FileStep) {
        let name = step.path.display().to_string();
        let promise = promise_of(&step.path);
        let file = match File::open(&step.path) {
            Ok(file) => file,
            Err(error) => return self.ready.push_back(Err(cannot_open(&step.path, &error))),
        };
        if promise.format.is_none()
            && let Some(hint) = hint_for(&extension_within(&step.path))
        {
            return self.tell(ProblemKind::UnknownFormat, &name, hint);
        }
        if matches!(promise.format, Some(Format::Page(_) | Format::Mail | Format::SavedPage)) {
            let size = file.metadata().map_or(0, |metadata| metadata.len());
            if size > self.options.max_bytes {
                return self.too_large(&name, size);
            }
        }
        let stem = stem_of(&step.path).unwrap_or_default();
        self.read_source(Box::new(file), promise.packing, promise.format, &name, &step.id, stem);
    }

    fn read_input(&mut self) {
        let Some(input) = self.input.take() else {
            return self.tell(ProblemKind::Empty, "-", "standard input was read before; name it once");
        };
        self.read_source(input, None, None, "-", "stdin", "stdin".to_owned());
    }

    /// Reads bytes as the format, if one is promised, else as what the first of them show; unpacks them before. `id`
    /// is for an input that holds one report, `stem` for one that holds many.
    fn read_source(
        &mut self,
        source: Box<dyn Read + 'a>,
        packing: Option<Packing>,
        format: Option<Format>,
        name: &str,
        id: &str,
        stem: String,
    ) {
        let limit = self.options.max_bytes;
        let mut reader = match Unpacker::new(source, packing, limit) {
            Ok(unpacker) => Ahead::new(unpacker),
            Err(error) => return self.ready.push_back(Err(cannot_read(name, &error))),
        };
        match format.or_else(|| format_within(reader.look(4096))) {
            Some(Format::JsonLines) => self.start_lines(Box::new(reader), name.to_owned(), stem),
            Some(Format::Warc) => self.open = Some(Open::Warc(Warc::new(reader, name.to_owned(), limit))),
            Some(Format::Mailbox) => {
                let mailbox = Mailbox::new(Box::new(reader));
                self.open = Some(Open::Mailbox(Messages { mailbox, name: name.to_owned(), stem, number: 0 }));
            }
            Some(format @ (Format::Mail | Format::SavedPage)) => {
                if let Some(bytes) = self.read_whole(reader, name)
                    && self.is_text(name, &bytes)
                {
                    self.admit_message(id.to_owned(), name.to_owned(), &bytes, format == Format::SavedPage);
                }
            }
            Some(Format::Page(media)) => self.read_page(reader, name, id, Some(media)),
            None => self.read_sniffed(reader, name, id),
        }
    }

    /// Reads JSON Lines, HTML or plain text, whichever the first bytes show.
    fn read_sniffed(&mut self, mut reader: Ahead<Unpacker<'a>>, name: &str, id: &str) {
        let first = without_mark(reader.look(4096)).iter().copied().find(|b| !b.is_ascii_whitespace());
        if first != Some(b'{') {
            return self.read_page(reader, name, id, None);
        }
        // The lines up to the first that is not blank are read ahead and put back.
        let mut ahead = Vec::new();
        loop {
            match read_line(&mut reader, self.options.max_bytes) {
                Ok(Some(Line::Held(line))) => {
                    let blank = without_mark(&line).trim_ascii().is_empty();
                    let is_record = record::is_record(without_mark(&line));
                    ahead.extend_from_slice(&line);
                    ahead.push(b'\n');
                    if blank {
                        continue;
                    }
                    let whole = Cursor::new(ahead).chain(reader);
                    return match is_record {
                        true => self.start_lines(Box::new(whole), name.to_owned(), id.to_owned()),
                        false => self.read_page(whole, name, id, None),
                    };
                }
                Ok(Some(Line::TooLong(length))) => return self.too_large(name, length),
                Ok(None) => return self.tell(ProblemKind::Empty, name, "nothing in it to read"),
                Err(error) => return self.ready.push_back(Err(cannot_read(name, &error))),
            }
        }
    }

    /// Reads all bytes of an input that holds one report; none if it cannot be read or is too large, which is told.
    fn read_whole(&mut self, source: impl Read, name: &str) -> Option<Vec<u8>> {
        let limit = self.options.max_bytes;
        let mut bytes = Vec::new();
        if let Err(error) = source.take(limit.saturating_add(1)).read_to_end(&mut bytes) {
            self.ready.push_back(Err(cannot_read(name, &error)));
            return None;
        }
        if bytes.len() as u64 > limit {
            self.too_large(name, bytes.len() as u64);
            return None;
        }
        Some(bytes)
    }

    /// Whether there is text in the bytes; tells the user if not.
    fn is_text(&mut self, name: &str, bytes: &[u8]) -> bool {
        if is_blank(bytes) {
            self.tell(ProblemKind::Empty, name, "nothing in it to read");
            return false;
        }
        if let Some(what) = refuse(bytes) {
            self.tell(ProblemKind::NotText, name, format!("it is {what}"));
            return false;
        }
        true
    }

    fn read_page(&mut self, source: impl Read, name: &str, id: &str, media: Option<Media>) {
        let Some(bytes) = self.read_whole(source, name) else { return };
        let is_pdf = is_pdf(&bytes);
        if !is_pdf && !self.is_text(name, &bytes) {
            return;
        }
        let media = match media {
            _ if is_pdf => Media::Pdf,
            Some(Media::Pdf) => {
                return self.tell(
                    ProblemKind::NotText,
                    name,
                    "named as PDF, but it does not start as one does",
                );
            }
            Some(media) if media != Media::Plain => media,
            _ if looks_like_html(&bytes) => Media::Html,
            _ => media.unwrap_or(Media::Plain),
        };
        self.admit(id.to_owned(), name.to_owned(), media, bytes, self.options.given.clone());
    }

    fn too_large(&mut self, name: &str, size: u64) {
        let limit = self.options.max_bytes;
        let detail = format!(
            "larger than the limit ({} or more, at most {} are read); split it",
            sized(size),
            sized(limit)
        );
        self.tell(ProblemKind::TooLarge, name, detail);
    }

    fn start_lines(&mut self, reader: Box<dyn BufRead + 'a>, name: String, stem: String) {
        self.open = Some(Open::Lines(Lines { reader, name, stem, number: 0, any: false }));
    }

    /// Reads one line and, unless it was the last, keeps the file open for the next.
    fn read_next_line(&mut self, mut lines: Lines<'a>) {
        let line = match read_line(lines.reader.as_mut(), self.options.max_bytes) {
            Ok(Some(line)) => line,
            Ok(None) => {
                if !lines.any {
                    self.tell(ProblemKind::Empty, &lines.name, "nothing in it to read");
                }
                return;
            }
            Err(error) => return self.ready.push_back(Err(cannot_read(&lines.name, &error))),
        };
        lines.number += 1;
        let address = || format!("{}:{}", lines.name, lines.number);
        match line {
            Line::TooLong(length) => {
                self.too_large(&address(), length);
                lines.any = true;
            }
            Line::Held(line) => {
                if lines.number == 1 {
                    let what = refuse(&line).or(is_utf16(&line).then_some("UTF-16; save it as UTF-8"));
                    if let Some(what) = what {
                        return self.tell(ProblemKind::NotText, &lines.name, format!("it is {what}"));
                    }
                }
                let line = if lines.number == 1 { without_mark(&line) } else { &line };
                if !line.trim_ascii().is_empty() {
                    lines.any = true;
                    let address = address();
                    let (record, problems) = record::read(line, &address, &self.options.given);
                    self.ready.extend(problems.into_iter().map(Err));
                    if let Some(record) = record {
                        let id = record.id.unwrap_or_else(|| format!("{}:{}", lines.stem, lines.number));
                        let body = record.body.into_bytes();
                        self.admit_fetched(id, address, record.media, body, record.given, record.fetched);
                    }
                }
            }
        }
        self.open = Some(Open::Lines(lines));
    }

    /// Reads up to the next page or problem of an archive and keeps it open.
    fn read_next_record(&mut self, mut warc: Warc<'a>) {
        let Some(item) = warc.next() else { return };
        match item {
            Err(problem) => self.ready.push_back(Err(problem)),
            Ok(Page { address, is_fetched, media, charset, bytes, fetched, flaw }) => {
                let subject = warc.subject();
                if media == Media::Pdf || self.is_text(&subject, &bytes) {
                    if let Some(flaw) = flaw {
                        self.tell(ProblemKind::LeftOut, &subject, flaw);
                    }
                    let mut given = self.options.given.clone();
                    if is_fetched {
                        given.url = Some(address.clone());
                    }
                    given.charset = charset.or(given.charset);
                    self.admit_fetched(address.clone(), address, media, bytes, given, fetched);
                }
            }
        }
        self.open = Some(Open::Warc(warc));
    }

    /// Reads one message and, unless it was the last, keeps the mailbox open for the next.
    fn read_next_message(&mut self, mut messages: Messages<'a>) {
        let message = match messages.mailbox.next(self.options.max_bytes) {
            Ok(Some(message)) => message,
            Ok(None) => {
                if messages.number == 0 {
                    let detail = "no message in it; in a mailbox each starts with a line ‘From …’";
                    self.tell(ProblemKind::Empty, &messages.name, detail);
                }
                return;
            }
            Err(error) => return self.ready.push_back(Err(cannot_read(&messages.name, &error))),
        };
        messages.number += 1;
        let address = format!("{}:{}", messages.name, messages.number);
        match message {
            Message::TooLong(length) => self.too_large(&address, length),
            Message::Held(bytes) => {
                let id = format!("{}:{}", messages.stem, messages.number);
                self.admit_message(id, address, &bytes, false);
            }
        }
        self.open = Some(Open::Mailbox(messages));
    }

    fn admit_message(&mut self, id: String, address: String, bytes: &[u8], is_page: bool) {
        let Some(letter) = mail::read(bytes, is_page) else {
            return self.tell(ProblemKind::Empty, &address, "no text and no page in this message");
        };
        if !self.is_text(&address, &letter.body) {
            return;
        }
        if letter.cut {
            self.tell(
                ProblemKind::LeftOut,
                &address,
                "its end is missing, or it has too many parts; what is there is read",
            );
        }
        let defaults = self.options.given.clone();
        let given = Given {
            title: letter.title.or(defaults.title),
            url: letter.url.or(defaults.url),
            published: letter.day.or(defaults.published),
            outlet: defaults.outlet,
            language: defaults.language,
            charset: letter.charset.or(defaults.charset),
        };
        self.admit(id, address, letter.media, letter.body, given);
    }
}

/// What to do with a file of a known kind that is not read.
fn hint_for(extension: &str) -> Option<&'static str> {
    match extension {
        "json" => Some("a .json file; put one object with ‘text’ or ‘html’ on each line and name it .jsonl"),
        "xml" | "rss" | "atom" => Some("an XML file or feed; save the pages as .html or .txt"),
        "csv" | "tsv" => Some("a table; turn it into .jsonl with ‘text’ in each line"),
        "tar" | "tgz" => Some("a tar archive; unpack it first, for instance with ‘tar -xf’"),
        _ => None,
    }
}
