//! One recipient.

use contract::recipients::RecipientView;
use yew::prelude::*;

use super::delete::DeleteRecipient;
use super::suppression::{Suppressed, Unsubscribed};
use super::timeline::Timeline;
use super::{called, calls, texts};
use crate::client::use_loaded;
use crate::i18n::texts::{CHANGED, CREATED, DELETE, EDIT, OWNER};
use crate::i18n::{Words, use_words};
use crate::routes::Route;
use crate::session::use_person;
use crate::ui::{
    Button, CopyButton, Crumb, Fact, Facts, Icon, IconView, Link, OwnerName, PageHead, TimeText,
    skeleton, use_asking,
};

#[derive(PartialEq, Properties)]
pub struct RecipientDetailsProps {
    pub id: i64,
}

#[component]
pub fn RecipientDetails(props: &RecipientDetailsProps) -> Html {
    let words = use_words();
    let person = use_person();
    let loading = use_loaded(calls::READ.of(props.id));
    let asking = use_asking::<()>();
    loading.show(skeleton(5), |answer| {
        let recipient = &answer.value;
        let may_change = person.as_ref().is_some_and(|person| person.may_change(recipient.owner.id));
        let id = recipient.id;
        let name = called(recipient);
        let sentence = if name == recipient.email { String::new() } else { recipient.email.clone() };
        html! {
            <>
                <PageHead crumbs={vec![crumb(words)]} title={name} sentence={html! { { sentence } }}>
                    if may_change {
                        <Button icon={Icon::Trash} text={words.say(DELETE)} onclick={asking.ask(())} />
                        <Link to={Route::EditRecipient { id }} class="button button-primary">
                            <IconView icon={Icon::Pencil} />{ words.say(EDIT) }
                        </Link>
                    }
                </PageHead>
                <Suppressed recipient={recipient.clone()} {may_change} changed={loading.reload.clone()} />
                <Unsubscribed recipient={recipient.clone()} />
                <div class="with-aside">
                    <div class="main-column"><Timeline recipient_id={id} /></div>
                    <aside class="aside"><section class="panel"><Facts facts={facts(words, recipient)} /></section></aside>
                </div>
                if asking.is_open() {
                    <DeleteRecipient recipient={recipient.clone()} etag={answer.etag.clone()} on_close={asking.close.clone()} />
                }
            </>
        }
    })
}

pub fn crumb(words: Words) -> Crumb {
    Crumb {
        text: words.say(texts::TITLE),
        to: Route::Recipients,
    }
}

fn facts(words: Words, recipient: &RecipientView) -> Vec<Fact> {
    let RecipientView {
        id: _,
        email,
        full_name,
        comment,
        phone,
        owner,
        suppression: _,
        unsubscribed_at: _,
        created_at,
        updated_at,
    } = recipient;
    let or = |value: &str, instead| {
        if value.trim().is_empty() {
            html! { <span class="muted">{ words.say(instead) }</span> }
        } else {
            html! { <span class="lines">{ value.to_owned() }</span> }
        }
    };
    vec![
        Fact::new(
            words.say(texts::EMAIL),
            html! { <span class="copyable">{ email.clone() }<CopyButton copy={email.clone()} /></span> },
        ),
        Fact::new(words.say(texts::FULL_NAME), or(full_name, texts::NAMELESS)),
        Fact::new(
            words.say(texts::PHONE),
            match phone {
                Some(phone) => html! {
                    <span class="copyable">{ phone.clone() }<CopyButton copy={phone.clone()} /></span>
                },
                None => html! { <span class="muted">{ words.say(texts::NO_PHONE) }</span> },
            },
        ),
        Fact::new(words.say(texts::COMMENT), or(comment, texts::NO_COMMENT)),
        Fact::new(
            words.say(OWNER),
            html! { <OwnerName owner={owner.clone()} /> },
        ),
        Fact::new(
            words.say(CREATED),
            html! { <TimeText at={*created_at} relative=true /> },
        ),
        Fact::new(
            words.say(CHANGED),
            html! { <TimeText at={*updated_at} relative=true /> },
        ),
    ]
}
