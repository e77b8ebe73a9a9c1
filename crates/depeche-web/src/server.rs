//! The routes, and the socket that they are served on.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use axum::{Router, middleware};
use tokio::net::TcpListener;

use crate::guard::guard;
use crate::pages::{self, page};
use crate::room::{Room, RoomError, Settings};
use crate::{assets, door};

/// Most bytes of a form.
const FORM: usize = 256 << 10;

/// A reading room that listens.
pub struct Server {
    listener: TcpListener,
    room: Arc<Room>,
    runtime: tokio::runtime::Runtime,
}

impl Server {
    /// Opens the dossier and listens.
    ///
    /// # Errors
    ///
    /// A dossier that cannot be opened, an address that cannot be listened on, and one that others can reach without a
    /// password.
    pub fn open(settings: Settings) -> Result<Server, RoomError> {
        let address = settings.listen;
        let room = Room::open(settings)?;
        let at = |error| RoomError::Listen { address, error };
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(at)?;
        let listener = runtime.block_on(TcpListener::bind(address)).map_err(at)?;
        Ok(Server { listener, room, runtime })
    }

    /// Where it listens: the port that the system chose where none was named.
    ///
    /// # Errors
    ///
    /// Those of the socket.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until the process is told to stop.
    ///
    /// # Errors
    ///
    /// Those of the socket.
    pub fn serve(self) -> std::io::Result<()> {
        let Server { listener, room, runtime } = self;
        runtime.block_on(async move {
            let stop = async {
                // Without the signal the process is stopped by other means.
                if tokio::signal::ctrl_c().await.is_err() {
                    std::future::pending::<()>().await;
                }
            };
            let service = guarded(room).into_make_service_with_connect_info::<SocketAddr>();
            axum::serve(listener, service).with_graceful_shutdown(stop).await
        })
    }
}

/// The room without a socket, for tests.
///
/// # Errors
///
/// As [`Server::open`], but for the address.
pub fn service(settings: Settings) -> Result<Router, RoomError> {
    Ok(guarded(Room::open(settings)?))
}

/// The routes behind the guard, which stands outside them so that it may choose among them.
fn guarded(room: Arc<Room>) -> Router {
    let routes = Router::new()
        .route("/", get(page::<pages::Today>))
        .route("/today", get(page::<pages::Today>))
        .route("/contacts", get(page::<pages::Contacts>))
        .route("/contacts/{id}", get(page::<pages::Contact>))
        .route("/statements", get(page::<pages::Statements>))
        .route("/actors", get(page::<pages::Actors>))
        .route("/actors/{id}", get(page::<pages::Actor>))
        .route("/reports", get(page::<pages::Reports>))
        .route("/reports/{id}", get(page::<pages::Report>))
        .route("/network", get(page::<pages::Network>))
        .route("/origins", get(page::<pages::Origins>))
        .route("/contradictions", get(page::<pages::Contradictions>))
        .route("/gaps", get(page::<pages::Gaps>))
        .route("/judgements", get(page::<pages::Judgements>).post(pages::judge))
        .route("/search", get(page::<pages::Search>))
        .route("/add", get(page::<pages::Add>).post(pages::add).layer(DefaultBodyLimit::max(pages::MOST)))
        .route("/login", get(door::show).post(door::enter))
        .route("/logout", post(door::leave))
        .route("/preferences", get(door::prefer))
        .route("/style.css", get(assets::style))
        .route("/room.js", get(assets::script))
        .route("/icon.svg", get(assets::icon))
        .layer(DefaultBodyLimit::max(FORM))
        .with_state(Arc::clone(&room));
    let guard = middleware::from_fn_with_state(room, guard);
    Router::new().fallback_service(routes).layer(guard)
}
