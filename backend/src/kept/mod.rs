//! What was read from the database and is kept in memory until it changes: the answers of home and blog, and single
//! recipients, messages and mailings.
//!
//! **Who sees what.** Home and blog are the same for everyone. Of the others a [`Shelf`] keeps what stands in the
//! database, never an answer to somebody: at each request it is decided from the caller, who is looked up each time,
//! and the kept thing's owner whether they may see it, and whoever may not gets the same 404 as for what is not there.
//!
//! **When.** In the process where something is changed, the next read after the change was answered sees it: each
//! write tells of what it changes when it is committed ([`crate::database::Write`]). In other processes it is seen
//! within a second ([`hearing`]): PostgreSQL notifies them, SQLite is asked five times a second whether anybody
//! else has written. While that cannot be heard, nothing is kept and everything is read from the database. Whether a
//! message is still shared with others is asked of the database each time they read it. What goes on with each letter,
//! the latest run of a mailing, is never kept.

pub mod hearing;
pub mod shelf;

use contract::mailings::MailingView;
use contract::messages::MessageView;
use contract::recipients::RecipientView;

use self::shelf::Shelf;
use crate::database::changes::Changes;

const MEGABYTE: u64 = 1024 * 1024;

/// Something as it is read, and its version.
pub type Versioned<View> = (View, i64);

/// The things of people that this process keeps. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Kept {
    pub recipients: Shelf<i64, Versioned<RecipientView>>,
    pub messages: Shelf<i64, Versioned<MessageView>>,
    /// Without their latest runs.
    pub mailings: Shelf<i64, Versioned<MailingView>>,
}

impl Kept {
    pub fn new(changes: &Changes) -> Self {
        Self {
            recipients: Shelf::new(changes, 8 * MEGABYTE, |_, (recipient, _)| {
                let RecipientView {
                    email,
                    full_name,
                    comment,
                    ..
                } = recipient;
                email.len() + full_name.len() + comment.len()
            }),
            messages: Shelf::new(changes, 16 * MEGABYTE, |_, (message, _)| {
                message.subject.len() + message.body.len()
            }),
            mailings: Shelf::new(changes, 16 * MEGABYTE, |_, (mailing, _)| {
                mailing.title.len() + size_of_val(mailing.audience.recipient_ids.as_slice())
            }),
        }
    }
}
