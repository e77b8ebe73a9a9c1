//! Where days stand on the line: stretches of days in proportion, and cuts between them.

use depeche_record::Day;

/// Width of a cut.
const CUT: f64 = 26.0;
/// Days before and after what is dated.
const MARGIN: i64 = 4;

/// The line.
pub struct Axis {
    stretches: Vec<Stretch>,
    /// Units a day.
    pub scale: f64,
}

/// Days drawn in proportion, by their numbers since 1970.
pub struct Stretch {
    /// First day.
    pub first: i64,
    /// One past the last day.
    pub end: i64,
    /// Where the first day begins.
    pub x: f64,
}

impl Axis {
    /// A line of this width, from `x` on, that holds all days given.
    pub fn new(days: impl Iterator<Item = (Day, Day)>, x: f64, width: f64) -> Axis {
        let mut spans: Vec<(i64, i64)> =
            days.map(|(first, last)| (first.number() - MARGIN, last.number() + 1 + MARGIN)).collect();
        spans.sort_unstable();
        let mut stretches: Vec<(i64, i64)> = Vec::new();
        let touched: i64 = spans.iter().map(|(first, end)| end - first).sum();
        let widest = (touched / 3).max(45);
        for (first, end) in spans {
            match stretches.last_mut() {
                Some(last) if first - last.1 <= widest => last.1 = last.1.max(end),
                _ => stretches.push((first, end)),
            }
        }
        // Cuts take at most half of the line: beyond that the narrowest gaps are drawn out.
        while stretches.len() > 1 && (stretches.len() - 1) as f64 * CUT > width / 2.0 {
            let gap = |n: &usize| stretches[*n].0 - stretches[*n - 1].1;
            let Some(n) = (1..stretches.len()).min_by_key(gap) else { break };
            let (_, end) = stretches.remove(n);
            stretches[n - 1].1 = end;
        }
        let all: i64 = stretches.iter().map(|(first, end)| end - first).sum();
        let cuts = stretches.len().saturating_sub(1) as f64 * CUT;
        let scale = (width - cuts) / (all.max(20) as f64);
        let mut at = x;
        let stretches = stretches
            .into_iter()
            .map(|(first, end)| {
                let stretch = Stretch { first, end, x: at };
                at += (end - first) as f64 * scale + CUT;
                stretch
            })
            .collect();
        Axis { stretches, scale }
    }

    /// Where a day begins.
    pub fn x(&self, day: i64) -> f64 {
        let n = self.stretches.partition_point(|stretch| stretch.first <= day).saturating_sub(1);
        self.stretches.get(n).map_or(0.0, |stretch| {
            stretch.x + (day.clamp(stretch.first, stretch.end) - stretch.first) as f64 * self.scale
        })
    }

    /// The stretches for a script: where each begins, its first day and the one past its last, parted by semicolons.
    pub fn written(&self) -> String {
        let stretch = |one: &Stretch| format!("{:.1} {} {}", one.x, one.first, one.end);
        self.stretches.iter().map(stretch).collect::<Vec<_>>().join(";")
    }

    /// The middle of each cut.
    pub fn cuts(&self) -> impl Iterator<Item = f64> + '_ {
        self.stretches.iter().skip(1).map(|stretch| stretch.x - CUT / 2.0)
    }

    /// Days to be named, each with whether its day of the month is to be told, at least `apart` from one another.
    ///
    /// The first day that is dated in each stretch goes before all others: after a cut nothing else says what year it is.
    pub fn ticks(&self, apart: f64) -> Vec<(Day, bool)> {
        let (month, year) = (self.scale * 30.0, self.scale * 365.0);
        let step = [1, 2, 3, 6].into_iter().find(|n| month * f64::from(*n) >= apart);
        let step = step.unwrap_or_else(|| 12 * (apart / year).ceil().max(1.0) as i32);
        let begins = self.stretches.iter().map(|stretch| {
            let short = (stretch.end - stretch.first) as f64 * self.scale < month + apart;
            (stretch.first + MARGIN, short)
        });
        let mut regular: Vec<(i64, bool)> = Vec::new();
        for stretch in &self.stretches {
            let begin = Day::of_number(stretch.first);
            let mut index = begin.year * 12 + i32::from(begin.month) - 1;
            index += (step - index.rem_euclid(step)) % step;
            loop {
                let day = Day { year: index.div_euclid(12), month: index.rem_euclid(12) as u8 + 1, day: 1 };
                if day.number() >= stretch.end {
                    break;
                }
                if day.number() >= stretch.first {
                    regular.push((day.number(), false));
                }
                index += step;
            }
        }
        // Taken ones stand in order, so that only two neighbours can be too near.
        let mut taken: Vec<(i64, bool)> = Vec::new();
        for (day, whole) in begins.chain(regular) {
            let n = taken.partition_point(|(there, _)| *there < day);
            let neighbours = [n.checked_sub(1), Some(n)].into_iter().flatten().filter_map(|n| taken.get(n));
            if neighbours.into_iter().all(|(there, _)| (self.x(*there) - self.x(day)).abs() >= apart) {
                taken.insert(n, (day, whole));
            }
        }
        taken.into_iter().map(|(day, whole)| (Day::of_number(day), whole)).collect()
    }
}

#[cfg(test)]
mod tests {
    use depeche_record::Edtf;

    use super::*;

    fn day(writing: &str) -> Day {
        Edtf::parse(writing).unwrap().days().unwrap().0
    }

    #[test]
    fn empty_years_are_cut() {
        let days = ["1945-02-04", "2025-08-06", "2025-08-15"].map(|one| (day(one), day(one)));
        let axis = Axis::new(days.into_iter(), 100.0, 800.0);
        assert_eq!(axis.cuts().count(), 1);
        let xs: Vec<f64> = days.iter().map(|(first, _)| axis.x(first.number())).collect();
        assert!(xs.is_sorted() && xs[0] >= 100.0 && xs[2] <= 900.0, "{xs:?}");
        assert!(xs[2] - xs[1] > 50.0, "{xs:?}");
    }

    #[test]
    fn names_of_days_keep_apart() {
        let days = (0..400).map(|n| Day::of_number(20_000 + n * 17)).map(|day| (day, day));
        let axis = Axis::new(days, 0.0, 800.0);
        let ticks: Vec<f64> = axis.ticks(70.0).iter().map(|(day, _)| axis.x(day.number())).collect();
        assert!(ticks.len() > 3 && ticks.windows(2).all(|pair| pair[1] - pair[0] >= 70.0), "{ticks:?}");
    }

    #[test]
    fn what_follows_a_cut_is_named() {
        let days = ["2022-01-10", "2022-08-01", "2023-02-10", "2025-02-12", "2025-07-20"];
        let axis = Axis::new(days.into_iter().map(|one| (day(one), day(one))), 135.0, 805.0);
        assert!(axis.cuts().count() >= 1);
        let named: Vec<i32> = axis.ticks(112.0).iter().map(|(day, _)| day.year).collect();
        assert!(named.contains(&2022) && named.contains(&2025), "{named:?}");
        let first = axis.ticks(112.0).into_iter().find(|(day, _)| day.year == 2025).unwrap().0;
        assert!(first.month <= 2, "the stretch is named where it begins: {first}");
    }

    #[test]
    fn many_far_days_still_fit() {
        let days = (0..100).map(|n| Day::of_number(n * 4_000)).map(|day| (day, day));
        let axis = Axis::new(days, 0.0, 800.0);
        assert!(axis.scale > 0.0 && axis.x(99 * 4_000) <= 800.0);
    }
}
