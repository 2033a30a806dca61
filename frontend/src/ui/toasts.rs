//! Short notes at the edge of the page: "Recipient saved". Kept as sayings, so that they follow the language.

use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{Button, Icon, IconView, Look, Tone};
use crate::i18n::texts;
use crate::i18n::{Saying, use_words};

/// Long enough to read a sentence twice.
const SHOWN_FOR_MS: u32 = 6_000;

#[derive(Clone, Debug, PartialEq)]
struct Toast {
    number: u64,
    tone: Tone,
    saying: Saying,
}

#[derive(Debug, Default, PartialEq)]
struct Shown {
    next_number: u64,
    toasts: Vec<Toast>,
}

enum Step {
    Say(Tone, Saying),
    Drop(u64),
}

impl Reducible for Shown {
    type Action = Step;

    fn reduce(self: Rc<Self>, step: Step) -> Rc<Self> {
        let mut toasts = self.toasts.clone();
        match step {
            Step::Say(tone, saying) => {
                let number = self.next_number;
                toasts.push(Toast {
                    number,
                    tone,
                    saying,
                });
                Rc::new(Self {
                    next_number: number + 1,
                    toasts,
                })
            }
            Step::Drop(number) => {
                toasts.retain(|toast| toast.number != number);
                Rc::new(Self {
                    next_number: self.next_number,
                    toasts,
                })
            }
        }
    }
}

#[derive(Clone, PartialEq)]
pub struct Toasts {
    dispatcher: UseReducerDispatcher<Shown>,
}

impl Toasts {
    /// Something is done.
    pub fn done(&self, saying: impl Into<Saying>) {
        self.dispatcher
            .dispatch(Step::Say(Tone::Sent, saying.into()));
    }

    /// Something went wrong that has no place of its own on the page.
    pub fn failed(&self, saying: impl Into<Saying>) {
        self.dispatcher
            .dispatch(Step::Say(Tone::Failed, saying.into()));
    }
}

#[hook]
pub fn use_toasts() -> Toasts {
    // The fallback is never seen: the provider is around the whole page.
    let lone = use_reducer(Shown::default);
    use_context::<Toasts>().unwrap_or_else(|| Toasts {
        dispatcher: lone.dispatcher(),
    })
}

#[component]
pub fn ToastsProvider(props: &html::ChildrenProps) -> Html {
    let shown = use_reducer(Shown::default);
    let toasts = Toasts {
        dispatcher: shown.dispatcher(),
    };
    html! {
        <ContextProvider<Toasts> context={toasts.clone()}>
            { props.children.clone() }
            <div class="toasts" role="status" aria-live="polite">
                { for shown.toasts.iter().map(|toast| html! {
                    <ToastView key={toast.number} toast={toast.clone()} toasts={toasts.clone()} />
                }) }
            </div>
        </ContextProvider<Toasts>>
    }
}

#[derive(PartialEq, Properties)]
struct ToastProps {
    toast: Toast,
    toasts: Toasts,
}

#[component]
fn ToastView(props: &ToastProps) -> Html {
    let words = use_words();
    let Toast {
        number,
        tone,
        saying,
    } = props.toast.clone();
    let dispatcher = props.toasts.dispatcher.clone();
    {
        let dispatcher = dispatcher.clone();
        use_effect_with(number, move |number| {
            let number = *number;
            spawn_local(async move {
                TimeoutFuture::new(SHOWN_FOR_MS).await;
                dispatcher.dispatch(Step::Drop(number));
            });
        });
    }
    let close = Callback::from(move |()| dispatcher.dispatch(Step::Drop(number)));
    let icon = if tone == Tone::Failed {
        Icon::ExclamationTriangle
    } else {
        Icon::CheckCircle
    };
    html! {
        <div class={classes!("toast-note", tone.class())}>
            <IconView {icon} />
            <span>{ words.saying(&saying) }</span>
            <Button look={Look::Quiet} icon={Icon::Cross} icon_only=true text={words.say(texts::CLOSE)} onclick={close} />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_toast_goes_alone() {
        let shown = Rc::new(Shown::default());
        let shown = shown.reduce(Step::Say(Tone::Sent, texts::COPIED.into()));
        let shown = shown.reduce(Step::Say(Tone::Failed, texts::NOT_SAVED.into()));
        let shown = shown.reduce(Step::Drop(0));
        let numbers: Vec<u64> = shown.toasts.iter().map(|toast| toast.number).collect();
        assert_eq!(numbers, [1]);
    }
}
