//! Trees of running text, by the models that the crate carries.

use depeche_language::{Tree, parse};
use depeche_record::{Language, Span, Upos};
use proptest::prelude::*;

fn trees(text: &str, language: Language) -> Vec<Tree<'_>> {
    parse(text, Span::new(0, text.len()), language)
}

/// The relation and the head of the word `form`.
fn relation<'t>(tree: &'t Tree<'_>, form: &str) -> (&'t str, &'t str) {
    let node = tree.nodes.iter().find(|node| node.form == form).expect("the word");
    (node.word.relation, node.word.head.map_or("", |head| tree.nodes[head].form.as_ref()))
}

fn lemma<'t>(tree: &'t Tree<'_>, form: &str) -> (&'t str, Upos) {
    let node = tree.nodes.iter().find(|node| node.form == form).expect("the word");
    (&node.word.lemma, node.word.upos)
}

#[test]
fn french_news() {
    let text = "Le ministre russe des affaires étrangères a rencontré mardi son homologue turc à Ankara. \
                Les négociateurs ne se sont pas revus depuis.";
    let trees = trees(text, Language::French);
    assert_eq!(trees.len(), 2);
    let tree = &trees[0];
    assert_eq!(relation(tree, "ministre"), ("nsubj", "rencontré"));
    assert_eq!(relation(tree, "homologue"), ("obj", "rencontré"));
    assert_eq!(relation(tree, "rencontré"), ("root", ""));
    assert_eq!(relation(tree, "russe"), ("amod", "ministre"));
    assert!(relation(tree, "Ankara").0.starts_with("obl"));
    assert_eq!(lemma(tree, "rencontré"), ("rencontrer", Upos::Verb));
    assert_eq!(lemma(tree, "affaires"), ("affaire", Upos::Noun));
    assert_eq!(lemma(tree, "Ankara"), ("Ankara", Upos::Propn));
    // «des» is two words with the place of one.
    let words: Vec<_> =
        tree.nodes.iter().filter(|node| node.span.of(text) == "des").map(|node| &*node.form).collect();
    assert_eq!(words, ["de", "les"]);
    assert_eq!(relation(&trees[1], "négociateurs").0.split(':').next(), Some("nsubj"));
    assert_eq!(relation(&trees[1], "pas"), ("advmod", "revus"));
}

#[test]
fn french_marks_of_print() {
    // Typographic marks are read as the plain ones that the treebanks have.
    let read = |text: &str| -> Vec<(Upos, Option<usize>, String)> {
        let trees = trees(text, Language::French);
        trees[0].nodes.iter().map(|node| (node.word.upos, node.word.head, node.word.lemma.clone())).collect()
    };
    assert_eq!(read("L’émissaire n’a pas parlé d’accord."), read("L'émissaire n'a pas parlé d'accord."));
}

#[test]
fn english_news() {
    let text = "The foreign ministers of Egypt and Sudan didn't meet in Nairobi last week. Talks were held by phone.";
    let trees = trees(text, Language::English);
    assert_eq!(trees.len(), 2);
    assert_eq!(relation(&trees[0], "ministers"), ("nsubj", "meet"));
    assert_eq!(relation(&trees[0], "n't"), ("advmod", "meet"));
    assert_eq!(lemma(&trees[0], "did"), ("do", Upos::Aux));
    assert_eq!(relation(&trees[1], "Talks"), ("nsubj:pass", "held"));
    assert_eq!(lemma(&trees[1], "held"), ("hold", Upos::Verb));
}

#[test]
fn russian_news() {
    let text = "Министр иностранных дел встретился в Москве с послом Турции.";
    let trees = trees(text, Language::Russian);
    assert_eq!(relation(&trees[0], "Министр"), ("nsubj", "встретился"));
    assert_eq!(relation(&trees[0], "встретился"), ("root", ""));
    assert_eq!(relation(&trees[0], "послом"), ("obl", "встретился"));
    assert_eq!(lemma(&trees[0], "дел"), ("дело", Upos::Noun));
}

/// What must hold of the trees of any text.
fn check(text: &str, language: Language) {
    let mut before = 0;
    for tree in trees(text, language) {
        assert!(!tree.nodes.is_empty());
        assert_eq!(tree.nodes.iter().filter(|node| node.word.head.is_none()).count(), 1, "one root");
        for (n, node) in tree.nodes.iter().enumerate() {
            assert!(text.get(node.span.range()).is_some(), "a span on characters");
            assert!(node.span.start >= before && tree.sentence.span.contains(node.span));
            before = node.span.start;
            // The way to the root is no longer than the sentence.
            let way = std::iter::successors(Some(n), |&n| tree.nodes[n].word.head);
            assert!(way.take(tree.nodes.len() + 1).count() <= tree.nodes.len(), "no cycle");
            assert!(!node.word.relation.is_empty() && !node.word.lemma.is_empty());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_text_has_trees(text in "[ -~\\n]{0,80}|\\PC{0,60}|(l'|de |du |М|к|\u{301}|😀|سلام|\u{0}|\u{fffd}|« |» |\\. ){0,30}") {
        for language in Language::ALL {
            check(&text, language);
        }
    }
}

#[test]
fn long_sentences_have_trees() {
    check(&"Lavrov a parlé , puis Fidan a répondu , ".repeat(400), Language::French);
    check(&"слово".repeat(40_000), Language::Russian);
    check(&"no end to these words at all ".repeat(500), Language::English);
    check("", Language::French);
}

#[test]
fn parts_are_one_sentence_unless_a_stop_ends_one() {
    let text = "Nous avons parlé. Rossi a rencontré Weber";
    let whole = Span::new(0, text.len());
    let read =
        depeche_language::trees(text, &[whole, Span::new(18, text.len()), Span::default()], Language::French);
    assert_eq!(read.len(), 3);
    assert_eq!(read[0].iter().filter(|node| node.head.is_none()).count(), 2);
    assert_eq!(read[1].iter().filter(|node| node.head.is_none()).count(), 1);
    assert!(read[2].is_empty());
    let heads_within = read.iter().all(|nodes| nodes.iter().all(|n| n.head.is_none_or(|h| h < nodes.len())));
    assert!(heads_within);
}
