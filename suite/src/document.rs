//! A Markdown file of cases, taken apart at its headings and fences.

use std::collections::BTreeMap;
use std::ops::Range;

use anyhow::{Result, bail};

/// A file of cases.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The cases in order.
    pub cases: Vec<Case>,
}

/// A case: what stands below one heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The heading.
    pub name: String,
    /// Line of the heading, from 1.
    pub line: usize,
    /// What the prose calls known gaps, without the words `known gap:`.
    pub gaps: Vec<String>,
    /// The fenced blocks in order.
    pub blocks: Vec<Block>,
}

/// A fenced block of a case.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// What it holds.
    pub kind: BlockKind,
    /// Line of the opening fence, from 1.
    pub line: usize,
    /// Words `key=value` after the kind.
    pub attributes: BTreeMap<String, String>,
    /// What stands between the fences, each line with its end.
    pub content: String,
    /// Where that stands in the file, in bytes.
    pub range: Range<usize>,
}

/// What a block holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A report.
    Report,
    /// What is expected of the report above it.
    Reading,
    /// What is expected of all reports of the case together.
    Dossier,
}

/// The keys that each kind of block may carry.
fn keys(kind: BlockKind) -> &'static [&'static str] {
    match kind {
        BlockKind::Report => &["id", "published", "lang", "title", "outlet", "url", "format"],
        BlockKind::Reading => &[],
        BlockKind::Dossier => &["today"],
    }
}

impl Document {
    /// Takes a file apart. Headings within fences are text; a fence of another kind is prose.
    pub fn parse(content: &str) -> Result<Document> {
        let mut cases: Vec<Case> = Vec::new();
        let mut open: Option<(Option<Block>, &str)> = None;
        let (mut at, mut line_number) = (0, 0);
        for line in content.split_inclusive('\n') {
            let start = at;
            at += line.len();
            line_number += 1;
            let words = line.trim_end();
            if let Some((block, fence)) = open.take() {
                if words != fence {
                    open = Some((block, fence));
                    continue;
                }
                let (Some(mut block), Some(case)) = (block, cases.last_mut()) else { continue };
                block.range.end = start;
                block.content = content[block.range.clone()].to_owned();
                case.blocks.push(block);
            } else if words.starts_with("```") {
                let fence = &words[..words.len() - words.trim_start_matches('`').len()];
                let block = opened(&words[fence.len()..], line_number, at)?;
                if block.is_some() && cases.is_empty() {
                    bail!("line {line_number}: a block before the first heading `## Name`");
                }
                open = Some((block, fence));
            } else if let Some(name) = words.strip_prefix("## ") {
                cases.push(Case {
                    name: name.trim().to_owned(),
                    line: line_number,
                    gaps: vec![],
                    blocks: vec![],
                });
            } else if let (Some(gap), Some(case)) = (words.strip_prefix("known gap:"), cases.last_mut()) {
                case.gaps.push(gap.trim().to_owned());
            }
        }
        if let Some((Some(block), _)) = open {
            bail!("line {}: the block is not closed", block.line);
        }
        for case in &cases {
            case.check()?;
        }
        Ok(Document { cases })
    }
}

fn opened(information: &str, line: usize, start: usize) -> Result<Option<Block>> {
    let mut words = information.split_whitespace();
    let kind = match words.next() {
        Some("report") => BlockKind::Report,
        Some("reading") => BlockKind::Reading,
        Some("dossier") => BlockKind::Dossier,
        _ => return Ok(None),
    };
    let mut attributes = BTreeMap::new();
    for word in words {
        match word.split_once('=') {
            Some((key, value)) if keys(kind).contains(&key) => {
                // Values hold no white space; an underscore stands for it.
                attributes.insert(key.to_owned(), value.replace('_', " "));
            }
            _ => bail!("line {line}: ‘{word}’ is not understood here; known are {}", keys(kind).join(", ")),
        }
    }
    Ok(Some(Block { kind, line, attributes, content: String::new(), range: start..start }))
}

impl Case {
    fn check(&self) -> Result<()> {
        let mut before = None;
        for block in &self.blocks {
            if block.kind == BlockKind::Reading && before != Some(BlockKind::Report) {
                bail!("line {}: a block `reading` needs the block `report` right above it", block.line);
            }
            if block.kind == BlockKind::Dossier && before.is_none() {
                bail!("line {}: a block `dossier` needs reports above it", block.line);
            }
            before = Some(block.kind);
        }
        if self.blocks.iter().all(|block| block.kind == BlockKind::Report) {
            bail!("line {}: ‘{}’ expects nothing: add an empty block `reading`", self.line, self.name);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# Topic\n\n## One\n\nWhy.\nknown gap: the year\n\n```report id=a published=2025-01-02 outlet=La_Gazette\n## not a heading\nText.\n```\n\n```reading\nx\n```\n\n```sh\nls\n```\n\n## Two\n```report\nB.\n```\n```reading\n```\n";

    #[test]
    fn cases_are_taken_apart() {
        let document = Document::parse(FILE).unwrap();
        assert_eq!(document.cases.len(), 2);
        let one = &document.cases[0];
        assert_eq!(
            (one.name.as_str(), one.line, one.gaps.as_slice()),
            ("One", 3, ["the year".to_owned()].as_slice())
        );
        assert_eq!(one.blocks.len(), 2);
        assert_eq!(one.blocks[0].content, "## not a heading\nText.\n");
        assert_eq!(one.blocks[0].attributes["outlet"], "La Gazette");
        assert_eq!(&FILE[one.blocks[1].range.clone()], "x\n");
        assert_eq!(document.cases[1].blocks[1].content, "");
    }

    #[test]
    fn faulty_files_are_told_with_their_line() {
        for (file, told) in [
            ("```report\n```\n", "line 1"),
            ("## A\n```reading\n```\n", "line 2"),
            ("## A\n```report date=1\n```\n", "‘date=1’"),
            ("## A\n```report\nx\n", "not closed"),
            ("## A\n```report\n```\n", "expects nothing"),
            ("## A\n```dossier\n```\n", "needs reports"),
        ] {
            let error = Document::parse(file).unwrap_err().to_string();
            assert!(error.contains(told), "{file:?}: {error}");
        }
    }
}
