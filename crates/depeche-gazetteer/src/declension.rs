//! Russian names and titles in all their cases, by rule.
//!
//! A phrase is declined word by word, every word in the same case. Marks in the data say what does not change: a word
//! that begins with `=`, and everything from a `/` on (`Организация /Объединённых Наций`). Of a hyphenated word the last
//! part changes. Words in capitals only, words in another script, and endings that Russian leaves alone (-и, -у, -э, -е,
//! -о but for -ово, -ево, -ино) stay as they are. Words that the rules get wrong stand in `data/russian.tsv`.
//!
//! Where a rule can't know (is a name in -ь masculine or feminine?), both paradigms are given: a form too many costs a
//! key in the index, a form too few loses a mention.
//!
//! Source of the paradigms: A. A. Zaliznyak's classes as any grammar gives them.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::table::RUSSIAN;

/// How many grammatical cases: nominative, genitive, dative, accusative, instrumental, prepositional.
const CASES: usize = 6;

/// The forms of a word, by case; several where usage or the rule wavers.
type Paradigm = [Vec<String>; CASES];

/// Whether the plural is wanted beside the singular.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Number {
    /// Names.
    AsWritten,
    /// Titles and people of a state.
    Both,
}

/// Every form of a phrase, the nominative first, without marks; each once.
pub(crate) fn decline(phrase: &str, number: Number) -> Vec<String> {
    let (changing, fixed) = match phrase.split_once('/') {
        Some((changing, fixed)) => (changing.trim(), fixed.trim()),
        None => (phrase.trim(), ""),
    };
    let mut forms = Vec::new();
    for plural in [false, true] {
        if plural && number == Number::AsWritten {
            break;
        }
        let mut words: Vec<Paradigm> =
            changing.split_whitespace().map(|word| decline_hyphenated(word, plural)).collect();
        if number == Number::AsWritten {
            keep_surname_of_woman(&mut words);
        }
        for case in 0..CASES {
            let mut heads = vec![String::new()];
            for word in &words {
                heads = heads
                    .iter()
                    .flat_map(|head| word[case].iter().map(move |form| join(head, form)))
                    .take(16)
                    .collect();
            }
            for head in heads {
                let form = join(&head, fixed);
                if !form.is_empty() && !forms.contains(&form) {
                    forms.push(form);
                }
            }
        }
    }
    forms
}

/// A woman's surname in a consonant does not decline («Анналены Бербок»); what tells a woman is a first name in -а or -я,
/// so that form is added to the masculine one.
fn keep_surname_of_woman(words: &mut [Paradigm]) {
    let Some((first, rest)) = words.split_first_mut() else { return };
    if !first[0].iter().any(|name| name.ends_with(['а', 'я'])) {
        return;
    }
    for word in rest {
        let nominative = word[0].clone();
        let consonant = nominative.iter().any(|w| {
            w.chars().next().is_some_and(char::is_uppercase)
                && w.chars().last().is_some_and(|c| !"аяоеёиуыэюйь".contains(c))
        });
        for forms in word.iter_mut().skip(1).filter(|_| consonant) {
            for form in &nominative {
                if !forms.contains(form) {
                    forms.push(form.clone());
                }
            }
        }
    }
}

/// The phrase without its marks.
pub(crate) fn unmarked(phrase: &str) -> String {
    phrase.replace(['=', '/', '*'], "").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn join(head: &str, tail: &str) -> String {
    match (head.is_empty(), tail.is_empty()) {
        (true, _) => tail.to_owned(),
        (_, true) => head.to_owned(),
        _ => format!("{head} {tail}"),
    }
}

fn fixed(word: &str) -> Paradigm {
    std::array::from_fn(|_| vec![word.to_owned()])
}

fn decline_hyphenated(word: &str, plural: bool) -> Paradigm {
    if let Some(word) = word.strip_prefix('=') {
        return fixed(word);
    }
    if let Some((first, last)) = word.rsplit_once('-') {
        return decline_word(last, plural)
            .map(|forms| forms.iter().map(|f| format!("{first}-{f}")).collect());
    }
    decline_word(word, plural)
}

fn exceptions() -> &'static HashMap<&'static str, Vec<&'static str>> {
    static EXCEPTIONS: OnceLock<HashMap<&'static str, Vec<&'static str>>> = OnceLock::new();
    EXCEPTIONS.get_or_init(|| RUSSIAN.rows().map(|row| (row.cell(0), row.places(1).collect())).collect())
}

/// Endings by case, for one stem; alternatives separated by `|`.
fn paradigm(stem: &str, endings: [&str; CASES]) -> Paradigm {
    endings.map(|ending| ending.split('|').map(|e| format!("{stem}{e}")).collect())
}

fn both(mut a: Paradigm, b: Paradigm) -> Paradigm {
    for (mine, theirs) in a.iter_mut().zip(b) {
        mine.extend(theirs);
    }
    a
}

fn hushing(stem: &str) -> bool {
    stem.ends_with(['ж', 'ш', 'ч', 'щ'])
}

fn velar(stem: &str) -> bool {
    stem.ends_with(['г', 'к', 'х'])
}

/// The paradigm of an adjective, where the word is one.
fn decline_adjective(word: &str, plural: bool) -> Option<Paradigm> {
    let stem_of = |ending: &str| word.strip_suffix(ending).filter(|stem| stem.chars().count() >= 2);
    let masculine =
        ["ский", "цкий", "ный", "вый", "рый", "лый", "тый", "дый", "жний", "шний", "дний", "ший", "щий"]
            .iter()
            .any(|ending| word.ends_with(ending));
    let velar_or_hushing = |stem: &str| velar(stem) || hushing(stem);
    let (stem, soft) = if masculine || word == "Великий" {
        let stem = stem_of("ый").or_else(|| stem_of("ий"))?;
        (stem, word.ends_with("ий") && !velar(stem))
    } else if let Some(stem) = stem_of("ая").or_else(|| stem_of("яя")) {
        let soft = word.ends_with("яя") || hushing(stem);
        // «Большая» and «хорошая» differ in stress alone.
        let [oj, uju] = match (soft, word.ends_with("яя")) {
            (_, true) => ["ей", "юю"],
            (true, false) => ["ей|ой", "ую"],
            (false, false) => ["ой", "ую"],
        };
        if plural {
            return None;
        }
        let nominative = if word.ends_with("яя") { "яя" } else { "ая" };
        return Some(paradigm(stem, [nominative, oj, oj, uju, oj, oj]));
    } else if let Some(stem) = stem_of("ое").or_else(|| stem_of("ее")) {
        let soft = word.ends_with("ее");
        let instrumental = if soft || velar_or_hushing(stem) { "им" } else { "ым" };
        let endings = if soft {
            ["ее", "его", "ему", "ее", instrumental, "ем"]
        } else {
            ["ое", "ого", "ому", "ое", instrumental, "ом"]
        };
        return Some(paradigm(stem, endings));
    } else if let Some(stem) = stem_of("ые") {
        return Some(paradigm(stem, ["ые", "ых", "ым", "ые|ых", "ыми", "ых"]));
    } else if let Some(stem) = stem_of("ие") {
        // «Багамские», «внешние» are adjectives, «движение» is a noun.
        let adjective =
            velar_or_hushing(stem) || ["шн", "жн", "хн", "дн"].iter().any(|end| stem.ends_with(end));
        if !adjective {
            return None;
        }
        return Some(paradigm(stem, ["ие", "их", "им", "ие|их", "ими", "их"]));
    } else {
        return None;
    };
    let narrow = soft || velar_or_hushing(stem);
    Some(match (plural, narrow, soft) {
        (true, true, _) => paradigm(stem, ["ие", "их", "им", "ие|их", "ими", "их"]),
        (true, false, _) => paradigm(stem, ["ые", "ых", "ым", "ые|ых", "ыми", "ых"]),
        (false, _, true) => paradigm(stem, ["ий", "его", "ему", "ий|его", "им", "ем"]),
        (false, true, false) => paradigm(stem, ["ий", "ого", "ому", "ий|ого", "им", "ом"]),
        (false, false, false) => paradigm(stem, ["ый", "ого", "ому", "ый|ого", "ым", "ом"]),
    })
}

/// The stem of a noun in -ец in the other cases: `американц`, `китайц`, `сенегальц`.
fn stem_without_fleeting(word: &str) -> Option<String> {
    let stem = word.strip_suffix("ец")?;
    let before = stem.chars().last()?;
    Some(match before {
        'а' | 'е' | 'и' | 'о' | 'у' | 'э' | 'ю' | 'я' => format!("{stem}йц"),
        'л' => format!("{stem}ьц"),
        _ => format!("{stem}ц"),
    })
}

fn decline_word(word: &str, plural: bool) -> Paradigm {
    let letters = word.chars().count();
    let acronym = letters > 1 && word.chars().all(|c| !c.is_lowercase());
    let cyrillic = word.chars().all(|c| ('\u{400}'..='\u{4FF}').contains(&c));
    if let Some(forms) = exceptions().get(word) {
        // An exception lists its oblique forms; where they are six, they are singular and plural alike.
        let at = |case: usize| {
            forms.get(case).map_or_else(Vec::new, |f| {
                f.split('|').filter(|f| !f.is_empty()).map(str::to_owned).collect()
            })
        };
        let singular = [vec![word.to_owned()], at(0), at(1), at(2), at(3), at(4)];
        return if plural && forms.len() > 5 { std::array::from_fn(|case| at(case + 5)) } else { singular };
    }
    if letters < 2 || acronym || !cyrillic {
        return fixed(word);
    }
    if let Some(paradigm) = decline_adjective(word, plural) {
        return paradigm;
    }
    if plural { decline_plural(word) } else { decline_singular(word) }
}

fn decline_singular(word: &str) -> Paradigm {
    if let Some(stem) = stem_without_fleeting(word) {
        let oblique = paradigm(&stem, ["", "а", "у", "а", "ем|ом", "е"]);
        let mut forms = oblique;
        forms[0] = vec![word.to_owned()];
        forms[3].push(word.to_owned());
        return forms;
    }
    if let Some(stem) = word.strip_suffix("ия") {
        return paradigm(stem, ["ия", "ии", "ии", "ию", "ией", "ии"]);
    }
    if let Some(stem) = word.strip_suffix('я') {
        return paradigm(stem, ["я", "и", "е", "ю", "ей", "е"]);
    }
    if let Some(stem) = word.strip_suffix('а') {
        let surname = ["ов", "ев", "ёв", "ин", "ын"].iter().any(|end| stem.ends_with(end));
        return match () {
            () if stem.ends_with(['а', 'е', 'и', 'о', 'у', 'э', 'ю', 'я']) => fixed(word),
            () if surname => paradigm(stem, ["а", "ой|ы", "ой|е", "у", "ой", "ой|е"]),
            () if hushing(stem) => paradigm(stem, ["а", "и", "е", "у", "ей|ой", "е"]),
            () if velar(stem) => paradigm(stem, ["а", "и", "е", "у", "ой", "е"]),
            () if stem.ends_with('ц') => paradigm(stem, ["а", "ы", "е", "у", "ей|ой", "е"]),
            () => paradigm(stem, ["а", "ы", "е", "у", "ой", "е"]),
        };
    }
    if let Some(stem) = word.strip_suffix("ий") {
        return paradigm(stem, ["ий", "ия", "ию", "ия|ий", "ием", "ии"]);
    }
    if let Some(stem) = word.strip_suffix('й') {
        return paradigm(stem, ["й", "я", "ю", "я|й", "ем", "е"]);
    }
    if let Some(stem) = word.strip_suffix('ь') {
        let masculine = paradigm(stem, ["ь", "я", "ю", "я|ь", "ем", "е"]);
        return both(masculine, paradigm(stem, ["ь", "и", "и", "ь", "ью", "и"]));
    }
    if let Some(stem) = word.strip_suffix("ы") {
        return match stem.ends_with("ов") {
            true => paradigm(stem, ["ы", "ых", "ым", "ы", "ыми", "ых"]),
            false => paradigm(stem, ["ы", "|ов", "ам", "ы", "ами", "ах"]),
        };
    }
    if let Some(stem) = word.strip_suffix('о') {
        let place =
            ["ов", "ев", "ин", "тв"].iter().any(|end| stem.ends_with(end)) && stem.chars().count() > 3;
        return if place { paradigm(stem, ["о", "а", "у", "о", "ом", "е"]) } else { fixed(word) };
    }
    if let Some(stem) = word.strip_suffix("ие") {
        return paradigm(stem, ["ие", "ия", "ию", "ие", "ием", "ии"]);
    }
    if word.ends_with(['и', 'у', 'ю', 'э', 'е', 'ё', 'ъ', 'і']) {
        return fixed(word);
    }
    let surname = ["ов", "ев", "ёв", "ин", "ын"].iter().any(|end| word.ends_with(end));
    match () {
        () if surname => paradigm(word, ["", "а", "у", "а|", "ым|ом", "е"]),
        () if hushing(word) || word.ends_with('ц') => paradigm(word, ["", "а", "у", "а|", "ем|ом", "е"]),
        () => paradigm(word, ["", "а", "у", "а|", "ом", "е"]),
    }
}

fn decline_plural(word: &str) -> Paradigm {
    if let Some(stem) = stem_without_fleeting(word) {
        return paradigm(&stem, ["ы", "ев", "ам", "ев", "ами", "ах"]);
    }
    if let Some(stem) = word.strip_suffix("ин").filter(|s| s.ends_with("ан") || s.ends_with("ян")) {
        return paradigm(stem, ["е", "", "ам", "", "ами", "ах"]);
    }
    if let Some(stem) = word.strip_suffix("ка") {
        let genitive = match stem.chars().last() {
            Some('й') => format!("{}ек", stem.strip_suffix('й').unwrap_or(stem)),
            Some('ь') => format!("{}ек", stem.strip_suffix('ь').unwrap_or(stem)),
            _ => format!("{stem}ок"),
        };
        let mut forms = paradigm(&format!("{stem}к"), ["и", "", "ам", "", "ами", "ах"]);
        forms[1] = vec![genitive.clone()];
        forms[3] = vec![genitive];
        return forms;
    }
    if let Some(stem) = word.strip_suffix('а') {
        let nominative = if velar(stem) || hushing(stem) { "и" } else { "ы" };
        return paradigm(stem, [nominative, "", "ам", "", "ами", "ах"]);
    }
    if let Some(stem) = word.strip_suffix("ия") {
        return paradigm(stem, ["ии", "ий", "иям", "ии", "иями", "иях"]);
    }
    if let Some(stem) = word.strip_suffix('я') {
        return paradigm(stem, ["и", "й|ь", "ям", "и", "ями", "ях"]);
    }
    if let Some(stem) = word.strip_suffix("й") {
        return paradigm(stem, ["и", "ев", "ям", "и|ев", "ями", "ях"]);
    }
    if let Some(stem) = word.strip_suffix("ь") {
        return paradigm(stem, ["и", "ей", "ям", "и|ей", "ями", "ях"]);
    }
    if let Some(stem) = word.strip_suffix("во") {
        return paradigm(stem, ["ва", "в", "вам", "ва", "вами", "вах"]);
    }
    if word.ends_with(['и', 'у', 'ю', 'э', 'е', 'о', 'ы', 'ё']) {
        return fixed(word);
    }
    match () {
        () if hushing(word) => paradigm(word, ["и", "ей", "ам", "ей", "ами", "ах"]),
        () if velar(word) => paradigm(word, ["и", "ов", "ам", "ов", "ами", "ах"]),
        () => paradigm(word, ["ы", "ов", "ам", "ов", "ами", "ах"]),
    }
}

/// Every form of an adjective given in the masculine nominative: genders, numbers, cases.
pub(crate) fn adjective_forms(lemma: &str) -> Vec<String> {
    let Some((stem, hard)) = lemma
        .strip_suffix("ый")
        .or_else(|| lemma.strip_suffix("ой"))
        .map(|stem| (stem, true))
        .or_else(|| lemma.strip_suffix("ий").map(|stem| (stem, false)))
    else {
        return vec![lemma.to_owned()];
    };
    let narrow = ["ая", "ое", "ие", "ого", "ому", "им", "ом", "ой", "ую", "их", "ими", "ою"];
    let wide = ["ая", "ое", "ые", "ого", "ому", "ым", "ом", "ой", "ую", "ых", "ыми", "ою"];
    let soft = ["яя", "ее", "ие", "его", "ему", "им", "ем", "ей", "юю", "их", "ими", "ею"];
    let endings = match () {
        () if hard => wide,
        () if velar(stem) => narrow,
        () => soft,
    };
    std::iter::once(lemma.to_owned()).chain(endings.iter().map(|ending| format!("{stem}{ending}"))).collect()
}

/// Masculine and feminine people of a state, all cases and numbers, from the masculine.
pub(crate) fn people_forms(lemma: &str) -> Vec<String> {
    let mut forms = decline(lemma, Number::Both);
    let feminine = match () {
        () if lemma.ends_with("нин") => lemma.strip_suffix("ин").map(|stem| format!("{stem}ка")),
        () => lemma.strip_suffix("ец").map(|stem| match stem.chars().last() {
            Some('а' | 'е' | 'и' | 'о' | 'у' | 'я') => format!("{stem}йка"),
            Some('л') => format!("{stem}ька"),
            _ => format!("{stem}ка"),
        }),
    };
    forms.extend(feminine.iter().flat_map(|lemma| decline(lemma, Number::Both)));
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(phrase: &str, forms: &[&str]) {
        let made = decline(phrase, Number::AsWritten);
        for form in forms {
            assert!(made.iter().any(|m| m == form), "{phrase}: {form} not among {made:?}");
        }
    }

    #[test]
    fn names_of_places_decline() {
        has("Россия", &["Россия", "России", "Россию", "Россией"]);
        has("Москва", &["Москвы", "Москве", "Москву", "Москвой"]);
        has("Китай", &["Китая", "Китаю", "Китаем", "Китае"]);
        has("Кремль", &["Кремля", "Кремлю", "Кремлём".replace('ё', "е").as_str(), "Кремле"]);
        has("Саудовская Аравия", &["Саудовской Аравии", "Саудовскую Аравию", "Саудовской Аравией"]);
        has("Белый дом", &["Белого дома", "Белому дому", "Белым домом", "Белом доме"]);
        has("Соединённые Штаты /Америки", &["Соединённых Штатов Америки", "Соединёнными Штатами Америки"]);
        has("Нью-Йорк", &["Нью-Йорка", "Нью-Йорке"]);
        has("Египет", &["Египта", "Египтом"]);
        has("Филиппины", &["Филиппин", "Филиппинах"]);
        assert_eq!(decline("Чили", Number::AsWritten), ["Чили"]);
        assert_eq!(decline("США", Number::AsWritten), ["США"]);
        assert_eq!(decline("Никарагуа", Number::AsWritten), ["Никарагуа"]);
    }

    #[test]
    fn names_of_people_decline() {
        has("Владимир Путин", &["Владимира Путина", "Владимиром Путиным", "Владимире Путине"]);
        has("Мария Захарова", &["Марии Захаровой", "Марию Захарову", "Марией Захаровой"]);
        has("Дмитрий Песков", &["Дмитрия Пескова", "Дмитрием Песковым"]);
        has("Владимир Зеленский", &["Владимира Зеленского", "Владимиру Зеленскому", "Владимиром Зеленским"]);
        has("=Ким =Чен Ын", &["Ким Чен Ына", "Ким Чен Ыном"]);
        has("Анналена Бербок", &["Анналены Бербок", "Анналеной Бербок"]);
        has("Движение /23 марта", &["Движения 23 марта", "Движением 23 марта"]);
        has("Кая Каллас", &["Каи Каллас", "Каю Каллас"]);
        has("Александр Лукашенко", &["Александра Лукашенко", "Александром Лукашенко"]);
    }

    #[test]
    fn titles_and_peoples_have_a_plural() {
        let forms = decline("министр /иностранных дел", Number::Both);
        for form in ["министра иностранных дел", "министры иностранных дел", "министров иностранных дел"]
        {
            assert!(forms.iter().any(|f| f == form), "{form} not among {forms:?}");
        }
        let forms = people_forms("американец");
        for form in ["американца", "американцы", "американцев", "американцам", "американка", "американок"]
        {
            assert!(forms.iter().any(|f| f == form), "{form} not among {forms:?}");
        }
        let forms = people_forms("россиянин");
        for form in ["россияне", "россиян", "россиянам", "россиянка"] {
            assert!(forms.iter().any(|f| f == form), "{form} not among {forms:?}");
        }
        assert!(adjective_forms("российский").contains(&"российскую".to_owned()));
    }
}
