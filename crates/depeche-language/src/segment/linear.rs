//! Yes or no by a sum of weights, and how the weights are found: logistic regression, each weight with a step of its own
//! (AdaGrad, Duchi, Hazan and Singer 2011). Features are found by their digest, without a table (Weinberger et al. 2009).

#[cfg(any(test, feature = "train"))]
use crate::model::ModelWriter;
use crate::model::{ModelError, ModelReader};

/// Trained weights, a byte each.
#[derive(Debug)]
pub(super) struct Linear {
    /// As many as a power of two.
    weights: Box<[i8]>,
    /// The sum from which on the answer is yes.
    threshold: i32,
}

impl Linear {
    pub(super) fn read(reader: &ModelReader<'_>, name: &str) -> Result<Linear, ModelError> {
        let bytes = reader.section(name)?;
        let Some((threshold, weights)) = bytes.split_first_chunk::<4>() else {
            return Err(reader.error(&format!("its section ‘{name}’ is empty")));
        };
        if !weights.len().is_power_of_two() {
            return Err(reader.error(&format!("its section ‘{name}’ has {} weights", weights.len())));
        }
        let weights = weights.iter().map(|&byte| byte as i8).collect();
        Ok(Linear { weights, threshold: i32::from_le_bytes(*threshold) })
    }

    #[cfg(any(test, feature = "train"))]
    pub(super) fn write(&self, writer: &mut ModelWriter, name: &str) {
        let mut bytes = self.threshold.to_le_bytes().to_vec();
        bytes.extend(self.weights.iter().map(|&weight| weight as u8));
        writer.section(name, &bytes);
    }

    /// The answer to the features `digests`.
    #[inline]
    pub(super) fn decide(&self, digests: &[u32]) -> bool {
        let mask = self.weights.len() - 1;
        let sum: i32 = digests.iter().map(|&digest| i32::from(self.weights[digest as usize & mask])).sum();
        sum > self.threshold
    }
}

/// Weights in training.
#[cfg(any(test, feature = "train"))]
#[derive(Debug)]
pub(super) struct Learner {
    weights: Vec<f32>,
    /// Sum of the squared gradients of each weight.
    squares: Vec<f32>,
    rate: f32,
    decay: f32,
}

#[cfg(any(test, feature = "train"))]
impl Learner {
    /// With `2^bits` weights; `rate` is the length of the first step, `decay` pulls weights to nought.
    pub(super) fn new(bits: u32, rate: f32, decay: f32) -> Learner {
        Learner { weights: vec![0.0; 1 << bits], squares: vec![1e-2; 1 << bits], rate, decay }
    }

    pub(super) fn sum(&self, digests: &[u32]) -> f32 {
        let mask = self.weights.len() - 1;
        digests.iter().map(|&digest| self.weights[digest as usize & mask]).sum()
    }

    /// Learns that the answer to `digests` is `answer`.
    pub(super) fn learn(&mut self, digests: &[u32], answer: bool) {
        let gradient = logistic(self.sum(digests)) - f32::from(u8::from(answer));
        let mask = self.weights.len() - 1;
        for &digest in digests {
            let slot = digest as usize & mask;
            let step = gradient + self.decay * self.weights[slot];
            self.squares[slot] += step * step;
            self.weights[slot] -= self.rate * step / self.squares[slot].sqrt();
        }
    }

    /// Adds the weights to `sums`, which is empty at first.
    pub(super) fn add_to(&self, sums: &mut Vec<f32>) {
        sums.resize(self.weights.len(), 0.0);
        for (sum, weight) in sums.iter_mut().zip(&self.weights) {
            *sum += weight;
        }
    }

    /// Makes the weights those of `sums` over `count`.
    pub(super) fn set_to(&mut self, sums: &[f32], count: usize) {
        for (weight, sum) in self.weights.iter_mut().zip(sums) {
            *weight = sum / count.max(1) as f32;
        }
    }

    /// The weights in whole numbers; yes from a likelihood on whose logit is `margin`.
    pub(super) fn finish(&self, margin: f32) -> Linear {
        // Twice the range: the few weights beyond it are cut, the many small ones keep their differences.
        let largest = self.weights.iter().fold(0.1_f32, |all, weight| all.max(weight.abs()));
        let scale = 254.0 / largest;
        let weights = self.weights.iter().map(|weight| (weight * scale).round() as i8).collect();
        Linear { weights, threshold: (margin * scale).round() as i32 }
    }
}

/// 1 / (1 + e^-x) by products alone, so that every machine finds the same weights.
#[cfg(any(test, feature = "train"))]
fn logistic(x: f32) -> f32 {
    let mut power = 1.0 + f64::from(-x.clamp(-20.0, 20.0)) / 4096.0;
    for _ in 0..12 {
        power *= power;
    }
    (1.0 / (1.0 + power)) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_told_apart_is_learned() {
        let mut learner = Learner::new(8, 0.3, 0.0);
        for _ in 0..50 {
            learner.learn(&[1, 2], true);
            learner.learn(&[1, 3], false);
        }
        let linear = learner.finish(0.0);
        assert!(linear.decide(&[1, 2]) && !linear.decide(&[1, 3]));
        assert!((logistic(0.0) - 0.5).abs() < 1e-6 && logistic(30.0) > 0.999 && logistic(-30.0) < 0.001);
    }
}
