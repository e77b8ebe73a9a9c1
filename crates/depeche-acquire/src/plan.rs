//! Which files are to be read, before any is opened.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use depeche_record::{Problem, ProblemKind};
use walkdir::WalkDir;

use crate::net::is_address;
use crate::sniff::{promise_of, stem_of};

/// One thing to do.
#[derive(Debug)]
pub(crate) enum Step {
    /// Read standard input.
    Input,
    /// Fetch a page.
    Address(String),
    /// Read a file.
    File(FileStep),
    /// Tell the user.
    Tell(Problem),
}

/// A file to be read.
#[derive(Debug)]
pub(crate) struct FileStep {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// Identifier of the report that it holds, if it holds one.
    pub(crate) id: String,
}

/// Lists what the inputs name, folders in sorted order, without the file to leave out. Names only: nothing is opened.
pub(crate) fn plan(inputs: &[PathBuf], leave_out: Option<&Path>) -> Vec<Step> {
    let leave_out = leave_out.and_then(|path| path.canonicalize().ok());
    let mut steps = Vec::new();
    for input in inputs {
        if input.as_os_str() == "-" {
            steps.push(Step::Input);
            continue;
        }
        if let Some(address) = input.to_str().filter(|input| is_address(input)) {
            steps.push(Step::Address(address.to_owned()));
            continue;
        }
        match input.metadata() {
            Err(error) => steps.push(Step::Tell(cannot_open(input, &error))),
            Ok(metadata) if metadata.is_dir() => walk(input, leave_out.as_deref(), &mut steps),
            Ok(_) => {
                let id = input.to_string_lossy().into_owned();
                steps.push(Step::File(FileStep { path: input.clone(), id }));
            }
        }
    }
    shorten(&mut steps);
    steps
}

/// The problem of a file or folder that the system does not let open.
pub(crate) fn cannot_open(path: &Path, error: &io::Error) -> Problem {
    let subject = path.display().to_string();
    match error.kind() {
        io::ErrorKind::NotFound => {
            Problem::new(ProblemKind::Missing, subject, "there is no such file or folder; check the path")
        }
        io::ErrorKind::PermissionDenied => {
            Problem::new(ProblemKind::Unreadable, subject, "no permission to read it; change its permissions")
        }
        _ => Problem::new(ProblemKind::Unreadable, subject, format!("it cannot be read: {error}")),
    }
}

fn walk(folder: &Path, leave_out: Option<&Path>, steps: &mut Vec<Step>) {
    let before = steps.len();
    let left_out = |path: &Path| {
        leave_out.is_some_and(|one| {
            one.file_name() == path.file_name() && path.canonicalize().is_ok_and(|path| path == one)
        })
    };
    let hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
    let entries = WalkDir::new(folder)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !hidden(entry.file_name()));
    for entry in entries {
        match entry {
            Ok(entry) => {
                if entry.file_type().is_file()
                    && promise_of(entry.path()).format.is_some()
                    && !left_out(entry.path())
                {
                    let within = entry.path().strip_prefix(folder).unwrap_or(entry.path());
                    let id = within.to_string_lossy().into_owned();
                    steps.push(Step::File(FileStep { path: entry.into_path(), id }));
                }
            }
            Err(error) => steps.push(Step::Tell(cannot_walk(folder, &error))),
        }
    }
    if steps.len() == before {
        let detail = "no report in this folder: .txt, .md, .html, .jsonl, .warc, .eml, .mbox or .mht are read, each also \
                      compressed (.gz, .zst)";
        steps.push(Step::Tell(Problem::new(ProblemKind::Empty, folder.display().to_string(), detail)));
    }
}

fn cannot_walk(folder: &Path, error: &walkdir::Error) -> Problem {
    let path = error.path().unwrap_or(folder);
    if error.loop_ancestor().is_some() {
        let detail = "a symbolic link that leads back to a folder above it; not followed";
        return Problem::new(ProblemKind::LeftOut, path.display().to_string(), detail);
    }
    match error.io_error() {
        Some(error) => cannot_open(path, error),
        None => Problem::new(ProblemKind::Unreadable, path.display().to_string(), "it cannot be listed"),
    }
}

/// Shortens each identifier, which is a path so far, to the file's stem, unless two files would then share one.
fn shorten(steps: &mut [Step]) {
    let mut paths: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for step in steps.iter() {
        if let Step::File(FileStep { path, .. }) = step
            && let Some(stem) = stem_of(path)
        {
            let sharing = paths.entry(stem).or_default();
            if !sharing.contains(path) && sharing.len() < 2 {
                sharing.push(path.clone());
            }
        }
    }
    for step in steps.iter_mut() {
        if let Step::File(FileStep { path, id }) = step
            && let Some(stem) = stem_of(path)
            && paths.get(&stem).is_some_and(|sharing| sharing.len() == 1)
        {
            *id = stem;
        }
    }
}
