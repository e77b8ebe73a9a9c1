//! Reports that are being added. A task goes on after the answer that began it, and tells how far it is.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use depeche_pipeline::records::ProblemRecord;
use schemars::JsonSchema;
use serde::Serialize;
use tokio::sync::watch;

use crate::access::random;
use crate::fault::Fault;

/// Tasks that are remembered; of more, the oldest that is over is forgotten.
const REMEMBERED: usize = 50;
/// Outcomes and problems of a task that are remembered, each; of more, only how many.
const TOLD: usize = 500;

/// Where a task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// Another change is being made.
    Waiting,
    /// Addresses are asked, one after the other on each host.
    Fetching,
    /// Inputs are read.
    Reading,
    /// All are in; the dossier is brought up to date.
    Resolving,
    /// The dossier shows them.
    Done,
    /// It could not be done; what was told as kept is kept.
    Failed,
}

/// How far a task is.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Progress {
    /// Where it stands.
    pub phase: Phase,
    /// Files, texts and addresses that were brought; each may hold many reports, or none.
    pub inputs: usize,
    /// Addresses that were had.
    pub fetched: usize,
    /// Reports that were read.
    pub reports: usize,
    /// The first of them.
    pub outcomes: Vec<Outcome>,
    /// What could not be read as it should.
    pub problems: Vec<ProblemRecord>,
    /// Why it failed.
    #[serde(skip)]
    pub fault: Option<Arc<Fault>>,
}

/// What came of a report.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Outcome {
    /// Its identifier.
    pub report: String,
    /// `new`, `version`, `reread` or `known`.
    pub outcome: &'static str,
}

impl Progress {
    /// Whether nothing more will come.
    pub fn is_over(&self) -> bool {
        matches!(self.phase, Phase::Done | Phase::Failed)
    }

    /// A report was read.
    pub fn kept(&mut self, report: &str, outcome: &'static str) {
        self.reports += 1;
        if self.outcomes.len() < TOLD {
            self.outcomes.push(Outcome { report: report.to_owned(), outcome });
        }
    }

    /// Something was not as it should be.
    pub fn met(&mut self, problem: ProblemRecord) {
        if self.problems.len() < TOLD {
            self.problems.push(problem);
        }
    }
}

/// A task.
pub struct Task {
    /// By which it is asked for; nobody guesses it.
    pub id: String,
    progress: watch::Sender<Progress>,
}

impl Task {
    /// How far it is.
    pub fn progress(&self) -> Progress {
        self.progress.borrow().clone()
    }

    /// Goes on.
    pub fn tell(&self, change: impl FnOnce(&mut Progress)) {
        self.progress.send_modify(change);
    }

    /// Waits until it is over, or for so long.
    pub async fn wait(&self, most: Duration) {
        let mut watched = self.progress.subscribe();
        // Running out of time is an answer too: the task goes on.
        let _ = tokio::time::timeout(most, watched.wait_for(Progress::is_over)).await;
    }
}

/// The tasks of a room.
#[derive(Default)]
pub struct Tasks(Mutex<VecDeque<Arc<Task>>>);

impl Tasks {
    /// A new task; none where so many are under way that no more can be remembered.
    ///
    /// # Errors
    ///
    /// A system without random numbers, and too many tasks.
    pub fn begin(&self, inputs: usize) -> Result<Arc<Task>, Fault> {
        let id = random().map_err(|error| Fault::Own(error.to_string()))?;
        let (outcomes, problems) = (Vec::new(), Vec::new());
        let progress = Progress {
            phase: Phase::Waiting,
            inputs,
            fetched: 0,
            reports: 0,
            outcomes,
            problems,
            fault: None,
        };
        let task = Arc::new(Task { id: id.chars().take(32).collect(), progress: watch::channel(progress).0 });
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= REMEMBERED {
            let over = all.iter().position(|task| task.progress.borrow().is_over());
            all.remove(over.ok_or(Fault::Busy)?);
        }
        all.push_back(Arc::clone(&task));
        Ok(task)
    }

    /// A task by its identifier.
    pub fn named(&self, id: &str) -> Option<Arc<Task>> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().find(|task| task.id == id).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_task_that_is_over_is_forgotten() {
        let tasks = Tasks::default();
        let begun: Vec<_> = (0..REMEMBERED).map(|_| tasks.begin(1).unwrap()).collect();
        assert!(matches!(tasks.begin(1), Err(Fault::Busy)));
        begun[7].tell(|progress| progress.phase = Phase::Done);
        assert!(tasks.begin(1).is_ok());
        assert!(tasks.named(&begun[7].id).is_none() && tasks.named(&begun[0].id).is_some());
    }

    #[test]
    fn no_task_remembers_without_end() {
        let task = Tasks::default().begin(1).unwrap();
        (0..TOLD + 10).for_each(|n| task.tell(|progress| progress.kept(&n.to_string(), "new")));
        let progress = task.progress();
        assert_eq!((progress.reports, progress.outcomes.len()), (TOLD + 10, TOLD));
    }
}
