//! Pictures of pages, SVG: places on a map, who meets whom, who takes from whom, counts by month. Each is of plain numbers and words, has a name,
//! and what it shows stands in a table beside it.

mod flows;
mod land;
mod map;
mod months;
mod ring;

pub use flows::{Flow, Flows};
pub use map::{Map, Pin};
pub use months::Months;
pub use ring::{Line, Node, Ring};

/// A number with one digit behind the point.
fn number(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    format!("{rounded}")
}
