//! `cargo xtask CHORE`: the repository's own chores.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use xtask::floors;
use xtask::measure::measure;
use xtask::score::{Figures, Gold, Slip, json_file, read_records, score_dossier, score_readings};

const HELP: &str = "\
cargo xtask CHORE

  tidy                            what keeps the repository true; also part of the tests
  eval [--gold DIR] [--errors N] [--json]
                                  figures on DIR, or on every folder of corpus/
  floors [--raise]                figures against corpus/floors.toml; --raise lifts the floors to them
  suite [--update] [--cases DIR]  the cases of suite/; --update writes what came out into their blocks
  score GOLD_DIR RECORDS.jsonl [--errors N] [--json]
                                  figures of records made before, by whatever reader
  score-dossier GOLD_DIR DOSSIER.json [--json]
                                  figures of a dossier made before

Exit status: 0 all is well, 1 something is not as it should be, 2 the chore could not be done.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// Does a chore; false where something is not as it should be.
fn run(arguments: &[String]) -> Result<bool> {
    let Some((chore, rest)) = arguments.split_first() else {
        print(HELP)?;
        return Ok(false);
    };
    let mut options = Options::default();
    let mut rest = rest.iter();
    while let Some(word) = rest.next() {
        let mut value = || rest.next().with_context(|| format!("{word} wants a value"));
        match word.as_str() {
            "--json" => options.json = true,
            "--raise" => options.raise = true,
            "--update" => options.update = true,
            "--errors" => options.errors = value()?.parse().context("--errors wants a number")?,
            "--gold" | "--cases" => options.folder = Some(PathBuf::from(value()?)),
            _ if word.starts_with('-') => bail!("{word} is not known\n\n{HELP}"),
            _ => options.paths.push(PathBuf::from(word)),
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask lies in no folder")?;
    match (chore.as_str(), options.paths.as_slice()) {
        ("tidy", []) => tidy(root),
        ("eval", []) => eval(root, &options),
        ("floors", []) => hold_floors(root, options.raise),
        ("suite", []) => suite(root, &options),
        ("score", [gold, records]) => {
            let (figures, slips) = score_readings(&Gold::open(gold)?, &read_records(records)?);
            show(None, &figures, &slips, &options)
        }
        ("score-dossier", [gold, dossier]) => {
            let figures = score_dossier(&Gold::open(gold)?, &json_file(dossier)?)?;
            show(None, &figures, &[], &options)
        }
        ("help" | "--help" | "-h", _) => print(HELP).map(|()| true),
        _ => bail!("‘{}’ is no chore\n\n{HELP}", arguments.join(" ")),
    }
}

#[derive(Default)]
struct Options {
    json: bool,
    raise: bool,
    update: bool,
    errors: usize,
    folder: Option<PathBuf>,
    paths: Vec<PathBuf>,
}

fn print(text: &str) -> Result<()> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

fn show(heading: Option<&str>, figures: &Figures, slips: &[Slip], options: &Options) -> Result<bool> {
    if options.json {
        let value = match heading {
            Some(heading) => serde_json::json!({heading: figures.json()}),
            None => figures.json(),
        };
        print(&format!("{value}\n"))?;
    } else {
        let heading = heading.map(|heading| format!("## {heading}\n")).unwrap_or_default();
        print(&format!("{heading}{}", figures.lines()))?;
        for slip in slips.iter().take(options.errors) {
            print(&format!("{slip}\n"))?;
        }
    }
    Ok(true)
}

fn tidy(root: &Path) -> Result<bool> {
    let findings = xtask::tidy::tidy(root)?;
    for finding in &findings {
        print(&format!("{finding}\n"))?;
    }
    Ok(findings.is_empty())
}

fn eval(root: &Path, options: &Options) -> Result<bool> {
    let folders = match &options.folder {
        Some(folder) => vec![folder.clone()],
        None => floors::folders(root)?.iter().map(|name| root.join("corpus").join(name)).collect(),
    };
    for folder in folders {
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let measured = measure(&folder)?;
        show(Some(&name), &measured.readings, &measured.slips, options)?;
        if let Some(dossier) = &measured.dossier {
            show(Some(&format!("{name}, dossier")), dossier, &[], options)?;
        }
    }
    Ok(true)
}

fn hold_floors(root: &Path, raise: bool) -> Result<bool> {
    let path = root.join(floors::FLOORS);
    let content =
        std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let (before, now) = (floors::parse(&content)?, floors::measured(root)?);
    if raise {
        let raised = floors::raised(&before, &now);
        std::fs::write(&path, floors::write(&raised))
            .with_context(|| format!("cannot write {}", path.display()))?;
        let path = root.join("README.md");
        let readme =
            std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let shown =
            floors::with_figures(&readme, &raised).context("README.md has no place for the figures")?;
        std::fs::write(&path, shown).with_context(|| format!("cannot write {}", path.display()))?;
    }
    let fallen = floors::fallen(&before, &now);
    for line in &fallen {
        print(&format!("{line}\n"))?;
    }
    print(&floors::shown(&now))?;
    Ok(raise || fallen.is_empty())
}

fn suite(root: &Path, options: &Options) -> Result<bool> {
    let folder = options.folder.clone().unwrap_or_else(|| root.join("suite/cases"));
    let outcome =
        if options.update { depeche_suite::update(&folder)? } else { depeche_suite::check(&folder)? };
    for mismatch in &outcome.mismatches {
        print(&format!("{mismatch}\n"))?;
    }
    for (case, gap) in &outcome.gaps {
        print(&format!("known gap: {case}: {gap}\n"))?;
    }
    let (cases, blocks, gaps) = (outcome.cases, outcome.mismatches.len(), outcome.gaps.len());
    let what = if options.update { "rewritten" } else { "otherwise than expected" };
    print(&format!("{cases} cases, {blocks} blocks {what}, {gaps} known gaps\n"))?;
    Ok(options.update || outcome.mismatches.is_empty())
}
