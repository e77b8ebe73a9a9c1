//! Time expressions against annotated texts, specifications and phrases.
//!
//! What comes in: the folder of open data, below which the specifications lie. What goes out: one table with a line for each
//! of them, and the misses.

pub mod gold;
pub mod phrases;
pub mod recognizers;
pub mod speed;
pub mod timebank;

use std::path::Path;

use anyhow::Result;
use depeche_language::TimeContext;
use depeche_pipeline::record::{Day, Edtf, Language};
use serde_json::{Value, json};

/// A line of the table.
#[derive(Debug, Clone)]
pub struct Line {
    /// What was measured on.
    pub name: String,
    /// Figures by name, in the order in which they are shown.
    pub figures: Vec<(&'static str, f64)>,
}

/// All figures and misses.
#[derive(Debug, Clone, Default)]
pub struct Dates {
    /// Lines of the table.
    pub lines: Vec<Line>,
    /// What was not as expected, a line or more each.
    pub slips: Vec<String>,
}

impl Dates {
    /// For a terminal: a line a source, each figure with its name.
    pub fn table(&self) -> String {
        let mut table = String::new();
        for line in &self.lines {
            let figures: Vec<String> = line.figures.iter().map(|(name, value)| shown(name, *value)).collect();
            table += &format!("{:<46}{}\n", line.name, figures.join("  "));
        }
        table
    }

    /// The figures as JSON.
    pub fn json(&self) -> Value {
        let lines = self.lines.iter().map(|line| {
            let figures = line.figures.iter().map(|(name, value)| ((*name).to_owned(), json!(value)));
            (line.name.clone(), Value::Object(figures.collect()))
        });
        Value::Object(lines.collect())
    }
}

fn shown(name: &str, value: f64) -> String {
    let counted = ["cases", "right", "unmarked", "phrases", "elements", "expressions", "dated contacts"];
    if counted.contains(&name) { format!("{name} {value:>4}") } else { format!("{name} {value:>5.1}") }
}

/// Measures on everything at hand: TimeBank, the specifications of Recognizers-Text, the project's own phrases, speed.
///
/// # Errors
///
/// Data that is not where it should be, or cannot be read.
pub fn measure(root: &Path, data: &Path, only: Option<Language>) -> Result<Dates> {
    let mut dates = Dates::default();
    let wanted = |language| only.is_none_or(|only| only == language);
    if wanted(Language::French) {
        timebank::measure(&data.join("dates/FR-TimeBank/Data"), &mut dates)?;
        phrases::measure(&root.join(phrases::PHRASES), &mut dates)?;
    }
    for language in [Language::French, Language::English].into_iter().filter(|l| wanted(*l)) {
        recognizers::measure(root, &data.join("dates/Recognizers-Text"), language, &mut dates)?;
    }
    if only.is_none() {
        speed::measure(root, &mut dates)?;
    }
    Ok(dates)
}

/// A share in per cent.
fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

/// The day that a writing begins with.
fn day_of(writing: &str) -> Option<Day> {
    Edtf::parse(writing.get(..10)?).ok()?.days().map(|(day, _)| day)
}

fn published(day: Option<Day>) -> TimeContext {
    TimeContext { published: day, ..TimeContext::default() }
}
