//! Arbitrary bytes for every parser of ours.
//!
//! ```text
//! seeds ─libFuzzer→ bytes ─take→ nothing, in bounded time; never a fault
//! ```
//!
//! [`take`] has one function a parser: it takes any bytes and holds what must be true of whatever comes out. A program in
//! `targets/` hands each of them to libFuzzer, which changes the bytes so that code is reached that no bytes reached before;
//! `cargo xtask fuzz` runs them. What is kept of its finds lies in `seeds/`, a folder a target, and is taken again by the
//! tests, on any compiler; `words/` holds what each parser has words for.

pub mod take;

/// What takes any bytes: its name, which is that of its program and its folder of seeds, and the function.
pub type Target = (&'static str, fn(&[u8]));

/// All of them.
pub const TARGETS: [Target; 20] = [
    ("html", take::html),
    ("jsonld", take::jsonld),
    ("charset", take::charset),
    ("plain", take::plain),
    ("markdown", take::markdown),
    ("pdf", take::pdf),
    ("dates", take::dates),
    ("words", take::words),
    ("edtf", take::edtf),
    ("warc", take::warc),
    ("mailbox", take::mailbox),
    ("message", take::message),
    ("lines", take::lines),
    ("listing", take::listing),
    ("robots", take::robots),
    ("rules", take::rules),
    ("conllu", take::conllu),
    ("judgements", take::judgements),
    ("query", take::query),
    ("reading", take::reading),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::*;

    fn names_in(folder: &str) -> BTreeSet<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn every_target_has_a_program_and_seeds() {
        let targets: BTreeSet<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(targets, names_in("targets"));
        assert_eq!(targets, names_in("seeds"));
        assert!(names_in("words").is_subset(&targets));
    }

    #[test]
    fn what_was_found_is_taken_again() {
        for (name, take) in TARGETS {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(name);
            let seeds: Vec<Vec<u8>> =
                fs::read_dir(folder).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap()).collect();
            assert!(!seeds.is_empty(), "{name}");
            // Halves are the broken inputs that are met most.
            seeds.iter().for_each(|seed| {
                take(seed);
                take(&seed[..seed.len() / 2]);
            });
        }
    }
}
