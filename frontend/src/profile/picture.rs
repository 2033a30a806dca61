//! One's picture: chosen or dropped, shown at once, sent with a look at the progress.

use contract::accounts::profile::AVATAR_BYTES_LIMIT;
use contract::problem::ErrorCode;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DragEvent, File, HtmlInputElement};
use yew::prelude::*;

use super::person::PersonProps;
use super::setting::Setting;
use super::{calls, texts};
use crate::client::{CallError, pictures, use_act, use_client};
use crate::i18n::texts::errors;
use crate::i18n::{Saying, use_words};
use crate::session::use_session;
use crate::ui::{Avatar, Button, Icon, Notice, Tone, use_toasts};

const TYPES: [&str; 3] = ["image/jpeg", "image/png", "image/webp"];

/// A picture on its way.
#[derive(Clone, PartialEq)]
struct Going {
    /// Its address within the page.
    shown: AttrValue,
    percent: u32,
}

#[component]
pub fn PictureSetting(props: &PersonProps) -> Html {
    let words = use_words();
    let client = use_client();
    let session = use_session();
    let toasts = use_toasts();
    let removing = use_act();
    let going = use_state(|| None::<Going>);
    let failure = use_state(|| None::<Saying>);
    let over = use_state(|| false);
    let input = use_node_ref();
    let me = &props.person.me;

    let send = {
        let (going, failure, session) = (going.clone(), failure.clone(), session.clone());
        let toasts = toasts.clone();
        Callback::from(move |file: File| {
            if let Err(why) = acceptable(&file.type_(), file.size()) {
                failure.set(Some(why));
                return;
            }
            failure.set(None);
            let shown = pictures::local_address(&file).unwrap_or_default();
            let at = {
                let (going, shown) = (going.setter(), shown.clone());
                move |percent| {
                    let shown = shown.clone().into();
                    going.set(Some(Going { shown, percent }));
                }
            };
            at(0);
            let (client, session, toasts) = (client.clone(), session.clone(), toasts.clone());
            let (going, failure) = (going.setter(), failure.setter());
            spawn_local(async move {
                let call = calls::PUT_AVATAR.call();
                let sent = client.send_picture(&call, &file, &Callback::from(at)).await;
                match sent {
                    Ok(me) => {
                        if let Some(session) = session {
                            session.now_is(me);
                        }
                        toasts.done(texts::PICTURE_SAVED);
                    }
                    Err(error) => failure.set(Some(said(&error))),
                }
                going.set(None);
                pictures::release(&shown);
            });
        })
    };
    let remove = {
        let (removing, session, toasts) = (removing.clone(), session, toasts);
        Callback::from(move |()| {
            let (session, toasts) = (session.clone(), toasts.clone());
            removing.run(calls::DELETE_AVATAR.call(), move |_| {
                toasts.done(texts::PICTURE_REMOVED);
                if let Some(session) = session {
                    spawn_local(async move {
                        // Where this fails, the next load of the page tells.
                        let _ = session.refresh().await;
                    });
                }
            });
        })
    };
    let dropped = {
        let (over, send) = (over.clone(), send.clone());
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(false);
            let files = event.data_transfer().and_then(|data| data.files());
            if let Some(file) = files.and_then(|files| files.get(0)) {
                send.emit(file);
            }
        })
    };
    let entered = {
        let over = over.clone();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(true);
        })
    };
    let left = {
        let over = over.clone();
        Callback::from(move |_: DragEvent| over.set(false))
    };
    let chosen = Callback::from(move |event: Event| {
        let input = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some(input) = input {
            if let Some(file) = input.files().and_then(|files| files.get(0)) {
                send.emit(file);
            }
            // The same file may be chosen again after a failure.
            input.set_value("");
        }
    });
    let choose = {
        let input = input.clone();
        Callback::from(move |()| {
            if let Some(input) = input.cast::<HtmlInputElement>() {
                input.click();
            }
        })
    };
    let busy = going.is_some() || removing.is_busy();
    let has_picture = me.avatar_url.is_some();
    let upload_text = if has_picture {
        texts::OTHER_PICTURE
    } else {
        texts::CHOOSE_PICTURE
    };
    html! {
        <Setting title={words.say(texts::PICTURE)} sentence={words.say(texts::PICTURE_SENTENCE)}>
            <div class={classes!("picture-drop", (*over).then_some("picture-over"))}
                ondrop={dropped} ondragover={entered} ondragleave={left}>
                <Avatar large=true name={props.person.called()} url={me.avatar_url.clone().map(AttrValue::from)}
                    instead={going.as_ref().map(|going| going.shown.clone())} />
                <div class="picture-words">
                    <input ref={input} type="file" accept={TYPES.join(",")} onchange={chosen} hidden=true
                        aria-label={words.say(upload_text)} />
                    <div class="form-buttons">
                        <Button icon={Icon::Upload} text={words.say(upload_text)} onclick={choose} disabled={busy} />
                        if has_picture {
                            <Button icon={Icon::Trash} text={words.say(texts::REMOVE_PICTURE)} onclick={remove} disabled={busy} />
                        }
                    </div>
                    if let Some(going) = &*going {
                        <progress class="picture-progress" max="100" value={going.percent.to_string()} aria-label={words.say(texts::PICTURE_GOES)} />
                    } else {
                        <span class="muted small">{ words.say(texts::PICTURE_HINT) }</span>
                    }
                </div>
            </div>
            if let Some(why) = (*failure).clone().or_else(|| removing.failure().map(|error| error.saying())) {
                <Notice tone={Tone::Failed}>{ words.saying(&why) }</Notice>
            }
        </Setting>
    }
}

/// What need not be sent to be refused.
fn acceptable(kind: &str, bytes: f64) -> Result<(), Saying> {
    if !TYPES.contains(&kind) {
        return Err(errors::NOT_A_PICTURE.into());
    }
    if bytes > AVATAR_BYTES_LIMIT as f64 {
        return Err(too_large());
    }
    Ok(())
}

fn too_large() -> Saying {
    let megabytes = AVATAR_BYTES_LIMIT / 1024 / 1024;
    Saying::Filled(
        texts::PICTURE_TOO_LARGE,
        vec![("limit", megabytes.to_string())],
    )
}

fn said(error: &CallError) -> Saying {
    match error.code() {
        Some(ErrorCode::TooLarge) => too_large(),
        Some(ErrorCode::Invalid | ErrorCode::UnsupportedMediaType) => {
            texts::PICTURE_UNREADABLE.into()
        }
        _ => error.saying(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_picture_or_too_large_is_not_sent() {
        assert_eq!(acceptable("image/png", 1_000.0), Ok(()));
        assert_eq!(
            acceptable("application/pdf", 1_000.0),
            Err(errors::NOT_A_PICTURE.into())
        );
        assert_eq!(acceptable("image/jpeg", 6e6), Err(too_large()));
    }
}
