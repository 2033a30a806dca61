//! What a setup hands to the person until a code shows that their app has the secret.
//!
//! Nothing of it is kept: the nonce that the seed is derived from travels with the person, signed, for ten minutes.

use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::accounts::tokens::Tokens;

const WORKS_FOR: Duration = Duration::from_secs(600);
const PROOF: &str = "second factor setup";

/// Signs a nonce for this account.
pub fn sign(tokens: &Tokens, user_id: i64, nonce: &str, now: DateTime<Utc>) -> String {
    let expires = (now + WORKS_FOR).timestamp();
    let proof = tokens.keyed_hash(PROOF, &proved(user_id, nonce, expires));
    format!("{nonce}.{expires}.{proof}")
}

/// The nonce of a setup that was signed for this account not long ago.
pub fn read(tokens: &Tokens, user_id: i64, setup: &str, now: DateTime<Utc>) -> Option<String> {
    let mut parts = setup.splitn(3, '.');
    let nonce = parts.next()?;
    let expires: i64 = parts.next()?.parse().ok()?;
    let proof = parts.next()?;
    let holds = tokens.is_keyed_hash(proof, PROOF, &proved(user_id, nonce, expires))
        && now.timestamp() < expires;
    holds.then(|| nonce.to_owned())
}

fn proved(user_id: i64, nonce: &str, expires: i64) -> String {
    format!("{user_id}\0{nonce}\0{expires}")
}
