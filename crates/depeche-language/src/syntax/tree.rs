//! From scores of heads to a tree.

use ndarray::{Array2, ArrayView2};

/// The tree of the highest sum of scores, with one root as far as that can be had by fixing the likeliest one.
///
/// `scores` is n × (n + 1): the score of each head (column 0: the root, column `m + 1`: word `m`) for each word. Returned
/// are the columns chosen. Most often the best head of each word already makes a tree; else the maximum spanning
/// arborescence is found (Chu and Liu 1965, Edmonds 1967).
pub(crate) fn heads(scores: ArrayView2<'_, f32>) -> Vec<usize> {
    let count = scores.nrows();
    let best: Vec<usize> = scores.rows().into_iter().map(|row| row.to_slice().map_or(0, argmax)).collect();
    let roots = best.iter().filter(|&&head| head == 0).count();
    if roots == 1 && cycle(&best).is_none() {
        return best;
    }
    if count == 0 {
        return best;
    }
    // The likeliest root keeps the root as its only candidate, the others lose it.
    let margin = |n: usize| {
        let row = scores.row(n);
        let other = row.iter().skip(1).copied().fold(f32::NEG_INFINITY, f32::max);
        row[0] - if other.is_finite() { other } else { -1e6 }
    };
    let root = (0..count).fold(0, |best, n| if margin(n) > margin(best) { n } else { best });
    let mut weights = Array2::from_elem((count + 1, count + 1), f32::NEG_INFINITY);
    for n in 0..count {
        for head in 0..=count {
            let allowed = if n == root { head == 0 } else { head != 0 && head != n + 1 };
            if allowed {
                weights[[n + 1, head]] = scores[[n, head]].max(-1e6);
            }
        }
    }
    let mut found = arborescence(weights);
    found.remove(0);
    found
}

/// The index of the highest value, the first of equals; 0 for none.
pub(crate) fn argmax(values: &[f32]) -> usize {
    // Lanes let the compiler compare many at a time.
    let mut lanes = [f32::NEG_INFINITY; 16];
    let chunks = values.chunks_exact(16);
    let rest = chunks.remainder();
    for chunk in chunks {
        for (lane, &value) in lanes.iter_mut().zip(chunk) {
            *lane = if value > *lane { value } else { *lane };
        }
    }
    let highest =
        lanes.iter().chain(rest).fold(f32::NEG_INFINITY, |highest, &v| if v > highest { v } else { highest });
    values.iter().position(|&value| value == highest).unwrap_or(0)
}

/// The nodes of a cycle among `heads`, if there is one (node 0 is the root; `heads[n]` is the head of node `n + 1`).
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    // 0: not seen; a number: seen on that walk.
    let mut walk = vec![0usize; heads.len() + 1];
    for start in 1..=heads.len() {
        let mut at = start;
        while at != 0 && walk[at] == 0 {
            walk[at] = start;
            at = heads[at - 1];
        }
        if at != 0 && walk[at] == start {
            let mut nodes = vec![at];
            let mut next = heads[at - 1];
            while next != at {
                nodes.push(next);
                next = heads[next - 1];
            }
            return Some(nodes);
        }
    }
    None
}

/// The maximum spanning arborescence from node 0: `weights[[n, head]]`, minus infinity where there is no arc. Cycles are
/// contracted one at a time, from the outside in, without recursion; at most as often as there are nodes.
fn arborescence(mut weights: Array2<f32>) -> Vec<usize> {
    struct Contraction {
        cycle: Vec<usize>,
        heads: Vec<usize>,
        /// For each node outside: the node of the cycle that would be its head.
        leaving: Vec<usize>,
        /// For each node outside: the node of the cycle that it would enter.
        entering: Vec<usize>,
        kept: usize,
    }
    let count = weights.nrows();
    let mut alive = vec![true; count];
    let mut contractions: Vec<Contraction> = Vec::new();
    let mut heads;
    loop {
        heads = vec![0; count];
        for n in (1..count).filter(|&n| alive[n]) {
            let arcs = (0..count).map(|head| match alive[head] && head != n {
                true => weights[[n, head]],
                false => f32::NEG_INFINITY,
            });
            heads[n] = argmax(&arcs.collect::<Vec<f32>>());
        }
        let mut walked = heads[1..].to_vec();
        for n in 1..count {
            if !alive[n] {
                walked[n - 1] = 0;
            }
        }
        let Some(cycle) = cycle(&walked) else { break };
        let kept = cycle[0];
        let within = |node: usize| cycle.contains(&node);
        let mut leaving = vec![0; count];
        let mut entering = vec![0; count];
        let mut row = vec![f32::NEG_INFINITY; count];
        let mut column = vec![f32::NEG_INFINITY; count];
        for node in (0..count).filter(|&node| alive[node] && !within(node)) {
            for &member in &cycle {
                let gain = weights[[member, node]] - weights[[member, heads[member]]];
                if gain > row[node] {
                    row[node] = gain;
                    entering[node] = member;
                }
                if weights[[node, member]] > column[node] {
                    column[node] = weights[[node, member]];
                    leaving[node] = member;
                }
            }
        }
        for &member in &cycle[1..] {
            alive[member] = false;
        }
        for node in 0..count {
            weights[[kept, node]] = row[node];
            weights[[node, kept]] = column[node];
        }
        let cycle_heads = heads.clone();
        contractions.push(Contraction { cycle, heads: cycle_heads, leaving, entering, kept });
    }
    for contraction in contractions.into_iter().rev() {
        let Contraction { cycle, heads: inner, leaving, entering, kept } = contraction;
        let outside = heads[kept];
        for node in 1..count {
            if heads[node] == kept && alive[node] && node != kept {
                heads[node] = leaving[node];
            }
        }
        for &member in &cycle {
            alive[member] = true;
            heads[member] = inner[member];
        }
        heads[entering[outside]] = outside;
    }
    heads
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// All trees of three words with one root, by trying.
    fn by_trying(scores: &Array2<f32>, root: usize) -> f32 {
        let count = scores.nrows();
        let mut best = f32::NEG_INFINITY;
        let choices = (count + 1).pow(count as u32);
        for choice in 0..choices {
            let heads: Vec<usize> =
                (0..count).map(|n| choice / (count + 1).pow(n as u32) % (count + 1)).collect();
            let fits = heads.iter().enumerate().all(|(n, &head)| head != n + 1 && (head == 0) == (n == root));
            if fits && cycle(&heads).is_none() {
                best = best.max(heads.iter().enumerate().map(|(n, &head)| scores[[n, head]]).sum());
            }
        }
        best
    }

    proptest! {
        #[test]
        fn the_best_tree_is_found(values in proptest::collection::vec(-9i8..9, 20)) {
            let scores = Array2::from_shape_fn((4, 5), |(n, head)| {
                if head == n + 1 { f32::NEG_INFINITY } else { f32::from(values[n * 5 + head]) }
            });
            let found = heads(scores.view());
            prop_assert!(cycle(&found).is_none());
            let roots: Vec<usize> = (0..4).filter(|&n| found[n] == 0).collect();
            prop_assert_eq!(roots.len(), 1);
            let sum: f32 = found.iter().enumerate().map(|(n, &head)| scores[[n, head]]).sum();
            prop_assert!((sum - by_trying(&scores, roots[0])).abs() < 1e-3);
        }

        #[test]
        fn any_scores_give_a_tree(count in 1usize..30, seed in any::<u64>()) {
            let mut state = seed;
            let scores = Array2::from_shape_fn((count, count + 1), |(n, head)| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                if head == n + 1 { f32::NEG_INFINITY } else { (state >> 33) as f32 / 1e8 }
            });
            let found = heads(scores.view());
            prop_assert!(cycle(&found).is_none());
            prop_assert_eq!(found.iter().filter(|&&head| head == 0).count(), 1);
        }
    }
}
