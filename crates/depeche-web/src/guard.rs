//! What every request passes on its way in, and every answer on its way out.
//!
//! 1. The host that the browser named must be one of ours.
//! 2. Who has no session where one is wanted comes no further than the door.
//! 3. What changes something must come from a page of ours and, in the form itself, bring its token.
//! 4. Every answer forbids the browser whatever the room does not need.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::ask::{Ask, Form, cookie};
use crate::fault::Fault;
use crate::parameters::{Parameters, address};
use crate::room::Room;
use crate::{access, view};

/// The cookie of a session.
pub const SESSION: &str = "depeche-session";

/// What a page of ours may do: its own style, script and pictures, and nothing else.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

impl IntoResponse for Fault {
    /// Its status; the guard puts the page in.
    fn into_response(self) -> Response {
        if let Fault::Moved(to) = &self {
            return see_other(to);
        }
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// Lets a request in, and its answer out.
pub async fn guard(State(room): State<Arc<Room>>, mut request: Request, next: Next) -> Response {
    let mut ask = Ask::of(&room, request.uri(), request.headers());
    let response = match admit(&room, &mut ask, &mut request) {
        Ok(None) => {
            request.extensions_mut().insert(ask.clone());
            next.run(request).await
        }
        Ok(Some(response)) => response,
        Err(fault) => fault.into_response(),
    };
    let mut response = explain(&room, &ask, response);
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// What stands in the way of a request; an answer in its place where there is one.
fn admit(room: &Room, ask: &mut Ask, request: &mut Request) -> Result<Option<Response>, Fault> {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    if !room.knows_host(host) {
        return Err(Fault::Forbidden("fault-host"));
    }
    ask.read(request.uri())?;
    let is_open =
        matches!(ask.path.as_str(), "/login" | "/style.css" | "/room.js" | "/icon.svg" | "/preferences");
    let token = match &room.settings.password {
        None => Some(room.access.token().to_owned()),
        Some(_) => {
            let session = cookie(request.headers(), SESSION);
            session.and_then(|id| room.access.session(&id, Instant::now()))
        }
    };
    if token.is_none() && !is_open {
        let reads = request.method() == Method::GET || request.method() == Method::HEAD;
        if ask.form == Form::Html && reads {
            let query = request.uri().query().unwrap_or_default();
            let back = Parameters::default().with("back", &address(&ask.path, query));
            return Ok(Some(see_other(&address("/login", &back))));
        }
        return Err(Fault::Closed);
    }
    ask.may_change = token.is_some() && !room.settings.read_only;
    ask.token = token;
    if request.method() == Method::POST {
        comes_from_here(request.headers(), host_of(request.headers()))?;
        if room.settings.read_only && !matches!(ask.path.as_str(), "/login" | "/logout") {
            return Err(Fault::Forbidden("fault-room-read-only"));
        }
    }
    // The same routes serve both shapes.
    if ask.form == Form::Json {
        let path = if ask.path.is_empty() { "/" } else { &ask.path };
        let uri = address(path, request.uri().query().unwrap_or_default());
        *request.uri_mut() = uri.parse::<Uri>().map_err(|_| Fault::Unknown(ask.path.clone()))?;
    }
    Ok(None)
}

fn host_of(headers: &HeaderMap) -> &str {
    headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default()
}

/// Whether a form was sent from a page of ours, as far as the browser says. Browsers write `null` for the origin of a form
/// whose page has no referrer, so that alone tells nothing; the token does.
fn comes_from_here(headers: &HeaderMap, host: &str) -> Result<(), Fault> {
    let read = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let site = read("sec-fetch-site").is_none_or(|site| site == "same-origin");
    let origin = read("origin").is_none_or(|origin| {
        origin == "null"
            || origin.split_once("://").is_some_and(|(_, there)| there.eq_ignore_ascii_case(host))
    });
    if site && origin { Ok(()) } else { Err(Fault::Forbidden("fault-origin")) }
}

/// Whether a form brings the token that its page was given.
pub fn bears_token(ask: &Ask, parameters: &Parameters) -> Result<(), Fault> {
    let given = parameters.first("token").unwrap_or_default();
    match &ask.token {
        Some(token) if access::same(token, given) => Ok(()),
        _ => Err(Fault::Forbidden("fault-token")),
    }
}

/// Leads the browser on.
pub fn see_other(to: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    let to = HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static("/"));
    response.headers_mut().insert(header::LOCATION, to);
    response
}

/// A path of ours that a form or address names; `/` where it leads elsewhere.
pub fn back(path: Option<&str>) -> &str {
    let local = |path: &&str| {
        path.starts_with('/')
            && !path[1..].starts_with(['/', '\\'])
            && path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
    };
    path.filter(local).unwrap_or("/")
}

/// Puts the page of a fault in the place of a bare status.
fn explain(room: &Room, ask: &Ask, mut response: Response) -> Response {
    let status = response.status();
    let fault = match response.extensions_mut().remove::<Arc<Fault>>() {
        Some(fault) => fault,
        // What the routes refuse by themselves.
        None if status.is_client_error() || status.is_server_error() => Arc::new(match status {
            StatusCode::NOT_FOUND => Fault::Unknown(ask.path.clone()),
            StatusCode::METHOD_NOT_ALLOWED => Fault::Method,
            StatusCode::PAYLOAD_TOO_LARGE => Fault::TooLarge,
            status if status.is_client_error() => Fault::bad("fault-unreadable", ""),
            status => Fault::Own(status.to_string()),
        }),
        None => return response,
    };
    let mut explained = view::fault(room, ask, &fault);
    *explained.status_mut() = fault.status();
    if let Some(allow) = response.headers_mut().remove(header::ALLOW) {
        explained.headers_mut().insert(header::ALLOW, allow);
    }
    if matches!(fault.status(), StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
        explained.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    }
    explained
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_stays_here() {
        assert_eq!(back(Some("/contacts?side=RU")), "/contacts?side=RU");
        for away in
            ["https://example.org/", "//example.org", "/\\example.org", "javascript:x", "", "/a\r\nb", "/é"]
        {
            assert_eq!(back(Some(away)), "/", "{away:?}");
        }
        assert_eq!(back(None), "/");
    }
}
