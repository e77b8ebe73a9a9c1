//! The order in which the lines of a printed page are read.
//!
//! Programs set most pages in the order in which they are read, column by column, and that order is kept. Some set them row by
//! row, across the columns; where the places of the pieces show columns of running text and the order goes back and forth
//! between them, they are read from left to right, between what stands across several.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// Letters set on one line without a wide gap.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Piece {
    /// The letters.
    pub(crate) text: String,
    /// Where it begins and ends, from the left.
    pub(crate) from: f64,
    pub(crate) to: f64,
    /// How high it stands.
    pub(crate) height: f64,
    /// Size of its letters.
    pub(crate) size: f64,
    /// Whether it goes on in the line of the piece set before it.
    pub(crate) goes_on: bool,
    /// The gaps within that are wider than most between words: where each begins and ends, and the byte of the letter behind.
    pub(crate) gaps: Vec<(f64, f64, usize)>,
}

/// Fewest pieces of a column.
const FEWEST: usize = 4;
/// Median number of letters of a column's pieces; those of tables are shorter.
const PROSE: usize = 18;
/// Places where a right column may begin that are tried, the commonest.
const PLACES: usize = 20;

/// Most columns of a page.
const MOST: usize = 6;

/// Pieces parted where a column begins: where as many lines as a column has go on behind a gap at one place, and few have
/// letters there. The space between two columns may be narrower than that between two words.
pub(crate) fn apart(pieces: &[Piece]) -> Cow<'_, [Piece]> {
    let place = |at: f64| at.clamp(-1e6, 1e6).round() as i64;
    let mut begins: BTreeMap<i64, usize> = BTreeMap::new();
    for piece in pieces {
        piece.gaps.iter().for_each(|gap| *begins.entry(place(gap.1)).or_default() += 1);
    }
    if begins.is_empty() {
        return Cow::Borrowed(pieces);
    }
    for piece in pieces {
        begins.entry(place(piece.from)).and_modify(|count| *count += 1);
    }
    let mut begins: Vec<(i64, usize)> = begins.into_iter().filter(|(_, count)| *count >= FEWEST).collect();
    begins.sort_by_key(|(place, count)| (usize::MAX - count, *place));
    let starts = |at: f64, place: i64| (at - place as f64).abs() <= 2.0;
    let parts = |&(place, _): &(i64, usize)| {
        let (mut begun, mut crossed) = (0, 0);
        for piece in pieces {
            let begins = starts(piece.from, place) || piece.gaps.iter().any(|gap| starts(gap.1, place));
            begun += usize::from(begins);
            let letters = |from: f64, to: f64| from < place as f64 - 2.0 && to > place as f64 - 2.0;
            crossed += usize::from(!begins && letters(piece.from, piece.to));
        }
        begun >= FEWEST && crossed * 3 <= begun
    };
    let places: Vec<i64> = begins.iter().take(PLACES).filter(|one| parts(one)).map(|one| one.0).collect();
    if places.is_empty() {
        return Cow::Borrowed(pieces);
    }
    let mut parted = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let (mut from, mut start, mut goes_on) = (piece.from, 0, piece.goes_on);
        let cuts = piece.gaps.iter().filter(|gap| places.iter().any(|place| starts(gap.1, *place)));
        let ends = (piece.to, piece.to, piece.text.len());
        for &(to, next, at) in cuts.chain([&ends]) {
            let Some(text) = piece.text.get(start..at) else { continue };
            let text = if at < piece.text.len() { text.trim_end() } else { text };
            let (height, size) = (piece.height, piece.size);
            parted.push(Piece { text: text.to_owned(), from, to, height, size, goes_on, gaps: Vec::new() });
            (from, start, goes_on) = (next, at, true);
        }
    }
    Cow::Owned(parted)
}

/// The columns that a piece stands in, from the first to the last.
type Reach = (usize, usize);

/// The numbers of the pieces in the order in which they are read.
pub(crate) fn order(pieces: &[Piece]) -> Vec<usize> {
    let as_set: Vec<usize> = (0..pieces.len()).collect();
    let mut places = Vec::new();
    find(pieces, &as_set, &mut places);
    if places.is_empty() {
        return as_set;
    }
    places.sort_by(f64::total_cmp);
    let reaches: Vec<Reach> = pieces.iter().map(|piece| reach(piece, &places)).collect();
    let mut counts = vec![0_usize; places.len() + 1];
    let (mut back, mut last) = (0, 0);
    for &(first, _) in reaches.iter().filter(|(first, last)| first == last) {
        back += usize::from(first < last);
        last = first;
        counts[first] += 1;
    }
    let least = counts.into_iter().filter(|count| *count > 0).min().unwrap_or(0);
    if back < 3 || back * 3 < least {
        return as_set;
    }
    let mut sorted = as_set;
    sorted.sort_by(|a, b| above(&pieces[*a], &pieces[*b]));
    let mut read = Vec::with_capacity(pieces.len());
    columns(&reaches, &sorted, (0, places.len()), &mut read);
    read
}

/// Reads what stands in some columns, `set` from top to bottom: between what stands across all of them, the columns that
/// nothing joins one after the other.
fn columns(reaches: &[Reach], set: &[usize], (from, to): Reach, read: &mut Vec<usize>) {
    if from == to {
        read.extend(set);
        return;
    }
    for part in set.chunk_by(|a, b| (reaches[*a] == (from, to)) == (reaches[*b] == (from, to))) {
        let across = part.first().is_some_and(|first| reaches[*first] == (from, to));
        let free = |place: &usize| part.iter().all(|n| reaches[*n].1 <= *place || reaches[*n].0 > *place);
        match (from..to).find(free).filter(|_| !across) {
            None => read.extend(part),
            Some(place) => {
                let of = |left: bool| -> Vec<usize> {
                    part.iter().copied().filter(|n| (reaches[*n].1 <= place) == left).collect()
                };
                columns(reaches, &of(true), (from, place), read);
                columns(reaches, &of(false), (place + 1, to), read);
            }
        }
    }
}

/// The columns that a piece stands in, where the second and further ones begin at `places`.
fn reach(piece: &Piece, places: &[f64]) -> Reach {
    let first = places.iter().filter(|place| piece.from >= *place - 2.0).count();
    let last = places.iter().filter(|place| piece.to > *place - piece.size * 0.8).count();
    (first, last.max(first))
}

/// Whether `a` is read before `b` where they stand in one column: it stands higher, or further left on the same line.
fn above(a: &Piece, b: &Piece) -> std::cmp::Ordering {
    b.height.total_cmp(&a.height).then(a.from.total_cmp(&b.from))
}

/// The places where columns of running text begin, but the first, among the pieces of `set`.
fn find(pieces: &[Piece], set: &[usize], places: &mut Vec<f64>) {
    if set.len() < 2 * FEWEST || places.len() + 1 >= MOST {
        return;
    }
    let Some(place) = place(pieces, set) else { return };
    places.push(place);
    for side in [0, 1] {
        let within: Vec<usize> =
            set.iter().copied().filter(|n| reach(&pieces[*n], &[place]) == (side, side)).collect();
        find(pieces, &within, places);
    }
}

/// The place that parts pieces best into two columns of running text; none where there are no two.
fn place(pieces: &[Piece], set: &[usize]) -> Option<f64> {
    let mut begins: Vec<(i64, usize)> = Vec::new();
    let mut places: Vec<i64> = set.iter().map(|n| pieces[*n].from.clamp(-1e6, 1e6).round() as i64).collect();
    places.sort_unstable();
    for place in places {
        match begins.last_mut() {
            Some((known, count)) if *known == place => *count += 1,
            _ => begins.push((place, 1)),
        }
    }
    begins.sort_by_key(|(place, count)| (usize::MAX - count, *place));
    let fit = begins.iter().take(PLACES).filter_map(|(place, _)| {
        let place = *place as f64;
        let of = |wanted: Reach| {
            let letters = set.iter().filter(|n| reach(&pieces[**n], &[place]) == wanted);
            let letters: Vec<f64> = letters.map(|n| pieces[*n].text.chars().count() as f64).collect();
            (letters.len(), median(letters.into_iter()).unwrap_or(0.0))
        };
        let (left, right, across) = (of((0, 0)), of((1, 1)), of((0, 1)));
        let fits =
            left.0.min(right.0) >= FEWEST && left.1.min(right.1) >= PROSE as f64 && across.0 * 4 <= set.len();
        // Of three columns, the middle one stands across whatever divides it.
        fits.then_some((left.0.min(right.0) as i64 - 2 * across.0 as i64, place))
    });
    // The first of equals, which more pieces begin at.
    fit.fold(None, |best: Option<(i64, f64)>, one| match best {
        Some(best) if best.0 >= one.0 => Some(best),
        _ => Some(one),
    })
    .map(|(_, place)| place)
}

/// Whether a line ends for want of room: the next word would not have fitted behind it.
pub(crate) fn is_full(line: &Piece, pieces: &[Piece], next: &str) -> bool {
    let column = pieces.iter().filter(|piece| (piece.from - line.from).abs() <= line.size * 3.0);
    // Nearly all lines of a column: a headline that begins there may be longer.
    let mut ends: Vec<f64> = column.map(|piece| piece.to).collect();
    ends.sort_by(f64::total_cmp);
    let Some(edge) = ends.get(ends.len() * 9 / 10).or(ends.last()) else { return false };
    let letters = line.text.chars().count().max(1) as f64;
    let word = next.split_whitespace().next().map_or(0, |word| word.chars().count() + 1) as f64;
    line.to + word * (line.to - line.from) / letters > *edge
}

/// Whether the hyphen that a text ends with belongs to its word where `next` follows: «porte-», of «porte-parole».
pub(crate) fn keeps_hyphen(text: &str, next: &str) -> bool {
    /// Beginnings of words, each with the beginnings of what may follow; none where anything may.
    static COMPOUNDS: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
        let lines = include_str!("../lang/compounds.txt").lines().filter(|line| !line.starts_with('#'));
        let mut compounds: HashMap<&str, Vec<&str>> = HashMap::new();
        for line in lines {
            let mut words = line.split_whitespace();
            match line.split_once("- ") {
                Some((first, seconds)) => {
                    compounds.entry(first).or_default().extend(seconds.split_whitespace());
                }
                None => words.by_ref().for_each(|word| _ = compounds.entry(word).or_default()),
            }
        }
        compounds
    });
    let bare = text.trim_end_matches(['-', '\u{2010}']);
    let word = bare.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    if bare.len() == text.len() || word.len() > 40 {
        return false;
    }
    let Some(seconds) = COMPOUNDS.get(word.to_lowercase().as_str()) else { return false };
    let next: String = next.chars().take(20).flat_map(char::to_lowercase).collect();
    seconds.is_empty() || seconds.iter().any(|second| next.starts_with(second))
}

fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

/// The lines at the head and foot of pages that stand on most of them, such as the name of a paper and the number of the page;
/// numbers do not count. Each page is its lines, the empty ones too.
pub(crate) fn running(pages: &[Vec<&str>]) -> std::collections::BTreeSet<String> {
    use std::collections::{BTreeMap, BTreeSet};
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for page in pages {
        let own: BTreeSet<String> =
            ends(page).map(|n| plain(page[n])).filter(|line| !line.is_empty()).collect();
        own.into_iter().for_each(|line| *counts.entry(line).or_default() += 1);
    }
    let most = |count: usize| count >= 3 && count * 2 >= pages.len();
    counts.into_iter().filter(|(_, count)| most(*count)).map(|(line, _)| line).collect()
}

/// The numbers of the two first and the two last lines of a page that hold something.
pub(crate) fn ends<'p>(page: &'p [&'p str]) -> impl Iterator<Item = usize> + 'p {
    let filled = move || (0..page.len()).filter(move |n| !page[*n].trim().is_empty());
    let count = filled().count();
    filled().enumerate().filter(move |(n, _)| *n < 2 || *n + 2 >= count).map(|(_, line)| line)
}

/// A line as running heads are compared: short, its numbers as one.
pub(crate) fn plain(line: &str) -> String {
    if line.chars().count() > 90 {
        return String::new();
    }
    let mut plain = String::new();
    for character in line.chars().filter(|c| !c.is_whitespace()) {
        match character.is_numeric() {
            true if plain.ends_with('0') => {}
            true => plain.push('0'),
            false => plain.push(character),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(text: &str, from: f64, height: f64) -> Piece {
        let to = from + text.len() as f64 * 5.0;
        Piece { text: text.to_owned(), from, to, height, size: 10.0, ..Piece::default() }
    }

    /// Two columns of six lines below a headline, set row by row.
    fn rows() -> Vec<Piece> {
        let mut pieces = vec![piece("Une manchette qui va d'un bord de la page à l'autre bord", 50.0, 750.0)];
        for n in 0..6 {
            let height = 700.0 - 12.0 * f64::from(n);
            pieces.push(piece(&format!("colonne de gauche, ligne {n}"), 50.0, height));
            pieces.push(piece(&format!("colonne de droite, ligne {n}"), 320.0, height));
        }
        pieces
    }

    #[test]
    fn columns_set_row_by_row_are_read_one_after_the_other() {
        assert_eq!(order(&rows()), [0, 1, 3, 5, 7, 9, 11, 2, 4, 6, 8, 10, 12]);
    }

    #[test]
    fn three_columns_below_a_headline_over_two_are_read_one_after_the_other() {
        let mut pieces = vec![piece(
            "Une manchette qui va d'un bord de la page à l'autre, et plus loin encore",
            40.0,
            780.0,
        )];
        pieces.push(piece("Un titre qui tient sur deux colonnes de cette page", 40.0, 750.0));
        for n in 0..6 {
            let height = 720.0 - 12.0 * f64::from(n);
            for (name, from) in [("une", 40.0), ("deux", 220.0), ("trois", 400.0)] {
                pieces.push(piece(&format!("colonne {name}, ligne {n}, etc."), from, height));
            }
        }
        pieces.push(piece("la suite de la troisième", 400.0, 750.0));
        let read: Vec<&str> = order(&pieces).into_iter().map(|n| pieces[n].text.as_str()).collect();
        assert!(read[0].starts_with("Une manchette") && read[1].starts_with("Un titre"), "{read:?}");
        assert_eq!(read[2..8].iter().filter(|line| line.contains("une")).count(), 6, "{read:?}");
        assert_eq!(read[8..14].iter().filter(|line| line.contains("deux")).count(), 6, "{read:?}");
        assert!(read[14].starts_with("la suite"), "{read:?}");
    }

    #[test]
    fn a_middle_column_that_is_short_is_not_taken_for_headlines() {
        let mut pieces = Vec::new();
        for n in 0..9 {
            let height = 720.0 - 12.0 * f64::from(n);
            for (name, from) in [("une", 40.0), ("deux", 220.0), ("trois", 400.0)] {
                if name != "deux" || n < 5 {
                    pieces.push(piece(&format!("colonne {name}, ligne {n}, etc."), from, height));
                }
            }
        }
        let read: Vec<&str> = order(&pieces).into_iter().map(|n| pieces[n].text.as_str()).collect();
        let column = |line: &str| ["une", "deux", "trois"].iter().position(|name| line.contains(name));
        assert!(read.is_sorted_by_key(|line| column(line)), "{read:?}");
    }

    #[test]
    fn what_was_set_in_order_and_what_is_a_table_is_left_alone() {
        let as_set: Vec<usize> = (0..13).collect();
        let sorted: Vec<Piece> = order(&rows()).into_iter().map(|n| rows()[n].clone()).collect();
        assert_eq!(order(&sorted), as_set);
        let table: Vec<Piece> = rows().into_iter().map(|p| Piece { text: "1 234".into(), ..p }).collect();
        assert_eq!(order(&table), as_set);
        let odd = vec![piece("x", f64::NAN, f64::INFINITY); 20];
        assert_eq!(order(&odd).len(), 20);
    }

    #[test]
    fn hyphens_of_compounds_stay() {
        assert!(
            keeps_hyphen("le porte-", "parole")
                && keeps_hyphen("le Vice-", "ministre")
                && keeps_hyphen("d'après celui-", "ci")
        );
        assert!(
            keeps_hyphen("l'ex-", "ministre") && keeps_hyphen("au-", "delà") && keeps_hyphen("so-", "called")
        );
        assert!(!keeps_hyphen("il a ex-", "pliqué") && !keeps_hyphen("les par-", "ticipants"));
        assert!(!keeps_hyphen("un commu-", "niqué") && !keeps_hyphen("porte", "parole"));
        assert!(!keeps_hyphen("porte\u{AD}", "parole"));
    }

    #[test]
    fn running_heads_are_those_of_most_pages() {
        let pages = [
            vec!["Le Courrier n° 12", "", "Un texte.", "Encore.", "Page 1 sur 3"],
            vec!["Le Courrier n° 12", "Un autre.", "Page 2 sur 3"],
            vec!["Le Courrier n° 12", "Le dernier.", "", "Page 3 sur 3"],
        ];
        let found: Vec<String> = running(&pages).into_iter().collect();
        assert_eq!(found, ["LeCourriern°0", "Page0sur0"]);
        assert!(running(&pages[..2]).is_empty());
    }
}
