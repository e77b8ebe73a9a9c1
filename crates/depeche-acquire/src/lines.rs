//! Lines of a reader, none held that is longer than the limit.

use std::io::{self, BufRead};

/// A line of a reader.
pub(crate) enum Line {
    /// Its bytes, without the line end.
    Held(Vec<u8>),
    /// It was longer than the limit and was passed over; the number of its bytes.
    TooLong(u64),
}

/// Reads the next line; none at the end. At most `limit` bytes of it are held.
pub(crate) fn read_line(reader: &mut dyn BufRead, limit: u64) -> io::Result<Option<Line>> {
    let mut held = Vec::new();
    let mut length = 0u64;
    let mut ended = false;
    while !ended {
        let buffer = match reader.fill_buf() {
            Ok(buffer) => buffer,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if buffer.is_empty() {
            break;
        }
        let end = buffer.iter().position(|&b| b == b'\n');
        let part = &buffer[..end.unwrap_or(buffer.len())];
        length += part.len() as u64;
        if length <= limit {
            held.extend_from_slice(part);
        } else {
            held = Vec::new();
        }
        ended = end.is_some();
        let used = part.len() + usize::from(ended);
        reader.consume(used);
    }
    if length == 0 && !ended {
        return Ok(None);
    }
    if length > limit {
        return Ok(Some(Line::TooLong(length)));
    }
    if held.last() == Some(&b'\r') {
        held.pop();
    }
    Ok(Some(Line::Held(held)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_counted_and_not_held() {
        let text = format!("a\r\n{}\n\nb", "x".repeat(100));
        let mut reader = io::BufReader::with_capacity(7, text.as_bytes());
        let mut seen = Vec::new();
        while let Some(line) = read_line(&mut reader, 10).unwrap() {
            seen.push(match line {
                Line::Held(bytes) => String::from_utf8(bytes).unwrap(),
                Line::TooLong(length) => length.to_string(),
            });
        }
        assert_eq!(seen, ["a", "100", "", "b"]);
    }
}
