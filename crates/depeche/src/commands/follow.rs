//! `depeche follow LIST…`: what is new in feeds, sitemaps and pages.
//!
//! 1. The lists are read: each names sources, or is one.
//! 2. At a look the sources are asked what is new, and the pages are fetched and written, one JSON line each.
//! 3. What was seen is kept in a file, so that a run that was broken off goes on where it ended.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use depeche_interface::{Interface, problem_in_words};
use depeche_pipeline::acquire::{Fetcher, Followed, Look, Reach, listing, look};
use depeche_pipeline::capture_record;
use depeche_record::{Capture, Problem};

use crate::arguments::Follow;
use crate::output;
use crate::run::{Outcome, local_day, network};

/// Name of the file that remembers, where none is given.
const STATE: &str = "followed.json";

/// What was seen is kept at least so often while pages come.
const KEPT_EVERY: Duration = Duration::from_secs(5);

/// Looks once, or again and again.
pub fn execute(arguments: &Follow) -> anyhow::Result<Outcome> {
    let interface = Interface::new(arguments.ui);
    let sources = sources(&arguments.lists, &interface)?;
    if let Some(folder) = &arguments.into {
        let named = || [("path", folder.display().to_string().into())];
        fs::create_dir_all(folder).with_context(|| interface.tell("cannot-write", &named()))?;
    }
    let beside = || arguments.into.as_deref().unwrap_or(Path::new("")).join(STATE);
    let state = arguments.state.clone().unwrap_or_else(beside);
    let mut followed = recall(&state, &interface)?;
    let fetcher = Fetcher::new(network(&arguments.network))?;
    let reach = Reach { most: arguments.most, oldest: arguments.oldest, ..Reach::default() };
    let mut outcome = Outcome::Nothing;
    loop {
        let started = Instant::now();
        let (seen, fault) =
            look_once(arguments, &fetcher, &sources, &reach, &state, &mut followed, &interface);
        keep(&state, &followed, &interface)?;
        fault.map_or(Ok(()), Err)?;
        tell(&seen, &interface);
        outcome = match (seen.failed > 0, seen.pages > 0) {
            (true, _) => Outcome::Failed,
            (false, true) => Outcome::Found,
            (false, false) => outcome,
        };
        let Some(pause) = arguments.every else { return Ok(outcome) };
        thread::sleep(pause.saturating_sub(started.elapsed()));
    }
}

/// One look at all sources; what stopped it, if something did, beside what it came to.
fn look_once(
    arguments: &Follow,
    fetcher: &Fetcher,
    sources: &[String],
    reach: &Reach,
    state: &Path,
    followed: &mut Followed,
    interface: &Interface,
) -> (Look, Option<anyhow::Error>) {
    let mut fault = None;
    let mut kept = Instant::now();
    let mut take = |followed: &Followed, item: Result<Capture, Problem>| {
        let taken = match item {
            Ok(capture) => write(arguments.into.as_deref(), &capture),
            Err(problem) => {
                output::tell(&problem_in_words(interface, &problem));
                Ok(())
            }
        };
        let taken = taken.and_then(|()| {
            if kept.elapsed() > KEPT_EVERY {
                kept = Instant::now();
                keep(state, followed, interface)?;
            }
            Ok(())
        });
        match taken {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                fault = Some(error);
                ControlFlow::Break(())
            }
        }
    };
    let seen = look(fetcher, sources, reach, followed, &mut take);
    (seen, fault)
}

/// The addresses of the sources that the arguments name, or that the files among them list.
fn sources(lists: &[String], interface: &Interface) -> anyhow::Result<Vec<String>> {
    let mut sources = Vec::new();
    for list in lists {
        if list.contains("://") {
            sources.push(list.clone());
            continue;
        }
        let named = || [("path", list.as_str().into())];
        let bytes = fs::read(list).with_context(|| interface.tell("cannot-read-list", &named()))?;
        match listing(&bytes, "") {
            Some(found) if found.of_lists && !found.entries.is_empty() => {
                sources.extend(found.entries.into_iter().map(|entry| entry.address));
            }
            _ => bail!(interface.tell("no-list", &named())),
        }
    }
    Ok(sources)
}

/// Appends a page to the file of the day, or to standard output.
fn write(into: Option<&Path>, capture: &Capture) -> anyhow::Result<()> {
    let mut line = serde_json::to_vec(&capture_record(capture))?;
    line.push(b'\n');
    match into {
        None => {
            let mut stream = io::stdout().lock();
            stream.write_all(&line)?;
            stream.flush()?;
        }
        Some(folder) => {
            let path = folder.join(format!("{}.jsonl", local_day()));
            OpenOptions::new().create(true).append(true).open(path)?.write_all(&line)?;
            output::tell(&capture.address);
        }
    }
    Ok(())
}

/// What was seen before; nothing where there is no file.
pub fn recall(path: &Path, interface: &Interface) -> anyhow::Result<Followed> {
    let named = || [("path", path.display().to_string().into())];
    match fs::read(path) {
        Ok(bytes) => serde_json::from_slice(&bytes).with_context(|| interface.tell("broken-state", &named())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Followed::default()),
        Err(error) => Err(error).with_context(|| interface.tell("broken-state", &named())),
    }
}

/// Puts what was seen in the place of what was seen before, whole or not at all.
fn keep(path: &Path, followed: &Followed, interface: &Interface) -> anyhow::Result<()> {
    let replace = || -> io::Result<()> {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".part");
        let draft: PathBuf = path.with_file_name(name);
        let mut file = File::create(&draft)?;
        serde_json::to_writer(&mut file, followed)?;
        file.sync_all()?;
        fs::rename(&draft, path)
    };
    let named = || [("path", path.display().to_string().into())];
    replace().with_context(|| interface.tell("cannot-write", &named()))
}

/// Says on standard error what a look came to.
fn tell(seen: &Look, interface: &Interface) {
    let count = |number: usize| number.to_string().into();
    let words = interface.tell(
        "followed",
        &[
            ("sources", count(seen.sources)),
            ("pages", count(seen.pages)),
            ("failed", count(seen.failed)),
            ("waiting", count(seen.waiting)),
        ],
    );
    output::tell(&words);
}
