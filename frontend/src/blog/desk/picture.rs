//! The picture above an article: dropped, seen at once, described in words.

use web_sys::DragEvent;
use yew::prelude::*;

use super::draft::Draft;
use super::texts;
use super::upload::use_upload;
use crate::blog::Cover;
use crate::i18n::use_words;
use crate::ui::form::{FieldFrame, Form, TextField};
use crate::ui::picture_file::{TYPES, choose, chosen, dropped};
use crate::ui::{Button, Icon, Notice, Tone};

#[derive(PartialEq, Properties)]
pub struct PictureFieldProps {
    pub form: Form<Draft>,
}

#[component]
pub fn PictureField(props: &PictureFieldProps) -> Html {
    let words = use_words();
    let form = &props.form;
    let over = use_state(|| false);
    let input = use_node_ref();
    let upload = {
        let form = form.clone();
        use_upload(Callback::from(move |picture| {
            form.change("picture_id", move |draft| draft.picture = Some(picture));
        }))
    };
    let drop = {
        let (over, send) = (over.clone(), upload.send.clone());
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(false);
            if let Some(file) = dropped(&event) {
                send.emit(file);
            }
        })
    };
    let enter = {
        let over = over.clone();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(true);
        })
    };
    let leave = {
        let over = over.clone();
        Callback::from(move |_: DragEvent| over.set(false))
    };
    let take = {
        let send = upload.send.clone();
        Callback::from(move |event: Event| {
            if let Some(file) = chosen(&event) {
                send.emit(file);
            }
        })
    };
    let open = {
        let input = input.clone();
        Callback::from(move |()| choose(&input))
    };
    let remove = {
        let form = form.clone();
        Callback::from(move |()| form.change("picture_id", |draft| draft.picture = None))
    };
    let picture = form.draft().picture.clone();
    let has_picture = picture.is_some();
    let text = if has_picture {
        texts::OTHER_PICTURE
    } else {
        texts::CHOOSE_PICTURE
    };
    let busy = upload.percent.is_some() || form.is_saving();
    html! {
        <>
            <FieldFrame label={words.say(texts::PICTURE)} id="picture" optional=true errors={form.errors("picture_id")}>
                <div class={classes!("picture-drop", (*over).then_some("picture-over"))}
                    ondrop={drop} ondragover={enter} ondragleave={leave}>
                    if has_picture {
                        <div class="picture-chosen"><Cover id=0 {picture} sizes="12rem" /></div>
                    }
                    <div class="picture-words">
                        <input ref={input} id="picture" type="file" accept={TYPES.join(",")} onchange={take} hidden=true />
                        <div class="form-buttons">
                            <Button icon={Icon::Upload} text={words.say(text)} onclick={open} disabled={busy} />
                            if has_picture {
                                <Button icon={Icon::Trash} text={words.say(texts::REMOVE_PICTURE)} onclick={remove} disabled={busy} />
                            }
                        </div>
                        if let Some(percent) = upload.percent {
                            <progress class="picture-progress" max="100" value={percent.to_string()} aria-label={words.say(texts::PICTURE_GOES)} />
                        } else {
                            <span class="muted small">{ words.say(texts::PICTURE_HINT) }</span>
                        }
                    </div>
                </div>
            </FieldFrame>
            if let Some(why) = &upload.failure {
                <Notice tone={Tone::Failed}>{ words.saying(why) }</Notice>
            }
            if has_picture {
                <TextField label={texts::ALT} hint={words.say(texts::ALT_HINT)} optional=true
                    bound={form.bind("picture_alt", |draft| draft.picture_alt.clone(), |draft, alt| draft.picture_alt = alt)} />
            }
        </>
    }
}
