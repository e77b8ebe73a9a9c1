//! French and English forms of adjectives, peoples and titles, by rule.

/// Masculine, feminine and their plurals of a French adjective. `lemma` is the masculine, or `masculine/feminine` where
/// the rule would get the feminine wrong.
pub(crate) fn french_adjective(lemma: &str) -> Vec<String> {
    let (masculine, feminine) = match lemma.split_once('/') {
        Some((masculine, feminine)) => (masculine.to_owned(), feminine.to_owned()),
        None => (lemma.to_owned(), feminine_of(lemma)),
    };
    let mut forms = Vec::new();
    for singular in [masculine, feminine] {
        let plural = french_plural(&singular);
        for form in [singular, plural] {
            if !forms.contains(&form) {
                forms.push(form);
            }
        }
    }
    forms
}

fn feminine_of(masculine: &str) -> String {
    match masculine {
        _ if masculine.ends_with("en") => format!("{masculine}ne"),
        _ if masculine.ends_with('e') => masculine.to_owned(),
        _ => format!("{masculine}e"),
    }
}

fn french_plural(singular: &str) -> String {
    match singular {
        _ if singular.ends_with(['s', 'x', 'z']) => singular.to_owned(),
        _ if singular.ends_with("al") => format!("{}aux", &singular[..singular.len() - 2]),
        _ if singular.ends_with("eau") => format!("{singular}x"),
        _ => format!("{singular}s"),
    }
}

/// The plural of an English noun.
pub(crate) fn english_plural(singular: &str) -> String {
    let before_y = |s: &str| s.chars().rev().nth(1).is_some_and(|c| !"aeiou".contains(c));
    match singular {
        _ if singular.ends_with("man") && !singular.ends_with("rman") => {
            format!("{}men", &singular[..singular.len() - 3])
        }
        _ if singular.ends_with('y') && before_y(singular) => {
            format!("{}ies", &singular[..singular.len() - 1])
        }
        _ if singular.ends_with(['s', 'x', 'z']) || singular.ends_with("ch") || singular.ends_with("sh") => {
            format!("{singular}es")
        }
        _ => format!("{singular}s"),
    }
}

/// The forms of a title in French or English. `{a|b} c` stands for `a c` and `b c`; a `~` after a word, for its plural
/// beside it.
pub(crate) fn title_forms(pattern: &str, english: bool) -> Vec<String> {
    let mut forms = vec![String::new()];
    for (number, word) in words_of(pattern).into_iter().enumerate() {
        let choices: Vec<String> = match word.strip_prefix('{').and_then(|w| w.strip_suffix('}')) {
            Some(inner) => inner.split('|').map(str::to_owned).collect(),
            None => match word.strip_suffix('~') {
                Some(word) => {
                    vec![word.to_owned(), if english { english_plural(word) } else { french_plural(word) }]
                }
                None => vec![word.to_owned()],
            },
        };
        let gap = if number == 0 { "" } else { " " };
        forms = forms
            .iter()
            .flat_map(|head| choices.iter().map(move |choice| format!("{head}{gap}{choice}")))
            .take(64)
            .collect();
    }
    forms
}

/// The words of a pattern; a group in braces is one.
fn words_of(pattern: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut start, mut depth) = (0, 0usize);
    for (at, c) in pattern.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ' ' if depth == 0 => {
                words.push(&pattern[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    words.push(&pattern[start..]);
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adjectives_agree() {
        assert_eq!(french_adjective("russe"), ["russe", "russes"]);
        assert_eq!(french_adjective("américain"), ["américain", "américains", "américaine", "américaines"]);
        assert_eq!(french_adjective("iranien"), ["iranien", "iraniens", "iranienne", "iraniennes"]);
        assert_eq!(french_adjective("turc/turque"), ["turc", "turcs", "turque", "turques"]);
        assert_eq!(french_adjective("français"), ["français", "française", "françaises"]);
    }

    #[test]
    fn titles_unfold() {
        assert_eq!(title_forms("{envoyé|envoyée} spécial~", false).len(), 4);
        assert_eq!(title_forms("secretary~ of state", true), ["secretary of state", "secretaries of state"]);
        assert_eq!(title_forms("spokesman~", true), ["spokesman", "spokesmen"]);
    }
}
