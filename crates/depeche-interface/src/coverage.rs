//! The coverage of a followed source in words.

use depeche_record::followed::{Source, Stretch};

use crate::Interface;

/// Stretches that are told, the latest; earlier ones are counted.
const STRETCHES: usize = 5;

/// From when to when a source was followed, how many pages it gave, and the latest failures, at most so many; a line each.
pub fn lines(interface: &Interface, source: &Source, failures: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let earlier = source.stretches.len().saturating_sub(STRETCHES);
    if let (true, Some(first), Some(last)) = (earlier > 0, source.stretches.first(), source.stretches.last())
    {
        let gaps = source.stretches.len() - 1;
        let overall = [
            ("from", minute(&first.from).into()),
            ("to", minute(&last.to).into()),
            ("gaps", gaps.into()),
            ("n", STRETCHES.into()),
        ];
        lines.push(interface.tell("coverage-overall", &overall));
    }
    for (number, stretch) in source.stretches.iter().skip(earlier).enumerate() {
        if number > 0 {
            lines.push(interface.say("coverage-gap"));
        }
        lines.push(in_words(interface, stretch));
    }
    if source.stretches.is_empty() {
        lines.push(interface.say("coverage-never"));
    }
    let counts = [("pages", source.pages.into()), ("failed", source.failed.into())];
    lines.push(interface.tell("coverage-counts", &counts));
    for miss in source.misses.iter().rev().take(failures) {
        let parts = [
            ("time", minute(&miss.time).into()),
            ("address", miss.address.as_str().into()),
            ("detail", miss.detail.as_str().into()),
        ];
        lines.push(interface.tell("coverage-miss", &parts));
    }
    if source.failing {
        lines.push(interface.say("coverage-failing"));
    }
    lines
}

fn in_words(interface: &Interface, stretch: &Stretch) -> String {
    let words = [
        ("from", minute(&stretch.from).into()),
        ("to", minute(&stretch.to).into()),
        ("looks", stretch.looks.into()),
    ];
    interface.tell("coverage-stretch", &words)
}

/// A moment without its seconds: `2025-08-06 14:30 UTC`.
fn minute(time: &str) -> String {
    match (time.get(..10), time.get(11..16)) {
        (Some(day), Some(minute)) => format!("{day} {minute} UTC"),
        _ => time.to_owned(),
    }
}
