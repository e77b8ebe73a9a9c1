//! A server of the test's own that speaks TLS, and HTTP/2 where it is asked for.
//!
//! Its certificate was made for these tests, with OpenSSL, for the name `localhost`, good for a hundred years; the root that
//! signed it is trusted by nobody else, and its key was thrown away.

use std::convert::Infallible;
use std::sync::{Arc, mpsc};
use std::thread;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use tokio_rustls::TlsAcceptor;

/// The root to trust.
pub const ROOT: &[u8] = include_bytes!("tls/root.der");

/// Starts a server whose pages say by which version of HTTP they were asked for; its port. Its thread ends with the process.
pub fn start(protocols: &'static [&'static [u8]]) -> u16 {
    let (sender, port) = mpsc::channel();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            sender.send(listener.local_addr().unwrap().port()).unwrap();
            let acceptor = TlsAcceptor::from(Arc::new(config(protocols)));
            while let Ok((stream, _)) = listener.accept().await {
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    // A client that does not trust the certificate goes away.
                    let Ok(stream) = acceptor.accept(stream).await else { return };
                    let is_second = stream.get_ref().1.alpn_protocol() == Some(b"h2");
                    let stream = TokioIo::new(stream);
                    let answer = service_fn(answer);
                    let _ = match is_second {
                        true => {
                            hyper::server::conn::http2::Builder::new(TokioExecutor::new())
                                .serve_connection(stream, answer)
                                .await
                        }
                        false => {
                            hyper::server::conn::http1::Builder::new().serve_connection(stream, answer).await
                        }
                    };
                });
            }
        });
    });
    port.recv().unwrap()
}

async fn answer(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let body = match request.uri().path() {
        "/robots.txt" => String::new(),
        _ => format!("<!doctype html><p>{:?}", request.version()),
    };
    Ok(Response::new(Full::new(Bytes::from(body))))
}

fn config(protocols: &[&[u8]]) -> ServerConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let chain = vec![CertificateDer::from(&include_bytes!("tls/leaf.der")[..])];
    let key = PrivatePkcs8KeyDer::from(&include_bytes!("tls/leaf.key.der")[..]);
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key.into())
        .unwrap();
    config.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
    config
}
