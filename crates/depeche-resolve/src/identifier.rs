//! Identifiers that outlive the arrival of further reports.
//!
//! Every account, figure and statement has a handle: a letter (`c`, `p`, `s`) and twelve letters and digits of
//! Crockford's base 32, a hash of its report's identifier and of where it stands there. A contact or a person has the
//! handle of its oldest member, and is shown by as much of its beginning as no other has, five letters and digits at the
//! least. Any longer or shorter beginning finds it too ([`find`]), and so do those of its other members: what was quoted
//! when the dossier was smaller still leads to what the thing has become.

use std::collections::BTreeMap;

use depeche_record::{Dossier, Reading, Report};
use xxhash_rust::xxh3::xxh3_64;

use crate::fold;
use crate::input::Inputs;

/// Letters and digits of an identifier behind its first letter, at the least.
const SHORTEST: usize = 5;
/// The same of a whole handle.
const WHOLE: usize = 12;
/// Crockford's base 32: no i, l, o or u.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The handles of what one reading holds, by index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handles {
    /// Of [`Reading::accounts`].
    pub accounts: Vec<String>,
    /// Of [`Reading::figures`].
    pub figures: Vec<String>,
    /// Of [`Reading::statements`].
    pub statements: Vec<String>,
}

impl Handles {
    /// The handles of the reading of the report with this identifier.
    pub fn of(report: &str, reading: &Reading) -> Handles {
        Handles {
            accounts: accounts(report, reading),
            figures: figures(report, reading),
            statements: statements(report, reading),
        }
    }
}

fn accounts(report: &str, reading: &Reading) -> Vec<String> {
    let start = |account: &depeche_record::Account| {
        account.evidence.first().copied().unwrap_or(account.derivation.span).start.to_string()
    };
    number('c', report, reading.accounts.iter().map(start))
}

fn figures(report: &str, reading: &Reading) -> Vec<String> {
    number('p', report, reading.figures.iter().map(|figure| fold::phrase(&figure.name)))
}

fn statements(report: &str, reading: &Reading) -> Vec<String> {
    number('s', report, reading.statements.iter().map(|statement| statement.evidence.start.to_string()))
}

/// Which things of a reading are named.
pub(crate) enum Of {
    Accounts,
    Figures,
    Statements,
}

/// Identifiers of things that stand at these places of the inputs: report and index.
pub(crate) fn name(inputs: &Inputs<'_>, of: Of, places: &[(usize, usize)]) -> Vec<String> {
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by_key(|&n| places[n]);
    let mut names = vec![String::new(); places.len()];
    for run in order.chunk_by(|&a, &b| places[a].0 == places[b].0) {
        let at = places[run[0]].0;
        let (id, reading) = (&inputs.report(at).id, inputs.reading(at));
        let handles = match of {
            Of::Accounts => accounts(id, reading),
            Of::Figures => figures(id, reading),
            Of::Statements => statements(id, reading),
        };
        for &n in run {
            handles[places[n].1].clone_into(&mut names[n]);
        }
    }
    shorten(&mut names);
    names
}

/// Handles of things that stand at these places; of several at one place, the second is told from the first.
fn number(letter: char, report: &str, places: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let handle = |place: String| {
        let nth = seen.entry(place.clone()).or_default();
        *nth += 1;
        write(letter, xxh3_64(format!("{letter}\0{report}\0{place}\0{nth}").as_bytes()))
    };
    places.map(handle).collect()
}

fn write(letter: char, hash: u64) -> String {
    let digit = |n: usize| DIGITS[(hash >> (64 - 5 * (n + 1))) as usize & 31] as char;
    std::iter::once(letter).chain((0..WHOLE).map(digit)).collect()
}

/// Cuts handles to what tells each from all others.
fn shorten(handles: &mut [String]) {
    let mut order: Vec<usize> = (0..handles.len()).collect();
    order.sort_by(|&a, &b| handles[a].cmp(&handles[b]));
    let common =
        |a: usize, b: usize| handles[a].bytes().zip(handles[b].bytes()).take_while(|(x, y)| x == y).count();
    let mut lengths = vec![SHORTEST + 1; handles.len()];
    for pair in order.windows(2) {
        let needed = common(pair[0], pair[1]) + 1;
        lengths[pair[0]] = lengths[pair[0]].max(needed);
        lengths[pair[1]] = lengths[pair[1]].max(needed);
    }
    for (handle, length) in handles.iter_mut().zip(lengths) {
        handle.truncate(length);
    }
}

/// An item of a dossier, by its place in the dossier's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// In [`Dossier::contacts`].
    Contact(usize),
    /// In [`Dossier::actors`].
    Actor(usize),
    /// In [`Dossier::statements`].
    Statement(usize),
}

/// What an identifier means, also one of a time when the dossier held less; several items where it is too short to
/// tell them apart, none where it is unknown or shorter than identifiers are.
pub fn find(dossier: &Dossier, read: &[(Report, Reading)], identifier: &str) -> Vec<Item> {
    let wanted = normal(identifier);
    let items = dossier.contacts.iter().map(|contact| &contact.id).enumerate();
    let items = items.map(|(n, id)| (Item::Contact(n), id));
    let actors = dossier.actors.iter().enumerate().map(|(n, actor)| (Item::Actor(n), &actor.id));
    let statements = dossier.statements.iter().enumerate();
    let statements = statements.map(|(n, statement)| (Item::Statement(n), &statement.id));
    if let Some((item, _)) = items.chain(actors).chain(statements).find(|(_, id)| **id == wanted) {
        return vec![item];
    }
    if wanted.len() <= SHORTEST {
        return Vec::new();
    }
    let readings: BTreeMap<&str, &Reading> =
        read.iter().map(|(report, reading)| (report.id.as_str(), reading)).collect();
    let handles: BTreeMap<&str, Handles> =
        readings.iter().map(|(&id, reading)| (id, Handles::of(id, reading))).collect();
    let begins = |report: &str, of: fn(&Handles) -> &Vec<String>, n: usize| {
        handles.get(report).and_then(|handles| of(handles).get(n)).is_some_and(|h| h.starts_with(&wanted))
    };
    let mut found = Vec::new();
    for (n, contact) in dossier.contacts.iter().enumerate() {
        if contact.accounts.iter().any(|told| begins(&told.report, |handles| &handles.accounts, told.account))
        {
            found.push(Item::Contact(n));
        }
    }
    for (n, actor) in dossier.actors.iter().enumerate() {
        if actor.figures.iter().any(|(report, figure)| begins(report, |handles| &handles.figures, *figure)) {
            found.push(Item::Actor(n));
        }
    }
    for (n, entry) in dossier.statements.iter().enumerate() {
        if begins(&entry.report, |handles| &handles.statements, entry.statement) {
            found.push(Item::Statement(n));
        }
    }
    found
}

/// As identifiers are written: small, and letters that Crockford leaves out as the digits that they are taken for.
pub fn normal(identifier: &str) -> String {
    let mut letters = identifier.trim().chars().flat_map(char::to_lowercase);
    let first = letters.next();
    let rest = letters.map(|c| match c {
        'i' | 'l' => '1',
        'o' => '0',
        c => c,
    });
    first.into_iter().chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles_are_cut_to_what_tells_them_apart() {
        let mut handles =
            ["c0123456789ab", "c0123457789ab", "cz123456789ab", "c0129456789ab"].map(str::to_owned);
        shorten(&mut handles);
        assert_eq!(handles, ["c0123456", "c0123457", "cz1234", "c01294"]);
        let mut same = ["cabcdefghjkmn", "cabcdefghjkmn"].map(str::to_owned);
        shorten(&mut same);
        assert_eq!(same[0], "cabcdefghjkmn");
    }

    #[test]
    fn things_at_one_place_have_two_handles() {
        let handles = number('c', "a", ["5", "5", "9"].map(str::to_owned).into_iter());
        assert!(handles[0] != handles[1] && handles[1] != handles[2]);
        assert!(handles.iter().all(|handle| handle.len() == WHOLE + 1 && handle.starts_with('c')));
        assert_eq!(handles, number('c', "a", ["5", "5", "9"].map(str::to_owned).into_iter()));
        assert_ne!(handles[0], number('c', "b", ["5".to_owned()].into_iter())[0]);
    }

    #[test]
    fn what_is_read_aloud_is_understood() {
        assert_eq!(normal(" C0LiX7 "), "c011x7");
        assert_eq!(write('p', u64::MAX), "pzzzzzzzzzzzz");
    }
}
