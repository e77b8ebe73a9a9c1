//! Text to analysis. See ARCHITECTURE.md.

use depeche_record::{Analysis, Day, Report};

/// Analyses a report's text. `today` is the reference day of the run: no date of publication is taken to lie after it.
pub fn analyse(report: &Report, today: Option<Day>) -> Analysis {
    let _ = (report, today);
    unimplemented!()
}
