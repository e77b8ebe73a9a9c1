//! Why things were put together, as keys that surfaces translate.
//!
//! A reason is written `key|argument|argument…`. Arguments are names and identifiers as the reports have them; a bar
//! within one is written as a broken bar (`¦`). [`KEYS`] lists every key with its arguments, so that a catalogue of
//! messages can be held against it.

/// A key, what its arguments are, and what it says in plain English.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// The key.
    pub key: &'static str,
    /// Names of the arguments, in order; a last one that ends in `…` repeats.
    pub arguments: &'static [&'static str],
    /// What it says.
    pub meaning: &'static str,
}

macro_rules! keys {
    ($($(#[$doc:meta])* $name:ident = $key:literal ($($argument:literal),*) $meaning:literal;)*) => {
        $(#[doc = $meaning] pub const $name: &str = $key;)*

        /// Every key that a dossier can hold.
        pub const KEYS: &[Key] = &[$(Key { key: $key, arguments: &[$($argument),*], meaning: $meaning },)*];
    };
}

keys! {
    // Of anything that is put together.
    JUDGED = "judged" ("judgement", "author") "A person decided so.";

    // Of links between reports ([`depeche_record::LineageLink::reason`]).
    SAME_TEXT = "same-text" () "The texts are the same, or nearly.";
    SHARED_PASSAGES = "shared-passages" () "Whole passages stand in both texts, word for word or nearly.";
    SAME_ORDER = "same-order" () "In two languages, the same people and figures come in the same order.";
    SAME_PROVENANCE = "same-provenance" ("origin") "Both say that they come from this origin, and they read alike.";
    NAMES_AS_SOURCE = "names-as-source" ("origin") "One says that its whole text comes from the other's outlet, and they read alike or tell the same.";
    SAME_DISPATCH = "same-dispatch" ("agency") "Both name this agency, on one day, and tell the same contacts.";

    // Of names of one person ([`depeche_record::Actor::reasons`]).
    SAME_IDENTIFIER = "same-identifier" ("identifier", "name", "name") "The gazetteer knows both names as one person.";
    SPELLINGS = "spellings" ("name", "name") "Two spellings of one name.";
    FORMS_OF_GIVEN_NAME = "given-name" ("name", "name") "One given name in two forms, one family name.";
    CONTAINED = "contained" ("name", "name") "One name holds all parts of the other.";
    SURNAME = "surname" ("surname", "name") "The only person of this surname.";
    SURNAME_AND_SIDE = "surname-and-side" ("surname", "name", "side") "The only person of this surname and side.";
    SURNAME_MOST_NAMED = "surname-most-named" ("surname", "name") "Of several with this surname, the one that most reports name.";
    GIVEN_ALONE = "given-alone" ("name", "name") "The only person of this given name, in the report or at all.";

    // Of accounts of one contact ([`depeche_record::ContactMention::reason`]).
    ALIKE = "alike" ("score", "feature…") "Put together by these features: sides, people, date, near-date, place, kind, status, publication, words, copy.";

    // Of origins of a contact ([`depeche_record::Corroboration::origins`]).
    ORIGIN_REPORT = "report" ("report") "Told by this report on its own account.";
    ORIGIN_LINEAGE = "lineage" ("report", "number") "So many reports of one text, of which this one came out first, as far as days tell.";
    ORIGIN_OUTLET = "outlet" ("outlet") "Told by this outlet, which reports cite.";
    ORIGIN_SPEAKER = "speaker" ("name", "side") "Told on record by this person or institution of a side of the contact.";

    // Of the number of origins ([`depeche_record::Corroboration::reasons`]).
    ONE_LINEAGE = "one-lineage" ("report…") "These reports share one text and count once.";
    CITES_SAME = "cites-same" ("outlet", "report…") "These reports rest on the same outlet for it and count once.";
    CITES_REPORT = "cites-report" ("report", "outlet", "report") "The first cites the outlet of the other for it; both count once.";
    SHARED_AGENCY = "shared-agency" ("agency", "report…") "These reports name the same agency and may rest on one dispatch.";
    SHARED_SPEAKER = "shared-speaker" ("name", "report…") "These reports rest on the words of the same person, perhaps said once.";
}

/// Writes a reason.
pub fn write<'a>(key: &str, arguments: impl IntoIterator<Item = &'a str>) -> String {
    arguments.into_iter().fold(key.to_owned(), |mut reason, argument| {
        reason.push('|');
        reason.push_str(&argument.replace('|', "¦"));
        reason
    })
}

/// Parts a reason into its key and its arguments.
pub fn read(reason: &str) -> (&str, Vec<&str>) {
    let mut parts = reason.split('|');
    (parts.next().unwrap_or(""), parts.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_distinct_and_reasons_come_apart() {
        for (n, key) in KEYS.iter().enumerate() {
            assert!(KEYS[..n].iter().all(|other| other.key != key.key), "{}", key.key);
        }
        assert_eq!(read(&write(SPELLINGS, ["A|B", "C"])), ("spellings", vec!["A¦B", "C"]));
    }
}
