//! The form that phrases are compared in.

/// The line in lower case without accents; apostrophes, dashes and spaces in one form each, digits as a single `0`,
/// what is neither letter nor digit cut from its ends.
pub(crate) fn fold(line: &str) -> String {
    let mut folded = String::with_capacity(line.len());
    // What was written last, which tells whether a space or a digit adds anything.
    let mut last = None;
    let mut push = |character: char| match character {
        c if c.is_whitespace() || c == '\u{200B}' => {
            if last.is_some_and(|l| l != ' ') {
                folded.push(' ');
                last = Some(' ');
            }
        }
        c if c.is_numeric() => {
            if last != Some('0') {
                folded.push('0');
                last = Some('0');
            }
        }
        '\u{300}'..='\u{36F}' | '\u{AD}' => {}
        'œ' => {
            folded.push_str("oe");
            last = Some('e');
        }
        'æ' => {
            folded.push_str("ae");
            last = Some('e');
        }
        c => {
            let plain = match c {
                '’' | '‘' | 'ʼ' | '`' | '´' => '\'',
                '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
                c if c.is_ascii() => c,
                c => plain(c),
            };
            folded.push(plain);
            last = Some(plain);
        }
    };
    for character in line.chars() {
        match character.is_ascii() {
            true => push(character.to_ascii_lowercase()),
            false => character.to_lowercase().for_each(&mut push),
        }
    }
    let inner = |c: char| c.is_alphanumeric();
    let start = folded.find(inner).unwrap_or(folded.len());
    let end =
        folded.rfind(inner).map_or(start, |at| at + folded[at..].chars().next().map_or(0, char::len_utf8));
    folded.truncate(end);
    folded.drain(..start);
    folded
}

fn plain(character: char) -> char {
    match character {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ý' | 'ÿ' => 'y',
        'ё' => 'е',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn folding_keeps_what_tells_phrases_apart() {
        assert_eq!(fold("  • À lire également :"), "a lire egalement");
        assert_eq!(fold("Dans le même thême"), "dans le meme theme");
        assert_eq!(fold("0 commentaires"), "0 commentaires");
        assert_eq!(fold("Lu 412 fois"), "lu 0 fois");
        assert_eq!(fold("Вчера, ещё"), "вчера, еще");
        assert_eq!(fold("L’œuvre\u{a0}!"), "l'oeuvre");
        assert_eq!(fold(" — "), "");
    }
}
