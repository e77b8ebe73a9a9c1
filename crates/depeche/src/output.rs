//! Where output goes: standard output or a file, in colour or not.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, bail};
use depeche_export::Place;
use depeche_interface::{Interface, legible};

use crate::arguments::{Color, Inputs, Printing};

/// What a command writes to.
pub struct Output {
    /// The stream, buffered.
    pub stream: Box<dyn Write>,
    /// Whether text may be styled.
    pub colour: bool,
    draft: Option<Draft>,
}

/// A file that takes the place of another once it is whole; dropped before, it goes and leaves the other as it was.
struct Draft {
    path: PathBuf,
    target: PathBuf,
}

/// Refuses a file that cannot be written to, and one that is among the inputs, before anything is read or written.
pub fn check(printing: &Printing, inputs: &Inputs, interface: &Interface) -> anyhow::Result<()> {
    let Some(path) = &printing.output else { return Ok(()) };
    let named = || [("path", path.display().to_string().into())];
    for input in &inputs.inputs {
        // Standard input may be a file too.
        let input = if input.as_os_str() == "-" { Path::new("/dev/stdin") } else { input };
        if path.is_file() && same_file(path, input) {
            bail!(interface.tell("output-is-input", &named()));
        }
    }
    if path.is_file() {
        OpenOptions::new()
            .append(true)
            .open(path)
            .with_context(|| interface.tell("cannot-write", &named()))?;
    }
    Ok(())
}

/// Whether both names lead to one file.
pub fn same_file(one: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        if let (Ok(one), Ok(other)) = (one.metadata(), other.metadata()) {
            return (one.dev(), one.ino()) == (other.dev(), other.ino());
        }
    }
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

/// Opens what the arguments name. A file is styled only on request, and stays as it was until [`Output::finish`].
pub fn open(printing: &Printing, interface: &Interface) -> anyhow::Result<Output> {
    let Some(path) = &printing.output else {
        let colour = match printing.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                io::stdout().is_terminal()
                    && anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
            }
        };
        let stream = BufWriter::with_capacity(1 << 16, io::stdout());
        return Ok(Output { stream: Box::new(stream), colour, draft: None });
    };
    let (file, draft) = start(path)
        .with_context(|| interface.tell("cannot-write", &[("path", path.display().to_string().into())]))?;
    Ok(Output { stream: Box::new(BufWriter::new(file)), colour: printing.color == Color::Always, draft })
}

/// A hidden draft beside the file; devices and pipes are written to directly.
fn start(path: &Path) -> io::Result<(File, Option<Draft>)> {
    let there = path.metadata().ok();
    if there.as_ref().is_some_and(|there| !there.is_file()) {
        return Ok((OpenOptions::new().write(true).open(path)?, None));
    }
    // A link stays one: what it leads to is replaced.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let Some(name) = target.file_name() else { return Err(io::ErrorKind::InvalidInput.into()) };
    let mut hidden = OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".{}.part", std::process::id()));
    let draft = Draft { path: target.with_file_name(hidden), target };
    let file = OpenOptions::new().write(true).create_new(true).open(&draft.path)?;
    if let Some(there) = there {
        file.set_permissions(there.permissions())?;
    }
    Ok((file, Some(draft)))
}

impl Output {
    /// Writes what is buffered, and puts the new file in the place of the old one if it holds anything.
    pub fn finish(mut self, interface: &Interface) -> anyhow::Result<()> {
        self.stream.flush()?;
        drop(self.stream);
        let Some(draft) = self.draft else { return Ok(()) };
        let named = [("path", draft.target.display().to_string().into())];
        if draft.path.metadata().is_ok_and(|written| written.len() == 0) {
            tell(&interface.tell("output-left", &named));
            return Ok(());
        }
        fs::rename(&draft.path, &draft.target).with_context(|| interface.tell("cannot-write", &named))
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Once it has taken its place there is none to remove.
        let _ = fs::remove_file(&self.path);
    }
}

/// A new folder, filled beside its place and put there once it is whole.
pub struct Folder {
    target: PathBuf,
    draft: PathBuf,
}

impl Folder {
    /// A folder that is to stand at this path: where there is none, or an empty one.
    pub fn new(path: &Path, interface: &Interface) -> anyhow::Result<Folder> {
        let named = || [("path", path.display().to_string().into())];
        if path.is_file() {
            bail!(interface.tell("export-is-file", &named()));
        }
        if path.read_dir().is_ok_and(|mut there| there.next().is_some()) {
            bail!(interface.tell("export-folder-full", &named()));
        }
        let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let name = target.file_name().map(OsString::from);
        let Some(name) = name else { bail!(interface.tell("cannot-write", &named())) };
        let mut hidden = OsString::from(".");
        hidden.push(name);
        hidden.push(format!(".{}.part", std::process::id()));
        let folder = Folder { draft: target.with_file_name(hidden), target };
        fs::create_dir(&folder.draft).with_context(|| interface.tell("cannot-write", &named()))?;
        Ok(folder)
    }

    /// Puts the folder in its place.
    pub fn finish(self, interface: &Interface) -> anyhow::Result<()> {
        let named = || [("path", self.target.display().to_string().into())];
        if self.target.is_dir() {
            // Only an empty one goes.
            fs::remove_dir(&self.target).with_context(|| interface.tell("cannot-write", &named()))?;
        }
        fs::rename(&self.draft, &self.target).with_context(|| interface.tell("cannot-write", &named()))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Once it has taken its place there is none to remove.
        let _ = fs::remove_dir_all(&self.draft);
    }
}

impl Place for Folder {
    fn file(&mut self, name: &str) -> io::Result<Box<dyn Write + '_>> {
        // Names are made safe by those who give them; one that would lead out of the folder is a fault.
        let within = |part: Component| matches!(part, Component::Normal(_));
        if !Path::new(name).components().all(within) {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let path = self.draft.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        Ok(Box::new(BufWriter::new(File::create_new(path)?)))
    }
}

/// Writes a line to standard error. That nobody reads it is no failure.
pub fn tell(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", legible(line));
}

/// Whether the fault is only that nobody reads the output any more.
pub fn is_closed_pipe(fault: &anyhow::Error) -> bool {
    let kind = |cause: &(dyn std::error::Error + 'static)| {
        let of_stream = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        of_stream
            .or_else(|| cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind))
    };
    fault.chain().any(|cause| kind(cause) == Some(io::ErrorKind::BrokenPipe))
}
