//! The dossier on disk: one SQLite file.
//!
//! ```text
//! Arrival ─admit→ what is kept: captures, versions of reports, readings, judgements
//!                   └─ (pipeline: resolve) ─write_view→ the view: what the dossier shows ─→ questions
//! ```
//!
//! Comes in: captures with their readings, judgements, and the view that is made of them, in the shape of
//! [`records`](depeche_record::records). Goes out: the same, by filter and page. What is kept is only added to or, for a
//! reading, replaced by that of a newer reader; the view is a function of what is kept and can be made anew at any time.
//!
//! 1. `dossier` opens the file, makes it, and brings it to the newest format (`schema/`).
//! 2. `keep` takes in captures and readings.
//! 3. `view` writes what is shown, only what differs; `filed` knows what each record is found by.
//! 4. `judgement` appends what people decide.
//! 5. `followed` remembers the sources that are followed.
//! 6. `query`, `search`, `overview`, `change` and `news` answer questions; `check` tells whether all is whole. `readers` serve
//!    many threads.
//!
//! The only crate that knows SQLite; no SQL outside it. It knows neither the clock nor how readings and views are made:
//! times and terms are arguments.

mod change;
mod check;
mod dossier;
mod error;
mod filed;
mod followed;
mod judgement;
mod keep;
mod news;
mod overview;
mod pack;
mod query;
mod readers;
mod search;
mod view;

pub use change::{Change, FieldChange};
pub use check::Finding;
pub use dossier::{Dossier, Moment};
pub use error::StoreError;
pub use judgement::{LogFilter, Recorded, judgement_id};
pub use keep::{Admission, Arrival, Circumstances, Kept, Version};
pub use news::{News, Turn};
pub use overview::{ActCount, Feed, MonthCount, OutletCount, PlaceCount};
pub use query::{
    ActorSheet, Between, ContactSheet, Counts, Filter, Hit, Named, NamedOrigin, Page, Paging, Pair,
    ReportSheet, Spread, days_of,
};
pub use readers::Readers;
pub use search::{Phrase, Wanted};
pub use view::{Body, Item, Member, Tally, Terms, ViewWriter};
