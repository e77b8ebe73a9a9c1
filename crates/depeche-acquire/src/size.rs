//! Sizes in words.

/// A number of bytes as messages say it: in whole MiB, KiB or bytes, of which the first that is at least 1 is taken, cut down.
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        0..=1023 => format!("{bytes} bytes"),
        1024..=1_048_575 => format!("{} KiB", bytes >> 10),
        _ => format!("{} MiB", bytes >> 20),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short() {
        assert_eq!(
            [900, 65_303, 67_108_864, 210_056_256].map(size),
            ["900 bytes", "63 KiB", "64 MiB", "200 MiB"]
        );
    }
}
