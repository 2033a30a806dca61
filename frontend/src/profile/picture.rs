//! One's picture: chosen or dropped, shown at once, sent with a look at the progress.

use contract::accounts::profile::AVATAR_BYTES_LIMIT;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DragEvent, File};
use yew::prelude::*;

use super::person::PersonProps;
use super::setting::Setting;
use super::{calls, texts};
use crate::client::{pictures, use_act, use_client};
use crate::i18n::{Saying, use_words};
use crate::session::use_session;
use crate::ui::{Avatar, Button, Icon, Notice, Tone, picture_file, use_toasts};

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
            if let Err(why) = picture_file::acceptable(&file, AVATAR_BYTES_LIMIT) {
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
                    Err(error) => {
                        failure.set(Some(picture_file::refused(&error, AVATAR_BYTES_LIMIT)))
                    }
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
            if let Some(file) = picture_file::dropped(&event) {
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
        if let Some(file) = picture_file::chosen(&event) {
            send.emit(file);
        }
    });
    let choose = {
        let input = input.clone();
        Callback::from(move |()| picture_file::choose(&input))
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
                    <input ref={input} type="file" accept={picture_file::TYPES.join(",")} onchange={chosen} hidden=true
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
