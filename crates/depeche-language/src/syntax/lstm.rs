//! A long short-term memory (Hochreiter and Schmidhuber 1997) over many sentences at once.

use std::ops::Range;

use ndarray::Array2;
use pulp::{Arch, NullaryFnOnce};

/// Which way a layer reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Forward,
    Backward,
}

impl Direction {
    /// The row that is read as the `step`th of a sentence.
    pub(crate) fn row(self, sentence: &Range<usize>, step: usize) -> usize {
        match self {
            Direction::Forward => sentence.start + step,
            Direction::Backward => sentence.end - 1 - step,
        }
    }
}

/// Indices of the sentences, the longest first, equal ones in order.
pub(crate) fn by_length(sentences: &[Range<usize>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    order.sort_by_key(|&n| std::cmp::Reverse(sentences[n].len()));
    order
}

/// Hyperbolic tangent as a quotient of polynomials (the [7/6] Padé approximant, clamped), within 2e-4 of the exact value.
#[inline]
pub(crate) fn tanh(x: f32) -> f32 {
    let x = x.clamp(-4.97, 4.97);
    let y = x * x;
    let above = x * (135_135.0 + y * (17_325.0 + y * (378.0 + y)));
    let below = 135_135.0 + y * (62_370.0 + y * (3_150.0 + y * 28.0));
    above / below
}

/// The logistic function, by [`tanh`].
#[inline]
pub(crate) fn sigmoid(x: f32) -> f32 {
    0.5 + 0.5 * tanh(0.5 * x)
}

/// Products of states (rows × h) and recurrent weights (h × 4h), into rows × 4h. Few rows at a time are what a short
/// report gives, and there a general product of matrices spends its time on arranging the weights.
pub(crate) struct Product<'m> {
    pub states: &'m [f32],
    pub weights: &'m [f32],
    pub width: usize,
    pub out: &'m mut [f32],
}

/// Columns that are summed at a time.
const COLUMNS: usize = 16;

impl NullaryFnOnce for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Product { mut states, weights, width, mut out } = self;
        while states.len() >= 4 * width && width > 0 {
            let (here, rest) = states.split_at(4 * width);
            let (to, after) = out.split_at_mut(16 * width);
            rows::<4>(here, weights, width, to);
            (states, out) = (rest, after);
        }
        for (here, to) in states.chunks_exact(width.max(1)).zip(out.chunks_exact_mut(4 * width.max(1))) {
            rows::<1>(here, weights, width, to);
        }
    }
}

/// The product of `N` rows of states.
#[inline(always)]
fn rows<const N: usize>(states: &[f32], weights: &[f32], width: usize, out: &mut [f32]) {
    let wide = 4 * width;
    let whole = wide - wide % COLUMNS;
    for start in (0..whole).step_by(COLUMNS) {
        let mut sums = [[0.0f32; COLUMNS]; N];
        for (k, weights) in weights.chunks_exact(wide).enumerate() {
            let weights = &weights[start..start + COLUMNS];
            for (n, sums) in sums.iter_mut().enumerate() {
                let state = states[n * width + k];
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum = state.mul_add(*weight, *sum);
                }
            }
        }
        for (n, sums) in sums.iter().enumerate() {
            out[n * wide + start..n * wide + start + COLUMNS].copy_from_slice(sums);
        }
    }
    for n in 0..N {
        for column in whole..wide {
            let states = &states[n * width..(n + 1) * width];
            let products =
                states.iter().zip(weights.chunks_exact(wide)).map(|(state, weights)| state * weights[column]);
            out[n * wide + column] = products.sum();
        }
    }
}

/// One step of one word: from what the gates take in to their values, the cells and the states.
struct Cell<'m> {
    gates: &'m mut [f32],
    carried: &'m [f32],
    cells: &'m mut [f32],
    states: &'m mut [f32],
}

impl NullaryFnOnce for Cell<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Cell { gates, carried, cells, states } = self;
        for (gate, carried) in gates.iter_mut().zip(carried) {
            *gate += carried;
        }
        let (i, rest) = gates.split_at_mut(cells.len());
        let (f, rest) = rest.split_at_mut(cells.len());
        let (g, o) = rest.split_at_mut(cells.len());
        i.iter_mut().for_each(|gate| *gate = sigmoid(*gate));
        f.iter_mut().for_each(|gate| *gate = sigmoid(*gate));
        g.iter_mut().for_each(|gate| *gate = tanh(*gate));
        o.iter_mut().for_each(|gate| *gate = sigmoid(*gate));
        for (((cell, &i), &f), &g) in cells.iter_mut().zip(&*i).zip(&*f).zip(&*g) {
            *cell = f * *cell + i * g;
        }
        for ((state, &cell), &o) in states.iter_mut().zip(&*cells).zip(&*o) {
            *state = o * tanh(cell);
        }
    }
}

/// Runs one direction. `gates` (words × 4h) comes in as what the inputs give and goes out as the gates' values, in the
/// order input, forget, cell, output. `carry` multiplies states (rows × h) by the recurrent weights, into rows × 4h; `take`
/// is given the row, the cells and the states of each word.
pub(crate) fn run(
    gates: &mut Array2<f32>,
    direction: Direction,
    sentences: &[Range<usize>],
    mut carry: impl FnMut(&[f32], &mut [f32]),
    mut take: impl FnMut(usize, &[f32], &[f32]),
) {
    let wide = gates.ncols();
    let width = wide / 4;
    let arch = Arch::new();
    let order = by_length(sentences);
    let longest = order.first().map_or(0, |&n| sentences[n].len());
    let mut states = vec![0.0f32; order.len() * width];
    let mut cells = vec![0.0f32; order.len() * width];
    let mut carried = vec![0.0f32; order.len() * wide];
    let Some(gates) = gates.as_slice_mut() else { return }; // a matrix in standard layout is a slice
    for step in 0..longest {
        let active = order.partition_point(|&n| sentences[n].len() > step);
        if step > 0 {
            carry(&states[..active * width], &mut carried[..active * wide]);
        }
        for (slot, &n) in order[..active].iter().enumerate() {
            let row = direction.row(&sentences[n], step);
            let cells = &mut cells[slot * width..(slot + 1) * width];
            let states = &mut states[slot * width..(slot + 1) * width];
            arch.dispatch(Cell {
                gates: &mut gates[row * wide..(row + 1) * wide],
                carried: &carried[slot * wide..(slot + 1) * wide],
                cells,
                states,
            });
            take(row, cells, states);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_those_of_matrices() {
        for (rows, width) in [(1, 4), (3, 5), (7, 12), (9, 16)] {
            let states = Array2::from_shape_fn((rows, width), |(r, c)| (r * 7 + c) as f32 % 5.0 - 2.0);
            let weights = Array2::from_shape_fn((width, 4 * width), |(r, c)| (r * 3 + c) as f32 % 7.0 - 3.0);
            let mut out = vec![0.0; rows * 4 * width];
            let (states_in, weights_in) =
                (states.as_slice().expect("rows"), weights.as_slice().expect("rows"));
            Arch::new().dispatch(Product { states: states_in, weights: weights_in, width, out: &mut out });
            assert_eq!(states.dot(&weights).as_slice().expect("rows"), out);
        }
    }

    #[test]
    fn the_quotient_is_near_the_tangent() {
        for n in -1000..1000 {
            let x = n as f32 / 100.0;
            assert!((tanh(x) - x.tanh()).abs() < 2e-4, "{x}");
        }
    }
}
