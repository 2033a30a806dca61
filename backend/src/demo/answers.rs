//! What mail servers answer: each recipient's behaves in its own way, and says so in the words of real ones.

use crate::mail::{Reply, Stage, Verdict};

/// How a recipient's mail server behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// Takes every letter.
    Fine,
    /// Refuses strangers at first.
    Greylists,
    /// The mailbox has been full for weeks.
    Full,
    /// There is no such mailbox.
    Gone,
    /// Holds our letters to be advertising.
    Refuses,
    /// Closes the connection before it has answered, now and then.
    Drops,
}

/// One answer to one letter.
#[derive(Clone, Debug)]
pub struct Said {
    pub verdict: Verdict,
    pub code: Option<u16>,
    pub enhanced_code: Option<&'static str>,
    pub text: String,
    pub milliseconds: u32,
}

impl Said {
    /// As the mail session would have told it.
    pub fn reply(&self) -> Reply {
        Reply {
            code: self.code,
            enhanced_code: self.enhanced_code.map(str::to_owned),
            ..Reply::ours(self.verdict, Stage::Recipient, self.text.as_str())
        }
    }
}

impl Nature {
    /// Of the recipient with this place in its owner's list: most are fine.
    pub fn of(place: usize) -> Self {
        match place % 31 {
            4 | 21 => Self::Greylists,
            9 => Self::Full,
            14 => Self::Gone,
            18 => Self::Drops,
            27 if place < 31 => Self::Refuses,
            _ => Self::Fine,
        }
    }

    /// What the SMS service says of a recipient's try with this number.
    pub fn sms_answer(self, number: u64, seed: u64) -> Said {
        let (verdict, code, text) = match self {
            Self::Gone => (
                Verdict::Permanent,
                207,
                "На этот номер нет маршрута для доставки сообщений".to_owned(),
            ),
            Self::Greylists if number == 1 => (
                Verdict::Transient,
                220,
                "Сервис временно недоступен".to_owned(),
            ),
            _ => {
                let id = scrambled(seed) % 10_000_000;
                (Verdict::Accepted, 100, format!("000000-{id:07}"))
            }
        };
        Said {
            verdict,
            code: Some(code),
            enhanced_code: None,
            text,
            milliseconds: 120 + milliseconds(seed),
        }
    }

    /// The answer to a recipient's try with this number; `seed` tells letters apart.
    pub fn answer(self, email: &str, number: u64, seed: u64) -> Said {
        let drops = self == Self::Drops && seed.is_multiple_of(3) && number == 1;
        let greylists = self == Self::Greylists && number == 1;
        match self {
            Self::Greylists if greylists => refused(
                (450, "4.7.1"),
                format!("<{email}>: Recipient address rejected: Greylisted, see you in 60 seconds"),
                seed,
            ),
            Self::Full => refused(
                (452, "4.2.2"),
                format!("<{email}>: Mailbox full, try again later"),
                seed,
            ),
            Self::Gone => refused(
                (550, "5.1.1"),
                format!(
                    "<{email}>: Recipient address rejected: User unknown in virtual mailbox table"
                ),
                seed,
            ),
            Self::Refuses => refused(
                (554, "5.7.1"),
                "Message rejected as advertising by the recipient's settings".to_owned(),
                seed,
            ),
            Self::Drops if drops => Said {
                verdict: Verdict::Unknown,
                code: None,
                enhanced_code: None,
                text: "the connection was closed before an answer".to_owned(),
                milliseconds: 30_000 + milliseconds(seed) * 11,
            },
            Self::Fine | Self::Greylists | Self::Drops => Said {
                verdict: Verdict::Accepted,
                code: Some(250),
                enhanced_code: Some("2.0.0"),
                text: format!("2.0.0 Ok: queued as {}", queue_id(seed)),
                milliseconds: milliseconds(seed),
            },
        }
    }
}

fn refused((code, enhanced): (u16, &'static str), words: String, seed: u64) -> Said {
    Said {
        verdict: if code < 500 {
            Verdict::Transient
        } else {
            Verdict::Permanent
        },
        code: Some(code),
        enhanced_code: Some(enhanced),
        text: format!("{enhanced} {words}"),
        milliseconds: milliseconds(seed) / 3,
    }
}

/// As Postfix writes them.
fn queue_id(seed: u64) -> String {
    const LETTERS: &[u8] = b"0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz";
    let mut rest = scrambled(seed);
    let letters = (0..10).map(|_| {
        let letter = LETTERS[(rest % LETTERS.len() as u64) as usize];
        rest /= LETTERS.len() as u64;
        char::from(letter)
    });
    format!("4{}", letters.collect::<String>())
}

fn milliseconds(seed: u64) -> u32 {
    60 + (scrambled(seed) % 340) as u32
}

/// Neighbouring numbers come out far apart (the finalizer of SplitMix64).
fn scrambled(seed: u64) -> u64 {
    let seed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let seed = (seed ^ (seed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let seed = (seed ^ (seed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    seed ^ (seed >> 31)
}
