//! `depeche follow [LIST…]`: what is new in feeds, sitemaps and pages.
//!
//! 1. The lists are read: each names sources, or is one. Where none is given, the sources are those followed before.
//! 2. At a look the sources are asked what is new, and the pages are fetched and handed to a keeper: a dossier, or files.
//! 3. What was seen is kept where the pages are, so that a run that was broken off goes on where it ended.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use depeche_interface::{Interface, Wording, problem_in_words};
use depeche_pipeline::acquire::{Fetcher, Look, Reach, listing, look};
use depeche_pipeline::store::Dossier;
use depeche_pipeline::{Added, BATCH, Desk, capture_record};
use depeche_record::followed::Followed;
use depeche_record::{Capture, Problem};

use crate::arguments::{Color, Common, Follow, Printing};
use crate::commands::add::{place, summary};
use crate::dossier::{fault, now};
use crate::output;
use crate::run::{Outcome, Run, local_day, network};
use crate::terminal::Page;

/// Name of the file that remembers, where none is given.
const STATE: &str = "followed.json";

/// What was seen is kept at least so often while pages come.
const KEPT_EVERY: Duration = Duration::from_secs(5);

/// Pages of so many bytes are not held longer than until the next one.
const HELD_BYTES: usize = 32 << 20;

/// Looks once, or again and again.
pub fn execute(arguments: &Follow) -> anyhow::Result<Outcome> {
    let interface = Interface::new(arguments.ui);
    let named = sources(&arguments.lists, &interface)?;
    let mut keeper = Keeper::new(arguments, named.is_empty(), &interface)?;
    let mut followed = keeper.recall(&interface)?;
    let sources = match arguments.lists.is_empty() {
        true => followed.sources.keys().cloned().collect(),
        false => named,
    };
    if sources.is_empty() {
        let path = keeper.memory().display().to_string();
        bail!(interface.tell("no-sources", &[("path", path.into())]));
    }
    let fetcher = Fetcher::new(network(&arguments.network))?;
    let reach = Reach { most: arguments.most, oldest: arguments.oldest, ..Reach::default() };
    let mut outcome = Outcome::Nothing;
    loop {
        let started = Instant::now();
        let (seen, fault) = look_once(&fetcher, &sources, &reach, &mut keeper, &mut followed, &interface);
        keeper.keep(&followed, &interface)?;
        fault.map_or(Ok(()), Err)?;
        keeper.close(&interface)?;
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
    fetcher: &Fetcher,
    sources: &[String],
    reach: &Reach,
    keeper: &mut Keeper,
    followed: &mut Followed,
    interface: &Interface,
) -> (Look, Option<anyhow::Error>) {
    let mut fault = None;
    let mut kept = Instant::now();
    let mut take = |followed: &Followed, item: Result<Capture, Problem>| {
        let taken = match item {
            Ok(capture) => keeper.take(capture),
            Err(problem) => {
                output::tell(&problem_in_words(interface, &problem));
                Ok(())
            }
        };
        let taken = taken.and_then(|()| {
            if kept.elapsed() > KEPT_EVERY || keeper.is_full() {
                kept = Instant::now();
                keeper.keep(followed, interface)?;
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

/// What takes the pages, and remembers what was seen.
enum Keeper {
    /// Files of JSON Lines in a folder, or standard output.
    Files {
        folder: Option<PathBuf>,
        state: PathBuf,
    },
    Dossier(Box<IntoDossier>),
}

/// Pages on their way into a dossier.
struct IntoDossier {
    run: Run,
    dossier: Dossier,
    /// Pages that came and are not on disk yet.
    held: Vec<Capture>,
    bytes: usize,
    /// What the dossier remembers by now.
    remembered: Followed,
    /// What became of the pages of this look.
    added: Added,
}

impl Keeper {
    /// The keeper that the arguments name; a dossier that `must_be` is not made.
    fn new(arguments: &Follow, must_be: bool, interface: &Interface) -> anyhow::Result<Keeper> {
        if let Some(into) = &arguments.into {
            let folder = Some(into.clone()).filter(|into| into.as_os_str() != "-");
            if let Some(folder) = &folder {
                let named = || [("path", folder.display().to_string().into())];
                fs::create_dir_all(folder).with_context(|| interface.tell("cannot-write", &named()))?;
            }
            let beside = || folder.as_deref().unwrap_or(Path::new("")).join(STATE);
            let state = arguments.state.clone().unwrap_or_else(beside);
            return Ok(Keeper::Files { folder, state });
        }
        let path = &arguments.dossier;
        let opened = if must_be { Dossier::open_to_write(path) } else { Dossier::make(path) };
        let dossier = opened.map_err(|error| fault(path, &error, interface))?;
        let run = Run::new(&Common {
            lang: arguments.lang,
            published: None,
            today: None,
            threads: 0,
            network: arguments.network.clone(),
            min_confidence: 0.0,
            printing: Printing { ui: arguments.ui, color: Color::Auto, output: None },
        })?;
        let (held, remembered, added) = (Vec::new(), Followed::default(), Added::default());
        Ok(Keeper::Dossier(Box::new(IntoDossier { run, dossier, held, bytes: 0, remembered, added })))
    }

    /// Where it is remembered what was seen.
    fn memory(&self) -> &Path {
        match self {
            Keeper::Files { state, .. } => state,
            Keeper::Dossier(into) => into.dossier.path(),
        }
    }

    /// What was seen before.
    fn recall(&mut self, interface: &Interface) -> anyhow::Result<Followed> {
        match self {
            Keeper::Files { state, .. } => recall(state, interface),
            Keeper::Dossier(into) => {
                let remembered = into.dossier.followed();
                into.remembered =
                    remembered.map_err(|error| fault(into.dossier.path(), &error, interface))?;
                Ok(into.remembered.clone())
            }
        }
    }

    fn take(&mut self, capture: Capture) -> anyhow::Result<()> {
        match self {
            Keeper::Files { folder, .. } => write(folder.as_deref(), &capture),
            Keeper::Dossier(into) => {
                output::tell(&capture.address);
                into.bytes += capture.bytes.len();
                into.held.push(capture);
                Ok(())
            }
        }
    }

    /// Whether as much is held as may be lost.
    fn is_full(&self) -> bool {
        match self {
            Keeper::Files { .. } => false,
            Keeper::Dossier(into) => into.held.len() >= BATCH || into.bytes >= HELD_BYTES,
        }
    }

    /// Puts pages on disk, then what was seen: a run that ends between fetches some again, and loses none.
    fn keep(&mut self, followed: &Followed, interface: &Interface) -> anyhow::Result<()> {
        match self {
            Keeper::Files { state, .. } => keep(state, followed, interface),
            Keeper::Dossier(into) => into.keep(followed),
        }
    }

    /// Ends a look.
    fn close(&mut self, interface: &Interface) -> anyhow::Result<()> {
        match self {
            Keeper::Files { .. } => Ok(()),
            Keeper::Dossier(into) => into.show(interface),
        }
    }
}

/// How the dossier takes pages.
const DESK: Desk<'static> = Desk { place: &place, clock: &now, batch: BATCH };

impl IntoDossier {
    fn keep(&mut self, followed: &Followed) -> anyhow::Result<()> {
        let captures = std::mem::take(&mut self.held);
        self.bytes = 0;
        let captures = captures.into_iter().map(Ok);
        let kept = self.run.take_in(&mut self.dossier, captures, &DESK, &mut |_| Ok(())).and_then(|added| {
            self.added += added;
            self.dossier.remember(&self.remembered, followed)
        });
        kept.map_err(|error| fault(self.dossier.path(), &error, &self.run.interface))?;
        self.remembered.clone_from(followed);
        Ok(())
    }

    /// Brings the view up to date, and says what was added.
    fn show(&mut self, interface: &Interface) -> anyhow::Result<()> {
        let shown = self.run.catch_up(&mut self.dossier, &DESK);
        shown.map_err(|error| fault(self.dossier.path(), &error, interface))?;
        let added = std::mem::take(&mut self.added);
        let printing = Printing { ui: interface.language(), color: Color::Auto, output: None };
        let mut output = output::open(&printing, interface)?;
        let mut page = Page::new(&mut output.stream, output.colour);
        summary(&added, &self.dossier, Wording::new(interface), &mut page)?;
        output.finish(interface)
    }
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
