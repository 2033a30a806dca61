//! The operation on mail servers.

use contract::mail_servers::MailServerList;

use crate::operations;

operations! {
    LIST: Get "/mail-servers" -> MailServerList;
}
