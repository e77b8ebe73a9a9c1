//! What a run is told beside its inputs.

use depeche_record::{Day, Edtf, Language};

/// What a run is told beside its inputs.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Language of all reports, whatever they declare; each one's own where none is given.
    pub language: Option<Language>,
    /// Day of publication of the reports that do not say theirs: not beside the text, nor in the page, nor in the text.
    pub published: Option<Edtf>,
    /// The reference day: nothing is taken to have been published after it, and what was planned before it and never
    /// spoken of again is a gap. The stages know no clock; without it they do without.
    pub today: Option<Day>,
    /// Number of reports read at a time, at most four a core; 0 for one a core.
    pub threads: usize,
    /// How sure a contact, a statement or an origin has to be, from 0 to 1; what is less sure is left out.
    pub min_confidence: f64,
}
