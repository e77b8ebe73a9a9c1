//! The files that pages load: a style, a script, a picture. They are part of the program.

use axum::http::header;
use axum::response::IntoResponse;

const STYLE: &str = include_str!("../assets/style.css");
const SCRIPT: &str = include_str!("../assets/room.js");
const ICON: &str = include_str!("../assets/icon.svg");

/// They change with the program only; browsers ask again after a while.
const KEPT: (header::HeaderName, &str) = (header::CACHE_CONTROL, "max-age=600");

/// The style of every page.
pub async fn style() -> impl IntoResponse {
    // The picture's own style comes first, so that a reader's choice of light outranks it.
    (
        [(header::CONTENT_TYPE, "text/css; charset=utf-8"), KEPT],
        [depeche_export::timeline::STYLE, STYLE].concat(),
    )
}

/// What makes pages handier; each works without.
pub async fn script() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), KEPT], SCRIPT)
}

/// The picture of the browser's tab.
pub async fn icon() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "image/svg+xml"), KEPT], ICON)
}
