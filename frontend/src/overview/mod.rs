//! The overview: where things stand today, and the next step for those who have just begun.

mod figures;
mod next_runs;
mod running;
mod steps;
pub mod texts;

use contract::mailings::MailingStatus;
use contract::permissions::Permission;
use yew::prelude::*;

use crate::client::{Call, use_loaded};
use crate::delivery::reasons::LastFailures;
use crate::i18n::use_words;
use crate::mail_servers::MailServers;
use crate::mailings::status::status_key;
use crate::notices::NoticeTrouble;
use crate::session::{Person, use_person};
use crate::statistics::Letters30Days;
use crate::ui::{PageHead, use_every};
use crate::{mailings, messages, recipients};
use figures::Figures;
use next_runs::NextRuns;
use running::Running;
use steps::Steps;

const REFRESH_MS: u32 = 5_000;
/// More stand in the list of mailings.
const SHOWN: u64 = 5;

#[component]
pub fn Overview() -> Html {
    let words = use_words();
    let Some(person) = use_person() else {
        return Html::default();
    };
    let name = person.called();
    html! {
        <>
            <PageHead title={words.say(texts::TITLE)} sentence={words.fill(texts::HELLO, &[("name", &name)])} />
            if person.may(Permission::ReadAuditLog) {
                <NoticeTrouble />
            }
            if person.may(Permission::SeeMailings) {
                <Today {person} />
            }
        </>
    }
}

#[derive(PartialEq, Properties)]
struct TodayProps {
    person: std::rc::Rc<Person>,
}

#[component]
fn Today(props: &TodayProps) -> Html {
    let recipients = use_loaded(only_total(recipients::calls::LIST.call()));
    // Those whom others share theirs with have written none themselves yet.
    let sees_all = props.person.may(Permission::SeeEverything);
    let whose = if sees_all {
        String::new()
    } else {
        props.person.me.id.to_string()
    };
    let messages = use_loaded(only_total(
        messages::calls::LIST.call().query("owner_id", whose),
    ));
    let all = use_loaded(only_total(mailings::calls::LIST.call()));
    let running = use_loaded(
        mailings::calls::LIST
            .call()
            .query("status", status_key(MailingStatus::Running))
            .query("limit", SHOWN),
    );
    let next = use_loaded(
        mailings::calls::LIST
            .call()
            .query("sort", "next_run_at")
            .query("limit", SHOWN),
    );
    let (reload_running, reload_next) = (running.reload.clone(), next.reload.clone());
    let reload = Callback::from(move |()| {
        reload_running.emit(());
        reload_next.emit(());
    });
    use_every(REFRESH_MS, true, reload);

    let recipients = recipients.value().map(|page| page.total);
    let messages = messages.value().map(|page| page.total);
    let mailings = all.value().map(|page| page.total);
    let done = [recipients, messages, mailings].map(|total| total.map(|total| total > 0));
    let begins = props.person.may(Permission::KeepOwnMailings) && done.contains(&Some(false));
    html! {
        <div class="overview">
            if begins {
                <Steps {done} />
            } else {
                <Figures running={running.value().map(|page| page.total)} {mailings} {messages} {recipients} />
            }
            if mailings != Some(0) {
                <div class="overview-columns">
                    <Running loading={running} />
                    <NextRuns loading={next} />
                </div>
                <Letters30Days />
                <LastFailures />
            }
            if sees_all {
                <MailServers />
            }
        </div>
    }
}

/// A list is asked for its total alone.
fn only_total<T>(call: Call<T>) -> Call<T> {
    call.query("limit", 1)
}
