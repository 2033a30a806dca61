//! The screens before one is signed in: signing up, the links in letters, and getting in again.

pub mod calls;
mod confirm;
mod confirm_email;
mod doorway;
mod forgot;
mod link;
mod mail_note;
mod reset;
mod send_again;
mod sign_up;
mod strength;
pub mod texts;
mod weighing;

pub use confirm::Confirm;
pub use confirm_email::{ConfirmEmail, TwoAddresses};
pub use doorway::Doorway;
pub use forgot::ForgotPassword;
pub use link::{NotAsked, Taken};
pub use mail_note::MailNote;
pub use reset::ResetPassword;
pub use send_again::{Letter, SendAgain};
pub use sign_up::SignUpScreen;
pub use strength::NewPasswordField;
