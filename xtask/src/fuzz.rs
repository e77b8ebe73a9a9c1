//! The fuzzer: each target of `fuzz/` for a while, led by coverage.
//!
//! It wants a nightly compiler, one of C++, and cargo-fuzz (`cargo install cargo-fuzz`). What it finds on its way lies in
//! `fuzz/corpus`, what stops a target in `fuzz/artifacts`; neither is kept in the repository. A find worth keeping is copied
//! to `fuzz/seeds/TARGET`, where the tests take it again.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

/// Longest input, bytes.
const LONGEST: usize = 8 * 1024;

/// Seconds that one input may take, on a machine that does other things as well.
const SLOWEST: usize = 60;

/// Memory that a target may take, MB: the models and all that is built from them, and not much more.
const MEMORY: usize = 3_000;

/// What a run of a target came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Inputs tried.
    pub inputs: u64,
    /// Places of the program that were reached.
    pub reached: u64,
    /// The lines that tell a fault.
    pub faults: Vec<String>,
}

impl Outcome {
    /// What libFuzzer told.
    fn of(told: &str) -> Outcome {
        let number = |line: &str, word: &str| -> Option<u64> {
            line.split_once(word)?.1.split_whitespace().next()?.parse().ok()
        };
        let is_fault = |line: &&str| {
            ["panicked at", "SUMMARY:", "ERROR: libFuzzer", "Test unit written to"]
                .iter()
                .any(|words| line.contains(words))
        };
        let inputs = told.lines().filter_map(|line| number(line, "stat::number_of_executed_units:")).max();
        Outcome {
            inputs: inputs.unwrap_or(0),
            reached: told.lines().filter_map(|line| number(line, " cov: ")).max().unwrap_or(0),
            faults: told.lines().filter(is_fault).map(str::to_owned).collect(),
        }
    }

    /// For a terminal.
    pub fn line(&self, target: &str) -> String {
        let mut line = format!("{target}: {} inputs, {} places reached, ", self.inputs, self.reached);
        line += if self.faults.is_empty() { "no fault\n" } else { "a fault\n" };
        self.faults.iter().for_each(|fault| _ = writeln!(line, "  {fault}"));
        line
    }
}

/// The targets, by the names of their programs.
///
/// # Errors
///
/// A folder that cannot be read.
pub fn targets(root: &Path) -> Result<Vec<String>> {
    let folder = root.join("fuzz/targets");
    let entries = fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut names = Vec::new();
    for entry in entries {
        names.extend(entry?.path().file_stem().and_then(|name| name.to_str()).map(str::to_owned));
    }
    names.sort();
    Ok(names)
}

/// Runs a target for so many seconds.
///
/// # Errors
///
/// cargo-fuzz that is not there, or a target that cannot be built.
pub fn run(root: &Path, target: &str, seconds: u64) -> Result<Outcome> {
    let grown = root.join("fuzz/corpus").join(target);
    fs::create_dir_all(&grown).with_context(|| format!("cannot make {}", grown.display()))?;
    let mut command = Command::new("cargo");
    // Nothing is unsafe here, so that watching memory would only cost; and nothing is linked across crates, which takes long.
    command.args(["+nightly", "fuzz", "run", "--sanitizer", "none", "--features", "libfuzzer", target]);
    command.arg(grown).arg(root.join("fuzz/seeds").join(target)).arg("--");
    command.arg(format!("-max_total_time={seconds}"));
    command.args([format!("-max_len={LONGEST}"), format!("-timeout={SLOWEST}")]);
    command.args([format!("-rss_limit_mb={MEMORY}"), "-print_final_stats=1".to_owned()]);
    let words = root.join("fuzz/words").join(format!("{target}.dict"));
    if words.is_file() {
        command.arg(format!("-dict={}", words.display()));
    }
    command.env("CARGO_PROFILE_RELEASE_LTO", "off").env("CARGO_PROFILE_RELEASE_DEBUG", "0");
    // What is set in `fuzz/.cargo` holds there.
    let done = command.current_dir(root.join("fuzz")).output().context("cargo cannot be run")?;
    let told = String::from_utf8_lossy(&done.stderr);
    let outcome = Outcome::of(&told);
    if !done.status.success() && outcome.faults.is_empty() {
        let end: Vec<&str> = told.lines().rev().take(5).collect();
        let end: Vec<&str> = end.into_iter().rev().collect();
        bail!("{target} could not be run (it wants nightly Rust, g++ and cargo-fuzz):\n{}", end.join("\n"));
    }
    Ok(outcome)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_fuzzer_tells_is_read() {
        let told = "#12\tINITED cov: 87 ft: 90 corp: 3/9b exec/s: 0 rss: 40Mb\n#4096\tpulse  cov: 124 ft: 300 corp: 9/1Kb\n\
                    stat::number_of_executed_units: 4301\nstat::average_exec_per_sec:     43\n";
        assert_eq!(Outcome::of(told), Outcome { inputs: 4301, reached: 124, faults: Vec::new() });
        let told =
            "thread '<unnamed>' panicked at crates/x.rs:3:1:\nx\n==1== ERROR: libFuzzer: deadly signal\n";
        let outcome = Outcome::of(told);
        assert_eq!(outcome.faults.len(), 2);
        assert!(outcome.line("html").contains("a fault\n  thread"), "{}", outcome.line("html"));
    }
}
