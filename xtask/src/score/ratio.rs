//! How alike two strings are: the ratio of Ratcliff and Obershelp ("Pattern Matching: The Gestalt Approach", 1988) in
//! the form that Python's `difflib.SequenceMatcher` gives it, with its choice among equal matches and its rule of
//! popular characters, because figures are to agree with scripts that use it.

use std::collections::HashMap;

/// Whether characters that are frequent in a long second string start no match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Popular {
    /// They do not, as is `difflib`'s default: in a string of 200 characters and more, those above 1 % of it.
    Skipped,
    /// They do.
    Kept,
}

/// Twice the number of characters in matching blocks, divided by the number of all; 1 for two empty strings.
pub fn ratio(a: &str, b: &str, popular: Popular) -> f64 {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    if a.is_empty() && b.is_empty() {
        return 1.0;
    }
    let matcher = Matcher::new(&a, &b, popular);
    2.0 * matcher.matched() as f64 / (a.len() + b.len()) as f64
}

struct Matcher<'a> {
    a: &'a [char],
    b: &'a [char],
    /// Where each character stands in `b`, popular ones left out.
    places: HashMap<char, Vec<usize>>,
}

impl<'a> Matcher<'a> {
    fn new(a: &'a [char], b: &'a [char], popular: Popular) -> Matcher<'a> {
        let mut places: HashMap<char, Vec<usize>> = HashMap::new();
        for (n, &c) in b.iter().enumerate() {
            places.entry(c).or_default().push(n);
        }
        if popular == Popular::Skipped && b.len() >= 200 {
            let most = b.len() / 100 + 1;
            places.retain(|_, at| at.len() <= most);
        }
        Matcher { a, b, places }
    }

    /// The number of characters in matching blocks: the longest one, then the same to its left and to its right.
    fn matched(&self) -> usize {
        let mut total = 0;
        let mut open = vec![(0, self.a.len(), 0, self.b.len())];
        while let Some((a_low, a_high, b_low, b_high)) = open.pop() {
            let (i, j, size) = self.longest(a_low, a_high, b_low, b_high);
            if size > 0 {
                total += size;
                if a_low < i && b_low < j {
                    open.push((a_low, i, b_low, j));
                }
                if i + size < a_high && j + size < b_high {
                    open.push((i + size, a_high, j + size, b_high));
                }
            }
        }
        total
    }

    /// The longest block that starts no popular character, the one furthest left in `a`, then in `b`; widened by equal
    /// neighbours, popular or not.
    fn longest(&self, a_low: usize, a_high: usize, b_low: usize, b_high: usize) -> (usize, usize, usize) {
        let (mut best_a, mut best_b, mut best) = (a_low, b_low, 0);
        let mut lengths: HashMap<usize, usize> = HashMap::new();
        for i in a_low..a_high {
            let mut next = HashMap::new();
            for &j in self.places.get(&self.a[i]).into_iter().flatten() {
                if j < b_low {
                    continue;
                }
                if j >= b_high {
                    break;
                }
                let length = j.checked_sub(1).and_then(|j| lengths.get(&j)).copied().unwrap_or(0) + 1;
                next.insert(j, length);
                if length > best {
                    (best_a, best_b, best) = (i + 1 - length, j + 1 - length, length);
                }
            }
            lengths = next;
        }
        while best_a > a_low && best_b > b_low && self.a[best_a - 1] == self.b[best_b - 1] {
            (best_a, best_b, best) = (best_a - 1, best_b - 1, best + 1);
        }
        while best_a + best < a_high
            && best_b + best < b_high
            && self.a[best_a + best] == self.b[best_b + best]
        {
            best += 1;
        }
        (best_a, best_b, best)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_by_hand() {
        assert_eq!(ratio("", "", Popular::Kept), 1.0);
        assert_eq!(ratio("abc", "", Popular::Kept), 0.0);
        // "bcd" matches: 2 * 3 / 8.
        assert_eq!(ratio("abcd", "bcde", Popular::Kept), 0.75);
        // "ouchakov" of 8 + 7 letters: "ou" and "hakov" stand against "ushakov": u, hakov.
        assert_eq!(ratio("ouchakov", "ushakov", Popular::Kept), 2.0 * 6.0 / 15.0);
        // The first of two equal blocks is taken, so that what follows it can still match.
        assert_eq!(ratio("ab", "abxab", Popular::Kept), 4.0 / 7.0);
    }

    #[test]
    fn popular_characters_start_no_match_in_a_long_string() {
        let long = "ab".repeat(100);
        let (a, b) = (format!("x{long}"), format!("yy{long}"));
        assert_eq!(ratio(&a, &b, Popular::Kept), 400.0 / 403.0);
        assert_eq!(ratio(&a, &b, Popular::Skipped), 0.0);
        // A rare character starts one, and its popular neighbours widen it.
        assert_eq!(ratio(&format!("{a}z"), &format!("{b}z"), Popular::Skipped), 402.0 / 405.0);
    }
}
