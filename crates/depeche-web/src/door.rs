//! Coming in, going out, and choosing language and light.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Instant;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use maud::html;

use crate::ask::{Ask, Theme, cookie, ui_language};
use crate::fault::Fault;
use crate::guard::{SESSION, back, bears_token, see_other};
use crate::parameters::Parameters;
use crate::room::Room;
use crate::view::{self, Shown, View};

/// How long a choice lasts, in seconds.
const YEAR: u32 = 31_536_000;

/// The page that asks for the password.
pub async fn show(State(room): State<Arc<Room>>, Extension(ask): Extension<Ask>) -> Response {
    let view = View::new(&room, &ask);
    let back = back(ask.parameters.first("back"));
    let body = html! {
        form.card method="post" action="/login" {
            input type="hidden" name="back" value=(back);
            p {
                label for="password" { (view.say("room-password")) }
                input #password type="password" name="password" required autocomplete="current-password" autofocus;
            }
            p { button type="submit" { (view.say("room-enter")) } }
        }
    };
    view::html(&view, &Shown { title: view.say("room-login"), section: "", body })
}

/// Takes the password.
pub async fn enter(
    State(room): State<Arc<Room>>,
    connection: Option<Extension<ConnectInfo<SocketAddr>>>,
    body: Bytes,
) -> Result<Response, Fault> {
    let form = Parameters::of_form(&body)?;
    let ip = connection.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |Extension(ConnectInfo(there))| there.ip());
    let Some(password) = room.settings.password.clone() else { return Ok(see_other("/")) };
    if !room.access.try_from(ip, Instant::now()) {
        return Err(Fault::TooMany);
    }
    let words = form.first("password").unwrap_or_default().to_owned();
    if !room.work(move || Ok(password.is(&words))).await? {
        return Err(Fault::Forbidden("fault-password"));
    }
    room.access.forgive(ip);
    let session = room.access.begin(Instant::now()).map_err(|error| Fault::Own(error.to_string()))?;
    let mut response = see_other(back(form.first("back")));
    set_cookie(&mut response, &room.cookie(SESSION, &session, None));
    Ok(response)
}

/// Ends the session.
pub async fn leave(
    State(room): State<Arc<Room>>,
    Extension(ask): Extension<Ask>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Fault> {
    bears_token(&ask, &Parameters::of_form(&body)?)?;
    let id = cookie(&headers, SESSION).unwrap_or_default();
    room.access.end(&id);
    let mut response = see_other("/login");
    set_cookie(&mut response, &room.cookie(SESSION, "", Some(0)));
    Ok(response)
}

/// Remembers language or light, which change nothing but how pages look.
pub async fn prefer(State(room): State<Arc<Room>>, Extension(ask): Extension<Ask>) -> Response {
    let mut response = see_other(back(ask.parameters.first("back")));
    let mut keep =
        |name: &str, value: &str, age: u32| set_cookie(&mut response, &room.cookie(name, value, Some(age)));
    if let Some(language) = ask.parameters.first("ui").and_then(ui_language) {
        keep("ui", language.code(), YEAR);
    }
    match ask.parameters.first("theme") {
        Some("auto") => keep("theme", "", 0),
        Some(label) => {
            if let Some(theme) = Theme::from_label(label) {
                keep("theme", theme.label(), YEAR);
            }
        }
        None => {}
    }
    response
}

fn set_cookie(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}
