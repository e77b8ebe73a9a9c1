//! An account with what comparison needs, worked out once.

use std::collections::BTreeSet;

use depeche_record::{Account, ContactKind, Edtf, Side, Status};

use super::place::{Geography, Spot};
use crate::actor::People;
use crate::input::Inputs;
use crate::lineage::Lineages;

/// An account, ready to be compared.
pub struct Told<'a> {
    /// Place of the report in the order.
    pub at: usize,
    /// Index of the account in the reading.
    pub n: usize,
    /// The account.
    pub account: &'a Account,
    /// Sides, sorted.
    pub sides: BTreeSet<&'a Side>,
    /// Indices of the actors who take part.
    pub people: BTreeSet<usize>,
    /// When, if the account tells.
    pub date: Option<&'a Edtf>,
    /// First and last day of the date, days since 1970-01-01, where the year is known.
    pub days: Option<(i64, i64)>,
    /// Day of publication of the report; for a report that shows none, the day that [`super::cluster`] reckons.
    pub published: Option<i64>,
    /// Where.
    pub spot: Option<Spot>,
    /// First report of the lineage.
    pub lineage: usize,
    /// What its evidence and that of its statements says, as hashes of folded words of some length, sorted.
    pub words: Vec<u32>,
}

impl<'a> Told<'a> {
    /// All accounts, by report and position.
    pub fn all(
        inputs: &Inputs<'a>,
        lineages: &Lineages,
        people: &People,
        geography: &Geography<'_>,
    ) -> Vec<Told<'a>> {
        let mut all = Vec::new();
        for (at, report, reading) in inputs.iter() {
            let published = inputs.published_day(at);
            for (n, account) in reading.accounts.iter().enumerate() {
                let date = account.date.as_ref().map(|date| &date.value);
                let participants = account.participants.iter();
                all.push(Told {
                    at,
                    n,
                    account,
                    sides: account.sides.iter().collect(),
                    people: participants.filter_map(|&figure| people.index(at, figure)).collect(),
                    date,
                    days: date.and_then(Edtf::days).map(|(first, last)| (first.number(), last.number())),
                    published,
                    spot: account.place.as_ref().map(|place| geography.spot(&place.name)),
                    lineage: lineages.of(at),
                    words: crate::fold::content(account.evidence.iter().map(|span| span.of(&report.text))),
                });
            }
        }
        all
    }

    /// The kind.
    pub fn kind(&self) -> ContactKind {
        self.account.kind
    }

    /// The status.
    pub fn status(&self) -> Status {
        self.account.status
    }

    /// The day that it is about or was told, whichever is known first; for sorting and windows.
    pub fn anchor(&self) -> Option<i64> {
        self.days.filter(|(first, last)| last - first <= 62).map(|(first, _)| first).or(self.published)
    }
}
