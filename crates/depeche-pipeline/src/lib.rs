//! The stages in order: the library's front door.
//!
//! ```text
//! inputs ─acquire→ Capture ─page→ Report ─language→ Analysis ─extract→ Reading ─verify→ (Report, Reading)
//!                                                           all of them ─resolve→ Dossier
//! ```
//!
//! [`Pipeline::add`] keeps them in a dossier on disk ([`store`]) and makes its view anew.
//!
//! What comes in: captures from [`acquire`] and [`Settings`]. What goes out: every report with its reading, in the order
//! of the inputs, and the [`Dossier`](depeche_record::Dossier) made of them; the same for any number of threads.
//! [`records`](depeche_record::records) gives both the shape in which programs read them.

mod captured;
pub mod judge;
mod keep;
mod names;
mod pipeline;
mod settings;
mod verify;

pub use captured::{CaptureRecord, FetchedRecord, capture_record};
pub use depeche_acquire as acquire;
pub use depeche_gazetteer as gazetteer;
pub use depeche_gazetteer::compare_names;
pub use depeche_language as language;
pub use depeche_page as page;
pub use depeche_record as record;
pub use depeche_record::records;
pub use depeche_resolve::{anchor, identifier, reason};
pub use depeche_store as store;
pub use keep::{Added, BATCH, Desk, Event, READER, passages, wanted};
pub use names::{names_in, names_of};
pub use pipeline::{Pipeline, PipelineError, READER_THREAD};
pub use settings::Settings;
pub use verify::{drop_unsure, verify_dossier, verify_reading};
