//! Every case comes out as its blocks say.

use std::path::Path;

#[test]
fn the_cases_come_out_as_expected() {
    let outcome = depeche_suite::check(&Path::new(env!("CARGO_MANIFEST_DIR")).join("cases")).unwrap();
    let told: Vec<String> = outcome.mismatches.iter().map(ToString::to_string).collect();
    assert!(
        told.is_empty(),
        "{} of the blocks in {} cases came out otherwise (look at the lines; where they are better, run `cargo xtask suite --update`):\n\n{}",
        told.len(),
        outcome.cases,
        told.join("\n")
    );
}
