//! Lone surrogates in JSON: some writers cut a text in the middle of a character.

/// The line with every escape of a lone surrogate (`\ud83d` without its second half) replaced by `\ufffd`; none if it
/// has no such escape. Works on the escapes alone, so it is safe on any bytes.
pub(crate) fn mend(line: &[u8]) -> Option<Vec<u8>> {
    let mut mended = Vec::with_capacity(line.len());
    let mut changed = false;
    let mut at = 0;
    while at < line.len() {
        if line[at] != b'\\' {
            mended.push(line[at]);
            at += 1;
            continue;
        }
        match escape_at(line, at) {
            Some(0xD800..=0xDBFF) if matches!(escape_at(line, at + 6), Some(0xDC00..=0xDFFF)) => {
                mended.extend_from_slice(&line[at..at + 12]);
                at += 12;
            }
            Some(0xD800..=0xDFFF) => {
                mended.extend_from_slice(b"\\ufffd");
                changed = true;
                at += 6;
            }
            Some(_) => {
                mended.extend_from_slice(&line[at..at + 6]);
                at += 6;
            }
            None => {
                let end = (at + 2).min(line.len());
                mended.extend_from_slice(&line[at..end]);
                at = end;
            }
        }
    }
    changed.then_some(mended)
}

/// The code of the escape `\uXXXX` that starts at `at`, if one does.
fn escape_at(line: &[u8], at: usize) -> Option<u16> {
    let escape = line.get(at..at + 6)?;
    if !escape.starts_with(b"\\u") {
        return None;
    }
    escape[2..].iter().try_fold(0u16, |code, &digit| {
        let value = char::from(digit).to_digit(16)?;
        Some(code << 4 | value as u16)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(line: &str) -> Option<String> {
        mend(line.as_bytes()).map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn lone_surrogates_are_replaced_and_pairs_kept() {
        assert_eq!(mended(r#"{"text":"a\ud800b"}"#).unwrap(), r#"{"text":"a\ufffdb"}"#);
        assert_eq!(mended(r#"{"text":"a\udc00\ud83d\ude00"}"#).unwrap(), r#"{"text":"a\ufffd\ud83d\ude00"}"#);
        assert_eq!(mended(r#"{"text":"\ud83d\ude00 \\ud800 \u00e9"}"#), None);
        assert_eq!(mended(r#"cut \ud8"#), None);
        assert_eq!(mended("\\"), None);
    }
}
