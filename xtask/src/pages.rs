//! Pages: main text against trafilatura's annotated pages, publication dates against htmldate's, beside those two programs.
//!
//! Both sets are for measuring and tuning by hand only; nothing is trained on them. They lie below the folder of data as they
//! came, `pages/trafilatura-eval.tar.xz` and `pages/htmldate-eval.tar.xz`, or unpacked beside them.
//!
//! What is counted is what the sets' own scorers count (`tests/eval_common.py` of trafilatura, `tests/evaluation.py` of
//! htmldate): see [`RULE`]. Pages are divided in two halves by the digest of their address: errors are listed of the first
//! alone, so that the second stays unseen.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use depeche_language::identify;
use depeche_pipeline::page::{published, report};
use depeche_pipeline::record::{Basis, BlockKind, Capture, Digest, Given, Language, Media, Report};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// What is counted, for those who read the figures.
pub const RULE: &str = "\
Main text: segments that must stand in it and segments that must not, white space made single; F1 over all segments of all
pages together (right, wrong, missed). Of Dépêche: all blocks but title, byline, credit, caption and noise. Dates: right if the
day is; a page without a date that has one is missed, a wrong day is wrong and not missed. Pages are read from bytes, with
metadata, without their address, one after the other on one core. French: declared or told from the text.
";

/// A page with what is known of it.
#[derive(Debug)]
pub struct Page {
    /// Its address.
    pub address: String,
    /// The captured bytes.
    pub bytes: Vec<u8>,
    /// Where they lie.
    pub path: PathBuf,
    /// Segments of the main text.
    pub with: Vec<String>,
    /// Segments that are none.
    pub without: Vec<String>,
    /// Day of publication.
    pub date: Option<String>,
}

impl Page {
    /// Whether it is of the half that errors are listed of.
    fn is_open(&self) -> bool {
        Sha256::digest(self.address.as_bytes())[0] & 1 == 0
    }
}

/// What a program says of a page.
#[derive(Debug, Default, Clone)]
struct Answer {
    text: Option<String>,
    date: Option<String>,
}

/// Right, wrong and missed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Found and right.
    pub right: usize,
    /// Found and wrong.
    pub wrong: usize,
    /// Not found.
    pub missed: usize,
}

impl Counts {
    /// Precision, recall and F1; 0 where there is nothing to divide by.
    pub fn figures(self) -> [f64; 3] {
        let part = |over: usize, under: usize| if under == 0 { 0.0 } else { over as f64 / under as f64 };
        [
            part(self.right, self.right + self.wrong),
            part(self.right, self.right + self.missed),
            part(2 * self.right, 2 * self.right + self.wrong + self.missed),
        ]
    }

    fn add(&mut self, other: Counts) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }
}

/// What a set asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// The main text.
    Text,
    /// The day of publication.
    Date,
}

impl Task {
    fn folder(self) -> &'static str {
        match self {
            Task::Text => "trafilatura-eval",
            Task::Date => "htmldate-eval",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Task::Text => "main text",
            Task::Date => "publication date",
        }
    }

    fn peer(self) -> &'static str {
        match self {
            Task::Text => "trafilatura",
            Task::Date => "htmldate",
        }
    }

    fn counts(self, page: &Page, answer: &Answer) -> Counts {
        match self {
            Task::Text => {
                let text = answer.text.as_deref().map(single_spaced).unwrap_or_default();
                let held = |segments: &[String]| {
                    segments.iter().filter(|segment| text.contains(&single_spaced(segment))).count()
                };
                let right = held(&page.with);
                Counts { right, wrong: held(&page.without), missed: page.with.len() - right }
            }
            Task::Date => match &answer.date {
                None => Counts { missed: 1, ..Counts::default() },
                Some(date) if Some(date) == page.date.as_ref() => Counts { right: 1, ..Counts::default() },
                Some(_) => Counts { wrong: 1, ..Counts::default() },
            },
        }
    }
}

/// Reads a set, from its folder or its archive.
///
/// # Errors
///
/// Neither is there, or it is not as it should be; the message says what it is for.
pub fn read(data: &Path, task: Task) -> Result<Vec<Page>> {
    let name = task.folder();
    let purpose = format!("measuring the {} of pages", task.name());
    let folders = [data.join("pages").join(name), data.join(name), data.join("pages")];
    let marker = if task == Task::Text { "evaldata.json" } else { "dates.json" };
    let folder = match folders.into_iter().find(|folder| folder.join(marker).is_file()) {
        Some(folder) => folder,
        None => unpacked(data, name, &purpose)?,
    };
    let listed = folder.join(marker);
    let content = fs::read_to_string(&listed)
        .with_context(|| format!("cannot read {}, which is for {purpose}", listed.display()))?;
    let listed: Value = serde_json::from_str(&content).context("the list of pages is no JSON")?;
    let strings = |value: &Value| -> Vec<String> {
        value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let mut pages = Vec::new();
    for (address, item) in listed.as_object().context("the list of pages is no object")? {
        let file = item["file"].as_str().with_context(|| format!("{address} has no file"))?;
        let path = ["cache", "eval", "pages"].map(|part| folder.join(part).join(file));
        let path = path.into_iter().find(|path| path.is_file());
        let path = path
            .with_context(|| format!("{file} is missing below {}; it is for {purpose}", folder.display()))?;
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let (with, without) = (strings(&item["with"]), strings(&item["without"]));
        let date = item["date"].as_str().map(str::to_owned);
        pages.push(Page { address: address.clone(), bytes, path, with, without, date });
    }
    if pages.is_empty() {
        bail!("{} lists no pages, which are for {purpose}", folder.display());
    }
    Ok(pages)
}

/// Unpacks a set into a temporary folder that later runs find again.
fn unpacked(data: &Path, name: &str, purpose: &str) -> Result<PathBuf> {
    let archive = data.join("pages").join(format!("{name}.tar.xz"));
    if !archive.is_file() {
        bail!(
            "neither {} nor the folder {} is there; they are for {purpose}",
            archive.display(),
            data.join("pages").join(name).display()
        );
    }
    let size = fs::metadata(&archive)?.len();
    let folder = std::env::temp_dir().join(format!("depeche-{name}-{size}"));
    let done = folder.join("unpacked");
    if !done.is_file() {
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let status = Command::new("tar").arg("-xJf").arg(&archive).arg("-C").arg(&folder).status();
        let status = status.context("tar, which unpacks the pages, cannot be run")?;
        if !status.success() {
            bail!("tar could not unpack {} (it needs xz)", archive.display());
        }
        fs::write(&done, "").with_context(|| format!("cannot write {}", done.display()))?;
    }
    Ok(folder.join(name))
}

/// White space as single spaces, none at the ends.
pub(crate) fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A program's figures on a set.
#[derive(Debug, Clone)]
pub struct Row {
    /// The program.
    pub system: String,
    /// Over all pages, the open half, the other half and the French pages.
    pub counts: [(&'static str, usize, Counts); 4],
    /// Pages a second of processor time.
    pub speed: f64,
}

/// A set's figures.
#[derive(Debug)]
pub struct Table {
    /// What the set asks.
    pub task: Task,
    /// One row a program.
    pub rows: Vec<Row>,
    /// Whole reports of Dépêche a second of processor time.
    pub whole: f64,
    /// Errors of the open half, page by page.
    pub errors: Vec<String>,
}

/// Measures this project's reader on a set and, with the Python that has them, the peer.
///
/// # Errors
///
/// A set that cannot be read, or a peer that cannot be run.
pub fn measure(data: &Path, task: Task, peer: Option<&Path>) -> Result<Table> {
    let pages = read(data, task)?;
    let captures: Vec<Capture> = pages.iter().map(capture).collect();
    let mut times = Vec::new();
    let mut reports: Vec<Report> = Vec::new();
    // The median of three runs; the first also warms what is built once.
    for _ in 0..3 {
        reports.clear();
        let begun = Clock::now();
        reports.extend(captures.iter().map(report));
        times.push(begun.elapsed());
    }
    times.sort();
    let whole = times[1];
    if task == Task::Date {
        // The day alone, as the peer finds nothing else; it must be the same as with the whole report.
        times.clear();
        let mut days = Vec::new();
        for _ in 0..3 {
            days.clear();
            let begun = Clock::now();
            days.extend(captures.iter().map(published));
            times.push(begun.elapsed());
        }
        times.sort();
        if let Some(n) = (0..pages.len()).find(|&n| days[n] != reports[n].published) {
            bail!("{}: the day alone is another than that of the report", pages[n].address);
        }
    }
    let answers: Vec<Answer> = reports.iter().map(answer).collect();
    let french: Vec<bool> = reports.iter().map(is_french).collect();
    let own = row("Dépêche", task, &pages, &answers, &french, times[1]);
    let whole = pages.len() as f64 / whole.as_secs_f64();
    let mut errors = Vec::new();
    for ((page, answer), report) in pages.iter().zip(&answers).zip(&reports) {
        if page.is_open() {
            errors.extend(slips(task, page, answer, report));
        }
    }
    let mut rows = vec![own];
    if let Some(python) = peer {
        let (answers, time) = ask(python, task, &pages)?;
        rows.push(row(task.peer(), task, &pages, &answers, &french, time));
    }
    Ok(Table { task, rows, whole, errors })
}

fn capture(page: &Page) -> Capture {
    Capture {
        id: page.address.clone(),
        address: "page.html".to_owned(),
        media: Media::Html,
        bytes: page.bytes.clone(),
        digest: Digest([0; 32]),
        given: Given::default(),
        fetched: None,
    }
}

/// The main text of a report: what it holds but title, byline, credit, caption and noise.
fn answer(report: &Report) -> Answer {
    let apart =
        [BlockKind::Title, BlockKind::Byline, BlockKind::Credit, BlockKind::Caption, BlockKind::Noise];
    let blocks = report.blocks.iter().filter(|block| !apart.contains(&block.kind));
    let text = blocks.map(|block| block.span.of(&report.text)).collect::<Vec<_>>().join("\n");
    let date = report.published.as_ref().map(|known| known.value.as_str().to_owned());
    Answer { text: Some(text), date }
}

fn is_french(report: &Report) -> bool {
    match &report.language {
        Some(known) => known.value == Language::French,
        None => identify(&report.text).is_some_and(|(language, _)| language == Language::French),
    }
}

fn row(system: &str, task: Task, pages: &[Page], answers: &[Answer], french: &[bool], time: Duration) -> Row {
    let mut counts = ["all", "open half", "other half", "French"].map(|name| (name, 0, Counts::default()));
    for ((page, answer), french) in pages.iter().zip(answers).zip(french) {
        let counted = task.counts(page, answer);
        let holds = [true, page.is_open(), !page.is_open(), *french];
        for ((_, pages, sum), _) in counts.iter_mut().zip(holds).filter(|(_, holds)| *holds) {
            *pages += 1;
            sum.add(counted);
        }
    }
    Row { system: system.to_owned(), counts, speed: pages.len() as f64 / time.as_secs_f64() }
}

/// What is wrong with a page, for those who mend it.
fn slips(task: Task, page: &Page, answer: &Answer, report: &Report) -> Vec<String> {
    let address = &page.address;
    match task {
        Task::Text => {
            let text = answer.text.as_deref().map(single_spaced).unwrap_or_default();
            let holds = |segment: &&String| text.contains(&single_spaced(segment));
            let missed = page.with.iter().filter(|s| !holds(s)).map(|s| format!("missed\t{s}"));
            let wrong = page.without.iter().filter(holds).map(|s| format!("wrong\t{s}"));
            let file = page.path.display();
            missed.chain(wrong).map(|slip| format!("{slip}\t{file}\t{address}")).collect()
        }
        Task::Date if answer.date == page.date => Vec::new(),
        Task::Date => {
            let found = answer.date.as_deref().unwrap_or("none");
            let basis = report.published.as_ref().map_or("", |known| match known.basis {
                Basis::Given => "given",
                Basis::Metadata => "metadata",
                Basis::Address => "address",
                Basis::Text => "text",
                Basis::Computed => "computed",
            });
            let wanted = page.date.as_deref().unwrap_or("none");
            vec![format!("{wanted}\t{found} ({basis})\t{}\t{address}", page.path.display())]
        }
    }
}

/// What the peers are asked with: reads paths, one a line; prints one JSON object a page and the processor time.
const PEERS: &str = include_str!("peers.py");

fn ask(python: &Path, task: Task, pages: &[Page]) -> Result<(Vec<Answer>, Duration)> {
    let failed = || format!("{} could not run {}", python.display(), task.peer());
    let mut child = Command::new(python)
        .args(["-c", PEERS, task.peer()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(failed)?;
    let paths: String = pages.iter().map(|page| format!("{}\n", page.path.display())).collect();
    child.stdin.take().with_context(failed)?.write_all(paths.as_bytes()).with_context(failed)?;
    let output = child.wait_with_output().with_context(failed)?;
    if !output.status.success() {
        bail!("{}; is it installed there?", failed());
    }
    let printed = String::from_utf8(output.stdout).with_context(failed)?;
    let mut answers = Vec::new();
    let mut time = None;
    for line in printed.lines() {
        let value: Value = serde_json::from_str(line).with_context(failed)?;
        match value["seconds"].as_f64() {
            Some(seconds) => time = Some(Duration::from_secs_f64(seconds)),
            None => {
                let field = |name: &str| value[name].as_str().map(str::to_owned);
                answers.push(Answer { text: field("text"), date: field("date") });
            }
        }
    }
    let time = time.filter(|_| answers.len() == pages.len()).with_context(failed)?;
    Ok((answers, time))
}

/// Processor time of this thread where the system tells it, else the time of day.
struct Clock {
    on_cpu: Option<u64>,
    begun: Instant,
}

impl Clock {
    fn now() -> Clock {
        Clock { on_cpu: on_cpu(), begun: Instant::now() }
    }

    fn elapsed(&self) -> Duration {
        match (self.on_cpu, on_cpu()) {
            (Some(before), Some(now)) => Duration::from_nanos(now.saturating_sub(before)),
            _ => self.begun.elapsed(),
        }
    }
}

/// Nanoseconds that this thread has run, as Linux tells them.
fn on_cpu() -> Option<u64> {
    fs::read_to_string("/proc/thread-self/schedstat").ok()?.split_whitespace().next()?.parse().ok()
}

impl Table {
    /// For a terminal.
    pub fn lines(&self) -> String {
        let mut lines = format!("## {}\n", self.task.name());
        for row in &self.rows {
            for (name, pages, counts) in &row.counts {
                let [precision, recall, f1] = counts.figures();
                let system = &row.system;
                lines += &format!(
                    "{system:<12} {name:<11} {pages:>4} pages  P {precision:.3}  R {recall:.3}  F1 {f1:.4}\n"
                );
            }
            lines += &format!("{:<12} {:.0} pages a second of processor time\n", row.system, row.speed);
        }
        if self.task == Task::Date {
            lines += &format!("{:.0} whole reports of Dépêche a second of processor time\n", self.whole);
        }
        if let [own, peer] = self.rows.as_slice() {
            lines += &format!("{} is {:.1} times as fast\n", own.system, own.speed / peer.speed);
        }
        lines
    }

    /// For a program.
    pub fn json(&self) -> Value {
        let rows = self.rows.iter().map(|row| {
            let counts: BTreeMap<&str, Value> = row
                .counts
                .iter()
                .map(|(name, pages, counts)| {
                    let [precision, recall, f1] = counts.figures();
                    let value = json!({
                        "pages": pages, "right": counts.right, "wrong": counts.wrong, "missed": counts.missed,
                        "precision": precision, "recall": recall, "f1": f1,
                    });
                    (*name, value)
                })
                .collect();
            json!({"system": row.system, "figures": counts, "pages_per_cpu_second": row.speed})
        });
        json!({"task": self.task.name(), "rows": rows.collect::<Vec<_>>()})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(with: &[&str], without: &[&str], date: Option<&str>) -> Page {
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Page {
            address: "https://e.example/a".into(),
            bytes: Vec::new(),
            path: PathBuf::new(),
            with: owned(with),
            without: owned(without),
            date: date.map(str::to_owned),
        }
    }

    #[test]
    fn segments_are_counted_as_the_set_counts_them() {
        let page = page(&["un deux", "trois", "quatre"], &["menu", "fin"], None);
        let answer = Answer { text: Some("Un un \n deux, trois fin".into()), date: None };
        let counts = Task::Text.counts(&page, &answer);
        assert_eq!(counts, Counts { right: 2, wrong: 1, missed: 1 });
        assert_eq!(counts.figures(), [2.0 / 3.0, 2.0 / 3.0, 2.0 / 3.0]);
        let none = Task::Text.counts(&page, &Answer::default());
        assert_eq!(none, Counts { missed: 3, ..Counts::default() });
    }

    #[test]
    fn a_wrong_day_is_not_missed_as_well() {
        let page = page(&[], &[], Some("2025-08-06"));
        let counts = |date: Option<&str>| {
            Task::Date.counts(&page, &Answer { text: None, date: date.map(str::to_owned) })
        };
        assert_eq!(counts(Some("2025-08-06")), Counts { right: 1, ..Counts::default() });
        assert_eq!(counts(Some("2025-08-07")), Counts { wrong: 1, ..Counts::default() });
        assert_eq!(counts(None), Counts { missed: 1, ..Counts::default() });
    }

    #[test]
    fn what_is_missing_is_named() {
        let error = read(Path::new("/nowhere"), Task::Text).unwrap_err().to_string();
        assert!(error.contains("trafilatura-eval") && error.contains("main text"), "{error}");
    }
}
