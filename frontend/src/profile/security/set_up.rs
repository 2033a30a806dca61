//! Turning the second factor on: a secret for the app, a code back from it, recovery codes to keep.

use contract::accounts::second_factor::{SecondFactorSetup, SecondFactorStart};
use contract::problem::FieldErrors;
use yew::prelude::*;

use super::qr::Qr;
use super::recovery_codes::RecoveryCodesView;
use crate::client::{use_act, use_client};
use crate::i18n::texts::CANCEL;
use crate::i18n::use_words;
use crate::profile::{calls, texts};
use crate::session::{CodeInput, TypedCode, at_its_field, said_above_button};
use crate::ui::form::{SubmitButton, use_unguarded_form};
use crate::ui::{Button, CopyButton, Icon, Look, Notice, Tone};

#[derive(PartialEq, Properties)]
pub struct SetUpProps {
    /// It is on, and the recovery codes are kept.
    pub done: Callback<()>,
    /// Begins without being asked to, and offers no way back.
    #[prop_or_default]
    pub at_once: bool,
}

#[component]
pub fn SetUp(props: &SetUpProps) -> Html {
    let words = use_words();
    let act = use_act();
    let setup = use_state(|| None::<SecondFactorSetup>);
    let codes = use_state(|| None::<Vec<String>>);
    let begin = {
        let (act, setup) = (act.clone(), setup.clone());
        Callback::from(move |()| {
            let setup = setup.clone();
            act.run(calls::SET_UP.call(), move |answer| {
                setup.set(Some(answer.value.clone()))
            });
        })
    };
    {
        let begin = begin.clone();
        use_effect_with(props.at_once, move |at_once| {
            if *at_once {
                begin.emit(());
            }
        });
    }
    if let Some(codes) = &*codes {
        return html! { <RecoveryCodesView codes={codes.clone()} kept={props.done.clone()} /> };
    }
    if let Some(known) = &*setup {
        let on = {
            let codes = codes.clone();
            Callback::from(move |given| codes.set(Some(given)))
        };
        let cancel = (!props.at_once).then(|| {
            let setup = setup.clone();
            Callback::from(move |()| setup.set(None))
        });
        // Another secret is another form, with nothing left over from the one before.
        let key = known.setup.clone();
        return html! { <Steps {key} setup={known.clone()} {on} again={begin} {cancel} /> };
    }
    html! {
        <>
            <Button look={Look::Primary} icon={Icon::ShieldCheck} text={words.say(texts::TURN_ON)} onclick={begin} disabled={act.is_busy()} />
            if let Some(error) = act.failure() {
                <Notice tone={Tone::Failed}>{ words.saying(&error.saying()) }</Notice>
            }
        </>
    }
}

#[derive(PartialEq, Properties)]
struct StepsProps {
    setup: SecondFactorSetup,
    /// The recovery codes.
    on: Callback<Vec<String>>,
    /// Asks for another secret.
    again: Callback<()>,
    cancel: Option<Callback<()>>,
}

#[component]
fn Steps(props: &StepsProps) -> Html {
    let words = use_words();
    let client = use_client();
    let form = use_unguarded_form(TypedCode::default(), check);
    let submit = {
        let (form, on, setup) = (form.clone(), props.on.clone(), props.setup.setup.clone());
        Callback::from(move |event: SubmitEvent| {
            let (client, on, setup) = (client.clone(), on.clone(), setup.clone());
            form.submit(&event, move |typed| async move {
                let code = typed.plain();
                let call = calls::turn_on(&SecondFactorStart { setup, code });
                let given = client.call(call).await.map_err(at_its_field)?;
                on.emit(given.value.codes.clone());
                Ok(())
            });
        })
    };
    // After its time the secret is not taken any more: one begins anew.
    let expired = form
        .failure()
        .is_some_and(|error| !error.field_errors().of("setup").is_empty());
    let failure = form.failure().and_then(said_above_button);
    html! {
        <form class="form" onsubmit={submit} novalidate=true>
            <div class="set-up">
                <Qr text={props.setup.url.clone()} label={words.say(texts::QR_LABEL)} />
                <ol class="set-up-steps">
                    <li>{ words.say(texts::STEP_SCAN) }</li>
                    <li>
                        { words.say(texts::STEP_TYPE) }
                        <div class="copyable">
                            <code class="secret" translate="no">{ grouped(&props.setup.secret) }</code>
                            <CopyButton copy={props.setup.secret.clone()} />
                        </div>
                    </li>
                    <li>{ words.say(texts::STEP_CODE) }</li>
                </ol>
            </div>
            <CodeInput bound={form.bind("code", |typed| typed.text.clone(), |typed, text| typed.text = text)} />
            if expired {
                <Notice tone={Tone::Failed}>{ words.say(texts::SECRET_EXPIRED) }</Notice>
            } else if let Some(error) = failure {
                <Notice tone={Tone::Failed}>{ words.saying(&error.saying()) }</Notice>
            }
            <div class="form-buttons">
                if expired {
                    <Button look={Look::Primary} text={words.say(texts::BEGIN_ANEW)} onclick={props.again.clone()} />
                } else {
                    <SubmitButton saving={form.is_saving()} text={texts::TURN_ON} saving_text={texts::CONFIRMING} />
                }
                if let Some(cancel) = &props.cancel {
                    <Button text={words.say(CANCEL)} onclick={cancel.clone()} />
                }
            </div>
        </form>
    }
}

fn check(typed: &TypedCode) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::default();
    errors.keep("code", typed.check());
    errors.finish()
}

/// In fours, which are easier to type.
fn grouped(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    let fours = letters.chunks(4).map(String::from_iter);
    fours.collect::<Vec<String>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_shown_in_fours() {
        assert_eq!(grouped("JBSWY3DPEHPK3PXPAB"), "JBSW Y3DP EHPK 3PXP AB");
    }
}
