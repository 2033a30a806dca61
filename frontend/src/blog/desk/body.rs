//! The text of an article: Markdown, with a bar above it; a picture that is dropped on it is sent and stands where
//! the cursor is.

use web_sys::DragEvent;
use yew::prelude::*;

use super::draft::Draft;
use super::texts;
use super::upload::use_upload;
use crate::i18n::use_words;
use crate::ui::form::{Form, TextField};
use crate::ui::marks::{MarkButtons, TOOLBAR, apply};
use crate::ui::markup::Mark;
use crate::ui::picture_file::{TYPES, choose, chosen, dropped};
use crate::ui::{Button, Icon, Look, Notice, Tone};

#[derive(PartialEq, Properties)]
pub struct BodyFieldProps {
    pub form: Form<Draft>,
}

#[component]
pub fn BodyField(props: &BodyFieldProps) -> Html {
    let words = use_words();
    let form = &props.form;
    let area = use_node_ref();
    let input = use_node_ref();
    let upload = {
        let area = area.clone();
        use_upload(Callback::from(
            move |picture: contract::blog::pictures::PictureView| {
                let mark = Mark::Picture {
                    url: picture.url,
                    alt: picture.alt,
                };
                apply(mark, &area);
            },
        ))
    };
    let drop = {
        let send = upload.send.clone();
        Callback::from(move |event: DragEvent| {
            // Words that are dragged about are the browser's business.
            if let Some(file) = dropped(&event) {
                event.prevent_default();
                send.emit(file);
            }
        })
    };
    let over = Callback::from(|event: DragEvent| {
        let types = event.data_transfer().map(|data| data.types());
        if types.is_some_and(|types| types.includes(&"Files".into(), 0)) {
            event.prevent_default();
        }
    });
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
    let toolbar = html! {
        <div class="toolbar" role="group" aria-label={words.say(TOOLBAR)}>
            <MarkButtons area={area.clone()} for_articles=true />
            <Button look={Look::Quiet} icon={Icon::Image} icon_only=true text={words.say(texts::INSERT_PICTURE)}
                onclick={open} disabled={upload.percent.is_some()} />
            <input ref={input} type="file" accept={TYPES.join(",")} onchange={take} hidden=true
                aria-label={words.say(texts::INSERT_PICTURE)} />
            if let Some(percent) = upload.percent {
                <progress class="picture-progress" max="100" value={percent.to_string()} aria-label={words.say(texts::PICTURE_GOES)} />
            }
        </div>
    };
    html! {
        <div class="body-field" ondrop={drop} ondragover={over}>
            <TextField label={texts::BODY} rows=20 input={area} monospace=true above={toolbar} hint={words.say(texts::BODY_HINT)}
                bound={form.bind("body", |draft| draft.body.clone(), |draft, body| draft.body = body)} />
            if let Some(why) = &upload.failure {
                <Notice tone={Tone::Failed}>{ words.saying(why) }</Notice>
            }
        </div>
    }
}
