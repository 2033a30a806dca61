//! The tab about getting in: password, second factor, and leaving for good.

mod deletion;
mod password;
mod qr;
mod recovery_codes;
mod second_factor;
mod set_up;
mod set_up_first;

use yew::prelude::*;

use deletion::DeletionSetting;
use password::PasswordSetting;
use second_factor::SecondFactorSetting;
pub use set_up_first::SetUpFirst;

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
