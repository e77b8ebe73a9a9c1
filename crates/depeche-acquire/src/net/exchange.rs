//! One request and its answer.

use std::error::Error;
use std::io;
use std::time::Duration;

use http_body_util::{BodyExt, Empty};
use hyper::body::Bytes;
use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use hyper::{Request, Uri};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};
use tokio::time::timeout;
use url::Url;

use super::Network;
use super::failure::{Failure, FailureKind};
use super::guard::{AllRefused, Guard, NoSuchName, Resolver, refusal};
use super::robots;
use crate::archive::http::{Head, unpacked};
use depeche_record::ProblemKind;

/// Kinds of documents that are asked for, those that hold most first.
const ACCEPT: &str = "text/html, application/xhtml+xml, application/rss+xml;q=0.9, application/atom+xml;q=0.9, \
                      application/feed+json;q=0.9, application/pdf;q=0.9, */*;q=0.5";

/// The codings that [`unpacked`] undoes.
const ACCEPT_ENCODING: &str = "gzip, deflate, br, zstd";

/// Connections are kept this long for the next request.
const KEPT: Duration = Duration::from_secs(30);

/// Longest `Retry-After` that is taken at its word.
const LONGEST_WAIT: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// What asks.
pub(crate) struct Exchanger {
    client: Client<HttpsConnector<HttpConnector<Resolver>>, Empty<Bytes>>,
    agent: HeaderValue,
    idle: Duration,
    total: Duration,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Reply {
    /// Status and fields.
    pub(crate) head: Head,
    /// When its head came, RFC 3339.
    pub(crate) time: String,
    /// The body, free of compression; empty where the status is no success.
    pub(crate) bytes: Vec<u8>,
}

impl Exchanger {
    pub(crate) fn new(network: &Network) -> Result<Exchanger, rustls::Error> {
        let guard = Guard { allow_private: network.allow_private };
        let mut connector = HttpConnector::new_with_resolver(Resolver(guard));
        connector.enforce_http(false);
        connector.set_connect_timeout(Some(network.idle));
        connector.set_nodelay(true);
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(tls(&network.roots)?)
            .https_or_http()
            .enable_all_versions()
            .wrap_connector(connector);
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(KEPT)
            .pool_max_idle_per_host(1)
            .build(connector);
        Ok(Exchanger { client, agent: agent(network), idle: network.idle, total: network.total })
    }

    /// Asks once and reads the answer, `limit` bytes at most. The address was checked; every failure has its reason.
    pub(crate) async fn ask(
        &self,
        address: &Url,
        conditions: &[(HeaderName, &str)],
        limit: u64,
    ) -> Result<Reply, Failure> {
        match timeout(self.total, self.ask_unhurried(address, conditions, limit)).await {
            Ok(reply) => reply,
            Err(_) => Err(too_slow(self.total, "the whole answer")),
        }
    }

    async fn ask_unhurried(
        &self,
        address: &Url,
        conditions: &[(HeaderName, &str)],
        limit: u64,
    ) -> Result<Reply, Failure> {
        let uri: Uri = address[..url::Position::AfterQuery]
            .parse()
            .map_err(|_| Failure::new(FailureKind::BadAddress, "it cannot be written into a request"))?;
        let mut request = Request::new(Empty::new());
        *request.uri_mut() = uri;
        let fields = request.headers_mut();
        fields.insert(hyper::header::USER_AGENT, self.agent.clone());
        fields.insert(hyper::header::ACCEPT, HeaderValue::from_static(ACCEPT));
        fields.insert(hyper::header::ACCEPT_ENCODING, HeaderValue::from_static(ACCEPT_ENCODING));
        for (name, value) in conditions {
            if let Ok(value) = HeaderValue::from_str(value) {
                fields.insert(name, value);
            }
        }
        let asked = timeout(self.idle, self.client.request(request)).await;
        let response =
            asked.map_err(|_| too_slow(self.idle, "an answer"))?.map_err(|error| failure_of(&error))?;
        let time = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let head = Head { status: response.status().as_u16(), fields: fields_of(response.headers()) };
        if !(200..300).contains(&head.status) {
            return Ok(Reply { head, time, bytes: Vec::new() });
        }
        let promised = head.field("content-length").and_then(|length| length.parse::<u64>().ok());
        if promised.is_some_and(|length| length > limit) {
            return Err(Failure::too_large(limit));
        }
        let mut bytes = Vec::new();
        let mut body = response.into_body();
        loop {
            let frame = timeout(self.idle, body.frame())
                .await
                .map_err(|_| too_slow(self.idle, "more of the answer"))?;
            let Some(frame) = frame else { break };
            let frame = frame.map_err(|_| {
                Failure::new(
                    FailureKind::Broken,
                    "the connection broke off within the answer; try again later",
                )
            })?;
            if let Ok(data) = frame.into_data() {
                if bytes.len() as u64 + data.len() as u64 > limit {
                    return Err(Failure::too_large(limit));
                }
                bytes.extend_from_slice(&data);
            }
        }
        let bytes = unpacked(&head, bytes, limit).map_err(|refusal| {
            let kind = match refusal.0 {
                ProblemKind::TooLarge => FailureKind::TooLarge,
                _ => FailureKind::Broken,
            };
            Failure::new(kind, refusal.1)
        })?;
        Ok(Reply { head, time, bytes })
    }
}

impl Reply {
    /// How long the server asks to be left alone (RFC 9110, 10.2.3): seconds, or a moment.
    pub(crate) fn wait(&self) -> Option<Duration> {
        let value = self.head.field("retry-after")?.trim();
        let wait = match value.parse::<u64>() {
            Ok(seconds) => Duration::from_secs(seconds),
            Err(_) => {
                let moment = jiff::fmt::rfc2822::parse(value).ok()?.timestamp();
                Duration::try_from(moment.duration_since(jiff::Timestamp::now())).unwrap_or_default()
            }
        };
        Some(wait.min(LONGEST_WAIT))
    }
}

/// TLS 1.2 and 1.3 with the bundled roots of public authorities, and those given.
fn tls(roots: &[Vec<u8>]) -> Result<ClientConfig, rustls::Error> {
    let mut store = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    for root in roots {
        store.add(CertificateDer::from(root.clone()))?;
    }
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    Ok(config.with_root_certificates(store).with_no_client_auth())
}

/// Who asks, by name and version, and whom to write to.
fn agent(network: &Network) -> HeaderValue {
    let name = concat!("depeche/", env!("CARGO_PKG_VERSION"));
    let about = match &network.contact {
        Some(contact) => format!("{name} (news reader; +{contact})"),
        None => format!("{name} (news reader; robots.txt: {})", robots::NAME),
    };
    HeaderValue::from_str(&about).unwrap_or(HeaderValue::from_static(name))
}

fn fields_of(headers: &HeaderMap) -> Vec<(String, String)> {
    let field = |(name, value): (&HeaderName, &HeaderValue)| {
        (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    headers.iter().map(field).collect()
}

fn too_slow(limit: Duration, what: &str) -> Failure {
    let seconds = limit.as_secs_f32();
    Failure::new(FailureKind::Timeout, format!("{seconds} seconds went by without {what}; try again later"))
}

/// The reason behind an error of the client.
fn failure_of(error: &(dyn Error + 'static)) -> Failure {
    let mut cause = Some(error);
    let mut last = String::new();
    while let Some(current) = cause {
        if let Some(AllRefused(ip)) = current.downcast_ref() {
            return refusal(*ip);
        }
        if current.is::<NoSuchName>() {
            return Failure::new(
                FailureKind::Name,
                "there is no host of that name, or no network; check both",
            );
        }
        if let Some(error) = current.downcast_ref::<rustls::Error>() {
            let detail =
                format!("the host could not prove its name by a certificate ({error}); nothing was read");
            return Failure::new(FailureKind::Certificate, detail);
        }
        let of_system = current.downcast_ref::<io::Error>();
        if of_system.is_some_and(|error| error.kind() == io::ErrorKind::TimedOut) {
            return Failure::new(FailureKind::Timeout, "the host does not answer; try again later");
        }
        last = current.to_string();
        // The source of an error of the system is that of the error within, which would be passed over.
        cause = match of_system.and_then(io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => current.source(),
        };
    }
    let detail = format!("the host did not take the connection or broke it off ({last}); try again later");
    Failure::new(FailureKind::Connection, detail)
}
