//! The trained network: from forms to probabilities of tags, heads and relations.
//!
//! A word's vector is the sum of the rows that its form looks up (itself, its letters, its shape, its tags in the
//! lexicon), through one layer. Two layers of memory read the sentence in both directions; between them the part of
//! speech that the first one sees is fed to the second. Heads are scored by a biaffine form (Dozat and Manning 2017),
//! tags and relations by a layer each. All that depends on the form alone, up to what the first memory takes in, is
//! computed once a form and kept.

use std::ops::Range;

use ndarray::linalg::general_mat_mul;
use ndarray::{Array2, ArrayView2, ArrayViewMut2};

use super::block::Block;
use super::inventory::Inventory;
use super::lstm::{self, Direction, Product};
#[cfg(any(test, feature = "train"))]
use crate::model::ModelWriter;
use crate::model::{ModelError, ModelReader};

/// A matrix: rows are words or inputs, columns outputs.
pub(crate) type Matrix = Array2<f32>;

/// Weights and bias of a layer.
#[derive(Debug, Clone)]
pub(crate) struct Dense {
    pub weights: Matrix,
    /// One row.
    pub bias: Matrix,
}

impl Dense {
    fn apply(&self, x: ArrayView2<'_, f32>) -> Matrix {
        let mut out = Matrix::zeros((x.nrows(), self.weights.ncols()));
        self.apply_into(x, out.view_mut());
        out
    }

    fn apply_into(&self, x: ArrayView2<'_, f32>, mut out: ArrayViewMut2<'_, f32>) {
        for mut row in out.rows_mut() {
            row.assign(&self.bias.row(0));
        }
        general_mat_mul(1.0, &x, &self.weights, 1.0, &mut out);
    }
}

/// One direction of a layer of memory.
#[derive(Debug, Clone)]
pub(crate) struct Memory {
    pub input: Dense,
    /// h × 4h.
    pub recurrent: Matrix,
}

/// The parameters.
#[derive(Debug, Clone)]
pub(crate) struct Network {
    pub table: Table,
    pub word: Dense,
    pub memories: [[Memory; 2]; 2],
    pub upos: Dense,
    pub feedback: Dense,
    pub narrow: Dense,
    pub tag: Dense,
    pub dependent: Dense,
    pub head: Dense,
    /// (k + 1) × k; the last row scores heads alone.
    pub arc: Matrix,
    pub arc_root: Matrix,
    pub relation_dependent: Dense,
    pub relation_head: Dense,
    pub relation_root: Matrix,
    pub relation: Dense,
}

/// Embeddings in eight bits, with a scale a row.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    width: usize,
    scales: Vec<f32>,
    entries: Vec<i8>,
}

impl Table {
    /// From full precision.
    #[cfg(any(test, feature = "train"))]
    pub fn of(matrix: &Matrix) -> Table {
        let mut table = Table { width: matrix.ncols(), scales: Vec::new(), entries: Vec::new() };
        for row in matrix.rows() {
            let scale = row.iter().fold(0.0f32, |most, v| most.max(v.abs())) / 127.0;
            table.scales.push(scale);
            let divisor = if scale > 0.0 { scale } else { 1.0 };
            table.entries.extend(row.iter().map(|v| (v / divisor).round() as i8));
        }
        table
    }

    /// Adds a row, weighted, to `sum`.
    pub fn add(&self, row: u32, weight: f32, sum: &mut [f32]) {
        let start = row as usize * self.width;
        let Some(entries) = self.entries.get(start..start + self.width) else { return };
        let scale = weight * self.scales[row as usize];
        for (sum, &entry) in sum.iter_mut().zip(entries) {
            *sum += scale * f32::from(entry);
        }
    }

    pub fn width(&self) -> usize {
        self.width
    }
}

/// What is found for the words of a few sentences.
pub(crate) struct Found {
    /// Words × tags, logits.
    pub tags: Matrix,
    /// For each sentence words × (words + 1), the root first, scores.
    pub arcs: Vec<Matrix>,
    /// Words × k, for [`Network::relations`].
    dependents: Matrix,
    heads: Matrix,
}

fn rectify(matrix: &mut Matrix) {
    matrix.mapv_inplace(|v| v.max(0.1 * v));
}

impl Network {
    /// What the first memory takes in for a word with the sum of embeddings `sum`: forward, then backward.
    pub fn first_inputs(&self, sum: &[f32]) -> Vec<f32> {
        let Ok(x) = ArrayView2::from_shape((1, sum.len()), sum) else { return Vec::new() };
        let mut x = self.word.apply(x);
        rectify(&mut x);
        let mut out = Vec::with_capacity(self.first_width());
        for memory in &self.memories[0] {
            out.extend(memory.input.apply(x.view()));
        }
        out
    }

    /// Length of what [`Network::first_inputs`] gives.
    pub fn first_width(&self) -> usize {
        self.memories[0].iter().map(|memory| memory.input.weights.ncols()).sum()
    }

    /// Reads sentences; `inputs` has for each direction the rows of [`Network::first_inputs`].
    pub fn run(&self, inputs: [Matrix; 2], sentences: &[Range<usize>]) -> Found {
        let fed = self.feedback.weights.ncols();
        let mut x = self.layer(0, inputs, sentences, fed);
        let width = x.ncols() - fed;
        let mut seen = self.upos.apply(x.block(.., ..width));
        softmax(&mut seen);
        self.feedback.apply_into(seen.view(), x.block_mut(.., width..));
        let inputs = [0, 1].map(|direction| self.memories[1][direction].input.apply(x.view()));
        let x = self.layer(1, inputs, sentences, 0);
        let mut narrow = self.narrow.apply(x.view());
        rectify(&mut narrow);
        let tags = self.tag.apply(narrow.view());
        let mut dependents = self.dependent.apply(x.view());
        rectify(&mut dependents);
        let mut heads = self.head.apply(x.view());
        rectify(&mut heads);
        let width = dependents.ncols();
        let mut turned = Matrix::zeros(dependents.dim());
        for mut row in turned.rows_mut() {
            row.assign(&self.arc.row(width));
        }
        general_mat_mul(1.0, &dependents, &self.arc.block(..width, ..), 1.0, &mut turned);
        let arcs = sentences
            .iter()
            .map(|range| {
                let mut scores = Matrix::zeros((range.len(), range.len() + 1));
                let turned = turned.block(range.clone(), ..);
                scores.column_mut(0).assign(&turned.dot(&self.arc_root.row(0)));
                general_mat_mul(
                    1.0,
                    &turned,
                    &heads.block(range.clone(), ..).t(),
                    0.0,
                    &mut scores.block_mut(.., 1..),
                );
                for (n, mut row) in scores.rows_mut().into_iter().enumerate() {
                    row[n + 1] = f32::NEG_INFINITY;
                }
                scores
            })
            .collect();
        Found {
            tags,
            arcs,
            dependents: self.relation_dependent.apply(x.view()),
            heads: self.relation_head.apply(x.view()),
        }
    }

    /// Scores of relations for the heads that were chosen: the row of the head of each word, none for the root.
    pub fn relations(&self, found: &Found, heads: &[Option<usize>]) -> Matrix {
        let mut sum = found.dependents.clone();
        for (mut row, head) in sum.rows_mut().into_iter().zip(heads) {
            match head {
                Some(head) => row += &found.heads.row(*head),
                None => row += &self.relation_root.row(0),
            }
        }
        rectify(&mut sum);
        self.relation.apply(sum.view())
    }

    /// A layer of memory: the states of both directions side by side, and `free` columns behind them.
    fn layer(&self, layer: usize, inputs: [Matrix; 2], sentences: &[Range<usize>], free: usize) -> Matrix {
        let widths = self.memories[layer].each_ref().map(|memory| memory.recurrent.nrows());
        let mut out = Matrix::zeros((inputs[0].nrows(), widths[0] + widths[1] + free));
        let arch = pulp::Arch::new();
        let mut start = 0;
        for (n, mut gates) in inputs.into_iter().enumerate() {
            let direction = if n == 0 { Direction::Forward } else { Direction::Backward };
            let columns = start..start + widths[n];
            start = columns.end;
            let Some(weights) = self.memories[layer][n].recurrent.as_slice() else { continue };
            let carry = |states: &[f32], out: &mut [f32]| {
                arch.dispatch(Product { states, weights, width: widths[n], out });
            };
            lstm::run(&mut gates, direction, sentences, carry, |row, _, state| {
                if let Some(out) = out.row_mut(row).into_slice().and_then(|out| out.get_mut(columns.clone()))
                {
                    out.copy_from_slice(state);
                }
            });
        }
        out
    }

    /// Adds the parameters to a model.
    #[cfg(any(test, feature = "train"))]
    pub fn write(&self, model: &mut ModelWriter) {
        let mut bytes = Vec::new();
        bytes.extend_from_slice(&(self.table.scales.len() as u32).to_le_bytes());
        bytes.extend_from_slice(&(self.table.width as u32).to_le_bytes());
        bytes.extend(self.table.scales.iter().flat_map(|scale| scale.to_le_bytes()));
        bytes.extend(self.table.entries.iter().map(|&entry| entry as u8));
        model.section("table", &bytes);
        let mut out = Vec::new();
        for matrix in self.clone().matrices() {
            out.extend_from_slice(&(matrix.nrows() as u32).to_le_bytes());
            out.extend_from_slice(&(matrix.ncols() as u32).to_le_bytes());
            out.extend(matrix.iter().flat_map(|value| value.to_le_bytes()));
        }
        model.section("matrices", &out);
    }

    /// All matrices in the order of the file.
    fn matrices(&mut self) -> Vec<&mut Matrix> {
        let mut all: Vec<&mut Matrix> = Vec::new();
        let Network {
            table: _,
            word,
            memories: [[a, b], [c, d]],
            upos,
            feedback,
            narrow,
            tag,
            dependent,
            head,
            arc,
            arc_root,
            relation_dependent,
            relation_head,
            relation_root,
            relation,
        } = self;
        for memory in [a, b, c, d] {
            all.extend([&mut memory.input.weights, &mut memory.input.bias, &mut memory.recurrent]);
        }
        for layer in
            [word, upos, feedback, narrow, tag, dependent, head, relation_dependent, relation_head, relation]
        {
            all.extend([&mut layer.weights, &mut layer.bias]);
        }
        all.extend([arc, arc_root, relation_root]);
        all
    }

    /// Reads the parameters of a model.
    pub fn read(model: &ModelReader<'_>, inventory: &Inventory) -> Result<Network, ModelError> {
        let cut = || model.error("its parameters are cut short");
        let number = |bytes: &mut &[u8]| {
            let (number, rest) = bytes.split_first_chunk::<4>().ok_or_else(cut)?;
            *bytes = rest;
            Ok::<usize, ModelError>(u32::from_le_bytes(*number) as usize)
        };
        let floats = |bytes: &mut &[u8], count: usize| {
            let length = count.checked_mul(4).ok_or_else(cut)?;
            let (part, rest) = bytes.split_at_checked(length).ok_or_else(cut)?;
            *bytes = rest;
            let values = part.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]));
            Ok::<Vec<f32>, ModelError>(values.collect())
        };
        let mut bytes = model.section("table")?;
        let (rows, width) = (number(&mut bytes)?, number(&mut bytes)?);
        let scales = floats(&mut bytes, rows)?;
        if Some(bytes.len()) != rows.checked_mul(width) || rows != inventory.rows() {
            return Err(model.error("its table of embeddings has another size than its names"));
        }
        let table = Table { width, scales, entries: bytes.iter().map(|&byte| byte as i8).collect() };
        let empty = || Dense { weights: Matrix::zeros((0, 0)), bias: Matrix::zeros((0, 0)) };
        let memory = || Memory { input: empty(), recurrent: Matrix::zeros((0, 0)) };
        let mut network = Network {
            table,
            word: empty(),
            memories: [[memory(), memory()], [memory(), memory()]],
            upos: empty(),
            feedback: empty(),
            narrow: empty(),
            tag: empty(),
            dependent: empty(),
            head: empty(),
            arc: Matrix::zeros((0, 0)),
            arc_root: Matrix::zeros((0, 0)),
            relation_dependent: empty(),
            relation_head: empty(),
            relation_root: Matrix::zeros((0, 0)),
            relation: empty(),
        };
        let mut bytes = model.section("matrices")?;
        for matrix in network.matrices() {
            let (rows, columns) = (number(&mut bytes)?, number(&mut bytes)?);
            let values = floats(&mut bytes, rows.checked_mul(columns).ok_or_else(cut)?)?;
            *matrix = Matrix::from_shape_vec((rows, columns), values).map_err(|_| cut())?;
        }
        if !network.fits(inventory) {
            return Err(model.error("its parameters do not fit one another"));
        }
        Ok(network)
    }

    /// Whether the shapes fit one another and the names, so that nothing can go wrong when it runs.
    fn fits(&self, inventory: &Inventory) -> bool {
        let dense = |layer: &Dense, inputs: usize, outputs: usize| {
            layer.weights.dim() == (inputs, outputs) && layer.bias.dim() == (1, outputs)
        };
        let memory = |memory: &Memory, inputs: usize| {
            let width = memory.recurrent.nrows();
            memory.recurrent.ncols() == 4 * width && dense(&memory.input, inputs, 4 * width)
        };
        let word = self.word.weights.ncols();
        let widths = [0, 1].map(|layer: usize| self.memories[layer].each_ref().map(|m| m.recurrent.nrows()));
        let first = widths[0][0] + widths[0][1];
        let second = widths[1][0] + widths[1][1];
        let arc = self.arc.ncols();
        let relation = self.relation_root.ncols();
        let fed = self.feedback.weights.ncols();
        dense(&self.word, self.table.width, word)
            && self.memories[0].iter().all(|m| memory(m, word))
            && dense(&self.upos, first, 17)
            && dense(&self.feedback, 17, fed)
            && self.memories[1].iter().all(|m| memory(m, first + fed))
            && dense(&self.narrow, second, self.tag.weights.nrows())
            && dense(&self.tag, self.narrow.weights.ncols(), inventory.tags.len())
            && !inventory.tags.is_empty()
            && dense(&self.dependent, second, arc)
            && dense(&self.head, second, arc)
            && self.arc.nrows() == arc + 1
            && self.arc_root.dim() == (1, arc)
            && dense(&self.relation_dependent, second, relation)
            && dense(&self.relation_head, second, relation)
            && self.relation_root.nrows() == 1
            && dense(&self.relation, relation, inventory.relations.len())
            && !inventory.relations.is_empty()
    }
}

/// Rows as probabilities.
pub(crate) fn softmax(matrix: &mut Matrix) {
    for mut row in matrix.rows_mut() {
        let highest = row.fold(f32::NEG_INFINITY, |highest, &v| highest.max(v));
        row.mapv_inplace(|v| (v - highest).exp());
        let sum = row.sum();
        row /= sum;
    }
}
