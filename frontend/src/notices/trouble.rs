//! One line on the overview of administrators when the service's own letters do not get through.

use chrono::{DateTime, Duration, Utc};
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
/// Of those that wait, so many are looked at for one that waits in vain.
const LOOKED_AT: u64 = 20;

#[component]
pub fn NoticeTrouble() -> Html {
    let words = use_words();
    let failed = calls::LIST.call().query("state", "failed");
    let failed = use_loaded(failed.query("limit", 1));
    let waiting = calls::LIST.call().query("state", "queued");
    let waiting = use_loaded(waiting.query("limit", LOOKED_AT));
    let waiting = waiting.value().map_or(&[][..], |page| &page.items);
    let failed = failed.value().map_or(&[][..], |page| &page.items);
    let Some((notice, filter)) = trouble(waiting, failed, now()) else {
        return Html::default();
    };
    html! {
        <Notice tone={Tone::Failed}>
            { said(words, notice) }{ " " }
            <Link to={Route::Notices} narrowed={vec![("filter", filter.to_owned())]}>{ words.say(texts::TROUBLE_SEE) }</Link>
        </Notice>
    }
}

/// What an administrator should know of, and where it stands in the list. Wrong settings come first: they hold up all.
fn trouble<'a>(
    waiting: &'a [NoticeView],
    failed: &'a [NoticeView],
    now: DateTime<Utc>,
) -> Option<(&'a NoticeView, &'static str)> {
    let in_vain = waiting.iter().find(|notice| ours_to_mend(notice).is_some());
    let since = now - Duration::hours(NEWS_HOURS);
    let lately = |notice: &&NoticeView| notice.settled_at.unwrap_or(notice.created_at) > since;
    in_vain
        .map(|notice| (notice, "queued"))
        .or_else(|| failed.iter().find(lately).map(|notice| (notice, "failed")))
}

/// The code that says so.
fn ours_to_mend(notice: &NoticeView) -> Option<i64> {
    let code = notice.code.filter(|code| sms::is_ours_to_mend(*code));
    code.filter(|_| notice.channel == NoticeChannel::Sms)
}

fn said(words: Words, notice: &NoticeView) -> AttrValue {
    if let Some(why) = ours_to_mend(notice).and_then(sms::meaning) {
        return words.fill(texts::TROUBLE_SMS, &[("why", &words.say(why))]);
    }
    let kind = words.say(notice_words::kind(notice.kind));
    let when = relative(words, notice.settled_at.unwrap_or(notice.created_at), now());
    words.fill(texts::TROUBLE_LETTERS, &[("kind", &kind), ("when", &when)])
}

#[cfg(test)]
mod tests {
    use contract::notices::{NoticeKind, NoticeState};

    use super::*;

    fn notice(channel: NoticeChannel, state: NoticeState, code: i64) -> NoticeView {
        NoticeView {
            id: code,
            kind: NoticeKind::PhoneCode,
            channel,
            address: String::new(),
            state,
            attempts: 1,
            due_at: None,
            code: Some(code),
            answer: None,
            created_at: DateTime::UNIX_EPOCH,
            settled_at: None,
        }
    }

    #[test]
    fn wrong_settings_are_told_before_single_failures() {
        let now = DateTime::UNIX_EPOCH + Duration::hours(1);
        let busy = notice(NoticeChannel::Sms, NoticeState::Queued, 220);
        let no_money = notice(NoticeChannel::Sms, NoticeState::Queued, 201);
        let refused = notice(NoticeChannel::Email, NoticeState::Failed, 550);
        let failed = [refused.clone()];
        let told =
            |waiting: &[NoticeView]| trouble(waiting, &failed, now).map(|(notice, _)| notice.id);
        assert_eq!(told(&[busy.clone(), no_money]), Some(201));
        assert_eq!(told(&[busy]), Some(550));
    }

    #[test]
    fn yesterdays_failure_is_history() {
        let now = DateTime::UNIX_EPOCH + Duration::hours(25);
        let refused = [notice(NoticeChannel::Email, NoticeState::Failed, 550)];
        assert_eq!(trouble(&[], &refused, now), None);
    }
}
