//! CoNLL-U: the exchange format of treebanks and parsers, in and out.
//!
//! Format: <https://universaldependencies.org/format.html>. Read are syntactic words, multi-word tokens and comments;
//! empty nodes (`8.1`) and the enhanced graph (column DEPS) are passed over, since nothing here has a use for them.

use std::fmt::{self, Write as _};
use std::ops::RangeInclusive;

use depeche_record::Upos;

/// A sentence with its tree.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sentence {
    /// Comment lines without their `#`, trimmed: `sent_id = …`, `text = …`, `newpar`.
    pub comments: Vec<String>,
    /// Syntactic words; word `n` has the ID `n + 1`.
    pub words: Vec<Word>,
    /// Surface tokens of more than one word (`du` = `de` + `le`), in order, without overlap.
    pub multiwords: Vec<Multiword>,
}

/// A syntactic word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// FORM.
    pub form: String,
    /// LEMMA; `_` where the treebank has none.
    pub lemma: String,
    /// UPOS; none where it is `_` or unknown.
    pub upos: Option<Upos>,
    /// FEATS as written, `_` for none.
    pub feats: String,
    /// HEAD: 0 for the root, else the ID of the head.
    pub head: usize,
    /// DEPREL with its subtype.
    pub deprel: String,
    /// MISC as written, `_` for nothing.
    pub misc: String,
}

/// A surface token that stands for several words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Multiword {
    /// Indices into [`Sentence::words`].
    pub words: RangeInclusive<usize>,
    /// FORM.
    pub form: String,
    /// MISC as written.
    pub misc: String,
}

/// Why a file is not CoNLL-U.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConlluError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: String,
}

impl fmt::Display for ConlluError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

impl std::error::Error for ConlluError {}

/// A surface token of a sentence, as [`Sentence::tokens`] gives them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surface<'s> {
    /// FORM.
    pub form: &'s str,
    /// The words that it stands for.
    pub words: RangeInclusive<usize>,
    /// Whether white space follows.
    pub space_after: bool,
}

impl Word {
    /// A word of which nothing but its form and MISC is known.
    pub fn bare(form: &str, misc: &str) -> Word {
        Word {
            form: form.to_owned(),
            lemma: "_".to_owned(),
            upos: None,
            feats: "_".to_owned(),
            head: 0,
            deprel: "_".to_owned(),
            misc: misc.to_owned(),
        }
    }
}

impl Sentence {
    /// The value of the comment `key = value`; empty for a comment of the key alone (`newpar`).
    pub fn comment(&self, key: &str) -> Option<&str> {
        self.comments.iter().find_map(|comment| {
            let (name, value) = comment.split_once('=').unwrap_or((comment, ""));
            (name.trim() == key || name.split_whitespace().next() == Some(key)).then(|| value.trim())
        })
    }

    /// The surface tokens in order: multi-word tokens, and the words outside them.
    pub fn tokens(&self) -> Vec<Surface<'_>> {
        let mut tokens = Vec::with_capacity(self.words.len());
        let mut multiwords = self.multiwords.iter().peekable();
        let mut at = 0;
        while at < self.words.len() {
            let (form, words, misc) = match multiwords.peek() {
                Some(multiword) if *multiword.words.start() == at => {
                    (&multiword.form, multiword.words.clone(), &multiword.misc)
                }
                _ => (&self.words[at].form, at..=at, &self.words[at].misc),
            };
            if words.end() > words.start() {
                multiwords.next();
            }
            at = words.end() + 1;
            tokens.push(Surface {
                form,
                words,
                space_after: !misc.split('|').any(|item| item == "SpaceAfter=No"),
            });
        }
        tokens
    }

    /// The text of the sentence, from its tokens and `SpaceAfter`, without white space at its end.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for token in self.tokens() {
            text.push_str(token.form);
            if token.space_after {
                text.push(' ');
            }
        }
        text.truncate(text.trim_end().len());
        text
    }
}

/// Reads a file of CoNLL-U.
///
/// # Errors
///
/// The first line that is none of the format: a wrong number of columns, an ID out of order, a head outside its sentence.
pub fn read(text: &str) -> Result<Vec<Sentence>, ConlluError> {
    let mut sentences = Vec::new();
    let mut sentence = Sentence::default();
    let mut first = 1;
    for (number, line) in text.lines().map(|line| line.trim_end_matches('\r')).enumerate() {
        let number = number + 1;
        if line.trim().is_empty() {
            finish(&mut sentence, first, &mut sentences)?;
            first = number + 1;
        } else if let Some(comment) = line.strip_prefix('#') {
            sentence.comments.push(comment.trim().to_owned());
        } else {
            read_line(line, &mut sentence).map_err(|what| ConlluError { line: number, what })?;
        }
    }
    finish(&mut sentence, first, &mut sentences)?;
    Ok(sentences)
}

fn read_line(line: &str, sentence: &mut Sentence) -> Result<(), String> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [id, form, lemma, upos, _xpos, feats, head, deprel, _deps, misc] = columns[..] else {
        return Err(format!("{} columns where there must be 10", columns.len()));
    };
    if id.contains('.') {
        return Ok(());
    }
    if let Some((start, end)) = id.split_once('-') {
        let number = |id: &str| id.parse::<usize>().ok().filter(|&id| id > 0);
        let (Some(start), Some(end)) = (number(start), number(end)) else {
            return Err(format!("‘{id}’ is no range of IDs"));
        };
        let free = sentence.multiwords.last().map_or(0, |before| before.words.end() + 1);
        if end < start || start - 1 != sentence.words.len() || start - 1 < free {
            return Err(format!("the range {id} is out of order"));
        }
        sentence.multiwords.push(Multiword {
            words: start - 1..=end - 1,
            form: form.to_owned(),
            misc: misc.to_owned(),
        });
        return Ok(());
    }
    if id.parse() != Ok(sentence.words.len() + 1) {
        return Err(format!("the ID is ‘{id}’, not {}", sentence.words.len() + 1));
    }
    let head = match head {
        "_" => 0,
        head => head.parse().map_err(|_| format!("the head ‘{head}’ is no number"))?,
    };
    sentence.words.push(Word {
        form: form.to_owned(),
        lemma: lemma.to_owned(),
        upos: upos.parse().ok(),
        feats: feats.to_owned(),
        head,
        deprel: deprel.to_owned(),
        misc: misc.to_owned(),
    });
    Ok(())
}

fn finish(sentence: &mut Sentence, first: usize, sentences: &mut Vec<Sentence>) -> Result<(), ConlluError> {
    let sentence = std::mem::take(sentence);
    let count = sentence.words.len();
    if count == 0 {
        return Ok(());
    }
    if let Some(word) = sentence.words.iter().find(|word| word.head > count) {
        let what =
            format!("the head {} of ‘{}’ lies outside the sentence of {count} words", word.head, word.form);
        return Err(ConlluError { line: first, what });
    }
    if sentence.multiwords.last().is_some_and(|last| *last.words.end() >= count) {
        return Err(ConlluError {
            line: first,
            what: "a multi-word token reaches beyond the sentence".to_owned(),
        });
    }
    sentences.push(sentence);
    Ok(())
}

/// Writes sentences as CoNLL-U, each followed by an empty line.
pub fn write(sentences: &[Sentence]) -> String {
    let mut out = String::new();
    for sentence in sentences {
        for comment in &sentence.comments {
            let _ = writeln!(out, "# {comment}");
        }
        let mut multiwords = sentence.multiwords.iter().peekable();
        for (index, word) in sentence.words.iter().enumerate() {
            if let Some(multiword) = multiwords.next_if(|multiword| *multiword.words.start() == index) {
                let (start, end) = (multiword.words.start() + 1, multiword.words.end() + 1);
                let _ = writeln!(
                    out,
                    "{start}-{end}\t{}\t_\t_\t_\t_\t_\t_\t_\t{}",
                    multiword.form, multiword.misc
                );
            }
            let upos = word.upos.map_or("_", Upos::as_str);
            let Word { form, lemma, feats, head, deprel, misc, .. } = word;
            let _ = writeln!(
                out,
                "{}\t{form}\t{lemma}\t{upos}\t_\t{feats}\t{head}\t{deprel}\t_\t{misc}",
                index + 1
            );
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const DU: &str = "# sent_id = 1\n# newpar\n1\tRetour\tretour\tNOUN\t_\tNumber=Sing\t0\troot\t_\t_\n\
        2-3\tdu\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n2\tde\tde\tADP\t_\t_\t3\tcase\t_\t_\n3\tle\tle\tDET\t_\t_\t1\tnmod\t_\t_\n\
        3.1\tx\tx\tX\t_\t_\t_\t_\t1:dep\t_\n4\t.\t.\tPUNCT\t_\t_\t1\tpunct\t_\t_\n\n";

    #[test]
    fn ends_of_lines_are_no_part_of_the_last_column() {
        let odd = DU.replace('\n', "\r\r\n");
        assert_eq!(write(&read(&odd).expect("CoNLL-U")), write(&read(DU).expect("CoNLL-U")));
    }

    #[test]
    fn what_is_read_is_written() {
        let sentences = read(DU).expect("CoNLL-U");
        let without_empty: String =
            DU.lines().filter(|line| !line.starts_with("3.1")).map(|line| format!("{line}\n")).collect();
        assert_eq!(write(&sentences), without_empty);
    }

    #[test]
    fn tokens_and_text() {
        let sentence = &read(DU).expect("CoNLL-U")[0];
        let forms: Vec<_> = sentence.tokens().iter().map(|token| token.form).collect();
        assert_eq!(forms, ["Retour", "du", "."]);
        assert_eq!(sentence.text(), "Retour du.");
        assert_eq!(sentence.comment("sent_id"), Some("1"));
        assert_eq!(sentence.comment("newpar"), Some(""));
        assert_eq!(sentence.comment("newdoc"), None);
    }

    #[test]
    fn errors_name_the_line() {
        let wrong = |text: &str| read(text).expect_err("not CoNLL-U").to_string();
        assert_eq!(wrong("1\ta\n"), "line 1: 2 columns where there must be 10");
        assert_eq!(wrong("2\ta\ta\tX\t_\t_\t0\troot\t_\t_\n"), "line 1: the ID is ‘2’, not 1");
        assert_eq!(
            wrong("\n1\ta\ta\tX\t_\t_\t7\troot\t_\t_\n"),
            "line 2: the head 7 of ‘a’ lies outside the sentence of 1 words"
        );
        assert_eq!(wrong("3-2\ta\t_\t_\t_\t_\t_\t_\t_\t_\n"), "line 1: the range 3-2 is out of order");
    }
}
