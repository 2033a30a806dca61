//! One's picture: chosen or dropped, shown at once, sent with a look at the progress.

use contract::accounts::profile::AVATAR_BYTES_LIMIT;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::PersonProps;
use crate::client::use_act;
use crate::i18n::use_words;
use crate::profile::setting::Setting;
use crate::profile::{calls, texts};
use crate::session::use_session;
use crate::ui::{Avatar, Button, Icon, Notice, PictureDrop, Tone, use_toasts, use_upload};

#[component]
pub fn PictureSetting(props: &PersonProps) -> Html {
    let words = use_words();
    let session = use_session();
    let toasts = use_toasts();
    let removing = use_act();
    let me = &props.person.me;

    let saved = {
        let (session, toasts) = (session.clone(), toasts.clone());
        Callback::from(move |me| {
            if let Some(session) = &session {
                session.now_is(me);
            }
            toasts.done(texts::PICTURE_SAVED);
        })
    };
    let upload = use_upload(calls::PUT_AVATAR.call(), AVATAR_BYTES_LIMIT, saved);
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
    let has_picture = me.avatar_url.is_some();
    let upload_text = if has_picture {
        texts::OTHER_PICTURE
    } else {
        texts::CHOOSE_PICTURE
    };
    let disabled = upload.is_going() || removing.is_busy();
    let picture = html! {
        <Avatar large=true name={props.person.called()} url={me.avatar_url.clone().map(AttrValue::from)}
            instead={upload.shown()} />
    };
    html! {
        <Setting title={words.say(texts::PICTURE)} sentence={words.say(texts::PICTURE_SENTENCE)}>
            <PictureDrop {upload} choose={words.say(upload_text)} hint={words.say(texts::PICTURE_HINT)}
                goes={words.say(texts::PICTURE_GOES)} {disabled} {picture}>
                if has_picture {
                    <Button icon={Icon::Trash} text={words.say(texts::REMOVE_PICTURE)} onclick={remove} {disabled} />
                }
            </PictureDrop>
            if let Some(error) = removing.failure() {
                <Notice tone={Tone::Failed}>{ words.saying(&error.saying()) }</Notice>
            }
        </Setting>
    }
}
