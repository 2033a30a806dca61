//! Where a picture from somebody's disk is let go or chosen: what is there now beside its buttons, then the progress,
//! and what went wrong.

use web_sys::DragEvent;
use yew::prelude::*;

use super::Upload;
use super::file::{self, TYPES};
use crate::i18n::use_words;
use crate::ui::{Button, Icon, Look, Notice, Tone};

#[derive(PartialEq, Properties)]
pub struct PictureDropProps {
    pub upload: Upload,
    /// What the button says that opens the browser's dialog.
    pub choose: AttrValue,
    pub hint: AttrValue,
    /// What is said while one is on its way.
    pub goes: AttrValue,
    /// What is said once it is there, unless something else says so.
    #[prop_or_default]
    pub arrived: AttrValue,
    /// The id of the input, for a label.
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// No other picture can be taken now.
    #[prop_or_default]
    pub disabled: bool,
    /// The picture that is there.
    #[prop_or_default]
    pub picture: Html,
    /// Further buttons.
    #[prop_or_default]
    pub children: Html,
}

#[component]
pub fn PictureDrop(props: &PictureDropProps) -> Html {
    let words = use_words();
    let over = use_state_eq(|| false);
    let PictureDropProps {
        upload,
        choose,
        hint,
        goes,
        arrived,
        id,
        disabled,
        picture,
        children,
    } = props;
    let busy = *disabled || upload.is_going();
    let dropped = {
        let (over, send) = (over.clone(), upload.send.clone());
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(false);
            if let Some(file) = file::dropped(&event).filter(|_| !busy) {
                send.emit(file);
            }
        })
    };
    let entered = {
        let over = over.clone();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(!busy);
        })
    };
    let left = {
        let over = over.clone();
        Callback::from(move |_: DragEvent| over.set(false))
    };
    html! {
        <>
            <div class={classes!("picture-drop", over.then_some("picture-over"))}
                ondrop={dropped} ondragover={entered} ondragleave={left}>
                { picture.clone() }
                <div class="picture-words">
                    <div class="form-buttons">
                        <ChoosePicture id={id.clone()} text={choose.clone()} send={upload.send.clone()} disabled={busy} />
                        { children.clone() }
                    </div>
                    <UploadProgress upload={upload.clone()} goes={goes.clone()} arrived={arrived.clone()} />
                    if !upload.is_going() {
                        <span class="muted small">{ hint.clone() }</span>
                    }
                </div>
            </div>
            if let Some(why) = upload.failure() {
                <Notice tone={Tone::Failed}>{ words.saying(why) }</Notice>
            }
        </>
    }
}

#[derive(PartialEq, Properties)]
pub struct ChoosePictureProps {
    pub text: AttrValue,
    pub send: Callback<web_sys::File>,
    pub disabled: bool,
    /// The id of the input, for a label.
    #[prop_or_default]
    pub id: Option<AttrValue>,
    #[prop_or_default]
    pub look: Look,
    #[prop_or(Icon::Upload)]
    pub icon: Icon,
    #[prop_or_default]
    pub icon_only: bool,
}

/// A button that opens the browser's dialog.
#[component]
pub fn ChoosePicture(props: &ChoosePictureProps) -> Html {
    let input = use_node_ref();
    let ChoosePictureProps {
        text,
        send,
        disabled,
        id,
        look,
        icon,
        icon_only,
    } = props;
    let taken = {
        let send = send.clone();
        Callback::from(move |event: Event| {
            if let Some(file) = file::chosen(&event) {
                send.emit(file);
            }
        })
    };
    let open = {
        let input = input.clone();
        Callback::from(move |()| file::choose(&input))
    };
    html! {
        <>
            <input ref={input} id={id.clone()} type="file" accept={TYPES.join(",")} onchange={taken} hidden=true
                aria-label={text.clone()} />
            <Button look={*look} icon={*icon} icon_only={*icon_only} text={text.clone()} onclick={open} disabled={*disabled} />
        </>
    }
}

#[derive(PartialEq, Properties)]
pub struct UploadProgressProps {
    pub upload: Upload,
    pub goes: AttrValue,
    #[prop_or_default]
    pub arrived: AttrValue,
}

/// How far the picture is, for the eyes and for the ears.
#[component]
pub fn UploadProgress(props: &UploadProgressProps) -> Html {
    let UploadProgressProps {
        upload,
        goes,
        arrived,
    } = props;
    let said = if upload.is_going() {
        goes.clone()
    } else if upload.has_arrived() {
        arrived.clone()
    } else {
        AttrValue::default()
    };
    html! {
        <>
            // It is there before it says something: what comes with its words already in it is often not read out.
            <span class="visually-hidden" role="status">{ said }</span>
            if let Some(percent) = upload.percent() {
                <progress class="picture-progress" max="100" value={percent.to_string()} aria-label={goes.clone()} />
            }
        </>
    }
}
