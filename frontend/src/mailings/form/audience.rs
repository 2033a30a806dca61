//! Choosing to whom: everyone, or some picked from the list.

use contract::mailings::Channel;
use yew::prelude::*;

use super::draft::Draft;
use super::phones::WithoutPhone;
use super::picker::Picker;
use crate::client::use_loaded;
use crate::i18n::use_words;
use crate::mailings::texts::form as texts;
use crate::recipients;
use crate::routes::Route;
use crate::session::use_person;
use crate::ui::Link;
use crate::ui::form::{Choice, FieldFrame, Form};

#[derive(PartialEq, Properties)]
pub struct AudienceFieldProps {
    pub form: Form<Draft>,
    pub owner_id: i64,
}

#[component]
pub fn AudienceField(props: &AudienceFieldProps) -> Html {
    let words = use_words();
    let person = use_person();
    let AudienceFieldProps { form, owner_id } = props;
    let everyone = use_loaded(
        recipients::calls::LIST
            .call()
            .query("owner_id", owner_id)
            .query("limit", 1),
    );
    let own = person.is_some_and(|person| person.me.id == *owner_id);
    let choose = {
        let form = form.clone();
        Callback::from(move |all| form.change("audience", move |draft| draft.everyone = all))
    };
    let total = everyone.value().map(|page| page.total);
    if total == Some(0) {
        return html! {
            <FieldFrame label={words.say(texts::EVERYONE)} id="audience" errors={form.errors("audience")}>
                <p class="muted">{ words.say(texts::NO_RECIPIENTS) }{ " " }
                    <Link to={Route::NewRecipient}>{ words.say(texts::ADD_RECIPIENT) }</Link></p>
            </FieldFrame>
        };
    }
    let all_text = if own {
        texts::EVERYONE
    } else {
        texts::EVERYONE_OF
    };
    let options = vec![
        (true, "all", words.say(all_text)),
        (false, "chosen", words.say(texts::CHOSEN)),
    ];
    let everyone_chosen = form.draft().everyone;
    let hint = everyone_chosen.then(|| {
        let count = total
            .map(|total| words.count(texts::EVERYONE_COUNT, total))
            .unwrap_or_default();
        AttrValue::from(format!("{count}. {}", words.say(texts::EVERYONE_HINT)))
    });
    let errors = if everyone_chosen {
        form.errors("audience")
    } else {
        Vec::new()
    };
    html! {
        <>
            <Choice<bool> label={words.say(texts::WHO_GETS_IT)} name="audience_kind" value={everyone_chosen}
                {options} change={choose} {hint} {errors} disabled={form.is_saving()} />
            if !everyone_chosen {
                <Picker form={form.clone()} owner_id={*owner_id} />
            }
            if form.draft().channel == Channel::Sms {
                <WithoutPhone audience={form.draft().audience()} owner_id={*owner_id} />
            }
        </>
    }
}
