//! The stages in order: the library's front door.
//!
//! ```text
//! inputs ─acquire→ Capture ─page→ Report ─language→ Analysis ─extract→ Reading ─verify→ (Report, Reading)
//!                                                           all of them ─resolve→ Dossier
//! ```
//!
//! What comes in: captures from [`acquire`] and [`Settings`]. What goes out: every report with its reading, in the order
//! of the inputs, and the [`Dossier`](depeche_record::Dossier) made of them; the same for any number of threads.
//! [`records`] gives both the shape in which programs read them.

mod captured;
mod names;
mod pipeline;
pub mod records;
mod settings;
mod verify;

pub use captured::{CaptureRecord, FetchedRecord, capture_record};
pub use depeche_acquire as acquire;
pub use depeche_gazetteer as gazetteer;
pub use depeche_language as language;
pub use depeche_page as page;
pub use depeche_record as record;
pub use depeche_resolve::reason;
pub use names::{names_in, names_of};
pub use pipeline::{Pipeline, PipelineError, READER_THREAD};
pub use settings::Settings;
pub use verify::{verify_dossier, verify_reading};
