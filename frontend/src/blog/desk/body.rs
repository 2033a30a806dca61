//! The text of an article: Markdown, with a bar above it; a picture that is dropped on it is sent and stands where
//! the cursor is.

use contract::blog::pictures::{PICTURE_BYTES_LIMIT, PictureView};
use web_sys::DragEvent;
use yew::prelude::*;

use super::draft::Draft;
use super::texts;
use crate::blog::calls;
use crate::i18n::use_words;
use crate::ui::form::{Form, TextField, use_held};
use crate::ui::marks::markup::Mark;
use crate::ui::marks::{MarkButtons, TOOLBAR, apply_in_passing};
use crate::ui::{ChoosePicture, Icon, Look, Notice, Tone, UploadProgress, dropped, use_upload};

#[derive(PartialEq, Properties)]
pub struct BodyFieldProps {
    pub form: Form<Draft>,
}

#[component]
pub fn BodyField(props: &BodyFieldProps) -> Html {
    let words = use_words();
    let form = &props.form;
    let area = use_node_ref();
    let insert = {
        let area = area.clone();
        Callback::from(move |PictureView { url, alt, .. }: PictureView| {
            apply_in_passing(Mark::Picture { url, alt }, &area);
        })
    };
    let upload = use_upload(calls::ADD_PICTURE.call(), PICTURE_BYTES_LIMIT, insert);
    use_held(form, upload.is_going());
    let busy = upload.is_going() || form.is_saving();
    let drop = {
        let send = upload.send.clone();
        Callback::from(move |event: DragEvent| {
            // Words that are dragged about are the browser's business.
            if let Some(file) = dropped(&event) {
                event.prevent_default();
                if !busy {
                    send.emit(file);
                }
            }
        })
    };
    let over = Callback::from(|event: DragEvent| {
        let types = event.data_transfer().map(|data| data.types());
        if types.is_some_and(|types| types.includes(&"Files".into(), 0)) {
            event.prevent_default();
        }
    });
    let toolbar = html! {
        <div class="toolbar" role="group" aria-label={words.say(TOOLBAR)}>
            <MarkButtons area={area.clone()} for_articles=true />
            <ChoosePicture look={Look::Quiet} icon={Icon::Image} icon_only=true text={words.say(texts::INSERT_PICTURE)}
                send={upload.send.clone()} disabled={busy} />
            <UploadProgress upload={upload.clone()} goes={words.say(texts::PICTURE_GOES)}
                arrived={words.say(texts::PICTURE_INSERTED)} />
        </div>
    };
    html! {
        <div class="body-field" ondrop={drop} ondragover={over}>
            <TextField label={texts::BODY} rows=20 input={area} monospace=true above={toolbar} hint={words.say(texts::BODY_HINT)}
                bound={form.bind("body", |draft| draft.body.clone(), |draft, body| draft.body = body)} />
            if let Some(why) = upload.failure() {
                <Notice tone={Tone::Failed}>{ words.saying(why) }</Notice>
            }
        </div>
    }
}
