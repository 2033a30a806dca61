//! The operations on the audit log.

use contract::audit::AuditEntryView;
use contract::listing::Page;

use crate::operations;

operations! {
    LIST: Get "/audit-log" -> Page<AuditEntryView>;
    /// What concerns oneself.
    MINE: Get "/me/audit-log" -> Page<AuditEntryView>;
}
