//! The picture above an article: dropped, seen at once, described in words.

use contract::blog::pictures::{PICTURE_BYTES_LIMIT, PictureView};
use yew::prelude::*;

use super::draft::Draft;
use super::texts;
use crate::blog::{Cover, calls};
use crate::i18n::use_words;
use crate::ui::form::{FieldFrame, Form, TextField, use_held};
use crate::ui::{Button, Icon, PictureDrop, use_upload};

#[derive(PartialEq, Properties)]
pub struct PictureFieldProps {
    pub form: Form<Draft>,
}

#[component]
pub fn PictureField(props: &PictureFieldProps) -> Html {
    let words = use_words();
    let form = &props.form;
    let show = {
        let form = form.clone();
        Callback::from(move |picture: PictureView| {
            form.change("picture_id", move |draft| draft.show(Some(picture)))
        })
    };
    let upload = use_upload(calls::ADD_PICTURE.call(), PICTURE_BYTES_LIMIT, show);
    use_held(form, upload.is_going());
    let remove = {
        let form = form.clone();
        Callback::from(move |()| form.change("picture_id", |draft| draft.show(None)))
    };
    let picture = form.draft().picture.clone();
    let has_picture = picture.is_some();
    let text = if has_picture {
        texts::OTHER_PICTURE
    } else {
        texts::CHOOSE_PICTURE
    };
    let shown = html! {
        if has_picture {
            <div class="picture-chosen"><Cover id=0 {picture} sizes="12rem" /></div>
        }
    };
    let disabled = upload.is_going() || form.is_saving();
    html! {
        <>
            <FieldFrame label={words.say(texts::PICTURE)} id="picture" optional=true errors={form.errors("picture_id")}>
                <PictureDrop id="picture" {upload} choose={words.say(text)} hint={words.say(texts::PICTURE_HINT)}
                    goes={words.say(texts::PICTURE_GOES)} arrived={words.say(texts::PICTURE_ARRIVED)} {disabled} picture={shown}>
                    if has_picture {
                        <Button icon={Icon::Trash} text={words.say(texts::REMOVE_PICTURE)} onclick={remove} {disabled} />
                    }
                </PictureDrop>
            </FieldFrame>
            if has_picture {
                <TextField label={texts::ALT} hint={words.say(texts::ALT_HINT)} optional=true
                    bound={form.bind("picture_alt", |draft| draft.picture_alt.clone(), |draft, alt| draft.picture_alt = alt)} />
            }
        </>
    }
}
