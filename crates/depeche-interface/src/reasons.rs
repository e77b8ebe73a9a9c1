//! Reasons of the dossier in words. A reason is a key with arguments, `key|argument|…`.

use depeche_pipeline::reason;
use depeche_record::Side;

use crate::Interface;

/// The reason in words; as it stands where there are no words for its key.
pub fn in_words(interface: &Interface, written: &str, side_name: impl Fn(&Side) -> String) -> String {
    let (key, arguments) = reason::read(written);
    let Some(known) = reason::KEYS.iter().find(|known| known.key == key) else {
        return match arguments.as_slice() {
            [] => key.to_owned(),
            some => format!("{key} ({})", some.join(", ")),
        };
    };
    let mut values: Vec<(String, String)> = Vec::new();
    for (n, name) in known.arguments.iter().enumerate() {
        let same = known.arguments[..n].iter().filter(|other| other == &name).count();
        if let Some(name) = name.strip_suffix('…') {
            let rest: Vec<String> =
                arguments.iter().skip(n).map(|word| feature(interface, name, word)).collect();
            values.push((format!("{name}s"), interface.list(&rest)));
            values.push(("n".to_owned(), rest.len().to_string()));
        } else if let Some(word) = arguments.get(n) {
            let name = if same == 0 { (*name).to_owned() } else { format!("{name}{}", same + 1) };
            let word = if name == "side" { side_name(&Side((*word).to_owned())) } else { (*word).to_owned() };
            values.push((name, word));
        }
    }
    let values: Vec<(&str, fluent_bundle::FluentValue)> = values
        .iter()
        .map(|(name, value)| match value.parse::<usize>() {
            Ok(n) if name == "n" || name == "number" => (name.as_str(), n.into()),
            _ => (name.as_str(), value.as_str().into()),
        })
        .collect();
    interface.find(&format!("reason-{key}"), &values).unwrap_or_else(|| written.to_owned())
}

/// The name of a feature by which accounts were put together; other words stay as they are.
fn feature(interface: &Interface, name: &str, word: &str) -> String {
    match name {
        "feature" => interface.find(&format!("feature-{word}"), &[]).unwrap_or_else(|| word.to_owned()),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use depeche_record::Language;

    use super::*;

    #[test]
    fn every_reason_has_words_for_its_arguments() {
        for language in Interface::LANGUAGES {
            let interface = Interface::new(language);
            for key in reason::KEYS {
                let arguments: Vec<String> =
                    key.arguments.iter().enumerate().map(|(n, _)| format!("A{n}")).collect();
                let written = reason::write(key.key, arguments.iter().map(String::as_str));
                let said = in_words(&interface, &written, |side| side.0.clone());
                assert!(!said.contains(['{', '|']), "{said}");
                // A value that only chooses between forms need not show.
                let silent = |n: usize| key.arguments[n] == "number";
                let shown = (0..arguments.len()).all(|n| silent(n) || said.contains(&arguments[n]));
                assert!(shown, "{said} lacks one of {arguments:?}");
            }
        }
    }

    #[test]
    fn unknown_keys_stay_legible() {
        let interface = Interface::new(Language::English);
        assert_eq!(in_words(&interface, "some-new-key|a|b", |side| side.0.clone()), "some-new-key (a, b)");
        assert_eq!(in_words(&interface, "plain words", |side| side.0.clone()), "plain words");
    }
}
