//! The outlines of land, as the map draws them.

use std::sync::OnceLock;

const LAND: &str = include_str!("../../data/land.txt");

/// A ring of points, each its degrees to the east and to the north.
pub type Outline = Vec<(f64, f64)>;

/// The outlines, the longest first.
pub fn outlines() -> &'static [Outline] {
    static OUTLINES: OnceLock<Vec<Outline>> = OnceLock::new();
    OUTLINES.get_or_init(|| LAND.lines().filter(|line| !line.starts_with('#')).map(outline).collect())
}

/// A line of the file: a point, then the way from each point to the next, in tenths of a degree.
fn outline(line: &str) -> Outline {
    let numbers: Vec<f64> = line.split(' ').filter_map(|number| number.parse().ok()).collect();
    let (mut east, mut north) = (0.0, 0.0);
    numbers
        .chunks_exact(2)
        .map(|way| {
            (east, north) = (east + way[0], north + way[1]);
            (east / 10.0, north / 10.0)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a point is on land, by how often a line from it crosses the outlines.
    fn is_land(north: f64, east: f64) -> bool {
        let crosses = |outline: &Outline| {
            let edges = outline.iter().zip(outline.iter().cycle().skip(1));
            edges
                .filter(|((x1, y1), (x2, y2))| {
                    (*y1 > north) != (*y2 > north) && east < (x2 - x1) * (north - y1) / (y2 - y1) + x1
                })
                .count()
        };
        outlines().iter().map(crosses).sum::<usize>() % 2 == 1
    }

    #[test]
    fn there_is_land_where_there_is() {
        for (north, east) in
            [(48.9, 2.3), (9.0, 38.7), (55.8, 37.6), (-15.0, -50.0), (40.0, -100.0), (-25.0, 135.0)]
        {
            assert!(is_land(north, east), "{north} {east}");
        }
        for (north, east) in [(0.0, -30.0), (40.0, -40.0), (-40.0, 90.0), (35.0, 18.0), (20.0, 38.5)] {
            assert!(!is_land(north, east), "{north} {east}");
        }
    }
}
