//! What a format has no room for.

use std::collections::BTreeMap;

use depeche_interface::Interface;
use depeche_pipeline::records::DossierRecord;

/// What can be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Contacts without a date.
    ContactsUndated,
    /// Contacts whose year is not known.
    ContactsWithoutYear,
    /// Contacts whose date has an open end.
    ContactsOpen,
    /// Contacts of which fewer than two sides are known.
    ContactsOneSide,
    /// Contacts of a kind that the format has no word for.
    ContactsWithoutWord,
    /// Steps of a status that a report without a date tells.
    StepsUndated,
    /// Contradictions between reports without a date.
    ContradictionsUndated,
    /// What each report tells of a contact.
    Accounts,
    /// What each side says.
    Ledger,
    /// Statements.
    Statements,
    /// Statements of a kind that the format has no word for.
    StatementsWithoutWord,
    /// Statements that no known side or person speaks.
    StatementsWithoutSide,
    /// People.
    People,
    /// Contradictions.
    Contradictions,
    /// Gaps.
    Gaps,
    /// What people have decided; what follows from it is there.
    Judgements,
    /// What could not be read as it should.
    Problems,
    /// The texts of the reports, but for the words quoted.
    Texts,
}

impl What {
    fn key(self) -> &'static str {
        match self {
            What::ContactsUndated => "left-contacts-undated",
            What::ContactsWithoutYear => "left-contacts-without-year",
            What::ContactsOpen => "left-contacts-open",
            What::ContactsOneSide => "left-contacts-one-side",
            What::ContactsWithoutWord => "left-contacts-without-word",
            What::StepsUndated => "left-steps-undated",
            What::ContradictionsUndated => "left-contradictions-undated",
            What::Accounts => "left-accounts",
            What::Ledger => "left-ledger",
            What::Statements => "left-statements",
            What::StatementsWithoutWord => "left-statements-without-word",
            What::StatementsWithoutSide => "left-statements-without-side",
            What::People => "left-people",
            What::Contradictions => "left-contradictions",
            What::Gaps => "left-gaps",
            What::Judgements => "left-judgements",
            What::Problems => "left-problems",
            What::Texts => "left-texts",
        }
    }
}

/// How many of what an export left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeftOut {
    counts: BTreeMap<What, usize>,
}

impl LeftOut {
    /// All of these of a dossier.
    pub(crate) fn of(record: &DossierRecord, kinds: &[What]) -> LeftOut {
        let mut left = LeftOut::default();
        for &what in kinds {
            left.add(
                what,
                match what {
                    What::Accounts => record.contacts.iter().map(|contact| contact.accounts.len()).sum(),
                    What::Ledger => record.contacts.iter().map(|contact| contact.ledger.len()).sum(),
                    What::Statements => record.statements.len(),
                    What::People => record.actors.len(),
                    What::Contradictions => record.contradictions.len(),
                    What::Gaps => record.gaps.len(),
                    What::Judgements => record.judgements.len(),
                    What::Problems => record.problems.len(),
                    What::Texts => record.reports.len(),
                    _ => 0,
                },
            );
        }
        left
    }

    /// Adds so many.
    pub(crate) fn add(&mut self, what: What, count: usize) {
        if count > 0 {
            *self.counts.entry(what).or_default() += count;
        }
    }

    /// How many of this were left out.
    pub fn count(&self, what: What) -> usize {
        self.counts.get(&what).copied().unwrap_or(0)
    }

    /// In words: «Laissé de côté : …»; empty where all is there.
    pub fn in_words(&self, interface: &Interface) -> String {
        let parts: Vec<String> =
            self.counts.iter().map(|(what, n)| interface.tell(what.key(), &[("n", (*n).into())])).collect();
        match parts.is_empty() {
            true => String::new(),
            false => interface.tell("left-out", &[("list", parts.join(&interface.say("semicolon")).into())]),
        }
    }
}
