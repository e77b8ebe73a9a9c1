//! The order in which the lines of a printed page are read.
//!
//! Programs set most pages in the order in which they are read, column by column, and that order is kept. Some set them row by
//! row, across the columns; where the places of the pieces show two columns of running text and the order goes back and
//! forth between them, the left one is read before the right one, between what stands across both.

use std::collections::HashSet;
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
}

/// Fewest pieces of a column.
const FEWEST: usize = 4;
/// Median number of letters of a column's pieces; those of tables are shorter.
const PROSE: usize = 18;
/// Places where a right column may begin that are tried, the commonest.
const PLACES: usize = 20;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
    Across,
}

/// The numbers of the pieces in the order in which they are read.
pub(crate) fn order(pieces: &[Piece]) -> Vec<usize> {
    let as_set = || (0..pieces.len()).collect();
    let Some(sides) = sides(pieces) else { return as_set() };
    let mut back = 0;
    let mut last = Side::Left;
    for &side in sides.iter().filter(|side| **side != Side::Across) {
        back += usize::from(last == Side::Right && side == Side::Left);
        last = side;
    }
    let count = |wanted: Side| sides.iter().filter(|side| **side == wanted).count();
    if back < 3 || back * 3 < count(Side::Left).min(count(Side::Right)) {
        return as_set();
    }
    let of = |wanted: Side| {
        let mut found: Vec<usize> = (0..pieces.len()).filter(|n| sides[*n] == wanted).collect();
        found.sort_by(|a, b| above(&pieces[*a], &pieces[*b]));
        found
    };
    let (left, right, across) = (of(Side::Left), of(Side::Right), of(Side::Across));
    let mut read = Vec::with_capacity(pieces.len());
    let (mut l, mut r) = (0, 0);
    for bar in across.iter().map(|n| Some(*n)).chain([None]) {
        let floor = bar.map(|bar| pieces[bar].height);
        for (column, next) in [(&left, &mut l), (&right, &mut r)] {
            let stands = |n: &&usize| floor.is_none_or(|floor| pieces[**n].height.total_cmp(&floor).is_gt());
            while let Some(&n) = column.get(*next).filter(stands) {
                read.push(n);
                *next += 1;
            }
        }
        read.extend(bar);
    }
    read
}

/// Whether `a` is read before `b` where they stand in one column: it stands higher, or further left on the same line.
fn above(a: &Piece, b: &Piece) -> std::cmp::Ordering {
    b.height.total_cmp(&a.height).then(a.from.total_cmp(&b.from))
}

/// On which side of a gap between two columns each piece stands; none where there are no two columns of running text.
fn sides(pieces: &[Piece]) -> Option<Vec<Side>> {
    if pieces.len() < 2 * FEWEST {
        return None;
    }
    let size = median(pieces.iter().map(|piece| piece.size)).unwrap_or(10.0);
    let mut begins: Vec<(i64, usize)> = Vec::new();
    let mut places: Vec<i64> =
        pieces.iter().map(|piece| piece.from.clamp(-1e6, 1e6).round() as i64).collect();
    places.sort_unstable();
    for place in places {
        match begins.last_mut() {
            Some((known, count)) if *known == place => *count += 1,
            _ => begins.push((place, 1)),
        }
    }
    begins.sort_by_key(|(place, count)| (usize::MAX - count, *place));
    let split = |place: f64| -> Vec<Side> {
        let side = |piece: &Piece| match () {
            () if piece.from >= place - 2.0 => Side::Right,
            () if piece.to <= place - size * 0.8 => Side::Left,
            () => Side::Across,
        };
        pieces.iter().map(side).collect()
    };
    let splits = begins.iter().take(PLACES).map(|(place, _)| split(*place as f64));
    let fit = splits.filter_map(|sides| {
        let of = |wanted: Side| {
            let letters = pieces.iter().zip(&sides).filter(|(_, side)| **side == wanted);
            let letters: Vec<f64> = letters.map(|(piece, _)| piece.text.chars().count() as f64).collect();
            (letters.len(), median(letters.into_iter()).unwrap_or(0.0))
        };
        let (left, right, across) = (of(Side::Left), of(Side::Right), of(Side::Across));
        let fits = left.0.min(right.0) >= FEWEST
            && left.1.min(right.1) >= PROSE as f64
            && across.0 * 4 <= pieces.len();
        fits.then_some((left.0.min(right.0), sides))
    });
    fit.max_by_key(|(count, _)| *count).map(|(_, sides)| sides)
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

/// Whether the hyphen that a text ends with belongs to its word: «porte-», of «porte-parole».
pub(crate) fn keeps_hyphen(text: &str) -> bool {
    static COMPOUNDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        let lines = include_str!("../lang/compounds.txt").lines().filter(|line| !line.starts_with('#'));
        lines.flat_map(str::split_whitespace).collect()
    });
    let bare = text.trim_end_matches(['-', '\u{2010}']);
    let word = bare.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    bare.len() < text.len() && word.len() <= 40 && COMPOUNDS.contains(word.to_lowercase().as_str())
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
        Piece { text: text.to_owned(), from, to, height, size: 10.0, goes_on: false }
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
            keeps_hyphen("selon le porte-") && keeps_hyphen("le Vice-") && keeps_hyphen("d'après celui-")
        );
        assert!(!keeps_hyphen("un commu-") && !keeps_hyphen("porte") && !keeps_hyphen("porte\u{AD}"));
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
