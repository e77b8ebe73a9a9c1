//! The frame: name, navigation, search, choices, foot.

use depeche_interface::Interface;
use maud::{DOCTYPE, Markup, html};

use super::{Behind, Shown, View};
use crate::ask::Theme;
use crate::parameters::{Parameters, address};

/// The sections, by the path of their page and the key of their name.
pub const SECTIONS: [(&str, &str); 11] = [
    ("/", "room-today"),
    ("/contacts", "section-contacts"),
    ("/statements", "section-statements"),
    ("/actors", "room-actors"),
    ("/reports", "room-reports"),
    ("/network", "room-network"),
    ("/origins", "section-origins"),
    ("/coverage", "room-coverage"),
    ("/contradictions", "section-contradictions"),
    ("/gaps", "section-gaps"),
    ("/judgements", "room-judgements"),
];

/// What is done with a dossier as a whole.
const TOOLS: [(&str, &str); 2] = [("/add", "room-add"), ("/export", "room-export")];

/// The whole page.
pub fn frame(view: &View<'_>, shown: &Shown) -> Markup {
    let ask = view.ask;
    let is_inside = ask.token.is_some();
    let here = address(&ask.path, &ask.parameters.with("", ""));
    let prefer = |name: &str, value: &str| {
        let back = Parameters::default().with("back", &here);
        format!("/preferences?{name}={value}&{back}")
    };
    html! {
        (DOCTYPE)
        html lang=(view.words.interface.language().code()) data-theme=[ask.theme.map(Theme::label)] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (shown.title) " · " (view.room.name()) " · Dépêche" }
                link rel="icon" href="/icon.svg" type="image/svg+xml";
                link rel="stylesheet" href="/style.css";
                script src="/room.js" defer {}
            }
            body {
                a.skip href="#main" { (view.say("room-skip")) }
                header.top {
                    div.bar {
                        a.name href="/" { "Dépêche" }
                        span.dossier { (view.room.name()) }
                        @if is_inside {
                            form.find role="search" action="/search" method="get" {
                                input type="search" name="q" aria-label=(view.say("room-search-words"))
                                    placeholder=(view.say("room-search-words")) value=[(ask.path == "/search").then(|| ask.parameters.first("q")).flatten()];
                                button type="submit" { (view.say("room-search")) }
                            }
                        }
                        @if is_inside {
                            nav.tools aria-label=(view.say("room-tools")) {
                                @for (path, key) in TOOLS { a href=(path) aria-current=[(shown.section == key).then_some("page")] { (view.say(key)) } " " }
                            }
                        }
                        nav.choices aria-label=(view.say("room-choices")) {
                            @for language in Interface::LANGUAGES {
                                a href=(prefer("ui", language.code())) hreflang=(language.code()) lang=(language.code())
                                    aria-current=[(language == view.words.interface.language()).then_some("true")]
                                    title=(view.say(&format!("language-{}", language.code()))) { (language.code().to_uppercase()) }
                            }
                            @for (value, key, sign) in [("light", "room-light", "☀"), ("dark", "room-dark", "☾"), ("auto", "room-auto", "◐")] {
                                a href=(prefer("theme", value)) title=(view.say(key)) aria-label=(view.say(key))
                                    aria-current=[(ask.theme.map_or("auto", Theme::label) == value).then_some("true")] { (sign) }
                            }
                        }
                    }
                    @if is_inside {
                        nav.sections aria-label=(view.say("room-sections")) {
                            ul {
                                @for (path, key) in SECTIONS {
                                    li { a href=(path) aria-current=[(shown.section == key).then_some("page")] { (view.say(key)) } }
                                }
                            }
                        }
                    }
                }
                main #main tabindex="-1" {
                    h1 { (shown.title) }
                    @if let Some(behind) = view.behind { (notice(view, behind)) }
                    (shown.body)
                }
                footer {
                    p { (view.say("footer")) }
                    @if is_inside {
                        p {
                            @if !matches!(ask.path.as_str(), "" | "/login") {
                                a href=(address(&json_path(&ask.path), &ask.parameters.with("", ""))) { (view.say("room-json")) }
                            }
                            @if !ask.may_change { " · " (view.say("room-read-only")) }
                        }
                        @if view.room.settings.password.is_some() {
                            form method="post" action="/logout" {
                                input type="hidden" name="token" value=[ask.token.as_deref()];
                                button type="submit" { (view.say("room-leave")) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Says that the page shows the dossier as it was, and why.
fn notice(view: &View<'_>, behind: Behind) -> Markup {
    let worker = &view.room.catching_up;
    let Behind { judgements } = behind;
    html! {
        p.notice role="status" {
            @if judgements == 0 { (view.say("room-behind")) }
            @else {
                (view.count("room-behind-judgements", judgements)) " "
                @match worker.fault() {
                    Some(fault) => { (view.words.labelled(&view.say("room-behind-failed"), &fault.words(view.words.interface).0)) }
                    None if worker.works() => (view.say("room-behind-works")),
                    None => (view.say("room-behind-rests")),
                }
                " " a href="/judgements" { (view.say("room-behind-which")) }
            }
        }
    }
}

fn json_path(path: &str) -> String {
    if path == "/" { "/today.json".to_owned() } else { format!("{path}.json") }
}
