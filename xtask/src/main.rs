//! `cargo xtask CHORE`: the repository's own chores.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use depeche_pipeline::record::Language;
use xtask::measure::measure;
use xtask::score::{Figures, Gold, Slip, json_file, read_records, score_dossier, score_readings};
use xtask::train::{MODELS, Part, Training, confidence};
use xtask::{conll, dates, events, floors, kept, language, lineage, made, names, noise, pages, pairs};

const HELP: &str = "\
cargo xtask CHORE

  tidy                            what keeps the repository true; also part of the tests
  eval [--gold DIR] [--errors N] [--json]
                                  figures on DIR, or on every folder of corpus/
  eval language --data DIR [--lang fr|en|ru] [--json]
                                  the analyser on the treebanks in DIR/treebanks, from gold tokens and from raw text
  eval language --system FILE --against GOLD [--json]
                                  figures of a file of CoNLL-U, by whatever analyser
  eval dates --data DIR [--lang fr|en] [--errors N] [--json]
                                  time expressions on DIR/dates (FR-TimeBank, Recognizers-Text), on the project's own
                                  phrases, and their speed
  eval dates --gold DIR [--errors N] [--json]
                                  whether the dates of annotated contacts are among those found near their evidence
  eval names --data DIR [--lang fr|ru] [--json]
                                  names: in French on DIR/names-ner/FENEC, beside the stored outputs of others; in
                                  Russian on a fifth of factRuEval, by a model trained on the rest
  eval lineage [--errors N]       reports of one original and of several in corpus/lineage
  eval pairs [--errors N]         names of one person and of two in corpus/names/pairs.tsv; --errors lists those of one half
  eval pages --data DIR [--peer PYTHON] [--errors N] [--json]
                                  main text and publication dates of the pages in DIR/pages; with --peer beside
                                  trafilatura and htmldate, which that Python has; --errors lists those of one half
  eval noise [--gold DIR] [--json]
                                  page noise in the texts of the corpus, or in those of DIR beside its noise.tsv
  eval dossier --out FILE [--reports N] [--track N]
                                  what a dossier on disk of N made reports costs: to keep, to show, to add to, to ask
  eval events --gold DIR [--errors N]
                                  contacts of DIR brought together from what was read with one field after the other as
                                  annotated, and the other way round; --errors lists pairs wrongly parted or joined
  eval confidence                 how reliable the confidence of items is, on reports that its weights were not set on
  train confidence                sets those weights on every folder of corpus/
  eval archive [--pages N] [--out DIR]
                                  how fast a web archive of 10,000 pages, made for this in DIR, is read, and in what memory
  train LANG --data DIR [--only segment|names|syntax] [--out DIR]
                                  the models of a language with their cards, from the open corpora in DIR: syntax takes
                                  an hour on two cores, the others less than a minute
  make-dossier OUT.jsonl [--reports N] [--track N] [--resolve]
                                  N reports (100,000) of made tracks of N reports each (200), with the truth of each on
                                  its line; --resolve also makes the dossier of faultless readings of them, and says
                                  what it cost and how near the truth it came
  floors [--raise]                figures against corpus/floors.toml; --raise lifts the floors to them
  suite [--update] [--cases DIR]  the cases of suite/; --update writes what came out into their blocks
  fuzz [TARGET…] [--minutes N]    arbitrary bytes for each parser, or those named, N minutes each, led by coverage; wants
                                  nightly Rust, g++ and cargo-fuzz
  score GOLD_DIR RECORDS.jsonl [--errors N] [--json]
                                  figures of records made before, by whatever reader
  score-dossier GOLD_DIR DOSSIER.json [--json]
                                  figures of a dossier made before
  torture [KILLS]                 `depeche add` killed at random so many times, 200 where not given; nothing that it
                                  told as kept may be lost, and nothing kept twice

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

/// Runs the test that kills `depeche add`, with so many kills.
fn torture(root: &Path, kills: &str) -> Result<bool> {
    let mut test = std::process::Command::new(env!("CARGO"));
    test.args(["test", "--release", "--package", "depeche", "--test", "it", "--", "killed::", "--nocapture"]);
    Ok(test.current_dir(root).env("DEPECHE_KILLS", kills).status()?.success())
}

/// Does a chore; false where something is not as it should be.
fn run(arguments: &[String]) -> Result<bool> {
    let Some((chore, rest)) = arguments.split_first() else {
        print(HELP)?;
        return Ok(false);
    };
    let mut options = Options { reports: 100_000, track: 200, ..Options::default() };
    let mut rest = rest.iter();
    while let Some(word) = rest.next() {
        let mut value = || rest.next().with_context(|| format!("{word} wants a value"));
        match word.as_str() {
            "--json" => options.json = true,
            "--raise" => options.raise = true,
            "--update" => options.update = true,
            "--errors" => options.errors = value()?.parse().context("--errors wants a number")?,
            "--resolve" => options.resolve = true,
            "--reports" => options.reports = value()?.parse().context("--reports wants a number")?,
            "--track" => options.track = value()?.parse().context("--track wants a number")?,
            "--pages" => options.pages = Some(value()?.parse().context("--pages wants a number")?),
            "--minutes" => options.minutes = Some(value()?.parse().context("--minutes wants a number")?),
            "--out" => options.out = Some(PathBuf::from(value()?)),
            "--data" => options.data = Some(PathBuf::from(value()?)),
            "--system" => options.system = Some(PathBuf::from(value()?)),
            "--against" => options.against = Some(PathBuf::from(value()?)),
            "--peer" => options.peer = Some(PathBuf::from(value()?)),
            "--only" => {
                let name = value()?;
                let part = Part::from_name(name)
                    .with_context(|| format!("--only {name}: segment, names or syntax"))?;
                options.only = Some(part);
            }
            "--lang" => {
                let code = value()?;
                let language =
                    Language::from_code(code).with_context(|| format!("--lang {code}: fr, en or ru"))?;
                options.language = Some(language);
            }
            "--gold" | "--cases" => options.folder = Some(PathBuf::from(value()?)),
            _ if word.starts_with('-') => bail!("{word} is not known\n\n{HELP}"),
            _ => options.paths.push(PathBuf::from(word)),
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask lies in no folder")?;
    match (chore.as_str(), options.paths.as_slice()) {
        ("tidy", []) => tidy(root),
        ("torture", []) => torture(root, "200"),
        ("torture", [kills]) => torture(root, &kills.to_string_lossy()),
        ("eval", []) => eval(root, &options),
        ("eval", [what]) if what == Path::new("language") => eval_language(&options),
        ("eval", [what]) if what == Path::new("speed") => eval_speed(root, &options),
        ("eval", [what]) if what == Path::new("archive") => eval_archive(root, &options),
        ("fuzz", names) => fuzz(root, names, &options),
        ("eval", [what]) if what == Path::new("names") => eval_names(root, &options),
        ("eval", [what]) if what == Path::new("dates") => eval_dates(root, &options),
        ("eval", [what]) if what == Path::new("dossier") => {
            let out = options.out.as_deref().context("eval dossier wants --out FILE")?;
            let plan = made::Plan { reports: options.reports, track: options.track, seed: 7 };
            print(&kept::keep(plan, out)?).map(|()| true)
        }
        ("eval", [what]) if what == Path::new("events") => {
            let folder = options.folder.as_deref().context("eval events wants --gold DIR")?;
            print(&events::measure(folder, options.errors)?).map(|()| true)
        }
        ("eval", [what]) if what == Path::new("pages") => eval_pages(&options),
        ("eval", [what]) if what == Path::new("noise") => eval_noise(root, &options),
        ("eval", [what]) if what == Path::new("lineage") => {
            let (counts, slips) = lineage::measure(root)?;
            let mut page = String::new();
            for (sort, lineage::Counts { right, wrong, missed }) in &counts {
                page += &format!("{sort:14} right {right}, wrong {wrong}, missed {missed}\n");
            }
            slips.iter().take(options.errors).for_each(|slip| page += &format!("{slip}\n"));
            print(&page).map(|()| true)
        }
        ("eval", [what]) if what == Path::new("pairs") => eval_pairs(root, &options),
        ("make-dossier", [out]) => make_dossier(out, &options),
        ("eval", [what]) if what == Path::new("confidence") => eval_confidence(root),
        ("train", [what]) if what == Path::new("confidence") => {
            confidence::train(root, &gold_folders(root)?).map(|()| true)
        }
        ("train", [language]) => train(root, language, &options),
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
    resolve: bool,
    reports: usize,
    track: usize,
    json: bool,
    raise: bool,
    update: bool,
    errors: usize,
    folder: Option<PathBuf>,
    data: Option<PathBuf>,
    out: Option<PathBuf>,
    system: Option<PathBuf>,
    against: Option<PathBuf>,
    language: Option<Language>,
    only: Option<Part>,
    peer: Option<PathBuf>,
    pages: Option<usize>,
    minutes: Option<f64>,
    paths: Vec<PathBuf>,
}

/// How fast a web archive is read.
fn eval_archive(root: &Path, options: &Options) -> Result<bool> {
    let folder = options.out.clone().unwrap_or_else(std::env::temp_dir);
    for (what, rate) in xtask::archive::measure(root, &folder, options.pages.unwrap_or(10_000))? {
        print(&rate.line(what))?;
    }
    Ok(true)
}

/// Arbitrary bytes for the parsers.
fn fuzz(root: &Path, names: &[PathBuf], options: &Options) -> Result<bool> {
    let targets = xtask::fuzz::targets(root)?;
    if let Some(name) = names.iter().find(|name| !targets.iter().any(|target| Path::new(target) == *name)) {
        bail!("there is no target ‘{}’; there are {}", name.display(), targets.join(", "));
    }
    let wanted = |name: &&String| names.is_empty() || names.iter().any(|wanted| wanted == Path::new(name));
    let seconds = (options.minutes.unwrap_or(1.0).clamp(0.0, 10_000.0) * 60.0) as u64;
    let mut sound = true;
    for target in targets.iter().filter(wanted) {
        let outcome = xtask::fuzz::run(root, target, seconds)?;
        print(&outcome.line(target))?;
        sound &= outcome.faults.is_empty();
    }
    Ok(sound)
}

/// Names of one person and of two.
fn eval_pairs(root: &Path, options: &Options) -> Result<bool> {
    let (counts, slips) = pairs::measure(root)?;
    let mut page = String::new();
    for (group, counts) in &counts {
        page += &format!("{group:18} precision {:.3}  recall {:.3}\n", counts.precision(), counts.recall());
    }
    for slip in slips.iter().take(options.errors) {
        page += &format!("{slip}\n");
    }
    print(&page).map(|()| true)
}

/// Writes made reports with their truth, and resolves faultless readings of them.
fn make_dossier(out: &Path, options: &Options) -> Result<bool> {
    let plan = made::Plan { reports: options.reports, track: options.track, seed: 7 };
    made::write(plan, out)?;
    if !options.resolve {
        return Ok(true);
    }
    print(&made::resolve(plan)?).map(|()| true)
}

/// How fast text becomes trees and names.
fn eval_speed(root: &Path, options: &Options) -> Result<bool> {
    let languages = options.language.map_or(Language::ALL.to_vec(), |language| vec![language]);
    for language in languages {
        print(&xtask::speed::measure(root, language)?.line(language))?;
    }
    Ok(true)
}

/// Trains the models of a language.
fn train(root: &Path, language: &Path, options: &Options) -> Result<bool> {
    let language = language.to_str().and_then(Language::from_code);
    let language = language.context("train wants a language: fr, en or ru")?;
    let data = options.data.clone();
    let training = Training {
        root: root.to_owned(),
        data: data
            .context("train wants --data DIR, the folder with treebanks/, names-ner/ and gazetteer/")?,
        models: options.out.clone().unwrap_or_else(|| root.join(MODELS)),
        language,
    };
    xtask::train::train(&training, options.only).map(|()| true)
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
        None => gold_folders(root)?,
    };
    for folder in folders {
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let measured = measure(&folder)?;
        show(Some(&name), &measured.readings, &measured.slips, options)?;
        if let Some(dossier) = &measured.dossier {
            show(Some(&format!("{name}, dossier")), dossier, &[], options)?;
        }
        if let Some(resolver) = &measured.resolver {
            show(Some(&format!("{name}, dossier of annotated accounts")), resolver, &[], options)?;
        }
    }
    Ok(true)
}

/// Every annotated folder of `corpus/`.
fn gold_folders(root: &Path) -> Result<Vec<PathBuf>> {
    Ok(floors::folders(root)?.iter().map(|name| root.join("corpus").join(name)).collect())
}

fn eval_confidence(root: &Path) -> Result<bool> {
    let judged = confidence::reliability(&gold_folders(root)?)?;
    let mut page = String::new();
    for (item, judged) in confidence::ITEMS.iter().zip(judged) {
        page += &format!(
            "{item}s: {} finds, calibration error {:.3}, Brier score {:.3}\n  {:>10}  {:>5}  {:>10}  {:>5}  {:>10}\n",
            judged.finds(),
            judged.gap(),
            judged.brier(),
            "confidence",
            "finds",
            "mean",
            "right",
            "from here"
        );
        for (tenth, (finds, sum, right)) in judged.tenths.iter().enumerate() {
            let (mean, share) = (sum / (*finds).max(1) as f64, *right as f64 / (*finds).max(1) as f64);
            let (kept, sure) = judged.from(tenth);
            page += &format!(
                "  {:>4.1}–{:>4.1}  {finds:>5}  {mean:>10.2}  {share:>5.2}  {kept:>4} {sure:.2}\n",
                tenth as f64 / 10.0,
                (tenth + 1) as f64 / 10.0
            );
        }
    }
    print(&page).map(|()| true)
}

fn eval_language(options: &Options) -> Result<bool> {
    if let (Some(system), Some(against)) = (&options.system, &options.against) {
        let gold = language::read(against, "the trees to score against")?;
        let scores = conll::score(&gold, &language::read(system, "the trees to score")?)?;
        let shown = if options.json { format!("{}\n", scores.json()) } else { scores.lines() };
        return print(&shown).map(|()| true);
    }
    let data = options.data.as_ref().context("eval language wants --data DIR, or --system and --against")?;
    let mut measured = Vec::new();
    for treebank in language::TREEBANKS {
        if options.language.is_none_or(|language| language == treebank.language) {
            let purpose = format!("measuring the analyser ({}, {})", treebank.language, treebank.name);
            let gold = language::read(&data.join(treebank.path), &purpose)?;
            measured.push((treebank, language::measure(&gold, treebank.language)));
        }
    }
    let shown = if options.json {
        format!("{}\n", language::tables_json(&measured))
    } else {
        language::tables(&measured)
    };
    print(&shown).map(|()| true)
}

fn eval_names(root: &Path, options: &Options) -> Result<bool> {
    let data = options.data.as_ref().context("eval names wants --data DIR")?;
    let shown = match (options.language.unwrap_or(Language::French), options.json) {
        (Language::French, false) => names::tables(&names::documents(data)?),
        (Language::French, true) => format!("{}\n", names::tables_json(&names::documents(data)?)),
        (Language::Russian, false) => names::russian_table(&names::russian(root, data)?),
        (Language::Russian, true) => format!("{}\n", names::russian_json(&names::russian(root, data)?)),
        (Language::English, _) => {
            bail!("eval names scores French and Russian: no English names are at hand")
        }
    };
    print(&shown).map(|()| true)
}

fn eval_dates(root: &Path, options: &Options) -> Result<bool> {
    let measured = match (&options.folder, &options.data) {
        (Some(folder), _) => dates::gold::measure(folder, None)?,
        (None, Some(data)) => dates::measure(root, data, options.language)?,
        (None, None) => bail!("eval dates wants --data DIR or --gold DIR"),
    };
    if options.json {
        return print(&format!("{}\n", measured.json())).map(|()| true);
    }
    for slip in measured.slips.iter().take(options.errors) {
        print(&format!("{slip}\n"))?;
    }
    print(&measured.table()).map(|()| true)
}

fn eval_pages(options: &Options) -> Result<bool> {
    let data = options.data.as_ref().context("eval pages wants --data DIR, the folder with pages/")?;
    if !options.json {
        print(pages::RULE)?;
    }
    for task in [pages::Task::Text, pages::Task::Date] {
        let table = pages::measure(data, task, options.peer.as_deref())?;
        let shown = if options.json { format!("{}\n", table.json()) } else { table.lines() };
        print(&shown)?;
        for error in table.errors.iter().take(options.errors) {
            print(&format!("{error}\n"))?;
        }
    }
    Ok(true)
}

fn eval_noise(root: &Path, options: &Options) -> Result<bool> {
    for lines in noise::lines(root, options.folder.as_deref())? {
        print(&if options.json { format!("{}\n", lines.json()) } else { lines.lines() })?;
    }
    if options.folder.is_none() {
        let evidence = noise::evidence(root)?;
        print(&if options.json { format!("{}\n", evidence.json()) } else { evidence.lines() })?;
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
    print(&format!("{}\n{}", floors::shown(&now), floors::shown_language(&now)))?;
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
