//! The README's figures are those of the floors.

use super::{Finding, Tree};
use crate::floors::{FLOORS, parse, with_figures};

/// The table of figures in the README says what floors.toml says.
pub fn figures_shown(tree: &Tree) -> Vec<Finding> {
    let readme = tree.content("README.md");
    match parse(tree.content(FLOORS)) {
        Err(error) => vec![Finding::new(FLOORS, 0, format!("{error:#}"))],
        Ok(floors) => match with_figures(readme, &floors) {
            None => vec![Finding::new("README.md", 0, "it has no place for the figures")],
            Some(shown) if shown != readme => {
                vec![Finding::new("README.md", 0, "its figures are old: run `cargo xtask floors --raise`")]
            }
            Some(_) => Vec::new(),
        },
    }
}
