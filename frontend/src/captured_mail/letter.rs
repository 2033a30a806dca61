//! One captured letter: as it looks, as text, and as it would have travelled.

use contract::delivery::CapturedLetterDetail;
use yew::prelude::*;

use super::{calls, is_sms, texts};
use crate::client::use_loaded;
use crate::i18n::{Text, Words, use_words};
use crate::routes::Route;
use crate::ui::list::address::TAB;
use crate::ui::list::{List, use_list};
use crate::ui::{CopyButton, Crumb, Fact, Facts, PageHead, Tab, Tabs, TimeText, skeleton};

const RENDERED: &str = "";
const TEXT: &str = "text";
const SOURCE: &str = "source";

#[derive(PartialEq, Properties)]
pub struct CapturedLetterProps {
    pub id: String,
}

#[component]
pub fn CapturedLetterPage(props: &CapturedLetterProps) -> Html {
    let words = use_words();
    let list = use_list();
    let loading = use_loaded(calls::READ.of(&props.id));
    loading.show(skeleton(8), |answer| {
        let detail = &answer.value;
        if is_sms(&detail.letter) {
            return sms(words, detail);
        }
        let subject = match detail.letter.subject.trim() {
            "" => words.say(texts::NO_SUBJECT),
            subject => subject.to_owned().into(),
        };
        let crumbs = vec![Crumb { text: words.say(texts::TITLE), to: Route::CapturedMail }];
        html! {
            <>
                <PageHead {crumbs} title={subject} sentence={html! { { detail.letter.to.clone() } }} />
                <section class="panel"><Facts facts={facts(words, detail)} /></section>
                { tabs(words, &list) }
                <section class="panel letter-panel">{ body(words, detail, open_tab(&list)) }</section>
            </>
        }
    })
}

/// A message on a phone has no subject and no forms: a number, a time, and its text.
fn sms(words: Words, detail: &CapturedLetterDetail) -> Html {
    let crumbs = vec![Crumb {
        text: words.say(texts::TITLE),
        to: Route::CapturedMail,
    }];
    let number = &detail.letter.to;
    let text = detail.text.as_deref().unwrap_or_default().trim().to_owned();
    html! {
        <>
            <PageHead {crumbs} title={words.fill(texts::SMS_TO, &[("number", number)])} sentence={words.say(texts::SMS_SENTENCE)} />
            <section class="panel sms">
                <p class="sms-text">{ text.clone() }</p>
                <div class="sms-foot">
                    <TimeText at={detail.letter.captured_at} relative=true />
                    <CopyButton copy={text} />
                </div>
            </section>
        </>
    }
}

fn open_tab(list: &List) -> &'static str {
    match list.address.other(TAB) {
        TEXT => TEXT,
        SOURCE => SOURCE,
        _ => RENDERED,
    }
}

fn tabs(words: Words, list: &List) -> Html {
    let tab = |(key, text): (&'static str, Text)| Tab {
        key,
        text: words.say(text),
    };
    let all = [
        (RENDERED, texts::RENDERED),
        (TEXT, texts::TEXT),
        (SOURCE, texts::SOURCE),
    ];
    let on_open = {
        let list = list.clone();
        Callback::from(move |key: &str| list.show(list.address.tab(key)))
    };
    html! { <Tabs tabs={all.map(tab).to_vec()} open={open_tab(list)} {on_open} label={words.say(texts::PARTS)} /> }
}

fn body(words: Words, detail: &CapturedLetterDetail, open: &str) -> Html {
    let missing = |text| html! { <p class="muted">{ words.say(text) }</p> };
    match open {
        TEXT => match &detail.text {
            Some(text) => html! { <pre class="letter letter-plain">{ text.clone() }</pre> },
            None => missing(texts::NO_TEXT),
        },
        SOURCE => html! {
            <>
                <div class="letter-source-head"><CopyButton copy={detail.source.clone()} /></div>
                <pre class="letter letter-plain letter-source" translate="no">{ detail.source.clone() }</pre>
            </>
        },
        // A letter's HTML is anybody's: it is shown without scripts, without our origin, from a link that opens once.
        _ => match &detail.html_url {
            Some(url) => html! {
                <iframe class="letter letter-desktop" sandbox="" src={url.clone()} title={words.say(texts::RENDERED)} />
            },
            None => missing(texts::NO_HTML),
        },
    }
}

fn facts(words: Words, detail: &CapturedLetterDetail) -> Vec<Fact> {
    let CapturedLetterDetail {
        letter,
        from,
        reply_to,
        message_id,
        ..
    } = detail;
    let text = |text: &str| html! { { text.to_owned() } };
    let mut facts = vec![
        Fact::new(words.say(texts::FROM), text(from)),
        Fact::new(words.say(texts::TO), text(&letter.to)),
        Fact::new(words.say(texts::MESSAGE_ID), text(message_id)),
        Fact::new(
            words.say(texts::CAPTURED),
            html! { <TimeText at={letter.captured_at} relative=true /> },
        ),
    ];
    if let Some(reply_to) = reply_to {
        facts.insert(1, Fact::new(words.say(texts::REPLY_TO), text(reply_to)));
    }
    facts
}
