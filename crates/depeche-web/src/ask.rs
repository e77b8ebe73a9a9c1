//! What is wanted of the dossier, and how the answer should look.

use axum::http::{HeaderMap, Uri, header};
use depeche_interface::Interface;
use depeche_record::Language;

use crate::fault::Fault;
use crate::parameters::Parameters;
use crate::room::Room;

/// The shape of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A page for people.
    Html,
    /// Everything, for programs.
    Json,
}

/// Light or dark, where the reader chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Dark letters on a light page.
    Light,
    /// Light letters on a dark page.
    Dark,
}

impl Theme {
    /// As cookies and addresses write it.
    pub fn label(self) -> &'static str {
        match self {
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// From its label.
    pub fn from_label(label: &str) -> Option<Theme> {
        [Theme::Light, Theme::Dark].into_iter().find(|theme| theme.label() == label)
    }
}

/// A request, read.
#[derive(Debug, Clone)]
pub struct Ask {
    /// The shape of the answer.
    pub form: Form,
    /// The path, as it was written, without the ending that chooses the shape.
    pub path: String,
    /// The identifier in the path; empty where there is none.
    pub id: String,
    /// What stands behind the `?`.
    pub parameters: Parameters,
    /// The language of the interface.
    pub language: Language,
    /// Light or dark.
    pub theme: Option<Theme>,
    /// The token that forms must bring; none before the door.
    pub token: Option<String>,
    /// Whether anything may be added or decided.
    pub may_change: bool,
    /// Who decided last in this browser.
    pub author: Option<String>,
}

impl Ask {
    /// What a request asks for; the parameters apart, which may be at fault.
    pub fn of(room: &Room, uri: &Uri, headers: &HeaderMap) -> Ask {
        let path = uri.path();
        let (path, form) = match path.strip_suffix(".json") {
            Some(path) => (path, Form::Json),
            None => (path, Form::Html),
        };
        let chosen = cookie(headers, "ui").and_then(|code| ui_language(&code));
        let theme = cookie(headers, "theme").and_then(|label| Theme::from_label(&label));
        Ask {
            form,
            path: path.to_owned(),
            id: String::new(),
            parameters: Parameters::default(),
            language: chosen.unwrap_or(room.settings.language),
            theme,
            token: None,
            may_change: false,
            author: cookie(headers, "author").and_then(|kept| {
                let read = Parameters::of_form(format!("author={kept}").as_bytes()).ok()?;
                read.first("author").map(str::to_owned)
            }),
        }
    }

    /// Reads what stands behind the `?`.
    pub fn read(&mut self, uri: &Uri) -> Result<(), Fault> {
        self.parameters = Parameters::of_query(uri.query().unwrap_or_default())?;
        Ok(())
    }
}

/// A language that the interface has words in, by its code.
pub fn ui_language(code: &str) -> Option<Language> {
    Interface::LANGUAGES.into_iter().find(|language| language.code() == code)
}

/// A cookie of the request.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(there, _)| *there == name)
        .map(|(_, value)| value.to_owned())
}
