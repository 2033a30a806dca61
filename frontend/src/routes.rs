//! Every address of the page, and the screen behind it.

use contract::permissions::Permission;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::accounts::{Confirm, ConfirmEmail, ForgotPassword, ResetPassword, SignUpScreen};
use crate::audit::AuditLog;
use crate::blog::desk::{ArticleEditor, ArticleList, NewArticleEditor};
use crate::blog::{ArticlePage, BlogPage};
use crate::captured_mail::{CapturedLetterPage, CapturedMail};
use crate::delivery::{AttemptReport, DeliveryPage, RunPage};
use crate::frame::Frame;
use crate::home::Home;
use crate::mailings::{EditMailing, MailingDetails, MailingList, NewMailingForm};
use crate::messages::{MessageEditor, MessageList, NewMessageEditor};
use crate::not_found::NotFound;
use crate::notices::NoticeList;
use crate::overview::Overview;
use crate::profile::{Profile, ProfileTab};
use crate::recipients::{EditRecipient, NewRecipientForm, RecipientDetails, RecipientList};
use crate::session::{Allowed, SignIn, SignedIn};
use crate::statistics::{MailingReport, MessageReport, Reports};
use crate::unsubscribing::Unsubscribe;
use crate::users::{EditUser, NewUserForm, UserDetails, UserList};

#[derive(Clone, Debug, PartialEq, Routable)]
pub enum Route {
    #[at("/")]
    Home,
    #[at("/sign-in")]
    SignIn,
    #[at("/sign-up")]
    SignUp,
    #[at("/confirm")]
    Confirm,
    #[at("/forgot-password")]
    ForgotPassword,
    #[at("/reset-password")]
    ResetPassword,
    #[at("/confirm-email")]
    ConfirmEmail,
    #[at("/unsubscribe")]
    Unsubscribe,
    #[at("/blog")]
    Blog,
    #[at("/blog/:slug")]
    Article { slug: String },
    #[at("/articles")]
    Articles,
    #[at("/articles/new")]
    NewArticle,
    #[at("/articles/:id")]
    EditArticle { id: i64 },
    #[at("/overview")]
    Overview,
    #[at("/mailings")]
    Mailings,
    #[at("/mailings/new")]
    NewMailing,
    #[at("/mailings/:id")]
    Mailing { id: i64 },
    #[at("/mailings/:id/edit")]
    EditMailing { id: i64 },
    #[at("/runs/:id")]
    Run { id: i64 },
    #[at("/deliveries/:id")]
    Delivery { id: i64 },
    #[at("/attempts")]
    Attempts,
    #[at("/reports")]
    Reports,
    #[at("/reports/mailings/:id")]
    MailingReport { id: i64 },
    #[at("/reports/messages/:id")]
    MessageReport { id: i64 },
    #[at("/captured-mail")]
    CapturedMail,
    #[at("/captured-mail/:id")]
    CapturedLetter { id: String },
    #[at("/recipients")]
    Recipients,
    #[at("/recipients/new")]
    NewRecipient,
    #[at("/recipients/:id")]
    Recipient { id: i64 },
    #[at("/recipients/:id/edit")]
    EditRecipient { id: i64 },
    #[at("/messages")]
    Messages,
    #[at("/messages/new")]
    NewMessage,
    #[at("/messages/:id")]
    Message { id: i64 },
    #[at("/profile")]
    Profile,
    #[at("/profile/security")]
    Security,
    #[at("/profile/sessions")]
    Sessions,
    #[at("/profile/tokens")]
    ApiTokens,
    #[at("/profile/activity")]
    Activity,
    #[at("/users")]
    Users,
    #[at("/users/new")]
    NewUser,
    #[at("/users/:id")]
    User { id: i64 },
    #[at("/users/:id/edit")]
    EditUser { id: i64 },
    #[at("/audit-log")]
    AuditLog,
    #[at("/service-letters")]
    Notices,
    #[not_found]
    #[at("/not-found")]
    NotFound,
}

/// A part of the navigation; a route belongs to at most one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    Overview,
    Mailings,
    Messages,
    Recipients,
    Attempts,
    Reports,
    CapturedMail,
    Users,
    Blog,
    AuditLog,
    Notices,
    Profile,
}

impl Route {
    /// Which entry of the navigation is marked.
    pub const fn section(&self) -> Option<Section> {
        match self {
            Self::Home
            | Self::SignIn
            | Self::SignUp
            | Self::Confirm
            | Self::ForgotPassword
            | Self::ResetPassword
            | Self::ConfirmEmail
            | Self::Unsubscribe
            | Self::Blog
            | Self::Article { .. }
            | Self::NotFound => None,
            Self::Overview => Some(Section::Overview),
            Self::Mailings
            | Self::NewMailing
            | Self::Mailing { .. }
            | Self::EditMailing { .. }
            | Self::Run { .. }
            | Self::Delivery { .. } => Some(Section::Mailings),
            Self::Attempts => Some(Section::Attempts),
            Self::Reports | Self::MailingReport { .. } | Self::MessageReport { .. } => {
                Some(Section::Reports)
            }
            Self::CapturedMail | Self::CapturedLetter { .. } => Some(Section::CapturedMail),
            Self::Messages | Self::NewMessage | Self::Message { .. } => Some(Section::Messages),
            Self::Recipients
            | Self::NewRecipient
            | Self::Recipient { .. }
            | Self::EditRecipient { .. } => Some(Section::Recipients),
            Self::Profile | Self::Security | Self::Sessions | Self::ApiTokens | Self::Activity => {
                Some(Section::Profile)
            }
            Self::Users | Self::NewUser | Self::User { .. } | Self::EditUser { .. } => {
                Some(Section::Users)
            }
            Self::Articles | Self::NewArticle | Self::EditArticle { .. } => Some(Section::Blog),
            Self::AuditLog => Some(Section::AuditLog),
            Self::Notices => Some(Section::Notices),
        }
    }
}

impl Route {
    /// What one must be allowed to do to see the screen at all; the API decides about single things.
    const fn needs(&self) -> Option<Permission> {
        match self {
            Self::Home
            | Self::SignIn
            | Self::SignUp
            | Self::Confirm
            | Self::ForgotPassword
            | Self::ResetPassword
            | Self::ConfirmEmail
            | Self::Unsubscribe
            | Self::Blog
            | Self::Article { .. }
            | Self::NotFound
            | Self::Overview => None,
            Self::NewMailing
            | Self::EditMailing { .. }
            | Self::NewMessage
            | Self::NewRecipient
            | Self::EditRecipient { .. } => Some(Permission::KeepOwnMailings),
            Self::CapturedMail | Self::CapturedLetter { .. } => Some(Permission::ReadCapturedMail),
            Self::Profile | Self::Security | Self::Sessions | Self::ApiTokens | Self::Activity => {
                Some(Permission::KeepOwnProfile)
            }
            Self::Users | Self::User { .. } => Some(Permission::BlockUsers),
            Self::NewUser | Self::EditUser { .. } => Some(Permission::ManageUsers),
            Self::Articles | Self::NewArticle | Self::EditArticle { .. } => {
                Some(Permission::WriteBlog)
            }
            Self::AuditLog | Self::Notices => Some(Permission::ReadAuditLog),
            Self::Mailings
            | Self::Mailing { .. }
            | Self::Run { .. }
            | Self::Delivery { .. }
            | Self::Attempts
            | Self::Reports
            | Self::MailingReport { .. }
            | Self::MessageReport { .. }
            | Self::Messages
            | Self::Message { .. }
            | Self::Recipients
            | Self::Recipient { .. } => Some(Permission::SeeMailings),
        }
    }
}

/// Draws the screen of a route; all but the public ones within the frame and behind the gate.
pub fn screen(route: Route) -> Html {
    let (section, needs) = (route.section(), route.needs());
    let inside = match route {
        Route::Home => return html! { <Home /> },
        Route::SignIn => return html! { <SignIn /> },
        Route::SignUp => return html! { <SignUpScreen /> },
        Route::Confirm => return html! { <Confirm /> },
        Route::ForgotPassword => return html! { <ForgotPassword /> },
        Route::ResetPassword => return html! { <ResetPassword /> },
        Route::ConfirmEmail => return html! { <ConfirmEmail /> },
        Route::Unsubscribe => return html! { <Unsubscribe /> },
        Route::NotFound => return html! { <NotFound /> },
        Route::Blog => return html! { <BlogPage /> },
        Route::Article { slug } => {
            let key = slug.clone();
            return html! { <ArticlePage {key} {slug} /> };
        }
        Route::Articles => html! { <ArticleList /> },
        Route::NewArticle => html! { <NewArticleEditor /> },
        Route::EditArticle { id } => html! { <ArticleEditor key={id.to_string()} {id} /> },
        Route::Overview => html! { <Overview /> },
        Route::Mailings => html! { <MailingList /> },
        Route::NewMailing => html! { <NewMailingForm /> },
        Route::Mailing { id } => html! { <MailingDetails key={id.to_string()} {id} /> },
        Route::EditMailing { id } => html! { <EditMailing key={id.to_string()} {id} /> },
        Route::Run { id } => html! { <RunPage key={id.to_string()} {id} /> },
        Route::Delivery { id } => html! { <DeliveryPage key={id.to_string()} {id} /> },
        Route::Attempts => html! { <AttemptReport /> },
        Route::Reports => html! { <Reports /> },
        Route::MailingReport { id } => html! { <MailingReport key={id.to_string()} {id} /> },
        Route::MessageReport { id } => html! { <MessageReport key={id.to_string()} {id} /> },
        Route::CapturedMail => html! { <CapturedMail /> },
        Route::CapturedLetter { id } => {
            let key = id.clone();
            html! { <CapturedLetterPage {key} {id} /> }
        }
        Route::Messages => html! { <MessageList /> },
        Route::NewMessage => html! { <NewMessageEditor /> },
        Route::Message { id } => html! { <MessageEditor key={id.to_string()} {id} /> },
        Route::Recipients => html! { <RecipientList /> },
        Route::NewRecipient => html! { <NewRecipientForm /> },
        Route::Users => html! { <UserList /> },
        Route::NewUser => html! { <NewUserForm /> },
        Route::User { id } => html! { <UserDetails key={id.to_string()} {id} /> },
        Route::EditUser { id } => html! { <EditUser key={id.to_string()} {id} /> },
        Route::AuditLog => html! { <AuditLog /> },
        Route::Notices => html! { <NoticeList /> },
        Route::Profile => html! { <Profile open={ProfileTab::Person} /> },
        Route::Security => html! { <Profile open={ProfileTab::Security} /> },
        Route::Sessions => html! { <Profile open={ProfileTab::Sessions} /> },
        Route::ApiTokens => html! { <Profile open={ProfileTab::Tokens} /> },
        Route::Activity => html! { <Profile open={ProfileTab::Activity} /> },
        // The key makes another thing another screen, with nothing left over from the one before.
        Route::Recipient { id } => html! { <RecipientDetails key={id.to_string()} {id} /> },
        Route::EditRecipient { id } => html! { <EditRecipient key={id.to_string()} {id} /> },
    };
    html! { <SignedIn><Frame {section}><Allowed {needs}>{ inside }</Allowed></Frame></SignedIn> }
}
