//! The examples in the rule files come out as they say.

use std::fs;
use std::path::Path;

#[test]
fn every_rule_keeps_to_its_examples() {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/depeche-extract/rules");
    let outcome = depeche_suite::examples(&rules).unwrap();
    assert!(outcome.failures.is_empty(), "{}", outcome.failures.join("\n"));
    assert!(outcome.read > 100, "{} examples", outcome.read);
}

#[test]
fn an_example_that_comes_out_otherwise_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let french = folder.path().join("fr");
    fs::create_dir(&french).unwrap();
    let rows = "@dire\tverb\tstate\n#+ Le ministre kényan Joseph Otieno a dit que la trêve tenait.\n\
                #- Le ministre kényan Joseph Otieno a dit que la trêve tenait.\n#+ Il pleut.\n";
    fs::write(french.join("speech.tsv"), rows).unwrap();
    let outcome = depeche_suite::examples(folder.path()).unwrap();
    assert_eq!((outcome.read, outcome.failures.len()), (3, 2), "{:?}", outcome.failures);
    fs::write(french.join("speech.tsv"), "#+ Il pleut.\n").unwrap();
    assert!(depeche_suite::examples(folder.path()).is_err());
}
