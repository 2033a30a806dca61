//! Access tokens and refresh tokens: made and read here, nowhere else.
//!
//! A refresh token is `session.generation.proof`, where the proof is an HMAC over the session's own random secret
//! and the generation. Nothing that opens a session is stored as it is, and yet the current token can be given
//! again to a tab that lost the answer.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::sessions::entity as session;
use crate::config::Config;
use crate::database::Engine;
use crate::problem::ApiError;
use crate::start_error::StartError;

const SECRET_BYTES: usize = 32;

/// Makes and checks tokens with the service's secret.
#[derive(Clone)]
pub struct Tokens(Arc<Keys>);

struct Keys {
    secret: Vec<u8>,
    encoding: EncodingKey,
    decoding: DecodingKey,
    access_for: Duration,
}

/// What an access token says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Claims {
    /// The user's id.
    pub sub: i64,
    /// The session's id.
    pub sid: i64,
    pub exp: i64,
}

/// What a refresh token says, before its proof is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefreshToken {
    pub session_id: i64,
    pub generation: i64,
    proof: Vec<u8>,
}

impl Tokens {
    /// Takes the secret from the settings, or makes one in the data folder; PostgreSQL's processes must share one.
    pub fn from_config(config: &Config, engine: Engine) -> Result<Self, StartError> {
        let secret = match config.auth.secret.reveal() {
            "" if engine == Engine::Postgres => {
                return Err(StartError::Setting(
                    "auth.secret must be set on PostgreSQL, the same for all processes".to_owned(),
                ));
            }
            "" => kept_secret(&config.data.join("secret"))?,
            secret if secret.len() < SECRET_BYTES => {
                return Err(StartError::Setting(format!(
                    "auth.secret must be at least {SECRET_BYTES} characters long"
                )));
            }
            secret => secret.as_bytes().to_vec(),
        };
        Ok(Self(Arc::new(Keys {
            encoding: EncodingKey::from_secret(&secret),
            decoding: DecodingKey::from_secret(&secret),
            secret,
            access_for: config.auth.access_for,
        })))
    }

    pub fn access_for(&self) -> Duration {
        self.0.access_for
    }

    pub fn access_token(
        &self,
        session: &session::Model,
        now: DateTime<Utc>,
    ) -> Result<String, ApiError> {
        let claims = Claims {
            sub: session.user_id,
            sid: session.id,
            exp: (now + self.0.access_for).timestamp(),
        };
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.0.encoding)
            .map_err(ApiError::ours)
    }

    /// The claims of a token that is ours and has not expired.
    pub fn read_access_token(&self, token: &str, now: DateTime<Utc>) -> Option<Claims> {
        let mut validation = Validation::new(Algorithm::HS256);
        // Expiry is checked against our own clock, below.
        validation.validate_exp = false;
        let claims = jsonwebtoken::decode::<Claims>(token, &self.0.decoding, &validation)
            .ok()?
            .claims;
        (claims.exp > now.timestamp()).then_some(claims)
    }

    /// The session's current refresh token.
    pub fn refresh_token(&self, session: &session::Model) -> String {
        let proof = self
            .proof(session, session.generation)
            .finalize()
            .into_bytes();
        format!(
            "{}.{}.{}",
            session.id,
            session.generation,
            URL_SAFE_NO_PAD.encode(proof)
        )
    }

    /// Is this one of the session's refresh tokens, of whatever generation?
    pub fn proves(&self, token: &RefreshToken, session: &session::Model) -> bool {
        session.id == token.session_id
            && self
                .proof(session, token.generation)
                .verify_slice(&token.proof)
                .is_ok()
    }

    /// A keyed hash for what must be found again but not read, such as a one-time link.
    pub fn keyed_hash(&self, purpose: &str, text: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.derive(purpose, text))
    }

    /// Is this that text's keyed hash? It takes as long wherever the two differ.
    pub fn is_keyed_hash(&self, hash: &str, purpose: &str, text: &str) -> bool {
        URL_SAFE_NO_PAD
            .decode(hash)
            .is_ok_and(|hash| self.keyed(purpose, text).verify_slice(&hash).is_ok())
    }

    /// Bytes that only this service can make out of a text, for this purpose.
    pub fn derive(&self, purpose: &str, text: &str) -> [u8; 32] {
        self.keyed(purpose, text).finalize().into_bytes().into()
    }

    fn keyed(&self, purpose: &str, text: &str) -> Hmac<Sha256> {
        self.mac()
            .chain_update(purpose)
            .chain_update([0])
            .chain_update(text)
    }

    fn proof(&self, session: &session::Model, generation: i64) -> Hmac<Sha256> {
        self.mac()
            .chain_update("refresh\0")
            .chain_update(session.id.to_be_bytes())
            .chain_update(generation.to_be_bytes())
            .chain_update(&session.secret)
    }

    fn mac(&self) -> Hmac<Sha256> {
        #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
        Hmac::new_from_slice(&self.0.secret).expect("a key of any length")
    }
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Tokens(***)")
    }
}

impl RefreshToken {
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '.');
        Some(Self {
            session_id: parts.next()?.parse().ok()?,
            generation: parts.next()?.parse().ok()?,
            proof: URL_SAFE_NO_PAD.decode(parts.next()?).ok()?,
        })
    }
}

/// A random text that cannot be guessed.
pub fn random_text() -> Result<String, ApiError> {
    Ok(URL_SAFE_NO_PAD.encode(random_bytes()?))
}

/// Bytes that cannot be guessed.
pub fn random_bytes() -> Result<[u8; SECRET_BYTES], ApiError> {
    let mut bytes = [0; SECRET_BYTES];
    getrandom::fill(&mut bytes).map_err(ApiError::ours)?;
    Ok(bytes)
}

/// Reads the secret in the data folder, or makes it there, for its owner's eyes only.
fn kept_secret(file: &Path) -> Result<Vec<u8>, StartError> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;

    if !file.exists() {
        let secret = random_text().map_err(|error| StartError::Setting(error.to_string()))?;
        // Written aside and linked into place, so that of two processes starting at once both read the same one.
        let aside = file.with_extension(std::process::id().to_string());
        let mut written = std::fs::OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&aside)?;
        written.write_all(secret.as_bytes())?;
        written.sync_all()?;
        match std::fs::hard_link(&aside, file) {
            Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
                return Err(error.into());
            }
            _ => std::fs::remove_file(&aside)?,
        }
    }
    Ok(std::fs::read(file)?)
}
