//! How strong a password is, asked while it is typed: not at every key, and never an outdated answer.

use std::rc::Rc;

use contract::accounts::password::{PasswordStrength, PasswordToWeigh};
use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::calls;
use crate::client::use_client;

/// As long as a person who types pauses only to think.
const PAUSE_MS: u32 = 300;

/// What is known of the password as it stands. Requests are numbered; only the answer to the last one counts.
#[derive(Debug, Default, PartialEq)]
struct Weighing {
    asked: u64,
    strength: Option<PasswordStrength>,
}

enum Step {
    /// Something else was typed. What was known stays until there is an answer, unless there is nothing to weigh.
    Type { number: u64, empty: bool },
    Weigh {
        number: u64,
        strength: Option<PasswordStrength>,
    },
}

impl Reducible for Weighing {
    type Action = Step;

    fn reduce(self: Rc<Self>, step: Step) -> Rc<Self> {
        match step {
            Step::Type { number, empty } => Rc::new(Self {
                asked: number,
                strength: self.strength.clone().filter(|_| !empty),
            }),
            Step::Weigh { number, .. } if number != self.asked => self,
            Step::Weigh { number, strength } => Rc::new(Self {
                asked: number,
                strength,
            }),
        }
    }
}

/// None while nothing is known: nothing was typed, or the service does not answer.
#[hook]
pub fn use_strength(to_weigh: PasswordToWeigh) -> Option<PasswordStrength> {
    let client = use_client();
    let weighing = use_reducer(Weighing::default);
    let last_number = use_mut_ref(|| 0_u64);
    {
        let dispatcher = weighing.dispatcher();
        use_effect_with(to_weigh, move |to_weigh| {
            *last_number.borrow_mut() += 1;
            let number = *last_number.borrow();
            let empty = to_weigh.password.is_empty();
            dispatcher.dispatch(Step::Type { number, empty });
            let call = calls::weigh(to_weigh);
            let timer = (!empty).then(|| {
                Timeout::new(PAUSE_MS, move || {
                    spawn_local(async move {
                        let answer = client.call(call).await.ok();
                        let strength = answer.map(|answer| answer.value.clone());
                        dispatcher.dispatch(Step::Weigh { number, strength });
                    });
                })
            });
            move || drop(timer)
        });
    }
    weighing.strength.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strength(score: u8) -> Option<PasswordStrength> {
        Some(PasswordStrength {
            score,
            warning: None,
            hints: Vec::new(),
        })
    }

    fn typed(number: u64) -> Step {
        Step::Type {
            number,
            empty: false,
        }
    }

    #[test]
    fn only_the_last_answer_counts() {
        let first = Step::Weigh {
            number: 1,
            strength: strength(0),
        };
        let second = Step::Weigh {
            number: 2,
            strength: strength(4),
        };
        let weighing = Rc::new(Weighing::default())
            .reduce(typed(1))
            .reduce(typed(2));
        let weighing = weighing.reduce(second).reduce(first);
        assert_eq!(weighing.strength, strength(4));
    }

    #[test]
    fn what_was_known_stays_until_there_is_an_answer() {
        let weighing = Rc::new(Weighing {
            asked: 1,
            strength: strength(2),
        });
        let weighing = weighing.reduce(typed(2));
        assert_eq!(weighing.strength, strength(2));
        let weighing = weighing.reduce(Step::Type {
            number: 3,
            empty: true,
        });
        assert_eq!(weighing.strength, None);
    }
}
