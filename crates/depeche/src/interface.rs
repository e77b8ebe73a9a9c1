//! The words of the interface, from `locales/*.ftl`.

use std::borrow::Cow;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::arguments::Ui;

const FRENCH: &str = include_str!("../locales/fr.ftl");
const ENGLISH: &str = include_str!("../locales/en.ftl");

/// Looks up words by their key.
pub struct Interface {
    language: Ui,
    bundle: FluentBundle<FluentResource>,
}

impl Interface {
    /// The interface in the language asked for, else in that of the system, else in English.
    pub fn new(asked: Option<Ui>) -> Interface {
        let language = asked.unwrap_or_else(|| match sys_locale::get_locale() {
            Some(locale) if locale.to_ascii_lowercase().starts_with("fr") => Ui::Fr,
            _ => Ui::En,
        });
        let (code, source) = match language {
            Ui::Fr => ("fr", FRENCH),
            Ui::En => ("en", ENGLISH),
        };
        // The identifier picks the plural rules; both codes are well formed.
        let identifier = code.parse::<LanguageIdentifier>().unwrap_or_default();
        // What cannot be parsed is left out; the tests hold both files free of faults.
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
        let mut bundle = FluentBundle::new(vec![identifier]);
        bundle.set_use_isolating(false);
        // A key that stands twice keeps its first words.
        let _ = bundle.add_resource(resource);
        Interface { language, bundle }
    }

    /// The language of the words.
    pub fn language(&self) -> Ui {
        self.language
    }

    /// ISO 639-1 code of the language.
    pub fn code(&self) -> &'static str {
        match self.language {
            Ui::Fr => "fr",
            Ui::En => "en",
        }
    }

    /// The words of a key; the key itself where it has none.
    pub fn say(&self, key: &str) -> String {
        self.format(key, None).unwrap_or_else(|| key.to_owned())
    }

    /// The words of a key with values put in.
    pub fn say_with(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut arguments = FluentArgs::new();
        for (name, value) in values {
            arguments.set(*name, FluentValue::String(Cow::Borrowed(value)));
        }
        self.format(key, Some(&arguments)).unwrap_or_else(|| key.to_owned())
    }

    /// The words of a key for a number, `$n`, in the singular or plural.
    pub fn count(&self, key: &str, n: usize) -> String {
        let mut arguments = FluentArgs::new();
        arguments.set("n", FluentValue::from(n));
        self.format(key, Some(&arguments)).unwrap_or_else(|| key.to_owned())
    }

    /// The words of a key with values, if the key has any.
    pub fn try_say(&self, key: &str, values: &[(&str, &str)]) -> Option<String> {
        let mut arguments = FluentArgs::new();
        for (name, value) in values {
            match value.parse::<usize>() {
                Ok(n) => arguments.set(*name, FluentValue::from(n)),
                Err(_) => arguments.set(*name, FluentValue::String(Cow::Borrowed(value))),
            }
        }
        self.format(key, Some(&arguments))
    }

    fn format(&self, key: &str, arguments: Option<&FluentArgs>) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut faults = Vec::new();
        Some(self.bundle.format_pattern(pattern, arguments, &mut faults).into_owned())
    }
}
