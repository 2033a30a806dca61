//! Choosing what to send: one's own messages, and those that others share.

use contract::mailings::Channel;
use contract::messages::MessageView;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::draft::Draft;
use crate::client::{use_loaded, use_loaded_if};
use crate::i18n::use_words;
use crate::mailings::excerpt::excerpt;
use crate::mailings::texts::form as texts;
use crate::messages;
use crate::routes::Route;
use crate::ui::form::{FieldFrame, Form};
use crate::ui::list::SearchBox;
use crate::ui::{Link, owner_called, skeleton};

/// The newest ones; others are found by searching.
const SHOWN: u64 = 30;

#[derive(PartialEq, Properties)]
pub struct MessageFieldProps {
    pub form: Form<Draft>,
    pub owner_id: i64,
}

#[component]
pub fn MessageField(props: &MessageFieldProps) -> Html {
    let words = use_words();
    let search = use_state(String::new);
    let call = messages::calls::LIST
        .call()
        .query("search", &*search)
        .query("limit", SHOWN);
    let loading = use_loaded(call);
    let chosen = props.form.draft().message_id;
    // What the mailing has now stands first, however old it is; it stays there while others are tried.
    let before = use_state(|| chosen);
    let before = use_loaded_if((*before).map(|id| messages::calls::READ.of(id)));
    let on_search = {
        let search = search.clone();
        Callback::from(move |wanted| search.set(wanted))
    };
    let searching = !search.is_empty();
    html! {
        <FieldFrame label={words.say(texts::CHOOSE_MESSAGE)} id="message_id" hint={words.say(texts::WHAT_HINT)}
            errors={props.form.errors("message_id")}>
            { loading.show(skeleton(3), |answer| {
                let usable = |message: &&MessageView| message.shared || message.owner.id == props.owner_id;
                let first = before.value().filter(|_| !searching);
                let others = answer.value.items.iter().filter(usable);
                let others = others.filter(|message| first.is_none_or(|first| first.id != message.id));
                let messages: Vec<&MessageView> = first.into_iter().chain(others).collect();
                let few = !searching && answer.value.next.is_none() && messages.len() < 6;
                if messages.is_empty() && !searching {
                    return html! {
                        <p class="muted">{ words.say(texts::NO_MESSAGES) }{ " " }
                            <Link to={Route::NewMessage}>{ words.say(texts::WRITE_MESSAGE) }</Link></p>
                    };
                }
                html! {
                    <div class="pick">
                        if !few {
                            <SearchBox placeholder={words.say(texts::SEARCH_MESSAGES)} search={(*search).clone()} on_search={on_search.clone()} />
                        }
                        <ul class="pick-list" id="message_id" aria-invalid={invalid(&props.form)} tabindex="-1">
                            { for messages.into_iter().map(|message| html! {
                                <MessageOption key={message.id.to_string()} message={message.clone()} form={props.form.clone()}
                                    chosen={chosen == Some(message.id)} own={message.owner.id == props.owner_id} />
                            }) }
                        </ul>
                    </div>
                }
            }) }
        </FieldFrame>
    }
}

fn invalid(form: &Form<Draft>) -> Option<&'static str> {
    (!form.errors("message_id").is_empty()).then_some("true")
}

#[derive(PartialEq, Properties)]
struct MessageOptionProps {
    message: MessageView,
    form: Form<Draft>,
    chosen: bool,
    own: bool,
}

#[component]
fn MessageOption(props: &MessageOptionProps) -> Html {
    let words = use_words();
    let MessageView {
        id,
        subject,
        body,
        format,
        owner,
        sms_text,
        ..
    } = &props.message;
    let by_sms = props.form.draft().channel == Channel::Sms;
    let is_unfit = by_sms && sms_text.is_none();
    let line = match sms_text {
        Some(text) if by_sms => text.clone(),
        _ => excerpt(body, *format),
    };
    let choose = {
        let (form, id) = (props.form.clone(), *id);
        Callback::from(move |event: Event| {
            let input = event
                .target()
                .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            if input.is_some_and(|input| input.checked()) {
                form.change("message_id", move |draft| draft.message_id = Some(id));
            }
        })
    };
    let input_id = format!("message-{id}");
    html! {
        <li class="pick-option">
            <input type="radio" class="form-check-input" name="message" id={input_id.clone()} checked={props.chosen}
                onchange={choose} disabled={(is_unfit && !props.chosen) || props.form.is_saving()} />
            <label for={input_id}>
                <b>{ subject.clone() }</b>
                if is_unfit {
                    <span class="pick-line">{ words.say(texts::NO_SMS_TEXT) }{ " " }
                        <Link to={Route::Message { id: *id }}>{ words.say(texts::WRITE_SMS_TEXT) }</Link></span>
                } else {
                    <span class="pick-line">{ line }</span>
                }
                if !props.own {
                    <span class="pick-line">{ words.fill(texts::SHARED, &[("name", &owner_called(owner))]) }</span>
                }
            </label>
        </li>
    }
}
