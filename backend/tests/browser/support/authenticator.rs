//! The app on a person's phone that makes codes for the second factor.

use golub::clock::Clock;
use totp_rs::{Builder, Totp};

use super::eventually;

/// A code is typed calmly when it does not change within this many seconds.
const CALM: u64 = 12;

#[derive(Debug)]
pub struct Authenticator {
    totp: Totp,
}

impl Authenticator {
    /// With the secret as the page shows it, for typing.
    pub fn new(secret: &str) -> Self {
        let totp = Builder::new().with_secret(from_base32(secret)).build();
        Self {
            totp: totp.expect("a secret for codes"),
        }
    }

    /// The code shown now.
    pub fn code(&self) -> String {
        self.totp.generate(now()).to_string()
    }

    /// The code shown just before: still taken, as one that was on its way, and the one shown now is not used up.
    pub async fn code_before(&self) -> String {
        let step = self.totp.step();
        let calm = || (step - now() % step >= CALM).then(now);
        let now = eventually("a code that holds long enough", calm, String::new).await;
        self.totp.generate(now - step).to_string()
    }
}

fn now() -> u64 {
    let seconds = Clock::system().now().timestamp();
    u64::try_from(seconds).expect("a time after 1970")
}

/// Five bits a letter, as RFC 4648 writes 20 bytes.
fn from_base32(text: &str) -> [u8; 20] {
    let letters = text.chars().filter(char::is_ascii_alphanumeric);
    let mut bytes = Vec::new();
    let (mut held, mut bits) = (0_u32, 0);
    for letter in letters {
        let value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
            .find(letter)
            .expect("a letter of base32");
        held = held << 5 | u32::try_from(value).expect("less than 32");
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
            held &= (1 << bits) - 1;
        }
    }
    bytes.try_into().expect("a secret of 20 bytes")
}
