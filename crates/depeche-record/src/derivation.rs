//! Where a fact comes from.

use crate::Span;

/// Why a fact is held: the rule, the words it rests on, and the facts that it was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Derivation {
    /// The rule's name, such as `contact/noun` or `status/conditional`.
    pub rule: String,
    /// The words that the rule read.
    pub span: Span,
    /// What the rule concluded, such as `status = possible`.
    pub conclusion: String,
    /// The steps below this one.
    pub children: Vec<Derivation>,
}

impl Derivation {
    /// A step without children.
    pub fn new(rule: impl Into<String>, span: Span, conclusion: impl Into<String>) -> Derivation {
        Derivation { rule: rule.into(), span, conclusion: conclusion.into(), children: Vec::new() }
    }

    /// The step with one child more.
    #[must_use]
    pub fn with(mut self, child: Derivation) -> Derivation {
        self.children.push(child);
        self
    }
}
