//! Reverse-mode differentiation over matrices: the operations that the network is made of, each with its gradient.
//!
//! A [`Tape`] records one pass over one batch. Rows are words, columns are dimensions. Everything runs on one thread in a
//! fixed order, so that the same data give the same bytes.

use ndarray::linalg::general_mat_mul;
use ndarray::{Array1, Array2, ArrayView2, ArrayViewMut2, Axis, Zip};

use crate::syntax::block::Block;
use crate::syntax::lstm::{self, Direction};
pub(super) use crate::syntax::network::Matrix;
use crate::syntax::network::softmax;

/// A generator of pseudo-random numbers (`SplitMix64`, Steele et al. 2014): the same everywhere.
#[derive(Debug, Clone)]
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    pub(super) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// In `0..1`.
    pub(super) fn unit(&mut self) -> f32 {
        (self.bits() >> 40) as f32 / (1u64 << 24) as f32
    }

    /// In `0..bound`.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        (self.bits() % bound.max(1) as u64) as usize
    }

    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }

    /// A matrix with entries in `-bound..bound`.
    pub(super) fn matrix(&mut self, rows: usize, columns: usize, bound: f32) -> Matrix {
        Array2::from_shape_fn((rows, columns), |_| (2.0 * self.unit() - 1.0) * bound)
    }
}

/// A parameter with its gradient and the moments of Adam.
#[derive(Debug)]
pub(super) struct Param {
    pub(super) value: Matrix,
    gradient: Matrix,
    first: Matrix,
    second: Matrix,
    /// For tables of embeddings: the rows that have a gradient in this step.
    rows: Option<Vec<u32>>,
}

/// Index of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ParamId(usize);

/// All parameters of a network.
#[derive(Debug, Default)]
pub(super) struct Params {
    pub(super) all: Vec<Param>,
    step: i32,
}

impl Params {
    pub(super) fn add(&mut self, value: Matrix) -> ParamId {
        let zero = Matrix::zeros(value.dim());
        self.all.push(Param { gradient: zero.clone(), first: zero.clone(), second: zero, value, rows: None });
        ParamId(self.all.len() - 1)
    }

    /// A table of which a step touches few rows.
    pub(super) fn add_table(&mut self, value: Matrix) -> ParamId {
        let id = self.add(value);
        self.all[id.0].rows = Some(Vec::new());
        id
    }

    pub(super) fn value(&self, id: ParamId) -> &Matrix {
        &self.all[id.0].value
    }

    /// One step of Adam (Kingma and Ba 2015), lazy for tables, after clipping the norm of the gradient.
    pub(super) fn adam(&mut self, rate: f32, clip: f32) {
        const BETAS: (f32, f32) = (0.9, 0.98);
        self.step += 1;
        let mut norm = 0.0f64;
        for param in &mut self.all {
            match &mut param.rows {
                None => norm += param.gradient.iter().map(|&g| f64::from(g * g)).sum::<f64>(),
                Some(rows) => {
                    rows.sort_unstable();
                    rows.dedup();
                    for &row in rows.iter() {
                        norm +=
                            param.gradient.row(row as usize).iter().map(|&g| f64::from(g * g)).sum::<f64>();
                    }
                }
            }
        }
        let norm = norm.sqrt() as f32;
        let scale = if norm > clip { clip / norm } else { 1.0 };
        let rate = rate * (1.0 - BETAS.1.powi(self.step)).sqrt() / (1.0 - BETAS.0.powi(self.step));
        let update = |value: &mut f32, gradient: &mut f32, first: &mut f32, second: &mut f32| {
            let g = *gradient * scale;
            *first = BETAS.0 * *first + (1.0 - BETAS.0) * g;
            *second = BETAS.1 * *second + (1.0 - BETAS.1) * g * g;
            *value -= rate * *first / (second.sqrt() + 1e-8);
            *gradient = 0.0;
        };
        for param in &mut self.all {
            match &mut param.rows {
                None => Zip::from(&mut param.value)
                    .and(&mut param.gradient)
                    .and(&mut param.first)
                    .and(&mut param.second)
                    .for_each(update),
                Some(rows) => {
                    for row in rows.drain(..).map(|row| row as usize) {
                        Zip::from(param.value.row_mut(row))
                            .and(param.gradient.row_mut(row))
                            .and(param.first.row_mut(row))
                            .and(param.second.row_mut(row))
                            .for_each(update);
                    }
                }
            }
        }
    }
}

/// Index of a value on the tape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Node(usize);

type Backward<'a> = Box<dyn FnOnce(&mut Gradients<'_>, &Matrix) + 'a>;

struct Entry<'a> {
    value: Matrix,
    backward: Option<Backward<'a>>,
}

/// What a step backward writes into.
pub(super) struct Gradients<'t> {
    values: &'t [Matrix],
    gradients: &'t mut [Option<Matrix>],
    params: &'t mut Params,
}

impl Gradients<'_> {
    fn add(&mut self, node: Node, gradient: &Matrix) {
        match &mut self.gradients[node.0] {
            Some(sum) => *sum += gradient,
            empty => *empty = Some(gradient.clone()),
        }
    }

    fn give(&mut self, node: Node, gradient: Matrix) {
        match &mut self.gradients[node.0] {
            Some(sum) => *sum += &gradient,
            empty => *empty = Some(gradient),
        }
    }

    /// Adds `a` transposed times `b` to the gradient of a parameter.
    fn add_product(&mut self, id: ParamId, a: ArrayView2<'_, f32>, b: ArrayView2<'_, f32>) {
        general_mat_mul(1.0, &a.t(), &b, 1.0, &mut self.params.all[id.0].gradient);
    }

    fn add_rows(&mut self, id: ParamId, gradient: &Matrix) {
        let sums = gradient.sum_axis(Axis(0));
        let mut row = self.params.all[id.0].gradient.row_mut(0);
        row += &sums;
    }
}

/// A word's features: rows of a table with their weights.
pub(super) type Features = Vec<(u32, f32)>;

/// One pass.
#[derive(Default)]
pub(super) struct Tape<'a> {
    entries: Vec<Entry<'a>>,
    /// The sum of the losses.
    pub(super) loss: f32,
}

impl<'a> Tape<'a> {
    fn push(&mut self, value: Matrix, backward: impl FnOnce(&mut Gradients<'_>, &Matrix) + 'a) -> Node {
        self.entries.push(Entry { value, backward: Some(Box::new(backward)) });
        Node(self.entries.len() - 1)
    }

    pub(super) fn value(&self, node: Node) -> &Matrix {
        &self.entries[node.0].value
    }

    /// Sums of weighted rows of a table.
    pub(super) fn embed(&mut self, params: &Params, table: ParamId, words: Vec<Features>) -> Node {
        let rows = params.value(table);
        let mut sums = Matrix::zeros((words.len(), rows.ncols()));
        for (mut sum, features) in sums.rows_mut().into_iter().zip(&words) {
            for &(row, weight) in features {
                sum.scaled_add(weight, &rows.row(row as usize));
            }
        }
        self.push(sums, move |gradients, gradient| {
            let param = &mut gradients.params.all[table.0];
            for (gradient, features) in gradient.rows().into_iter().zip(&words) {
                for &(row, weight) in features {
                    param.gradient.row_mut(row as usize).scaled_add(weight, &gradient);
                    if let Some(touched) = &mut param.rows {
                        touched.push(row);
                    }
                }
            }
        })
    }

    /// `x · weights + bias`.
    pub(super) fn linear(&mut self, params: &Params, x: Node, weights: ParamId, bias: ParamId) -> Node {
        let value = self.value(x).dot(params.value(weights)) + params.value(bias).row(0);
        self.push(value, move |gradients, gradient| {
            let back = gradient.dot(&gradients.params.value(weights).t());
            let values = gradients.values;
            gradients.add_product(weights, values[x.0].view(), gradient.view());
            gradients.add_rows(bias, gradient);
            gradients.give(x, back);
        })
    }

    /// Leaky rectifier with slope 0.1.
    pub(super) fn rectify(&mut self, x: Node) -> Node {
        let value = self.value(x).mapv(|v| if v > 0.0 { v } else { 0.1 * v });
        self.push(value, move |gradients, gradient| {
            let mut back = gradient.clone();
            back.zip_mut_with(&gradients.values[x.0], |g, &v| *g *= if v > 0.0 { 1.0 } else { 0.1 });
            gradients.give(x, back);
        })
    }

    /// Drops each entry with the probability `rate` and scales the others up.
    pub(super) fn dropout(&mut self, x: Node, rate: f32, random: &mut Random) -> Node {
        if rate <= 0.0 {
            return x;
        }
        let keep = 1.0 / (1.0 - rate);
        let mask = self.value(x).mapv(|_| if random.unit() < rate { 0.0 } else { keep });
        let value = self.value(x) * &mask;
        self.push(value, move |gradients, gradient| gradients.give(x, gradient * &mask))
    }

    /// Side by side.
    pub(super) fn join(&mut self, nodes: &[Node]) -> Node {
        let views: Vec<_> = nodes.iter().map(|&node| self.value(node).view()).collect();
        let value = ndarray::concatenate(Axis(1), &views).unwrap_or_default();
        let nodes = nodes.to_vec();
        self.push(value, move |gradients, gradient| {
            let mut start = 0;
            for node in nodes {
                let width = gradients.values[node.0].ncols();
                gradients.give(node, gradient.block(.., start..start + width).to_owned());
                start += width;
            }
        })
    }

    /// `a + b`.
    pub(super) fn add(&mut self, a: Node, b: Node) -> Node {
        let value = self.value(a) + self.value(b);
        self.push(value, move |gradients, gradient| {
            gradients.add(a, gradient);
            gradients.add(b, gradient);
        })
    }

    /// Rows as probabilities.
    pub(super) fn softmax(&mut self, x: Node) -> Node {
        let mut value = self.value(x).clone();
        softmax(&mut value);
        let kept = value.clone();
        self.push(value, move |gradients, gradient| {
            let mut back = gradient * &kept;
            for (mut row, p) in back.rows_mut().into_iter().zip(kept.rows()) {
                let sum = row.sum();
                row.scaled_add(-sum, &p);
            }
            gradients.give(x, back);
        })
    }

    /// A layer of a long short-term memory in one direction over each sentence.
    ///
    /// `input` is d × 4h, `recurrent` h × 4h, `bias` 1 × 4h; gates in the order input, forget, cell, output.
    pub(super) fn lstm(
        &mut self,
        params: &Params,
        x: Node,
        (input, recurrent, bias): (ParamId, ParamId, ParamId),
        direction: Direction,
        sentences: &'a [std::ops::Range<usize>],
    ) -> Node {
        let mut gates = self.value(x).dot(params.value(input)) + params.value(bias).row(0);
        let width = gates.ncols() / 4;
        let mut cells = Matrix::zeros((gates.nrows(), width));
        let mut states = Matrix::zeros((gates.nrows(), width));
        let weights = params.value(recurrent);
        let carry = |states: &[f32], carried: &mut [f32]| {
            let rows = states.len() / width;
            let states = ArrayView2::from_shape((rows, width), states);
            let carried = ArrayViewMut2::from_shape((rows, 4 * width), carried);
            if let (Ok(states), Ok(mut carried)) = (states, carried) {
                general_mat_mul(1.0, &states, weights, 0.0, &mut carried);
            }
        };
        lstm::run(&mut gates, direction, sentences, carry, |row, cell, state| {
            cells.row_mut(row).iter_mut().zip(cell).for_each(|(to, from)| *to = *from);
            states.row_mut(row).iter_mut().zip(state).for_each(|(to, from)| *to = *from);
        });
        let kept = states.clone();
        self.push(states, move |gradients, gradient| {
            let mut of_gates = Matrix::zeros(gates.dim());
            let mut before = Matrix::zeros(kept.dim());
            {
                let weights = gradients.params.value(recurrent);
                let order = lstm::by_length(sentences);
                let longest = order.first().map_or(0, |&n| sentences[n].len());
                let mut of_state = Matrix::zeros((order.len(), width));
                let mut of_cell = Matrix::zeros((order.len(), width));
                let mut step_gates = Matrix::zeros((order.len(), 4 * width));
                for step in (0..longest).rev() {
                    let active = order.partition_point(|&n| sentences[n].len() > step);
                    for (slot, &n) in order[..active].iter().enumerate() {
                        let range = &sentences[n];
                        let row = direction.row(range, step);
                        let previous = (step > 0).then(|| direction.row(range, step - 1));
                        for j in 0..width {
                            let (i, f) = (gates[[row, j]], gates[[row, width + j]]);
                            let (g, o) = (gates[[row, 2 * width + j]], gates[[row, 3 * width + j]]);
                            let squashed = lstm::tanh(cells[[row, j]]);
                            let dh = gradient[[row, j]] + of_state[[slot, j]];
                            let dc = of_cell[[slot, j]] + dh * o * (1.0 - squashed * squashed);
                            let old = previous.map_or(0.0, |p| cells[[p, j]]);
                            let out = [
                                dc * g * i * (1.0 - i),
                                dc * old * f * (1.0 - f),
                                dc * i * (1.0 - g * g),
                                dh * squashed * o * (1.0 - o),
                            ];
                            for (k, value) in out.into_iter().enumerate() {
                                of_gates[[row, k * width + j]] = value;
                                step_gates[[slot, k * width + j]] = value;
                            }
                            of_cell[[slot, j]] = dc * f;
                            before[[row, j]] = previous.map_or(0.0, |p| kept[[p, j]]);
                        }
                    }
                    general_mat_mul(
                        1.0,
                        &step_gates.block(..active, ..),
                        &weights.t(),
                        0.0,
                        &mut of_state.block_mut(..active, ..),
                    );
                }
            }
            let values = gradients.values;
            gradients.add_product(recurrent, before.view(), of_gates.view());
            gradients.add_product(input, values[x.0].view(), of_gates.view());
            gradients.add_rows(bias, &of_gates);
            let back = of_gates.dot(&gradients.params.value(input).t());
            gradients.give(x, back);
        })
    }

    /// Cross-entropy of logits against target distributions, summed over rows; rows with target weight 0 count nothing.
    pub(super) fn entropy(&mut self, logits: Node, targets: &Matrix, weight: f32) {
        let mut difference = self.value(logits).clone();
        self.loss += weight * entropy_rows(&mut difference, targets);
        difference *= weight;
        self.push(Matrix::zeros((1, 1)), move |gradients, _| gradients.give(logits, difference));
    }

    /// Biaffine scores of heads (Dozat and Manning 2017) and their cross-entropy: `dependents` and `heads` are words × k,
    /// `weights` (k + 1) × k (its last row scores heads alone), `root` 1 × k the representation of the root as a head.
    /// `targets` has for each sentence of n words an n × (n + 1) matrix, the root first. Returns the log-probabilities.
    pub(super) fn arcs(
        &mut self,
        params: &Params,
        (dependents, heads): (Node, Node),
        (weights, root): (ParamId, ParamId),
        sentences: &'a [std::ops::Range<usize>],
        targets: Option<(&[Matrix], f32)>,
    ) -> Vec<Matrix> {
        let (d, h) = (self.value(dependents), self.value(heads));
        let width = d.ncols();
        let u = params.value(weights);
        let rotated = d.dot(&u.block(..width, ..)) + u.row(width);
        let mut all = Vec::with_capacity(sentences.len());
        for range in sentences {
            let mut candidates = Matrix::zeros((range.len() + 1, width));
            candidates.row_mut(0).assign(&params.value(root).row(0));
            candidates.block_mut(1.., ..).assign(&h.block(range.clone(), ..));
            let mut scores = rotated.block(range.clone(), ..).dot(&candidates.t());
            for (n, mut row) in scores.rows_mut().into_iter().enumerate() {
                row[n + 1] = f32::NEG_INFINITY;
            }
            all.push(scores);
        }
        let Some((targets, weight)) = targets else {
            for scores in &mut all {
                log_softmax_rows(scores);
            }
            return all;
        };
        let mut differences = all;
        for (difference, target) in differences.iter_mut().zip(targets) {
            self.loss += weight * entropy_rows(difference, target);
            *difference *= weight;
        }
        self.push(Matrix::zeros((1, 1)), move |gradients, _| {
            let (d, h) = (&gradients.values[dependents.0], &gradients.values[heads.0]);
            let mut of_rotated = Matrix::zeros(d.dim());
            let mut of_heads = Matrix::zeros(h.dim());
            let mut of_root = Array1::zeros(width);
            for (range, difference) in sentences.iter().zip(&differences) {
                let of_arcs = difference.block(.., 1..);
                let mut part = of_arcs.dot(&h.block(range.clone(), ..));
                let to_root = difference.column(0);
                let root_row = gradients.params.value(root).row(0);
                for (mut row, &weight) in part.rows_mut().into_iter().zip(&to_root) {
                    row.scaled_add(weight, &root_row);
                }
                let turned = rotated.block(range.clone(), ..);
                of_heads.block_mut(range.clone(), ..).assign(&of_arcs.t().dot(&turned));
                of_root += &turned.t().dot(&to_root);
                of_rotated.block_mut(range.clone(), ..).assign(&part);
            }
            let back = of_rotated.dot(&gradients.params.value(weights).block(..width, ..).t());
            {
                let mut of_weights = Matrix::zeros((width + 1, width));
                general_mat_mul(1.0, &d.t(), &of_rotated, 0.0, &mut of_weights.block_mut(..width, ..));
                of_weights.row_mut(width).assign(&of_rotated.sum_axis(Axis(0)));
                gradients.params.all[weights.0].gradient += &of_weights;
                let mut row = gradients.params.all[root.0].gradient.row_mut(0);
                row += &of_root;
            }
            gradients.give(dependents, back);
            gradients.give(heads, of_heads);
        });
        Vec::new()
    }

    /// For each word the row of its head in `heads`; the root's own row for words without one.
    pub(super) fn gather(
        &mut self,
        params: &Params,
        heads: Node,
        root: ParamId,
        pairs: Vec<Option<usize>>,
    ) -> Node {
        let h = self.value(heads);
        let mut chosen = Matrix::zeros((pairs.len(), h.ncols()));
        for (mut row, pair) in chosen.rows_mut().into_iter().zip(&pairs) {
            row.assign(&pair.map_or(params.value(root).row(0), |pair| h.row(pair)));
        }
        self.push(chosen, move |gradients, gradient| {
            let mut of_heads = Matrix::zeros(gradients.values[heads.0].dim());
            for (row, pair) in gradient.rows().into_iter().zip(pairs) {
                let mut into = match pair {
                    Some(head) => of_heads.row_mut(head),
                    None => gradients.params.all[root.0].gradient.row_mut(0),
                };
                into += &row;
            }
            gradients.give(heads, of_heads);
        })
    }

    /// Sends the gradients of the losses back to the parameters.
    pub(super) fn backward(self, params: &mut Params) {
        let mut values = Vec::with_capacity(self.entries.len());
        let mut steps = Vec::with_capacity(self.entries.len());
        for entry in self.entries {
            values.push(entry.value);
            steps.push(entry.backward);
        }
        let mut gradients: Vec<Option<Matrix>> = vec![None; values.len()];
        for (index, step) in steps.into_iter().enumerate().rev() {
            let is_loss = values[index].dim() == (1, 1);
            let gradient = match gradients[index].take() {
                Some(gradient) => gradient,
                None if is_loss => Matrix::zeros((1, 1)),
                None => continue,
            };
            if let Some(step) = step {
                step(&mut Gradients { values: &values, gradients: &mut gradients, params }, &gradient);
            }
        }
    }
}

/// Rows as logarithms of probabilities.
pub(super) fn log_softmax_rows(matrix: &mut Matrix) {
    for mut row in matrix.rows_mut() {
        let highest = row.fold(f32::NEG_INFINITY, |highest, &v| highest.max(v));
        let sum: f32 = row.iter().map(|&v| (v - highest).exp()).sum();
        row -= highest + sum.ln();
    }
}

/// Turns logits into the gradient of the cross-entropy against `targets`, and returns the cross-entropy.
fn entropy_rows(logits: &mut Matrix, targets: &Matrix) -> f32 {
    let mut loss = 0.0;
    log_softmax_rows(logits);
    for (mut row, target) in logits.rows_mut().into_iter().zip(targets.rows()) {
        let mass = target.sum();
        for (value, &t) in row.iter_mut().zip(&target) {
            if t > 0.0 {
                loss -= t * value.max(-50.0);
            }
            *value = mass * value.exp() - t;
        }
    }
    loss
}
