//! One line on the overview of administrators when the service's own letters do not get through.

use chrono::Duration;
use contract::notices::{NoticeChannel, NoticeView};
use yew::prelude::*;

use super::{calls, sms, texts, words as notice_words};
use crate::client::use_loaded;
use crate::i18n::{Words, use_words};
use crate::routes::Route;
use crate::ui::time::{now, relative};
use crate::ui::{Link, Notice, Tone};

/// An older failure is history.
const NEWS_HOURS: i64 = 24;

#[component]
pub fn NoticeTrouble() -> Html {
    let words = use_words();
    let failed = calls::LIST
        .call()
        .query("state", "failed")
        .query("limit", 1);
    let loading = use_loaded(failed);
    let newest = loading.value().and_then(|page| page.items.first());
    let since = now() - Duration::hours(NEWS_HOURS);
    match newest.filter(|notice| notice.settled_at.unwrap_or(notice.created_at) > since) {
        Some(notice) => html! {
            <Notice tone={Tone::Failed}>
                { said(words, notice) }{ " " }
                <Link to={Route::Notices} narrowed={("filter", "failed".to_owned())}>{ words.say(texts::TROUBLE_SEE) }</Link>
            </Notice>
        },
        None => Html::default(),
    }
}

fn said(words: Words, notice: &NoticeView) -> AttrValue {
    let ours = notice
        .code
        .filter(|code| notice.channel == NoticeChannel::Sms && sms::is_ours_to_mend(*code));
    if let Some(why) = ours.and_then(sms::meaning) {
        return words.fill(texts::TROUBLE_SMS, &[("why", &words.say(why))]);
    }
    let kind = words.say(notice_words::kind(notice.kind));
    let when = relative(words, notice.settled_at.unwrap_or(notice.created_at), now());
    words.fill(texts::TROUBLE_LETTERS, &[("kind", &kind), ("when", &when)])
}
