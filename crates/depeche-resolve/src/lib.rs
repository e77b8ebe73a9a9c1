//! Readings to dossier. See ARCHITECTURE.md.

use depeche_gazetteer::Gazetteer;
use depeche_record::{Day, Dossier, Reading, Report};

/// Reconstructs the dossier from what the reports say; the same for any order of `read`.
pub fn resolve(read: &[(Report, Reading)], gazetteer: &Gazetteer, today: Option<Day>) -> Dossier {
    let _ = (read, gazetteer, today);
    unimplemented!()
}
