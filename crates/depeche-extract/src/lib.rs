//! Analysis to reading. See ARCHITECTURE.md.

use depeche_gazetteer::Gazetteer;
use depeche_record::{Analysis, Reading, Report};

/// Reads who met whom, who said what, and how it is known.
pub fn read(report: &Report, analysis: &Analysis, gazetteer: &Gazetteer) -> Reading {
    let _ = (report, analysis, gazetteer);
    unimplemented!()
}
