//! Training of tags, features and trees from treebanks.
//!
//! 1. [`course`]: sentences become examples; forms, tags and relations get their numbers, the lexicon is built;
//! 2. [`trainee`]: networks learn the examples, by [`tape`], which records a pass and sends its gradients back;
//! 3. [`train`]: teachers learn the treebanks; a smaller student learns what they find in them and in varied copies.

mod course;
mod tape;
mod trainee;

use depeche_record::Language;

use crate::conllu::Sentence;
pub use crate::syntax::lexicon::Known;
use course::{Course, Example};
pub use trainee::Config;
use trainee::{Trainee, teach};

/// How a model is made.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The teachers' network; each has a seed of its own.
    pub teacher: Config,
    /// How many teachers there are; two learn at a time.
    pub teachers: usize,
    /// The network that is shipped.
    pub student: Config,
    /// How many varied copies of the treebanks the student learns besides.
    pub copies: usize,
    /// Share of the words of open classes that are replaced in a copy.
    pub vary: f32,
    /// What the student takes from the teachers of what it is told of gold sentences, the rest from the gold.
    pub share: f32,
}

impl Plan {
    /// The plan by which the models of this crate were made.
    pub fn of(language: Language) -> Plan {
        let little = language == Language::Russian;
        let teacher = Config {
            word: 192,
            layers: if little { [128, 128] } else { [160, 160] },
            arc: 128,
            label: 128,
            narrow: 96,
            tag: 32,
            epochs: if little { 45 } else { 24 },
            rate: 0.003,
            dropout: 0.33,
            batch: if little { 300 } else { 500 },
            seed: 1,
        };
        let student = Config {
            word: 160,
            layers: if language == Language::English { [96, 64] } else { [64, 64] },
            arc: 64,
            label: 64,
            narrow: 64,
            epochs: if little { 16 } else { 10 },
            dropout: 0.1,
            seed: 77,
            ..teacher.clone()
        };
        Plan {
            teacher,
            teachers: if little { 3 } else { 2 },
            student,
            copies: if little { 4 } else { 2 },
            vary: 0.3,
            share: 0.5,
        }
    }

    /// The same for a trial of the machinery: small and quick, of no worth.
    pub fn tiny() -> Plan {
        let mut plan = Plan::of(Language::French);
        for config in [&mut plan.teacher, &mut plan.student] {
            (config.word, config.layers, config.arc, config.label, config.narrow) =
                (16, [12, 12], 12, 12, 12);
            (config.epochs, config.batch) = (2, 60);
        }
        plan.copies = 1;
        plan
    }
}

/// Trains a model: teachers on the treebanks, then a student on what the teachers find in the treebanks and in varied
/// copies of them. The first treebank is the one whose ways are followed. `watch` is told of what goes on.
///
/// The same data and plan give the same bytes on machines of one kind; another processor may add floating-point numbers in
/// another order.
///
/// # Errors
///
/// A lexicon that cannot be built.
pub fn train(
    language: Language,
    treebanks: &[Vec<Sentence>],
    known: Vec<Known>,
    plan: &Plan,
    watch: &(dyn Fn(&str) + Sync),
) -> Result<Vec<u8>, fst::Error> {
    let slices: Vec<&[Sentence]> = treebanks.iter().map(Vec::as_slice).collect();
    let course = Course::new(&slices, known)?;
    let capitals: Vec<Vec<Sentence>> = slices.iter().map(|sentences| Course::capitals(sentences)).collect();
    let with_numbers = || {
        treebanks
            .iter()
            .enumerate()
            .chain(capitals.iter().enumerate())
            .flat_map(|(n, treebank)| treebank.iter().map(move |s| (s, n)))
    };
    let mut examples: Vec<Example> =
        with_numbers().map(|(sentence, n)| course.example(sentence, n)).collect();
    let words: usize = examples.iter().map(Example::len).sum();
    watch(&format!("{words} words in {} sentences, {} tags", examples.len(), course.inventory.tags.len()));
    let learn = |config: Config, examples: &[Example], name: &str| {
        let mut network = Trainee::new(&config, &course);
        network.train(&course, examples, |_, epoch, loss| {
            watch(&format!("{name}: pass {} of {}, loss {loss:.3}", epoch + 1, config.epochs));
        });
        network
    };
    let mut teachers = Vec::new();
    let numbers: Vec<usize> = (0..plan.teachers).collect();
    for pair in numbers.chunks(2) {
        std::thread::scope(|scope| {
            let examples = &examples;
            let learn = &learn;
            let threads: Vec<_> = pair
                .iter()
                .map(|&n| {
                    let config = Config { seed: plan.teacher.seed + n as u64, ..plan.teacher.clone() };
                    scope.spawn(move || learn(config, examples, &format!("teacher {}", n + 1)))
                })
                .collect();
            teachers.extend(threads.into_iter().filter_map(|thread| thread.join().ok()));
        });
    }
    if !teachers.is_empty() {
        // The copies are taught by halves at the same time; what each learns does not depend on the other.
        let mut sets: Vec<Vec<Example>> = vec![std::mem::take(&mut examples)];
        for copy in 0..plan.copies {
            let mut set = Vec::new();
            for (n, treebank) in treebanks.iter().enumerate() {
                let sentences: Vec<&Sentence> = treebank.iter().collect();
                let varied = course.varied(&sentences, plan.vary, 100 + copy as u64);
                set.extend(varied.iter().map(|sentence| course.example(sentence, n)));
            }
            sets.push(set);
        }
        let teachers = &teachers;
        let course = &course;
        for (n, pair) in sets.chunks_mut(2).enumerate() {
            std::thread::scope(|scope| {
                for (m, set) in pair.iter_mut().enumerate() {
                    let share = (n + m == 0).then_some(plan.share);
                    scope.spawn(move || teach(teachers, course, set, share));
                }
            });
        }
        examples = sets.concat();
        watch(&format!("the student has {} sentences", examples.len()));
    }
    let student = learn(plan.student.clone(), &examples, "student");
    Ok(student.model(&course, language))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu;
    use crate::syntax::Syntax;

    fn sample() -> Vec<Sentence> {
        let text = "# sent_id = 1\n\
            1\tLavrov\tLavrov\tPROPN\t_\t_\t2\tnsubj\t_\t_\n\
            2\trencontre\trencontrer\tVERB\t_\tTense=Pres\t0\troot\t_\t_\n\
            3\tFidan\tFidan\tPROPN\t_\t_\t2\tobj\t_\t_\n\n\
            1\tFidan\tFidan\tPROPN\t_\t_\t2\tnsubj\t_\t_\n\
            2\trencontre\trencontrer\tVERB\t_\tTense=Pres\t0\troot\t_\t_\n\
            3\tRubio\tRubio\tPROPN\t_\t_\t2\tobj\t_\t_\n\n\
            1\tla\tle\tDET\t_\t_\t2\tdet\t_\t_\n\
            2\trencontre\trencontre\tNOUN\t_\t_\t3\tnsubj\t_\t_\n\
            3\tcommence\tcommencer\tVERB\t_\tTense=Pres\t0\troot\t_\t_\n\n";
        conllu::read(&text.repeat(8)).expect("CoNLL-U")
    }

    fn learnt(passes: usize) -> Vec<u8> {
        let mut plan = Plan::tiny();
        (plan.teacher.epochs, plan.student.epochs) = (passes, passes);
        (plan.teacher.batch, plan.student.batch) = (12, 12);
        train(Language::French, &[sample()], Vec::new(), &plan, &|_| ()).expect("a model")
    }

    #[test]
    fn the_same_data_give_the_same_bytes() {
        assert_eq!(learnt(2), learnt(2));
    }

    #[test]
    fn what_was_learnt_is_found_again() {
        let bytes = learnt(80);
        let syntax = Syntax::open("tiny.model", &bytes, Language::French).expect("a model");
        let gold = &sample()[..3];
        let mut found = gold.to_vec();
        for word in found.iter_mut().flat_map(|sentence| &mut sentence.words) {
            (word.upos, word.head) = (None, 0);
            (word.lemma, word.feats, word.deprel) = Default::default();
        }
        syntax.annotate(&mut found);
        assert_eq!(conllu::write(&found), conllu::write(gold));
    }

    #[test]
    fn a_model_that_is_not_whole_is_refused_by_name() {
        let bytes = learnt(1);
        let refused = |bytes: &[u8], language| {
            Syntax::open("tiny.model", bytes, language).expect_err("no model").to_string()
        };
        assert!(
            refused(&bytes[..bytes.len() / 2], Language::French)
                .starts_with("the model tiny.model: it is cut short")
        );
        assert!(refused(&bytes, Language::English).contains("it is for ‘syntax fr’, not for ‘syntax en’"));
    }
}
