//! What a page is made of, as a reader of HTML that is not ours sees it.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// An element that begins.
#[derive(Debug)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(there, _)| there == name).map(|(_, value)| value.as_str())
    }
}

/// What a page is made of.
#[derive(Debug, Default)]
pub struct Page {
    pub elements: Vec<Element>,
    pub text: String,
    pub comments: usize,
}

#[derive(Default)]
struct Sink(RefCell<Page>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut page = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                let name = tag.name.to_string();
                let attributes =
                    tag.attrs.iter().map(|one| (one.name.local.to_string(), one.value.to_string()));
                page.elements.push(Element { name: name.clone(), attributes: attributes.collect() });
                // As browsers read them.
                match name.as_str() {
                    "script" => return TokenSinkResult::RawData(RawKind::ScriptData),
                    "style" => return TokenSinkResult::RawData(RawKind::Rawtext),
                    "title" | "textarea" => return TokenSinkResult::RawData(RawKind::Rcdata),
                    _ => {}
                }
            }
            Token::CharacterTokens(words) => page.text.push_str(&words),
            Token::CommentToken(_) => page.comments += 1,
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// Reads a page.
pub fn read(page: &str) -> Page {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(page));
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

/// What no page of the room may have; empty where it is harmless.
pub fn harm(page: &Page) -> Vec<String> {
    const OURS: &[&str] = &[
        "html",
        "head",
        "meta",
        "title",
        "link",
        "script",
        "body",
        "a",
        "header",
        "div",
        "span",
        "form",
        "input",
        "button",
        "nav",
        "ul",
        "li",
        "ol",
        "main",
        "h1",
        "h2",
        "h3",
        "p",
        "footer",
        "section",
        "article",
        "b",
        "bdi",
        "q",
        "mark",
        "blockquote",
        "dl",
        "dt",
        "dd",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "label",
        "select",
        "option",
        "details",
        "datalist",
        "progress",
        "br",
        "s",
        "tspan",
        "summary",
        "code",
        "textarea",
        "svg",
        "g",
        "path",
        "rect",
        "line",
        "circle",
        "text",
        "desc",
        "time",
        "figure",
        "figcaption",
    ];
    let mut harm = Vec::new();
    let mut scripts = 0;
    for element in &page.elements {
        if !OURS.contains(&element.name.as_str()) {
            harm.push(format!("{element:?}"));
        }
        if element.name == "script" {
            scripts += 1;
            if element.attribute("src") != Some("/room.js") {
                harm.push(format!("{element:?}"));
            }
        }
        for (name, value) in &element.attributes {
            let leads = ["href", "src", "action", "formaction"].contains(&name.as_str());
            let is_local = value.starts_with('#') || (value.starts_with('/') && !value.starts_with("//"));
            let is_web = value.starts_with("https://") || value.starts_with("http://");
            let leaves = element.name == "a"
                && name == "href"
                && is_web
                && element.attribute("rel") == Some("noopener noreferrer nofollow");
            if name.starts_with("on")
                || name == "style"
                || name == "srcdoc"
                || (leads && !is_local && !leaves)
            {
                harm.push(format!("{element:?}"));
            }
        }
    }
    if scripts != 1 {
        harm.push(format!("{scripts} scripts"));
    }
    if page.comments > 0 {
        harm.push("a comment".to_owned());
    }
    if page.text.contains(['\u{202e}', '\u{2066}', '\u{202a}']) {
        harm.push("letters turned round".to_owned());
    }
    harm
}

#[test]
fn harm_is_seen() {
    for bad in [
        "<script src=/room.js></script><b onclick=x>",
        "<script src=/room.js></script><script>x</script>",
        "<script src=/room.js></script><a href=javascript:x>",
        "<script src=/room.js></script><a href=//example.org>",
        "<script src=/room.js></script><a href=https://example.org>",
        "<script src=/room.js></script><iframe>",
        "<script src=/room.js></script>\u{202e}",
        "",
    ] {
        assert!(!harm(&read(bad)).is_empty(), "{bad}");
    }
    assert!(harm(&read("<script src=/room.js></script><a href=/contacts>&lt;script></a>")).is_empty());
}
