//! Passwords: weighed when they are chosen, kept as argon2id hashes, checked a few at a time.
//!
//! Weighing takes milliseconds; one check takes some 20 ms of a processor and 19 MB. Each runs beside the requests, and no more at once than
//! there are processors, so that a flood of sign-ins slows down sign-ins alone.

mod change;
pub mod reset;
pub mod routes;
pub mod strength;

use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use contract::accounts::password::PasswordStrength;
use contract::problem::FieldErrors;
use tokio::sync::Semaphore;

use crate::config::Secret;
use crate::problem::ApiError;

/// Hashes and checks passwords, in turns.
#[derive(Clone, Debug)]
pub struct Passwords(Arc<Semaphore>);

impl Passwords {
    pub fn new() -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Self(Arc::new(Semaphore::new(processors)))
    }

    /// The hash of a password that somebody has chosen; one that can be guessed is refused. The words are those that
    /// do not count ([`strength::words`]).
    pub async fn choose(&self, password: Secret, words: Vec<String>) -> Result<String, ApiError> {
        self.in_turn(move || {
            strength::check(&strength::weigh(password.reveal(), &words))
                .map_err(|error| FieldErrors::one("password", error))?;
            hash(&password)
        })
        .await?
    }

    /// Weighs a password that somebody thinks of.
    pub async fn weigh(
        &self,
        password: Secret,
        words: Vec<String>,
    ) -> Result<PasswordStrength, ApiError> {
        self.in_turn(move || strength::weigh(password.reveal(), &words))
            .await
    }

    /// The hash of a password that nobody chose, or that everybody may know.
    pub async fn hash(&self, password: Secret) -> Result<String, ApiError> {
        self.in_turn(move || hash(&password)).await?
    }

    /// Is this the password? Without a hash (there is no such account) the answer takes as long as with one.
    pub async fn check(&self, password: Secret, hash: Option<String>) -> Result<bool, ApiError> {
        self.in_turn(move || check(&password, hash.as_deref()))
            .await?
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ApiError> {
        let turn = self.0.clone().acquire_owned().await;
        let turn = turn.map_err(ApiError::ours)?;
        tokio::task::spawn_blocking(move || {
            let done = work();
            // Kept until the work is done, also where whoever asked has hung up.
            drop(turn);
            done
        })
        .await
        .map_err(ApiError::ours)
    }
}

impl Default for Passwords {
    fn default() -> Self {
        Self::new()
    }
}

fn hash(password: &Secret) -> Result<String, ApiError> {
    let hash: PasswordHash = Argon2::default()
        .hash_password(password.reveal().as_bytes())
        .map_err(ApiError::ours)?;
    Ok(hash.to_string())
}

fn check(password: &Secret, kept: Option<&str>) -> Result<bool, ApiError> {
    let Some(kept) = kept.and_then(|kept| PasswordHash::new(kept).ok()) else {
        hash(password)?;
        return Ok(false);
    };
    Ok(Argon2::default()
        .verify_password(password.reveal().as_bytes(), &kept)
        .is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_password_itself_is_taken() {
        let kept = hash(&Secret::new("correct horse battery")).unwrap();
        assert!(kept.starts_with("$argon2id$"));
        assert!(check(&Secret::new("correct horse battery"), Some(&kept)).unwrap());
        assert!(!check(&Secret::new("correct horse"), Some(&kept)).unwrap());
        assert!(!check(&Secret::new(""), Some("")).unwrap());
        assert!(!check(&Secret::new("anything"), None).unwrap());
    }
}
