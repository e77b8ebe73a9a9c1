//! Readings of verb forms, by a lexicon that each language's conjugator unfolds from `lang/*/verbs.tsv`.

mod english;
mod french;
mod russian;

use std::sync::OnceLock;

use depeche_record::{Language, Morph, Person, Tense};

use crate::fold::{fold, fold_into};
use crate::hash::{Bag, Table};

/// The readings of a form, capitals and typographic variants aside; empty for forms that the lexicon does not list.
pub fn morphs(form: &str, language: Language) -> Vec<Morph> {
    Lexicon::of(language).read(form, &mut String::new()).to_vec()
}

/// Every form of every verb listed for a language.
pub(crate) struct Lexicon {
    forms: Table<String, Vec<Morph>>,
    lemmas: Bag<&'static str>,
    longest: usize,
}

impl Lexicon {
    /// The lexicon of `language`, unfolded once.
    pub fn of(language: Language) -> &'static Lexicon {
        static LEXICONS: [OnceLock<Lexicon>; 3] = [const { OnceLock::new() }; 3];
        LEXICONS[language as usize].get_or_init(|| {
            let mut lexicon = Lexicon { forms: Table::default(), lemmas: Bag::default(), longest: 0 };
            match language {
                Language::French => french::unfold(&mut lexicon),
                Language::English => english::unfold(&mut lexicon),
                Language::Russian => russian::unfold(&mut lexicon),
            }
            lexicon
        })
    }

    /// Whether a verb is listed already.
    fn lists(&self, lemma: &str) -> bool {
        self.lemmas.contains(lemma)
    }

    fn add(&mut self, form: String, lemma: &'static str, tense: Tense, person: Person) {
        self.lemmas.insert(lemma);
        let form = fold(&form);
        // Capitals and typographic variants may take more bytes than the folded form.
        self.longest = self.longest.max(form.len() + 8);
        let morph = Morph { lemma, tense, person };
        let readings = self.forms.entry(form).or_default();
        if !readings.contains(&morph) {
            readings.push(morph);
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use Tense::*;

    fn check(language: Language, cases: &[(&str, &str, Tense)]) {
        let wrong: Vec<_> = cases
            .iter()
            .filter(|(form, lemma, tense)| {
                !morphs(form, language).iter().any(|m| m.lemma == *lemma && m.tense == *tense)
            })
            .collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn french_forms() {
        check(Language::French, &FRENCH);
        for wrong in ["déclarerat", "appelent", "menaçez", "recevont", "prenderont", "envoyera", "table"] {
            assert!(morphs(wrong, Language::French).is_empty(), "{wrong}");
        }
        assert_eq!(
            morphs("rencontreront", Language::French),
            [Morph { lemma: "rencontrer", tense: Future, person: Person::ThirdPlural }]
        );
        assert!(
            Lexicon::of(Language::French).lemmas.len() >= 600,
            "{}",
            Lexicon::of(Language::French).lemmas.len()
        );
    }

    #[test]
    fn english_forms() {
        check(Language::English, &ENGLISH);
        for wrong in ["meeted", "saided", "planing", "denys", "table"] {
            assert!(morphs(wrong, Language::English).is_empty(), "{wrong}");
        }
        assert!(
            Lexicon::of(Language::English).lemmas.len() >= 400,
            "{}",
            Lexicon::of(Language::English).lemmas.len()
        );
    }

    #[test]
    fn russian_forms() {
        check(Language::Russian, &RUSSIAN);
        for wrong in ["сказает", "встретит ся", "стол"] {
            assert!(morphs(wrong, Language::Russian).is_empty(), "{wrong}");
        }
        assert!(
            Lexicon::of(Language::Russian).lemmas.len() >= 250,
            "{}",
            Lexicon::of(Language::Russian).lemmas.len()
        );
    }

    const FRENCH: [(&str, &str, Tense); 104] = [
        ("a", "avoir", Present),
        ("ont", "avoir", Present),
        ("avait", "avoir", Imperfect),
        ("aura", "avoir", Future),
        ("aurait", "avoir", Conditional),
        ("eut", "avoir", Past),
        ("est", "être", Present),
        ("sont", "être", Present),
        ("était", "être", Imperfect),
        ("sera", "être", Future),
        ("seraient", "être", Conditional),
        ("fut", "être", Past),
        ("été", "être", PastParticiple),
        ("soit", "être", Subjunctive),
        ("va", "aller", Present),
        ("vont", "aller", Present),
        ("ira", "aller", Future),
        ("allait", "aller", Imperfect),
        ("fait", "faire", Present),
        ("feront", "faire", Future),
        ("fasse", "faire", Subjunctive),
        ("dit", "dire", PastParticiple),
        ("disait", "dire", Imperfect),
        ("diront", "dire", Future),
        ("dira", "dire", Future),
        ("peut", "pouvoir", Present),
        ("pourrait", "pouvoir", Conditional),
        ("pourraient", "pouvoir", Conditional),
        ("puisse", "pouvoir", Subjunctive),
        ("veut", "vouloir", Present),
        ("voudrait", "vouloir", Conditional),
        ("doit", "devoir", Present),
        ("devraient", "devoir", Conditional),
        ("dû", "devoir", PastParticiple),
        ("due", "devoir", PastParticiple),
        ("sait", "savoir", Present),
        ("saura", "savoir", Future),
        ("viendra", "venir", Future),
        ("vinrent", "venir", Past),
        ("tiendra", "tenir", Future),
        ("entretenus", "entretenir", PastParticiple),
        ("intervient", "intervenir", Present),
        ("maintiennent", "maintenir", Present),
        ("obtenu", "obtenir", PastParticiple),
        ("prendra", "prendre", Future),
        ("prennent", "prendre", Present),
        ("pris", "prendre", PastParticiple),
        ("transmis", "transmettre", PastParticiple),
        ("remettra", "remettre", Future),
        ("promet", "promettre", Present),
        ("rendra", "rendre", Future),
        ("répond", "répondre", Present),
        ("répondu", "répondre", PastParticiple),
        ("attendue", "attendre", PastParticiple),
        ("suspendues", "suspendre", PastParticiple),
        ("reçu", "recevoir", PastParticiple),
        ("recevra", "recevoir", Future),
        ("reçoit", "recevoir", Present),
        ("reçut", "recevoir", Past),
        ("verra", "voir", Future),
        ("prévoira", "prévoir", Future),
        ("prévue", "prévoir", PastParticiple),
        ("partira", "partir", Future),
        ("démenti", "démentir", PastParticiple),
        ("dément", "démentir", Present),
        ("offert", "offrir", PastParticiple),
        ("ouvrira", "ouvrir", Future),
        ("produira", "produire", Future),
        ("conduit", "conduire", Present),
        ("écrivait", "écrire", Imperfect),
        ("écrit", "écrire", PastParticiple),
        ("lu", "lire", PastParticiple),
        ("reconnaît", "reconnaître", Present),
        ("reconnu", "reconnaître", PastParticiple),
        ("craint", "craindre", Present),
        ("joindra", "joindre", Future),
        ("joignait", "joindre", Imperfect),
        ("accueillera", "accueillir", Future),
        ("accueille", "accueillir", Present),
        ("parcouru", "parcourir", PastParticiple),
        ("croit", "croire", Present),
        ("exclu", "exclure", PastParticiple),
        ("exclut", "exclure", Present),
        ("conclura", "conclure", Future),
        ("suivi", "suivre", PastParticiple),
        ("poursuit", "poursuivre", Present),
        ("convaincu", "convaincre", PastParticiple),
        ("acquis", "acquérir", PastParticiple),
        ("né", "naître", PastParticiple),
        ("battait", "battre", Imperfect),
        ("interrompue", "interrompre", PastParticiple),
        ("contredit", "contredire", Present),
        ("interdira", "interdire", Future),
        ("annonça", "annoncer", Past),
        ("annonçait", "annoncer", Imperfect),
        ("exigeait", "exiger", Imperfect),
        ("échangé", "échanger", PastParticiple),
        ("emploie", "employer", Present),
        ("appelle", "appeler", Present),
        ("appellera", "appeler", Future),
        ("réitère", "réitérer", Present),
        ("enverra", "envoyer", Future),
        ("réunissent", "réunir", Present),
        ("Entretiendront", "entretenir", Future),
    ];

    const ENGLISH: [(&str, &str, Tense); 60] = [
        ("said", "say", Past),
        ("says", "say", Present),
        ("met", "meet", Past),
        ("met", "meet", PastParticiple),
        ("meeting", "meet", PresentParticiple),
        ("meets", "meet", Present),
        ("told", "tell", Past),
        ("held", "hold", PastParticiple),
        ("went", "go", Past),
        ("gone", "go", PastParticiple),
        ("goes", "go", Present),
        ("spoke", "speak", Past),
        ("spoken", "speak", PastParticiple),
        ("denied", "deny", Past),
        ("denies", "deny", Present),
        ("denying", "deny", PresentParticiple),
        ("planned", "plan", PastParticiple),
        ("planning", "plan", PresentParticiple),
        ("cancelled", "cancel", PastParticiple),
        ("canceled", "cancel", Past),
        ("admitted", "admit", Past),
        ("agreed", "agree", Past),
        ("agreeing", "agree", PresentParticiple),
        ("discussed", "discuss", Past),
        ("discusses", "discuss", Present),
        ("urging", "urge", PresentParticiple),
        ("is", "be", Present),
        ("was", "be", Past),
        ("been", "be", PastParticiple),
        ("has", "have", Present),
        ("had", "have", Past),
        ("will", "will", Future),
        ("would", "will", Conditional),
        ("could", "can", Conditional),
        ("may", "may", Conditional),
        ("visited", "visit", Past),
        ("sent", "send", Past),
        ("brought", "bring", PastParticiple),
        ("took", "take", Past),
        ("taken", "take", PastParticiple),
        ("sought", "seek", Past),
        ("warned", "warn", Past),
        ("rejects", "reject", Present),
        ("pledging", "pledge", PresentParticiple),
        ("put", "put", Past),
        ("setting", "set", PresentParticiple),
        ("left", "leave", Past),
        ("flew", "fly", Past),
        ("laid", "lay", Past),
        ("hosted", "host", Past),
        ("postponed", "postpone", PastParticiple),
        ("arrives", "arrive", Present),
        ("relayed", "relay", Past),
        ("conveyed", "convey", Past),
        ("replied", "reply", Past),
        ("called", "call", Past),
        ("phoned", "phone", Past),
        ("reaches", "reach", Present),
        ("led", "lead", PastParticiple),
        ("withdrew", "withdraw", Past),
    ];

    const RUSSIAN: [(&str, &str, Tense); 62] = [
        ("заявил", "заявить", Past),
        ("заявила", "заявить", Past),
        ("заявили", "заявить", Past),
        ("заявит", "заявить", Future),
        ("заявлено", "заявить", PastParticiple),
        ("заявляет", "заявлять", Present),
        ("сообщил", "сообщить", Past),
        ("сообщат", "сообщить", Future),
        ("сообщает", "сообщать", Present),
        ("сказал", "сказать", Past),
        ("скажет", "сказать", Future),
        ("встретился", "встретиться", Past),
        ("встретилась", "встретиться", Past),
        ("встретятся", "встретиться", Future),
        ("встретится", "встретиться", Future),
        ("встречается", "встречаться", Present),
        ("обсудили", "обсудить", Past),
        ("обсудят", "обсудить", Future),
        ("обсуждают", "обсуждать", Present),
        ("будет", "быть", Future),
        ("был", "быть", Past),
        ("были", "быть", Past),
        ("может", "мочь", Present),
        ("могут", "мочь", Present),
        ("мог", "мочь", Past),
        ("приехал", "приехать", Past),
        ("приедет", "приехать", Future),
        ("прибыл", "прибыть", Past),
        ("прибудет", "прибыть", Future),
        ("пришла", "прийти", Past),
        ("придут", "прийти", Future),
        ("подчеркнул", "подчеркнуть", Past),
        ("подчеркнет", "подчеркнуть", Future),
        ("планируют", "планировать", Present),
        ("запланирована", "запланировать", PastParticiple),
        ("назначена", "назначить", PastParticiple),
        ("перенесена", "перенести", PastParticiple),
        ("отменена", "отменить", PastParticiple),
        ("проведут", "провести", Future),
        ("провели", "провести", Past),
        ("проведены", "провести", PastParticiple),
        ("прокомментировал", "прокомментировать", Past),
        ("требует", "требовать", Present),
        ("требовал", "требовать", Past),
        ("отказался", "отказаться", Past),
        ("откажется", "отказаться", Future),
        ("передал", "передать", Past),
        ("передаст", "передать", Future),
        ("принял", "принять", Past),
        ("примет", "принять", Future),
        ("состоялась", "состояться", Past),
        ("состоится", "состояться", Future),
        ("созвонились", "созвониться", Past),
        ("поговорил", "поговорить", Past),
        ("говорит", "говорить", Present),
        ("начались", "начаться", Past),
        ("начнутся", "начаться", Future),
        ("ждёт", "ждать", Present),
        ("вёл", "вести", Past),
        ("подписан", "подписать", PastParticiple),
        ("встречусь", "встретиться", Future),
        ("добавив", "добавить", PresentParticiple),
    ];
}
