//! A fingerprint of all that makes readings: the stages before the resolver, with their rules, data and models.

use std::io;
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::Xxh3;

/// The crates whose sources and data readings come of.
const STAGES: &[&str] =
    &["depeche-record", "depeche-page", "depeche-language", "depeche-gazetteer", "depeche-extract"];
/// What of a crate is built in.
const PARTS: &[&str] = &["src", "lang", "models", "data", "rules"];

fn main() -> io::Result<()> {
    let crates = Path::new("..");
    let mut sum = Xxh3::new();
    for stage in STAGES {
        for part in PARTS {
            let folder = crates.join(stage).join(part);
            if folder.is_dir() {
                println!("cargo::rerun-if-changed={}", folder.display());
                add(&folder, &mut sum)?;
            }
        }
    }
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-env=DEPECHE_STAGES={:016x}", sum.digest());
    Ok(())
}

/// Adds every file of a folder by its name and bytes, in the order of names.
fn add(folder: &Path, sum: &mut Xxh3) -> io::Result<()> {
    let mut paths: Vec<PathBuf> =
        folder.read_dir()?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    // What editors and systems leave beside.
    paths.retain(|path| !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')));
    paths.sort();
    for path in paths {
        if path.is_dir() {
            add(&path, sum)?;
        } else {
            sum.update(path.to_string_lossy().replace('\\', "/").as_bytes());
            sum.update(&std::fs::read(&path)?);
        }
    }
    Ok(())
}
