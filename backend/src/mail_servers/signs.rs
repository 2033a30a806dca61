//! What a server did, gathered from the outcomes of a group of letters, in the order in which they came.

use crate::mail::{Reply, Stage, Verdict};

/// What one server did since the last report. Fill it with [`Signs::note`], one outcome after another.
#[derive(Clone, Debug, Default)]
pub struct Signs {
    pub accepted: u64,
    /// Letters that the server said something about, with whatever result.
    pub answered: u64,
    /// Why no session could be had, in words, if so. Beside letters that were answered it opens nothing: such a server works,
    /// and only takes no more connections.
    pub trouble: Option<String>,
    /// How a letter ended that the server said nothing about, if one did. It tells something only of a server that is
    /// tried with one letter.
    pub silence: Option<String>,
    /// Deliveries refused for good since the last acceptance.
    pub refused: Vec<i64>,
    /// How the last refusal read. It may name an address.
    pub refusal: Option<String>,
}

impl Signs {
    /// Takes in how the try of one delivery ended.
    pub fn note(&mut self, delivery_id: i64, reply: &Reply) {
        let Reply {
            verdict,
            stage,
            code,
            enhanced_code: _,
            text,
            try_anew: _,
            garbled: _,
        } = reply;
        match verdict {
            Verdict::Accepted => {
                self.accepted += 1;
                self.answered += 1;
                self.refused.clear();
                self.refusal = None;
            }
            // A letter that could not be built was never shown to the server.
            Verdict::Permanent if code.is_some() => {
                self.answered += 1;
                self.refused.push(delivery_id);
                self.refusal = Some(words(*code, text));
            }
            Verdict::Transient if code.is_some() => self.answered += 1,
            Verdict::NotTried | Verdict::Unknown if is_of_the_way(*stage) => {
                self.trouble.get_or_insert_with(|| text.clone());
            }
            // A letter that could not be built says nothing about the server.
            Verdict::Permanent => {}
            Verdict::Transient | Verdict::Unknown | Verdict::NotTried => {
                self.silence.get_or_insert_with(|| text.clone());
            }
        }
    }

    /// Does it say nothing against the server?
    pub fn is_good(&self) -> bool {
        self.trouble.is_none() && self.refused.is_empty()
    }

    /// Why a server that was tried with one letter and answered nothing did not pass, in words.
    pub fn failed_probe(&self) -> Option<String> {
        self.trouble.clone().or_else(|| self.silence.clone())
    }

    /// Is there nothing to report?
    pub fn is_empty(&self) -> bool {
        self.answered == 0 && self.trouble.is_none() && self.silence.is_none()
    }
}

/// Between the wish for a session and MAIL, or an SMS service that is silent to everybody: the server's fault, or that
/// of the way to it.
fn is_of_the_way(stage: Stage) -> bool {
    match stage {
        Stage::Lookup
        | Stage::Connect
        | Stage::Tls
        | Stage::Greeting
        | Stage::Hello
        | Stage::SignIn
        | Stage::Folder
        | Stage::Request => true,
        Stage::Idle | Stage::Sender | Stage::Recipient | Stage::Data | Stage::Letter => false,
    }
}

fn words(code: Option<u16>, text: &str) -> String {
    match code {
        Some(code) => format!("{code} {text}"),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(verdict: Verdict, stage: Stage, code: Option<u16>) -> Reply {
        Reply {
            code,
            ..Reply::ours(verdict, stage, "as it says")
        }
    }

    #[test]
    fn only_refusals_after_the_last_acceptance_are_in_a_row() {
        let mut signs = Signs::default();
        let refused = reply(Verdict::Permanent, Stage::Recipient, Some(550));
        signs.note(1, &refused);
        signs.note(2, &reply(Verdict::Accepted, Stage::Letter, Some(250)));
        signs.note(3, &refused);
        signs.note(4, &reply(Verdict::Transient, Stage::Recipient, Some(450)));
        signs.note(5, &refused);
        assert_eq!(signs.refused, [3, 5]);
        assert_eq!((signs.accepted, signs.answered), (1, 5));
        assert_eq!(signs.refusal.as_deref(), Some("550 as it says"));
    }

    #[test]
    fn trouble_is_what_comes_before_a_letter() {
        let trouble = |stage| {
            let mut signs = Signs::default();
            signs.note(1, &reply(Verdict::NotTried, stage, None));
            signs.trouble.is_some()
        };
        assert!(trouble(Stage::Connect) && trouble(Stage::SignIn) && trouble(Stage::Folder));
        assert!(!trouble(Stage::Idle) && !trouble(Stage::Sender));
    }

    #[test]
    fn a_letter_without_an_answer_is_trouble_only_if_nothing_else_was_heard() {
        let unknown = |stage| {
            let mut signs = Signs::default();
            signs.note(1, &reply(Verdict::Unknown, stage, None));
            (signs.trouble.is_some(), signs.failed_probe().is_some())
        };
        assert_eq!(unknown(Stage::Letter), (false, true));
        assert_eq!(unknown(Stage::Request), (true, true));
    }

    #[test]
    fn a_letter_that_was_never_shown_says_nothing_about_the_server() {
        let mut signs = Signs::default();
        signs.note(1, &reply(Verdict::Permanent, Stage::Idle, None));
        assert!(signs.is_empty());
        signs.note(2, &reply(Verdict::Unknown, Stage::Letter, None));
        assert!(signs.is_good() && !signs.is_empty());
    }
}
