//! Capture to report. See ARCHITECTURE.md.

use depeche_record::{Capture, Report};

/// Reads the captured bytes as one article.
pub fn report(capture: &Capture) -> Report {
    let _ = capture;
    unimplemented!()
}
