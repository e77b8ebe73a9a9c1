//! The trees of sentences, laid over the words of the report.
//!
//! Words here are those of the rules; the treebanks' words are finer («du» is two of them). A word stands for the first
//! of its syntactic words, and its head is the word that holds theirs.

use std::ops::Range;

use depeche_record::{Parser, SyntaxNode, Upos};

use crate::lexicon::Lexicon;
use crate::mention::span_of;
use crate::word::Word;

/// How many steps a chain of clauses is followed.
const DEPTH: usize = 6;

/// Longest way from a word to the root that is followed.
const LONGEST_PATH: usize = 40;

/// How far from its beginning the dash of a dateline or a time stamp stands, in words.
const DATELINE: usize = 16;
/// How far the dash or colon of a bare time stamp stands.
const STAMP: usize = 5;

/// The words of a sentence behind a dateline or a time stamp («TOWN, 6 août (AFP) –», «11 juin :»), which have no part in
/// its tree.
fn body(words: &[Word], sentence: &Range<usize>) -> Range<usize> {
    // Bullets and emoji before a sentence are no part of it.
    let ornament = |n: &usize| {
        let text = words[*n].text;
        !text.chars().any(|c| c.is_alphanumeric() || c.is_ascii())
            && !text.contains(['«', '“', '„', '‘', '–', '—', '»'])
    };
    let start = sentence.clone().find(|n| !ornament(n)).unwrap_or(sentence.start);
    let sentence = &(start..sentence.end);
    let first = &words[sentence.start].text;
    let stamped = first.starts_with(|c: char| c.is_ascii_digit());
    let capitals =
        first.chars().filter(|c| c.is_alphabetic()).count() > 2 && !first.chars().any(char::is_lowercase);
    for n in sentence.clone().skip(1).take(DATELINE) {
        let at = n - sentence.start;
        match words[n].text {
            "–" | "—" | "-" if words[n - 1].span.end < words[n].span.start => {
                let agency = words[n - 1].text == ")";
                let dated = capitals || agency || (stamped && at <= STAMP);
                return if dated { n + 1..sentence.end } else { sentence.clone() };
            }
            ":" if stamped && at <= STAMP => return n + 1..sentence.end,
            _ if words[n].is_finite() && !capitals => return sentence.clone(),
            _ => {}
        }
    }
    sentence.clone()
}

/// A word in its tree.
#[derive(Debug, Clone)]
struct Node {
    head: Option<usize>,
    relation: &'static str,
    upos: Upos,
    feats: &'static str,
    lemma: String,
    children: Vec<usize>,
}

/// The trees of the sentences of a report that were read; a word outside of them has no head and no children.
pub(crate) struct Trees {
    nodes: Vec<Option<Node>>,
}

impl Trees {
    /// Reads the trees of those sentences that a rule for contacts or speech looks at.
    pub fn new(words: &[Word], sentences: &[Range<usize>], lexicon: &Lexicon, parse: &Parser) -> Trees {
        let asked: Vec<Range<usize>> = sentences
            .iter()
            .map(|sentence| body(words, sentence))
            .filter(|sentence| {
                let within = &words[..sentence.end];
                sentence.len() > 2
                    && sentence.clone().any(|at| {
                        lexicon.contacts.longest(within, at).is_some()
                            || lexicon.speech.longest(within, at).is_some()
                    })
            })
            .collect();
        let spans: Vec<_> = asked.iter().map(|sentence| span_of(words, sentence)).collect();
        let mut trees = Trees { nodes: vec![None; words.len()] };
        if spans.is_empty() {
            return trees;
        }
        for (sentence, read) in asked.into_iter().zip(parse(&spans)) {
            trees.lay(words, &sentence, &read);
        }
        trees
    }

    /// Lays the tree of one sentence over its words.
    fn lay(&mut self, words: &[Word], sentence: &Range<usize>, read: &[SyntaxNode]) {
        let own = &words[sentence.clone()];
        // The word that holds the beginning of each syntactic word.
        let holder = |node: &SyntaxNode| {
            let n = own.partition_point(|w| w.span.end <= node.span.start);
            (n < own.len()).then_some(sentence.start + n)
        };
        let at: Vec<Option<usize>> = read.iter().map(holder).collect();
        for (node, word) in read.iter().zip(&at) {
            let Some(word) = *word else { continue };
            let head = node.head.and_then(|head| at[head]);
            // Of the syntactic words of a word, the first whose head lies outside of it.
            if self.nodes[word].is_some() || head == Some(word) {
                continue;
            }
            self.nodes[word] = Some(Node {
                head,
                relation: node.relation,
                upos: node.upos,
                feats: node.feats,
                lemma: node.lemma.clone(),
                children: Vec::new(),
            });
        }
        for word in sentence.clone() {
            let head = self.nodes[word].as_ref().and_then(|node| node.head);
            if let Some(parent) = head.and_then(|head| self.nodes[head].as_mut()) {
                parent.children.push(word);
            }
        }
    }

    fn node(&self, at: usize) -> Option<&Node> {
        self.nodes.get(at)?.as_ref()
    }

    /// Whether the word has a place in a tree.
    pub fn knows(&self, at: usize) -> bool {
        self.node(at).is_some()
    }

    pub fn head(&self, at: usize) -> Option<usize> {
        self.node(at)?.head
    }

    /// The universal relation to the head, without its subtype.
    pub fn relation(&self, at: usize) -> &'static str {
        let full = self.node(at).map_or("", |node| node.relation);
        full.split(':').next().unwrap_or(full)
    }

    /// The relation with its subtype.
    pub fn full_relation(&self, at: usize) -> &'static str {
        self.node(at).map_or("", |node| node.relation)
    }

    pub fn upos(&self, at: usize) -> Option<Upos> {
        Some(self.node(at)?.upos)
    }

    pub fn lemma(&self, at: usize) -> &str {
        self.node(at).map_or("", |node| node.lemma.as_str())
    }

    /// Whether the features hold `feature`, written as in CoNLL-U: `Number=Plur`.
    pub fn has(&self, at: usize, feature: &str) -> bool {
        self.node(at).is_some_and(|node| node.feats.split('|').any(|f| f == feature))
    }

    pub fn children(&self, at: usize) -> &[usize] {
        self.node(at).map_or(&[], |node| node.children.as_slice())
    }

    /// The children in one of `relations`.
    pub fn in_relation<'t>(
        &'t self,
        at: usize,
        relations: &'t [&'t str],
    ) -> impl Iterator<Item = usize> + 't {
        self.children(at).iter().copied().filter(move |&child| relations.contains(&self.relation(child)))
    }

    /// The word within a range that governs the others: the one whose head lies outside.
    pub fn top(&self, range: &Range<usize>) -> Option<usize> {
        let outside = |n: &usize| {
            self.knows(*n)
                && self.head(*n).is_none_or(|head| !range.contains(&head))
                && self.relation(*n) != "punct"
        };
        range.clone().filter(outside).min_by_key(|&n| match self.upos(n) {
            Some(Upos::Verb | Upos::Noun | Upos::Propn | Upos::Adj | Upos::Pron) => 0,
            Some(Upos::Aux) => 1,
            _ => 2,
        })
    }

    /// A word and those above it up to the root.
    pub fn above(&self, at: usize) -> Vec<usize> {
        std::iter::successors(Some(at), |&n| self.head(n)).take(LONGEST_PATH).collect()
    }

    /// Whether `at` stands below `above`, or is it; what is only joined to it does not.
    pub fn is_under(&self, at: usize, above: usize) -> bool {
        std::iter::successors(Some(at), |&n| self.head(n).filter(|_| self.relation(n) != "conj"))
            .take(LONGEST_PATH)
            .any(|n| n == above)
    }

    /// How many clauses have to be left on the way from `from` up to what it shares with `to`, and how many entered on the
    /// way down to `to`. None where they share no tree.
    pub fn clauses_between(&self, from: usize, to: usize) -> Option<(usize, usize)> {
        let path = |at: usize| std::iter::successors(Some(at), |&n| self.head(n)).take(LONGEST_PATH);
        let above = self.above(to);
        let shared = path(from).find(|n| above.contains(n))?;
        let opened = |at: usize| {
            path(at)
                .take_while(|&n| n != shared)
                .filter(|&n| match self.relation(n) {
                    "acl" | "advcl" | "ccomp" | "parataxis" | "csubj" => true,
                    "conj" => self.is_predicate(n),
                    _ => false,
                })
                .count()
        };
        // «la rencontre prévue mardi»: what the participle says, it says of the noun.
        let own = |at: usize| {
            let below = path(at).take_while(|&n| n != shared).last();
            usize::from(shared == to && below.is_some_and(|n| self.full_relation(n) == "acl"))
        };
        Some((opened(from) - own(from), opened(to)))
    }

    /// The preposition of a word: its first `case`, or that of the word it is joined to.
    pub fn case(&self, at: usize) -> Option<usize> {
        let joined =
            |&n: &usize| self.head(n).filter(|_| matches!(self.relation(n), "conj" | "appos" | "flat"));
        std::iter::successors(Some(at), joined).take(DEPTH).find_map(|n| self.in_relation(n, &["case"]).min())
    }

    /// A word and those that are joined to it.
    pub fn joined(&self, at: usize) -> Vec<usize> {
        let mut all = vec![at];
        let mut n = 0;
        while n < all.len() {
            let next: Vec<usize> = self.in_relation(all[n], &["conj"]).filter(|m| !all.contains(m)).collect();
            all.extend(next);
            n += 1;
        }
        all.sort_unstable();
        all
    }

    /// What a relative pronoun stands for: the noun that its clause belongs to.
    pub fn antecedent(&self, pronoun: usize) -> Option<usize> {
        let clause = std::iter::successors(Some(pronoun), |&n| self.head(n))
            .take(DEPTH)
            .find(|&n| matches!(self.relation(n), "acl" | "advcl"))?;
        self.head(clause)
    }

    fn is_relative(&self, at: usize) -> bool {
        self.has(at, "PronType=Rel")
    }

    /// What an argument stands for: the antecedent of a relative pronoun, else itself.
    fn referent(&self, at: usize) -> usize {
        if self.is_relative(at) { self.antecedent(at).unwrap_or(at) } else { at }
    }

    fn is_predicate(&self, at: usize) -> bool {
        matches!(self.upos(at), Some(Upos::Verb | Upos::Aux | Upos::Adj))
            || self.in_relation(at, &["nsubj", "cop"]).next().is_some()
    }

    /// Who acts in the clause of a predicate: its subject, or the one that a clause without takes over.
    ///
    /// In the passive this is who is acted upon, as the grammar has it.
    pub fn subjects(&self, predicate: usize) -> Vec<usize> {
        let mut at = predicate;
        let mut aside = false;
        for _ in 0..DEPTH {
            // «ils se verront mardi, a dit X»: who tells of it stands behind.
            let own: Vec<usize> = self
                .in_relation(at, &["nsubj"])
                .filter(|&n| !aside || n < predicate)
                .map(|n| self.referent(n))
                .collect();
            if !own.is_empty() {
                return own.into_iter().flat_map(|n| self.joined(n)).collect();
            }
            let Some(head) = self.head(at) else { return Vec::new() };
            aside |= self.relation(at) == "parataxis";
            match self.relation(at) {
                "conj" | "advcl" | "aux" | "cop" | "parataxis" if self.is_predicate(head) => at = head,
                "xcomp" | "ccomp" if self.is_predicate(head) => {
                    // «inviter X à rencontrer Y»: the object is who meets.
                    let object: Vec<usize> = self.objects(head);
                    let clausal = self.relation(at) == "ccomp" && !self.has(at, "VerbForm=Inf");
                    if clausal {
                        return Vec::new();
                    }
                    if !object.is_empty() {
                        return object;
                    }
                    at = head;
                }
                "acl" => {
                    if self.has(at, "VerbForm=Inf") {
                        // «sa volonté de rencontrer Y», «l'intention qu'a X de rencontrer Y»
                        let owner: Vec<usize> = self.in_relation(head, &["nmod"]).collect();
                        if !owner.is_empty() {
                            return owner;
                        }
                        match self.head(head).filter(|&verb| self.is_predicate(verb)) {
                            Some(verb) => at = verb,
                            None => return Vec::new(),
                        }
                    } else {
                        return self.joined(head);
                    }
                }
                "amod" => return self.joined(head),
                "xcomp" | "advcl" | "conj" => return Vec::new(),
                _ => return Vec::new(),
            }
        }
        Vec::new()
    }

    /// The direct and indirect objects of a verb, without its reflexive.
    pub fn objects(&self, verb: usize) -> Vec<usize> {
        self.in_relation(verb, &["obj", "iobj"])
            .filter(|&n| !self.has(n, "Reflex=Yes"))
            .map(|n| self.referent(n))
            .flat_map(|n| self.joined(n))
            .collect()
    }

    /// The oblique complements of a predicate, or the complements of a noun, each with its preposition.
    pub fn complements(&self, at: usize) -> Vec<(usize, Option<usize>)> {
        self.in_relation(at, &["obl", "nmod"])
            .flat_map(|n| {
                let case = self.case(n);
                self.joined(self.referent(n)).into_iter().map(move |n| (n, case))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::word::tests::words;

    /// A tree from lines of `form head relation feats`, heads counted from 1, 0 for the root.
    fn tree<'t>(text: &'t str, lines: &[(usize, &'static str, &'static str)]) -> (Vec<Word<'t>>, Trees) {
        let words = words(text);
        let read: Vec<SyntaxNode> = words
            .iter()
            .zip(lines)
            .map(|(word, &(head, relation, feats))| SyntaxNode {
                span: word.span,
                upos: if relation == "punct" { Upos::Punct } else { Upos::Verb },
                feats,
                lemma: word.form.clone(),
                head: head.checked_sub(1),
                relation,
            })
            .collect();
        let mut trees = Trees { nodes: vec![None; words.len()] };
        let whole = 0..words.len();
        trees.lay(&words, &whole, &read);
        (words, trees)
    }

    #[test]
    fn a_relative_clause_has_its_antecedent_as_subject() {
        // «Rossi qui rencontre Weber parle»
        let (_, trees) = tree(
            "Rossi qui rencontre Weber parle",
            &[
                (5, "nsubj", ""),
                (3, "nsubj", "PronType=Rel"),
                (1, "acl:relcl", ""),
                (3, "obj", ""),
                (0, "root", ""),
            ],
        );
        assert_eq!(trees.subjects(2), [0]);
        assert_eq!(trees.objects(2), [3]);
        assert_eq!(trees.subjects(4), [0]);
    }

    #[test]
    fn an_infinitive_takes_the_subject_or_the_object_of_its_verb() {
        // «Rossi veut rencontrer Weber», «Rossi invite Weber à venir»
        let (_, trees) = tree(
            "Rossi veut rencontrer Weber",
            &[(2, "nsubj", ""), (0, "root", ""), (2, "xcomp", "VerbForm=Inf"), (3, "obj", "")],
        );
        assert_eq!(trees.subjects(2), [0]);
        let (_, trees) = tree(
            "Rossi invite Weber à venir",
            &[
                (2, "nsubj", ""),
                (0, "root", ""),
                (2, "obj", ""),
                (5, "mark", ""),
                (2, "xcomp", "VerbForm=Inf"),
            ],
        );
        assert_eq!(trees.subjects(4), [2]);
    }

    #[test]
    fn what_is_joined_comes_along() {
        let (_, trees) = tree(
            "Rossi , Weber et Silva discutent",
            &[
                (6, "nsubj", ""),
                (3, "punct", ""),
                (1, "conj", ""),
                (5, "cc", ""),
                (1, "conj", ""),
                (0, "root", ""),
            ],
        );
        assert_eq!(trees.subjects(5), [0, 2, 4]);
    }

    #[test]
    fn a_circle_or_a_word_without_a_tree_ends() {
        // Two syntactic words of one word can close a circle among words.
        let (_, trees) = tree("a b", &[(2, "conj", ""), (1, "conj", "")]);
        assert!(trees.case(0).is_none());
        assert_eq!(trees.joined(0), [0, 1]);
        assert!(trees.subjects(0).is_empty());
        assert!(!trees.is_under(0, 7));
        assert!(trees.clauses_between(0, 9).is_none());
        let empty = Trees { nodes: Vec::new() };
        assert!(empty.subjects(3).is_empty());
        assert!(empty.top(&(0..2)).is_none());
    }
}
