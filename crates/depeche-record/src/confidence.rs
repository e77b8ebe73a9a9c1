//! How sure a find is, and why.

/// How sure a find is: of finds with such grounds, the share that careful annotators have too.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Confidence {
    /// From 0 to 1.
    pub value: f64,
    /// What holds of the find, what weighs most first.
    pub grounds: Vec<Ground>,
}

/// One thing that speaks for or against a find.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Ground {
    /// What holds, such as `sides/told` or `people=2`.
    pub name: String,
    /// What it adds to the logarithm of the odds; below 0 it speaks against.
    pub weight: f64,
}
