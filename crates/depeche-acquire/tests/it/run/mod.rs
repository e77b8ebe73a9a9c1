//! A run over inputs, with what came out of it, for the tests of files and those of archives.

pub mod secure;
pub mod server;

use std::io::Write;
use std::path::PathBuf;

use depeche_acquire::{Options, captures_with_input};
use depeche_record::{Capture, Problem, ProblemKind};

/// What one run gave.
pub struct Run {
    pub captures: Vec<Capture>,
    pub problems: Vec<Problem>,
}

impl Run {
    pub fn ids(&self) -> Vec<&str> {
        self.captures.iter().map(|capture| capture.id.as_str()).collect()
    }

    pub fn kinds(&self) -> Vec<ProblemKind> {
        self.problems.iter().map(|problem| problem.kind).collect()
    }
}

/// Runs over the inputs, with `input` on standard input; every problem names its subject and says something.
pub fn run_with(inputs: &[PathBuf], options: &Options, input: &[u8]) -> Run {
    let (mut captures, mut problems) = (Vec::new(), Vec::new());
    for item in captures_with_input(inputs, options, input) {
        match item {
            Ok(capture) => captures.push(capture),
            Err(problem) => problems.push(problem),
        }
    }
    for problem in &problems {
        assert!(!problem.subject.is_empty() && problem.detail.len() > 10, "{problem:?}");
    }
    Run { captures, problems }
}

/// Compressed by gzip.
pub fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}
