//! What an export is made of.

use depeche_gazetteer::Gazetteer;
use depeche_interface::Interface;
use depeche_record::{Day, Dossier, Problem, Reading, Report};

/// What a briefing and every export are made of.
pub struct Material<'a> {
    /// The dossier.
    pub dossier: &'a Dossier,
    /// The reports with their readings.
    pub read: &'a [(Report, Reading)],
    /// Problems of inputs that no report holds.
    pub problems: &'a [Problem],
    /// The reference day.
    pub today: Day,
    /// Names of sides and places, and what is known of people and outlets.
    pub gazetteer: &'a Gazetteer,
    /// The words of the interface.
    pub interface: &'a Interface,
}
