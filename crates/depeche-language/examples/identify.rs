//! Prints the language of texts: reads JSON Lines with `id` and `text` from standard input, writes id, language or `-`,
//! and how sure that is.

use std::io::{BufRead, Write};

use depeche_language::identify;
use serde_json::Value;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        match identify(row["text"].as_str().unwrap_or_default()) {
            Some((language, sure)) => writeln!(out, "{}\t{language}\t{sure:.2}", row["id"])?,
            None => writeln!(out, "{}\t-\t", row["id"])?,
        }
    }
    Ok(())
}
