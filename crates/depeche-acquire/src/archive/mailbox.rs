//! mbox (RFC 4155 and its elder kin): messages one after the other, each after a line that starts with `From `.

use std::io::{self, BufRead};

use crate::lines::{Line, read_line};

/// A message of a mailbox.
pub(crate) enum Message {
    /// Its bytes, without the line `From `.
    Held(Vec<u8>),
    /// It was longer than the limit and was passed over; the number of its bytes.
    TooLong(u64),
}

/// A mailbox being read.
pub(crate) struct Mailbox<'a> {
    reader: Box<dyn BufRead + 'a>,
    /// Whether the line before the next message was read.
    opened: bool,
}

impl<'a> Mailbox<'a> {
    pub(crate) fn new(reader: Box<dyn BufRead + 'a>) -> Mailbox<'a> {
        Mailbox { reader, opened: false }
    }

    /// The next message; none at the end. What stands before the first line `From ` is no message. At most `limit`
    /// bytes are held.
    pub(crate) fn next(&mut self, limit: u64) -> io::Result<Option<Message>> {
        let mut held = Vec::new();
        let mut length = 0u64;
        let mut blank = true;
        loop {
            // A line too long for the limit is too long for the message.
            let (line, size) = match read_line(self.reader.as_mut(), limit)? {
                Some(Line::Held(line)) => (line, None),
                Some(Line::TooLong(size)) => (Vec::new(), Some(size)),
                None => break,
            };
            if blank && size.is_none() && starts_message(&line) {
                if std::mem::replace(&mut self.opened, true) {
                    return Ok(Some(message(held, length, limit)));
                }
                continue;
            }
            blank = size.is_none() && line.is_empty();
            if !self.opened {
                continue;
            }
            length += size.unwrap_or(line.len() as u64) + 1;
            if length > limit {
                held = Vec::new();
                continue;
            }
            held.extend_from_slice(unquoted(&line));
            held.push(b'\n');
        }
        if !std::mem::replace(&mut self.opened, false) {
            return Ok(None);
        }
        Ok(Some(message(held, length, limit)))
    }
}

fn message(held: Vec<u8>, length: u64, limit: u64) -> Message {
    if length > limit { Message::TooLong(length) } else { Message::Held(held) }
}

/// Whether a line opens a message: `From `, a sender, and a time of day, which tells it from prose that starts so.
pub(crate) fn starts_message(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let digits = |part: &[u8]| matches!(part.len(), 1 | 2) && part.iter().all(u8::is_ascii_digit);
    rest.len() < 512
        && rest.split(|&byte| byte == b' ').skip(1).any(|word| {
            let parts: Vec<&[u8]> = word.split(|&byte| byte == b':').collect();
            matches!(parts.len(), 2 | 3) && parts.into_iter().all(digits)
        })
}

/// A line of a message as it was before a mailbox quoted it: `>From ` stands for `From `.
fn unquoted(line: &[u8]) -> &[u8] {
    let marks = line.iter().take_while(|&&byte| byte == b'>').count();
    if marks > 0 && line[marks..].starts_with(b"From ") { &line[1..] } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(text: &str, limit: u64) -> Vec<String> {
        let mut mailbox = Mailbox::new(Box::new(text.as_bytes()));
        let mut seen = Vec::new();
        while let Some(message) = mailbox.next(limit).unwrap() {
            seen.push(match message {
                Message::Held(bytes) => String::from_utf8(bytes).unwrap(),
                Message::TooLong(length) => length.to_string(),
            });
        }
        seen
    }

    const OPENING: &str = "From presse@example.org Wed Aug  6 10:30:05 2025\n";

    #[test]
    fn messages_are_told_apart() {
        let text = format!(
            "junk\n\n{OPENING}A: b\n\n>From here.\n>>From there.\nFrom Moscow, word.\n\n{OPENING}\r\nlast"
        );
        assert_eq!(
            messages(&text, 1_000),
            ["A: b\n\nFrom here.\n>From there.\nFrom Moscow, word.\n\n", "\nlast\n"]
        );
    }

    #[test]
    fn prose_opens_no_message() {
        assert!(starts_message(OPENING.trim_end().as_bytes()));
        assert!(starts_message(b"From - Sat Jan  3 01:05:34 1996"));
        assert!(!starts_message(b"From Moscow, our correspondent, at 10 in the morning"));
        assert!(!starts_message(b">From a Sat Jan  3 01:05:34 1996"));
        let text = format!("{OPENING}A: b\n\nFrom Moscow with love.\n");
        assert_eq!(messages(&text, 1_000).len(), 1);
    }

    #[test]
    fn long_messages_are_passed_over() {
        let text = format!("{OPENING}{}\n\n{OPENING}short\n", "line\n".repeat(100));
        assert_eq!(messages(&text, 200), ["502", "short\n"]);
        let text = format!("{OPENING}{}\n\n{OPENING}short\n", "x".repeat(1_000));
        assert_eq!(messages(&text, 200), ["1002", "short\n"]);
        assert!(messages("no mailbox\nat all", 100).is_empty());
    }
}
