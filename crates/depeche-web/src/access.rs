//! Who may come in, and who may change something: the password, sessions, tokens.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

/// How long a session lasts that nobody uses.
const IDLE: Duration = Duration::from_secs(12 * 3600);
/// Most sessions; the one that was used longest ago makes room.
const SESSIONS: usize = 1_000;
/// Wrong passwords that one address may give in [`WHILE`].
const TRIES: usize = 5;
/// Wrong passwords that all addresses may give in [`WHILE`].
const ALL_TRIES: usize = 50;
/// For how long wrong passwords count.
const WHILE: Duration = Duration::from_secs(60);

/// Why a password cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Too short to be one.
    #[error("a password of at least 12 characters is wanted in the first line")]
    Short,
    /// It cannot be hashed, or is no hash.
    #[error("the password cannot be used: {0}")]
    Hash(String),
}

/// What readers must know to come in, kept as Argon2id makes it.
#[derive(Debug, Clone)]
pub struct Password(String);

impl Password {
    /// From the first line of a file: the password, or what Argon2 made of it (`$argon2id$…`).
    ///
    /// # Errors
    ///
    /// Fewer than twelve characters, or a hash that is none.
    pub fn of_file(text: &str) -> Result<Password, PasswordError> {
        let line = text.lines().next().unwrap_or_default().trim();
        let hash = |error: &dyn std::fmt::Display| PasswordError::Hash(error.to_string());
        if line.starts_with("$argon2") {
            PasswordHash::new(line).map_err(|error| hash(&error))?;
            return Ok(Password(line.to_owned()));
        }
        if line.chars().count() < 12 {
            return Err(PasswordError::Short);
        }
        let made = Argon2::default().hash_password(line.as_bytes()).map_err(|error| hash(&error))?;
        Ok(Password(made.to_string()))
    }

    /// Whether these are the words. Takes as long for wrong ones.
    pub fn is(&self, words: &str) -> bool {
        let Ok(hash) = PasswordHash::new(&self.0) else { return false };
        words.len() <= 1024 && Argon2::default().verify_password(words.as_bytes(), &hash).is_ok()
    }
}

/// Sessions and tokens.
pub struct Access {
    /// The token of forms in a room without a password: nobody reads it but who can read the pages.
    token: String,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    sessions: BTreeMap<String, Session>,
    wrong: Vec<(IpAddr, Instant)>,
}

struct Session {
    token: String,
    used: Instant,
}

impl Access {
    /// Without sessions.
    pub fn new() -> Result<Access, getrandom::Error> {
        Ok(Access { token: random()?, state: Mutex::default() })
    }

    /// The token of forms in a room without a password.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The token of a session; none where it is unknown or too old.
    pub fn session(&self, id: &str, now: Instant) -> Option<String> {
        let mut state = self.state();
        let session = state.sessions.get_mut(id)?;
        if now.duration_since(session.used) > IDLE {
            state.sessions.remove(id);
            return None;
        }
        session.used = now;
        Some(session.token.clone())
    }

    /// A new session; its identifier.
    pub fn begin(&self, now: Instant) -> Result<String, getrandom::Error> {
        let (id, token) = (random()?, random()?);
        let mut state = self.state();
        state.sessions.retain(|_, session| now.duration_since(session.used) <= IDLE);
        if state.sessions.len() >= SESSIONS {
            let oldest = state.sessions.iter().min_by_key(|(_, session)| session.used);
            if let Some(oldest) = oldest.map(|(id, _)| id.clone()) {
                state.sessions.remove(&oldest);
            }
        }
        state.sessions.insert(id.clone(), Session { token, used: now });
        Ok(id)
    }

    /// Ends a session.
    pub fn end(&self, id: &str) {
        self.state().sessions.remove(id);
    }

    /// Takes one of the tries that an address has; false where it has none left. A right password gives it back.
    pub fn try_from(&self, ip: IpAddr, now: Instant) -> bool {
        let mut state = self.state();
        state.wrong.retain(|(_, time)| now.duration_since(*time) < WHILE);
        let own = state.wrong.iter().filter(|(there, _)| *there == ip).count();
        let free = own < TRIES && state.wrong.len() < ALL_TRIES;
        if free {
            state.wrong.push((ip, now));
        }
        free
    }

    /// Gives an address its tries back.
    pub fn forgive(&self, ip: IpAddr) {
        self.state().wrong.retain(|(there, _)| *there != ip);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // What is held is whole between any two steps.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether two tokens are the same; how long it takes tells nothing of where they differ.
pub fn same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    one.len() == other.len() && one.iter().zip(other).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}

/// 256 random bits, in hexadecimal.
pub fn random() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_kept_as_argon2_makes_them() {
        let password = Password::of_file("correct horse battery\nsecond line").unwrap();
        assert!(password.0.starts_with("$argon2id$") && !password.0.contains("horse"));
        assert!(password.is("correct horse battery"));
        assert!(!password.is("correct horse"));
        let again = Password::of_file(&password.0).unwrap();
        assert!(again.is("correct horse battery"));
        assert!(matches!(Password::of_file("short"), Err(PasswordError::Short)));
        assert!(matches!(Password::of_file("$argon2id$nonsense"), Err(PasswordError::Hash(_))));
    }

    #[test]
    fn wrong_passwords_are_counted_for_a_while() {
        let access = Access::new().unwrap();
        let (ip, other) = (IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2]));
        let now = Instant::now();
        assert!((0..TRIES).all(|_| access.try_from(ip, now)));
        assert!(!access.try_from(ip, now));
        assert!(access.try_from(other, now));
        assert!(access.try_from(ip, now + WHILE));
        assert!((0..200).any(|n| !access.try_from(IpAddr::from([10, 0, 1, n]), now + WHILE)));
    }

    #[test]
    fn sessions_end() {
        let access = Access::new().unwrap();
        let now = Instant::now();
        let id = access.begin(now).unwrap();
        assert!(access.session(&id, now).is_some());
        assert!(access.session("", now).is_none());
        assert!(access.session(&id, now + IDLE + Duration::from_secs(1)).is_none());
        let first = access.begin(now).unwrap();
        for n in 0..SESSIONS {
            access.begin(now + Duration::from_secs(n as u64 + 1)).unwrap();
        }
        assert!(access.session(&first, now).is_none());
    }

    #[test]
    fn tokens_are_compared() {
        assert!(same("abc", "abc"));
        assert!(!same("abc", "abd") && !same("abc", "ab") && !same("", "a"));
    }
}
