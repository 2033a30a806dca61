//! A forgotten password: a letter with a link, whether or not there is such an account.

use yew::prelude::*;

use super::confirm::check_email;
use super::{Doorway, Letter, MailNote, SendAgain, calls, texts};
use crate::client::use_client;
use crate::i18n::use_words;
use crate::routes::Route;
use crate::session::texts::EMAIL;
use crate::ui::form::{SubmitButton, TextField, use_unguarded_form};
use crate::ui::{Link, Notice, Tone};

#[component]
pub fn ForgotPassword() -> Html {
    let words = use_words();
    let client = use_client();
    let form = use_unguarded_form(String::new(), check_email);
    let sent_to = use_state(|| None::<String>);
    let submit = {
        let (form, sent_to) = (form.clone(), sent_to.clone());
        Callback::from(move |event: SubmitEvent| {
            let (client, sent_to) = (client.clone(), sent_to.clone());
            form.submit(&event, move |email| async move {
                client.call(calls::forgot(email.clone())).await?;
                sent_to.set(Some(email.trim().to_owned()));
                Ok(())
            });
        })
    };
    let back = html! {
        <p class="doorway-aside"><Link to={Route::SignIn}>{ words.say(texts::TO_SIGN_IN) }</Link></p>
    };
    if let Some(email) = &*sent_to {
        return html! {
            <Doorway title={words.say(texts::LINK_SENT)} sentence={words.fill(texts::LINK_SENT_SENTENCE, &[("email", email)])}>
                <div class="doorway-form doorway-next">
                    <p class="muted">{ words.say(texts::CHECK_MAIL_HINT) }</p>
                    <MailNote />
                    <SendAgain letter={Letter::Password} email={email.clone()} just_sent=true />
                </div>
                { back }
            </Doorway>
        };
    }
    html! {
        <Doorway title={words.say(texts::FORGOT_TITLE)} sentence={words.say(texts::FORGOT_SENTENCE)}>
            <form onsubmit={submit} novalidate=true class="form doorway-form">
                <TextField label={EMAIL} kind="email" autocomplete="username" autofocus=true
                    bound={form.bind("email", |email| email.clone(), |draft, email| *draft = email)} />
                if let Some(error) = form.failure() {
                    <Notice tone={Tone::Failed}>{ words.saying(&error.saying()) }</Notice>
                }
                <SubmitButton saving={form.is_saving()} text={texts::SEND_LINK} saving_text={texts::SENDING} wide=true />
            </form>
            { back }
        </Doorway>
    }
}
