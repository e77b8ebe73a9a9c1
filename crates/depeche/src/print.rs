//! PDF by a program that is on the machine: Typst, which sets footnotes on their pages, else Chromium or Chrome, without a
//! window.
//!
//! What is printed comes from a file of our own. A page's policy allows no script and nothing from elsewhere, and the browser
//! looks up no names besides; a Typst document imports nothing: nothing is fetched.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use depeche_export::Format;
use depeche_interface::Interface;

/// Names of the programs, in the order that they are looked for.
const NAMES: [&str; 6] =
    [TYPST, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const TYPST: &str = "typst";
/// The longest that it may take.
const PATIENCE: Duration = Duration::from_secs(180);

/// A program that can print.
pub struct Printer {
    path: PathBuf,
    /// What it prints: a Typst document or a page.
    pub prints: Format,
}

impl Printer {
    /// The first on the PATH.
    pub fn find(interface: &Interface) -> anyhow::Result<Printer> {
        let folders: Vec<PathBuf> = env::var_os("PATH").iter().flat_map(env::split_paths).collect();
        let ending = env::consts::EXE_SUFFIX;
        let mut candidates = NAMES.iter().flat_map(|name| {
            folders.iter().map(move |folder| (*name, folder.join(format!("{name}{ending}"))))
        });
        match candidates.find(|(_, path)| path.is_file()) {
            Some((TYPST, path)) => Ok(Printer { path, prints: Format::Typst }),
            Some((_, path)) => Ok(Printer { path, prints: Format::Html }),
            None => bail!(interface.say("pdf-needs-browser")),
        }
    }

    fn name(&self) -> String {
        self.path.display().to_string()
    }
}

/// The briefing in the format that is printed, as PDF.
pub fn pdf(printer: &Printer, page: &[u8], interface: &Interface) -> anyhow::Result<Vec<u8>> {
    // Only the user may read what is in it; it goes when this ends.
    let folder = tempfile::Builder::new().prefix("depeche-").tempdir()?;
    let source = folder.path().join(format!("briefing.{}", printer.prints.extension()));
    let (printed, log) = (folder.path().join("briefing.pdf"), folder.path().join("log"));
    fs::write(&source, page)?;
    let mut command = Command::new(&printer.path);
    if printer.prints == Format::Typst {
        command.args(["compile".as_ref(), source.as_os_str(), printed.as_os_str()]);
    } else {
        print_page(&mut command, &source, &printed, folder.path());
    }
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(File::create(&log)?);
    let failed = |fault: String| {
        interface.tell("pdf-failed", &[("browser", printer.name().into()), ("fault", fault.into())])
    };
    let mut child = command.spawn().with_context(|| failed(String::new()))?;
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if begun.elapsed() > PATIENCE {
            let _ = child.kill();
            let _ = child.wait();
            let seconds = PATIENCE.as_secs().to_string();
            bail!(
                interface
                    .tell("pdf-slow", &[("browser", printer.name().into()), ("seconds", seconds.into())])
            );
        }
        thread::sleep(Duration::from_millis(50));
    };
    match fs::read(&printed) {
        Ok(bytes) if bytes.starts_with(b"%PDF-") => Ok(bytes),
        _ => {
            let said = fs::read_to_string(&log).unwrap_or_default();
            let last = said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
            bail!(failed(format!("{status} {last}")))
        }
    }
}

/// Has a browser print a page, with a profile of its own in `folder`.
fn print_page(command: &mut Command, page: &Path, printed: &Path, folder: &Path) {
    command
        .args(["--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-sync"])
        .args(["--disable-background-networking", "--disable-component-update", "--no-pdf-header-footer"])
        .arg("--host-resolver-rules=MAP * ~NOTFOUND")
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .arg(format!("--print-to-pdf={}", printed.display()));
    if is_root(folder) {
        // For the administrator it refuses to run otherwise.
        command.arg("--no-sandbox");
    }
    command.arg(page);
}

/// Whether the program runs as the administrator, who owns what it makes.
fn is_root(made: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        made.metadata().is_ok_and(|made| made.uid() == 0)
    }
    #[cfg(not(unix))]
    {
        let _ = made;
        false
    }
}
