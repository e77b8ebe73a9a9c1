//! The routes, and the socket that they are served on.

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{ConnectInfo, DefaultBodyLimit};
use axum::routing::{get, post};
use axum::{Extension, Router, middleware};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use crate::guard::guard;
use crate::pages;
use crate::room::{Room, RoomError, Settings};
use crate::{assets, door, openapi};

/// Most bytes of a form.
const FORM: usize = 256 << 10;
/// Most bytes of the head of a request.
const HEAD: usize = 32 << 10;
/// How long the head of a request may take to come, from the moment in which it could.
const HEAD_TIME: Duration = Duration::from_secs(15);
/// Connections that are open at a time; who comes after them waits.
const CONNECTIONS: usize = 512;
/// How long answers under way may take when the room closes.
const LAST: Duration = Duration::from_secs(5);

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
            // What was recorded before the room was last closed, and not worked in, is now.
            let left = room.ask(|_, dossier| Ok(!dossier.waiting()?.is_empty())).await;
            if !room.settings.read_only && left.unwrap_or_default() {
                room.catch_up();
            }
            let stop = async {
                // Without the signal the process is stopped by other means.
                if tokio::signal::ctrl_c().await.is_err() {
                    std::future::pending::<()>().await;
                }
            };
            listen(listener, guarded(room), stop).await;
        });
        // What is asked of the disk is left to end by itself.
        runtime.shutdown_background();
        Ok(())
    }
}

/// Serves connections until `stop`. A head that does not come, or comes by the drop, ends its connection.
async fn listen(listener: TcpListener, routes: Router, stop: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME).max_buf_size(HEAD);
    let connections = Arc::new(Semaphore::new(CONNECTIONS));
    let open = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let accepted = async {
            let place = Arc::clone(&connections).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            accepted = accepted => accepted,
            () = &mut stop => break,
        };
        let Ok((stream, from)) = accepted else {
            // No more files may be opened, or the other side is gone already.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let service = TowerToHyperService::new(routes.clone().layer(Extension(ConnectInfo(from))));
        let connection = open.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // A connection that breaks is of no concern to anybody else.
            let _ = connection.await;
            drop(place);
        });
    }
    let _ = tokio::time::timeout(LAST, open.shutdown()).await;
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
pub fn guarded(room: Arc<Room>) -> Router {
    let routes = openapi::serve()
        .route("/judgements", post(pages::judge))
        .route("/add", post(pages::add).layer(DefaultBodyLimit::max(pages::MOST)))
        .route("/add/{id}", get(pages::adding))
        .route("/export/{format}", get(pages::file))
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

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;
    use tokio::time::Instant;

    /// Where nothing else happens, time that is paused passes at once.
    #[tokio::test(start_paused = true)]
    async fn a_head_that_does_not_come_ends_its_connection() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let routes = Router::new().route("/", get(|| async { "here" }));
        tokio::spawn(listen(listener, routes, std::future::pending()));
        for drops in [&b""[..], b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: "] {
            let mut slow = TcpStream::connect(address).await.unwrap();
            slow.write_all(drops).await.unwrap();
            let begun = Instant::now();
            let mut answer = String::new();
            // Another is answered meanwhile.
            let mut quick = TcpStream::connect(address).await.unwrap();
            quick.write_all(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await.unwrap();
            quick.read_to_string(&mut answer).await.unwrap();
            assert!(answer.ends_with("here"), "{answer}");
            slow.read_to_string(&mut answer).await.unwrap();
            assert!(begun.elapsed() <= HEAD_TIME * 2, "{:?}", begun.elapsed());
        }
    }
}
