//! Linked data (JSON-LD), walked without building a document of it: which values stand in which object.
//!
//! What is no JSON gives no values; nothing here fails, and the depth of nesting costs no stack.

/// A value of linked data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Value<'a> {
    /// What stands between its quotation marks, escapes and all.
    Text(&'a str),
    /// An object, braces and all.
    Object(&'a str),
    /// A list, brackets and all.
    List(&'a str),
    /// A number, `true`, `null`.
    Other(&'a str),
}

/// Most items of a list, and most members of an object, that are looked at.
const MOST: usize = 200;

/// The value at the start of `raw` and what follows it.
pub(crate) fn value(raw: &str) -> Option<(Value<'_>, &str)> {
    let raw = raw.trim_start();
    match raw.as_bytes().first()? {
        b'"' => {
            let end = 1 + end_of_text(&raw[1..])?;
            Some((Value::Text(&raw[1..end]), &raw[end + 1..]))
        }
        open @ (b'{' | b'[') => {
            let (value, rest) = raw.split_at(end_of_group(raw)?);
            Some((if *open == b'{' { Value::Object(value) } else { Value::List(value) }, rest))
        }
        b',' | b'}' | b']' | b':' => None,
        _ => {
            let end = raw.find([',', '}', ']']).unwrap_or(raw.len());
            Some((Value::Other(raw[..end].trim_end()), &raw[end..]))
        }
    }
}

/// Where the quotation mark stands that ends a text.
fn end_of_text(raw: &str) -> Option<usize> {
    let mut escaped = false;
    raw.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    })
}

/// Where the object or list at the start of `raw` ends.
fn end_of_group(raw: &str) -> Option<usize> {
    let mut depth = 0usize;
    let mut at = 0;
    let bytes = raw.as_bytes();
    while at < bytes.len() {
        match bytes[at] {
            b'"' => at += 1 + end_of_text(&raw[at + 1..])?,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// The values of a list, or a single value.
pub(crate) fn each(of: Value<'_>) -> impl Iterator<Item = Value<'_>> {
    let (mut rest, alone) = match of {
        Value::List(list) => (&list[1..list.len() - 1], None),
        other => ("", Some(other)),
    };
    let listed = std::iter::from_fn(move || {
        let (value, after) = value(rest)?;
        rest = after.trim_start().trim_start_matches(',');
        Some(value)
    });
    alone.into_iter().chain(listed.take(MOST))
}

/// The value of the first member of an object by that name.
pub(crate) fn member<'a>(of: Value<'a>, name: &str) -> Option<Value<'a>> {
    let Value::Object(object) = of else { return None };
    let mut rest = &object[1..object.len() - 1];
    for _ in 0..MOST {
        let (key, after) = value(rest)?;
        let (held, after) = value(after.trim_start().strip_prefix(':')?)?;
        if key == Value::Text(name) {
            return Some(held);
        }
        rest = after.trim_start().strip_prefix(',')?;
    }
    None
}

/// The objects of a document: those that it lists, or that stand in its graph, or itself.
pub(crate) fn objects(raw: &str) -> Vec<Value<'_>> {
    let Some((document, _)) = value(raw) else { return Vec::new() };
    let inner = |object| match member(object, "@graph") {
        Some(graph) => each(graph).collect(),
        None => vec![object],
    };
    each(document).flat_map(inner).collect()
}

/// Whether an object is said to be of a type that ends so: `NewsArticle`, `LiveBlogPosting`.
pub(crate) fn is_of_type(object: Value<'_>, endings: &[&str]) -> bool {
    let types = member(object, "@type").into_iter().flat_map(each);
    types.into_iter().any(|of| match of {
        Value::Text(of) => endings.iter().any(|ending| of.ends_with(ending)),
        _ => false,
    })
}

/// The names that a value gives: itself, or those of the objects in it; an object that only refers to another by `@id` is
/// looked up among `all`.
pub(crate) fn names<'a>(of: Value<'a>, all: &[Value<'a>]) -> Vec<&'a str> {
    let name_of = |object: Value<'a>| match member(object, "name") {
        Some(Value::Text(name)) => Some(name),
        _ => None,
    };
    let of_one = |one: Value<'a>| match one {
        Value::Text(text) => Some(text),
        Value::Object(_) => name_of(one).or_else(|| {
            let id = member(one, "@id")?;
            all.iter().find(|other| member(**other, "@id") == Some(id)).and_then(|other| name_of(*other))
        }),
        _ => None,
    };
    each(of).filter_map(of_one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_object_itself() {
        let raw = r##" [{"@type":"WebPage"}, {"@type":["Thing","NewsArticle"], "publisher":{"logo":{"name":"logo"},"name":"La \"Gazette\""},
            "author":[{"name":"A"},{"@id":"#b"},"C"]}, {"@id":"#b","name":"B"}] "##;
        let all = objects(raw);
        let article = all.iter().copied().find(|object| is_of_type(*object, &["Article"])).unwrap();
        assert_eq!(names(member(article, "publisher").unwrap(), &all), [r#"La \"Gazette\""#]);
        assert_eq!(names(member(article, "author").unwrap(), &all), ["A", "B", "C"]);
        assert_eq!(objects(r#"{"@graph":[{"a":1},{"b":[2]}]}"#).len(), 2);
    }

    #[test]
    fn what_is_no_json_has_no_values() {
        for raw in ["", "{", "[1,", "{\"a\"", "{\"a\":}", "\"", "]", "{\"a\":1 \"b\":2}", "{'a':1}"] {
            for object in objects(raw) {
                assert_eq!(member(object, "b"), None, "{raw}");
            }
        }
        assert!(objects(&"[".repeat(1_000_000)).is_empty());
        let deep = format!("{}1{}", "[".repeat(500_000), "]".repeat(500_000));
        assert_eq!(objects(&deep).len(), 1);
    }
}
