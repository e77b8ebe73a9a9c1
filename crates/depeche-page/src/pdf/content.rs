//! What documents say in ways that the library does not know, in those that it knows.
//!
//! PDF has two short ways of going to the next line and showing letters there, `'` and `"`, which Ghostscript, and so all that
//! prints by it, writes often. The library passes over both with their letters. And where several letters are of one width, as
//! digits are, fonts may give it for all of them at once, which the library takes for nothing: their letters would stand apart.

use std::collections::BTreeMap;

use pdf_extract::content::{Content, Operation};
use pdf_extract::{Document, Object, ObjectId, Stream, dictionary};

use super::{MOST_PAGES, contents};

/// Widths that one font may give for several letters at once.
const MOST_WIDTHS: usize = 1 << 16;

/// Spells out the short ways in all pages and forms.
pub(super) fn spell_out(document: &mut Document, pages: &BTreeMap<u32, ObjectId>) {
    for &page in pages.values().take(MOST_PAGES) {
        let Some(content) = document.get_page_content(page).ok().and_then(|content| spelled_out(&content))
        else {
            continue;
        };
        // Pages may share what they are drawn by, so that each gets its own.
        let own = document.add_object(Stream::new(dictionary! {}, content));
        if let Ok(page) = document.get_object_mut(page).and_then(Object::as_dict_mut) {
            page.set("Contents", Object::Reference(own));
        }
    }
    for object in document.objects.values_mut() {
        if let Object::Stream(form) = object
            && form.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Form")
            && let Some(content) = spelled_out(&contents(form))
        {
            form.set_plain_content(content);
        }
    }
}

/// Gives the width of each letter on its own, in all fonts.
pub(super) fn list_widths(document: &mut Document) {
    let mut listed: Vec<(ObjectId, Vec<Object>)> = Vec::new();
    for (id, object) in &document.objects {
        let Ok(font) = object.as_dict() else { continue };
        let widths = font.get(b"W").and_then(|widths| document.dereference(widths));
        let widths = widths.ok().and_then(|(_, widths)| widths.as_array().ok());
        listed.extend(widths.and_then(|widths| one_by_one(widths)).map(|widths| (*id, widths)));
    }
    for (id, widths) in listed {
        if let Ok(font) = document.get_object_mut(id).and_then(Object::as_dict_mut) {
            font.set("W", widths);
        }
    }
}

/// Widths with those of several letters (`first last width`) listed (`first [width width …]`); none where there are none such.
fn one_by_one(widths: &[Object]) -> Option<Vec<Object>> {
    let mut listed = Vec::with_capacity(widths.len());
    let mut left = MOST_WIDTHS;
    let mut rest = widths;
    loop {
        rest = match rest {
            [first, list @ Object::Array(_), rest @ ..] => {
                listed.extend([first.clone(), list.clone()]);
                rest
            }
            [first, last, width, rest @ ..] => {
                let (from, to) = (first.as_i64().ok()?, last.as_i64().ok()?);
                let count = usize::try_from(to.checked_sub(from)?.checked_add(1)?).ok()?;
                left = left.checked_sub(count)?;
                listed.extend([first.clone(), Object::Array(vec![width.clone(); count])]);
                rest
            }
            _ => break,
        };
    }
    (left < MOST_WIDTHS).then_some(listed)
}

/// Content with the short ways spelled out; none where it has none of them, or cannot be read.
fn spelled_out(content: &[u8]) -> Option<Vec<u8>> {
    if !content.iter().any(|byte| matches!(byte, b'\'' | b'"')) {
        return None;
    }
    let read = Content::decode(content).ok()?;
    if !read.operations.iter().any(|operation| matches!(operation.operator.as_str(), "'" | "\"")) {
        return None;
    }
    let mut operations = Vec::with_capacity(read.operations.len() + 64);
    for mut operation in read.operations {
        match (operation.operator.as_str(), operation.operands.len()) {
            ("'", 1..) => {}
            ("\"", 3..) => {
                let letters = operation.operands.split_off(2);
                let between_letters = operation.operands.split_off(1);
                operations.push(Operation::new("Tw", operation.operands));
                operations.push(Operation::new("Tc", between_letters));
                operation.operands = letters;
            }
            // Pictures within show no letters.
            ("BI" | "'" | "\"", _) => continue,
            _ => {
                operations.push(operation);
                continue;
            }
        }
        operations.push(Operation::new("T*", Vec::new()));
        operations.push(Operation::new("Tj", operation.operands));
    }
    Content { operations }.encode().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_of_several_letters_are_listed() {
        let list = Object::Array(vec![7.into(), 8.into()]);
        let widths: Vec<Object> = vec![1.into(), list.clone(), 19.into(), 21.into(), 636.into()];
        let same = Object::Array(vec![636.into(); 3]);
        let listed: Vec<Object> = vec![1.into(), list.clone(), 19.into(), same];
        assert_eq!(one_by_one(&widths), Some(listed));
        assert_eq!(one_by_one(&widths[..2]), None);
        for odd in [[5, 1, 600], [0, i64::MAX, 600], [i64::MIN, 0, 1], [0, 70_000, 1]] {
            assert_eq!(one_by_one(&odd.map(Object::from)), None, "{odd:?}");
        }
    }

    #[test]
    fn short_ways_are_spelled_out() {
        let content = b"BT 12 TL (l'un) Tj (l'autre) ' 2 1 (et) \" ET";
        let spelled = Content::decode(&spelled_out(content).unwrap()).unwrap();
        let operators: Vec<&str> = spelled.operations.iter().map(|one| one.operator.as_str()).collect();
        assert_eq!(operators, ["BT", "TL", "Tj", "T*", "Tj", "Tw", "Tc", "T*", "Tj", "ET"]);
        assert_eq!(spelled.operations[4].operands[0].as_str().unwrap(), b"l'autre");
        assert_eq!(spelled.operations[8].operands[0].as_str().unwrap(), b"et");
        assert!(spelled_out(b"BT (l'un) Tj ET").is_none() && spelled_out(b"'").is_none_or(|s| s.is_empty()));
    }
}
