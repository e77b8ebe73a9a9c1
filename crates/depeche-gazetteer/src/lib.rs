//! Knowledge of the world, as data. See ARCHITECTURE.md.

/// The knowledge of the world that extraction and resolution are given.
pub struct Gazetteer {}

impl Gazetteer {
    /// The data that ship with the crate, read once.
    pub fn builtin() -> &'static Gazetteer {
        unimplemented!()
    }
}
