//! The captures of a run, one after the other.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use depeche_record::{Capture, Digest, Given, Media, Problem, ProblemKind};
use sha2::{Digest as _, Sha256};

use crate::identifiers::Identifiers;
use crate::lines::{Line, read_line};
use crate::options::Options;
use crate::plan::{FileStep, Step, cannot_open, plan};
use crate::record;
use crate::sniff::{Format, format_of, is_blank, is_utf16, looks_like_html, refuse, without_mark};

/// The reports that the inputs hold, in input order: files, folders (walked in sorted order), JSON Lines, and `-` for
/// standard input. One item a report or problem; only one file or line is held at a time.
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
        steps: plan(inputs).into(),
        input: Some(Box::new(input)),
        lines: None,
        ready: VecDeque::new(),
        identifiers: Identifiers::default(),
    }
}

/// The iterator that [`captures`] returns.
pub struct Captures<'a> {
    options: &'a Options,
    steps: VecDeque<Step>,
    input: Option<Box<dyn Read + 'a>>,
    lines: Option<Lines<'a>>,
    ready: VecDeque<Result<Capture, Problem>>,
    identifiers: Identifiers,
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
            if let Some(lines) = self.lines.take() {
                self.read_next_line(lines);
                continue;
            }
            match self.steps.pop_front()? {
                Step::Tell(problem) => return Some(Err(problem)),
                Step::Input => self.read_input(),
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
        let digest = Digest(Sha256::digest(&bytes).into());
        let admission = self.identifiers.admit(Capture { id, address, media, bytes, digest, given });
        self.ready.extend(admission.problem.map(Err));
        self.ready.extend(admission.capture.map(Ok));
    }

    fn read_file(&mut self, step: &FileStep) {
        let name = step.path.display().to_string();
        let file = match File::open(&step.path) {
            Ok(file) => file,
            Err(error) => return self.ready.push_back(Err(cannot_open(&step.path, &error))),
        };
        match format_of(&step.path) {
            Some(Format::JsonLines) => {
                let stem = step.path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                self.start_lines(Box::new(BufReader::new(file)), name, stem);
            }
            Some(Format::Page(media)) => {
                let size = file.metadata().map_or(0, |metadata| metadata.len());
                if size > self.options.max_bytes {
                    return self.too_large(&name, size);
                }
                self.read_page(Box::new(file), &name, &step.id, Some(media));
            }
            None => self.read_unknown(Box::new(file), &step.path, &name, &step.id),
        }
    }

    fn read_input(&mut self) {
        let Some(input) = self.input.take() else {
            return self.tell(ProblemKind::Empty, "-", "standard input was read before; name it once");
        };
        self.read_sniffed(input, "-", "stdin");
    }

    /// Reads a file whose name does not say what it is.
    fn read_unknown(&mut self, file: Box<dyn Read + 'a>, path: &Path, name: &str, id: &str) {
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        let hint = match extension.as_str() {
            "json" => "a .json file; put one object with ‘text’ or ‘html’ on each line and name it .jsonl",
            "warc" | "eml" | "mbox" => "a container that is not read yet; save its pages as .html or .txt",
            "xml" | "rss" | "atom" => "an XML file or feed; save the pages as .html or .txt",
            "csv" | "tsv" => "a table; turn it into .jsonl with ‘text’ in each line",
            _ => return self.read_sniffed(file, name, id),
        };
        self.tell(ProblemKind::UnknownFormat, name, hint);
    }

    /// Reads JSON Lines, HTML or plain text, whichever the first bytes show.
    fn read_sniffed(&mut self, source: Box<dyn Read + 'a>, name: &str, id: &str) {
        let mut reader = BufReader::with_capacity(64 * 1024, source);
        let first = match reader.fill_buf() {
            Ok(buffer) => without_mark(buffer).iter().copied().find(|b| !b.is_ascii_whitespace()),
            Err(error) => return self.ready.push_back(Err(cannot_open(Path::new(name), &error))),
        };
        if first != Some(b'{') {
            return self.read_page(Box::new(reader), name, id, None);
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
                        false => self.read_page(Box::new(whole), name, id, None),
                    };
                }
                Ok(Some(Line::TooLong(length))) => return self.too_large(name, length),
                Ok(None) => return self.tell(ProblemKind::Empty, name, "nothing in it to read"),
                Err(error) => return self.ready.push_back(Err(cannot_open(Path::new(name), &error))),
            }
        }
    }

    fn read_page(&mut self, source: Box<dyn Read + 'a>, name: &str, id: &str, media: Option<Media>) {
        let limit = self.options.max_bytes;
        let mut bytes = Vec::new();
        if let Err(error) = source.take(limit.saturating_add(1)).read_to_end(&mut bytes) {
            return self.ready.push_back(Err(cannot_open(Path::new(name), &error)));
        }
        if bytes.len() as u64 > limit {
            return self.too_large(name, bytes.len() as u64);
        }
        if is_blank(&bytes) {
            return self.tell(ProblemKind::Empty, name, "nothing in it to read");
        }
        if let Some(what) = refuse(&bytes) {
            return self.tell(ProblemKind::NotText, name, format!("it is {what}"));
        }
        let media = match media {
            Some(media) if media != Media::Plain => media,
            _ if looks_like_html(&bytes) => Media::Html,
            _ => media.unwrap_or(Media::Plain),
        };
        self.admit(id.to_owned(), name.to_owned(), media, bytes, self.options.given.clone());
    }

    fn too_large(&mut self, name: &str, size: u64) {
        let limit = self.options.max_bytes;
        let detail =
            format!("larger than the limit ({size} bytes or more, at most {limit} are read); split it");
        self.tell(ProblemKind::TooLarge, name, detail);
    }

    fn start_lines(&mut self, reader: Box<dyn BufRead + 'a>, name: String, stem: String) {
        self.lines = Some(Lines { reader, name, stem, number: 0, any: false });
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
            Err(error) => return self.ready.push_back(Err(cannot_open(Path::new(&lines.name), &error))),
        };
        lines.number += 1;
        let address = format!("{}:{}", lines.name, lines.number);
        match line {
            Line::TooLong(length) => {
                lines.any = true;
                self.too_large(&address, length);
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
                    let (record, problems) = record::read(line, &address, &self.options.given);
                    self.ready.extend(problems.into_iter().map(Err));
                    if let Some(record) = record {
                        let id = record.id.unwrap_or_else(|| format!("{}:{}", lines.stem, lines.number));
                        self.admit(id, address, record.media, record.body.into_bytes(), record.given);
                    }
                }
            }
        }
        self.lines = Some(lines);
    }
}
