//! How fast a web archive is read, and whether in flat memory.
//!
//! 1. An archive is made: as many pages as are asked for, of the words of the corpus, each of a size that pages of the press
//!    have, with the scripts and menus that surround them, compressed record by record as archivers do.
//! 2. It is read twice: captures alone, and captures with their main text, on as many threads as there are cores.
//! 3. Pages a second, by the clock and by the time that the processor spent, and the highest memory after the first tenth
//!    and at the end. Beside other work only the processor's time tells.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use depeche_pipeline::acquire::{Options, captures};
use depeche_pipeline::page;
use depeche_pipeline::record::{Capture, Language};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::speed::texts;

/// Bytes of script around each article.
const SCRIPT: usize = 30_000;

/// Pages that are handed to the threads at once.
const BATCH: usize = 256;

/// What was measured.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    /// Pages read.
    pub pages: usize,
    /// By the clock.
    pub wall: Duration,
    /// By the processor, all threads.
    pub cpu: Option<Duration>,
    /// Highest memory after a tenth of the pages, bytes.
    pub early: Option<u64>,
    /// The same at the end.
    pub late: Option<u64>,
}

impl Rate {
    /// For a terminal.
    pub fn line(&self, what: &str) -> String {
        let rate = |time: Duration| self.pages as f64 / time.as_secs_f64().max(1e-9);
        let megabytes =
            |bytes: Option<u64>| bytes.map_or_else(|| "?".to_owned(), |bytes| (bytes >> 20).to_string());
        let cpu = self.cpu.map_or_else(|| "?".to_owned(), |cpu| format!("{:.0}", rate(cpu)));
        format!(
            "{what}: {} pages, {:.0} a second by the clock, {cpu} a second of processor; memory at most {} MB after a \
             tenth, {} MB at the end\n",
            self.pages,
            rate(self.wall),
            megabytes(self.early),
            megabytes(self.late),
        )
    }
}

/// Makes an archive of so many pages in `folder` and reads it.
///
/// # Errors
///
/// A corpus that cannot be read, or a folder that cannot be written to.
pub fn measure(root: &Path, folder: &Path, pages: usize) -> Result<Vec<(&'static str, Rate)>> {
    let path = folder.join("pages.warc.gz");
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    make(root, &path, pages)?;
    let alone = read(&path, |batch| batch.len())?;
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let text = read(&path, |batch| {
        thread::scope(|scope| {
            let parts = batch.chunks(batch.len().div_ceil(threads).max(1));
            let running: Vec<_> = parts
                .map(|part| {
                    scope.spawn(|| part.iter().map(page::report).filter(|r| !r.text.is_empty()).count())
                })
                .collect();
            running.into_iter().map(|thread| thread.join().unwrap_or_default()).sum()
        })
    })?;
    fs::remove_file(&path).with_context(|| format!("{} cannot be removed", path.display()))?;
    Ok(vec![("captures", alone), ("captures and main text", text)])
}

/// Reads an archive in batches; `work` gives the number of pages that it found something in.
fn read(path: &Path, work: impl Fn(&[Capture]) -> usize) -> Result<Rate> {
    let (begun, cpu) = (Instant::now(), processor());
    let inputs: Vec<PathBuf> = vec![path.to_path_buf()];
    let options = Options::default();
    let (mut pages, mut early, mut batch) = (0, None, Vec::with_capacity(BATCH));
    let mut all = captures(&inputs, &options);
    loop {
        batch.clear();
        batch.extend(all.by_ref().take(BATCH).filter_map(|item| item.ok()));
        if batch.is_empty() {
            break;
        }
        pages += work(&batch);
        if early.is_none() && pages >= 1_000 {
            early = memory();
        }
    }
    let cpu = processor().zip(cpu).map(|(after, before)| after.saturating_sub(before));
    Ok(Rate { pages, wall: begun.elapsed(), cpu, early, late: memory() })
}

/// Writes an archive of so many pages.
fn make(root: &Path, path: &Path, pages: usize) -> Result<()> {
    let reports = texts(root, Language::French)?;
    let context = || format!("{} cannot be written", path.display());
    let mut file = BufWriter::new(File::create(path).with_context(context)?);
    for number in 0..pages {
        let body = page_of(&reports[number % reports.len()], number);
        let block = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let head = format!(
            "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{number}\r\nWARC-Date: \
             2025-08-06T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number:032}>\r\nContent-Type: \
             application/http;msgtype=response\r\nContent-Length: {}\r\n\r\n",
            block.len()
        );
        let mut member = GzEncoder::new(Vec::new(), Compression::fast());
        member
            .write_all(head.as_bytes())
            .and_then(|()| member.write_all(block.as_bytes()))
            .with_context(context)?;
        member.write_all(b"\r\n\r\n").with_context(context)?;
        file.write_all(&member.finish().with_context(context)?).with_context(context)?;
    }
    file.flush().with_context(context)
}

/// An article with what surrounds it on a page of the press.
fn page_of(text: &str, number: usize) -> String {
    let mut page = format!(
        "<!doctype html><html lang=fr><head><title>Article {number}</title><meta property=og:site_name content='Le Fil'>\
         <meta property=article:published_time content='2025-08-06T10:00:00+02:00'><script>"
    );
    while page.len() < SCRIPT {
        let _ = write!(page, "window.data_{number}.push({{\"id\":{},\"on\":true}});", page.len());
    }
    page.push_str("</script></head><body><nav><ul>");
    for entry in 0..120 {
        let _ =
            write!(page, "<li class=\"menu__item\"><a href=\"/rubrique/{entry}\">Rubrique {entry}</a></li>");
    }
    let _ = write!(page, "</ul></nav><main><article><h1>Article {number}</h1>");
    for paragraph in text.split("\n\n") {
        let _ = write!(
            page,
            "<p class=\"article__paragraph\">{}</p>",
            paragraph.replace('&', "&amp;").replace('<', "&lt;")
        );
    }
    page.push_str("</article></main><aside>");
    for entry in 0..40 {
        let _ = write!(
            page,
            "<div class=\"teaser\"><a href=\"/a/{entry}\"><img src=\"/i/{entry}.jpg\">À lire aussi {entry}</a></div>"
        );
    }
    page.push_str("</aside><footer><p>Mentions légales</p></footer></body></html>");
    page
}

/// The time that the processor spent on this process, where the system tells it.
fn processor() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // Fields behind the name, which may hold spaces: the 12th and 13th are ticks of user and system, 100 a second.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
    Some(Duration::from_millis(ticks * 10))
}

/// The highest resident memory so far, where the system tells it.
fn memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? * 1024)
}
