//! Checks the verb lexicon against a list: reads lines of form, tab, lemma, tab, language from standard input and prints
//! those whose lemma is listed and whose form is not known to belong to it.

use std::collections::BTreeSet;
use std::io::{BufRead, Write};

use depeche_language::morphs;
use depeche_record::Language;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout().lock();
    let (mut seen, mut known) = (0, 0);
    let mut wrong = BTreeSet::new();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let mut columns = line.split('\t');
        let (Some(form), Some(lemma), Some(language)) = (columns.next(), columns.next(), columns.next())
        else {
            continue;
        };
        let Some(language) = Language::from_code(language) else { continue };
        if !morphs(lemma, language).iter().any(|m| m.lemma == lemma) {
            continue;
        }
        seen += 1;
        if morphs(form, language).iter().any(|m| m.lemma == lemma) {
            known += 1;
        } else {
            wrong.insert(format!("{form} ({lemma})"));
        }
    }
    for entry in &wrong {
        writeln!(out, "{entry}")?;
    }
    writeln!(out, "{known} of {seen} forms of listed verbs known")?;
    Ok(())
}
