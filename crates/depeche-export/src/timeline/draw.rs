//! From the timeline to SVG.

use depeche_interface::Interface;
use depeche_interface::dates::{capitalise, in_words};
use depeche_record::{ContactKind, Day, Edtf, Status};
use maud::{Markup, PreEscaped, html};

use super::axis::Axis;
use super::{MARKS, Mark, Timeline, weight};

/// The style of the picture: light, dark, and black on white in print.
pub const STYLE: &str = include_str!("timeline.css");
/// The style of a picture on its own: Inkscape, word processors and Typst know no variables.
const PLAIN: &str = include_str!("plain.css");

/// Width of the picture in units of the screen.
const WIDTH: f64 = 960.0;
/// Where the line begins, after the names of the kinds.
const LEFT: f64 = 135.0;
/// Where it ends.
const RIGHT: f64 = WIDTH - 20.0;
/// Height of a lane of marks.
const LANE: f64 = 17.0;
/// Half the width of a mark.
const HALF: f64 = 6.0;
/// Height of a row of counts.
const COUNTS: f64 = 56.0;
/// Width of a column of counts.
const COLUMN: f64 = 8.0;
/// Between names of days.
const APART: f64 = 112.0;

/// The picture.
pub fn svg(
    timeline: &Timeline,
    interface: &Interface,
    link: &dyn Fn(&Mark) -> Option<String>,
    style: bool,
) -> String {
    let days = timeline.dated.iter().filter_map(|mark| mark.days);
    let axis = Axis::new(days, LEFT, RIGHT - LEFT);
    let mut y = 30.0;
    let mut rows: Vec<(f64, String, Markup)> = Vec::new();
    for &kind in ContactKind::ALL {
        let marks: Vec<&Mark> = timeline.dated.iter().filter(|mark| mark.kind == kind).collect();
        if marks.is_empty() {
            continue;
        }
        let name = capitalise(&interface.say(&format!("kind-{}", kind.label())));
        let (height, drawn) = match weight(&timeline.dated) > MARKS {
            true => (COUNTS, counts(&marks, &axis, y, interface)),
            false => lanes(&marks, &axis, y, link),
        };
        rows.push((y + height / 2.0, name, drawn));
        y += height + 8.0;
    }
    let foot = y;
    let ticks: Vec<(f64, String)> = if rows.is_empty() {
        Vec::new()
    } else {
        let name = |day: Day, whole: bool| {
            let writing = if whole { day.to_string() } else { format!("{:04}-{:02}", day.year, day.month) };
            Edtf::parse(&writing).map_or(writing, |date| in_words(interface, &date))
        };
        let ticks =
            axis.ticks(APART).into_iter().map(|(day, whole)| (axis.x(day.number()), name(day, whole)));
        // A name that would not end within the picture is left out.
        ticks.map(|(x, words)| if x + APART > WIDTH { (x, String::new()) } else { (x, words) }).collect()
    };
    y += 26.0;
    let mut apart: Vec<Markup> = Vec::new();
    for (key, marks) in [("timeline-no-year", &timeline.yearless), ("timeline-no-date", &timeline.undated)] {
        if !marks.is_empty() {
            let (height, drawn) = beside(&interface.say(key), marks, y, link);
            apart.push(drawn);
            y += height;
        }
    }
    let (height, legend) = legend(timeline, interface, y + 4.0);
    y += height + 4.0;
    let described = describe(timeline, interface);
    let links = timeline
        .dated
        .iter()
        .chain(&timeline.yearless)
        .chain(&timeline.undated)
        .any(|mark| link(mark).is_some());
    let picture = html! {
        svg.tl xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (WIDTH) " " (number(y)) } role=(if links { "group" } else { "img" })
            aria-labelledby="tl-title tl-desc" data-axis=(axis.written()) data-scale=(axis.scale) {
            title #tl-title { (interface.say("timeline-title")) }
            desc #tl-desc { (described) }
            @if style { style { (PreEscaped(PLAIN)) } }
            @if !rows.is_empty() {
                g.tl-axis aria-hidden="true" {
                    @for (x, words) in &ticks {
                        line x1=(number(*x)) x2=(number(*x)) y1="22" y2=(number(foot)) {}
                        text x=(number(*x + 3.0)) y="16" { (words) }
                    }
                    @for x in axis.cuts() {
                        path.tl-cut d={ "M" (number(x - 4.0)) " " (number(foot)) "l4 -" (number(foot - 22.0)) "m4 0l-4 " (number(foot - 22.0)) } {}
                    }
                    line.tl-foot x1=(LEFT) x2=(RIGHT) y1=(number(foot)) y2=(number(foot)) {}
                }
            }
            @for (middle, name, drawn) in &rows {
                text.tl-kind x=(LEFT - 12.0) y=(number(middle + 4.0)) { (name) }
                (drawn)
            }
            @for drawn in &apart { (drawn) }
            (legend)
        }
    };
    picture.into_string()
}

/// Marks of one kind in as many lanes as keep them apart; the height that they take.
fn lanes(marks: &[&Mark], axis: &Axis, top: f64, link: &dyn Fn(&Mark) -> Option<String>) -> (f64, Markup) {
    let mut ends: Vec<f64> = Vec::new();
    let placed: Vec<(usize, f64, f64, &&Mark)> = marks
        .iter()
        .filter_map(|mark| {
            let (first, last) = mark.days?;
            let (from, to) = (axis.x(first.number()), axis.x(last.number() + 1));
            let middle = (from + to) / 2.0;
            let (left, right) = (from.min(middle - HALF), to.max(middle + HALF));
            let lane = ends.iter().position(|end| *end <= left).unwrap_or(ends.len());
            if lane == ends.len() {
                ends.push(right + 2.0);
            } else {
                ends[lane] = right + 2.0;
            }
            Some((lane, from, to, mark))
        })
        .collect();
    let height = ends.len() as f64 * LANE;
    let drawn = html! {
        @for (lane, from, to, mark) in &placed {
            @let y = top + (*lane as f64 + 0.5) * LANE;
            @let several = mark.days.is_some_and(|(first, last)| first != last);
            (linked(mark, link, html! {
                title { (mark.title) }
                @if several {
                    rect.tl-bar.tl-open[!mark.lasted] x=(number(*from)) y=(number(y - 4.0)) width=(number(to - from)) height="8" rx="4" {}
                }
                path.tl-mark d=(shape(mark.status)) transform={ "translate(" (number((from + to) / 2.0)) " " (number(y)) ")" } {}
            }))
        }
    };
    (height, drawn)
}

/// How many contacts of each status begin in each column.
fn counts(marks: &[&Mark], axis: &Axis, top: f64, interface: &Interface) -> Markup {
    let columns = ((RIGHT - LEFT) / COLUMN).ceil() as usize + 1;
    let mut counts = vec![[0_usize; Status::ALL.len()]; columns];
    for mark in marks {
        let Some((first, _)) = mark.days else { continue };
        let column = ((axis.x(first.number()) - LEFT) / COLUMN).max(0.0) as usize;
        let status = Status::ALL.iter().position(|status| *status == mark.status).unwrap_or(0);
        counts[column.min(columns - 1)][status] += mark.stands_for;
    }
    let most = counts.iter().map(|column| column.iter().sum::<usize>()).max().unwrap_or(1).max(1);
    let unit = COUNTS / most as f64;
    html! {
        @for (n, column) in counts.iter().enumerate() {
            @for (nth, (status, count)) in Status::ALL.iter().zip(column).enumerate().filter(|(_, (_, count))| **count > 0) {
                @let below: usize = column[..nth].iter().sum();
                rect.(tone(*status)).tl-count x=(number(LEFT + n as f64 * COLUMN)) width=(COLUMN - 1.0)
                    y=(number(top + COUNTS - (below + count) as f64 * unit)) height=(number(*count as f64 * unit)) {
                    title { (interface.tell(&format!("summary-status-{}", status.label().replace('_', "-")), &[("n", (*count).into())])) }
                }
            }
        }
    }
}

/// Marks that stand at no day, in lines of their own; the height that they take.
fn beside(name: &str, marks: &[Mark], top: f64, link: &dyn Fn(&Mark) -> Option<String>) -> (f64, Markup) {
    if marks.iter().any(|mark| mark.stands_for > 1) {
        return counted_beside(name, marks, top);
    }
    let a_line = ((RIGHT - LEFT) / (HALF * 2.0 + 4.0)) as usize;
    let shown = &marks[..marks.len().min(MARKS)];
    let lines = shown.len().div_ceil(a_line);
    let drawn = html! {
        text.tl-kind x=(LEFT - 12.0) y=(number(top + LANE / 2.0 + 4.0)) { (name) }
        @for (n, mark) in shown.iter().enumerate() {
            @let x = LEFT + HALF + (n % a_line) as f64 * (HALF * 2.0 + 4.0);
            @let y = top + ((n / a_line) as f64 + 0.5) * LANE;
            (linked(mark, link, html! {
                title { (mark.title) }
                path.tl-mark d=(shape(mark.status)) transform={ "translate(" (number(x)) " " (number(y)) ")" } {}
            }))
        }
        @if shown.len() < marks.len() {
            text.tl-note x=(LEFT) y=(number(top + lines as f64 * LANE + 12.0)) { "+ " (marks.len() - shown.len()) }
        }
    };
    (lines as f64 * LANE + if shown.len() < marks.len() { 26.0 } else { 8.0 }, drawn)
}

/// As [`beside`], for marks that stand for many: how many there are of each status.
fn counted_beside(name: &str, marks: &[Mark], top: f64) -> (f64, Markup) {
    let mut statuses: Vec<(Status, usize)> = Vec::new();
    for status in Status::ALL {
        let n: usize = marks.iter().filter(|mark| mark.status == *status).map(|mark| mark.stands_for).sum();
        if n > 0 {
            statuses.push((*status, n));
        }
    }
    let drawn = html! {
        text.tl-kind x=(LEFT - 12.0) y=(number(top + LANE / 2.0 + 4.0)) { (name) }
        @for (n, (status, count)) in statuses.iter().enumerate() {
            @let x = LEFT + HALF + n as f64 * 90.0;
            g.(tone(*status)) { path.tl-mark d=(shape(*status)) transform={ "translate(" (number(x)) " " (number(top + LANE / 2.0)) ")" } {} }
            text x=(number(x + 12.0)) y=(number(top + LANE / 2.0 + 4.0)) { (count) }
        }
    };
    (LANE + 8.0, drawn)
}

fn linked(mark: &Mark, link: &dyn Fn(&Mark) -> Option<String>, drawn: Markup) -> Markup {
    html! {
        @match link(mark) {
            Some(address) => { a.(tone(mark.status)) href=(address) aria-label=(mark.title) { (drawn) } }
            None => { g.(tone(mark.status)) { (drawn) } }
        }
    }
}

/// What the shapes and bars mean; the height that it takes.
fn legend(timeline: &Timeline, interface: &Interface, top: f64) -> (f64, Markup) {
    let all = || timeline.dated.iter().chain(&timeline.yearless).chain(&timeline.undated);
    let statuses: Vec<(Status, String)> = Status::ALL
        .iter()
        .filter(|status| all().any(|mark| mark.status == **status))
        .map(|status| {
            let key = format!("status-{}", status.label().replace('_', "-"));
            (*status, interface.tell(&key, &[("kind", "meeting".into())]))
        })
        .collect();
    let several = |mark: &Mark| mark.days.is_some_and(|(first, last)| first != last);
    let bars = weight(&timeline.dated) <= MARKS;
    let bars: Vec<(bool, String)> = [(false, "timeline-uncertain"), (true, "timeline-lasted")]
        .into_iter()
        .filter(|(lasted, _)| {
            bars && timeline.dated.iter().any(|mark| several(mark) && mark.lasted == *lasted)
        })
        .map(|(lasted, key)| (lasted, interface.say(key)))
        .collect();
    // Letters are taken to be so wide at most.
    let width = |words: &str| words.chars().count() as f64 * 6.6 + 34.0;
    let (mut x, mut y) = (LEFT, top + 10.0);
    let mut place = |words: &str| {
        if x + width(words) > RIGHT && x > LEFT {
            (x, y) = (LEFT, y + 20.0);
        }
        let at = (x, y);
        x += width(words);
        at
    };
    let statuses: Vec<_> =
        statuses.into_iter().map(|(status, words)| (status, place(&words), words)).collect();
    let bars: Vec<_> = bars.into_iter().map(|(lasted, words)| (lasted, place(&words), words)).collect();
    let drawn = html! {
        g.tl-legend aria-hidden="true" {
            @for (status, (x, y), words) in &statuses {
                g.(tone(*status)) {
                    path.tl-mark d=(shape(*status)) transform={ "translate(" (number(x + HALF)) " " (number(*y)) ")" } {}
                }
                text x=(number(x + 18.0)) y=(number(y + 4.0)) { (words) }
            }
            @for (lasted, (x, y), words) in &bars {
                g.tl-held { rect.tl-bar.tl-open[!*lasted] x=(number(*x)) y=(number(y - 4.0)) width="16" height="8" rx="4" {} }
                text x=(number(x + 22.0)) y=(number(y + 4.0)) { (words) }
            }
        }
    };
    (y - top + 14.0, drawn)
}

/// What the picture shows, for those who do not see it.
fn describe(timeline: &Timeline, interface: &Interface) -> String {
    let mut parts = Vec::new();
    let days = || timeline.dated.iter().filter_map(|mark| mark.days);
    if let (Some(first), Some(last)) = (days().map(|days| days.0).min(), days().map(|days| days.1).max()) {
        parts.push(interface.tell(
            "timeline-described",
            &[
                ("n", weight(&timeline.dated).into()),
                ("first", in_words(interface, &Edtf::day(first)).into()),
                ("last", in_words(interface, &Edtf::day(last)).into()),
            ],
        ));
    }
    let all = || timeline.dated.iter().chain(&timeline.yearless).chain(&timeline.undated);
    for status in Status::ALL {
        let n: usize = all().filter(|mark| mark.status == *status).map(|mark| mark.stands_for).sum();
        if n > 0 {
            let key = format!("summary-status-{}", status.label().replace('_', "-"));
            parts.push(interface.tell(&key, &[("n", n.into())]));
        }
    }
    for (key, marks) in [("timeline-no-year", &timeline.yearless), ("timeline-no-date", &timeline.undated)] {
        if !marks.is_empty() {
            let n = weight(marks).to_string();
            parts.push(
                interface.tell("labelled", &[("label", interface.say(key).into()), ("words", n.into())]),
            );
        }
    }
    parts.join(&interface.say("semicolon"))
}

fn tone(status: Status) -> &'static str {
    match status {
        Status::Held => "tl-held",
        Status::Planned => "tl-planned",
        Status::Possible => "tl-possible",
        Status::RuledOut => "tl-ruled-out",
        Status::Denied => "tl-denied",
        Status::Cancelled => "tl-cancelled",
    }
}

/// The shape of a status around its middle, so that none is told by colour alone.
fn shape(status: Status) -> &'static str {
    match status {
        // A disc, a ring, a diamond; a cross, a triangle that points down, a ring struck through.
        Status::Held => "M5 0A5 5 0 1 1 -5 0A5 5 0 1 1 5 0Z",
        Status::Planned => "M4.6 0A4.6 4.6 0 1 1 -4.6 0A4.6 4.6 0 1 1 4.6 0Z",
        Status::Possible => "M0 -5.6L5.6 0L0 5.6L-5.6 0Z",
        Status::RuledOut => "M-4.4 -4.4L4.4 4.4M4.4 -4.4L-4.4 4.4",
        Status::Denied => "M-5.2 -4.2H5.2L0 5.2Z",
        Status::Cancelled => "M4.6 0A4.6 4.6 0 1 1 -4.6 0A4.6 4.6 0 1 1 4.6 0ZM-5.4 5.4L5.4 -5.4",
    }
}

/// A number with one digit behind the point.
fn number(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    format!("{rounded}")
}
