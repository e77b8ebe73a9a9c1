//! Fetching: rules of the site, turns, redirects and further attempts around each exchange.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use depeche_record::Fetched;
use hyper::header::{HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH};
use tokio::runtime::Runtime;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use url::Url;

use super::Network;
use super::exchange::{Exchanger, Reply};
use super::failure::{Failure, FailureKind};
use super::guard::Guard;
use super::pace::Pace;
use super::robots::{self, Known, Rules};

/// Redirects that are followed.
const MOST_REDIRECTS: usize = 10;

/// Hosts that are asked at the same time.
const HOSTS_AT_A_TIME: usize = 8;

/// What is to be fetched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// The address.
    pub address: String,
    /// The mark (`ETag`) of the version that is at hand.
    pub etag: Option<String>,
    /// When that version was last changed (`Last-Modified`), as the server said.
    pub last_modified: Option<String>,
}

impl Request {
    /// A request for whatever is there.
    pub fn new(address: impl Into<String>) -> Request {
        Request { address: address.into(), ..Request::default() }
    }
}

/// What came of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A document.
    Document(Document),
    /// The version at hand is still the one.
    Unchanged(Fetched),
}

/// A document as it was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Where it was found, after all redirects, without its fragment.
    pub address: String,
    /// Its bytes, free of the compression for transport.
    pub bytes: Vec<u8>,
    /// The exchange that it came by.
    pub fetched: Fetched,
}

/// Fetches documents. Keeps connections, rules of sites and turns for all its requests.
pub struct Fetcher {
    runtime: Runtime,
    inner: Arc<Inner>,
}

/// Why the network cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FetcherError {
    /// The system refused what waiting for the network needs.
    #[error("the system refused to wait for the network")]
    Runtime(#[from] std::io::Error),
    /// A certificate given as trusted is none.
    #[error("a certificate given as trusted cannot be used")]
    Root(#[from] rustls::Error),
}

struct Inner {
    network: Network,
    guard: Guard,
    exchanger: Exchanger,
    pace: Pace,
    rules: Known,
}

impl Fetcher {
    /// A fetcher; nothing is sent yet.
    pub fn new(network: Network) -> Result<Fetcher, FetcherError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let exchanger = Exchanger::new(&network)?;
        let guard = Guard { allow_private: network.allow_private };
        let (pace, rules) = (Pace::default(), Known::default());
        Ok(Fetcher { runtime, inner: Arc::new(Inner { network, guard, exchanger, pace, rules }) })
    }

    /// Fetches one document.
    pub fn fetch(&self, request: &Request) -> Result<Answer, Failure> {
        self.runtime.block_on(self.inner.fetch(request))
    }

    /// Fetches several, those of one host one after the other, eight hosts at a time. Hands each answer to `take` as it
    /// comes, with the number of its request, until `take` breaks off.
    pub fn fetch_each(
        &self,
        requests: Vec<Request>,
        mut take: impl FnMut(usize, Result<Answer, Failure>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let mut hosts: BTreeMap<String, Vec<(usize, Request)>> = BTreeMap::new();
        for (number, request) in requests.into_iter().enumerate() {
            let address = Url::parse(&request.address);
            let host = address.ok().and_then(|address| address.host_str().map(str::to_owned));
            hosts.entry(host.unwrap_or_default()).or_default().push((number, request));
        }
        self.runtime.block_on(async {
            let (sender, mut answers) = mpsc::channel(1);
            let places = Arc::new(Semaphore::new(HOSTS_AT_A_TIME));
            let mut running = JoinSet::new();
            for requests in hosts.into_values() {
                let (inner, places, sender) = (Arc::clone(&self.inner), Arc::clone(&places), sender.clone());
                running.spawn(async move {
                    let Ok(_place) = places.acquire().await else { return };
                    for (number, request) in requests {
                        let answer = inner.fetch(&request).await;
                        if sender.send((number, answer)).await.is_err() {
                            return;
                        }
                    }
                });
            }
            drop(sender);
            while let Some((number, answer)) = answers.recv().await {
                take(number, answer)?;
            }
            ControlFlow::Continue(())
        })
    }
}

impl Inner {
    async fn fetch(&self, request: &Request) -> Result<Answer, Failure> {
        let mut redirects: Vec<String> = Vec::new();
        let mut address = parse(&request.address)?;
        loop {
            self.guard.check(&address)?;
            let rules = self.rules_of(&address).await;
            rules.permit(&address)?;
            let reply = self.ask_patiently(&address, request, rules.delay()).await?;
            let status = reply.head.status;
            match status {
                200..=299 => {
                    let Reply { head, time, bytes } = reply;
                    let fetched = Fetched { time: Some(time), redirects, status, headers: head.fields };
                    return Ok(Answer::Document(Document { address: address.into(), bytes, fetched }));
                }
                304 => {
                    let Reply { head, time, .. } = reply;
                    let fetched = Fetched { time: Some(time), redirects, status, headers: head.fields };
                    return Ok(Answer::Unchanged(fetched));
                }
                301 | 302 | 303 | 307 | 308 => {
                    let next = next_of(&address, &reply)?;
                    redirects.push(address.into());
                    if redirects.len() > MOST_REDIRECTS || redirects.contains(&String::from(next.clone())) {
                        let detail = "its redirects lead in a circle, or on and on; check the address";
                        return Err(Failure::new(FailureKind::Redirects, detail));
                    }
                    address = next;
                }
                _ => return Err(Failure::status(status, reply.wait())),
            }
        }
    }

    /// Asks, and asks again when what stopped it may pass.
    async fn ask_patiently(
        &self,
        address: &Url,
        request: &Request,
        delay: Duration,
    ) -> Result<Reply, Failure> {
        let mut conditions: Vec<(HeaderName, &str)> = Vec::new();
        conditions.extend(request.etag.as_deref().map(|etag| (IF_NONE_MATCH, etag)));
        conditions.extend(request.last_modified.as_deref().map(|time| (IF_MODIFIED_SINCE, time)));
        let host = address.host_str().unwrap_or_default();
        let pause = delay.max(self.network.delay);
        let mut backoff = self.network.backoff;
        for attempt in 0.. {
            let turn = self.pace.turn(host).await;
            let begun = Instant::now();
            let asked = self.exchanger.ask(address, &conditions, self.network.max_bytes).await;
            let failure = match asked {
                Ok(reply) if reply.head.status < 400 => {
                    turn.rest(pause);
                    return Ok(reply);
                }
                Ok(reply) => Failure::status(reply.head.status, reply.wait()),
                Err(failure) => failure,
            };
            let wait = failure.wait.unwrap_or_default().max(backoff);
            // What took all the time there is would take it again.
            let took_all = begun.elapsed() >= self.network.total;
            let may_pass = failure.kind.may_pass() && !took_all && wait <= self.network.patience;
            if attempt >= self.network.retries || !may_pass {
                turn.rest(pause);
                return Err(failure);
            }
            // The host is left alone meanwhile by all requests, for what stopped one would stop the next.
            turn.rest(wait.max(pause));
            backoff = backoff.saturating_mul(2);
        }
        Err(Failure::new(FailureKind::Connection, "it could not be fetched; try again later"))
    }

    /// What the site asks of programs; asked for once.
    async fn rules_of(&self, address: &Url) -> Rules {
        let site = address.origin().ascii_serialization();
        if let Some(rules) = self.rules.get(&site) {
            return rules;
        }
        let rules = self.ask_for_rules(address).await;
        self.rules.keep(site, rules.clone());
        rules
    }

    async fn ask_for_rules(&self, address: &Url) -> Rules {
        let Ok(mut address) = address.join("/robots.txt") else { return Rules::Free };
        for _ in 0..=robots::REDIRECTS {
            if let Err(failure) = self.guard.check(&address) {
                return Rules::Unknown(failure);
            }
            let turn = self.pace.turn(address.host_str().unwrap_or_default()).await;
            let asked = self.exchanger.ask(&address, &[], self.network.max_bytes).await;
            turn.rest(Duration::ZERO);
            match asked {
                Ok(reply) => match reply.head.status {
                    200..=299 => return Rules::read(&reply.bytes),
                    301 | 302 | 303 | 307 | 308 => match next_of(&address, &reply) {
                        Ok(next) => address = next,
                        Err(_) => return Rules::Free,
                    },
                    status @ (429 | 500..=599) => {
                        let mut failure = Failure::status(status, reply.wait());
                        failure.detail =
                            format!("what its robots.txt asks could not be learnt: {}", failure.detail);
                        return Rules::Unknown(failure);
                    }
                    _ => return Rules::Free,
                },
                Err(failure) => return Rules::Unknown(failure),
            }
        }
        Rules::Free
    }
}

fn parse(address: &str) -> Result<Url, Failure> {
    let mut address = Url::parse(address.trim())
        .map_err(|error| Failure::new(FailureKind::BadAddress, format!("it is no address: {error}")))?;
    address.set_fragment(None);
    Ok(address)
}

/// Where an answer redirects to.
fn next_of(address: &Url, reply: &Reply) -> Result<Url, Failure> {
    let location = reply.head.field("location").unwrap_or_default();
    let mut next = match location.is_empty() {
        true => Err(url::ParseError::EmptyHost),
        false => address.join(location),
    }
    .map_err(|_| Failure::new(FailureKind::Redirects, "it redirects to what is no address"))?;
    next.set_fragment(None);
    Ok(next)
}
