//! A network while it learns, and what several of them find together.

use std::ops::Range;

use depeche_record::Language;

use super::course::{Course, Example, Sparse, Target, batches, ranges};
use super::tape::{Features, Matrix, Node, ParamId, Params, Random, Tape};
use crate::model::ModelWriter;
use crate::syntax::block::Block;
use crate::syntax::lstm::Direction;
use crate::syntax::network::{self, Dense, Memory, Table};
use crate::syntax::{kind, tree};

/// How a network is built and trained.
#[derive(Debug, Clone)]
pub struct Config {
    /// Width of the word vectors.
    pub word: usize,
    /// Width of each direction of each layer of memory.
    pub layers: [usize; 2],
    /// Width of the representations of dependents and heads.
    pub arc: usize,
    /// Width of those for labels.
    pub label: usize,
    /// Width of the layer before the tags.
    pub narrow: usize,
    /// Width of the fed-back tags.
    pub tag: usize,
    /// Passes over the data.
    pub epochs: usize,
    /// Highest rate of learning.
    pub rate: f32,
    /// Share of the entries dropped.
    pub dropout: f32,
    /// Words a batch.
    pub batch: usize,
    /// Seed of all that is random.
    pub seed: u64,
}

/// The network with its parameters.
#[derive(Debug)]
pub(super) struct Trainee {
    config: Config,
    params: Params,
    table: ParamId,
    word: (ParamId, ParamId),
    layers: Vec<[(ParamId, ParamId, ParamId); 2]>,
    upos: (ParamId, ParamId),
    feedback: (ParamId, ParamId),
    tag: (ParamId, ParamId),
    dependent: (ParamId, ParamId),
    head: (ParamId, ParamId),
    arc: (ParamId, ParamId),
    label_dependent: (ParamId, ParamId),
    label_head: (ParamId, ParamId),
    label: (ParamId, ParamId),
    label_root: ParamId,
    tag_narrow: (ParamId, ParamId),
}

/// What a network finds for a batch.
pub(super) struct Found {
    tags: Matrix,
    arcs: Vec<Matrix>,
    labels: Matrix,
}

impl Trainee {
    /// With random parameters.
    pub(super) fn new(config: &Config, course: &Course) -> Trainee {
        let mut random = Random::new(config.seed);
        let mut params = Params::default();
        let dense = |params: &mut Params, random: &mut Random, rows: usize, columns: usize| {
            let bound = (6.0 / (rows + columns) as f32).sqrt();
            let weights = params.add(random.matrix(rows, columns, bound));
            let bias = params.add(Matrix::zeros((1, columns)));
            (weights, bias)
        };
        let table = params.add_table(random.matrix(course.inventory.rows(), config.word, 0.12));
        let word = dense(&mut params, &mut random, config.word, config.word);
        let mut width = config.word;
        let mut layers = Vec::new();
        for (n, &hidden) in config.layers.iter().enumerate() {
            if n == 1 {
                width += config.tag;
            }
            layers.push([(); 2].map(|()| {
                let bound = (6.0 / (width + 4 * hidden) as f32).sqrt();
                let input = params.add(random.matrix(width, 4 * hidden, bound));
                let bound = (6.0 / (hidden + 4 * hidden) as f32).sqrt();
                let recurrent = params.add(random.matrix(hidden, 4 * hidden, bound));
                let mut bias = Matrix::zeros((1, 4 * hidden));
                bias.block_mut(.., hidden..2 * hidden).fill(1.0);
                let bias = params.add(bias);
                (input, recurrent, bias)
            }));
            width = 2 * hidden;
        }
        let first = 2 * config.layers[0];
        let upos = dense(&mut params, &mut random, first, 17);
        let feedback = dense(&mut params, &mut random, 17, config.tag);
        let tag_narrow = dense(&mut params, &mut random, width, config.narrow);
        let tag = dense(&mut params, &mut random, config.narrow, course.inventory.tags.len());
        let dependent = dense(&mut params, &mut random, width, config.arc);
        let head = dense(&mut params, &mut random, width, config.arc);
        let arc = (
            params.add(random.matrix(config.arc + 1, config.arc, 0.02)),
            params.add(random.matrix(1, config.arc, 0.1)),
        );
        let label_dependent = dense(&mut params, &mut random, width, config.label);
        let label_head = dense(&mut params, &mut random, width, config.label);
        let label_root = params.add(random.matrix(1, config.label, 0.1));
        let label = dense(&mut params, &mut random, config.label, course.inventory.relations.len());
        Trainee {
            config: config.clone(),
            params,
            table,
            word,
            layers,
            upos,
            feedback,
            tag,
            dependent,
            head,
            arc,
            label_dependent,
            label_head,
            label,
            label_root,
            tag_narrow,
        }
    }

    fn words(&self, course: &Course, batch: &[&Example], mut noise: Option<&mut Random>) -> Vec<Features> {
        let mut words = Vec::new();
        for example in batch {
            for n in 0..example.len() {
                let mut features = example.forms[n].clone();
                let (row, count) = example.form_rows[n];
                let drop = noise.as_mut().is_some_and(|r| r.unit() < 0.25 / (0.25 + count as f32) + 0.05);
                features.push((if drop { 0 } else { row }, 1.0));
                if !noise.as_mut().is_some_and(|r| r.unit() < 0.1) {
                    features.extend(example.lexicon[n].iter().map(|&row| (row, 1.0)));
                }
                features.push((course.inventory.treebank(example.treebank), 1.0));
                words.push(features);
            }
        }
        words
    }

    /// The pass from words to the nodes of the outputs: UPOS of the first layer, tags, dependents, heads, the same for labels.
    fn pass<'a>(
        &self,
        tape: &mut Tape<'a>,
        words: Vec<Features>,
        sentences: &'a [Range<usize>],
        mut noise: Option<&mut Random>,
    ) -> [Node; 6] {
        let rate = self.config.dropout;
        let mut drop = |tape: &mut Tape<'a>, node: Node, rate: f32| match &mut noise {
            Some(random) => tape.dropout(node, rate, random),
            None => node,
        };
        let params = &self.params;
        let x = tape.embed(params, self.table, words);
        let x = drop(tape, x, rate * 0.6);
        let x = tape.linear(params, x, self.word.0, self.word.1);
        let x = tape.rectify(x);
        let mut x = drop(tape, x, rate);
        let mut early = None;
        for (n, layer) in self.layers.iter().enumerate() {
            if n == 1 {
                let upos = tape.linear(params, x, self.upos.0, self.upos.1);
                let soft = tape.softmax(upos);
                let fed = tape.linear(params, soft, self.feedback.0, self.feedback.1);
                x = tape.join(&[x, fed]);
                early = Some(upos);
            }
            let forward = tape.lstm(params, x, layer[0], Direction::Forward, sentences);
            let backward = tape.lstm(params, x, layer[1], Direction::Backward, sentences);
            x = tape.join(&[forward, backward]);
            x = drop(tape, x, rate);
        }
        let early = early.unwrap_or_else(|| tape.linear(params, x, self.upos.0, self.upos.1));
        let narrow = tape.linear(params, x, self.tag_narrow.0, self.tag_narrow.1);
        let narrow = tape.rectify(narrow);
        let narrow = drop(tape, narrow, rate * 0.5);
        let tag = tape.linear(params, narrow, self.tag.0, self.tag.1);
        let mut out = [early, tag, x, x, x, x];
        let parts = [self.dependent, self.head, self.label_dependent, self.label_head];
        for (n, (slot, (weights, bias))) in out[2..].iter_mut().zip(parts).enumerate() {
            let y = tape.linear(params, x, weights, bias);
            *slot = if n < 2 {
                let y = tape.rectify(y);
                drop(tape, y, rate)
            } else {
                y
            };
        }
        out
    }

    /// Scores of labels for given heads: a layer over the sum of what the word and what its head contribute.
    fn labels(
        &self,
        tape: &mut Tape<'_>,
        dependent: Node,
        head: Node,
        pairs: Vec<Option<usize>>,
        noise: Option<&mut Random>,
    ) -> Node {
        let of_heads = tape.gather(&self.params, head, self.label_root, pairs);
        let sum = tape.add(dependent, of_heads);
        let mut hidden = tape.rectify(sum);
        if let Some(random) = noise {
            hidden = tape.dropout(hidden, self.config.dropout, random);
        }
        tape.linear(&self.params, hidden, self.label.0, self.label.1)
    }

    /// One step of learning on a batch; returns the loss a word.
    fn learn(&mut self, course: &Course, batch: &[&Example], rate: f32, random: &mut Random) -> f32 {
        let sentences = ranges(batch);
        let count = sentences.last().map_or(0, |last| last.end);
        let words = self.words(course, batch, Some(random));
        let mut tape = Tape::default();
        let [early, tag, dependent, head, label_dependent, label_head] =
            self.pass(&mut tape, words, &sentences, Some(random));
        let scale = 1.0 / count as f32;
        let mut upos_target = Matrix::zeros((count, 17));
        let mut tag_target = Matrix::zeros((count, course.inventory.tags.len()));
        let mut label_target = Matrix::zeros((count, course.inventory.relations.len()));
        let mut arc_targets = Vec::new();
        let mut pairs = Vec::new();
        let mut row = 0;
        for example in batch {
            let start = row;
            let target = &example.target;
            let mut arcs = Matrix::zeros((example.len(), example.len() + 1));
            for n in 0..example.len() {
                for &(tag, mass) in &target.tags[n] {
                    tag_target[[row, tag as usize]] = mass;
                    upos_target[[row, course.inventory.upos_of_tag[tag as usize] as usize]] += mass;
                }
                for &(relation, mass) in &target.relations[n] {
                    label_target[[row, relation as usize]] = mass;
                }
                for &(head, mass) in &target.arcs[n] {
                    arcs[[n, head as usize]] = mass;
                }
                pairs.push(target.heads[n].checked_sub(1).map(|head| start + head));
                row += 1;
            }
            arc_targets.push(arcs);
        }
        tape.entropy(early, &upos_target, scale * 0.5);
        tape.entropy(tag, &tag_target, scale);
        tape.arcs(&self.params, (dependent, head), self.arc, &sentences, Some((&arc_targets, scale)));
        let labels = self.labels(&mut tape, label_dependent, label_head, pairs, Some(random));
        tape.entropy(labels, &label_target, scale);
        let loss = tape.loss;
        tape.backward(&mut self.params);
        self.params.adam(rate, 5.0);
        loss
    }

    /// Probabilities for a batch: of tags, of heads, and of relations for the heads that `heads` gives for each sentence
    /// once it has been shown the probabilities of heads.
    fn find(
        &self,
        course: &Course,
        batch: &[&Example],
        heads: impl Fn(usize, &Matrix) -> Vec<usize>,
    ) -> Found {
        let sentences = ranges(batch);
        let words = self.words(course, batch, None);
        let mut tape = Tape::default();
        let [_, tag, dependent, head, label_dependent, label_head] =
            self.pass(&mut tape, words, &sentences, None);
        let mut arcs = tape.arcs(&self.params, (dependent, head), self.arc, &sentences, None);
        let mut pairs = Vec::new();
        for (n, (range, arcs)) in sentences.iter().zip(&mut arcs).enumerate() {
            arcs.mapv_inplace(f32::exp);
            pairs.extend(heads(n, arcs).into_iter().map(|h| h.checked_sub(1).map(|h| range.start + h)));
        }
        let labels = self.labels(&mut tape, label_dependent, label_head, pairs, None);
        let mut tags = tape.value(tag).clone();
        network::softmax(&mut tags);
        let mut labels = tape.value(labels).clone();
        network::softmax(&mut labels);
        Found { tags, arcs, labels }
    }

    /// The network as it is shipped.
    fn export(&self) -> network::Network {
        let value = |id: ParamId| self.params.value(id).clone();
        let dense =
            |(weights, bias): (ParamId, ParamId)| Dense { weights: value(weights), bias: value(bias) };
        let memory = |(input, recurrent, bias): (ParamId, ParamId, ParamId)| Memory {
            input: dense((input, bias)),
            recurrent: value(recurrent),
        };
        let memories = [0, 1].map(|layer: usize| self.layers[layer].map(memory));
        network::Network {
            table: Table::of(self.params.value(self.table)),
            word: dense(self.word),
            memories,
            upos: dense(self.upos),
            feedback: dense(self.feedback),
            narrow: dense(self.tag_narrow),
            tag: dense(self.tag),
            dependent: dense(self.dependent),
            head: dense(self.head),
            arc: value(self.arc.0),
            arc_root: value(self.arc.1),
            relation_dependent: dense(self.label_dependent),
            relation_head: dense(self.label_head),
            relation_root: value(self.label_root),
            relation: dense(self.label),
        }
    }

    /// The bytes of the model.
    pub(super) fn model(&self, course: &Course, language: Language) -> Vec<u8> {
        let mut model = ModelWriter::new(&kind(language));
        course.inventory.write(&mut model);
        self.export().write(&mut model);
        model.finish()
    }

    /// Trains on examples; `watch` is called after each epoch with its number and the loss.
    pub(super) fn train(
        &mut self,
        course: &Course,
        examples: &[Example],
        mut watch: impl FnMut(&Trainee, usize, f32),
    ) {
        let mut random = Random::new(self.config.seed ^ 0x00c0_ffee);
        let steps_an_epoch = examples.iter().map(Example::len).sum::<usize>() / self.config.batch + 1;
        let all = steps_an_epoch * self.config.epochs;
        let mut step = 0;
        for epoch in 0..self.config.epochs {
            let mut losses = (0.0, 0);
            for batch in batches(examples, self.config.batch, &mut random) {
                let progress = step as f32 / all as f32;
                let warm = (step as f32 / 100.0).min(1.0);
                let rate = self.config.rate
                    * warm
                    * (0.5 + 0.5 * (std::f32::consts::PI * progress.min(1.0)).cos()).max(0.01);
                losses.0 += self.learn(course, &batch, rate, &mut random);
                losses.1 += 1;
                step += 1;
            }
            watch(self, epoch, losses.0 / losses.1 as f32);
        }
    }
}

/// The tree of the highest probability.
fn tree_of(arcs: &Matrix) -> Vec<usize> {
    tree::heads(arcs.mapv(|p| (p + 1e-9).ln()).view())
}

/// What several networks find together, by the mean of their probabilities; relations for `heads`, or for the tree that
/// the mean gives.
fn together(
    networks: &[Trainee],
    course: &Course,
    batch: &[&Example],
    heads: Option<&[Vec<usize>]>,
) -> (Found, Vec<Vec<usize>>) {
    let mut sum: Option<Found> = None;
    let scale = 1.0 / networks.len() as f32;
    for network in networks {
        let found = network.find(course, batch, |_, arcs| vec![0; arcs.nrows()]);
        match &mut sum {
            None => sum = Some(found),
            Some(sum) => {
                sum.tags += &found.tags;
                for (sum, arcs) in sum.arcs.iter_mut().zip(&found.arcs) {
                    *sum += arcs;
                }
            }
        }
    }
    let mut sum = sum.unwrap_or_else(|| Found {
        tags: Matrix::default((0, 0)),
        arcs: Vec::new(),
        labels: Matrix::default((0, 0)),
    });
    sum.tags *= scale;
    for arcs in &mut sum.arcs {
        *arcs *= scale;
    }
    let trees: Vec<Vec<usize>> = match heads {
        Some(heads) => heads.to_vec(),
        None => sum.arcs.iter().map(tree_of).collect(),
    };
    sum.labels = Matrix::zeros((sum.tags.nrows(), course.inventory.relations.len()));
    for network in networks {
        sum.labels += &network.find(course, batch, |n, _| trees[n].clone()).labels;
    }
    sum.labels *= scale;
    (sum, trees)
}

fn sparse(row: ndarray::ArrayView1<'_, f32>, gold: Option<&Sparse>, share: f32) -> Sparse {
    let mut entries: Sparse =
        row.iter().enumerate().filter(|(_, p)| **p > 0.01).map(|(n, &p)| (n as u32, p)).collect();
    let mass: f32 = entries.iter().map(|(_, p)| p).sum();
    let scale = if gold.is_some() { share / mass } else { 1.0 / mass };
    for (_, p) in &mut entries {
        *p *= scale;
    }
    for &(n, p) in gold.into_iter().flatten() {
        match entries.iter_mut().find(|(m, _)| *m == n) {
            Some((_, q)) => *q += p * (1.0 - share),
            None => entries.push((n, p * (1.0 - share))),
        }
    }
    entries
}

/// Replaces what is known of examples by what teachers find; where `share` is given, the examples are gold and keep
/// `1 - share` of it.
pub(super) fn teach(teachers: &[Trainee], course: &Course, examples: &mut [Example], share: Option<f32>) {
    let mut order: Vec<usize> = (0..examples.len()).collect();
    order.sort_by_key(|&n| examples[n].len());
    for chunk in order.chunks(32) {
        let batch: Vec<&Example> = chunk.iter().map(|&n| &examples[n]).collect();
        let gold: Option<Vec<Vec<usize>>> =
            share.map(|_| batch.iter().map(|e| e.target.heads.clone()).collect());
        let (found, trees) = together(teachers, course, &batch, gold.as_deref());
        let mut row = 0;
        for ((&index, arcs), heads) in chunk.iter().zip(&found.arcs).zip(trees) {
            let example = &mut examples[index];
            let old = std::mem::take(&mut example.target);
            let mut target = Target { heads, ..Target::default() };
            for n in 0..example.forms.len() {
                let known = |of: &dyn Fn(&Target) -> Sparse| share.map(|_| of(&old));
                let part = share.unwrap_or(1.0);
                let tags = known(&|t| t.tags[n].clone()).filter(|gold| !gold.is_empty());
                target.tags.push(sparse(found.tags.row(row), tags.as_ref(), part));
                target.arcs.push(sparse(arcs.row(n), known(&|t| t.arcs[n].clone()).as_ref(), part));
                target.relations.push(sparse(
                    found.labels.row(row),
                    known(&|t| t.relations[n].clone()).as_ref(),
                    part,
                ));
                row += 1;
            }
            example.target = target;
        }
    }
}
