//! One request a host at a time, with a pause between them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::OwnedMutexGuard;
use tokio::time::Instant;

/// The hosts that were asked, each with the moment from which it may be asked again.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    hosts: Mutex<HashMap<String, Arc<tokio::sync::Mutex<Option<Instant>>>>>,
}

/// The turn of one request; the host's next waits until it is given back.
pub(crate) struct Turn(OwnedMutexGuard<Option<Instant>>);

impl Pace {
    /// Waits until the host may be asked.
    pub(crate) async fn turn(&self, host: &str) -> Turn {
        let host = {
            let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(hosts.entry(host.to_owned()).or_default())
        };
        let turn = host.lock_owned().await;
        if let Some(moment) = *turn {
            tokio::time::sleep_until(moment).await;
        }
        Turn(turn)
    }
}

impl Turn {
    /// Gives the turn back; the host is left alone for a while.
    pub(crate) fn rest(mut self, pause: Duration) {
        *self.0 = Some(Instant::now() + pause);
    }
}
