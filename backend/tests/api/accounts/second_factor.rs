//! The second factor: codes of an app, recovery codes, and who must have one.

mod codes;
mod required;
mod turning;

use contract::accounts::second_factor::{RecoveryCodes, SecondFactorSetup};
use golub::clock::Clock;
use serde_json::{Value, json};
use totp_rs::Builder;

use crate::support::app::PASSWORD;
use crate::support::client::Answer;
use crate::support::{Client, TestApp};

/// Somebody's app that shows codes.
struct Phone {
    seed: [u8; 20],
    clock: Clock,
}

impl Phone {
    /// It has taken the secret in.
    fn with(app: &TestApp, setup: &SecondFactorSetup) -> Self {
        Self {
            seed: from_base32(&setup.secret).try_into().unwrap(),
            clock: app.app.clock.clone(),
        }
    }

    /// What it shows now.
    fn code(&self) -> String {
        self.code_in(0)
    }

    /// What it shows so many seconds from now.
    fn code_in(&self, seconds: i64) -> String {
        let at = u64::try_from(self.clock.now().timestamp() + seconds).unwrap();
        let totp = Builder::new().with_secret(self.seed).build().unwrap();
        totp.generate(at).to_string()
    }
}

async fn set_up(person: &Client) -> SecondFactorSetup {
    person.act("me/second-factor/setup").await.json()
}

fn start(setup: &SecondFactorSetup, code: &str) -> Value {
    json!({"setup": setup.setup, "code": code})
}

/// Turns it on, and lets the code that did be over.
async fn turned_on(app: &TestApp, person: &Client) -> (Phone, Vec<String>) {
    let setup = set_up(person).await;
    let phone = Phone::with(app, &setup);
    let answer = person
        .post("me/second-factor", start(&setup, &phone.code()))
        .await;
    let RecoveryCodes { codes } = answer.json();
    app.pass(std::time::Duration::from_secs(30));
    (phone, codes)
}

async fn sign_in(app: &TestApp, person: &Client, code: Option<&str>) -> Answer {
    let mut login = json!({"email": person.email, "password": PASSWORD});
    if let Some(code) = code {
        login["code"] = json!(code);
    }
    app.guest().post("auth/login", login).await
}

fn from_base32(text: &str) -> Vec<u8> {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let bits: String = text
        .bytes()
        .map(|letter| letters.iter().position(|other| *other == letter).unwrap())
        .map(|number| format!("{number:05b}"))
        .collect();
    let bytes = bits.as_bytes().chunks_exact(8);
    bytes
        .map(|bits| u8::from_str_radix(std::str::from_utf8(bits).unwrap(), 2).unwrap())
        .collect()
}
