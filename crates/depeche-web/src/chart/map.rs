//! Places on a map. The part of the world is shown in which they lie; a degree to the north is as long as one to the east
//! in the middle of it.

use maud::{Markup, html};

use super::land::outlines;
use super::number;

/// Width of the picture.
const WIDTH: f64 = 960.0;
/// Its least and greatest height.
const HEIGHTS: (f64, f64) = (380.0, 560.0);
/// Degrees that are shown at least, to the east and to the north.
const LEAST: (f64, f64) = (26.0, 14.0);
/// Radius of a pin of one contact, and what the largest has more.
const RADIUS: (f64, f64) = (4.5, 15.0);
/// Names that are written beside their pins, as far as there is room.
const NAMED: usize = 24;

/// A map.
pub struct Map {
    /// The places, the heaviest first.
    pub pins: Vec<Pin>,
    /// What it shows, in words.
    pub said: String,
}

/// A place on it.
pub struct Pin {
    /// Degrees to the north.
    pub north: f64,
    /// Degrees to the east.
    pub east: f64,
    /// What its size tells.
    pub weight: usize,
    /// Its name.
    pub name: String,
    /// Its name and what it stands for.
    pub title: String,
    /// Where it leads.
    pub path: String,
}

/// The part of the world that is shown.
struct Part {
    west: f64,
    north: f64,
    /// Units a degree, to the east and to the south.
    scale: (f64, f64),
    height: f64,
}

impl Part {
    fn of(pins: &[Pin]) -> Part {
        let (mut west, mut east, mut south, mut north) = (180.0_f64, -180.0_f64, 90.0_f64, -90.0_f64);
        for pin in pins {
            (west, east) = (west.min(pin.east), east.max(pin.east));
            (south, north) = (south.min(pin.north), north.max(pin.north));
        }
        let (across, up) = ((east - west).max(LEAST.0) * 1.25, (north - south).max(LEAST.1) * 1.35);
        let middle = ((east + west) / 2.0, (north + south) / 2.0);
        // So much narrower is a degree to the east than one to the north.
        let narrower = middle.1.clamp(-65.0, 65.0).to_radians().cos();
        let height = (WIDTH * up / (across * narrower)).clamp(HEIGHTS.0, HEIGHTS.1);
        let across = across.max(up * WIDTH / (height * narrower)).min(360.0);
        let scale = WIDTH / across;
        let scale = (scale, scale / narrower);
        let half = (across / 2.0, height / scale.1 / 2.0);
        let west = (middle.0 - half.0).clamp(-180.0, 180.0 - across);
        Part { west, north: (middle.1 + half.1).min(90.0), scale, height }
    }

    fn x(&self, east: f64) -> f64 {
        (east - self.west) * self.scale.0
    }

    fn y(&self, north: f64) -> f64 {
        (self.north - north) * self.scale.1
    }

    /// The outlines within, as one path of whole numbers.
    fn land(&self) -> String {
        let mut path = String::new();
        for outline in outlines() {
            let points: Vec<(i64, i64)> = outline
                .iter()
                .map(|(east, north)| {
                    // What lies far outside need not be drawn where it lies.
                    let x = self.x(*east).clamp(-200.0, WIDTH + 200.0);
                    let y = self.y(*north).clamp(-200.0, self.height + 200.0);
                    (x.round() as i64, y.round() as i64)
                })
                .collect();
            let inside =
                |(x, y): &(i64, i64)| (0..=WIDTH as i64).contains(x) && (0..=self.height as i64).contains(y);
            let corners = |pick: fn(&(i64, i64)) -> i64| {
                points.iter().map(pick).min().zip(points.iter().map(pick).max()).unwrap_or((0, 0))
            };
            let (left, right) = corners(|point| point.0);
            let (top, bottom) = corners(|point| point.1);
            let covers = left <= WIDTH as i64 && right >= 0 && top <= self.height as i64 && bottom >= 0;
            if !covers || (!points.iter().any(inside) && right - left < 300) {
                continue;
            }
            let mut before = points[0];
            path.push_str(&format!("M{} {}", before.0, before.1));
            for point in &points[1..] {
                if *point != before {
                    path.push_str(&format!("l{} {}", point.0 - before.0, point.1 - before.1));
                    before = *point;
                }
            }
            path.push('z');
        }
        path
    }
}

impl Map {
    /// The picture; nothing without a place.
    pub fn draw(&self) -> Markup {
        if self.pins.is_empty() {
            return Markup::default();
        }
        let part = Part::of(&self.pins);
        let most = self.pins.iter().map(|pin| pin.weight).max().unwrap_or(1).max(1) as f64;
        let radius = |pin: &Pin| RADIUS.0 + RADIUS.1 * ((pin.weight as f64 - 1.0) / most).max(0.0).sqrt();
        let circles: Vec<(f64, f64, f64)> =
            self.pins.iter().map(|pin| (part.x(pin.east), part.y(pin.north), radius(pin))).collect();
        let names = self.names(&circles, part.height);
        html! {
            figure.map {
                svg viewBox={ "0 0 " (WIDTH) " " (number(part.height)) } role="group" aria-label=(self.said) {
                    path.land d=(part.land()) {}
                    // Small ones lie above large ones.
                    @for (pin, (x, y, radius)) in self.pins.iter().zip(&circles) {
                        a href=(pin.path) aria-label=(pin.title) {
                            circle cx=(number(*x)) cy=(number(*y)) r=(number(*radius)) { title { (pin.title) } }
                        }
                    }
                    @for (x, y, right, name) in &names {
                        text.right[*right].left[!*right] x=(number(*x)) y=(number(*y)) aria-hidden="true" { (name) }
                    }
                }
                figcaption.small.soft { (self.said) }
            }
        }
    }

    /// Names beside their pins, where they lie on nothing else: where, and whether to the right.
    fn names(&self, circles: &[(f64, f64, f64)], height: f64) -> Vec<(f64, f64, bool, &str)> {
        let mut taken: Vec<(f64, f64, f64, f64)> =
            circles.iter().take(NAMED).map(|(x, y, r)| (x - r, y - r, x + r, y + r)).collect();
        let mut names = Vec::new();
        for (pin, (x, y, radius)) in self.pins.iter().zip(circles).take(NAMED) {
            let width = pin.name.chars().count() as f64 * 7.2;
            for (right, down) in
                [(true, 4.5), (false, 4.5), (true, 16.0), (true, -8.0), (false, 16.0), (false, -8.0)]
            {
                let at = if right { x + radius + 4.0 } else { x - radius - 4.0 };
                let left = if right { at } else { at - width };
                let area = (left, y + down - 12.0, left + width, y + down + 3.0);
                let free = taken.iter().all(|there| {
                    area.2 < there.0 || area.0 > there.2 || area.3 < there.1 || area.1 > there.3
                });
                if free && area.0 >= 0.0 && area.2 <= WIDTH - 6.0 && area.1 >= 0.0 && area.3 <= height {
                    taken.push(area);
                    names.push((at, y + down, right, pin.name.as_str()));
                    break;
                }
            }
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pin(north: f64, east: f64, weight: usize) -> Pin {
        let (name, title, path) = ("Ankara".to_owned(), "Ankara".to_owned(), "/contacts".to_owned());
        Pin { north, east, weight, name, title, path }
    }

    #[test]
    fn every_place_lies_within() {
        for pins in [
            vec![pin(39.9, 32.9, 5)],
            vec![pin(9.0, 38.7, 1), pin(2.0, 45.3, 9)],
            vec![pin(-41.3, 174.8, 1), pin(61.2, -149.9, 9), pin(55.8, 37.6, 3)],
            vec![pin(78.0, 15.0, 1)],
        ] {
            let part = Part::of(&pins);
            for pin in &pins {
                let (x, y) = (part.x(pin.east), part.y(pin.north));
                assert!((0.0..=WIDTH).contains(&x) && (0.0..=part.height).contains(&y), "{x} {y}");
            }
            let drawn = Map { pins, said: String::new() }.draw().into_string();
            assert!(drawn.len() < 60_000, "{}", drawn.len());
        }
        assert!(Map { pins: Vec::new(), said: String::new() }.draw().into_string().is_empty());
    }
}
