//! The tab about getting in: password, second factor, and leaving for good.

use yew::prelude::*;

use super::deletion::DeletionSetting;
use super::password::PasswordSetting;
use super::second_factor::SecondFactorSetting;

#[component]
pub fn SecurityTab() -> Html {
    html! {
        <div class="settings">
            <PasswordSetting />
            <SecondFactorSetting />
            <DeletionSetting />
        </div>
    }
}
