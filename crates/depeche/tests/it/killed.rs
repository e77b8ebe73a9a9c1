//! `depeche add` killed at random: nothing that it told as kept is lost, nothing is kept twice, and the dossier is whole.
//! The number of kills is that of `DEPECHE_KILLS`, which `cargo xtask torture` sets; ten where it is not set.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, Instant};

use depeche_pipeline::store::{Dossier, Filter, Paging};
use serde_json::{Value, json};

use crate::workplace::{REPORT, Workplace};

const REPORTS: usize = 120;

/// Numbers that look random, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most.max(1)
    }
}

/// Identifiers of the reports that a run has told as kept; a line that was cut short tells nothing.
fn told(path: &Path) -> Vec<String> {
    let lines = fs::read_to_string(path).unwrap();
    let whole = lines.split_inclusive('\n').filter(|line| line.ends_with('\n'));
    let report = |line: &str| {
        let line: Value = serde_json::from_str(line).unwrap();
        line["report"].as_str().unwrap().to_owned()
    };
    whole.map(report).collect()
}

/// What the dossier shows of contacts and statements.
fn shown(dossier: &Dossier) -> (Vec<String>, usize) {
    let contacts = dossier.contacts(&Filter::default(), Paging::ALL).unwrap().items;
    let statements = dossier.statements(&Filter::default(), Paging::ALL).unwrap();
    (contacts.iter().map(|contact| format!("{contact:?}")).collect(), statements.total)
}

#[test]
fn nothing_told_is_lost_and_nothing_is_twice() {
    let kills: usize = std::env::var("DEPECHE_KILLS").map_or(10, |kills| kills.parse().unwrap());
    let workplace = Workplace::new();
    let days = ["3 mai", "6 août", "8 août", "9 octobre"];
    let line = |n: usize| {
        let text = REPORT.replace("6 août", days[n % 4]).replace("Moscou", &format!("Moscou, salle {n},"));
        json!({"id": format!("r{n:03}"), "text": text}).to_string() + "\n"
    };
    workplace.write("reports.jsonl", (0..REPORTS).map(line).collect::<String>());
    let add = ["add", "reports.jsonl", "--format", "jsonl", "--batch", "6", "--threads", "1"];

    // How long a whole run takes, and what comes of it.
    let began = Instant::now();
    let whole = workplace.run(&[&add[..], &["--dossier", "whole.depeche"]].concat());
    assert_eq!(whole.status, 0, "{}", whole.stderr);
    let long = began.elapsed().as_millis() as u64;
    let expected = shown(&Dossier::open(&workplace.path("whole.depeche")).unwrap());

    let mut dice = Dice(kills as u64);
    let mut kept: BTreeSet<String> = BTreeSet::new();
    let (mut round, mut killed, mut finished) = (0, 0, 0);
    while killed < kills {
        let name = format!("d{round}.depeche");
        let output = workplace.path("told.jsonl");
        let mut command = workplace.command(&[&add[..], &["--dossier", &name]].concat());
        let mut child = command.stdout(File::create(&output).unwrap()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(dice.below(long)));
        let ended = child.try_wait().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        killed += usize::from(ended.is_none());
        kept.extend(told(&output));
        let path = workplace.path(&name);
        if path.exists() && path.metadata().unwrap().len() > 0 {
            let dossier = Dossier::make(&path).unwrap();
            assert_eq!(dossier.check(|| ()).unwrap(), [], "after kill {killed}");
            let missing: Vec<_> = kept.iter().filter(|id| dossier.report(id).is_err()).collect();
            assert!(missing.is_empty(), "after kill {killed}: {missing:?}");
            assert!(dossier.report_count().unwrap() <= REPORTS);
        } else {
            assert!(kept.is_empty());
        }
        // Now and then the run is let go to its end, and another dossier begun.
        if kept.len() == REPORTS {
            finish(&workplace, &add, &name, &expected);
            finished += 1;
            round += 1;
            kept.clear();
        }
    }
    finish(&workplace, &add, &format!("d{round}.depeche"), &expected);
    println!("killed {killed} times, {finished} dossiers finished on the way");
}

/// Adds what is missing; then the dossier is the one of a run that nobody killed.
fn finish(workplace: &Workplace, add: &[&str], name: &str, expected: &(Vec<String>, usize)) {
    let run = workplace.run(&[add, &["--dossier", name]].concat());
    assert_eq!(run.status, 0, "{}", run.stderr);
    let dossier = Dossier::open(&workplace.path(name)).unwrap();
    assert_eq!(dossier.report_count().unwrap(), REPORTS);
    assert!(dossier.is_current().unwrap());
    assert_eq!(dossier.check(|| ()).unwrap(), []);
    assert_eq!(&shown(&dossier), expected);
}
