//! Which found item answers which gold item.

/// Pairs items one to one, heaviest pair first; among equals the one that comes first in the gold, then in what was
/// found. A weight of 0 is no match.
pub fn pair_up(gold: usize, found: usize, weight: impl Fn(usize, usize) -> f64) -> Vec<(usize, usize)> {
    let mut weighed: Vec<(f64, usize, usize)> = (0..gold)
        .flat_map(|g| (0..found).map(move |f| (g, f)))
        .map(|(g, f)| (weight(g, f), g, f))
        .filter(|&(w, ..)| w > 0.0)
        .collect();
    weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let (mut taken_gold, mut taken_found) = (vec![false; gold], vec![false; found]);
    let mut pairs = Vec::new();
    for (_, g, f) in weighed {
        if !taken_gold[g] && !taken_found[f] {
            (taken_gold[g], taken_found[f]) = (true, true);
            pairs.push((g, f));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_pair_goes_first_and_the_earliest_among_equals() {
        let weights = [[1.0, 3.0], [2.0, 3.0], [0.0, 0.0]];
        assert_eq!(pair_up(3, 2, |g, f| weights[g][f]), [(0, 1), (1, 0)]);
        assert_eq!(pair_up(2, 2, |_, _| 1.0), [(0, 0), (1, 1)]);
        assert_eq!(pair_up(0, 2, |_, _| 1.0), []);
    }
}
