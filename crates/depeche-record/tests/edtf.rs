//! Properties of dates that hold for any dates.

use std::cmp::Ordering;

use depeche_record::{Day, Edtf};
use proptest::prelude::*;

fn day() -> impl Strategy<Value = Day> {
    (-400_000i64..400_000).prop_map(Day::of_number)
}

/// Days of the years that EDTF writes with four digits.
fn written_day() -> impl Strategy<Value = Day> {
    (-700_000i64..2_900_000).prop_map(Day::of_number)
}

/// A date of any shape that the program writes.
fn date() -> impl Strategy<Value = Edtf> {
    let year = 1900..2100i32;
    let writing = prop_oneof![
        written_day().prop_map(|day| day.to_string()),
        year.clone().prop_map(|year| format!("{year:04}")),
        (year.clone(), 1..=12u8).prop_map(|(year, month)| format!("{year:04}-{month:02}")),
        (year.clone(), prop_oneof![21..=24u8, 33..=36u8, 40..=41u8])
            .prop_map(|(y, part)| format!("{y:04}-{part}")),
        (190..210i32).prop_map(|decade| format!("{decade}X")),
        (1..=12u8, 1..=28u8).prop_map(|(month, day)| format!("XXXX-{month:02}-{day:02}")),
        (1..=12u8).prop_map(|month| format!("XXXX-{month:02}")),
        (written_day(), 1..400i64).prop_map(|(day, n)| format!("{day}/{}", Day::of_number(day.number() + n))),
        written_day().prop_map(|day| format!("{day}/..")),
        written_day().prop_map(|day| format!("../{day}")),
        (written_day(), 1..400i64)
            .prop_map(|(day, n)| format!("[{day},{}]", Day::of_number(day.number() + n))),
        Just("XXXX".to_owned()),
    ];
    writing.prop_filter_map("an EDTF date", |writing| Edtf::parse(&writing).ok())
}

proptest! {
    #[test]
    fn days_and_their_numbers_agree(day in day()) {
        prop_assert_eq!(Day::of_number(day.number()), day);
        prop_assert_eq!(Day::of_number(day.number() + 1).number(), day.number() + 1);
        prop_assert!(Day::of_number(day.number() + 1) > day);
    }

    #[test]
    fn what_is_printed_is_read(date in date()) {
        prop_assert_eq!(Edtf::parse(&date.to_string()), Ok(date));
    }

    #[test]
    fn the_order_is_total(a in date(), b in date(), c in date()) {
        prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
        prop_assert_eq!(a.cmp(&b) == Ordering::Equal, a == b);
        if a <= b && b <= c {
            prop_assert!(a <= c);
        }
    }

    #[test]
    fn containment_is_an_order_and_implies_agreement(a in date(), b in date(), c in date()) {
        prop_assert!(a.within(&a));
        if a.within(&b) {
            prop_assert!(a.may_agree(&b), "{} in {}", a, b);
            if b.within(&c) {
                prop_assert!(a.within(&c), "{} in {} in {}", a, b, c);
            }
        }
    }

    #[test]
    fn agreement_and_distance_look_the_same_from_both_sides(a in date(), b in date()) {
        prop_assert_eq!(a.may_agree(&b), b.may_agree(&a));
        prop_assert_eq!(a.distance(&b), b.distance(&a));
        if let Some(distance) = a.distance(&b) {
            prop_assert_eq!(distance == 0, a.may_agree(&b), "{} and {}", a, b);
        }
    }

    #[test]
    fn days_are_as_far_apart_as_their_numbers(a in written_day(), b in written_day()) {
        let apart = a.number().abs_diff(b.number());
        prop_assert_eq!(Edtf::day(a).distance(&Edtf::day(b)), Some(apart));
    }

    #[test]
    fn open_sides_hold_their_date(day in written_day()) {
        let date = Edtf::day(day);
        for open in [date.and_on(), date.up_to()].into_iter().flatten() {
            prop_assert!(date.within(&open));
        }
        for open in [date.after(), date.before()].into_iter().flatten() {
            prop_assert!(!date.may_agree(&open));
            prop_assert_eq!(date.distance(&open), Some(1));
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,40}") {
        if let Ok(date) = Edtf::parse(&text) {
            let _ = (date.days(), date.width(), date.members(), date.within(&date), date.distance(&date));
        }
    }
}
