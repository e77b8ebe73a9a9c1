//! What a run is told beside its inputs.

use depeche_record::{Day, Edtf, Language};

/// What a run is told beside its inputs. What is given here outranks what comes with a report.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Language of all reports; each one's own where none is given.
    pub language: Option<Language>,
    /// Day of publication of all reports; each one's own where none is given.
    pub published: Option<Edtf>,
    /// The reference day: nothing is taken to have been published after it, and what was planned before it and never
    /// spoken of again is a gap. The stages know no clock; without it they do without.
    pub today: Option<Day>,
    /// Number of reports read at a time; 0 for one a core.
    pub threads: usize,
}
