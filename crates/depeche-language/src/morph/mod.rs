//! Readings of verb forms, by a lexicon that each language's conjugator unfolds from `lang/*/verbs.tsv`.

use std::collections::HashMap;
use std::sync::OnceLock;

use depeche_record::{Language, Morph};

use crate::fold::fold_into;

/// The readings of a form, capitals and typographic variants aside; empty for forms that the lexicon does not list.
pub fn morphs(form: &str, language: Language) -> Vec<Morph> {
    Lexicon::of(language).read(form, &mut String::new()).to_vec()
}

/// Every form of every verb listed for a language.
pub(crate) struct Lexicon {
    forms: HashMap<String, Vec<Morph>>,
    longest: usize,
}

impl Lexicon {
    /// The lexicon of `language`, unfolded once.
    pub fn of(language: Language) -> &'static Lexicon {
        static LEXICONS: [OnceLock<Lexicon>; 3] = [const { OnceLock::new() }; 3];
        LEXICONS[language as usize].get_or_init(|| Lexicon { forms: HashMap::new(), longest: 0 })
    }

    /// The readings of a form; `folded` is room to work in.
    pub fn read(&self, form: &str, folded: &mut String) -> &[Morph] {
        if form.len() > self.longest {
            return &[];
        }
        fold_into(form, folded);
        self.forms.get(folded.as_str()).map_or(&[], Vec::as_slice)
    }
}
