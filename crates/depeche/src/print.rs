//! PDF by a browser that is on the machine: Chromium or Chrome, without a window.
//!
//! The page comes from a file of our own whose policy allows no script and nothing from elsewhere; names are not looked up
//! besides, so that nothing is fetched.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use depeche_interface::Interface;

/// Names of the program, in the order that they are looked for.
const NAMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
/// The longest that it may take.
const PATIENCE: Duration = Duration::from_secs(180);

/// A browser that can print.
pub struct Browser {
    path: PathBuf,
}

impl Browser {
    /// The first on the PATH.
    pub fn find(interface: &Interface) -> anyhow::Result<Browser> {
        let folders: Vec<PathBuf> = env::var_os("PATH").iter().flat_map(env::split_paths).collect();
        let ending = env::consts::EXE_SUFFIX;
        let candidates = NAMES
            .iter()
            .flat_map(|name| folders.iter().map(move |folder| folder.join(format!("{name}{ending}"))));
        match candidates.into_iter().find(|path| path.is_file()) {
            Some(path) => Ok(Browser { path }),
            None => bail!(interface.say("pdf-needs-browser")),
        }
    }

    fn name(&self) -> String {
        self.path.display().to_string()
    }
}

/// The page as PDF.
pub fn pdf(browser: &Browser, page: &[u8], interface: &Interface) -> anyhow::Result<Vec<u8>> {
    // Only the user may read what is in it; it goes when this ends.
    let folder = tempfile::Builder::new().prefix("depeche-").tempdir()?;
    let (source, printed, log) =
        (folder.path().join("briefing.html"), folder.path().join("briefing.pdf"), folder.path().join("log"));
    fs::write(&source, page)?;
    let mut command = Command::new(&browser.path);
    command
        .args(["--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-sync"])
        .args(["--disable-background-networking", "--disable-component-update", "--no-pdf-header-footer"])
        .arg("--host-resolver-rules=MAP * ~NOTFOUND")
        .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
        .arg(format!("--print-to-pdf={}", printed.display()));
    if is_root(folder.path()) {
        // For the administrator it refuses to run otherwise.
        command.arg("--no-sandbox");
    }
    command.arg(&source).stdin(Stdio::null()).stdout(Stdio::null()).stderr(File::create(&log)?);
    let failed = |fault: String| {
        interface.tell("pdf-failed", &[("browser", browser.name().into()), ("fault", fault.into())])
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
                    .tell("pdf-slow", &[("browser", browser.name().into()), ("seconds", seconds.into())])
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
