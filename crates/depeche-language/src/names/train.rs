//! Training: a conditional random field on annotated texts, by stochastic gradient with per-weight steps (AdaGrad: Duchi,
//! Hazan and Singer 2011), and its weights rounded to eight bits.
//!
//! Annotation may leave open what kind a name is, or whether words are a name at all: the field then learns from what it
//! takes for likely among the labels allowed (Tsuboi et al. 2008). The same passages in the same order give the same bytes.

// Labels index several tables at once.
#![allow(clippy::needless_range_loop)]

use std::collections::BTreeMap;

use depeche_record::{Language, Span, TokenRange};

use crate::model::ModelWriter;
use crate::sentence::sentences;
use crate::token::tokens;

use super::features::Describer;
use super::lexicon::Lexicon;
use super::weights::Weights;
use super::{LABELS, NameKind, OTHER, OUTSIDE, begin, closes, follows, inside, kind, last, unit};

/// A text with its names.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// The text.
    pub text: String,
    /// What it is written in; not always the language of the model, since much that is learnt holds in any.
    pub language: Language,
    /// Its names, in order, without overlap. What lies between them is no name.
    pub names: Vec<Annotation>,
    /// How much the passage counts, 1 for good annotation.
    pub weight: f32,
}

/// Words that are a name, or may be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotation {
    /// Bytes of the text.
    pub span: Span,
    /// The kinds that it may be of; none for a name of something else (a work, a product).
    pub kinds: Vec<NameKind>,
    /// How much is known of it.
    pub certainty: Certainty,
}

/// How much an annotation tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// The words are one name.
    Whole,
    /// The words belong to one name or several, or to the name of something else.
    Part,
    /// The words may be a name, or several, or none.
    Perhaps,
}

/// What a model is trained from.
#[derive(Debug, Clone, Default)]
pub struct Material {
    /// Annotated texts.
    pub passages: Vec<Passage>,
    /// Names known beforehand.
    pub lists: Vec<(NameKind, String)>,
    /// Tokens of people's names.
    pub name_tokens: Vec<String>,
    /// Common words, as they are written within a sentence.
    pub common_words: Vec<String>,
    /// Words that are usually proper nouns.
    pub proper_nouns: Vec<String>,
}

/// Settings of a training.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// How often every passage is read.
    pub rounds: usize,
    /// Size of the first steps.
    pub rate: f32,
    /// Pull of every weight towards zero.
    pub pull: f32,
    /// A feature that is seen less often is left out.
    pub least: u32,
    /// Rows of the table of weights, 16 bytes each.
    pub rows: usize,
    /// The part of a token's features that is looked at each time it is read (Hinton et al. 2012), so that none leans on
    /// the word alone.
    pub keep: f32,
    /// How much less likely than in the texts of training it is that a word is no name: what is annotated there leaves out
    /// more than it takes in too much.
    pub recall: f32,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { rounds: 18, rate: 0.12, pull: 1.5e-3, least: 3, rows: 100_000, recall: 0.0, keep: 0.38 }
    }
}

/// Width of a row of weights: the labels, rounded up.
const WIDTH: usize = 16;
type Row = [f32; WIDTH];
/// A set of labels, as bits.
type Allowed = u16;

struct Sentence {
    /// Features of each token, as indices of rows.
    tokens: Vec<Vec<u32>>,
    allowed: Vec<Allowed>,
    weight: f32,
}

/// Trains the model of `language`; gives the bytes of its file.
pub fn train(material: &Material, language: Language, settings: &Settings) -> Vec<u8> {
    let mut lexicons: BTreeMap<&str, Lexicon> = BTreeMap::new();
    let others = material.passages.iter().map(|passage| passage.language);
    for language in others.chain([language]) {
        lexicons.entry(language.code()).or_insert_with(|| {
            let mut lexicon = Lexicon::new(language);
            for (kind, name) in &material.lists {
                lexicon.list(*kind, name);
            }
            lexicon.filter(
                material.name_tokens.iter().map(String::as_str),
                material.common_words.iter().map(String::as_str),
                material.proper_nouns.iter().map(String::as_str),
            );
            lexicon
        });
    }
    let (features, prepared) = prepare(material, &lexicons, settings.least);
    let mut field = Field::new(features.len());
    let mut mean = Field::new(features.len());
    let mut chance = Chance(1);
    for round in 0..settings.rounds {
        let rate = settings.rate / (1.0 + 0.15 * round as f32);
        // A fixed walk through the sentences that differs from round to round.
        let count = prepared.len();
        let step = [7919, 104_729, 15_485_863, 1_299_709][round % 4];
        let mut at = round * 31 % count.max(1);
        let coprime = (step..).find(|step| gcd(*step, count.max(1)) == 1).unwrap_or(1);
        for _ in 0..count {
            field.learn(&prepared[at], rate, settings.pull, settings.keep, &mut chance);
            at = (at + coprime) % count;
        }
        if 2 * round >= settings.rounds {
            mean.add(&field);
        }
    }
    let mut field = mean.over((settings.rounds - settings.rounds / 2) as f32);
    if let Ok(always) = features.binary_search_by_key(&Describer::always(), |(feature, _)| *feature) {
        field.weights[always][OUTSIDE] -= settings.recall;
    }
    let mut writer = ModelWriter::new(&kind(language));
    lexicons[language.code()].write(&mut writer, &material.lists);
    field.weights(&features, settings.rows).write(&mut writer);
    writer.finish()
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// The features in use, and the sentences in terms of them.
fn prepare(
    material: &Material,
    lexicons: &BTreeMap<&str, Lexicon>,
    least: u32,
) -> (Vec<(u64, u32)>, Vec<Sentence>) {
    let mut counts: BTreeMap<u64, u32> = BTreeMap::new();
    let mut found = Vec::new();
    for pass in 0..2 {
        let index: std::collections::HashMap<u64, u32> = if pass == 0 {
            std::collections::HashMap::new()
        } else {
            counts.retain(|_, count| *count >= least);
            counts.keys().enumerate().map(|(n, feature)| (*feature, n as u32)).collect()
        };
        let mut features = Vec::new();
        for passage in &material.passages {
            let spans: Vec<Span> = tokens(&passage.text, passage.language).iter().map(|t| t.span).collect();
            let ranges = ranges(&spans, &sentences(&passage.text, passage.language));
            let mut describer =
                Describer::new(&lexicons[passage.language.code()], &passage.text, &spans, &[]);
            let allowed = allowed(&describer, &passage.names);
            for range in ranges {
                let range = range.range();
                if range.is_empty() {
                    continue;
                }
                describer.enter(range.clone());
                let mut sentence = Sentence {
                    tokens: Vec::with_capacity(range.len()),
                    allowed: allowed[range.clone()].to_vec(),
                    weight: passage.weight,
                };
                for at in range {
                    features.clear();
                    describer.features(at, &mut features);
                    if pass == 0 {
                        for &feature in &features {
                            *counts.entry(feature).or_default() += 1;
                        }
                    } else {
                        sentence.tokens.push(features.iter().filter_map(|f| index.get(f).copied()).collect());
                    }
                }
                if pass == 1 {
                    close(&mut sentence.allowed);
                    found.push(sentence);
                }
            }
        }
    }
    (counts.into_iter().collect(), found)
}

/// The tokens of each sentence.
fn ranges(tokens: &[Span], sentences: &[Span]) -> Vec<TokenRange> {
    sentences
        .iter()
        .map(|sentence| TokenRange {
            start: tokens.partition_point(|token| token.start < sentence.start) as u32,
            end: tokens.partition_point(|token| token.start < sentence.end) as u32,
        })
        .collect()
}

/// The labels that the annotation allows each token.
fn allowed(describer: &Describer<'_>, names: &[Annotation]) -> Vec<Allowed> {
    let tokens = describer.tokens;
    let mut allowed = vec![1 << OUTSIDE; tokens.len()];
    let mut free = 0;
    for name in names {
        let mut start = tokens.partition_point(|token| token.end <= name.span.start).max(free);
        let end = tokens.partition_point(|token| token.start < name.span.end).max(start);
        if name.certainty == Certainty::Whole {
            if name.kinds == [NameKind::Place] {
                start = describer.head_before(start, free);
            } else if name.kinds.contains(&NameKind::Organisation) {
                start = describer.body_before(start, free);
            }
        }
        free = end;
        for (n, slot) in allowed[start..end].iter_mut().enumerate() {
            let free = name.certainty != Certainty::Whole;
            let mut labels: Allowed = match name.certainty {
                Certainty::Perhaps => 1 << OUTSIDE | 1 << OTHER,
                Certainty::Part => 1 << OTHER,
                Certainty::Whole => 0,
            };
            if name.kinds.is_empty() {
                labels |= 1 << OTHER;
            }
            for kind in &name.kinds {
                let kind = *kind as usize;
                let all = [begin(kind), inside(kind), last(kind), unit(kind)];
                let fitting: &[usize] = match (free, n, end - start) {
                    (true, _, _) => &all,
                    (false, 0, 1) => &[unit(kind)],
                    (false, 0, _) => &[begin(kind)],
                    (false, n, count) if n + 1 == count => &[last(kind)],
                    _ => &[inside(kind)],
                };
                for label in fitting {
                    labels |= 1 << label;
                }
            }
            *slot = labels;
        }
    }
    allowed
}

/// Drops annotation that no valid sequence fits, such as a name cut by the end of its sentence.
fn close(allowed: &mut [Allowed]) {
    let possible = |allowed: &[Allowed]| {
        let mut reached: Allowed = 1 << OUTSIDE;
        for &labels in allowed {
            let next = (0..LABELS)
                .filter(|&to| labels >> to & 1 == 1)
                .filter(|&to| (0..LABELS).any(|from| reached >> from & 1 == 1 && follows(from, to)));
            reached = next.fold(0, |all, label| all | 1 << label);
        }
        (0..LABELS).any(|label| reached >> label & 1 == 1 && closes(label))
    };
    if !possible(allowed) {
        for labels in allowed.iter_mut().filter(|labels| **labels != 1 << OUTSIDE) {
            *labels = (1 << LABELS) - 1;
        }
    }
}

/// Numbers between 0 and 1, always the same ones (splitmix64: Steele, Lea and Flood 2014).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ mixed >> 31) >> 40) as f32 / (1u64 << 24) as f32
    }
}

struct Field {
    weights: Vec<Row>,
    squares: Vec<Row>,
    steps: [Row; WIDTH],
    step_squares: [Row; WIDTH],
    first: Row,
    first_squares: Row,
}

/// Probabilities of a sentence's labels, and of its pairs of labels summed over the sentence.
struct Marginals {
    labels: Vec<Row>,
    steps: [Row; LABELS],
}

const SMALL: f32 = 1e-8;

impl Field {
    fn new(features: usize) -> Field {
        Field {
            weights: vec![[0.0; WIDTH]; features],
            squares: vec![[SMALL; WIDTH]; features],
            steps: [[0.0; WIDTH]; WIDTH],
            step_squares: [[SMALL; WIDTH]; WIDTH],
            first: [0.0; WIDTH],
            first_squares: [SMALL; WIDTH],
        }
    }

    /// Adds the weights of another field.
    fn add(&mut self, other: &Field) {
        let mine = self.weights.iter_mut().chain(&mut self.steps).chain([&mut self.first]);
        let others = other.weights.iter().chain(&other.steps).chain([&other.first]);
        for (mine, other) in mine.flatten().zip(others.flatten()) {
            *mine += other;
        }
    }

    /// The weights divided by a number.
    fn over(mut self, number: f32) -> Field {
        let all = self.weights.iter_mut().chain(&mut self.steps).chain([&mut self.first]);
        all.flatten().for_each(|weight| *weight /= number.max(1.0));
        self
    }

    fn learn(&mut self, sentence: &Sentence, rate: f32, pull: f32, keep: f32, chance: &mut Chance) {
        let kept: Vec<Vec<u32>> = sentence
            .tokens
            .iter()
            .map(|features| features.iter().copied().filter(|_| chance.next() < keep).collect())
            .collect();
        let scores: Vec<Row> = kept
            .iter()
            .map(|features| {
                let mut scores = [0.0; WIDTH];
                for &feature in features {
                    for (score, weight) in scores.iter_mut().zip(&self.weights[feature as usize]) {
                        *score += weight / keep;
                    }
                }
                scores
            })
            .collect();
        let free: Vec<Allowed> = vec![(1 << LABELS) - 1; scores.len()];
        let (Some(model), Some(truth)) =
            (self.marginals(&scores, &free), self.marginals(&scores, &sentence.allowed))
        else {
            return;
        };
        for (at, features) in kept.iter().enumerate() {
            let mut slope = [0.0; WIDTH];
            let mut flat = true;
            for label in 0..LABELS {
                slope[label] = sentence.weight * (model.labels[at][label] - truth.labels[at][label]);
                flat &= slope[label].abs() < 1e-5;
            }
            if flat {
                continue;
            }
            for &feature in features {
                let feature = feature as usize;
                adapt(&mut self.weights[feature], &mut self.squares[feature], &slope, rate, pull);
            }
            if at == 0 {
                adapt(&mut self.first, &mut self.first_squares, &slope, rate, pull);
            }
        }
        for from in 0..LABELS {
            let mut slope = [0.0; WIDTH];
            for to in 0..LABELS {
                slope[to] = sentence.weight * (model.steps[from][to] - truth.steps[from][to]);
            }
            adapt(&mut self.steps[from], &mut self.step_squares[from], &slope, rate, pull);
        }
    }

    /// Forwards and backwards over the labels allowed; none where no sequence is.
    fn marginals(&self, scores: &[Row], allowed: &[Allowed]) -> Option<Marginals> {
        let mut steps = [[0.0f32; WIDTH]; WIDTH];
        for from in 0..LABELS {
            for to in (0..LABELS).filter(|&to| follows(from, to)) {
                steps[from][to] = self.steps[from][to].exp();
            }
        }
        let potentials: Vec<Row> = scores
            .iter()
            .zip(allowed)
            .map(|(scores, allowed)| {
                let top =
                    (0..LABELS).filter(|l| allowed >> l & 1 == 1).map(|l| scores[l]).fold(f32::MIN, f32::max);
                let mut potential = [0.0; WIDTH];
                for label in (0..LABELS).filter(|l| allowed >> l & 1 == 1) {
                    potential[label] = (scores[label] - top).max(-60.0).exp();
                }
                potential
            })
            .collect();
        let count = scores.len();
        let mut forward: Vec<Row> = Vec::with_capacity(count);
        for at in 0..count {
            let mut row = [0.0f32; WIDTH];
            if at == 0 {
                for to in (0..LABELS).filter(|&to| follows(OUTSIDE, to)) {
                    row[to] = self.first[to].exp() * potentials[0][to];
                }
            } else {
                for from in 0..LABELS {
                    let before = forward[at - 1][from];
                    if before > 0.0 {
                        for to in 0..WIDTH {
                            row[to] += before * steps[from][to];
                        }
                    }
                }
                for to in 0..WIDTH {
                    row[to] *= potentials[at][to];
                }
            }
            scale(&mut row)?;
            forward.push(row);
        }
        let mut found = Marginals { labels: vec![[0.0; WIDTH]; count], steps: [[0.0; WIDTH]; LABELS] };
        let mut backward = [0.0f32; WIDTH];
        for label in (0..LABELS).filter(|&label| closes(label)) {
            backward[label] = 1.0;
        }
        for at in (0..count).rev() {
            let mut labels = forward[at];
            for label in 0..WIDTH {
                labels[label] *= backward[label];
            }
            scale(&mut labels)?;
            found.labels[at] = labels;
            if at > 0 {
                let mut through = backward;
                for to in 0..WIDTH {
                    through[to] *= potentials[at][to];
                }
                let mut pairs = [[0.0f32; WIDTH]; LABELS];
                let mut total = 0.0;
                let mut row = [0.0f32; WIDTH];
                for from in 0..LABELS {
                    for to in 0..WIDTH {
                        let path = steps[from][to] * through[to];
                        row[from] += path;
                        pairs[from][to] = forward[at - 1][from] * path;
                        total += pairs[from][to];
                    }
                }
                if total > 0.0 {
                    for (sum, pairs) in found.steps.iter_mut().zip(&pairs) {
                        for to in 0..WIDTH {
                            sum[to] += pairs[to] / total;
                        }
                    }
                }
                scale(&mut row)?;
                backward = row;
            }
        }
        Some(found)
    }

    /// The weights rounded to eight bits, the heaviest features first.
    fn weights(&self, features: &[(u64, u32)], rows: usize) -> Weights {
        let mut order: Vec<usize> = (0..features.len()).collect();
        let heavy = |n: usize| {
            let most = self.weights[n].iter().fold(0.0f32, |most, weight| most.max(weight.abs()));
            most * (features[n].1 as f32).sqrt().min(20.0)
        };
        let loads: Vec<f32> = (0..features.len()).map(heavy).collect();
        order.sort_by(|&a, &b| loads[b].total_cmp(&loads[a]).then(a.cmp(&b)));
        order.truncate(rows * 9 / 10);
        let top = self.weights.iter().flatten().fold(0.0f32, |most, weight| most.max(weight.abs()));
        let unit = 127.0 / top.clamp(0.1, 3.0);
        let round = |weight: f32| (weight * unit).round().clamp(-127.0, 127.0) as i8;
        let laid: Vec<(u64, [i8; LABELS])> = order
            .iter()
            .map(|&n| (features[n].0, std::array::from_fn(|label| round(self.weights[n][label]))))
            .filter(|(_, weights)| weights.iter().any(|&weight| weight != 0))
            .collect();
        let whole = |row: &Row| std::array::from_fn(|label| (row[label] * unit).round() as i32);
        let steps = std::array::from_fn(|from| whole(&self.steps[from]));
        Weights::build(&laid, rows, steps, whole(&self.first))
    }
}

fn adapt(weights: &mut Row, squares: &mut Row, slope: &Row, rate: f32, pull: f32) {
    for label in 0..WIDTH {
        let slope = slope[label] + pull * weights[label];
        squares[label] += slope * slope;
        weights[label] -= rate * slope / squares[label].sqrt();
    }
}

/// Scales a row to the sum 1; none where it is empty.
fn scale(row: &mut Row) -> Option<()> {
    let sum: f32 = row.iter().sum();
    if sum <= 0.0 || !sum.is_finite() {
        return None;
    }
    for value in row {
        *value /= sum;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::Names;

    fn material() -> Material {
        let annotation = |text: &str, name: &str, kinds: &[NameKind], certainty| {
            let at = text.find(name).unwrap_or_default();
            Annotation { span: Span::new(at, at + name.len()), kinds: kinds.to_vec(), certainty }
        };
        let mut passages = Vec::new();
        for (first, surname) in [("Ona", "Kelu"), ("Mira", "Tosk"), ("Idra", "Valen"), ("Sefa", "Morun")] {
            let name = format!("{first} {surname}");
            let text = format!("Le ministre {name} est arrivé, selon Zarbo.");
            let names = vec![
                annotation(&text, &name, &[NameKind::Person], Certainty::Whole),
                annotation(&text, "Zarbo", &NameKind::ALL, Certainty::Perhaps),
            ];
            passages.push(Passage { text, language: Language::French, names, weight: 1.0 });
        }
        Material { passages, ..Material::default() }
    }

    #[test]
    fn the_same_material_gives_the_same_bytes_and_is_learnt() {
        let settings = Settings { rows: 2000, least: 1, ..Settings::default() };
        let bytes = train(&material(), Language::French, &settings);
        assert!(bytes == train(&material(), Language::French, &settings));
        let names = Names::open("small", &bytes, Language::French).expect("a model");
        let text = "Le ministre Ufi Rastel est arrivé.";
        let spans: Vec<Span> = tokens(text, Language::French).iter().map(|token| token.span).collect();
        let found = names.find(text, &spans, &ranges(&spans, &sentences(text, Language::French)), &[]);
        let found: Vec<_> = found.iter().map(|name| (name.span.of(text), name.kind)).collect();
        assert_eq!(found, [("Ufi Rastel", NameKind::Person)]);
    }

    #[test]
    fn nothing_and_nonsense_train_without_harm() {
        let settings = Settings { rows: 100, rounds: 1, ..Settings::default() };
        train(&Material::default(), Language::Russian, &settings);
        let name = |start, end| Annotation {
            span: Span { start, end },
            kinds: vec![NameKind::Place],
            certainty: Certainty::Whole,
        };
        let names = vec![name(3, 900), name(2, 1), name(900, 901)];
        let passage = Passage { text: "Ici là.".to_owned(), language: Language::French, names, weight: 1.0 };
        train(&Material { passages: vec![passage], ..Material::default() }, Language::French, &settings);
    }
}
