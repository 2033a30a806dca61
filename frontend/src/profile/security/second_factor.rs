//! The second factor: turned on, its recovery codes, turned off.

use contract::accounts::SecondFactorState;
use contract::accounts::second_factor::SecondFactorView;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::recovery_codes::RecoveryCodesView;
use super::set_up::SetUp;
use crate::client::{use_act, use_loaded};
use crate::i18n::use_words;
use crate::profile::setting::Setting;
use crate::profile::{calls, texts};
use crate::session::use_session;
use crate::ui::{
    ActDialog, Button, Icon, Notice, Pill, TimeText, Tone, skeleton, use_asking, use_toasts,
};

/// With fewer it is time for new ones.
const FEW_CODES: u32 = 3;

#[component]
pub fn SecondFactorSetting() -> Html {
    let words = use_words();
    let session = use_session();
    let toasts = use_toasts();
    let loading = use_loaded(calls::SECOND_FACTOR.call());
    let changed = {
        let reload = loading.reload.clone();
        Callback::from(move |said| {
            toasts.done(said);
            reload.emit(());
            if let Some(session) = session.clone() {
                spawn_local(async move {
                    // Where this fails, the next load of the page tells.
                    let _ = session.refresh().await;
                });
            }
        })
    };
    let done = changed.reform(|()| texts::TURNED_ON);
    html! {
        <Setting title={words.say(texts::SECOND_FACTOR)} sentence={words.say(texts::SECOND_FACTOR_SENTENCE)}>
            { loading.show(skeleton(2), |answer| match answer.value.state {
                SecondFactorState::On => html! { <On view={answer.value.clone()} changed={changed.clone()} reload={loading.reload.clone()} /> },
                SecondFactorState::Off | SecondFactorState::Required => html! { <SetUp done={done.clone()} /> },
            }) }
        </Setting>
    }
}

#[derive(PartialEq, Properties)]
struct OnProps {
    view: SecondFactorView,
    changed: Callback<crate::i18n::Text>,
    reload: Callback<()>,
}

#[component]
fn On(props: &OnProps) -> Html {
    let words = use_words();
    let renewing = use_act();
    let asking = use_asking::<()>();
    let codes = use_state(|| None::<Vec<String>>);
    let renew = {
        let (renewing, codes) = (renewing.clone(), codes.clone());
        Callback::from(move |()| {
            let codes = codes.clone();
            renewing.run(calls::RENEW_CODES.call(), move |given| {
                codes.set(Some(given.value.codes.clone()))
            });
        })
    };
    let kept = {
        let (codes, reload) = (codes.clone(), props.reload.clone());
        Callback::from(move |()| {
            codes.set(None);
            reload.emit(());
        })
    };
    if let Some(codes) = &*codes {
        return html! { <RecoveryCodesView codes={codes.clone()} {kept} /> };
    }
    let turned_off = props.changed.reform(|_| texts::TURNED_OFF);
    let left = props.view.recovery_codes_left;
    html! {
        <>
            <div class="setting-value">
                <Pill tone={Tone::Sent} text={words.say(texts::SECOND_FACTOR_ON)} />
                if let Some(since) = props.view.on_since {
                    <span class="muted small"><TimeText at={since} /></span>
                }
            </div>
            if left < FEW_CODES {
                <Notice tone={Tone::Skipped}>{ words.count(texts::CODES_LEFT, left.into()) }{ " " }{ words.say(texts::FEW_CODES) }</Notice>
            } else {
                <p class="muted">{ words.count(texts::CODES_LEFT, left.into()) }</p>
            }
            <div class="form-buttons">
                <Button icon={Icon::ArrowRepeat} text={words.say(texts::RENEW_CODES)} onclick={renew} disabled={renewing.is_busy()} />
                <Button text={words.say(texts::TURN_OFF)} onclick={asking.ask(())} />
            </div>
            if let Some(error) = renewing.failure() {
                <Notice tone={Tone::Failed}>{ words.saying(&error.saying()) }</Notice>
            }
            if asking.is_open() {
                <ActDialog<()> call={calls::TURN_OFF.call()} title={words.say(texts::TURN_OFF_TITLE)} act={words.say(texts::TURN_OFF)}
                    on_done={turned_off} on_close={asking.close}>
                    <p>{ words.say(texts::TURN_OFF_SENTENCE) }</p>
                </ActDialog<()>>
            }
        </>
    }
}
