//! Judgements are recorded at once; what follows from them is worked out behind the answers, by one worker at a time.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use crate::fault::Fault;

/// How far the worker is.
#[derive(Debug, Clone, Default)]
struct Progress {
    /// How many times it was called.
    called: u64,
    /// Whether it works.
    works: bool,
    /// Why it gave up the last time.
    fault: Option<Arc<Fault>>,
}

/// The worker of a room.
#[derive(Default)]
pub struct CatchingUp(watch::Sender<Progress>);

impl CatchingUp {
    /// Calls the worker. Where it works already, it looks again when it is through: that begins nothing.
    pub fn call(&self) -> bool {
        let mut begins = false;
        self.0.send_modify(|progress| {
            progress.called += 1;
            begins = !progress.works;
            progress.works = true;
        });
        begins
    }

    /// How many calls there were so far.
    pub fn calls(&self) -> u64 {
        self.0.borrow().called
    }

    /// Tells how it ended what was called for by then; whether there is more to do.
    pub fn ended(&self, calls: u64, done: Result<(), Fault>) -> bool {
        let mut works = false;
        self.0.send_modify(|progress| {
            progress.fault = done.err().map(Arc::new);
            progress.works = progress.fault.is_none() && progress.called > calls;
            works = progress.works;
        });
        works
    }

    /// Whether it works.
    pub fn works(&self) -> bool {
        self.0.borrow().works
    }

    /// Why it gave up the last time.
    pub fn fault(&self) -> Option<Arc<Fault>> {
        self.0.borrow().fault.clone()
    }

    /// Waits until it rests, or for so long.
    pub async fn wait(&self, most: Duration) {
        let mut watched = self.0.subscribe();
        // Running out of time is an answer too: the work goes on.
        let _ = tokio::time::timeout(most, watched.wait_for(|progress| !progress.works)).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_called_for_meanwhile_is_done_after() {
        let worker = CatchingUp::default();
        assert!(worker.call());
        let calls = worker.calls();
        assert!(!worker.call(), "it works already");
        assert!(worker.ended(calls, Ok(())), "the second call came after it had begun");
        assert!(!worker.ended(worker.calls(), Ok(())) && !worker.works());
        assert!(worker.call());
        assert!(!worker.ended(0, Err(Fault::Busy)), "what fails is not tried again and again");
        assert!(worker.fault().is_some() && worker.call());
    }
}
