//! What is missing from each contact.

use depeche_record::{Contact, Day, Edtf, Gap, GapKind, Stance, Status};

/// Days without a word after which a silence is long.
const LONG: i64 = 45;

/// Finds the gaps, by contact and kind. `today` parts plans that have passed from those to come.
pub fn find(contacts: &[Contact], today: Option<Day>) -> Vec<Gap> {
    let mut gaps = Vec::new();
    for contact in contacts {
        let mut note = |kind, side| gaps.push(Gap { kind, contact: contact.id.clone(), side });
        let passed = |date: &Edtf| date.days().zip(today).is_some_and(|((_, last), today)| last < today);
        if contact.status == Status::Planned && contact.date.as_ref().is_some_and(passed) {
            note(GapKind::NeverFollowedUp, None);
        }
        let told = contact.history.iter().filter_map(|step| step.told.as_ref()?.days());
        let last = told.map(|(_, last)| last.number()).max();
        let silent = last.zip(today).is_some_and(|(last, today)| today.number() - last >= LONG);
        let open = matches!(contact.status, Status::Planned | Status::Possible);
        // What was for a day that has passed is counted above.
        if open && silent && !contact.date.as_ref().is_some_and(passed) {
            note(GapKind::LongSilence, None);
        }
        if contact.corroboration.most == 1 {
            note(GapKind::OneOrigin, None);
        }
        for entry in contact.ledger.iter().filter(|entry| entry.stance == Stance::Silent) {
            note(GapKind::SideNotHeard, Some(entry.side.clone()));
        }
        if contact.date.is_none() {
            note(GapKind::NoDate, None);
        }
    }
    gaps
}
