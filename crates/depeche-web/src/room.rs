//! The dossier that is shown, and the connections to it.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use depeche_interface::Interface;
use depeche_pipeline::acquire::Network;
use depeche_pipeline::store::{Dossier, Readers, StoreError};
use depeche_pipeline::{Pipeline, Settings as Stages};
use depeche_record::Language;
use tokio::sync::Semaphore;

use crate::access::{Access, Password};
use crate::catching_up::CatchingUp;
use crate::fault::Fault;
use crate::tasks::Tasks;

/// Questions that are answered at a time; further ones wait.
const AT_ONCE: usize = 8;
/// How long a question may wait and take.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the reading room is told.
pub struct Settings {
    /// The file of the dossier.
    pub dossier: PathBuf,
    /// Where it listens.
    pub listen: SocketAddr,
    /// Names under which browsers may ask for it, beside those of this machine.
    pub hosts: Vec<String>,
    /// The language of those who chose none.
    pub language: Language,
    /// Whether nothing may be added or decided.
    pub read_only: bool,
    /// How addresses that readers bring are fetched; none where none may be.
    pub fetch: Option<Network>,
    /// Whether browsers come by TLS alone, which a server before this one takes off: cookies are then sent by it alone.
    pub secure: bool,
    /// What readers must know to come in.
    pub password: Option<Password>,
    /// The time, RFC 3339 in UTC: the room itself reads no clock that shows in a dossier.
    pub clock: fn() -> String,
}

/// Why a room cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum RoomError {
    /// The dossier cannot be opened.
    #[error("{path}: {error}")]
    Store {
        /// The file.
        path: String,
        /// Why.
        error: StoreError,
    },
    /// Others could come in.
    #[error(
        "{0} can be reached from other machines: name a password with --password-file, or listen on 127.0.0.1"
    )]
    Open(SocketAddr),
    /// The system gives no random numbers.
    #[error("the system gives no random numbers: {0}")]
    Random(getrandom::Error),
    /// The address is taken or not of this machine.
    #[error("{address}: cannot listen there ({error}); choose another port with --listen")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        error: std::io::Error,
    },
}

/// The room: settings, connections, words.
pub struct Room {
    /// What it was told.
    pub settings: Settings,
    /// Who may come in, and do what.
    pub access: Access,
    interfaces: Vec<Interface>,
    readers: Readers,
    turns: Semaphore,
    /// Made when it is first needed: it takes a while.
    pipeline: OnceLock<Pipeline>,
    /// Who changes what is shown changes it alone.
    pub changes: Semaphore,
    /// Who records something records it alone; that takes no longer than the disk does.
    records: Semaphore,
    /// What works judgements in.
    pub catching_up: CatchingUp,
    /// Who exports holds the whole dossier, and does it alone.
    pub exports: Semaphore,
    /// The additions under way.
    pub tasks: Tasks,
}

impl Room {
    /// A room, whose dossier can be opened.
    pub fn open(settings: Settings) -> Result<Arc<Room>, RoomError> {
        if !settings.listen.ip().is_loopback() && settings.password.is_none() {
            return Err(RoomError::Open(settings.listen));
        }
        let path = settings.dossier.display().to_string();
        let readers = Readers::open(&settings.dossier).map_err(|error| RoomError::Store { path, error })?;
        Ok(Arc::new(Room {
            access: Access::new().map_err(RoomError::Random)?,
            interfaces: Interface::LANGUAGES.map(Interface::new).into(),
            readers,
            turns: Semaphore::new(AT_ONCE),
            pipeline: OnceLock::new(),
            changes: Semaphore::new(1),
            records: Semaphore::new(1),
            catching_up: CatchingUp::default(),
            exports: Semaphore::new(1),
            tasks: Tasks::default(),
            settings,
        }))
    }

    /// The words in a language; in English where there are none in that.
    pub fn interface(&self, language: Language) -> &Interface {
        let there = self.interfaces.iter().find(|interface| interface.language() == language);
        // LANGUAGES is not empty.
        there.unwrap_or_else(|| &self.interfaces[self.interfaces.len() - 1])
    }

    /// A cookie that no script can read and no other site uses.
    pub fn cookie(&self, name: &str, value: &str, age: Option<u32>) -> String {
        let secure = if self.settings.secure { "; Secure" } else { "" };
        let age = age.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
        format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict{secure}{age}")
    }

    /// Whether others than who serves it can come in.
    pub fn is_shared(&self) -> bool {
        self.settings.password.is_some() || !self.settings.listen.ip().is_loopback()
    }

    /// The name of the dossier: that of its file.
    pub fn name(&self) -> String {
        let path = &self.settings.dossier;
        path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
    }

    /// Whether browsers may name this host: an address of this machine, or a name that was told. Another name may be
    /// anybody's, made to lead here so that a page of theirs may read this one.
    pub fn knows_host(&self, host: &str) -> bool {
        let name = match host.strip_prefix('[') {
            Some(rest) => rest.split(']').next().unwrap_or_default(),
            None => host.rsplit_once(':').map_or(host, |(name, _)| name),
        };
        let told = || self.settings.hosts.iter().any(|there| there.eq_ignore_ascii_case(name));
        let here = match name.parse::<IpAddr>() {
            Ok(ip) if self.settings.listen.ip().is_loopback() => ip.is_loopback(),
            Ok(ip) => {
                self.settings.listen.ip().is_unspecified()
                    || ip == self.settings.listen.ip()
                    || ip.is_loopback()
            }
            Err(_) => name.eq_ignore_ascii_case("localhost"),
        };
        here || told()
    }

    /// Asks the dossier, on a thread of its own. A dossier that took the place of the one before is opened anew.
    pub async fn ask<T: Send + 'static>(
        self: &Arc<Room>,
        questions: impl FnOnce(&Room, &Dossier) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let room = Arc::clone(self);
        self.work(move || {
            // A page that is not there says nothing against the connection.
            let answer = room.readers.ask(|dossier| match questions(&room, dossier) {
                Err(Fault::Store(error)) => Err(error),
                answer => Ok(answer),
            });
            answer?
        })
        .await
    }

    /// Does what waits on the disk or takes long, on a thread of its own.
    pub async fn work<T: Send + 'static>(
        self: &Arc<Room>,
        work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let done = async {
            let _turn = self.turns.acquire().await.map_err(|_| Fault::Busy)?;
            match tokio::task::spawn_blocking(work).await {
                Ok(done) => done,
                Err(_) => Err(Fault::Own("a page could not be made".to_owned())),
            }
        };
        tokio::time::timeout(PATIENCE, done).await.unwrap_or(Err(Fault::Busy))
    }

    /// Changes the dossier, one change at a time. A reader who does not wait for the end leaves the change to be made.
    pub async fn change<T: Send + 'static>(
        self: &Arc<Room>,
        change: impl FnOnce(&Room, &mut Dossier) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let _turn = self.changes.acquire().await.map_err(|_| Fault::Busy)?;
        self.write(change).await
    }

    /// Records something in the dossier at once, whatever change is being made; what it shows is left as it was.
    pub async fn record<T: Send + 'static>(
        self: &Arc<Room>,
        record: impl FnOnce(&Room, &mut Dossier) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let _turn = self.records.acquire().await.map_err(|_| Fault::Busy)?;
        self.write(record).await
    }

    async fn write<T: Send + 'static>(
        self: &Arc<Room>,
        write: impl FnOnce(&Room, &mut Dossier) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let room = Arc::clone(self);
        let work = move || {
            let mut dossier = Dossier::open_to_write(&room.settings.dossier)?;
            write(&room, &mut dossier)
        };
        match tokio::task::spawn_blocking(work).await {
            Ok(done) => done,
            Err(_) => Err(Fault::Own("the change could not be made".to_owned())),
        }
    }

    /// Works what was judged into what is shown, behind the answers.
    pub fn catch_up(self: &Arc<Room>) {
        if !self.catching_up.call() {
            return;
        }
        let room = Arc::clone(self);
        tokio::spawn(async move {
            loop {
                let calls = room.catching_up.calls();
                let done = room.change(|room, dossier| {
                    if !dossier.is_current()? {
                        room.pipeline()?.show(dossier, &(room.settings.clock)(), "judge")?;
                    }
                    Ok(())
                });
                if !room.catching_up.ended(calls, done.await) {
                    break;
                }
            }
        });
    }

    /// The stages.
    pub fn pipeline(&self) -> Result<&Pipeline, Fault> {
        if let Some(pipeline) = self.pipeline.get() {
            return Ok(pipeline);
        }
        let made = Pipeline::new(Stages::default()).map_err(|error| Fault::Own(error.to_string()))?;
        Ok(self.pipeline.get_or_init(|| made))
    }
}
