//! Identifiers that are unique within a run.

use std::collections::BTreeMap;

use depeche_record::{Capture, Digest, Problem, ProblemKind};

/// The identifiers given out so far.
#[derive(Debug, Default)]
pub(crate) struct Identifiers {
    given_out: BTreeMap<String, Digest>,
}

/// What became of a capture whose identifier was checked.
pub(crate) struct Admission {
    /// The capture, under an identifier of its own; none if it is a repetition.
    pub(crate) capture: Option<Capture>,
    /// What to tell the user.
    pub(crate) problem: Option<Problem>,
}

impl Identifiers {
    /// Admits a capture: a repeated identifier with the same bytes is dropped, with other bytes renamed.
    pub(crate) fn admit(&mut self, mut capture: Capture) -> Admission {
        if !self.given_out.contains_key(&capture.id) {
            self.given_out.insert(capture.id.clone(), capture.digest);
            return Admission { capture: Some(capture), problem: None };
        }
        // Of what was fetched the address is the identifier, and a later version is nobody's mistake.
        let is_fetched = capture.id == capture.address && capture.given.url.is_some();
        let mut name = capture.id.clone();
        let mut number = 1u32;
        while let Some(digest) = self.given_out.get(&name) {
            if *digest == capture.digest {
                let detail = format!(
                    "a report with the identifier ‘{}’ and the same bytes was read before; this one is passed over",
                    capture.id
                );
                let problem = Problem::new(ProblemKind::DuplicateId, capture.address, detail);
                return Admission { capture: None, problem: Some(problem) };
            }
            number += 1;
            name = format!("{}~{number}", capture.id);
        }
        let detail = match is_fetched {
            true => format!(
                "it was read before with other contents; in a dossier both are versions of one report, elsewhere this \
                 one goes by ‘{name}’"
            ),
            false => format!(
                "the identifier ‘{}’ was used before for another text; this one goes by ‘{name}’; give each report \
                 an identifier of its own",
                capture.id
            ),
        };
        let problem = Problem::new(ProblemKind::DuplicateId, capture.address.clone(), detail);
        self.given_out.insert(name.clone(), capture.digest);
        capture.id = name;
        Admission { capture: Some(capture), problem: Some(problem) }
    }
}
