//! Picking recipients from a long list: those found are ticked, those chosen stay in sight.

use contract::recipients::RecipientView;
use yew::prelude::*;

use super::draft::Draft;
use crate::client::use_loaded;
use crate::i18n::use_words;
use crate::mailings::texts::form as texts;
use crate::recipients;
use crate::ui::form::{FieldFrame, Form};
use crate::ui::list::SearchBox;
use crate::ui::{Button, Icon, IconView, Look, skeleton};

const STEP: u64 = 50;
const MOST: u64 = 200;
/// More names than this are told by their number.
const NAMES: usize = 12;

#[derive(PartialEq, Properties)]
pub struct PickerProps {
    pub form: Form<Draft>,
    pub owner_id: i64,
}

#[component]
pub fn Picker(props: &PickerProps) -> Html {
    let words = use_words();
    let form = &props.form;
    let search = use_state(String::new);
    let limit = use_state(|| STEP);
    let call = recipients::calls::LIST
        .call()
        .query("owner_id", props.owner_id)
        .query("search", &*search)
        .query("sort", "full_name")
        .query("limit", *limit);
    let loading = use_loaded(call);
    let on_search = {
        let (search, limit) = (search.clone(), limit.clone());
        Callback::from(move |wanted| {
            search.set(wanted);
            limit.set(STEP);
        })
    };
    let more = {
        let limit = limit.clone();
        Callback::from(move |()| limit.set((*limit + STEP).min(MOST)))
    };
    let errors = form.errors("audience");
    let invalid = (!errors.is_empty()).then_some("true");
    html! {
        <FieldFrame label={words.count(texts::CHOSEN_COUNT, form.draft().chosen.len() as u64)} id="audience" {errors}>
            <ChosenNames form={form.clone()} />
            <div class="pick" id="audience" aria-invalid={invalid} tabindex="-1">
                <SearchBox placeholder={words.say(texts::SEARCH_RECIPIENTS)} search={(*search).clone()} {on_search} />
                { loading.show(skeleton(5), |answer| {
                    let shown = &answer.value.items;
                    let can_grow = answer.value.next.is_some() && *limit < MOST;
                    html! {
                        <>
                            <ul class="pick-list">{ for shown.iter().map(|recipient| option(form, recipient)) }</ul>
                            <div class="pick-foot">
                                <AllShown form={form.clone()} shown={shown.clone()} />
                                if can_grow {
                                    <Button look={Look::Quiet} text={words.say(texts::SHOW_MORE)} onclick={more.clone()} />
                                }
                                <span class="muted small figures">{ format!("{} / {}", words.number(shown.len() as u64), words.number(answer.value.total)) }</span>
                            </div>
                        </>
                    }
                }) }
            </div>
        </FieldFrame>
    }
}

fn option(form: &Form<Draft>, recipient: &RecipientView) -> Html {
    let id = recipient.id;
    let called = AttrValue::from(recipients::called(recipient));
    let flip = {
        let (form, called) = (form.clone(), called.clone());
        Callback::from(move |_: Event| {
            let called = called.clone();
            form.change("audience", move |draft| {
                if draft.chosen.remove(&id).is_none() {
                    draft.chosen.insert(id, called);
                }
            });
        })
    };
    let input_id = format!("recipient-{id}");
    html! {
        <li class="pick-option" key={id.to_string()}>
            <input type="checkbox" class="form-check-input" id={input_id.clone()} checked={form.draft().chosen.contains_key(&id)}
                onchange={flip} disabled={form.is_saving()} />
            <label for={input_id}>
                <b>{ called }</b>
                if !recipient.full_name.trim().is_empty() {
                    <span class="pick-line">{ recipient.email.clone() }</span>
                }
            </label>
        </li>
    }
}

#[derive(PartialEq, Properties)]
struct AllShownProps {
    form: Form<Draft>,
    shown: Vec<RecipientView>,
}

/// Chooses all that the search has found and shows, or drops them.
#[component]
fn AllShown(props: &AllShownProps) -> Html {
    let words = use_words();
    let AllShownProps { form, shown } = props;
    if shown.is_empty() {
        return Html::default();
    }
    let all = shown
        .iter()
        .all(|recipient| form.draft().chosen.contains_key(&recipient.id));
    let text = if all {
        texts::DROP_SHOWN
    } else {
        texts::CHOOSE_SHOWN
    };
    let act = {
        let (form, shown) = (form.clone(), shown.clone());
        Callback::from(move |()| {
            let shown = shown.clone();
            form.change("audience", move |draft| {
                for recipient in shown {
                    if all {
                        draft.chosen.remove(&recipient.id);
                    } else {
                        draft
                            .chosen
                            .insert(recipient.id, recipients::called(&recipient).into());
                    }
                }
            });
        })
    };
    html! { <Button look={Look::Quiet} text={words.say(text)} onclick={act} disabled={form.is_saving()} /> }
}

#[derive(PartialEq, Properties)]
struct ChosenNamesProps {
    form: Form<Draft>,
}

/// Who is chosen, each with a way out.
#[component]
fn ChosenNames(props: &ChosenNamesProps) -> Html {
    let words = use_words();
    let form = &props.form;
    let chosen = &form.draft().chosen;
    if chosen.is_empty() {
        return Html::default();
    }
    let named = chosen
        .iter()
        .filter(|(_, called)| !called.is_empty())
        .take(NAMES);
    let shown: Vec<(i64, AttrValue)> = named.map(|(id, called)| (*id, called.clone())).collect();
    let rest = (chosen.len() - shown.len()) as u64;
    let drop_one = |id: i64| {
        let form = form.clone();
        Callback::from(move |_: MouseEvent| {
            form.change("audience", move |draft| {
                draft.chosen.remove(&id);
            });
        })
    };
    let drop_all = {
        let form = form.clone();
        Callback::from(move |()| form.change("audience", |draft| draft.chosen.clear()))
    };
    html! {
        <div class="picked">
            { for shown.into_iter().map(|(id, called)| html! {
                <button key={id.to_string()} type="button" class="picked-one" onclick={drop_one(id)}
                    aria-label={words.fill(texts::REMOVE, &[("name", &called)])}>
                    { called }<IconView icon={Icon::Cross} />
                </button>
            }) }
            if rest > 0 {
                <span class="muted small">{ words.fill(texts::AND_MORE, &[("n", &words.number(rest))]) }</span>
            }
            <Button look={Look::Quiet} text={words.say(texts::DROP_ALL)} onclick={drop_all} />
        </div>
    }
}
