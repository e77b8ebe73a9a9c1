//! What went wrong, its status, and what to do.

use axum::http::StatusCode;
use depeche_interface::Interface;
use depeche_pipeline::store::StoreError;
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::Serialize;

/// Why a request cannot be answered.
#[derive(Debug)]
pub enum Fault {
    /// There is no such page or item.
    Unknown(String),
    /// It goes by another address now.
    Moved(String),
    /// Something that cannot be asked or done: the key of the words that say why, and what was given.
    Bad(&'static str, String),
    /// The dossier cannot be read or written.
    Store(StoreError),
    /// Nobody may do that here: the key of the words that say why.
    Forbidden(&'static str),
    /// A password is wanted.
    Closed,
    /// Too many wrong passwords.
    TooMany,
    /// A body that is larger than what is taken in.
    TooLarge,
    /// All that answers is busy, or it took too long.
    Busy,
    /// Another method is wanted.
    Method,
    /// A fault of the program.
    Own(String),
}

/// A fault as programs read it.
#[derive(Serialize, JsonSchema)]
pub struct FaultRecord {
    /// What went wrong.
    pub error: FaultBody,
}

/// What went wrong, as programs read it.
#[derive(Serialize, JsonSchema)]
pub struct FaultBody {
    /// Status of the answer.
    pub status: u16,
    /// What went wrong.
    pub message: String,
    /// What to do.
    pub advice: String,
}

impl Fault {
    /// Something that cannot be asked.
    pub fn bad(key: &'static str, given: impl Into<String>) -> Fault {
        Fault::Bad(key, given.into())
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Fault::Moved(_) => StatusCode::SEE_OTHER,
            Fault::Unknown(_) | Fault::Store(StoreError::Unknown { .. }) => StatusCode::NOT_FOUND,
            Fault::Bad(..) => StatusCode::BAD_REQUEST,
            Fault::Store(_) | Fault::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Fault::Forbidden(_) => StatusCode::FORBIDDEN,
            Fault::Closed => StatusCode::UNAUTHORIZED,
            Fault::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Fault::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Fault::Method => StatusCode::METHOD_NOT_ALLOWED,
            Fault::Own(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What went wrong, and what to do.
    pub fn words(&self, interface: &Interface) -> (String, String) {
        let with = |key: &str, given: &str| interface.tell(key, &[("given", given.to_owned().into())]);
        let say = |key: &str| interface.say(key);
        match self {
            Fault::Moved(id) | Fault::Unknown(id) | Fault::Store(StoreError::Unknown { id }) => {
                (with("fault-unknown", id), say("fault-unknown-advice"))
            }
            Fault::Bad(key, given) => (with(key, given), say("fault-bad-advice")),
            Fault::Store(error) => match error {
                StoreError::Missing => (say("fault-missing"), say("fault-missing-advice")),
                StoreError::Busy => (say("fault-busy"), say("fault-busy-advice")),
                StoreError::Full => (say("fault-full"), say("fault-full-advice")),
                StoreError::ReadOnly => (say("fault-read-only"), say("fault-read-only-advice")),
                other => (with("fault-store", &other.to_string()), say("fault-store-advice")),
            },
            Fault::Forbidden(key) => (say(key), say("fault-forbidden-advice")),
            Fault::Closed => (say("fault-closed"), say("fault-closed-advice")),
            Fault::TooMany => (say("fault-too-many"), say("fault-too-many-advice")),
            Fault::TooLarge => (say("fault-too-large"), say("fault-too-large-advice")),
            Fault::Busy => (say("fault-busy"), say("fault-busy-advice")),
            Fault::Method => (say("fault-method"), say("fault-method-advice")),
            Fault::Own(why) => (with("fault-own", why), say("fault-own-advice")),
        }
    }

    /// As programs read it.
    pub fn record(&self, interface: &Interface) -> FaultRecord {
        let (message, advice) = self.words(interface);
        FaultRecord { error: FaultBody { status: self.status().as_u16(), message, advice } }
    }

    /// As people read it.
    pub fn show(&self, interface: &Interface) -> Markup {
        let (message, advice) = self.words(interface);
        html! {
            p.lead { (message) }
            p { (advice) }
            p { a href="/" { (interface.say("room-back")) } }
        }
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Fault {
        Fault::Store(error)
    }
}
