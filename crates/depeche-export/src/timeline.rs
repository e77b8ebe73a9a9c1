//! The timeline as a picture, SVG: contacts over time, a row for each kind, status by shape and colour.
//!
//! A date that is not one day is a bar over all the days that it may mean; what has no year or no date stands apart. Long
//! stretches in which nothing is dated are cut short, and the cut is drawn. Of many contacts, counts are drawn. The picture says which
//! days stand where (`data-axis`, `data-scale`), for a script that lets a period be chosen on it.

mod axis;
mod draw;

use depeche_interface::Interface;
use depeche_record::{ContactKind, Day, Status};

use crate::days::reach;
use crate::{Material, Names};

pub use draw::STYLE;

/// Beyond so many dated contacts, counts are drawn instead of marks.
pub const MARKS: usize = 400;

/// The contacts as the picture has them.
#[derive(Debug, Default)]
pub struct Timeline {
    /// Those with a first and a last day, in order.
    pub dated: Vec<Mark>,
    /// Those with a date that lacks its year, or has an open end.
    pub yearless: Vec<Mark>,
    /// Those without a date.
    pub undated: Vec<Mark>,
}

/// A contact as the picture has it.
#[derive(Debug, Clone)]
pub struct Mark {
    /// Identifier.
    pub id: String,
    /// Kind.
    pub kind: ContactKind,
    /// Status.
    pub status: Status,
    /// First and last day that the date touches; the same day twice where it is one.
    pub days: Option<(Day, Day)>,
    /// Whether it lasted from the first to the last day, rather than fell on one of them.
    pub lasted: bool,
    /// What it is, in words.
    pub title: String,
    /// Contacts that it stands for: one, but where they are counted before they are drawn.
    pub stands_for: usize,
}

/// Contacts that marks stand for.
fn weight(marks: &[Mark]) -> usize {
    marks.iter().map(|mark| mark.stands_for).sum()
}

impl Timeline {
    /// The picture of a dossier.
    pub fn new(material: &Material, names: &Names) -> Timeline {
        let mut timeline = Timeline::default();
        for contact in &material.dossier.contacts {
            let days = contact.date.as_ref().and_then(|date| match reach(date) {
                (Some(first), Some(last)) => Some((first, last)),
                _ => None,
            });
            let status = names.status(contact.status, contact.kind);
            let mark = Mark {
                id: contact.id.clone(),
                kind: contact.kind,
                status: contact.status,
                days,
                lasted: contact.date.as_ref().is_some_and(|date| date.as_str().contains('/')),
                title: format!("{} ({status})", names.title(&contact.id)),
                stands_for: 1,
            };
            match (&contact.date, days) {
                (_, Some(_)) => timeline.dated.push(mark),
                (Some(_), None) => timeline.yearless.push(mark),
                (None, None) => timeline.undated.push(mark),
            }
        }
        timeline.dated.sort_by(|one, other| (one.days, &one.id).cmp(&(other.days, &other.id)));
        timeline
    }

    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.dated.is_empty() && self.yearless.is_empty() && self.undated.is_empty()
    }

    /// The picture, with its style within. `link` gives the address that a mark leads to; none for a picture on its own.
    pub fn svg(&self, interface: &Interface, link: &dyn Fn(&Mark) -> Option<String>) -> String {
        draw::svg(self, interface, link, true)
    }

    /// The picture without style, for a page that has [`STYLE`] among its own.
    pub fn bare_svg(&self, interface: &Interface, link: &dyn Fn(&Mark) -> Option<String>) -> String {
        draw::svg(self, interface, link, false)
    }
}
