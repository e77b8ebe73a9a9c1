//! A page without what could harm or slow the library that finds the main text.

use crate::markup::{Event, is_block, is_void, scan};

/// The page that the library is given.
pub(crate) struct Simplified {
    /// Its HTML. Elements that begin lines carry their place in the page, in bytes, as `data-at`.
    pub(crate) html: String,
    /// How deep its elements are nested.
    pub(crate) depth: usize,
}

/// Elements below this depth are read as if they were not there, only their text; browsers stop at 512.
pub(crate) const DEEPEST: usize = 256;
/// Longest tag that is copied as it stands, in bytes.
const LONGEST_TAG: usize = 2_048;
/// Longest metadata that is copied, in bytes.
const LONGEST_META: usize = 16_384;
/// Longest block of linked data that is copied, in bytes.
const LONGEST_DATA: usize = 262_144;

/// Drops comments, scripts, styles and drawings, huge attributes, and elements nested too deep. Linear in the page.
pub(crate) fn simplify(page: &str) -> Simplified {
    let mut html = String::with_capacity(page.len() + page.len() / 8);
    let mut open: Vec<(&str, bool)> = Vec::new();
    let mut depth = 0;
    for event in scan(page) {
        match event {
            Event::Text { place } => html.push_str(&page[place]),
            Event::Raw { name, attributes, place } => {
                let length = place.len();
                let data = name.eq_ignore_ascii_case("script") && attributes.contains("ld+json");
                if data && length <= LONGEST_DATA {
                    html.push_str("<script type=\"application/ld+json\">");
                    html.push_str(&page[place]);
                    html.push_str("</script>");
                } else if name.eq_ignore_ascii_case("title") {
                    html.push_str("<title>");
                    html.push_str(&page[place]);
                    html.push_str("</title>");
                }
            }
            Event::Open { name, attributes, place } => {
                if is_dropped(name) {
                    continue;
                }
                let holds = !is_void(name) && !may_stay_open(name);
                let kept = open.len() < DEEPEST;
                if holds && !attributes.ends_with('/') {
                    open.push((name, kept));
                    depth = depth.max(open.len());
                }
                if !kept && holds {
                    html.push(' ');
                    continue;
                }
                let longest = if name.eq_ignore_ascii_case("meta") { LONGEST_META } else { LONGEST_TAG };
                html.push('<');
                html.push_str(name);
                if is_block(name) {
                    html.push_str(&format!(" data-at=\"{}\"", place.start));
                }
                // The parser opens formatting again in every paragraph; without attributes it does so three times at most.
                if attributes.len() <= longest && !is_formatting(name) {
                    html.push_str(attributes);
                }
                html.push('>');
            }
            Event::Close { name, place } => {
                if is_dropped(name) {
                    continue;
                }
                if is_void(name) || may_stay_open(name) {
                    html.push_str(&page[place]);
                    continue;
                }
                let from = open.len().saturating_sub(64);
                let Some(at) = open[from..].iter().rposition(|(o, _)| o.eq_ignore_ascii_case(name)) else {
                    continue;
                };
                let kept = open[from + at].1;
                open.truncate(from + at);
                if kept {
                    html.push_str("</");
                    html.push_str(name);
                    html.push('>');
                }
            }
        }
    }
    Simplified { html, depth }
}

/// Elements whose content is left out (their tags alone would change how the rest is read).
fn is_dropped(name: &str) -> bool {
    const DROPPED: [&str; 16] = [
        "script",
        "style",
        "textarea",
        "title",
        "xmp",
        "iframe",
        "noembed",
        "noframes",
        "noscript",
        "svg",
        "math",
        "template",
        "object",
        "canvas",
        "plaintext",
        "frameset",
    ];
    DROPPED.iter().any(|dropped| dropped.eq_ignore_ascii_case(name))
}

/// Elements that the parser opens again after each element that they were not closed before.
fn is_formatting(name: &str) -> bool {
    const FORMATTING: [&str; 13] =
        ["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
    FORMATTING.iter().any(|formatting| formatting.eq_ignore_ascii_case(name))
}

/// Elements whose end tag may be left out: the parser closes them itself, so they do not nest.
fn may_stay_open(name: &str) -> bool {
    const OPTIONAL: [&str; 15] = [
        "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead", "tbody", "tfoot", "html",
        "head", "body",
    ];
    OPTIONAL.iter().any(|optional| optional.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deep_markup_is_flattened_and_its_text_kept() {
        let page = format!("{}fond{}<p>haut</p>", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let simplified = simplify(&page);
        assert_eq!(simplified.depth, 100_000);
        assert_eq!(simplified.html.matches("<div").count(), DEEPEST);
        assert_eq!(simplified.html.matches("</div>").count(), DEEPEST);
        assert!(simplified.html.contains("fond") && simplified.html.contains("haut"));
    }

    #[test]
    fn scripts_and_huge_attributes_are_dropped() {
        let page =
            format!("<p style='{}'>a</p><script>x</script><!-- c --><svg><g></svg>b", "x".repeat(10_000));
        assert_eq!(simplify(&page).html, "<p data-at=\"0\">a</p>b");
    }
}
